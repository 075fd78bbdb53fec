//! `RFECV` and `SequentialFeatureSelector`: features that do well on held-out rows.

use super::by_model::{Eliminated, eliminate, weakest_step};
use super::{keep, places, put_back};
use crate::sklearn::errors::Result;
use crate::sklearn::estimator::{AnyEstimator, Estimator, Kind, Role, attributes};
use crate::sklearn::model_selection::{Cv, evaluate, score};
use crate::sklearn::parameters::{Inner, Param, parameters};
use crate::sklearn::sums::mean;
use crate::sklearn::target::Target;
use ndarray::{Array1, Array2, Axis};

/// See `RFECV`.
pub struct RFECVKind;
/// Drops the weakest features as long as that helps on held-out rows.
pub type RFECV = Estimator<RFECVKind>;

parameters! {
    /// Parameters of `RFECV`.
    RFECVParameters for RFECVKind {
        cv = "cv": Cv = Cv::Default,
        estimator = "estimator": Inner = Inner::default(),
        min_features_to_select = "min_features_to_select": i64 = 1,
        scoring = "scoring": Option<String> = None,
        step = "step": Param = Param::Int(1),
    }
}

/// The features that stay, and the scores of the folds by how many stayed.
pub struct Counted {
    chosen: Eliminated,
    counts: Vec<i64>,
    /// One row for each fold, from few features to many.
    scores: Array2<f64>,
}

impl Counted {
    /// What `cv_results_` holds by this name.
    fn by_name(&self, name: &str) -> Option<Array1<f64>> {
        let columns = self.scores.columns().into_iter();
        match name {
            "mean_test_score" => Some(columns.map(|own| mean(own.iter().copied())).collect()),
            "std_test_score" => Some(
                columns
                    .map(|own| {
                        let centre = mean(own.iter().copied());
                        mean(own.iter().map(|score| (score - centre) * (score - centre))).sqrt()
                    })
                    .collect(),
            ),
            _ => {
                let fold = name.strip_prefix("split")?.strip_suffix("_test_score")?;
                let fold: usize = fold.parse().ok()?;
                (fold < self.scores.nrows()).then(|| self.scores.row(fold).to_owned())
            }
        }
    }
}

impl Kind for RFECVKind {
    const NAME: &'static str = "RFECV";
    const ROLE: Role = Role::Transformer;
    type Parameters = RFECVParameters;
    type Fitted = Counted;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<Counted> {
        let inner = parameters.estimator.get();
        let folds = parameters
            .cv
            .folds(x.nrows(), inner.role() == Role::Classifier, y)?;
        let step = weakest_step(&parameters.step, x.ncols());
        let least = parameters.min_features_to_select.max(1) as usize;
        let mut counts = Vec::new();
        let mut rows = Vec::new();
        for (train, test) in &folds {
            let (x_test, y_test) = (super::super::table::rows(x, test), y.take(test));
            let mut scores = Vec::new();
            counts.clear();
            let mut note = |model: &dyn AnyEstimator, left: &[usize]| {
                counts.push(left.len() as i64);
                let own = x_test.select(Axis(1), left);
                scores.push(score(parameters.scoring.as_deref(), model, &own, &y_test)?);
                Ok(())
            };
            let (x_train, y_train) = (super::super::table::rows(x, train), y.take(train));
            eliminate(
                &parameters.estimator,
                &x_train,
                &y_train,
                (least, step),
                &mut note,
            )?;
            scores.reverse();
            rows.push(scores);
        }
        counts.reverse();
        let width = counts.len();
        let scores = Array2::from_shape_fn((rows.len(), width), |(fold, at)| rows[fold][at]);
        // Of equal sums the first wins: the fewest features.
        let mut best = 0;
        let sums: Vec<f64> = scores
            .columns()
            .into_iter()
            .map(|own| own.iter().sum())
            .collect();
        for (at, sum) in sums.iter().enumerate() {
            if *sum > sums[best] {
                best = at;
            }
        }
        let wanted = counts[best] as usize;
        let chosen = eliminate(&parameters.estimator, x, y, (wanted, step), &mut |_, _| {
            Ok(())
        })?;
        Ok(Counted {
            chosen,
            counts,
            scores,
        })
    }

    fn predict(_: &Self::Parameters, fitted: &Counted, x: &Array2<f64>) -> Result<Target> {
        let model = fitted.chosen.model.get();
        model.predict_any(&keep(x, &fitted.chosen.mask))
    }

    fn predict_proba(
        _: &Self::Parameters,
        fitted: &Counted,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        let model = fitted.chosen.model.get();
        model.predict_proba_any(&keep(x, &fitted.chosen.mask))
    }

    fn score(
        parameters: &Self::Parameters,
        fitted: &Counted,
        x: &Array2<f64>,
        y: &Target,
    ) -> Option<Result<f64>> {
        let own = keep(x, &fitted.chosen.mask);
        let model = fitted.chosen.model.get();
        Some(score(parameters.scoring.as_deref(), model, &own, y))
    }

    fn transform(_: &Self::Parameters, fitted: &Counted, x: &Array2<f64>) -> Result<Array2<f64>> {
        Ok(keep(x, &fitted.chosen.mask))
    }

    fn inverse_transform(
        _: &Self::Parameters,
        fitted: &Counted,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        put_back(x, &fitted.chosen.mask)
    }

    fn nested<'a>(parameters: &'a Self::Parameters, name: &str) -> Option<&'a dyn AnyEstimator> {
        (name == "estimator").then(|| parameters.estimator.get())
    }

    fn renew(parameters: &mut Self::Parameters) {
        parameters.estimator = Inner::from(parameters.estimator.fresh());
    }
}

attributes!(RFECV {
    /// Which features stay.
    support_ / try_support_: Array1<bool> = |fitted| fitted.chosen.mask.clone().into();
    /// 1 for those that stay, higher for those that went earlier.
    ranking_ / try_ranking_: Array1<i64> = |fitted| fitted.chosen.ranking.clone().into();
    /// How many stay.
    n_features_ / try_n_features_: i64 = |fitted| fitted.chosen.mask.iter().filter(|own| **own).count() as i64;
    /// `get_support()`.
    get_support / try_get_support: Array1<bool> = |fitted| fitted.chosen.mask.clone().into();
    /// `get_support(indices=True)`.
    support_places / try_support_places: Array1<i64> = |fitted| places(&fitted.chosen.mask);
    /// `cv_results_["n_features"]`.
    result_counts / try_result_counts: Array1<i64> = |fitted| fitted.counts.clone().into();
});

impl RFECV {
    /// `cv_results_[name]` of scores.
    pub fn try_result(&self, name: &str) -> Result<Array1<f64>> {
        let fitted = self.fitted_for("cv_results_")?;
        fitted
            .by_name(name)
            .ok_or_else(|| crate::py::Exception::new("KeyError", format!("'{name}'")))
    }
    /// See `try_result`.
    pub fn result(&self, name: &str) -> Array1<f64> {
        crate::sklearn::errors::unwrap(self.try_result(name))
    }
}

/// See `SequentialFeatureSelector`.
pub struct SequentialFeatureSelectorKind;
/// Adds (or drops) one feature after the other, the best on held-out rows first.
pub type SequentialFeatureSelector = Estimator<SequentialFeatureSelectorKind>;

parameters! {
    /// Parameters of `SequentialFeatureSelector`.
    SequentialFeatureSelectorParameters for SequentialFeatureSelectorKind {
        cv = "cv": Cv = Cv::Default,
        direction = "direction": String = "forward".to_string(),
        estimator = "estimator": Inner = Inner::default(),
        n_features_to_select = "n_features_to_select": Param = Param::Text("auto".to_string()),
        scoring = "scoring": Option<String> = None,
        tol = "tol": Option<f64> = None,
    }
}

impl Kind for SequentialFeatureSelectorKind {
    const NAME: &'static str = "SequentialFeatureSelector";
    const ROLE: Role = Role::Transformer;
    type Parameters = SequentialFeatureSelectorParameters;
    type Fitted = Vec<bool>;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<Vec<bool>> {
        let features = x.ncols();
        let inner = parameters.estimator.get();
        let backward = parameters.direction == "backward";
        let folds = parameters
            .cv
            .folds(x.nrows(), inner.role() == Role::Classifier, y)?;
        let reached = |mask: &[bool]| -> Result<f64> {
            let own: Vec<bool> = mask.iter().map(|own| *own != backward).collect();
            let scoring = parameters.scoring.as_deref();
            let found = evaluate(inner, &keep(x, &own), y, &folds, scoring, false)?;
            Ok(mean(found.test_score.iter().copied()))
        };
        let chosen = matches!(&parameters.n_features_to_select, Param::Text(_));
        let wanted = match (&parameters.n_features_to_select, parameters.tol) {
            (Param::Int(count), _) => *count as usize,
            (Param::Float(share), _) => (*share * features as f64) as usize,
            (_, Some(_)) => features - 1,
            _ => features / 2,
        };
        let rounds = if chosen || !backward {
            wanted
        } else {
            features - wanted
        };
        let stop = parameters.tol.filter(|_| chosen);
        let mut mask = vec![false; features];
        let mut before = f64::NEG_INFINITY;
        if stop.is_some() && backward {
            before = reached(&mask)?;
        }
        for _ in 0..rounds {
            let mut best: Option<(f64, usize)> = None;
            for at in (0..features).filter(|&at| !mask[at]).collect::<Vec<_>>() {
                let mut tried = mask.clone();
                tried[at] = true;
                let own = reached(&tried)?;
                if best.is_none_or(|best| own > best.0) {
                    best = Some((own, at));
                }
            }
            let Some((own, at)) = best else {
                break;
            };
            if stop.is_some_and(|least| own - before < least) {
                break;
            }
            before = own;
            mask[at] = true;
        }
        Ok(mask.into_iter().map(|own| own != backward).collect())
    }

    fn transform(_: &Self::Parameters, mask: &Vec<bool>, x: &Array2<f64>) -> Result<Array2<f64>> {
        Ok(keep(x, mask))
    }

    fn inverse_transform(
        _: &Self::Parameters,
        mask: &Vec<bool>,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        put_back(x, mask)
    }

    fn nested<'a>(parameters: &'a Self::Parameters, name: &str) -> Option<&'a dyn AnyEstimator> {
        (name == "estimator").then(|| parameters.estimator.get())
    }

    fn renew(parameters: &mut Self::Parameters) {
        parameters.estimator = Inner::from(parameters.estimator.fresh());
    }
}

attributes!(SequentialFeatureSelector {
    /// Which features stay.
    support_ / try_support_: Array1<bool> = |mask| mask.to_vec().into();
    /// How many stay.
    n_features_to_select_ / try_n_features_to_select_: i64 = |mask| mask.iter().filter(|own| **own).count() as i64;
    /// `get_support()`.
    get_support / try_get_support: Array1<bool> = |mask| mask.to_vec().into();
    /// `get_support(indices=True)`.
    support_places / try_support_places: Array1<i64> = |mask| places(&mask);
});
