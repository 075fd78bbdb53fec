//! Newton's method in a trust region, each step by conjugate gradients: the solver of smooth linear problems.

/// A smooth function with second derivatives.
pub trait Smooth {
    /// The value; also keeps what the derivatives at this place need.
    fn value(&mut self, w: &[f64]) -> f64;
    /// The gradient at the place of the last `value`.
    fn gradient(&mut self, w: &[f64]) -> Vec<f64>;
    /// The second derivative at the place of the last `gradient`, times a direction.
    fn curvature(&self, s: &[f64]) -> Vec<f64>;
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn norm(a: &[f64]) -> f64 {
    dot(a, a).sqrt()
}

fn add(to: &mut [f64], factor: f64, values: &[f64]) {
    for (to, value) in to.iter_mut().zip(values) {
        *to += factor * value;
    }
}

/// A step inside the region, and what remains of the gradient.
fn conjugate(problem: &dyn Smooth, radius: f64, gradient: &[f64]) -> (Vec<f64>, Vec<f64>) {
    let mut step = vec![0.0; gradient.len()];
    let mut rest: Vec<f64> = gradient.iter().map(|value| -value).collect();
    let mut direction = rest.clone();
    let enough = 0.1 * norm(gradient);
    let mut square = dot(&rest, &rest);
    while norm(&rest) > enough {
        let bent = problem.curvature(&direction);
        let mut length = square / dot(&direction, &bent);
        add(&mut step, length, &direction);
        if norm(&step) > radius {
            // Back to the border of the region.
            add(&mut step, -length, &direction);
            let (along, own, other) = (
                dot(&step, &direction),
                dot(&step, &step),
                dot(&direction, &direction),
            );
            let missing = radius * radius - own;
            let root = (along * along + other * missing).sqrt();
            length = if along >= 0.0 {
                missing / (along + root)
            } else {
                (root - along) / other
            };
            add(&mut step, length, &direction);
            add(&mut rest, -length, &bent);
            break;
        }
        add(&mut rest, -length, &bent);
        let next = dot(&rest, &rest);
        let turn = next / square;
        for (direction, rest) in direction.iter_mut().zip(&rest) {
            *direction = *direction * turn + rest;
        }
        square = next;
    }
    (step, rest)
}

/// The minimum and the number of iterations, from zero, until the gradient has shrunk by `tolerance`.
pub fn minimise(
    problem: &mut dyn Smooth,
    size: usize,
    tolerance: f64,
    rounds: i64,
) -> (Vec<f64>, i64) {
    let mut w = vec![0.0; size];
    let mut value = problem.value(&w);
    let mut gradient = problem.gradient(&w);
    let first = norm(&gradient);
    let mut radius = first;
    let mut round = 1;
    if first <= tolerance * first {
        return (w, 0);
    }
    while round <= rounds {
        let (step, rest) = conjugate(problem, radius, &gradient);
        let mut next = w.clone();
        add(&mut next, 1.0, &step);
        let slope = dot(&gradient, &step);
        let promised = -0.5 * (slope - dot(&step, &rest));
        let there = problem.value(&next);
        let gained = value - there;
        let length = norm(&step);
        if round == 1 {
            radius = radius.min(length);
        }
        let bow = there - value - slope;
        let factor = if bow <= 0.0 {
            4.0
        } else {
            (-0.5 * (slope / bow)).max(0.25)
        };
        radius = if gained < 1e-4 * promised {
            (factor.max(0.25) * length).min(0.5 * radius)
        } else if gained < 0.25 * promised {
            (0.25 * radius).max((factor * length).min(0.5 * radius))
        } else if gained < 0.75 * promised {
            (0.25 * radius).max((factor * length).min(4.0 * radius))
        } else {
            radius.max((factor * length).min(4.0 * radius))
        };
        if gained > 1e-4 * promised {
            round += 1;
            w = next;
            value = there;
            gradient = problem.gradient(&w);
            if norm(&gradient) <= tolerance * first {
                break;
            }
        }
        let tiny = 1e-12 * value.abs();
        if value < -1e32
            || gained.abs() <= 0.0 && promised <= 0.0
            || gained.abs() <= tiny && promised.abs() <= tiny
        {
            break;
        }
    }
    (w, round - 1)
}
