"""Lets pages of other sites reach the routes that take write keys, and read the answers (CORS).

A write key can only add events, and pages show it to everyone who looks. So these routes are open
to every origin, with credentials, because some clients insist on sending cookies along; what a
browser adds by itself counts for nothing there (`kit.permissions.NeedsWriteKey`).
"""

from __future__ import annotations

import re
from collections.abc import Container

from fastapi.routing import APIRoute
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

REMEMBER_SECONDS = 7_200
"""For so long a browser may remember what it was allowed; none remembers longer."""
MOST_HEADERS = 1_000
"""Characters of the list of headers that a browser asks for and is granted."""

_LIST = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~, -]*")


class OpenToPages(Container[str]):
    """The paths of routes that take write keys."""

    def __init__(self) -> None:
        self._whole: set[str] = set()
        self._patterns: list[re.Pattern[str]] = []

    def add(self, route: APIRoute) -> None:
        """One more route."""
        if "{" in route.path:
            self._patterns.append(route.path_regex)
        else:
            self._whole.add(route.path)

    def __contains__(self, path: object) -> bool:
        """Whether the path belongs to one of them."""
        if path in self._whole:
            return True
        return isinstance(path, str) and any(p.match(path) for p in self._patterns)


class Crossing:
    """Answers browsers that ask beforehand, and says that answers may be read."""

    def __init__(self, app: ASGIApp, open_to_pages: OpenToPages) -> None:
        self._app = app
        self._open_to_pages = open_to_pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hands on the request, and adds to the answer where a page of another site may read it."""
        if scope["type"] != "http" or scope["path"] not in self._open_to_pages:
            await self._app(scope, receive, send)
            return
        asked = Headers(scope=scope)
        told = allowed(asked.get("origin", ""))
        if scope["method"] == "OPTIONS" and "access-control-request-method" in asked:
            await Response(status_code=204, headers=told | _granted(asked))(scope, receive, send)
            return

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in told.items():
                    headers[name] = value
            await send(message)

        await self._app(scope, receive, answer)


def allowed(origin: str) -> dict[str, str]:
    """The headers by which a page of that origin may use an answer.

    A script or a picture needs no more than the first; a page that reads answers, the rest.
    """
    told = {"cross-origin-resource-policy": "cross-origin"}
    if origin:
        told["access-control-allow-origin"] = origin
        told["access-control-allow-credentials"] = "true"
        told["vary"] = "Origin"
    return told


def _granted(asked: Headers) -> dict[str, str]:
    headers = asked.get("access-control-request-headers", "")[:MOST_HEADERS]
    return {
        "access-control-allow-methods": "GET, POST, OPTIONS",
        "access-control-allow-headers": headers if _LIST.fullmatch(headers) else "",
        "access-control-max-age": str(REMEMBER_SECONDS),
    }
