//! A k-d tree whose answers agree with scikit-learn's also where rows are equally far away.
//!
//! Which of several rows at the same distance is taken depends on the order in which the tree is walked, and that on how its building
//! arranges rows inside a leaf. So the tree is built by the same selection as C++'s `nth_element` in GNU's library, and searched with the
//! same bounded heap.

use super::super::target::compare;
use ndarray::{Array2, ArrayView1};

/// Rows in a leaf: between this and twice as many.
const LEAF: usize = 30;

struct Node {
    start: usize,
    end: usize,
    low: Vec<f64>,
    high: Vec<f64>,
}

/// The tree over the rows of a table.
pub struct KdTree {
    rows: Array2<f64>,
    order: Vec<usize>,
    nodes: Vec<Node>,
    power: f64,
}

/// Moves the median of three places to the first place.
fn median_to_first(
    items: &mut [usize],
    (a, b, c): (usize, usize, usize),
    less: &impl Fn(usize, usize) -> bool,
) {
    let before = |x: usize, y: usize| less(items[x], items[y]);
    let chosen = if before(a, b) {
        if before(b, c) {
            b
        } else if before(a, c) {
            c
        } else {
            a
        }
    } else if before(a, c) {
        a
    } else if before(b, c) {
        c
    } else {
        b
    };
    items.swap(0, chosen);
}

/// Arranges items so that the smallest `count` come first, in the order of moves of `std::nth_element`.
fn select(items: &mut [usize], count: usize, less: &impl Fn(usize, usize) -> bool) {
    let (mut start, mut end) = (0, items.len());
    let mut depth = 2 * items.len().max(1).ilog2();
    while end - start > 3 {
        if depth == 0 {
            break;
        }
        depth -= 1;
        let part = &mut items[start..end];
        let size = part.len();
        median_to_first(part, (1, size / 2, size - 1), less);
        let pivot = part[0];
        let (mut low, mut high) = (1, size);
        let cut = loop {
            while less(part[low], pivot) {
                low += 1;
            }
            high -= 1;
            while less(pivot, part[high]) {
                high -= 1;
            }
            if low >= high {
                break low;
            }
            part.swap(low, high);
            low += 1;
        };
        if start + cut <= count {
            start += cut;
        } else {
            end = start + cut;
        }
    }
    items[start..end].sort_by(|&a, &b| {
        if less(a, b) {
            std::cmp::Ordering::Less
        } else {
            std::cmp::Ordering::Greater
        }
    });
}

/// The nearest rows found so far: a heap with the farthest on top, full from the start. Of rows that are equally far, those stay that
/// the steps of the heap leave.
pub(super) struct Nearest {
    distances: Vec<f64>,
    rows: Vec<usize>,
}

impl Nearest {
    /// Room for so many rows.
    pub(super) fn new(count: usize) -> Self {
        Nearest {
            distances: vec![f64::INFINITY; count],
            rows: vec![0; count],
        }
    }

    /// What another heap holds is pushed into this one, in its order.
    pub(super) fn take(&mut self, other: &Nearest) {
        for (&distance, &row) in other.distances.iter().zip(&other.rows) {
            self.push(distance, row);
        }
    }

    /// The rows, nearest first.
    pub(super) fn sorted(self) -> Vec<(f64, usize)> {
        let mut found: Vec<(f64, usize)> = self.distances.into_iter().zip(self.rows).collect();
        found.sort_by(|a, b| compare(&a.0, &b.0));
        found
    }

    pub(super) fn push(&mut self, distance: f64, row: usize) {
        if distance >= self.distances[0] {
            return;
        }
        let size = self.distances.len();
        let mut at = 0;
        loop {
            let (left, right) = (2 * at + 1, 2 * at + 2);
            if left >= size {
                break;
            }
            let child = if right >= size || self.distances[left] >= self.distances[right] {
                left
            } else {
                right
            };
            if self.distances[child] <= distance {
                break;
            }
            self.distances[at] = self.distances[child];
            self.rows[at] = self.rows[child];
            at = child;
        }
        self.distances[at] = distance;
        self.rows[at] = row;
    }
}

impl KdTree {
    /// Builds the tree for Minkowski distances of this power (infinity for the largest gap).
    pub fn new(rows: &Array2<f64>, power: f64) -> Self {
        let count = rows.nrows();
        let levels = (((count - 1) / LEAF).max(1) as f64)
            .max((count as f64 - 1.0) / LEAF as f64)
            .log2() as usize
            + 1;
        let mut tree = KdTree {
            rows: rows.clone(),
            order: (0..count).collect(),
            nodes: Vec::new(),
            power,
        };
        let total = (1usize << levels) - 1;
        for _ in 0..total {
            tree.nodes.push(Node {
                start: 0,
                end: 0,
                low: Vec::new(),
                high: Vec::new(),
            });
        }
        tree.build(0, 0, count);
        tree
    }

    fn build(&mut self, node: usize, start: usize, end: usize) {
        let features = self.rows.ncols();
        let mut low = vec![f64::INFINITY; features];
        let mut high = vec![f64::NEG_INFINITY; features];
        for &row in &self.order[start..end] {
            for feature in 0..features {
                low[feature] = low[feature].min(self.rows[(row, feature)]);
                high[feature] = high[feature].max(self.rows[(row, feature)]);
            }
        }
        let mut widest = (0, 0.0);
        for feature in 0..features {
            let spread = high[feature] - low[feature];
            if spread > widest.1 {
                widest = (feature, spread);
            }
        }
        self.nodes[node] = Node {
            start,
            end,
            low,
            high,
        };
        if 2 * node + 1 >= self.nodes.len() || end - start < 2 {
            return;
        }
        let rows = &self.rows;
        let less = |a: usize, b: usize| {
            let (own, other) = (rows[(a, widest.0)], rows[(b, widest.0)]);
            if own == other { a < b } else { own < other }
        };
        let half = (end - start) / 2;
        select(&mut self.order[start..end], half, &less);
        self.build(2 * node + 1, start, start + half);
        self.build(2 * node + 2, start + half, end);
    }

    /// A number that grows with the distance: the distance before its root is taken.
    fn reduced(&self, a: ArrayView1<f64>, b: ArrayView1<f64>) -> f64 {
        let gaps = a.iter().zip(b).map(|(a, b)| a - b);
        if self.power == 2.0 {
            gaps.map(|gap| gap * gap).sum()
        } else if self.power == 1.0 {
            gaps.map(f64::abs).sum()
        } else if self.power == f64::INFINITY {
            gaps.map(f64::abs).fold(0.0, f64::max)
        } else {
            gaps.map(|gap| gap.abs().powf(self.power)).sum()
        }
    }

    /// The least such number to any point of a node's box.
    fn bound(&self, node: usize, point: ArrayView1<f64>) -> f64 {
        let node = &self.nodes[node];
        let gaps = point.iter().enumerate().map(|(feature, &value)| {
            let (low, high) = (node.low[feature] - value, value - node.high[feature]);
            0.5 * ((low + low.abs()) + (high + high.abs()))
        });
        if self.power == f64::INFINITY {
            gaps.fold(0.0, f64::max)
        } else {
            gaps.map(|gap| gap.powf(self.power)).sum()
        }
    }

    fn search(&self, node: usize, point: ArrayView1<f64>, bound: f64, nearest: &mut Nearest) {
        if bound > nearest.distances[0] {
            return;
        }
        let (first, second) = (2 * node + 1, 2 * node + 2);
        if first >= self.nodes.len() || self.nodes[node].end - self.nodes[node].start < 2 {
            for &row in &self.order[self.nodes[node].start..self.nodes[node].end] {
                nearest.push(self.reduced(point, self.rows.row(row)), row);
            }
            return;
        }
        let (to_first, to_second) = (self.bound(first, point), self.bound(second, point));
        if to_first <= to_second {
            self.search(first, point, to_first, nearest);
            self.search(second, point, to_second, nearest);
        } else {
            self.search(second, point, to_second, nearest);
            self.search(first, point, to_first, nearest);
        }
    }

    /// The nearest rows to a point with their distances, nearest first.
    pub fn nearest(&self, point: ArrayView1<f64>, count: usize) -> Vec<(f64, usize)> {
        let mut nearest = Nearest::new(count);
        self.search(0, point, self.bound(0, point), &mut nearest);
        let mut found = nearest.sorted();
        for (distance, _) in &mut found {
            *distance = if self.power == 2.0 {
                distance.sqrt()
            } else if self.power == 1.0 || self.power == f64::INFINITY {
                *distance
            } else {
                distance.powf(1.0 / self.power)
            };
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::Array2;

    #[test]
    fn the_tree_finds_what_a_full_search_finds() {
        let rows = Array2::from_shape_fn((200, 3), |(row, column)| {
            ((row * 37 + column * 101) % 113) as f64
        });
        for power in [1.0, 2.0, 3.0, f64::INFINITY] {
            let tree = KdTree::new(&rows, power);
            for query in rows.rows().into_iter().take(20) {
                let mut all: Vec<f64> = rows
                    .rows()
                    .into_iter()
                    .map(|row| tree.reduced(query, row))
                    .collect();
                all.sort_by(compare);
                let found: Vec<f64> = tree
                    .nearest(query, 7)
                    .iter()
                    .map(|(_, row)| tree.reduced(query, rows.row(*row)))
                    .collect();
                assert_eq!(found, all[..7]);
            }
        }
    }

    #[test]
    fn selection_puts_the_smallest_first() {
        let mut items: Vec<usize> = (0..101).map(|at| (at * 53) % 101).collect();
        select(&mut items, 50, &|a, b| a < b);
        assert!(items[..50].iter().all(|item| *item < 50));
    }
}
