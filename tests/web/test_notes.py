"""Sticky notes in a real browser: typed, moved by mouse and by keys, grown into a map."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from tests.server.processes import Running, ready, running, until
from tests.web.browsing import IN_A_BROWSER, NARROW, WIDE
from tests.web.test_live import visited

pytestmark = IN_A_BROWSER
MAP = {"format": "desireline.map/1", "key": "board", "name": "Board", "kind": "hypothesis"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("notes") / "w") as found:
        ready(found.client)
        found.client.put("/v1/maps/board/draft", json=MAP).raise_for_status()
        yield found


def test_notes_are_typed_arranged_and_grow_into_a_map(browser: Browser, server: Running) -> None:
    def draft() -> Any:
        return server.client.get("/v1/maps/board/draft").json()

    def texts() -> list[str]:
        return [note["text"] for note in draft()["notes"]]

    with visited(browser, f"{server.address}/maps/board/notes") as seen:
        page = seen.page
        page.wait_for_selector("#note-composer:focus")
        for text in ("Ad seen", "Search", "Cart", "Order", "Review"):
            page.keyboard.type(text)
            page.keyboard.press("Enter")
        until(lambda: texts() == ["Ad seen", "Search", "Cart", "Order", "Review"])
        _accessible_everywhere(page, seen)
        page.get_by_label("New stage").fill("Before")
        page.keyboard.press("Enter")
        # By mouse onto a stage: the note grows there. By keys: it moves, and can be undone.
        page.get_by_role("button", name="Move Ad seen").drag_to(page.locator("[data-stage=before]"))
        until(
            lambda: [t["key"] for s in draft()["stages"] for t in s["touchpoints"]] == ["ad_seen"]
        )
        page.get_by_role("button", name="Move Review").focus()
        for _ in range(3):
            page.keyboard.press("ArrowDown")
        until(lambda: draft()["notes"][-1]["y"] > MOVED)
        page.get_by_role("button", name="What Search can become").click()
        page.get_by_role("menuitem", name="Before").click()
        until(lambda: texts() == ["Cart", "Order", "Review"])
        page.get_by_role("button", name="Move Order").press("Delete")
        until(lambda: texts() == ["Cart", "Review"])
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Undo", exact=True).last.click()
        until(lambda: sorted(texts()) == ["Cart", "Order", "Review"])
        page.get_by_role("button", name="Make a map of it").click()
        page.wait_for_url("**/maps/board/edit")
        until(lambda: not texts())
        stages = [(s["name"], [t["name"] for t in s["touchpoints"]]) for s in draft()["stages"]]
        assert stages == [
            ("Before", ["Ad seen", "Search"]),
            ("Stage 2", ["Cart", "Order"]),
            ("Stage 3", ["Review"]),
        ]
        assert seen.complaints == []


MOVED = 80
"""Lower than where the note was put, by three arrows."""


def _accessible_everywhere(page: Page, seen: Any) -> None:
    for scheme, width in (("dark", WIDE), ("light", NARROW), ("light", WIDE)):
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        page.set_viewport_size({"width": width, "height": 860})
        assert seen.violations() == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
