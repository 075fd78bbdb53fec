"""Queues of one thread: what would wait for another thread for ever ends the program."""

import heapq
from collections import deque


class Empty(Exception):
    """Raised when an item is asked for at once and there is none."""

    def __repr__(self):
        return "Empty()"


class Full(Exception):
    """Raised when there is no room for an item at once."""

    def __repr__(self):
        return "Full()"


class Queue:
    """First in, first out."""

    def __init__(self, maxsize=0):
        self.maxsize = maxsize
        self.queue = deque()
        self.unfinished_tasks = 0

    def qsize(self):
        """How many items there are."""
        return len(self.queue)

    def empty(self):
        """Whether there is no item."""
        return not self.queue

    def full(self):
        """Whether there is no room."""
        return 0 < self.maxsize <= len(self.queue)

    def put(self, item, block=True, timeout=None):
        """Add an item."""
        if 0 < self.maxsize <= len(self.queue):
            if block and timeout is None:
                raise RuntimeError("the queue is full, and no other thread takes from it")
            raise Full
        self.queue.append(item)
        self.unfinished_tasks += 1

    def put_nowait(self, item):
        """Add an item if there is room."""
        self.put(item, False)

    def get(self, block=True, timeout=None):
        """The next item."""
        if not self.queue:
            if block and timeout is None:
                raise RuntimeError("the queue is empty, and no other thread fills it")
            raise Empty
        return self.queue.popleft()

    def get_nowait(self):
        """The next item if there is one."""
        return self.get(False)

    def task_done(self):
        """Say that an item has been dealt with."""
        if self.unfinished_tasks <= 0:
            raise ValueError("task_done() called too many times")
        self.unfinished_tasks -= 1

    def join(self):
        """Wait until every item has been dealt with."""
        if self.unfinished_tasks > 0:
            raise RuntimeError("items of the queue are not done, and no other thread deals with them")


class SimpleQueue:
    """First in, first out, without limits."""

    def __init__(self):
        self._items = deque()

    def qsize(self):
        """How many items there are."""
        return len(self._items)

    def empty(self):
        """Whether there is no item."""
        return not self._items

    def put(self, item, block=True, timeout=None):
        """Add an item."""
        self._items.append(item)

    def put_nowait(self, item):
        """Add an item."""
        self._items.append(item)

    def get(self, block=True, timeout=None):
        """The next item."""
        if not self._items:
            if block and timeout is None:
                raise RuntimeError("the queue is empty, and no other thread fills it")
            raise Empty
        return self._items.popleft()

    def get_nowait(self):
        """The next item if there is one."""
        return self.get(False)


class LifoQueue:
    """Last in, first out."""

    def __init__(self, maxsize=0):
        self.maxsize = maxsize
        self.queue = []
        self.unfinished_tasks = 0

    def qsize(self):
        """How many items there are."""
        return len(self.queue)

    def empty(self):
        """Whether there is no item."""
        return not self.queue

    def full(self):
        """Whether there is no room."""
        return 0 < self.maxsize <= len(self.queue)

    def put(self, item, block=True, timeout=None):
        """Add an item."""
        if 0 < self.maxsize <= len(self.queue):
            if block and timeout is None:
                raise RuntimeError("the queue is full, and no other thread takes from it")
            raise Full
        self.queue.append(item)
        self.unfinished_tasks += 1

    def put_nowait(self, item):
        """Add an item if there is room."""
        self.put(item, False)

    def get(self, block=True, timeout=None):
        """The item that came last."""
        if not self.queue:
            if block and timeout is None:
                raise RuntimeError("the queue is empty, and no other thread fills it")
            raise Empty
        return self.queue.pop()

    def get_nowait(self):
        """The item that came last, if there is one."""
        return self.get(False)

    def task_done(self):
        """Say that an item has been dealt with."""
        if self.unfinished_tasks <= 0:
            raise ValueError("task_done() called too many times")
        self.unfinished_tasks -= 1

    def join(self):
        """Wait until every item has been dealt with."""
        if self.unfinished_tasks > 0:
            raise RuntimeError("items of the queue are not done, and no other thread deals with them")


class PriorityQueue:
    """The smallest item first."""

    def __init__(self, maxsize=0):
        self.maxsize = maxsize
        self.queue = []
        self.unfinished_tasks = 0

    def qsize(self):
        """How many items there are."""
        return len(self.queue)

    def empty(self):
        """Whether there is no item."""
        return not self.queue

    def full(self):
        """Whether there is no room."""
        return 0 < self.maxsize <= len(self.queue)

    def put(self, item, block=True, timeout=None):
        """Add an item."""
        if 0 < self.maxsize <= len(self.queue):
            if block and timeout is None:
                raise RuntimeError("the queue is full, and no other thread takes from it")
            raise Full
        heapq.heappush(self.queue, item)
        self.unfinished_tasks += 1

    def put_nowait(self, item):
        """Add an item if there is room."""
        self.put(item, False)

    def get(self, block=True, timeout=None):
        """The smallest item."""
        if not self.queue:
            if block and timeout is None:
                raise RuntimeError("the queue is empty, and no other thread fills it")
            raise Empty
        return heapq.heappop(self.queue)

    def get_nowait(self):
        """The smallest item if there is one."""
        return self.get(False)

    def task_done(self):
        """Say that an item has been dealt with."""
        if self.unfinished_tasks <= 0:
            raise ValueError("task_done() called too many times")
        self.unfinished_tasks -= 1

    def join(self):
        """Wait until every item has been dealt with."""
        if self.unfinished_tasks > 0:
            raise RuntimeError("items of the queue are not done, and no other thread deals with them")
