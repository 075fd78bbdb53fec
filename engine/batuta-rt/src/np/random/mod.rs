//! NumPy's random streams, draw for draw: `RandomState` (Mersenne Twister with the legacy distributions) and `Generator`
//! (PCG64 seeded through a seed sequence).
//!
//! Both are handles: a clone is the same stream, as in Python. Every distribution comes in three forms: one draw, an array of a
//! shape (`…_array`), and, where parameters may be arrays, `…_each`.

mod bits;
mod choosing;
mod distributions;
mod seeding;
mod source;
mod ziggurat_tables;

pub use bits::{Mt19937, Pcg64};
pub use source::{Generator, RandomState, Source};

use std::cell::RefCell;

thread_local! {
    static GLOBAL: RefCell<Option<RandomState>> = const { RefCell::new(None) };
}

/// The stream behind `np.random.seed`, `np.random.rand` and their like.
pub fn global() -> RandomState {
    GLOBAL.with_borrow_mut(|stream| stream.get_or_insert_with(|| RandomState::new(None)).clone())
}

/// `np.random.seed(seed)`.
pub fn seed(seed: Option<i64>) {
    global().seed(seed);
}

/// `np.random.default_rng(seed)`.
pub fn default_rng(seed: Option<i64>) -> Generator {
    Generator::new(seed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_legacy_stream_is_numpys() {
        let rng = RandomState::new(Some(42));
        assert_eq!(rng.random(), 0.3745401188473625);
        let rng = RandomState::new(Some(0));
        assert_eq!(rng.normal(0.0, 1.0), 1.764052345967664);
        assert_eq!(rng.normal(0.0, 1.0), 0.4001572083672233);
        assert_eq!(
            RandomState::new(Some(42)).permutation(10).to_vec(),
            [8, 1, 5, 0, 7, 2, 9, 4, 3, 6]
        );
    }

    #[test]
    fn the_new_stream_is_numpys() {
        let rng = default_rng(Some(42));
        assert_eq!(rng.random(), 0.7739560485559633);
        assert_eq!(default_rng(Some(42)).standard_normal(), 0.30471707975443135);
        assert_eq!(
            default_rng(Some(42)).integers_array(0, 10, 5).to_vec(),
            [0, 7, 6, 4, 4]
        );
    }

    #[test]
    fn a_clone_is_the_same_stream() {
        let first = default_rng(Some(1));
        let second = first.clone();
        first.random();
        let reference = default_rng(Some(1));
        reference.random();
        assert_eq!(second.random(), reference.random());
    }
}
