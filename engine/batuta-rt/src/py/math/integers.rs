//! Functions of integers.

use crate::py::arithmetic::in_range;
use crate::py::errors::{Exception, raising};

fn fits(value: Option<u128>) -> i64 {
    in_range(value.and_then(|value| i64::try_from(value).ok()))
}

fn greatest_divisor(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// `math.gcd(*numbers)`.
pub fn gcd(numbers: &[i64]) -> i64 {
    let divisor = numbers.iter().fold(0, |divisor, each| {
        greatest_divisor(divisor, each.unsigned_abs())
    });
    in_range(i64::try_from(divisor).ok())
}

/// `math.lcm(*numbers)`.
pub fn lcm(numbers: &[i64]) -> i64 {
    let mut multiple = 1u64;
    for number in numbers {
        let number = number.unsigned_abs();
        if number == 0 {
            return 0;
        }
        multiple = in_range((multiple / greatest_divisor(multiple, number)).checked_mul(number));
    }
    in_range(i64::try_from(multiple).ok())
}

fn natural(value: i64, name: &str) -> Result<u128, Exception> {
    u128::try_from(value).map_err(|_| {
        Exception::new(
            "ValueError",
            format!("{name} must be a non-negative integer"),
        )
    })
}

raising! {
    /// `math.factorial(n)`.
    pub fn factorial, try_factorial(n: i64) -> i64 {
        if n < 0 {
            return Err(Exception::new("ValueError", "factorial() not defined for negative values"));
        }
        // 21! is above every i64; the loop need not go on.
        Ok(in_range((2..=n.min(21)).try_fold(1i64, |product, each| product.checked_mul(each))))
    }

    /// `math.comb(n, k)`.
    pub fn comb, try_comb(n: i64, k: i64) -> i64 {
        let (n, k) = (natural(n, "n")?, natural(k, "k")?);
        if k > n {
            return Ok(0);
        }
        let mut ways = 1u128;
        for step in 1..=k.min(n - k) {
            // Always whole: the product of `step` consecutive numbers is divisible by its factorial.
            ways = ways * (n - k.min(n - k) + step) / step;
            fits(Some(ways));
        }
        Ok(fits(Some(ways)))
    }

    /// `math.perm(n, k)`.
    pub fn perm, try_perm(n: i64, k: Option<i64>) -> i64 {
        let Some(k) = k else { return try_factorial(n) };
        let (n, k) = (natural(n, "n")?, natural(k, "k")?);
        if k > n {
            return Ok(0);
        }
        let mut ways = 1u128;
        for step in 0..k {
            ways *= n - step;
            fits(Some(ways));
        }
        Ok(fits(Some(ways)))
    }

    /// `math.isqrt(n)`.
    pub fn isqrt, try_isqrt(n: i64) -> i64 {
        n.checked_isqrt().ok_or_else(|| Exception::new("ValueError", "isqrt() argument must be nonnegative"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_those_of_python() {
        assert_eq!(
            (
                gcd(&[]),
                gcd(&[-4, 6]),
                gcd(&[12, 18, 27]),
                lcm(&[]),
                lcm(&[4, 6]),
                lcm(&[4, 0])
            ),
            (0, 2, 3, 1, 12, 0)
        );
        assert_eq!(
            (
                factorial(0),
                factorial(20),
                comb(62, 31),
                comb(3, 5),
                comb(66, 33)
            ),
            (
                1,
                2432902008176640000,
                465428353255261088,
                0,
                7219428434016265740
            )
        );
        assert_eq!(
            (
                perm(5, None),
                perm(5, Some(2)),
                perm(3, Some(5)),
                isqrt(i64::MAX)
            ),
            (120, 20, 0, 3037000499)
        );
    }

    #[test]
    fn negative_arguments_are_errors() {
        for (failure, message) in [
            (
                try_factorial(-1),
                "factorial() not defined for negative values",
            ),
            (try_comb(-1, 2), "n must be a non-negative integer"),
            (try_comb(3, -1), "k must be a non-negative integer"),
            (try_perm(3, Some(-1)), "k must be a non-negative integer"),
            (try_isqrt(-1), "isqrt() argument must be nonnegative"),
        ] {
            assert_eq!(failure.unwrap_err().message(), message);
        }
    }
}
