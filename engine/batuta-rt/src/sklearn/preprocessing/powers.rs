//! `PowerTransformer` and `QuantileTransformer`: columns made normal or even.

use super::standard_scaler::StandardScaler;
use crate::np::interp;
use crate::py::math::erfc;
use crate::sklearn::errors::{Result, value_error, warn};
use crate::sklearn::estimator::{Estimator, Kind, Role, attributes};
use crate::sklearn::parameters::parameters;
use crate::sklearn::random::RandomState;
use crate::sklearn::sums::{mean, percentile, sum};
use crate::sklearn::target::Target;
use ndarray::{Array1, Array2, Axis};

/// See `PowerTransformer`.
pub struct PowerTransformerKind;
/// Columns raised to powers that make them normal.
pub type PowerTransformer = Estimator<PowerTransformerKind>;

parameters! {
    /// Parameters of `PowerTransformer`.
    PowerTransformerParameters for PowerTransformerKind {
        method = "method": String = "yeo-johnson".to_string(),
        standardize = "standardize": bool = true,
    }
}

/// What `PowerTransformer` learns.
pub struct Powers {
    lambdas: Array1<f64>,
    scaler: Option<StandardScaler>,
}

fn variance(values: &[f64]) -> f64 {
    let centre = mean(values.iter().copied());
    mean(
        values
            .iter()
            .map(|value| (value - centre) * (value - centre)),
    )
}

fn yeo_johnson(value: f64, lambda: f64) -> f64 {
    if value >= 0.0 {
        if lambda.abs() < f64::EPSILON {
            value.ln_1p()
        } else {
            (lambda * value.ln_1p()).exp_m1() / lambda
        }
    } else if value.is_nan() {
        value
    } else if (lambda - 2.0).abs() > f64::EPSILON {
        -((2.0 - lambda) * (-value).ln_1p()).exp_m1() / (2.0 - lambda)
    } else {
        -(-value).ln_1p()
    }
}

fn yeo_johnson_back(value: f64, lambda: f64) -> f64 {
    if value >= 0.0 {
        if lambda.abs() < f64::EPSILON {
            value.exp() - 1.0
        } else {
            (value * lambda + 1.0).powf(1.0 / lambda) - 1.0
        }
    } else if (lambda - 2.0).abs() > f64::EPSILON {
        1.0 - (-(2.0 - lambda) * value + 1.0).powf(1.0 / (2.0 - lambda))
    } else {
        1.0 - (-value).exp()
    }
}

fn box_cox(value: f64, lambda: f64) -> f64 {
    // Where the power is next to nothing, the difference to the logarithm is too.
    if lambda == 0.0 || lambda.abs() < 1e-19 {
        value.ln()
    } else {
        (lambda * value.ln()).exp_m1() / lambda
    }
}

fn box_cox_back(value: f64, lambda: f64) -> f64 {
    if lambda == 0.0 {
        value.exp()
    } else {
        ((lambda * value).ln_1p() / lambda).exp()
    }
}

fn yeo_johnson_loss(values: &[f64], lambda: f64) -> f64 {
    let moved: Vec<f64> = values
        .iter()
        .map(|value| yeo_johnson(*value, lambda))
        .collect();
    let spread = variance(&moved);
    let log = if spread >= f64::MIN_POSITIVE {
        spread.ln()
    } else {
        f64::NEG_INFINITY
    };
    let sizes = sum(values.iter().map(|value| {
        if *value == 0.0 {
            0.0
        } else {
            value.signum() * value.abs().ln_1p()
        }
    }));
    let count = values.len() as f64;
    let likelihood = -count / 2.0 * log + (lambda - 1.0) * sizes;
    if likelihood.is_infinite() {
        f64::INFINITY
    } else {
        -likelihood
    }
}

fn box_cox_loss(values: &[f64], lambda: f64) -> f64 {
    let logs: Vec<f64> = values.iter().map(|value| value.ln()).collect();
    let count = values.len() as f64;
    let log = if lambda == 0.0 {
        variance(&logs).ln()
    } else {
        // The largest exponent is taken out, so that nothing overflows.
        let scaled: Vec<f64> = logs.iter().map(|log| log * lambda).collect();
        let top = scaled.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let powers: Vec<f64> = scaled.iter().map(|value| (value - top).exp()).collect();
        variance(&powers).ln() + 2.0 * top - 2.0 * lambda.abs().ln()
    };
    -((lambda - 1.0) * sum(logs.iter().copied()) - count / 2.0 * log)
}

const GOLDEN: f64 = 0.381_966_0;

/// The three points around a minimum, by growing steps.
fn bracket(function: &dyn Fn(f64) -> f64, start: (f64, f64)) -> [(f64, f64); 3] {
    const GOLD: f64 = 1.618_034;
    let at = |x: f64| (x, function(x));
    let (mut a, mut b) = (at(start.0), at(start.1));
    if a.1 < b.1 {
        (a, b) = (b, a);
    }
    let mut c = at(b.0 + GOLD * (b.0 - a.0));
    for _ in 0..1000 {
        if c.1 >= b.1 {
            break;
        }
        let one = (b.0 - a.0) * (b.1 - c.1);
        let two = (b.0 - c.0) * (b.1 - a.1);
        let gap = two - one;
        let under = if gap.abs() < 1e-21 {
            2.0 * 1e-21
        } else {
            2.0 * gap
        };
        let w = b.0 - ((b.0 - c.0) * two - (b.0 - a.0) * one) / under;
        let most = b.0 + 110.0 * (c.0 - b.0);
        let next;
        if (w - c.0) * (b.0 - w) > 0.0 {
            let found = at(w);
            if found.1 < c.1 {
                return [b, found, c];
            } else if found.1 > b.1 {
                return [a, b, found];
            }
            next = at(c.0 + GOLD * (c.0 - b.0));
        } else if (w - most) * (most - c.0) >= 0.0 {
            next = at(most);
        } else if (w - most) * (c.0 - w) > 0.0 {
            let found = at(w);
            if found.1 < c.1 {
                b = c;
                c = found;
                next = at(c.0 + GOLD * (c.0 - b.0));
            } else {
                next = found;
            }
        } else {
            next = at(c.0 + GOLD * (c.0 - b.0));
        }
        a = b;
        b = c;
        c = next;
    }
    [a, b, c]
}

/// Brent's search between the ends of a bracket.
fn brent(function: &dyn Fn(f64) -> f64, points: [(f64, f64); 3]) -> f64 {
    let [first, middle, last] = points;
    let (mut a, mut b) = (first.0.min(last.0), first.0.max(last.0));
    let (mut x, mut w, mut v) = (middle, middle, middle);
    let (mut delta, mut step) = (0.0f64, 0.0f64);
    for _ in 0..500 {
        let least = 1.48e-8 * x.0.abs() + 1e-11;
        let centre = 0.5 * (a + b);
        if (x.0 - centre).abs() < 2.0 * least - 0.5 * (b - a) {
            break;
        }
        let golden = |delta: &mut f64| {
            *delta = if x.0 >= centre { a - x.0 } else { b - x.0 };
            GOLDEN * *delta
        };
        if delta.abs() <= least {
            step = golden(&mut delta);
        } else {
            let one = (x.0 - w.0) * (x.1 - v.1);
            let mut two = (x.0 - v.0) * (x.1 - w.1);
            let mut p = (x.0 - v.0) * two - (x.0 - w.0) * one;
            two = 2.0 * (two - one);
            if two > 0.0 {
                p = -p;
            }
            two = two.abs();
            let before = delta;
            delta = step;
            if p > two * (a - x.0) && p < two * (b - x.0) && p.abs() < (0.5 * two * before).abs() {
                step = p / two;
                let u = x.0 + step;
                if u - a < 2.0 * least || b - u < 2.0 * least {
                    step = if centre - x.0 >= 0.0 { least } else { -least };
                }
            } else {
                step = golden(&mut delta);
            }
        }
        let u = if step.abs() < least {
            if step >= 0.0 {
                x.0 + least
            } else {
                x.0 - least
            }
        } else {
            x.0 + step
        };
        let found = (u, function(u));
        if found.1 > x.1 {
            if u < x.0 {
                a = u;
            } else {
                b = u;
            }
            if found.1 <= w.1 || w.0 == x.0 {
                v = w;
                w = found;
            } else if found.1 <= v.1 || v.0 == x.0 || v.0 == w.0 {
                v = found;
            }
        } else {
            if u >= x.0 {
                a = x.0;
            } else {
                b = x.0;
            }
            v = w;
            w = x;
            x = found;
        }
    }
    x.0
}

/// SciPy's `fminbound`: Brent's search within two bounds.
pub fn bounded(function: &dyn Fn(f64) -> f64, low: f64, high: f64, tolerance: f64) -> f64 {
    let share = 0.5 * (3.0 - 5.0f64.sqrt());
    let root = 2.2e-16f64.sqrt();
    let (mut a, mut b) = (low, high);
    let mut full = a + share * (b - a);
    let (mut near, mut best) = (full, full);
    let (mut step, mut earlier) = (0.0f64, 0.0f64);
    let mut value = function(best);
    let (mut full_value, mut near_value) = (value, value);
    let mut centre = 0.5 * (a + b);
    let mut least = root * best.abs() + tolerance / 3.0;
    let mut rounds = 1;
    while (best - centre).abs() > 2.0 * least - 0.5 * (b - a) {
        let mut golden = true;
        if earlier.abs() > least {
            golden = false;
            let mut r = (best - near) * (value - full_value);
            let mut q = (best - full) * (value - near_value);
            let mut p = (best - full) * q - (best - near) * r;
            q = 2.0 * (q - r);
            if q > 0.0 {
                p = -p;
            }
            q = q.abs();
            r = earlier;
            earlier = step;
            if p.abs() < (0.5 * q * r).abs() && p > q * (a - best) && p < q * (b - best) {
                step = p / q;
                let next = best + step;
                if next - a < 2.0 * least || b - next < 2.0 * least {
                    let side = if centre - best >= 0.0 { 1.0 } else { -1.0 };
                    step = least * side;
                }
            } else {
                golden = true;
            }
        }
        if golden {
            earlier = if best >= centre { a - best } else { b - best };
            step = share * earlier;
        }
        let side = if step >= 0.0 { 1.0 } else { -1.0 };
        let next = best + side * step.abs().max(least);
        let found = function(next);
        rounds += 1;
        if found <= value {
            if next >= best {
                a = best;
            } else {
                b = best;
            }
            (full, full_value) = (near, near_value);
            (near, near_value) = (best, value);
            (best, value) = (next, found);
        } else {
            if next < best {
                a = next;
            } else {
                b = next;
            }
            if found <= near_value || near == best {
                (full, full_value) = (near, near_value);
                (near, near_value) = (next, found);
            } else if found <= full_value || full == best || full == near {
                (full, full_value) = (next, found);
            }
        }
        centre = 0.5 * (a + b);
        least = root * best.abs() + tolerance / 3.0;
        if rounds >= 500 {
            break;
        }
    }
    best
}

/// The power that makes a column most like a normal one.
fn best_power(values: &[f64], method: &str) -> f64 {
    if method == "box-cox" {
        let loss = |lambda: f64| box_cox_loss(values, lambda);
        return brent(&loss, bracket(&loss, (-2.0, 2.0)));
    }
    if values.iter().all(|value| *value == 0.0) {
        return 1.0;
    }
    let largest = values
        .iter()
        .fold(0.0f64, |largest, value| largest.max(value.abs()));
    let reach = (20.0 * largest).ln_1p();
    let tiny = (f64::MIN_POSITIVE.ln() - f64::EPSILON.ln()) / 2.0;
    let huge = (f64::MAX.ln() + f64::EPSILON.ln()) / 2.0;
    let (mut low, mut high) = (tiny / reach, huge / reach);
    if values.iter().all(|value| *value < 0.0) {
        (low, high) = (2.0 - high, 2.0 - low);
    } else if values.iter().any(|value| *value < 0.0) {
        (low, high) = ((2.0 - high).max(low), (2.0 - low).min(high));
    }
    bounded(
        &|lambda| yeo_johnson_loss(values, lambda),
        low,
        high,
        1.48e-8,
    )
}

fn check_positive(parameters: &PowerTransformerParameters, x: &Array2<f64>) -> Result<()> {
    if parameters.method == "box-cox" && x.iter().any(|value| *value <= 0.0) {
        return Err(value_error(
            "The Box-Cox transformation can only be applied to strictly positive data",
        ));
    }
    Ok(())
}

fn raised(
    parameters: &PowerTransformerParameters,
    x: &Array2<f64>,
    lambdas: &Array1<f64>,
) -> Array2<f64> {
    let mut table = x.clone();
    for (mut column, &lambda) in table.columns_mut().into_iter().zip(lambdas) {
        column.mapv_inplace(|value| {
            if parameters.method == "box-cox" {
                box_cox(value, lambda)
            } else {
                yeo_johnson(value, lambda)
            }
        });
    }
    table
}

impl Kind for PowerTransformerKind {
    const NAME: &'static str = "PowerTransformer";
    const ROLE: Role = Role::Transformer;
    const ALLOWS_NAN: bool = true;
    type Parameters = PowerTransformerParameters;
    type Fitted = Powers;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, _y: &Target) -> Result<Powers> {
        check_positive(parameters, x)?;
        let mut lambdas = Array1::ones(x.ncols());
        let mut changed = x.clone();
        for (at, column) in x.columns().into_iter().enumerate() {
            let known: Vec<f64> = column
                .iter()
                .copied()
                .filter(|value| !value.is_nan())
                .collect();
            let (centre, spread) = (mean(known.iter().copied()), variance(&known));
            let count = known.len() as f64;
            let border = count * f64::EPSILON * spread + (count * centre * f64::EPSILON).powi(2);
            // Missing values make mean and variance unknown, which is not constant.
            let constant = known.len() == column.len() && spread <= border;
            if parameters.method == "yeo-johnson" && constant {
                continue;
            }
            if known.is_empty() {
                return Err(value_error("Column must not be all nan."));
            }
            lambdas[at] = best_power(&known, &parameters.method);
        }
        for (at, column) in raised(parameters, x, &lambdas)
            .columns()
            .into_iter()
            .enumerate()
        {
            let constant = lambdas[at] == 1.0 && parameters.method == "yeo-johnson";
            if !constant {
                changed.column_mut(at).assign(&column);
            }
        }
        let scaler = parameters
            .standardize
            .then(|| StandardScaler::new().try_fit_alone(&changed))
            .transpose()?;
        Ok(Powers { lambdas, scaler })
    }

    fn transform(
        parameters: &Self::Parameters,
        fitted: &Powers,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        check_positive(parameters, x)?;
        let table = raised(parameters, x, &fitted.lambdas);
        match &fitted.scaler {
            Some(scaler) => scaler.try_transform(&table),
            None => Ok(table),
        }
    }

    fn inverse_transform(
        parameters: &Self::Parameters,
        fitted: &Powers,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        let mut table = match &fitted.scaler {
            Some(scaler) => scaler.try_inverse_transform(x)?,
            None => x.clone(),
        };
        for (mut column, &lambda) in table.columns_mut().into_iter().zip(&fitted.lambdas) {
            column.mapv_inplace(|value| {
                if parameters.method == "box-cox" {
                    box_cox_back(value, lambda)
                } else {
                    yeo_johnson_back(value, lambda)
                }
            });
        }
        Ok(table)
    }
}

attributes!(PowerTransformer {
    /// The power of each column.
    lambdas_ / try_lambdas_: Array1<f64> = |fitted| fitted.lambdas.clone();
});

/// See `QuantileTransformer`.
pub struct QuantileTransformerKind;
/// Columns replaced by the place of their values.
pub type QuantileTransformer = Estimator<QuantileTransformerKind>;

parameters! {
    /// Parameters of `QuantileTransformer`.
    QuantileTransformerParameters for QuantileTransformerKind {
        n_quantiles = "n_quantiles": i64 = 1000,
        output_distribution = "output_distribution": String = "uniform".to_string(),
        random_state = "random_state": Option<i64> = None,
        subsample = "subsample": Option<i64> = Some(10_000),
    }
}

/// What `QuantileTransformer` learns.
pub struct Quantiles {
    references: Array1<f64>,
    quantiles: Array2<f64>,
}

/// The chance that a normal value is below.
pub fn normal_share(value: f64) -> f64 {
    0.5 * erfc(-value / std::f64::consts::SQRT_2)
}

/// The value below which a normal value is with this chance.
pub fn normal_border(share: f64) -> f64 {
    if share.is_nan() || !(0.0..=1.0).contains(&share) {
        return f64::NAN;
    }
    if share == 0.0 {
        return f64::NEG_INFINITY;
    }
    if share == 1.0 {
        return f64::INFINITY;
    }
    if share > 0.5 && 1.0 - share != share {
        return -normal_border(1.0 - share);
    }
    // A first guess for the lower half, then Halley's steps, which reach the last digits.
    let tail = (-2.0 * share.ln()).sqrt();
    let mut value = -(tail
        - (2.515517 + 0.802853 * tail + 0.010328 * tail * tail)
            / (1.0 + 1.432788 * tail + 0.189269 * tail * tail + 0.001308 * tail * tail * tail));
    for _ in 0..4 {
        let density = (-0.5 * value * value).exp() / (2.0 * std::f64::consts::PI).sqrt();
        let error = (normal_share(value) - share) / density;
        value -= error / (1.0 + 0.5 * value * error);
    }
    value
}

/// Values nearer than this to an end are at the end.
const BORDER: f64 = 1e-7;

fn placed(
    parameters: &QuantileTransformerParameters,
    fitted: &Quantiles,
    x: &Array2<f64>,
    back: bool,
) -> Array2<f64> {
    let normal = parameters.output_distribution == "normal";
    let references = &fitted.references;
    let clip = normal_border(BORDER - f64::EPSILON);
    let mut table = x.clone();
    for (at, mut column) in table.columns_mut().into_iter().enumerate() {
        let quantiles = fitted.quantiles.column(at).to_owned();
        let last = quantiles.len() - 1;
        let ends = if back {
            (0.0, 1.0)
        } else {
            (quantiles[0], quantiles[last])
        };
        let given = if back && normal {
            column.mapv(normal_share)
        } else {
            column.to_owned()
        };
        let (mirrored, opposite): (Array1<f64>, Array1<f64>) = (
            quantiles.iter().rev().map(|value| -value).collect(),
            references.iter().rev().map(|value| -value).collect(),
        );
        for (entry, &value) in column.iter_mut().zip(&given) {
            if value.is_nan() {
                *entry = f64::NAN;
                continue;
            }
            let (low, high) = if normal {
                (value - BORDER < ends.0, value + BORDER > ends.1)
            } else {
                (value == ends.0, value == ends.1)
            };
            let mut found = if back {
                interp(value, references, &quantiles, None, None)
            } else {
                0.5 * (interp(value, &quantiles, references, None, None)
                    - interp(-value, &mirrored, &opposite, None, None))
            };
            if high {
                found = if back { quantiles[last] } else { 1.0 };
            }
            if low {
                found = if back { quantiles[0] } else { 0.0 };
            }
            if !back && normal {
                found = normal_border(found).max(clip).min(-clip);
            }
            *entry = found;
        }
    }
    table
}

impl Kind for QuantileTransformerKind {
    const NAME: &'static str = "QuantileTransformer";
    const ROLE: Role = Role::Transformer;
    const ALLOWS_NAN: bool = true;
    type Parameters = QuantileTransformerParameters;
    type Fitted = Quantiles;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, _y: &Target) -> Result<Quantiles> {
        let samples = x.nrows();
        let wanted = parameters.n_quantiles;
        if let Some(most) = parameters.subsample
            && wanted > most
        {
            return Err(value_error(format!(
                "The number of quantiles cannot be greater than the number of samples used. Got {wanted} quantiles and {most} samples."
            )));
        }
        if wanted > samples as i64 {
            warn(
                "UserWarning",
                &format!(
                    "n_quantiles ({wanted}) is greater than the total number of samples ({samples}). n_quantiles is set to n_samples."
                ),
            );
        }
        let count = wanted.min(samples as i64).max(1) as usize;
        let references = crate::np::linspace(0.0, 1.0, count as i64, true);
        let own = match parameters.subsample {
            Some(most) if (most as usize) < samples => {
                let mut rows: Vec<usize> = (0..samples).collect();
                RandomState::from_seed(parameters.random_state).shuffle(&mut rows);
                rows.truncate(most as usize);
                x.select(Axis(0), &rows)
            }
            _ => x.clone(),
        };
        let mut quantiles = Array2::zeros((count, x.ncols()));
        for (column, mut places) in own.columns().into_iter().zip(quantiles.columns_mut()) {
            let values = column.to_vec();
            for (place, share) in places.iter_mut().zip(&references) {
                *place = percentile(&values, share * 100.0);
            }
        }
        Ok(Quantiles {
            references,
            quantiles,
        })
    }

    fn transform(
        parameters: &Self::Parameters,
        fitted: &Quantiles,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        Ok(placed(parameters, fitted, x, false))
    }

    fn inverse_transform(
        parameters: &Self::Parameters,
        fitted: &Quantiles,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        Ok(placed(parameters, fitted, x, true))
    }
}

attributes!(QuantileTransformer {
    /// The values at each place.
    quantiles_ / try_quantiles_: Array2<f64> = |fitted| fitted.quantiles.clone();
    /// The places.
    references_ / try_references_: Array1<f64> = |fitted| fitted.references.clone();
    /// The number of places.
    n_quantiles_ / try_n_quantiles_: i64 = |fitted| fitted.references.len() as i64;
});
