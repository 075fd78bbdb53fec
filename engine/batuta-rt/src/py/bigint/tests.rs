//! Integers of any size against facts from CPython.

use super::super::arithmetic::{divmod, floor_div, modulo, true_div, try_floor_div, try_true_div};
use super::super::format::format;
use super::super::text::Text;
use super::*;

fn tens(exponent: i64) -> BigInt {
    BigInt::from(10).power(exponent)
}

#[test]
fn values_pass_from_small_to_big_and_back() {
    let top = BigInt::from(i64::MAX);
    let above = top.clone() + 1;
    assert_eq!(above.repr_text(), "9223372036854775808");
    assert!(matches!(above.clone() - 1, BigInt::Small(i64::MAX)));
    assert!(above > top && above == big_int("9223372036854775808"));
    assert_eq!((-BigInt::from(i64::MIN)).repr_text(), "9223372036854775808");
    assert_eq!((3 * above).repr_text(), "27670116110564327424");
    assert_eq!(
        BigInt::from(2).power(100).repr_text(),
        "1267650600228229401496703205376"
    );
    assert_eq!(big_factorial(25).repr_text(), "15511210043330985984000000");
    assert_eq!(
        big_comb(100, 50).repr_text(),
        "100891344545564193334812497256"
    );
}

#[test]
fn division_has_python_s_signs() {
    let (a, b) = (-tens(21), BigInt::from(7));
    assert_eq!(
        divmod(a.clone(), b.clone()).repr_text(),
        "(-142857142857142857143, 1)"
    );
    assert_eq!(
        floor_div(a.clone(), -b.clone()).repr_text(),
        "142857142857142857142"
    );
    assert_eq!(modulo(a.clone(), -b).repr_text(), "-6");
    for (a, b, both) in [
        (7, -2, "(-4, -1)"),
        (-7, -2, "(3, -1)"),
        (-7, 2, "(-4, 1)"),
        (6, -3, "(-2, 0)"),
    ] {
        assert_eq!(divmod(BigInt::from(a), BigInt::from(b)).repr_text(), both);
    }
    assert_eq!(true_div(a.clone(), BigInt::from(3)), -3.333333333333333e20);
    assert_eq!(true_div(tens(400), tens(399)), 10.0);
    assert_eq!(
        try_floor_div(a, BigInt::from(0)).unwrap_err().message(),
        "integer division or modulo by zero"
    );
    assert_eq!(
        try_true_div(tens(400), BigInt::from(1))
            .unwrap_err()
            .message(),
        "integer division result too large for a float"
    );
}

#[test]
fn conversions_round_to_the_nearest() {
    assert_eq!(big_int("9007199254740993").to_f64(), 9007199254740992.0);
    assert_eq!(
        big_int("36893488147419103233").to_f64(),
        36893488147419103232.0
    );
    assert_eq!(
        big_int("36893488147419107329").to_f64(),
        36893488147419111424.0
    );
    assert_eq!(
        tens(400).try_to_f64().unwrap_err().message(),
        "int too large to convert to float"
    );
    assert!(BigInt::from(2).power(64).try_to_i64().is_err());
    assert!(
        big_int("1") == 1 && big_int("9007199254740993") != 9007199254740992.0 && tens(30) > 1e29
    );
    let message = try_big_int(&"9".repeat(5000)).unwrap_err().message();
    assert!(message.contains("value has 5000 digits") && try_big_int(&"9".repeat(4300)).is_ok());
    assert_eq!(big_trunc(1e22).repr_text(), "10000000000000000000000");
}

#[test]
fn bits_and_formats() {
    assert_eq!(
        BigInt::from(-1).shift_left(70).in_base(16, "0x"),
        "-0x400000000000000000"
    );
    assert_eq!(BigInt::from(2).power(70).bit_length(), 71);
    assert_eq!(
        (-BigInt::from(2).power(70)).shift_right(69).repr_text(),
        "-2"
    );
    assert_eq!(
        (!BigInt::from(2).power(65) & BigInt::from(0xff)).repr_text(),
        "255"
    );
    assert_eq!(
        big_pow_modulo(big_int("3"), big_int("200"), big_int("13")).repr_text(),
        "9"
    );
    assert_eq!(format(&tens(20), ",d"), "100,000,000,000,000,000,000");
    assert_eq!(format(&tens(20), ".2e"), "1.00e+20");
    assert_eq!(
        format!("{:>25}|{:<3}", tens(20), BigInt::from(5)),
        "    100000000000000000000|5  "
    );
}
