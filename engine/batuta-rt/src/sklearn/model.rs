//! `Model`: an estimator of any kind, for places where a program keeps several kinds.

use super::errors::{Exception, Result, no_attribute, throwing};
use super::estimator::{AnyEstimator, Estimator, Kind, Role, check_full};
use super::layout::Shown;
use super::parameters::{Param, ParamItems};
use super::pipeline::Pipeline;
use super::target::{LabelLists, Labels, Target, typed};
use crate::py::Text;
use ndarray::{Array1, Array2};
use std::any::Any;
use std::rc::Rc;

/// A handle to an estimator of any kind.
#[derive(Clone)]
pub struct Model(Rc<dyn AnyEstimator>);

impl PartialEq for Model {
    /// As Python compares what has no `__eq__`: whether they are one object.
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl<K: Kind> From<Estimator<K>> for Model {
    fn from(estimator: Estimator<K>) -> Self {
        Model(Rc::new(estimator))
    }
}

impl From<Pipeline> for Model {
    fn from(pipeline: Pipeline) -> Self {
        Model(Rc::new(pipeline))
    }
}

impl From<super::model_selection::GridSearchCV> for Model {
    fn from(search: super::model_selection::GridSearchCV) -> Self {
        Model(Rc::new(search))
    }
}

impl From<Box<dyn AnyEstimator>> for Model {
    fn from(estimator: Box<dyn AnyEstimator>) -> Self {
        Model(Rc::from(estimator))
    }
}

/// Reads what only objects of some classes have, in a function of a `Model`: the first form whose class the object is of.
#[macro_export]
macro_rules! of_class {
    ($model:ident, $name:literal, [$($other:literal),*], $([$($class:ty),+], $own:ident => $read:expr);+) => {{
        $($(
            if let Ok($own) = $model.held::<$class>() {
                return $read;
            }
        )+)+
        Err($model.lacks($name, &[$($other),*]))
    }};
}
pub use crate::of_class;

fn not_subscriptable(class: &str) -> Exception {
    Exception::new(
        "TypeError",
        format!("'{class}' object is not subscriptable"),
    )
}

impl Model {
    /// The estimator as its own type, or as one of any kind.
    pub fn held<E: Clone + 'static>(&self) -> Result<E> {
        let own = (self as &dyn Any).downcast_ref::<E>();
        own.or_else(|| self.0.as_any().downcast_ref::<E>())
            .cloned()
            .ok_or_else(|| Exception::new("TypeError", "an estimator of another class"))
    }

    /// The estimator as its own type, where `isinstance` has told it.
    pub fn try_as_class<E: Clone + 'static>(&self) -> Result<E> {
        self.held()
    }

    /// See `try_as_class`.
    pub fn as_class<E: Clone + 'static>(&self) -> E {
        super::errors::unwrap(self.try_as_class())
    }

    /// Whether the estimator is of one of these classes, or of one of these roles.
    pub fn is_any(&self, names: &[&str]) -> bool {
        let role = match self.0.role() {
            Role::Classifier => "ClassifierMixin",
            Role::Regressor => "RegressorMixin",
            _ => "",
        };
        names
            .iter()
            .any(|name| *name == self.0.name() || *name == role)
    }

    /// What `read` finds in the estimator: see `of_class!`.
    pub fn try_of_classes<G, R>(
        &self,
        given: G,
        read: impl FnOnce(&Model, G) -> Result<R>,
    ) -> Result<R> {
        read(self, given)
    }

    /// See `try_of_classes`.
    pub fn of_classes<G, R>(&self, given: G, read: impl FnOnce(&Model, G) -> Result<R>) -> R {
        super::errors::unwrap(read(self, given))
    }

    /// The error of an estimator without an attribute. `others` are classes that have it in scikit-learn, and not here.
    pub fn lacks(&self, attribute: &str, others: &[&str]) -> Exception {
        if others.contains(&self.0.name()) {
            crate::py::unsupported(&format!(
                "`{attribute}` of a {} in a place for several kinds",
                self.0.name()
            ))
        }
        no_attribute(self.0.name(), attribute)
    }

    /// A step of a pipeline by its place.
    pub fn try_step_at(&self, place: i64) -> Result<Self> {
        let pipeline: Pipeline = self.held().map_err(|_| not_subscriptable(self.0.name()))?;
        pipeline.try_step_at(place).map(Model::from)
    }

    /// A step of a pipeline by its name.
    pub fn try_step_named(&self, name: &str) -> Result<Self> {
        if self.0.name() != "Pipeline" {
            return Err(not_subscriptable(self.0.name()));
        }
        self.try_named_step(name)
    }

    /// The same object with a parameter changed: `set_params`.
    pub fn try_set(&self, name: &str, value: Param) -> Result<Self> {
        self.0.set_any(name, &value)?;
        Ok(self.clone())
    }

    /// `set_params(**items)`: each parameter of a dict.
    pub fn try_set_all<I: ParamItems>(&self, items: &I) -> Result<Self> {
        for (name, value) in items.listed() {
            self.0.set_any(&name, &value)?;
        }
        Ok(self.clone())
    }

    /// `type(model).__name__`.
    pub fn class_name(&self) -> String {
        self.0.name().to_string()
    }

    /// `fit(X, y)`.
    pub fn try_fit<L: Labels>(&self, x: &Array2<f64>, y: &L) -> Result<Self> {
        self.0.fit_any(x, &y.to_target())?;
        Ok(self.clone())
    }

    /// `fit(X)`.
    pub fn try_fit_alone(&self, x: &Array2<f64>) -> Result<Self> {
        self.0.fit_any(x, &Target::Absent)?;
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
        self.0.fit_weighted_any(x, &y.to_target(), &weights)?;
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
        self.0.partial_fit_any(x, &y.to_target(), &classes)?;
        Ok(self.clone())
    }

    /// `partial_fit(X)` without a target.
    pub fn try_partial_fit_alone(&self, x: &Array2<f64>) -> Result<Self> {
        self.0
            .partial_fit_any(x, &Target::Absent, &Target::Absent)?;
        Ok(self.clone())
    }

    /// `staged_predict(X)`: the predictions after each round.
    pub fn try_staged_predict<L: LabelLists>(&self, x: &Array2<f64>) -> Result<L> {
        L::of(self.0.staged_any(x)?)
    }

    /// `predict(X)`.
    pub fn try_predict<L: Labels>(&self, x: &Array2<f64>) -> Result<L> {
        typed(self.0.predict_any(x)?)
    }

    /// `predict_proba(X)`.
    pub fn try_predict_proba(&self, x: &Array2<f64>) -> Result<Array2<f64>> {
        self.0.predict_proba_any(x)
    }

    /// `predict_log_proba(X)`.
    pub fn try_predict_log_proba(&self, x: &Array2<f64>) -> Result<Array2<f64>> {
        Ok(self.0.predict_proba_any(x)?.mapv(f64::ln))
    }

    /// `decision_function(X)` of a model with two classes.
    pub fn try_decision_function(&self, x: &Array2<f64>) -> Result<Array1<f64>> {
        let table = self.0.decision_function_any(x)?;
        if table.ncols() != 1 {
            crate::py::unsupported(
                "`decision_function` of three classes or more, which is taken as one column here",
            );
        }
        Ok(table.column(0).to_owned())
    }

    /// `decision_function(X)` of a model with three or more classes.
    pub fn try_decision_table(&self, x: &Array2<f64>) -> Result<Array2<f64>> {
        let table = self.0.decision_function_any(x)?;
        if table.ncols() == 1 {
            crate::py::unsupported(
                "`decision_function` of two classes, which is taken as a table here",
            );
        }
        Ok(table)
    }

    /// `score_samples(X)`.
    pub fn try_score_samples(&self, x: &Array2<f64>) -> Result<Array1<f64>> {
        self.0.score_samples_any(x)
    }

    /// `transform(X)`.
    pub fn try_transform(&self, x: &Array2<f64>) -> Result<Array2<f64>> {
        check_full(self);
        self.0.transform_any(x)
    }

    /// `inverse_transform(X)`.
    pub fn try_inverse_transform(&self, x: &Array2<f64>) -> Result<Array2<f64>> {
        self.0.inverse_transform_any(x)
    }

    /// `fit_transform(X, y)`.
    pub fn try_fit_transform_with<L: Labels>(&self, x: &Array2<f64>, y: &L) -> Result<Array2<f64>> {
        self.0.fit_transform_any(x, &y.to_target())
    }

    /// `fit_transform(X)`.
    pub fn try_fit_transform(&self, x: &Array2<f64>) -> Result<Array2<f64>> {
        self.0.fit_transform_any(x, &Target::Absent)
    }

    /// `fit_predict(X)`.
    pub fn try_fit_predict(&self, x: &Array2<f64>) -> Result<Array1<i64>> {
        self.0.fit_any(x, &Target::Absent)?;
        self.0.labels_any()
    }

    /// `labels_`.
    pub fn try_labels_(&self) -> Result<Array1<i64>> {
        self.0.labels_any()
    }

    /// `classes_`.
    pub fn try_classes_<L: Labels>(&self) -> Result<L> {
        typed(self.0.classes_any()?)
    }

    /// `coef_` of a linear regressor.
    pub fn try_coef_(&self) -> Result<Array1<f64>> {
        Ok(self.0.line_any()?.0)
    }

    /// `coef_` of a linear classifier: one row for two classes, else one for each.
    pub fn try_coef_table(&self) -> Result<Array2<f64>> {
        if self.0.role() != Role::Classifier {
            crate::py::unsupported(
                "`coef_` of an estimator that is no classifier, in a place for several kinds",
            );
        }
        if self.0.importances_any().is_ok() {
            return Err(no_attribute(self.0.name(), "coef_"));
        }
        self.0.weights_any()
    }

    /// `coef_` of a linear regressor, in a place for several kinds.
    pub fn try_coef_line(&self) -> Result<Array1<f64>> {
        if self.0.role() != Role::Regressor {
            crate::py::unsupported(
                "`coef_` of an estimator that is no regressor, in a place for several kinds",
            );
        }
        self.try_coef_()
    }

    /// A step or a fitted estimator inside.
    pub fn try_inside(&self, name: &str) -> Result<Self> {
        match self.0.inside(name) {
            Some(found) => Ok(Model::from(found)),
            None => Err(no_attribute(self.0.name(), name)),
        }
    }

    /// A step of a pipeline.
    pub fn try_named_step(&self, name: &str) -> Result<Self> {
        if self.0.name() != "Pipeline" {
            return Err(no_attribute(self.0.name(), "named_steps"));
        }
        match self.0.inside(name) {
            Some(found) => Ok(Model::from(found)),
            None => Err(Exception::new("KeyError", format!("'{name}'"))),
        }
    }

    /// `intercept_` of a linear regressor.
    pub fn try_intercept_(&self) -> Result<f64> {
        Ok(self.0.line_any()?.1)
    }

    /// `feature_importances_` of trees.
    pub fn try_feature_importances_(&self) -> Result<Array1<f64>> {
        self.0.importances_any()
    }

    /// `score(X, y)`.
    pub fn try_score<L: Labels>(&self, x: &Array2<f64>, y: &L) -> Result<f64> {
        self.0.score_any(x, &y.to_target())
    }

    throwing! {
        /// See `try_set_all`.
        set_all = try_set_all<I: ParamItems>(&self, items: &I) -> Self;
        /// See `try_step_at`.
        step_at = try_step_at(&self, place: i64) -> Self;
        /// See `try_step_named`.
        step_named = try_step_named(&self, name: &str) -> Self;
        /// See `try_set`.
        set = try_set(&self, name: &str, value: Param) -> Self;
        /// See `try_fit`.
        fit = try_fit<L: Labels>(&self, x: &Array2<f64>, y: &L) -> Self;
        /// See `try_fit_alone`.
        fit_alone = try_fit_alone(&self, x: &Array2<f64>) -> Self;
        /// See `try_fit_weighted`.
        fit_weighted = try_fit_weighted<L: Labels, W: Labels>(&self, x: &Array2<f64>, y: &L, weights: &W) -> Self;
        /// See `try_partial_fit`.
        partial_fit = try_partial_fit<L: Labels, C: Labels>(&self, x: &Array2<f64>, y: &L, classes: Option<&C>) -> Self;
        /// See `try_partial_fit_alone`.
        partial_fit_alone = try_partial_fit_alone(&self, x: &Array2<f64>) -> Self;
        /// See `try_staged_predict`.
        staged_predict = try_staged_predict<L: LabelLists>(&self, x: &Array2<f64>) -> L;
        /// See `try_predict`.
        predict = try_predict<L: Labels>(&self, x: &Array2<f64>) -> L;
        /// See `try_predict_proba`.
        predict_proba = try_predict_proba(&self, x: &Array2<f64>) -> Array2<f64>;
        /// See `try_predict_log_proba`.
        predict_log_proba = try_predict_log_proba(&self, x: &Array2<f64>) -> Array2<f64>;
        /// See `try_decision_function`.
        decision_function = try_decision_function(&self, x: &Array2<f64>) -> Array1<f64>;
        /// See `try_decision_table`.
        decision_table = try_decision_table(&self, x: &Array2<f64>) -> Array2<f64>;
        /// See `try_score_samples`.
        score_samples = try_score_samples(&self, x: &Array2<f64>) -> Array1<f64>;
        /// See `try_transform`.
        transform = try_transform(&self, x: &Array2<f64>) -> Array2<f64>;
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
        /// See `try_coef_`.
        coef_ = try_coef_(&self) -> Array1<f64>;
        /// See `try_coef_table`.
        coef_table = try_coef_table(&self) -> Array2<f64>;
        /// See `try_coef_line`.
        coef_line = try_coef_line(&self) -> Array1<f64>;
        /// See `try_inside`.
        inside = try_inside(&self, name: &str) -> Self;
        /// See `try_named_step`.
        named_step = try_named_step(&self, name: &str) -> Self;
        /// See `try_intercept_`.
        intercept_ = try_intercept_(&self) -> f64;
        /// See `try_feature_importances_`.
        feature_importances_ = try_feature_importances_(&self) -> Array1<f64>;
        /// See `try_score`.
        score = try_score<L: Labels>(&self, x: &Array2<f64>, y: &L) -> f64;
    }
}

impl AnyEstimator for Model {
    fn name(&self) -> &'static str {
        self.0.name()
    }
    fn role(&self) -> Role {
        self.0.role()
    }
    fn fresh(&self) -> Box<dyn AnyEstimator> {
        self.0.fresh()
    }
    fn share(&self) -> Box<dyn AnyEstimator> {
        self.0.share()
    }
    fn fit_any(&self, x: &Array2<f64>, y: &Target) -> Result<()> {
        self.0.fit_any(x, y)
    }
    fn fit_weighted_any(&self, x: &Array2<f64>, y: &Target, weights: &[f64]) -> Result<()> {
        self.0.fit_weighted_any(x, y, weights)
    }
    fn seeds(&self) -> Vec<String> {
        self.0.seeds()
    }
    fn partial_fit_any(&self, x: &Array2<f64>, y: &Target, classes: &Target) -> Result<()> {
        self.0.partial_fit_any(x, y, classes)
    }
    fn staged_any(&self, x: &Array2<f64>) -> Result<Vec<Target>> {
        self.0.staged_any(x)
    }
    fn predict_any(&self, x: &Array2<f64>) -> Result<Target> {
        self.0.predict_any(x)
    }
    fn transform_any(&self, x: &Array2<f64>) -> Result<Array2<f64>> {
        self.0.transform_any(x)
    }
    fn inverse_transform_any(&self, x: &Array2<f64>) -> Result<Array2<f64>> {
        self.0.inverse_transform_any(x)
    }
    fn fit_transform_any(&self, x: &Array2<f64>, y: &Target) -> Result<Array2<f64>> {
        self.0.fit_transform_any(x, y)
    }
    fn predict_proba_any(&self, x: &Array2<f64>) -> Result<Array2<f64>> {
        self.0.predict_proba_any(x)
    }
    fn decision_function_any(&self, x: &Array2<f64>) -> Result<Array2<f64>> {
        self.0.decision_function_any(x)
    }
    fn score_samples_any(&self, x: &Array2<f64>) -> Result<Array1<f64>> {
        self.0.score_samples_any(x)
    }
    fn labels_any(&self) -> Result<Array1<i64>> {
        self.0.labels_any()
    }
    fn classes_any(&self) -> Result<Target> {
        self.0.classes_any()
    }
    fn line_any(&self) -> Result<(Array1<f64>, f64)> {
        self.0.line_any()
    }
    fn importances_any(&self) -> Result<Array1<f64>> {
        self.0.importances_any()
    }
    fn weights_any(&self) -> Result<Array2<f64>> {
        self.0.weights_any()
    }
    fn leaves_marks(&self) -> bool {
        self.0.leaves_marks()
    }
    fn offers(&self, method: &str) -> Option<bool> {
        Some(has(self.0.as_ref(), method))
    }
    fn inside(&self, name: &str) -> Option<Box<dyn AnyEstimator>> {
        self.0.inside(name)
    }
    fn sparse_any(&self) -> bool {
        self.0.sparse_any()
    }
    fn names_in_any(&self) -> Result<Vec<String>> {
        self.0.names_in_any()
    }
    fn names_out_any(&self, names: Option<Vec<String>>) -> Result<Vec<String>> {
        self.0.names_out_any(names)
    }
    fn score_any(&self, x: &Array2<f64>, y: &Target) -> Result<f64> {
        self.0.score_any(x, y)
    }
    fn set_any(&self, name: &str, value: &Param) -> Result<()> {
        self.0.set_any(name, value)
    }
    fn shown(&self) -> Shown {
        self.0.shown()
    }
    fn as_any(&self) -> &dyn Any {
        self.0.as_any()
    }
}

/// `FrozenEstimator`: an estimator that does not learn any more.
struct Frozen(Rc<dyn AnyEstimator>);

impl Model {
    /// `FrozenEstimator(estimator)`.
    pub fn frozen(estimator: &dyn AnyEstimator) -> Self {
        Model(Rc::new(Frozen(Rc::from(estimator.share()))))
    }
}

impl AnyEstimator for Frozen {
    fn name(&self) -> &'static str {
        "FrozenEstimator"
    }
    fn role(&self) -> Role {
        self.0.role()
    }
    fn fresh(&self) -> Box<dyn AnyEstimator> {
        self.share()
    }
    fn share(&self) -> Box<dyn AnyEstimator> {
        Box::new(Frozen(Rc::clone(&self.0)))
    }
    fn fit_any(&self, _x: &Array2<f64>, _y: &Target) -> Result<()> {
        Ok(())
    }
    fn fit_weighted_any(&self, _x: &Array2<f64>, _y: &Target, _weights: &[f64]) -> Result<()> {
        Ok(())
    }
    fn predict_any(&self, x: &Array2<f64>) -> Result<Target> {
        self.0.predict_any(x)
    }
    fn transform_any(&self, x: &Array2<f64>) -> Result<Array2<f64>> {
        self.0.transform_any(x)
    }
    fn inverse_transform_any(&self, x: &Array2<f64>) -> Result<Array2<f64>> {
        self.0.inverse_transform_any(x)
    }
    fn predict_proba_any(&self, x: &Array2<f64>) -> Result<Array2<f64>> {
        self.0.predict_proba_any(x)
    }
    fn decision_function_any(&self, x: &Array2<f64>) -> Result<Array2<f64>> {
        self.0.decision_function_any(x)
    }
    fn score_samples_any(&self, x: &Array2<f64>) -> Result<Array1<f64>> {
        self.0.score_samples_any(x)
    }
    fn labels_any(&self) -> Result<Array1<i64>> {
        self.0.labels_any()
    }
    fn classes_any(&self) -> Result<Target> {
        self.0.classes_any()
    }
    fn line_any(&self) -> Result<(Array1<f64>, f64)> {
        self.0.line_any()
    }
    fn importances_any(&self) -> Result<Array1<f64>> {
        self.0.importances_any()
    }
    fn weights_any(&self) -> Result<Array2<f64>> {
        self.0.weights_any()
    }
    fn sparse_any(&self) -> bool {
        self.0.sparse_any()
    }
    fn names_in_any(&self) -> Result<Vec<String>> {
        self.0.names_in_any()
    }
    fn names_out_any(&self, names: Option<Vec<String>>) -> Result<Vec<String>> {
        self.0.names_out_any(names)
    }
    fn offers(&self, method: &str) -> Option<bool> {
        Some(has(self.0.as_ref(), method))
    }
    fn score_any(&self, x: &Array2<f64>, y: &Target) -> Result<f64> {
        self.0.score_any(x, y)
    }
    fn set_any(&self, name: &str, value: &Param) -> Result<()> {
        match name.strip_prefix("estimator__") {
            Some(rest) => self.0.set_any(rest, value),
            None => Err(super::errors::value_error(
                "You cannot set parameters of the inner estimator in a frozen estimator since calling `fit` is a no-op.",
            )),
        }
    }
    fn shown(&self) -> Shown {
        Shown::Call(
            "FrozenEstimator".to_string(),
            vec![("estimator".to_string(), self.0.shown())],
        )
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl Text for Model {
    fn repr_text(&self) -> String {
        self.0.text()
    }
}

/// What `clone` can copy.
pub trait Renewed {
    /// A new one with the same parameters, not fitted.
    fn renewed(&self) -> Self;
}

impl<K: Kind> Renewed for Estimator<K> {
    fn renewed(&self) -> Self {
        self.copied()
    }
}

impl Renewed for Model {
    fn renewed(&self) -> Self {
        Model::from(self.fresh())
    }
}

impl Renewed for Pipeline {
    fn renewed(&self) -> Self {
        self.copied()
    }
}

/// `sklearn.base.clone(estimator)`.
pub fn clone<E: Renewed>(estimator: &E) -> E {
    estimator.renewed()
}

/// The classes whose objects all have `predict_proba`.
const WITH_CHANCES: &[&str] = &[
    "AdaBoostClassifier",
    "BaggingClassifier",
    "BernoulliNB",
    "CalibratedClassifierCV",
    "ComplementNB",
    "DecisionTreeClassifier",
    "DummyClassifier",
    "ExtraTreesClassifier",
    "GaussianMixture",
    "GaussianNB",
    "GaussianProcessClassifier",
    "GradientBoostingClassifier",
    "HistGradientBoostingClassifier",
    "KNeighborsClassifier",
    "LabelPropagation",
    "LabelSpreading",
    "LinearDiscriminantAnalysis",
    "LogisticRegression",
    "LogisticRegressionCV",
    "MLPClassifier",
    "MultinomialNB",
    "NearestCentroid",
    "QuadraticDiscriminantAnalysis",
    "RandomForestClassifier",
];
/// The classes whose objects all have `decision_function`.
const WITH_DECISIONS: &[&str] = &[
    "AdaBoostClassifier",
    "EllipticEnvelope",
    "GradientBoostingClassifier",
    "HistGradientBoostingClassifier",
    "IsolationForest",
    "LinearDiscriminantAnalysis",
    "LinearSVC",
    "LogisticRegression",
    "LogisticRegressionCV",
    "NearestCentroid",
    "OneClassSVM",
    "OneVsOneClassifier",
    "Perceptron",
    "QuadraticDiscriminantAnalysis",
    "RidgeClassifier",
    "RidgeClassifierCV",
    "SGDClassifier",
    "SVC",
];
/// The classes for which it depends on what they hold, in a way that is not known here.
const UNCERTAIN: &[&str] = &[
    "BaggingClassifier",
    "LocalOutlierFactor",
    "OneVsRestClassifier",
    "RFE",
    "SelectFromModel",
    "SelfTrainingClassifier",
    "StackingClassifier",
    "VotingClassifier",
];

/// `hasattr(estimator, name)` by the classes whose objects all have it, and those of which some do.
pub fn has_by_class(
    estimator: &dyn AnyEstimator,
    name: &str,
    always: &[&str],
    sometimes: &[&str],
) -> bool {
    let own = estimator.name();
    if sometimes.contains(&own) {
        crate::py::unsupported(&format!("`hasattr` of `{name}` of a {own}"))
    }
    always.contains(&own)
}

/// `hasattr(estimator, name)`.
pub fn has(estimator: &dyn AnyEstimator, name: &str) -> bool {
    match name {
        "coef_" => return estimator.weights_any().is_ok() && estimator.importances_any().is_err(),
        "feature_importances_" => return estimator.importances_any().is_ok(),
        "classes_" => return estimator.classes_any().is_ok(),
        "labels_" => return estimator.labels_any().is_ok(),
        "named_steps" => return estimator.name() == "Pipeline",
        "predict_proba" | "decision_function" => {}
        _ => crate::py::unsupported("`hasattr` of this attribute of an estimator"),
    }
    if let Some(found) = estimator.offers(name) {
        return found;
    }
    let known = if name == "predict_proba" {
        WITH_CHANCES
    } else {
        WITH_DECISIONS
    };
    if known.contains(&estimator.name()) {
        return true;
    }
    if UNCERTAIN.contains(&estimator.name()) {
        crate::py::unsupported("`hasattr` of an estimator that holds others");
    }
    false
}
