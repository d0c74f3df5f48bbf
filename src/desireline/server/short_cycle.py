"""A request that goes the short way, where uvicorn keeps its cycle of request and answer."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from starlette.types import Scope

from desireline.server.lane import Lane, RawHeaders, Told


class _Nobody:
    """Whom uvicorn would wake when a part of the body comes: nobody waits for parts here."""

    def set(self) -> None:
        """Wakes nobody."""


class ShortCycle:
    """A request whose body is gathered first, and which is then answered in one piece.

    It has the names under which uvicorn's protocol looks at its own cycles, so that requests of
    both kinds can follow each other on one connection.
    """

    __slots__ = (
        "body", "disconnected", "has_turn", "keep_alive", "lane", "more_body",
        "response_complete", "response_started", "scope",
    )  # fmt: skip

    message_event: Final = _Nobody()

    def __init__(self, lane: Lane, scope: Scope, *, keep_alive: bool) -> None:
        self.lane = lane
        self.scope = scope
        self.keep_alive = keep_alive
        self.body: bytes | bytearray = bytearray()
        self.more_body = True
        self.has_turn = False
        """What came before it on the connection is answered."""
        self.disconnected = False
        self.response_started = self.response_complete = False


_LINES: Final = {one.value: f"HTTP/1.1 {one.value} {one.phrase}\r\n".encode() for one in HTTPStatus}


def in_one_piece(told: Told, always: RawHeaders, *, keep_alive: bool) -> bytes:
    """The bytes of an answer; `always` are the headers of every answer of this server."""
    status, headers, body = told
    pieces = [_LINES[status]]
    for name, value in (*always, *headers):
        pieces += (name, b": ", value, b"\r\n")
    if not keep_alive:
        pieces.append(b"connection: close\r\n")
    pieces += (b"\r\n", body)
    return b"".join(pieces)
