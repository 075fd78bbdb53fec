//! `train_test_split`: the rows that NumPy's stream chooses for a seed.

use crate::py::{Float, Shared};
use crate::sklearn::errors::{Result, inconsistent_lengths, value_error};
use crate::sklearn::random::RandomState;
use crate::sklearn::target::{Labels, Target};
use ndarray::{Array1, Array2, Axis};

/// A size given as a share (float) or a count (int).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Size {
    /// A share of the samples.
    Share(f64),
    /// A number of samples.
    Count(i64),
}

impl From<f64> for Size {
    fn from(value: f64) -> Self {
        Size::Share(value)
    }
}

impl From<i64> for Size {
    fn from(value: i64) -> Self {
        Size::Count(value)
    }
}

impl std::fmt::Display for Size {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Size::Share(value) => write!(f, "{}", Float(*value)),
            Size::Count(value) => write!(f, "{value}"),
        }
    }
}

/// `test_size` and `train_size`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sizes {
    /// `test_size`.
    pub test: Option<Size>,
    /// `train_size`.
    pub train: Option<Size>,
}

/// The numbers of training and test samples.
pub(super) fn counts(samples: usize, sizes: Sizes) -> Result<(usize, usize)> {
    let show = |size: Option<Size>| size.map_or("None".to_string(), |size| size.to_string());
    let test = if sizes.test.is_none() && sizes.train.is_none() {
        Some(Size::Share(0.25))
    } else {
        sizes.test
    };
    for (name, size) in [("test_size", test), ("train_size", sizes.train)] {
        let good = match size {
            Some(Size::Share(share)) => share > 0.0 && share < 1.0,
            Some(Size::Count(count)) => count > 0 && count < samples as i64,
            None => true,
        };
        if !good {
            return Err(value_error(format!(
                "{name}={} should be either positive and smaller than the number of samples {samples} or a float in the (0, 1) range",
                show(size)
            )));
        }
    }
    if let (Some(Size::Share(train)), Some(Size::Share(test))) = (sizes.train, test)
        && train + test > 1.0
    {
        return Err(value_error(format!(
            "The sum of test_size and train_size = {}, should be in the (0, 1) range. Reduce test_size and/or train_size.",
            Float(train + test)
        )));
    }
    let whole = samples as f64;
    let test_count = test.map(|size| match size {
        Size::Share(share) => (share * whole).ceil() as usize,
        Size::Count(count) => count as usize,
    });
    let train_count = sizes.train.map(|size| match size {
        Size::Share(share) => (share * whole).floor() as usize,
        Size::Count(count) => count as usize,
    });
    let (train, test_count) = match (train_count, test_count) {
        (None, Some(test)) => (samples - test.min(samples), test),
        (Some(train), None) => (train, samples - train.min(samples)),
        (Some(train), Some(test)) => (train, test),
        (None, None) => (samples, 0),
    };
    if train + test_count > samples {
        return Err(value_error(format!(
            "The sum of train_size and test_size = {}, should be smaller than the number of samples {samples}. Reduce test_size and/or \
             train_size.",
            train + test_count
        )));
    }
    if train == 0 {
        return Err(value_error(format!(
            "With n_samples={samples}, test_size={} and train_size={}, the resulting train set will be empty. Adjust any of the \
             aforementioned parameters.",
            show(test),
            show(sizes.train)
        )));
    }
    Ok((train, test_count))
}

/// How many samples of each class to draw, as near as possible to their shares; ties are broken by drawing.
fn likely_counts(classes: &[usize], draws: usize, random: &mut RandomState) -> Vec<usize> {
    let total = classes.iter().sum::<usize>() as f64;
    let ideal: Vec<f64> = classes
        .iter()
        .map(|&count| count as f64 / total * draws as f64)
        .collect();
    let mut chosen: Vec<usize> = ideal.iter().map(|value| value.floor() as usize).collect();
    let mut missing = draws - chosen.iter().sum::<usize>();
    let rests: Vec<f64> = ideal.iter().map(|value| value - value.floor()).collect();
    let mut values = rests.clone();
    values.sort_by(|a, b| b.total_cmp(a));
    values.dedup();
    for value in values {
        if missing == 0 {
            break;
        }
        let equal: Vec<usize> = (0..rests.len()).filter(|&at| rests[at] == value).collect();
        let now = equal.len().min(missing);
        let order = random.permutation(equal.len());
        for &position in &order[..now] {
            chosen[equal[position]] += 1;
        }
        missing -= now;
    }
    chosen
}

pub(super) fn stratified(
    labels: &Target,
    train: usize,
    test: usize,
    random: &mut RandomState,
) -> Result<(Vec<usize>, Vec<usize>)> {
    let (classes, codes) = labels.encode()?;
    let count = classes.length().unwrap_or(0);
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (row, &code) in codes.iter().enumerate() {
        members[code].push(row);
    }
    let few: Vec<usize> = (0..count)
        .filter(|&class| members[class].len() < 2)
        .collect();
    if !few.is_empty() {
        let names: Vec<String> = few
            .iter()
            .map(|&class| match &classes {
                Target::Int(values) => values[class].to_string(),
                Target::Float(values) => Float(values[class]).to_string(),
                Target::Text(values) => format!("'{}'", values[class]),
                Target::Bool(values) => if values[class] { "True" } else { "False" }.to_string(),
                _ => String::new(),
            })
            .collect();
        return Err(value_error(format!(
            "The least populated classes in y have only 1 member, which is too few. The minimum number of groups for any class cannot \
             be less than 2. Classes with too few members are: [{}]",
            names.join(", ")
        )));
    }
    for (name, size) in [("train", train), ("test", test)] {
        if size < count {
            return Err(value_error(format!(
                "The {name}_size = {size} should be greater or equal to the number of classes = {count}"
            )));
        }
    }
    let sizes: Vec<usize> = members.iter().map(Vec::len).collect();
    let for_train = likely_counts(&sizes, train, random);
    let remaining: Vec<usize> = sizes
        .iter()
        .zip(&for_train)
        .map(|(size, taken)| size - taken)
        .collect();
    let for_test = likely_counts(&remaining, test, random);
    let (mut train_rows, mut test_rows) = (Vec::new(), Vec::new());
    for class in 0..count {
        let order = random.permutation(sizes[class]);
        let rows: Vec<usize> = order
            .iter()
            .map(|&position| members[class][position])
            .collect();
        train_rows.extend_from_slice(&rows[..for_train[class]]);
        test_rows.extend_from_slice(&rows[for_train[class]..for_train[class] + for_test[class]]);
    }
    random.shuffle(&mut train_rows);
    random.shuffle(&mut test_rows);
    Ok((train_rows, test_rows))
}

/// `test_size`, `train_size`, `random_state`, `shuffle` and `stratify` of `train_test_split`.
#[derive(Clone, Debug)]
pub struct Split {
    sizes: Sizes,
    random_state: Option<i64>,
    shuffle: bool,
    stratify: Target,
}

impl Default for Split {
    fn default() -> Self {
        Split {
            sizes: Sizes::default(),
            random_state: None,
            shuffle: true,
            stratify: Target::Absent,
        }
    }
}

impl Split {
    /// scikit-learn's defaults: a quarter for testing, shuffled.
    pub fn new() -> Self {
        Self::default()
    }
    /// With `test_size`.
    pub fn test_size(mut self, size: impl Into<Size>) -> Self {
        self.sizes.test = Some(size.into());
        self
    }
    /// With `train_size`.
    pub fn train_size(mut self, size: impl Into<Size>) -> Self {
        self.sizes.train = Some(size.into());
        self
    }
    /// With `random_state`.
    pub fn random_state(mut self, seed: Option<i64>) -> Self {
        self.random_state = seed;
        self
    }
    /// With `shuffle`.
    pub fn shuffle(mut self, shuffle: bool) -> Self {
        self.shuffle = shuffle;
        self
    }
    /// With `stratify`.
    pub fn stratify<L: Labels>(mut self, labels: &L) -> Self {
        self.stratify = labels.to_target();
        self
    }

    /// The rows for training and for testing.
    pub fn rows(&self, samples: usize) -> Result<(Vec<usize>, Vec<usize>)> {
        let (train, test) = counts(samples, self.sizes)?;
        if !self.shuffle {
            if self.stratify != Target::Absent {
                return Err(value_error(
                    "Stratified train/test split is not implemented for shuffle=False",
                ));
            }
            return Ok(((0..train).collect(), (train..train + test).collect()));
        }
        let mut random = RandomState::from_seed(self.random_state);
        if self.stratify != Target::Absent {
            let length = self.stratify.length().unwrap_or(0);
            if length != samples {
                return Err(inconsistent_lengths(&[samples, length]));
            }
            return stratified(&self.stratify, train, test, &mut random);
        }
        let order = random.permutation(samples);
        Ok((order[test..test + train].to_vec(), order[..test].to_vec()))
    }
}

/// The rows for training and for testing, drawn from a stream that goes on.
pub fn split_rows(
    samples: usize,
    stratify: Option<&Target>,
    test: f64,
    random: &mut RandomState,
) -> Result<(Vec<usize>, Vec<usize>)> {
    let sizes = Sizes {
        test: Some(Size::Share(test)),
        train: None,
    };
    let (train, test) = counts(samples, sizes)?;
    if let Some(labels) = stratify {
        return stratified(labels, train, test, random);
    }
    let order = random.permutation(samples);
    Ok((order[test..test + train].to_vec(), order[..test].to_vec()))
}

/// Something that `train_test_split` can take rows of.
pub trait SplitRows {
    /// The number of rows.
    fn row_count(&self) -> usize;
    /// The rows at these positions, in this order.
    fn rows_at(&self, rows: &[usize]) -> Self;
}

macro_rules! split_rows {
    ($($type:ty),*) => { $(
        impl SplitRows for Array1<$type> {
            fn row_count(&self) -> usize {
                self.len()
            }
            fn rows_at(&self, rows: &[usize]) -> Self {
                rows.iter().map(|&row| self[row].clone()).collect()
            }
        }
        impl SplitRows for Array2<$type> {
            fn row_count(&self) -> usize {
                self.nrows()
            }
            fn rows_at(&self, rows: &[usize]) -> Self {
                let mut values = Vec::with_capacity(rows.len() * self.ncols());
                for &row in rows {
                    values.extend(self.index_axis(Axis(0), row).iter().cloned());
                }
                Array2::from_shape_vec((rows.len(), self.ncols()), values).expect("as many values as rows times columns")
            }
        }
    )* };
}
split_rows!(f64, i64, bool, String);

impl<T: Clone> SplitRows for Vec<T> {
    fn row_count(&self) -> usize {
        self.len()
    }
    fn rows_at(&self, rows: &[usize]) -> Self {
        rows.iter().map(|&row| self[row].clone()).collect()
    }
}

impl<T: Clone> SplitRows for Shared<Vec<T>> {
    fn row_count(&self) -> usize {
        self.with(Vec::len)
    }
    fn rows_at(&self, rows: &[usize]) -> Self {
        Shared::new(self.with(|list| list.rows_at(rows)))
    }
}

/// A tuple of things to split alike.
pub trait SplitAll {
    /// Training and test rows of each.
    type Parts;
    /// Splits all.
    fn split_all(self, split: &Split) -> Result<Self::Parts>;
}

fn rows_of_all(counts: &[usize], split: &Split) -> Result<(Vec<usize>, Vec<usize>)> {
    if counts.iter().any(|count| *count != counts[0]) {
        return Err(inconsistent_lengths(counts));
    }
    split.rows(counts[0])
}

macro_rules! split_all {
    ($($name:ident: $type:ident),+) => {
        impl<$($type: SplitRows),+> SplitAll for ($(&$type,)+) {
            type Parts = split_all!(@parts [] $($type)+);
            fn split_all(self, split: &Split) -> Result<Self::Parts> {
                let ($($name,)+) = self;
                let (train, test) = rows_of_all(&[$($name.row_count()),+], split)?;
                Ok(split_all!(@values train test [] $($name)+))
            }
        }
    };
    (@parts [$($done:ty,)*] $first:ident $($rest:ident)*) => { split_all!(@parts [$($done,)* $first, $first,] $($rest)*) };
    (@parts [$($done:ty,)*]) => { ($($done,)*) };
    (@values $train:ident $test:ident [$($done:expr,)*] $first:ident $($rest:ident)*) => {
        split_all!(@values $train $test [$($done,)* $first.rows_at(&$train), $first.rows_at(&$test),] $($rest)*)
    };
    (@values $train:ident $test:ident [$($done:expr,)*]) => { ($($done,)*) };
}
split_all!(a: A);
split_all!(a: A, b: B);
split_all!(a: A, b: B, c: C);
split_all!(a: A, b: B, c: C, d: D);
split_all!(a: A, b: B, c: C, d: D, e: E);

/// `train_test_split(*arrays, …)`.
pub fn try_train_test_split<T: SplitAll>(arrays: T, split: Split) -> Result<T::Parts> {
    arrays.split_all(&split)
}

/// See `try_train_test_split`.
pub fn train_test_split<T: SplitAll>(arrays: T, split: Split) -> T::Parts {
    crate::sklearn::errors::unwrap(try_train_test_split(arrays, split))
}
