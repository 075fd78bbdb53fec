//! `sklearn.utils`: drawn rows and the weights of classes.

use super::errors::{Result, inconsistent_lengths, throwing_functions, value_error};
use super::model_selection::SplitRows;
use super::random::RandomState;
use super::target::Labels;
use crate::np::Number;
use ndarray::{Array, Array1, ArrayBase, Data, Dimension, Ix1, Ix2};

/// Which rows to take of each array.
pub struct Draw {
    replace: bool,
    count: Option<i64>,
    random_state: Option<i64>,
}

impl Draw {
    /// `shuffle` takes each row once, `resample` with repetitions.
    pub fn new(replace: bool, count: Option<i64>, random_state: Option<i64>) -> Self {
        Draw {
            replace,
            count,
            random_state,
        }
    }

    fn rows(&self, lengths: &[usize]) -> Result<Vec<usize>> {
        let whole = lengths[0];
        if lengths.iter().any(|length| *length != whole) {
            return Err(inconsistent_lengths(lengths));
        }
        let count = self.count.map_or(whole, |count| count as usize);
        let mut random = RandomState::from_seed(self.random_state);
        if self.replace {
            return Ok((0..count)
                .map(|_| random.randint(0, whole as i64) as usize)
                .collect());
        }
        if count > whole {
            return Err(value_error(format!(
                "Cannot sample {count} out of arrays with dim {whole} when replace is False"
            )));
        }
        let mut rows: Vec<usize> = (0..whole).collect();
        random.shuffle(&mut rows);
        rows.truncate(count);
        Ok(rows)
    }
}

/// A tuple of things to take the same rows of.
pub trait DrawAll {
    /// The rows of each.
    type Parts;
    /// Takes the rows.
    fn draw_all(self, draw: &Draw) -> Result<Self::Parts>;
}

impl<A: SplitRows> DrawAll for (&A,) {
    type Parts = A;
    fn draw_all(self, draw: &Draw) -> Result<A> {
        Ok(self.0.rows_at(&draw.rows(&[self.0.row_count()])?))
    }
}

macro_rules! draw_all {
    ($($name:ident: $type:ident),+) => {
        impl<$($type: SplitRows),+> DrawAll for ($(&$type,)+) {
            type Parts = ($($type,)+);
            fn draw_all(self, draw: &Draw) -> Result<Self::Parts> {
                let ($($name,)+) = self;
                let rows = draw.rows(&[$($name.row_count()),+])?;
                Ok(($($name.rows_at(&rows),)+))
            }
        }
    };
}
draw_all!(a: A, b: B);
draw_all!(a: A, b: B, c: C);
draw_all!(a: A, b: B, c: C, d: D);

/// `shuffle(*arrays)` and `resample(*arrays)`.
pub fn try_drawn<T: DrawAll>(arrays: T, draw: &Draw) -> Result<T::Parts> {
    arrays.draw_all(draw)
}

/// See `try_drawn`.
pub fn drawn<T: DrawAll>(arrays: T, draw: &Draw) -> T::Parts {
    super::errors::unwrap(try_drawn(arrays, draw))
}

/// `compute_class_weight("balanced", classes=…, y=…)`.
pub fn try_balanced_weights<C: Labels, L: Labels>(classes: &C, y: &L) -> Result<Array1<f64>> {
    let (known, codes) = y.to_target().encode()?;
    let count = known.length().unwrap_or(0);
    let mut sizes = vec![0.0; count];
    codes.iter().for_each(|&code| sizes[code] += 1.0);
    let places = classes.to_target().codes_in(&known)?;
    let whole = codes.len() as f64;
    Ok(places
        .into_iter()
        .map(|place| whole / (count as f64 * sizes[place]))
        .collect())
}

/// `compute_sample_weight("balanced", y)`.
pub fn try_balanced_rows<L: Labels>(y: &L) -> Result<Array1<f64>> {
    let (known, codes) = y.to_target().encode()?;
    let weights = super::class_weight::balanced(&codes, known.length().unwrap_or(0));
    Ok(weights.into())
}

/// `check_array`: the numbers themselves, all finite; `name` and `class` stand in the messages.
pub fn try_checked<T: Number, S: Data<Elem = T>, D: Dimension>(
    x: &ArrayBase<S, D>,
    name: &str,
    class: &str,
) -> Result<Array<T, D>> {
    if !x.iter().all(|value| value.is_finite()) {
        let named = if name.is_empty() {
            String::new()
        } else {
            format!("{name} ")
        };
        if !x.iter().any(|value| value.is_nan()) {
            let dtype = T::DTYPE;
            return Err(value_error(format!(
                "Input {named}contains infinity or a value too large for dtype('{dtype}')."
            )));
        }
        if name == "X" && !class.is_empty() {
            let held = ndarray::arr2(&[[f64::NAN]]);
            super::estimator::check_finite(&held, class, false)?;
        }
        return Err(value_error(format!("Input {named}contains NaN.")));
    }
    for (axis, what) in ["sample", "feature"].iter().enumerate().take(x.ndim()) {
        if x.shape()[axis] == 0 {
            let by = if class.is_empty() {
                String::new()
            } else {
                format!(" by {class}")
            };
            let shape = match x.shape() {
                [length] => format!("({length},)"),
                several => format!(
                    "({})",
                    several
                        .iter()
                        .map(usize::to_string)
                        .collect::<Vec<_>>()
                        .join(", ")
                ),
            };
            return Err(value_error(format!(
                "Found array with 0 {what}(s) (shape={shape}) while a minimum of 1 is required{by}."
            )));
        }
    }
    Ok(x.to_owned())
}

/// See `try_checked`.
pub fn checked<T: Number, S: Data<Elem = T>, D: Dimension>(
    x: &ArrayBase<S, D>,
    name: &str,
    class: &str,
) -> Array<T, D> {
    super::errors::unwrap(try_checked(x, name, class))
}

/// `check_X_y`: rows and what is told of each, as many of one as of the other.
pub fn try_checked_pair<T: Number, U: crate::np::Element, S: Data<Elem = T>, R: Data<Elem = U>>(
    x: &ArrayBase<S, Ix2>,
    y: &ArrayBase<R, Ix1>,
    class: &str,
) -> Result<(Array<T, Ix2>, Array1<U>)> {
    let rows = try_checked(x, "X", class)?;
    if y.iter().any(crate::np::Element::unordered) {
        return Err(value_error("Input y contains NaN."));
    }
    if rows.nrows() != y.len() {
        return Err(inconsistent_lengths(&[rows.nrows(), y.len()]));
    }
    Ok((rows, y.to_owned()))
}

/// See `try_checked_pair`.
pub fn checked_pair<T: Number, U: crate::np::Element, S: Data<Elem = T>, R: Data<Elem = U>>(
    x: &ArrayBase<S, Ix2>,
    y: &ArrayBase<R, Ix1>,
    class: &str,
) -> (Array<T, Ix2>, Array1<U>) {
    super::errors::unwrap(try_checked_pair(x, y, class))
}

throwing_functions! {
    /// See `try_balanced_weights`.
    balanced_weights = try_balanced_weights<C: Labels, L: Labels>(classes: &C, y: &L) -> Array1<f64>;
    /// See `try_balanced_rows`.
    balanced_rows = try_balanced_rows<L: Labels>(y: &L) -> Array1<f64>;
}
