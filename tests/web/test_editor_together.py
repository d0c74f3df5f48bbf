"""Two people at one draft, and what others get of it: what is published."""

from __future__ import annotations

from playwright.sync_api import Browser
from tests.server.processes import Running, until
from tests.web.browsing import IN_A_BROWSER
from tests.web.drafts import SAVED, changed_by_ben, draft_of, go_on, made
from tests.web.test_live import visited

pytestmark = IN_A_BROWSER


def test_two_on_one_draft(browser: Browser, walked: Running) -> None:
    address = made(walked, "two")
    rename = {
        "type": "set",
        "part": "touchpoint",
        "key": "cart",
        "field": "name",
        "value": "Basket",
    }
    with visited(browser, address, free=False) as seen:
        page = seen.page
        page.wait_for_selector(SAVED)
        here = {"session": "ben", "place": "touchpoint/order"}
        walked.client.post("/v1/maps/two/draft/here", json=here).raise_for_status()
        page.wait_for_selector("[data-tip$='is here, at Order']")
        page.wait_for_selector("[data-cell='touchpoint:order'][data-other]")
        # What does not meet comes together.
        changed_by_ben(walked, "two", rename)
        page.wait_for_selector("[data-cell='touchpoint:cart'] >> text=Basket")
        go_on(page, "lane-think:look")
        page.keyboard.press("Enter")
        page.keyboard.type("Nice")
        page.keyboard.press("Enter")
        page.wait_for_selector(SAVED)
        until(lambda: "look" in draft_of(walked, "two")["lanes"][0]["cells"])
        assert draft_of(walked, "two")["stages"][1]["touchpoints"][0]["name"] == "Basket"
        # Where both write the same place, the second is told, and nothing is overwritten.
        seen.page.context.set_offline(True)
        go_on(page, "touchpoint:cart")
        page.keyboard.press("Enter")
        page.keyboard.type("Trolley")
        page.keyboard.press("Enter")
        page.wait_for_selector("[data-saved=offline]")
        changed_by_ben(walked, "two", rename | {"value": "Bag"})
        seen.page.context.set_offline(False)
        page.wait_for_selector("text=changed “Bag” at the same time")
        page.wait_for_selector("text=Yours: “Trolley”.")
        assert draft_of(walked, "two")["stages"][1]["touchpoints"][0]["name"] == "Bag"
        page.get_by_role("button", name="Take mine again").click()
        until(lambda: draft_of(walked, "two")["stages"][1]["touchpoints"][0]["name"] == "Trolley")
        page.wait_for_selector("text=Take mine again", state="detached")


def test_a_draft_is_published_once_one_has_seen_what_is_new(
    browser: Browser, walked: Running
) -> None:
    made(walked, "news", publish=True)
    with visited(browser, f"{walked.address}/maps/news", free=False) as seen:
        page = seen.page
        page.wait_for_selector("[data-live='live']")
        page.keyboard.press("e")
        page.wait_for_url("**/maps/news/edit")
        page.wait_for_selector(SAVED)
        go_on(page, "touchpoint:look")
        page.keyboard.press("F2")
        page.keyboard.type("Arrives")
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Publish").click()
        page.wait_for_selector("[role=dialog] ins >> text=Arrives")
        page.get_by_label("What is new, and why").fill("Says what happens")
        changed_by_ben(
            walked,
            "news",
            {"type": "set", "part": "lane", "key": "pain", "field": "name", "value": "Hurts"},
        )
        page.wait_for_selector("[role=dialog] ins >> text=Hurts")
        page.get_by_label("What is new, and why").fill("Says what happens")
        page.get_by_role("button", name="Publish as version 2").click()
        page.wait_for_selector("text=Version 2 is published.")
        told = walked.client.get("/v1/maps/news/versions").json()["versions"]
        assert (told[0]["version"], told[0]["message"]) == (2, "Says what happens")
        page.wait_for_selector("text=draft after version 2")
        assert seen.complaints == []
