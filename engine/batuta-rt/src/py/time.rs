//! Python's `time`: the clocks, and sleeping.

use std::sync::LazyLock;
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use super::errors::raising;
use super::failures::value_error;

static START: LazyLock<Instant> = LazyLock::new(Instant::now);

/// `perf_counter()` and `monotonic()`: seconds since some moment.
pub fn perf_counter() -> f64 {
    START.elapsed().as_secs_f64()
}

/// `perf_counter_ns()` and `monotonic_ns()`.
pub fn perf_counter_ns() -> i64 {
    START.elapsed().as_nanos() as i64
}

fn since_epoch() -> Duration {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
}

/// `time()`: seconds since 1970.
pub fn time() -> f64 {
    since_epoch().as_secs_f64()
}

/// `time_ns()`.
pub fn time_ns() -> i64 {
    since_epoch().as_nanos() as i64
}

raising! {
    /// `sleep(seconds)`.
    pub fn sleep, try_sleep(seconds: f64) -> () {
        let duration = Duration::try_from_secs_f64(seconds).map_err(|_| value_error("sleep length must be non-negative"))?;
        super::output::flush();
        thread::sleep(duration);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_go_forward() {
        let before = (perf_counter_ns(), time());
        sleep(0.002);
        assert!(perf_counter_ns() - before.0 >= 2_000_000 && time() > before.1);
        assert_eq!(
            try_sleep(-1.0).unwrap_err().message(),
            "sleep length must be non-negative"
        );
    }
}
