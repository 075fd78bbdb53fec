"""Open documents under any sequence of openings, edits and closings, against a model that holds UTF-16 code units."""

from __future__ import annotations

import re

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from batuta.lsp.documents import Documents, Edit

PIECES = [
    "a",
    "漢",
    "🚀",
    "\n",
    "\r",
    "\r\n",
    "\x0c",
    "\x85",
    "\u2028",
    "\ud83d",
    "\ude80",
    "\ufeff",
    "'''",
    "def f():\n    pass\n",
]
NAMES = ["file:///w/a.py", "file:///w/b%20c.py", "untitled:Untitled-1"]
texts = st.lists(st.sampled_from(PIECES), max_size=8).map("".join).map(lambda text: decoded(units(text)))


def units(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")


def decoded(data: bytes) -> str:
    return data.decode("utf-16-le", "surrogatepass")


class OpenDocuments(RuleBasedStateMachine):
    """The model: URI → code units. Positions are picked between characters, as an editor's cursor is."""

    documents = Bundle("documents")

    def __init__(self) -> None:
        super().__init__()
        self.store = Documents()
        self.model: dict[str, bytes] = {}
        self.version = 0
        self.revisions: list[int] = []

    @rule(target=documents, uri=st.sampled_from(NAMES), text=texts)
    def open(self, uri: str, text: str) -> str:
        self.version += 1
        self.revisions.append(self.store.open(uri, self.version, "python", text).revision)
        self.model[uri] = units(text)
        return uri

    @rule(uri=documents, data=st.data(), new=texts)
    def edit(self, uri: str, data: st.DataObject, new: str) -> None:
        if uri not in self.model:
            assert self.store.change(uri, 1, [Edit(new)]) is None
            return
        text = decoded(self.model[uri])
        places = [n for n in range(len(text) + 1) if text[n - 1 : n + 1] != "\r\n"]
        first, last = sorted(data.draw(st.lists(st.sampled_from(places), min_size=2, max_size=2)))
        start, end = self.position(text, first), self.position(text, last)
        if data.draw(st.booleans()):
            start, end = end, start
        self.change(uri, [Edit(new, (start, end))])
        self.model[uri] = units(text[:first]) + units(new) + units(text[last:])

    @rule(uri=documents, new=texts)
    def replace_all(self, uri: str, new: str) -> None:
        if uri in self.model:
            self.change(uri, [Edit("something else"), Edit(new)])
            self.model[uri] = units(new)

    @rule(uri=documents)
    def close(self, uri: str) -> None:
        self.store.close(uri)
        self.model.pop(uri, None)

    def change(self, uri: str, edits: list[Edit]) -> None:
        self.version += 1
        document = self.store.change(uri, self.version, edits)
        assert document is not None and document.version == self.version
        self.revisions.append(document.revision)

    def position(self, text: str, offset: int) -> tuple[int, int]:
        ends = [match.end() for match in re.finditer(r"\r\n|\n|\r", text) if match.end() <= offset]
        return len(ends), len(units(text[ends[-1] if ends else 0 : offset])) // 2

    @invariant()
    def the_texts_are_in_step(self) -> None:
        assert {document.uri: units(document.text.source) for document in self.store} == self.model
        assert self.revisions == sorted(set(self.revisions))


OpenDocuments.TestCase.settings = settings(max_examples=100, stateful_step_count=20)
test_documents_stay_in_step = OpenDocuments.TestCase
