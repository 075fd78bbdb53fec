"""`template.format(…)` and `template.format_map(…)`: an f-string where the template is known, else a template of the runtime.

LINE = "{:<10}{:>8.2f}"                       LINE.format(name, price)     →     f"{name:<10}{price:>8.2f}"
def show(rows, style="{:.2f}"): …             style.format(row)            →     str.format(style, (row,))
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from batuta.analysis import desugar
from batuta.analysis.computed_templates import ComputedTemplates
from batuta.analysis.graph import Cell
from batuta.analysis.program import Use
from batuta.python.new_nodes import located

if TYPE_CHECKING:
    from batuta.analysis.infer import Inference


_PLAIN = ("int", "float", "bool", "str", "None", "bigint", "complex", "value", "list", "tuple", "seq", "dict", "set")
_OBJECTS = [(f"datetime.{each}",) for each in ("date", "time", "datetime", "timedelta")] + [("decimal.Decimal",)]


class TextTemplates(ComputedTemplates):
    """Evaluation of texts that are templates."""

    def known_template(self: Inference, node: ast.expr) -> str | None:
        """The text of a template that is written in place, or that a name stands for and nothing else."""
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return node.value
        if isinstance(node, ast.Name):
            version = self.version(node)
            held = self.constant_of(version) if version is not None and len(version.definitions) == 1 else None
            if isinstance(held, ast.Constant) and isinstance(held.value, str):
                return held.value
        return None

    def format_call(self: Inference, node: ast.Call, function: ast.Attribute) -> Cell | None:
        """`template.format(…)` of a text; None where it is something else, or nothing is known of it."""
        template = self.known_template(function.value)
        if template is not None and function.attr == "format":
            made = self.made.get(("format", node), "")
            if made == "":
                made = self.made[("format", node)] = desugar.brace_format(template, node)
            if made is not None:
                self.instance.uses[(node, "")] = Use("desugared", bound={"value": [made]})
                self.graph.flow(self.eval(made), self.cell(node))
                return self.cell(node)
        owner = self.eval(function.value)
        if not (self.has_only(owner, "str") or self.dynamic(owner) or self.mixed(owner)):
            return None
        if not self._are_plain(node):
            return self.filled_template(node, function)
        if function.attr == "format_map":
            return self.library(node, "", "str.format_map", node.args, node.keywords, receiver=function.value)
        spread = [each.value for each in node.keywords if each.arg is None]
        if len(spread) == 1 and len(node.keywords) == 1 and not node.args:
            values = self.made.setdefault(("spread", node), [spread[0], ast.copy_location(ast.Constant(False), node)])
            return self.library(node, "", "str.format_map", values, [], receiver=function.value)
        if spread:
            return self.filled_template(node, function)
        return self.library(node, "", "str.format", self._template_values(node), [], receiver=function.value)

    def _are_plain(self: Inference, node: ast.Call) -> bool:
        """Whether the runtime can show all values of a call by itself."""
        given = [each.value if isinstance(each, ast.Starred) else each for each in node.args]
        found = [self.eval(each) for each in [*given, *[each.value for each in node.keywords]]]
        return all(key[0] in _PLAIN or key[1:] in _OBJECTS for each in found for key in each.atoms)

    def _template_values(self: Inference, node: ast.Call) -> list[ast.expr]:
        """The tuple of all values of a template, those with names behind the others, and these names."""
        positional: list[ast.expr] = []
        for each in node.args:
            parts = self.expand_starred(each) if isinstance(each, ast.Starred) else None
            positional += parts if parts is not None else [each]
        key = ("template", node, len(positional))
        made: list[ast.expr] | None = self.made.get(key)
        if made is None:
            values = ast.Tuple([*positional, *[each.value for each in node.keywords]], ast.Load())
            names = ast.Constant(",".join(each.arg or "" for each in node.keywords))
            made = self.made[key] = [located(values, node), located(names, node)]
        return made
