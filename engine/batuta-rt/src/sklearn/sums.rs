//! Sums in NumPy's order of additions, so that means, scales and scores have NumPy's bits.

use ndarray::{Array1, Array2};

/// NumPy's pairwise summation of a contiguous run: eight running sums for blocks of up to 128, halves above.
pub fn pairwise(values: &[f64]) -> f64 {
    let count = values.len();
    if count < 8 {
        // NumPy starts from -0.0, the neutral element that keeps the sign of a zero.
        return values.iter().fold(-0.0, |sum, value| sum + value);
    }
    if count <= 128 {
        let mut lanes = [0.0f64; 8];
        lanes.copy_from_slice(&values[..8]);
        let whole = count - count % 8;
        for block in values[8..whole].chunks_exact(8) {
            for (lane, value) in lanes.iter_mut().zip(block) {
                *lane += value;
            }
        }
        let sum = ((lanes[0] + lanes[1]) + (lanes[2] + lanes[3]))
            + ((lanes[4] + lanes[5]) + (lanes[6] + lanes[7]));
        return values[whole..].iter().fold(sum, |sum, value| sum + value);
    }
    let half = count / 2 - (count / 2) % 8;
    pairwise(&values[..half]) + pairwise(&values[half..])
}

/// The sum of any sequence, in NumPy's order for a contiguous array.
pub fn sum(values: impl IntoIterator<Item = f64>) -> f64 {
    let values: Vec<f64> = values.into_iter().collect();
    if values.is_empty() {
        0.0
    } else {
        pairwise(&values)
    }
}

/// The mean of a sequence; NaN when it is empty.
pub fn mean(values: impl IntoIterator<Item = f64>) -> f64 {
    let values: Vec<f64> = values.into_iter().collect();
    pairwise(&values) / values.len() as f64
}

/// `x.sum(axis=0)`: row after row, except that a single column is one contiguous run.
pub fn column_sums(x: &Array2<f64>) -> Array1<f64> {
    if x.ncols() == 1 {
        return Array1::from_elem(1, sum(x.iter().copied()));
    }
    let mut sums = Array1::zeros(x.ncols());
    for row in x.rows() {
        sums += &row;
    }
    sums
}

/// `x.mean(axis=0)`.
pub fn column_means(x: &Array2<f64>) -> Array1<f64> {
    column_sums(x) / x.nrows() as f64
}

/// `np.median`.
pub fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(super::target::compare);
    let count = sorted.len();
    if count == 0 || sorted[count - 1].is_nan() {
        return f64::NAN;
    }
    if count % 2 == 1 {
        sorted[count / 2]
    } else {
        (sorted[count / 2 - 1] + sorted[count / 2]) / 2.0
    }
}

/// `np.nanpercentile(values, percent)` with linear interpolation.
pub fn percentile(values: &[f64], percent: f64) -> f64 {
    let mut sorted: Vec<f64> = values
        .iter()
        .copied()
        .filter(|value| !value.is_nan())
        .collect();
    if sorted.is_empty() {
        return f64::NAN;
    }
    sorted.sort_by(super::target::compare);
    let position = percent / 100.0 * (sorted.len() - 1) as f64;
    let below = position.floor();
    let fraction = position - below;
    let low = sorted[below as usize];
    let high = sorted[(below as usize + 1).min(sorted.len() - 1)];
    // NumPy interpolates from the nearer end, so that both ends are met exactly.
    if fraction >= 0.5 {
        high - (high - low) * (1.0 - fraction)
    } else {
        low + (high - low) * fraction
    }
}
