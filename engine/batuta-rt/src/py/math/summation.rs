//! Sums that are rounded once, products, and lengths.

use crate::py::arithmetic::in_range;
use crate::py::errors::{Exception, raising};

use super::real::{frexp, scaled};

/// The rounded sum of two floats and what the rounding lost.
fn two_sum(a: f64, b: f64) -> (f64, f64) {
    let (big, small) = if a.abs() >= b.abs() { (a, b) } else { (b, a) };
    let sum = big + small;
    (sum, small - (sum - big))
}

raising! {
    /// `math.fsum(numbers)`: the exact sum, rounded once.
    pub fn fsum, try_fsum[I: IntoIterator<Item = f64>](numbers: I) -> f64 {
        // Floats that do not overlap, from small to large; their exact sum is the sum so far.
        let mut parts: Vec<f64> = Vec::new();
        let (mut special, mut infinite) = (0.0, 0.0);
        for number in numbers {
            let mut carried = number;
            let mut kept = 0;
            for at in 0..parts.len() {
                let (sum, lost) = two_sum(carried, parts[at]);
                if lost != 0.0 {
                    parts[kept] = lost;
                    kept += 1;
                }
                carried = sum;
            }
            parts.truncate(kept);
            if carried.is_finite() {
                if carried != 0.0 {
                    parts.push(carried);
                }
                continue;
            }
            if number.is_finite() {
                return Err(Exception::new("OverflowError", "intermediate overflow in fsum"));
            }
            if number.is_infinite() {
                infinite += number;
            }
            special += number;
            parts.clear();
        }
        if special != 0.0 {
            if f64::is_nan(infinite) {
                return Err(Exception::new("ValueError", "-inf + inf in fsum"));
            }
            return Ok(special);
        }
        Ok(rounded_total(&parts))
    }

    /// `math.dist(p, q)`.
    pub fn dist, try_dist[P: IntoIterator<Item = f64>, Q: IntoIterator<Item = f64>](p: P, q: Q) -> f64 {
        let (p, q): (Vec<f64>, Vec<f64>) = (p.into_iter().collect(), q.into_iter().collect());
        if p.len() != q.len() {
            return Err(Exception::new("ValueError", "both points must have the same number of dimensions"));
        }
        Ok(hypot(&p.iter().zip(&q).map(|(a, b)| a - b).collect::<Vec<_>>()))
    }
}

/// The sum of parts that do not overlap, rounded to the nearest float, halves to the even one.
fn rounded_total(parts: &[f64]) -> f64 {
    let mut rest = parts.iter().rev().copied();
    let Some(mut total) = rest.next() else {
        return 0.0;
    };
    let mut lost = 0.0;
    for part in rest.by_ref() {
        let before = total;
        total = before + part;
        lost = part - (total - before);
        if lost != 0.0 {
            break;
        }
    }
    // A loss of exactly half a unit was rounded to even; a further part of the same sign decides for the other side.
    let further = rest.next().unwrap_or(0.0);
    if (lost < 0.0 && further < 0.0) || (lost > 0.0 && further > 0.0) {
        let twice = lost * 2.0;
        let moved = total + twice;
        if moved - total == twice {
            total = moved;
        }
    }
    total
}

/// `math.hypot(*coordinates)`.
pub fn hypot(coordinates: &[f64]) -> f64 {
    let largest = coordinates
        .iter()
        .fold(0.0f64, |largest, each| largest.max(each.abs()));
    if largest.is_infinite() {
        return f64::INFINITY;
    }
    if coordinates.iter().any(|each| each.is_nan()) {
        return f64::NAN;
    }
    if largest == 0.0 || coordinates.len() == 1 {
        return largest;
    }
    // Scaled to at most one, so that no square overflows; squares and their sum carry the lost digits along.
    let exponent = frexp(largest).1;
    let (mut total, mut lost) = (0.0, 0.0);
    for coordinate in coordinates {
        let each = scaled(*coordinate, -exponent);
        let square = each * each;
        let (sum, rounding) = two_sum(total, square);
        total = sum;
        lost += rounding + each.mul_add(each, -square);
    }
    let (total, lost) = two_sum(total, lost);
    let root = total.sqrt();
    // One Newton step on the remainder gives the digits that the square root lost.
    let remainder = (-root).mul_add(root, total) + lost;
    scaled(root + remainder / (2.0 * root), exponent)
}

/// What `math.prod` multiplies.
pub trait Product: Sized {
    /// The product of two numbers.
    fn times(self, other: Self) -> Self;
}

impl Product for i64 {
    fn times(self, other: i64) -> i64 {
        in_range(self.checked_mul(other))
    }
}

impl Product for f64 {
    fn times(self, other: f64) -> f64 {
        self * other
    }
}

/// `math.prod(numbers, start=start)`.
pub fn prod<T: Product>(numbers: impl IntoIterator<Item = T>, start: T) -> T {
    numbers.into_iter().fold(start, T::times)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exact_sum_is_rounded_once() {
        assert_eq!(fsum([0.1; 10]), 1.0);
        assert_eq!(fsum([1e16, 1.0, 1e-16]), 10000000000000002.0);
        assert_eq!(fsum([1e100, 1.0, -1e100]), 1.0);
        assert_eq!(fsum([]), 0.0);
        assert_eq!(fsum([f64::INFINITY, 1.0]), f64::INFINITY);
        assert!(fsum([f64::INFINITY, f64::NAN]).is_nan());
        assert_eq!(
            try_fsum([f64::INFINITY, f64::NEG_INFINITY])
                .unwrap_err()
                .message(),
            "-inf + inf in fsum"
        );
        assert_eq!(
            try_fsum([1e308, 1e308]).unwrap_err().message(),
            "intermediate overflow in fsum"
        );
    }

    #[test]
    fn lengths_neither_overflow_nor_vanish() {
        assert_eq!(
            (
                hypot(&[3.0, 4.0]),
                hypot(&[]),
                hypot(&[-2.0]),
                hypot(&[3e200, 0.0])
            ),
            (5.0, 0.0, 2.0, 3e200)
        );
        assert_eq!(
            (hypot(&[5e-324, 0.0]), hypot(&[f64::NAN, f64::INFINITY])),
            (5e-324, f64::INFINITY)
        );
        assert_eq!(dist([0.0, 0.0, 1.0], [1.0, 2.0, 3.0]), 3.0);
        assert_eq!(prod([2, 3, 4], 1), 24);
    }
}
