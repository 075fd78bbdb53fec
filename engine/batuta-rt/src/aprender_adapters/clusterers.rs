//! Clusterers of the crate.

use super::{CrateEstimator, KMeansOnArrays, array};
use crate::sklearn::Role;
use crate::sklearn::estimator::attributes;
use aprender::UnsupervisedEstimator as _;
use aprender::cluster::{DBSCAN, KMeans};
use aprender::primitives::{Matrix, Vector};
use ndarray::Array2;

impl CrateEstimator for KMeans {
    const NAME: &'static str = "KMeans";
    const ROLE: Role = Role::Clusterer;
    fn blank() -> Self {
        KMeans::new(8)
    }
    fn learn(&mut self, x: &Matrix<f32>, _codes: &[usize], _y: &Vector<f32>) -> Result<(), String> {
        self.fit(x).map_err(|error| error.to_string())
    }
    fn codes(&self, x: &Matrix<f32>) -> Option<Result<Vec<i64>, String>> {
        Some(Ok(self
            .predict(x)
            .into_iter()
            .map(|label| label as i64)
            .collect()))
    }
}

attributes!(KMeansOnArrays {
    /// The means.
    cluster_centers_ / try_cluster_centers_: Array2<f64> = |fitted| array(fitted.own.centroids());
    /// Sum of the squared distances to the nearest mean.
    inertia_ / try_inertia_: f64 = |fitted| f64::from(fitted.own.inertia());
    /// Number of rounds.
    n_iter_ / try_n_iter_: i64 = |fitted| fitted.own.n_iter() as i64;
});

impl CrateEstimator for DBSCAN {
    const NAME: &'static str = "DBSCAN";
    const ROLE: Role = Role::Clusterer;
    fn blank() -> Self {
        DBSCAN::new(0.5, 5)
    }
    fn learn(&mut self, x: &Matrix<f32>, _codes: &[usize], _y: &Vector<f32>) -> Result<(), String> {
        self.fit(x).map_err(|error| error.to_string())
    }
    // The crate's `predict` ignores its argument; only the training labels mean anything.
    fn codes(&self, _x: &Matrix<f32>) -> Option<Result<Vec<i64>, String>> {
        Some(Ok(self
            .labels()
            .iter()
            .map(|label| i64::from(*label))
            .collect()))
    }
}
