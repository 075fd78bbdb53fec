//! `GradientBoostingClassifier` and `GradientBoostingRegressor`: trees that mend what the trees before them left over.

use super::criterion::Measure;
use super::decision_tree::Limits;
use super::grow::{Growth, Tree, grow, narrow};
use crate::sklearn::errors::{Result, value_error};
use crate::sklearn::estimator::{Estimator, Kind, Role, attributes};
use crate::sklearn::linear_model::first_largest;
use crate::sklearn::parameters::{Param, parameters};
use crate::sklearn::random::RandomState;
use crate::sklearn::sums::{mean, sum};
use crate::sklearn::target::{LabelLists, Target};
use ndarray::{Array1, Array2};

/// See `GradientBoostingClassifier`.
pub struct GradientBoostingClassifierKind;
/// Boosted trees for classes, with the logarithmic loss.
pub type GradientBoostingClassifier = Estimator<GradientBoostingClassifierKind>;

parameters! {
    /// Parameters of `GradientBoostingClassifier`.
    GradientBoostingClassifierParameters for GradientBoostingClassifierKind {
        learning_rate = "learning_rate": f64 = 0.1,
        max_depth = "max_depth": Option<i64> = Some(3),
        max_features = "max_features": Param = Param::Nothing,
        min_impurity_decrease = "min_impurity_decrease": f64 = 0.0,
        min_samples_leaf = "min_samples_leaf": Param = Param::Int(1),
        min_samples_split = "min_samples_split": Param = Param::Int(2),
        n_estimators = "n_estimators": i64 = 100,
        random_state = "random_state": Option<i64> = None,
    }
}

/// See `GradientBoostingRegressor`.
pub struct GradientBoostingRegressorKind;
/// Boosted trees for numbers, with the squared error.
pub type GradientBoostingRegressor = Estimator<GradientBoostingRegressorKind>;

parameters! {
    /// Parameters of `GradientBoostingRegressor`.
    GradientBoostingRegressorParameters for GradientBoostingRegressorKind {
        learning_rate = "learning_rate": f64 = 0.1,
        max_depth = "max_depth": Option<i64> = Some(3),
        max_features = "max_features": Param = Param::Nothing,
        min_impurity_decrease = "min_impurity_decrease": f64 = 0.0,
        min_samples_leaf = "min_samples_leaf": Param = Param::Int(1),
        min_samples_split = "min_samples_split": Param = Param::Int(2),
        n_estimators = "n_estimators": i64 = 100,
        random_state = "random_state": Option<i64> = None,
    }
}

/// Where the scores start, and the trees that add to them: one a round, or one for each class.
pub struct Boosted {
    start: Vec<f64>,
    rounds: Vec<Vec<Tree>>,
    rate: f64,
    /// The loss after each round.
    losses: Vec<f64>,
}

/// The logarithm of the odds, in the form that keeps its digits near one half.
fn odds(share: f64) -> f64 {
    if !(0.3..=0.65).contains(&share) {
        return (share / (1.0 - share)).ln();
    }
    let twice = 2.0 * (share - 0.5);
    twice.ln_1p() - (-twice).ln_1p()
}

fn sigmoid(score: f64) -> f64 {
    1.0 / (1.0 + (-score).exp())
}

/// The pull of each sample on each score: the slope of the loss downwards.
fn pulls(scores: &Array2<f64>, codes: &[usize]) -> Array2<f64> {
    let mut result = Array2::zeros(scores.dim());
    for (row, &code) in codes.iter().enumerate() {
        if scores.ncols() == 1 {
            let (score, label) = (scores[(row, 0)], code as f64);
            let slope = if score > -37.0 {
                let power = (-score).exp();
                ((1.0 - label) - label * power) / (1.0 + power)
            } else {
                score.exp() - label
            };
            result[(row, 0)] = -slope;
            continue;
        }
        let own = scores.row(row);
        let largest = own.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let powers: Vec<f64> = own.iter().map(|score| (score - largest).exp()).collect();
        let total: f64 = powers.iter().sum();
        for (class, power) in powers.iter().enumerate() {
            let chance = power / total;
            result[(row, class)] = -(if class == code { chance - 1.0 } else { chance });
        }
    }
    result
}

/// The loss of scores: twice the mean for two classes, as scikit-learn reports it.
fn deviance(scores: &Array2<f64>, codes: &[usize]) -> f64 {
    if scores.ncols() == 1 {
        let losses = scores.iter().zip(codes).map(|(score, &code)| {
            crate::sklearn::linear_model::log1p_exp(*score) - code as f64 * score
        });
        return 2.0 * mean(losses);
    }
    mean(scores.rows().into_iter().zip(codes).map(|(row, &code)| {
        let largest = row.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let total: f64 = row.iter().map(|score| (score - largest).exp()).sum();
        (total.ln() + largest) - row[code]
    }))
}

impl Boosted {
    /// The scores after each round.
    fn staged(&self, x: &Array2<f64>) -> Vec<Array2<f64>> {
        let mut scores = Array2::from_shape_fn((x.nrows(), self.start.len()), |(_, class)| {
            self.start[class]
        });
        let x = narrow(x);
        let mut all = Vec::new();
        for trees in &self.rounds {
            for (class, tree) in trees.iter().enumerate() {
                for (row, values) in x.rows().into_iter().enumerate() {
                    scores[(row, class)] += self.rate * tree.leaf(values).value[0];
                }
            }
            all.push(scores.clone());
        }
        all
    }

    fn scores(&self, x: &Array2<f64>) -> Array2<f64> {
        let x = narrow(x);
        let mut scores = Array2::from_shape_fn((x.nrows(), self.start.len()), |(_, class)| {
            self.start[class]
        });
        for trees in &self.rounds {
            for (class, tree) in trees.iter().enumerate() {
                for (row, values) in x.rows().into_iter().enumerate() {
                    scores[(row, class)] += self.rate * tree.leaf(values).value[0];
                }
            }
        }
        scores
    }

    fn importances(&self) -> Array1<f64> {
        let trees: Vec<&Tree> = self
            .rounds
            .iter()
            .flatten()
            .filter(|tree| tree.nodes.len() > 1)
            .collect();
        let features = self.rounds[0][0].features;
        if trees.is_empty() {
            return Array1::zeros(features);
        }
        let mut shares = Array1::<f64>::zeros(features);
        for tree in &trees {
            shares += &tree.gains();
        }
        shares /= trees.len() as f64;
        let total = sum(shares.iter().copied());
        shares / total
    }
}

/// The class that each row's scores mean.
fn named(scores: &Array2<f64>) -> Vec<usize> {
    if scores.ncols() == 1 {
        scores
            .iter()
            .map(|score| usize::from(*score >= 0.0))
            .collect()
    } else {
        scores
            .rows()
            .into_iter()
            .map(|row| first_largest(row.iter().copied()))
            .collect()
    }
}

impl Kind for GradientBoostingClassifierKind {
    const NAME: &'static str = "GradientBoostingClassifier";
    const ROLE: Role = Role::Classifier;
    type Parameters = GradientBoostingClassifierParameters;
    type Fitted = (Boosted, Target);

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<Self::Fitted> {
        let (classes, codes) = y.classes()?;
        let count = classes.length().unwrap_or(0);
        if count < 2 {
            return Err(value_error(format!(
                "y contains {count} class after sample_weight trimmed classes with zero weights, while a minimum of 2 classes are required."
            )));
        }
        let growth = Limits {
            class: Self::NAME,
            measure: Measure::SquaredError,
            max_depth: parameters.max_depth,
            max_features: &parameters.max_features,
            min_impurity_decrease: parameters.min_impurity_decrease,
            min_samples_leaf: &parameters.min_samples_leaf,
            min_samples_split: &parameters.min_samples_split,
        }
        .resolve(x.nrows(), x.ncols())?;
        let mut shares = vec![0.0; count];
        for &code in &codes {
            shares[code] += 1.0;
        }
        for share in &mut shares {
            *share = (*share / codes.len() as f64).clamp(f64::EPSILON, 1.0 - f64::EPSILON);
        }
        let start = if count == 2 {
            vec![odds(shares[1])]
        } else {
            let centre = mean(shares.iter().map(|share| share.ln())).exp();
            shares.iter().map(|share| (share / centre).ln()).collect()
        };
        let mut boosted = Boosted {
            start,
            rounds: Vec::new(),
            rate: parameters.learning_rate,
            losses: Vec::new(),
        };
        let small = narrow(x);
        let mut scores = Array2::from_shape_fn((x.nrows(), boosted.start.len()), |(_, class)| {
            boosted.start[class]
        });
        let mut random = RandomState::from_seed(parameters.random_state);
        let factor = if count == 2 {
            1.0
        } else {
            (count as f64 - 1.0) / count as f64
        };
        for _ in 0..parameters.n_estimators {
            let pulls = pulls(&scores, &codes);
            let mut trees = Vec::new();
            for class in 0..boosted.start.len() {
                let pull = pulls.column(class).to_vec();
                let positive = if count == 2 { 1 } else { class };
                let label = |row: usize| f64::from(u8::from(codes[row] == positive));
                let tree = round(&small, &pull, &growth, &mut random, |rows| {
                    let top = mean(rows.iter().map(|&row| pull[row])) * factor;
                    let bottom = mean(rows.iter().map(|&row| {
                        let chance = label(row) - pull[row];
                        chance * (1.0 - chance)
                    }));
                    if bottom.abs() < 1e-150 {
                        0.0
                    } else {
                        top / bottom
                    }
                });
                for (row, values) in small.rows().into_iter().enumerate() {
                    scores[(row, class)] += boosted.rate * tree.leaf(values).value[0];
                }
                trees.push(tree);
            }
            boosted.rounds.push(trees);
            boosted.losses.push(deviance(&scores, &codes));
        }
        Ok((boosted, classes))
    }

    fn predict(
        _parameters: &Self::Parameters,
        fitted: &Self::Fitted,
        x: &Array2<f64>,
    ) -> Result<Target> {
        Ok(fitted.1.take(&named(&fitted.0.scores(x))))
    }

    fn predict_proba(
        _parameters: &Self::Parameters,
        fitted: &Self::Fitted,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        let scores = fitted.0.scores(x);
        if scores.ncols() > 1 {
            return Ok(crate::sklearn::linear_model::softmax(&scores));
        }
        Ok(Array2::from_shape_fn((x.nrows(), 2), |(row, class)| {
            let chance = sigmoid(scores[(row, 0)]);
            if class == 1 { chance } else { 1.0 - chance }
        }))
    }

    fn decision_function(
        _parameters: &Self::Parameters,
        fitted: &Self::Fitted,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        Ok(fitted.0.scores(x))
    }

    fn classes(fitted: &Self::Fitted) -> Result<Target> {
        Ok(fitted.1.clone())
    }

    fn importances(fitted: &Self::Fitted) -> Result<Array1<f64>> {
        Ok(fitted.0.importances())
    }
}

/// One tree on the pulls, its leaves replaced by what `settle` makes of their rows.
fn round(
    x: &Array2<f32>,
    pull: &[f64],
    growth: &Growth,
    random: &mut RandomState,
    settle: impl Fn(&[usize]) -> f64,
) -> Tree {
    let mut tree = grow(x, pull, 1, None, growth, random);
    let mut rows: Vec<Vec<usize>> = vec![Vec::new(); tree.nodes.len()];
    for (row, values) in x.rows().into_iter().enumerate() {
        rows[tree.leaf_number(values)].push(row);
    }
    for (node, rows) in tree.nodes.iter_mut().zip(&rows) {
        if node.children.is_none() {
            node.value[0] = settle(rows);
        }
    }
    tree
}

impl Kind for GradientBoostingRegressorKind {
    const NAME: &'static str = "GradientBoostingRegressor";
    const ROLE: Role = Role::Regressor;
    type Parameters = GradientBoostingRegressorParameters;
    type Fitted = Boosted;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<Boosted> {
        let growth = Limits {
            class: Self::NAME,
            measure: Measure::SquaredError,
            max_depth: parameters.max_depth,
            max_features: &parameters.max_features,
            min_impurity_decrease: parameters.min_impurity_decrease,
            min_samples_leaf: &parameters.min_samples_leaf,
            min_samples_split: &parameters.min_samples_split,
        }
        .resolve(x.nrows(), x.ncols())?;
        let y = y.floats()?;
        let start = mean(y.iter().copied());
        let small = narrow(x);
        let mut scores = Array1::from_elem(y.len(), start);
        let mut boosted = Boosted {
            start: vec![start],
            rounds: Vec::new(),
            rate: parameters.learning_rate,
            losses: Vec::new(),
        };
        let mut random = RandomState::from_seed(parameters.random_state);
        for _ in 0..parameters.n_estimators {
            let pull: Vec<f64> = scores
                .iter()
                .zip(&y)
                .map(|(score, y)| -(score - y))
                .collect();
            let tree = grow(&small, &pull, 1, None, &growth, &mut random);
            for (row, values) in small.rows().into_iter().enumerate() {
                scores[row] += boosted.rate * tree.leaf(values).value[0];
            }
            boosted.rounds.push(vec![tree]);
            let gaps = scores
                .iter()
                .zip(&y)
                .map(|(score, y)| 0.5 * ((score - y) * (score - y)));
            boosted.losses.push(2.0 * mean(gaps));
        }
        Ok(boosted)
    }

    fn predict(
        _parameters: &Self::Parameters,
        fitted: &Boosted,
        x: &Array2<f64>,
    ) -> Result<Target> {
        Ok(Target::Float(fitted.scores(x).column(0).to_owned()))
    }

    fn importances(fitted: &Boosted) -> Result<Array1<f64>> {
        Ok(fitted.importances())
    }
}

attributes!(GradientBoostingClassifier {
    /// How much each feature lowered the error, as shares.
    feature_importances_ / try_feature_importances_: Array1<f64> = |fitted| fitted.0.importances();
    /// Number of classes.
    n_classes_ / try_n_classes_: i64 = |fitted| fitted.1.length().unwrap_or(0) as i64;
});

attributes!(GradientBoostingRegressor {
    /// How much each feature lowered the error, as shares.
    feature_importances_ / try_feature_importances_: Array1<f64> = |fitted| fitted.importances();
});

impl GradientBoostingClassifier {
    /// `staged_predict(X)`: the predictions after each round.
    pub fn try_staged_predict<L: LabelLists>(&self, x: &Array2<f64>) -> Result<L> {
        let fitted = self.fitted()?;
        let stages = fitted.0.staged(x).into_iter();
        L::of(
            stages
                .map(|scores| fitted.1.take(&named(&scores)))
                .collect(),
        )
    }
    /// See `try_staged_predict`.
    pub fn staged_predict<L: LabelLists>(&self, x: &Array2<f64>) -> L {
        crate::sklearn::errors::unwrap(self.try_staged_predict(x))
    }
    /// `train_score_`.
    pub fn try_train_score_(&self) -> Result<Array1<f64>> {
        Ok(self.fitted_for("train_score_")?.0.losses.clone().into())
    }
    /// See `try_train_score_`.
    pub fn train_score_(&self) -> Array1<f64> {
        crate::sklearn::errors::unwrap(self.try_train_score_())
    }
}

impl GradientBoostingRegressor {
    /// `staged_predict(X)`: the predictions after each round.
    pub fn try_staged_predict(&self, x: &Array2<f64>) -> Result<Vec<Array1<f64>>> {
        let stages = self.fitted()?.staged(x).into_iter();
        Ok(stages.map(|scores| scores.column(0).to_owned()).collect())
    }
    /// See `try_staged_predict`.
    pub fn staged_predict(&self, x: &Array2<f64>) -> Vec<Array1<f64>> {
        crate::sklearn::errors::unwrap(self.try_staged_predict(x))
    }
    /// `train_score_`.
    pub fn try_train_score_(&self) -> Result<Array1<f64>> {
        Ok(self.fitted_for("train_score_")?.losses.clone().into())
    }
    /// See `try_train_score_`.
    pub fn train_score_(&self) -> Array1<f64> {
        crate::sklearn::errors::unwrap(self.try_train_score_())
    }
}
