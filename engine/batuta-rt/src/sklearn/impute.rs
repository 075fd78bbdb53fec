//! Filling holes: with one value a column, with those of near rows, with what an estimator predicts; and where holes are.

use super::errors::{Result, value_error};
use super::estimator::{AnyEstimator, Estimator, Kind, Role, attributes, check_numbers};
use super::linear_model::BayesianRidge;
use super::parameters::{Inner, Param, parameters};
use super::random::RandomState;
use super::sums::{median, sum};
use super::table;
use super::target::{Target, compare};
use crate::py::Text;
use ndarray::{Array1, Array2, Axis};

/// See `SimpleImputer`.
pub struct SimpleImputerKind;
/// Fills NaN with the mean, median, most frequent value or a constant of the column.
pub type SimpleImputer = Estimator<SimpleImputerKind>;

parameters! {
    /// Parameters of `SimpleImputer`.
    SimpleImputerParameters for SimpleImputerKind {
        fill_value = "fill_value": Param = Param::Nothing,
        strategy = "strategy": String = "mean".to_string(),
    }
}

/// The most frequent value; of equals the least.
fn most_frequent(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(|a, b| table::order(*a, *b));
    let mut best = (0, f64::NAN);
    let mut start = 0;
    while start < sorted.len() {
        let end = start
            + sorted[start..]
                .iter()
                .take_while(|value| table::order(**value, sorted[start]).is_eq())
                .count();
        if end - start > best.0 {
            best = (end - start, sorted[start]);
        }
        start = end;
    }
    best.1
}

impl Kind for SimpleImputerKind {
    const NAME: &'static str = "SimpleImputer";
    const ROLE: Role = Role::Transformer;
    const ALLOWS_NAN: bool = true;
    const ALLOWS_TEXTS: bool = true;
    type Parameters = SimpleImputerParameters;
    type Fitted = Array1<f64>;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, _y: &Target) -> Result<Array1<f64>> {
        let found = x.iter().find_map(|&value| table::text(value));
        if let Some(text) = &found
            && matches!(parameters.strategy.as_str(), "mean" | "median")
        {
            return Err(value_error(format!(
                "Cannot use {} strategy with non-numeric data:\ncould not convert string to float: {}",
                parameters.strategy,
                text.repr_text()
            )));
        }
        x.columns()
            .into_iter()
            .map(|column| {
                let known: Vec<f64> = column
                    .iter()
                    .copied()
                    .filter(|value| !table::is_missing(*value))
                    .collect();
                if known.is_empty() && parameters.strategy != "constant" {
                    crate::py::unsupported(
                        "a column without any value: scikit-learn would drop it",
                    );
                }
                Ok(match parameters.strategy.as_str() {
                    "median" => median(&known),
                    "most_frequent" => most_frequent(&known),
                    "constant" => match &parameters.fill_value {
                        Param::Float(value) => *value,
                        Param::Int(value) => *value as f64,
                        Param::Text(text) => table::of_text(text),
                        _ if found.is_some() => table::of_text("missing_value"),
                        _ => 0.0,
                    },
                    // A masked mean adds the column with zeros for the holes.
                    _ if x.ncols() > 1 => {
                        known.iter().fold(0.0, |sum, value| sum + value) / known.len() as f64
                    }
                    _ => {
                        sum(column
                            .iter()
                            .map(|value| if value.is_nan() { 0.0 } else { *value }))
                            / known.len() as f64
                    }
                })
            })
            .collect()
    }

    fn transform(
        _parameters: &Self::Parameters,
        fitted: &Array1<f64>,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        Ok(Array2::from_shape_fn(x.dim(), |(row, column)| {
            if table::is_missing(x[(row, column)]) {
                fitted[column]
            } else {
                x[(row, column)]
            }
        }))
    }
}

attributes!(SimpleImputer {
    /// What each column is filled with.
    statistics_ / try_statistics_: Array1<f64> = |fitted| check_numbers(fitted.as_ref().clone().insert_axis(Axis(0))).row(0).to_owned();
});

/// See `KNNImputer`.
pub struct KNNImputerKind;
/// Fills NaN with the mean of the nearest rows that have a value there.
pub type KNNImputer = Estimator<KNNImputerKind>;

parameters! {
    /// Parameters of `KNNImputer`.
    KNNImputerParameters for KNNImputerKind {
        n_neighbors = "n_neighbors": i64 = 5,
        weights = "weights": String = "uniform".to_string(),
    }
}

/// The distance over the columns that both have, scaled up to all; NaN when there are none.
fn distance_of_known(a: ndarray::ArrayView1<f64>, b: ndarray::ArrayView1<f64>) -> f64 {
    let (mut total, mut known) = (0.0, 0.0);
    for (a, b) in a.iter().zip(b) {
        if !a.is_nan() && !b.is_nan() {
            total += (a - b) * (a - b);
            known += 1.0;
        }
    }
    if known == 0.0 {
        f64::NAN
    } else {
        (total / known * a.len() as f64).sqrt()
    }
}

impl Kind for KNNImputerKind {
    const NAME: &'static str = "KNNImputer";
    const ROLE: Role = Role::Transformer;
    const ALLOWS_NAN: bool = true;
    type Parameters = KNNImputerParameters;
    type Fitted = Array2<f64>;

    fn fit(_parameters: &Self::Parameters, x: &Array2<f64>, _y: &Target) -> Result<Array2<f64>> {
        let empty = |column: ndarray::ArrayView1<f64>| column.iter().all(|value| value.is_nan());
        if x.columns().into_iter().any(empty) {
            crate::py::unsupported("a column without any value: scikit-learn would drop it");
        }
        Ok(x.clone())
    }

    fn transform(
        parameters: &Self::Parameters,
        fitted: &Array2<f64>,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        let mut result = x.clone();
        for (row, values) in x.rows().into_iter().enumerate() {
            if !values.iter().any(|value| value.is_nan()) {
                continue;
            }
            let distances: Vec<f64> = fitted
                .rows()
                .into_iter()
                .map(|other| distance_of_known(values, other))
                .collect();
            for column in 0..x.ncols() {
                if !values[column].is_nan() {
                    continue;
                }
                let mut donors: Vec<usize> = (0..fitted.nrows())
                    .filter(|&other| !fitted[(other, column)].is_nan())
                    .collect();
                if donors.iter().all(|&other| distances[other].is_nan()) {
                    let known = donors.iter().map(|&other| fitted[(other, column)]);
                    result[(row, column)] = sum(known) / donors.len() as f64;
                    continue;
                }
                donors.sort_by(|a, b| compare(&distances[*a], &distances[*b]));
                let wanted = parameters.n_neighbors as usize;
                refuse_tie(&donors, &distances, wanted, |other| fitted[(other, column)]);
                donors.truncate(wanted);
                donors.retain(|&other| !distances[other].is_nan());
                let exact = donors.iter().any(|&other| distances[other] == 0.0);
                let (mut total, mut weights) = (0.0, 0.0);
                for &other in &donors {
                    let weight = match (parameters.weights.as_str(), exact) {
                        ("distance", true) => f64::from(u8::from(distances[other] == 0.0)),
                        ("distance", false) => 1.0 / distances[other],
                        _ => 1.0,
                    };
                    total += weight * fitted[(other, column)];
                    weights += weight;
                }
                result[(row, column)] = total / weights;
            }
        }
        Ok(result)
    }
}

/// Which of equally far donors scikit-learn takes is up to NumPy's partition of the machine: where it matters, there is no answer.
fn refuse_tie(donors: &[usize], distances: &[f64], wanted: usize, value: impl Fn(usize) -> f64) {
    let Some(&last) = wanted.checked_sub(1).and_then(|at| donors.get(at)) else {
        return;
    };
    let border = distances[last];
    let mut tied = donors.iter().filter(|&&other| distances[other] == border);
    let first = tied.next().map(|&other| value(other));
    let beyond = donors
        .get(wanted)
        .is_some_and(|&other| distances[other] == border);
    if beyond && tied.any(|&other| Some(value(other)) != first) {
        // Not an exception: cross-validation would go on with a nan.
        crate::py::unsupported(
            "KNNImputer found several donors that are equally far: which of them scikit-learn takes is not specified",
        );
    }
}

/// See `IterativeImputer`.
pub struct IterativeImputerKind;
/// Fills NaN with what an estimator predicts from the other columns, round after round.
pub type IterativeImputer = Estimator<IterativeImputerKind>;

parameters! {
    /// Parameters of `IterativeImputer`.
    IterativeImputerParameters for IterativeImputerKind {
        estimator = "estimator": Inner = Inner::default(),
        fill_value = "fill_value": Option<f64> = None,
        imputation_order = "imputation_order": String = "ascending".to_string(),
        initial_strategy = "initial_strategy": String = "mean".to_string(),
        max_iter = "max_iter": i64 = 10,
        max_value = "max_value": Option<f64> = None,
        min_value = "min_value": Option<f64> = None,
        random_state = "random_state": Option<i64> = None,
        skip_complete = "skip_complete": bool = false,
        tol = "tol": f64 = 1e-3,
    }
}

/// The first filling, the estimators in their order, and the learned rows as they were filled.
pub struct Rounds {
    first: Array1<f64>,
    steps: Vec<(usize, Inner)>,
    filled: Array2<f64>,
    rounds: i64,
}

fn filled_first(x: &Array2<f64>, first: &Array1<f64>) -> Array2<f64> {
    Array2::from_shape_fn(x.dim(), |(row, column)| {
        let value = x[(row, column)];
        if value.is_nan() { first[column] } else { value }
    })
}

impl IterativeImputerKind {
    /// The columns in the order in which they are filled.
    fn order(
        parameters: &IterativeImputerParameters,
        holes: &Array2<bool>,
        random: &mut RandomState,
    ) -> Vec<usize> {
        let counts: Vec<usize> = holes
            .columns()
            .into_iter()
            .map(|column| column.iter().filter(|hole| **hole).count())
            .collect();
        let mut columns: Vec<usize> = (0..counts.len())
            .filter(|&at| !parameters.skip_complete || counts[at] > 0)
            .collect();
        match parameters.imputation_order.as_str() {
            "arabic" => columns.reverse(),
            "ascending" => columns.sort_by_key(|&at| counts[at]),
            "descending" => {
                columns.sort_by_key(|&at| counts[at]);
                columns.reverse();
            }
            "random" => random.shuffle(&mut columns),
            _ => {}
        }
        columns
    }

    fn impute(
        parameters: &IterativeImputerParameters,
        table: &mut Array2<f64>,
        holes: &Array2<bool>,
        column: usize,
        known: Option<&Inner>,
    ) -> Result<Inner> {
        let others: Vec<usize> = (0..table.ncols()).filter(|&at| at != column).collect();
        let (empty, full): (Vec<usize>, Vec<usize>) =
            (0..table.nrows()).partition(|&row| holes[(row, column)]);
        let rest = table.select(Axis(1), &others);
        let model = match known {
            Some(model) => model.clone(),
            None => {
                let model = match parameters.estimator.given() {
                    Some(own) => own.fresh(),
                    None => Box::new(BayesianRidge::new()) as Box<dyn AnyEstimator>,
                };
                let y: Array1<f64> = full.iter().map(|&row| table[(row, column)]).collect();
                model.fit_any(&rest.select(Axis(0), &full), &Target::Float(y))?;
                Inner::from(model)
            }
        };
        if !empty.is_empty() {
            let found = model.get().predict_any(&rest.select(Axis(0), &empty))?;
            let (low, high) = (
                parameters.min_value.unwrap_or(f64::NEG_INFINITY),
                parameters.max_value.unwrap_or(f64::INFINITY),
            );
            for (row, value) in empty.into_iter().zip(found.floats()?) {
                table[(row, column)] = value.max(low).min(high);
            }
        }
        Ok(model)
    }
}

impl Kind for IterativeImputerKind {
    const NAME: &'static str = "IterativeImputer";
    const ROLE: Role = Role::Transformer;
    const ALLOWS_NAN: bool = true;
    type Parameters = IterativeImputerParameters;
    type Fitted = Rounds;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<Rounds> {
        let start = SimpleImputerParameters {
            fill_value: parameters.fill_value.map_or(Param::Nothing, Param::Float),
            strategy: parameters.initial_strategy.clone(),
        };
        let mut first = SimpleImputerKind::fit(&start, x, y)?;
        if parameters.initial_strategy == "mean" {
            // The table lies column by column here, and sums of columns are made in pairs.
            for (value, column) in first.iter_mut().zip(x.columns()) {
                let known = column.iter().filter(|value| !value.is_nan()).count();
                let whole = column
                    .iter()
                    .map(|value| if value.is_nan() { 0.0 } else { *value });
                *value = sum(whole) / known as f64;
            }
        }
        let holes = x.mapv(f64::is_nan);
        let mut table = filled_first(x, &first);
        let mut steps = Vec::new();
        let mut rounds = 0;
        let largest = x
            .iter()
            .filter(|value| !value.is_nan())
            .fold(0.0f64, |largest, value| largest.max(value.abs()));
        if x.ncols() > 1 {
            let mut random = RandomState::from_seed(parameters.random_state);
            let mut order = Self::order(parameters, &holes, &mut random);
            let mut settled = false;
            while rounds < parameters.max_iter && !settled {
                rounds += 1;
                if parameters.imputation_order == "random" {
                    order = Self::order(parameters, &holes, &mut random);
                }
                let before = table.clone();
                for &column in &order {
                    let model = Self::impute(parameters, &mut table, &holes, column, None)?;
                    steps.push((column, model));
                }
                let changes = (&table - &before).mapv(f64::abs);
                let change = changes
                    .rows()
                    .into_iter()
                    .map(|row| sum(row.iter().copied()))
                    .fold(0.0, f64::max);
                settled = change < parameters.tol * largest;
            }
            if !settled && parameters.max_iter > 0 {
                super::errors::warn(
                    "ConvergenceWarning",
                    "[IterativeImputer] Early stopping criterion not reached.",
                );
            }
        }
        Ok(Rounds {
            first,
            steps,
            filled: table,
            rounds,
        })
    }

    fn transform(
        parameters: &Self::Parameters,
        fitted: &Rounds,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        let holes = x.mapv(f64::is_nan);
        let mut table = filled_first(x, &fitted.first);
        for (column, model) in &fitted.steps {
            Self::impute(parameters, &mut table, &holes, *column, Some(model))?;
        }
        Ok(table)
    }

    fn own_fit_transform(
        _parameters: &Self::Parameters,
        fitted: &Rounds,
        _x: &Array2<f64>,
    ) -> Option<Result<Array2<f64>>> {
        Some(Ok(fitted.filled.clone()))
    }

    fn nested<'a>(parameters: &'a Self::Parameters, name: &str) -> Option<&'a dyn AnyEstimator> {
        (name == "estimator").then(|| parameters.estimator.given())?
    }

    fn renew(parameters: &mut Self::Parameters) {
        if parameters.estimator.given().is_some() {
            parameters.estimator = Inner::from(parameters.estimator.fresh());
        }
    }
}

attributes!(IterativeImputer {
    /// How many rounds were made.
    n_iter_ / try_n_iter_: i64 = |fitted| fitted.rounds;
    /// How many columns are filled in a round.
    n_features_with_missing_ / try_n_features_with_missing_: i64 = |fitted| fitted.steps.len() as i64 / fitted.rounds.max(1);
});

/// See `MissingIndicator`.
pub struct MissingIndicatorKind;
/// Tells where values are missing.
pub type MissingIndicator = Estimator<MissingIndicatorKind>;

parameters! {
    /// Parameters of `MissingIndicator`.
    MissingIndicatorParameters for MissingIndicatorKind {
        error_on_new = "error_on_new": bool = true,
        features = "features": String = "missing-only".to_string(),
    }
}

impl Kind for MissingIndicatorKind {
    const NAME: &'static str = "MissingIndicator";
    const ROLE: Role = Role::Transformer;
    const ALLOWS_NAN: bool = true;
    type Parameters = MissingIndicatorParameters;
    /// The columns that are told.
    type Fitted = Vec<usize>;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, _y: &Target) -> Result<Vec<usize>> {
        let all = parameters.features == "all";
        let columns = x.columns().into_iter().enumerate();
        Ok(columns
            .filter(|(_, column)| all || column.iter().any(|value| value.is_nan()))
            .map(|(at, _)| at)
            .collect())
    }

    fn transform(
        parameters: &Self::Parameters,
        fitted: &Vec<usize>,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        let new: Vec<String> = (0..x.ncols())
            .filter(|at| !fitted.contains(at) && x.column(*at).iter().any(|value| value.is_nan()))
            .map(|at| at.to_string())
            .collect();
        if parameters.error_on_new && !new.is_empty() {
            return Err(value_error(format!(
                "The features [{}] have missing values in transform but have no missing values in fit.",
                new.join(" ")
            )));
        }
        let holes = x.mapv(|value| f64::from(u8::from(value.is_nan())));
        Ok(holes.select(Axis(1), fitted))
    }
}

attributes!(MissingIndicator {
    /// The columns that are told.
    features_ / try_features_: Array1<i64> = |fitted| fitted.iter().map(|at| *at as i64).collect();
});
