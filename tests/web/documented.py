"""What the application may ask of the server: what docs/schemas/openapi.json says, and itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import cache
from urllib.parse import urlsplit

from tests.web.browsing import ROOT

from desireline.server.pages import PAGES

PARTS = ("/app/{name:path}", "/t.js")
"""What the application is made of; stands in no form of the API."""


@cache
def routes() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Method and path of every route that is documented, of every page and part."""
    told = json.loads((ROOT / "docs/schemas/openapi.json").read_text())
    api = [(method.upper(), path) for path, ways in told["paths"].items() for method in ways]
    pages = [("GET", path) for path in (*PAGES, *PARTS)] + [("POST", "/sign-in")]
    return tuple((method, _pattern(path)) for method, path in [*api, *pages])


def strangers(requests: Iterable[tuple[str, str]]) -> set[str]:
    """Requests, each a method and an address, that are neither documented nor of a page."""
    found = set()
    for method, url in requests:
        path = urlsplit(url).path
        if not any(one == method and pattern.fullmatch(path) for one, pattern in routes()):
            found.add(f"{method} {path}")
    return found


def _pattern(path: str) -> re.Pattern[str]:
    parts = re.split(r"(\{[^}]*\})", path)
    return re.compile(
        "".join(
            (".+" if part.endswith(":path}") else "[^/]+")
            if part.startswith("{")
            else re.escape(part)
            for part in parts
        )
    )
