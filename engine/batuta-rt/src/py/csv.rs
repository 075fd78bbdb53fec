//! Python's `csv`: comma-separated values, read and written in the default dialect or with another delimiter or quote.

use std::cell::RefCell;
use std::rc::Rc;

use super::dict::Dict;
use super::errors::{Exception, OrThrow};
use super::files::File;
use super::list::AsList;
use super::program::unsupported;
use super::shared::Shared;
use super::text::Text;
use super::value::Value;

/// What sets one kind of file apart from another.
#[derive(Clone)]
pub struct Dialect {
    delimiter: char,
    quote: char,
    skip_initial_space: bool,
    quote_all: bool,
    terminator: String,
}

/// A dialect from the arguments of `reader` or `writer`.
pub fn dialect(
    delimiter: &str,
    quote: &str,
    skip_initial_space: bool,
    quote_all: bool,
    terminator: &str,
) -> Dialect {
    let single = |text: &str, name: &str| {
        let mut characters = text.chars();
        match (characters.next(), characters.next()) {
            (Some(only), None) => only,
            _ => super::errors::throw(Exception::new(
                "TypeError",
                format!("\"{name}\" must be a 1-character string"),
            )),
        }
    };
    Dialect {
        delimiter: single(delimiter, "delimiter"),
        quote: single(quote, "quotechar"),
        skip_initial_space,
        quote_all,
        terminator: terminator.to_string(),
    }
}

/// A reader: an iterator over rows.
pub struct Reader<I> {
    lines: I,
    dialect: Dialect,
    /// How many lines were read.
    read: i64,
}

/// `csv.reader(lines, …)`.
pub fn reader<I: IntoIterator<Item = String>>(lines: I, dialect: Dialect) -> Reader<I::IntoIter> {
    Reader {
        lines: lines.into_iter(),
        dialect,
        read: 0,
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Place {
    FieldStart,
    Plain,
    Quoted,
    AfterQuote,
}

impl<I: Iterator<Item = String>> Iterator for Reader<I> {
    type Item = Vec<String>;

    fn next(&mut self) -> Option<Vec<String>> {
        let mut row = Vec::new();
        let mut field = String::new();
        let mut line = self.lines.next()?;
        self.read += 1;
        let mut place = Place::FieldStart;
        let mut anything = false;
        loop {
            for character in line.chars() {
                if place != Place::Quoted && matches!(character, '\n' | '\r') {
                    break;
                }
                anything = true;
                match place {
                    Place::Quoted if character == self.dialect.quote => place = Place::AfterQuote,
                    Place::Quoted => field.push(character),
                    Place::AfterQuote if character == self.dialect.quote => {
                        // A doubled quote is a quote of the field.
                        field.push(character);
                        place = Place::Quoted;
                    }
                    _ if character == self.dialect.delimiter => {
                        row.push(std::mem::take(&mut field));
                        place = Place::FieldStart;
                    }
                    Place::FieldStart if character == self.dialect.quote => place = Place::Quoted,
                    Place::FieldStart if character == ' ' && self.dialect.skip_initial_space => {}
                    _ => {
                        field.push(character);
                        place = Place::Plain;
                    }
                }
            }
            if place != Place::Quoted {
                break;
            }
            match self.lines.next() {
                Some(next) => {
                    line = next;
                    self.read += 1;
                }
                None => break,
            }
        }
        if anything {
            row.push(field);
        }
        Some(row)
    }
}

/// `csv.DictReader`: rows as dicts by the names of the first row. A clone reads from the same lines.
#[derive(Clone)]
pub struct DictReader(Rc<RefCell<DictRows>>);

struct DictRows {
    rows: Reader<std::vec::IntoIter<String>>,
    names: Option<Vec<String>>,
    /// What stands for the fields that a short row lacks.
    rest: Option<String>,
}

/// `csv.DictReader(lines, fieldnames, …)`. The lines are read at once, so that the reader does not hold what they come from.
pub fn dict_reader(
    lines: impl IntoIterator<Item = String>,
    names: Option<Vec<String>>,
    dialect: Dialect,
    rest: Option<String>,
) -> DictReader {
    DictReader(Rc::new(RefCell::new(DictRows {
        rows: reader(Vec::from_iter(lines), dialect),
        names,
        rest,
    })))
}

impl DictReader {
    /// `reader.line_num`.
    pub fn line_num(&self) -> i64 {
        self.0.borrow().rows.read
    }

    /// `reader.fieldnames`: reads the first row if nobody has yet.
    pub fn fieldnames(&self) -> Vec<String> {
        let mut held = self.0.borrow_mut();
        if held.names.is_none() {
            held.names = held.rows.next();
        }
        held.names.clone().unwrap_or_default()
    }
}

impl Iterator for DictReader {
    type Item = Dict<String, String>;

    fn next(&mut self) -> Option<Dict<String, String>> {
        let names = self.fieldnames();
        let mut held = self.0.borrow_mut();
        let mut row = held.rows.find(|row| !row.is_empty())?;
        if let Some(rest) = &held.rest
            && row.len() < names.len()
        {
            row.resize(names.len(), rest.clone());
        }
        if row.len() != names.len() {
            unsupported(
                "a row of the CSV file is longer or shorter than its header: Python would put None there",
            );
        }
        Some(names.into_iter().zip(row).collect())
    }
}

/// Anything that can be written as a row.
pub trait Row {
    /// The fields as texts; None is an empty one.
    fn fields(&self) -> Vec<String>;
}

fn field<T: Text + ?Sized>(value: &T) -> String {
    // Only None itself has this repr: the repr of a text has quotes.
    if value.repr_text() == "None" {
        String::new()
    } else {
        value.str_text()
    }
}

impl<T: Text> Row for [T] {
    fn fields(&self) -> Vec<String> {
        self.iter().map(field).collect()
    }
}

impl<T: Text> Row for Vec<T> {
    fn fields(&self) -> Vec<String> {
        self.as_slice().fields()
    }
}

impl<T: Text, const N: usize> Row for [T; N] {
    fn fields(&self) -> Vec<String> {
        self.as_slice().fields()
    }
}

impl<T: Text> Row for Shared<Vec<T>> {
    fn fields(&self) -> Vec<String> {
        self.with_items(Row::fields)
    }
}

impl<R: Row + ?Sized> Row for &R {
    fn fields(&self) -> Vec<String> {
        (**self).fields()
    }
}

macro_rules! tuple_rows {
    ($(($($letter:ident $place:tt),+))*) => {$(
        impl<$($letter: Text),+> Row for ($($letter,)+) {
            fn fields(&self) -> Vec<String> {
                vec![$(field(&self.$place)),+]
            }
        }
    )*};
}
tuple_rows! {
    (A 0)
    (A 0, B 1)
    (A 0, B 1, C 2)
    (A 0, B 1, C 2, D 3)
    (A 0, B 1, C 2, D 3, E 4)
    (A 0, B 1, C 2, D 3, E 4, F 5)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7)
}

impl Row for Value {
    fn fields(&self) -> Vec<String> {
        self.items().map(|item| field(&item)).collect()
    }
}

/// What a `DictWriter` writes as a row: the names and texts of its fields.
pub trait NamedRow {
    /// The fields in their order.
    fn named_fields(&self) -> Result<Vec<(String, String)>, Exception>;
}

impl<V: Text> NamedRow for Dict<String, V> {
    fn named_fields(&self) -> Result<Vec<(String, String)>, Exception> {
        Ok(self
            .iter()
            .map(|(key, value)| (key.clone(), field(value)))
            .collect())
    }
}

impl<V: Text + Clone> NamedRow for Shared<Dict<String, V>> {
    fn named_fields(&self) -> Result<Vec<(String, String)>, Exception> {
        self.content().named_fields()
    }
}

impl NamedRow for Value {
    fn named_fields(&self) -> Result<Vec<(String, String)>, Exception> {
        self.try_mapping()?
            .into_iter()
            .map(|(key, value)| Ok((key.try_as_str()?, field(&value))))
            .collect()
    }
}

impl<R: NamedRow + ?Sized> NamedRow for &R {
    fn named_fields(&self) -> Result<Vec<(String, String)>, Exception> {
        (**self).named_fields()
    }
}

/// `csv.writer`; a clone writes to the same file.
#[derive(Clone)]
pub struct Writer {
    file: File,
    dialect: Dialect,
}

/// `csv.writer(file, …)`.
pub fn writer(file: File, dialect: Dialect) -> Writer {
    Writer { file, dialect }
}

impl Writer {
    fn quoted(&self, field: &str, alone: bool) -> String {
        let dialect = &self.dialect;
        let special = |character| {
            character == dialect.delimiter
                || character == dialect.quote
                || matches!(character, '\n' | '\r')
        };
        if dialect.quote_all || (alone && field.is_empty()) || field.contains(special) {
            let quote = dialect.quote;
            return format!(
                "{quote}{}{quote}",
                field.replace(quote, &format!("{quote}{quote}"))
            );
        }
        field.to_string()
    }

    /// `writer.writerow(row)`: how many characters were written.
    pub fn try_writerow(&self, row: &(impl Row + ?Sized)) -> Result<i64, Exception> {
        let fields = row.fields();
        let alone = fields.len() == 1;
        let texts: Vec<String> = fields
            .iter()
            .map(|field| self.quoted(field, alone))
            .collect();
        self.file.try_write(
            &(texts.join(&self.dialect.delimiter.to_string()) + &self.dialect.terminator),
        )
    }

    /// `writer.writerow(row)`.
    pub fn writerow(&self, row: &(impl Row + ?Sized)) -> i64 {
        self.try_writerow(row).or_throw()
    }

    /// `writer.writerows(rows)`.
    pub fn try_writerows<R: Row>(
        &self,
        rows: impl IntoIterator<Item = R>,
    ) -> Result<(), Exception> {
        rows.into_iter()
            .try_for_each(|row| self.try_writerow(&row).map(|_| ()))
    }

    /// `writer.writerows(rows)`.
    pub fn writerows<R: Row>(&self, rows: impl IntoIterator<Item = R>) {
        self.try_writerows(rows).or_throw();
    }
}

/// `csv.DictWriter`.
#[derive(Clone)]
pub struct DictWriter {
    writer: Writer,
    names: Vec<String>,
    rest: String,
    /// Whether keys that have no column are left out.
    ignores: bool,
}

/// `csv.DictWriter(file, fieldnames, …)`.
pub fn dict_writer(
    file: File,
    names: Vec<String>,
    dialect: Dialect,
    rest: &str,
    ignores: bool,
) -> DictWriter {
    DictWriter {
        writer: writer(file, dialect),
        names,
        rest: rest.to_string(),
        ignores,
    }
}

impl DictWriter {
    /// `writer.writeheader()`.
    pub fn writeheader(&self) {
        self.writer.writerow(&self.names);
    }

    /// `writer.writerow(row)`.
    pub fn try_writerow(&self, row: &impl NamedRow) -> Result<i64, Exception> {
        let row = row.named_fields()?;
        let unknown: Vec<String> = row
            .iter()
            .filter(|(key, _)| !self.ignores && !self.names.contains(key))
            .map(|(key, _)| key.repr_text())
            .collect();
        if !unknown.is_empty() {
            let message = format!(
                "dict contains fields not in fieldnames: {}",
                unknown.join(", ")
            );
            return Err(Exception::new("ValueError", message));
        }
        let fields: Vec<String> = self
            .names
            .iter()
            .map(|name| {
                row.iter()
                    .find(|(key, _)| key == name)
                    .map_or(&self.rest, |(_, field)| field)
                    .clone()
            })
            .collect();
        self.writer.try_writerow(&fields)
    }

    /// `writer.writerow(row)`.
    pub fn writerow(&self, row: &impl NamedRow) -> i64 {
        self.try_writerow(row).or_throw()
    }

    /// `writer.writerows(rows)`.
    pub fn writerows<R: NamedRow>(&self, rows: impl IntoIterator<Item = R>) {
        for row in rows {
            self.writerow(&row);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::files::string_io;
    use super::*;

    fn plain() -> Dialect {
        dialect(",", "\"", false, false, "\r\n")
    }

    fn rows(lines: &[&str]) -> Vec<Vec<String>> {
        reader(lines.iter().map(ToString::to_string), plain()).collect()
    }

    #[test]
    fn rows_are_those_of_cpython() {
        // list(csv.reader(lines)) in CPython 3.11.
        assert_eq!(
            rows(&["a,b\n", "\n", "1,\"x,y\"\r\n", ",\n"]),
            [vec!["a", "b"], vec![], vec!["1", "x,y"], vec!["", ""]]
        );
        assert_eq!(
            rows(&["\"a\n", "b\"\"c\",d\n", "e"]),
            [vec!["a\nb\"c", "d"], vec!["e"]]
        );
        assert_eq!(
            rows(&["a\"b, c\n", "\"q\"x,\n"]),
            [vec!["a\"b", " c"], vec!["qx", ""]]
        );
    }

    #[test]
    fn writers_quote_what_must_be() {
        let file = string_io("");
        let writer = writer(file.clone(), plain());
        writer.writerow(&(1_i64, "a,b", 2.5, None::<i64>, true));
        writer.writerow(&["say \"hi\""]);
        writer.writerow(&[""]);
        writer.writerows([vec!["x", "y"]]);
        assert_eq!(
            file.getvalue(),
            "1,\"a,b\",2.5,,True\r\n\"say \"\"hi\"\"\"\r\n\"\"\r\nx,y\r\n"
        );
    }

    #[test]
    fn dicts_by_name() {
        let lines = ["name,age\n", "Ann,3\n"].map(String::from);
        let mut reader = dict_reader(lines, None, plain(), None);
        assert_eq!(reader.fieldnames(), ["name", "age"]);
        assert_eq!(
            reader.next().unwrap().repr_text(),
            "{'name': 'Ann', 'age': '3'}"
        );
        let file = string_io("");
        let writer = dict_writer(
            file.clone(),
            vec!["b".into(), "a".into()],
            plain(),
            "",
            false,
        );
        writer.writeheader();
        writer.writerow(&Dict::from([("a".to_string(), 1_i64)]));
        assert_eq!(file.getvalue(), "b,a\r\n,1\r\n");
    }
}
