//! Python's `bytes` and `bytearray`.

use std::cell::RefCell;
use std::ops::Deref;
use std::rc::Rc;

use super::deep_copy::DeepCopy;
use super::errors::{Exception, OrThrow, raising};
use super::failures::{index_error, value_error};
use super::key::{Key, hash_text};
use super::program::{integer_overflow, unsupported};
use super::slices::positions;
use super::text::Text;
use super::truth::Truth;

/// An immutable row of bytes; a clone shares it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bytes(Rc<[u8]>);

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl From<Vec<u8>> for Bytes {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes(bytes.into())
    }
}

impl From<&[u8]> for Bytes {
    fn from(bytes: &[u8]) -> Self {
        Bytes(bytes.into())
    }
}

impl<const N: usize> From<&[u8; N]> for Bytes {
    fn from(bytes: &[u8; N]) -> Self {
        Bytes(bytes.as_slice().into())
    }
}

impl IntoIterator for Bytes {
    type Item = i64;
    type IntoIter = std::vec::IntoIter<i64>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
            .map(|&byte| i64::from(byte))
            .collect::<Vec<_>>()
            .into_iter()
    }
}

impl std::fmt::Debug for Bytes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.repr_text())
    }
}

impl Text for Bytes {
    fn repr_text(&self) -> String {
        let quote = if self.contains(&b'\'') && !self.contains(&b'"') {
            '"'
        } else {
            '\''
        };
        let mut text = format!("b{quote}");
        for &byte in self.iter() {
            match byte {
                b'\\' => text.push_str("\\\\"),
                b'\t' => text.push_str("\\t"),
                b'\n' => text.push_str("\\n"),
                b'\r' => text.push_str("\\r"),
                _ if char::from(byte) == quote => text.push_str(&format!("\\{quote}")),
                b' '..=b'~' => text.push(char::from(byte)),
                _ => text.push_str(&format!("\\x{byte:02x}")),
            }
        }
        text.push(quote);
        text
    }
}

impl Truth for Bytes {
    fn truth(&self) -> bool {
        !self.is_empty()
    }
}

impl DeepCopy for Bytes {
    fn deep_copy(&self) -> Self {
        self.clone()
    }
}

impl Key for Bytes {
    fn hash_value(&self) -> i64 {
        hash_text(
            &self
                .iter()
                .map(|&byte| char::from(byte))
                .collect::<String>(),
        )
    }

    fn same_key(&self, other: &Self) -> bool {
        self == other
    }
}

fn found(bytes: &[u8], wanted: &[u8], start: usize) -> Option<usize> {
    if wanted.is_empty() {
        return (start <= bytes.len()).then_some(start);
    }
    bytes
        .get(start..)?
        .windows(wanted.len())
        .position(|part| part == wanted)
        .map(|place| place + start)
}

/// The name of an encoding as it is compared.
fn encoding_name(encoding: &str) -> String {
    encoding.to_ascii_lowercase().replace('_', "-")
}

fn unknown_encoding(encoding: &str) -> Exception {
    Exception::new("LookupError", format!("unknown encoding: {encoding}"))
}

raising! {
    /// `text.encode(encoding, errors)`.
    pub fn encode, try_encode(text: &str, encoding: &str, errors: &str) -> Bytes {
        let (name, most) = match encoding_name(encoding).as_str() {
            "utf-8" | "utf8" => return Ok(text.as_bytes().into()),
            "ascii" | "us-ascii" => ("ascii", 0x80),
            "latin-1" | "latin1" | "iso-8859-1" | "iso8859-1" => ("latin-1", 0x100),
            "utf-16-le" => return Ok(text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>().into()),
            "utf-16-be" => return Ok(text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<_>>().into()),
            "utf-32-le" => return Ok(text.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect::<Vec<_>>().into()),
            _ => return Err(unknown_encoding(encoding)),
        };
        let mut bytes = Vec::new();
        for (place, character) in text.chars().enumerate() {
            let code = u32::from(character);
            match (code < most, errors) {
                (true, _) => bytes.push(code as u8),
                (false, "ignore") => {}
                (false, "replace") => bytes.push(b'?'),
                (false, "strict") => {
                    let shown = match code {
                        0..0x100 => format!("\\x{code:02x}"),
                        0x100..0x10000 => format!("\\u{code:04x}"),
                        _ => format!("\\U{code:08x}"),
                    };
                    let run = text.chars().skip(place).take_while(|&c| u32::from(c) >= most).count();
                    let what = if run == 1 {
                        format!("character '{shown}' in position {place}")
                    } else {
                        format!("characters in position {place}-{}", place + run - 1)
                    };
                    let message = format!("'{name}' codec can't encode {what}: ordinal not in range({most})");
                    return Err(Exception::new("UnicodeEncodeError", message));
                }
                _ => unsupported("this way of handling what an encoding lacks is not translated"),
            }
        }
        Ok(bytes.into())
    }
    /// `bytes(values)`: each of them a number below 256.
    pub fn bytes_of, try_bytes_of(values: impl IntoIterator<Item = i64>) -> Bytes {
        values
            .into_iter()
            .map(|value| u8::try_from(value).map_err(|_| value_error("bytes must be in range(0, 256)")))
            .collect::<Result<Vec<u8>, _>>()
            .map(Bytes::from)
    }
    /// `bytes(count)`: so many zeros.
    pub fn zero_bytes, try_zero_bytes(count: i64) -> Bytes {
        let count = usize::try_from(count).map_err(|_| value_error("negative count"))?;
        Ok(vec![0; count].into())
    }
    /// `bytes.fromhex(text)`.
    pub fn bytes_from_hex, try_bytes_from_hex(text: &str) -> Bytes {
        let mut bytes = Vec::new();
        let mut letters = text.chars().enumerate();
        let wrong = |place: usize| {
            value_error(format!("non-hexadecimal number found in fromhex() arg at position {place}"))
        };
        while let Some((place, first)) = letters.next() {
            if first.is_ascii_whitespace() {
                continue;
            }
            let high = first.to_digit(16).ok_or_else(|| wrong(place))?;
            let low = letters.next().and_then(|(_, second)| second.to_digit(16)).ok_or_else(|| wrong(place + 1))?;
            bytes.push((high * 16 + low) as u8);
        }
        Ok(bytes.into())
    }
    /// `number.to_bytes(length, order, signed=signed)`.
    pub fn to_bytes, try_to_bytes(number: i64, length: i64, order: &str, signed: bool) -> Bytes {
        let overflow = |text: &str| Err(Exception::new("OverflowError", text));
        let length = usize::try_from(length).map_err(|_| value_error("length argument must be non-negative"))?;
        if number < 0 && !signed {
            return overflow("can't convert negative int to unsigned");
        }
        let wide = i128::from(number);
        let bits = length.min(16) as u32 * 8;
        let fits = if signed {
            length > 8 || (bits > 0 && (-(1_i128 << (bits - 1))..1_i128 << (bits - 1)).contains(&wide)) || (bits == 0 && wide == 0)
        } else {
            length > 8 || wide < 1_i128 << bits
        };
        if !fits {
            return overflow("int too big to convert");
        }
        let fill = if number < 0 { 0xff } else { 0 };
        let mut bytes: Vec<u8> = number.to_le_bytes().to_vec();
        bytes.resize(length.max(8), fill);
        bytes.truncate(length);
        ordered(&mut bytes, order)?;
        Ok(bytes.into())
    }
    /// `int.from_bytes(bytes, order, signed=signed)`.
    pub fn int_from_bytes, try_int_from_bytes(bytes: &[u8], order: &str, signed: bool) -> i64 {
        let mut bytes = bytes.to_vec();
        ordered(&mut bytes, order)?;
        let negative = signed && bytes.last().is_some_and(|&last| last >= 0x80);
        let mut value: i128 = if negative { -1 } else { 0 };
        for (place, &byte) in bytes.iter().rev().enumerate() {
            if place >= 15 && value != 0 && value != -1 {
                integer_overflow();
            }
            value = (value << 8) | i128::from(byte);
        }
        Ok(i64::try_from(value).unwrap_or_else(|_| integer_overflow()))
    }
}

pub(crate) fn ordered(bytes: &mut [u8], order: &str) -> Result<(), Exception> {
    match order {
        "little" => Ok(()),
        "big" => {
            bytes.reverse();
            Ok(())
        }
        _ => Err(value_error("byteorder must be either 'little' or 'big'")),
    }
}

/// Whether a value is among bytes: a number, or a part.
pub trait InBytes {
    /// Whether it is.
    fn is_in(&self, bytes: &[u8]) -> bool;
}

impl InBytes for i64 {
    fn is_in(&self, bytes: &[u8]) -> bool {
        bytes.contains(&byte(*self).or_throw())
    }
}

impl InBytes for Bytes {
    fn is_in(&self, bytes: &[u8]) -> bool {
        found(bytes, self, 0).is_some()
    }
}

impl Bytes {
    /// `len(bytes)`.
    pub fn length(&self) -> i64 {
        self.len() as i64
    }

    /// `bytes[index]`.
    pub fn try_byte_at(&self, index: i64) -> Result<i64, Exception> {
        let place = if index < 0 {
            index + self.length()
        } else {
            index
        };
        let byte = usize::try_from(place)
            .ok()
            .and_then(|place| self.get(place));
        byte.map(|&byte| i64::from(byte))
            .ok_or_else(|| index_error("index out of range"))
    }

    /// `bytes[index]`.
    pub fn byte_at(&self, index: i64) -> i64 {
        self.try_byte_at(index).or_throw()
    }

    /// `bytes[start:stop:step]`.
    pub fn try_part(
        &self,
        start: Option<i64>,
        stop: Option<i64>,
        step: Option<i64>,
    ) -> Result<Bytes, Exception> {
        Ok(positions(start, stop, step, self.len())?
            .iter()
            .map(|place| self[place])
            .collect::<Vec<_>>()
            .into())
    }

    /// `bytes[start:stop:step]`.
    pub fn part(&self, start: Option<i64>, stop: Option<i64>, step: Option<i64>) -> Bytes {
        self.try_part(start, stop, step).or_throw()
    }

    /// `a + b`.
    pub fn plus(&self, other: &[u8]) -> Bytes {
        [self, other].concat().into()
    }

    /// `a * count`.
    pub fn repeated(&self, count: i64) -> Bytes {
        self.repeat(count.max(0) as usize).into()
    }

    /// `value in bytes`.
    pub fn holds(&self, value: &impl InBytes) -> bool {
        value.is_in(self)
    }

    /// `bytes.decode(encoding, errors)`.
    pub fn try_decode(&self, encoding: &str, errors: &str) -> Result<String, Exception> {
        let strict = match errors {
            "strict" => true,
            "replace" | "ignore" => false,
            _ => unsupported("this way of handling what is no text is not translated"),
        };
        let replacement = if errors == "replace" { "\u{fffd}" } else { "" };
        match encoding_name(encoding).as_str() {
            "utf-8" | "utf8" if strict => super::files::decode(self.to_vec(), "utf-8"),
            "utf-8" | "utf8" => Ok(self
                .utf8_chunks()
                .map(|chunk| {
                    let lost = if chunk.invalid().is_empty() {
                        ""
                    } else {
                        replacement
                    };
                    format!("{}{lost}", chunk.valid())
                })
                .collect()),
            "latin-1" | "latin1" | "iso-8859-1" | "iso8859-1" => {
                Ok(self.iter().map(|&byte| char::from(byte)).collect())
            }
            "ascii" | "us-ascii" => {
                let mut text = String::new();
                for (place, &byte) in self.iter().enumerate() {
                    if byte < 0x80 {
                        text.push(char::from(byte));
                    } else if strict {
                        let message = format!(
                            "'ascii' codec can't decode byte 0x{byte:02x} in position {place}: ordinal not in range(128)"
                        );
                        return Err(Exception::new("UnicodeDecodeError", message));
                    } else {
                        text.push_str(replacement);
                    }
                }
                Ok(text)
            }
            _ => Err(unknown_encoding(encoding)),
        }
    }

    /// `bytes.decode(encoding, errors)`.
    pub fn decode(&self, encoding: &str, errors: &str) -> String {
        self.try_decode(encoding, errors).or_throw()
    }

    /// `bytes.hex(separator)`: one between every byte.
    pub fn hex(&self, separator: &str) -> String {
        let digits: Vec<String> = self.iter().map(|byte| format!("{byte:02x}")).collect();
        digits.join(separator)
    }

    /// `bytes.upper()`.
    pub fn upper(&self) -> Bytes {
        self.to_ascii_uppercase().into()
    }

    /// `bytes.lower()`.
    pub fn lower(&self) -> Bytes {
        self.to_ascii_lowercase().into()
    }

    /// `bytes.find(part, start)`.
    pub fn find(&self, part: &impl AsPart, start: i64) -> i64 {
        part.with_part(|part| {
            found(self, part, start.max(0) as usize).map_or(-1, |place| place as i64)
        })
    }

    /// `bytes.rfind(part)`.
    pub fn rfind(&self, part: &impl AsPart) -> i64 {
        part.with_part(|part| {
            (0..=self.len())
                .rev()
                .find(|&place| self[place..].starts_with(part))
                .map_or(-1, |place| place as i64)
        })
    }

    /// `bytes.index(part)`.
    pub fn try_index(&self, part: &impl AsPart) -> Result<i64, Exception> {
        match self.find(part, 0) {
            -1 => Err(value_error("subsection not found")),
            place => Ok(place),
        }
    }

    /// `bytes.index(part)`.
    pub fn index(&self, part: &impl AsPart) -> i64 {
        self.try_index(part).or_throw()
    }

    /// `bytes.count(part)`.
    pub fn count(&self, part: &impl AsPart) -> i64 {
        part.with_part(|part| {
            if part.is_empty() {
                return self.length() + 1;
            }
            let (mut count, mut start) = (0, 0);
            while let Some(place) = found(self, part, start) {
                count += 1;
                start = place + part.len();
            }
            count
        })
    }

    /// `bytes.startswith(part)`.
    pub fn begins_with(&self, part: &[u8]) -> bool {
        self.starts_with(part)
    }

    /// `bytes.endswith(part)`.
    pub fn finishes_with(&self, part: &[u8]) -> bool {
        self.ends_with(part)
    }

    /// `bytes.replace(old, new, count)`.
    pub fn replaced(&self, old: &[u8], new: &[u8], count: i64) -> Bytes {
        let mut left = if count < 0 {
            usize::MAX
        } else {
            count as usize
        };
        let (mut bytes, mut start) = (Vec::new(), 0);
        if old.is_empty() {
            unsupported("the replacement of no bytes is not translated");
        }
        while let Some(place) = found(self, old, start).filter(|_| left > 0) {
            bytes.extend_from_slice(&self[start..place]);
            bytes.extend_from_slice(new);
            start = place + old.len();
            left -= 1;
        }
        bytes.extend_from_slice(&self[start..]);
        bytes.into()
    }

    /// `bytes.split(separator, limit)`.
    pub fn try_split_at(&self, separator: &[u8], limit: i64) -> Result<Vec<Bytes>, Exception> {
        if separator.is_empty() {
            return Err(value_error("empty separator"));
        }
        let mut left = if limit < 0 {
            usize::MAX
        } else {
            limit as usize
        };
        let (mut parts, mut start) = (Vec::new(), 0);
        while let Some(place) = found(self, separator, start).filter(|_| left > 0) {
            parts.push(Bytes::from(&self[start..place]));
            start = place + separator.len();
            left -= 1;
        }
        parts.push(Bytes::from(&self[start..]));
        Ok(parts)
    }

    /// `bytes.split(separator, limit)`.
    pub fn split_at_each(&self, separator: &[u8], limit: i64) -> Vec<Bytes> {
        self.try_split_at_each(separator, limit).or_throw()
    }

    /// `bytes.split(separator, limit)`.
    pub fn try_split_at_each(&self, separator: &[u8], limit: i64) -> Result<Vec<Bytes>, Exception> {
        self.try_split_at(separator, limit)
    }

    /// `bytes.split()`.
    pub fn words(&self) -> Vec<Bytes> {
        self.split(|&byte| is_white(byte))
            .filter(|part| !part.is_empty())
            .map(Bytes::from)
            .collect()
    }

    /// `bytes.splitlines()`.
    pub fn lines(&self) -> Vec<Bytes> {
        let mut lines = Vec::new();
        let mut rest: &[u8] = self;
        while !rest.is_empty() {
            let end = rest
                .iter()
                .position(|byte| matches!(byte, b'\n' | b'\r'))
                .unwrap_or(rest.len());
            lines.push(Bytes::from(&rest[..end]));
            let skipped = if rest[end..].starts_with(b"\r\n") {
                2
            } else {
                1
            };
            rest = rest.get(end + skipped..).unwrap_or(&[]);
        }
        lines
    }

    /// `bytes.strip(bytes)` at the ends that are asked for; whitespace for None.
    pub fn stripped(&self, bytes: Option<Bytes>, left: bool, right: bool) -> Bytes {
        let goes = |byte: u8| {
            bytes
                .as_ref()
                .map_or(is_white(byte), |bytes| bytes.contains(&byte))
        };
        let mut part: &[u8] = self;
        while left && part.first().is_some_and(|&byte| goes(byte)) {
            part = &part[1..];
        }
        while right && part.last().is_some_and(|&byte| goes(byte)) {
            part = &part[..part.len() - 1];
        }
        part.into()
    }

    /// `bytes.join(parts)`.
    pub fn joined(&self, parts: impl IntoIterator<Item = Bytes>) -> Bytes {
        let parts: Vec<Bytes> = parts.into_iter().collect();
        let slices: Vec<&[u8]> = parts.iter().map(|part| &**part).collect();
        slices.join(&**self).into()
    }

    /// `bytes.ljust(width, fill)` and `bytes.rjust(width, fill)`.
    pub fn justified(&self, width: i64, fill: &[u8], left: bool) -> Bytes {
        let missing = (width - self.length()).max(0) as usize;
        let padding = fill.repeat(missing);
        if left {
            [self, padding.as_slice()].concat().into()
        } else {
            [padding.as_slice(), self].concat().into()
        }
    }

    /// `bytes.isalpha()` and its kin, by a test of each byte.
    pub fn all_are(&self, test: impl Fn(&u8) -> bool) -> bool {
        !self.is_empty() && self.iter().all(test)
    }
}

fn is_white(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t'..=b'\r')
}

/// What can be looked for in bytes: a part, or one byte by its number.
pub trait AsPart {
    /// The part.
    fn with_part<R>(&self, use_it: impl FnOnce(&[u8]) -> R) -> R;
}

impl AsPart for Bytes {
    fn with_part<R>(&self, use_it: impl FnOnce(&[u8]) -> R) -> R {
        use_it(self)
    }
}

impl AsPart for i64 {
    fn with_part<R>(&self, use_it: impl FnOnce(&[u8]) -> R) -> R {
        use_it(&[*self as u8])
    }
}

/// `bytearray`: bytes that change; a clone is the same object.
#[derive(Clone, Debug, Default)]
pub struct ByteArray(Rc<RefCell<Vec<u8>>>);

impl From<Bytes> for ByteArray {
    fn from(bytes: Bytes) -> Self {
        ByteArray(Rc::new(RefCell::new(bytes.to_vec())))
    }
}

impl IntoIterator for ByteArray {
    type Item = i64;
    type IntoIter = std::vec::IntoIter<i64>;

    fn into_iter(self) -> Self::IntoIter {
        self.bytes().into_iter()
    }
}

impl Text for ByteArray {
    fn repr_text(&self) -> String {
        format!("bytearray({})", self.bytes().repr_text())
    }
}

impl Truth for ByteArray {
    fn truth(&self) -> bool {
        !self.0.borrow().is_empty()
    }
}

impl PartialEq for ByteArray {
    fn eq(&self, other: &ByteArray) -> bool {
        *self.0.borrow() == *other.0.borrow()
    }
}

impl ByteArray {
    /// `bytes(array)`.
    pub fn bytes(&self) -> Bytes {
        self.0.borrow().as_slice().into()
    }

    /// Whether both are the same object.
    pub fn same(&self, other: &ByteArray) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }

    /// `len(array)`.
    pub fn length(&self) -> i64 {
        self.0.borrow().len() as i64
    }

    fn place(&self, index: i64) -> Result<usize, Exception> {
        let place = if index < 0 {
            index + self.length()
        } else {
            index
        };
        let inside = usize::try_from(place)
            .ok()
            .filter(|&place| place < self.0.borrow().len());
        inside.ok_or_else(|| index_error("bytearray index out of range"))
    }

    /// `array[index]`.
    pub fn try_byte_at(&self, index: i64) -> Result<i64, Exception> {
        let place = self.place(index)?;
        Ok(i64::from(self.0.borrow()[place]))
    }

    /// `array[index]`.
    pub fn byte_at(&self, index: i64) -> i64 {
        self.try_byte_at(index).or_throw()
    }

    /// `array[index] = value`.
    pub fn try_set_byte(&self, index: i64, value: i64) -> Result<(), Exception> {
        let place = self.place(index)?;
        self.0.borrow_mut()[place] = byte(value)?;
        Ok(())
    }

    /// `array[index] = value`.
    pub fn set_byte(&self, index: i64, value: i64) {
        self.try_set_byte(index, value).or_throw();
    }

    /// `array[start:stop:step] = bytes`.
    pub fn try_set_part(
        &self,
        start: Option<i64>,
        stop: Option<i64>,
        step: Option<i64>,
        added: &[u8],
    ) -> Result<(), Exception> {
        let mut bytes = self.0.borrow_mut();
        let places = positions(start, stop, step, bytes.len())?;
        if places.step == 1 {
            let start = places.start as usize;
            bytes.splice(start..start + places.count as usize, added.iter().copied());
            return Ok(());
        }
        if places.count != added.len() as i64 {
            return Err(value_error(format!(
                "attempt to assign bytes of size {} to extended slice of size {}",
                added.len(),
                places.count
            )));
        }
        for (place, byte) in places.iter().zip(added) {
            bytes[place] = *byte;
        }
        Ok(())
    }

    /// `array[start:stop:step] = bytes`.
    pub fn set_part(&self, start: Option<i64>, stop: Option<i64>, step: Option<i64>, added: &[u8]) {
        self.try_set_part(start, stop, step, added).or_throw();
    }

    /// `array.append(value)`.
    pub fn try_append(&self, value: i64) -> Result<(), Exception> {
        let value = byte(value)?;
        self.0.borrow_mut().push(value);
        Ok(())
    }

    /// `array.append(value)`.
    pub fn append(&self, value: i64) {
        self.try_append(value).or_throw();
    }

    /// `array.extend(values)`.
    pub fn try_extend(&self, values: impl IntoIterator<Item = i64>) -> Result<(), Exception> {
        let added = try_bytes_of(values)?;
        self.0.borrow_mut().extend_from_slice(&added);
        Ok(())
    }

    /// `array.extend(values)`.
    pub fn extend(&self, values: impl IntoIterator<Item = i64>) {
        self.try_extend(values).or_throw();
    }

    /// `array.pop()`.
    pub fn try_pop(&self) -> Result<i64, Exception> {
        let last = self.0.borrow_mut().pop();
        last.map(i64::from)
            .ok_or_else(|| index_error("pop from empty bytearray"))
    }

    /// `array.pop()`.
    pub fn pop(&self) -> i64 {
        self.try_pop().or_throw()
    }

    /// `array.clear()`.
    pub fn clear(&self) {
        self.0.borrow_mut().clear();
    }

    /// `array.reverse()`.
    pub fn reverse(&self) {
        self.0.borrow_mut().reverse();
    }
}

fn byte(value: i64) -> Result<u8, Exception> {
    u8::try_from(value).map_err(|_| value_error("byte must be in range(0, 256)"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_bytes() {
        assert_eq!(
            to_bytes(258, 2, "little", false).repr_text(),
            "b'\\x02\\x01'"
        );
        assert_eq!(
            to_bytes(-2, 3, "big", true).repr_text(),
            "b'\\xff\\xff\\xfe'"
        );
        assert_eq!(int_from_bytes(&[0xff, 0xfe], "big", true), -2);
        assert!(
            try_to_bytes(256, 1, "big", false).is_err()
                && try_to_bytes(-129, 1, "big", true).is_err()
        );
        assert_eq!(to_bytes(127, 1, "big", true).length(), 1);
    }

    #[test]
    fn texts_and_bytes() {
        assert_eq!(encode("é", "utf-8", "strict").repr_text(), "b'\\xc3\\xa9'");
        assert!(try_encode("é", "ascii", "strict").is_err());
        assert_eq!(bytes_from_hex("61 62").decode("utf-8", "strict"), "ab");
        assert_eq!(Bytes::from(b"a,b,").split_at_each(b",", -1).len(), 3);
    }
}
