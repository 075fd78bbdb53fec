//! `LinearDiscriminantAnalysis` and `QuadraticDiscriminantAnalysis`, by singular values.

use super::errors::{Exception, Result, value_error};
use super::estimator::{Estimator, Kind, Role, attributes};
use super::linear_model::{Planes, by_planes, sigmoid, softmax};
use super::parameters::parameters;
use super::sums::{column_means, sum};
use super::target::Target;
use crate::np::linalg::svd;
use ndarray::{Array1, Array2, Axis, s};

/// The rows of one class.
fn members(x: &Array2<f64>, codes: &[usize], class: usize) -> Array2<f64> {
    let rows: Vec<usize> = (0..codes.len())
        .filter(|&row| codes[row] == class)
        .collect();
    x.select(Axis(0), &rows)
}

/// The share of each class, or what the program says.
fn priors_of(given: &Option<Vec<f64>>, codes: &[usize], count: usize) -> Array1<f64> {
    if let Some(values) = given {
        return values.clone().into();
    }
    let mut shares = Array1::zeros(count);
    for &code in codes {
        shares[code] += 1.0;
    }
    shares / codes.len() as f64
}

/// See `LinearDiscriminantAnalysis`.
pub struct LinearDiscriminantAnalysisKind;
/// Classes as bell curves of one shape.
pub type LinearDiscriminantAnalysis = Estimator<LinearDiscriminantAnalysisKind>;

parameters! {
    /// Parameters of `LinearDiscriminantAnalysis`.
    LinearDiscriminantAnalysisParameters for LinearDiscriminantAnalysisKind {
        n_components = "n_components": Option<i64> = None,
        priors = "priors": Option<Vec<f64>> = None,
        tol = "tol": f64 = 1e-4,
    }
}

/// What `LinearDiscriminantAnalysis` learns.
pub struct Discriminant {
    planes: Planes,
    centre: Array1<f64>,
    means: Array2<f64>,
    priors: Array1<f64>,
    scalings: Array2<f64>,
    shares: Array1<f64>,
    components: usize,
}

impl Kind for LinearDiscriminantAnalysisKind {
    const NAME: &'static str = "LinearDiscriminantAnalysis";
    const ROLE: Role = Role::Classifier;
    type Parameters = LinearDiscriminantAnalysisParameters;
    type Fitted = Discriminant;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<Discriminant> {
        let (classes, codes) = y.classes()?;
        let count = classes.length().unwrap_or(0);
        let (samples, features) = x.dim();
        if samples == count {
            return Err(value_error(
                "The number of samples must be more than the number of classes.",
            ));
        }
        let priors = priors_of(&parameters.priors, &codes, count);
        let most = features.min(count.saturating_sub(1));
        let components = match parameters.n_components {
            None => most,
            Some(wanted) if wanted as usize > most => {
                return Err(value_error(
                    "n_components cannot be larger than min(n_features, n_classes - 1).",
                ));
            }
            Some(wanted) => wanted as usize,
        };
        let mut means = Array2::zeros((count, features));
        let mut parts = Vec::new();
        for class in 0..count {
            let own = members(x, &codes, class);
            let mean = column_means(&own);
            parts.push(own - &mean);
            means.row_mut(class).assign(&mean);
        }
        let views: Vec<_> = parts.iter().map(|part| part.view()).collect();
        let centred = ndarray::concatenate(Axis(0), &views).expect("same columns");
        let centre = priors.dot(&means);
        let gaps = &centred - &column_means(&centred);
        let spread = column_means(&gaps.mapv(|value| value * value))
            .mapv(|value| if value == 0.0 { 1.0 } else { value.sqrt() });
        let scaled = (&centred / &spread) * (1.0 / samples as f64).sqrt();
        let (_, values, vt) = svd(&scaled);
        let rank = values
            .iter()
            .filter(|value| **value > parameters.tol)
            .count();
        let mut scalings = (&vt.slice(s![..rank, ..]) / &spread).t().to_owned();
        scalings /= &values.slice(s![..rank]);
        let factor = if count == 1 {
            1.0
        } else {
            1.0 / (count as f64 - 1.0)
        };
        let weights = priors.mapv(|prior| (samples as f64 * prior * factor).sqrt());
        let between = ((&means - &centre) * &weights.insert_axis(Axis(1))).dot(&scalings);
        let (_, values, vt) = svd(&between);
        let squares = values.mapv(|value| value * value);
        let shares = (&squares / sum(squares.iter().copied()))
            .slice(s![..components.min(squares.len())])
            .to_owned();
        let limit = parameters.tol * values[0];
        let rank = values.iter().filter(|value| **value > limit).count();
        let scalings = scalings.dot(&vt.t().slice(s![.., ..rank]));
        let moved = (&means - &centre).dot(&scalings);
        let mut intercepts: Array1<f64> = moved
            .rows()
            .into_iter()
            .zip(&priors)
            .map(|(row, prior)| -0.5 * sum(row.iter().map(|value| value * value)) + prior.ln())
            .collect();
        let mut coefficients = moved.dot(&scalings.t());
        intercepts = intercepts - centre.dot(&coefficients.t());
        if count == 2 {
            let row = &coefficients.row(1) - &coefficients.row(0);
            intercepts = Array1::from_elem(1, intercepts[1] - intercepts[0]);
            coefficients = row.insert_axis(Axis(0));
        }
        Ok(Discriminant {
            planes: Planes {
                classes,
                coefficients,
                intercepts,
            },
            centre,
            means,
            priors,
            scalings,
            shares,
            components,
        })
    }

    by_planes!();

    fn predict_proba(
        _parameters: &Self::Parameters,
        fitted: &Discriminant,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        let scores = fitted.planes.scores(x);
        if scores.ncols() > 1 {
            return Ok(softmax(&scores));
        }
        let second = scores.column(0).mapv(sigmoid);
        let first = second.mapv(|chance| 1.0 - chance);
        Ok(ndarray::stack(Axis(1), &[first.view(), second.view()]).expect("same lengths"))
    }

    fn transform(
        _parameters: &Self::Parameters,
        fitted: &Discriminant,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        let moved = (x - &fitted.centre).dot(&fitted.scalings);
        let most = fitted.components.min(moved.ncols());
        Ok(moved.slice(s![.., ..most]).to_owned())
    }
}

attributes!(LinearDiscriminantAnalysis {
    /// Coefficients: one row for two classes, else one for each class.
    coef_ / try_coef_: Array2<f64> = |fitted| fitted.planes.coefficients.clone();
    /// Constant terms.
    intercept_ / try_intercept_: Array1<f64> = |fitted| fitted.planes.intercepts.clone();
    /// The mean of each class.
    means_ / try_means_: Array2<f64> = |fitted| fitted.means.clone();
    /// The share of each class.
    priors_ / try_priors_: Array1<f64> = |fitted| fitted.priors.clone();
    /// The mean of all.
    xbar_ / try_xbar_: Array1<f64> = |fitted| fitted.centre.clone();
    /// The directions that separate the classes.
    scalings_ / try_scalings_: Array2<f64> = |fitted| fitted.scalings.clone();
    /// The share of the variance between classes along each direction.
    explained_variance_ratio_ / try_explained_variance_ratio_: Array1<f64> = |fitted| fitted.shares.clone();
});

/// See `QuadraticDiscriminantAnalysis`.
pub struct QuadraticDiscriminantAnalysisKind;
/// Classes as bell curves, each with its own shape.
pub type QuadraticDiscriminantAnalysis = Estimator<QuadraticDiscriminantAnalysisKind>;

parameters! {
    /// Parameters of `QuadraticDiscriminantAnalysis`.
    QuadraticDiscriminantAnalysisParameters for QuadraticDiscriminantAnalysisKind {
        priors = "priors": Option<Vec<f64>> = None,
        reg_param = "reg_param": f64 = 0.0,
        tol = "tol": f64 = 1e-4,
    }
}

/// What `QuadraticDiscriminantAnalysis` learns.
pub struct Curved {
    classes: Target,
    means: Array2<f64>,
    priors: Array1<f64>,
    scalings: Vec<Array1<f64>>,
    rotations: Vec<Array2<f64>>,
}

impl Curved {
    fn scores(&self, x: &Array2<f64>) -> Array2<f64> {
        let mut table = Array2::zeros((x.nrows(), self.scalings.len()));
        for (class, (scaling, rotation)) in self.scalings.iter().zip(&self.rotations).enumerate() {
            let moved = (x - &self.means.row(class))
                .dot(&(rotation * &scaling.mapv(|value| value.powf(-0.5))));
            let size = sum(scaling.iter().map(|value| value.ln()));
            for (row, values) in moved.rows().into_iter().enumerate() {
                let norm = sum(values.iter().map(|value| value * value));
                table[(row, class)] = -0.5 * (norm + size) + self.priors[class].ln();
            }
        }
        table
    }
}

impl Kind for QuadraticDiscriminantAnalysisKind {
    const NAME: &'static str = "QuadraticDiscriminantAnalysis";
    const ROLE: Role = Role::Classifier;
    type Parameters = QuadraticDiscriminantAnalysisParameters;
    type Fitted = Curved;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<Curved> {
        let (classes, codes) = y.classes()?;
        let count = classes.length().unwrap_or(0);
        if count < 2 {
            return Err(value_error(format!(
                "The number of classes has to be greater than one. Got {count} class."
            )));
        }
        let features = x.ncols();
        let mut means = Array2::zeros((count, features));
        let (mut scalings, mut rotations) = (Vec::new(), Vec::new());
        for class in 0..count {
            let own = members(x, &codes, class);
            let mean = column_means(&own);
            let (_, values, vt) = svd(&(&own - &mean));
            means.row_mut(class).assign(&mean);
            let scaling = values.mapv(|value| {
                (1.0 - parameters.reg_param) * (value * value / own.nrows() as f64)
                    + parameters.reg_param
            });
            let rank = scaling
                .iter()
                .filter(|value| **value > parameters.tol)
                .count();
            if rank < features {
                return Err(Exception::new(
                    "LinAlgError",
                    "The covariance matrix of a class is not full rank. Increase the value of `reg_param` to reduce the collinearity.",
                ));
            }
            scalings.push(scaling);
            rotations.push(vt.t().to_owned());
        }
        Ok(Curved {
            priors: priors_of(&parameters.priors, &codes, count),
            classes,
            means,
            scalings,
            rotations,
        })
    }

    fn predict(_parameters: &Self::Parameters, fitted: &Curved, x: &Array2<f64>) -> Result<Target> {
        let table = fitted.scores(x);
        Ok(fitted.classes.of_largest(&table))
    }

    fn predict_proba(
        _parameters: &Self::Parameters,
        fitted: &Curved,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        Ok(softmax(&fitted.scores(x)))
    }

    fn decision_function(
        _parameters: &Self::Parameters,
        fitted: &Curved,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        let table = fitted.scores(x);
        if table.ncols() > 2 {
            return Ok(table);
        }
        Ok((&table.column(1) - &table.column(0)).insert_axis(Axis(1)))
    }

    fn classes(fitted: &Curved) -> Result<Target> {
        Ok(fitted.classes.clone())
    }
}

attributes!(QuadraticDiscriminantAnalysis {
    /// The mean of each class.
    means_ / try_means_: Array2<f64> = |fitted| fitted.means.clone();
    /// The share of each class.
    priors_ / try_priors_: Array1<f64> = |fitted| fitted.priors.clone();
});
