"""Hostile texts are recognised without parsing; ordinary ones, however long, are not."""

from __future__ import annotations

import pytest

from batuta.lsp.limits import too_deep, too_large

HOSTILE = {
    "brackets": "x = " + "(" * 5000 + "1" + ")" * 5000 + "\n",
    "blocks": "".join(" " * i + "if x:\n" for i in range(300)) + " " * 300 + "pass\n",
    "terms": "x = " + " + ".join(["1"] * 20000) + "\n",
    "chained calls": "x = a" + ".b()" * 2000 + "\n",
    "negations": "x = " + "not " * 5000 + "y\n",
    "elifs": "if a:\n    pass\n" + "elif b:\n    pass\n" * 3000,
    "operators over lines": "x = (1\n" + "+ 1\n" * 2000 + ")\n",
    "unclosed": "(" * 3000,
}

ORDINARY = {
    "a long list": "x = [" + "1, " * 100_000 + "]\n",
    "many short sums": "x = [" + "1 + 2, " * 5_000 + "]\n",
    "many statements": "x = a.b + c.d\n" * 5_000,
    "many conditions": "if a:\n    pass\nelif b:\n    pass\n" * 3_000,
    "operators in texts": "x = '" + "+" * 5_000 + "'  # " + "(" * 5_000 + "\n",
    "brackets in a long text": 'x = """' + "(\n" * 5_000 + '"""\n',
    "a text that never ends": "x = '''" + "\\" * 9_999,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_are_refused_with_a_line(name):
    line, reason = too_deep(HOSTILE[name])
    assert 1 <= line <= HOSTILE[name].count("\n") + 1 and reason.startswith("more than ")


@pytest.mark.parametrize("name", ORDINARY)
def test_ordinary_texts_are_not(name):
    assert too_deep(ORDINARY[name]) is None


def test_sizes():
    assert too_large("x" * (1024 * 1024)) is None
    assert "MiB" in too_large("x" * (1024 * 1024 + 1))
    assert "MiB" in too_large("漢" * (1024 * 1024 // 3 + 1))
    assert too_large("\r\n" * 20_000) is None
    assert "lines" in too_large("\n" * 20_001)
