//! Decision trees and forests of them.

mod criterion;
mod decision_tree;
mod forest;
mod grow;
mod sort;

pub use decision_tree::{
    DecisionTreeClassifier, DecisionTreeClassifierKind, DecisionTreeClassifierParameters,
    DecisionTreeRegressor, DecisionTreeRegressorKind, DecisionTreeRegressorParameters,
};
pub use forest::{
    RandomForestClassifier, RandomForestClassifierKind, RandomForestClassifierParameters,
    RandomForestRegressor, RandomForestRegressorKind, RandomForestRegressorParameters,
};
