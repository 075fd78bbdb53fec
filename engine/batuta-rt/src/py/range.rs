//! Python's `range`.

use super::errors::{Exception, OrThrow, raising};
use super::failures::{index_error, value_error};
use super::slices::{position, positions};
use super::text::Text;

/// The integers from `start` by `step`, as long as they are before `stop`.
#[derive(Clone, Copy, Debug)]
pub struct Range {
    pub start: i64,
    pub stop: i64,
    pub step: i64,
}

raising! {
    /// `range(start, stop, step)`.
    pub fn range, try_range(start: i64, stop: i64, step: i64) -> Range {
        if step == 0 {
            return Err(value_error("range() arg 3 must not be zero"));
        }
        Ok(Range { start, stop, step })
    }
}

impl Range {
    /// `len(r)`.
    pub fn length(&self) -> i64 {
        let (start, stop, step) = (
            i128::from(self.start),
            i128::from(self.stop),
            i128::from(self.step),
        );
        let distance = if step > 0 { stop - start } else { start - stop };
        if distance <= 0 {
            0
        } else {
            ((distance - 1) / step.abs() + 1) as i64
        }
    }

    /// Whether there is no integer in it.
    pub fn is_empty(&self) -> bool {
        self.length() == 0
    }

    fn item(&self, number: i64) -> i64 {
        self.start + self.step * number
    }

    /// `r[i]`.
    pub fn try_at(&self, index: i64) -> Result<i64, Exception> {
        position(index, self.length() as usize)
            .map(|each| self.item(each as i64))
            .ok_or_else(|| index_error("range object index out of range"))
    }

    /// `r[i]`.
    pub fn at(&self, index: i64) -> i64 {
        self.try_at(index).or_throw()
    }

    /// `r[start:stop:step]`.
    pub fn try_slice(
        &self,
        start: Option<i64>,
        stop: Option<i64>,
        step: Option<i64>,
    ) -> Result<Range, Exception> {
        let wanted = positions(start, stop, step, self.length() as usize)?;
        Ok(Range {
            start: self.item(wanted.start),
            stop: self.item(wanted.stop()),
            step: self.step * wanted.step,
        })
    }

    /// `r[start:stop:step]`.
    pub fn slice(&self, start: Option<i64>, stop: Option<i64>, step: Option<i64>) -> Range {
        self.try_slice(start, stop, step).or_throw()
    }

    /// `value in r`.
    pub fn contains_value(&self, value: &i64) -> bool {
        let offset = i128::from(*value) - i128::from(self.start);
        let step = i128::from(self.step);
        offset % step == 0 && (0..i128::from(self.length())).contains(&(offset / step))
    }

    /// `r.index(value)`.
    pub fn try_index_of(&self, value: &i64) -> Result<i64, Exception> {
        if self.contains_value(value) {
            Ok((value - self.start) / self.step)
        } else {
            Err(value_error(format!("{value} is not in range")))
        }
    }

    /// `r.index(value)`.
    pub fn index_of(&self, value: &i64) -> i64 {
        self.try_index_of(value).or_throw()
    }

    /// `r.count(value)`.
    pub fn count_of(&self, value: &i64) -> i64 {
        i64::from(self.contains_value(value))
    }

    /// The integers in order.
    pub fn items(&self) -> RangeItems {
        RangeItems {
            range: *self,
            next: 0,
            after: self.length(),
        }
    }
}

/// Ranges are equal when they hold the same integers.
impl PartialEq for Range {
    fn eq(&self, other: &Self) -> bool {
        let length = self.length();
        length == other.length()
            && (length == 0
                || self.start == other.start && (length == 1 || self.step == other.step))
    }
}

impl Text for Range {
    fn repr_text(&self) -> String {
        if self.step == 1 {
            format!("range({}, {})", self.start, self.stop)
        } else {
            format!("range({}, {}, {})", self.start, self.stop, self.step)
        }
    }
}

/// The integers of a range, from either end.
#[derive(Clone)]
pub struct RangeItems {
    range: Range,
    next: i64,
    after: i64,
}

impl Iterator for RangeItems {
    type Item = i64;
    fn next(&mut self) -> Option<i64> {
        (self.next < self.after).then(|| {
            self.next += 1;
            self.range.item(self.next - 1)
        })
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = (self.after - self.next) as usize;
        (left, Some(left))
    }
}

impl DoubleEndedIterator for RangeItems {
    fn next_back(&mut self) -> Option<i64> {
        (self.next < self.after).then(|| {
            self.after -= 1;
            self.range.item(self.after)
        })
    }
}

impl ExactSizeIterator for RangeItems {}

impl IntoIterator for Range {
    type Item = i64;
    type IntoIter = RangeItems;
    fn into_iter(self) -> RangeItems {
        self.items()
    }
}

impl IntoIterator for &Range {
    type Item = i64;
    type IntoIter = RangeItems;
    fn into_iter(self) -> RangeItems {
        self.items()
    }
}

crate::py::deep_copy::plain!(Range);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_those_of_cpython() {
        for (start, stop, step, expected) in [
            (0, 5, 2, vec![0, 2, 4]),
            (5, 0, -2, vec![5, 3, 1]),
            (3, 3, 1, vec![]),
            (0, -3, 1, vec![]),
            (i64::MAX - 1, i64::MAX, 5, vec![i64::MAX - 1]),
        ] {
            let range = range(start, stop, step);
            assert_eq!(range.items().collect::<Vec<_>>(), expected);
            assert_eq!(
                range.items().rev().collect::<Vec<_>>(),
                expected.iter().rev().copied().collect::<Vec<_>>()
            );
            assert_eq!(range.length(), expected.len() as i64);
        }
        assert_eq!(range(0, 3, 2), range(0, 4, 2));
        assert_eq!(
            range(0, 10, 3).slice(None, None, Some(-1)).repr_text(),
            "range(9, -3, -3)"
        );
        assert!(range(10, 0, -3).contains_value(&4) && !range(10, 0, -3).contains_value(&0));
        assert_eq!(range(10, 0, -3).index_of(&4), 2);
        assert!(try_range(0, 1, 0).is_err());
    }
}
