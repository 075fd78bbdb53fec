"""Executors whose work is done when it is handed in."""


class Future:
    """The result of work that is done."""

    def __init__(self, body):
        self._results = []
        self._errors = []
        try:
            self._results.append(body())
        except Exception as error:
            self._errors.append(error)

    def result(self, timeout=None):
        """The result, or the exception that the work raised."""
        for error in self._errors:
            raise error
        return self._results[0]

    def done(self):
        """Whether the work is done."""
        return True


class ThreadPoolExecutor:
    """Does what it is given at once."""

    def __init__(self, max_workers=None, thread_name_prefix=""):
        self.closed = False

    def shutdown(self, wait=True):
        """Take no more work."""
        self.closed = True

    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        self.closed = True


def as_completed(fs, timeout=None):
    """The futures in the order in which they are done, which is that in which they were made."""
    return list(fs)
