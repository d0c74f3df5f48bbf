"""The paved way and the desire lines, in a real browser: planted deviations and who walks them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from tests.modules.test_explore import PLAN
from tests.server.processes import Running, caught_up, ready, running
from tests.web.browsing import IN_A_BROWSER, NARROW, WIDE
from tests.web.test_live import visited

pytestmark = IN_A_BROWSER
FOLLOW, SKIP, CALL = 60, 25, 15
"""Persons who follow the plan, who order without a cart, and who call in between."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("lines") / "w") as found:
        ready(found.client)
        found.client.post("/v1/batch", json={"batch": list(_walked())}).raise_for_status()
        kept = found.client.put("/v1/maps/plan/draft", json=PLAN).raise_for_status()
        as_seen = {"If-Match": kept.headers["etag"]}
        found.client.post("/v1/maps/plan/publish", headers=as_seen).raise_for_status()
        caught_up(found.client)
        yield found


def _walked() -> Iterator[dict[str, object]]:
    ways = [("viewed", "cart", "order")] * FOLLOW + [("viewed", "order")] * SKIP
    ways += [("viewed", "cart", "called", "order")] * CALL
    for person, way in enumerate(ways):
        for minute, name in enumerate(way):
            yield {"user_id": f"p{person}", "type": name, "at": f"2026-03-01T10:{minute:02d}:00Z"}


@pytest.mark.parametrize(("width", "scheme"), [(WIDE, "light"), (WIDE, "dark"), (NARROW, "light")])
def test_says_what_was_planted_and_is_accessible(
    browser: Browser, server: Running, width: int, scheme: str
) -> None:
    address = f"{server.address}/maps/plan/desire-lines"
    with visited(browser, address, width=width, scheme=scheme) as seen:
        page = seen.page
        page.wait_for_selector("[role=status]")
        assert f"Of {FOLLOW + SKIP + CALL} journeys, 60\u202f%" in page.inner_text("[role=status]")
        rows = page.locator("li[data-verdict] b").all_inner_texts()
        assert sorted(rows) == ["called", "cart"]
        lines = page.get_by_role("img").all()
        assert [line.get_attribute("aria-label") for line in lines] == ["viewed, order"]
        assert seen.violations() == []
        assert seen.complaints == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_number_opens_to_its_people_and_the_map_leads_here(
    browser: Browser, server: Running
) -> None:
    with visited(browser, f"{server.address}/maps/plan", free=False) as seen:
        page = seen.page
        page.get_by_role("link", name="What was found", exact=True).click()
        page.get_by_role("link", name="Desire lines").click()
        page.get_by_role("button", name=f"{SKIP}, cart: show who").click()
        page.wait_for_selector(f"text={SKIP} persons")
        assert page.locator("[role=dialog] li a").count() == SKIP
        page.keyboard.press("Escape")
        page.wait_for_selector("[role=dialog]", state="detached")
        page.get_by_text("All ways").click()
        page.wait_for_selector("[role=img][aria-label='viewed, cart, order']")
        assert seen.complaints == []
