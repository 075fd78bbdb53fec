"""Walking through folders; files, paths and the environment are in the catalog."""

from os import listdir, stat
from os.path import isdir, isfile, islink, join


class DirEntry:
    """What lies in a folder."""

    def __init__(self, folder: str, name: str):
        self.name = name
        self.path = join(folder, name)

    def __fspath__(self) -> str:
        return self.path

    def __repr__(self) -> str:
        return f"<DirEntry {self.name!r}>"

    def is_dir(self, follow_symlinks: bool = True) -> bool:
        """Whether it is a folder."""
        return isdir(self.path) and (follow_symlinks or not islink(self.path))

    def is_file(self, follow_symlinks: bool = True) -> bool:
        """Whether it is a file."""
        return isfile(self.path) and (follow_symlinks or not islink(self.path))

    def is_symlink(self) -> bool:
        """Whether it only names something else."""
        return islink(self.path)

    def stat(self):
        """What the file system knows of it."""
        return stat(self.path)


class _Entries:
    def __init__(self, folder: str):
        self._entries = [DirEntry(folder, name) for name in listdir(folder)]
        self._next = 0

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        self.close()

    def close(self) -> None:
        self._next = len(self._entries)

    def __iter__(self):
        return self

    def __next__(self) -> DirEntry:
        if self._next >= len(self._entries):
            raise StopIteration
        self._next += 1
        return self._entries[self._next - 1]


def scandir(path: str = "."):
    """What lies in a folder, one after the other."""
    return _Entries(path)


def walk(top: str, topdown: bool = True, onerror: None = None, followlinks: bool = False):
    """Each folder below one, with the names of the folders and files in it. Which folders are visited may be changed on the way."""
    folders: list[str] = []
    files: list[str] = []
    if not isdir(top):
        return
    for name in listdir(top):
        if isdir(join(top, name)):
            folders.append(name)
        else:
            files.append(name)
    if topdown:
        yield top, folders, files
    for name in folders:
        path = join(top, name)
        if followlinks or not islink(path):
            yield from walk(path, topdown, None, followlinks)
    if not topdown:
        yield top, folders, files
