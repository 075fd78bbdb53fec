//! Scalers of the crate.

use super::{CrateEstimator, MinMaxScalerOnArrays, StandardScalerOnArrays};
use crate::sklearn::Role;
use crate::sklearn::estimator::attributes;
use aprender::preprocessing::{MinMaxScaler, StandardScaler};
use aprender::primitives::{Matrix, Vector};
use aprender::traits::Transformer as _;
use ndarray::Array1;

fn wide(values: &[f32]) -> Array1<f64> {
    values.iter().map(|value| f64::from(*value)).collect()
}

macro_rules! scaler {
    ($type:ty, $name:literal) => {
        impl CrateEstimator for $type {
            const NAME: &'static str = $name;
            const ROLE: Role = Role::Transformer;
            fn blank() -> Self {
                <$type>::new()
            }
            fn learn(
                &mut self,
                x: &Matrix<f32>,
                _codes: &[usize],
                _y: &Vector<f32>,
            ) -> Result<(), String> {
                self.fit(x).map_err(|error| error.to_string())
            }
            fn change(&self, x: &Matrix<f32>) -> Option<Result<Matrix<f32>, String>> {
                Some(self.transform(x).map_err(|error| error.to_string()))
            }
            fn restore(&self, x: &Matrix<f32>) -> Option<Result<Matrix<f32>, String>> {
                Some(self.inverse_transform(x).map_err(|error| error.to_string()))
            }
        }
    };
}
scaler!(StandardScaler, "StandardScaler");
scaler!(MinMaxScaler, "MinMaxScaler");

attributes!(StandardScalerOnArrays {
    /// Column means.
    mean_ / try_mean_: Array1<f64> = |fitted| wide(fitted.own.mean());
    /// What columns are divided by.
    scale_ / try_scale_: Array1<f64> = |fitted| wide(fitted.own.std());
    /// Column variances.
    var_ / try_var_: Array1<f64> = |fitted| wide(fitted.own.std()).mapv(|value| value * value);
});

attributes!(MinMaxScalerOnArrays {
    /// Least value of each column.
    data_min_ / try_data_min_: Array1<f64> = |fitted| wide(fitted.own.data_min());
    /// Greatest value of each column.
    data_max_ / try_data_max_: Array1<f64> = |fitted| wide(fitted.own.data_max());
});
