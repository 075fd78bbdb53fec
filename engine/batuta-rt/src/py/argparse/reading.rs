//! Reading a command line: which texts belong to which argument.

use std::cell::RefCell;
use std::rc::Rc;

use super::super::errors::{Exception, OrThrow};
use super::super::number_texts::{try_float, try_int};
use super::super::output::write_out;
use super::super::text::Text;
use super::{Argument, Body, Count, Given, Parser};

/// What a command line gave for one attribute.
#[derive(Clone, Default)]
pub(super) struct Value {
    /// The call whose default the attribute begins with.
    first: i64,
    /// The call that was taken last.
    taken: Option<i64>,
    texts: Vec<String>,
    times: i64,
    /// Of a switch with two forms: whether it was not the `--no-` one.
    switched: bool,
}

/// A command line that was read.
#[derive(Clone)]
pub struct Parsed(Rc<RefCell<Content>>);

struct Content {
    parser: Parser,
    given: Given,
    /// The attributes in the order in which the namespace has them.
    order: Vec<String>,
    rest: Vec<String>,
}

impl Parsed {
    fn ask<T>(&self, name: &str, answer: impl FnOnce(&Value) -> T) -> T {
        answer(self.0.borrow().given.get(name).unwrap_or(&Value::default()))
    }

    /// Whether the namespace has the attribute.
    pub fn present(&self, name: &str) -> bool {
        self.0.borrow().given.contains_key(name)
    }

    /// Whether the command line gave it.
    pub fn given(&self, name: &str) -> bool {
        self.ask(name, |value| value.taken.is_some())
    }

    /// Whether it was given with a text of its own.
    pub fn filled(&self, name: &str) -> bool {
        self.ask(name, |value| {
            value.taken.is_some() && !value.texts.is_empty()
        })
    }

    /// The call that it was given to last; -1 for none.
    pub fn taken(&self, name: &str) -> i64 {
        self.ask(name, |value| value.taken.unwrap_or(-1))
    }

    /// The call whose default the attribute begins with.
    pub fn first(&self, name: &str) -> i64 {
        self.ask(name, |value| value.first)
    }

    /// Its text.
    pub fn text(&self, name: &str) -> String {
        self.ask(name, |value| {
            value.texts.last().cloned().unwrap_or_default()
        })
    }

    /// All its texts.
    pub fn texts(&self, name: &str) -> Vec<String> {
        self.ask(name, |value| value.texts.clone())
    }

    /// Its text as an int; the texts of ints were checked while reading.
    pub fn integer(&self, name: &str) -> i64 {
        let text = self.text(name);
        if text.is_empty() {
            0
        } else {
            try_int(&text).or_throw()
        }
    }

    /// Its texts as ints.
    pub fn integers(&self, name: &str) -> Vec<i64> {
        self.texts(name)
            .iter()
            .map(|text| try_int(text).or_throw())
            .collect()
    }

    /// Its text as a float.
    pub fn number(&self, name: &str) -> f64 {
        let text = self.text(name);
        if text.is_empty() {
            0.0
        } else {
            try_float(&text).or_throw()
        }
    }

    /// Its texts as floats.
    pub fn numbers(&self, name: &str) -> Vec<f64> {
        self.texts(name)
            .iter()
            .map(|text| try_float(text).or_throw())
            .collect()
    }

    /// How often it was given.
    pub fn count(&self, name: &str) -> i64 {
        self.ask(name, |value| value.times)
    }

    /// Of a switch with two forms: whether the last one was not `--no-…`.
    pub fn switched(&self, name: &str) -> bool {
        self.ask(name, |value| value.switched)
    }

    /// The names of the attributes, in order.
    pub fn names(&self) -> Vec<String> {
        self.0.borrow().order.clone()
    }

    /// The texts that no argument took.
    pub fn rest(&self) -> Vec<String> {
        self.0.borrow().rest.clone()
    }

    /// The exit code 2, with usage and message on stderr: the program's own conversion failed.
    pub fn fail(&self, number: i64, message: &str) -> i64 {
        let parser = self.0.borrow().parser.clone();
        let label = find(&parser, number).unwrap_or_default();
        parser.failure(&format!("argument {label}: {message}"));
        2
    }
}

/// The label of an argument, by its call; commands are searched, too.
fn find(parser: &Parser, number: i64) -> Option<String> {
    let body = parser.0.borrow();
    let own = body
        .arguments
        .iter()
        .find(|each| each.number == number)
        .map(Argument::label);
    own.or_else(|| {
        let commands = body.arguments.iter().flat_map(|each| &each.commands);
        commands
            .filter_map(|(_, parser)| find(parser, number))
            .next()
    })
}

/// An option that a text begins, with the text behind its equals sign.
struct Found {
    place: Option<usize>,
    option: String,
    explicit: Option<String>,
}

struct Reader<'a> {
    parser: &'a Parser,
    body: &'a Body,
    texts: &'a [String],
    /// `A` for a text, `O` for an option, `-` for the mark behind which everything is a text.
    pattern: Vec<u8>,
    options: Vec<Option<Found>>,
    waiting: Vec<usize>,
    seen: Vec<bool>,
    taken: Vec<usize>,
    content: Content,
}

/// Reads a command line.
pub(super) fn parse(parser: &Parser, texts: &[String]) -> Result<Parsed, Exception> {
    let body = parser.0.borrow();
    let mut content = Content {
        parser: parser.clone(),
        given: Given::new(),
        order: Vec::new(),
        rest: Vec::new(),
    };
    let quiet = ["help", "version"];
    let own = body
        .arguments
        .iter()
        .filter(|each| !quiet.contains(&each.action.as_str()) && !each.dest.is_empty());
    for (name, number) in own
        .map(|each| (&each.dest, each.number))
        .chain(body.defaults.iter().map(|(name, number)| (name, *number)))
    {
        if !content.given.contains_key(name) {
            content.order.push(name.clone());
            content.given.insert(
                name.clone(),
                Value {
                    first: number,
                    ..Value::default()
                },
            );
        }
    }
    for (name, number) in &body.defaults {
        if let Some(value) = content.given.get_mut(name) {
            value.first = *number;
        }
    }
    let count = body.arguments.len();
    let waiting = (0..count)
        .filter(|&place| !body.arguments[place].is_option())
        .collect();
    let mut reader = Reader {
        parser,
        body: &body,
        texts,
        pattern: Vec::new(),
        options: Vec::new(),
        waiting,
        seen: vec![false; count],
        taken: Vec::new(),
        content,
    };
    reader.read()?;
    Ok(Parsed(Rc::new(RefCell::new(reader.content))))
}

impl Reader<'_> {
    fn fail<T>(&self, argument: &Argument, message: &str) -> Result<T, Exception> {
        Err(self
            .parser
            .failure(&format!("argument {}: {message}", argument.label())))
    }

    fn classify(&mut self) -> Result<(), Exception> {
        let mut only_texts = false;
        for text in self.texts {
            if !only_texts && text == "--" {
                only_texts = true;
                self.pattern.push(b'-');
                self.options.push(None);
                continue;
            }
            let found = if only_texts { None } else { self.option(text)? };
            self.pattern.push(if found.is_some() { b'O' } else { b'A' });
            self.options.push(found);
        }
        Ok(())
    }

    fn place_of(&self, option: &str) -> Option<usize> {
        self.body
            .arguments
            .iter()
            .position(|each| each.names.iter().any(|name| name == option))
    }

    fn option(&self, text: &str) -> Result<Option<Found>, Exception> {
        if !text.starts_with('-') {
            return Ok(None);
        }
        let found = |option: &str, explicit: Option<&str>| Found {
            place: self.place_of(option),
            option: option.to_string(),
            explicit: explicit.map(str::to_string),
        };
        if self.place_of(text).is_some() {
            return Ok(Some(found(text, None)));
        }
        if text.len() == 1 {
            return Ok(None);
        }
        if let Some((option, explicit)) = text.split_once('=')
            && self.place_of(option).is_some()
        {
            return Ok(Some(found(option, Some(explicit))));
        }
        let mut possible = Vec::new();
        let names = self.body.arguments.iter().flat_map(|each| &each.names);
        if text.starts_with("--") {
            let (prefix, explicit) = match text.split_once('=') {
                Some((prefix, explicit)) => (prefix, Some(explicit)),
                None => (text, None),
            };
            if self.body.abbreviations {
                possible.extend(
                    names
                        .filter(|name| name.starts_with(prefix))
                        .map(|name| found(name, explicit)),
                );
            }
        } else {
            let short_end = text
                .char_indices()
                .nth(2)
                .map_or(text.len(), |(end, _)| end);
            let (short, tail) = text.split_at(short_end);
            for name in names {
                if name == short {
                    possible.push(found(name, Some(tail)));
                } else if name.starts_with(text) {
                    possible.push(found(name, None));
                }
            }
        }
        if possible.len() > 1 {
            let names: Vec<&str> = possible.iter().map(|each| each.option.as_str()).collect();
            let message = format!("ambiguous option: {text} could match {}", names.join(", "));
            return Err(self.parser.failure(&message));
        }
        if let Some(only) = possible.pop() {
            return Ok(Some(only));
        }
        let negative = |text: &str| {
            let digits = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
            let number = &text[1..];
            digits(number)
                || number.split_once('.').is_some_and(|(whole, part)| {
                    (whole.is_empty() || digits(whole)) && digits(part)
                })
        };
        let mut names = self.body.arguments.iter().flat_map(|each| &each.names);
        if negative(text)
            && !names.any(|name| name.starts_with('-') && name.len() > 1 && negative(name))
        {
            return Ok(None);
        }
        if text.contains(' ') {
            return Ok(None);
        }
        Ok(Some(Found {
            place: None,
            option: text.to_string(),
            explicit: None,
        }))
    }

    fn read(&mut self) -> Result<(), Exception> {
        self.classify()?;
        let last = self.options.iter().rposition(Option::is_some);
        let mut at = 0;
        while last.is_some_and(|last| at <= last) {
            let next = (at..self.options.len())
                .find(|&index| self.options[index].is_some())
                .unwrap_or(at);
            if at != next {
                let end = self.positionals(at)?;
                if end > at {
                    at = end;
                    continue;
                }
            }
            if self.options[at].is_none() {
                self.content
                    .rest
                    .extend(self.texts[at..next].iter().cloned());
                at = next;
            }
            at = self.take_option(at)?;
        }
        let end = self.positionals(at)?;
        let left: Vec<String> = self.texts[end..].to_vec();
        let commands = std::mem::take(&mut self.content.rest);
        let (inner, own): (Vec<_>, Vec<_>) = commands
            .into_iter()
            .partition(|text| text.starts_with('\0'));
        self.content.rest = own;
        self.content.rest.extend(left);
        self.content
            .rest
            .extend(inner.into_iter().map(|text| text[1..].to_string()));
        self.check()
    }

    fn check(&self) -> Result<(), Exception> {
        let missing: Vec<String> = self
            .body
            .arguments
            .iter()
            .zip(&self.seen)
            .filter(|(argument, seen)| argument.required && !**seen)
            .map(|(argument, _)| argument.label())
            .collect();
        if !missing.is_empty() {
            let message = format!(
                "the following arguments are required: {}",
                missing.join(", ")
            );
            return Err(self.parser.failure(&message));
        }
        for group in self.body.exclusive.iter().filter(|group| group.required) {
            if !group
                .arguments
                .iter()
                .any(|place| self.taken.contains(place))
            {
                let names: Vec<String> = group
                    .arguments
                    .iter()
                    .map(|&place| self.body.arguments[place].label())
                    .collect();
                let message = format!("one of the arguments {} is required", names.join(" "));
                return Err(self.parser.failure(&message));
            }
        }
        Ok(())
    }

    /// How many texts behind an option are its own.
    fn count(&self, argument: &Argument, pattern: &[u8]) -> Result<usize, Exception> {
        let run = pattern.iter().take_while(|&&each| each == b'A').count();
        let expected = |count: usize| {
            format!(
                "expected {count} argument{}",
                if count == 1 { "" } else { "s" }
            )
        };
        match argument.count {
            Count::One if run == 0 => self.fail(argument, "expected one argument"),
            Count::One => Ok(1),
            Count::Exactly(count) if run < count => self.fail(argument, &expected(count)),
            Count::Exactly(count) => Ok(count),
            Count::Optional => Ok(run.min(1)),
            Count::Some if run == 0 => self.fail(argument, "expected at least one argument"),
            Count::Any | Count::Some => Ok(run),
            Count::Rest | Count::Command => {
                Ok(pattern.iter().take_while(|&&each| each != b'-').count())
            }
        }
    }

    fn take_option(&mut self, at: usize) -> Result<usize, Exception> {
        let body = self.body;
        let Some(Found {
            place,
            option,
            explicit,
        }) = self.options[at].take()
        else {
            return Ok(at + 1);
        };
        let Some(mut place) = place else {
            self.content.rest.push(self.texts[at].clone());
            return Ok(at + 1);
        };
        let mut actions: Vec<(usize, Vec<String>, String)> = Vec::new();
        let (mut option, mut explicit) = (option, explicit);
        let end = loop {
            let argument = &body.arguments[place];
            let Some(text) = explicit else {
                let count = self.count(argument, &self.pattern[at + 1..])?;
                actions.push((place, self.texts[at + 1..at + 1 + count].to_vec(), option));
                break at + 1 + count;
            };
            let count = self.count(argument, b"A")?;
            let refused = format!("ignored explicit argument {}", text.repr_text());
            if count == 0 && !option.starts_with("--") && !text.is_empty() {
                let first = text.chars().next().map_or(0, char::len_utf8);
                actions.push((place, Vec::new(), option.clone()));
                option = format!("-{}", &text[..first]);
                match self.place_of(&option) {
                    Some(next) => {
                        place = next;
                        explicit = (text.len() > first).then(|| text[first..].to_string());
                    }
                    None => return self.fail(argument, &refused),
                }
            } else if count == 1 {
                actions.push((place, vec![text], option));
                break at + 1;
            } else {
                return self.fail(argument, &refused);
            }
        };
        for (place, texts, option) in actions {
            self.act(place, texts, &option)?;
        }
        Ok(end)
    }

    fn positionals(&mut self, at: usize) -> Result<usize, Exception> {
        let pattern = &self.pattern[at..];
        let mut counts = Vec::new();
        for size in (1..=self.waiting.len()).rev() {
            let kinds: Vec<Count> = self.waiting[..size]
                .iter()
                .map(|&place| self.body.arguments[place].count)
                .collect();
            if let Some(found) = fit(&kinds, pattern) {
                counts = found;
                break;
            }
        }
        let mut at = at;
        let chosen: Vec<usize> = self.waiting.drain(..counts.len()).collect();
        for (place, count) in chosen.into_iter().zip(counts) {
            let mut texts = self.texts[at..at + count].to_vec();
            at += count;
            if !matches!(
                self.body.arguments[place].count,
                Count::Rest | Count::Command
            ) && let Some(mark) = texts.iter().position(|text| text == "--")
            {
                texts.remove(mark);
            }
            self.act(place, texts, "")?;
        }
        Ok(at)
    }

    fn checked(&self, argument: &Argument, texts: &[String]) -> Result<(), Exception> {
        for text in texts {
            let (valid, shown) = match argument.kind.as_str() {
                "int" => match try_int(text) {
                    Ok(number) => (true, number.to_string()),
                    Err(_) => (false, String::new()),
                },
                "float" => match try_float(text) {
                    Ok(number) => (true, number.repr_text()),
                    Err(_) => (false, String::new()),
                },
                _ => (true, text.clone()),
            };
            if !valid {
                let message = format!("invalid {} value: {}", argument.kind, text.repr_text());
                return self.fail(argument, &message);
            }
            let quoted = |text: &String| match argument.kind.as_str() {
                "int" | "float" => text.clone(),
                _ => text.repr_text(),
            };
            if let Some(choices) = &argument.choices
                && !choices.contains(&shown)
            {
                let all: Vec<String> = choices.iter().map(quoted).collect();
                let message = format!(
                    "invalid choice: {} (choose from {})",
                    quoted(&shown),
                    all.join(", ")
                );
                return self.fail(argument, &message);
            }
        }
        Ok(())
    }

    fn act(&mut self, place: usize, texts: Vec<String>, option: &str) -> Result<(), Exception> {
        let body = self.body;
        let argument = &body.arguments[place];
        self.seen[place] = true;
        if argument.count != Count::Command {
            self.checked(argument, &texts)?;
        } else if let Some(name) = texts.first() {
            self.checked(argument, std::slice::from_ref(name))?;
        }
        let left_out = !argument.is_option()
            && texts.is_empty()
            && matches!(argument.count, Count::Optional | Count::Any);
        if left_out {
            return Ok(());
        }
        self.taken.push(place);
        for group in body
            .exclusive
            .iter()
            .filter(|group| group.arguments.contains(&place))
        {
            let other = group
                .arguments
                .iter()
                .find(|&&each| each != place && self.taken.contains(&each));
            if let Some(&other) = other {
                let name = body.arguments[other].label();
                return self.fail(argument, &format!("not allowed with argument {name}"));
            }
        }
        match argument.action.as_str() {
            "help" => {
                self.parser.print_help();
                return Err(Exception::system_exit(0));
            }
            "version" => {
                write_out(
                    format_args!("{}", self.parser.format_version(&argument.shown)),
                    false,
                );
                return Err(Exception::system_exit(0));
            }
            "parsers" => return self.command(argument, &texts),
            _ => {}
        }
        let Some(value) = self.content.given.get_mut(&argument.dest) else {
            return Ok(());
        };
        value.taken = Some(argument.number);
        value.times += 1;
        value.switched = !option.starts_with("--no-");
        match argument.action.as_str() {
            "append" | "extend" => value.texts.extend(texts),
            _ => value.texts = texts,
        }
        Ok(())
    }

    fn command(&mut self, argument: &Argument, texts: &[String]) -> Result<(), Exception> {
        let Some((name, rest)) = texts.split_first() else {
            return Ok(());
        };
        if let Some(value) = self.content.given.get_mut(&argument.dest) {
            value.taken = Some(argument.number);
            value.texts = vec![name.clone()];
        }
        let Some((_, parser)) = argument.commands.iter().find(|(each, _)| each == name) else {
            return Ok(());
        };
        let inner = parse(parser, rest)?;
        let inner = inner.0.borrow();
        for name in &inner.order {
            if !self.content.given.contains_key(name) {
                self.content.order.push(name.clone());
            }
            self.content
                .given
                .insert(name.clone(), inner.given[name].clone());
        }
        // Python lists what a command did not know behind what its own parser did not know.
        self.content
            .rest
            .extend(inner.rest.iter().map(|text| format!("\0{text}")));
        Ok(())
    }
}

/// How many texts each of some positional arguments takes from the beginning of a pattern; the first takes what it can.
fn fit(counts: &[Count], pattern: &[u8]) -> Option<Vec<usize>> {
    let Some((first, rest)) = counts.split_first() else {
        return Some(Vec::new());
    };
    for length in lengths(*first, pattern) {
        if let Some(mut found) = fit(rest, &pattern[length..]) {
            found.insert(0, length);
            return Some(found);
        }
    }
    None
}

/// The lengths that one positional argument may take, the preferred one first.
fn lengths(count: Count, pattern: &[u8]) -> Vec<usize> {
    let marks = |from: usize| {
        pattern[from..]
            .iter()
            .take_while(|&&each| each == b'-')
            .count()
    };
    let several = |mut at: usize, wanted: usize| -> Option<usize> {
        for _ in 0..wanted {
            at += marks(at);
            if pattern.get(at) != Some(&b'A') {
                return None;
            }
            at += 1;
        }
        Some(at)
    };
    let with_marks = |end: usize| (end..=end + marks(end)).rev().collect::<Vec<_>>();
    let run = |from: usize, all: bool| {
        from + pattern[from..]
            .iter()
            .take_while(|&&each| all || each != b'O')
            .count()
    };
    match count {
        Count::One => several(0, 1).map_or(Vec::new(), with_marks),
        Count::Exactly(wanted) => several(0, wanted).map_or(Vec::new(), with_marks),
        Count::Optional => {
            let mut found = several(0, 1).map_or(Vec::new(), with_marks);
            found.extend(with_marks(0));
            found
        }
        Count::Any => (0..=run(0, false)).rev().collect(),
        Count::Some => {
            several(0, 1).map_or(Vec::new(), |end| (end..=run(end, false)).rev().collect())
        }
        Count::Rest => (0..=run(0, true)).rev().collect(),
        Count::Command => {
            several(0, 1).map_or(Vec::new(), |end| (end..=run(end, true)).rev().collect())
        }
    }
}
