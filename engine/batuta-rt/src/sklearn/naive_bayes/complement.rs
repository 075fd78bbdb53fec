//! `ComplementNB`: counts of words in all other classes.

use super::{Tally, normalised};
use crate::sklearn::errors::{Result, value_error};
use crate::sklearn::estimator::{Estimator, Kind, Role, attributes};
use crate::sklearn::parameters::parameters;
use crate::sklearn::sums::sum;
use crate::sklearn::target::Target;
use ndarray::Array2;

/// See `ComplementNB`.
pub struct ComplementNBKind;
/// A class is what the others are not.
pub type ComplementNB = Estimator<ComplementNBKind>;

parameters! {
    /// Parameters of `ComplementNB`.
    ComplementNBParameters for ComplementNBKind {
        alpha = "alpha": f64 = 1.0,
        norm = "norm": bool = false,
    }
}

/// The classes and the weights of the features against each.
pub struct Others {
    classes: Target,
    features: Array2<f64>,
    tally: Tally,
}

fn counted(
    parameters: &ComplementNBParameters,
    before: Option<&Others>,
    x: &Array2<f64>,
    y: &Target,
    classes: &Target,
) -> Result<Others> {
    if x.iter().any(|value| *value < 0.0) {
        return Err(value_error(
            "Negative values in data passed to ComplementNB (input X).",
        ));
    }
    let tally = Tally::new(before.map(|before| &before.tally), x, y, classes)?;
    let mut features = tally.sums.clone();
    let all = features.sum_axis(ndarray::Axis(0)) + parameters.alpha.max(1e-10);
    for mut row in features.rows_mut() {
        let rest = &all - &row;
        let total = sum(rest.iter().copied());
        row.assign(&rest.mapv(|value| (value / total).ln()));
        let whole = sum(row.iter().copied());
        row /= if parameters.norm { whole } else { -1.0 };
    }
    Ok(Others {
        classes: tally.classes.clone(),
        features,
        tally,
    })
}

impl Kind for ComplementNBKind {
    const NAME: &'static str = "ComplementNB";
    const ROLE: Role = Role::Classifier;
    type Parameters = ComplementNBParameters;
    type Fitted = Others;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<Others> {
        let classes = y.classes()?.0;
        counted(parameters, None, x, y, &classes)
    }

    fn learn_more(
        parameters: &Self::Parameters,
        before: Option<&Others>,
        x: &Array2<f64>,
        y: &Target,
        classes: &Target,
    ) -> Result<Others> {
        counted(parameters, before, x, y, classes)
    }

    fn predict(_: &Self::Parameters, fitted: &Others, x: &Array2<f64>) -> Result<Target> {
        let table = x.dot(&fitted.features.t());
        Ok(fitted.classes.of_largest(&table))
    }

    fn predict_proba(
        _: &Self::Parameters,
        fitted: &Others,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        Ok(normalised(x.dot(&fitted.features.t())))
    }

    fn classes(fitted: &Others) -> Result<Target> {
        Ok(fitted.classes.clone())
    }
}

attributes!(ComplementNB {
    /// The weights of the features against each class.
    feature_log_prob_ / try_feature_log_prob_: Array2<f64> = |fitted| fitted.features.clone();
});
