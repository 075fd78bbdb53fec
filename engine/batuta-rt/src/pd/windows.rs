//! Moving windows over the rows of a column, as pandas computes them: one value comes and one goes.

use super::column::Column;
use super::series::Series;
use crate::py::OrThrow;

/// `series.rolling(window, min_periods)`.
#[derive(Clone, Debug)]
pub struct Rolling {
    series: Series,
    values: Vec<f64>,
    window: usize,
    least: usize,
}

impl Series {
    /// `series.rolling(window, min_periods)`; without the second as many values as the window has places.
    pub fn rolling(&self, window: i64, least: Option<i64>) -> Rolling {
        Rolling {
            series: self.clone(),
            values: self.values.floats().or_throw(),
            window: window as usize,
            least: least.unwrap_or(window) as usize,
        }
    }
}

/// A sum to which values come and from which they go; what rounding takes away is kept for either.
#[derive(Default)]
struct Kept {
    sum: f64,
    added: f64,
    removed: f64,
}

impl Kept {
    fn put(&mut self, value: f64, removed: bool) {
        let lost = if removed {
            &mut self.removed
        } else {
            &mut self.added
        };
        let next = if removed { -value } else { value } - *lost;
        let total = self.sum + next;
        *lost = total - self.sum - next;
        self.sum = total;
    }
}

impl Rolling {
    fn made(&self, values: Vec<f64>) -> Series {
        self.series.with_values(Column::Float(values))
    }

    /// What is computed of the window of each row, from the values in it that are there.
    fn each(&self, of: impl Fn(&[f64]) -> f64) -> Series {
        let values = (0..self.values.len()).map(|end| {
            let start = (end + 1).saturating_sub(self.window);
            let there: Vec<f64> = self.values[start..=end]
                .iter()
                .copied()
                .filter(|x| !x.is_nan())
                .collect();
            match there.len() >= self.least.max(1) {
                true => of(&there),
                false => f64::NAN,
            }
        });
        self.made(values.collect())
    }

    /// The sums, and how many values each is of, with what they are where all values are the same.
    fn sums(&self, of: impl Fn(f64, usize) -> f64, same: impl Fn(f64, usize) -> f64) -> Series {
        let mut kept = Kept::default();
        let (mut count, mut negative, mut alike, mut last) = (0_usize, 0_usize, 0_usize, f64::NAN);
        let mut made = Vec::with_capacity(self.values.len());
        for (row, &value) in self.values.iter().enumerate() {
            if row >= self.window {
                let gone = self.values[row - self.window];
                if !gone.is_nan() {
                    kept.put(gone, true);
                    count -= 1;
                    negative -= usize::from(gone.is_sign_negative());
                }
            }
            if !value.is_nan() {
                kept.put(value, false);
                count += 1;
                negative += usize::from(value.is_sign_negative());
                alike = if value == last { alike + 1 } else { 1 };
                last = value;
            }
            made.push(if count < self.least.max(1) {
                f64::NAN
            } else if alike >= count {
                same(last, count)
            } else {
                let found = of(kept.sum, count);
                match (negative == 0 && found < 0.0) || (negative == count && found > 0.0) {
                    true => 0.0,
                    false => found,
                }
            });
        }
        self.made(made)
    }

    /// `mean()`.
    pub fn mean(&self) -> Series {
        self.sums(|sum, count| sum / count as f64, |value, _| value)
    }

    /// `sum()`.
    pub fn sum(&self) -> Series {
        self.sums(|sum, _| sum, |value, count| value * count as f64)
    }

    /// `min()`.
    pub fn least(&self) -> Series {
        self.each(|values| values.iter().copied().fold(f64::INFINITY, f64::min))
    }

    /// `max()`.
    pub fn greatest(&self) -> Series {
        self.each(|values| values.iter().copied().fold(f64::NEG_INFINITY, f64::max))
    }

    /// `median()`.
    pub fn median(&self) -> Series {
        self.each(|values| {
            let mut sorted = values.to_vec();
            sorted.sort_by(f64::total_cmp);
            let half = sorted.len() / 2;
            match sorted.len() % 2 {
                1 => sorted[half],
                _ => (sorted[half - 1] + sorted[half]) / 2.0,
            }
        })
    }

    /// `var()`.
    pub fn var(&self) -> Series {
        let (mut count, mut mean, mut squares) = (0.0_f64, 0.0_f64, 0.0_f64);
        let (mut added, mut removed) = (0.0_f64, 0.0_f64);
        let (mut alike, mut last) = (0.0_f64, f64::NAN);
        let mut made = Vec::with_capacity(self.values.len());
        for (row, &value) in self.values.iter().enumerate() {
            if row >= self.window {
                let gone = self.values[row - self.window];
                if !gone.is_nan() {
                    count -= 1.0;
                    if count > 0.0 {
                        let before = mean - removed;
                        let next = gone - removed;
                        let from = next - mean;
                        removed = from + mean - next;
                        mean -= from / count;
                        squares -= (gone - before) * (gone - mean);
                    } else {
                        (mean, squares) = (0.0, 0.0);
                    }
                }
            }
            if !value.is_nan() {
                count += 1.0;
                alike = if value == last { alike + 1.0 } else { 1.0 };
                last = value;
                let before = mean - added;
                let next = value - added;
                let from = next - mean;
                added = from + mean - next;
                mean += from / count;
                squares += (value - before) * (value - mean);
            }
            made.push(if count < self.least.max(1) as f64 || count <= 1.0 {
                f64::NAN
            } else if alike >= count {
                0.0
            } else {
                squares / (count - 1.0)
            });
        }
        self.made(made)
    }

    /// `std()`.
    pub fn std(&self) -> Series {
        let found = self.var();
        let values = found.values.floats().or_throw();
        // A variance that rounding made negative is none.
        self.made(
            values
                .iter()
                .map(|&x| if x < 0.0 { 0.0 } else { x.sqrt() })
                .collect(),
        )
    }
}
