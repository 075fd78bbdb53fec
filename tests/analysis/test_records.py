"""Dicts with constant keys and values of different types become structs; used in other ways they hold values known at run time."""

from __future__ import annotations

import pytest

from batuta.translate import translate

RECORD = 'r = {"name": "Ann", "age": 31, "tags": ["x"]}\n'

TRANSLATED = {
    "a new key": (RECORD + 'r["new"] = 1\nprint(r)\n', "pub new: i64"),
    "read": (RECORD + 'print(r["age"] + 1)\n', "r.age + 1"),
    "write": (RECORD + 'r["age"] += 1\nprint(r)\n', "r.age += 1"),
    "get": (RECORD + 'print(r.get("age", 0), r.get("none", "?"))\n', '"{} ?", r.age'),
    "contains": (RECORD + 'print("age" in r, "none" in r)\n', "py::Str(&true), py::Str(&false)"),
    "loop": (RECORD + "for key, value in r.items():\n    print(key, value)\n", "r.tags"),
    "inner list": (RECORD + 'r["tags"].append("y")\nprint(r)\n', "r.tags.push"),
    "list of records": (
        'rows = [{"a": 1, "b": "x"}, {"a": 2, "b": "y"}]\nprint(sum(row["a"] for row in rows))\n',
        "struct Record",
    ),
    "nested": ('c = {"m": {"d": 1, "k": "t"}, "s": 7}\nprint(c["m"]["k"], c)\n', "struct Record2"),
    "merged": (RECORD + 's = {**r, "age": 1}\nprint(s)\n', "Record::new"),
    "mixed loop": ('for value in [1, "x", 2.5]:\n    print(value)\n', "2.5"),
}

AT_RUN_TIME = {
    "a computed key": RECORD + 'key = "a" + "ge"\nprint(r[key])\n',
    "a deleted key": RECORD + 'del r["age"]\nprint(r)\n',
    "spread from a call": RECORD + 'def get():\n    return r\ns = {**get(), "x": 1}\nprint(s)\n',
}


@pytest.mark.parametrize("name", TRANSLATED)
def test_translated(name: str) -> None:
    source, wanted = TRANSLATED[name]
    found = translate(source)
    assert [each.reason for each in found.findings if each.blocks] == []
    assert wanted in found.rust


@pytest.mark.parametrize("name", AT_RUN_TIME)
def test_types_known_at_run_time(name: str) -> None:
    found = translate(AT_RUN_TIME[name])
    assert not found.refused
    assert "py::Value" in found.rust and "Record" not in found.rust


def test_a_plain_dict_stays_a_dict() -> None:
    assert "Record" not in translate('d = {"a": 1, "b": 2}\nprint(d)\n').rust
