"""The newest events: the last ones, and those that come, also over the edge of a segment."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tests.modules.house import House

from desireline.log.following import Follower
from desireline.log.segments.sealing import seal
from desireline.modules.collect.arrivals import Arrivals, Wanted
from desireline.modules.collect.seen import SEEN


def _send(here: House, n: int, type_: str = "seen", begin: int = 0) -> None:
    events = [{"type": type_, "id": f"{type_}-{begin + i}", "user_id": "ann"} for i in range(n)]
    here.send(events)


def _recent(here: House, **asked: Any) -> list[int]:
    told = here.client.get("/v1/events/recent", params=asked).json()
    return [event["position"] for event in told["events"]]


class TestRecent:
    def test_the_last_ones_in_their_order(self, here: House) -> None:
        assert _recent(here) == []
        _send(here, 5)
        assert _recent(here, most=2) == [4, 5]
        _send(here, 2, "bought")
        assert _recent(here, type="bought") == [6, 7]
        assert _recent(here, source="nobody") == []

    def test_those_that_were_sealed_as_well(self, here: House) -> None:
        _send(here, 5)
        seal(here.rooms.db, here.rooms.store, here.rooms.clock)
        _send(here, 2, "bought")
        assert _recent(here, most=4) == [4, 5, 6, 7]
        assert _recent(here, type="seen", most=2) == [4, 5]


class TestAfter:
    def test_of_many_the_newest_and_how_many_are_left_out(self, here: House) -> None:
        _send(here, 9)
        arrivals = Arrivals(here.rooms)
        found = arrivals.after(2, Wanted(), 3)
        assert ([p for p, _ in found.events], found.left_out, found.position) == ([7, 8, 9], 4, 9)
        seal(here.rooms.db, here.rooms.store, here.rooms.clock)
        _send(here, 1, begin=9)
        again = arrivals.after(2, Wanted(), 3)
        assert ([p for p, _ in again.events], again.left_out, again.position) == ([8, 9, 10], 5, 10)
        assert arrivals.after(10, Wanted(), 3).events == []
        assert arrivals.after(0, Wanted(types=("other",)), 3).position == 10


class TestLive:
    def test_events_come_as_they_come(self, here: House) -> None:
        _send(here, 3)
        with here.client.stream("GET", "/v1/events/live?after=1&type=seen") as answer:
            told = _told(answer.iter_lines())
            first = next(told)
            assert [e["position"] for e in first["events"]] == [2, 3]
            _send(here, 1, "other")
            _send(here, 1, begin=3)
            later = next(told)
            assert [e["id"] != "" and e["type"] for e in later["events"]] == ["seen"]
            assert later["position"] == 5

    def test_a_stream_without_a_position_begins_now(self, here: House) -> None:
        _send(here, 3)
        with here.client.stream("GET", "/v1/events/live") as answer:
            lines = answer.iter_lines()
            assert next(lines) == "event: pulse"
            _send(here, 1, begin=3)
            assert [e["position"] for e in next(_told(lines))["events"]] == [4]


def _told(lines: Iterator[str]) -> Iterator[dict[str, Any]]:
    """What the events `events` of a stream say."""
    name = ""
    for line in lines:
        key, _, value = line.partition(": ")
        if key == "event":
            name = value
        elif key == "data" and name == "events":
            yield json.loads(value)


class TestSources:
    def test_each_is_counted_with_what_failed(self, here: House) -> None:
        made = here.client.post("/v1/sources", json={"name": "shop"}).json()
        _send(here, 4)
        shop = {"x-write-key": made["write_key"]}
        for n in range(2):
            event = {"type": "seen", "user_id": "ann", "id": f"shop-{n}"}
            here.client.post("/v1/events", json=event, headers=shop)
        here.client.post("/v1/events", json={"type": "seen"}, headers=shop)
        follower = Follower(here.rooms.db, here.rooms.reader, SEEN)
        assert list(follower.catch_up(rows=3)) == [3, 6]
        told = here.client.get("/v1/events/sources").json()["sources"]
        assert [(s["source"], s["events"], s["failed"]) for s in told] == [
            ("api", 4, 0),
            ("shop", 2, 1),
        ]
        assert all(s["first_at"] <= s["last_at"] for s in told)
