//! Integers, permutations, shuffles and choices.

use super::source::{Generator, RandomState, Source, array};
use crate::np::creation::Shape;
use crate::np::element::Element;
use crate::np::errors::{Outcome, or_throw, value_error};
use crate::np::indexing::take_axis;
use crate::np::operand::axis_position;
use ndarray::{Array, Array1, Array2, ArrayBase, Axis, Data, DataMut, Dimension, RemoveAxis};

fn span(low: i64, high: i64, name: &str) -> u64 {
    if low >= high {
        let message = if low == 0 && name == "high <= 0" {
            "high <= 0"
        } else {
            "low >= high"
        };
        or_throw::<()>(Err(value_error(message)));
    }
    high.wrapping_sub(1).wrapping_sub(low) as u64
}

/// Fisher and Yates' shuffle from the end down to place `first`, with the given way to draw a place.
fn shuffle_places(items: &mut [i64], first: usize, mut draw: impl FnMut(u64) -> u64) {
    for place in (first..items.len()).rev() {
        let other = draw(place as u64) as usize;
        items.swap(place, other);
    }
}

fn running_sums(weights: &[f64]) -> Vec<f64> {
    let mut sum = 0.0;
    let mut sums: Vec<f64> = weights
        .iter()
        .map(|weight| {
            sum += weight;
            sum
        })
        .collect();
    let last = sums.last().copied().unwrap_or(1.0);
    sums.iter_mut().for_each(|each| *each /= last);
    sums
}

fn first_above(sums: &[f64], value: f64) -> i64 {
    sums.partition_point(|&each| each <= value) as i64
}

fn checked(size: i64, weights: &[f64]) -> Outcome<()> {
    if weights.len() as i64 != size {
        return Err(value_error("'a' and 'p' must have same size"));
    }
    if weights.iter().any(|&weight| weight < 0.0) {
        return Err(value_error("probabilities are not non-negative"));
    }
    if (weights.iter().sum::<f64>() - 1.0).abs() > 1.5e-8 {
        return Err(value_error("probabilities do not sum to 1"));
    }
    Ok(())
}

/// Draws without repetition by weight: what was found loses its weight, until there are enough.
fn weighted_without_repetition<S: Source>(
    source: &mut S,
    count: usize,
    weights: &[f64],
) -> Vec<i64> {
    if weights.iter().filter(|&&weight| weight > 0.0).count() < count {
        or_throw::<()>(Err(value_error("Fewer non-zero entries in p than size")));
    }
    let mut weights = weights.to_vec();
    let mut found: Vec<i64> = Vec::new();
    while found.len() < count {
        let draws: Vec<f64> = (found.len()..count).map(|_| source.double()).collect();
        for &place in &found {
            weights[place as usize] = 0.0;
        }
        let sums = running_sums(&weights);
        for value in draws {
            let place = first_above(&sums, value);
            if !found.contains(&place) {
                found.push(place);
            }
        }
    }
    found
}

/// Integers of few bits: several are cut out of each 32 bits.
struct Pieces {
    width: u32,
    bits: u32,
    left: u32,
}

impl Pieces {
    fn full(&self) -> u32 {
        (1 << self.width) - 1
    }

    fn next<S: Source>(&mut self, source: &mut S) -> u32 {
        if self.left == 0 {
            self.bits = source.word();
            self.left = 32 / self.width - 1;
        } else {
            self.bits >>= self.width;
            self.left -= 1;
        }
        self.bits & self.full()
    }

    /// An integer in 0..=limit: masked in the legacy stream, by Lemire's method in the new one.
    fn bounded<S: Source>(&mut self, source: &mut S, limit: u32) -> u32 {
        let full = self.full();
        if limit == 0 {
            return 0;
        }
        if limit == full {
            return self.next(source);
        }
        if S::LEGACY {
            let mask = u32::MAX >> limit.leading_zeros();
            loop {
                let value = self.next(source) & mask;
                if value <= limit {
                    return value;
                }
            }
        }
        let range = limit + 1;
        let threshold = (full - limit) % range;
        let mut product = self.next(source) * range;
        while product & full < threshold {
            product = self.next(source) * range;
        }
        product >> self.width
    }
}

/// How many bits an integer dtype has, and the numbers that it holds.
fn width_of(dtype: &str, low: i64, high: i64) -> u32 {
    let width = match dtype {
        "bool" => 1,
        "int8" | "uint8" => 8,
        "int16" | "uint16" => 16,
        _ => 32,
    };
    let (least, most) = if dtype.starts_with('i') {
        (-(1i64 << (width - 1)), (1i64 << (width - 1)) - 1)
    } else {
        (0, (1i64 << width) - 1)
    };
    if low < least {
        or_throw::<()>(Err(value_error(format!(
            "low is out of bounds for {dtype}"
        ))));
    }
    if high - 1 > most {
        or_throw::<()>(Err(value_error(format!(
            "high is out of bounds for {dtype}"
        ))));
    }
    width
}

macro_rules! choosing {
    ($stream:ident, $state:ty) => {
        impl $stream {
            /// An integer of a dtype with fewer than 64 bits.
            pub fn narrow(&self, low: i64, high: i64, dtype: &str) -> i64 {
                self.narrow_array(low, high, dtype, 1)[0]
            }

            /// Integers of a dtype with fewer than 64 bits.
            pub fn narrow_array<H: Shape>(
                &self,
                low: i64,
                high: i64,
                dtype: &str,
                shape: H,
            ) -> Array<i64, H::Dim> {
                let width = width_of(dtype, low, high);
                let limit = span(low, high, "high <= 0");
                let source = &mut *self.0.borrow_mut();
                let mut pieces = Pieces {
                    width,
                    bits: 0,
                    left: 0,
                };
                array(shape, || {
                    low + if width == 32 {
                        source.bounded(limit) as i64
                    } else {
                        pieces.bounded(source, limit as u32) as i64
                    }
                })
            }

            /// `permutation(n)`.
            pub fn permutation(&self, n: i64) -> Array1<i64> {
                let mut places: Vec<i64> = (0..n).collect();
                shuffle_places(&mut places, 1, |limit| self.0.borrow_mut().interval(limit));
                places.into()
            }

            /// `permutation(x)`: a copy with its rows in another order.
            pub fn permuted<T: Element, S: Data<Elem = T>, D: RemoveAxis>(
                &self,
                x: &ArrayBase<S, D>,
            ) -> Array<T, D> {
                take_axis(x, &self.permutation(x.shape()[0] as i64), 0)
            }

            /// `shuffle(x)` of an array: its rows, in place.
            pub fn shuffle<T: Element, S: DataMut<Elem = T>, D: RemoveAxis>(
                &self,
                x: &mut ArrayBase<S, D>,
            ) {
                let shuffled = self.permuted(x);
                for (mut target, row) in x.axis_iter_mut(Axis(0)).zip(shuffled.axis_iter(Axis(0))) {
                    target.zip_mut_with(&row, |place, item| *place = item.clone());
                }
            }

            /// `shuffle(x)` of a list.
            pub fn shuffle_list<T>(&self, items: &mut [T]) {
                let source = &mut *self.0.borrow_mut();
                for place in (1..items.len()).rev() {
                    let other = source.interval(place as u64) as usize;
                    items.swap(place, other);
                }
            }

            /// `multivariate_normal(mean, cov, count)`: standard draws, coloured by the singular vectors of the covariance.
            pub fn multivariate_normal_array(
                &self,
                mean: &Array1<f64>,
                cov: &Array2<f64>,
                count: i64,
            ) -> Array2<f64> {
                let size = mean.len();
                let standard = self.standard_normal_array((count, size as i64));
                let (u, values, vt) = crate::np::linalg::svd_full(cov);
                let factor = if <$state as Source>::LEGACY {
                    vt
                } else {
                    u.t().to_owned()
                };
                let factor = &factor * &values.mapv(f64::sqrt).insert_axis(Axis(1));
                crate::np::linalg::matmul(&standard, &factor) + mean
            }

            /// One draw of `multivariate_normal(mean, cov)`.
            pub fn multivariate_normal(
                &self,
                mean: &Array1<f64>,
                cov: &Array2<f64>,
            ) -> Array1<f64> {
                self.multivariate_normal_array(mean, cov, 1)
                    .index_axis_move(Axis(0), 0)
            }

            /// `choice(n)`: one of the numbers below n.
            pub fn choice_index(&self, n: i64) -> i64 {
                if n <= 0 {
                    or_throw::<()>(Err(value_error(
                        "a must be greater than 0 unless no samples are taken",
                    )));
                }
                self.0.borrow_mut().bounded(n as u64 - 1) as i64
            }

            /// `choice(n, size)` with repetition.
            pub fn choice_indices<H: Shape>(&self, n: i64, shape: H) -> Array<i64, H::Dim> {
                array(shape, || self.choice_index(n))
            }

            /// `choice(n, p=weights)`.
            pub fn choice_index_weighted(&self, n: i64, weights: &[f64]) -> i64 {
                or_throw(checked(n, weights));
                let value = self.random();
                first_above(&running_sums(weights), value)
            }

            /// `choice(n, size, p=weights)` with repetition.
            pub fn choice_indices_weighted<H: Shape>(
                &self,
                n: i64,
                weights: &[f64],
                shape: H,
            ) -> Array<i64, H::Dim> {
                or_throw(checked(n, weights));
                let sums = running_sums(weights);
                array(shape, || first_above(&sums, self.random()))
            }

            /// `choice(n, size, replace=False, p=weights)`.
            pub fn sample_indices_weighted(
                &self,
                n: i64,
                weights: &[f64],
                count: i64,
            ) -> Array1<i64> {
                or_throw(checked(n, weights));
                weighted_without_repetition(
                    &mut *self.0.borrow_mut(),
                    count.max(0) as usize,
                    weights,
                )
                .into()
            }
        }
    };
}
choosing!(RandomState, super::source::Legacy);
choosing!(Generator, super::source::Modern);

fn too_many() -> crate::np::errors::Exception {
    value_error("Cannot take a larger sample than population when replace is False")
}

impl RandomState {
    /// `randint(low, high)`.
    pub fn randint(&self, low: i64, high: i64) -> i64 {
        low.wrapping_add(self.0.borrow_mut().bounded(span(low, high, "high <= 0")) as i64)
    }

    /// `randint(low, high, size)`.
    pub fn randint_array<H: Shape>(&self, low: i64, high: i64, shape: H) -> Array<i64, H::Dim> {
        let limit = span(low, high, "high <= 0");
        array(shape, || {
            low.wrapping_add(self.0.borrow_mut().bounded(limit) as i64)
        })
    }

    /// `choice(n, size, replace=False)`.
    pub fn sample_indices(&self, n: i64, count: i64) -> Array1<i64> {
        if count > n {
            or_throw::<()>(Err(too_many()));
        }
        self.permutation(n)
            .slice_move(ndarray::s![..count as usize])
    }
}

impl Generator {
    /// `integers(low, high)`.
    pub fn integers(&self, low: i64, high: i64) -> i64 {
        low.wrapping_add(self.0.borrow_mut().bounded(span(low, high, "high <= 0")) as i64)
    }

    /// `integers(low, high, size)`.
    pub fn integers_array<H: Shape>(&self, low: i64, high: i64, shape: H) -> Array<i64, H::Dim> {
        let limit = span(low, high, "high <= 0");
        array(shape, || {
            low.wrapping_add(self.0.borrow_mut().bounded(limit) as i64)
        })
    }

    /// `choice(n, size, replace=False)`: Floyd's method, or the end of a shuffle for a large share of a large population.
    pub fn sample_indices(&self, n: i64, count: i64, shuffled: bool) -> Array1<i64> {
        if count > n {
            or_throw::<()>(Err(too_many()));
        }
        let source = &mut *self.0.borrow_mut();
        let cutoff = if shuffled { 50 } else { 20 };
        if n > 10000 && count > n / cutoff {
            let mut places: Vec<i64> = (0..n).collect();
            shuffle_places(&mut places, (n - count).max(1) as usize, |limit| {
                source.bounded(limit)
            });
            return places.split_off((n - count) as usize).into();
        }
        let mut taken = std::collections::HashSet::new();
        let mut places = Vec::with_capacity(count as usize);
        for last in n - count..n {
            let place = source.bounded(last as u64) as i64;
            let place = if taken.insert(place) { place } else { last };
            taken.insert(place);
            places.push(place);
        }
        if shuffled {
            shuffle_places(&mut places, 1, |limit| source.bounded(limit));
        }
        places.into()
    }

    /// `permuted(x)`: all items in another order.
    pub fn permuted_items<T: Element, S: Data<Elem = T>, D: Dimension>(
        &self,
        x: &ArrayBase<S, D>,
    ) -> Array<T, D> {
        let mut items: Vec<T> = x.iter().cloned().collect();
        self.shuffle_list(&mut items);
        Array::from_shape_vec(x.raw_dim(), items).expect("as many items as before")
    }

    /// `permuted(x, axis)`: the items of each vector along the axis in another order.
    pub fn permuted_along<T: Element, S: Data<Elem = T>, D: Dimension>(
        &self,
        x: &ArrayBase<S, D>,
        axis: i64,
    ) -> Array<T, D> {
        let mut made = Array::from_shape_vec(x.raw_dim(), x.iter().cloned().collect())
            .expect("as many items as before");
        let axis = axis_position(axis, made.ndim());
        for mut lane in made.lanes_mut(Axis(axis)) {
            let mut items = lane.to_vec();
            self.shuffle_list(&mut items);
            lane.assign(&Array1::from(items));
        }
        made
    }
}
