//! `PCA` by the full singular value decomposition.

use super::errors::{Result, value_error};
use super::estimator::{Estimator, Kind, Role, attributes};
use super::linear_algebra::{Svd, svd};
use super::matrix_factors::{randomized_svd, settle_signs as factor_signs};
use super::parameters::{Param, parameters};
use super::random::RandomState;
use super::sums::{column_means, mean};
use super::target::Target;
use ndarray::{Array1, Array2, s};

/// See `PCA`.
pub struct PCAKind;
/// Principal components.
pub type PCA = Estimator<PCAKind>;

parameters! {
    /// Parameters of `PCA`.
    PCAParameters for PCAKind {
        n_components = "n_components": Param = Param::Nothing,
        random_state = "random_state": Option<i64> = None,
        whiten = "whiten": bool = false,
        svd_solver = "svd_solver": String = "auto".to_string(),
    }
}

/// What `PCA` learns.
pub struct Components {
    mean: Array1<f64>,
    components: Array2<f64>,
    variances: Array1<f64>,
    shares: Array1<f64>,
    singular: Array1<f64>,
    noise: f64,
}

/// Whether `svd_solver="auto"` means the randomized solver for data of this shape.
fn chooses_random(components: &Param, samples: usize, features: usize) -> bool {
    let tall = features <= 1000 && samples >= 10 * features;
    let small = samples.max(features) <= 500;
    let few = matches!(components, Param::Int(count) if *count >= 1 && (*count as f64) < 0.8 * samples.min(features) as f64);
    !tall && !small && few
}

/// Signs such that the entry of largest size in each right vector is positive.
fn settle_signs(parts: &mut Svd) {
    for at in 0..parts.s.len() {
        let row = parts.vt.row(at);
        let mut largest = 0;
        for (column, value) in row.iter().enumerate() {
            if value.abs() > row[largest].abs() {
                largest = column;
            }
        }
        if row[largest] < 0.0 {
            parts.vt.row_mut(at).mapv_inplace(|value| -value);
            parts.u.column_mut(at).mapv_inplace(|value| -value);
        }
    }
}

/// The first components of centred data by random projections.
fn by_random_directions(
    parameters: &PCAParameters,
    x: Array2<f64>,
    centre: Array1<f64>,
) -> Result<Components> {
    let (samples, features) = x.dim();
    let most = samples.min(features);
    let count = match &parameters.n_components {
        Param::Int(count) if *count >= 1 && *count as usize <= most => *count as usize,
        Param::Nothing => most,
        other => {
            return Err(value_error(format!(
                "n_components={} must be between 1 and min(n_samples, n_features)={most} with svd_solver='randomized'",
                other.python()
            )));
        }
    };
    let mut random = RandomState::from_seed(parameters.random_state);
    let mut found = randomized_svd(&x, count, 10, None, &mut random);
    factor_signs(&mut found.left, &mut found.right);
    let freedom = samples as f64 - 1.0;
    let variances = found.values.mapv(|value| value * value / freedom);
    let gaps = &x - &column_means(&x);
    let total = super::sums::sum((0..features).map(|column| {
        let own = gaps.column(column);
        own.iter().map(|gap| gap * gap).sum::<f64>() / freedom
    }));
    let noise = if count < most {
        (total - super::sums::sum(variances.iter().copied())) / (most - count) as f64
    } else {
        0.0
    };
    Ok(Components {
        mean: centre,
        components: found.right,
        shares: &variances / total,
        variances,
        singular: found.values,
        noise,
    })
}

impl Kind for PCAKind {
    const NAME: &'static str = "PCA";
    const ROLE: Role = Role::Transformer;
    type Parameters = PCAParameters;
    type Fitted = Components;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, _y: &Target) -> Result<Components> {
        let (samples, features) = x.dim();
        let most = samples.min(features);
        let centre = column_means(x);
        let auto = parameters.svd_solver == "auto"
            && chooses_random(&parameters.n_components, samples, features);
        if auto || parameters.svd_solver == "randomized" {
            return by_random_directions(parameters, x - &centre, centre);
        }
        let mut parts = svd(&(x - &centre));
        settle_signs(&mut parts);
        let variances = parts.s.mapv(|value| value * value / (samples as f64 - 1.0));
        let total = super::sums::sum(variances.iter().copied());
        let shares = &variances / total;
        let count = match &parameters.n_components {
            Param::Int(count) if *count >= 0 && *count as usize <= most => *count as usize,
            Param::Int(count) => {
                return Err(value_error(format!(
                    "n_components={count} must be between 0 and min(n_samples, n_features)={most} with svd_solver='full'"
                )));
            }
            Param::Float(share) => {
                let mut sum = 0.0;
                let mut count = 0;
                while count < most {
                    sum += shares[count];
                    count += 1;
                    if sum > *share {
                        break;
                    }
                }
                count
            }
            _ => most,
        };
        let noise = if count < most {
            mean(variances.iter().skip(count).copied())
        } else {
            0.0
        };
        Ok(Components {
            mean: centre,
            components: parts.vt.slice(s![..count, ..]).to_owned(),
            variances: variances.slice(s![..count]).to_owned(),
            shares: shares.slice(s![..count]).to_owned(),
            singular: parts.s.slice(s![..count]).to_owned(),
            noise,
        })
    }

    fn transform(
        parameters: &Self::Parameters,
        fitted: &Components,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        let result = (x - &fitted.mean).dot(&fitted.components.t());
        Ok(if parameters.whiten {
            result / fitted.variances.mapv(f64::sqrt)
        } else {
            result
        })
    }

    fn inverse_transform(
        parameters: &Self::Parameters,
        fitted: &Components,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        let scaled = if parameters.whiten {
            x * &fitted.variances.mapv(f64::sqrt)
        } else {
            x.clone()
        };
        Ok(scaled.dot(&fitted.components) + &fitted.mean)
    }
}

attributes!(PCA {
    /// Directions, one a row.
    components_ / try_components_: Array2<f64> = |fitted| fitted.components.clone();
    /// Variance along each.
    explained_variance_ / try_explained_variance_: Array1<f64> = |fitted| fitted.variances.clone();
    /// Share of the whole variance along each.
    explained_variance_ratio_ / try_explained_variance_ratio_: Array1<f64> = |fitted| fitted.shares.clone();
    /// Singular values.
    singular_values_ / try_singular_values_: Array1<f64> = |fitted| fitted.singular.clone();
    /// Column means.
    mean_ / try_mean_: Array1<f64> = |fitted| fitted.mean.clone();
    /// Number of components.
    n_components_ / try_n_components_: i64 = |fitted| fitted.singular.len() as i64;
    /// Mean variance of what is left out.
    noise_variance_ / try_noise_variance_: f64 = |fitted| fitted.noise;
});
