//! Computes with integers of any size, one question a line, so that a test can compare the answers with Python's.
//!
//! A question is an operation and its arguments with spaces between them; the answer is its repr, or `!` and the last line of the
//! traceback.

use std::io::{BufRead, Write};

use batuta_rt::prelude::*;
use batuta_rt::py::BigInt;

fn shown<T: Text>(result: Result<T, py::Exception>) -> String {
    match result {
        Ok(value) => value.repr_text(),
        Err(exception) => format!("!{}", exception.traceback_line()),
    }
}

fn answer(operation: &str, a: BigInt, b: BigInt) -> String {
    let small = || b.to_i64();
    match operation {
        "add" => (a + b).repr_text(),
        "sub" => (a - b).repr_text(),
        "mul" => (a * b).repr_text(),
        "and" => (a & b).repr_text(),
        "or" => (a | b).repr_text(),
        "xor" => (a ^ b).repr_text(),
        "neg" => (-a, !b).repr_text(),
        "divmod" => shown(py::try_divmod(a, b)),
        "truediv" => shown(py::try_true_div(a, b)),
        "pow" => a.power(small()).repr_text(),
        "shift" => shown(
            a.try_shift_left(small())
                .and_then(|left| Ok((left, a.try_shift_right(small())?))),
        ),
        "float" => shown(a.try_to_f64()),
        "compare" => (a < b, a == b, a > b, a.bit_length()).repr_text(),
        "hash" => py::hash(&a).repr_text(),
        "format" => (
            py::format(&a, ",d"),
            py::format(&a, "#x"),
            py::format(&a, "+030_d"),
        )
            .repr_text(),
        "factorial" => py::big_factorial(small()).repr_text(),
        "comb" => shown(py::try_big_comb(a.to_i64(), small())),
        "powmod" => shown(py::try_big_pow_modulo(a, BigInt::from(65_537), b)),
        other => panic!("no operation {other}"),
    }
}

fn main() {
    let mut stdout = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let line = line.unwrap();
        let parts: Vec<&str> = line.split(' ').collect();
        let [operation, a, b] = parts[..] else {
            panic!("no question {line}")
        };
        writeln!(
            stdout,
            "{}",
            answer(operation, py::big_int(a), py::big_int(b))
        )
        .unwrap();
    }
}
