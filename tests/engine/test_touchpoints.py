"""Touchpoints: figures worked out by hand, and sums that no cut can change."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.comparisons import close_enough
from tests.engine.factories import journeys_of, pencil, random_journeys
from tests.engine.naive import touchpoints_of

from desireline.engine.analyses import touchpoint_counts, touchpoints
from desireline.engine.analyses.exact_sums import LIMBS, sum_of
from desireline.engine.analyses.touchpoints import Neighbour, Value
from desireline.engine.compute.threads import run
from desireline.engine.kernels.exact_sums import add_values


def figures() -> touchpoints.Touchpoints:
    journeys = pencil()
    return run(touchpoints, journeys, touchpoints.Query(journeys.code == journeys.code_of["order"]))


def test_pencil_case_visit() -> None:
    told = figures().by_event["visit"]
    assert (told.journeys, told.persons, told.events, told.visits) == (5, 5, 7, 6)
    assert (told.repeated_visits, told.starts, told.ends) == (1, 5, 0)
    assert (told.reach.count, told.reach.n, told.exit.count) == (5, 6, 0)
    assert told.loop.share == 1 / 5
    assert told.outcome is not None
    assert told.outcome_base is not None
    assert (told.outcome.share, told.outcome_base.share) == (3 / 5, 3 / 6)
    close_enough(told.wait_before, [60_000_000])
    close_enough(told.wait_after, [s * 10**6 for s in (60, 30, 10, 600, 20, 30)])
    close_enough(told.duration, [s * 10**6 for s in (0, 90, 0, 0, 10)])
    assert told.previous == (Neighbour(None, 5, 5 / 6), Neighbour("cart", 1, 1 / 6))
    assert told.next == (Neighbour("cart", 5, 5 / 6), Neighbour("support", 1, 1 / 6))
    assert (told.first_at, told.last_at) == ("1970-01-01T00:00:00Z", "1970-01-01T00:01:30Z")


def test_pencil_case_exits_and_values() -> None:
    told = figures().by_event
    assert (told["cart"].exit.count, told["cart"].exit.n, told["cart"].ends) == (1, 4, 1)
    assert (told["order"].exit.count, told["order"].ends) == (0, 3)
    assert told["support"].exit.share == 1.0
    assert told["order"].value == Value(3, 60.5, 60.5 / 3)
    assert told["visit"].value == Value(0, 0.0, None)
    assert [t.event for t in figures().touchpoints] == ["visit", "cart", "order", "support"]


def test_outcome_counts_only_from_the_first_visit_on() -> None:
    journeys = journeys_of([[("order", 0), ("support", 5)]])
    told = run(touchpoints, journeys, touchpoints.Query(journeys.code == 0)).by_event
    assert told["support"].outcome is not None
    assert (told["support"].outcome.count, told["support"].exit.count) == (0, 0)


def test_without_an_outcome_there_is_no_rate() -> None:
    told = run(touchpoints, pencil(), touchpoints.Query()).by_event["cart"]
    assert (told.outcome, told.outcome_base) == (None, None)


def test_persons_whose_sessions_a_cut_parts_count_once() -> None:
    walks = [[("a", 0)], [("a", 9)], [("a", 20), ("b", 21)], [("b", 30)], [("a", 1)]]
    journeys = journeys_of(walks, persons=[0, 0, 0, 0, 1])
    for threads in (1, 2, 3, 5):
        result = run(touchpoints, journeys, touchpoints.Query(), threads)
        assert (result.cases, result.persons) == (5, 2)
        assert {t.event: t.persons for t in result.touchpoints} == {"a": 2, "b": 1}


floats = st.floats(width=32, allow_nan=False, allow_infinity=False)


@given(st.lists(floats))
def test_sums_of_values_are_exact(values: list[float]) -> None:
    n = len(values)
    groups, bits = (np.arange(n) % 2).astype(np.uint16), np.array(values, np.float32).view(np.int32)
    counted, limbs = np.zeros(2, np.int64), np.zeros((2, LIMBS), np.int64)
    every, offset = np.ones(n, np.bool_), np.array([0, n])
    add_values(offset, groups, bits, every, np.ones(1, np.bool_), counted, limbs)
    assert counted.sum() == n
    for group in range(2):
        exact = sum((Fraction(value) for value in values[group::2]), Fraction(0))
        assert sum_of(limbs[group].tolist()) == float(exact)


def test_more_touchpoints_than_fit_a_table() -> None:
    journeys = random_journeys(3, n_journeys=6, n_types=touchpoint_counts.MOST_STAYS + 1)
    seen = {journeys.events[code] for code in np.unique(journeys.code).tolist()}
    result = run(touchpoints, journeys, touchpoints.Query(), threads=2)
    exact = touchpoints_of(journeys, touchpoints.Query())["touchpoints"]
    assert len(result.touchpoints) == touchpoint_counts.MOST_STAYS + 1
    for name in seen:
        assert result.by_event[name].journeys == exact[name]["journeys"]
        close_enough(result.by_event[name].duration, exact[name]["waits"]["duration"])


def test_rows_are_flat() -> None:
    row = figures().rows()[0]
    assert (row["event"], row["journeys"], row["reach"]) == ("visit", 5, 5 / 6)
    assert row["wait_after_mean_seconds"] == pytest.approx(125.0)
    assert not any(isinstance(cell, (tuple, dict, list)) for cell in row.values())
