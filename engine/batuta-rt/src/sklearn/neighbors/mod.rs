//! Nearest neighbours: by a k-d tree for few features, by looking at every training row for many, as scikit-learn chooses.

mod density;
mod kd_tree;
mod others;

pub(crate) use kd_tree::KdTree;
use kd_tree::Nearest;

/// Up to so many queries scikit-learn shares out the fitted rows and not the queries, on one thread.
const FEW_QUERIES: usize = 1024;
pub use density::KernelDensity;
pub use others::{
    LocalOutlierFactor, LocalOutlierFactorKind, LocalOutlierFactorParameters, NearestCentroid,
    NearestCentroidKind, NearestCentroidParameters, NearestNeighbors, NearestNeighborsKind,
    NearestNeighborsParameters,
};

use super::errors::{Result, value_error};
use super::estimator::{Estimator, Kind, Role};
use super::linear_model::largest_of_rows;
use super::parameters::parameters;
use super::target::Target;
use ndarray::{Array1, Array2, ArrayView1};

/// See `KNeighborsClassifier`.
pub struct KNeighborsClassifierKind;
/// The most frequent class among the nearest rows.
pub type KNeighborsClassifier = Estimator<KNeighborsClassifierKind>;

parameters! {
    /// Parameters of `KNeighborsClassifier`.
    KNeighborsClassifierParameters for KNeighborsClassifierKind {
        algorithm = "algorithm": String = "auto".to_string(),
        metric = "metric": String = "minkowski".to_string(),
        n_neighbors = "n_neighbors": i64 = 5,
        p = "p": f64 = 2.0,
        weights = "weights": String = "uniform".to_string(),
    }
}

/// See `KNeighborsRegressor`.
pub struct KNeighborsRegressorKind;
/// The mean target of the nearest rows.
pub type KNeighborsRegressor = Estimator<KNeighborsRegressorKind>;

parameters! {
    /// Parameters of `KNeighborsRegressor`.
    KNeighborsRegressorParameters for KNeighborsRegressorKind {
        algorithm = "algorithm": String = "auto".to_string(),
        metric = "metric": String = "minkowski".to_string(),
        n_neighbors = "n_neighbors": i64 = 5,
        p = "p": f64 = 2.0,
        weights = "weights": String = "uniform".to_string(),
    }
}

/// The rows to compare with, and their targets.
pub struct Rows<Y> {
    x: Array2<f64>,
    y: Y,
    tree: Option<KdTree>,
    power: f64,
}

/// The power that a metric's name stands for.
fn power_of(metric: &str, power: f64) -> Result<f64> {
    Ok(match metric {
        "euclidean" | "l2" => 2.0,
        "manhattan" | "cityblock" | "l1" => 1.0,
        "chebyshev" => f64::INFINITY,
        "minkowski" => power,
        other => crate::py::unsupported(&format!("the metric '{other}' is not translated")),
    })
}

fn distance(a: ArrayView1<f64>, b: ArrayView1<f64>, power: f64) -> f64 {
    let gaps = a.iter().zip(b).map(|(a, b)| (a - b).abs());
    if power == 2.0 {
        gaps.map(|gap| gap * gap).sum::<f64>().sqrt()
    } else if power == 1.0 {
        gaps.sum()
    } else if power == f64::INFINITY {
        gaps.fold(0.0, f64::max)
    } else {
        gaps.map(|gap| gap.powf(power))
            .sum::<f64>()
            .powf(1.0 / power)
    }
}

impl<Y> Rows<Y> {
    fn learn(x: &Array2<f64>, y: Y, count: i64, algorithm: &str, power: f64) -> Self {
        // scikit-learn's own choice between the two.
        let few = x.ncols() <= 15 && (count as usize) < x.nrows() / 2 && power >= 1.0;
        let tree =
            (algorithm == "kd_tree" || algorithm == "auto" && few).then(|| KdTree::new(x, power));
        Rows {
            x: x.clone(),
            y,
            tree,
            power,
        }
    }

    /// The nearest rows of each query and their distances, nearest first.
    fn nearest(&self, x: &Array2<f64>, count: i64) -> Result<Vec<Vec<(f64, usize)>>> {
        if count < 1 || count as usize > self.x.nrows() {
            return Err(value_error(format!(
                "Expected n_neighbors <= n_samples_fit, but n_neighbors = {count}, n_samples_fit = {}, n_samples = {}",
                self.x.nrows(),
                x.nrows()
            )));
        }
        let one = |row: ArrayView1<f64>| match &self.tree {
            Some(tree) => tree.nearest(row, count as usize),
            None => {
                let mut found = Nearest::new(count as usize);
                for (at, other) in self.x.rows().into_iter().enumerate() {
                    found.push(distance(row, other, self.power), at);
                }
                if x.nrows() > FEW_QUERIES {
                    return found.sorted();
                }
                // Few queries share out the fitted rows among threads, whose heaps are joined: with one thread, one heap.
                let mut joined = Nearest::new(count as usize);
                joined.take(&found);
                joined.sorted()
            }
        };
        Ok(x.rows().into_iter().map(one).collect())
    }
}

/// The weight of each neighbour: one, or the inverse distance (rows at no distance outweigh all others).
fn weights(kind: &str, near: &[(f64, usize)]) -> Vec<f64> {
    if kind != "distance" {
        return vec![1.0; near.len()];
    }
    if near.iter().any(|(distance, _)| *distance == 0.0) {
        return near
            .iter()
            .map(|(distance, _)| f64::from(u8::from(*distance == 0.0)))
            .collect();
    }
    near.iter().map(|(distance, _)| 1.0 / distance).collect()
}

impl Kind for KNeighborsClassifierKind {
    const NAME: &'static str = "KNeighborsClassifier";
    const ROLE: Role = Role::Classifier;
    type Parameters = KNeighborsClassifierParameters;
    type Fitted = Rows<(Target, Vec<usize>)>;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<Self::Fitted> {
        let power = power_of(&parameters.metric, parameters.p)?;
        Ok(Rows::learn(
            x,
            y.classes()?,
            parameters.n_neighbors,
            &parameters.algorithm,
            power,
        ))
    }

    fn predict(
        parameters: &Self::Parameters,
        fitted: &Self::Fitted,
        x: &Array2<f64>,
    ) -> Result<Target> {
        let table = Self::predict_proba(parameters, fitted, x)?;
        let codes: Vec<usize> = largest_of_rows(&table);
        Ok(fitted.y.0.take(&codes))
    }

    fn predict_proba(
        parameters: &Self::Parameters,
        fitted: &Self::Fitted,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        let mut table = Array2::<f64>::zeros((x.nrows(), fitted.y.0.length().unwrap_or(0)));
        let all = fitted.nearest(x, parameters.n_neighbors)?;
        for (near, mut chances) in all.into_iter().zip(table.rows_mut()) {
            for ((_, row), weight) in near.iter().zip(weights(&parameters.weights, &near)) {
                chances[fitted.y.1[*row]] += weight;
            }
            let total = super::sums::sum(chances.iter().copied());
            chances /= if total == 0.0 { 1.0 } else { total };
        }
        Ok(table)
    }

    fn classes(fitted: &Self::Fitted) -> Result<Target> {
        Ok(fitted.y.0.clone())
    }
}

impl Kind for KNeighborsRegressorKind {
    const NAME: &'static str = "KNeighborsRegressor";
    const ROLE: Role = Role::Regressor;
    type Parameters = KNeighborsRegressorParameters;
    type Fitted = Rows<Array1<f64>>;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<Self::Fitted> {
        let power = power_of(&parameters.metric, parameters.p)?;
        Ok(Rows::learn(
            x,
            y.floats()?,
            parameters.n_neighbors,
            &parameters.algorithm,
            power,
        ))
    }

    fn predict(
        parameters: &Self::Parameters,
        fitted: &Self::Fitted,
        x: &Array2<f64>,
    ) -> Result<Target> {
        let all = fitted.nearest(x, parameters.n_neighbors)?;
        Ok(Target::Float(
            all.into_iter()
                .map(|near| {
                    let weights = weights(&parameters.weights, &near);
                    let total: f64 = near
                        .iter()
                        .zip(&weights)
                        .map(|((_, row), weight)| fitted.y[*row] * weight)
                        .sum();
                    total / weights.iter().sum::<f64>()
                })
                .collect(),
        ))
    }
}
