"""One table of every analysis, its oracle, and the queries that tests run over both."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from tests.engine import naive

from desireline.engine.analyses import (
    ANALYSES,
    paths,
    positions,
    retention,
    touchpoints,
    transitions,
    variants,
)
from desireline.engine.analyses.times import iso
from desireline.engine.analyses.waits import WAIT_ERROR, Wait
from desireline.engine.compute.threads import over
from desireline.engine.journeys import Bools, Journeys


@dataclass(frozen=True)
class Comparison:
    """An analysis, its oracle, and how to see that a result says what the oracle says."""

    name: str
    query: Callable[[Journeys], Any]
    oracle: Callable[[Journeys, Any], dict[str, Any]]
    check: Callable[[Any, dict[str, Any]], None]

    def run(self, journeys: Journeys, cuts: Sequence[Journeys] | None = None) -> None:
        """Asserts that the analysis, over shards if given, equals the oracle over the whole."""
        query = self.query(journeys)
        result = over(ANALYSES[self.name.split()[0]], cuts or [journeys], query)
        self.check(result, self.oracle(journeys, query))


def outcome_of(journeys: Journeys) -> Bools:
    """About one event in eight, exact by time."""
    return (journeys.time // 7) % 8 == 3


def close_enough(wait: Wait, waits: list[int]) -> None:
    """The figures of `waits`: number and mean exact, quantiles within the stated error."""
    assert wait.n == len(waits)
    mean = naive.mean_seconds(waits)
    assert (wait.mean is None) == (mean is None)
    if mean is not None:
        assert wait.mean == pytest.approx(mean, rel=1e-12)
    for q, told in ((0.5, wait.p50), (0.9, wait.p90)):
        exact = naive.quantile_seconds(waits, q)
        assert (told is None) == (exact is None)
        if told is not None and exact is not None:
            assert abs(told - exact) <= exact * WAIT_ERROR


def check_transitions(result: transitions.Transitions, exact: dict[str, Any]) -> None:
    told = result.to_dict()
    for row, other in zip(told["transitions"], exact["transitions"], strict=True):
        wait = row.pop("wait_seconds")
        assert wait["mean"] == pytest.approx(other.pop("mean"), rel=1e-12)
    assert {key: told[key] for key in exact} == exact
    assert told["error"] == WAIT_ERROR


def check_quantiles(
    result: transitions.Transitions, exact: dict[tuple[str, str], list[int]]
) -> None:
    assert {(t.source, t.target) for t in result.transitions} == set(exact)
    for t in result.transitions:
        assert t.source is not None
        assert t.target is not None
        close_enough(t.wait, exact[t.source, t.target])


def check_equal(result: variants.Variants, exact: dict[str, Any]) -> None:
    assert result.to_dict() == exact


def check_touchpoints(result: touchpoints.Touchpoints, exact: dict[str, Any]) -> None:
    assert (result.cases, result.persons, result.events) == (
        exact["cases"],
        exact["persons"],
        exact["events"],
    )
    assert set(result.by_event) == set(exact["touchpoints"])
    for name, other in exact["touchpoints"].items():
        told = result.by_event[name]
        assert told.outcome is not None
        assert told.outcome_base is not None
        assert told.outcome_base.count == exact["with_outcome"]
        assert told.outcome_base.n == told.reach.n == exact["cases"]
        assert told.exit.n == told.loop.n == told.outcome.n == told.reach.count == told.journeys
        found = {
            "journeys": told.journeys,
            "events": told.events,
            "visits": told.visits,
            "loops": told.loop.count,
            "starts": told.starts,
            "ends": told.ends,
            "exits": told.exit.count,
            "with_outcome": told.outcome.count,
            "persons": told.persons,
            "previous": {n.event: n.count for n in told.previous},
            "next": {n.event: n.count for n in told.next},
            "values": told.value.n,
            "sum": told.value.sum,
        }
        assert found == {key: other[key] for key in found}
        assert told.repeated_visits == told.visits - told.journeys
        first, last = other["period"] or (None, None)
        assert told.first_at == (None if first is None else iso(first))
        assert told.last_at == (None if last is None else iso(last))
        close_enough(told.wait_before, other["waits"]["before"])
        close_enough(told.wait_after, other["waits"]["after"])
        close_enough(told.duration, other["waits"]["duration"])


def check_positions(result: positions.Positions, exact: dict[str, Any]) -> None:
    as_of, standing = exact["as_of"], exact["standing"]
    assert result.as_of == (None if as_of is None else iso(as_of))
    assert result.open == len(standing)
    told = {one.id: (one.event, one.since) for one in result.journeys(limit=10**6)}
    assert told == {key: (event, iso(since)) for key, (event, since) in standing.items()}
    for event in {event for event, _ in standing.values()}:
        waits = [as_of - since for there, since in standing.values() if there == event]
        assert result.by_event[event].open == len(waits)
        close_enough(result.by_event[event].open_since, waits)


def check_retention(result: retention.Retention, exact: dict[str, Any]) -> None:
    as_of, cohorts, over = exact["as_of"], exact["cohorts"], exact["over"]
    assert result.as_of == (None if as_of is None else iso(as_of))
    assert result.n == sum(cohort["n"] for cohort in cohorts.values())
    told = {dt.date.fromisoformat(c.begins_on): c for c in result.cohorts}
    assert told.keys() == cohorts.keys()
    assert [c.begins_on for c in result.cohorts] == sorted(c.begins_on for c in result.cohorts)
    for first, cohort in told.items():
        assert cohort.n == cohorts[first]["n"]
        for cell in cohort.cells:
            assert (cell.n, cell.count) == (cohort.n, cohorts[first]["back"][cell.period])
            assert (cell.state == "over") == ((first, cell.period) in over)
            assert (cell.share is None) == (cell.state != "over")
    for cell in result.cells:
        ripe = [c for first, c in cohorts.items() if (first, cell.period) in over]
        assert (cell.state == "over") == bool(ripe)
        if ripe:
            assert cell.n == sum(c["n"] for c in ripe)
            assert cell.count == sum(c["back"][cell.period] for c in ripe)
            assert cell.share == cell.count / cell.n


def check_paths(result: paths.Paths, exact: dict[str, Any]) -> None:
    for root, counts in ((result.after, exact["after"]), (result.before, exact["before"])):
        assert dict(_beginnings(root)) == (counts or {(): 0})


def _beginnings(
    node: paths.Node, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], int]]:
    yield path, node.count
    for child in node.children:
        name = naive.END if child.kind == "end" else child.name
        yield from _beginnings(child, (*path, name))


def _closing(journeys: Journeys) -> Bools:
    return (journeys.time // 11) % 6 == 1


def _middle(journeys: Journeys) -> int:
    return int(np.median(journeys.time)) if len(journeys.time) else 0


COMPARISONS = [
    Comparison(
        "transitions",
        lambda _: transitions.Query(quantiles=False),
        naive.transitions_of,
        check_transitions,
    ),
    Comparison(
        "transitions by journey",
        lambda journeys: transitions.Query(
            journeys=True, outcome=outcome_of(journeys), rarity=True
        ),
        naive.transitions_of,
        check_transitions,
    ),
    Comparison(
        "transitions with quantiles",
        lambda _: transitions.Query(),
        lambda journeys, _: naive.step_waits(journeys),
        check_quantiles,
    ),
    Comparison("variants", lambda _: variants.Query(), naive.variants_of, check_equal),
    Comparison(
        "variants with outcome",
        lambda journeys: variants.Query(top=3, outcome=outcome_of(journeys)),
        naive.variants_of,
        check_equal,
    ),
    Comparison(
        "touchpoints",
        lambda journeys: touchpoints.Query(outcome=outcome_of(journeys)),
        naive.touchpoints_of,
        check_touchpoints,
    ),
    Comparison("positions", lambda _: positions.Query(), naive.positions_of, check_positions),
    Comparison(
        "positions at a time",
        lambda journeys: positions.Query(
            outcome_of(journeys), _closing(journeys), _middle(journeys)
        ),
        naive.positions_of,
        check_positions,
    ),
    Comparison(
        "paths",
        lambda journeys: paths.Query(journeys.events[0], depth=3, top=1000),
        naive.paths_of,
        check_paths,
    ),
    Comparison(
        "paths of bools with gaps",
        lambda journeys: paths.Query(
            outcome_of(journeys), depth=4, top=1000, every=True, max_gap_seconds=900
        ),
        naive.paths_of,
        check_paths,
    ),
    Comparison(
        "retention",
        lambda _: retention.Query(period="day", time_zone="America/New_York", periods=4),
        naive.retention_of,
        check_retention,
    ),
    Comparison(
        "retention on or after, of rules, at a time",
        lambda journeys: retention.Query(
            begins=_closing(journeys),
            back=outcome_of(journeys),
            period="month",
            time_zone="Europe/Berlin",
            kind="on_or_after",
            periods=3,
            as_of=_middle(journeys),
        ),
        naive.retention_of,
        check_retention,
    ),
]
