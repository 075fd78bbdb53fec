//! Answers questions about text forms and numbers, one a line, so that a test can compare the answers with Python's.
//!
//! A question is an operation and its arguments with tabs between them; texts are in hexadecimal UTF-8, `-` is None. The answer
//! is a text in the same form after `=`, or the last line of the traceback after `!`.

use std::io::{BufRead, Write};

use batuta_rt::prelude::*;

fn text(argument: &str) -> String {
    let bytes: Vec<u8> = (0..argument.len() / 2)
        .map(|at| u8::from_str_radix(&argument[2 * at..2 * at + 2], 16).unwrap())
        .collect();
    String::from_utf8(bytes).unwrap()
}

fn int(argument: &str) -> i64 {
    argument.parse().unwrap()
}

fn optional(argument: &str) -> Option<i64> {
    (argument != "-").then(|| int(argument))
}

fn float(argument: &str) -> f64 {
    f64::from_bits(u64::from_str_radix(argument, 16).unwrap())
}

fn shown<T: Text>(result: Result<T, py::Exception>) -> Result<String, py::Exception> {
    result.map(|value| value.repr_text())
}

fn kinds(value: &str) -> String {
    let flags = [
        value.isalpha(),
        value.isalnum(),
        value.isdigit(),
        value.isdecimal(),
        value.isnumeric(),
        value.isspace(),
        value.isupper(),
        value.islower(),
        value.istitle(),
        value.isidentifier(),
        value.isprintable(),
    ];
    flags.repr_text()
}

fn cases(value: &str) -> String {
    let texts = (
        value.to_uppercase(),
        value.to_lowercase(),
        value.capitalize(),
        value.title(),
        value.swapcase(),
        value.casefold(),
    );
    texts.repr_text()
}

fn of_float(name: &str, x: f64) -> Result<String, py::Exception> {
    use py::math;
    let real: fn(f64) -> Result<f64, py::Exception> = match name {
        "sqrt" => math::try_sqrt,
        "exp" => math::try_exp,
        "exp2" => math::try_exp2,
        "expm1" => math::try_expm1,
        "log" => math::try_log,
        "log2" => math::try_log2,
        "log10" => math::try_log10,
        "log1p" => math::try_log1p,
        "sin" => math::try_sin,
        "cos" => math::try_cos,
        "tan" => math::try_tan,
        "asin" => math::try_asin,
        "acos" => math::try_acos,
        "sinh" => math::try_sinh,
        "cosh" => math::try_cosh,
        "acosh" => math::try_acosh,
        "atanh" => math::try_atanh,
        "atan" => |x| Ok(math::atan(x)),
        "tanh" => |x| Ok(math::tanh(x)),
        "asinh" => |x| Ok(math::asinh(x)),
        "fabs" => |x| Ok(math::fabs(x)),
        "degrees" => |x| Ok(math::degrees(x)),
        "radians" => |x| Ok(math::radians(x)),
        "erf" => |x| Ok(math::erf(x)),
        "erfc" => |x| Ok(math::erfc(x)),
        "ulp" => |x| Ok(math::ulp(x)),
        "modf" => return Ok(math::modf(x).repr_text()),
        "frexp" => return Ok(math::frexp(x).repr_text()),
        other => panic!("no function {other}"),
    };
    shown(real(x))
}

fn of_two_floats(name: &str, x: f64, y: f64) -> Result<String, py::Exception> {
    use py::math;
    match name {
        "true_div" => shown(py::try_true_div(x, y)),
        "floor_div" => shown(py::try_floor_div(x, y)),
        "modulo" => shown(py::try_modulo(x, y)),
        "divmod" => shown(py::try_divmod(x, y)),
        "math_pow" => shown(math::try_pow(x, y)),
        "fmod" => shown(math::try_fmod(x, y)),
        "remainder" => shown(math::try_remainder(x, y)),
        "atan2" => Ok(math::atan2(x, y).repr_text()),
        "hypot" => Ok(math::hypot(&[x, y]).repr_text()),
        "nextafter" => Ok(math::nextafter(x, y).repr_text()),
        "copysign" => Ok(math::copysign(x, y).repr_text()),
        other => panic!("no function {other}"),
    }
}

fn answer(parts: &[&str]) -> Result<String, py::Exception> {
    match *parts {
        ["float_repr", x] => Ok(float(x).repr_text()),
        ["float_hex", x] => Ok(py::float_hex(float(x))),
        ["text_repr", s] => Ok(text(s).repr_text()),
        ["ascii", s] => Ok(py::ascii(&text(s))),
        ["format_float", x, spec] => py::try_format(&float(x), &text(spec)),
        ["format_int", i, spec] => py::try_format(&int(i), &text(spec)),
        ["format_text", s, spec] => py::try_format(&text(s), &text(spec)),
        ["percent_float", template, x] => py::try_percent_format(&text(template), &[&float(x)]),
        ["percent_int", template, i] => py::try_percent_format(&text(template), &[&int(i)]),
        ["percent_text", template, s] => py::try_percent_format(&text(template), &[&text(s)]),
        ["round", x, digits] => shown(py::try_round_to(float(x), int(digits))),
        ["round_int", i, digits] => Ok(py::round_int_to(int(i), int(digits)).repr_text()),
        ["to_int", s, base] => shown(py::try_int_base(&text(s), int(base))),
        ["to_float", s] => shown(py::try_float(&text(s))),
        ["int_true_div", a, b] => shown(py::try_true_div(int(a), int(b))),
        ["int_divmod", a, b] => shown(py::try_divmod(int(a), int(b))),
        ["pow_modulo", a, b, c] => shown(py::try_pow_modulo(int(a), int(b), int(c))),
        ["kinds", s] => Ok(kinds(&text(s))),
        ["cases", s] => Ok(cases(&text(s))),
        ["slice", s, start, stop, step] => {
            shown(text(s).try_slice_text(optional(start), optional(stop), optional(step)))
        }
        ["search", s, part, start, end] => {
            let (s, part) = (text(s), text(part));
            let (start, end) = (optional(start), optional(end));
            let found = (
                s.find_text(&part, start, end),
                s.rfind_text(&part, start, end),
                s.count_text(&part, start, end),
                s.startswith(&part, start, end),
                s.endswith(&part, start, end),
            );
            Ok(found.repr_text())
        }
        ["split", s, separator, limit] => {
            let (s, separator, limit) = (text(s), text(separator), int(limit));
            let parts = (
                s.try_split_by(&separator, limit)?,
                s.try_rsplit_by(&separator, limit)?,
            );
            Ok(parts.repr_text())
        }
        ["words", s, limit] => {
            let (s, limit) = (text(s), int(limit));
            Ok((
                s.split_words(limit),
                s.rsplit_words(limit),
                s.splitlines(true),
                s.strip(),
            )
                .repr_text())
        }
        ["pad", s, width] => {
            let (s, width) = (text(s), int(width));
            Ok((s.center(width, "*"), s.zfill(width), s.expandtabs(width)).repr_text())
        }
        ["fsum", ref numbers @ ..] => {
            shown(py::math::try_fsum(numbers.iter().map(|each| float(each))))
        }
        ["math", name, x] => of_float(name, float(x)),
        ["math", name, x, y] => of_two_floats(name, float(x), float(y)),
        _ => panic!("no question {parts:?}"),
    }
}

fn main() {
    let stdin = std::io::stdin().lock();
    let mut stdout = std::io::BufWriter::new(std::io::stdout().lock());
    for line in stdin.lines() {
        let line = line.unwrap();
        let parts: Vec<&str> = line.split('\t').collect();
        let (mark, answer) = match answer(&parts) {
            Ok(answer) => ('=', answer),
            Err(exception) => ('!', exception.traceback_line()),
        };
        let bytes: String = answer.bytes().map(|each| format!("{each:02x}")).collect();
        writeln!(stdout, "{mark}{bytes}").unwrap();
    }
}
