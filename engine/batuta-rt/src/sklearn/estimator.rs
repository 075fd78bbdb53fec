//! The contract of all estimators.
//!
//! An estimator is a handle: cloning it gives another name for the same object, as assignment does in Python. A `Kind` says what one
//! sort of estimator does; `Estimator<Kind>` adds scikit-learn's behaviour around it (checks, errors, `fit_transform`, text form), and
//! `AnyEstimator` is the same without types, for pipelines, folds and grids.

use super::errors::{
    Exception, Result, inconsistent_lengths, no_attribute, not_fitted, throwing, value_error,
};
use super::layout::Shown;
use super::metrics::{accuracy, r2};
use super::parameters::{Param, ParamItems, Parameters, describe};
use super::sparse;
use super::table::{self, Feature, Features, Holds};
use super::target::{LabelLists, Labels, Target, typed};
use crate::py::{Num, Text};
use ndarray::{Array1, Array2};
use std::any::Any;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// What an estimator is for; it decides the default score and whether folds are stratified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Predicts labels.
    Classifier,
    /// Predicts numbers.
    Regressor,
    /// Groups samples.
    Clusterer,
    /// Changes features.
    Transformer,
}

/// One sort of estimator.
pub trait Kind: Sized + 'static {
    /// scikit-learn's class name.
    const NAME: &'static str;
    /// What it is for.
    const ROLE: Role;
    /// Whether NaN in X is ordinary data.
    const ALLOWS_NAN: bool = false;
    /// Whether texts in X are ordinary data.
    const ALLOWS_TEXTS: bool = false;
    /// Constructor parameters.
    type Parameters: Parameters;
    /// What `fit` learns.
    type Fitted: 'static;

    /// Learns. `x` has rows of samples; it and `y` were checked for NaN and equal length. A kind whose rows can count differently
    /// says so in `fit_weighted` alone.
    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<Self::Fitted> {
        Self::fit_weighted(parameters, x, y, None)
    }

    /// Learns from rows that count differently, or all the same where there are no weights.
    fn fit_weighted(
        _parameters: &Self::Parameters,
        _x: &Array2<f64>,
        _y: &Target,
        _weights: Option<&[f64]>,
    ) -> Result<Self::Fitted> {
        crate::py::unsupported(&format!(
            "sample weights of {} are not translated",
            Self::NAME
        ))
    }

    /// Learns from more rows: `partial_fit`. `classes` are all labels that may come, where the call names them.
    fn learn_more(
        _parameters: &Self::Parameters,
        _before: Option<&Self::Fitted>,
        _x: &Array2<f64>,
        _y: &Target,
        _classes: &Target,
    ) -> Result<Self::Fitted> {
        Err(no_attribute(Self::NAME, "partial_fit"))
    }

    /// The predictions after each round (boosting).
    fn staged(
        _parameters: &Self::Parameters,
        _fitted: &Self::Fitted,
        _x: &Array2<f64>,
    ) -> Result<Vec<Target>> {
        Err(no_attribute(Self::NAME, "staged_predict"))
    }

    /// Predictions for the rows of `x`.
    fn predict(
        _parameters: &Self::Parameters,
        _fitted: &Self::Fitted,
        _x: &Array2<f64>,
    ) -> Result<Target> {
        Err(no_attribute(Self::NAME, "predict"))
    }
    /// The changed features.
    fn transform(
        _parameters: &Self::Parameters,
        _fitted: &Self::Fitted,
        _x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        Err(no_attribute(Self::NAME, "transform"))
    }
    /// The features before `transform`.
    fn inverse_transform(
        _parameters: &Self::Parameters,
        _fitted: &Self::Fitted,
        _x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        Err(no_attribute(Self::NAME, "inverse_transform"))
    }
    /// For each row the probability of each class.
    fn predict_proba(
        _parameters: &Self::Parameters,
        _fitted: &Self::Fitted,
        _x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        Err(no_attribute(Self::NAME, "predict_proba"))
    }
    /// For each row the signed distance to the boundary: one column for two classes.
    fn decision_function(
        _parameters: &Self::Parameters,
        _fitted: &Self::Fitted,
        _x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        Err(no_attribute(Self::NAME, "decision_function"))
    }
    /// For each row how usual it is.
    fn score_samples(
        _parameters: &Self::Parameters,
        _fitted: &Self::Fitted,
        _x: &Array2<f64>,
    ) -> Result<Array1<f64>> {
        Err(no_attribute(Self::NAME, "score_samples"))
    }
    /// The labels that `fit` gave to its own rows (clusterers).
    fn labels(_fitted: &Self::Fitted) -> Result<Array1<i64>> {
        Err(no_attribute(Self::NAME, "labels_"))
    }
    /// The classes in order (classifiers).
    fn classes(_fitted: &Self::Fitted) -> Result<Target> {
        Err(no_attribute(Self::NAME, "classes_"))
    }
    /// Coefficients and constant term (linear regressors).
    fn line(_fitted: &Self::Fitted) -> Result<(Array1<f64>, f64)> {
        Err(no_attribute(Self::NAME, "coef_"))
    }
    /// `feature_importances_` (trees).
    fn importances(_fitted: &Self::Fitted) -> Result<Array1<f64>> {
        Err(no_attribute(Self::NAME, "feature_importances_"))
    }
    /// One row of weights for each class or target: what `coef_` or `feature_importances_` holds.
    fn weights(fitted: &Self::Fitted) -> Result<Array2<f64>> {
        let row =
            Self::line(fitted).map_or_else(|_| Self::importances(fitted), |line| Ok(line.0))?;
        Ok(row.insert_axis(ndarray::Axis(0)))
    }
    /// The estimator that is the parameter of this name.
    fn nested<'a>(_parameters: &'a Self::Parameters, _name: &str) -> Option<&'a dyn AnyEstimator> {
        None
    }
    /// Whether objects have a method that not all of the class have; None where the class decides.
    fn offers(_parameters: &Self::Parameters, _method: &str) -> Option<bool> {
        None
    }
    /// The fitted estimator inside, by the name of its attribute.
    fn inside(_fitted: &Self::Fitted, _name: &str) -> Option<Box<dyn AnyEstimator>> {
        None
    }
    /// The fitted estimators of an ensemble, each with its name where it has one.
    fn members(
        _parameters: &Self::Parameters,
        _fitted: &Self::Fitted,
    ) -> Result<Vec<(String, super::Model)>> {
        Err(no_attribute(Self::NAME, "estimators_"))
    }
    /// Whether what `transform` gives is a table without entries for zeros in Python.
    fn sparse(_parameters: &Self::Parameters, _fitted: Option<&Self::Fitted>) -> bool {
        false
    }
    /// The names of the features that `transform` gives, where they are not the same as those of its input.
    fn names_out(
        _parameters: &Self::Parameters,
        _fitted: &Self::Fitted,
        _features: &[Feature],
    ) -> Option<Result<Vec<String>>> {
        None
    }
    /// Makes estimators among the parameters new ones, for a copy that is to be independent.
    fn renew(_parameters: &mut Self::Parameters) {}
    /// `score(X, y)`, where it is not the role's.
    fn score(
        _parameters: &Self::Parameters,
        _fitted: &Self::Fitted,
        _x: &Array2<f64>,
        _y: &Target,
    ) -> Option<Result<f64>> {
        None
    }
    /// The default score, where it is not the role's.
    fn own_score(
        _parameters: &Self::Parameters,
        _fitted: &Self::Fitted,
        _x: &Array2<f64>,
    ) -> Option<Result<f64>> {
        None
    }
    /// `transform(fit(x))` where scikit-learn computes it in another way.
    fn own_fit_transform(
        _parameters: &Self::Parameters,
        _fitted: &Self::Fitted,
        _x: &Array2<f64>,
    ) -> Option<Result<Array2<f64>>> {
        None
    }
}

struct State<K: Kind> {
    parameters: K::Parameters,
    /// Parameters that are shown in another form than their own: a float that was given as an int.
    shown: BTreeMap<String, Param>,
    fitted: Option<Rc<K::Fitted>>,
    columns: usize,
    /// The names and kinds of the columns, where the data were a table that has them.
    features: Option<Features>,
    /// The texts that stand behind the numbers of each column, where the data were texts.
    texts: Option<Rc<Vec<Vec<String>>>>,
}

/// A handle to an estimator.
pub struct Estimator<K: Kind>(Rc<RefCell<State<K>>>);

impl<K: Kind> Clone for Estimator<K> {
    fn clone(&self) -> Self {
        Estimator(Rc::clone(&self.0))
    }
}

impl<K: Kind> PartialEq for Estimator<K> {
    /// As Python compares what has no `__eq__`: whether they are one object.
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl<K: Kind> Default for Estimator<K> {
    fn default() -> Self {
        Self::new()
    }
}

/// Raises for NaN and infinities, with scikit-learn's text.
pub fn check_finite(x: &Array2<f64>, class: &str, allows_nan: bool) -> Result<()> {
    if x.iter().all(|value| value.is_finite()) {
        return Ok(());
    }
    if x.iter().any(|value| value.is_nan()) {
        if allows_nan && !x.iter().any(|value| value.is_infinite()) {
            return Ok(());
        }
        if !allows_nan {
            return Err(value_error(format!(
                "Input X contains NaN.\n{class} does not accept missing values encoded as NaN natively. For supervised learning, you \
                 might want to consider sklearn.ensemble.HistGradientBoostingClassifier and Regressor which accept missing values \
                 encoded as NaNs natively. Alternatively, it is possible to preprocess the data, for instance by using an imputer \
                 transformer in a pipeline or drop samples with missing values. See \
                 https://scikit-learn.org/stable/modules/impute.html You can find a list of all estimators that handle NaN values at \
                 the following page: https://scikit-learn.org/stable/modules/impute.html#estimators-that-handle-nan-values"
            )));
        }
    }
    Err(value_error(
        "Input X contains infinity or a value too large for dtype('float64').",
    ))
}

/// Raises for NaN, infinities and texts where a kind of estimator does not take them.
fn check_data<K: Kind>(x: &Array2<f64>) -> Result<()> {
    if let Some(text) = x.iter().find_map(|&value| table::text(value)) {
        return match K::ALLOWS_TEXTS {
            true => Ok(()),
            false => Err(value_error(format!(
                "could not convert string to float: {}",
                text.repr_text()
            ))),
        };
    }
    check_finite(x, K::NAME, K::ALLOWS_NAN)
}

/// Ends the program where Python would show a table with texts in it.
pub fn check_numbers(x: Array2<f64>) -> Array2<f64> {
    if x.iter().any(|&value| table::is_text(value)) {
        crate::py::unsupported("a table with texts in it, which a transformer gives");
    }
    x
}

/// The classes that give each feature under its own name.
const SAME_NAMES: &[&str] = &[
    "StandardScaler",
    "MinMaxScaler",
    "MaxAbsScaler",
    "RobustScaler",
    "Normalizer",
    "Binarizer",
    "PowerTransformer",
    "QuantileTransformer",
    "SimpleImputer",
    "KNNImputer",
    "IterativeImputer",
    "OrdinalEncoder",
];

/// The classes that leave some of the features.
const SELECTORS: &[&str] = &[
    "RFE",
    "RFECV",
    "SelectFdr",
    "SelectFpr",
    "SelectFromModel",
    "SelectFwe",
    "SelectKBest",
    "SelectPercentile",
    "SequentialFeatureSelector",
    "VarianceThreshold",
];

/// The classes that number what they give after themselves: `pca0`, `pca1`.
const NUMBERED_NAMES: &[&str] = &[
    "PCA",
    "IncrementalPCA",
    "FactorAnalysis",
    "FastICA",
    "GaussianRandomProjection",
    "KernelPCA",
    "KMeans",
    "LatentDirichletAllocation",
    "LinearDiscriminantAnalysis",
    "MiniBatchKMeans",
    "NMF",
    "Nystroem",
    "PLSRegression",
    "RBFSampler",
    "TruncatedSVD",
];

impl<K: Kind> Estimator<K> {
    /// An unfitted estimator with scikit-learn's default parameters.
    pub fn new() -> Self {
        Self::with(K::Parameters::default())
    }

    /// An unfitted estimator with these parameters.
    pub fn with(parameters: K::Parameters) -> Self {
        Estimator(Rc::new(RefCell::new(State {
            parameters,
            shown: BTreeMap::new(),
            fitted: None,
            columns: 0,
            features: None,
            texts: None,
        })))
    }

    /// A copy of the parameters as they are now.
    pub fn parameters(&self) -> K::Parameters {
        self.0.borrow().parameters.clone()
    }

    /// Notes in which form a parameter is shown.
    pub fn show_as(self, name: &str, value: Option<Param>) -> Self {
        match value {
            Some(value) => self.0.borrow_mut().shown.insert(name.to_string(), value),
            None => self.0.borrow_mut().shown.remove(name),
        };
        self
    }

    /// The parameters by name, as they are shown.
    fn listed(&self) -> Vec<(&'static str, Param)> {
        let state = self.0.borrow();
        let mut listed = state.parameters.list();
        for (name, value) in &mut listed {
            if let Some(shown) = state.shown.get(*name) {
                *value = shown.clone();
            }
        }
        listed
    }

    /// A parameter that is a number, as it was given: an int or a float.
    pub fn number(&self, name: &str) -> Num {
        let listed = self.listed();
        match listed.iter().find(|(own, _)| *own == name) {
            Some((_, Param::Int(value) | Param::NumpyInt(value))) => Num::Int(*value),
            Some((_, Param::Float(value) | Param::NumpyFloat(value))) => Num::Float(*value),
            _ => super::errors::unwrap(Err(no_attribute(K::NAME, name))),
        }
    }

    /// A new one with the same parameters, not fitted.
    pub fn copied(&self) -> Self {
        let mut parameters = self.parameters();
        K::renew(&mut parameters);
        let copy = Estimator::with(parameters);
        copy.0.borrow_mut().shown = self.0.borrow().shown.clone();
        copy
    }

    /// Changes parameters and gives the same object back.
    pub fn change(self, change: impl FnOnce(&mut K::Parameters)) -> Self {
        change(&mut self.0.borrow_mut().parameters);
        self
    }

    /// The same object with a parameter changed: `set_params`.
    pub fn try_set(&self, name: &str, value: Param) -> Result<Self> {
        self.set_any(name, &value)?;
        Ok(self.clone())
    }

    /// `set_params(**items)`: each parameter of a dict.
    pub fn try_set_all<I: ParamItems>(&self, items: &I) -> Result<Self> {
        for (name, value) in items.listed() {
            self.set_any(&name, &value)?;
        }
        Ok(self.clone())
    }

    /// What `fit` learned.
    pub fn fitted(&self) -> Result<Rc<K::Fitted>> {
        self.0
            .borrow()
            .fitted
            .clone()
            .ok_or_else(|| not_fitted(K::NAME))
    }

    /// `estimators_`: the fitted estimators of an ensemble.
    pub fn try_members(&self) -> Result<Vec<super::Model>> {
        let fitted = self.fitted_for("estimators_")?;
        let found = K::members(&self.0.borrow().parameters, &fitted)?;
        Ok(found.into_iter().map(|(_, model)| model).collect())
    }

    /// See `try_members`.
    pub fn members(&self) -> Vec<super::Model> {
        super::errors::unwrap(self.try_members())
    }

    /// `named_estimators_`: the same by name.
    pub fn try_named_members(&self) -> Result<crate::py::Dict<String, super::Model>> {
        let fitted = self.fitted_for("named_estimators_")?;
        let found = K::members(&self.0.borrow().parameters, &fitted)?;
        Ok(found.into_iter().collect())
    }

    /// See `try_named_members`.
    pub fn named_members(&self) -> crate::py::Dict<String, super::Model> {
        super::errors::unwrap(self.try_named_members())
    }

    /// What `fit` learned, for reading an attribute of it.
    pub fn fitted_for(&self, attribute: &str) -> Result<Rc<K::Fitted>> {
        self.0
            .borrow()
            .fitted
            .clone()
            .ok_or_else(|| no_attribute(K::NAME, attribute))
    }

    fn ready(&self, x: &Array2<f64>) -> Result<(K::Parameters, Rc<K::Fitted>)> {
        let fitted = self.fitted()?;
        check_data::<K>(x)?;
        let columns = self.0.borrow().columns;
        if x.ncols() != columns {
            return Err(value_error(format!(
                "X has {} features, but {} is expecting {columns} features as input.",
                x.ncols(),
                K::NAME
            )));
        }
        if let (Some(before), Some(now)) = (&self.0.borrow().features, table::features(x))
            && before
                .iter()
                .zip(now.iter())
                .any(|(one, other)| one.name != other.name)
        {
            return Err(value_error(
                "The feature names should match those that were passed during fit.",
            ));
        }
        Ok((self.parameters(), fitted))
    }

    /// The texts behind the numbers of each column, when the data were texts.
    pub(crate) fn texts(&self) -> Option<Rc<Vec<Vec<String>>>> {
        self.0.borrow().texts.clone()
    }

    /// Remembers the texts behind the numbers.
    pub(crate) fn remember_texts(&self, texts: Vec<Vec<String>>) {
        self.0.borrow_mut().texts = Some(Rc::new(texts));
    }

    /// Keeps what was learned outside `fit`.
    pub(crate) fn remember(&self, fitted: K::Fitted, columns: usize) {
        let mut state = self.0.borrow_mut();
        state.fitted = Some(Rc::new(fitted));
        state.columns = columns;
        state.features = None;
    }

    fn learn(&self, x: &Array2<f64>, y: &Target) -> Result<()> {
        self.learn_weighted(x, y, None)
    }

    fn learn_weighted(&self, x: &Array2<f64>, y: &Target, weights: Option<&[f64]>) -> Result<()> {
        if x.nrows() == 0 {
            return Err(value_error(format!(
                "Found array with 0 sample(s) (shape=({}, {})) while a minimum of 1 is required by {}.",
                x.nrows(),
                x.ncols(),
                K::NAME
            )));
        }
        check_data::<K>(x)?;
        if let Some(length) = y.length()
            && length != x.nrows()
        {
            return Err(inconsistent_lengths(&[x.nrows(), length]));
        }
        if let Target::Float(values) = y
            && !values.iter().all(|value| value.is_finite())
        {
            let nan = values.iter().any(|value| value.is_nan());
            return Err(value_error(if nan {
                "Input y contains NaN."
            } else {
                "Input y contains infinity or a value too large for dtype('float64')."
            }));
        }
        if matches!(y, Target::Absent) && matches!(K::ROLE, Role::Classifier | Role::Regressor) {
            return Err(value_error(format!(
                "This {} estimator requires y to be passed, but the target y is None.",
                K::NAME
            )));
        }
        let parameters = self.parameters();
        let _learning = sparse::learning_from(x);
        sparse::check(K::NAME);
        let fitted = match weights {
            None => K::fit(&parameters, x, y)?,
            Some(_) => K::fit_weighted(&parameters, x, y, weights)?,
        };
        let mut state = self.0.borrow_mut();
        state.fitted = Some(Rc::new(fitted));
        state.columns = x.ncols();
        state.features = table::features(x);
        state.texts = None;
        Ok(())
    }

    /// `fit(X, y)`: learns, and gives the same object back.
    pub fn try_fit<L: Labels>(&self, x: &Array2<f64>, y: &L) -> Result<Self> {
        self.learn(x, &y.to_target())?;
        Ok(self.clone())
    }

    /// `fit(X, y, sample_weight)`.
    pub fn try_fit_weighted<L: Labels, W: Labels>(
        &self,
        x: &Array2<f64>,
        y: &L,
        weights: &W,
    ) -> Result<Self> {
        let weights = weights.to_target().floats()?.to_vec();
        if weights.len() != x.nrows() {
            return Err(inconsistent_lengths(&[x.nrows(), weights.len()]));
        }
        self.learn_weighted(x, &y.to_target(), Some(&weights))?;
        Ok(self.clone())
    }

    /// `fit(X)` without a target.
    pub fn try_fit_alone(&self, x: &Array2<f64>) -> Result<Self> {
        self.learn(x, &Target::Absent)?;
        Ok(self.clone())
    }

    /// `partial_fit(X, y, classes)`.
    pub fn try_partial_fit<L: Labels, C: Labels>(
        &self,
        x: &Array2<f64>,
        y: &L,
        classes: Option<&C>,
    ) -> Result<Self> {
        let classes = classes.map_or(Target::Absent, Labels::to_target);
        self.partial_fit_any(x, &y.to_target(), &classes)?;
        Ok(self.clone())
    }

    /// `partial_fit(X)` without a target.
    pub fn try_partial_fit_alone(&self, x: &Array2<f64>) -> Result<Self> {
        self.partial_fit_any(x, &Target::Absent, &Target::Absent)?;
        Ok(self.clone())
    }

    /// `staged_predict(X)`: the predictions after each round.
    pub fn try_staged_predict<L: LabelLists>(&self, x: &Array2<f64>) -> Result<L> {
        L::of(self.staged_any(x)?)
    }

    /// `staged_score(X, y)`: the score after each round.
    pub fn try_staged_score<L: Labels>(&self, x: &Array2<f64>, y: &L) -> Result<Vec<f64>> {
        let y = y.to_target();
        let stages = self.staged_any(x)?;
        let scores = stages.iter().map(|stage| match K::ROLE {
            Role::Classifier => accuracy(&y, stage),
            _ => r2(&y.table()?, &stage.table()?),
        });
        scores.collect()
    }

    /// `predict(X)`.
    pub fn try_predict<L: Labels>(&self, x: &Array2<f64>) -> Result<L> {
        let (parameters, fitted) = self.ready(x)?;
        typed(K::predict(&parameters, &fitted, x)?)
    }

    /// `predict_proba(X)`.
    pub fn try_predict_proba(&self, x: &Array2<f64>) -> Result<Array2<f64>> {
        let (parameters, fitted) = self.ready(x)?;
        K::predict_proba(&parameters, &fitted, x)
    }

    /// `predict_log_proba(X)`.
    pub fn try_predict_log_proba(&self, x: &Array2<f64>) -> Result<Array2<f64>> {
        Ok(self.try_predict_proba(x)?.mapv(f64::ln))
    }

    /// `decision_function(X)` of a model with three or more classes.
    pub fn try_decision_table(&self, x: &Array2<f64>) -> Result<Array2<f64>> {
        let table = self.decision_function_any(x)?;
        if table.ncols() == 1 && K::ROLE == Role::Classifier {
            crate::py::unsupported(
                "`decision_function` of two classes, which is taken as a table here",
            );
        }
        Ok(table)
    }

    /// `decision_function(X)` of a model with two classes.
    pub fn try_decision_function(&self, x: &Array2<f64>) -> Result<Array1<f64>> {
        let table = self.decision_function_any(x)?;
        if table.ncols() != 1 {
            crate::py::unsupported(
                "`decision_function` of three classes or more, which is taken as one column here",
            );
        }
        Ok(table.column(0).to_owned())
    }

    /// `score_samples(X)`.
    pub fn try_score_samples(&self, x: &Array2<f64>) -> Result<Array1<f64>> {
        self.score_samples_any(x)
    }

    /// `transform(X)` where the program has to see a full table.
    pub fn try_full_transform(&self, x: &Array2<f64>) -> Result<Array2<f64>> {
        let table = self.try_transform(x)?;
        check_full(self);
        Ok(table)
    }

    /// `fit_transform(X, y)` where the program has to see a full table.
    pub fn try_full_fit_transform<L: Labels>(&self, x: &Array2<f64>, y: &L) -> Result<Array2<f64>> {
        let table = self.try_fit_transform_with(x, y)?;
        check_full(self);
        Ok(table)
    }

    /// `transform(X)`.
    pub fn try_transform(&self, x: &Array2<f64>) -> Result<Array2<f64>> {
        self.transform_any(x).map(check_numbers)
    }

    /// `inverse_transform(X)`.
    pub fn try_inverse_transform(&self, x: &Array2<f64>) -> Result<Array2<f64>> {
        let fitted = self.fitted()?;
        K::inverse_transform(&self.parameters(), &fitted, x)
    }

    /// `fit_transform(X)`.
    pub fn try_fit_transform(&self, x: &Array2<f64>) -> Result<Array2<f64>> {
        self.fit_transform_any(x, &Target::Absent)
            .map(check_numbers)
    }

    /// `fit_transform(X, y)`.
    pub fn try_fit_transform_with<L: Labels>(&self, x: &Array2<f64>, y: &L) -> Result<Array2<f64>> {
        self.fit_transform_any(x, &y.to_target()).map(check_numbers)
    }

    /// `fit_predict(X)` of a clusterer.
    pub fn try_fit_predict(&self, x: &Array2<f64>) -> Result<Array1<i64>> {
        self.learn(x, &Target::Absent)?;
        self.try_labels_()
    }

    /// `labels_` of a clusterer.
    pub fn try_labels_(&self) -> Result<Array1<i64>> {
        K::labels(&*self.fitted_for("labels_")?)
    }

    /// `classes_` of a classifier.
    pub fn try_classes_<L: Labels>(&self) -> Result<L> {
        typed(K::classes(&*self.fitted_for("classes_")?)?)
    }

    /// `n_features_in_`.
    pub fn try_n_features_in_(&self) -> Result<i64> {
        self.fitted_for("n_features_in_")?;
        Ok(self.0.borrow().columns as i64)
    }

    /// `score(X, y)`: accuracy of a classifier, r² of a regressor.
    pub fn try_score<L: Labels>(&self, x: &Array2<f64>, y: &L) -> Result<f64> {
        self.score_any(x, &y.to_target())
    }

    /// `score(X)` of an estimator without a target.
    pub fn try_score_alone(&self, x: &Array2<f64>) -> Result<f64> {
        self.score_any(x, &Target::Absent)
    }

    throwing! {
        /// See `try_set_all`.
        set_all = try_set_all<I: ParamItems>(&self, items: &I) -> Self;
        /// See `try_set`.
        set = try_set(&self, name: &str, value: Param) -> Self;
        /// See `try_fit`.
        fit = try_fit<L: Labels>(&self, x: &Array2<f64>, y: &L) -> Self;
        /// See `try_fit_weighted`.
        fit_weighted = try_fit_weighted<L: Labels, W: Labels>(&self, x: &Array2<f64>, y: &L, weights: &W) -> Self;
        /// See `try_fit_alone`.
        fit_alone = try_fit_alone(&self, x: &Array2<f64>) -> Self;
        /// See `try_partial_fit`.
        partial_fit = try_partial_fit<L: Labels, C: Labels>(&self, x: &Array2<f64>, y: &L, classes: Option<&C>) -> Self;
        /// See `try_partial_fit_alone`.
        partial_fit_alone = try_partial_fit_alone(&self, x: &Array2<f64>) -> Self;
        /// See `try_staged_predict`.
        staged_predict = try_staged_predict<L: LabelLists>(&self, x: &Array2<f64>) -> L;
        /// See `try_staged_score`.
        staged_score = try_staged_score<L: Labels>(&self, x: &Array2<f64>, y: &L) -> Vec<f64>;
        /// See `try_predict`.
        predict = try_predict<L: Labels>(&self, x: &Array2<f64>) -> L;
        /// See `try_predict_proba`.
        predict_proba = try_predict_proba(&self, x: &Array2<f64>) -> Array2<f64>;
        /// See `try_predict_log_proba`.
        predict_log_proba = try_predict_log_proba(&self, x: &Array2<f64>) -> Array2<f64>;
        /// See `try_decision_table`.
        decision_table = try_decision_table(&self, x: &Array2<f64>) -> Array2<f64>;
        /// See `try_decision_function`.
        decision_function = try_decision_function(&self, x: &Array2<f64>) -> Array1<f64>;
        /// See `try_score_samples`.
        score_samples = try_score_samples(&self, x: &Array2<f64>) -> Array1<f64>;
        /// See `try_transform`.
        transform = try_transform(&self, x: &Array2<f64>) -> Array2<f64>;
        /// See `try_full_transform`.
        full_transform = try_full_transform(&self, x: &Array2<f64>) -> Array2<f64>;
        /// See `try_full_fit_transform`.
        full_fit_transform = try_full_fit_transform<L: Labels>(&self, x: &Array2<f64>, y: &L) -> Array2<f64>;
        /// See `try_inverse_transform`.
        inverse_transform = try_inverse_transform(&self, x: &Array2<f64>) -> Array2<f64>;
        /// See `try_fit_transform_with`.
        fit_transform_with = try_fit_transform_with<L: Labels>(&self, x: &Array2<f64>, y: &L) -> Array2<f64>;
        /// See `try_fit_transform`.
        fit_transform = try_fit_transform(&self, x: &Array2<f64>) -> Array2<f64>;
        /// See `try_fit_predict`.
        fit_predict = try_fit_predict(&self, x: &Array2<f64>) -> Array1<i64>;
        /// See `try_labels_`.
        labels_ = try_labels_(&self) -> Array1<i64>;
        /// See `try_classes_`.
        classes_ = try_classes_<L: Labels>(&self) -> L;
        /// See `try_n_features_in_`.
        n_features_in_ = try_n_features_in_(&self) -> i64;
        /// See `try_score`.
        score = try_score<L: Labels>(&self, x: &Array2<f64>, y: &L) -> f64;
        /// See `try_score_alone`.
        score_alone = try_score_alone(&self, x: &Array2<f64>) -> f64;
    }
}

impl<K: Kind> Text for Estimator<K> {
    fn repr_text(&self) -> String {
        self.text()
    }
}

/// Ends the program where Python would show a table without entries for zeros.
pub fn check_full(own: &dyn AnyEstimator) {
    if own.sparse_any() {
        crate::py::unsupported("the sparse matrix that a transformer gives")
    }
}

/// An estimator whose kind is known only at run time.
pub trait AnyEstimator: 'static {
    /// scikit-learn's class name.
    fn name(&self) -> &'static str;
    /// What it is for.
    fn role(&self) -> Role;
    /// `sklearn.base.clone`: the same parameters, nothing learned.
    fn fresh(&self) -> Box<dyn AnyEstimator>;
    /// Another handle of the same object.
    fn share(&self) -> Box<dyn AnyEstimator>;
    /// `fit`.
    fn fit_any(&self, x: &Array2<f64>, y: &Target) -> Result<()>;
    /// `fit` with a weight for each row.
    fn fit_weighted_any(&self, _x: &Array2<f64>, _y: &Target, _weights: &[f64]) -> Result<()> {
        crate::py::unsupported(&format!(
            "sample weights of {} are not translated",
            self.name()
        ))
    }
    /// `partial_fit`.
    fn partial_fit_any(&self, _x: &Array2<f64>, _y: &Target, _classes: &Target) -> Result<()> {
        Err(no_attribute(self.name(), "partial_fit"))
    }
    /// `staged_predict`.
    fn staged_any(&self, _x: &Array2<f64>) -> Result<Vec<Target>> {
        Err(no_attribute(self.name(), "staged_predict"))
    }
    /// The names of the parameters that seed draws, as `set_any` takes them.
    fn seeds(&self) -> Vec<String> {
        Vec::new()
    }
    /// `predict`.
    fn predict_any(&self, _x: &Array2<f64>) -> Result<Target> {
        Err(no_attribute(self.name(), "predict"))
    }
    /// `transform`.
    fn transform_any(&self, _x: &Array2<f64>) -> Result<Array2<f64>> {
        Err(no_attribute(self.name(), "transform"))
    }
    /// `inverse_transform`.
    fn inverse_transform_any(&self, _x: &Array2<f64>) -> Result<Array2<f64>> {
        Err(no_attribute(self.name(), "inverse_transform"))
    }
    /// `fit_transform`.
    fn fit_transform_any(&self, x: &Array2<f64>, y: &Target) -> Result<Array2<f64>> {
        self.fit_any(x, y)?;
        self.transform_any(x)
    }
    /// `predict_proba`.
    fn predict_proba_any(&self, _x: &Array2<f64>) -> Result<Array2<f64>> {
        Err(no_attribute(self.name(), "predict_proba"))
    }
    /// `decision_function`, one column for two classes.
    fn decision_function_any(&self, _x: &Array2<f64>) -> Result<Array2<f64>> {
        Err(no_attribute(self.name(), "decision_function"))
    }
    /// `score_samples` of estimators of densities and outliers.
    fn score_samples_any(&self, _x: &Array2<f64>) -> Result<Array1<f64>> {
        Err(no_attribute(self.name(), "score_samples"))
    }
    /// `labels_`.
    fn labels_any(&self) -> Result<Array1<i64>> {
        Err(no_attribute(self.name(), "labels_"))
    }
    /// `classes_`.
    fn classes_any(&self) -> Result<Target> {
        Err(no_attribute(self.name(), "classes_"))
    }
    /// `coef_` and `intercept_` of a linear regressor.
    fn line_any(&self) -> Result<(Array1<f64>, f64)> {
        Err(no_attribute(self.name(), "coef_"))
    }
    /// `feature_importances_` of trees.
    fn importances_any(&self) -> Result<Array1<f64>> {
        Err(no_attribute(self.name(), "feature_importances_"))
    }
    /// `coef_` or `feature_importances_` as a table.
    fn weights_any(&self) -> Result<Array2<f64>> {
        Err(no_attribute(self.name(), "coef_"))
    }
    /// Whether it has a method that not all objects of its class have; None where the class decides.
    fn offers(&self, _method: &str) -> Option<bool> {
        None
    }
    /// An estimator that it holds: a step of a pipeline by its name, or a fitted one by its attribute.
    fn inside(&self, _name: &str) -> Option<Box<dyn AnyEstimator>> {
        None
    }
    /// Whether `fit` leaves something that tells that it ran; scikit-learn takes other estimators for unfitted ones.
    fn leaves_marks(&self) -> bool {
        true
    }
    /// Whether what `transform` gives is a table without entries for zeros in Python.
    fn sparse_any(&self) -> bool {
        false
    }
    /// `feature_names_in_`: the names of the columns that it has learned from.
    fn names_in_any(&self) -> Result<Vec<String>> {
        Err(no_attribute(self.name(), "feature_names_in_"))
    }
    /// `get_feature_names_out`: the names of the features that `transform` gives.
    fn names_out_any(&self, _names: Option<Vec<String>>) -> Result<Vec<String>> {
        crate::py::unsupported("the names of the features that this transformer gives")
    }
    /// `score`: accuracy of a classifier, r² of a regressor.
    fn score_any(&self, x: &Array2<f64>, y: &Target) -> Result<f64> {
        match self.role() {
            Role::Classifier => accuracy(y, &self.predict_any(x)?),
            Role::Regressor => r2(&y.table()?, &self.predict_any(x)?.table()?),
            _ => Err(no_attribute(self.name(), "score")),
        }
    }
    /// `set_params(**{name: value})`.
    fn set_any(&self, name: &str, value: &Param) -> Result<()>;
    /// What is shown of it.
    fn shown(&self) -> Shown;
    /// The text form.
    fn text(&self) -> String {
        self.shown().layout()
    }
    /// For finding the kind again.
    fn as_any(&self) -> &dyn Any;
}

impl<K: Kind> AnyEstimator for Estimator<K> {
    fn name(&self) -> &'static str {
        K::NAME
    }
    fn role(&self) -> Role {
        K::ROLE
    }
    fn fresh(&self) -> Box<dyn AnyEstimator> {
        Box::new(self.copied())
    }
    fn share(&self) -> Box<dyn AnyEstimator> {
        Box::new(self.clone())
    }
    fn fit_any(&self, x: &Array2<f64>, y: &Target) -> Result<()> {
        self.learn(x, y)
    }
    fn fit_weighted_any(&self, x: &Array2<f64>, y: &Target, weights: &[f64]) -> Result<()> {
        self.learn_weighted(x, y, Some(weights))
    }
    fn partial_fit_any(&self, x: &Array2<f64>, y: &Target, classes: &Target) -> Result<()> {
        check_data::<K>(x)?;
        if let Some(length) = y.length()
            && length != x.nrows()
        {
            return Err(inconsistent_lengths(&[x.nrows(), length]));
        }
        let before = self.0.borrow().fitted.clone();
        let columns = self.0.borrow().columns;
        if before.is_some() && x.ncols() != columns {
            return Err(value_error(format!(
                "X has {} features, but {} is expecting {columns} features as input.",
                x.ncols(),
                K::NAME
            )));
        }
        let parameters = self.parameters();
        let _learning = sparse::learning_from(x);
        sparse::check(K::NAME);
        let fitted = K::learn_more(&parameters, before.as_deref(), x, y, classes)?;
        self.remember(fitted, x.ncols());
        Ok(())
    }
    fn staged_any(&self, x: &Array2<f64>) -> Result<Vec<Target>> {
        let (parameters, fitted) = self.ready(x)?;
        K::staged(&parameters, &fitted, x)
    }
    fn seeds(&self) -> Vec<String> {
        let list = self.parameters().list();
        let own = list.iter().filter(|(name, _)| *name == "random_state");
        own.map(|(name, _)| (*name).to_string()).collect()
    }
    fn predict_any(&self, x: &Array2<f64>) -> Result<Target> {
        self.try_predict::<Target>(x)
    }
    fn transform_any(&self, x: &Array2<f64>) -> Result<Array2<f64>> {
        let (parameters, fitted) = self.ready(x)?;
        K::transform(&parameters, &fitted, x)
    }
    fn inverse_transform_any(&self, x: &Array2<f64>) -> Result<Array2<f64>> {
        self.try_inverse_transform(x)
    }
    fn fit_transform_any(&self, x: &Array2<f64>, y: &Target) -> Result<Array2<f64>> {
        self.learn(x, y)?;
        let (parameters, fitted) = self.ready(x)?;
        K::own_fit_transform(&parameters, &fitted, x)
            .unwrap_or_else(|| K::transform(&parameters, &fitted, x))
    }
    fn predict_proba_any(&self, x: &Array2<f64>) -> Result<Array2<f64>> {
        self.try_predict_proba(x)
    }
    fn decision_function_any(&self, x: &Array2<f64>) -> Result<Array2<f64>> {
        let (parameters, fitted) = self.ready(x)?;
        K::decision_function(&parameters, &fitted, x)
    }
    fn score_samples_any(&self, x: &Array2<f64>) -> Result<Array1<f64>> {
        let (parameters, fitted) = self.ready(x)?;
        K::score_samples(&parameters, &fitted, x)
    }
    fn labels_any(&self) -> Result<Array1<i64>> {
        self.try_labels_()
    }
    fn classes_any(&self) -> Result<Target> {
        self.try_classes_::<Target>()
    }
    fn line_any(&self) -> Result<(Array1<f64>, f64)> {
        K::line(&*self.fitted_for("coef_")?)
    }
    fn importances_any(&self) -> Result<Array1<f64>> {
        K::importances(&*self.fitted_for("feature_importances_")?)
    }
    fn offers(&self, method: &str) -> Option<bool> {
        K::offers(&self.0.borrow().parameters, method)
    }
    fn inside(&self, name: &str) -> Option<Box<dyn AnyEstimator>> {
        let fitted = self.0.borrow().fitted.clone()?;
        K::inside(&fitted, name)
    }
    fn weights_any(&self) -> Result<Array2<f64>> {
        K::weights(&*self.fitted_for("coef_")?)
    }
    fn score_any(&self, x: &Array2<f64>, y: &Target) -> Result<f64> {
        let (parameters, fitted) = self.ready(x)?;
        if let Some(own) = K::score(&parameters, &fitted, x, y) {
            return own;
        }
        if let Some(own) = K::own_score(&parameters, &fitted, x) {
            return own;
        }
        match K::ROLE {
            Role::Classifier => accuracy(y, &K::predict(&parameters, &fitted, x)?),
            Role::Regressor => r2(&y.table()?, &K::predict(&parameters, &fitted, x)?.table()?),
            _ => Err(no_attribute(K::NAME, "score")),
        }
    }
    fn names_in_any(&self) -> Result<Vec<String>> {
        let features = self.0.borrow().features.clone();
        let features = features.ok_or_else(|| no_attribute(K::NAME, "feature_names_in_"))?;
        Ok(features.iter().map(|each| each.name.clone()).collect())
    }
    fn names_out_any(&self, names: Option<Vec<String>>) -> Result<Vec<String>> {
        let fitted = self.fitted()?;
        let state = self.0.borrow();
        let own = |at: usize| match &state.features {
            Some(features) => features[at].clone(),
            None => Feature {
                name: format!("x{at}"),
                holds: Holds::Floats,
            },
        };
        let mut features: Vec<Feature> = (0..state.columns).map(own).collect();
        if let Some(names) = names {
            if names.len() != features.len() {
                return Err(value_error(
                    "input_features should have length equal to number of features",
                ));
            }
            for (feature, name) in features.iter_mut().zip(names) {
                feature.name = name;
            }
        }
        match K::names_out(&state.parameters, &fitted, &features) {
            Some(found) => found,
            None if SAME_NAMES.contains(&K::NAME) => {
                Ok(features.into_iter().map(|each| each.name).collect())
            }
            None if SELECTORS.contains(&K::NAME) => {
                // What a selector leaves of a row of places are the places that it chose.
                let row = Array2::from_shape_fn((1, state.columns), |(_, at)| at as f64);
                let chosen = K::transform(&state.parameters, &fitted, &row)?;
                let names = chosen.iter().map(|&at| features[at as usize].name.clone());
                Ok(names.collect())
            }
            None if NUMBERED_NAMES.contains(&K::NAME) => {
                let one = Array2::zeros((1, state.columns));
                let count = K::transform(&state.parameters, &fitted, &one)?.ncols();
                let class = K::NAME.to_lowercase();
                Ok((0..count).map(|at| format!("{class}{at}")).collect())
            }
            None => crate::py::unsupported("the names of the features that this transformer gives"),
        }
    }
    fn sparse_any(&self) -> bool {
        let state = self.0.borrow();
        K::sparse(&state.parameters, state.fitted.as_deref())
    }
    fn set_any(&self, name: &str, value: &Param) -> Result<()> {
        if let Some((own, rest)) = name.split_once("__")
            && let Some(nested) = K::nested(&self.0.borrow().parameters, own)
        {
            return nested.set_any(rest, value);
        }
        let state = &mut *self.0.borrow_mut();
        state.parameters.set(K::NAME, name, &value.plain())?;
        match value {
            Param::Int(_) | Param::NumpyInt(_) | Param::NumpyFloat(_) => {
                state.shown.insert(name.to_string(), value.clone())
            }
            _ => state.shown.remove(name),
        };
        Ok(())
    }
    fn shown(&self) -> Shown {
        describe(K::NAME, &self.listed(), &K::Parameters::default().list())
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// The classes that a classifier knows while it learns bit by bit: those from before, or those that the first call names.
pub fn all_classes(before: Option<&Target>, named: &Target) -> Result<Target> {
    match (before, named) {
        (Some(before), _) => Ok(before.clone()),
        (None, Target::Absent) => Err(value_error(
            "classes must be passed on the first call to partial_fit.",
        )),
        (None, named) => Ok(named.encode()?.0),
    }
}

/// Declares attributes of a fitted estimator (`coef_`, …), in the two forms of raising methods.
macro_rules! attributes {
    ($estimator:ty { $( $(#[$meta:meta])* $name:ident / $try_name:ident : $type:ty = |$fitted:ident| $value:expr; )* }) => {
        impl $estimator {
            $( $(#[$meta])*
            pub fn $try_name(&self) -> $crate::sklearn::errors::Result<$type> {
                let $fitted = self.fitted_for(stringify!($name))?;
                Ok($value)
            }
            $(#[$meta])*
            pub fn $name(&self) -> $type {
                $crate::sklearn::errors::unwrap(self.$try_name())
            } )*
        }
    };
}
pub(crate) use attributes;

/// An error of a parameter's value, with scikit-learn's text.
pub fn invalid_parameter(class: &str, parameter: &str, rule: &str, got: &str) -> Exception {
    Exception::new(
        "InvalidParameterError",
        format!("The '{parameter}' parameter of {class} must be {rule}. Got {got} instead."),
    )
}
