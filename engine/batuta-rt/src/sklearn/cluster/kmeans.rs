//! `KMeans`: k-means++ on NumPy's stream, then Lloyd's rounds, the best of several starts.

use crate::sklearn::errors::{Result, value_error, warn};
use crate::sklearn::estimator::{Estimator, Kind, Role, attributes, invalid_parameter};
use crate::sklearn::metrics::squared_distance;
use crate::sklearn::parameters::parameters;
use crate::sklearn::random::RandomState;
use crate::sklearn::sums::{column_means, mean, sum};
use crate::sklearn::target::Target;
use ndarray::{Array1, Array2, ArrayView1};

/// See `KMeans`.
pub struct KMeansKind;
/// Clusters around means.
pub type KMeans = Estimator<KMeansKind>;

parameters! {
    /// Parameters of `KMeans`. `n_init` is None for `"auto"`.
    KMeansParameters for KMeansKind {
        init = "init": String = "k-means++".to_string(),
        max_iter = "max_iter": i64 = 300,
        n_clusters = "n_clusters": i64 = 8,
        n_init = "n_init": Option<i64> = None,
        random_state = "random_state": Option<i64> = None,
        tol = "tol": f64 = 1e-4,
    }
}

/// One result of Lloyd's rounds.
struct Run {
    labels: Vec<usize>,
    inertia: f64,
    centres: Array2<f64>,
    rounds: i64,
}

/// What `KMeans` learns.
pub struct Means {
    labels: Array1<i64>,
    inertia: f64,
    centres: Array2<f64>,
    rounds: i64,
}

/// The first nearest centre of each row. As in scikit-learn the row's own square is left out of the distance.
pub(super) fn nearest(x: &Array2<f64>, centres: &Array2<f64>) -> Vec<usize> {
    let squares: Vec<f64> = centres
        .rows()
        .into_iter()
        .map(|centre| centre.dot(&centre))
        .collect();
    let products = x.dot(&centres.t());
    products
        .rows()
        .into_iter()
        .map(|row| {
            let mut best = (0, f64::INFINITY);
            for (centre, product) in row.iter().enumerate() {
                let distance = squares[centre] - 2.0 * product;
                if distance < best.1 {
                    best = (centre, distance);
                }
            }
            best.0
        })
        .collect()
}

/// Squared distances from one point to all rows, by the expansion that scikit-learn uses.
fn squared_distances(point: ArrayView1<f64>, x: &Array2<f64>, squares: &[f64]) -> Vec<f64> {
    let own = point.dot(&point);
    x.dot(&point)
        .iter()
        .zip(squares)
        .map(|(product, square)| (own - 2.0 * product + square).max(0.0))
        .collect()
}

/// k-means++: each next centre is the best of a few rows drawn in proportion to their distance.
pub(super) fn spread_out(
    x: &Array2<f64>,
    count: usize,
    squares: &[f64],
    random: &mut RandomState,
) -> Array2<f64> {
    let samples = x.nrows();
    let trials = 2 + (count as f64).ln() as usize;
    let mut centres = Array2::zeros((count, x.ncols()));
    let first = random.weighted(&vec![1.0; samples]);
    centres.row_mut(0).assign(&x.row(first));
    let mut closest = squared_distances(x.row(first), x, squares);
    let mut total: f64 = sum(closest.iter().copied());
    for at in 1..count {
        let draws: Vec<f64> = (0..trials).map(|_| random.random() * total).collect();
        let mut running = 0.0;
        let sums: Vec<f64> = closest
            .iter()
            .map(|distance| {
                running += distance;
                running
            })
            .collect();
        let mut best: Option<(f64, usize, Vec<f64>)> = None;
        for draw in draws {
            let candidate = sums.partition_point(|sum| *sum < draw).min(samples - 1);
            let distances: Vec<f64> = squared_distances(x.row(candidate), x, squares)
                .into_iter()
                .zip(&closest)
                .map(|(new, old)| old.min(new))
                .collect();
            let potential = sum(distances.iter().copied());
            if best.as_ref().is_none_or(|best| potential < best.0) {
                best = Some((potential, candidate, distances));
            }
        }
        if let Some((potential, candidate, distances)) = best {
            total = potential;
            closest = distances;
            centres.row_mut(at).assign(&x.row(candidate));
        }
    }
    centres
}

/// Distinct rows, drawn as `choice(n, size=count, replace=False, p=uniform)` does.
pub(super) fn random_rows(x: &Array2<f64>, count: usize, random: &mut RandomState) -> Array2<f64> {
    let mut chances = vec![1.0 / x.nrows() as f64; x.nrows()];
    let mut chosen: Vec<usize> = Vec::new();
    while chosen.len() < count {
        let draws: Vec<f64> = (chosen.len()..count).map(|_| random.random()).collect();
        for &row in &chosen {
            chances[row] = 0.0;
        }
        let mut running = 0.0;
        let mut sums: Vec<f64> = chances
            .iter()
            .map(|chance| {
                running += chance;
                running
            })
            .collect();
        for value in &mut sums {
            *value /= running;
        }
        let mut fresh: Vec<usize> = Vec::new();
        for draw in draws {
            let row = sums.partition_point(|value| *value <= draw);
            if !fresh.contains(&row) {
                fresh.push(row);
            }
        }
        chosen.extend(fresh);
    }
    x.select(ndarray::Axis(0), &chosen)
}

/// An empty cluster takes the row that is farthest from its centre.
fn fill_empty(
    x: &Array2<f64>,
    old: &Array2<f64>,
    sums: &mut Array2<f64>,
    sizes: &mut [f64],
    labels: &[usize],
) {
    let empty: Vec<usize> = (0..sizes.len())
        .filter(|&cluster| sizes[cluster] == 0.0)
        .collect();
    if empty.is_empty() {
        return;
    }
    let distances: Vec<f64> = labels
        .iter()
        .enumerate()
        .map(|(row, &label)| squared_distance(x.row(row), old.row(label)))
        .collect();
    if distances.iter().all(|distance| *distance == 0.0) {
        return;
    }
    let mut order: Vec<usize> = (0..x.nrows()).collect();
    order.sort_by(|&a, &b| crate::sklearn::target::compare(&distances[b], &distances[a]));
    for (&cluster, &row) in empty.iter().zip(&order) {
        let from = labels[row];
        for column in 0..x.ncols() {
            sums[(from, column)] -= x[(row, column)];
            sums[(cluster, column)] = x[(row, column)];
        }
        sizes[cluster] = 1.0;
        sizes[from] -= 1.0;
    }
}

fn lloyd(x: &Array2<f64>, mut centres: Array2<f64>, most: i64, tolerance: f64) -> Run {
    let count = centres.nrows();
    let mut earlier: Vec<usize> = Vec::new();
    let mut labels = Vec::new();
    let mut rounds = 0;
    let mut settled = false;
    while rounds < most {
        rounds += 1;
        labels = nearest(x, &centres);
        let mut sums = Array2::<f64>::zeros(centres.dim());
        let mut sizes = vec![0.0; count];
        for (row, &label) in x.rows().into_iter().zip(&labels) {
            sums.row_mut(label).scaled_add(1.0, &row);
            sizes[label] += 1.0;
        }
        fill_empty(x, &centres, &mut sums, &mut sizes, &labels);
        let largest = crate::sklearn::linear_model::first_largest(sizes.iter().copied());
        for (cluster, size) in sizes.iter().enumerate() {
            if *size > 0.0 {
                let scale = 1.0 / size;
                sums.row_mut(cluster).mapv_inplace(|value| value * scale);
            } else {
                let row = sums.row(largest).to_owned();
                sums.row_mut(cluster).assign(&row);
            }
        }
        let moved: Vec<f64> = (0..count)
            .map(|cluster| squared_distance(sums.row(cluster), centres.row(cluster)).sqrt())
            .collect();
        centres = sums;
        if labels == earlier {
            settled = true;
            break;
        }
        if sum(moved.iter().map(|distance| distance * distance)) <= tolerance {
            break;
        }
        earlier.clone_from(&labels);
    }
    if !settled {
        labels = nearest(x, &centres);
    }
    let inertia = inertia(x, &centres, &labels);
    Run {
        labels,
        inertia,
        centres,
        rounds,
    }
}

pub(super) fn inertia(x: &Array2<f64>, centres: &Array2<f64>, labels: &[usize]) -> f64 {
    labels
        .iter()
        .enumerate()
        .map(|(row, &label)| squared_distance(x.row(row), centres.row(label)))
        .sum()
}

/// Whether two labellings are the same but for the numbers.
fn same_clusters(first: &[usize], second: &[usize], count: usize) -> bool {
    let mut names = vec![None; count];
    first
        .iter()
        .zip(second)
        .all(|(&own, &other)| *names[own].get_or_insert(other) == other)
}

/// The clusters that draws from this stream lead to.
fn group(
    parameters: &KMeansParameters,
    x: &Array2<f64>,
    random: &mut RandomState,
) -> Result<Means> {
    if parameters.n_clusters < 1 {
        let got = parameters.n_clusters.to_string();
        return Err(invalid_parameter(
            "KMeans",
            "n_clusters",
            "an int in the range [1, inf)",
            &got,
        ));
    }
    let count = parameters.n_clusters as usize;
    if x.nrows() < count {
        return Err(value_error(format!(
            "n_samples={} should be >= n_clusters={count}.",
            x.nrows()
        )));
    }
    let scattered = match parameters.init.as_str() {
        "k-means++" => false,
        "random" => true,
        other => {
            let rule = "a callable, an array-like or a str among {'k-means++', 'random'}";
            return Err(invalid_parameter(
                "KMeans",
                "init",
                rule,
                &format!("'{other}'"),
            ));
        }
    };
    let starts = parameters.n_init.unwrap_or(if scattered { 10 } else { 1 });
    let variances = column_means(&{
        let centre = column_means(x);
        (x - &centre).mapv(|value| value * value)
    });
    let tolerance = mean(variances.iter().copied()) * parameters.tol;
    let middle = column_means(x);
    let x = x - &middle;
    let squares: Vec<f64> = x.rows().into_iter().map(|row| row.dot(&row)).collect();
    let mut best: Option<Run> = None;
    for _ in 0..starts {
        let start = if scattered {
            random_rows(&x, count, random)
        } else {
            spread_out(&x, count, &squares, random)
        };
        let run = lloyd(&x, start, parameters.max_iter, tolerance);
        let better = best.as_ref().is_none_or(|best| {
            run.inertia < best.inertia && !same_clusters(&run.labels, &best.labels, count)
        });
        if better {
            best = Some(run);
        }
    }
    let best = best.ok_or_else(|| value_error("n_init must be at least 1"))?;
    let mut used = vec![false; count];
    for &label in &best.labels {
        used[label] = true;
    }
    let distinct = used.iter().filter(|used| **used).count();
    if distinct < count {
        warn(
            "ConvergenceWarning",
            &format!(
                "Number of distinct clusters ({distinct}) found smaller than n_clusters ({count}). Possibly due to duplicate points \
                     in X."
            ),
        );
    }
    Ok(Means {
        labels: best.labels.iter().map(|&label| label as i64).collect(),
        inertia: best.inertia,
        centres: best.centres + &middle,
        rounds: best.rounds,
    })
}

impl KMeans {
    /// The clusters of the rows, with draws from a stream that goes on.
    pub(crate) fn labels_from(
        &self,
        x: &Array2<f64>,
        random: &mut RandomState,
    ) -> Result<Array1<i64>> {
        Ok(group(&self.parameters(), x, random)?.labels)
    }
}

impl Kind for KMeansKind {
    const NAME: &'static str = "KMeans";
    const ROLE: Role = Role::Clusterer;
    type Parameters = KMeansParameters;
    type Fitted = Means;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, _y: &Target) -> Result<Means> {
        group(
            parameters,
            x,
            &mut RandomState::from_seed(parameters.random_state),
        )
    }

    fn predict(_parameters: &Self::Parameters, fitted: &Means, x: &Array2<f64>) -> Result<Target> {
        Ok(Target::Int(
            nearest(x, &fitted.centres)
                .into_iter()
                .map(|label| label as i64)
                .collect(),
        ))
    }

    fn transform(
        _parameters: &Self::Parameters,
        fitted: &Means,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        Ok(Array2::from_shape_fn(
            (x.nrows(), fitted.centres.nrows()),
            |(row, cluster)| squared_distance(x.row(row), fitted.centres.row(cluster)).sqrt(),
        ))
    }

    fn labels(fitted: &Means) -> Result<Array1<i64>> {
        Ok(fitted.labels.clone())
    }

    fn own_score(
        _parameters: &Self::Parameters,
        fitted: &Means,
        x: &Array2<f64>,
    ) -> Option<Result<f64>> {
        Some(Ok(-inertia(
            x,
            &fitted.centres,
            &nearest(x, &fitted.centres),
        )))
    }
}

attributes!(KMeans {
    /// The means.
    cluster_centers_ / try_cluster_centers_: Array2<f64> = |fitted| fitted.centres.clone();
    /// Sum of the squared distances to the nearest mean.
    inertia_ / try_inertia_: f64 = |fitted| fitted.inertia;
    /// Rounds of the best start.
    n_iter_ / try_n_iter_: i64 = |fitted| fitted.rounds;
});
