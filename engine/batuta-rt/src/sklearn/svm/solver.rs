//! Sequential minimal optimisation with second-order choice of the pair and shrinking (Fan, Chen, Lin 2005).
//!
//! The order of the steps decides which samples become support vectors, so it follows the published algorithm to the step; entries of
//! the matrix have single precision, as in the usual implementation, and everything else double precision.

use std::cell::RefCell;
use std::rc::Rc;

/// Replaces a curvature that is not positive.
const TINY: f64 = 1e-12;

/// How two rows are compared.
#[derive(Clone, Debug)]
pub enum Kernel {
    /// The inner product.
    Linear,
    /// `(gamma * product + coef0) ** degree`.
    Polynomial(f64, f64, i64),
    /// `exp(-gamma * squared distance)`.
    Radial(f64),
    /// `tanh(gamma * product + coef0)`.
    Sigmoid(f64, f64),
}

/// The inner product of two rows.
pub fn product(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// A whole power by repeated squaring.
fn power(base: f64, times: i64) -> f64 {
    let (mut square, mut result, mut left) = (base, 1.0, times);
    while left > 0 {
        if left % 2 == 1 {
            result *= square;
        }
        square *= square;
        left /= 2;
    }
    result
}

impl Kernel {
    /// The kernel of two rows.
    pub fn of(&self, a: &[f64], b: &[f64]) -> f64 {
        match self {
            Kernel::Linear => product(a, b),
            Kernel::Polynomial(gamma, constant, degree) => {
                power(gamma * product(a, b) + constant, *degree)
            }
            Kernel::Radial(gamma) => {
                let gap: f64 = a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum();
                (-gamma * gap).exp()
            }
            Kernel::Sigmoid(gamma, constant) => (gamma * product(a, b) + constant).tanh(),
        }
    }

    /// The same while learning, where the squared lengths are known.
    fn of_known(&self, a: &[f64], b: &[f64], square_a: f64, square_b: f64) -> f64 {
        match self {
            Kernel::Radial(gamma) => (-gamma * (square_a + square_b - 2.0 * product(a, b))).exp(),
            other => other.of(a, b),
        }
    }
}

/// One problem: minimise `a'Qa / 2 + linear'a` for `0 <= a <= bounds` and `signs'a` constant, where `Q` is the kernel of the rows
/// that the variables stand for, times their signs.
pub struct Problem<'a> {
    /// The rows of samples.
    pub rows: &'a [Vec<f64>],
    /// For each variable its row.
    pub row_of: Vec<usize>,
    /// For each variable +1 or -1.
    pub signs: Vec<f64>,
    /// The linear term.
    pub linear: Vec<f64>,
    /// The upper bound of each variable.
    pub bounds: Vec<f64>,
    /// The kernel.
    pub kernel: &'a Kernel,
    /// When the violation is below this, it is done.
    pub tolerance: f64,
    /// Whether variables at a bound are set aside.
    pub shrinking: bool,
    /// The largest number of steps, or -1.
    pub steps: i64,
    /// Where the variables begin; all at zero where it is empty.
    pub start: Vec<f64>,
}

/// The answer.
pub struct Solution {
    /// The variables.
    pub alpha: Vec<f64>,
    /// The offset.
    pub rho: f64,
    /// The number of steps.
    pub steps: i64,
    /// Whether it ended before `Problem::steps`.
    pub converged: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Place {
    Lower,
    Free,
    Upper,
}

struct State<'a> {
    problem: &'a Problem<'a>,
    squares: Vec<f64>,
    columns: RefCell<Vec<Option<Rc<Vec<f32>>>>>,
    /// The variable at each position; the first `active` ones take part.
    order: Vec<usize>,
    active: usize,
    alpha: Vec<f64>,
    gradient: Vec<f64>,
    /// The part of the gradient from variables at their upper bound.
    fixed: Vec<f64>,
    signs: Vec<f64>,
    linear: Vec<f64>,
    bounds: Vec<f64>,
    diagonal: Vec<f64>,
    places: Vec<Place>,
    restored: bool,
}

impl<'a> State<'a> {
    fn new(problem: &'a Problem<'a>) -> Self {
        let count = problem.signs.len();
        let squares: Vec<f64> = problem.rows.iter().map(|row| product(row, row)).collect();
        let diagonal = problem
            .row_of
            .iter()
            .map(|&at| {
                let row = &problem.rows[at];
                problem.kernel.of_known(row, row, squares[at], squares[at])
            })
            .collect();
        State {
            problem,
            squares,
            columns: RefCell::new(vec![None; problem.rows.len()]),
            order: (0..count).collect(),
            active: count,
            alpha: vec![0.0; count],
            gradient: problem.linear.clone(),
            fixed: vec![0.0; count],
            signs: problem.signs.clone(),
            linear: problem.linear.clone(),
            bounds: problem.bounds.clone(),
            diagonal,
            places: vec![Place::Lower; count],
            restored: false,
        }
    }

    /// The kernel of one sample with all.
    fn column(&self, row: usize) -> Rc<Vec<f32>> {
        if let Some(column) = &self.columns.borrow()[row] {
            return Rc::clone(column);
        }
        let (rows, squares) = (self.problem.rows, &self.squares);
        let made: Rc<Vec<f32>> = Rc::new(
            rows.iter()
                .zip(squares)
                .map(|(other, square)| {
                    self.problem
                        .kernel
                        .of_known(&rows[row], other, squares[row], *square)
                        as f32
                })
                .collect(),
        );
        self.columns.borrow_mut()[row] = Some(Rc::clone(&made));
        made
    }

    /// The first entries of the matrix's column at a position.
    fn entries(&self, at: usize, count: usize) -> Vec<f64> {
        let row_of = &self.problem.row_of;
        let column = self.column(row_of[self.order[at]]);
        let sign = self.signs[at];
        (0..count)
            .map(|other| sign * self.signs[other] * f64::from(column[row_of[self.order[other]]]))
            .collect()
    }

    /// The places and the gradient of variables that do not begin at zero.
    fn begin(&mut self) {
        let start = &self.problem.start;
        if start.is_empty() {
            return;
        }
        let count = self.order.len();
        self.alpha.clone_from(start);
        for at in 0..count {
            self.place(at);
        }
        for at in 0..count {
            if self.places[at] == Place::Lower {
                continue;
            }
            let entries = self.entries(at, count);
            let alpha = self.alpha[at];
            for (gradient, entry) in self.gradient.iter_mut().zip(&entries) {
                *gradient += alpha * entry;
            }
            if self.places[at] == Place::Upper {
                let bound = self.bounds[at];
                for (fixed, entry) in self.fixed.iter_mut().zip(&entries) {
                    *fixed += bound * entry;
                }
            }
        }
    }

    fn place(&mut self, at: usize) {
        self.places[at] = if self.alpha[at] >= self.bounds[at] {
            Place::Upper
        } else if self.alpha[at] <= 0.0 {
            Place::Lower
        } else {
            Place::Free
        };
    }

    fn swap(&mut self, a: usize, b: usize) {
        self.order.swap(a, b);
        self.alpha.swap(a, b);
        self.gradient.swap(a, b);
        self.fixed.swap(a, b);
        self.signs.swap(a, b);
        self.linear.swap(a, b);
        self.bounds.swap(a, b);
        self.diagonal.swap(a, b);
        self.places.swap(a, b);
    }

    /// The pair that promises the largest decrease, or None when nothing violates the conditions.
    fn pair(&self) -> Option<(usize, usize)> {
        let (mut largest, mut first) = (f64::NEG_INFINITY, None);
        for at in 0..self.active {
            let (free, value) = if self.signs[at] > 0.0 {
                (self.places[at] != Place::Upper, -self.gradient[at])
            } else {
                (self.places[at] != Place::Lower, self.gradient[at])
            };
            if free && value >= largest {
                largest = value;
                first = Some(at);
            }
        }
        let first = first?;
        let entries = self.entries(first, self.active);
        let (mut other_largest, mut least, mut second) = (f64::NEG_INFINITY, f64::INFINITY, None);
        for (at, entry) in entries.iter().enumerate().take(self.active) {
            let positive = self.signs[at] > 0.0;
            let (free, value) = if positive {
                (self.places[at] != Place::Lower, self.gradient[at])
            } else {
                (self.places[at] != Place::Upper, -self.gradient[at])
            };
            if !free {
                continue;
            }
            other_largest = other_largest.max(value);
            let gap = largest + value;
            if gap > 0.0 {
                let cross = 2.0 * self.signs[first] * entry;
                let curvature = self.diagonal[first]
                    + self.diagonal[at]
                    + if positive { -cross } else { cross };
                let gain = -(gap * gap) / if curvature > 0.0 { curvature } else { TINY };
                if gain <= least {
                    least = gain;
                    second = Some(at);
                }
            }
        }
        if largest + other_largest < self.problem.tolerance {
            return None;
        }
        Some((first, second?))
    }

    /// Changes the two variables along the line that keeps the sum, within their bounds.
    fn step(&mut self, i: usize, j: usize) {
        let row_i = self.entries(i, self.active);
        let row_j = self.entries(j, self.active);
        let (bound_i, bound_j) = (self.bounds[i], self.bounds[j]);
        let (old_i, old_j) = (self.alpha[i], self.alpha[j]);
        let alpha = &mut self.alpha;
        let positive = |value: f64| if value > 0.0 { value } else { TINY };
        if self.signs[i] != self.signs[j] {
            let curvature = positive(self.diagonal[i] + self.diagonal[j] + 2.0 * row_i[j]);
            let delta = (-self.gradient[i] - self.gradient[j]) / curvature;
            let difference = alpha[i] - alpha[j];
            alpha[i] += delta;
            alpha[j] += delta;
            if difference > 0.0 {
                if alpha[j] < 0.0 {
                    alpha[j] = 0.0;
                    alpha[i] = difference;
                }
            } else if alpha[i] < 0.0 {
                alpha[i] = 0.0;
                alpha[j] = -difference;
            }
            if difference > bound_i - bound_j {
                if alpha[i] > bound_i {
                    alpha[i] = bound_i;
                    alpha[j] = bound_i - difference;
                }
            } else if alpha[j] > bound_j {
                alpha[j] = bound_j;
                alpha[i] = bound_j + difference;
            }
        } else {
            let curvature = positive(self.diagonal[i] + self.diagonal[j] - 2.0 * row_i[j]);
            let delta = (self.gradient[i] - self.gradient[j]) / curvature;
            let total = alpha[i] + alpha[j];
            alpha[i] -= delta;
            alpha[j] += delta;
            if total > bound_i {
                if alpha[i] > bound_i {
                    alpha[i] = bound_i;
                    alpha[j] = total - bound_i;
                }
            } else if alpha[j] < 0.0 {
                alpha[j] = 0.0;
                alpha[i] = total;
            }
            if total > bound_j {
                if alpha[j] > bound_j {
                    alpha[j] = bound_j;
                    alpha[i] = total - bound_j;
                }
            } else if alpha[i] < 0.0 {
                alpha[i] = 0.0;
                alpha[j] = total;
            }
        }
        let (delta_i, delta_j) = (self.alpha[i] - old_i, self.alpha[j] - old_j);
        for (gradient, (a, b)) in self.gradient.iter_mut().zip(row_i.iter().zip(&row_j)) {
            *gradient += a * delta_i + b * delta_j;
        }
        for at in [i, j] {
            let before = self.places[at] == Place::Upper;
            self.place(at);
            if before != (self.places[at] == Place::Upper) {
                let bound = if before {
                    -self.bounds[at]
                } else {
                    self.bounds[at]
                };
                let entries = self.entries(at, self.order.len());
                for (fixed, entry) in self.fixed.iter_mut().zip(entries) {
                    *fixed += bound * entry;
                }
            }
        }
    }

    /// The gradient of the variables that were set aside.
    fn restore(&mut self) {
        let (active, count) = (self.active, self.order.len());
        if active == count {
            return;
        }
        for at in active..count {
            self.gradient[at] = self.fixed[at] + self.linear[at];
        }
        let free: Vec<usize> = (0..active)
            .filter(|&at| self.places[at] == Place::Free)
            .collect();
        if free.len() * count > 2 * active * (count - active) {
            for at in active..count {
                let entries = self.entries(at, active);
                for &other in &free {
                    self.gradient[at] += self.alpha[other] * entries[other];
                }
            }
        } else {
            for &at in &free {
                let entries = self.entries(at, count);
                for (other, entry) in entries.iter().enumerate().take(count).skip(active) {
                    self.gradient[other] += self.alpha[at] * entry;
                }
            }
        }
    }

    fn can_rest(&self, at: usize, up: f64, down: f64) -> bool {
        let positive = self.signs[at] > 0.0;
        match self.places[at] {
            Place::Upper => -self.gradient[at] > if positive { up } else { down },
            Place::Lower => self.gradient[at] > if positive { down } else { up },
            Place::Free => false,
        }
    }

    /// Sets variables aside that are likely to stay at their bound.
    fn shrink(&mut self) {
        let (mut up, mut down) = (f64::NEG_INFINITY, f64::NEG_INFINITY);
        for at in 0..self.active {
            let (gradient, place) = (self.gradient[at], self.places[at]);
            let (own, other) = if self.signs[at] > 0.0 {
                (&mut up, &mut down)
            } else {
                (&mut down, &mut up)
            };
            if place != Place::Upper {
                *own = own.max(-gradient);
            }
            if place != Place::Lower {
                *other = other.max(gradient);
            }
        }
        if !self.restored && up + down <= self.problem.tolerance * 10.0 {
            self.restored = true;
            self.restore();
            self.active = self.order.len();
        }
        let mut at = 0;
        while at < self.active {
            if self.can_rest(at, up, down) {
                self.active -= 1;
                while self.active > at {
                    if !self.can_rest(self.active, up, down) {
                        self.swap(at, self.active);
                        break;
                    }
                    self.active -= 1;
                }
            }
            at += 1;
        }
    }

    fn offset(&self) -> f64 {
        let (mut high, mut low) = (f64::INFINITY, f64::NEG_INFINITY);
        let (mut count, mut total) = (0.0, 0.0);
        for at in 0..self.active {
            let value = self.signs[at] * self.gradient[at];
            let positive = self.signs[at] > 0.0;
            match self.places[at] {
                Place::Free => {
                    count += 1.0;
                    total += value;
                }
                Place::Upper if positive => low = low.max(value),
                Place::Lower if !positive => low = low.max(value),
                _ => high = high.min(value),
            }
        }
        if count > 0.0 {
            total / count
        } else {
            (high + low) / 2.0
        }
    }
}

/// Solves the problem.
pub fn solve(problem: &Problem) -> Solution {
    let mut state = State::new(problem);
    state.begin();
    let count = state.order.len();
    let mut steps = 0;
    let mut converged = true;
    let mut until_shrinking = count.min(1000) + 1;
    loop {
        if problem.steps >= 0 && steps >= problem.steps {
            converged = false;
            break;
        }
        until_shrinking -= 1;
        if until_shrinking == 0 {
            until_shrinking = count.min(1000);
            if problem.shrinking {
                state.shrink();
            }
        }
        let pair = state.pair().or_else(|| {
            state.restore();
            state.active = count;
            let again = state.pair();
            if again.is_some() {
                until_shrinking = 1;
            }
            again
        });
        let Some((i, j)) = pair else { break };
        steps += 1;
        state.step(i, j);
    }
    let rho = state.offset();
    let mut alpha = vec![0.0; count];
    for (position, &variable) in state.order.iter().enumerate() {
        alpha[variable] = state.alpha[position];
    }
    Solution {
        alpha,
        rho,
        steps,
        converged,
    }
}
