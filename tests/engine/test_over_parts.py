"""Every question gives the same answer over parts that share nothing as over one Journeys."""

from __future__ import annotations

import datetime as dt
import pickle
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.factories import (
    journeys_of,
    random_journeys,
    random_mask,
    some_journeys,
    walks_of,
)
from tests.engine.maps import map_of, stage, touchpoint
from tests.engine.parting import copied, cut_at, knowing, overlaid

from desireline.engine.analyses import (
    funnel,
    paths,
    positions,
    touchpoints,
    transitions,
    variants,
)
from desireline.engine.compute.threads import ThreadsCompute, over, run
from desireline.engine.journey_map import CaseBy, Goal, JourneyMap
from desireline.engine.journeys import Column, Ids, Journeys
from desireline.engine.living_map import bind, question
from desireline.engine.rules.builders import channel, count, event, sequence, value
from desireline.engine.telling import InWords, ToldQuery, Words

RULES = {
    "a": event("a"),
    "b or a dear c": event("b") | (event("c") & value("ge", 1.0)),
    "c again": count(event("c"), at_least=2),
    "on the web": channel("web"),
}


PERSONS = CaseBy()


def shop(case_by: CaseBy = PERSONS, outcome: str | None = "d") -> JourneyMap:
    """A map whose rules look at types, values, channels and back."""
    made = [touchpoint(f"t{i}", rule=rule) for i, rule in enumerate(RULES.values())]
    goal = Goal(outcome=None if outcome is None else sequence(event("a"), event(outcome)))
    return map_of(stage("s", *made[:2]), stage("t", *made[2:]), goal=goal, case_by=case_by)


@st.composite
def log(draw: st.DrawFn, **more: object) -> Journeys:
    """Any few journeys of persons, with channels and a property."""
    journeys = draw(some_journeys(**more))
    n = len(journeys.time)
    drawn = draw(st.lists(st.integers(0, 2), min_size=n, max_size=n))
    orders = draw(st.lists(st.integers(-1, 3), min_size=n, max_size=n))
    return replace(
        journeys,
        channel=np.array(drawn, np.uint8),
        channels=("", "web", "store"),
        columns={"order": Column(codes=np.array(orders, np.int32), values=tuple("wxyz"))},
    )


@st.composite
def parts(draw: st.DrawFn, journeys: Journeys) -> list[Journeys]:
    """The same journeys in parts: slices, copies, or a base with an overlay; also of each other."""
    cuts = draw(st.lists(st.integers(0, max(len(journeys), 1)), max_size=3))
    kind = draw(st.sampled_from(["cut", "copied", "overlaid"]))
    if kind == "overlaid":
        n = len(journeys.ids)
        hidden = np.array(draw(st.lists(st.booleans(), min_size=n, max_size=n)), np.bool_)
        made = overlaid(journeys, hidden, draw(st.integers(0, 9)))
        return draw(st.permutations(made))
    made = cut_at(journeys, cuts)
    if kind == "copied":
        made = [copied(part, i) for i, part in enumerate(made)]
        made[0] = knowing(made[0], journeys)
    return draw(st.permutations(made))


CASES = [CaseBy(), CaseBy("session", gap_seconds=2000.0), CaseBy("column", column="order")]


@dataclass(frozen=True)
class Sent:
    """An analysis whose queries and partials go through a pickle, as they do in a cluster."""

    analysis: Any
    forgets: bool = False
    """Each look takes the shard for another one, as an actor does that was started anew."""

    def partial(self, shard: Journeys, query: object) -> object:
        query = pickle.loads(pickle.dumps(query))
        found = self.analysis.partial(replace(shard) if self.forgets else shard, query)
        return pickle.loads(pickle.dumps(found))

    def __getattr__(self, name: str) -> Any:
        return getattr(self.analysis, name)


class TestLivingMap:
    @pytest.mark.parametrize("case_by", CASES, ids=lambda c: c.kind)
    @given(data=st.data())
    @settings(max_examples=60, deadline=None)
    def test_says_the_same_over_any_parts(self, case_by: CaseBy, data: st.DataObject) -> None:
        journeys = data.draw(log())
        if case_by.kind != "person":
            journeys = replace(journeys, person=None, ids=_ids(len(journeys)))
        journey_map = shop(case_by, data.draw(st.sampled_from([None, "d"])))
        as_of = data.draw(st.sampled_from([None, dt.datetime(1970, 1, 1, 1, tzinfo=dt.UTC)]))
        whole = bind(journey_map, journeys, as_of=as_of)
        found = bind(journey_map, data.draw(parts(journeys)), as_of=as_of)
        assert found.to_dict() == whole.to_dict()
        assert found.sentences == whole.sentences

    @pytest.mark.parametrize("case_by", CASES[:2], ids=lambda c: c.kind)
    @pytest.mark.parametrize("seed", [1, 2, 3])
    def test_says_the_same_of_many_journeys(self, case_by: CaseBy, seed: int) -> None:
        journeys = random_journeys(seed, n_journeys=1500, n_types=4)
        journeys = replace(journeys, events=tuple("abcd"))
        if seed == 3:
            journeys = random_mask(journeys, seed)
        rng = np.random.default_rng(seed)
        whole = bind(shop(case_by), journeys).to_dict()
        shards = journeys.shards(5)
        for made in (
            shards,
            [copied(part, i) for i, part in enumerate(shards)],
            overlaid(journeys, rng.random(1500) < 0.1, seed),
            [*overlaid(shards[0], rng.random(1500) < 0.5, seed), *shards[:0:-1]],
        ):
            assert bind(shop(case_by), made).to_dict() == whole

    def test_counts_a_hidden_journey_nowhere(self) -> None:
        journeys = journeys_of([[("a", 0), ("d", 1)], [("a", 5)]], ids=["ann", "bob"])
        base = overlaid(journeys, np.array([True, False]), 0)[0]
        found = bind(shop(), base).figures
        assert (found.source.journeys, found.source.persons, found.source.events) == (1, 1, 1)
        assert [j.id for j in found.journeys] == ["bob"]
        assert found.outcome_base.count == 0

    def test_names_what_no_part_knows(self) -> None:
        journeys = journeys_of([[("a", 0)], [("b", 5)]])
        apart = [copied(part, 1) for part in cut_at(journeys, [1])]
        drawn = map_of(stage("s", touchpoint("x", "a"), touchpoint("y", "b"), touchpoint("bb")))
        (note,) = bind(drawn, apart).figures.source.notes
        assert "speaks of the event 'bb'" in note

    def test_looks_anew_where_it_has_not_looked_before(self) -> None:
        """As a cluster does that lost an actor between two looks."""
        journeys = replace(random_journeys(5, n_journeys=300, n_types=4), events=tuple("abcd"))
        query = question.Query(shop())
        whole = run(question, journeys, query).to_dict()

        assert over(Sent(question, forgets=True), journeys.shards(3), query).to_dict() == whole


def _ids(n: int) -> Ids:
    return Ids(integers=np.arange(1, n + 1, dtype=np.int64))


QUESTIONS = {
    "transitions": (
        transitions,
        transitions.Query(journeys=True, outcome=event("d"), intervals=True, rarity=True),
    ),
    "variants": (variants, variants.Query(top=5, outcome=event("d") & value("ge", 1.0))),
    "funnel": (
        funnel,
        funnel.Query((funnel.Step(event("a")), funnel.Step(event("b") | event("c"))), by="channel"),
    ),
    "paths": (paths, paths.Query("b", depth=3, every=True)),
    "paths of a rule": (paths, paths.Query(count(event("a"), at_least=2), depth=2)),
    "touchpoints": (touchpoints, touchpoints.Query(outcome=event("d"))),
    "positions": (positions, positions.Query(outcome=event("d"), closed=channel("store"))),
}


class TestAnalyses:
    @pytest.mark.parametrize("name", QUESTIONS)
    @given(data=st.data())
    @settings(max_examples=40, deadline=None)
    def test_say_the_same_over_any_parts(self, name: str, data: st.DataObject) -> None:
        journeys = data.draw(log())
        analysis, query = QUESTIONS[name]
        whole = run(analysis, journeys, query)
        _same(run(analysis, data.draw(parts(journeys)), query), whole)

    @pytest.mark.parametrize("name", QUESTIONS)
    @given(data=st.data())
    @settings(max_examples=25, deadline=None)
    def test_say_the_same_in_the_words_of_a_map(self, name: str, data: st.DataObject) -> None:
        if "paths" in name:
            name = "paths"
        journeys = data.draw(log())
        case_by = data.draw(st.sampled_from(CASES if journeys.person is None else CASES[:1]))
        words = Words.of(shop(case_by))
        analysis, query = QUESTIONS[name]
        query = paths.Query("t0") if name == "paths" else query
        asked = ToldQuery(words, query)
        whole = run(InWords(analysis), journeys, asked)
        _same(run(InWords(analysis), data.draw(parts(journeys)), asked), whole)

    @pytest.mark.parametrize("name", QUESTIONS)
    def test_contribute_what_can_be_sent(self, name: str) -> None:
        journeys = replace(random_journeys(6, n_journeys=60, n_types=4), events=tuple("abcd"))
        analysis, query = QUESTIONS[name]

        shards = [copied(part, i) for i, part in enumerate(journeys.shards(3))]
        _same(over(Sent(analysis), shards, query), run(analysis, journeys, query))

    def test_refuse_what_no_part_knows(self) -> None:
        journeys = [copied(p, 0) for p in random_journeys(1, n_journeys=9).shards(2)]
        with pytest.raises(paths.AnchorUnknown, match="'tipe 1'") as caught:
            run(paths, journeys, paths.Query("tipe 1"))
        assert "Did you mean 'type 1'" in caught.value.hint
        steps = (funnel.Step(event("type 1")),)
        with pytest.raises(funnel.FunnelImpossible, match="'chanel'"):
            run(funnel, journeys, funnel.Query(steps, by="chanel"))

    def test_break_down_by_what_only_some_parts_know(self) -> None:
        known = journeys_of([[("a", 0)]], channels=[["web"]], ids=["x"])
        other = journeys_of([[("a", 0)], [("a", 1)]], ids=["y", "z"])
        query = funnel.Query((funnel.Step(event("a")),), by="channel")
        found = run(funnel, [known, other], query)
        assert {g.value: g.reached for g in found.groups} == {"web": (1,), None: (2,)}


def _same(found: object, whole: object) -> None:
    if isinstance(whole, funnel.Funnel):
        assert found == whole
        return
    assert found.to_dict() == whole.to_dict()
    if isinstance(whole, positions.Positions):
        assert list(found.journeys(5)) == list(whole.journeys(5))
        assert list(found.journeys(10**6)) == list(whole.journeys(10**6))


class TestShards:
    @given(log(), st.integers(1, 6))
    def test_keep_a_person_together(self, journeys: Journeys, count: int) -> None:
        shards = journeys.shards(count)
        persons = [{s.person_index(j) for j in range(len(s))} for s in shards]
        assert sum(map(len, persons)) == len(set().union(*persons))
        assert sum(map(len, shards)) == len(journeys)

    @given(log(), st.lists(st.integers(0, 8), max_size=3))
    def test_trimmed_say_the_same_and_hold_no_more(
        self, journeys: Journeys, cuts: list[int]
    ) -> None:
        for shard in cut_at(journeys, cuts):
            trimmed = shard.trimmed()
            assert len(trimmed.time) == len(trimmed.code) == trimmed.n_events
            assert walks_of(trimmed) == walks_of(shard)
            assert len(trimmed.columns["order"].codes) == trimmed.n_events
            if trimmed.n_events:
                assert np.shares_memory(trimmed.time, shard.time)


class TestCompute:
    def test_asks_the_snapshot_of_the_moment(self) -> None:
        held = [random_journeys(1, n_journeys=5)]
        compute = ThreadsCompute(lambda: tuple(held), threads=2)

        def ask() -> int:
            return compute.ask(variants, variants.Query()).cases

        before = ask()
        held.append(replace(random_journeys(2, n_journeys=7), ids=_ids(7)))
        assert ask() == before + run(variants, held[1], variants.Query()).cases
