//! Tables with the values of one column as the names of others: `crosstab`, `pivot_table`, `pivot`, `unstack`, and tables turned round.

use super::column::{Cell, Column};
use super::frame::{DataFrame, Heads, LEVEL};
use super::series::{Index, Operand, Series, grouped};
use crate::py::{Exception, OrThrow};

/// The values of a column as names of columns: their texts, and whether they are numbers.
fn as_names(labels: &Column) -> (Vec<String>, bool) {
    let names = labels.cells().iter().map(Cell::text).collect();
    let plain = match labels {
        Column::Category(held) => &held.labels,
        other => other,
    };
    (names, matches!(plain, Column::Int(_) | Column::Float(_)))
}

/// Keys with what they are called.
pub(crate) struct Keys {
    pub values: Column,
    pub name: Option<String>,
}

impl Keys {
    fn of(series: &[Series]) -> Keys {
        match series {
            [one] => Keys {
                values: one.values.clone(),
                name: one.name.clone(),
            },
            several => Keys {
                values: Column::Levels(
                    several
                        .iter()
                        .map(|one| (one.name.clone(), one.values.clone()))
                        .collect(),
                ),
                name: None,
            },
        }
    }
}

/// The keys of the rows and of the columns where the last level of labels becomes the columns.
fn turned(levels: &[(Option<String>, Column)]) -> (Keys, Keys) {
    let Some((last, outer)) = levels.split_last() else {
        crate::py::unsupported("labels without levels");
    };
    let rows = match outer {
        [(name, values)] => Keys {
            values: values.clone(),
            name: name.clone(),
        },
        several => Keys {
            values: Column::Levels(several.to_vec()),
            name: None,
        },
    };
    let columns = Keys {
        values: last.1.clone(),
        name: last.0.clone(),
    };
    (rows, columns)
}

/// A table with a row for each row key and a column for each column key and each of the values.
fn spread(
    rows: &Keys,
    columns: &Keys,
    values: &[(Option<String>, Column)],
    fill: Option<&Cell>,
) -> DataFrame {
    let (row_places, row_groups) = grouped(&rows.values);
    let (column_places, column_groups) = grouped(&columns.values);
    let mut row_of = vec![None; rows.values.len()];
    for (at, group) in row_groups.iter().enumerate() {
        group.iter().for_each(|&place| row_of[place] = Some(at));
    }
    let (names, numbers) = as_names(&columns.values.take(&column_places));
    let mut made: Vec<(String, Column)> = Vec::new();
    for (value_name, column) in values {
        for (group, name) in column_groups.iter().zip(&names) {
            let mut places: Vec<Option<usize>> = vec![None; row_places.len()];
            for &place in group {
                let Some(at) = row_of[place] else { continue };
                if places[at].replace(place).is_some() {
                    let text = "Index contains duplicate entries, cannot reshape";
                    Err::<(), _>(Exception::new("ValueError", text)).or_throw();
                }
            }
            let cells = match fill {
                None => column.take_or_missing(&places),
                Some(fill) => Column::of_cells(
                    &places
                        .iter()
                        .map(|place| place.map_or(fill.clone(), |at| column.cell(at)))
                        .collect::<Vec<Cell>>(),
                ),
            };
            let name = match value_name {
                Some(value) => format!("{value}{LEVEL}{name}"),
                None => name.clone(),
            };
            made.push((name, cells));
        }
    }
    // Columns of one table have one type, as the values have that they come from.
    if values.len() == 1
        && made
            .iter()
            .any(|(_, column)| matches!(column, Column::Float(_)))
        && fill.is_none()
    {
        for (_, column) in &mut made {
            if matches!(column, Column::Int(_)) {
                *column = Column::Float(column.floats().unwrap_or_default());
            }
        }
    }
    let mut found = DataFrame::of(
        made,
        Index::new(rows.values.take(&row_places), rows.name.clone()),
    );
    let several = values.iter().any(|(name, _)| name.is_some());
    found.heads = Heads {
        levels: match several {
            true => vec![None, columns.name.clone()],
            false => vec![columns.name.clone()],
        },
        numbers: numbers && !several,
    };
    found
}

fn fill_cell(fill: Option<Operand>) -> Option<Cell> {
    fill.map(|fill| fill.column(1).cell(0))
}

impl Series {
    /// `series.unstack(fill_value=…)`: the values of the last level of labels as the names of columns.
    pub fn unstacked(&self, fill: Option<Operand>) -> DataFrame {
        let Column::Levels(levels) = &self.index.labels else {
            crate::py::unsupported("`unstack` of rows that are named by one value");
        };
        let (rows, columns) = turned(levels);
        spread(
            &rows,
            &columns,
            &[(None, self.values.clone())],
            fill_cell(fill).as_ref(),
        )
    }
}

impl DataFrame {
    /// `frame.pivot(index=…, columns=…, values=…)`.
    pub fn pivoted(&self, index: &str, columns: &str, values: &str) -> DataFrame {
        spread(
            &Keys::of(&[self.series(index)]),
            &Keys::of(&[self.series(columns)]),
            &[(None, self.series(values).values)],
            None,
        )
    }

    /// `frame.pivot_table(index=…, columns=…, values=…, aggfunc=…)`.
    pub fn pivot_table(
        &self,
        index: &[&str],
        columns: &str,
        values: &[&str],
        single: bool,
        function: &str,
        fill: Option<Operand>,
    ) -> DataFrame {
        let keys: Vec<&str> = index.iter().copied().chain([columns]).collect();
        let groups = self.grouped(&keys, true, true, true);
        let fill = fill_cell(fill);
        let mut sorted: Vec<&str> = values.to_vec();
        sorted.sort_unstable();
        let made: Vec<(Option<String>, Column)> = sorted
            .iter()
            .map(|name| {
                let own = groups.series(name).aggregate(function).values;
                ((!single).then(|| (*name).to_string()), own)
            })
            .collect();
        let labels = match groups.size().index.labels {
            Column::Levels(levels) => levels,
            _ => crate::py::unsupported("groups without levels"),
        };
        let (rows, columns) = turned(&labels);
        // Columns without any value are left out.
        let mut found = spread(&rows, &columns, &made, fill.as_ref());
        found
            .columns
            .retain(|(_, column)| column.missing().contains(&false));
        found
    }

    /// `frame.pivot_table(…, margins=True)`: with a row and a column for all.
    pub fn pivot_table_with_margins(
        &self,
        index: &str,
        columns: &str,
        values: &str,
        function: &str,
        fill: Option<Operand>,
    ) -> DataFrame {
        let parts = self.select(&[index, columns, values]).dropna();
        let mut found = parts.pivot_table(&[index], columns, &[values], true, function, fill);
        let by_row = parts
            .grouped(&[index], true, true, true)
            .series(values)
            .aggregate(function);
        let by_column = parts
            .grouped(&[columns], true, true, true)
            .series(values)
            .aggregate(function);
        let one = Series {
            values: Column::Int(vec![0; parts.rows()]),
            index: parts.index.clone(),
            name: None,
        };
        let all = parts.series(values).grouped(&one, true).aggregate(function);
        found.columns.push(("All".to_string(), by_row.values));
        let last: Vec<Cell> = by_column
            .values
            .cells()
            .into_iter()
            .chain(all.values.cells())
            .collect();
        found.with_last_row("All", &last)
    }

    fn with_last_row(mut self, label: &str, cells: &[Cell]) -> DataFrame {
        for ((_, column), cell) in self.columns.iter_mut().zip(cells) {
            let mut own = column.cells();
            own.push(cell.clone());
            *column = Column::of_cells(&own);
        }
        let floats = self
            .columns
            .iter()
            .any(|(_, column)| matches!(column, Column::Float(_)));
        for (_, column) in &mut self.columns {
            if floats && matches!(column, Column::Int(_)) {
                *column = Column::Float(column.floats().unwrap_or_default());
            }
        }
        let mut labels: Vec<Option<String>> = self
            .index
            .labels
            .cells()
            .iter()
            .map(|cell| Some(cell.text()))
            .collect();
        labels.push(Some(label.to_string()));
        self.index.labels = Column::Str(labels);
        self.heads.numbers = false;
        self
    }

    /// `frame.pivot_table(index=…, values=…, aggfunc=[…])`: the functions above the names of the columns.
    pub fn pivot_functions(
        &self,
        index: &[&str],
        values: &[&str],
        functions: &[&str],
    ) -> DataFrame {
        let groups = self.grouped(index, true, true, true);
        let mut sorted: Vec<&str> = values.to_vec();
        sorted.sort_unstable();
        let columns = functions.iter().flat_map(|function| {
            let groups = &groups;
            sorted.iter().map(move |name| {
                let own = groups.series(name).aggregate(function).values;
                (format!("{function}{LEVEL}{name}"), own)
            })
        });
        let columns = columns.collect();
        let mut found = DataFrame::of(columns, groups.size().index);
        found.heads.levels = vec![None, None];
        found
    }

    /// The names of these columns as labels of rows.
    pub(crate) fn name_labels(&self, places: &[usize]) -> Index {
        let names: Vec<&String> = places.iter().map(|&at| &self.columns[at].0).collect();
        let levels = self.heads.levels.len();
        if levels > 1 {
            let parts: Vec<Vec<&str>> = names
                .iter()
                .map(|name| name.splitn(levels, LEVEL).collect())
                .collect();
            let labels = self.heads.levels.iter().enumerate().map(|(level, name)| {
                let own = parts.iter().map(|part| Some(part[level].to_string()));
                (name.clone(), Column::Str(own.collect()))
            });
            return Index::new(Column::Levels(labels.collect()), None);
        }
        let numbers = |names: &[&String]| -> Option<Column> {
            let ints: Option<Vec<i64>> = names.iter().map(|name| name.parse().ok()).collect();
            let floats: Option<Vec<f64>> = names.iter().map(|name| name.parse().ok()).collect();
            ints.map(Column::Int).or(floats.map(Column::Float))
        };
        let own = if self.heads.numbers {
            numbers(&names)
        } else {
            None
        };
        Index::new(
            own.unwrap_or_else(|| {
                Column::Str(names.iter().map(|name| Some((*name).clone())).collect())
            }),
            self.heads.levels.first().cloned().flatten(),
        )
    }

    /// `frame.T`, of columns of one kind.
    pub fn transposed(&self) -> DataFrame {
        let all: Vec<usize> = (0..self.columns.len()).collect();
        let floats = self
            .columns
            .iter()
            .any(|(_, column)| matches!(column, Column::Float(_)));
        let held: Vec<Column> = self
            .columns
            .iter()
            .map(|(_, column)| match column {
                Column::Int(_) if floats => Column::Float(column.floats().unwrap_or_default()),
                other => other.clone(),
            })
            .collect();
        if held
            .windows(2)
            .any(|pair| pair[0].dtype() != pair[1].dtype())
        {
            crate::py::unsupported("a table turned round whose columns hold different types");
        }
        let (names, numbers, levels) = match &self.index.labels {
            Column::Levels(levels) => {
                let names = self.index.labels.cells();
                let names = names.iter().map(|cell| match cell {
                    Cell::Levels(cells) => cells
                        .iter()
                        .map(Cell::text)
                        .collect::<Vec<String>>()
                        .join(&LEVEL.to_string()),
                    other => other.text(),
                });
                (
                    names.collect(),
                    false,
                    levels.iter().map(|(name, _)| name.clone()).collect(),
                )
            }
            labels => {
                let (names, numbers) = as_names(labels);
                (names, numbers, vec![self.index.name.clone()])
            }
        };
        let columns = names
            .into_iter()
            .enumerate()
            .map(|(row, name): (usize, String)| {
                let cells: Vec<Cell> = held.iter().map(|column| column.cell(row)).collect();
                let own = match &held[..] {
                    [Column::Float(_), ..] => Column::Float(
                        cells
                            .iter()
                            .map(|cell| match cell {
                                Cell::Float(value) => *value,
                                _ => f64::NAN,
                            })
                            .collect(),
                    ),
                    _ => Column::of_cells(&cells),
                };
                (name, own)
            });
        let mut found = DataFrame::of(columns.collect(), self.name_labels(&all));
        found.heads = Heads { levels, numbers };
        found
    }
}

/// `pd.crosstab(one, other)`: how often values come together.
pub fn crosstab(one: &Series, other: &Series, margins: bool, normalize: &str) -> DataFrame {
    super::column::check_labels(&other.index.labels, &one.index.labels);
    let unnamed = |series: &Series, name: &str| {
        let mut made = series.clone();
        made.name = Some(made.name.unwrap_or_else(|| name.to_string()));
        made
    };
    let (one, other) = (unnamed(one, "row_0"), unnamed(other, "col_0"));
    let frame = DataFrame::of(
        vec![
            ("0".to_string(), one.values.clone()),
            ("1".to_string(), other.values.clone()),
        ],
        Index::range(one.values.len()),
    )
    .dropna();
    let counts = frame.grouped(&["0", "1"], true, true, true).size();
    let mut found = counts.unstacked(Some(Operand::Int(0)));
    found.index.name = one.name;
    found.heads.levels = vec![other.name];
    let numbers = |column: &Column| column.floats().unwrap_or_default();
    let by_row: Vec<f64> = (0..found.rows())
        .map(|row| {
            found
                .columns
                .iter()
                .map(|(_, column)| numbers(column)[row])
                .sum()
        })
        .collect();
    let total: f64 = by_row.iter().sum();
    if !normalize.is_empty() {
        for (_, column) in &mut found.columns {
            let own = numbers(column);
            let sum: f64 = own.iter().sum();
            let shares = own.iter().zip(&by_row).map(|(value, row)| match normalize {
                "index" => value / row,
                "columns" => value / sum,
                _ => value / total,
            });
            *column = Column::Float(shares.collect());
        }
    }
    if !margins {
        return found;
    }
    found.columns.push((
        "All".to_string(),
        Column::Int(by_row.iter().map(|&x| x as i64).collect()),
    ));
    let sums: Vec<Cell> = found
        .columns
        .iter()
        .map(|(_, column)| Cell::Int(numbers(column).iter().sum::<f64>() as i64))
        .collect();
    found.with_last_row("All", &sums)
}
