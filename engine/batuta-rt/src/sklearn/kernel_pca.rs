//! `KernelPCA`: principal directions among likenesses.

use super::errors::{Exception, Result};
use super::estimator::{Estimator, Kind, Role, attributes};
use super::kernel_ridge::{KernelRidgeParameters, kernel};
use super::linear_algebra::solve_positive;
use super::metrics::pairwise::try_cosine_similarity;
use super::parameters::parameters;
use super::sums::{column_sums, sum};
use super::target::Target;
use crate::np::linalg::eigh;
use ndarray::{Array1, Array2, Axis, s};

/// See `KernelPCA`.
pub struct KernelPCAKind;
/// Principal components with a kernel.
pub type KernelPCA = Estimator<KernelPCAKind>;

parameters! {
    /// Parameters of `KernelPCA`.
    KernelPCAParameters for KernelPCAKind {
        alpha = "alpha": f64 = 1.0,
        coef0 = "coef0": f64 = 1.0,
        degree = "degree": f64 = 3.0,
        eigen_solver = "eigen_solver": String = "auto".to_string(),
        fit_inverse_transform = "fit_inverse_transform": bool = false,
        gamma = "gamma": Option<f64> = None,
        kernel = "kernel": String = "linear".to_string(),
        n_components = "n_components": Option<i64> = None,
        remove_zero_eig = "remove_zero_eig": bool = false,
    }
}

/// What `KernelPCA` learns.
pub struct Directions {
    x: Array2<f64>,
    rows: Array1<f64>,
    all: f64,
    values: Array1<f64>,
    vectors: Array2<f64>,
    back: Option<(Array2<f64>, Array2<f64>)>,
}

fn likeness(
    own: &KernelPCAParameters,
    x: &Array2<f64>,
    y: Option<&Array2<f64>>,
) -> Result<Array2<f64>> {
    if own.kernel == "cosine" {
        return try_cosine_similarity(x, y);
    }
    let parameters = KernelRidgeParameters {
        coef0: own.coef0,
        degree: own.degree,
        gamma: own.gamma,
        kernel: own.kernel.clone(),
        ..Default::default()
    };
    kernel(&parameters, x, y)
}

impl Directions {
    fn centred(&self, table: &Array2<f64>) -> Array2<f64> {
        let count = self.rows.len() as f64;
        let columns = table.sum_axis(Axis(1)) / count;
        table - &self.rows - &columns.insert_axis(Axis(1)) + self.all
    }

    fn scores(&self) -> Array2<f64> {
        &self.vectors * &self.values.mapv(f64::sqrt)
    }
}

impl Kind for KernelPCAKind {
    const NAME: &'static str = "KernelPCA";
    const ROLE: Role = Role::Transformer;
    type Parameters = KernelPCAParameters;
    type Fitted = Directions;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, _y: &Target) -> Result<Directions> {
        let table = likeness(parameters, x, None)?;
        let samples = x.nrows();
        let rows = column_sums(&table) / samples as f64;
        let mut found = Directions {
            x: x.clone(),
            all: sum(rows.iter().copied()) / samples as f64,
            rows,
            values: Array1::zeros(0),
            vectors: Array2::zeros((0, 0)),
            back: None,
        };
        let (values, vectors) = eigh(&found.centred(&table));
        let count = parameters
            .n_components
            .map_or(samples, |count| samples.min(count as usize));
        let (mut values, vectors) = (
            values.slice(s![samples - count..; -1]).to_owned(),
            vectors.slice(s![.., samples - count..; -1]).to_owned(),
        );
        let largest = values.iter().copied().fold(0.0, f64::max);
        values.mapv_inplace(|value| if value < 1e-12 * largest { 0.0 } else { value });
        let mut vectors = vectors.as_standard_layout().to_owned();
        for mut column in vectors.columns_mut() {
            let mut top = 0.0f64;
            for value in &column {
                if value.abs() > top.abs() {
                    top = *value;
                }
            }
            if top < 0.0 {
                column.mapv_inplace(|value| -value);
            }
        }
        if parameters.remove_zero_eig || parameters.n_components.is_none() {
            let kept: Vec<usize> = (0..values.len()).filter(|&at| values[at] > 0.0).collect();
            values = values.select(Axis(0), &kept);
            vectors = vectors.select(Axis(1), &kept);
        }
        (found.values, found.vectors) = (values, vectors);
        if parameters.fit_inverse_transform {
            let scores = found.scores();
            let mut own = likeness(parameters, &scores, None)?;
            own.diag_mut()
                .mapv_inplace(|value| value + parameters.alpha);
            let solved = solve_positive(&own, x).ok_or_else(|| {
                Exception::new("LinAlgError", "the matrix is not positive definite")
            })?;
            found.back = Some((scores, solved));
        }
        Ok(found)
    }

    fn transform(
        parameters: &Self::Parameters,
        fitted: &Directions,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        let table = fitted.centred(&likeness(parameters, x, Some(&fitted.x))?);
        let shrink = fitted.values.mapv(|value| {
            if value == 0.0 {
                0.0
            } else {
                1.0 / value.sqrt()
            }
        });
        Ok(table.dot(&(&fitted.vectors * &shrink)))
    }

    fn own_fit_transform(
        _: &Self::Parameters,
        fitted: &Directions,
        _x: &Array2<f64>,
    ) -> Option<Result<Array2<f64>>> {
        Some(Ok(fitted.scores()))
    }

    fn inverse_transform(
        parameters: &Self::Parameters,
        fitted: &Directions,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        let Some((scores, weights)) = &fitted.back else {
            return Err(Exception::new(
                "NotFittedError",
                "The fit_inverse_transform parameter was not set to True when instantiating and hence the inverse transform is not \
                 available.",
            ));
        };
        Ok(likeness(parameters, x, Some(scores))?.dot(weights))
    }
}

attributes!(KernelPCA {
    /// The variances, times the number of rows.
    eigenvalues_ / try_eigenvalues_: Array1<f64> = |fitted| fitted.values.clone();
    /// The directions, one a column.
    eigenvectors_ / try_eigenvectors_: Array2<f64> = |fitted| fitted.vectors.clone();
});
