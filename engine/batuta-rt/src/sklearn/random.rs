//! NumPy's legacy generator (`RandomState`, MT19937) for the draws inside estimators and splitters.

/// The generator and its state.
#[derive(Clone)]
pub struct RandomState {
    key: [u32; 624],
    position: usize,
    spare: Option<f64>,
}

impl RandomState {
    /// `RandomState(seed)`.
    pub fn new(seed: u32) -> Self {
        let mut key = [0u32; 624];
        key[0] = seed;
        for at in 1..624 {
            key[at] = 1_812_433_253u32.wrapping_mul(key[at - 1] ^ (key[at - 1] >> 30)).wrapping_add(at as u32);
        }
        RandomState { key, position: 624, spare: None }
    }

    /// The generator that `random_state` names: a seed, or a fresh one from the clock.
    pub fn from_seed(seed: Option<i64>) -> Self {
        match seed {
            Some(seed) => Self::new(seed as u32),
            None => {
                let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |past| past.as_nanos());
                Self::new(now as u32 ^ (now >> 32) as u32)
            }
        }
    }

    fn twist(&mut self) {
        for at in 0..624 {
            let joined = (self.key[at] & 0x8000_0000) | (self.key[(at + 1) % 624] & 0x7fff_ffff);
            let mut next = self.key[(at + 397) % 624] ^ (joined >> 1);
            if joined & 1 == 1 {
                next ^= 0x9908_b0df;
            }
            self.key[at] = next;
        }
        self.position = 0;
    }

    /// 32 random bits.
    pub fn bits(&mut self) -> u32 {
        if self.position == 624 {
            self.twist();
        }
        let mut value = self.key[self.position];
        self.position += 1;
        value ^= value >> 11;
        value ^= (value << 7) & 0x9d2c_5680;
        value ^= (value << 15) & 0xefc6_0000;
        value ^ (value >> 18)
    }

    /// `random_sample()`: a float in [0, 1) with 53 random bits.
    pub fn random(&mut self) -> f64 {
        let high = f64::from(self.bits() >> 5);
        let low = f64::from(self.bits() >> 6);
        (high * 67_108_864.0 + low) / 9_007_199_254_740_992.0
    }

    /// An integer in [0, most], by masking and trying again.
    pub fn interval(&mut self, most: u64) -> u64 {
        if most == 0 {
            return 0;
        }
        let mask = u64::MAX >> most.leading_zeros();
        loop {
            let value = if most <= u64::from(u32::MAX) {
                u64::from(self.bits())
            } else {
                (u64::from(self.bits()) << 32) | u64::from(self.bits())
            } & mask;
            if value <= most {
                return value;
            }
        }
    }

    /// `randint(low, high)`.
    pub fn randint(&mut self, low: i64, high: i64) -> i64 {
        low + self.interval((high - low - 1) as u64) as i64
    }

    /// `uniform(low, high)`.
    pub fn uniform(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.random()
    }

    /// `standard_normal()`, by the polar method with its spare value.
    pub fn standard_normal(&mut self) -> f64 {
        if let Some(value) = self.spare.take() {
            return value;
        }
        loop {
            let x = 2.0 * self.random() - 1.0;
            let y = 2.0 * self.random() - 1.0;
            let square = x * x + y * y;
            if square < 1.0 && square != 0.0 {
                let factor = (-2.0 * square.ln() / square).sqrt();
                self.spare = Some(factor * x);
                return factor * y;
            }
        }
    }

    /// `normal(mean, deviation)`.
    pub fn normal(&mut self, mean: f64, deviation: f64) -> f64 {
        mean + deviation * self.standard_normal()
    }

    /// `shuffle(values)`.
    pub fn shuffle<T>(&mut self, values: &mut [T]) {
        for last in (1..values.len()).rev() {
            let other = self.interval(last as u64) as usize;
            values.swap(last, other);
        }
    }

    /// `permutation(count)`.
    pub fn permutation(&mut self, count: usize) -> Vec<usize> {
        let mut values: Vec<usize> = (0..count).collect();
        self.shuffle(&mut values);
        values
    }

    /// `choice(len(weights), p=weights / sum(weights))`.
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
