//! The text form of estimators, broken into lines of at most 80 characters as scikit-learn's printer does it.

/// What is shown of an estimator or of a parameter's value.
#[derive(Clone, Debug, PartialEq)]
pub enum Shown {
    /// A text without parts.
    Text(String),
    /// An estimator: its class, and the parameters that are not the defaults.
    Call(String, Vec<(String, Shown)>),
    /// A list.
    List(Vec<Shown>),
    /// A tuple.
    Tuple(Vec<Shown>),
}

const WIDTH: i64 = 80;

impl Shown {
    /// All on one line.
    fn line(&self) -> String {
        let joined = |parts: &[Shown]| parts.iter().map(Shown::line).collect::<Vec<_>>().join(", ");
        match self {
            Shown::Text(text) => text.clone(),
            Shown::Call(name, parameters) => {
                let parts: Vec<String> = parameters
                    .iter()
                    .map(|(own, value)| format!("{own}={}", value.line()))
                    .collect();
                format!("{name}({})", parts.join(", "))
            }
            Shown::List(parts) => format!("[{}]", joined(parts)),
            Shown::Tuple(parts) if parts.len() == 1 => format!("({},)", joined(parts)),
            Shown::Tuple(parts) => format!("({})", joined(parts)),
        }
    }

    /// A value by its Python text: lists and tuples are broken between their items.
    pub fn of_text(text: &str) -> Shown {
        let inner = |open: char, close: char| {
            text.strip_prefix(open)
                .and_then(|rest| rest.strip_suffix(close))
                .and_then(parts)
        };
        if let Some(found) = inner('[', ']') {
            return Shown::List(found.iter().map(|part| Shown::of_text(part)).collect());
        }
        if let Some(found) = Shown::call_of_text(text) {
            return found;
        }
        match inner('(', ')') {
            Some(found) => Shown::Tuple(found.iter().map(|part| Shown::of_text(part)).collect()),
            None => Shown::Text(text.to_string()),
        }
    }

    /// `Name(first=1, second='a')`.
    fn call_of_text(text: &str) -> Option<Shown> {
        let is_name = |name: &str| {
            !name.is_empty()
                && name
                    .chars()
                    .all(|letter| letter.is_alphanumeric() || letter == '_')
        };
        let (name, rest) = text.split_once('(')?;
        let found = parts(rest.strip_suffix(')')?)?;
        let named = found.iter().map(|part| {
            let (own, value) = part.split_once('=')?;
            is_name(own).then(|| (own.to_string(), Shown::of_text(value)))
        });
        let named = named.collect::<Option<Vec<_>>>()?;
        is_name(name).then(|| Shown::Call(name.to_string(), named))
    }

    /// The text form.
    pub fn layout(&self) -> String {
        let mut out = String::new();
        self.write(&mut out, 0, 0);
        out
    }

    /// Writes at a column; `allowance` characters of closing brackets follow on the last line.
    fn write(&self, out: &mut String, indent: i64, allowance: i64) {
        let line = self.line();
        if length(&line) <= WIDTH - indent - allowance {
            out.push_str(&line);
            return;
        }
        match self {
            Shown::Text(text) => out.push_str(text),
            Shown::Call(name, parameters) => {
                out.push_str(&format!("{name}("));
                let items: Vec<(String, &Shown)> = parameters
                    .iter()
                    .map(|(own, value)| (format!("{own}="), value))
                    .collect();
                write_items(out, &items, indent + length(name), allowance + 1);
                out.push(')');
            }
            Shown::List(parts) | Shown::Tuple(parts) => {
                let (open, close) = match self {
                    Shown::List(_) => ("[", "]"),
                    _ if parts.len() == 1 => ("(", ",)"),
                    _ => ("(", ")"),
                };
                out.push_str(open);
                let items: Vec<(String, &Shown)> =
                    parts.iter().map(|part| (String::new(), part)).collect();
                write_items(out, &items, indent, allowance + length(close));
                out.push_str(close);
            }
        }
    }
}

/// The items of a list or tuple, by the text between its brackets; None where that is not one list.
fn parts(text: &str) -> Option<Vec<&str>> {
    let mut found = Vec::new();
    let (mut depth, mut start, mut quote, mut escaped) = (0i64, 0, None, false);
    for (at, letter) in text.char_indices() {
        if let Some(mark) = quote {
            if escaped {
                escaped = false;
            } else if letter == '\\' {
                escaped = true;
            } else if letter == mark {
                quote = None;
            }
            continue;
        }
        match letter {
            '\'' | '"' => quote = Some(letter),
            '[' | '(' | '{' => depth += 1,
            ']' | ')' | '}' => {
                depth -= 1;
                if depth < 0 {
                    return None;
                }
            }
            ',' if depth == 0 => {
                found.push(text[start..at].trim_start());
                start = at + 1;
            }
            _ => {}
        }
    }
    let last = text[start..].trim_start();
    if !last.is_empty() {
        found.push(last);
    }
    (depth == 0 && quote.is_none()).then_some(found)
}

fn length(text: &str) -> i64 {
    text.chars().count() as i64
}

/// Items side by side as long as they fit; one that does not fit on a line of its own is broken.
fn write_items(out: &mut String, items: &[(String, &Shown)], indent: i64, allowance: i64) {
    let indent = indent + 1;
    let next_line = format!(",\n{}", " ".repeat(indent as usize));
    let mut between = String::new();
    let mut whole = WIDTH - indent + 1;
    let mut width = whole;
    for (position, (head, item)) in items.iter().enumerate() {
        let last = position + 1 == items.len();
        if last {
            whole -= allowance;
            width -= allowance;
        }
        let line = format!("{head}{}", item.line());
        let needed = length(&line) + 2;
        if width < needed {
            width = whole;
            if !between.is_empty() {
                between = next_line.clone();
            }
        }
        out.push_str(&between);
        if width >= needed {
            width -= needed;
            between = ", ".to_string();
            out.push_str(&line);
            continue;
        }
        between = next_line.clone();
        out.push_str(head);
        item.write(out, indent + length(head), if last { allowance } else { 1 });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_broken_between_their_items() {
        let text = "Select(columns=[0, 1, 'a, b'], other=(1,), last=Inner())";
        let shown = Shown::of_text(text);
        assert_eq!(shown.line(), text);
        assert!(matches!(&shown, Shown::Call(name, parts) if name == "Select" && parts.len() == 3));
        assert_eq!(
            Shown::of_text("[1) (2]"),
            Shown::Text("[1) (2]".to_string())
        );
        assert_eq!(Shown::of_text("3.5"), Shown::Text("3.5".to_string()));
    }
}
