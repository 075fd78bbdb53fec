"""What the grading counts in a Python text.

The formula was published for the nodes of a tree-sitter grammar. Python's own `ast` names things differently, so each counter
says where the two differ: an `elif` is a clause of its own, `a and b and c` are two nested operators, a parameter list counts
its brackets and commas.
"""

from __future__ import annotations

import ast
import io
import tokenize
from dataclasses import dataclass, field

from batuta.python.walk import children


@dataclass
class Counts:
    """The counted facts of one text; see the components for what each is used for."""

    cyclomatic: int = 1
    cognitive: int = 0
    nesting: int = 0
    parameters: int = 0
    """The greatest number of children of a parameter list: brackets, parameters, separators and commas."""
    metaclasses: int = 0
    imports: int = 0
    calls: int = 0
    functions: int = 0
    documented: int = 0
    docstring_lines: int = 0
    lines: list[str] = field(default_factory=list)
    """The text's lines as the formula cuts them: at line feeds only, a carriage return before one removed."""


def count(root: ast.AST, source: str, own_text: str | None = None) -> Counts:
    """Count below `root`, a node of the tree of `source`.

    `own_text` is the part of the source that belongs to it (default: all).
    """
    counts = Counts(lines=cut_lines(source if own_text is None else own_text))
    source_lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    pending: list[tuple[ast.AST, int]] = [(root, 0)]
    while pending:
        node, depth = pending.pop()
        pending.extend(_visit(node, depth, counts, source_lines))
    return counts


def cut_lines(text: str) -> list[str]:
    """The lines of a text: cut at line feeds, a carriage return before one removed, no empty last line."""
    lines = text.split("\n")
    if lines and not lines[-1]:
        lines.pop()
    return [line.removesuffix("\r") for line in lines]


def _visit(node: ast.AST, depth: int, counts: Counts, lines: list[str]) -> list[tuple[ast.AST, int]]:
    """Count one node; return its children with the nesting depth that they stand at."""
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            counts.functions += 1
            counts.nesting = max(counts.nesting, depth + 1)
            counts.parameters = max(counts.parameters, parameter_children(node, lines))
            _count_docstring(node, counts, lines)
            return _definition_children(node, depth)
        case ast.ClassDef():
            counts.nesting = max(counts.nesting, depth + 1)
            bases = [*node.bases, *node.keywords]
            if any("metaclass" in ast.unparse(base) for base in bases):
                counts.metaclasses += 1
            return _definition_children(node, depth)
        case ast.If():
            return _visit_if(node, depth, counts, lines)
        case ast.While() | ast.For() | ast.AsyncFor():
            _nesting_branch(counts, depth)
            if node.orelse:
                _flat_branch(counts, depth + 1)
            return [(child, depth + 1) for child in children(node)]
        case ast.Match():
            _nesting_branch(counts, depth)
            return [(child, depth + 1) for child in children(node)]
        case ast.Try():
            counts.cyclomatic += 1
            for _ in node.handlers:
                _flat_branch(counts, depth)
            if node.orelse:
                _flat_branch(counts, depth)
        case ast.TryStar():
            # `except*` is another node in the grammar, which the formula does not name.
            counts.cyclomatic += 1
            if node.orelse:
                _flat_branch(counts, depth)
        case ast.BoolOp():
            counts.cyclomatic += len(node.values) - 1
        case ast.Compare():
            counts.cyclomatic += 1
        case ast.Call():
            counts.calls += 1
        case ast.Assign(targets=[ast.Attribute() | ast.Subscript() as target]) if _starts_with_type_call(target):
            # `type(x).name = y`: the grammar takes it for a `type` statement, in which `type(x)` is no call.
            counts.calls -= 1
        case ast.Import():
            counts.imports += 1
        case ast.ImportFrom() if node.module != "__future__":
            counts.imports += 1
    return [(child, depth) for child in children(node)]


def _starts_with_type_call(target: ast.expr) -> bool:
    while isinstance(target, (ast.Attribute, ast.Subscript)):
        target = target.value
    return isinstance(target, ast.Call) and isinstance(target.func, ast.Name) and target.func.id == "type"


def _nesting_branch(counts: Counts, depth: int) -> None:
    counts.cyclomatic += 1
    counts.cognitive += 1 + depth
    counts.nesting = max(counts.nesting, depth + 1)


def _flat_branch(counts: Counts, depth: int) -> None:
    counts.cyclomatic += 1
    counts.cognitive += 1 + depth


def _visit_if(node: ast.If, depth: int, counts: Counts, lines: list[str]) -> list[tuple[ast.AST, int]]:
    """An `if` with its `elif` and `else` clauses, which stand one level deeper than the `if` and do not deepen."""
    _nesting_branch(counts, depth)
    inside: list[ast.AST] = [node.test, *node.body]
    while node.orelse:
        _flat_branch(counts, depth + 1)
        following = node.orelse[0]
        if not (isinstance(following, ast.If) and _text_at(following, lines).startswith("elif")):
            inside.extend(node.orelse)
            break
        node = following
        inside.extend([node.test, *node.body])
    return [(child, depth + 1) for child in inside]


def _definition_children(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef, depth: int) -> list[tuple[ast.AST, int]]:
    """A decorator stands beside the definition, so it is one level less deep than what is inside."""
    outside = set(map(id, node.decorator_list))
    return [(child, depth if id(child) in outside else depth + 1) for child in children(node)]


def _text_at(node: ast.stmt, lines: list[str]) -> str:
    """The rest of the line from where the node starts (`ast` counts columns in UTF-8 bytes)."""
    return lines[node.lineno - 1].encode("utf-8", "surrogatepass")[node.col_offset :].decode("utf-8", "surrogatepass")


def parameter_children(node: ast.FunctionDef | ast.AsyncFunctionDef, lines: list[str]) -> int:
    """How many children the parameter list has: two brackets, each parameter and separator, each comma, each comment.

    `def f()` has 2, `def f(a)` 3, `def f(a, b)` 5, `def f(a, *, b=1)` 7.
    """
    text = "\n".join([_text_at(node, lines), *lines[node.lineno : node.end_lineno]])
    depth, open_at, children, pending = 0, None, 2, False
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.OP and token.string in "([{":
            depth += 1
            if open_at is None and token.string == "(":
                open_at = depth
                continue
        if token.type == tokenize.OP and token.string in ")]}":
            if open_at == depth:
                break
            depth -= 1
        if open_at is None or token.type in (tokenize.NL, tokenize.NEWLINE):
            continue
        if depth == open_at and token.type == tokenize.COMMENT:
            children += 1
        elif depth == open_at and token.string == ",":
            children += 1 + pending
            pending = False
        else:
            pending = True
    return children + pending


def _count_docstring(node: ast.FunctionDef | ast.AsyncFunctionDef, counts: Counts, lines: list[str]) -> None:
    """A body that starts with one plain string literal is documented; joined literals and brackets are other nodes."""
    first = node.body[0]
    if not isinstance(first, ast.Expr) or first.col_offset != first.value.col_offset or first.lineno != first.value.lineno:
        return
    value = first.value
    is_text = isinstance(value, ast.Constant) and isinstance(value.value, (str, bytes))
    if not is_text and not isinstance(value, ast.JoinedStr):
        return
    text = "\n".join([_text_at(first, lines), *lines[first.lineno : first.end_lineno]])
    literals = 0
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        # Python 3.12 cuts f-strings into pieces; their start stands for the whole.
        if token.type == tokenize.STRING or tokenize.tok_name[token.type] == "FSTRING_START":
            literals += 1
        if token.type in (tokenize.NEWLINE, tokenize.ENDMARKER) or (token.string == ";" and token.type == tokenize.OP):
            break
    if literals == 1:
        counts.documented += 1
        counts.docstring_lines += (value.end_lineno or value.lineno) - value.lineno + 1
