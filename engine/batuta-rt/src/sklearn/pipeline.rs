//! `Pipeline`: steps one after the other, known by name. Fitted steps are the program's own objects, as in Python.

use super::errors::{Exception, Result, not_fitted, throwing, value_error};
use super::estimator::{AnyEstimator, Role, check_full, check_numbers};
use super::layout::Shown;
use super::model::{Model, has};
use super::parameters::{Param, ParamItems};
use super::sparse;
use super::target::{Labels, Target, typed};
use crate::py::Text;
use ndarray::{Array1, Array2};
use std::any::Any;
use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

struct Steps {
    steps: RefCell<Vec<(String, Model)>>,
    fitted: Cell<bool>,
}

/// A handle to a pipeline.
#[derive(Clone)]
pub struct Pipeline(Rc<Steps>);

impl Default for Pipeline {
    fn default() -> Self {
        Self::new()
    }
}

impl PartialEq for Pipeline {
    /// As Python compares what has no `__eq__`: whether they are one object.
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Pipeline {
    /// A pipeline without steps; see `step`.
    pub fn new() -> Self {
        Self::with(Vec::new())
    }

    pub(crate) fn with(steps: Vec<(String, Model)>) -> Self {
        Pipeline(Rc::new(Steps {
            steps: RefCell::new(steps),
            fitted: Cell::new(false),
        }))
    }

    fn list(&self) -> Vec<(String, Model)> {
        self.0.steps.borrow().clone()
    }

    /// One with new steps that have the same parameters.
    pub(super) fn copied(&self) -> Self {
        let steps = self.list().into_iter();
        Self::with(
            steps
                .map(|(name, step)| (name, Model::from(step.fresh())))
                .collect(),
        )
    }

    /// The same with one more step.
    pub fn step(self, name: &str, estimator: &dyn AnyEstimator) -> Self {
        self.0
            .steps
            .borrow_mut()
            .push((name.to_string(), Model::from(estimator.share())));
        self
    }

    /// The same with one more step that changes nothing.
    pub fn passthrough(self, name: &str) -> Self {
        self.step(name, &Passthrough)
    }

    /// The pipeline of these steps.
    pub fn of<E: AnyEstimator>(steps: Vec<(String, E)>) -> Self {
        Self::with(
            steps
                .iter()
                .map(|(name, step)| (name.clone(), Model::from(step.share())))
                .collect(),
        )
    }

    /// As `step`, with the name that `make_pipeline` gives: the class in small letters, numbered when it occurs more often.
    pub fn next(self, estimator: &dyn AnyEstimator) -> Self {
        let mut steps = self.list();
        steps.push((String::new(), Model::from(estimator.share())));
        let classes: Vec<String> = steps
            .iter()
            .map(|(_, step)| step.name().to_lowercase())
            .collect();
        for (at, step) in steps.iter_mut().enumerate() {
            let same = |until: usize| classes[..until].iter().filter(|&own| *own == classes[at]);
            step.0 = match same(classes.len()).count() {
                1 => classes[at].clone(),
                _ => format!("{}-{}", classes[at], same(at + 1).count()),
            };
        }
        Self::with(steps)
    }

    /// `len(pipeline)`.
    pub fn length(&self) -> i64 {
        self.0.steps.borrow().len() as i64
    }

    /// `pipeline.steps`.
    pub fn steps(&self) -> NamedSteps {
        NamedSteps(self.list())
    }

    /// The names of the steps: the keys of `named_steps`.
    pub fn names(&self) -> Vec<String> {
        self.list().into_iter().map(|(name, _)| name).collect()
    }

    /// `pipeline[from:to]`: a pipeline of the same steps.
    pub fn part(&self, from: i64, to: i64) -> Self {
        let part = Self::with(self.list()[from as usize..to as usize].to_vec());
        part.0.fitted.set(self.0.fitted.get());
        part
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

    /// A step by name, as its own type: `named_steps[name]`.
    pub fn try_named<E: Clone + 'static>(&self, name: &str) -> Result<E> {
        let steps = self.list();
        let step = steps.iter().find(|(own, _)| own == name);
        let step = step.ok_or_else(|| Exception::new("KeyError", name))?;
        step.1.held()
    }

    /// A step by position, as its own type: `pipeline[at]`.
    pub fn try_at<E: Clone + 'static>(&self, at: i64) -> Result<E> {
        let steps = self.list();
        let count = steps.len() as i64;
        let place = if at < 0 { at + count } else { at };
        if !(0..count).contains(&place) {
            return Err(Exception::new("IndexError", "list index out of range"));
        }
        steps[place as usize].1.held()
    }

    fn last(&self) -> Result<Model> {
        let steps = self.0.steps.borrow();
        steps
            .last()
            .map(|(_, step)| step.clone())
            .ok_or_else(|| value_error("The pipeline is empty. Please add steps."))
    }

    fn first(&self) -> Vec<(String, Model)> {
        let mut steps = self.list();
        steps.pop();
        steps
    }

    fn check(&self) -> Result<()> {
        if self.0.fitted.get() && self.leaves_marks() {
            Ok(())
        } else {
            Err(not_fitted("Pipeline"))
        }
    }

    /// The features as the last step sees them.
    fn before_last<'a>(&self, x: &'a Array2<f64>) -> Result<Cow<'a, Array2<f64>>> {
        let mut x = Cow::Borrowed(x);
        for (_, step) in self.first() {
            x = Cow::Owned(step.transform_any(&x)?);
        }
        Ok(x)
    }

    /// Fits the steps before the last one; the features as the last one sees them, and whether they are sparse in Python.
    fn learn<'a>(&self, x: &'a Array2<f64>, y: &Target) -> Result<(Cow<'a, Array2<f64>>, bool)> {
        let _learning = sparse::learning_from(x);
        let mut sparse = sparse::is_learning();
        let mut x = Cow::Borrowed(x);
        for (_, step) in self.first() {
            let _step = sparse::learning(sparse);
            x = Cow::Owned(step.fit_transform_any(&x, y)?);
            sparse = step.sparse_any() || (sparse && sparse::stays(step.name()));
        }
        Ok((x, sparse))
    }

    /// `fit(X, y)`.
    pub fn try_fit<L: Labels>(&self, x: &Array2<f64>, y: &L) -> Result<Self> {
        self.fit_any(x, &y.to_target())?;
        Ok(self.clone())
    }

    /// `fit(X)`.
    pub fn try_fit_alone(&self, x: &Array2<f64>) -> Result<Self> {
        self.fit_any(x, &Target::Absent)?;
        Ok(self.clone())
    }

    /// `predict(X)`.
    pub fn try_predict<L: Labels>(&self, x: &Array2<f64>) -> Result<L> {
        typed(self.predict_any(x)?)
    }

    /// `fit_predict(X)` when the last step is a clusterer.
    pub fn try_fit_predict(&self, x: &Array2<f64>) -> Result<Array1<i64>> {
        self.fit_any(x, &Target::Absent)?;
        self.last()?.labels_any()
    }

    /// The same, with numbers of the width that the last step gives them.
    pub fn try_group<L: Labels>(&self, x: &Array2<f64>) -> Result<L> {
        typed(Target::Int(self.try_fit_predict(x)?))
    }

    /// `decision_function(X)` of two classes.
    pub fn try_decision_function(&self, x: &Array2<f64>) -> Result<Array1<f64>> {
        let table = self.decision_function_any(x)?;
        if table.ncols() != 1 {
            crate::py::unsupported(
                "`decision_function` of three classes or more, which is taken as one column here",
            );
        }
        Ok(table.column(0).to_owned())
    }

    /// `decision_function(X)` of three or more classes.
    pub fn try_decision_table(&self, x: &Array2<f64>) -> Result<Array2<f64>> {
        let table = self.decision_function_any(x)?;
        if table.ncols() == 1 {
            crate::py::unsupported(
                "`decision_function` of two classes, which is taken as a table here",
            );
        }
        Ok(table)
    }

    /// `predict_proba(X)`.
    pub fn try_predict_proba(&self, x: &Array2<f64>) -> Result<Array2<f64>> {
        self.predict_proba_any(x)
    }

    /// `transform(X)`.
    pub fn try_transform(&self, x: &Array2<f64>) -> Result<Array2<f64>> {
        let table = self.transform_any(x)?;
        check_full(self);
        Ok(check_numbers(table))
    }

    /// `fit_transform(X, y)`.
    pub fn try_fit_transform_with<L: Labels>(&self, x: &Array2<f64>, y: &L) -> Result<Array2<f64>> {
        let table = self.fit_transform_any(x, &y.to_target())?;
        check_full(self);
        Ok(check_numbers(table))
    }

    /// `fit_transform(X)`.
    pub fn try_fit_transform(&self, x: &Array2<f64>) -> Result<Array2<f64>> {
        let table = self.fit_transform_any(x, &Target::Absent)?;
        check_full(self);
        Ok(check_numbers(table))
    }

    /// `inverse_transform(X)`.
    pub fn try_inverse_transform(&self, x: &Array2<f64>) -> Result<Array2<f64>> {
        self.inverse_transform_any(x)
    }

    /// `score(X, y)`.
    pub fn try_score<L: Labels>(&self, x: &Array2<f64>, y: &L) -> Result<f64> {
        self.score_any(x, &y.to_target())
    }

    /// `classes_`.
    pub fn try_classes_<L: Labels>(&self) -> Result<L> {
        typed(self.classes_any()?)
    }

    throwing! {
        /// See `try_set_all`.
        set_all = try_set_all<I: ParamItems>(&self, items: &I) -> Self;
        /// See `try_set`.
        set = try_set(&self, name: &str, value: Param) -> Self;
        /// See `try_named`.
        named = try_named<E: CloneStatic>(&self, name: &str) -> E;
        /// See `try_at`.
        at = try_at<E: CloneStatic>(&self, at: i64) -> E;
        /// See `try_fit`.
        fit = try_fit<L: Labels>(&self, x: &Array2<f64>, y: &L) -> Self;
        /// See `try_fit_alone`.
        fit_alone = try_fit_alone(&self, x: &Array2<f64>) -> Self;
        /// See `try_predict`.
        predict = try_predict<L: Labels>(&self, x: &Array2<f64>) -> L;
        /// See `try_group`.
        group = try_group<L: Labels>(&self, x: &Array2<f64>) -> L;
        /// See `try_fit_predict`.
        fit_predict = try_fit_predict(&self, x: &Array2<f64>) -> Array1<i64>;
        /// See `try_decision_function`.
        decision_function = try_decision_function(&self, x: &Array2<f64>) -> Array1<f64>;
        /// See `try_decision_table`.
        decision_table = try_decision_table(&self, x: &Array2<f64>) -> Array2<f64>;
        /// See `try_predict_proba`.
        predict_proba = try_predict_proba(&self, x: &Array2<f64>) -> Array2<f64>;
        /// See `try_transform`.
        transform = try_transform(&self, x: &Array2<f64>) -> Array2<f64>;
        /// See `try_fit_transform_with`.
        fit_transform_with = try_fit_transform_with<L: Labels>(&self, x: &Array2<f64>, y: &L) -> Array2<f64>;
        /// See `try_fit_transform`.
        fit_transform = try_fit_transform(&self, x: &Array2<f64>) -> Array2<f64>;
        /// See `try_inverse_transform`.
        inverse_transform = try_inverse_transform(&self, x: &Array2<f64>) -> Array2<f64>;
        /// See `try_score`.
        score = try_score<L: Labels>(&self, x: &Array2<f64>, y: &L) -> f64;
        /// See `try_classes_`.
        classes_ = try_classes_<L: Labels>(&self) -> L;
    }
}

/// What a step must be to be found again by its type.
pub trait CloneStatic: Clone + 'static {}
impl<T: Clone + 'static> CloneStatic for T {}

impl Pipeline {
    /// A step by its place, from the end where that is negative.
    pub fn try_step_at(&self, place: i64) -> Result<Box<dyn AnyEstimator>> {
        let steps = self.0.steps.borrow();
        let at = if place < 0 {
            place + steps.len() as i64
        } else {
            place
        };
        let found = usize::try_from(at).ok().and_then(|at| steps.get(at));
        match found {
            Some((_, step)) => Ok(step.share()),
            None => Err(super::errors::Exception::new(
                "IndexError",
                "list index out of range",
            )),
        }
    }
}

impl AnyEstimator for Pipeline {
    fn name(&self) -> &'static str {
        "Pipeline"
    }
    fn role(&self) -> Role {
        self.last().map_or(Role::Transformer, |step| step.role())
    }
    fn fresh(&self) -> Box<dyn AnyEstimator> {
        Box::new(self.copied())
    }
    fn share(&self) -> Box<dyn AnyEstimator> {
        Box::new(self.clone())
    }
    fn fit_any(&self, x: &Array2<f64>, y: &Target) -> Result<()> {
        let (x, sparse) = self.learn(x, y)?;
        let _learning = sparse::learning(sparse);
        self.last()?.fit_any(&x, y)?;
        self.0.fitted.set(true);
        Ok(())
    }
    fn predict_any(&self, x: &Array2<f64>) -> Result<Target> {
        self.check()?;
        self.last()?.predict_any(self.before_last(x)?.as_ref())
    }
    fn transform_any(&self, x: &Array2<f64>) -> Result<Array2<f64>> {
        self.check()?;
        self.last()?.transform_any(self.before_last(x)?.as_ref())
    }
    fn inverse_transform_any(&self, x: &Array2<f64>) -> Result<Array2<f64>> {
        self.check()?;
        let mut x = x.clone();
        for (_, step) in self.list().into_iter().rev() {
            x = step.inverse_transform_any(&x)?;
        }
        Ok(x)
    }
    fn fit_transform_any(&self, x: &Array2<f64>, y: &Target) -> Result<Array2<f64>> {
        let (x, sparse) = self.learn(x, y)?;
        let _learning = sparse::learning(sparse);
        let result = self.last()?.fit_transform_any(&x, y)?;
        self.0.fitted.set(true);
        Ok(result)
    }
    fn predict_proba_any(&self, x: &Array2<f64>) -> Result<Array2<f64>> {
        self.check()?;
        self.last()?
            .predict_proba_any(self.before_last(x)?.as_ref())
    }
    fn decision_function_any(&self, x: &Array2<f64>) -> Result<Array2<f64>> {
        self.check()?;
        self.last()?
            .decision_function_any(self.before_last(x)?.as_ref())
    }
    fn names_in_any(&self) -> Result<Vec<String>> {
        let steps = self.list();
        let first = steps.first().ok_or_else(|| not_fitted("Pipeline"))?;
        first.1.names_in_any()
    }
    fn names_out_any(&self, names: Option<Vec<String>>) -> Result<Vec<String>> {
        let steps = self.list();
        let mut names = names;
        for (_, step) in steps
            .iter()
            .filter(|(_, step)| step.name() != "passthrough")
        {
            names = Some(step.names_out_any(names)?);
        }
        Ok(names.unwrap_or_default())
    }
    fn labels_any(&self) -> Result<Array1<i64>> {
        self.last()?.labels_any()
    }
    fn classes_any(&self) -> Result<Target> {
        self.last()?.classes_any()
    }
    fn offers(&self, method: &str) -> Option<bool> {
        self.last().ok().map(|step| has(&step, method))
    }
    fn inside(&self, name: &str) -> Option<Box<dyn AnyEstimator>> {
        let steps = self.0.steps.borrow();
        let found = steps.iter().find(|(own, _)| own == name);
        found.map(|(_, step)| step.share())
    }
    fn leaves_marks(&self) -> bool {
        self.last().is_ok_and(|step| step.leaves_marks())
    }
    fn sparse_any(&self) -> bool {
        self.last().is_ok_and(|step| step.sparse_any())
    }
    fn score_any(&self, x: &Array2<f64>, y: &Target) -> Result<f64> {
        self.check()?;
        self.last()?.score_any(self.before_last(x)?.as_ref(), y)
    }
    fn set_any(&self, name: &str, value: &Param) -> Result<()> {
        let (own, parameter) = name.split_once("__").unwrap_or((name, ""));
        let mut steps = self.0.steps.borrow_mut();
        let found = steps.iter_mut().find(|(step, _)| step == own);
        let found = found.ok_or_else(|| {
            value_error(format!("Invalid parameter '{own}' for estimator Pipeline."))
        })?;
        if parameter.is_empty() {
            found.1 = match value {
                Param::Estimator(estimator) => Model::from(estimator.get().share()),
                Param::Text(text) if text == "passthrough" => Model::from(Passthrough.share()),
                Param::Nothing => Model::from(Passthrough.share()),
                _ => return Err(value_error("a step must be an estimator or 'passthrough'")),
            };
            return Ok(());
        }
        found.1.set_any(parameter, value)
    }
    fn shown(&self) -> Shown {
        let steps = self.steps().shown();
        Shown::Call("Pipeline".to_string(), vec![("steps".to_string(), steps)])
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl IntoIterator for Pipeline {
    type Item = String;
    type IntoIter = std::vec::IntoIter<String>;
    /// The names of the steps, as `named_steps` is looped over.
    fn into_iter(self) -> Self::IntoIter {
        self.names().into_iter()
    }
}

/// A step that changes nothing.
#[derive(Clone)]
pub struct Passthrough;

impl AnyEstimator for Passthrough {
    fn name(&self) -> &'static str {
        "passthrough"
    }
    fn role(&self) -> Role {
        Role::Transformer
    }
    fn fresh(&self) -> Box<dyn AnyEstimator> {
        self.share()
    }
    fn share(&self) -> Box<dyn AnyEstimator> {
        Box::new(Passthrough)
    }
    fn fit_any(&self, _x: &Array2<f64>, _y: &Target) -> Result<()> {
        Ok(())
    }
    fn transform_any(&self, x: &Array2<f64>) -> Result<Array2<f64>> {
        Ok(x.clone())
    }
    fn inverse_transform_any(&self, x: &Array2<f64>) -> Result<Array2<f64>> {
        Ok(x.clone())
    }
    fn fit_transform_any(&self, x: &Array2<f64>, _y: &Target) -> Result<Array2<f64>> {
        Ok(x.clone())
    }
    fn set_any(&self, name: &str, _value: &Param) -> Result<()> {
        Err(value_error(format!(
            "Invalid parameter '{name}' for a step that passes its input through."
        )))
    }
    fn shown(&self) -> Shown {
        Shown::Text("'passthrough'".to_string())
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// `pipeline.steps`: names and estimators, to be looped over and shown.
pub struct NamedSteps(Vec<(String, Model)>);

impl NamedSteps {
    fn shown(&self) -> Shown {
        let pair = |(name, step): &(String, Model)| {
            Shown::Tuple(vec![Shown::Text(name.repr_text()), step.shown()])
        };
        Shown::List(self.0.iter().map(pair).collect())
    }

    /// The name and the step at a position.
    pub fn try_pair<P: StepPair>(&self, at: i64) -> Result<P> {
        let steps = Pipeline::with(self.0.clone());
        let step: Model = steps.try_at(at)?;
        let place = if at < 0 { at + self.0.len() as i64 } else { at };
        P::of(&self.0[place as usize].0, &step)
    }

    throwing! {
        /// See `try_pair`.
        pair = try_pair<P: StepPair>(&self, at: i64) -> P;
    }
}

/// A name and an estimator as its own type.
pub trait StepPair: Sized {
    /// Of a step.
    fn of(name: &str, step: &Model) -> Result<Self>;
}

impl<E: Clone + 'static> StepPair for (String, E) {
    fn of(name: &str, step: &Model) -> Result<Self> {
        Ok((name.to_string(), step.held()?))
    }
}

impl IntoIterator for NamedSteps {
    type Item = (String, Model);
    type IntoIter = std::vec::IntoIter<Self::Item>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl Text for NamedSteps {
    fn repr_text(&self) -> String {
        // A plain list shows each estimator as it shows itself.
        let pair =
            |(name, step): &(String, Model)| format!("({}, {})", name.repr_text(), step.text());
        let steps: Vec<String> = self.0.iter().map(pair).collect();
        format!("[{}]", steps.join(", "))
    }
}

impl Text for Pipeline {
    fn repr_text(&self) -> String {
        self.text()
    }
}

/// `make_pipeline(*steps)`.
#[macro_export]
macro_rules! batuta_make_pipeline {
    ($($step:expr),+ $(,)?) => {
        $crate::sklearn::Pipeline::new()$(.next($step))+
    };
}
pub use crate::batuta_make_pipeline as make_pipeline;
