//! `KernelRidge`: ridge regression on the likeness of rows.

use super::errors::Result;
use super::estimator::{Estimator, Kind, Role, attributes};
use super::linear_algebra::solve_positive;
use super::metrics::pairwise;
use super::parameters::parameters;
use super::target::Target;
use ndarray::{Array1, Array2, Axis};

/// See `KernelRidge`.
pub struct KernelRidgeKind;
/// Ridge regression with a kernel.
pub type KernelRidge = Estimator<KernelRidgeKind>;

parameters! {
    /// Parameters of `KernelRidge`.
    KernelRidgeParameters for KernelRidgeKind {
        alpha = "alpha": f64 = 1.0,
        coef0 = "coef0": f64 = 1.0,
        degree = "degree": f64 = 3.0,
        gamma = "gamma": Option<f64> = None,
        kernel = "kernel": String = "linear".to_string(),
    }
}

/// What `KernelRidge` learns.
pub struct Dual {
    x: Array2<f64>,
    weights: Array1<f64>,
}

pub(crate) fn kernel(
    parameters: &KernelRidgeParameters,
    x: &Array2<f64>,
    y: Option<&Array2<f64>>,
) -> Result<Array2<f64>> {
    match parameters.kernel.as_str() {
        "linear" => pairwise::try_linear_kernel(x, y),
        "rbf" => pairwise::try_rbf_kernel(x, y, parameters.gamma),
        "laplacian" => pairwise::try_laplacian_kernel(x, y, parameters.gamma),
        "poly" | "polynomial" => pairwise::try_polynomial_kernel(
            x,
            y,
            parameters.degree,
            parameters.gamma,
            parameters.coef0,
        ),
        "sigmoid" => pairwise::try_sigmoid_kernel(x, y, parameters.gamma, parameters.coef0),
        other => crate::py::unsupported(&format!("the kernel '{other}' is not translated")),
    }
}

impl Kind for KernelRidgeKind {
    const NAME: &'static str = "KernelRidge";
    const ROLE: Role = Role::Regressor;
    type Parameters = KernelRidgeParameters;
    type Fitted = Dual;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<Dual> {
        let mut gram = kernel(parameters, x, None)?;
        gram.diag_mut()
            .mapv_inplace(|value| value + parameters.alpha);
        let right = y.floats()?.insert_axis(Axis(1));
        let solved = solve_positive(&gram, &right).ok_or_else(|| {
            crate::py::unsupported(
                "the kernel matrix is singular: scikit-learn would use least squares",
            )
        })?;
        Ok(Dual {
            x: x.clone(),
            weights: solved.column(0).to_owned(),
        })
    }

    fn predict(parameters: &Self::Parameters, fitted: &Dual, x: &Array2<f64>) -> Result<Target> {
        let table = kernel(parameters, x, Some(&fitted.x))?;
        Ok(Target::Float(table.dot(&fitted.weights)))
    }
}

attributes!(KernelRidge {
    /// One weight for each learned row.
    dual_coef_ / try_dual_coef_: Array1<f64> = |fitted| fitted.weights.clone();
});
