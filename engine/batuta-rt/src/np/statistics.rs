//! Order statistics, histograms, averages, covariances.

use super::creation::linspace;
use super::element::Number;
use super::errors::{Outcome, raising, value_error};
use super::sums::{mean, mean_axis, sum, sum_axis};
use ndarray::{Array, Array1, Array2, ArrayBase, Axis, Data, Dimension, Ix1, Ix2, RemoveAxis};

/// The values as sorted doubles.
fn sorted<T: Number>(items: impl Iterator<Item = T>) -> Vec<f64> {
    let mut values: Vec<f64> = items.map(|value| value.to_f64()).collect();
    values.sort_by(super::element::Element::order);
    values
}

/// The median of values in any order; NaN when one is NaN or there is none.
fn median_of<T: Number>(items: impl Iterator<Item = T>) -> f64 {
    let values = sorted(items);
    let count = values.len();
    match values.last() {
        None => f64::NAN,
        Some(last) if last.is_nan() => f64::NAN,
        _ if count % 2 == 1 => values[count / 2],
        _ => (values[count / 2 - 1] + values[count / 2]) / 2.0,
    }
}

/// How `np.quantile` reads between two values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    Linear,
    Lower,
    Higher,
    Midpoint,
    Nearest,
}

/// One quantile of values in any order.
fn quantile_of(values: &[f64], q: f64, method: Method) -> f64 {
    let Some(last) = values.last() else {
        return f64::NAN;
    };
    if last.is_nan() {
        return f64::NAN;
    }
    let place = (values.len() - 1) as f64 * q;
    let (below, above) = (
        values[place.floor() as usize],
        values[place.ceil() as usize],
    );
    match method {
        Method::Lower => below,
        Method::Higher => above,
        Method::Nearest => values[place.round_ties_even() as usize],
        Method::Midpoint => between(below, above, if place.fract() == 0.0 { 0.0 } else { 0.5 }),
        Method::Linear => {
            let next = values[(place.floor() as usize + 1).min(values.len() - 1)];
            between(below, next, place - place.floor())
        }
    }
}

/// NumPy's interpolation: from the nearer end, so that it never overshoots.
fn between(a: f64, b: f64, t: f64) -> f64 {
    let span = b - a;
    if t >= 0.5 {
        b - span * (1.0 - t)
    } else {
        a + span * t
    }
}

fn checked(q: f64, name: &str) -> Outcome<()> {
    if (0.0..=1.0).contains(&q) {
        return Ok(());
    }
    Err(value_error(format!(
        "{name} must be in the range [0, {}]",
        if name == "Percentiles" { 100 } else { 1 }
    )))
}

/// `np.median(x)`.
pub fn median<T: Number, S: Data<Elem = T>, D: Dimension>(x: &ArrayBase<S, D>) -> f64 {
    median_of(x.iter().copied())
}

/// `np.nanmedian(x)`.
pub fn nanmedian<T: Number, S: Data<Elem = T>, D: Dimension>(x: &ArrayBase<S, D>) -> f64 {
    median_of(x.iter().copied().filter(|value| !value.is_nan()))
}

/// `np.nanprod(x)`.
pub fn nanprod<T: Number, S: Data<Elem = T>, D: Dimension>(x: &ArrayBase<S, D>) -> T {
    x.iter()
        .filter(|value| !value.is_nan())
        .fold(T::ONE, |product, &value| product.times(value))
}

fn nan_place<T: Number>(items: impl Iterator<Item = T>, better: impl Fn(&T, &T) -> bool) -> i64 {
    let mut best: Option<(usize, T)> = None;
    for (place, value) in items.enumerate() {
        if !value.is_nan() && best.as_ref().is_none_or(|(_, held)| better(&value, held)) {
            best = Some((place, value));
        }
    }
    match best {
        Some((place, _)) => place as i64,
        None => super::errors::or_throw(Err(value_error("All-NaN slice encountered"))),
    }
}

/// `np.nanargmax(x)`.
pub fn nanargmax<T: Number, S: Data<Elem = T>, D: Dimension>(x: &ArrayBase<S, D>) -> i64 {
    nan_place(x.iter().copied(), T::gt)
}

/// `np.nanargmin(x)`.
pub fn nanargmin<T: Number, S: Data<Elem = T>, D: Dimension>(x: &ArrayBase<S, D>) -> i64 {
    nan_place(x.iter().copied(), T::lt)
}

raising! {
    /// `np.median(x, axis=…)`.
    pub fn median_axis / try_median_axis [T: Number, S: Data<Elem = T>, D: RemoveAxis](x: &ArrayBase<S, D>, axis: i64) -> Array<f64, D::Smaller> {
        let axis = super::operand::try_axis(axis, x.ndim())?;
        Ok(x.map_axis(Axis(axis), |lane| median_of(lane.iter().copied())))
    }

    /// `np.quantile(x, q)`.
    pub fn quantile / try_quantile [T: Number, S: Data<Elem = T>, D: Dimension](x: &ArrayBase<S, D>, q: f64, method: Method) -> f64 {
        checked(q, "Quantiles")?;
        Ok(quantile_of(&sorted(x.iter().copied()), q, method))
    }

    /// `np.percentile(x, q)`.
    pub fn percentile / try_percentile [T: Number, S: Data<Elem = T>, D: Dimension](x: &ArrayBase<S, D>, q: f64, method: Method) -> f64 {
        checked(q / 100.0, "Percentiles")?;
        Ok(quantile_of(&sorted(x.iter().copied()), q / 100.0, method))
    }

    /// `np.quantile(x, [q, …])`.
    pub fn quantiles / try_quantiles [T: Number, S: Data<Elem = T>, D: Dimension](x: &ArrayBase<S, D>, q: &[f64], method: Method) -> Array1<f64> {
        let values = sorted(x.iter().copied());
        q.iter().map(|&each| checked(each, "Quantiles").map(|()| quantile_of(&values, each, method))).collect()
    }

    /// `np.percentile(x, [q, …])`.
    pub fn percentiles / try_percentiles [T: Number, S: Data<Elem = T>, D: Dimension](x: &ArrayBase<S, D>, q: &[f64], method: Method) -> Array1<f64> {
        let values = sorted(x.iter().copied());
        q.iter().map(|&each| checked(each / 100.0, "Percentiles").map(|()| quantile_of(&values, each / 100.0, method))).collect()
    }

    /// `np.quantile(x, q, axis=…)`.
    pub fn quantile_axis / try_quantile_axis [T: Number, S: Data<Elem = T>, D: RemoveAxis](x: &ArrayBase<S, D>, q: f64, axis: i64, method: Method) -> Array<f64, D::Smaller> {
        checked(q, "Quantiles")?;
        let axis = super::operand::try_axis(axis, x.ndim())?;
        Ok(x.map_axis(Axis(axis), |lane| quantile_of(&sorted(lane.iter().copied()), q, method)))
    }

    /// `np.percentile(x, q, axis=…)`.
    pub fn percentile_axis / try_percentile_axis [T: Number, S: Data<Elem = T>, D: RemoveAxis](x: &ArrayBase<S, D>, q: f64, axis: i64, method: Method) -> Array<f64, D::Smaller> {
        checked(q / 100.0, "Percentiles")?;
        try_quantile_axis(x, q / 100.0, axis, method)
    }

    /// `np.average(x, weights=…)`.
    pub fn average / try_average [S: Data<Elem = f64>, R: Data<Elem = f64>, D: Dimension](x: &ArrayBase<S, D>, weights: &ArrayBase<R, D>) -> f64 {
        if x.shape() != weights.shape() {
            return Err(value_error("Axis must be specified when shapes of a and weights differ."));
        }
        let scale = sum(weights);
        if scale == 0.0 {
            return Err(super::errors::Exception::new("ZeroDivisionError", "Weights sum to zero, can't be normalized"));
        }
        Ok(sum(&(&x.view() * &weights.view())) / scale)
    }

    /// `np.average(x, axis=0 | 1, weights=…)` of a matrix.
    pub fn average_axis / try_average_axis [S: Data<Elem = f64>, R: Data<Elem = f64>](x: &ArrayBase<S, Ix2>, weights: &ArrayBase<R, Ix1>, axis: i64) -> Array1<f64> {
        let position = super::operand::try_axis(axis, 2)?;
        if x.shape()[position] != weights.len() {
            return Err(value_error("Shape of weights must be consistent with shape of a along specified axis."));
        }
        let scale = sum(weights);
        if scale == 0.0 {
            return Err(super::errors::Exception::new("ZeroDivisionError", "Weights sum to zero, can't be normalized"));
        }
        let weights = if position == 0 { weights.view().insert_axis(Axis(1)) } else { weights.view().insert_axis(Axis(0)) };
        Ok(sum_axis(&(&x.view() * &weights), axis) / scale)
    }

    /// `np.histogram(x, bins=count, range=…)`.
    pub fn histogram / try_histogram [T: Number, S: Data<Elem = T>, D: Dimension](x: &ArrayBase<S, D>, bins: i64, range: Option<(f64, f64)>) -> (Array1<i64>, Array1<f64>) {
        if bins < 1 {
            return Err(value_error("`bins` must be positive, when an integer"));
        }
        let values: Vec<f64> = x.iter().map(|value| value.to_f64()).collect();
        let (mut first, mut last) = match range {
            Some((low, high)) if low > high => return Err(value_error("max must be larger than min in range parameter.")),
            Some(range) => range,
            None if values.is_empty() => (0.0, 1.0),
            None => (values.iter().copied().fold(f64::INFINITY, f64::min), values.iter().copied().fold(f64::NEG_INFINITY, f64::max)),
        };
        if !(first.is_finite() && last.is_finite()) {
            return Err(value_error(format!("autodetected range of [{first}, {last}] is not finite")));
        }
        if first == last {
            (first, last) = (first - 0.5, last + 0.5);
        }
        let edges = linspace(first, last, bins + 1, true);
        let mut counts = Array1::zeros(bins as usize);
        for value in values.into_iter().filter(|value| (first..=last).contains(value)) {
            let mut place = ((value - first) / (last - first) * bins as f64) as usize;
            if place == bins as usize {
                place -= 1;
            }
            if value < edges[place] {
                place -= 1;
            }
            if value >= edges[place + 1] && place != bins as usize - 1 {
                place += 1;
            }
            counts[place] += 1;
        }
        Ok((counts, edges))
    }

    /// `np.histogram(x, bins=edges)`.
    pub fn histogram_edges / try_histogram_edges [T: Number, S: Data<Elem = T>, D: Dimension](x: &ArrayBase<S, D>, edges: &Array1<f64>) -> (Array1<i64>, Array1<f64>) {
        if edges.windows(2).into_iter().any(|pair| pair[0] > pair[1]) {
            return Err(value_error("`bins` must increase monotonically, when an array"));
        }
        let values = sorted(x.iter().copied());
        let before = |edge: f64, inclusive: bool| values.partition_point(|&value| value < edge || (inclusive && value == edge)) as i64;
        let last = edges.len().saturating_sub(1);
        let running: Vec<i64> = edges.iter().enumerate().map(|(place, &edge)| before(edge, place == last)).collect();
        Ok((running.windows(2).map(|pair| pair[1] - pair[0]).collect(), edges.clone()))
    }
}

/// `np.histogram(…, density=True)` from counts and edges.
pub fn density((counts, edges): (Array1<i64>, Array1<f64>)) -> (Array1<f64>, Array1<f64>) {
    let total: i64 = counts.sum();
    let heights = counts
        .iter()
        .zip(edges.windows(2))
        .map(|(&count, pair)| count as f64 / (pair[1] - pair[0]) / total as f64)
        .collect();
    (heights, edges)
}

/// `np.cov(m)` of a matrix whose rows are variables.
pub fn cov<S: Data<Elem = f64>>(m: &ArrayBase<S, Ix2>, ddof: i64) -> Array2<f64> {
    let centered = &m.view() - &mean_axis(m, 1).insert_axis(Axis(1));
    let count = (m.ncols() as i64 - ddof).max(0) as f64;
    centered.dot(&centered.t()) * (1.0 / count)
}

/// `np.cov(m, rowvar=False)`.
pub fn cov_columns<S: Data<Elem = f64>>(m: &ArrayBase<S, Ix2>, ddof: i64) -> Array2<f64> {
    cov(&m.t(), ddof)
}

/// `np.cov(x)` of one variable.
pub fn cov_one<S: Data<Elem = f64>>(x: &ArrayBase<S, Ix1>, ddof: i64) -> f64 {
    let center = mean(x);
    let centered = x.mapv(|value| value - center);
    centered.dot(&centered) * (1.0 / (x.len() as i64 - ddof).max(0) as f64)
}

/// `np.cov(x, y)`.
pub fn cov_pair<S: Data<Elem = f64>, R: Data<Elem = f64>>(
    x: &ArrayBase<S, Ix1>,
    y: &ArrayBase<R, Ix1>,
    ddof: i64,
) -> Array2<f64> {
    cov(&two_rows(x, y), ddof)
}

fn two_rows<S: Data<Elem = f64>, R: Data<Elem = f64>>(
    x: &ArrayBase<S, Ix1>,
    y: &ArrayBase<R, Ix1>,
) -> Array2<f64> {
    super::shape::stack(&[&x.view(), &y.view()], 0)
}

/// `np.corrcoef(m)`.
pub fn corrcoef<S: Data<Elem = f64>>(m: &ArrayBase<S, Ix2>) -> Array2<f64> {
    let covariance = cov(m, 1);
    let spread = covariance.diag().mapv(f64::sqrt);
    let mut result = covariance;
    for ((i, j), value) in result.indexed_iter_mut() {
        *value = (*value / spread[i] / spread[j]).clamp(-1.0, 1.0);
    }
    result
}

/// `np.corrcoef(m, rowvar=False)`.
pub fn corrcoef_columns<S: Data<Elem = f64>>(m: &ArrayBase<S, Ix2>) -> Array2<f64> {
    corrcoef(&m.t())
}

/// `np.corrcoef(x, y)`.
pub fn corrcoef_pair<S: Data<Elem = f64>, R: Data<Elem = f64>>(
    x: &ArrayBase<S, Ix1>,
    y: &ArrayBase<R, Ix1>,
) -> Array2<f64> {
    corrcoef(&two_rows(x, y))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn quantiles_interpolate_as_numpy_does() {
        let x = array![1.0, 2.0, 3.0, 4.0];
        assert_eq!(percentile(&x, 40.0, Method::Linear), 2.2);
        assert_eq!(percentile(&x, 40.0, Method::Higher), 3.0);
        assert_eq!(median(&x), 2.5);
        assert!(median(&array![1.0, f64::NAN]).is_nan());
    }

    #[test]
    fn the_last_bin_is_closed() {
        let (counts, edges) = histogram(&array![1.0, 2.0, 1.0, 4.0], 3, None);
        assert_eq!(counts, array![2, 1, 1]);
        assert_eq!(edges, array![1.0, 2.0, 3.0, 4.0]);
        assert_eq!(
            histogram_edges(&array![0.5, 1.0, 2.0], &array![0.0, 1.0, 2.0]).0,
            array![1, 2]
        );
    }
}
