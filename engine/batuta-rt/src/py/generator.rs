//! Generator functions: coroutines that give one item at a time.
//!
//! A Python generator stops at each `yield` and goes on when it is asked for the next item. An `async` block does the same: `give` stores
//! the item and is pending once, and `next` polls until an item is there or the block has ended.

use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

/// The end that the generator function holds.
pub struct Giver<T>(Rc<Cell<Option<T>>>);

impl<T> Giver<T> {
    /// `yield item`: to be awaited.
    pub fn give(&self, item: T) -> Give {
        self.0.set(Some(item));
        Give { given: false }
    }
}

/// Pending once.
pub struct Give {
    given: bool,
}

impl Future for Give {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, _context: &mut Context<'_>) -> Poll<()> {
        if self.given {
            return Poll::Ready(());
        }
        self.given = true;
        Poll::Pending
    }
}

/// The end that is iterated.
pub struct Generator<T> {
    body: Option<Pin<Box<dyn Future<Output = ()>>>>,
    slot: Rc<Cell<Option<T>>>,
}

impl<T: 'static> Generator<T> {
    /// Makes a generator of a function that gives items.
    pub fn new<F: Future<Output = ()> + 'static>(body: impl FnOnce(Giver<T>) -> F) -> Self {
        let slot = Rc::new(Cell::new(None));
        let body = body(Giver(slot.clone()));
        Self {
            body: Some(Box::pin(body)),
            slot,
        }
    }
}

impl<T> Iterator for Generator<T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        let body = self.body.as_mut()?;
        let mut context = Context::from_waker(Waker::noop());
        if body.as_mut().poll(&mut context).is_ready() {
            self.body = None;
        }
        self.slot.take()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn countdown(start: i64) -> Generator<i64> {
        Generator::new(move |giver| async move {
            let mut left = start;
            while left > 0 {
                giver.give(left).await;
                left -= 1;
            }
        })
    }

    #[test]
    fn items_come_one_by_one() {
        let mut items = countdown(2);
        assert_eq!(
            [items.next(), items.next(), items.next(), items.next()],
            [Some(2), Some(1), None, None]
        );
        assert_eq!(countdown(3).collect::<Vec<_>>(), [3, 2, 1]);
    }
}
