//! The texts of a parser: usage, help, version.

use std::env;

use super::super::textwrap::Wrapper;
use super::{Argument, Body, Count, Parser};

/// The help of an argument begins in this column or before.
const HELP_COLUMN: usize = 24;
const SUPPRESSED: &str = "==SUPPRESS==";

fn hidden(argument: &Argument) -> bool {
    argument.help.as_deref() == Some(SUPPRESSED)
}

/// The width of lines: that of the terminal without two columns.
fn width() -> usize {
    let columns = env::var("COLUMNS")
        .ok()
        .and_then(|text| text.parse::<usize>().ok());
    columns
        .filter(|&columns| columns > 0)
        .unwrap_or(80)
        .saturating_sub(2)
}

fn length(text: &str) -> usize {
    text.chars().count()
}

fn metavars(argument: &Argument, count: usize) -> Vec<String> {
    if argument.metavar.len() > 1 {
        return argument.metavar.clone();
    }
    let one = match (argument.metavar.first(), &argument.choices) {
        (Some(metavar), _) => metavar.clone(),
        (None, Some(choices)) => format!("{{{}}}", choices.join(",")),
        (None, None) if argument.is_option() => argument.dest.to_uppercase(),
        (None, None) => argument.dest.clone(),
    };
    vec![one; count]
}

fn shown_values(argument: &Argument) -> String {
    match argument.count {
        Count::One => metavars(argument, 1).join(" "),
        Count::Optional => format!("[{}]", metavars(argument, 1).join(" ")),
        Count::Any => match metavars(argument, 1).as_slice() {
            [first, second] => format!("[{first} [{second} ...]]"),
            names => format!("[{} ...]", names.join(" ")),
        },
        Count::Some => {
            let names = metavars(argument, 2);
            format!("{} [{} ...]", names[0], names[1])
        }
        Count::Rest => "...".to_string(),
        Count::Command => format!("{} ...", metavars(argument, 1).join(" ")),
        Count::Exactly(count) => metavars(argument, count).join(" "),
    }
}

fn takes_none(argument: &Argument) -> bool {
    argument.count == Count::Exactly(0)
}

fn invocation(argument: &Argument) -> String {
    if !argument.is_option() {
        return metavars(argument, 1).join(" ");
    }
    if takes_none(argument) {
        return argument.names.join(", ");
    }
    let values = shown_values(argument);
    let parts: Vec<String> = argument
        .names
        .iter()
        .map(|name| format!("{name} {values}"))
        .collect();
    parts.join(", ")
}

/// The parts of a usage line; the brackets of a group stand at its first and last part.
fn parts(body: &Body, places: &[usize]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut index = 0;
    while index < places.len() {
        let group = body.exclusive.iter().find(|group| {
            !group.arguments.is_empty() && places[index..].starts_with(&group.arguments)
        });
        let size = group.map_or(1, |group| group.arguments.len());
        let shown: Vec<String> = places[index..index + size]
            .iter()
            .map(|&place| &body.arguments[place])
            .filter(|argument| !hidden(argument))
            .map(|argument| part(argument, group.is_some()))
            .collect();
        match group {
            Some(group) if group.required && shown.len() > 1 => {
                found.push(format!("({})", shown.join(" | ")))
            }
            Some(group) if !group.required && !shown.is_empty() => {
                found.push(format!("[{}]", shown.join(" | ")))
            }
            _ => found.extend(shown),
        }
        index += size;
    }
    found
}

fn part(argument: &Argument, in_group: bool) -> String {
    if !argument.is_option() {
        let text = shown_values(argument);
        let inner = text
            .strip_prefix('[')
            .and_then(|text| text.strip_suffix(']'));
        return inner
            .filter(|_| in_group)
            .map(str::to_string)
            .unwrap_or(text);
    }
    let text = if argument.action == "switch" {
        argument.names.join(" | ")
    } else if takes_none(argument) {
        argument.names[0].clone()
    } else {
        format!("{} {}", argument.names[0], shown_values(argument))
    };
    if argument.required || in_group {
        text
    } else {
        format!("[{text}]")
    }
}

/// Parts as lines can be broken between them: brackets hold together, other parts break at their spaces.
fn breakable(parts: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    for part in parts {
        if part.starts_with('[') || part.starts_with('(') {
            let close = if part.starts_with('[') { ']' } else { ')' };
            let mut rest = part.as_str();
            // A group of brackets ends at the first one that a space or the end follows.
            while let Some(end) = rest.char_indices().find_map(|(at, c)| {
                let next = rest[at + c.len_utf8()..].chars().next();
                (c == close && next.is_none_or(char::is_whitespace)).then_some(at + c.len_utf8())
            }) {
                found.push(rest[..end].to_string());
                rest = rest[end..].trim_start();
                if !rest.starts_with(['[', '(']) {
                    break;
                }
            }
            found.extend(rest.split_whitespace().map(str::to_string));
        } else {
            found.extend(part.split_whitespace().map(str::to_string));
        }
    }
    found
}

fn lines(parts: &[String], indent: usize, first: Option<usize>) -> Vec<String> {
    let mut made: Vec<String> = Vec::new();
    let mut line: Vec<&str> = Vec::new();
    let mut used = first.unwrap_or(indent) as i64 - 1;
    for part in parts {
        if used + 1 + length(part) as i64 > width() as i64 && !line.is_empty() {
            made.push(format!("{}{}", " ".repeat(indent), line.join(" ")));
            line.clear();
            used = indent as i64 - 1;
        }
        line.push(part);
        used += length(part) as i64 + 1;
    }
    if !line.is_empty() {
        made.push(format!("{}{}", " ".repeat(indent), line.join(" ")));
    }
    if first.is_some()
        && let Some(line) = made.first_mut()
    {
        *line = line[indent..].to_string();
    }
    made
}

/// The usage of some arguments, behind a prefix.
pub(super) fn usage(body: &Body, places: &[usize], prefix: &str) -> String {
    if let Some(usage) = &body.usage {
        return format!(
            "{prefix}{}\n\n",
            usage.replace("%(prog)s", &body.prog).replace("%%", "%")
        );
    }
    let of_kind = |option: bool| -> Vec<usize> {
        places
            .iter()
            .copied()
            .filter(|&place| body.arguments[place].is_option() == option)
            .collect()
    };
    let (options, positional) = (of_kind(true), of_kind(false));
    let all: Vec<usize> = options.iter().chain(&positional).copied().collect();
    let mut text = std::iter::once(body.prog.clone())
        .chain(parts(body, &all))
        .collect::<Vec<_>>()
        .join(" ");
    if length(prefix) + length(&text) > width() {
        let (options, positional) = (
            breakable(&parts(body, &options)),
            breakable(&parts(body, &positional)),
        );
        let begun = length(prefix) + length(&body.prog);
        let made = if begun as f64 <= 0.75 * width() as f64 {
            let indent = begun + 1;
            let with_prog = |rest: &[String]| [std::slice::from_ref(&body.prog), rest].concat();
            if !options.is_empty() {
                let mut made = lines(&with_prog(&options), indent, Some(length(prefix)));
                made.extend(lines(&positional, indent, None));
                made
            } else {
                lines(&with_prog(&positional), indent, Some(length(prefix)))
            }
        } else {
            let indent = length(prefix);
            let mut made = lines(
                &[options.clone(), positional.clone()].concat(),
                indent,
                None,
            );
            if made.len() > 1 {
                made = lines(&options, indent, None);
                made.extend(lines(&positional, indent, None));
            }
            made.insert(0, body.prog.clone());
            made
        };
        text = made.join("\n");
    }
    format!("{prefix}{text}\n\n")
}

fn one_line(text: &str) -> String {
    text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

fn paragraph(body: &Body, text: &str, indent: usize) -> String {
    let text = if text.contains("%(prog)") {
        text.replace("%(prog)s", &body.prog).replace("%%", "%")
    } else {
        text.to_string()
    };
    let margin = " ".repeat(indent);
    let filled = if body.formatter.starts_with("raw") {
        text.split_inclusive('\n')
            .map(|line| format!("{margin}{line}"))
            .collect()
    } else {
        let most = width().saturating_sub(indent).max(11) as i64;
        Wrapper::new(most, [&margin, &margin], [true; 5], 8, None, " [...]").fill(&one_line(&text))
    };
    format!("{filled}\n\n")
}

/// The help of an argument with its `%(default)s` and the like filled in.
fn expanded(body: &Body, argument: &Argument, help: &str) -> String {
    let mut help = help.to_string();
    let asks = argument.is_option() || matches!(argument.count, Count::Optional | Count::Any);
    let own =
        argument.action == "help" || argument.action == "version" || argument.action == "parsers";
    if body.formatter == "defaults" && !help.contains("%(default)") && asks && !own {
        help.push_str(" (default: %(default)s)");
    }
    let choices = argument.choices.clone().unwrap_or_default().join(", ");
    let metavar = argument.metavar.join(" ");
    for (name, text) in [
        ("%(default)s", argument.shown.as_str()),
        ("%(prog)s", &body.prog),
        ("%(type)s", &argument.kind),
        ("%(choices)s", &choices),
        ("%(metavar)s", &metavar),
        ("%(dest)s", &argument.dest),
        ("%%", "%"),
    ] {
        help = help.replace(name, text);
    }
    help
}

/// One row of the help: what is written, and what it is for.
struct Row {
    indent: usize,
    head: String,
    help: Option<String>,
}

fn rows(body: &Body, argument: &Argument, indent: usize) -> Vec<Row> {
    let help = argument
        .help
        .as_deref()
        .map(|help| expanded(body, argument, help));
    let mut found = vec![Row {
        indent,
        head: invocation(argument),
        help,
    }];
    for (label, help) in argument
        .listed
        .iter()
        .filter(|(_, help)| help.as_deref() != Some(SUPPRESSED))
    {
        let help = help.as_ref().map(|help| help.replace("%%", "%"));
        found.push(Row {
            indent: indent + 2,
            head: label.clone(),
            help,
        });
    }
    found
}

fn row_text(row: &Row, column: usize, raw: bool) -> String {
    let margin = " ".repeat(row.indent);
    let Some(help) = row.help.as_deref().filter(|help| !help.is_empty()) else {
        return format!("{margin}{}\n", row.head);
    };
    let room = column as i64 - row.indent as i64 - 2;
    let fits = length(&row.head) as i64 <= room;
    let mut text = if fits {
        format!("{margin}{:<1$}  ", row.head, room.max(0) as usize)
    } else {
        format!("{margin}{}\n", row.head)
    };
    if help.trim().is_empty() {
        return if text.ends_with('\n') {
            text
        } else {
            text + "\n"
        };
    }
    let most = width().saturating_sub(column).max(11) as i64;
    let made: Vec<String> = if raw {
        help.lines().map(str::to_string).collect()
    } else {
        Wrapper::of_width(most).wrap(&one_line(help))
    };
    for (index, line) in made.iter().enumerate() {
        let indent = if index == 0 && fits { 0 } else { column };
        text.push_str(&format!("{}{line}\n", " ".repeat(indent)));
    }
    text
}

impl Parser {
    /// `parser.format_usage()`.
    pub fn format_usage(&self) -> String {
        let body = self.0.borrow();
        let places: Vec<usize> = (0..body.arguments.len()).collect();
        let text = usage(&body, &places, "usage: ");
        format!("{}\n", text.trim_matches('\n'))
    }

    /// The text that `--version` prints.
    pub(super) fn format_version(&self, text: &str) -> String {
        let body = self.0.borrow();
        let text = paragraph(&body, &text.replace("%(prog)s", &body.prog), 0);
        format!("{}\n", text.trim_matches('\n'))
    }

    /// `parser.format_help()`.
    pub fn format_help(&self) -> String {
        let body = self.0.borrow();
        let places: Vec<usize> = (0..body.arguments.len()).collect();
        let mut text = usage(&body, &places, "usage: ");
        if let Some(description) = &body.description {
            text.push_str(&paragraph(&body, description, 0));
        }
        let sections: Vec<(&super::Section, Vec<Row>)> = body
            .sections
            .iter()
            .map(|section| {
                let arguments = section
                    .arguments
                    .iter()
                    .map(|&place| &body.arguments[place]);
                (
                    section,
                    arguments
                        .filter(|argument| !hidden(argument))
                        .flat_map(|each| rows(&body, each, 2))
                        .collect(),
                )
            })
            .collect();
        let heads = sections
            .iter()
            .flat_map(|(_, rows)| rows)
            .map(|row| length(&row.head) + 2);
        let column =
            (heads.max().unwrap_or(0) + 2).min(HELP_COLUMN.min(width().saturating_sub(20).max(4)));
        for (section, rows) in sections {
            let mut inner = String::new();
            if let Some(description) = &section.description {
                inner.push_str(&paragraph(&body, description, 2));
            }
            for row in &rows {
                inner.push_str(&row_text(row, column, body.formatter == "rawtext"));
            }
            if inner.is_empty() {
                continue;
            }
            let heading = section
                .title
                .as_ref()
                .map_or(String::new(), |title| format!("{title}:\n"));
            text.push_str(&format!("\n{heading}{inner}\n"));
        }
        if let Some(epilog) = &body.epilog {
            text.push_str(&paragraph(&body, epilog, 0));
        }
        while text.contains("\n\n\n") {
            text = text.replace("\n\n\n", "\n\n");
        }
        format!("{}\n", text.trim_matches('\n'))
    }
}
