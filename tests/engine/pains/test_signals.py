"""Who meets a signal, in logs of a few journeys that can be followed with a pencil."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from tests.engine.factories import journeys_of

from desireline.engine import pains
from desireline.engine.compute.threads import over, run
from desireline.engine.journey_map import JourneyMap
from desireline.engine.journey_map.parts import Goal, Stage, Touchpoint
from desireline.engine.journeys import Journeys
from desireline.engine.kernels.pains import ROW, count_meetings
from desireline.engine.pains.strata import numbered
from desireline.engine.rules.ast import Event
from desireline.sim.planted.pains import planted_pains


def map_of(*names: str) -> JourneyMap:
    points = tuple(Touchpoint(key=name, name=name, rule=Event((name,))) for name in names)
    stage = Stage(key="s", name="S", touchpoints=points)
    return JourneyMap(key="m", name="M", stages=(stage,), goal=Goal(outcome=Event(("won",))))


def who_meets(
    signal: pains.Signal, touchpoint: str, walks: list[str], channels: list[str] | None = None
) -> list[bool]:
    """Of journeys told as letters, each with its channels as letters."""
    log = [[(name, 10.0 * k) for k, name in enumerate(walk)] for walk in walks]
    late = [("z", 1e6)]
    told = channels and [*(list(each) for each in channels), ["w"]]
    journeys = journeys_of([*log, late], channels=told)
    query = pains.Query(map_of(*sorted({name for walk in walks for name in walk})))
    settled = pains.again(pains.partial(journeys, query), query)
    assert settled is not None
    return pains.hurting(journeys, settled, signal, touchpoint).tolist()[:-1]


class TestLoop:
    def test_is_met_by_who_comes_back_from_further_on(self) -> None:
        assert who_meets("loop", "a", ["aba", "ab", "abca", "aa"]) == [True, False, True, False]

    def test_is_not_met_by_who_goes_on_again_after_it(self) -> None:
        assert who_meets("loop", "b", ["abab", "abacb", "ababcb"]) == [False, True, True]


class TestSwitch:
    """A letter of each journey's channels: web, app, mail. To `m` one only comes by mail."""

    def test_is_another_channel_than_the_last_that_leads_here(self) -> None:
        walks = ["ab"] * 20
        channels = ["ww"] * 9 + ["aa"] * 9 + ["wa", "aw"]
        assert who_meets("switch", "b", walks, channels) == [False] * 18 + [True] * 2

    def test_a_letter_in_between_is_none(self) -> None:
        walks, channels = ["amb"] * 20, ["wmw"] * 9 + ["ama"] * 9 + ["wma", "amw"]
        assert who_meets("switch", "b", walks, channels) == [False] * 18 + [True] * 2
        assert not any(who_meets("switch", "m", walks, channels))


def test_left_out_at_the_first_place_is_held_against_who_had_it() -> None:
    """Who had it has come one place further by that alone, and is like those who had not."""
    lot = np.random.default_rng(3)
    log, actors = [], []
    for number in range(2_000):
        at, has = 1_000.0 * number, lot.random() < 0.5
        names = ["begin", "offer", "choose"] if has else ["begin", "choose"]
        names += ["won"] if lot.random() < (0.8 if has else 0.4) else []
        log.append([(name, at + 10 * k) for k, name in enumerate(names)])
        actors += [2 if name == "offer" else 1 for name in names]
    journeys = replace(
        journeys_of(log), actor=np.array(actors, np.uint8), actors=("", "person", "employee")
    )
    told = run(pains, journeys, pains.Query(map_of("begin", "offer", "choose")))
    pain = told.of("skipped", "offer")
    assert pain is not None
    assert pain.verdict == "pain"
    assert pain.effect is not None
    assert pain.effect.low <= -0.4 <= pain.effect.high


def test_the_third_answer_is_one_too() -> None:
    """`m` is written to the company, `r` is its answer; one journey has had answers before."""
    walks = ["rxrxmr", "mr", "mr", "mx"]
    log = [[(name, 10.0 * k) for k, name in enumerate(walk)] for walk in walks]
    acts = [2 if name == "r" else 1 for walk in walks for name in walk]
    journeys = journeys_of(
        [*log, [("z", 1e6)]],
        channels=[["e-mail" if n in "mr" else "web" for n in walk] for walk in walks] + [["web"]],
    )
    journeys = replace(
        journeys, actor=np.array([*acts, 1], np.uint8), actors=("", "person", "employee")
    )
    query = pains.Query(map_of("m", "r", "x"))
    settled = pains.again(pains.partial(journeys, query), query)
    assert settled is not None
    hurt = pains.hurting(journeys, settled, "unanswered", "m")
    assert hurt.tolist() == [False, False, False, True, False]


@given(arrays(np.int64, st.integers(0, 40), elements=st.integers(0, 10_000)))
def test_numbers_are_those_of_numpy(keys: np.ndarray) -> None:
    distinct, which = np.unique(keys, return_inverse=True)
    for given_keys in (keys, np.tile(keys, 700)):
        found, place = numbered(given_keys)
        assert found.tolist() == distinct.tolist()
        assert place[: len(keys)].tolist() == which.tolist()


@given(st.integers(0, 2**32 - 1))
def test_meetings_are_counted_as_the_slow_way_does(seed: int) -> None:
    lot = np.random.default_rng(seed)
    n, suspects = int(lot.integers(0, 30)), int(lot.integers(0, 4))
    visits = np.zeros(n, ROW)
    visits["journey"], visits["at"] = lot.integers(0, 5, n), lot.integers(0, 50, n)
    which, (may, has) = lot.integers(0, 6, n), lot.random((2, n)) < 0.5
    met_at = lot.integers(-1, 50, (5, suspects))
    table = np.zeros((6, 2 * suspects), np.int64)
    count_meetings(visits, may, which, has, met_at, table)
    slow = np.zeros_like(table)
    for v in np.flatnonzero(may):
        for k in range(suspects):
            slow[which[v], 2 * k + has[v]] += met_at[visits["journey"][v], k] >= visits["at"][v]
    assert (table == slow).all()


def test_shards_with_other_channels_say_the_same() -> None:
    world = planted_pains(2, persons=3_000)
    query = pains.Query(world.journey_map)
    here, there = world.journeys.shards(2)
    whole = over(pains, [here, there], query, 1).rows()
    turned = over(pains, [here, _turned(there)], query, 1).rows()
    assert turned == [pytest.approx(row) for row in whole]


def _turned(journeys: Journeys) -> Journeys:
    assert journeys.channel is not None
    last = len(journeys.channels) - 1
    channel = np.where(journeys.channel > 0, last + 1 - journeys.channel, 0).astype(np.uint8)
    names = (journeys.channels[0], *reversed(journeys.channels[1:]))
    return replace(journeys, channel=channel, channels=names)
