//! Features whose products are nearly those of a kernel: `Nystroem`, `RBFSampler`.

use super::errors::{Result, value_error};
use super::estimator::{Estimator, Kind, Role, attributes};
use super::kernel_ridge::{KernelRidgeParameters, kernel};
use super::linear_algebra::svd;
use super::parameters::{Param, parameters};
use super::random::RandomState;
use super::sums::column_means;
use super::target::Target;
use ndarray::{Array1, Array2, Axis};

/// See `Nystroem`.
pub struct NystroemKind;
/// A kernel by its values at drawn rows.
pub type Nystroem = Estimator<NystroemKind>;

parameters! {
    /// Parameters of `Nystroem`.
    NystroemParameters for NystroemKind {
        coef0 = "coef0": Option<f64> = None,
        degree = "degree": Option<f64> = None,
        gamma = "gamma": Option<f64> = None,
        kernel = "kernel": String = "rbf".to_string(),
        n_components = "n_components": i64 = 100,
        random_state = "random_state": Option<i64> = None,
    }
}

/// What `Nystroem` learns.
pub struct Landmarks {
    rows: Array2<f64>,
    places: Array1<i64>,
    factors: Array2<f64>,
}

fn products(
    parameters: &NystroemParameters,
    x: &Array2<f64>,
    y: Option<&Array2<f64>>,
) -> Result<Array2<f64>> {
    let own = KernelRidgeParameters {
        coef0: parameters.coef0.unwrap_or(1.0),
        degree: parameters.degree.unwrap_or(3.0),
        gamma: parameters.gamma,
        kernel: parameters.kernel.clone(),
        ..Default::default()
    };
    kernel(&own, x, y)
}

impl Kind for NystroemKind {
    const NAME: &'static str = "Nystroem";
    const ROLE: Role = Role::Transformer;
    type Parameters = NystroemParameters;
    type Fitted = Landmarks;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, _y: &Target) -> Result<Landmarks> {
        let mut random = RandomState::from_seed(parameters.random_state);
        let mut count = parameters.n_components as usize;
        if count > x.nrows() {
            count = x.nrows();
            crate::sklearn::errors::warn(
                "UserWarning",
                "n_components > n_samples. This is not possible.\nn_components was set to n_samples, which results in inefficient \
                 evaluation of the full kernel.",
            );
        }
        let mut places = random.permutation(x.nrows());
        places.truncate(count);
        let rows = x.select(Axis(0), &places);
        let parts = svd(&products(parameters, &rows, None)?);
        let scaled = &parts.u / &parts.s.mapv(|value| value.max(1e-12).sqrt());
        Ok(Landmarks {
            factors: scaled.dot(&parts.vt),
            rows,
            places: places.into_iter().map(|place| place as i64).collect(),
        })
    }

    fn transform(
        parameters: &Self::Parameters,
        fitted: &Landmarks,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        let table = products(parameters, x, Some(&fitted.rows))?;
        Ok(table.dot(&fitted.factors.t()))
    }
}

attributes!(Nystroem {
    /// The drawn rows.
    components_ / try_components_: Array2<f64> = |fitted| fitted.rows.clone();
    /// Their places.
    component_indices_ / try_component_indices_: Array1<i64> = |fitted| fitted.places.clone();
    /// What the kernel's values are multiplied with.
    normalization_ / try_normalization_: Array2<f64> = |fitted| fitted.factors.clone();
});

/// See `RBFSampler`.
pub struct RBFSamplerKind;
/// The kernel of bell curves by random waves.
pub type RBFSampler = Estimator<RBFSamplerKind>;

parameters! {
    /// Parameters of `RBFSampler`.
    RBFSamplerParameters for RBFSamplerKind {
        gamma = "gamma": Param = Param::Float(1.0),
        n_components = "n_components": i64 = 100,
        random_state = "random_state": Option<i64> = None,
    }
}

/// What `RBFSampler` draws.
pub struct Waves {
    weights: Array2<f64>,
    offsets: Array1<f64>,
}

impl Kind for RBFSamplerKind {
    const NAME: &'static str = "RBFSampler";
    const ROLE: Role = Role::Transformer;
    type Parameters = RBFSamplerParameters;
    type Fitted = Waves;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, _y: &Target) -> Result<Waves> {
        let mut random = RandomState::from_seed(parameters.random_state);
        let gamma = match &parameters.gamma {
            Param::Text(_) => {
                let whole = Array2::from_shape_vec((x.len(), 1), x.iter().copied().collect());
                let column = whole.map_err(|_| value_error("a table without rows"))?;
                let middle = column_means(&column)[0];
                let spread =
                    column_means(&column.mapv(|value| (value - middle) * (value - middle)))[0];
                if spread == 0.0 {
                    1.0
                } else {
                    1.0 / (x.ncols() as f64 * spread)
                }
            }
            Param::Int(value) => *value as f64,
            Param::Float(value) => *value,
            _ => 1.0,
        };
        let count = parameters.n_components as usize;
        let scale = (2.0 * gamma).sqrt();
        let weights =
            Array2::from_shape_simple_fn((x.ncols(), count), || scale * random.standard_normal());
        let offsets = (0..count)
            .map(|_| random.uniform(0.0, 2.0 * std::f64::consts::PI))
            .collect();
        Ok(Waves { weights, offsets })
    }

    fn transform(
        _parameters: &Self::Parameters,
        fitted: &Waves,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        let scale = (2.0 / fitted.offsets.len() as f64).sqrt();
        let inner = x.dot(&fitted.weights) + &fitted.offsets;
        Ok(inner.mapv(|value| value.cos() * scale))
    }
}

attributes!(RBFSampler {
    /// The drawn directions.
    random_weights_ / try_random_weights_: Array2<f64> = |fitted| fitted.weights.clone();
    /// The drawn offsets.
    random_offset_ / try_random_offset_: Array1<f64> = |fitted| fitted.offsets.clone();
});
