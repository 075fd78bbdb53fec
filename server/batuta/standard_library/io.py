"""Bytes in memory that are read and written like a file; files and texts in memory are in the catalog."""


class BytesIO:
    """A file of bytes that lies in memory."""

    def __init__(self, initial_bytes=b""):
        self._bytes = bytearray(initial_bytes)
        self._place = 0
        self.closed = False

    def _check(self):
        if self.closed:
            raise ValueError("I/O operation on closed file.")

    def read(self, size: int | None = -1) -> bytes:
        """The next bytes; all that are left without a size."""
        self._check()
        end = len(self._bytes)
        if size is not None and size >= 0:
            end = min(self._place + size, end)
        found = bytes(self._bytes[self._place : end])
        self._place += len(found)
        return found

    def read1(self, size: int | None = -1) -> bytes:
        """The next bytes; all that are left without a size."""
        return self.read(size)

    def readline(self, size: int | None = -1) -> bytes:
        """The next line with its end."""
        self._check()
        end = self._bytes.find(b"\n", self._place) + 1
        if end == 0:
            end = len(self._bytes)
        if size is not None and size >= 0:
            end = min(end, self._place + size)
        found = bytes(self._bytes[self._place : end])
        self._place += len(found)
        return found

    def readlines(self) -> list[bytes]:
        """All lines that are left."""
        lines = []
        line = self.readline()
        while line:
            lines.append(line)
            line = self.readline()
        return lines

    def write(self, b) -> int:
        """Write bytes at the place, over those that are there; how many they are."""
        self._check()
        if not b:
            return 0
        if self._place > len(self._bytes):
            self._bytes.extend(bytes(self._place - len(self._bytes)))
        self._bytes[self._place : self._place + len(b)] = b
        self._place += len(b)
        return len(b)

    def writelines(self, lines) -> None:
        """Write several bytes behind each other."""
        for each in lines:
            self.write(each)

    def getvalue(self) -> bytes:
        """All bytes."""
        self._check()
        return bytes(self._bytes)

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to a place counted from the beginning (0), from here (1) or from the end (2)."""
        self._check()
        if whence == 1:
            self._place = max(0, self._place + offset)
        elif whence == 2:
            self._place = max(0, len(self._bytes) + offset)
        elif offset < 0:
            raise ValueError(f"negative seek value {offset}")
        else:
            self._place = offset
        return self._place

    def tell(self) -> int:
        """The place of the next byte."""
        self._check()
        return self._place

    def truncate(self, size: int | None = None) -> int:
        """Cut the bytes off behind a size, or behind the place."""
        self._check()
        length = self._place if size is None else size
        self._bytes = bytearray(self._bytes[:length])
        return length

    def readable(self) -> bool:
        """Whether it can be read."""
        return True

    def writable(self) -> bool:
        """Whether it can be written."""
        return True

    def seekable(self) -> bool:
        """Whether places can be gone to."""
        return True

    def flush(self) -> None:
        """Nothing waits to be written."""
        self._check()

    def close(self) -> None:
        """End all reading and writing."""
        self.closed = True

    def __enter__(self):
        self._check()
        return self

    def __exit__(self, kind, error, trace):
        self.close()

    def __iter__(self):
        self._check()
        return self

    def __next__(self) -> bytes:
        line = self.readline()
        if not line:
            raise StopIteration
        return line
