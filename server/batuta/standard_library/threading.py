"""Threads whose order nobody can see: each runs to its end when it is started. What prints, sleeps or waits is not such a thread."""


class Lock:
    """Held by one thread at a time."""

    def __init__(self):
        self._held = False

    def acquire(self, blocking=True, timeout=-1.0):
        """Hold it; whether it was free."""
        if self._held:
            if blocking and timeout < 0:
                raise RuntimeError("the lock is held, and no other thread gives it back")
            return False
        self._held = True
        return True

    def release(self):
        """Give it back."""
        if not self._held:
            raise RuntimeError("release unlocked lock")
        self._held = False

    def locked(self):
        """Whether it is held."""
        return self._held

    def __enter__(self):
        return self.acquire()

    def __exit__(self, kind, error, traceback):
        self.release()


class RLock:
    """Held by one thread at a time, which may hold it several times."""

    def __init__(self):
        self._count = 0

    def acquire(self, blocking=True, timeout=-1.0):
        """Hold it once more."""
        self._count += 1
        return True

    def release(self):
        """Give it back once."""
        if self._count == 0:
            raise RuntimeError("cannot release un-acquired lock")
        self._count -= 1

    def __enter__(self):
        return self.acquire()

    def __exit__(self, kind, error, traceback):
        self.release()


class Thread:
    """Work that runs to its end when it is started."""

    def __init__(self, body=None, name="", daemon=False):
        self._body = body
        self.name = name
        self.daemon = daemon
        self._started = False

    def run(self):
        """Do the work."""
        body = self._body
        if body is not None:
            body()

    def start(self):
        """Do the work, once."""
        if self._started:
            raise RuntimeError("threads can only be started once")
        self._started = True
        self.run()

    def join(self, timeout=None):
        """Wait for the end, which has come."""
        if not self._started:
            raise RuntimeError("cannot join thread before it is started")

    def is_alive(self):
        """Whether the work goes on."""
        return False
