//! Python's `argparse`: parsers, what they are told about arguments, and how they read a command line.
//!
//! A parser hands out texts. The types of the arguments are the program's own matter: it builds its namespace from a [`Parsed`].

mod help;
mod reading;

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::errors::{Exception, OrThrow};
use super::output::{argv, write_err, write_out};
pub use reading::Parsed;

/// How many texts an argument takes.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Count {
    One,
    Exactly(usize),
    Optional,
    Any,
    Some,
    Rest,
    Command,
}

impl Count {
    fn of(nargs: &str) -> Count {
        match nargs {
            "" => Count::One,
            "?" => Count::Optional,
            "*" => Count::Any,
            "+" => Count::Some,
            "..." => Count::Rest,
            "A..." => Count::Command,
            number => Count::Exactly(number.parse().unwrap_or(0)),
        }
    }
}

/// One argument that a parser knows.
#[derive(Clone)]
struct Argument {
    /// What `add_argument` call of the program it is from; -1 for the parser's own.
    number: i64,
    names: Vec<String>,
    dest: String,
    action: String,
    count: Count,
    kind: String,
    required: bool,
    help: Option<String>,
    metavar: Vec<String>,
    choices: Option<Vec<String>>,
    /// The default as text, where the help asks for it.
    shown: String,
    /// The parsers of the commands, with the name of each.
    commands: Vec<(String, Parser)>,
    /// The commands as the help lists them: their names, and what they do.
    listed: Vec<(String, Option<String>)>,
}

impl Argument {
    fn is_option(&self) -> bool {
        !self.names.is_empty()
    }

    /// How messages name it.
    fn label(&self) -> String {
        if self.is_option() {
            self.names.join("/")
        } else if !self.metavar.is_empty() {
            self.metavar.join("/")
        } else if !self.dest.is_empty() {
            self.dest.clone()
        } else {
            format!("{{{}}}", self.choices.clone().unwrap_or_default().join(","))
        }
    }
}

/// A heading of the help, with the arguments under it.
struct Section {
    title: Option<String>,
    description: Option<String>,
    arguments: Vec<usize>,
}

struct Exclusive {
    required: bool,
    arguments: Vec<usize>,
}

struct Body {
    prog: String,
    usage: Option<String>,
    description: Option<String>,
    epilog: Option<String>,
    formatter: String,
    abbreviations: bool,
    arguments: Vec<Argument>,
    sections: Vec<Section>,
    exclusive: Vec<Exclusive>,
    /// What `set_defaults` set: name, and the number of the call.
    defaults: Vec<(String, i64)>,
}

/// `argparse.ArgumentParser`; a clone is the same parser.
#[derive(Clone)]
pub struct Parser(Rc<RefCell<Body>>);

/// A group of arguments: one heading of the help, or arguments of which one only may be given.
#[derive(Clone)]
pub struct Group {
    parser: Parser,
    section: Option<usize>,
    exclusive: Option<usize>,
}

/// What `add_subparsers` gives.
#[derive(Clone)]
pub struct Commands {
    parser: Parser,
    place: usize,
    prefix: String,
}

/// What a program says of one argument.
pub struct Told<'a> {
    /// Which `add_argument` call it is.
    pub number: i64,
    /// `-n`, `--name`; none for a positional one.
    pub names: Vec<String>,
    /// The attribute of the namespace.
    pub dest: &'a str,
    /// `store`, `store_true`, `append` and so on.
    pub action: &'a str,
    /// `nargs` as text; empty without one.
    pub nargs: &'a str,
    /// `str`, `int` or `float`; `other` where the program converts.
    pub kind: &'a str,
    /// Whether it must be given.
    pub required: bool,
}

impl Parser {
    /// `ArgumentParser(prog, usage, description, epilog, …)`.
    pub fn new(
        prog: String,
        texts: [Option<String>; 3],
        formatter: &str,
        add_help: bool,
        abbreviations: bool,
    ) -> Self {
        let [usage, description, epilog] = texts;
        let section = |title: &str| Section {
            title: Some(title.to_string()),
            description: None,
            arguments: Vec::new(),
        };
        let parser = Parser(Rc::new(RefCell::new(Body {
            prog,
            usage,
            description,
            epilog,
            formatter: formatter.to_string(),
            abbreviations,
            arguments: Vec::new(),
            sections: vec![section("positional arguments"), section("options")],
            exclusive: Vec::new(),
            defaults: Vec::new(),
        })));
        if add_help {
            let told = Told {
                number: -1,
                names: vec!["-h".to_string(), "--help".to_string()],
                dest: "help",
                action: "help",
                nargs: "0",
                kind: "str",
                required: false,
            };
            parser.add_argument(
                told,
                Some("show this help message and exit".to_string()),
                &[],
                None,
                "",
            );
        }
        parser
    }

    /// `parser.prog`.
    pub fn prog(&self) -> String {
        self.0.borrow().prog.clone()
    }

    /// `parser.description`.
    pub fn description(&self) -> Option<String> {
        self.0.borrow().description.clone()
    }

    /// `parser.set_defaults(…)` of several names.
    pub fn set_defaults(&self, names: &[String], numbers: &[i64]) {
        for (name, number) in names.iter().zip(numbers) {
            self.set_default(name, *number);
        }
    }

    fn add(&self, argument: Argument, section: Option<usize>) -> usize {
        let mut body = self.0.borrow_mut();
        let section = section.unwrap_or(usize::from(argument.is_option()));
        let place = body.arguments.len();
        body.arguments.push(argument);
        body.sections[section].arguments.push(place);
        place
    }

    /// `parser.add_argument(…)`.
    pub fn add_argument(
        &self,
        told: Told<'_>,
        help: Option<String>,
        metavar: &[String],
        choices: Option<Vec<String>>,
        shown: &str,
    ) {
        self.add(argument(&told, help, metavar, choices, shown), None);
    }

    /// `parser.set_defaults(name=…)`; `number` says which call it is.
    pub fn set_default(&self, name: &str, number: i64) {
        self.0
            .borrow_mut()
            .defaults
            .push((name.to_string(), number));
    }

    /// `parser.add_argument_group(title, description)`.
    pub fn add_argument_group(&self, title: Option<String>, description: Option<String>) -> Group {
        let mut body = self.0.borrow_mut();
        body.sections.push(Section {
            title,
            description,
            arguments: Vec::new(),
        });
        Group {
            parser: self.clone(),
            section: Some(body.sections.len() - 1),
            exclusive: None,
        }
    }

    /// `parser.add_mutually_exclusive_group(required)`.
    pub fn add_mutually_exclusive_group(&self, required: bool) -> Group {
        let mut body = self.0.borrow_mut();
        body.exclusive.push(Exclusive {
            required,
            arguments: Vec::new(),
        });
        Group {
            parser: self.clone(),
            section: None,
            exclusive: Some(body.exclusive.len() - 1),
        }
    }

    /// `parser.add_subparsers(…)`.
    pub fn add_subparsers(
        &self,
        dest: &str,
        required: bool,
        help: Option<String>,
        metavar: &[String],
        heading: [Option<String>; 2],
    ) -> Commands {
        let prefix = self.command_prefix();
        let told = Told {
            number: -1,
            names: Vec::new(),
            dest,
            action: "parsers",
            nargs: "A...",
            kind: "str",
            required,
        };
        let [title, description] = heading;
        let section = (title.is_some() || description.is_some()).then(|| {
            let title = Some(title.unwrap_or_else(|| "subcommands".to_string()));
            self.add_argument_group(title, description)
                .section
                .unwrap_or(0)
        });
        let place = self.add(
            argument(&told, help, metavar, Some(Vec::new()), ""),
            section,
        );
        Commands {
            parser: self.clone(),
            place,
            prefix,
        }
    }

    /// `ArgumentParser(parents=[…])`: the arguments of other parsers.
    pub fn with_parents(self, parents: &[Parser]) -> Parser {
        for parent in parents {
            let theirs = parent.0.borrow();
            let offset = self.0.borrow().arguments.len();
            let mut body = self.0.borrow_mut();
            body.arguments.extend(theirs.arguments.iter().cloned());
            for (index, section) in theirs.sections.iter().enumerate() {
                let places = section.arguments.iter().map(|place| place + offset);
                if index < 2 {
                    body.sections[index].arguments.extend(places);
                } else {
                    let arguments = places.collect();
                    body.sections.push(Section {
                        title: section.title.clone(),
                        description: section.description.clone(),
                        arguments,
                    });
                }
            }
            for group in &theirs.exclusive {
                let arguments = group.arguments.iter().map(|place| place + offset).collect();
                body.exclusive.push(Exclusive {
                    required: group.required,
                    arguments,
                });
            }
            body.defaults.extend(theirs.defaults.iter().cloned());
        }
        self
    }

    /// `parser.print_help()`.
    pub fn print_help(&self) {
        write_out(format_args!("{}", self.format_help()), false);
    }

    /// `parser.print_usage()`.
    pub fn print_usage(&self) {
        write_out(format_args!("{}", self.format_usage()), false);
    }

    /// `parser.error(message)`: usage and message on stderr, exit code 2.
    pub fn try_error(&self, message: &str) -> Result<std::convert::Infallible, Exception> {
        Err(self.failure(message))
    }

    /// `parser.error(message)`.
    pub fn error(&self, message: &str) -> ! {
        super::errors::throw(self.failure(message))
    }

    fn failure(&self, message: &str) -> Exception {
        write_err(
            format_args!("{}{}: error: {message}", self.format_usage(), self.prog()),
            true,
        );
        Exception::system_exit(2)
    }

    /// `parser.exit(status, message)`.
    pub fn try_exit(
        &self,
        status: i64,
        message: &str,
    ) -> Result<std::convert::Infallible, Exception> {
        write_err(format_args!("{message}"), false);
        Err(Exception::system_exit(status))
    }

    /// `parser.exit(status, message)`.
    pub fn exit(&self, status: i64, message: &str) -> ! {
        write_err(format_args!("{message}"), false);
        super::errors::throw(Exception::system_exit(status))
    }

    /// `parser.parse_args(texts)`; the program's own arguments for None.
    pub fn try_parse(&self, texts: Option<Vec<String>>) -> Result<Parsed, Exception> {
        let parsed = self.try_parse_known(texts)?;
        let rest = parsed.rest();
        if rest.is_empty() {
            return Ok(parsed);
        }
        Err(self.failure(&format!("unrecognized arguments: {}", rest.join(" "))))
    }

    /// `parser.parse_args(texts)`.
    pub fn parse(&self, texts: Option<Vec<String>>) -> Parsed {
        self.try_parse(texts).or_throw()
    }

    /// `parser.parse_known_args(texts)`.
    pub fn try_parse_known(&self, texts: Option<Vec<String>>) -> Result<Parsed, Exception> {
        let texts = texts.unwrap_or_else(|| argv().into_iter().skip(1).collect());
        reading::parse(self, &texts)
    }

    /// `parser.parse_known_args(texts)`.
    pub fn parse_known(&self, texts: Option<Vec<String>>) -> Parsed {
        self.try_parse_known(texts).or_throw()
    }

    fn command_prefix(&self) -> String {
        let body = self.0.borrow();
        let positional: Vec<usize> = (0..body.arguments.len())
            .filter(|&place| !body.arguments[place].is_option())
            .collect();
        help::usage(&body, &positional, "").trim().to_string()
    }
}

fn argument(
    told: &Told<'_>,
    help: Option<String>,
    metavar: &[String],
    choices: Option<Vec<String>>,
    shown: &str,
) -> Argument {
    Argument {
        number: told.number,
        names: told.names.clone(),
        dest: told.dest.to_string(),
        action: told.action.to_string(),
        count: Count::of(told.nargs),
        kind: told.kind.to_string(),
        required: told.required,
        help,
        metavar: metavar.to_vec(),
        choices,
        shown: shown.to_string(),
        commands: Vec::new(),
        listed: Vec::new(),
    }
}

impl Group {
    /// `group.add_argument(…)`.
    pub fn add_argument(
        &self,
        told: Told<'_>,
        help: Option<String>,
        metavar: &[String],
        choices: Option<Vec<String>>,
        shown: &str,
    ) {
        let place = self
            .parser
            .add(argument(&told, help, metavar, choices, shown), self.section);
        if let Some(group) = self.exclusive {
            self.parser.0.borrow_mut().exclusive[group]
                .arguments
                .push(place);
        }
    }

    /// `group.add_mutually_exclusive_group(required)`.
    pub fn add_mutually_exclusive_group(&self, required: bool) -> Group {
        Group {
            section: self.section,
            ..self.parser.add_mutually_exclusive_group(required)
        }
    }
}

impl Commands {
    /// `subparsers.add_parser(name, …)`; the parser was made with an empty `prog` if it has none of its own.
    pub fn add_parser(
        &self,
        name: &str,
        aliases: &[String],
        help: Option<String>,
        shown: bool,
        parser: Parser,
    ) -> Parser {
        if parser.0.borrow().prog.is_empty() {
            parser.0.borrow_mut().prog = format!("{} {name}", self.prefix);
        }
        let mut body = self.parser.0.borrow_mut();
        let argument = &mut body.arguments[self.place];
        for each in std::iter::once(name).chain(aliases.iter().map(String::as_str)) {
            argument.commands.push((each.to_string(), parser.clone()));
            argument
                .choices
                .get_or_insert_default()
                .push(each.to_string());
        }
        if shown {
            let label = match aliases {
                [] => name.to_string(),
                _ => format!("{name} ({})", aliases.join(", ")),
            };
            argument.listed.push((label, help));
        }
        parser
    }
}

/// What the namespace of a program is filled from, by attribute: the texts given and the calls that they belong to.
type Given = HashMap<String, reading::Value>;

#[cfg(test)]
mod tests {
    use super::*;

    fn parser() -> Parser {
        let parser = Parser::new(
            "tool.py".to_string(),
            [None, Some("Does it".to_string()), None],
            "",
            true,
            true,
        );
        let told = |number,
                    names: &[&'static str],
                    dest: &'static str,
                    action: &'static str,
                    nargs: &'static str| Told {
            number,
            names: names.iter().map(|name| name.to_string()).collect(),
            dest,
            action,
            nargs,
            kind: if dest == "times" { "int" } else { "str" },
            required: names.is_empty(),
        };
        parser.add_argument(
            told(0, &[], "name", "store", ""),
            Some("who".to_string()),
            &[],
            None,
            "",
        );
        parser.add_argument(
            told(1, &["-t", "--times"], "times", "store", ""),
            None,
            &[],
            None,
            "",
        );
        parser.add_argument(
            told(2, &["-v", "--verbose"], "verbose", "count", "0"),
            None,
            &[],
            None,
            "",
        );
        parser
    }

    fn texts(list: &[&str]) -> Option<Vec<String>> {
        Some(list.iter().map(|each| each.to_string()).collect())
    }

    #[test]
    fn command_lines_are_read_as_cpython_reads_them() {
        let parsed = parser().parse(texts(&["-vv", "Ann", "--ti=3"]));
        assert_eq!(parsed.text("name"), "Ann");
        assert_eq!((parsed.integer("times"), parsed.count("verbose")), (3, 2));
        let code = |list: &[&str]| {
            parser()
                .try_parse(texts(list))
                .err()
                .map(|error| error.message())
        };
        assert_eq!(code(&[]), Some("2".to_string()));
        assert_eq!(code(&["a", "b"]), Some("2".to_string()));
        assert_eq!(code(&["a", "-t", "x"]), Some("2".to_string()));
        assert_eq!(
            parser().format_help(),
            "usage: tool.py [-h] [-t TIMES] [-v] name\n\nDoes it\n\npositional arguments:\n  name                  who\n\n\
             options:\n  -h, --help            show this help message and exit\n  -t TIMES, --times TIMES\n  -v, --verbose\n"
        );
    }
}
