//! `SelectKBest` and `SelectPercentile`.

use super::information::{Information, estimate};
use super::scores::{Scores, by_correlation, by_counts, by_variance_between};
use super::{keep, places, put_back};
use crate::sklearn::errors::{Result, value_error, warn};
use crate::sklearn::estimator::{Estimator, Kind, Role, attributes};
use crate::sklearn::parameters::{Param, parameters};
use crate::sklearn::target::{Target, compare};
use ndarray::{Array1, Array2};

/// See `SelectKBest`.
pub struct SelectKBestKind;
/// The features with the highest scores.
pub type SelectKBest = Estimator<SelectKBestKind>;

parameters! {
    /// Parameters of `SelectKBest`.
    SelectKBestParameters for SelectKBestKind {
        k = "k": Param = Param::Int(10),
        score_func = "score_func": String = "f_classif".to_string(),
    }
}

/// See `SelectPercentile`.
pub struct SelectPercentileKind;
/// The given share of the features, by score.
pub type SelectPercentile = Estimator<SelectPercentileKind>;

parameters! {
    /// Parameters of `SelectPercentile`.
    SelectPercentileParameters for SelectPercentileKind {
        percentile = "percentile": i64 = 10,
        score_func = "score_func": String = "f_classif".to_string(),
    }
}

/// What both learn.
pub struct Scored {
    scores: Array1<f64>,
    chances: Array1<f64>,
    mask: Vec<bool>,
}

fn score(name: &str, x: &Array2<f64>, y: &Target) -> Result<Scores> {
    match name {
        "f_classif" => by_variance_between(x, y),
        "chi2" => by_counts(x, y),
        "f_regression" => by_correlation(x, &y.floats()?),
        "mutual_info_classif" | "mutual_info_regression" => {
            let settings = Information {
                discrete: Vec::new(),
                neighbours: 3,
                random_state: None,
            };
            let scores = estimate(x, y, name == "mutual_info_classif", &settings)?;
            Ok((scores.clone(), scores.mapv(|_| f64::NAN)))
        }
        other => crate::py::unsupported(&format!("the score '{other}' is not translated")),
    }
}

/// Scores without NaN: those count as the lowest.
fn clean(scores: &Array1<f64>) -> Vec<f64> {
    scores
        .iter()
        .map(|score| if score.is_nan() { f64::MIN } else { *score })
        .collect()
}

impl Kind for SelectKBestKind {
    const NAME: &'static str = "SelectKBest";
    const ROLE: Role = Role::Transformer;
    type Parameters = SelectKBestParameters;
    type Fitted = Scored;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<Scored> {
        let (scores, chances) = score(&parameters.score_func, x, y)?;
        let count = match &parameters.k {
            Param::Text(text) if text == "all" => x.ncols(),
            Param::Int(count) => {
                if *count as usize > x.ncols() {
                    warn(
                        "UserWarning",
                        &format!(
                            "k={count} is greater than n_features={}. All the features will be returned.",
                            x.ncols()
                        ),
                    );
                }
                (*count).clamp(0, x.ncols() as i64) as usize
            }
            _ => return Err(value_error("k should be an int or 'all'")),
        };
        let values = clean(&scores);
        let mut order: Vec<usize> = (0..values.len()).collect();
        order.sort_by(|&a, &b| compare(&values[a], &values[b]));
        let mut mask = vec![false; values.len()];
        for &at in &order[values.len() - count..] {
            mask[at] = true;
        }
        Ok(Scored {
            scores,
            chances,
            mask,
        })
    }

    fn transform(_: &Self::Parameters, fitted: &Scored, x: &Array2<f64>) -> Result<Array2<f64>> {
        Ok(keep(x, &fitted.mask))
    }

    fn inverse_transform(
        _: &Self::Parameters,
        fitted: &Scored,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        put_back(x, &fitted.mask)
    }
}

impl Kind for SelectPercentileKind {
    const NAME: &'static str = "SelectPercentile";
    const ROLE: Role = Role::Transformer;
    type Parameters = SelectPercentileParameters;
    type Fitted = Scored;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<Scored> {
        let (scores, chances) = score(&parameters.score_func, x, y)?;
        let values = Array1::from(clean(&scores));
        let mut mask = vec![parameters.percentile == 100; values.len()];
        if (1..100).contains(&parameters.percentile) {
            let share = 100 - parameters.percentile;
            let limit = crate::np::percentile(&values, share as f64, crate::np::Method::Linear);
            for (own, value) in mask.iter_mut().zip(&values) {
                *own = *value > limit;
            }
            let wanted = (values.len() as f64 * parameters.percentile as f64 / 100.0) as usize;
            let room = wanted.saturating_sub(mask.iter().filter(|own| **own).count());
            let ties: Vec<usize> = (0..values.len())
                .filter(|&at| values[at] == limit)
                .take(room)
                .collect();
            for at in ties {
                mask[at] = true;
            }
        }
        Ok(Scored {
            scores,
            chances,
            mask,
        })
    }

    fn transform(_: &Self::Parameters, fitted: &Scored, x: &Array2<f64>) -> Result<Array2<f64>> {
        Ok(keep(x, &fitted.mask))
    }

    fn inverse_transform(
        _: &Self::Parameters,
        fitted: &Scored,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        put_back(x, &fitted.mask)
    }
}

attributes!(SelectKBest {
    /// The scores.
    scores_ / try_scores_: Array1<f64> = |fitted| fitted.scores.clone();
    /// The p-values.
    pvalues_ / try_pvalues_: Array1<f64> = |fitted| fitted.chances.clone();
    /// `get_support()`.
    get_support / try_get_support: Array1<bool> = |fitted| fitted.mask.clone().into();
    /// `get_support(indices=True)`.
    support_places / try_support_places: Array1<i64> = |fitted| places(&fitted.mask);
});

attributes!(SelectPercentile {
    /// The scores.
    scores_ / try_scores_: Array1<f64> = |fitted| fitted.scores.clone();
    /// The p-values.
    pvalues_ / try_pvalues_: Array1<f64> = |fitted| fitted.chances.clone();
    /// `get_support()`.
    get_support / try_get_support: Array1<bool> = |fitted| fitted.mask.clone().into();
    /// `get_support(indices=True)`.
    support_places / try_support_places: Array1<i64> = |fitted| places(&fitted.mask);
});
