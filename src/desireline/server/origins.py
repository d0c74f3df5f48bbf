"""Keeps web pages of others from using a browser on this machine against the server.

Before there is a team everything that reaches the server may do everything, so a page of another
site must not reach it: neither by a form or a script (the origin tells), nor by a name of its own
that points at 127.0.0.1 (DNS rebinding: the host tells).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Receive, Scope, Send

from desireline.engine.errors import DesirelineError
from desireline.kit.access import Doors
from desireline.kit.permissions import FOREIGN
from desireline.server.crossing import OpenToPages
from desireline.server.listening import is_loopback
from desireline.server.problems import problem_response

SAFE = ("GET", "HEAD", "OPTIONS")
OWN = ("same-origin", "none")
"""What a browser says of a request of our own page, or of one typed into its address bar."""


class HostForeign(DesirelineError):
    """The request is for a name under which this server is not known."""

    status = 421


class OriginForeign(DesirelineError):
    """The request was made by a page of another site."""

    status = 403


class Origins:
    """Refuses what a page of another site makes a browser send.

    Where routes take write keys such pages may send, too, and the route hears that they did.
    """

    def __init__(self, app: ASGIApp, access: Doors, open_to_pages: OpenToPages) -> None:
        self._app = app
        self._access = access
        self._open_to_pages = open_to_pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hands on what is from here."""
        if scope["type"] == "http":
            wrong = self.wrong(scope)
            if wrong is not None:
                await problem_response(wrong, scope)(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def wrong(self, scope: Scope) -> DesirelineError | None:
        """Why the request is refused, or None; what a page of another site sent is marked."""
        headers = dict(scope["headers"])
        host = _text(headers, b"host")
        if self._access.is_open and not _is_here(host):
            return HostForeign(
                f"This server is not known as {host[:100]!r}.",
                hint="Use localhost or 127.0.0.1; by other names once somebody owns it.",
            )
        foreign = scope["method"] not in SAFE and _is_foreign(headers, host)
        if foreign and scope["path"] in self._open_to_pages:
            scope.setdefault("state", {})[FOREIGN] = True
        elif foreign and b"authorization" not in headers:
            origin = _text(headers, b"origin")[:100] or "another site"
            return OriginForeign(
                f"A page of {origin} may not change anything here.",
                hint="Send the request from a program, or from a page of this server.",
            )
        return None


def _text(headers: Mapping[bytes, bytes], name: bytes) -> str:
    return headers.get(name, b"").decode("latin-1")


def _is_foreign(headers: Mapping[bytes, bytes], host: str) -> bool:
    site, origin = _text(headers, b"sec-fetch-site"), _text(headers, b"origin")
    return site not in OWN if site else origin != "" and _netloc(origin) != host


def _netloc(origin: str) -> str | None:
    """Host and port of an origin; None of one that is none, such as `http://[`."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return None


@lru_cache(256)
def _is_here(host: str) -> bool:
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return False
    return is_loopback(name) or name.endswith(".localhost")
