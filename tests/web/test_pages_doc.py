"""docs/pages.md shows every page in both widths and colours, and stays light.

That its pages are those of the router, web/src/app/tests/router.test.ts holds.
"""

from __future__ import annotations

import re
from pathlib import Path

from tests.web.every_page import PLACES

DOCS = Path(__file__).resolve().parents[2] / "docs"
PICTURES = DOCS / "images" / "pages"
LOOKS = ("", "-dark", "-narrow", "-narrow-dark")
MOST_BYTES = 6_000_000


def test_each_page_has_its_pictures_and_no_other_has() -> None:
    wanted = {f"{place.name}{look}.webp" for place in PLACES for look in LOOKS}
    assert {file.name for file in PICTURES.iterdir()} == wanted
    shown = re.findall(r"\(images/pages/([^)]+)\)", (DOCS / "pages.md").read_text("utf-8"))
    assert sorted(shown) == sorted(wanted)


def test_they_are_pictures_and_light() -> None:
    files = sorted(PICTURES.iterdir())
    assert [file.name for file in files if file.read_bytes()[8:12] != b"WEBP"] == []
    assert sum(file.stat().st_size for file in files) < MOST_BYTES
