//! `GridSearchCV` and `RandomizedSearchCV`: every combination of values, or some of them; the best one is fitted to all data.

use super::distributions::Distribution;
use super::folds::Folding;
use super::folds::Splitter;
use super::scores::evaluate;
use crate::py::{Dict, Shared, Text, Value};
use crate::sklearn::Shown;
use crate::sklearn::errors::{
    Exception, Result, no_attribute, not_fitted, throwing, value_error, warn,
};
use crate::sklearn::estimator::{AnyEstimator, Role};
use crate::sklearn::parameters::{Param, ParamType};
use crate::sklearn::random::{RandomState, sample_without_replacement};
use crate::sklearn::sparse;
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

    /// `items()`.
    pub fn items(&self) -> Vec<(String, Param)> {
        self.0.clone()
    }

    /// `keys()`.
    pub fn keys(&self) -> Vec<String> {
        self.0.iter().map(|(name, _)| name.clone()).collect()
    }

    /// `values()`.
    pub fn values(&self) -> Vec<Param> {
        self.0.iter().map(|(_, value)| value.clone()).collect()
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

impl Values for crate::py::Range {
    fn values(&self) -> Vec<Param> {
        self.into_iter().map(Param::Int).collect()
    }
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
        let of_numpy = |param| match param {
            Param::Float(value) => Param::NumpyFloat(value),
            Param::Int(value) => Param::NumpyInt(value),
            other => other,
        };
        self.iter()
            .map(|value| of_numpy(value.to_param()))
            .collect()
    }
}

/// A grid, or a list of grids, of which only the running program knows the names.
pub trait Grids {
    /// Each grid: the values of each parameter, by name.
    fn grids(&self) -> Result<Vec<Grid>>;
}

/// The values of one parameter in such a grid.
pub trait GridValues {
    /// The values.
    fn listed(&self) -> Result<Vec<Param>>;
}

impl GridValues for Value {
    fn listed(&self) -> Result<Vec<Param>> {
        let all = |values: &[Value]| values.iter().map(ParamType::to_param).collect();
        match self {
            Value::List(values) => Ok(values.with(|values| all(values))),
            Value::Tuple(values) => Ok(all(values)),
            _ => Err(value_error(
                "Parameter grid values need to be a list or a NumPy array of values",
            )),
        }
    }
}

impl<T: ParamType> GridValues for Vec<T> {
    fn listed(&self) -> Result<Vec<Param>> {
        Ok(self.values())
    }
}

impl<T: ParamType> GridValues for Shared<Vec<T>> {
    fn listed(&self) -> Result<Vec<Param>> {
        Ok(self.values())
    }
}

impl<K: Text + Clone, V: GridValues + Clone> Grids for Dict<K, V> {
    fn grids(&self) -> Result<Vec<Grid>> {
        let mut grid = Vec::new();
        for (name, values) in self.pairs() {
            grid.push((name.str_text(), values.listed()?));
        }
        grid.sort_by(|a, b| a.0.cmp(&b.0));
        Ok(vec![grid])
    }
}

impl<T: Grids> Grids for Shared<T> {
    fn grids(&self) -> Result<Vec<Grid>> {
        self.with(Grids::grids)
    }
}

impl<T: Grids> Grids for Vec<T> {
    fn grids(&self) -> Result<Vec<Grid>> {
        let mut all = Vec::new();
        for each in self {
            all.extend(each.grids()?);
        }
        Ok(all)
    }
}

impl Grids for Value {
    fn grids(&self) -> Result<Vec<Grid>> {
        match self {
            Value::Dict(grid) => grid.grids(),
            Value::List(grids) => grids.grids(),
            _ => Err(Exception::new(
                "TypeError",
                "Parameter grid should be a dict or a list",
            )),
        }
    }
}

/// Every combination, the last name changing fastest.
fn combinations(grid: &Grid) -> Vec<Chosen> {
    let mut all = vec![Vec::new()];
    for (name, values) in grid {
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

/// The mean and the deviation over the folds, for each candidate.
fn spread(folds: &[Array1<f64>]) -> (Array1<f64>, Array1<f64>) {
    let count = folds.first().map_or(0, Array1::len);
    let (mut means, mut deviations) = (Array1::zeros(count), Array1::zeros(count));
    for at in 0..count {
        let scores = || folds.iter().map(|fold| fold[at]);
        let centre = mean(scores());
        means[at] = centre;
        deviations[at] = mean(scores().map(|score| (score - centre) * (score - centre))).sqrt();
    }
    (means, deviations)
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
    /// For each fold the test score of each candidate, and the training score where it was asked for.
    folds: Vec<(Array1<f64>, Option<Array1<f64>>)>,
    best: usize,
    estimator: Box<dyn AnyEstimator>,
}

/// The values of each parameter, by name.
pub type Grid = Vec<(String, Vec<Param>)>;

struct Search {
    estimator: Box<dyn AnyEstimator>,
    /// One grid, or several of which the candidates follow each other.
    grids: Vec<Grid>,
    /// Of a randomised search: how many candidates, and the seed.
    sample: Option<(i64, Option<i64>)>,
    /// The parameters whose values are drawn: the number of the grid, the name, from where.
    drawn: Vec<(usize, String, Distribution)>,
    scoring: Option<String>,
    cv: Cv,
    with_train: bool,
    announce: bool,
    found: RefCell<Option<Rc<Found>>>,
}

/// A handle to a search.
#[derive(Clone)]
pub struct GridSearchCV(Rc<Search>);

impl PartialEq for GridSearchCV {
    /// As Python compares what has no `__eq__`: whether they are one object.
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl GridSearchCV {
    /// A search over nothing yet.
    pub fn new(estimator: &dyn AnyEstimator) -> Self {
        GridSearchCV(Rc::new(Search {
            estimator: estimator.share(),
            grids: vec![Vec::new()],
            sample: None,
            drawn: Vec::new(),
            scoring: None,
            cv: Cv::Count(5),
            with_train: false,
            announce: false,
            found: RefCell::new(None),
        }))
    }

    fn with(self, change: impl FnOnce(&mut Search)) -> Self {
        let mut search = Search {
            estimator: self.0.estimator.share(),
            grids: self.0.grids.clone(),
            sample: self.0.sample,
            drawn: self.0.drawn.clone(),
            scoring: self.0.scoring.clone(),
            cv: self.0.cv.clone(),
            with_train: self.0.with_train,
            announce: self.0.announce,
            found: RefCell::new(None),
        };
        change(&mut search);
        GridSearchCV(Rc::new(search))
    }

    /// The values of one parameter.
    pub fn values(self, name: &str, values: &impl Values) -> Self {
        self.with(|search| {
            if let Some(grid) = search.grids.last_mut() {
                grid.push((name.to_string(), values.values()));
                // scikit-learn goes through the parameters by name.
                grid.sort_by(|a, b| a.0.cmp(&b.0));
            }
        })
    }

    /// The grids that the program holds.
    pub fn try_grids(self, grids: &impl Grids) -> Result<Self> {
        let grids = grids.grids()?;
        Ok(self.with(|search| search.grids = grids))
    }

    /// See `try_grids`.
    pub fn grids(self, grids: &impl Grids) -> Self {
        crate::sklearn::errors::unwrap(self.try_grids(grids))
    }

    /// A parameter whose values are drawn.
    pub fn drawn(self, name: &str, from: &Distribution) -> Self {
        self.with(|search| {
            let grid = search.grids.len() - 1;
            search.drawn.push((grid, name.to_string(), from.clone()));
        })
    }

    /// What follows belongs to the next grid.
    pub fn next_grid(self) -> Self {
        self.with(|search| search.grids.push(Vec::new()))
    }

    /// Only some candidates, drawn: `RandomizedSearchCV(n_iter=count, random_state=seed)`.
    pub fn sample(self, count: i64, seed: Option<i64>) -> Self {
        self.with(|search| search.sample = Some((count, seed)))
    }

    /// `return_train_score=True`.
    pub fn with_train_scores(self) -> Self {
        self.with(|search| search.with_train = true)
    }

    /// `verbose=1`: says how many fits there are.
    pub fn announcing(self) -> Self {
        self.with(|search| search.announce = true)
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

    fn class(&self) -> &'static str {
        if self.0.sample.is_some() {
            "RandomizedSearchCV"
        } else {
            "GridSearchCV"
        }
    }

    /// Candidates some of whose values come from distributions: all are drawn anew, in the order of their names.
    fn drawn_candidates(&self, wanted: i64, seed: Option<i64>) -> Vec<Chosen> {
        let mut random = RandomState::from_seed(seed);
        let count = self.0.grids.len();
        let one = |_| {
            let at = if count > 1 {
                random.randint(0, count as i64) as usize
            } else {
                0
            };
            let own = self.0.drawn.iter().filter(|(grid, _, _)| *grid == at);
            let mut sources: Vec<(&String, std::result::Result<&Distribution, &Vec<Param>>)> = own
                .map(|(_, name, from)| (name, Ok(from)))
                .chain(
                    self.0.grids[at]
                        .iter()
                        .map(|(name, values)| (name, Err(values))),
                )
                .collect();
            sources.sort_by(|a, b| a.0.cmp(b.0));
            let chosen = sources.into_iter().map(|(name, source)| {
                let value = match source {
                    Ok(from) => from.draw(&mut random),
                    Err(values) => values[random.randint(0, values.len() as i64) as usize].clone(),
                };
                (name.clone(), value)
            });
            Chosen(chosen.collect())
        };
        (0..wanted).map(one).collect()
    }

    fn candidates(&self) -> Vec<Chosen> {
        if let Some((wanted, seed)) = self.0.sample
            && !self.0.drawn.is_empty()
        {
            return self.drawn_candidates(wanted, seed);
        }
        let all: Vec<Chosen> = self.0.grids.iter().flat_map(combinations).collect();
        let Some((wanted, seed)) = self.0.sample else {
            return all;
        };
        if (all.len() as i64) < wanted {
            warn(
                "UserWarning",
                &format!(
                    "The total space of parameters {} is smaller than n_iter={wanted}. Running {} iterations. For exhaustive searches, use \
                     GridSearchCV.",
                    all.len(),
                    all.len()
                ),
            );
        }
        let wanted = (wanted as usize).min(all.len());
        // A drawn candidate lists its parameters from the last name to the first.
        sample_without_replacement(all.len(), wanted, &mut RandomState::from_seed(seed))
            .into_iter()
            .map(|at| Chosen(all[at].0.iter().rev().cloned().collect()))
            .collect()
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
            .ok_or_else(|| no_attribute(self.class(), attribute))
    }

    fn fitted(&self) -> Result<Rc<Found>> {
        self.0
            .found
            .borrow()
            .clone()
            .ok_or_else(|| not_fitted(self.class()))
    }

    /// `fit(X, y)`.
    pub fn try_fit<L: Labels>(&self, x: &Array2<f64>, y: &L) -> Result<Self> {
        self.fit_any(x, &y.to_target())?;
        Ok(self.clone())
    }

    /// `fit(X)`, for estimators that learn without a target.
    pub fn try_fit_alone(&self, x: &Array2<f64>) -> Result<Self> {
        self.fit_any(x, &Target::Absent)?;
        Ok(self.clone())
    }

    /// `predict(X)`.
    pub fn try_predict<L: Labels>(&self, x: &Array2<f64>) -> Result<L> {
        typed(self.predict_any(x)?)
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
        crate::sklearn::Model::from(found.estimator.share()).held()
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

    /// `cv_results_["split0_test_score"]` and so on.
    pub fn try_split_test_score(&self, fold: i64) -> Result<Array1<f64>> {
        let found = self.found("cv_results_")?;
        found
            .folds
            .get(fold as usize)
            .map(|scores| scores.0.clone())
            .ok_or_else(|| Exception::new("KeyError", format!("split{fold}_test_score")))
    }

    /// The training scores: a row for each fold, a column for each candidate.
    fn train_scores(&self, key: &str) -> Result<Vec<Array1<f64>>> {
        let found = self.found("cv_results_")?;
        let scores: Option<Vec<Array1<f64>>> =
            found.folds.iter().map(|fold| fold.1.clone()).collect();
        scores.ok_or_else(|| Exception::new("KeyError", key))
    }

    /// `cv_results_["mean_train_score"]`.
    pub fn try_mean_train_score(&self) -> Result<Array1<f64>> {
        Ok(spread(&self.train_scores("mean_train_score")?).0)
    }

    /// `cv_results_["std_train_score"]`.
    pub fn try_std_train_score(&self) -> Result<Array1<f64>> {
        Ok(spread(&self.train_scores("std_train_score")?).1)
    }

    /// `cv_results_["params"]` where all values are of one type.
    pub fn try_params_dicts<T: ParamType>(&self) -> Result<Vec<Dict<String, T>>> {
        let all = self.try_params()?;
        all.iter()
            .map(|chosen| {
                chosen
                    .0
                    .iter()
                    .map(|(name, _)| Ok((name.clone(), chosen.try_value(name)?)))
                    .collect()
            })
            .collect()
    }

    /// `cv_results_["params"]`.
    pub fn try_params(&self) -> Result<Vec<Chosen>> {
        Ok(self.found("cv_results_")?.candidates.clone())
    }

    throwing! {
        /// See `try_fit_alone`.
        fit_alone = try_fit_alone(&self, x: &Array2<f64>) -> Self;
        /// See `try_fit`.
        fit = try_fit<L: Labels>(&self, x: &Array2<f64>, y: &L) -> Self;
        /// See `try_predict`.
        predict = try_predict<L: Labels>(&self, x: &Array2<f64>) -> L;
        /// See `try_decision_function`.
        decision_function = try_decision_function(&self, x: &Array2<f64>) -> Array1<f64>;
        /// See `try_decision_table`.
        decision_table = try_decision_table(&self, x: &Array2<f64>) -> Array2<f64>;
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
        /// See `try_split_test_score`.
        split_test_score = try_split_test_score(&self, fold: i64) -> Array1<f64>;
        /// See `try_mean_train_score`.
        mean_train_score = try_mean_train_score(&self) -> Array1<f64>;
        /// See `try_std_train_score`.
        std_train_score = try_std_train_score(&self) -> Array1<f64>;
        /// See `try_params_dicts`.
        params_dicts = try_params_dicts<T: ParamType>(&self) -> Vec<Dict<String, T>>;
        /// See `try_params`.
        params = try_params(&self) -> Vec<Chosen>;
    }
}

use crate::sklearn::pipeline::CloneStatic;

impl AnyEstimator for GridSearchCV {
    fn name(&self) -> &'static str {
        self.class()
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
    fn offers(&self, method: &str) -> Option<bool> {
        Some(crate::sklearn::has(self.0.estimator.as_ref(), method))
    }
    fn share(&self) -> Box<dyn AnyEstimator> {
        Box::new(self.clone())
    }
    fn fit_any(&self, x: &Array2<f64>, y: &Target) -> Result<()> {
        let _learning = sparse::learning_from(x);
        let folding = match &self.0.cv {
            Cv::Count(count) => Folding::Count(*count),
            Cv::Splitter(splitter) => Folding::Splitter(splitter.as_ref()),
        };
        let folds = folding.folds(x.nrows(), self.role() == Role::Classifier, y)?;
        let candidates = self.candidates();
        if self.0.announce {
            crate::py::print!(
                "Fitting {} folds for each of {} candidates, totalling {} fits",
                folds.len(),
                candidates.len(),
                folds.len() * candidates.len()
            );
        }
        let mut by_fold: Vec<(Array1<f64>, Option<Array1<f64>>)> = folds
            .iter()
            .map(|_| {
                let scores = Array1::zeros(candidates.len());
                (scores.clone(), self.0.with_train.then_some(scores))
            })
            .collect();
        for (at, chosen) in candidates.iter().enumerate() {
            let own = self.made(chosen)?;
            let scoring = self.0.scoring.as_deref();
            let scores = evaluate(own.as_ref(), x, y, &folds, scoring, self.0.with_train)?;
            for (fold, (test, train)) in by_fold.iter_mut().enumerate() {
                test[at] = scores.test_score[fold];
                if let (Some(own), Some(its)) = (train.as_mut(), scores.train_score.as_ref()) {
                    own[at] = its[fold];
                }
            }
        }
        let tests: Vec<Array1<f64>> = by_fold.iter().map(|fold| fold.0.clone()).collect();
        let (means, deviations) = spread(&tests);
        let best = crate::sklearn::linear_model::first_largest(means.iter().copied());
        let estimator = self.made(&candidates[best])?;
        estimator.fit_any(x, y)?;
        *self.0.found.borrow_mut() = Some(Rc::new(Found {
            candidates,
            means,
            deviations,
            folds: by_fold,
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
            format!("'{name}' of {} cannot be changed by name", self.class()),
        ))
    }
    fn shown(&self) -> Shown {
        // Parameters that change nothing here, such as the number of jobs, are shown in Python too.
        crate::py::unsupported("the text form of a search is not reproduced")
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
