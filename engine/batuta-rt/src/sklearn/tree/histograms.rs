//! `HistGradientBoostingClassifier` and `HistGradientBoostingRegressor`: boosted trees over values in bins.
//!
//! Slopes and bends of the loss are float32, their sums float64, and samples keep their order inside a node: so the sums are those of
//! scikit-learn, and with them the borders.

use crate::sklearn::errors::{Result, no_attribute, value_error};
use crate::sklearn::estimator::{Estimator, Kind, Role, attributes, invalid_parameter};
use crate::sklearn::linear_model::{largest_of_rows, log1p_exp, softmax};
use crate::sklearn::model_selection::Split;
use crate::sklearn::parameters::{Param, parameters};
use crate::sklearn::random::RandomState;
use crate::sklearn::sums::{mean, median, pairwise, percentile};
use crate::sklearn::target::{Target, compare};
use ndarray::{Array1, Array2, ArrayView1, Axis};

/// The parameters of both, with those that one of them has alone at their places in the alphabet.
macro_rules! binned_parameters {
    ($(#[$note:meta])* $name:ident for $kind:ident, before max_bins { $($loss:tt)* }, before random_state { $($quantile:tt)* }) => {
        parameters! {
            $(#[$note])*
            $name for $kind {
                early_stopping = "early_stopping": Param = Param::Text("auto".to_string()),
                l2_regularization = "l2_regularization": f64 = 0.0,
                learning_rate = "learning_rate": f64 = 0.1,
                $($loss)*
                max_bins = "max_bins": i64 = 255,
                max_depth = "max_depth": Option<i64> = None,
                max_iter = "max_iter": i64 = 100,
                max_leaf_nodes = "max_leaf_nodes": Option<i64> = Some(31),
                min_samples_leaf = "min_samples_leaf": i64 = 20,
                n_iter_no_change = "n_iter_no_change": i64 = 10,
                $($quantile)*
                random_state = "random_state": Option<i64> = None,
                tol = "tol": f64 = 1e-7,
                validation_fraction = "validation_fraction": Option<f64> = Some(0.1),
            }
        }
    };
}

/// See `HistGradientBoostingClassifier`.
pub struct HistGradientBoostingClassifierKind;
/// Boosted trees for classes, over values in bins.
pub type HistGradientBoostingClassifier = Estimator<HistGradientBoostingClassifierKind>;

binned_parameters! {
    /// Parameters of `HistGradientBoostingClassifier`.
    HistGradientBoostingClassifierParameters for HistGradientBoostingClassifierKind, before max_bins {}, before random_state {}
}

/// See `HistGradientBoostingRegressor`.
pub struct HistGradientBoostingRegressorKind;
/// Boosted trees for numbers, over values in bins.
pub type HistGradientBoostingRegressor = Estimator<HistGradientBoostingRegressorKind>;

binned_parameters! {
    /// Parameters of `HistGradientBoostingRegressor`.
    HistGradientBoostingRegressorParameters for HistGradientBoostingRegressorKind,
    before max_bins { loss = "loss": String = "squared_error".to_string(), },
    before random_state { quantile = "quantile": Option<f64> = None, }
}

/// The least sum of bends that a side has.
const LEAST_BEND: f64 = 1e-3;
/// From so many rows on `early_stopping="auto"` stops early.
const MANY: usize = 10_000;

#[derive(Clone, Copy, Debug, PartialEq)]
enum Loss {
    Squared,
    Absolute,
    Quantile(f64),
    Poisson,
    Binomial,
    Multinomial(usize),
}

impl Loss {
    fn columns(self) -> usize {
        match self {
            Loss::Multinomial(classes) => classes,
            _ => 1,
        }
    }

    /// Whether each row bends the loss alike.
    fn even(self) -> bool {
        matches!(self, Loss::Squared | Loss::Absolute | Loss::Quantile(_))
    }

    /// Where the scores start.
    fn beginning(self, y: &[f64]) -> Vec<f64> {
        let small = 10.0 * f64::EPSILON;
        let average = || mean(y.iter().copied());
        match self {
            Loss::Squared => vec![average()],
            Loss::Absolute => vec![median(y)],
            Loss::Quantile(share) => vec![percentile(y, 100.0 * share)],
            Loss::Poisson => vec![average().max(small).ln()],
            Loss::Binomial => {
                let share = average().clamp(small, 1.0 - small);
                vec![super::boosting::odds(share)]
            }
            Loss::Multinomial(classes) => {
                let one = |class: usize| {
                    let hits = y
                        .iter()
                        .map(|label| f64::from(u8::from(*label == class as f64)));
                    mean(hits).clamp(small, 1.0 - small)
                };
                let shares: Vec<f64> = (0..classes).map(one).collect();
                let centre = mean(shares.iter().map(|share| share.ln())).exp();
                shares.iter().map(|share| (share / centre).ln()).collect()
            }
        }
    }

    /// The slope and the bend of the loss of each row, for each score.
    fn slopes(self, y: &[f64], scores: &Array2<f64>) -> Vec<(Vec<f32>, Vec<f32>)> {
        let count = y.len();
        let mut all = vec![(vec![0.0f32; count], Vec::new()); self.columns()];
        if !self.even() {
            all.iter_mut().for_each(|own| own.1 = vec![0.0f32; count]);
        }
        for (row, &label) in y.iter().enumerate() {
            let score = scores[(row, 0)];
            let (slope, bend) = match self {
                Loss::Squared => (score - label, 1.0),
                Loss::Absolute => (if score > label { 1.0 } else { -1.0 }, 1.0),
                Loss::Quantile(share) => (if label >= score { -share } else { 1.0 - share }, 1.0),
                Loss::Poisson => (score.exp() - label, score.exp()),
                Loss::Binomial if score > -37.0 => {
                    let power = (-score).exp();
                    (
                        ((1.0 - label) - label * power) / (1.0 + power),
                        power / ((1.0 + power) * (1.0 + power)),
                    )
                }
                Loss::Binomial => (score.exp() - label, score.exp()),
                Loss::Multinomial(_) => {
                    let own = scores.row(row);
                    let largest = own.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                    let powers: Vec<f64> =
                        own.iter().map(|score| (score - largest).exp()).collect();
                    let total: f64 = powers.iter().sum();
                    for (class, power) in powers.iter().enumerate() {
                        let chance = power / total;
                        let own = label == class as f64;
                        all[class].0[row] = if own { chance - 1.0 } else { chance } as f32;
                        all[class].1[row] = (chance * (1.0 - chance)) as f32;
                    }
                    continue;
                }
            };
            all[0].0[row] = slope as f32;
            if !self.even() {
                all[0].1[row] = bend as f32;
            }
        }
        all
    }

    /// The mean loss.
    fn mean(self, y: &[f64], scores: &Array2<f64>) -> f64 {
        mean(y.iter().enumerate().map(|(row, &label)| {
            let score = scores[(row, 0)];
            match self {
                Loss::Squared => 0.5 * ((score - label) * (score - label)),
                Loss::Absolute => (label - score).abs(),
                Loss::Quantile(share) if label >= score => share * (label - score),
                Loss::Quantile(share) => (1.0 - share) * (score - label),
                Loss::Poisson => score.exp() - label * score,
                Loss::Binomial => log1p_exp(score) - label * score,
                Loss::Multinomial(_) => {
                    let own = scores.row(row);
                    let largest = own.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                    let total: f64 = own.iter().map(|score| (score - largest).exp()).sum();
                    (total.ln() + largest) - own[label as usize]
                }
            }
        }))
    }
}

/// The borders of the bins of one feature.
fn borders(values: ArrayView1<f64>, most: usize) -> Vec<f64> {
    let mut known: Vec<f64> = values
        .iter()
        .copied()
        .filter(|value| !value.is_nan())
        .collect();
    known.sort_by(compare);
    let mut distinct = known.clone();
    distinct.dedup();
    if distinct.len() <= 1 {
        return Vec::new();
    }
    if distinct.len() <= most {
        return distinct
            .windows(2)
            .map(|pair| (pair[0] + pair[1]) / 2.0)
            .collect();
    }
    let count = known.len();
    let step = 100.0 / most as f64;
    let mut found: Vec<f64> = (1..most)
        .map(|at| {
            let place = (count as f64) * ((at as f64 * step) / 100.0) - 1.0;
            let below = place.floor();
            let at = |place: f64| known[(place.max(0.0) as usize).min(count - 1)];
            let (low, high) = (at(below), at(below + 1.0));
            if place == below {
                high - (high - low) * 0.5
            } else {
                high
            }
        })
        .collect();
    found.dedup();
    found
}

/// Rows in bins, feature by feature.
struct Binned {
    columns: Vec<Vec<u8>>,
    /// How many bins of known values a feature has.
    bins: Vec<usize>,
    missing: Vec<bool>,
    /// The number of the bin of missing values.
    last: u8,
}

fn binned(x: &Array2<f64>, borders: &[Vec<f64>], most: usize) -> Binned {
    let last = most as u8;
    let columns: Vec<Vec<u8>> = x
        .columns()
        .into_iter()
        .zip(borders)
        .map(|(column, borders)| {
            let bin = |value: &f64| {
                if value.is_nan() {
                    last
                } else {
                    borders.partition_point(|border| *border < *value) as u8
                }
            };
            column.iter().map(bin).collect()
        })
        .collect();
    Binned {
        missing: columns
            .iter()
            .map(|column| column.contains(&last))
            .collect(),
        bins: borders.iter().map(|own| own.len() + 1).collect(),
        columns,
        last,
    }
}

#[derive(Clone, Copy, Default)]
struct Bin {
    slopes: f64,
    bends: f64,
    count: u32,
}

type Histograms = Vec<Vec<Bin>>;

/// A border, and the sums on both sides.
#[derive(Clone)]
struct Cut {
    gain: f64,
    feature: usize,
    bin: usize,
    missing_left: bool,
    left: (f64, f64),
    right: (f64, f64),
}

/// A node while its tree grows.
struct Growing {
    depth: i64,
    rows: Vec<u32>,
    slopes: f64,
    bends: f64,
    value: f64,
    histograms: Option<Histograms>,
    cut: Option<Cut>,
    children: Option<(usize, usize)>,
}

/// A node of a grown tree.
#[derive(Clone)]
struct Node {
    value: f64,
    feature: usize,
    border: f64,
    missing_left: bool,
    children: Option<(usize, usize)>,
}

struct Grower<'a> {
    binned: &'a Binned,
    slopes: &'a [f32],
    bends: &'a [f32],
    size: usize,
    least: usize,
    penalty: f64,
    nodes: Vec<Growing>,
    waiting: Vec<usize>,
    leaves: Vec<usize>,
}

impl Grower<'_> {
    fn histograms(&self, rows: &[u32]) -> Histograms {
        self.binned
            .columns
            .iter()
            .map(|column| {
                let mut bins = vec![Bin::default(); self.size];
                for &row in rows {
                    let bin = &mut bins[column[row as usize] as usize];
                    bin.slopes += f64::from(self.slopes[row as usize]);
                    if !self.bends.is_empty() {
                        bin.bends += f64::from(self.bends[row as usize]);
                    }
                    bin.count += 1;
                }
                bins
            })
            .collect()
    }

    fn value(&self, slopes: f64, bends: f64) -> f64 {
        -slopes / (bends + self.penalty + 1e-15)
    }

    fn bends_of(&self, bin: &Bin) -> f64 {
        if self.bends.is_empty() {
            f64::from(bin.count)
        } else {
            bin.bends
        }
    }

    fn gain(&self, left: (f64, f64), right: (f64, f64), before: f64) -> f64 {
        let mut gain = before;
        gain -= left.0 * self.value(left.0, left.1);
        gain -= right.0 * self.value(right.0, right.1);
        gain
    }

    /// The best cut of a node among all features.
    fn best(&self, node: &Growing) -> Option<Cut> {
        let histograms = node.histograms.as_ref()?;
        let mut best: Option<Cut> = None;
        for (feature, bins) in histograms.iter().enumerate() {
            let own = self.best_of(node, feature, bins);
            if let Some(own) = own
                && best.as_ref().is_none_or(|best| own.gain > best.gain)
            {
                best = Some(own);
            }
        }
        best
    }

    fn best_of(&self, node: &Growing, feature: usize, bins: &[Bin]) -> Option<Cut> {
        let before = node.slopes * node.value;
        let whole = node.rows.len();
        let mut best: Option<Cut> = None;
        let mut highest = -1.0;
        let known = self.binned.bins[feature];
        let missing = self.binned.missing[feature];
        let (mut slopes, mut bends, mut count) = (0.0, 0.0, 0usize);
        for (at, bin) in bins
            .iter()
            .enumerate()
            .take(known - 1 + usize::from(missing))
        {
            count += bin.count as usize;
            bends += self.bends_of(bin);
            slopes += bin.slopes;
            let rest = (node.slopes - slopes, node.bends - bends);
            if count < self.least || bends < LEAST_BEND && whole - count >= self.least {
                continue;
            }
            if whole - count < self.least || rest.1 < LEAST_BEND {
                break;
            }
            let gain = self.gain((slopes, bends), rest, before);
            if gain > highest && gain > 0.0 {
                highest = gain;
                best = Some(Cut {
                    gain,
                    feature,
                    bin: at,
                    missing_left: false,
                    left: (slopes, bends),
                    right: rest,
                });
            }
        }
        if !missing || known < 2 {
            return best;
        }
        // With missing values the other way, too: they go to the left.
        let (mut slopes, mut bends, mut count) = (0.0, 0.0, 0usize);
        for at in (0..=known - 2).rev() {
            let bin = &bins[at + 1];
            count += bin.count as usize;
            bends += self.bends_of(bin);
            slopes += bin.slopes;
            let rest = (node.slopes - slopes, node.bends - bends);
            if count < self.least || bends < LEAST_BEND && whole - count >= self.least {
                continue;
            }
            if whole - count < self.least || rest.1 < LEAST_BEND {
                break;
            }
            let gain = self.gain(rest, (slopes, bends), before);
            if gain > highest && gain > 0.0 {
                highest = gain;
                best = Some(Cut {
                    gain,
                    feature,
                    bin: at,
                    missing_left: true,
                    left: rest,
                    right: (node.slopes - rest.0, node.bends - rest.1),
                });
            }
        }
        best
    }

    fn precedes(&self, a: usize, b: usize) -> bool {
        let gain = |at: usize| self.nodes[at].cut.as_ref().map_or(0.0, |cut| cut.gain);
        gain(a) > gain(b)
    }

    fn rise(&mut self, mut place: usize) {
        while place > 0 {
            let above = (place - 1) / 2;
            if !self.precedes(self.waiting[place], self.waiting[above]) {
                break;
            }
            self.waiting.swap(place, above);
            place = above;
        }
    }

    /// Takes the node that gains most. The steps are those of `heapq`, which decide among equal gains.
    fn next(&mut self) -> Option<usize> {
        if self.waiting.len() < 2 {
            return self.waiting.pop();
        }
        let top = self.waiting.swap_remove(0);
        let (mut place, size) = (0, self.waiting.len());
        while 2 * place + 1 < size {
            let mut child = 2 * place + 1;
            if child + 1 < size && !self.precedes(self.waiting[child], self.waiting[child + 1]) {
                child += 1;
            }
            self.waiting.swap(place, child);
            place = child;
        }
        self.rise(place);
        Some(top)
    }

    fn consider(&mut self, at: usize) {
        let cut = self.best(&self.nodes[at]);
        let found = cut.is_some();
        self.nodes[at].cut = cut;
        if found {
            self.waiting.push(at);
            self.rise(self.waiting.len() - 1);
        } else {
            self.leaves.push(at);
        }
    }

    fn grow(&mut self, most_leaves: Option<i64>, most_depth: Option<i64>) {
        let rows: Vec<u32> = (0..self.slopes.len() as u32).collect();
        let histograms = self.histograms(&rows);
        let of_first =
            |field: fn(&Bin) -> f64| pairwise(&histograms[0].iter().map(field).collect::<Vec<_>>());
        let slopes = of_first(|bin| bin.slopes);
        let bends = if self.bends.is_empty() {
            rows.len() as f64
        } else {
            of_first(|bin| bin.bends)
        };
        let enough = rows.len() >= 2 * self.least && bends >= LEAST_BEND;
        self.nodes.push(Growing {
            depth: 0,
            rows,
            slopes,
            bends,
            value: 0.0,
            histograms: Some(histograms),
            cut: None,
            children: None,
        });
        if !enough {
            self.leaves.push(0);
            return;
        }
        self.consider(0);
        while let Some(at) = self.next() {
            self.divide(at, most_leaves, most_depth);
        }
    }

    fn divide(&mut self, at: usize, most_leaves: Option<i64>, most_depth: Option<i64>) {
        let node = &mut self.nodes[at];
        let Some(mut cut) = node.cut.clone() else {
            return;
        };
        let mut histograms = node.histograms.take();
        let column = &self.binned.columns[cut.feature];
        let goes_left = |row: &&u32| {
            let bin = column[**row as usize];
            if bin == self.binned.last {
                cut.missing_left
            } else {
                bin as usize <= cut.bin
            }
        };
        let (left, right): (Vec<u32>, Vec<u32>) = node.rows.iter().partition(goes_left);
        let depth = node.depth + 1;
        let leaves = (self.leaves.len() + self.waiting.len() + 2) as i64;
        if !self.binned.missing[cut.feature] {
            // Values that are missing later go where most rows are.
            cut.missing_left = left.len() > right.len();
        }
        let sides = [(left, cut.left), (right, cut.right)];
        let first = self.nodes.len();
        self.nodes[at].children = Some((first, first + 1));
        self.nodes[at].cut = Some(cut);
        for (rows, (slopes, bends)) in sides {
            let value = self.value(slopes, bends);
            self.nodes.push(Growing {
                depth,
                rows,
                slopes,
                bends,
                value,
                histograms: None,
                cut: None,
                children: None,
            });
        }
        let both = [first, first + 1];
        if most_leaves == Some(leaves) {
            self.leaves.extend(both);
            while let Some(rest) = self.waiting.pop() {
                self.leaves.push(rest);
            }
            return;
        }
        if most_depth == Some(depth) {
            self.leaves.extend(both);
            return;
        }
        let open = both.map(|side| self.nodes[side].rows.len() >= 2 * self.least);
        for (side, open) in both.into_iter().zip(open) {
            if !open {
                self.leaves.push(side);
            }
        }
        if !open[0] && !open[1] {
            return;
        }
        let (smaller, larger) = if self.nodes[first].rows.len() < self.nodes[first + 1].rows.len() {
            (first, first + 1)
        } else {
            (first + 1, first)
        };
        let own = self.histograms(&self.nodes[smaller].rows);
        if let Some(whole) = &mut histograms {
            for (bins, others) in whole.iter_mut().zip(&own) {
                for (bin, other) in bins.iter_mut().zip(others) {
                    bin.slopes -= other.slopes;
                    bin.bends -= other.bends;
                    bin.count -= other.count;
                }
            }
        }
        self.nodes[larger].histograms = histograms;
        self.nodes[smaller].histograms = Some(own);
        for (side, open) in both.into_iter().zip(open) {
            if open {
                self.consider(side);
            }
        }
        for side in both {
            if self.nodes[side].cut.is_none() {
                self.nodes[side].histograms = None;
            }
        }
    }
}

/// A grown tree.
#[derive(Clone)]
struct Tree(Vec<Node>);

impl Tree {
    fn value(&self, row: ArrayView1<f64>) -> f64 {
        let mut at = 0;
        while let Some((left, right)) = self.0[at].children {
            let node = &self.0[at];
            let value = row[node.feature];
            let down = if value.is_nan() {
                node.missing_left
            } else {
                value <= node.border
            };
            at = if down { left } else { right };
        }
        self.0[at].value
    }
}

/// What the rounds need to know, of either estimator.
struct Plan<'a> {
    loss: Loss,
    rate: f64,
    rounds: i64,
    most_leaves: Option<i64>,
    most_depth: Option<i64>,
    least: i64,
    penalty: f64,
    bins: i64,
    early: &'a Param,
    held: Option<f64>,
    patience: i64,
    tolerance: f64,
    seed: Option<i64>,
    stratified: bool,
}

/// What either estimator learns.
pub struct Boosted {
    loss: Loss,
    start: Vec<f64>,
    rounds: Vec<Vec<Tree>>,
    train: Vec<f64>,
    validation: Vec<f64>,
    early: bool,
}

impl Boosted {
    fn started(&self, rows: usize) -> Array2<f64> {
        Array2::from_shape_fn((rows, self.start.len()), |(_, column)| self.start[column])
    }

    fn scores(&self, x: &Array2<f64>) -> Array2<f64> {
        let mut scores = self.started(x.nrows());
        for trees in &self.rounds {
            add(trees, x, &mut scores);
        }
        scores
    }

    fn staged(&self, x: &Array2<f64>) -> Vec<Array2<f64>> {
        let mut scores = self.started(x.nrows());
        let stages = self.rounds.iter().map(|trees| {
            add(trees, x, &mut scores);
            scores.clone()
        });
        stages.collect()
    }

    /// The numbers that scores mean.
    fn numbers(&self, scores: &Array2<f64>) -> Target {
        let column = scores.column(0);
        Target::Float(match self.loss {
            Loss::Poisson => column.mapv(f64::exp),
            _ => column.to_owned(),
        })
    }
}

fn add(trees: &[Tree], x: &Array2<f64>, scores: &mut Array2<f64>) {
    for (column, tree) in trees.iter().enumerate() {
        for (row, values) in x.rows().into_iter().enumerate() {
            scores[(row, column)] += tree.value(values);
        }
    }
}

/// The classes that scores mean.
fn named(scores: &Array2<f64>, classes: &Target) -> Target {
    let codes: Vec<usize> = if scores.ncols() == 1 {
        scores
            .iter()
            .map(|score| usize::from(*score > 0.0))
            .collect()
    } else {
        largest_of_rows(scores)
    };
    classes.take(&codes)
}

fn stop(scores: &[f64], patience: i64, tolerance: f64) -> bool {
    let back = patience as usize + 1;
    if scores.len() < back {
        return false;
    }
    let before = scores[scores.len() - back] + tolerance;
    !scores[scores.len() - back + 1..]
        .iter()
        .any(|score| *score > before)
}

fn boost(plan: &Plan, x: &Array2<f64>, y: &[f64]) -> Result<Boosted> {
    // The bin of missing values is one more, and has its number in one byte.
    if !(2..=255).contains(&plan.bins) {
        return Err(value_error("max_bins must be between 2 and 255"));
    }
    let early = match plan.early {
        Param::Bool(wanted) => *wanted,
        _ => y.len() > MANY,
    };
    let mut random = RandomState::from_seed(plan.seed);
    let seed = random.randint(0, i64::from(u32::MAX));
    random.randint(0, i64::from(u32::MAX));
    let rows = match plan.held {
        Some(share) if early => {
            let mut split = Split::new().test_size(share).random_state(Some(seed));
            if plan.stratified {
                split = split.stratify(&y.iter().map(|code| *code as i64).collect::<Array1<i64>>());
            }
            Some(split.rows(y.len())?)
        }
        _ => None,
    };
    let (kept, watched) = match &rows {
        None => ((x.clone(), y.to_vec()), None),
        Some((train, test)) => {
            let part = |rows: &[usize]| {
                let own = rows.iter().map(|&row| y[row]).collect::<Vec<_>>();
                (x.select(Axis(0), rows), own)
            };
            (part(train), Some(part(test)))
        }
    };
    let (x, y) = kept;
    let most = plan.bins as usize;
    let borders: Vec<Vec<f64>> = x
        .columns()
        .into_iter()
        .map(|column| borders(column, most))
        .collect();
    let table = binned(&x, &borders, most);
    let mut boosted = Boosted {
        loss: plan.loss,
        start: plan.loss.beginning(&y),
        rounds: Vec::new(),
        train: Vec::new(),
        validation: Vec::new(),
        early,
    };
    let mut scores = boosted.started(x.nrows());
    let mut outside = watched
        .as_ref()
        .map(|(rows, _)| boosted.started(rows.nrows()));
    let check = |boosted: &mut Boosted, scores: &Array2<f64>, outside: &Option<Array2<f64>>| {
        boosted.train.push(-plan.loss.mean(&y, scores));
        if let (Some((_, labels)), Some(outside)) = (&watched, outside) {
            boosted.validation.push(-plan.loss.mean(labels, outside));
            return stop(&boosted.validation, plan.patience, plan.tolerance);
        }
        stop(&boosted.train, plan.patience, plan.tolerance)
    };
    if early {
        check(&mut boosted, &scores, &outside);
    }
    for _ in 0..plan.rounds {
        let mut trees = Vec::new();
        for (column, (slopes, bends)) in plan.loss.slopes(&y, &scores).iter().enumerate() {
            let mut grower = Grower {
                binned: &table,
                slopes,
                bends,
                size: most + 1,
                least: plan.least.max(1) as usize,
                penalty: plan.penalty,
                nodes: Vec::new(),
                waiting: Vec::new(),
                leaves: Vec::new(),
            };
            grower.grow(plan.most_leaves, plan.most_depth);
            for &leaf in &grower.leaves.clone() {
                let node = &mut grower.nodes[leaf];
                node.value *= plan.rate;
                let gaps = || -> Vec<f64> {
                    let own = node.rows.iter().map(|&row| row as usize);
                    own.map(|row| y[row] - scores[(row, column)]).collect()
                };
                let settled = match plan.loss {
                    Loss::Absolute => Some(median(&gaps())),
                    Loss::Quantile(share) => Some(percentile(&gaps(), 100.0 * share)),
                    _ => None,
                };
                if let Some(value) = settled {
                    node.value = plan.rate * value;
                }
            }
            for &leaf in &grower.leaves {
                let node = &grower.nodes[leaf];
                for &row in &node.rows {
                    scores[(row as usize, column)] += node.value;
                }
            }
            let finished = grower.nodes.iter().map(|node| {
                let inner = node.children.and(node.cut.as_ref());
                Node {
                    value: node.value,
                    feature: inner.map_or(0, |cut| cut.feature),
                    border: inner.map_or(0.0, |cut| {
                        // A border behind the last bin parts the missing values from all others.
                        borders[cut.feature]
                            .get(cut.bin)
                            .copied()
                            .unwrap_or(f64::INFINITY)
                    }),
                    missing_left: inner.is_some_and(|cut| cut.missing_left),
                    children: node.children,
                }
            });
            trees.push(Tree(finished.collect()));
        }
        if let (Some((rows, _)), Some(outside)) = (&watched, &mut outside) {
            add(&trees, rows, outside);
        }
        boosted.rounds.push(trees);
        if early && check(&mut boosted, &scores, &outside) {
            break;
        }
    }
    Ok(boosted)
}

macro_rules! plan {
    ($parameters:ident, $loss:expr, $stratified:literal) => {
        Plan {
            loss: $loss,
            rate: $parameters.learning_rate,
            rounds: $parameters.max_iter,
            most_leaves: $parameters.max_leaf_nodes,
            most_depth: $parameters.max_depth,
            least: $parameters.min_samples_leaf,
            penalty: $parameters.l2_regularization,
            bins: $parameters.max_bins,
            early: &$parameters.early_stopping,
            held: $parameters.validation_fraction,
            patience: $parameters.n_iter_no_change,
            tolerance: $parameters.tol,
            seed: $parameters.random_state,
            stratified: $stratified,
        }
    };
}

impl Kind for HistGradientBoostingClassifierKind {
    const NAME: &'static str = "HistGradientBoostingClassifier";
    const ROLE: Role = Role::Classifier;
    const ALLOWS_NAN: bool = true;
    type Parameters = HistGradientBoostingClassifierParameters;
    type Fitted = (Boosted, Target);

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<Self::Fitted> {
        let (classes, codes) = y.classes()?;
        let count = classes.length().unwrap_or(0);
        let loss = if count > 2 {
            Loss::Multinomial(count)
        } else {
            Loss::Binomial
        };
        let numbers: Vec<f64> = codes.iter().map(|&code| code as f64).collect();
        Ok((boost(&plan!(parameters, loss, true), x, &numbers)?, classes))
    }

    fn predict(_: &Self::Parameters, fitted: &Self::Fitted, x: &Array2<f64>) -> Result<Target> {
        Ok(named(&fitted.0.scores(x), &fitted.1))
    }

    fn predict_proba(
        _: &Self::Parameters,
        fitted: &Self::Fitted,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        let scores = fitted.0.scores(x);
        if scores.ncols() > 1 {
            return Ok(softmax(&scores));
        }
        Ok(Array2::from_shape_fn((x.nrows(), 2), |(row, class)| {
            let chance = 1.0 / (1.0 + (-scores[(row, 0)]).exp());
            if class == 1 { chance } else { 1.0 - chance }
        }))
    }

    fn decision_function(
        _: &Self::Parameters,
        fitted: &Self::Fitted,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        Ok(fitted.0.scores(x))
    }

    fn staged(_: &Self::Parameters, fitted: &Self::Fitted, x: &Array2<f64>) -> Result<Vec<Target>> {
        let stages = fitted.0.staged(x);
        Ok(stages
            .iter()
            .map(|scores| named(scores, &fitted.1))
            .collect())
    }

    fn classes(fitted: &Self::Fitted) -> Result<Target> {
        Ok(fitted.1.clone())
    }

    fn importances(_: &Self::Fitted) -> Result<Array1<f64>> {
        Err(no_attribute(Self::NAME, "feature_importances_"))
    }
}

impl Kind for HistGradientBoostingRegressorKind {
    const NAME: &'static str = "HistGradientBoostingRegressor";
    const ROLE: Role = Role::Regressor;
    const ALLOWS_NAN: bool = true;
    type Parameters = HistGradientBoostingRegressorParameters;
    type Fitted = Boosted;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<Boosted> {
        let loss = match (parameters.loss.as_str(), parameters.quantile) {
            ("squared_error", _) => Loss::Squared,
            ("absolute_error", _) => Loss::Absolute,
            ("quantile", Some(share)) => Loss::Quantile(share),
            ("poisson", _) => Loss::Poisson,
            (other, _) => {
                return Err(invalid_parameter(
                    Self::NAME,
                    "loss",
                    "a str among {'absolute_error', 'gamma', 'poisson', 'quantile', 'squared_error'}",
                    &format!("'{other}'"),
                ));
            }
        };
        let y = y.floats()?.to_vec();
        if loss == Loss::Poisson
            && (y.iter().any(|value| *value < 0.0) || y.iter().sum::<f64>() <= 0.0)
        {
            return Err(value_error(
                "loss='poisson' requires non-negative y and sum(y) > 0.",
            ));
        }
        boost(&plan!(parameters, loss, false), x, &y)
    }

    fn predict(_: &Self::Parameters, fitted: &Boosted, x: &Array2<f64>) -> Result<Target> {
        Ok(fitted.numbers(&fitted.scores(x)))
    }

    fn staged(_: &Self::Parameters, fitted: &Boosted, x: &Array2<f64>) -> Result<Vec<Target>> {
        let stages = fitted.staged(x);
        Ok(stages.iter().map(|scores| fitted.numbers(scores)).collect())
    }
}

attributes!(HistGradientBoostingClassifier {
    /// The number of rounds.
    n_iter_ / try_n_iter_: i64 = |fitted| fitted.0.rounds.len() as i64;
    /// The number of trees of a round.
    n_trees_per_iteration_ / try_n_trees_per_iteration_: i64 = |fitted| fitted.0.start.len() as i64;
    /// The negative loss of the learned rows before the first and after each round.
    train_score_ / try_train_score_: Array1<f64> = |fitted| fitted.0.train.clone().into();
    /// The same of the rows that were kept.
    validation_score_ / try_validation_score_: Array1<f64> = |fitted| fitted.0.validation.clone().into();
    /// Whether it could stop early.
    do_early_stopping_ / try_do_early_stopping_: bool = |fitted| fitted.0.early;
});

attributes!(HistGradientBoostingRegressor {
    /// The number of rounds.
    n_iter_ / try_n_iter_: i64 = |fitted| fitted.rounds.len() as i64;
    /// The number of trees of a round.
    n_trees_per_iteration_ / try_n_trees_per_iteration_: i64 = |fitted| fitted.start.len() as i64;
    /// The negative loss of the learned rows before the first and after each round.
    train_score_ / try_train_score_: Array1<f64> = |fitted| fitted.train.clone().into();
    /// The same of the rows that were kept.
    validation_score_ / try_validation_score_: Array1<f64> = |fitted| fitted.validation.clone().into();
    /// Whether it could stop early.
    do_early_stopping_ / try_do_early_stopping_: bool = |fitted| fitted.early;
});
