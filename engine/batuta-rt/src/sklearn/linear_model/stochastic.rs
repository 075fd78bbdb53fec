//! `SGDClassifier`, `SGDRegressor` and `Perceptron`: one row after the other in scikit-learn's order of shuffles.

use super::planes::{Planes, by_planes};
use super::{ClassWeight, Line, class_weights, log1p_exp, sigmoid};
use crate::sklearn::errors::{Exception, Result, value_error, warn};
use crate::sklearn::estimator::{Estimator, Kind, Role, all_classes, attributes};
use crate::sklearn::metrics::r2;
use crate::sklearn::model_selection::held_out;
use crate::sklearn::parameters::{Param, parameters};
use crate::sklearn::random::{RandomState, XorShift};
use crate::sklearn::target::Target;
use ndarray::{Array1, Array2, Axis};

const LARGEST_SEED: i64 = i32::MAX as i64;
/// Slopes are cut here, as in scikit-learn, against overflow.
const STEEPEST: f64 = 1e12;

/// The loss of one row, with `y` as -1 and 1 (or 0 and 1 for `Logistic`).
#[derive(Clone, Copy)]
enum Loss {
    Hinge(f64),
    SquaredHinge,
    Logistic,
    ModifiedHuber,
    Squared,
    Huber(f64),
    Insensitive(f64),
    SquaredInsensitive(f64),
}

impl Loss {
    fn named(name: &str, epsilon: f64) -> Result<Loss> {
        Ok(match name {
            "hinge" => Loss::Hinge(1.0),
            "perceptron" => Loss::Hinge(0.0),
            "squared_hinge" => Loss::SquaredHinge,
            "log_loss" => Loss::Logistic,
            "modified_huber" => Loss::ModifiedHuber,
            "squared_error" => Loss::Squared,
            "huber" => Loss::Huber(epsilon),
            "epsilon_insensitive" => Loss::Insensitive(epsilon),
            "squared_epsilon_insensitive" => Loss::SquaredInsensitive(epsilon),
            other => return Err(value_error(format!("The loss '{other}' is not supported"))),
        })
    }

    fn value(self, y: f64, p: f64) -> f64 {
        match self {
            Loss::Hinge(threshold) => {
                let z = p * y;
                if z <= threshold { threshold - z } else { 0.0 }
            }
            Loss::SquaredHinge => {
                let z = 1.0 - p * y;
                if z > 0.0 { z * z } else { 0.0 }
            }
            Loss::Logistic => log1p_exp(p) - y * p,
            Loss::ModifiedHuber => {
                let z = p * y;
                if z >= 1.0 {
                    0.0
                } else if z >= -1.0 {
                    (1.0 - z) * (1.0 - z)
                } else {
                    -4.0 * z
                }
            }
            Loss::Squared => 0.5 * (p - y) * (p - y),
            Loss::Huber(delta) => {
                let gap = (y - p).abs();
                if gap <= delta {
                    0.5 * gap * gap
                } else {
                    delta * (gap - 0.5 * delta)
                }
            }
            Loss::Insensitive(epsilon) => ((y - p).abs() - epsilon).max(0.0),
            Loss::SquaredInsensitive(epsilon) => {
                let gap = (y - p).abs() - epsilon;
                if gap > 0.0 { gap * gap } else { 0.0 }
            }
        }
    }

    fn slope(self, y: f64, p: f64) -> f64 {
        match self {
            Loss::Hinge(threshold) => {
                if p * y <= threshold {
                    -y
                } else {
                    0.0
                }
            }
            Loss::SquaredHinge => {
                let z = 1.0 - p * y;
                if z > 0.0 { -2.0 * y * z } else { 0.0 }
            }
            Loss::Logistic => {
                if p > -37.0 {
                    let power = (-p).exp();
                    ((1.0 - y) - y * power) / (1.0 + power)
                } else {
                    p.exp() - y
                }
            }
            Loss::ModifiedHuber => {
                let z = p * y;
                if z >= 1.0 {
                    0.0
                } else if z >= -1.0 {
                    2.0 * (1.0 - z) * -y
                } else {
                    -4.0 * y
                }
            }
            Loss::Squared => p - y,
            Loss::Huber(delta) => {
                let gap = p - y;
                if gap.abs() <= delta {
                    gap
                } else if gap >= 0.0 {
                    delta
                } else {
                    -delta
                }
            }
            Loss::Insensitive(epsilon) => {
                if y - p > epsilon {
                    -1.0
                } else if p - y > epsilon {
                    1.0
                } else {
                    0.0
                }
            }
            Loss::SquaredInsensitive(epsilon) => {
                let z = y - p;
                if z > epsilon {
                    -2.0 * (z - epsilon)
                } else if z < -epsilon {
                    2.0 * (-z - epsilon)
                } else {
                    0.0
                }
            }
        }
    }
}

/// Weights with a common factor, as scikit-learn keeps them.
struct Weights {
    values: Vec<f64>,
    scale: f64,
    square: f64,
    size: f64,
    averaged: Vec<f64>,
    share: f64,
    decay: f64,
    /// Whether rows have no entries for zeros.
    sparse: bool,
}

impl Weights {
    fn new(values: Vec<f64>, averaged: Vec<f64>) -> Self {
        let square = values.iter().map(|value| value * value).sum();
        let size = values.iter().map(|value| value.abs()).sum();
        Weights {
            values,
            scale: 1.0,
            square,
            size,
            averaged,
            share: 0.0,
            decay: 1.0,
            sparse: crate::sklearn::sparse::is_learning(),
        }
    }

    fn dot(&self, row: &[f64]) -> f64 {
        let mut total = 0.0;
        for (weight, value) in self.values.iter().zip(row) {
            total += weight * value;
        }
        total * self.scale
    }

    fn add(&mut self, row: &[f64], step: f64) {
        let (mut square, mut size) = (0.0, 0.0);
        for (weight, value) in self.values.iter_mut().zip(row) {
            if self.sparse && *value == 0.0 {
                // A sparse row has no entry here; scikit-learn takes the norms of the entries alone.
                continue;
            }
            *weight += value * (step / self.scale);
            square += *weight * *weight;
            size += weight.abs();
        }
        self.square = square * (self.scale * self.scale);
        self.size = size * self.scale;
    }

    fn add_average(&mut self, row: &[f64], step: f64, count: f64) {
        let part = 1.0 / count;
        for (weight, value) in self.averaged.iter_mut().zip(row) {
            *weight += self.share * value * (-step / self.scale);
        }
        if count > 1.0 {
            self.decay /= 1.0 - part;
        }
        self.share += part * self.decay * self.scale;
    }

    fn shrink(&mut self, factor: f64) {
        self.scale *= factor;
        self.square *= factor * factor;
        self.size *= factor.abs();
        // Below this the factor is multiplied into the weights.
        if self.scale < 1e-9 {
            self.settle();
        }
    }

    fn settle(&mut self) {
        if !self.averaged.is_empty() {
            let factor = 1.0 / self.decay;
            for (weight, value) in self.averaged.iter_mut().zip(&self.values) {
                *weight = (*weight + self.share * value) * factor;
            }
            self.share = 0.0;
            self.decay = 1.0;
        }
        for value in &mut self.values {
            *value *= self.scale;
        }
        self.scale = 1.0;
    }

    /// The truncated gradient: takes the penalty on absolute values that a row has not paid yet.
    fn truncate(&mut self, row: &[f64], paid: &mut [f64], due: f64) {
        for ((weight, paid), value) in self.values.iter_mut().zip(paid).zip(row) {
            if self.sparse && *value == 0.0 {
                continue;
            }
            let before = *weight;
            if self.scale * before > 0.0 {
                *weight = (before - (due + *paid) / self.scale).max(0.0);
            } else if self.scale * before < 0.0 {
                *weight = (before + (due - *paid) / self.scale).min(0.0);
            }
            *paid += self.scale * (*weight - before);
        }
    }
}

/// The settings that the loop needs, of whatever estimator.
struct Settings<'a> {
    loss: Loss,
    /// None: no penalty. Else the share of the absolute values.
    penalty: Option<f64>,
    alpha: f64,
    rate: &'a str,
    eta0: f64,
    power: f64,
    rounds: i64,
    tolerance: Option<f64>,
    patience: i64,
    shuffle: bool,
    intercept: bool,
    average: f64,
    /// The rows that are kept for the score which stops the loop early.
    held: Option<&'a [bool]>,
    weights: (f64, f64),
}

/// The state of one plane between calls.
#[derive(Clone, Debug, Default)]
pub struct Plane {
    weights: Vec<f64>,
    intercept: f64,
    averaged: Vec<f64>,
    averaged_intercept: f64,
}

fn descend(
    x: &Array2<f64>,
    y: &[f64],
    seed: u32,
    start: Plane,
    mut t: f64,
    settings: &Settings,
    score: &dyn Fn(&[f64], f64) -> Result<f64>,
) -> Result<(Plane, i64)> {
    let (samples, features) = x.dim();
    let mut weights = Weights::new(start.weights, start.averaged);
    let mut intercept = start.intercept;
    let mut averaged_intercept = start.averaged_intercept;
    let decay = crate::sklearn::sparse::intercept_decay();
    let share = settings.penalty.unwrap_or(0.0);
    let absolute = settings.penalty.is_some_and(|share| share > 0.0);
    // The elastic net keeps its record of paid penalties even where its share is zero; paying nothing changes nothing.
    let mut paid = vec![0.0; features];
    let mut due = 0.0;
    let mut eta = settings.eta0;
    let mut first = 0.0;
    if settings.rate == "optimal" {
        let usual = (1.0 / settings.alpha.sqrt()).sqrt();
        let initial = usual / settings.loss.slope(1.0, -usual).max(1.0);
        first = 1.0 / (initial * settings.alpha);
    }
    let mut order: Vec<usize> = (0..samples).collect();
    let held = settings.held;
    let count = samples - held.map_or(0, |held| held.iter().filter(|each| **each).count());
    let mut idle = 0;
    let mut best_objective = f64::INFINITY;
    let mut best_score = f64::NEG_INFINITY;
    let mut epochs = 0;
    let rows = x.as_standard_layout();
    let rows = rows.as_slice().expect("contiguous");
    for epoch in 0..settings.rounds {
        epochs = epoch + 1;
        let mut objective = 0.0;
        if settings.shuffle {
            XorShift(seed).shuffle(&mut order);
        }
        for &at in &order {
            if held.is_some_and(|held| held[at]) {
                continue;
            }
            let row = &rows[at * features..(at + 1) * features];
            let y = y[at];
            let p = weights.dot(row) + intercept;
            match settings.rate {
                "optimal" => eta = 1.0 / (settings.alpha * (first + t - 1.0)),
                "invscaling" => eta = settings.eta0 / t.powf(settings.power),
                _ => {}
            }
            if held.is_none() {
                objective += settings.loss.value(y, p);
                if settings.penalty.is_some() {
                    let norm = weights.square.sqrt();
                    objective += settings.alpha
                        * ((1.0 - share) * 0.5 * (norm * norm) + share * weights.size);
                }
            }
            let class_weight = if y > 0.0 {
                settings.weights.0
            } else {
                settings.weights.1
            };
            let slope = settings.loss.slope(y, p).clamp(-STEEPEST, STEEPEST);
            let step = -eta * slope * class_weight;
            // A pure penalty on absolute values shrinks nothing here.
            if settings.penalty.is_some_and(|share| share != 1.0) {
                weights.shrink((1.0 - (1.0 - share) * eta * settings.alpha).max(0.0));
            }
            if step != 0.0 {
                weights.add(row, step);
                if settings.intercept {
                    intercept += step * decay;
                }
            }
            if settings.average > 0.0 && settings.average <= t {
                let number = t - settings.average + 1.0;
                weights.add_average(row, step, number);
                averaged_intercept += (intercept - averaged_intercept) / number;
            }
            if absolute {
                due += share * eta * settings.alpha;
                weights.truncate(row, &mut paid, due);
            }
            t += 1.0;
        }
        if !intercept.is_finite() || weights.values.iter().any(|value| !value.is_finite()) {
            return Err(value_error(format!(
                "Floating-point under-/overflow occurred at epoch #{epochs}. Scaling input data with StandardScaler or \
                 MinMaxScaler might help."
            )));
        }
        let worse = if held.is_some() {
            let shown: Vec<f64> = weights.values.clone();
            let reached = score(&shown, intercept)?;
            let worse = settings
                .tolerance
                .is_some_and(|tolerance| reached < best_score + tolerance);
            best_score = best_score.max(reached);
            worse
        } else {
            let mean = objective / count as f64;
            let worse = settings
                .tolerance
                .is_some_and(|tolerance| mean > best_objective - tolerance);
            best_objective = if mean < best_objective {
                mean
            } else {
                best_objective
            };
            worse
        };
        idle = if worse { idle + 1 } else { 0 };
        if idle >= settings.patience {
            if settings.rate == "adaptive" && eta > 1e-6 {
                eta /= 5.0;
                idle = 0;
            } else {
                break;
            }
        }
    }
    weights.settle();
    let plane = Plane {
        weights: weights.values,
        intercept,
        averaged: weights.averaged,
        averaged_intercept,
    };
    Ok((plane, epochs))
}

/// The number of rows after which averaging starts; zero for none.
fn averaging(value: &Param) -> f64 {
    match value {
        Param::Bool(true) => 1.0,
        Param::Int(count) => *count as f64,
        _ => 0.0,
    }
}

fn penalty_of(name: &Option<String>, share: f64) -> Result<Option<f64>> {
    Ok(match name.as_deref() {
        None => None,
        Some("l2") => Some(0.0),
        Some("l1") => Some(1.0),
        Some("elasticnet") => Some(share),
        Some(other) => {
            return Err(value_error(format!("Penalty {other} is not supported. ")));
        }
    })
}

/// See `SGDClassifier`.
pub struct SGDClassifierKind;
/// Linear classification, one row after the other.
pub type SGDClassifier = Estimator<SGDClassifierKind>;

parameters! {
    /// Parameters of `SGDClassifier`.
    SGDClassifierParameters for SGDClassifierKind {
        alpha = "alpha": f64 = 1e-4,
        average = "average": Param = Param::Bool(false),
        class_weight = "class_weight": ClassWeight = ClassWeight::Equal,
        early_stopping = "early_stopping": bool = false,
        epsilon = "epsilon": f64 = 0.1,
        eta0 = "eta0": f64 = 0.01,
        fit_intercept = "fit_intercept": bool = true,
        l1_ratio = "l1_ratio": f64 = 0.15,
        learning_rate = "learning_rate": String = "optimal".to_string(),
        loss = "loss": String = "hinge".to_string(),
        max_iter = "max_iter": i64 = 1000,
        n_iter_no_change = "n_iter_no_change": i64 = 5,
        penalty = "penalty": Option<String> = Some("l2".to_string()),
        power_t = "power_t": f64 = 0.5,
        random_state = "random_state": Option<i64> = None,
        shuffle = "shuffle": bool = true,
        tol = "tol": Option<f64> = Some(1e-3),
        validation_fraction = "validation_fraction": f64 = 0.1,
    }
}

/// See `Perceptron`.
pub struct PerceptronKind;
/// The perceptron: a step for each row on the wrong side.
pub type Perceptron = Estimator<PerceptronKind>;

parameters! {
    /// Parameters of `Perceptron`.
    PerceptronParameters for PerceptronKind {
        alpha = "alpha": f64 = 1e-4,
        class_weight = "class_weight": ClassWeight = ClassWeight::Equal,
        early_stopping = "early_stopping": bool = false,
        eta0 = "eta0": f64 = 1.0,
        fit_intercept = "fit_intercept": bool = true,
        l1_ratio = "l1_ratio": f64 = 0.15,
        max_iter = "max_iter": i64 = 1000,
        n_iter_no_change = "n_iter_no_change": i64 = 5,
        penalty = "penalty": Option<String> = None,
        random_state = "random_state": Option<i64> = Some(0),
        shuffle = "shuffle": bool = true,
        tol = "tol": Option<f64> = Some(1e-3),
        validation_fraction = "validation_fraction": f64 = 0.1,
    }
}

/// What the classifiers learn.
pub struct Stepped {
    planes: Planes,
    raw: Vec<Plane>,
    rounds: i64,
    steps: f64,
}

const UNFINISHED: &str = "Maximum number of iteration reached before convergence. Consider increasing max_iter to improve the fit.";

fn classify(
    parameters: &SGDClassifierParameters,
    x: &Array2<f64>,
    (classes, codes): (Target, Vec<usize>),
    known: Option<&Stepped>,
    rounds: i64,
) -> Result<Stepped> {
    let count = classes.length().unwrap_or(0);
    if count < 2 {
        return Err(value_error(format!(
            "The number of classes has to be greater than one; got {count} class"
        )));
    }
    if parameters.learning_rate == "optimal" && parameters.alpha == 0.0 {
        return Err(value_error(
            "alpha must be > 0 since learning_rate is 'optimal'. alpha is used to compute the optimal learning rate.",
        ));
    }
    let loss = Loss::named(&parameters.loss, parameters.epsilon)?;
    let by_row = class_weights(&parameters.class_weight, &codes, &classes);
    let weight_of = |class: usize| {
        let at = codes.iter().position(|code| *code == class);
        at.map_or(1.0, |at| by_row[at])
    };
    let average = averaging(&parameters.average);
    let planes = if count == 2 { 1 } else { count };
    let encoded = |class: usize| -> Vec<f64> {
        let other = if matches!(loss, Loss::Logistic) {
            0.0
        } else {
            -1.0
        };
        let signs = codes
            .iter()
            .map(|&code| if code == class { 1.0 } else { other });
        signs.collect()
    };
    let mut random = RandomState::from_seed(parameters.random_state);
    let held = if parameters.early_stopping {
        let split_by = if count == 2 {
            Target::Float(encoded(1).into())
        } else {
            Target::Int(codes.iter().map(|&code| code as i64).collect())
        };
        Some(held_out(
            x.nrows(),
            &split_by,
            parameters.validation_fraction,
            true,
            parameters.random_state,
        )?)
    } else {
        None
    };
    // Two classes share one plane, which goes on with the stream itself.
    let seeds: Vec<Option<i64>> = if count == 2 {
        vec![None]
    } else {
        (0..count)
            .map(|_| Some(random.randint(0, LARGEST_SEED)))
            .collect()
    };
    let t = known.map_or(1.0, |known| known.steps);
    let mut raw = Vec::new();
    let mut most = 0;
    for (at, of_its_own) in seeds.into_iter().enumerate() {
        let class = if count == 2 { 1 } else { at };
        let y = encoded(class);
        let mut own;
        let stream = match of_its_own {
            None => &mut random,
            Some(seed) => {
                own = RandomState::from_seed(Some(seed));
                &mut own
            }
        };
        // The dataset takes a seed of its own first.
        stream.randint(1, LARGEST_SEED);
        let seed = stream.randint(0, LARGEST_SEED) as u32;
        let start = known.map_or_else(
            || Plane {
                weights: vec![0.0; x.ncols()],
                averaged: if average > 0.0 {
                    vec![0.0; x.ncols()]
                } else {
                    Vec::new()
                },
                ..Plane::default()
            },
            |known| known.raw[at].clone(),
        );
        let settings = Settings {
            loss,
            penalty: penalty_of(&parameters.penalty, parameters.l1_ratio)?,
            alpha: parameters.alpha,
            rate: &parameters.learning_rate,
            eta0: parameters.eta0,
            power: parameters.power_t,
            rounds,
            tolerance: parameters.tol,
            patience: parameters.n_iter_no_change,
            shuffle: parameters.shuffle,
            intercept: parameters.fit_intercept,
            average,
            held: held.as_deref(),
            weights: (
                weight_of(class),
                if count == 2 { weight_of(0) } else { 1.0 },
            ),
        };
        let score = |weights: &[f64], intercept: f64| -> Result<f64> {
            let held = held.as_deref().unwrap_or(&[]);
            let mut right = 0.0;
            let mut all = 0.0;
            for (row, label) in (0..x.nrows()).zip(&y).filter(|(row, _)| held[*row]) {
                let reached = x.row(row).dot(&ndarray::ArrayView1::from(weights)) + intercept;
                let side = if reached > 0.0 { 1.0 } else { -1.0 };
                right += f64::from(u8::from(side == *label));
                all += 1.0;
            }
            Ok(right / all)
        };
        let (plane, epochs) = descend(x, &y, seed, start, t, &settings, &score)?;
        most = most.max(epochs);
        raw.push(plane);
    }
    let steps = t + (most as f64) * x.nrows() as f64;
    let averaged = average > 0.0 && average <= steps - 1.0;
    if averaged {
        // What the next call goes on with is not what one would expect: scikit-learn keeps the constant term of a single plane as it
        // was, and that of several as the first call left it, while later terms take the place of their averages.
        for (at, plane) in raw.iter_mut().enumerate() {
            match known {
                _ if count == 2 => {
                    plane.intercept = known.map_or(0.0, |known| known.raw[at].intercept);
                }
                Some(known) => {
                    plane.averaged_intercept = plane.intercept;
                    plane.intercept = known.raw[at].intercept;
                }
                None => {}
            }
        }
    }
    let mut coefficients = Array2::zeros((planes, x.ncols()));
    let mut intercepts = Array1::zeros(planes);
    for (at, plane) in raw.iter().enumerate() {
        let values = if averaged {
            &plane.averaged
        } else {
            &plane.weights
        };
        coefficients
            .row_mut(at)
            .assign(&ndarray::ArrayView1::from(values));
        intercepts[at] = if averaged {
            plane.averaged_intercept
        } else {
            plane.intercept
        };
    }
    Ok(Stepped {
        planes: Planes {
            classes,
            coefficients,
            intercepts,
        },
        raw,
        rounds: most,
        steps,
    })
}

fn fit_fully(parameters: &SGDClassifierParameters, x: &Array2<f64>, y: &Target) -> Result<Stepped> {
    let found = classify(parameters, x, y.classes()?, None, parameters.max_iter)?;
    if parameters.tol.is_some() && found.rounds == parameters.max_iter {
        warn("ConvergenceWarning", UNFINISHED);
    }
    Ok(found)
}

fn step_more(
    parameters: &SGDClassifierParameters,
    before: Option<&Stepped>,
    x: &Array2<f64>,
    y: &Target,
    classes: &Target,
) -> Result<Stepped> {
    if parameters.class_weight.rule() == Some("balanced") {
        return Err(value_error(
            "class_weight 'balanced' is not supported for partial_fit. In order to use 'balanced' weights, use \
             compute_class_weight('balanced', classes=classes, y=y). In place of y you can use a large enough sample of the full \
             training set target to properly estimate the class frequency distributions. Pass the resulting weights as the \
             class_weight parameter.",
        ));
    }
    let all = all_classes(before.map(|before| &before.planes.classes), classes)?;
    let codes = y.codes_in(&all)?;
    classify(parameters, x, (all, codes), before, 1)
}

impl Kind for SGDClassifierKind {
    const NAME: &'static str = "SGDClassifier";
    const ROLE: Role = Role::Classifier;
    type Parameters = SGDClassifierParameters;
    type Fitted = Stepped;

    fn offers(parameters: &Self::Parameters, method: &str) -> Option<bool> {
        let likely = ["log_loss", "modified_huber"].contains(&parameters.loss.as_str());
        (method == "predict_proba").then_some(likely)
    }

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<Stepped> {
        fit_fully(parameters, x, y)
    }

    fn learn_more(
        parameters: &Self::Parameters,
        before: Option<&Stepped>,
        x: &Array2<f64>,
        y: &Target,
        classes: &Target,
    ) -> Result<Stepped> {
        step_more(parameters, before, x, y, classes)
    }

    by_planes!();

    fn predict_proba(
        parameters: &Self::Parameters,
        fitted: &Stepped,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        let scores = fitted.planes.scores(x);
        let chance: fn(f64) -> f64 = match parameters.loss.as_str() {
            "log_loss" => sigmoid,
            "modified_huber" => |score| (score.clamp(-1.0, 1.0) + 1.0) / 2.0,
            other => {
                return Err(Exception::new(
                    "AttributeError",
                    format!("probability estimates are not available for loss='{other}'"),
                ));
            }
        };
        let mut table = scores.mapv(chance);
        if table.ncols() == 1 {
            let second = table.column(0).to_owned();
            let mut both = Array2::zeros((x.nrows(), 2));
            both.column_mut(0)
                .assign(&second.mapv(|chance| 1.0 - chance));
            both.column_mut(1).assign(&second);
            return Ok(both);
        }
        let classes = table.ncols() as f64;
        for mut row in table.rows_mut() {
            let mut total = crate::sklearn::sums::sum(row.iter().copied());
            if total == 0.0 {
                row.fill(1.0);
                total = classes;
            }
            row /= total;
        }
        Ok(table)
    }
}

attributes!(SGDClassifier {
    /// Coefficients: one row for two classes, else one for each class.
    coef_ / try_coef_: Array2<f64> = |fitted| fitted.planes.coefficients.clone();
    /// Constant terms.
    intercept_ / try_intercept_: Array1<f64> = |fitted| fitted.planes.intercepts.clone();
    /// Number of passes over the rows.
    n_iter_ / try_n_iter_: i64 = |fitted| fitted.rounds;
    /// Number of steps, plus one.
    t_ / try_t_: f64 = |fitted| fitted.steps;
});

/// The same steps as settings of the other classifier.
fn as_steps(parameters: &PerceptronParameters) -> SGDClassifierParameters {
    SGDClassifierParameters {
        alpha: parameters.alpha,
        class_weight: parameters.class_weight.clone(),
        early_stopping: parameters.early_stopping,
        eta0: parameters.eta0,
        fit_intercept: parameters.fit_intercept,
        l1_ratio: parameters.l1_ratio,
        learning_rate: "constant".to_string(),
        loss: "perceptron".to_string(),
        max_iter: parameters.max_iter,
        n_iter_no_change: parameters.n_iter_no_change,
        penalty: parameters.penalty.clone(),
        random_state: parameters.random_state,
        shuffle: parameters.shuffle,
        tol: parameters.tol,
        validation_fraction: parameters.validation_fraction,
        ..SGDClassifierParameters::default()
    }
}

impl Kind for PerceptronKind {
    const NAME: &'static str = "Perceptron";
    const ROLE: Role = Role::Classifier;
    type Parameters = PerceptronParameters;
    type Fitted = Stepped;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<Stepped> {
        fit_fully(&as_steps(parameters), x, y)
    }

    fn learn_more(
        parameters: &Self::Parameters,
        before: Option<&Stepped>,
        x: &Array2<f64>,
        y: &Target,
        classes: &Target,
    ) -> Result<Stepped> {
        step_more(&as_steps(parameters), before, x, y, classes)
    }

    by_planes!();
}

attributes!(Perceptron {
    /// Coefficients: one row for two classes, else one for each class.
    coef_ / try_coef_: Array2<f64> = |fitted| fitted.planes.coefficients.clone();
    /// Constant terms.
    intercept_ / try_intercept_: Array1<f64> = |fitted| fitted.planes.intercepts.clone();
    /// Number of passes over the rows.
    n_iter_ / try_n_iter_: i64 = |fitted| fitted.rounds;
    /// Number of steps, plus one.
    t_ / try_t_: f64 = |fitted| fitted.steps;
});

/// See `SGDRegressor`.
pub struct SGDRegressorKind;
/// A line, one row after the other.
pub type SGDRegressor = Estimator<SGDRegressorKind>;

parameters! {
    /// Parameters of `SGDRegressor`.
    SGDRegressorParameters for SGDRegressorKind {
        alpha = "alpha": f64 = 1e-4,
        average = "average": Param = Param::Bool(false),
        early_stopping = "early_stopping": bool = false,
        epsilon = "epsilon": f64 = 0.1,
        eta0 = "eta0": f64 = 0.01,
        fit_intercept = "fit_intercept": bool = true,
        l1_ratio = "l1_ratio": f64 = 0.15,
        learning_rate = "learning_rate": String = "invscaling".to_string(),
        loss = "loss": String = "squared_error".to_string(),
        max_iter = "max_iter": i64 = 1000,
        n_iter_no_change = "n_iter_no_change": i64 = 5,
        penalty = "penalty": Option<String> = Some("l2".to_string()),
        power_t = "power_t": f64 = 0.25,
        random_state = "random_state": Option<i64> = None,
        shuffle = "shuffle": bool = true,
        tol = "tol": Option<f64> = Some(1e-3),
        validation_fraction = "validation_fraction": f64 = 0.1,
    }
}

/// What `SGDRegressor` learns.
pub struct SteppedLine {
    line: Line,
    raw: Plane,
    rounds: i64,
    steps: f64,
}

fn regress(
    parameters: &SGDRegressorParameters,
    x: &Array2<f64>,
    y: &Array1<f64>,
    known: Option<&SteppedLine>,
    rounds: i64,
) -> Result<SteppedLine> {
    let average = averaging(&parameters.average);
    let held = if parameters.early_stopping {
        Some(held_out(
            x.nrows(),
            &Target::Float(y.clone()),
            parameters.validation_fraction,
            false,
            parameters.random_state,
        )?)
    } else {
        None
    };
    let seed = RandomState::from_seed(parameters.random_state).randint(0, LARGEST_SEED) as u32;
    let settings = Settings {
        loss: Loss::named(&parameters.loss, parameters.epsilon)?,
        penalty: penalty_of(&parameters.penalty, parameters.l1_ratio)?,
        alpha: parameters.alpha,
        rate: &parameters.learning_rate,
        eta0: parameters.eta0,
        power: parameters.power_t,
        rounds,
        tolerance: parameters.tol,
        patience: parameters.n_iter_no_change,
        shuffle: parameters.shuffle,
        intercept: parameters.fit_intercept,
        average,
        held: held.as_deref(),
        weights: (1.0, 1.0),
    };
    let score = |weights: &[f64], intercept: f64| -> Result<f64> {
        let held = held.as_deref().unwrap_or(&[]);
        let rows: Vec<usize> = (0..x.nrows()).filter(|row| held[*row]).collect();
        let reached = x
            .select(Axis(0), &rows)
            .dot(&ndarray::ArrayView1::from(weights))
            + intercept;
        r2(
            &y.select(Axis(0), &rows).insert_axis(Axis(1)),
            &reached.insert_axis(Axis(1)),
        )
    };
    let t = known.map_or(1.0, |known| known.steps);
    let start = known.map_or_else(
        || Plane {
            weights: vec![0.0; x.ncols()],
            averaged: if average > 0.0 {
                vec![0.0; x.ncols()]
            } else {
                Vec::new()
            },
            ..Plane::default()
        },
        |known| known.raw.clone(),
    );
    let values = y.to_vec();
    let (raw, epochs) = descend(x, &values, seed, start, t, &settings, &score)?;
    let steps = t + (epochs as f64) * x.nrows() as f64;
    let averaged = average > 0.0 && average <= steps - 1.0;
    let line = if averaged {
        Line {
            coefficients: raw.averaged.clone().into(),
            intercept: raw.averaged_intercept,
        }
    } else {
        Line {
            coefficients: raw.weights.clone().into(),
            intercept: raw.intercept,
        }
    };
    Ok(SteppedLine {
        line,
        raw,
        rounds: epochs,
        steps,
    })
}

impl Kind for SGDRegressorKind {
    const NAME: &'static str = "SGDRegressor";
    const ROLE: Role = Role::Regressor;
    type Parameters = SGDRegressorParameters;
    type Fitted = SteppedLine;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<SteppedLine> {
        let found = regress(parameters, x, &y.floats()?, None, parameters.max_iter)?;
        if parameters.tol.is_some() && found.rounds == parameters.max_iter {
            warn("ConvergenceWarning", UNFINISHED);
        }
        Ok(found)
    }

    fn learn_more(
        parameters: &Self::Parameters,
        before: Option<&SteppedLine>,
        x: &Array2<f64>,
        y: &Target,
        _classes: &Target,
    ) -> Result<SteppedLine> {
        regress(parameters, x, &y.floats()?, before, 1)
    }

    fn predict(
        _parameters: &Self::Parameters,
        fitted: &SteppedLine,
        x: &Array2<f64>,
    ) -> Result<Target> {
        Ok(fitted.line.predict(x))
    }

    fn line(fitted: &SteppedLine) -> Result<(Array1<f64>, f64)> {
        Ok((fitted.line.coefficients.clone(), fitted.line.intercept))
    }
}

attributes!(SGDRegressor {
    /// Coefficients.
    coef_ / try_coef_: Array1<f64> = |fitted| fitted.line.coefficients.clone();
    /// Constant term.
    intercept_ / try_intercept_: Array1<f64> = |fitted| Array1::from_elem(1, fitted.line.intercept);
    /// Number of passes over the rows.
    n_iter_ / try_n_iter_: i64 = |fitted| fitted.rounds;
    /// Number of steps, plus one.
    t_ / try_t_: f64 = |fitted| fitted.steps;
});
