//! Python's `hashlib`: MD5, SHA-1 and SHA-2, by their public standards (RFC 1321, FIPS 180-4).

use std::cell::RefCell;
use std::rc::Rc;

use super::bytes::Bytes;
use super::errors::{Exception, raising};

/// The first 64 bits behind the point of the cube roots of the first 80 primes. SHA-256 takes the first 32 of the first 64.
#[rustfmt::skip]
const ROUNDS: [u64; 80] = [
    0x428a_2f98_d728_ae22, 0x7137_4491_23ef_65cd, 0xb5c0_fbcf_ec4d_3b2f, 0xe9b5_dba5_8189_dbbc,
    0x3956_c25b_f348_b538, 0x59f1_11f1_b605_d019, 0x923f_82a4_af19_4f9b, 0xab1c_5ed5_da6d_8118,
    0xd807_aa98_a303_0242, 0x1283_5b01_4570_6fbe, 0x2431_85be_4ee4_b28c, 0x550c_7dc3_d5ff_b4e2,
    0x72be_5d74_f27b_896f, 0x80de_b1fe_3b16_96b1, 0x9bdc_06a7_25c7_1235, 0xc19b_f174_cf69_2694,
    0xe49b_69c1_9ef1_4ad2, 0xefbe_4786_384f_25e3, 0x0fc1_9dc6_8b8c_d5b5, 0x240c_a1cc_77ac_9c65,
    0x2de9_2c6f_592b_0275, 0x4a74_84aa_6ea6_e483, 0x5cb0_a9dc_bd41_fbd4, 0x76f9_88da_8311_53b5,
    0x983e_5152_ee66_dfab, 0xa831_c66d_2db4_3210, 0xb003_27c8_98fb_213f, 0xbf59_7fc7_beef_0ee4,
    0xc6e0_0bf3_3da8_8fc2, 0xd5a7_9147_930a_a725, 0x06ca_6351_e003_826f, 0x1429_2967_0a0e_6e70,
    0x27b7_0a85_46d2_2ffc, 0x2e1b_2138_5c26_c926, 0x4d2c_6dfc_5ac4_2aed, 0x5338_0d13_9d95_b3df,
    0x650a_7354_8baf_63de, 0x766a_0abb_3c77_b2a8, 0x81c2_c92e_47ed_aee6, 0x9272_2c85_1482_353b,
    0xa2bf_e8a1_4cf1_0364, 0xa81a_664b_bc42_3001, 0xc24b_8b70_d0f8_9791, 0xc76c_51a3_0654_be30,
    0xd192_e819_d6ef_5218, 0xd699_0624_5565_a910, 0xf40e_3585_5771_202a, 0x106a_a070_32bb_d1b8,
    0x19a4_c116_b8d2_d0c8, 0x1e37_6c08_5141_ab53, 0x2748_774c_df8e_eb99, 0x34b0_bcb5_e19b_48a8,
    0x391c_0cb3_c5c9_5a63, 0x4ed8_aa4a_e341_8acb, 0x5b9c_ca4f_7763_e373, 0x682e_6ff3_d6b2_b8a3,
    0x748f_82ee_5def_b2fc, 0x78a5_636f_4317_2f60, 0x84c8_7814_a1f0_ab72, 0x8cc7_0208_1a64_39ec,
    0x90be_fffa_2363_1e28, 0xa450_6ceb_de82_bde9, 0xbef9_a3f7_b2c6_7915, 0xc671_78f2_e372_532b,
    0xca27_3ece_ea26_619c, 0xd186_b8c7_21c0_c207, 0xeada_7dd6_cde0_eb1e, 0xf57d_4f7f_ee6e_d178,
    0x06f0_67aa_7217_6fba, 0x0a63_7dc5_a2c8_98a6, 0x113f_9804_bef9_0dae, 0x1b71_0b35_131c_471b,
    0x28db_77f5_2304_7d84, 0x32ca_ab7b_40c7_2493, 0x3c9e_be0a_15c9_bebc, 0x431d_67c4_9c10_0d4c,
    0x4cc5_d4be_cb3e_42b6, 0x597f_299c_fc65_7e2a, 0x5fcb_6fab_3ad6_faec, 0x6c44_198c_4a47_5817,
];
/// The first 64 bits behind the point of the square roots of the first 16 primes.
#[rustfmt::skip]
const ROOTS: [u64; 16] = [
    0x6a09_e667_f3bc_c908, 0xbb67_ae85_84ca_a73b, 0x3c6e_f372_fe94_f82b, 0xa54f_f53a_5f1d_36f1,
    0x510e_527f_ade6_82d1, 0x9b05_688c_2b3e_6c1f, 0x1f83_d9ab_fb41_bd6b, 0x5be0_cd19_137e_2179,
    0xcbbb_9d5d_c105_9ed8, 0x629a_292a_367c_d507, 0x9159_015a_3070_dd17, 0x152f_ecd8_f70e_5939,
    0x6733_2667_ffc0_0b31, 0x8eb4_4a87_6858_1511, 0xdb0c_2e0d_64f9_8fa7, 0x47b5_481d_befa_4fa4,
];

/// An algorithm by its name.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Algorithm {
    Md5,
    Sha1,
    Sha224,
    Sha256,
    Sha384,
    Sha512,
}

/// A hash that is being computed; a clone is the same object.
#[derive(Clone)]
pub struct Hash(Algorithm, Rc<RefCell<Vec<u8>>>);

raising! {
    /// `hashlib.new(name, data)`.
    pub fn new, try_new(name: &str, data: &[u8]) -> Hash {
        let algorithm = match name.to_ascii_lowercase().as_str() {
            "md5" => Algorithm::Md5,
            "sha1" => Algorithm::Sha1,
            "sha224" => Algorithm::Sha224,
            "sha256" => Algorithm::Sha256,
            "sha384" => Algorithm::Sha384,
            "sha512" => Algorithm::Sha512,
            _ => return Err(Exception::new("ValueError", format!("unsupported hash type {name}"))),
        };
        Ok(Hash(algorithm, Rc::new(RefCell::new(data.to_vec()))))
    }
}

impl Hash {
    /// `hash.update(data)`.
    pub fn update(&self, data: &[u8]) {
        self.1.borrow_mut().extend_from_slice(data);
    }

    /// `hash.copy()`.
    pub fn copy(&self) -> Hash {
        Hash(self.0, Rc::new(RefCell::new(self.1.borrow().clone())))
    }

    /// `hash.digest()`.
    pub fn digest(&self) -> Bytes {
        let data = self.1.borrow();
        match self.0 {
            Algorithm::Md5 => md5(&data),
            Algorithm::Sha1 => sha1(&data),
            Algorithm::Sha224 | Algorithm::Sha256 => sha256(&data, self.0 == Algorithm::Sha224),
            Algorithm::Sha384 | Algorithm::Sha512 => sha512(&data, self.0 == Algorithm::Sha384),
        }
        .into()
    }

    /// `hash.hexdigest()`.
    pub fn hexdigest(&self) -> String {
        self.digest().hex("")
    }

    /// `hash.name`.
    pub fn name(&self) -> String {
        format!("{:?}", self.0).to_lowercase()
    }

    /// `hash.digest_size`.
    pub fn digest_size(&self) -> i64 {
        match self.0 {
            Algorithm::Md5 => 16,
            Algorithm::Sha1 => 20,
            Algorithm::Sha224 => 28,
            Algorithm::Sha256 => 32,
            Algorithm::Sha384 => 48,
            Algorithm::Sha512 => 64,
        }
    }

    /// `hash.block_size`.
    pub fn block_size(&self) -> i64 {
        if matches!(self.0, Algorithm::Sha384 | Algorithm::Sha512) {
            128
        } else {
            64
        }
    }
}

/// `hmac.new(key, message, name)` as the hash of what it computes; more of the message cannot follow.
pub fn try_hmac(key: &[u8], message: &[u8], name: &str) -> Result<Bytes, Exception> {
    let size = try_new(name, b"")?.block_size() as usize;
    let mut key = if key.len() > size {
        try_new(name, key)?.digest().to_vec()
    } else {
        key.to_vec()
    };
    key.resize(size, 0);
    let padded = |byte: u8| -> Vec<u8> { key.iter().map(|each| each ^ byte).collect() };
    let inner = try_new(name, &[padded(0x36), message.to_vec()].concat())?.digest();
    Ok(try_new(name, &[padded(0x5c), inner.to_vec()].concat())?.digest())
}

/// `hmac.new(key, message, name)`.
pub fn hmac(key: &[u8], message: &[u8], name: &str) -> Bytes {
    super::errors::OrThrow::or_throw(try_hmac(key, message, name))
}

/// The data with the mark of its end and its length in bits, in whole blocks.
fn padded(data: &[u8], block: usize, length: &[u8]) -> Vec<u8> {
    let mut padded = data.to_vec();
    padded.push(0x80);
    while padded.len() % block != block - length.len() {
        padded.push(0);
    }
    padded.extend_from_slice(length);
    padded
}

fn md5(data: &[u8]) -> Vec<u8> {
    const TURNS: [[u32; 4]; 4] = [
        [7, 12, 17, 22],
        [5, 9, 14, 20],
        [4, 11, 16, 23],
        [6, 10, 15, 21],
    ];
    let mut state = [0x6745_2301_u32, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476];
    for block in padded(data, 64, &(data.len() as u64 * 8).to_le_bytes()).chunks_exact(64) {
        let word = |place: usize| {
            u32::from_le_bytes([
                block[place * 4],
                block[place * 4 + 1],
                block[place * 4 + 2],
                block[place * 4 + 3],
            ])
        };
        let [mut a, mut b, mut c, mut d] = state;
        for step in 0..64 {
            let (mixed, place) = match step / 16 {
                0 => ((b & c) | (!b & d), step),
                1 => ((d & b) | (!d & c), (5 * step + 1) % 16),
                2 => (b ^ c ^ d, (3 * step + 5) % 16),
                _ => (c ^ (b | !d), (7 * step) % 16),
            };
            // 32 bits of the sine of the step, as the standard defines them.
            let sine = (((step + 1) as f64).sin().abs() * 4_294_967_296.0) as u32;
            let sum = a
                .wrapping_add(mixed)
                .wrapping_add(sine)
                .wrapping_add(word(place));
            (a, d, c) = (d, c, b);
            b = b.wrapping_add(sum.rotate_left(TURNS[step / 16][step % 4]));
        }
        for (held, added) in state.iter_mut().zip([a, b, c, d]) {
            *held = held.wrapping_add(added);
        }
    }
    state.iter().flat_map(|word| word.to_le_bytes()).collect()
}

fn sha1(data: &[u8]) -> Vec<u8> {
    let mut state = [
        0x6745_2301_u32,
        0xefcd_ab89,
        0x98ba_dcfe,
        0x1032_5476,
        0xc3d2_e1f0,
    ];
    for block in padded(data, 64, &(data.len() as u64 * 8).to_be_bytes()).chunks_exact(64) {
        let mut words = [0_u32; 80];
        for (word, bytes) in words.iter_mut().zip(block.chunks_exact(4)) {
            *word = u32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
        }
        for step in 16..80 {
            words[step] = (words[step - 3] ^ words[step - 8] ^ words[step - 14] ^ words[step - 16])
                .rotate_left(1);
        }
        let [mut a, mut b, mut c, mut d, mut e] = state;
        for (step, word) in words.iter().enumerate() {
            let (mixed, constant) = match step / 20 {
                0 => ((b & c) | (!b & d), 0x5a82_7999),
                1 => (b ^ c ^ d, 0x6ed9_eba1),
                2 => ((b & c) | (b & d) | (c & d), 0x8f1b_bcdc),
                _ => (b ^ c ^ d, 0xca62_c1d6),
            };
            let sum = a
                .rotate_left(5)
                .wrapping_add(mixed)
                .wrapping_add(e)
                .wrapping_add(constant)
                .wrapping_add(*word);
            (a, b, c, d, e) = (sum, a, b.rotate_left(30), c, d);
        }
        for (held, added) in state.iter_mut().zip([a, b, c, d, e]) {
            *held = held.wrapping_add(added);
        }
    }
    state.iter().flat_map(|word| word.to_be_bytes()).collect()
}

/// SHA-256 and SHA-512 differ in the width of their words, the number of rounds and the turns.
macro_rules! sha2 {
    ($name:ident, $word:ty, $bytes:literal, $rounds:literal, $length:ty, [$($turn:literal),*], $constant:expr) => {
        fn $name(mut state: [$word; 8], data: &[u8]) -> Vec<u8> {
            let [a1, a2, a3, e1, e2, e3, s1, s2, s3, t1, t2, t3] = [$($turn),*];
            for block in padded(data, $bytes * 16, &(data.len() as $length * 8).to_be_bytes()).chunks_exact($bytes * 16) {
                let mut words = [0 as $word; $rounds];
                for (word, bytes) in words.iter_mut().zip(block.chunks_exact($bytes)) {
                    *word = bytes.iter().fold(0, |word, &byte| (word << 8) | <$word>::from(byte));
                }
                for step in 16..$rounds {
                    let (one, two) = (words[step - 15], words[step - 2]);
                    let one = one.rotate_right(s1) ^ one.rotate_right(s2) ^ (one >> s3);
                    let two = two.rotate_right(t1) ^ two.rotate_right(t2) ^ (two >> t3);
                    words[step] = words[step - 16].wrapping_add(one).wrapping_add(words[step - 7]).wrapping_add(two);
                }
                let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = state;
                for step in 0..$rounds {
                    let big = e.rotate_right(e1) ^ e.rotate_right(e2) ^ e.rotate_right(e3);
                    let first = h
                        .wrapping_add(big)
                        .wrapping_add((e & f) ^ (!e & g))
                        .wrapping_add($constant(ROUNDS[step]))
                        .wrapping_add(words[step]);
                    let small = a.rotate_right(a1) ^ a.rotate_right(a2) ^ a.rotate_right(a3);
                    let second = small.wrapping_add((a & b) ^ (a & c) ^ (b & c));
                    (h, g, f, e, d, c, b, a) = (g, f, e, d.wrapping_add(first), c, b, a, first.wrapping_add(second));
                }
                for (held, added) in state.iter_mut().zip([a, b, c, d, e, f, g, h]) {
                    *held = held.wrapping_add(added);
                }
            }
            state.iter().flat_map(|word| word.to_be_bytes()).collect()
        }
    };
}
sha2!(
    narrow,
    u32,
    4,
    64,
    u64,
    [2, 13, 22, 6, 11, 25, 7, 18, 3, 17, 19, 10],
    |round: u64| (round >> 32) as u32
);
sha2!(
    wide,
    u64,
    8,
    80,
    u128,
    [28, 34, 39, 14, 18, 41, 1, 8, 7, 19, 61, 6],
    |round: u64| round
);

fn sha256(data: &[u8], short: bool) -> Vec<u8> {
    let state = std::array::from_fn(|place| {
        if short {
            ROOTS[place + 8] as u32
        } else {
            (ROOTS[place] >> 32) as u32
        }
    });
    let mut digest = narrow(state, data);
    digest.truncate(if short { 28 } else { 32 });
    digest
}

fn sha512(data: &[u8], short: bool) -> Vec<u8> {
    let state = std::array::from_fn(|place| ROOTS[if short { place + 8 } else { place }]);
    let mut digest = wide(state, data);
    digest.truncate(if short { 48 } else { 64 });
    digest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digests_of_the_standards() {
        for (name, digest) in [
            ("md5", "900150983cd24fb0d6963f7d28e17f72"),
            ("sha1", "a9993e364706816aba3e25717850c26c9cd0d89d"),
            (
                "sha224",
                "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7",
            ),
            (
                "sha256",
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            ),
        ] {
            assert_eq!(new(name, b"abc").hexdigest(), digest);
        }
        assert!(
            new("sha512", b"abc")
                .hexdigest()
                .starts_with("ddaf35a193617abacc417349ae204131")
        );
        assert!(
            new("sha384", b"abc")
                .hexdigest()
                .starts_with("cb00753f45a35e8bb5a03d699ac65007")
        );
    }
}
