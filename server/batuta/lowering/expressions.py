"""Expressions in Rust, in four modes: by value, by reference, as a place to read from, as a place to change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from batuta.catalog.index import catalog
from batuta.ir import nodes as n
from batuta.ir import types as t
from batuta.ir.walk import walk
from batuta.lowering import rust_text as r
from batuta.lowering.effects import group_of
from batuta.lowering.rust_text import Rust, float_literal, quoted
from batuta.lowering.rust_types import camel, snake, upper

if TYPE_CHECKING:
    from batuta.lowering.lower import Lowering

BINARY = {
    "add": ("+", r.SUM),
    "sub": ("-", r.SUM),
    "mul": ("*", r.PRODUCT),
    "and": ("&", r.BIT_AND),
    "or": ("|", r.BIT_OR),
    "xor": ("^", r.BIT_XOR),
}
COMPARE = {"eq": "==", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}
NUMBERS = (t.INT, t.FLOAT, t.BOOL, t.NUM, t.BIGINT)
DTYPE_OF: dict[t.Type, str] = {t.INT: "int64", t.FLOAT: "float64", t.BOOL: "bool", t.STR: "str", t.NUM: "num"}
"""The dtype that NumPy gives an array of such items."""


def root_variable(node: n.Expression) -> n.Variable | None:
    """The variable that a place starts from."""
    while True:
        match node:
            case n.Read(variable=variable):
                return variable
            case n.FieldRead(owner=inner) | n.TupleItem(owner=inner) | n.Unwrap(operand=inner) | n.Coerce(operand=inner):
                node = inner
            case n.LibraryCall(arguments=arguments) if arguments:
                first = next(iter(arguments.values()))
                if not first:
                    return None
                node = first[0]
            case _:
                return None


class ExpressionLowering:
    """The part of the lowering that prints expressions."""

    # -- values

    def value(self: Lowering, node: n.Expression) -> Rust:
        """An owned value."""
        handler = getattr(self, f"value_{type(node).__name__.lower()}", None)
        if handler is None:
            raise NotImplementedError(type(node).__name__)
        found: Rust = handler(node)
        return found

    def text(self: Lowering, node: n.Expression) -> str:
        """The text of an owned value."""
        return self.value(node).text

    def clone(self: Lowering, place: Rust, type_: t.Type, node: n.Expression) -> Rust:
        """A copy of what lies at a place. Copying a changed object would be wrong: its group becomes shared instead."""
        if self.types.copies(type_):
            return place
        if isinstance(_bare(type_), t.Iterator):
            # An iterator is used up by whoever reads it: a copy would start again from here.
            held = self.changed(node) if isinstance(node, n.Read) else place
            return Rust(f"{held.at(r.ATOM)}.by_ref()")
        self.check_copy(type_, node)
        return Rust(f"{place.at(r.ATOM)}.clone()")

    def check_copy(self: Lowering, type_: t.Type, node: n.Expression) -> None:
        """Note the groups in a type that may not be copied."""
        group = group_of(type_)
        if group and not self.types.is_shared(_bare(type_)):
            if group in self.effects.changed and not (isinstance(_bare(type_), t.Set) and _bare(type_).frozen):  # type: ignore[attr-defined]
                if isinstance(_bare(type_), t.Array):
                    self.shared_array(node)
                elif isinstance(_bare(type_), t.Object):
                    pass
                else:
                    self.choices.share(group, f"line {node.span.line}")
        if isinstance(type_, t.Instance):
            if group and not self.types.is_shared(type_) and self._holds_changed(type_, set()):
                self.choices.share(group, f"line {node.span.line}")
            return
        for inner in t.children(type_):
            self.check_copy(inner, node)

    def _holds_changed(self: Lowering, type_: t.Type, seen: set[str]) -> bool:
        """Whether a copy of an object would copy a container inside it that the program changes."""
        if isinstance(type_, t.Instance):
            cls = self.classes.get(self.root_of(type_.name))
            if cls is None or cls.name in seen:
                return False
            seen.add(cls.name)
            return any(self._changed_inside(each, seen) for each in cls.fields.values())
        return any(self._changed_inside(each, seen) for each in t.children(type_))

    def _changed_inside(self: Lowering, type_: t.Type, seen: set[str]) -> bool:
        bare = _bare(type_)
        if self.types.is_shared(bare):
            return False
        return group_of(bare) in self.effects.changed - {0} or self._holds_changed(bare, seen)

    def value_constant(self: Lowering, node: n.Constant) -> Rust:
        value = node.value
        if isinstance(value, bool):
            return Rust("true" if value else "false")
        if value is None:
            return Rust("None" if isinstance(node.type, t.Optional) else "()")
        if isinstance(value, int):
            if node.type == t.BIGINT:
                return Rust(f"py::BigInt::from({value}_i64)" if -(2**63) <= value < 2**63 else f'py::big_integer("{value}")')
            if node.type == t.FLOAT:
                return Rust(float_literal(float(value)), r.ATOM if value >= 0 else r.UNARY)
            return Rust(str(value), r.ATOM if value >= 0 else r.UNARY)
        if isinstance(value, float):
            return Rust(float_literal(value), r.UNARY if float_literal(value).startswith("-") else r.ATOM)
        if isinstance(value, str):
            return Rust(f"{quoted(value)}.to_string()" if value else "String::new()")
        if isinstance(value, bytes):
            return Rust(f"vec![{', '.join(f'{each}_u8' for each in value)}]")
        return Rust("()")

    def value_read(self: Lowering, node: n.Read) -> Rust:
        variable = node.variable
        inline = self.inline.get(variable)
        if inline is not None:
            return inline
        how = self.how(variable)
        name = self.name(variable)
        copies = self.types.copies(variable.type)
        if how == "static":
            return Rust(f'py::global(&{name}, "{variable.name}")')
        if how == "const":
            return Rust(f"{name}.to_string()") if variable.type == t.STR else Rust(name)
        if how == "boxed":
            self.check_copy(variable.type, node)
            return Rust(f"{name}.content()")
        if how == "unbound":
            self.check_copy(variable.type, node)
            return Rust(f'py::bound(&{name}, "{variable.name}")')
        if copies:
            return Rust(f"*{name}", r.UNARY) if how == "refcopy" or name == "self" else Rust(name)
        last = id(node) in self.liveness.last and self.closure_depth == 0
        if how == "own":
            if last and not self.moves_forbidden:
                return Rust(name)
            return self.clone(Rust(name), variable.type, node)
        # A reference: a parameter, or the variable of a loop over references.
        if (
            variable.parameter
            and variable in self.own_parameters
            and last
            and not self.types.is_shared(_bare(variable.type))
            and not self.moves_forbidden
        ):
            self.choices.keep(variable)
        if variable.type in (t.STR, t.NumpyScalar("str")):
            return Rust(f"{name}.to_string()")
        return self.clone(Rust(name), variable.type, node)

    def value_fieldread(self: Lowering, node: n.FieldRead) -> Rust:
        if self.is_handle(node.owner.type):
            return Rust(f"{self.place(node.owner).at(r.ATOM)}.{snake(node.name)}()")
        return self.clone(Rust(f"{self.place(node.owner).at(r.ATOM)}.{self.field_name(node.name)}"), node.type, node)

    def value_classread(self: Lowering, node: n.ClassRead) -> Rust:
        if node.owner is not None:
            return Rust(f"{self.place(node.owner).at(r.ATOM)}.class_{snake(node.name).removeprefix('r#')}()")
        name = f"{upper(node.class_name)}_{upper(node.name)}"
        key = f"{node.class_name}.{node.name}"
        if key in self.static_constants:
            return Rust(f'py::global(&{name}, "{node.name}")')
        return Rust(f"{name}.to_string()") if node.type == t.STR else Rust(name)

    def value_enummember(self: Lowering, node: n.EnumMember) -> Rust:
        return Rust(f"{camel(node.class_name)}::{camel(node.name.lower())}")

    def value_enumuse(self: Lowering, node: n.EnumUse) -> Rust:
        name = camel(node.class_name)
        match node.what:
            case "name" | "value":
                assert node.argument is not None
                return Rust(f"{self.place(node.argument).at(r.ATOM)}.{node.what}()")
            case "members":
                return Rust(f"{name}::MEMBERS.to_vec()")
            case "length":
                return Rust(f"({name}::MEMBERS.len() as i64)")
            case "by value":
                assert node.argument is not None
                return self.raising(Rust(f"{name}::try_from_value({self.ref(node.argument)})"))
        assert node.argument is not None
        return self.raising(Rust(f"{name}::try_from_name({self.ref(node.argument)})"))

    def raising(self: Lowering, call: Rust) -> Rust:
        """A call that returns a Result, in the form that the surroundings need."""
        context = self.handlers[-1] if self.handlers else None
        if self.closure_depth > 0 or context is None:
            return Rust(f"{call.at(r.ATOM)}.or_throw()")
        if context == "?":
            return Rust(f"{call.at(r.ATOM)}?")
        return Rust(f"py::attempt!({context}, {call.text})")

    @property
    def protected(self: Lowering) -> bool:
        """Whether an exception here may be caught by a handler of the program."""
        return bool(self.handlers) and self.handlers[-1] is not None and self.closure_depth == 0

    def value_tupleitem(self: Lowering, node: n.TupleItem) -> Rust:
        if isinstance(node.owner, n.FunctionCall | n.LibraryCall | n.ValueCall):
            return Rust(f"{self.value(node.owner).at(r.ATOM)}.{node.index}")
        return self.clone(Rust(f"{self.place(node.owner).at(r.ATOM)}.{node.index}"), node.type, node)

    # -- operators

    def value_arithmetic(self: Lowering, node: n.Arithmetic) -> Rust:
        operator, type_ = node.operator, _plain(node.type)
        if (operator in BINARY and type_ in (t.INT, t.FLOAT, t.NUM, t.BOOL)) or (
            isinstance(type_, t.NumpyScalar) and operator in BINARY
        ):
            symbol, level = BINARY[operator]
            left, right = self.value(node.left), self.value(node.right)
            return Rust(f"{left.at(level)} {symbol} {right.at(level + 1)}", level)
        if type_ == t.BIGINT:
            return self._big(node)
        numpy = isinstance(node.type, t.NumpyScalar)
        match operator:
            case "truediv":
                left, right = self.value(node.left), self.value(node.right)
                nonzero = isinstance(node.right, n.Constant) and bool(node.right.value)
                if numpy or nonzero:
                    return Rust(f"{left.at(r.PRODUCT)} / {right.at(r.UNARY)}", r.PRODUCT)
                return self.raising_call("py::~true_div", [left, right])
            case "floordiv" | "mod":
                left, right = self.value(node.left), self.value(node.right)
                name = "floor_div" if operator == "floordiv" else "modulo"
                if numpy:
                    return Rust(f"np::{'floor_divide' if operator == 'floordiv' else 'remainder'}_scalar({left}, {right})")
                if isinstance(node.right, n.Constant) and node.right.value:
                    if (
                        type_ == t.INT
                        and self.never_negative(node.left)
                        and isinstance(node.right.value, int)
                        and node.right.value > 0
                    ):
                        return Rust(
                            f"{left.at(r.PRODUCT)} {'/' if operator == 'floordiv' else '%'} {right.at(r.UNARY)}", r.PRODUCT
                        )
                    return Rust(f"py::{name}({left}, {right})")
                return self.raising_call(f"py::~{name}", [left, right])
            case "pow":
                return self._power(node, type_)
            case "lshift" | "rshift":
                left, right = self.value(node.left), self.value(node.right)
                if (
                    isinstance(node.right, n.Constant)
                    and isinstance(node.right.value, int)
                    and 0 <= node.right.value < 64
                    and operator == "rshift"
                ):
                    return Rust(f"{left.at(r.SHIFT)} >> {right.at(r.SUM)}", r.SHIFT)
                return self.raising_call(f"py::~shift_{'left' if operator == 'lshift' else 'right'}", [left, right])
        raise NotImplementedError(operator)

    def raising_call(self: Lowering, name: str, arguments: list[Rust]) -> Rust:
        """A call of a runtime function in its throwing or its fallible form."""
        inner = ", ".join(each.text for each in arguments)
        if self.protected:
            return self.raising(Rust(f"{name.replace('~', 'try_')}({inner})"))
        return Rust(f"{name.replace('~', '')}({inner})")

    def never_negative(self: Lowering, node: n.Expression) -> bool:
        """Whether an int is certainly not negative."""
        if isinstance(node, n.Constant):
            return isinstance(node.value, int) and node.value >= 0
        if isinstance(node, n.LibraryCall) and node.entry is not None:
            return node.entry.name in ("builtins.len", "builtins.ord")
        return isinstance(node, n.Read) and node.variable in self.counters

    def _power(self: Lowering, node: n.Arithmetic, type_: t.Type) -> Rust:
        left = self.value(node.left)
        exponent = node.right
        if type_ == t.FLOAT:
            if isinstance(exponent, n.Constant) and exponent.type == t.INT:
                exponent = n.Constant(t.FLOAT, exponent.span, float(exponent.value))
            if isinstance(node.type, t.NumpyScalar) and not (isinstance(exponent, n.Constant) and exponent.value > 0):
                return Rust(f"f64::powf({left}, {self.value(exponent)})")
            return self.raising_call("py::~float_pow", [left, self.value(exponent)])
        if type_ == t.NUM:
            return Rust(f"{left.at(r.ATOM)}.power({self.value(exponent)})")
        if isinstance(exponent, n.Constant) and exponent.value == 2 and isinstance(node.left, n.Read | n.FieldRead):
            return Rust(f"{left.at(r.PRODUCT)} * {left.at(r.UNARY)}", r.PRODUCT)
        return self.raising_call("py::~pow", [left, self.value(exponent)])

    def _big(self: Lowering, node: n.Arithmetic) -> Rust:
        self.features.add("bigint")
        left, right = self.value(node.left), self.value(node.right)
        names = {
            "floordiv": "py::~floor_div",
            "mod": "py::~modulo",
            "pow": "py::~big_pow",
            "lshift": "py::~big_shift_left",
            "rshift": "py::~big_shift_right",
            "truediv": "py::~big_true_div",
        }
        if node.operator in names:
            return self.raising_call(names[node.operator], [left, right])
        symbol, level = BINARY[node.operator]
        return Rust(f"{left.at(level)} {symbol} {right.at(level + 1)}", level)

    def value_unary(self: Lowering, node: n.Unary) -> Rust:
        operand = self.value(node.operand)
        match node.operator:
            case "neg":
                if isinstance(node.type, t.NumpyScalar) and isinstance(node.operand, n.LibraryCall):
                    # A minus sign alone does not tell the Rust compiler what a generic function gives.
                    return Rust(f"np::negated::<{self.types.text(node.type)}>({operand})")
                inner = f"({operand.text})" if operand.text.startswith("-") else operand.at(r.UNARY)
                return Rust(f"-{inner}", r.UNARY)
            case "invert":
                return Rust(f"!{operand.at(r.UNARY)}", r.UNARY)
        return operand

    def value_comparison(self: Lowering, node: n.Comparison) -> Rust:
        symbol = COMPARE[node.operator]
        left_type = _plain(node.left.type)
        if (
            isinstance(left_type, t.Instance)
            and node.operator not in ("eq", "ne")
            and self.classes.get(left_type.name) is not None
        ):
            left, right = self.place(node.left), self.place(node.right)
            return Rust(f"{left.at(r.SHIFT)} {symbol} {right.at(r.SHIFT)}", r.COMPARE)
        if self.types.copies(left_type):
            left, right = self.value(node.left), self.value(node.right)
            if "as i64" in left.text[-8:] or " as " in left.text:
                left = Rust(f"({left.text})")
            return Rust(f"{left.at(r.SHIFT)} {symbol} {right.at(r.SHIFT)}", r.COMPARE)
        if left_type == t.STR:
            return Rust(f"{self._text_operand(node.left)} {symbol} {self._text_operand(node.right)}", r.COMPARE)
        return Rust(f"{self.comparable(node.left)} {symbol} {self.comparable(node.right)}", r.COMPARE)

    def _text_operand(self: Lowering, node: n.Expression) -> str:
        """Texts are compared as `str`, whatever owns them."""
        if isinstance(node, n.Constant):
            return quoted(node.value)
        if isinstance(node, n.Read) and self.how(node.variable) in ("ref", "refmut") and node.variable not in self.inline:
            if self.is_text_slice(node.variable):
                return self.name(node.variable)
            return f"{self.name(node.variable)}.as_str()"
        place = self.place(node)
        return f"{place.at(r.ATOM)}.as_str()" if not place.text.endswith(".as_str()") else place.text

    def comparable(self: Lowering, node: n.Expression) -> str:
        """An operand of a comparison, without a copy."""
        if isinstance(node, n.Read | n.FieldRead | n.TupleItem | n.Unwrap):
            place = self.place(node)
            if isinstance(node, n.Read) and self.how(node.variable) in ("ref", "refmut"):
                return f"*{place.text}"
            return place.at(r.SHIFT)
        return self.value(node).at(r.SHIFT)

    def value_comparisonchain(self: Lowering, node: n.ComparisonChain) -> Rust:
        names = [self.fresh("operand") for _ in node.operands]
        built = ""
        for index in range(len(node.links) - 1, -1, -1):
            left, right, link = node.links[index]
            self.inline[left], self.inline[right] = Rust(names[index]), Rust(names[index + 1])
            test = self.value(link).at(r.AND + 1)
            rest = f" && {{ {built} }}" if built else ""
            built = f"let {names[index + 1]} = {self.value(node.operands[index + 1])}; {test}{rest}"
        return Rust(f"{{ let {names[0]} = {self.value(node.operands[0])}; {built} }}")

    def value_identity(self: Lowering, node: n.Identity) -> Rust:
        not_ = "!" if node.negated else ""
        for each in (node.left, node.right):
            group = group_of(each.type)
            if (
                group
                and not self.types.is_shared(_bare(each.type))
                and not isinstance(_bare(each.type), t.Array)
                and not self._is_enum(each.type)
            ):
                self.choices.share(group, f"line {each.span.line}")
        if self._is_enum(node.left.type):
            return Rust(
                f"{self.value(node.left).at(r.SHIFT)} {'!=' if node.negated else '=='} {self.value(node.right).at(r.SHIFT)}",
                r.COMPARE,
            )
        if isinstance(node.left.type, t.Optional) or isinstance(node.right.type, t.Optional):
            return Rust(
                f"{not_}py::same_option({self.option_ref(node.left)}, {self.option_ref(node.right)})",
                r.UNARY if not_ else r.ATOM,
            )
        return Rust(f"{not_}{self.place(node.left).at(r.ATOM)}.same({self.ref(node.right)})", r.UNARY if not_ else r.ATOM)

    def option_ref(self: Lowering, node: n.Expression) -> str:
        """An operand of `is` as a reference to an Option."""
        if isinstance(node.type, t.Optional):
            return self.ref(node).text
        return f"&Some({self.value(node)})"

    def _is_enum(self: Lowering, type_: t.Type) -> bool:
        bare = _bare(type_)
        return isinstance(bare, t.Instance) and bare.name in self.types.enums

    def value_isnone(self: Lowering, node: n.IsNone) -> Rust:
        if not isinstance(node.operand.type, t.Optional):
            always = (node.operand.type == t.NONE) != node.negated
            return Rust("true" if always else "false")
        return Rust(f"{self.place(node.operand).at(r.ATOM)}.{'is_some' if node.negated else 'is_none'}()")

    def value_isinstance(self: Lowering, node: n.IsInstance) -> Rust:
        if node.always is not None:
            return Rust("true" if node.always else "false")
        operand = node.operand
        if operand.type == t.NUM:
            kinds = set(node.classes)
            both = "float" in kinds and "int" in kinds
            return Rust(
                "true" if both else f"{'' if 'int' in kinds else '!'}{self.place(operand).at(r.ATOM)}.is_int()", r.UNARY
            )
        optional = isinstance(operand.type, t.Optional)
        bare = _bare(operand.type)
        assert isinstance(bare, t.Instance)
        kind = f"{camel(bare.name)}Kind"
        tests = " | ".join(f"{kind}::{camel(each)}" for each in node.classes)
        if optional:
            return Rust(f"{self.place(operand).at(r.ATOM)}.as_ref().is_some_and(|object| matches!(object.kind(), {tests}))")
        return Rust(f"matches!({self.place(operand).at(r.ATOM)}.kind(), {tests})")

    def value_truth(self: Lowering, node: n.Truth) -> Rust:
        operand, type_ = node.operand, _plain(node.operand.type)
        match type_:
            case t.Scalar("int"):
                return Rust(f"{self.value(operand).at(r.SHIFT)} != 0", r.COMPARE)
            case t.Scalar("float"):
                return Rust(f"{self.value(operand).at(r.SHIFT)} != 0.0", r.COMPARE)
            case t.NumpyScalar():
                return Rust(f"py::truth({self.ref(operand)})")
            case t.Scalar("str") | t.List() | t.Set() | t.Deque() | t.Dict() | t.Sequence():
                return Rust(f"!{self.place(operand).at(r.ATOM)}.is_empty()", r.UNARY)
            case t.Optional(inner) if isinstance(inner, t.Instance) and not self._has_truth(inner):
                return Rust(f"{self.place(operand).at(r.ATOM)}.is_some()")
            case t.Optional(inner):
                return Rust(f"py::truth({self.ref(operand)})")
            case t.Instance() if not self._has_truth(type_):
                return Rust("true")
            case t.Scalar("None"):
                return Rust("false")
            case t.Tuple(items):
                return Rust("true" if items else "false")
            case t.Callable() | t.Iterator():
                return Rust("true")
            case t.Array():
                return Rust(f"np::truth({self.ref(operand)})")
            case t.Object():
                return Rust("true")
        return Rust(f"py::truth({self.ref(operand)})")

    def _has_truth(self: Lowering, type_: t.Instance) -> bool:
        cls = self.classes.get(type_.name)
        return cls is not None and any(name in methods for methods in cls.methods.values() for name in ("__bool__", "__len__"))

    def value_not(self: Lowering, node: n.Not) -> Rust:
        inner = node.operand
        if isinstance(inner, n.IsNone):
            return self.value(n.IsNone(t.BOOL, inner.span, inner.operand, not inner.negated))
        if isinstance(inner, n.Not):
            return self.value(inner.operand)
        found = self.value(inner)
        if found.level == r.UNARY and found.text.startswith("!"):
            return Rust(found.text[1:])
        if isinstance(inner, n.Truth) and found.level == r.COMPARE and " != 0" in found.text:
            return Rust(found.text.replace(" != 0", " == 0"), r.COMPARE)
        if isinstance(inner, n.Comparison) and inner.operator in ("eq", "ne"):
            flipped = n.Comparison(t.BOOL, inner.span, "ne" if inner.operator == "eq" else "eq", inner.left, inner.right)
            return self.value(flipped)
        return Rust(f"!{found.at(r.UNARY)}", r.UNARY)

    def value_logic(self: Lowering, node: n.Logic) -> Rust:
        symbol, level = ("&&", r.AND) if node.operator == "and" else ("||", r.OR)
        parts = []
        for each in node.values:
            parts.append(self.value(each).at(level + 1))
        return Rust(f" {symbol} ".join(parts), level)

    def value_either(self: Lowering, node: n.Either) -> Rust:
        name = self.fresh("first")
        left = self.value(node.left)
        right = self.value(node.right)
        left_type = node.left.type
        if left_type == t.NONE:
            return right if node.operator == "or" else Rust("None" if isinstance(node.type, t.Optional) else "()")
        self.inline[node.variable] = Rust(name)
        if isinstance(left_type, t.Optional) and not isinstance(node.type, t.Optional) and node.operator == "or":
            inner = left_type.inner
            if isinstance(inner, t.Instance) and not self._has_truth(inner):
                return (
                    Rust(f"{left.at(r.ATOM)}.unwrap_or_else(|| {right})")
                    if not self._leaves(node.right)
                    else Rust(f"match {left} {{ Some({name}) => {name}, None => {right} }}")
                )
            return Rust(f"match {left} {{ Some({name}) if py::truth(&{name}) => {name}, _ => {right} }}")
        kept = self.value(self.rust_coercion(n.Read(left_type, node.span, node.variable), node.type))
        test = f"py::truth(&{name})"
        if node.operator == "or":
            return Rust(f"{{ let {name} = {left}; if {test} {{ {kept} }} else {{ {right} }} }}")
        return Rust(f"{{ let {name} = {left}; if {test} {{ {right} }} else {{ {kept} }} }}")

    def rust_coercion(self: Lowering, node: n.Expression, want: t.Type) -> n.Expression:
        """A coercion that the builder left to us."""
        return node if node.type == want else n.Coerce(want, node.span, node)

    def _leaves(self: Lowering, node: n.Expression) -> bool:
        return self.protected and any(isinstance(each, n.LibraryCall | n.FunctionCall | n.Arithmetic) for each in walk(node))

    def value_conditional(self: Lowering, node: n.Conditional) -> Rust:
        return Rust(
            f"if {self.value(node.test)} {{ {self.value(node.body)} }} else {{ {self.value(node.otherwise)} }}", r.LOOSE
        )

    # -- displays

    def wrap_shared(self: Lowering, text: str, type_: t.Type) -> Rust:
        """A fresh container, shared if its group is."""
        return Rust(f"py::Shared::new({text})") if self.types.is_shared(type_) else Rust(text)

    def value_display(self: Lowering, node: n.Display) -> Rust:
        match node.type:
            case t.Tuple():
                inner = ", ".join(self.text(each) for each in node.items)
                return Rust(f"({inner},)" if len(node.items) == 1 else f"({inner})")
            case t.List() | t.Sequence():
                if any(node.starred):
                    return self.wrap_shared(self._spread(node), node.type)
                if not node.items:
                    return self.wrap_shared(
                        f"Vec::<{self.types.text(node.type.element)}>::new()",
                        node.type,
                    )
                return self.wrap_shared(f"vec![{', '.join(self.text(each) for each in node.items)}]", node.type)
            case t.Set():
                if any(node.starred):
                    return self.wrap_shared(f"py::Set::from_keys({self._spread(node)})", node.type)
                return self.wrap_shared(
                    f"py::Set::from_constants([{', '.join(self.text(each) for each in node.items)}])", node.type
                )
        raise NotImplementedError(type(node.type).__name__)

    def _spread(self: Lowering, node: n.Display) -> str:
        chain = []
        for each, star in zip(node.items, node.starred, strict=True):
            chain.append(f".chain({self.text(each)})" if star else f".chain([{self.text(each)}])")
        element = node.type.element if isinstance(node.type, t.List | t.Set | t.Sequence) else t.INT
        return f"std::iter::empty::<{self.types.text(element)}>(){''.join(chain)}.collect::<Vec<_>>()"

    def value_dictdisplay(self: Lowering, node: n.DictDisplay) -> Rust:
        assert isinstance(node.type, t.Dict)
        if not node.items:
            return self.wrap_shared(
                f"py::Dict::<{self.types.text(node.type.key)}, {self.types.text(node.type.value)}>::new()", node.type
            )
        if any(key is None for key, _ in node.items):
            chain = []
            for key, value in node.items:
                if key is None:
                    chain.append(f".chain({self.place(value).at(r.ATOM)}.pairs())")
                else:
                    chain.append(f".chain([({self.text(key)}, {self.text(value)})])")
            item = f"({self.types.text(node.type.key)}, {self.types.text(node.type.value)})"
            return self.wrap_shared(f"py::Dict::from_pairs(std::iter::empty::<{item}>(){''.join(chain)})", node.type)
        pairs = ", ".join(f"({self.text(key)}, {self.text(value)})" for key, value in node.items if key is not None)
        return self.wrap_shared(f"py::Dict::from_pairs([{pairs}])", node.type)

    # -- texts

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
                hole, argument = self.format_part(part)
                before.append(f'let {holder} = format!("{hole}", {argument});')
                variable = n.Variable(holder, t.STR)
                self.inline[variable] = Rust(holder)
                names.append(n.TextPart("", n.Read(t.STR, node.span, variable)))
            template, arguments = self.format_parts(names)
            return Rust(f"{{ {' '.join(before)} format!({template}{''.join(', ' + each for each in arguments)}) }}")
        template, arguments = self.format_parts(node.parts)
        if all(part.value is None for part in node.parts):
            literal = "".join(part.literal for part in node.parts)
            return Rust(f"{quoted(literal)}.to_string()" if literal else "String::new()")
        return Rust(f"format!({template}{''.join(', ' + each for each in arguments)})")

    def text_of(self: Lowering, part: n.TextPart) -> Rust:
        """`str(x)` or `repr(x)` as an owned String."""
        value = part.value
        assert value is not None
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
        if _needs_shape(value.type, top=True, shown=shown):
            return self.shaped_text(value.type, self.ref(value).text, shown)
        return None

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
                return (
                    f"py::tuple_text({reference}.iter().map(|item| {self.shaped_text(element, 'item', True)}))"
                    if not reference.startswith("&")
                    else f"py::tuple_text({reference[1:]}.iter().map(|item| {self.shaped_text(element, 'item', True)}))"
                )
            case t.List(element):
                base = reference[1:] if reference.startswith("&") else reference
                return f"py::list_text({base}.items().map(|item| {self.shaped_text(element, '&item', True)}))"
            case t.Set(element, True):
                return f"py::frozenset_text({reference})"
            case t.Dict(key, value):
                base = reference[1:] if reference.startswith("&") else reference
                return f"py::dict_text({base}.pairs().map(|(key, value)| ({self.shaped_text(key, '&key', True)}, {self.shaped_text(value, '&value', True)})))"
            case t.Tuple(()):
                return '"()".to_string()'
            case t.Tuple(items):
                base = reference[1:] if reference.startswith("&") else reference
                inner = ", ".join(self.shaped_text(each, f"&{base}.{index}", True) for index, each in enumerate(items))
                return f"py::tuple_text([{inner}])"
            case t.Optional(inner) if _needs_shape(inner, top=False, shown=True):
                base = reference[1:] if reference.startswith("&") else reference
                return f'{base}.as_ref().map_or("None".to_string(), |item| {self.shaped_text(inner, "item", shown)})'
        return f"py::{'repr' if shown else 'str'}({reference})"

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
        type_ = _plain(value.type)
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
        return self.text(value)

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
        return Rust(self._class_name(bare, ""))

    def _class_name(self: Lowering, type_: t.Type, place: str) -> str:
        match type_:
            case t.Instance():
                return f"{place}.class_name().to_string()"
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
        if node.right is None:
            return Rust(f'{self.place(node.left).at(r.ATOM)}.class_name() {not_}= "{node.class_name}"', r.COMPARE)
        if isinstance(node.left.type, t.Instance) and isinstance(node.right.type, t.Instance):
            return Rust(
                f"{self.place(node.left).at(r.ATOM)}.class_name() {not_}= {self.place(node.right).at(r.ATOM)}.class_name()",
                r.COMPARE,
            )
        return Rust("true" if (type(node.left.type) is type(node.right.type)) != node.negated else "false")

    # -- coercions

    def value_coerce(self: Lowering, node: n.Coerce) -> Rust:
        return self.converted(node.operand, node.type)

    def converted(self: Lowering, operand: n.Expression, want: t.Type) -> Rust:
        """A value brought to another type."""
        have, plain = _plain(operand.type), _plain(want)
        if have == plain and not isinstance(have, t.Optional):
            return self.value(operand)
        if isinstance(want, t.Optional):
            if operand.type == t.NONE:
                if isinstance(operand, n.Constant):
                    return Rust("None")
                return Rust(f"{{ {self.value(operand)}; None }}")
            if isinstance(operand.type, t.Optional):
                inner = self.fresh("item")
                variable = n.Variable(inner, operand.type.inner)
                self.inline[variable] = Rust(inner)
                converted = self.converted(n.Read(operand.type.inner, operand.span, variable), want.inner)
                if converted.text == inner:
                    return self.value(operand)
                return Rust(f"{self.value(operand).at(r.ATOM)}.map(|{inner}| {converted})")
            return Rust(f"Some({self.value(operand)})")
        value = self.value(operand)
        if plain == t.FLOAT:
            if have == t.INT:
                if isinstance(operand, n.Constant):
                    return Rust(float_literal(float(operand.value)))
                return Rust(f"{value.at(r.CAST)} as f64", r.CAST)
            if have == t.BOOL:
                return Rust(f"f64::from({value})")
            if have == t.NUM:
                return Rust(f"{value.at(r.ATOM)}.to_f64()")
            if have == t.BIGINT:
                return Rust(f"{value.at(r.ATOM)}.to_f64()")
            if isinstance(have, t.NumpyScalar):
                return Rust(f"{value.at(r.CAST)} as f64", r.CAST) if have.dtype != "bool" else Rust(f"f64::from({value})")
        if plain == t.INT:
            if have == t.BOOL or isinstance(have, t.NumpyScalar):
                return Rust(f"i64::from({value})") if have == t.BOOL else Rust(f"{value.at(r.CAST)} as i64", r.CAST)
            if have == t.BIGINT:
                return Rust(f"{value.at(r.ATOM)}.to_i64()")
        if plain == t.NUM:
            return Rust(f"py::Num::from({value})")
        if plain == t.BIGINT:
            self.features.add("bigint")
            return Rust(f"py::BigInt::from({value})") if have == t.INT else Rust(f"py::BigInt::from(i64::from({value}))")
        if t.STR in (have, plain):
            return value
        if isinstance(plain, t.NumpyScalar):
            rust = self.types.text(plain)
            return Rust(f"{value.at(r.CAST)} as {rust}", r.CAST)
        if isinstance(plain, t.Array | t.ArrayLike):
            return self.array_coercion(operand, plain)
        if isinstance(have, t.Tuple) and isinstance(plain, t.Sequence):
            if isinstance(operand, n.Display):
                items = [self.text(self.coerced(each, plain.element)) for each in operand.items]
                return Rust(f"vec![{', '.join(items)}]")
            name = self.fresh("items")
            return Rust(f"{{ let {name} = {value}; vec![{', '.join(f'{name}.{index}' for index in range(len(have.items)))}] }}")
        if isinstance(have, t.Tuple) and isinstance(plain, t.Tuple) and len(have.items) == len(plain.items):
            name = self.fresh("items")
            parts = []
            for index, (one, other) in enumerate(zip(have.items, plain.items, strict=True)):
                variable = n.Variable(name, one)
                self.inline[variable] = Rust(f"{name}.{index}")
                parts.append(self.converted(n.Read(one, operand.span, variable), other).text)
            return Rust(f"{{ let {name} = {value}; ({', '.join(parts)}{',' if len(parts) == 1 else ''}) }}")
        if isinstance(have, t.List) and isinstance(plain, t.List) and have.element != plain.element and have.element != t.NEVER:
            item = self.fresh("item")
            variable = n.Variable(item, have.element)
            self.inline[variable] = Rust(item)
            body = self.converted(n.Read(have.element, operand.span, variable), plain.element)
            return self.wrap_shared(f"{self.place(operand).at(r.ATOM)}.items().map(|{item}| {body}).collect::<Vec<_>>()", plain)
        if isinstance(have, t.Object) and isinstance(plain, t.Object) and have.name != plain.name:
            return Rust(f"{self.types.text(plain)}::from({value})")
        if isinstance(have, t.Instance) and isinstance(plain, t.Object) and plain.name == "builtins.Exception":
            return Rust(f"py::Exception::from_user({value})")
        return value

    def array_coercion(self: Lowering, operand: n.Expression, want: t.Type) -> Rust:
        """Lists and numbers as arrays, and arrays of another dtype."""
        have = operand.type
        self.features.add("np")
        dtype = want.dtype if isinstance(want, t.Array | t.ArrayLike) else None
        if isinstance(have, t.Array):
            if dtype is None or have.dtype == dtype:
                return self.value(operand)
            return Rust(f"np::to_{dtype}({self.ref(operand)})")
        rank, inner = 0, have
        while isinstance(inner, t.List | t.Sequence | t.Tuple):
            rank += 1
            inner = t.children(inner)[0] if t.children(inner) else t.INT
        if isinstance(have, t.Range):
            return (
                Rust(f"ndarray::Array1::from_iter({self.value(operand)})")
                if dtype in (None, "int64")
                else Rust(f"ndarray::Array1::from_iter({self.value(operand)}.into_iter().map(|item| item as f64))")
            )
        if rank == 0:
            if dtype in ("float64", None) and isinstance(want, t.ArrayLike):
                return self.converted(operand, t.FLOAT) if dtype == "float64" else self.value(operand)
            return self.value(operand)
        if _plain(inner) == t.NUM and isinstance(have, t.List) and rank == 1:
            # NumPy makes floats of a list with any float in it.
            operand = n.Coerce(t.List(t.FLOAT), operand.span, operand)
            have, inner = operand.type, t.FLOAT
        made = f"np::array{rank}({self._nested(operand)})"
        own = DTYPE_OF.get(_plain(inner), "float64")
        if dtype is not None and dtype != own:
            return Rust(f"np::to_{dtype}(&{made})")
        return Rust(made)

    def _nested(self: Lowering, operand: n.Expression) -> str:
        if isinstance(operand.type, t.Tuple):
            operand = n.Coerce(t.Sequence(operand.type.items[0] if operand.type.items else t.INT), operand.span, operand)
        if self.types.is_shared(_bare(operand.type)):
            return f"{self.place(operand).at(r.ATOM)}.copy_items()"
        return self.text(operand)

    def value_unwrap(self: Lowering, node: n.Unwrap) -> Rust:
        return self._unwrapped(self.value(node.operand), node)

    def _unwrapped(self: Lowering, option: Rust, node: n.Unwrap) -> Rust:
        if node.proven:
            return Rust(f"{option.at(r.ATOM)}.unwrap()")
        message = self._none_message(node)
        if self.protected:
            return self.raising(Rust(f"py::known({option}, {message})"))
        return Rust(f"py::known({option}, {message}).or_throw()")

    @staticmethod
    def _none_message(node: n.Unwrap) -> str:
        return f'"{node.attribute}"' if node.attribute else '""'

    def value_walrus(self: Lowering, node: n.Walrus) -> Rust:
        value = self.text(node.value)
        name = self.name(node.variable)
        self.choices.make_mutable(node.variable)
        stored = self.store_text(node.variable, value)
        return (
            Rust(f"{{ {stored}; {self.value(n.Read(node.variable.type, node.span, node.variable))} }}") if name else Rust(value)
        )

    def value_yield(self: Lowering, node: n.Yield) -> Rust:
        if isinstance(node.value, n.Items):
            return Rust(f"for item in {self.text(node.value)} {{ giver.give(item).await; }}")
        return Rust(f"giver.give({self.text(node.value)}).await")

    # -- references and places

    def ref(self: Lowering, node: n.Expression) -> Rust:
        """A reference (for a str: something that derefs to `&str`)."""
        match node:
            case n.Constant(value=str() as value):
                return Rust(quoted(value))
            case n.Read(variable=variable):
                if variable in self.inline:
                    return Rust(f"&{self.inline[variable].at(r.UNARY)}", r.UNARY)
                how = self.how(variable)
                if how in ("ref", "refmut", "refcopy"):
                    if how == "ref" and self.types.copies(variable.type):
                        return Rust(f"&{self.name(variable)}", r.UNARY)
                    if how == "refmut":
                        return Rust(f"&*{self.name(variable)}", r.UNARY)
                    return Rust(self.name(variable))
                if how == "const" and variable.type == t.STR:
                    return Rust(self.name(variable))
                if how in ("own", "const"):
                    return Rust(f"&{self.name(variable)}", r.UNARY)
            case n.FieldRead() if not self.is_handle(node.owner.type):
                return Rust(f"&{self.place(node).at(r.UNARY)}", r.UNARY)
            case n.TupleItem():
                return Rust(f"&{self.place(node).at(r.UNARY)}", r.UNARY)
            case n.Unwrap() if not self.types.copies(node.type):
                place = self.place(node)
                if (
                    place.text.endswith((".as_ref().unwrap()", ".or_throw()"))
                    or place.text.startswith("py::attempt!")
                    or place.text.endswith("?")
                ):
                    return place
                return Rust(f"&{place.at(r.UNARY)}", r.UNARY)
            case n.LibraryCall():
                inside = self.library_place(node, "ref")
                if inside is not None:
                    return inside
        return Rust(f"&{self.value(node).at(r.UNARY)}", r.UNARY)

    def place(self: Lowering, node: n.Expression) -> Rust:
        """Something that a method can be called on, or a field read from, without a copy."""
        match node:
            case n.Read(variable=variable):
                if variable in self.inline:
                    return self.inline[variable]
                if self.how(variable) in ("own", "ref", "refmut", "const", "refcopy"):
                    return Rust(self.name(variable))
            case n.FieldRead(owner=owner) if not self.is_handle(owner.type):
                return Rust(f"{self.place(owner).at(r.ATOM)}.{self.field_name(node.name)}")
            case n.TupleItem(owner=owner, index=index):
                return Rust(f"{self.place(owner).at(r.ATOM)}.{index}")
            case n.Unwrap(operand=operand) if not self.types.copies(node.type) and isinstance(
                operand, n.Read | n.FieldRead | n.TupleItem
            ):
                option = self.place(operand)
                borrowed = Rust(f"{option.at(r.ATOM)}.as_ref()")
                return self._unwrapped(borrowed, node)
            case n.LibraryCall():
                found = self.library_place(node, "ref")
                if found is not None:
                    return found
            case n.Constant(value=str() as text):
                return Rust(quoted(text))
            case n.Constant(value=float()) | n.Constant(value=int()) if node.type == t.FLOAT:
                return Rust(f"{self.value(node).text}_f64", self.value(node).level)
            case n.Constant(value=int()) if node.type == t.INT:
                return Rust(f"{self.value(node).text}_i64", self.value(node).level)
        return self.value(node)

    def changed(self: Lowering, node: n.Expression) -> Rust:
        """A place whose object is about to be changed, as the receiver of a method or the base of an assignment."""
        bare = _bare(node.type)
        if self.types.is_shared(bare) or self.is_handle(bare):
            return self.place(node)
        match node:
            case n.Read(variable=variable):
                if variable in self.inline:
                    return self.inline[variable]
                how = self.how(variable)
                if how == "own":
                    self.choices.make_mutable(variable)
                    return Rust(self.name(variable))
                if how == "refmut":
                    return Rust(self.name(variable))
                if how == "ref" and variable.parameter:
                    return Rust(self.name(variable))
                if how == "unbound":
                    return Rust(f'py::bound_mut(&mut {self.name(variable)}, "{variable.name}")')
                group = group_of(variable.type)
                if group and not isinstance(bare, t.Array | t.Object):
                    self.choices.share(group, f"line {node.span.line}")
                elif how in ("static", "boxed") and isinstance(bare, t.Array | t.Object):
                    self.refuse(
                        node,
                        "BAT104",
                        f"`{variable.name}` is changed in place by a function that does not own it",
                        "Pass it as an argument and return it.",
                    )
                return Rust(self.name(variable))
            case n.FieldRead(owner=owner):
                if self.is_handle(owner.type):
                    if isinstance(bare, t.Array):
                        # The getter would give a copy. The borrow ends with the statement, before which all arguments are evaluated.
                        return Rust(f"{self.place(owner).at(r.ATOM)}.0.borrow_mut().{self.field_name(node.name)}")
                    group = group_of(node.type)
                    if group and not isinstance(bare, t.Object):
                        self.choices.share(group, f"line {node.span.line}")
                    return self.value(node)
                return Rust(f"{self.changed(owner).at(r.ATOM)}.{self.field_name(node.name)}")
            case n.TupleItem(owner=owner, index=index):
                return Rust(f"{self.changed(owner).at(r.ATOM)}.{index}")
            case n.Unwrap(operand=operand):
                option = self.changed(operand)
                return self._unwrapped(Rust(f"{option.at(r.ATOM)}.as_mut()"), node)
            case n.LibraryCall():
                found = self.library_place(node, "mut")
                if found is not None:
                    return found
                if node.entry is not None and node.entry.aliases:
                    return self.value(node)
                group = group_of(node.type)
                if group and isinstance(node.entry and node.entry.name, str) and node.entry.name.startswith("operator.getitem"):
                    self.choices.share(group, f"line {node.span.line}")
            case n.Coerce():
                # A converted container is a copy: a change would be lost.
                self.refuse(
                    node,
                    "BAT202",
                    f"this {t.show(node.operand.type)} is changed as if it were {t.show(node.type)}",
                    "Give the variable one type with a hint.",
                )
        return self.value(node)

    def is_handle(self: Lowering, type_: t.Type) -> bool:
        """Whether instances of this class are handles to shared data."""
        return isinstance(type_, t.Instance) and type_.group in self.types.shared and type_.name not in self.types.enums

    def field_name(self: Lowering, name: str) -> str:
        """A field in Rust."""
        return snake(name)


def _bare(type_: t.Type) -> t.Type:
    return type_.inner if isinstance(type_, t.Optional) else type_


def _plain(type_: t.Type) -> t.Type:
    if isinstance(type_, t.NumpyScalar):
        return {"float64": t.FLOAT, "int64": t.INT, "bool": t.BOOL, "str": t.STR}.get(type_.dtype, type_)
    return type_


def _needs_shape(type_: t.Type, top: bool, shown: bool) -> bool:
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
    return any(_needs_shape(each, False, True) for each in t.children(type_))


def _direct_spec(type_: t.Type, spec: str) -> str | None:
    """A Python format spec that Rust writes alike, or None."""
    import re

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


__all__ = ["Any", "ExpressionLowering", "root_variable"]
