//! The distributions, each by the published method that NumPy uses.

use super::source::Source;

pub fn random<S: Source>(source: &mut S) -> f64 {
    source.double()
}

pub fn standard_normal<S: Source>(source: &mut S) -> f64 {
    source.gauss()
}

pub fn standard_exponential<S: Source>(source: &mut S) -> f64 {
    source.standard_exponential()
}

pub fn standard_cauchy<S: Source>(source: &mut S) -> f64 {
    source.gauss() / source.gauss()
}

/// Marsaglia and Tsang's method from shape 1 on, Ahrens and Dieter's below.
pub fn standard_gamma<S: Source>(source: &mut S, shape: f64) -> f64 {
    if shape == 1.0 {
        return source.standard_exponential();
    }
    if shape == 0.0 {
        return 0.0;
    }
    if shape < 1.0 {
        loop {
            let u = source.double();
            let v = source.standard_exponential();
            if u <= 1.0 - shape {
                let x = u.powf(1.0 / shape);
                if x <= v {
                    return x;
                }
            } else {
                let y = -((1.0 - u) / shape).ln();
                let x = (1.0 - shape + shape * y).powf(1.0 / shape);
                if x <= v + y {
                    return x;
                }
            }
        }
    }
    let b = shape - 1.0 / 3.0;
    let c = 1.0 / (9.0 * b).sqrt();
    loop {
        let (mut x, mut v);
        loop {
            x = source.gauss();
            v = 1.0 + c * x;
            if v > 0.0 {
                break;
            }
        }
        v = v * v * v;
        let u = source.double();
        if u < 1.0 - 0.0331 * (x * x) * (x * x) || u.ln() < 0.5 * x * x + b * (1.0 - v + v.ln()) {
            return b * v;
        }
    }
}

pub fn standard_t<S: Source>(source: &mut S, freedom: f64) -> f64 {
    let numerator = source.gauss();
    let denominator = source.standard_gamma(freedom / 2.0);
    (freedom / 2.0).sqrt() * numerator / denominator.sqrt()
}

pub fn uniform<S: Source>(source: &mut S, low: f64, high: f64) -> f64 {
    low + (high - low) * source.double()
}

pub fn normal<S: Source>(source: &mut S, center: f64, scale: f64) -> f64 {
    center + scale * source.gauss()
}

pub fn lognormal<S: Source>(source: &mut S, center: f64, scale: f64) -> f64 {
    normal(source, center, scale).exp()
}

pub fn exponential<S: Source>(source: &mut S, scale: f64) -> f64 {
    scale * source.standard_exponential()
}

pub fn gamma<S: Source>(source: &mut S, shape: f64, scale: f64) -> f64 {
    scale * source.standard_gamma(shape)
}

/// Jöhnk's method for small parameters, two gammas otherwise.
pub fn beta<S: Source>(source: &mut S, a: f64, b: f64) -> f64 {
    if a <= 1.0 && b <= 1.0 {
        loop {
            let u = source.double();
            let v = source.double();
            let x = u.powf(1.0 / a);
            let y = v.powf(1.0 / b);
            if x + y <= 1.0 && u + v > 0.0 {
                if x + y > 0.0 {
                    return x / (x + y);
                }
                let (log_x, log_y) = (u.ln() / a, v.ln() / b);
                let largest = log_x.max(log_y);
                let (log_x, log_y) = (log_x - largest, log_y - largest);
                return (log_x - (log_x.exp() + log_y.exp()).ln()).exp();
            }
        }
    }
    let x = source.standard_gamma(a);
    let y = source.standard_gamma(b);
    x / (x + y)
}

pub fn chisquare<S: Source>(source: &mut S, freedom: f64) -> f64 {
    2.0 * source.standard_gamma(freedom / 2.0)
}

pub fn f<S: Source>(source: &mut S, numerator: f64, denominator: f64) -> f64 {
    let above = chisquare(source, numerator) * denominator;
    let below = chisquare(source, denominator) * numerator;
    above / below
}

pub fn laplace<S: Source>(source: &mut S, center: f64, scale: f64) -> f64 {
    loop {
        let u = source.double();
        if u >= 0.5 {
            return center - scale * (2.0 - u - u).ln();
        }
        if u > 0.0 {
            return center + scale * (u + u).ln();
        }
    }
}

pub fn logistic<S: Source>(source: &mut S, center: f64, scale: f64) -> f64 {
    loop {
        let u = source.double();
        if u > 0.0 {
            return center + scale * (u / (1.0 - u)).ln();
        }
    }
}

pub fn gumbel<S: Source>(source: &mut S, center: f64, scale: f64) -> f64 {
    loop {
        let u = 1.0 - source.double();
        if u < 1.0 {
            return center - scale * (-u.ln()).ln();
        }
    }
}

pub fn rayleigh<S: Source>(source: &mut S, scale: f64) -> f64 {
    if S::LEGACY {
        return scale * (-2.0 * (-source.double()).ln_1p()).sqrt();
    }
    scale * (2.0 * source.standard_exponential()).sqrt()
}

pub fn weibull<S: Source>(source: &mut S, a: f64) -> f64 {
    if a == 0.0 {
        0.0
    } else {
        source.standard_exponential().powf(1.0 / a)
    }
}

pub fn pareto<S: Source>(source: &mut S, a: f64) -> f64 {
    let exponent = source.standard_exponential() / a;
    if S::LEGACY {
        exponent.exp() - 1.0
    } else {
        exponent.exp_m1()
    }
}

pub fn power<S: Source>(source: &mut S, a: f64) -> f64 {
    let waiting = source.standard_exponential();
    if S::LEGACY {
        (1.0 - (-waiting).exp()).powf(1.0 / a)
    } else {
        (-(-waiting).exp_m1()).powf(1.0 / a)
    }
}

pub fn triangular<S: Source>(source: &mut S, left: f64, mode: f64, right: f64) -> f64 {
    let base = right - left;
    let left_base = mode - left;
    let u = source.double();
    if u <= left_base / base {
        left + (u * (left_base * base)).sqrt()
    } else {
        right - ((1.0 - u) * ((right - mode) * base)).sqrt()
    }
}

/// The logarithm of the gamma function, by Stirling's series.
fn log_gamma(x: f64) -> f64 {
    const SERIES: [f64; 10] = [
        8.333333333333333e-02,
        -2.777777777777778e-03,
        7.936507936507937e-04,
        -5.952380952380952e-04,
        8.417508417508418e-04,
        -1.917526917526918e-03,
        6.41025641025641e-03,
        -2.955065359477124e-02,
        1.796443723688307e-01,
        -1.39243221690590e+00,
    ];
    if x == 1.0 || x == 2.0 {
        return 0.0;
    }
    let steps = if x < 7.0 { (7.0 - x) as i64 } else { 0 };
    let mut shifted = x + steps as f64;
    let square = (1.0 / shifted) * (1.0 / shifted);
    let mut sum = SERIES[9];
    for coefficient in SERIES[..9].iter().rev() {
        sum = sum * square + coefficient;
    }
    let log_two_pi = 1.8378770664093453;
    let mut result = sum / shifted + 0.5 * log_two_pi + (shifted - 0.5) * shifted.ln() - shifted;
    if x < 7.0 {
        for _ in 0..steps {
            result -= (shifted - 1.0).ln();
            shifted -= 1.0;
        }
    }
    result
}

/// Hörmann's transformed rejection from rate 10 on, products of uniforms below.
pub fn poisson<S: Source>(source: &mut S, rate: f64) -> i64 {
    if rate == 0.0 {
        return 0;
    }
    if rate < 10.0 {
        let limit = (-rate).exp();
        let mut count = 0;
        let mut product = 1.0;
        loop {
            product *= source.double();
            if product <= limit {
                return count;
            }
            count += 1;
        }
    }
    let root = rate.sqrt();
    let log_rate = rate.ln();
    let b = 0.931 + 2.53 * root;
    let a = -0.059 + 0.02483 * b;
    let inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
    let accepted = 0.9277 - 3.6224 / (b - 2.0);
    loop {
        let u = source.double() - 0.5;
        let v = source.double();
        let distance = 0.5 - u.abs();
        let count = ((2.0 * a / distance + b) * u + rate + 0.43).floor();
        if distance >= 0.07 && v <= accepted {
            return count as i64;
        }
        if count < 0.0 || (distance < 0.013 && v > distance) {
            continue;
        }
        if v.ln() + inverse_alpha.ln() - (a / (distance * distance) + b).ln()
            <= -rate + count * log_rate - log_gamma(count + 1.0)
        {
            return count as i64;
        }
    }
}

pub fn geometric<S: Source>(source: &mut S, p: f64) -> i64 {
    if p >= 1.0 / 3.0 {
        let q = 1.0 - p;
        let mut count = 1;
        let (mut sum, mut product) = (p, p);
        let u = source.double();
        while u > sum {
            product *= q;
            sum += product;
            count += 1;
        }
        return count;
    }
    if S::LEGACY {
        return ((-source.double()).ln_1p() / (1.0 - p).ln()).ceil() as i64;
    }
    (-source.standard_exponential() / (-p).ln_1p()).ceil() as i64
}

/// Inversion for small expected counts, Kachitvichyanukul and Schmeiser's BTPE otherwise.
pub fn binomial<S: Source>(source: &mut S, trials: i64, p: f64) -> i64 {
    if trials == 0 || p == 0.0 {
        return 0;
    }
    if p <= 0.5 {
        return if p * trials as f64 <= 30.0 {
            by_inversion(source, trials, p)
        } else {
            by_rejection(source, trials, p)
        };
    }
    let q = 1.0 - p;
    if q * trials as f64 <= 30.0 {
        trials - by_inversion(source, trials, q)
    } else {
        trials - by_rejection(source, trials, q)
    }
}

fn by_inversion<S: Source>(source: &mut S, trials: i64, p: f64) -> i64 {
    let n = trials as f64;
    let q = 1.0 - p;
    let start = (n * q.ln()).exp();
    let mean = n * p;
    let bound = n.min(mean + 10.0 * (mean * q + 1.0).sqrt()) as i64;
    let mut count = 0;
    let mut probability = start;
    let mut u = source.double();
    while u > probability {
        count += 1;
        if count > bound {
            count = 0;
            probability = start;
            u = source.double();
        } else {
            u -= probability;
            probability = ((trials - count + 1) as f64 * p * probability) / (count as f64 * q);
        }
    }
    count
}

fn by_rejection<S: Source>(source: &mut S, trials: i64, p: f64) -> i64 {
    let n = trials as f64;
    let r = p.min(1.0 - p);
    let q = 1.0 - r;
    let fm = n * r + r;
    let m = fm.floor() as i64;
    let p1 = (2.195 * (n * r * q).sqrt() - 4.6 * q).floor() + 0.5;
    let xm = m as f64 + 0.5;
    let xl = xm - p1;
    let xr = xm + p1;
    let c = 0.134 + 20.5 / (15.3 + m as f64);
    let a = (fm - xl) / (fm - xl * r);
    let left_slope = a * (1.0 + a / 2.0);
    let a = (xr - fm) / (xr * q);
    let right_slope = a * (1.0 + a / 2.0);
    let p2 = p1 * (1.0 + 2.0 * c);
    let p3 = p2 + c / left_slope;
    let p4 = p3 + c / right_slope;
    let variance = n * r * q;
    loop {
        let u = source.double() * p4;
        let mut v = source.double();
        let y;
        if u <= p1 {
            return (xm - p1 * v + u).floor() as i64;
        } else if u <= p2 {
            let x = xl + (u - p1) / c;
            v = v * c + 1.0 - (m as f64 - x + 0.5).abs() / p1;
            if v > 1.0 {
                continue;
            }
            y = x.floor() as i64;
        } else if u <= p3 {
            y = (xl + v.ln() / left_slope).floor() as i64;
            if y < 0 || v == 0.0 {
                continue;
            }
            v = v * (u - p2) * left_slope;
        } else {
            y = (xr - v.ln() / right_slope).floor() as i64;
            if y > trials || v == 0.0 {
                continue;
            }
            v = v * (u - p3) * right_slope;
        }
        let k = (y - m).abs();
        if !(k > 20 && (k as f64) < variance / 2.0 - 1.0) {
            let s = r / q;
            let a = s * (n + 1.0);
            let mut ratio = 1.0;
            if m < y {
                for i in m + 1..=y {
                    ratio *= a / i as f64 - s;
                }
            } else {
                for i in y + 1..=m {
                    ratio /= a / i as f64 - s;
                }
            }
            if v > ratio {
                continue;
            }
            return y;
        }
        let k = k as f64;
        let rho = (k / variance) * ((k * (k / 3.0 + 0.625) + 0.16666666666666666) / variance + 0.5);
        let t = -k * k / (2.0 * variance);
        let log_v = v.ln();
        if log_v < t - rho {
            return y;
        }
        if log_v > t + rho {
            continue;
        }
        let x1 = (y + 1) as f64;
        let f1 = (m + 1) as f64;
        let z = (trials + 1 - m) as f64;
        let w = (trials - y + 1) as f64;
        let series = |x: f64| {
            let square = x * x;
            (13680.0 - (462.0 - (132.0 - (99.0 - 140.0 / square) / square) / square) / square)
                / x
                / 166320.0
        };
        let bound = xm * (f1 / x1).ln()
            + (n - m as f64 + 0.5) * (z / w).ln()
            + (y - m) as f64 * (w * r / (x1 * q)).ln()
            + series(f1)
            + series(z)
            + series(x1)
            + series(w);
        if log_v <= bound {
            return y;
        }
    }
}

pub fn multinomial<S: Source>(source: &mut S, trials: i64, probabilities: &[f64]) -> Vec<i64> {
    let mut counts = vec![0; probabilities.len()];
    let mut remaining = 1.0;
    let mut left = trials;
    for position in 0..probabilities.len().saturating_sub(1) {
        counts[position] = binomial(source, left, probabilities[position] / remaining);
        left -= counts[position];
        if left <= 0 {
            return counts;
        }
        remaining -= probabilities[position];
    }
    if let Some(last) = counts.last_mut() {
        *last = left;
    }
    counts
}

pub fn dirichlet<S: Source>(source: &mut S, alpha: &[f64]) -> Vec<f64> {
    if !S::LEGACY && alpha.iter().copied().fold(0.0, f64::max) < 0.1 {
        // Small parameters: break a stick with beta draws, because all gammas could be 0.
        let mut tails = vec![0.0; alpha.len()];
        let mut tail = 0.0;
        for position in (0..alpha.len()).rev() {
            tail += alpha[position];
            tails[position] = tail;
        }
        let mut rest = 1.0;
        let mut result = vec![0.0; alpha.len()];
        for position in 0..alpha.len() - 1 {
            let share = beta(source, alpha[position], tails[position + 1]);
            result[position] = rest * share;
            rest *= 1.0 - share;
        }
        if let Some(last) = result.last_mut() {
            *last = rest;
        }
        return result;
    }
    let mut result: Vec<f64> = alpha
        .iter()
        .map(|&shape| source.standard_gamma(shape))
        .collect();
    let mut total = 0.0;
    for value in &result {
        total += value;
    }
    let inverse = 1.0 / total;
    result.iter_mut().for_each(|value| *value *= inverse);
    result
}

/// Gamma-distributed rates for the counts.
pub fn negative_binomial<S: Source>(source: &mut S, successes: f64, p: f64) -> i64 {
    let rate = gamma(source, successes, (1.0 - p) / p);
    poisson(source, rate)
}

pub fn noncentral_chisquare<S: Source>(source: &mut S, freedom: f64, noncentrality: f64) -> f64 {
    if noncentrality == 0.0 {
        return chisquare(source, freedom);
    }
    if freedom > 1.0 {
        let central = chisquare(source, freedom - 1.0);
        let shifted = source.gauss() + noncentrality.sqrt();
        return central + shifted * shifted;
    }
    let more = poisson(source, noncentrality / 2.0);
    chisquare(source, freedom + 2.0 * more as f64)
}

pub fn noncentral_f<S: Source>(
    source: &mut S,
    numerator: f64,
    denominator: f64,
    noncentrality: f64,
) -> f64 {
    let above = noncentral_chisquare(source, numerator, noncentrality) * denominator;
    above / (chisquare(source, denominator) * numerator)
}

/// Michael, Schucany and Haas' method.
pub fn wald<S: Source>(source: &mut S, mean: f64, scale: f64) -> f64 {
    let square = source.gauss();
    let x = if S::LEGACY {
        let y = mean * square * square;
        mean + mean / (2.0 * scale) * (y - (4.0 * scale * y + y * y).sqrt())
    } else {
        let y = mean * square * square;
        let d = 1.0 + (1.0 + 4.0 * scale / y).sqrt();
        mean * (1.0 - 2.0 / d)
    };
    let u = source.double();
    if u <= mean / (mean + x) {
        x
    } else {
        mean * mean / x
    }
}

/// Devroye's rejection for the zeta distribution.
pub fn zipf<S: Source>(source: &mut S, a: f64) -> i64 {
    if !S::LEGACY && a >= 1025.0 {
        return 1;
    }
    let exponent = a - 1.0;
    let b = 2f64.powf(exponent);
    let smallest = if S::LEGACY {
        0.0
    } else {
        (i64::MAX as f64).powf(-exponent)
    };
    loop {
        let u = source.double();
        let u = if S::LEGACY {
            1.0 - u
        } else {
            u * smallest + (1.0 - u)
        };
        let v = source.double();
        let x = u.powf(-1.0 / exponent).floor();
        if x > i64::MAX as f64 || x < 1.0 {
            continue;
        }
        let t = (1.0 + 1.0 / x).powf(exponent);
        if v * x * (t - 1.0) / (b - 1.0) <= t / b {
            return x as i64;
        }
    }
}

/// Best and Fisher's rejection on the circle.
pub fn vonmises<S: Source>(source: &mut S, center: f64, concentration: f64) -> f64 {
    use std::f64::consts::PI;
    if concentration < 1e-8 {
        return PI * (2.0 * source.double() - 1.0);
    }
    if !S::LEGACY && concentration > 1e6 {
        let result = center + (1.0 / concentration).sqrt() * source.gauss();
        return if result < -PI {
            result + 2.0 * PI
        } else if result > PI {
            result - 2.0 * PI
        } else {
            result
        };
    }
    let s = if concentration < 1e-5 {
        1.0 / concentration + concentration
    } else {
        let r = 1.0 + (1.0 + 4.0 * concentration * concentration).sqrt();
        let rho = (r - (2.0 * r).sqrt()) / (2.0 * concentration);
        (1.0 + rho * rho) / (2.0 * rho)
    };
    let w = loop {
        let z = (PI * source.double()).cos();
        let w = (1.0 + s * z) / (s + z);
        let y = concentration * (s - w);
        let v = source.double();
        if y * (2.0 - y) - v >= 0.0 || (y / v).ln() + 1.0 - y >= 0.0 {
            break w;
        }
    };
    let angle = w.acos();
    let result = center + if source.double() < 0.5 { -angle } else { angle };
    let turned = (result.abs() + PI) % (2.0 * PI) - PI;
    if result < 0.0 { -turned } else { turned }
}

/// Kemp's method.
pub fn logseries<S: Source>(source: &mut S, p: f64) -> i64 {
    let r = if S::LEGACY {
        (1.0 - p).ln()
    } else {
        (-p).ln_1p()
    };
    loop {
        let v = source.double();
        if v >= p {
            return 1;
        }
        let u = source.double();
        let q = if S::LEGACY {
            1.0 - (r * u).exp()
        } else {
            -(r * u).exp_m1()
        };
        if v <= q * q {
            let result = (1.0 + v.ln() / q.ln()).floor() as i64;
            if result < 1 || v == 0.0 {
                continue;
            }
            return result;
        }
        return if v >= q { 1 } else { 2 };
    }
}

/// The logarithm of a factorial.
fn log_factorial(k: i64) -> f64 {
    if k < 126 {
        return (2..=k).map(|each| (each as f64).ln()).sum();
    }
    let k = k as f64;
    let half_log_two_pi = 0.9189385332046728;
    (k + 0.5) * k.ln() - k + (half_log_two_pi + (1.0 / k) * (1.0 / 12.0 - 1.0 / (360.0 * k * k)))
}

/// Draws one by one for small samples, Stadlober's ratio of uniforms otherwise.
pub fn hypergeometric<S: Source>(source: &mut S, good: i64, bad: i64, sample: i64) -> i64 {
    if (10..=good + bad - 10).contains(&sample) {
        hypergeometric_by_ratio(source, good, bad, sample)
    } else {
        hypergeometric_by_draws(source, good, bad, sample)
    }
}

fn hypergeometric_by_draws<S: Source>(source: &mut S, good: i64, bad: i64, sample: i64) -> i64 {
    let total = good + bad;
    let mut left = if sample > total / 2 {
        total - sample
    } else {
        sample
    };
    let (mut rest, mut rest_good) = (total, good);
    while left > 0 && rest_good > 0 && rest > rest_good {
        rest -= 1;
        if (source.interval(rest as u64) as i64) < rest_good {
            rest_good -= 1;
        }
        left -= 1;
    }
    if rest == rest_good {
        rest_good -= left;
    }
    if sample > total / 2 {
        rest_good
    } else {
        good - rest_good
    }
}

fn hypergeometric_by_ratio<S: Source>(source: &mut S, good: i64, bad: i64, sample: i64) -> i64 {
    let total = good + bad;
    let drawn = sample.min(total - sample);
    let (fewer, more) = (good.min(bad), good.max(bad));
    let (p, q) = (fewer as f64 / total as f64, more as f64 / total as f64);
    let mean = drawn as f64 * p;
    let a = mean + 0.5;
    let variance = (total - drawn) as f64 * drawn as f64 * p * q / (total - 1) as f64;
    let c = (variance + 0.5).sqrt();
    let h = 1.7155277699214135 * c + 0.8989161620588988;
    let mode = ((drawn + 1) as f64 * (fewer + 1) as f64 / (total + 2) as f64).floor() as i64;
    let logs = |k: i64| {
        log_factorial(k)
            + log_factorial(fewer - k)
            + log_factorial(drawn - k)
            + log_factorial(more - drawn + k)
    };
    let highest = logs(mode);
    let bound = ((drawn.min(fewer) + 1) as f64).min((a + 16.0 * c).floor());
    let found = loop {
        let u = source.double();
        let v = source.double();
        let x = a + h * (v - 0.5) / u;
        if x < 0.0 || x >= bound {
            continue;
        }
        let k = x.floor() as i64;
        let t = highest - logs(k);
        if u * (4.0 - u) - 3.0 <= t {
            break k;
        }
        if u * (u - t) >= 1.0 {
            continue;
        }
        if 2.0 * u.ln() <= t {
            break k;
        }
    };
    let found = if good > bad { drawn - found } else { found };
    if drawn < sample { good - found } else { found }
}
