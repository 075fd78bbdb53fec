//! `VarianceThreshold`.

use super::{keep, places, put_back};
use crate::sklearn::errors::{Result, value_error};
use crate::sklearn::estimator::{Estimator, Kind, Role, attributes};
use crate::sklearn::parameters::parameters;
use crate::sklearn::target::Target;
use ndarray::{Array1, Array2};

/// See `VarianceThreshold`.
pub struct VarianceThresholdKind;
/// The features that vary more than a threshold.
pub type VarianceThreshold = Estimator<VarianceThresholdKind>;

parameters! {
    /// Parameters of `VarianceThreshold`.
    VarianceThresholdParameters for VarianceThresholdKind {
        threshold = "threshold": f64 = 0.0,
    }
}

/// The variances, and which features stay.
pub struct Varying {
    variances: Array1<f64>,
    mask: Vec<bool>,
}

impl Kind for VarianceThresholdKind {
    const NAME: &'static str = "VarianceThreshold";
    const ROLE: Role = Role::Transformer;
    type Parameters = VarianceThresholdParameters;
    type Fitted = Varying;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, _y: &Target) -> Result<Varying> {
        let mut variances = crate::np::var_axis(x, 0, 0);
        if parameters.threshold == 0.0 {
            // A constant column can have a variance from rounding, but never a range.
            let ranges = crate::np::ptp_axis(x, 0);
            variances.zip_mut_with(&ranges, |variance, range| *variance = variance.min(*range));
        }
        let mask: Vec<bool> = variances
            .iter()
            .map(|variance| *variance > parameters.threshold)
            .collect();
        if !mask.contains(&true) {
            let extra = if x.nrows() == 1 {
                " (X contains only one sample)"
            } else {
                ""
            };
            return Err(value_error(format!(
                "No feature in X meets the variance threshold {:.5}{extra}",
                parameters.threshold
            )));
        }
        Ok(Varying { variances, mask })
    }

    fn transform(_: &Self::Parameters, fitted: &Varying, x: &Array2<f64>) -> Result<Array2<f64>> {
        Ok(keep(x, &fitted.mask))
    }

    fn inverse_transform(
        _: &Self::Parameters,
        fitted: &Varying,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        put_back(x, &fitted.mask)
    }
}

attributes!(VarianceThreshold {
    /// The variances.
    variances_ / try_variances_: Array1<f64> = |fitted| fitted.variances.clone();
    /// `get_support()`.
    get_support / try_get_support: Array1<bool> = |fitted| fitted.mask.clone().into();
    /// `get_support(indices=True)`.
    support_places / try_support_places: Array1<i64> = |fitted| places(&fitted.mask);
});
