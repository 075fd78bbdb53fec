//! `CategoricalNB`: features that are one of several kinds.

use super::normalised;
use crate::sklearn::errors::{Exception, Result, value_error};
use crate::sklearn::estimator::{Estimator, Kind, Role, all_classes, attributes};
use crate::sklearn::parameters::parameters;
use crate::sklearn::sums::sum;
use crate::sklearn::target::Target;
use ndarray::{Array1, Array2};

/// See `CategoricalNB`.
pub struct CategoricalNBKind;
/// Classes differ by how often each feature has each of its values.
pub type CategoricalNB = Estimator<CategoricalNBKind>;

parameters! {
    /// Parameters of `CategoricalNB`.
    CategoricalNBParameters for CategoricalNBKind {
        alpha = "alpha": f64 = 1.0,
        class_prior = "class_prior": Option<Vec<f64>> = None,
        fit_prior = "fit_prior": bool = true,
        min_categories = "min_categories": Option<i64> = None,
    }
}

/// What `CategoricalNB` learns.
pub struct Counted {
    classes: Target,
    sizes: Array1<f64>,
    counts: Vec<Array2<f64>>,
    chances: Vec<Array2<f64>>,
    priors: Array1<f64>,
    values: Vec<i64>,
}

fn check(x: &Array2<f64>) -> Result<()> {
    if x.iter().any(|value| *value < 0.0) {
        return Err(value_error(
            "Negative values in data passed to CategoricalNB (input X).",
        ));
    }
    Ok(())
}

impl Counted {
    fn table(&self, x: &Array2<f64>) -> Result<Array2<f64>> {
        check(x)?;
        let mut table = Array2::zeros((x.nrows(), self.sizes.len()));
        for (feature, chances) in self.chances.iter().enumerate() {
            for row in 0..x.nrows() {
                let value = x[(row, feature)] as usize;
                if value >= chances.ncols() {
                    return Err(Exception::new(
                        "IndexError",
                        format!(
                            "index {value} is out of bounds for axis 1 with size {}",
                            chances.ncols()
                        ),
                    ));
                }
                for class in 0..self.sizes.len() {
                    table[(row, class)] += chances[(class, value)];
                }
            }
        }
        Ok(table + &self.priors)
    }
}

fn counted(
    parameters: &CategoricalNBParameters,
    before: Option<&Counted>,
    x: &Array2<f64>,
    y: &Target,
    classes: &Target,
) -> Result<Counted> {
    check(x)?;
    let classes = all_classes(before.map(|before| &before.classes), classes)?;
    let codes = y.codes_in(&classes)?;
    let count = classes.length().unwrap_or(0);
    let mut sizes = before.map_or_else(|| Array1::zeros(count), |old| old.sizes.clone());
    for &code in &codes {
        sizes[code] += 1.0;
    }
    let alpha = parameters.alpha.max(1e-10);
    let mut counts = Vec::new();
    let mut chances = Vec::new();
    let mut values = Vec::new();
    for feature in 0..x.ncols() {
        let column = x.column(feature);
        let largest = column
            .iter()
            .fold(-1, |most, value| most.max(*value as i64));
        let wanted = (largest + 1).max(parameters.min_categories.unwrap_or(0));
        values.push(wanted);
        let old = before.map(|before| &before.counts[feature]);
        let width = (wanted as usize).max(old.map_or(0, Array2::ncols));
        let mut own = Array2::<f64>::zeros((count, width));
        if let Some(old) = old {
            own.slice_mut(ndarray::s![.., ..old.ncols()]).assign(old);
        }
        for (value, &code) in column.iter().zip(&codes) {
            own[(code, *value as usize)] += 1.0;
        }
        let mut logarithms = own.mapv(|value| value + alpha);
        for mut row in logarithms.rows_mut() {
            let whole = sum(row.iter().copied()).ln();
            row.mapv_inplace(|value| value.ln() - whole);
        }
        counts.push(own);
        chances.push(logarithms);
    }
    let priors = match &parameters.class_prior {
        Some(given) if given.len() != count => {
            return Err(value_error(
                "Number of priors must match number of classes.",
            ));
        }
        Some(given) => given.iter().map(|value| value.ln()).collect(),
        None if parameters.fit_prior => {
            let whole = sum(sizes.iter().copied()).ln();
            sizes.mapv(|size| size.ln() - whole)
        }
        None => Array1::from_elem(count, -(count as f64).ln()),
    };
    Ok(Counted {
        classes,
        sizes,
        counts,
        chances,
        priors,
        values,
    })
}

impl Kind for CategoricalNBKind {
    const NAME: &'static str = "CategoricalNB";
    const ROLE: Role = Role::Classifier;
    type Parameters = CategoricalNBParameters;
    type Fitted = Counted;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<Counted> {
        let classes = y.classes()?.0;
        counted(parameters, None, x, y, &classes)
    }

    fn learn_more(
        parameters: &Self::Parameters,
        before: Option<&Counted>,
        x: &Array2<f64>,
        y: &Target,
        classes: &Target,
    ) -> Result<Counted> {
        counted(parameters, before, x, y, classes)
    }

    fn predict(
        _parameters: &Self::Parameters,
        fitted: &Counted,
        x: &Array2<f64>,
    ) -> Result<Target> {
        let table = fitted.table(x)?;
        Ok(fitted.classes.of_largest(&table))
    }

    fn predict_proba(
        _parameters: &Self::Parameters,
        fitted: &Counted,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        Ok(normalised(fitted.table(x)?))
    }

    fn classes(fitted: &Counted) -> Result<Target> {
        Ok(fitted.classes.clone())
    }
}

attributes!(CategoricalNB {
    /// Logarithms of how often each value is there in each class, one table for each feature.
    feature_log_prob_ / try_feature_log_prob_: Vec<Array2<f64>> = |fitted| fitted.chances.clone();
    /// How often each value is there in each class.
    category_count_ / try_category_count_: Vec<Array2<f64>> = |fitted| fitted.counts.clone();
    /// Logarithms of the classes' shares.
    class_log_prior_ / try_class_log_prior_: Array1<f64> = |fitted| fitted.priors.clone();
    /// Sizes of the classes.
    class_count_ / try_class_count_: Array1<f64> = |fitted| fitted.sizes.clone();
    /// How many values each feature has.
    n_categories_ / try_n_categories_: Array1<i64> = |fitted| fitted.values.clone().into();
});
