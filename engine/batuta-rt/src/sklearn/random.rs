//! The draws inside estimators and splitters: NumPy's `RandomState`.

use super::errors::Result;
use super::estimator::AnyEstimator;
use super::parameters::Param;
use crate::np::random as numpy;
use crate::np::random::Mt19937;

/// A stream. `random_state=None` means the stream of `np.random.seed`. A clone is the same stream.
#[derive(Clone)]
pub struct RandomState(numpy::RandomState);

impl RandomState {
    /// `RandomState(seed)`.
    pub fn new(seed: u32) -> Self {
        RandomState(numpy::RandomState::new(Some(i64::from(seed))))
    }

    /// The stream that `random_state=` names.
    pub fn from_seed(seed: Option<i64>) -> Self {
        match seed {
            Some(seed) => RandomState(numpy::RandomState::new(Some(seed))),
            None => RandomState(numpy::global()),
        }
    }

    /// `random_sample()`.
    pub fn random(&mut self) -> f64 {
        self.0.random()
    }

    /// `randint(low, high)`.
    pub fn randint(&mut self, low: i64, high: i64) -> i64 {
        self.0.randint(low, high)
    }

    /// `uniform(low, high)`.
    pub fn uniform(&mut self, low: f64, high: f64) -> f64 {
        self.0.uniform(low, high)
    }

    /// `normal(mean, deviation)`.
    pub fn normal(&mut self, mean: f64, deviation: f64) -> f64 {
        self.0.normal(mean, deviation)
    }

    /// `gamma(shape, scale)`.
    pub fn gamma(&mut self, shape: f64, scale: f64) -> f64 {
        self.0.gamma(shape, scale)
    }

    /// `poisson(rate)`.
    pub fn poisson(&mut self, rate: f64) -> i64 {
        self.0.poisson(rate)
    }

    /// `standard_normal()`.
    pub fn standard_normal(&mut self) -> f64 {
        self.0.normal(0.0, 1.0)
    }

    /// `shuffle(values)`.
    pub fn shuffle<T>(&mut self, values: &mut [T]) {
        self.0.shuffle_list(values);
    }

    /// `permutation(count)`.
    pub fn permutation(&mut self, count: usize) -> Vec<usize> {
        let mut values: Vec<usize> = (0..count).collect();
        self.shuffle(&mut values);
        values
    }

    /// `choice(len(weights), p=weights / sum(weights))` for weights that are chances.
    pub fn weighted(&mut self, weights: &[f64]) -> usize {
        let mut total = 0.0;
        let mut sums: Vec<f64> = weights
            .iter()
            .map(|weight| {
                total += weight;
                total
            })
            .collect();
        for sum in &mut sums {
            *sum /= total;
        }
        let value = self.random();
        sums.partition_point(|sum| *sum <= value)
    }
}

/// scikit-learn's small generator: xorshift with 32 bits, of which 31 are used.
pub struct XorShift(pub u32);

impl XorShift {
    /// An integer from `low` up to `high`, by the remainder.
    pub fn between(&mut self, low: usize, high: usize) -> usize {
        low + self.step() as usize % (high - low)
    }

    /// A number from `low` to `high`.
    pub fn real(&mut self, low: f64, high: f64) -> f64 {
        (high - low) * f64::from(self.step()) / f64::from(i32::MAX) + low
    }

    /// Exchanges each entry with one at or after it.
    pub fn shuffle<T>(&mut self, values: &mut [T]) {
        let count = values.len();
        for at in 0..count.saturating_sub(1) {
            values.swap(at, self.between(at, count));
        }
    }

    fn step(&mut self) -> u32 {
        if self.0 == 0 {
            self.0 = 1;
        }
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        self.0 % 0x8000_0000
    }
}

/// The stream of the support vector solvers: the Mersenne Twister, with Lemire's way to a bounded number.
pub struct SolverStream(Mt19937);

impl SolverStream {
    /// The stream of one fit.
    pub fn new(seed: u32) -> Self {
        SolverStream(Mt19937::new(seed))
    }

    /// A number below `range`.
    pub fn below(&mut self, range: u32) -> usize {
        let mut product = u64::from(self.0.next_u32()) * u64::from(range);
        let mut low = product as u32;
        if low < range {
            let rest = range.wrapping_neg() % range;
            while low < rest {
                product = u64::from(self.0.next_u32()) * u64::from(range);
                low = product as u32;
            }
        }
        (product >> 32) as usize
    }
}

/// Different numbers below `whole`, by the way of drawing that scikit-learn chooses for this share.
pub fn sample_without_replacement(
    whole: usize,
    count: usize,
    random: &mut RandomState,
) -> Vec<usize> {
    let share = if whole == 0 {
        1.0
    } else {
        count as f64 / whole as f64
    };
    if share > 0.01 && share < 0.99 {
        let mut order = random.permutation(whole);
        order.truncate(count);
        return order;
    }
    let mut chosen: Vec<usize> = Vec::with_capacity(count);
    if share < 0.2 {
        while chosen.len() < count {
            let next = random.randint(0, whole as i64) as usize;
            if !chosen.contains(&next) {
                chosen.push(next);
            }
        }
        return chosen;
    }
    chosen.extend(0..count);
    for next in count..whole {
        let place = random.randint(0, next as i64 + 1) as usize;
        if place < count {
            chosen[place] = next;
        }
    }
    chosen
}

/// Gives each seed of a copy a number from the stream of one seed.
pub fn seed_all(estimator: &dyn AnyEstimator, seed: u32) -> Result<()> {
    let mut random = RandomState::new(seed);
    let mut names = estimator.seeds();
    names.sort();
    for name in names {
        let drawn = random.randint(0, i64::from(i32::MAX));
        estimator.set_any(&name, &Param::Int(drawn))?;
    }
    Ok(())
}
