"""A head that is said again is taken as HTTP's own parser takes it, or left to that parser."""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Iterator
from http.client import HTTPResponse
from urllib.parse import urlsplit

import httptools
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.modules.house import House, house

from desireline.server.same_head import SameHead

LINES = (
    *(b"Host: localhost", b"X-Write-Key: wk_1", b"Content-Length: 3", b"content-length:2"),
    *(b"CONTENT-LENGTH: 0003 ", b"Content-Lengthy: 3", b"X-Content-Length: 3", b"X: \tcontent: 1"),
    *(b"Transfer-Encoding: chunked", b"Expect: 100-continue", b"Connection: close", b"Empty:"),
)
heads = st.lists(st.sampled_from(LINES), max_size=5).map(
    lambda lines: b"\r\n".join([b"POST /v1/events HTTP/1.1", *lines, b"", b""])
)
LENGTHS = (b"3", b"2", b"0", b"0003", b"10", b"-1", b"+3", b" 3", b"3 ", b"", b"3a", b"\xb2")
lengths = st.sampled_from(LENGTHS)
LENGTH = re.compile(rb"(?i)(\r\ncontent-length:[ \t]*)[0-9]+")
bodies = st.sampled_from((b"", b"{}", b"[1]", b"[1]\r\n\r\n", b"0123456789"))


class Found:
    """What the parser reads."""

    def __init__(self, data: bytes) -> None:
        self.headers: list[tuple[bytes, bytes]] = []
        self.body = b""
        self.whole = 0
        parser = httptools.HttpRequestParser(self)
        parser.feed_data(data)

    def on_header(self, name: bytes, value: bytes) -> None:
        self.headers.append((name.lower(), value))

    def on_body(self, body: bytes) -> None:
        self.body += body

    def on_message_complete(self) -> None:
        self.whole += 1


def read(data: bytes) -> Found | None:
    try:
        return Found(data)
    except (httptools.HttpParserError, httptools.HttpParserUpgrade):
        return None


@given(heads, bodies, st.data())
def test_what_is_taken_is_what_the_parser_reads(
    head: bytes, body: bytes, data: st.DataObject
) -> None:
    first = read(head + body)
    if first is None:
        return
    same = SameHead.of(head + body, {"headers": first.headers})
    if same is None:
        return
    digits = data.draw(lengths)
    again = LENGTH.sub(lambda old: old[1] + digits, head, count=1) + data.draw(bodies)
    taken = same.body_in(again)
    if taken is None:
        return
    found = read(again)
    assert found is not None
    assert (found.whole, found.body) == (1, taken)
    told = dict(same.scope_of(taken, {})["headers"])
    said = dict(found.headers)
    assert int(told.pop(b"content-length")) == int(said.pop(b"content-length"))
    assert told == said


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("same")
    with house(folder / "w", f"sqlite:///{folder}/w.db") as found:
        yield found


@pytest.fixture
def line(here: House) -> Iterator[socket.socket]:
    at = urlsplit(str(here.client.base_url))
    with socket.create_connection((at.hostname, at.port), timeout=20) as found:
        yield found


def _post(id_: str, *headers: str) -> bytes:
    body = json.dumps({"id": id_, "type": "seen", "user_id": "ann"}).encode()
    lines = ["POST /v1/events HTTP/1.1", "Host: localhost", *headers]
    return "\r\n".join([*lines, f"Content-Length: {len(body)}", "", ""]).encode() + body


def _answer(line: socket.socket) -> tuple[int, dict[str, object]]:
    answer = HTTPResponse(line)
    answer.begin()
    return answer.status, json.loads(answer.read())


class TestOnOneConnection:
    def test_events_of_all_lengths_are_stored(self, line: socket.socket) -> None:
        for n in (1, 10**3, 10**90, 2, 10**60):
            line.sendall(_post(f"same-{n}"))
            status, told = _answer(line)
            assert (status, told["stored"]) == (200, 1)

    def test_a_body_may_come_later(self, line: socket.socket) -> None:
        for n in range(3):
            sent = _post(f"later-{n}")
            line.sendall(sent[:-9])
            line.sendall(sent[-9:])
            assert _answer(line)[1]["stored"] == 1

    def test_each_head_is_judged_by_itself(self, line: socket.socket) -> None:
        """Whether a key or a host is said again, or another one."""
        for n in range(2):
            for headers, status in (
                ((), 200),
                (("X-Write-Key: wk_unknown",), 401),
                (("Content-Encoding: br",), 415),
            ):
                for again in range(2):
                    line.sendall(_post(f"judged-{n}-{status}-{again}", *headers))
                    assert _answer(line)[0] == status

    def test_a_body_that_is_too_large_is_refused_as_ever(self, line: socket.socket) -> None:
        line.sendall(_post("small"))
        assert _answer(line)[0] == 200
        head = _post("small").partition(b"\r\n\r\n")[0].rpartition(b" ")[0]
        line.sendall(head + b" 99999999\r\n\r\n")
        assert _answer(line)[0] == 413
