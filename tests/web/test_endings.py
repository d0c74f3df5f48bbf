"""Leaving and coming back, in a real browser: a planted reason, and who left for it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from tests.modules.test_explore import PLAN
from tests.modules.test_leaving import ANSWERED, LEFT, NAMES, walked
from tests.server.processes import Running, caught_up, ready, running
from tests.web.browsing import IN_A_BROWSER, NARROW, WIDE
from tests.web.test_live import visited

pytestmark = IN_A_BROWSER


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("endings") / "w") as found:
        ready(found.client)
        found.client.post("/v1/batch", json={"batch": list(walked())}).raise_for_status()
        touchpoints = [
            {"key": name, "name": name.title(), "rule": {"type": "event", "in": [name]}}
            for name in NAMES
        ]
        stage = {"key": "all", "name": "All", "touchpoints": touchpoints}
        plan = {**PLAN, "goal": {}, "stages": [stage]}
        kept = found.client.put("/v1/maps/plan/draft", json=plan).raise_for_status()
        as_seen = {"If-Match": kept.headers["etag"]}
        found.client.post("/v1/maps/plan/publish", headers=as_seen).raise_for_status()
        caught_up(found.client)
        yield found


@pytest.mark.parametrize(("width", "scheme"), [(WIDE, "light"), (WIDE, "dark"), (NARROW, "light")])
def test_says_why_they_leave_and_is_accessible(
    browser: Browser, server: Running, width: int, scheme: str
) -> None:
    address = f"{server.address}/maps/plan/endings"
    with visited(browser, address, width=width, scheme=scheme) as seen:
        page = seen.page
        page.wait_for_selector("[role=status]")
        assert "Of 140 journeys" in page.inner_text("[role=status]")
        assert page.locator("li[data-phase] h3").all_inner_texts() == ["No “Replied” after “Asked”"]
        assert seen.violations() == []
        assert seen.complaints == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_reason_opens_to_those_who_left(browser: Browser, server: Running) -> None:
    with visited(browser, f"{server.address}/maps/plan/endings", free=False) as seen:
        page = seen.page
        page.get_by_role("button", name="show who left").click()
        page.wait_for_selector(f"text={LEFT} persons")
        page.keyboard.press("Escape")
        page.wait_for_selector("[role=dialog]", state="detached")
        assert seen.complaints == []


def test_a_reason_becomes_an_opportunity_that_leads_back(browser: Browser, server: Running) -> None:
    with visited(browser, f"{server.address}/maps/plan/endings", free=False) as seen:
        page = seen.page
        page.wait_for_selector("li[data-phase]")
        page.get_by_role("button", name="Make an opportunity of this: No “Replied”").click()
        dialog = page.get_by_role("dialog")
        assert dialog.get_by_label("What is wrong").input_value() == "No “Replied” after “Asked”"
        assert dialog.get_by_label("Touchpoint").input_value() == "asked"
        dialog.get_by_text("Say at once that the message has arrived").wait_for()
        dialog.get_by_role("button", name="Note it").click()
        dialog.wait_for(state="detached")
        page.get_by_role("link", name="On the board").click()
        card = page.get_by_role("dialog", name="No “Replied” after “Asked”")
        card.get_by_role("link", name="leaving and coming back").click()
        page.locator("li[data-arrived] h3").get_by_text("No “Replied” after “Asked”").wait_for()
        assert seen.complaints == []


@pytest.mark.parametrize(("width", "scheme"), [(WIDE, "dark"), (NARROW, "light")])
def test_a_person_is_told_why_it_ended(
    browser: Browser, server: Running, width: int, scheme: str
) -> None:
    who = server.client.get(f"/v1/persons/user_id:p{ANSWERED}").json()["person"]
    address = f"{server.address}/people/{who}"
    with visited(browser, address, width=width, scheme=scheme) as seen:
        page = seen.page
        part = page.get_by_role("region", name="Why it ended")
        part.get_by_text("The journey ended at “Asked”").wait_for()
        assert seen.violations() == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        part.get_by_role("link", name="No “Replied” after “Asked”").click()
        page.locator("li[data-arrived] h3").get_by_text("No “Replied” after “Asked”").wait_for()
        assert seen.complaints == []


def test_a_person_who_is_still_there_left_for_nothing(browser: Browser, server: Running) -> None:
    who = server.client.get("/v1/persons/user_id:p0").json()["person"]
    with visited(browser, f"{server.address}/people/{who}", free=False) as seen:
        part = seen.page.get_by_role("region", name="Where the journey stands")
        part.get_by_text("The journey goes on.").wait_for()
        assert part.get_by_role("link").count() == 0
        assert seen.complaints == []
