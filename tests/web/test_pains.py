"""Pain points in a real browser: what was planted, whom it meets, and what they say."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest
from playwright.sync_api import Browser
from tests.modules.test_explore import PLAN
from tests.server.processes import Running, caught_up, ready, running
from tests.web.browsing import IN_A_BROWSER, NARROW, WIDE
from tests.web.test_live import visited

pytestmark = IN_A_BROWSER
PERSONS = 600


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("pains") / "w") as found:
        ready(found.client)
        found.client.post("/v1/batch", json={"batch": list(_walked())}).raise_for_status()
        kept = found.client.put("/v1/maps/plan/draft", json=PLAN).raise_for_status()
        as_seen = {"If-Match": kept.headers["etag"]}
        found.client.post("/v1/maps/plan/publish", headers=as_seen).raise_for_status()
        caught_up(found.client)
        yield found


def _walked() -> Iterator[dict[str, object]]:
    """One in four meets an error at the cart, and mostly leaves; some say so."""
    dice = Random(1)
    for person in range(PERSONS):
        fails = dice.random() < 0.25
        way = ["viewed", "cart", *(["load_failed"] if fails else [])]
        way += ["order"] if dice.random() < (0.1 if fails else 0.6) else []
        for minute, name in enumerate(way):
            yield {
                "user_id": f"p{person}",
                "type": name,
                "channel": "web",
                "at": f"2026-{1 + person % 3:02}-{1 + person % 28:02}T10:{minute:02}:00Z",
                "properties": {"text": "This is broken, call me on +40 721 123 456"}
                if name == "load_failed"
                else {},
            }


@pytest.mark.parametrize(("width", "scheme"), [(WIDE, "light"), (WIDE, "dark"), (NARROW, "light")])
def test_says_what_hurts_and_is_accessible(
    browser: Browser, server: Running, width: int, scheme: str
) -> None:
    with visited(browser, f"{server.address}/maps/plan/pains", width=width, scheme=scheme) as seen:
        page = seen.page
        page.wait_for_selector("blockquote")
        assert "Signals that hurt: 1, of" in page.inner_text("[role=status]")
        (row,) = page.locator("ol > li").all()
        assert row.locator("b").first.inner_text() == "cart"
        assert "something fails at cart" in row.inner_text()
        assert "broken" in page.inner_text("blockquote")
        assert "721" not in page.inner_text("blockquote"), "numbers of people are taken out"
        page.get_by_text("How is this known?").click()
        assert seen.violations() == []
        assert seen.complaints == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_number_opens_to_its_people(browser: Browser, server: Running) -> None:
    with visited(browser, f"{server.address}/maps/plan/pains") as seen:
        page = seen.page
        door = page.get_by_role("button", name="show who")
        n = int((door.get_attribute("aria-label") or "").partition(" ")[0])
        door.focus()
        page.keyboard.press("Enter")
        page.wait_for_selector("[role=dialog] a")
        assert str(n) in page.inner_text("[role=dialog]")


ASKED = "[data-findings]:not([data-findings='asked'])"
"""There as soon as the last question of the map about itself is answered."""


class TestOnTheMap:
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    @pytest.mark.parametrize("width", [WIDE, NARROW])
    def test_what_was_found_stands_at_its_touchpoint_and_leads_to_its_page(
        self, browser: Browser, server: Running, width: int, scheme: str
    ) -> None:
        address = f"{server.address}/maps/plan"
        with visited(browser, address, width=width, scheme=scheme) as seen:
            page = seen.page
            page.wait_for_selector(ASKED, state="attached")
            doors = page.locator("main a[data-kind='pain']")
            assert doors.count() == 1
            assert "fails" in doors.inner_text()
            assert "costs" in doors.inner_text()
            assert seen.violations() == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            doors.click()
            page.wait_for_url("**/maps/plan/pains#pain-error-cart")
            page.wait_for_selector("#pain-error-cart[data-arrived] b:text-is('cart')")
            assert seen.complaints == []

    def test_the_keyboard_comes_to_it_by_the_panel(self, browser: Browser, server: Running) -> None:
        with visited(browser, f"{server.address}/maps/plan", free=False) as seen:
            page = seen.page
            page.wait_for_selector(ASKED, state="attached")
            page.locator("[data-cell='found:cart']").focus()
            page.keyboard.press("Enter")
            page.wait_for_selector("[data-panel] [data-door='found']:focus")
            page.keyboard.press("Tab")
            assert "something fails at cart" in page.inner_text("[data-panel] li:has(:focus)")
            page.keyboard.press("Enter")
            page.wait_for_url("**/maps/plan/pains#pain-error-cart")
            page.wait_for_selector("#pain-error-cart[data-arrived]")
            assert seen.complaints == []

    def test_a_map_that_gets_no_answer_is_whole_without_it(
        self, browser: Browser, server: Running
    ) -> None:
        with visited(browser, f"{server.address}/people") as seen:
            page = seen.page
            page.route("**/v1/explore/**", lambda route: route.fulfill(status=503))
            page.goto(f"{server.address}/maps/plan")
            page.wait_for_selector("[data-findings='0']", state="attached")
            assert page.locator("[data-cell='touchpoint:cart']").count() == 1
            assert page.locator("[data-cell^='found:']").count() == 0
