//! Distributions of SciPy with their parameters, from which a search draws values.

use crate::sklearn::parameters::Param;
use crate::sklearn::random::RandomState;

/// A frozen distribution.
#[derive(Clone, Debug, PartialEq)]
pub enum Distribution {
    /// `uniform(loc, scale)`.
    Uniform(f64, f64),
    /// `loguniform(a, b)`.
    LogUniform(f64, f64),
    /// `expon(loc, scale)`.
    Exponential(f64, f64),
    /// `norm(loc, scale)`.
    Normal(f64, f64),
    /// `randint(low, high)`.
    Whole(i64, i64),
}

impl Distribution {
    /// One value, as `rvs` gives it.
    pub fn draw(&self, random: &mut RandomState) -> Param {
        match *self {
            Distribution::Uniform(start, width) => {
                Param::NumpyFloat(random.uniform(0.0, 1.0) * width + start)
            }
            Distribution::LogUniform(low, high) => {
                let share = random.uniform(0.0, 1.0);
                Param::NumpyFloat((low.ln() + share * (high.ln() - low.ln())).exp())
            }
            Distribution::Exponential(start, width) => {
                Param::NumpyFloat(-(1.0 - random.random()).ln() * width + start)
            }
            Distribution::Normal(centre, width) => {
                Param::NumpyFloat(random.standard_normal() * width + centre)
            }
            Distribution::Whole(low, high) => Param::Int(random.randint(low, high)),
        }
    }
}
