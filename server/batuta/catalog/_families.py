"""What is asked of a place that holds estimators of several classes, where only some of the classes have it.

`models["forest"].oob_score_`, with a logistic regression in the same dict, asks the object itself which class it is of:

    models.at("forest").of_classes((), |model, _| sklearn::of_class!(model, "oob_score_", [], [sklearn::RandomForestClassifier],
        own => own.try_oob_score_()))

The entries are made from those of the classes, for members that the family does not declare itself. An object of another class ends the program
with the AttributeError of Python; one of a class that has the member in scikit-learn and not here says that it is not translated.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from batuta.catalog._members import METHODS, SOMETIMES
from batuta.catalog.entry import Call, Entry, LibraryClass, Refusal
from batuta.ir import types as t

if TYPE_CHECKING:
    from batuta.catalog.index import Catalog

_FAMILIES: Final = {
    "sklearn.base.BaseEstimator": 'Object["sklearn.base.BaseEstimator", Y]',
    "sklearn.base.classifier or regressor": 'Object["sklearn.base.classifier or regressor", Y]',
    "sklearn.base.ClassifierMixin": 'Object["sklearn.base.ClassifierMixin", Y]',
    "sklearn.base.RegressorMixin": '"sklearn.base.RegressorMixin"',
    "sklearn.base.TransformerMixin": '"sklearn.base.TransformerMixin"',
    "sklearn.base.ClusterMixin": '"sklearn.base.ClusterMixin"',
}
"""The families with the type of their objects."""
_SELF = re.compile(r'^\(self: (?:Object\["[^"]*"(?:, \w+)*\]|"[^"]*")')
_HOLE = re.compile(r"(?<!\{)\{(?!type |\{)([^{}]+)\}(?!\})")


_BY_NAME: Final = {
    member: (frozenset(METHODS.get(member, "").split()), frozenset(SOMETIMES.get(member, "").split()))
    for member in {*METHODS, *SOMETIMES}
}
_CLASSES: Final = frozenset(name for each in _BY_NAME.values() for names in each for name in names)


def lacks(owner: str, member: str) -> bool:
    """Whether objects of one of scikit-learn's classes never have a member that other classes have."""
    if not owner.startswith("sklearn.") or member not in _BY_NAME:
        return False
    name = owner.rpartition(".")[2]
    return name in _CLASSES and not any(name in each for each in _BY_NAME[member])


def always_has(owner: str, member: str) -> bool:
    """Whether all objects of one of scikit-learn's classes have a method."""
    return owner.startswith("sklearn.") and member in _BY_NAME and owner.rpartition(".")[2] in _BY_NAME[member][0]


def family_entry(known: Catalog, owner: str, member: str) -> Entry | None:
    """The entry of a member for objects of a family, made from what its classes declare; None where they differ in how it is called."""
    if owner not in _FAMILIES or member.startswith("__"):
        return None
    candidates = {
        name: entry
        for name, declared in known.classes.items()
        if owner in declared.bases and _rust_type(declared) != "sklearn::Model"
        if (entry := known.entries.get(f"{name}.{member}")) is not None
    }
    if not candidates:
        return None
    first = next(iter(candidates.values()))
    heads = {_head(each) for each in candidates.values()}
    if len(heads) != 1 or None in heads or any(each.kind != first.kind for each in candidates.values()):
        return None
    results = {_result(each) for each in candidates.values()}
    if results & {"Self", "None"}:
        return None
    made = _Family(known, member, candidates)
    alike = len(results) == 1 and "Any" not in results
    return Entry(
        f"{owner}.{member}",
        f"(self: {_FAMILIES[owner]}{heads.pop()} -> {results.pop() if alike else 'Any'}",
        made.rust,
        kind=first.kind,
        result=None if alike else made.result,
        raises=tuple(sorted({"AttributeError", *(error for each in candidates.values() for error in each.raises)})),
        refuse=made.refuse,
        features=first.features,
        cost=first.cost,
    )


def asks_family(owner: str, member: str) -> str:
    """`hasattr` of an attribute that `fit` leaves, for objects of a family: a template, or an empty text where the classes alone tell it."""
    from batuta.catalog.index import catalog

    known = catalog()
    forms: dict[str, list[str]] = {}
    shown = set()
    for name, declared in known.classes.items():
        entry = known.entries.get(f"{name}.{member}")
        if entry is None or entry.kind != "attribute" or owner not in declared.bases or not isinstance(entry.rust, str):
            continue
        if "~" not in entry.rust or "{type" in entry.rust:
            continue
        shown.add(name.rpartition(".")[2])
        forms.setdefault(entry.rust.replace("{self}.~", "own.try_"), []).append(_rust_type(declared))
    if owner not in _FAMILIES or not forms:
        return ""
    real = f"{METHODS.get(member, '')} {SOMETIMES.get(member, '')}".split()
    others = ", ".join(f'"{each}"' for each in sorted({*real} - shown))
    parts = "; ".join(f"[{', '.join(classes)}], own => {text}.map(|_| ())" for text, classes in forms.items())
    return f'{{obj}}.try_of_classes((), |model, ()| sklearn::of_class!(model, "{member}", [{others}], {parts})).is_ok()'


def _rust_type(declared: LibraryClass) -> str:
    """The type of the faithful target, which is what a place for several kinds holds."""
    held = declared.rust_type
    return held if isinstance(held, str) else held["batuta-rt"]


def _head(entry: Entry) -> str | None:
    """The parameters behind `self`, or None where there are several forms."""
    if not isinstance(entry.signature, str) or not _SELF.match(entry.signature):
        return None
    return _SELF.sub("", entry.signature).rpartition(" -> ")[0]


def _result(entry: Entry) -> str:
    return str(entry.signature).rpartition(" -> ")[2]


def learned_role(call: Any, labels: t.Type) -> str:
    """The role of an estimator of any kind that learns such labels: floats are learned by regressors, and whole numbers by what the program names."""
    from batuta.catalog._estimators import label_array
    from batuta.catalog.index import catalog

    found = label_array(labels)
    if found != t.Array("int64", 1):
        return "RegressorMixin" if found == t.Array("float64", 1) else "ClassifierMixin"
    text = call.inference.program.source.text
    roles = {
        base.rpartition(".")[2]
        for name, declared in catalog().classes.items()
        if name.startswith("sklearn.") and re.search(rf"\b{re.escape(name.rpartition('.')[2])}\b", text)
        for base in declared.bases
        if base in ("sklearn.base.ClassifierMixin", "sklearn.base.RegressorMixin")
    }
    if len(roles) != 1:
        raise Refusal(
            "BAT103",
            "one place holds classifiers and regressors, which predict values of different types",
            "Use a place of its own for each sort.",
        )
    return roles.pop()


class _Family:
    def __init__(self, known: Catalog, member: str, candidates: dict[str, Entry]) -> None:
        self.known = known
        self.member = member
        self.candidates = candidates

    def _asked(self, call: Any) -> dict[str, Entry]:
        """The classes that the program names; all where it names none."""
        text = call.inference.program.source.text
        named = {name: each for name, each in self.candidates.items() if re.search(rf"\b{name.rpartition('.')[2]}\b", text)}
        asked = named or self.candidates
        if len({(_result(each), each.result) for each in asked.values()}) != 1:
            raise Refusal(
                "BAT103",
                f"`{self.member}` has another type for each class of estimators that the place may hold",
                "Use a variable of its own for each estimator.",
            )
        return asked

    def result(self, call: Call) -> t.Type:
        """The type that the classes of the program agree on."""
        first = next(iter(self._asked(call).values()))
        return first.result(call) if first.result is not None else t.parse_type(_result(first))

    def refuse(self, call: Call) -> None:
        """What the classes refuse, and templates that this form does not know."""
        for each in self._asked(call).values():
            if each.refuse is not None:
                each.refuse(call)

    def rust(self, call: Call) -> str:
        """One question for each form that the classes have."""
        forms: dict[str, list[str]] = {}
        asked = self._asked(call)
        for name, each in asked.items():
            form: str | Callable[[Call], str] | tuple[Any, ...] = each.rust
            text = form(call) if callable(form) else str(form)
            forms.setdefault(text, []).append(_rust_type(self.known.classes[name]))
        given: list[str] = []
        parts = []
        for text, classes in forms.items():
            read = self._reading(text, given)
            parts.append(f"[{', '.join(classes)}], own => {read}")
        shown = {name.rpartition(".")[2] for name in asked}
        real = f"{METHODS.get(self.member, '')} {SOMETIMES.get(self.member, '')}".split()
        others = ", ".join(f'"{each}"' for each in sorted({*real} - shown))
        held = f"({', '.join(given)},)" if given else "()"
        name = "given" if given else "_"
        return (
            f"{{self}}.~of_classes({held}, |model, {name}| "
            f'sklearn::of_class!(model, "{self.member}", [{others}], {"; ".join(parts)}))'
        )

    @staticmethod
    def _reading(text: str, given: list[str]) -> str:
        """The template of a class for `own`, with what it is given in front."""
        own = text.replace("{self}", "own")
        raising = "~" in own
        own = re.sub(r"~(\w+)", r"try_\1", own)

        def place(found: re.Match[str]) -> str:
            if found[0] not in given:
                given.append(found[0])
            return f"given.{given.index(found[0])}"

        own = _HOLE.sub(place, own)
        return own if raising else f"Ok({own})"
