//! `MultinomialNB`: counts of words.

use super::{Tally, normalised};
use crate::sklearn::errors::{Result, value_error};
use crate::sklearn::estimator::{Estimator, Kind, Role, attributes};
use crate::sklearn::parameters::parameters;
use crate::sklearn::sums::sum;
use crate::sklearn::target::Target;
use ndarray::{Array1, Array2};

/// See `MultinomialNB`.
pub struct MultinomialNBKind;
/// Classes differ by how often each feature occurs.
pub type MultinomialNB = Estimator<MultinomialNBKind>;

parameters! {
    /// Parameters of `MultinomialNB`.
    MultinomialNBParameters for MultinomialNBKind {
        alpha = "alpha": f64 = 1.0,
        fit_prior = "fit_prior": bool = true,
    }
}

/// What `MultinomialNB` learns.
pub struct Words {
    classes: Target,
    features: Array2<f64>,
    priors: Array1<f64>,
    tally: Tally,
}

fn counted(
    parameters: &MultinomialNBParameters,
    before: Option<&Words>,
    x: &Array2<f64>,
    y: &Target,
    classes: &Target,
) -> Result<Words> {
    if x.iter().any(|value| *value < 0.0) {
        return Err(value_error(
            "Negative values in data passed to MultinomialNB (input X).",
        ));
    }
    let tally = Tally::new(before.map(|before| &before.tally), x, y, classes)?;
    // Below this scikit-learn takes the smoothing up, so that no logarithm is of zero.
    let mut features = &tally.sums + parameters.alpha.max(1e-10);
    for mut row in features.rows_mut() {
        let total = sum(row.iter().copied()).ln();
        row.mapv_inplace(|value| value.ln() - total);
    }
    Ok(Words {
        classes: tally.classes.clone(),
        features,
        priors: tally.priors(parameters.fit_prior),
        tally,
    })
}

impl Kind for MultinomialNBKind {
    const NAME: &'static str = "MultinomialNB";
    const ROLE: Role = Role::Classifier;
    type Parameters = MultinomialNBParameters;
    type Fitted = Words;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<Words> {
        let classes = y.classes()?.0;
        counted(parameters, None, x, y, &classes)
    }

    fn learn_more(
        parameters: &Self::Parameters,
        before: Option<&Words>,
        x: &Array2<f64>,
        y: &Target,
        classes: &Target,
    ) -> Result<Words> {
        counted(parameters, before, x, y, classes)
    }

    fn predict(_parameters: &Self::Parameters, fitted: &Words, x: &Array2<f64>) -> Result<Target> {
        let table = x.dot(&fitted.features.t()) + &fitted.priors;
        Ok(fitted.classes.of_largest(&table))
    }

    fn predict_proba(
        _parameters: &Self::Parameters,
        fitted: &Words,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        Ok(normalised(x.dot(&fitted.features.t()) + &fitted.priors))
    }

    fn classes(fitted: &Words) -> Result<Target> {
        Ok(fitted.classes.clone())
    }
}

attributes!(MultinomialNB {
    /// Logarithms of the features' shares in each class.
    feature_log_prob_ / try_feature_log_prob_: Array2<f64> = |fitted| fitted.features.clone();
    /// Logarithms of the classes' shares.
    class_log_prior_ / try_class_log_prior_: Array1<f64> = |fitted| fitted.priors.clone();
    /// The sums of the features in each class.
    feature_count_ / try_feature_count_: Array2<f64> = |fitted| fitted.tally.sums.clone();
    /// Sizes of the classes.
    class_count_ / try_class_count_: Array1<f64> = |fitted| fitted.tally.sizes.clone();
});
