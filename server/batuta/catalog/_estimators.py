"""How the shelves of scikit-learn declare an estimator: one constructor, the methods of its role, its attributes.

The Rust side keeps scikit-learn's contract (`sklearn::Estimator`): an estimator is a handle whose clones are the same
object, so its methods take `&self` and the classes count as freely cloned here. A classifier carries the type of its labels
as a type argument (`Object["…", Y]`): `fit` binds it to the type of `y`, `predict` gives it back.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from batuta.catalog._decisions import is_table
from batuta.catalog._own_estimators import own_parameter
from batuta.catalog._stop_words import english
from batuta.catalog.entry import Call, CostClass, Entry, LibraryClass, NotYet, Parity, Refusal, Target
from batuta.catalog.signature import parse_signature
from batuta.ir import types as t

ML: Final = ("np", "ml")
EXACT = Parity(tolerance=1e-12)
SOLVED = Parity("close", 1e-9, caveat="computed by another factorisation than LAPACK's: the last digits may differ")
PREDICTOR = "sklearn.base.classifier or regressor"
"""What a place holds that has both: labels and numbers are predicted with different types."""
CLASSIFIER = ("sklearn.base.ClassifierMixin", PREDICTOR, "sklearn.base.BaseEstimator")
REGRESSOR = ("sklearn.base.RegressorMixin", PREDICTOR, "sklearn.base.BaseEstimator")
TRANSFORMER = ("sklearn.base.TransformerMixin", "sklearn.base.BaseEstimator")
CLUSTERER = ("sklearn.base.ClusterMixin", "sklearn.base.BaseEstimator")
"""The classes that estimators of a role can be used as, where a program keeps several kinds in one place."""
_LABEL_DTYPES = ("int64", "int32", "float64", "bool", "str")
_SCALAR_DTYPES = {t.INT: "int64", t.FLOAT: "float64", t.BOOL: "bool", t.STR: "str"}
NAMES: Final = "sklearn.feature names"
"""The class of what `get_feature_names_out` gives."""
TABLE: Final = "scipy.sparse.csr_matrix"
"""The class of tables of floats without entries for zeros."""
LEARNING = ("fit", "fit_transform", "fit_predict", "partial_fit")
"""Methods that learn."""
UNFITTED = ("NotFittedError", "ValueError")


def label_array(found: t.Type) -> t.Type:
    """The array type that labels of this type come back as."""
    match found:
        case t.Array(dtype, 1) if dtype in _LABEL_DTYPES:
            return t.Array(dtype, 1)
        case t.List(element) | t.Sequence(element) if element in _SCALAR_DTYPES:
            return t.Array(_SCALAR_DTYPES[element], 1)
        case t.Object(name) if name == NAMES:
            return found
        case t.Unknown() | t.NEVER:
            raise NotYet
    raise Refusal(
        "BAT103", f"labels of type {t.show(found)} are not translated", "Use a 1-D array or list of int, float, bool or str."
    )


def with_labels(estimator: t.Type, labels: t.Type) -> t.Type:
    """An estimator's type once it has learned these labels (inside a search or a pipeline)."""
    if not isinstance(estimator, t.Object) or not estimator.arguments:
        return estimator
    if isinstance(labels, t.Unknown) or labels == t.NEVER:
        raise NotYet
    return t.Object(estimator.name, (labels, *estimator.arguments[1:]))


def check_labels(call: Call, *names: str) -> None:
    """Refuses labels that the Rust side cannot take."""
    for name in names:
        if call.given(name) and call.constant(name, default=NotImplemented) is not None:
            label_array(call.type(name))


def set_parameters(call: Any) -> str:
    """`.set(name, value)` for each keyword."""
    parts = ["{self}"]
    for keyword in call.site.keywords:
        if keyword.arg is None:
            parts.append(_set_all(call, keyword.value))
            continue
        parts.append(f'.~set("{keyword.arg}", {parameter_value(call, keyword.value)})')
    return "".join(parts)


def _set_all(call: Any, node: ast.expr) -> str:
    """`.set(name, value)` for each item of a dict."""
    held = call.lower(node, "ref").replace("{", "{{").replace("}", "}}")
    return f".~set_all({held})"


def parameter_value(call: Any, node: ast.expr) -> str:
    """A value for a parameter of any type, as Rust."""
    if isinstance(node, ast.Constant) and node.value is None:
        return "sklearn::Param::Nothing"
    text = call.lower(node, "own").replace("{", "{{").replace("}", "}}")
    return f"sklearn::Param::from({text})"


def check_values(call: Any) -> None:
    """Refuses `set_params` with what a parameter of any type cannot hold."""
    for keyword in call.site.keywords:
        found = call.type_of(keyword.value)
        if keyword.arg is None:
            _check_items(call, found)
            continue
        if found not in (t.INT, t.FLOAT, t.NUM, t.STR, t.BOOL, t.NONE):
            raise Refusal("BAT103", f"`{keyword.arg}` set to {t.show(found)} is not translated", "Make a new object.")
        held = own_parameter(call, call.type("self"), keyword.arg)
        if held is not None:
            call.inference.add_resolved(held, found, keyword.value, f"set {keyword.arg}")


def _check_items(call: Any, found: t.Type) -> None:
    """Refuses dicts of parameters that hold what no parameter can be."""
    if isinstance(found, t.Unknown) or found == t.NEVER:
        raise NotYet
    match found:
        case t.VALUE | t.Dict(t.STR | t.VALUE, t.INT | t.FLOAT | t.NUM | t.STR | t.BOOL | t.VALUE):
            return
    raise Refusal("BAT104", f"`**` with {t.show(found)} is not translated", "Pass the values by name.")


def refuse_others(
    title: str, signature: str, ignored: Iterable[str], only: Mapping[str, tuple[Any, ...]], used: Iterable[str]
) -> Callable[[Call], None]:
    """A check that every given parameter is used, harmless, or has a value that means what the Rust side does."""
    skipped = {*ignored, *used}

    def refuse(call: Call) -> None:
        for parameter in parse_signature(signature).parameters:
            name = parameter.name
            if name in skipped or not call.given(name) or parameter.kind == "rest":
                continue
            default = parameter.default
            fallback = getattr(default, "value", None)
            allowed = only.get(name, (fallback,))
            value = call.constant(name, default=NotImplemented)
            if not any(value is each or (type(value) is type(each) and value == each) for each in allowed):
                shown = " or ".join(repr(each) for each in allowed)
                raise Refusal(
                    "BAT103", f"`{name}={call.source(name)}` of {title} is not translated", f"Use {shown}, or leave it out."
                )

    return refuse


def builder(path: str, used: Mapping[str, str], values: Mapping[str, tuple[Any, ...]] | None = None) -> Callable[[Call], str]:
    """A constructor: `path::new()` and one builder method for each parameter that the program gives.

    A text that only the run tells is compared with the `values` that are known.
    """

    def rust(call: Call) -> str:
        parts = [f"{path}::new()"]
        for name, form in used.items():
            if call.given(name):
                method = _builder_call(call, name, form)
                known = (values or {}).get(name)
                if known and f"{{{name}}}" in method and call.constant(name, default=NotImplemented) is NotImplemented:
                    listed = ", ".join(f'"{each}"' for each in known if isinstance(each, str))
                    method = method.replace(f"{{{name}}}", f'sklearn::known("{name}", {{{name}}}, &[{listed}])')
                if method:
                    parts.append(method)
        return "".join(parts)

    return rust


def _builder_call(call: Any, name: str, form: str) -> str:
    match form:
        case "variant":
            # One of several types: the Rust side takes a `Param`.
            if call.constant(name, default=NotImplemented) is None:
                return f".{name}(sklearn::Param::Nothing)"
            return f".{name}(sklearn::Param::from({{{name}}}))"
        case "pair":
            pair = call.constant(name, default=None)
            if isinstance(pair, tuple) and len(pair) == 2 and all(isinstance(each, int | float) for each in pair):
                return f".{name}(({float(pair[0])!r}, {float(pair[1])!r}))"
            return f".{name}({{{name}}})"
        case "auto":
            return "" if call.constant(name, default=NotImplemented) == "auto" else f".{name}(Some({{{name}}}))"
        case "numbers":
            pair = call.constant(name, default=None)
            if isinstance(pair, tuple) and all(isinstance(each, int | float) for each in pair):
                return f".{name}(vec![{', '.join(repr(float(each)) for each in pair)}])"
            return f".{name}(sklearn::numbers({{&{name}}}))"
        case "sizes":
            return f".{name}(sklearn::Layers({_whole_numbers(call, name)}))"
        case "grid":
            if call.type(name) == t.INT:
                return f".{name}(sklearn::Grid::Count({{{name}}}))"
            return f".{name}(sklearn::Grid::Of(sklearn::numbers({{&{name}}})))"
        case "inner":
            return f".{name}(sklearn::Inner::of({{&{name}}}))"
        case "order":
            if call.constant(name, default=NotImplemented) is None:
                return ""
            return f".{name}(sklearn::multioutput::Order::from({{{name}}}))"
        case "cv":
            if call.constant(name, default=NotImplemented) is None:
                return ""
            return (
                f".{name}(sklearn::Cv::Count({{{name}}}))"
                if call.type(name) == t.INT
                else f".{name}(sklearn::Cv::of({{&{name}}}))"
            )
        case "inner or None":
            return "" if call.constant(name, default=NotImplemented) is None else f".{name}(sklearn::Inner::of({{&{name}}}))"
        case "words":
            if call.constant(name, default=NotImplemented) == "english":
                words = f"\"{' '.join(english())}\".split(' ').map(str::to_string).collect::<Vec<String>>()"
                return f'.{name}(Some({words})).show_as("{name}", Some(sklearn::Param::from("english")))'
            return f".{name}({{{name}}})"
        case "kernel":
            return (
                ""
                if call.constant(name, default=NotImplemented) is None
                else f".{name}(sklearn::gaussian_process::GivenKernel({{{name}}}))"
            )
        case "function":
            if call.constant(name, default=NotImplemented) is None:
                return ""
            return f".{name}(sklearn::Function::new({{fn {name}}}))"
        case "class weight":
            return _class_weight(call, name)
        case "unless None":
            return "" if call.constant(name, default=NotImplemented) is None else f".{name}(Some({{{name}}}))"
    parameter = call.use.signature.parameter(name)
    if parameter is not None and parameter.type == t.FLOAT and call.type(name) in (t.INT, t.NUM):
        # The Rust side takes an int for a float, and shows it as one.
        text = call.lower(call.node(name), "own").replace("{", "{{").replace("}", "}}")
        return f".{form or name}({text})"
    return f".{form or name}({{{name}}})"


def _class_weight(call: Call, name: str) -> str:
    if call.constant(name, default=NotImplemented) is None:
        return ""
    found = call.type(name)
    if isinstance(found, t.Dict):
        return f".{name}(sklearn::ClassWeight::given({{&{name}}}))"
    if found == t.STR or found == t.Optional(t.STR):
        return f".{name}({{{name}}})"
    raise Refusal(
        "BAT103", f"`{name}={call.source(name)}` is not translated", "Use a dict of numbers, 'balanced', or leave it out."
    )


def _whole_numbers(call: Call, name: str) -> str:
    """A `Vec<i64>` of one int, a tuple or a list of them."""
    match call.type(name):
        case t.INT:
            return f"vec![{{{name}}}]"
        case t.Tuple(items):
            parts = ", ".join(f"sizes.{at}" for at in range(len(items)))
            return f"{{{{ let sizes = {{{name}}}; vec![{parts}] }}}}"
    return f"sklearn::numbers({{&{name}}}).into_iter().map(|size| size as i64).collect()"


def constructor(
    name: str,
    signature: str,
    used: Mapping[str, str] | None = None,
    ignored: Iterable[str] = (),
    only: Mapping[str, tuple[Any, ...]] | None = None,
    labelled: bool = False,
    parity: Parity = EXACT,
    cost: CostClass = "high",
    aprender: Target | None = None,
    case: str = "",
    notes: str = "",
    check: Callable[[Call], None] | None = None,
    values: Mapping[str, tuple[Any, ...]] | None = None,
) -> Entry:
    """The entry of a class's constructor.

    `used` maps parameters to builder forms: the empty text for `.name({name})`, another word for a method of that name, or
    one of `variant`, `pair`, `auto`, `numbers`, `grid` (a count or numbers), `sizes` (one or several ints), `unless None`, `inner` (an
    estimator), `inner or None`, `cv` (a number of folds or a splitter), `function`. `ignored` parameters change nothing that a program can see. All others
    must have their default, or a value that `only` lists. A used parameter that `values` lists must be a constant among those. `labelled` says that the object carries the type of its labels.
    """
    title = name.rpartition(".")[2]
    used = used or {}
    result = f'Object["{name}", Y]' if labelled else f'"{name}"'
    full = f"{signature} -> {result}"
    others = refuse_others(title, full, ignored, only or {}, used)

    def refuse(call: Call) -> None:
        others(call)
        for parameter, known in (values or {}).items():
            constant = call.constant(parameter, default=NotImplemented) if call.given(parameter) else NotImplemented
            if constant is NotImplemented and (not call.given(parameter) or call.type(parameter) == t.STR):
                continue
            if constant not in known:
                shown = " or ".join(repr(each) for each in known)
                raise Refusal("BAT103", f"`{parameter}={call.source(parameter)}` of {title} is not translated", f"Use {shown}.")
        if check is not None:
            check(call)

    faithful = Target(builder(f"sklearn::{title}", used, values), "batuta-rt", parity)
    return Entry(
        name,
        full,
        targets=(faithful, aprender) if aprender is not None else (faithful,),
        kind="class",
        refuse=refuse,
        features=ML,
        cost=cost,
        parity=parity,
        case=case,
        notes=notes,
    )


def estimator_class(name: str, rust_type: str | dict[str, str], bases: tuple[str, ...]) -> LibraryClass:
    """The declaration of an estimator's class: a handle, freely cloned."""
    return LibraryClass(name, rust_type, mutable=False, bases=bases, features=("ml",))


def method(
    owner: str,
    name: str,
    signature: str | tuple[str, ...],
    rust: str | Callable[[Call], str] | tuple[str | Callable[[Call], str], ...],
    raises: tuple[str, ...] = UNFITTED,
    cost: CostClass = "medium",
    **more: Any,
) -> Entry:
    """A method of an estimator."""
    if name in LEARNING:
        rust = tuple(map(from_sparse, rust)) if isinstance(rust, tuple) else from_sparse(rust)
    return Entry(f"{owner}.{name}", signature, rust, kind="method", raises=raises, features=ML, cost=cost, **more)


def from_sparse(rust: str | Callable[[Call], str]) -> Callable[[Call], str]:
    """A call that learns from `X`, which says so where `X` is a sparse matrix: some estimators compute something else then."""

    def marked(call: Call) -> str:
        text = rust if isinstance(rust, str) else rust(call)
        given = call.type("X") if "{&X}" in text else None
        sparse = isinstance(given, t.Object) and given.name.startswith(TABLE)
        return text.replace("{&X}", "sklearn::sparse({&X})") if sparse else text

    return marked


def attribute(owner: str, name: str, result: str, labelled: bool = False, rust: str = "", **more: Any) -> Entry:
    """A fitted attribute such as `coef_`."""
    receiver = f'Object["{owner}", Y]' if labelled else f'"{owner}"'
    return Entry(
        f"{owner}.{name}",
        f"(self: {receiver}) -> {result}",
        rust or f"{{self}}.~{name}()",
        kind="attribute",
        raises=("AttributeError",),
        features=ML,
        **more,
    )


def _number(name: str, field: str) -> Callable[[Call], str]:
    def rust(call: Call) -> str:
        return f"{{self}}.parameters().{field}" if call.result_type() == t.FLOAT else f'{{self}}.number("{name}")'

    return rust


def parameter_attributes(owner: str, labelled: bool = False, **kinds: str) -> tuple[Entry, ...]:
    """Constructor parameters read back: `model.alpha`. A kind is a type, or a type and the Rust field's name (`"float c"`)."""
    receiver = f'Object["{owner}", Y]' if labelled else f'"{owner}"'
    made = []
    for name, kind in kinds.items():
        text, _, field = kind.partition(" as ")
        rust: str | Callable[[Call], str] = f"{{self}}.parameters().{field or name}"
        if text == "float":
            # An int that is given for a float is read back as an int.
            text, rust = "num", _number(name, field or name)
        made.append(
            Entry(
                f"{owner}.{name}",
                f"(self: {receiver}) -> {text}",
                rust,
                kind="attribute",
                features=ML,
            )
        )
    return tuple(made)


def labels_of_self(call: Call) -> t.Type:
    """The array of labels of the kind that the object learned."""
    found = call.type("self")
    if not isinstance(found, t.Object) or not found.arguments:
        raise NotYet
    return label_array(found.arguments[0])


def _only_default(*names: str) -> Callable[[Call], None]:
    def refuse(call: Call) -> None:
        for name in names:
            if call.given(name) and call.constant(name, default=NotImplemented) is not None:
                raise Refusal("BAT103", f"`{name}` is not translated", "Leave it out.")

    return refuse


def has_weights(call: Call) -> bool:
    """Whether the call says how much each row counts."""
    return call.given("sample_weight") and call.constant("sample_weight", default=NotImplemented) is not None


def _fitting(call: Call) -> str:
    return "{self}.~fit_weighted({&X}, {&y}, {&sample_weight})" if has_weights(call) else "{self}.~fit({&X}, {&y})"


def partial_fit(owner: str, role: str, labelled: bool = True) -> Entry:
    """`partial_fit` of a classifier (`classes` on the first call), a regressor, or what needs no target."""
    me = f'self: Object["{owner}", Y]' if labelled else f'self: "{owner}"'
    refuse = _only_default("sample_weight")
    rows = "X: arraylike[float64, 2]"

    def rust(call: Call) -> str:
        named = role == "classifier" and call.given("classes") and call.constant("classes", default=NotImplemented) is not None
        classes = "Some({&classes})" if named else "None::<&ndarray::Array1<i64>>"
        return f"{{self}}.~partial_fit({{&X}}, {{&y}}, {classes})"

    signature = {
        "classifier": f"({me}, {rows}, y: Y, classes: Any = None, sample_weight: Any = None) -> Self",
        "regressor": f"({me}, {rows}, y: arraylike[float64, 1], sample_weight: Any = None) -> Self",
        "other": f"({me}, {rows}, y: Any = None, sample_weight: Any = None) -> Self",
    }[role]

    def check(call: Call) -> None:
        refuse(call)
        if role == "classifier":
            check_labels(call, "y", "classes")

    return method(
        owner,
        "partial_fit",
        signature,
        "{self}.~partial_fit_alone({&X})" if role == "other" else rust,
        raises=("ValueError",),
        refuse=check,
        cost="high",
    )


def staged(owner: str, labelled: bool, scored: bool = False) -> tuple[Entry, ...]:
    """What boosting tells after each round. `scored`: its score, too."""
    me = f'self: Object["{owner}", Y]' if labelled else f'self: "{owner}"'
    rows = "X: arraylike[float64, 2]"
    of_labels: dict[str, Any] = {"result": lambda call: t.List(labels_of_self(call))} if labelled else {}
    entries = [
        method(
            owner,
            "staged_predict",
            f"({me}, {rows}) -> {'Any' if labelled else 'list[array[float64, 1]]'}",
            "{self}.~staged_predict::<{type result}>({&X})",
            **of_labels,
        )
    ]
    if scored:
        entries.append(
            method(
                owner,
                "staged_score",
                f"({me}, {rows}, y: Any, sample_weight: None = None) -> list[float]",
                "{self}.~staged_score({&X}, {&y})",
                refuse=lambda call: check_labels(call, "y"),
            )
        )
    return tuple(entries)


def classifier_methods(owner: str, proba: bool = True, logarithms: bool = True, weighted: bool = False) -> tuple[Entry, ...]:
    """`fit`, `predict`, `score`, `classes_` and, where they exist, `predict_proba` and `predict_log_proba`.

    `weighted` says that `fit` takes a weight for each row.
    """
    me = f'self: Object["{owner}", Y]'
    rows = "X: arraylike[float64, 2]"
    refuse_weights = _only_default("sample_weight")

    def check_fit(call: Call) -> None:
        refuse_weights(call)
        check_labels(call, "y")

    def check_weighed(call: Call) -> None:
        check_labels(call, "y")

    entries = [
        method(
            owner,
            "fit",
            f"({me}, {rows}, y: Y, sample_weight: Any = None) -> Self",
            _fitting if weighted else "{self}.~fit({&X}, {&y})",
            raises=("ValueError",),
            refuse=check_weighed if weighted else check_fit,
            cost="high",
        ),
        method(owner, "predict", f"({me}, {rows}) -> Any", "{self}.~predict::<{type result}>({&X})", result=labels_of_self),
        method(
            owner,
            "score",
            f"({me}, {rows}, y: Any, sample_weight: Any = None) -> float",
            "{self}.~score({&X}, {&y})",
            refuse=check_fit,
        ),
        Entry(
            f"{owner}.classes_",
            f"({me}) -> Any",
            "{self}.~classes_::<{type result}>()",
            kind="attribute",
            result=labels_of_self,
            raises=("AttributeError",),
            features=ML,
        ),
    ]
    if proba:
        entries.append(method(owner, "predict_proba", f"({me}, {rows}) -> array[float64, 2]", "{self}.~predict_proba({&X})"))
    if proba and logarithms:
        entries.append(
            method(owner, "predict_log_proba", f"({me}, {rows}) -> array[float64, 2]", "{self}.~predict_log_proba({&X})")
        )
    entries.append(attribute(owner, "n_features_in_", "int", labelled=True))
    return tuple(entries)


def decision_function(owner: str) -> Entry:
    """The signed distances of rows: one for two classes, one for each class where there are more."""

    def rust(call: Call) -> str:
        return "{self}.~decision_table({&X})" if is_table(call) else "{self}.~decision_function({&X})"

    return method(
        owner,
        "decision_function",
        f'(self: Object["{owner}", Y], X: arraylike[float64, 2]) -> Any',
        rust,
        result=lambda call: t.Array("float64", 2 if is_table(call) else 1),
        notes="one or two dimensions by what the program does with it, or where its data come from; another number of classes ends "
        "the program with an error",
    )


def widened_decisions(owner: str, receiver: str) -> Entry:
    """`decision_function` of objects that carry more types than that of their labels."""
    found = decision_function(owner)
    return replace(found, signature=str(found.signature).replace(f'Object["{owner}", Y]', receiver))


def regressor_methods(owner: str, weighted: bool = False) -> tuple[Entry, ...]:
    """`fit`, `predict` and `score` for numbers; `weighted` says that `fit` takes a weight for each row."""
    me = f'self: "{owner}"'
    rows = "X: arraylike[float64, 2]"
    y = "y: arraylike[float64, 1]"
    refuse = _only_default("sample_weight")
    return (
        method(
            owner,
            "fit",
            f"({me}, {rows}, {y}, sample_weight: Any = None) -> Self",
            _fitting if weighted else "{self}.~fit({&X}, {&y})",
            raises=("ValueError",),
            refuse=None if weighted else refuse,
            cost="high",
        ),
        method(
            owner,
            "predict",
            f"({me}, {rows}) -> array[float64, 1]",
            "{self}.~predict::<ndarray::Array1<f64>>({&X})",
        ),
        method(
            owner,
            "score",
            f"({me}, {rows}, {y}, sample_weight: Any = None) -> float",
            "{self}.~score({&X}, {&y})",
            refuse=refuse,
        ),
        attribute(owner, "n_features_in_", "int"),
    )


def transformer_methods(owner: str, inverse: bool = True) -> tuple[Entry, ...]:
    """`fit`, `transform`, `fit_transform` and, where it exists, `inverse_transform`."""
    me = f'self: "{owner}"'
    rows = "X: arraylike[float64, 2]"
    entries = [
        method(
            owner,
            "fit",
            f"({me}, {rows}, y: Any = None) -> Self",
            "{self}.~fit_alone({&X})",
            raises=("ValueError",),
        ),
        method(owner, "transform", f"({me}, {rows}) -> array[float64, 2]", "{self}.~transform({&X})"),
        method(
            owner,
            "fit_transform",
            f"({me}, {rows}, y: Any = None) -> array[float64, 2]",
            "{self}.~fit_transform({&X})",
            raises=("ValueError",),
        ),
        attribute(owner, "n_features_in_", "int"),
    ]
    if inverse:
        entries.append(
            method(owner, "inverse_transform", f"({me}, {rows}) -> array[float64, 2]", "{self}.~inverse_transform({&X})")
        )
    return tuple(entries)


def supervised_transformer_methods(owner: str) -> tuple[Entry, ...]:
    """The methods of a transformer whose `fit` may learn from the target."""
    me = f'self: "{owner}"'
    rows = "X: arraylike[float64, 2]"
    plain = [each for each in transformer_methods(owner) if not each.name.endswith((".fit", ".fit_transform"))]

    def check(call: Call) -> None:
        check_labels(call, "y")

    def entry(name: str, result: str, templates: tuple[str, str]) -> Entry:
        return Entry(
            f"{owner}.{name}",
            (f"({me}, {rows}, y: None = None) -> {result}", f"({me}, {rows}, y: Any) -> {result}"),
            templates,
            kind="method",
            refuse=check,
            raises=("ValueError",),
            features=ML,
            cost="high",
        )

    return (
        *plain,
        entry("fit", "Self", ("{self}.~fit_alone({&X})", "{self}.~fit({&X}, {&y})")),
        entry(
            "fit_transform",
            "array[float64, 2]",
            ("{self}.~fit_transform({&X})", "{self}.~fit_transform_with({&X}, {&y})"),
        ),
    )


def clusterer_methods(owner: str, predicts: bool = False, labels: str = "int64") -> tuple[Entry, ...]:
    """`fit`, `fit_predict`, `labels_` and, where they exist, `predict`, `transform` and `score`; `labels` is the dtype of the clusters."""
    narrow = ".mapv(|label| label as i32)" if labels == "int32" else ""
    me = f'self: "{owner}"'
    rows = "X: arraylike[float64, 2]"
    more = "y: Any = None, sample_weight: Any = None"
    refuse = _only_default("sample_weight")
    entries = [
        method(
            owner,
            "fit",
            f"({me}, {rows}, {more}) -> Self",
            "{self}.~fit_alone({&X})",
            raises=("ValueError",),
            refuse=refuse,
            cost="high",
        ),
        method(
            owner,
            "fit_predict",
            f"({me}, {rows}, {more}) -> array[{labels}, 1]",
            f"{{self}}.~fit_predict({{&X}}){narrow}",
            raises=("ValueError",),
            refuse=refuse,
            cost="high",
        ),
        attribute(owner, "labels_", f"array[{labels}, 1]", rust=f"{{self}}.~labels_(){narrow}" if narrow else ""),
        attribute(owner, "n_features_in_", "int"),
    ]
    if predicts:
        number = "i32" if labels == "int32" else "i64"
        entries += [
            method(
                owner,
                "predict",
                f"({me}, {rows}) -> array[{labels}, 1]",
                f"{{self}}.~predict::<ndarray::Array1<{number}>>({{&X}})",
            ),
            method(owner, "transform", f"({me}, {rows}) -> array[float64, 2]", "{self}.~transform({&X})"),
            method(
                owner,
                "fit_transform",
                f"({me}, {rows}, {more}) -> array[float64, 2]",
                "{self}.~fit_transform({&X})",
                raises=("ValueError",),
                refuse=refuse,
            ),
            method(owner, "score", f"({me}, {rows}, {more}) -> float", "{self}.~score_alone({&X})", refuse=refuse),
        ]
    return tuple(entries)


def outlier_methods(owner: str) -> tuple[Entry, ...]:
    """What finders of outliers offer: `fit`, `fit_predict`, `predict`, `score_samples` and `decision_function`."""
    me = f'self: "{owner}", X: arraylike[float64, 2]'
    return (
        *(each for each in clusterer_methods(owner) if not each.name.endswith(".labels_")),
        method(owner, "predict", f"({me}) -> array[int64, 1]", "{self}.~predict::<ndarray::Array1<i64>>({&X})"),
        *(
            method(owner, each, f"({me}) -> array[float64, 1]", f"{{self}}.~{each}({{&X}})")
            for each in ("score_samples", "decision_function")
        ),
    )


def check_folds(call: Call) -> None:
    """Refuses a `cv` that is neither a number of folds nor a splitter."""
    from batuta.catalog.sklearn_model_selection import SHELF

    if not call.given("cv") or call.constant("cv", default=NotImplemented) is None:
        return
    found = call.type("cv")
    if found != t.INT and not (isinstance(found, t.Object) and found.name in [each.name for each in SHELF.classes]):
        raise Refusal("BAT103", f"`cv={call.source('cv')}` is not translated", "Pass a number of folds or a splitter.")


def check_nested(*names: str) -> Callable[[Call], None]:
    """A check that the parameters hold scikit-learn's estimators, or estimators of the program."""
    from batuta.catalog._own_estimators import is_estimator

    def check(call: Call) -> None:
        for name in names:
            if not call.given(name) or call.constant(name, default=NotImplemented) is None:
                continue
            found = call.type(name)
            if not is_estimator(call, found):
                raise Refusal(
                    "BAT103", f"`{name}` of type {t.show(found)} is not translated", "Pass one of scikit-learn's estimators."
                )

    return check
