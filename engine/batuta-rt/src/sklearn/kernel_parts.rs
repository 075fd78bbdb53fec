//! What kernels of Gaussian processes are made of: `kernel_.k1`, `kernel_.k2.length_scale`, `kernel_.get_params()["k1__constant_value"]`.

use super::errors::{Exception, Result, no_attribute, throwing};
use super::gaussian_process::Kernel;
use crate::py::{Num, Text};
use ndarray::{Array1, Array2};

/// What `get_params()` of a kernel gives: its numbers by their paths.
#[derive(Clone, PartialEq)]
pub struct KernelParameters(Kernel);

impl Text for KernelParameters {
    fn repr_text(&self) -> String {
        crate::py::unsupported("the parameters of a kernel as text")
    }
}

impl Kernel {
    fn class(&self) -> &'static str {
        match self {
            Kernel::Constant(_) => "ConstantKernel",
            Kernel::White(_) => "WhiteKernel",
            Kernel::Rbf(_) => "RBF",
            Kernel::Matern(..) => "Matern",
            Kernel::RationalQuadratic(..) => "RationalQuadratic",
            Kernel::ExpSineSquared(..) => "ExpSineSquared",
            Kernel::DotProduct(_) => "DotProduct",
            Kernel::Sum(..) => "Sum",
            Kernel::Product(..) => "Product",
            Kernel::Power(..) => "Exponentiation",
        }
    }

    /// `k1`, `k2`, or `kernel` of a power.
    pub fn try_part(&self, name: &str) -> Result<Kernel> {
        match (self, name) {
            (Kernel::Sum(one, _) | Kernel::Product(one, _), "k1") => Ok((**one).clone()),
            (Kernel::Sum(_, other) | Kernel::Product(_, other), "k2") => Ok((**other).clone()),
            (Kernel::Power(inner, _), "kernel") => Ok((**inner).clone()),
            _ => Err(no_attribute(self.class(), name)),
        }
    }

    /// A number that the kernel has: `length_scale`, `noise_level`.
    pub fn try_number(&self, name: &str) -> Result<f64> {
        let scale = match (self, name) {
            (Kernel::Constant(own), "constant_value")
            | (Kernel::White(own), "noise_level")
            | (Kernel::DotProduct(own), "sigma_0")
            | (
                Kernel::Rbf(own)
                | Kernel::Matern(own, _)
                | Kernel::RationalQuadratic(own, _)
                | Kernel::ExpSineSquared(own, _),
                "length_scale",
            )
            | (Kernel::RationalQuadratic(_, own), "alpha")
            | (Kernel::ExpSineSquared(_, own), "periodicity") => own,
            (Kernel::Matern(_, own), "nu") => return Ok(*own),
            _ => return Err(no_attribute(self.class(), name)),
        };
        Ok(scale.only().unwrap_or_else(|| {
            crate::py::unsupported(&format!("`{name}` of a kernel with one for each column"))
        }))
    }

    /// `exponent` of a power.
    pub fn try_exponent(&self) -> Result<Num> {
        match self {
            Kernel::Power(_, exponent) => Ok(*exponent),
            _ => Err(no_attribute(self.class(), "exponent")),
        }
    }

    /// `get_params()`.
    pub fn named(&self) -> KernelParameters {
        KernelParameters(self.clone())
    }

    /// `kernel(X)`, `kernel(X, Y)`: how alike the rows are.
    pub fn between(&self, x: &Array2<f64>, y: Option<&Array2<f64>>) -> Array2<f64> {
        self.table(x, y)
    }

    /// `kernel.diag(X)`.
    pub fn diag(&self, x: &Array2<f64>) -> Array1<f64> {
        self.diagonal(x)
    }

    throwing! {
        /// See `try_part`.
        part = try_part(&self, name: &str) -> Kernel;
        /// See `try_number`.
        number = try_number(&self, name: &str) -> f64;
        /// See `try_exponent`.
        exponent = try_exponent(&self) -> Num;
    }
}

impl KernelParameters {
    /// `parameters["k1__k2__length_scale"]`.
    pub fn try_at(&self, path: &str) -> Result<f64> {
        let unknown = || Exception::new("KeyError", path.repr_text());
        let mut kernel = self.0.clone();
        let mut rest = path;
        while let Some((part, behind)) = rest.split_once("__") {
            kernel = kernel.try_part(part).map_err(|_| unknown())?;
            rest = behind;
        }
        kernel.try_number(rest).map_err(|_| unknown())
    }

    throwing! {
        /// See `try_at`.
        at = try_at(&self, path: &str) -> f64;
    }
}
