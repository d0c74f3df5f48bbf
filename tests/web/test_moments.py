"""Moments of truth in a browser: a planted one, what staff vote, and the verdict in the map."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from tests.server.processes import Running, caught_up, ready, running, until
from tests.web.browsing import IN_A_BROWSER, NARROW, WIDE
from tests.web.test_live import visited

pytestmark = IN_A_BROWSER
PERSONS = 600
SAID = (
    f"1 touchpoint is nominated as a moment of truth. The log, with {PERSONS} journeys, "
    "confirms it."
)
BEGINS = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
POINTS = ("asked", "answered", "paid")


def _point(key: str) -> dict[str, object]:
    nominated = {"moment_of_truth": {"to_customer": 5}} if key == "answered" else {}
    rule = {"type": "event", "in": [key]}
    return {"key": key, "name": key, "rule": rule, "optional": key == "answered", **nominated}


MAP = {
    "format": "desireline.map/1",
    "key": "plan",
    "name": "Desk",
    "goal": {"statement": "", "outcome": {"type": "event", "in": ["paid"]}},
    "stages": [{"key": "all", "name": "All", "touchpoints": [_point(key) for key in POINTS]}],
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("moments") / "w") as found:
        ready(found.client)
        found.client.post("/v1/batch", json={"batch": list(_walked())}).raise_for_status()
        kept = found.client.put("/v1/maps/plan/draft", json=MAP).raise_for_status()
        as_seen = {"If-Match": kept.headers["etag"]}
        found.client.post("/v1/maps/plan/publish", headers=as_seen).raise_for_status()
        vote = {"to_customer": 5, "to_company": 4, "department": "sales"}
        for point in ("answered", "asked"):
            found.client.put(f"/v1/maps/plan/votes/{point}", json=vote).raise_for_status()
        caught_up(found.client)
        # What a first answer takes, kernels are made in.
        asked = {"map": {"key": "plan"}}
        found.client.post("/v1/explore/moments", json=asked, timeout=300).raise_for_status()
        yield found


def _walked() -> Iterator[dict[str, object]]:
    """Every second is answered; of these four of five pay, of the others two of five."""
    for person in range(PERSONS):
        at = BEGINS + dt.timedelta(hours=person)
        answered = person % 2 == 0
        pays = person // 2 % 5 < (4 if answered else 2)
        steps = [("asked", 0, "person")]
        steps += [("answered", 2 + person % 3, "employee")] if answered else []
        steps += [("paid", 24 * 60, "person")] if pays else []
        for name, minutes, actor in steps:
            moment = (at + dt.timedelta(minutes=minutes)).isoformat()
            who = {
                "user_id": f"p{person}",
                "actor": actor,
                "channel": "web" if person % 3 else "app",
            }
            yield {**who, "type": name, "at": moment}


@pytest.mark.parametrize(("width", "scheme"), [(WIDE, "light"), (WIDE, "dark"), (NARROW, "light")])
def test_says_what_was_planted_and_is_accessible(
    browser: Browser, server: Running, width: int, scheme: str
) -> None:
    address = f"{server.address}/maps/plan/moments"
    with visited(browser, address, width=width, scheme=scheme) as seen:
        page = seen.page
        row = page.locator("#moment-answered")
        row.wait_for()
        assert page.inner_text("p[role=status]") == SAID
        assert row.locator("[data-verdict]").inner_text() == "confirmed"
        assert "80\u202f% reach the outcome where it happens" in row.inner_text()
        assert "to the customer 5, to us 4 (1 vote)" in row.inner_text()
        row.get_by_text("How is this known?").click()
        assert seen.violations() == []
        assert seen.complaints == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_its_people_and_the_verdict_in_the_map_with_a_way_back(
    browser: Browser, server: Running
) -> None:
    address = f"{server.address}/maps/plan/moments"
    with visited(browser, address, free=False) as seen:
        page = seen.page
        page.get_by_role("button", name="answered: Who had it").click()
        page.wait_for_selector(f"text={PERSONS // 2} persons")
        page.keyboard.press("Escape")
        page.wait_for_selector("[role=dialog]", state="detached")
        page.get_by_role("button", name="answered: Take the verdict into the map").click()
        page.get_by_text("In the draft of the map", exact=True).wait_for()
        assert _moment(server)["status"] == "confirmed"
        assert "80\u202f%" in str(_moment(server)["reason"])
        page.get_by_role("button", name="Undo").click()
        page.wait_for_selector("[role=alert]", state="detached")
        until(lambda: _moment(server)["status"] == "nominated")
        assert seen.complaints == []


def test_what_decides_becomes_an_opportunity_that_leads_back(
    browser: Browser, server: Running
) -> None:
    with visited(browser, f"{server.address}/maps/plan/moments", free=False) as seen:
        page = seen.page
        title = "“answered” does not come for everybody"
        page.get_by_role("button", name=f"Make an opportunity of this: {title}").click()
        dialog = page.get_by_role("dialog")
        assert dialog.get_by_label("Touchpoint").input_value() == "answered"
        dialog.get_by_role("button", name="Note it").click()
        dialog.wait_for(state="detached")
        page.get_by_role("link", name="On the board").click()
        card = page.get_by_role("dialog", name=title)
        card.get_by_role("link", name="moments of truth").click()
        assert page.locator("li[data-arrived]").get_attribute("id") == "moment-answered"
        assert seen.complaints == []


def _moment(server: Running) -> dict[str, object]:
    draft = server.client.get("/v1/maps/plan/draft").json()
    found: dict[str, object] = draft["stages"][0]["touchpoints"][1]["moment_of_truth"]
    return found
