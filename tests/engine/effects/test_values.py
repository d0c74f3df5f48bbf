"""Effects on values and times against planted truth, and against sums that are slow and obvious."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.factories import journeys_of

from desireline.engine import effects
from desireline.engine.compute.threads import run
from desireline.engine.effects import Design, Metric, Query
from desireline.engine.effects.counting import DAY, partial
from desireline.engine.effects.errors import EffectImpossible
from desireline.engine.effects.observing import MOMENTS
from desireline.engine.effects.planning import planned, visits_of_means
from desireline.engine.effects.query import Kind
from desireline.engine.rules.ast import Event
from desireline.engine.saying import in_words
from desireline.sim.planted.effects import WORLDS
from desireline.sim.planted.values import planted_value

HOUR = 3600.0
WINDOW = 30 * HOUR
kinds = pytest.mark.parametrize("kind", ["value", "each", "time"])

walks = st.lists(
    st.lists(
        st.tuples(st.sampled_from(["came", "done", "else"]), st.integers(0, 20 * 24)), max_size=12
    ).map(lambda steps: sorted(((e, h * HOUR) for e, h in steps), key=lambda step: step[1])),
    min_size=1,
    max_size=6,
)


def _query(kind: Kind, at_most: float | None = None) -> Query:
    metric = Metric(Event(("done",)), kind=kind, within_seconds=WINDOW, at_most=at_most)
    return Query(Event(("came",)), metric, deployed=10 * DAY, until=40 * DAY)


def _slowly(walks: list[list[tuple[str, float]]], query: Query) -> Counter[int]:
    """What each visit counts for, in whole numbers; an event is worth the hour it came at."""
    found: Counter[int] = Counter()
    most = query.metric.at_most or np.inf
    for walk in walks:
        free = -1.0
        for at, (event, time) in enumerate(walk):
            if event != "came" or time < free:
                continue
            free = time + WINDOW
            if time < query.deployed / 1e6 < free:
                continue
            done = [t for e, t in walk[at + 1 :] if e == "done" and t < free]
            if query.metric.kind == "value":
                found[round(100 * min(sum(t / HOUR for t in done), most))] += 1
            elif query.metric.kind == "time":
                wait = (done[0] - time) / WINDOW if done else 1.0
                found[round(wait * MOMENTS)] += 1
            elif done:
                found[round(100 * min(done[0] / HOUR, most))] += 1
    return found


@pytest.mark.parametrize(
    ("kind", "at_most"), [("value", None), ("value", 300.0), ("each", 200.0), ("time", None)]
)
@given(walks=walks)
@settings(max_examples=60, deadline=None)
def test_sums_equal_their_oracle(
    walks: list[list[tuple[str, float]]], kind: Kind, at_most: float | None
) -> None:
    journeys = journeys_of(walks, events=("came", "done", "else"))
    valued = replace(journeys, value=(journeys.time / (1e6 * HOUR)).astype(np.float32))
    query = _query(kind, at_most)
    found = partial(valued, query)
    slowly = _slowly(walks, query)
    sums = [sum(column) for column in zip(*found.cells.values(), strict=True)] or [0, 0, 0]
    assert sums[0] == slowly.total()
    assert sums[1] == sum(value * n for value, n in slowly.items())
    assert sums[2] == sum(value * value * n for value, n in slowly.items())


@kinds
@pytest.mark.parametrize("design", WORLDS)
def test_the_truth_is_mostly_inside(kind: Kind, design: Design) -> None:
    inside = asked = 0
    for seed in range(2_000, 2_004):
        world = planted_value(design, kind, seed)
        found = run(effects, world.journeys, world.query, 1)
        assert found.design == design
        if found.low is None or found.high is None:
            continue
        asked += 1
        inside += found.low <= world.effect <= found.high
    assert asked >= 3
    assert inside >= asked - 1


def test_what_is_cut_is_told() -> None:
    world = planted_value("randomised", "value", 2_000, at_most=100.0)
    found = run(effects, world.journeys, world.query, 1)
    plain = replace(world.query, metric=replace(world.query.metric, at_most=None))
    whole = run(effects, world.journeys, plain, 1)
    assert found.cut > 0
    assert (whole.cut, whole.at_most) == (0, None)
    assert found.deviation < whole.deviation
    [told] = [one for one in in_words(found) if one.key == "effects.cut"]
    assert told.values == {"most": 100.0, "count": found.cut}
    assert "100" in told.text


def test_a_time_is_told_as_one() -> None:
    world = planted_value("randomised", "time", 2_001)
    found = run(effects, world.journeys, world.query, 1)
    told = {one.key: one.text for one in in_words(found)}
    assert f"effects.time_{found.verdict}" in told
    assert "It takes" in told["effects.time_lot"]
    assert "effects.of_time" in told


def test_a_rate_cannot_be_cut() -> None:
    with pytest.raises(EffectImpossible, match="cannot be cut"):
        replace(_query("value", 5.0), metric=replace(_query("value", 5.0).metric, kind="rate"))


def test_as_many_as_planned_show_the_difference() -> None:
    """The textbook's sum for two means, and four of five trials of so many show it."""
    needed = visits_of_means(0.2, 1.0)
    assert needed == pytest.approx(4 * (1.959964 + 0.841621) ** 2 / 0.2**2, abs=1)
    assert needed is not None
    dice, seen = np.random.default_rng(5), 0
    for _ in range(400):
        arms = dice.normal(0, 1, needed // 2), dice.normal(0.2, 1, needed // 2)
        error = np.sqrt(sum(arm.var(ddof=1) / len(arm) for arm in arms))
        seen += abs(arms[1].mean() - arms[0].mean()) > 1.96 * error
    assert 0.74 < seen / 400 < 0.86


def test_a_plan_for_a_value_is_a_share_of_it() -> None:
    world = planted_value("difference_in_differences", "value", 2_002)
    found = run(effects, world.journeys, world.query, 1)
    small, large = (planned(found, world.query, share) for share in (0.05, 0.1))
    assert small is not None
    assert large is not None
    assert small.n == pytest.approx(4 * large.n, rel=0.01)
