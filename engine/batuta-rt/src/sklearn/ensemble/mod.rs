//! Ensembles of any estimators: votes, and boosted trees.

mod ada_boost;
mod voting;

pub use ada_boost::{AdaBoostClassifier, AdaBoostClassifierParameters};
pub use voting::{VotingClassifier, VotingClassifierParameters, VotingRegressor};
