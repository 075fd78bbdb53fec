//! `make_multilabel_classification`: documents of drawn words with several labels.

use crate::sklearn::errors::{Result, throwing_functions};
use crate::sklearn::random::RandomState;
use crate::sklearn::sums::sum;
use ndarray::{Array1, Array2};

/// Counts of words, and which labels each row has.
pub type Labelled = (Array2<f64>, Array2<i64>);
/// The same with the chances of the labels and of the words of each.
pub type Distributed = (Array2<f64>, Array2<i64>, Array1<f64>, Array2<f64>);

fn place(sums: &[f64], value: f64) -> usize {
    sums.partition_point(|each| *each < value)
}

/// `make_multilabel_classification(return_distributions=True)`.
#[allow(clippy::too_many_arguments)]
pub fn try_make_labelled_with_chances(
    samples: i64,
    features: i64,
    classes: i64,
    labels: f64,
    length: f64,
    unlabelled: bool,
    random_state: Option<i64>,
) -> Result<Distributed> {
    let (features, classes) = (features as usize, classes as usize);
    let mut random = RandomState::from_seed(random_state);
    let mut shares: Array1<f64> = (0..classes).map(|_| random.random()).collect();
    shares /= sum(shares.iter().copied());
    let mut total = 0.0;
    let cumulated: Vec<f64> = shares
        .iter()
        .map(|share| {
            total += share;
            total
        })
        .collect();
    let mut words = Array2::from_shape_simple_fn((features, classes), || random.random());
    let totals = crate::sklearn::sums::column_sums(&words);
    words /= &totals;
    let mut x = Array2::zeros((samples as usize, features));
    let mut y = Array2::zeros((samples as usize, classes));
    for row in 0..samples as usize {
        let mut size = classes as i64 + 1;
        while (!unlabelled && size == 0) || size > classes as i64 {
            size = random.poisson(labels);
        }
        let mut own: Vec<usize> = Vec::new();
        while own.len() != size as usize {
            for _ in 0..size as usize - own.len() {
                let class = place(&cumulated, random.random());
                if !own.contains(&class) {
                    own.push(class);
                }
            }
        }
        own.sort_unstable();
        let mut count = 0;
        while count == 0 {
            count = random.poisson(length);
        }
        if own.is_empty() {
            for _ in 0..count {
                x[(row, random.randint(0, features as i64) as usize)] += 1.0;
            }
            continue;
        }
        let mut total = 0.0;
        let mut sums: Vec<f64> = (0..features)
            .map(|feature| {
                total += sum(own.iter().map(|&class| words[(feature, class)]));
                total
            })
            .collect();
        let whole = sums[features - 1];
        sums.iter_mut().for_each(|value| *value /= whole);
        for _ in 0..count {
            x[(row, place(&sums, random.random()))] += 1.0;
        }
        own.iter().for_each(|&class| y[(row, class)] = 1);
    }
    Ok((x, y, shares, words))
}

/// `make_multilabel_classification`.
pub fn try_make_labelled(
    samples: i64,
    features: i64,
    classes: i64,
    labels: f64,
    length: f64,
    unlabelled: bool,
    random_state: Option<i64>,
) -> Result<Labelled> {
    let (x, y, _, _) = try_make_labelled_with_chances(
        samples,
        features,
        classes,
        labels,
        length,
        unlabelled,
        random_state,
    )?;
    Ok((x, y))
}

throwing_functions! {
    /// See `try_make_labelled`.
    make_labelled = try_make_labelled(samples: i64, features: i64, classes: i64, labels: f64, length: f64, unlabelled: bool, random_state: Option<i64>) -> Labelled;
    /// See `try_make_labelled_with_chances`.
    make_labelled_with_chances = try_make_labelled_with_chances(samples: i64, features: i64, classes: i64, labels: f64, length: f64, unlabelled: bool, random_state: Option<i64>) -> Distributed;
}
