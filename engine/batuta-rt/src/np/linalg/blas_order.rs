//! Products of vectors, and of matrices and vectors, with the additions in the order of OpenBLAS on processors with wide vectors.
//!
//! Floating-point sums depend on their order. NumPy hands these products to OpenBLAS, whose kernels add in lanes and fuse products into
//! sums; plain loops in the same order give the same bits.

use ndarray::{Array1, ArrayView1, ArrayView2};

/// Runs a loop with fused operations where the processor has them; elsewhere the C library computes each.
macro_rules! fused {
    ($(#[$doc:meta])* fn $name:ident / $wide:ident($($argument:ident: $type:ty),*) -> $out:ty $body:block) => {
        $(#[$doc])*
        fn $name($($argument: $type),*) -> $out {
            #[inline(always)]
            fn plain($($argument: $type),*) -> $out $body

            #[cfg(target_arch = "x86_64")]
            {
                #[target_feature(enable = "avx2,fma")]
                fn $wide($($argument: $type),*) -> $out {
                    plain($($argument),*)
                }
                if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
                    // SAFETY: the processor has what the function asks for.
                    return unsafe { $wide($($argument),*) };
                }
            }
            plain($($argument),*)
        }
    };
}

fused! {
    /// The product of two vectors: four sums of eight lanes, then of four, then one by one.
    fn dot_of / wide_dot(x: &[f64], y: &[f64]) -> f64 {
        let (blocks, whole) = (x.len() / 32 * 32, x.len() / 16 * 16);
        let mut dot = 0.0;
        if whole > 0 {
            let mut eight = [[0.0f64; 8]; 4];
            for (x, y) in x[..blocks].chunks_exact(32).zip(y[..blocks].chunks_exact(32)) {
                for (at, sum) in eight.iter_mut().flatten().enumerate() {
                    *sum = x[at].mul_add(y[at], *sum);
                }
            }
            let mut four = [[0.0f64; 4]; 4];
            for (four, eight) in four.iter_mut().zip(&eight) {
                for (lane, sum) in four.iter_mut().enumerate() {
                    *sum = eight[lane] + eight[lane + 4];
                }
            }
            for (x, y) in x[blocks..whole].chunks_exact(16).zip(y[blocks..whole].chunks_exact(16)) {
                for (at, sum) in four.iter_mut().flatten().enumerate() {
                    *sum = x[at].mul_add(y[at], *sum);
                }
            }
            let mut sums = four[0];
            for part in &four[1..] {
                for lane in 0..4 {
                    sums[lane] += part[lane];
                }
            }
            dot = (sums[0] + sums[2]) + (sums[1] + sums[3]);
        }
        for (x, y) in x[whole..].iter().zip(&y[whole..]) {
            dot = y.mul_add(*x, dot);
        }
        dot
    }
}

fused! {
    /// Each row (one after the other in `rows`) by the vector: rows in fours, then two, then one.
    fn rows_by_vector / wide_rows(rows: &[&[f64]], v: &[f64]) -> Vec<f64> {
        let (fours, whole) = (rows.len() / 4 * 4, v.len() / 4 * 4);
        let pairs = fours + (rows.len() & 2);
        rows.iter()
            .enumerate()
            .map(|(at, row)| {
                let mut lanes = [0.0f64; 4];
                if at < fours {
                    for (x, y) in row[..whole].chunks_exact(4).zip(v[..whole].chunks_exact(4)) {
                        for lane in 0..4 {
                            lanes[lane] = x[lane].mul_add(y[lane], lanes[lane]);
                        }
                    }
                } else if at < pairs {
                    for (x, y) in row[..whole].chunks_exact(2).zip(v[..whole].chunks_exact(2)) {
                        for lane in 0..2 {
                            lanes[lane] += x[lane] * y[lane];
                        }
                    }
                } else {
                    for (x, y) in row[..whole].chunks_exact(4).zip(v[..whole].chunks_exact(4)) {
                        for lane in 0..4 {
                            lanes[lane] += x[lane] * y[lane];
                        }
                    }
                }
                let sum = (lanes[0] + lanes[2]) + (lanes[1] + lanes[3]);
                let (x, y) = (&row[whole..], &v[whole..]);
                match x.len() {
                    0 => sum,
                    1 => x[0].mul_add(y[0], sum),
                    2 => sum + x[0].mul_add(y[0], x[1] * y[1]),
                    _ => sum + x[2].mul_add(y[2], x[0].mul_add(y[0], x[1] * y[1])),
                }
            })
            .collect()
    }
}

fused! {
    /// The sum of the rows (one after the other in `rows`), each by its factor: rows in fours, then two, then one.
    fn sum_of_rows / wide_sum(rows: &[&[f64]], factors: &[f64], width: usize) -> Vec<f64> {
        let mut sums = vec![0.0f64; width];
        let whole = width / 4 * 4;
        let mut at = 0;
        while at + 4 <= rows.len() {
            let [a, b, c, d] = [rows[at], rows[at + 1], rows[at + 2], rows[at + 3]];
            let [p, q, r, s] = [factors[at], factors[at + 1], factors[at + 2], factors[at + 3]];
            for place in 0..whole {
                let first = a[place].mul_add(p, b[place] * q);
                sums[place] += d[place].mul_add(s, c[place].mul_add(r, first));
            }
            at += 4;
        }
        if (rows.len() - at) & 2 != 0 {
            for place in 0..whole {
                sums[place] += rows[at][place].mul_add(factors[at], rows[at + 1][place] * factors[at + 1]);
            }
            at += 2;
        }
        if at < rows.len() {
            for place in 0..whole {
                sums[place] += rows[at][place] * factors[at];
            }
        }
        // The columns that fill no vector.
        let narrow = width == 2 || width == 3;
        for place in whole..width {
            let mut sum = 0.0f64;
            let mut at = 0;
            while narrow && at + 4 <= rows.len() {
                sum += rows[at][place].mul_add(factors[at], rows[at + 1][place] * factors[at + 1]);
                sum += rows[at + 2][place].mul_add(factors[at + 2], rows[at + 3][place] * factors[at + 3]);
                at += 4;
            }
            for (row, factor) in rows[at..].iter().zip(&factors[at..]) {
                sum = row[place].mul_add(*factor, sum);
            }
            sums[place] = sum;
        }
        sums
    }
}

/// The product of two vectors.
pub(super) fn dot(x: ArrayView1<'_, f64>, y: ArrayView1<'_, f64>) -> f64 {
    match (x.as_slice(), y.as_slice()) {
        (Some(x), Some(y)) => dot_of(x, y),
        _ => dot_of(&x.to_vec(), &y.to_vec()),
    }
}

/// Whether the rows lie in memory one after the other, each without gaps.
fn has_rows(a: &ArrayView2<'_, f64>) -> bool {
    a.strides()[1] == 1 && a.strides()[0] >= a.ncols() as isize
}

/// A matrix by a vector.
pub(super) fn matrix_vector(a: ArrayView2<'_, f64>, v: ArrayView1<'_, f64>) -> Array1<f64> {
    if a.nrows() == 1 {
        return Array1::from(vec![dot(a.row(0), v)]);
    }
    let factors = v.to_vec();
    if has_rows(&a) {
        let rows: Vec<&[f64]> = a.outer_iter().filter_map(|row| row.to_slice()).collect();
        return rows_by_vector(&rows, &factors).into();
    }
    let turned = a.reversed_axes();
    if has_rows(&turned) {
        let rows: Vec<&[f64]> = turned
            .outer_iter()
            .filter_map(|row| row.to_slice())
            .collect();
        return sum_of_rows(&rows, &factors, turned.ncols()).into();
    }
    // Without BLAS: one product after the other.
    turned
        .columns()
        .into_iter()
        .map(|row| {
            row.iter()
                .zip(&factors)
                .fold(0.0, |sum, (x, y)| sum + x * y)
        })
        .collect()
}

/// A vector by a matrix.
pub(super) fn vector_matrix(v: ArrayView1<'_, f64>, a: ArrayView2<'_, f64>) -> Array1<f64> {
    matrix_vector(a.reversed_axes(), v)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::Array2;

    #[test]
    fn sums_have_the_bits_of_openblas() {
        // v @ P of NumPy, where another order gives 0.3325 or its neighbour.
        let p = Array2::from_shape_vec(
            (4, 4),
            vec![
                0.70, 0.20, 0.08, 0.02, 0.30, 0.40, 0.25, 0.05, 0.20, 0.30, 0.40, 0.10, 0.10, 0.35,
                0.40, 0.15,
            ],
        )
        .expect("sixteen items");
        let v = ndarray::array![0.1, 0.35, 0.4, 0.15];
        let found = vector_matrix(v.view(), p.view()).to_vec();
        assert_eq!(found, [0.27, 0.33249999999999996, 0.3155, 0.082]);
        let x: Array1<f64> = (0..50).map(|at| (at as f64).sin()).collect();
        assert_eq!(dot(x.view(), x.view()), 25.046863127851783);
    }
}
