//! What all linear classifiers learn: one plane for two classes, else one for each class.

use super::largest_of_rows;
use crate::sklearn::target::Target;
use ndarray::{Array1, Array2};

/// Planes between classes.
#[derive(Clone, Debug)]
pub struct Planes {
    /// The classes in order.
    pub classes: Target,
    /// One row for two classes, else one for each class.
    pub coefficients: Array2<f64>,
    /// The constant of each plane.
    pub intercepts: Array1<f64>,
}

impl Planes {
    /// The signed distance of each row to each plane.
    pub fn scores(&self, x: &Array2<f64>) -> Array2<f64> {
        x.dot(&self.coefficients.t()) + &self.intercepts
    }

    /// The class on whose side each row lies.
    pub fn predict(&self, x: &Array2<f64>) -> Target {
        self.classes.take(&sides(&self.scores(x)))
    }
}

/// The position of the class that scores mean: the sign of a single one, else the first largest.
fn sides(scores: &Array2<f64>) -> Vec<usize> {
    if scores.ncols() == 1 {
        return scores
            .iter()
            .map(|score| usize::from(*score > 0.0))
            .collect();
    }
    largest_of_rows(scores)
}

/// Declares what a classifier with `Planes` answers in the common way.
macro_rules! by_planes {
    () => {
        fn predict(
            _parameters: &Self::Parameters,
            fitted: &Self::Fitted,
            x: &Array2<f64>,
        ) -> Result<Target> {
            Ok(fitted.planes.predict(x))
        }
        fn decision_function(
            _parameters: &Self::Parameters,
            fitted: &Self::Fitted,
            x: &Array2<f64>,
        ) -> Result<Array2<f64>> {
            Ok(fitted.planes.scores(x))
        }
        fn weights(fitted: &Self::Fitted) -> Result<Array2<f64>> {
            Ok(fitted.planes.coefficients.clone())
        }
        fn classes(fitted: &Self::Fitted) -> Result<Target> {
            Ok(fitted.planes.classes.clone())
        }
    };
}
pub(crate) use by_planes;
