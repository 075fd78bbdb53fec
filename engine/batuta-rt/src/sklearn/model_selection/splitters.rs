//! The splitters beside `KFold`: random splits, groups, time, one row at a time, repetitions.

use super::folds::{Folds, KFold, Splitter, StratifiedKFold, indices};
use super::split::{Size, Sizes, SplitRows, counts, stratified};
use crate::sklearn::errors::{Result, inconsistent_lengths, throwing, value_error};
use crate::sklearn::random::RandomState;
use crate::sklearn::target::{Labels, Target};

type Rows = (Vec<usize>, Vec<usize>);

/// What a splitter does.
#[derive(Clone, Debug)]
enum Plan {
    Shuffled {
        count: i64,
        sizes: Sizes,
        random_state: Option<i64>,
        stratified: bool,
        by_group: bool,
    },
    Groups(i64),
    EachGroup,
    Time {
        count: i64,
        most: Option<i64>,
        test: Option<i64>,
        gap: i64,
    },
    EachRow,
    Repeated {
        count: i64,
        repeats: i64,
        random_state: Option<i64>,
        stratified: bool,
    },
}

/// A splitter of any of these sorts, with the groups that it was given for a cross-validation.
#[derive(Clone, Debug)]
pub struct Splits {
    plan: Plan,
    groups: Target,
}

impl From<Plan> for Splits {
    fn from(plan: Plan) -> Self {
        Splits {
            plan,
            groups: Target::Absent,
        }
    }
}

/// Sizes of random splits: a tenth for testing by default, a fifth of the groups.
fn sizes_of(test: Option<Size>, train: Option<Size>, share: f64) -> Sizes {
    let test = if test.is_none() && train.is_none() {
        Some(Size::Share(share))
    } else {
        test
    };
    Sizes { test, train }
}

/// Which rows one random split keeps apart.
pub fn held_out(
    samples: usize,
    y: &Target,
    share: f64,
    stratified: bool,
    random_state: Option<i64>,
) -> Result<Vec<bool>> {
    let size = Some(Size::Share(share));
    let splits = if stratified {
        Splits::stratified_shuffle_split(1, size, None, random_state)
    } else {
        Splits::shuffle_split(1, size, None, random_state)
    };
    let mut held = vec![false; samples];
    for (_, test) in splits.folds(samples, y)? {
        test.into_iter().for_each(|row| held[row] = true);
    }
    Ok(held)
}

impl Splits {
    fn shuffled(count: i64, sizes: Sizes, random_state: Option<i64>, kind: (bool, bool)) -> Self {
        Splits::from(Plan::Shuffled {
            count,
            sizes,
            random_state,
            stratified: kind.0,
            by_group: kind.1,
        })
    }

    /// `ShuffleSplit(…)`.
    pub fn shuffle_split(
        count: i64,
        test: Option<Size>,
        train: Option<Size>,
        random_state: Option<i64>,
    ) -> Self {
        Self::shuffled(
            count,
            sizes_of(test, train, 0.1),
            random_state,
            (false, false),
        )
    }

    /// `StratifiedShuffleSplit(…)`.
    pub fn stratified_shuffle_split(
        count: i64,
        test: Option<Size>,
        train: Option<Size>,
        random_state: Option<i64>,
    ) -> Self {
        Self::shuffled(
            count,
            sizes_of(test, train, 0.1),
            random_state,
            (true, false),
        )
    }

    /// `GroupShuffleSplit(…)`.
    pub fn group_shuffle_split(
        count: i64,
        test: Option<Size>,
        train: Option<Size>,
        random_state: Option<i64>,
    ) -> Self {
        Self::shuffled(
            count,
            sizes_of(test, train, 0.2),
            random_state,
            (false, true),
        )
    }

    /// `GroupKFold(…)`.
    pub fn group_k_fold(count: i64) -> Self {
        Splits::from(Plan::Groups(count))
    }

    /// `LeaveOneGroupOut()`.
    pub fn leave_one_group_out() -> Self {
        Splits::from(Plan::EachGroup)
    }

    /// `LeaveOneOut()`.
    pub fn leave_one_out() -> Self {
        Splits::from(Plan::EachRow)
    }

    /// `TimeSeriesSplit(…)`.
    pub fn time_series_split(count: i64, most: Option<i64>, test: Option<i64>, gap: i64) -> Self {
        Splits::from(Plan::Time {
            count,
            most,
            test,
            gap,
        })
    }

    /// `RepeatedKFold(…)`.
    pub fn repeated_k_fold(count: i64, repeats: i64, random_state: Option<i64>) -> Self {
        Splits::from(Plan::Repeated {
            count,
            repeats,
            random_state,
            stratified: false,
        })
    }

    /// `RepeatedStratifiedKFold(…)`.
    pub fn repeated_stratified_k_fold(count: i64, repeats: i64, random_state: Option<i64>) -> Self {
        Splits::from(Plan::Repeated {
            count,
            repeats,
            random_state,
            stratified: true,
        })
    }

    /// The same with the groups of the rows.
    pub fn with_groups<L: Labels>(&self, groups: &L) -> Self {
        Splits {
            plan: self.plan.clone(),
            groups: groups.to_target(),
        }
    }

    /// `get_n_splits()`.
    pub fn get_n_splits(&self, samples: i64) -> i64 {
        match &self.plan {
            Plan::Shuffled { count, .. } | Plan::Groups(count) | Plan::Time { count, .. } => *count,
            Plan::Repeated { count, repeats, .. } => count * repeats,
            Plan::EachRow => samples,
            Plan::EachGroup => self
                .groups
                .encode()
                .map_or(0, |(classes, _)| classes.length().unwrap_or(0) as i64),
        }
    }

    /// `split(X)`.
    pub fn try_split_alone<X: SplitRows>(&self, x: &X) -> Result<Folds> {
        Ok(indices(self.folds(x.row_count(), &Target::Absent)?))
    }

    /// `split(X, y)`.
    pub fn try_split<X: SplitRows, L: Labels>(&self, x: &X, y: &L) -> Result<Folds> {
        Ok(indices(self.folds(x.row_count(), &y.to_target())?))
    }

    throwing! {
        /// See `try_split_alone`.
        split_alone = try_split_alone<X: SplitRows>(&self, x: &X) -> Folds;
        /// See `try_split`.
        split = try_split<X: SplitRows, L: Labels>(&self, x: &X, y: &L) -> Folds;
    }

    /// How many groups there are, and that of each row.
    fn groups(&self, samples: usize) -> Result<(usize, Vec<usize>)> {
        if self.groups == Target::Absent {
            return Err(value_error("The 'groups' parameter should not be None."));
        }
        let (classes, codes) = self.groups.encode()?;
        if codes.len() != samples {
            return Err(inconsistent_lengths(&[samples, codes.len()]));
        }
        Ok((classes.length().unwrap_or(0), codes))
    }

    fn random(
        &self,
        samples: usize,
        y: &Target,
        sizes: Sizes,
        kind: (bool, bool),
        random: &mut RandomState,
    ) -> Result<Rows> {
        if kind.0 {
            let (train, test) = counts(samples, sizes)?;
            return stratified(y, train, test, random);
        }
        if kind.1 {
            let (count, codes) = self.groups(samples)?;
            let (train, test) = counts(count, sizes)?;
            let order = random.permutation(count);
            let rows = |chosen: &[usize]| {
                (0..samples)
                    .filter(|&row| chosen.contains(&codes[row]))
                    .collect()
            };
            return Ok((rows(&order[test..test + train]), rows(&order[..test])));
        }
        let (train, test) = counts(samples, sizes)?;
        let order = random.permutation(samples);
        Ok((order[test..test + train].to_vec(), order[..test].to_vec()))
    }

    /// Gives the largest group to the lightest fold, group after group.
    fn by_groups(&self, count: usize, samples: usize) -> Result<Vec<Rows>> {
        let (groups, codes) = self.groups(samples)?;
        if count > groups {
            return Err(value_error(format!(
                "Cannot have number of splits n_splits={count} greater than the number of groups: {groups}."
            )));
        }
        let mut sizes = vec![0usize; groups];
        for &code in &codes {
            sizes[code] += 1;
        }
        let mut order: Vec<usize> = (0..groups).collect();
        order.sort_by_key(|&group| sizes[group]);
        let mut weights = vec![0usize; count];
        let mut fold_of = vec![0usize; groups];
        for &group in order.iter().rev() {
            let lightest = (0..count).min_by_key(|&fold| weights[fold]).unwrap_or(0);
            weights[lightest] += sizes[group];
            fold_of[group] = lightest;
        }
        Ok((0..count)
            .map(|fold| (0..samples).partition(|&row| fold_of[codes[row]] != fold))
            .collect())
    }
}

fn in_time(
    samples: usize,
    count: i64,
    most: Option<i64>,
    test: Option<i64>,
    gap: i64,
) -> Result<Vec<Rows>> {
    let whole = samples as i64;
    let folds = count + 1;
    let size = test.unwrap_or(whole / folds);
    if folds > whole {
        return Err(value_error(format!(
            "Cannot have number of folds={folds} greater than the number of samples={samples}."
        )));
    }
    if whole - gap - size * count <= 0 {
        return Err(value_error(format!(
            "Too many splits={count} for number of samples={samples} with test_size={size} and gap={gap}."
        )));
    }
    Ok((0..count)
        .map(|fold| {
            let start = whole - count * size + fold * size;
            let end = start - gap;
            let first = most.filter(|most| *most < end).map_or(0, |most| end - most);
            (
                (first as usize..end as usize).collect(),
                (start as usize..(start + size) as usize).collect(),
            )
        })
        .collect())
}

impl Splitter for Splits {
    fn folds(&self, samples: usize, y: &Target) -> Result<Vec<Rows>> {
        match &self.plan {
            Plan::Shuffled {
                count,
                sizes,
                random_state,
                stratified,
                by_group,
            } => {
                let mut random = RandomState::from_seed(*random_state);
                (0..*count)
                    .map(|_| self.random(samples, y, *sizes, (*stratified, *by_group), &mut random))
                    .collect()
            }
            Plan::Groups(count) => self.by_groups(*count as usize, samples),
            Plan::EachGroup => {
                let (count, codes) = self.groups(samples)?;
                Ok((0..count)
                    .map(|group| (0..samples).partition(|&row| codes[row] != group))
                    .collect())
            }
            Plan::Time {
                count,
                most,
                test,
                gap,
            } => in_time(samples, *count, *most, *test, *gap),
            Plan::EachRow => Ok((0..samples)
                .map(|own| (0..samples).partition(|&row| row != own))
                .collect()),
            Plan::Repeated {
                count,
                repeats,
                random_state,
                stratified,
            } => {
                let mut random = RandomState::from_seed(*random_state);
                let mut all = Vec::new();
                for _ in 0..*repeats {
                    all.extend(if *stratified {
                        StratifiedKFold::try_new(*count, true, None)?.folds_from(
                            samples,
                            y,
                            &mut random,
                        )?
                    } else {
                        KFold::try_new(*count, true, None)?.folds_from(samples, &mut random)?
                    });
                }
                Ok(all)
            }
        }
    }
}
