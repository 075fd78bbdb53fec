//! A Python pattern in the notation of the `regex` crate.

pub(super) struct Translated {
    pub(super) text: String,
    /// Whether `$` stands for the end of the text.
    pub(super) dollar: bool,
}

/// Whether a pattern has something that the crate does not know, or reads in another way.
pub(super) fn missing(pattern: &str) -> bool {
    let plain = pattern.replace(r"\\", "");
    let signs = [
        "(?=", "(?!", "(?<", "(?P=", "(?(", "(?>", "(?#", "*+", "++", "?+", "}+", r"\N", r"\u",
        r"\U",
    ];
    let back = |at: usize| plain[at + 1..].starts_with(|next: char| next.is_ascii_digit());
    signs.iter().any(|each| plain.contains(each))
        || plain.match_indices('\\').any(|(at, _)| back(at))
}

/// Whether a pattern may prefer to fit nothing although it could fit something.
pub(super) fn chooses(pattern: &str) -> bool {
    ["|", "*?", "+?", "??", "}?"]
        .iter()
        .any(|each| pattern.contains(each))
}

/// Rewrites what the two notations say differently: `\Z`, `$`, `{,n}`, brackets, set operators and white space inside classes.
/// Comments of a verbose pattern are left out.
pub(super) fn translate(pattern: &str, multiline: bool, verbose: bool) -> Translated {
    let mut text = String::with_capacity(pattern.len());
    let mut dollar = false;
    let mut characters = pattern.chars().peekable();
    let mut in_class = false;
    while let Some(character) = characters.next() {
        match character {
            '\\' => match characters.next() {
                Some('Z') => text.push_str(r"\z"),
                // A letter of which the crate knows nothing, escaped without need.
                Some(escaped)
                    if matches!(
                        escaped,
                        '/' | '"'
                            | '\''
                            | '<'
                            | '>'
                            | '@'
                            | '%'
                            | ','
                            | ';'
                            | '='
                            | '!'
                            | '`'
                            | '_'
                            | ':'
                            | ' '
                    ) =>
                {
                    if escaped == ' ' {
                        text.push_str(r"\x20");
                    } else {
                        text.push(escaped);
                    }
                }
                Some(escaped) => text.extend(['\\', escaped]),
                None => text.push('\\'),
            },
            '[' if !in_class => {
                in_class = true;
                text.push('[');
                if characters.next_if_eq(&'^').is_some() {
                    text.push('^');
                }
                // A bracket that comes first is a member of the class.
                if characters.next_if_eq(&']').is_some() {
                    text.push_str(r"\]");
                }
            }
            ']' if in_class => {
                in_class = false;
                text.push(']');
            }
            '#' if verbose && !in_class => {
                while characters.next_if(|next| *next != '\n').is_some() {}
            }
            // Inside a class they are members, also where the crate would leave them out.
            '#' if in_class => text.push_str(r"\#"),
            _ if in_class && character.is_whitespace() => {
                text.push_str(&format!(r"\x{{{:x}}}", u32::from(character)));
            }
            '[' | '&' | '~' if in_class => text.extend(['\\', character]),
            '$' if !in_class && !multiline => {
                dollar = true;
                text.push_str(r"\z");
            }
            // A count has no white space in it, not even in a verbose pattern.
            '{' if !in_class
                && characters
                    .clone()
                    .take_while(|next| *next != '}')
                    .any(char::is_whitespace) =>
            {
                text.push_str(r"\{");
            }
            '{' if !in_class && characters.peek() == Some(&',') => text.push_str("{0"),
            _ => text.push(character),
        }
    }
    Translated { text, dollar }
}
