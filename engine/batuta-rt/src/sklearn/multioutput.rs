//! Several targets by an estimator for each: `MultiOutputClassifier`, `MultiOutputRegressor`, and chains of them.

use super::errors::{Result, throwing, value_error};
use super::estimator::{AnyEstimator, Estimator, Kind, Role};
use super::parameters::{Inner, Param, parameters};
use super::random::RandomState;
use super::sums::mean;
use super::target::Target;
use ndarray::{Array1, Array2, Axis, concatenate};

/// See `MultiOutputClassifier`.
pub struct MultiOutputClassifierKind;
/// A classifier for each column of the target.
pub type MultiOutputClassifier = Estimator<MultiOutputClassifierKind>;

parameters! {
    /// Parameters of `MultiOutputClassifier`.
    MultiOutputClassifierParameters for MultiOutputClassifierKind {
        estimator = "estimator": Inner = Inner::default(),
    }
}

/// See `MultiOutputRegressor`.
pub struct MultiOutputRegressorKind;
/// A regressor for each column of the target.
pub type MultiOutputRegressor = Estimator<MultiOutputRegressorKind>;

parameters! {
    /// Parameters of `MultiOutputRegressor`.
    MultiOutputRegressorParameters for MultiOutputRegressorKind {
        estimator = "estimator": Inner = Inner::default(),
    }
}

/// See `ClassifierChain`.
pub struct ClassifierChainKind;
/// Classifiers of which each sees what those before it say.
pub type ClassifierChain = Estimator<ClassifierChainKind>;

parameters! {
    /// Parameters of `ClassifierChain`.
    ClassifierChainParameters for ClassifierChainKind {
        chain_method = "chain_method": String = "predict".to_string(),
        estimator = "estimator": Inner = Inner::default(),
        order = "order": Order = Order::default(),
        random_state = "random_state": Option<i64> = None,
    }
}

/// See `RegressorChain`.
pub struct RegressorChainKind;
/// Regressors of which each sees what those before it say.
pub type RegressorChain = Estimator<RegressorChainKind>;

parameters! {
    /// Parameters of `RegressorChain`.
    RegressorChainParameters for RegressorChainKind {
        estimator = "estimator": Inner = Inner::default(),
        order = "order": Order = Order::default(),
        random_state = "random_state": Option<i64> = None,
    }
}

/// The order of a chain: that of the columns, drawn, or given.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Order {
    /// That of the columns.
    #[default]
    Columns,
    /// Drawn.
    Random,
    /// Given.
    Of(Vec<i64>),
}

impl From<Option<String>> for Order {
    fn from(name: Option<String>) -> Self {
        name.map_or(Order::Columns, |_| Order::Random)
    }
}

impl From<Option<Vec<i64>>> for Order {
    fn from(order: Option<Vec<i64>>) -> Self {
        order.map_or(Order::Columns, Order::Of)
    }
}

impl super::parameters::ParamType for Order {
    fn to_param(&self) -> Param {
        match self {
            Order::Columns => Param::Nothing,
            Order::Random => Param::Text("random".to_string()),
            Order::Of(order) => Param::Other(format!("{order:?}")),
        }
    }
    fn from_param(param: &Param) -> Option<Self> {
        match param {
            Param::Nothing => Some(Order::Columns),
            Param::Text(_) => Some(Order::Random),
            _ => None,
        }
    }
}

/// An estimator for each column, in the order in which they learn.
pub struct Columns {
    models: Vec<Box<dyn AnyEstimator>>,
    order: Vec<usize>,
}

fn table_of(y: &Target) -> Result<Array2<f64>> {
    match y {
        Target::Table(table) => Ok(table.clone()),
        _ => Err(value_error(
            "y must have at least two dimensions for multi-output regression but has only one.",
        )),
    }
}

/// A column as the estimator is to learn it.
fn column(table: &Array2<f64>, at: usize, whole: bool) -> Target {
    let values = table.column(at);
    if whole {
        Target::Int(values.iter().map(|value| *value as i64).collect())
    } else {
        Target::Float(values.to_owned())
    }
}

fn given(estimator: &Inner) -> Result<&dyn AnyEstimator> {
    estimator
        .given()
        .ok_or_else(|| value_error("an estimator is needed"))
}

fn learn(estimator: &Inner, x: &Array2<f64>, y: &Target, whole: bool) -> Result<Columns> {
    let table = table_of(y)?;
    let models = (0..table.ncols()).map(|at| {
        let own = given(estimator)?.fresh();
        own.fit_any(x, &column(&table, at, whole))?;
        Ok(own)
    });
    Ok(Columns {
        models: models.collect::<Result<Vec<_>>>()?,
        order: (0..table.ncols()).collect(),
    })
}

fn learn_chain(
    estimator: &Inner,
    order: &Order,
    seed: Option<i64>,
    x: &Array2<f64>,
    y: &Target,
    whole: bool,
) -> Result<Columns> {
    let table = table_of(y)?;
    let count = table.ncols();
    let order: Vec<usize> = match order {
        Order::Columns => (0..count).collect(),
        Order::Random => RandomState::from_seed(seed).permutation(count),
        Order::Of(given) => {
            let mut sorted = given.clone();
            sorted.sort_unstable();
            if sorted != (0..count as i64).collect::<Vec<_>>() {
                return Err(value_error("invalid order"));
            }
            given.iter().map(|&at| at as usize).collect()
        }
    };
    let mut models = Vec::new();
    for (place, &at) in order.iter().enumerate() {
        let before = table.select(Axis(1), &order[..place]);
        let wider = beside(x, &before);
        let own = given(estimator)?.fresh();
        own.fit_any(&wider, &column(&table, at, whole))?;
        models.push(own);
    }
    Ok(Columns { models, order })
}

fn beside(x: &Array2<f64>, more: &Array2<f64>) -> Array2<f64> {
    match concatenate(Axis(1), &[x.view(), more.view()]) {
        Ok(joined) => joined,
        Err(_) => crate::py::unsupported("tables of different lengths beside each other"),
    }
}

/// What each estimator of a chain says, which those behind it see by `hand`.
fn along(
    fitted: &Columns,
    x: &Array2<f64>,
    told: impl Fn(&dyn AnyEstimator, &Array2<f64>) -> Result<Array1<f64>>,
    hand: impl Fn(&dyn AnyEstimator, &Array2<f64>) -> Result<Array1<f64>>,
) -> Result<Array2<f64>> {
    let count = fitted.models.len();
    let mut result = Array2::zeros((x.nrows(), count));
    let mut seen = Array2::zeros((x.nrows(), 0));
    for (model, &at) in fitted.models.iter().zip(&fitted.order) {
        let wider = beside(x, &seen);
        result.column_mut(at).assign(&told(model.as_ref(), &wider)?);
        let next = hand(model.as_ref(), &wider)?.insert_axis(Axis(1));
        seen = beside(&seen, &next);
    }
    Ok(result)
}

fn predicted(model: &dyn AnyEstimator, x: &Array2<f64>) -> Result<Array1<f64>> {
    model.predict_any(x)?.floats()
}

fn chance(model: &dyn AnyEstimator, x: &Array2<f64>) -> Result<Array1<f64>> {
    Ok(model.predict_proba_any(x)?.column(1).to_owned())
}

fn decision(model: &dyn AnyEstimator, x: &Array2<f64>) -> Result<Array1<f64>> {
    Ok(model.decision_function_any(x)?.column(0).to_owned())
}

fn each(fitted: &Columns, x: &Array2<f64>) -> Result<Array2<f64>> {
    let mut table = Array2::zeros((x.nrows(), fitted.models.len()));
    for (at, model) in fitted.models.iter().enumerate() {
        table.column_mut(at).assign(&predicted(model.as_ref(), x)?);
    }
    Ok(table)
}

/// The share of rows all of whose columns are right.
fn exact_share(truth: &Array2<f64>, found: &Array2<f64>) -> f64 {
    let right = truth
        .rows()
        .into_iter()
        .zip(found.rows())
        .map(|(one, other)| f64::from(u8::from(one == other)));
    mean(right)
}

fn named(fitted: &Columns) -> Vec<(String, super::Model)> {
    let models = fitted.models.iter();
    models
        .map(|each| (String::new(), each.share().into()))
        .collect()
}

macro_rules! several_columns {
    ($kind:ty, $name:literal, $role:expr, $parameters:ty, $whole:literal, $fit:expr, $predict:expr) => {
        impl Kind for $kind {
            const NAME: &'static str = $name;
            const ROLE: Role = $role;
            const ALLOWS_TEXTS: bool = true;
            const ALLOWS_NAN: bool = true;
            type Parameters = $parameters;
            type Fitted = Columns;

            fn members(
                _parameters: &Self::Parameters,
                fitted: &Columns,
            ) -> Result<Vec<(String, super::Model)>> {
                Ok(named(fitted))
            }
            fn renew(parameters: &mut Self::Parameters) {
                parameters.estimator = Inner::from(parameters.estimator.fresh());
            }
            fn nested<'a>(
                parameters: &'a Self::Parameters,
                name: &str,
            ) -> Option<&'a dyn AnyEstimator> {
                (name == "estimator")
                    .then(|| parameters.estimator.given())
                    .flatten()
            }
            fn fit(parameters: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<Columns> {
                $fit(parameters, x, y)
            }
            fn predict(
                parameters: &Self::Parameters,
                fitted: &Columns,
                x: &Array2<f64>,
            ) -> Result<Target> {
                $predict(parameters, fitted, x).map(Target::Table)
            }
            fn score(
                parameters: &Self::Parameters,
                fitted: &Columns,
                x: &Array2<f64>,
                y: &Target,
            ) -> Option<Result<f64>> {
                let scored = || {
                    let (truth, found) = (table_of(y)?, $predict(parameters, fitted, x)?);
                    if $whole {
                        Ok(exact_share(&truth, &found))
                    } else {
                        super::metrics::r2(&truth, &found)
                    }
                };
                Some(scored())
            }
        }
    };
}
several_columns!(
    MultiOutputClassifierKind,
    "MultiOutputClassifier",
    Role::Classifier,
    MultiOutputClassifierParameters,
    true,
    |own: &MultiOutputClassifierParameters, x, y| learn(&own.estimator, x, y, true),
    |_: &MultiOutputClassifierParameters, fitted, x| each(fitted, x)
);
several_columns!(
    MultiOutputRegressorKind,
    "MultiOutputRegressor",
    Role::Regressor,
    MultiOutputRegressorParameters,
    false,
    |own: &MultiOutputRegressorParameters, x, y| learn(&own.estimator, x, y, false),
    |_: &MultiOutputRegressorParameters, fitted, x| each(fitted, x)
);
several_columns!(
    ClassifierChainKind,
    "ClassifierChain",
    Role::Classifier,
    ClassifierChainParameters,
    true,
    |own: &ClassifierChainParameters, x, y| learn_chain(
        &own.estimator,
        &own.order,
        own.random_state,
        x,
        y,
        true
    ),
    |own: &ClassifierChainParameters, fitted, x| along(fitted, x, predicted, handed(own))
);
several_columns!(
    RegressorChainKind,
    "RegressorChain",
    Role::Regressor,
    RegressorChainParameters,
    false,
    |own: &RegressorChainParameters, x, y| learn_chain(
        &own.estimator,
        &own.order,
        own.random_state,
        x,
        y,
        false
    ),
    |_: &RegressorChainParameters, fitted, x| along(fitted, x, predicted, predicted)
);

/// What a chain hands on.
fn handed(
    own: &ClassifierChainParameters,
) -> fn(&dyn AnyEstimator, &Array2<f64>) -> Result<Array1<f64>> {
    match own.chain_method.as_str() {
        "predict_proba" => chance,
        "decision_function" => decision,
        _ => predicted,
    }
}

impl MultiOutputClassifier {
    /// `predict_proba(X)`: a table for each column.
    pub fn try_chances(&self, x: &Array2<f64>) -> Result<Vec<Array2<f64>>> {
        let fitted = self.fitted()?;
        fitted
            .models
            .iter()
            .map(|model| model.predict_proba_any(x))
            .collect()
    }

    throwing! {
        /// See `try_chances`.
        chances = try_chances(&self, x: &Array2<f64>) -> Vec<Array2<f64>>;
    }
}

impl ClassifierChain {
    /// `predict_proba(X)`: the chance of each column.
    pub fn try_chances(&self, x: &Array2<f64>) -> Result<Array2<f64>> {
        along(&*self.fitted()?, x, chance, handed(&self.parameters()))
    }

    throwing! {
        /// See `try_chances`.
        chances = try_chances(&self, x: &Array2<f64>) -> Array2<f64>;
    }
}
