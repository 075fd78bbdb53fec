//! `AgglomerativeClustering`: the two nearest clusters become one, until there are few enough.

use crate::sklearn::errors::{Result, value_error};
use crate::sklearn::estimator::{Estimator, Kind, Role, attributes};
use crate::sklearn::parameters::parameters;
use crate::sklearn::target::{Target, compare};
use ndarray::{Array1, Array2, ArrayView1};

/// See `AgglomerativeClustering`.
pub struct AgglomerativeClusteringKind;
/// Clusters from the bottom up.
pub type AgglomerativeClustering = Estimator<AgglomerativeClusteringKind>;

parameters! {
    /// Parameters of `AgglomerativeClustering`.
    AgglomerativeClusteringParameters for AgglomerativeClusteringKind {
        compute_distances = "compute_distances": bool = false,
        distance_threshold = "distance_threshold": Option<f64> = None,
        linkage = "linkage": String = "ward".to_string(),
        metric = "metric": String = "euclidean".to_string(),
        n_clusters = "n_clusters": Option<i64> = Some(2),
    }
}

/// The merges and the clusters.
pub struct Merged {
    labels: Array1<i64>,
    merges: Vec<Merge>,
    clusters: usize,
}

/// Two clusters become one; samples come first in the numbering, then the merges.
#[derive(Clone, Copy)]
struct Merge {
    pair: (usize, usize),
    distance: f64,
}

fn distance(a: ArrayView1<f64>, b: ArrayView1<f64>, manhattan: bool) -> f64 {
    let gaps = a.iter().zip(b).map(|(a, b)| a - b);
    if manhattan {
        gaps.map(f64::abs).sum()
    } else {
        gaps.map(|gap| gap * gap).sum::<f64>().sqrt()
    }
}

/// The distance from a third cluster to two that became one. `apart` are its distances to the two, `between` that of the two.
fn joined(linkage: &str, apart: (f64, f64), between: f64, sizes: (f64, f64, f64)) -> f64 {
    let ((x, y), (first, second, third)) = (apart, sizes);
    match linkage {
        "complete" => x.max(y),
        "average" => (first * x + second * y) / (first + second),
        _ => {
            let share = 1.0 / (first + second + third);
            ((third + first) * share * x * x + (third + second) * share * y * y
                - third * share * between * between)
                .sqrt()
        }
    }
}

/// Merges along chains of nearest neighbours.
fn chains(x: &Array2<f64>, linkage: &str, manhattan: bool) -> Vec<Merge> {
    let count = x.nrows();
    let mut table = Array2::zeros((count, count));
    for a in 0..count {
        for b in a + 1..count {
            let value = distance(x.row(a), x.row(b), manhattan);
            table[(a, b)] = value;
            table[(b, a)] = value;
        }
    }
    let mut sizes = vec![1usize; count];
    let mut chain: Vec<usize> = Vec::new();
    let mut merges = Vec::with_capacity(count.saturating_sub(1));
    for _ in 1..count {
        if chain.is_empty() {
            chain.extend(sizes.iter().position(|size| *size > 0));
        }
        let (mut x, mut y, least) = loop {
            let last = chain[chain.len() - 1];
            // The one before is preferred, so that the chain does not go round in circles.
            let before = chain.len().checked_sub(2).map(|at| chain[at]);
            let (mut nearest, mut least) =
                before.map_or((last, f64::INFINITY), |at| (at, table[(last, at)]));
            for other in 0..count {
                if sizes[other] > 0 && other != last && table[(last, other)] < least {
                    least = table[(last, other)];
                    nearest = other;
                }
            }
            if before == Some(nearest) {
                break (last, nearest, least);
            }
            chain.push(nearest);
        };
        chain.truncate(chain.len() - 2);
        if x > y {
            std::mem::swap(&mut x, &mut y);
        }
        merges.push(Merge {
            pair: (x, y),
            distance: least,
        });
        let (first, second) = (sizes[x] as f64, sizes[y] as f64);
        sizes[y] += sizes[x];
        sizes[x] = 0;
        for other in 0..count {
            if sizes[other] > 0 && other != y {
                let apart = (table[(other, x)], table[(other, y)]);
                let third = sizes[other] as f64;
                let value = joined(linkage, apart, least, (first, second, third));
                table[(other, y)] = value;
                table[(y, other)] = value;
            }
        }
    }
    merges
}

/// The shortest links that hold all samples together.
fn links(x: &Array2<f64>, manhattan: bool) -> Vec<Merge> {
    let count = x.nrows();
    let mut inside = vec![false; count];
    let mut nearest = vec![(f64::INFINITY, 0usize); count];
    let mut current = 0;
    let mut found = Vec::with_capacity(count.saturating_sub(1));
    for _ in 1..count {
        inside[current] = true;
        let (mut least, mut source, mut next) = (f64::INFINITY, 0, 0);
        for other in (0..count).filter(|&other| !inside[other]) {
            let value = distance(x.row(current), x.row(other), manhattan);
            if value < nearest[other].0 {
                nearest[other] = (value, current);
            }
            if nearest[other].0 < least {
                (least, source) = nearest[other];
                next = other;
            }
        }
        found.push(Merge {
            pair: (source, next),
            distance: least,
        });
        current = next;
    }
    found
}

/// The merges from near to far, with the numbers of the clusters that they join.
fn numbered(mut merges: Vec<Merge>, samples: usize, ordered: bool) -> Vec<Merge> {
    merges.sort_by(|a, b| compare(&a.distance, &b.distance));
    let mut parents: Vec<usize> = (0..samples + merges.len()).collect();
    let find = |parents: &[usize], mut at: usize| {
        while parents[at] != at {
            at = parents[at];
        }
        at
    };
    for (number, merge) in merges.iter_mut().enumerate() {
        let (a, b) = (find(&parents, merge.pair.0), find(&parents, merge.pair.1));
        merge.pair = if ordered && a > b { (b, a) } else { (a, b) };
        parents[a] = samples + number;
        parents[b] = samples + number;
    }
    merges
}

/// The clusters that are left when the last merges are undone, in the order of a heap of their numbers.
fn cut(merges: &[Merge], samples: usize, clusters: usize) -> Array1<i64> {
    let mut heap: Vec<i64> = vec![-((samples + merges.len()) as i64 - 1)];
    for _ in 1..clusters {
        let (a, b) = merges[(-heap[0]) as usize - samples].pair;
        push(&mut heap, -(a as i64));
        push_and_pop(&mut heap, -(b as i64));
    }
    let mut labels = Array1::zeros(samples);
    for (label, node) in heap.iter().enumerate() {
        let mut todo = vec![(-node) as usize];
        while let Some(at) = todo.pop() {
            if at < samples {
                labels[at] = label as i64;
            } else {
                let (a, b) = merges[at - samples].pair;
                todo.extend([a, b]);
            }
        }
    }
    labels
}

/// Moves an entry towards the root of a heap with the least entry first, as Python's `heapq` does.
fn rise(heap: &mut [i64], mut at: usize) {
    let item = heap[at];
    while at > 0 {
        let parent = (at - 1) / 2;
        if item >= heap[parent] {
            break;
        }
        heap[at] = heap[parent];
        at = parent;
    }
    heap[at] = item;
}

fn push(heap: &mut Vec<i64>, item: i64) {
    let at = heap.len();
    heap.push(item);
    rise(heap, at);
}

/// `heapq.heappushpop`, without its result.
fn push_and_pop(heap: &mut [i64], item: i64) {
    if heap.is_empty() || heap[0] >= item {
        return;
    }
    // The smaller child moves up until a leaf is reached, then the new item rises from there.
    let mut at = 0;
    while 2 * at + 1 < heap.len() {
        let mut child = 2 * at + 1;
        if child + 1 < heap.len() && heap[child] >= heap[child + 1] {
            child += 1;
        }
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = item;
    rise(heap, at);
}

impl Kind for AgglomerativeClusteringKind {
    const NAME: &'static str = "AgglomerativeClustering";
    const ROLE: Role = Role::Clusterer;
    type Parameters = AgglomerativeClusteringParameters;
    type Fitted = Merged;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, _y: &Target) -> Result<Merged> {
        if parameters.n_clusters.is_some() == parameters.distance_threshold.is_some() {
            return Err(value_error(
                "Exactly one of n_clusters and distance_threshold has to be set, and the other needs to be None.",
            ));
        }
        let linkage = parameters.linkage.as_str();
        let manhattan = match parameters.metric.as_str() {
            "euclidean" | "l2" => false,
            "manhattan" | "cityblock" | "l1" => true,
            other => crate::py::unsupported(&format!("the metric '{other}' is not translated")),
        };
        if linkage == "ward" && manhattan {
            return Err(value_error(format!(
                "{} was provided as metric. Ward can only work with euclidean distances.",
                parameters.metric
            )));
        }
        let samples = x.nrows();
        let merges = match linkage {
            "single" => numbered(links(x, manhattan), samples, false),
            "ward" | "complete" | "average" => {
                numbered(chains(x, linkage, manhattan), samples, true)
            }
            other => return Err(value_error(format!("the linkage '{other}' is not known"))),
        };
        let clusters = match (parameters.n_clusters, parameters.distance_threshold) {
            (_, Some(most)) => 1 + merges.iter().filter(|merge| merge.distance >= most).count(),
            (Some(count), _) => count.max(1) as usize,
            (None, None) => 2,
        };
        if clusters > samples {
            return Err(value_error(format!(
                "Cannot extract more clusters than samples: {clusters} clusters were given for a tree with {samples} leaves."
            )));
        }
        Ok(Merged {
            labels: cut(&merges, samples, clusters),
            merges,
            clusters,
        })
    }

    fn labels(fitted: &Merged) -> Result<Array1<i64>> {
        Ok(fitted.labels.clone())
    }
}

attributes!(AgglomerativeClustering {
    /// The number of clusters.
    n_clusters_ / try_n_clusters_: i64 = |fitted| fitted.clusters as i64;
    /// The number of samples.
    n_leaves_ / try_n_leaves_: i64 = |fitted| fitted.labels.len() as i64;
    /// The clusters that each merge joins.
    children_ / try_children_: Array2<i64> = |fitted| {
        Array2::from_shape_fn((fitted.merges.len(), 2), |(row, side)| {
            let (a, b) = fitted.merges[row].pair;
            if side == 0 { a as i64 } else { b as i64 }
        })
    };
    /// The distance of each merge.
    distances_ / try_distances_: Array1<f64> = |fitted| fitted.merges.iter().map(|merge| merge.distance).collect();
});
