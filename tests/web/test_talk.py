"""What is said of a stage, of a cell and of a whole map, in a browser; and where it stays."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page
from tests.server.processes import Running
from tests.web.browsing import IN_A_BROWSER, NARROW, WIDE, Seen
from tests.web.drafts import SAVED, changed_by_ben, made
from tests.web.owned import joined, member_at, owned

pytestmark = IN_A_BROWSER
SAY = "Say something; @ names a colleague"
GONE = "Of parts that are not on the map"


@dataclass
class Shop:
    """A server, and the session of an editor."""

    server: Running
    ben: str

    def said(self, key: str, kind: str, **told: str) -> None:
        """A comment or a task on a map."""
        self.server.client.post(f"/v1/maps/{key}/{kind}", json=told).raise_for_status()

    def comments(self, key: str) -> list[dict[str, Any]]:
        """What is said about a map."""
        return list(self.server.client.get(f"/v1/maps/{key}/comments").json()["comments"])


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    with owned(tmp_path_factory.mktemp("talk") / "w") as server:
        yield Shop(server, joined(server.client, "Ben Otieno"))


@pytest.fixture
def fresh(shop: Shop, request: pytest.FixtureRequest) -> str:
    """The key of a published map of which nothing is said, also when a test is run again."""
    maps = shop.server.client.get("/v1/maps").json()["maps"]
    key = f"talk{len(maps)}"
    made(shop.server, key, publish=True)
    return key


@contextmanager
def _at(
    browser: Browser, shop: Shop, path: str, *, width: int = WIDE, scheme: str = "light"
) -> Iterator[Seen]:
    address = shop.server.address + path
    with member_at(browser, address, shop.ben, width=width, scheme=scheme) as seen:
        yield seen


def _talk(page: Page) -> None:
    page.get_by_role("tab", name="Talk").click()


def _say(page: Page | Locator, words: str) -> None:
    page.get_by_label(SAY).fill(words)
    page.get_by_label(SAY).press("Control+Enter")
    page.locator("article", has_text=words).wait_for()


class TestStage:
    def test_is_spoken_of_and_has_tasks(self, browser: Browser, shop: Shop, fresh: str) -> None:
        with _at(browser, shop, f"/maps/{fresh}/edit?at=stage/buying") as seen:
            page = seen.page
            _talk(page)
            page.wait_for_selector("text=Nobody has said anything about “Buying” yet.")
            page.get_by_label(SAY).press_sequentially("Slow, @Be")
            page.get_by_role("option", name="Ben Otieno").click()
            page.keyboard.press("Control+Enter")
            page.wait_for_selector("mark >> text=@Ben Otieno")
            page.get_by_role("button", name="Task", exact=True).click()
            page.get_by_label("What is to be done").fill("Make it quick")
            page.get_by_role("button", name="Add the task").click()
            page.get_by_label("Make it quick").wait_for()
            head = page.get_by_role("columnheader", name="Buying")
            head.get_by_text("2 open comments and tasks").wait_for()
            assert seen.violations() == []
            page.goto(f"{shop.server.address}/tasks")
            page.locator("li", has_text="Make it quick").get_by_role("link").click()
            page.wait_for_selector("[data-panel=stage] h2:text-is('Buying')")
            assert seen.complaints == []
        [said] = shop.comments(fresh)
        assert (said["stage"], len(said["mentions"])) == ("buying", 1)

    def test_that_has_gone_keeps_what_was_said(
        self, browser: Browser, shop: Shop, fresh: str
    ) -> None:
        shop.said(fresh, "comments", text="Slow", stage="buying")
        shop.said(fresh, "tasks", text="Make it quick", stage="buying")
        merge = {"type": "merge_stages", "key": "buying", "into": "before"}
        changed_by_ben(shop.server, fresh, merge)
        with _at(browser, shop, f"/maps/{fresh}/edit") as seen:
            page = seen.page
            _talk(page)
            gone = page.get_by_role("region", name=GONE)
            gone.get_by_label("Make it quick").wait_for()
            gone.get_by_role("button", name="Reply").click()
            gone.get_by_role("textbox", name="Reply").fill("It still is")
            gone.get_by_role("button", name="Send").click()
            gone.locator("article", has_text="It still is").wait_for()
            assert seen.violations() == []
            stage = {"key": "buying", "name": "Buying"}
            again = {"type": "add", "part": "stage", "value": stage}
            changed_by_ben(shop.server, fresh, again)
            page.goto(f"{shop.server.address}/maps/{fresh}/edit?at=stage/buying")
            _talk(page)
            page.locator("article", has_text="It still is").wait_for()
            assert seen.complaints == []


class TestCell:
    def test_is_spoken_of(self, browser: Browser, shop: Shop, fresh: str) -> None:
        with _at(browser, shop, f"/maps/{fresh}/edit?at=cell/think/cart") as seen:
            _talk(seen.page)
            _say(seen.page, "Who said so?")
            seen.page.wait_for_selector(SAVED)
            assert seen.complaints == []
        places = [(one["stage"], one["touchpoint"], one["lane"]) for one in shop.comments(fresh)]
        assert places == [("", "cart", "think")]


class TestMap:
    @pytest.mark.parametrize(
        ("width", "scheme"), [(WIDE, "light"), (WIDE, "dark"), (NARROW, "light")]
    )
    def test_is_spoken_of_where_it_is_read(
        self, browser: Browser, shop: Shop, fresh: str, width: int, scheme: str
    ) -> None:
        shop.said(fresh, "comments", text="Slow", stage="buying")
        shop.said(fresh, "tasks", text="Ask customers", touchpoint="cart")
        with _at(browser, shop, f"/maps/{fresh}", width=width, scheme=scheme) as seen:
            page = seen.page
            page.get_by_role("button", name="Talk: 2 open comments and tasks").click()
            talk = page.get_by_role("dialog")
            _say(talk, "A good map")
            talk.get_by_role("region", name="Open elsewhere on the map").get_by_text(
                "Slow"
            ).wait_for()
            talk.get_by_label("Ask customers").wait_for()
            assert seen.violations() == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            talk.get_by_label("Ask customers").click()
            talk.get_by_role("link", name="Cart").wait_for(state="detached")
            talk.get_by_role("link", name="Buying").click()
            page.wait_for_selector("[data-panel=stage]")
            assert seen.complaints == []
