//! `make_blobs`, `make_classification`, `make_regression`, `make_moons` and `make_circles` on NumPy's stream.

use crate::sklearn::errors::{Result, throwing_functions, value_error};
use crate::sklearn::random::RandomState;
use crate::sklearn::target::Labels;
use ndarray::{Array1, Array2, ArrayView1, Axis, s};
use std::f64::consts::PI;

/// Samples and their classes.
pub type Classes = (Array2<f64>, Array1<i64>);

fn standard_normals(rows: usize, columns: usize, random: &mut RandomState) -> Array2<f64> {
    Array2::from_shape_simple_fn((rows, columns), || random.standard_normal())
}

fn uniforms(rows: usize, columns: usize, random: &mut RandomState) -> Array2<f64> {
    Array2::from_shape_simple_fn((rows, columns), || random.random())
}

fn shuffled<T: Clone>(
    x: Array2<f64>,
    y: Array1<T>,
    random: &mut RandomState,
) -> (Array2<f64>, Array1<T>) {
    let order = random.permutation(y.len());
    (
        x.select(Axis(0), &order),
        order.iter().map(|&row| y[row].clone()).collect(),
    )
}

/// How many rows to make.
#[derive(Clone, Debug)]
pub enum Samples {
    /// So many in all.
    Whole(i64),
    /// So many around each centre.
    Each(Vec<i64>),
}

impl Samples {
    /// The numbers of a list or array.
    pub fn of<L: Labels>(counts: &L) -> Self {
        let counts = crate::sklearn::numbers(counts);
        Samples::Each(counts.into_iter().map(|count| count as i64).collect())
    }
}

/// Rows with the numbers of their centres, and the centres.
pub struct Blobs(pub Classes, Array2<f64>);

impl Blobs {
    /// The three as one tuple.
    pub fn flat(self) -> (Array2<f64>, Array1<i64>, Array2<f64>) {
        (self.0.0, self.0.1, self.1)
    }
}

/// `make_blobs` with a number of centres.
#[allow(clippy::too_many_arguments)]
pub fn try_make_blobs(
    n_samples: &Samples,
    n_features: i64,
    centers: Option<i64>,
    cluster_std: &[f64],
    center_box: (f64, f64),
    shuffle: bool,
    random_state: Option<i64>,
) -> Result<Blobs> {
    let mut random = RandomState::from_seed(random_state);
    let count = match (centers, n_samples) {
        (Some(count), _) => count.max(0) as usize,
        (None, Samples::Whole(_)) => 3,
        (None, Samples::Each(counts)) => counts.len(),
    };
    let centres = Array2::from_shape_simple_fn((count, n_features as usize), || {
        random.uniform(center_box.0, center_box.1)
    });
    spread(n_samples, &centres, cluster_std, shuffle, &mut random)
}

/// `make_blobs` around given centres, with one deviation for each or one for all.
pub fn try_make_blobs_around(
    n_samples: &Samples,
    centers: &Array2<f64>,
    cluster_std: &[f64],
    shuffle: bool,
    random_state: Option<i64>,
) -> Result<Blobs> {
    let mut random = RandomState::from_seed(random_state);
    spread(n_samples, centers, cluster_std, shuffle, &mut random)
}

/// Blobs with one deviation for each or one for all.
fn spread(
    samples: &Samples,
    centres: &Array2<f64>,
    deviations: &[f64],
    shuffle: bool,
    random: &mut RandomState,
) -> Result<Blobs> {
    let count = centres.nrows();
    let deviations = if deviations.len() == 1 {
        vec![deviations[0]; count]
    } else {
        deviations.to_vec()
    };
    if deviations.len() != count {
        return Err(value_error(
            "Length of `clusters_std` not consistent with number of centers.",
        ));
    }
    let sizes: Vec<usize> = match samples {
        Samples::Each(sizes) if sizes.len() != count => {
            return Err(value_error(
                "Length of `n_samples` not consistent with number of centers.",
            ));
        }
        Samples::Each(sizes) => sizes.iter().map(|&size| size.max(0) as usize).collect(),
        Samples::Whole(whole) => {
            let whole = (*whole).max(0) as usize;
            let size = |centre| whole / count + usize::from(centre < whole % count);
            (0..count).map(size).collect()
        }
    };
    let whole = sizes.iter().sum();
    let mut x = Array2::zeros((whole, centres.ncols()));
    let mut y = Array1::zeros(whole);
    let mut row = 0;
    for (centre, size) in sizes.into_iter().enumerate() {
        for _ in 0..size {
            for column in 0..centres.ncols() {
                x[(row, column)] = random.normal(centres[(centre, column)], deviations[centre]);
            }
            y[row] = centre as i64;
            row += 1;
        }
    }
    let made = if shuffle {
        shuffled(x, y, random)
    } else {
        (x, y)
    };
    Ok(Blobs(made, centres.clone()))
}

/// Two half circles that hold each other.
pub fn try_make_moons(
    n_samples: i64,
    shuffle: bool,
    noise: Option<f64>,
    random_state: Option<i64>,
) -> Result<Classes> {
    let mut random = RandomState::from_seed(random_state);
    let outer = n_samples as usize / 2;
    let inner = n_samples as usize - outer;
    let angle = |at: usize, count: usize| {
        if count == 1 {
            0.0
        } else if at == count - 1 {
            PI
        } else {
            at as f64 * (PI / (count - 1) as f64)
        }
    };
    let x = Array2::from_shape_fn((outer + inner, 2), |(row, column)| {
        match (row < outer, column) {
            (true, 0) => angle(row, outer).cos(),
            (true, _) => angle(row, outer).sin(),
            (false, 0) => 1.0 - angle(row - outer, inner).cos(),
            (false, _) => 1.0 - angle(row - outer, inner).sin() - 0.5,
        }
    });
    Ok(finish(x, outer, shuffle, noise, &mut random))
}

/// A circle inside another.
pub fn try_make_circles(
    n_samples: i64,
    shuffle: bool,
    noise: Option<f64>,
    random_state: Option<i64>,
    factor: f64,
) -> Result<Classes> {
    let mut random = RandomState::from_seed(random_state);
    let outer = n_samples as usize / 2;
    let inner = n_samples as usize - outer;
    let angle = |at: usize, count: usize| at as f64 * (2.0 * PI / count as f64);
    let x = Array2::from_shape_fn((outer + inner, 2), |(row, column)| {
        let (angle, scale) = if row < outer {
            (angle(row, outer), 1.0)
        } else {
            (angle(row - outer, inner), factor)
        };
        (if column == 0 {
            angle.cos()
        } else {
            angle.sin()
        }) * scale
    });
    Ok(finish(x, outer, shuffle, noise, &mut random))
}

fn finish(
    x: Array2<f64>,
    outer: usize,
    shuffle: bool,
    noise: Option<f64>,
    random: &mut RandomState,
) -> Classes {
    let y = Array1::from_shape_fn(x.nrows(), |row| i64::from(row >= outer));
    let (mut x, y) = if shuffle {
        shuffled(x, y, random)
    } else {
        (x, y)
    };
    if let Some(noise) = noise {
        for value in &mut x {
            *value += random.normal(0.0, noise);
        }
    }
    (x, y)
}

/// A product in the order of additions that OpenBLAS takes on x86-64: four running sums, then what is left over, all fused.
fn product(row: ArrayView1<f64>, weights: &Array1<f64>) -> f64 {
    let whole = row.len() / 4 * 4;
    let mut sums = [0.0f64; 4];
    for (at, (value, weight)) in row.iter().zip(weights).take(whole).enumerate() {
        sums[at % 4] = value.mul_add(*weight, sums[at % 4]);
    }
    let start = (sums[0] + sums[2]) + (sums[1] + sums[3]);
    row.iter()
        .zip(weights)
        .skip(whole)
        .fold(start, |sum, (value, weight)| value.mul_add(*weight, sum))
}

/// Options of `make_regression`, with scikit-learn's defaults.
#[derive(Clone, Debug)]
pub struct RegressionOptions {
    /// Number of features that matter.
    pub n_informative: i64,
    /// Constant term.
    pub bias: f64,
    /// Deviation of the added noise.
    pub noise: f64,
    /// Whether rows and columns are shuffled.
    pub shuffle: bool,
    /// Seed.
    pub random_state: Option<i64>,
}

impl Default for RegressionOptions {
    fn default() -> Self {
        RegressionOptions {
            n_informative: 10,
            bias: 0.0,
            noise: 0.0,
            shuffle: true,
            random_state: None,
        }
    }
}

/// `make_regression(..., coef=True)`: samples, targets and the true coefficients.
pub fn try_make_regression_with_coef(
    n_samples: i64,
    n_features: i64,
    options: RegressionOptions,
) -> Result<(Array2<f64>, Array1<f64>, Array1<f64>)> {
    let mut random = RandomState::from_seed(options.random_state);
    let (samples, features) = (n_samples as usize, n_features as usize);
    let informative = (options.n_informative as usize).min(features);
    let x = standard_normals(samples, features, &mut random);
    let mut truth = Array1::zeros(features);
    for value in truth.iter_mut().take(informative) {
        *value = 100.0 * random.random();
    }
    let mut y: Array1<f64> = x
        .rows()
        .into_iter()
        .map(|row| product(row, &truth) + options.bias)
        .collect();
    if options.noise > 0.0 {
        for value in &mut y {
            *value += random.normal(0.0, options.noise);
        }
    }
    if !options.shuffle {
        return Ok((x, y, truth));
    }
    let (x, y) = shuffled(x, y, &mut random);
    let order = random.permutation(features);
    Ok((
        x.select(Axis(1), &order).as_standard_layout().to_owned(),
        y,
        truth.select(Axis(0), &order),
    ))
}

/// `make_regression(...)`.
pub fn try_make_regression(
    n_samples: i64,
    n_features: i64,
    options: RegressionOptions,
) -> Result<(Array2<f64>, Array1<f64>)> {
    let (x, y, _) = try_make_regression_with_coef(n_samples, n_features, options)?;
    Ok((x, y))
}

/// Options of `make_classification`, with scikit-learn's defaults.
#[derive(Clone, Debug)]
pub struct ClassificationOptions {
    /// Features that tell the classes apart.
    pub n_informative: i64,
    /// Features that are mixtures of those.
    pub n_redundant: i64,
    /// Features that are copies.
    pub n_repeated: i64,
    /// Number of classes.
    pub n_classes: i64,
    /// Clusters in each class.
    pub n_clusters_per_class: i64,
    /// Shares of the classes.
    pub weights: Option<Vec<f64>>,
    /// Share of labels drawn anew.
    pub flip_y: f64,
    /// Distance of the clusters.
    pub class_sep: f64,
    /// Whether clusters stand on the corners of a cube.
    pub hypercube: bool,
    /// Added to all features.
    pub shift: f64,
    /// Multiplied to all features.
    pub scale: f64,
    /// Whether rows and columns are shuffled.
    pub shuffle: bool,
    /// Seed.
    pub random_state: Option<i64>,
}

impl Default for ClassificationOptions {
    fn default() -> Self {
        ClassificationOptions {
            n_informative: 2,
            n_redundant: 2,
            n_repeated: 0,
            n_classes: 2,
            n_clusters_per_class: 2,
            weights: None,
            flip_y: 0.01,
            class_sep: 1.0,
            hypercube: true,
            shift: 0.0,
            scale: 1.0,
            shuffle: true,
            random_state: None,
        }
    }
}

/// Distinct numbers below `population`, as scikit-learn draws them.
fn distinct(population: usize, count: usize, random: &mut RandomState) -> Vec<usize> {
    let ratio = count as f64 / population as f64;
    if ratio > 0.01 && ratio < 0.99 {
        let mut order = random.permutation(population);
        order.truncate(count);
        return order;
    }
    if ratio < 0.2 {
        let mut chosen = Vec::with_capacity(count);
        while chosen.len() < count {
            let draw = random.randint(0, population as i64) as usize;
            if !chosen.contains(&draw) {
                chosen.push(draw);
            }
        }
        return chosen;
    }
    let mut chosen: Vec<usize> = (0..count).collect();
    for at in count..population {
        let draw = random.randint(0, at as i64 + 1) as usize;
        if draw < count {
            chosen[draw] = at;
        }
    }
    chosen
}

/// Corners of a cube: zeros and ones.
fn corners(count: usize, dimensions: usize, random: &mut RandomState) -> Array2<f64> {
    if dimensions > 30 {
        let mut result = Array2::zeros((count, dimensions));
        for value in result.slice_mut(s![.., ..dimensions - 30]) {
            *value = random.randint(0, 2) as f64;
        }
        let rest = corners(count, 30, random);
        result.slice_mut(s![.., dimensions - 30..]).assign(&rest);
        return result;
    }
    let numbers = distinct(1 << dimensions, count, random);
    Array2::from_shape_fn((count, dimensions), |(row, column)| {
        f64::from((numbers[row] >> (dimensions - 1 - column)) as u32 & 1)
    })
}

/// `make_classification(...)`.
pub fn try_make_classification(
    n_samples: i64,
    n_features: i64,
    options: ClassificationOptions,
) -> Result<Classes> {
    let mut random = RandomState::from_seed(options.random_state);
    let (samples, features) = (n_samples as usize, n_features as usize);
    let (informative, redundant, repeated) = (
        options.n_informative as usize,
        options.n_redundant as usize,
        options.n_repeated as usize,
    );
    let (classes, per_class) = (
        options.n_classes as usize,
        options.n_clusters_per_class as usize,
    );
    if informative + redundant + repeated > features {
        return Err(value_error(
            "Number of informative, redundant and repeated features must sum to less than the number of total features",
        ));
    }
    if (informative as f64) < ((classes * per_class) as f64).log2() {
        return Err(value_error(format!(
            "n_classes({classes}) * n_clusters_per_class({per_class}) must be smaller or equal 2**n_informative({informative})={}",
            1u64 << informative
        )));
    }
    let mut weights = options
        .weights
        .clone()
        .unwrap_or_else(|| vec![1.0 / classes as f64; classes]);
    if weights.len() + 1 == classes {
        weights.push(1.0 - weights.iter().sum::<f64>());
    }
    if weights.len() != classes {
        return Err(value_error(
            "Weights specified but incompatible with number of classes.",
        ));
    }
    let clusters = classes * per_class;
    let mut sizes: Vec<usize> = (0..clusters)
        .map(|at| (samples as f64 * weights[at % classes] / per_class as f64) as usize)
        .collect();
    for at in 0..samples - sizes.iter().sum::<usize>() {
        sizes[at % clusters] += 1;
    }
    let mut centroids =
        corners(clusters, informative, &mut random) * (2.0 * options.class_sep) - options.class_sep;
    if !options.hypercube {
        centroids *= &uniforms(clusters, 1, &mut random);
        centroids *= &uniforms(1, informative, &mut random);
    }
    let mut x = Array2::<f64>::zeros((samples, features));
    let mut y = Array1::<i64>::zeros(samples);
    x.slice_mut(s![.., ..informative])
        .assign(&standard_normals(samples, informative, &mut random));
    let mut start = 0;
    for (cluster, size) in sizes.into_iter().enumerate() {
        let end = start + size;
        y.slice_mut(s![start..end]).fill((cluster % classes) as i64);
        let mixture = uniforms(informative, informative, &mut random) * 2.0 - 1.0;
        let mixed = x.slice(s![start..end, ..informative]).dot(&mixture) + centroids.row(cluster);
        x.slice_mut(s![start..end, ..informative]).assign(&mixed);
        start = end;
    }
    if redundant > 0 {
        let mixture = uniforms(informative, redundant, &mut random) * 2.0 - 1.0;
        let mixed = x.slice(s![.., ..informative]).dot(&mixture);
        x.slice_mut(s![.., informative..informative + redundant])
            .assign(&mixed);
    }
    let known = informative + redundant;
    if repeated > 0 {
        let sources: Vec<usize> = (0..repeated)
            .map(|_| ((known - 1) as f64 * random.random() + 0.5) as usize)
            .collect();
        for (at, source) in sources.into_iter().enumerate() {
            let column = x.column(source).to_owned();
            x.column_mut(known + at).assign(&column);
        }
    }
    let noise = features - known - repeated;
    if noise > 0 {
        x.slice_mut(s![.., features - noise..])
            .assign(&standard_normals(samples, noise, &mut random));
    }
    if options.flip_y >= 0.0 {
        let flipped: Vec<bool> = (0..samples)
            .map(|_| random.random() < options.flip_y)
            .collect();
        for (row, flipped) in flipped.into_iter().enumerate() {
            if flipped {
                y[row] = random.randint(0, classes as i64);
            }
        }
    }
    x += options.shift;
    x *= options.scale;
    if !options.shuffle {
        return Ok((x, y));
    }
    let (x, y) = shuffled(x, y, &mut random);
    let order = random.permutation(features);
    Ok((x.select(Axis(1), &order).as_standard_layout().to_owned(), y))
}

throwing_functions! {
    /// See `try_make_blobs`.
    make_blobs = try_make_blobs(n_samples: &Samples, n_features: i64, centers: Option<i64>, cluster_std: &[f64], center_box: (f64, f64), shuffle: bool, random_state: Option<i64>) -> Blobs;
    /// See `try_make_blobs_around`.
    make_blobs_around = try_make_blobs_around(n_samples: &Samples, centers: &Array2<f64>, cluster_std: &[f64], shuffle: bool, random_state: Option<i64>) -> Blobs;
    /// See `try_make_moons`.
    make_moons = try_make_moons(n_samples: i64, shuffle: bool, noise: Option<f64>, random_state: Option<i64>) -> Classes;
    /// See `try_make_circles`.
    make_circles = try_make_circles(n_samples: i64, shuffle: bool, noise: Option<f64>, random_state: Option<i64>, factor: f64) -> Classes;
    /// See `try_make_regression`.
    make_regression = try_make_regression(n_samples: i64, n_features: i64, options: RegressionOptions) -> (Array2<f64>, Array1<f64>);
    /// See `try_make_regression_with_coef`.
    make_regression_with_coef = try_make_regression_with_coef(n_samples: i64, n_features: i64, options: RegressionOptions) -> (Array2<f64>, Array1<f64>, Array1<f64>);
    /// See `try_make_classification`.
    make_classification = try_make_classification(n_samples: i64, n_features: i64, options: ClassificationOptions) -> Classes;
}
