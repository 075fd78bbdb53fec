//! Whether an estimator learns from what is a sparse matrix in Python.
//!
//! Such a matrix is held as a plain table here. Most estimators compute the same numbers from both; those of stochastic gradient descent move their
//! intercept by a hundredth of the step, and some others compute something else, or refuse. So a matrix that is sparse in Python is marked on its
//! way into a call, and the mark holds while the call learns, for the estimators inside it, too.

use ndarray::Array2;
use std::cell::Cell;
use std::ptr;

thread_local! {
    static NEXT: Cell<*const f64> = const { Cell::new(ptr::null()) };
    static LEARNING: Cell<bool> = const { Cell::new(false) };
}

/// How much of a step the intercept moves (scikit-learn's `SPARSE_INTERCEPT_DECAY`).
const DECAY: f64 = 0.01;

/// Estimators that scikit-learn fits by other means when the matrix is sparse, so that their numbers differ.
const DIFFERENT: [&str; 9] = [
    "AdaBoostRegressor",
    "BaggingRegressor",
    "Birch",
    "ExtraTreesRegressor",
    "RandomForestRegressor",
    "RANSACRegressor",
    "Ridge",
    "RidgeClassifier",
    "RidgeCV",
];

/// Estimators that take dense arrays only.
const DENSE: [&str; 27] = [
    "ARDRegression",
    "AgglomerativeClustering",
    "BayesianRidge",
    "CategoricalNB",
    "FeatureAgglomeration",
    "GaussianNB",
    "GaussianProcessClassifier",
    "GaussianProcessRegressor",
    "HistGradientBoostingClassifier",
    "HistGradientBoostingRegressor",
    "Lars",
    "LarsCV",
    "LassoLars",
    "LassoLarsCV",
    "LassoLarsIC",
    "LinearDiscriminantAnalysis",
    "MeanShift",
    "OPTICS",
    "OrthogonalMatchingPursuit",
    "OrthogonalMatchingPursuitCV",
    "PLSRegression",
    "PowerTransformer",
    "QuadraticDiscriminantAnalysis",
    "GaussianMixture",
    "BayesianGaussianMixture",
    "RidgeClassifierCV",
    "TheilSenRegressor",
];

/// Transformers whose tables have entries for zeros, whatever they are made from.
const FILLING: [&str; 12] = [
    "FactorAnalysis",
    "FastICA",
    "GaussianRandomProjection",
    "KMeans",
    "KernelPCA",
    "LatentDirichletAllocation",
    "LinearDiscriminantAnalysis",
    "MiniBatchKMeans",
    "NMF",
    "Nystroem",
    "PCA",
    "TruncatedSVD",
];

/// Marks a matrix that is sparse in Python on its way into the call that follows.
pub fn sparse(x: &Array2<f64>) -> &Array2<f64> {
    NEXT.set(x.as_ptr());
    x
}

/// Until it is dropped, it is known whether what is learned from is sparse.
pub(crate) struct Learning(bool);

impl Drop for Learning {
    fn drop(&mut self) {
        LEARNING.set(self.0);
    }
}

/// Begins to learn from a matrix: it is sparse when it was marked, or when it is a part of one that is.
pub(crate) fn learning_from(x: &Array2<f64>) -> Learning {
    let marked = NEXT.replace(ptr::null());
    learning(LEARNING.get() || (!marked.is_null() && marked == x.as_ptr()))
}

/// Begins to learn from what is sparse, or not.
pub(crate) fn learning(sparse: bool) -> Learning {
    Learning(LEARNING.replace(sparse))
}

/// Whether what is learned from is sparse.
pub(crate) fn is_learning() -> bool {
    LEARNING.get()
}

/// Whether a transformer of this class gives a sparse matrix for one.
pub(crate) fn stays(name: &str) -> bool {
    !FILLING.contains(&name)
}

/// The part of a step that the intercept moves by.
pub(crate) fn intercept_decay() -> f64 {
    if LEARNING.get() { DECAY } else { 1.0 }
}

/// Ends the program where scikit-learn would compute something else from a sparse matrix, or nothing.
pub(crate) fn check(name: &str) {
    if !LEARNING.get() {
        return;
    }
    if DIFFERENT.contains(&name) {
        crate::py::unsupported(&format!(
            "{name} that learns from a sparse matrix: scikit-learn finds other numbers then"
        ));
    }
    if DENSE.contains(&name) {
        crate::py::unsupported(&format!(
            "{name} that learns from a sparse matrix: scikit-learn raises TypeError"
        ));
    }
}
