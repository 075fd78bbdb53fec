//! The builtin functions over anything that can be iterated: `sum`, `min`, `sorted`, `zip` and their kin.

use std::borrow::Borrow;

use super::errors::{Exception, OrThrow, raising, throw};
use super::failures::{index_error, stop_iteration, value_error};
use super::num::Num;
use super::sorting;
use super::truth::Truth;

/// What `sum` can add up from a zero of its own.
pub trait Summand: Sized {
    /// The sum from left to right, from `start`.
    fn sum_from(start: Self, items: impl Iterator<Item = Self>) -> Self;
    /// What `sum` starts from.
    fn zero() -> Self;
}

impl Summand for i64 {
    fn sum_from(start: i64, items: impl Iterator<Item = i64>) -> i64 {
        items.fold(start, |sum, item| {
            sum.checked_add(item)
                .unwrap_or_else(|| super::integer_overflow())
        })
    }
    fn zero() -> i64 {
        0
    }
}

impl Summand for Num {
    fn sum_from(start: Num, items: impl Iterator<Item = Num>) -> Num {
        items.fold(start, |total, item| total + item)
    }

    fn zero() -> Num {
        Num::Int(0)
    }
}

impl Summand for f64 {
    fn sum_from(start: f64, items: impl Iterator<Item = f64>) -> f64 {
        items.fold(start, |sum, item| sum + item)
    }
    fn zero() -> f64 {
        0.0
    }
}

/// `sum(items)` of floats whose text is shown: the int 0 when there are none.
pub fn sum_or_zero(items: impl IntoIterator<Item = f64>) -> Num {
    let mut items = items.into_iter().peekable();
    if items.peek().is_none() {
        return Num::Int(0);
    }
    Num::Float(sum(items))
}

/// `sum(items)`.
pub fn sum<T: Summand>(items: impl IntoIterator<Item = T>) -> T {
    T::sum_from(T::zero(), items.into_iter())
}

/// `sum(items, start)`.
pub fn sum_from<T: Summand>(items: impl IntoIterator<Item = T>, start: T) -> T {
    T::sum_from(start, items.into_iter())
}

/// `sum` of truth values: how many are true.
pub fn sum_bools(items: impl IntoIterator<Item = bool>) -> i64 {
    items.into_iter().filter(|item| *item).count() as i64
}

/// `sum(lists, [])`: all items of all lists.
pub fn sum_lists<T>(
    lists: impl IntoIterator<Item = impl IntoIterator<Item = T>>,
    start: Vec<T>,
) -> Vec<T> {
    lists.into_iter().fold(start, |mut all, list| {
        all.extend(list);
        all
    })
}

fn best<T, K: PartialOrd>(
    items: impl IntoIterator<Item = T>,
    mut key: impl FnMut(&T) -> K,
    better: impl Fn(&K, &K) -> bool,
) -> Option<T> {
    let mut items = items.into_iter();
    let mut found = items.next()?;
    let mut found_key = key(&found);
    for item in items {
        let item_key = key(&item);
        if better(&item_key, &found_key) {
            found = item;
            found_key = item_key;
        }
    }
    Some(found)
}

fn best_item<T: PartialOrd>(
    items: impl IntoIterator<Item = T>,
    better: impl Fn(&T, &T) -> bool,
) -> Option<T> {
    items
        .into_iter()
        .reduce(|found, item| if better(&item, &found) { item } else { found })
}

/// `min(items, default=…)`: the first of the smallest items, or None where there are none.
pub fn min_or_none<T: PartialOrd>(items: impl IntoIterator<Item = T>) -> Option<T> {
    best_item(items, |one, two| one < two)
}

/// `max(items, default=…)`: the first of the largest items, or None where there are none.
pub fn max_or_none<T: PartialOrd>(items: impl IntoIterator<Item = T>) -> Option<T> {
    best_item(items, |one, two| one > two)
}

/// `min(items, key=…, default=…)`.
pub fn min_by_key_or_none<T, K: PartialOrd>(
    items: impl IntoIterator<Item = T>,
    key: impl FnMut(&T) -> K,
) -> Option<T> {
    best(items, key, |one, two| one < two)
}

/// `max(items, key=…, default=…)`.
pub fn max_by_key_or_none<T, K: PartialOrd>(
    items: impl IntoIterator<Item = T>,
    key: impl FnMut(&T) -> K,
) -> Option<T> {
    best(items, key, |one, two| one > two)
}

fn empty(name: &str) -> Exception {
    value_error(format!("{name}() arg is an empty sequence"))
}

raising! {
    /// `min(items)`.
    pub fn min, try_min[T: PartialOrd](items: impl IntoIterator<Item = T>) -> T {
        min_or_none(items).ok_or_else(|| empty("min"))
    }
    /// `max(items)`.
    pub fn max, try_max[T: PartialOrd](items: impl IntoIterator<Item = T>) -> T {
        max_or_none(items).ok_or_else(|| empty("max"))
    }
    /// `min(items, key=…)`.
    pub fn min_by_key, try_min_by_key[T, K: PartialOrd](items: impl IntoIterator<Item = T>, key: impl FnMut(&T) -> K) -> T {
        min_by_key_or_none(items, key).ok_or_else(|| empty("min"))
    }
    /// `max(items, key=…)`.
    pub fn max_by_key, try_max_by_key[T, K: PartialOrd](items: impl IntoIterator<Item = T>, key: impl FnMut(&T) -> K) -> T {
        max_by_key_or_none(items, key).ok_or_else(|| empty("max"))
    }
}

/// `sorted(items, reverse=…)`.
pub fn sorted<T: PartialOrd>(items: impl IntoIterator<Item = T>, reverse: bool) -> Vec<T> {
    let mut result: Vec<T> = items.into_iter().collect();
    sorting::sort(&mut result, reverse);
    result
}

/// `sorted(items, key=…, reverse=…)`.
pub fn sorted_by_key<T, K: PartialOrd>(
    items: impl IntoIterator<Item = T>,
    key: impl FnMut(&T) -> K,
    reverse: bool,
) -> Vec<T> {
    let mut result: Vec<T> = items.into_iter().collect();
    sorting::sort_by_key(&mut result, key, reverse);
    result
}

/// `reversed(items)`.
pub fn reversed<T>(items: impl IntoIterator<Item = T>) -> std::iter::Rev<std::vec::IntoIter<T>> {
    items.into_iter().collect::<Vec<T>>().into_iter().rev()
}

/// `enumerate(items, start)`.
pub fn enumerate<I: IntoIterator>(items: I, start: i64) -> impl Iterator<Item = (i64, I::Item)> {
    (start..).zip(items)
}

/// `zip` of three.
pub fn zip3<A, B, C>(
    a: impl IntoIterator<Item = A>,
    b: impl IntoIterator<Item = B>,
    c: impl IntoIterator<Item = C>,
) -> impl Iterator<Item = (A, B, C)> {
    a.into_iter().zip(b).zip(c).map(|((a, b), c)| (a, b, c))
}

/// `zip` of four.
pub fn zip4<A, B, C, D>(
    a: impl IntoIterator<Item = A>,
    b: impl IntoIterator<Item = B>,
    c: impl IntoIterator<Item = C>,
    d: impl IntoIterator<Item = D>,
) -> impl Iterator<Item = (A, B, C, D)> {
    a.into_iter()
        .zip(b)
        .zip(c)
        .zip(d)
        .map(|(((a, b), c), d)| (a, b, c, d))
}

/// `zip` of five.
pub fn zip5<A, B, C, D, E>(
    a: impl IntoIterator<Item = A>,
    b: impl IntoIterator<Item = B>,
    c: impl IntoIterator<Item = C>,
    d: impl IntoIterator<Item = D>,
    e: impl IntoIterator<Item = E>,
) -> impl Iterator<Item = (A, B, C, D, E)> {
    zip4(a, b, c, d)
        .zip(e)
        .map(|((a, b, c, d), e)| (a, b, c, d, e))
}

/// The items of the starred argument of `max(*items)`, which are two or more.
pub fn several<T>(values: impl IntoIterator<Item = T>) -> Vec<T> {
    try_several(values).or_throw()
}

/// As `several`; the TypeError where they are fewer.
pub fn try_several<T>(values: impl IntoIterator<Item = T>) -> Result<Vec<T>, Exception> {
    let items = Vec::from_iter(values);
    match items.len() {
        0 => Err(Exception::new(
            "TypeError",
            "expected at least 1 argument, got 0",
        )),
        1 => Err(Exception::new("TypeError", "object is not iterable")),
        _ => Ok(items),
    }
}

/// `zip(*rows)`: the columns of rows of one kind, as far as the shortest row goes.
pub fn zip_all<T>(
    rows: impl IntoIterator<Item = impl IntoIterator<Item = T>>,
) -> impl Iterator<Item = Vec<T>> {
    let mut rows: Vec<_> = rows.into_iter().map(IntoIterator::into_iter).collect();
    std::iter::from_fn(move || {
        if rows.is_empty() {
            return None;
        }
        rows.iter_mut().map(Iterator::next).collect()
    })
}

/// What unpacking says of columns when there is no row at all.
fn no_rows(columns: usize) -> Exception {
    value_error(format!(
        "not enough values to unpack (expected {columns}, got 0)"
    ))
}

raising! {
    /// `a, b = zip(*rows)` of pairs.
    pub fn unzip2, try_unzip2[A, B](rows: impl IntoIterator<Item = (A, B)>) -> (Vec<A>, Vec<B>) {
        let columns: (Vec<A>, Vec<B>) = rows.into_iter().unzip();
        if columns.0.is_empty() { Err(no_rows(2)) } else { Ok(columns) }
    }
    /// `a, b, c = zip(*rows)` of triples.
    pub fn unzip3, try_unzip3[A, B, C](rows: impl IntoIterator<Item = (A, B, C)>) -> (Vec<A>, Vec<B>, Vec<C>) {
        let (a, (b, c)): (Vec<A>, (Vec<B>, Vec<C>)) = rows.into_iter().map(|(a, b, c)| (a, (b, c))).unzip();
        if a.is_empty() { Err(no_rows(3)) } else { Ok((a, b, c)) }
    }
    /// `a, b, c, d = zip(*rows)` of rows of four.
    // The columns are what the caller takes apart; a name for four of them would say nothing.
    #[allow(clippy::type_complexity)]
    pub fn unzip4, try_unzip4[A, B, C, D](rows: impl IntoIterator<Item = (A, B, C, D)>) -> (Vec<A>, Vec<B>, Vec<C>, Vec<D>) {
        let (mut a, mut b, mut c, mut d) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for row in rows {
            a.push(row.0);
            b.push(row.1);
            c.push(row.2);
            d.push(row.3);
        }
        if a.is_empty() { Err(no_rows(4)) } else { Ok((a, b, c, d)) }
    }
}

/// What `zip(…, strict=True)` says of the iterables of which only some have a next item.
fn unequal(present: &[bool]) -> Exception {
    let before = |count: usize| match count {
        1 => "argument 1".to_string(),
        _ => format!("arguments 1-{count}"),
    };
    let (odd, word) = match present.iter().position(|each| !each) {
        Some(0) | None => (present.iter().position(|each| *each), "longer"),
        shorter => (shorter, "shorter"),
    };
    let place = odd.unwrap_or_default();
    value_error(format!(
        "zip() argument {} is {word} than {}",
        place + 1,
        before(place)
    ))
}

/// `zip(…, strict=True)` of so many iterables: throws where one of them ends before the others.
macro_rules! zip_strict {
    ($(#[$note:meta])* $name:ident, $($items:ident $type:ident),*) => {
        $(#[$note])*
        pub fn $name<$($type),*>(
            $($items: impl IntoIterator<Item = $type>),*
        ) -> impl Iterator<Item = ($($type),*)> {
            $(let mut $items = $items.into_iter();)*
            std::iter::from_fn(move || match ($($items.next()),*) {
                ($(Some($items)),*) => Some(($($items),*)),
                ($($items),*) => {
                    let present = [$($items.is_some()),*];
                    if present.contains(&true) {
                        throw(unequal(&present));
                    }
                    None
                }
            })
        }
    };
}
zip_strict!(
    /// `zip(a, b, strict=True)`.
    zip_strict, a A, b B
);
zip_strict!(
    /// `zip(a, b, c, strict=True)`.
    zip3_strict, a A, b B, c C
);
zip_strict!(
    /// `zip(a, b, c, d, strict=True)`.
    zip4_strict, a A, b B, c C, d D
);
zip_strict!(
    /// `zip(a, b, c, d, e, strict=True)`.
    zip5_strict, a A, b B, c C, d D, e E
);

/// `zip(*rows, strict=True)`.
pub fn zip_all_strict<T>(
    rows: impl IntoIterator<Item = impl IntoIterator<Item = T>>,
) -> impl Iterator<Item = Vec<T>> {
    let mut rows: Vec<_> = rows.into_iter().map(IntoIterator::into_iter).collect();
    std::iter::from_fn(move || {
        let items: Vec<Option<T>> = rows.iter_mut().map(Iterator::next).collect();
        let present: Vec<bool> = items.iter().map(Option::is_some).collect();
        if !present.contains(&true) {
            return None;
        }
        if present.contains(&false) {
            throw(unequal(&present));
        }
        items.into_iter().collect()
    })
}

/// `any(items)`.
pub fn any<T: Truth>(items: impl IntoIterator<Item = T>) -> bool {
    items.into_iter().any(|item| item.truth())
}

/// `all(items)`.
pub fn all<T: Truth>(items: impl IntoIterator<Item = T>) -> bool {
    items.into_iter().all(|item| item.truth())
}

/// `map(function, items)`; the function takes a reference.
pub fn map<T, U>(
    function: impl FnMut(&T) -> U,
    items: impl IntoIterator<Item = T>,
) -> impl Iterator<Item = U> {
    let mut function = function;
    items.into_iter().map(move |item| function(&item))
}

/// `map(function, first, second)`.
pub fn map2<A, B, U>(
    function: impl FnMut(&A, &B) -> U,
    first: impl IntoIterator<Item = A>,
    second: impl IntoIterator<Item = B>,
) -> impl Iterator<Item = U> {
    let mut function = function;
    first
        .into_iter()
        .zip(second)
        .map(move |(one, two)| function(&one, &two))
}

/// `filter(function, items)`.
pub fn filter<T, R: Truth>(
    function: impl FnMut(&T) -> R,
    items: impl IntoIterator<Item = T>,
) -> impl Iterator<Item = T> {
    let mut function = function;
    items.into_iter().filter(move |item| function(item).truth())
}

/// `filter(None, items)`.
pub fn filter_true<T: Truth>(items: impl IntoIterator<Item = T>) -> impl Iterator<Item = T> {
    items.into_iter().filter(|item| item.truth())
}

/// `functools.reduce(function, items, start)`.
pub fn reduce_from<A, T>(
    function: impl Fn(&A, &T) -> A,
    items: impl IntoIterator<Item = T>,
    start: A,
) -> A {
    items
        .into_iter()
        .fold(start, |all, item| function(&all, &item))
}

raising! {
    /// `functools.reduce(function, items)`.
    pub fn reduce, try_reduce[T](function: impl Fn(&T, &T) -> T, items: impl IntoIterator<Item = T>) -> T {
        items
            .into_iter()
            .reduce(|all, item| function(&all, &item))
            .ok_or_else(|| super::failures::type_error("reduce() of empty iterable with no initial value"))
    }
    /// `next(iterator)`.
    pub fn next, try_next[T](iterator: &mut (impl Iterator<Item = T> + ?Sized)) -> T {
        iterator.next().ok_or_else(stop_iteration)
    }
}

/// `len` of a text.
pub trait Length {
    /// The number of characters.
    fn length(&self) -> i64;
}

impl Length for str {
    fn length(&self) -> i64 {
        self.chars().count() as i64
    }
}

/// `next(iterator, default)`.
pub fn next_or<T>(iterator: &mut (impl Iterator<Item = T> + ?Sized), default: T) -> T {
    iterator.next().unwrap_or(default)
}

/// `next(iterator, default)` where the default is of another type than the items.
pub fn next_or_value<T: Into<super::Value>>(
    iterator: &mut (impl Iterator<Item = T> + ?Sized),
    default: super::Value,
) -> super::Value {
    iterator.next().map_or(default, Into::into)
}

/// `next(iterator, None)`.
pub fn next_or_none<T>(iterator: &mut (impl Iterator<Item = T> + ?Sized)) -> Option<T> {
    iterator.next()
}

/// `len` of the keys, values or items of a dict.
pub fn count_items(items: impl IntoIterator) -> i64 {
    items.into_iter().count() as i64
}

/// `item in iterator`: reads on until it is found.
pub fn contains_item<T: Borrow<Q>, Q: PartialEq + ?Sized>(
    items: impl IntoIterator<Item = T>,
    wanted: &Q,
) -> bool {
    items.into_iter().any(|item| item.borrow() == wanted)
}

/// An item of a tuple at an index that is not constant.
pub fn try_tuple_item<T: Clone>(items: &[T], index: i64) -> Result<T, Exception> {
    super::slices::position(index, items.len())
        .map(|place| items[place].clone())
        .ok_or_else(|| index_error("tuple index out of range"))
}

/// The items of an object's `__next__` until it raises StopIteration. Other exceptions end the program.
pub fn until_stop<T>(mut next: impl FnMut() -> Result<T, Exception>) -> impl Iterator<Item = T> {
    let mut over = false;
    std::iter::from_fn(move || {
        if over {
            return None;
        }
        match next() {
            Ok(item) => Some(item),
            Err(exception) if exception.is_a("StopIteration") => {
                over = true;
                None
            }
            Err(exception) => throw(exception),
        }
    })
}

/// The items of `dict(items)` when each of them is a list of two.
pub fn try_two_of_each<T>(
    items: impl IntoIterator<Item = Vec<T>>,
) -> Result<Vec<(T, T)>, Exception> {
    items
        .into_iter()
        .enumerate()
        .map(|(index, item)| {
            let count = item.len();
            let mut parts = item.into_iter();
            match (parts.next(), parts.next(), parts.next()) {
                (Some(key), Some(value), None) => Ok((key, value)),
                _ => Err(value_error(format!(
                    "dictionary update sequence element #{index} has length {count}; 2 is required"
                ))),
            }
        })
        .collect()
}

/// The items of `dict(items)` when each of them is a list of two.
pub fn two_of_each<T>(items: impl IntoIterator<Item = Vec<T>>) -> Vec<(T, T)> {
    try_two_of_each(items).or_throw()
}

/// The one element of `(x,) = items`, or of each longer pattern: exactly so many items.
pub fn try_unpack<T, const N: usize>(
    items: impl IntoIterator<Item = T>,
) -> Result<[T; N], Exception> {
    let mut items = items.into_iter();
    let mut found = Vec::with_capacity(N);
    for item in items.by_ref().take(N) {
        found.push(item);
    }
    let count = found.len();
    match <[T; N]>::try_from(found) {
        Ok(array) if items.next().is_none() => Ok(array),
        Ok(_) => Err(value_error(format!(
            "too many values to unpack (expected {N})"
        ))),
        Err(_) => Err(value_error(format!(
            "not enough values to unpack (expected {N}, got {count})"
        ))),
    }
}

/// `a, b, … = items`.
pub fn unpack<T, const N: usize>(items: impl IntoIterator<Item = T>) -> [T; N] {
    try_unpack(items).or_throw()
}

/// What `a, *middle, z = items` takes apart: the first items, those between, the last ones.
pub type Parts<T, const N: usize, const M: usize> = ([T; N], Vec<T>, [T; M]);

/// `a, *middle, z = items`: the first items, those between, the last ones.
pub fn try_unpack_star<T, const N: usize, const M: usize>(
    items: impl IntoIterator<Item = T>,
) -> Result<Parts<T, N, M>, Exception> {
    let mut rest: Vec<T> = items.into_iter().collect();
    let count = rest.len();
    let missing = || {
        value_error(format!(
            "not enough values to unpack (expected at least {}, got {count})",
            N + M
        ))
    };
    if count < N + M {
        return Err(missing());
    }
    let last = <[T; M]>::try_from(rest.split_off(count - M)).map_err(|_| missing())?;
    let middle = rest.split_off(N);
    let first = <[T; N]>::try_from(rest).map_err(|_| missing())?;
    Ok((first, middle, last))
}

/// `a, *middle, z = items`.
pub fn unpack_star<T, const N: usize, const M: usize>(
    items: impl IntoIterator<Item = T>,
) -> Parts<T, N, M> {
    try_unpack_star(items).or_throw()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_and_extremes() {
        assert_eq!(sum([1, 2, 3]), 6);
        assert_eq!(sum([0.1; 10]), 0.999_999_999_999_999_9);
        assert_eq!(sum_bools([true, false, true]), 2);
        assert_eq!(max_by_key(["bb", "a", "cc"], |word| word.len()), "bb");
        assert_eq!(min([2.0, f64::NAN, 1.0]), 1.0);
        assert!(min([f64::NAN, 1.0]).is_nan());
        assert_eq!(
            try_min(Vec::<i64>::new()).unwrap_err().message(),
            "min() arg is an empty sequence"
        );
    }

    #[test]
    fn zips_stop_at_the_shortest() {
        assert_eq!(
            zip3([1, 2], "ab".chars(), [true]).collect::<Vec<_>>(),
            [(1, 'a', true)]
        );
        assert_eq!(
            zip_all([vec![1, 2, 3], vec![4, 5]]).collect::<Vec<_>>(),
            [[1, 4], [2, 5]]
        );
        assert_eq!(
            unequal(&[false, true]).message(),
            "zip() argument 2 is longer than argument 1"
        );
        assert_eq!(
            enumerate(["a", "b"], 5).collect::<Vec<_>>(),
            [(5, "a"), (6, "b")]
        );
    }

    #[test]
    fn unpacking_counts() {
        let [a, b] = unpack([1, 2]);
        assert_eq!((a, b), (1, 2));
        let message = |error: Exception| error.message();
        assert_eq!(
            message(try_unpack::<_, 2>([1]).unwrap_err()),
            "not enough values to unpack (expected 2, got 1)"
        );
        assert_eq!(
            message(try_unpack::<_, 2>([1, 2, 3]).unwrap_err()),
            "too many values to unpack (expected 2)"
        );
        let ([first], middle, [last]) = unpack_star([1, 2, 3, 4]);
        assert_eq!((first, middle, last), (1, vec![2, 3], 4));
        assert_eq!(
            message(try_unpack_star::<_, 2, 1>([1]).unwrap_err()),
            "not enough values to unpack (expected at least 3, got 1)"
        );
    }
}
