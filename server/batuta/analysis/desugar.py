"""Python forms that mean the same as simpler ones: old-style formatting, `str.format`, function names used as values."""

from __future__ import annotations

import ast
import itertools
import re
import string
from typing import TypeVar

from batuta.ir.names import SEPARATOR
from batuta.python.new_nodes import located
from batuta.python.walk import walk

_Node = TypeVar("_Node", bound=ast.AST)

LABEL = "function_name"
"""The attribute of a lambda that says what the `__name__` of the function is that it stands for."""

HELD = "held_receiver"
"""The attribute of a default that is the object of a bound method: nobody else has it."""

COROUTINE = "coroutine_function"
"""The attribute of a function that was `async` and returns no value: a task of it has a result, None, even if it never ends."""

_MADE = (ast.Call, ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp, ast.BinOp, ast.JoinedStr)

_PERCENT = re.compile(
    r"%(?:\((?P<key>[^)]*)\))?(?P<flags>[-+ 0#]*)(?P<width>\*|\d+)?(?:\.(?P<precision>\*|\d+))?[hlL]?(?P<type>[diouxXeEfFgGcrsa%])"
)


_IN_TEXT = "_of_module_"
"""What stands for `::` while a text is parsed."""


def statement_of(text: str) -> ast.stmt:
    """The statement that a text says, in which names may be qualified (`shapes::area`), as no Python text has them."""
    if SEPARATOR not in text:
        return ast.parse(text).body[0]
    made = ast.parse(text.replace(SEPARATOR, _IN_TEXT)).body[0]
    for node in walk(made):
        for name, value in ast.iter_fields(node):
            if isinstance(value, str) and _IN_TEXT in value:
                setattr(node, name, value.replace(_IN_TEXT, SEPARATOR))
    return made


def load(node: ast.expr) -> ast.expr:
    """A copy of an assignment target as an expression that reads it. Inner expressions are shared, not copied."""
    match node:
        case ast.Name(id=name):
            return ast.copy_location(ast.Name(name, ast.Load()), node)
        case ast.Attribute(value=value, attr=attribute):
            return ast.copy_location(ast.Attribute(value, attribute, ast.Load()), node)
        case ast.Subscript(value=value, slice=index):
            return ast.copy_location(ast.Subscript(value, index, ast.Load()), node)
    return node


def percent_places(template: str) -> int:
    """How many values a template of `%` takes by position; 0 for a template with names, and for one that is not understood."""
    found = [each for each in _PERCENT.finditer(template) if each["type"] != "%"]
    if any(each["key"] is not None or "*" in (each["width"], each["precision"]) for each in found):
        return 0
    return len(found)


def brace_places(template: str) -> int:
    """How many values a template of `format` takes by position."""
    numbered = [0]
    try:
        names = [name for _, name, _, _ in string.Formatter().parse(template) if name is not None]
    except ValueError:
        return 0
    heads = [re.split(r"[.\[]", name)[0] for name in names]
    counted = sum(1 for each in heads if each == "")
    numbered += [int(each) + 1 for each in heads if each.isdigit()]
    return counted or max(numbered)


def percent_format(node: ast.BinOp) -> ast.JoinedStr | None:
    """`"%d of %s" % (a, b)` as an f-string; None when the template is not constant or does not fit the values."""
    if not (isinstance(node.left, ast.Constant) and isinstance(node.left.value, str)):
        return None
    template = node.left.value
    named = isinstance(node.right, ast.Name | ast.Attribute) and "%(" in template
    keyed = isinstance(node.right, ast.Dict) or named
    values = list(node.right.elts) if isinstance(node.right, ast.Tuple) else [node.right]
    parts: list[ast.expr] = []
    position = used = 0
    for match in _PERCENT.finditer(template):
        if "%" in template[position : match.start()]:
            return None
        parts.append(ast.Constant(template[position : match.start()]))
        position = match.end()
        kind, flags = match["type"], match["flags"] or ""
        if kind == "%":
            parts.append(ast.Constant("%"))
            continue
        if match["width"] == "*" or match["precision"] == "*":
            return None
        if match["key"] is not None and named:
            value: ast.expr = ast.Subscript(node.right, ast.Constant(match["key"]), ast.Load())
        elif match["key"] is not None:
            if not keyed or not isinstance(node.right, ast.Dict):
                return None
            found = [
                v
                for k, v in zip(node.right.keys, node.right.values, strict=True)
                if isinstance(k, ast.Constant) and k.value == match["key"]
            ]
            if not found:
                return None
            value = found[0]
        else:
            if keyed or used >= len(values) or isinstance(values[used], ast.Starred):
                return None
            value = values[used]
            used += 1
        width, precision = match["width"] or "", match["precision"]
        align = "<" if "-" in flags else (">" if width else "")
        if kind in "sra":
            conversion = {"s": ord("s"), "r": ord("r"), "a": ord("a")}[kind]
            spec = f"{align}{width}" + (f".{precision}" if precision is not None else "")
            parts.append(ast.FormattedValue(value, conversion, ast.JoinedStr([ast.Constant(spec)]) if spec else None))
            continue
        if kind == "c":
            return None
        sign = "+" if "+" in flags else (" " if " " in flags else "")
        zero = "0" if "0" in flags and "-" not in flags else ""
        if kind in "diu":
            value = ast.Call(ast.Name("int", ast.Load()), [value], []) if not isinstance(value, ast.Constant) else value
            spec = f"{'' if zero else align}{sign}{zero}{width}d"
        else:
            hash_flag = "#" if "#" in flags else ""
            spec = (
                f"{'' if zero else align}{sign}{hash_flag}{zero}{width}"
                + (f".{precision}" if precision is not None else "")
                + kind
            )
        parts.append(ast.FormattedValue(value, -1, ast.JoinedStr([ast.Constant(spec)])))
    if "%" in template[position:] or (not keyed and used != len(values)):
        return None
    parts.append(ast.Constant(template[position:]))
    return located(ast.JoinedStr([each for each in parts if not (isinstance(each, ast.Constant) and each.value == "")]), node)


def brace_format(template: str, node: ast.Call) -> ast.JoinedStr | None:
    """`"{} of {name:>5}".format(a, name=b)` as an f-string; None when it cannot be resolved before the program runs."""
    counter = [0]
    keywords = {each.arg: each.value for each in node.keywords if each.arg is not None}
    spread = [each.value for each in node.keywords if each.arg is None]
    options = spread[0] if len(spread) == 1 and isinstance(spread[0], ast.Name | ast.Attribute) else None
    if len(keywords) + (options is not None) != len(node.keywords) or any(isinstance(each, ast.Starred) for each in node.args):
        return None

    def field(name: str) -> ast.expr | None:
        head = re.match(r"[^.\[]*", name)
        assert head is not None
        first, rest = head[0], name[head.end() :]
        if first == "":
            first = str(counter[0])
            counter[0] += 1
        if first.isdigit():
            if int(first) >= len(node.args):
                return None
            value: ast.expr = node.args[int(first)]
        elif first in keywords:
            value = keywords[first]
        elif options is not None:
            value = ast.Subscript(options, ast.Constant(first), ast.Load())
        else:
            return None
        for access in re.finditer(r"\.(\w+)|\[([^\]]*)\]", rest):
            if access[1]:
                value = ast.Attribute(value, access[1], ast.Load())
            else:
                key: str | int = int(access[2]) if access[2].isdigit() else access[2]
                value = ast.Subscript(value, ast.Constant(key), ast.Load())
        return value

    def joined(text: str) -> ast.JoinedStr | None:
        parts: list[ast.expr] = []
        for literal, name, spec, conversion in string.Formatter().parse(text):
            if literal:
                parts.append(ast.Constant(literal))
            if name is None:
                continue
            value = field(name)
            if value is None:
                return None
            inner = joined(spec) if spec else None
            if spec and inner is None:
                return None
            parts.append(ast.FormattedValue(value, ord(conversion) if conversion else -1, inner))
        return ast.JoinedStr(parts)

    try:
        made = joined(template)
    except ValueError:
        return None
    return located(made, node) if made is not None else None


def copied(node: ast.expr) -> ast.expr:
    """Another node for the same name, so that the name as a value and the name as what is called are told apart."""
    if isinstance(node, ast.Name):
        return ast.copy_location(ast.Name(node.id, ast.Load()), node)
    return node


def as_lambda(node: ast.expr, arity: int) -> ast.Lambda:
    """`int` as `lambda item: int(item)`: a function that is named, as a value."""
    names = [f"item{index or ''}" for index in range(arity)]
    arguments = ast.arguments([], [ast.arg(name) for name in names], None, [], [], None, [])
    function = copied(node)
    if isinstance(node, ast.Attribute) and any(isinstance(each, _MADE) for each in walk(node.value)):
        # The object that it is a method of is made once, and not at each call.
        arguments.args.append(ast.arg("receiver"))
        arguments.defaults.append(node.value)
        setattr(node.value, HELD, True)
        function = ast.copy_location(ast.Attribute(ast.Name("receiver", ast.Load()), node.attr, ast.Load()), node)
    call = ast.Call(function, [ast.Name(name, ast.Load()) for name in names], [])
    made = located(ast.Lambda(arguments, call), node)
    if isinstance(node, ast.Name | ast.Attribute):
        setattr(made, LABEL, node.id if isinstance(node, ast.Name) else node.attr)
    return made


FIRST = "_batuta_first"
"""The mark of the call that starts a generator: nothing is sent by it."""


def mark_first_calls(tree: ast.AST) -> None:
    """Mark `next(g)` and `g.send(None)` that stand directly behind `g = items()`."""
    for each in walk(tree):
        if not isinstance(each, ast.stmt | ast.Module) or not hasattr(each, "body"):
            continue
        for name in ("body", "orelse", "finalbody"):
            for before, after in itertools.pairwise(getattr(each, name, None) or ()):
                if not (isinstance(before, ast.Assign) and isinstance(after, ast.Expr)):
                    continue
                match before, after:
                    case (
                        ast.Assign(targets=[made], value=ast.Call()),
                        ast.Expr(value=ast.Call(func=ast.Name(id="next"), args=[asked]) as call),
                    ) if ast.unparse(made) == ast.unparse(asked):
                        setattr(call, FIRST, True)
                    case (
                        ast.Assign(targets=[made], value=ast.Call()),
                        ast.Expr(
                            value=ast.Call(
                                func=ast.Attribute(value=asked, attr="send"), args=[ast.Constant(value=None)]
                            ) as call
                        ),
                    ) if ast.unparse(made) == ast.unparse(asked):
                        setattr(call, FIRST, True)
