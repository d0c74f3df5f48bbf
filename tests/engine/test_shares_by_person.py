"""Shares that count one person several times: their intervals against statsmodels and the truth."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint
from tests.engine.factories import journeys_of, random_journeys
from tests.engine.naive import kept_events, name_of

from desireline.engine.analyses import paths, transitions, variants
from desireline.engine.analyses.shares import (
    ByPerson,
    Share,
    share,
    share_at_least,
    share_by_person,
)
from desireline.engine.casing import CaseBy, recased
from desireline.engine.compute.threads import over, run
from desireline.engine.journeys import I64, Bools, Journeys, Mask
from desireline.engine.numbers import more_needed

STEPS = transitions.Query(quantiles=False, intervals=True)
Step: TypeAlias = tuple[str | None, str | None]


def filtered(journeys: Journeys) -> Journeys:
    keep: Bools = np.arange(len(journeys.time)) % 7 != 2
    return replace(journeys, mask=Mask(keep, np.arange(len(journeys)) % 5 != 1))


LOGS = {
    "persons": random_journeys(3, n_journeys=60, n_types=4),
    "filtered": filtered(random_journeys(4, n_journeys=60, n_types=4)),
    "sessions": recased(
        random_journeys(5, n_journeys=40, n_types=4), CaseBy("session", gap_seconds=40.0)
    ),
}


def worth_of(counted: list[bool], person: list[int]) -> float:
    """By statsmodels: how many independent ones have the variance of a mean with clusters."""
    y = np.array(counted, np.float64)
    groups = {"groups": np.array(person)}
    p, least = y.mean(), len(y) ** 2 / sum(n * n for n in Counter(person).values())
    if p in {0.0, 1.0} or len(set(person)) < 2:
        return least
    fit = sm.OLS(y, np.ones(len(y))).fit(cov_type="cluster", cov_kwds=groups)
    alike = len(set(person))
    variance = fit.bse[0] ** 2 * (alike - 1) / alike * least / (least - 1)
    return float(min(len(y), max(least, p * (1 - p) / variance if variance else len(y))))


def clustered(counted: list[bool], person: list[int]) -> tuple[float, float]:
    """Wilson's interval of as many independent ones."""
    worth = worth_of(counted, person)
    low, high = proportion_confint(np.mean(counted) * worth, worth, method="wilson")
    return float(low), float(high)


def steps_of(journeys: Journeys) -> list[tuple[Step, int]]:
    """All steps, and who took each."""
    return [
        (step, journeys.person_index(j))
        for j, kept in enumerate(kept_events(journeys))
        if kept
        for step in pairwise([None, *(name_of(journeys, i) for i in kept), None])
    ]


@pytest.mark.parametrize("log", LOGS)
def test_intervals_of_steps_are_those_of_statsmodels(log: str) -> None:
    journeys = LOGS[log]
    taken = steps_of(journeys)
    found = run(transitions, journeys, STEPS)
    inner = [(s, who) for s, who in taken if None not in s]
    told = (*found.transitions, *found.starts, *found.ends)
    assert len(told) == len({step for step, _ in taken})
    for one in told:
        step = (one.source, one.target)
        same = [(s, w) for s, w in inner if s[0] == one.source]
        if one.source is None:
            same = [(s, w) for s, w in taken if s[0] is None]
        if one.target is None:
            same = [(s, w) for s, w in taken if s[1] is None]
        assert one.among is not None
        assert (one.among.count, one.among.n) == (one.count, len(same))
        low, high = clustered([s == step for s, _ in same], [w for _, w in same])
        assert (one.among.low, one.among.high) == pytest.approx((low, high), abs=1e-9)


@pytest.mark.parametrize("log", LOGS)
def test_shards_give_the_same_intervals(log: str) -> None:
    journeys = LOGS[log]
    for analysis, query in (
        (transitions, STEPS),
        (variants, variants.Query()),
        (paths, paths.Query(journeys.events[0], depth=2, every=True)),
    ):
        whole = run(analysis, journeys, query)
        parted = over(analysis, journeys.shards(4), query)
        assert parted.rows() == whole.rows()
        assert whole.rows()[0]["low"] < whole.rows()[0]["high"]


def planted(seed: int, persons: int) -> tuple[I64, I64]:
    """Persons with a habit each, half of them on average: how often each acts, and how so."""
    rng = np.random.default_rng(seed)
    often = rng.integers(1, 30, persons)
    return often, rng.binomial(often, rng.beta(0.4, 0.4, persons))


def told_of(often: I64, counted: I64) -> Share:
    sums = [int((a * b).sum()) for a, b in ((counted, counted), (counted, often), (often, often))]
    return share_by_person(int(counted.sum()), int(often.sum()), ByPerson(*sums))


def covers(told: Share, truth: float) -> bool:
    assert told.low is not None
    assert told.high is not None
    return told.low <= truth <= told.high


def test_the_interval_holds_the_truth_where_persons_have_habits() -> None:
    held = plain = 0
    for seed in range(600):
        often, counted = planted(seed, persons=80)
        held += covers(told_of(often, counted), 0.5)
        plain += covers(share(int(counted.sum()), int(often.sum())), 0.5)
    assert 0.92 <= held / 600 <= 0.97
    assert plain / 600 < 0.6


def test_one_person_says_little_however_often() -> None:
    walk = [(name, 10.0 * i) for i, name in enumerate("ab" * 300)]
    other = [("a", 0.0), ("c", 1.0)]
    found = run(transitions, journeys_of([walk, other, other]), STEPS).transitions[0]
    assert (found.source, found.target, found.count) == ("a", "b", 300)
    assert found.among is not None
    assert found.among.low is not None
    assert found.among.low < 0.3
    assert (share(300, 302).low or 0) > 0.97
    assert more_needed(found.among) > 300
    assert more_needed(share(300, 302)) == 0


@given(st.lists(st.tuples(st.integers(1, 20), st.integers(0, 20)), min_size=2, max_size=30))
def test_an_interval_by_person_lies_between_those_of_the_extremes(drawn: Any) -> None:
    often = np.array([n for n, _ in drawn])
    counted = np.minimum(often, [c for _, c in drawn])
    told, plain = told_of(often, counted), share(int(counted.sum()), int(often.sum()))
    assert plain.low is not None
    assert told.low is not None
    widest = share_at_least(told.count, told.n, int((often**2).sum()))
    assert widest.low is not None
    assert widest.low - 1e-12 <= told.low <= plain.low + 1e-12
    assert more_needed(told) >= more_needed(plain)


def test_who_counts_once_has_wilsons_interval() -> None:
    journeys = random_journeys(6, n_journeys=300, n_types=3)
    for one in run(paths, journeys, paths.Query(journeys.events[0], depth=3)).steps:
        assert one.of_anchors == share(one.of_anchors.count, one.of_anchors.n)
    for way in run(variants, journeys, variants.Query()).variants:
        assert (way.low, way.high) == pytest.approx(
            (share(way.count, 300).low, share(way.count, 300).high)
        )


def test_occurrences_of_one_person_make_paths_less_sure() -> None:
    walks = [[(name, 9.0 * i) for i, name in enumerate("abac")], [("a", 0.0), ("b", 1.0)]]
    found = run(paths, journeys_of(walks), paths.Query("a", depth=2, every=True))
    # Of three occurrences two are of one person, one of them followed by b; each person has one.
    first = found.after.children[0]
    expected = share_by_person(2, 3, ByPerson(square=2, cross=3, base=5))
    assert (first.event, first.count, first.low, first.high) == (
        "b",
        2,
        expected.low,
        expected.high,
    )
    followed = [True, False, True], [0, 0, 1]
    assert (expected.low, expected.high) == pytest.approx(clustered(*followed), abs=1e-9)
    told = {(s.distance, s.event): s.of_anchors for s in found.steps}
    # Of three occurrences two are of one person: 3 * 3 / (2 * 2 + 1 * 1) = 1.8 stand for them.
    assert (told[1, "b"].low, told[1, "b"].high) == pytest.approx(
        proportion_confint(1.2, 1.8, method="wilson")
    )
    assert told[-1, "b"] == share_at_least(1, 3, 5)


def test_sessions_of_one_person_make_ways_less_sure() -> None:
    walks = [[("a", 0.0), ("a", 1e6), ("b", 2e6)], [("a", 0.0)]]
    sessions = recased(journeys_of(walks), CaseBy("session", gap_seconds=60.0))
    first = run(variants, sessions, variants.Query()).variants[0]
    expected = share_by_person(3, 4, ByPerson(square=5, cross=7, base=10))
    assert (first.events, first.count) == (("a",), 3)
    assert (first.low, first.high) == (expected.low, expected.high)
