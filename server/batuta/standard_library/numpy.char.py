"""Functions of each text of an array."""

import numpy as np


def upper(a):
    """In capitals."""
    held = np.asarray(a)
    return np.array([each.upper() for each in held.ravel()]).reshape(held.shape)


def lower(a):
    """In small letters."""
    held = np.asarray(a)
    return np.array([each.lower() for each in held.ravel()]).reshape(held.shape)


def title(a):
    """Each word with a capital."""
    held = np.asarray(a)
    return np.array([each.title() for each in held.ravel()]).reshape(held.shape)


def capitalize(a):
    """The first letter as a capital."""
    held = np.asarray(a)
    return np.array([each.capitalize() for each in held.ravel()]).reshape(held.shape)


def swapcase(a):
    """Capitals for small letters and the other way round."""
    held = np.asarray(a)
    return np.array([each.swapcase() for each in held.ravel()]).reshape(held.shape)


def strip(a, chars=None):
    """Without spaces, or these characters, at both ends."""
    held = np.asarray(a)
    return np.array([each.strip() if chars is None else each.strip(chars) for each in held.ravel()]).reshape(held.shape)


def lstrip(a, chars=None):
    """Without spaces, or these characters, at the beginning."""
    held = np.asarray(a)
    return np.array([each.lstrip() if chars is None else each.lstrip(chars) for each in held.ravel()]).reshape(held.shape)


def rstrip(a, chars=None):
    """Without spaces, or these characters, at the end."""
    held = np.asarray(a)
    return np.array([each.rstrip() if chars is None else each.rstrip(chars) for each in held.ravel()]).reshape(held.shape)


def replace(a, old, new):
    """With one part instead of another."""
    held = np.asarray(a)
    return np.array([each.replace(old, new) for each in held.ravel()]).reshape(held.shape)


def zfill(a, width):
    """With zeros before it."""
    held = np.asarray(a)
    return np.array([each.zfill(width) for each in held.ravel()]).reshape(held.shape)


def center(a, width, fillchar=" "):
    """In the middle of a field."""
    held = np.asarray(a)
    return np.array([each.center(width, fillchar) for each in held.ravel()]).reshape(held.shape)


def ljust(a, width, fillchar=" "):
    """At the beginning of a field."""
    held = np.asarray(a)
    return np.array([each.ljust(width, fillchar) for each in held.ravel()]).reshape(held.shape)


def rjust(a, width, fillchar=" "):
    """At the end of a field."""
    held = np.asarray(a)
    return np.array([each.rjust(width, fillchar) for each in held.ravel()]).reshape(held.shape)


def multiply(a, i):
    """Several times."""
    held = np.asarray(a)
    return np.array([each * i for each in held.ravel()]).reshape(held.shape)


def add(x1, x2):
    """One text after the other; either may be a single text."""
    if isinstance(x2, str):
        held = np.asarray(x1)
        return np.array([each + x2 for each in held.ravel()]).reshape(held.shape)
    if isinstance(x1, str):
        held = np.asarray(x2)
        return np.array([x1 + each for each in held.ravel()]).reshape(held.shape)
    one, other = np.asarray(x1), np.asarray(x2)
    return np.array([a + b for a, b in zip(one.ravel(), other.ravel(), strict=True)]).reshape(one.shape)


def str_len(a):
    """Numbers of characters."""
    held = np.asarray(a)
    return np.array([len(each) for each in held.ravel()]).reshape(held.shape)


def startswith(a, prefix):
    """Whether it begins so."""
    held = np.asarray(a)
    return np.array([each.startswith(prefix) for each in held.ravel()]).reshape(held.shape)


def endswith(a, suffix):
    """Whether it ends so."""
    held = np.asarray(a)
    return np.array([each.endswith(suffix) for each in held.ravel()]).reshape(held.shape)


def find(a, sub):
    """Where a part is first."""
    held = np.asarray(a)
    return np.array([each.find(sub) for each in held.ravel()]).reshape(held.shape)


def count(a, sub):
    """How often a part is in it."""
    held = np.asarray(a)
    return np.array([each.count(sub) for each in held.ravel()]).reshape(held.shape)


def isdigit(a):
    """Whether all characters are digits."""
    held = np.asarray(a)
    return np.array([each.isdigit() for each in held.ravel()]).reshape(held.shape)


def isalpha(a):
    """Whether all characters are letters."""
    held = np.asarray(a)
    return np.array([each.isalpha() for each in held.ravel()]).reshape(held.shape)


def isupper(a):
    """Whether all letters are capitals."""
    held = np.asarray(a)
    return np.array([each.isupper() for each in held.ravel()]).reshape(held.shape)


def islower(a):
    """Whether all letters are small."""
    held = np.asarray(a)
    return np.array([each.islower() for each in held.ravel()]).reshape(held.shape)
