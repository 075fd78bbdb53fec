"""`template.format(…)` and `template.format_map(…)` with a template that is made at run time, where objects of the program show themselves.

The runtime reads the template and asks a function for the text of each value: what the values are is known here, in which order they are
shown is not.

    row = "{:<6}|{total:>8.2f}"
    row.format(name, total=price)      →     FILLED(row, 1, "total", False, lambda place, conversion, spec: f"{name:{spec}}",
                                                                     lambda name, conversion, spec: f"{price:{spec}}")
"""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from batuta.analysis.graph import STR, Cell
from batuta.analysis.program import Use
from batuta.analysis.starred_arguments import is_plain
from batuta.catalog.entry import FILLED
from batuta.python.new_nodes import located
from batuta.python.walk import walk

if TYPE_CHECKING:
    from batuta.analysis.infer import Inference

_CONVERSION = re.compile(r"!.?[:}]")


class ComputedTemplates:
    """The part of the inference that writes such calls out."""

    def filled_template(self: Inference, node: ast.Call, function: ast.Attribute) -> Cell:
        """The text that a call of `format` or `format_map` on a text gives."""
        counts = self._starred_counts(node)
        if counts is None:
            return self.add(node, STR)
        key = ("filled template", node, counts)
        if key not in self.made:
            self.made[key] = located(self._filled(node, function, list(counts)), node)
        return self._written(node, self.made[key])

    def _written(self: Inference, node: ast.Call, made: ast.expr) -> Cell:
        self.instance.uses[(node, "")] = Use("desugared", bound={"value": [made]})
        self.graph.flow(self.eval(made), self.cell(node))
        return self.add(node, STR)

    def _starred_counts(self: Inference, node: ast.Call) -> tuple[int | None, ...] | None:
        """How many values each starred argument gives, where its type says so; None as a whole while a type is not known."""
        found: list[int | None] = []
        for each in node.args:
            if isinstance(each, ast.Starred):
                keys = list(self.eval(each.value).atoms)
                if not keys:
                    return None
                sizes = {key[1] for key in keys if key[0] == "tuple"}
                found.append(sizes.pop() if len(sizes) == 1 and len(keys) == 1 else None)
        return tuple(found)

    def _filled(self: Inference, node: ast.Call, function: ast.Attribute, counts: list[int | None]) -> ast.expr:
        bound: list[tuple[str, ast.expr]] = []

        def once(value: ast.expr) -> ast.expr:
            if is_plain(value) and not isinstance(value, ast.Tuple | ast.List):
                return value
            bound.append((f"field{len(bound) or ''}", value))
            return ast.Name(bound[-1][0], ast.Load())

        template = once(function.value)
        positions: list[ast.expr] = []
        rest: ast.expr | None = None
        for each in node.args:
            if not isinstance(each, ast.Starred):
                positions.append(once(each))
                continue
            size, items = counts.pop(0), once(each.value)
            if size is not None:
                positions += [ast.Subscript(items, ast.Constant(index), ast.Load()) for index in range(size)]
            else:
                rest = items
        if any(isinstance(each, ast.Starred) for each in node.args[:-1]) and rest is not None:
            self.problem(node, "BAT107", "`*` before other arguments of `format` is not translated", "Put the items last.")
        named = {each.arg: once(each.value) for each in node.keywords if each.arg is not None}
        spread = [once(each.value) for each in node.keywords if each.arg is None]
        if function.attr == "format_map" and len(node.args) == 1:
            spread, positions = positions, []
        if len(spread) > 1:
            self.problem(node, "BAT107", "two `**` in one `format` are not translated", "Join the dicts first.")
        converts = self._has_conversions()
        places = [self._text(each, converts) for each in positions]
        count: ast.expr = ast.Constant(len(positions))
        place = ast.Name("place", ast.Load())
        if rest is not None:
            index = ast.BinOp(place, ast.Sub(), ast.Constant(len(positions))) if positions else place
            places.append(self._text(ast.Subscript(rest, index, ast.Load()), converts))
            length = ast.Call(ast.Name("len", ast.Load()), [rest], [])
            count = ast.BinOp(count, ast.Add(), length) if positions else length
        at = _choice(places, [ast.Compare(place, [ast.Eq()], [ast.Constant(index)]) for index in range(len(places))])
        name = ast.Name("name", ast.Load())
        texts = [self._text(each, converts) for each in named.values()]
        if spread:
            texts.append(self._text(ast.Subscript(spread[0], name, ast.Load()), converts))
        by_name = _choice(texts, [ast.Compare(name, [ast.Eq()], [ast.Constant(each)]) for each in named])
        names = "*" if spread else ",".join(str(each) for each in named)
        functions = [_function(["place", "conversion", "spec"], at), _function(["name", "conversion", "spec"], by_name)]
        call = ast.Call(
            ast.Name(FILLED, ast.Load()), [template, count, ast.Constant(names), ast.Constant(converts), *functions], []
        )
        if not bound:
            return call
        return ast.Call(_function([each for each, _ in bound], call), [value for _, value in bound], [])

    def _text(self: Inference, value: ast.expr, converts: bool) -> ast.expr:
        """The text of a value, as a field asks for it."""
        spec, conversion = ast.Name("spec", ast.Load()), ast.Name("conversion", ast.Load())
        formatted = ast.Call(ast.Name("format", ast.Load()), [value, spec], [])
        if not converts:
            return formatted
        shown = ast.IfExp(
            ast.Compare(conversion, [ast.Eq()], [ast.Constant("r")]),
            ast.Call(ast.Name("repr", ast.Load()), [value], []),
            ast.Call(ast.Name("str", ast.Load()), [value], []),
        )
        converted = ast.Call(ast.Name("format", ast.Load()), [shown, spec], [])
        return ast.IfExp(ast.Compare(conversion, [ast.Eq()], [ast.Constant("")]), formatted, converted)

    def _has_conversions(self: Inference) -> bool:
        """Whether a text of the program may ask for the repr of a field."""
        found: bool | None = self.made.get(("conversions",))
        if found is None:
            texts = (each.value for each in walk(self.program.source.tree) if isinstance(each, ast.Constant))
            found = any(isinstance(each, str) and _CONVERSION.search(each) is not None for each in texts)
            self.made[("conversions",)] = found
        return found


def _choice(values: list[ast.expr], tests: list[ast.Compare]) -> ast.expr:
    """The value of the first test that holds; the last value needs none."""
    if not values:
        return ast.Constant("")
    made = values[-1]
    for value, test in zip(reversed(values[:-1]), reversed(tests[: len(values) - 1]), strict=True):
        made = ast.IfExp(test, value, made)
    return made


def _function(parameters: list[str], body: ast.expr) -> ast.Lambda:
    return ast.Lambda(ast.arguments([], [ast.arg(each) for each in parameters], None, [], [], None, []), body)
