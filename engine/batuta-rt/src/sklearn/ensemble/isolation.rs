//! `IsolationForest`: rows that few drawn borders set apart.

use crate::sklearn::errors::{Result, warn};
use crate::sklearn::estimator::{Estimator, Kind, Role, attributes};
use crate::sklearn::parameters::{Param, parameters};
use crate::sklearn::random::{RandomState, sample_without_replacement};
use crate::sklearn::sums::percentile;
use crate::sklearn::target::Target;
use crate::sklearn::tree::{Growth, Measure, Tree, grow, narrow};
use ndarray::{Array1, Array2, Axis};

/// See `IsolationForest`.
pub struct IsolationForestKind;
/// Outliers by the length of paths.
pub type IsolationForest = Estimator<IsolationForestKind>;

parameters! {
    /// Parameters of `IsolationForest`.
    IsolationForestParameters for IsolationForestKind {
        bootstrap = "bootstrap": bool = false,
        contamination = "contamination": Param = Param::Text("auto".to_string()),
        max_samples = "max_samples": Param = Param::Text("auto".to_string()),
        n_estimators = "n_estimators": i64 = 100,
        random_state = "random_state": Option<i64> = None,
    }
}

/// What `IsolationForest` learns.
pub struct Paths {
    trees: Vec<Tree>,
    samples: usize,
    offset: f64,
    labels: Array1<i64>,
}

const EULER_GAMMA: f64 = 0.577_215_664_901_532_9;

/// The mean length of a path in a tree of so many rows.
fn mean_length(count: usize) -> f64 {
    match count {
        0 | 1 => 0.0,
        2 => 1.0,
        _ => {
            let count = count as f64;
            2.0 * ((count - 1.0).ln() + EULER_GAMMA) - 2.0 * (count - 1.0) / count
        }
    }
}

impl Paths {
    /// The opposite of each row's strangeness.
    fn scores(&self, x: &Array2<f64>) -> Array1<f64> {
        let narrowed = narrow(x);
        let mut depths = Array1::<f64>::zeros(x.nrows());
        for tree in &self.trees {
            for (row, depth) in narrowed.rows().into_iter().zip(depths.iter_mut()) {
                let leaf = tree.leaf(row);
                *depth += (leaf.depth as f64 + 1.0) + mean_length(leaf.count) - 1.0;
            }
        }
        let whole = self.trees.len() as f64 * mean_length(self.samples);
        depths.mapv(|depth| {
            let share = if whole == 0.0 { 1.0 } else { depth / whole };
            -2.0f64.powf(-share)
        })
    }

    fn sides(&self, x: &Array2<f64>) -> Array1<i64> {
        let scores = self.scores(x);
        scores.mapv(|score| if score - self.offset < 0.0 { -1 } else { 1 })
    }
}

impl Kind for IsolationForestKind {
    const NAME: &'static str = "IsolationForest";
    const ROLE: Role = Role::Clusterer;
    type Parameters = IsolationForestParameters;
    type Fitted = Paths;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, _y: &Target) -> Result<Paths> {
        let count = x.nrows();
        let mut random = RandomState::from_seed(parameters.random_state);
        let y: Vec<f64> = (0..count).map(|_| random.random()).collect();
        let samples = match parameters.max_samples {
            Param::Int(wanted) if wanted as usize > count => {
                warn(
                    "UserWarning",
                    &format!(
                        "max_samples ({wanted}) is greater than the total number of samples ({count}). max_samples will be set to \
                         n_samples for estimation."
                    ),
                );
                count
            }
            Param::Int(wanted) => wanted as usize,
            Param::Float(share) => (share * count as f64) as usize,
            _ => count.min(256),
        };
        let depth = (samples.max(2) as f64).log2().ceil() as i64;
        let growth = Growth {
            measure: Measure::SquaredError,
            max_depth: Some(depth),
            min_samples_split: 2,
            min_samples_leaf: 1,
            min_impurity_decrease: 0.0,
            max_features: 1,
            random_borders: true,
            min_weight_leaf: 0.0,
            max_leaves: None,
        };
        let narrowed = narrow(x);
        // The seeds of the trees are drawn from the beginning of the stream again.
        let mut random = RandomState::from_seed(parameters.random_state);
        let seeds: Vec<u32> = (0..parameters.n_estimators)
            .map(|_| random.randint(0, i64::from(i32::MAX)) as u32)
            .collect();
        let mut trees = Vec::new();
        for seed in seeds {
            let own = RandomState::new(seed).randint(0, i64::from(i32::MAX)) as u32;
            let mut draws = RandomState::new(seed);
            // The order of the features is drawn before the rows.
            sample_without_replacement(x.ncols(), x.ncols(), &mut draws);
            let rows: Vec<usize> = if parameters.bootstrap {
                (0..samples)
                    .map(|_| draws.randint(0, count as i64) as usize)
                    .collect()
            } else {
                sample_without_replacement(count, samples, &mut draws)
            };
            let mut weights = vec![0.0; count];
            rows.iter().for_each(|&row| weights[row] += 1.0);
            trees.push(grow(
                &narrowed,
                &y,
                1,
                Some(&weights),
                &growth,
                &mut RandomState::new(own),
            ));
        }
        let mut paths = Paths {
            trees,
            samples,
            offset: -0.5,
            labels: Array1::zeros(0),
        };
        if let Param::Float(share) = parameters.contamination {
            paths.offset = percentile(&paths.scores(x).to_vec(), 100.0 * share);
        }
        paths.labels = paths.sides(x);
        Ok(paths)
    }

    fn predict(_parameters: &Self::Parameters, fitted: &Paths, x: &Array2<f64>) -> Result<Target> {
        Ok(Target::Int(fitted.sides(x)))
    }

    fn score_samples(
        _parameters: &Self::Parameters,
        fitted: &Paths,
        x: &Array2<f64>,
    ) -> Result<Array1<f64>> {
        Ok(fitted.scores(x))
    }

    fn labels(fitted: &Paths) -> Result<Array1<i64>> {
        Ok(fitted.labels.clone())
    }

    fn decision_function(
        _parameters: &Self::Parameters,
        fitted: &Paths,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        Ok((fitted.scores(x) - fitted.offset).insert_axis(Axis(1)))
    }
}

attributes!(IsolationForest {
    /// The border between both kinds.
    offset_ / try_offset_: f64 = |fitted| fitted.offset;
    /// The number of rows for each tree.
    max_samples_ / try_max_samples_: i64 = |fitted| fitted.samples as i64;
});
