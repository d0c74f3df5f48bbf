"""Funnels: against every attempt tried one by one, and their laws."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.factories import (
    journeys_of,
    kept_events,
    random_journeys,
    random_mask,
    shards_at,
    some_journeys,
)
from tests.engine.funnel_oracle import Trial

from desireline.engine.analyses import funnel
from desireline.engine.analyses.funnel import FunnelImpossible, Query, Step
from desireline.engine.analyses.funnel_attempts import attempts_of
from desireline.engine.compute.threads import run
from desireline.engine.journeys import Column
from desireline.engine.kernels.funnel_counts import BLOCK
from desireline.engine.kernels.funnel_in_order import MOST_BITS
from desireline.engine.rules import AllOf, Event, Rule
from desireline.engine.rules.builders import event, value

SECONDS = st.none() | st.sampled_from([0.0, 10.0, 1000.0, 3000.0, 6000.0])
PLAIN = st.lists(st.sampled_from("abcd"), min_size=1, max_size=2).map(tuple).map(Event)
RULES: st.SearchStrategy[Rule] = PLAIN | st.just(value("ge", 1.0) | event("a"))


@st.composite
def queries(draw: st.DrawFn, optional: bool = True) -> Query:
    first = Step(draw(RULES))
    later = st.builds(
        Step,
        RULES,
        within_seconds=SECONDS,
        optional=st.booleans() if optional else st.just(value=False),
        without=st.none() | RULES,
    )
    return Query(
        (first, *draw(st.lists(later, max_size=3))),
        window_seconds=draw(SECONDS),
        strict=draw(st.booleans()),
        count_by=draw(st.sampled_from(["journey", "entry"])),
        most_instead=100,
    )


JOURNEYS = some_journeys(max_journeys=4, max_length=8)


class TestAttempt:
    @settings(max_examples=120)
    @given(JOURNEYS, queries())
    def test_levels_equal_trying_every_attempt(self, journeys, query):
        made = attempts_of(journeys, query)
        got = [level for level in made.level.tolist() if level >= 0]
        wanted = [attempt[-1][0] for _, attempt in Trial(journeys, query).counted()]
        assert sorted(got) == sorted(wanted)

    @settings(max_examples=150)
    @given(JOURNEYS, queries())
    def test_the_attempt_that_counts_is_the_one_of_the_words(self, journeys, query):
        made = attempts_of(journeys, query)
        got = set()
        for a in np.flatnonzero(made.level >= 0):
            chain = made.chain[a, : made.level[a] + 1].tolist()
            got.add(tuple((s, int(made.start[a]) + c) for s, c in enumerate(chain) if c >= 0))
        trial = Trial(journeys, query)
        if query.count_by == "journey":
            assert got == {attempt for _, attempt in trial.counted()}
        kept = {i: events for events in kept_events(journeys) for i in events}
        for attempt in got:
            for n in range(1, len(attempt)):
                step, i = attempt[n]
                assert trial.may_follow(attempt[:n], step, i, kept[i])
        soonest = Counter(trial.soonest(attempt) for attempt in got)
        assert soonest == Counter(trial.soonest(attempt) for _, attempt in trial.counted())

    def test_many_overlapping_entries_take_linear_work(self):
        n = 200_000
        journeys = journeys_of([[("a", i) for i in range(n)] + [("b", n)]])
        query = Query((Step(event("a")), Step(event("b"))), count_by="entry")
        assert run(funnel, journeys, query).steps[1].reached == n


class TestFunnel:
    @given(JOURNEYS, queries())
    def test_figures_equal_the_attempts_tried_one_by_one(self, journeys, query):
        got = run(funnel, journeys, query)
        counted = [attempt for _, attempt in Trial(journeys, query).counted()]
        assert got.converted.count == sum(a[-1][0] >= query.last_required for a in counted)
        required = [s for s, step in enumerate(query.steps) if not step.optional]
        for s in required:
            assert got.steps[s].reached == sum(a[-1][0] >= s for a in counted)
            ended = [a for a in counted if a[-1][0] == s and s < query.last_required]
            assert got.steps[s].dropped == len(ended)
            assert sum(i.count for i in got.steps[s].instead) == len(ended)

    @given(JOURNEYS, queries())
    def test_times_equal_those_of_the_attempts_that_count(self, journeys, query):
        query = replace(query, count_by="journey")
        got = run(funnel, journeys, query)
        waits: dict[int, list[int]] = {s: [] for s in range(len(query.steps))}
        for _, attempt in Trial(journeys, query).counted():
            for (_, before), (s, i) in pairwise(attempt):
                waits[s].append(int(journeys.time[i] - journeys.time[before]))
            at = dict(attempt)
            if query.last_required in at and query.last_required:
                done = at[query.last_required]
                waits[0].append(int(journeys.time[done] - journeys.time[attempt[0][1]]))
        told = [got.time_to_convert, *(step.time_from_previous for step in got.steps[1:])]
        for s, wait in enumerate(told):
            assert wait.n == len(waits[s])
            if waits[s]:
                assert wait.mean == pytest.approx(sum(waits[s]) / len(waits[s]) / 1e6, rel=1e-12)

    def test_where_time_runs_back_no_wait_is_negative(self):
        journeys = journeys_of([[("a", 100), ("b", 50), ("c", 130)]], ordered_by_time=False)
        steps = tuple(Step(event(name)) for name in "abc")
        got = run(funnel, journeys, Query(steps, window_seconds=30))
        assert [step.time_from_previous.mean for step in got.steps] == [None, 0, 30]
        assert got.time_to_convert.mean == 30

    @given(JOURNEYS, queries())
    def test_counts_fall_from_step_to_step(self, journeys, query):
        steps = run(funnel, journeys, query).steps
        before = query.required_before
        assert all(steps[s].reached <= steps[before[s]].reached for s in range(len(steps)))

    @given(JOURNEYS, queries(), st.floats(1, 3))
    def test_a_longer_window_never_loses_anybody(self, journeys, query, factor):
        short = replace(query, window_seconds=1000.0)
        long = replace(query, window_seconds=1000.0 * factor)
        required = [s for s, step in enumerate(query.steps) if not step.optional]
        less, more = (run(funnel, journeys, q).steps for q in (short, long))
        assert all(less[s].reached <= more[s].reached for s in required)

    @given(JOURNEYS, queries(), st.integers(0, 5), st.sampled_from([None, "kind", "tier"]))
    def test_shards_together_are_the_whole(self, journeys, query, cut, by):
        n, m = len(journeys.code), len(journeys)
        text = Column(codes=np.arange(n, dtype=np.int32) % 3 - 1, values=("x", "y"))
        number = Column(numbers=np.where(np.arange(m) % 2, np.nan, 7.0))
        journeys = replace(journeys, columns={"kind": text}, traits={"tier": number})
        query = replace(query, by=by)
        parts = [funnel.partial(shard, query) for shard in shards_at(journeys, [cut, cut + 1])]
        together = parts[0]
        for part in parts[1:]:
            together = funnel.merge(part, together)
        assert funnel.finish(together, query) == run(funnel, journeys, query)

    @given(JOURNEYS, queries())
    def test_a_table_equals_bits_for_each_event(self, journeys, query):
        slow = tuple(
            replace(step, rule=AllOf((step.rule, value("ge", 0) | ~value("ge", 0))), name=step.told)
            for step in query.steps
        )
        told = replace(query, steps=tuple(replace(s, name=s.told) for s in query.steps))
        assert run(funnel, journeys, replace(query, steps=slow)) == run(funnel, journeys, told)


class TestCountsOnly:
    @settings(max_examples=150)
    @given(JOURNEYS, queries())
    def test_equal_those_of_the_whole_funnel(self, journeys, query):
        self.same_counts(journeys, query)

    @settings(max_examples=150)
    @given(JOURNEYS, st.permutations("abcd"), st.integers(1, 4), SECONDS, st.integers(0, 9))
    def test_of_a_plain_funnel_equal_them_too(self, journeys, names, n, window, seed):
        query = Query(tuple(Step(event(name)) for name in names[:n]), window_seconds=window)
        assert query.is_plain
        self.same_counts(journeys, query)
        self.same_counts(random_mask(journeys, seed), query)

    def same_counts(self, journeys, query):
        whole = run(funnel, journeys, query)
        counts = run(funnel, journeys, replace(query, counts_only=True))
        assert counts.journeys == whole.journeys
        assert counts.converted == whole.converted
        for told, wanted in zip(counts.steps, whole.steps, strict=True):
            assert (told.reached, told.dropped) == (wanted.reached, wanted.dropped)

    @settings(max_examples=150)
    @given(JOURNEYS, st.lists(PLAIN, min_size=1, max_size=4), SECONDS, st.integers(0, 9))
    def test_where_an_event_fits_several_steps_equal_them_too(self, journeys, rules, window, seed):
        query = Query(tuple(map(Step, rules)), window_seconds=window)
        self.same_counts(journeys, query)
        self.same_counts(random_mask(journeys, seed), query)

    @pytest.mark.parametrize("n", [MOST_BITS, MOST_BITS + 1])
    def test_of_as_many_steps_as_there_are_bits(self, n):
        names = [f"step {s}" for s in range(n)]
        walks = [names[:length] for length in (0, 1, n - 1, n)] + [names[::-1], names * 2]
        journeys = journeys_of([[(name, at) for at, name in enumerate(walk)] for walk in walks])
        self.same_counts(journeys, Query(tuple(Step(event(name)) for name in names)))

    @pytest.mark.parametrize("window", [None, 5_000.0])
    def test_in_shards_and_over_many_blocks(self, window):
        journeys = random_journeys(7, n_journeys=10_000, n_types=5)
        steps = tuple(Step(event(name)) for name in journeys.events[:3])
        query = Query(steps, window_seconds=window, counts_only=True)
        assert journeys.n_events > 2 * BLOCK
        told = [[s.reached for s in run(funnel, journeys, query, n).steps] for n in (1, 2, 7)]
        whole = run(funnel, journeys, replace(query, counts_only=False))
        assert told == [[s.reached for s in whole.steps]] * 3


class TestTell:
    JOURNEYS = journeys_of(
        [
            [("view", 0), ("cart", 60), ("order", 120)],
            [("view", 0), ("cart", 100), ("help", 110)],
            [("view", 0), ("view", 500), ("cart", 600), ("order", 5000)],
            [("view", 0)],
            [("cart", 0), ("order", 10)],
        ],
        channels=[["web"] * 3, ["app"] * 3, ["web"] * 4, ["app"], ["web"] * 2],
    )
    STEPS = (Step(event("view")), Step(event("cart")), Step(event("order")))

    def test_counts_times_and_what_they_did_instead(self):
        got = run(funnel, self.JOURNEYS, Query(self.STEPS, window_seconds=3600))
        assert [step.reached for step in got.steps] == [4, 3, 1]
        assert [step.dropped for step in got.steps] == [1, 2, 0]
        assert got.journeys == 5
        assert got.converted.share == 0.25
        assert got.time_to_convert.mean == 120
        assert got.steps[1].time_from_previous.mean == pytest.approx((60 + 100 + 100) / 3)
        assert [(i.name, i.count) for i in got.steps[1].instead] == [("help", 1), (None, 1)]
        assert [(i.name, i.count) for i in got.steps[0].instead] == [(None, 1)]

    def test_what_they_did_instead_among_many_event_types(self):
        events = [f"{n:05}" for n in range(40_000)]
        walks = [[("00000", 0), ("00001", 1), ("39999", 2)], [("00000", 0)]]
        steps = tuple(Step(event(name)) for name in events[:3])
        got = run(funnel, journeys_of(walks, events=events), Query(steps))
        assert [[(i.name, i.count) for i in step.instead] for step in got.steps] == [
            [(None, 1)],
            [("39999", 1)],
            [],
        ]

    def test_without_a_window_the_late_order_counts(self):
        got = run(funnel, self.JOURNEYS, Query(self.STEPS))
        assert [step.reached for step in got.steps] == [4, 3, 2]

    def test_every_entry_counts_for_itself(self):
        got = run(funnel, self.JOURNEYS, Query(self.STEPS, count_by="entry"))
        assert [step.reached for step in got.steps] == [5, 4, 3]
        assert got.time_to_convert.n == 3

    def test_breaks_down_by_the_channel_at_the_first_step(self):
        got = run(funnel, self.JOURNEYS, Query(self.STEPS, by="channel"))
        assert [(g.value, g.reached) for g in got.groups] == [
            ("app", (2, 1, 0)),
            ("web", (2, 2, 2)),
        ]
        folded = run(funnel, self.JOURNEYS, Query(self.STEPS, by="channel", most_groups=1))
        assert [(g.value, g.reached, g.rest) for g in folded.groups] == [
            ("app", (2, 1, 0), False),
            (None, (2, 2, 2), True),
        ]

    def test_an_optional_step_may_be_left_out(self):
        steps = (Step(event("view")), Step(event("cart"), optional=True), Step(event("help")))
        got = run(funnel, self.JOURNEYS, Query(steps))
        assert [step.reached for step in got.steps] == [4, 3, 1]
        direct = (Step(event("cart")), Step(event("view"), optional=True), Step(event("order")))
        assert run(funnel, self.JOURNEYS, Query(direct)).converted.count == 3

    def test_shows_itself_as_plain_data_and_rows(self):
        got = run(funnel, self.JOURNEYS, Query(self.STEPS, by="channel"))
        plain = json.loads(json.dumps(got.to_dict()))
        assert plain["steps"][2]["share_of_first"]["count"] == 2
        assert [row["step"] for row in got.rows()] == ["view", "cart", "order"]
        assert [row["reached"] for row in got.rows()] == [4, 3, 2]

    @pytest.mark.parametrize(
        ("asked", "message"),
        [
            ({"steps": ()}, "1 to 100 steps, not 0"),
            ({"steps": (Step(event("a"), optional=True),)}, "'a', cannot be optional"),
            ({"steps": (Step(event("a"), within_seconds=3),)}, "'a', has no step before it"),
            ({"steps": STEPS, "window_seconds": -1}, "-1 seconds cannot be kept"),
        ],
    )
    def test_refuses_what_makes_no_sense(self, asked, message):
        with pytest.raises(FunnelImpossible, match=message) as caught:
            Query(**asked)
        assert caught.value.hint

    def test_refuses_an_unknown_breakdown(self):
        with pytest.raises(FunnelImpossible, match="'chanel'") as caught:
            run(funnel, self.JOURNEYS, Query(self.STEPS, by="chanel"))
        assert "Did you mean 'channel'" in caught.value.hint
