//! The draws inside estimators and splitters: NumPy's `RandomState`.

use crate::np::random as numpy;

/// A stream. `random_state=None` means the stream of `np.random.seed`.
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
