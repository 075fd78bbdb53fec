//! The two kinds of streams, and what a distribution may ask of either.

use super::bits::{Mt19937, Pcg64};
use super::distributions as draw;
use super::seeding::{fresh, seed_sequence, words_of};
use super::ziggurat_tables as tables;
use crate::np::creation::{Shape, try_dims};
use crate::np::errors::{or_throw, value_error};
use crate::np::operand::{Broadcast, Operand, broadcast_shape, try_zip};
use ndarray::{Array, DimMax};
use std::cell::RefCell;
use std::rc::Rc;

/// What distributions draw from.
pub trait Source {
    fn double(&mut self) -> f64;
    fn gauss(&mut self) -> f64;
    fn standard_exponential(&mut self) -> f64;
    fn standard_gamma(&mut self, shape: f64) -> f64;
    /// An integer in 0..=limit, by the method of `integers` or `randint`.
    fn bounded(&mut self, limit: u64) -> u64;
    /// An integer in 0..=limit, by the method of `shuffle`.
    fn interval(&mut self, limit: u64) -> u64;
    /// The next 32 bits.
    fn word(&mut self) -> u32;
    /// Whether the legacy formulas apply.
    const LEGACY: bool;
}

/// The state of a `RandomState`.
pub struct Legacy {
    bits: Mt19937,
    spare_gauss: Option<f64>,
}

impl Legacy {
    fn masked(&mut self, limit: u64) -> u64 {
        if limit == 0 {
            return 0;
        }
        let mask = u64::MAX >> limit.leading_zeros();
        loop {
            let value = if limit <= u32::MAX as u64 {
                self.bits.next_u32() as u64
            } else {
                self.bits.next_u64()
            } & mask;
            if value <= limit {
                return value;
            }
        }
    }
}

impl Source for Legacy {
    const LEGACY: bool = true;
    fn double(&mut self) -> f64 {
        self.bits.next_double()
    }
    fn gauss(&mut self) -> f64 {
        if let Some(spare) = self.spare_gauss.take() {
            return spare;
        }
        loop {
            let x = 2.0 * self.double() - 1.0;
            let y = 2.0 * self.double() - 1.0;
            let square = x * x + y * y;
            if square < 1.0 && square != 0.0 {
                let factor = (-2.0 * square.ln() / square).sqrt();
                self.spare_gauss = Some(factor * x);
                return factor * y;
            }
        }
    }
    fn standard_exponential(&mut self) -> f64 {
        -(1.0 - self.double()).ln()
    }
    fn standard_gamma(&mut self, shape: f64) -> f64 {
        draw::standard_gamma(self, shape)
    }
    fn bounded(&mut self, limit: u64) -> u64 {
        self.masked(limit)
    }
    fn interval(&mut self, limit: u64) -> u64 {
        self.masked(limit)
    }
    fn word(&mut self) -> u32 {
        self.bits.next_u32()
    }
}

/// The state of a `Generator`.
pub struct Modern {
    bits: Pcg64,
}

impl Source for Modern {
    const LEGACY: bool = false;
    fn double(&mut self) -> f64 {
        self.bits.next_double()
    }
    fn gauss(&mut self) -> f64 {
        const EDGE: f64 = 3.654_152_885_361_009;
        const EDGE_INVERSE: f64 = 0.273_661_237_329_758_3;
        loop {
            let bits = self.bits.next_u64();
            let layer = (bits & 0xff) as usize;
            let bits = bits >> 8;
            let negative = bits & 1 == 1;
            let size = bits >> 1 & 0x000f_ffff_ffff_ffff;
            let value = size as f64 * f64::from_bits(tables::NORMAL_WIDTHS[layer]);
            let value = if negative { -value } else { value };
            if size < tables::NORMAL_LIMITS[layer] {
                return value;
            }
            if layer == 0 {
                loop {
                    let x = -EDGE_INVERSE * (-self.double()).ln_1p();
                    let y = -(-self.double()).ln_1p();
                    if y + y > x * x {
                        return if size >> 8 & 1 == 1 {
                            -(EDGE + x)
                        } else {
                            EDGE + x
                        };
                    }
                }
            }
            let (upper, lower) = (
                f64::from_bits(tables::NORMAL_HEIGHTS[layer - 1]),
                f64::from_bits(tables::NORMAL_HEIGHTS[layer]),
            );
            if (upper - lower) * self.double() + lower < (-0.5 * value * value).exp() {
                return value;
            }
        }
    }
    fn standard_exponential(&mut self) -> f64 {
        const EDGE: f64 = 7.697_117_470_131_05;
        loop {
            let bits = self.bits.next_u64() >> 3;
            let layer = (bits & 0xff) as usize;
            let bits = bits >> 8;
            let value = bits as f64 * f64::from_bits(tables::EXPONENTIAL_WIDTHS[layer]);
            if bits < tables::EXPONENTIAL_LIMITS[layer] {
                return value;
            }
            if layer == 0 {
                return EDGE - (-self.double()).ln_1p();
            }
            let upper = f64::from_bits(tables::EXPONENTIAL_HEIGHTS[layer - 1]);
            let lower = f64::from_bits(tables::EXPONENTIAL_HEIGHTS[layer]);
            if (upper - lower) * self.double() + lower < (-value).exp() {
                return value;
            }
        }
    }
    fn standard_gamma(&mut self, shape: f64) -> f64 {
        draw::standard_gamma(self, shape)
    }
    fn bounded(&mut self, limit: u64) -> u64 {
        // Lemire's method: multiply, and reject the few values that would be too frequent.
        if limit == 0 {
            return 0;
        }
        if limit == u32::MAX as u64 {
            return self.bits.next_u32() as u64;
        }
        if limit < u32::MAX as u64 {
            let range = limit as u32 + 1;
            let mut product = self.bits.next_u32() as u64 * range as u64;
            if (product as u32) < range {
                let threshold = (u32::MAX - limit as u32) % range;
                while (product as u32) < threshold {
                    product = self.bits.next_u32() as u64 * range as u64;
                }
            }
            return product >> 32;
        }
        if limit == u64::MAX {
            return self.bits.next_u64();
        }
        let range = limit + 1;
        let mut product = self.bits.next_u64() as u128 * range as u128;
        if (product as u64) < range {
            let threshold = (u64::MAX - limit) % range;
            while (product as u64) < threshold {
                product = self.bits.next_u64() as u128 * range as u128;
            }
        }
        (product >> 64) as u64
    }
    fn word(&mut self) -> u32 {
        self.bits.next_u32()
    }
    fn interval(&mut self, limit: u64) -> u64 {
        // Shuffles reject by a mask, unlike `integers`.
        if limit == 0 {
            return 0;
        }
        let mask = u64::MAX >> limit.leading_zeros();
        loop {
            let bits = if limit <= u32::MAX as u64 {
                self.bits.next_u32() as u64
            } else {
                self.bits.next_u64()
            };
            if bits & mask <= limit {
                return bits & mask;
            }
        }
    }
}

/// `np.random.RandomState`: a clone is the same stream.
#[derive(Clone)]
pub struct RandomState(pub(super) Rc<RefCell<Legacy>>);

/// `np.random.Generator` over PCG64: a clone is the same stream.
#[derive(Clone)]
pub struct Generator(pub(super) Rc<RefCell<Modern>>);

// An object without `__bool__` and `__len__` is true: `rng or default_rng()` is the stream that was given.
impl crate::py::Truth for RandomState {
    fn truth(&self) -> bool {
        true
    }
}

impl crate::py::Truth for Generator {
    fn truth(&self) -> bool {
        true
    }
}

impl PartialEq for RandomState {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl PartialEq for Generator {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

fn legacy(seed: Option<i64>) -> Legacy {
    let seed = match seed {
        Some(seed) => match u32::try_from(seed) {
            Ok(seed) => seed,
            Err(_) => or_throw(Err(value_error("Seed must be between 0 and 2**32 - 1"))),
        },
        None => fresh() as u32,
    };
    Legacy {
        bits: Mt19937::new(seed),
        spare_gauss: None,
    }
}

impl Default for RandomState {
    /// The stream of seed 0: what a field holds before it is set.
    fn default() -> Self {
        RandomState::new(Some(0))
    }
}

impl RandomState {
    /// `np.random.RandomState(seed)`; without a seed from the system's entropy.
    pub fn new(seed: Option<i64>) -> Self {
        RandomState(Rc::new(RefCell::new(legacy(seed))))
    }

    /// `seed(seed)`.
    pub fn seed(&self, seed: Option<i64>) {
        *self.0.borrow_mut() = legacy(seed);
    }
}

impl Default for Generator {
    /// The stream of seed 0: what a field holds before it is set.
    fn default() -> Self {
        Generator::new(Some(0))
    }
}

impl Generator {
    /// `np.random.default_rng(seed)`; without a seed from the system's entropy.
    pub fn new(seed: Option<i64>) -> Self {
        let words = match seed {
            Some(seed) if seed < 0 => or_throw(Err(value_error("expected non-negative integer"))),
            Some(seed) => words_of(seed as u64),
            None => words_of(fresh())
                .into_iter()
                .chain(words_of(fresh()))
                .collect(),
        };
        Generator(Rc::new(RefCell::new(Modern {
            bits: Pcg64::new(seed_sequence(&words)),
        })))
    }
}

/// An array of draws in row order.
pub(super) fn array<T, H: Shape>(shape: H, mut one: impl FnMut() -> T) -> Array<T, H::Dim> {
    let dims = or_throw(try_dims(&shape));
    let count = ndarray::Dimension::size(&dims);
    let items: Vec<T> = (0..count).map(|_| one()).collect();
    Array::from_shape_vec(dims, items).expect("as many draws as the shape says")
}

macro_rules! distributions {
    ($($name:ident / $array:ident ($($parameter:ident),*) -> $out:ty;)*) => {
        distributions!(@for RandomState $($name / $array ($($parameter),*) -> $out;)*);
        distributions!(@for Generator $($name / $array ($($parameter),*) -> $out;)*);
    };
    (@for $stream:ident $($name:ident / $array:ident ($($parameter:ident),*) -> $out:ty;)*) => {
        impl $stream {$(
            #[doc = concat!("One draw of `", stringify!($name), "`.")]
            pub fn $name(&self, $($parameter: f64),*) -> $out {
                draw::$name(&mut *self.0.borrow_mut(), $($parameter),*)
            }

            #[doc = concat!("An array of draws of `", stringify!($name), "`.")]
            pub fn $array<H: Shape>(&self, $($parameter: f64,)* shape: H) -> Array<$out, H::Dim> {
                array(shape, || self.$name($($parameter),*))
            }
        )*}
    };
}

distributions! {
    random / random_array () -> f64;
    standard_normal / standard_normal_array () -> f64;
    standard_exponential / standard_exponential_array () -> f64;
    standard_cauchy / standard_cauchy_array () -> f64;
    standard_gamma / standard_gamma_array (shape_parameter) -> f64;
    standard_t / standard_t_array (freedom) -> f64;
    uniform / uniform_array (low, high) -> f64;
    normal / normal_array (center, scale) -> f64;
    lognormal / lognormal_array (center, scale) -> f64;
    exponential / exponential_array (scale) -> f64;
    gamma / gamma_array (shape_parameter, scale) -> f64;
    beta / beta_array (a, b) -> f64;
    chisquare / chisquare_array (freedom) -> f64;
    f / f_array (numerator, denominator) -> f64;
    laplace / laplace_array (center, scale) -> f64;
    logistic / logistic_array (center, scale) -> f64;
    gumbel / gumbel_array (center, scale) -> f64;
    rayleigh / rayleigh_array (scale) -> f64;
    weibull / weibull_array (a) -> f64;
    pareto / pareto_array (a) -> f64;
    power / power_array (a) -> f64;
    triangular / triangular_array (left, mode, right) -> f64;
    poisson / poisson_array (rate) -> i64;
    geometric / geometric_array (p) -> i64;
    negative_binomial / negative_binomial_array (successes, p) -> i64;
    noncentral_chisquare / noncentral_chisquare_array (freedom, noncentrality) -> f64;
    noncentral_f / noncentral_f_array (numerator, denominator, noncentrality) -> f64;
    wald / wald_array (mean, scale) -> f64;
    zipf / zipf_array (a) -> i64;
    vonmises / vonmises_array (center, concentration) -> f64;
    logseries / logseries_array (p) -> i64;
}

/// Parameters of one draw after the other, in row order, as NumPy's.
fn in_order<P, U, D: ndarray::Dimension>(
    parameters: &Array<P, D>,
    one: impl FnMut(&P) -> U,
) -> Array<U, D> {
    let items: Vec<U> = parameters.iter().map(one).collect();
    Array::from_shape_vec(parameters.raw_dim(), items).expect("one draw for each item")
}

macro_rules! parameters_that_are_arrays {
    ($($stream:ident),*: $one:tt $two:tt $three:tt) => {$(
        parameters_that_are_arrays!(@one $stream $one);
        parameters_that_are_arrays!(@two $stream $two);
        parameters_that_are_arrays!(@three $stream $three);
    )*};
    (@one $stream:ident { $($name:ident / $each:ident -> $out:ty;)* }) => {
        impl $stream {$(
            #[doc = concat!("Draws of `", stringify!($name), "` for each parameter.")]
            pub fn $each<A: Operand<Elem = f64>>(&self, a: A) -> Array<$out, A::Dim> {
                a.viewed(|a| in_order(&a.to_owned(), |&a| self.$name(a)))
            }
        )*}
    };
    (@two $stream:ident { $($name:ident / $each:ident -> $out:ty;)* }) => {
        impl $stream {$(
            #[doc = concat!("Draws of `", stringify!($name), "` for each pair of parameters.")]
            pub fn $each<A: Operand<Elem = f64>, B: Operand<Elem = f64>>(&self, a: A, b: B) -> Array<$out, Broadcast<A, B>>
            where
                A::Dim: DimMax<B::Dim>,
            {
                in_order(&or_throw(try_zip(a, b, |&a, &b| (a, b))), |&(a, b)| self.$name(a, b))
            }
        )*}
    };
    (@three $stream:ident { $($name:ident / $each:ident -> $out:ty;)* }) => {
        impl $stream {$(
            #[doc = concat!("Draws of `", stringify!($name), "` for each three parameters.")]
            pub fn $each<A: Operand<Elem = f64>, B: Operand<Elem = f64>, C: Operand<Elem = f64>>(
                &self,
                a: A,
                b: B,
                c: C,
            ) -> Array<$out, <Broadcast<A, B> as DimMax<C::Dim>>::Output>
            where
                A::Dim: DimMax<B::Dim>,
                Broadcast<A, B>: DimMax<C::Dim>,
            {
                let places = or_throw(try_zip(a, b, |&a, &b| (a, b)));
                let all = c.viewed(|c| {
                    let shape = or_throw(broadcast_shape(&places.raw_dim(), &c.raw_dim()));
                    let pairs = places.broadcast(shape.clone()).expect("the common shape fits");
                    let third = c.broadcast(shape).expect("the common shape fits");
                    ndarray::Zip::from(&pairs).and(&third).map_collect(|&(a, b), &c| (a, b, c))
                });
                in_order(&all, |&(a, b, c)| self.$name(a, b, c))
            }
        )*}
    };
}
parameters_that_are_arrays! { RandomState, Generator:
    {
        standard_gamma / standard_gamma_each -> f64;
        standard_t / standard_t_each -> f64;
        exponential / exponential_each -> f64;
        chisquare / chisquare_each -> f64;
        rayleigh / rayleigh_each -> f64;
        weibull / weibull_each -> f64;
        pareto / pareto_each -> f64;
        power / power_each -> f64;
        poisson / poisson_each -> i64;
        geometric / geometric_each -> i64;
        zipf / zipf_each -> i64;
        logseries / logseries_each -> i64;
    }
    {
        uniform / uniform_each -> f64;
        normal / normal_each -> f64;
        lognormal / lognormal_each -> f64;
        gamma / gamma_each -> f64;
        beta / beta_each -> f64;
        f / f_each -> f64;
        laplace / laplace_each -> f64;
        logistic / logistic_each -> f64;
        gumbel / gumbel_each -> f64;
        negative_binomial / negative_binomial_each -> i64;
        noncentral_chisquare / noncentral_chisquare_each -> f64;
        wald / wald_each -> f64;
        vonmises / vonmises_each -> f64;
    }
    {
        triangular / triangular_each -> f64;
        noncentral_f / noncentral_f_each -> f64;
    }
}

macro_rules! counts {
    ($($stream:ident),*) => {$(
        impl $stream {
            /// One draw of `hypergeometric`.
            pub fn hypergeometric(&self, good: i64, bad: i64, sample: i64) -> i64 {
                if good + bad < sample {
                    or_throw::<()>(Err(value_error("ngood + nbad < nsample")));
                }
                draw::hypergeometric(&mut *self.0.borrow_mut(), good, bad, sample)
            }

            /// An array of draws of `hypergeometric`.
            pub fn hypergeometric_array<H: Shape>(&self, good: i64, bad: i64, sample: i64, shape: H) -> Array<i64, H::Dim> {
                array(shape, || self.hypergeometric(good, bad, sample))
            }

            /// One draw of `binomial`.
            pub fn binomial(&self, trials: i64, p: f64) -> i64 {
                draw::binomial(&mut *self.0.borrow_mut(), trials, p)
            }

            /// An array of draws of `binomial`.
            pub fn binomial_array<H: Shape>(&self, trials: i64, p: f64, shape: H) -> Array<i64, H::Dim> {
                array(shape, || self.binomial(trials, p))
            }

            /// Draws of `binomial` for each pair of counts and probabilities.
            pub fn binomial_each<A: Operand<Elem = i64>, B: Operand<Elem = f64>>(&self, trials: A, p: B) -> Array<i64, Broadcast<A, B>>
            where
                A::Dim: DimMax<B::Dim>,
            {
                in_order(&or_throw(try_zip(trials, p, |&n, &p| (n, p))), |&(n, p)| self.binomial(n, p))
            }

            /// `multinomial(trials, probabilities)`.
            pub fn multinomial(&self, trials: i64, probabilities: &[f64]) -> ndarray::Array1<i64> {
                draw::multinomial(&mut *self.0.borrow_mut(), trials, probabilities).into()
            }

            /// `dirichlet(alpha)`.
            pub fn dirichlet(&self, alpha: &[f64]) -> ndarray::Array1<f64> {
                draw::dirichlet(&mut *self.0.borrow_mut(), alpha).into()
            }
        }
    )*};
}
counts!(RandomState, Generator);
