"""`__init__(self, *args, **kwargs)` of a class that hands them on to the class above, written out with the parameters of that class.

class Dated(Entity):                              class Dated(Entity):
    def __init__(self, *args, **kwargs):              def __init__(self, name):
        super().__init__(*args, **kwargs)                 super().__init__(name)
"""

from __future__ import annotations

import ast
import copy

from batuta.python.new_nodes import located
from batuta.python.walk import walk


def write_out_handed_up(tree: ast.Module) -> None:
    """Write out the parameters of such classes, in place, from the top of each family down."""
    classes = {each.name: each for each in tree.body if isinstance(each, ast.ClassDef)}
    for node in classes.values():
        init = _init_of(node)
        if init is not None and init.args.vararg is not None:
            _write_out(node, init, classes)


def _init_of(node: ast.ClassDef) -> ast.FunctionDef | None:
    return next((each for each in node.body if isinstance(each, ast.FunctionDef) and each.name == "__init__"), None)


def _above(node: ast.ClassDef, classes: dict[str, ast.ClassDef]) -> ast.arguments | None:
    """The parameters of the `__init__` that `super()` finds; None where that is not known."""
    seen = {node.name}
    while True:
        bases = [each.id for each in node.bases if isinstance(each, ast.Name) and each.id in classes]
        if node.decorator_list or len(bases) > 1 or len(bases) < len(node.bases) - 1:
            return None
        if not bases:
            return None if node.bases else ast.arguments([], [ast.arg("self")], None, [], [], None, [])
        if bases[0] in seen:
            return None
        seen.add(bases[0])
        node = classes[bases[0]]
        init = _init_of(node)
        if node.decorator_list:
            return None
        if init is not None:
            return init.args


def _write_out(node: ast.ClassDef, init: ast.FunctionDef, classes: dict[str, ast.ClassDef]) -> None:
    above = _above(node, classes)
    if above is None or above.vararg or above.kwarg or above.posonlyargs or not above.args or init.args.defaults:
        return
    collected = [each.arg for each in (init.args.vararg, init.args.kwarg) if each is not None]
    calls = [
        each
        for each in walk(init)
        if isinstance(each, ast.Call)
        and isinstance(each.func, ast.Attribute)
        and each.func.attr == "__init__"
        and isinstance(each.func.value, ast.Call)
        and isinstance(each.func.value.func, ast.Name)
        and each.func.value.func.id == "super"
    ]
    uses = [each for each in walk(init) if isinstance(each, ast.Name) and each.id in collected]
    if len(calls) != 1 or len(uses) != len(collected):
        return
    call = calls[0]
    plain = [each for each in call.args if not isinstance(each, ast.Starred)]
    starred = [each.value for each in call.args if isinstance(each, ast.Starred)]
    doubled = [each.value for each in call.keywords if each.arg is None]
    handed = {each.id for each in [*starred, *doubled] if isinstance(each, ast.Name)}
    if handed != set(collected) or (plain and not isinstance(call.args[-1], ast.Starred)):
        return
    given = {each.arg for each in call.keywords if each.arg is not None}
    wanted = [each for each in above.args[1 + len(plain) :] if each.arg not in given]
    count = len(above.defaults)
    optional = dict(zip([each.arg for each in above.args[len(above.args) - count :]], above.defaults, strict=True))
    named = [
        (each, default) for each, default in zip(above.kwonlyargs, above.kw_defaults, strict=True) if each.arg not in given
    ]
    own = {each.arg for each in [*init.args.args, *init.args.kwonlyargs]}
    if own & {each.arg for each in [*wanted, *(each for each, _ in named)]}:
        return
    constants = [*(optional[each.arg] for each in wanted if each.arg in optional), *(default for _, default in named)]
    if not all(default is None or isinstance(default, ast.Constant) for default in constants):
        return
    if given & {each.arg for each in above.args} and any(each.arg in optional for each in wanted):
        return
    init.args.args += copy.deepcopy(wanted)
    init.args.defaults = [copy.deepcopy(optional[each.arg]) for each in wanted if each.arg in optional]
    if init.args.kwarg is not None:
        init.args.kwonlyargs += [copy.deepcopy(each) for each, _ in named]
        init.args.kw_defaults += [copy.deepcopy(default) for _, default in named]
        call.keywords += [located(ast.keyword(each.arg, ast.Name(each.arg, ast.Load())), call) for each, _ in named]
    init.args.vararg = init.args.kwarg = None
    call.args = [*plain, *(located(ast.Name(each.arg, ast.Load()), call) for each in wanted)]
    call.keywords = [each for each in call.keywords if each.arg is not None]
