"""What is done with a value of which nothing is known before the program runs: its operators and methods.

## Before
    data = json.loads(text)
    for item in data["items"]:
        print(item["name"], item.get("price", 0) * 2)
## After
    let data = py::json::loads(&text);
    for item in data.item(&py::Value::from("items")).items() { … }
## Same numbers
    equal; an int above the range of i64 ends the program
## Not handled
    functions, dates and arrays inside values
"""

from __future__ import annotations

from batuta.catalog.entry import Entry, Shelf

_TYPE = ("TypeError",)
_NAME = ("AttributeError",)
_MADE = "import json\n"


def _loads(text: str) -> str:
    return f"v = json.loads({text!r})\n"


def _method(name: str, signature: str | tuple[str, ...], rust: str | tuple[str, ...], case: str, *raises: str) -> Entry:
    return Entry(f"value.{name}", signature, rust, kind="method", raises=raises or _NAME, case=_MADE + case)


_SLICE = "start: int | None, stop: int | None, step: int | None"
_LIST = _loads('[3, 1, [2, null], "a"]')
_DICT = _loads('{"a": 1, "b": [1, 2.5], "c": {"d": null}}')
_NUMBERS = _loads("[3, 1, 2]")
_SETS = 'v = {"tags": {3, 1}, "n": 1, "all": {1, 3, 5}}\n'

SHELF = Shelf(
    module="value",
    entries=(
        _method("__neg__", "(self: value, /) -> value", "py::~value_negative({&self})", _LIST + "print(-v[0])\n", "TypeError"),
        _method("__pos__", "(self: value, /) -> value", "py::~value_positive({&self})", _LIST + "print(+v[0])\n", "TypeError"),
        _method(
            "__invert__", "(self: value, /) -> value", "py::~value_inverted({&self})", _LIST + "print(~v[0])\n", "TypeError"
        ),
        _method(
            "__contains__",
            "(self: value, item: value, /) -> bool",
            "{self}.~contains({&item})",
            _DICT + 'print("a" in v, "z" in v, 1 in v["b"], v["a"] in (1, 2))\n',
            "TypeError",
        ),
        _method("__len__", "(self: value, /) -> int", "{self}.~length()", _LIST + "print(len(v), len(v[2]))\n", "TypeError"),
        _method(
            "__dict__",
            "(self: value, /) -> value",
            "{self}.~to_dict()",
            _DICT + 'w = dict(v)\nw["a"] = 0\nprint(v, w)\n',
            "TypeError",
            "ValueError",
        ),
        _method(
            "__sum__",
            ("(items: Iterable[value], /) -> value", "(items: Iterable[value], /, start: value) -> value"),
            ("py::~value_sum({items}, py::Value::from(0))", "py::~value_sum({items}, {start})"),
            _NUMBERS + "print(sum(v), sum(v, 0.5), sum(x * 2 for x in v))\n",
            "TypeError",
        ),
        _method(
            "__argument__",
            "(self: value, name: str, function: str, allowed: str, /) -> value",
            "{self}.~argument({&name}, {&function}, {&allowed})",
            _DICT + 'def show(a, b, c):\n    return [a, b, c]\nprint(show(**v))\nv["d"] = 1\n'
            "try:\n    show(**v)\nexcept TypeError as error:\n    print(error)\n",
            "TypeError",
        ),
        _method(
            "__option__",
            "(self: value, name: str, default: value, function: str, allowed: str, /) -> value",
            "{self}.~option({&name}, {default}, {&function}, {&allowed})",
            _DICT + 'def show(a, b, c=1, d=2.5):\n    return [a, b, c, d]\nprint(show(**v))\ndel v["c"]\nprint(show(**v))\n',
            "TypeError",
        ),
        _method(
            "__mapping__",
            "(self: value, /) -> Iterator[tuple[value, value]]",
            "{self}.~mapping()",
            _DICT + 'print({"a": 0, "z": [], **v})\n',
            "TypeError",
            "ValueError",
        ),
        _method(
            "__iter__",
            "(self: value, /) -> Iterator[value]",
            "{self}.~items()",
            _LIST + "for x in v:\n    print(x)\n",
            "TypeError",
        ),
        _method(
            "__getitem__",
            "(self: value, key: value, /) -> value",
            "{self}.~item({&key})",
            _DICT
            + 'print(v["a"], v["b"][-1], v["c"]["d"])\ntry:\n    print(v["z"])\nexcept KeyError as error:\n    print(error)\n'
            'try:\n    print(v["b"][9])\nexcept IndexError as error:\n    print(error)\n'
            'try:\n    print(v["a"][0])\nexcept TypeError as error:\n    print(error)\n',
            "TypeError",
            "KeyError",
            "IndexError",
        ),
        _method(
            "__attribute__",
            "(self: value, name: str, /) -> value",
            "{self}.~attribute({&name})",
            _DICT + "try:\n    print(v.nothing)\nexcept AttributeError as error:\n    print(error)\n",
        ),
        _method(
            "__call__",
            "(self: value, given: value, /) -> value",
            "{self}.call({&given})",
            'v = {"twice": lambda x: x * 2, "name": "n", "sum": lambda a, b: a + b}\n'
            'print(v["twice"](4), v["sum"](1, 2), v["name"])\n',
        ),
        _method(
            "__call_named__",
            "(self: value, given: value, named: value, /) -> value",
            "{self}.call_named({&given}, {&named})",
            'v = {"minus": lambda a, b: a - b, "name": "n"}\nprint(v["minus"](b=4, a=1), v["minus"](1, b=2), v["name"])\n',
        ),
        _method(
            "__callable__",
            "(self: value, /) -> bool",
            "{self}.is_function()",
            'v = {"f": lambda x: x * 2, "n": 1}\nprint(callable(v["f"]), callable(v["n"]))\n',
        ),
        _method(
            "__name__",
            "(self: value, /) -> str",
            "{self}.~name()",
            'def twice(x):\n    return x * 2\nv = {"f": twice, "n": 1}\nprint(v["f"].__name__, v["n"])\n',
        ),
        Entry(
            "value.__raise__",
            "(kind: str, message: str, /) -> value",
            "py::~value_raised({&kind}, {&message})",
            raises=("Exception",),
            case="try:\n    print(nothing)\nexcept NameError as error:\n    print(error)\n",
        ),
        _method(
            "__getpart__",
            f"(self: value, {_SLICE}) -> value",
            "{self}.~part({start}, {stop}, {step})",
            _LIST + "print(v[1:], v[::-1], v[3][:1])\n",
            "TypeError",
            "ValueError",
        ),
        _method(
            "__setitem__",
            "(self: value, key: value, item: value, /) -> None",
            "{self}.~set_item({key}, {item})",
            _DICT + 'v["a"] = [1]\nv["b"][0] = "x"\nv["b"][1] += 1\nv["c"]["e"] = v["b"]\nprint(v)\n'
            'try:\n    v["b"][9] = 1\nexcept IndexError as error:\n    print(error)\n',
            "TypeError",
            "IndexError",
        ),
        _method(
            "__setpart__",
            f"(self: value, {_SLICE}, items: value) -> None",
            "{self}.~set_part({start}, {stop}, {step}, {&items})",
            _LIST + "v[1:3] = [7, 8, 9]\nprint(v)\n",
            "TypeError",
            "ValueError",
        ),
        _method(
            "__delitem__",
            "(self: value, key: value, /) -> None",
            "{self}.~delete_item({&key})",
            _DICT + 'del v["a"]\ndel v["b"][0]\nprint(v)\n',
            "TypeError",
            "KeyError",
            "IndexError",
        ),
        _method(
            "__delpart__",
            f"(self: value, {_SLICE}) -> None",
            "{self}.~delete_part({start}, {stop}, {step})",
            _LIST + "del v[1:3]\nprint(v)\n",
            "TypeError",
            "ValueError",
        ),
        _method(
            "append",
            "(self: value, item: value, /) -> None",
            "{self}.~append({item})",
            _LIST + 'v.append({"k": 1})\nprint(v)\n',
        ),
        _method(
            "extend",
            "(self: value, items: value, /) -> None",
            "{self}.~extend({&items})",
            _LIST + 'v.extend([1, "b"])\nv += [None]\nprint(v)\n',
            "AttributeError",
            "TypeError",
        ),
        _method(
            "insert",
            "(self: value, index: int, item: value, /) -> None",
            "{self}.~insert({index}, {item})",
            _LIST + "v.insert(0, True)\nprint(v)\n",
        ),
        _method(
            "remove",
            "(self: value, item: value, /) -> None",
            "{self}.~remove({&item})",
            _LIST + "v.remove(1)\nprint(v)\ntry:\n    v.remove(99)\nexcept ValueError as error:\n    print(error)\n",
            "AttributeError",
            "ValueError",
            "KeyError",
            "TypeError",
        ),
        _method(
            "pop",
            (
                "(self: value, /) -> value",
                "(self: value, key: value, /) -> value",
                "(self: value, key: value, default: value, /) -> value",
            ),
            ("{self}.~pop()", "{self}.~pop_at({&key})", "{self}.~pop_or({&key}, {default})"),
            _DICT + 'print(v.pop("a"), v.pop("z", 5), v["b"].pop(), v["b"].pop(0), v)\n'
            'try:\n    v["b"].pop()\nexcept IndexError as error:\n    print(error)\n',
            "AttributeError",
            "IndexError",
            "KeyError",
            "TypeError",
        ),
        _method(
            "clear", "(self: value, /) -> None", "{self}.~clear()", _DICT + 'v["b"].clear()\nprint(v)\nv.clear()\nprint(v)\n'
        ),
        _method("copy", "(self: value, /) -> value", "{self}.~copied()", _DICT + 'w = v.copy()\nw["a"] = 2\nprint(v, w)\n'),
        _method(
            "index",
            "(self: value, item: value, /) -> int",
            "{self}.~index({&item})",
            _LIST + 'print(v.index("a"), v[3].index("a"))\n',
            "AttributeError",
            "ValueError",
            "TypeError",
        ),
        _method(
            "count",
            "(self: value, item: value, /) -> int",
            "{self}.~count({&item})",
            _LIST + 'print(v.count(1), v[3].count("a"))\n',
            "AttributeError",
            "TypeError",
        ),
        _method(
            "sort",
            (
                "(self: value, /, *, reverse: bool = False) -> None",
                "(self: value, /, *, key: Callable[[value], K], reverse: bool = False) -> None",
            ),
            ("{self}.~sort({reverse})", "{self}.sort_by_key({fn key}, {reverse})"),
            _NUMBERS + "v.sort()\nprint(v)\nv.sort(key=lambda x: -x)\nprint(v)\n",
        ),
        _method("reverse", "(self: value, /) -> None", "{self}.~reverse()", _NUMBERS + "v.reverse()\nprint(v)\n"),
        _method(
            "get",
            ("(self: value, key: value, /) -> value", "(self: value, key: value, default: value, /) -> value"),
            ("{self}.~get({&key}, py::Value::None)", "{self}.~get({&key}, {default})"),
            _DICT + 'print(v.get("a"), v.get("z"), v.get("z", 0), v.get("c", {}).get("d", 1))\n',
            "AttributeError",
            "TypeError",
        ),
        _method(
            "keys", "(self: value, /) -> Iterator[value]", "{self}.~keys()", _DICT + "print(list(v.keys()), len(v.keys()))\n"
        ),
        _method("values", "(self: value, /) -> Iterator[value]", "{self}.~values()", _DICT + "print(list(v.values()))\n"),
        _method(
            "items",
            "(self: value, /) -> Iterator[tuple[value, value]]",
            "{self}.~pairs()",
            _DICT + "for key, x in v.items():\n    print(key, x)\nprint(sorted(v.items())[0])\n",
        ),
        _method(
            "setdefault",
            (
                "(self: value, key: value, /) -> value",
                "(self: value, key: value, default: value, /) -> value",
            ),
            ("{self}.~setdefault({key}, py::Value::None)", "{self}.~setdefault({key}, {default})"),
            _DICT + 'v.setdefault("x", []).append(1)\nprint(v.setdefault("a", 9), v)\n',
            "AttributeError",
            "TypeError",
        ),
        _method(
            "popitem",
            "(self: value, /) -> tuple[value, value]",
            "{self}.~popitem()",
            _DICT + "print(v.popitem(), v)\n",
            "AttributeError",
            "KeyError",
        ),
        _method(
            "update",
            "(self: value, other: value, /) -> None",
            "{self}.~update({&other})",
            _DICT + 'v.update({"a": "x", "n": 2})\nv.update([("k", 1)])\nprint(v)\n',
            "AttributeError",
            "TypeError",
            "ValueError",
        ),
        _method(
            "add",
            "(self: value, item: value, /) -> None",
            "{self}.~add({item})",
            _SETS + 'v["tags"].add(7)\nprint(sorted(v["tags"]))\n',
            "AttributeError",
            "TypeError",
        ),
        _method(
            "discard",
            "(self: value, item: value, /) -> None",
            "{self}.~discard({&item})",
            _SETS + 'v["tags"].discard(3)\nprint(v["tags"])\n',
            "AttributeError",
            "TypeError",
        ),
        *(
            _method(
                name,
                f"(self: value, other: value, /) -> {result}",
                f"{{self}}.~{name}({{&other}})",
                _SETS + f'print(v["tags"].{name}(v["all"]))\n',
                "AttributeError",
                "TypeError",
            )
            for name, result in (("union", "value"), ("intersection", "value"), ("difference", "value"), ("issubset", "bool"))
        ),
    ),
)
