//! The distributions of `random`: each draws from the stream what CPython's draws, in the same order.

use std::f64::consts::{E, PI, TAU};

use super::Random;
use crate::py::errors::Exception;
use crate::py::failures::value_error;

impl Random {
    /// `uniform(a, b)`.
    pub fn uniform(&self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.random()
    }

    /// `triangular(low, high, mode)`.
    pub fn triangular(&self, low: f64, high: f64, mode: Option<f64>) -> f64 {
        let drawn = self.random();
        let turn = match mode {
            None => 0.5,
            Some(_) if high == low => return low,
            Some(mode) => (mode - low) / (high - low),
        };
        if drawn > turn {
            high + (low - high) * ((1.0 - drawn) * (1.0 - turn)).sqrt()
        } else {
            low + (high - low) * (drawn * turn).sqrt()
        }
    }

    /// `normalvariate(mu, sigma)`, by the ratio of uniform deviates (Kinderman and Monahan, 1977).
    pub fn normalvariate(&self, mean: f64, deviation: f64) -> f64 {
        let factor = 4.0 * (-0.5_f64).exp() / 2_f64.sqrt();
        loop {
            let one = self.random();
            let two = 1.0 - self.random();
            let z = factor * (one - 0.5) / two;
            if z * z / 4.0 <= -two.ln() {
                return mean + z * deviation;
            }
        }
    }

    /// `gauss(mu, sigma)`: normal numbers come in pairs, and the second one waits for the next call.
    pub fn gauss(&self, mean: f64, deviation: f64) -> f64 {
        let spare = self.draw(|twister| twister.spare.take());
        let z = spare.unwrap_or_else(|| {
            let angle = self.random() * TAU;
            let radius = (-2.0 * (1.0 - self.random()).ln()).sqrt();
            self.draw(|twister| twister.spare = Some(angle.sin() * radius));
            angle.cos() * radius
        });
        mean + z * deviation
    }

    /// `lognormvariate(mu, sigma)`.
    pub fn lognormvariate(&self, mean: f64, deviation: f64) -> f64 {
        self.normalvariate(mean, deviation).exp()
    }

    /// `expovariate(lambd)`.
    pub fn try_expovariate(&self, rate: f64) -> Result<f64, Exception> {
        let drawn = -(1.0 - self.random()).ln();
        if rate == 0.0 {
            return Err(Exception::new(
                "ZeroDivisionError",
                "float division by zero",
            ));
        }
        Ok(drawn / rate)
    }

    /// `vonmisesvariate(mu, kappa)` (Fisher, Statistical Analysis of Circular Data, 1993).
    pub fn vonmisesvariate(&self, mean: f64, concentration: f64) -> f64 {
        if concentration <= 1e-6 {
            return TAU * self.random();
        }
        let s = 0.5 / concentration;
        let r = s + (1.0 + s * s).sqrt();
        let z = loop {
            let z = (PI * self.random()).cos();
            let d = z / (r + z);
            let two = self.random();
            if two < 1.0 - d * d || two <= (1.0 - d) * d.exp() {
                break z;
            }
        };
        let q = 1.0 / r;
        let angle = ((q + z) / (1.0 + q * z)).acos();
        let turned = if self.random() > 0.5 {
            mean + angle
        } else {
            mean - angle
        };
        crate::py::modulo(turned, TAU)
    }

    /// `gammavariate(alpha, beta)` (Cheng, 1977; Kennedy and Gentle's algorithm GS below one).
    pub fn try_gammavariate(&self, alpha: f64, beta: f64) -> Result<f64, Exception> {
        if alpha <= 0.0 || beta <= 0.0 {
            return Err(value_error("gammavariate: alpha and beta must be > 0.0"));
        }
        if alpha > 1.0 {
            let scale = (2.0 * alpha - 1.0).sqrt();
            let offset = alpha - 4_f64.ln();
            let slope = alpha + scale;
            loop {
                let one = self.random();
                if !(1e-7 < one && one < 0.999_999_9) {
                    continue;
                }
                let two = 1.0 - self.random();
                let v = (one / (1.0 - one)).ln() / scale;
                let x = alpha * v.exp();
                let z = one * one * two;
                let r = offset + slope * v - x;
                if r + (1.0 + 4.5_f64.ln()) - 4.5 * z >= 0.0 || r >= z.ln() {
                    return Ok(x * beta);
                }
            }
        }
        if alpha == 1.0 {
            return Ok(-(1.0 - self.random()).ln() * beta);
        }
        loop {
            let b = (E + alpha) / E;
            let p = b * self.random();
            let x = if p <= 1.0 {
                p.powf(1.0 / alpha)
            } else {
                -((b - p) / alpha).ln()
            };
            let one = self.random();
            if if p > 1.0 {
                one <= x.powf(alpha - 1.0)
            } else {
                one <= (-x).exp()
            } {
                return Ok(x * beta);
            }
        }
    }

    /// `betavariate(alpha, beta)`.
    pub fn try_betavariate(&self, alpha: f64, beta: f64) -> Result<f64, Exception> {
        let y = self.try_gammavariate(alpha, 1.0)?;
        if y == 0.0 {
            return Ok(0.0);
        }
        Ok(y / (y + self.try_gammavariate(beta, 1.0)?))
    }

    /// `paretovariate(alpha)`.
    pub fn paretovariate(&self, alpha: f64) -> f64 {
        (1.0 - self.random()).powf(-1.0 / alpha)
    }

    /// `weibullvariate(alpha, beta)`.
    pub fn weibullvariate(&self, alpha: f64, beta: f64) -> f64 {
        alpha * (-(1.0 - self.random()).ln()).powf(1.0 / beta)
    }
}
