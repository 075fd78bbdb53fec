//! Arrays and NumPy scalars as text, to the character.

use super::element::{Element, Number};
use ndarray::{ArrayBase, ArrayViewD, Axis, Data, Dimension};
use std::cell::RefCell;
use std::rc::Rc;

/// How many digits a float shows: `floatmode`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum FloatMode {
    /// At most `precision` digits.
    Maxprec,
    /// Always `precision` digits.
    Fixed,
    /// As many as tell it from other floats.
    Unique,
    /// As many as the item with the most, at most `precision`.
    MaxprecEqual,
}

/// A function of the program that shows a number.
type Formatter<T> = Rc<dyn Fn(&T) -> String>;

/// What `np.set_printoptions` sets.
#[derive(Clone)]
pub struct PrintOptions {
    precision: usize,
    suppress: bool,
    threshold: usize,
    edgeitems: usize,
    linewidth: usize,
    mode: FloatMode,
    /// `+`: a sign before every number; a space: room for one.
    sign: char,
    nan: String,
    infinity: String,
    floats: Option<Formatter<f64>>,
    ints: Option<Formatter<i64>>,
}

impl Default for PrintOptions {
    fn default() -> Self {
        PrintOptions {
            precision: 8,
            suppress: false,
            threshold: 1000,
            edgeitems: 3,
            linewidth: 75,
            mode: FloatMode::Maxprec,
            sign: '-',
            nan: "nan".to_string(),
            infinity: "inf".to_string(),
            floats: None,
            ints: None,
        }
    }
}

thread_local! {
    static OPTIONS: RefCell<PrintOptions> = RefCell::new(PrintOptions::default());
}

/// The options in force.
pub fn print_options() -> PrintOptions {
    OPTIONS.with_borrow(Clone::clone)
}

fn count(value: i64) -> usize {
    usize::try_from(value).unwrap_or(0)
}

/// What is None stays as it is.
impl PrintOptions {
    /// `precision=`.
    pub fn precision(mut self, digits: impl Into<Option<i64>>) -> Self {
        self.precision = digits.into().map_or(self.precision, count);
        self
    }

    /// `threshold=`.
    pub fn threshold(mut self, items: impl Into<Option<i64>>) -> Self {
        self.threshold = items.into().map_or(self.threshold, count);
        self
    }

    /// `edgeitems=`.
    pub fn edgeitems(mut self, items: impl Into<Option<i64>>) -> Self {
        self.edgeitems = items.into().map_or(self.edgeitems, count);
        self
    }

    /// `linewidth=` or `max_line_width=`.
    pub fn linewidth(mut self, width: impl Into<Option<i64>>) -> Self {
        self.linewidth = width.into().map_or(self.linewidth, count);
        self
    }

    /// `suppress=` or `suppress_small=`.
    pub fn suppress(mut self, small: impl Into<Option<bool>>) -> Self {
        self.suppress = small.into().unwrap_or(self.suppress);
        self
    }

    /// `floatmode=`.
    pub fn floatmode(mut self, mode: &str) -> Self {
        self.mode = match mode {
            "fixed" => FloatMode::Fixed,
            "unique" => FloatMode::Unique,
            "maxprec_equal" => FloatMode::MaxprecEqual,
            _ => FloatMode::Maxprec,
        };
        self
    }

    /// `sign=`.
    pub fn sign(mut self, sign: &str) -> Self {
        self.sign = sign.chars().next().unwrap_or('-');
        self
    }

    /// `nanstr=`.
    pub fn nanstr(mut self, text: &str) -> Self {
        self.nan = text.to_string();
        self
    }

    /// `infstr=`.
    pub fn infstr(mut self, text: &str) -> Self {
        self.infinity = text.to_string();
        self
    }

    /// `formatter={"float_kind": …}`.
    pub fn floats(mut self, text: impl Fn(&f64) -> String + 'static) -> Self {
        self.floats = Some(Rc::new(text));
        self
    }

    /// `formatter={"int_kind": …}`.
    pub fn ints(mut self, text: impl Fn(&i64) -> String + 'static) -> Self {
        self.ints = Some(Rc::new(text));
        self
    }

    /// `np.set_printoptions(...)`: from now on these are in force.
    pub fn set(mut self, floats: bool, ints: bool) {
        // A call that names no formatter takes away the ones before.
        if !floats {
            self.floats = None;
        }
        if !ints {
            self.ints = None;
        }
        OPTIONS.with_borrow_mut(|options| *options = self);
    }

    /// `np.array2string(x, …)`.
    pub fn text<T: Printed, S: Data<Elem = T>, D: Dimension>(
        &self,
        x: &ArrayBase<S, D>,
        separator: &str,
        prefix: &str,
        suffix: &str,
    ) -> String {
        let (before, after) = (prefix.chars().count(), suffix.chars().count());
        text_of(x.view().into_dyn(), self, separator, before, after)
    }
}

thread_local! {
    static KEPT: RefCell<Vec<PrintOptions>> = const { RefCell::new(Vec::new()) };
}

/// The start of a `with np.printoptions(...)` block.
pub fn push_printoptions() {
    KEPT.with_borrow_mut(|kept| kept.push(print_options()));
}

/// Its end: the options are what they were.
pub fn pop_printoptions() {
    if let Some(options) = KEPT.with_borrow_mut(Vec::pop) {
        OPTIONS.with_borrow_mut(|current| *current = options);
    }
}

/// An element that has a text form inside arrays.
pub trait Printed: Element {
    /// The dtype's text in a repr, where it is not implied by the items.
    fn dtype_text(items: &[Self]) -> Option<String>;
    /// The formatter that fits these items.
    fn formatter(items: &[Self], options: &PrintOptions) -> Box<dyn Fn(&Self) -> String>;
    /// `str()` of the scalar.
    fn plain(&self) -> String;
    /// `repr()` of the NumPy scalar.
    fn scalar_repr(&self) -> String;
}

macro_rules! integers {
    ($($type:ty, $implied:literal;)*) => {$(
        impl Printed for $type {
            fn dtype_text(_: &[Self]) -> Option<String> { (!$implied).then(|| Self::DTYPE.to_string()) }
            fn formatter(items: &[Self], options: &PrintOptions) -> Box<dyn Fn(&Self) -> String> {
                if let Some(own) = options.ints.clone() {
                    return Box::new(move |&value| own(&(value as i64)));
                }
                let sign = options.sign;
                let text = move |value: &Self| if sign == '+' { format!("{value:+}") } else { value.to_string() };
                let mut width = items.iter().map(|value| text(value).len()).max().unwrap_or(0);
                if sign == ' ' && items.iter().all(|value| !value.to_string().starts_with('-')) {
                    width += 1;
                }
                Box::new(move |value| format!("{:>width$}", text(value)))
            }
            fn plain(&self) -> String { self.to_string() }
            fn scalar_repr(&self) -> String { format!("np.{}({self})", Self::DTYPE) }
        }
    )*};
}
integers! { i64, true; i32, false; i16, false; i8, false; u8, false; u16, false; u32, false; u64, false; }

impl Printed for bool {
    fn dtype_text(_: &[Self]) -> Option<String> {
        None
    }
    fn formatter(_: &[Self], _: &PrintOptions) -> Box<dyn Fn(&Self) -> String> {
        Box::new(|&value| {
            if value {
                " True".to_string()
            } else {
                "False".to_string()
            }
        })
    }
    fn plain(&self) -> String {
        if *self {
            "True".to_string()
        } else {
            "False".to_string()
        }
    }
    fn scalar_repr(&self) -> String {
        format!("np.{}", self.plain())
    }
}

impl Printed for String {
    fn dtype_text(items: &[Self]) -> Option<String> {
        Some(format!(
            "'<U{}'",
            items
                .iter()
                .map(|text| text.chars().count())
                .max()
                .unwrap_or(0)
                .max(1)
        ))
    }
    fn formatter(_: &[Self], _: &PrintOptions) -> Box<dyn Fn(&Self) -> String> {
        Box::new(|text| quoted(text))
    }
    fn plain(&self) -> String {
        self.clone()
    }
    fn scalar_repr(&self) -> String {
        format!("np.str_({})", quoted(self))
    }
}

/// Python's repr of a str.
fn quoted(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') {
        '"'
    } else {
        '\''
    };
    let mut result = String::from(quote);
    for letter in text.chars() {
        match letter {
            '\\' => result.push_str("\\\\"),
            '\n' => result.push_str("\\n"),
            '\r' => result.push_str("\\r"),
            '\t' => result.push_str("\\t"),
            _ if letter == quote => {
                result.push('\\');
                result.push(letter);
            }
            _ if (letter as u32) < 32 || letter as u32 == 127 => {
                result.push_str(&format!("\\x{:02x}", letter as u32))
            }
            _ => result.push(letter),
        }
    }
    result.push(quote);
    result
}

/// What the float formatter needs to know of `f64` and `f32`.
trait Digits: Number {
    const LARGE: f64;
    fn shortest(self) -> String;
    fn fixed(self, precision: usize) -> String;
    fn shortest_exponent(self) -> String;
    fn fixed_exponent(self, precision: usize) -> String;
    fn negative_sign(self) -> bool;
}

macro_rules! digits {
    ($($type:ty, $large:literal, $implied:literal;)*) => {$(
        impl Digits for $type {
            const LARGE: f64 = $large;
            fn shortest(self) -> String { format!("{self}") }
            fn fixed(self, precision: usize) -> String { format!("{self:.precision$}") }
            fn shortest_exponent(self) -> String { format!("{self:e}") }
            fn fixed_exponent(self, precision: usize) -> String { format!("{self:.precision$e}") }
            fn negative_sign(self) -> bool { self.is_sign_negative() }
        }
        impl Printed for $type {
            fn dtype_text(_: &[Self]) -> Option<String> { (!$implied).then(|| Self::DTYPE.to_string()) }
            fn formatter(items: &[Self], options: &PrintOptions) -> Box<dyn Fn(&Self) -> String> { float_formatter(items, options) }
            fn plain(&self) -> String { float_text(*self) }
            fn scalar_repr(&self) -> String { format!("np.{}({})", Self::DTYPE, float_text(*self)) }
        }
    )*};
}
digits! { f64, 1e8, true; f32, 1e6, false; }

/// `str()` of a float: the shortest digits, an exponent below 1e-4 and from 1e16 on.
fn float_text<T: Digits>(value: T) -> String {
    if value.is_nan() {
        return "nan".to_string();
    }
    if !value.is_finite() {
        return if value.negative_sign() {
            "-inf".to_string()
        } else {
            "inf".to_string()
        };
    }
    let size = value.to_f64().abs();
    if size != 0.0 && !(1e-4..1e16).contains(&size) {
        let (mantissa, exponent) = split_exponent(&value.shortest_exponent());
        return format!("{}{}", mantissa, exponent_text(exponent, 2));
    }
    let text = value.shortest();
    if text.contains('.') {
        text
    } else {
        format!("{text}.0")
    }
}

fn split_exponent(text: &str) -> (String, i64) {
    let (mantissa, exponent) = text.split_once('e').expect("an exponent");
    (mantissa.to_string(), exponent.parse().expect("a number"))
}

fn exponent_text(exponent: i64, width: usize) -> String {
    format!(
        "e{}{:0width$}",
        if exponent < 0 { '-' } else { '+' },
        exponent.abs()
    )
}

/// The parts before and after the point, at most `precision` digits after it, without trailing zeros.
fn positional<T: Digits>(value: T, precision: usize, fixed: bool) -> (String, String) {
    let mut text = value.shortest();
    let shown = text
        .split_once('.')
        .map_or(0, |(_, fraction)| fraction.len());
    if fixed || shown > precision {
        text = value.fixed(precision);
    }
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    (
        whole.to_string(),
        if fixed {
            fraction
        } else {
            fraction.trim_end_matches('0')
        }
        .to_string(),
    )
}

fn scientific<T: Digits>(value: T, precision: usize, fixed: bool) -> (String, String, i64) {
    let mut text = value.shortest_exponent();
    let shown = text
        .split_once('e')
        .and_then(|(mantissa, _)| mantissa.split_once('.'))
        .map_or(0, |(_, fraction)| fraction.len());
    if fixed || shown > precision {
        text = value.fixed_exponent(precision);
    }
    let (mantissa, exponent) = split_exponent(&text);
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((&mantissa, ""));
    (
        whole.to_string(),
        if fixed {
            fraction
        } else {
            fraction.trim_end_matches('0')
        }
        .to_string(),
        exponent,
    )
}

/// The formatter of imaginary parts: each with its sign.
pub(super) fn signed_formatter(
    items: &[f64],
    options: &PrintOptions,
) -> Box<dyn Fn(&f64) -> String> {
    let digits = float_formatter(
        &items.iter().map(|value| value.abs()).collect::<Vec<f64>>(),
        options,
    );
    // The signs stand in a column before the digits, which NumPy pads together.
    Box::new(move |value| {
        let text = digits(&value.abs());
        let bare = text.trim_start();
        let sign = if value.is_sign_negative() && !value.is_nan() {
            '-'
        } else {
            '+'
        };
        format!("{}{sign}{bare}", " ".repeat(text.len() - bare.len()))
    })
}

fn float_formatter<T: Digits>(items: &[T], options: &PrintOptions) -> Box<dyn Fn(&T) -> String> {
    if let Some(own) = options.floats.clone() {
        return Box::new(move |value| own(&value.to_f64()));
    }
    let finite: Vec<T> = items
        .iter()
        .copied()
        .filter(|value| value.is_finite())
        .collect();
    let sizes = || {
        finite
            .iter()
            .map(|value| value.to_f64().abs())
            .filter(|&size| size != 0.0)
    };
    let largest = sizes().fold(0.0, f64::max);
    let smallest = sizes().fold(f64::INFINITY, f64::min);
    let exponential = largest > 0.0
        && (largest >= T::LARGE
            || (!options.suppress
                && (smallest < 0.0001 || T::from_f64(largest / smallest).to_f64() > 1000.0)));
    let fixed = options.mode == FloatMode::Fixed;
    let precision = if options.mode == FloatMode::Unique {
        usize::MAX
    } else {
        options.precision
    };
    let plus = options.sign == '+';
    let signed = move |whole: String| {
        if plus && !whole.starts_with('-') {
            format!("+{whole}")
        } else {
            whole
        }
    };
    let (mut left, right, digits, exponent_width);
    if finite.is_empty() {
        (left, right, digits, exponent_width) = (0, 0, 0, 0);
    } else if exponential {
        let parts: Vec<_> = finite
            .iter()
            .map(|&value| scientific(value, precision, fixed))
            .collect();
        digits = parts.iter().map(|part| part.1.len()).max().unwrap_or(0);
        exponent_width = parts
            .iter()
            .map(|part| part.2.abs().to_string().len().max(2))
            .max()
            .unwrap_or(2);
        left = parts
            .into_iter()
            .map(|part| signed(part.0).len())
            .max()
            .unwrap_or(0);
        right = exponent_width + 1 + 2 + digits - 1;
    } else {
        let parts: Vec<_> = finite
            .iter()
            .map(|&value| positional(value, precision, fixed))
            .collect();
        right = parts.iter().map(|part| part.1.len()).max().unwrap_or(0);
        left = parts
            .into_iter()
            .map(|part| signed(part.0).len())
            .max()
            .unwrap_or(0);
        (digits, exponent_width) = (right, 0);
    }
    if options.sign == ' ' && !finite.iter().any(|value| value.negative_sign()) {
        left += 1;
    }
    if finite.len() != items.len() {
        let negative = options.sign != '-'
            || items
                .iter()
                .any(|value| !value.is_finite() && !value.is_nan() && value.negative_sign());
        let offset = right as i64 + 1;
        left = (left as i64)
            .max(options.nan.chars().count() as i64 - offset)
            .max(options.infinity.chars().count() as i64 + negative as i64 - offset)
            .max(0) as usize;
    }
    let equal = options.mode == FloatMode::MaxprecEqual;
    let (nan, infinity) = (options.nan.clone(), options.infinity.clone());
    Box::new(move |&value| {
        if !value.is_finite() {
            let text = if value.is_nan() { &nan } else { &infinity };
            let sign = if !value.is_nan() && value.negative_sign() {
                "-"
            } else if plus {
                "+"
            } else {
                ""
            };
            return format!(
                "{:>width$}",
                format!("{sign}{text}"),
                width = left + right + 1
            );
        }
        if exponential {
            let (whole, mut fraction, exponent) = scientific(value, digits, fixed);
            while fraction.len() < digits {
                fraction.push('0');
            }
            return format!(
                "{:>left$}.{fraction}{}",
                signed(whole),
                exponent_text(exponent, exponent_width)
            );
        }
        let (whole, mut fraction) = positional(value, precision, fixed);
        while equal && fraction.len() < digits {
            fraction.push('0');
        }
        format!("{:>left$}.{fraction:<right$}", signed(whole))
    })
}

/// The positions along an axis that a summary shows.
fn edges(length: usize, edgeitems: usize) -> Vec<usize> {
    if length > 2 * edgeitems {
        (0..edgeitems).chain(length - edgeitems..length).collect()
    } else {
        (0..length).collect()
    }
}

fn corners<T: Clone>(view: ArrayViewD<'_, T>, edgeitems: usize, result: &mut Vec<T>) {
    if view.ndim() == 0 {
        result.extend(view.iter().cloned());
        return;
    }
    for position in edges(view.shape()[0], edgeitems) {
        corners(view.index_axis(Axis(0), position), edgeitems, result);
    }
}

struct Layout<'a, T> {
    format: Box<dyn Fn(&T) -> String>,
    separator: &'a str,
    summary: bool,
    edgeitems: usize,
}

impl<T> Layout<'_, T> {
    /// One bracketed block. Lines wrap at `width`; wrapped lines and inner blocks start with `indent`.
    fn block(&self, view: ArrayViewD<'_, T>, indent: &str, width: usize) -> String {
        if view.ndim() == 0 {
            return (self.format)(view.iter().next().expect("one item"));
        }
        let length = view.shape()[0];
        let shortened = self.summary && length > 2 * self.edgeitems;
        let deeper = format!("{indent} ");
        let inner_width = width.saturating_sub(1);
        let word =
            |position: usize| self.block(view.index_axis(Axis(0), position), &deeper, inner_width);
        let (leading, trailing) = if shortened {
            (self.edgeitems, self.edgeitems)
        } else {
            (0, length)
        };
        let mut words: Vec<String> = (0..leading).map(word).collect();
        if shortened {
            words.push("...".to_string());
        }
        words.extend((length - trailing..length).map(word));
        let mut text = String::new();
        if view.ndim() == 1 {
            let limit = width as i64 - (self.separator.trim_end().chars().count().max(1) as i64);
            let mut line = indent.to_string();
            for (position, word) in words.iter().enumerate() {
                let too_long = line.chars().count() + word.chars().count() > limit.max(0) as usize;
                if too_long && line.len() > indent.len() {
                    text.push_str(line.trim_end());
                    text.push('\n');
                    line = indent.to_string();
                }
                line.push_str(word);
                if position + 1 < words.len() {
                    line.push_str(self.separator);
                }
            }
            text.push_str(&line);
        } else {
            let between = format!(
                "{}{}",
                self.separator.trim_end(),
                "\n".repeat(view.ndim() - 1)
            );
            for (position, word) in words.iter().enumerate() {
                text.push_str(indent);
                text.push_str(word);
                if position + 1 < words.len() {
                    text.push_str(&between);
                }
            }
        }
        format!("[{}]", &text[indent.len().min(text.len())..])
    }
}

fn text_of<T: Printed>(
    view: ArrayViewD<'_, T>,
    options: &PrintOptions,
    separator: &str,
    prefix: usize,
    suffix: usize,
) -> String {
    if view.is_empty() {
        return "[]".to_string();
    }
    let summary = view.len() > options.threshold;
    let mut shown = Vec::new();
    if summary {
        corners(view.clone(), options.edgeitems, &mut shown);
    } else {
        shown.extend(view.iter().cloned());
    }
    let layout = Layout {
        format: T::formatter(&shown, options),
        separator,
        summary,
        edgeitems: options.edgeitems,
    };
    layout.block(
        view,
        &" ".repeat(prefix + 1),
        options.linewidth.saturating_sub(suffix),
    )
}

/// `str(x)`.
pub fn to_text<T: Printed, S: Data<Elem = T>, D: Dimension>(x: &ArrayBase<S, D>) -> String {
    text_of(x.view().into_dyn(), &print_options(), " ", 0, 0)
}

/// `repr(x)`.
pub fn to_repr<T: Printed, S: Data<Elem = T>, D: Dimension>(x: &ArrayBase<S, D>) -> String {
    let options = print_options();
    let mut text = format!(
        "array({}",
        text_of(x.view().into_dyn(), &options, ", ", 6, 1)
    );
    let mut extras = Vec::new();
    if (x.is_empty() && x.shape() != [0]) || x.len() > options.threshold {
        extras.push(format!("shape={}", super::errors::shape_text(x.shape())));
    }
    let items: Vec<T> = x.iter().cloned().collect();
    match T::dtype_text(&items) {
        Some(dtype) => extras.push(format!("dtype={dtype}")),
        None if x.is_empty() => extras.push(format!("dtype={}", T::DTYPE)),
        None => {}
    }
    if extras.is_empty() {
        return text + ")";
    }
    text.push(',');
    let extra = extras.join(", ") + ")";
    let last_line = text.chars().count()
        - text
            .rfind('\n')
            .map_or(0, |position| text[..=position].chars().count());
    let spacer = if last_line + extra.len() + 1 > options.linewidth {
        "\n      "
    } else {
        " "
    };
    text + spacer + &extra
}

/// `repr` of a NumPy scalar, as it shows inside lists and dicts: `np.float64(1.0)`, `np.True_`.
pub fn scalar_repr<T: Printed>(value: &T) -> String {
    if T::DTYPE == "bool" {
        format!("{}_", value.scalar_repr())
    } else {
        value.scalar_repr()
    }
}

macro_rules! scalar_reprs {
    ($($name:ident: $type:ty;)*) => {$(
        #[doc = concat!("The repr of a NumPy scalar that is held as `", stringify!($type), "`.")]
        pub fn $name(value: $type) -> String {
            scalar_repr(&value)
        }
    )*};
}
scalar_reprs! {
    repr_scalar_float64: f64;
    repr_scalar_float32: f32;
    repr_scalar_int64: i64;
    repr_scalar_int32: i32;
    repr_scalar_int16: i16;
    repr_scalar_int8: i8;
    repr_scalar_uint8: u8;
    repr_scalar_uint16: u16;
    repr_scalar_uint32: u32;
    repr_scalar_uint64: u64;
    repr_scalar_bool: bool;
    repr_scalar_complex128: crate::py::Complex;
}

/// `str(x.dtype)` of an array of strings.
pub fn str_dtype<S: Data<Elem = String>, D: Dimension>(x: &ArrayBase<S, D>) -> String {
    format!(
        "<U{}",
        x.iter()
            .map(|text| text.chars().count())
            .max()
            .unwrap_or(0)
            .max(1)
    )
}

/// `np.format_float_positional(x, precision, trim="-")`-like text of one float for tables: `str(np.float64(x))`.
pub fn float64_text(value: f64) -> String {
    float_text(value)
}

/// The repr of a text taken out of an array of texts.
pub fn repr_scalar_str<T: AsRef<str> + ?Sized>(text: &T) -> String {
    format!("np.str_({})", crate::py::repr(text.as_ref()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Array1, Array3, array};

    #[test]
    fn floats_share_width_and_trim_zeros() {
        assert_eq!(to_text(&array![1.0, 2.5, -3.0]), "[ 1.   2.5 -3. ]");
        assert_eq!(to_text(&array![1e-10, 1.0]), "[1.e-10 1.e+00]");
        assert_eq!(
            to_text(&array![f64::NAN, 1.0, f64::INFINITY]),
            "[nan  1. inf]"
        );
        assert_eq!(
            to_repr(&array![[1.0, 2.0], [3.0, 4.5]]),
            "array([[1. , 2. ],\n       [3. , 4.5]])"
        );
        assert_eq!(to_text(&array![1.0 / 3.0]), "[0.33333333]");
    }

    #[test]
    fn other_kinds() {
        assert_eq!(to_text(&array![true, false]), "[ True False]");
        assert_eq!(
            to_repr(&array!["a".to_string(), "bc".to_string()]),
            "array(['a', 'bc'], dtype='<U2')"
        );
        assert_eq!(
            to_repr(&Array1::<f64>::zeros(0)),
            "array([], dtype=float64)"
        );
        assert_eq!(to_repr(&array![1i32, 20]), "array([ 1, 20], dtype=int32)");
        assert_eq!(
            to_text(&Array3::<i64>::zeros((2, 1, 2))),
            "[[[0 0]]\n\n [[0 0]]]"
        );
    }

    #[test]
    fn long_arrays_are_summarised_and_wrapped() {
        let long: Array1<i64> = (0..2000).collect();
        assert_eq!(to_text(&long), "[   0    1    2 ... 1997 1998 1999]");
        let wide: Array1<i64> = (100..130).collect();
        assert_eq!(to_text(&wide).lines().next().unwrap().len(), 72);
    }

    #[test]
    fn scalars_show_their_type_in_containers() {
        assert_eq!(scalar_repr(&1.0), "np.float64(1.0)");
        assert_eq!(scalar_repr(&true), "np.True_");
        assert_eq!(scalar_repr(&1e16), "np.float64(1e+16)");
    }
}
