"""Values of one type as values of another: numbers, options, arrays, containers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from batuta.ir import nodes as n
from batuta.ir import types as t
from batuta.ir.names import own_name
from batuta.lowering import rust_text as r
from batuta.lowering.expressions import _bare, _plain
from batuta.lowering.rust_text import Rust, float_literal, is_midpoint, mapper, quoted

if TYPE_CHECKING:
    from batuta.lowering.lower import Lowering


DTYPE_OF: dict[t.Type, str] = {t.INT: "int64", t.FLOAT: "float64", t.BOOL: "bool", t.STR: "str", t.NUM: "num"}
"""The dtype that NumPy gives an array of such items."""


class CoercionLowering:
    """The part of the lowering that prints coercions."""

    def value_coerce(self: Lowering, node: n.Coerce) -> Rust:
        return self.converted(node.operand, node.type)

    def converted(self: Lowering, operand: n.Expression, want: t.Type) -> Rust:
        """A value brought to another type."""
        have, plain = _plain(operand.type), _plain(want)
        if plain == t.VALUE and have != plain:
            return self._as_value(operand, have)
        if have == plain and not isinstance(have, t.Optional):
            return self.value(operand)
        if isinstance(want, t.Optional):
            if operand.type == t.NONE:
                if isinstance(operand, n.Constant | n.Read):
                    return Rust("None")
                return Rust(f"{{ {self.value(operand)}; None }}")
            if isinstance(operand.type, t.Optional):
                inner = self.fresh("item")
                variable = n.Variable(inner, operand.type.inner)
                self.inline[variable] = Rust(inner)
                converted = self.converted(n.Read(operand.type.inner, operand.span, variable), want.inner)
                if converted.text == inner:
                    return self.value(operand)
                return Rust(f"{self.value(operand).at(r.ATOM)}.map({mapper(inner, converted.text)})")
            return Rust(f"Some({self.converted(operand, want.inner)})")
        value = self.value(operand)
        if plain == t.FLOAT:
            if have == t.INT:
                if isinstance(operand, n.Constant):
                    return Rust(float_literal(float(operand.value)))
                if re.fullmatch(r"\d+(_i64)?", value.text):
                    return Rust(float_literal(float(value.text.removesuffix("_i64"))))
                return Rust(f"{value.at(r.CAST)} as f64", r.CAST)
            if have == t.BOOL:
                return Rust(f"f64::from({value})")
            if have == t.NUM:
                return Rust(f"{value.at(r.ATOM)}.to_f64()")
            if have == t.BIGINT:
                return Rust(f"{value.at(r.ATOM)}.to_f64()")
            if isinstance(have, t.NumpyScalar):
                whole = re.fullmatch(r"(\d+)_[iu]\d+", value.text)
                if whole is not None:
                    return Rust(float_literal(float(int(whole[1]))))
                return Rust(f"{value.at(r.CAST)} as f64", r.CAST) if have.dtype != "bool" else Rust(f"f64::from({value})")
        if plain == t.COMPLEX:
            return (
                value if isinstance(have, t.NumpyScalar) and have.dtype == "complex128" else Rust(f"py::Complex::from({value})")
            )
        if plain == t.INT:
            if have == t.BOOL or isinstance(have, t.NumpyScalar):
                return Rust(f"i64::from({value})") if have == t.BOOL else Rust(f"{value.at(r.CAST)} as i64", r.CAST)
            if have == t.BIGINT:
                return Rust(f"{value.at(r.ATOM)}.to_i64()")
        if isinstance(plain, t.Object) and plain in t.EXACT and have in (t.INT, t.BIGINT):
            path = "py::decimal::Decimal" if plain.name == "decimal.Decimal" else "py::fractions::Fraction"
            return Rust(f"{path}::held_int({value})")
        if plain == t.NUM:
            return Rust(f"py::Num::from({value})")
        if plain == t.BIGINT:
            self.features.add("bigint")
            return Rust(f"py::BigInt::from({value})") if have == t.INT else Rust(f"py::BigInt::from(i64::from({value}))")
        if plain == t.VALUE:
            return self._as_value(operand, have)
        if t.STR in (have, plain):
            return value
        if isinstance(plain, t.NumpyScalar):
            rust = self.types.text(plain)
            if (
                isinstance(operand, n.Constant)
                and isinstance(operand.value, int | float)
                and rust in ("f64", "f32")
                and not is_midpoint(float(operand.value))
            ):
                return Rust(f"{float_literal(float(operand.value))}_{rust}", r.UNARY if operand.value < 0 else r.ATOM)
            if have == t.INT and rust not in ("f64", "f32", "i64", "bool"):
                return self._fitted(operand, value, plain.dtype, rust)
            return Rust(f"{value.at(r.CAST)} as {rust}", r.CAST)
        if isinstance(plain, t.Array | t.ArrayLike):
            return self.array_coercion(operand, plain)
        if isinstance(have, t.Tuple) and isinstance(plain, t.Sequence):
            if isinstance(operand, n.Display):
                items = [self.text(self.coerced(each, plain.element)) for each in operand.items]
                return Rust(f"vec![{', '.join(items)}]" if items else f"Vec::<{self.types.text(plain.element)}>::new()")
            name = self.fresh("items")
            if plain.element == t.VALUE and set(have.items) != {t.VALUE}:
                parts = []
                for index, one in enumerate(have.items):
                    variable = n.Variable(name, one)
                    self.inline[variable] = Rust(f"{name}.{index}")
                    parts.append(self.converted(n.Read(one, operand.span, variable), t.VALUE).text)
                return Rust(f"{{ let {name} = {value}; vec![{', '.join(parts)}] }}")
            if re.fullmatch(r"[\w.#]+", value.text):
                return Rust(f"vec![{', '.join(f'{value}.{index}' for index in range(len(have.items)))}]")
            return Rust(f"{{ let {name} = {value}; vec![{', '.join(f'{name}.{index}' for index in range(len(have.items)))}] }}")
        if isinstance(have, t.Tuple) and isinstance(plain, t.Tuple) and len(have.items) == len(plain.items):
            name = self.fresh("items")
            parts = []
            for index, (one, other) in enumerate(zip(have.items, plain.items, strict=True)):
                variable = n.Variable(name, one)
                self.inline[variable] = Rust(f"{name}.{index}")
                parts.append(self.converted(n.Read(one, operand.span, variable), other).text)
            return Rust(f"{{ let {name} = {value}; ({', '.join(parts)}{',' if len(parts) == 1 else ''}) }}")
        if isinstance(have, t.List | t.Set | t.Dict) and type(have) is type(plain) and t.children(have)[0] == t.NEVER:
            # Nothing ever goes into it: it is empty whenever it is read.
            if t.children(plain)[0] != t.NEVER and isinstance(operand, n.Read):
                path = self.types._text(plain).replace("<", "::<", 1)
                return self.wrap_shared(f"{path}::new()", plain)
            return value
        if isinstance(have, t.List) and isinstance(plain, t.List) and have.element != plain.element:
            item = self.fresh("item")
            variable = n.Variable(item, have.element)
            self.inline[variable] = Rust(item)
            body = self.converted(n.Read(have.element, operand.span, variable), plain.element)
            return self.wrap_shared(
                f"{self.place(operand).at(r.ATOM)}.items().map({mapper(item, str(body))}).collect::<Vec<_>>()", plain
            )
        if isinstance(have, t.Deque) and isinstance(plain, t.Deque) and have.element != plain.element:
            item = self.fresh("item")
            variable = n.Variable(item, have.element)
            self.inline[variable] = Rust(item)
            body = self.converted(n.Read(have.element, operand.span, variable), plain.element)
            mapped = f"{value.at(r.ATOM)}.into_iter().map({mapper(item, str(body))})"
            return self.wrap_shared(f"{mapped}.collect::<py::Deque<_>>()", plain)
        if isinstance(have, t.Set) and isinstance(plain, t.Set) and have.element != plain.element:
            item = self.fresh("item")
            variable = n.Variable(item, have.element)
            self.inline[variable] = Rust(item)
            body = self.converted(n.Read(have.element, operand.span, variable), plain.element)
            mapped = f"{self.place(operand).at(r.ATOM)}.items().map({mapper(item, str(body))})"
            return self.wrap_shared(f"py::Set::from_iter({mapped})", plain)
        if isinstance(have, t.Dict) and isinstance(plain, t.Dict) and (have.key, have.value) != (plain.key, plain.value):
            if t.NEVER in (have.key, have.value) or plain.kind not in ("dict", "OrderedDict"):
                return self.value(operand)
            constructor = "py::Dict" if plain.kind == "dict" else "py::OrderedDict"
            pair = self.fresh("pair")
            parts = []
            for index, (one, other) in enumerate(((have.key, plain.key), (have.value, plain.value))):
                part = n.Variable(f"{pair}.{index}", one)
                self.inline[part] = Rust(f"{pair}.{index}")
                parts.append(self.converted(n.Read(one, operand.span, part), other).text)
            pairs = f"{self.place(operand).at(r.ATOM)}.pairs().map(|{pair}| ({', '.join(parts)}))"
            return self.wrap_shared(f"{constructor}::from_pairs({pairs})", plain)
        if isinstance(have, t.Object) and isinstance(plain, t.Object) and have.name != plain.name:
            form = self.types.text(plain)
            return value if form == self.types.text(have) else Rust(f"{form}::from({value})")
        if isinstance(have, t.Instance) and isinstance(plain, t.Object) and plain.name == "builtins.Exception":
            return Rust(f"py::Exception::from_user({value})")
        return value

    def _fitted(self: Lowering, operand: n.Expression, value: Rust, dtype: str, rust: str) -> Rust:
        """A Python int as a NumPy scalar, which must hold it."""
        if isinstance(operand, n.Constant) and 0 <= operand.value < 2 ** (int(rust[1:]) - (rust[0] == "i")):
            return Rust(f"{operand.value}_{rust}")
        return Rust(f"np::fit_{dtype}({value})")

    def _as_value(self: Lowering, operand: n.Expression, have: t.Type) -> Rust:
        """Something of a known type as a value; what can change is new here."""
        if isinstance(operand, n.Constant) and isinstance(operand.value, str):
            return Rust(f"py::Value::from({quoted(operand.value)})")
        if isinstance(have, t.Callable):
            return self._function_as_value(operand, have)
        if have == t.NONE:
            return (
                Rust("py::Value::None")
                if isinstance(operand, n.Constant | n.Read)
                else Rust(re.sub(r"^\{ \(\); (.*) \}$", r"\1", f"{{ {self.value(operand)}; py::Value::None }}"))
            )
        if isinstance(have, t.NumpyScalar):
            return Rust(f"py::Value::from({self.value(operand)})")
        name = {t.List: "list", t.Sequence: "tuple", t.Set: "set", t.Dict: "dict"}.get(type(have))
        if isinstance(operand, n.Display) and not operand.items and isinstance(have, t.Sequence | t.Tuple):
            return Rust("py::Value::tuple(Vec::<py::Value>::new())")
        if isinstance(operand, n.Display) and name and not any(operand.starred) and t.children(have) == (t.VALUE,):
            return Rust(f"py::Value::{name}([{', '.join(self.text(each) for each in operand.items)}])")
        if (
            isinstance(operand, n.DictDisplay)
            and have == t.Dict(t.VALUE, t.VALUE)
            and all(key is not None for key, _ in operand.items)
        ):
            pairs = ", ".join(f"({self.text(key)}, {self.text(value)})" for key, value in operand.items if key is not None)
            return Rust(f"py::Value::dict([{pairs}])")
        value = self.value(operand)
        if not any(isinstance(each, t.Sequence) for each in t.parts(have)):
            return Rust(f"py::Value::from({value})")
        if isinstance(have, t.Sequence) and not any(isinstance(each, t.Sequence) for each in t.parts(have.element)):
            return Rust(f"py::Value::tuple({value})")
        item = self.fresh("item")

        def converted(text: str, type_: t.Type) -> str:
            variable = n.Variable(item, type_)
            self.inline[variable] = Rust(text)
            return self.converted(n.Read(type_, operand.span, variable), t.VALUE).text

        match have:
            case t.Tuple(items):
                parts = ", ".join(converted(f"{item}.{index}", each) for index, each in enumerate(items))
                return Rust(f"{{ let {item} = {value}; py::Value::tuple([{parts}]) }}")
            case t.Optional(inner):
                return Rust(f"py::Value::from({value.at(r.ATOM)}.map({mapper(item, converted(item, inner))}))")
            case t.Dict(key, held):
                pair = f"({converted(f'{item}.0', key)}, {converted(f'{item}.1', held)})"
                return Rust(f"py::Value::dict({value.at(r.ATOM)}.into_iter().map(|{item}| {pair}))")
        inner = t.children(have)[0]
        return Rust(f"py::Value::{name}({value.at(r.ATOM)}.into_iter().map({mapper(item, converted(item, inner))}))")

    def _function_as_value(self: Lowering, operand: n.Expression, have: t.Callable) -> Rust:
        """A function as one that takes values and gives a value."""
        function, given = self.fresh("function"), self.fresh("given")
        label = operand.label if isinstance(operand, n.Lambda) else ""
        plain = operand.function if isinstance(operand, n.Lambda) and operand.receiver is None else None
        if plain is not None and (self.captures.get(plain) or plain.kind in ("method", "class method")):
            plain = None
        held = self.text(operand) if plain is None else ""
        self.closure_depth += 1
        parts = []
        for index, type_ in enumerate(have.parameters):
            variable = n.Variable(f"{given}[{index}]", t.VALUE)
            self.inline[variable] = Rust(f"{given}[{index}]")
            read = n.Read(t.VALUE, operand.span, variable)
            kept = plain is not None and self.parameter_mode(plain.parameters[index]) == "own"
            if type_ == t.VALUE:
                parts.append(f"{given}[{index}].clone()" if kept else f"&{given}[{index}]")
            else:
                text = self.value_narrow(n.Narrow(type_, operand.span, read)).text
                changed = plain is not None and self.parameter_mode(plain.parameters[index]) == "refmut"
                parts.append(text if kept or self.types.copies(type_) else f"&{'mut ' if changed else ''}{text}")
        call = f"{function}({', '.join(parts)})"
        if plain is not None:
            name = self.function_name(plain)
            if plain.owner:
                name = f"{self.type_name(plain.owner)}::{self.method_name(plain, plain.owner, False)}"
            call = f"{name}({', '.join(parts)})" + (".or_throw()" if plain in self.effects.fallible else "")
        outcome = n.Variable(call, have.result)
        self.inline[outcome] = Rust(call)
        if have.result == t.NONE:
            result = f"{{ {call}; py::Value::None }}"
        elif have.result == t.VALUE:
            result = call
        else:
            result = self.converted(n.Read(have.result, operand.span, outcome), t.VALUE).text
        self.closure_depth -= 1
        names: list[str] = []
        if isinstance(operand, n.Lambda):
            declared = operand.parameters or (operand.function.parameters if operand.function is not None else [])
            skipped = 1 if operand.function is not None and operand.function.kind in ("method", "class method") else 0
            names = [each.name for each in declared][skipped : skipped + len(have.parameters)]
        names = names or [f"argument {index + 1}" for index in range(len(have.parameters))]
        listed_names = [own_name(each) for each in names]
        if have.parameters and isinstance(have.parameters[-1], t.Sequence):
            # The parameter that takes what is left.
            listed_names[-1] = f"*{listed_names[-1]}"
        listed = ", ".join(map(quoted, listed_names))
        # A place holds a function whose name is known when the program runs.
        named = quoted(label) if isinstance(operand, n.Lambda) else f"&py::function_name(&{function})"
        about = f'{named}, "{operand.span.line}:{operand.span.column}", &[{listed}]'
        if isinstance(operand, n.Lambda) and operand.of_class:
            about = f"{quoted(label)}, {quoted('=class ' + operand.of_class)}, &[{listed}]"
        elif isinstance(operand, n.Lambda) and operand.function is None and label != "<lambda>" and '"*' not in listed:
            # A builtin: how many arguments it takes here is a guess.
            about = f'{quoted(label)}, "~{operand.span.line}:{operand.span.column}", &[{listed}]'
        elif plain is not None:
            about = f"{quoted(label)}, {quoted('=' + plain.owner + '.' + plain.rust_name)}, &[{listed}]"
        defaults = [self.converted(each, t.VALUE).text for each in operand.defaults] if isinstance(operand, n.Lambda) else []
        count = f"vec![{', '.join(defaults)}]" if defaults else "Vec::new()"
        taken = given if parts else f"_{given}"
        if plain is not None:
            return Rust(f"py::Value::function({about}, {count}, 0, |{taken}: &[py::Value]| {result})")
        return Rust(
            f"{{ let {function} = {held}; py::Value::function({about}, {count}, py::address_of(&{function}), "
            f"move |{taken}: &[py::Value]| {result}) }}"
        )

    def array_coercion(self: Lowering, operand: n.Expression, want: t.Type) -> Rust:
        """Lists and numbers as arrays, and arrays of another dtype."""
        have = operand.type
        self.features.add("np")
        if self.is_shared_array(want):
            if isinstance(have, t.Array) and have.dtype == want.dtype:  # type: ignore[attr-defined]
                return self.value(operand)
            made = self._array_of(operand, want).text
            return Rust(made if id(operand) in self.plain_nodes else f"np::SharedArray::new({made})")
        return self._array_of(operand, want)

    def _array_of(self: Lowering, operand: n.Expression, want: t.Type) -> Rust:
        have = operand.type
        dtype = want.dtype if isinstance(want, t.Array | t.ArrayLike) else None
        if isinstance(have, t.Array):
            if dtype is None or have.dtype == dtype:
                return self.plain(operand, "value")
            return Rust(f"np::to_{dtype}({self.plain(operand, 'ref')})")
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
        own = DTYPE_OF.get(_plain(inner), "float64")
        if isinstance(inner, t.Array):
            # A list of arrays: each is a row of the whole.
            rank, own = rank + inner.rank, inner.dtype
        made = f"np::array{rank}({self._nested(operand)})"
        if dtype is not None and dtype != own:
            return Rust(f"np::to_{dtype}(&{made})")
        return Rust(made)

    def _nested(self: Lowering, operand: n.Expression) -> str:
        if isinstance(operand.type, t.Tuple):
            operand = n.Coerce(t.Sequence(operand.type.items[0] if operand.type.items else t.INT), operand.span, operand)
        if self.types.is_shared(_bare(operand.type)):
            return f"{self.place(operand).at(r.ATOM)}.copy_items()"
        return self.text(operand)

    def value_narrow(self: Lowering, node: n.Narrow) -> Rust:
        """A value known at run time as one of its types."""
        held = self.place(node.operand).at(r.ATOM)
        if node.operand.type == t.Object("builtins.Exception"):
            return Rust(f'{held}.downcast::<{self.types.text(node.type)}>().expect("the class was tested")')
        if isinstance(node.operand.type, t.Object):
            name = f"as_class::<{self.types.text(node.type)}>()"
            return self.raising(Rust(f"{held}.try_{name}")) if self.protected else Rust(f"{held}.{name}")
        if isinstance(node.type, t.Sequence):
            return self.raising(Rust(f"{held}.try_unpacked()")) if self.protected else Rust(f"{held}.unpacked()")
        if isinstance(node.type, t.Instance):
            name = f'as_object::<{self.types.text(node.type)}>("{own_name(node.type.name)}")'
            return self.raising(Rust(f"{held}.try_{name}")) if self.protected else Rust(f"{held}.{name}")
        held_type = node.type.inner if isinstance(node.type, t.Optional) else node.type
        if isinstance(held_type, t.Object):
            end = "_or_none" if isinstance(node.type, t.Optional) else ""
            name = f'as_object{end}::<{self.types.text(held_type)}>("{t.HELD_OBJECTS[held_type.name]}")'
            return self.raising(Rust(f"{held}.try_{name}")) if self.protected else Rust(f"{held}.{name}")
        if node.method:
            name = f'as_text_for("{node.method}")'
            return self.raising(Rust(f"{held}.try_{name}")) if self.protected else Rust(f"{held}.{name}")
        if isinstance(node.type, t.Optional):
            kind = f"{node.type.inner.name}_or_none"  # type: ignore[attr-defined]
        else:
            assert isinstance(node.type, t.Scalar)
            kind = node.type.name
        return self.raising(Rust(f"{held}.try_as_{kind}()")) if self.protected else Rust(f"{held}.as_{kind}()")

    def value_unwrap(self: Lowering, node: n.Unwrap) -> Rust:
        return self._unwrapped(self.value(node.operand), node)

    def _unwrapped(self: Lowering, option: Rust, node: n.Unwrap) -> Rust:
        if node.proven:
            if isinstance(node.operand, n.FieldRead) and not self.is_handle(_bare(node.operand.owner.type)):
                # Only names are bound to what an Optional holds; a field is asked again.
                self.lints.add("clippy::unnecessary_unwrap")
            return Rust(f"{option.at(r.ATOM)}.unwrap()")
        message = self._none_message(node)
        if self.protected:
            return self.raising(Rust(f"py::known({option}, {message})"))
        return Rust(f"py::known({option}, {message}).or_throw()")

    @staticmethod
    def _none_message(node: n.Unwrap) -> str:
        return f'"{node.attribute}"' if node.attribute else '""'
