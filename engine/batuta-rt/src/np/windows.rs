//! Window functions of signal processing.

use ndarray::Array1;

/// Samples of a window at the positions `1 - n, 3 - n, …, n - 1`, as NumPy computes them.
fn samples(count: i64, at: impl Fn(f64, f64) -> f64) -> Array1<f64> {
    match count {
        ..=0 => Array1::zeros(0),
        1 => Array1::ones(1),
        _ => (0..count)
            .map(|each| at((1 - count + 2 * each) as f64, (count - 1) as f64))
            .collect(),
    }
}

/// `np.hanning(n)`.
pub fn hanning(count: i64) -> Array1<f64> {
    samples(count, |n, m| {
        0.5 + 0.5 * (std::f64::consts::PI * n / m).cos()
    })
}

/// `np.hamming(n)`.
pub fn hamming(count: i64) -> Array1<f64> {
    samples(count, |n, m| {
        0.54 + 0.46 * (std::f64::consts::PI * n / m).cos()
    })
}

/// `np.blackman(n)`.
pub fn blackman(count: i64) -> Array1<f64> {
    samples(count, |n, m| {
        0.42 + 0.5 * (std::f64::consts::PI * n / m).cos()
            + 0.08 * (2.0 * std::f64::consts::PI * n / m).cos()
    })
}

/// `np.bartlett(n)`.
pub fn bartlett(count: i64) -> Array1<f64> {
    samples(
        count,
        |n, m| if n <= 0.0 { 1.0 + n / m } else { 1.0 - n / m },
    )
}
