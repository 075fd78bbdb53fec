//! Ends in the way that its first argument names, so that a test can look at output and exit code.

use batuta_rt::prelude::*;

#[derive(Clone)]
struct Refused;

impl UserException for Refused {
    fn class_name(&self) -> &'static str {
        "Refused"
    }

    fn bases(&self) -> &'static [&'static str] {
        &["ValueError"]
    }

    fn message(&self) -> String {
        "not today".to_string()
    }
}

fn deep(n: i64) -> i64 {
    if n == 0 { 0 } else { 1 + deep(n - 1) }
}

fn program() {
    py::print!("before");
    let way = py::argv()[1].clone();
    match way.as_str() {
        "returns" => {}
        "raises" => py::throw(py::Exception::new("KeyError", "k")),
        "raises nothing said" => py::throw(py::Exception::empty("RuntimeError")),
        "raises its own" => py::throw(py::Exception::from_user(Refused)),
        "divides" => py::print!("{}", py::floor_div(1, way.len() as i64 - 7)),
        "exits with a code" => py::sys_exit(3),
        "exits with a text" => py::sys_exit("stopped"),
        "exits" => py::sys_exit(()),
        "overflows" => py::print!("{}", i64::MAX - 9 + way.len() as i64 + 1),
        "overflows in the runtime" => py::print!("{}", py::pow(10, 30)),
        "breaks" => py::print!("{}", vec![1, 2][way.len()]),
        "misses a handler" => {
            let _guard = py::handler(&["LookupError"]);
            py::throw(py::Exception::new("KeyError", "k"));
        }
        "recurses" => py::print!("{}", deep(1_000_000)),
        "asks" => {
            let name = py::input("name? ");
            py::print!("{}", py::Repr(&name));
            py::input("more? ");
        }
        "writes both" => {
            py::eprint!("warned");
            py::write!("no line feed");
        }
        other => panic!("no way {other}"),
    }
}

fn main() {
    py::run(program)
}
