//! `MultinomialNB`: counts of words.

use super::normalised;
use crate::sklearn::errors::{Result, value_error};
use crate::sklearn::estimator::{Estimator, Kind, Role, attributes};
use crate::sklearn::linear_model::first_largest;
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
}

impl Kind for MultinomialNBKind {
    const NAME: &'static str = "MultinomialNB";
    const ROLE: Role = Role::Classifier;
    type Parameters = MultinomialNBParameters;
    type Fitted = Words;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<Words> {
        if x.iter().any(|value| *value < 0.0) {
            return Err(value_error(
                "Negative values in data passed to MultinomialNB (input X).",
            ));
        }
        let (classes, codes) = y.classes()?;
        let count = classes.length().unwrap_or(0);
        let mut features = Array2::<f64>::zeros((count, x.ncols()));
        let mut sizes = Array1::<f64>::zeros(count);
        for (row, &code) in x.rows().into_iter().zip(&codes) {
            features.row_mut(code).scaled_add(1.0, &row);
            sizes[code] += 1.0;
        }
        // Below this scikit-learn takes the smoothing up, so that no logarithm is of zero.
        features += parameters.alpha.max(1e-10);
        for mut row in features.rows_mut() {
            let total = sum(row.iter().copied()).ln();
            row.mapv_inplace(|value| value.ln() - total);
        }
        let whole = sum(sizes.iter().copied()).ln();
        let priors = if parameters.fit_prior {
            sizes.mapv(|size| size.ln() - whole)
        } else {
            Array1::from_elem(count, -(count as f64).ln())
        };
        Ok(Words {
            classes,
            features,
            priors,
        })
    }

    fn predict(_parameters: &Self::Parameters, fitted: &Words, x: &Array2<f64>) -> Result<Target> {
        let table = x.dot(&fitted.features.t()) + &fitted.priors;
        let codes: Vec<usize> = table
            .rows()
            .into_iter()
            .map(|row| first_largest(row.iter().copied()))
            .collect();
        Ok(fitted.classes.take(&codes))
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
});
