//! Python's `heapq`: the same moves, so that the list looks the same after each call.

use super::errors::{Exception, OrThrow, throw};
use super::failures::{index_error, type_error};
use super::list::ListPlace;
use super::sorting::sort_by_key;

/// Moves the item at `place` towards the root until its parent is not larger.
fn towards_root<T>(heap: &mut [T], start: usize, mut place: usize, less: &impl Fn(&T, &T) -> bool) {
    while place > start {
        let parent = (place - 1) / 2;
        if less(&heap[place], &heap[parent]) {
            heap.swap(place, parent);
            place = parent;
        } else {
            break;
        }
    }
}

/// Lets the smaller children rise to a leaf, and then the item find its place from there: fewer comparisons than stopping early.
fn towards_leaf<T>(heap: &mut [T], start: usize, less: &impl Fn(&T, &T) -> bool) {
    let mut place = start;
    loop {
        let mut child = 2 * place + 1;
        if child >= heap.len() {
            break;
        }
        let right = child + 1;
        // Not "if right is less": an equal right child is taken, as in CPython.
        if right < heap.len() && !less(&heap[child], &heap[right]) {
            child = right;
        }
        heap.swap(place, child);
        place = child;
    }
    towards_root(heap, start, place, less);
}

/// Whether a tuple that holds a function is less: what stands before the function tells.
pub fn before_functions(order: Option<std::cmp::Ordering>) -> bool {
    match order {
        Some(std::cmp::Ordering::Equal) => throw(type_error(
            "'<' not supported between instances of 'function' and 'function'",
        )),
        other => other == Some(std::cmp::Ordering::Less),
    }
}

/// `heappush(heap, item)`.
pub fn heappush<T: PartialOrd>(heap: impl ListPlace<T>, item: T) {
    heappush_by(heap, item, |one, other| one < other);
}

/// `heappush(heap, item)` of items that `less` compares.
pub fn heappush_by<T>(heap: impl ListPlace<T>, item: T, less: impl Fn(&T, &T) -> bool) {
    heap.change(|heap| {
        heap.push(item);
        let last = heap.len() - 1;
        towards_root(heap, 0, last, &less);
    });
}

/// `heappop(heap)`.
pub fn try_heappop<T: PartialOrd>(heap: impl ListPlace<T>) -> Result<T, Exception> {
    try_heappop_by(heap, |one, other| one < other)
}

/// `heappop(heap)` of items that `less` compares.
pub fn try_heappop_by<T>(
    heap: impl ListPlace<T>,
    less: impl Fn(&T, &T) -> bool,
) -> Result<T, Exception> {
    heap.change(|heap| {
        let last = heap
            .pop()
            .ok_or_else(|| index_error("index out of range"))?;
        if heap.is_empty() {
            return Ok(last);
        }
        let smallest = std::mem::replace(&mut heap[0], last);
        towards_leaf(heap, 0, &less);
        Ok(smallest)
    })
}

/// `heappop(heap)`.
pub fn heappop<T: PartialOrd>(heap: impl ListPlace<T>) -> T {
    try_heappop(heap).or_throw()
}

/// `heappop(heap)` of items that `less` compares.
pub fn heappop_by<T>(heap: impl ListPlace<T>, less: impl Fn(&T, &T) -> bool) -> T {
    try_heappop_by(heap, less).or_throw()
}

/// `heapify(items)`.
pub fn heapify<T: PartialOrd>(heap: impl ListPlace<T>) {
    heapify_by(heap, |one, other| one < other);
}

/// `heapify(items)` of items that `less` compares.
pub fn heapify_by<T>(heap: impl ListPlace<T>, less: impl Fn(&T, &T) -> bool) {
    heap.change(|heap| {
        for start in (0..heap.len() / 2).rev() {
            towards_leaf(heap, start, &less);
        }
    });
}

/// `heapreplace(heap, item)`.
pub fn try_heapreplace<T: PartialOrd>(heap: impl ListPlace<T>, item: T) -> Result<T, Exception> {
    heap.change(|heap| {
        if heap.is_empty() {
            return Err(index_error("index out of range"));
        }
        let smallest = std::mem::replace(&mut heap[0], item);
        towards_leaf(heap, 0, &|one, other| one < other);
        Ok(smallest)
    })
}

/// `heapreplace(heap, item)`.
pub fn heapreplace<T: PartialOrd>(heap: impl ListPlace<T>, item: T) -> T {
    try_heapreplace(heap, item).or_throw()
}

/// `heappushpop(heap, item)`.
pub fn heappushpop<T: PartialOrd>(heap: impl ListPlace<T>, item: T) -> T {
    heap.change(|heap| {
        if heap
            .first()
            .is_none_or(|first| !matches!(first.partial_cmp(&item), Some(std::cmp::Ordering::Less)))
        {
            return item;
        }
        let smallest = std::mem::replace(&mut heap[0], item);
        towards_leaf(heap, 0, &|one, other| one < other);
        smallest
    })
}

/// `merge(*lists)` of sorted lists: of equal items the one of the earlier list comes first.
pub fn merge<T: PartialOrd + Clone>(
    lists: impl IntoIterator<Item = impl IntoIterator<Item = T>>,
    reverse: bool,
) -> impl Iterator<Item = T> {
    merge_by_key(lists, T::clone, reverse)
}

/// `merge(*lists, key=key, reverse=reverse)`.
pub fn merge_by_key<T, K: PartialOrd>(
    lists: impl IntoIterator<Item = impl IntoIterator<Item = T>>,
    key: impl Fn(&T) -> K,
    reverse: bool,
) -> impl Iterator<Item = T> {
    let mut lists: Vec<_> = lists.into_iter().map(|list| list.into_iter()).collect();
    let mut heads: Vec<Option<(K, T)>> = Vec::new();
    std::iter::from_fn(move || {
        let with_key = |item: T| (key(&item), item);
        if heads.is_empty() {
            heads = lists
                .iter_mut()
                .map(|list| list.next().map(with_key))
                .collect();
        }
        let mut best: Option<usize> = None;
        for (place, head) in heads.iter().enumerate() {
            let Some((found, _)) = head else { continue };
            let better = match best.and_then(|best| heads[best].as_ref()) {
                None => true,
                Some((held, _)) if reverse => held < found,
                Some((held, _)) => found < held,
            };
            if better {
                best = Some(place);
            }
        }
        let best = best?;
        let next = lists[best].next().map(with_key);
        std::mem::replace(&mut heads[best], next).map(|(_, item)| item)
    })
}

/// `nlargest(n, items)`.
pub fn nlargest<T: PartialOrd>(count: i64, items: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut items = Vec::from_iter(items);
    super::sorting::sort(&mut items, true);
    items.truncate(count.max(0) as usize);
    items
}

/// `nlargest(n, items, key)`.
pub fn nlargest_by_key<T, K: PartialOrd>(
    count: i64,
    items: impl IntoIterator<Item = T>,
    key: impl FnMut(&T) -> K,
) -> Vec<T> {
    let mut items = Vec::from_iter(items);
    sort_by_key(&mut items, key, true);
    items.truncate(count.max(0) as usize);
    items
}

/// `nsmallest(n, items)`.
pub fn nsmallest<T: PartialOrd>(count: i64, items: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut items = Vec::from_iter(items);
    super::sorting::sort(&mut items, false);
    items.truncate(count.max(0) as usize);
    items
}

/// `nsmallest(n, items, key)`.
pub fn nsmallest_by_key<T, K: PartialOrd>(
    count: i64,
    items: impl IntoIterator<Item = T>,
    key: impl FnMut(&T) -> K,
) -> Vec<T> {
    let mut items = Vec::from_iter(items);
    sort_by_key(&mut items, key, false);
    items.truncate(count.max(0) as usize);
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_looks_as_in_cpython() {
        let mut heap = vec![5, 1, 8, 3, 9, 2, 7, 3, 0, 6];
        heapify(&mut heap);
        assert_eq!(heap, HEAPIFIED);
        heappush(&mut heap, 4);
        assert_eq!(heappop(&mut heap), 0);
        assert_eq!(heap, POPPED);
        assert_eq!(heappushpop(&mut heap, 2), 1);
        assert_eq!(heapreplace(&mut heap, 10), 2);
        assert_eq!(heap, REPLACED);
        assert_eq!(
            merge([vec![1, 4], vec![], vec![0, 4, 9]], false).collect::<Vec<_>>(),
            [0, 1, 4, 4, 9]
        );
        assert_eq!(nlargest(3, heap.clone()), [10, 9, 8]);
        assert_eq!(nsmallest_by_key(2, heap, |item| -item), [10, 9]);
        assert_eq!(
            try_heappop(&mut Vec::<i64>::new()).unwrap_err().message(),
            "index out of range"
        );
    }

    // print(heap) after the same calls in CPython 3.11.
    const HEAPIFIED: [i64; 10] = [0, 1, 2, 3, 6, 8, 7, 3, 5, 9];
    const POPPED: [i64; 10] = [1, 3, 2, 3, 4, 8, 7, 6, 5, 9];
    const REPLACED: [i64; 10] = [2, 3, 7, 3, 4, 8, 10, 6, 5, 9];
}
