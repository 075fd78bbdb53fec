//! `BernoulliNB`: which features occur at all.

use super::{Tally, normalised};
use crate::sklearn::errors::Result;
use crate::sklearn::estimator::{Estimator, Kind, Role, attributes};
use crate::sklearn::parameters::parameters;
use crate::sklearn::sums::sum;
use crate::sklearn::target::Target;
use ndarray::{Array1, Array2};

/// See `BernoulliNB`.
pub struct BernoulliNBKind;
/// Classes differ by how often each feature is there.
pub type BernoulliNB = Estimator<BernoulliNBKind>;

parameters! {
    /// Parameters of `BernoulliNB`.
    BernoulliNBParameters for BernoulliNBKind {
        alpha = "alpha": f64 = 1.0,
        binarize = "binarize": Option<f64> = Some(0.0),
        fit_prior = "fit_prior": bool = true,
    }
}

/// What `BernoulliNB` learns.
pub struct Presence {
    classes: Target,
    features: Array2<f64>,
    priors: Array1<f64>,
    tally: Tally,
}

fn binary(x: &Array2<f64>, threshold: Option<f64>) -> Array2<f64> {
    threshold.map_or_else(
        || x.clone(),
        |threshold| x.mapv(|value| f64::from(u8::from(value > threshold))),
    )
}

impl Presence {
    fn table(&self, x: &Array2<f64>) -> Array2<f64> {
        let absent = self.features.mapv(|value| (1.0 - value.exp()).ln());
        let constants: Array1<f64> = absent
            .rows()
            .into_iter()
            .zip(&self.priors)
            .map(|(row, prior)| prior + sum(row.iter().copied()))
            .collect();
        x.dot(&(&self.features - &absent).t()) + &constants
    }
}

fn counted(
    parameters: &BernoulliNBParameters,
    before: Option<&Presence>,
    x: &Array2<f64>,
    y: &Target,
    classes: &Target,
) -> Result<Presence> {
    let x = binary(x, parameters.binarize);
    let tally = Tally::new(before.map(|before| &before.tally), &x, y, classes)?;
    let alpha = parameters.alpha.max(1e-10);
    let mut features = tally.sums.clone();
    for (mut row, size) in features.rows_mut().into_iter().zip(&tally.sizes) {
        let whole = (size + 2.0 * alpha).ln();
        row.mapv_inplace(|value| (value + alpha).ln() - whole);
    }
    Ok(Presence {
        classes: tally.classes.clone(),
        features,
        priors: tally.priors(parameters.fit_prior),
        tally,
    })
}

impl Kind for BernoulliNBKind {
    const NAME: &'static str = "BernoulliNB";
    const ROLE: Role = Role::Classifier;
    type Parameters = BernoulliNBParameters;
    type Fitted = Presence;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<Presence> {
        let classes = y.classes()?.0;
        counted(parameters, None, x, y, &classes)
    }

    fn learn_more(
        parameters: &Self::Parameters,
        before: Option<&Presence>,
        x: &Array2<f64>,
        y: &Target,
        classes: &Target,
    ) -> Result<Presence> {
        counted(parameters, before, x, y, classes)
    }

    fn predict(
        parameters: &Self::Parameters,
        fitted: &Presence,
        x: &Array2<f64>,
    ) -> Result<Target> {
        let table = fitted.table(&binary(x, parameters.binarize));
        Ok(fitted.classes.of_largest(&table))
    }

    fn predict_proba(
        parameters: &Self::Parameters,
        fitted: &Presence,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        Ok(normalised(fitted.table(&binary(x, parameters.binarize))))
    }

    fn classes(fitted: &Presence) -> Result<Target> {
        Ok(fitted.classes.clone())
    }
}

attributes!(BernoulliNB {
    /// Logarithms of how often each feature is there in each class.
    feature_log_prob_ / try_feature_log_prob_: Array2<f64> = |fitted| fitted.features.clone();
    /// Logarithms of the classes' shares.
    class_log_prior_ / try_class_log_prior_: Array1<f64> = |fitted| fitted.priors.clone();
    /// The sums of the features in each class.
    feature_count_ / try_feature_count_: Array2<f64> = |fitted| fitted.tally.sums.clone();
    /// Sizes of the classes.
    class_count_ / try_class_count_: Array1<f64> = |fitted| fitted.tally.sizes.clone();
});
