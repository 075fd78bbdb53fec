//! `NearestNeighbors`, `NearestCentroid` and `LocalOutlierFactor`.

use super::{Rows, power_of};
use crate::sklearn::errors::{Result, no_attribute, throwing, value_error};
use crate::sklearn::estimator::{Estimator, Kind, Role, attributes};
use crate::sklearn::metrics::squared_distance;
use crate::sklearn::parameters::{Param, parameters};
use crate::sklearn::sums::{column_means, mean, percentile};
use crate::sklearn::target::Target;
use ndarray::{Array1, Array2, Axis};

/// See `NearestNeighbors`.
pub struct NearestNeighborsKind;
/// The nearest rows.
pub type NearestNeighbors = Estimator<NearestNeighborsKind>;

parameters! {
    /// Parameters of `NearestNeighbors`.
    NearestNeighborsParameters for NearestNeighborsKind {
        algorithm = "algorithm": String = "auto".to_string(),
        metric = "metric": String = "minkowski".to_string(),
        n_neighbors = "n_neighbors": i64 = 5,
        p = "p": f64 = 2.0,
    }
}

impl Kind for NearestNeighborsKind {
    const NAME: &'static str = "NearestNeighbors";
    const ROLE: Role = Role::Transformer;
    type Parameters = NearestNeighborsParameters;
    type Fitted = Rows<()>;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, _y: &Target) -> Result<Rows<()>> {
        let power = power_of(&parameters.metric, parameters.p)?;
        Ok(Rows::learn(
            x,
            (),
            parameters.n_neighbors,
            &parameters.algorithm,
            power,
        ))
    }
}

/// The distances and the rows of the nearest, one line for each query.
fn tables(near: Vec<Vec<(f64, usize)>>) -> (Array2<f64>, Array2<i64>) {
    let width = near.first().map_or(0, Vec::len);
    let distances = Array2::from_shape_fn((near.len(), width), |(row, at)| near[row][at].0);
    let rows = Array2::from_shape_fn((near.len(), width), |(row, at)| near[row][at].1 as i64);
    (distances, rows)
}

/// The nearest other rows of each learned row.
fn among_themselves<Y>(rows: &Rows<Y>, count: i64) -> Result<Vec<Vec<(f64, usize)>>> {
    let all = rows.nearest(&rows.x, count + 1)?;
    Ok(all
        .into_iter()
        .enumerate()
        .map(|(own, mut near)| {
            // The row itself leaves; where equal rows hide it, the first does.
            let place = near.iter().position(|(_, row)| *row == own).unwrap_or(0);
            near.remove(place);
            near
        })
        .collect())
}

impl NearestNeighbors {
    /// `kneighbors(X, n_neighbors)`.
    pub fn try_kneighbors(
        &self,
        x: &Array2<f64>,
        count: Option<i64>,
    ) -> Result<(Array2<f64>, Array2<i64>)> {
        let fitted = self.fitted()?;
        let count = count.unwrap_or(self.parameters().n_neighbors);
        Ok(tables(fitted.nearest(x, count)?))
    }

    /// `kneighbors()`: of the learned rows, without themselves.
    pub fn try_own_neighbors(&self, count: Option<i64>) -> Result<(Array2<f64>, Array2<i64>)> {
        let fitted = self.fitted()?;
        let count = count.unwrap_or(self.parameters().n_neighbors);
        Ok(tables(among_themselves(&fitted, count)?))
    }

    throwing! {
        /// See `try_kneighbors`.
        kneighbors = try_kneighbors(&self, x: &Array2<f64>, count: Option<i64>) -> (Array2<f64>, Array2<i64>);
        /// See `try_own_neighbors`.
        own_neighbors = try_own_neighbors(&self, count: Option<i64>) -> (Array2<f64>, Array2<i64>);
    }
}

macro_rules! classified_neighbors {
    ($type:ty) => {
        impl $type {
            /// `kneighbors(X, n_neighbors)`.
            pub fn try_kneighbors(
                &self,
                x: &Array2<f64>,
                count: Option<i64>,
            ) -> Result<(Array2<f64>, Array2<i64>)> {
                let count = count.unwrap_or(self.parameters().n_neighbors);
                Ok(tables(self.fitted()?.nearest(x, count)?))
            }
            /// See `try_kneighbors`.
            pub fn kneighbors(
                &self,
                x: &Array2<f64>,
                count: Option<i64>,
            ) -> (Array2<f64>, Array2<i64>) {
                crate::sklearn::errors::unwrap(self.try_kneighbors(x, count))
            }
        }
    };
}
classified_neighbors!(super::KNeighborsClassifier);
classified_neighbors!(super::KNeighborsRegressor);

/// See `NearestCentroid`.
pub struct NearestCentroidKind;
/// The class whose mean is nearest.
pub type NearestCentroid = Estimator<NearestCentroidKind>;

parameters! {
    /// `NearestCentroid` has no parameters that are translated.
    NearestCentroidParameters for NearestCentroidKind {}
}

/// What `NearestCentroid` learns.
pub struct Centroids {
    classes: Target,
    centroids: Array2<f64>,
}

impl Kind for NearestCentroidKind {
    const NAME: &'static str = "NearestCentroid";
    const ROLE: Role = Role::Classifier;
    type Parameters = NearestCentroidParameters;
    type Fitted = Centroids;

    fn fit(_parameters: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<Centroids> {
        let (classes, codes) = y.classes()?;
        let count = classes.length().unwrap_or(0);
        if count < 2 {
            return Err(value_error(format!(
                "The number of classes has to be greater than one; got {count} class"
            )));
        }
        let mut centroids = Array2::zeros((count, x.ncols()));
        for class in 0..count {
            let rows: Vec<usize> = (0..codes.len())
                .filter(|&row| codes[row] == class)
                .collect();
            let mean = column_means(&x.select(Axis(0), &rows));
            centroids.row_mut(class).assign(&mean);
        }
        Ok(Centroids { classes, centroids })
    }

    fn predict(
        _parameters: &Self::Parameters,
        fitted: &Centroids,
        x: &Array2<f64>,
    ) -> Result<Target> {
        let nearest = |row: ndarray::ArrayView1<f64>| {
            let mut best = (f64::INFINITY, 0);
            for (class, centroid) in fitted.centroids.rows().into_iter().enumerate() {
                let distance = squared_distance(row, centroid);
                if distance < best.0 {
                    best = (distance, class);
                }
            }
            best.1
        };
        let codes: Vec<usize> = x.rows().into_iter().map(nearest).collect();
        Ok(fitted.classes.take(&codes))
    }

    fn classes(fitted: &Centroids) -> Result<Target> {
        Ok(fitted.classes.clone())
    }
}

attributes!(NearestCentroid {
    /// The mean of each class.
    centroids_ / try_centroids_: Array2<f64> = |fitted| fitted.centroids.clone();
});

/// See `LocalOutlierFactor`.
pub struct LocalOutlierFactorKind;
/// Rows in thinner places than their neighbours.
pub type LocalOutlierFactor = Estimator<LocalOutlierFactorKind>;

parameters! {
    /// Parameters of `LocalOutlierFactor`.
    LocalOutlierFactorParameters for LocalOutlierFactorKind {
        algorithm = "algorithm": String = "auto".to_string(),
        contamination = "contamination": Param = Param::Text("auto".to_string()),
        metric = "metric": String = "minkowski".to_string(),
        n_neighbors = "n_neighbors": i64 = 20,
        novelty = "novelty": bool = false,
        p = "p": f64 = 2.0,
    }
}

/// What `LocalOutlierFactor` learns.
pub struct Densities {
    rows: Rows<()>,
    count: i64,
    /// The distance of each row to its farthest neighbour.
    reach: Vec<f64>,
    densities: Vec<f64>,
    factors: Array1<f64>,
    offset: f64,
}

fn density(near: &[(f64, usize)], reach: &[f64]) -> f64 {
    1.0 / (mean(near.iter().map(|(distance, row)| distance.max(reach[*row]))) + 1e-10)
}

impl Densities {
    fn scores(&self, x: &Array2<f64>) -> Result<Array1<f64>> {
        let all = self.rows.nearest(x, self.count)?;
        Ok(all
            .iter()
            .map(|near| {
                let own = density(near, &self.reach);
                -mean(near.iter().map(|(_, row)| self.densities[*row] / own))
            })
            .collect())
    }
}

fn sides(scores: impl Iterator<Item = f64>, border: f64) -> Array1<i64> {
    scores
        .map(|score| if score < border { -1 } else { 1 })
        .collect()
}

impl Kind for LocalOutlierFactorKind {
    const NAME: &'static str = "LocalOutlierFactor";
    const ROLE: Role = Role::Clusterer;
    type Parameters = LocalOutlierFactorParameters;
    type Fitted = Densities;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, _y: &Target) -> Result<Densities> {
        let power = power_of(&parameters.metric, parameters.p)?;
        let count = parameters.n_neighbors.min(x.nrows() as i64 - 1).max(1);
        let rows = Rows::learn(x, (), parameters.n_neighbors, &parameters.algorithm, power);
        let near = among_themselves(&rows, count)?;
        let reach: Vec<f64> = near
            .iter()
            .map(|near| near.last().map_or(0.0, |last| last.0))
            .collect();
        let densities: Vec<f64> = near.iter().map(|near| density(near, &reach)).collect();
        let factors: Array1<f64> = near
            .iter()
            .zip(&densities)
            .map(|(near, own)| -mean(near.iter().map(|(_, row)| densities[*row] / own)))
            .collect();
        let offset = match &parameters.contamination {
            Param::Float(share) => percentile(&factors.to_vec(), 100.0 * share),
            _ => -1.5,
        };
        Ok(Densities {
            rows,
            count,
            reach,
            densities,
            factors,
            offset,
        })
    }

    fn predict(
        parameters: &Self::Parameters,
        fitted: &Densities,
        x: &Array2<f64>,
    ) -> Result<Target> {
        if !parameters.novelty {
            return Err(no_attribute(Self::NAME, "predict"));
        }
        let scores = fitted.scores(x)?;
        // The border is taken away first, as scikit-learn does.
        Ok(Target::Int(sides(
            scores.iter().map(|score| score - fitted.offset),
            0.0,
        )))
    }

    fn score_samples(
        parameters: &Self::Parameters,
        fitted: &Densities,
        x: &Array2<f64>,
    ) -> Result<Array1<f64>> {
        if !parameters.novelty {
            return Err(no_attribute(Self::NAME, "score_samples"));
        }
        fitted.scores(x)
    }

    fn labels(fitted: &Densities) -> Result<Array1<i64>> {
        Ok(sides(fitted.factors.iter().copied(), fitted.offset))
    }

    fn decision_function(
        parameters: &Self::Parameters,
        fitted: &Densities,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        if !parameters.novelty {
            return Err(no_attribute(Self::NAME, "decision_function"));
        }
        Ok((fitted.scores(x)? - fitted.offset).insert_axis(Axis(1)))
    }
}

attributes!(LocalOutlierFactor {
    /// The opposite of each row's factor.
    negative_outlier_factor_ / try_negative_outlier_factor_: Array1<f64> = |fitted| fitted.factors.clone();
    /// The border between both kinds.
    offset_ / try_offset_: f64 = |fitted| fitted.offset;
});
