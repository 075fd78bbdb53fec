"""Messages are cut from the stream whatever their headers look like and however they arrive."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from batuta.lsp.stream import MessageReader


@pytest.mark.parametrize(
    "header",
    [
        b"Content-Length: 2\r\n\r\n",
        b"content-length: 2\r\n\r\n",
        b"CONTENT-LENGTH:2\r\nContent-Type: application/vscode-jsonrpc; charset=utf8\r\n\r\n",
        b"Content-Type: x\r\nContent-Length : 2\r\n\r\n",
        b"Content-Length: 2\n\n",
        b"garbage\r\n\r\nContent-Length: 2\r\n\r\n",
    ],
)
def test_headers_are_read_in_any_case_and_order(header):
    assert MessageReader().feed(header + b"{}" + header + b"[]") == [b"{}", b"[]"]


@given(st.lists(st.binary(max_size=40), max_size=5), st.integers(1, 7))
def test_bytes_may_arrive_in_any_pieces(bodies, size):
    stream = b"".join(b"Content-Length: %d\r\n\r\n%s" % (len(body), body) for body in bodies)
    reader = MessageReader()
    assert [body for start in range(0, len(stream), size) for body in reader.feed(stream[start : start + size])] == bodies
