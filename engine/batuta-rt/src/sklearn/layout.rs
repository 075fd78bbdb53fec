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
