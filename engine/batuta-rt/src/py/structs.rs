//! Python's `struct`: values in the bytes of C's types.

use super::bytes::Bytes;
use super::errors::{Exception, raising};
use super::program::integer_overflow;

/// A value that is packed, or was unpacked.
#[derive(Clone, Debug)]
pub enum Item {
    /// A whole number; unsigned ones of 64 bits fit, too.
    Int(i128),
    /// A number.
    Float(f64),
    /// Bytes of a text.
    Bytes(Bytes),
}

impl From<i64> for Item {
    fn from(value: i64) -> Self {
        Item::Int(value.into())
    }
}

impl From<bool> for Item {
    fn from(value: bool) -> Self {
        Item::Int(value.into())
    }
}

impl From<f64> for Item {
    fn from(value: f64) -> Self {
        Item::Float(value)
    }
}

impl From<Bytes> for Item {
    fn from(value: Bytes) -> Self {
        Item::Bytes(value)
    }
}

impl Item {
    /// As an int.
    pub fn int(&self) -> i64 {
        match self {
            Item::Int(value) => i64::try_from(*value).unwrap_or_else(|_| integer_overflow()),
            _ => 0,
        }
    }

    /// As a bool.
    pub fn truth(&self) -> bool {
        matches!(self, Item::Int(value) if *value != 0)
    }

    /// As a float.
    pub fn float(&self) -> f64 {
        match self {
            Item::Float(value) => *value,
            _ => 0.0,
        }
    }

    /// As bytes.
    pub fn bytes(&self) -> Bytes {
        match self {
            Item::Bytes(value) => value.clone(),
            _ => Bytes::from(b""),
        }
    }
}

/// The values of a call of `struct.pack`.
#[macro_export]
macro_rules! batuta_items {
    ($($value:expr),* $(,)?) => { [$($crate::py::structs::Item::from($value)),*] };
}

fn failed(text: impl Into<String>) -> Exception {
    Exception::new("struct.error", text)
}

/// One field: its letter, where it begins, how many bytes it has.
struct Field {
    code: char,
    start: usize,
    size: usize,
}

struct Layout {
    little: bool,
    fields: Vec<Field>,
    size: usize,
}

fn width(code: char, native: bool) -> Option<usize> {
    Some(match code {
        'x' | 'c' | 'b' | 'B' | '?' | 's' | 'p' => 1,
        'h' | 'H' | 'e' => 2,
        'i' | 'I' | 'f' => 4,
        'l' | 'L' if native => 8,
        'l' | 'L' => 4,
        'q' | 'Q' | 'd' => 8,
        'n' | 'N' if native => 8,
        _ => return None,
    })
}

fn layout(format: &str) -> Result<Layout, Exception> {
    let mut letters = format.chars().peekable();
    let mark = letters
        .next_if(|letter| "@=<>!".contains(*letter))
        .unwrap_or('@');
    let native = mark == '@';
    let (mut fields, mut at) = (Vec::new(), 0_usize);
    while let Some(letter) = letters.next() {
        if letter.is_whitespace() {
            continue;
        }
        let mut count = None;
        let mut code = letter;
        while let Some(digit) = code.to_digit(10) {
            count = Some(count.unwrap_or(0) * 10 + digit as usize);
            code = letters
                .next()
                .ok_or_else(|| failed("repeat count given without format specifier"))?;
        }
        let size = width(code, native).ok_or_else(|| failed("bad char in struct format"))?;
        if native {
            at = at.div_ceil(size) * size;
        }
        let count = count.unwrap_or(1);
        match code {
            'x' => at += count,
            's' | 'p' => {
                fields.push(Field {
                    code,
                    start: at,
                    size: count,
                });
                at += count;
            }
            _ => {
                for _ in 0..count {
                    fields.push(Field {
                        code,
                        start: at,
                        size,
                    });
                    at += size;
                }
            }
        }
    }
    Ok(Layout {
        little: !matches!(mark, '>' | '!'),
        fields,
        size: at,
    })
}

/// A float in 16 bits; the nearest, ties to even.
fn half(value: f64) -> Result<u16, Exception> {
    let sign = if value.is_sign_negative() { 0x8000 } else { 0 };
    let magnitude = value.abs();
    if value.is_nan() {
        return Ok(0x7e00 | sign);
    }
    if value.is_infinite() {
        return Ok(0x7c00 | sign);
    }
    // The distance of neighbours is that of the exponent, at least 2^-24.
    let exponent = if magnitude == 0.0 {
        -14
    } else {
        (magnitude.log2().floor() as i32).max(-14)
    };
    let exponent = if 2_f64.powi(exponent) > magnitude {
        (exponent - 1).max(-14)
    } else {
        exponent
    };
    let steps = (magnitude / 2_f64.powi(exponent - 10)).round_ties_even();
    let bits = steps as u32 + (((exponent + 14) as u32) << 10);
    if bits >= 0x7c00 {
        return Err(Exception::new(
            "OverflowError",
            "float too large to pack with e format",
        ));
    }
    Ok(bits as u16 | sign)
}

fn from_half(bits: u16) -> f64 {
    let sign = if bits & 0x8000 != 0 { -1.0 } else { 1.0 };
    let (exponent, fraction) = (i32::from((bits >> 10) & 31), f64::from(bits & 0x3ff));
    sign * match exponent {
        0 => fraction * 2_f64.powi(-24),
        31 if fraction == 0.0 => f64::INFINITY,
        31 => f64::NAN,
        _ => (1024.0 + fraction) * 2_f64.powi(exponent - 25),
    }
}

fn packed(field: &Field, item: &Item) -> Result<Vec<u8>, Exception> {
    let Field { code, size, .. } = *field;
    Ok(match (code, item) {
        ('s', Item::Bytes(bytes)) => {
            let mut bytes = bytes.to_vec();
            bytes.resize(size, 0);
            bytes
        }
        ('p', Item::Bytes(bytes)) => {
            let kept = bytes.len().min(size.saturating_sub(1)).min(255);
            let mut made = vec![kept as u8];
            made.extend_from_slice(&bytes[..kept]);
            made.resize(size, 0);
            made
        }
        ('s' | 'p', _) => {
            return Err(failed(format!(
                "argument for '{code}' must be a bytes object"
            )));
        }
        ('c', Item::Bytes(bytes)) if bytes.len() == 1 => bytes.to_vec(),
        ('c', _) => return Err(failed("char format requires a bytes object of length 1")),
        ('?', Item::Int(value)) => vec![u8::from(*value != 0)],
        ('?', Item::Float(value)) => vec![u8::from(*value != 0.0)],
        ('f' | 'd' | 'e', Item::Int(_) | Item::Float(_)) => {
            let value = match item {
                Item::Int(value) => *value as f64,
                _ => item.float(),
            };
            match code {
                'd' => value.to_le_bytes().to_vec(),
                'e' => half(value)?.to_le_bytes().to_vec(),
                _ if value.is_finite() && (value as f32).is_infinite() => {
                    return Err(Exception::new(
                        "OverflowError",
                        "float too large to pack with f format",
                    ));
                }
                _ => (value as f32).to_le_bytes().to_vec(),
            }
        }
        ('f' | 'd' | 'e', _) => return Err(failed("required argument is not a float")),
        (_, Item::Int(value)) => {
            let bits = size as u32 * 8;
            let (low, high) = if code.is_ascii_lowercase() {
                (-(1_i128 << (bits - 1)), (1_i128 << (bits - 1)) - 1)
            } else {
                (0, (1_i128 << bits) - 1)
            };
            if !(low..=high).contains(value) {
                return Err(failed(match code {
                    'b' => "byte format requires -128 <= number <= 127".to_string(),
                    'B' => "ubyte format requires 0 <= number <= 255".to_string(),
                    'h' => "short format requires -32768 <= number <= 32767".to_string(),
                    'H' => "ushort format requires 0 <= number <= 65535".to_string(),
                    'q' | 'Q' => "argument out of range".to_string(),
                    'I' | 'L' if *value < 0 => "argument out of range".to_string(),
                    _ => format!("'{code}' format requires {low} <= number <= {high}"),
                }));
            }
            value.to_le_bytes()[..size].to_vec()
        }
        _ => return Err(failed("required argument is not an integer")),
    })
}

fn unpacked(field: &Field, bytes: &[u8]) -> Item {
    match field.code {
        's' | 'c' => return Item::Bytes(bytes.into()),
        'p' => {
            let count =
                usize::from(bytes.first().copied().unwrap_or(0)).min(bytes.len().saturating_sub(1));
            return Item::Bytes(bytes.get(1..=count).unwrap_or(&[]).into());
        }
        _ => {}
    }
    let mut wide = [0; 16];
    wide[..bytes.len()].copy_from_slice(bytes);
    let whole = i128::from_le_bytes(wide);
    match field.code {
        'f' => Item::Float(f64::from(f32::from_bits(whole as u32))),
        'd' => Item::Float(f64::from_bits(whole as u64)),
        'e' => Item::Float(from_half(whole as u16)),
        code if code.is_ascii_lowercase() => {
            let unused = 128 - bytes.len() as u32 * 8;
            Item::Int((whole << unused) >> unused)
        }
        _ => Item::Int(whole),
    }
}

fn read(layout: &Layout, bytes: &[u8]) -> Vec<Item> {
    let one = |field: &Field| {
        let mut part = bytes[field.start..field.start + field.size].to_vec();
        if !layout.little && !matches!(field.code, 's' | 'p' | 'c') {
            part.reverse();
        }
        unpacked(field, &part)
    };
    layout.fields.iter().map(one).collect()
}

raising! {
    /// `struct.calcsize(format)`.
    pub fn calcsize, try_calcsize(format: &str) -> i64 {
        Ok(layout(format)?.size as i64)
    }
    /// `struct.pack(format, *items)`.
    pub fn pack, try_pack(format: &str, items: &[Item]) -> Bytes {
        let layout = layout(format)?;
        if layout.fields.len() != items.len() {
            let message =
                format!("pack expected {} items for packing (got {})", layout.fields.len(), items.len());
            return Err(failed(message));
        }
        let mut bytes = vec![0; layout.size];
        for (field, item) in layout.fields.iter().zip(items) {
            let mut part = packed(field, item)?;
            if !layout.little && !matches!(field.code, 's' | 'p' | 'c') {
                part.reverse();
            }
            bytes[field.start..field.start + field.size].copy_from_slice(&part);
        }
        Ok(bytes.into())
    }
    /// `struct.unpack(format, bytes)`.
    pub fn unpack, try_unpack(format: &str, bytes: &[u8]) -> Vec<Item> {
        let layout = layout(format)?;
        if layout.size != bytes.len() {
            return Err(failed(format!("unpack requires a buffer of {} bytes", layout.size)));
        }
        Ok(read(&layout, bytes))
    }
    /// `struct.unpack_from(format, bytes, offset)`.
    pub fn unpack_from, try_unpack_from(format: &str, bytes: &[u8], offset: i64) -> Vec<Item> {
        let layout = layout(format)?;
        let part = usize::try_from(offset).ok().and_then(|start| bytes.get(start..start + layout.size));
        match part {
            Some(part) => Ok(read(&layout, part)),
            None => Err(failed(format!(
                "unpack_from requires a buffer of at least {} bytes for unpacking {} bytes at offset {offset} (actual buffer size is {})",
                offset + layout.size as i64,
                layout.size,
                bytes.len()
            ))),
        }
    }
    /// `struct.iter_unpack(format, bytes)`.
    pub fn iter_unpack, try_iter_unpack(format: &str, bytes: &[u8]) -> std::vec::IntoIter<Vec<Item>> {
        let layout = layout(format)?;
        if layout.size == 0 || !bytes.len().is_multiple_of(layout.size) {
            return Err(failed(format!("iterative unpacking requires a buffer of a multiple of {} bytes", layout.size)));
        }
        Ok(bytes.chunks_exact(layout.size).map(|part| read(&layout, part)).collect::<Vec<_>>().into_iter())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::py::Text;

    #[test]
    fn fields_lie_where_c_puts_them() {
        assert_eq!(
            (
                calcsize("bi"),
                calcsize("<bi"),
                calcsize("l"),
                calcsize("=l"),
                calcsize("3sxh")
            ),
            (8, 5, 8, 4, 6)
        );
        let made = pack(
            ">hB3sf",
            &[
                Item::from(-2),
                Item::from(255),
                Item::from(Bytes::from(b"ab")),
                Item::from(1.5),
            ],
        );
        assert_eq!(
            made.repr_text(),
            "b'\\xff\\xfe\\xffab\\x00?\\xc0\\x00\\x00'"
        );
        let back = unpack(">hB3sf", &made);
        assert_eq!(
            (back[0].int(), back[1].int(), back[3].float()),
            (-2, 255, 1.5)
        );
        assert_eq!(pack("<e", &[Item::from(0.1)]).repr_text(), "b'f.'");
        assert!(try_pack("B", &[Item::from(256)]).is_err() && try_unpack("<I", b"a").is_err());
    }
}
