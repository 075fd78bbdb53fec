//! Generators that are spoken to: `send`, `throw` and `close`, the value of `yield`, and the value that they return.

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use super::errors::{Exception, OrThrow, catching, throw};
use super::failures::runtime_error;
use super::value::Value;

/// What goes to and fro at a `yield`.
struct Port<Y, S> {
    item: Cell<Option<Y>>,
    answer: Cell<Option<Result<S, Exception>>>,
}

/// The end that the generator function holds.
pub struct Exchange<Y, S> {
    port: Rc<Port<Y, S>>,
}

impl<Y, S> Exchange<Y, S> {
    /// `yield item`: to be awaited. Gives what was sent, or the exception that was thrown in.
    pub fn give(&self, item: Y) -> Exchanged<Y, S> {
        self.port.item.set(Some(item));
        Exchanged {
            port: self.port.clone(),
            given: false,
        }
    }

    /// `yield from inner`: what is sent goes to the inner generator. Gives what that one returns.
    pub async fn delegate<R: Clone + Into<Value> + 'static>(
        &self,
        inner: &Coroutine<Y, S, R>,
    ) -> Result<R, Exception> {
        let mut answer = None;
        loop {
            match inner.step(answer)? {
                Step::Given(item) => answer = Some(self.give(item).await),
                Step::Returned(result) => return Ok(result),
            }
        }
    }
}

/// Pending once.
pub struct Exchanged<Y, S> {
    port: Rc<Port<Y, S>>,
    given: bool,
}

impl<Y, S> Future for Exchanged<Y, S> {
    type Output = Result<S, Exception>;

    fn poll(mut self: Pin<&mut Self>, _context: &mut Context<'_>) -> Poll<Self::Output> {
        if !self.given {
            self.given = true;
            return Poll::Pending;
        }
        match self.port.answer.take() {
            Some(answer) => Poll::Ready(answer),
            None => Poll::Pending,
        }
    }
}

type Body<R> = Pin<Box<dyn Future<Output = R>>>;

struct State<Y, S, R> {
    body: RefCell<Option<Body<R>>>,
    port: Rc<Port<Y, S>>,
    started: Cell<bool>,
    nothing: fn() -> S,
    is_nothing: fn(&S) -> bool,
}

enum Step<Y, R> {
    Given(Y),
    Returned(R),
}

/// The end that is asked for items and spoken to. A clone is the same generator.
pub struct Coroutine<Y, S, R>(Rc<State<Y, S, R>>);

impl<Y, S, R> Clone for Coroutine<Y, S, R> {
    fn clone(&self) -> Self {
        Coroutine(self.0.clone())
    }
}

impl<Y: 'static, S: 'static, R: Clone + Into<Value> + 'static> Coroutine<Y, S, R> {
    /// Makes a generator. `nothing` is what `yield` gives when nobody sends anything.
    pub fn new<F: Future<Output = R> + 'static>(
        nothing: fn() -> S,
        is_nothing: fn(&S) -> bool,
        body: impl FnOnce(Exchange<Y, S>) -> F,
    ) -> Self {
        let port = Rc::new(Port {
            item: Cell::new(None),
            answer: Cell::new(None),
        });
        let exchange = Exchange { port: port.clone() };
        Coroutine(Rc::new(State {
            body: RefCell::new(Some(Box::pin(body(exchange)))),
            port,
            started: Cell::new(false),
            nothing,
            is_nothing,
        }))
    }
}

impl<Y, S, R: Clone + Into<Value>> Coroutine<Y, S, R> {
    /// Goes on until the next `yield`, the end, or an exception.
    /// `answer`: what was sent or thrown in, if anything.
    fn step(&self, answer: Option<Result<S, Exception>>) -> Result<Step<Y, R>, Exception> {
        let state = &self.0;
        // While it runs its body is not there.
        let Some(mut body) = state.body.take() else {
            return Err(match answer {
                Some(Err(exception)) => exception,
                _ => Exception::stopped(Value::None),
            });
        };
        if state.started.get() {
            let answer = answer.unwrap_or_else(|| Ok((state.nothing)()));
            state.port.answer.set(Some(answer));
        } else if let Some(Err(exception)) = answer {
            return Err(exception);
        }
        state.started.set(true);
        let outcome = catching(|| body.as_mut().poll(&mut Context::from_waker(Waker::noop())))?;
        match outcome {
            Poll::Ready(result) => Ok(Step::Returned(result)),
            Poll::Pending => {
                state.body.replace(Some(body));
                match state.port.item.take() {
                    Some(item) => Ok(Step::Given(item)),
                    None => Err(runtime_error("the generator gave nothing")),
                }
            }
        }
    }

    fn asked(&self, answer: Option<Result<S, Exception>>) -> Result<Y, Exception> {
        match self.step(answer)? {
            Step::Given(item) => Ok(item),
            Step::Returned(result) => Err(Exception::stopped(result.into())),
        }
    }

    /// `next(self)`.
    pub fn try_advance(&self) -> Result<Y, Exception> {
        self.asked(None)
    }

    /// `next(self)`.
    pub fn advance(&self) -> Y {
        self.try_advance().or_throw()
    }

    /// `next(self, default)`.
    pub fn advance_or(&self, default: Y) -> Y {
        match self.try_advance() {
            Ok(item) => item,
            Err(exception) if exception.is_a("StopIteration") => default,
            Err(exception) => throw(exception),
        }
    }

    /// `self.send(value)`.
    pub fn try_send(&self, value: S) -> Result<Y, Exception> {
        if !self.0.started.get() && self.0.body.borrow().is_some() && !(self.0.is_nothing)(&value) {
            return Err(super::failures::type_error(
                "can't send non-None value to a just-started generator",
            ));
        }
        self.asked(Some(Ok(value)))
    }

    /// `self.send(value)`.
    pub fn send(&self, value: S) -> Y {
        self.try_send(value).or_throw()
    }

    /// `self.throw(exception)`.
    pub fn try_throw_in(&self, exception: Exception) -> Result<Y, Exception> {
        self.asked(Some(Err(exception)))
    }

    /// `self.throw(exception)`.
    pub fn throw_in(&self, exception: Exception) -> Y {
        self.try_throw_in(exception).or_throw()
    }

    /// `self.close()`.
    pub fn try_close(&self) -> Result<(), Exception> {
        if !self.0.started.get() {
            self.0.body.take();
            return Ok(());
        }
        match self.step(Some(Err(Exception::empty("GeneratorExit")))) {
            Ok(Step::Given(_)) => Err(runtime_error("generator ignored GeneratorExit")),
            Ok(Step::Returned(_)) => Ok(()),
            Err(exception) if exception.is_any(&["GeneratorExit", "StopIteration"]) => Ok(()),
            Err(exception) => Err(exception),
        }
    }

    /// `self.close()`.
    pub fn close(&self) {
        self.try_close().or_throw();
    }
}

impl<Y, S, R: Clone + Into<Value>> Iterator for Coroutine<Y, S, R> {
    type Item = Y;

    fn next(&mut self) -> Option<Y> {
        match self.step(None) {
            Ok(Step::Given(item)) => Some(item),
            Ok(Step::Returned(_)) => None,
            Err(exception) if exception.is_a("StopIteration") => None,
            Err(exception) => throw(exception),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sent_comes_out_of_yield() {
        let doubled: Coroutine<i64, Option<i64>, i64> = Coroutine::new(
            || None,
            Option::is_none,
            |exchange| async move {
                let mut last = 0;
                while let Some(sent) = exchange.give(last * 2).await.or_throw() {
                    last = sent;
                }
                last
            },
        );
        assert_eq!(
            (
                doubled.advance(),
                doubled.send(Some(4)),
                doubled.send(Some(5))
            ),
            (0, 8, 10)
        );
        let end = doubled.try_send(None).unwrap_err();
        assert!(end.is_a("StopIteration"));
        assert_eq!(end.value(), Value::from(5));
    }

    #[test]
    fn what_is_thrown_in_is_raised_at_the_yield() {
        let caught: Coroutine<i64, (), ()> = Coroutine::new(
            || (),
            |()| true,
            |exchange| async move {
                if exchange.give(1).await.is_err() {
                    let _ = exchange.give(2).await;
                }
            },
        );
        assert_eq!(caught.advance(), 1);
        assert_eq!(caught.throw_in(Exception::empty("KeyError")), 2);
        assert!(caught.try_close().is_ok());
        assert!(caught.try_advance().is_err());
    }
}
