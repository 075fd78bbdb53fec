//! `complex`: numbers of two floats, with Python's texts and Python's own order of operations.

use std::ops::{Add, AddAssign, Mul, MulAssign, Neg, Sub, SubAssign};

use super::errors::{Exception, raising};
use super::format::Format;
use super::key::{Key, hash_float};
use super::num::Num;
use super::text::Text;
use super::truth::Truth;

/// A complex number.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct Complex {
    /// The real part.
    pub re: f64,
    /// The imaginary part.
    pub im: f64,
}

/// The hash of a number without an imaginary part is that of its real part.
impl Key for Complex {
    fn hash_value(&self) -> i64 {
        let imaginary = hash_float(self.im).wrapping_mul(1_000_003);
        match hash_float(self.re).wrapping_add(imaginary) {
            -1 => -2,
            hash => hash,
        }
    }
    fn same_key(&self, other: &Self) -> bool {
        self == other
    }
}

impl Complex {
    /// `complex(re, im)`.
    #[inline]
    pub const fn new(re: f64, im: f64) -> Complex {
        Complex { re, im }
    }

    /// `abs(z)`.
    pub fn abs(self) -> f64 {
        self.re.hypot(self.im)
    }

    /// `z.conjugate()`.
    #[inline]
    pub fn conjugate(self) -> Complex {
        Complex::new(self.re, -self.im)
    }

    /// `cmath.phase(z)`.
    pub fn phase(self) -> f64 {
        self.im.atan2(self.re)
    }

    /// The number with this length in this direction.
    pub fn polar(length: f64, angle: f64) -> Complex {
        Complex::new(length * angle.cos(), length * angle.sin())
    }

    /// The exponential function.
    pub fn exp(self) -> Complex {
        let length = self.re.exp();
        if self.im == 0.0 {
            return Complex::new(length, self.im);
        }
        Complex::polar(length, self.im)
    }

    /// The natural logarithm.
    pub fn ln(self) -> Complex {
        let (x, y) = (self.re.abs(), self.im.abs());
        let length = x.hypot(y);
        // Near the unit circle the logarithm of the length would lose its digits.
        let real = if (0.71..=1.73).contains(&length) {
            let (large, small) = if x > y { (x, y) } else { (y, x) };
            ((large - 1.0) * (large + 1.0) + small * small).ln_1p() / 2.0
        } else {
            length.ln()
        };
        Complex::new(real, self.phase())
    }

    /// The square root in the right half of the plane.
    pub fn sqrt(self) -> Complex {
        if self.re == 0.0 && self.im == 0.0 {
            return Complex::new(0.0, self.im);
        }
        let (x, y) = (self.re.abs() / 8.0, self.im.abs());
        let large = 2.0 * (x + x.hypot(y / 8.0)).sqrt();
        let small = y / (2.0 * large);
        if self.re >= 0.0 {
            Complex::new(large, small.copysign(self.im))
        } else {
            Complex::new(small, large.copysign(self.im))
        }
    }

    /// The sine.
    pub fn sin(self) -> Complex {
        Complex::new(
            self.re.sin() * self.im.cosh(),
            self.re.cos() * self.im.sinh(),
        )
    }

    /// The cosine.
    pub fn cos(self) -> Complex {
        Complex::new(
            self.re.cos() * self.im.cosh(),
            -(self.re.sin() * self.im.sinh()),
        )
    }

    /// The hyperbolic sine.
    pub fn sinh(self) -> Complex {
        Complex::new(
            self.im.cos() * self.re.sinh(),
            self.im.sin() * self.re.cosh(),
        )
    }

    /// The hyperbolic cosine.
    pub fn cosh(self) -> Complex {
        Complex::new(
            self.im.cos() * self.re.cosh(),
            self.im.sin() * self.re.sinh(),
        )
    }

    fn powered(self, exponent: i64) -> Complex {
        let (mut result, mut base, mut bits) = (Complex::new(1.0, 0.0), self, exponent);
        while bits > 0 {
            if bits & 1 == 1 {
                result *= base;
            }
            bits >>= 1;
            base = base * base;
        }
        result
    }
}

macro_rules! from {
    ($($type:ty),*) => {$(
        impl From<$type> for Complex {
            fn from(value: $type) -> Complex {
                Complex::new(f64::from(value), 0.0)
            }
        }
    )*};
}
from!(f64, f32, i32, i16, i8, u8, u16, u32, bool);

impl From<i64> for Complex {
    fn from(value: i64) -> Complex {
        Complex::new(value as f64, 0.0)
    }
}

impl From<Num> for Complex {
    fn from(value: Num) -> Complex {
        Complex::new(value.to_f64(), 0.0)
    }
}

impl Add for Complex {
    type Output = Complex;
    #[inline]
    fn add(self, other: Complex) -> Complex {
        Complex::new(self.re + other.re, self.im + other.im)
    }
}

impl Sub for Complex {
    type Output = Complex;
    #[inline]
    fn sub(self, other: Complex) -> Complex {
        Complex::new(self.re - other.re, self.im - other.im)
    }
}

impl Mul for Complex {
    type Output = Complex;
    #[inline]
    fn mul(self, other: Complex) -> Complex {
        Complex::new(
            self.re * other.re - self.im * other.im,
            self.re * other.im + self.im * other.re,
        )
    }
}

impl Neg for Complex {
    type Output = Complex;
    #[inline]
    fn neg(self) -> Complex {
        Complex::new(-self.re, -self.im)
    }
}

impl AddAssign for Complex {
    fn add_assign(&mut self, other: Complex) {
        *self = *self + other;
    }
}

impl SubAssign for Complex {
    fn sub_assign(&mut self, other: Complex) {
        *self = *self - other;
    }
}

impl MulAssign for Complex {
    fn mul_assign(&mut self, other: Complex) {
        *self = *self * other;
    }
}

raising! {
    /// `a / b`.
    pub fn complex_divide, try_complex_divide(a: Complex, b: Complex) -> Complex {
        if b.re == 0.0 && b.im == 0.0 {
            return Err(Exception::new("ZeroDivisionError", "complex division by zero"));
        }
        Ok(if b.re.abs() >= b.im.abs() {
            let ratio = b.im / b.re;
            let below = b.re + b.im * ratio;
            Complex::new((a.re + a.im * ratio) / below, (a.im - a.re * ratio) / below)
        } else {
            let ratio = b.re / b.im;
            let below = b.re * ratio + b.im;
            Complex::new((a.re * ratio + a.im) / below, (a.im * ratio - a.re) / below)
        })
    }

    /// `a ** b`.
    pub fn complex_power, try_complex_power(a: Complex, b: Complex) -> Complex {
        if b.im == 0.0 && b.re == b.re.floor() && b.re.abs() <= 100.0 {
            let exponent = b.re as i64;
            if exponent > 0 {
                return Ok(a.powered(exponent));
            }
            return match try_complex_divide(Complex::new(1.0, 0.0), a.powered(-exponent)) {
                Ok(found) => Ok(found),
                Err(_) => Err(Exception::new("ZeroDivisionError", "0.0 to a negative or complex power")),
            };
        }
        if a.re == 0.0 && a.im == 0.0 {
            if b.im != 0.0 || b.re < 0.0 {
                return Err(Exception::new("ZeroDivisionError", "0.0 to a negative or complex power"));
            }
            return Ok(Complex::default());
        }
        let (length, angle) = (a.abs(), a.phase());
        let (mut long, mut phase) = (length.powf(b.re), angle * b.re);
        if b.im != 0.0 {
            long *= (-angle * b.im).exp();
            phase += b.im * length.ln();
        }
        Ok(Complex::polar(long, phase))
    }

    /// `cmath.log(z)`.
    pub fn complex_log, try_complex_log(z: Complex) -> Complex {
        if z.re == 0.0 && z.im == 0.0 {
            return Err(Exception::new("ValueError", "math domain error"));
        }
        Ok(z.ln())
    }
}

/// One part as `repr` writes it: no point where the digits need none.
fn part(value: f64) -> String {
    let text = value.str_text();
    text.strip_suffix(".0").map(str::to_string).unwrap_or(text)
}

fn signed(value: f64) -> String {
    let text = part(value);
    if text.starts_with('-') {
        text
    } else {
        format!("+{text}")
    }
}

impl Text for Complex {
    fn repr_text(&self) -> String {
        if self.re == 0.0 && self.re.is_sign_positive() {
            return format!("{}j", part(self.im));
        }
        format!("({}{}j)", part(self.re), signed(self.im))
    }
}

impl Format for Complex {
    fn try_format_text(&self, spec: &str) -> Result<String, Exception> {
        if spec.is_empty() {
            return Ok(self.str_text());
        }
        // Width and alignment are those of the whole; sign and digits those of the parts.
        let letters: Vec<char> = spec.chars().collect();
        let mut at = 0;
        let mut head = String::new();
        if letters.len() > 1 && "<>^".contains(letters[1]) {
            head.extend(&letters[..2]);
            at = 2;
        } else if "<>^".contains(letters[0]) {
            head.push(letters[0]);
            at = 1;
        }
        let mut sign = String::new();
        while at < letters.len() && "+- ".contains(letters[at]) {
            sign.push(letters[at]);
            at += 1;
        }
        let mut width = String::new();
        while at < letters.len() && letters[at].is_ascii_digit() {
            width.push(letters[at]);
            at += 1;
        }
        let rest: String = letters[at..].iter().collect();
        if width.starts_with('0') || rest.ends_with(['%', 'd', 'x', 'n']) {
            return Err(Exception::new(
                "ValueError",
                "this format is not for complex numbers",
            ));
        }
        let text = format!(
            "{}{}j",
            self.re.try_format_text(&format!("{sign}{rest}"))?,
            self.im.try_format_text(&format!("+{rest}"))?
        );
        if width.is_empty() {
            return Ok(text);
        }
        let head = if head.is_empty() {
            ">".to_string()
        } else {
            head
        };
        text.try_format_text(&format!("{head}{width}"))
    }
}

impl Truth for Complex {
    fn truth(&self) -> bool {
        self.re != 0.0 || self.im != 0.0
    }
}

impl super::iterate::Summand for Complex {
    fn sum_from(start: Complex, items: impl Iterator<Item = Complex>) -> Complex {
        items.fold(start, |sum, item| sum + item)
    }
    fn zero() -> Complex {
        Complex::default()
    }
}

impl super::deep_copy::DeepCopy for Complex {
    fn deep_copy(&self) -> Complex {
        *self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_python_s() {
        for (value, text) in [
            (Complex::new(0.0, 1.0), "1j"),
            (Complex::new(1.0, -2.5), "(1-2.5j)"),
            (Complex::new(-0.0, 0.0), "(-0+0j)"),
            (Complex::new(1e20, f64::NAN), "(1e+20+nanj)"),
        ] {
            assert_eq!(value.repr_text(), text);
        }
        let z = Complex::new(1.0, -2.0);
        assert_eq!(z.try_format_text(".2f").unwrap(), "1.00-2.00j");
        assert_eq!(z.try_format_text(">12.1f").unwrap(), "    1.0-2.0j");
    }

    #[test]
    fn arithmetic() {
        let (a, b) = (Complex::new(1.0, 2.0), Complex::new(3.0, -1.0));
        assert_eq!(a * b, Complex::new(5.0, 5.0));
        assert_eq!(complex_divide(a, b), Complex::new(0.1, 0.7000000000000001));
        assert_eq!(
            complex_power(a, Complex::new(2.0, 0.0)),
            Complex::new(-3.0, 4.0)
        );
        assert_eq!(Complex::new(-4.0, 0.0).sqrt(), Complex::new(0.0, 2.0));
        assert!(try_complex_divide(a, Complex::default()).is_err());
    }
}
