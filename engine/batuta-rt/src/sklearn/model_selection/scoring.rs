//! Scores by name: the `scoring=` argument.

use crate::sklearn::errors::{Result, value_error};
use crate::sklearn::estimator::AnyEstimator;
use crate::sklearn::metrics::{self, Average};
use crate::sklearn::target::Target;
use ndarray::{Array1, Array2};

/// The score of a fitted estimator on data, by scikit-learn's name of the score.
pub fn score_by_name(
    name: &str,
    estimator: &dyn AnyEstimator,
    x: &Array2<f64>,
    y: &Target,
) -> Result<f64> {
    let predicted = || estimator.predict_any(x);
    let averaged = |rest: &str| match rest {
        "" => Some(Average::Binary),
        "_macro" => Some(Average::Macro),
        "_micro" => Some(Average::Micro),
        "_weighted" => Some(Average::Weighted),
        _ => None,
    };
    for (metric, position) in [("precision", 0), ("recall", 1), ("f1", 2)] {
        if let Some(average) = name.strip_prefix(metric).and_then(averaged) {
            let scores = metrics::precision_recall_f(y, &predicted()?, average, None, None)?;
            return Ok([scores.0, scores.1, scores.2][position]);
        }
    }
    match name {
        "accuracy" => metrics::accuracy(y, &predicted()?),
        "balanced_accuracy" => metrics::balanced_accuracy(y, &predicted()?),
        "r2" => metrics::r2(&y.table()?, &predicted()?.table()?),
        "neg_mean_squared_error" => Ok(-metrics::mean_squared(
            &y.floats()?,
            &predicted()?.floats()?,
        )?),
        "neg_root_mean_squared_error" => {
            Ok(-metrics::mean_squared(&y.floats()?, &predicted()?.floats()?)?.sqrt())
        }
        "neg_mean_absolute_error" => Ok(-metrics::mean_absolute(
            &y.floats()?,
            &predicted()?.floats()?,
        )?),
        "neg_median_absolute_error" => Ok(-metrics::median_absolute(
            &y.floats()?,
            &predicted()?.floats()?,
        )?),
        "explained_variance" => metrics::explained_variance(&y.floats()?, &predicted()?.floats()?),
        "max_error" | "neg_max_error" => Ok(-metrics::largest_error(
            &y.floats()?,
            &predicted()?.floats()?,
        )?),
        "roc_auc" => metrics::roc_auc(y, &soft_scores(estimator, x)?),
        "average_precision" => metrics::try_average_precision_score(y, &soft_scores(estimator, x)?),
        "roc_auc_ovr" | "roc_auc_ovr_weighted" => {
            let chances = estimator.predict_proba_any(x)?;
            if chances.ncols() == 2 {
                metrics::roc_auc(y, &chances.column(1).to_owned())
            } else {
                metrics::try_roc_auc_one_by_one(y, &chances, name == "roc_auc_ovr_weighted")
            }
        }
        "neg_brier_score" => {
            let chances = estimator.predict_proba_any(x)?;
            Ok(-metrics::try_brier_score_loss(
                y,
                &chances.column(chances.ncols() - 1).to_owned(),
            )?)
        }
        "matthews_corrcoef" => metrics::try_matthews_corrcoef(y, &predicted()?),
        "jaccard" => metrics::try_jaccard_score(y, &predicted()?, "binary", None),
        "jaccard_macro" => metrics::try_jaccard_score(y, &predicted()?, "macro", None),
        "neg_mean_absolute_percentage_error" => Ok(-metrics::try_mean_absolute_percentage_error(
            &y.floats()?,
            &predicted()?.floats()?,
        )?),
        "neg_mean_squared_log_error" => Ok(-metrics::try_mean_squared_log_error(
            &y.floats()?,
            &predicted()?.floats()?,
        )?),
        "neg_log_loss" => Ok(-metrics::logarithmic_loss(
            y,
            &estimator.predict_proba_any(x)?,
        )?),
        other => Err(value_error(format!(
            "'{other}' is not a valid scoring value. Use sklearn.metrics.get_scorer_names() to get valid options."
        ))),
    }
}

/// The decision values of a binary classifier, or the chances of its second class.
fn soft_scores(estimator: &dyn AnyEstimator, x: &Array2<f64>) -> Result<Array1<f64>> {
    let table = estimator
        .decision_function_any(x)
        .or_else(|_| estimator.predict_proba_any(x))?;
    Ok(table.column(table.ncols() - 1).to_owned())
}
