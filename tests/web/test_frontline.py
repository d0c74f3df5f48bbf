"""The page of the front line in a real browser: said, known by others, taken up, declined."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from tests.modules.test_maps import MAP
from tests.server.processes import Running, ready, running
from tests.web.browsing import IN_A_BROWSER, NARROW, WIDE
from tests.web.test_live import visited

pytestmark = IN_A_BROWSER


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("frontline") / "w") as found:
        ready(found.client)
        found.client.put("/v1/maps/shop/draft", json=MAP).raise_for_status()
        found.client.post("/v1/departments", json={"name": "Service"}).raise_for_status()
        yield found


def test_a_pain_point_is_said_on_a_phone_and_taken_up(browser: Browser, server: Running) -> None:
    with visited(browser, f"{server.address}/nominate", width=NARROW) as seen:
        page = seen.page
        page.get_by_label("What happens").fill("Parcels are wet")
        page.get_by_label("How often").select_option(label="Every day")
        page.get_by_label("Your department").select_option(label="Service")
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW
        assert seen.violations() == []
        page.get_by_role("button", name="Send").click()
        page.wait_for_selector("text=Thank you. It has arrived.")
        page.wait_for_selector("text=1 of us knows it (Service 1)")
        page.get_by_role("button", name="Take it up").click()
        dialog = page.get_by_role("dialog", name="Put it on the map")
        dialog.get_by_label("On which map").select_option(label="Shop")
        dialog.get_by_label("At which step").select_option(label="Order")
        dialog.get_by_label("Answer").fill("New boxes from May")
        assert seen.violations() == []
        dialog.get_by_role("button", name="Take it up").click()
        page.wait_for_selector("text=It is a pain on the draft of the map now.")
        page.get_by_text("Mine", exact=True).click()
        page.wait_for_selector("text=New boxes from May")
        [pain] = server.client.get("/v1/maps/shop/draft").json()["lanes"]
        assert pain["cells"]["order"]["text"] == "Parcels are wet"
        assert seen.complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_others_say_that_they_know_it_and_a_no_has_a_reason(
    browser: Browser, server: Running, scheme: str
) -> None:
    words = f"They call twice ({scheme})"
    server.client.post("/v1/nominations", json={"text": words})
    with visited(browser, f"{server.address}/nominate", width=WIDE, scheme=scheme) as seen:
        page = seen.page
        row = page.get_by_role("listitem").filter(has_text=words)
        me_too = row.get_by_role("button", name="I know this too")
        assert me_too.get_attribute("aria-pressed") == "true", "who says it knows it"
        me_too.click()
        row.get_by_text("0 of us know it").wait_for()
        assert seen.violations() == []
        row.get_by_role("button", name="Decline").click()
        dialog = page.get_by_role("dialog")
        assert dialog.get_by_role("button", name="Decline").is_disabled(), "not without a reason"
        dialog.get_by_label("Why not").fill("Mended last week")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        row.wait_for(state="detached")
        page.get_by_role("button", name="Undo").click()
        row.wait_for()
        assert seen.complaints == []
