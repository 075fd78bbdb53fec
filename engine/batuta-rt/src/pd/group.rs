//! `groupby`.

use super::column::Column;
use super::frame::DataFrame;
use super::series::{Index, Series, grouped};
use crate::py::OrThrow;

/// `frame.groupby(name)`.
#[derive(Clone, Debug)]
pub struct FrameGroups {
    frame: DataFrame,
    key: String,
    index: Index,
    groups: Vec<Vec<usize>>,
}

/// `frame.groupby(name)[column]`.
#[derive(Clone, Debug)]
pub struct SeriesGroups {
    series: Series,
    index: Index,
    groups: Vec<Vec<usize>>,
}

/// A sum that keeps what rounding takes away, as pandas sums groups.
fn kept_sum(values: impl Iterator<Item = f64>) -> f64 {
    let (mut sum, mut lost) = (0.0, 0.0);
    for value in values {
        let next = value - lost;
        let total: f64 = sum + next;
        lost = total - sum - next;
        if !lost.is_finite() {
            lost = 0.0;
        }
        sum = total;
    }
    sum
}

/// The variance of a group, one value after the other, as pandas computes it.
fn running_variance(values: &[f64], ddof: i64) -> f64 {
    let (mut mean, mut squares, mut count) = (0.0, 0.0, 0.0);
    for value in values {
        count += 1.0;
        let before = mean;
        mean += (value - before) / count;
        squares += (value - mean) * (value - before);
    }
    if count as i64 <= ddof {
        f64::NAN
    } else {
        squares / (count - ddof as f64)
    }
}

impl DataFrame {
    /// `frame.groupby(name)`.
    pub fn grouped(&self, name: &str) -> FrameGroups {
        let key = self.series(name);
        let (places, groups) = grouped(&key.values);
        let index = Index {
            labels: key.values.take(&places),
            name: Some(name.to_string()),
        };
        FrameGroups {
            frame: self.clone(),
            key: name.to_string(),
            index,
            groups,
        }
    }
}

impl FrameGroups {
    /// `groups[name]`.
    pub fn series(&self, name: &str) -> SeriesGroups {
        SeriesGroups {
            series: self.frame.series(name),
            index: self.index.clone(),
            groups: self.groups.clone(),
        }
    }

    /// `groups[names]`.
    pub fn select(&self, names: &[&str]) -> FrameGroups {
        FrameGroups {
            frame: self.frame.select(names),
            ..self.clone()
        }
    }

    /// `groups.size()`.
    pub fn size(&self) -> Series {
        let values = Column::Int(self.groups.iter().map(|x| x.len() as i64).collect());
        Series {
            values,
            index: self.index.clone(),
            name: None,
        }
    }

    /// One column for each of these names and functions, under the name that is third.
    pub fn aggregated(&self, wanted: &[(&str, &str, &str)]) -> DataFrame {
        let columns = wanted
            .iter()
            .map(|(column, function, name)| {
                (
                    name.to_string(),
                    self.series(column).aggregate(function).values,
                )
            })
            .collect();
        DataFrame {
            columns,
            index: self.index.clone(),
        }
    }

    /// `groups.mean(numeric_only=True)` and its like.
    pub fn of_numbers(&self, function: &str) -> DataFrame {
        let numeric = self
            .frame
            .columns
            .iter()
            .filter(|(name, x)| *name != self.key && x.is_numeric());
        let columns = numeric
            .map(|(name, _)| (name.clone(), self.series(name).aggregate(function).values))
            .collect();
        DataFrame {
            columns,
            index: self.index.clone(),
        }
    }
}

impl SeriesGroups {
    /// One value for each group: `groups.mean()` and its like.
    pub fn aggregate(&self, function: &str) -> Series {
        let missing = self.series.values.missing();
        let present = |group: &[usize]| -> Vec<usize> {
            group.iter().copied().filter(|&i| !missing[i]).collect()
        };
        let numbers =
            |group: &[usize]| self.series.take(&present(group)).values.floats().or_throw();
        let each_float = |of: &dyn Fn(&[f64]) -> f64| {
            Column::Float(
                self.groups
                    .iter()
                    .map(|group| of(&numbers(group)))
                    .collect(),
            )
        };
        let values = match (function, &self.series.values) {
            ("count", _) => Column::Int(
                self.groups
                    .iter()
                    .map(|x| present(x).len() as i64)
                    .collect(),
            ),
            ("size", _) => Column::Int(self.groups.iter().map(|x| x.len() as i64).collect()),
            ("nunique", _) => Column::Int(
                self.groups
                    .iter()
                    .map(|x| self.series.take(x).nunique())
                    .collect(),
            ),
            ("sum", Column::Int(_) | Column::Bool(_)) => Column::Int(
                self.groups
                    .iter()
                    .map(|x| self.series.take(x).sum_ints())
                    .collect(),
            ),
            ("sum", _) => each_float(&|x| kept_sum(x.iter().copied())),
            ("mean", _) => each_float(&|x| kept_sum(x.iter().copied()) / x.len() as f64),
            ("var", _) => each_float(&|x| running_variance(x, 1)),
            ("std", _) => each_float(&|x| running_variance(x, 1).sqrt()),
            ("median", _) => Column::Float(
                self.groups
                    .iter()
                    .map(|x| self.series.take(x).median())
                    .collect(),
            ),
            ("min" | "max" | "first" | "last", values) => {
                let place = |group: &Vec<usize>| {
                    let there = present(group);
                    let order = values.take(&there).order(true);
                    let at = match function {
                        "min" => order.first().copied(),
                        "max" => order.last().copied(),
                        "first" => Some(0),
                        _ => there.len().checked_sub(1),
                    };
                    at.and_then(|x| there.get(x)).copied().unwrap_or(group[0])
                };
                values.take(&self.groups.iter().map(place).collect::<Vec<usize>>())
            }
            _ => Column::Float(vec![f64::NAN; self.groups.len()]),
        };
        Series {
            values,
            index: self.index.clone(),
            name: self.series.name.clone(),
        }
    }

    /// `groups.agg(["mean", "sum"])`.
    pub fn aggregated(&self, functions: &[&str]) -> DataFrame {
        let columns = functions
            .iter()
            .map(|x| (x.to_string(), self.aggregate(x).values))
            .collect();
        DataFrame {
            columns,
            index: self.index.clone(),
        }
    }
}
