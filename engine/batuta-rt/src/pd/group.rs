//! `groupby`.

use std::rc::Rc;

use super::column::{Categories, Cell, Column, Held, check_labels};
use super::frame::{DataFrame, Heads, LEVEL};
use super::series::{Index, Series, grouped, grouped_as_they_come};
use crate::py::OrThrow;

/// The rows of each group, and how the groups are named.
#[derive(Debug)]
struct Groups {
    rows: Vec<Vec<usize>>,
    index: Index,
    /// The names of the columns that rows are grouped by; those of other columns are none of the table's.
    keys: Vec<String>,
    /// Whether the groups are named by labels of rows and not by columns.
    as_index: bool,
}

/// `frame.groupby(names)`.
#[derive(Clone, Debug)]
pub struct FrameGroups {
    frame: DataFrame,
    groups: Rc<Groups>,
}

/// `frame.groupby(names)[column]`.
#[derive(Clone, Debug)]
pub struct SeriesGroups {
    series: Series,
    groups: Rc<Groups>,
}

impl Groups {
    fn of(keys: &[Series], sort: bool, observed: bool, as_index: bool) -> Groups {
        let names: Vec<String> = keys
            .iter()
            .map(|key| key.name.clone().unwrap_or_default())
            .collect();
        let (labels, name) = match keys {
            [key] => (key.values.clone(), key.name.clone()),
            keys => {
                let levels = keys
                    .iter()
                    .map(|key| (key.name.clone(), key.values.clone()));
                (Column::Levels(levels.collect()), None)
            }
        };
        if let (Column::Category(held), false) = (&labels, observed) {
            let all: Vec<i64> = (0..held.labels.len() as i64).collect();
            let rows = all.iter().map(|code| {
                (0..held.codes.len())
                    .filter(|&row| held.codes[row] == *code)
                    .collect()
            });
            let rows = rows.collect();
            let labels = Column::Category(Categories {
                codes: all,
                ..held.clone()
            });
            return Groups {
                rows,
                index: Index::new(labels, name),
                keys: names,
                as_index,
            };
        }
        if !observed {
            crate::py::unsupported("groups of several columns with categories that do not occur");
        }
        let (places, rows) = match sort {
            true => grouped(&labels),
            false => grouped_as_they_come(&labels),
        };
        Groups {
            rows,
            index: Index::new(labels.take(&places), name),
            keys: names,
            as_index,
        }
    }

    fn total(&self, rows: usize) -> Vec<Option<usize>> {
        let mut found = vec![None; rows];
        for (at, group) in self.rows.iter().enumerate() {
            group.iter().for_each(|&row| found[row] = Some(at));
        }
        found
    }

    /// The table of these columns, one row for each group.
    fn table(&self, columns: Vec<(String, Column)>) -> DataFrame {
        let made = DataFrame::of(columns, self.index.clone());
        if self.as_index {
            made
        } else {
            made.with_labels_as_column()
        }
    }
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
    /// `frame.groupby(names)`.
    pub fn grouped(
        &self,
        names: &[&str],
        sort: bool,
        observed: bool,
        as_index: bool,
    ) -> FrameGroups {
        let keys: Vec<Series> = names.iter().map(|name| self.series(name)).collect();
        FrameGroups {
            frame: self.clone(),
            groups: Rc::new(Groups::of(&keys, sort, observed, as_index)),
        }
    }

    /// `frame.groupby(column)` of a column that stands beside the table.
    pub fn grouped_beside(&self, key: &Series, sort: bool) -> FrameGroups {
        check_labels(&key.index.labels, &self.index.labels);
        let mut groups = Groups::of(std::slice::from_ref(key), sort, true, true);
        groups.keys.clear();
        FrameGroups {
            frame: self.clone(),
            groups: Rc::new(groups),
        }
    }
}

impl Series {
    /// `series.groupby(column)`.
    pub fn grouped(&self, key: &Series, sort: bool) -> SeriesGroups {
        check_labels(&key.index.labels, &self.index.labels);
        SeriesGroups {
            series: self.clone(),
            groups: Rc::new(Groups::of(std::slice::from_ref(key), sort, true, true)),
        }
    }
}

impl FrameGroups {
    /// `groups[name]`.
    pub fn series(&self, name: &str) -> SeriesGroups {
        SeriesGroups {
            series: self.frame.series(name),
            groups: self.groups.clone(),
        }
    }

    /// `groups[[names]]`.
    pub fn select(&self, names: &[&str]) -> FrameGroups {
        FrameGroups {
            frame: self.frame.select(names),
            groups: self.groups.clone(),
        }
    }

    /// `groups.size()`.
    pub fn size(&self) -> Series {
        self.counts(None)
    }

    /// `groups.size()` as a table whose first columns name the groups.
    pub fn sizes(&self) -> DataFrame {
        self.groups
            .table(vec![("size".to_string(), self.counts(None).values)])
    }

    fn counts(&self, name: Option<String>) -> Series {
        let counts = self.groups.rows.iter().map(|x| x.len() as i64);
        Series {
            values: Column::Int(counts.collect()),
            index: self.groups.index.clone(),
            name,
        }
    }

    /// `groups.ngroups`.
    pub fn length(&self) -> i64 {
        self.groups.rows.len() as i64
    }

    /// One column for each of these names and functions, under the name that is third.
    pub fn aggregated(&self, wanted: &[(&str, &str, &str)]) -> DataFrame {
        let columns = wanted
            .iter()
            .map(|(column, function, name)| {
                let values = self.series(column).aggregate(function).values;
                (name.to_string(), values)
            })
            .collect();
        self.groups.table(columns)
    }

    /// One column for each pair of a column and a function: their names have two levels.
    pub fn aggregated_by_levels(&self, wanted: &[(&str, &str)]) -> DataFrame {
        let columns = wanted.iter().map(|(column, function)| {
            let values = self.series(column).aggregate(function).values;
            (format!("{column}{LEVEL}{function}"), values)
        });
        let mut made = self.groups.table(columns.collect());
        made.heads = Heads {
            levels: vec![None, None],
            numbers: false,
        };
        made
    }

    /// `groups.mean(numeric_only=True)` and its like.
    pub fn of_numbers(&self, function: &str) -> DataFrame {
        self.of_columns(function, |column| column.is_numeric())
    }

    /// `groups.max()` and its like, of all columns.
    pub fn of_all(&self, function: &str) -> DataFrame {
        self.of_columns(function, |_| true)
    }

    fn of_columns(&self, function: &str, wanted: impl Fn(&Column) -> bool) -> DataFrame {
        let chosen = self
            .frame
            .columns
            .iter()
            .filter(|(name, x)| !self.groups.keys.contains(name) && wanted(x));
        let columns = chosen
            .map(|(name, _)| (name.clone(), self.series(name).aggregate(function).values))
            .collect();
        self.groups.table(columns)
    }

    /// The groups one after the other: what names each, and its rows.
    pub fn pairs<T: super::places::OfCell>(&self) -> impl Iterator<Item = (T, DataFrame)> + use<T> {
        let labels = self.groups.index.labels.cells();
        let frame = self.frame.clone();
        let groups = self.groups.clone();
        labels
            .into_iter()
            .enumerate()
            .map(move |(at, label)| (T::of(label), frame.take(&groups.rows[at])))
    }

    /// The rows of one group: `groups.get_group(key)`.
    pub fn group(&self, key: &crate::py::Value) -> DataFrame {
        let at = (0..self.groups.rows.len())
            .find(|&at| super::values::value_of(self.groups.index.labels.cell(at)) == *key);
        let missing = || crate::py::Exception::new("KeyError", crate::py::Text::repr_text(key));
        self.frame
            .take(&self.groups.rows[at.ok_or_else(missing).or_throw()])
    }

    /// `groups.apply(function)` of a function that gives one value for each group.
    pub fn applied<T: Held>(&self, mut function: impl FnMut(&DataFrame) -> T) -> Series {
        let keys: Vec<&str> = self.groups.keys.iter().map(String::as_str).collect();
        let frame = self.frame.without(&keys);
        let values: Vec<T> = self
            .groups
            .rows
            .iter()
            .map(|rows| function(&frame.take(rows)))
            .collect();
        Series {
            values: T::column(&values),
            index: self.groups.index.clone(),
            name: None,
        }
    }

    /// `groups.head(count)`: the first rows of each group, in the order of the table.
    pub fn head(&self, count: i64) -> DataFrame {
        let mut places: Vec<usize> = self
            .groups
            .rows
            .iter()
            .flat_map(|rows| rows.iter().take(count.max(0) as usize).copied())
            .collect();
        places.sort_unstable();
        self.frame.take(&places)
    }

    /// `groups.cumcount()`: how many rows of its group stand before each.
    pub fn cumulative_count(&self) -> Series {
        self.within(|rows, values| {
            for (count, &row) in rows.iter().enumerate() {
                values[row] = count as i64;
            }
        })
    }

    /// `groups.ngroup()`: the number of each row's group.
    pub fn group_numbers(&self) -> Series {
        let mut number = -1;
        self.within(|rows, values| {
            number += 1;
            rows.iter().for_each(|&row| values[row] = number);
        })
    }

    fn within(&self, mut each: impl FnMut(&[usize], &mut [i64])) -> Series {
        let mut values = vec![-1; self.frame.rows()];
        self.groups
            .rows
            .iter()
            .for_each(|rows| each(rows, &mut values));
        Series {
            values: Column::Int(values),
            index: self.frame.index.clone(),
            name: None,
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
                    .rows
                    .iter()
                    .map(|group| of(&numbers(group)))
                    .collect(),
            )
        };
        let values = match (function, &self.series.values) {
            ("count", _) => Column::Int(
                self.groups
                    .rows
                    .iter()
                    .map(|x| present(x).len() as i64)
                    .collect(),
            ),
            ("size", _) => Column::Int(self.groups.rows.iter().map(|x| x.len() as i64).collect()),
            ("nunique", _) => Column::Int(
                self.groups
                    .rows
                    .iter()
                    .map(|x| self.series.take(x).nunique())
                    .collect(),
            ),
            ("sum", Column::Int(_) | Column::Bool(_)) => Column::Int(
                self.groups
                    .rows
                    .iter()
                    .map(|x| self.series.take(x).sum_ints())
                    .collect(),
            ),
            ("sum", _) => each_float(&|x| kept_sum(x.iter().copied())),
            ("mean", _) => each_float(&|x| kept_sum(x.iter().copied()) / x.len() as f64),
            ("var", _) => each_float(&|x| running_variance(x, 1)),
            ("std", _) => each_float(&|x| running_variance(x, 1).sqrt()),
            ("prod", Column::Int(_) | Column::Bool(_)) => Column::Int(
                self.groups
                    .rows
                    .iter()
                    .map(|x| {
                        let own = self.series.take(x).as_ints().int_array();
                        own.iter().fold(1_i64, |a, b| a.wrapping_mul(*b))
                    })
                    .collect(),
            ),
            ("prod", _) => each_float(&|x| x.iter().product()),
            ("sem", _) => each_float(&|x| (running_variance(x, 1) / x.len() as f64).sqrt()),
            ("any", _) => Column::Bool(
                self.groups
                    .rows
                    .iter()
                    .map(|x| self.series.take(&present(x)).any())
                    .collect(),
            ),
            ("all", _) => Column::Bool(
                self.groups
                    .rows
                    .iter()
                    .map(|x| self.series.take(&present(x)).all())
                    .collect(),
            ),
            ("median", _) => Column::Float(
                self.groups
                    .rows
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
                    at.and_then(|x| there.get(x)).copied()
                };
                values.take_or_missing(&self.groups.rows.iter().map(place).collect::<Vec<_>>())
            }
            _ => crate::py::unsupported("this function of groups"),
        };
        Series {
            values,
            index: self.groups.index.clone(),
            name: self.series.name.clone(),
        }
    }

    /// The same as a table whose first columns name the groups.
    pub fn aggregate_table(&self, function: &str) -> DataFrame {
        let made = self.aggregate(function);
        let name = if function == "size" {
            "size".to_string()
        } else {
            made.name.clone().unwrap_or_default()
        };
        self.groups.table(vec![(name, made.values)])
    }

    /// The groups one after the other: what names each, and its values.
    pub fn pairs<T: super::places::OfCell>(&self) -> impl Iterator<Item = (T, Series)> + use<T> {
        let labels = self.groups.index.labels.cells();
        let (series, groups) = (self.series.clone(), self.groups.clone());
        labels
            .into_iter()
            .enumerate()
            .map(move |(at, label)| (T::of(label), series.take(&groups.rows[at])))
    }

    /// `groups.quantile(q)`.
    pub fn quantile(&self, q: f64) -> Series {
        self.applied(|series| series.quantile(q))
    }

    /// `groups.agg(function)` and `groups.apply(function)` of a function that gives one value for each group.
    pub fn applied<T: Held>(&self, mut function: impl FnMut(&Series) -> T) -> Series {
        let values: Vec<T> = self
            .groups
            .rows
            .iter()
            .map(|rows| function(&self.series.take(rows)))
            .collect();
        Series {
            values: T::column(&values),
            index: self.groups.index.clone(),
            name: self.series.name.clone(),
        }
    }

    /// `groups.transform("mean")`: for each row the value of its group.
    pub fn spread(&self, function: &str) -> Series {
        let found = self.aggregate(function).values;
        let places = self.groups.total(self.series.values.len());
        self.series.with_values(found.take_or_missing(&places))
    }

    /// `groups.transform(function)` of a function that gives a column for a column, and `groups.cumsum()` and its like.
    pub fn transformed(&self, mut function: impl FnMut(&Series) -> Series) -> Series {
        let mut cells = vec![Cell::Missing; self.series.values.len()];
        for rows in &self.groups.rows {
            let made = function(&self.series.take(rows));
            if made.values.len() != rows.len() {
                crate::py::unsupported("a group that is transformed into another number of rows");
            }
            for (at, &row) in rows.iter().enumerate() {
                cells[row] = made.values.cell(at);
            }
        }
        self.series.with_values(Column::of_cells(&cells))
    }

    /// `groups.transform(function)` of a function that gives one value for each group.
    pub fn spread_values<T: Held>(&self, function: impl FnMut(&Series) -> T) -> Series {
        let found = self.applied(function).values;
        let places = self.groups.total(self.series.values.len());
        self.series.with_values(found.take_or_missing(&places))
    }

    /// `groups.describe()`.
    pub fn describe(&self) -> DataFrame {
        let described: Vec<Vec<f64>> = self
            .groups
            .rows
            .iter()
            .map(|rows| super::describe::lines(&self.series.take(rows)))
            .collect();
        let columns = super::describe::LINES.iter().enumerate().map(|(at, name)| {
            let values = described.iter().map(|lines| lines[at]).collect();
            (name.to_string(), Column::Float(values))
        });
        self.groups.table(columns.collect())
    }

    /// `groups.value_counts()`: the groups and the values as labels of two levels.
    pub fn value_counts(&self, normalize: bool) -> Series {
        let mut keys: Vec<usize> = Vec::new();
        let mut cells: Vec<usize> = Vec::new();
        let mut counts: Vec<f64> = Vec::new();
        for (at, rows) in self.groups.rows.iter().enumerate() {
            let own = self.series.take(rows);
            let (places, groups) = grouped_as_they_come(&own.values);
            let mut order: Vec<usize> = (0..places.len()).collect();
            order.sort_by_key(|&x| std::cmp::Reverse(groups[x].len()));
            let total: usize = groups.iter().map(Vec::len).sum();
            for x in order {
                keys.push(at);
                cells.push(rows[places[x]]);
                let count = groups[x].len() as f64;
                counts.push(if normalize {
                    count / total as f64
                } else {
                    count
                });
            }
        }
        let mut levels = match self.groups.index.labels.take(&keys) {
            Column::Levels(levels) => levels,
            single => vec![(self.groups.index.name.clone(), single)],
        };
        levels.push((self.series.name.clone(), self.series.values.take(&cells)));
        Series {
            values: match normalize {
                true => Column::Float(counts),
                false => Column::Int(counts.iter().map(|&x| x as i64).collect()),
            },
            index: Index::new(Column::Levels(levels), None),
            name: Some(if normalize { "proportion" } else { "count" }.to_string()),
        }
    }

    /// `groups.agg(["mean", "sum"])`.
    pub fn aggregated(&self, functions: &[&str]) -> DataFrame {
        let columns = functions
            .iter()
            .map(|x| (x.to_string(), self.aggregate(x).values))
            .collect();
        self.groups.table(columns)
    }

    /// `groups.agg(name=function)`: the columns with names of their own.
    pub fn aggregated_as(&self, functions: &[(&str, &str)]) -> DataFrame {
        let columns = functions
            .iter()
            .map(|(name, function)| (name.to_string(), self.aggregate(function).values))
            .collect();
        self.groups.table(columns)
    }
}
