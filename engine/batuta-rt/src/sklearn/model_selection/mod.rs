//! Splits, folds, cross-validation and grids.

mod folds;
mod grid;
mod scores;
mod scoring;
mod split;

pub use folds::{Folds, KFold, Splitter, StratifiedKFold};
pub use grid::{Chosen, GridSearchCV, Values};
pub use scores::{
    CrossValidated, cross_val_predict, cross_val_score, cross_validate, try_cross_val_predict,
    try_cross_val_score, try_cross_validate,
};
pub use scoring::score_by_name;
pub use split::{Split, SplitAll, SplitRows, train_test_split, try_train_test_split};
