//! `VotingClassifier` and `VotingRegressor`: several estimators decide together.

use crate::sklearn::errors::{Result, no_attribute};
use crate::sklearn::estimator::{AnyEstimator, Estimator, Kind, Role};
use crate::sklearn::parameters::{Named, NamedList, parameters};
use crate::sklearn::target::Target;
use ndarray::{Array1, Array2};

/// See `VotingClassifier`.
pub struct VotingClassifierKind;
/// The class that most estimators name, or that has the highest mean chance.
pub type VotingClassifier = Estimator<VotingClassifierKind>;

parameters! {
    /// Parameters of `VotingClassifier`.
    VotingClassifierParameters for VotingClassifierKind {
        estimators = "estimators": Named = Named::default(),
        voting = "voting": String = "hard".to_string(),
        weights = "weights": Option<Vec<f64>> = None,
    }
}

/// See `VotingRegressor`.
pub struct VotingRegressorKind;
/// The mean of what the estimators predict.
pub type VotingRegressor = Estimator<VotingRegressorKind>;

parameters! {
    /// Parameters of `VotingRegressor`.
    VotingRegressorParameters for VotingRegressorKind {
        estimators = "estimators": Named = Named::default(),
        weights = "weights": Option<Vec<f64>> = None,
    }
}

/// The fitted estimators.
pub struct Voters {
    models: Vec<Box<dyn AnyEstimator>>,
    classes: Target,
}

impl VotingClassifier {
    /// The same with one more voter.
    pub fn voter(self, name: &str, estimator: &dyn AnyEstimator) -> Self {
        self.change(|own| own.estimators.add(name, estimator))
    }

    /// The same with the estimators of a list.
    pub fn voters(self, list: &impl NamedList) -> Self {
        self.change(|own| own.estimators = list.named())
    }
}

impl VotingRegressor {
    /// The same with one more voter.
    pub fn voter(self, name: &str, estimator: &dyn AnyEstimator) -> Self {
        self.change(|own| own.estimators.add(name, estimator))
    }

    /// The same with the estimators of a list.
    pub fn voters(self, list: &impl NamedList) -> Self {
        self.change(|own| own.estimators = list.named())
    }
}

fn learn(estimators: &Named, x: &Array2<f64>, y: &Target) -> Result<Vec<Box<dyn AnyEstimator>>> {
    estimators
        .all()
        .map(|estimator| {
            let own = estimator.fresh();
            own.fit_any(x, y)?;
            Ok(own)
        })
        .collect()
}

fn weight(weights: Option<&Vec<f64>>, at: usize) -> f64 {
    weights.map_or(1.0, |weights| weights[at])
}

/// The weighted mean of the chances.
fn chances(
    parameters: &VotingClassifierParameters,
    fitted: &Voters,
    x: &Array2<f64>,
) -> Result<Array2<f64>> {
    let mut table = Array2::zeros((x.nrows(), fitted.classes.length().unwrap_or(0)));
    let mut total = 0.0;
    for (at, model) in fitted.models.iter().enumerate() {
        let weight = weight(parameters.weights.as_ref(), at);
        table.scaled_add(weight, &model.predict_proba_any(x)?);
        total += weight;
    }
    Ok(table / total)
}

impl Kind for VotingClassifierKind {
    const NAME: &'static str = "VotingClassifier";
    const ROLE: Role = Role::Classifier;
    const ALLOWS_TEXTS: bool = true;
    type Parameters = VotingClassifierParameters;
    type Fitted = Voters;

    fn members(
        parameters: &Self::Parameters,
        fitted: &Voters,
    ) -> Result<Vec<(String, crate::sklearn::Model)>> {
        Ok(parameters.estimators.with_names(&fitted.models))
    }

    fn offers(parameters: &Self::Parameters, method: &str) -> Option<bool> {
        Some(method == "predict_proba" && parameters.voting == "soft")
    }

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<Voters> {
        let (classes, codes) = y.classes()?;
        let numbers = Target::Int(codes.into_iter().map(|code| code as i64).collect());
        Ok(Voters {
            models: learn(&parameters.estimators, x, &numbers)?,
            classes,
        })
    }

    fn predict(parameters: &Self::Parameters, fitted: &Voters, x: &Array2<f64>) -> Result<Target> {
        let table = if parameters.voting == "soft" {
            chances(parameters, fitted, x)?
        } else {
            let mut table = Array2::zeros((x.nrows(), fitted.classes.length().unwrap_or(0)));
            for (at, model) in fitted.models.iter().enumerate() {
                let codes = model.predict_any(x)?.floats()?;
                for (row, code) in codes.iter().enumerate() {
                    table[(row, *code as usize)] += weight(parameters.weights.as_ref(), at);
                }
            }
            table
        };
        Ok(fitted.classes.of_largest(&table))
    }

    fn predict_proba(
        parameters: &Self::Parameters,
        fitted: &Voters,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        if parameters.voting != "soft" {
            return Err(no_attribute(Self::NAME, "predict_proba"));
        }
        chances(parameters, fitted, x)
    }

    fn classes(fitted: &Voters) -> Result<Target> {
        Ok(fitted.classes.clone())
    }

    fn nested<'a>(parameters: &'a Self::Parameters, name: &str) -> Option<&'a dyn AnyEstimator> {
        parameters.estimators.get(name)
    }

    fn renew(parameters: &mut Self::Parameters) {
        parameters.estimators = parameters.estimators.fresh();
    }
}

impl Kind for VotingRegressorKind {
    const NAME: &'static str = "VotingRegressor";
    const ROLE: Role = Role::Regressor;
    const ALLOWS_TEXTS: bool = true;
    type Parameters = VotingRegressorParameters;
    type Fitted = Voters;

    fn members(
        parameters: &Self::Parameters,
        fitted: &Voters,
    ) -> Result<Vec<(String, crate::sklearn::Model)>> {
        Ok(parameters.estimators.with_names(&fitted.models))
    }

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<Voters> {
        Ok(Voters {
            models: learn(&parameters.estimators, x, y)?,
            classes: Target::Absent,
        })
    }

    fn predict(parameters: &Self::Parameters, fitted: &Voters, x: &Array2<f64>) -> Result<Target> {
        let mut values = Array1::<f64>::zeros(x.nrows());
        let mut total = 0.0;
        for (at, model) in fitted.models.iter().enumerate() {
            let weight = weight(parameters.weights.as_ref(), at);
            values.scaled_add(weight, &model.predict_any(x)?.floats()?);
            total += weight;
        }
        Ok(Target::Float(values / total))
    }

    fn nested<'a>(parameters: &'a Self::Parameters, name: &str) -> Option<&'a dyn AnyEstimator> {
        parameters.estimators.get(name)
    }

    fn renew(parameters: &mut Self::Parameters) {
        parameters.estimators = parameters.estimators.fresh();
    }
}
