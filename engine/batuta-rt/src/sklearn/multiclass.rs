//! `OneVsRestClassifier` and `OneVsOneClassifier`: several classes by estimators for two.

use super::errors::{Result, no_attribute, value_error};
use super::estimator::{AnyEstimator, Estimator, Kind, Role};
use super::linear_model::largest_of_rows;
use super::parameters::{Inner, parameters};
use super::sums::sum;
use super::target::Target;
use ndarray::{Array1, Array2, Axis};

/// See `OneVsRestClassifier`.
pub struct OneVsRestClassifierKind;
/// One estimator for each class against all others.
pub type OneVsRestClassifier = Estimator<OneVsRestClassifierKind>;

parameters! {
    /// Parameters of `OneVsRestClassifier`.
    OneVsRestClassifierParameters for OneVsRestClassifierKind {
        estimator = "estimator": Inner = Inner::default(),
    }
}

/// See `OneVsOneClassifier`.
pub struct OneVsOneClassifierKind;
/// One estimator for each pair of classes.
pub type OneVsOneClassifier = Estimator<OneVsOneClassifierKind>;

parameters! {
    /// Parameters of `OneVsOneClassifier`.
    OneVsOneClassifierParameters for OneVsOneClassifierKind {
        estimator = "estimator": Inner = Inner::default(),
    }
}

/// The estimators for two classes.
pub struct Pairs {
    classes: Target,
    models: Vec<Box<dyn AnyEstimator>>,
}

impl Pairs {
    fn count(&self) -> usize {
        self.classes.length().unwrap_or(0)
    }
}

/// A list of estimators of one type.
pub trait EstimatorList: Sized {
    /// Handles of these estimators. None when they are of another type.
    fn of(models: &[Box<dyn AnyEstimator>]) -> Option<Self>;
}

impl<E: Clone + 'static> EstimatorList for Vec<E> {
    fn of(models: &[Box<dyn AnyEstimator>]) -> Option<Self> {
        models
            .iter()
            .map(|model| model.as_any().downcast_ref::<E>().cloned())
            .collect()
    }
}

impl<L: EstimatorList> EstimatorList for crate::py::Shared<L> {
    fn of(models: &[Box<dyn AnyEstimator>]) -> Option<Self> {
        L::of(models).map(crate::py::Shared::new)
    }
}

/// How sure an estimator is of the second class, and from where on it names it.
fn confidence(model: &dyn AnyEstimator, x: &Array2<f64>) -> Result<(Array1<f64>, f64)> {
    if model.role() == Role::Regressor {
        return Ok((model.predict_any(x)?.floats()?, 0.5));
    }
    match model.decision_function_any(x) {
        Ok(table) => Ok((table.column(0).to_owned(), 0.0)),
        Err(_) => Ok((model.predict_proba_any(x)?.column(1).to_owned(), 0.5)),
    }
}

fn fit_two(model: &Inner, x: &Array2<f64>, signs: Vec<i64>) -> Result<Box<dyn AnyEstimator>> {
    let own = model.fresh();
    own.fit_any(x, &Target::Int(signs.into()))?;
    Ok(own)
}

macro_rules! typed_estimators {
    ($type:ty) => {
        impl $type {
            /// `estimators_`, as their own type.
            pub fn try_estimators_<L: EstimatorList>(&self) -> Result<L> {
                let found = L::of(&self.fitted_for("estimators_")?.models);
                found.ok_or_else(|| no_attribute("the estimator", "estimators_"))
            }
            /// See `try_estimators_`.
            pub fn estimators_<L: EstimatorList>(&self) -> L {
                super::errors::unwrap(self.try_estimators_())
            }
            /// `n_classes_`.
            pub fn try_n_classes_(&self) -> Result<i64> {
                Ok(self.fitted_for("n_classes_")?.count() as i64)
            }
            /// See `try_n_classes_`.
            pub fn n_classes_(&self) -> i64 {
                super::errors::unwrap(self.try_n_classes_())
            }
        }
    };
}
typed_estimators!(OneVsRestClassifier);
typed_estimators!(OneVsOneClassifier);

impl Kind for OneVsRestClassifierKind {
    const NAME: &'static str = "OneVsRestClassifier";
    const ROLE: Role = Role::Classifier;
    type Parameters = OneVsRestClassifierParameters;
    type Fitted = Pairs;

    fn offers(parameters: &Self::Parameters, method: &str) -> Option<bool> {
        Some(super::has(parameters.estimator.get(), method))
    }

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<Pairs> {
        let (classes, codes) = y.classes()?;
        let count = classes.length().unwrap_or(0);
        if count < 2 {
            crate::py::unsupported("one class only: scikit-learn would predict it always");
        }
        let chosen: Vec<usize> = if count == 2 {
            vec![1]
        } else {
            (0..count).collect()
        };
        let models = chosen.into_iter().map(|class| {
            let signs = codes.iter().map(|&code| i64::from(code == class)).collect();
            fit_two(&parameters.estimator, x, signs)
        });
        Ok(Pairs {
            models: models.collect::<Result<_>>()?,
            classes,
        })
    }

    fn predict(_parameters: &Self::Parameters, fitted: &Pairs, x: &Array2<f64>) -> Result<Target> {
        let mut best = vec![f64::NEG_INFINITY; x.nrows()];
        let mut codes = vec![0; x.nrows()];
        if fitted.models.len() == 1 {
            let (sure, border) = confidence(fitted.models[0].as_ref(), x)?;
            codes = sure
                .iter()
                .map(|sure| usize::from(*sure > border))
                .collect();
            return Ok(fitted.classes.take(&codes));
        }
        for (class, model) in fitted.models.iter().enumerate() {
            let (sure, _) = confidence(model.as_ref(), x)?;
            for (row, sure) in sure.iter().enumerate() {
                if *sure > best[row] {
                    (best[row], codes[row]) = (*sure, class);
                }
            }
        }
        Ok(fitted.classes.take(&codes))
    }

    fn predict_proba(
        _parameters: &Self::Parameters,
        fitted: &Pairs,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        let mut table = Array2::zeros((x.nrows(), fitted.count()));
        if fitted.models.len() == 1 {
            let second = fitted.models[0].predict_proba_any(x)?.column(1).to_owned();
            table
                .column_mut(0)
                .assign(&second.mapv(|chance| 1.0 - chance));
            table.column_mut(1).assign(&second);
        } else {
            for (class, model) in fitted.models.iter().enumerate() {
                table
                    .column_mut(class)
                    .assign(&model.predict_proba_any(x)?.column(1));
            }
        }
        for mut row in table.rows_mut() {
            let total = sum(row.iter().copied());
            if total != 0.0 {
                row /= total;
            }
        }
        Ok(table)
    }

    fn decision_function(
        _parameters: &Self::Parameters,
        fitted: &Pairs,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        let mut table = Array2::zeros((x.nrows(), fitted.models.len()));
        for (class, model) in fitted.models.iter().enumerate() {
            table
                .column_mut(class)
                .assign(&model.decision_function_any(x)?.column(0));
        }
        Ok(table)
    }

    fn classes(fitted: &Pairs) -> Result<Target> {
        Ok(fitted.classes.clone())
    }
}

/// Votes, with the sums of confidences to decide between equal ones.
fn votes(fitted: &Pairs, x: &Array2<f64>) -> Result<Array2<f64>> {
    let count = fitted.count();
    let mut votes = Array2::<f64>::zeros((x.nrows(), count));
    let mut sums = Array2::<f64>::zeros((x.nrows(), count));
    let mut models = fitted.models.iter();
    for first in 0..count {
        for second in first + 1..count {
            let model = models.next().expect("one for each pair").as_ref();
            let (sure, _) = confidence(model, x)?;
            let named = model.predict_any(x)?.floats()?;
            for row in 0..x.nrows() {
                sums[(row, first)] -= sure[row];
                sums[(row, second)] += sure[row];
                votes[(row, if named[row] == 0.0 { first } else { second })] += 1.0;
            }
        }
    }
    Ok(votes + sums.mapv(|sum| sum / (3.0 * (sum.abs() + 1.0))))
}

impl Kind for OneVsOneClassifierKind {
    const NAME: &'static str = "OneVsOneClassifier";
    const ROLE: Role = Role::Classifier;
    type Parameters = OneVsOneClassifierParameters;
    type Fitted = Pairs;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<Pairs> {
        let (classes, codes) = y.classes()?;
        let count = classes.length().unwrap_or(0);
        if count < 2 {
            return Err(value_error(
                "OneVsOneClassifier can not be fit when only one class is present.",
            ));
        }
        let mut models = Vec::new();
        for first in 0..count {
            for second in first + 1..count {
                let rows: Vec<usize> = (0..codes.len())
                    .filter(|&row| codes[row] == first || codes[row] == second)
                    .collect();
                let signs = rows
                    .iter()
                    .map(|&row| i64::from(codes[row] == second))
                    .collect();
                models.push(fit_two(
                    &parameters.estimator,
                    &x.select(Axis(0), &rows),
                    signs,
                )?);
            }
        }
        Ok(Pairs { classes, models })
    }

    fn predict(_parameters: &Self::Parameters, fitted: &Pairs, x: &Array2<f64>) -> Result<Target> {
        let table = votes(fitted, x)?;
        let codes: Vec<usize> = if fitted.count() == 2 {
            let (_, border) = confidence(fitted.models[0].as_ref(), x)?;
            table
                .column(1)
                .iter()
                .map(|sure| usize::from(*sure > border))
                .collect()
        } else {
            largest_of_rows(&table)
        };
        Ok(fitted.classes.take(&codes))
    }

    fn decision_function(
        _parameters: &Self::Parameters,
        fitted: &Pairs,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        let table = votes(fitted, x)?;
        Ok(if fitted.count() == 2 {
            table.select(Axis(1), &[1])
        } else {
            table
        })
    }

    fn classes(fitted: &Pairs) -> Result<Target> {
        Ok(fitted.classes.clone())
    }
}
