"""Lines, UTF-16 columns and edits, held against the plainest implementation there is."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from batuta.ir.spans import Span
from batuta.lsp.text import Text

ODD = [
    "a",
    "é",
    "漢",
    "🚀",
    "\n",
    "\r",
    "\r\n",
    "\x0c",
    "\x0b",
    "\x85",
    "\u2028",
    "\ufeff",
    "\ud800",
    "\udc00",
    "\x00",
    "def f():\n",
]
texts = st.lists(st.sampled_from(ODD), max_size=30).map("".join)


def units(text: str) -> bytes:
    """The text as an editor holds it: UTF-16 code units."""
    return text.encode("utf-16-le", "surrogatepass")


def normal(text: str) -> str:
    """Two halves of a pair that stand side by side are one character."""
    return units(text).decode("utf-16-le", "surrogatepass")


def reference_offset(text: str, line: int, character: int) -> int:
    """The offset in UTF-16 code units of a position, clamped to its line."""
    ends = [match.span() for match in re.finditer(r"\r\n|\n|\r", text)]
    starts = [0, *(end for _, end in ends)]
    if line >= len(starts):
        return len(units(text)) // 2
    last = ends[line][0] if line < len(ends) else len(text)
    length = len(units(text[starts[line] : last])) // 2
    return len(units(text[: starts[line]])) // 2 + min(character, length)


@pytest.mark.parametrize("source", ["", "\n", "a", "a\r", "\r\n\r\n", "a\x0cb\x85c\u2028d\ne", "漢字🚀\r\nz"])
def test_lines_end_only_where_the_protocol_says(source):
    assert Text(source).starts == [0, *(match.end() for match in re.finditer(r"\r\n|\n|\r", source))]


@given(texts.map(normal), st.data())
@settings(max_examples=300)
def test_positions_and_offsets_are_inverse(source, data):
    text = Text(source)
    offset = data.draw(st.integers(0, len(source)))
    if source[offset - 1 : offset + 1] == "\r\n":
        return  # No position lies inside a line end.
    line, character = text.position(offset)
    assert text.offset((line, character)) == offset
    assert reference_offset(source, line, character) == len(units(source[:offset])) // 2


@given(
    texts.map(normal),
    st.lists(
        st.tuples(st.integers(0, 12), st.integers(0, 12), st.integers(0, 12), st.integers(0, 12), texts.map(normal)), max_size=6
    ),
)
@settings(max_examples=400)
def test_edits_agree_with_an_editor(source, edits):
    text = Text(source)
    editor = units(source)
    for line, character, end_line, end_character, new in edits:
        start, end = sorted([(line, character), (end_line, end_character)])
        known = editor.decode("utf-16-le", "surrogatepass")
        first, last = reference_offset(known, *start), reference_offset(known, *end)
        # No editor puts a position inside a character.
        first, last = (offset - _inside_pair(editor, offset) for offset in (first, last))
        text = text.replaced(start, end, new)
        editor = editor[: 2 * first] + units(new) + editor[2 * last :]
        assert units(text.source) == editor
        assert text.source == normal(text.source)


def _inside_pair(editor: bytes, offset: int) -> int:
    before, after = editor[2 * offset - 2 : 2 * offset], editor[2 * offset : 2 * offset + 2]
    return int(len(before) == len(after) == 2 and 0xD8 <= before[1] <= 0xDB and 0xDC <= after[1] <= 0xDF)


def test_an_inverted_range_is_turned_round():
    assert Text("abc\ndef\n").replaced((1, 1), (0, 1), "-").source == "a-ef\n"


def test_findings_count_characters_and_editors_count_code_units():
    text = Text("🚀 = '漢' + x\n")
    span = Span(1, 10, 1, 11)
    assert text.source[10] == "x"
    assert text.range(span) == ((0, 11), (0, 12))
    assert text.column((0, 11)) == (1, 10)


def test_a_byte_order_mark_counts_for_the_editor_only():
    text = Text("\ufeffx = 1\n")
    assert text.for_python() == "x = 1\n"
    assert text.range(Span(1, 0, 1, 1)) == ((0, 1), (0, 2))
    assert text.column((0, 1)) == (1, 0)


def test_spans_outside_the_text_are_kept_inside():
    assert Text("ab\n").range(Span(9, 9, 9, 9)) == ((1, 0), (1, 0))
    assert Text("ab\n").range(Span(0, 0, 1, 99)) == ((0, 0), (0, 2))


def test_lone_surrogates_reach_no_parser():
    assert Text("x = '\ud800'").for_python() == "x = '\ufffd'"
