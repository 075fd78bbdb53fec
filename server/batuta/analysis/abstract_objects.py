"""A statement that makes an object of an abstract class, as the error that Python raises.

    class Shape(ABC):
        @abstractmethod
        def area(self): …

    try:                                   try:
        shape = Shape()             →          raise TypeError("Can't instantiate abstract class Shape with abstract method area")
    except TypeError as error:             except TypeError as error:

No object of such a class ever exists, so that what its methods would give means nothing for the classes below.
"""

from __future__ import annotations

import ast

from batuta.analysis.imports import qualified_name
from batuta.ir.names import own_name
from batuta.python.new_nodes import located
from batuta.python.walk import walk


def write_out_abstract(tree: ast.Module, imports: dict[str, str]) -> None:
    """Write such statements out, in place."""
    classes = {each.name: each for each in tree.body if isinstance(each, ast.ClassDef)}
    lacking = {name: found for name in classes if (found := _lacking(name, classes, imports))}
    if not lacking:
        return
    stored = {each.id for each in walk(tree) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)}
    for holder in walk(tree):
        for part in ("body", "orelse", "finalbody"):
            body = getattr(holder, part, None)
            if isinstance(body, list):
                for index, statement in enumerate(body):
                    name = _made(statement)
                    if name in lacking and name not in stored:
                        body[index] = _error(statement, name, lacking[name])


def _made(node: ast.AST) -> str:
    """The name of what a statement calls first and only."""
    match node:
        case ast.Expr(value=ast.Call(func=ast.Name(id="print"), args=[ast.Call(func=ast.Name(id=name)) as call], keywords=[])):
            return "" if _acting(call) else name
        case (
            ast.Expr(value=ast.Call(func=ast.Name(id=name)) as call)
            | ast.Assign(targets=[ast.Name()], value=ast.Call(func=ast.Name(id=name)) as call)
        ):
            return "" if _acting(call) else name
    return ""


def _acting(call: ast.Call) -> bool:
    values = [*call.args, *[each.value for each in call.keywords]]
    return any(isinstance(each, ast.Call | ast.Await | ast.NamedExpr) for value in values for each in walk(value))


def _lacking(name: str, classes: dict[str, ast.ClassDef], imports: dict[str, str]) -> list[str]:
    """The abstract methods that a class has and does not fill in, where Python looks for them."""
    chain = [classes[name]]
    checked = False
    while True:
        cls = chain[-1]
        checked = checked or any(qualified_name(each, imports) == "abc.ABC" for each in cls.bases)
        checked = checked or any(qualified_name(each.value, imports) == "abc.ABCMeta" for each in cls.keywords)
        above = [each.id for each in cls.bases if isinstance(each, ast.Name) and each.id in classes]
        if not above or len(chain) > 20:
            break
        if len(above) > 1:
            return []
        chain.append(classes[above[0]])
    found: dict[str, bool] = {}
    for cls in chain:
        for each in cls.body:
            if isinstance(each, ast.FunctionDef):
                marks = [qualified_name(one, imports) for one in each.decorator_list]
                found.setdefault(each.name, "abc.abstractmethod" in marks)
            elif isinstance(each, ast.Assign | ast.AnnAssign):
                targets = each.targets if isinstance(each, ast.Assign) else [each.target]
                for target in targets:
                    if isinstance(target, ast.Name) and each.value is not None:
                        found.setdefault(target.id, False)
    return sorted(each for each, abstract in found.items() if abstract) if checked else []


def _error(statement: ast.stmt, name: str, methods: list[str]) -> ast.stmt:
    plural = "" if len(methods) == 1 else "s"
    message = f"Can't instantiate abstract class {own_name(name)} with abstract method{plural} {', '.join(methods)}"
    error = ast.Call(ast.Name("TypeError", ast.Load()), [ast.Constant(message)], [])
    return located(ast.Raise(error, None), statement)
