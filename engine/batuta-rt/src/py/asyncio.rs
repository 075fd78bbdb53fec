//! Python's `asyncio`: tasks on one thread, in the order of CPython's event loop.
//!
//! A coroutine function is an ordinary function. Each task has a stack of its own (`corosensei`), so that whatever awaits, however deep, stops there
//! and goes on there. What is ready runs in turns, first come first served; timers run by the time at which they are due, then by the order
//! in which they were set. The time of a sleep really passes; but order never depends on how fast the machine is: every turn takes the
//! same small time on the loop's own clock.

use std::cell::{Cell, RefCell};
use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};
use std::rc::Rc;
use std::time::{Duration, Instant};

use corosensei::stack::DefaultStack;
use corosensei::{CoroutineResult, Yielder};

use super::errors::{Exception, OrThrow, catching, raising};

/// Enough for deep calls; what is not used takes no memory.
const STACK: usize = 1 << 20;
/// What one turn takes on the loop's clock, in nanoseconds.
const TURN: u64 = 20_000;
const MILLISECOND: u64 = 1_000_000;
/// When the machine's clock is ahead by so much, the program has worked or slept by itself, in nanoseconds.
const AHEAD: u64 = 20_000_000;

type Turn = Box<dyn FnOnce()>;

/// Why a task is told to stop: the exception that it meets where it waits.
fn cancelled() -> Exception {
    Exception::new("CancelledError", "")
}

/// What is common to everything that can be waited for.
struct Core {
    done: Cell<bool>,
    cancelled: Cell<bool>,
    callbacks: RefCell<Vec<Turn>>,
    /// How a task that waits for it passes a cancellation on. Gives whether something was cancelled.
    canceller: RefCell<Option<Rc<dyn Fn() -> bool>>>,
}

impl Core {
    fn new() -> Rc<Self> {
        Rc::new(Core {
            done: Cell::new(false),
            cancelled: Cell::new(false),
            callbacks: RefCell::new(Vec::new()),
            canceller: RefCell::new(None),
        })
    }

    fn finish(&self) {
        self.done.set(true);
        for each in self.callbacks.take() {
            soon(each);
        }
    }

    fn then(&self, callback: Turn) {
        if self.done.get() {
            soon(callback);
        } else {
            self.callbacks.borrow_mut().push(callback);
        }
    }

    fn cancel(&self) -> bool {
        if self.done.get() {
            return false;
        }
        let canceller = self.canceller.borrow().clone();
        if let Some(canceller) = canceller {
            return canceller();
        }
        self.cancelled.set(true);
        self.finish();
        true
    }
}

struct Timer {
    due: u64,
    number: u64,
    turn: Turn,
}

impl PartialEq for Timer {
    fn eq(&self, other: &Self) -> bool {
        (self.due, self.number) == (other.due, other.number)
    }
}

impl Eq for Timer {}

impl PartialOrd for Timer {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Timer {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.due, self.number).cmp(&(other.due, other.number))
    }
}

struct Loop {
    ready: VecDeque<Turn>,
    timers: BinaryHeap<Reverse<Timer>>,
    numbers: u64,
    /// Nanoseconds since the loop began, on its own clock.
    now: u64,
    began: Instant,
    running: bool,
    tasks: Vec<Rc<State>>,
    named: u64,
}

thread_local! {
    static LOOP: RefCell<Loop> = RefCell::new(Loop {
        ready: VecDeque::new(),
        timers: BinaryHeap::new(),
        numbers: 0,
        now: 0,
        began: Instant::now(),
        running: false,
        tasks: Vec::new(),
        named: 0,
    });
    static CURRENT: RefCell<Option<Rc<State>>> = const { RefCell::new(None) };
}

fn soon(turn: Turn) {
    LOOP.with_borrow_mut(|each| each.ready.push_back(turn));
}

impl Loop {
    /// The loop's clock, set forward to what the program itself has used.
    fn time(&mut self) -> u64 {
        let real = self.began.elapsed().as_nanos() as u64;
        if real > self.now + AHEAD {
            self.now = real;
        }
        self.now
    }
}

fn later(seconds: f64, turn: Turn) {
    LOOP.with_borrow_mut(|each| {
        let due = each.time() + (seconds.max(0.0) * 1e9) as u64;
        each.numbers += 1;
        let number = each.numbers;
        each.timers.push(Reverse(Timer { due, number, turn }));
    });
}

type Routine = corosensei::Coroutine<(), (), (), DefaultStack>;

/// A task, whatever its result is.
struct State {
    core: Rc<Core>,
    routine: RefCell<Option<Routine>>,
    yielder: Cell<*const Yielder<(), ()>>,
    /// What it waits for.
    waiting: RefCell<Option<Rc<Core>>>,
    must_cancel: Cell<bool>,
    name: RefCell<String>,
}

fn step(task: &Rc<State>) {
    let Some(mut routine) = task.routine.take() else {
        return;
    };
    let before = CURRENT.replace(Some(Rc::clone(task)));
    if let CoroutineResult::Yield(()) = routine.resume(()) {
        *task.routine.borrow_mut() = Some(routine);
    }
    CURRENT.set(before);
}

fn current() -> Rc<State> {
    CURRENT.with_borrow(Clone::clone).unwrap_or_else(|| {
        super::errors::throw(Exception::new("RuntimeError", "no running event loop"))
    })
}

/// Stops the task that runs now, until it is called again.
fn suspend(task: &Rc<State>) -> Result<(), Exception> {
    // The pointer is that of the task's own routine, which runs right now: it lives until the routine ends.
    unsafe { (*task.yielder.get()).suspend(()) };
    if task.must_cancel.replace(false) {
        return Err(cancelled());
    }
    Ok(())
}

/// Waits in the task that runs now.
fn wait(core: &Rc<Core>) -> Result<(), Exception> {
    if core.done.get() {
        return Ok(());
    }
    let task = current();
    let woken = Rc::clone(&task);
    core.then(Box::new(move || step(&woken)));
    if task.must_cancel.get() && core.cancel() {
        task.must_cancel.set(false);
    }
    *task.waiting.borrow_mut() = Some(Rc::clone(core));
    let outcome = suspend(&task);
    task.waiting.take();
    outcome
}

impl State {
    fn cancel(&self) -> bool {
        if self.core.done.get() {
            return false;
        }
        let waiting = self.waiting.borrow().clone();
        if waiting.is_none_or(|waiting| !waiting.cancel()) {
            self.must_cancel.set(true);
        }
        true
    }
}

/// What a call of a coroutine function gives where it is not awaited: nothing has run yet.
pub struct Coroutine<T>(Rc<dyn Fn() -> T>);

impl<T> Clone for Coroutine<T> {
    fn clone(&self) -> Self {
        Coroutine(Rc::clone(&self.0))
    }
}

/// A coroutine of a call.
pub fn coroutine<T>(body: Rc<dyn Fn() -> T>) -> Coroutine<T> {
    Coroutine(body)
}

/// A result that is there later.
pub struct Future<T> {
    core: Rc<Core>,
    outcome: Rc<RefCell<Option<Result<T, Exception>>>>,
}

impl<T> Clone for Future<T> {
    fn clone(&self) -> Self {
        Future {
            core: Rc::clone(&self.core),
            outcome: Rc::clone(&self.outcome),
        }
    }
}

impl<T> PartialEq for Future<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.core, &other.core)
    }
}

impl<T> super::text::Text for Future<T> {
    fn repr_text(&self) -> String {
        super::program::unsupported("the text of a future shows where it lies in memory")
    }
}

impl<T: Clone> Future<T> {
    /// `Future()`.
    #[allow(clippy::new_without_default)]
    pub fn new() -> Self {
        Future {
            core: Core::new(),
            outcome: Rc::default(),
        }
    }

    /// `f.done()`.
    pub fn done(&self) -> bool {
        self.core.done.get()
    }

    /// `f.cancelled()`.
    pub fn cancelled(&self) -> bool {
        self.core.cancelled.get()
    }

    /// `f.cancel()`.
    pub fn cancel(&self) -> bool {
        self.core.cancel()
    }

    /// `f.set_result(value)`.
    pub fn set_result(&self, value: T) {
        self.settle(Ok(value));
    }

    fn settle(&self, outcome: Result<T, Exception>) {
        if let Err(error) = &outcome
            && error.is_a("CancelledError")
        {
            self.core.cancelled.set(true);
        }
        *self.outcome.borrow_mut() = Some(outcome);
        self.core.finish();
    }

    /// `f.result()`.
    pub fn try_result(&self) -> Result<T, Exception> {
        if self.core.cancelled.get() {
            return Err(cancelled());
        }
        match &*self.outcome.borrow() {
            Some(outcome) => outcome.clone(),
            None => Err(Exception::new("InvalidStateError", "Result is not set.")),
        }
    }

    /// `f.result()`.
    pub fn result(&self) -> T {
        self.try_result().or_throw()
    }

    /// `f.exception()`.
    pub fn try_exception(&self) -> Result<Option<Exception>, Exception> {
        match self.try_result() {
            Ok(_) => Ok(None),
            Err(error) if self.core.cancelled.get() || error.is_a("InvalidStateError") => {
                Err(error)
            }
            Err(error) => Ok(Some(error)),
        }
    }

    /// `f.exception()`.
    pub fn exception(&self) -> Option<Exception> {
        self.try_exception().or_throw()
    }
}

/// A task: a coroutine that runs beside others.
pub struct Task<T> {
    future: Future<T>,
    state: Rc<State>,
}

impl<T> Clone for Task<T> {
    fn clone(&self) -> Self {
        Task {
            future: self.future.clone(),
            state: Rc::clone(&self.state),
        }
    }
}

impl<T> PartialEq for Task<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.state, &other.state)
    }
}

impl<T> super::text::Text for Task<T> {
    fn repr_text(&self) -> String {
        super::program::unsupported("the text of a task shows where it lies in memory")
    }
}

impl<T: Clone + 'static> Task<T> {
    fn new(body: Rc<dyn Fn() -> T>, name: Option<String>) -> Self {
        let future = Future {
            core: Core::new(),
            outcome: Rc::default(),
        };
        let number = LOOP.with_borrow_mut(|each| {
            each.named += 1;
            each.named
        });
        let state = Rc::new(State {
            core: Rc::clone(&future.core),
            routine: RefCell::new(None),
            yielder: Cell::new(std::ptr::null()),
            waiting: RefCell::new(None),
            must_cancel: Cell::new(false),
            name: RefCell::new(name.unwrap_or_else(|| format!("Task-{number}"))),
        });
        let held = Rc::downgrade(&state);
        *future.core.canceller.borrow_mut() = Some(Rc::new(move || {
            held.upgrade().is_some_and(|state| state.cancel())
        }));
        let stack = DefaultStack::new(STACK).unwrap_or_else(|_| {
            super::errors::throw(Exception::new(
                "MemoryError",
                "no memory for the stack of a task",
            ))
        });
        let (inside, given) = (Rc::downgrade(&state), future.clone());
        let routine = Routine::with_stack(stack, move |yielder, ()| {
            let mut early = false;
            if let Some(state) = inside.upgrade() {
                state.yielder.set(yielder);
                early = state.must_cancel.replace(false);
            }
            let outcome = if early {
                Err(cancelled())
            } else {
                catching(|| body())
            };
            given.settle(outcome);
        });
        *state.routine.borrow_mut() = Some(routine);
        let first = Rc::clone(&state);
        soon(Box::new(move || step(&first)));
        LOOP.with_borrow_mut(|each| {
            each.tasks.retain(|task| !task.core.done.get());
            each.tasks.push(Rc::clone(&state));
        });
        Task { future, state }
    }

    /// `t.done()`.
    pub fn done(&self) -> bool {
        self.future.done()
    }

    /// `t.cancelled()`.
    pub fn cancelled(&self) -> bool {
        self.future.cancelled()
    }

    /// `t.cancel()`.
    pub fn cancel(&self) -> bool {
        self.state.cancel()
    }

    /// `t.get_name()`.
    pub fn get_name(&self) -> String {
        self.state.name.borrow().clone()
    }

    /// `t.set_name(name)`.
    pub fn set_name(&self, name: &str) {
        *self.state.name.borrow_mut() = name.to_string();
    }

    /// `t.result()`.
    pub fn try_result(&self) -> Result<T, Exception> {
        self.future.try_result()
    }

    /// `t.result()`.
    pub fn result(&self) -> T {
        self.future.result()
    }

    /// `t.exception()`.
    pub fn try_exception(&self) -> Result<Option<Exception>, Exception> {
        self.future.try_exception()
    }

    /// `t.exception()`.
    pub fn exception(&self) -> Option<Exception> {
        self.future.exception()
    }
}

/// The name of the task that runs now.
pub fn current_name() -> String {
    current().name.borrow().clone()
}

/// What can be awaited.
pub trait Awaitable {
    /// The type of its result.
    type Output;
    /// It as a task: a coroutine becomes one.
    fn task(self) -> Task<Self::Output>;
    /// Waits for it in the task that runs now.
    fn wait_for(self) -> Result<Self::Output, Exception>;
}

impl<T: Clone + 'static> Awaitable for Coroutine<T> {
    type Output = T;

    fn task(self) -> Task<T> {
        Task::new(self.0, None)
    }

    fn wait_for(self) -> Result<T, Exception> {
        catching(|| (self.0)())
    }
}

impl<T: Clone + 'static> Awaitable for Task<T> {
    type Output = T;

    fn task(self) -> Task<T> {
        self
    }

    fn wait_for(self) -> Result<T, Exception> {
        self.future.wait_for()
    }
}

impl<T: Clone + 'static> Awaitable for Future<T> {
    type Output = T;

    fn task(self) -> Task<T> {
        Task::new(Rc::new(move || self.clone().wait_for().or_throw()), None)
    }

    fn wait_for(self) -> Result<T, Exception> {
        wait(&self.core)?;
        self.try_result()
    }
}

/// `create_task(coroutine, name)`.
pub fn create_task<T: Clone + 'static>(body: Coroutine<T>, name: Option<String>) -> Task<T> {
    Task::new(body.0, name)
}

/// `ensure_future(awaitable)`.
pub fn ensure_future<A: Awaitable>(awaited: A) -> Task<A::Output> {
    awaited.task()
}

raising! {
    /// `await awaitable`.
    pub fn awaited, try_awaited [A: Awaitable] (awaited: A) -> A::Output {
        awaited.wait_for()
    }

    /// `await sleep(seconds)`.
    pub fn sleep, try_sleep(seconds: f64) -> () {
        if seconds <= 0.0 {
            let task = current();
            let woken = Rc::clone(&task);
            soon(Box::new(move || step(&woken)));
            return suspend(&task);
        }
        let core = Core::new();
        let due = Rc::clone(&core);
        later(seconds, Box::new(move || {
            if !due.done.get() {
                due.finish();
            }
        }));
        wait(&core)?;
        if core.cancelled.get() { Err(cancelled()) } else { Ok(()) }
    }

    /// `await gather(*awaitables)`.
    pub fn gather, try_gather [A: Awaitable<Output: Clone + 'static>, I: IntoIterator<Item = A>] (awaitables: I) -> Vec<A::Output> {
        let tasks: Vec<Task<A::Output>> = awaitables.into_iter().map(Awaitable::task).collect();
        try_wait_all(tasks.iter().map(handle).collect())?;
        tasks.iter().map(Task::try_result).collect()
    }

    /// Waits until all tasks are done, or one has failed: its exception is raised.
    pub fn wait_all, try_wait_all(handles: Vec<Handle>) -> () {
        if handles.is_empty() {
            return Ok(());
        }
        let outer = Core::new();
        let failure: Rc<RefCell<Option<Exception>>> = Rc::default();
        let left = Rc::new(Cell::new(handles.len()));
        for each in &handles {
            let (outer, left, failure, each) = (Rc::clone(&outer), Rc::clone(&left), Rc::clone(&failure), each.clone());
            each.core.clone().then(Box::new(move || {
                left.set(left.get() - 1);
                if outer.done.get() {
                    return;
                }
                if let Some(error) = (each.failure)() {
                    *failure.borrow_mut() = Some(error);
                    outer.finish();
                } else if left.get() == 0 {
                    outer.finish();
                }
            }));
        }
        let children = handles;
        *outer.canceller.borrow_mut() = Some(Rc::new(move || {
            children.iter().filter(|each| each.core.cancel()).count() > 0
        }));
        wait(&outer)?;
        match failure.take() {
            Some(error) => Err(error),
            None => Ok(()),
        }
    }

    /// `await wait_for(awaitable, timeout)`.
    pub fn wait_for, try_wait_for [A: Awaitable<Output: Clone + 'static>] (awaited: A, timeout: Option<f64>) -> A::Output {
        let Some(timeout) = timeout else {
            return awaited.wait_for();
        };
        let task = awaited.task();
        if timeout <= 0.0 {
            if task.done() {
                return task.try_result();
            }
            return expired(&task);
        }
        let outer = Core::new();
        let release = |outer: &Rc<Core>| -> Turn {
            let outer = Rc::clone(outer);
            Box::new(move || {
                if !outer.done.get() {
                    outer.finish();
                }
            })
        };
        later(timeout, release(&outer));
        task.future.core.then(release(&outer));
        let outcome = wait(&outer);
        if outcome.is_err() || outer.cancelled.get() {
            if task.done() {
                return task.try_result();
            }
            task.cancel();
            wait(&task.future.core)?;
            return Err(cancelled());
        }
        if task.done() { task.try_result() } else { expired(&task) }
    }

    /// `run(main())`.
    pub fn run, try_run [T: Clone + 'static] (main: Coroutine<T>) -> T {
        if LOOP.with_borrow_mut(|each| std::mem::replace(&mut each.running, true)) {
            return Err(Exception::new("RuntimeError", "asyncio.run() cannot be called from a running event loop"));
        }
        LOOP.with_borrow_mut(|each| {
            (each.now, each.began) = (0, Instant::now());
            each.tasks.clear();
        });
        let task = create_task(main, None);
        turn_until_done(&task.future.core);
        let rest: Vec<Rc<State>> = LOOP.with_borrow_mut(|each| std::mem::take(&mut each.tasks));
        for each in rest.into_iter().filter(|each| !each.core.done.get()) {
            each.cancel();
            turn_until_done(&each.core);
        }
        LOOP.with_borrow_mut(|each| {
            each.running = false;
            each.ready.clear();
            each.timers.clear();
        });
        task.try_result()
    }
}

/// Cancels a task that took too long, and waits for its end.
fn expired<T: Clone + 'static>(task: &Task<T>) -> Result<T, Exception> {
    task.cancel();
    wait(&task.future.core)?;
    match task.try_result() {
        Err(error) if error.is_a("CancelledError") => Err(Exception::empty("TimeoutError")),
        other => other,
    }
}

/// A task without its type.
#[derive(Clone)]
pub struct Handle {
    core: Rc<Core>,
    failure: Rc<dyn Fn() -> Option<Exception>>,
}

/// A task as one of several of different types.
pub fn handle<T: Clone + 'static>(task: &Task<T>) -> Handle {
    let future = task.future.clone();
    Handle {
        core: Rc::clone(&task.future.core),
        failure: Rc::new(move || future.try_result().err()),
    }
}

/// The loop's rounds, until something is done and whoever waits for that has been told.
fn turn_until_done(core: &Rc<Core>) {
    let told = Rc::new(Cell::new(false));
    let tell = Rc::clone(&told);
    core.then(Box::new(move || tell.set(true)));
    while !told.get() {
        let until = LOOP.with_borrow_mut(|each| {
            let now = each.time();
            let due = each.timers.peek().map(|timer| timer.0.due);
            let due = due.filter(|due| each.ready.is_empty() && *due > now)?;
            // The system is asked to wait whole milliseconds, so that timers that are due soon after one another run in one round.
            each.now = now + (due - now).div_ceil(MILLISECOND) * MILLISECOND;
            Some(each.began + Duration::from_nanos(each.now))
        });
        if let Some(until) = until {
            super::output::flush();
            std::thread::sleep(until.saturating_duration_since(Instant::now()));
        }
        let turns = LOOP.with_borrow_mut(|each| {
            while let Some(timer) = each.timers.peek()
                && timer.0.due <= each.now
                && let Some(Reverse(timer)) = each.timers.pop()
            {
                each.ready.push_back(timer.turn);
            }
            each.ready.len()
        });
        if turns == 0 && LOOP.with_borrow(|each| each.timers.is_empty()) {
            super::program::unsupported(
                "every task waits, and nothing will ever wake one: Python would wait for ever",
            );
        }
        for _ in 0..turns {
            let Some(turn) = LOOP.with_borrow_mut(|each| {
                each.now += TURN;
                each.ready.pop_front()
            }) else {
                break;
            };
            turn();
        }
    }
}

/// `asyncio.get_running_loop().time()`: seconds on the loop's clock.
pub fn time() -> f64 {
    LOOP.with_borrow_mut(|each| each.time()) as f64 / 1e9
}
