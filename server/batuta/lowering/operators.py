"""Operators, comparisons and truth in Rust."""

from __future__ import annotations

import builtins
import re
from typing import TYPE_CHECKING

from batuta.catalog.index import catalog
from batuta.ir import nodes as n
from batuta.ir import types as t
from batuta.ir.walk import is_place, walk
from batuta.lowering import rust_text as r
from batuta.lowering.effects import group_of
from batuta.lowering.expressions import _bare, _plain
from batuta.lowering.rust_text import Rust, closing, mapper, quoted
from batuta.lowering.rust_types import camel

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


OF_SCALARS = {
    "add": "add",
    "sub": "subtract",
    "mul": "multiply",
    "pow": "raise",
    "lshift": "left_shift",
    "rshift": "right_shift",
}
"""Operators on NumPy scalars that have no cousin in Python."""
VALUE_SYMBOLS = {"add": "+", "sub": "-", "mul": "*", "truediv": "/", "floordiv": "//", "mod": "%", "pow": "**"}
VALUE_SYMBOLS |= {"and": "&", "or": "|", "xor": "^", "lshift": "<<", "rshift": ">>"}
VALUE_SYMBOLS |= {f"i{name}": f"{symbol}=" for name, symbol in VALUE_SYMBOLS.items()}
OPPOSITE = {"lt": "ge", "le": "gt", "gt": "le", "ge": "lt"}
"""Where values have a total order."""

EXACT = 2**53
"""Below it each whole number is a float of its own, and stays on its side of every smaller float when it is rounded."""
COMPARE = {"eq": "==", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}


class OperatorLowering:
    """The part of the lowering that prints operators."""

    def value_arithmetic(self: Lowering, node: n.Arithmetic) -> Rust:
        operator, type_ = node.operator, _plain(node.type)
        if node.type == t.NumpyScalar("bool"):
            # NumPy's sum of two truth values is `or`, their product `and`.
            operator = {"add": "or", "mul": "and"}.get(operator, operator)
        if type_ == t.VALUE:
            return self._of_values("py::~value_arithmetic", VALUE_SYMBOLS[operator], node.left, node.right)
        if isinstance(type_, t.NumpyScalar) and operator in OF_SCALARS and (operator == "pow" or type_.dtype != "float32"):
            # They wrap where Python's would grow.
            return Rust(f"np::{OF_SCALARS[operator]}_scalar({self.value(node.left)}, {self.value(node.right)})")
        if (operator in BINARY and type_ in (t.INT, t.FLOAT, t.NUM, t.BOOL)) or (
            isinstance(type_, t.NumpyScalar) and operator in BINARY
        ):
            symbol, level = BINARY[operator]
            left, right = self.value(node.left), self.value(node.right)
            if operator == "mul" and type_ in (t.INT, t.FLOAT):
                for one, other in ((left, right), (right, left)):
                    if one.text in ("-1", "-1.0") and not other.text.startswith("-"):
                        return Rust(f"-{other.at(r.UNARY)}", r.UNARY)
            if type_ == t.INT:
                self._note_no_effect(operator, left.text, right.text)
            if left.text == right.text and operator in ("sub", "and", "or", "xor"):
                # `x - x` is what the program says.
                self.lints.add("clippy::eq_op")
            if level <= r.BIT_AND:
                # Rust's programmers do not know by heart how these bind against arithmetic; nor does Python's reader.
                left, right = _plain_operand(left), _plain_operand(right)
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
                    return Rust(f"{_plain_operand(left).at(r.SHIFT)} >> {right.at(r.SUM)}", r.SHIFT)
                return self.raising_call(f"py::~shift_{'left' if operator == 'lshift' else 'right'}", [left, right])
        raise AssertionError(f"the analysis builds an operator that has no lowering: {operator}")

    def _of_values(self: Lowering, name: str, symbol: str, left: n.Expression, right: n.Expression) -> Rust:
        """An operation on two values known at run time, which are lent to it."""
        before, self.moves_forbidden = self.moves_forbidden, self.moves_forbidden or self.read_twice([left, right])
        made = self.raising_call(name, [Rust(f'"{symbol}"'), self.ref(left), self.ref(right)])
        self.moves_forbidden = before
        return made

    def _note_no_effect(self: Lowering, operator: str, left: str, right: str) -> None:
        """`x * 1` and `x * 0` are what the program says."""
        neutral = {"add": "0", "sub": "0", "mul": "1", "or": "0", "xor": "0"}.get(operator)
        if right == neutral or (left == neutral and operator != "sub"):
            self.lints.add("clippy::identity_op")
        if operator in ("mul", "and") and "0" in (left, right):
            self.lints.add("clippy::erasing_op")

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
        if level <= r.BIT_AND:
            left, right = _plain_operand(left), _plain_operand(right)
        return Rust(f"{left.at(level)} {symbol} {right.at(level + 1)}", level)

    def value_unary(self: Lowering, node: n.Unary) -> Rust:
        operand = self.value(node.operand)
        match node.operator:
            case "neg":
                narrow = isinstance(_plain(node.type), t.NumpyScalar)
                if narrow or (isinstance(node.type, t.NumpyScalar) and isinstance(node.operand, n.LibraryCall)):
                    # A minus sign alone does not tell the Rust compiler what a generic function gives.
                    return Rust(f"np::negated::<{self.types.text(node.type)}>({operand})")
                inner = f"({operand.text})" if operand.text.startswith("-") else operand.at(r.UNARY)
                return Rust(f"-{inner}", r.UNARY)
            case "invert":
                return Rust(f"!{operand.at(r.UNARY)}", r.UNARY)
        return operand

    def value_comparison(self: Lowering, node: n.Comparison) -> Rust:
        made = self._comparison(_without_one(node))
        left, between, right = made.text.partition(f" {COMPARE[node.operator]} ")
        if between and left == right and re.fullmatch(r"-?\d+(\.\d+)?(_i64)?", left):
            return Rust("true" if node.operator in ("eq", "le", "ge") else "false")
        if between and left == right:
            # `x != x` asks for NaN.
            self.lints.add("clippy::eq_op")
        if between and '""' in (left, right):
            self.lints.add("clippy::comparison_to_empty")
        if between and (left.startswith("py::BigInt::from(") or right.startswith("py::BigInt::from(")):
            # Both sides are of the type that the program computes in.
            self.lints.add("clippy::cmp_owned")
        return made

    def _comparison(self: Lowering, node: n.Comparison) -> Rust:
        symbol = COMPARE[node.operator]
        left_type = _plain(node.left.type)
        if left_type == t.VALUE and node.operator not in ("eq", "ne"):
            return self._of_values("py::~value_compare", symbol, node.left, node.right)
        if node.operator in ("eq", "ne"):
            for one, other in ((node.left, node.right), (node.right, node.left)):
                if isinstance(other, n.Constant) and left_type == t.BOOL and _plain(one.type) == t.BOOL:
                    made = self.value(one)
                    return made if other.value is (node.operator == "eq") else Rust(f"!{made.at(r.UNARY)}", r.UNARY)
                if (
                    isinstance(other, n.Constant)
                    and other.value == ""
                    and one.type == t.STR
                    and not isinstance(one, n.Constant)
                ):
                    not_ = "" if node.operator == "eq" else "!"
                    return Rust(f"{not_}{self.place(one).at(r.ATOM)}.is_empty()", r.UNARY if not_ else r.ATOM)
        if (
            isinstance(left_type, t.Instance)
            and node.operator not in ("eq", "ne")
            and self.classes.get(left_type.name) is not None
        ):
            sides = [self.comparable(node.left), self.comparable(node.right)]
            if all(each.startswith("*") for each in sides):
                sides = [each[1:] for each in sides]
            return Rust(f"{sides[0]} {symbol} {sides[1]}", r.COMPARE)
        beside = self._whole_beside_float(node.left, node.right) or self._whole_beside_float(node.right, node.left)
        if beside is not None:
            left, right = (self._exact_number(each) if each is beside else self.value(each) for each in (node.left, node.right))
            return Rust(f"{left.at(r.SHIFT)} {symbol} {right.at(r.SHIFT)}", r.COMPARE)
        if self.types.copies(left_type):
            left, right = self.value(node.left), self.value(node.right)
            if "as i64" in left.text[-8:] or " as " in left.text:
                left = Rust(f"({left.text})")
            return Rust(f"{left.at(r.SHIFT)} {symbol} {right.at(r.SHIFT)}", r.COMPARE)
        if left_type == t.STR:
            return Rust(f"{self._text_operand(node.left)} {symbol} {self._text_operand(node.right)}", r.COMPARE)
        sides = [self.comparable(node.left), self.comparable(node.right)]
        shared = [self.types.is_shared(each.type) and not self.is_handle(each.type) for each in (node.left, node.right)]
        if (
            shared[0] != shared[1]
            and not isinstance(node.left.type, t.Optional)
            and not isinstance(node.right.type, t.Optional)
        ):
            held = node.left if shared[0] else node.right
            sides[shared.index(True)] = f"{self.place(held).at(r.ATOM)}.content()"
        return Rust(f"{sides[0]} {symbol} {sides[1]}", r.COMPARE)

    def _whole_beside_float(self: Lowering, node: n.Expression, other: n.Expression) -> n.Coerce | None:
        """A whole number that is compared with a float, where it may be one that no float is equal to: Python compares the exact values."""
        if not isinstance(node, n.Coerce) or node.type != t.FLOAT or node.operand.type not in (t.INT, t.BIGINT):
            return None
        small = node.operand.type == t.INT and (
            self.never_negative(node.operand)
            or (_literal(node.operand) is not None and abs(_literal(node.operand) or 0) < EXACT)
        )
        literal = _literal(other.operand if isinstance(other, n.Coerce) else other)
        exact = node.operand.type == t.INT and literal is not None and abs(literal) < EXACT
        return None if small or exact or other.type != t.FLOAT else node

    def _exact_number(self: Lowering, node: n.Coerce) -> Rust:
        """A whole number as one that compares with floats by its exact value."""
        if node.operand.type == t.BIGINT:
            return Rust(self.comparable(node.operand), r.SHIFT)
        return Rust(f"py::Num::from({self.value(node.operand)})")

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
            if self.text(node.left) == self.text(node.right):
                self.lints.add("clippy::eq_op")
            return Rust(
                f"{self.value(node.left).at(r.SHIFT)} {'!=' if node.negated else '=='} {self.value(node.right).at(r.SHIFT)}",
                r.COMPARE,
            )
        if isinstance(node.left.type, t.Optional) or isinstance(node.right.type, t.Optional):
            return Rust(
                f"{not_}py::same_option({self.option_ref(node.left)}, {self.option_ref(node.right)})",
                r.UNARY if not_ else r.ATOM,
            )
        self.use_member(node.left.type, "same")
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
        if node.operand.type == t.VALUE:
            not_ = "!" if node.negated else ""
            return Rust(f"{not_}{self.place(node.operand).at(r.ATOM)}.is_none()", r.UNARY if not_ else r.ATOM)
        literal = node.operand.operand if isinstance(node.operand, n.Coerce) else node.operand
        if not isinstance(node.operand.type, t.Optional) or (isinstance(literal, n.Constant) and literal.value is None):
            always = (literal.type == t.NONE) != node.negated
            return self.after_evaluating([literal], "true" if always else "false")
        place = self.place(node.operand)
        if place.text == "None":
            # What types or literals decide came to nothing else.
            return Rust("false" if node.negated else "true")
        return Rust(f"{place.at(r.ATOM)}.{'is_some' if node.negated else 'is_none'}()")

    def value_some(self: Lowering, node: n.Some) -> Rust:
        """The pattern of an `if let`. The value is moved out of a name that nobody reads any more, else looked at where it is."""
        option, inside = node.operand.variable, node.variable
        name, how = self.name(option), self.how(option)
        self.names[inside] = name
        self.present[option] = inside
        moves = id(node.operand) in self.liveness.last and self.closure_depth == 0 and not self.moves_forbidden
        if how == "own" and not self.types.copies(inside.type) and not moves:
            changed = inside in self.choices.mutable
            if changed:
                self.choices.make_mutable(option)
            self.set_how(inside, "refmut" if changed else "ref")
            return Rust(f"let Some({name}) = &{'mut ' if changed else ''}{name}", r.AND + 1)
        if how in ("ref", "refmut") and not self.types.copies(inside.type):
            self.set_how(inside, how)
            return Rust(f"let Some({name}) = {name}", r.AND + 1)
        self.set_how(inside, "own")
        mutable = "mut " if inside in self.choices.mutable else ""
        return Rust(f"let Some({mutable}{name}) = {self.value(node.operand)}", r.AND + 1)

    def _object_tests(self: Lowering, held: str, classes: list[str]) -> list[str]:
        """Whether a value is an object of one of some classes: a test for each family."""
        tests = []
        for root in dict.fromkeys(self.roots[each] for each in classes):
            cls = self.classes[root]
            rust = camel(root)
            asked = [each for each in cls.members if each in classes]
            if len(asked) == len(cls.members):
                tests.append(f"{held}.try_object::<{rust}>().is_some()")
            else:
                self.use_member(t.Instance(root), "kind")
                kinds = " | ".join(f"{rust}Kind::{camel(each)}" for each in asked)
                tests.append(f"{held}.try_object::<{rust}>().is_some_and(|object| matches!(object.kind(), {kinds}))")
        return tests

    def value_isinstance(self: Lowering, node: n.IsInstance) -> Rust:
        operand = node.operand
        if node.always is not None:
            return self.after_evaluating([operand], "true" if node.always else "false")
        if operand.type == t.NUM:
            kinds = set(node.classes)
            both = "float" in kinds and "int" in kinds
            return Rust(
                "true" if both else f"{'' if 'int' in kinds else '!'}{self.place(operand).at(r.ATOM)}.is_int()", r.UNARY
            )
        if operand.type == t.VALUE:
            held = self.place(operand).at(r.ATOM)
            known = ("int", "float", "str", "bool", "list", "dict", "tuple", "set")
            asked = [each for each in known if each in node.classes]
            if "int" in asked and "bool" in asked:
                asked.remove("bool")
            asks = [f"{held}.is_{each}()" for each in asked]
            asks += self._object_tests(held, [each for each in node.classes if each in self.roots])
            objects = [t.Object(each) for each in node.classes if each in t.HELD_OBJECTS and each not in self.roots]
            asks += [f"{held}.try_object::<{self.types.text(each)}>().is_some()" for each in objects]
            own = [each for each in node.classes if each in self.roots and self.classes[self.roots[each]].exception]
            rest = [each for each in node.classes if isinstance(getattr(builtins, each, None), type) and each[0].isupper()]
            raised = [quoted(each) for each in [*own, *rest]]
            if raised:
                asks.append(f"{held}.try_object::<py::Exception>().is_some_and(|error| error.is_any(&[{', '.join(raised)}]))")
            return Rust(" || ".join(asks) or "false", r.OR if len(asks) > 1 else r.ATOM)
        optional = isinstance(operand.type, t.Optional)
        bare = _bare(operand.type)
        if bare == t.Object("builtins.Exception"):
            names = ", ".join(f'"{each}"' for each in node.classes)
            test = f"is_a({names})" if len(node.classes) == 1 else f"is_any(&[{names}])"
            if optional:
                return Rust(f"{self.place(operand).at(r.ATOM)}.as_ref().is_some_and(|error| error.{test})")
            return Rust(f"{self.place(operand).at(r.ATOM)}.{test}")
        if isinstance(bare, t.Object):
            names = ", ".join(f'"{each}"' for each in node.classes)
            if optional:
                return Rust(f"{self.place(operand).at(r.ATOM)}.as_ref().is_some_and(|model| model.is_any(&[{names}]))")
            return Rust(f"{self.place(operand).at(r.ATOM)}.is_any(&[{names}])")
        assert isinstance(bare, t.Instance)
        kind = f"{self.type_name(bare.name)}Kind"
        self.use_member(bare, "kind")
        tests = " | ".join(f"{kind}::{camel(each)}" for each in node.classes)
        if optional:
            return Rust(f"{self.place(operand).at(r.ATOM)}.as_ref().is_some_and(|object| matches!(object.kind(), {tests}))")
        return Rust(f"matches!({self.place(operand).at(r.ATOM)}.kind(), {tests})")

    def after_evaluating(self: Lowering, operands: list[n.Expression], outcome: str) -> Rust:
        """What types alone decide, after operands of which the evaluation may do or raise something."""
        acting = [(self.value(each).text, each.type == t.NONE) for each in operands if not is_place(each)]
        if not acting:
            return Rust(outcome)
        self.lints.add("clippy::blocks_in_conditions")
        return Rust("{ " + "".join(f"{text}; " if unit else f"let _ = {text}; " for text, unit in acting) + outcome + " }")

    def value_truth(self: Lowering, node: n.Truth) -> Rust:
        operand, type_ = node.operand, _plain(node.operand.type)
        if isinstance(operand, n.Constant) and isinstance(operand.value, str | bytes | int | float):
            return Rust("true" if operand.value else "false")
        if isinstance(operand, n.Display) and not any(operand.starred) and isinstance(type_, t.List | t.Sequence):
            if all(isinstance(each, n.Constant | n.Read) for each in operand.items):
                return Rust("true" if operand.items else "false")
        self.mark_plain(operand)
        match type_:
            case t.Scalar("int"):
                return Rust(f"{self.value(operand).at(r.SHIFT)} != 0", r.COMPARE)
            case t.Scalar("float"):
                return Rust(f"{self.value(operand).at(r.SHIFT)} != 0.0", r.COMPARE)
            case t.NumpyScalar():
                return Rust(f"py::truth({self.ref(operand)})")
            case t.Scalar("str") | t.List() | t.Set() | t.Deque() | t.Dict() | t.Sequence():
                return Rust(f"!{self.place(operand).at(r.ATOM)}.is_empty()", r.UNARY)
            case t.Optional(t.Callable() | t.Object() | t.Iterator() as inner) if not _can_be_false(inner):
                return Rust(f"{self.place(operand).at(r.ATOM)}.is_some()")
            case t.Optional(inner) if isinstance(inner, t.Instance) and not self._has_truth(inner):
                return Rust(f"{self.place(operand).at(r.ATOM)}.is_some()")
            case t.Optional(inner):
                return Rust(f"py::truth({self.ref(operand)})")
            case t.Instance() if not self._has_truth(type_):
                return self.after_evaluating([operand], "true")
            case t.Scalar("None"):
                return self.after_evaluating([operand], "false")
            case t.Tuple(items):
                return self.after_evaluating([operand], "true" if items else "false")
            case t.Callable() | t.Iterator():
                return self.after_evaluating([operand], "true")
            case t.Array():
                return Rust(f"np::truth({self.ref(operand)})")
            case t.Object() if not _can_be_false(type_):
                return self.after_evaluating([operand], "true")
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
        if found.text in ("true", "false"):
            return Rust("false" if found.text == "true" else "true")
        if isinstance(inner, n.Truth) and isinstance(inner.operand.type, t.Optional) and found.text.endswith(".is_some()"):
            return Rust(f"{found.text.removesuffix('.is_some()')}.is_none()")
        if isinstance(inner, n.IsInstance) and re.fullmatch(r"[\w.#]+\.try_\w+(::<[\w:]+>)?\(\)\.is_some\(\)", found.text):
            return Rust(f"{found.text.removesuffix('.is_some()')}.is_none()")
        if isinstance(inner, n.Truth) and found.level == r.COMPARE and " != 0" in found.text:
            return Rust(found.text.replace(" != 0", " == 0"), r.COMPARE)
        if isinstance(inner, n.Comparison) and inner.operator in OPPOSITE and _plain(inner.left.type) in (t.INT, t.STR):
            return self.value(n.Comparison(t.BOOL, inner.span, OPPOSITE[inner.operator], inner.left, inner.right))
        if isinstance(inner, n.Comparison) and inner.operator in ("eq", "ne"):
            flipped = n.Comparison(t.BOOL, inner.span, "ne" if inner.operator == "eq" else "eq", inner.left, inner.right)
            return self.value(flipped)
        if isinstance(inner, n.Comparison) and inner.operator in OPPOSITE and _plain(inner.left.type) == t.FLOAT:
            # With NaN on one side `not a < b` is no `a >= b`; as a method the comparison may be negated as it stands.
            left, right = (self.value(each) for each in (inner.left, inner.right))
            left = Rust(f"{left.text}_f64") if re.fullmatch(r"[\d.]+", left.text) else left
            return Rust(f"!{left.at(r.ATOM)}.{inner.operator}(&{right.at(r.UNARY)})", r.UNARY)
        if isinstance(inner, n.Comparison) and inner.operator in OPPOSITE and isinstance(_plain(inner.left.type), t.Instance):
            return Rust(f"!PartialOrd::{inner.operator}({self.ref(inner.left)}, {self.ref(inner.right)})", r.UNARY)
        return Rust(f"!{found.at(r.UNARY)}", r.UNARY)

    def value_logic(self: Lowering, node: n.Logic) -> Rust:
        within = self._range_test(node)
        if within is not None:
            return within
        known = _known_tests(node)
        if known is not None:
            return Rust("true" if known else "false")
        symbol, level = ("&&", r.AND) if node.operator == "and" else ("||", r.OR)
        # A test that types alone decide, such as `isinstance`, says nothing beside the others.
        neutral = "true" if node.operator == "and" else "false"
        parts = [part for part in map(self.value, node.values) if part.text != neutral]
        if len(parts) < 2:
            return parts[0] if parts else Rust(neutral)
        if any(isinstance(each, n.Not) and isinstance(each.operand, n.Logic) for each in node.values) or _asks_twice(node):
            self.lints.add("clippy::nonminimal_bool")
        return Rust(f" {symbol} ".join(part.at(level + 1) for part in parts), level)

    def _range_test(self: Lowering, node: n.Logic) -> Rust | None:
        """`1 <= x <= 5` and `x < 1 or x > 5` with literal bounds: whether a range holds the value."""
        if len(node.values) != 2 or not all(isinstance(each, n.Comparison) for each in node.values):
            return None
        bounds: dict[str, tuple[float, n.Expression, bool]] = {}
        items = []
        for each in node.values:
            assert isinstance(each, n.Comparison)
            left, right, operator = each.left, each.right, each.operator
            if isinstance(left, n.Constant | n.Unary) and not isinstance(right, n.Constant | n.Unary):
                left, right, operator = right, left, {"lt": "gt", "le": "ge", "gt": "lt", "ge": "le"}.get(operator, "")
            value = _literal(right)
            if value is None or operator not in ("lt", "le", "gt", "ge") or not isinstance(left, n.Read):
                return None
            items.append(left)
            bounds[operator[0]] = (value, right, operator.endswith("e"))
        if len(bounds) != 2 or items[0].variable is not items[1].variable or items[0].type not in (t.INT, t.FLOAT):
            return None
        (low, low_node, low_in), (high, high_node, high_in) = bounds["g"], bounds["l"]
        negated = node.operator == "or"
        if negated:
            (high, high_node, high_in), (low, low_node, low_in) = bounds["g"], bounds["l"]
            low_in, high_in = not low_in, not high_in
            if items[0].type == t.FLOAT:
                # NaN is neither inside nor outside.
                self.lints.add("clippy::manual_range_contains")
                return None
        if not low_in or low > high or low_node.type != high_node.type or items[0].type != low_node.type:
            return None
        held = self.ref(items[0])
        made = f"({self.value(low_node)}..{'=' if high_in else ''}{self.value(high_node)}).contains({held})"
        return Rust(f"!{made}" if negated else made, r.UNARY if negated else r.ATOM)

    def value_either(self: Lowering, node: n.Either) -> Rust:
        name = self.fresh("first")
        left = self.value(node.left)
        if left.text.startswith(("if ", "match ")):
            left = Rust(f"({left.text})")
        right = self.value(node.right)
        left_type = node.left.type
        if left_type == t.NONE:
            if node.operator == "or":
                return right if is_place(node.left) else self.after_evaluating([node.left], right.text)
            return self.after_evaluating([node.left], "None" if isinstance(node.type, t.Optional) else "()")
        self.inline[node.variable] = Rust(name)
        if isinstance(left_type, t.Optional) and not isinstance(node.type, t.Optional) and node.operator == "or":
            inner = left_type.inner
            if isinstance(inner, t.Instance) and not self._has_truth(inner):
                return (
                    Rust(f"{left.at(r.ATOM)}.unwrap_or_else(|| {right})")
                    if not self._leaves(node.right)
                    else Rust(f"match {left} {{ Some({name}) => {name}, None => {right} }}")
                )
            first = self.text(self.coerced(n.Read(inner, node.span, node.variable), node.type)) if inner != node.type else name
            return Rust(f"match {left} {{ Some({name}) if py::truth(&{name}) => {first}, _ => {right} }}")
        absent = (
            node.operator == "and"
            and isinstance(left_type, t.Optional)
            and isinstance(node.type, t.Optional)
            and isinstance(left_type.inner, t.Instance)
            and not self._has_truth(left_type.inner)
        )
        read = n.Read(left_type, node.span, node.variable)
        # An object that is there is true: what is kept of it is None.
        kept = Rust("None") if absent else self.value(self.rust_coercion(read, node.type))
        test = f"py::truth(&{name})"
        bare = left_type.inner if isinstance(left_type, t.Optional) else left_type
        if isinstance(bare, t.Instance) and not self._has_truth(bare):
            test = f"{name}.is_some()" if isinstance(left_type, t.Optional) else "true"
        if node.operator == "or":
            return Rust(f"{{ let {name} = {left}; if {test} {{ {kept} }} else {{ {right} }} }}")
        return Rust(f"{{ let {name} = {left}; if {test} {{ {right} }} else {{ {kept} }} }}")

    def rust_coercion(self: Lowering, node: n.Expression, want: t.Type) -> n.Expression:
        """A coercion that the builder left to us."""
        return node if node.type == want else n.Coerce(want, node.span, node)

    def _leaves(self: Lowering, node: n.Expression) -> bool:
        return self.protected and any(isinstance(each, n.LibraryCall | n.FunctionCall | n.Arithmetic) for each in walk(node))

    def value_conditional(self: Lowering, node: n.Conditional) -> Rust:
        before = dict(self.present)
        if isinstance(node.test, n.Some):
            made = self._value_or_other(node, node.test)
            self.present = before
            if made is not None:
                return made
        test = self.value(node.test)
        if test.text in ("true", "false"):
            # Types alone decide; what the other branch holds has no meaning then, but for the type of a None.
            made = self.value(node.body if test.text == "true" else node.otherwise)
            if made.text == "None" and isinstance(node.type, t.Optional):
                return Rust(f"None::<{self.types.text(node.type.inner)}>")
            return made
        body = self.value(node.body)
        self.present = before
        other = self.value(node.otherwise)
        if other.text == body.text:
            # Both ways come to the same, where the text is what the program says.
            self.lints.add("clippy::if_same_then_else")
        return Rust(f"if {test} {{ {body} }} else {{ {other} }}", r.LOOSE)

    def _value_or_other(self: Lowering, node: n.Conditional, test: n.Some) -> Rust | None:
        """`x if x is not None else 0` and `f(x) if x is not None else None`, which an Option does by itself."""
        other = node.otherwise
        if isinstance(node.body, n.Read) and node.body.variable is test.variable and isinstance(other, n.Constant):
            option = self.value(test.operand)
            if self.types.copies(other.type):
                return Rust(f"{option.at(r.ATOM)}.unwrap_or({self.text(other)})")
            if other.type == t.STR:
                return Rust(
                    f"{option.at(r.ATOM)}.unwrap_or_else(|| {self.text(other)})"
                    if other.value
                    else f"{option.at(r.ATOM)}.unwrap_or_default()"
                )
        if not (isinstance(other, n.Constant | n.Coerce) and self.text(other) == "None"):
            return None
        before = self.moves_forbidden
        self.moves_forbidden = True
        pattern = self.value(test).text
        self.closure_depth += 1
        body = self.text(node.body)
        self.closure_depth -= 1
        self.moves_forbidden = before
        if not (body.startswith("Some(") and closing(body, 4) == len(body)) or "?" in body or "py::attempt!" in body:
            return None
        name = self.name(test.variable)
        place = pattern.rpartition(" = ")[2]
        held = (
            f"{self.name(test.operand.variable)}.as_ref()"
            if place.startswith("&") or self.how(test.variable) == "ref"
            else place
        )
        return Rust(f"{held}.map({mapper(name, body[5:-1])})")


def _plain_operand(value: Rust) -> Rust:
    """An operand of a bit operator: arithmetic stands in parentheses."""
    return Rust(f"({value})") if value.level in (r.SUM, r.PRODUCT, r.SHIFT) else value


def _without_one(node: n.Comparison) -> n.Comparison:
    """`a + 1 <= b` and its like as `a < b`, which says the same of ints."""
    if node.operator not in ("le", "ge") or node.left.type != t.INT or node.right.type != t.INT:
        return node
    below, above = (node.left, node.right) if node.operator == "le" else (node.right, node.left)
    less, more = _beside_one(below, "add"), _beside_one(above, "sub")
    if less is None and more is None:
        return node
    below, above = (less, above) if less is not None else (below, more or above)
    left, right = (below, above) if node.operator == "le" else (above, below)
    return n.Comparison(t.BOOL, node.span, "lt" if node.operator == "le" else "gt", left, right)


def _beside_one(node: n.Expression, operator: str) -> n.Expression | None:
    """What 1 is added to, or taken from."""
    if not isinstance(node, n.Arithmetic) or node.operator != operator or node.type != t.INT:
        return None
    for one, other in ((node.right, node.left), (node.left, node.right)):
        if isinstance(one, n.Constant) and one.value == 1 and one.type == t.INT and other.type == t.INT:
            return other
        if operator == "sub":
            break
    return None


def _asks_twice(node: n.Logic) -> bool:
    """Whether a test stands in two places of a condition: clippy would ask it once."""
    read: list[n.Variable] = []
    for each in walk(node):
        tests = each.values if isinstance(each, n.Logic) else [each.operand] if isinstance(each, n.Truth | n.IsInstance) else []
        read += [test.variable for test in tests if isinstance(test, n.Read)]
    return len(set(read)) < len(read)


def _known_tests(node: n.Logic) -> bool | None:
    """What tests come to that only compare literal numbers with each other."""
    found = []
    for each in node.values:
        if not isinstance(each, n.Comparison):
            return None
        left, right = _literal(each.left), _literal(each.right)
        if left is None or right is None:
            return None
        compare = {"eq": left == right, "ne": left != right, "lt": left < right, "le": left <= right}
        found.append({**compare, "gt": left > right, "ge": left >= right}[each.operator])
    return all(found) if node.operator == "and" else any(found)


def _literal(node: n.Expression) -> float | None:
    """The number that an expression writes out."""
    if isinstance(node, n.Unary) and node.operator == "neg":
        inner = _literal(node.operand)
        return None if inner is None else -inner
    if isinstance(node, n.Constant) and isinstance(node.value, int | float) and not isinstance(node.value, bool):
        return node.value
    return None


def _can_be_false(type_: t.Type) -> bool:
    """Whether an object of a library may count as false."""
    declared = catalog().classes.get(type_.name) if isinstance(type_, t.Object) else None
    return declared is not None and declared.can_be_false
