//! `AdaBoostRegressor`: rows that were missed are drawn more often in the next round.

use crate::sklearn::errors::Result;
use crate::sklearn::estimator::{AnyEstimator, Estimator, Kind, Role, attributes};
use crate::sklearn::parameters::{Inner, Param, parameters};
use crate::sklearn::random::RandomState;
use crate::sklearn::sums::sum;
use crate::sklearn::target::{Target, compare};
use crate::sklearn::tree::DecisionTreeRegressor;
use ndarray::{Array1, Array2, Axis};

/// See `AdaBoostRegressor`.
pub struct AdaBoostRegressorKind;
/// Rounds of regressors on drawn rows.
pub type AdaBoostRegressor = Estimator<AdaBoostRegressorKind>;

parameters! {
    /// Parameters of `AdaBoostRegressor`.
    AdaBoostRegressorParameters for AdaBoostRegressorKind {
        estimator = "estimator": Inner = Inner::default(),
        learning_rate = "learning_rate": f64 = 1.0,
        loss = "loss": String = "linear".to_string(),
        n_estimators = "n_estimators": i64 = 50,
        random_state = "random_state": Option<i64> = None,
    }
}

/// The regressors with their weights.
pub struct Rounds {
    models: Vec<Box<dyn AnyEstimator>>,
    weights: Vec<f64>,
    errors: Vec<f64>,
}

impl Kind for AdaBoostRegressorKind {
    const NAME: &'static str = "AdaBoostRegressor";
    const ROLE: Role = Role::Regressor;
    type Parameters = AdaBoostRegressorParameters;
    type Fitted = Rounds;

    fn members(
        _parameters: &Self::Parameters,
        fitted: &Rounds,
    ) -> Result<Vec<(String, crate::sklearn::Model)>> {
        let models = fitted.models.iter();
        Ok(models
            .map(|each| (String::new(), each.share().into()))
            .collect())
    }

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<Rounds> {
        let values = y.floats()?;
        let count = values.len();
        let mut random = RandomState::from_seed(parameters.random_state);
        let mut shares = vec![1.0 / count as f64; count];
        let wanted = parameters.n_estimators as usize;
        let mut rounds = Rounds {
            models: Vec::new(),
            weights: vec![0.0; wanted],
            errors: vec![1.0; wanted],
        };
        for round in 0..wanted {
            for share in &mut shares {
                *share = share.max(f64::EPSILON);
            }
            let own = parameters.estimator.given().map_or_else(
                || {
                    Box::new(DecisionTreeRegressor::new().max_depth(Some(3)))
                        as Box<dyn AnyEstimator>
                },
                AnyEstimator::fresh,
            );
            let mut seeds = own.seeds();
            seeds.sort();
            for name in seeds {
                own.set_any(&name, &Param::Int(random.randint(0, i64::from(i32::MAX))))?;
            }
            let mut reached = 0.0;
            let mut steps: Vec<f64> = shares
                .iter()
                .map(|share| {
                    reached += share;
                    reached
                })
                .collect();
            steps.iter_mut().for_each(|step| *step /= reached);
            let rows: Vec<usize> = (0..count)
                .map(|_| {
                    let value = random.random();
                    steps.partition_point(|step| *step <= value)
                })
                .collect();
            own.fit_any(&x.select(Axis(0), &rows), &y.take(&rows))?;
            let told = own.predict_any(x)?.floats()?;
            rounds.models.push(own);
            let mut gaps: Vec<f64> = told
                .iter()
                .zip(&values)
                .map(|(told, value)| (told - value).abs())
                .collect();
            let largest = gaps.iter().copied().fold(0.0, f64::max);
            for gap in &mut gaps {
                if largest != 0.0 {
                    *gap /= largest;
                }
                *gap = match parameters.loss.as_str() {
                    "square" => *gap * *gap,
                    "exponential" => 1.0 - (-*gap).exp(),
                    _ => *gap,
                };
            }
            let error = sum(shares.iter().zip(&gaps).map(|(share, gap)| share * gap));
            if error <= 0.0 {
                (rounds.weights[round], rounds.errors[round]) = (1.0, 0.0);
                break;
            }
            if error >= 0.5 {
                if rounds.models.len() > 1 {
                    rounds.models.pop();
                }
                break;
            }
            let beta = error / (1.0 - error);
            rounds.weights[round] = parameters.learning_rate * (1.0 / beta).ln();
            rounds.errors[round] = error;
            if round + 1 < wanted {
                for (share, gap) in shares.iter_mut().zip(&gaps) {
                    *share *= beta.powf((1.0 - gap) * parameters.learning_rate);
                }
                let total = sum(shares.iter().copied());
                if total <= 0.0 {
                    break;
                }
                shares.iter_mut().for_each(|share| *share /= total);
            }
        }
        Ok(rounds)
    }

    fn predict(_: &Self::Parameters, fitted: &Rounds, x: &Array2<f64>) -> Result<Target> {
        let told: Vec<Array1<f64>> = fitted
            .models
            .iter()
            .map(|model| model.predict_any(x)?.floats())
            .collect::<Result<_>>()?;
        let middle = (0..x.nrows()).map(|row| {
            let mut order: Vec<usize> = (0..told.len()).collect();
            order.sort_by(|a, b| compare(&told[*a][row], &told[*b][row]));
            let mut reached = 0.0;
            let sums: Vec<f64> = order
                .iter()
                .map(|&at| {
                    reached += fitted.weights[at];
                    reached
                })
                .collect();
            let place = sums
                .iter()
                .position(|own| *own >= 0.5 * reached)
                .unwrap_or(0);
            told[order[place]][row]
        });
        Ok(Target::Float(middle.collect()))
    }

    fn importances(fitted: &Rounds) -> Result<Array1<f64>> {
        let norm = sum(fitted.weights.iter().copied());
        let mut total: Option<Array1<f64>> = None;
        for (model, weight) in fitted.models.iter().zip(&fitted.weights) {
            let own = model.importances_any()? * *weight;
            total = Some(match total {
                Some(total) => total + own,
                None => own,
            });
        }
        Ok(total.unwrap_or_default() / norm)
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

attributes!(AdaBoostRegressor {
    /// The weights of the regressors.
    estimator_weights_ / try_estimator_weights_: Array1<f64> = |fitted| fitted.weights.clone().into();
    /// Their errors.
    estimator_errors_ / try_estimator_errors_: Array1<f64> = |fitted| fitted.errors.clone().into();
    /// How much each feature matters.
    feature_importances_ / try_feature_importances_: Array1<f64> = |fitted| AdaBoostRegressorKind::importances(&fitted)?;
});
