//! Numbers put into intervals: `cut` and `qcut`.

use std::rc::Rc;

use super::column::{Categories, Column};
use super::series::Series;
use crate::np;
use crate::py::{Exception, Float, OrThrow};

/// The bounds of intervals.
pub enum Bins {
    /// So many of the same width.
    Count(i64),
    /// The ints between them.
    Ints(Vec<i64>),
    /// The floats between them.
    Floats(Vec<f64>),
}

/// What intervals are called.
pub enum Names {
    /// By their bounds.
    Bounds,
    /// By these texts.
    Texts(Vec<String>),
    /// By their numbers.
    Numbers,
}

impl Names {
    /// These names.
    pub fn of(names: &[&str]) -> Names {
        Names::Texts(names.iter().map(|name| (*name).to_string()).collect())
    }
}

fn value_error<T>(text: String) -> T {
    Err(Exception::new("ValueError", text)).or_throw()
}

/// A bound with so many digits that count.
fn rounded(value: f64, precision: i64) -> f64 {
    if !value.is_finite() || value == 0.0 {
        return value;
    }
    let digits = match value.trunc() == 0.0 {
        true => -(value.fract().abs().log10().floor() as i64) - 1 + precision,
        false => precision,
    };
    np::round_scalar(value, digits)
}

fn distinct(values: &[f64]) -> usize {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.dedup();
    sorted.len()
}

fn texts(
    bounds: &[f64],
    ints: bool,
    right: bool,
    lowest: bool,
    precision: i64,
) -> (Vec<String>, &'static str) {
    let precision = (precision..20)
        .find(|&digits| {
            distinct(
                &bounds
                    .iter()
                    .map(|&x| rounded(x, digits))
                    .collect::<Vec<f64>>(),
            ) == distinct(bounds)
        })
        .unwrap_or(precision);
    let adjusted = right && lowest;
    let mut breaks: Vec<f64> = bounds.iter().map(|&x| rounded(x, precision)).collect();
    if adjusted {
        breaks[0] -= 10f64.powi(-(precision as i32));
    }
    let ints = ints && !adjusted;
    let show = |value: f64| match ints {
        true => (value as i64).to_string(),
        false => Float(value).to_string(),
    };
    let (open, close) = if right { ("(", "]") } else { ("[", ")") };
    let made = breaks
        .windows(2)
        .map(|pair| format!("{open}{}, {}{close}", show(pair[0]), show(pair[1])));
    (made.collect(), if ints { "int64" } else { "float64" })
}

/// The ends of so many equal parts of all.
pub fn equal_parts(count: i64) -> Vec<f64> {
    np::linspace(0.0, 1.0, count + 1, true).to_vec()
}

impl Series {
    /// `pd.cut(series, bins, labels=…)`.
    pub fn cut(
        &self,
        bins: Bins,
        names: Names,
        right: bool,
        lowest: bool,
        precision: i64,
    ) -> Series {
        let values = self.values.floats().or_throw();
        let (bounds, ints) = match bins {
            Bins::Ints(bounds) => (bounds.iter().map(|&x| x as f64).collect(), true),
            Bins::Floats(bounds) => (bounds, false),
            Bins::Count(count) => {
                let there = values.iter().copied().filter(|x| !x.is_nan());
                let (least, most) = there.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), x| {
                    (a.min(x), b.max(x))
                });
                if least > most {
                    value_error::<()>("Cannot cut empty array".to_string());
                }
                let mut bounds = if least == most {
                    let part = |x: f64| if x == 0.0 { 0.001 } else { 0.001 * x.abs() };
                    np::linspace(least - part(least), most + part(most), count + 1, true).to_vec()
                } else {
                    let mut bounds = np::linspace(least, most, count + 1, true).to_vec();
                    let wider = (most - least) * 0.001;
                    match right {
                        true => bounds[0] -= wider,
                        false => bounds[count as usize] += wider,
                    }
                    bounds
                };
                bounds.truncate(count as usize + 1);
                (bounds, false)
            }
        };
        if bounds.windows(2).any(|pair: &[f64]| pair[0] > pair[1]) {
            value_error::<()>("bins must increase monotonically.".to_string());
        }
        self.in_intervals(&values, &bounds, ints, names, right, lowest, precision)
    }

    /// `pd.qcut(series, q, labels=…)`.
    pub fn quantile_cut(&self, parts: &[f64], names: Names, precision: i64) -> Series {
        let bounds: Vec<f64> = parts.iter().map(|&q| self.quantile(q)).collect();
        let values = self.values.floats().or_throw();
        self.in_intervals(&values, &bounds, false, names, true, true, precision)
    }

    #[allow(clippy::too_many_arguments)]
    fn in_intervals(
        &self,
        values: &[f64],
        bounds: &[f64],
        ints: bool,
        names: Names,
        right: bool,
        lowest: bool,
        precision: i64,
    ) -> Series {
        if distinct(bounds) < bounds.len() && bounds.len() != 2 {
            let all: Vec<String> = bounds.iter().map(|&x| Float(x).to_string()).collect();
            value_error::<()>(format!(
                "Bin edges must be unique: Index([{}], dtype='float64').\nYou can drop duplicate edges by setting the 'duplicates' kwarg",
                all.join(", ")
            ));
        }
        let codes: Vec<i64> = values
            .iter()
            .map(|&value| {
                if value.is_nan() {
                    return -1;
                }
                let place = match right {
                    true => bounds.partition_point(|&bound| bound < value),
                    false => bounds.partition_point(|&bound| bound <= value),
                };
                let place = if lowest && value == bounds[0] {
                    1
                } else {
                    place
                };
                if place == bounds.len() {
                    -1
                } else {
                    place as i64 - 1
                }
            })
            .collect();
        let (labels, intervals) = match names {
            Names::Bounds => {
                let (texts, held) = texts(bounds, ints, right, lowest, precision);
                let side = if right { "right" } else { "left" };
                (texts, Some(format!("interval[{held}, {side}]")))
            }
            Names::Texts(texts) => {
                if texts.len() + 1 != bounds.len() {
                    value_error::<()>(
                        "Bin labels must be one fewer than the number of bin edges".to_string(),
                    );
                }
                (texts, None)
            }
            Names::Numbers => {
                return self.with_values(match codes.contains(&-1) {
                    true => Column::Float(
                        codes
                            .iter()
                            .map(|&x| if x < 0 { f64::NAN } else { x as f64 })
                            .collect(),
                    ),
                    false => Column::Int(codes),
                });
            }
        };
        self.with_values(Column::Category(Categories {
            codes,
            labels: Rc::new(Column::Str(labels.into_iter().map(Some).collect())),
            ordered: true,
            intervals,
        }))
    }

    /// `series.astype("category")`.
    pub fn as_categories(&self) -> Series {
        if matches!(self.values, Column::Category(_)) {
            return self.clone();
        }
        let (places, groups) = super::series::grouped(&self.values);
        let mut codes = vec![-1; self.values.len()];
        for (code, group) in groups.iter().enumerate() {
            group.iter().for_each(|&row| codes[row] = code as i64);
        }
        self.with_values(Column::Category(Categories {
            codes,
            labels: Rc::new(self.values.take(&places)),
            ordered: false,
            intervals: None,
        }))
    }

    /// `pd.Categorical(series, categories=…, ordered=…)` as a column.
    pub fn in_categories(&self, labels: &[&str], ordered: bool) -> Series {
        let codes = self.values.cells().into_iter().map(|cell| {
            let text = match cell {
                super::column::Cell::Missing => return -1,
                cell => cell.text(),
            };
            labels
                .iter()
                .position(|label| *label == text)
                .map_or(-1, |at| at as i64)
        });
        self.with_values(Column::Category(Categories {
            codes: codes.collect(),
            labels: Rc::new(Column::Str(
                labels.iter().map(|label| Some(label.to_string())).collect(),
            )),
            ordered,
            intervals: None,
        }))
    }
}
