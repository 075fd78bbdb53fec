//! `StandardScaler`.

use crate::sklearn::errors::Result;
use crate::sklearn::estimator::{Estimator, Kind, Role, attributes};
use crate::sklearn::parameters::parameters;
use crate::sklearn::sums::column_sums;
use crate::sklearn::target::Target;
use ndarray::{Array1, Array2};

/// See `StandardScaler`.
pub struct StandardScalerKind;
/// Takes the mean away and divides by the standard deviation, column by column; NaN is left out and kept.
pub type StandardScaler = Estimator<StandardScalerKind>;

parameters! {
    /// Parameters of `StandardScaler`.
    StandardScalerParameters for StandardScalerKind {
        with_mean = "with_mean": bool = true,
        with_std = "with_std": bool = true,
    }
}

/// What `StandardScaler` learns.
pub struct Standard {
    mean: Array1<f64>,
    variance: Array1<f64>,
    scale: Array1<f64>,
    samples: f64,
    /// How many rows have a value in each column.
    counts: Array1<f64>,
}

/// What the rows show, together with what earlier rows showed.
fn gathered(before: Option<&Standard>, x: &Array2<f64>) -> Standard {
    let present = x.mapv(|value| f64::from(u8::from(!value.is_nan())));
    let new = column_sums(&present);
    let known = x.mapv(|value| if value.is_nan() { 0.0 } else { value });
    let sums = column_sums(&known);
    // The sum of the deviations is zero but for rounding; taking its square away mends the variance by that much.
    let deviations = (x - &(&sums / &new)).mapv(|value| if value.is_nan() { 0.0 } else { value });
    let correction = column_sums(&deviations);
    let squares = column_sums(&deviations.mapv(|value| value * value));
    let fresh = squares - &correction * &correction / &new;
    let (mean, variance, counts) = match before {
        None => (&sums / &new, &fresh / &new, new),
        Some(old) => {
            let last = &old.mean * &old.counts;
            let counts = &old.counts + &new;
            let ratio = &old.counts / &new;
            let gap = (&last / &ratio - &sums).mapv(|gap| gap * gap);
            let joined = &old.variance * &old.counts + &fresh + &ratio / &counts * gap;
            ((last + &sums) / &counts, joined / &counts, counts)
        }
    };
    let mut scale = variance.mapv(f64::sqrt);
    for (column, value) in scale.iter_mut().enumerate() {
        let count = counts[column];
        let bound =
            count * f64::EPSILON * variance[column] + (count * mean[column] * f64::EPSILON).powi(2);
        if variance[column] <= bound {
            *value = 1.0;
        }
    }
    Standard {
        mean,
        variance,
        scale,
        samples: before.map_or(0.0, |before| before.samples) + x.nrows() as f64,
        counts,
    }
}

impl Kind for StandardScalerKind {
    const NAME: &'static str = "StandardScaler";
    const ROLE: Role = Role::Transformer;
    const ALLOWS_NAN: bool = true;
    type Parameters = StandardScalerParameters;
    type Fitted = Standard;

    fn fit(_parameters: &Self::Parameters, x: &Array2<f64>, _y: &Target) -> Result<Standard> {
        Ok(gathered(None, x))
    }

    fn learn_more(
        _parameters: &Self::Parameters,
        before: Option<&Standard>,
        x: &Array2<f64>,
        _y: &Target,
        _classes: &Target,
    ) -> Result<Standard> {
        Ok(gathered(before, x))
    }

    fn transform(
        parameters: &Self::Parameters,
        fitted: &Standard,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        let mut result = x.clone();
        if parameters.with_mean {
            result -= &fitted.mean;
        }
        if parameters.with_std {
            result /= &fitted.scale;
        }
        Ok(result)
    }

    fn inverse_transform(
        parameters: &Self::Parameters,
        fitted: &Standard,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        let mut result = x.clone();
        if parameters.with_std {
            result *= &fitted.scale;
        }
        if parameters.with_mean {
            result += &fitted.mean;
        }
        Ok(result)
    }
}

attributes!(StandardScaler {
    /// Column means.
    mean_ / try_mean_: Array1<f64> = |fitted| fitted.mean.clone();
    /// Column variances (divided by n).
    var_ / try_var_: Array1<f64> = |fitted| fitted.variance.clone();
    /// What columns are divided by.
    scale_ / try_scale_: Array1<f64> = |fitted| fitted.scale.clone();
    /// Number of rows seen.
    n_samples_seen_ / try_n_samples_seen_: f64 = |fitted| fitted.samples;
});
