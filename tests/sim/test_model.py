"""The walk follows the tables of a small model, and faulty tables are named."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.sim.statistics import assert_chance, assert_log_normal

from desireline.sim.model import HOUR, Edge, Friends, Model, Noise, Step, Wait
from desireline.sim.reach import chance_to_reach
from desireline.sim.simulation import WalkEndless, World
from desireline.sim.tables import ModelIncomplete, compiled
from desireline.sim.truth import Truth

HALF_HOUR = Wait(0.5 * HOUR, 2 * HOUR)
COIN = Model(
    begin="toss",
    steps=(
        Step("toss"),
        Step("heads", "heads", {"left": 0.2, "right": 0.8}, sets=("lucky",)),
        Step("tails", "tails"),
        Step("prize", "prize", value=(10.0, 30.0)),
    ),
    edges=(
        Edge("toss", "heads", 0.3),
        Edge("toss", "tails", 0.7),
        Edge("heads", "prize", 1.0, HALF_HOUR),
        Edge("tails", "prize", 1.0, HALF_HOUR, needs=("lucky",)),
        Edge("tails", "toss", 1.0, HALF_HOUR),
    ),
    begins_at=np.datetime64("2025-01-01"),
    ends_at=np.datetime64("2035-01-01"),
)
NOTHING = Truth("coin", 1, 5000, (), (), (), ())


def walked(model: Model, persons: int = 5000) -> World:
    return World(model, NOTHING, persons, seed=1)


class TestWalk:
    def test_chances(self) -> None:
        events = walked(COIN).events()
        first = events.code[np.searchsorted(events.case, np.arange(5000))]
        assert_chance(first == events.events.index("heads"), 0.3)

    def test_channels(self) -> None:
        events = walked(COIN).events()
        assert events.channel is not None
        of_heads = events.channel[events.code == events.events.index("heads")]
        assert_chance(of_heads == events.channels.index("right"), 0.8)

    def test_waits_and_amounts(self) -> None:
        events = walked(COIN).events()
        last = np.flatnonzero(events.code == events.events.index("prize"))
        wait = (events.time[last] - events.time[last - 1]) / 1e6
        assert_log_normal(wait, HALF_HOUR.p50, HALF_HOUR.p90)
        assert events.value is not None
        assert_log_normal(events.value[last].astype(np.float64), 10.0, 30.0)

    def test_facts_open_edges(self) -> None:
        steps = tuple(replace(s, sets=("lucky",)) if s.name == "tails" else s for s in COIN.steps)
        events = walked(replace(COIN, steps=steps)).events()
        tails = np.flatnonzero(events.code == events.events.index("tails"))
        assert_chance(events.code[tails + 1] == events.events.index("prize"), 0.5)

    def test_eras_open_edges_from_their_time_on(self) -> None:
        middle = np.datetime64("2030-01-01")
        only = Edge("tails", "prize", 1e9, HALF_HOUR, needs=("era",))
        model = replace(COIN, eras={"era": middle}, edges=(*COIN.edges, only))
        events = walked(model).events()
        tails = np.flatnonzero(events.code[:-1] == events.events.index("tails"))
        later = events.time[tails].astype("datetime64[us]") >= middle
        on = events.code[tails + 1] == events.events.index("prize")
        assert on[later].all()
        assert not on[~later].any()

    def test_noise_is_as_frequent_as_planted(self) -> None:
        steps = (*COIN.steps, Step("hum", "hum"))
        events = walked(replace(COIN, steps=steps, noise=Noise(0.5, {"hum": 1.0}))).events()
        hum = events.code == events.events.index("hum")
        moves = (~hum).sum() - 5000
        assert abs(hum.sum() / moves - 1.0) < 0.05

    def test_noise_stays_within_its_time(self) -> None:
        steps = (*COIN.steps, Step("hum", "hum"))
        model = replace(COIN, steps=steps, noise=Noise(0.5, {"hum": 1.0}, within=60.0))
        events = walked(model).events()
        hum = events.code == events.events.index("hum")
        last = np.maximum.accumulate(np.where(hum, 0, np.arange(len(hum))))
        assert (events.time - events.time[last]).max() <= 60_000_000

    def test_friends_come_and_reward(self) -> None:
        prize = replace(COIN.steps[-1], invites=True, rewards=True)
        model = replace(
            COIN,
            steps=(*COIN.steps[:-1], prize, Step("thanks", "thanks")),
            friends=Friends("toss", HALF_HOUR, "thanks"),
        )
        events = walked(model, 20).events()
        assert max(name.count(".") for name in events.ids) == 1
        assert len(events.ids) == 20 * 16
        thanks = events.code == events.events.index("thanks")
        assert thanks.sum() == 20 * 15


class TestReach:
    def test_equals_the_chance_worked_out_by_hand(self) -> None:
        once = (*COIN.edges[:-1], Edge("tails", "toss", 0.5), Edge("tails", "", 0.5))
        model = replace(COIN, edges=once)
        # It is 0.3 for heads at once, and 0.35 for tails and another toss, again and again.
        assert chance_to_reach(model, "prize") == pytest.approx(0.3 / 0.65)

    def test_given_an_option(self) -> None:
        assert chance_to_reach(COIN, "tails", ["heads"]) == 0.0


class TestFaultyModel:
    def test_names_the_step_that_is_not_declared(self) -> None:
        with pytest.raises(ModelIncomplete, match="jackpot"):
            compiled(replace(COIN, edges=(*COIN.edges, Edge("prize", "jackpot", 1.0))))

    def test_names_the_fact_that_is_one_too_many(self) -> None:
        many = Step("many", sets=tuple(f"fact {i}" for i in range(70)))
        with pytest.raises(ModelIncomplete, match="63 facts"):
            compiled(replace(COIN, steps=(*COIN.steps, many)))

    def test_names_the_person_who_walks_for_ever(self) -> None:
        ever = replace(COIN, edges=(Edge("toss", "toss", 1.0),))
        with pytest.raises(WalkEndless, match="Person 0"):
            walked(ever, 3).events()
