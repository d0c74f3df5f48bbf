"""Comings and what came of them: an oracle that is slow and obvious, and shards that add up."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.factories import journeys_of, shards_at

from desireline.engine import effects
from desireline.engine.compute.threads import over, run
from desireline.engine.effects import Hashed, Metric, Query
from desireline.engine.effects.counting import DAY, Cell, partial
from desireline.engine.rules.ast import Event
from desireline.sim.planted.effects import WORLDS, planted_effect

HOUR = 3600.0
QUERY = Query(
    Event(("came",)),
    Metric(Event(("done",)), within_seconds=30 * HOUR),
    deployed=10 * DAY,
    reached=Event(("told",)),
    until=20 * DAY,
)

walks = st.lists(
    st.lists(
        st.tuples(st.sampled_from(["came", "done", "told", "else"]), st.integers(0, 20 * 24)),
        max_size=12,
    ).map(lambda steps: sorted(((e, h * HOUR) for e, h in steps), key=lambda step: step[1])),
    min_size=1,
    max_size=8,
)


def _slowly(
    journeys: list[list[tuple[str, float]]], query: Query
) -> tuple[Counter[tuple[int, int, int]], int]:
    """Comings by group, day and whether it came; and how many are left out."""
    assert query.until is not None
    found: Counter[tuple[int, int, int]] = Counter()
    left_out, window = 0, query.metric.within_seconds
    deployed, until = query.deployed / 1e6, query.until / 1e6
    for walk in journeys:
        free = -1.0
        for at, (event, time) in enumerate(walk):
            if event != "came" or time < free:
                continue
            free = time + window
            told = any(e == "told" for e, _ in walk[: at + 1])
            came = any(e == "done" and t < free for e, t in walk[at + 1 :])
            if free > until or (time < deployed < free):
                left_out += 1
            else:
                found[int(told), int((time - deployed) // 86_400), int(came)] += 1
    return found, left_out


@given(walks=walks)
@settings(max_examples=150, deadline=None)
def test_equals_its_oracle(walks: list[list[tuple[str, float]]]) -> None:
    journeys = journeys_of(walks, events=("came", "done", "told", "else"))
    found = partial(journeys, QUERY)
    counted: Counter[tuple[int, int, int]] = Counter()
    for cell, sums in found.cells.items():
        counted[cell.group, cell.day, 1] += sums[1]
        counted[cell.group, cell.day, 0] += sums[0] - sums[1]
    slowly, left_out = _slowly(walks, QUERY)
    assert +counted == +slowly
    assert found.left_out == left_out


@pytest.mark.parametrize("design", WORLDS)
def test_shards_answer_as_one(design: effects.Design) -> None:
    planted = planted_effect(design, 3)
    journeys, query = planted.journeys, planted.query
    whole = run(effects, journeys, query, 1)
    assert whole.design == design
    cuts = [len(journeys) // 7, len(journeys) // 2, len(journeys) // 2 + 1]
    assert over(effects, shards_at(journeys, cuts)[::-1], query, 1).to_dict() == whole.to_dict()


def test_values_are_summed_to_the_cent_and_channels_kept_apart() -> None:
    walk = [("came", 0.0), ("done", HOUR), ("done", 2 * HOUR), ("done", 40 * HOUR)]
    journeys = journeys_of(
        [walk, walk[:1]],
        channels=[["web"] * 4, ["phone"]],
        values=[[None, 10.1, 0.2, 99.0], [None]],
    )
    query = Query(
        Event(("came",)), Metric(Event(("done",)), "value", 30 * HOUR), deployed=0, until=2 * DAY
    )
    assert partial(journeys, query).cells == {
        Cell(1, "", "\tweb", 0): (1, 1030, 1030**2, 0, 0, 0),
        Cell(1, "", "\tphone", 0): (1, 0, 0, 0, 0, 0),
    }


def test_with_a_lot_the_first_coming_after_the_deal_counts_and_only_what_was_before_it() -> None:
    walk = [
        ("done", 1),
        ("done", 2),
        ("came", 3),
        ("dealt", 4),
        ("done", 5),
        ("came", 6),
        ("done", 7),
    ]
    journeys = journeys_of([[(name, hour * HOUR) for name, hour in walk], [("came", 0.0)]])
    query = Query(
        Event(("came",)),
        Metric(Event(("done",)), within_seconds=30 * HOUR),
        deployed=0,
        reached=Event(("dealt",)),
        compared=Event(("never",)),
        by_chance=True,
        like=(),
        until=2 * DAY,
    )
    assert partial(journeys, query).cells == {Cell(1, "", "", 0): (1, 1, 1, 1, 1, 1)}
    alone = replace(query, metric=replace(query.metric, kind="value"))
    valued = replace(journeys, value=np.ones(len(journeys.time), np.float32))
    # one after the coming; two before the deal, none of what came after it
    assert partial(valued, alone).cells == {
        Cell(1, "", "", 0): (1, 100, 100**2, 200, 200**2, 100 * 200)
    }


def test_the_end_of_the_log_is_that_of_all_shards() -> None:
    late = journeys_of([[("came", 30 * 86_400.0)]], events=("came", "done"), ids=["late"])
    early = journeys_of([[("came", 0.0)]], events=("came", "done"), ids=["early"])
    query = Query(Event(("came",)), Metric(Event(("done",))), deployed=0)
    found = over(effects, [early, late], query, 1)
    assert (found.reached.n_after, found.left_out) == (1, 1)


def test_sessions_are_refused() -> None:
    sessions = journeys_of([[("came", 0.0)], [("came", 9.0)]], persons=[0, 0])
    query = Query(Event(("came",)), Metric(Event(("done",))), deployed=0, until=DAY)
    with pytest.raises(effects.EffectImpossible, match="sessions"):
        partial(sessions, query)


class TestArm:
    def test_is_what_is_documented(self) -> None:
        # `printf 'spring:ann' | sha256sum` begins with e631dfc8f5b122bc: 0.899 of 2^64
        assert [effects.arm("ann", "spring", (1 - s, s)) for s in (0.11, 0.10)] == [1, 0]

    def test_deals_as_the_shares_say_and_anew_with_another_salt(self) -> None:
        names = [f"p{number}" for number in range(20_000)]
        first = np.array([effects.arm(name, "a", (0.7, 0.2, 0.1)) for name in names])
        other = np.array([effects.arm(name, "b", (0.7, 0.2, 0.1)) for name in names])
        np.testing.assert_allclose(np.bincount(first) / len(names), (0.7, 0.2, 0.1), atol=0.015)
        both = np.mean((first == 0) & (other == 0))
        assert abs(both - 0.49) < 0.015

    @given(name=st.text(max_size=9), share=st.floats(0.05, 0.9))
    def test_who_is_reached_stays_so_when_the_share_grows(self, name: str, share: float) -> None:
        if effects.arm(name, "s", (1 - share, share)) == 1:
            assert effects.arm(name, "s", (1 - share - 0.05, share + 0.05)) == 1


def test_a_lot_without_a_control_is_refused() -> None:
    with pytest.raises(effects.EffectImpossible, match="no control"):
        Query(Event(("a",)), Metric(Event(("b",))), 0, Hashed("s", 1.0))
