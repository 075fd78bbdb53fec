//! Python's `base64` and `binascii`, and the checksums of `zlib`.

use super::bytes::Bytes;
use super::errors::{Exception, raising};
use super::failures::value_error;

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const LETTERS_OF_32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

fn failed(text: impl Into<String>) -> Exception {
    Exception::new("binascii.Error", text)
}

/// Bytes in groups of bits, `width` for each letter, filled up with equals signs to whole groups of `group` letters.
fn encoded(bytes: &[u8], letters: &[u8], width: usize, group: usize) -> Vec<u8> {
    let (mut made, mut held, mut bits) = (Vec::new(), 0_u32, 0);
    for &byte in bytes {
        held = (held << 8) | u32::from(byte);
        bits += 8;
        while bits >= width {
            bits -= width;
            made.push(letters[(held >> bits) as usize & (letters.len() - 1)]);
        }
        held &= (1 << bits) - 1;
    }
    if bits > 0 {
        made.push(letters[(held << (width - bits)) as usize & (letters.len() - 1)]);
    }
    while !made.len().is_multiple_of(group) {
        made.push(b'=');
    }
    made
}

/// `base64.b64encode(bytes)`.
pub fn b64encode(bytes: &[u8]) -> Bytes {
    encoded(bytes, LETTERS, 6, 4).into()
}

fn swapped(bytes: &[u8], pairs: [(u8, u8); 2]) -> Vec<u8> {
    let change = |byte: &u8| {
        pairs
            .iter()
            .find(|pair| pair.0 == *byte)
            .map_or(*byte, |pair| pair.1)
    };
    bytes.iter().map(change).collect()
}

/// `base64.urlsafe_b64encode(bytes)`.
pub fn urlsafe_b64encode(bytes: &[u8]) -> Bytes {
    swapped(&b64encode(bytes), [(b'+', b'-'), (b'/', b'_')]).into()
}

/// `base64.b32encode(bytes)`.
pub fn b32encode(bytes: &[u8]) -> Bytes {
    encoded(bytes, LETTERS_OF_32, 5, 8).into()
}

/// `binascii.hexlify(bytes)`.
pub fn hexlify(bytes: &[u8]) -> Bytes {
    bytes
        .iter()
        .flat_map(|byte| format!("{byte:02x}").into_bytes())
        .collect::<Vec<_>>()
        .into()
}

raising! {
    /// `base64.b64decode(text)`: other characters are skipped.
    pub fn b64decode, try_b64decode(text: &[u8]) -> Bytes {
        let (mut bytes, mut held, mut count) = (Vec::new(), 0_u32, 0_usize);
        let mut padding = 0;
        for byte in text {
            if *byte == b'=' {
                padding += 1;
                if count % 4 >= 2 && count % 4 + padding >= 4 {
                    return Ok(bytes.into());
                }
                continue;
            }
            let Some(value) = LETTERS.iter().position(|letter| letter == byte) else { continue };
            padding = 0;
            held = (held << 6) | value as u32;
            count += 1;
            if count % 4 != 1 {
                bytes.push((held >> (6 - 2 * ((count - 1) % 4))) as u8);
            }
        }
        match count % 4 {
            0 => Ok(bytes.into()),
            1 => Err(failed(format!(
                "Invalid base64-encoded string: number of data characters ({count}) cannot be 1 more than a multiple of 4"
            ))),
            _ => Err(failed("Incorrect padding")),
        }
    }
    /// `base64.urlsafe_b64decode(text)`.
    pub fn urlsafe_b64decode, try_urlsafe_b64decode(text: &[u8]) -> Bytes {
        try_b64decode(&swapped(text, [(b'-', b'+'), (b'_', b'/')]))
    }
    /// `base64.b32decode(text)`.
    pub fn b32decode, try_b32decode(text: &[u8]) -> Bytes {
        if !text.len().is_multiple_of(8) {
            return Err(failed("Incorrect padding"));
        }
        let end = text.iter().rposition(|&byte| byte != b'=').map_or(0, |place| place + 1);
        if ![0, 1, 3, 4, 6].contains(&(text.len() - end)) {
            return Err(failed("Incorrect padding"));
        }
        let (mut bytes, mut held, mut bits) = (Vec::new(), 0_u32, 0);
        for byte in &text[..end] {
            let value = LETTERS_OF_32.iter().position(|letter| letter == byte);
            held = (held << 5) | value.ok_or_else(|| failed("Non-base32 digit found"))? as u32;
            bits += 5;
            if bits >= 8 {
                bits -= 8;
                bytes.push((held >> bits) as u8);
                held &= (1 << bits) - 1;
            }
        }
        Ok(bytes.into())
    }
    /// `binascii.unhexlify(text)`.
    pub fn unhexlify, try_unhexlify(text: &[u8]) -> Bytes {
        if !text.len().is_multiple_of(2) {
            return Err(failed("Odd-length string"));
        }
        let digit = |byte: u8| char::from(byte).to_digit(16).ok_or_else(|| failed("Non-hexadecimal digit found"));
        let bytes = text.chunks_exact(2).map(|pair| Ok((digit(pair[0])? * 16 + digit(pair[1])?) as u8));
        Ok(bytes.collect::<Result<Vec<u8>, Exception>>()?.into())
    }
    /// `base64.b16decode(text)`.
    pub fn b16decode, try_b16decode(text: &[u8]) -> Bytes {
        if text.iter().any(|byte| !matches!(byte, b'0'..=b'9' | b'A'..=b'F')) {
            return Err(failed("Non-base16 digit found"));
        }
        try_unhexlify(text)
    }
    /// A text as the bytes that a decoder takes.
    pub fn ascii_bytes, try_ascii_bytes(text: &str) -> Bytes {
        if !text.is_ascii() {
            return Err(value_error("string argument should contain only ASCII characters"));
        }
        Ok(text.as_bytes().into())
    }
}

/// `zlib.crc32(bytes, start)`.
pub fn crc32(bytes: &[u8], start: i64) -> i64 {
    let mut sum = !(start as u32);
    for &byte in bytes {
        sum ^= u32::from(byte);
        for _ in 0..8 {
            sum = (sum >> 1) ^ (0xedb8_8320 & (sum & 1).wrapping_neg());
        }
    }
    i64::from(!sum)
}

/// `zlib.adler32(bytes, start)`.
pub fn adler32(bytes: &[u8], start: i64) -> i64 {
    let (mut low, mut high) = (start & 0xffff, (start >> 16) & 0xffff);
    for &byte in bytes {
        low = (low + i64::from(byte)) % 65521;
        high = (high + low) % 65521;
    }
    (high << 16) | low
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_back() {
        for text in ["", "f", "fo", "foo", "foob", "fooba", "foobar"] {
            assert_eq!(
                b64decode(&b64encode(text.as_bytes())).to_vec(),
                text.as_bytes()
            );
            assert_eq!(
                b32decode(&b32encode(text.as_bytes())).to_vec(),
                text.as_bytes()
            );
        }
        assert_eq!(b64encode(b"fooba").to_vec(), b"Zm9vYmE=");
        assert_eq!(b32encode(b"fooba").to_vec(), b"MZXW6YTB");
        assert!(try_b64decode(b"a").is_err() && try_b64decode(b"ab").is_err());
        assert_eq!(
            (crc32(b"abc", 0), adler32(b"abc", 1)),
            (891_568_578, 38_600_999)
        );
    }
}
