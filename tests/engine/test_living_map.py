"""The living map against a pencil, against slow counting, and against its laws."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import os
import re
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.factories import journeys_of, random_journeys, some_journeys, walks_of
from tests.engine.maps import map_of, stage, touchpoint

from desireline.engine.filters import Filter, filtered
from desireline.engine.journey_map import CaseBy, Goal, JourneyMap
from desireline.engine.journeys import Journeys
from desireline.engine.living_map import LivingMap, bind
from desireline.engine.rules import Channel, Event

TYPES = Path(__file__).parents[2] / "web" / "packages" / "map-core" / "src" / "types.ts"
DAY = 86_400.0

# Six customers of a shop; seconds. `ping` is no touchpoint. Five come to the map, three buy.
WALKS = [
    [("ad", 0), ("cart", 60), ("order", 120)],
    [("ad", 0), ("ad", 30), ("cart", 90)],
    [("cart", 0), ("ad", 60), ("cart", 120), ("order", 180)],
    [("ad", 0)],
    [("ping", 0)],
    [("cart", 10), ("ping", 20), ("order", 40)],
]


def shop(**more: Any) -> JourneyMap:
    more = {"outcome": "order"} | more
    return map_of(stage("look", "ad"), stage("buy", "cart", "order"), **more)


@pytest.fixture(scope="module")
def living() -> LivingMap:
    return bind(shop(), journeys_of(WALKS))


class TestBindByPencil:
    def test_counts_all_journeys_as_the_base(self, living: LivingMap) -> None:
        source = living.figures.source
        assert (source.journeys, source.persons, source.events) == (6, 6, 15)
        assert source.mapped_events == 13
        assert (source.first_at, source.last_at) == ("1970-01-01T00:00:00Z", "1970-01-01T00:03:00Z")
        assert living.figures.as_of == source.last_at
        assert (living.figures.outcome_base.count, living.figures.outcome_base.n) == (3, 6)

    def test_counts_a_touchpoint(self, living: LivingMap) -> None:
        cart = living.touchpoint("cart")
        assert (cart.journeys, cart.persons, cart.events) == (4, 4, 5)
        assert (cart.visits, cart.repeated_visits) == (5, 1)
        assert (cart.starts, cart.ends) == (2, 1)
        assert (cart.reach.count, cart.reach.n) == (4, 6)
        assert (cart.exit.count, cart.exit.n) == (1, 4)
        assert (cart.loop.count, cart.loop.n) == (1, 4)
        assert (cart.outcome.count, cart.outcome.n) == (3, 4)
        assert cart.wait_before.mean == (60 + 60 + 60) / 3
        assert cart.wait_after.mean == (60 + 60 + 60 + 30) / 4
        assert [(n.key, n.count) for n in cart.previous] == [("ad", 3), (None, 2)]
        assert [(n.key, n.count) for n in cart.next] == [("order", 3), (None, 1), ("ad", 1)]

    def test_takes_a_run_of_events_as_one_visit(self, living: LivingMap) -> None:
        ad = living.touchpoint("ad")
        assert (ad.events, ad.visits, ad.repeated_visits) == (5, 4, 0)

    def test_knows_who_stands_where(self, living: LivingMap) -> None:
        assert {t.key: t.open for t in living.figures.touchpoints} == {
            "ad": 1,
            "cart": 1,
            "order": 0,
        }
        assert living.touchpoint("cart").open_since.mean == 180 - 90

    def test_counts_stages_as_one_touchpoint_each(self, living: LivingMap) -> None:
        look, buy = living.figures.stages
        assert (look.journeys, look.events, look.exit.count) == (4, 5, 1)
        assert (buy.journeys, buy.events, buy.exit.count) == (4, 8, 1)
        assert look.duration.mean == (0 + 30 + 0 + 0) / 4
        assert buy.duration.mean == (60 + 0 + 180 + 30) / 4
        assert look.wait_to_next.n == 3
        assert look.wait_to_next.mean == 60

    def test_draws_the_flow_without_steps_on_the_spot(self, living: LivingMap) -> None:
        flow = {(e.source, e.target): e for e in living.figures.flow}
        assert {k: e.count for k, e in flow.items()} == {
            (None, "ad"): 3,
            (None, "cart"): 2,
            ("ad", "cart"): 3,
            ("cart", "ad"): 1,
            ("cart", "order"): 3,
            ("cart", None): 1,
            ("order", None): 3,
            ("ad", None): 1,
        }
        edge = flow["ad", "cart"]
        assert (edge.journeys, edge.share, edge.with_outcome, edge.wait.mean) == (3, 3 / 4, 2, 60)
        assert flow[None, "ad"].share == 3 / 5
        # Rarest steps of the five: start-ad 3, cart-end 1, cart-ad 1, ad-end 1, start-cart 2.
        assert [flow[k].hides for k in [("cart", "ad"), (None, "cart"), (None, "ad")]] == [3, 4, 5]

    def test_follows_the_funnel_along_the_map(self, living: LivingMap) -> None:
        steps = living.figures.funnel
        assert [(s.key, s.reached) for s in steps] == [("ad", 4), ("cart", 3), ("order", 2)]
        assert (steps[1].share_of_previous.count, steps[1].share_of_previous.n) == (3, 4)
        assert steps[1].time_from_previous.mean == (60 + 90 + 60) / 3
        assert [(i.key, i.name, i.count) for i in steps[0].instead] == [(None, "Nothing more", 1)]

    def test_lists_variants_of_visits(self, living: LivingMap) -> None:
        variants = living.figures.variants
        assert variants.total == 5
        told = {v.keys: (v.count, v.with_outcome) for v in variants.top}
        assert told["ad", "cart"] == (1, 0)
        assert told["cart", "ad", "cart", "order"] == (1, 1)
        assert sum(count for count, _ in told.values()) == 5

    def test_shows_the_journeys_behind_the_numbers(self, living: LivingMap) -> None:
        shown = {j.id: j for j in living.figures.journeys}
        assert sorted(shown) == ["1", "2", "3", "4", "6"]
        assert shown["2"].steps == (
            ("ad", "1970-01-01T00:00:00Z"),
            ("cart", "1970-01-01T00:01:30Z"),
        )
        assert [shown[i].outcome for i in ("1", "2", "3", "4", "6")] == [
            True, False, True, False, True,
        ]  # fmt: skip
        for key, indexes in living.figures.journeys_of.items():
            for index, journey in enumerate(living.figures.journeys):
                assert (index in indexes) == (key in dict(journey.steps))


class TestBindAgain:
    def test_gives_the_new_answer_over_all_history(self) -> None:
        journeys = journeys_of(WALKS)
        before = [a.copy() for a in (journeys.time, journeys.code, journeys.offset)]
        old = bind(shop(), journeys)
        edited = shop().with_touchpoint("ad", rule=Event(("ad", "ping")))
        new = bind(edited, journeys)
        assert new.touchpoint("ad").journeys == old.touchpoint("ad").journeys + 2
        assert new.figures.source.mapped_events == 15
        merged = map_of(stage("all", "ad", "cart", "order"), outcome="order")
        assert bind(merged, journeys).figures.stages[0].journeys == 5
        assert bind(shop(), journeys).to_dict() == old.to_dict()
        for array, kept in zip(
            (journeys.time, journeys.code, journeys.offset), before, strict=True
        ):
            assert np.array_equal(array, kept)

    def test_takes_the_first_rule_that_fits(self) -> None:
        broad = map_of(
            stage("a", touchpoint("any", "ad", "cart"), touchpoint("cart")), outcome="order"
        )
        found = bind(broad, journeys_of(WALKS))
        assert found.touchpoint("any").events == 10
        assert found.touchpoint("cart").events == 0
        assert found.touchpoint("cart").evidence == "hypothesis"
        assert found.touchpoint("cart").first_at is None

    def test_honours_case_by(self) -> None:
        hours = [[("ad", 0), ("cart", 10), ("ad", 7200), ("order", 7300)], [("ad", 0)]]
        by_session = shop(case_by=CaseBy("session", gap_seconds=1800))
        found = bind(by_session, journeys_of(hours))
        assert (found.figures.source.journeys, found.figures.source.persons) == (3, 2)
        ad = found.touchpoint("ad")
        assert (ad.journeys, ad.persons) == (3, 2)
        assert sorted(j.id for j in found.figures.journeys) == ["1#1", "1#2", "2#1"]
        assert "sessions" in " ".join(found.headline())

    def test_shows_the_map_as_it_stood(self) -> None:
        found = bind(shop(), journeys_of(WALKS), as_of=dt.datetime(1970, 1, 1, 0, 1, tzinfo=dt.UTC))
        assert found.figures.as_of == "1970-01-01T00:01:00Z"
        assert found.figures.source.last_at == "1970-01-01T00:01:00Z"
        assert found.figures.source.events == 11
        assert found.figures.outcome_base.count == 1
        assert found.touchpoint("order").journeys == 1

    def test_before_the_log_began_shows_nothing(self) -> None:
        found = bind(shop(), journeys_of(WALKS), as_of=dt.datetime(1960, 1, 1, tzinfo=dt.UTC))
        assert found.figures.source.journeys == 0
        assert {t.evidence for t in found.figures.touchpoints} == {"hypothesis"}

    def test_keeps_the_filter_of_the_journeys(self) -> None:
        journeys = journeys_of(
            WALKS, channels=[["web"] * len(w) for w in WALKS[:5]] + [["app"] * 3]
        )
        found = bind(shop(), filtered(journeys, Filter(rule=Channel(("web",)))))
        assert found.figures.source.journeys == 5
        assert found.touchpoint("order").journeys == 2
        assert found.figures.outcome_base.count == 2

    def test_without_an_outcome_claims_none(self) -> None:
        found = bind(shop(goal=Goal(statement="A cat that drinks")), journeys_of(WALKS))
        assert found.figures.outcome_base.n == 0
        assert found.touchpoint("order").outcome.share is None
        assert found.touchpoint("order").exit.count == 3
        assert {e.with_outcome for e in found.figures.flow} == {0}

    @pytest.mark.parametrize("stages", [[], [stage("a", "nothing")]])
    @pytest.mark.parametrize("walks", [[], [[]], WALKS])
    def test_an_empty_map_or_log_is_told(self, stages: list[Any], walks: list[Any]) -> None:
        found = bind(map_of(*stages, outcome="order"), journeys_of(walks))
        assert found.headline() == ["No event in the log is a touchpoint of this map yet."]
        assert found.figures.flow == ()
        assert json.dumps(found.to_dict(), allow_nan=False)

    def test_tells_names_that_the_log_does_not_have(self) -> None:
        found = bind(map_of(stage("a", touchpoint("cart", "crat"))), journeys_of(WALKS))
        assert found.figures.source.notes == (
            (
                "The rule of 'Cart' speaks of the event 'crat', which the log does not have. "
                "Did you mean 'cart'?"
            ),
        )


class TestLaws:
    @settings(max_examples=60)
    @given(some_journeys(), st.sampled_from([None, "a", "d"]))
    def test_hold_for_any_journeys(self, journeys: Journeys, outcome: str | None) -> None:
        journey_map = map_of(stage("s", "a", "b"), stage("t", "c"), outcome=outcome)
        found = bind(journey_map, journeys)
        shown = found.figures
        walks = [[name for name, _ in walk if name != "d"] for walk in walks_of(journeys)]
        visits = [[k for k, _ in itertools.groupby(walk)] for walk in walks]
        walked = [v for v in visits if v]
        assert sum(t.ends for t in shown.touchpoints) == len(walked)
        assert sum(t.starts for t in shown.touchpoints) == len(walked)
        assert shown.source.mapped_events == sum(map(len, walks))
        assert sum(t.open for t in shown.touchpoints) <= len(walked)
        for t in shown.touchpoints:
            assert sum(n.count for n in t.next) == t.visits == sum(n.count for n in t.previous)
            assert t.visits == sum(v.count(t.key) for v in visits)
            assert t.exit.count <= t.ends
            assert t.journeys == sum(t.key in v for v in visits) == t.reach.count
            assert t.open <= t.ends
        assert shown.variants.total == len(set(map(tuple, walked)))
        assert {v.keys: v.count for v in shown.variants.top} == Counter(map(tuple, walked))
        reached = [s.reached for s in shown.funnel]
        assert reached == sorted(reached, reverse=True)
        assert {tuple(k for k, _ in j.steps) for j in shown.journeys} <= set(map(tuple, walked))

    @settings(max_examples=60)
    @given(some_journeys())
    def test_flow_leaves_as_often_as_it_comes(self, journeys: Journeys) -> None:
        shown = bind(map_of(stage("s", "a", "b", "c"), outcome="d"), journeys).figures
        visits = {t.key: t.visits for t in shown.touchpoints}
        into, out = Counter[Any](), Counter[Any]()
        for e in shown.flow:
            assert e.journeys <= e.count
            assert e.with_outcome <= e.journeys
            into[e.target] += e.count
            out[e.source] += e.count
        for key, count in visits.items():
            assert into[key] == out[key] == count
        for source in {e.source for e in shown.flow}:
            assert sum(e.share for e in shown.flow if e.source == source) == pytest.approx(1)

    def test_hide_as_the_slow_way_says(self) -> None:
        journeys = random_journeys(7, n_types=4)
        names = journeys.events[:3]
        told = map_of(*(stage(f"s{i}", touchpoint(f"t{i}", n)) for i, n in enumerate(names)))
        shown = bind(told, journeys).figures
        key = {name: f"t{i}" for i, name in enumerate(names)}
        walks = [[key[n] for n, _ in w if n in key] for w in walks_of(journeys)]
        steps = [_steps([k for k, _ in itertools.groupby(w)]) for w in walks if w]
        count = Counter(step for walk in steps for step in walk)
        rarest = [min(count[step] for step in walk) for walk in steps]
        assert {(e.source, e.target): e.count for e in shown.flow} == count
        for e in shown.flow:
            assert e.hides == sum(r <= e.count for r in rarest)

    def test_threads_change_nothing(self) -> None:
        journeys = random_journeys(3, n_journeys=30_000, n_types=5)
        names = journeys.events[:4]
        told = map_of(
            stage("s", *(touchpoint(f"t{i}", n) for i, n in enumerate(names))),
            goal=Goal(outcome=Event((journeys.events[4],))),
        )
        assert journeys.n_events > 200_000
        every = os.sched_getaffinity(0)
        several = bind(told, journeys).to_dict()
        os.sched_setaffinity(0, {min(every)})
        try:
            assert bind(told, journeys).to_dict() == several
        finally:
            os.sched_setaffinity(0, every)


def _steps(visits: list[str]) -> list[tuple[str | None, str | None]]:
    return list(itertools.pairwise([None, *visits, None]))


class TestMapFile:
    def test_has_the_fields_of_its_typescript_twin(self, living: LivingMap) -> None:
        twins = {
            "TouchpointFigures": living.figures.touchpoints[0],
            "StageFigures": living.figures.stages[0],
            "FlowEdge": living.figures.flow[0],
            "FunnelStep": living.figures.funnel[0],
            "SampleJourney": living.figures.journeys[0],
            "Figures": living.figures,
            "Share": living.figures.outcome_base,
            "Wait": living.figures.stages[0].duration,
            "Neighbour": living.figures.touchpoints[0].next[0],
        }
        for name, value in twins.items():
            assert set(msgspec.to_builtins(value)) == _fields(name), name
        whole = living.to_dict()
        assert set(whole) == _fields("MapFile")
        assert set(whole["map"]) == _fields("JourneyMap")

    def test_is_plain_json(self, living: LivingMap) -> None:
        assert json.loads(json.dumps(living.to_dict(), allow_nan=False)) == living.to_dict()
        assert living.to_dict()["figures"]["flow"][0].keys() >= {"from", "to"}

    def test_shows_itself_as_a_table(self, living: LivingMap) -> None:
        assert [row["touchpoint"] for row in living.rows()] == ["ad", "cart", "order"]
        assert "<table>" in living._repr_html_()


def _fields(interface: str) -> set[str]:
    """The fields of an interface in types.ts, those in braces within a line not counted."""
    body = re.search(rf"export interface {interface} {{\n(.*?)\n}}", TYPES.read_text(), re.DOTALL)
    assert body, interface
    return set(re.findall(r"^  (\w+)\??:", body[1], re.MULTILINE))


class TestStageWithoutTouchpoint:
    def test_has_figures_of_nobody_and_changes_no_other(self) -> None:
        with_it = map_of(
            stage("look", "ad"), stage("later"), stage("buy", "cart", "order"), outcome="order"
        )
        found, plain = bind(with_it, journeys_of(WALKS)), bind(shop(), journeys_of(WALKS))
        assert found.figures.touchpoints == plain.figures.touchpoints
        assert [s.journeys for s in found.figures.stages] == [4, 0, 4]
        assert found.figures.funnel == plain.figures.funnel
