//! `load_iris`, `load_wine`, `load_breast_cancer`, `load_diabetes` and `load_digits`.

use crate::py::Text;
use ndarray::{Array1, Array2};

/// A loaded data set. `T` is i64 for classes and f64 for measurements.
#[derive(Clone, Debug)]
pub struct Bunch<T> {
    /// One row for each sample.
    pub data: Array2<f64>,
    /// The class or measurement of each sample.
    pub target: Array1<T>,
    /// Names of the columns.
    pub feature_names: Vec<String>,
    /// Names of the classes.
    pub target_names: Array1<String>,
    keys: &'static [&'static str],
}

/// The names of what a data set holds.
pub struct Keys(Vec<String>);

impl IntoIterator for Keys {
    type Item = String;
    type IntoIter = std::vec::IntoIter<String>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl Text for Keys {
    fn repr_text(&self) -> String {
        format!("dict_keys({})", self.0.repr_text())
    }
}

const WITH_FILE: &[&str] = &[
    "data",
    "target",
    "frame",
    "target_names",
    "DESCR",
    "feature_names",
    "filename",
    "data_module",
];
const WITHOUT_FILE: &[&str] = &[
    "data",
    "target",
    "frame",
    "target_names",
    "DESCR",
    "feature_names",
];
const TWO_FILES: &[&str] = &[
    "data",
    "target",
    "frame",
    "DESCR",
    "feature_names",
    "data_filename",
    "target_filename",
    "data_module",
];
const PICTURES: &[&str] = &[
    "data",
    "target",
    "frame",
    "feature_names",
    "target_names",
    "images",
    "DESCR",
];

impl<T: Clone> Bunch<T> {
    /// `keys()`.
    pub fn keys(&self) -> Keys {
        Keys(self.keys.iter().map(|key| key.to_string()).collect())
    }

    /// `images` of the digits: each row of `data` as eight lines of eight.
    pub fn images(&self) -> ndarray::Array3<f64> {
        let values = self.data.iter().copied().collect();
        ndarray::Array3::from_shape_vec((self.data.nrows(), 8, 8), values)
            .expect("64 values for each picture")
    }

    /// `return_X_y=True`: the rows and the target.
    pub fn into_pair(self) -> (Array2<f64>, Array1<T>) {
        (self.data, self.target)
    }
}

fn read<T>(text: &str, keys: &'static [&'static str], target: impl Fn(f64) -> T) -> Bunch<T> {
    let names = |line: &str| {
        line.split(';')
            .filter(|name| !name.is_empty())
            .map(str::to_string)
            .collect::<Vec<_>>()
    };
    let mut lines = text.lines();
    let feature_names = names(lines.next().unwrap_or(""));
    let target_names = names(lines.next().unwrap_or(""));
    let mut values = Vec::new();
    let mut targets = Vec::new();
    for line in lines {
        let mut row: Vec<f64> = line
            .split(',')
            .map(|text| text.parse().expect("a number"))
            .collect();
        targets.push(target(row.pop().expect("a target")));
        values.extend(row);
    }
    let data =
        Array2::from_shape_vec((targets.len(), feature_names.len()), values).expect("a full table");
    Bunch {
        data,
        target: targets.into(),
        feature_names,
        target_names: target_names.into(),
        keys,
    }
}

/// Measurements of 150 irises of three kinds.
pub fn load_iris() -> Bunch<i64> {
    read(include_str!("tables/iris.txt"), WITH_FILE, |value| {
        value as i64
    })
}

/// Chemical analyses of 178 wines of three growers.
pub fn load_wine() -> Bunch<i64> {
    read(include_str!("tables/wine.txt"), WITHOUT_FILE, |value| {
        value as i64
    })
}

/// Measurements of 569 tumours, malignant or benign.
pub fn load_breast_cancer() -> Bunch<i64> {
    read(
        include_str!("tables/breast_cancer.txt"),
        WITH_FILE,
        |value| value as i64,
    )
}

/// Ten scaled measurements of 442 patients and how their illness went on.
pub fn load_diabetes() -> Bunch<f64> {
    read(include_str!("tables/diabetes.txt"), TWO_FILES, |value| {
        value
    })
}

/// Pictures of 1797 handwritten digits, eight by eight pixels; only the digits below `n_class`.
pub fn load_digits(n_class: i64) -> Bunch<i64> {
    let mut values = Vec::new();
    let mut targets = Vec::new();
    for line in include_str!("tables/digits.txt").lines() {
        let (pixels, digit) = line.split_at(64);
        let digit: i64 = digit.parse().expect("a digit");
        if digit < n_class {
            values.extend(pixels.bytes().map(|pixel| f64::from(pixel - b'a')));
            targets.push(digit);
        }
    }
    let feature_names = (0..8)
        .flat_map(|row| (0..8).map(move |column| format!("pixel_{row}_{column}")))
        .collect();
    let data = Array2::from_shape_vec((targets.len(), 64), values).expect("a full table");
    Bunch {
        data,
        target: targets.into(),
        feature_names,
        target_names: Array1::from_elem(0, String::new()),
        keys: PICTURES,
    }
}
