//! Naive Bayes: bell curves, counts, presence.

mod bernoulli;
mod complement;
mod multinomial;

pub use bernoulli::BernoulliNB;
pub use complement::ComplementNB;
pub use multinomial::{MultinomialNB, MultinomialNBKind, MultinomialNBParameters};

use super::errors::Result;
use super::estimator::{Estimator, Kind, Role, attributes};
use super::linear_model::first_largest;
use super::parameters::parameters;
use super::sums::{column_means, sum};
use super::target::Target;
use ndarray::{Array1, Array2, Axis};

/// See `GaussianNB`.
pub struct GaussianNBKind;
/// Each feature is a bell curve in each class, independent of the others.
pub type GaussianNB = Estimator<GaussianNBKind>;

parameters! {
    /// Parameters of `GaussianNB`.
    GaussianNBParameters for GaussianNBKind {
        var_smoothing = "var_smoothing": f64 = 1e-9,
    }
}

/// What `GaussianNB` learns.
pub struct Bells {
    classes: Target,
    means: Array2<f64>,
    variances: Array2<f64>,
    counts: Array1<f64>,
    priors: Array1<f64>,
    smoothing: f64,
}

fn variances(x: &Array2<f64>) -> Array1<f64> {
    let centre = column_means(x);
    column_means(&(x - &centre).mapv(|value| value * value))
}

impl Bells {
    fn logarithms(&self, x: &Array2<f64>) -> Array2<f64> {
        let mut table = Array2::zeros((x.nrows(), self.counts.len()));
        for class in 0..self.counts.len() {
            let (means, variances) = (self.means.row(class), self.variances.row(class));
            let constant = -0.5
                * sum(variances
                    .iter()
                    .map(|variance| (2.0 * std::f64::consts::PI * variance).ln()));
            for row in 0..x.nrows() {
                let distance = sum((0..x.ncols()).map(|column| {
                    let gap = x[(row, column)] - means[column];
                    gap * gap / variances[column]
                }));
                table[(row, class)] = self.priors[class].ln() + (constant - 0.5 * distance);
            }
        }
        table
    }
}

/// Chances from logarithms: each row's exponentials over their sum.
fn normalised(mut table: Array2<f64>) -> Array2<f64> {
    for mut row in table.rows_mut() {
        let largest = row.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let total = sum(row.iter().map(|value| (value - largest).exp())).ln() + largest;
        row.mapv_inplace(|value| (value - total).exp());
    }
    table
}

impl Kind for GaussianNBKind {
    const NAME: &'static str = "GaussianNB";
    const ROLE: Role = Role::Classifier;
    type Parameters = GaussianNBParameters;
    type Fitted = Bells;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<Bells> {
        let (classes, codes) = y.classes()?;
        let count = classes.length().unwrap_or(0);
        let smoothing = parameters.var_smoothing * variances(x).iter().copied().fold(0.0, f64::max);
        let mut bells = Bells {
            classes,
            means: Array2::zeros((count, x.ncols())),
            variances: Array2::zeros((count, x.ncols())),
            counts: Array1::zeros(count),
            priors: Array1::zeros(count),
            smoothing,
        };
        for class in 0..count {
            let rows: Vec<usize> = (0..codes.len())
                .filter(|&row| codes[row] == class)
                .collect();
            let own = x.select(Axis(0), &rows);
            bells.means.row_mut(class).assign(&column_means(&own));
            bells
                .variances
                .row_mut(class)
                .assign(&(variances(&own) + smoothing));
            bells.counts[class] = rows.len() as f64;
        }
        bells.priors = &bells.counts / sum(bells.counts.iter().copied());
        Ok(bells)
    }

    fn predict(_parameters: &Self::Parameters, fitted: &Bells, x: &Array2<f64>) -> Result<Target> {
        let table = fitted.logarithms(x);
        let codes: Vec<usize> = table
            .rows()
            .into_iter()
            .map(|row| first_largest(row.iter().copied()))
            .collect();
        Ok(fitted.classes.take(&codes))
    }

    fn predict_proba(
        _parameters: &Self::Parameters,
        fitted: &Bells,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        Ok(normalised(fitted.logarithms(x)))
    }

    fn classes(fitted: &Bells) -> Result<Target> {
        Ok(fitted.classes.clone())
    }
}

attributes!(GaussianNB {
    /// Means of the features in each class.
    theta_ / try_theta_: Array2<f64> = |fitted| fitted.means.clone();
    /// Variances of the features in each class.
    var_ / try_var_: Array2<f64> = |fitted| fitted.variances.clone();
    /// Shares of the classes.
    class_prior_ / try_class_prior_: Array1<f64> = |fitted| fitted.priors.clone();
    /// Sizes of the classes.
    class_count_ / try_class_count_: Array1<f64> = |fitted| fitted.counts.clone();
    /// What was added to the variances.
    epsilon_ / try_epsilon_: f64 = |fitted| fitted.smoothing;
});
