"""The errors and warnings of estimators.

Where a program uses scikit-learn as well, what is raised is also scikit-learn's own error of that name, so that its handlers catch it.
"""

from __future__ import annotations

import sys
import warnings
from functools import cache
from typing import Any


class NotFittedError(ValueError, AttributeError):
    """An estimator is used before it is fitted."""


class InvalidParameterError(ValueError, TypeError):
    """A parameter has a value that the estimator does not take."""


class UnsupportedError(NotImplementedError, ValueError):
    """scikit-learn can do this, the engine cannot."""


class ConvergenceWarning(UserWarning):
    """A search ended before it arrived."""


class DataConversionWarning(UserWarning):
    """Data came in another form than expected."""


class UndefinedMetricWarning(UserWarning):
    """A score has no value for these labels."""


@cache
def _joined(own: type, other: type) -> type:
    return type(own.__name__, (own, other), {"__module__": own.__module__, "__doc__": own.__doc__})


def shared(own: type) -> Any:
    """The class itself, or one that is also scikit-learn's class of the same name where that is loaded."""
    theirs = getattr(sys.modules.get("sklearn.exceptions"), own.__name__, None)
    return own if theirs is None else _joined(own, theirs)


def warn(kind: type[Warning], message: str) -> None:
    """Warns whoever called the estimator."""
    warnings.warn(message, shared(kind), stacklevel=4)
