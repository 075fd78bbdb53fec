//! How pandas writes tables and columns.

use super::column::{Categories, Cell, Column};
use super::frame::{DataFrame, LEVEL};
use super::series::{Index, Series};
use crate::py::{Exception, Format, Text};

const MOST_ROWS: usize = 60;
const ROWS_AT_ENDS: usize = 5;
const WIDTH: usize = 80;
const DIGITS: usize = 6;
const WIDEST: usize = 50;
const MOST_CATEGORIES: usize = 8;

/// The texts of a column without padding, each with the blank that pandas puts before values.
pub(crate) fn texts(column: &Column) -> Vec<String> {
    match column {
        Column::Int(values) => values
            .iter()
            .map(|x| format!("{}{x}", if *x < 0 { "" } else { " " }))
            .collect(),
        Column::Float(values) => floats(values),
        Column::Bool(values) => values
            .iter()
            .map(|&x| if x { " True" } else { " False" }.to_string())
            .collect(),
        Column::Str(values) => values
            .iter()
            .map(|x| format!(" {}", x.as_deref().unwrap_or("NaN")))
            .collect(),
        Column::Category(held) => {
            let names: Vec<String> = match &*held.labels {
                Column::Str(_) => texts(&held.labels),
                numbers => texts(numbers)
                    .iter()
                    .map(|text| format!(" {}", text.trim()))
                    .collect(),
            };
            // Bounds that are ints become floats beside one that is missing.
            let ints = held
                .intervals
                .as_ref()
                .is_some_and(|kind| kind.contains("int64"));
            let names: Vec<String> = match ints && held.codes.contains(&-1) {
                true => names.iter().map(|name| with_float_bounds(name)).collect(),
                false => names,
            };
            held.codes
                .iter()
                .map(|&code| names.get(code as usize).map_or(" NaN", |x| x).to_string())
                .collect()
        }
        Column::Levels(_) => (0..column.len())
            .map(|row| format!(" {}", column.cell(row).text()))
            .collect(),
    }
}

/// `(1, 2]` as `(1.0, 2.0]`.
fn with_float_bounds(name: &str) -> String {
    let mut made = String::new();
    for letter in name.chars() {
        if matches!(letter, ',' | ']' | ')') {
            made += ".0";
        }
        made.push(letter);
    }
    made
}

/// Floats with six digits behind the point, the zeros that all of them end with left out; or with an exponent.
fn floats(values: &[f64]) -> Vec<String> {
    let blank = |text: String| {
        if text.starts_with('-') {
            text
        } else {
            format!(" {text}")
        }
    };
    let special = |x: f64| match x {
        x if x.is_nan() => Some("NaN".to_string()),
        x if x == f64::INFINITY => Some(" inf".to_string()),
        x if x == f64::NEG_INFINITY => Some("-inf".to_string()),
        _ => None,
    };
    let fixed: Vec<String> = values
        .iter()
        .map(|&x| special(x).unwrap_or_else(|| blank(format!("{x:.DIGITS$}"))))
        .collect();
    let fixed = trimmed(fixed);
    let longest = fixed.iter().map(|x| x.len()).max().unwrap_or(0);
    let large = values.iter().any(|x| x.abs() > 1e6);
    let small = values
        .iter()
        .any(|x| x.abs() < 10f64.powi(-(DIGITS as i32)) && x.abs() > 0.0);
    if !(small || (longest > DIGITS + 6 && large)) {
        return fixed;
    }
    let scientific = |x: f64| {
        let text = format!("{x:.DIGITS$e}");
        let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let (sign, size) = match exponent.strip_prefix('-') {
            Some(size) => ('-', size),
            None => ('+', exponent),
        };
        blank(format!("{digits}e{sign}{size:0>2}"))
    };
    trimmed(
        values
            .iter()
            .map(|&x| special(x).unwrap_or_else(|| scientific(x)))
            .collect(),
    )
}

/// Zeros at the end of all numbers with a point are left out; one digit behind the point stays.
fn trimmed(mut texts: Vec<String>) -> Vec<String> {
    let is_number = |text: &String| {
        text.contains('.')
            && text
                .trim_start_matches([' ', '-'])
                .chars()
                .all(|c| c.is_ascii_digit() || c == '.')
    };
    let numbers: Vec<usize> = (0..texts.len()).filter(|&i| is_number(&texts[i])).collect();
    while !numbers.is_empty() && numbers.iter().all(|&i| texts[i].ends_with('0')) {
        for &i in &numbers {
            texts[i].pop();
        }
    }
    for &i in &numbers {
        if texts[i].ends_with('.') {
            texts[i].push('0');
        }
    }
    texts
}

/// The texts of an index: as those of a column, but on the left, and without the blanks that all of them begin with.
pub(crate) fn labels(index: &Column) -> Vec<String> {
    match index {
        Column::Int(_) => without_blanks(texts(index)),
        Column::Float(values) => {
            let missing = |text: &String| {
                if text == "NaN" {
                    " NaN".to_string()
                } else {
                    text.clone()
                }
            };
            without_blanks(floats(values).iter().map(missing).collect())
        }
        Column::Str(values) => values
            .iter()
            .map(|x| x.clone().unwrap_or_else(|| "NaN".to_string()))
            .collect(),
        other => texts(other)
            .iter()
            .map(|x| x.trim_start().to_string())
            .collect(),
    }
}

/// The labels of rows one below the other, with the names above them where there are any: one line each. What is the same as above it in
/// an outer level is left out.
fn index_lines(index: &Index, space: usize) -> (Option<String>, Vec<String>) {
    let Column::Levels(levels) = &index.labels else {
        return (index.name.clone(), labels(&index.labels));
    };
    let named = levels.iter().any(|(name, _)| name.is_some());
    let mut columns: Vec<Vec<String>> = levels
        .iter()
        .map(|(name, column)| {
            let own = labels(column);
            std::iter::once(name.clone().unwrap_or_default())
                .chain(own)
                .collect()
        })
        .collect();
    thin_out(&mut columns, 1);
    let size = |column: &Vec<String>, from: usize| {
        column[from..].iter().map(|x| width(x)).max().unwrap_or(0)
    };
    let from = usize::from(!named);
    let padded: Vec<Vec<String>> = columns
        .iter()
        .map(|column| {
            let size = size(column, from);
            column[from..].iter().map(|x| left(x, size)).collect()
        })
        .collect();
    let mut lines: Vec<String> = adjoined(space, &padded)
        .lines()
        .map(str::to_string)
        .collect();
    let first = named.then(|| lines.remove(0));
    (first, lines)
}

/// Leaves out what an outer level has in common with the place before it.
fn thin_out(levels: &mut [Vec<String>], start: usize) {
    let places = levels.first().map_or(0, Vec::len);
    let whole = levels.to_vec();
    for place in start + 1..places {
        for level in 0..levels.len().saturating_sub(1) {
            if whole[level][place] != whole[level][place - 1] {
                break;
            }
            levels[level][place] = String::new();
        }
    }
}

fn without_blanks(mut texts: Vec<String>) -> Vec<String> {
    while !texts.is_empty() && texts.iter().all(|x| x.starts_with(' ')) {
        for text in &mut texts {
            text.remove(0);
        }
    }
    texts
}

fn width(text: &str) -> usize {
    text.chars().count()
}

fn right(text: &str, size: usize) -> String {
    format!("{}{text}", " ".repeat(size.saturating_sub(width(text))))
}

fn left(text: &str, size: usize) -> String {
    format!("{text}{}", " ".repeat(size.saturating_sub(width(text))))
}

/// Texts that are too wide for a column, cut.
fn cut(texts: Vec<String>, widest: Option<usize>) -> Vec<String> {
    let Some(widest) = widest else {
        return texts;
    };
    let shorten = |text: String| match width(&text) > widest {
        true => text.chars().take(widest - 3).chain("...".chars()).collect(),
        false => text,
    };
    texts.into_iter().map(shorten).collect()
}

/// Columns side by side, each padded on its right but for the last.
fn adjoined(space: usize, columns: &[Vec<String>]) -> String {
    let rows = columns.iter().map(Vec::len).max().unwrap_or(0);
    let last = columns.len() - 1;
    let sizes: Vec<usize> = columns
        .iter()
        .enumerate()
        .map(|(i, column)| {
            column.iter().map(|x| width(x)).max().unwrap_or(0) + if i == last { 0 } else { space }
        })
        .collect();
    let line = |row: usize| -> String {
        columns
            .iter()
            .zip(&sizes)
            .map(|(column, &size)| left(column.get(row).map_or("", |x| x), size))
            .collect()
    };
    (0..rows).map(line).collect::<Vec<String>>().join("\n")
}

/// The places that are shown of so many rows, and after how many of them dots stand.
fn shown(rows: usize) -> (Vec<usize>, Option<usize>) {
    if rows <= MOST_ROWS {
        return ((0..rows).collect(), None);
    }
    (
        (0..ROWS_AT_ENDS).chain(rows - ROWS_AT_ENDS..rows).collect(),
        Some(ROWS_AT_ENDS),
    )
}

fn frame_columns(frame: &DataFrame, chosen: &[usize], dots_at: Option<usize>) -> Vec<Vec<String>> {
    let (places, dots) = shown(frame.rows());
    columns_of_rows(frame, chosen, dots_at, places, dots, Some(WIDEST))
}

/// The lines above the values of these columns: the name of each, in as many lines as it has levels.
fn header_lines(frame: &DataFrame, chosen: &[usize]) -> Vec<Vec<String>> {
    let levels = frame.heads.levels.len().max(1);
    let mut names: Vec<Vec<String>> = vec![Vec::new(); levels];
    for &i in chosen {
        let (name, values) = &frame.columns[i];
        // Names of several levels have no blank before them.
        let blank = if values.is_numeric() && levels == 1 {
            " "
        } else {
            ""
        };
        let mut parts = name.splitn(levels, LEVEL);
        for level in &mut names {
            level.push(format!("{blank}{}", parts.next().unwrap_or("")));
        }
    }
    thin_out(&mut names, 0);
    (0..chosen.len())
        .map(|at| names.iter().map(|level| level[at].clone()).collect())
        .collect()
}

fn columns_of_rows(
    frame: &DataFrame,
    chosen: &[usize],
    dots_at: Option<usize>,
    places: Vec<usize>,
    dots: Option<usize>,
    widest: Option<usize>,
) -> Vec<Vec<String>> {
    let headers = header_lines(frame, chosen);
    let levels = frame.heads.levels.len().max(1);
    let (name, lines) = index_lines(&frame.index.take(&places), 1);
    let named = name.is_some();
    let header_rows = levels + usize::from(named);
    let mut first: Vec<String> = (0..levels)
        .map(|level| {
            frame
                .heads
                .levels
                .get(level)
                .cloned()
                .flatten()
                .unwrap_or_default()
        })
        .collect();
    first.extend(name);
    first.extend(lines);
    let size = first.iter().map(|x| width(x)).max().unwrap_or(0);
    let mut columns = vec![first.iter().map(|x| left(x, size)).collect::<Vec<String>>()];
    for (&i, headers) in chosen.iter().zip(&headers) {
        let texts = cut(texts(&frame.columns[i].1.take(&places)), widest);
        let all = texts.iter().chain(headers);
        let size = all.map(|x| width(x)).max().unwrap_or(0);
        let mut column: Vec<String> = headers.iter().map(|header| right(header, size)).collect();
        if named {
            column.push(" ".repeat(size));
        }
        column.extend(texts.iter().map(|x| right(x, size)));
        columns.push(column);
    }
    let dot_column = dots_at.map(|at| at + 1);
    if let Some(at) = dot_column {
        let rows = columns[0].len();
        columns.insert(at, vec![" ...".to_string(); rows]);
    }
    if let Some(at) = dots {
        for (i, column) in columns.iter_mut().enumerate() {
            let is_dots = Some(i) == dot_column;
            let size = if is_dots { 4 } else { width(&column[at]) };
            let text = if size > 3 || is_dots { "..." } else { ".." };
            column.insert(
                at + header_rows,
                if i == 0 {
                    left(text, size)
                } else {
                    right(text, size)
                },
            );
        }
    }
    columns
}

impl Text for DataFrame {
    fn repr_text(&self) -> String {
        if self.columns.is_empty() || self.rows() == 0 {
            let names: Vec<&str> = self.columns.iter().map(|(name, _)| name.as_str()).collect();
            return format!(
                "Empty DataFrame\nColumns: [{}]\nIndex: [{}]",
                names.join(", "),
                labels(&self.index.labels).join(", ")
            );
        }
        let all: Vec<usize> = (0..self.columns.len()).collect();
        let mut columns = frame_columns(self, &all, None);
        let mut text = adjoined(1, &columns);
        let longest = text.lines().map(width).max().unwrap_or(0);
        let mut over = longest as i64 - WIDTH as i64 + 1;
        let mut cut = false;
        if over > 0 {
            // The column of dots, and the blank before it.
            over += 5;
            let mut sizes: Vec<usize> = columns
                .iter()
                .map(|x| x.iter().map(|y| width(y)).max().unwrap_or(0))
                .collect();
            while over > 0 && sizes.len() > 1 {
                // Python rounds a half to the even number.
                let half = sizes.len() / 2;
                let middle = if sizes.len() % 2 == 1 && half % 2 == 1 {
                    half + 1
                } else {
                    half
                };
                over -= sizes.remove(middle) as i64 + 1;
            }
            let fitted = (sizes.len() - 1).max(2);
            if fitted < self.columns.len() {
                cut = true;
                let each = fitted / 2;
                let chosen: Vec<usize> = (0..each)
                    .chain(self.columns.len() - each..self.columns.len())
                    .collect();
                columns = frame_columns(self, &chosen, Some(each));
                text = adjoined(1, &columns);
            }
        }
        if cut || self.rows() > MOST_ROWS {
            text += &format!(
                "\n\n[{} rows x {} columns]",
                self.rows(),
                self.columns.len()
            );
        }
        text
    }
}

impl Text for Series {
    fn repr_text(&self) -> String {
        let name = self
            .name
            .as_ref()
            .map(|x| format!("Name: {x}, "))
            .unwrap_or_default();
        if self.values.is_empty() {
            return format!("Series([], {name}dtype: {})", self.values.dtype());
        }
        let rows = self.values.len();
        let (places, dots) = shown(rows);
        let texts = cut(texts(&self.values.take(&places)), Some(WIDEST));
        let (header, lines) = index_lines(&self.index.take(&places), 2);
        let text = series_text(&header, lines, texts, dots);
        let length = if dots.is_some() {
            format!("Length: {rows}, ")
        } else {
            String::new()
        };
        let categories = match &self.values {
            Column::Category(held) => format!("\n{}", categories_line(held)),
            _ => String::new(),
        };
        format!(
            "{text}\n{name}{length}dtype: {}{categories}",
            self.values.dtype()
        )
    }
}

/// The line that lists the categories of a column.
fn categories_line(held: &Categories) -> String {
    let mut names: Vec<String> = match &*held.labels {
        Column::Str(values) if held.intervals.is_none() => {
            values.iter().flatten().map(|x| x.repr_text()).collect()
        }
        other => texts(other).iter().map(|x| x.trim().to_string()).collect(),
    };
    let count = names.len();
    if count > MOST_CATEGORIES {
        names.splice(
            MOST_CATEGORIES / 2..count - MOST_CATEGORIES / 2,
            ["...".to_string()],
        );
    }
    let dtype = held
        .intervals
        .clone()
        .unwrap_or_else(|| held.labels.dtype().to_string());
    let header = format!("Categories ({count}, {dtype}): ");
    let between = if held.ordered { " < " } else { ", " };
    let mut line = String::new();
    let mut size = width(&header);
    for (place, name) in names.iter().enumerate() {
        if size + between.len() + width(name) > WIDTH {
            line += between.trim_end();
            line += "\n";
            line += &" ".repeat(width(&header) + 1);
            size = width(&header) + 1;
        } else if place > 0 {
            line += between;
            size += between.len();
        }
        line += name;
        size += width(name);
    }
    format!("{header}[{}]", line.replace(" < ... < ", " ... "))
}

/// `series.to_string()`: all rows, without what is said of the column.
pub(crate) fn full_series_text(series: &Series) -> String {
    if series.values.is_empty() {
        return series.repr_text();
    }
    let (header, lines) = index_lines(&series.index, 2);
    series_text(&header, lines, texts(&series.values), None)
}

fn series_text(
    name: &Option<String>,
    mut labels: Vec<String>,
    mut texts: Vec<String>,
    dots: Option<usize>,
) -> String {
    let size = texts.iter().map(|x| width(x)).max().unwrap_or(0);
    texts = texts.iter().map(|x| right(x, size)).collect();
    if let Some(at) = dots {
        let text = if width(&texts[at - 1]) > 3 {
            "..."
        } else {
            ".."
        };
        // As Python centres a text: what is odd goes to the left where the width is odd.
        let pad = size.saturating_sub(text.len());
        let before = pad / 2 + (pad & size & 1);
        texts.insert(at, left(&right(text, text.len() + before), size));
        labels.insert(at, String::new());
    }
    let text = adjoined(3, &[labels, texts]);
    match name {
        Some(name) => format!("{name}\n{text}"),
        None => text,
    }
}

/// `frame.dtypes`: the type of each column.
#[derive(Clone, Debug)]
pub struct Dtypes(pub(crate) Vec<(String, &'static str)>);

impl Text for Dtypes {
    fn repr_text(&self) -> String {
        if self.0.is_empty() {
            return "Series([], dtype: object)".to_string();
        }
        let names = self.0.iter().map(|(name, _)| name.clone()).collect();
        let texts = self
            .0
            .iter()
            .map(|(_, dtype)| format!(" {dtype}"))
            .collect();
        format!("{}\ndtype: object", series_text(&None, names, texts, None))
    }
}

/// `frame.columns`.
#[derive(Clone, Debug, PartialEq)]
pub struct Labels(pub(crate) Vec<String>);

impl Text for Labels {
    fn repr_text(&self) -> String {
        let texts: Vec<String> = self.0.iter().map(|x| x.repr_text()).collect();
        let inside = texts.join(", ");
        let line = format!("Index([{inside}], dtype='str')");
        if width(&line) <= WIDTH {
            return line;
        }
        wrapped(&texts)
    }
}

impl Labels {
    /// One name by its place.
    pub fn try_at(&self, place: i64) -> Result<String, Exception> {
        let count = self.length();
        let at = if place < 0 { place + count } else { place };
        match (0..count).contains(&at) {
            true => Ok(self.0[at as usize].clone()),
            false => Err(Exception::new(
                "IndexError",
                format!("index {place} is out of bounds for axis 0 with size {count}"),
            )),
        }
    }

    /// The same, ending the program where Python raises.
    pub fn at(&self, place: i64) -> String {
        crate::py::OrThrow::or_throw(self.try_at(place))
    }

    /// The labels as a list.
    pub fn list(&self) -> Vec<String> {
        self.0.clone()
    }

    /// How many there are.
    pub fn length(&self) -> i64 {
        self.0.len() as i64
    }
}

impl IntoIterator for Labels {
    type Item = String;
    type IntoIter = std::vec::IntoIter<String>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

macro_rules! no_truth {
    ($($type:ty, $name:literal;)*) => {$(
        impl crate::py::Truth for $type {
            fn truth(&self) -> bool {
                let text = concat!("The truth value of a ", $name, " is ambiguous. Use a.empty, a.bool(), a.item(), a.any() or a.all().");
                crate::py::OrThrow::or_throw(Err(Exception::new("ValueError", text.to_string())))
            }
        }
    )*};
}
no_truth! {
    DataFrame, "DataFrame";
    Series, "Series";
    Dtypes, "Series";
    Labels, "Index";
}

/// Labels over several lines, as pandas breaks them at the width of its page.
fn wrapped(texts: &[String]) -> String {
    let indent = "Index([";
    let blank = " ".repeat(indent.len());
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    let longest = texts.iter().map(|x| width(x)).max().unwrap_or(0);
    for (i, text) in texts.iter().enumerate() {
        let padded = right(text, longest);
        let piece = if i + 1 == texts.len() {
            padded
        } else {
            format!("{padded}, ")
        };
        if width(&line) + width(piece.trim_end()) + blank.len() >= WIDTH && !line.is_empty() {
            lines.push(line.trim_end().to_string());
            line = String::new();
        }
        line += &piece;
    }
    lines.push(line);
    format!(
        "{indent}{}],\n      dtype='str')",
        lines.join(&format!("\n{blank}"))
    )
}

macro_rules! format_as_text {
    ($($type:ty),*) => {$(
        impl Format for $type {
            fn try_format_text(&self, spec: &str) -> Result<String, Exception> {
                match spec {
                    "" => Ok(self.str_text()),
                    _ => Err(Exception::new("TypeError", "unsupported format string passed to __format__".to_string())),
                }
            }
        }
    )*};
}
format_as_text!(DataFrame, Series, Dtypes, Labels);

/// `frame.to_string(index=…)`: all rows and columns, in one piece.
pub(crate) fn full_text(frame: &DataFrame, index: bool) -> String {
    if frame.columns.is_empty() || frame.rows() == 0 {
        return frame.repr_text();
    }
    let all: Vec<usize> = (0..frame.columns.len()).collect();
    let mut columns = columns_of_rows(frame, &all, None, (0..frame.rows()).collect(), None, None);
    if index {
        return adjoined(1, &columns);
    }
    columns.remove(0);
    for (column, (name, values)) in columns.iter_mut().zip(&frame.columns) {
        // Without labels the values have no blank before them; the names of columns of numbers keep theirs.
        let header = match values.is_numeric() {
            true => format!(" {name}"),
            false => name.clone(),
        };
        let own: Vec<String> = texts(values)
            .iter()
            .map(|text| text.strip_prefix(' ').unwrap_or(text).to_string())
            .collect();
        let size = own.iter().map(|text| width(text)).max().unwrap_or(0);
        let size = size.max(width(&header));
        *column = std::iter::once(&header)
            .chain(&own)
            .map(|text| right(text, size))
            .collect();
    }
    adjoined(1, &columns)
}

/// Cells of different types one below the other, as pandas writes those of a row.
fn mixed_texts(cells: &[Cell]) -> Vec<String> {
    let floats = cells.iter().any(|cell| matches!(cell, Cell::Float(_)));
    cells
        .iter()
        .map(|cell| match cell {
            Cell::Float(value) => trimmed(vec![format!("{value:.DIGITS$}")])
                .pop()
                .map(|text| {
                    if text.starts_with('-') {
                        text
                    } else {
                        format!(" {text}")
                    }
                })
                .unwrap_or_default(),
            Cell::Missing if floats => "NaN".to_string(),
            Cell::Missing => " NaN".to_string(),
            other => format!(" {}", other.text()),
        })
        .collect()
}

/// A row of a table as a column of its own.
pub(crate) fn row_text(names: &[String], cells: &[Cell], label: &Cell) -> String {
    let text = series_text(
        &None,
        names.to_vec(),
        cut(mixed_texts(cells), Some(WIDEST)),
        None,
    );
    format!("{text}\nName: {}, dtype: object", label.text())
}

/// `frame.index` as text.
pub(crate) fn index_text(index: &Index) -> String {
    let name = index
        .name
        .as_ref()
        .map(|name| format!(", name={}", name.repr_text()))
        .unwrap_or_default();
    if let Some((start, step)) = index.range_parts() {
        let stop = start + step * index.labels.len() as i64;
        return format!("RangeIndex(start={start}, stop={stop}, step={step}{name})");
    }
    let quoted: Vec<String> = match &index.labels {
        Column::Str(_) | Column::Int(_) | Column::Bool(_) => {
            index.labels.cells().iter().map(Cell::quoted).collect()
        }
        Column::Float(_) => texts(&index.labels)
            .iter()
            .map(|text| text.trim().to_string())
            .collect(),
        _ => crate::py::unsupported("the text form of labels of several levels, or of categories"),
    };
    let line = format!(
        "Index([{}], dtype='{}'{name})",
        quoted.join(", "),
        index.labels.dtype()
    );
    if width(&line) > WIDTH {
        crate::py::unsupported("the text form of labels that fill more than a line");
    }
    line
}

/// `frame.info()`.
pub(crate) fn info(frame: &DataFrame) -> String {
    let rows = frame.rows();
    let label = |row: usize| frame.index.labels.cell(row).text();
    let mut lines = vec!["<class 'pandas.DataFrame'>".to_string()];
    let kind = if frame.index.range_parts().is_some() {
        "RangeIndex"
    } else {
        "Index"
    };
    let ends = if rows > 0 {
        format!(", {} to {}", label(0), label(rows - 1))
    } else {
        String::new()
    };
    lines.push(format!("{kind}: {rows} entries{ends}"));
    lines.push(format!(
        "Data columns (total {} columns):",
        frame.columns.len()
    ));
    let mut columns: [Vec<String>; 4] = [
        vec![" # ".to_string(), "---".to_string()],
        vec!["Column".to_string()],
        vec!["Non-Null Count".to_string()],
        vec!["Dtype".to_string()],
    ];
    for (at, (name, column)) in frame.columns.iter().enumerate() {
        columns[0].push(format!(" {at}"));
        columns[1].push(name.clone());
        let there = column.missing().iter().filter(|x| !**x).count();
        columns[2].push(format!("{there} non-null"));
        columns[3].push(column.dtype().to_string());
    }
    for column in &mut columns[1..] {
        let size = width(&column[0]);
        column.insert(1, "-".repeat(size));
    }
    let sizes: Vec<usize> = columns
        .iter()
        .map(|column| column.iter().map(|x| width(x)).max().unwrap_or(0))
        .collect();
    for row in 0..columns[0].len() {
        let parts: Vec<String> = columns
            .iter()
            .zip(&sizes)
            .map(|(column, &size)| left(&column[row], size))
            .collect();
        lines.push(parts.join("  "));
    }
    let mut counts: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
    for (_, column) in &frame.columns {
        *counts.entry(column.dtype()).or_default() += 1;
    }
    let kinds: Vec<String> = counts
        .iter()
        .map(|(dtype, count)| format!("{dtype}({count})"))
        .collect();
    lines.push(format!("dtypes: {}", kinds.join(", ")));
    let bytes = |column: &Column| match column {
        Column::Int(_) | Column::Float(_) | Column::Str(_) => 8 * rows,
        Column::Bool(_) => rows,
        _ => crate::py::unsupported("how much memory categories take"),
    };
    let (own, more) = match (&frame.index.labels, frame.index.range_parts()) {
        (_, Some(_)) => (132, ""),
        (Column::Int(_) | Column::Float(_), _) => (8 * rows, ""),
        (Column::Str(_), _) => (8 * rows, "+"),
        _ => crate::py::unsupported("how much memory such labels take"),
    };
    let mut size = (own
        + frame
            .columns
            .iter()
            .map(|(_, column)| bytes(column))
            .sum::<usize>()) as f64;
    let mut unit = "bytes";
    for next in ["KB", "MB", "GB"] {
        if size >= 1024.0 {
            size /= 1024.0;
            unit = next;
        }
    }
    lines.push(format!("memory usage: {size:.1}{more} {unit}"));
    lines.join("\n")
}
