"""One repair a file, found by listing this folder. Its docstring holds a broken program with rustc's code, and the mended
one."""
