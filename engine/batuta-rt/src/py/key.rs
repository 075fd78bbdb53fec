//! What may be a key of a dict or an item of a set: Python's `hash` and `==`.

use std::borrow::Borrow;
use std::rc::Rc;

/// The prime 2^61 - 1, by which Python reduces the hashes of numbers.
const MODULUS: u64 = (1 << 61) - 1;

/// A hashable value.
///
/// `hash_value` is CPython's own for numbers and for tuples of them, because the order in which a set is iterated follows from it.
/// Text hashes are random in CPython; ours are fixed.
pub trait Key {
    /// Python's `hash(value)`.
    fn hash_value(&self) -> i64;
    /// Python's `==` between two keys.
    fn same_key(&self, other: &Self) -> bool;
}

/// `hash(x)`.
pub fn hash<K: Key + ?Sized>(key: &K) -> i64 {
    key.hash_value()
}

/// The hash of an instance that defines neither `__eq__` nor `__hash__`: where it lies.
pub fn identity_hash<T: ?Sized>(object: &Rc<T>) -> i64 {
    let address = Rc::as_ptr(object).cast::<u8>() as usize as u64;
    address.rotate_right(4) as i64
}

fn not_minus_one(hash: i64) -> i64 {
    if hash == -1 { -2 } else { hash }
}

/// The hash of an int: its remainder by 2^61 - 1 with its sign.
pub fn hash_int(value: i64) -> i64 {
    let reduced = (value.unsigned_abs() % MODULUS) as i64;
    not_minus_one(if value < 0 { -reduced } else { reduced })
}

/// The hash of a float: equal to that of the int with the same value.
pub fn hash_float(value: f64) -> i64 {
    if value.is_nan() {
        return 0;
    }
    if value.is_infinite() {
        return if value > 0.0 { 314_159 } else { -314_159 };
    }
    if value == 0.0 {
        return 0;
    }
    // The value is mantissa * 2^exponent with a 53-bit integer mantissa.
    let bits = value.abs().to_bits();
    let raw = (bits >> 52) as i64;
    let fraction = bits & ((1 << 52) - 1);
    let (mantissa, exponent) = if raw == 0 {
        (fraction, -1074)
    } else {
        (fraction | (1 << 52), raw - 1075)
    };
    // 2^61 is 1 modulo the prime, so multiplying by 2^exponent is a rotation of 61 bits.
    let rotation = exponent.rem_euclid(61) as u32;
    let rotated = if rotation == 0 {
        mantissa
    } else {
        ((mantissa << rotation) & MODULUS) | (mantissa >> (61 - rotation))
    };
    let reduced = (rotated % MODULUS) as i64;
    not_minus_one(if value < 0.0 { -reduced } else { reduced })
}

/// The hash of a text.
pub fn hash_text(text: &str) -> i64 {
    let mut state = 0xcbf2_9ce4_8422_2325_u64;
    for chunk in text.as_bytes().chunks(8) {
        let mut word = [0; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        state = (state ^ u64::from_le_bytes(word)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        state ^= state >> 29;
    }
    state = (state ^ text.len() as u64).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    not_minus_one((state ^ (state >> 32)) as i64)
}

/// The hash of a tuple from the hashes of its items.
pub fn hash_sequence(hashes: impl IntoIterator<Item = i64>) -> i64 {
    const PRIME_1: u64 = 11_400_714_785_074_694_791;
    const PRIME_2: u64 = 14_029_467_366_897_019_727;
    const PRIME_5: u64 = 2_870_177_450_012_600_261;
    let mut state = PRIME_5;
    let mut count = 0_u64;
    for hash in hashes {
        state = state
            .wrapping_add((hash as u64).wrapping_mul(PRIME_2))
            .rotate_left(31)
            .wrapping_mul(PRIME_1);
        count += 1;
    }
    state = state.wrapping_add(count ^ (PRIME_5 ^ 3_527_539));
    if state == u64::MAX {
        1_546_275_796
    } else {
        state as i64
    }
}

/// The hash of a frozenset: the same for every order of its items.
pub fn hash_unordered(hashes: impl IntoIterator<Item = i64>) -> i64 {
    let mut state = 0_u64;
    let mut count = 0_u64;
    for hash in hashes {
        let hash = hash as u64;
        state ^= ((hash ^ 89_869_747) ^ (hash << 16)).wrapping_mul(3_644_798_167);
        count += 1;
    }
    state ^= (count + 1).wrapping_mul(1_927_868_237);
    state ^= (state >> 11) ^ (state >> 25);
    state = state.wrapping_mul(69_069).wrapping_add(907_133_923);
    if state == u64::MAX {
        590_923_713
    } else {
        state as i64
    }
}

macro_rules! integer_keys {
    ($($type:ty),*) => {$(
        impl Key for $type {
            fn hash_value(&self) -> i64 {
                hash_int(i64::from(*self))
            }
            fn same_key(&self, other: &Self) -> bool {
                self == other
            }
        }
    )*};
}
integer_keys!(i64, i32, i16, i8, u8, u16, u32);

impl Key for u64 {
    fn hash_value(&self) -> i64 {
        // Python's integers hash by their rest of division by 2^61 - 1.
        (*self % ((1 << 61) - 1)) as i64
    }
    fn same_key(&self, other: &Self) -> bool {
        self == other
    }
}

impl Key for bool {
    fn hash_value(&self) -> i64 {
        i64::from(*self)
    }
    fn same_key(&self, other: &Self) -> bool {
        self == other
    }
}

impl Key for f64 {
    fn hash_value(&self) -> i64 {
        hash_float(*self)
    }
    fn same_key(&self, other: &Self) -> bool {
        self == other
    }
}

impl Key for f32 {
    fn hash_value(&self) -> i64 {
        hash_float(f64::from(*self))
    }
    fn same_key(&self, other: &Self) -> bool {
        self == other
    }
}

impl Key for str {
    fn hash_value(&self) -> i64 {
        hash_text(self)
    }
    fn same_key(&self, other: &Self) -> bool {
        self == other
    }
}

impl Key for char {
    fn hash_value(&self) -> i64 {
        hash_text(self.encode_utf8(&mut [0; 4]))
    }
    fn same_key(&self, other: &Self) -> bool {
        self == other
    }
}

impl Key for String {
    fn hash_value(&self) -> i64 {
        hash_text(self)
    }
    fn same_key(&self, other: &Self) -> bool {
        self == other
    }
}

impl Key for () {
    fn hash_value(&self) -> i64 {
        0x5f3c_a1d7
    }
    fn same_key(&self, _other: &Self) -> bool {
        true
    }
}

impl<K: Key + ?Sized> Key for &K {
    fn hash_value(&self) -> i64 {
        (**self).hash_value()
    }
    fn same_key(&self, other: &Self) -> bool {
        (**self).same_key(*other)
    }
}

impl<K: Key> Key for Option<K> {
    fn hash_value(&self) -> i64 {
        self.as_ref()
            .map_or_else(|| ().hash_value(), Key::hash_value)
    }
    fn same_key(&self, other: &Self) -> bool {
        match (self, other) {
            (Some(one), Some(two)) => one.same_key(two),
            (None, None) => true,
            _ => false,
        }
    }
}

/// A tuple of unknown length (a list is never a key).
impl<K: Key> Key for Vec<K> {
    fn hash_value(&self) -> i64 {
        hash_sequence(self.iter().map(Key::hash_value))
    }
    fn same_key(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().zip(other).all(|(one, two)| one.same_key(two))
    }
}

macro_rules! tuple_keys {
    ($(($($letter:ident $index:tt),+))*) => {$(
        impl<$($letter: Key),+> Key for ($($letter,)+) {
            fn hash_value(&self) -> i64 {
                hash_sequence([$(self.$index.hash_value()),+])
            }
            fn same_key(&self, other: &Self) -> bool {
                $(self.$index.same_key(&other.$index))&&+
            }
        }
    )*};
}
tuple_keys! {
    (A 0)
    (A 0, B 1)
    (A 0, B 1, C 2)
    (A 0, B 1, C 2, D 3)
    (A 0, B 1, C 2, D 3, E 4)
    (A 0, B 1, C 2, D 3, E 4, F 5)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7)
}

/// Whether a stored key is the one that is asked for.
pub(crate) fn matches<K: Borrow<Q>, Q: Key + ?Sized>(stored: &K, asked: &Q) -> bool {
    stored.borrow().same_key(asked)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_of_numbers_are_those_of_cpython() {
        // hash(...) in CPython 3.11 on 64 bits.
        for (value, expected) in [
            (0, 0),
            (1, 1),
            (-1, -2),
            (-2, -2),
            ((1 << 61) - 1, 0),
            (1 << 61, 1),
            (i64::MAX, 3),
            (i64::MIN, -4),
        ] {
            assert_eq!(hash(&value), expected, "{value}");
        }
        for (value, expected) in [
            (0.5, 1_152_921_504_606_846_976),
            (-1.0, -2),
            (3.0, 3),
            (0.1, 230_584_300_921_369_408),
            (1e300, 1_224_995_262_755_759_164),
            (5e-324, 16_777_216),
            (-2.5, -1_152_921_504_606_846_978),
            (f64::INFINITY, 314_159),
        ] {
            assert_eq!(hash(&value), expected, "{value}");
        }
    }

    #[test]
    fn hashes_of_tuples_are_those_of_cpython() {
        assert_eq!(hash(&(1_i64, 2_i64)), -3_550_055_125_485_641_917);
        assert_eq!(hash(&(1.5, true, (3_i64,))), 4_771_968_443_192_783_567);
        assert_eq!(hash_unordered([1, 2, 5]), -1_997_683_347_657_416_368);
    }
}
