//! Arguments of a call that one expression gives together: `area(*sizes)`.

use super::errors::{Exception, raising};
use super::failures::type_error;

raising! {
    /// The items, as many as parameters are left. `label` says what Python's error tells: the function, how many parameters Python
    /// fills by itself, how many other arguments there are, and the parameters, between bars; `=` at the end where more of them have
    /// defaults.
    pub fn call_items, try_call_items[T](values: impl IntoIterator<Item = T>, count: i64, label: &str) -> Vec<T> {
        let values: Vec<T> = values.into_iter().collect();
        if values.len() as i64 == count {
            return Ok(values);
        }
        Err(wrong_count(values.len(), label))
    }
}

fn wrong_count(found: usize, label: &str) -> Exception {
    let mut parts = label.split('|');
    let mut next = || parts.next().unwrap_or_default();
    let function = next();
    let (filled, others) = (
        next().parse().unwrap_or(0),
        next().parse::<usize>().unwrap_or(0),
    );
    let mut names: Vec<&str> = parts.collect();
    let optional = names.last() == Some(&"=");
    if optional {
        names.pop();
    }
    if function.is_empty() {
        super::program::unsupported(
            "a function of a library is given too many or too few arguments at once",
        );
    }
    let given = others + found;
    if optional && given > names.len() {
        super::program::unsupported("a list gives arguments to parameters that have defaults");
    }
    if let Some(missing) = names.get(given..).filter(|missing| !missing.is_empty()) {
        let quoted: Vec<String> = missing.iter().map(|name| format!("'{name}'")).collect();
        let list = match quoted.as_slice() {
            [one] => one.clone(),
            [one, two] => format!("{one} and {two}"),
            [most @ .., last] => format!("{}, and {last}", most.join(", ")),
            [] => String::new(),
        };
        let plural = if missing.len() == 1 { "" } else { "s" };
        let count = missing.len();
        return type_error(format!(
            "{function}() missing {count} required positional argument{plural}: {list}"
        ));
    }
    let (takes, given) = (names.len() + filled, given + filled);
    let plural = if takes == 1 { "" } else { "s" };
    let verb = if given == 1 { "was" } else { "were" };
    type_error(format!(
        "{function}() takes {takes} positional argument{plural} but {given} {verb} given"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_told_as_python_tells_them() {
        let message = |items: &[i64], label: &str| {
            let made = try_call_items(items.iter().copied(), 2, label);
            made.unwrap_err().message()
        };
        assert_eq!(call_items([1, 2], 2, ""), [1, 2]);
        assert_eq!(
            message(&[], "f|0|0|a|b"),
            "f() missing 2 required positional arguments: 'a' and 'b'"
        );
        assert_eq!(
            message(&[1], "C.__init__|1|0|a|b"),
            "C.__init__() missing 1 required positional argument: 'b'"
        );
        assert_eq!(
            message(&[1, 2, 3], "C.__init__|1|1|n|a|b"),
            "C.__init__() takes 4 positional arguments but 5 were given"
        );
    }
}
