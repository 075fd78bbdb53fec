//! `RANSACRegressor`: the regressor that most rows agree with.

use super::LinearRegression;
use crate::sklearn::errors::{Result, value_error, warn};
use crate::sklearn::estimator::{AnyEstimator, Estimator, Kind, Role, attributes};
use crate::sklearn::parameters::{Inner, Param, parameters};
use crate::sklearn::random::{RandomState, sample_without_replacement};
use crate::sklearn::sums::median;
use crate::sklearn::target::Target;
use ndarray::{Array1, Array2, Axis};

/// See `RANSACRegressor`.
pub struct RANSACRegressorKind;
/// A regressor of the rows that a few drawn ones agree with.
pub type RANSACRegressor = Estimator<RANSACRegressorKind>;

parameters! {
    /// Parameters of `RANSACRegressor`.
    RANSACRegressorParameters for RANSACRegressorKind {
        estimator = "estimator": Inner = Inner::default(),
        loss = "loss": String = "absolute_error".to_string(),
        max_skips = "max_skips": f64 = f64::INFINITY,
        max_trials = "max_trials": i64 = 100,
        min_samples = "min_samples": Param = Param::Nothing,
        random_state = "random_state": Option<i64> = None,
        residual_threshold = "residual_threshold": Option<f64> = None,
        stop_n_inliers = "stop_n_inliers": f64 = f64::INFINITY,
        stop_probability = "stop_probability": f64 = 0.99,
        stop_score = "stop_score": f64 = f64::INFINITY,
    }
}

/// What `RANSACRegressor` learns.
pub struct Consensus {
    model: Box<dyn AnyEstimator>,
    inliers: Vec<bool>,
    trials: i64,
    skipped: i64,
}

/// How many draws make it likely that one is without outliers.
fn trials(inliers: usize, rows: usize, drawn: usize, probability: f64) -> f64 {
    let share = inliers as f64 / rows as f64;
    let over = (1.0 - probability).max(f64::EPSILON);
    let under = (1.0 - share.powf(drawn as f64)).max(f64::EPSILON);
    if over == 1.0 {
        return 0.0;
    }
    if under == 1.0 {
        return f64::INFINITY;
    }
    (over.ln() / under.ln()).ceil().abs()
}

fn drawn_rows(given: &Param, x: &Array2<f64>, model: &dyn AnyEstimator) -> Result<usize> {
    let count = match given {
        Param::Nothing if model.name() == "LinearRegression" => x.ncols() + 1,
        Param::Nothing => {
            return Err(value_error(
                "`min_samples` needs to be explicitly set when estimator is not a LinearRegression.",
            ));
        }
        Param::Float(share) if *share < 1.0 => (share * x.nrows() as f64).ceil() as usize,
        Param::Float(count) => *count as usize,
        Param::Int(count) | Param::NumpyInt(count) => *count as usize,
        _ => {
            return Err(value_error(
                "The 'min_samples' parameter is not understood.",
            ));
        }
    };
    if count > x.nrows() {
        return Err(value_error(format!(
            "`min_samples` may not be larger than number of samples: n_samples = {}.",
            x.nrows()
        )));
    }
    Ok(count)
}

impl Kind for RANSACRegressorKind {
    const NAME: &'static str = "RANSACRegressor";
    const ROLE: Role = Role::Regressor;
    type Parameters = RANSACRegressorParameters;
    type Fitted = Consensus;

    fn renew(parameters: &mut Self::Parameters) {
        if parameters.estimator.given().is_some() {
            parameters.estimator = Inner::from(parameters.estimator.fresh());
        }
    }

    fn nested<'a>(parameters: &'a Self::Parameters, name: &str) -> Option<&'a dyn AnyEstimator> {
        (name == "estimator")
            .then(|| parameters.estimator.given())
            .flatten()
    }

    fn inside(fitted: &Consensus, name: &str) -> Option<Box<dyn AnyEstimator>> {
        (name == "estimator_").then(|| fitted.model.share())
    }

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<Consensus> {
        let model = match parameters.estimator.given() {
            Some(own) => own.fresh(),
            None => Box::new(LinearRegression::new()),
        };
        if !model.seeds().is_empty() {
            crate::py::unsupported("RANSACRegressor of an estimator that draws");
        }
        let values = y.floats()?;
        let count = drawn_rows(&parameters.min_samples, x, model.as_ref())?;
        let threshold = parameters.residual_threshold.unwrap_or_else(|| {
            let middle = median(&values.to_vec());
            median(&values.mapv(|value| (value - middle).abs()).to_vec())
        });
        let mut random = RandomState::from_seed(parameters.random_state);
        let mut best: Option<Vec<usize>> = None;
        let (mut best_count, mut best_score) = (1, f64::NEG_INFINITY);
        let (mut round, mut skipped) = (0, 0i64);
        let mut most = parameters.max_trials as f64;
        while (round as f64) < most {
            round += 1;
            if skipped as f64 > parameters.max_skips {
                break;
            }
            let rows = sample_without_replacement(x.nrows(), count, &mut random);
            model.fit_any(&x.select(Axis(0), &rows), &y.take(&rows))?;
            let found = model.predict_any(x)?.floats()?;
            let loss = |gap: f64| match parameters.loss.as_str() {
                "squared_error" => gap * gap,
                _ => gap.abs(),
            };
            let inliers: Vec<usize> = (0..x.nrows())
                .filter(|&row| loss(values[row] - found[row]) <= threshold)
                .collect();
            if inliers.len() < best_count {
                skipped += 1;
                continue;
            }
            let score = model.score_any(&x.select(Axis(0), &inliers), &y.take(&inliers))?;
            if inliers.len() == best_count && score < best_score {
                continue;
            }
            (best_count, best_score) = (inliers.len(), score);
            best = Some(inliers);
            most = most.min(trials(
                best_count,
                x.nrows(),
                count,
                parameters.stop_probability,
            ));
            if best_count as f64 >= parameters.stop_n_inliers || best_score >= parameters.stop_score
            {
                break;
            }
        }
        let Some(best) = best else {
            return Err(value_error(if skipped as f64 > parameters.max_skips {
                "RANSAC skipped more iterations than `max_skips` without finding a valid consensus set. Iterations were skipped because \
                 each randomly chosen sub-sample failed the passing criteria. See estimator attributes for diagnostics (n_skips*)."
            } else {
                "RANSAC could not find a valid consensus set. All `max_trials` iterations were skipped because each randomly chosen \
                 sub-sample failed the passing criteria. See estimator attributes for diagnostics (n_skips*)."
            }));
        };
        if skipped as f64 > parameters.max_skips {
            warn(
                "ConvergenceWarning",
                "RANSAC found a valid consensus set but exited early due to skipping more iterations than `max_skips`. See estimator \
                 attributes for diagnostics (n_skips*).",
            );
        }
        model.fit_any(&x.select(Axis(0), &best), &y.take(&best))?;
        let mut inliers = vec![false; x.nrows()];
        best.iter().for_each(|&row| inliers[row] = true);
        Ok(Consensus {
            model,
            inliers,
            trials: round,
            skipped,
        })
    }

    fn predict(
        _parameters: &Self::Parameters,
        fitted: &Consensus,
        x: &Array2<f64>,
    ) -> Result<Target> {
        fitted.model.predict_any(x)
    }

    fn score(
        _parameters: &Self::Parameters,
        fitted: &Consensus,
        x: &Array2<f64>,
        y: &Target,
    ) -> Option<Result<f64>> {
        Some(fitted.model.score_any(x, y))
    }
}

attributes!(RANSACRegressor {
    /// Which rows the regressor was made of.
    inlier_mask_ / try_inlier_mask_: Array1<bool> = |fitted| fitted.inliers.clone().into();
    /// Draws.
    n_trials_ / try_n_trials_: i64 = |fitted| fitted.trials;
    /// Draws that too few rows agreed with.
    n_skips_no_inliers_ / try_n_skips_no_inliers_: i64 = |fitted| fitted.skipped;
});

impl RANSACRegressor {
    /// `estimator_`, as its own type.
    pub fn try_estimator_<E: Clone + 'static>(&self) -> Result<E> {
        let fitted = self.fitted_for("estimator_")?;
        let own = fitted.model.as_any().downcast_ref::<E>().cloned();
        own.ok_or_else(|| crate::sklearn::errors::no_attribute("RANSACRegressor", "estimator_"))
    }

    /// See `try_estimator_`.
    pub fn estimator_<E: Clone + 'static>(&self) -> E {
        crate::sklearn::errors::unwrap(self.try_estimator_())
    }
}
