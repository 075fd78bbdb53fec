//! Python's `decimal.Decimal`: decimal numbers of a chosen precision, by the General Decimal Arithmetic specification.

use std::cell::Cell;
use std::cmp::Ordering;
use std::rc::Rc;

use num_bigint::BigInt as Large;
use num_traits::{One, Signed, ToPrimitive, Zero};

use super::errors::{Exception, OrThrow, raising};
use super::format::{Format, format_decimal};
use super::fractions::float_parts;
use super::key::{Key, hash_int, hash_text};
use super::program::{integer_overflow, unsupported};
use super::text::Text;
use super::truth::Truth;

/// Shifts above this would need more memory than anybody means.
const MOST_ZEROS: i64 = 100_000;

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Finite,
    /// An int that stands where decimals stand, too.
    Whole,
    Infinite,
    NotANumber,
}

/// A decimal number; a clone shares its digits.
#[derive(Clone, Debug)]
pub struct Decimal {
    negative: bool,
    /// Never negative.
    digits: Rc<Large>,
    exponent: i64,
    kind: Kind,
}

thread_local! {
    static PRECISION: Cell<i64> = const { Cell::new(28) };
    static ROUNDING: Cell<Rounding> = const { Cell::new(Rounding::HalfEven) };
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Rounding {
    HalfEven,
    HalfUp,
    HalfDown,
    Up,
    Down,
    Ceiling,
    Floor,
    ZeroFiveUp,
}

impl Rounding {
    fn of(name: &str) -> Result<Rounding, Exception> {
        Ok(match name {
            "ROUND_HALF_EVEN" => Rounding::HalfEven,
            "ROUND_HALF_UP" => Rounding::HalfUp,
            "ROUND_HALF_DOWN" => Rounding::HalfDown,
            "ROUND_UP" => Rounding::Up,
            "ROUND_DOWN" => Rounding::Down,
            "ROUND_CEILING" => Rounding::Ceiling,
            "ROUND_FLOOR" => Rounding::Floor,
            "ROUND_05UP" => Rounding::ZeroFiveUp,
            _ => {
                let text = "valid values for rounding are:\n  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN,\n   ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN,\n   ROUND_05UP]";
                return Err(Exception::new("TypeError", text));
            }
        })
    }

    /// Whether digits are increased; `half` compares what is cut off with a half of the last place.
    fn increases(self, digits: &Large, lost: bool, half: Ordering, negative: bool) -> bool {
        let last = || (digits % 10_i32).to_i64().unwrap_or(0);
        match self {
            Rounding::HalfEven => {
                half == Ordering::Greater || (half == Ordering::Equal && last() % 2 == 1)
            }
            Rounding::HalfUp => half != Ordering::Less,
            Rounding::HalfDown => half == Ordering::Greater,
            Rounding::Up => lost,
            Rounding::Down => false,
            Rounding::Ceiling => lost && !negative,
            Rounding::Floor => lost && negative,
            Rounding::ZeroFiveUp => lost && matches!(last(), 0 | 5),
        }
    }
}

fn signal(class: &'static str, condition: &str) -> Exception {
    Exception::new(
        class,
        Unquoted(format!("[<class 'decimal.{condition}'>]")).0,
    )
}

struct Unquoted(String);

fn invalid(condition: &str) -> Exception {
    signal("InvalidOperation", condition)
}

fn ten_to(count: i64) -> Large {
    if count > MOST_ZEROS {
        unsupported("a decimal with so many digits is not translated");
    }
    Large::from(10).pow(count.max(0) as u32)
}

fn count_digits(value: &Large) -> i64 {
    if value.is_zero() {
        1
    } else {
        value.to_string().len() as i64
    }
}

/// `getcontext()`.
#[derive(Clone, Copy, Debug)]
pub struct Context;

impl Context {
    /// `context.prec`.
    pub fn prec(&self) -> i64 {
        PRECISION.get()
    }

    /// `context.prec = digits`.
    pub fn try_set_prec(&self, digits: i64) -> Result<(), Exception> {
        if digits < 1 {
            return Err(Exception::new(
                "ValueError",
                "valid range for prec is [1, MAX_PREC]",
            ));
        }
        PRECISION.set(digits);
        Ok(())
    }

    /// `context.prec = digits`.
    pub fn set_prec(&self, digits: i64) {
        self.try_set_prec(digits).or_throw();
    }

    /// `context.rounding = name`.
    pub fn try_set_rounding(&self, name: &str) -> Result<(), Exception> {
        ROUNDING.set(Rounding::of(name)?);
        Ok(())
    }

    /// `context.rounding = name`.
    pub fn set_rounding(&self, name: &str) {
        self.try_set_rounding(name).or_throw();
    }
}

impl Decimal {
    fn made(negative: bool, digits: Large, exponent: i64) -> Decimal {
        Decimal {
            negative,
            digits: Rc::new(digits),
            exponent,
            kind: Kind::Finite,
        }
    }

    fn special(kind: Kind, negative: bool) -> Decimal {
        Decimal {
            negative,
            digits: Rc::new(Large::zero()),
            exponent: 0,
            kind,
        }
    }

    fn is_finite(&self) -> bool {
        matches!(self.kind, Kind::Finite | Kind::Whole)
    }

    /// An int where decimals may come, too: it is shown as the int that it is.
    pub fn held_int(value: impl Into<Decimal>) -> Decimal {
        Decimal {
            kind: Kind::Whole,
            ..value.into()
        }
    }

    /// `Decimal(x)`: a decimal, also of an int that stands where decimals may come.
    pub fn as_decimal(&self) -> Decimal {
        let mut made = self.clone();
        if made.kind == Kind::Whole {
            made.kind = Kind::Finite;
        }
        made
    }

    fn are_ints(&self, other: &Decimal) -> bool {
        self.kind == Kind::Whole && other.kind == Kind::Whole
    }

    /// What two ints give is an int.
    fn whole_if(self, ints: bool) -> Decimal {
        if ints && self.is_finite() {
            Decimal::held_int(self)
        } else {
            self
        }
    }

    /// Ends the program where two ints are divided: the place holds decimals, and Python gives a number of another kind.
    fn check_ints(&self, other: &Decimal) -> Result<(), Exception> {
        if !self.are_ints(other) {
            return Ok(());
        }
        if other.is_zero() {
            return Err(Exception::new("ZeroDivisionError", "division by zero"));
        }
        unsupported("two ints are divided where decimals are held: begin with Decimal(0)")
    }

    fn signed(&self) -> Large {
        if self.negative {
            -(*self.digits).clone()
        } else {
            (*self.digits).clone()
        }
    }

    /// The number with its last place at `exponent`.
    fn at_exponent(&self, exponent: i64, rounding: Rounding) -> Decimal {
        if self.digits.is_zero() {
            return Decimal::made(self.negative, Large::zero(), exponent);
        }
        if exponent <= self.exponent {
            return Decimal::made(
                self.negative,
                &*self.digits * ten_to(self.exponent - exponent),
                exponent,
            );
        }
        let cut = exponent - self.exponent;
        if cut > count_digits(&self.digits) + 1 {
            let more = rounding.increases(&Large::zero(), true, Ordering::Less, self.negative);
            return Decimal::made(self.negative, Large::from(i32::from(more)), exponent);
        }
        let power = ten_to(cut);
        let (kept, lost) = (&*self.digits / &power, &*self.digits % &power);
        let half = (&lost * 2_i32).cmp(&power);
        let more = rounding.increases(&kept, !lost.is_zero(), half, self.negative);
        Decimal::made(self.negative, if more { kept + 1 } else { kept }, exponent)
    }

    fn rounded_to_precision(&self, precision: i64, rounding: Rounding) -> Decimal {
        if !self.is_finite() {
            return self.clone();
        }
        let extra = count_digits(&self.digits) - precision;
        if extra <= 0 {
            return self.clone();
        }
        let made = self.at_exponent(self.exponent + extra, rounding);
        if count_digits(&made.digits) > precision {
            made.at_exponent(made.exponent + 1, rounding)
        } else {
            made
        }
    }

    fn fixed(&self) -> Decimal {
        self.rounded_to_precision(PRECISION.get(), ROUNDING.get())
    }

    fn not_a_number(&self, other: &Decimal) -> Option<Decimal> {
        [self, other]
            .into_iter()
            .find(|each| each.kind == Kind::NotANumber)
            .cloned()
    }

    /// `a + b`.
    pub fn try_plus(&self, other: &Decimal) -> Result<Decimal, Exception> {
        if let Some(found) = self.not_a_number(other) {
            return Ok(found);
        }
        match (self.is_finite(), other.is_finite()) {
            (false, false) if self.negative != other.negative => {
                return Err(invalid("InvalidOperation"));
            }
            (false, _) => return Ok(self.clone()),
            (_, false) => return Ok(other.clone()),
            _ => {}
        }
        let exponent = self.exponent.min(other.exponent);
        let floor = ROUNDING.get() == Rounding::Floor;
        let (one, two) = (
            self.at_exponent(exponent, Rounding::Down).signed(),
            other.at_exponent(exponent, Rounding::Down).signed(),
        );
        let sum = one + two;
        let negative = if sum.is_zero() {
            (self.negative && other.negative) || (floor && self.negative != other.negative)
        } else {
            sum.is_negative()
        };
        Ok(Decimal::made(negative, sum.abs(), exponent)
            .fixed()
            .whole_if(self.are_ints(other)))
    }

    /// `a + b`.
    pub fn plus(&self, other: &Decimal) -> Decimal {
        self.try_plus(other).or_throw()
    }

    fn opposite(&self) -> Decimal {
        Decimal {
            negative: !self.negative,
            ..self.clone()
        }
    }

    /// `a - b`.
    pub fn try_minus(&self, other: &Decimal) -> Result<Decimal, Exception> {
        if let Some(found) = self.not_a_number(other) {
            return Ok(found);
        }
        self.try_plus(&other.opposite())
    }

    /// `a - b`.
    pub fn minus(&self, other: &Decimal) -> Decimal {
        self.try_minus(other).or_throw()
    }

    /// `-a`: rounded, and zero has no sign.
    pub fn negated(&self) -> Decimal {
        if self.is_finite() && self.digits.is_zero() {
            self.absolute()
        } else {
            self.opposite().fixed()
        }
    }

    /// `+a`.
    pub fn unchanged(&self) -> Decimal {
        if self.is_finite() && self.digits.is_zero() {
            self.absolute()
        } else {
            self.fixed()
        }
    }

    /// `abs(a)`.
    pub fn absolute(&self) -> Decimal {
        Decimal {
            negative: false,
            ..self.clone()
        }
        .fixed()
    }

    fn product(&self, other: &Decimal) -> Decimal {
        Decimal::made(
            self.negative != other.negative,
            &*self.digits * &*other.digits,
            self.exponent + other.exponent,
        )
    }

    /// `a * b`.
    pub fn try_times(&self, other: &Decimal) -> Result<Decimal, Exception> {
        if let Some(found) = self.not_a_number(other) {
            return Ok(found);
        }
        if !self.is_finite() || !other.is_finite() {
            let zero = |each: &Decimal| each.is_finite() && each.digits.is_zero();
            if zero(self) || zero(other) {
                return Err(invalid("InvalidOperation"));
            }
            return Ok(Decimal::special(
                Kind::Infinite,
                self.negative != other.negative,
            ));
        }
        Ok(self.product(other).fixed().whole_if(self.are_ints(other)))
    }

    /// `a * b`.
    pub fn times(&self, other: &Decimal) -> Decimal {
        self.try_times(other).or_throw()
    }

    fn quotient(&self, other: &Decimal, precision: i64, rounding: Rounding) -> Decimal {
        let negative = self.negative != other.negative;
        let ideal = self.exponent - other.exponent;
        if self.digits.is_zero() {
            return Decimal::made(negative, Large::zero(), ideal);
        }
        let shift = count_digits(&other.digits) - count_digits(&self.digits) + precision + 1;
        let mut exponent = ideal - shift;
        let (top, bottom) = if shift >= 0 {
            (&*self.digits * ten_to(shift), (*other.digits).clone())
        } else {
            ((*self.digits).clone(), &*other.digits * ten_to(-shift))
        };
        let (mut digits, rest) = (&top / &bottom, &top % &bottom);
        if !rest.is_zero() {
            if (&digits % 5_i32).is_zero() {
                digits += 1;
            }
        } else {
            while exponent < ideal && (&digits % 10_i32).is_zero() {
                digits /= 10;
                exponent += 1;
            }
        }
        Decimal::made(negative, digits, exponent).rounded_to_precision(precision, rounding)
    }

    fn check_divisor(&self, other: &Decimal) -> Result<(), Exception> {
        if !other.is_finite() || !other.digits.is_zero() {
            return Ok(());
        }
        if self.is_finite() && self.digits.is_zero() {
            return Err(invalid("DivisionUndefined"));
        }
        Err(signal("DivisionByZero", "DivisionByZero"))
    }

    /// `a / b`.
    pub fn try_over(&self, other: &Decimal) -> Result<Decimal, Exception> {
        if let Some(found) = self.not_a_number(other) {
            return Ok(found);
        }
        self.check_ints(other)?;
        let negative = self.negative != other.negative;
        match (self.is_finite(), other.is_finite()) {
            (false, false) => return Err(invalid("InvalidOperation")),
            (false, true) => return Ok(Decimal::special(Kind::Infinite, negative)),
            (true, false) => unsupported("the quotient of a number and infinity is not translated"),
            _ => {}
        }
        self.check_divisor(other)?;
        Ok(self.quotient(other, PRECISION.get(), ROUNDING.get()))
    }

    /// `a / b`.
    pub fn over(&self, other: &Decimal) -> Decimal {
        self.try_over(other).or_throw()
    }

    /// `divmod(a, b)`: the quotient is cut off towards zero.
    pub fn try_divided(&self, other: &Decimal) -> Result<(Decimal, Decimal), Exception> {
        if !self.is_finite() || !other.is_finite() {
            unsupported("the whole quotient of what is not finite is not translated");
        }
        self.check_ints(other)?;
        self.check_divisor(other)?;
        let exponent = self.exponent.min(other.exponent);
        let (top, bottom) = (
            self.at_exponent(exponent, Rounding::Down),
            other.at_exponent(exponent, Rounding::Down),
        );
        let (quotient, rest) = (
            &*top.digits / &*bottom.digits,
            &*top.digits % &*bottom.digits,
        );
        if count_digits(&quotient) > PRECISION.get() {
            return Err(invalid("DivisionImpossible"));
        }
        let whole = Decimal::made(self.negative != other.negative, quotient, 0);
        Ok((whole, Decimal::made(self.negative, rest, exponent).fixed()))
    }

    /// `divmod(a, b)`.
    pub fn divided(&self, other: &Decimal) -> (Decimal, Decimal) {
        self.try_divided(other).or_throw()
    }

    /// `a // b`.
    pub fn try_whole(&self, other: &Decimal) -> Result<Decimal, Exception> {
        Ok(self.try_divided(other)?.0)
    }

    /// `a // b`.
    pub fn whole(&self, other: &Decimal) -> Decimal {
        self.try_whole(other).or_throw()
    }

    /// `a % b`.
    pub fn try_rest(&self, other: &Decimal) -> Result<Decimal, Exception> {
        self.check_ints(other)?;
        if self.is_finite() && other.is_finite() && other.digits.is_zero() && !self.digits.is_zero()
        {
            return Err(invalid("InvalidOperation"));
        }
        Ok(self.try_divided(other)?.1)
    }

    /// `a % b`.
    pub fn rest(&self, other: &Decimal) -> Decimal {
        self.try_rest(other).or_throw()
    }

    /// `a ** exponent` for a whole exponent: squares and products with a few digits more than the precision.
    pub fn try_power(&self, exponent: i64) -> Result<Decimal, Exception> {
        if !self.is_finite() {
            unsupported("a power of what is not finite is not translated");
        }
        if self.kind == Kind::Whole {
            if exponent < 0 {
                unsupported("an int has a negative power where decimals are held");
            }
            let one = Decimal::held_int(1);
            return (0..exponent).try_fold(one, |power, _| power.try_times(self));
        }
        if exponent == 0 {
            return if self.digits.is_zero() {
                Err(invalid("InvalidOperation"))
            } else {
                Ok(Decimal::from(1))
            };
        }
        let negative = self.negative && exponent % 2 != 0;
        if self.digits.is_zero() {
            return if exponent > 0 {
                Ok(Decimal::made(negative, Large::zero(), 0))
            } else {
                Ok(Decimal::special(Kind::Infinite, negative))
            };
        }
        let count = exponent.unsigned_abs();
        let mut precision = PRECISION.get() + count_digits(&Large::from(count)) + 2;
        let mut base = self.absolute_exactly();
        if exponent < 0 {
            precision += 1;
            base = Decimal::from(1).quotient(&base, precision, Rounding::HalfEven);
        }
        let mut result = base.clone();
        let mut bit = 1_u64 << (63 - count.leading_zeros());
        while bit > 1 {
            bit >>= 1;
            result = result
                .product(&result)
                .rounded_to_precision(precision, Rounding::HalfEven);
            if count & bit != 0 {
                result = result
                    .product(&base)
                    .rounded_to_precision(precision, Rounding::HalfEven);
            }
        }
        result.negative = negative;
        Ok(result.fixed())
    }

    /// `a ** exponent`.
    pub fn power(&self, exponent: i64) -> Decimal {
        self.try_power(exponent).or_throw()
    }

    fn absolute_exactly(&self) -> Decimal {
        Decimal {
            negative: false,
            ..self.clone()
        }
    }

    /// `a.sqrt()`.
    pub fn try_sqrt(&self) -> Result<Decimal, Exception> {
        if !self.is_finite() {
            unsupported("the root of what is not finite is not translated");
        }
        if self.digits.is_zero() {
            return Ok(Decimal::made(
                self.negative,
                Large::zero(),
                self.exponent.div_euclid(2),
            ));
        }
        if self.negative {
            return Err(invalid("InvalidOperation"));
        }
        let precision = PRECISION.get() + 1;
        let mut exponent = self.exponent.div_euclid(2);
        let ideal = exponent;
        let (mut digits, length) = if self.exponent.rem_euclid(2) == 1 {
            (&*self.digits * 10, (count_digits(&self.digits) >> 1) + 1)
        } else {
            (
                (*self.digits).clone(),
                (count_digits(&self.digits) + 1) >> 1,
            )
        };
        let shift = precision - length;
        let mut exact = true;
        if shift >= 0 {
            digits *= ten_to(2 * shift);
        } else {
            let power = ten_to(-2 * shift);
            exact = (&digits % &power).is_zero();
            digits /= power;
        }
        exponent -= shift;
        let mut root = digits.sqrt();
        exact = exact && &root * &root == digits;
        if exact {
            if shift >= 0 {
                root /= ten_to(shift);
            } else {
                root *= ten_to(-shift);
            }
            exponent += shift;
        } else if (&root % 5_i32).is_zero() {
            root += 1;
        }
        debug_assert!(!exact || exponent == ideal);
        Ok(Decimal::made(false, root, exponent)
            .rounded_to_precision(PRECISION.get(), Rounding::HalfEven))
    }

    /// `a.sqrt()`.
    pub fn sqrt(&self) -> Decimal {
        self.try_sqrt().or_throw()
    }

    /// `a.quantize(other, rounding)`.
    pub fn try_quantize(
        &self,
        other: &Decimal,
        rounding: Option<String>,
    ) -> Result<Decimal, Exception> {
        if !self.is_finite() || !other.is_finite() {
            return Err(invalid("InvalidOperation"));
        }
        let rounding = rounding.map_or(Ok(ROUNDING.get()), |name| Rounding::of(&name))?;
        let made = self.at_exponent(other.exponent, rounding);
        if count_digits(&made.digits) > PRECISION.get() {
            return Err(invalid("InvalidOperation"));
        }
        Ok(made)
    }

    /// `a.quantize(other, rounding)`.
    pub fn quantize(&self, other: &Decimal, rounding: Option<String>) -> Decimal {
        self.try_quantize(other, rounding).or_throw()
    }

    /// `a.to_integral_value(rounding)`.
    pub fn try_to_integral(&self, rounding: Option<String>) -> Result<Decimal, Exception> {
        let rounding = rounding.map_or(Ok(ROUNDING.get()), |name| Rounding::of(&name))?;
        Ok(if self.is_finite() && self.exponent < 0 {
            self.at_exponent(0, rounding)
        } else {
            self.clone()
        })
    }

    /// `a.to_integral_value(rounding)`.
    pub fn to_integral(&self, rounding: Option<String>) -> Decimal {
        self.try_to_integral(rounding).or_throw()
    }

    /// `a.normalize()`.
    pub fn normalize(&self) -> Decimal {
        let mut made = self.fixed();
        if !made.is_finite() {
            return made;
        }
        if made.digits.is_zero() {
            return Decimal::made(made.negative, Large::zero(), 0);
        }
        let (mut digits, mut exponent) = ((*made.digits).clone(), made.exponent);
        while (&digits % 10_i32).is_zero() {
            digits /= 10;
            exponent += 1;
        }
        made.digits = Rc::new(digits);
        made.exponent = exponent;
        made
    }

    fn whole_number(&self, rounding: Rounding, what: &str) -> Result<Large, Exception> {
        match self.kind {
            Kind::Finite | Kind::Whole => Ok(self
                .at_exponent(self.exponent.max(0), rounding)
                .at_exponent(0, rounding)
                .signed()),
            Kind::Infinite => Err(Exception::new(
                "OverflowError",
                format!("cannot convert Infinity to {what}"),
            )),
            Kind::NotANumber => Err(Exception::new(
                "ValueError",
                format!("cannot convert NaN to {what}"),
            )),
        }
    }

    /// `int(a)`, and by the name of a way of rounding `round(a)`, `math.floor(a)` and `math.ceil(a)`.
    pub fn try_to_int(&self, rounding: &str) -> Result<i64, Exception> {
        let found = self.whole_number(Rounding::of(rounding)?, "integer")?;
        Ok(found.to_i64().unwrap_or_else(|| integer_overflow()))
    }

    /// `int(a)` and its kin.
    pub fn to_int(&self, rounding: &str) -> i64 {
        self.try_to_int(rounding).or_throw()
    }

    /// `round(a, digits)`: halves to the even one.
    pub fn try_rounded(&self, digits: i64) -> Result<Decimal, Exception> {
        if self.kind == Kind::Whole {
            if digits < 0 {
                unsupported("an int is rounded to tens where decimals are held");
            }
            return Ok(self.clone());
        }
        self.try_quantize(
            &Decimal::made(false, Large::one(), -digits),
            Some("ROUND_HALF_EVEN".to_string()),
        )
    }

    /// `round(a, digits)`.
    pub fn rounded(&self, digits: i64) -> Decimal {
        self.try_rounded(digits).or_throw()
    }

    /// `float(a)`.
    pub fn to_f64(&self) -> f64 {
        match self.kind {
            Kind::Infinite if self.negative => f64::NEG_INFINITY,
            Kind::Infinite => f64::INFINITY,
            Kind::NotANumber => f64::NAN,
            Kind::Finite | Kind::Whole => self.str_text().parse().unwrap_or(f64::NAN),
        }
    }

    /// `a.is_nan()`.
    pub fn is_nan(&self) -> bool {
        self.kind == Kind::NotANumber
    }

    /// `a.is_infinite()`.
    pub fn is_infinite(&self) -> bool {
        self.kind == Kind::Infinite
    }

    /// `a.is_zero()`.
    pub fn is_zero(&self) -> bool {
        self.is_finite() && self.digits.is_zero()
    }

    /// `a.is_signed()`.
    pub fn is_signed(&self) -> bool {
        self.negative
    }

    /// `a.copy_abs()`.
    pub fn copy_abs(&self) -> Decimal {
        self.absolute_exactly()
    }

    /// `a.adjusted()`: the exponent of the first digit.
    pub fn adjusted(&self) -> i64 {
        if self.is_finite() {
            self.exponent + count_digits(&self.digits) - 1
        } else {
            0
        }
    }

    /// `a.compare(b)`.
    pub fn compare(&self, other: &Decimal) -> Decimal {
        match self.partial_cmp(other) {
            None => Decimal::special(Kind::NotANumber, false),
            Some(order) => Decimal::from(order as i64),
        }
    }

    fn key_text(&self) -> String {
        self.str_text()
    }
}

impl From<i64> for Decimal {
    fn from(value: i64) -> Self {
        Decimal::made(value < 0, Large::from(value).abs(), 0)
    }
}

impl From<super::bigint::BigInt> for Decimal {
    fn from(value: super::bigint::BigInt) -> Self {
        let value = value.large();
        Decimal::made(value.is_negative(), value.abs(), 0)
    }
}

/// `Decimal(value)` of a float: its exact value.
pub fn of_float(value: f64) -> Decimal {
    if value.is_nan() {
        return Decimal::special(Kind::NotANumber, false);
    }
    if value.is_infinite() {
        return Decimal::special(Kind::Infinite, value < 0.0);
    }
    let (mantissa, exponent) = float_parts(value);
    let (mut mantissa, mut exponent) = (mantissa.abs(), exponent);
    while exponent < 0 && !mantissa.is_zero() && (&mantissa % 2_i32).is_zero() {
        mantissa /= 2;
        exponent += 1;
    }
    if mantissa.is_zero() {
        return Decimal::made(value.is_sign_negative(), mantissa, 0);
    }
    if exponent >= 0 {
        return Decimal::made(value < 0.0, mantissa << exponent, 0);
    }
    Decimal::made(
        value < 0.0,
        mantissa * Large::from(5).pow(-exponent as u32),
        exponent,
    )
}

raising! {
    /// `Decimal(value)` of a value whose type is known at run time.
    pub fn of_value, try_of_value(value: &super::Value) -> Decimal {
        match value {
            super::Value::Int(value) => Ok(Decimal::from(*value)),
            super::Value::Bool(value) => Ok(Decimal::from(i64::from(*value))),
            super::Value::Float(value) => Ok(of_float(*value)),
            super::Value::Str(text) => try_of_text(text),
            super::Value::List(_) | super::Value::Tuple(_) => {
                unsupported("a decimal number is made of its digits")
            }
            _ => Err(Exception::new(
                "TypeError",
                format!("conversion from {} to Decimal is not supported", value.type_name()),
            )),
        }
    }
}

raising! {
    /// `Decimal(text)`.
    pub fn of_text, try_of_text(text: &str) -> Decimal {
        let wrong = || invalid("ConversionSyntax");
        let plain: String = text.trim().chars().filter(|c| *c != '_').collect();
        let (negative, body) = match plain.strip_prefix(['-', '+']) {
            Some(rest) => (plain.starts_with('-'), rest),
            None => (false, plain.as_str()),
        };
        match body.to_ascii_lowercase().as_str() {
            "inf" | "infinity" => return Ok(Decimal::special(Kind::Infinite, negative)),
            "nan" => return Ok(Decimal::special(Kind::NotANumber, negative)),
            _ => {}
        }
        let (number, exponent) = match body.split_once(['e', 'E']) {
            Some((number, exponent)) => (number, exponent.parse::<i64>().map_err(|_| wrong())?),
            None => (body, 0),
        };
        let (whole, rest) = number.split_once('.').unwrap_or((number, ""));
        let digits = format!("{whole}{rest}");
        if digits.is_empty() || !digits.chars().all(|c| c.is_ascii_digit()) {
            return Err(wrong());
        }
        Ok(Decimal::made(negative, digits.parse().map_err(|_| wrong())?, exponent - rest.len() as i64))
    }
}

/// `sum(decimals)`.
pub fn sum(items: impl IntoIterator<Item = Decimal>) -> Decimal {
    items
        .into_iter()
        .fold(Decimal::held_int(0), |total, item| total.plus(&item))
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.partial_cmp(other) == Some(Ordering::Equal)
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        let rank = |each: &Decimal| match (each.kind, each.negative) {
            (Kind::Infinite, true) => -1,
            (Kind::Infinite, false) => 1,
            _ => 0,
        };
        if self.is_nan() || other.is_nan() {
            return None;
        }
        if rank(self) != 0 || rank(other) != 0 {
            return Some(rank(self).cmp(&rank(other)));
        }
        let exponent = self.exponent.min(other.exponent);
        let one = self.at_exponent(exponent, Rounding::Down).signed();
        Some(one.cmp(&other.at_exponent(exponent, Rounding::Down).signed()))
    }
}

macro_rules! beside {
    ($($type:ty: $make:expr),*) => {$(
        impl PartialEq<$type> for Decimal {
            fn eq(&self, other: &$type) -> bool {
                self.partial_cmp(other) == Some(Ordering::Equal)
            }
        }
        impl PartialOrd<$type> for Decimal {
            fn partial_cmp(&self, other: &$type) -> Option<Ordering> {
                self.partial_cmp(&$make(*other))
            }
        }
        impl PartialEq<Decimal> for $type {
            fn eq(&self, other: &Decimal) -> bool {
                self.partial_cmp(other) == Some(Ordering::Equal)
            }
        }
        impl PartialOrd<Decimal> for $type {
            fn partial_cmp(&self, other: &Decimal) -> Option<Ordering> {
                $make(*self).partial_cmp(other)
            }
        }
    )*};
}
beside!(i64: Decimal::from, f64: of_float);

impl Text for Decimal {
    fn str_text(&self) -> String {
        let sign = if self.negative { "-" } else { "" };
        match self.kind {
            Kind::Infinite => return format!("{sign}Infinity"),
            Kind::NotANumber => return format!("{sign}NaN"),
            Kind::Finite | Kind::Whole => {}
        }
        let digits = self.digits.to_string();
        let count = digits.len() as i64;
        let left = self.exponent + count;
        let point = if self.exponent <= 0 && left > -6 {
            left
        } else {
            1
        };
        let body = if point <= 0 {
            format!("0.{}{digits}", "0".repeat(-point as usize))
        } else if point >= count {
            format!("{digits}{}", "0".repeat((point - count) as usize))
        } else {
            format!(
                "{}.{}",
                &digits[..point as usize],
                &digits[point as usize..]
            )
        };
        let exponent = if left == point {
            String::new()
        } else {
            format!("E{:+}", left - point)
        };
        format!("{sign}{body}{exponent}")
    }

    fn repr_text(&self) -> String {
        if self.kind == Kind::Whole {
            return self.str_text();
        }
        format!("Decimal('{}')", self.str_text())
    }
}

impl std::fmt::Display for Decimal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&self.str_text())
    }
}

impl Format for Decimal {
    fn try_format_text(&self, spec: &str) -> Result<String, Exception> {
        format_decimal(spec, |kind, precision| {
            let split = |text: &str| {
                let text = text.trim_start_matches('-');
                let end = text
                    .find(|c: char| !c.is_ascii_digit())
                    .unwrap_or(text.len());
                (
                    self.negative,
                    text[..end].to_string(),
                    text[end..].to_string(),
                )
            };
            if !self.is_finite() {
                return Ok(split(&self.str_text()));
            }
            match (kind, precision) {
                ('\0', None) => Ok(split(&self.str_text())),
                ('f' | 'F' | '%', _) => {
                    let number = if kind == '%' {
                        Decimal {
                            exponent: self.exponent + 2,
                            ..self.clone()
                        }
                    } else {
                        self.clone()
                    };
                    let places =
                        precision.map_or(number.exponent.min(0), |places| -(places as i64));
                    let made = number.at_exponent(places, ROUNDING.get());
                    let digits = made.digits.to_string();
                    let places = -places as usize;
                    let digits = format!("{digits:0>0$}", places + 1);
                    let (whole, rest) = digits.split_at(digits.len() - places);
                    let point = if places > 0 {
                        format!(".{rest}")
                    } else {
                        String::new()
                    };
                    let percent = if kind == '%' { "%" } else { "" };
                    Ok((
                        self.negative,
                        whole.to_string(),
                        format!("{point}{percent}"),
                    ))
                }
                _ => unsupported("this format of a decimal is not translated"),
            }
        })
    }
}

impl Truth for Decimal {
    fn truth(&self) -> bool {
        !self.is_zero()
    }
}

impl Key for Decimal {
    fn hash_value(&self) -> i64 {
        let plain = self.normalize();
        match self
            .whole_number(Rounding::Down, "integer")
            .ok()
            .and_then(|whole| whole.to_i64())
        {
            Some(whole) if *self == whole => hash_int(whole),
            _ => hash_text(&plain.key_text()),
        }
    }

    fn same_key(&self, other: &Self) -> bool {
        self == other
    }
}

impl super::deep_copy::DeepCopy for Decimal {
    fn deep_copy(&self) -> Decimal {
        self.clone()
    }
}

impl super::deep_copy::DeepContent for Decimal {
    type Content = Decimal;
    fn deep_content(&self) -> Decimal {
        self.clone()
    }
}

impl From<Decimal> for super::Value {
    fn from(value: Decimal) -> super::Value {
        match value.kind {
            Kind::Whole => super::Value::from(value.to_int("ROUND_DOWN")),
            _ => super::Value::plain(value),
        }
    }
}

/// An int as the decimal that it is beside one.
fn exact_of(value: &super::Value) -> Option<Decimal> {
    match value {
        super::Value::Int(_) | super::Value::Bool(_) => value.try_as_int().ok().map(Decimal::from),
        _ => value.try_object(),
    }
}

impl super::Plain for Decimal {
    const CLASS: &'static str = "Decimal";
    const IN_MESSAGES: &'static str = "decimal.Decimal";

    fn formatted(&self, spec: &str) -> Result<String, Exception> {
        self.try_format_text(spec)
    }

    fn order(&self, other: &super::Value) -> Option<Option<Ordering>> {
        match other {
            super::Value::Float(other) => Some(self.partial_cmp(other)),
            _ => exact_of(other).map(|other| self.partial_cmp(&other)),
        }
    }

    fn arithmetic(
        &self,
        operator: &str,
        other: &super::Value,
        swapped: bool,
    ) -> Option<Result<super::Value, Exception>> {
        let other = exact_of(other)?;
        let (one, two) = if swapped {
            (&other, self)
        } else {
            (self, &other)
        };
        let found = match operator {
            "+" => one.try_plus(two),
            "-" => one.try_minus(two),
            "*" => one.try_times(two),
            "/" => one.try_over(two),
            "//" => one.try_whole(two),
            "%" => one.try_rest(two),
            "**" => two
                .try_to_int("ROUND_DOWN")
                .and_then(|power| match two == &power {
                    true => one.try_power(power),
                    false => unsupported("a decimal to a power that is no int"),
                }),
            _ => return None,
        };
        Some(found.map(super::Value::from))
    }

    fn absolute_value(&self) -> Option<Result<super::Value, Exception>> {
        Some(Ok(self.absolute().into()))
    }

    fn rounded_value(&self, digits: Option<i64>) -> Option<Result<super::Value, Exception>> {
        Some(match digits {
            None => self.try_to_int("ROUND_HALF_EVEN").map(Into::into),
            Some(digits) => self.try_rounded(digits).map(Into::into),
        })
    }

    fn negated_value(&self) -> Option<Result<super::Value, Exception>> {
        Some(Ok(self.negated().into()))
    }

    fn float_of(&self) -> Option<f64> {
        Some(self.to_f64())
    }

    fn int_of(&self) -> Option<Result<i64, Exception>> {
        Some(self.try_to_int("ROUND_DOWN"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> Decimal {
        of_text(text)
    }

    #[test]
    fn decimals_are_those_of_cpython() {
        assert_eq!(d("1.10").plus(&d("2.2")).str_text(), "3.30");
        assert_eq!(
            d("1").over(&d("3")).str_text(),
            "0.3333333333333333333333333333"
        );
        assert_eq!(
            d("2.675")
                .quantize(&d("0.01"), Some("ROUND_HALF_UP".to_string()))
                .str_text(),
            "2.68"
        );
        assert_eq!(d("2").sqrt().str_text(), "1.414213562373095048801688724");
        assert_eq!(d("1E+3").str_text(), "1E+3");
        assert_eq!(d("0.0000001").str_text(), "1E-7");
        assert_eq!(d("1.05").power(10).str_text(), "1.62889462677744140625");
        assert_eq!(
            of_float(0.1).str_text(),
            "0.1000000000000000055511151231257827021181583404541015625"
        );
        assert_eq!(
            d("1234567.891").try_format_text(",.2f").unwrap_or_default(),
            "1,234,567.89"
        );
        assert!(
            try_of_text("abc").is_err()
                && d("1.0") == 1
                && d("0.5") == 0.5
                && d("1").try_over(&d("0")).is_err()
        );
    }
}
