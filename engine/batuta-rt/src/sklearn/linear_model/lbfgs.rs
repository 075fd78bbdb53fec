//! Limited-memory BFGS without bounds, with the line search of Moré and Thuente.
//!
//! The steps are those of SciPy's `L-BFGS-B` for a problem without bounds, in the same order and with the same stopping rules, because
//! scikit-learn stops early (a gradient of 1e-4) and its printed coefficients depend on where the path stops.

use std::collections::VecDeque;

/// How many steps the curvature is remembered for.
pub(super) const MEMORY: usize = 10;
/// The longest step where nothing bounds it.
pub(super) const LONGEST: f64 = 1e10;

/// When to stop.
pub struct Limits {
    /// The largest entry of the gradient that counts as zero.
    pub gradient: f64,
    /// The relative gain of one step that counts as none.
    pub gain: f64,
    /// The most iterations.
    pub iterations: i64,
    /// The most evaluations in one line search.
    pub searches: usize,
    /// After how many evaluations no more iterations begin.
    pub evaluations: i64,
}

/// Where the search ended.
pub struct Minimum {
    /// The point.
    pub at: Vec<f64>,
    /// The number of iterations.
    pub iterations: i64,
    /// Whether a stopping rule held (and not the limit of iterations).
    pub converged: bool,
}

pub(super) fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

struct Pair {
    step: Vec<f64>,
    change: Vec<f64>,
    product: f64,
}

/// `-H · gradient` by the two-loop recursion.
fn direction(gradient: &[f64], pairs: &VecDeque<Pair>, scale: f64) -> Vec<f64> {
    let mut result: Vec<f64> = gradient.iter().map(|value| -value).collect();
    let mut factors = Vec::with_capacity(pairs.len());
    for pair in pairs.iter().rev() {
        let factor = dot(&pair.step, &result) / pair.product;
        for (value, change) in result.iter_mut().zip(&pair.change) {
            *value -= factor * change;
        }
        factors.push(factor);
    }
    for value in &mut result {
        *value /= scale;
    }
    for (pair, factor) in pairs.iter().zip(factors.into_iter().rev()) {
        let correction = dot(&pair.change, &result) / pair.product;
        for (value, step) in result.iter_mut().zip(&pair.step) {
            *value += (factor - correction) * step;
        }
    }
    result
}

/// Minimises a smooth function that gives its value and gradient.
pub fn minimise(
    start: Vec<f64>,
    limits: &Limits,
    mut function: impl FnMut(&[f64]) -> (f64, Vec<f64>),
) -> Minimum {
    let mut at = start;
    let evaluations = std::cell::Cell::new(0);
    let mut function = |point: &[f64]| {
        evaluations.set(evaluations.get() + 1);
        function(point)
    };
    let (mut value, mut gradient) = function(&at);
    let largest = |gradient: &[f64]| {
        gradient
            .iter()
            .fold(0.0f64, |largest, entry| largest.max(entry.abs()))
    };
    let mut pairs: VecDeque<Pair> = VecDeque::new();
    let mut scale = 1.0;
    let mut iterations = 0;
    if largest(&gradient) <= limits.gradient {
        return Minimum {
            at,
            iterations,
            converged: true,
        };
    }
    loop {
        let way = direction(&gradient, &pairs, scale);
        let slope = dot(&gradient, &way);
        let first = if iterations == 0 {
            (1.0 / dot(&way, &way).sqrt()).min(1e10)
        } else {
            1.0
        };
        let found = if slope < 0.0 {
            search(value, slope, (first, LONGEST), limits.searches, |length| {
                let point: Vec<f64> = at
                    .iter()
                    .zip(&way)
                    .map(|(at, way)| at + length * way)
                    .collect();
                let (value, gradient) = function(&point);
                let slope = dot(&gradient, &way);
                (value, slope, point, gradient)
            })
        } else {
            None
        };
        let Some((length, new_value, new_slope, point, new_gradient)) = found else {
            if pairs.is_empty() {
                return Minimum {
                    at,
                    iterations,
                    converged: false,
                };
            }
            // The remembered curvature misleads: forget it and go straight down.
            pairs.clear();
            scale = 1.0;
            continue;
        };
        iterations += 1;
        let (old_value, old_gradient) = (value, gradient);
        (at, value, gradient) = (point, new_value, new_gradient);
        if largest(&gradient) <= limits.gradient {
            return Minimum {
                at,
                iterations,
                converged: true,
            };
        }
        let size = old_value.abs().max(value.abs()).max(1.0);
        if old_value - value <= limits.gain * size {
            return Minimum {
                at,
                iterations,
                converged: true,
            };
        }
        if iterations >= limits.iterations || evaluations.get() > limits.evaluations {
            return Minimum {
                at,
                iterations,
                converged: false,
            };
        }
        let change: Vec<f64> = gradient
            .iter()
            .zip(&old_gradient)
            .map(|(new, old)| new - old)
            .collect();
        let step: Vec<f64> = way.iter().map(|way| way * length).collect();
        let product = (new_slope - slope) * length;
        if product > f64::EPSILON * (-slope * length) {
            scale = dot(&change, &change) / product;
            pairs.push_back(Pair {
                step,
                change,
                product,
            });
            if pairs.len() > MEMORY {
                pairs.pop_front();
            }
        }
    }
}

/// A point on the search line: its position, value and slope.
#[derive(Clone, Copy)]
struct Trial {
    at: f64,
    value: f64,
    slope: f64,
}

/// A step that lowers the value enough (1e-3 of the slope) and flattens it (to 0.9 of the slope).
pub(super) fn search<P, G>(
    value: f64,
    slope: f64,
    (first, longest): (f64, f64),
    most: usize,
    mut evaluate: impl FnMut(f64) -> (f64, f64, P, G),
) -> Option<(f64, f64, f64, P, G)> {
    const DECREASE: f64 = 1e-3;
    const FLATTEN: f64 = 0.9;
    const NARROW: f64 = 0.1;
    let goal = DECREASE * slope;
    let mut best = Trial {
        at: 0.0,
        value,
        slope,
    };
    let mut other = best;
    let mut bracketed = false;
    let mut lowering = true;
    let (mut low, mut high) = (0.0, first + 4.0 * first);
    let (mut width, mut earlier_width) = (longest, 2.0 * longest);
    let mut length = first;
    for _ in 0..most {
        let (new_value, new_slope, point, gradient) = evaluate(length);
        let enough = value + length * goal;
        if lowering && new_value <= enough && new_slope >= 0.0 {
            lowering = false;
        }
        let stuck = bracketed && (length <= low || length >= high || high - low <= NARROW * high);
        let at_end = length == longest && new_value <= enough && new_slope <= goal
            || length == 0.0 && (new_value > enough || new_slope >= goal);
        let good = new_value <= enough && new_slope.abs() <= FLATTEN * -slope;
        if good || stuck || at_end {
            return Some((length, new_value, new_slope, point, gradient));
        }
        let trial = Trial {
            at: length,
            value: new_value,
            slope: new_slope,
        };
        if lowering && new_value <= best.value && new_value > enough {
            // The tilted function has its minimum where the decrease is enough.
            let tilt = |trial: Trial| Trial {
                value: trial.value - trial.at * goal,
                slope: trial.slope - goal,
                ..trial
            };
            let back = |trial: Trial| Trial {
                value: trial.value + trial.at * goal,
                slope: trial.slope + goal,
                ..trial
            };
            let (new_best, new_other, next) = narrow(
                tilt(best),
                tilt(other),
                tilt(trial),
                &mut bracketed,
                low,
                high,
            );
            (best, other, length) = (back(new_best), back(new_other), next);
        } else {
            (best, other, length) = narrow(best, other, trial, &mut bracketed, low, high);
        }
        if bracketed {
            if (other.at - best.at).abs() >= 0.66 * earlier_width {
                length = best.at + 0.5 * (other.at - best.at);
            }
            earlier_width = width;
            width = (other.at - best.at).abs();
            low = best.at.min(other.at);
            high = best.at.max(other.at);
        } else {
            low = length + 1.1 * (length - best.at);
            high = length + 4.0 * (length - best.at);
        }
        length = length.clamp(0.0, longest);
        if bracketed && (length <= low || length >= high || high - low <= NARROW * high) {
            length = best.at;
        }
    }
    None
}

/// One safeguarded step of interpolation: the new ends of the interval and the next trial.
fn narrow(
    best: Trial,
    other: Trial,
    trial: Trial,
    bracketed: &mut bool,
    low: f64,
    high: f64,
) -> (Trial, Trial, f64) {
    let opposite = trial.slope.signum() * best.slope.signum() < 0.0;
    let cubic = |from: Trial, to: Trial| {
        let theta = 3.0 * (from.value - to.value) / (to.at - from.at) + from.slope + to.slope;
        let size = theta.abs().max(from.slope.abs()).max(to.slope.abs());
        let inside = (theta / size).powi(2) - (from.slope / size) * (to.slope / size);
        (theta, size, inside)
    };
    let (theta, size, inside) = cubic(best, trial);
    let next;
    if trial.value > best.value {
        // Higher: the minimum lies between.
        let mut gamma = size * inside.sqrt();
        if trial.at < best.at {
            gamma = -gamma;
        }
        let ratio = ((gamma - best.slope) + theta) / (((gamma - best.slope) + gamma) + trial.slope);
        let by_cubic = best.at + ratio * (trial.at - best.at);
        let by_square = best.at
            + ((best.slope / ((best.value - trial.value) / (trial.at - best.at) + best.slope))
                / 2.0)
                * (trial.at - best.at);
        next = if (by_cubic - best.at).abs() <= (by_square - best.at).abs() {
            by_cubic
        } else {
            by_cubic + (by_square - by_cubic) / 2.0
        };
        *bracketed = true;
    } else if opposite {
        // Lower, and beyond the minimum.
        let mut gamma = size * inside.sqrt();
        if trial.at > best.at {
            gamma = -gamma;
        }
        let ratio =
            ((gamma - trial.slope) + theta) / (((gamma - trial.slope) + gamma) + best.slope);
        let by_cubic = trial.at + ratio * (best.at - trial.at);
        let by_secant =
            trial.at + (trial.slope / (trial.slope - best.slope)) * (best.at - trial.at);
        next = if (by_cubic - trial.at).abs() > (by_secant - trial.at).abs() {
            by_cubic
        } else {
            by_secant
        };
        *bracketed = true;
    } else if trial.slope.abs() < best.slope.abs() {
        // Lower, still falling, but flatter: the cubic may have no minimum ahead.
        let mut gamma = size * inside.max(0.0).sqrt();
        if trial.at > best.at {
            gamma = -gamma;
        }
        let ratio =
            ((gamma - trial.slope) + theta) / ((gamma + (best.slope - trial.slope)) + gamma);
        let by_cubic = if ratio < 0.0 && gamma != 0.0 {
            trial.at + ratio * (best.at - trial.at)
        } else if trial.at > best.at {
            high
        } else {
            low
        };
        let by_secant =
            trial.at + (trial.slope / (trial.slope - best.slope)) * (best.at - trial.at);
        if *bracketed {
            let chosen = if (by_cubic - trial.at).abs() < (by_secant - trial.at).abs() {
                by_cubic
            } else {
                by_secant
            };
            let bound = trial.at + 0.66 * (other.at - trial.at);
            next = if trial.at > best.at {
                bound.min(chosen)
            } else {
                bound.max(chosen)
            };
        } else {
            let chosen = if (by_cubic - trial.at).abs() > (by_secant - trial.at).abs() {
                by_cubic
            } else {
                by_secant
            };
            next = chosen.clamp(low, high);
        }
    } else if *bracketed {
        let (theta, size, inside) = cubic(trial, other);
        let mut gamma = size * inside.sqrt();
        if trial.at > other.at {
            gamma = -gamma;
        }
        let ratio =
            ((gamma - trial.slope) + theta) / (((gamma - trial.slope) + gamma) + other.slope);
        next = trial.at + ratio * (other.at - trial.at);
    } else {
        next = if trial.at > best.at { high } else { low };
    }
    if trial.value > best.value {
        (best, trial, next)
    } else if opposite {
        (trial, best, next)
    } else {
        (trial, other, next)
    }
}
