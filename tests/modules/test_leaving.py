"""Why one person's journey ended, over HTTP: which of the reasons found she met."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from tests.modules.house import House

ANSWERED, LEFT = 80, 60
"""Persons whose question is answered, and who then stay; and those who are not, and go."""
BEGINS = dt.datetime(2026, 1, 1, 10, tzinfo=dt.UTC)
NAMES = ("asked", "replied", "used")
MAP = {
    "format": "desireline.map/1",
    "key": "desk",
    "name": "Desk",
    "stages": [
        {
            "key": "all",
            "name": "All",
            "touchpoints": [
                {"key": name, "name": name.title(), "rule": {"type": "event", "in": [name]}}
                for name in NAMES
            ],
        }
    ],
}


def walked() -> Iterator[dict[str, object]]:
    """Nobody but those whose question is answered comes back."""
    for person in range(ANSWERED + LEFT):
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


@pytest.fixture
def desk(here: House) -> House:
    here.send(list(walked()))
    kept = here.client.put("/v1/maps/desk/draft", json=MAP).raise_for_status()
    as_seen = {"If-Match": kept.headers["etag"]}
    here.client.post("/v1/maps/desk/publish", headers=as_seen).raise_for_status()
    return here


def _ending(house: House, name: str) -> dict[str, Any]:
    person = house.client.get(f"/v1/persons/user_id:{name}").raise_for_status().json()["person"]
    wanted = {"query": {"map": {"key": "desk"}}, "person": person}
    found = house.client.post("/v1/explore/endings/person", json=wanted).raise_for_status()
    told: dict[str, Any] = found.json()
    return told


def test_who_left_for_the_reason_is_told_so(desk: House) -> None:
    found = _ending(desk, f"p{ANSWERED}")
    assert (found["state"], found["place_name"], found["said"]) == ("lapsed", "Asked", False)
    assert found["ended_at"].startswith("2026-01-01")
    [met] = found["met"]
    assert (met["kind"], met["act_name"], met["left_there"]) == ("unanswered", "Replied", True)
    assert met["with_it"] == 1
    assert [one["key"] for one in found["words"]] == ["endings.person_silent", "endings.person_why"]


def test_who_is_still_there_met_nothing(desk: House) -> None:
    found = _ending(desk, "p0")
    assert (found["state"], found["ended_at"], found["met"]) == ("active", None, [])
    assert [one["key"] for one in found["words"]] == ["endings.person_on"]


def test_who_has_no_journey_has_no_state(desk: House) -> None:
    wanted = {"query": {"map": {"key": "desk"}}, "person": 100_000}
    found = desk.client.post("/v1/explore/endings/person", json=wanted).raise_for_status().json()
    assert found["state"] is None
