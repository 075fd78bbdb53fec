//! Special functions: the tails of the chi-squared and F distributions.

use crate::py::math::lgamma;

const SMALL: f64 = 1e-300;
const PRECISION: f64 = 1e-16;

/// The upper part of the incomplete gamma function, divided by the whole.
fn gamma_tail(a: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 1.0;
    }
    if x.is_infinite() {
        return 0.0;
    }
    let front = (a * x.ln() - x - lgamma(a)).exp();
    if x < a + 1.0 {
        // The series of the lower part.
        let (mut term, mut total, mut next) = (1.0 / a, 1.0 / a, a);
        while term.abs() > total.abs() * PRECISION {
            next += 1.0;
            term *= x / next;
            total += term;
        }
        return 1.0 - total * front;
    }
    // The continued fraction of the upper part, by Lentz's method.
    let mut b = x + 1.0 - a;
    let mut c = 1.0 / SMALL;
    let mut d = 1.0 / b;
    let mut result = d;
    for step in 1..1000 {
        let factor = -f64::from(step) * (f64::from(step) - a);
        b += 2.0;
        d = 1.0 / away_from_zero(factor * d + b);
        c = away_from_zero(b + factor / c);
        let change = d * c;
        result *= change;
        if (change - 1.0).abs() < PRECISION {
            break;
        }
    }
    front * result
}

fn away_from_zero(value: f64) -> f64 {
    if value.abs() < SMALL { SMALL } else { value }
}

/// The continued fraction of the incomplete beta function.
fn beta_fraction(a: f64, b: f64, x: f64) -> f64 {
    let mut c = 1.0;
    let mut d = 1.0 / away_from_zero(1.0 - (a + b) * x / (a + 1.0));
    let mut result = d;
    for step in 1..10_000 {
        let m = f64::from(step);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / away_from_zero(1.0 + even * d);
        c = away_from_zero(1.0 + even / c);
        result *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / away_from_zero(1.0 + odd * d);
        c = away_from_zero(1.0 + odd / c);
        let change = d * c;
        result *= change;
        if (change - 1.0).abs() < PRECISION {
            break;
        }
    }
    result
}

/// The incomplete beta function, divided by the whole. `rest` is `1 - x`.
fn beta_share(a: f64, b: f64, x: f64, rest: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if rest <= 0.0 {
        return 1.0;
    }
    let front = (lgamma(a + b) - lgamma(a) - lgamma(b) + a * x.ln() + b * rest.ln()).exp();
    if x < (a + 1.0) / (a + b + 2.0) {
        front * beta_fraction(a, b, x) / a
    } else {
        1.0 - front * beta_fraction(b, a, rest) / b
    }
}

/// The slope of the logarithm of the gamma function.
pub fn digamma(x: f64) -> f64 {
    let (mut x, mut below) = (x, 0.0);
    while x < 12.0 {
        below -= 1.0 / x;
        x += 1.0;
    }
    let square = 1.0 / (x * x);
    // The asymptotic series, whose next term is below the last digit from twelve on.
    let tail = square
        * (1.0 / 12.0
            - square
                * (1.0 / 120.0
                    - square
                        * (1.0 / 252.0
                            - square
                                * (1.0 / 240.0
                                    - square * (1.0 / 132.0 - square * 691.0 / 32760.0)))));
    below + x.ln() - 0.5 / x - tail
}

/// The chance that a chi-squared value with these degrees of freedom is larger than `x`.
pub fn chi_squared_tail(freedom: f64, x: f64) -> f64 {
    if x.is_nan() {
        return f64::NAN;
    }
    gamma_tail(freedom / 2.0, x / 2.0)
}

/// The chance that an F value with these degrees of freedom is larger than `x`.
pub fn f_tail(over: f64, under: f64, x: f64) -> f64 {
    if x.is_nan() {
        return f64::NAN;
    }
    let whole = under + over * x;
    if whole.is_infinite() {
        return 0.0;
    }
    beta_share(under / 2.0, over / 2.0, under / whole, over * x / whole)
}

#[cfg(test)]
mod tests {
    use super::{chi_squared_tail, f_tail};

    /// For two degrees of freedom both tails have a closed form.
    #[test]
    fn tails_have_their_closed_forms() {
        for x in [0.1, 1.0, 3.7, 20.0] {
            assert!((chi_squared_tail(2.0, x) / (-x / 2.0).exp() - 1.0).abs() < 1e-13);
            assert!((f_tail(2.0, 2.0, x) * (1.0 + x) - 1.0).abs() < 1e-13);
        }
    }
}
