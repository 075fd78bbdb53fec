//! Which positions a Python index or slice means.

use super::errors::Exception;
use super::failures::value_error;

/// The positions of a slice: `count` of them, from `start` by `step`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Positions {
    pub start: i64,
    pub step: i64,
    pub count: i64,
}

impl Positions {
    /// The position after the last one when the step is 1.
    pub fn stop(&self) -> i64 {
        self.start + self.step * self.count
    }

    /// The positions in order.
    pub fn iter(self) -> impl DoubleEndedIterator<Item = usize> + ExactSizeIterator {
        (0..self.count as usize).map(move |each| (self.start + self.step * each as i64) as usize)
    }
}

/// The positions that `[start:stop:step]` means in a sequence of this length. A step of 0 is a ValueError.
pub fn positions(
    start: Option<i64>,
    stop: Option<i64>,
    step: Option<i64>,
    length: usize,
) -> Result<Positions, Exception> {
    let step = step.unwrap_or(1);
    if step == 0 {
        return Err(value_error("slice step cannot be zero"));
    }
    let length = length as i64;
    // A slice that goes backwards may end before the first item.
    let (lowest, highest) = if step > 0 {
        (0, length)
    } else {
        (-1, length - 1)
    };
    let clamp = |bound: i64| {
        let bound = if bound < 0 {
            bound.saturating_add(length)
        } else {
            bound
        };
        bound.clamp(lowest, highest)
    };
    let start = start.map_or(if step > 0 { lowest } else { highest }, clamp);
    let stop = stop.map_or(if step > 0 { highest } else { lowest }, clamp);
    let distance = if step > 0 { stop - start } else { start - stop };
    let count = if distance <= 0 {
        0
    } else {
        (distance - 1) / step.saturating_abs() + 1
    };
    Ok(Positions { start, step, count })
}

/// The position of an index that may count from the end; None when it is outside.
pub fn position(index: i64, length: usize) -> Option<usize> {
    let position = if index < 0 {
        index.checked_add(length as i64)?
    } else {
        index
    };
    (0..length as i64)
        .contains(&position)
        .then_some(position as usize)
}

/// The position where `insert` puts its item: clamped, never an error.
pub fn clamped(index: i64, length: usize) -> usize {
    let index = if index < 0 {
        index.saturating_add(length as i64)
    } else {
        index
    };
    index.clamp(0, length as i64) as usize
}

/// The part of a sequence that `index(x, start, stop)` looks through.
pub fn bounds(start: Option<i64>, stop: Option<i64>, length: usize) -> std::ops::Range<usize> {
    let start = clamped(start.unwrap_or(0), length);
    let stop = clamped(stop.unwrap_or(length as i64), length);
    start..stop.max(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slices_mean_what_they_mean_in_python() {
        // list(range(*slice(start, stop, step).indices(length))) in CPython.
        type Case = (
            Option<i64>,
            Option<i64>,
            Option<i64>,
            usize,
            &'static [usize],
        );
        let cases: [Case; 9] = [
            (None, None, None, 3, &[0, 1, 2]),
            (Some(-2), None, None, 5, &[3, 4]),
            (None, None, Some(-1), 3, &[2, 1, 0]),
            (Some(5), Some(1), Some(-2), 6, &[5, 3]),
            (Some(10), Some(20), None, 5, &[]),
            (Some(-10), Some(2), None, 5, &[0, 1]),
            (Some(1), None, Some(3), 8, &[1, 4, 7]),
            (None, Some(-10), Some(-1), 3, &[2, 1, 0]),
            (Some(i64::MIN), Some(i64::MAX), Some(i64::MAX), 4, &[0]),
        ];
        for (start, stop, step, length, expected) in cases {
            let found: Vec<usize> = positions(start, stop, step, length)
                .unwrap()
                .iter()
                .collect();
            assert_eq!(found, expected, "{start:?}:{stop:?}:{step:?} of {length}");
        }
        assert!(positions(None, None, Some(0), 3).is_err());
    }
}
