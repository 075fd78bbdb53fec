//! `GridSearchCV`: every combination of values, the best one fitted to all data.

use super::folds::Folding;
use super::folds::Splitter;
use super::scores::evaluate;
use crate::py::{Dict, Shared, Text};
use crate::sklearn::errors::{Exception, Result, no_attribute, not_fitted, throwing};
use crate::sklearn::estimator::{AnyEstimator, Role};
use crate::sklearn::parameters::{Param, ParamType};
use crate::sklearn::sums::mean;
use crate::sklearn::target::{Labels, Target, typed};
use ndarray::{Array1, Array2};
use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

/// One combination of parameters, in the order of their names.
#[derive(Clone, Debug, PartialEq)]
pub struct Chosen(pub Vec<(String, Param)>);

impl Chosen {
    /// The value of one parameter.
    pub fn try_value<T: ParamType>(&self, name: &str) -> Result<T> {
        let found = self
            .0
            .iter()
            .find(|(own, _)| own == name)
            .ok_or_else(|| Exception::new("KeyError", name))?;
        T::from_param(&found.1)
            .ok_or_else(|| Exception::new("TypeError", "a parameter of another type"))
    }

    throwing! {
        /// See `try_value`.
        value = try_value<T: ParamType>(&self, name: &str) -> T;
    }
}

impl Text for Chosen {
    fn repr_text(&self) -> String {
        let parts: Vec<String> = self
            .0
            .iter()
            .map(|(name, value)| format!("{}: {}", name.repr_text(), value.python()))
            .collect();
        format!("{{{}}}", parts.join(", "))
    }
}

/// A list or array of parameter values.
pub trait Values {
    /// The values.
    fn values(&self) -> Vec<Param>;
}

impl<T: ParamType> Values for Vec<T> {
    fn values(&self) -> Vec<Param> {
        self.iter().map(ParamType::to_param).collect()
    }
}

impl<T: ParamType> Values for Shared<Vec<T>> {
    fn values(&self) -> Vec<Param> {
        self.with(Values::values)
    }
}

impl<T: ParamType> Values for Array1<T> {
    fn values(&self) -> Vec<Param> {
        self.iter().map(ParamType::to_param).collect()
    }
}

#[derive(Clone)]
enum Cv {
    Count(i64),
    Splitter(Rc<dyn Splitter>),
}

struct Found {
    candidates: Vec<Chosen>,
    means: Array1<f64>,
    deviations: Array1<f64>,
    best: usize,
    estimator: Box<dyn AnyEstimator>,
}

struct Search {
    estimator: Box<dyn AnyEstimator>,
    grid: Vec<(String, Vec<Param>)>,
    scoring: Option<String>,
    cv: Cv,
    found: RefCell<Option<Rc<Found>>>,
}

/// A handle to a search.
#[derive(Clone)]
pub struct GridSearchCV(Rc<Search>);

impl GridSearchCV {
    /// A search over nothing yet.
    pub fn new(estimator: &dyn AnyEstimator) -> Self {
        GridSearchCV(Rc::new(Search {
            estimator: estimator.share(),
            grid: Vec::new(),
            scoring: None,
            cv: Cv::Count(5),
            found: RefCell::new(None),
        }))
    }

    fn with(self, change: impl FnOnce(&mut Search)) -> Self {
        let mut search = Search {
            estimator: self.0.estimator.share(),
            grid: self.0.grid.clone(),
            scoring: self.0.scoring.clone(),
            cv: self.0.cv.clone(),
            found: RefCell::new(None),
        };
        change(&mut search);
        GridSearchCV(Rc::new(search))
    }

    /// The values of one parameter.
    pub fn values(self, name: &str, values: &impl Values) -> Self {
        self.with(|search| {
            search.grid.push((name.to_string(), values.values()));
            // scikit-learn goes through the parameters by name.
            search.grid.sort_by(|a, b| a.0.cmp(&b.0));
        })
    }

    /// The score by name.
    pub fn scoring(self, name: &str) -> Self {
        self.with(|search| search.scoring = Some(name.to_string()))
    }

    /// A number of folds.
    pub fn folds(self, count: i64) -> Self {
        self.with(|search| search.cv = Cv::Count(count))
    }

    /// A splitter.
    pub fn splitter<S: Splitter + Clone + 'static>(self, splitter: &S) -> Self {
        self.with(|search| search.cv = Cv::Splitter(Rc::new(splitter.clone())))
    }

    fn candidates(&self) -> Vec<Chosen> {
        let mut all = vec![Vec::new()];
        for (name, values) in &self.0.grid {
            all = all
                .into_iter()
                .flat_map(|start: Vec<(String, Param)>| {
                    values.iter().map(move |value| {
                        let mut longer = start.clone();
                        longer.push((name.clone(), value.clone()));
                        longer
                    })
                })
                .collect();
        }
        all.into_iter().map(Chosen).collect()
    }

    fn made(&self, chosen: &Chosen) -> Result<Box<dyn AnyEstimator>> {
        let own = self.0.estimator.fresh();
        for (name, value) in &chosen.0 {
            own.set_any(name, value)?;
        }
        Ok(own)
    }

    fn found(&self, attribute: &str) -> Result<Rc<Found>> {
        self.0
            .found
            .borrow()
            .clone()
            .ok_or_else(|| no_attribute("GridSearchCV", attribute))
    }

    fn fitted(&self) -> Result<Rc<Found>> {
        self.0
            .found
            .borrow()
            .clone()
            .ok_or_else(|| not_fitted("GridSearchCV"))
    }

    /// `fit(X, y)`.
    pub fn try_fit<L: Labels>(&self, x: &Array2<f64>, y: &L) -> Result<Self> {
        self.fit_any(x, &y.to_target())?;
        Ok(self.clone())
    }

    /// `predict(X)`.
    pub fn try_predict<L: Labels>(&self, x: &Array2<f64>) -> Result<L> {
        typed(self.predict_any(x)?)
    }

    /// `predict_proba(X)`.
    pub fn try_predict_proba(&self, x: &Array2<f64>) -> Result<Array2<f64>> {
        self.predict_proba_any(x)
    }

    /// `score(X, y)`.
    pub fn try_score<L: Labels>(&self, x: &Array2<f64>, y: &L) -> Result<f64> {
        self.score_any(x, &y.to_target())
    }

    /// `best_params_`.
    pub fn try_best_params_(&self) -> Result<Chosen> {
        let found = self.found("best_params_")?;
        Ok(found.candidates[found.best].clone())
    }

    /// `best_params_` whose values are all of one type.
    pub fn try_best_params_dict<T: ParamType>(&self) -> Result<Dict<String, T>> {
        let chosen = self.try_best_params_()?;
        chosen
            .0
            .iter()
            .map(|(name, _)| Ok((name.clone(), chosen.try_value(name)?)))
            .collect()
    }

    /// `best_score_`.
    pub fn try_best_score_(&self) -> Result<f64> {
        let found = self.found("best_score_")?;
        Ok(found.means[found.best])
    }

    /// `best_index_`.
    pub fn try_best_index_(&self) -> Result<i64> {
        Ok(self.found("best_index_")?.best as i64)
    }

    /// `best_estimator_`, as its own type.
    pub fn try_best_estimator_<E: Clone + 'static>(&self) -> Result<E> {
        let found = self.found("best_estimator_")?;
        let own = found.estimator.as_any().downcast_ref::<E>().cloned();
        own.ok_or_else(|| Exception::new("TypeError", "an estimator of another class"))
    }

    /// `cv_results_["mean_test_score"]`.
    pub fn try_mean_test_score(&self) -> Result<Array1<f64>> {
        Ok(self.found("cv_results_")?.means.clone())
    }

    /// `cv_results_["std_test_score"]`.
    pub fn try_std_test_score(&self) -> Result<Array1<f64>> {
        Ok(self.found("cv_results_")?.deviations.clone())
    }

    /// `cv_results_["rank_test_score"]`.
    pub fn try_rank_test_score(&self) -> Result<Array1<i64>> {
        let found = self.found("cv_results_")?;
        Ok(found
            .means
            .iter()
            .map(|own| 1 + found.means.iter().filter(|other| *other > own).count() as i64)
            .collect())
    }

    /// `cv_results_["params"]`.
    pub fn try_params(&self) -> Result<Vec<Chosen>> {
        Ok(self.found("cv_results_")?.candidates.clone())
    }

    throwing! {
        /// See `try_fit`.
        fit = try_fit<L: Labels>(&self, x: &Array2<f64>, y: &L) -> Self;
        /// See `try_predict`.
        predict = try_predict<L: Labels>(&self, x: &Array2<f64>) -> L;
        /// See `try_predict_proba`.
        predict_proba = try_predict_proba(&self, x: &Array2<f64>) -> Array2<f64>;
        /// See `try_score`.
        score = try_score<L: Labels>(&self, x: &Array2<f64>, y: &L) -> f64;
        /// See `try_best_params_`.
        best_params_ = try_best_params_(&self) -> Chosen;
        /// See `try_best_params_dict`.
        best_params_dict = try_best_params_dict<T: ParamType>(&self) -> Dict<String, T>;
        /// See `try_best_score_`.
        best_score_ = try_best_score_(&self) -> f64;
        /// See `try_best_index_`.
        best_index_ = try_best_index_(&self) -> i64;
        /// See `try_best_estimator_`.
        best_estimator_ = try_best_estimator_<E: CloneStatic>(&self) -> E;
        /// See `try_mean_test_score`.
        mean_test_score = try_mean_test_score(&self) -> Array1<f64>;
        /// See `try_std_test_score`.
        std_test_score = try_std_test_score(&self) -> Array1<f64>;
        /// See `try_rank_test_score`.
        rank_test_score = try_rank_test_score(&self) -> Array1<i64>;
        /// See `try_params`.
        params = try_params(&self) -> Vec<Chosen>;
    }
}

use crate::sklearn::pipeline::CloneStatic;

impl AnyEstimator for GridSearchCV {
    fn name(&self) -> &'static str {
        "GridSearchCV"
    }
    fn role(&self) -> Role {
        self.0.estimator.role()
    }
    fn fresh(&self) -> Box<dyn AnyEstimator> {
        Box::new(
            self.clone()
                .with(|search| search.estimator = search.estimator.fresh()),
        )
    }
    fn share(&self) -> Box<dyn AnyEstimator> {
        Box::new(self.clone())
    }
    fn fit_any(&self, x: &Array2<f64>, y: &Target) -> Result<()> {
        let folding = match &self.0.cv {
            Cv::Count(count) => Folding::Count(*count),
            Cv::Splitter(splitter) => Folding::Splitter(splitter.as_ref()),
        };
        let folds = folding.folds(x.nrows(), self.role() == Role::Classifier, y)?;
        let candidates = self.candidates();
        let (mut means, mut deviations) = (
            Array1::zeros(candidates.len()),
            Array1::zeros(candidates.len()),
        );
        for (at, chosen) in candidates.iter().enumerate() {
            let own = self.made(chosen)?;
            let scores =
                evaluate(own.as_ref(), x, y, &folds, self.0.scoring.as_deref(), false)?.test_score;
            means[at] = mean(scores.iter().copied());
            deviations[at] = mean(
                scores
                    .iter()
                    .map(|score| (score - means[at]) * (score - means[at])),
            )
            .sqrt();
        }
        let best = crate::sklearn::linear_model::first_largest(means.iter().copied());
        let estimator = self.made(&candidates[best])?;
        estimator.fit_any(x, y)?;
        *self.0.found.borrow_mut() = Some(Rc::new(Found {
            candidates,
            means,
            deviations,
            best,
            estimator,
        }));
        Ok(())
    }
    fn predict_any(&self, x: &Array2<f64>) -> Result<Target> {
        self.fitted()?.estimator.predict_any(x)
    }
    fn transform_any(&self, x: &Array2<f64>) -> Result<Array2<f64>> {
        self.fitted()?.estimator.transform_any(x)
    }
    fn inverse_transform_any(&self, x: &Array2<f64>) -> Result<Array2<f64>> {
        self.fitted()?.estimator.inverse_transform_any(x)
    }
    fn fit_transform_any(&self, x: &Array2<f64>, y: &Target) -> Result<Array2<f64>> {
        self.fit_any(x, y)?;
        self.transform_any(x)
    }
    fn predict_proba_any(&self, x: &Array2<f64>) -> Result<Array2<f64>> {
        self.fitted()?.estimator.predict_proba_any(x)
    }
    fn decision_function_any(&self, x: &Array2<f64>) -> Result<Array2<f64>> {
        self.fitted()?.estimator.decision_function_any(x)
    }
    fn labels_any(&self) -> Result<Array1<i64>> {
        self.fitted()?.estimator.labels_any()
    }
    fn classes_any(&self) -> Result<Target> {
        self.fitted()?.estimator.classes_any()
    }
    fn score_any(&self, x: &Array2<f64>, y: &Target) -> Result<f64> {
        let found = self.fitted()?;
        match &self.0.scoring {
            Some(name) => super::scoring::score_by_name(name, found.estimator.as_ref(), x, y),
            None => found.estimator.score_any(x, y),
        }
    }
    fn set_any(&self, name: &str, _value: &Param) -> Result<()> {
        Err(Exception::new(
            "ValueError",
            format!("'{name}' of GridSearchCV cannot be changed by name"),
        ))
    }
    fn text(&self) -> String {
        format!("GridSearchCV(estimator={})", self.0.estimator.text())
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl Text for GridSearchCV {
    fn repr_text(&self) -> String {
        self.text()
    }
}
