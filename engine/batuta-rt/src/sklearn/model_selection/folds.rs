//! `KFold` and `StratifiedKFold`.

use super::split::SplitRows;
use super::splitters::Splits;
use crate::sklearn::errors::{Result, throwing, value_error, warn};
use crate::sklearn::parameters::{Param, ParamType};
use crate::sklearn::random::RandomState;
use crate::sklearn::target::{Labels, Target};
use ndarray::Array1;

/// Pairs of rows for training and for testing.
pub type Folds = Vec<(Array1<i64>, Array1<i64>)>;

/// Anything that divides data into folds.
pub trait Splitter {
    /// For each fold the rows for training and for testing.
    fn folds(&self, samples: usize, y: &Target) -> Result<Vec<(Vec<usize>, Vec<usize>)>>;
}

/// Equal runs of rows.
#[derive(Clone, Debug)]
pub struct KFold {
    n_splits: i64,
    shuffle: bool,
    random_state: Option<i64>,
}

/// Folds with the shares of the classes kept.
#[derive(Clone, Debug)]
pub struct StratifiedKFold {
    n_splits: i64,
    shuffle: bool,
    random_state: Option<i64>,
}

fn check(n_splits: i64, shuffle: bool, random_state: Option<i64>) -> Result<()> {
    if n_splits <= 1 {
        return Err(value_error(format!(
            "k-fold cross-validation requires at least one train/test split by setting n_splits=2 or more, got n_splits={n_splits}."
        )));
    }
    if !shuffle && random_state.is_some() {
        return Err(value_error(
            "Setting a random_state has no effect since shuffle is False. You should leave random_state to its default (None), or set \
             shuffle=True.",
        ));
    }
    Ok(())
}

macro_rules! splitter {
    ($name:ident) => {
        impl $name {
            /// The splitter.
            pub fn try_new(
                n_splits: i64,
                shuffle: bool,
                random_state: Option<i64>,
            ) -> Result<Self> {
                check(n_splits, shuffle, random_state)?;
                Ok($name {
                    n_splits,
                    shuffle,
                    random_state,
                })
            }
            /// See `try_new`.
            pub fn new(n_splits: i64, shuffle: bool, random_state: Option<i64>) -> Self {
                crate::sklearn::errors::unwrap(Self::try_new(n_splits, shuffle, random_state))
            }
            /// `get_n_splits()`.
            pub fn get_n_splits(&self) -> i64 {
                self.n_splits
            }
            /// `split(X, y)`.
            pub fn try_split<X: SplitRows, L: Labels>(&self, x: &X, y: &L) -> Result<Folds> {
                Ok(indices(self.folds(x.row_count(), &y.to_target())?))
            }
            /// `split(X)`.
            pub fn try_split_alone(&self, samples: i64) -> Result<Folds> {
                Ok(indices(self.folds(samples as usize, &Target::Absent)?))
            }
            throwing! {
                /// See `try_split`.
                split = try_split<X: SplitRows, L: Labels>(&self, x: &X, y: &L) -> Folds;
                /// See `try_split_alone`.
                split_alone = try_split_alone(&self, samples: i64) -> Folds;
            }
        }
    };
}
splitter!(KFold);
splitter!(StratifiedKFold);

pub(super) fn indices(folds: Vec<(Vec<usize>, Vec<usize>)>) -> Folds {
    let numbers = |rows: Vec<usize>| rows.into_iter().map(|row| row as i64).collect();
    folds
        .into_iter()
        .map(|(train, test)| (numbers(train), numbers(test)))
        .collect()
}

fn too_many(n_splits: i64, samples: usize) -> Result<()> {
    if n_splits as usize > samples {
        return Err(value_error(format!(
            "Cannot have number of splits n_splits={n_splits} greater than the number of samples: n_samples={samples}."
        )));
    }
    Ok(())
}

/// The folds in which row `r` is tested in fold `fold_of[r]`.
fn by_number(fold_of: &[usize], count: usize) -> Vec<(Vec<usize>, Vec<usize>)> {
    (0..count)
        .map(|fold| (0..fold_of.len()).partition(|&row| fold_of[row] != fold))
        .collect()
}

impl KFold {
    /// The folds, with the shuffle drawn from a stream.
    pub(super) fn folds_from(
        &self,
        samples: usize,
        random: &mut RandomState,
    ) -> Result<Vec<(Vec<usize>, Vec<usize>)>> {
        too_many(self.n_splits, samples)?;
        let count = self.n_splits as usize;
        let mut order: Vec<usize> = (0..samples).collect();
        if self.shuffle {
            random.shuffle(&mut order);
        }
        let mut fold_of = vec![0; samples];
        let mut start = 0;
        for fold in 0..count {
            let size = samples / count + usize::from(fold < samples % count);
            for &row in &order[start..start + size] {
                fold_of[row] = fold;
            }
            start += size;
        }
        Ok(by_number(&fold_of, count))
    }
}

impl Splitter for KFold {
    fn folds(&self, samples: usize, _y: &Target) -> Result<Vec<(Vec<usize>, Vec<usize>)>> {
        self.folds_from(samples, &mut RandomState::from_seed(self.random_state))
    }
}

impl Splitter for StratifiedKFold {
    fn folds(&self, samples: usize, y: &Target) -> Result<Vec<(Vec<usize>, Vec<usize>)>> {
        self.folds_from(samples, y, &mut RandomState::from_seed(self.random_state))
    }
}

impl StratifiedKFold {
    /// The folds, with the shuffles drawn from a stream.
    pub(super) fn folds_from(
        &self,
        samples: usize,
        y: &Target,
        random: &mut RandomState,
    ) -> Result<Vec<(Vec<usize>, Vec<usize>)>> {
        too_many(self.n_splits, samples)?;
        if let Target::Float(values) = y
            && values.iter().any(|value| value.fract() != 0.0)
        {
            return Err(value_error(
                "Supported target types are: ('binary', 'multiclass'). Got 'continuous' instead.",
            ));
        }
        let count = self.n_splits as usize;
        let (classes, sorted_codes) = y.encode()?;
        let classes = classes.length().unwrap_or(0);
        // Classes are numbered by first appearance.
        let mut number = vec![usize::MAX; classes];
        let mut next = 0;
        let codes: Vec<usize> = sorted_codes
            .iter()
            .map(|&code| {
                if number[code] == usize::MAX {
                    number[code] = next;
                    next += 1;
                }
                number[code]
            })
            .collect();
        let mut sizes = vec![0usize; classes];
        for &code in &codes {
            sizes[code] += 1;
        }
        if sizes.iter().all(|&size| count > size) {
            return Err(value_error(format!(
                "n_splits={count} cannot be greater than the number of members in each class."
            )));
        }
        let least = sizes.iter().copied().min().unwrap_or(0);
        if count > least {
            warn(
                "UserWarning",
                &format!(
                    "The least populated class in y has only {least} members, which is less than n_splits={count}."
                ),
            );
        }
        // Round robin over the sorted classes says how many of each class a fold tests.
        let mut sorted = codes.clone();
        sorted.sort_unstable();
        let mut shares = vec![vec![0usize; classes]; count];
        for (position, &code) in sorted.iter().enumerate() {
            shares[position % count][code] += 1;
        }
        let mut fold_of = vec![0; samples];
        for class in 0..classes {
            let mut folds: Vec<usize> = shares
                .iter()
                .enumerate()
                .flat_map(|(fold, share)| std::iter::repeat_n(fold, share[class]))
                .collect();
            if self.shuffle {
                random.shuffle(&mut folds);
            }
            for (row, fold) in (0..samples).filter(|&row| codes[row] == class).zip(folds) {
                fold_of[row] = fold;
            }
        }
        Ok(by_number(&fold_of, count))
    }
}

/// The splitter that an integer `cv` stands for: stratified for classifiers with classes as target.
pub fn default_splitter(n_splits: i64, classifier: bool, y: &Target) -> Result<Box<dyn Splitter>> {
    let discrete = match y {
        Target::Absent | Target::Table(_) => false,
        Target::Float(values) => values.iter().all(|value| value.fract() == 0.0),
        _ => true,
    };
    if classifier && discrete {
        Ok(Box::new(StratifiedKFold::try_new(n_splits, false, None)?))
    } else {
        Ok(Box::new(KFold::try_new(n_splits, false, None)?))
    }
}

/// What `cv=` can be.
pub enum Folding<'a> {
    /// A number of folds.
    Count(i64),
    /// A splitter.
    Splitter(&'a dyn Splitter),
}

impl From<i64> for Folding<'_> {
    fn from(count: i64) -> Self {
        Folding::Count(count)
    }
}

impl<'a> From<&'a KFold> for Folding<'a> {
    fn from(splitter: &'a KFold) -> Self {
        Folding::Splitter(splitter)
    }
}

impl<'a> From<&'a StratifiedKFold> for Folding<'a> {
    fn from(splitter: &'a StratifiedKFold) -> Self {
        Folding::Splitter(splitter)
    }
}

impl<'a> From<&'a Splits> for Folding<'a> {
    fn from(splitter: &'a Splits) -> Self {
        Folding::Splitter(splitter)
    }
}

impl Folding<'_> {
    /// The folds of this data.
    pub fn folds(
        &self,
        samples: usize,
        classifier: bool,
        y: &Target,
    ) -> Result<Vec<(Vec<usize>, Vec<usize>)>> {
        match self {
            Folding::Count(count) => default_splitter(*count, classifier, y)?.folds(samples, y),
            Folding::Splitter(splitter) => splitter.folds(samples, y),
        }
    }
}

/// What a parameter `cv` holds: nothing, a number of folds, or a splitter.
#[derive(Clone, Default)]
pub enum Cv {
    /// Five folds.
    #[default]
    Default,
    /// So many folds.
    Count(i64),
    /// A splitter.
    Splitter(std::rc::Rc<dyn Splitter>),
}

impl Cv {
    /// A splitter as a parameter.
    pub fn of<S: Splitter + Clone + 'static>(splitter: &S) -> Self {
        Cv::Splitter(std::rc::Rc::new(splitter.clone()))
    }

    /// The folds of this data.
    pub fn folds(
        &self,
        samples: usize,
        classifier: bool,
        y: &Target,
    ) -> Result<Vec<(Vec<usize>, Vec<usize>)>> {
        match self {
            Cv::Default => default_splitter(5, classifier, y)?.folds(samples, y),
            Cv::Count(count) => default_splitter(*count, classifier, y)?.folds(samples, y),
            Cv::Splitter(splitter) => splitter.folds(samples, y),
        }
    }
}

impl std::fmt::Debug for Cv {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.to_param().python())
    }
}

impl PartialEq for Cv {
    fn eq(&self, other: &Self) -> bool {
        self.to_param() == other.to_param()
    }
}

impl ParamType for Cv {
    fn to_param(&self) -> Param {
        match self {
            Cv::Default => Param::Nothing,
            Cv::Count(count) => Param::Int(*count),
            Cv::Splitter(_) => Param::Other("<splitter>".to_string()),
        }
    }
    fn from_param(param: &Param) -> Option<Self> {
        match param {
            Param::Nothing => Some(Cv::Default),
            Param::Int(count) | Param::NumpyInt(count) => Some(Cv::Count(*count)),
            _ => None,
        }
    }
}
