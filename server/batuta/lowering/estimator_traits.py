"""Classes of the program that scikit-learn's pipelines and searches hold: what those ask of an estimator, answered by its methods."""

from __future__ import annotations

from typing import TYPE_CHECKING

from batuta.ir import nodes as n
from batuta.ir import types as t
from batuta.ir.names import own_name
from batuta.lowering.rust_text import quoted
from batuta.lowering.rust_types import setter, snake

if TYPE_CHECKING:
    from batuta.lowering.lower import Lowering

_ROWS = "x: &ndarray::Array2<f64>"
_TABLE = "Result<ndarray::Array2<f64>, py::Exception>"
_TABLES = {"transformed": "transform_any", "transformed_back": "inverse_transform_any", "chances": "predict_proba_any"}
_SETTABLE = (t.INT, t.FLOAT, t.NUM, t.BOOL, t.STR)


class EstimatorTraitLowering:
    """The part of the lowering that makes classes of the program estimators."""

    def estimator_trait(self: Lowering, cls: n.Class, name: str) -> None:
        """Print `impl sklearn::AnyEstimator`."""
        methods = {key: versions[0] for key, versions in cls.methods.get(cls.members[0], {}).items()}
        made: list[tuple[str, list[str]]] = [
            ("name(&self) -> &'static str", [quoted(own_name(cls.name))]),
            ("role(&self) -> sklearn::Role", [f"sklearn::Role::{cls.role.capitalize()}"]),
            ("fresh(&self) -> Box<dyn sklearn::AnyEstimator>", [f"Box::new({self._asked(methods[f'renewed_{cls.role}'])})"]),
            ("share(&self) -> Box<dyn sklearn::AnyEstimator>", ["Box::new(self.clone())"]),
            (f"fit_any(&self, {_ROWS}, y: &sklearn::Target) -> Result<(), py::Exception>", self._learning(methods)),
        ]
        for key, asked in _TABLES.items():
            if key in methods:
                made.append((f"{asked}(&self, {_ROWS}) -> {_TABLE}", [f"Ok({self._table(methods[key])})"]))
        if "predicted" in methods:
            found = self._asked(methods["predicted"], "x")
            made.append(
                (
                    f"predict_any(&self, {_ROWS}) -> Result<sklearn::Target, py::Exception>",
                    [f"Ok(sklearn::Labels::to_target(&{found}))"],
                )
            )
        if "grouped" in methods:
            made.append(
                ("labels_any(&self) -> Result<ndarray::Array1<i64>, py::Exception>", [f"Ok({self._asked(methods['grouped'])})"])
            )
        if "known_classes" in methods:
            found = self._asked(methods["known_classes"])
            made.append(
                ("classes_any(&self) -> Result<sklearn::Target, py::Exception>", [f"Ok(sklearn::Labels::to_target(&{found}))"])
            )
        if "own_score" in methods:
            labels = self.types.text(methods["own_score"].parameters[2].type)
            found = self._asked(methods["own_score"], "x", f"&sklearn::typed::<{labels}>(y.clone())?")
            made.append((f"score_any(&self, {_ROWS}, y: &sklearn::Target) -> Result<f64, py::Exception>", [f"Ok({found})"]))
        if not any(each.endswith("_") and not each.endswith("__") for each in cls.fields):
            made.append(("leaves_marks(&self) -> bool", ["false"]))
        made += [
            ("set_any(&self, name: &str, value: &sklearn::Param) -> Result<(), py::Exception>", self._settings(cls)),
            ("shown(&self) -> sklearn::Shown", ["sklearn::Shown::of_text(&self.repr_text())"]),
            ("as_any(&self) -> &dyn std::any::Any", ["self"]),
        ]
        self.emit("")
        self.emit(f"impl sklearn::AnyEstimator for {name} {{")
        for head, body in made:
            self.emit(f"    fn {head} {{")
            for line in body:
                self.emit(f"        {line}")
            self.emit("    }")
        self.emit("}")
        self.emit("")
        self.emit(f"impl From<{name}> for sklearn::Model {{")
        self.emit(f"    fn from(own: {name}) -> Self {{")
        self.emit("        sklearn::Model::from(sklearn::AnyEstimator::share(&own))")
        self.emit("    }")
        self.emit("}")
        self.emit("")
        self.emit(f"impl sklearn::Renewed for {name} {{")
        self.emit("    fn renewed(&self) -> Self {")
        self.emit(f"        {self._asked(methods[f'renewed_{cls.role}'])}")
        self.emit("    }")
        self.emit("}")

    def _asked(self: Lowering, function: n.Function, *arguments: str) -> str:
        """A call of one of the object's methods. The arguments are borrowed."""
        passed = []
        for each, text in zip(function.parameters[1:], arguments, strict=True):
            if text == "x" and each.type == t.List(t.STR):
                text = "&sklearn::pooled_texts(x)"
            owned = self.parameter_mode(each) == "own"
            borrowed = text.startswith("&")
            passed.append((text.removeprefix("&") if borrowed else f"{text}.clone()") if owned else text)
        return f"self.{self.method_name(function, function.owner, True)}({', '.join(passed)})"

    def _learning(self: Lowering, methods: dict[str, n.Function]) -> list[str]:
        with_labels, alone = methods.get("learned"), methods.get("learned_alone")
        if with_labels is None and alone is None:
            return ['py::unsupported("an estimator that nobody fits")']
        if with_labels is None:
            assert alone is not None
            return ["let _ = y;", f"{self._asked(alone, 'x')};", "Ok(())"]
        labels = self.types.text(with_labels.parameters[2].type)
        learn = f"{self._asked(with_labels, 'x', f'&sklearn::typed::<{labels}>(y.clone())?')};"
        if alone is None:
            return [learn, "Ok(())"]
        return [
            "if matches!(y, sklearn::Target::Absent) {",
            f"    {self._asked(alone, 'x')};",
            "} else {",
            f"    {learn}",
            "}",
            "Ok(())",
        ]

    def _table(self: Lowering, function: n.Function) -> str:
        found = self._asked(function, "x")
        if function.result in (t.List(t.STR), t.Array("str", 1)):
            return f"sklearn::texts(&{found})" if isinstance(function.result, t.Array) else f"sklearn::texts(&{found}.into())"
        return (
            found
            if function.result == t.Array("float64", 2) or not isinstance(function.result, t.Array)
            else f"np::to_float64(&{found})"
        )

    def _settings(self: Lowering, cls: n.Class) -> list[str]:
        lines = ["match name {"]
        for name in cls.settings:
            type_ = cls.fields.get(name)
            inner = type_.inner if isinstance(type_, t.Optional) else type_
            if type_ is None or inner not in _SETTABLE:
                continue
            text = self.types.text(type_)
            given = f"sklearn::setting::<{text}>({quoted(own_name(cls.name))}, name, value)?"
            lines.append(f"    {quoted(name)} => self.{setter(snake(name))}({given}),")
        if len(lines) == 1:
            return ["let _ = value;", f"Err(sklearn::no_setting({quoted(own_name(cls.name))}, name))"]
        lines.append(f"    _ => return Err(sklearn::no_setting({quoted(own_name(cls.name))}, name)),")
        return [*lines, "}", "Ok(())"]
