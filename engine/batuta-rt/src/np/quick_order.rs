//! The order in which NumPy's default sort leaves equal items: it is not stable, and depends on the processor.
//!
//! For 32 and 64 bits NumPy takes vector instructions where the processor has them: networks of comparisons up to 256 items, above that
//! parts around a pivot, moved several items at once. Their order follows from the comparisons alone, so that plain loops give the same.
//! Everything else is sorted by a quicksort with the median of three, short parts by insertion.

use super::element::Element;
use std::cmp::Ordering;

/// Parts of at most so many items are sorted by a network.
const NETWORK: usize = 256;
/// So many vectors are moved in one round.
const UNROLLED: usize = 4;
/// Parts of at most so many items are sorted by insertion.
const SHORT: usize = 16;

/// How many 64-bit items the processor compares at once; none without the instructions that NumPy asks for.
fn lanes() -> Option<usize> {
    #[cfg(target_arch = "x86_64")]
    {
        let wide = is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512cd")
            && is_x86_feature_detected!("avx512vl")
            && is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("avx512dq");
        if wide {
            return Some(8);
        }
        if is_x86_feature_detected!("avx2") {
            return Some(4);
        }
    }
    None
}

/// The places of the items in sorted order, equal items as NumPy's default leaves them.
pub fn quick_order<T: Element>(items: &[T]) -> Vec<usize> {
    let mut places: Vec<usize> = (0..items.len()).collect();
    let vectors = matches!(
        T::DTYPE,
        "int64" | "uint64" | "float64" | "int32" | "uint32" | "float32"
    );
    if vectors && items.iter().any(Element::unordered) {
        // NumPy hands such arrays to the C++ library, whose order of equal items is kept up to 16 items only.
        places.sort_by(|&a, &b| items[a].order(&items[b]));
        return places;
    }
    match lanes().filter(|_| vectors) {
        Some(lanes) => {
            let sorted = places
                .windows(2)
                .all(|pair| items[pair[0]].order(&items[pair[1]]).is_le());
            if items.len() > 1 && !sorted {
                let rounds = 2 * items.len().ilog2();
                by_vectors(items, &mut places, lanes, rounds);
            }
        }
        None => by_halves(items, &mut places),
    }
    places
}

/// The places of the items as `argpartition` leaves them: what belongs at `kth` stands there, smaller items before it.
///
/// None where NumPy's order is not known: NaN, and numbers of other widths than 32 and 64 bits.
pub fn quick_select<T: Element>(items: &[T], kth: &[usize]) -> Option<Vec<usize>> {
    let vectors = matches!(
        T::DTYPE,
        "int64" | "uint64" | "float64" | "int32" | "uint32" | "float32"
    );
    let lanes = lanes().filter(|_| vectors && !items.iter().any(Element::unordered))?;
    let mut places: Vec<usize> = (0..items.len()).collect();
    let mut wanted = kth.to_vec();
    wanted.sort_unstable();
    for &at in &wanted {
        if items.len() > 1 {
            select(items, &mut places, at, lanes, 2 * items.len().ilog2());
        }
    }
    Some(places)
}

/// Only the part in which the wanted place lies is looked at further.
fn select<T: Element>(items: &[T], places: &mut [usize], at: usize, lanes: usize, rounds: u32) {
    if rounds == 0 {
        places.sort_by(|&a, &b| items[a].order(&items[b]));
        return;
    }
    if places.len() <= NETWORK {
        network(items, places);
        return;
    }
    let (border, least, most) = around_pivot(items, places, lanes);
    let (below, above) = places.split_at_mut(border);
    if !least && at < border {
        select(items, below, at, lanes, rounds - 1);
    } else if !most && at >= border {
        select(items, above, at - border, lanes, rounds - 1);
    }
}

/// A bitonic network over the next power of two, in which nothing stands after the last item.
fn network<T: Element>(items: &[T], places: &mut [usize]) {
    let count = places.len();
    let whole = count.next_power_of_two();
    let mut exchange = |first: usize, second: usize| {
        if second < count && items[places[first]].order(&items[places[second]]).is_gt() {
            places.swap(first, second);
        }
    };
    let mut block = 2;
    while block <= whole {
        for start in (0..whole).step_by(block) {
            for at in 0..block / 2 {
                exchange(start + at, start + block - 1 - at);
            }
        }
        let mut gap = block / 4;
        while gap > 0 {
            for start in (0..whole).step_by(2 * gap) {
                for at in start..start + gap {
                    exchange(at, at + gap);
                }
            }
            gap /= 2;
        }
        block *= 2;
    }
}

fn by_vectors<T: Element>(items: &[T], places: &mut [usize], lanes: usize, rounds: u32) {
    if rounds == 0 {
        places.sort_by(|&a, &b| items[a].order(&items[b]));
        return;
    }
    if places.len() <= NETWORK {
        network(items, places);
        return;
    }
    let (border, least, most) = around_pivot(items, places, lanes);
    let (below, above) = places.split_at_mut(border);
    if !least {
        by_vectors(items, below, lanes, rounds - 1);
    }
    if !most {
        by_vectors(items, above, lanes, rounds - 1);
    }
}

/// Divides at the middle of a few items at equal distances: how many are below, and whether the pivot is the least or the largest.
fn around_pivot<T: Element>(
    items: &[T],
    places: &mut [usize],
    lanes: usize,
) -> (usize, bool, bool) {
    let step = (places.len() - 1) / lanes;
    let mut drawn: Vec<usize> = (1..=lanes).map(|at| places[at * step]).collect();
    drawn.sort_by(|&a, &b| items[a].order(&items[b]));
    let pivot = &items[drawn[lanes / 2]];
    let least = places
        .iter()
        .all(|&place| items[place].order(pivot).is_ge());
    let most = places
        .iter()
        .all(|&place| items[place].order(pivot).is_le());
    (divide(items, places, pivot, lanes), least, most)
}

/// Puts the items below the pivot first, by whole vectors from both ends; gives their number.
fn divide<T: Element>(items: &[T], places: &mut [usize], pivot: &T, lanes: usize) -> usize {
    let small = |place: usize| items[place].order(pivot) == Ordering::Less;
    let stride = UNROLLED * lanes;
    let (mut left, mut right) = (0, places.len());
    for _ in 0..(right - left) % stride {
        if small(places[left]) {
            left += 1;
        } else {
            right -= 1;
            places.swap(left, right);
        }
    }
    if left == right {
        return left;
    }
    let first = places[left..left + stride].to_vec();
    let last = places[right - stride..right].to_vec();
    let (mut low, mut high) = (left, right);
    left += stride;
    right -= stride;
    let mut store = |places: &mut [usize], vector: &[usize]| {
        let (below, above): (Vec<usize>, Vec<usize>) =
            vector.iter().partition(|&&place| small(place));
        places[low..low + below.len()].copy_from_slice(&below);
        places[high - above.len()..high].copy_from_slice(&above);
        low += below.len();
        high -= above.len();
        (low, high)
    };
    let (mut stored_low, mut stored_high) = (left - stride, right + stride);
    while left < right {
        let part = if stored_high - right < left - stored_low {
            right -= stride;
            places[right..right + stride].to_vec()
        } else {
            left += stride;
            places[left - stride..left].to_vec()
        };
        for vector in part.chunks(lanes) {
            (stored_low, stored_high) = store(places, vector);
        }
    }
    for vector in first.chunks(lanes).chain(last.chunks(lanes)) {
        (stored_low, stored_high) = store(places, vector);
    }
    debug_assert_eq!(stored_low, stored_high);
    stored_low
}

/// Quicksort with the median of three; short parts by insertion.
fn by_halves<T: Element>(items: &[T], places: &mut [usize]) {
    let less = |a: usize, b: usize| items[a].order(&items[b]).is_lt();
    let mut parts = vec![(0, places.len(), 2 * places.len().max(1).ilog2() as i64)];
    while let Some((start, mut end, mut depth)) = parts.pop() {
        let mut start = start;
        while end - start > SHORT {
            if depth < 0 {
                places[start..end].sort_by(|&a, &b| items[a].order(&items[b]));
                break;
            }
            let (low, high) = (start, end - 1);
            let middle = low + (high - low) / 2;
            if less(places[middle], places[low]) {
                places.swap(middle, low);
            }
            if less(places[high], places[middle]) {
                places.swap(high, middle);
            }
            if less(places[middle], places[low]) {
                places.swap(middle, low);
            }
            let pivot = places[middle];
            let (mut up, mut down) = (low, high - 1);
            places.swap(middle, down);
            loop {
                up += 1;
                while less(places[up], pivot) {
                    up += 1;
                }
                down -= 1;
                while less(pivot, places[down]) {
                    down -= 1;
                }
                if up >= down {
                    break;
                }
                places.swap(up, down);
            }
            places.swap(up, high - 1);
            depth -= 1;
            // The larger part waits.
            if up - low < high - up {
                parts.push((up + 1, end, depth));
                end = up;
            } else {
                parts.push((start, up, depth));
                start = up + 1;
            }
        }
        for at in start + 1..end.max(start + 1) {
            let own = places[at];
            let mut to = at;
            while to > start && less(own, places[to - 1]) {
                places[to] = places[to - 1];
                to -= 1;
            }
            places[to] = own;
        }
    }
}
