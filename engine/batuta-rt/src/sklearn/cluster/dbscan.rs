//! `DBSCAN`: clusters are what dense points reach.

use crate::sklearn::errors::Result;
use crate::sklearn::estimator::{Estimator, Kind, Role, attributes};
use crate::sklearn::metrics::squared_distance;
use crate::sklearn::parameters::parameters;
use crate::sklearn::target::Target;
use ndarray::{Array1, Array2, Axis};

/// See `DBSCAN`.
pub struct DbscanKind;
/// Density-based clustering; noise has the label -1.
pub type DBSCAN = Estimator<DbscanKind>;

parameters! {
    /// Parameters of `DBSCAN`.
    DbscanParameters for DbscanKind {
        eps = "eps": f64 = 0.5,
        min_samples = "min_samples": i64 = 5,
    }
}

/// What `DBSCAN` learns.
pub struct Density {
    labels: Array1<i64>,
    core: Vec<usize>,
    components: Array2<f64>,
}

impl Kind for DbscanKind {
    const NAME: &'static str = "DBSCAN";
    const ROLE: Role = Role::Clusterer;
    type Parameters = DbscanParameters;
    type Fitted = Density;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, _y: &Target) -> Result<Density> {
        let samples = x.nrows();
        // Squares are compared: a root would take in rows that lie beyond the radius by a rounding.
        let square = parameters.eps * parameters.eps;
        let near: Vec<Vec<usize>> = (0..samples)
            .map(|row| {
                (0..samples)
                    .filter(|&other| squared_distance(x.row(row), x.row(other)) <= square)
                    .collect()
            })
            .collect();
        let core: Vec<usize> = (0..samples)
            .filter(|&row| near[row].len() as i64 >= parameters.min_samples)
            .collect();
        let mut is_core = vec![false; samples];
        for &row in &core {
            is_core[row] = true;
        }
        let mut labels = Array1::from_elem(samples, -1i64);
        let mut next = 0;
        for &start in &core {
            if labels[start] != -1 {
                continue;
            }
            let mut stack = vec![start];
            while let Some(row) = stack.pop() {
                if labels[row] != -1 {
                    continue;
                }
                labels[row] = next;
                if is_core[row] {
                    stack.extend(near[row].iter().filter(|&&other| labels[other] == -1));
                }
            }
            next += 1;
        }
        let components = x.select(Axis(0), &core);
        Ok(Density {
            labels,
            core,
            components,
        })
    }

    fn labels(fitted: &Density) -> Result<Array1<i64>> {
        Ok(fitted.labels.clone())
    }
}

attributes!(DBSCAN {
    /// Rows of the dense points.
    core_sample_indices_ / try_core_sample_indices_: Array1<i64> = |fitted| fitted.core.iter().map(|&row| row as i64).collect();
    /// The dense points.
    components_ / try_components_: Array2<f64> = |fitted| fitted.components.clone();
});
