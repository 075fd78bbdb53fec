//! Classifiers of the crate.

use super::{
    Adapted, CrateEstimator, DecisionTreeClassifierOnArrays, LogisticRegressionOnArrays, Own,
    RandomForestClassifierOnArrays, array,
};
use crate::sklearn::Role;
use crate::sklearn::estimator::{Estimator, attributes};
use aprender::classification::LogisticRegression;
use aprender::primitives::{Matrix, Vector};
use aprender::tree::{DecisionTreeClassifier, GradientBoostingClassifier, RandomForestClassifier};
use ndarray::{Array1, Array2};

fn signed(codes: Vec<usize>) -> Vec<i64> {
    codes.into_iter().map(|code| code as i64).collect()
}

impl CrateEstimator for DecisionTreeClassifier {
    const NAME: &'static str = "DecisionTreeClassifier";
    const ROLE: Role = Role::Classifier;
    fn blank() -> Self {
        DecisionTreeClassifier::new()
    }
    fn learn(&mut self, x: &Matrix<f32>, codes: &[usize], _y: &Vector<f32>) -> Result<(), String> {
        self.fit(x, codes).map_err(|error| error.to_string())
    }
    fn codes(&self, x: &Matrix<f32>) -> Option<Result<Vec<i64>, String>> {
        Some(Ok(signed(self.predict(x))))
    }
}

impl CrateEstimator for RandomForestClassifier {
    const NAME: &'static str = "RandomForestClassifier";
    const ROLE: Role = Role::Classifier;
    fn blank() -> Self {
        RandomForestClassifier::new(100)
    }
    fn learn(&mut self, x: &Matrix<f32>, codes: &[usize], _y: &Vector<f32>) -> Result<(), String> {
        self.fit(x, codes).map_err(|error| error.to_string())
    }
    fn codes(&self, x: &Matrix<f32>) -> Option<Result<Vec<i64>, String>> {
        Some(Ok(signed(self.predict(x))))
    }
    fn chances(&self, x: &Matrix<f32>) -> Option<Array2<f64>> {
        Some(array(&self.predict_proba(x)))
    }
}

impl CrateEstimator for GradientBoostingClassifier {
    const NAME: &'static str = "GradientBoostingClassifier";
    const ROLE: Role = Role::Classifier;
    fn blank() -> Self {
        GradientBoostingClassifier::new()
    }
    // Given a third class, the crate answers `Ok` and never predicts it.
    fn learn(&mut self, x: &Matrix<f32>, codes: &[usize], _y: &Vector<f32>) -> Result<(), String> {
        if codes.iter().any(|code| *code > 1) {
            return Err("GradientBoostingClassifier learns two classes only".to_string());
        }
        self.fit(x, codes).map_err(|error| error.to_string())
    }
    fn codes(&self, x: &Matrix<f32>) -> Option<Result<Vec<i64>, String>> {
        Some(
            self.predict(x)
                .map(signed)
                .map_err(|error| error.to_string()),
        )
    }
    fn chances(&self, x: &Matrix<f32>) -> Option<Array2<f64>> {
        let rows = self.predict_proba(x).ok()?;
        Some(Array2::from_shape_fn((rows.len(), 2), |(row, class)| {
            f64::from(rows[row][class])
        }))
    }
}

attributes!(RandomForestClassifierOnArrays {
    /// How much each feature lowered the impurity, as shares; every tree of the crate sees all features.
    feature_importances_ / try_feature_importances_: Array1<f64> = |fitted| {
        fitted.own.feature_importances().unwrap_or_default().into_iter().map(f64::from).collect()
    };
});

attributes!(DecisionTreeClassifierOnArrays {
    /// Number of classes.
    n_classes_ / try_n_classes_: i64 = |fitted| fitted.classes.length().unwrap_or(0) as i64;
});

/// The crate's logistic regression with scikit-learn's `C`: the penalty depends on the number of samples, known only at `fit`.
#[derive(Clone)]
pub struct LogisticWithPenalty {
    model: LogisticRegression,
    c: f64,
}

/// Adapts the crate's logistic regression.
pub trait OnArraysWithPenalty {
    /// With scikit-learn's `C`.
    fn on_arrays_with_penalty(self, c: f64) -> Estimator<Adapted<LogisticWithPenalty>>;
}

impl OnArraysWithPenalty for LogisticRegression {
    fn on_arrays_with_penalty(self, c: f64) -> Estimator<Adapted<LogisticWithPenalty>> {
        Estimator::with(Own(LogisticWithPenalty { model: self, c }))
    }
}

impl CrateEstimator for LogisticWithPenalty {
    const NAME: &'static str = "LogisticRegression";
    const ROLE: Role = Role::Classifier;
    fn blank() -> Self {
        LogisticWithPenalty {
            model: LogisticRegression::new(),
            c: 1.0,
        }
    }
    fn learn(&mut self, x: &Matrix<f32>, codes: &[usize], _y: &Vector<f32>) -> Result<(), String> {
        let penalty = 1.0 / (self.c * codes.len() as f64);
        self.model = self.model.clone().with_l2_penalty(penalty as f32);
        self.model.fit(x, codes).map_err(|error| error.to_string())
    }
    fn codes(&self, x: &Matrix<f32>) -> Option<Result<Vec<i64>, String>> {
        Some(Ok(signed(self.model.predict(x))))
    }
    fn chances(&self, x: &Matrix<f32>) -> Option<Array2<f64>> {
        let second = self.model.predict_proba(x);
        let second = second.as_slice();
        Some(Array2::from_shape_fn((second.len(), 2), |(row, class)| {
            let chance = f64::from(second[row]);
            if class == 1 { chance } else { 1.0 - chance }
        }))
    }
}

attributes!(LogisticRegressionOnArrays {
    /// Coefficients, as one row.
    coef_ / try_coef_: Array2<f64> = |fitted| super::column(fitted.own.model.coefficients()).insert_axis(ndarray::Axis(0));
    /// Constant term.
    intercept_ / try_intercept_: Array1<f64> = |fitted| Array1::from_elem(1, f64::from(fitted.own.model.intercept()));
});
