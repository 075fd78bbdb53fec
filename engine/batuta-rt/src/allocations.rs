//! Counts what a program takes from the heap, for the benchmark: only with the feature `count-allocations`.
//!
//! At the end of the process the counts go to the file that `BATUTA_ALLOCATIONS` names: allocations, bytes, largest number of
//! bytes in use at one time, and the largest resident memory in bytes (0 where the system does not say).

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};

struct Counting;

static COUNT: AtomicUsize = AtomicUsize::new(0);
static BYTES: AtomicUsize = AtomicUsize::new(0);
static IN_USE: AtomicUsize = AtomicUsize::new(0);
static LARGEST: AtomicUsize = AtomicUsize::new(0);
static REPORTS_AT_EXIT: AtomicBool = AtomicBool::new(false);

#[global_allocator]
static COUNTING: Counting = Counting;

unsafe extern "C" {
    // A program ends in many places; all of them pass here.
    fn atexit(callback: extern "C" fn()) -> i32;
}

fn took(bytes: usize) {
    if !REPORTS_AT_EXIT.swap(true, Relaxed) {
        // SAFETY: `report` is an `extern "C"` function without arguments, as `atexit` wants it.
        unsafe { atexit(report) };
    }
    COUNT.fetch_add(1, Relaxed);
    BYTES.fetch_add(bytes, Relaxed);
    let now = IN_USE.fetch_add(bytes, Relaxed) + bytes;
    LARGEST.fetch_max(now, Relaxed);
}

// SAFETY: every call goes to the system's allocator with the arguments as they came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        took(layout.size());
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        IN_USE.fetch_sub(layout.size(), Relaxed);
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        IN_USE.fetch_sub(layout.size(), Relaxed);
        took(size);
        unsafe { System.realloc(pointer, layout, size) }
    }
}

/// Read from inside: what the system hands to the parent counts the parent's own memory at the fork too.
fn largest_resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let kib = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<usize>().ok());
    kib.unwrap_or(0) * 1024
}

extern "C" fn report() {
    // Read first: the lines below allocate too.
    let counts = [
        COUNT.load(Relaxed),
        BYTES.load(Relaxed),
        LARGEST.load(Relaxed),
    ];
    if let Ok(path) = std::env::var("BATUTA_ALLOCATIONS") {
        let text = format!(
            "{} {} {} {}\n",
            counts[0],
            counts[1],
            counts[2],
            largest_resident()
        );
        if let Err(error) = std::fs::write(&path, text) {
            eprintln!("{path}: {error}");
        }
    }
}
