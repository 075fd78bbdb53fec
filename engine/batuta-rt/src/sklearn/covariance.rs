//! `sklearn.covariance`: the spread of rows, shrunk or without outliers.

use super::errors::{Result, value_error, warn};
use super::estimator::{Estimator, Kind, Role, attributes};
use super::metrics::accuracy;
use super::parameters::parameters;
use super::random::RandomState;
use super::special::chi_squared_tail;
use super::sums::{column_means, mean, percentile, sum};
use super::target::{Target, compare};
use crate::np::linalg::{pinv, singular_values, slogdet};
use ndarray::{Array1, Array2, Axis};

/// A place and a spread.
#[derive(Clone)]
pub struct Spread {
    location: Array1<f64>,
    covariance: Array2<f64>,
    precision: Array2<f64>,
    shrinkage: f64,
}

fn inverse(matrix: &Array2<f64>) -> Array2<f64> {
    pinv(matrix, f64::EPSILON * matrix.nrows() as f64)
}

/// `empirical_covariance(X)`.
pub fn empirical_covariance(x: &Array2<f64>, centred: bool) -> Array2<f64> {
    let rows = if centred {
        x.clone()
    } else {
        x - &column_means(x)
    };
    rows.t().dot(&rows) / x.nrows() as f64
}

/// `fast_logdet`: nothing for a matrix that is not positive.
fn log_determinant(matrix: &Array2<f64>) -> f64 {
    let (sign, size) = slogdet(matrix);
    if sign > 0.0 { size } else { f64::NEG_INFINITY }
}

/// `log_likelihood(emp_cov, precision)`.
pub fn log_likelihood(covariance: &Array2<f64>, precision: &Array2<f64>) -> f64 {
    let mut value = -sum((covariance * precision).iter().copied()) + log_determinant(precision);
    value -= precision.nrows() as f64 * (2.0 * std::f64::consts::PI).ln();
    value / 2.0
}

/// `shrunk_covariance(emp_cov, shrinkage)`.
pub fn shrunk_covariance(covariance: &Array2<f64>, shrinkage: f64) -> Array2<f64> {
    let level = covariance.diag().sum() / covariance.nrows() as f64;
    let mut shrunk = covariance * (1.0 - shrinkage);
    shrunk
        .diag_mut()
        .mapv_inplace(|value| value + shrinkage * level);
    shrunk
}

/// `ledoit_wolf_shrinkage` of rows whose means are gone.
fn ledoit_wolf_share(x: &Array2<f64>) -> f64 {
    if x.ncols() == 1 {
        return 0.0;
    }
    let (samples, features) = (x.nrows() as f64, x.ncols() as f64);
    let squares = x.mapv(|value| value * value);
    let trace: f64 = sum((squares.sum_axis(Axis(0)) / samples).iter().copied());
    let level = trace / features;
    let spread = sum(x.t().dot(x).iter().map(|value| value * value)) / (samples * samples);
    let products = sum(squares.t().dot(&squares).iter().copied());
    let beta = 1.0 / (features * samples) * (products / samples - spread);
    let delta = (spread - 2.0 * level * trace + features * level * level) / features;
    let beta = beta.min(delta);
    if beta == 0.0 { 0.0 } else { beta / delta }
}

/// The share of `OAS`.
fn oas_share(x: &Array2<f64>) -> f64 {
    if x.ncols() == 1 {
        return 0.0;
    }
    let covariance = empirical_covariance(x, true);
    let features = x.ncols() as f64;
    let alpha = mean(covariance.iter().map(|value| value * value));
    let level = covariance.diag().sum() / features;
    let square = level * level;
    let under = (x.nrows() as f64 + 1.0) * (alpha - square / features);
    if under == 0.0 {
        1.0
    } else {
        ((alpha + square) / under).min(1.0)
    }
}

#[derive(Clone, Copy)]
enum Shrinking {
    Not,
    By(f64),
    LedoitWolf,
    Oas,
}

fn spread_of(x: &Array2<f64>, centred: bool, shrinking: Shrinking) -> Spread {
    let location = if centred {
        Array1::zeros(x.ncols())
    } else {
        column_means(x)
    };
    let rows = x - &location;
    let own = empirical_covariance(&rows, true);
    let shrinkage = match shrinking {
        Shrinking::Not => 0.0,
        Shrinking::By(share) => share,
        Shrinking::LedoitWolf => ledoit_wolf_share(&rows),
        Shrinking::Oas => oas_share(&rows),
    };
    let covariance = match shrinking {
        Shrinking::Not => own,
        _ => shrunk_covariance(&own, shrinkage),
    };
    Spread {
        location,
        precision: inverse(&covariance),
        covariance,
        shrinkage,
    }
}

fn distances(x: &Array2<f64>, location: &Array1<f64>, precision: &Array2<f64>) -> Array1<f64> {
    let rows = x - location;
    (rows.dot(precision) * &rows).sum_axis(Axis(1))
}

macro_rules! spread {
    ($name:ident, $kind:ident, $text:literal, |$parameters:ident| $shrinking:expr) => {
        impl Kind for $kind {
            const NAME: &'static str = $text;
            const ROLE: Role = Role::Transformer;
            type Parameters = <Self as SpreadParameters>::Own;
            type Fitted = Spread;

            fn fit($parameters: &Self::Parameters, x: &Array2<f64>, _y: &Target) -> Result<Spread> {
                Ok(spread_of(x, $parameters.assume_centered, $shrinking))
            }

            fn own_score(
                _parameters: &Self::Parameters,
                fitted: &Spread,
                x: &Array2<f64>,
            ) -> Option<Result<f64>> {
                let own = empirical_covariance(&(x - &fitted.location), true);
                Some(Ok(log_likelihood(&own, &fitted.precision)))
            }
        }
        spread_attributes!($name, |fitted| fitted);
    };
}

macro_rules! spread_attributes {
    ($name:ident, |$own:ident| $spread:expr) => {
        attributes!($name {
            /// The mean.
            location_ / try_location_: Array1<f64> = |$own| $spread.location.clone();
            /// The covariance.
            covariance_ / try_covariance_: Array2<f64> = |$own| $spread.covariance.clone();
            /// Its inverse.
            precision_ / try_precision_: Array2<f64> = |$own| $spread.precision.clone();
            /// How far the covariance is shrunk.
            shrinkage_ / try_shrinkage_: f64 = |$own| $spread.shrinkage;
        });

        impl $name {
            /// `mahalanobis(X)`.
            pub fn try_mahalanobis(&self, x: &Array2<f64>) -> Result<Array1<f64>> {
                let $own = self.fitted()?;
                Ok(distances(x, &$spread.location, &$spread.precision))
            }
            /// See `try_mahalanobis`.
            pub fn mahalanobis(&self, x: &Array2<f64>) -> Array1<f64> {
                super::errors::unwrap(self.try_mahalanobis(x))
            }
            /// `error_norm(comp_cov)`.
            pub fn try_error_norm(
                &self,
                other: &Array2<f64>,
                norm: &str,
                scaling: bool,
                squared: bool,
            ) -> Result<f64> {
                let $own = self.fitted()?;
                let error = other - &$spread.covariance;
                let mut value = if norm == "frobenius" {
                    sum(error.iter().map(|value| value * value))
                } else if norm == "spectral" {
                    singular_values(&error.t().dot(&error)).into_iter().fold(0.0, f64::max)
                } else {
                    return Err(super::errors::Exception::new(
                        "NotImplementedError",
                        "Only spectral and frobenius norms are implemented",
                    ));
                };
                if scaling {
                    value /= error.nrows() as f64;
                }
                Ok(if squared { value } else { value.sqrt() })
            }
            /// See `try_error_norm`.
            pub fn error_norm(&self, other: &Array2<f64>, norm: &str, scaling: bool, squared: bool) -> f64 {
                super::errors::unwrap(self.try_error_norm(other, norm, scaling, squared))
            }
        }
    };
}

/// The parameters of one of the estimators.
pub trait SpreadParameters {
    /// Their type.
    type Own: super::Parameters;
}

/// See `EmpiricalCovariance`.
pub struct EmpiricalCovarianceKind;
/// The plain covariance.
pub type EmpiricalCovariance = Estimator<EmpiricalCovarianceKind>;
parameters! {
    /// Parameters of `EmpiricalCovariance`.
    EmpiricalCovarianceParameters for EmpiricalCovarianceKind {
        assume_centered = "assume_centered": bool = false,
    }
}

/// See `ShrunkCovariance`.
pub struct ShrunkCovarianceKind;
/// The covariance, shrunk by a given share.
pub type ShrunkCovariance = Estimator<ShrunkCovarianceKind>;
parameters! {
    /// Parameters of `ShrunkCovariance`.
    ShrunkCovarianceParameters for ShrunkCovarianceKind {
        assume_centered = "assume_centered": bool = false,
        shrinkage = "shrinkage": f64 = 0.1,
    }
}

/// See `LedoitWolf`.
pub struct LedoitWolfKind;
/// The covariance, shrunk by Ledoit's and Wolf's share.
pub type LedoitWolf = Estimator<LedoitWolfKind>;
parameters! {
    /// Parameters of `LedoitWolf`.
    LedoitWolfParameters for LedoitWolfKind {
        assume_centered = "assume_centered": bool = false,
    }
}

/// See `OAS`.
pub struct OASKind;
/// The covariance, shrunk by an oracle's share.
pub type OAS = Estimator<OASKind>;
parameters! {
    /// Parameters of `OAS`.
    OASParameters for OASKind {
        assume_centered = "assume_centered": bool = false,
    }
}

impl SpreadParameters for EmpiricalCovarianceKind {
    type Own = EmpiricalCovarianceParameters;
}
impl SpreadParameters for ShrunkCovarianceKind {
    type Own = ShrunkCovarianceParameters;
}
impl SpreadParameters for LedoitWolfKind {
    type Own = LedoitWolfParameters;
}
impl SpreadParameters for OASKind {
    type Own = OASParameters;
}
spread!(
    EmpiricalCovariance,
    EmpiricalCovarianceKind,
    "EmpiricalCovariance",
    |parameters| Shrinking::Not
);
spread!(
    ShrunkCovariance,
    ShrunkCovarianceKind,
    "ShrunkCovariance",
    |parameters| Shrinking::By(parameters.shrinkage)
);
spread!(LedoitWolf, LedoitWolfKind, "LedoitWolf", |parameters| {
    Shrinking::LedoitWolf
});
spread!(OAS, OASKind, "OAS", |parameters| Shrinking::Oas);

/// One try to find the rows that lie closest together.
struct Candidate {
    location: Array1<f64>,
    covariance: Array2<f64>,
    determinant: f64,
    support: Vec<usize>,
    distances: Array1<f64>,
}

/// The positions of the `count` smallest values.
fn smallest(values: &Array1<f64>, count: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| compare(&values[*a], &values[*b]));
    order.truncate(count);
    order.sort_unstable();
    order
}

/// Moves the subset to the rows nearest to its own centre, as long as its determinant falls.
fn concentrate(
    x: &Array2<f64>,
    count: usize,
    start: Option<(&Array1<f64>, &Array2<f64>)>,
    rounds: usize,
    random: &mut RandomState,
) -> Candidate {
    let measured = |rows: Vec<usize>, distances: Array1<f64>| {
        let own = x.select(Axis(0), &rows);
        let covariance = empirical_covariance(&own, false);
        Candidate {
            location: column_means(&own),
            determinant: log_determinant(&covariance),
            covariance,
            support: rows,
            distances,
        }
    };
    let first = match start {
        None => {
            let mut rows = random.permutation(x.nrows());
            rows.truncate(count);
            rows
        }
        Some((location, covariance)) => {
            smallest(&distances(x, location, &inverse(covariance)), count)
        }
    };
    let mut found = measured(first, Array1::zeros(0));
    let mut precision = inverse(&found.covariance);
    let mut earlier: Option<Candidate> = None;
    let mut left = rounds;
    while earlier
        .as_ref()
        .is_none_or(|earlier| found.determinant < earlier.determinant)
        && left > 0
        && found.determinant.is_finite()
    {
        precision = inverse(&found.covariance);
        let own = distances(x, &found.location, &precision);
        let next = measured(smallest(&own, count), own);
        earlier = Some(std::mem::replace(&mut found, next));
        left -= 1;
    }
    let last = distances(x, &found.location, &precision);
    if let Some(earlier) = earlier {
        let near = (found.determinant - earlier.determinant).abs()
            <= 1e-8 + 1e-5 * earlier.determinant.abs();
        if !near && found.determinant > earlier.determinant && left > 0 {
            // The distances of the round before belong to the subset of the round before.
            let distances = found.distances;
            return Candidate {
                distances,
                ..earlier
            };
        }
    }
    Candidate {
        distances: last,
        ..found
    }
}

fn best(mut found: Vec<Candidate>, count: usize) -> Vec<Candidate> {
    found.sort_by(|a, b| compare(&a.determinant, &b.determinant));
    found.truncate(count);
    found
}

/// The support, and the distance of each row.
struct Core {
    location: Array1<f64>,
    covariance: Array2<f64>,
    support: Vec<bool>,
    distances: Array1<f64>,
}

fn marked(rows: &[usize], count: usize) -> Vec<bool> {
    let mut marks = vec![false; count];
    rows.iter().for_each(|&row| marks[row] = true);
    marks
}

fn core_of(x: &Array2<f64>, fraction: Option<f64>, random: &mut RandomState) -> Core {
    let (samples, features) = x.dim();
    let count = match fraction {
        None => ((0.5 * (samples + features + 1) as f64).ceil() as usize).min(samples),
        Some(share) => (share * samples as f64) as usize,
    };
    let again = |x: &Array2<f64>,
                 count: usize,
                 from: &[Candidate],
                 keep: usize,
                 random: &mut RandomState| {
        let tried = from.iter().map(|each| {
            concentrate(
                x,
                count,
                Some((&each.location, &each.covariance)),
                30,
                random,
            )
        });
        best(tried.collect(), keep)
    };
    if features == 1 {
        return core_of_numbers(x, count);
    }
    if samples <= 500 {
        let tried = (0..30)
            .map(|_| concentrate(x, count, None, 2, random))
            .collect();
        let found = again(x, count, &best(tried, 10), 1, random).remove(0);
        return Core {
            support: marked(&found.support, samples),
            location: found.location,
            covariance: found.covariance,
            distances: found.distances,
        };
    }
    let subsets = samples / 300;
    let size = samples / subsets;
    let order = random.permutation(samples);
    let share = count as f64 / samples as f64;
    let inner = (size as f64 * share).ceil() as usize;
    let trials = (500 / subsets).max(10);
    let mut all = Vec::new();
    for subset in 0..subsets {
        let rows = x.select(Axis(0), &order[subset * size..(subset + 1) * size]);
        let tried = (0..trials)
            .map(|_| concentrate(&rows, inner, None, 2, random))
            .collect();
        all.extend(best(tried, 10));
    }
    let merged = samples.min(1500);
    let inner = (merged as f64 * share).ceil() as usize;
    let mut selection = random.permutation(samples);
    selection.truncate(merged);
    let keep = if samples > 1500 { 10 } else { 1 };
    let mut found = again(&x.select(Axis(0), &selection), inner, &all, keep, random);
    if samples < 1500 {
        let found = found.remove(0);
        let mut distances = Array1::zeros(samples);
        for (&row, distance) in selection.iter().zip(&found.distances) {
            distances[row] = *distance;
        }
        let rows: Vec<usize> = found.support.iter().map(|&at| selection[at]).collect();
        return Core {
            support: marked(&rows, samples),
            location: found.location,
            covariance: found.covariance,
            distances,
        };
    }
    let found = again(x, count, &found, 1, random).remove(0);
    Core {
        support: marked(&found.support, samples),
        location: found.location,
        covariance: found.covariance,
        distances: found.distances,
    }
}

fn core_of_numbers(x: &Array2<f64>, count: usize) -> Core {
    let samples = x.nrows();
    let own = x.column(0).to_owned();
    let variance = |values: &[f64]| {
        let centre = mean(values.iter().copied());
        mean(
            values
                .iter()
                .map(|value| (value - centre) * (value - centre)),
        )
    };
    let (location, support) = if count < samples {
        let mut sorted = own.to_vec();
        sorted.sort_by(compare);
        let gaps: Vec<f64> = (0..samples - count)
            .map(|at| sorted[at + count] - sorted[at])
            .collect();
        let least = gaps.iter().copied().fold(f64::INFINITY, f64::min);
        let middles: Vec<f64> = (0..gaps.len())
            .filter(|&at| gaps[at] == least)
            .map(|at| sorted[count + at] + sorted[at])
            .collect();
        let location = 0.5 * mean(middles);
        (
            location,
            marked(
                &smallest(&own.mapv(|value| (value - location).abs()), count),
                samples,
            ),
        )
    } else {
        (mean(own.iter().copied()), vec![true; samples])
    };
    let held: Vec<f64> = own
        .iter()
        .zip(&support)
        .filter(|(_, kept)| **kept)
        .map(|(value, _)| *value)
        .collect();
    let covariance = Array2::from_elem((1, 1), variance(&held));
    let location = Array1::from_elem(1, location);
    Core {
        distances: distances(x, &location, &inverse(&covariance)),
        location,
        covariance,
        support,
    }
}

/// The value that a chi-squared value with these degrees of freedom exceeds with this chance.
fn chi_squared_border(freedom: f64, chance: f64) -> f64 {
    let (mut low, mut high) = (0.0, freedom.max(1.0));
    while chi_squared_tail(freedom, high) > chance {
        high *= 2.0;
    }
    for _ in 0..200 {
        let middle = 0.5 * (low + high);
        if chi_squared_tail(freedom, middle) > chance {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}

fn consistency(features: usize, share: f64) -> f64 {
    let freedom = features as f64;
    let border = if share >= 1.0 {
        return 1.0;
    } else {
        chi_squared_border(freedom, 1.0 - share)
    };
    share / (1.0 - chi_squared_tail(freedom + 2.0, border))
}

/// What `MinCovDet` and `EllipticEnvelope` learn.
pub struct RobustSpread {
    spread: Spread,
    raw: (Array1<f64>, Array2<f64>, Array1<bool>),
    support: Array1<bool>,
    distances: Array1<f64>,
    offset: f64,
    labels: Array1<i64>,
}

fn robust(
    x: &Array2<f64>,
    centred: bool,
    fraction: Option<f64>,
    seed: Option<i64>,
) -> Result<RobustSpread> {
    let (samples, features) = x.dim();
    if samples < 2 {
        return Err(value_error(format!(
            "Found array with {samples} sample(s) (shape=({samples}, {features})) while a minimum of 2 is required by MinCovDet."
        )));
    }
    let mut random = RandomState::from_seed(seed);
    let rank = singular_values(&x.t().dot(x))
        .into_iter()
        .filter(|value| *value > 1e-8)
        .count();
    if rank != features {
        warn(
            "UserWarning",
            "The covariance matrix associated to your dataset is not full rank",
        );
    }
    let mut core = core_of(x, fraction, &mut random);
    if centred {
        let rows: Vec<usize> = (0..samples).filter(|&row| core.support[row]).collect();
        core.location = Array1::zeros(features);
        core.covariance = empirical_covariance(&x.select(Axis(0), &rows), true);
        core.distances = distances(x, &core.location, &inverse(&core.covariance));
    }
    let raw = (core.location, core.covariance, Array1::from(core.support));
    let kept = raw.2.iter().filter(|kept| **kept).count();
    if kept < samples && raw.1.iter().all(|value| value.abs() <= 1e-8) {
        return Err(value_error(
            "The covariance matrix of the support data is equal to 0, try to increase support_fraction",
        ));
    }
    let corrected = core.distances / consistency(features, kept as f64 / samples as f64);
    let border = chi_squared_border(features as f64, 0.025);
    let support = corrected.mapv(|distance| distance < border);
    let rows: Vec<usize> = (0..samples).filter(|&row| support[row]).collect();
    let own = x.select(Axis(0), &rows);
    let location = if centred {
        Array1::zeros(features)
    } else {
        column_means(&own)
    };
    let covariance = empirical_covariance(&own, centred) * consistency(features, 1.0 - 0.025);
    let precision = inverse(&covariance);
    Ok(RobustSpread {
        distances: distances(x, &location, &precision),
        spread: Spread {
            location,
            precision,
            covariance,
            shrinkage: 0.0,
        },
        raw,
        support,
        offset: 0.0,
        labels: Array1::zeros(0),
    })
}

/// See `MinCovDet`.
pub struct MinCovDetKind;
/// The covariance of the rows that lie closest together.
pub type MinCovDet = Estimator<MinCovDetKind>;
parameters! {
    /// Parameters of `MinCovDet`.
    MinCovDetParameters for MinCovDetKind {
        assume_centered = "assume_centered": bool = false,
        random_state = "random_state": Option<i64> = None,
        support_fraction = "support_fraction": Option<f64> = None,
    }
}

/// See `EllipticEnvelope`.
pub struct EllipticEnvelopeKind;
/// Outliers by their distance from the core of the data.
pub type EllipticEnvelope = Estimator<EllipticEnvelopeKind>;
parameters! {
    /// Parameters of `EllipticEnvelope`.
    EllipticEnvelopeParameters for EllipticEnvelopeKind {
        assume_centered = "assume_centered": bool = false,
        contamination = "contamination": f64 = 0.1,
        random_state = "random_state": Option<i64> = None,
        support_fraction = "support_fraction": Option<f64> = None,
    }
}

impl Kind for MinCovDetKind {
    const NAME: &'static str = "MinCovDet";
    const ROLE: Role = Role::Transformer;
    type Parameters = MinCovDetParameters;
    type Fitted = RobustSpread;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, _y: &Target) -> Result<RobustSpread> {
        robust(
            x,
            parameters.assume_centered,
            parameters.support_fraction,
            parameters.random_state,
        )
    }

    fn own_score(
        _parameters: &Self::Parameters,
        fitted: &RobustSpread,
        x: &Array2<f64>,
    ) -> Option<Result<f64>> {
        let own = empirical_covariance(&(x - &fitted.spread.location), true);
        Some(Ok(log_likelihood(&own, &fitted.spread.precision)))
    }
}

impl RobustSpread {
    fn scores(&self, x: &Array2<f64>) -> Array1<f64> {
        -distances(x, &self.spread.location, &self.spread.precision)
    }

    fn sides(&self, x: &Array2<f64>) -> Array1<i64> {
        self.scores(x)
            .mapv(|score| if score - self.offset >= 0.0 { 1 } else { -1 })
    }
}

impl Kind for EllipticEnvelopeKind {
    const NAME: &'static str = "EllipticEnvelope";
    const ROLE: Role = Role::Clusterer;
    type Parameters = EllipticEnvelopeParameters;
    type Fitted = RobustSpread;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, _y: &Target) -> Result<RobustSpread> {
        let mut found = robust(
            x,
            parameters.assume_centered,
            parameters.support_fraction,
            parameters.random_state,
        )?;
        let opposite: Vec<f64> = found.distances.iter().map(|value| -value).collect();
        found.offset = percentile(&opposite, 100.0 * parameters.contamination);
        found.labels = found.sides(x);
        Ok(found)
    }

    fn predict(
        _parameters: &Self::Parameters,
        fitted: &RobustSpread,
        x: &Array2<f64>,
    ) -> Result<Target> {
        Ok(Target::Int(fitted.sides(x)))
    }

    fn labels(fitted: &RobustSpread) -> Result<Array1<i64>> {
        Ok(fitted.labels.clone())
    }

    fn score_samples(
        _parameters: &Self::Parameters,
        fitted: &RobustSpread,
        x: &Array2<f64>,
    ) -> Result<Array1<f64>> {
        Ok(fitted.scores(x))
    }

    fn decision_function(
        _parameters: &Self::Parameters,
        fitted: &RobustSpread,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        Ok((fitted.scores(x) - fitted.offset).insert_axis(Axis(1)))
    }

    fn score(
        _parameters: &Self::Parameters,
        fitted: &RobustSpread,
        x: &Array2<f64>,
        y: &Target,
    ) -> Option<Result<f64>> {
        Some(accuracy(y, &Target::Int(fitted.sides(x))))
    }
}

macro_rules! robust_attributes {
    ($name:ident) => {
        spread_attributes!($name, |fitted| fitted.spread);
        attributes!($name {
            /// The mean of the core.
            raw_location_ / try_raw_location_: Array1<f64> = |fitted| fitted.raw.0.clone();
            /// The covariance of the core.
            raw_covariance_ / try_raw_covariance_: Array2<f64> = |fitted| fitted.raw.1.clone();
            /// The rows of the core.
            raw_support_ / try_raw_support_: Array1<bool> = |fitted| fitted.raw.2.clone();
            /// The rows that count.
            support_ / try_support_: Array1<bool> = |fitted| fitted.support.clone();
            /// The distances of the rows.
            dist_ / try_dist_: Array1<f64> = |fitted| fitted.distances.clone();
            /// The border between both kinds.
            offset_ / try_offset_: f64 = |fitted| fitted.offset;
        });
    };
}
robust_attributes!(MinCovDet);
robust_attributes!(EllipticEnvelope);
