"""The self-contained page: a map file put into the built single-file web page."""

from __future__ import annotations

import os
from collections.abc import Mapping
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import msgspec

from desireline.engine.errors import DesirelineError
from desireline.formats.whole_files import write_whole

OPENING = '<script id="desireline-data" type="application/json">'
MARKER = OPENING + "</script>"
"""The empty element of the template that takes the data."""
TEMPLATE = resources.files("desireline") / "static" / "map.html"
"""The built page that comes with the package."""
_ESCAPED = str.maketrans({"<": "\\u003c", "\u2028": "\\u2028", "\u2029": "\\u2029"})


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
    if template_text.count(MARKER) != 1:
        raise PageTemplateUnfit(
            f"The page has {template_text.count(MARKER)} places for the data ({MARKER}), not 1.",
            hint="Build it anew: make setup",
        )
    before, after = template_text.split(MARKER)
    return f"{before}{OPENING}{json_text.translate(_ESCAPED)}</script>{after}"


def _template_text(template: Path | Traversable | None) -> str:
    found = template or TEMPLATE
    try:
        return found.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise PageTemplateMissing(
            f"The built page {found} is not there.", hint="Build it: make setup"
        ) from None
