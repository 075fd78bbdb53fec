//! `template.format(…)` where functions know the texts of the values.

use super::super::errors::{Exception, raising};
use super::super::program::unsupported;
use super::braces::{LOOKED_UP, formatted, position};
use super::value_error;

raising! {
    /// `template.format(…)`. There are `count` values by position, of which `at` gives the text. `names` are those of the values by
    /// name between commas, or `*` where `named` itself knows them; it gives their texts. Without `converts` neither looks at the
    /// conversion that it is given.
    pub fn format_template, try_format_template(
        template: &str,
        count: i64,
        names: &str,
        converts: bool,
        at: impl Fn(&i64, &String, &String) -> String,
        named: impl Fn(&String, &String, &String) -> String,
    ) -> String {
        formatted(template, &|name, conversion, spec| {
            let looked_up = conversion == Some(LOOKED_UP);
            if conversion.is_some() && !converts && !looked_up {
                unsupported("a conversion in a template that is made while the program runs");
            }
            let conversion = match conversion {
                None | Some(LOOKED_UP) => String::new(),
                Some(found @ ('s' | 'r')) => found.to_string(),
                Some('a') => unsupported("`!a` in a template that is made while the program runs"),
                Some(other) => {
                    return Err(value_error(format!("Unknown conversion specifier {other}")));
                }
            };
            let spec = spec.to_string();
            match position(name) {
                Some(place) if looked_up && (place as i64) < count => Ok(String::new()),
                Some(place) if (place as i64) < count => Ok(at(&(place as i64), &conversion, &spec)),
                Some(place) => Err(Exception::new(
                    "IndexError",
                    format!("Replacement index {place} out of range for positional args tuple"),
                )),
                None if names == "*" || names.split(',').any(|each| each == name) => {
                    Ok(named(&name.to_string(), &conversion, &spec))
                }
                None => Err(Exception::new("KeyError", name)),
            }
        })
    }
}
