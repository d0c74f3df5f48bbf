"""The page: a map file put into the built single-file web page, which opens from disk."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
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
BRAND = '<script id="desireline-brand" type="application/json">'
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


@dataclass(frozen=True, slots=True)
class Brand:
    """Whose page it is; empty where it is the product's own.

    `style` is CSS of our own making that the page wears over its own, `logo` a `data:` address.
    """

    style: str = ""
    name: str = ""
    logo: str = ""


def page_of_file(json_text: str, brand: Brand | None = None) -> str:
    """The page that comes with the package with this map file inside, as JSON."""
    page = page_of(json_text, _template_text(None))
    return page if brand is None else page.replace("</head>", f"{_worn(brand)}</head>", 1)


def _worn(brand: Brand) -> str:
    told = {"name": brand.name, "logo": brand.logo or None}
    text = msgspec.json.encode(told).decode().translate(_ESCAPED)
    return f"<style>{brand.style}</style>{BRAND}{text}</script>"


def page_of(json_text: str, template_text: str) -> str:
    """The page with the data inside. JSON's own escapes keep the data from ending its element."""
    places = template_text.count(MARKER)
    if places != 1:
        raise PageTemplateUnfit(
            f"The page has {places} places for what belongs at {MARKER}, not 1.",
            hint="Build it anew: make setup",
        )
    filling = f"{OPENING}{json_text.translate(_ESCAPED)}</script>"
    return template_text.replace(MARKER, filling)


def _template_text(template: Path | Traversable | None) -> str:
    found = template or TEMPLATE
    try:
        return found.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise PageTemplateMissing(
            f"The built page {found} is not there.", hint="Build it: make setup"
        ) from None
