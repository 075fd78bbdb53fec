//! From a seed to a generator's state.

const POOL: usize = 4;

/// The words that a `SeedSequence` makes of its entropy.
pub fn seed_sequence(entropy: &[u32]) -> [u64; 4] {
    let mut constant = 0x43b0_d7e5u32;
    let mut hashed = |value: u32| {
        let mut value = value ^ constant;
        constant = constant.wrapping_mul(0x931e_8875);
        value = value.wrapping_mul(constant);
        value ^ (value >> 16)
    };
    let mix = |x: u32, y: u32| {
        let result = 0xca01_f9ddu32
            .wrapping_mul(x)
            .wrapping_sub(0x4973_f715u32.wrapping_mul(y));
        result ^ (result >> 16)
    };
    let mut pool = [0u32; POOL];
    for (position, place) in pool.iter_mut().enumerate() {
        *place = hashed(entropy.get(position).copied().unwrap_or(0));
    }
    for source in 0..POOL {
        for target in 0..POOL {
            if source != target {
                pool[target] = mix(pool[target], hashed(pool[source]));
            }
        }
    }
    for &word in entropy.iter().skip(POOL) {
        for place in &mut pool {
            *place = mix(*place, hashed(word));
        }
    }
    let mut constant = 0x8b51_f9ddu32;
    let mut words = [0u32; 8];
    for (position, word) in words.iter_mut().enumerate() {
        let mut value = pool[position % POOL] ^ constant;
        constant = constant.wrapping_mul(0x58f3_8ded);
        value = value.wrapping_mul(constant);
        *word = value ^ (value >> 16);
    }
    std::array::from_fn(|position| {
        words[2 * position] as u64 | (words[2 * position + 1] as u64) << 32
    })
}

/// A non-negative integer as 32-bit words, lowest first.
pub fn words_of(seed: u64) -> Vec<u32> {
    let (low, high) = (seed as u32, (seed >> 32) as u32);
    if high == 0 {
        vec![low]
    } else {
        vec![low, high]
    }
}

/// Entropy of the operating system, for streams without a seed.
pub fn fresh() -> u64 {
    use std::hash::{BuildHasher, Hasher};
    // The standard library seeds its hash maps from the system's entropy: two of its keys make a fresh number.
    let mut hasher = std::collections::hash_map::RandomState::new().build_hasher();
    hasher.write_u128(
        std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .map_or(0, |since| since.as_nanos()),
    );
    hasher.finish()
}
