//! Element-wise functions with broadcasting.

use super::element::{Element, Integer, Number, Real};
use super::errors::{Outcome, raising};
use super::operand::{Broadcast, Operand, try_zip};
use ndarray::{Array, ArrayBase, Data, DataMut, DimMax, Dimension, Zip};

macro_rules! binary {
    ($($(#[$doc:meta])* $name:ident / $attempt:ident [$bound:ident] -> $out:ty = |$x:ident, $y:ident| $value:expr;)*) => {
        raising! {$(
            $(#[$doc])*
            pub fn $name / $attempt [A: Operand, B: Operand<Elem = A::Elem>](a: A, b: B) -> Array<$out, Broadcast<A, B>>
            where [A::Elem: $bound, A::Dim: DimMax<B::Dim>] {
                try_zip(a, b, |$x, $y| $value)
            }
        )*}
    };
}

binary! {
    /// `a + b`; integers wrap.
    add / try_add [Number] -> A::Elem = |x, y| x.plus(*y);
    /// `a - b`.
    subtract / try_subtract [Number] -> A::Elem = |x, y| x.minus(*y);
    /// `a * b`.
    multiply / try_multiply [Number] -> A::Elem = |x, y| x.times(*y);
    /// `a / b` of floats: a division by zero gives inf or nan.
    divide / try_divide [Real] -> A::Elem = |x, y| x.divide(*y);
    /// `a // b` with Python's rounding; an integer over zero gives 0.
    floor_divide / try_floor_divide [Number] -> A::Elem = |x, y| x.floor_div(*y);
    /// `a % b` with the sign of `b`.
    remainder / try_remainder [Number] -> A::Elem = |x, y| x.modulo(*y);
    /// `np.fmod(a, b)` with the sign of `a`.
    fmod / try_fmod [Number] -> A::Elem = |x, y| x.remainder_c(*y);
    /// `a ** b`.
    power / try_power [Number] -> A::Elem = |x, y| x.power(*y);
    /// `np.maximum(a, b)`: NaN wins.
    maximum / try_maximum [Number] -> A::Elem = |x, y| if x.is_nan() || *x >= *y { *x } else { *y };
    /// `np.minimum(a, b)`: NaN wins.
    minimum / try_minimum [Number] -> A::Elem = |x, y| if x.is_nan() || *x <= *y { *x } else { *y };
    /// `np.fmax(a, b)`: NaN loses.
    fmax / try_fmax [Number] -> A::Elem = |x, y| if y.is_nan() || *x >= *y { *x } else { *y };
    /// `np.fmin(a, b)`: NaN loses.
    fmin / try_fmin [Number] -> A::Elem = |x, y| if y.is_nan() || *x <= *y { *x } else { *y };
    /// `a == b`.
    equal / try_equal [Equality] -> bool = |x, y| x.equals(y);
    /// `a != b`.
    not_equal / try_not_equal [Equality] -> bool = |x, y| !x.equals(y);
    /// `a < b`.
    less / try_less [PartialOrder] -> bool = |x, y| x.below(y);
    /// `a <= b`.
    less_equal / try_less_equal [PartialOrder] -> bool = |x, y| x.at_most(y);
    /// `a > b`.
    greater / try_greater [PartialOrder] -> bool = |x, y| y.below(x);
    /// `a >= b`.
    greater_equal / try_greater_equal [PartialOrder] -> bool = |x, y| y.at_most(x);
    /// `np.logical_and(a, b)`.
    logical_and / try_logical_and [Element] -> bool = |x, y| x.truth() && y.truth();
    /// `np.logical_or(a, b)`.
    logical_or / try_logical_or [Element] -> bool = |x, y| x.truth() || y.truth();
    /// `np.logical_xor(a, b)`.
    logical_xor / try_logical_xor [Element] -> bool = |x, y| x.truth() != y.truth();
    /// `a & b`.
    bitwise_and / try_bitwise_and [Integer] -> A::Elem = |x, y| x.bit_and(*y);
    /// `a | b`.
    bitwise_or / try_bitwise_or [Integer] -> A::Elem = |x, y| x.bit_or(*y);
    /// `a ^ b`.
    bitwise_xor / try_bitwise_xor [Integer] -> A::Elem = |x, y| x.bit_xor(*y);
    /// `a << b`.
    left_shift / try_left_shift [Integer] -> A::Elem = |x, y| x.shift_left(*y);
    /// `a >> b`.
    right_shift / try_right_shift [Integer] -> A::Elem = |x, y| x.shift_right(*y);
    /// `np.hypot(a, b)`.
    hypot / try_hypot [Real] -> A::Elem = |x, y| A::Elem::from_f64(x.to_f64().hypot(y.to_f64()));
    /// `np.arctan2(a, b)`.
    arctan2 / try_arctan2 [Real] -> A::Elem = |x, y| A::Elem::from_f64(x.to_f64().atan2(y.to_f64()));
    /// `np.copysign(a, b)`.
    copysign / try_copysign [Real] -> A::Elem = |x, y| A::Elem::from_f64(x.to_f64().copysign(y.to_f64()));
    /// `np.logaddexp(a, b)`.
    logaddexp / try_logaddexp [Real] -> A::Elem = |x, y| A::Elem::from_f64(log_add_exp(x.to_f64(), y.to_f64()));
    /// `np.heaviside(a, b)`.
    heaviside / try_heaviside [Real] -> A::Elem = |x, y| if x.is_nan() { *x } else if *x == A::Elem::zero() { *y } else if *x < A::Elem::zero() { A::Elem::zero() } else { A::Elem::ONE };
    /// `np.gcd(a, b)`.
    gcd / try_gcd [Integer] -> A::Elem = |x, y| common_divisor(*x, *y);
    /// `np.lcm(a, b)`.
    lcm / try_lcm [Integer] -> A::Elem = |x, y| if x.truth() && y.truth() { x.absolute().floor_div(common_divisor(*x, *y)).times(y.absolute()) } else { A::Elem::zero() };
}

fn common_divisor<T: Integer>(a: T, b: T) -> T {
    let (mut a, mut b) = (a.absolute(), b.absolute());
    while b.truth() {
        (a, b) = (b, a.modulo(b));
    }
    a
}

fn log_add_exp(x: f64, y: f64) -> f64 {
    if x == y {
        x + std::f64::consts::LN_2
    } else if x > y {
        x + (y - x).exp().ln_1p()
    } else if x < y {
        y + (x - y).exp().ln_1p()
    } else {
        x - y
    }
}

/// Elements that can be compared for equality.
pub trait Equality: Element {
    fn equals(&self, other: &Self) -> bool;
}
/// Elements that have an order for `<`.
pub trait PartialOrder: Element {
    fn below(&self, other: &Self) -> bool;
    fn at_most(&self, other: &Self) -> bool;
}
impl<T: Element + PartialEq> Equality for T {
    fn equals(&self, other: &Self) -> bool {
        self == other
    }
}
impl<T: Element + PartialOrd> PartialOrder for T {
    fn below(&self, other: &Self) -> bool {
        self < other
    }
    fn at_most(&self, other: &Self) -> bool {
        self <= other
    }
}

/// What a function of floats gives for an operand.
pub type Reals<A> = <A as Operand>::Mapped<<<A as Operand>::Elem as Number>::Real>;

/// The C library's inverse hyperbolic functions, which NumPy calls: Rust's own differ by some ten units in the last place.
mod c {
    unsafe extern "C" {
        pub safe fn acosh(x: f64) -> f64;
        pub safe fn acoshf(x: f32) -> f32;
        pub safe fn asinh(x: f64) -> f64;
        pub safe fn asinhf(x: f32) -> f32;
        pub safe fn atanh(x: f64) -> f64;
        pub safe fn atanhf(x: f32) -> f32;
    }
}

macro_rules! real_functions {
    ($($(#[$doc:meta])* $name:ident = $function:expr, $single:expr;)*) => {$(
        $(#[$doc])*
        pub fn $name<A: Operand>(x: A) -> Reals<A> where A::Elem: Number {
            x.mapped(|value| value.real().apply($function, $single))
        }
    )*};
}

real_functions! {
    /// `np.sqrt(x)`.
    sqrt = f64::sqrt, f32::sqrt;
    /// `np.cbrt(x)`.
    cbrt = f64::cbrt, f32::cbrt;
    /// `np.exp(x)`.
    exp = f64::exp, f32::exp;
    /// `np.exp2(x)`.
    exp2 = f64::exp2, f32::exp2;
    /// `np.expm1(x)`.
    expm1 = f64::exp_m1, f32::exp_m1;
    /// `np.log(x)`: minus infinity at zero, NaN below.
    log = f64::ln, f32::ln;
    /// `np.log2(x)`.
    log2 = f64::log2, f32::log2;
    /// `np.log10(x)`.
    log10 = f64::log10, f32::log10;
    /// `np.log1p(x)`.
    log1p = f64::ln_1p, f32::ln_1p;
    /// `np.sin(x)`.
    sin = f64::sin, f32::sin;
    /// `np.cos(x)`.
    cos = f64::cos, f32::cos;
    /// `np.tan(x)`.
    tan = f64::tan, f32::tan;
    /// `np.arcsin(x)`.
    arcsin = f64::asin, f32::asin;
    /// `np.arccos(x)`.
    arccos = f64::acos, f32::acos;
    /// `np.arctan(x)`.
    arctan = f64::atan, f32::atan;
    /// `np.sinh(x)`.
    sinh = f64::sinh, f32::sinh;
    /// `np.cosh(x)`.
    cosh = f64::cosh, f32::cosh;
    /// `np.tanh(x)`.
    tanh = f64::tanh, f32::tanh;
    /// `np.arcsinh(x)`.
    arcsinh = |x| c::asinh(x), |x| c::asinhf(x);
    /// `np.arccosh(x)`.
    arccosh = |x| c::acosh(x), |x| c::acoshf(x);
    /// `np.arctanh(x)`.
    arctanh = |x| c::atanh(x), |x| c::atanhf(x);
    /// `np.degrees(x)`.
    degrees = |x| x * (180.0 / std::f64::consts::PI), |x| x * (180.0 / std::f32::consts::PI);
    /// `np.radians(x)`.
    radians = |x| x * (std::f64::consts::PI / 180.0), |x| x * (std::f32::consts::PI / 180.0);
    /// `np.sinc(x)`.
    sinc = sinc_f64, |x| sinc_f64(x as f64) as f32;
}

fn sinc_f64(x: f64) -> f64 {
    let y = std::f64::consts::PI * if x == 0.0 { 1.0e-20 } else { x };
    y.sin() / y
}

macro_rules! same_type {
    ($($(#[$doc:meta])* $name:ident [$bound:ident] -> $out:ty = |$x:ident| $value:expr;)*) => {$(
        $(#[$doc])*
        pub fn $name<A: Operand>(x: A) -> A::Mapped<$out> where A::Elem: $bound {
            x.mapped(|$x| $value)
        }
    )*};
}

same_type! {
    /// `-x`.
    negative [Number] -> A::Elem = |x| x.negative();
    /// `np.abs(x)`.
    absolute [Number] -> A::Elem = |x| x.absolute();
    /// `np.sign(x)`.
    sign [Number] -> A::Elem = |x| x.sign();
    /// `np.square(x)`.
    square [Number] -> A::Elem = |x| x.times(*x);
    /// `np.reciprocal(x)` of floats.
    reciprocal [Real] -> A::Elem = |x| A::Elem::ONE.divide(*x);
    /// `~x`.
    invert [Integer] -> A::Elem = |x| x.bit_not();
    /// `np.logical_not(x)`.
    logical_not [Element] -> bool = |x| !x.truth();
    /// `np.isnan(x)`.
    isnan [Number] -> bool = |x| x.is_nan();
    /// `np.isfinite(x)`.
    isfinite [Number] -> bool = |x| x.is_finite();
    /// `np.isinf(x)`.
    isinf [Number] -> bool = |x| !x.is_finite() && !x.is_nan();
    /// `np.signbit(x)`.
    signbit [Number] -> bool = |x| x.to_f64().is_sign_negative();
    /// `np.floor(x)`.
    floor [Number] -> A::Elem = |x| if x.is_finite() { A::Elem::from_f64(x.to_f64().floor()) } else { *x };
    /// `np.ceil(x)`.
    ceil [Number] -> A::Elem = |x| if x.is_finite() { A::Elem::from_f64(x.to_f64().ceil()) } else { *x };
    /// `np.trunc(x)`.
    trunc [Number] -> A::Elem = |x| if x.is_finite() { A::Elem::from_f64(x.to_f64().trunc()) } else { *x };
    /// `np.rint(x)`: half to even.
    rint [Number] -> A::Elem = |x| x.rounded(0);
}

/// `np.round(x, decimals)`: half to even after scaling.
pub fn round<A: Operand>(x: A, decimals: i64) -> A::Mapped<A::Elem>
where
    A::Elem: Number,
{
    x.mapped(|value| value.rounded(decimals))
}

/// `x ** exponent` with a scalar exponent: 2, 1, 0.5 and -1 are exact shortcuts, as in NumPy.
pub fn power_scalar<T: Real, S: Data<Elem = T>, D: Dimension>(
    x: &ArrayBase<S, D>,
    exponent: T,
) -> Array<T, D> {
    let kind = exponent.to_f64();
    if kind == 2.0 {
        x.mapv(|value| value.times(value))
    } else if kind == 0.5 {
        x.mapv(|value| value.root())
    } else if kind == -1.0 {
        x.mapv(|value| T::ONE.divide(value))
    } else if kind == 1.0 {
        x.to_owned()
    } else if kind == 0.0 {
        x.mapv(|_| T::ONE)
    } else {
        x.mapv(|value| value.power(exponent))
    }
}

/// `np.clip(x, low, high)`; a bound left out does not bound.
pub fn clip<A: Operand>(x: A, low: Option<A::Elem>, high: Option<A::Elem>) -> A::Mapped<A::Elem>
where
    A::Elem: Number,
{
    x.mapped(|&value| {
        let mut result = value;
        if let Some(low) = low
            && !(result >= low || result.is_nan())
        {
            result = low;
        }
        if let Some(high) = high
            && !(result <= high || result.is_nan())
        {
            result = high;
        }
        result
    })
}

/// `np.nan_to_num(x, nan=…)`: infinities become the largest numbers.
pub fn nan_to_num<A: Operand<Elem = f64>>(
    x: A,
    nan: f64,
    posinf: Option<f64>,
    neginf: Option<f64>,
) -> A::Mapped<f64> {
    x.mapped(|&value| {
        if value.is_nan() {
            nan
        } else if value == f64::INFINITY {
            posinf.unwrap_or(f64::MAX)
        } else if value == f64::NEG_INFINITY {
            neginf.unwrap_or(f64::MIN)
        } else {
            value
        }
    })
}

fn close(x: f64, y: f64, rtol: f64, atol: f64, equal_nan: bool) -> bool {
    if x.is_nan() || y.is_nan() {
        return equal_nan && x.is_nan() && y.is_nan();
    }
    x == y || (y.is_finite() && (x - y).abs() <= atol + rtol * y.abs())
}

raising! {
    /// `np.isclose(a, b)`.
    pub fn isclose / try_isclose [A: Operand, B: Operand](a: A, b: B, rtol: f64, atol: f64, equal_nan: bool) -> Array<bool, Broadcast<A, B>>
    where [A::Elem: Number, B::Elem: Number, A::Dim: DimMax<B::Dim>] {
        try_zip(a, b, |x, y| close(x.to_f64(), y.to_f64(), rtol, atol, equal_nan))
    }

    /// `np.allclose(a, b)`.
    pub fn allclose / try_allclose [A: Operand, B: Operand](a: A, b: B, rtol: f64, atol: f64, equal_nan: bool) -> bool
    where [A::Elem: Number, B::Elem: Number, A::Dim: DimMax<B::Dim>] {
        Ok(try_isclose(a, b, rtol, atol, equal_nan)?.iter().all(|&each| each))
    }

    /// `np.where(condition, a, b)`.
    #[allow(clippy::type_complexity)]
    pub fn choose / try_choose [C: Operand<Elem = bool>, A: Operand, B: Operand<Elem = A::Elem>](condition: C, a: A, b: B)
        -> Array<A::Elem, <Broadcast<A, B> as DimMax<C::Dim>>::Output>
    where [A::Dim: DimMax<B::Dim>, Broadcast<A, B>: DimMax<C::Dim>] {
        condition.viewed(|condition| {
            a.viewed(|a| {
                b.viewed(|b| {
                    let misfit = |_| {
                        let shapes = [condition.shape(), a.shape(), b.shape()].map(super::errors::shape_text).join(" ");
                        super::errors::value_error(format!("operands could not be broadcast together with shapes {shapes} "))
                    };
                    let shape = super::operand::broadcast_shape(&a.raw_dim(), &b.raw_dim()).map_err(misfit)?;
                    let shape = super::operand::broadcast_shape(&shape, &condition.raw_dim()).map_err(misfit)?;
                    let condition = condition.broadcast(shape.clone()).expect("the common shape fits");
                    let a = a.broadcast(shape.clone()).expect("the common shape fits");
                    let b = b.broadcast(shape).expect("the common shape fits");
                    Ok(Zip::from(&condition).and(&a).and(&b).map_collect(|&take, x, y| if take { x.clone() } else { y.clone() }))
                })
            })
        })
    }
}

/// `np.array_equal(a, b)`.
pub fn array_equal<A: Operand, B: Operand<Elem = A::Elem>>(a: A, b: B) -> bool
where
    A::Elem: Equality,
{
    a.viewed(|x| {
        b.viewed(|y| {
            x.shape() == y.shape()
                && x.iter()
                    .zip(y.iter())
                    .all(|(left, right)| left.equals(right))
        })
    })
}

/// `target op= value` in place: the value broadcasts to the target, never the other way.
///
/// # Errors
/// `ValueError` when it does not fit.
pub fn try_update<T, S, D, B>(
    target: &mut ArrayBase<S, D>,
    value: B,
    function: impl Fn(&T, &B::Elem) -> T,
) -> Outcome<()>
where
    T: Element,
    S: DataMut<Elem = T>,
    D: Dimension,
    B: Operand,
{
    value.viewed(|value| {
        let Some(value) = value.broadcast(target.raw_dim()) else {
            return Err(super::errors::value_error(format!(
                "non-broadcastable output operand with shape {} doesn't match the broadcast shape {}",
                super::errors::shape_text(target.shape()),
                wider_shape(target.shape(), value.shape())?
            )));
        };
        Zip::from(target).and(&value).for_each(|place, other| *place = function(place, other));
        Ok(())
    })
}

fn wider_shape(a: &[usize], b: &[usize]) -> Outcome<String> {
    match super::operand::broadcast_shape(&ndarray::IxDyn(a), &ndarray::IxDyn(b)) {
        Ok(shape) => Ok(super::errors::shape_text(shape.slice())),
        // The array that is written is an operand too, and NumPy names it last.
        Err(error) => Err(super::errors::value_error(format!(
            "{}{} ",
            error.message(),
            super::errors::shape_text(a)
        ))),
    }
}

macro_rules! in_place {
    ($($(#[$doc:meta])* $name:ident / $attempt:ident [$bound:ident] = |$x:ident, $y:ident| $value:expr;)*) => {
        raising! {$(
            $(#[$doc])*
            pub fn $name / $attempt [T: $bound, S: DataMut<Elem = T>, D: Dimension, B: Operand<Elem = T>](target: &mut ArrayBase<S, D>, value: B) -> () {
                try_update(target, value, |$x, $y| $value)
            }
        )*}
    };
}

in_place! {
    /// `a += b`.
    add_assign / try_add_assign [Number] = |x, y| x.plus(*y);
    /// `a -= b`.
    subtract_assign / try_subtract_assign [Number] = |x, y| x.minus(*y);
    /// `a *= b`.
    multiply_assign / try_multiply_assign [Number] = |x, y| x.times(*y);
    /// `a /= b`.
    divide_assign / try_divide_assign [Real] = |x, y| x.divide(*y);
    /// `a //= b`.
    floor_divide_assign / try_floor_divide_assign [Number] = |x, y| x.floor_div(*y);
    /// `a %= b`.
    remainder_assign / try_remainder_assign [Number] = |x, y| x.modulo(*y);
    /// `a **= b`.
    power_assign / try_power_assign [Number] = |x, y| x.power(*y);
    /// `a &= b`.
    and_assign / try_and_assign [Integer] = |x, y| x.bit_and(*y);
    /// `a |= b`.
    or_assign / try_or_assign [Integer] = |x, y| x.bit_or(*y);
    /// `a ^= b`.
    xor_assign / try_xor_assign [Integer] = |x, y| x.bit_xor(*y);
    /// `a[...] = b`.
    fill / try_fill [Element] = |_x, y| y.clone();
}

/// `a // b` of two NumPy scalars: no exception, but inf, nan or 0.
pub fn floor_divide_scalar<T: Number>(a: T, b: T) -> T {
    a.floor_div(b)
}

macro_rules! of_scalars {
    ($($(#[doc = $doc:literal])* $name:ident [$bound:ident] $method:ident;)*) => {$(
        $(#[doc = $doc])*
        pub fn $name<T: $bound>(a: T, b: T) -> T {
            a.$method(b)
        }
    )*};
}

of_scalars! {
    /// `a + b` of two NumPy scalars, which wraps.
    add_scalar [Number] plus;
    /// `a - b` of two NumPy scalars, which wraps.
    subtract_scalar [Number] minus;
    /// `a * b` of two NumPy scalars, which wraps.
    multiply_scalar [Number] times;
    /// `a ** b` of two NumPy scalars, which wraps.
    raise_scalar [Number] power;
    /// `a << b` of two NumPy scalars.
    left_shift_scalar [Integer] shift_left;
    /// `a >> b` of two NumPy scalars.
    right_shift_scalar [Integer] shift_right;
}

/// `a % b` of two NumPy scalars.
pub fn remainder_scalar<T: Number>(a: T, b: T) -> T {
    a.modulo(b)
}

/// `sum(arrays)` of Python: one after the other, from the left.
pub fn sum_of_arrays<T: Number, D: Dimension>(
    arrays: impl IntoIterator<Item = Array<T, D>>,
) -> Array<T, D> {
    let mut arrays = arrays.into_iter();
    let Some(mut total) = arrays.next() else {
        // Python's sum of nothing is the number 0: an array that broadcasts like one.
        let mut shape = D::zeros(D::NDIM.unwrap_or(1));
        shape.slice_mut().fill(1);
        return Array::from_elem(shape, T::zero());
    };
    for each in arrays {
        add_assign(&mut total, &each);
    }
    total
}

/// `np.real(x)` and its like: the values themselves.
pub fn same_values<A: Operand>(x: A) -> A::Mapped<A::Elem> {
    x.mapped(Clone::clone)
}

/// `np.imag(x)` of real values.
pub fn zero_values<A: Operand>(x: A) -> A::Mapped<A::Elem> {
    x.mapped(|_| A::Elem::zero())
}

/// `np.isposinf(x)`.
pub fn isposinf<A: Operand>(x: A) -> A::Mapped<bool>
where
    A::Elem: Number,
{
    x.mapped(|value| value.to_f64() == f64::INFINITY)
}

/// `np.isneginf(x)`.
pub fn isneginf<A: Operand>(x: A) -> A::Mapped<bool>
where
    A::Elem: Number,
{
    x.mapped(|value| value.to_f64() == f64::NEG_INFINITY)
}

/// What a function gives for an item, as a float.
pub trait AsFloat {
    fn to_float(self) -> f64;
}

impl AsFloat for f64 {
    fn to_float(self) -> f64 {
        self
    }
}

impl AsFloat for i64 {
    fn to_float(self) -> f64 {
        self as f64
    }
}

impl AsFloat for bool {
    fn to_float(self) -> f64 {
        f64::from(self)
    }
}

impl AsFloat for crate::py::Num {
    fn to_float(self) -> f64 {
        self.to_f64()
    }
}

/// The results of `np.vectorize(function, otypes=[float])`.
pub fn floats_of<U: AsFloat + Clone, D: Dimension>(x: &Array<U, D>) -> Array<f64, D> {
    x.map(|value| value.clone().to_float())
}

/// `np.vectorize(function)(x)`.
pub fn each_item<T: Element, U, S: Data<Elem = T>, D: Dimension>(
    x: &ArrayBase<S, D>,
    mut function: impl FnMut(&T) -> U,
) -> Array<U, D> {
    let made: Vec<U> = x.iter().map(&mut function).collect();
    Array::from_shape_vec(x.raw_dim(), made).expect("one for each item")
}

raising! {
    /// `np.vectorize(function)(x, y)`.
    pub fn each_pair / try_each_pair [U, A: Operand, B: Operand](x: A, y: B, function: impl Fn(&A::Elem, &B::Elem) -> U) -> Array<U, Broadcast<A, B>>
    where [A::Dim: DimMax<B::Dim>] {
        try_zip(x, y, function)
    }
}

/// `np.array_equiv(a, b)`: equal after broadcasting.
pub fn array_equiv<A: Operand, B: Operand<Elem = A::Elem>>(a: A, b: B) -> bool
where
    A::Elem: PartialEq,
    A::Dim: ndarray::DimMax<B::Dim>,
{
    super::operand::try_zip(a, b, |left, right| left == right)
        .is_ok_and(|equal| equal.iter().all(|each| *each))
}

/// `-a` of a NumPy scalar; integers wrap.
pub fn negated<T: Number>(a: T) -> T {
    a.negative()
}
