//! Tables brought together by the values of columns: `merge`, `join`, `concat` of tables with other columns.

use std::collections::HashMap;

use super::column::{Cell, Column};
use super::frame::DataFrame;
use super::series::Index;
use crate::py::{Exception, OrThrow};

fn keys(frame: &DataFrame, names: &[&str]) -> Vec<String> {
    let columns: Vec<Column> = names.iter().map(|name| frame.series(name).values).collect();
    let part = |cell: Cell| match cell.plain() {
        // Ints and floats are one key where they are equal.
        Cell::Float(value) if value.fract() == 0.0 && value.abs() < 9e15 => {
            Cell::Int(value as i64).key()
        }
        other => other.key(),
    };
    (0..frame.rows())
        .map(|row| {
            columns
                .iter()
                .map(|column| {
                    let key = part(column.cell(row));
                    format!("{}:{key}", key.len())
                })
                .collect()
        })
        .collect()
}

impl DataFrame {
    /// `left.merge(right, how=…, left_on=…, right_on=…, suffixes=…)`.
    pub fn merged(
        &self,
        right: &DataFrame,
        how: &str,
        left_on: &[&str],
        right_on: &[&str],
        suffixes: (&str, &str),
    ) -> DataFrame {
        let (left_keys, right_keys) = (keys(self, left_on), keys(right, right_on));
        let mut pairs: Vec<(Option<usize>, Option<usize>)> = Vec::new();
        let places = |keys: &[String]| -> HashMap<String, Vec<usize>> {
            let mut found: HashMap<String, Vec<usize>> = HashMap::new();
            for (row, key) in keys.iter().enumerate() {
                found.entry(key.clone()).or_default().push(row);
            }
            found
        };
        if how == "right" {
            let of = places(&left_keys);
            for (row, key) in right_keys.iter().enumerate() {
                match of.get(key) {
                    Some(rows) => pairs.extend(rows.iter().map(|&left| (Some(left), Some(row)))),
                    None => pairs.push((None, Some(row))),
                }
            }
        } else {
            let of = places(&right_keys);
            for (row, key) in left_keys.iter().enumerate() {
                match of.get(key) {
                    Some(rows) => pairs.extend(rows.iter().map(|&right| (Some(row), Some(right)))),
                    None if how == "inner" => {}
                    None => pairs.push((Some(row), None)),
                }
            }
        }
        if how == "outer" {
            let of = places(&left_keys);
            let alone = (0..right_keys.len()).filter(|&row| !of.contains_key(&right_keys[row]));
            pairs.extend(alone.map(|row| (None, Some(row))));
            let key_of = |(one, other): &(Option<usize>, Option<usize>)| -> Vec<Cell> {
                match (one, other) {
                    (Some(row), _) => left_on
                        .iter()
                        .map(|name| self.series(name).values.cell(*row))
                        .collect(),
                    (None, Some(row)) => right_on
                        .iter()
                        .map(|name| right_cell(right, name, *row))
                        .collect(),
                    _ => Vec::new(),
                }
            };
            pairs.sort_by(|a, b| Cell::Levels(key_of(a)).order(&Cell::Levels(key_of(b))));
        }
        let from_left: Vec<Option<usize>> = pairs.iter().map(|(left, _)| *left).collect();
        let from_right: Vec<Option<usize>> = pairs.iter().map(|(_, right)| *right).collect();
        let shared: Vec<(&str, &str)> = left_on
            .iter()
            .copied()
            .zip(right_on.iter().copied())
            .filter(|(a, b)| a == b)
            .collect();
        let is_shared = |name: &str| shared.iter().any(|(own, _)| *own == name);
        let mut columns: Vec<(String, Column)> = Vec::new();
        for (name, column) in &self.columns {
            let values = if is_shared(name) {
                // A key comes from the side that has the row.
                let other = right.series(name).values;
                if from_left.contains(&None) {
                    let cells: Vec<Cell> = pairs
                        .iter()
                        .map(|(left, right)| match (left, right) {
                            (Some(row), _) => column.cell(*row),
                            (None, Some(row)) => other.cell(*row),
                            _ => Cell::Missing,
                        })
                        .collect();
                    Column::of_cells(&cells)
                } else {
                    column.take_or_missing(&from_left)
                }
            } else {
                column.take_or_missing(&from_left)
            };
            let clash = !is_shared(name) && right.columns.iter().any(|(other, _)| other == name);
            columns.push((
                if clash {
                    format!("{name}{}", suffixes.0)
                } else {
                    name.clone()
                },
                values,
            ));
        }
        for (name, column) in &right.columns {
            if is_shared(name) {
                continue;
            }
            let clash = self.columns.iter().any(|(own, _)| own == name);
            let name = if clash {
                format!("{name}{}", suffixes.1)
            } else {
                name.clone()
            };
            columns.push((name, column.take_or_missing(&from_right)));
        }
        DataFrame::of(columns, Index::range(pairs.len()))
    }

    /// `left.join(right)`: the columns of the row with the same label.
    pub fn joined(&self, right: &DataFrame, how: &str) -> DataFrame {
        if let Some((name, _)) = right
            .columns
            .iter()
            .find(|(name, _)| self.columns.iter().any(|(own, _)| own == name))
        {
            let text =
                format!("columns overlap but no suffix specified: Index(['{name}'], dtype='str')");
            Err::<(), _>(Exception::new("ValueError", text)).or_throw();
        }
        let mut known: HashMap<String, usize> = HashMap::new();
        for (row, cell) in right.index.labels.cells().into_iter().enumerate() {
            if known.insert(cell.plain().key(), row).is_some() {
                crate::py::unsupported(
                    "tables that are joined by labels of which some come more than once",
                );
            }
        }
        let found: Vec<Option<usize>> = self
            .index
            .labels
            .cells()
            .into_iter()
            .map(|cell| known.get(&cell.plain().key()).copied())
            .collect();
        let kept: Vec<usize> = (0..self.rows())
            .filter(|&row| how == "left" || found[row].is_some())
            .collect();
        let from: Vec<Option<usize>> = kept.iter().map(|&row| found[row]).collect();
        let mut made = self.take(&kept);
        made.columns.extend(
            right
                .columns
                .iter()
                .map(|(name, column)| (name.clone(), column.take_or_missing(&from))),
        );
        made
    }
}

fn right_cell(right: &DataFrame, name: &str, row: usize) -> Cell {
    right.series(name).values.cell(row)
}
