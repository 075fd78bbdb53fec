//! `GradientBoostingClassifier` and `GradientBoostingRegressor`: trees that mend what the trees before them left over.

use super::criterion::Measure;
use super::decision_tree::{Limits, limits};
use super::describe::pruned;
use super::grow::{Tree, grow, narrow};
use crate::sklearn::errors::{Result, no_attribute, value_error};
use crate::sklearn::estimator::{Estimator, Kind, Role, attributes, invalid_parameter};
use crate::sklearn::linear_model::{largest_of_rows, log1p_exp};
use crate::sklearn::model_selection::Split;
use crate::sklearn::parameters::{Param, parameters};
use crate::sklearn::random::RandomState;
use crate::sklearn::sums::{mean, percentile, sum};
use crate::sklearn::target::{Target, compare};
use ndarray::{Array1, Array2};

/// See `GradientBoostingClassifier`.
pub struct GradientBoostingClassifierKind;
/// Boosted trees for classes, with the logarithmic or the exponential loss.
pub type GradientBoostingClassifier = Estimator<GradientBoostingClassifierKind>;

parameters! {
    /// Parameters of `GradientBoostingClassifier`.
    GradientBoostingClassifierParameters for GradientBoostingClassifierKind {
        ccp_alpha = "ccp_alpha": f64 = 0.0,
        init = "init": Option<String> = None,
        learning_rate = "learning_rate": f64 = 0.1,
        loss = "loss": String = "log_loss".to_string(),
        max_depth = "max_depth": Option<i64> = Some(3),
        max_features = "max_features": Param = Param::Nothing,
        max_leaf_nodes = "max_leaf_nodes": Option<i64> = None,
        min_impurity_decrease = "min_impurity_decrease": f64 = 0.0,
        min_samples_leaf = "min_samples_leaf": Param = Param::Int(1),
        min_samples_split = "min_samples_split": Param = Param::Int(2),
        min_weight_fraction_leaf = "min_weight_fraction_leaf": f64 = 0.0,
        n_estimators = "n_estimators": i64 = 100,
        n_iter_no_change = "n_iter_no_change": Option<i64> = None,
        random_state = "random_state": Option<i64> = None,
        subsample = "subsample": f64 = 1.0,
        tol = "tol": f64 = 1e-4,
        validation_fraction = "validation_fraction": f64 = 0.1,
    }
}

/// See `GradientBoostingRegressor`.
pub struct GradientBoostingRegressorKind;
/// Boosted trees for numbers, with one of several losses.
pub type GradientBoostingRegressor = Estimator<GradientBoostingRegressorKind>;

parameters! {
    /// Parameters of `GradientBoostingRegressor`.
    GradientBoostingRegressorParameters for GradientBoostingRegressorKind {
        alpha = "alpha": f64 = 0.9,
        ccp_alpha = "ccp_alpha": f64 = 0.0,
        init = "init": Option<String> = None,
        learning_rate = "learning_rate": f64 = 0.1,
        loss = "loss": String = "squared_error".to_string(),
        max_depth = "max_depth": Option<i64> = Some(3),
        max_features = "max_features": Param = Param::Nothing,
        max_leaf_nodes = "max_leaf_nodes": Option<i64> = None,
        min_impurity_decrease = "min_impurity_decrease": f64 = 0.0,
        min_samples_leaf = "min_samples_leaf": Param = Param::Int(1),
        min_samples_split = "min_samples_split": Param = Param::Int(2),
        min_weight_fraction_leaf = "min_weight_fraction_leaf": f64 = 0.0,
        n_estimators = "n_estimators": i64 = 100,
        n_iter_no_change = "n_iter_no_change": Option<i64> = None,
        random_state = "random_state": Option<i64> = None,
        subsample = "subsample": f64 = 1.0,
        tol = "tol": f64 = 1e-4,
        validation_fraction = "validation_fraction": f64 = 0.1,
    }
}

/// Where the scores start, and the trees that add to them: one a round, or one for each class.
pub struct Boosted {
    start: Vec<f64>,
    rounds: Vec<Vec<Tree>>,
    rate: f64,
    /// The loss after each round.
    losses: Vec<f64>,
    /// What the rows show that each round did not see.
    unseen: Option<Unseen>,
    exponential: bool,
}

/// The losses of the rows that each round did not see, and what each round changed.
#[derive(Default)]
struct Unseen {
    losses: Vec<f64>,
    improvements: Vec<f64>,
}

/// The logarithm of the odds, in the form that keeps its digits near one half.
pub(super) fn odds(share: f64) -> f64 {
    if !(0.3..=0.65).contains(&share) {
        return (share / (1.0 - share)).ln();
    }
    let twice = 2.0 * (share - 0.5);
    twice.ln_1p() - (-twice).ln_1p()
}

fn sigmoid(score: f64) -> f64 {
    1.0 / (1.0 + (-score).exp())
}

/// What the trees are to lower. Targets are numbers: those of a regression, or the numbers of classes.
#[derive(Clone, Copy, PartialEq)]
enum Loss {
    Squared,
    Absolute,
    /// The share of gaps that count squared, and the gap at which that ends.
    Huber(f64, f64),
    Quantile(f64),
    /// The logarithmic loss of two classes, or of more.
    Logarithmic,
    Exponential,
}

/// `sum(values * weights) / sum(weights)`.
fn average(values: impl Iterator<Item = f64>, rows: &[usize], weights: Option<&[f64]>) -> f64 {
    match weights {
        None => mean(values),
        Some(weights) => {
            let own = || rows.iter().map(|&row| weights[row]);
            sum(values.zip(own()).map(|(value, weight)| value * weight)) / sum(own())
        }
    }
}

/// The least value at or below which a share of the weights lies.
fn weighted_percentile(values: &[f64], weights: &[f64], percent: f64) -> f64 {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| compare(&values[a], &values[b]));
    let mut total = 0.0;
    let sums: Vec<f64> = order
        .iter()
        .map(|&at| {
            total += weights[at];
            total
        })
        .collect();
    if total == 0.0 {
        return f64::NAN;
    }
    let mut wanted = percent / 100.0 * total;
    if wanted == 0.0 {
        wanted = f64::from_bits(1);
    }
    let place = sums.partition_point(|sum| *sum < wanted);
    values[order[place.min(order.len() - 1)]]
}

impl Loss {
    /// The losses of some rows.
    fn mean(self, y: &[f64], scores: &Array2<f64>, rows: &[usize], weights: Option<&[f64]>) -> f64 {
        let one = |&row: &usize| {
            let (label, score) = (y[row], scores[(row, 0)]);
            let gap = (label - score).abs();
            match self {
                Loss::Squared => 0.5 * ((score - label) * (score - label)),
                Loss::Absolute => gap,
                Loss::Huber(_, delta) if gap <= delta => 0.5 * gap * gap,
                Loss::Huber(_, delta) => delta * (gap - 0.5 * delta),
                Loss::Quantile(share) if label >= score => share * (label - score),
                Loss::Quantile(share) => (1.0 - share) * (score - label),
                Loss::Exponential => {
                    let power = score.exp();
                    label / power + (1.0 - label) * power
                }
                Loss::Logarithmic if scores.ncols() == 1 => log1p_exp(score) - label * score,
                Loss::Logarithmic => {
                    let own = scores.row(row);
                    let largest = own.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                    let total: f64 = own.iter().map(|score| (score - largest).exp()).sum();
                    (total.ln() + largest) - own[label as usize]
                }
            }
        };
        let plain = average(rows.iter().map(one), rows, weights);
        // Reported as twice the half losses, but for more than two classes.
        let doubled = self == Loss::Squared || self == Loss::Logarithmic && scores.ncols() == 1;
        if doubled { 2.0 * plain } else { plain }
    }

    /// The pull of each sample on each score: the slope of the loss downwards.
    fn pulls(self, y: &[f64], scores: &Array2<f64>) -> Array2<f64> {
        let mut result = Array2::zeros(scores.dim());
        for (row, &label) in y.iter().enumerate() {
            let score = scores[(row, 0)];
            let slope = match self {
                Loss::Squared => score - label,
                Loss::Absolute if score > label => 1.0,
                Loss::Absolute => -1.0,
                Loss::Huber(_, delta) => {
                    let gap = score - label;
                    if gap.abs() <= delta {
                        gap
                    } else if gap >= 0.0 {
                        delta
                    } else {
                        -delta
                    }
                }
                Loss::Quantile(share) if label >= score => -share,
                Loss::Quantile(share) => 1.0 - share,
                Loss::Exponential => {
                    let power = score.exp();
                    -label / power + (1.0 - label) * power
                }
                Loss::Logarithmic if scores.ncols() == 1 => {
                    if score > -37.0 {
                        let power = (-score).exp();
                        ((1.0 - label) - label * power) / (1.0 + power)
                    } else {
                        score.exp() - label
                    }
                }
                Loss::Logarithmic => {
                    let own = scores.row(row);
                    let largest = own.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                    let powers: Vec<f64> =
                        own.iter().map(|score| (score - largest).exp()).collect();
                    let total: f64 = powers.iter().sum();
                    for (class, power) in powers.iter().enumerate() {
                        let chance = power / total;
                        let own = class == label as usize;
                        result[(row, class)] = -(if own { chance - 1.0 } else { chance });
                    }
                    continue;
                }
            };
            result[(row, 0)] = -slope;
        }
        result
    }

    /// What a leaf with these rows adds. `label` gives the number that the tree learns.
    fn leaf(
        self,
        rows: &[usize],
        label: &dyn Fn(usize) -> f64,
        pull: &[f64],
        scores: ndarray::ArrayView1<f64>,
        (weights, count): (Option<&[f64]>, usize),
    ) -> f64 {
        let pulled = || rows.iter().map(|&row| pull[row]);
        let gaps = || -> Vec<f64> { rows.iter().map(|&row| label(row) - scores[row]).collect() };
        let own = || -> Vec<f64> {
            rows.iter()
                .map(|&row| weights.map_or(1.0, |weights| weights[row]))
                .collect()
        };
        let (top, bottom) = match self {
            Loss::Logarithmic => {
                let mut top = average(pulled(), rows, weights);
                if count > 2 {
                    top *= (count as f64 - 1.0) / count as f64;
                }
                let spread = rows.iter().map(|&row| {
                    let chance = label(row) - pull[row];
                    chance * (1.0 - chance)
                });
                (top, average(spread, rows, weights))
            }
            Loss::Exponential => {
                let bends = rows.iter().map(|&row| {
                    if label(row) == 0.0 {
                        -pull[row]
                    } else {
                        pull[row]
                    }
                });
                (
                    average(pulled(), rows, weights),
                    average(bends, rows, weights),
                )
            }
            Loss::Absolute => return weighted_percentile(&gaps(), &own(), 50.0),
            Loss::Quantile(share) => return weighted_percentile(&gaps(), &own(), 100.0 * share),
            Loss::Huber(_, delta) => {
                let gaps = gaps();
                let middle = weighted_percentile(&gaps, &own(), 50.0);
                let cut = gaps.iter().map(|gap| {
                    let gap = gap - middle;
                    let sign = if gap > 0.0 {
                        1.0
                    } else if gap < 0.0 {
                        -1.0
                    } else {
                        0.0
                    };
                    sign * delta.min(gap.abs())
                });
                return middle + average(cut, rows, weights);
            }
            Loss::Squared => return average(pulled(), rows, weights),
        };
        if bottom.abs() < 1e-150 {
            0.0
        } else {
            top / bottom
        }
    }
}

impl Boosted {
    /// The scores after each round.
    fn staged(&self, x: &Array2<f64>) -> Vec<Array2<f64>> {
        let mut scores = self.started(x.nrows());
        let x = narrow(x);
        let mut all = Vec::new();
        for trees in &self.rounds {
            self.add(trees, &x, &mut scores);
            all.push(scores.clone());
        }
        all
    }

    fn started(&self, rows: usize) -> Array2<f64> {
        Array2::from_shape_fn((rows, self.start.len()), |(_, class)| self.start[class])
    }

    fn add(&self, trees: &[Tree], x: &Array2<f32>, scores: &mut Array2<f64>) {
        for (class, tree) in trees.iter().enumerate() {
            for (row, values) in x.rows().into_iter().enumerate() {
                scores[(row, class)] += self.rate * tree.leaf(values).value[0];
            }
        }
    }

    fn scores(&self, x: &Array2<f64>) -> Array2<f64> {
        let mut scores = self.started(x.nrows());
        let x = narrow(x);
        for trees in &self.rounds {
            self.add(trees, &x, &mut scores);
        }
        scores
    }

    /// The chances that scores mean.
    fn chances(&self, scores: &Array2<f64>) -> Array2<f64> {
        if scores.ncols() > 1 {
            return crate::sklearn::linear_model::softmax(scores);
        }
        Array2::from_shape_fn((scores.nrows(), 2), |(row, class)| {
            let score = scores[(row, 0)];
            let chance = sigmoid(if self.exponential { 2.0 * score } else { score });
            if class == 1 { chance } else { 1.0 - chance }
        })
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
        largest_of_rows(scores)
    }
}

/// What the rounds need to know, of either estimator.
struct Plan<'a> {
    loss: Loss,
    /// The number of classes; zero for numbers.
    classes: usize,
    limits: Limits<'a>,
    alpha: f64,
    rate: f64,
    rounds: i64,
    share: f64,
    seed: Option<i64>,
    zero: bool,
    patience: Option<i64>,
    tolerance: f64,
    held: f64,
}

/// Where the scores start.
fn beginning(plan: &Plan, y: &[f64], weights: Option<&[f64]>) -> Vec<f64> {
    let columns = if plan.classes > 2 { plan.classes } else { 1 };
    if plan.zero {
        return vec![0.0; columns];
    }
    if plan.classes == 0 {
        let all: Vec<usize> = (0..y.len()).collect();
        let middle = |percent: f64| match weights {
            None => percentile(y, percent),
            Some(weights) => weighted_percentile(y, weights, percent),
        };
        return vec![match plan.loss {
            Loss::Absolute | Loss::Huber(..) => middle(50.0),
            Loss::Quantile(share) => middle(share * 100.0),
            _ => average(y.iter().copied(), &all, weights),
        }];
    }
    let mut shares = vec![0.0; plan.classes];
    let mut total = 0.0;
    for (row, code) in y.iter().enumerate() {
        let weight = weights.map_or(1.0, |weights| weights[row]);
        shares[*code as usize] += weight;
        total += weight;
    }
    for share in &mut shares {
        *share = (*share / total).clamp(f64::EPSILON, 1.0 - f64::EPSILON);
    }
    match plan.loss {
        Loss::Exponential => vec![0.5 * odds(shares[1])],
        _ if plan.classes == 2 => vec![odds(shares[1])],
        _ => {
            let centre = mean(shares.iter().map(|share| share.ln())).exp();
            shares.iter().map(|share| (share / centre).ln()).collect()
        }
    }
}

/// The rows that a round sees: each is taken with the chance that the count comes out.
fn drawn(random: &mut RandomState, count: usize, wanted: usize) -> Vec<bool> {
    let draws: Vec<f64> = (0..count).map(|_| random.random()).collect();
    let mut taken = 0;
    draws
        .into_iter()
        .enumerate()
        .map(|(at, draw)| {
            let take = draw * ((count - at) as f64) < (wanted - taken) as f64;
            taken += usize::from(take);
            take
        })
        .collect()
}

fn boost(plan: &Plan, x: &Array2<f64>, y: &[f64], weights: Option<&[f64]>) -> Result<Boosted> {
    let Some(patience) = plan.patience else {
        return rounds(plan, x, y, weights, None);
    };
    let mut split = Split::new().test_size(plan.held).random_state(plan.seed);
    if plan.classes > 0 {
        let codes: Array1<i64> = y.iter().map(|code| *code as i64).collect();
        split = split.stratify(&codes);
    }
    let (kept, held) = split.rows(y.len())?;
    let pick = |values: &[f64], rows: &[usize]| -> Vec<f64> {
        rows.iter().map(|&row| values[row]).collect()
    };
    let own = |rows: &[usize]| weights.map(|weights| pick(weights, rows));
    let (own_kept, own_held) = (own(&kept), own(&held));
    let (x_kept, x_held) = (
        x.select(ndarray::Axis(0), &kept),
        x.select(ndarray::Axis(0), &held),
    );
    let (y_kept, y_held) = (pick(y, &kept), pick(y, &held));
    rounds(
        plan,
        &x_kept,
        &y_kept,
        own_kept.as_deref(),
        Some((
            patience.max(1) as usize,
            &narrow(&x_held),
            &y_held,
            own_held.as_deref(),
        )),
    )
}

/// After how many rounds without gain to stop, and the rows that tell.
type Watch<'a> = (usize, &'a Array2<f32>, &'a [f64], Option<&'a [f64]>);

fn rounds(
    plan: &Plan,
    x: &Array2<f64>,
    y: &[f64],
    weights: Option<&[f64]>,
    watch: Option<Watch>,
) -> Result<Boosted> {
    let growth = plan.limits.resolve(x.nrows(), x.ncols())?;
    let mut loss = plan.loss;
    let mut boosted = Boosted {
        start: beginning(plan, y, weights),
        rounds: Vec::new(),
        rate: plan.rate,
        losses: Vec::new(),
        unseen: (plan.share < 1.0).then(Unseen::default),
        exponential: loss == Loss::Exponential,
    };
    let small = narrow(x);
    let mut scores = boosted.started(x.nrows());
    let mut watched = watch.map(|watch| boosted.started(watch.1.nrows()));
    let mut history: Vec<f64> = watch.map_or_else(Vec::new, |watch| vec![f64::INFINITY; watch.0]);
    let mut random = RandomState::from_seed(plan.seed);
    let count = y.len();
    let ones = vec![1.0; count];
    let every: Vec<usize> = (0..count).collect();
    let wanted = ((plan.share * count as f64) as usize).max(1);
    let mut before = 0.0;
    for number in 0..plan.rounds.max(0) as usize {
        let seen = (plan.share < 1.0).then(|| drawn(&mut random, count, wanted));
        let (inside, outside): (Vec<usize>, Vec<usize>) = match &seen {
            None => (every.clone(), Vec::new()),
            Some(seen) => every.iter().partition(|&&row| seen[row]),
        };
        if number == 0 && seen.is_some() {
            before = loss.mean(y, &scores, &outside, weights);
        }
        if let Loss::Huber(share, _) = loss {
            let gaps: Vec<f64> = y
                .iter()
                .zip(&scores.column(0))
                .map(|(y, score)| (y - score).abs())
                .collect();
            let delta = weighted_percentile(&gaps, weights.unwrap_or(&ones), 100.0 * share);
            loss = Loss::Huber(share, delta);
        }
        let own: Option<Vec<f64>> = match &seen {
            None => weights.map(<[f64]>::to_vec),
            Some(seen) => Some(
                (0..count)
                    .map(|row| {
                        let weight = weights.map_or(1.0, |weights| weights[row]);
                        weight * f64::from(u8::from(seen[row]))
                    })
                    .collect(),
            ),
        };
        let pulls = loss.pulls(y, &scores);
        let mut trees = Vec::new();
        for class in 0..boosted.start.len() {
            let pull = pulls.column(class).to_vec();
            let label = |row: usize| {
                if plan.classes > 2 {
                    f64::from(u8::from(y[row] as usize == class))
                } else {
                    y[row]
                }
            };
            let grown = grow(&small, &pull, 1, own.as_deref(), &growth, &mut random);
            let mut tree = pruned(grown, plan.alpha);
            if loss != Loss::Squared {
                let mut rows: Vec<Vec<usize>> = vec![Vec::new(); tree.nodes.len()];
                for &row in &inside {
                    rows[tree.leaf_number(small.row(row))].push(row);
                }
                for (node, rows) in tree.nodes.iter_mut().zip(&rows) {
                    if node.children.is_none() {
                        node.value[0] = loss.leaf(
                            rows,
                            &label,
                            &pull,
                            scores.column(class),
                            (weights, plan.classes),
                        );
                    }
                }
            }
            for (row, values) in small.rows().into_iter().enumerate() {
                scores[(row, class)] += plan.rate * tree.leaf(values).value[0];
            }
            trees.push(tree);
        }
        boosted.losses.push(loss.mean(y, &scores, &inside, weights));
        if let Some(unseen) = &mut boosted.unseen {
            let after = loss.mean(y, &scores, &outside, weights);
            unseen.losses.push(after);
            unseen.improvements.push(before - after);
            before = after;
        }
        if let (Some((patience, rows, labels, own)), Some(watched)) = (watch, &mut watched) {
            for (class, tree) in trees.iter().enumerate() {
                for (row, values) in rows.rows().into_iter().enumerate() {
                    watched[(row, class)] += plan.rate * tree.leaf(values).value[0];
                }
            }
            let all: Vec<usize> = (0..labels.len()).collect();
            let reached = loss.mean(labels, watched, &all, own);
            boosted.rounds.push(trees);
            if history.iter().any(|old| reached + plan.tolerance < *old) {
                history[number % patience] = reached;
            } else {
                break;
            }
            continue;
        }
        boosted.rounds.push(trees);
    }
    Ok(boosted)
}

impl Kind for GradientBoostingClassifierKind {
    const NAME: &'static str = "GradientBoostingClassifier";
    const ROLE: Role = Role::Classifier;
    type Parameters = GradientBoostingClassifierParameters;
    type Fitted = (Boosted, Target);

    fn fit_weighted(
        parameters: &Self::Parameters,
        x: &Array2<f64>,
        y: &Target,
        weights: Option<&[f64]>,
    ) -> Result<Self::Fitted> {
        let (classes, codes) = y.classes()?;
        let count = classes.length().unwrap_or(0);
        if count < 2 {
            return Err(value_error(format!(
                "y contains {count} class after sample_weight trimmed classes with zero weights, while a minimum of 2 classes are required."
            )));
        }
        let loss = match parameters.loss.as_str() {
            "exponential" if count > 2 => {
                return Err(value_error(format!(
                    "loss='exponential' is only suitable for a binary classification problem, you have n_classes={count}. Please use \
                     loss='log_loss' instead."
                )));
            }
            "exponential" => Loss::Exponential,
            "log_loss" => Loss::Logarithmic,
            other => {
                return Err(invalid_parameter(
                    Self::NAME,
                    "loss",
                    "a str among {'exponential', 'log_loss'}",
                    &format!("'{other}'"),
                ));
            }
        };
        let numbers: Vec<f64> = codes.iter().map(|&code| code as f64).collect();
        let plan = Plan {
            loss,
            classes: count,
            limits: limits!(Self, parameters, Measure::SquaredError),
            alpha: parameters.ccp_alpha,
            rate: parameters.learning_rate,
            rounds: parameters.n_estimators,
            share: parameters.subsample,
            seed: parameters.random_state,
            zero: parameters.init.is_some(),
            patience: parameters.n_iter_no_change,
            tolerance: parameters.tol,
            held: parameters.validation_fraction,
        };
        Ok((boost(&plan, x, &numbers, weights)?, classes))
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
        Ok(fitted.0.chances(&fitted.0.scores(x)))
    }

    fn decision_function(
        _parameters: &Self::Parameters,
        fitted: &Self::Fitted,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        Ok(fitted.0.scores(x))
    }

    fn staged(_: &Self::Parameters, fitted: &Self::Fitted, x: &Array2<f64>) -> Result<Vec<Target>> {
        let stages = fitted.0.staged(x).into_iter();
        Ok(stages
            .map(|scores| fitted.1.take(&named(&scores)))
            .collect())
    }

    fn classes(fitted: &Self::Fitted) -> Result<Target> {
        Ok(fitted.1.clone())
    }

    fn importances(fitted: &Self::Fitted) -> Result<Array1<f64>> {
        Ok(fitted.0.importances())
    }
}

impl Kind for GradientBoostingRegressorKind {
    const NAME: &'static str = "GradientBoostingRegressor";
    const ROLE: Role = Role::Regressor;
    type Parameters = GradientBoostingRegressorParameters;
    type Fitted = Boosted;

    fn fit_weighted(
        parameters: &Self::Parameters,
        x: &Array2<f64>,
        y: &Target,
        weights: Option<&[f64]>,
    ) -> Result<Boosted> {
        let loss = match parameters.loss.as_str() {
            "absolute_error" => Loss::Absolute,
            "huber" => Loss::Huber(parameters.alpha, 0.5),
            "quantile" => Loss::Quantile(parameters.alpha),
            "squared_error" => Loss::Squared,
            other => {
                return Err(invalid_parameter(
                    Self::NAME,
                    "loss",
                    "a str among {'absolute_error', 'huber', 'quantile', 'squared_error'}",
                    &format!("'{other}'"),
                ));
            }
        };
        let plan = Plan {
            loss,
            classes: 0,
            limits: limits!(Self, parameters, Measure::SquaredError),
            alpha: parameters.ccp_alpha,
            rate: parameters.learning_rate,
            rounds: parameters.n_estimators,
            share: parameters.subsample,
            seed: parameters.random_state,
            zero: parameters.init.is_some(),
            patience: parameters.n_iter_no_change,
            tolerance: parameters.tol,
            held: parameters.validation_fraction,
        };
        boost(&plan, x, &y.floats()?.to_vec(), weights)
    }

    fn predict(
        _parameters: &Self::Parameters,
        fitted: &Boosted,
        x: &Array2<f64>,
    ) -> Result<Target> {
        Ok(Target::Float(fitted.scores(x).column(0).to_owned()))
    }

    fn staged(_: &Self::Parameters, fitted: &Boosted, x: &Array2<f64>) -> Result<Vec<Target>> {
        let stages = fitted.staged(x).into_iter();
        Ok(stages
            .map(|scores| Target::Float(scores.column(0).to_owned()))
            .collect())
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
    /// The loss after each round.
    train_score_ / try_train_score_: Array1<f64> = |fitted| fitted.0.losses.clone().into();
    /// The number of rounds.
    n_estimators_ / try_n_estimators_: i64 = |fitted| fitted.0.rounds.len() as i64;
    /// By how much each round lowered the loss of the rows that it did not see.
    oob_improvement_ / try_oob_improvement_: Array1<f64> = |fitted| match &fitted.0.unseen {
        Some(unseen) => unseen.improvements.clone().into(),
        None => return Err(no_attribute("GradientBoostingClassifier", "oob_improvement_")),
    };
    /// The loss of the rows that each round did not see.
    oob_scores_ / try_oob_scores_: Array1<f64> = |fitted| match &fitted.0.unseen {
        Some(unseen) => unseen.losses.clone().into(),
        None => return Err(no_attribute("GradientBoostingClassifier", "oob_scores_")),
    };
    /// The last of them.
    oob_score_ / try_oob_score_: f64 = |fitted| match &fitted.0.unseen {
        Some(unseen) => unseen.losses.last().copied().unwrap_or(f64::NAN),
        None => return Err(no_attribute("GradientBoostingClassifier", "oob_score_")),
    };
});

attributes!(GradientBoostingRegressor {
    /// How much each feature lowered the error, as shares.
    feature_importances_ / try_feature_importances_: Array1<f64> = |fitted| fitted.importances();
    /// The loss after each round.
    train_score_ / try_train_score_: Array1<f64> = |fitted| fitted.losses.clone().into();
    /// The number of rounds.
    n_estimators_ / try_n_estimators_: i64 = |fitted| fitted.rounds.len() as i64;
    /// By how much each round lowered the loss of the rows that it did not see.
    oob_improvement_ / try_oob_improvement_: Array1<f64> = |fitted| match &fitted.unseen {
        Some(unseen) => unseen.improvements.clone().into(),
        None => return Err(no_attribute("GradientBoostingRegressor", "oob_improvement_")),
    };
    /// The loss of the rows that each round did not see.
    oob_scores_ / try_oob_scores_: Array1<f64> = |fitted| match &fitted.unseen {
        Some(unseen) => unseen.losses.clone().into(),
        None => return Err(no_attribute("GradientBoostingRegressor", "oob_scores_")),
    };
    /// The last of them.
    oob_score_ / try_oob_score_: f64 = |fitted| match &fitted.unseen {
        Some(unseen) => unseen.losses.last().copied().unwrap_or(f64::NAN),
        None => return Err(no_attribute("GradientBoostingRegressor", "oob_score_")),
    };
});

impl GradientBoostingClassifier {
    /// `staged_predict_proba(X)`: the chances after each round.
    pub fn try_staged_predict_proba(&self, x: &Array2<f64>) -> Result<Vec<Array2<f64>>> {
        let fitted = self.fitted()?;
        let stages = fitted.0.staged(x).into_iter();
        Ok(stages.map(|scores| fitted.0.chances(&scores)).collect())
    }
    /// See `try_staged_predict_proba`.
    pub fn staged_predict_proba(&self, x: &Array2<f64>) -> Vec<Array2<f64>> {
        crate::sklearn::errors::unwrap(self.try_staged_predict_proba(x))
    }
    /// `staged_decision_function(X)`: the scores after each round.
    pub fn try_staged_decision_function(&self, x: &Array2<f64>) -> Result<Vec<Array2<f64>>> {
        Ok(self.fitted()?.0.staged(x))
    }
    /// See `try_staged_decision_function`.
    pub fn staged_decision_function(&self, x: &Array2<f64>) -> Vec<Array2<f64>> {
        crate::sklearn::errors::unwrap(self.try_staged_decision_function(x))
    }
}
