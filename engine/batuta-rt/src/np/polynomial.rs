//! Polynomials, interpolation, differences and convolution.

use super::element::Number;
use super::errors::{Outcome, raising, value_error};
use super::linalg;
use super::operand::Operand;
use ndarray::{Array1, Array2, ArrayBase, Axis, Data, Ix1, Ix2};

/// `np.polyval(p, x)` by Horner's scheme.
pub fn polyval<T: Number, S: Data<Elem = T>, A: Operand<Elem = T>>(
    p: &ArrayBase<S, Ix1>,
    x: A,
) -> A::Mapped<T> {
    x.mapped(|&at| {
        p.iter().fold(T::zero(), |sum, &coefficient| {
            sum.times(at).plus(coefficient)
        })
    })
}

/// `np.polyadd(a, b)`, or `np.polysub`: the shorter one filled up at the front.
pub fn polyadd<T: Number, S: Data<Elem = T>, R: Data<Elem = T>>(
    a: &ArrayBase<S, Ix1>,
    b: &ArrayBase<R, Ix1>,
    minus: bool,
) -> Array1<T> {
    let length = a.len().max(b.len());
    let from = |x: &[T], place: usize| {
        let missing = length - x.len();
        if place < missing {
            T::zero()
        } else {
            x[place - missing]
        }
    };
    let (a, b) = (a.to_vec(), b.to_vec());
    (0..length)
        .map(|place| {
            let (one, other) = (from(&a, place), from(&b, place));
            if minus {
                one.minus(other)
            } else {
                one.plus(other)
            }
        })
        .collect()
}

/// `np.polyint(p)` with the constant 0.
pub fn polyint<S: Data<Elem = f64>>(p: &ArrayBase<S, Ix1>) -> Array1<f64> {
    let count = p.len();
    let mut made: Vec<f64> = p
        .iter()
        .enumerate()
        .map(|(place, value)| value / (count - place) as f64)
        .collect();
    made.push(0.0);
    made.into()
}

/// `np.poly(roots)`: the coefficients of the polynomial with these roots.
pub fn poly<S: Data<Elem = f64>>(roots: &ArrayBase<S, Ix1>) -> Array1<f64> {
    let mut made = vec![1.0];
    for &root in roots {
        let mut next = vec![0.0; made.len() + 1];
        for (place, &value) in made.iter().enumerate() {
            next[place] += value;
            next[place + 1] += value * -root;
        }
        made = next;
    }
    made.into()
}

/// Whole overlaps with so few terms are added one by one; longer ones, and those at the ends, are products of vectors.
const NARROW: usize = 11;

/// What `np.polyfit` of all its options finds: coefficients, residuals, rank, singular values, cutoff, and the covariance's parts.
pub struct Fit {
    pub coefficients: Array1<f64>,
    pub residuals: Array1<f64>,
    pub rank: i32,
    pub values: Array1<f64>,
    pub cutoff: f64,
    base: ndarray::Array2<f64>,
    points: usize,
}

impl Fit {
    /// The covariance of the coefficients, scaled by the residuals or not.
    pub fn covariance(&self, scaled: bool) -> ndarray::Array2<f64> {
        if !scaled {
            return self.base.clone();
        }
        let order = self.coefficients.len();
        if self.points <= order {
            super::errors::or_throw::<()>(Err(value_error(
                "the number of data points must exceed order to scale the covariance matrix",
            )));
        }
        let rest = self.residuals.first().copied().unwrap_or(0.0);
        &self.base * (rest / (self.points - order) as f64)
    }
}

/// `np.polyfit(x, y, degree, w=weights)` with everything that it can give.
pub fn polyfit_of<S: Data<Elem = f64>, R: Data<Elem = f64>>(
    x: &ArrayBase<S, Ix1>,
    y: &ArrayBase<R, Ix1>,
    degree: i64,
    weights: Option<&Array1<f64>>,
) -> Fit {
    super::errors::or_throw(try_polyfit_of(x, y, degree, weights))
}

fn try_polyfit_of<S: Data<Elem = f64>, R: Data<Elem = f64>>(
    x: &ArrayBase<S, Ix1>,
    y: &ArrayBase<R, Ix1>,
    degree: i64,
    weights: Option<&Array1<f64>>,
) -> Outcome<Fit> {
    let kind = |text: &str| super::errors::Exception::new("TypeError", text);
    if degree < 0 {
        return Err(value_error("expected deg >= 0"));
    }
    if x.is_empty() {
        return Err(kind("expected non-empty vector for x"));
    }
    if x.len() != y.len() {
        return Err(kind("expected x and y to have same length"));
    }
    let mut matrix = super::creation::vander(x, degree + 1, false);
    let mut right = y.to_owned();
    if let Some(weights) = weights {
        if weights.len() != y.len() {
            return Err(kind("expected w and y to have the same length"));
        }
        matrix *= &weights.view().insert_axis(Axis(1));
        right *= weights;
    }
    let scale: Array1<f64> = matrix
        .axis_iter(Axis(1))
        .map(|column| super::sums::sum(&column.mapv(|value| value * value)).sqrt())
        .collect();
    matrix /= &scale;
    let cutoff = x.len() as f64 * f64::EPSILON;
    let (found, residuals, rank, values) = linalg::try_lstsq(&matrix, &right, cutoff)?;
    let base = linalg::try_inv(&matrix.t().dot(&matrix))? / linalg::outer(&scale, &scale);
    Ok(Fit {
        coefficients: found / scale,
        residuals,
        rank,
        values,
        cutoff,
        base,
        points: x.len(),
    })
}

raising! {
    /// `np.polyfit(x, y, degree)`: least squares on the scaled Vandermonde matrix.
    pub fn polyfit / try_polyfit [S: Data<Elem = f64>, R: Data<Elem = f64>](x: &ArrayBase<S, Ix1>, y: &ArrayBase<R, Ix1>, degree: i64) -> Array1<f64> {
        if degree < 0 {
            return Err(value_error("expected deg >= 0"));
        }
        if x.is_empty() {
            return Err(super::errors::Exception::new("TypeError", "expected non-empty vector for x"));
        }
        if x.len() != y.len() {
            return Err(super::errors::Exception::new("TypeError", "expected x and y to have same length"));
        }
        let mut matrix = super::creation::vander(x, degree + 1, false);
        let scale: Array1<f64> = matrix.axis_iter(Axis(1)).map(|column| super::sums::sum(&column.mapv(|value| value * value)).sqrt()).collect();
        matrix /= &scale;
        let cutoff = x.len() as f64 * f64::EPSILON;
        let found = linalg::try_lstsq(&matrix, &y.to_owned(), cutoff)?;
        Ok(found.0 / scale)
    }

    /// `np.convolve(a, v, mode)`.
    pub fn convolve / try_convolve [T: linalg::Product, S: Data<Elem = T>, R: Data<Elem = T>](a: &ArrayBase<S, Ix1>, v: &ArrayBase<R, Ix1>, mode: &str) -> Array1<T> {
        if a.is_empty() || v.is_empty() {
            return Err(value_error(if a.is_empty() { "a cannot be empty" } else { "v cannot be empty" }));
        }
        let (long, short) = if v.len() > a.len() { (v.view(), a.view()) } else { (a.view(), v.view()) };
        let (n, m) = (long.len(), short.len());
        let turned: Array1<T> = short.iter().rev().copied().collect();
        let full: Vec<T> = (0..n + m - 1)
            .map(|at| {
                let first = (at + 1).saturating_sub(m);
                let part = long.slice(ndarray::s![first..=at.min(n - 1)]);
                let start = m - 1 - (at - first);
                let weights = turned.slice(ndarray::s![start..start + part.len()]);
                if part.len() == m && m <= NARROW {
                    part.iter().zip(&weights).fold(T::zero(), |sum, (&x, &y)| sum.plus(x.times(y)))
                } else {
                    T::scalar_product(part, weights)
                }
            })
            .collect();
        Ok(match mode {
            "valid" => full[m - 1..n].to_vec(),
            "same" => full[(m - 1) / 2..(m - 1) / 2 + n].to_vec(),
            _ => full,
        }
        .into())
    }

    /// `np.correlate(a, v, mode)`: the longer one stays, so that a shorter first one gives the mirrored row.
    pub fn correlate / try_correlate [T: linalg::Product, S: Data<Elem = T>, R: Data<Elem = T>](a: &ArrayBase<S, Ix1>, v: &ArrayBase<R, Ix1>, mode: &str) -> Array1<T> {
        if v.len() > a.len() {
            let made = try_convolve(v, &super::shape::flip(a), mode)?;
            return Ok(super::shape::flip(&made));
        }
        try_convolve(a, &super::shape::flip(v), mode)
    }

    /// `np.interp(x, xp, fp)`: flat outside, unless `left` and `right` say otherwise.
    pub fn interp / try_interp [A: Operand<Elem = f64>, S: Data<Elem = f64>, R: Data<Elem = f64>](x: A, xp: &ArrayBase<S, Ix1>, fp: &ArrayBase<R, Ix1>, left: Option<f64>, right: Option<f64>) -> A::Mapped<f64> {
        if xp.len() != fp.len() {
            return Err(value_error("fp and xp are not of the same length."));
        }
        if xp.is_empty() {
            return Err(value_error("array of sample points is empty"));
        }
        let last = xp.len() - 1;
        Ok(x.mapped(|&at| {
            if at.is_nan() {
                return at;
            }
            if at < xp[0] {
                return left.unwrap_or(fp[0]);
            }
            if at > xp[last] {
                return right.unwrap_or(fp[last]);
            }
            let place = xp.iter().position(|&edge| edge > at).unwrap_or(last + 1) - 1;
            if place == last || xp[place] == at {
                return fp[place];
            }
            let slope = (fp[place + 1] - fp[place]) / (xp[place + 1] - xp[place]);
            slope * (at - xp[place]) + fp[place]
        }))
    }

    /// `np.roots(p)` when all roots are real.
    pub fn roots / try_roots [S: Data<Elem = f64>](p: &ArrayBase<S, Ix1>) -> Array1<f64> {
        let Some(first) = p.iter().position(|&value| value != 0.0) else { return Ok(Array1::zeros(0)) };
        let last = p.iter().rposition(|&value| value != 0.0).expect("one is not zero");
        let degree = last - first;
        let mut result = Vec::new();
        if degree > 0 {
            let mut companion = Array2::zeros((degree, degree));
            for place in 0..degree {
                companion[[0, place]] = -p[first + 1 + place] / p[first];
                if place + 1 < degree {
                    companion[[place + 1, place]] = 1.0;
                }
            }
            result = linalg::try_eigvals(&companion)?.to_vec();
        }
        result.extend(std::iter::repeat_n(0.0, p.len() - 1 - last));
        Ok(result.into())
    }
}

/// `np.polyder(p)`.
pub fn polyder<T: Number, S: Data<Elem = T>>(p: &ArrayBase<S, Ix1>) -> Array1<T> {
    let degree = p.len().saturating_sub(1);
    (0..degree)
        .map(|place| p[place].times(T::from_i64((degree - place) as i64)))
        .collect()
}

/// `np.trapezoid(y, x)`.
pub fn trapezoid<S: Data<Elem = f64>, R: Data<Elem = f64>>(
    y: &ArrayBase<S, Ix1>,
    x: &ArrayBase<R, Ix1>,
) -> f64 {
    let parts: Array1<f64> = (1..y.len())
        .map(|place| (x[place] - x[place - 1]) * (y[place] + y[place - 1]) / 2.0)
        .collect();
    super::sums::sum(&parts)
}

/// `np.trapezoid(y, dx=…)`.
pub fn trapezoid_even<S: Data<Elem = f64>>(y: &ArrayBase<S, Ix1>, dx: f64) -> f64 {
    let parts: Array1<f64> = (1..y.len())
        .map(|place| dx * (y[place] + y[place - 1]) / 2.0)
        .collect();
    super::sums::sum(&parts)
}

fn gradient_lane(y: &[f64], dx: f64) -> Outcome<Vec<f64>> {
    let n = y.len();
    if n < 2 {
        return Err(value_error(
            "Shape of array too small to calculate a numerical gradient, at least (edge_order + 1) elements are required.",
        ));
    }
    Ok((0..n)
        .map(|place| {
            if place == 0 {
                (y[1] - y[0]) / dx
            } else if place == n - 1 {
                (y[n - 1] - y[n - 2]) / dx
            } else {
                (y[place + 1] - y[place - 1]) / (2.0 * dx)
            }
        })
        .collect())
}

/// `np.gradient(y, dx)` of evenly spaced values.
pub fn gradient<S: Data<Elem = f64>>(y: &ArrayBase<S, Ix1>, dx: f64) -> Array1<f64> {
    super::errors::or_throw(gradient_lane(&y.to_vec(), dx)).into()
}

/// `np.gradient(y, x)` of values at given places.
pub fn gradient_at<S: Data<Elem = f64>, R: Data<Elem = f64>>(
    y: &ArrayBase<S, Ix1>,
    x: &ArrayBase<R, Ix1>,
) -> Array1<f64> {
    let n = y.len();
    let steps: Vec<f64> = (1..n).map(|place| x[place] - x[place - 1]).collect();
    if steps.windows(2).all(|pair| pair[0] == pair[1]) && !steps.is_empty() {
        return gradient(y, steps[0]);
    }
    (0..n)
        .map(|place| {
            if place == 0 {
                (y[1] - y[0]) / steps[0]
            } else if place == n - 1 {
                (y[n - 1] - y[n - 2]) / steps[n - 2]
            } else {
                let (before, after) = (steps[place - 1], steps[place]);
                let a = -after / (before * (before + after));
                let b = (after - before) / (before * after);
                let c = before / (after * (before + after));
                a * y[place - 1] + b * y[place] + c * y[place + 1]
            }
        })
        .collect()
}

/// `np.gradient(m, axis=…)` of a matrix.
pub fn gradient_axis<S: Data<Elem = f64>>(
    m: &ArrayBase<S, Ix2>,
    dx: f64,
    axis: i64,
) -> Array2<f64> {
    let axis = super::operand::axis_position(axis, 2);
    let mut result = m.to_owned();
    for (mut target, lane) in result
        .lanes_mut(Axis(axis))
        .into_iter()
        .zip(m.lanes(Axis(axis)))
    {
        let slopes = super::errors::or_throw(gradient_lane(&lane.to_vec(), dx));
        target
            .iter_mut()
            .zip(slopes)
            .for_each(|(place, value)| *place = value);
    }
    result
}

/// `np.cross(a, b)` of two 3-D vectors.
pub fn cross<T: Number, S: Data<Elem = T>, R: Data<Elem = T>>(
    a: &ArrayBase<S, Ix1>,
    b: &ArrayBase<R, Ix1>,
) -> Array1<T> {
    let part = |i: usize, j: usize| a[i].times(b[j]).minus(a[j].times(b[i]));
    Array1::from_vec(vec![part(1, 2), part(2, 0), part(0, 1)])
}

/// `np.cross` of two arrays of vectors, row by row.
pub fn cross_rows<T: Number, S: Data<Elem = T>, R: Data<Elem = T>>(
    a: &ArrayBase<S, Ix2>,
    b: &ArrayBase<R, Ix2>,
) -> Array2<T> {
    let rows = if a.nrows() == 1 { b.nrows() } else { a.nrows() };
    let mut made = Array2::from_elem((rows, 3), T::zero());
    for (row, mut target) in made.rows_mut().into_iter().enumerate() {
        let one = a.row(if a.nrows() == 1 { 0 } else { row });
        let other = b.row(if b.nrows() == 1 { 0 } else { row });
        target.assign(&cross(&one, &other));
    }
    made
}

/// `np.kron(a, b)` of two matrices.
pub fn kron<T: Number, S: Data<Elem = T>, R: Data<Elem = T>>(
    a: &ArrayBase<S, Ix2>,
    b: &ArrayBase<R, Ix2>,
) -> Array2<T> {
    let (rows, columns) = b.dim();
    Array2::from_shape_fn((a.nrows() * rows, a.ncols() * columns), |(i, j)| {
        a[[i / rows, j / columns]].times(b[[i % rows, j % columns]])
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn small_cases() {
        assert_eq!(polyval(&array![1.0, 0.0, -2.0], 3.0), 7.0);
        assert_eq!(
            convolve(&array![1, 2, 3], &array![1, 1], "same"),
            array![1, 3, 5]
        );
        assert_eq!(
            interp(
                2.5,
                &array![1.0, 2.0, 3.0],
                &array![3.0, 2.0, 0.0],
                None,
                None
            ),
            1.0
        );
        assert_eq!(
            gradient(&array![1.0, 2.0, 4.0, 7.0], 1.0),
            array![1.0, 1.5, 2.5, 3.0]
        );
        assert_eq!(cross(&array![1, 0, 0], &array![0, 1, 0]), array![0, 0, 1]);
        let line = polyfit(&array![0.0, 1.0, 2.0], &array![1.0, 3.0, 5.0], 1);
        assert!((line[0] - 2.0).abs() < 1e-12 && (line[1] - 1.0).abs() < 1e-12);
    }
}
