"""Hovers over a real conversation: what is mapped, what is refused, and while somebody types."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lsp.raw_client import OpenDocument, RawClient

pytestmark = pytest.mark.asyncio

PROGRAM = """\
import math

values = [1.0, 2.0, 3.0]
text = "🚀"; total = sum(values)
print(text, total, math.sqrt(total))
"""


async def test_a_mapped_call(workspace: Path):
    async with RawClient(workspace) as client:
        document = OpenDocument(client, "program.py", PROGRAM).open()
        hover = await client.result("textDocument/hover", document.at("sum(values)", 1))
        said = hover["contents"]["value"]
        assert hover["contents"]["kind"] == "markdown" and hover["range"] == document.range("sum(values)")
        for each in (
            "`builtins.sum`",
            "```rust",
            "Type: `int | float`",
            "3 elements → Scalar",
            "PCIe rule",
            "Runs on: CPU",
            "Same numbers: exact",
        ):
            assert each in said, each
        assert "GPU" not in said.split("Runs on")[1]
        assert "`math.sqrt`" in (await client.result("textDocument/hover", document.at("math.sqrt", 6)))["contents"]["value"]
        assert await client.result("textDocument/hover", document.at("text", 1)) is None


async def test_a_refused_place_says_why_without_being_switched_on(workspace: Path):
    async with RawClient(workspace) as client:
        document = OpenDocument(client, "program.py", "import math\nx = eval('1')\nprint(x, math.sqrt(2.0))\n").open()
        hover = await client.result("textDocument/hover", document.at("eval", 1))
        assert "No Rust" in hover["contents"]["value"] and "BAT107" in hover["contents"]["value"]
        # What is mapped is still explained, with the catalog's form, because there is no Rust of the file.
        hover = await client.result("textDocument/hover", document.at("sqrt", 1))
        assert "sqrt(2.0)" in hover["contents"]["value"].split("```")[1]


async def test_an_operator(workspace: Path):
    async with RawClient(workspace) as client:
        document = OpenDocument(client, "program.py", "é = 7\nprint('🚀', é // 2)\n").open()
        hover = await client.result("textDocument/hover", document.at(" // ", 2))
        assert "`operator.floordiv`" in hover["contents"]["value"] and "```rust" in hover["contents"]["value"]
        assert hover["range"] == document.range(" // ")


async def test_while_somebody_types_the_rest_of_the_file_answers(workspace: Path):
    async with RawClient(workspace) as client:
        document = OpenDocument(client, "program.py", PROGRAM).open()
        before = await client.result("textDocument/hover", document.at("sum(values)", 1))
        # The text is broken now and has one line more; the call itself has not changed.
        document.replace(document.text.index("import"), document.text.index("import"), "def broken(\n")
        after = await client.result("textDocument/hover", document.at("sum(values)", 1))
        assert after["contents"] == before["contents"] and after["range"] == document.range("sum(values)")
        # A line that was typed on has no answer from before.
        document.replace(document.text.index("sum(values)"), document.text.index("sum(values)"), "(")
        assert await client.result("textDocument/hover", document.at("sum(values)", 1)) is None


NUMBERS = """\
import numpy as np

low = np.zeros({low})
print(np.exp(low)[0])
row = np.ones({row})
print(row.sum())
first = np.ones(({rows}, {columns}))
second = np.ones(({columns}, 7))
print((first @ second)[0, 0])
"""


@pytest.mark.parametrize(
    ("low", "row", "rows", "columns", "shown"),
    [
        (999_999, 9_999, 27, 37, ("Scalar/SIMD", "Scalar", "Scalar")),
        (1_000_000, 10_000, 25, 40, ("SIMD", "SIMD", "SIMD")),
        (1_000_001, 99_999, 99, 101, ("SIMD", "SIMD", "SIMD")),
        (1_000_001, 100_000, 100, 100, ("SIMD", "GPU", "GPU")),
    ],
)
async def test_the_backend_at_the_bounds_of_the_table(workspace: Path, low, row, rows, columns, shown):
    async with RawClient(workspace) as client:
        program = NUMBERS.format(low=low, row=row, rows=rows, columns=columns)
        document = OpenDocument(client, "program.py", program).open()
        for place, size, backend in zip(("np.exp(", "row.sum(", " @ "), (low, row, rows * columns), shown, strict=True):
            said = await hover_text_at(client, document, place, len(place) - 2)
            assert f"{size:,} elements → {backend}\n" in said, said
            assert said.count("uns on") == 1 and "GPU" not in said.split("Runs on")[1]
        # The rule speaks of the operands that are there: 2·m·k·n operations, and three matrices on the link.
        moved, operations = rows * columns + 7 * columns + 7 * rows, 2 * rows * columns * 7
        assert f"ratio {(operations / 20e12) / (4 * moved / 32e9):.3g}" in said


async def hover_text_at(client: RawClient, document: OpenDocument, piece: str, inside: int = 0) -> str:
    hover = await client.result("textDocument/hover", document.at(piece, inside))
    assert hover is not None, piece
    return hover["contents"]["value"]


PLAIN = """\
import numpy as np


class Money:
    def __init__(self, cents: int):
        self.cents = cents

    def __add__(self, other: "Money") -> "Money":
        return Money(self.cents + other.cents)


def double(x: int) -> int:
    return x * 2


x = 3
x += 1
ok = x > 2 and not x == 5
low = -x
print(ok, low, double(x), (Money(1) + Money(2)).cents, 2 in [x])
counts = np.arange(12)
counts += 1
print(counts.sum(), np.dot(counts, counts), counts.reshape(3, 4) @ counts.reshape(4, 3))
"""


@pytest.mark.parametrize(
    ("piece", "inside", "said"),
    [
        ("x * 2", 2, ("`operator.mul`", "x * 2", "Type: `int`", "exact (equal bits)")),
        ("x += 1", 2, ("`operator.iadd`", "x += 1", "Type: `int`")),
        ("x > 2", 2, ("`operator.gt`", "Type: `bool`")),
        (" and ", 1, ("`and`", "&&", "Type: `bool`")),
        ("not x ==", 1, ("`operator.not_`", "Type: `bool`")),
        ("-x", 0, ("`operator.neg`", "Type: `int`")),
        ("2 in [x]", 2, ("`operator.contains`", "Type: `bool`\n")),
        ("print(ok", 1, ("`builtins.print`", "py::print!")),
        ("double(x)", 2, ("`double`** → `this program`", "Type: `int`")),
        ("Money(1) +", 2, ("`Money`** → `this program`", "Type: `Money`")),
        (") + Money", 2, ("`operator.add`** → `this program`", "Type: `Money`")),
        ("counts += 1", 8, ("`ndarray.__iadd__`", "12 elements → Scalar/SIMD", "on ndarray (i64;")),
        ("counts.sum()", 9, ("np.int64", "12 elements → Scalar\n", "(i64;")),
        ("np.dot(", 4, ("Reductions (Medium), 12 elements", "exact (equal bits)")),
        (" @ ", 1, ("MatMul (High), 12 elements", "(i64; vectorised where rustc can)", "exact (equal bits)")),
    ],
)
async def test_every_operator_and_call_has_its_rust_and_its_type(workspace: Path, piece, inside, said):
    async with RawClient(workspace) as client:
        document = OpenDocument(client, "program.py", PLAIN).open()
        text = await hover_text_at(client, document, piece, inside)
        assert [each for each in said if each not in text] == [], text
        if "this program" in said[0]:
            assert "Same numbers" not in text


async def test_the_brace_of_the_function_is_not_in_the_hover_of_its_last_line(workspace: Path):
    async with RawClient(workspace) as client:
        document = OpenDocument(client, "program.py", PLAIN).open()
        rust = (await hover_text_at(client, document, "x * 2", 2)).split("```")[1]
        assert rust.strip().split("\n") == ["rust", "x * 2"]


async def test_a_refused_file_shows_the_catalogs_form_and_runs_on_nothing(workspace: Path):
    program = "import numpy as np\n\na = np.ones(12)\nprint(a.sum(), a + 1, a @ a, len([1]), eval('1'))\n"
    async with RawClient(workspace) as client:
        document = OpenDocument(client, "program.py", program).open()
        for piece, inside in (("a.sum", 3), ("a + 1", 2), ("a @ a", 2), ("len([", 1), ("np.ones(", 4)):
            said = await hover_text_at(client, document, piece, inside)
            assert "<function" not in said and " at 0x" not in said and "lambda" not in said
            assert "Runs on: CPU" not in said
        assert "Runs on: nothing yet, the file is refused" in await hover_text_at(client, document, "a.sum", 3)


async def test_an_estimators_methods_carry_its_parity_and_its_crate(workspace: Path):
    program = (
        "import numpy as np\nfrom sklearn.cluster import KMeans\n\npoints = np.array([[0.0, 0.0], [0.1, 0.0], [5.0, 5.0], [5.1, 5.0]])\n"
        "model = KMeans(n_clusters=2, random_state=0)\nmodel.fit(points)\nprint(model.labels_)\n"
    )
    for target, crate, element in (("faithful", "batuta-rt", "f64"), ("aprender", "aprender", "f32")):
        async with RawClient(workspace, {"target": target}) as client:
            document = OpenDocument(client, "program.py", program).open()
            maker = await hover_text_at(client, document, "KMeans(n", 2)
            method = await hover_text_at(client, document, "model.fit", 7)
            assert f"`sklearn.cluster.KMeans.fit`** → `{crate}`" in method
            assert f"Runs on: CPU, one thread, {crate} ({element};" in method
            parity = [each.split("Same numbers")[1].split("Measured")[0] for each in (method, maker)]
            assert parity[0] == parity[1]
            assert "4, 2" not in method and "8 elements" in method
