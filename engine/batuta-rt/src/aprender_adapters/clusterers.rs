//! Clusterers of the crate.

use super::{Adapted, CrateEstimator, KMeansOnArrays, Own, array};
use crate::sklearn::estimator::attributes;
use crate::sklearn::{Estimator, Role};
use aprender::UnsupervisedEstimator as _;
use aprender::cluster::{DBSCAN, KMeans};
use aprender::primitives::{Matrix, Vector};
use ndarray::Array2;

/// The crate's KMeans from several starts; the one with the least inertia stays, as with scikit-learn's `n_init`.
#[derive(Clone)]
pub struct FromStarts {
    own: KMeans,
    seed: u64,
    starts: usize,
}

/// Puts the crate's KMeans behind scikit-learn's contract.
pub trait OnArraysFromStarts {
    /// The adapted estimator: the crate's seeds are `seed`, `seed + 1` and so on, one for each start.
    fn on_arrays_from_starts(self, seed: u64, starts: usize) -> Estimator<Adapted<FromStarts>>;
}

impl OnArraysFromStarts for KMeans {
    fn on_arrays_from_starts(self, seed: u64, starts: usize) -> Estimator<Adapted<FromStarts>> {
        Estimator::with(Own(FromStarts {
            own: self,
            seed,
            starts,
        }))
    }
}

impl CrateEstimator for FromStarts {
    const NAME: &'static str = "KMeans";
    const ROLE: Role = Role::Clusterer;
    fn blank() -> Self {
        FromStarts {
            own: KMeans::new(8),
            seed: 0,
            starts: 1,
        }
    }
    fn learn(&mut self, x: &Matrix<f32>, _codes: &[usize], _y: &Vector<f32>) -> Result<(), String> {
        let mut best: Option<KMeans> = None;
        for start in 0..self.starts.max(1) as u64 {
            let mut tried = self.own.clone().with_random_state(self.seed + start);
            tried.fit(x).map_err(|error| error.to_string())?;
            if best
                .as_ref()
                .is_none_or(|kept| tried.inertia() < kept.inertia())
            {
                best = Some(tried);
            }
        }
        self.own = best.expect("at least one start");
        Ok(())
    }
    fn codes(&self, x: &Matrix<f32>) -> Option<Result<Vec<i64>, String>> {
        Some(Ok(self
            .own
            .predict(x)
            .into_iter()
            .map(|label| label as i64)
            .collect()))
    }
}

attributes!(KMeansOnArrays {
    /// The means.
    cluster_centers_ / try_cluster_centers_: Array2<f64> = |fitted| array(fitted.own.own.centroids());
    /// Sum of the squared distances to the nearest mean.
    inertia_ / try_inertia_: f64 = |fitted| f64::from(fitted.own.own.inertia());
    /// Number of rounds.
    n_iter_ / try_n_iter_: i64 = |fitted| fitted.own.own.n_iter() as i64;
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
