//! Transforms of real numbers, whose second half mirrors the first: half the work, and other last bits than the complex transform.
//!
//! Lengths whose factors are 2, 3, 4 and 5 are computed in real passes; any other length goes through the complex transform.

use super::fft::{of_row, unit_roots};
use crate::py::Complex;

const HALF_ROOT: f64 = std::f64::consts::FRAC_1_SQRT_2;
const SIN_THIRD: f64 = 0.866_025_403_784_438_6;
const COS_FIFTH: f64 = 0.309_016_994_374_947_45;
const SIN_FIFTH: f64 = 0.951_056_516_295_153_5;
const COS_TWO_FIFTHS: f64 = -0.809_016_994_374_947_5;
const SIN_TWO_FIFTHS: f64 = 0.587_785_252_292_473_1;

/// The radices, or None where one is not among those of the real passes.
fn factors(mut rest: usize) -> Option<Vec<usize>> {
    let mut found = Vec::new();
    while rest.is_multiple_of(4) {
        found.push(4);
        rest /= 4;
    }
    if rest.is_multiple_of(2) {
        rest /= 2;
        found.push(2);
        let last = found.len() - 1;
        found.swap(0, last);
    }
    for radix in [3, 5] {
        while rest.is_multiple_of(radix) {
            found.push(radix);
            rest /= radix;
        }
    }
    (rest == 1).then_some(found)
}

/// The first half of the transform (at least).
pub(super) fn forward(items: &[f64]) -> Vec<Complex> {
    let length = items.len();
    let Some(radices) = factors(length) else {
        let row: Vec<Complex> = items
            .iter()
            .map(|&value| Complex::new(value, 0.0))
            .collect();
        return of_row(&row, true);
    };
    let root = unit_roots(length);
    let mut from = items.to_vec();
    let mut to = vec![0.0; length];
    let mut groups = length;
    for &radix in radices.iter().rev() {
        let inner = length / groups;
        groups /= radix;
        let stride = groups;
        // The twiddle of member `which` at the pair that ends at `place`.
        let turn = |which: usize, place: usize| root(which * stride * (place / 2));
        for k in 0..groups {
            let at = |a: usize, which: usize| from[a + inner * (k + groups * which)];
            let mut put =
                |a: usize, which: usize, value: f64| to[a + inner * (which + radix * k)] = value;
            forward_pass(radix, inner, &at, &mut put, &turn);
        }
        std::mem::swap(&mut from, &mut to);
    }
    let mut made = vec![Complex::new(from[0], 0.0)];
    for place in (1..length).step_by(2) {
        let imaginary = if place + 1 < length {
            from[place + 1]
        } else {
            0.0
        };
        made.push(Complex::new(from[place], imaginary));
    }
    made
}

/// A pair turned back by a root of unity.
fn back(w: Complex, re: f64, im: f64) -> (f64, f64) {
    (w.re * re + w.im * im, w.re * im - w.im * re)
}

fn forward_pass(
    radix: usize,
    inner: usize,
    at: &impl Fn(usize, usize) -> f64,
    put: &mut impl FnMut(usize, usize, f64),
    turn: &impl Fn(usize, usize) -> Complex,
) {
    let last = inner - 1;
    match radix {
        2 => {
            put(0, 0, at(0, 0) + at(0, 1));
            put(last, 1, at(0, 0) - at(0, 1));
            if inner.is_multiple_of(2) {
                put(0, 1, -at(last, 1));
                put(last, 0, at(last, 0));
            }
        }
        3 => {
            let sum = at(0, 1) + at(0, 2);
            put(0, 0, at(0, 0) + sum);
            put(0, 2, SIN_THIRD * (at(0, 2) - at(0, 1)));
            put(last, 1, at(0, 0) + -0.5 * sum);
        }
        4 => {
            let (odd, across) = (at(0, 3) + at(0, 1), at(0, 3) - at(0, 1));
            put(0, 2, across);
            let (even, level) = (at(0, 0) + at(0, 2), at(0, 0) - at(0, 2));
            put(last, 1, level);
            put(0, 0, even + odd);
            put(last, 3, even - odd);
            if inner.is_multiple_of(2) {
                let ti = -HALF_ROOT * (at(last, 1) + at(last, 3));
                let tr = HALF_ROOT * (at(last, 1) - at(last, 3));
                put(last, 0, at(last, 0) + tr);
                put(last, 2, at(last, 0) - tr);
                put(0, 3, ti + at(last, 2));
                put(0, 1, ti - at(last, 2));
            }
        }
        _ => {
            let (cr2, ci5) = (at(0, 4) + at(0, 1), at(0, 4) - at(0, 1));
            let (cr3, ci4) = (at(0, 3) + at(0, 2), at(0, 3) - at(0, 2));
            put(0, 0, at(0, 0) + cr2 + cr3);
            put(last, 1, at(0, 0) + COS_FIFTH * cr2 + COS_TWO_FIFTHS * cr3);
            put(0, 2, SIN_FIFTH * ci5 + SIN_TWO_FIFTHS * ci4);
            put(last, 3, at(0, 0) + COS_TWO_FIFTHS * cr2 + COS_FIFTH * cr3);
            put(0, 4, SIN_TWO_FIFTHS * ci5 - SIN_FIFTH * ci4);
        }
    }
    for i in (2..inner).step_by(2) {
        let ic = inner - i;
        let turned = |which: usize| back(turn(which, i), at(i - 1, which), at(i, which));
        match radix {
            2 => {
                let (tr, ti) = turned(1);
                put(i - 1, 0, at(i - 1, 0) + tr);
                put(ic - 1, 1, at(i - 1, 0) - tr);
                put(i, 0, ti + at(i, 0));
                put(ic, 1, ti - at(i, 0));
            }
            3 => {
                let ((dr2, di2), (dr3, di3)) = (turned(1), turned(2));
                let (cr2, ci2) = (dr2 + dr3, di2 + di3);
                put(i - 1, 0, at(i - 1, 0) + cr2);
                put(i, 0, at(i, 0) + ci2);
                let (tr2, ti2) = (at(i - 1, 0) + -0.5 * cr2, at(i, 0) + -0.5 * ci2);
                let (tr3, ti3) = (SIN_THIRD * (di2 - di3), SIN_THIRD * (dr3 - dr2));
                put(i - 1, 2, tr2 + tr3);
                put(ic - 1, 1, tr2 - tr3);
                put(i, 2, ti3 + ti2);
                put(ic, 1, ti3 - ti2);
            }
            4 => {
                let ((cr2, ci2), (cr3, ci3), (cr4, ci4)) = (turned(1), turned(2), turned(3));
                let (tr1, tr4) = (cr4 + cr2, cr4 - cr2);
                let (ti1, ti4) = (ci2 + ci4, ci2 - ci4);
                let (tr2, tr3) = (at(i - 1, 0) + cr3, at(i - 1, 0) - cr3);
                let (ti2, ti3) = (at(i, 0) + ci3, at(i, 0) - ci3);
                put(i - 1, 0, tr2 + tr1);
                put(ic - 1, 3, tr2 - tr1);
                put(i, 0, ti1 + ti2);
                put(ic, 3, ti1 - ti2);
                put(i - 1, 2, tr3 + ti4);
                put(ic - 1, 1, tr3 - ti4);
                put(i, 2, tr4 + ti3);
                put(ic, 1, tr4 - ti3);
            }
            _ => {
                let ((dr2, di2), (dr3, di3)) = (turned(1), turned(2));
                let ((dr4, di4), (dr5, di5)) = (turned(3), turned(4));
                let (cr2, ci5) = (dr5 + dr2, dr5 - dr2);
                let (ci2, cr5) = (di2 + di5, di2 - di5);
                let (cr3, ci4) = (dr4 + dr3, dr4 - dr3);
                let (ci3, cr4) = (di3 + di4, di3 - di4);
                put(i - 1, 0, at(i - 1, 0) + cr2 + cr3);
                put(i, 0, at(i, 0) + ci2 + ci3);
                let tr2 = at(i - 1, 0) + COS_FIFTH * cr2 + COS_TWO_FIFTHS * cr3;
                let ti2 = at(i, 0) + COS_FIFTH * ci2 + COS_TWO_FIFTHS * ci3;
                let tr3 = at(i - 1, 0) + COS_TWO_FIFTHS * cr2 + COS_FIFTH * cr3;
                let ti3 = at(i, 0) + COS_TWO_FIFTHS * ci2 + COS_FIFTH * ci3;
                let (tr5, tr4) = (
                    cr5 * SIN_FIFTH + cr4 * SIN_TWO_FIFTHS,
                    cr5 * SIN_TWO_FIFTHS - cr4 * SIN_FIFTH,
                );
                let (ti5, ti4) = (
                    ci5 * SIN_FIFTH + ci4 * SIN_TWO_FIFTHS,
                    ci5 * SIN_TWO_FIFTHS - ci4 * SIN_FIFTH,
                );
                put(i - 1, 2, tr2 + tr5);
                put(ic - 1, 1, tr2 - tr5);
                put(i, 2, ti5 + ti2);
                put(ic, 1, ti5 - ti2);
                put(i - 1, 4, tr3 + tr4);
                put(ic - 1, 3, tr3 - tr4);
                put(i, 4, ti4 + ti3);
                put(ic, 3, ti4 - ti3);
            }
        }
    }
}

/// The real numbers of this length whose transform begins with `half`, without a scale.
pub(super) fn backward(half: &[Complex], length: usize) -> Vec<f64> {
    let mut whole = vec![Complex::default(); length];
    whole[0] = Complex::new(half[0].re, 0.0);
    for place in 1..=length / 2 {
        let mirrored = length - place;
        if mirrored == place {
            whole[place] = Complex::new(half[place].re, 0.0);
        } else {
            whole[place] = half[place];
            whole[mirrored] = half[place].conjugate();
        }
    }
    of_row(&whole, false).into_iter().map(|z| z.re).collect()
}
