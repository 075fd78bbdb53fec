//! Splits, folds, cross-validation and grids.

mod curves;
pub mod distributions;
mod folds;
mod grid;
mod scores;
mod scoring;
mod split;
mod splitters;

pub use curves::{
    Growth, LearningCurve, learning_curve, try_learning_curve, try_validation_curve,
    validation_curve,
};
pub(crate) use folds::default_splitter;
pub use folds::{Cv, Folds, KFold, Splitter, StratifiedKFold};
pub use grid::{Chosen, GridSearchCV, Values};
pub use scores::{
    CrossValidated, cross_val_chances, cross_val_predict, cross_val_score, cross_validate,
    cross_validate_many, try_cross_val_chances, try_cross_val_predict, try_cross_val_score,
    try_cross_validate, try_cross_validate_many,
};
pub(crate) use scores::{evaluate, score};
pub use scoring::score_by_name;
pub(crate) use split::split_rows;
pub use split::{Size, Split, SplitAll, SplitRows, train_test_split, try_train_test_split};
pub use splitters::Splits;
pub(crate) use splitters::held_out;
