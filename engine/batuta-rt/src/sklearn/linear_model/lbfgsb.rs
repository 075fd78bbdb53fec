//! BFGS with bounds: the way of SciPy's `L-BFGS-B` for few variables.
//!
//! Each round goes along the projected gradient to the first minimum of the quadratic model, then minimises the model over the
//! variables that are free there, and searches on the line to that point. The matrix of the model is kept in full.

use super::lbfgs::{LONGEST, Limits, MEMORY, Minimum, dot, search};
use crate::sklearn::linear_algebra::solve_positive;
use ndarray::{Array1, Array2, Axis};
use std::collections::VecDeque;

/// The least and the largest value of one variable.
pub type Bound = (f64, f64);

struct Model {
    pairs: VecDeque<(Array1<f64>, Array1<f64>)>,
    scale: f64,
    matrix: Array2<f64>,
}

impl Model {
    fn new(size: usize) -> Self {
        Model {
            pairs: VecDeque::new(),
            scale: 1.0,
            matrix: Array2::eye(size),
        }
    }

    fn rebuild(&mut self) {
        let size = self.matrix.nrows();
        let mut matrix = Array2::eye(size) * self.scale;
        for (step, change) in &self.pairs {
            let along = matrix.dot(step);
            let (bend, product) = (step.dot(&along), change.dot(step));
            for row in 0..size {
                for column in 0..size {
                    matrix[(row, column)] +=
                        change[row] * change[column] / product - along[row] * along[column] / bend;
                }
            }
        }
        self.matrix = matrix;
    }

    fn remember(&mut self, step: Array1<f64>, change: Array1<f64>, product: f64) {
        self.scale = change.dot(&change) / product;
        self.pairs.push_back((step, change));
        if self.pairs.len() > MEMORY {
            self.pairs.pop_front();
        }
        self.rebuild();
    }

    fn forget(&mut self) {
        *self = Model::new(self.matrix.nrows());
    }
}

/// The first minimum of the model along the projected gradient, and the variables that are free there.
fn cauchy(
    at: &Array1<f64>,
    gradient: &Array1<f64>,
    bounds: &[Bound],
    model: &Model,
) -> (Array1<f64>, Vec<usize>) {
    let size = at.len();
    let mut way = -gradient;
    let mut breaks: Vec<(f64, usize)> = Vec::new();
    let mut fixed = vec![false; size];
    for index in 0..size {
        let slope = gradient[index];
        let (low, high) = bounds[index];
        let reach = if slope < 0.0 {
            (at[index] - high) / slope
        } else if slope > 0.0 {
            (at[index] - low) / slope
        } else {
            f64::INFINITY
        };
        if reach <= 0.0 {
            way[index] = 0.0;
            fixed[index] = true;
        } else if reach.is_finite() {
            breaks.push((reach, index));
        }
    }
    breaks.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut point = at.clone();
    let mut passed = 0.0;
    let mut first = -way.dot(&way);
    let mut second = way.dot(&model.matrix.dot(&way));
    let whole = second;
    let mut rest = -first / second;
    for (reach, index) in breaks {
        if rest < reach - passed {
            break;
        }
        point.scaled_add(reach - passed, &way);
        let (low, high) = bounds[index];
        point[index] = if way[index] > 0.0 { high } else { low };
        way[index] = 0.0;
        fixed[index] = true;
        passed = reach;
        let along = model.matrix.dot(&way);
        first = gradient.dot(&way) + along.dot(&(&point - at));
        second = way.dot(&along).max(f64::EPSILON * whole);
        rest = if way.iter().all(|value| *value == 0.0) {
            0.0
        } else {
            -first / second
        };
    }
    point.scaled_add(rest.max(0.0), &way);
    (point, (0..size).filter(|&index| !fixed[index]).collect())
}

/// The minimum of the model over the free variables, within the bounds.
fn within(
    at: &Array1<f64>,
    gradient: &Array1<f64>,
    bounds: &[Bound],
    model: &Model,
    (point, free): (Array1<f64>, Vec<usize>),
) -> Array1<f64> {
    if free.is_empty() || model.pairs.is_empty() {
        return point;
    }
    let slope = gradient + &model.matrix.dot(&(&point - at));
    let inner = model.matrix.select(Axis(0), &free).select(Axis(1), &free);
    let right = -slope.select(Axis(0), &free);
    let Some(solved) = solve_positive(&inner, &right.insert_axis(Axis(1))) else {
        return point;
    };
    let mut reached = point.clone();
    let mut cut = false;
    for (place, &index) in free.iter().enumerate() {
        let (low, high) = bounds[index];
        let wanted = point[index] + solved[(place, 0)];
        reached[index] = wanted.max(low).min(high);
        cut |= reached[index] != wanted;
    }
    if !cut || (&reached - at).dot(gradient) <= 0.0 {
        return reached;
    }
    // The projected point goes uphill: stay on the line instead.
    let mut share = 1.0f64;
    for (place, &index) in free.iter().enumerate() {
        let step = solved[(place, 0)];
        let (low, high) = bounds[index];
        let room = if step < 0.0 {
            low - point[index]
        } else {
            high - point[index]
        };
        if step != 0.0 && (share * step).abs() > room.abs() {
            share = room / step;
        }
    }
    let mut reached = point;
    for (place, &index) in free.iter().enumerate() {
        reached[index] += share * solved[(place, 0)];
    }
    reached
}

/// How far the point is from the minimum: the largest entry of the projected gradient.
fn distance(at: &Array1<f64>, gradient: &Array1<f64>, bounds: &[Bound]) -> f64 {
    let sizes = at
        .iter()
        .zip(gradient)
        .zip(bounds)
        .map(|((at, slope), (low, high))| {
            if *slope < 0.0 {
                slope.max(at - high).abs()
            } else {
                slope.min(at - low).abs()
            }
        });
    sizes.fold(0.0, f64::max)
}

/// Minimises a smooth function within bounds. It gives its value and gradient.
pub fn minimise_within(
    start: Vec<f64>,
    bounds: &[Bound],
    limits: &Limits,
    mut function: impl FnMut(&[f64]) -> (f64, Vec<f64>),
) -> (Minimum, f64) {
    let boxed = bounds
        .iter()
        .all(|(low, high)| low.is_finite() && high.is_finite());
    let mut at: Array1<f64> = start
        .iter()
        .zip(bounds)
        .map(|(value, (low, high))| value.max(*low).min(*high))
        .collect();
    let ended = |at: &Array1<f64>, value: f64, iterations: i64, converged: bool| {
        (
            Minimum {
                at: at.to_vec(),
                iterations,
                converged,
            },
            value,
        )
    };
    let (mut value, gradient) = function(&at.to_vec());
    let mut gradient = Array1::from(gradient);
    let mut model = Model::new(at.len());
    let mut iterations = 0;
    if distance(&at, &gradient, bounds) <= limits.gradient {
        return ended(&at, value, 0, true);
    }
    loop {
        let goal = within(
            &at,
            &gradient,
            bounds,
            &model,
            cauchy(&at, &gradient, bounds, &model),
        );
        let way = &goal - &at;
        let slope = gradient.dot(&way);
        let mut longest = LONGEST;
        if iterations == 0 {
            longest = 1.0;
        } else {
            for (index, (low, high)) in bounds.iter().enumerate() {
                let step = way[index];
                let room = if step < 0.0 {
                    low - at[index]
                } else {
                    high - at[index]
                };
                if step < 0.0 && room >= 0.0 || step > 0.0 && room <= 0.0 {
                    longest = 0.0;
                } else if step != 0.0 && (step * longest).abs() > room.abs() {
                    longest = room / step;
                }
            }
        }
        let first = if iterations == 0 && !boxed {
            (1.0 / way.dot(&way).sqrt()).min(longest)
        } else {
            1.0
        };
        let found = if slope < 0.0 {
            search(value, slope, (first, longest), limits.searches, |length| {
                let point = if length == 1.0 {
                    goal.clone()
                } else {
                    &at + &(&way * length)
                };
                let (value, gradient) = function(&point.to_vec());
                let slope = dot(&gradient, way.as_slice().expect("contiguous"));
                (value, slope, point, gradient)
            })
        } else {
            None
        };
        let Some((length, new_value, new_slope, point, new_gradient)) = found else {
            if model.pairs.is_empty() {
                return ended(&at, value, iterations, false);
            }
            model.forget();
            continue;
        };
        iterations += 1;
        let new_gradient = Array1::from(new_gradient);
        let change = &new_gradient - &gradient;
        let old = value;
        (at, value, gradient) = (point, new_value, new_gradient);
        if distance(&at, &gradient, bounds) <= limits.gradient {
            return ended(&at, value, iterations, true);
        }
        if old - value <= limits.gain * old.abs().max(value.abs()).max(1.0) {
            return ended(&at, value, iterations, true);
        }
        if iterations >= limits.iterations {
            return ended(&at, value, iterations, false);
        }
        let product = (new_slope - slope) * length;
        if product > f64::EPSILON * (-slope * length) {
            model.remember(&way * length, change, product);
        }
    }
}
