"""Leaving and coming back, in a real browser: a planted reason, and who left for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from tests.modules.test_explore import PLAN
from tests.server.processes import Running, caught_up, ready, running
from tests.web.browsing import IN_A_BROWSER, NARROW, WIDE
from tests.web.test_live import visited

pytestmark = IN_A_BROWSER
ANSWERED, SILENCE = 80, 60
"""Persons whose question is answered, and who then stay; and those who are not, and go."""
NAMES = ("asked", "replied", "used")
BEGINS = dt.datetime(2026, 1, 1, 10, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("endings") / "w") as found:
        ready(found.client)
        found.client.post("/v1/batch", json={"batch": list(_walked())}).raise_for_status()
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


def _walked() -> Iterator[dict[str, object]]:
    for person in range(ANSWERED + SILENCE):
        said = {"user_id": f"p{person}"}
        begins = BEGINS + dt.timedelta(days=person % 10)
        yield {**said, "type": "asked", "at": begins.isoformat(), "actor": "person"}
        if person >= ANSWERED:
            continue
        reply = begins + dt.timedelta(hours=2)
        yield {**said, "type": "replied", "at": reply.isoformat(), "actor": "employee"}
        for visit in range(1, 20 if person == 0 else 6):
            at = begins + dt.timedelta(days=3 * visit)
            yield {**said, "type": "used", "at": at.isoformat(), "actor": "person"}


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
        page.wait_for_selector(f"text={SILENCE} persons")
        page.keyboard.press("Escape")
        page.wait_for_selector("[role=dialog]", state="detached")
        assert seen.complaints == []
