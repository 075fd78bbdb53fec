//! `RandomForest…` and `ExtraTrees…`: the same trees as scikit-learn's for the same seed.

use super::criterion::Measure;
use super::decision_tree::{
    ClassTree, DecisionTreeClassifier, DecisionTreeRegressor, Limits, limits, measure_of_classes,
};
use super::describe::pruned;
use super::grow::{Growth, Tree, grow, narrow};
use crate::sklearn::errors::Result;
use crate::sklearn::estimator::{Estimator, Kind, Role, attributes, invalid_parameter};
use crate::sklearn::linear_model::{ClassWeight, first_largest, row_weights};
use crate::sklearn::metrics::r2;
use crate::sklearn::parameters::{Param, parameters};
use crate::sklearn::random::RandomState;
use crate::sklearn::target::Target;
use ndarray::{Array1, Array2};

/// See `RandomForestClassifier`.
pub struct RandomForestClassifierKind;
/// The mean of many trees, each on a sample of the rows and of the features.
pub type RandomForestClassifier = Estimator<RandomForestClassifierKind>;

parameters! {
    /// Parameters of `RandomForestClassifier`.
    RandomForestClassifierParameters for RandomForestClassifierKind {
        bootstrap = "bootstrap": bool = true,
        ccp_alpha = "ccp_alpha": f64 = 0.0,
        class_weight = "class_weight": ClassWeight = ClassWeight::Equal,
        criterion = "criterion": String = "gini".to_string(),
        max_depth = "max_depth": Option<i64> = None,
        max_features = "max_features": Param = Param::Text("sqrt".to_string()),
        max_leaf_nodes = "max_leaf_nodes": Option<i64> = None,
        max_samples = "max_samples": Param = Param::Nothing,
        min_impurity_decrease = "min_impurity_decrease": f64 = 0.0,
        min_samples_leaf = "min_samples_leaf": Param = Param::Int(1),
        min_samples_split = "min_samples_split": Param = Param::Int(2),
        min_weight_fraction_leaf = "min_weight_fraction_leaf": f64 = 0.0,
        n_estimators = "n_estimators": i64 = 100,
        n_jobs = "n_jobs": Option<i64> = None,
        oob_score = "oob_score": bool = false,
        random_state = "random_state": Option<i64> = None,
    }
}

/// See `RandomForestRegressor`.
pub struct RandomForestRegressorKind;
/// The mean of many regression trees.
pub type RandomForestRegressor = Estimator<RandomForestRegressorKind>;

parameters! {
    /// Parameters of `RandomForestRegressor`.
    RandomForestRegressorParameters for RandomForestRegressorKind {
        bootstrap = "bootstrap": bool = true,
        ccp_alpha = "ccp_alpha": f64 = 0.0,
        max_depth = "max_depth": Option<i64> = None,
        max_features = "max_features": Param = Param::Float(1.0),
        max_leaf_nodes = "max_leaf_nodes": Option<i64> = None,
        max_samples = "max_samples": Param = Param::Nothing,
        min_impurity_decrease = "min_impurity_decrease": f64 = 0.0,
        min_samples_leaf = "min_samples_leaf": Param = Param::Int(1),
        min_samples_split = "min_samples_split": Param = Param::Int(2),
        min_weight_fraction_leaf = "min_weight_fraction_leaf": f64 = 0.0,
        n_estimators = "n_estimators": i64 = 100,
        n_jobs = "n_jobs": Option<i64> = None,
        oob_score = "oob_score": bool = false,
        random_state = "random_state": Option<i64> = None,
    }
}

/// See `ExtraTreesClassifier`.
pub struct ExtraTreesClassifierKind;
/// The mean of many trees with drawn borders.
pub type ExtraTreesClassifier = Estimator<ExtraTreesClassifierKind>;

parameters! {
    /// Parameters of `ExtraTreesClassifier`.
    ExtraTreesClassifierParameters for ExtraTreesClassifierKind {
        bootstrap = "bootstrap": bool = false,
        ccp_alpha = "ccp_alpha": f64 = 0.0,
        class_weight = "class_weight": ClassWeight = ClassWeight::Equal,
        criterion = "criterion": String = "gini".to_string(),
        max_depth = "max_depth": Option<i64> = None,
        max_features = "max_features": Param = Param::Text("sqrt".to_string()),
        max_leaf_nodes = "max_leaf_nodes": Option<i64> = None,
        max_samples = "max_samples": Param = Param::Nothing,
        min_impurity_decrease = "min_impurity_decrease": f64 = 0.0,
        min_samples_leaf = "min_samples_leaf": Param = Param::Int(1),
        min_samples_split = "min_samples_split": Param = Param::Int(2),
        min_weight_fraction_leaf = "min_weight_fraction_leaf": f64 = 0.0,
        n_estimators = "n_estimators": i64 = 100,
        n_jobs = "n_jobs": Option<i64> = None,
        oob_score = "oob_score": bool = false,
        random_state = "random_state": Option<i64> = None,
    }
}

/// See `ExtraTreesRegressor`.
pub struct ExtraTreesRegressorKind;
/// The mean of many regression trees with drawn borders.
pub type ExtraTreesRegressor = Estimator<ExtraTreesRegressorKind>;

parameters! {
    /// Parameters of `ExtraTreesRegressor`.
    ExtraTreesRegressorParameters for ExtraTreesRegressorKind {
        bootstrap = "bootstrap": bool = false,
        ccp_alpha = "ccp_alpha": f64 = 0.0,
        max_depth = "max_depth": Option<i64> = None,
        max_features = "max_features": Param = Param::Float(1.0),
        max_leaf_nodes = "max_leaf_nodes": Option<i64> = None,
        max_samples = "max_samples": Param = Param::Nothing,
        min_impurity_decrease = "min_impurity_decrease": f64 = 0.0,
        min_samples_leaf = "min_samples_leaf": Param = Param::Int(1),
        min_samples_split = "min_samples_split": Param = Param::Int(2),
        min_weight_fraction_leaf = "min_weight_fraction_leaf": f64 = 0.0,
        n_estimators = "n_estimators": i64 = 100,
        n_jobs = "n_jobs": Option<i64> = None,
        oob_score = "oob_score": bool = false,
        random_state = "random_state": Option<i64> = None,
    }
}

struct Planting<'a> {
    class: &'static str,
    count: i64,
    bootstrap: bool,
    max_samples: &'a Param,
    random_state: Option<i64>,
    /// How much each sample counts, where they do not count alike.
    whole: Option<Vec<f64>>,
    /// Whether the classes are made to count alike among the drawn samples.
    balanced_draws: bool,
    alpha: f64,
    growth: Growth,
}

/// Trees, and for each which rows it has seen.
type Planted = (Vec<Tree>, Vec<Vec<bool>>);

fn plant(x: &Array2<f64>, y: &[f64], classes: usize, planting: &Planting) -> Result<Planted> {
    if planting.count < 1 {
        let got = planting.count.to_string();
        return Err(invalid_parameter(
            planting.class,
            "n_estimators",
            "an int in the range [1, inf)",
            &got,
        ));
    }
    let samples = x.nrows();
    let draws = match planting.max_samples {
        Param::Int(count) => *count as usize,
        Param::Float(share) => ((samples as f64 * share) as usize).max(1),
        _ => samples,
    };
    let codes: Vec<usize> = y.iter().map(|code| *code as usize).collect();
    let whole = &planting.whole;
    let shares: Option<Vec<f64>> = whole.as_ref().map(|shares| {
        let total = crate::sklearn::sums::sum(shares.iter().copied());
        shares.iter().map(|share| share / total).collect()
    });
    let x = narrow(x);
    let mut random = RandomState::from_seed(planting.random_state);
    // All seeds are drawn first, one for each tree.
    let seeds: Vec<u32> = (0..planting.count)
        .map(|_| random.randint(0, i64::from(i32::MAX)) as u32)
        .collect();
    Ok(seeds
        .into_iter()
        .map(|seed| {
            let weights = planting.bootstrap.then(|| {
                let mut own = RandomState::new(seed);
                let mut counts = vec![0.0; samples];
                for _ in 0..draws {
                    // Samples of classes that count more are drawn more often.
                    let drawn = match &shares {
                        Some(shares) => own.weighted(shares),
                        None => own.randint(0, samples as i64) as usize,
                    };
                    counts[drawn] += 1.0;
                }
                if planting.balanced_draws {
                    weigh_drawn(&mut counts, &codes, classes);
                }
                counts
            });
            let seen = weights.as_ref().map_or_else(Vec::new, |counts| {
                counts.iter().map(|count| *count > 0.0).collect()
            });
            let weights = weights.or_else(|| whole.clone());
            let tree = grow(
                &x,
                y,
                classes,
                weights.as_deref(),
                &planting.growth,
                &mut RandomState::new(seed),
            );
            (pruned(tree, planting.alpha), seen)
        })
        .unzip())
}

/// The mean of what trees say about rows that they have not seen, one column for each value of a leaf.
fn unseen_means(
    x: &Array2<f64>,
    (trees, seen): (&[Tree], &[Vec<bool>]),
    columns: usize,
) -> Array2<f64> {
    let x = narrow(x);
    let mut sums = Array2::<f64>::zeros((x.nrows(), columns));
    let mut counts = vec![0.0; x.nrows()];
    for (tree, seen) in trees.iter().zip(seen) {
        for (row, values) in x
            .rows()
            .into_iter()
            .enumerate()
            .filter(|(row, _)| !seen[*row])
        {
            for (sum, value) in sums.row_mut(row).iter_mut().zip(&tree.leaf(values).value) {
                *sum += value;
            }
            counts[row] += 1.0;
        }
    }
    if counts.contains(&0.0) {
        crate::sklearn::errors::warn(
            "UserWarning",
            "Some inputs do not have OOB scores. This probably means too few trees were used to compute any reliable OOB estimates.",
        );
    }
    for (mut row, count) in sums.rows_mut().into_iter().zip(counts) {
        row /= f64::max(count, 1.0);
    }
    sums
}

/// How much each sample counts by its class and by itself; nothing where all count alike.
fn class_shares(
    kind: &ClassWeight,
    numbered: (&[usize], &Target),
    bootstrap: bool,
    weights: Option<&[f64]>,
) -> Option<Vec<f64>> {
    let subsamples = kind.rule() == Some("balanced_subsample");
    let whole = if subsamples && !bootstrap {
        &ClassWeight::Named("balanced".to_string())
    } else {
        kind
    };
    if subsamples && bootstrap {
        return weights.map(<[f64]>::to_vec);
    }
    row_weights(whole, numbered, weights)
}

fn check_outside(wanted: bool, bootstrap: bool) -> Result<bool> {
    if wanted && !bootstrap {
        return Err(crate::sklearn::errors::value_error(
            "Out of bag estimation only available if bootstrap=True",
        ));
    }
    Ok(wanted)
}

/// Weighs the classes by how often each was drawn.
fn weigh_drawn(counts: &mut [f64], codes: &[usize], classes: usize) {
    let mut sizes = vec![0.0; classes];
    for (count, &code) in counts.iter().zip(codes) {
        sizes[code] += count;
    }
    let total: f64 = sizes.iter().sum();
    let seen = sizes.iter().filter(|size| **size > 0.0).count() as f64;
    for (count, &code) in counts.iter_mut().zip(codes) {
        if *count > 0.0 {
            *count *= total / (seen * sizes[code]);
        }
    }
}

fn importances(trees: &[Tree], features: usize) -> Array1<f64> {
    let mut shares = Array1::<f64>::zeros(features);
    let mut count = 0.0;
    for tree in trees.iter().filter(|tree| tree.nodes.len() > 1) {
        shares += &tree.importances();
        count += 1.0;
    }
    if count == 0.0 {
        return shares;
    }
    shares /= count;
    let total = crate::sklearn::sums::sum(shares.iter().copied());
    shares / total
}

/// Trees and their classes.
pub struct Forest {
    trees: Vec<Tree>,
    classes: Target,
    /// The score on rows that trees have not seen, and the chances behind it.
    outside: Option<(f64, Array2<f64>)>,
}

/// Trees of numbers.
pub struct Means {
    trees: Vec<Tree>,
    outside: Option<(f64, Array2<f64>)>,
}

impl Forest {
    fn chances(&self, x: &Array2<f64>) -> Array2<f64> {
        let x = narrow(x);
        let mut table = Array2::zeros((x.nrows(), self.classes.length().unwrap_or(0)));
        for tree in &self.trees {
            for (row, mut chances) in x.rows().into_iter().zip(table.rows_mut()) {
                for (chance, value) in chances.iter_mut().zip(&tree.leaf(row).value) {
                    *chance += value;
                }
            }
        }
        table / self.trees.len() as f64
    }
}

macro_rules! classifying_forest {
    ($kind:ident, $parameters:ident, $name:literal, $drawn:literal) => {
        impl Kind for $kind {
            const NAME: &'static str = $name;
            const ROLE: Role = Role::Classifier;
            type Parameters = $parameters;
            type Fitted = Forest;

            fn fit_weighted(
                parameters: &Self::Parameters,
                x: &Array2<f64>,
                y: &Target,
                weights: Option<&[f64]>,
            ) -> Result<Forest> {
                let (classes, codes) = y.classes()?;
                let mut growth = limits!(
                    Self,
                    parameters,
                    measure_of_classes(Self::NAME, &parameters.criterion)?
                )
                .resolve(x.nrows(), x.ncols())?;
                growth.random_borders = $drawn;
                let numbers: Vec<f64> = codes.iter().map(|&code| code as f64).collect();
                let planting = Planting {
                    class: Self::NAME,
                    count: parameters.n_estimators,
                    bootstrap: parameters.bootstrap,
                    max_samples: &parameters.max_samples,
                    random_state: parameters.random_state,
                    whole: class_shares(
                        &parameters.class_weight,
                        (&codes, &classes),
                        parameters.bootstrap,
                        weights,
                    ),
                    balanced_draws: parameters.class_weight.rule() == Some("balanced_subsample"),
                    alpha: parameters.ccp_alpha,
                    growth,
                };
                let outside = check_outside(parameters.oob_score, parameters.bootstrap)?;
                let count = classes.length().unwrap_or(0);
                let (trees, seen) = plant(x, &numbers, count, &planting)?;
                let outside = outside.then(|| {
                    let means = unseen_means(x, (&trees, &seen), count);
                    let right = means
                        .rows()
                        .into_iter()
                        .zip(&codes)
                        .filter(|(row, code)| first_largest(row.iter().copied()) == **code);
                    (right.count() as f64 / x.nrows() as f64, means)
                });
                Ok(Forest {
                    trees,
                    classes,
                    outside,
                })
            }

            fn predict(
                _parameters: &Self::Parameters,
                fitted: &Forest,
                x: &Array2<f64>,
            ) -> Result<Target> {
                let chances = fitted.chances(x);
                Ok(fitted.classes.of_largest(&chances))
            }

            fn predict_proba(
                _parameters: &Self::Parameters,
                fitted: &Forest,
                x: &Array2<f64>,
            ) -> Result<Array2<f64>> {
                Ok(fitted.chances(x))
            }

            fn classes(fitted: &Forest) -> Result<Target> {
                Ok(fitted.classes.clone())
            }

            fn importances(fitted: &Self::Fitted) -> Result<Array1<f64>> {
                Ok(importances(&fitted.trees, fitted.trees[0].features))
            }
        }
    };
}
classifying_forest!(
    RandomForestClassifierKind,
    RandomForestClassifierParameters,
    "RandomForestClassifier",
    false
);
classifying_forest!(
    ExtraTreesClassifierKind,
    ExtraTreesClassifierParameters,
    "ExtraTreesClassifier",
    true
);

macro_rules! averaging_forest {
    ($kind:ident, $parameters:ident, $name:literal, $drawn:literal) => {
        impl Kind for $kind {
            const NAME: &'static str = $name;
            const ROLE: Role = Role::Regressor;
            type Parameters = $parameters;
            type Fitted = Means;

            fn fit_weighted(
                parameters: &Self::Parameters,
                x: &Array2<f64>,
                y: &Target,
                weights: Option<&[f64]>,
            ) -> Result<Means> {
                let mut growth = limits!(Self, parameters, Measure::SquaredError)
                    .resolve(x.nrows(), x.ncols())?;
                growth.random_borders = $drawn;
                let planting = Planting {
                    class: Self::NAME,
                    count: parameters.n_estimators,
                    bootstrap: parameters.bootstrap,
                    max_samples: &parameters.max_samples,
                    random_state: parameters.random_state,
                    whole: weights.map(<[f64]>::to_vec),
                    balanced_draws: false,
                    alpha: parameters.ccp_alpha,
                    growth,
                };
                let outside = check_outside(parameters.oob_score, parameters.bootstrap)?;
                let (trees, seen) = plant(x, &y.floats()?.to_vec(), 1, &planting)?;
                let outside = if outside {
                    let means = unseen_means(x, (&trees, &seen), 1);
                    Some((r2(&y.table()?, &means)?, means))
                } else {
                    None
                };
                Ok(Means { trees, outside })
            }

            fn predict(
                _parameters: &Self::Parameters,
                fitted: &Means,
                x: &Array2<f64>,
            ) -> Result<Target> {
                let x = narrow(x);
                let mut sums = Array1::<f64>::zeros(x.nrows());
                for tree in &fitted.trees {
                    for (row, sum) in x.rows().into_iter().zip(sums.iter_mut()) {
                        *sum += tree.leaf(row).value[0];
                    }
                }
                Ok(Target::Float(sums / fitted.trees.len() as f64))
            }

            fn importances(fitted: &Self::Fitted) -> Result<Array1<f64>> {
                Ok(importances(&fitted.trees, fitted.trees[0].features))
            }
        }
    };
}
averaging_forest!(
    RandomForestRegressorKind,
    RandomForestRegressorParameters,
    "RandomForestRegressor",
    false
);
averaging_forest!(
    ExtraTreesRegressorKind,
    ExtraTreesRegressorParameters,
    "ExtraTreesRegressor",
    true
);

attributes!(RandomForestClassifier {
    /// The score on rows that trees have not seen.
    oob_score_ / try_oob_score_: f64 = |fitted| match &fitted.outside {
        Some((score, _)) => *score,
        None => return Err(crate::sklearn::errors::no_attribute("RandomForestClassifier", "oob_score_")),
    };
    /// The chances behind it.
    oob_decision_function_ / try_oob_decision_function_: Array2<f64> = |fitted| match &fitted.outside {
        Some((_, means)) => means.clone(),
        None => return Err(crate::sklearn::errors::no_attribute("RandomForestClassifier", "oob_decision_function_")),
    };
    /// Mean of the trees' importances, as shares.
    feature_importances_ / try_feature_importances_: Array1<f64> = |fitted| importances(&fitted.trees, fitted.trees[0].features);
    /// Number of classes.
    n_classes_ / try_n_classes_: i64 = |fitted| fitted.classes.length().unwrap_or(0) as i64;
});

attributes!(RandomForestRegressor {
    /// The score on rows that trees have not seen.
    oob_score_ / try_oob_score_: f64 = |fitted| match &fitted.outside {
        Some((score, _)) => *score,
        None => return Err(crate::sklearn::errors::no_attribute("RandomForestRegressor", "oob_score_")),
    };
    /// The predictions behind it.
    oob_prediction_ / try_oob_prediction_: Array1<f64> = |fitted| match &fitted.outside {
        Some((_, means)) => means.column(0).to_owned(),
        None => return Err(crate::sklearn::errors::no_attribute("RandomForestRegressor", "oob_prediction_")),
    };
    /// Mean of the trees' importances, as shares.
    feature_importances_ / try_feature_importances_: Array1<f64> = |fitted| importances(&fitted.trees, fitted.trees[0].features);
});
attributes!(ExtraTreesClassifier {
    /// The score on rows that trees have not seen.
    oob_score_ / try_oob_score_: f64 = |fitted| match &fitted.outside {
        Some((score, _)) => *score,
        None => return Err(crate::sklearn::errors::no_attribute("ExtraTreesClassifier", "oob_score_")),
    };
    /// The chances behind it.
    oob_decision_function_ / try_oob_decision_function_: Array2<f64> = |fitted| match &fitted.outside {
        Some((_, means)) => means.clone(),
        None => return Err(crate::sklearn::errors::no_attribute("ExtraTreesClassifier", "oob_decision_function_")),
    };
    /// Mean of the trees' importances, as shares.
    feature_importances_ / try_feature_importances_: Array1<f64> = |fitted| importances(&fitted.trees, fitted.trees[0].features);
    /// Number of classes.
    n_classes_ / try_n_classes_: i64 = |fitted| fitted.classes.length().unwrap_or(0) as i64;
});
attributes!(ExtraTreesRegressor {
    /// The score on rows that trees have not seen.
    oob_score_ / try_oob_score_: f64 = |fitted| match &fitted.outside {
        Some((score, _)) => *score,
        None => return Err(crate::sklearn::errors::no_attribute("ExtraTreesRegressor", "oob_score_")),
    };
    /// The predictions behind it.
    oob_prediction_ / try_oob_prediction_: Array1<f64> = |fitted| match &fitted.outside {
        Some((_, means)) => means.column(0).to_owned(),
        None => return Err(crate::sklearn::errors::no_attribute("ExtraTreesRegressor", "oob_prediction_")),
    };
    /// Mean of the trees' importances, as shares.
    feature_importances_ / try_feature_importances_: Array1<f64> = |fitted| importances(&fitted.trees, fitted.trees[0].features);
});

impl RandomForestClassifier {
    /// `estimators_`: the trees, each a classifier of the classes' numbers.
    pub fn try_estimators_(&self) -> Result<Vec<DecisionTreeClassifier>> {
        let fitted = self.fitted_for("estimators_")?;
        let count = fitted.classes.length().unwrap_or(0);
        let made = fitted.trees.iter().map(|tree| {
            let own = DecisionTreeClassifier::new();
            let classes = Target::Float((0..count).map(|class| class as f64).collect());
            own.remember(
                ClassTree {
                    tree: tree.clone(),
                    classes,
                },
                tree.features,
            );
            own
        });
        Ok(made.collect())
    }
    /// See `try_estimators_`.
    pub fn estimators_(&self) -> Vec<DecisionTreeClassifier> {
        crate::sklearn::errors::unwrap(self.try_estimators_())
    }
}

macro_rules! trees_of_numbers {
    ($type:ty) => {
        impl $type {
            /// `estimators_`: the trees.
            pub fn try_estimators_(&self) -> Result<Vec<DecisionTreeRegressor>> {
                let fitted = self.fitted_for("estimators_")?;
                let made = fitted.trees.iter().map(|tree| {
                    let own = DecisionTreeRegressor::new();
                    own.remember(tree.clone(), tree.features);
                    own
                });
                Ok(made.collect())
            }
            /// See `try_estimators_`.
            pub fn estimators_(&self) -> Vec<DecisionTreeRegressor> {
                crate::sklearn::errors::unwrap(self.try_estimators_())
            }
        }
    };
}
trees_of_numbers!(RandomForestRegressor);
trees_of_numbers!(ExtraTreesRegressor);
