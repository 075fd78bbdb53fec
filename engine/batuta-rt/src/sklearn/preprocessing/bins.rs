//! `Binarizer`, `KBinsDiscretizer` and `LabelBinarizer`.

use crate::py::Text;
use crate::sklearn::errors::{Result, not_fitted, value_error, warn};
use crate::sklearn::estimator::{Estimator, Kind, Role, attributes};
use crate::sklearn::parameters::parameters;
use crate::sklearn::target::{Labels, Target, compare, typed};
use ndarray::{Array1, Array2};
use std::cell::RefCell;
use std::rc::Rc;

/// See `Binarizer`.
pub struct BinarizerKind;
/// One for entries above a threshold, else zero.
pub type Binarizer = Estimator<BinarizerKind>;

parameters! {
    /// Parameters of `Binarizer`.
    BinarizerParameters for BinarizerKind {
        threshold = "threshold": f64 = 0.0,
    }
}

impl Kind for BinarizerKind {
    const NAME: &'static str = "Binarizer";
    const ROLE: Role = Role::Transformer;
    type Parameters = BinarizerParameters;
    type Fitted = ();

    fn fit(_parameters: &Self::Parameters, _x: &Array2<f64>, _y: &Target) -> Result<()> {
        Ok(())
    }

    fn transform(
        parameters: &Self::Parameters,
        _fitted: &(),
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        Ok(x.mapv(|value| f64::from(u8::from(value > parameters.threshold))))
    }
}

/// See `KBinsDiscretizer`.
pub struct KBinsDiscretizerKind;
/// The number of the interval that each entry lies in.
pub type KBinsDiscretizer = Estimator<KBinsDiscretizerKind>;

parameters! {
    /// Parameters of `KBinsDiscretizer`.
    KBinsDiscretizerParameters for KBinsDiscretizerKind {
        encode = "encode": String = "onehot".to_string(),
        n_bins = "n_bins": i64 = 5,
        quantile_method = "quantile_method": String = "averaged_inverted_cdf".to_string(),
        strategy = "strategy": String = "quantile".to_string(),
    }
}

/// A quantile of sorted values: linear between two, or the mean of the two around a step.
fn quantile(sorted: &[f64], percent: f64, linear: bool) -> f64 {
    let count = sorted.len();
    if linear {
        return crate::sklearn::sums::percentile(sorted, percent);
    }
    let place = percent / 100.0 * count as f64;
    let below = place.floor();
    let entry = |at: f64| sorted[(at.max(0.0) as usize).min(count - 1)];
    if place == below {
        let (low, high) = (entry(below - 1.0), entry(below));
        low + (high - low) * 0.5
    } else {
        entry(below)
    }
}

impl Kind for KBinsDiscretizerKind {
    const NAME: &'static str = "KBinsDiscretizer";
    const ROLE: Role = Role::Transformer;
    type Parameters = KBinsDiscretizerParameters;
    type Fitted = Vec<Array1<f64>>;

    fn fit(
        parameters: &Self::Parameters,
        x: &Array2<f64>,
        _y: &Target,
    ) -> Result<Vec<Array1<f64>>> {
        if parameters.n_bins < 2 {
            return Err(value_error(format!(
                "KBinsDiscretizer received an invalid number of bins. Number of bins must be at least 2, and must be an int. Got {}",
                parameters.n_bins
            )));
        }
        let mut all = Vec::new();
        for (number, column) in x.columns().into_iter().enumerate() {
            let mut sorted = column.to_vec();
            sorted.sort_by(compare);
            let (least, largest) = (sorted[0], sorted[sorted.len() - 1]);
            if least == largest {
                warn(
                    "UserWarning",
                    &format!("Feature {number} is constant and will be replaced with 0."),
                );
                all.push(Array1::from(vec![f64::NEG_INFINITY, f64::INFINITY]));
                continue;
            }
            if parameters.strategy == "uniform" {
                all.push(crate::np::linspace(
                    least,
                    largest,
                    parameters.n_bins + 1,
                    true,
                ));
                continue;
            }
            let levels = crate::np::linspace(0.0, 100.0, parameters.n_bins + 1, true);
            let linear = parameters.quantile_method == "linear";
            let mut edges: Vec<f64> = Vec::new();
            for level in levels {
                let edge = quantile(&sorted, level, linear);
                // Narrower intervals are left out, as in scikit-learn.
                if edges.last().is_none_or(|last| edge - last > 1e-8) {
                    edges.push(edge);
                } else {
                    warn(
                        "UserWarning",
                        &format!(
                            "Bins whose width are too small (i.e., <= 1e-8) in feature {number} are removed. Consider decreasing the \
                             number of bins."
                        ),
                    );
                }
            }
            all.push(edges.into());
        }
        Ok(all)
    }

    fn transform(
        parameters: &Self::Parameters,
        fitted: &Vec<Array1<f64>>,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        let bin = |value: f64, edges: &Array1<f64>| {
            let inner = edges.iter().skip(1).take(edges.len().saturating_sub(2));
            inner.filter(|edge| **edge <= value).count()
        };
        if parameters.encode == "ordinal" {
            return Ok(Array2::from_shape_fn(x.dim(), |(row, column)| {
                bin(x[(row, column)], &fitted[column]) as f64
            }));
        }
        let sizes: Vec<usize> = fitted.iter().map(|edges| edges.len() - 1).collect();
        let mut table = Array2::zeros((x.nrows(), sizes.iter().sum()));
        for row in 0..x.nrows() {
            let mut first = 0;
            for (column, edges) in fitted.iter().enumerate() {
                table[(row, first + bin(x[(row, column)], edges))] = 1.0;
                first += sizes[column];
            }
        }
        Ok(table)
    }

    fn inverse_transform(
        parameters: &Self::Parameters,
        fitted: &Vec<Array1<f64>>,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        if parameters.encode != "ordinal" {
            crate::py::unsupported("inverse_transform is translated for encode='ordinal'");
        }
        Ok(Array2::from_shape_fn(x.dim(), |(row, column)| {
            let at = x[(row, column)] as usize;
            (fitted[column][at] + fitted[column][at + 1]) * 0.5
        }))
    }
}

attributes!(KBinsDiscretizer {
    /// The borders of each column.
    bin_edges_ / try_bin_edges_: Vec<Array1<f64>> = |fitted| fitted.as_ref().clone();
    /// The number of intervals of each column.
    n_bins_ / try_n_bins_: Array1<i64> = |fitted| fitted.iter().map(|edges| edges.len() as i64 - 1).collect();
});

/// `LabelBinarizer`: one column for each class, one alone for two.
#[derive(Clone, Default)]
pub struct LabelBinarizer(Rc<RefCell<Option<Target>>>);

/// The table of labels among known classes.
fn table_of(classes: &Target, labels: &Target) -> Result<Array2<i64>> {
    let count = classes.length().unwrap_or(0);
    let codes = labels.codes_in(classes)?;
    let columns = if count <= 2 { 1 } else { count };
    Ok(Array2::from_shape_fn(
        (codes.len(), columns),
        |(row, column)| {
            let class = if columns == 1 { 1 } else { column };
            i64::from(codes[row] == class)
        },
    ))
}

impl PartialEq for LabelBinarizer {
    /// As Python compares what has no `__eq__`: whether they are one object.
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl LabelBinarizer {
    /// One that has learned nothing.
    pub fn new() -> Self {
        Self::default()
    }

    fn known(&self) -> Result<Target> {
        self.0
            .borrow()
            .clone()
            .ok_or_else(|| not_fitted("LabelBinarizer"))
    }

    /// `fit(y)`.
    pub fn try_fit<L: Labels>(&self, y: &L) -> Result<Self> {
        *self.0.borrow_mut() = Some(y.to_target().encode()?.0);
        Ok(self.clone())
    }

    /// `transform(y)`.
    pub fn try_transform<L: Labels>(&self, y: &L) -> Result<Array2<i64>> {
        table_of(&self.known()?, &y.to_target())
    }

    /// `fit_transform(y)`.
    pub fn try_fit_transform<L: Labels>(&self, y: &L) -> Result<Array2<i64>> {
        self.try_fit(y)?.try_transform(y)
    }

    /// `inverse_transform(Y)`.
    pub fn try_inverse_transform<L: Labels>(&self, table: &Array2<f64>) -> Result<L> {
        let classes = self.known()?;
        let rows = table.rows().into_iter();
        let codes: Vec<usize> = rows
            .map(|row| {
                if row.len() == 1 {
                    usize::from(row[0] > 0.5)
                } else {
                    crate::sklearn::linear_model::first_largest(row.iter().copied())
                }
            })
            .collect();
        typed(classes.take(&codes))
    }

    /// `classes_`.
    pub fn try_classes_<L: Labels>(&self) -> Result<L> {
        typed(self.known()?)
    }

    crate::sklearn::errors::throwing! {
        /// See `try_fit`.
        fit = try_fit<L: Labels>(&self, y: &L) -> Self;
        /// See `try_transform`.
        transform = try_transform<L: Labels>(&self, y: &L) -> Array2<i64>;
        /// See `try_fit_transform`.
        fit_transform = try_fit_transform<L: Labels>(&self, y: &L) -> Array2<i64>;
        /// See `try_inverse_transform`.
        inverse_transform = try_inverse_transform<L: Labels>(&self, table: &Array2<f64>) -> L;
        /// See `try_classes_`.
        classes_ = try_classes_<L: Labels>(&self) -> L;
    }
}

impl Text for LabelBinarizer {
    fn repr_text(&self) -> String {
        "LabelBinarizer()".to_string()
    }
}

/// `label_binarize(y, classes=…)` for classes in ascending order.
pub fn try_label_binarize<L: Labels, C: Labels>(y: &L, classes: &C) -> Result<Array2<i64>> {
    let given = classes.to_target();
    let sorted = given.encode()?.0;
    if sorted != given {
        crate::py::unsupported("label_binarize is translated for classes in ascending order");
    }
    table_of(&given, &y.to_target())
}

crate::sklearn::errors::throwing_functions! {
    /// See `try_label_binarize`.
    label_binarize = try_label_binarize<L: Labels, C: Labels>(y: &L, classes: &C) -> Array2<i64>;
}
