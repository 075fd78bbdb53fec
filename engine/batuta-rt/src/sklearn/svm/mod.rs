//! Support vector machines.

mod classifier;
mod linear;
mod one_class;
mod regressor;
mod solver;
mod trust_region;

pub use classifier::{SVC, SVCKind, SVCParameters};
pub use linear::{
    LinearSVC, LinearSVCKind, LinearSVCParameters, LinearSVR, LinearSVRKind, LinearSVRParameters,
};
pub(crate) use linear::{Objective, Solver};
pub use one_class::{OneClassSVM, OneClassSVMKind, OneClassSVMParameters};
pub use regressor::{SVR, SVRKind, SVRParameters};

use super::errors::{Result, warn};
use super::estimator::invalid_parameter;
use super::parameters::Param;
use ndarray::Array2;
use solver::Kernel;

/// The kernel that the parameters name, with `gamma` worked out for the data.
fn kernel_of(
    class: &str,
    name: &str,
    gamma: &Param,
    coef0: f64,
    degree: i64,
    x: &Array2<f64>,
) -> Result<Kernel> {
    let gamma = match gamma {
        Param::Text(text) if text == "auto" => 1.0 / x.ncols() as f64,
        Param::Float(value) => *value,
        Param::Int(value) => *value as f64,
        _ => {
            let spread = crate::np::var(x, 0);
            if spread == 0.0 {
                1.0
            } else {
                1.0 / (x.ncols() as f64 * spread)
            }
        }
    };
    match name {
        "linear" => Ok(Kernel::Linear),
        "poly" => Ok(Kernel::Polynomial(gamma, coef0, degree)),
        "rbf" => Ok(Kernel::Radial(gamma)),
        "sigmoid" => Ok(Kernel::Sigmoid(gamma, coef0)),
        other => Err(invalid_parameter(
            class,
            "kernel",
            "a str among {'linear', 'poly', 'precomputed', 'rbf', 'sigmoid'} or a callable",
            &format!("'{other}'"),
        )),
    }
}

fn warn_early(converged: bool, steps: i64) {
    if !converged {
        warn(
            "ConvergenceWarning",
            &format!(
                "Solver terminated early (max_iter={steps}).  Consider pre-processing your data with StandardScaler or MinMaxScaler."
            ),
        );
    }
}

fn rows_of(x: &Array2<f64>) -> Vec<Vec<f64>> {
    x.rows().into_iter().map(|row| row.to_vec()).collect()
}
