//! `complex128` arrays: their arithmetic, their texts, and the functions that take them to and from real arrays.

use super::element::{Element, Number, Real};
use super::operand::Operand;
use super::printing::{PrintOptions, Printed, signed_formatter};
use crate::py::{Complex, Text};

impl Element for Complex {
    const DTYPE: &'static str = "complex128";
    fn zero() -> Self {
        Complex::new(0.0, 0.0)
    }
    fn order(&self, other: &Self) -> std::cmp::Ordering {
        self.re
            .order(&other.re)
            .then_with(|| self.im.order(&other.im))
    }
    fn truth(&self) -> bool {
        self.re != 0.0 || self.im != 0.0
    }
}

/// `a * b` as NumPy's loops compute it: with fused multiplications.
fn product(a: Complex, b: Complex) -> Complex {
    Complex::new(
        a.re.mul_add(b.re, -(a.im * b.im)),
        a.re.mul_add(b.im, a.im * b.re),
    )
}

/// `a / b` as NumPy computes it.
pub fn complex_quotient(a: Complex, b: Complex) -> Complex {
    if b.re.abs() >= b.im.abs() {
        if b.re == 0.0 && b.im == 0.0 {
            return Complex::new(a.re / b.re.abs(), a.im / b.re.abs());
        }
        let ratio = b.im / b.re;
        let scale = 1.0 / (b.re + b.im * ratio);
        Complex::new((a.re + a.im * ratio) * scale, (a.im - a.re * ratio) * scale)
    } else {
        let ratio = b.re / b.im;
        let scale = 1.0 / (b.im + b.re * ratio);
        Complex::new((a.re * ratio + a.im) * scale, (a.im * ratio - a.re) * scale)
    }
}

/// `a ** b` as NumPy computes it.
pub fn complex_powered(a: Complex, b: Complex) -> Complex {
    if b.re == 0.0 && b.im == 0.0 {
        return Complex::new(1.0, 0.0);
    }
    if a.re == 0.0 && a.im == 0.0 {
        return if b.re > 0.0 {
            Complex::zero()
        } else {
            Complex::new(f64::NAN, f64::NAN)
        };
    }
    if b.im == 0.0 && b.re == b.re.trunc() && b.re.abs() < 100.0 {
        let exponent = b.re.abs() as u32;
        let (mut result, mut base, mut bits) = (Complex::new(1.0, 0.0), a, exponent);
        loop {
            if bits & 1 == 1 {
                result *= base;
            }
            bits >>= 1;
            if bits == 0 {
                break;
            }
            base = base * base;
        }
        return if b.re < 0.0 {
            complex_quotient(Complex::new(1.0, 0.0), result)
        } else {
            result
        };
    }
    let logarithm = a.ln();
    (b * logarithm).exp()
}

impl Number for Complex {
    type Sum = Complex;
    type Real = Complex;
    const ONE: Self = Complex::new(1.0, 0.0);
    const PAIRED: bool = true;
    fn widen(self) -> Self {
        self
    }
    fn real(self) -> Self {
        self
    }
    fn plus(self, other: Self) -> Self {
        self + other
    }
    fn minus(self, other: Self) -> Self {
        self - other
    }
    fn times(self, other: Self) -> Self {
        product(self, other)
    }
    // The catalog refuses these for complex numbers, which have no order and no remainder.
    fn floor_div(self, _: Self) -> Self {
        Self::NAN
    }
    fn modulo(self, _: Self) -> Self {
        Self::NAN
    }
    fn remainder_c(self, _: Self) -> Self {
        Self::NAN
    }
    fn power(self, other: Self) -> Self {
        if other.re == 2.0 && other.im == 0.0 {
            product(self, self)
        } else {
            complex_powered(self, other)
        }
    }
    fn negative(self) -> Self {
        -self
    }
    fn absolute(self) -> Self {
        Complex::new(self.abs(), 0.0)
    }
    fn sign(self) -> Self {
        let length = self.abs();
        if length == 0.0 {
            self
        } else {
            Complex::new(self.re / length, self.im / length)
        }
    }
    fn to_f64(self) -> f64 {
        self.re
    }
    fn to_i64(self) -> i64 {
        self.re.to_i64()
    }
    fn from_f64(value: f64) -> Self {
        Complex::new(value, 0.0)
    }
    fn from_i64(value: i64) -> Self {
        Complex::new(value as f64, 0.0)
    }
    fn is_nan(self) -> bool {
        self.re.is_nan() || self.im.is_nan()
    }
    fn is_finite(self) -> bool {
        self.re.is_finite() && self.im.is_finite()
    }
    fn rounded(self, decimals: i64) -> Self {
        Complex::new(self.re.rounded(decimals), self.im.rounded(decimals))
    }
}

impl Real for Complex {
    const NAN: Self = Complex::new(f64::NAN, f64::NAN);
    const INFINITY: Self = Complex::new(f64::INFINITY, 0.0);
    fn divide(self, other: Self) -> Self {
        complex_quotient(self, other)
    }
    fn root(self) -> Self {
        self.sqrt()
    }
    fn apply(self, function: fn(f64) -> f64, _: fn(f32) -> f32) -> Self {
        // Only of a number without an imaginary part; the catalog names the complex functions otherwise.
        if self.im == 0.0 {
            Complex::new(function(self.re), 0.0)
        } else {
            Self::NAN
        }
    }
}

impl Printed for Complex {
    fn dtype_text(_: &[Self]) -> Option<String> {
        None
    }
    fn formatter(items: &[Self], options: &PrintOptions) -> Box<dyn Fn(&Self) -> String> {
        let parts = |part: fn(&Complex) -> f64| items.iter().map(part).collect::<Vec<f64>>();
        let real = f64::formatter(&parts(|z| z.re), options);
        let imaginary = signed_formatter(&parts(|z| z.im), options);
        Box::new(move |z| {
            let text = imaginary(&z.im);
            let digits = text.trim_end();
            format!(
                "{}{digits}j{}",
                real(&z.re),
                " ".repeat(text.len() - digits.len())
            )
        })
    }
    fn plain(&self) -> String {
        self.str_text()
    }
    fn scalar_repr(&self) -> String {
        format!(
            "np.complex128({})",
            self.repr_text()
                .trim_start_matches('(')
                .trim_end_matches(')')
        )
    }
}

impl Operand for Complex {
    type Elem = Complex;
    type Dim = ndarray::Ix0;
    type Mapped<U> = U;
    fn mapped<U>(self, mut function: impl FnMut(&Complex) -> U) -> U {
        function(&self)
    }
    fn viewed<R>(
        self,
        function: impl FnOnce(ndarray::ArrayView<'_, Complex, ndarray::Ix0>) -> R,
    ) -> R {
        function(ndarray::aview0(&self))
    }
}

macro_rules! of_complex {
    ($($(#[$doc:meta])* $name:ident -> $out:ty = |$z:ident| $value:expr;)*) => {$(
        $(#[$doc])*
        pub fn $name<A: Operand<Elem = Complex>>(x: A) -> A::Mapped<$out> {
            x.mapped(|&$z| $value)
        }
    )*};
}

of_complex! {
    /// `x.real`.
    real_part -> f64 = |z| z.re;
    /// `x.imag`.
    imaginary_part -> f64 = |z| z.im;
    /// `np.abs(x)`.
    complex_absolute -> f64 = |z| z.abs();
    /// `np.angle(x)`.
    angle -> f64 = |z| z.phase();
    /// `np.conj(x)`.
    conjugate -> Complex = |z| z.conjugate();
    /// `np.exp(x)`.
    complex_exp -> Complex = |z| z.exp();
    /// `np.log(x)`.
    complex_ln -> Complex = |z| z.ln();
    /// `np.sqrt(x)`.
    complex_sqrt -> Complex = |z| z.sqrt();
    /// `np.sin(x)`.
    complex_sin -> Complex = |z| z.sin();
    /// `np.cos(x)`.
    complex_cos -> Complex = |z| z.cos();
    /// `np.isreal(x)`.
    isreal -> bool = |z| z.im == 0.0;
    /// `np.iscomplex(x)`.
    iscomplex -> bool = |z| z.im != 0.0;
}

/// Numbers as complex numbers.
pub fn to_complex128<A: Operand>(x: A) -> A::Mapped<Complex>
where
    A::Elem: Clone + Into<Complex>,
{
    x.mapped(|value| value.clone().into())
}

/// Whether two complex numbers are close, as `np.isclose` decides it.
pub fn complex_close(a: Complex, b: Complex, rtol: f64, atol: f64, equal_nan: bool) -> bool {
    if a.is_nan() || b.is_nan() {
        return equal_nan && a.is_nan() && b.is_nan();
    }
    a == b || (b.is_finite() && (a - b).abs() <= atol + rtol * b.abs())
}

super::errors::raising! {
    /// `np.isclose(a, b)` of complex numbers.
    pub fn complex_isclose / try_complex_isclose [A: Operand<Elem = Complex>, B: Operand<Elem = Complex>](a: A, b: B, rtol: f64, atol: f64, equal_nan: bool) -> ndarray::Array<bool, super::operand::Broadcast<A, B>>
    where [A::Dim: ndarray::DimMax<B::Dim>] {
        super::operand::try_zip(a, b, |&x, &y| complex_close(x, y, rtol, atol, equal_nan))
    }

    /// `np.allclose(a, b)` of complex numbers.
    pub fn complex_allclose / try_complex_allclose [A: Operand<Elem = Complex>, B: Operand<Elem = Complex>](a: A, b: B, rtol: f64, atol: f64, equal_nan: bool) -> bool
    where [A::Dim: ndarray::DimMax<B::Dim>] {
        Ok(try_complex_isclose(a, b, rtol, atol, equal_nan)?.iter().all(|&close| close))
    }
}
