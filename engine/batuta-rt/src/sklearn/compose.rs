//! `ColumnTransformer` and `FeatureUnion`: several transformers side by side.

use super::errors::{Result, throwing, value_error};
use super::estimator::{AnyEstimator, Estimator, Kind, Role};
use super::model::Model;
use super::parameters::{Inner, Named, NamedList, Param, ParamType, parameters};
use super::pipeline::{CloneStatic, Passthrough};
use super::table::{self, Feature, Features, Holds};
use super::target::Target;
use crate::py::{Exception, Text};
use ndarray::{Array1, Array2, Axis, concatenate};

/// Columns that a program names.
#[derive(Clone, Debug, PartialEq)]
pub enum Columns {
    /// By position.
    At(Vec<i64>),
    /// `slice(start, stop)`.
    Part(Option<i64>, Option<i64>),
    /// By a mask.
    Masked(Vec<bool>),
    /// By name.
    Named(Vec<String>),
    /// By what they hold: `make_column_selector`.
    Holding(Vec<Holds>, Option<Vec<Holds>>),
}

impl From<&Vec<String>> for Columns {
    fn from(columns: &Vec<String>) -> Self {
        Columns::Named(columns.clone())
    }
}

impl From<&[String]> for Columns {
    fn from(columns: &[String]) -> Self {
        Columns::Named(columns.to_vec())
    }
}

impl<const N: usize> From<&[String; N]> for Columns {
    fn from(columns: &[String; N]) -> Self {
        Columns::Named(columns.to_vec())
    }
}

impl<const N: usize> From<&[&str; N]> for Columns {
    fn from(columns: &[&str; N]) -> Self {
        Columns::Named(columns.iter().map(|name| name.to_string()).collect())
    }
}

impl From<&Vec<&str>> for Columns {
    fn from(columns: &Vec<&str>) -> Self {
        Columns::Named(columns.iter().map(|name| name.to_string()).collect())
    }
}

impl From<&Columns> for Columns {
    fn from(columns: &Columns) -> Self {
        columns.clone()
    }
}

impl From<Vec<i64>> for Columns {
    fn from(columns: Vec<i64>) -> Self {
        Columns::At(columns)
    }
}

impl From<&Vec<i64>> for Columns {
    fn from(columns: &Vec<i64>) -> Self {
        Columns::At(columns.clone())
    }
}

impl From<&[i64]> for Columns {
    fn from(columns: &[i64]) -> Self {
        Columns::At(columns.to_vec())
    }
}

impl<const N: usize> From<&[i64; N]> for Columns {
    fn from(columns: &[i64; N]) -> Self {
        Columns::At(columns.to_vec())
    }
}

impl From<&Array1<i64>> for Columns {
    fn from(columns: &Array1<i64>) -> Self {
        Columns::At(columns.to_vec())
    }
}

impl From<&Array1<bool>> for Columns {
    fn from(columns: &Array1<bool>) -> Self {
        Columns::Masked(columns.to_vec())
    }
}

impl From<crate::py::Range> for Columns {
    fn from(columns: crate::py::Range) -> Self {
        Columns::At(columns.into_iter().collect())
    }
}

impl Columns {
    fn places(&self, count: usize, features: Option<&Features>) -> Result<Vec<usize>> {
        let total = count as i64;
        match self {
            Columns::At(columns) => columns
                .iter()
                .map(|&own| {
                    let place = if own < 0 { own + total } else { own };
                    if (0..total).contains(&place) {
                        return Ok(place as usize);
                    }
                    Err(value_error(
                        "all features must be in the columns of the data",
                    ))
                })
                .collect(),
            Columns::Part(start, stop) => {
                Ok(crate::py::slices::positions(*start, *stop, None, count)?
                    .iter()
                    .collect())
            }
            Columns::Masked(mask) => Ok((0..count)
                .filter(|&at| mask.get(at) == Some(&true))
                .collect()),
            Columns::Named(names) => {
                let features = features.ok_or_else(no_names)?;
                let place = |name: &String| features.iter().position(|each| each.name == *name);
                names
                    .iter()
                    .map(|name| {
                        place(name).ok_or_else(|| {
                            value_error("A given column is not a column of the dataframe")
                        })
                    })
                    .collect()
            }
            Columns::Holding(wanted, unwanted) => {
                let features = features.ok_or_else(no_names)?;
                let fits = |holds: &Holds| match unwanted {
                    Some(unwanted) => !unwanted.contains(holds),
                    None => wanted.contains(holds),
                };
                Ok((0..count).filter(|&at| fits(&features[at].holds)).collect())
            }
        }
    }
}

fn no_names() -> Exception {
    value_error("Specifying the columns using strings is only supported for dataframes.")
}

#[derive(Clone, Debug, PartialEq)]
enum Work {
    Drop,
    Pass,
    Own(Inner),
}

/// The transformers of a `ColumnTransformer` with their columns.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parts(Vec<(String, Work, Columns)>);

impl ParamType for Parts {
    fn to_param(&self) -> Param {
        let parts: Vec<String> = self
            .0
            .iter()
            .map(|(name, work, columns)| {
                let work = match work {
                    Work::Drop => "'drop'".to_string(),
                    Work::Pass => "'passthrough'".to_string(),
                    Work::Own(own) => own.get().text(),
                };
                let columns = match columns {
                    Columns::At(columns) => columns.repr_text(),
                    Columns::Part(start, stop) => {
                        format!("slice({}, {}, None)", start.repr_text(), stop.repr_text())
                    }
                    Columns::Masked(mask) => mask.repr_text(),
                    Columns::Named(names) => names.repr_text(),
                    Columns::Holding(..) => {
                        crate::py::unsupported("the text form of a selector of columns")
                    }
                };
                format!("({}, {work}, {columns})", name.repr_text())
            })
            .collect();
        Param::Other(format!("[{}]", parts.join(", ")))
    }
    fn from_param(_param: &Param) -> Option<Self> {
        None
    }
}

/// See `ColumnTransformer`.
pub struct ColumnTransformerKind;
/// Transformers that each change some columns; what they give stands side by side.
pub type ColumnTransformer = Estimator<ColumnTransformerKind>;

parameters! {
    /// Parameters of `ColumnTransformer`.
    ColumnTransformerParameters for ColumnTransformerKind {
        remainder = "remainder": String = "drop".to_string(),
        sparse_threshold = "sparse_threshold": f64 = 0.3,
        transformers = "transformers": Parts = Parts::default(),
        verbose_feature_names_out = "verbose_feature_names_out": bool = true,
    }
}

/// The fitted transformers. None passes its columns through.
pub struct Fitted {
    parts: Vec<(String, Option<Model>, Vec<usize>)>,
    sparse: bool,
}

impl ColumnTransformer {
    /// The same with one more transformer.
    pub fn part(self, name: &str, own: &dyn AnyEstimator, columns: impl Into<Columns>) -> Self {
        self.add(name, Work::Own(Inner::of(own)), columns.into())
    }

    /// The same with columns that are passed through.
    pub fn passed(self, name: &str, columns: impl Into<Columns>) -> Self {
        self.add(name, Work::Pass, columns.into())
    }

    /// The same with columns that are left out.
    pub fn dropped(self, name: &str, columns: impl Into<Columns>) -> Self {
        self.add(name, Work::Drop, columns.into())
    }

    fn add(self, name: &str, work: Work, columns: Columns) -> Self {
        self.change(|own| own.transformers.0.push((name.to_string(), work, columns)))
    }

    /// A fitted transformer by name, as its own type: `named_transformers_[name]`.
    pub fn try_named<E: Clone + 'static>(&self, name: &str) -> Result<E> {
        let fitted = self.fitted_for("named_transformers_")?;
        let found = fitted.parts.iter().find(|(own, _, _)| own == name);
        found
            .and_then(|(_, model, _)| model.as_ref())
            .ok_or_else(|| Exception::new("KeyError", name))?
            .held()
    }

    throwing! {
        /// See `try_named`.
        named = try_named<E: CloneStatic>(&self, name: &str) -> E;
    }
}

impl Kind for ColumnTransformerKind {
    const NAME: &'static str = "ColumnTransformer";
    const ROLE: Role = Role::Transformer;
    const ALLOWS_NAN: bool = true;
    const ALLOWS_TEXTS: bool = true;
    type Parameters = ColumnTransformerParameters;
    type Fitted = Fitted;

    fn names_out(
        parameters: &Self::Parameters,
        fitted: &Fitted,
        features: &[Feature],
    ) -> Option<Result<Vec<String>>> {
        let parts = fitted.parts.iter().map(|(part, model, places)| {
            let own: Vec<String> = places.iter().map(|&at| features[at].name.clone()).collect();
            let names = match model {
                Some(model) => model.names_out_any(Some(own))?,
                None => own,
            };
            Ok(names
                .into_iter()
                .map(|name| match parameters.verbose_feature_names_out {
                    true => format!("{part}__{name}"),
                    false => name,
                })
                .collect::<Vec<_>>())
        });
        Some(
            parts
                .collect::<Result<Vec<_>>>()
                .map(|parts| parts.concat()),
        )
    }

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<Fitted> {
        let features = table::features(x);
        let mut parts = Vec::new();
        let mut rest: Vec<usize> = (0..x.ncols()).collect();
        // Tables without entries for zeros are counted by their other entries.
        let (mut stored, mut whole, mut any) = (0, 0, false);
        for (name, work, columns) in &parameters.transformers.0 {
            let places = columns.places(x.ncols(), features.as_ref())?;
            rest.retain(|at| !places.contains(at));
            if places.is_empty() || *work == Work::Drop {
                continue;
            }
            let own = table::columns(x, &places);
            let model = match work {
                Work::Own(inner) => Some(Model::from(inner.fresh())),
                _ => None,
            };
            let made = match &model {
                Some(model) => model.fit_transform_any(&own, y)?,
                None => own.to_owned(),
            };
            let sparse = model.as_ref().is_some_and(|model| model.sparse_any());
            any = any || sparse;
            whole += made.len();
            stored += match sparse {
                true => made.iter().filter(|value| **value != 0.0).count(),
                false => made.len(),
            };
            parts.push((name.clone(), model, places));
        }
        if parameters.remainder == "passthrough" && !rest.is_empty() {
            whole += rest.len() * x.nrows();
            stored += rest.len() * x.nrows();
            parts.push(("remainder".to_string(), None, rest));
        }
        let sparse = any && (stored as f64 / whole as f64) < parameters.sparse_threshold;
        Ok(Fitted { parts, sparse })
    }

    fn transform(
        _parameters: &Self::Parameters,
        fitted: &Fitted,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        let mut tables = Vec::new();
        for (_, model, places) in &fitted.parts {
            let own = table::columns(x, places);
            tables.push(match model {
                Some(model) => model.transform_any(&own)?,
                None => own.to_owned(),
            });
        }
        side_by_side(&tables, x.nrows())
    }

    fn nested<'a>(parameters: &'a Self::Parameters, name: &str) -> Option<&'a dyn AnyEstimator> {
        let found = parameters
            .transformers
            .0
            .iter()
            .find(|(own, _, _)| own == name);
        match found {
            Some((_, Work::Own(inner), _)) => Some(inner.get()),
            _ => None,
        }
    }

    fn renew(parameters: &mut Self::Parameters) {
        for (_, work, _) in &mut parameters.transformers.0 {
            if let Work::Own(inner) = work {
                *work = Work::Own(Inner::from(inner.fresh()));
            }
        }
    }

    fn sparse(_parameters: &Self::Parameters, fitted: Option<&Fitted>) -> bool {
        fitted.is_some_and(|own| own.sparse)
    }
}

fn side_by_side(tables: &[Array2<f64>], rows: usize) -> Result<Array2<f64>> {
    if tables.is_empty() {
        return Ok(Array2::zeros((rows, 0)));
    }
    let views: Vec<_> = tables.iter().map(Array2::view).collect();
    concatenate(Axis(1), &views).map_err(|_| value_error("blocks of different numbers of rows"))
}

/// See `FeatureUnion`.
pub struct FeatureUnionKind;
/// Transformers of the same features; what they give stands side by side.
pub type FeatureUnion = Estimator<FeatureUnionKind>;

parameters! {
    /// Parameters of `FeatureUnion`.
    FeatureUnionParameters for FeatureUnionKind {
        transformer_list = "transformer_list": Named = Named::default(),
    }
}

impl FeatureUnion {
    /// The same with one more transformer.
    pub fn with_part(self, name: &str, own: &dyn AnyEstimator) -> Self {
        self.change(|parameters| parameters.transformer_list.add(name, own))
    }

    /// The same with one more transformer that gives the features as they are.
    pub fn passthrough(self, name: &str) -> Self {
        self.with_part(name, &Passthrough)
    }

    /// `transformer_list`: names and transformers.
    pub fn listed_transformers(&self) -> super::pipeline::NamedSteps {
        self.named_transformers().steps()
    }

    /// `named_transformers`: the transformers by their names.
    pub fn named_transformers(&self) -> super::Pipeline {
        super::Pipeline::with(self.parameters().transformer_list.models())
    }

    /// The union of the transformers of a list.
    pub fn of(list: &impl NamedList) -> Self {
        Self::new().change(|parameters| parameters.transformer_list = list.named())
    }
}

impl Kind for FeatureUnionKind {
    const NAME: &'static str = "FeatureUnion";
    const ROLE: Role = Role::Transformer;
    const ALLOWS_NAN: bool = true;
    const ALLOWS_TEXTS: bool = true;
    type Parameters = FeatureUnionParameters;
    type Fitted = ();

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<()> {
        parameters
            .transformer_list
            .all()
            .try_for_each(|each| each.fit_any(x, y))
    }

    fn transform(
        parameters: &Self::Parameters,
        _fitted: &(),
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        let tables: Result<Vec<_>> = parameters
            .transformer_list
            .all()
            .map(|each| each.transform_any(x))
            .collect();
        side_by_side(&tables?, x.nrows())
    }

    fn nested<'a>(parameters: &'a Self::Parameters, name: &str) -> Option<&'a dyn AnyEstimator> {
        parameters.transformer_list.get(name)
    }

    fn renew(parameters: &mut Self::Parameters) {
        parameters.transformer_list = parameters.transformer_list.fresh();
    }

    fn sparse(parameters: &Self::Parameters, _fitted: Option<&()>) -> bool {
        parameters
            .transformer_list
            .all()
            .any(AnyEstimator::sparse_any)
    }
}
