//! `DummyClassifier` and `DummyRegressor`: answers that ignore the features.

use super::errors::Result;
use super::estimator::{Estimator, Kind, Role, invalid_parameter};
use super::linear_model::first_largest;
use super::parameters::parameters;
use super::sums::{mean, median};
use super::target::Target;
use ndarray::{Array1, Array2};

/// See `DummyClassifier`.
pub struct DummyClassifierKind;
/// The most frequent class.
pub type DummyClassifier = Estimator<DummyClassifierKind>;

parameters! {
    /// Parameters of `DummyClassifier`.
    DummyClassifierParameters for DummyClassifierKind {
        strategy = "strategy": String = "prior".to_string(),
    }
}

/// See `DummyRegressor`.
pub struct DummyRegressorKind;
/// The mean or median of the training targets.
pub type DummyRegressor = Estimator<DummyRegressorKind>;

parameters! {
    /// Parameters of `DummyRegressor`.
    DummyRegressorParameters for DummyRegressorKind {
        constant = "constant": Option<f64> = None,
        strategy = "strategy": String = "mean".to_string(),
    }
}

impl Kind for DummyClassifierKind {
    const NAME: &'static str = "DummyClassifier";
    const ROLE: Role = Role::Classifier;
    const ALLOWS_NAN: bool = true;
    type Parameters = DummyClassifierParameters;
    type Fitted = (Target, Vec<f64>);

    fn fit(parameters: &Self::Parameters, _x: &Array2<f64>, y: &Target) -> Result<Self::Fitted> {
        if !matches!(parameters.strategy.as_str(), "prior" | "most_frequent") {
            let rule = "'prior' or 'most_frequent' here";
            return Err(invalid_parameter(
                Self::NAME,
                "strategy",
                rule,
                &format!("'{}'", parameters.strategy),
            ));
        }
        let (classes, codes) = y.classes()?;
        let mut counts = vec![0usize; classes.length().unwrap_or(0)];
        for code in &codes {
            counts[*code] += 1;
        }
        Ok((
            classes,
            counts
                .iter()
                .map(|count| *count as f64 / codes.len() as f64)
                .collect(),
        ))
    }

    fn predict(
        _parameters: &Self::Parameters,
        fitted: &Self::Fitted,
        x: &Array2<f64>,
    ) -> Result<Target> {
        let code = first_largest(fitted.1.iter().copied());
        Ok(fitted.0.take(&vec![code; x.nrows()]))
    }

    fn predict_proba(
        parameters: &Self::Parameters,
        fitted: &Self::Fitted,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        let code = first_largest(fitted.1.iter().copied());
        let prior = parameters.strategy == "prior";
        Ok(Array2::from_shape_fn(
            (x.nrows(), fitted.1.len()),
            |(_, class)| {
                if prior {
                    fitted.1[class]
                } else {
                    f64::from(u8::from(class == code))
                }
            },
        ))
    }

    fn classes(fitted: &Self::Fitted) -> Result<Target> {
        Ok(fitted.0.clone())
    }
}

impl Kind for DummyRegressorKind {
    const NAME: &'static str = "DummyRegressor";
    const ROLE: Role = Role::Regressor;
    const ALLOWS_NAN: bool = true;
    type Parameters = DummyRegressorParameters;
    type Fitted = f64;

    fn fit(parameters: &Self::Parameters, _x: &Array2<f64>, y: &Target) -> Result<f64> {
        let y = y.floats()?;
        match (parameters.strategy.as_str(), parameters.constant) {
            ("mean", _) => Ok(mean(y)),
            ("median", _) => Ok(median(&y.to_vec())),
            ("constant", Some(value)) => Ok(value),
            (other, _) => {
                let rule = "'mean', 'median' or 'constant' (with a constant) here";
                Err(invalid_parameter(
                    Self::NAME,
                    "strategy",
                    rule,
                    &format!("'{other}'"),
                ))
            }
        }
    }

    fn predict(_parameters: &Self::Parameters, fitted: &f64, x: &Array2<f64>) -> Result<Target> {
        Ok(Target::Float(Array1::from_elem(x.nrows(), *fitted)))
    }
}
