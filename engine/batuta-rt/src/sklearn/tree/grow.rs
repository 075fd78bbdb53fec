//! Growing one tree, depth first, with the best border of randomly ordered features.

use super::criterion::{Measure, Sums};
use super::sort::sort_together;
use crate::sklearn::random::{RandomState, XorShift};
use ndarray::{Array1, Array2};

/// Values nearer than this count as equal.
const SAME: f32 = 1e-7;

/// Limits on growth.
#[derive(Clone, Debug)]
pub struct Growth {
    pub measure: Measure,
    pub max_depth: Option<i64>,
    pub min_samples_split: usize,
    pub min_samples_leaf: usize,
    pub min_impurity_decrease: f64,
    pub max_features: usize,
    /// Whether each feature gets one border, drawn between its least and largest value.
    pub random_borders: bool,
    /// The share of all weights that a leaf has at least.
    pub min_weight_leaf: f64,
    /// With a limit on leaves the best border of all is taken first.
    pub max_leaves: Option<usize>,
}

/// One node; a leaf has no children.
#[derive(Clone)]
pub struct Node {
    pub feature: usize,
    pub threshold: f64,
    pub children: Option<(usize, usize)>,
    pub value: Vec<f64>,
    pub impurity: f64,
    pub weight: f64,
    pub depth: usize,
    /// The number of samples.
    pub count: usize,
}

/// A grown tree.
#[derive(Clone)]
pub struct Tree {
    pub nodes: Vec<Node>,
    pub features: usize,
}

/// The data as trees see them: float32, as in scikit-learn.
pub fn narrow(x: &Array2<f64>) -> Array2<f32> {
    x.mapv(|value| value as f32)
}

impl Tree {
    /// The number of the leaf that a row falls into.
    pub fn leaf_number(&self, row: ndarray::ArrayView1<f32>) -> usize {
        let mut number = 0;
        while let Some((left, right)) = self.nodes[number].children {
            let node = &self.nodes[number];
            number = if f64::from(row[node.feature]) <= node.threshold {
                left
            } else {
                right
            };
        }
        number
    }

    /// The leaf that a row falls into.
    pub fn leaf(&self, row: ndarray::ArrayView1<f32>) -> &Node {
        &self.nodes[self.leaf_number(row)]
    }

    /// How much each feature lowered the impurity, as shares.
    pub fn importances(&self) -> Array1<f64> {
        let mut shares = self.gains();
        let total = crate::sklearn::sums::sum(shares.iter().copied());
        if total > 0.0 {
            shares /= total;
        }
        shares
    }

    /// How much each feature lowered the impurity, for one sample.
    pub fn gains(&self) -> Array1<f64> {
        let mut gains = Array1::zeros(self.features);
        for node in &self.nodes {
            if let Some((left, right)) = node.children {
                let (left, right) = (&self.nodes[left], &self.nodes[right]);
                gains[node.feature] += node.weight * node.impurity
                    - left.weight * left.impurity
                    - right.weight * right.impurity;
            }
        }
        gains / self.nodes[0].weight
    }

    /// The length of the longest path.
    pub fn depth(&self) -> usize {
        self.nodes.iter().map(|node| node.depth).max().unwrap_or(0)
    }

    /// The number of leaves.
    pub fn leaves(&self) -> usize {
        self.nodes
            .iter()
            .filter(|node| node.children.is_none())
            .count()
    }
}

/// A border between samples of a node.
#[derive(Clone)]
struct Border {
    feature: usize,
    position: usize,
    threshold: f64,
}

struct Grower<'a> {
    x: &'a Array2<f32>,
    growth: &'a Growth,
    sums: Sums<'a>,
    samples: Vec<usize>,
    values: Vec<f32>,
    features: Vec<usize>,
    constant: Vec<usize>,
    random: XorShift,
    /// The feature that was looked at last.
    last: usize,
    /// The sum of all weights.
    whole: f64,
    /// The weight that a leaf has at least.
    least_weight: f64,
}

/// A node that waits to be split.
struct Waiting {
    start: usize,
    end: usize,
    depth: usize,
    parent: Option<(usize, bool)>,
    impurity: Option<f64>,
    constants: usize,
}

/// Grows a tree on `y` (class numbers or targets) with optional weights.
pub fn grow(
    x: &Array2<f32>,
    y: &[f64],
    classes: usize,
    weights: Option<&[f64]>,
    growth: &Growth,
    random_state: &mut RandomState,
) -> Tree {
    let random = XorShift(random_state.randint(0, 0x7fff_ffff) as u32);
    let samples: Vec<usize> = (0..x.nrows())
        .filter(|&sample| weights.is_none_or(|weights| weights[sample] != 0.0))
        .collect();
    let mut whole = 0.0;
    for sample in 0..x.nrows() {
        whole += weights.map_or(1.0, |weights| weights[sample]);
    }
    let mut grower = Grower {
        x,
        growth,
        sums: Sums::new(growth.measure, y, weights, classes),
        values: vec![0.0; samples.len()],
        samples,
        features: (0..x.ncols()).collect(),
        constant: vec![0; x.ncols()],
        random,
        last: usize::MAX,
        whole,
        least_weight: growth.min_weight_leaf * whole,
    };
    if let Some(most) = growth.max_leaves {
        return Tree {
            nodes: best_first(&mut grower, most),
            features: x.ncols(),
        };
    }
    let mut nodes: Vec<Node> = Vec::new();
    let mut stack = vec![Waiting {
        start: 0,
        end: grower.samples.len(),
        depth: 0,
        parent: None,
        impurity: None,
        constants: 0,
    }];
    while let Some(waiting) = stack.pop() {
        let (start, end) = (waiting.start, waiting.end);
        let mut constants = waiting.constants;
        let (node, split) = grower.node(
            (start, end),
            waiting.depth,
            waiting.impurity,
            &mut constants,
        );
        let number = nodes.len();
        nodes.push(node);
        if let Some((parent, is_left)) = waiting.parent {
            let children = nodes[parent].children.get_or_insert((0, 0));
            *(if is_left {
                &mut children.0
            } else {
                &mut children.1
            }) = number;
        }
        if let Some(Division {
            border,
            left,
            right,
            ..
        }) = split
        {
            nodes[number].feature = border.feature;
            nodes[number].threshold = border.threshold;
            let depth = waiting.depth + 1;
            stack.push(Waiting {
                start: border.position,
                end,
                depth,
                parent: Some((number, false)),
                impurity: Some(right),
                constants,
            });
            stack.push(Waiting {
                start,
                end: border.position,
                depth,
                parent: Some((number, true)),
                impurity: Some(left),
                constants,
            });
        }
    }
    Tree {
        nodes,
        features: x.ncols(),
    }
}

/// A border with what it leaves on both sides.
struct Division {
    border: Border,
    left: f64,
    right: f64,
    gain: f64,
}

/// A node that may still be divided.
struct Open {
    number: usize,
    end: usize,
    start: usize,
    depth: usize,
    gain: f64,
    division: Option<Division>,
}

/// Puts an item where a heap with the largest gain on top has it, from this place upwards.
fn rise(heap: &mut [Open], mut place: usize) {
    while place > 0 {
        let above = (place - 1) / 2;
        if heap[above].gain >= heap[place].gain {
            break;
        }
        heap.swap(above, place);
        place = above;
    }
}

/// Takes the item on top. The steps are those of the C++ library, which decide among equal gains.
fn take_top(heap: &mut Vec<Open>) -> Option<Open> {
    if heap.len() < 2 {
        return heap.pop();
    }
    let top = heap.swap_remove(0);
    let (mut hole, size) = (0, heap.len());
    loop {
        let right = 2 * hole + 2;
        let child = if right < size {
            if heap[right].gain < heap[right - 1].gain {
                right - 1
            } else {
                right
            }
        } else if right == size {
            right - 1
        } else {
            break;
        };
        heap.swap(hole, child);
        hole = child;
    }
    rise(heap, hole);
    Some(top)
}

/// Grows the leaf whose border gains most, until there are enough leaves.
fn best_first(grower: &mut Grower, most: usize) -> Vec<Node> {
    let mut nodes = Vec::new();
    let mut heap: Vec<Open> = Vec::new();
    let open = |grower: &mut Grower,
                nodes: &mut Vec<Node>,
                (start, end): (usize, usize),
                depth: usize,
                impurity: Option<f64>| {
        let (node, division) = grower.node((start, end), depth, impurity, &mut 0);
        nodes.push(node);
        Open {
            number: nodes.len() - 1,
            start,
            end,
            depth,
            gain: division.as_ref().map_or(0.0, |division| division.gain),
            division,
        }
    };
    let whole = grower.samples.len();
    heap.push(open(grower, &mut nodes, (0, whole), 0, None));
    let mut left_over = most.saturating_sub(1);
    while let Some(found) = take_top(&mut heap) {
        let Some(division) = found.division else {
            continue;
        };
        if left_over == 0 {
            continue;
        }
        left_over -= 1;
        let (place, depth) = (division.border.position, found.depth + 1);
        let left = open(
            grower,
            &mut nodes,
            (found.start, place),
            depth,
            Some(division.left),
        );
        let right = open(
            grower,
            &mut nodes,
            (place, found.end),
            depth,
            Some(division.right),
        );
        let node = &mut nodes[found.number];
        node.feature = division.border.feature;
        node.threshold = division.border.threshold;
        node.children = Some((left.number, right.number));
        for side in [left, right] {
            heap.push(side);
            let last = heap.len() - 1;
            rise(&mut heap, last);
        }
    }
    nodes
}

impl Grower<'_> {
    /// A node over these samples, and how it is to be divided.
    fn node(
        &mut self,
        (start, end): (usize, usize),
        depth: usize,
        impurity: Option<f64>,
        constants: &mut usize,
    ) -> (Node, Option<Division>) {
        let growth = self.growth;
        let count = end - start;
        self.sums.begin(&self.samples, start, end);
        let impurity = impurity.unwrap_or_else(|| self.sums.impurity());
        let value = self.sums.value();
        let weight = self.sums.weight;
        let stop = growth.max_depth.is_some_and(|most| depth as i64 >= most)
            || count < growth.min_samples_split
            || count < 2 * growth.min_samples_leaf
            || weight < 2.0 * self.least_weight
            || impurity <= f64::EPSILON;
        let mut division = None;
        if !stop && let Some(border) = self.best(start, end, constants) {
            let (left, right) = self.divide(start, end, &border);
            let sums = &self.sums;
            let gain = (sums.weight / self.whole)
                * (impurity
                    - sums.weight_right / sums.weight * right
                    - sums.weight_left / sums.weight * left);
            if gain + f64::EPSILON >= growth.min_impurity_decrease {
                division = Some(Division {
                    border,
                    left,
                    right,
                    gain,
                });
            }
        }
        let node = Node {
            feature: 0,
            threshold: 0.0,
            children: None,
            value,
            impurity,
            weight,
            depth,
            count,
        };
        (node, division)
    }

    /// Whether a side of the border would weigh too little.
    fn too_light(&self) -> bool {
        self.sums.weight_left < self.least_weight || self.sums.weight_right < self.least_weight
    }

    /// The best border among as many features as are to be looked at. `constants` counts the features known to be constant here.
    fn best(&mut self, start: usize, end: usize, constants: &mut usize) -> Option<Border> {
        let known = *constants;
        let mut best: Option<Border> = None;
        let mut best_merit = f64::NEG_INFINITY;
        let mut open = self.features.len();
        let (mut visited, mut found, mut drawn, mut total) = (0, 0, 0, known);
        while open > total && (visited < self.growth.max_features || visited <= found + drawn) {
            visited += 1;
            let mut at = self.random.between(drawn, open - found);
            if at < known {
                self.features.swap(drawn, at);
                drawn += 1;
                continue;
            }
            at += found;
            let feature = self.features[at];
            self.last = feature;
            for place in start..end {
                self.values[place] = self.x[(self.samples[place], feature)];
            }
            let borders_are_drawn = self.growth.random_borders;
            let (least, largest) = if borders_are_drawn {
                self.values[start..end].iter().fold(
                    (f32::INFINITY, f32::NEG_INFINITY),
                    |(least, largest), value| (least.min(*value), largest.max(*value)),
                )
            } else {
                sort_together(&mut self.values[start..end], &mut self.samples[start..end]);
                (self.values[start], self.values[end - 1])
            };
            if largest <= least + SAME {
                self.features.swap(at, total);
                found += 1;
                total += 1;
                continue;
            }
            open -= 1;
            self.features.swap(open, at);
            self.sums.reset();
            if borders_are_drawn {
                let threshold = self.drawn_threshold(least, largest);
                let position = self.sides(start, end, threshold);
                let fewest = self.growth.min_samples_leaf;
                if position - start < fewest || end - position < fewest {
                    continue;
                }
                self.sums.move_to(&self.samples, position);
                if self.too_light() {
                    continue;
                }
                let merit = self.sums.merit();
                if merit > best_merit {
                    best_merit = merit;
                    best = Some(Border {
                        feature,
                        position,
                        threshold,
                    });
                }
                continue;
            }
            let mut position = start;
            loop {
                position += 1;
                while position < end && self.values[position] <= self.values[position - 1] + SAME {
                    position += 1;
                }
                if position >= end {
                    break;
                }
                let least = self.growth.min_samples_leaf;
                if position - start < least || end - position < least {
                    continue;
                }
                self.sums.move_to(&self.samples, position);
                if self.too_light() {
                    continue;
                }
                let merit = self.sums.merit();
                if merit > best_merit {
                    best_merit = merit;
                    let threshold = f64::from(self.values[position - 1]) / 2.0
                        + f64::from(self.values[position]) / 2.0;
                    best = Some(Border {
                        feature,
                        position,
                        threshold,
                    });
                }
            }
        }
        // The order of the constant features is restored, so that sibling nodes draw alike.
        self.features[..known].copy_from_slice(&self.constant[..known]);
        self.constant[known..known + found].copy_from_slice(&self.features[known..known + found]);
        *constants = total;
        best
    }

    /// A border between two values; never the larger one itself.
    fn drawn_threshold(&mut self, least: f32, largest: f32) -> f64 {
        let threshold = self.random.real(f64::from(least), f64::from(largest));
        if threshold == f64::from(largest) {
            f64::from(least)
        } else {
            threshold
        }
    }

    /// Puts the samples of the feature at hand on their sides of a threshold.
    fn sides(&mut self, start: usize, end: usize, threshold: f64) -> usize {
        let (mut low, mut high) = (start, end);
        while low < high {
            if f64::from(self.values[low]) <= threshold {
                low += 1;
            } else {
                high -= 1;
                self.values.swap(low, high);
                self.samples.swap(low, high);
            }
        }
        high
    }

    /// Puts the samples on their sides of the border; gives the impurities of both.
    fn divide(&mut self, start: usize, end: usize, border: &Border) -> (f64, f64) {
        // Drawn borders leave the samples of the feature that was looked at last on their sides; dividing them again would change
        // their order, and with it the last digits of later sums.
        let divided = self.growth.random_borders && self.last == border.feature;
        let (mut low, mut high) = (start, if divided { start } else { end });
        while low < high {
            if f64::from(self.x[(self.samples[low], border.feature)]) <= border.threshold {
                low += 1;
            } else {
                high -= 1;
                self.samples.swap(low, high);
            }
        }
        self.sums.reset();
        self.sums.move_to(&self.samples, border.position);
        self.sums.sides(&self.samples)
    }
}
