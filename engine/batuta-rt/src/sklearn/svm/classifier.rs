//! `SVC`: one machine for each pair of classes; they vote.

use super::solver::{Kernel, Problem, solve};
use super::{kernel_of, rows_of, warn_early};
use crate::sklearn::errors::{Result, no_attribute, value_error};
use crate::sklearn::estimator::{Estimator, Kind, Role, attributes};
use crate::sklearn::linear_model::{ClassWeight, class_weights, first_largest};
use crate::sklearn::parameters::{Param, parameters};
use crate::sklearn::target::Target;
use ndarray::{Array1, Array2, Axis};

/// See `SVC`.
pub struct SVCKind;
/// Classification by support vectors.
pub type SVC = Estimator<SVCKind>;

parameters! {
    /// Parameters of `SVC`.
    SVCParameters for SVCKind {
        c = "C": f64 = 1.0,
        class_weight = "class_weight": ClassWeight = ClassWeight::Equal,
        coef0 = "coef0": f64 = 0.0,
        degree = "degree": i64 = 3,
        gamma = "gamma": Param = Param::Text("scale".to_string()),
        kernel = "kernel": String = "rbf".to_string(),
        max_iter = "max_iter": i64 = -1,
        random_state = "random_state": Option<i64> = None,
        shrinking = "shrinking": bool = true,
        tol = "tol": f64 = 1e-3,
    }
}

/// What `SVC` learns.
pub struct Machine {
    classes: Target,
    kernel: Kernel,
    /// The rows that became support vectors, class after class.
    support: Vec<usize>,
    vectors: Array2<f64>,
    /// How many of each class.
    counts: Vec<usize>,
    /// For each support vector its weight against each other class.
    weights: Array2<f64>,
    /// One constant for each pair of classes.
    constants: Vec<f64>,
    steps: Vec<i64>,
}

impl Machine {
    /// Where the support vectors of each class begin.
    fn starts(&self) -> Vec<usize> {
        let mut starts = vec![0];
        for count in &self.counts {
            starts.push(starts[starts.len() - 1] + count);
        }
        starts
    }

    fn pairs(&self) -> Vec<(usize, usize)> {
        let classes = self.counts.len();
        (0..classes)
            .flat_map(|a| (a + 1..classes).map(move |b| (a, b)))
            .collect()
    }

    /// For each row and pair of classes, how much speaks for the first class.
    fn pairwise(&self, x: &Array2<f64>) -> Array2<f64> {
        let (starts, pairs) = (self.starts(), self.pairs());
        let vectors = rows_of(&self.vectors);
        let mut table = Array2::zeros((x.nrows(), pairs.len()));
        for (row, mut result) in x.rows().into_iter().zip(table.rows_mut()) {
            let row = row.to_vec();
            let values: Vec<f64> = vectors
                .iter()
                .map(|vector| self.kernel.of(&row, vector))
                .collect();
            for (pair, &(a, b)) in pairs.iter().enumerate() {
                let mut total = 0.0;
                let (first, end) = (starts[a], starts[a + 1]);
                for (at, value) in values.iter().enumerate().take(end).skip(first) {
                    total += self.weights[(b - 1, at)] * value;
                }
                let (first, end) = (starts[b], starts[b + 1]);
                for (at, value) in values.iter().enumerate().take(end).skip(first) {
                    total += self.weights[(a, at)] * value;
                }
                result[pair] = total + self.constants[pair];
            }
        }
        table
    }

    /// One column for two classes, else a column for each class: its votes, and within a vote how clear the pairs were.
    fn decisions(&self, x: &Array2<f64>) -> Array2<f64> {
        let table = self.pairwise(x);
        let classes = self.counts.len();
        if classes == 2 {
            return -table;
        }
        let mut result = Array2::zeros((x.nrows(), classes));
        for (row, mut own) in table.rows().into_iter().zip(result.rows_mut()) {
            let mut clear = Array1::<f64>::zeros(classes);
            for (pair, &(a, b)) in self.pairs().iter().enumerate() {
                clear[a] += row[pair];
                clear[b] -= row[pair];
                own[if row[pair] < 0.0 { b } else { a }] += 1.0;
            }
            own.zip_mut_with(&clear, |votes, clear| {
                *votes += clear / (3.0 * (clear.abs() + 1.0));
            });
        }
        result
    }

    fn weights_of_lines(&self) -> Result<Array2<f64>> {
        if !matches!(self.kernel, Kernel::Linear) {
            return Err(no_attribute("SVC", "coef_"));
        }
        let starts = self.starts();
        let pairs = self.pairs();
        let mut lines = Array2::zeros((pairs.len(), self.vectors.ncols()));
        for (&(a, b), mut line) in pairs.iter().zip(lines.rows_mut()) {
            for (class, other) in [(a, b - 1), (b, a)] {
                for at in starts[class]..starts[class + 1] {
                    line.scaled_add(self.weights[(other, at)], &self.vectors.row(at));
                }
            }
        }
        Ok(if self.counts.len() == 2 {
            -lines
        } else {
            lines
        })
    }
}

impl Kind for SVCKind {
    const NAME: &'static str = "SVC";
    const ROLE: Role = Role::Classifier;
    type Parameters = SVCParameters;
    type Fitted = Machine;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<Machine> {
        let (classes, codes) = y.classes()?;
        let count = classes.length().unwrap_or(0);
        if count < 2 {
            return Err(value_error(format!(
                "The number of classes has to be greater than one; got {count} class"
            )));
        }
        let kernel = kernel_of(
            Self::NAME,
            &parameters.kernel,
            &parameters.gamma,
            parameters.coef0,
            parameters.degree,
            x,
        )?;
        let shares = class_weights(&parameters.class_weight, &codes, &classes);
        let members: Vec<Vec<usize>> = (0..count)
            .map(|class| (0..codes.len()).filter(|&at| codes[at] == class).collect())
            .collect();
        let mut machine = Machine {
            classes,
            kernel,
            support: Vec::new(),
            vectors: Array2::zeros((0, 0)),
            counts: vec![0; count],
            weights: Array2::zeros((0, 0)),
            constants: Vec::new(),
            steps: Vec::new(),
        };
        // For each pair the signed variables, first of the one class, then of the other.
        let mut found: Vec<Vec<f64>> = Vec::new();
        let mut used = vec![false; x.nrows()];
        for (a, b) in machine.pairs() {
            let own: Vec<usize> = members[a].iter().chain(&members[b]).copied().collect();
            let rows = rows_of(&x.select(Axis(0), &own));
            let signs: Vec<f64> = (0..own.len())
                .map(|at| if at < members[a].len() { 1.0 } else { -1.0 })
                .collect();
            let solution = solve(&Problem {
                rows: &rows,
                row_of: (0..own.len()).collect(),
                linear: vec![-1.0; own.len()],
                bounds: own.iter().map(|&at| parameters.c * shares[at]).collect(),
                signs: signs.clone(),
                kernel: &machine.kernel,
                tolerance: parameters.tol,
                shrinking: parameters.shrinking,
                steps: parameters.max_iter,
                start: Vec::new(),
            });
            warn_early(solution.converged, parameters.max_iter);
            machine.constants.push(-solution.rho);
            machine.steps.push(solution.steps);
            let signed: Vec<f64> = solution
                .alpha
                .iter()
                .zip(&signs)
                .map(|(alpha, sign)| alpha * sign)
                .collect();
            for (&at, value) in own.iter().zip(&signed) {
                used[at] |= value.abs() > 0.0;
            }
            found.push(signed);
        }
        let mut position = vec![0; x.nrows()];
        for (class, members) in members.iter().enumerate() {
            for &at in members.iter().filter(|&&at| used[at]) {
                position[at] = machine.support.len();
                machine.support.push(at);
                machine.counts[class] += 1;
            }
        }
        machine.vectors = x.select(Axis(0), &machine.support);
        machine.weights = Array2::zeros((count - 1, machine.support.len()));
        for ((a, b), signed) in machine.pairs().into_iter().zip(found) {
            let own = members[a].iter().chain(&members[b]);
            for (at, (&row, value)) in own.zip(signed).enumerate() {
                if used[row] {
                    let other = if at < members[a].len() { b - 1 } else { a };
                    machine.weights[(other, position[row])] = value;
                }
            }
        }
        Ok(machine)
    }

    fn predict(
        _parameters: &Self::Parameters,
        fitted: &Machine,
        x: &Array2<f64>,
    ) -> Result<Target> {
        let (table, pairs) = (fitted.pairwise(x), fitted.pairs());
        let codes: Vec<usize> = table
            .rows()
            .into_iter()
            .map(|row| {
                let mut votes = vec![0.0; fitted.counts.len()];
                for (&(a, b), value) in pairs.iter().zip(row) {
                    votes[if *value > 0.0 { a } else { b }] += 1.0;
                }
                first_largest(votes)
            })
            .collect();
        Ok(fitted.classes.take(&codes))
    }

    fn decision_function(
        _parameters: &Self::Parameters,
        fitted: &Machine,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        Ok(fitted.decisions(x))
    }

    fn weights(fitted: &Machine) -> Result<Array2<f64>> {
        fitted.weights_of_lines()
    }

    fn classes(fitted: &Machine) -> Result<Target> {
        Ok(fitted.classes.clone())
    }
}

attributes!(SVC {
    /// The rows that became support vectors.
    support_ / try_support_: Array1<i64> = |fitted| fitted.support.iter().map(|&row| row as i64).collect();
    /// The support vectors.
    support_vectors_ / try_support_vectors_: Array2<f64> = |fitted| fitted.vectors.clone();
    /// How many support vectors each class has.
    n_support_ / try_n_support_: Array1<i64> = |fitted| fitted.counts.iter().map(|&count| count as i64).collect();
    /// The weights of the support vectors.
    dual_coef_ / try_dual_coef_: Array2<f64> = |fitted| if fitted.counts.len() == 2 { -fitted.weights.clone() } else { fitted.weights.clone() };
    /// One constant for each pair of classes.
    intercept_ / try_intercept_: Array1<f64> = |fitted| {
        let sign = if fitted.counts.len() == 2 { -1.0 } else { 1.0 };
        fitted.constants.iter().map(|value| sign * value).collect()
    };
    /// The weights of the features, of a linear kernel.
    coef_ / try_coef_: Array2<f64> = |fitted| fitted.weights_of_lines()?;
    /// The number of steps for each pair of classes.
    n_iter_ / try_n_iter_: Array1<i64> = |fitted| fitted.steps.clone().into();
});
