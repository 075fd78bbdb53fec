//! `sklearn.calibration`: chances that come true as often as they say.

use super::errors::{Result, inconsistent_lengths, throwing_functions, value_error};
use super::estimator::{AnyEstimator, Estimator, Kind, Role, invalid_parameter};
use super::isotonic::Steps;
use super::linear_model::{Limits, log1p_exp, minimise_within, sigmoid, softmax};
use super::model_selection::Cv;
use super::parameters::{Inner, parameters};
use super::preprocessing::bounded;
use super::sums::{percentile, sum};
use super::svm::LinearSVC;
use super::target::{Labels, Target};
use ndarray::{Array1, Array2, Axis};

/// See `CalibratedClassifierCV`.
pub struct CalibratedClassifierCVKind;
/// A classifier whose chances are corrected on rows that it has not seen.
pub type CalibratedClassifierCV = Estimator<CalibratedClassifierCVKind>;

parameters! {
    /// Parameters of `CalibratedClassifierCV`.
    CalibratedClassifierCVParameters for CalibratedClassifierCVKind {
        cv = "cv": Cv = Cv::Default,
        ensemble = "ensemble": super::Param = super::Param::Text("auto".to_string()),
        estimator = "estimator": Inner = Inner::default(),
        method = "method": String = "sigmoid".to_string(),
    }
}

/// What corrects the answers of an estimator.
enum Correction {
    /// A logistic curve with its slope and offset.
    Curve(f64, f64),
    /// Steps that rise.
    Steps(Steps),
    /// One factor for all scores.
    Temperature(f64),
}

/// An estimator with the corrections of its answers.
struct Corrected {
    model: Box<dyn AnyEstimator>,
    /// For each column of answers the class that it speaks for.
    columns: Vec<usize>,
    corrections: Vec<Correction>,
}

/// What `CalibratedClassifierCV` learns.
pub struct Calibrated {
    classes: Target,
    parts: Vec<Corrected>,
}

/// What an estimator answers, and whether the answers are chances: one column for two classes.
fn answers(model: &dyn AnyEstimator, x: &Array2<f64>) -> Result<(Array2<f64>, bool)> {
    if let Ok(table) = model.decision_function_any(x) {
        return Ok((table, false));
    }
    let table = model.predict_proba_any(x)?;
    Ok(if table.ncols() == 2 {
        (table.select(Axis(1), &[1]), true)
    } else {
        (table, true)
    })
}

fn curve(scores: &Array1<f64>, positive: &[bool]) -> (f64, f64) {
    let largest = scores
        .iter()
        .fold(0.0f64, |largest, score| largest.max(score.abs()));
    let scale = if largest >= 30.0 { largest } else { 1.0 };
    let own = scores / scale;
    let second = positive.iter().filter(|own| **own).count() as f64;
    let first = positive.len() as f64 - second;
    let targets: Vec<f64> = positive
        .iter()
        .map(|own| {
            if *own {
                (second + 1.0) / (second + 2.0)
            } else {
                1.0 / (first + 2.0)
            }
        })
        .collect();
    let limits = Limits {
        gradient: 1e-6,
        gain: 64.0 * f64::EPSILON,
        iterations: 15_000,
        searches: 20,
        evaluations: i64::MAX,
    };
    let start = vec![0.0, ((first + 1.0) / (second + 1.0)).ln()];
    let free = vec![(f64::NEG_INFINITY, f64::INFINITY); 2];
    let (minimum, _) = minimise_within(start, &free, &limits, |point| {
        let mut slope = (0.0, 0.0);
        let mut losses = Vec::with_capacity(targets.len());
        for (score, target) in own.iter().zip(&targets) {
            let raw = -(point[0] * score + point[1]);
            losses.push(log1p_exp(raw) - target * raw);
            let pull = sigmoid(raw) - target;
            slope.0 -= pull * score;
            slope.1 -= pull;
        }
        (sum(losses), vec![slope.0, slope.1])
    });
    (minimum.at[0] / scale, minimum.at[1])
}

fn logits(table: &Array2<f64>) -> Array2<f64> {
    if table.ncols() == 1 {
        return ndarray::concatenate(Axis(1), &[(-table).view(), table.view()])
            .expect("equal rows");
    }
    let chances = table.iter().all(|value| (0.0..=1.0).contains(value))
        && table
            .rows()
            .into_iter()
            .all(|row| (row.sum() - 1.0).abs() <= 1e-9 + 1e-5);
    if chances {
        table.mapv(|value| (value + 1e-12).ln())
    } else {
        table.clone()
    }
}

fn both(table: &Array2<f64>, chances: bool) -> Array2<f64> {
    if chances && table.ncols() == 1 {
        let first = table.mapv(|value| 1.0 - value);
        return ndarray::concatenate(Axis(1), &[first.view(), table.view()]).expect("equal rows");
    }
    table.clone()
}

fn temperature(scores: &Array2<f64>, codes: &[usize]) -> f64 {
    let table = logits(scores);
    let loss = |log: f64| {
        let factor = log.exp();
        let losses = table.rows().into_iter().zip(codes).map(|(row, &code)| {
            let largest = row.iter().copied().fold(f64::NEG_INFINITY, f64::max) * factor;
            let total: f64 = row
                .iter()
                .map(|value| (value * factor - largest).exp())
                .sum();
            total.ln() + largest - row[code] * factor
        });
        sum(losses) / codes.len() as f64
    };
    bounded(&loss, -10.0, 10.0, 64.0 * f64::EPSILON).exp()
}

fn corrected(
    model: Box<dyn AnyEstimator>,
    (table, chances): (Array2<f64>, bool),
    codes: &[usize],
    classes: &Target,
    method: &str,
) -> Result<Corrected> {
    let own = model.classes_any()?.codes_in(classes)?;
    if method == "temperature" {
        return Ok(Corrected {
            model,
            columns: own,
            corrections: vec![Correction::Temperature(temperature(
                &both(&table, chances),
                codes,
            ))],
        });
    }
    let count = classes.length().unwrap_or(0);
    let columns: Vec<usize> = if count == 2 { vec![1] } else { own };
    let mut corrections = Vec::new();
    for (column, &class) in table.columns().into_iter().zip(&columns) {
        let scores = column.to_owned();
        let positive: Vec<bool> = codes.iter().map(|&code| code == class).collect();
        corrections.push(if method == "isotonic" {
            let y: Vec<f64> = positive
                .iter()
                .map(|own| f64::from(u8::from(*own)))
                .collect();
            Correction::Steps(Steps::learn(
                &scores.to_vec(),
                &y,
                None,
                true,
                (f64::NEG_INFINITY, f64::INFINITY),
            ))
        } else {
            let (slope, offset) = curve(&scores, &positive);
            Correction::Curve(slope, offset)
        });
    }
    Ok(Corrected {
        model,
        columns,
        corrections,
    })
}

impl Corrected {
    fn chances(&self, x: &Array2<f64>, count: usize) -> Result<Array2<f64>> {
        let (answers, given) = answers(self.model.as_ref(), x)?;
        let mut table = Array2::zeros((x.nrows(), count));
        if let [Correction::Temperature(factor)] = self.corrections[..] {
            table = softmax(&(logits(&both(&answers, given)) * factor));
        } else {
            for ((column, &class), correction) in answers
                .columns()
                .into_iter()
                .zip(&self.columns)
                .zip(&self.corrections)
            {
                let values = column.mapv(|score| match correction {
                    Correction::Curve(slope, offset) => sigmoid(-(slope * score + offset)),
                    Correction::Steps(steps) => steps.at(score, true),
                    Correction::Temperature(_) => score,
                });
                table.column_mut(class).assign(&values);
            }
            if count == 2 {
                let first = table.column(1).mapv(|value| 1.0 - value);
                table.column_mut(0).assign(&first);
            } else {
                for mut row in table.rows_mut() {
                    let total = sum(row.iter().copied());
                    if total == 0.0 {
                        row.fill(1.0 / count as f64);
                    } else {
                        row /= total;
                    }
                }
            }
        }
        table.mapv_inplace(|value| {
            if value > 1.0 && value <= 1.0 + 1e-5 {
                1.0
            } else {
                value
            }
        });
        Ok(table)
    }
}

impl Kind for CalibratedClassifierCVKind {
    const NAME: &'static str = "CalibratedClassifierCV";
    const ROLE: Role = Role::Classifier;
    const ALLOWS_TEXTS: bool = true;
    type Parameters = CalibratedClassifierCVParameters;
    type Fitted = Calibrated;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<Calibrated> {
        let (classes, codes) = y.classes()?;
        let count = classes.length().unwrap_or(0);
        let model = parameters.estimator.given().map_or_else(
            || Box::new(LinearSVC::new().random_state(Some(0))) as Box<dyn AnyEstimator>,
            AnyEstimator::fresh,
        );
        let ensemble = match parameters.ensemble {
            super::Param::Bool(ensemble) => ensemble,
            _ => model.name() != "FrozenEstimator",
        };
        if let Cv::Count(folds) = parameters.cv {
            let mut sizes = vec![0; count];
            codes.iter().for_each(|&code| sizes[code] += 1);
            if sizes.iter().any(|size| *size < folds) {
                return Err(value_error(format!(
                    "Requesting {folds}-fold cross-validation but provided less than {folds} examples for at least one class."
                )));
            }
        }
        let method = parameters.method.as_str();
        if !["sigmoid", "isotonic", "temperature"].contains(&method) {
            return Err(invalid_parameter(
                Self::NAME,
                "method",
                "a str among {'isotonic', 'sigmoid', 'temperature'}",
                &format!("'{method}'"),
            ));
        }
        let folds = parameters.cv.folds(x.nrows(), true, y)?;
        let mut parts = Vec::new();
        if ensemble {
            for (train, test) in &folds {
                let own = model.fresh();
                own.fit_any(&super::table::rows(x, train), &y.take(train))?;
                let told = answers(own.as_ref(), &super::table::rows(x, test))?;
                let rows: Vec<usize> = test.iter().map(|&row| codes[row]).collect();
                parts.push(corrected(own, told, &rows, &classes, method)?);
            }
        } else {
            let mut whole: Option<(Array2<f64>, bool)> = None;
            for (train, test) in &folds {
                let own = model.fresh();
                own.fit_any(&super::table::rows(x, train), &y.take(train))?;
                let (table, chances) = answers(own.as_ref(), &super::table::rows(x, test))?;
                let (all, _) = whole
                    .get_or_insert_with(|| (Array2::zeros((x.nrows(), table.ncols())), chances));
                for (&row, values) in test.iter().zip(table.rows()) {
                    all.row_mut(row).assign(&values);
                }
            }
            model.fit_any(x, y)?;
            let told = whole.ok_or_else(|| value_error("no folds"))?;
            parts.push(corrected(model, told, &codes, &classes, method)?);
        }
        Ok(Calibrated { classes, parts })
    }

    fn predict(
        parameters: &Self::Parameters,
        fitted: &Calibrated,
        x: &Array2<f64>,
    ) -> Result<Target> {
        let table = Self::predict_proba(parameters, fitted, x)?;
        Ok(fitted.classes.of_largest(&table))
    }

    fn predict_proba(
        _parameters: &Self::Parameters,
        fitted: &Calibrated,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        let count = fitted.classes.length().unwrap_or(0);
        let mut table = Array2::zeros((x.nrows(), count));
        for part in &fitted.parts {
            table += &part.chances(x, count)?;
        }
        Ok(table / fitted.parts.len() as f64)
    }

    fn classes(fitted: &Calibrated) -> Result<Target> {
        Ok(fitted.classes.clone())
    }

    fn nested<'a>(parameters: &'a Self::Parameters, name: &str) -> Option<&'a dyn AnyEstimator> {
        (name == "estimator")
            .then(|| parameters.estimator.given())
            .flatten()
    }

    fn renew(parameters: &mut Self::Parameters) {
        if let Some(own) = parameters.estimator.given() {
            parameters.estimator = Inner::from(own.fresh());
        }
    }
}

/// `calibration_curve(y_true, y_prob)`: how often chances came true, and the chances, in bins.
pub fn try_calibration_curve<L: Labels, P: Labels>(
    y: &L,
    chances: &P,
    bins: i64,
    strategy: &str,
) -> Result<(Array1<f64>, Array1<f64>)> {
    let chances = chances.to_target().floats()?;
    let (classes, codes) = y.to_target().encode()?;
    if codes.len() != chances.len() {
        return Err(inconsistent_lengths(&[codes.len(), chances.len()]));
    }
    if chances.iter().any(|value| !(0.0..=1.0).contains(value)) {
        return Err(value_error("y_prob has values outside [0, 1]."));
    }
    let count = classes.length().unwrap_or(0);
    if count > 2 {
        return Err(value_error("Only binary classification is supported."));
    }
    // The label that counts: the second, or the only one where it is a one.
    let positive = match &classes {
        Target::Int(values) => values.iter().position(|value| *value == 1),
        Target::Float(values) => values.iter().position(|value| *value == 1.0),
        Target::Bool(values) => values.iter().position(|value| *value),
        _ => {
            return Err(value_error(
                "y_true takes value in a set of texts and pos_label is not specified: either make y_true take value in {0, 1} or \
                 {-1, 1} or pass pos_label explicitly.",
            ));
        }
    };
    let size = bins as usize;
    if strategy != "quantile" && strategy != "uniform" {
        return Err(invalid_parameter(
            "calibration_curve",
            "strategy",
            "a str among {'quantile', 'uniform'}",
            &format!("'{strategy}'"),
        ));
    }
    let even = crate::np::linspace(0.0, 1.0, bins + 1, true);
    let borders: Vec<f64> = if strategy == "quantile" {
        even.iter()
            .map(|share| percentile(&chances.to_vec(), share * 100.0))
            .collect()
    } else {
        even.to_vec()
    };
    let inner = &borders[1..size];
    let (mut sums, mut hits, mut counts) = (vec![0.0; size], vec![0.0; size], vec![0.0; size]);
    for (&chance, &code) in chances.iter().zip(&codes) {
        let bin = inner.partition_point(|border| *border < chance);
        sums[bin] += chance;
        counts[bin] += 1.0;
        if Some(code) == positive {
            hits[bin] += 1.0;
        }
    }
    let used: Vec<usize> = (0..size).filter(|&bin| counts[bin] > 0.0).collect();
    Ok((
        used.iter().map(|&bin| hits[bin] / counts[bin]).collect(),
        used.iter().map(|&bin| sums[bin] / counts[bin]).collect(),
    ))
}

throwing_functions! {
    /// See `try_calibration_curve`.
    calibration_curve = try_calibration_curve<L: Labels, P: Labels>(y: &L, chances: &P, bins: i64, strategy: &str) -> (Array1<f64>, Array1<f64>);
}
