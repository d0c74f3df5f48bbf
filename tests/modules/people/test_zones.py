"""Whose clock the hours of a person are of, and how phones are asked for at home."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.modules.house import House, house
from tests.modules.people.test_inferred import DAY, NOW, event

from desireline.engine.analyses.times import iso
from desireline.log.following import Follower
from desireline.modules.people.habits import habits_of
from desireline.modules.people.traits import Trait
from desireline.modules.people.zones import Home, Zone, zone_of
from desireline.registry import MODULES
from desireline.settings import read_settings
from desireline.worker.reacting import reactions_of

HOME = Home("PL", "America/New_York")
BROWSER = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0.0.0"
WARSAW_PHONE = "22 510 20 30"


def traits(**told: Any) -> dict[str, Trait]:
    return {
        name: Trait(1, name, value, 0, 0, "api", "stated", 1.0, 1) for name, value in told.items()
    }


def summer_evenings(n: int = 5) -> list[int]:
    """Days of July at 18:30 UTC."""
    days = [datetime(2026, 7, day + 1, 18, 30, tzinfo=UTC) for day in range(n)]
    return [int(day.timestamp()) * 1_000_000 for day in days]


class TestZone:
    @pytest.mark.parametrize(
        ("told", "name", "because"),
        [
            ({"time_zone": "Asia/Tokyo", "country": "PL"}, "Asia/Tokyo", "trait time_zone"),
            (
                {"phone_time_zone": "Europe/London", "country": "PL"},
                *("Europe/London", "trait phone_time_zone"),
            ),
            ({"country": "pl"}, "Europe/Warsaw", "trait country"),
            ({"phone_country": "JP"}, "Asia/Tokyo", "trait phone_country"),
            ({"country": "US"}, "America/New_York", "workspace"),  # it has many
            ({"country": "Atlantis", "time_zone": "../etc"}, "America/New_York", "workspace"),
            ({"time_zone": 7, "country": ["PL"]}, "America/New_York", "workspace"),
            ({"time_zone": "Europe"}, "America/New_York", "workspace"),  # a folder of zones
            ({}, "America/New_York", "workspace"),
        ],
    )
    def test_what_says_most_counts(self, told: dict[str, Any], name: str, because: str) -> None:
        assert zone_of(traits(**told), [], HOME) == Zone(name, because)

    def test_events_tell_it_and_what_is_said_of_the_person_counts_before(self) -> None:
        events = [event(context={"timezone": zone}) for zone in ("Asia/Tokyo", "x", "Asia/Tokyo")]
        assert zone_of(traits(country="PL"), events, HOME) == Zone("Asia/Tokyo", "events")
        told = traits(timezone="Europe/Warsaw")
        assert zone_of(told, events, HOME) == Zone("Europe/Warsaw", "trait timezone")


def test_hours_are_of_that_clock_in_summer_and_in_winter() -> None:
    """18:30 UTC is 20:30 in Warsaw in July, and 19:30 in January."""
    january = int(datetime(2026, 1, 7, 18, 30, tzinfo=UTC).timestamp()) * 1_000_000
    evenings = [event(ago=(NOW - at) / DAY) for at in (*summer_evenings(), january)]
    found = habits_of(evenings, Zone("Europe/Warsaw", "trait country"))
    assert {one.name: one.n for one in found.hours} == {"20": 5, "19": 1}


def test_over_http_at_home_in_poland(tmp_path: Path, database_url: str) -> None:
    settings = read_settings(
        {"DESIRELINE_COUNTRY": "PL", "DESIRELINE_TIME_ZONE": "Asia/Tokyo"},
        data_dir=tmp_path / "w",
        database_url=database_url,
    )
    with house(tmp_path / "w", database_url, settings=settings) as here:
        _send(here, "ann", {"user_id": "ann", "phone": WARSAW_PHONE})
        _send(here, "bob", {"user_id": "bob"})
        for reaction in reactions_of(MODULES):
            for _ in Follower(here.rooms.db, here.rooms.reader, reaction).catch_up():
                pass
        ann = _profile(here, f"phone:{WARSAW_PHONE}")
        assert ann == _profile(here, "user_id:ann") == _profile(here, "phone:0048 225102030")
        assert (ann["time_zone"], ann["time_zone_from"]) == (
            "Europe/Warsaw",
            "trait phone_time_zone",
        )
        assert ann["preferred_hours"] in {"18-21", "19-22", "20-23"}
        bob = _profile(here, "user_id:bob")
        assert (bob["time_zone"], bob["time_zone_from"]) == ("Asia/Tokyo", "workspace")
        assert bob["hours"][0]["name"] == "03"
        of_ann = {one["name"]: one["value"] for one in ann["traits"]}
        assert of_ann["browser"].startswith("Chrome")
        assert of_ann["os"] == "Windows"
        told = {"purpose": "mailing", "state": "denied"}
        entered = here.client.post(f"/v1/persons/phone:{WARSAW_PHONE}/consents", json=told)
        assert entered.status_code < 300, entered.text
        asked = here.client.get("/v1/persons/user_id:ann/consents").json()
        assert "denied" in str(asked)


def _send(here: House, who: str, names: dict[str, str]) -> None:
    events = [
        {"id": f"{who}-{at}", "type": "chat_started", "at": iso(at), **names}
        for at in summer_evenings()
    ]
    headers = {"user-agent": BROWSER}
    answer = here.client.post("/v1/batch", json={"batch": events}, headers=headers)
    assert answer.json()["stored"] == len(events), answer.text
    here.settle()


def _profile(here: House, person: str) -> dict[str, Any]:
    answer = here.client.get(f"/v1/persons/{person}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found
