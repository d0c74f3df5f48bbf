"""Positions: who stands where, worked out by hand."""

from __future__ import annotations

import numpy as np
from tests.engine.comparisons import close_enough
from tests.engine.factories import journeys_of, pencil

from desireline.engine.analyses import positions
from desireline.engine.compute.threads import run
from desireline.engine.journeys import MICROSECONDS


def test_pencil_case() -> None:
    journeys = pencil()
    result = run(positions, journeys, positions.Query(journeys.code == journeys.code_of["order"]))
    assert (result.as_of, result.open) == ("1970-01-01T00:10:00Z", 3)
    assert [(p.event, p.open) for p in result.positions] == [("support", 2), ("cart", 1)]
    close_enough(result.by_event["support"].open_since, [0, 600 * MICROSECONDS])
    close_enough(result.by_event["cart"].open_since, [580 * MICROSECONDS])
    assert [(one.id, one.event, one.since) for one in result.journeys()] == [
        ("fay", "support", "1970-01-01T00:00:00Z"),
        ("dan", "cart", "1970-01-01T00:00:20Z"),
        ("cem", "support", "1970-01-01T00:10:00Z"),
    ]
    assert [one.id for one in result.journeys(limit=1, event="cart")] == ["dan"]


def test_what_had_happened_by_a_time() -> None:
    journeys = pencil()
    outcome = journeys.code == journeys.code_of["order"]
    query = positions.Query(outcome, as_of=90 * MICROSECONDS)
    standing = {one.id: one.event for one in run(positions, journeys, query).journeys()}
    assert standing == {
        "ann": "cart",
        "bob": "visit",
        "cem": "visit",
        "dan": "cart",
        "eve": "cart",
        "fay": "support",
    }


def test_since_when_is_the_first_event_of_the_last_visit() -> None:
    journeys = journeys_of([[("a", 0), ("b", 5), ("a", 7), ("a", 9)]])
    (one,) = run(positions, journeys, positions.Query()).journeys()
    assert (one.event, one.since) == ("a", "1970-01-01T00:00:07Z")


def test_a_closed_journey_opens_again_with_its_next_event() -> None:
    journeys = journeys_of([[("a", 0), ("a", 1)], [("a", 0), ("a", 1), ("a", 4)]])
    closed = np.array([False, True, False, True, False])
    (one,) = run(positions, journeys, positions.Query(closed=closed)).journeys()
    assert (one.id, one.since) == ("2", "1970-01-01T00:00:04Z")


def test_sessions_have_numbers_whatever_the_shards() -> None:
    journeys = journeys_of([[("a", t)] for t in range(5)], persons=[0, 0, 0, 1, 1], ids=["x", "y"])
    for threads in (1, 2, 4, 5):
        result = run(positions, journeys, positions.Query(), threads)
        assert [one.id for one in result.journeys()] == ["x#1", "x#2", "x#3", "y#1", "y#2"]
        shards = journeys.shards(threads)
        ids = [shard.journey_id(j) for shard in shards for j in range(len(shard))]
        assert ids == ["x#1", "x#2", "x#3", "y#1", "y#2"]
