//! Ensembles that are not forests.

mod ada_boost;
mod ada_regressor;
mod bagging;
mod isolation;
mod stacking;
mod voting;

pub use ada_boost::{AdaBoostClassifier, AdaBoostClassifierKind, AdaBoostClassifierParameters};
pub use ada_regressor::{AdaBoostRegressor, AdaBoostRegressorKind, AdaBoostRegressorParameters};
pub use bagging::{BaggingClassifier, BaggingRegressor};
pub use isolation::IsolationForest;
pub use stacking::{StackingClassifier, StackingRegressor};
pub use voting::{VotingClassifier, VotingRegressor};
