//! Sorting of feature values with the samples they belong to.
//!
//! The order of samples with equal values decides in which order a regression tree adds their targets, and so the last bits of its
//! sums. Hence this is the same introsort as scikit-learn's: three-way quicksort, heap sort when it goes too deep, insertion at the end.

/// Sorts `values` and moves `samples` along.
pub fn sort_together(values: &mut [f32], samples: &mut [usize]) {
    if !values.is_empty() {
        let depth = 2 * (values.len() as f64).log2() as i64;
        introsort(values, samples, depth);
    }
}

fn exchange(values: &mut [f32], samples: &mut [usize], a: usize, b: usize) {
    values.swap(a, b);
    samples.swap(a, b);
}

fn middle_of_three(values: &[f32]) -> f32 {
    let (a, b, c) = (
        values[0],
        values[values.len() / 2],
        values[values.len() - 1],
    );
    if a < b {
        if b < c {
            b
        } else if a < c {
            c
        } else {
            a
        }
    } else if b < c {
        if a < c { a } else { c }
    } else {
        b
    }
}

fn introsort(mut values: &mut [f32], mut samples: &mut [usize], mut depth: i64) {
    while values.len() > 15 {
        if depth <= 0 {
            heap_sort(values, samples);
            return;
        }
        depth -= 1;
        let pivot = middle_of_three(values);
        let (mut at, mut low, mut high) = (0, 0, values.len());
        while at < high {
            if values[at] < pivot {
                exchange(values, samples, at, low);
                at += 1;
                low += 1;
            } else if values[at] > pivot {
                high -= 1;
                exchange(values, samples, at, high);
            } else {
                at += 1;
            }
        }
        introsort(&mut values[..low], &mut samples[..low], depth);
        values = &mut values[high..];
        samples = &mut samples[high..];
    }
    for at in 1..values.len() {
        let mut place = at;
        while place > 0 && values[place - 1] > values[place] {
            exchange(values, samples, place - 1, place);
            place -= 1;
        }
    }
}

fn heap_sort(values: &mut [f32], samples: &mut [usize]) {
    let count = values.len();
    for start in (0..=(count - 2) / 2).rev() {
        sift_down(values, samples, start, count);
    }
    for end in (1..count).rev() {
        exchange(values, samples, 0, end);
        sift_down(values, samples, 0, end);
    }
}

fn sift_down(values: &mut [f32], samples: &mut [usize], start: usize, end: usize) {
    let mut root = start;
    loop {
        let child = root * 2 + 1;
        let mut largest = root;
        for candidate in [child, child + 1] {
            if candidate < end && values[largest] < values[candidate] {
                largest = candidate;
            }
        }
        if largest == root {
            return;
        }
        exchange(values, samples, root, largest);
        root = largest;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_in_order_and_samples_follow() {
        let original: Vec<f32> = (0..500u32).map(|at| ((at * 7919) % 97) as f32).collect();
        let mut values = original.clone();
        let mut samples: Vec<usize> = (0..500).collect();
        sort_together(&mut values, &mut samples);
        assert!(values.windows(2).all(|pair| pair[0] <= pair[1]));
        assert!(
            values
                .iter()
                .zip(&samples)
                .all(|(value, &sample)| original[sample] == *value)
        );
        let mut values = original.clone();
        let mut samples: Vec<usize> = (0..500).collect();
        heap_sort(&mut values, &mut samples);
        assert!(values.windows(2).all(|pair| pair[0] <= pair[1]));
    }
}
