//! Python's `statistics`: sums are exact, and each result is rounded once.

use num_bigint::{BigInt, BigUint};
use num_traits::{Signed, ToPrimitive, Zero};

use super::dict::Dict;
use super::errors::{Exception, raising};
use super::failures::value_error;
use super::key::Key;
use super::math::try_fsum;
use super::num::Num;
use super::sorting;

/// All finite floats are multiples of 2^-1074.
const FLOAT_SCALE: u32 = 1074;

/// A number that can be summed exactly.
pub trait Datum: Copy + PartialOrd {
    /// The power of two of which all values are multiples, negated.
    const SCALE: u32;
    /// The value as a multiple of 2^-SCALE; None for nan and infinities.
    fn units(self) -> Option<BigInt>;
    /// As a float.
    fn float(self) -> f64;
    /// As a number that knows what it was.
    fn num(self) -> Num;
    /// The result of an exact computation: an int stays an int where it can.
    fn result(ratio: &Ratio) -> Num;
}

impl Datum for i64 {
    const SCALE: u32 = 0;
    fn units(self) -> Option<BigInt> {
        Some(BigInt::from(self))
    }
    fn float(self) -> f64 {
        self as f64
    }
    fn num(self) -> Num {
        Num::Int(self)
    }
    fn result(ratio: &Ratio) -> Num {
        let denominator = BigInt::from(ratio.denominator.clone());
        if (&ratio.numerator % &denominator).is_zero()
            && let Some(whole) = (&ratio.numerator / &denominator).to_i64()
        {
            return Num::Int(whole);
        }
        Num::Float(ratio.to_f64())
    }
}

impl Datum for f64 {
    const SCALE: u32 = FLOAT_SCALE;
    fn units(self) -> Option<BigInt> {
        if !self.is_finite() {
            return None;
        }
        let bits = self.to_bits();
        let (raw, fraction) = ((bits >> 52) & 0x7ff, bits & ((1 << 52) - 1));
        let (mantissa, shift) = if raw == 0 {
            (fraction, 0)
        } else {
            (fraction | (1 << 52), raw - 1)
        };
        let magnitude = BigInt::from(mantissa) << shift;
        Some(if self.is_sign_negative() {
            -magnitude
        } else {
            magnitude
        })
    }
    fn float(self) -> f64 {
        self
    }
    fn num(self) -> Num {
        Num::Float(self)
    }
    fn result(ratio: &Ratio) -> Num {
        Num::Float(ratio.to_f64())
    }
}

/// A fraction, not reduced.
pub struct Ratio {
    numerator: BigInt,
    denominator: BigUint,
}

impl Ratio {
    /// The nearest float; of two equally near the even one.
    fn to_f64(&self) -> f64 {
        let magnitude = nearest(self.numerator.magnitude(), &self.denominator);
        if self.numerator.is_negative() {
            -magnitude
        } else {
            magnitude
        }
    }

    /// The nearest float to the square root.
    fn sqrt(&self) -> f64 {
        let (n, m) = (self.numerator.magnitude(), &self.denominator);
        // The root gets 109 bits, and its last one says whether anything was cut off: enough for one correct rounding.
        let half = (n.bits() as i64 - m.bits() as i64 - 109).div_euclid(2);
        if half >= 0 {
            let root = root_to_odd(n, &(m << (2 * half))) << half;
            nearest(&root, &BigUint::from(1_u8))
        } else {
            let root = root_to_odd(&(n << (-2 * half)), m);
            nearest(&root, &(BigUint::from(1_u8) << -half))
        }
    }
}

fn root_to_odd(n: &BigUint, m: &BigUint) -> BigUint {
    let root = (n / m).sqrt();
    if &root * &root * m == *n {
        root
    } else {
        root | BigUint::from(1_u8)
    }
}

fn nearest(n: &BigUint, m: &BigUint) -> f64 {
    if n.is_zero() {
        return 0.0;
    }
    // So many bits that the quotient has 55 or 56, but none below the smallest float there is.
    let shift = (n.bits() as i64 - m.bits() as i64 - 55).max(-i64::from(FLOAT_SCALE) - 2);
    let (top, bottom) = if shift > 0 {
        (n.clone(), m << shift)
    } else {
        (n << -shift, m.clone())
    };
    let quotient = &top / &bottom;
    let rest = !(&top % &bottom).is_zero();
    let mut bits = quotient.to_u64().unwrap_or(u64::MAX);
    // The last two or three bits are for rounding, and the lowest stands for all that was cut off.
    bits |= u64::from(rest);
    let width = i64::from(u64::BITS - bits.leading_zeros());
    let extra = (width - 53).max(-i64::from(FLOAT_SCALE) - shift).max(0) as u32;
    let (kept, cut) = (bits >> extra, bits & ((1 << extra) - 1));
    let middle = if extra == 0 { 0 } else { 1 << (extra - 1) };
    let up = extra > 0 && (cut > middle || (cut == middle && kept & 1 == 1));
    let exponent = shift + i64::from(extra);
    let mantissa = (kept + u64::from(up)) as f64;
    // Two steps, for one factor alone may be too small for a float.
    let first = exponent.clamp(-1000, 900);
    mantissa * 2_f64.powi(first as i32) * 2_f64.powi((exponent - first) as i32)
}

fn failure(message: &str) -> Exception {
    Exception::new("StatisticsError", message)
}

fn collected<T>(data: impl IntoIterator<Item = T>) -> Vec<T> {
    Vec::from_iter(data)
}

/// The sum of the squares of the distances from the mean, or from a centre that is given; None where something is not finite.
fn squares<T: Datum>(data: &[T], centre: Option<f64>) -> Option<Ratio> {
    if let Some(centre) = centre {
        // Python takes float differences from a given centre, and sums their exact squares.
        let mut total = BigInt::zero();
        for each in data {
            let distance = each.float() - centre;
            total += (distance * distance).units()?;
        }
        return Some(Ratio {
            numerator: total,
            denominator: BigUint::from(1_u8) << FLOAT_SCALE,
        });
    }
    let (mut sum, mut sum_of_squares) = (BigInt::zero(), BigInt::zero());
    for each in data {
        let units = each.units()?;
        sum_of_squares += &units * &units;
        sum += units;
    }
    let count = BigInt::from(data.len());
    Some(Ratio {
        numerator: &count * sum_of_squares - &sum * &sum,
        denominator: BigUint::from(data.len()) << (2 * T::SCALE),
    })
}

fn spread<T: Datum>(data: &[T], centre: Option<f64>, count: usize) -> Option<Ratio> {
    let found = squares(data, centre)?;
    Some(Ratio {
        denominator: found.denominator * BigUint::from(count),
        ..found
    })
}

fn at_least<T>(data: &[T], count: usize, message: &str) -> Result<(), Exception> {
    if data.len() < count {
        Err(failure(message))
    } else {
        Ok(())
    }
}

raising! {
    /// `mean(data)`: an int where the data are ints and the mean is whole.
    pub fn mean, try_mean[T: Datum](data: impl IntoIterator<Item = T>) -> Num {
        let data = collected(data);
        at_least(&data, 1, "mean requires at least one data point")?;
        let total = data.iter().try_fold(BigInt::zero(), |sum, each| Some(sum + each.units()?));
        Ok(match total {
            Some(numerator) => {
                T::result(&Ratio { numerator, denominator: BigUint::from(data.len()) << T::SCALE })
            }
            None => Num::Float(data.iter().map(|each| each.float()).sum::<f64>() / data.len() as f64),
        })
    }
    /// `fmean(data)`.
    pub fn fmean, try_fmean[T: Datum](data: impl IntoIterator<Item = T>) -> f64 {
        let data = collected(data);
        at_least(&data, 1, "fmean requires at least one data point")?;
        Ok(try_fsum(data.iter().map(|each| each.float()))? / data.len() as f64)
    }
    /// `fmean(data, weights)`.
    pub fn weighted_fmean, try_weighted_fmean[T: Datum, W: Datum](data: impl IntoIterator<Item = T>, weights: impl IntoIterator<Item = W>) -> f64 {
        let (data, weights) = (collected(data), collected(weights));
        at_least(&data, 1, "fmean requires at least one data point")?;
        if data.len() != weights.len() {
            return Err(failure("data and weights must be the same length"));
        }
        let total = try_fsum(data.iter().zip(&weights).map(|(each, weight)| each.float() * weight.float()))?;
        let whole = try_fsum(weights.iter().map(|weight| weight.float()))?;
        if whole == 0.0 {
            return Err(failure("sum of weights must be non-zero"));
        }
        Ok(total / whole)
    }
    /// `harmonic_mean(data)`: the reciprocals are floats, their sum is exact.
    pub fn harmonic_mean, try_harmonic_mean[T: Datum](data: impl IntoIterator<Item = T>) -> f64 {
        let data = collected(data);
        at_least(&data, 1, "harmonic_mean requires at least one data point")?;
        if data.iter().any(|each| each.float() < 0.0) {
            return Err(failure("harmonic mean does not support negative values"));
        }
        if data.len() == 1 || data.iter().any(|each| each.float() == 0.0) {
            super::program::unsupported("a harmonic mean of one number or of zeros is not translated");
        }
        let mut total = super::fractions::Fraction::from(0);
        for each in &data {
            total = total.plus(&super::fractions::try_of_float(1.0 / each.float())?);
        }
        Ok(super::fractions::Fraction::from(data.len() as i64).over(&total).to_f64())
    }
    /// `geometric_mean(data)`.
    pub fn geometric_mean, try_geometric_mean[T: Datum](data: impl IntoIterator<Item = T>) -> f64 {
        let data = collected(data);
        let wrong = "geometric mean requires a non-empty dataset containing positive numbers";
        at_least(&data, 1, wrong)?;
        if data.iter().any(|each| each.float() <= 0.0) {
            return Err(failure(wrong));
        }
        Ok((try_fsum(data.iter().map(|each| each.float().ln()))? / data.len() as f64).exp())
    }
    /// `median(data)`: an int where it is one of the ints.
    pub fn median, try_median[T: Datum](data: impl IntoIterator<Item = T>) -> Num {
        let mut data = collected(data);
        at_least(&data, 1, "no median for empty data")?;
        sorting::sort(&mut data, false);
        let half = data.len() / 2;
        if data.len() % 2 == 1 {
            return Ok(data[half].num());
        }
        Ok(Num::Float(match (data[half - 1].num(), data[half].num()) {
            (Num::Int(one), Num::Int(two)) => {
                Ratio { numerator: BigInt::from(one) + two, denominator: BigUint::from(2_u8) }.to_f64()
            }
            (one, two) => (one.to_f64() + two.to_f64()) / 2.0,
        }))
    }
    /// `median_low(data)`.
    pub fn median_low, try_median_low[T: PartialOrd + Clone](data: impl IntoIterator<Item = T>) -> T {
        let mut data = collected(data);
        at_least(&data, 1, "no median for empty data")?;
        sorting::sort(&mut data, false);
        Ok(data[(data.len() - 1) / 2].clone())
    }
    /// `median_high(data)`.
    pub fn median_high, try_median_high[T: PartialOrd + Clone](data: impl IntoIterator<Item = T>) -> T {
        let mut data = collected(data);
        at_least(&data, 1, "no median for empty data")?;
        sorting::sort(&mut data, false);
        Ok(data[data.len() / 2].clone())
    }
    /// `mode(data)`: the first of the most frequent values.
    pub fn mode, try_mode[T: Key + Clone](data: impl IntoIterator<Item = T>) -> T {
        let found = multimode(data);
        found.into_iter().next().ok_or_else(|| failure("no mode for empty data"))
    }
    /// `variance(data, xbar)`.
    pub fn variance, try_variance[T: Datum](data: impl IntoIterator<Item = T>, centre: Option<f64>) -> Num {
        let data = collected(data);
        at_least(&data, 2, "variance requires at least two data points")?;
        let found = spread(&data, centre, data.len() - 1);
        Ok(found.map_or(Num::Float(f64::NAN), |ratio| if centre.is_some() { Num::Float(ratio.to_f64()) } else { T::result(&ratio) }))
    }
    /// `pvariance(data, mu)`.
    pub fn pvariance, try_pvariance[T: Datum](data: impl IntoIterator<Item = T>, centre: Option<f64>) -> Num {
        let data = collected(data);
        at_least(&data, 1, "pvariance requires at least one data point")?;
        let found = spread(&data, centre, data.len());
        Ok(found.map_or(Num::Float(f64::NAN), |ratio| if centre.is_some() { Num::Float(ratio.to_f64()) } else { T::result(&ratio) }))
    }
    /// `stdev(data, xbar)`.
    pub fn stdev, try_stdev[T: Datum](data: impl IntoIterator<Item = T>, centre: Option<f64>) -> f64 {
        let data = collected(data);
        at_least(&data, 2, "stdev requires at least two data points")?;
        Ok(spread(&data, centre, data.len() - 1).map_or(f64::NAN, |ratio| ratio.sqrt()))
    }
    /// `pstdev(data, mu)`.
    pub fn pstdev, try_pstdev[T: Datum](data: impl IntoIterator<Item = T>, centre: Option<f64>) -> f64 {
        let data = collected(data);
        at_least(&data, 1, "pstdev requires at least one data point")?;
        Ok(spread(&data, centre, data.len()).map_or(f64::NAN, |ratio| ratio.sqrt()))
    }
    /// `quantiles(data, n, method)`.
    pub fn quantiles, try_quantiles[T: Datum](data: impl IntoIterator<Item = T>, parts: i64, method: &str) -> Vec<f64> {
        if parts < 1 {
            return Err(failure("n must be at least 1"));
        }
        let mut data = collected(data);
        sorting::sort(&mut data, false);
        let count = data.len() as i64;
        at_least(&data, 2, "must have at least two data points")?;
        let between = |low: i64, delta: i64| {
            let (one, two) = (data[low as usize].float(), data[low as usize + 1].float());
            (one * (parts - delta) as f64 + two * delta as f64) / parts as f64
        };
        match method {
            "inclusive" => Ok((1..parts)
                .map(|each| {
                    let place = each * (count - 1);
                    between(place / parts, place % parts)
                })
                .collect()),
            "exclusive" => Ok((1..parts)
                .map(|each| {
                    let place = each * (count + 1);
                    let low = (place / parts).clamp(1, count - 1);
                    between(low - 1, place - low * parts)
                })
                .collect()),
            _ => Err(value_error(format!("Unknown method: '{method}'"))),
        }
    }
    /// `covariance(x, y)`.
    pub fn covariance, try_covariance[T: Datum, U: Datum](x: impl IntoIterator<Item = T>, y: impl IntoIterator<Item = U>) -> f64 {
        let (x, y) = paired(x, y, "covariance")?;
        Ok(products(&x, &y)? / (x.len() as f64 - 1.0))
    }
    /// `correlation(x, y)`.
    pub fn correlation, try_correlation[T: Datum, U: Datum](x: impl IntoIterator<Item = T>, y: impl IntoIterator<Item = U>) -> f64 {
        let (x, y) = paired(x, y, "correlation")?;
        let (xy, xx, yy) = (products(&x, &y)?, products(&x, &x)?, products(&y, &y)?);
        let below = (xx * yy).sqrt();
        if below == 0.0 { Err(failure("at least one of the inputs is constant")) } else { Ok(xy / below) }
    }
    /// `linear_regression(x, y)`: slope and intercept.
    pub fn linear_regression, try_linear_regression[T: Datum, U: Datum](x: impl IntoIterator<Item = T>, y: impl IntoIterator<Item = U>) -> (f64, f64) {
        let (x, y) = paired(x, y, "linear regression")?;
        let (xy, xx) = (products(&x, &y)?, products(&x, &x)?);
        if xx == 0.0 {
            return Err(failure("x is constant"));
        }
        let slope = xy / xx;
        let count = x.len() as f64;
        Ok((slope, try_fsum(y)? / count - slope * (try_fsum(x)? / count)))
    }
}

/// `multimode(data)`: all of the most frequent values, in the order of their first sighting.
pub fn multimode<T: Key + Clone>(data: impl IntoIterator<Item = T>) -> Vec<T> {
    let counts: Dict<T, i64> = super::dict_kinds::counter(data);
    let most = counts.values().max().unwrap_or(0);
    counts
        .pairs()
        .filter(|pair| pair.1 == most)
        .map(|pair| pair.0)
        .collect()
}

fn paired<T: Datum, U: Datum>(
    x: impl IntoIterator<Item = T>,
    y: impl IntoIterator<Item = U>,
    name: &str,
) -> Result<(Vec<f64>, Vec<f64>), Exception> {
    let x: Vec<f64> = x.into_iter().map(Datum::float).collect();
    let y: Vec<f64> = y.into_iter().map(Datum::float).collect();
    if x.len() != y.len() {
        return Err(failure(&format!(
            "{name} requires that both inputs have same number of data points"
        )));
    }
    at_least(&x, 2, &format!("{name} requires at least two data points"))?;
    Ok((x, y))
}

/// The sum of the products of the distances from the means.
fn products(x: &[f64], y: &[f64]) -> Result<f64, Exception> {
    let count = x.len() as f64;
    let (x_mean, y_mean) = (
        try_fsum(x.iter().copied())? / count,
        try_fsum(y.iter().copied())? / count,
    );
    try_fsum(x.iter().zip(y).map(|(x, y)| (x - x_mean) * (y - y_mean)))
}

#[cfg(test)]
mod tests;
