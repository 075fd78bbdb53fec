//! Python's `random`: the same numbers from the same seed, bit for bit.

mod distributions;
mod twister;

use std::cell::RefCell;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::rc::Rc;

use super::errors::{Exception, OrThrow};
use super::failures::{index_error, value_error};
use super::key::hash_float;
use super::list::{AsList, ListPlace};
use twister::Twister;

/// A generator of random numbers; a clone is the same generator.
#[derive(Clone)]
pub struct Random(Rc<RefCell<Twister>>);

impl Default for Random {
    fn default() -> Self {
        Self::unseeded()
    }
}

fn entropy() -> Twister {
    let digits = [(); 4].map(|()| RandomState::new().hash_one(0) as u32);
    Twister::from_digits(&digits)
}

thread_local! {
    static GLOBAL: Random = Random::unseeded();
}

/// The generator behind the functions of the module.
pub fn global() -> Random {
    GLOBAL.with(Clone::clone)
}

/// What a generator can be seeded with.
pub trait Seed {
    /// The number that it stands for; None asks the system for a new one each time.
    fn number(self) -> Option<i64>;

    /// The number in digits of 32 bits, the lowest first.
    fn digits(self) -> Option<Vec<u32>>
    where
        Self: Sized,
    {
        let magnitude = self.number()?.unsigned_abs();
        let (low, high) = (magnitude as u32, (magnitude >> 32) as u32);
        Some(if high == 0 {
            vec![low]
        } else {
            vec![low, high]
        })
    }
}

/// A text is the number that its bytes and their SHA-512 are.
impl Seed for &str {
    fn number(self) -> Option<i64> {
        None
    }

    fn digits(self) -> Option<Vec<u32>> {
        let hash = super::hashlib::new("sha512", self.as_bytes()).digest();
        let mut bytes = [self.as_bytes(), &hash].concat();
        bytes.reverse();
        let mut digits: Vec<u32> = bytes
            .chunks(4)
            .map(|part| {
                part.iter()
                    .rev()
                    .fold(0, |digit, &byte| (digit << 8) | u32::from(byte))
            })
            .collect();
        while digits.len() > 1 && digits.last() == Some(&0) {
            digits.pop();
        }
        Some(digits)
    }
}

impl Seed for i64 {
    fn number(self) -> Option<i64> {
        Some(self)
    }
}

impl Seed for bool {
    fn number(self) -> Option<i64> {
        Some(i64::from(self))
    }
}

impl Seed for f64 {
    fn number(self) -> Option<i64> {
        Some(hash_float(self))
    }
}

impl Seed for () {
    fn number(self) -> Option<i64> {
        None
    }
}

impl<S: Seed> Seed for Option<S> {
    fn number(self) -> Option<i64> {
        self.and_then(S::number)
    }

    fn digits(self) -> Option<Vec<u32>> {
        self.and_then(S::digits)
    }
}

impl Random {
    /// `Random(seed)`.
    pub fn new(seed: impl Seed) -> Self {
        let random = Self::unseeded();
        random.seed(seed);
        random
    }

    /// `Random()`.
    pub fn unseeded() -> Self {
        Random(Rc::new(RefCell::new(entropy())))
    }

    fn draw<R>(&self, draw: impl FnOnce(&mut Twister) -> R) -> R {
        draw(&mut self.0.borrow_mut())
    }

    fn below(&self, limit: usize) -> usize {
        self.draw(|twister| twister.next_below(limit as u64)) as usize
    }

    /// `seed(a)`.
    pub fn seed(&self, seed: impl Seed) {
        *self.0.borrow_mut() = seed
            .digits()
            .map_or_else(entropy, |digits| Twister::from_digits(&digits));
    }

    /// `random()`: a float in [0, 1).
    pub fn random(&self) -> f64 {
        self.draw(Twister::next_float)
    }

    /// `getrandbits(k)`, for at most 63 bits.
    pub fn try_getrandbits(&self, bits: i64) -> Result<i64, Exception> {
        match bits {
            ..0 => Err(value_error("number of bits must be non-negative")),
            0..=63 => Ok(self.draw(|twister| twister.next_bits(bits as u32)) as i64),
            _ => super::integer_overflow(),
        }
    }

    /// `randrange(start, stop, step)`; with `stop` None the range begins at zero.
    pub fn try_randrange(
        &self,
        start: i64,
        stop: Option<i64>,
        step: i64,
    ) -> Result<i64, Exception> {
        let Some(stop) = stop else {
            if start <= 0 {
                return Err(value_error("empty range for randrange()"));
            }
            return Ok(self.draw(|twister| twister.next_below(start as u64)) as i64);
        };
        let (first, width, stride) = (
            i128::from(start),
            i128::from(stop) - i128::from(start),
            i128::from(step),
        );
        let count = match stride {
            1 if width <= 0 => {
                return Err(value_error(format!(
                    "empty range for randrange() ({start}, {stop}, {width})"
                )));
            }
            0 => return Err(value_error("zero step for randrange()")),
            1.. => (width + stride - 1).div_euclid(stride),
            _ => (-width - stride - 1).div_euclid(-stride),
        };
        if count <= 0 {
            return Err(value_error("empty range for randrange()"));
        }
        let Ok(limit) = u64::try_from(count) else {
            super::integer_overflow()
        };
        Ok((first + stride * i128::from(self.draw(|twister| twister.next_below(limit)))) as i64)
    }

    /// `randint(a, b)`: both ends are possible.
    pub fn try_randint(&self, low: i64, high: i64) -> Result<i64, Exception> {
        self.try_randrange(
            low,
            Some(
                high.checked_add(1)
                    .unwrap_or_else(|| super::integer_overflow()),
            ),
            1,
        )
    }

    /// `choice(items)`.
    pub fn try_choice<T: Clone>(&self, items: &(impl AsList<T> + ?Sized)) -> Result<T, Exception> {
        items.with_items(|items| {
            if items.is_empty() {
                return Err(index_error("Cannot choose from an empty sequence"));
            }
            Ok(items[self.below(items.len())].clone())
        })
    }

    /// `choice` of something that is not a list.
    pub fn try_choice_of<T: Clone>(
        &self,
        items: impl IntoIterator<Item = T>,
    ) -> Result<T, Exception> {
        self.try_choice(&Vec::from_iter(items))
    }

    /// `shuffle(items)`.
    pub fn shuffle<T>(&self, items: impl ListPlace<T>) {
        items.change(|items| {
            for each in (1..items.len()).rev() {
                items.swap(each, self.below(each + 1));
            }
        });
    }

    /// `sample(items, k)`.
    pub fn try_sample<T: Clone>(
        &self,
        items: impl IntoIterator<Item = T>,
        count: i64,
    ) -> Result<Vec<T>, Exception> {
        let mut pool = Vec::from_iter(items);
        let size = pool.len();
        if !(0..=size as i64).contains(&count) {
            return Err(value_error("Sample larger than population or is negative"));
        }
        let count = count as usize;
        // CPython compares the sizes of a list and of a set with so many items, and draws differently for each.
        let mut set_size = 21.0;
        if count > 5 {
            set_size += 4_f64.powf(((count as f64 * 3.0).ln() / 4_f64.ln()).ceil());
        }
        if size as f64 <= set_size {
            return Ok((0..count)
                .map(|each| {
                    let place = self.below(size - each);
                    let chosen = pool[place].clone();
                    pool[place] = pool[size - each - 1].clone();
                    chosen
                })
                .collect());
        }
        let mut selected = std::collections::HashSet::with_capacity(count);
        Ok((0..count)
            .map(|_| {
                let mut place = self.below(size);
                while !selected.insert(place) {
                    place = self.below(size);
                }
                pool[place].clone()
            })
            .collect())
    }

    /// `choices(items, k=count)`.
    pub fn try_choices<T: Clone>(
        &self,
        items: impl IntoIterator<Item = T>,
        count: i64,
    ) -> Result<Vec<T>, Exception> {
        let items = Vec::from_iter(items);
        if items.is_empty() && count > 0 {
            return Err(index_error("list index out of range"));
        }
        let size = items.len() as f64;
        Ok((0..count)
            .map(|_| items[(self.random() * size).floor() as usize].clone())
            .collect())
    }

    /// `choices(items, weights, k=count)`; with `cumulative` the weights are sums already.
    pub fn try_choices_by_weight<T: Clone, W: Into<Weight>>(
        &self,
        items: impl IntoIterator<Item = T>,
        weights: impl IntoIterator<Item = W>,
        cumulative: bool,
        count: i64,
    ) -> Result<Vec<T>, Exception> {
        let items = Vec::from_iter(items);
        let mut sum = 0.0;
        let mut sums: Vec<f64> = Vec::new();
        for weight in weights {
            let Weight(weight) = weight.into();
            sum = if cumulative || sums.is_empty() {
                weight
            } else {
                sum + weight
            };
            sums.push(sum);
        }
        if sums.len() != items.len() {
            return Err(value_error(
                "The number of weights does not match the population",
            ));
        }
        let Some(total) = sums.last().copied() else {
            return Err(index_error("list index out of range"));
        };
        if total <= 0.0 {
            return Err(value_error("Total of weights must be greater than zero"));
        }
        if !total.is_finite() {
            return Err(value_error("Total of weights must be finite"));
        }
        let last = items.len() - 1;
        Ok((0..count)
            .map(|_| {
                let wanted = self.random() * total;
                let place = sums[..last].partition_point(|sum| *sum <= wanted);
                items[place].clone()
            })
            .collect())
    }
}

/// A weight of `choices`. Sums of ints are exact in Python, and here as far as a float is.
pub struct Weight(f64);

impl From<i64> for Weight {
    fn from(weight: i64) -> Self {
        Weight(weight as f64)
    }
}

impl From<f64> for Weight {
    fn from(weight: f64) -> Self {
        Weight(weight)
    }
}

/// The form of each method that ends the program, and the functions of the module, which draw from the global generator.
macro_rules! public {
    ($($(#[$note:meta])* $name:ident, $attempt:ident [$($generic:tt)*] ($($argument:ident: $type:ty),*) -> $result:ty;)*) => {
        impl Random {
            $(
                $(#[$note])*
                pub fn $name<$($generic)*>(&self, $($argument: $type),*) -> $result {
                    self.$attempt($($argument),*).or_throw()
                }
            )*
        }
        $(
            $(#[$note])*
            pub fn $name<$($generic)*>($($argument: $type),*) -> $result {
                global().$name($($argument),*)
            }
            $(#[$note])*
            pub fn $attempt<$($generic)*>($($argument: $type),*) -> Result<$result, Exception> {
                global().$attempt($($argument),*)
            }
        )*
    };
}

public! {
    /// `getrandbits(k)`.
    getrandbits, try_getrandbits [] (bits: i64) -> i64;
    /// `randrange(start, stop, step)`.
    randrange, try_randrange [] (start: i64, stop: Option<i64>, step: i64) -> i64;
    /// `randint(a, b)`.
    randint, try_randint [] (low: i64, high: i64) -> i64;
    /// `choice(items)`.
    choice, try_choice [T: Clone] (items: &(impl AsList<T> + ?Sized)) -> T;
    /// `choice` of something that is not a list.
    choice_of, try_choice_of [T: Clone] (items: impl IntoIterator<Item = T>) -> T;
    /// `sample(items, k)`.
    sample, try_sample [T: Clone] (items: impl IntoIterator<Item = T>, count: i64) -> Vec<T>;
    /// `choices(items, k=count)`.
    choices, try_choices [T: Clone] (items: impl IntoIterator<Item = T>, count: i64) -> Vec<T>;
    /// `choices(items, weights, k=count)`.
    choices_by_weight, try_choices_by_weight [T: Clone, W: Into<Weight>] (items: impl IntoIterator<Item = T>, weights: impl IntoIterator<Item = W>, cumulative: bool, count: i64) -> Vec<T>;
    /// `gammavariate(alpha, beta)`.
    gammavariate, try_gammavariate [] (alpha: f64, beta: f64) -> f64;
    /// `betavariate(alpha, beta)`.
    betavariate, try_betavariate [] (alpha: f64, beta: f64) -> f64;
    /// `expovariate(lambd)`.
    expovariate, try_expovariate [] (rate: f64) -> f64;
}

/// The functions of the module that never raise.
macro_rules! infallible {
    ($($(#[$note:meta])* $name:ident [$($generic:tt)*] ($($argument:ident: $type:ty),*) $(-> $result:ty)?;)*) => {$(
        $(#[$note])*
        pub fn $name<$($generic)*>($($argument: $type),*) $(-> $result)? {
            global().$name($($argument),*)
        }
    )*};
}

infallible! {
    /// `seed(a)`.
    seed [S: Seed] (seed: S);
    /// `random()`.
    random [] () -> f64;
    /// `shuffle(items)`.
    shuffle [T] (items: impl ListPlace<T>);
    /// `uniform(a, b)`.
    uniform [] (low: f64, high: f64) -> f64;
    /// `triangular(low, high, mode)`.
    triangular [] (low: f64, high: f64, mode: Option<f64>) -> f64;
    /// `normalvariate(mu, sigma)`.
    normalvariate [] (mean: f64, deviation: f64) -> f64;
    /// `gauss(mu, sigma)`.
    gauss [] (mean: f64, deviation: f64) -> f64;
    /// `lognormvariate(mu, sigma)`.
    lognormvariate [] (mean: f64, deviation: f64) -> f64;
    /// `vonmisesvariate(mu, kappa)`.
    vonmisesvariate [] (mean: f64, concentration: f64) -> f64;
    /// `paretovariate(alpha)`.
    paretovariate [] (alpha: f64) -> f64;
    /// `weibullvariate(alpha, beta)`.
    weibullvariate [] (alpha: f64, beta: f64) -> f64;
}

#[cfg(test)]
mod tests;
