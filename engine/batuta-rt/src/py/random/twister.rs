//! The Mersenne Twister MT19937 (Matsumoto and Nishimura, 1998), seeded as CPython seeds it.

const SIZE: usize = 624;
const SHIFT: usize = 397;

#[derive(Clone)]
pub(super) struct Twister {
    state: [u32; SIZE],
    next: usize,
    /// The second number of a pair of normal ones, kept for the next call of `gauss`.
    pub(super) spare: Option<f64>,
}

impl Twister {
    fn from_number(seed: u32) -> Self {
        let mut state = [0; SIZE];
        state[0] = seed;
        for each in 1..SIZE {
            let before: u32 = state[each - 1];
            state[each] = (before ^ (before >> 30))
                .wrapping_mul(1_812_433_253)
                .wrapping_add(each as u32);
        }
        Twister {
            state,
            next: SIZE,
            spare: None,
        }
    }

    /// From the digits of a seed to the base 2^32, the lowest first.
    pub(super) fn from_digits(digits: &[u32]) -> Self {
        let mut twister = Self::from_number(19_650_218);
        let state = &mut twister.state;
        let (mut place, mut digit) = (1, 0);
        let mix = |state: &[u32; SIZE], place: usize, factor: u32| {
            let before = state[place - 1];
            state[place] ^ (before ^ (before >> 30)).wrapping_mul(factor)
        };
        for _ in 0..SIZE.max(digits.len()) {
            state[place] = mix(state, place, 1_664_525)
                .wrapping_add(digits[digit])
                .wrapping_add(digit as u32);
            place += 1;
            digit = (digit + 1) % digits.len();
            if place == SIZE {
                state[0] = state[SIZE - 1];
                place = 1;
            }
        }
        for _ in 1..SIZE {
            state[place] = mix(state, place, 1_566_083_941).wrapping_sub(place as u32);
            place += 1;
            if place == SIZE {
                state[0] = state[SIZE - 1];
                place = 1;
            }
        }
        state[0] = 0x8000_0000;
        twister
    }

    fn refill(&mut self) {
        for each in 0..SIZE {
            let joined =
                (self.state[each] & 0x8000_0000) | (self.state[(each + 1) % SIZE] & 0x7fff_ffff);
            let twist = if joined & 1 == 1 { 0x9908_b0df } else { 0 };
            self.state[each] = self.state[(each + SHIFT) % SIZE] ^ (joined >> 1) ^ twist;
        }
        self.next = 0;
    }

    /// The next 32 bits.
    pub(super) fn next_word(&mut self) -> u32 {
        if self.next == SIZE {
            self.refill();
        }
        let mut word = self.state[self.next];
        self.next += 1;
        word ^= word >> 11;
        word ^= (word << 7) & 0x9d2c_5680;
        word ^= (word << 15) & 0xefc6_0000;
        word ^ (word >> 18)
    }

    /// A float in [0, 1) with 53 bits.
    pub(super) fn next_float(&mut self) -> f64 {
        let high = f64::from(self.next_word() >> 5);
        let low = f64::from(self.next_word() >> 6);
        (high * 67_108_864.0 + low) / 9_007_199_254_740_992.0
    }

    /// An integer of so many bits, at most 64.
    pub(super) fn next_bits(&mut self, bits: u32) -> u64 {
        match bits {
            0 => 0,
            1..=32 => u64::from(self.next_word() >> (32 - bits)),
            _ => {
                let low = u64::from(self.next_word());
                let high = u64::from(self.next_word() >> (64 - bits));
                (high << 32) | low
            }
        }
    }

    /// An integer in [0, limit).
    pub(super) fn next_below(&mut self, limit: u64) -> u64 {
        let bits = u64::BITS - limit.leading_zeros();
        loop {
            let number = self.next_bits(bits);
            if number < limit {
                return number;
            }
        }
    }
}
