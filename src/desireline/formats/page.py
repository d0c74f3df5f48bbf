"""The page: a map file put into the built single-file web page, from disk or from a server."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from desireline.engine.errors import DesirelineError
from desireline.formats.whole_files import write_whole

OPENING = '<script id="desireline-data" type="application/json">'
MARKER = OPENING + "</script>"
"""The empty element of the template that takes the data."""
LIVE_OPENING = '<script id="desireline-live" type="application/json">'
LIVE_MARKER = LIVE_OPENING + "</script>"
"""The empty element that takes the address of the news."""
NO_NETWORK = "connect-src 'none'"
OWN_SERVER = "connect-src 'self'"
TEMPLATE = resources.files("desireline") / "static" / "map.html"
"""The built page that comes with the package."""
_POLICY = re.compile(r'http-equiv="Content-Security-Policy"\s+content="([^"]*)"')
_ESCAPED = str.maketrans({"<": "\\u003c", "\u2028": "\\u2028", "\u2029": "\\u2029"})


class Live(Struct, frozen=True, omit_defaults=True):
    """Where a served page hears of news (`live.ts` LiveSource)."""

    stream: str
    """Address of the stream on the same server."""
    after: str = ""
    """Id of the map file in the page."""
    welcome: str = ""
    """Address of the server, on the page of a workspace without a map."""
    page: str = ""
    """Which page it is, where that is not a map: `sources`."""
    data: str = ""
    """Folder of the workspace, as a shell takes it, where the reader may see it."""


class PageTemplateMissing(DesirelineError):
    """The web page has not been built, so there is nothing to put the data into."""


class PageTemplateUnfit(DesirelineError):
    """The built web page has no place for the data, or several."""


def write_page(
    map_file: Mapping[str, Any],
    out_dir: str | os.PathLike[str],
    *,
    template: Path | Traversable | None = None,
) -> tuple[Path, Path]:
    """Writes `map.html` (opens from disk, asks no network) and `map.json`; gives their paths.

    `map_file` is what `LivingMap.to_dict()` gives. `template` is the built page; the one that
    comes with the package if none is given. Both files are written whole or not at all.
    """
    text = msgspec.json.encode(map_file).decode()
    page = page_of(text, _template_text(template))
    out = Path(out_dir)
    return write_whole(out / "map.html", page), write_whole(out / "map.json", text + "\n")


def page_of(json_text: str, template_text: str) -> str:
    """The page with the data inside. JSON's own escapes keep the data from ending its element."""
    return _filled(template_text, MARKER, f"{OPENING}{json_text.translate(_ESCAPED)}</script>")


def live_page(json_text: str, live: Live) -> str:
    """The page as a server gives it: with the data, and allowed to hear that server's news.

    Without data (an empty text) it shows what `live` says.
    """
    told = msgspec.json.encode(live).decode().translate(_ESCAPED)
    page = _filled(_built(), LIVE_MARKER, f"{LIVE_OPENING}{told}</script>")
    return page_of(json_text, _filled(page, NO_NETWORK, OWN_SERVER))


def policy_of(page: str) -> str:
    """The content security policy for the header: what the page says of itself, and no frames."""
    found = _POLICY.search(page)
    if found is None:
        raise PageTemplateUnfit("The page says no policy.", hint="Build it anew: make setup")
    return f"{found[1]}; frame-ancestors 'none'"


def _filled(text: str, marker: str, filling: str) -> str:
    if text.count(marker) != 1:
        raise PageTemplateUnfit(
            f"The page has {text.count(marker)} places for what belongs at {marker}, not 1.",
            hint="Build it anew: make setup",
        )
    return text.replace(marker, filling)


@lru_cache(maxsize=1)
def _built() -> str:
    return _template_text(None)


def _template_text(template: Path | Traversable | None) -> str:
    found = template or TEMPLATE
    try:
        return found.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise PageTemplateMissing(
            f"The built page {found} is not there.", hint="Build it: make setup"
        ) from None
