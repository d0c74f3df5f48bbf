"""Requests that go the short way keep HTTP's promises on the wire: order, parts, endings."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from http.client import HTTPResponse
from urllib.parse import urlsplit

import pytest
from tests.modules.house import House, house

GET = b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("short")
    with house(folder / "w", f"sqlite:///{folder}/w.db") as found:
        yield found


@pytest.fixture
def line(here: House) -> Iterator[socket.socket]:
    at = urlsplit(str(here.client.base_url))
    with socket.create_connection((at.hostname, at.port), timeout=20) as found:
        yield found


def _post(id_: str, *headers: str, version: str = "1.1") -> bytes:
    body = json.dumps({"id": id_, "type": "seen", "user_id": "ann"}).encode()
    lines = [f"POST /v1/events HTTP/{version}", "Host: localhost", *headers]
    return "\r\n".join([*lines, f"Content-Length: {len(body)}", "", ""]).encode() + body


def _answers(line: socket.socket, n: int) -> list[tuple[int, dict[str, object]]]:
    """The next answers, read as HTTP's own reader in the standard library reads them."""
    found = []
    with line.makefile("rb") as stream:
        for _ in range(n):
            answer = HTTPResponse(_Stream(stream))  # type: ignore[arg-type]
            answer.begin()
            found.append((answer.status, json.loads(answer.read())))
    return found


class _Stream:
    """What HTTPResponse takes for a socket, and does not close between two answers."""

    def __init__(self, stream: object) -> None:
        self._stream = stream

    def makefile(self, *_: object) -> object:
        return _Kept(self._stream)


class _Kept:
    def __init__(self, stream: object) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> object:
        return (lambda: None) if name in ("close", "flush") else getattr(self._stream, name)


def _closed(line: socket.socket) -> bool:
    return line.recv(1) == b""


class TestOrder:
    def test_many_at_once_are_answered_in_their_order(self, line: socket.socket) -> None:
        line.sendall(b"".join(_post(f"order-{n}") for n in range(20)))
        found = _answers(line, 20)
        assert [status for status, _ in found] == [200] * 20
        positions = [told["events"][0]["position"] for _, told in found]  # type: ignore[index]
        assert positions == sorted(positions)

    def test_both_ways_may_follow_each_other(self, line: socket.socket) -> None:
        line.sendall(GET + _post("mixed-1") + GET + GET + _post("mixed-2") + _post("mixed-3"))
        found = _answers(line, 6)
        assert ["stored" in told for _, told in found] == [False, True, False, False, True, True]

    def test_a_wrong_one_does_not_stop_the_next(self, line: socket.socket) -> None:
        line.sendall(_post("w-1").replace(b'{"id"', b'["id"') + _post("w-2"))
        assert [status for status, _ in _answers(line, 2)] == [400, 200]


class TestParts:
    @pytest.mark.parametrize("size", [1, 7, 100])
    def test_a_request_may_come_in_small_pieces(self, line: socket.socket, size: int) -> None:
        sent = _post(f"pieces-{size}-1") + _post(f"pieces-{size}-2")
        for at in range(0, len(sent), size):
            line.sendall(sent[at : at + size])
        assert [status for status, _ in _answers(line, 2)] == [200, 200]

    def test_a_body_in_chunks_is_read(self, line: socket.socket) -> None:
        head, _, body = _post("chunked").partition(b"\r\n\r\n")
        head = head.rpartition(b"\r\n")[0] + b"\r\nTransfer-Encoding: chunked\r\n\r\n"
        chunks = b"".join(b"%x\r\n%s\r\n" % (1, body[i : i + 1]) for i in range(len(body)))
        line.sendall(head + chunks + b"0\r\n\r\n")
        assert _answers(line, 1)[0][1]["stored"] == 1

    def test_a_body_larger_than_the_buffers_is_read_whole(self, line: socket.socket) -> None:
        many = [{"type": "seen", "user_id": "ann", "id": f"big-{n}"} for n in range(5_000)]
        body = json.dumps(many).encode()
        assert len(body) > 200_000
        head = b"POST /v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n"
        line.sendall(head % len(body) + body + _post("after-big"))
        assert [told["received"] for _, told in _answers(line, 2)] == [5_000, 1]


class TestEnd:
    def test_close_is_said_and_done(self, line: socket.socket) -> None:
        line.sendall(_post("close-1", "Connection: close"))
        data = b""
        while part := line.recv(65_536):
            data += part
        assert b"\r\nconnection: close\r\n" in data
        assert json.loads(data.partition(b"\r\n\r\n")[2])["stored"] == 1

    def test_an_old_client_is_answered_and_let_go(self, line: socket.socket) -> None:
        line.sendall(_post("old-1", version="1.0"))
        assert _answers(line, 1)[0][0] == 200
        assert _closed(line)

    def test_who_asks_before_sending_is_told_to_go_on(self, line: socket.socket) -> None:
        head, _, body = _post("expects-1", "Expect: 100-continue").partition(b"\r\n\r\n")
        line.sendall(head + b"\r\n\r\n")
        assert line.recv(100).startswith(b"HTTP/1.1 100 ")
        line.sendall(body)
        assert _answers(line, 1)[0][1]["stored"] == 1

    def test_who_leaves_in_the_middle_harms_nobody(self, here: House, line: socket.socket) -> None:
        line.sendall(_post("gone-1")[:-5])
        line.close()
        assert here.client.post("/v1/events", json={"type": "seen", "user_id": "ann"}).is_success

    def test_the_answer_has_the_date(self, here: House) -> None:
        answer = here.client.post("/v1/events", json={"type": "seen", "user_id": "ann"})
        assert answer.headers["date"].endswith("GMT")
