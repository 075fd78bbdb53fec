//! Python's `bisect`.

use std::borrow::Borrow;

use super::list::{AsList, ListPlace};
use super::slices::clamped;

/// The part of the list that is searched. A negative start is an error in Python; it is the whole list here only for `None`.
fn part(length: usize, low: Option<i64>, high: Option<i64>) -> std::ops::Range<usize> {
    let start = low.map_or(0, |low| clamped(low, length));
    let stop = high.map_or(length, |high| clamped(high, length));
    start..stop.max(start)
}

/// `bisect_left(items, x, lo, hi)`.
pub fn bisect_left<T: Borrow<Q>, Q: PartialOrd + ?Sized>(
    items: &(impl AsList<T> + ?Sized),
    wanted: &Q,
    low: Option<i64>,
    high: Option<i64>,
) -> i64 {
    items.with_items(|items| {
        let part = part(items.len(), low, high);
        (part.start + items[part].partition_point(|item| item.borrow() < wanted)) as i64
    })
}

/// `bisect_right(items, x, lo, hi)`.
pub fn bisect_right<T: Borrow<Q>, Q: PartialOrd + ?Sized>(
    items: &(impl AsList<T> + ?Sized),
    wanted: &Q,
    low: Option<i64>,
    high: Option<i64>,
) -> i64 {
    items.with_items(|items| {
        let part = part(items.len(), low, high);
        let before = |item: &T| {
            !matches!(
                wanted.partial_cmp(item.borrow()),
                Some(std::cmp::Ordering::Less)
            )
        };
        (part.start + items[part].partition_point(before)) as i64
    })
}

/// `insort_left(items, x)`.
pub fn insort_left<T: PartialOrd>(items: impl ListPlace<T>, item: T) {
    items.change(|items| {
        let place = bisect_left(&*items, &item, None, None);
        items.insert(place as usize, item);
    });
}

/// `insort(items, x)`.
pub fn insort_right<T: PartialOrd>(items: impl ListPlace<T>, item: T) {
    items.change(|items| {
        let place = bisect_right(&*items, &item, None, None);
        items.insert(place as usize, item);
    });
}

fn place_by_key<T, K: PartialOrd>(
    items: &[T],
    wanted: &K,
    part: std::ops::Range<usize>,
    key: impl Fn(&T) -> K,
    right: bool,
) -> usize {
    part.start
        + items[part].partition_point(|item| {
            let found = key(item);
            if right {
                !matches!(wanted.partial_cmp(&found), Some(std::cmp::Ordering::Less))
            } else {
                found < *wanted
            }
        })
}

/// `bisect_left(items, x, lo, hi, key=key)`.
pub fn bisect_left_by_key<T, K: PartialOrd>(
    items: &(impl AsList<T> + ?Sized),
    wanted: K,
    low: Option<i64>,
    high: Option<i64>,
    key: impl Fn(&T) -> K,
) -> i64 {
    items.with_items(|items| {
        place_by_key(items, &wanted, part(items.len(), low, high), key, false) as i64
    })
}

/// `bisect_right(items, x, lo, hi, key=key)`.
pub fn bisect_right_by_key<T, K: PartialOrd>(
    items: &(impl AsList<T> + ?Sized),
    wanted: K,
    low: Option<i64>,
    high: Option<i64>,
    key: impl Fn(&T) -> K,
) -> i64 {
    items.with_items(|items| {
        place_by_key(items, &wanted, part(items.len(), low, high), key, true) as i64
    })
}

/// `insort_left(items, x, key=key)`.
pub fn insort_left_by_key<T, K: PartialOrd>(
    items: impl ListPlace<T>,
    item: T,
    key: impl Fn(&T) -> K,
) {
    items.change(|items| {
        let place = place_by_key(items, &key(&item), 0..items.len(), key, false);
        items.insert(place, item);
    });
}

/// `insort(items, x, key=key)`.
pub fn insort_right_by_key<T, K: PartialOrd>(
    items: impl ListPlace<T>,
    item: T,
    key: impl Fn(&T) -> K,
) {
    items.change(|items| {
        let place = place_by_key(items, &key(&item), 0..items.len(), key, true);
        items.insert(place, item);
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_items_are_on_either_side() {
        let items = vec![1, 2, 2, 3];
        assert_eq!(
            (
                bisect_left(&items, &2, None, None),
                bisect_right(&items, &2, None, None)
            ),
            (1, 3)
        );
        assert_eq!(
            (
                bisect_left(&items, &9, None, None),
                bisect_left(&items, &0, Some(2), None)
            ),
            (4, 2)
        );
        let mut items = vec![1.0, 3.0];
        insort_right(&mut items, 2.0);
        assert_eq!(items, [1.0, 2.0, 3.0]);
    }
}
