//! `AdaBoostClassifier` over decision trees: what was wrong counts more in the next round.

use crate::sklearn::errors::{Result, value_error};
use crate::sklearn::estimator::{AnyEstimator, Estimator, Kind, Role, attributes};
use crate::sklearn::linear_model::{largest_of_rows, softmax};
use crate::sklearn::parameters::{Inner, parameters};
use crate::sklearn::random::RandomState;
use crate::sklearn::sums::sum;
use crate::sklearn::target::Target;
use crate::sklearn::tree::{
    ClassTree, DecisionTreeClassifier, DecisionTreeClassifierParameters, learn_weighted,
};
use ndarray::{Array1, Array2, Axis};

/// See `AdaBoostClassifier`.
pub struct AdaBoostClassifierKind;
/// Rounds of small trees.
pub type AdaBoostClassifier = Estimator<AdaBoostClassifierKind>;

parameters! {
    /// Parameters of `AdaBoostClassifier`.
    AdaBoostClassifierParameters for AdaBoostClassifierKind {
        estimator = "estimator": Inner = Inner::default(),
        learning_rate = "learning_rate": f64 = 1.0,
        n_estimators = "n_estimators": i64 = 50,
        random_state = "random_state": Option<i64> = None,
    }
}

/// The trees with their weights.
pub struct Rounds {
    trees: Vec<ClassTree>,
    weights: Vec<f64>,
    errors: Vec<f64>,
    classes: Target,
}

/// The parameters of the trees: a stump where none are given.
fn stump(given: &Inner) -> DecisionTreeClassifierParameters {
    let Some(own) = given.given() else {
        return DecisionTreeClassifierParameters {
            max_depth: Some(1),
            ..Default::default()
        };
    };
    match own.as_any().downcast_ref::<DecisionTreeClassifier>() {
        Some(tree) => tree.parameters(),
        None => crate::py::unsupported("boosting is translated for decision trees"),
    }
}

impl Rounds {
    /// The classes that decisions mean.
    fn named(&self, table: &Array2<f64>) -> Target {
        let codes: Vec<usize> = if table.ncols() == 1 {
            table
                .iter()
                .map(|value| usize::from(*value > 0.0))
                .collect()
        } else {
            largest_of_rows(table)
        };
        self.classes.take(&codes)
    }

    fn count(&self) -> usize {
        self.classes.length().unwrap_or(0)
    }

    /// A column for each class; what `decision_function` gives for two classes is the second minus the first.
    fn decisions(&self, x: &Array2<f64>) -> Array2<f64> {
        self.decisions_of(x, self.trees.len())
    }

    /// The same after so many rounds.
    fn decisions_of(&self, x: &Array2<f64>, rounds: usize) -> Array2<f64> {
        let count = self.count();
        let mut table = Array2::<f64>::zeros((x.nrows(), count));
        for (tree, weight) in self.trees.iter().zip(&self.weights).take(rounds) {
            for (row, code) in tree.codes(x).into_iter().enumerate() {
                for class in 0..count {
                    table[(row, class)] += if class == code {
                        *weight
                    } else {
                        -1.0 / (count as f64 - 1.0) * weight
                    };
                }
            }
        }
        table /= sum(self.weights.iter().take(rounds).copied());
        if count == 2 {
            table.column_mut(0).mapv_inplace(|value| -value);
            return table.sum_axis(Axis(1)).insert_axis(Axis(1));
        }
        table
    }
}

impl Kind for AdaBoostClassifierKind {
    const NAME: &'static str = "AdaBoostClassifier";
    const ROLE: Role = Role::Classifier;
    type Parameters = AdaBoostClassifierParameters;
    type Fitted = Rounds;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<Rounds> {
        let (classes, codes) = y.classes()?;
        let count = classes.length().unwrap_or(0) as f64;
        let base = stump(&parameters.estimator);
        let mut random = RandomState::from_seed(parameters.random_state);
        let mut shares = vec![1.0 / codes.len() as f64; codes.len()];
        let mut rounds = Rounds {
            trees: Vec::new(),
            weights: Vec::new(),
            errors: Vec::new(),
            classes,
        };
        for number in 0..parameters.n_estimators {
            // Weights do not vanish.
            for share in &mut shares {
                *share = share.max(f64::EPSILON);
            }
            let own = DecisionTreeClassifierParameters {
                random_state: Some(random.randint(0, i64::from(i32::MAX))),
                ..base.clone()
            };
            let tree = learn_weighted(&own, x, &codes, &rounds.classes, Some(&shares))?;
            let wrong: Vec<bool> = tree
                .codes(x)
                .into_iter()
                .zip(&codes)
                .map(|(own, code)| own != *code)
                .collect();
            let missed = sum(wrong
                .iter()
                .zip(&shares)
                .map(|(wrong, share)| if *wrong { *share } else { 0.0 }));
            let error = missed / sum(shares.iter().copied());
            if error <= 0.0 {
                rounds.trees.push(tree);
                rounds.weights.push(1.0);
                rounds.errors.push(0.0);
                break;
            }
            if error >= 1.0 - 1.0 / count {
                if rounds.trees.is_empty() {
                    return Err(value_error(
                        "BaseClassifier in AdaBoostClassifier ensemble is worse than random, ensemble can not be fit.",
                    ));
                }
                break;
            }
            let weight =
                parameters.learning_rate * (((1.0 - error) / error).ln() + (count - 1.0).ln());
            rounds.trees.push(tree);
            rounds.weights.push(weight);
            rounds.errors.push(error);
            if number + 1 < parameters.n_estimators {
                for (share, wrong) in shares.iter_mut().zip(&wrong) {
                    *share = (share.ln() + if *wrong { weight } else { 0.0 }).exp();
                }
                let total = sum(shares.iter().copied());
                if !total.is_finite() || total <= 0.0 {
                    break;
                }
                for share in &mut shares {
                    *share /= total;
                }
            }
        }
        Ok(rounds)
    }

    fn predict(_: &Self::Parameters, fitted: &Rounds, x: &Array2<f64>) -> Result<Target> {
        Ok(fitted.named(&fitted.decisions(x)))
    }

    fn staged(_: &Self::Parameters, fitted: &Rounds, x: &Array2<f64>) -> Result<Vec<Target>> {
        let stages = 1..=fitted.trees.len();
        Ok(stages
            .map(|rounds| fitted.named(&fitted.decisions_of(x, rounds)))
            .collect())
    }

    fn predict_proba(
        _: &Self::Parameters,
        fitted: &Rounds,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        let table = fitted.decisions(x);
        Ok(softmax(&if table.ncols() == 1 {
            Array2::from_shape_fn((x.nrows(), 2), |(row, class)| {
                let value = table[(row, 0)] / 2.0;
                if class == 1 { value } else { -value }
            })
        } else {
            table / (fitted.count() as f64 - 1.0)
        }))
    }

    fn decision_function(
        _: &Self::Parameters,
        fitted: &Rounds,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        Ok(fitted.decisions(x))
    }

    fn classes(fitted: &Rounds) -> Result<Target> {
        Ok(fitted.classes.clone())
    }

    fn importances(fitted: &Rounds) -> Result<Array1<f64>> {
        let mut shares = Array1::<f64>::zeros(fitted.trees[0].importances().len());
        for (tree, weight) in fitted.trees.iter().zip(&fitted.weights) {
            shares.scaled_add(*weight, &tree.importances());
        }
        Ok(shares / sum(fitted.weights.iter().copied()))
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

attributes!(AdaBoostClassifier {
    /// The weight of each tree.
    estimator_weights_ / try_estimator_weights_: Array1<f64> = |fitted| fitted.weights.clone().into();
    /// The error of each tree.
    estimator_errors_ / try_estimator_errors_: Array1<f64> = |fitted| fitted.errors.clone().into();
    /// The importances of the trees, weighted.
    feature_importances_ / try_feature_importances_: Array1<f64> = |fitted| AdaBoostClassifierKind::importances(&fitted)?;
    /// The number of classes.
    n_classes_ / try_n_classes_: i64 = |fitted| fitted.count() as i64;
});
