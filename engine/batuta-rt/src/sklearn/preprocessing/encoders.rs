//! `LabelEncoder`, `OneHotEncoder` and `OrdinalEncoder`.

use crate::py::Text;
use crate::sklearn::errors::{Result, no_attribute, not_fitted, throwing, value_error};
use crate::sklearn::estimator::{AnyEstimator, Estimator, Kind, Role, check_numbers};
use crate::sklearn::parameters::{Param, ParamType, parameters};
use crate::sklearn::table::{self, Feature, Holds};
use crate::sklearn::target::{Labels, Target, typed};
use ndarray::{Array1, Array2};
use std::cell::RefCell;
use std::rc::Rc;

/// Numbers for labels. A handle, as all estimators are.
#[derive(Clone, Default)]
pub struct LabelEncoder(Rc<RefCell<Option<Target>>>);

/// The positions of labels among sorted classes; an unknown one is an error.
fn positions(classes: &Target, labels: &Target) -> Result<Vec<usize>> {
    fn find<T: PartialOrd + Clone>(
        classes: &Array1<T>,
        labels: &Array1<T>,
        show: impl Fn(&T) -> String,
    ) -> Result<Vec<usize>> {
        let mut unknown: Vec<T> = Vec::new();
        let found = labels
            .iter()
            .map(|label| {
                classes
                    .iter()
                    .position(|class| class == label)
                    .unwrap_or_else(|| {
                        if !unknown.contains(label) {
                            unknown.push(label.clone());
                        }
                        0
                    })
            })
            .collect();
        if unknown.is_empty() {
            return Ok(found);
        }
        unknown.sort_by(|a, b| a.partial_cmp(b).unwrap_or(std::cmp::Ordering::Equal));
        let texts: Vec<String> = unknown.iter().map(show).collect();
        Err(value_error(format!(
            "y contains previously unseen labels: [{}]",
            texts.join(", ")
        )))
    }
    match (classes, labels) {
        (Target::Int(classes), Target::Int(labels)) => {
            find(classes, labels, |label| format!("np.int64({label})"))
        }
        (Target::Bool(classes), Target::Bool(labels)) => find(classes, labels, |label| {
            format!("np.{}", if *label { "True_" } else { "False_" })
        }),
        (Target::Float(classes), Target::Float(labels)) => find(classes, labels, |label| {
            format!("np.float64({})", crate::py::Float(*label))
        }),
        (Target::Text(classes), Target::Text(labels)) => find(classes, labels, |label| {
            format!("np.str_({})", label.repr_text())
        }),
        _ => Err(value_error("y contains previously unseen labels")),
    }
}

impl PartialEq for LabelEncoder {
    /// As Python compares what has no `__eq__`: whether they are one object.
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl LabelEncoder {
    /// An encoder that knows no labels yet.
    pub fn new() -> Self {
        Self::default()
    }

    fn classes(&self) -> Result<Target> {
        self.0
            .borrow()
            .clone()
            .ok_or_else(|| not_fitted("LabelEncoder"))
    }

    /// `fit(y)`.
    pub fn try_fit<L: Labels>(&self, y: &L) -> Result<Self> {
        let (classes, _) = y.to_target().encode()?;
        *self.0.borrow_mut() = Some(classes);
        Ok(self.clone())
    }

    /// `transform(y)`.
    pub fn try_transform<L: Labels>(&self, y: &L) -> Result<Array1<i64>> {
        Ok(positions(&self.classes()?, &y.to_target())?
            .into_iter()
            .map(|code| code as i64)
            .collect())
    }

    /// `fit_transform(y)`.
    pub fn try_fit_transform<L: Labels>(&self, y: &L) -> Result<Array1<i64>> {
        self.try_fit(y)?.try_transform(y)
    }

    /// `inverse_transform(codes)`.
    pub fn try_inverse_transform<L: Labels>(&self, codes: &Array1<i64>) -> Result<L> {
        let classes = self.classes()?;
        let count = classes.length().unwrap_or(0) as i64;
        let mut unknown: Vec<i64> = codes
            .iter()
            .copied()
            .filter(|code| !(0..count).contains(code))
            .collect();
        unknown.sort_unstable();
        unknown.dedup();
        if !unknown.is_empty() {
            let texts: Vec<String> = unknown.iter().map(i64::to_string).collect();
            return Err(value_error(format!(
                "y contains previously unseen labels: [{}]",
                texts.join(" ")
            )));
        }
        typed(classes.take(&codes.iter().map(|code| *code as usize).collect::<Vec<_>>()))
    }

    /// `classes_`.
    pub fn try_classes_<L: Labels>(&self) -> Result<L> {
        typed(
            self.0
                .borrow()
                .clone()
                .ok_or_else(|| no_attribute("LabelEncoder", "classes_"))?,
        )
    }

    throwing! {
        /// See `try_fit`.
        fit = try_fit<L: Labels>(&self, y: &L) -> Self;
        /// See `try_transform`.
        transform = try_transform<L: Labels>(&self, y: &L) -> Array1<i64>;
        /// See `try_fit_transform`.
        fit_transform = try_fit_transform<L: Labels>(&self, y: &L) -> Array1<i64>;
        /// See `try_inverse_transform`.
        inverse_transform = try_inverse_transform<L: Labels>(&self, codes: &Array1<i64>) -> L;
        /// See `try_classes_`.
        classes_ = try_classes_<L: Labels>(&self) -> L;
    }
}

/// The texts of each column in the order that the program wants, or none for sorted ones.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GivenTexts(Option<Vec<Vec<String>>>);

impl GivenTexts {
    /// These texts.
    pub fn new(columns: &[&[&str]]) -> Self {
        let own = |column: &&[&str]| column.iter().map(|text| (*text).to_string()).collect();
        GivenTexts(Some(columns.iter().map(own).collect()))
    }
}

impl ParamType for GivenTexts {
    fn to_param(&self) -> Param {
        let Some(columns) = &self.0 else {
            return Param::Text("auto".to_string());
        };
        let shown: Vec<String> = columns.iter().map(Text::repr_text).collect();
        Param::Other(format!("[{}]", shown.join(", ")))
    }
    fn from_param(_param: &Param) -> Option<Self> {
        None
    }
}

/// See `OneHotEncoder`.
pub struct OneHotEncoderKind;
/// One column of zeros and ones for each value of each feature (dense).
pub type OneHotEncoder = Estimator<OneHotEncoderKind>;

parameters! {
    /// Parameters of `OneHotEncoder`.
    OneHotEncoderParameters for OneHotEncoderKind {
        categories = "categories": GivenTexts = GivenTexts::default(),
        drop = "drop": Option<String> = None,
        handle_unknown = "handle_unknown": String = "error".to_string(),
        sparse_output = "sparse_output": bool = true,
    }
}

/// See `OrdinalEncoder`.
pub struct OrdinalEncoderKind;
/// The position of each value among the sorted values of its feature.
pub type OrdinalEncoder = Estimator<OrdinalEncoderKind>;

parameters! {
    /// Parameters of `OrdinalEncoder`.
    OrdinalEncoderParameters for OrdinalEncoderKind {
        categories = "categories": GivenTexts = GivenTexts::default(),
    }
}

/// The sorted values of each feature, and what the feature holds.
pub struct Categories(Vec<Vec<f64>>, Vec<Holds>);

impl Categories {
    fn learn(x: &Array2<f64>, given: &GivenTexts) -> Result<Self> {
        let kinds = match table::features(x) {
            Some(features) => features.iter().map(|each| each.holds).collect(),
            None => {
                let numbers =
                    |column: ndarray::ArrayView1<f64>| column.iter().any(|value| !value.is_nan());
                let texts = x.iter().any(|value| table::is_text(*value));
                if texts && x.columns().into_iter().any(numbers) {
                    // An imputer gives back objects: its ints are ints still, and floats are floats.
                    crate::py::unsupported(
                        "the categories of numbers that came beside texts from another step",
                    );
                }
                vec![Holds::Floats; x.ncols()]
            }
        };
        let has_texts = x.iter().any(|&value| table::is_text(value));
        if let (Some(columns), true) = (&given.0, has_texts) {
            if columns.len() != x.ncols() {
                return Err(value_error(
                    "Shape mismatch: if categories is an array, it has to be of shape (n_features,).",
                ));
            }
            let own =
                |column: &Vec<String>| column.iter().map(|text| table::of_text(text)).collect();
            let made = Categories(columns.iter().map(own).collect(), kinds);
            made.find(x, false, "fit")?;
            return Ok(made);
        }
        let sorted = x.columns().into_iter().map(|column| {
            let mut values = column.to_vec();
            values.sort_by(|a, b| table::order(*a, *b));
            values.dedup_by(|a, b| table::order(*a, *b).is_eq());
            values
        });
        Ok(Categories(sorted.collect(), kinds))
    }

    fn find(&self, x: &Array2<f64>, forgive: bool, when: &str) -> Result<Array2<Option<usize>>> {
        let mut found = Array2::from_elem(x.dim(), None);
        for (column, values) in self.0.iter().enumerate() {
            let mut unknown: Vec<f64> = Vec::new();
            for row in 0..x.nrows() {
                let value = x[(row, column)];
                let position = values
                    .iter()
                    .position(|known| table::order(*known, value).is_eq());
                if position.is_none() && !forgive {
                    unknown.push(value);
                }
                found[(row, column)] = position;
            }
            if !unknown.is_empty() {
                unknown.sort_by(|a, b| table::order(*a, *b));
                unknown.dedup_by(|a, b| table::order(*a, *b).is_eq());
                let shown: Vec<String> = unknown
                    .iter()
                    .map(|&value| match (table::text(value), self.1[column]) {
                        (Some(text), _) => text.repr_text(),
                        (None, _) if value.is_nan() => "nan".to_string(),
                        (None, Holds::Ints) => format!("np.int64({value})"),
                        _ => format!("np.float64({})", crate::py::Float(value)),
                    })
                    .collect();
                return Err(value_error(format!(
                    "Found unknown categories [{}] in column {column} during {when}",
                    shown.join(", ")
                )));
            }
        }
        Ok(found)
    }
}

/// How many of the first values of a feature have no column.
fn skipped(drop: Option<&str>, values: &[f64]) -> usize {
    match drop {
        Some("first") => 1,
        Some("if_binary") if values.len() == 2 => 1,
        _ => 0,
    }
}

impl Kind for OneHotEncoderKind {
    const NAME: &'static str = "OneHotEncoder";
    const ROLE: Role = Role::Transformer;
    const ALLOWS_NAN: bool = true;
    const ALLOWS_TEXTS: bool = true;
    type Parameters = OneHotEncoderParameters;
    type Fitted = Categories;

    fn names_out(
        parameters: &Self::Parameters,
        fitted: &Categories,
        features: &[Feature],
    ) -> Option<Result<Vec<String>>> {
        let names = features.iter().enumerate().flat_map(|(at, feature)| {
            let values = &fitted.0[at];
            values[skipped(parameters.drop.as_deref(), values)..]
                .iter()
                .map(move |&value| {
                    format!("{}_{}", feature.name, table::shown(value, fitted.1[at]))
                })
        });
        Some(Ok(names.collect()))
    }

    fn sparse(parameters: &Self::Parameters, _fitted: Option<&Categories>) -> bool {
        parameters.sparse_output
    }

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, _y: &Target) -> Result<Categories> {
        Categories::learn(x, &parameters.categories)
    }

    fn transform(
        parameters: &Self::Parameters,
        fitted: &Categories,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        let found = fitted.find(x, parameters.handle_unknown == "ignore", "transform")?;
        let skipped = |values: &Vec<f64>| skipped(parameters.drop.as_deref(), values);
        let width = fitted
            .0
            .iter()
            .map(|values| values.len() - skipped(values))
            .sum();
        let mut result = Array2::zeros((x.nrows(), width));
        let mut start = 0;
        for (column, values) in fitted.0.iter().enumerate() {
            let skip = skipped(values);
            for row in 0..x.nrows() {
                if let Some(position) = found[(row, column)]
                    && position >= skip
                {
                    result[(row, start + position - skip)] = 1.0;
                }
            }
            start += values.len() - skip;
        }
        Ok(result)
    }
}

impl Kind for OrdinalEncoderKind {
    const NAME: &'static str = "OrdinalEncoder";
    const ROLE: Role = Role::Transformer;
    const ALLOWS_NAN: bool = true;
    const ALLOWS_TEXTS: bool = true;
    type Parameters = OrdinalEncoderParameters;
    type Fitted = Categories;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, _y: &Target) -> Result<Categories> {
        Categories::learn(x, &parameters.categories)
    }

    fn transform(
        _parameters: &Self::Parameters,
        fitted: &Categories,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        Ok(fitted
            .find(x, false, "transform")?
            .mapv(|position| position.map_or(f64::NAN, |position| position as f64)))
    }

    fn inverse_transform(
        _parameters: &Self::Parameters,
        fitted: &Categories,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        Ok(check_numbers(Array2::from_shape_fn(
            x.dim(),
            |(row, column)| fitted.0[column][x[(row, column)] as usize],
        )))
    }
}

/// The sorted texts of each column.
fn sorted_texts(x: &Array2<String>) -> Vec<Vec<String>> {
    x.columns()
        .into_iter()
        .map(|column| {
            let mut values = column.to_vec();
            values.sort();
            values.dedup();
            values
        })
        .collect()
}

/// Texts as their positions; an unknown one is -1, or an error.
fn numbers_of(
    x: &Array2<String>,
    texts: &[Vec<String>],
    forgive: bool,
    when: &str,
) -> Result<Array2<f64>> {
    let mut result = Array2::from_elem(x.dim(), -1.0);
    for (column, known) in texts.iter().enumerate() {
        let mut unknown: Vec<&String> = Vec::new();
        for row in 0..x.nrows() {
            match known.iter().position(|text| *text == x[(row, column)]) {
                Some(position) => result[(row, column)] = position as f64,
                None => unknown.push(&x[(row, column)]),
            }
        }
        unknown.sort();
        unknown.dedup();
        if !unknown.is_empty() && !forgive {
            let shown: Vec<String> = unknown
                .iter()
                .map(|text| format!("np.str_({})", text.repr_text()))
                .collect();
            return Err(value_error(format!(
                "Found unknown categories [{}] in column {column} during {when}",
                shown.join(", ")
            )));
        }
    }
    Ok(result)
}

macro_rules! text_encoder {
    ($estimator:ty, $kind:ty, $forgive:expr) => {
        impl $estimator {
            /// `fit(X)` of a table of texts.
            pub fn try_fit_text(&self, x: &Array2<String>) -> Result<Self> {
                let given = self.parameters().categories.0;
                let forgive: fn(&<$kind as Kind>::Parameters) -> bool = $forgive;
                let forgive = forgive(&self.parameters()) || given.is_none();
                if given.as_ref().is_some_and(|columns| columns.len() != x.ncols()) {
                    return Err(value_error(
                        "Shape mismatch: if categories is an array, it has to be of shape (n_features,).",
                    ));
                }
                let texts = given.unwrap_or_else(|| sorted_texts(x));
                numbers_of(x, &texts, forgive, "fit")?;
                // The numbers of all texts are learned, so that texts which do not occur have their place too.
                let rows = texts.iter().map(Vec::len).max().unwrap_or(0);
                let all = Array2::from_shape_fn((rows, texts.len()), |(row, column)| {
                    row.min(texts[column].len().saturating_sub(1)) as f64
                });
                self.try_fit_alone(&all)?;
                self.remember_texts(texts);
                Ok(self.clone())
            }

            /// `transform(X)` of a table of texts.
            pub fn try_transform_text(&self, x: &Array2<String>) -> Result<Array2<f64>> {
                let texts = self.texts().ok_or_else(|| not_fitted(<$kind>::NAME))?;
                let forgive: fn(&<$kind as Kind>::Parameters) -> bool = $forgive;
                self.try_transform(&numbers_of(x, &texts, forgive(&self.parameters()), "transform")?)
            }

            /// `fit_transform(X)` of a table of texts.
            pub fn try_fit_transform_text(&self, x: &Array2<String>) -> Result<Array2<f64>> {
                self.try_fit_text(x)?.try_transform_text(x)
            }

            /// `categories_` of a table of texts.
            pub fn try_text_categories(&self) -> Result<Vec<Array1<String>>> {
                let fitted = self.fitted_for("categories_")?;
                let Some(texts) = self.texts() else {
                    let texts = |column: &Vec<f64>| {
                        let texts = column.iter().map(|&value| table::text(value).map(|text| text.to_string()));
                        texts.collect::<Option<Array1<String>>>()
                    };
                    return match fitted.0.iter().map(texts).collect::<Option<Vec<_>>>() {
                        Some(found) => Ok(found),
                        None => crate::py::unsupported("`categories_` of columns that are no texts"),
                    };
                };
                Ok(texts.iter().map(|column| Array1::from(column.clone())).collect())
            }

            throwing! {
                /// See `try_fit_text`.
                fit_text = try_fit_text(&self, x: &Array2<String>) -> Self;
                /// See `try_transform_text`.
                transform_text = try_transform_text(&self, x: &Array2<String>) -> Array2<f64>;
                /// See `try_fit_transform_text`.
                fit_transform_text = try_fit_transform_text(&self, x: &Array2<String>) -> Array2<f64>;
                /// See `try_text_categories`.
                text_categories = try_text_categories(&self) -> Vec<Array1<String>>;
            }
        }
    };
}
text_encoder!(OneHotEncoder, OneHotEncoderKind, |parameters| parameters
    .handle_unknown
    == "ignore");
text_encoder!(OrdinalEncoder, OrdinalEncoderKind, |_| false);

impl OneHotEncoder {
    /// `get_feature_names_out(names)` after texts: the column's name and the text.
    pub fn try_text_feature_names(&self, names: Option<Vec<String>>) -> Result<Array1<String>> {
        let Some(texts) = self.texts() else {
            self.fitted()?;
            return Ok(self.names_out_any(names)?.into());
        };
        let drop = self.parameters().drop;
        let mut result = Vec::new();
        for (column, known) in texts.iter().enumerate() {
            let own = names
                .as_ref()
                .map_or_else(|| format!("x{column}"), |names| names[column].clone());
            let skip = match drop.as_deref() {
                Some("first") => 1,
                Some("if_binary") if known.len() == 2 => 1,
                _ => 0,
            };
            result.extend(known[skip..].iter().map(|text| format!("{own}_{text}")));
        }
        Ok(result.into())
    }

    throwing! {
        /// See `try_text_feature_names`.
        text_feature_names = try_text_feature_names(&self, names: Option<Vec<String>>) -> Array1<String>;
    }
}
