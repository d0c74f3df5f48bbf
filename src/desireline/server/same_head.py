"""A connection that says the same head again: one comparison in place of reading it anew.

A client that keeps its connection sends the same head each time, but for the length of the body:
tracker, servers' libraries, load tests. To parse it, header by header in Python, and to work out
what it says took a sixth of a request for a single event (14 of 87 microseconds).
"""

from __future__ import annotations

import re
from typing import Any, Final

from starlette.types import Scope

ENDS: Final = b"\r\n\r\n"
MOST_DIGITS = 10
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*([0-9]+)[ \t]*\r\n", re.IGNORECASE)
_OTHERWISE = re.compile(rb"\r\n(?:transfer-encoding|expect|connection|upgrade):", re.IGNORECASE)
"""Headers that say more of how a request is to be read than its length."""


class SameHead:
    """The head of a request whose answer went well so far, up to the digits of the body's length.

    It was read and allowed once, byte for byte; other digits make no other head of it.
    """

    __slots__ = ("_after", "_before", "_place", "_scope")

    def __init__(self, before: bytes, after: bytes, scope: Scope, place: int) -> None:
        self._before, self._after = before, after
        self._scope = scope
        self._place = place
        """Which of the headers says the length."""

    @classmethod
    def of(cls, data: bytes, scope: Scope) -> SameHead | None:
        """The head with which the data begin; None where it is not whole, or says anything odd."""
        end = data.find(ENDS)
        lengths = list(_LENGTH.finditer(data, 0, end + 2)) if end >= 0 else []
        if len(lengths) != 1 or _OTHERWISE.search(data, 0, end):
            return None
        begin, stop = lengths[0].span(1)
        places = [i for i, (name, _) in enumerate(scope["headers"]) if name == b"content-length"]
        return cls(data[:begin], data[stop : end + len(ENDS)], {**scope, "head": {}}, places[0])

    def body_in(self, data: bytes) -> bytes | None:
        """The body, where the data are this head and one whole body; else None."""
        if not data.startswith(self._before):
            return None
        begin = len(self._before)
        stop = data.find(b"\r\n", begin, begin + MOST_DIGITS + 2)
        if not data.startswith(self._after, stop) or not data[begin:stop].isdigit():
            return None
        body = data[stop + len(self._after) :]
        return body if len(body) == int(data[begin:stop]) else None

    def scope_of(self, body: bytes, state: dict[str, Any]) -> Scope:
        """The scope of a request with this head and body."""
        headers = self._scope["headers"].copy()
        headers[self._place] = (b"content-length", b"%d" % len(body))
        return {**self._scope, "headers": headers, "state": state}
