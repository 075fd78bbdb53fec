"""Texts in Rust: f-strings, formats, what objects and types are called."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from batuta.catalog.index import catalog
from batuta.ir import nodes as n
from batuta.ir import types as t
from batuta.ir.names import own_name
from batuta.lowering import rust_text as r
from batuta.lowering.expressions import _plain
from batuta.lowering.rust_text import Rust, as_array, closing, mapper, quoted

if TYPE_CHECKING:
    from batuta.lowering.lower import Lowering


_DICTS = {"dict": "dict", "defaultdict": "dict", "Counter": "dict", "OrderedDict": "odict"}
"""How the views of each kind of dict call themselves."""


class TextLowering:
    """The part of the lowering that prints texts."""

    def value_formatted(self: Lowering, node: n.Formatted) -> Rust:
        if len(node.parts) == 1 and node.parts[0].value is not None:
            part = node.parts[0]
            if part.spec is None and part.computed_spec is None:
                return self.text_of(part)
        if len(node.parts) > 1 and any(part.value is not None and self.has_effect(part.value) for part in node.parts):
            # Each part of an f-string becomes text before the next one is evaluated.
            before, names = [], []
            for part in node.parts:
                if part.value is None:
                    names.append(part)
                    continue
                holder = self.fresh("piece")
                if part.spec is None and part.computed_spec is None:
                    made = self.text_of(part).text
                else:
                    hole, argument = self.format_part(part)
                    made = argument if hole == "{}" and _is_text(argument) else f'format!("{hole}", {argument})'
                before.append(f"let {holder} = {made};")
                variable = n.Variable(holder, t.STR)
                self.inline[variable] = Rust(holder)
                names.append(n.TextPart("", n.Read(t.STR, node.span, variable)))
            template, arguments = self.format_parts(names)
            return Rust(f"{{ {' '.join(before)} format!({template}{''.join(', ' + each for each in arguments)}) }}")
        if len(node.parts) == 1 and node.parts[0].value is not None and not isinstance(node.parts[0].value, n.Formatted):
            hole, argument = self.format_part(node.parts[0])
            if hole == "{}" and _is_text(argument):
                return Rust(argument)
        template, arguments = self.format_parts(node.parts)
        if all(part.value is None for part in node.parts):
            literal = "".join(part.literal for part in node.parts)
            return Rust(f"{quoted(literal)}.to_string()" if literal else "String::new()")
        plain = template.replace("{{", "").replace("}}", "")
        if not arguments and "{" not in plain:
            return Rust(f"{template.replace('{{', '{').replace('}}', '}')}.to_string()")
        return Rust(f"format!({template}{''.join(', ' + each for each in arguments)})")

    def text_of(self: Lowering, part: n.TextPart) -> Rust:
        """`str(x)` or `repr(x)` as an owned String."""
        value = part.value
        assert value is not None
        self.mark_plain(value)
        if part.conversion not in ("r", "a") and _plain(value.type) == t.STR:
            return self.value(value)
        if part.conversion not in ("r", "a") and value.type == t.INT:
            return (
                Rust(f"{self.value(value).at(r.ATOM)}.to_string()")
                if not isinstance(value, n.Constant)
                else Rust(f'"{value.value}".to_string()')
            )
        special = self.special_text(value, part.conversion == "r")
        if special is not None:
            return Rust(special)
        return Rust(
            f"py::{'ascii' if part.conversion == 'a' else 'repr' if part.conversion == 'r' else 'str'}({self.ref(value)})"
        )

    def special_text(self: Lowering, value: n.Expression, shown: bool) -> str | None:
        """Texts that depend on the Python type where several share a Rust type."""
        declared = catalog().classes.get(value.type.name) if isinstance(value.type, t.Object) else None
        if declared is not None and declared.array.endswith("2]") and not declared.name.startswith("numpy."):
            self.refuse(value, "BAT104", "the text of a sparse matrix is not translated", "Print its `toarray()`.")
        if value.type == t.List(t.Array("str", 1)):
            # Categories of an encoder are arrays of objects or of texts, by what they were learned from; their text says which.
            self.refuse(value, "BAT104", "the text of a list of text arrays is not translated", "Print its arrays one by one.")
        if isinstance(value.type, t.Iterator):
            return self._view_text(value)
        if needs_shape(value.type, top=True, shown=shown):
            reference = self.ref(value).text
            bare = value.type.inner if isinstance(value.type, t.Optional) else value.type
            if isinstance(bare, t.Tuple) and bare.items and not re.fullmatch(r"&?[\w.]+", reference):
                # The text names the tuple once for each item, and what makes it runs once.
                return f"{{ let shown = {reference.removeprefix('&')}; {self.shaped_text(value.type, '&shown', shown)} }}"
            return self.shaped_text(value.type, reference, shown)
        return None

    def _view_text(self: Lowering, value: n.Expression) -> str | None:
        """`dict_keys([…])`."""
        entry = value.entry if isinstance(value, n.LibraryCall) else None
        kind, _, view = entry.name.partition(".") if entry is not None else ("", "", "")
        assert isinstance(value.type, t.Iterator)
        if kind not in _DICTS or view not in ("keys", "values", "items") or needs_shape(value.type.element, False, True):
            self.refuse(value, "BAT104", "the text of an iterator is not translated", "Print `list(…)` of it.")
            return '""'
        return f'py::view_text("{_DICTS[kind]}_{view}", {self.text(value)})'

    def shaped_text(self: Lowering, type_: t.Type, reference: str, shown: bool) -> str:
        """The text of a value whose Python type says more than its Rust type (NumPy scalars, tuples of any length, frozensets)."""
        match type_:
            case t.NumpyScalar(dtype):
                if not shown:
                    return f"py::str({reference})"
                if dtype == "str":
                    return f"np::repr_scalar_str({reference})"
                return (
                    f"np::repr_scalar_{dtype}(*{reference})"
                    if not reference.startswith("&")
                    else f"np::repr_scalar_{dtype}({reference[1:]})"
                )
            case t.Sequence(element):
                base = as_array(reference.removeprefix("&"))
                shown_item = self.shaped_text(element, "item", True)
                function = "py::repr" if shown_item == "py::repr(item)" else f"|item| {shown_item}"
                return f"py::tuple_text({base}.iter().map({function}))"
            case t.List(element):
                base = as_array(reference.removeprefix("&"))
                return f"py::list_text({base}.items().map({mapper('item', self.shaped_text(element, '&item', True))}))"
            case t.Set(element, True) if not needs_shape(element, top=False, shown=True):
                return f"py::frozenset_text({reference})"
            case t.Set(element) | t.Deque(element) if needs_shape(element, top=False, shown=True):
                frozen = "frozen_" if isinstance(type_, t.Set) and type_.frozen else ""
                return f"{as_array(reference.removeprefix('&'))}.{frozen}text_by({self._text_function('item', element)})"
            case t.Dict(key, value):
                parts = f"{self._text_function('key', key)}, {self._text_function('value', value)}"
                return f"{as_array(reference.removeprefix('&'))}.text_by({parts})"
            case t.Tuple(()):
                return '"()".to_string()'
            case t.Tuple(items):
                base = reference[1:] if reference.startswith("&") else reference
                inner = ", ".join(self.shaped_text(each, f"&{base}.{index}", True) for index, each in enumerate(items))
                return f"py::tuple_text([{inner}])"
            case t.Optional(inner) if needs_shape(inner, top=False, shown=True):
                base = reference[1:] if reference.startswith("&") else reference
                return f'{base}.as_ref().map_or("None".to_string(), {mapper("item", self.shaped_text(inner, "item", shown))})'
        return f"py::{'repr' if shown else 'str'}({reference})"

    def _text_function(self: Lowering, name: str, type_: t.Type) -> str:
        """What makes the text of an item, a key or a value of a container."""
        return mapper(name, self.shaped_text(type_, name, True))

    def format_parts(self: Lowering, parts: list[n.TextPart]) -> tuple[str, list[str]]:
        """A format string and its arguments."""
        template: list[str] = []
        arguments: list[str] = []
        # The macro borrows its arguments until the text is complete, so none of them may be moved by another.
        before, self.moves_forbidden = self.moves_forbidden, self.moves_forbidden or len(parts) > 1
        try:
            return self._format_parts(parts, template, arguments)
        finally:
            self.moves_forbidden = before

    def _format_parts(
        self: Lowering, parts: list[n.TextPart], template: list[str], arguments: list[str]
    ) -> tuple[str, list[str]]:
        for part in parts:
            if part.value is None:
                template.append(quoted(part.literal)[1:-1].replace("{", "{{").replace("}", "}}"))
                continue
            if (
                isinstance(part.value, n.Formatted)
                and part.spec is None
                and part.computed_spec is None
                and part.conversion in ("", "s")
            ):
                inner, values = self.format_parts(part.value.parts)
                template.append(inner[1:-1])
                arguments.extend(values)
                continue
            if (
                isinstance(part.value, n.Constant)
                and isinstance(part.value.value, str)
                and not part.spec
                and part.computed_spec is None
                and part.conversion in ("", "s")
            ):
                template.append(quoted(part.value.value)[1:-1].replace("{", "{{").replace("}", "}}"))
                continue
            hole, argument = self.format_part(part)
            if argument.isidentifier() and ":" not in hole and argument not in ("self", "this"):
                template.append(f"{{{argument}}}")
            elif argument.isidentifier() and argument not in ("self", "this"):
                template.append(f"{{{argument}{hole[1:-1]}}}")
            else:
                template.append(hole)
                arguments.append(argument)
        return f'"{"".join(template)}"', arguments

    def format_part(self: Lowering, part: n.TextPart) -> tuple[str, str]:
        """One value of a format string: the hole and the argument."""
        value = part.value
        assert value is not None
        self.mark_plain(value)
        type_ = _plain(value.type)
        if type_ == t.NEVER and isinstance(value, n.FunctionCall):
            # The call does not come back; rustc wants to know how its result would be shown all the same.
            return "{}", f"py::Str(&{{ let never: () = {self.text(value)}; never }})"
        if part.computed_spec is not None:
            return "{}", self._call_format(value, part.conversion, self.ref(part.computed_spec).text)
        spec = part.spec
        if spec is None or spec == "":
            if part.conversion in ("r", "a"):
                special = self.special_text(value, True)
                return "{}", special or f"py::Repr({self.ref(value)})"
            if type_ == t.STR:
                return "{}", self.display_text(value)
            if type_ == t.INT:
                return "{}", self.text(value)
            if type_ == t.FLOAT:
                return "{}", f"py::Float({self.text(value)})"
            if type_ == t.NumpyScalar("float32") and not part.conversion and type_ == value.type:
                # `format` makes a Python float of it, `str` does not.
                return "{}", f"py::Float(f64::from({self.text(value)}))"
            special = self.special_text(value, False)
            return "{}", special or f"py::Str({self.ref(value)})"
        if not part.conversion:
            direct = _direct_spec(type_, spec)
            if direct is not None:
                if type_ == t.FLOAT:
                    return f"{{:{direct}}}", f"py::Float({self.text(value)})"
                return f"{{:{direct}}}", self.display_text(value) if type_ == t.STR else self.text(value)
        return "{}", self._call_format(value, part.conversion, quoted(spec))

    def display_text(self: Lowering, value: n.Expression) -> str:
        """A str as an argument of a format string: no copy needed."""
        if (
            isinstance(value, n.Read)
            and self.how(value.variable) in ("own", "ref", "refmut", "const")
            and value.variable not in self.inline
        ):
            return self.name(value.variable)
        if isinstance(value, n.FieldRead | n.TupleItem | n.Unwrap):
            return self.place(value).text
        made = self.value(value)
        # What stands before `.to_string()` shows itself, unless that is a method of the user's.
        plain = isinstance(value, n.ClassNameOf | n.ClassRead | n.Constant) and made.level == r.ATOM
        return made.text.removesuffix(".to_string()") if plain else made.text

    def _call_format(self: Lowering, value: n.Expression, conversion: str, spec: str) -> str:
        if conversion == "r":
            return f"py::format(&py::repr({self.ref(value)}), {spec})"
        if conversion == "s" and value.type != t.STR:
            return f"py::format(&{self.text_of(n.TextPart('', value, 's'))}, {spec})"
        reference = self.ref(value).text
        if (isinstance(value.type, t.Object) and value.type.name == "builtins.Exception") or isinstance(
            value.type, t.Instance | t.Array
        ):
            return f"py::format_object({reference}, {spec})"
        if self.protected:
            return self.raising(Rust(f"py::try_format({reference}, {spec})")).text
        return f"py::format({reference}, {spec})"

    def value_classnameof(self: Lowering, node: n.ClassNameOf) -> Rust:
        if node.whole:
            return self._whole_class(node)
        return self._short_class(node)

    def _whole_class(self: Lowering, node: n.ClassNameOf) -> Rust:
        """`<class 'int'>`: the name with the module that the class is from."""
        type_ = node.operand.type
        bare = type_.inner if isinstance(type_, t.Optional) else type_
        short = self._short_class(node)
        match bare:
            case t.Instance(name):
                module = "" if self.classes[name].record else "__main__."
            case t.NumpyScalar() | t.Array():
                module = "numpy."
            case t.Object(name) if name.startswith("datetime."):
                module = "datetime."
            case t.Object(name) if name != "file":
                if name != "builtins.Exception":
                    self.refuse(node, "BAT104", "the class of a library's object is shown", "Show its name as text.")
                return Rust(f"py::class_text(&{short.at(r.UNARY)})")
            case t.Deque():
                module = "collections."
            case t.Dict(kind=kind) if kind != "dict":
                module = "collections."
            case _:
                module = ""
        if isinstance(type_, t.Optional) and module:
            return Rust(f'py::class_text_in("{module}", &{short.at(r.UNARY)})')
        if short.text.endswith('".to_string()'):
            name = short.text.removeprefix('"').removesuffix('".to_string()')
            return Rust(f"\"<class '{module}{name}'>\".to_string()")
        return Rust(f"format!(\"<class '{module}{{}}'>\", {short})")

    def _short_class(self: Lowering, node: n.ClassNameOf) -> Rust:
        operand = node.operand
        bare = operand.type
        if isinstance(bare, t.Optional):
            return Rust(
                f'{self.place(operand).at(r.ATOM)}.as_ref().map_or("NoneType".to_string(), |object| {self._class_name(bare.inner, "object")})'
            )
        if isinstance(bare, t.Instance) or (isinstance(bare, t.Object) and bare.name == "builtins.Exception"):
            return Rust(self._class_name(bare, self.place(operand).at(r.ATOM)))
        if isinstance(bare, t.Object) and bare.name in catalog().classes and bare.name not in catalog().entries:
            # A class without a constructor is what several classes have in common: the object knows its own.
            return Rust(f"{self.place(operand).at(r.ATOM)}.class_name()")
        return Rust(self._class_name(bare, self.place(operand).at(r.ATOM) if bare in (t.VALUE, t.NUM) else ""))

    def _class_name(self: Lowering, type_: t.Type, place: str) -> str:
        match type_:
            case t.Instance(name) if self.classes[name].record:
                return '"dict".to_string()'
            case t.Instance():
                self.use_member(type_, "class_name")
                return f"{place}.class_name().to_string()"
            case t.Scalar("value" | "num"):
                return f"{place}.type_name().to_string()"
            case t.Dict(kind=kind):
                return f'"{kind}".to_string()'
            case t.Set(frozen=True):
                return '"frozenset".to_string()'
            case t.Deque():
                return '"deque".to_string()'
            case t.Object("builtins.Exception"):
                return f"{place}.class().to_string()"
            case t.Object(name):
                return f'"{name.rpartition(".")[2]}".to_string()'
            case t.Array():
                return '"ndarray".to_string()'
            case t.NumpyScalar(dtype):
                return f'"{dtype}".to_string()'
        names = {
            t.List: "list",
            t.Tuple: "tuple",
            t.Sequence: "tuple",
            t.Dict: "dict",
            t.Set: "set",
            t.Range: "range",
            t.Callable: "function",
        }
        found = names.get(type(type_)) or (type_.name if isinstance(type_, t.Scalar) else "object")
        return f'"{ {"None": "NoneType", "bigint": "int"}.get(found, found) }".to_string()'.replace('" ', '"').replace(
            ' "', '"'
        )

    def value_sameclass(self: Lowering, node: n.SameClass) -> Rust:
        not_ = "!" if node.negated else "="
        kinds = [each.type for each in (node.left, node.right) if each is not None]
        records = any(isinstance(each, t.Instance) and self.classes[each.name].record for each in kinds)
        for each in kinds if not records else ():
            self.use_member(each, "class_name")
        if node.right is None and records:
            outcome = "true" if (node.class_name == "dict") != node.negated else "false"
            return self.after_evaluating([node.left], outcome)
        if node.right is None:
            return Rust(f'{self.place(node.left).at(r.ATOM)}.class_name() {not_}= "{own_name(node.class_name)}"', r.COMPARE)
        if isinstance(node.left.type, t.Instance) and isinstance(node.right.type, t.Instance) and not records:
            return Rust(
                f"{self.place(node.left).at(r.ATOM)}.class_name() {not_}= {self.place(node.right).at(r.ATOM)}.class_name()",
                r.COMPARE,
            )
        names = [self._short_class(n.ClassNameOf(t.STR, node.span, each)) for each in (node.left, node.right)]
        texts = [each.text.removesuffix(".to_string()") for each in names]
        if all(each.startswith('"') for each in texts):
            outcome = "true" if (texts[0] == texts[1]) != node.negated else "false"
            return self.after_evaluating([node.left, node.right], outcome)
        return Rust(f"{texts[0]} {not_}= {texts[1]}", r.COMPARE)


def _is_text(argument: str) -> bool:
    """Whether an argument of a format string is a whole text that was made for it."""
    made = argument.startswith(("py::format(", "py::try_format(", "py::format_object(", "py::attempt!("))
    return made and argument[closing(argument, argument.index("(")) :] in ("", "?", ".or_throw()")


def needs_shape(type_: t.Type, top: bool, shown: bool) -> bool:
    """Whether a value's text needs its Python type."""
    match type_:
        case t.NumpyScalar():
            return (not top) or shown
        case t.Sequence() | t.Tuple(()):
            return True
        case t.Set(frozen=True):
            return True
        case t.Callable() | t.Instance() | t.Object() | t.Array():
            return False
    return any(needs_shape(each, False, True) for each in t.children(type_))


def _direct_spec(type_: t.Type, spec: str) -> str | None:
    """A Python format spec that Rust writes alike, or None."""
    match = re.fullmatch(
        r"(?:(?P<fill>[^{}])?(?P<align>[<>^]))?(?P<sign>\+)?(?P<zero>0)?(?P<width>\d+)?(?:\.(?P<precision>\d+))?(?P<type>[a-zA-Z%])?",
        spec,
    )
    if match is None:
        return None
    fill, align = match["fill"] or "", match["align"] or ""
    sign, zero, width, precision, kind = (match[name] or "" for name in ("sign", "zero", "width", "precision", "type"))
    if fill in ("{", "}", '"', "\\") or (zero and align):
        return None
    if type_ == t.FLOAT:
        if kind != "f" or not precision:
            return None
        return f"{fill}{align}{sign}{zero}{width}.{precision}"
    if type_ == t.INT:
        if kind not in ("", "d") or precision:
            return None
        return f"{fill}{align or ('>' if width and not zero else '')}{sign}{zero}{width}" or None
    if type_ == t.STR:
        if kind not in ("", "s") or sign or zero:
            return None
        return f"{fill}{align}{width}" + (f".{precision}" if precision else "") or None
    return None
