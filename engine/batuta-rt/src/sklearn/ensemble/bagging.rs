//! `BaggingClassifier` and `BaggingRegressor`: copies of one estimator, each on a drawn sample.

use crate::sklearn::errors::{Result, value_error};
use crate::sklearn::estimator::{AnyEstimator, Estimator, Kind, Role, attributes};
use crate::sklearn::linear_model::first_largest;
use crate::sklearn::metrics::r2;
use crate::sklearn::parameters::{Inner, Param, parameters};
use crate::sklearn::random::{RandomState, sample_without_replacement, seed_all};
use crate::sklearn::target::Target;
use crate::sklearn::tree::{DecisionTreeClassifier, DecisionTreeRegressor};
use ndarray::{Array1, Array2, Axis};

/// See `BaggingClassifier`.
pub struct BaggingClassifierKind;
/// The mean chances of copies.
pub type BaggingClassifier = Estimator<BaggingClassifierKind>;

parameters! {
    /// Parameters of `BaggingClassifier`.
    BaggingClassifierParameters for BaggingClassifierKind {
        bootstrap = "bootstrap": bool = true,
        bootstrap_features = "bootstrap_features": bool = false,
        estimator = "estimator": Inner = Inner::default(),
        max_features = "max_features": Param = Param::Float(1.0),
        max_samples = "max_samples": Param = Param::Nothing,
        n_estimators = "n_estimators": i64 = 10,
        oob_score = "oob_score": bool = false,
        random_state = "random_state": Option<i64> = None,
    }
}

/// See `BaggingRegressor`.
pub struct BaggingRegressorKind;
/// The mean of what copies predict.
pub type BaggingRegressor = Estimator<BaggingRegressorKind>;

parameters! {
    /// Parameters of `BaggingRegressor`.
    BaggingRegressorParameters for BaggingRegressorKind {
        bootstrap = "bootstrap": bool = true,
        bootstrap_features = "bootstrap_features": bool = false,
        estimator = "estimator": Inner = Inner::default(),
        max_features = "max_features": Param = Param::Float(1.0),
        max_samples = "max_samples": Param = Param::Nothing,
        n_estimators = "n_estimators": i64 = 10,
        oob_score = "oob_score": bool = false,
        random_state = "random_state": Option<i64> = None,
    }
}

/// A copy, the features that it saw, and which rows it saw.
struct Member {
    model: Box<dyn AnyEstimator>,
    features: Vec<usize>,
    seen: Vec<bool>,
}

/// The copies.
pub struct Bag {
    members: Vec<Member>,
    classes: Target,
    outside: f64,
}

struct Bagging<'a> {
    base: Box<dyn AnyEstimator>,
    count: i64,
    bootstrap: bool,
    bootstrap_features: bool,
    max_samples: &'a Param,
    max_features: &'a Param,
    random_state: Option<i64>,
}

fn drawn(bootstrap: bool, whole: usize, count: usize, random: &mut RandomState) -> Vec<usize> {
    if bootstrap {
        (0..count)
            .map(|_| random.randint(0, whole as i64) as usize)
            .collect()
    } else {
        sample_without_replacement(whole, count, random)
    }
}

fn fill(bagging: &Bagging, x: &Array2<f64>, y: &Target) -> Result<Vec<Member>> {
    let (samples, features) = x.dim();
    let take = match bagging.max_samples {
        Param::Int(count) => *count as usize,
        Param::Float(share) => ((samples as f64 * share) as usize).max(1),
        _ => samples,
    };
    if !bagging.bootstrap && take > samples {
        return Err(value_error(format!(
            "Effective max_samples={take} must be <= n_samples={samples} to be able to sample without replacement."
        )));
    }
    let columns = match bagging.max_features {
        Param::Int(count) => *count as usize,
        Param::Float(share) => ((features as f64 * share) as usize).max(1),
        _ => features,
    };
    if columns > features {
        return Err(value_error("max_features must be <= n_features"));
    }
    let mut random = RandomState::from_seed(bagging.random_state);
    let seeds: Vec<u32> = (0..bagging.count)
        .map(|_| random.randint(0, i64::from(i32::MAX)) as u32)
        .collect();
    let mut members = Vec::new();
    for seed in seeds {
        let model = bagging.base.fresh();
        seed_all(model.as_ref(), seed)?;
        let mut own = RandomState::new(seed);
        let chosen = drawn(bagging.bootstrap_features, features, columns, &mut own);
        let rows = drawn(bagging.bootstrap, samples, take, &mut own);
        let narrow = bagging.bootstrap_features || columns != features;
        let part = if narrow {
            x.select(Axis(1), &chosen)
        } else {
            x.clone()
        };
        let mut counts = vec![0.0; samples];
        rows.iter().for_each(|&row| counts[row] += 1.0);
        // Estimators that can weigh rows see all of them, the others those that were drawn.
        if model.name().starts_with("DecisionTree") {
            model.fit_weighted_any(&part, y, &counts)?;
        } else {
            model.fit_any(&part.select(Axis(0), &rows), &y.take(&rows))?;
        }
        members.push(Member {
            model,
            features: if narrow {
                chosen
            } else {
                (0..features).collect()
            },
            seen: counts.iter().map(|count| *count > 0.0).collect(),
        });
    }
    Ok(members)
}

impl Member {
    fn chances(&self, x: &Array2<f64>, classes: usize) -> Result<Array2<f64>> {
        let part = x.select(Axis(1), &self.features);
        let mut table = Array2::zeros((x.nrows(), classes));
        match self.model.predict_proba_any(&part) {
            Ok(found) => {
                let known = self.model.classes_any()?.floats()?;
                for (column, class) in known.iter().enumerate() {
                    table
                        .column_mut(*class as usize)
                        .assign(&found.column(column));
                }
            }
            Err(_) => {
                let named = self.model.predict_any(&part)?.floats()?;
                for (row, class) in named.iter().enumerate() {
                    table[(row, *class as usize)] = 1.0;
                }
            }
        }
        Ok(table)
    }

    fn unseen(&self) -> Vec<usize> {
        (0..self.seen.len())
            .filter(|&row| !self.seen[row])
            .collect()
    }
}

fn chances(bag: &Bag, x: &Array2<f64>) -> Result<Array2<f64>> {
    let classes = bag.classes.length().unwrap_or(0);
    let mut table = Array2::zeros((x.nrows(), classes));
    for member in &bag.members {
        table += &member.chances(x, classes)?;
    }
    Ok(table / bag.members.len() as f64)
}

impl Bag {
    fn models(&self) -> Vec<(String, crate::sklearn::Model)> {
        let models = self.members.iter().map(|each| &each.model);
        models
            .map(|each| (String::new(), each.share().into()))
            .collect()
    }
}

impl Kind for BaggingClassifierKind {
    const NAME: &'static str = "BaggingClassifier";
    const ROLE: Role = Role::Classifier;
    type Parameters = BaggingClassifierParameters;
    type Fitted = Bag;

    fn members(
        _parameters: &Self::Parameters,
        fitted: &Bag,
    ) -> Result<Vec<(String, crate::sklearn::Model)>> {
        Ok(fitted.models())
    }

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<Bag> {
        let (classes, codes) = y.classes()?;
        let count = classes.length().unwrap_or(0);
        let numbers = Target::Int(codes.iter().map(|&code| code as i64).collect());
        let bagging = Bagging {
            base: match parameters.estimator.given() {
                Some(own) => own.fresh(),
                None => Box::new(DecisionTreeClassifier::new()),
            },
            count: parameters.n_estimators,
            bootstrap: parameters.bootstrap,
            bootstrap_features: parameters.bootstrap_features,
            max_samples: &parameters.max_samples,
            max_features: &parameters.max_features,
            random_state: parameters.random_state,
        };
        let members = fill(&bagging, x, &numbers)?;
        let mut outside = f64::NAN;
        if parameters.oob_score {
            let mut table = Array2::<f64>::zeros((x.nrows(), count));
            for member in &members {
                let rows = member.unseen();
                let found = member.chances(&x.select(Axis(0), &rows), count)?;
                for (row, values) in rows.iter().zip(found.rows()) {
                    let mut own = table.row_mut(*row);
                    own += &values;
                }
            }
            let right = table
                .rows()
                .into_iter()
                .zip(&codes)
                .filter(|(row, code)| first_largest(row.iter().copied()) == **code);
            outside = right.count() as f64 / x.nrows() as f64;
        }
        Ok(Bag {
            members,
            classes,
            outside,
        })
    }

    fn predict(_parameters: &Self::Parameters, fitted: &Bag, x: &Array2<f64>) -> Result<Target> {
        let table = chances(fitted, x)?;
        Ok(fitted.classes.of_largest(&table))
    }

    fn predict_proba(
        _parameters: &Self::Parameters,
        fitted: &Bag,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        chances(fitted, x)
    }

    fn classes(fitted: &Bag) -> Result<Target> {
        Ok(fitted.classes.clone())
    }
}

impl Kind for BaggingRegressorKind {
    const NAME: &'static str = "BaggingRegressor";
    const ROLE: Role = Role::Regressor;
    type Parameters = BaggingRegressorParameters;
    type Fitted = Bag;

    fn members(
        _parameters: &Self::Parameters,
        fitted: &Bag,
    ) -> Result<Vec<(String, crate::sklearn::Model)>> {
        Ok(fitted.models())
    }

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<Bag> {
        let bagging = Bagging {
            base: match parameters.estimator.given() {
                Some(own) => own.fresh(),
                None => Box::new(DecisionTreeRegressor::new()),
            },
            count: parameters.n_estimators,
            bootstrap: parameters.bootstrap,
            bootstrap_features: parameters.bootstrap_features,
            max_samples: &parameters.max_samples,
            max_features: &parameters.max_features,
            random_state: parameters.random_state,
        };
        let members = fill(&bagging, x, &Target::Float(y.floats()?))?;
        let mut outside = f64::NAN;
        if parameters.oob_score {
            let mut sums = Array1::<f64>::zeros(x.nrows());
            let mut counts = Array1::<f64>::zeros(x.nrows());
            for member in &members {
                let rows = member.unseen();
                let part = x.select(Axis(0), &rows).select(Axis(1), &member.features);
                let found = member.model.predict_any(&part)?.floats()?;
                for (row, value) in rows.iter().zip(&found) {
                    sums[*row] += value;
                    counts[*row] += 1.0;
                }
            }
            counts.mapv_inplace(|count| count.max(1.0));
            outside = r2(&y.table()?, &(sums / counts).insert_axis(Axis(1)))?;
        }
        Ok(Bag {
            members,
            classes: Target::Absent,
            outside,
        })
    }

    fn predict(_parameters: &Self::Parameters, fitted: &Bag, x: &Array2<f64>) -> Result<Target> {
        let mut sums = Array1::<f64>::zeros(x.nrows());
        for member in &fitted.members {
            sums += &member
                .model
                .predict_any(&x.select(Axis(1), &member.features))?
                .floats()?;
        }
        Ok(Target::Float(sums / fitted.members.len() as f64))
    }
}

attributes!(BaggingClassifier {
    /// The accuracy on rows that the copies have not seen.
    oob_score_ / try_oob_score_: f64 = |fitted| fitted.outside;
});
attributes!(BaggingRegressor {
    /// The score on rows that the copies have not seen.
    oob_score_ / try_oob_score_: f64 = |fitted| fitted.outside;
});
