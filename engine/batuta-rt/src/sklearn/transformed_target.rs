//! `TransformedTargetRegressor`: a regressor that learns a changed target.

use super::errors::{Result, value_error, warn};
use super::estimator::{AnyEstimator, Estimator, Kind, Role};
use super::linear_model::LinearRegression;
use super::parameters::{Inner, parameters};
use super::preprocessing::{Function, FunctionTransformer};
use super::target::Target;
use ndarray::{Array2, Axis};

/// See `TransformedTargetRegressor`.
pub struct TransformedTargetRegressorKind;
/// A regressor on a changed target.
pub type TransformedTargetRegressor = Estimator<TransformedTargetRegressorKind>;

parameters! {
    /// Parameters of `TransformedTargetRegressor`.
    TransformedTargetRegressorParameters for TransformedTargetRegressorKind {
        check_inverse = "check_inverse": bool = true,
        func = "func": Function = Function::default(),
        inverse_func = "inverse_func": Function = Function::default(),
        regressor = "regressor": Inner = Inner::default(),
        transformer = "transformer": Inner = Inner::default(),
    }
}

/// The regressor and the change.
pub struct Changed {
    regressor: Box<dyn AnyEstimator>,
    transformer: Box<dyn AnyEstimator>,
}

impl Kind for TransformedTargetRegressorKind {
    const NAME: &'static str = "TransformedTargetRegressor";
    const ROLE: Role = Role::Regressor;
    const ALLOWS_TEXTS: bool = true;
    type Parameters = TransformedTargetRegressorParameters;
    type Fitted = Changed;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<Changed> {
        let given = (parameters.func.given(), parameters.inverse_func.given());
        let transformer: Box<dyn AnyEstimator> = match parameters.transformer.given() {
            Some(_) if given.0 || given.1 => {
                return Err(value_error(
                    "'transformer' and functions 'func'/'inverse_func' cannot both be set.",
                ));
            }
            Some(own) => own.fresh(),
            None => {
                if given.0 != given.1 {
                    let (lacking, existing) = if given.1 {
                        ("func", "inverse_func")
                    } else {
                        ("inverse_func", "func")
                    };
                    return Err(value_error(format!(
                        "When '{existing}' is provided, '{lacking}' must also be provided. If {lacking} is supposed to be the default, \
                         you need to explicitly pass it the identity function."
                    )));
                }
                Box::new(
                    FunctionTransformer::new()
                        .func(parameters.func.clone())
                        .inverse_func(parameters.inverse_func.clone()),
                )
            }
        };
        let table = y.table()?;
        transformer.fit_any(&table, &Target::Absent)?;
        if parameters.check_inverse {
            let step = (table.nrows() / 10).max(1);
            let rows: Vec<usize> = (0..table.nrows()).step_by(step).collect();
            let some = table.select(Axis(0), &rows);
            let back = transformer.inverse_transform_any(&transformer.transform_any(&some)?)?;
            if some
                .iter()
                .zip(&back)
                .any(|(a, b)| (a - b).abs() > 1e-8 + 1e-5 * b.abs())
            {
                warn(
                    "UserWarning",
                    "The provided functions or transformer are not strictly inverse of each other. If you are sure you want to proceed \
                     regardless, set 'check_inverse=False'",
                );
            }
        }
        let changed = transformer.transform_any(&table)?;
        let regressor = parameters.regressor.given().map_or_else(
            || Box::new(LinearRegression::new()) as Box<dyn AnyEstimator>,
            AnyEstimator::fresh,
        );
        let target = if changed.ncols() == 1 {
            Target::Float(changed.column(0).to_owned())
        } else {
            Target::Table(changed)
        };
        regressor.fit_any(x, &target)?;
        Ok(Changed {
            regressor,
            transformer,
        })
    }

    fn predict(_: &Self::Parameters, fitted: &Changed, x: &Array2<f64>) -> Result<Target> {
        let table = fitted.regressor.predict_any(x)?.table()?;
        let back = fitted.transformer.inverse_transform_any(&table)?;
        Ok(if back.ncols() == 1 {
            Target::Float(back.column(0).to_owned())
        } else {
            Target::Table(back)
        })
    }

    fn nested<'a>(parameters: &'a Self::Parameters, name: &str) -> Option<&'a dyn AnyEstimator> {
        match name {
            "regressor" => parameters.regressor.given(),
            "transformer" => parameters.transformer.given(),
            _ => None,
        }
    }

    fn renew(parameters: &mut Self::Parameters) {
        for own in [&mut parameters.regressor, &mut parameters.transformer] {
            if let Some(held) = own.given() {
                *own = Inner::from(held.fresh());
            }
        }
    }
}

impl TransformedTargetRegressor {
    /// `regressor_`, as its own type.
    pub fn try_regressor_<E: Clone + 'static>(&self) -> Result<E> {
        let fitted = self.fitted_for("regressor_")?;
        let own = fitted.regressor.as_any().downcast_ref::<E>().cloned();
        own.ok_or_else(|| super::errors::no_attribute("TransformedTargetRegressor", "regressor_"))
    }
    /// See `try_regressor_`.
    pub fn regressor_<E: Clone + 'static>(&self) -> E {
        super::errors::unwrap(self.try_regressor_())
    }
}
