//! `sklearn.semi_supervised`: learning where most labels are missing (-1).

use super::errors::{Result, warn};
use super::estimator::{AnyEstimator, Estimator, Kind, Role, attributes};
use super::linear_model::first_largest;
use super::metrics::pairwise::try_rbf_kernel;
use super::neighbors::KdTree;
use super::parameters::{Inner, parameters};
use super::sums::sum;
use super::target::Target;
use ndarray::{Array1, Array2, Axis};

/// See `SelfTrainingClassifier`.
pub struct SelfTrainingClassifierKind;
/// A classifier that learns from its own sure answers.
pub type SelfTrainingClassifier = Estimator<SelfTrainingClassifierKind>;

parameters! {
    /// Parameters of `SelfTrainingClassifier`.
    SelfTrainingClassifierParameters for SelfTrainingClassifierKind {
        criterion = "criterion": String = "threshold".to_string(),
        estimator = "estimator": Inner = Inner::default(),
        k_best = "k_best": i64 = 10,
        max_iter = "max_iter": Option<i64> = Some(10),
        threshold = "threshold": f64 = 0.75,
    }
}

/// What `SelfTrainingClassifier` learns.
pub struct SelfTrained {
    model: Box<dyn AnyEstimator>,
    labels: Vec<i64>,
    rounds_of: Vec<i64>,
    rounds: i64,
    ending: &'static str,
}

impl Kind for SelfTrainingClassifierKind {
    const NAME: &'static str = "SelfTrainingClassifier";
    const ROLE: Role = Role::Classifier;
    type Parameters = SelfTrainingClassifierParameters;
    type Fitted = SelfTrained;

    fn offers(parameters: &Self::Parameters, method: &str) -> Option<bool> {
        Some(super::has(parameters.estimator.get(), method))
    }

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<SelfTrained> {
        let Target::Int(given) = y else {
            crate::py::unsupported("labels of self-training are integers here");
        };
        let mut labels = given.to_vec();
        let mut known: Vec<bool> = labels.iter().map(|label| *label != -1).collect();
        let mut rounds_of: Vec<i64> = known
            .iter()
            .map(|known| if *known { 0 } else { -1 })
            .collect();
        let unknown = known.iter().filter(|known| !**known).count();
        if unknown == 0 {
            warn("UserWarning", "y contains no unlabeled samples");
        }
        if parameters.criterion == "k_best" && parameters.k_best > unknown as i64 {
            warn(
                "UserWarning",
                "k_best is larger than the amount of unlabeled samples. All unlabeled samples will be labeled in the first iteration",
            );
        }
        let model = parameters.estimator.fresh();
        let rows_where = |known: &[bool], wanted: bool| -> Vec<usize> {
            (0..known.len())
                .filter(|&row| known[row] == wanted)
                .collect()
        };
        let learn = |labels: &[i64], known: &[bool]| {
            let rows = rows_where(known, true);
            let own: Array1<i64> = rows.iter().map(|&row| labels[row]).collect();
            model.fit_any(&x.select(Axis(0), &rows), &Target::Int(own))
        };
        let mut rounds = 0;
        let mut ending = "";
        while known.iter().any(|known| !*known)
            && parameters.max_iter.is_none_or(|most| rounds < most)
        {
            rounds += 1;
            learn(&labels, &known)?;
            let rows = rows_where(&known, false);
            let chances = model.predict_proba_any(&x.select(Axis(0), &rows))?;
            let Target::Int(classes) = model.classes_any()? else {
                crate::py::unsupported("labels of self-training are integers here");
            };
            let best: Vec<(usize, f64)> = chances
                .rows()
                .into_iter()
                .map(|row| {
                    let code = first_largest(row.iter().copied());
                    (code, row[code])
                })
                .collect();
            let chosen: Vec<usize> = if parameters.criterion == "threshold" {
                (0..rows.len())
                    .filter(|&at| best[at].1 > parameters.threshold)
                    .collect()
            } else {
                let mut order: Vec<usize> = (0..rows.len()).collect();
                order.sort_by(|a, b| super::target::compare(&best[*b].1, &best[*a].1));
                let count = (parameters.k_best as usize).min(order.len());
                if count < order.len() && best[order[count]].1 == best[order[count - 1]].1 {
                    crate::py::unsupported("a choice between rows that are equally sure");
                }
                order.truncate(count);
                order
            };
            for &at in &chosen {
                labels[rows[at]] = classes[best[at].0];
                known[rows[at]] = true;
                rounds_of[rows[at]] = rounds;
            }
            if chosen.is_empty() {
                ending = "no_change";
                break;
            }
        }
        if Some(rounds) == parameters.max_iter {
            ending = "max_iter";
        }
        if known.iter().all(|known| *known) {
            ending = "all_labeled";
        }
        learn(&labels, &known)?;
        Ok(SelfTrained {
            model,
            labels,
            rounds_of,
            rounds,
            ending,
        })
    }

    fn predict(_: &Self::Parameters, fitted: &SelfTrained, x: &Array2<f64>) -> Result<Target> {
        fitted.model.predict_any(x)
    }

    fn predict_proba(
        _: &Self::Parameters,
        fitted: &SelfTrained,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        fitted.model.predict_proba_any(x)
    }

    fn decision_function(
        _: &Self::Parameters,
        fitted: &SelfTrained,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        fitted.model.decision_function_any(x)
    }

    fn classes(fitted: &SelfTrained) -> Result<Target> {
        fitted.model.classes_any()
    }

    fn nested<'a>(parameters: &'a Self::Parameters, name: &str) -> Option<&'a dyn AnyEstimator> {
        (name == "estimator")
            .then(|| parameters.estimator.given())
            .flatten()
    }

    fn renew(parameters: &mut Self::Parameters) {
        parameters.estimator = Inner::from(parameters.estimator.fresh());
    }
}

attributes!(SelfTrainingClassifier {
    /// The labels, with those that were added.
    transduction_ / try_transduction_: Array1<i64> = |fitted| fitted.labels.clone().into();
    /// The round in which each label was added.
    labeled_iter_ / try_labeled_iter_: Array1<i64> = |fitted| fitted.rounds_of.clone().into();
    /// The number of rounds.
    n_iter_ / try_n_iter_: i64 = |fitted| fitted.rounds;
    /// Why it ended.
    termination_condition_ / try_termination_condition_: String = |fitted| fitted.ending.to_string();
});

/// See `LabelPropagation`.
pub struct LabelPropagationKind;
/// Labels that flow to near rows; given ones stay.
pub type LabelPropagation = Estimator<LabelPropagationKind>;

parameters! {
    /// Parameters of `LabelPropagation`.
    LabelPropagationParameters for LabelPropagationKind {
        gamma = "gamma": f64 = 20.0,
        kernel = "kernel": String = "rbf".to_string(),
        max_iter = "max_iter": i64 = 1000,
        n_neighbors = "n_neighbors": i64 = 7,
        tol = "tol": f64 = 1e-3,
    }
}

/// See `LabelSpreading`.
pub struct LabelSpreadingKind;
/// Labels that flow to near rows; given ones can change.
pub type LabelSpreading = Estimator<LabelSpreadingKind>;

parameters! {
    /// Parameters of `LabelSpreading`.
    LabelSpreadingParameters for LabelSpreadingKind {
        alpha = "alpha": f64 = 0.2,
        gamma = "gamma": f64 = 20.0,
        kernel = "kernel": String = "rbf".to_string(),
        max_iter = "max_iter": i64 = 30,
        n_neighbors = "n_neighbors": i64 = 7,
        tol = "tol": f64 = 1e-3,
    }
}

/// What both learn.
pub struct Spread {
    x: Array2<f64>,
    classes: Target,
    shares: Array2<f64>,
    likeness: Likeness,
    rounds: i64,
}

#[derive(Clone, Copy)]
enum Likeness {
    Radial(f64),
    Nearest(usize),
}

fn nearest(tree: &KdTree, x: &Array2<f64>, count: usize) -> Vec<Vec<usize>> {
    let found = x.rows().into_iter().map(|row| {
        let near = tree.nearest(row, count);
        near.into_iter().map(|(_, at)| at).collect()
    });
    found.collect()
}

impl Likeness {
    fn of(kernel: &str, gamma: f64, neighbours: i64) -> Self {
        if kernel == "knn" {
            Likeness::Nearest(neighbours as usize)
        } else {
            Likeness::Radial(gamma)
        }
    }

    fn graph(self, x: &Array2<f64>) -> Result<Array2<f64>> {
        match self {
            Likeness::Radial(gamma) => try_rbf_kernel(x, None, Some(gamma)),
            Likeness::Nearest(count) => {
                let mut graph = Array2::zeros((x.nrows(), x.nrows()));
                for (row, near) in nearest(&KdTree::new(x, 2.0), x, count)
                    .into_iter()
                    .enumerate()
                {
                    near.into_iter().for_each(|at| graph[(row, at)] = 1.0);
                }
                Ok(graph)
            }
        }
    }
}

fn normal_rows(table: &mut Array2<f64>) {
    for mut row in table.rows_mut() {
        let total = sum(row.iter().copied());
        row /= if total == 0.0 { 1.0 } else { total };
    }
}

fn spread(
    x: &Array2<f64>,
    y: &Target,
    likeness: Likeness,
    alpha: Option<f64>,
    (most, tolerance): (i64, f64),
) -> Result<Spread> {
    let mut graph = likeness.graph(x)?;
    if alpha.is_none() {
        for mut row in graph.rows_mut() {
            let total = sum(row.iter().copied());
            row /= total;
        }
    } else {
        graph.diag_mut().fill(0.0);
        let roots = graph
            .sum_axis(Axis(0))
            .mapv(|value| if value == 0.0 { 1.0 } else { value.sqrt() });
        graph = &graph / &roots / &roots.clone().insert_axis(Axis(1));
    }
    let (all, codes) = y.classes()?;
    let numbers = all.floats()?;
    let kept: Vec<usize> = (0..numbers.len())
        .filter(|&at| numbers[at] != -1.0)
        .collect();
    let classes = all.take(&kept);
    let place: Vec<Option<usize>> = (0..numbers.len())
        .map(|at| kept.iter().position(|own| *own == at))
        .collect();
    let mut shares = Array2::<f64>::zeros((x.nrows(), kept.len()));
    for (row, &code) in codes.iter().enumerate() {
        if let Some(class) = place[code] {
            shares[(row, class)] = 1.0;
        }
    }
    let fixed = alpha.map_or_else(|| shares.clone(), |alpha| &shares * (1.0 - alpha));
    let mut earlier = Array2::zeros(shares.dim());
    let mut rounds = 0;
    loop {
        if rounds == most {
            warn(
                "ConvergenceWarning",
                &format!("max_iter={most} was reached without convergence."),
            );
            break;
        }
        if (&shares - &earlier).mapv(f64::abs).sum() < tolerance {
            break;
        }
        earlier = shares;
        shares = graph.dot(&earlier);
        match alpha {
            None => {
                normal_rows(&mut shares);
                for (row, &code) in codes.iter().enumerate() {
                    if place[code].is_some() {
                        shares.row_mut(row).assign(&fixed.row(row));
                    }
                }
            }
            Some(alpha) => shares = shares * alpha + &fixed,
        }
        rounds += 1;
    }
    normal_rows(&mut shares);
    Ok(Spread {
        x: x.clone(),
        classes,
        shares,
        likeness,
        rounds,
    })
}

impl Spread {
    fn chances(&self, x: &Array2<f64>) -> Result<Array2<f64>> {
        let mut table = match self.likeness {
            Likeness::Radial(gamma) => {
                try_rbf_kernel(x, Some(&self.x), Some(gamma))?.dot(&self.shares)
            }
            Likeness::Nearest(count) => {
                let mut table = Array2::zeros((x.nrows(), self.shares.ncols()));
                let near = nearest(&KdTree::new(&self.x, 2.0), x, count);
                for (mut row, near) in table.rows_mut().into_iter().zip(near) {
                    near.into_iter().for_each(|at| row += &self.shares.row(at));
                }
                table
            }
        };
        for mut row in table.rows_mut() {
            let total = sum(row.iter().copied());
            row /= total;
        }
        Ok(table)
    }

    fn named(&self, table: &Array2<f64>) -> Target {
        let rows = table.rows().into_iter();
        let codes: Vec<usize> = rows.map(|row| first_named(row.iter().copied())).collect();
        self.classes.take(&codes)
    }
}

/// `argmax`, for which NaN is the largest.
fn first_named(values: impl Iterator<Item = f64> + Clone) -> usize {
    let nan = values.clone().position(f64::is_nan);
    nan.unwrap_or_else(|| first_largest(values))
}

macro_rules! spreading {
    ($name:ident, $kind:ident, $parameters:ty, $text:literal, |$own:ident| $alpha:expr) => {
        impl Kind for $kind {
            const NAME: &'static str = $text;
            const ROLE: Role = Role::Classifier;
            type Parameters = $parameters;
            type Fitted = Spread;

            fn fit($own: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<Spread> {
                let likeness = Likeness::of(&$own.kernel, $own.gamma, $own.n_neighbors);
                spread(x, y, likeness, $alpha, ($own.max_iter, $own.tol))
            }

            fn predict(_: &Self::Parameters, fitted: &Spread, x: &Array2<f64>) -> Result<Target> {
                Ok(fitted.named(&fitted.chances(x)?))
            }

            fn predict_proba(_: &Self::Parameters, fitted: &Spread, x: &Array2<f64>) -> Result<Array2<f64>> {
                fitted.chances(x)
            }

            fn classes(fitted: &Spread) -> Result<Target> {
                Ok(fitted.classes.clone())
            }
        }

        impl $name {
            /// `transduction_`.
            pub fn try_transduction_<L: super::Labels>(&self) -> Result<L> {
                let fitted = self.fitted_for("transduction_")?;
                super::typed(fitted.named(&fitted.shares))
            }
            /// See `try_transduction_`.
            pub fn transduction_<L: super::Labels>(&self) -> L {
                super::errors::unwrap(self.try_transduction_())
            }
        }

        attributes!($name {
            /// For each row the share of each class.
            label_distributions_ / try_label_distributions_: Array2<f64> = |fitted| fitted.shares.clone();
            /// The number of rounds.
            n_iter_ / try_n_iter_: i64 = |fitted| fitted.rounds;
        });
    };
}
spreading!(
    LabelPropagation,
    LabelPropagationKind,
    LabelPropagationParameters,
    "LabelPropagation",
    |own| None
);
spreading!(
    LabelSpreading,
    LabelSpreadingKind,
    LabelSpreadingParameters,
    "LabelSpreading",
    |own| Some(own.alpha)
);
