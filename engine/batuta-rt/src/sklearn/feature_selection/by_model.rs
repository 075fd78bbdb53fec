//! `RFE` and `SelectFromModel`: features that a model finds important.

use super::{keep, places, put_back};
use crate::sklearn::errors::{Result, value_error};
use crate::sklearn::estimator::{AnyEstimator, Estimator, Kind, Role, attributes};
use crate::sklearn::parameters::{Inner, Param, parameters};
use crate::sklearn::sums::{mean, median};
use crate::sklearn::target::{Target, compare};
use ndarray::{Array1, Array2, Axis};

/// See `RFE`.
pub struct RFEKind;
/// Drops the weakest features one step after the other.
pub type RFE = Estimator<RFEKind>;

parameters! {
    /// Parameters of `RFE`.
    RFEParameters for RFEKind {
        estimator = "estimator": Inner = Inner::default(),
        n_features_to_select = "n_features_to_select": Param = Param::Nothing,
        step = "step": Param = Param::Int(1),
    }
}

/// Which features stay, in which order the others went, and the model of those that stay.
pub struct Eliminated {
    pub(super) mask: Vec<bool>,
    pub(super) ranking: Vec<i64>,
    pub(super) model: Inner,
}

/// A number given as a count or as a share of a whole.
fn amount(given: &Param, whole: usize, default: usize) -> usize {
    match given {
        Param::Int(count) => *count as usize,
        Param::Float(share) => (share * whole as f64) as usize,
        _ => default,
    }
}

/// How many features go at a time.
pub(super) fn weakest_step(given: &Param, features: usize) -> usize {
    amount(given, features, 1).max(1)
}

/// What is told of each model: which features it has seen.
type Note<'a> = dyn FnMut(&dyn AnyEstimator, &[usize]) -> Result<()> + 'a;

/// Drops the weakest features until as many as wanted are left.
pub(super) fn eliminate(
    estimator: &Inner,
    x: &Array2<f64>,
    y: &Target,
    (wanted, step): (usize, usize),
    note: &mut Note,
) -> Result<Eliminated> {
    let features = x.ncols();
    let mut mask = vec![true; features];
    let mut ranking = vec![1; features];
    while mask.iter().filter(|own| **own).count() > wanted {
        let left: Vec<usize> = (0..features).filter(|&at| mask[at]).collect();
        let model = estimator.fresh();
        model.fit_any(&x.select(Axis(1), &left), y)?;
        let weights = model.weights_any()?;
        let squares: Vec<f64> = weights
            .columns()
            .into_iter()
            .map(|column| column.iter().map(|value| value * value).sum())
            .collect();
        let mut order: Vec<usize> = (0..left.len()).collect();
        order.sort_by(|&a, &b| compare(&squares[a], &squares[b]));
        note(model.as_ref(), &left)?;
        let drop = step.min(left.len() - wanted);
        for &at in &order[..drop] {
            mask[left[at]] = false;
        }
        for (rank, own) in ranking.iter_mut().zip(&mask) {
            *rank += i64::from(!own);
        }
    }
    let model = estimator.fresh();
    model.fit_any(&keep(x, &mask), y)?;
    let left: Vec<usize> = (0..features).filter(|&at| mask[at]).collect();
    note(model.as_ref(), &left)?;
    Ok(Eliminated {
        mask,
        ranking,
        model: Inner::from(model),
    })
}

impl RFEKind {
    fn inner(x: &Array2<f64>, fitted: &Eliminated) -> Array2<f64> {
        keep(x, &fitted.mask)
    }
}

impl Kind for RFEKind {
    const NAME: &'static str = "RFE";
    const ROLE: Role = Role::Transformer;
    type Parameters = RFEParameters;
    type Fitted = Eliminated;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<Eliminated> {
        let features = x.ncols();
        let wanted = amount(&parameters.n_features_to_select, features, features / 2);
        let step = weakest_step(&parameters.step, features);
        eliminate(&parameters.estimator, x, y, (wanted, step), &mut |_, _| {
            Ok(())
        })
    }

    fn predict(_: &Self::Parameters, fitted: &Eliminated, x: &Array2<f64>) -> Result<Target> {
        fitted.model.get().predict_any(&Self::inner(x, fitted))
    }

    fn predict_proba(
        _: &Self::Parameters,
        fitted: &Eliminated,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        fitted
            .model
            .get()
            .predict_proba_any(&Self::inner(x, fitted))
    }

    fn score(
        _: &Self::Parameters,
        fitted: &Eliminated,
        x: &Array2<f64>,
        y: &Target,
    ) -> Option<Result<f64>> {
        Some(fitted.model.get().score_any(&Self::inner(x, fitted), y))
    }

    fn transform(
        _: &Self::Parameters,
        fitted: &Eliminated,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        Ok(keep(x, &fitted.mask))
    }

    fn inverse_transform(
        _: &Self::Parameters,
        fitted: &Eliminated,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        put_back(x, &fitted.mask)
    }

    fn nested<'a>(parameters: &'a Self::Parameters, name: &str) -> Option<&'a dyn AnyEstimator> {
        (name == "estimator").then(|| parameters.estimator.get())
    }

    fn renew(parameters: &mut Self::Parameters) {
        parameters.estimator = Inner::from(parameters.estimator.fresh());
    }
}

attributes!(RFE {
    /// Which features stay.
    support_ / try_support_: Array1<bool> = |fitted| fitted.mask.clone().into();
    /// 1 for those that stay, higher for those that went earlier.
    ranking_ / try_ranking_: Array1<i64> = |fitted| fitted.ranking.clone().into();
    /// How many stay.
    n_features_ / try_n_features_: i64 = |fitted| fitted.mask.iter().filter(|own| **own).count() as i64;
    /// `get_support()`.
    get_support / try_get_support: Array1<bool> = |fitted| fitted.mask.clone().into();
    /// `get_support(indices=True)`.
    support_places / try_support_places: Array1<i64> = |fitted| places(&fitted.mask);
});

/// See `SelectFromModel`.
pub struct SelectFromModelKind;
/// The features that a model gives more than a threshold.
pub type SelectFromModel = Estimator<SelectFromModelKind>;

parameters! {
    /// Parameters of `SelectFromModel`.
    SelectFromModelParameters for SelectFromModelKind {
        estimator = "estimator": Inner = Inner::default(),
        max_features = "max_features": Option<i64> = None,
        threshold = "threshold": Param = Param::Nothing,
    }
}

/// The threshold and which features stay.
pub struct Found {
    threshold: f64,
    mask: Vec<bool>,
}

/// The number that `threshold=` stands for: a number, `mean`, `median`, or a multiple such as `1.25*mean`.
fn threshold_of(given: &Param, class: &str, scores: &[f64]) -> Result<f64> {
    let text = match given {
        Param::Float(value) => return Ok(*value),
        Param::Int(value) => return Ok(*value as f64),
        Param::Text(text) => text.as_str(),
        _ if class.contains("Lasso") => return Ok(1e-5),
        _ => "mean",
    };
    let (factor, reference) = match text.split_once('*') {
        Some((factor, reference)) => (factor.trim().parse::<f64>().ok(), reference.trim()),
        None => (Some(1.0), text),
    };
    let value = match reference {
        "mean" => Some(mean(scores.iter().copied())),
        "median" => Some(median(scores)),
        _ => None,
    };
    factor
        .zip(value)
        .map(|(factor, value)| factor * value)
        .ok_or_else(|| {
            value_error(format!(
                "Expected threshold='mean' or threshold='median' got {text}"
            ))
        })
}

impl Kind for SelectFromModelKind {
    const NAME: &'static str = "SelectFromModel";
    const ROLE: Role = Role::Transformer;
    type Parameters = SelectFromModelParameters;
    type Fitted = Found;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<Found> {
        let model = parameters.estimator.fresh();
        model.fit_any(x, y)?;
        let scores: Vec<f64> = model
            .weights_any()?
            .columns()
            .into_iter()
            .map(|column| column.iter().map(|value| value.abs()).sum())
            .collect();
        let threshold = threshold_of(&parameters.threshold, model.name(), &scores)?;
        let mut mask = vec![true; scores.len()];
        if let Some(most) = parameters.max_features {
            let mut order: Vec<usize> = (0..scores.len()).collect();
            order.sort_by(|&a, &b| compare(&-scores[a], &-scores[b]));
            for &at in &order[(most.max(0) as usize).min(scores.len())..] {
                mask[at] = false;
            }
        }
        for (own, score) in mask.iter_mut().zip(&scores) {
            *own &= *score >= threshold;
        }
        Ok(Found { threshold, mask })
    }

    fn transform(_: &Self::Parameters, fitted: &Found, x: &Array2<f64>) -> Result<Array2<f64>> {
        Ok(keep(x, &fitted.mask))
    }

    fn inverse_transform(
        _: &Self::Parameters,
        fitted: &Found,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        put_back(x, &fitted.mask)
    }

    fn nested<'a>(parameters: &'a Self::Parameters, name: &str) -> Option<&'a dyn AnyEstimator> {
        (name == "estimator").then(|| parameters.estimator.get())
    }

    fn renew(parameters: &mut Self::Parameters) {
        parameters.estimator = Inner::from(parameters.estimator.fresh());
    }
}

attributes!(SelectFromModel {
    /// The threshold.
    threshold_ / try_threshold_: f64 = |fitted| fitted.threshold;
    /// `get_support()`.
    get_support / try_get_support: Array1<bool> = |fitted| fitted.mask.clone().into();
    /// `get_support(indices=True)`.
    support_places / try_support_places: Array1<i64> = |fitted| places(&fitted.mask);
});
