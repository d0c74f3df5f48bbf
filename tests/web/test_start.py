"""The guided start in a browser: from an empty workspace to a map, left and taken up again.

And the way of one's own file beside the demo, with the time from its start to the first draft.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page
from tests.server.processes import Running, ready, running, until
from tests.web.browsing import IN_A_BROWSER, NARROW, WIDE, Seen
from tests.web.test_live import visited

pytestmark = IN_A_BROWSER
FILE = "customer,event,time\n" + "".join(
    f"c{n},{what},2026-03-{1 + n % 28:02d}T{10 + step}:00:00Z\n"
    for n in range(120)
    for step, what in enumerate(["asked", "offered", "signed"][: 1 + n % 3])
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("start") / "w") as found:
        ready(found.client)
        yield found


def on(page: Page, heading: str) -> None:
    """Waits for a step."""
    page.wait_for_selector(f"h2:has-text('{heading}')")


def forth(page: Page, heading: str) -> None:
    """To the step that follows."""
    page.get_by_role("button", name="Next").click()
    on(page, heading)


def customer_chosen(page: Page) -> None:
    """The first step, with somebody in the team."""
    page.get_by_label("Target group").fill("First-time buyers")
    page.get_by_label("Name", exact=True).fill("Anna")
    page.get_by_label("Part in it").fill("leads")
    page.keyboard.press("Enter")
    page.wait_for_selector("li:has-text('Anna')")


def is_fit(seen: Seen) -> None:
    """Axe finds nothing, in both schemes and on a narrow screen; nothing complains."""
    for scheme, width in (("light", WIDE), ("dark", NARROW)):
        seen.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        seen.page.set_viewport_size({"width": width, "height": 860})
        assert seen.violations() == []
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
    seen.page.emulate_media(color_scheme="light")
    seen.page.set_viewport_size({"width": WIDE, "height": 860})
    assert seen.complaints == []


class TestGuidedStart:
    def test_from_an_empty_workspace_to_a_map_with_its_plan(
        self, browser: Browser, server: Running
    ) -> None:
        with visited(browser, server.address) as seen:
            page = seen.page
            page.get_by_role("link", name="Begin").click()
            on(page, "Whose journey is it?")
            customer_chosen(page)
            is_fit(seen)
            forth(page, "What shall be reached?")
            page.get_by_label("The customer's goal").fill("A quiet fountain")
            forth(page, "Where does the map come from?")
            page.get_by_role("radio", name="My website").click()
            page.get_by_role("button", name="Make a key").click()
            page.wait_for_selector("text=Waiting for the first event")
            page.get_by_role("radio", name="No data yet").click()
            page.wait_for_selector("text=Which industry is nearest?")
            is_fit(seen)
            page.get_by_role("radio", name="A sample shop").click()
            page.get_by_role("button", name="Simulate the shop").click()
            page.wait_for_selector("dt:has-text('Stored')", timeout=60_000)
            forth(page, "The first draft")
            page.wait_for_selector("text=events are in the log")
            page.get_by_role("button", name="Make the draft").click()
            page.wait_for_selector("a:has-text('Open the map')")
            forth(page, "What stands out?")
            page.wait_for_selector("text=reached the goal")
            page.wait_for_selector("text=Where most are lost")
            is_fit(seen)
            forth(page, "What is done now?")
            page.get_by_role("textbox", name="What", exact=True).fill("Call five buyers")
            page.keyboard.press("Enter")
            page.wait_for_selector("li:has-text('Call five buyers')")
            page.get_by_role("button", name="Set the target").click()
            page.wait_for_selector("text=The target is set")
            is_fit(seen)
            page.reload()
            on(page, "What is done now?")
            page.get_by_role("button", name="Customer").click()
            on(page, "Whose journey is it?")
            assert page.get_by_label("Target group").input_value() == "First-time buyers"
            page.get_by_role("button", name="Act", exact=True).click()
            page.get_by_role("button", name="Finish and open the map").click()
            page.wait_for_url("**/maps/*")
            page.get_by_role("button", name="Plan", exact=True).click()
            page.wait_for_selector("dd:has-text('A quiet fountain')")
            page.wait_for_selector("[role=dialog] li:has-text('Call five buyers')")
            assert seen.violations() == []
        targets = server.client.get("/v1/targets").json()["targets"]
        assert [(one["op"], one["problem"]) for one in targets] == [("at_least", "")]
        until(lambda: server.client.get("/v1/targets").json()["targets"][0]["state"] != "unknown")

    def test_a_hypothesis_needs_no_data(self, browser: Browser, server: Running) -> None:
        with visited(browser, f"{server.address}/start?step=data") as seen:
            page = seen.page
            page.get_by_role("radio", name="No data yet").click()
            page.get_by_role("radio", name="Hospitality").click()
            forth(page, "The first draft")
            page.get_by_label("Name of the map").fill("A weekend with us")
            page.get_by_role("button", name="Make the draft").click()
            page.wait_for_selector("a:has-text('Open the map')")
            assert seen.complaints == []
        maps = server.client.get("/v1/maps").json()["maps"]
        kinds = {one["name"]: (one["kind"], one["version"]) for one in maps}
        assert kinds["A weekend with us"] == ("hypothesis", 1)

    def test_says_when_the_first_event_of_a_site_has_come(
        self, browser: Browser, server: Running
    ) -> None:
        with visited(browser, f"{server.address}/start?step=data") as seen:
            page = seen.page
            page.get_by_role("radio", name="My website").click()
            page.get_by_label("Name of the source").fill("shop-web")
            page.get_by_role("button", name="Make a key").click()
            page.wait_for_selector("text=Waiting for the first event")
            key = re.search(r'writeKey: "(wk_\w+)"', page.inner_text("pre"))
            assert key is not None
            sent = {"type": "page_viewed", "anonymous_id": "a1"}
            bearer = {"authorization": f"Bearer {key[1]}"}
            server.client.post("/v1/events", json=sent, headers=bearer).raise_for_status()
            page.wait_for_selector("text=The first event has come: page_viewed from shop-web.")


class TestOwnFile:
    def test_from_the_demo_to_the_first_draft_of_ones_own_file(
        self, browser: Browser, tmp_path: Path
    ) -> None:
        own = tmp_path / "deals.csv"
        own.write_text(FILE)
        begun = time.monotonic()
        command = [sys.executable, "-m", "desireline", "demo", "--persons", "1500"]
        process = subprocess.Popen(
            [*command, "--port", "0", "--speed", "0"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        try:
            assert process.stdout is not None
            address = re.match(r"The map is at (http://[^/]+)/", process.stdout.readline())
            assert address is not None
            served = time.monotonic()
            with visited(browser, f"{address[1]}/start?step=data") as seen:
                page = seen.page
                page.get_by_role("radio", name="A file").click()
                page.locator("input[type=file]").set_input_files(own)
                page.get_by_role("button", name="Import", exact=False).click()
                page.wait_for_selector("dt:has-text('Stored')", timeout=60_000)
                page.wait_for_selector("dd:has-text('240')")
                page.get_by_role("button", name="Goal").click()
                outcome = page.get_by_role("combobox", name="Event that says it happened")
                outcome.fill("signed")
                page.get_by_role("button", name="Draft", exact=True).click()
                on(page, "The first draft")
                page.get_by_label("Name of the map").fill("Deals")
                page.get_by_role("button", name="Make the draft").click()
                page.wait_for_selector("a:has-text('Open the map')")
            found = httpx.get(f"{address[1]}/v1/maps/deals", trust_env=False).json()
            assert found["goal"]["outcome"]["in"] == ["signed"]
        finally:
            process.terminate()
            process.wait(20)
            assert process.stdout is not None
            process.stdout.close()
        told = f"the demo serves after {served - begun:.1f} s"
        drawn = time.monotonic() - begun
        sys.stdout.write(f"guided start: {told}, one's own draft after {drawn:.1f} s\n")
