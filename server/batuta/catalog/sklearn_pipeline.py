"""The module `sklearn.pipeline`.

## Before
    model = make_pipeline(StandardScaler(), LogisticRegression())
## After
    let model = sklearn::pipeline::make_pipeline!(&sklearn::StandardScaler::new(), &sklearn::LogisticRegression::new());
## Same numbers
    those of the steps
## Not handled
    `memory`, names of the features of a union, changing `steps` in place
"""

import ast
from typing import Any

from batuta.catalog._estimators import (
    ML,
    UNFITTED,
    check_labels,
    check_values,
    estimator_class,
    label_array,
    refuse_others,
    set_parameters,
    widened_decisions,
    with_labels,
)
from batuta.catalog._own_estimators import answer, is_estimator
from batuta.catalog.entry import Call, Entry, LibraryClass, NotYet, Refusal, Shelf
from batuta.ir import types as t

_MODULE = "sklearn.pipeline"
_NAME = f"{_MODULE}.Pipeline"
_STEPS = f"{_MODULE}.named steps"
_LISTED = f"{_MODULE}.steps"
_ANY = "sklearn.base.BaseEstimator"
_ME = f'self: Object["{_NAME}", Y, S]'
_ROWS = "X: arraylike[float64, 2]"
_POOL = "&sklearn::texts({&X})"
"""Texts travel through estimators as places in a pool."""


def _object(call: Any, steps: list[tuple[str, t.Type]]) -> t.Type:
    """The pipeline's type: that of its labels (learned by `fit`), and the names and types of its steps."""
    for _, each in steps:
        if each != t.STR and not is_estimator(call, each):
            raise Refusal(
                "BAT103", f"a step of type {t.show(each)} is not translated", "Use scikit-learn's estimators as steps."
            )
    named = tuple(t.Tuple((t.Object(f"step {name}"), each)) for name, each in steps)
    return t.Object(_NAME, (t.Variable("Y"), t.Tuple(named)))


def literal_steps(call: Any, parameter: str = "steps") -> list[tuple[str, t.Type]]:
    """The names and types of estimators that the call writes as a list of pairs."""
    node = call.literal(parameter)
    if isinstance(node, ast.List | ast.Tuple):
        found = []
        for each in node.elts:
            match each:
                case (
                    ast.Tuple(elts=[ast.Constant(value=str(name)), estimator])
                    | ast.List(elts=[ast.Constant(value=str(name)), estimator])
                ):
                    found.append((name, _step_type(call, estimator)))
                case _:
                    raise Refusal("BAT103", "a step that is not a pair", "Write ('name', estimator).")
        return found
    raise Refusal("BAT103", "the steps of a pipeline must be written in the call", "Write Pipeline([('name', estimator), …]).")


def named_list(call: Any, parameter: str) -> bool:
    """Whether the names and estimators come from a list that the program holds."""
    node = call.literal(parameter)
    if isinstance(node, ast.List | ast.Tuple):
        return False
    match call.type_of(node):
        case t.List(t.Tuple((t.STR, t.Object(name)))) if name.startswith("sklearn."):
            return True
    return False


def _step_type(call: Any, node: ast.expr) -> t.Type:
    """The type of a step; text for a step that changes nothing."""
    if isinstance(node, ast.Constant):
        if node.value in ("passthrough", None):
            return t.STR
        raise Refusal("BAT103", f"a step that is {node.value!r}", "Write an estimator or 'passthrough'.")
    found: t.Type = call.type_of(node)
    return found


def numbered_steps(types: list[t.Type]) -> list[tuple[str, t.Type]]:
    """The names that scikit-learn makes of classes."""
    texts = [
        each.name.rpartition(".")[2].partition(" ")[0] if isinstance(each, t.Object | t.Instance) else "" for each in types
    ]
    names = [each.lower() if each else "passthrough" for each in texts]
    counted = []
    for index, name in enumerate(names):
        counted.append(name if names.count(name) == 1 else f"{name}-{names[: index + 1].count(name)}")
    return list(zip(counted, types, strict=True))


def _steps_of(call: Call) -> list[tuple[str, t.Type]]:
    found = call.type("self")
    if not isinstance(found, t.Object) or len(found.arguments) < 2 or not isinstance(found.arguments[1], t.Tuple):
        raise NotYet
    steps = []
    for each in found.arguments[1].items:
        if not isinstance(each, t.Tuple) or not isinstance(each.items[0], t.Object):
            raise NotYet
        steps.append((each.items[0].name.removeprefix("step "), each.items[1]))
    return steps


def last_step(found: t.Type) -> t.Type:
    """The type of a pipeline's last step; of anything else, itself."""
    if isinstance(found, t.Object) and found.name == _NAME and isinstance(found.arguments[1], t.Tuple):
        last = found.arguments[1].items[-1]
        return last_step(last.items[1]) if isinstance(last, t.Tuple) else found
    return found


def role_of(found: t.Type, call: Any) -> str:
    """The mixin that an estimator's type has (`RegressorMixin` …); a pipeline has that of its last step."""
    from batuta.catalog.index import catalog

    found = last_step(found)
    if isinstance(found, t.Instance):
        role = call.inference.program.classes[found.name].role
        return {"classifier": "ClassifierMixin", "regressor": "RegressorMixin", "clusterer": "ClusterMixin"}.get(
            role, "TransformerMixin"
        )
    name = found.name if isinstance(found, t.Object) else ""
    declared = catalog().classes.get(name)
    return next(
        (each.rpartition(".")[2] for each in [name, *(declared.bases if declared else ())] if each.endswith("Mixin")), ""
    )


def _clusters(found: t.Type) -> t.Type:
    """The numbers of clusters, of the dtype that the class gives them."""
    from batuta.catalog.index import catalog

    entry = catalog().find(f"{found.name}.labels_") if isinstance(found, t.Object) else None
    return t.Array("int32", 1) if entry is not None and "int32" in str(entry.signature) else t.Array("int64", 1)


def _grouped(call: Call) -> t.Type:
    return _clusters(last_step(_steps_of(call)[-1][1]))


def _predicted(call: Call) -> t.Type:
    last = last_step(_steps_of(call)[-1][1])
    if isinstance(last, t.Instance):
        return answer(call, last.name, "predicted")
    role = role_of(last, call)
    if role == "RegressorMixin":
        return t.Array("float64", 1)
    if role == "ClusterMixin":
        return _clusters(last)
    found = call.type("self")
    assert isinstance(found, t.Object)
    return label_array(found.arguments[0])


def _bounds(call: Call) -> tuple[int, int] | None:
    """The part of the steps that a slice asks for; None for a name or position."""
    node = call.node("key")
    if not isinstance(node, ast.Slice):
        return None
    try:
        parts = [None if each is None else ast.literal_eval(each) for each in (node.lower, node.upper, node.step)]
    except ValueError:
        raise Refusal("BAT103", "a part of a pipeline must have constant bounds", "Write the bounds in the slice.") from None
    if parts[2] not in (None, 1):
        raise Refusal("BAT103", "a part of a pipeline with a step", "Take steps that stand side by side.")
    begin, end, _ = slice(*parts).indices(len(_steps_of(call)))
    return begin, max(begin, end)


def _named(call: Call) -> t.Type:
    steps = _steps_of(call)
    bounds = _bounds(call)
    found = call.type("self")
    assert isinstance(found, t.Object)
    if bounds is not None:
        return t.Object(_NAME, (found.arguments[0], t.Tuple(found.arguments[1].items[slice(*bounds)])))  # type: ignore[attr-defined]
    key = call.constant("key")
    for index, (name, step) in enumerate(steps):
        if key == name or (isinstance(key, int) and key in (index, index - len(steps))):
            return _learned(call, step)
    raise Refusal("BAT103", f"the pipeline has no step {key!r}", "Use the name or position of a step.")


def _learned(call: Call, step: t.Type) -> t.Type:
    if step == t.STR:
        raise Refusal("BAT103", "a step that changes nothing is not an object here", "Do not ask for it.")
    return with_labels(step, call.type("self").arguments[0])  # type: ignore[attr-defined]


def _listed(call: Call) -> t.Type:
    """`pipe.steps[at]`: a name and an estimator."""
    _, step = _listed_step(call)
    return t.Tuple((t.STR, _learned(call, step)))


def _listed_step(call: Call) -> tuple[str, t.Type]:
    at, steps = call.constant("key"), _steps_of(call)
    if not isinstance(at, int) or not -len(steps) <= at < len(steps):
        raise Refusal("BAT103", f"the pipeline has no step {at!r}", "Use the position of a step.")
    return steps[at]


def _item(call: Call) -> str:
    _named(call)
    bounds = _bounds(call)
    if bounds is not None:
        return f"{{self}}.part({bounds[0]}, {bounds[1]})"
    if isinstance(call.constant("key"), str):
        return "{self}.~named::<{type result}>({&key})"
    return "{self}.~at::<{type result}>({key})"


def check_labels_of_fit(call: Call) -> None:
    """Refuses labels that no estimator takes."""
    check_labels(call, "y")


def combining_methods(owner: str, me: str) -> list[Entry]:
    """`fit`, `transform` and `fit_transform` of what puts the columns of several transformers beside each other."""
    return [
        Entry(
            f"{owner}.{name}",
            tuple(f"({me}, {_ROWS}{y}) -> {result}" for y, _ in forms),
            tuple(each for _, each in forms),
            kind="method",
            refuse=check_labels_of_fit if len(forms) > 1 else None,
            raises=raises,
            features=ML,
            cost="high",
        )
        for name, result, raises, forms in (
            ("fit", "Self", ("ValueError",), (("", "{self}.~fit_alone({&X})"), (", y: Any", "{self}.~fit({&X}, {&y})"))),
            ("transform", "array[float64, 2]", UNFITTED, (("", "{self}.~full_transform({&X})"),)),
            (
                "fit_transform",
                "array[float64, 2]",
                ("ValueError",),
                (
                    ("", "{self}.~fit_alone({&X}).~full_transform({&X})"),
                    (", y: Any", "{self}.~full_fit_transform({&X}, {&y})"),
                ),
            ),
        )
    ]


def _check_union(call: Call) -> None:
    refuse_others("FeatureUnion", _UNION_SIGNATURE, ("transformer_list", "n_jobs", "verbose_feature_names_out"), {}, ())(call)


def _united(call: Any, steps: list[tuple[str, t.Type]]) -> t.Type:
    """The union's type holds those of its parts, as a pipeline's does."""
    for _, each in steps:
        if each != t.STR and not is_estimator(call, each):
            raise Refusal("BAT103", f"a part of type {t.show(each)} is not translated", "Use scikit-learn's transformers.")
    named = tuple(t.Tuple((t.Object(f"step {name}"), each)) for name, each in steps)
    return t.Object(_UNION, (t.Variable("Y"), t.Tuple(named)))


def _made_union(call: Any) -> str:
    parts = []
    for node, (name, _) in zip(call.nodes("transformers"), numbered_steps(call.types("transformers")), strict=True):
        text = call.lower(node, "ref").replace("{", "{{").replace("}", "}}")
        parts.append(f'.with_part("{name}", {text})')
    return "sklearn::FeatureUnion::new()" + "".join(parts)


_UNION = f"{_MODULE}.FeatureUnion"
_UNION_ME = f'self: Object["{_UNION}", Y, S]'
_UNION_SIGNATURE = (
    "(transformer_list: Any, *, n_jobs: Any = None, transformer_weights: Any = None, verbose: Any = False, "
    "verbose_feature_names_out: Any = True) -> Any"
)
_CONSTRUCTOR = "(steps: Any, *, transform_input: Any = None, memory: Any = None, verbose: Any = False) -> Any"
_MAKE = "(*steps: Any, memory: Any = None, transform_input: Any = None, verbose: Any = False) -> Any"
_CASE = (
    "import numpy as np\nfrom sklearn.linear_model import LogisticRegression, Ridge\n"
    "from sklearn.pipeline import Pipeline, make_pipeline\n"
    "from sklearn.preprocessing import PolynomialFeatures, StandardScaler\n"
    "X = np.array([[0.5, 1.0], [1.0, 0.2], [1.5, 1.8], [2.0, 0.4], [2.5, 2.2], [3.0, 1.9]])\ny = np.array([0, 0, 1, 0, 1, 1])\n"
)


def steps_text(call: Any, parameter: str, method: str) -> str:
    """One `.step(name, &estimator)` for each pair of the literal."""
    node = call.literal(parameter)
    parts = []
    for each in node.elts:
        name = each.elts[0].value
        quoted = '"' + name.replace("\\", "\\\\").replace('"', '\\"').replace("{", "{{").replace("}", "}}") + '"'
        if isinstance(each.elts[1], ast.Constant):
            parts.append(f".passthrough({quoted})")
            continue
        estimator = call.lower(each.elts[1], "ref").replace("{", "{{").replace("}", "}}")
        parts.append(f".{method}({quoted}, {estimator})")
    return "".join(parts)


SHELF = Shelf(
    module=_MODULE,
    entries=(
        Entry(
            _NAME,
            _CONSTRUCTOR,
            lambda call: f"sklearn::Pipeline::new(){steps_text(call, 'steps', 'step')}",
            result=lambda call: _object(call, literal_steps(call)),
            literal=("steps",),
            refuse=refuse_others("Pipeline", _CONSTRUCTOR, ("steps",), {}, ()),
            kind="class",
            features=ML,
            cost="none",
            case=_CASE
            + "pipe = Pipeline([('scale', StandardScaler()), ('model', LogisticRegression())])\npipe.fit(X, y)\n"
            + "print(pipe.predict(X), pipe.score(X, y), np.round(pipe.predict_proba(X[:2]), 4), np.round(pipe.decision_function(X[:2]), 4))\n"
            + "print(pipe.named_steps['scale'].mean_, pipe['scale'].scale_, np.round(pipe[-1].coef_, 4))\n",
        ),
        Entry(
            f"{_MODULE}.make_pipeline",
            _MAKE,
            "sklearn::pipeline::make_pipeline!({&*steps})",
            result=lambda call: _object(call, numbered_steps(call.types("steps"))),  # type: ignore[attr-defined]
            refuse=refuse_others("make_pipeline", _MAKE, ("steps",), {}, ()),
            features=ML,
            cost="none",
            case=_CASE
            + "pipe = make_pipeline(PolynomialFeatures(2), StandardScaler(), Ridge(alpha=0.1))\npipe.fit(X, y.astype(float))\n"
            + "print(np.round(pipe.predict(X), 6), round(pipe.score(X, y.astype(float)), 6))\n"
            "print(pipe.named_steps['standardscaler'].mean_)\n",
        ),
        *(
            Entry(
                f"{_NAME}.{name}",
                (
                    *(f"({_ME}, {_ROWS}{y}) -> {result}" for y, _ in forms),
                    *(f"({_ME}, X: arraylike[str, 1]{y}) -> {result}" for y, _ in forms),
                ),
                (*(each for _, each in forms), *(each.replace("{&X}", _POOL) for _, each in forms)),
                kind="method",
                result=_predicted if name == "predict" else _grouped if name == "fit_predict" else None,
                refuse=check_labels_of_fit if any(y for y, _ in forms) else None,
                raises=raises,
                features=ML,
                cost="high",
            )
            for name, result, raises, forms in (
                ("fit", "Self", ("ValueError",), (("", "{self}.~fit_alone({&X})"), (", y: Y", "{self}.~fit({&X}, {&y})"))),
                ("predict", "Any", UNFITTED, (("", "{self}.~predict::<{type result}>({&X})"),)),
                ("fit_predict", "Any", UNFITTED, (("", "{self}.~group::<{type result}>({&X})"),)),
                ("score", "float", UNFITTED, ((", y: Any", "{self}.~score({&X}, {&y})"),)),
                (
                    "fit_transform",
                    "array[float64, 2]",
                    ("ValueError",),
                    (("", "{self}.~fit_transform({&X})"), (", y: Any", "{self}.~fit_transform_with({&X}, {&y})")),
                ),
                *(
                    (each, "array[float64, 2]", UNFITTED, (("", f"{{self}}.~{each}({{&X}})"),))
                    for each in ("transform", "inverse_transform", "predict_proba")
                ),
            )
        ),
        Entry(
            f"{_NAME}.classes_",
            f"({_ME}) -> Any",
            "{self}.~classes_::<{type result}>()",
            kind="attribute",
            result=_predicted,
            raises=("AttributeError",),
            features=ML,
        ),
        widened_decisions(_NAME, f'Object["{_NAME}", Y, S]'),
        Entry(
            f"{_NAME}.named_steps",
            f"({_ME}) -> Any",
            "{self}.clone()",
            kind="attribute",
            result=lambda call: t.Object(_STEPS, call.type("self").arguments),  # type: ignore[attr-defined]
            features=ML,
        ),
        Entry(
            _UNION,
            _UNION_SIGNATURE,
            lambda call: f"sklearn::FeatureUnion::new(){steps_text(call, 'transformer_list', 'with_part')}",
            result=lambda call: _united(call, literal_steps(call, "transformer_list")),
            literal=("transformer_list",),
            refuse=_check_union,
            kind="class",
            features=ML,
            cost="none",
            case=_CASE
            + "from sklearn.decomposition import PCA\nfrom sklearn.pipeline import FeatureUnion, make_union\n"
            + "union = FeatureUnion([('pca', PCA(n_components=1)), ('scaled', StandardScaler())])\n"
            + "print(np.round(union.fit_transform(X)[:, 1:], 6), union)\n"
            + "print(union.transformer_list[1][1].mean_, union.named_transformers['pca'].n_components_)\n"
            + "print([name for name, _ in union.transformer_list])\n"
            + "model = make_pipeline(make_union(StandardScaler(), PolynomialFeatures(2)), Ridge()).fit(X, y.astype(float))\n"
            + "print(np.round(model.predict(X), 6))\n",
        ),
        Entry(
            f"{_MODULE}.make_union",
            "(*transformers: Any, n_jobs: Any = None, verbose: Any = False) -> Any",
            _made_union,
            result=lambda call: _united(call, numbered_steps(call.types("transformers"))),  # type: ignore[attr-defined]
            features=ML,
            cost="none",
        ),
        *combining_methods(_UNION, _UNION_ME),
        Entry(
            f"{_NAME}.steps",
            f"({_ME}) -> Any",
            "{self}.steps()",
            kind="attribute",
            result=lambda call: t.Object(_LISTED, call.type("self").arguments),  # type: ignore[attr-defined]
            features=ML,
        ),
        Entry(
            f"{_UNION}.transformer_list",
            f"({_UNION_ME}) -> Any",
            "{self}.listed_transformers()",
            kind="attribute",
            result=lambda call: t.Object(_LISTED, call.type("self").arguments),  # type: ignore[attr-defined]
            features=ML,
        ),
        Entry(
            f"{_UNION}.named_transformers",
            f"({_UNION_ME}) -> Any",
            "{self}.named_transformers()",
            kind="attribute",
            result=lambda call: t.Object(_STEPS, call.type("self").arguments),  # type: ignore[attr-defined]
            features=ML,
        ),
        Entry(
            f"{_LISTED}.__getitem__",
            f'(self: Object["{_LISTED}", Y, S], key: int) -> Any',
            "{self}.~pair::<{type result}>({key})",
            kind="method",
            result=_listed,
            raises=("IndexError",),
            features=ML,
        ),
        Entry(
            f"{_NAME}.set_params",
            f"({_ME}, **params: Any) -> Self",
            set_parameters,
            kind="method",
            refuse=check_values,
            raises=("ValueError", "TypeError"),
            features=ML,
            case=_CASE
            + "pipe = Pipeline([('scale', StandardScaler()), ('model', LogisticRegression())])\n"
            + "pipe.set_params(model__C=0.5, scale__with_mean=False).fit(X, y)\n"
            + "print(pipe, len(pipe), [name for name, _ in pipe.steps], pipe.steps[0][1].scale_)\n"
            + "for name, step in pipe.steps:\n    print(name, type(step).__name__, step)\n"
            + "print(pipe[:-1].transform(X)[0], list(pipe.named_steps.keys()), pipe.named_steps.model.C)\n",
        ),
        Entry(f"{_STEPS}.keys", f'(self: Object["{_STEPS}", Y, S]) -> list[str]', "{self}.names()", kind="method", features=ML),
        *(
            Entry(
                f"{owner}.__getitem__",
                f'(self: Object["{owner}", Y, S], key: Any) -> Any',
                _item,
                kind="method",
                result=_named,
                raises=("KeyError", "IndexError"),
                features=ML,
            )
            for owner in (_NAME, _STEPS)
        ),
    ),
    classes=(
        LibraryClass(
            _LISTED,
            "sklearn::pipeline::NamedSteps",
            mutable=False,
            iterates='tuple[str, "sklearn.base.BaseEstimator"]',
            features=("ml",),
        ),
        estimator_class(_NAME, "sklearn::Pipeline", (_ANY,)),
        estimator_class(_UNION, "sklearn::FeatureUnion", ("sklearn.base.TransformerMixin", _ANY)),
        LibraryClass(_STEPS, "sklearn::Pipeline", mutable=False, iterates="str", features=("ml",)),
    ),
    refused={},
)
