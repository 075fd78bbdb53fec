//! What makes a split good: Gini impurity and entropy for classes, squared error for numbers.

/// Which measure is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Gini impurity.
    Gini,
    /// Entropy in bits.
    Entropy,
    /// Squared error.
    SquaredError,
}

/// Running sums over the samples of one node, left and right of a position.
///
/// For classes there is one sum for each class (of weights), for numbers one sum (of weighted targets).
pub struct Sums<'a> {
    measure: Measure,
    y: &'a [f64],
    weights: Option<&'a [f64]>,
    start: usize,
    position: usize,
    end: usize,
    total: Vec<f64>,
    left: Vec<f64>,
    right: Vec<f64>,
    squares: f64,
    pub weight: f64,
    pub weight_left: f64,
    pub weight_right: f64,
}

impl<'a> Sums<'a> {
    /// Sums over nothing. `y` holds class numbers or targets.
    pub fn new(measure: Measure, y: &'a [f64], weights: Option<&'a [f64]>, classes: usize) -> Self {
        let size = if measure == Measure::SquaredError {
            1
        } else {
            classes
        };
        Sums {
            measure,
            y,
            weights,
            start: 0,
            position: 0,
            end: 0,
            total: vec![0.0; size],
            left: vec![0.0; size],
            right: vec![0.0; size],
            squares: 0.0,
            weight: 0.0,
            weight_left: 0.0,
            weight_right: 0.0,
        }
    }

    fn weight_of(&self, sample: usize) -> f64 {
        self.weights.map_or(1.0, |weights| weights[sample])
    }

    /// Where the sample's sum is, and what it adds there.
    fn share(&self, sample: usize, weight: f64) -> (usize, f64) {
        if self.measure == Measure::SquaredError {
            (0, weight * self.y[sample])
        } else {
            (self.y[sample] as usize, weight)
        }
    }

    /// Begins with the samples `samples[start..end]`, all on the right.
    pub fn begin(&mut self, samples: &[usize], start: usize, end: usize) {
        (self.start, self.end) = (start, end);
        self.total.fill(0.0);
        self.squares = 0.0;
        self.weight = 0.0;
        for &sample in &samples[start..end] {
            let weight = self.weight_of(sample);
            let (place, value) = self.share(sample, weight);
            self.total[place] += value;
            if self.measure == Measure::SquaredError {
                self.squares += value * self.y[sample];
            }
            self.weight += weight;
        }
        self.reset();
    }

    /// All samples on the right.
    pub fn reset(&mut self) {
        self.position = self.start;
        self.left.fill(0.0);
        self.right.copy_from_slice(&self.total);
        self.weight_left = 0.0;
        self.weight_right = self.weight;
    }

    /// Moves the border to `position`, from whichever end is nearer.
    pub fn move_to(&mut self, samples: &[usize], position: usize) {
        if position - self.position <= self.end - position {
            for &sample in &samples[self.position..position] {
                let weight = self.weight_of(sample);
                let (place, value) = self.share(sample, weight);
                self.left[place] += value;
                self.weight_left += weight;
            }
        } else {
            self.left.copy_from_slice(&self.total);
            self.weight_left = self.weight;
            for &sample in samples[position..self.end].iter().rev() {
                let weight = self.weight_of(sample);
                let (place, value) = self.share(sample, weight);
                self.left[place] -= value;
                self.weight_left -= weight;
            }
        }
        self.weight_right = self.weight - self.weight_left;
        for ((right, total), left) in self.right.iter_mut().zip(&self.total).zip(&self.left) {
            *right = total - left;
        }
        self.position = position;
    }

    fn impurity_of(&self, sums: &[f64], weight: f64) -> f64 {
        match self.measure {
            Measure::Gini => {
                1.0 - sums.iter().map(|sum| sum * sum).sum::<f64>() / (weight * weight)
            }
            Measure::Entropy => {
                let mut entropy = 0.0;
                for sum in sums {
                    if *sum > 0.0 {
                        let share = sum / weight;
                        entropy -= share * (share.ln() / 2.0f64.ln());
                    }
                }
                entropy
            }
            Measure::SquaredError => {
                let mean = sums[0] / weight;
                self.squares / weight - mean * mean
            }
        }
    }

    /// The impurity of the whole node.
    pub fn impurity(&self) -> f64 {
        self.impurity_of(&self.total, self.weight)
    }

    /// The impurities left and right of the border.
    pub fn sides(&self, samples: &[usize]) -> (f64, f64) {
        if self.measure != Measure::SquaredError {
            return (
                self.impurity_of(&self.left, self.weight_left),
                self.impurity_of(&self.right, self.weight_right),
            );
        }
        let mut squares = 0.0;
        for &sample in &samples[self.start..self.position] {
            let y = self.y[sample];
            squares += self.weight_of(sample) * y * y;
        }
        let (left, right) = (
            self.left[0] / self.weight_left,
            self.right[0] / self.weight_right,
        );
        (
            squares / self.weight_left - left * left,
            (self.squares - squares) / self.weight_right - right * right,
        )
    }

    /// A quantity that is largest for the best border.
    pub fn merit(&self) -> f64 {
        if self.measure == Measure::SquaredError {
            return self.left[0] * self.left[0] / self.weight_left
                + self.right[0] * self.right[0] / self.weight_right;
        }
        let left = self.impurity_of(&self.left, self.weight_left);
        let right = self.impurity_of(&self.right, self.weight_right);
        -self.weight_right * right - self.weight_left * left
    }

    /// What a leaf with these samples predicts: shares of the classes, or the mean.
    pub fn value(&self) -> Vec<f64> {
        self.total.iter().map(|sum| sum / self.weight).collect()
    }
}
