"""`argparse` written out: the namespace that a parser makes becomes a class of the program, with a field for each argument.

    parser.add_argument("--times", type=int, default=1)       parser._add_argument(0, ["--times"], "times", …)
    args = parser.parse_args()                            →   args = Namespace(parser._parse(None))

                                                              class Namespace:
                                                                  def __init__(self, parsed):
                                                                      self.times = parsed.integer("times") if parsed.given("times") else 1

The runtime reads the command line and hands out texts; the class has the types. What an `add_argument` call says must stand in the
program's text; a call that does not is left as it is, and refused with its reason.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from batuta.analysis.desugar import statement_of
from batuta.analysis.imports import imported_names, qualified_name
from batuta.python.new_nodes import fresh_name, located, names_in, placed
from batuta.python.walk import Transformer, children, walk

_GETTERS = {"str": ("text", "texts"), "int": ("integer", "integers"), "float": ("number", "numbers")}
_NO_TEXT = ("store_true", "store_false", "store_const", "count", "help", "version", "switch")
_FORMATTERS = {
    "argparse.HelpFormatter": "",
    "argparse.RawDescriptionHelpFormatter": "raw",
    "argparse.RawTextHelpFormatter": "rawtext",
    "argparse.ArgumentDefaultsHelpFormatter": "defaults",
}
_GROUPS = ("add_argument_group", "add_mutually_exclusive_group")


def write_out_parsers(tree: ast.Module, program: str) -> None:
    """Rewrite a program in place. `program` is the name of its file."""
    imports = imported_names(tree)
    if any(each.partition(".")[0] == "argparse" for each in imports.values()):
        _Parsers(tree, imports, program).run()


class _NotConstant(Exception):
    """A call says something that the program's text does not hold."""


@dataclass
class _Told:
    """What one call says about an attribute of the namespace."""

    number: int
    dest: str
    node: ast.Call
    value: str = ""
    """The Python text of its value where it was given; empty for what only sets a default."""
    default: str = "None"
    always: bool = False
    """Whether it is always given."""
    main: bool = True
    """Whether the parser is the program's own, not one of a command."""
    function: bool = False


@dataclass
class _Parsers:
    tree: ast.Module
    imports: dict[str, str]
    program: str
    told: list[_Told] = field(default_factory=list)
    readers: list[tuple[str, ast.AST]] = field(default_factory=list)
    """Functions that convert a text, as Python text, with the call that they are for."""
    reader_names: list[str] = field(default_factory=list)
    owners: dict[ast.AST, ast.FunctionDef | ast.Lambda | None] = field(default_factory=dict)
    told_as_dict: bool = False
    """Whether the program asks a namespace for its `vars`, and not all of them have the same."""

    def run(self) -> None:
        self._find_owners(self.tree, None)
        nodes = list(walk(self.tree))
        calls = [each for each in nodes if isinstance(each, ast.Call)]
        taken = names_in(self.tree)
        self.taken = taken
        self.name = fresh_name("Namespace", taken)
        self.error_class = next((ast.unparse(each) for each in nodes if self._named(each, "argparse.ArgumentTypeError")), "")
        self.main = self._main_parsers(nodes)
        self.functions = {each.name for each in nodes if isinstance(each, ast.FunctionDef)}
        self.spaces = self._namespaces(nodes)
        made = [each for each in calls if self._named(each.func, "argparse.ArgumentParser")]
        for call in made:
            self._constructor(call)
        try:
            for call in calls:
                if isinstance(call.func, ast.Attribute):
                    self._method(call, call.func)
        except _NotConstant:
            return
        parsing = [each for each in calls if _called(each) in ("parse_args", "parse_known_args")]
        if not parsing or (not self.told and not made):
            return
        self._asked(nodes)
        self.shown = self._is_shown(nodes)
        self._parse_calls(parsing)
        self._annotations(nodes)
        place = next((index for index, each in enumerate(self.tree.body) if not _comes_first(each)), len(self.tree.body))
        anchor = made[0] if made else parsing[0]
        self.tree.body[place:place] = self._class(anchor)

    def _find_owners(self, node: ast.AST, owner: ast.FunctionDef | ast.Lambda | None) -> None:
        for child in children(node):
            self.owners[child] = owner
            self._find_owners(child, child if isinstance(child, ast.FunctionDef | ast.Lambda) else owner)

    def _named(self, node: ast.AST, name: str) -> bool:
        return isinstance(node, ast.Name | ast.Attribute) and qualified_name(node, self.imports) == name

    # -- which names are parsers and namespaces

    def _main_parsers(self, nodes: list[ast.AST]) -> set[str]:
        """Names of the program's own parser and of its groups."""
        main: set[str] = set()
        for _ in range(3):
            for each in nodes:
                if not isinstance(each, ast.Assign) or not isinstance(each.value, ast.Call):
                    continue
                function = each.value.func
                group = (
                    isinstance(function, ast.Attribute)
                    and function.attr in _GROUPS
                    and isinstance(function.value, ast.Name)
                    and function.value.id in main
                )
                if group or self._named(function, "argparse.ArgumentParser"):
                    main |= {target.id for target in each.targets if isinstance(target, ast.Name)}
        return main

    def _namespaces(self, nodes: list[ast.AST]) -> set[str]:
        """Names that hold a namespace: results of parsing, and parameters that are called `args` or say that they are one."""
        found = {"args"}
        for each in nodes:
            if isinstance(each, ast.Assign) and isinstance(each.value, ast.Call) and _called(each.value).startswith("parse_"):
                for target in each.targets:
                    held = target.elts[0] if isinstance(target, ast.Tuple) and target.elts else target
                    if isinstance(held, ast.Name):
                        found.add(held.id)
            if isinstance(each, ast.arg) and each.annotation is not None and self._named(each.annotation, "argparse.Namespace"):
                found.add(each.arg)
        return found

    # -- what the calls say

    def _constructor(self, call: ast.Call) -> None:
        parents: ast.expr | None = None
        for keyword in list(call.keywords):
            if keyword.arg == "formatter_class":
                name = _FORMATTERS.get(qualified_name(keyword.value, self.imports))
                if name is not None:
                    keyword.value = located(ast.Constant(name), keyword.value)
            elif keyword.arg == "parents":
                parents = keyword.value
                call.keywords.remove(keyword)
        named = {each.arg for each in call.keywords}
        if not call.args and "prog" not in named:
            call.keywords.insert(0, located(ast.keyword("prog", ast.Constant(self.program)), call))
        if parents is not None:
            inner = ast.Call(call.func, call.args, call.keywords)
            call.func, call.args, call.keywords = ast.Attribute(inner, "_with_parents", ast.Load()), [parents], []
            located(call, parents)

    def _method(self, call: ast.Call, function: ast.Attribute) -> None:
        main = isinstance(function.value, ast.Name) and function.value.id in self.main
        match function.attr:
            case "add_argument":
                self._argument(call, function, main)
            case "set_defaults" if call.keywords and all(each.arg for each in call.keywords):
                self._defaults(call, function, main)
            case "add_subparsers":
                self._commands(call, function)
            case "add_parser":
                self._command(call, function)

    def _argument(self, call: ast.Call, function: ast.Attribute, main: bool) -> None:
        given = {each.arg: each.value for each in call.keywords if each.arg}
        names = [_constant(each) for each in call.args]
        if len(given) != len(call.keywords) or not names or not all(isinstance(each, str) for each in names):
            raise _NotConstant
        options = [str(each) for each in names]
        positional = not options[0].startswith("-")
        action = str(_constant(given["action"])) if "action" in given and not self._is_switch(given["action"]) else "store"
        if "action" in given and self._is_switch(given["action"]):
            action = "switch"
            options += [f"--no-{each[2:]}" for each in options if each.startswith("--")]
        dest = str(_constant(given["dest"])) if "dest" in given else _dest(options)
        known = (*_NO_TEXT, "store", "append", "extend")
        if (
            action not in known
            or (positional and not dest.isidentifier())
            or ("default" in given and self._suppressed(given["default"]))
        ):
            raise _NotConstant
        nargs = given.get("nargs")
        count = "0" if action in _NO_TEXT else "" if nargs is None else self._nargs(nargs)
        if action == "append" and count:
            raise _NotConstant
        kind = self._kind(given.get("type"))
        required = _constant(given["required"]) if "required" in given else False
        if positional:
            required = count not in ("?", "*", "...")
        if not isinstance(required, bool):
            raise _NotConstant
        told = _Told(len(self.told), dest, call, main=main, always=required)
        if action not in ("help", "version"):
            self.told.append(told)
            self._value(told, action, count, kind, given, positional)
        shown = given.get("version") if action == "version" else None
        if action == "version" and "help" not in given:
            given["help"] = ast.Constant("show program's version number and exit")
        help_text = given.get("help")
        if shown is None:
            shown = self._shown(given, action, help_text)
        arguments: list[ast.expr] = [
            ast.Constant(told.number if action not in ("help", "version") else -1),
            ast.List([ast.Constant(each) for each in ([] if positional else options)], ast.Load()),
            ast.Constant(dest),
            ast.Constant(action),
            ast.Constant(count),
            ast.Constant(kind),
            ast.Constant(required),
            self._text_or_none(help_text),
            self._metavar(given.get("metavar")),
            self._choices(given.get("choices")),
            shown,
        ]
        function.attr = "_add_argument"
        call.args, call.keywords = [located(each, call) for each in arguments], []

    def _is_switch(self, node: ast.expr) -> bool:
        return self._named(node, "argparse.BooleanOptionalAction")

    def _suppressed(self, node: ast.expr) -> bool:
        return self._named(node, "argparse.SUPPRESS")

    def _text_or_none(self, node: ast.expr | None) -> ast.expr:
        if node is not None and self._suppressed(node):
            return ast.Constant("==SUPPRESS==")
        return node if node is not None else ast.Constant(None)

    def _nargs(self, node: ast.expr) -> str:
        if self._named(node, "argparse.REMAINDER"):
            return "..."
        found = _constant(node)
        if found in ("?", "*", "+", "...") or (isinstance(found, int) and found > 0):
            return str(found)
        raise _NotConstant

    def _kind(self, node: ast.expr | None) -> str:
        if node is None:
            return "str"
        if isinstance(node, ast.Name) and node.id in _GETTERS and node.id not in self.taken - _read_only(self.tree, node.id):
            return node.id
        return "other"

    def _metavar(self, node: ast.expr | None) -> ast.expr:
        if node is None:
            return ast.List([], ast.Load())
        return ast.List(list(node.elts) if isinstance(node, ast.Tuple) else [node], ast.Load())

    def _choices(self, node: ast.expr | None) -> ast.expr:
        if node is None:
            return ast.Constant(None)
        if isinstance(node, ast.List | ast.Tuple) and all(isinstance(_constant(each), str) for each in node.elts):
            return ast.List(list(node.elts), ast.Load())
        each = fresh_name("choice", self.taken)
        shown = ast.Call(ast.Name("str", ast.Load()), [ast.Name(each, ast.Load())], [])
        return ast.ListComp(shown, [ast.comprehension(ast.Name(each, ast.Store()), node, [], 0)])

    def _shown(self, given: dict[str, ast.expr], action: str, help_text: ast.expr | None) -> ast.expr:
        """The default as text, for the help."""
        default = given.get("default")
        if default is None:
            return ast.Constant({"store_true": "False", "store_false": "True"}.get(action, "None"))
        if isinstance(default, ast.Constant):
            return ast.Constant(str(default.value))
        self._text(default)
        return ast.Call(ast.Name("str", ast.Load()), [default], [])

    def _text(self, node: ast.expr) -> str:
        """The Python text of a value that is read where the namespace is made: it must mean the same there."""
        owner = self.owners.get(node)
        while isinstance(owner, ast.Lambda):
            # Its own parameter is that of the function which is made of it.
            owner = self.owners.get(owner)
        if owner is not None:
            local = {each.arg for each in walk(owner) if isinstance(each, ast.arg)}
            local |= {each.id for each in walk(owner) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)}
            if any(isinstance(each, ast.Name) and each.id in local for each in walk(node)):
                raise _NotConstant
        if any(isinstance(each, ast.Lambda | ast.NamedExpr | ast.Await | ast.Yield) for each in walk(node)):
            raise _NotConstant
        return ast.unparse(node)

    def _value(self, told: _Told, action: str, count: str, kind: str, given: dict[str, ast.expr], positional: bool) -> None:
        name = repr(told.dest)
        default = given.get("default")
        text = "None" if default is None else self._text(default)
        if kind == "other":
            reader = self._reader(told, given["type"])
            one, many = f"{reader}(parsed, parsed.text({name}))", f"[{reader}(parsed, text) for text in parsed.texts({name})]"
        else:
            reader = kind
            one, many = (f"parsed.{each}({name})" for each in _GETTERS[kind])
        if (
            isinstance(default, ast.Constant)
            and isinstance(default.value, str)
            and kind != "str"
            and action == "store"
            and count in ("", "?")
        ):
            text = f"{reader}({text})" if kind != "other" else f"{reader}(parsed, {text})"
        match action:
            case "store_true" | "store_false":
                told.value = str(action == "store_true")
                text = text if default is not None else str(action != "store_true")
                if text == "None":
                    told.default = "None"
            case "store_const":
                told.value = self._text(given["const"]) if "const" in given else "None"
            case "count":
                told.value = f"parsed.count({name})" if text in ("None", "0") else f"{text} + parsed.count({name})"
            case "switch":
                told.value = f"parsed.switched({name})"
            case "append" | "extend":
                told.value = many if text in ("None", "[]") else f"list({text}) + {many}"
            case _ if count in ("", "?"):
                told.value = one
                if count == "?" and not positional:
                    const = self._text(given["const"]) if "const" in given else "None"
                    told.value = f"({one} if parsed.filled({name}) else {const})"
            case _:
                told.value = many
                if positional and count in ("*", "...") and default is None:
                    text, told.always = many, True
        told.default = text

    def _reader(self, told: _Told, node: ast.expr) -> str:
        """A function that converts a text as the program asks, and ends the program as argparse does if it cannot."""
        if isinstance(node, ast.Lambda) and len(node.args.args) == 1:
            argument, result, label = node.args.args[0].arg, self._lambda_text(node), "<lambda>"
        else:
            argument, label = "text", node.attr if isinstance(node, ast.Attribute) else ast.unparse(node)
            result = f"{self._text(node)}(text)"
            if isinstance(node, ast.Name) and node.id == "bool":
                result = 'text != ""'
            elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "str":
                result = f"text.{node.attr}()"
        name = fresh_name(f"read_{told.dest}", self.taken)
        self.reader_names.append(name)
        lines = [f"def {name}(parsed, {argument}):", "    try:", f"        return {result}"]
        if self.error_class:
            lines += [
                f"    except {self.error_class} as error:",
                f"        raise SystemExit(parsed.fail({told.number}, str(error)))",
            ]
        lines += [
            "    except (TypeError, ValueError):",
            f'        raise SystemExit(parsed.fail({told.number}, f"invalid {label} value: {{{argument}!r}}"))',
        ]
        self.readers.append(("\n".join(lines), told.node))
        return name

    def _lambda_text(self, node: ast.Lambda) -> str:
        return self._text(node.body) if not isinstance(node.body, ast.Lambda) else ""

    def _defaults(self, call: ast.Call, function: ast.Attribute, main: bool) -> None:
        statements: list[ast.expr] = []
        for keyword in call.keywords:
            told = _Told(len(self.told), str(keyword.arg), call, main=main, default=self._text(keyword.value))
            told.function = isinstance(keyword.value, ast.Name) and keyword.value.id in self.functions
            self.told.append(told)
            statements += [ast.Constant(keyword.arg), ast.Constant(told.number)]
        if len(call.keywords) == 1:
            function.attr = "_set_default"
            call.args, call.keywords = [located(each, call) for each in statements], []
            return
        names = ast.List(statements[::2], ast.Load())
        numbers = ast.List(statements[1::2], ast.Load())
        function.attr = "_set_defaults"
        call.args, call.keywords = [located(names, call), located(numbers, call)], []

    def _commands(self, call: ast.Call, function: ast.Attribute) -> None:
        given = {each.arg: each.value for each in call.keywords if each.arg}
        dest = str(_constant(given["dest"])) if "dest" in given else ""
        required = _constant(given["required"]) if "required" in given else False
        if (
            call.args
            or not isinstance(required, bool)
            or set(given) - {"dest", "required", "help", "metavar", "title", "description"}
        ):
            raise _NotConstant
        if dest:
            told = _Told(-1, dest, call, value=f"parsed.text({dest!r})", always=required)
            self.told.append(told)
            # The parser's own argument; its number is that of no call.
            told.number = -1
        arguments: list[ast.expr] = [
            ast.Constant(dest),
            ast.Constant(required),
            self._text_or_none(given.get("help")),
            self._metavar(given.get("metavar")),
            given.get("title", ast.Constant(None)),
            given.get("description", ast.Constant(None)),
        ]
        function.attr = "_add_subparsers"
        call.args, call.keywords = [located(each, call) for each in arguments], []

    def _command(self, call: ast.Call, function: ast.Attribute) -> None:
        given = {each.arg: each.value for each in call.keywords if each.arg}
        help_text, aliases = given.pop("help", None), given.pop("aliases", None)
        parser = next((each for each, name in self.imports.items() if name == "argparse.ArgumentParser"), None)
        module = next((each for each, name in self.imports.items() if name == "argparse"), None)
        if len(call.args) != 1 or len(given) != len([k for k in call.keywords if k.arg not in ("help", "aliases")]):
            raise _NotConstant
        maker: ast.expr = (
            ast.Name(parser, ast.Load())
            if parser is not None
            else ast.Attribute(ast.Name(str(module), ast.Load()), "ArgumentParser", ast.Load())
        )
        made = located(ast.Call(maker, [], [ast.keyword(each, value) for each, value in given.items()]), call)
        self._constructor(made)
        for keyword in made.keywords:
            if keyword.arg == "prog" and "prog" not in given:
                keyword.value = located(ast.Constant(""), call)
        suppressed = help_text is not None and self._suppressed(help_text)
        arguments = [
            call.args[0],
            aliases if aliases is not None else ast.List([], ast.Load()),
            ast.Constant(None) if help_text is None or suppressed else help_text,
            ast.Constant(help_text is not None and not suppressed),
            made,
        ]
        function.attr = "_add_parser"
        call.args, call.keywords = [located(each, call) for each in arguments], []

    # -- reading

    def _conditional(self, dest: str) -> bool:
        """Whether the namespace may lack an attribute: only a command has it."""
        return not any(each.main for each in self.told if each.dest == dest)

    def _asked(self, nodes: list[ast.AST]) -> None:
        """`hasattr(args, "name")`, `getattr(args, "name", other)` and `vars(args)` of a namespace."""
        known = {each.dest for each in self.told}
        for call in nodes:
            if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name) or not call.args:
                continue
            subject = call.args[0]
            if call.func.id == "vars" and len(call.args) == 1 and _parses(subject):
                self.told_as_dict = True
                _become(call, located(ast.Call(ast.Attribute(subject, _AS_DICT, ast.Load()), [], []), call))
                continue
            if not isinstance(subject, ast.Name) or subject.id not in self.spaces:
                continue
            made: ast.expr | None = None
            if call.func.id in ("hasattr", "getattr") and len(call.args) > 1 and _constant(call.args[1]) in known:
                name = str(_constant(call.args[1]))
                held: ast.expr = ast.Attribute(subject, f"_has_{name}", ast.Load())
                value = ast.Attribute(subject, name, ast.Load())
                if call.func.id == "hasattr":
                    made = held if self._conditional(name) else ast.Constant(True)
                else:
                    made = ast.IfExp(held, value, call.args[2]) if self._conditional(name) and len(call.args) > 2 else value
            elif call.func.id == "vars" and len(call.args) == 1 and any(self._conditional(each) for each in known):
                self.told_as_dict = True
                made = ast.Call(ast.Attribute(subject, _AS_DICT, ast.Load()), [], [])
            elif call.func.id == "vars" and len(call.args) == 1:
                names = list(dict.fromkeys(each.dest for each in self.told))
                made = ast.Dict(
                    [ast.Constant(each) for each in names], [ast.Attribute(subject, each, ast.Load()) for each in names]
                )
            if made is not None:
                _become(call, located(made, call))

    def _is_shown(self, nodes: list[ast.AST]) -> bool:
        """Whether a namespace may be printed: it goes somewhere else than to its attributes and to functions of the program."""
        quiet: set[int] = set()
        for each in nodes:
            if isinstance(each, ast.Attribute):
                quiet.add(id(each.value))
            elif isinstance(each, ast.Call) and (
                (isinstance(each.func, ast.Name) and each.func.id in self.functions)
                or (isinstance(each.func, ast.Attribute) and each.func.attr in {told.dest for told in self.told})
            ):
                quiet |= {id(argument) for argument in each.args}
        used = [
            each for each in nodes if isinstance(each, ast.Name) and each.id in self.spaces and isinstance(each.ctx, ast.Load)
        ]
        kept = any(isinstance(each, ast.Assign) and _parses(each.value) for each in nodes)
        bare = any(isinstance(each, ast.Call) and _parses(each) for each in nodes) and not kept
        direct = [each for each in nodes if isinstance(each, ast.Call) and any(_parses(x) for x in each.args)]
        return bare or bool(direct) or any(id(each) not in quiet for each in used)

    def _parse_calls(self, parsing: list[ast.Call]) -> None:
        known = {id(each) for each in parsing if _called(each) == "parse_known_args"}
        _KnownArguments(known, self.name, self.taken).visit(self.tree)
        for call in parsing:
            if _called(call) != "parse_args" or not isinstance(call.func, ast.Attribute):
                continue
            given = [*call.args, *[each.value for each in call.keywords if each.arg == "args"]]
            if len(given) > 1 or any(each.arg != "args" for each in call.keywords):
                continue
            reading = ast.Call(ast.Attribute(call.func.value, "_parse", ast.Load()), given or [ast.Constant(None)], [])
            call.func, call.args, call.keywords = ast.Name(self.name, ast.Load()), [reading], []
            located(call, call)

    def _annotations(self, nodes: list[ast.AST]) -> None:
        """Hints of the class `argparse.Namespace` name the made class."""
        for each in nodes:
            for name in ("annotation", "returns"):
                hint = getattr(each, name, None)
                if isinstance(hint, ast.expr) and self._named(hint, "argparse.Namespace"):
                    setattr(each, name, located(ast.Name(self.name, ast.Load()), hint))

    def _expression(self, dest: str) -> str:
        """The Python text of an attribute's value."""
        told = [each for each in self.told if each.dest == dest]
        values = [each for each in told if each.value]
        defaults = [each for each in told if not each.always]
        given = {each.value for each in values}
        if not defaults and len(given) == 1:
            return values[0].value
        result = (defaults or told)[-1].default if defaults else ""
        for each in reversed(defaults[:-1]):
            if each.default != result or " if " in result:
                result = f"{each.default} if parsed.first({dest!r}) == {each.number} else {result}"
        if not values:
            return result
        if len(given) == 1 and result:
            value = values[0].value
            if (value, result) == ("True", "False"):
                return f"parsed.given({dest!r})"
            if (value, result) == ("False", "True"):
                return f"not parsed.given({dest!r})"
            return f"{value} if parsed.given({dest!r}) else {result}"
        for index, each in enumerate(reversed(values)):
            if index == 0 and not result:
                result = each.value
            else:
                result = f"{each.value} if parsed.taken({dest!r}) == {each.number} else {result}"
        return result

    def _class(self, anchor: ast.AST) -> list[ast.stmt]:
        """The class, with the functions that it reads its fields with."""
        dests = list(dict.fromkeys(each.dest for each in self.told))
        rows: list[tuple[str, ast.AST]] = []
        methods: list[tuple[str, ast.AST]] = []
        for dest in dests:
            node = next(each.node for each in self.told if each.dest == dest)
            if not self._conditional(dest):
                rows.append((f"self.{dest} = {self._expression(dest)}", node))
                continue
            rows.append((f"self._has_{dest} = parsed.present({dest!r})", node))
            kept = f"self._{dest}"
            if any(f"{each}(parsed, " in self._expression(dest) for each in self.reader_names):
                # There is no value of such a type for a namespace without the attribute: it is made when it is asked for.
                rows.append(("self._parsed = parsed", anchor))
                rows.append((f"if parsed.given({dest!r}):\n    {self._expression(dest)}", node))
                kept = self._expression(dest).replace("parsed", "self._parsed")
            else:
                rows.append((f"self._{dest} = {self._expression(dest)}", node))
            missing = f"'Namespace' object has no attribute '{dest}'"
            methods.append(
                (
                    f"@property\ndef {dest}(self):\n    if not self._has_{dest}:\n"
                    f"        raise AttributeError({missing!r})\n    return {kept}",
                    node,
                )
            )
        shown = self.shown and not any(each.function for each in self.told)
        if shown or self.told_as_dict:
            rows.append(("self._names = parsed.names()", anchor))
        if self.told_as_dict:
            body = "".join(f"        if name == {dest!r}:\n            found[{dest!r}] = self.{dest}\n" for dest in dests)
            text = f"def {_AS_DICT}(self):\n    found = {{}}\n    for name in self._names:\n{body}    return found"
            methods.append((text, anchor))
        if shown:
            body = "".join(
                f'    if name == {dest!r}:\n            texts.append(f"{dest}={{self.{dest}!r}}")\n    ' for dest in dests
            )
            text = f"def __repr__(self):\n    texts = []\n    for name in self._names:\n    {body}    pass\n    return 'Namespace(' + ', '.join(texts) + ')'"
            methods.append((text, anchor))
        made = ast.ClassDef(self.name, [], [], [], [])
        start = placed(statement_of("def __init__(self, parsed):\n    pass"), anchor)
        assert isinstance(start, ast.FunctionDef)
        start.body = [placed(statement_of(text), node) for text, node in rows] or start.body
        made.body = [start, *[placed(statement_of(text), node) for text, node in methods]]
        functions = [placed(statement_of(text), node) for text, node in self.readers]
        return [*functions, located(made, anchor)]


class _KnownArguments(Transformer):
    """`args, rest = parser.parse_known_args()` in two steps."""

    def __init__(self, known: set[int], name: str, taken: set[str]) -> None:
        self.known = known
        self.name = name
        self.taken = taken

    def visit_Assign(self, node: ast.Assign) -> ast.AST | list[ast.stmt]:
        call, target = node.value, node.targets[0]
        if not isinstance(call, ast.Call) or id(call) not in self.known or not isinstance(call.func, ast.Attribute):
            return node
        if not isinstance(target, ast.Tuple) or len(target.elts) != 2 or len(call.args) > 1 or call.keywords:
            return node
        name = fresh_name("parsed", self.taken)
        call.func.attr, call.args = "_parse_known", call.args or [ast.Constant(None)]
        space = ast.Call(ast.Name(self.name, ast.Load()), [ast.Name(name, ast.Load())], [])
        rest = ast.Call(ast.Attribute(ast.Name(name, ast.Load()), "rest", ast.Load()), [], [])
        statements: list[ast.stmt] = [
            ast.Assign([ast.Name(name, ast.Store())], call),
            ast.Assign([target.elts[0]], space),
            ast.Assign([target.elts[1]], rest),
        ]
        return [located(each, node) for each in statements]


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else ""


_AS_DICT = "fields_given"
"""The method of a namespace that says what `vars` says of it."""


def _parses(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and _called(node) in ("parse_args", "parse_known_args")


def _constant(node: ast.expr) -> object:
    return node.value if isinstance(node, ast.Constant) else _NotConstant


def _dest(names: list[str]) -> str:
    """The attribute that argparse derives from the names of an argument."""
    if not names[0].startswith("-"):
        return names[0]
    chosen = next((each for each in names if each.startswith("--")), names[0])
    return chosen.lstrip("-").replace("-", "_")


def _read_only(tree: ast.Module, name: str) -> set[str]:
    """The name itself if the program never binds it."""
    bound = any(
        (isinstance(each, ast.Name) and each.id == name and isinstance(each.ctx, ast.Store))
        or (isinstance(each, ast.FunctionDef | ast.ClassDef) and each.name == name)
        for each in walk(tree)
    )
    return set() if bound else {name}


def _become(node: ast.AST, other: ast.expr) -> None:
    """Make a node mean another one, where it stands."""
    for name in list(node._fields):
        delattr(node, name)
    node.__class__ = other.__class__
    for name, value in ast.iter_fields(other):
        setattr(node, name, value)


def _comes_first(node: ast.stmt) -> bool:
    return isinstance(node, ast.Import | ast.ImportFrom) or (
        isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    )
