"""The methods of `set` and `frozenset`.

The Rust set is iterated in CPython's order for numbers and tuples of them. CPython tells a set argument from another
iterable: the table of the result differs, so each method has two forms.
"""

from batuta.catalog.entry import Entry, Shelf


def _of_both(name: str, parameters: str, result: str, rust: str, case: str, **more: object) -> tuple[Entry, ...]:
    """The same method for `set` and for `frozenset`; `SET` stands for the receiver's own type."""
    return tuple(
        Entry(
            f"{kind}.{name}",
            f"(self: {kind}[T]{parameters}, /) -> {result.replace('SET', f'{kind}[T]')}",
            rust,
            kind="method",
            case=case.replace("KIND", kind),
            **more,  # type: ignore[arg-type]
        )
        for kind in ("set", "frozenset")
    )


def _combining(name: str, case: str) -> tuple[Entry, ...]:
    """`union` and its kin: with nothing, a set, a frozenset, anything else, and several arguments."""
    many = name != "symmetric_difference"
    each = name == "union"
    return tuple(
        Entry(
            f"{kind}.{name}",
            (
                f"(self: {kind}[T], other: set[T], /) -> {kind}[T]",
                f"(self: {kind}[T], other: frozenset[T], /) -> {kind}[T]",
                f"(self: {kind}[T], other: Iterable[T], /) -> {kind}[T]",
                f"(self: {kind}[T], /) -> {kind}[T]",
                *([f"(self: {kind}[T], /, *others: set[T]) -> {kind}[T]"] * many),
                *([f"(self: {kind}[T], /, *others: frozenset[T]) -> {kind}[T]"] * many),
                *([f"(self: {kind}[T], /, *others: Iterable[T]) -> {kind}[T]"] * each),
                *([f"(self: {kind}[T], first: Iterable[T], second: Iterable[T], /) -> {kind}[T]"] * many),
            ),
            (
                f"{{self}}.{name}_set({{&other}})",
                f"{{self}}.{name}_set({{&other}})",
                f"{{self}}.{name}({{other}})",
                "{self}.copy_items()",
                *([f"{{self}}.{name}_all([{{*others}}])"] * many),
                *([f"{{self}}.{name}_all([{{*others}}])"] * many),
                *([f"{{self}}.{name}_each([{{*others}}])"] * each),
                *([f"{{self}}.{name}({{first}}).{name}({{second}})"] * many),
            ),
            kind="method",
            case=case.replace("KIND", kind),
        )
        for kind in ("set", "frozenset")
    )


def _updating(name: str, set_form: str, items_form: str, case: str) -> Entry:
    """`update` and its kin, which change the set."""
    many = name == "update"
    return Entry(
        f"set.{name}",
        (
            "(self: set[T], other: set[T], /) -> None",
            "(self: set[T], other: frozenset[T], /) -> None",
            "(self: set[T], other: Iterable[T], /) -> None",
            *(["(self: set[T], /, *others: set[T]) -> None", "(self: set[T], /, *others: Iterable[T]) -> None"] * many),
        ),
        (
            f"{{self}}.{set_form}({{&other}})",
            f"{{self}}.{set_form}({{&other}})",
            f"{{self}}.{items_form}({{other}})",
            *(["{self}.update_all([{*others}])", "{self}.update_each([{*others}])"] * many),
        ),
        kind="method",
        mutates=("self",),
        case=case,
    )


_NUMBERS = "a = KIND([5, 1, 40])\n"

SHELF = Shelf(
    module="set",
    entries=(
        Entry(
            "set.add",
            "(self: set[T], element: T, /) -> None",
            "{self}.add({element})",
            kind="method",
            mutates=("self",),
            case="s = {3, 1}\ns.add(20)\ns.add(3)\nprint(s, len(s))\n",
        ),
        Entry(
            "set.discard",
            "(self: set[T], element: T, /) -> None",
            "{self}.discard({&element})",
            kind="method",
            mutates=("self",),
            case="s = {3, 1}\ns.discard(3)\ns.discard(9)\nprint(s)\n",
        ),
        Entry(
            "set.remove",
            "(self: set[T], element: T, /) -> None",
            "{self}.~remove_value({&element})",
            kind="method",
            mutates=("self",),
            raises=("KeyError",),
            case="s = {3, 1}\ns.remove(3)\nprint(s)\ntry:\n    s.remove(9)\nexcept KeyError as error:\n    print(error)\n",
        ),
        Entry(
            "set.pop",
            "(self: set[T], /) -> T",
            "{self}.~pop_any()",
            kind="method",
            mutates=("self",),
            raises=("KeyError",),
            case="s = {30, 11, 4}\nprint(s.pop(), s.pop(), s)\n",
        ),
        Entry(
            "set.clear",
            "(self: set[T], /) -> None",
            "{self}.clear_items()",
            kind="method",
            mutates=("self",),
            case="s = {1}\ns.clear()\nprint(s)\n",
        ),
        *_of_both("copy", "", "SET", "{self}.copy_items()", _NUMBERS + "print(sorted(a.copy()))\n"),
        *_combining(
            "union",
            _NUMBERS + "print(sorted(a.union({2, 5})), sorted(a.union([9])), sorted(a.union([7], [8])))\n"
            "rows = [{3, 70}, {1, 9}]\nprint(a.union(*rows), a.union({8}, {2, 3}), a.union(*[[x, x + 9] for x in range(3)]))\n",
        ),
        *_combining(
            "intersection",
            _NUMBERS + "print(sorted(a.intersection({1, 5, 7})), sorted(a.intersection([40])))\n"
            "rows = [{1, 5, 40}, {5, 40, 2}]\nprint(a.intersection(*rows), a.intersection({5}, {2, 5}))\n",
        ),
        *_combining(
            "difference",
            _NUMBERS + "print(sorted(a.difference({1, 7})), sorted(a.difference([40])))\n"
            "rows = [{1, 7}, {2, 40}]\nprint(a.difference(*rows), a.difference({5}, {2, 40}))\n",
        ),
        *_combining("symmetric_difference", _NUMBERS + "print(sorted(a.symmetric_difference({1, 7})))\n"),
        _updating(
            "update",
            "update_set",
            "update_from",
            "s = {1}\ns.update({2, 3})\ns.update([4])\ns |= {5}\nprint(s)\n"
            "s.update(*[{x, x * 7} for x in range(4)])\ns.update([8], [9])\nprint(s)\n",
        ),
        _updating(
            "intersection_update",
            "intersection_update_set",
            "intersection_update",
            "s = {1, 2, 3}\ns.intersection_update({2, 3, 4})\ns &= {3}\nprint(s)\n",
        ),
        _updating(
            "difference_update",
            "difference_update_set",
            "difference_update",
            "s = {1, 2, 3}\ns.difference_update([1])\ns -= {2}\nprint(s)\n",
        ),
        _updating(
            "symmetric_difference_update",
            "symmetric_difference_update_set",
            "symmetric_difference_update",
            "s = {1, 2}\ns.symmetric_difference_update({2, 3})\ns ^= {9}\nprint(s)\n",
        ),
        *_of_both(
            "issubset",
            ", other: Iterable[T]",
            "bool",
            "{self}.issubset({other})",
            _NUMBERS + "print(a.issubset([1, 5, 40, 2]))\n",
        ),
        *_of_both(
            "issuperset",
            ", other: Iterable[T]",
            "bool",
            "{self}.issuperset({other})",
            _NUMBERS + "print(a.issuperset([1, 2]))\n",
        ),
        *_of_both(
            "isdisjoint",
            ", other: Iterable[T]",
            "bool",
            "{self}.isdisjoint({other})",
            _NUMBERS + "print(a.isdisjoint([2, 3]))\n",
        ),
    ),
)
