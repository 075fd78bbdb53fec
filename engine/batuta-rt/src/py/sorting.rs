//! Sorting as Python does it: stable, and only asking which of two is less.

use std::cmp::Ordering;

/// Sorts in place; with `reverse`, equal items keep their order all the same.
pub fn sort<T: PartialOrd>(items: &mut [T], reverse: bool) {
    if comparable(items.iter()) {
        if reverse {
            items.sort_by(|one, two| order(two, one));
        } else {
            items.sort_by(order);
        }
    } else {
        if reverse {
            items.reverse();
        }
        sort_unordered(items, |one, two| one < two);
        if reverse {
            items.reverse();
        }
    }
}

/// Sorts by a key that is computed once for each item.
pub fn sort_by_key<T, K: PartialOrd>(
    items: &mut Vec<T>,
    mut key: impl FnMut(&T) -> K,
    reverse: bool,
) {
    let mut keyed: Vec<(K, T)> = items.drain(..).map(|item| (key(&item), item)).collect();
    if comparable(keyed.iter().map(|each| &each.0)) {
        if reverse {
            keyed.sort_by(|one, two| order(&two.0, &one.0));
        } else {
            keyed.sort_by(|one, two| order(&one.0, &two.0));
        }
    } else {
        if reverse {
            keyed.reverse();
        }
        sort_unordered(&mut keyed, |one, two| one.0 < two.0);
        if reverse {
            keyed.reverse();
        }
    }
    items.extend(keyed.into_iter().map(|each| each.1));
}

/// `sorted(items, key=cmp_to_key(compare))`.
pub fn sorted_by_comparison<T>(
    items: impl IntoIterator<Item = T>,
    compare: impl FnMut(&T, &T) -> i64,
    reverse: bool,
) -> Vec<T> {
    let mut sorted: Vec<T> = items.into_iter().collect();
    sort_by_comparison(&mut sorted, compare, reverse);
    sorted
}

/// Sorts by a comparison function that answers below, at or above zero (`functools.cmp_to_key`).
pub fn sort_by_comparison<T>(
    items: &mut [T],
    mut compare: impl FnMut(&T, &T) -> i64,
    reverse: bool,
) {
    if reverse {
        items.sort_by(|one, two| compare(two, one).cmp(&0));
    } else {
        items.sort_by(|one, two| compare(one, two).cmp(&0));
    }
}

fn order<T: PartialOrd>(one: &T, two: &T) -> Ordering {
    one.partial_cmp(two).unwrap_or(Ordering::Equal)
}

/// Whether neighbours have an order. NaN has none with anything, and the library's sort is allowed to panic when it meets one.
///
/// Python, too, compares neighbours first, and never an item with itself: what has no order at all then says so, as there.
fn comparable<'a, T: PartialOrd + 'a>(items: impl Iterator<Item = &'a T>) -> bool {
    let mut before: Option<&T> = None;
    for item in items {
        if before.is_some_and(|before| item.partial_cmp(before).is_none()) {
            return false;
        }
        before = Some(item);
    }
    true
}

/// A binary insertion sort of runs and then merges: the order that CPython's sort gives up to 63 items with NaN among them.
fn sort_unordered<T>(items: &mut [T], less: impl Fn(&T, &T) -> bool) {
    let mut run = 1;
    if items.len() > 1 {
        // A first run that goes down is turned around; one that goes up is taken as it is.
        if less(&items[1], &items[0]) {
            while run < items.len() && less(&items[run], &items[run - 1]) {
                run += 1;
            }
            items[..run].reverse();
        } else {
            while run < items.len() && !less(&items[run], &items[run - 1]) {
                run += 1;
            }
        }
    }
    for next in run..items.len() {
        let (mut low, mut high) = (0, next);
        while low < high {
            let middle = low + (high - low) / 2;
            if less(&items[next], &items[middle]) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        items[low..=next].rotate_right(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_items_keep_their_order_in_both_directions() {
        let mut words = vec!["bb", "a", "cc", "d", "ee"];
        sort_by_key(&mut words, |word| word.len(), true);
        assert_eq!(words, ["bb", "cc", "ee", "a", "d"]);
        sort_by_key(&mut words, |word| word.len(), false);
        assert_eq!(words, ["a", "d", "bb", "cc", "ee"]);
    }

    #[test]
    fn nan_leaves_the_order_that_cpython_leaves() {
        // sorted([3.0, nan, 1.0, 2.0, nan, 0.5]) in CPython 3.11.
        let mut numbers = vec![3.0, f64::NAN, 1.0, 2.0, f64::NAN, 0.5];
        sort(&mut numbers, false);
        let shown: Vec<String> = numbers.iter().map(f64::to_string).collect();
        assert_eq!(shown, ["3", "NaN", "1", "2", "NaN", "0.5"]);
        sort(&mut numbers, true);
        let shown: Vec<String> = numbers.iter().map(f64::to_string).collect();
        assert_eq!(shown, ["3", "NaN", "2", "1", "NaN", "0.5"]);
    }
}
