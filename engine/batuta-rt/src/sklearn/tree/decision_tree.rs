//! `DecisionTreeClassifier` and `DecisionTreeRegressor`.

use super::criterion::Measure;
use super::describe::pruned;
use super::grow::{Growth, Tree, grow, narrow};
use crate::sklearn::errors::Result;
use crate::sklearn::estimator::{Estimator, Kind, Role, attributes, invalid_parameter};
use crate::sklearn::linear_model::{ClassWeight, first_largest, row_weights};
use crate::sklearn::parameters::{Param, parameters};
use crate::sklearn::random::RandomState;
use crate::sklearn::target::Target;
use ndarray::{Array1, Array2};

/// See `DecisionTreeClassifier`.
pub struct DecisionTreeClassifierKind;
/// A tree of questions that ends in classes.
pub type DecisionTreeClassifier = Estimator<DecisionTreeClassifierKind>;

parameters! {
    /// Parameters of `DecisionTreeClassifier`.
    DecisionTreeClassifierParameters for DecisionTreeClassifierKind {
        ccp_alpha = "ccp_alpha": f64 = 0.0,
        class_weight = "class_weight": ClassWeight = ClassWeight::Equal,
        criterion = "criterion": String = "gini".to_string(),
        max_depth = "max_depth": Option<i64> = None,
        max_features = "max_features": Param = Param::Nothing,
        max_leaf_nodes = "max_leaf_nodes": Option<i64> = None,
        min_impurity_decrease = "min_impurity_decrease": f64 = 0.0,
        min_samples_leaf = "min_samples_leaf": Param = Param::Int(1),
        min_samples_split = "min_samples_split": Param = Param::Int(2),
        min_weight_fraction_leaf = "min_weight_fraction_leaf": f64 = 0.0,
        random_state = "random_state": Option<i64> = None,
        splitter = "splitter": String = "best".to_string(),
    }
}

/// See `DecisionTreeRegressor`.
pub struct DecisionTreeRegressorKind;
/// A tree of questions that ends in numbers.
pub type DecisionTreeRegressor = Estimator<DecisionTreeRegressorKind>;

parameters! {
    /// Parameters of `DecisionTreeRegressor`.
    DecisionTreeRegressorParameters for DecisionTreeRegressorKind {
        ccp_alpha = "ccp_alpha": f64 = 0.0,
        max_depth = "max_depth": Option<i64> = None,
        max_features = "max_features": Param = Param::Nothing,
        max_leaf_nodes = "max_leaf_nodes": Option<i64> = None,
        min_impurity_decrease = "min_impurity_decrease": f64 = 0.0,
        min_samples_leaf = "min_samples_leaf": Param = Param::Int(1),
        min_samples_split = "min_samples_split": Param = Param::Int(2),
        min_weight_fraction_leaf = "min_weight_fraction_leaf": f64 = 0.0,
        random_state = "random_state": Option<i64> = None,
        splitter = "splitter": String = "best".to_string(),
    }
}

/// The limits that all trees and forests share, resolved for data of this size.
pub struct Limits<'a> {
    pub class: &'static str,
    pub measure: Measure,
    pub max_depth: Option<i64>,
    pub max_features: &'a Param,
    pub min_impurity_decrease: f64,
    pub min_samples_leaf: &'a Param,
    pub min_samples_split: &'a Param,
    pub min_weight_fraction_leaf: f64,
    pub max_leaf_nodes: Option<i64>,
}

impl Limits<'_> {
    /// Counts for shares and names.
    pub fn resolve(&self, samples: usize, features: usize) -> Result<Growth> {
        if self.max_depth.is_some_and(|depth| depth < 1) {
            let got = self.max_depth.unwrap_or(0).to_string();
            return Err(invalid_parameter(
                self.class,
                "max_depth",
                "an int in the range [1, inf) or None",
                &got,
            ));
        }
        if self.max_leaf_nodes.is_some_and(|most| most < 2) {
            let got = self.max_leaf_nodes.unwrap_or(0).to_string();
            return Err(invalid_parameter(
                self.class,
                "max_leaf_nodes",
                "an int in the range [2, inf) or None",
                &got,
            ));
        }
        let leaf = match self.min_samples_leaf {
            Param::Int(count) => *count as usize,
            Param::Float(share) => (share * samples as f64).ceil() as usize,
            _ => 1,
        };
        let split = match self.min_samples_split {
            Param::Int(count) => *count as usize,
            Param::Float(share) => ((share * samples as f64).ceil() as usize).max(2),
            _ => 2,
        };
        let max_features = match self.max_features {
            Param::Text(name) if name == "sqrt" => ((features as f64).sqrt() as usize).max(1),
            Param::Text(name) if name == "log2" => ((features as f64).log2() as usize).max(1),
            Param::Int(count) => *count as usize,
            Param::Float(share) => ((share * features as f64) as usize).max(1),
            _ => features,
        };
        Ok(Growth {
            measure: self.measure,
            max_depth: self.max_depth,
            min_samples_split: split.max(2 * leaf),
            min_samples_leaf: leaf,
            min_impurity_decrease: self.min_impurity_decrease,
            max_features,
            random_borders: false,
            min_weight_leaf: self.min_weight_fraction_leaf,
            max_leaves: self.max_leaf_nodes.map(|most| most as usize),
        })
    }
}

/// The measure that `criterion=` names.
pub fn measure_of_classes(class: &str, criterion: &str) -> Result<Measure> {
    match criterion {
        "gini" => Ok(Measure::Gini),
        "entropy" | "log_loss" => Ok(Measure::Entropy),
        other => Err(invalid_parameter(
            class,
            "criterion",
            "a str among {'gini', 'entropy', 'log_loss'}",
            &format!("'{other}'"),
        )),
    }
}

/// A tree and its classes.
pub struct ClassTree {
    pub(super) tree: Tree,
    pub(super) classes: Target,
}

/// The limits that the parameters of a model of trees set.
macro_rules! limits {
    ($kind:ident, $parameters:ident, $measure:expr) => {
        Limits {
            class: $kind::NAME,
            measure: $measure,
            max_depth: $parameters.max_depth,
            max_features: &$parameters.max_features,
            min_impurity_decrease: $parameters.min_impurity_decrease,
            min_samples_leaf: &$parameters.min_samples_leaf,
            min_samples_split: &$parameters.min_samples_split,
            min_weight_fraction_leaf: $parameters.min_weight_fraction_leaf,
            max_leaf_nodes: $parameters.max_leaf_nodes,
        }
    };
}
pub(super) use limits;

/// Grows a tree on classes that are numbered already, with a weight for each sample.
pub fn learn_weighted(
    parameters: &DecisionTreeClassifierParameters,
    x: &Array2<f64>,
    codes: &[usize],
    classes: &Target,
    weights: Option<&[f64]>,
) -> Result<ClassTree> {
    let count = classes.length().unwrap_or(0);
    let mut growth = limits!(
        DecisionTreeClassifierKind,
        parameters,
        measure_of_classes(DecisionTreeClassifierKind::NAME, &parameters.criterion)?
    )
    .resolve(x.nrows(), x.ncols())?;
    growth.random_borders = parameters.splitter == "random";
    let numbers: Vec<f64> = codes.iter().map(|&code| code as f64).collect();
    let mut random = RandomState::from_seed(parameters.random_state);
    let tree = grow(&narrow(x), &numbers, count, weights, &growth, &mut random);
    Ok(ClassTree {
        tree: pruned(tree, parameters.ccp_alpha),
        classes: classes.clone(),
    })
}

impl ClassTree {
    /// The number of the class that each row is given.
    pub fn codes(&self, x: &Array2<f64>) -> Vec<usize> {
        let x = narrow(x);
        x.rows()
            .into_iter()
            .map(|row| first_largest(self.tree.leaf(row).value.iter().copied()))
            .collect()
    }

    /// How much each feature lowered the impurity, as shares.
    pub fn importances(&self) -> Array1<f64> {
        self.tree.importances()
    }
}

impl Kind for DecisionTreeClassifierKind {
    const NAME: &'static str = "DecisionTreeClassifier";
    const ROLE: Role = Role::Classifier;
    type Parameters = DecisionTreeClassifierParameters;
    type Fitted = ClassTree;

    fn fit_weighted(
        parameters: &Self::Parameters,
        x: &Array2<f64>,
        y: &Target,
        weights: Option<&[f64]>,
    ) -> Result<ClassTree> {
        let (classes, codes) = y.classes()?;
        let weights = row_weights(&parameters.class_weight, (&codes, &classes), weights);
        learn_weighted(parameters, x, &codes, &classes, weights.as_deref())
    }

    fn predict(
        _parameters: &Self::Parameters,
        fitted: &ClassTree,
        x: &Array2<f64>,
    ) -> Result<Target> {
        Ok(fitted.classes.take(&fitted.codes(x)))
    }

    fn predict_proba(
        _parameters: &Self::Parameters,
        fitted: &ClassTree,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        let x = narrow(x);
        let mut table = Array2::zeros((x.nrows(), fitted.classes.length().unwrap_or(0)));
        for (row, mut chances) in x.rows().into_iter().zip(table.rows_mut()) {
            chances.assign(&Array1::from(fitted.tree.leaf(row).value.clone()));
        }
        Ok(table)
    }

    fn classes(fitted: &ClassTree) -> Result<Target> {
        Ok(fitted.classes.clone())
    }

    fn importances(fitted: &Self::Fitted) -> Result<Array1<f64>> {
        Ok(fitted.tree.importances())
    }
}

impl Kind for DecisionTreeRegressorKind {
    const NAME: &'static str = "DecisionTreeRegressor";
    const ROLE: Role = Role::Regressor;
    type Parameters = DecisionTreeRegressorParameters;
    type Fitted = Tree;

    fn fit_weighted(
        parameters: &Self::Parameters,
        x: &Array2<f64>,
        y: &Target,
        weights: Option<&[f64]>,
    ) -> Result<Tree> {
        let mut growth =
            limits!(Self, parameters, Measure::SquaredError).resolve(x.nrows(), x.ncols())?;
        growth.random_borders = parameters.splitter == "random";
        let targets = y.floats()?.to_vec();
        let tree = grow(
            &narrow(x),
            &targets,
            1,
            weights,
            &growth,
            &mut RandomState::from_seed(parameters.random_state),
        );
        Ok(pruned(tree, parameters.ccp_alpha))
    }

    fn predict(_parameters: &Self::Parameters, fitted: &Tree, x: &Array2<f64>) -> Result<Target> {
        let x = narrow(x);
        Ok(Target::Float(
            x.rows()
                .into_iter()
                .map(|row| fitted.leaf(row).value[0])
                .collect(),
        ))
    }

    fn importances(fitted: &Self::Fitted) -> Result<Array1<f64>> {
        Ok(fitted.importances())
    }
}

attributes!(DecisionTreeClassifier {
    /// How much each feature lowered the impurity, as shares.
    feature_importances_ / try_feature_importances_: Array1<f64> = |fitted| fitted.tree.importances();
    /// Number of classes.
    n_classes_ / try_n_classes_: i64 = |fitted| fitted.classes.length().unwrap_or(0) as i64;
    /// The length of the longest path.
    get_depth / try_get_depth: i64 = |fitted| fitted.tree.depth() as i64;
    /// The number of leaves.
    get_n_leaves / try_get_n_leaves: i64 = |fitted| fitted.tree.leaves() as i64;
});

attributes!(DecisionTreeRegressor {
    /// How much each feature lowered the impurity, as shares.
    feature_importances_ / try_feature_importances_: Array1<f64> = |fitted| fitted.importances();
    /// The length of the longest path.
    get_depth / try_get_depth: i64 = |fitted| fitted.depth() as i64;
    /// The number of leaves.
    get_n_leaves / try_get_n_leaves: i64 = |fitted| fitted.leaves() as i64;
});
