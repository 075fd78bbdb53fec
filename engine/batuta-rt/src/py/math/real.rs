//! Functions of floats. The C library's are called where Rust's own give other last digits.

use std::ffi::c_int;

use crate::py::arithmetic::{c_power, zero_division};
use crate::py::errors::{Exception, raising};

mod c {
    use std::ffi::c_int;

    unsafe extern "C" {
        pub safe fn acosh(x: f64) -> f64;
        pub safe fn asinh(x: f64) -> f64;
        pub safe fn atanh(x: f64) -> f64;
        pub safe fn erf(x: f64) -> f64;
        pub safe fn erfc(x: f64) -> f64;
        pub safe fn ldexp(x: f64, exponent: c_int) -> f64;
        pub safe fn lgamma(x: f64) -> f64;
        pub safe fn nextafter(x: f64, y: f64) -> f64;
        pub safe fn remainder(x: f64, y: f64) -> f64;
        pub safe fn tgamma(x: f64) -> f64;
    }
}

fn domain_error() -> Exception {
    Exception::new("ValueError", "math domain error")
}

fn range_error() -> Exception {
    Exception::new("OverflowError", "math range error")
}

/// A result that is no number, from arguments that are, is a domain error.
fn defined(result: f64, argument: f64) -> Result<f64, Exception> {
    if result.is_nan() && !argument.is_nan() {
        Err(domain_error())
    } else {
        Ok(result)
    }
}

/// An infinite result of a finite argument is a range error.
fn bounded(result: f64, argument: f64) -> Result<f64, Exception> {
    if result.is_infinite() && argument.is_finite() {
        Err(range_error())
    } else {
        Ok(result)
    }
}

/// A logarithm: its argument must lie above `limit`.
fn logarithm(argument: f64, limit: f64, function: fn(f64) -> f64) -> Result<f64, Exception> {
    if argument <= limit {
        Err(domain_error())
    } else {
        Ok(function(argument))
    }
}

raising! {
    /// `math.sqrt(x)`.
    pub fn sqrt, try_sqrt(x: f64) -> f64 {
        defined(x.sqrt(), x)
    }

    /// `math.exp(x)`.
    pub fn exp, try_exp(x: f64) -> f64 {
        bounded(x.exp(), x)
    }

    /// `math.exp2(x)`.
    pub fn exp2, try_exp2(x: f64) -> f64 {
        bounded(x.exp2(), x)
    }

    /// `math.expm1(x)`.
    pub fn expm1, try_expm1(x: f64) -> f64 {
        bounded(x.exp_m1(), x)
    }

    /// `math.log(x)`.
    pub fn log, try_log(x: f64) -> f64 {
        logarithm(x, 0.0, f64::ln)
    }

    /// `math.log(x, base)`.
    pub fn log_base, try_log_base(x: f64, base: f64) -> f64 {
        let (above, below) = (try_log(x)?, try_log(base)?);
        if below == 0.0 { Err(zero_division("float division by zero")) } else { Ok(above / below) }
    }

    /// `math.log2(x)`.
    pub fn log2, try_log2(x: f64) -> f64 {
        logarithm(x, 0.0, f64::log2)
    }

    /// `math.log10(x)`.
    pub fn log10, try_log10(x: f64) -> f64 {
        logarithm(x, 0.0, f64::log10)
    }

    /// `math.log1p(x)`.
    pub fn log1p, try_log1p(x: f64) -> f64 {
        logarithm(x, -1.0, f64::ln_1p)
    }

    /// `math.pow(x, y)`.
    pub fn pow, try_pow(x: f64, y: f64) -> f64 {
        let result = c_power(x, y);
        if x.is_finite() && y.is_finite() {
            if result.is_nan() || (x == 0.0 && result.is_infinite()) {
                return Err(domain_error());
            }
            return bounded(result, x);
        }
        Ok(result)
    }

    /// `math.sin(x)`.
    pub fn sin, try_sin(x: f64) -> f64 {
        defined(x.sin(), x)
    }

    /// `math.cos(x)`.
    pub fn cos, try_cos(x: f64) -> f64 {
        defined(x.cos(), x)
    }

    /// `math.tan(x)`.
    pub fn tan, try_tan(x: f64) -> f64 {
        defined(x.tan(), x)
    }

    /// `math.asin(x)`.
    pub fn asin, try_asin(x: f64) -> f64 {
        defined(x.asin(), x)
    }

    /// `math.acos(x)`.
    pub fn acos, try_acos(x: f64) -> f64 {
        defined(x.acos(), x)
    }

    /// `math.sinh(x)`.
    pub fn sinh, try_sinh(x: f64) -> f64 {
        bounded(x.sinh(), x)
    }

    /// `math.cosh(x)`.
    pub fn cosh, try_cosh(x: f64) -> f64 {
        bounded(x.cosh(), x)
    }

    /// `math.acosh(x)`.
    pub fn acosh, try_acosh(x: f64) -> f64 {
        defined(c::acosh(x), x)
    }

    /// `math.atanh(x)`.
    pub fn atanh, try_atanh(x: f64) -> f64 {
        if x.abs() >= 1.0 { Err(domain_error()) } else { Ok(c::atanh(x)) }
    }

    /// `math.fmod(x, y)`.
    pub fn fmod, try_fmod(x: f64, y: f64) -> f64 {
        let argument = if y.is_nan() { y } else { x };
        defined(x % y, argument)
    }

    /// `math.remainder(x, y)`.
    pub fn remainder, try_remainder(x: f64, y: f64) -> f64 {
        if x.is_nan() || y.is_nan() {
            return Ok(f64::NAN);
        }
        // A remainder of zero has the sign of `x`; not every C library minds.
        let rest = defined(c::remainder(x, y), 0.0)?;
        Ok(if rest == 0.0 { rest.copysign(x) } else { rest })
    }

    /// `math.ldexp(x, exponent)`.
    pub fn ldexp, try_ldexp(x: f64, exponent: i64) -> f64 {
        bounded(scaled(x, exponent), x)
    }

    /// `math.gamma(x)`.
    pub fn gamma, try_gamma(x: f64) -> f64 {
        if x == f64::NEG_INFINITY || (x <= 0.0 && x == x.floor()) {
            return Err(domain_error());
        }
        // Factorials that a float holds exactly.
        if x == x.floor() && x <= 23.0 {
            return Ok((1..x as i64).map(|each| each as f64).product());
        }
        bounded(c::tgamma(x), x)
    }

    /// `math.lgamma(x)`.
    pub fn lgamma, try_lgamma(x: f64) -> f64 {
        if x <= 0.0 && x == x.floor() && x.is_finite() {
            return Err(domain_error());
        }
        if x == 1.0 || x == 2.0 {
            return Ok(0.0);
        }
        bounded(c::lgamma(x), x)
    }
}

/// `x` times two to the power `exponent`, rounded once.
pub(crate) fn scaled(x: f64, exponent: i64) -> f64 {
    c::ldexp(x, exponent.clamp(-10_000, 10_000) as c_int)
}

/// `math.asinh(x)`.
pub fn asinh(x: f64) -> f64 {
    c::asinh(x)
}

/// `math.atan(x)`.
pub fn atan(x: f64) -> f64 {
    x.atan()
}

/// `math.atan2(y, x)`.
pub fn atan2(y: f64, x: f64) -> f64 {
    y.atan2(x)
}

/// `math.tanh(x)`.
pub fn tanh(x: f64) -> f64 {
    x.tanh()
}

/// `math.cbrt(x)`.
pub fn cbrt(x: f64) -> f64 {
    x.cbrt()
}

/// `math.fabs(x)`.
pub fn fabs(x: f64) -> f64 {
    x.abs()
}

/// `math.copysign(x, y)`.
pub fn copysign(x: f64, y: f64) -> f64 {
    x.copysign(y)
}

/// `math.degrees(x)`.
pub fn degrees(x: f64) -> f64 {
    x * (180.0 / std::f64::consts::PI)
}

/// `math.radians(x)`.
pub fn radians(x: f64) -> f64 {
    x * (std::f64::consts::PI / 180.0)
}

/// `math.erf(x)`.
pub fn erf(x: f64) -> f64 {
    c::erf(x)
}

/// `math.erfc(x)`.
pub fn erfc(x: f64) -> f64 {
    c::erfc(x)
}

/// `math.nextafter(x, y)`.
pub fn nextafter(x: f64, y: f64) -> f64 {
    c::nextafter(x, y)
}

/// `math.ulp(x)`.
pub fn ulp(x: f64) -> f64 {
    let x = x.abs();
    if !x.is_finite() {
        return x;
    }
    let above = c::nextafter(x, f64::INFINITY);
    if above.is_infinite() {
        x - c::nextafter(x, 0.0)
    } else {
        above - x
    }
}

/// `math.modf(x)`: the fraction and the whole part, both with the sign of `x`.
pub fn modf(x: f64) -> (f64, f64) {
    let whole = x.trunc();
    let part = if x.is_infinite() { 0.0 } else { x - whole };
    (part.copysign(x), whole)
}

/// `math.frexp(x)`: a fraction from 0.5 to 1 and the power of two.
pub fn frexp(x: f64) -> (f64, i64) {
    if x == 0.0 || !x.is_finite() {
        return (x, 0);
    }
    let exponent_of = |value: f64| ((value.to_bits() >> 52) & 0x7ff) as i64;
    // A subnormal number is first made normal.
    let (normal, lift) = if exponent_of(x) == 0 {
        (x * 2f64.powi(64), 64)
    } else {
        (x, 0)
    };
    let exponent = exponent_of(normal) - 1022;
    (scaled(normal, -exponent), exponent - lift)
}

raising! {
    /// `math.isclose(a, b, rel_tol=…, abs_tol=…)`.
    pub fn isclose, try_isclose(a: f64, b: f64, relative: f64, absolute: f64) -> bool {
        if relative < 0.0 || absolute < 0.0 {
            return Err(Exception::new("ValueError", "tolerances must be non-negative"));
        }
        if a == b {
            return Ok(true);
        }
        if a.is_infinite() || b.is_infinite() {
            return Ok(false);
        }
        let difference = (b - a).abs();
        Ok(difference <= (relative * b).abs() || difference <= (relative * a).abs() || difference <= absolute)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_outside_the_domain_are_errors() {
        let failures = [
            try_sqrt(-1.0),
            try_log(0.0),
            try_log2(-1.0),
            try_log10(0.0),
            try_log1p(-1.0),
            try_sin(f64::INFINITY),
            try_asin(2.0),
            try_acosh(0.5),
            try_atanh(1.0),
            try_fmod(1.0, 0.0),
            try_fmod(f64::INFINITY, 1.0),
            try_remainder(1.0, 0.0),
            try_pow(-8.0, 0.5),
            try_pow(0.0, -1.0),
            try_gamma(0.0),
            try_gamma(-1.0),
            try_gamma(f64::NEG_INFINITY),
            try_lgamma(-3.0),
        ];
        for failure in failures {
            assert_eq!(
                failure.unwrap_err().traceback_line(),
                "ValueError: math domain error"
            );
        }
        let failures = [
            try_exp(1000.0),
            try_expm1(1000.0),
            try_pow(10.0, 400.0),
            try_cosh(1000.0),
            try_ldexp(1.0, 2000),
            try_gamma(200.0),
            try_lgamma(1e308),
        ];
        for failure in failures {
            assert_eq!(
                failure.unwrap_err().traceback_line(),
                "OverflowError: math range error"
            );
        }
        assert_eq!(
            try_log_base(2.0, 1.0).unwrap_err().traceback_line(),
            "ZeroDivisionError: float division by zero"
        );
    }

    #[test]
    fn infinities_and_nan_pass_where_python_lets_them() {
        assert_eq!(log(f64::INFINITY), f64::INFINITY);
        assert_eq!(exp(f64::NEG_INFINITY), 0.0);
        assert!(sqrt(f64::NAN).is_nan() && log(f64::NAN).is_nan() && fmod(f64::NAN, 0.0).is_nan());
        assert_eq!(pow(f64::NEG_INFINITY, -3.0), -0.0);
        assert_eq!(fmod(1.0, f64::INFINITY), 1.0);
        assert_eq!(lgamma(f64::NEG_INFINITY), f64::INFINITY);
    }

    #[test]
    fn parts_of_floats() {
        assert_eq!(frexp(8.0), (0.5, 4));
        assert_eq!(frexp(5e-324), (0.5, -1073));
        assert_eq!(modf(-1.5), (-0.5, -1.0));
        assert_eq!(modf(f64::INFINITY), (0.0, f64::INFINITY));
        assert_eq!(
            (ulp(1.0), ldexp(0.75, 3), gamma(5.0)),
            (f64::EPSILON, 6.0, 24.0)
        );
        assert_eq!(
            (
                log_base(8.0, 2.0),
                cbrt(-27.0),
                degrees(std::f64::consts::PI)
            ),
            (3.0, -3.0, 180.0)
        );
    }
}
