//! `StackingClassifier` and `StackingRegressor`: an estimator on what others predict for rows they have not seen.

use crate::sklearn::errors::{Result, no_attribute};
use crate::sklearn::estimator::{AnyEstimator, Estimator, Kind, Role};
use crate::sklearn::linear_model::{LogisticRegression, RidgeCV};
use crate::sklearn::model_selection::default_splitter;
use crate::sklearn::parameters::{Inner, Named, NamedList, parameters};
use crate::sklearn::target::Target;
use ndarray::{Array2, Axis};

/// See `StackingClassifier`.
pub struct StackingClassifierKind;
/// A classifier on the chances that others give.
pub type StackingClassifier = Estimator<StackingClassifierKind>;

parameters! {
    /// Parameters of `StackingClassifier`.
    StackingClassifierParameters for StackingClassifierKind {
        cv = "cv": Option<i64> = None,
        estimators = "estimators": Named = Named::default(),
        final_estimator = "final_estimator": Inner = Inner::default(),
        passthrough = "passthrough": bool = false,
        stack_method = "stack_method": String = "auto".to_string(),
    }
}

/// See `StackingRegressor`.
pub struct StackingRegressorKind;
/// A regressor on what others predict.
pub type StackingRegressor = Estimator<StackingRegressorKind>;

parameters! {
    /// Parameters of `StackingRegressor`.
    StackingRegressorParameters for StackingRegressorKind {
        cv = "cv": Option<i64> = None,
        estimators = "estimators": Named = Named::default(),
        final_estimator = "final_estimator": Inner = Inner::default(),
        passthrough = "passthrough": bool = false,
    }
}

/// The estimators below, and the one above.
pub struct Stack {
    models: Vec<Box<dyn AnyEstimator>>,
    above: Box<dyn AnyEstimator>,
    classes: Target,
}

/// What an estimator tells about rows: chances (without those that follow from the others), distances or predictions.
fn told(
    model: &dyn AnyEstimator,
    x: &Array2<f64>,
    method: &str,
    classes: usize,
) -> Result<Array2<f64>> {
    if method != "predict" && method != "decision_function" {
        match model.predict_proba_any(x) {
            Ok(table) if classes == 2 => return Ok(table.select(Axis(1), &[1])),
            Ok(table) => return Ok(table),
            Err(error) if method == "predict_proba" => return Err(error),
            Err(_) => {}
        }
    }
    if method != "predict" {
        match model.decision_function_any(x) {
            Ok(table) => return Ok(table),
            Err(error) if method == "decision_function" => return Err(error),
            Err(_) => {}
        }
    }
    model.predict_any(x)?.table()
}

struct Plan<'a> {
    estimators: &'a Named,
    above: Box<dyn AnyEstimator>,
    folds: i64,
    method: &'a str,
    passthrough: bool,
}

fn joined(parts: Vec<Array2<f64>>, x: &Array2<f64>, passthrough: bool) -> Array2<f64> {
    let mut views: Vec<_> = parts.iter().map(|part| part.view()).collect();
    if passthrough {
        views.push(x.view());
    }
    ndarray::concatenate(Axis(1), &views).expect("one row for each sample")
}

fn stack(plan: Plan, x: &Array2<f64>, y: &Target, classes: Target) -> Result<Stack> {
    let count = classes.length().unwrap_or(0);
    let folds = default_splitter(plan.folds, count > 0, y)?.folds(x.nrows(), y)?;
    let (mut models, mut parts) = (Vec::new(), Vec::new());
    for estimator in plan.estimators.all() {
        let own = estimator.fresh();
        own.fit_any(x, y)?;
        models.push(own);
        let mut part: Option<Array2<f64>> = None;
        for (train, test) in &folds {
            let other = estimator.fresh();
            other.fit_any(&super::super::table::rows(x, train), &y.take(train))?;
            let table = told(
                other.as_ref(),
                &super::super::table::rows(x, test),
                plan.method,
                count,
            )?;
            let part = part.get_or_insert_with(|| Array2::zeros((x.nrows(), table.ncols())));
            for (row, values) in test.iter().zip(table.rows()) {
                part.row_mut(*row).assign(&values);
            }
        }
        parts.extend(part);
    }
    plan.above.fit_any(&joined(parts, x, plan.passthrough), y)?;
    Ok(Stack {
        models,
        above: plan.above,
        classes,
    })
}

impl Stack {
    fn features(&self, x: &Array2<f64>, method: &str, passthrough: bool) -> Result<Array2<f64>> {
        let count = self.classes.length().unwrap_or(0);
        let parts = self
            .models
            .iter()
            .map(|model| told(model.as_ref(), x, method, count));
        Ok(joined(parts.collect::<Result<_>>()?, x, passthrough))
    }
}

macro_rules! stacked {
    ($type:ty) => {
        impl $type {
            /// The same with one more estimator.
            pub fn voter(self, name: &str, estimator: &dyn AnyEstimator) -> Self {
                self.change(|own| own.estimators.add(name, estimator))
            }
            /// The same with the estimators of a list.
            pub fn voters(self, list: &impl NamedList) -> Self {
                self.change(|own| own.estimators = list.named())
            }
            /// `final_estimator_`, as its own type.
            pub fn try_final_estimator_<E: Clone + 'static>(&self) -> Result<E> {
                let fitted = self.fitted_for("final_estimator_")?;
                let own = fitted.above.as_any().downcast_ref::<E>().cloned();
                own.ok_or_else(|| no_attribute("Stacking", "final_estimator_"))
            }
            /// See `try_final_estimator_`.
            pub fn final_estimator_<E: Clone + 'static>(&self) -> E {
                crate::sklearn::errors::unwrap(self.try_final_estimator_())
            }
        }
    };
}
stacked!(StackingClassifier);
stacked!(StackingRegressor);

impl Kind for StackingClassifierKind {
    const NAME: &'static str = "StackingClassifier";
    const ROLE: Role = Role::Classifier;
    const ALLOWS_TEXTS: bool = true;
    type Parameters = StackingClassifierParameters;
    type Fitted = Stack;

    fn members(
        parameters: &Self::Parameters,
        fitted: &Stack,
    ) -> Result<Vec<(String, crate::sklearn::Model)>> {
        Ok(parameters.estimators.with_names(&fitted.models))
    }

    fn offers(parameters: &Self::Parameters, method: &str) -> Option<bool> {
        let default = method == "predict_proba" || method == "decision_function";
        let above = parameters.final_estimator.given();
        Some(above.map_or(default, |above| crate::sklearn::has(above, method)))
    }

    fn inside(fitted: &Stack, name: &str) -> Option<Box<dyn AnyEstimator>> {
        (name == "final_estimator_").then(|| fitted.above.share())
    }

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<Stack> {
        let (classes, codes) = y.classes()?;
        let numbers = Target::Int(codes.into_iter().map(|code| code as i64).collect());
        let above = match parameters.final_estimator.given() {
            Some(own) => own.fresh(),
            None => Box::new(LogisticRegression::new()),
        };
        let plan = Plan {
            estimators: &parameters.estimators,
            above,
            folds: parameters.cv.unwrap_or(5),
            method: &parameters.stack_method,
            passthrough: parameters.passthrough,
        };
        stack(plan, x, &numbers, classes)
    }

    fn predict(parameters: &Self::Parameters, fitted: &Stack, x: &Array2<f64>) -> Result<Target> {
        let x = fitted.features(x, &parameters.stack_method, parameters.passthrough)?;
        let codes = fitted.above.predict_any(&x)?.floats()?;
        let codes: Vec<usize> = codes.iter().map(|code| *code as usize).collect();
        Ok(fitted.classes.take(&codes))
    }

    fn predict_proba(
        parameters: &Self::Parameters,
        fitted: &Stack,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        let x = fitted.features(x, &parameters.stack_method, parameters.passthrough)?;
        fitted.above.predict_proba_any(&x)
    }

    fn classes(fitted: &Stack) -> Result<Target> {
        Ok(fitted.classes.clone())
    }
}

impl Kind for StackingRegressorKind {
    const NAME: &'static str = "StackingRegressor";
    const ROLE: Role = Role::Regressor;
    const ALLOWS_TEXTS: bool = true;
    type Parameters = StackingRegressorParameters;
    type Fitted = Stack;

    fn members(
        parameters: &Self::Parameters,
        fitted: &Stack,
    ) -> Result<Vec<(String, crate::sklearn::Model)>> {
        Ok(parameters.estimators.with_names(&fitted.models))
    }

    fn inside(fitted: &Stack, name: &str) -> Option<Box<dyn AnyEstimator>> {
        (name == "final_estimator_").then(|| fitted.above.share())
    }

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<Stack> {
        let above = match parameters.final_estimator.given() {
            Some(own) => own.fresh(),
            None => Box::new(RidgeCV::new()),
        };
        let plan = Plan {
            estimators: &parameters.estimators,
            above,
            folds: parameters.cv.unwrap_or(5),
            method: "predict",
            passthrough: parameters.passthrough,
        };
        stack(plan, x, y, Target::Absent)
    }

    fn predict(parameters: &Self::Parameters, fitted: &Stack, x: &Array2<f64>) -> Result<Target> {
        let x = fitted.features(x, "predict", parameters.passthrough)?;
        fitted.above.predict_any(&x)
    }
}
