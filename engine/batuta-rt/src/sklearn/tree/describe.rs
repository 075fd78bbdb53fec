//! What a grown tree shows of itself: its rules as text, its arrays, the path of prunings.

use super::decision_tree::{DecisionTreeClassifier, DecisionTreeRegressor};
use super::grow::{Tree, narrow};
use crate::py::Text;
use crate::sklearn::errors::{Exception, Result, throwing_functions, value_error};
use crate::sklearn::linear_model::first_largest;
use crate::sklearn::target::{Labels, Target};
use ndarray::{Array1, Array2, Array3};

/// `tree_`: the arrays of a grown tree.
#[derive(Clone)]
pub struct Grown(pub(super) Tree);

impl Grown {
    /// `node_count`.
    pub fn node_count(&self) -> i64 {
        self.0.nodes.len() as i64
    }
    /// `max_depth`.
    pub fn max_depth(&self) -> i64 {
        self.0.depth() as i64
    }
    /// `n_leaves`.
    pub fn n_leaves(&self) -> i64 {
        self.0.leaves() as i64
    }
    /// `feature`: -2 for leaves.
    pub fn feature(&self) -> Array1<i64> {
        let nodes = self.0.nodes.iter();
        nodes
            .map(|node| node.children.map_or(-2, |_| node.feature as i64))
            .collect()
    }
    /// `threshold`: -2 for leaves.
    pub fn threshold(&self) -> Array1<f64> {
        let nodes = self.0.nodes.iter();
        nodes
            .map(|node| node.children.map_or(-2.0, |_| node.threshold))
            .collect()
    }
    /// `children_left`: -1 for leaves.
    pub fn children_left(&self) -> Array1<i64> {
        let nodes = self.0.nodes.iter();
        nodes
            .map(|node| node.children.map_or(-1, |(left, _)| left as i64))
            .collect()
    }
    /// `children_right`: -1 for leaves.
    pub fn children_right(&self) -> Array1<i64> {
        let nodes = self.0.nodes.iter();
        nodes
            .map(|node| node.children.map_or(-1, |(_, right)| right as i64))
            .collect()
    }
    /// `impurity`.
    pub fn impurity(&self) -> Array1<f64> {
        self.0.nodes.iter().map(|node| node.impurity).collect()
    }
    /// `weighted_n_node_samples`.
    pub fn weighted_n_node_samples(&self) -> Array1<f64> {
        self.0.nodes.iter().map(|node| node.weight).collect()
    }
    /// `value`: for each node its one row.
    pub fn value(&self) -> Array3<f64> {
        let width = self.0.nodes[0].value.len();
        Array3::from_shape_fn((self.0.nodes.len(), 1, width), |(node, _, at)| {
            self.0.nodes[node].value[at]
        })
    }
    /// `n_features`.
    pub fn n_features(&self) -> i64 {
        self.0.features as i64
    }
    /// `n_outputs`.
    pub fn n_outputs(&self) -> i64 {
        1
    }
    /// `n_node_samples`.
    pub fn n_node_samples(&self) -> Array1<i64> {
        self.0.nodes.iter().map(|node| node.count as i64).collect()
    }
}

/// `decision_path(X)`: for each row the nodes that it passes.
#[derive(Clone, Debug, PartialEq)]
pub struct Ways {
    rows: Vec<Vec<i32>>,
    nodes: usize,
}

impl Ways {
    fn of(tree: &Tree, x: &Array2<f64>) -> Self {
        let x = narrow(x);
        let way = |row: ndarray::ArrayView1<f32>| {
            let mut number = 0;
            let mut passed = vec![0];
            while let Some((left, right)) = tree.nodes[number].children {
                let node = &tree.nodes[number];
                let down = f64::from(row[node.feature]) <= node.threshold;
                number = if down { left } else { right };
                passed.push(number as i32);
            }
            passed
        };
        Ways {
            rows: x.rows().into_iter().map(way).collect(),
            nodes: tree.nodes.len(),
        }
    }
    /// `indices`: the nodes of all rows, one after the other.
    pub fn indices(&self) -> Array1<i32> {
        self.rows.iter().flatten().copied().collect()
    }
    /// `indptr`: where each row begins among them.
    pub fn indptr(&self) -> Array1<i32> {
        let mut ends = vec![0];
        for row in &self.rows {
            ends.push(ends[ends.len() - 1] + row.len() as i32);
        }
        ends.into()
    }
    /// `shape`.
    pub fn shape(&self) -> (i64, i64) {
        (self.rows.len() as i64, self.nodes as i64)
    }
    /// `nnz`.
    pub fn nnz(&self) -> i64 {
        self.rows.iter().map(|row| row.len() as i64).sum()
    }
    /// `toarray()`: a one for each node that a row passes.
    pub fn toarray(&self) -> Array2<i64> {
        let mut table = Array2::zeros((self.rows.len(), self.nodes));
        for (at, row) in self.rows.iter().enumerate() {
            row.iter().for_each(|&node| table[(at, node as usize)] = 1);
        }
        table
    }
    /// One row.
    pub fn try_at(&self, row: i64) -> Result<Self> {
        let count = self.rows.len() as i64;
        let place = if row < 0 { row + count } else { row };
        if !(0..count).contains(&place) {
            return Err(Exception::new(
                "IndexError",
                format!("index ({row}) out of range"),
            ));
        }
        Ok(Ways {
            rows: vec![self.rows[place as usize].clone()],
            nodes: self.nodes,
        })
    }
    /// See `try_at`.
    pub fn at(&self, row: i64) -> Self {
        crate::sklearn::errors::unwrap(self.try_at(row))
    }
}

/// The costs of a tree's subtrees while its weakest links are cut.
struct Pruning<'a> {
    tree: &'a Tree,
    parent: Vec<Option<usize>>,
    own: Vec<f64>,
    branch: Vec<f64>,
    leaves: Vec<f64>,
    candidate: Vec<bool>,
    kept: Vec<bool>,
}

impl<'a> Pruning<'a> {
    fn new(tree: &'a Tree) -> Self {
        let count = tree.nodes.len();
        let whole = tree.nodes[0].weight;
        let own: Vec<f64> = tree
            .nodes
            .iter()
            .map(|node| node.weight * node.impurity / whole)
            .collect();
        let mut parent = vec![None; count];
        for (at, node) in tree.nodes.iter().enumerate() {
            if let Some((left, right)) = node.children {
                (parent[left], parent[right]) = (Some(at), Some(at));
            }
        }
        let mut branch = vec![0.0; count];
        let mut leaves = vec![0.0; count];
        for (at, _) in tree
            .nodes
            .iter()
            .enumerate()
            .filter(|(_, node)| node.children.is_none())
        {
            branch[at] = own[at];
            let mut above = parent[at];
            while let Some(place) = above {
                branch[place] += own[at];
                leaves[place] += 1.0;
                above = parent[place];
            }
        }
        Pruning {
            candidate: tree
                .nodes
                .iter()
                .map(|node| node.children.is_some())
                .collect(),
            kept: vec![true; count],
            tree,
            parent,
            own,
            branch,
            leaves,
        }
    }

    /// The link whose cut costs least for each leaf, and that cost.
    fn weakest(&self) -> Option<(f64, usize)> {
        let mut best: Option<(f64, usize)> = None;
        for at in (0..self.own.len()).filter(|&at| self.candidate[at]) {
            let cost = (self.own[at] - self.branch[at]) / (self.leaves[at] - 1.0);
            if best.is_none_or(|best| cost < best.0) {
                best = Some((cost, at));
            }
        }
        best
    }

    fn cut(&mut self, at: usize) {
        let mut below = vec![at];
        while let Some(place) = below.pop() {
            if !self.kept[place] {
                continue;
            }
            self.candidate[place] = false;
            self.kept[place] = false;
            if let Some((left, right)) = self.tree.nodes[place].children {
                below.extend([left, right]);
            }
        }
        self.kept[at] = true;
        let gone = self.leaves[at] - 1.0;
        self.leaves[at] = 0.0;
        let change = self.own[at] - self.branch[at];
        self.branch[at] = self.own[at];
        let mut above = self.parent[at];
        while let Some(place) = above {
            self.leaves[place] -= gone;
            self.branch[place] += change;
            above = self.parent[place];
        }
    }
}

/// The tree after all links are cut that cost at most `alpha` for each leaf.
pub fn pruned(tree: Tree, alpha: f64) -> Tree {
    if alpha == 0.0 {
        return tree;
    }
    let mut pruning = Pruning::new(&tree);
    while pruning.candidate[0] {
        match pruning.weakest() {
            Some((cost, at)) if alpha >= cost => pruning.cut(at),
            _ => break,
        }
    }
    let kept = pruning.kept.clone();
    let mut numbers = vec![0; kept.len()];
    let mut next = 0;
    for at in 0..kept.len() {
        numbers[at] = next;
        next += usize::from(kept[at]);
    }
    let mut nodes = Vec::new();
    for (at, node) in tree.nodes.iter().enumerate().filter(|(at, _)| kept[*at]) {
        let mut own = node.clone();
        own.children = node
            .children
            .filter(|(left, _)| kept[*left] && pruning.candidate[at])
            .map(|(left, right)| (numbers[left], numbers[right]));
        nodes.push(own);
    }
    Tree {
        nodes,
        features: tree.features,
    }
}

/// `cost_complexity_pruning_path(X, y)`: the costs and the impurities of the whole after each cut.
#[derive(Clone, Debug, PartialEq)]
pub struct PruningPath {
    /// `ccp_alphas`.
    pub ccp_alphas: Array1<f64>,
    /// `impurities`.
    pub impurities: Array1<f64>,
}

fn path(tree: &Tree) -> PruningPath {
    let mut pruning = Pruning::new(tree);
    let (mut alphas, mut impurities) = (vec![0.0], vec![pruning.branch[0]]);
    while pruning.candidate[0] {
        let Some((cost, at)) = pruning.weakest() else {
            break;
        };
        pruning.cut(at);
        alphas.push(cost);
        impurities.push(pruning.branch[0]);
    }
    PruningPath {
        ccp_alphas: alphas.into(),
        impurities: impurities.into(),
    }
}

/// How the rules of a tree are written.
pub struct Rules {
    /// The names of the features; none for `feature_0`, …
    pub features: Vec<String>,
    /// The names of the classes; none for the labels.
    pub classes: Vec<String>,
    /// The depth below which branches are cut short.
    pub depth: i64,
    /// The width of an indent.
    pub spacing: i64,
    /// The digits after the point.
    pub decimals: i64,
    /// Whether leaves show the weights of the classes.
    pub weights: bool,
}

/// The texts of a list or array of names.
pub fn names<L: Labels>(values: &L) -> Vec<String> {
    match values.to_target() {
        Target::Text(values) => values.to_vec(),
        Target::Int(values) => values.iter().map(i64::to_string).collect(),
        _ => Vec::new(),
    }
}

fn write(
    tree: &Tree,
    at: usize,
    depth: usize,
    rules: &Rules,
    labels: &[String],
    text: &mut String,
) {
    let spacing = rules.spacing.max(0) as usize;
    let decimals = rules.decimals.max(0) as usize;
    let mut indent = format!("|{}", " ".repeat(spacing)).repeat(depth);
    indent.truncate(indent.len() - spacing);
    indent += &"-".repeat(spacing);
    let node = &tree.nodes[at];
    let leaf = |text: &mut String| {
        if labels.is_empty() {
            text.push_str(&format!("{indent} value: [{:.decimals$}]\n", node.value[0]));
            return;
        }
        let mut shown = String::new();
        if rules.weights {
            let parts: Vec<String> = node
                .value
                .iter()
                .map(|value| format!("{:.decimals$}", value * node.weight))
                .collect();
            shown = format!("[{}]", parts.join(", "));
        }
        let class = &labels[first_largest(node.value.iter().copied())];
        let middle = if rules.weights { " weights: " } else { "" };
        text.push_str(&format!("{indent}{middle}{shown} class: {class}\n"));
    };
    if depth as i64 > rules.depth + 1 {
        let below = deepest(tree, at);
        if below == 1 {
            leaf(text);
        } else {
            text.push_str(&format!("{indent} truncated branch of depth {below}\n"));
        }
        return;
    }
    let Some((left, right)) = node.children else {
        leaf(text);
        return;
    };
    let name = rules
        .features
        .get(node.feature)
        .cloned()
        .unwrap_or_else(|| format!("feature_{}", node.feature));
    let border = format!("{:.decimals$}", node.threshold);
    text.push_str(&format!("{indent} {name} <= {border}\n"));
    write(tree, left, depth + 1, rules, labels, text);
    text.push_str(&format!("{indent} {name} >  {border}\n"));
    write(tree, right, depth + 1, rules, labels, text);
}

fn deepest(tree: &Tree, at: usize) -> usize {
    match tree.nodes[at].children {
        None => 1,
        Some((left, right)) => 1 + deepest(tree, left).max(deepest(tree, right)),
    }
}

/// A decision tree of either sort.
pub trait Ruled {
    /// The fitted tree, and the texts of its classes.
    fn ruled(&self) -> Result<(Tree, Vec<String>)>;
}

impl Ruled for DecisionTreeClassifier {
    fn ruled(&self) -> Result<(Tree, Vec<String>)> {
        let fitted = self.fitted()?;
        let labels = match &fitted.classes {
            Target::Text(values) => values.to_vec(),
            Target::Int(values) => values.iter().map(i64::to_string).collect(),
            Target::Bool(values) => values.iter().map(Text::str_text).collect(),
            Target::Float(values) => values
                .iter()
                .map(|value| crate::py::Float(*value).to_string())
                .collect(),
            _ => Vec::new(),
        };
        Ok((fitted.tree.clone(), labels))
    }
}

impl Ruled for DecisionTreeRegressor {
    fn ruled(&self) -> Result<(Tree, Vec<String>)> {
        Ok((self.fitted()?.as_ref().clone(), Vec::new()))
    }
}

/// `export_text(tree, …)`.
pub fn try_export_text<T: Ruled>(tree: &T, rules: &Rules) -> Result<String> {
    let (tree, mut labels) = tree.ruled()?;
    if !rules.features.is_empty() && rules.features.len() != tree.features {
        return Err(value_error(format!(
            "feature_names must contain {} elements, got {}",
            tree.features,
            rules.features.len()
        )));
    }
    if !rules.classes.is_empty() && !labels.is_empty() {
        if rules.classes.len() != labels.len() {
            return Err(value_error(format!(
                "When `class_names` is an array, it should contain as many items as `decision_tree.classes_`. Got {} while the tree was \
                 fitted with {} classes.",
                rules.classes.len(),
                labels.len()
            )));
        }
        labels.clone_from(&rules.classes);
    }
    let mut text = String::new();
    write(&tree, 0, 1, rules, &labels, &mut text);
    Ok(text)
}

throwing_functions! {
    /// See `try_export_text`.
    export_text = try_export_text<T: Ruled>(tree: &T, rules: &Rules) -> String;
}

macro_rules! described {
    ($type:ty) => {
        impl $type {
            /// `tree_`.
            pub fn try_tree_(&self) -> Result<Grown> {
                self.fitted_for("tree_")?;
                Ok(Grown(self.ruled()?.0))
            }
            /// See `try_tree_`.
            pub fn tree_(&self) -> Grown {
                crate::sklearn::errors::unwrap(self.try_tree_())
            }
            /// `apply(X)`: the leaf of each row.
            pub fn try_apply(&self, x: &Array2<f64>) -> Result<Array1<i64>> {
                let tree = self.ruled()?.0;
                let rows = narrow(x);
                Ok(rows
                    .rows()
                    .into_iter()
                    .map(|row| tree.leaf_number(row) as i64)
                    .collect())
            }
            /// See `try_apply`.
            pub fn apply(&self, x: &Array2<f64>) -> Array1<i64> {
                crate::sklearn::errors::unwrap(self.try_apply(x))
            }
            /// `decision_path(X)`.
            pub fn try_decision_path(&self, x: &Array2<f64>) -> Result<Ways> {
                Ok(Ways::of(&self.ruled()?.0, x))
            }
            /// See `try_decision_path`.
            pub fn decision_path(&self, x: &Array2<f64>) -> Ways {
                crate::sklearn::errors::unwrap(self.try_decision_path(x))
            }
            /// `cost_complexity_pruning_path(X, y)`.
            pub fn try_pruning_path<L: Labels>(
                &self,
                x: &Array2<f64>,
                y: &L,
            ) -> Result<PruningPath> {
                let mut parameters = self.parameters();
                parameters.ccp_alpha = 0.0;
                let own = Self::with(parameters);
                own.try_fit(x, y)?;
                Ok(path(&own.ruled()?.0))
            }
            /// See `try_pruning_path`.
            pub fn pruning_path<L: Labels>(&self, x: &Array2<f64>, y: &L) -> PruningPath {
                crate::sklearn::errors::unwrap(self.try_pruning_path(x, y))
            }
        }
    };
}
described!(DecisionTreeClassifier);
described!(DecisionTreeRegressor);
