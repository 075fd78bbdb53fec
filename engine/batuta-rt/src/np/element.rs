//! Element types (NumPy's dtypes) and their arithmetic: integers wrap, `//` and `%` follow Python's signs.

/// What an array can hold.
pub trait Element: Clone + 'static {
    /// NumPy's name of the dtype.
    const DTYPE: &'static str;
    /// What `zeros` fills with.
    fn zero() -> Self;
    /// NumPy's sorting order (NaN last).
    fn order(&self, other: &Self) -> std::cmp::Ordering;
    /// Equality as sorting sees it (`unique` treats NaNs as equal).
    fn same(&self, other: &Self) -> bool {
        self.order(other).is_eq()
    }
    /// Whether it has no place in the order of numbers: NaN.
    fn unordered(&self) -> bool {
        false
    }
    /// The condition that `where`, `any` and `nonzero` test.
    fn truth(&self) -> bool;
}

/// A numeric element (booleans count as 0 and 1).
pub trait Number: Element + Copy + PartialOrd + PartialEq + Default {
    /// What a sum of these is: small integers and booleans add up as `i64`.
    type Sum: Number;
    /// What a mean or a square root of these is.
    type Real: Real;
    /// The neutral element of multiplication.
    const ONE: Self;
    /// Whether an element is two numbers, of which sums hold half as many at a time.
    const PAIRED: bool = false;
    fn widen(self) -> Self::Sum;
    fn real(self) -> Self::Real;
    fn plus(self, other: Self) -> Self;
    fn minus(self, other: Self) -> Self;
    fn times(self, other: Self) -> Self;
    fn floor_div(self, other: Self) -> Self;
    fn modulo(self, other: Self) -> Self;
    fn remainder_c(self, other: Self) -> Self;
    fn power(self, other: Self) -> Self;
    fn negative(self) -> Self;
    fn absolute(self) -> Self;
    fn sign(self) -> Self;
    fn to_f64(self) -> f64;
    fn to_i64(self) -> i64;
    fn from_f64(value: f64) -> Self;
    fn from_i64(value: i64) -> Self;
    fn is_nan(self) -> bool {
        false
    }
    fn is_finite(self) -> bool {
        true
    }
    /// `round(decimals)`, half to even.
    fn rounded(self, decimals: i64) -> Self;
}

/// A floating-point element.
pub trait Real: Number<Sum = Self, Real = Self> {
    const NAN: Self;
    const INFINITY: Self;
    fn divide(self, other: Self) -> Self;
    fn apply(self, function: fn(f64) -> f64, single: fn(f32) -> f32) -> Self;
    fn root(self) -> Self;
}

/// Integer elements and their bit operations.
pub trait Integer: Number {
    fn bit_and(self, other: Self) -> Self;
    fn bit_or(self, other: Self) -> Self;
    fn bit_xor(self, other: Self) -> Self;
    fn bit_not(self) -> Self;
    fn shift_left(self, other: Self) -> Self;
    fn shift_right(self, other: Self) -> Self;
}

macro_rules! integer {
    ($($type:ty, $name:literal, $sum:ty, $signed:literal;)*) => {$(
        impl Element for $type {
            const DTYPE: &'static str = $name;
            fn zero() -> Self { 0 }
            fn order(&self, other: &Self) -> std::cmp::Ordering { self.cmp(other) }
            fn truth(&self) -> bool { *self != 0 }
        }
        impl Number for $type {
            type Sum = $sum;
            type Real = f64;
            const ONE: Self = 1;
            fn widen(self) -> $sum { self as $sum }
            fn real(self) -> f64 { self as f64 }
            fn plus(self, other: Self) -> Self { self.wrapping_add(other) }
            fn minus(self, other: Self) -> Self { self.wrapping_sub(other) }
            fn times(self, other: Self) -> Self { self.wrapping_mul(other) }
            #[allow(unused_comparisons)]
            fn floor_div(self, other: Self) -> Self {
                if other == 0 { return 0; }
                let quotient = self.wrapping_div(other);
                if self.wrapping_rem(other) != 0 && (self < 0) != (other < 0) { quotient.wrapping_sub(1) } else { quotient }
            }
            #[allow(unused_comparisons)]
            fn modulo(self, other: Self) -> Self {
                if other == 0 { return 0; }
                let rest = self.wrapping_rem(other);
                if rest != 0 && (rest < 0) != (other < 0) { rest.wrapping_add(other) } else { rest }
            }
            fn remainder_c(self, other: Self) -> Self { if other == 0 { 0 } else { self.wrapping_rem(other) } }
            #[allow(unused_comparisons)]
            fn power(self, other: Self) -> Self {
                let mut base = self;
                let mut exponent = other;
                let mut result: Self = 1;
                while exponent > 0 {
                    if exponent & 1 == 1 { result = result.wrapping_mul(base); }
                    base = base.wrapping_mul(base);
                    exponent >>= 1;
                }
                result
            }
            fn negative(self) -> Self { (0 as $type).wrapping_sub(self) }
            #[allow(unused_comparisons)]
            fn absolute(self) -> Self { if self < 0 { (0 as $type).wrapping_sub(self) } else { self } }
            #[allow(unused_comparisons)]
            fn sign(self) -> Self { if self > 0 { 1 } else if self < 0 { (0 as $type).wrapping_sub(1) } else { 0 } }
            fn to_f64(self) -> f64 { self as f64 }
            fn to_i64(self) -> i64 { self as i64 }
            // NumPy converts through the C cast of the machine: out-of-range values are not defined there either.
            fn from_f64(value: f64) -> Self { if value.is_finite() { value as i64 as $type } else { i64::MIN as $type } }
            fn from_i64(value: i64) -> Self { value as $type }
            fn rounded(self, decimals: i64) -> Self {
                if decimals >= 0 { return self; }
                let scale = 10f64.powi(-decimals as i32);
                Self::from_f64((self as f64 / scale).round_ties_even() * scale)
            }
        }
        impl Integer for $type {
            fn bit_and(self, other: Self) -> Self { self & other }
            fn bit_or(self, other: Self) -> Self { self | other }
            fn bit_xor(self, other: Self) -> Self { self ^ other }
            fn bit_not(self) -> Self { !self }
            fn shift_left(self, other: Self) -> Self {
                if (other as u64) < Self::BITS as u64 { self << (other as u32) } else { 0 }
            }
            #[allow(unused_comparisons)]
            fn shift_right(self, other: Self) -> Self {
                if (other as u64) < Self::BITS as u64 { self >> (other as u32) } else if self < 0 { !0 } else { 0 }
            }
        }
    )*};
}

integer! {
    i64, "int64", i64, true;
    i32, "int32", i64, true;
    i16, "int16", i64, true;
    i8, "int8", i64, true;
    u8, "uint8", u64, false;
    u16, "uint16", u64, false;
    u32, "uint32", u64, false;
    u64, "uint64", u64, false;
}

macro_rules! float {
    ($($type:ident, $name:literal;)*) => {$(
        impl Element for $type {
            const DTYPE: &'static str = $name;
            fn zero() -> Self { 0.0 }
            fn order(&self, other: &Self) -> std::cmp::Ordering {
                self.partial_cmp(other).unwrap_or_else(|| $type::is_nan(*self).cmp(&$type::is_nan(*other)))
            }
            fn unordered(&self) -> bool { $type::is_nan(*self) }
            fn truth(&self) -> bool { *self != 0.0 }
        }
        impl Number for $type {
            type Sum = $type;
            type Real = $type;
            const ONE: Self = 1.0;
            fn widen(self) -> $type { self }
            fn real(self) -> $type { self }
            fn plus(self, other: Self) -> Self { self + other }
            fn minus(self, other: Self) -> Self { self - other }
            fn times(self, other: Self) -> Self { self * other }
            fn floor_div(self, other: Self) -> Self {
                if other == 0.0 { return self / other; }
                let rest = self % other;
                if $type::is_nan(rest) { return rest; }
                let mut quotient = (self - rest) / other;
                if rest != 0.0 && (other < 0.0) != (rest < 0.0) { quotient -= 1.0; }
                if quotient == 0.0 { return (0.0 as $type).copysign(self / other); }
                let floor = quotient.floor();
                if quotient - floor > 0.5 { floor + 1.0 } else { floor }
            }
            fn modulo(self, other: Self) -> Self {
                let rest = self % other;
                if other == 0.0 { return rest; }
                if rest == 0.0 { return (0.0 as $type).copysign(other); }
                if (other < 0.0) != (rest < 0.0) { rest + other } else { rest }
            }
            fn remainder_c(self, other: Self) -> Self { self % other }
            fn power(self, other: Self) -> Self {
                // NumPy takes the exact shortcuts for these exponents, and so do square and square root.
                if other == 2.0 { self * self } else { self.powf(other) }
            }
            fn negative(self) -> Self { -self }
            fn absolute(self) -> Self { self.abs() }
            fn sign(self) -> Self { if self > 0.0 { 1.0 } else if self < 0.0 { -1.0 } else { self + 0.0 } }
            fn to_f64(self) -> f64 { self as f64 }
            fn to_i64(self) -> i64 { if $type::is_finite(self) { self as i64 } else { i64::MIN } }
            fn from_f64(value: f64) -> Self { value as $type }
            fn from_i64(value: i64) -> Self { value as $type }
            fn is_nan(self) -> bool { $type::is_nan(self) }
            fn is_finite(self) -> bool { $type::is_finite(self) }
            fn rounded(self, decimals: i64) -> Self {
                if decimals == 0 { return self.round_ties_even(); }
                let scale = (10.0 as $type).powi(decimals.unsigned_abs() as i32);
                if decimals > 0 { (self * scale).round_ties_even() / scale } else { (self / scale).round_ties_even() * scale }
            }
        }
        impl Real for $type {
            const NAN: Self = $type::NAN;
            const INFINITY: Self = $type::INFINITY;
            fn divide(self, other: Self) -> Self { self / other }
            fn root(self) -> Self { self.sqrt() }
            fn apply(self, function: fn(f64) -> f64, single: fn(f32) -> f32) -> Self { apply_to::$type(self, function, single) }
        }
    )*};
}

/// Chooses the function for the width at hand.
mod apply_to {
    pub fn f64(value: f64, function: fn(f64) -> f64, _: fn(f32) -> f32) -> f64 {
        function(value)
    }
    pub fn f32(value: f32, _: fn(f64) -> f64, single: fn(f32) -> f32) -> f32 {
        single(value)
    }
}

float! {
    f64, "float64";
    f32, "float32";
}

impl Element for bool {
    const DTYPE: &'static str = "bool";
    fn zero() -> Self {
        false
    }
    fn order(&self, other: &Self) -> std::cmp::Ordering {
        self.cmp(other)
    }
    fn truth(&self) -> bool {
        *self
    }
}

impl Number for bool {
    type Sum = i64;
    type Real = f64;
    const ONE: Self = true;
    fn widen(self) -> i64 {
        self as i64
    }
    fn real(self) -> f64 {
        self as u8 as f64
    }
    fn plus(self, other: Self) -> Self {
        self | other
    }
    fn minus(self, other: Self) -> Self {
        self ^ other
    }
    fn times(self, other: Self) -> Self {
        self & other
    }
    fn floor_div(self, other: Self) -> Self {
        self & other
    }
    fn modulo(self, _: Self) -> Self {
        false
    }
    fn remainder_c(self, _: Self) -> Self {
        false
    }
    fn power(self, other: Self) -> Self {
        self | !other
    }
    fn negative(self) -> Self {
        !self
    }
    fn absolute(self) -> Self {
        self
    }
    fn sign(self) -> Self {
        self
    }
    fn to_f64(self) -> f64 {
        self as u8 as f64
    }
    fn to_i64(self) -> i64 {
        self as i64
    }
    fn from_f64(value: f64) -> Self {
        value != 0.0
    }
    fn from_i64(value: i64) -> Self {
        value != 0
    }
    fn rounded(self, _: i64) -> Self {
        self
    }
}

impl Integer for bool {
    fn bit_and(self, other: Self) -> Self {
        self & other
    }
    fn bit_or(self, other: Self) -> Self {
        self | other
    }
    fn bit_xor(self, other: Self) -> Self {
        self ^ other
    }
    fn bit_not(self) -> Self {
        !self
    }
    fn shift_left(self, _: Self) -> Self {
        self
    }
    fn shift_right(self, other: Self) -> Self {
        self & !other
    }
}

impl Element for String {
    const DTYPE: &'static str = "str";
    fn zero() -> Self {
        String::new()
    }
    fn order(&self, other: &Self) -> std::cmp::Ordering {
        self.chars().cmp(other.chars())
    }
    fn truth(&self) -> bool {
        !self.is_empty()
    }
}

/// The `rounded` of NumPy scalars.
pub fn round_scalar<T: Number>(value: T, decimals: i64) -> T {
    value.rounded(decimals)
}
