"""What tasks of `asyncio` wait for: queues, locks, semaphores, events. Tasks themselves and sleeping are in the catalog."""

import heapq
from asyncio import CancelledError, Future
from collections import deque


class QueueEmpty(Exception):
    """Raised when an item is asked for at once and there is none."""

    def __repr__(self):
        return "QueueEmpty()"


class QueueFull(Exception):
    """Raised when there is no room for an item at once."""

    def __repr__(self):
        return "QueueFull()"


class Event:
    """Tasks wait until it is set."""

    def __init__(self):
        self._waiters = deque()
        self._value = False

    def is_set(self):
        """Whether it is set."""
        return self._value

    def set(self):
        """Let all tasks go on that wait."""
        if not self._value:
            self._value = True
            for waiter in self._waiters:
                if not waiter.done():
                    waiter.set_result(True)

    def clear(self):
        """Let tasks wait again."""
        self._value = False

    async def wait(self):
        """Wait until it is set."""
        if self._value:
            return True
        waiter = Future()
        self._waiters.append(waiter)
        try:
            await waiter
        finally:
            self._waiters.remove(waiter)
        return True


class Lock:
    """One task at a time."""

    def __init__(self):
        self._waiters = deque()
        self._locked = False

    def locked(self):
        """Whether a task holds it."""
        return self._locked

    async def acquire(self):
        """Wait until no other task holds it, and hold it."""
        if not self._locked and all(each.cancelled() for each in self._waiters):
            self._locked = True
            return True
        waiter = Future()
        self._waiters.append(waiter)
        try:
            try:
                await waiter
            finally:
                self._waiters.remove(waiter)
        except CancelledError:
            if not self._locked:
                self._wake_first()
            raise
        self._locked = True
        return True

    def release(self):
        """Let the next task hold it."""
        if not self._locked:
            raise RuntimeError("Lock is not acquired.")
        self._locked = False
        self._wake_first()

    def _wake_first(self):
        if self._waiters and not self._waiters[0].done():
            self._waiters[0].set_result(True)

    async def __aenter__(self):
        await self.acquire()

    async def __aexit__(self, kind, error, traceback):
        self.release()


class Semaphore:
    """So many tasks at a time."""

    def __init__(self, value=1):
        if value < 0:
            raise ValueError("Semaphore initial value must be >= 0")
        self._waiters = deque()
        self._value = value

    def locked(self):
        """Whether a task would have to wait."""
        return self._value == 0 or any(not each.cancelled() for each in self._waiters)

    async def acquire(self):
        """Wait until there is a place, and take it."""
        if not self.locked():
            self._value -= 1
            return True
        waiter = Future()
        self._waiters.append(waiter)
        try:
            try:
                await waiter
            finally:
                self._waiters.remove(waiter)
        except CancelledError:
            if not waiter.cancelled():
                self._value += 1
                self._wake_next()
            raise
        if self._value > 0:
            self._wake_next()
        return True

    def release(self):
        """Give the place back."""
        self._value += 1
        self._wake_next()

    def _wake_next(self):
        for each in self._waiters:
            if not each.done():
                self._value -= 1
                each.set_result(True)
                return

    async def __aenter__(self):
        await self.acquire()

    async def __aexit__(self, kind, error, traceback):
        self.release()


class BoundedSemaphore(Semaphore):
    """A semaphore that is never given back more often than it was taken."""

    def __init__(self, value=1):
        super().__init__(value)
        self._most = value

    def release(self):
        """Give the place back."""
        if self._value >= self._most:
            raise ValueError("BoundedSemaphore released too many times")
        super().release()


class Queue:
    """First in, first out; tasks wait for items and for room."""

    def __init__(self, maxsize=0):
        self._maxsize = maxsize
        self._getters = deque()
        self._putters = deque()
        self._unfinished = 0
        self._finished = Event()
        self._finished.set()
        self._queue = deque()

    @property
    def maxsize(self):
        """How many items there may be; 0 for any number."""
        return self._maxsize

    def qsize(self):
        """How many items there are."""
        return len(self._queue)

    def empty(self):
        """Whether there is no item."""
        return not self._queue

    def full(self):
        """Whether there is no room."""
        return 0 < self._maxsize <= len(self._queue)

    async def put(self, item):
        """Add an item as soon as there is room."""
        while self.full():
            putter = Future()
            self._putters.append(putter)
            try:
                await putter
            except CancelledError:
                putter.cancel()
                if putter in self._putters:
                    self._putters.remove(putter)
                if not self.full() and not putter.cancelled():
                    _wake_next(self._putters)
                raise
        self.put_nowait(item)

    def put_nowait(self, item):
        """Add an item if there is room."""
        if self.full():
            raise QueueFull
        self._queue.append(item)
        self._unfinished += 1
        self._finished.clear()
        _wake_next(self._getters)

    async def get(self):
        """The next item, as soon as there is one."""
        while self.empty():
            getter = Future()
            self._getters.append(getter)
            try:
                await getter
            except CancelledError:
                getter.cancel()
                if getter in self._getters:
                    self._getters.remove(getter)
                if not self.empty() and not getter.cancelled():
                    _wake_next(self._getters)
                raise
        return self.get_nowait()

    def get_nowait(self):
        """The next item if there is one."""
        if self.empty():
            raise QueueEmpty
        item = self._queue.popleft()
        _wake_next(self._putters)
        return item

    def task_done(self):
        """Say that an item has been dealt with."""
        if self._unfinished <= 0:
            raise ValueError("task_done() called too many times")
        self._unfinished -= 1
        if self._unfinished == 0:
            self._finished.set()

    async def join(self):
        """Wait until every item has been dealt with."""
        if self._unfinished > 0:
            await self._finished.wait()


class PriorityQueue:
    """The smallest item first; tasks wait for items and for room."""

    def __init__(self, maxsize=0):
        self._maxsize = maxsize
        self._getters = deque()
        self._putters = deque()
        self._unfinished = 0
        self._finished = Event()
        self._finished.set()
        self._queue = []

    @property
    def maxsize(self):
        """How many items there may be; 0 for any number."""
        return self._maxsize

    def qsize(self):
        """How many items there are."""
        return len(self._queue)

    def empty(self):
        """Whether there is no item."""
        return not self._queue

    def full(self):
        """Whether there is no room."""
        return 0 < self._maxsize <= len(self._queue)

    async def put(self, item):
        """Add an item as soon as there is room."""
        while self.full():
            putter = Future()
            self._putters.append(putter)
            try:
                await putter
            except CancelledError:
                putter.cancel()
                if putter in self._putters:
                    self._putters.remove(putter)
                if not self.full() and not putter.cancelled():
                    _wake_next(self._putters)
                raise
        self.put_nowait(item)

    def put_nowait(self, item):
        """Add an item if there is room."""
        if self.full():
            raise QueueFull
        heapq.heappush(self._queue, item)
        self._unfinished += 1
        self._finished.clear()
        _wake_next(self._getters)

    async def get(self):
        """The next item, as soon as there is one."""
        while self.empty():
            getter = Future()
            self._getters.append(getter)
            try:
                await getter
            except CancelledError:
                getter.cancel()
                if getter in self._getters:
                    self._getters.remove(getter)
                if not self.empty() and not getter.cancelled():
                    _wake_next(self._getters)
                raise
        return self.get_nowait()

    def get_nowait(self):
        """The next item if there is one."""
        if self.empty():
            raise QueueEmpty
        item = heapq.heappop(self._queue)
        _wake_next(self._putters)
        return item

    def task_done(self):
        """Say that an item has been dealt with."""
        if self._unfinished <= 0:
            raise ValueError("task_done() called too many times")
        self._unfinished -= 1
        if self._unfinished == 0:
            self._finished.set()

    async def join(self):
        """Wait until every item has been dealt with."""
        if self._unfinished > 0:
            await self._finished.wait()


class LifoQueue:
    """Last in, first out; tasks wait for items and for room."""

    def __init__(self, maxsize=0):
        self._maxsize = maxsize
        self._getters = deque()
        self._putters = deque()
        self._unfinished = 0
        self._finished = Event()
        self._finished.set()
        self._queue = []

    @property
    def maxsize(self):
        """How many items there may be; 0 for any number."""
        return self._maxsize

    def qsize(self):
        """How many items there are."""
        return len(self._queue)

    def empty(self):
        """Whether there is no item."""
        return not self._queue

    def full(self):
        """Whether there is no room."""
        return 0 < self._maxsize <= len(self._queue)

    async def put(self, item):
        """Add an item as soon as there is room."""
        while self.full():
            putter = Future()
            self._putters.append(putter)
            try:
                await putter
            except CancelledError:
                putter.cancel()
                if putter in self._putters:
                    self._putters.remove(putter)
                if not self.full() and not putter.cancelled():
                    _wake_next(self._putters)
                raise
        self.put_nowait(item)

    def put_nowait(self, item):
        """Add an item if there is room."""
        if self.full():
            raise QueueFull
        self._queue.append(item)
        self._unfinished += 1
        self._finished.clear()
        _wake_next(self._getters)

    async def get(self):
        """The next item, as soon as there is one."""
        while self.empty():
            getter = Future()
            self._getters.append(getter)
            try:
                await getter
            except CancelledError:
                getter.cancel()
                if getter in self._getters:
                    self._getters.remove(getter)
                if not self.empty() and not getter.cancelled():
                    _wake_next(self._getters)
                raise
        return self.get_nowait()

    def get_nowait(self):
        """The next item if there is one."""
        if self.empty():
            raise QueueEmpty
        item = self._queue.pop()
        _wake_next(self._putters)
        return item

    def task_done(self):
        """Say that an item has been dealt with."""
        if self._unfinished <= 0:
            raise ValueError("task_done() called too many times")
        self._unfinished -= 1
        if self._unfinished == 0:
            self._finished.set()

    async def join(self):
        """Wait until every item has been dealt with."""
        if self._unfinished > 0:
            await self._finished.wait()


def _wake_next(waiters):
    while waiters:
        waiter = waiters.popleft()
        if not waiter.done():
            waiter.set_result(True)
            break
