"""How much a browser loads before it shows a page: counted from the build."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
APP = ROOT / "src/desireline/static/app"
PARTS = APP / "parts.json"
MOST_BYTES = 300_000
"""Gzipped JavaScript of the first load of the map page, as the issue sets it."""
MAP = "src/features/maps/pages/MapPage.tsx"
ENGLISH = "src/app/spoken/en.ts"
MOST_PARTS = 24
"""Requests for scripts and styles until the map is there: each takes its time on the way, and as
fifty they took a server half a second."""

HEAVIER = {
    "src/features/editor/EditorPage.tsx": 368_000,
}
"""Pages that load more, and how much at most: the canvas is what the editor is."""
SPOKEN = re.compile(r'speaking\(\[([^\]]*)\], \(\) => import\("(\.[^"]+)"\)')

pytestmark = pytest.mark.skipif(
    not PARTS.is_file(), reason="the application is not built: make setup"
)


def needed(parts: dict[str, Any], *begin: str) -> set[str]:
    """Files of scripts that these parts load at once; what they load later is not among them."""
    left, seen = list(begin), set[str]()
    while left:
        name = left.pop()
        if name not in seen:
            seen.add(name)
            left += parts[name].get("imports", [])
    return {parts[name]["file"] for name in seen}


def packed(files: set[str]) -> int:
    """Bytes on the wire."""
    return sum(len(gzip.compress((APP / file).read_bytes(), 9)) for file in files)


def shell(parts: dict[str, Any]) -> str:
    """What the index itself asks for."""
    return next(name for name in parts if parts[name].get("name") == "shell")


def words_of_pages(parts: dict[str, Any]) -> dict[str, set[str]]:
    """By page, the parts with the English words that come with it."""
    found: dict[str, set[str]] = {}
    for file in (ROOT / "web/src/features").rglob("routes.ts"):
        for features, page in SPOKEN.findall(file.read_text()):
            name = (file.parent / page).resolve().relative_to(ROOT / "web").as_posix()
            begins = [f"src/features/{one}/" for one in re.findall(r'"(\w+)"', features)]
            found[name] = {
                part
                for part in parts
                if part.endswith("/words/en.json") and part.startswith(tuple(begins))
            }
    return found


def test_the_map_page_is_light() -> None:
    parts = json.loads(PARTS.read_text())
    size = packed(needed(parts, shell(parts), MAP, ENGLISH))
    assert size < MOST_BYTES, f"{size:,} bytes"


def test_the_map_page_comes_in_few_parts() -> None:
    parts = json.loads(PARTS.read_text())
    assert len(needed(parts, shell(parts), MAP, ENGLISH)) <= MOST_PARTS


def test_every_page_is_light_or_says_why_not() -> None:
    parts = json.loads(PARTS.read_text())
    words = words_of_pages(parts)
    pages = [name for name in parts if re.search(r"^src/features/.*Page\.tsx$", name)]
    sizes = {
        name: packed(needed(parts, shell(parts), name, ENGLISH, *words.get(name, ())))
        for name in pages
    }
    assert len(words) > 20
    too_heavy = {n: size for n, size in sizes.items() if size > HEAVIER.get(n, MOST_BYTES)}
    assert too_heavy == {}


def test_other_pages_come_when_they_are_opened() -> None:
    parts = json.loads(PARTS.read_text())
    later = {parts[name]["file"] for name in parts if name.startswith("src/features/")}
    assert len(later) >= 4
    assert not later & needed(parts, shell(parts))
