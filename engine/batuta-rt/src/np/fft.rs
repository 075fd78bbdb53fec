//! Discrete Fourier transforms: mixed radix, in NumPy's order of factors, so that the bits agree where the factors are 2, 3, 5, 7 and 11.

use super::errors::{Outcome, raising, value_error};
use super::operand::try_axis;
use crate::py::Complex;
use ndarray::{Array, Array1, ArrayBase, Axis, Data, Dimension};

const HALF_ROOT: f64 = std::f64::consts::FRAC_1_SQRT_2;

/// `exp(2πi k/n)` for all k, as products of two short tables.
struct Roots {
    count: usize,
    mask: usize,
    shift: usize,
    fine: Vec<Complex>,
    coarse: Vec<Complex>,
}

impl Roots {
    fn new(count: usize) -> Roots {
        let angle = eighth_of(count);
        let needed = count.div_ceil(2) + usize::from(count.is_multiple_of(2));
        let mut shift = 1;
        while (1 << shift) * (1 << shift) < needed {
            shift += 1;
        }
        let mask = (1 << shift) - 1;
        let fine = (0..=mask).map(|place| root(place, count, angle)).collect();
        let coarse = (0..needed.div_ceil(mask + 1))
            .map(|place| root(place * (mask + 1), count, angle))
            .collect();
        Roots {
            count,
            mask,
            shift,
            fine,
            coarse,
        }
    }

    fn at(&self, place: usize) -> Complex {
        if 2 * place > self.count {
            return self.at(self.count - place).conjugate();
        }
        self.fine[place & self.mask] * self.coarse[place >> self.shift]
    }
}

/// π/4 divided by a count, to the last bit.
fn eighth_of(count: usize) -> f64 {
    // What π is longer than its nearest double.
    const REST: f64 = 1.224_646_799_147_353_2e-16;
    let whole = 4.0 * count as f64;
    let near = std::f64::consts::PI / whole;
    near + ((-near).mul_add(whole, std::f64::consts::PI) + REST) / whole
}

/// One root of unity, from an angle of at most an eighth of the circle.
fn root(place: usize, count: usize, angle: f64) -> Complex {
    let eighths = 8 * (place % count);
    let of = |distance: usize| {
        let turned = distance as f64 * angle;
        (turned.cos(), turned.sin())
    };
    if eighths < 4 * count {
        if eighths < 2 * count {
            if eighths < count {
                let (cos, sin) = of(eighths);
                return Complex::new(cos, sin);
            }
            let (cos, sin) = of(2 * count - eighths);
            return Complex::new(sin, cos);
        }
        let rest = eighths - 2 * count;
        if rest < count {
            let (cos, sin) = of(rest);
            return Complex::new(-sin, cos);
        }
        let (cos, sin) = of(2 * count - rest);
        return Complex::new(-cos, sin);
    }
    let mirrored = 8 * count - eighths;
    if mirrored < 2 * count {
        if mirrored < count {
            let (cos, sin) = of(mirrored);
            return Complex::new(cos, -sin);
        }
        let (cos, sin) = of(2 * count - mirrored);
        return Complex::new(sin, -cos);
    }
    let rest = mirrored - 2 * count;
    if rest < count {
        let (cos, sin) = of(rest);
        return Complex::new(-sin, -cos);
    }
    let (cos, sin) = of(2 * count - rest);
    Complex::new(-cos, -sin)
}

/// The radices in the order in which the passes take them.
fn factors(mut rest: usize) -> Vec<usize> {
    let mut found = Vec::new();
    for radix in [8, 4] {
        while rest.is_multiple_of(radix) {
            found.push(radix);
            rest /= radix;
        }
    }
    if rest.is_multiple_of(2) {
        rest /= 2;
        found.push(2);
        let last = found.len() - 1;
        found.swap(0, last);
    }
    let mut divisor = 3;
    while divisor * divisor <= rest {
        while rest.is_multiple_of(divisor) {
            found.push(divisor);
            rest /= divisor;
        }
        divisor += 2;
    }
    if rest > 1 {
        found.push(rest);
    }
    found
}

/// The direction of a transform.
#[derive(Clone, Copy)]
struct Direction {
    forward: bool,
}

impl Direction {
    /// `z * w`, with the conjugate of `w` forward.
    fn turn(self, z: Complex, w: Complex) -> Complex {
        if self.forward {
            Complex::new(z.re * w.re + z.im * w.im, z.im * w.re - z.re * w.im)
        } else {
            Complex::new(z.re * w.re - z.im * w.im, z.re * w.im + z.im * w.re)
        }
    }

    /// A quarter of a turn.
    fn quarter(self, z: Complex) -> Complex {
        if self.forward {
            Complex::new(z.im, -z.re)
        } else {
            Complex::new(-z.im, z.re)
        }
    }

    /// An eighth of a turn.
    fn eighth(self, z: Complex) -> Complex {
        if self.forward {
            Complex::new(HALF_ROOT * (z.re + z.im), HALF_ROOT * (z.im - z.re))
        } else {
            Complex::new(HALF_ROOT * (z.re - z.im), HALF_ROOT * (z.im + z.re))
        }
    }

    /// Three eighths of a turn.
    fn three_eighths(self, z: Complex) -> Complex {
        if self.forward {
            Complex::new(HALF_ROOT * (z.im - z.re), HALF_ROOT * (-z.re - z.im))
        } else {
            Complex::new(HALF_ROOT * (-z.re - z.im), HALF_ROOT * (z.re - z.im))
        }
    }

    /// The transform of a few numbers.
    fn butterfly(self, x: &[Complex], out: &mut [Complex], unit: &[Complex]) {
        match x.len() {
            2 => {
                out[0] = x[0] + x[1];
                out[1] = x[0] - x[1];
            }
            4 => {
                let (even, odd) = ((x[0] + x[2], x[0] - x[2]), (x[1] + x[3], x[1] - x[3]));
                let turned = self.quarter(odd.1);
                (out[0], out[2]) = (even.0 + odd.0, even.0 - odd.0);
                (out[1], out[3]) = (even.1 + turned, even.1 - turned);
            }
            8 => {
                let (a1, a5) = (x[1] + x[5], x[1] - x[5]);
                let (a3, a7) = (x[3] + x[7], self.quarter(x[3] - x[7]));
                let (a1, a3) = (a1 + a3, self.quarter(a1 - a3));
                let (a5, a7) = (self.eighth(a5 + a7), self.three_eighths(a5 - a7));
                let (a0, a4) = (x[0] + x[4], x[0] - x[4]);
                let (a2, a6) = (x[2] + x[6], self.quarter(x[2] - x[6]));
                (out[0], out[4]) = ((a0 + a2) + a1, (a0 + a2) - a1);
                (out[2], out[6]) = ((a0 - a2) + a3, (a0 - a2) - a3);
                (out[1], out[5]) = ((a4 + a6) + a5, (a4 + a6) - a5);
                (out[3], out[7]) = ((a4 - a6) + a7, (a4 - a6) - a7);
            }
            radix => self.odd(x, out, unit, radix),
        }
    }

    /// An odd radix: pairs of numbers from both ends, each with the cosines and sines of its multiples.
    fn odd(self, x: &[Complex], out: &mut [Complex], unit: &[Complex], radix: usize) {
        let half = radix / 2;
        let sums: Vec<Complex> = (1..=half).map(|k| x[k] + x[radix - k]).collect();
        let differences: Vec<Complex> = (1..=half).map(|k| x[k] - x[radix - k]).collect();
        out[0] = sums.iter().fold(x[0], |total, &each| total + each);
        for place in 1..=half {
            let mut level = x[0];
            let (mut across, mut along) = (0.0, 0.0);
            for k in 1..=half {
                let w = unit[place * k % radix];
                let sine = if self.forward { -w.im } else { w.im };
                level = Complex::new(
                    level.re + w.re * sums[k - 1].re,
                    level.im + w.re * sums[k - 1].im,
                );
                if k == 1 {
                    (across, along) = (sine * differences[0].im, sine * differences[0].re);
                } else {
                    across += sine * differences[k - 1].im;
                    along += sine * differences[k - 1].re;
                }
            }
            let turned = Complex::new(-across, along);
            out[place] = level + turned;
            out[radix - place] = level - turned;
        }
    }
}

/// The transform of a row of numbers, without a scale.
fn transform(items: &[Complex], forward: bool) -> Vec<Complex> {
    let length = items.len();
    let direction = Direction { forward };
    let roots = Roots::new(length.max(1));
    let mut from = items.to_vec();
    let mut to = vec![Complex::default(); length];
    let mut done = 1;
    for radix in factors(length) {
        let inner = length / (done * radix);
        let unit: Vec<Complex> = match radix {
            2 | 4 | 8 => Vec::new(),
            _ => (0..radix).map(|place| roots_of(radix, place)).collect(),
        };
        let mut group = vec![Complex::default(); radix];
        let mut made = vec![Complex::default(); radix];
        for block in 0..done {
            for place in 0..inner {
                for (which, value) in group.iter_mut().enumerate() {
                    *value = from[place + inner * (which + radix * block)];
                }
                direction.butterfly(&group, &mut made, &unit);
                for (which, &value) in made.iter().enumerate() {
                    let turned = if which == 0 || place == 0 {
                        value
                    } else {
                        direction.turn(value, roots.at(which * done * place))
                    };
                    to[place + inner * (block + done * which)] = turned;
                }
            }
        }
        std::mem::swap(&mut from, &mut to);
        done *= radix;
    }
    from
}

/// The roots of unity of an odd radix: the small ones to the last bit.
fn roots_of(radix: usize, place: usize) -> Complex {
    let known: &[(f64, f64)] = match radix {
        3 => &[(-0.5, 0.8660254037844386)],
        5 => &[
            (0.30901699437494745, 0.9510565162951535),
            (-0.8090169943749475, 0.5877852522924731),
        ],
        7 => &[
            (0.6234898018587335, 0.7818314824680298),
            (-0.2225209339563144, 0.9749279121818236),
            (-0.9009688679024191, 0.4338837391175581),
        ],
        11 => &[
            (0.8412535328311812, 0.5406408174555976),
            (0.41541501300188644, 0.9096319953545183),
            (-0.14231483827328514, 0.9898214418809327),
            (-0.6548607339452851, 0.7557495743542583),
            (-0.9594929736144974, 0.28173255684142967),
        ],
        _ => return root(place, radix, eighth_of(radix)),
    };
    if place == 0 {
        Complex::new(1.0, 0.0)
    } else if place <= radix / 2 {
        let (cos, sin) = known[place - 1];
        Complex::new(cos, sin)
    } else {
        roots_of(radix, radix - place).conjugate()
    }
}

/// What a transform is multiplied by, from `norm=`.
fn scale(length: usize, forward: bool, norm: &str) -> Outcome<f64> {
    match (norm, forward) {
        ("backward", true) | ("forward", false) => Ok(1.0),
        ("backward", false) | ("forward", true) => Ok(1.0 / length as f64),
        ("ortho", _) => Ok(1.0 / (length as f64).sqrt()),
        _ => Err(value_error(format!(
            "Invalid norm value {norm}; should be \"backward\",\"ortho\" or \"forward\"."
        ))),
    }
}

fn counted(n: Option<i64>, length: usize) -> Outcome<usize> {
    let n = n.unwrap_or(length as i64);
    if n < 1 {
        return Err(value_error(format!(
            "Invalid number of FFT data points ({n}) specified."
        )));
    }
    Ok(n as usize)
}

fn scaled(items: Vec<Complex>, factor: f64) -> Vec<Complex> {
    if factor == 1.0 {
        return items;
    }
    items
        .into_iter()
        .map(|z| Complex::new(z.re * factor, z.im * factor))
        .collect()
}

/// Each row along an axis, made into another row.
fn along<T: Clone, U: Clone + Default, S: Data<Elem = T>, D: Dimension>(
    x: &ArrayBase<S, D>,
    axis: usize,
    length: usize,
    make: impl Fn(Vec<T>) -> Vec<U>,
) -> Array<U, D> {
    let mut shape = x.raw_dim();
    shape[axis] = length;
    let mut result = Array::from_elem(shape, U::default());
    for (mut target, lane) in result
        .lanes_mut(Axis(axis))
        .into_iter()
        .zip(x.lanes(Axis(axis)))
    {
        for (place, value) in target.iter_mut().zip(make(lane.iter().cloned().collect())) {
            *place = value;
        }
    }
    result
}

raising! {
    /// `np.fft.fft(x, n, axis, norm)`, or its inverse.
    pub fn fft / try_fft [S: Data<Elem = Complex>, D: Dimension](x: &ArrayBase<S, D>, n: Option<i64>, axis: i64, forward: bool, norm: &str) -> Array<Complex, D> {
        let axis = try_axis(axis, x.ndim())?;
        let length = counted(n, x.shape()[axis])?;
        let factor = scale(length, forward, norm)?;
        Ok(along(x, axis, length, |mut row| {
            row.resize(length, Complex::default());
            scaled(transform(&row, forward), factor)
        }))
    }

    /// `np.fft.rfft(x, n, axis, norm)`: the first half of the transform of real numbers.
    pub fn rfft / try_rfft [S: Data<Elem = f64>, D: Dimension](x: &ArrayBase<S, D>, n: Option<i64>, axis: i64, norm: &str) -> Array<Complex, D> {
        let axis = try_axis(axis, x.ndim())?;
        let length = counted(n, x.shape()[axis])?;
        let factor = scale(length, true, norm)?;
        Ok(along(x, axis, length / 2 + 1, |mut row| {
            row.resize(length, 0.0);
            let mut made = super::real_fft::forward(&row);
            made.truncate(length / 2 + 1);
            scaled(made, factor)
        }))
    }

    /// `np.fft.irfft(x, n, axis, norm)`: the real numbers whose transform begins with these.
    pub fn irfft / try_irfft [S: Data<Elem = Complex>, D: Dimension](x: &ArrayBase<S, D>, n: Option<i64>, axis: i64, norm: &str) -> Array<f64, D> {
        let axis = try_axis(axis, x.ndim())?;
        let length = counted(Some(n.unwrap_or(2 * (x.shape()[axis] as i64 - 1))), 0)?;
        let factor = scale(length, false, norm)?;
        Ok(along(x, axis, length, |mut half| {
            half.resize(length / 2 + 1, Complex::default());
            let made = super::real_fft::backward(&half, length);
            made.into_iter().map(|value| if factor == 1.0 { value } else { value * factor }).collect()
        }))
    }

    /// `np.fft.fftfreq(n, d)`.
    pub fn fftfreq / try_fftfreq [](n: i64, d: f64) -> Array1<f64> {
        if n == 0 || d == 0.0 {
            return Err(crate::py::Exception::new("ZeroDivisionError", "float division by zero"));
        }
        let step = 1.0 / (n as f64 * d);
        let positive = (n - 1) / 2 + 1;
        Ok((0..positive).chain(-(n / 2)..0).map(|place| place as f64 * step).collect())
    }

    /// `np.fft.rfftfreq(n, d)`.
    pub fn rfftfreq / try_rfftfreq [](n: i64, d: f64) -> Array1<f64> {
        if n == 0 || d == 0.0 {
            return Err(crate::py::Exception::new("ZeroDivisionError", "float division by zero"));
        }
        let step = 1.0 / (n as f64 * d);
        Ok((0..n / 2 + 1).map(|place| place as f64 * step).collect())
    }
}

/// The transform along all numbers of a vector, for `real_fft`.
pub(super) fn of_row(items: &[Complex], forward: bool) -> Vec<Complex> {
    transform(items, forward)
}

/// The roots of unity of a length, for `real_fft`.
pub(super) fn unit_roots(length: usize) -> impl Fn(usize) -> Complex {
    let roots = Roots::new(length.max(1));
    move |place| roots.at(place)
}

/// `np.fft.fft2`, `fftn` and their inverses: one transform for each axis, the last one first.
pub fn fft_axes<S: Data<Elem = Complex>, D: Dimension>(
    x: &ArrayBase<S, D>,
    axes: &[i64],
    forward: bool,
    norm: &str,
) -> Array<Complex, D> {
    let mut result = x.to_owned();
    for &axis in axes.iter().rev() {
        result = fft(&result, None, axis, forward, norm);
    }
    result
}

/// `np.fft.fftshift(x, axes)`, or back.
pub fn fft_shift<T: super::element::Element, S: Data<Elem = T>, D: Dimension>(
    x: &ArrayBase<S, D>,
    axes: &[i64],
    back: bool,
) -> Array<T, D> {
    let mut result = super::creation::copy(x);
    for &axis in axes {
        let length = super::shape::length(x, axis);
        let shift = length / 2;
        result = super::shape::roll_axis(&result, if back { -shift } else { shift }, axis);
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn a_transform_and_back() {
        for length in [1, 2, 3, 4, 5, 7, 8, 12, 17, 30, 64, 97, 100] {
            let x: Array1<Complex> = (0..length)
                .map(|k| Complex::new(k as f64 * 0.5 - 1.0, (k * k % 7) as f64))
                .collect();
            let there = fft(&x, None, -1, true, "backward");
            let slow: Vec<Complex> = (0..length)
                .map(|k| {
                    (0..length).fold(Complex::default(), |sum, j| {
                        sum + x[j] * roots_of(length, k * j % length).conjugate()
                    })
                })
                .collect();
            for (fast, slow) in there.iter().zip(&slow) {
                assert!((*fast - *slow).abs() < 1e-9, "{length}: {fast:?} {slow:?}");
            }
            let back = fft(&there, None, 0, false, "backward");
            for (one, other) in back.iter().zip(&x) {
                assert!((*one - *other).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn frequencies() {
        assert_eq!(fftfreq(4, 0.5), array![0.0, 0.5, -1.0, -0.5]);
        assert_eq!(rfftfreq(5, 1.0), array![0.0, 0.2, 0.4]);
    }
}
