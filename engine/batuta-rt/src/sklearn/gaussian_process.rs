//! `sklearn.gaussian_process`: regression by the likeness of rows, whose scales are searched.

use super::errors::{Exception, Result, throwing, warn};
use super::estimator::{Estimator, Kind, Role, attributes};
use super::linear_model::{Limits, minimise_within};
use super::parameters::{Param, ParamType, parameters};
use super::random::RandomState;
use super::sums::{mean, sum};
use super::target::Target;
use crate::np::linalg::try_cholesky;
use crate::py::{Num, Text};
use ndarray::{Array1, Array2, Axis, s};
use std::f64::consts::PI;

/// The least and largest value that the search may give a scale; none where it is fixed.
pub type Range = Option<(f64, f64)>;

/// A scale with its bounds.
#[derive(Clone, Debug, PartialEq)]
pub struct Scale {
    values: Vec<f64>,
    bounds: Range,
    /// Whether the scale was given as a list, one for each column.
    several: bool,
}

impl Scale {
    /// One scale.
    pub fn one(value: f64, bounds: Range) -> Self {
        Scale {
            values: vec![value],
            bounds,
            several: false,
        }
    }

    /// One for each column.
    pub fn each(values: Vec<f64>, bounds: Range) -> Self {
        Scale {
            several: values.len() > 1,
            values,
            bounds,
        }
    }

    fn value(&self) -> f64 {
        self.values[0]
    }

    /// The only scale; None where there is one for each column.
    pub(super) fn only(&self) -> Option<f64> {
        (!self.several).then(|| self.values[0])
    }

    /// The same scale for each column.
    fn of(&self, column: usize) -> f64 {
        if self.several {
            self.values[column]
        } else {
            self.values[0]
        }
    }
}

/// A kernel: how alike two rows are.
#[derive(Clone, Debug, PartialEq)]
pub enum Kernel {
    /// The same for all.
    Constant(Scale),
    /// Noise of each row of its own.
    White(Scale),
    /// Falls with the squared distance.
    Rbf(Scale),
    /// Less smooth than the squared one, by `nu`.
    Matern(Scale, f64),
    /// A mixture of squared ones: length and `alpha`.
    RationalQuadratic(Scale, Scale),
    /// Repeats: length and period.
    ExpSineSquared(Scale, Scale),
    /// The inner product.
    DotProduct(Scale),
    /// Both added.
    Sum(Box<Kernel>, Box<Kernel>),
    /// Both multiplied.
    Product(Box<Kernel>, Box<Kernel>),
    /// Raised to a power, which is shown as it was given.
    Power(Box<Kernel>, Num),
}

/// A number as `{:.3g}` writes it.
fn short(value: f64) -> String {
    crate::py::format(&value, ".3g")
}

/// What an operator on kernels takes.
pub trait AsKernel {
    /// The kernel; a number is a constant one.
    fn as_kernel(&self) -> Kernel;
}

impl AsKernel for Kernel {
    fn as_kernel(&self) -> Kernel {
        self.clone()
    }
}

impl AsKernel for f64 {
    fn as_kernel(&self) -> Kernel {
        Kernel::Constant(Scale::one(*self, Some((1e-5, 1e5))))
    }
}

impl AsKernel for i64 {
    fn as_kernel(&self) -> Kernel {
        (*self as f64).as_kernel()
    }
}

/// `one + other`.
pub fn plus(one: &impl AsKernel, other: &impl AsKernel) -> Kernel {
    Kernel::Sum(Box::new(one.as_kernel()), Box::new(other.as_kernel()))
}

/// `one * other`.
pub fn times(one: &impl AsKernel, other: &impl AsKernel) -> Kernel {
    Kernel::Product(Box::new(one.as_kernel()), Box::new(other.as_kernel()))
}

/// `kernel ** power`.
pub fn power(kernel: &Kernel, power: impl Into<Num>) -> Kernel {
    Kernel::Power(Box::new(kernel.clone()), power.into())
}

/// One table for each scale that is searched.
type Slopes = Vec<Array2<f64>>;

/// The slope of a kernel by one parameter, from its own part and the whole.
type SlopeOf<'a> = dyn Fn(&Array2<f64>, &Array2<f64>) -> Array2<f64> + 'a;

impl Kernel {
    fn scales(&self) -> Vec<&Scale> {
        match self {
            Kernel::Constant(own)
            | Kernel::White(own)
            | Kernel::Rbf(own)
            | Kernel::DotProduct(own) => vec![own],
            Kernel::Matern(own, _) => vec![own],
            // By their names: alpha stands before the length.
            Kernel::RationalQuadratic(length, alpha) => vec![alpha, length],
            Kernel::ExpSineSquared(length, period) => vec![length, period],
            Kernel::Sum(one, other) | Kernel::Product(one, other) => {
                let mut all = one.scales();
                all.extend(other.scales());
                all
            }
            Kernel::Power(own, _) => own.scales(),
        }
    }

    fn scales_mut(&mut self) -> Vec<&mut Scale> {
        match self {
            Kernel::Constant(own)
            | Kernel::White(own)
            | Kernel::Rbf(own)
            | Kernel::DotProduct(own) => vec![own],
            Kernel::Matern(own, _) => vec![own],
            Kernel::RationalQuadratic(length, alpha) => vec![alpha, length],
            Kernel::ExpSineSquared(length, period) => vec![length, period],
            Kernel::Sum(one, other) | Kernel::Product(one, other) => {
                let mut all = one.scales_mut();
                all.extend(other.scales_mut());
                all
            }
            Kernel::Power(own, _) => own.scales_mut(),
        }
    }

    /// `theta`: the logarithms of the scales that are searched.
    pub fn theta(&self) -> Array1<f64> {
        let free = self
            .scales()
            .into_iter()
            .filter(|scale| scale.bounds.is_some());
        free.flat_map(|scale| scale.values.iter().map(|value| value.ln()))
            .collect()
    }

    /// `bounds`: the logarithms of the bounds.
    pub fn bounds(&self) -> Array2<f64> {
        let mut rows = Vec::new();
        for scale in self.scales() {
            if let Some((low, high)) = scale.bounds {
                scale
                    .values
                    .iter()
                    .for_each(|_| rows.extend([low.ln(), high.ln()]));
            }
        }
        let count = rows.len() / 2;
        Array2::from_shape_vec((count, 2), rows).expect("two bounds a row")
    }

    /// The same kernel with other scales.
    pub fn with_theta(&self, theta: &[f64]) -> Kernel {
        let mut made = self.clone();
        let mut next = theta.iter();
        for scale in made.scales_mut() {
            if scale.bounds.is_some() {
                for value in &mut scale.values {
                    *value = next.next().expect("one for each scale").exp();
                }
            }
        }
        made
    }

    /// `kernel(X, Y)`; `y` is None for the rows with themselves.
    pub fn table(&self, x: &Array2<f64>, y: Option<&Array2<f64>>) -> Array2<f64> {
        let other = y.unwrap_or(x);
        let shape = (x.nrows(), other.nrows());
        let by_rows = |value: &dyn Fn(usize, usize) -> f64| {
            Array2::from_shape_fn(shape, |(a, b)| value(a, b))
        };
        let squares = |scale: &Scale| {
            by_rows(&|a, b| {
                let gaps = x.row(a).into_iter().zip(other.row(b)).enumerate();
                gaps.map(|(column, (a, b))| {
                    let gap = a / scale.of(column) - b / scale.of(column);
                    gap * gap
                })
                .sum()
            })
        };
        match self {
            Kernel::Constant(own) => Array2::from_elem(shape, own.value()),
            Kernel::White(own) => {
                if y.is_some() {
                    Array2::zeros(shape)
                } else {
                    Array2::eye(x.nrows()) * own.value()
                }
            }
            Kernel::Rbf(own) => squares(own).mapv(|square| (-0.5 * square).exp()),
            Kernel::Matern(own, nu) => squares(own).mapv(|square| {
                let distance = square.sqrt();
                if *nu == 0.5 {
                    (-distance).exp()
                } else if *nu == 1.5 {
                    let far = distance * 3.0f64.sqrt();
                    (1.0 + far) * (-far).exp()
                } else if *nu == 2.5 {
                    let far = distance * 5.0f64.sqrt();
                    (1.0 + far + far * far / 3.0) * (-far).exp()
                } else if nu.is_infinite() {
                    (-square / 2.0).exp()
                } else {
                    crate::py::unsupported(
                        "a Matern kernel with `nu` other than 0.5, 1.5, 2.5 and inf",
                    )
                }
            }),
            Kernel::RationalQuadratic(length, alpha) => {
                let one = Scale::one(1.0, None);
                let under = 2.0 * alpha.value() * length.value() * length.value();
                squares(&one).mapv(|square| (1.0 + square / under).powf(-alpha.value()))
            }
            Kernel::ExpSineSquared(length, period) => {
                let one = Scale::one(1.0, None);
                squares(&one).mapv(|square| {
                    let sine = (PI * square.sqrt() / period.value()).sin() / length.value();
                    (-2.0 * sine * sine).exp()
                })
            }
            Kernel::DotProduct(own) => x.dot(&other.t()) + own.value() * own.value(),
            Kernel::Sum(one, two) => one.table(x, y) + two.table(x, y),
            Kernel::Product(one, two) => one.table(x, y) * two.table(x, y),
            Kernel::Power(own, power) => own.table(x, y).mapv(|value| value.powf(power.to_f64())),
        }
    }

    /// `kernel.diag(X)`.
    pub fn diagonal(&self, x: &Array2<f64>) -> Array1<f64> {
        match self {
            Kernel::Constant(own) | Kernel::White(own) => Array1::from_elem(x.nrows(), own.value()),
            Kernel::DotProduct(own) => x
                .rows()
                .into_iter()
                .map(|row| row.dot(&row) + own.value() * own.value())
                .collect(),
            Kernel::Sum(one, two) => one.diagonal(x) + two.diagonal(x),
            Kernel::Product(one, two) => one.diagonal(x) * two.diagonal(x),
            Kernel::Power(own, power) => own.diagonal(x).mapv(|value| value.powf(power.to_f64())),
            _ => Array1::ones(x.nrows()),
        }
    }

    /// The table of the rows with themselves, and its slopes by the logarithms of the scales.
    fn slopes(&self, x: &Array2<f64>) -> (Array2<f64>, Slopes) {
        let count = x.nrows();
        let table = match self {
            Kernel::Sum(..) | Kernel::Product(..) | Kernel::Power(..) => Array2::zeros((0, 0)),
            _ => self.table(x, None),
        };
        // The squared distances of one column, in its scale.
        let gaps = |column: usize, scale: f64| {
            Array2::from_shape_fn((count, count), |(a, b)| {
                let gap = (x[(a, column)] - x[(b, column)]) / scale;
                gap * gap
            })
        };
        let parts = |scale: &Scale| -> Vec<Array2<f64>> {
            (0..x.ncols())
                .map(|column| gaps(column, scale.of(column)))
                .collect()
        };
        let whole = |parts: &[Array2<f64>]| {
            parts
                .iter()
                .fold(Array2::<f64>::zeros((count, count)), |total, part| {
                    total + part
                })
        };
        let by_column = |scale: &Scale, slope: &SlopeOf| -> Slopes {
            if scale.bounds.is_none() {
                return Vec::new();
            }
            let parts = parts(scale);
            let total = whole(&parts);
            let all: Slopes = parts.iter().map(|part| slope(part, &total)).collect();
            if scale.several {
                all
            } else {
                vec![whole(&all)]
            }
        };
        let free = |scale: &Scale, slope: Array2<f64>| {
            if scale.bounds.is_some() {
                vec![slope]
            } else {
                Vec::new()
            }
        };
        match self {
            Kernel::Constant(own) => {
                let slopes = free(own, table.clone());
                (table, slopes)
            }
            Kernel::White(own) => {
                let slopes = free(own, table.clone());
                (table, slopes)
            }
            Kernel::Rbf(own) => {
                let slopes = by_column(own, &|part, _| part * &table);
                (table, slopes)
            }
            Kernel::Matern(own, nu) => {
                let slopes = by_column(own, &|part, total| {
                    if *nu == 0.5 {
                        let roots = total.mapv(f64::sqrt);
                        let mut slope = &table * part / &roots;
                        slope.mapv_inplace(|value| if value.is_finite() { value } else { 0.0 });
                        slope
                    } else if *nu == 1.5 {
                        part * 3.0 * total.mapv(|value| (-(3.0 * value).sqrt()).exp())
                    } else if *nu == 2.5 {
                        part * (5.0 / 3.0)
                            * total.mapv(|value| {
                                let far = (5.0 * value).sqrt();
                                (far + 1.0) * (-far).exp()
                            })
                    } else {
                        part * &table
                    }
                });
                (table, slopes)
            }
            Kernel::RationalQuadratic(length, alpha) => {
                let (l, a) = (length.value(), alpha.value());
                let squares = whole(&parts(&Scale::one(1.0, None)));
                let base = squares.mapv(|square| 1.0 + square / (2.0 * a * l * l));
                let mut slopes = free(
                    alpha,
                    &table
                        * &(base.mapv(|base| -a * base.ln()) + &squares / (&base * (2.0 * l * l))),
                );
                slopes.extend(free(length, &squares * &table / (&base * (l * l))));
                (table, slopes)
            }
            Kernel::ExpSineSquared(length, period) => {
                let (l, p) = (length.value(), period.value());
                let angles =
                    whole(&parts(&Scale::one(1.0, None))).mapv(|square| PI * square.sqrt() / p);
                let mut slopes = free(
                    length,
                    angles.mapv(|angle| 4.0 / (l * l) * angle.sin().powi(2)) * &table,
                );
                slopes.extend(free(
                    period,
                    angles.mapv(|angle| 4.0 * angle / (l * l) * angle.cos() * angle.sin()) * &table,
                ));
                (table, slopes)
            }
            Kernel::DotProduct(own) => {
                let slope = Array2::from_elem((count, count), 2.0 * own.value() * own.value());
                (table, free(own, slope))
            }
            Kernel::Sum(one, two) => {
                let ((a, mut slopes), (b, others)) = (one.slopes(x), two.slopes(x));
                slopes.extend(others);
                (a + b, slopes)
            }
            Kernel::Product(one, two) => {
                let ((a, first), (b, second)) = (one.slopes(x), two.slopes(x));
                let mut slopes: Slopes = first.into_iter().map(|slope| slope * &b).collect();
                slopes.extend(second.into_iter().map(|slope| slope * &a));
                (a * b, slopes)
            }
            Kernel::Power(own, power) => {
                let (inner, slopes) = own.slopes(x);
                let factor = inner.mapv(|value| power.to_f64() * value.powf(power.to_f64() - 1.0));
                let slopes = slopes.into_iter().map(|slope| slope * &factor).collect();
                (inner.mapv(|value| value.powf(power.to_f64())), slopes)
            }
        }
    }
}

impl Text for Kernel {
    fn repr_text(&self) -> String {
        let lengths = |scale: &Scale| {
            let parts: Vec<String> = scale.values.iter().map(|value| short(*value)).collect();
            if scale.several {
                format!("[{}]", parts.join(", "))
            } else {
                parts.concat()
            }
        };
        match self {
            Kernel::Constant(own) => format!("{}**2", short(own.value().sqrt())),
            Kernel::White(own) => format!("WhiteKernel(noise_level={})", short(own.value())),
            Kernel::Rbf(own) => format!("RBF(length_scale={})", lengths(own)),
            Kernel::Matern(own, nu) => {
                format!("Matern(length_scale={}, nu={})", lengths(own), short(*nu))
            }
            Kernel::RationalQuadratic(length, alpha) => format!(
                "RationalQuadratic(alpha={}, length_scale={})",
                short(alpha.value()),
                short(length.value())
            ),
            Kernel::ExpSineSquared(length, period) => format!(
                "ExpSineSquared(length_scale={}, periodicity={})",
                short(length.value()),
                short(period.value())
            ),
            Kernel::DotProduct(own) => format!("DotProduct(sigma_0={})", short(own.value())),
            Kernel::Sum(one, other) => format!("{} + {}", one.repr_text(), other.repr_text()),
            Kernel::Product(one, other) => format!("{} * {}", one.repr_text(), other.repr_text()),
            Kernel::Power(own, power) => format!("{} ** {}", own.repr_text(), power.repr_text()),
        }
    }
}

/// A kernel as a parameter, or none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GivenKernel(pub Option<Kernel>);

impl GivenKernel {
    /// The kernel that was given.
    pub fn held(&self) -> Kernel {
        self.0.clone().unwrap_or_else(|| {
            crate::py::unsupported("the `kernel` of a process that was made without one")
        })
    }
}

impl ParamType for GivenKernel {
    fn to_param(&self) -> Param {
        self.0
            .as_ref()
            .map_or(Param::Nothing, |own| Param::Other(own.repr_text()))
    }
    fn from_param(_param: &Param) -> Option<Self> {
        None
    }
}

/// See `GaussianProcessRegressor`.
pub struct GaussianProcessRegressorKind;
/// Regression by a Gaussian process.
pub type GaussianProcessRegressor = Estimator<GaussianProcessRegressorKind>;

parameters! {
    /// Parameters of `GaussianProcessRegressor`.
    GaussianProcessRegressorParameters for GaussianProcessRegressorKind {
        alpha = "alpha": f64 = 1e-10,
        kernel = "kernel": GivenKernel = GivenKernel::default(),
        n_restarts_optimizer = "n_restarts_optimizer": i64 = 0,
        normalize_y = "normalize_y": bool = false,
        optimizer = "optimizer": Option<String> = Some("fmin_l_bfgs_b".to_string()),
        random_state = "random_state": Option<i64> = None,
    }
}

/// What `GaussianProcessRegressor` learns.
pub struct Process {
    kernel: Kernel,
    x: Array2<f64>,
    y: Array1<f64>,
    noise: f64,
    lower: Array2<f64>,
    weights: Array1<f64>,
    likelihood: f64,
    centre: f64,
    spread: f64,
}

/// `lower x = right`, then `lower' x = …` where both are wanted.
fn triangular(lower: &Array2<f64>, right: &Array2<f64>, both: bool) -> Array2<f64> {
    let size = lower.nrows();
    let mut solved = right.clone();
    for mut column in solved.columns_mut() {
        for row in 0..size {
            let known = lower.slice(s![row, ..row]).dot(&column.slice(s![..row]));
            column[row] = (column[row] - known) / lower[(row, row)];
        }
        if both {
            for row in (0..size).rev() {
                let known = lower
                    .slice(s![row + 1.., row])
                    .dot(&column.slice(s![row + 1..]));
                column[row] = (column[row] - known) / lower[(row, row)];
            }
        }
    }
    solved
}

/// The logarithm of the likelihood, with its slopes where they are wanted.
fn likelihood(
    kernel: &Kernel,
    x: &Array2<f64>,
    y: &Array1<f64>,
    noise: f64,
    slopes: bool,
) -> (f64, Vec<f64>) {
    let (mut table, parts) = if slopes {
        kernel.slopes(x)
    } else {
        (kernel.table(x, None), Vec::new())
    };
    table.diag_mut().mapv_inplace(|value| value + noise);
    let Ok(lower) = try_cholesky(&table) else {
        return (f64::NEG_INFINITY, vec![0.0; parts.len()]);
    };
    let weights = triangular(&lower, &y.clone().insert_axis(Axis(1)), true)
        .column(0)
        .to_owned();
    let count = x.nrows() as f64;
    let value = -0.5 * y.dot(&weights)
        - sum(lower.diag().iter().map(|value| value.ln()))
        - count / 2.0 * (2.0 * PI).ln();
    if !slopes {
        return (value, Vec::new());
    }
    let inverse = triangular(&lower, &Array2::eye(x.nrows()), true);
    let gradient = parts.iter().map(|part| {
        let mut total = 0.0;
        for ((a, b), slope) in part.indexed_iter() {
            total += (weights[a] * weights[b] - inverse[(a, b)]) * slope;
        }
        0.5 * total
    });
    (value, gradient.collect())
}

impl Kind for GaussianProcessRegressorKind {
    const NAME: &'static str = "GaussianProcessRegressor";
    const ROLE: Role = Role::Regressor;
    type Parameters = GaussianProcessRegressorParameters;
    type Fitted = Process;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<Process> {
        let mut kernel = match &parameters.kernel.0 {
            Some(kernel) => kernel.clone(),
            None => times(
                &Kernel::Constant(Scale::one(1.0, Some((1e-5, 1e5)))),
                &Kernel::Rbf(Scale::one(1.0, Some((1e-5, 1e5)))),
            ),
        };
        let mut values = y.floats()?;
        let (mut centre, mut spread) = (0.0, 1.0);
        if parameters.normalize_y {
            centre = mean(values.iter().copied());
            spread = mean(
                values
                    .iter()
                    .map(|value| (value - centre) * (value - centre)),
            )
            .sqrt();
            if spread < 10.0 * f64::EPSILON {
                spread = 1.0;
            }
            values = (values - centre) / spread;
        }
        let noise = parameters.alpha;
        let theta = kernel.theta();
        let mut reached = f64::NEG_INFINITY;
        if parameters.optimizer.is_some() && !theta.is_empty() {
            let bounds: Vec<(f64, f64)> = kernel
                .bounds()
                .rows()
                .into_iter()
                .map(|row| (row[0], row[1]))
                .collect();
            let limits = Limits {
                gradient: 1e-5,
                gain: 2.220_446_049_250_313e-9,
                iterations: 15_000,
                searches: 20,
                evaluations: i64::MAX,
            };
            let mut random = RandomState::from_seed(parameters.random_state);
            let mut best = theta.to_vec();
            for round in 0..=parameters.n_restarts_optimizer {
                let start = if round == 0 {
                    theta.to_vec()
                } else {
                    bounds
                        .iter()
                        .map(|(low, high)| random.uniform(*low, *high))
                        .collect()
                };
                let (minimum, value) = minimise_within(start, &bounds, &limits, |point| {
                    let (value, slopes) =
                        likelihood(&kernel.with_theta(point), x, &values, noise, true);
                    (-value, slopes.into_iter().map(|slope| -slope).collect())
                });
                if !minimum.converged {
                    warn("ConvergenceWarning", "lbfgs failed to converge");
                }
                if -value > reached {
                    reached = -value;
                    best = minimum.at;
                }
            }
            kernel = kernel.with_theta(&best);
            for (value, (low, high)) in best.iter().zip(&bounds) {
                for (name, bound) in [("lower", low), ("upper", high)] {
                    if (value - bound).abs() <= 1e-8 + 1e-5 * bound.abs() {
                        warn(
                            "ConvergenceWarning",
                            &format!(
                                "The optimal value found for a parameter of the kernel is close to the specified {name} bound."
                            ),
                        );
                    }
                }
            }
        } else {
            reached = likelihood(&kernel, x, &values, noise, false).0;
        }
        let mut table = kernel.table(x, None);
        table.diag_mut().mapv_inplace(|value| value + noise);
        let lower = try_cholesky(&table).map_err(|_| {
            Exception::new(
                "LinAlgError",
                format!(
                    "The kernel, {}, is not returning a positive definite matrix. Try gradually increasing the 'alpha' parameter of your \
                     GaussianProcessRegressor estimator.",
                    kernel.repr_text()
                ),
            )
        })?;
        let weights = triangular(&lower, &values.clone().insert_axis(Axis(1)), true)
            .column(0)
            .to_owned();
        Ok(Process {
            kernel,
            x: x.clone(),
            y: values,
            noise,
            lower,
            weights,
            likelihood: reached,
            centre,
            spread,
        })
    }

    fn predict(_: &Self::Parameters, fitted: &Process, x: &Array2<f64>) -> Result<Target> {
        Ok(Target::Float(fitted.means(x)))
    }
}

impl Process {
    fn means(&self, x: &Array2<f64>) -> Array1<f64> {
        self.kernel.table(x, Some(&self.x)).dot(&self.weights) * self.spread + self.centre
    }

    fn explained(&self, x: &Array2<f64>) -> Array2<f64> {
        let across = self
            .kernel
            .table(x, Some(&self.x))
            .t()
            .as_standard_layout()
            .to_owned();
        triangular(&self.lower, &across, false)
    }
}

impl GaussianProcessRegressor {
    /// `predict(X, return_std=True)`.
    pub fn try_predict_with_std(&self, x: &Array2<f64>) -> Result<(Array1<f64>, Array1<f64>)> {
        let values = self.try_predict::<Array1<f64>>(x)?;
        let fitted = self.fitted()?;
        let known = fitted.explained(x);
        let mut spread = fitted.kernel.diagonal(x);
        for (value, column) in spread.iter_mut().zip(known.columns()) {
            *value -= column.dot(&column);
        }
        if spread.iter().any(|value| *value < 0.0) {
            warn(
                "UserWarning",
                "Predicted variances smaller than 0. Setting those variances to 0.",
            );
        }
        let scale = fitted.spread * fitted.spread;
        Ok((values, spread.mapv(|value| (value.max(0.0) * scale).sqrt())))
    }

    /// `predict(X, return_cov=True)`.
    pub fn try_predict_with_cov(&self, x: &Array2<f64>) -> Result<(Array1<f64>, Array2<f64>)> {
        let values = self.try_predict::<Array1<f64>>(x)?;
        let fitted = self.fitted()?;
        let known = fitted.explained(x);
        let table = fitted.kernel.table(x, None) - known.t().dot(&known);
        Ok((values, table * (fitted.spread * fitted.spread)))
    }

    /// `log_marginal_likelihood(theta)`.
    pub fn try_log_marginal_likelihood(&self, theta: &Array1<f64>) -> Result<f64> {
        let fitted = self.fitted()?;
        let kernel = fitted.kernel.with_theta(&theta.to_vec());
        Ok(likelihood(&kernel, &fitted.x, &fitted.y, fitted.noise, false).0)
    }

    throwing! {
        /// See `try_predict_with_std`.
        predict_with_std = try_predict_with_std(&self, x: &Array2<f64>) -> (Array1<f64>, Array1<f64>);
        /// See `try_predict_with_cov`.
        predict_with_cov = try_predict_with_cov(&self, x: &Array2<f64>) -> (Array1<f64>, Array2<f64>);
        /// See `try_log_marginal_likelihood`.
        log_marginal_likelihood = try_log_marginal_likelihood(&self, theta: &Array1<f64>) -> f64;
    }
}

attributes!(GaussianProcessRegressor {
    /// The kernel with the scales that were found.
    kernel_ / try_kernel_: Kernel = |fitted| fitted.kernel.clone();
    /// The logarithm of the likelihood at the end.
    log_marginal_likelihood_value_ / try_log_marginal_likelihood_value_: f64 = |fitted| fitted.likelihood;
    /// The rows that were learned.
    x_train_ / try_x_train_: Array2<f64> = |fitted| fitted.x.clone();
    /// Their targets.
    y_train_ / try_y_train_: Array1<f64> = |fitted| fitted.y.clone();
    /// The weights of the rows.
    alpha_ / try_alpha_: Array1<f64> = |fitted| fitted.weights.clone();
});
