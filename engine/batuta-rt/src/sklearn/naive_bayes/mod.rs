//! Naive Bayes: bell curves, counts, presence.

mod bernoulli;
mod categorical;
mod complement;
mod multinomial;

pub use bernoulli::BernoulliNB;
pub use categorical::CategoricalNB;
pub use complement::ComplementNB;
pub use multinomial::{MultinomialNB, MultinomialNBKind, MultinomialNBParameters};

use super::errors::Result;
use super::estimator::{Estimator, Kind, Role, all_classes, attributes};
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

/// The curves of these rows joined with those of earlier rows.
fn gathered(
    parameters: &GaussianNBParameters,
    before: Option<&Bells>,
    x: &Array2<f64>,
    y: &Target,
    classes: &Target,
) -> Result<Bells> {
    let classes = all_classes(before.map(|before| &before.classes), classes)?;
    let codes = y.codes_in(&classes)?;
    let count = classes.length().unwrap_or(0);
    let smoothing = parameters.var_smoothing * variances(x).iter().copied().fold(0.0, f64::max);
    let (mut means, mut spreads, mut counts) = match before {
        // The smoothing of these rows is taken off again, not that of the earlier ones.
        Some(old) => (
            old.means.clone(),
            &old.variances - smoothing,
            old.counts.clone(),
        ),
        None => (
            Array2::zeros((count, x.ncols())),
            Array2::zeros((count, x.ncols())),
            Array1::zeros(count),
        ),
    };
    for class in 0..count {
        let rows: Vec<usize> = (0..codes.len())
            .filter(|&row| codes[row] == class)
            .collect();
        if rows.is_empty() {
            continue;
        }
        let own = x.select(Axis(0), &rows);
        let (new, old) = (rows.len() as f64, counts[class]);
        let (mut mean, mut spread) = (column_means(&own), variances(&own));
        if old > 0.0 {
            let total = old + new;
            let before = means.row(class).to_owned();
            let gap = &before - &mean;
            let squares =
                old * &spreads.row(class) + new * &spread + (new * old / total) * (&gap * &gap);
            mean = (new * &mean + old * &before) / total;
            spread = squares / total;
        }
        means.row_mut(class).assign(&mean);
        spreads.row_mut(class).assign(&spread);
        counts[class] += new;
    }
    spreads += smoothing;
    Ok(Bells {
        classes,
        means,
        variances: spreads,
        priors: &counts / sum(counts.iter().copied()),
        counts,
        smoothing,
    })
}

/// The sums of the rows of each class and their number, joined with those of earlier rows.
struct Tally {
    classes: Target,
    sums: Array2<f64>,
    sizes: Array1<f64>,
}

impl Tally {
    fn new(before: Option<&Tally>, x: &Array2<f64>, y: &Target, classes: &Target) -> Result<Self> {
        let classes = all_classes(before.map(|before| &before.classes), classes)?;
        let codes = y.codes_in(&classes)?;
        let count = classes.length().unwrap_or(0);
        let (mut sums, mut sizes) = match before {
            Some(old) => (old.sums.clone(), old.sizes.clone()),
            None => (Array2::zeros((count, x.ncols())), Array1::zeros(count)),
        };
        for (row, &code) in x.rows().into_iter().zip(&codes) {
            sums.row_mut(code).scaled_add(1.0, &row);
            sizes[code] += 1.0;
        }
        Ok(Tally {
            classes,
            sums,
            sizes,
        })
    }

    /// The logarithms of the classes' shares.
    fn priors(&self, fitted: bool) -> Array1<f64> {
        let whole = sum(self.sizes.iter().copied()).ln();
        if fitted {
            self.sizes.mapv(|size| size.ln() - whole)
        } else {
            let count = self.sizes.len();
            Array1::from_elem(count, -(count as f64).ln())
        }
    }
}

impl Kind for GaussianNBKind {
    const NAME: &'static str = "GaussianNB";
    const ROLE: Role = Role::Classifier;
    type Parameters = GaussianNBParameters;
    type Fitted = Bells;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<Bells> {
        let classes = y.classes()?.0;
        gathered(parameters, None, x, y, &classes)
    }

    fn learn_more(
        parameters: &Self::Parameters,
        before: Option<&Bells>,
        x: &Array2<f64>,
        y: &Target,
        classes: &Target,
    ) -> Result<Bells> {
        gathered(parameters, before, x, y, classes)
    }

    fn predict(_parameters: &Self::Parameters, fitted: &Bells, x: &Array2<f64>) -> Result<Target> {
        let table = fitted.logarithms(x);
        Ok(fitted.classes.of_largest(&table))
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
