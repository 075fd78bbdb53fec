//! The order of sets against CPython's.

mod orders;

use orders::{CASES, FLOATS, FLOATS_ORDER, PAIRS, PAIRS_ORDER};

use super::*;

fn order(items: impl IntoIterator<Item = i64>) -> i64 {
    items.into_iter().fold(0_i128, |state, item| {
        (state * 1_000_003 + i128::from(item)).rem_euclid((1 << 31) - 1)
    }) as i64
}

#[test]
fn orders_are_those_of_cpython() {
    for (number, (first, second, expected)) in CASES.iter().enumerate() {
        let xs = || first.iter().copied();
        let ys = || second.iter().copied();
        let a: Set<i64> = xs().collect();
        let b: Set<i64> = ys().collect();
        let mut c = a.copy_items();
        let distinct = super::super::dict::dict_fromkeys(xs(), ());
        for each in distinct.keys().step_by(3) {
            c.discard(&each);
        }
        let d = c.copy_items();
        c.update_from(ys());
        let mut p: Set<i64> = xs().collect();
        let popped: Vec<i64> = (0..p.length() / 2).map(|_| p.pop_any()).collect();
        p.update_from(ys());
        let change = |change: &dyn Fn(&mut Set<i64>)| {
            let mut set = xs().collect();
            change(&mut set);
            set
        };
        let results = [
            a.clone(),
            b.clone(),
            c,
            d,
            a.union_set(&b),
            a.intersection_set(&b),
            a.difference_set(&b),
            b.difference_set(&a),
            a.symmetric_difference_set(&b),
            a.union(ys()),
            a.intersection(ys()),
            a.difference(ys()),
            p,
            Set::from_constants(xs()),
            change(&|set| set.difference_update_set(&b)),
            change(&|set| set.symmetric_difference_update_set(&b)),
            change(&|set| set.update_set(&b)),
            change(&|set| set.difference_update(xs().take(first.len() / 2 + 1))),
            change(&|set| set.intersection_update_set(&b)),
            Set::from_keys(distinct.keys()),
        ];
        let orders: Vec<i64> = results
            .iter()
            .map(|set| order(set.items()))
            .chain([order(popped)])
            .collect();
        assert_eq!(orders, expected, "case {number}");
    }
    assert_eq!(Set::from(FLOATS).repr_text(), FLOATS_ORDER);
    assert_eq!(Set::from(PAIRS).repr_text(), PAIRS_ORDER);
}

#[test]
fn comparisons_are_inclusion() {
    let small = Set::from([1, 2]);
    let large = Set::from([1, 2, 3]);
    assert!(small < large);
    assert!(large > small);
    assert!(small.within(&small.copy_items()));
    assert!(Set::from([1, 9]).partial_cmp(&large).is_none());
    assert!(small.isdisjoint([7]));
    assert!(!small.isdisjoint([2]));
    assert_eq!(small.clone().frozen().repr_text(), "frozenset({1, 2})");
    assert_eq!(
        small
            .copy_items()
            .frozen()
            .intersection_set(&large)
            .repr_text(),
        "frozenset({1, 2})"
    );
    assert_eq!(Set::<i64>::new().repr_text(), "set()");
    assert_eq!(
        small.clone().try_remove_value(&5).unwrap_err().message(),
        "5"
    );
}

#[test]
fn a_set_can_change_by_itself() {
    let shared = Shared::new(Set::from([1, 2, 3]));
    shared.difference_update_set(&shared);
    assert!(shared.is_empty());
}
