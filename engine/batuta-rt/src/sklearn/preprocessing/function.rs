//! `FunctionTransformer`: a function as a step.

use crate::sklearn::errors::Result;
use crate::sklearn::estimator::{Estimator, Kind, Role};
use crate::sklearn::parameters::{Param, ParamType, parameters};
use crate::sklearn::target::Target;
use ndarray::Array2;
use std::rc::Rc;

type Step = dyn Fn(&Array2<f64>) -> Array2<f64>;

/// A function of the program, or none.
#[derive(Clone, Default)]
pub struct Function(Option<Rc<Step>>);

impl Function {
    /// The function as a parameter.
    pub fn new(function: impl Fn(&Array2<f64>) -> Array2<f64> + 'static) -> Self {
        Function(Some(Rc::new(function)))
    }

    /// Whether there is one.
    pub fn given(&self) -> bool {
        self.0.is_some()
    }

    fn apply(&self, x: &Array2<f64>) -> Array2<f64> {
        self.0.as_ref().map_or_else(|| x.clone(), |own| own(x))
    }
}

impl PartialEq for Function {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (None, None) => true,
            (Some(one), Some(other)) => Rc::ptr_eq(one, other),
            _ => false,
        }
    }
}

impl std::fmt::Debug for Function {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.to_param().python())
    }
}

impl ParamType for Function {
    fn to_param(&self) -> Param {
        match self.0 {
            None => Param::Nothing,
            Some(_) => Param::Other("<function>".to_string()),
        }
    }
    fn from_param(_param: &Param) -> Option<Self> {
        None
    }
}

/// See `FunctionTransformer`.
pub struct FunctionTransformerKind;
/// Features changed by a function.
pub type FunctionTransformer = Estimator<FunctionTransformerKind>;

parameters! {
    /// Parameters of `FunctionTransformer`.
    FunctionTransformerParameters for FunctionTransformerKind {
        func = "func": Function = Function::default(),
        inverse_func = "inverse_func": Function = Function::default(),
    }
}

impl Kind for FunctionTransformerKind {
    const NAME: &'static str = "FunctionTransformer";
    const ROLE: Role = Role::Transformer;
    const ALLOWS_NAN: bool = true;
    type Parameters = FunctionTransformerParameters;
    type Fitted = ();

    fn fit(_parameters: &Self::Parameters, _x: &Array2<f64>, _y: &Target) -> Result<()> {
        Ok(())
    }

    fn transform(
        parameters: &Self::Parameters,
        _fitted: &(),
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        Ok(parameters.func.apply(x))
    }

    fn inverse_transform(
        parameters: &Self::Parameters,
        _fitted: &(),
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        Ok(parameters.inverse_func.apply(x))
    }
}
