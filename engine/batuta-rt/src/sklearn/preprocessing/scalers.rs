//! `MinMaxScaler`, `MaxAbsScaler`, `RobustScaler` and `Normalizer`.

use super::without_zeros;
use crate::sklearn::errors::{Result, value_error};
use crate::sklearn::estimator::{Estimator, Kind, Role, attributes};
use crate::sklearn::parameters::parameters;
use crate::sklearn::sums::{median, percentile};
use crate::sklearn::target::Target;
use ndarray::{Array1, Array2};

fn by_column(x: &Array2<f64>, reduce: impl Fn(&[f64]) -> f64) -> Array1<f64> {
    x.columns()
        .into_iter()
        .map(|column| reduce(&column.to_vec()))
        .collect()
}

fn known(values: &[f64]) -> impl Iterator<Item = f64> {
    values.iter().copied().filter(|value| !value.is_nan())
}

fn least(values: &[f64]) -> f64 {
    known(values).reduce(f64::min).unwrap_or(f64::NAN)
}

fn greatest(values: &[f64]) -> f64 {
    known(values).reduce(f64::max).unwrap_or(f64::NAN)
}

/// See `MinMaxScaler`.
pub struct MinMaxScalerKind;
/// Maps each column's range to a given one.
pub type MinMaxScaler = Estimator<MinMaxScalerKind>;

parameters! {
    /// Parameters of `MinMaxScaler`.
    MinMaxScalerParameters for MinMaxScalerKind {
        clip = "clip": bool = false,
        feature_range = "feature_range": (f64, f64) = (0.0, 1.0),
    }
}

/// What `MinMaxScaler` learns.
pub struct MinMax {
    least: Array1<f64>,
    greatest: Array1<f64>,
    scale: Array1<f64>,
    offset: Array1<f64>,
}

fn ranged(
    parameters: &MinMaxScalerParameters,
    least: Array1<f64>,
    greatest: Array1<f64>,
) -> MinMax {
    let (low, high) = parameters.feature_range;
    let scale = (high - low) / without_zeros(&greatest - &least);
    let offset = low - &least * &scale;
    MinMax {
        least,
        greatest,
        scale,
        offset,
    }
}

impl Kind for MinMaxScalerKind {
    const NAME: &'static str = "MinMaxScaler";
    const ROLE: Role = Role::Transformer;
    const ALLOWS_NAN: bool = true;
    type Parameters = MinMaxScalerParameters;
    type Fitted = MinMax;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, _y: &Target) -> Result<MinMax> {
        let (low, high) = parameters.feature_range;
        if low >= high {
            return Err(value_error(format!(
                "Minimum of desired feature range must be smaller than maximum. Got ({}, {}).",
                crate::py::Float(low),
                crate::py::Float(high)
            )));
        }
        Ok(ranged(
            parameters,
            by_column(x, least),
            by_column(x, greatest),
        ))
    }

    fn learn_more(
        parameters: &Self::Parameters,
        before: Option<&MinMax>,
        x: &Array2<f64>,
        y: &Target,
        _classes: &Target,
    ) -> Result<MinMax> {
        let own = Self::fit(parameters, x, y)?;
        let Some(before) = before else {
            return Ok(own);
        };
        let joined = |a: &Array1<f64>, b: &Array1<f64>, choose: fn(f64, f64) -> f64| {
            a.iter().zip(b).map(|(a, b)| choose(*a, *b)).collect()
        };
        Ok(ranged(
            parameters,
            joined(&before.least, &own.least, f64::min),
            joined(&before.greatest, &own.greatest, f64::max),
        ))
    }

    fn transform(
        parameters: &Self::Parameters,
        fitted: &MinMax,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        let (low, high) = parameters.feature_range;
        let result = x * &fitted.scale + &fitted.offset;
        Ok(if parameters.clip {
            result.mapv(|value| value.max(low).min(high))
        } else {
            result
        })
    }

    fn inverse_transform(
        _parameters: &Self::Parameters,
        fitted: &MinMax,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        Ok((x - &fitted.offset) / &fitted.scale)
    }
}

attributes!(MinMaxScaler {
    /// Least value of each column.
    data_min_ / try_data_min_: Array1<f64> = |fitted| fitted.least.clone();
    /// Greatest value of each column.
    data_max_ / try_data_max_: Array1<f64> = |fitted| fitted.greatest.clone();
    /// Their difference.
    data_range_ / try_data_range_: Array1<f64> = |fitted| &fitted.greatest - &fitted.least;
    /// What columns are multiplied by.
    scale_ / try_scale_: Array1<f64> = |fitted| fitted.scale.clone();
    /// What is added then.
    min_ / try_min_: Array1<f64> = |fitted| fitted.offset.clone();
});

/// See `MaxAbsScaler`.
pub struct MaxAbsScalerKind;
/// Divides each column by its largest absolute value.
pub type MaxAbsScaler = Estimator<MaxAbsScalerKind>;

parameters! {
    /// Parameters of `MaxAbsScaler`.
    MaxAbsScalerParameters for MaxAbsScalerKind {
        clip = "clip": bool = false,
    }
}

/// What `MaxAbsScaler` learns.
pub struct MaxAbs {
    largest: Array1<f64>,
    scale: Array1<f64>,
}

impl Kind for MaxAbsScalerKind {
    const NAME: &'static str = "MaxAbsScaler";
    const ROLE: Role = Role::Transformer;
    const ALLOWS_NAN: bool = true;
    type Parameters = MaxAbsScalerParameters;
    type Fitted = MaxAbs;

    fn fit(_parameters: &Self::Parameters, x: &Array2<f64>, _y: &Target) -> Result<MaxAbs> {
        let largest = by_column(&x.mapv(f64::abs), greatest);
        Ok(MaxAbs {
            scale: without_zeros(largest.clone()),
            largest,
        })
    }

    fn learn_more(
        parameters: &Self::Parameters,
        before: Option<&MaxAbs>,
        x: &Array2<f64>,
        y: &Target,
        _classes: &Target,
    ) -> Result<MaxAbs> {
        let mut own = Self::fit(parameters, x, y)?;
        if let Some(before) = before {
            for (own, old) in own.largest.iter_mut().zip(&before.largest) {
                *own = own.max(*old);
            }
            own.scale = without_zeros(own.largest.clone());
        }
        Ok(own)
    }

    fn transform(
        parameters: &Self::Parameters,
        fitted: &MaxAbs,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        let result = x / &fitted.scale;
        Ok(if parameters.clip {
            result.mapv(|value| value.clamp(-1.0, 1.0))
        } else {
            result
        })
    }

    fn inverse_transform(
        _parameters: &Self::Parameters,
        fitted: &MaxAbs,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        Ok(x * &fitted.scale)
    }
}

attributes!(MaxAbsScaler {
    /// Largest absolute value of each column.
    max_abs_ / try_max_abs_: Array1<f64> = |fitted| fitted.largest.clone();
    /// What columns are divided by.
    scale_ / try_scale_: Array1<f64> = |fitted| fitted.scale.clone();
});

/// See `RobustScaler`.
pub struct RobustScalerKind;
/// Takes the median away and divides by the range between two quantiles.
pub type RobustScaler = Estimator<RobustScalerKind>;

parameters! {
    /// Parameters of `RobustScaler`.
    RobustScalerParameters for RobustScalerKind {
        quantile_range = "quantile_range": (f64, f64) = (25.0, 75.0),
        with_centering = "with_centering": bool = true,
        with_scaling = "with_scaling": bool = true,
    }
}

/// What `RobustScaler` learns.
pub struct Robust {
    centre: Array1<f64>,
    scale: Array1<f64>,
}

impl Kind for RobustScalerKind {
    const NAME: &'static str = "RobustScaler";
    const ROLE: Role = Role::Transformer;
    const ALLOWS_NAN: bool = true;
    type Parameters = RobustScalerParameters;
    type Fitted = Robust;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, _y: &Target) -> Result<Robust> {
        let (low, high) = parameters.quantile_range;
        if !(0.0 <= low && low <= high && high <= 100.0) {
            let (low, high) = (crate::py::Float(low), crate::py::Float(high));
            return Err(value_error(format!(
                "Invalid quantile range: ({low}, {high})"
            )));
        }
        let centre = by_column(x, |column| median(&known(column).collect::<Vec<_>>()));
        let scale = by_column(x, |column| {
            percentile(column, high) - percentile(column, low)
        });
        Ok(Robust {
            centre,
            scale: without_zeros(scale),
        })
    }

    fn transform(
        parameters: &Self::Parameters,
        fitted: &Robust,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        let mut result = x.clone();
        if parameters.with_centering {
            result -= &fitted.centre;
        }
        if parameters.with_scaling {
            result /= &fitted.scale;
        }
        Ok(result)
    }

    fn inverse_transform(
        parameters: &Self::Parameters,
        fitted: &Robust,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        let mut result = x.clone();
        if parameters.with_scaling {
            result *= &fitted.scale;
        }
        if parameters.with_centering {
            result += &fitted.centre;
        }
        Ok(result)
    }
}

attributes!(RobustScaler {
    /// Median of each column.
    center_ / try_center_: Array1<f64> = |fitted| fitted.centre.clone();
    /// What columns are divided by.
    scale_ / try_scale_: Array1<f64> = |fitted| fitted.scale.clone();
});

/// See `Normalizer`.
pub struct NormalizerKind;
/// Divides each row by its length.
pub type Normalizer = Estimator<NormalizerKind>;

parameters! {
    /// Parameters of `Normalizer`.
    NormalizerParameters for NormalizerKind {
        norm = "norm": String = "l2".to_string(),
    }
}

impl Kind for NormalizerKind {
    const NAME: &'static str = "Normalizer";
    const ROLE: Role = Role::Transformer;
    type Parameters = NormalizerParameters;
    type Fitted = ();

    fn fit(_parameters: &Self::Parameters, _x: &Array2<f64>, _y: &Target) -> Result<()> {
        Ok(())
    }

    fn transform(
        parameters: &Self::Parameters,
        _fitted: &(),
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        let mut result = x.clone();
        for mut row in result.rows_mut() {
            let length = match parameters.norm.as_str() {
                "l1" => crate::sklearn::sums::sum(row.iter().map(|value| value.abs())),
                "max" => row
                    .iter()
                    .fold(0.0, |largest: f64, value| largest.max(value.abs())),
                _ => row.iter().map(|value| value * value).sum::<f64>().sqrt(),
            };
            // A row of zeros stays as it is.
            if length >= 10.0 * f64::EPSILON {
                row /= length;
            }
        }
        Ok(result)
    }
}
