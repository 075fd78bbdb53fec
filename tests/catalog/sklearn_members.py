"""Which names scikit-learn's classes have, read from the installed library: what `_members.py` of the catalog must say."""

from __future__ import annotations

import inspect
import re
import warnings

from batuta.catalog.index import catalog

_ALL = re.compile(r"fit|n_features_in_|feature_names_in_|get_metadata_routing|get_params|set_\w+|_\w*")
"""What every estimator has, and what is private."""
_SECTION = re.compile(r"\nAttributes\n-+\n(.*?)(?:\n\n?[A-Z][\w ]+\n-+\n|\Z)", re.DOTALL)
_NAME = re.compile(r"^`*(\w+)`*(?: ?:.*)?$", re.MULTILINE)


def _documented(cls: type) -> set[str]:
    found = _SECTION.search(inspect.getdoc(cls) or "")
    return set(_NAME.findall(found[1])) if found else set()


def _is_always_there(cls: type, name: str) -> bool:
    held = next(each.__dict__[name] for each in cls.__mro__ if name in each.__dict__)
    return inspect.isfunction(held)


def members() -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """The classes that have each method, and those that have each attribute at times."""
    from sklearn.pipeline import FeatureUnion, Pipeline
    from sklearn.utils import all_estimators

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        real = {**dict(all_estimators()), "Pipeline": Pipeline, "FeatureUnion": FeatureUnion}
    methods: dict[str, set[str]] = {}
    sometimes: dict[str, set[str]] = {}
    for qualified in catalog().classes:
        name = qualified.rpartition(".")[2]
        if not qualified.startswith("sklearn.") or name not in real:
            continue
        cls = real[name]
        for each in {*dir(cls), *_documented(cls)}:
            if _ALL.fullmatch(each):
                continue
            table = methods if each in dir(cls) and _is_always_there(cls, each) else sometimes
            table.setdefault(each, set()).add(name)
    return methods, sometimes
