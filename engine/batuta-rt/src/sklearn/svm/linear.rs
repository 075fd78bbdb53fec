//! `LinearSVC` and `LinearSVR`, and the same solvers for logistic regression: the primal by a trust region, the dual one row at a time
//! in the order of the solvers' own stream.

use super::trust_region::{Smooth, minimise};
use crate::sklearn::errors::{Result, value_error, warn};
use crate::sklearn::estimator::{Estimator, Kind, Role, attributes};
use crate::sklearn::linear_model::{ClassWeight, Line, Planes, by_planes, class_weights};
use crate::sklearn::parameters::{Param, parameters};
use crate::sklearn::random::{RandomState, SolverStream};
use crate::sklearn::target::Target;
use ndarray::{Array1, Array2, s};

/// What a linear problem minimises.
#[derive(Clone, Copy, PartialEq)]
pub enum Objective {
    /// The hinge, in the dual.
    Hinge,
    /// The squared hinge, in the primal or the dual.
    SquaredHinge { dual: bool },
    /// The logistic loss, in the primal.
    Logistic,
    /// Distances beyond a border, in the dual.
    Insensitive(f64),
    /// Their squares, in the primal or the dual.
    SquaredInsensitive { border: f64, dual: bool },
}

/// Rows with the column of the constant term.
struct Problem<'a> {
    rows: &'a [Vec<f64>],
    y: &'a [f64],
    costs: Vec<f64>,
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut total = 0.0;
    for (a, b) in a.iter().zip(b) {
        total += a * b;
    }
    total
}

fn add(to: &mut [f64], factor: f64, row: &[f64]) {
    for (to, value) in to.iter_mut().zip(row) {
        *to += factor * value;
    }
}

/// The primal problems.
struct Primal<'a> {
    problem: &'a Problem<'a>,
    objective: Objective,
    scores: Vec<f64>,
    /// The second derivative of each row's loss, where it is not zero.
    bends: Vec<(usize, f64)>,
}

impl Smooth for Primal<'_> {
    fn value(&mut self, w: &[f64]) -> f64 {
        self.scores = self.problem.rows.iter().map(|row| dot(row, w)).collect();
        let mut total = dot(w, w) / 2.0;
        for ((score, y), cost) in self
            .scores
            .iter()
            .zip(self.problem.y)
            .zip(&self.problem.costs)
        {
            match self.objective {
                Objective::Logistic => {
                    let margin = y * score;
                    total += if margin >= 0.0 {
                        cost * (1.0 + (-margin).exp()).ln()
                    } else {
                        cost * (-margin + (1.0 + margin.exp()).ln())
                    };
                }
                Objective::SquaredInsensitive { border, .. } => {
                    let gap = score - y;
                    if gap < -border {
                        total += cost * (gap + border) * (gap + border);
                    } else if gap > border {
                        total += cost * (gap - border) * (gap - border);
                    }
                }
                _ => {
                    let gap = 1.0 - y * score;
                    if gap > 0.0 {
                        total += cost * gap * gap;
                    }
                }
            }
        }
        total
    }

    fn gradient(&mut self, w: &[f64]) -> Vec<f64> {
        let mut sum = vec![0.0; w.len()];
        self.bends.clear();
        let twice = if self.objective == Objective::Logistic {
            1.0
        } else {
            2.0
        };
        for (at, score) in self.scores.iter().enumerate() {
            let (y, cost) = (self.problem.y[at], self.problem.costs[at]);
            let slope = match self.objective {
                Objective::Logistic => {
                    let chance = 1.0 / (1.0 + (-y * score).exp());
                    self.bends.push((at, cost * (chance * (1.0 - chance))));
                    cost * (chance - 1.0) * y
                }
                Objective::SquaredInsensitive { border, .. } => {
                    let gap = score - y;
                    if gap.abs() <= border {
                        continue;
                    }
                    self.bends.push((at, cost));
                    cost * if gap < 0.0 {
                        gap + border
                    } else {
                        gap - border
                    }
                }
                _ => {
                    let margin = y * score;
                    if margin >= 1.0 {
                        continue;
                    }
                    self.bends.push((at, cost));
                    cost * y * (margin - 1.0)
                }
            };
            add(&mut sum, slope, &self.problem.rows[at]);
        }
        w.iter()
            .zip(sum)
            .map(|(weight, sum)| weight + twice * sum)
            .collect()
    }

    fn curvature(&self, s: &[f64]) -> Vec<f64> {
        let mut sum = vec![0.0; s.len()];
        let twice = if self.objective == Objective::Logistic {
            1.0
        } else {
            2.0
        };
        for &(at, bend) in &self.bends {
            let row = &self.problem.rows[at];
            add(&mut sum, bend * dot(row, s), row);
        }
        s.iter()
            .zip(sum)
            .map(|(own, sum)| own + twice * sum)
            .collect()
    }
}

/// The dual of both hinges, one row at a time; rows at a border are left out until the end.
fn dual_classes(
    problem: &Problem,
    squared: bool,
    tolerance: f64,
    rounds: i64,
    random: &mut SolverStream,
) -> (Vec<f64>, i64) {
    let count = problem.rows.len();
    let mut w = vec![0.0; problem.rows.first().map_or(0, Vec::len)];
    let mut alpha = vec![0.0f64; count];
    let limits: Vec<(f64, f64)> = problem
        .costs
        .iter()
        .map(|cost| {
            if squared {
                (0.5 / cost, f64::INFINITY)
            } else {
                (0.0, *cost)
            }
        })
        .collect();
    let lengths: Vec<f64> = problem
        .rows
        .iter()
        .zip(&limits)
        .map(|(row, limit)| row.iter().fold(limit.0, |sum, value| sum + value * value))
        .collect();
    let mut order: Vec<usize> = (0..count).collect();
    let mut active = count;
    let (mut most, mut least) = (f64::INFINITY, f64::NEG_INFINITY);
    let mut round = 0;
    while round < rounds {
        let (mut highest, mut lowest) = (f64::NEG_INFINITY, f64::INFINITY);
        for at in 0..active {
            order.swap(at, at + random.below((active - at) as u32));
        }
        let mut place = 0;
        while place < active {
            let at = order[place];
            let y = problem.y[at];
            let (diagonal, upper) = limits[at];
            let slope = dot(&w, &problem.rows[at]) * y - 1.0 + alpha[at] * diagonal;
            let mut projected = 0.0;
            let leaves = if alpha[at] == 0.0 {
                projected = slope.min(0.0);
                slope > most
            } else if alpha[at] == upper {
                projected = slope.max(0.0);
                slope < least
            } else {
                projected += slope;
                false
            };
            if leaves {
                active -= 1;
                order.swap(place, active);
                continue;
            }
            highest = highest.max(projected);
            lowest = lowest.min(projected);
            if projected.abs() > 1e-12 {
                let before = alpha[at];
                alpha[at] = (before - slope / lengths[at]).max(0.0).min(upper);
                add(&mut w, (alpha[at] - before) * y, &problem.rows[at]);
            }
            place += 1;
        }
        round += 1;
        if highest - lowest <= tolerance {
            if active == count {
                break;
            }
            active = count;
            (most, least) = (f64::INFINITY, f64::NEG_INFINITY);
            continue;
        }
        most = if highest <= 0.0 {
            f64::INFINITY
        } else {
            highest
        };
        least = if lowest >= 0.0 {
            f64::NEG_INFINITY
        } else {
            lowest
        };
    }
    (w, round)
}

/// The dual of distances to numbers.
fn dual_numbers(
    problem: &Problem,
    squared: bool,
    border: f64,
    tolerance: f64,
    rounds: i64,
    random: &mut SolverStream,
) -> (Vec<f64>, i64) {
    let count = problem.rows.len();
    let mut w = vec![0.0; problem.rows.first().map_or(0, Vec::len)];
    let mut beta = vec![0.0f64; count];
    let lengths: Vec<f64> = problem.rows.iter().map(|row| dot(row, row)).collect();
    let mut order: Vec<usize> = (0..count).collect();
    let mut active = count;
    let mut largest_before = f64::INFINITY;
    let mut first = -1.0;
    let mut round = 0;
    while round < rounds {
        let (mut largest, mut total) = (0.0f64, 0.0);
        for at in 0..active {
            order.swap(at, at + random.below((active - at) as u32));
        }
        let mut place = 0;
        while place < active {
            let at = order[place];
            let cost = problem.costs[at];
            let (lambda, upper) = if squared {
                (0.5 / cost, f64::INFINITY)
            } else {
                (0.0, cost)
            };
            let mut slope = -problem.y[at] + lambda * beta[at];
            for (value, weight) in problem.rows[at].iter().zip(&w) {
                slope += value * weight;
            }
            let bend = lengths[at] + lambda;
            let (above, below) = (slope + border, slope - border);
            let mut leaves = false;
            let violation = if beta[at] == 0.0 {
                if above < 0.0 {
                    -above
                } else if below > 0.0 {
                    below
                } else {
                    leaves = above > largest_before && below < -largest_before;
                    0.0
                }
            } else if beta[at] >= upper {
                leaves = above <= 0.0 && above < -largest_before;
                above.max(0.0)
            } else if beta[at] <= -upper {
                leaves = below >= 0.0 && below > largest_before;
                (-below).max(0.0)
            } else if beta[at] > 0.0 {
                above.abs()
            } else {
                below.abs()
            };
            if leaves {
                active -= 1;
                order.swap(place, active);
                continue;
            }
            place += 1;
            largest = largest.max(violation);
            total += violation;
            let step = if above < bend * beta[at] {
                -above / bend
            } else if below > bend * beta[at] {
                -below / bend
            } else {
                -beta[at]
            };
            if step.abs() < 1e-12 {
                continue;
            }
            let before = beta[at];
            beta[at] = (before + step).max(-upper).min(upper);
            if beta[at] != before {
                add(&mut w, beta[at] - before, &problem.rows[at]);
            }
        }
        if round == 0 {
            first = total;
        }
        round += 1;
        if total <= tolerance * first {
            if active == count {
                break;
            }
            active = count;
            largest_before = f64::INFINITY;
            continue;
        }
        largest_before = largest;
    }
    (w, round)
}

/// How a linear problem is solved.
pub struct Solver {
    /// What is minimised.
    pub objective: Objective,
    /// The weight of the losses.
    pub c: f64,
    /// When to stop.
    pub tolerance: f64,
    /// The value of the constant column; None without one.
    pub constant: Option<f64>,
    /// The most rounds.
    pub rounds: i64,
    /// For the order of the rows.
    pub random_state: Option<i64>,
}

impl Solver {
    fn rows(&self, x: &Array2<f64>) -> Vec<Vec<f64>> {
        let one = |row: ndarray::ArrayView1<f64>| {
            let mut row = row.to_vec();
            row.extend(self.constant);
            row
        };
        x.rows().into_iter().map(one).collect()
    }

    fn solve(&self, problem: &Problem, random: &mut SolverStream) -> (Vec<f64>, i64) {
        let above = problem.y.iter().filter(|value| **value > 0.0).count();
        let few = above.min(problem.y.len() - above).max(1);
        let mut tolerance = self.tolerance;
        match self.objective {
            Objective::Hinge => dual_classes(problem, false, tolerance, self.rounds, random),
            Objective::SquaredHinge { dual: true } => {
                dual_classes(problem, true, tolerance, self.rounds, random)
            }
            Objective::Insensitive(border) => {
                dual_numbers(problem, false, border, tolerance, self.rounds, random)
            }
            Objective::SquaredInsensitive { border, dual: true } => {
                dual_numbers(problem, true, border, tolerance, self.rounds, random)
            }
            _ => {
                if !matches!(self.objective, Objective::SquaredInsensitive { .. }) {
                    tolerance = tolerance * few as f64 / problem.y.len() as f64;
                }
                let size = problem.rows.first().map_or(0, Vec::len);
                let mut primal = Primal {
                    problem,
                    objective: self.objective,
                    scores: Vec::new(),
                    bends: Vec::new(),
                };
                minimise(&mut primal, size, tolerance, self.rounds)
            }
        }
    }

    fn stream(&self) -> SolverStream {
        let mut random = RandomState::from_seed(self.random_state);
        SolverStream::new(random.randint(0, i64::from(i32::MAX)) as u32)
    }

    fn check(&self, rounds: i64) {
        if rounds >= self.rounds {
            warn(
                "ConvergenceWarning",
                "Liblinear failed to converge, increase the number of iterations.",
            );
        }
    }

    /// The planes between classes, and the rounds of each.
    pub fn classify(
        &self,
        x: &Array2<f64>,
        y: &Target,
        class_weight: &ClassWeight,
    ) -> Result<(Planes, Vec<i64>)> {
        let (classes, codes) = y.classes()?;
        let count = classes.length().unwrap_or(0);
        if count < 2 {
            return Err(value_error(
                "This solver needs samples of at least 2 classes in the data, but the data contains only one class",
            ));
        }
        let mut random = self.stream();
        let by_row = class_weights(class_weight, &codes, &classes);
        // The solvers see the rows class after class.
        let mut order: Vec<usize> = (0..codes.len()).collect();
        order.sort_by_key(|&row| codes[row]);
        let all = self.rows(x);
        let rows: Vec<Vec<f64>> = order.iter().map(|&row| all[row].clone()).collect();
        let planes = if count == 2 { 1 } else { count };
        let width = x.ncols();
        let mut coefficients = Array2::zeros((planes, width));
        let mut intercepts = Array1::zeros(planes);
        let mut rounds = Vec::new();
        for plane in 0..planes {
            let positive = if count == 2 { 1 } else { plane };
            let mut signs = Vec::new();
            let mut costs = Vec::new();
            for &row in &order {
                let own = codes[row] == positive;
                signs.push(if own { 1.0 } else { -1.0 });
                let weighted = own || count == 2;
                costs.push(if weighted {
                    self.c * by_row[row]
                } else {
                    self.c
                });
            }
            let problem = Problem {
                rows: &rows,
                y: &signs,
                costs,
            };
            let (w, round) = self.solve(&problem, &mut random);
            rounds.push(round);
            coefficients
                .row_mut(plane)
                .assign(&ndarray::ArrayView1::from(&w[..width]));
            if let Some(constant) = self.constant {
                intercepts[plane] = constant * w[width];
            }
        }
        self.check(rounds.iter().copied().max().unwrap_or(0));
        let planes = Planes {
            classes,
            coefficients,
            intercepts,
        };
        Ok((planes, rounds))
    }

    /// The line through numbers, and the rounds.
    pub fn regress(&self, x: &Array2<f64>, y: &Array1<f64>) -> (Line, i64) {
        let rows = self.rows(x);
        let y = y.to_vec();
        let problem = Problem {
            rows: &rows,
            y: &y,
            costs: vec![self.c; y.len()],
        };
        let (w, round) = self.solve(&problem, &mut self.stream());
        self.check(round);
        let w = Array1::from(w);
        let line = Line {
            coefficients: w.slice(s![..x.ncols()]).to_owned(),
            intercept: self
                .constant
                .map_or(0.0, |constant| constant * w[x.ncols()]),
        };
        (line, round)
    }
}

/// Whether the dual problem is solved: what `dual="auto"` means for a loss that has both.
fn dual_of(dual: &Param, x: &Array2<f64>) -> bool {
    match dual {
        Param::Bool(value) => *value,
        _ => x.nrows() < x.ncols(),
    }
}

/// See `LinearSVC`.
pub struct LinearSVCKind;
/// Linear support vectors.
pub type LinearSVC = Estimator<LinearSVCKind>;

parameters! {
    /// Parameters of `LinearSVC`.
    LinearSVCParameters for LinearSVCKind {
        c = "C": f64 = 1.0,
        class_weight = "class_weight": ClassWeight = ClassWeight::Equal,
        dual = "dual": Param = Param::Text("auto".to_string()),
        fit_intercept = "fit_intercept": bool = true,
        intercept_scaling = "intercept_scaling": f64 = 1.0,
        loss = "loss": String = "squared_hinge".to_string(),
        max_iter = "max_iter": i64 = 1000,
        random_state = "random_state": Option<i64> = None,
        tol = "tol": f64 = 1e-4,
    }
}

/// What `LinearSVC` learns.
pub struct Separated {
    planes: Planes,
    rounds: i64,
}

impl Kind for LinearSVCKind {
    const NAME: &'static str = "LinearSVC";
    const ROLE: Role = Role::Classifier;
    type Parameters = LinearSVCParameters;
    type Fitted = Separated;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<Separated> {
        let objective = match parameters.loss.as_str() {
            "hinge" if parameters.dual == Param::Bool(false) => {
                return Err(value_error(
                    "Unsupported set of arguments: The combination of penalty='l2' and loss='hinge' are not supported when dual=False, \
                     Parameters: penalty='l2', loss='hinge', dual=False",
                ));
            }
            "hinge" => Objective::Hinge,
            _ => Objective::SquaredHinge {
                dual: dual_of(&parameters.dual, x),
            },
        };
        let solver = Solver {
            objective,
            c: parameters.c,
            tolerance: parameters.tol,
            constant: parameters
                .fit_intercept
                .then_some(parameters.intercept_scaling),
            rounds: parameters.max_iter,
            random_state: parameters.random_state,
        };
        let (planes, rounds) = solver.classify(x, y, &parameters.class_weight)?;
        Ok(Separated {
            planes,
            rounds: rounds.into_iter().max().unwrap_or(0),
        })
    }

    by_planes!();
}

attributes!(LinearSVC {
    /// Coefficients: one row for two classes, else one for each class.
    coef_ / try_coef_: Array2<f64> = |fitted| fitted.planes.coefficients.clone();
    /// Constant terms.
    intercept_ / try_intercept_: Array1<f64> = |fitted| fitted.planes.intercepts.clone();
    /// The most rounds of a plane.
    n_iter_ / try_n_iter_: i64 = |fitted| fitted.rounds;
});

/// See `LinearSVR`.
pub struct LinearSVRKind;
/// A line that ignores small distances.
pub type LinearSVR = Estimator<LinearSVRKind>;

parameters! {
    /// Parameters of `LinearSVR`.
    LinearSVRParameters for LinearSVRKind {
        c = "C": f64 = 1.0,
        dual = "dual": Param = Param::Text("auto".to_string()),
        epsilon = "epsilon": f64 = 0.0,
        fit_intercept = "fit_intercept": bool = true,
        intercept_scaling = "intercept_scaling": f64 = 1.0,
        loss = "loss": String = "epsilon_insensitive".to_string(),
        max_iter = "max_iter": i64 = 1000,
        random_state = "random_state": Option<i64> = None,
        tol = "tol": f64 = 1e-4,
    }
}

/// What `LinearSVR` learns.
pub struct Fenced {
    line: Line,
    rounds: i64,
}

impl Kind for LinearSVRKind {
    const NAME: &'static str = "LinearSVR";
    const ROLE: Role = Role::Regressor;
    type Parameters = LinearSVRParameters;
    type Fitted = Fenced;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<Fenced> {
        let objective = if parameters.loss == "epsilon_insensitive" {
            Objective::Insensitive(parameters.epsilon)
        } else {
            Objective::SquaredInsensitive {
                border: parameters.epsilon,
                dual: dual_of(&parameters.dual, x),
            }
        };
        let solver = Solver {
            objective,
            c: parameters.c,
            tolerance: parameters.tol,
            constant: parameters
                .fit_intercept
                .then_some(parameters.intercept_scaling),
            rounds: parameters.max_iter,
            random_state: parameters.random_state,
        };
        let (line, rounds) = solver.regress(x, &y.floats()?);
        Ok(Fenced { line, rounds })
    }

    fn predict(_parameters: &Self::Parameters, fitted: &Fenced, x: &Array2<f64>) -> Result<Target> {
        Ok(fitted.line.predict(x))
    }

    fn line(fitted: &Fenced) -> Result<(Array1<f64>, f64)> {
        Ok((fitted.line.coefficients.clone(), fitted.line.intercept))
    }
}

attributes!(LinearSVR {
    /// Coefficients.
    coef_ / try_coef_: Array1<f64> = |fitted| fitted.line.coefficients.clone();
    /// Constant term.
    intercept_ / try_intercept_: Array1<f64> = |fitted| Array1::from_elem(1, fitted.line.intercept);
    /// The number of rounds.
    n_iter_ / try_n_iter_: i64 = |fitted| fitted.rounds;
});
