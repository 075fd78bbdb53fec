//! The two bit generators.

/// The Mersenne Twister MT19937.
#[derive(Clone)]
pub struct Mt19937 {
    key: [u32; 624],
    position: usize,
}

impl Mt19937 {
    /// Seeded with one 32-bit number, as `RandomState(seed)` does.
    pub fn new(seed: u32) -> Self {
        let mut key = [0u32; 624];
        key[0] = seed;
        for position in 1..624 {
            let before = key[position - 1];
            key[position] = 1812433253u32
                .wrapping_mul(before ^ (before >> 30))
                .wrapping_add(position as u32);
        }
        Mt19937 { key, position: 624 }
    }

    fn refill(&mut self) {
        for position in 0..624 {
            let mixed =
                (self.key[position] & 0x8000_0000) | (self.key[(position + 1) % 624] & 0x7fff_ffff);
            let twist = if mixed & 1 == 1 { 0x9908_b0df } else { 0 };
            self.key[position] = self.key[(position + 397) % 624] ^ (mixed >> 1) ^ twist;
        }
        self.position = 0;
    }

    /// The next 32 bits.
    pub fn next_u32(&mut self) -> u32 {
        if self.position == 624 {
            self.refill();
        }
        let mut bits = self.key[self.position];
        self.position += 1;
        bits ^= bits >> 11;
        bits ^= (bits << 7) & 0x9d2c_5680;
        bits ^= (bits << 15) & 0xefc6_0000;
        bits ^ (bits >> 18)
    }

    /// The next 64 bits: the high half is drawn first.
    pub fn next_u64(&mut self) -> u64 {
        let high = self.next_u32() as u64;
        high << 32 | self.next_u32() as u64
    }

    /// The next double in [0, 1) with 53 bits.
    pub fn next_double(&mut self) -> f64 {
        let high = (self.next_u32() >> 5) as f64;
        let low = (self.next_u32() >> 6) as f64;
        (high * 67108864.0 + low) / 9007199254740992.0
    }
}

/// PCG64 (XSL RR 128/64).
#[derive(Clone)]
pub struct Pcg64 {
    state: u128,
    increment: u128,
    spare: Option<u32>,
}

const MULTIPLIER: u128 = 0x2360_ed05_1fc6_5da4_4385_df64_9fcc_f645;

impl Pcg64 {
    /// Seeded with four words of a seed sequence.
    pub fn new(words: [u64; 4]) -> Self {
        let wide = |high: u64, low: u64| (high as u128) << 64 | low as u128;
        let mut result = Pcg64 {
            state: 0,
            increment: wide(words[2], words[3]) << 1 | 1,
            spare: None,
        };
        result.step();
        result.state = result.state.wrapping_add(wide(words[0], words[1]));
        result.step();
        result
    }

    fn step(&mut self) {
        self.state = self
            .state
            .wrapping_mul(MULTIPLIER)
            .wrapping_add(self.increment);
    }

    /// The next 64 bits.
    pub fn next_u64(&mut self) -> u64 {
        self.step();
        let folded = (self.state >> 64) as u64 ^ self.state as u64;
        folded.rotate_right((self.state >> 122) as u32)
    }

    /// The next 32 bits; the upper half of a 64-bit draw is kept for the next call.
    pub fn next_u32(&mut self) -> u32 {
        if let Some(spare) = self.spare.take() {
            return spare;
        }
        let bits = self.next_u64();
        self.spare = Some((bits >> 32) as u32);
        bits as u32
    }

    /// The next double in [0, 1) with 53 bits.
    pub fn next_double(&mut self) -> f64 {
        (self.next_u64() >> 11) as f64 * (1.0 / 9007199254740992.0)
    }
}
