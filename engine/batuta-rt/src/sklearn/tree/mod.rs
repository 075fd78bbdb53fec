//! Decision trees and forests of them.

mod boosting;
mod criterion;
mod decision_tree;
mod describe;
mod forest;
mod grow;
mod histograms;
mod sort;

pub use boosting::{
    GradientBoostingClassifier, GradientBoostingClassifierKind,
    GradientBoostingClassifierParameters, GradientBoostingRegressor, GradientBoostingRegressorKind,
    GradientBoostingRegressorParameters,
};
pub(crate) use criterion::Measure;
pub use decision_tree::{
    ClassTree, DecisionTreeClassifier, DecisionTreeClassifierKind,
    DecisionTreeClassifierParameters, DecisionTreeRegressor, DecisionTreeRegressorKind,
    DecisionTreeRegressorParameters, learn_weighted,
};
pub use describe::{Grown, PruningPath, Ruled, Rules, Ways, export_text, names, try_export_text};
pub use forest::{
    ExtraTreesClassifier, ExtraTreesRegressor, RandomForestClassifier, RandomForestClassifierKind,
    RandomForestClassifierParameters, RandomForestRegressor, RandomForestRegressorKind,
    RandomForestRegressorParameters,
};
pub(crate) use grow::{Growth, Tree, grow, narrow};
pub use histograms::{HistGradientBoostingClassifier, HistGradientBoostingRegressor};
