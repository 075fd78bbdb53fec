//! `BernoulliNB`: which features occur at all.

use super::normalised;
use crate::sklearn::errors::Result;
use crate::sklearn::estimator::{Estimator, Kind, Role, attributes};
use crate::sklearn::linear_model::first_largest;
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

impl Kind for BernoulliNBKind {
    const NAME: &'static str = "BernoulliNB";
    const ROLE: Role = Role::Classifier;
    type Parameters = BernoulliNBParameters;
    type Fitted = Presence;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<Presence> {
        let (classes, codes) = y.classes()?;
        let count = classes.length().unwrap_or(0);
        let x = binary(x, parameters.binarize);
        let mut features = Array2::<f64>::zeros((count, x.ncols()));
        let mut sizes = Array1::<f64>::zeros(count);
        for (row, &code) in x.rows().into_iter().zip(&codes) {
            features.row_mut(code).scaled_add(1.0, &row);
            sizes[code] += 1.0;
        }
        let alpha = parameters.alpha.max(1e-10);
        for (mut row, size) in features.rows_mut().into_iter().zip(&sizes) {
            let whole = (size + 2.0 * alpha).ln();
            row.mapv_inplace(|value| (value + alpha).ln() - whole);
        }
        let whole = sum(sizes.iter().copied()).ln();
        let priors = if parameters.fit_prior {
            sizes.mapv(|size| size.ln() - whole)
        } else {
            Array1::from_elem(count, -(count as f64).ln())
        };
        Ok(Presence {
            classes,
            features,
            priors,
        })
    }

    fn predict(
        parameters: &Self::Parameters,
        fitted: &Presence,
        x: &Array2<f64>,
    ) -> Result<Target> {
        let table = fitted.table(&binary(x, parameters.binarize));
        let rows = table.rows().into_iter();
        let codes: Vec<usize> = rows.map(|row| first_largest(row.iter().copied())).collect();
        Ok(fitted.classes.take(&codes))
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
});
