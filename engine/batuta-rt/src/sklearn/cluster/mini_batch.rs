//! `MiniBatchKMeans`: means that are moved by drawn batches.

use super::kmeans::{inertia, nearest, random_rows, spread_out};
use crate::np::argsort;
use crate::sklearn::errors::{Result, value_error};
use crate::sklearn::estimator::{Estimator, Kind, Role, attributes};
use crate::sklearn::metrics::squared_distance;
use crate::sklearn::parameters::parameters;
use crate::sklearn::random::RandomState;
use crate::sklearn::sums::{column_means, mean, sum};
use crate::sklearn::target::Target;
use ndarray::{Array1, Array2, Axis};

/// See `MiniBatchKMeans`.
pub struct MiniBatchKMeansKind;
/// Clusters around means, learned batch after batch.
pub type MiniBatchKMeans = Estimator<MiniBatchKMeansKind>;

parameters! {
    /// Parameters of `MiniBatchKMeans`. `n_init` is None for `"auto"`.
    MiniBatchKMeansParameters for MiniBatchKMeansKind {
        batch_size = "batch_size": i64 = 1024,
        init = "init": String = "k-means++".to_string(),
        init_size = "init_size": Option<i64> = None,
        max_iter = "max_iter": i64 = 100,
        max_no_improvement = "max_no_improvement": Option<i64> = Some(10),
        n_clusters = "n_clusters": i64 = 8,
        n_init = "n_init": Option<i64> = None,
        random_state = "random_state": Option<i64> = None,
        reassignment_ratio = "reassignment_ratio": f64 = 0.01,
        tol = "tol": f64 = 0.0,
    }
}

/// What `MiniBatchKMeans` learns.
pub struct Batched {
    labels: Array1<i64>,
    inertia: f64,
    centres: Array2<f64>,
    rounds: i64,
    steps: i64,
    going: Going,
}

/// What learning goes on with.
struct Going {
    counts: Vec<f64>,
    since: usize,
    batch: usize,
    random: RandomState,
}

fn squares(x: &Array2<f64>) -> Vec<f64> {
    x.rows().into_iter().map(|row| row.dot(&row)).collect()
}

fn first_centres(
    parameters: &MiniBatchKMeansParameters,
    x: &Array2<f64>,
    size: usize,
    random: &mut RandomState,
) -> Array2<f64> {
    let samples = x.nrows();
    let part;
    let x = if size < samples {
        let rows: Vec<usize> = (0..size)
            .map(|_| random.randint(0, samples as i64) as usize)
            .collect();
        part = x.select(Axis(0), &rows);
        &part
    } else {
        x
    };
    let count = parameters.n_clusters as usize;
    if parameters.init == "random" {
        random_rows(x, count, random)
    } else {
        spread_out(x, count, &squares(x), random)
    }
}

/// Clusters without rows, or with next to none, begin again at rows of the batch.
fn reassign(
    batch: &Array2<f64>,
    centres: &mut Array2<f64>,
    counts: &mut [f64],
    ratio: f64,
    random: &mut RandomState,
) {
    let largest = counts.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mut lost: Vec<bool> = counts
        .iter()
        .map(|count| *count < ratio * largest)
        .collect();
    let half = 0.5 * batch.nrows() as f64;
    if lost.iter().filter(|lost| **lost).count() as f64 > half {
        let order = argsort(&Array1::from(counts.to_vec()), -1);
        order
            .iter()
            .skip(half as usize)
            .for_each(|&at| lost[at as usize] = false);
    }
    let places: Vec<usize> = (0..lost.len()).filter(|&at| lost[at]).collect();
    if !places.is_empty() {
        let rows = random.permutation(batch.nrows());
        for (&place, &row) in places.iter().zip(&rows) {
            centres.row_mut(place).assign(&batch.row(row));
        }
    }
    let rest = (0..lost.len()).filter(|&at| !lost[at]).map(|at| counts[at]);
    let least = rest.fold(f64::INFINITY, f64::min);
    places.iter().for_each(|&place| counts[place] = least);
}

/// Moves the centres by one batch.
fn step(batch: &Array2<f64>, centres: &Array2<f64>, counts: &mut [f64]) -> (Array2<f64>, f64) {
    let labels = nearest(batch, centres);
    let lost = inertia(batch, centres, &labels);
    let mut moved = centres.clone();
    for (cluster, count) in counts.iter_mut().enumerate().take(centres.nrows()) {
        let rows: Vec<usize> = (0..labels.len())
            .filter(|&row| labels[row] == cluster)
            .collect();
        if rows.is_empty() {
            continue;
        }
        let mut own = moved.row_mut(cluster);
        own *= *count;
        for row in &rows {
            own += &batch.row(*row);
        }
        *count += rows.len() as f64;
        own *= 1.0 / *count;
    }
    (moved, lost)
}

impl Kind for MiniBatchKMeansKind {
    const NAME: &'static str = "MiniBatchKMeans";
    const ROLE: Role = Role::Clusterer;
    type Parameters = MiniBatchKMeansParameters;
    type Fitted = Batched;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, _y: &Target) -> Result<Batched> {
        let samples = x.nrows();
        let count = parameters.n_clusters as usize;
        if samples < count {
            return Err(value_error(format!(
                "n_samples={samples} should be >= n_clusters={count}."
            )));
        }
        let batch = (parameters.batch_size as usize).min(samples);
        let mut size = parameters.init_size.map_or(3 * batch, |size| size as usize);
        if size < count {
            size = 3 * count;
        }
        let size = size.min(samples);
        let starts = parameters
            .n_init
            .unwrap_or(if parameters.init == "random" { 3 } else { 1 });
        let tolerance = if parameters.tol == 0.0 {
            0.0
        } else {
            let gaps = x - &column_means(x);
            mean(column_means(&gaps.mapv(|gap| gap * gap)).iter().copied()) * parameters.tol
        };
        let mut random = RandomState::from_seed(parameters.random_state);
        let rows: Vec<usize> = (0..size)
            .map(|_| random.randint(0, samples as i64) as usize)
            .collect();
        let valid = x.select(Axis(0), &rows);
        let mut best: Option<(f64, Array2<f64>)> = None;
        for _ in 0..starts {
            let centres = first_centres(parameters, x, size, &mut random);
            let lost = inertia(&valid, &centres, &nearest(&valid, &centres));
            if best.as_ref().is_none_or(|best| lost < best.0) {
                best = Some((lost, centres));
            }
        }
        let (_, mut centres) = best.ok_or_else(|| value_error("n_init must be at least 1"))?;
        let mut counts = vec![0.0; count];
        let (mut average, mut least): (Option<f64>, Option<f64>) = (None, None);
        let mut idle = 0;
        let mut since = 0;
        let steps = parameters.max_iter * samples as i64 / batch as i64;
        let chances = vec![1.0 / samples as f64; samples];
        let mut sums = Vec::with_capacity(samples);
        let mut running = 0.0;
        for chance in &chances {
            running += chance;
            sums.push(running);
        }
        sums.iter_mut().for_each(|value| *value /= running);
        let mut done = 0;
        for at in 0..steps {
            done = at + 1;
            let rows: Vec<usize> = (0..batch)
                .map(|_| {
                    let drawn = random.random();
                    sums.partition_point(|value| *value <= drawn)
                })
                .collect();
            let part = x.select(Axis(0), &rows);
            since += batch;
            let again = counts.contains(&0.0) || since >= 10 * count;
            if again {
                since = 0;
            }
            let (mut moved, lost) = step(&part, &centres, &mut counts);
            if again && parameters.reassignment_ratio > 0.0 {
                let ratio = parameters.reassignment_ratio;
                reassign(&part, &mut moved, &mut counts, ratio, &mut random);
            }
            let change = sum((0..count).map(|at| squared_distance(moved.row(at), centres.row(at))));
            centres = moved;
            if done == 1 {
                continue;
            }
            let lost = lost / batch as f64;
            let own = match average {
                None => lost,
                Some(before) => {
                    let share = (batch as f64 * 2.0 / (samples as f64 + 1.0)).min(1.0);
                    before * (1.0 - share) + lost * share
                }
            };
            average = Some(own);
            if tolerance > 0.0 && change <= tolerance {
                break;
            }
            if least.is_none_or(|least| own < least) {
                idle = 0;
                least = Some(own);
            } else {
                idle += 1;
            }
            if parameters
                .max_no_improvement
                .is_some_and(|most| idle >= most)
            {
                break;
            }
        }
        let labels = nearest(x, &centres);
        Ok(Batched {
            inertia: inertia(x, &centres, &labels),
            labels: labels.into_iter().map(|label| label as i64).collect(),
            centres,
            rounds: (done as f64 * batch as f64 / samples as f64).ceil() as i64,
            steps: done,
            going: Going {
                counts,
                since,
                batch,
                random,
            },
        })
    }

    fn learn_more(
        parameters: &Self::Parameters,
        before: Option<&Batched>,
        x: &Array2<f64>,
        _y: &Target,
        _classes: &Target,
    ) -> Result<Batched> {
        let samples = x.nrows();
        let count = parameters.n_clusters as usize;
        let (centres, mut going, rounds, steps) = match before {
            Some(old) => {
                let own = &old.going;
                let going = Going {
                    counts: own.counts.clone(),
                    since: own.since,
                    batch: own.batch,
                    random: own.random.clone(),
                };
                (old.centres.clone(), going, old.rounds, old.steps)
            }
            None => {
                if samples < count {
                    return Err(value_error(format!(
                        "n_samples={samples} should be >= n_clusters={count}."
                    )));
                }
                let batch = (parameters.batch_size as usize).min(samples);
                let mut size = parameters.init_size.map_or(3 * batch, |size| size as usize);
                if size < count {
                    size = 3 * count;
                }
                let mut random = RandomState::from_seed(parameters.random_state);
                let centres = first_centres(parameters, x, size.min(samples), &mut random);
                let going = Going {
                    counts: vec![0.0; count],
                    since: 0,
                    batch,
                    random,
                };
                (centres, going, 0, 0)
            }
        };
        going.since += going.batch;
        let again = going.counts.contains(&0.0) || going.since >= 10 * count;
        if again {
            going.since = 0;
        }
        let (mut centres, _) = step(x, &centres, &mut going.counts);
        if again && parameters.reassignment_ratio > 0.0 {
            let ratio = parameters.reassignment_ratio;
            reassign(x, &mut centres, &mut going.counts, ratio, &mut going.random);
        }
        let labels = nearest(x, &centres);
        Ok(Batched {
            inertia: inertia(x, &centres, &labels),
            labels: labels.into_iter().map(|label| label as i64).collect(),
            centres,
            rounds,
            steps: steps + 1,
            going,
        })
    }

    fn predict(
        _parameters: &Self::Parameters,
        fitted: &Batched,
        x: &Array2<f64>,
    ) -> Result<Target> {
        let labels = nearest(x, &fitted.centres).into_iter();
        Ok(Target::Int(labels.map(|label| label as i64).collect()))
    }

    fn transform(
        _parameters: &Self::Parameters,
        fitted: &Batched,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        Ok(Array2::from_shape_fn(
            (x.nrows(), fitted.centres.nrows()),
            |(row, cluster)| squared_distance(x.row(row), fitted.centres.row(cluster)).sqrt(),
        ))
    }

    fn labels(fitted: &Batched) -> Result<Array1<i64>> {
        Ok(fitted.labels.clone())
    }

    fn own_score(
        _parameters: &Self::Parameters,
        fitted: &Batched,
        x: &Array2<f64>,
    ) -> Option<Result<f64>> {
        let labels = nearest(x, &fitted.centres);
        Some(Ok(-inertia(x, &fitted.centres, &labels)))
    }
}

attributes!(MiniBatchKMeans {
    /// The means.
    cluster_centers_ / try_cluster_centers_: Array2<f64> = |fitted| fitted.centres.clone();
    /// Sum of the squared distances to the nearest mean.
    inertia_ / try_inertia_: f64 = |fitted| fitted.inertia;
    /// Passes over the rows.
    n_iter_ / try_n_iter_: i64 = |fitted| fitted.rounds;
    /// Batches.
    n_steps_ / try_n_steps_: i64 = |fitted| fitted.steps;
});
