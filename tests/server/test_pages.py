"""The server gives the application at each address that the application draws, and at no other."""

from __future__ import annotations

import re
from pathlib import Path

from desireline.server.pages import PAGES

FEATURES = Path(__file__).resolve().parents[2] / "web/src/features"
DRAWN = re.compile(r'^\s+path: "(/[^"]*)"', re.MULTILINE)


def drawn() -> set[str]:
    """Addresses of all pages, as the features of the application list them."""
    return {one for file in FEATURES.rglob("routes.ts") for one in DRAWN.findall(file.read_text())}


def given(page: str) -> re.Pattern[str]:
    """The addresses that an entry of the server's list stands for."""
    with_paths = re.sub(r"\{\w+:path\}", ".+", page)
    return re.compile(re.sub(r"\{\w+\}", "[^/]+", with_paths))


def test_each_page_can_be_loaded_anew() -> None:
    found = drawn()
    assert {"/", "/maps/$key", "/settings/team"} <= found
    assert len(found) >= len(PAGES)
    assert {one for one in found if not any(given(page).fullmatch(one) for page in PAGES)} == set()


def test_each_address_is_a_page() -> None:
    found = drawn()
    assert [page for page in PAGES if not any(map(given(page).fullmatch, found))] == []
