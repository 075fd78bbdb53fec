//! The parts of a format specification: `[[fill]align][sign][z][#][0][width][grouping][.precision][type]`.

use crate::py::errors::Exception;

use super::value_error;

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Alignment {
    Left,
    Right,
    Center,
    AfterSign,
}

#[derive(Clone)]
pub(super) struct Spec {
    pub fill: char,
    pub alignment: Alignment,
    pub sign: Option<char>,
    pub no_negative_zero: bool,
    pub alternate: bool,
    pub width: Option<usize>,
    pub grouping: Option<char>,
    pub precision: Option<usize>,
    /// The type character; the default one where the text has none.
    pub kind: char,
}

fn alignment_of(character: char) -> Option<Alignment> {
    match character {
        '<' => Some(Alignment::Left),
        '>' => Some(Alignment::Right),
        '^' => Some(Alignment::Center),
        '=' => Some(Alignment::AfterSign),
        _ => None,
    }
}

/// Reads digits and moves on; None where there are none.
fn number(text: &[char], at: &mut usize) -> Result<Option<usize>, Exception> {
    let start = *at;
    let mut value = 0usize;
    while let Some(digit) = text.get(*at).and_then(|each| each.to_digit(10)) {
        value = value
            .checked_mul(10)
            .and_then(|value| value.checked_add(digit as usize))
            .filter(|value| *value <= isize::MAX as usize)
            .ok_or_else(|| value_error("Too many decimal digits in format string"))?;
        *at += 1;
    }
    Ok((*at > start).then_some(value))
}

impl Spec {
    pub fn parse(
        text: &str,
        default: Alignment,
        default_kind: char,
        type_name: &str,
    ) -> Result<Spec, Exception> {
        let characters: Vec<char> = text.chars().collect();
        let mut at = 0;
        let mut takes = |wanted: &[char]| {
            let found = characters
                .get(at)
                .copied()
                .filter(|each| wanted.contains(each));
            at += usize::from(found.is_some());
            found
        };
        let mut fill = None;
        let mut alignment = None;
        if let Some(found) = characters.get(1).copied().and_then(alignment_of) {
            fill = takes(&characters[..1]);
            takes(&characters[1..2]);
            alignment = Some(found);
        } else if let Some(found) = takes(&['<', '>', '^', '=']) {
            alignment = alignment_of(found);
        }
        let sign = takes(&['+', '-', ' ']);
        let no_negative_zero = takes(&['z']).is_some();
        let alternate = takes(&['#']).is_some();
        if fill.is_none() && takes(&['0']).is_some() {
            fill = Some('0');
            if alignment.is_none() && default == Alignment::Right {
                alignment = Some(Alignment::AfterSign);
            }
        }
        let width = number(&characters, &mut at)?;
        let mut grouping = None;
        if characters.get(at) == Some(&',') {
            grouping = Some(',');
            at += 1;
        }
        if characters.get(at) == Some(&'_') {
            if grouping.is_some() {
                return Err(value_error("Cannot specify both ',' and '_'."));
            }
            grouping = Some('_');
            at += 1;
        }
        if grouping == Some('_') && characters.get(at) == Some(&',') {
            return Err(value_error("Cannot specify both ',' and '_'."));
        }
        let mut precision = None;
        if characters.get(at) == Some(&'.') {
            at += 1;
            precision = number(&characters, &mut at)?;
            if precision.is_none() {
                return Err(value_error("Format specifier missing precision"));
            }
        }
        let kind = match characters[at..] {
            [] => default_kind,
            [only] => only,
            _ => {
                return Err(value_error(format!(
                    "Invalid format specifier '{text}' for object of type '{type_name}'"
                )));
            }
        };
        if let Some(separator) = grouping {
            let fits = matches!(kind, 'd' | 'e' | 'f' | 'g' | 'E' | 'G' | '%' | 'F' | '\0')
                || (separator == '_' && matches!(kind, 'b' | 'o' | 'x' | 'X'));
            if !fits {
                return Err(value_error(format!(
                    "Cannot specify '{separator}' with '{kind}'."
                )));
            }
        }
        Ok(Spec {
            fill: fill.unwrap_or(' '),
            alignment: alignment.unwrap_or(default),
            sign,
            no_negative_zero,
            alternate,
            width,
            grouping,
            precision,
            kind,
        })
    }

    pub fn unknown_kind(&self, type_name: &str) -> Exception {
        let kind = match self.kind {
            '!'..='~' => self.kind.to_string(),
            other => format!("\\x{:x}", other as u32),
        };
        value_error(format!(
            "Unknown format code '{kind}' for object of type '{type_name}'"
        ))
    }

    /// The head (sign and prefix) and the body with the fill between, before or behind them.
    pub fn padded(&self, head: &str, body: &str) -> String {
        let used = head.chars().count() + body.chars().count();
        let missing = self.width.unwrap_or(0).saturating_sub(used);
        let fill = |count: usize| String::from_iter(std::iter::repeat_n(self.fill, count));
        match self.alignment {
            Alignment::Left => format!("{head}{body}{}", fill(missing)),
            Alignment::Right => format!("{}{head}{body}", fill(missing)),
            Alignment::Center => format!(
                "{}{head}{body}{}",
                fill(missing / 2),
                fill(missing - missing / 2)
            ),
            Alignment::AfterSign => format!("{head}{}{body}", fill(missing)),
        }
    }
}
