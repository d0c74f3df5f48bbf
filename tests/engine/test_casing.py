"""What makes one journey: sessions by a gap, cases by a column."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.factories import journeys_of, kept_events, shards_at, some_journeys, walks_of

from desireline.engine.casing import CaseBy, CaseByImpossible, recased
from desireline.engine.journeys import Column, Ids

PERSONS = some_journeys().map(
    lambda j: replace(j, person=None, ids=Ids(integers=np.arange(len(j), dtype=np.int64)))
)


def sessions_slowly(journeys, gap_seconds):
    """The sessions of each journey as lists of events, by walking through it."""
    made = []
    for j in range(len(journeys)):
        session = []
        for i in range(int(journeys.offset[j]), int(journeys.offset[j + 1])):
            if session and journeys.time[i] - journeys.time[session[-1]] > gap_seconds * 1e6:
                made.append((j, session))
                session = []
            session.append(i)
        if session:
            made.append((j, session))
    return made


class TestBySession:
    @given(PERSONS, st.sampled_from([0.001, 1.0, 500.0, 1e6]))
    def test_a_session_ends_where_a_wait_is_longer_than_the_gap(self, journeys, gap):
        made = recased(journeys, CaseBy("session", gap_seconds=gap))
        expected = sessions_slowly(journeys, gap)
        spans = zip(made.offset, made.offset[1:], strict=False)
        assert [list(range(a, b)) for a, b in spans] == [events for _, events in expected]
        assert [made.person_index(s) for s in range(len(made))] == [j for j, _ in expected]
        assert made.time is journeys.time

    @given(PERSONS, st.sampled_from([1.0, 500.0]), st.integers(0, 7))
    def test_shards_together_are_the_whole(self, journeys, gap, cut):
        by = CaseBy("session", gap_seconds=gap)
        parts = [recased(shard, by) for shard in shards_at(journeys, [cut])]
        whole = recased(journeys, by)
        assert [w for part in parts for w in walks_of(part)] == walks_of(whole)
        persons = [p.person_index(s) for p in parts for s in range(len(p))]
        assert persons == whole.person.tolist()

    @given(PERSONS, st.sampled_from([1.0, 500.0]))
    def test_filters_stay_in_force(self, journeys, gap):
        made = recased(journeys, CaseBy("session", gap_seconds=gap))
        left = [i for kept in kept_events(made) for i in kept]
        assert left == [i for kept in kept_events(journeys) for i in kept]

    def test_traits_and_names_follow(self):
        journeys = replace(
            journeys_of([[("a", 0), ("a", 5000)], [("a", 0)]], ids=["ann", "bo"]),
            traits={"tier": Column(numbers=np.array([1.0, 2.0]))},
        )
        made = recased(journeys, CaseBy("session", gap_seconds=1800))
        assert made.traits["tier"].numbers.tolist() == [1.0, 1.0, 2.0]
        assert [made.journey_id(s) for s in range(3)] == ["ann#1", "ann#2", "bo#1"]

    @pytest.mark.parametrize("gap", [None, 0.0, -1.0, float("nan")])
    def test_needs_a_gap(self, gap):
        with pytest.raises(CaseByImpossible, match="above 0") as caught:
            recased(journeys_of([[("a", 0)]]), CaseBy("session", gap_seconds=gap))
        assert "1800" in caught.value.hint

    def test_refuses_to_cut_sessions_again(self):
        by = CaseBy("session", gap_seconds=60)
        once = recased(journeys_of([[("a", 0)]]), by)
        with pytest.raises(CaseByImpossible, match="sessions already"):
            recased(once, by)
        assert recased(once, CaseBy()) is once


class TestByColumn:
    JOURNEYS = replace(
        journeys_of([[("a", 0), ("b", 3), ("c", 4)], [("d", 1), ("e", 2)]]),
        columns={
            "order": Column(codes=np.array([1, 0, -1, 1, 0], np.int32), values=("o1", "o2")),
            "number": Column(numbers=np.array([7, 8.5, np.nan, 7, np.nan])),
        },
        traits={"tier": Column(codes=np.array([0, 1], np.int32), values=("gold", "tin"))},
    )

    def test_events_with_the_same_entry_are_one_journey_by_time(self):
        made = recased(self.JOURNEYS, CaseBy("column", column="order"))
        assert walks_of(made) == [
            [("e", 2_000_000), ("b", 3_000_000)],
            [("a", 0), ("d", 1_000_000)],
        ]
        assert [made.journey_id(j) for j in range(2)] == ["o1", "o2"]
        assert set(made.columns) == {"order", "number"}

    def test_traits_are_those_of_the_person_of_the_first_event(self):
        made = recased(self.JOURNEYS, CaseBy("column", column="order"))
        assert [made.traits["tier"].values[c] for c in made.traits["tier"].codes] == ["tin", "gold"]

    def test_a_number_names_a_case(self):
        made = recased(self.JOURNEYS, CaseBy("column", column="number"))
        assert [made.journey_id(j) for j in range(2)] == ["7", "8.5"]
        assert walks_of(made)[0] == [("a", 0), ("d", 1_000_000)]

    def test_what_was_left_out_is_noted(self):
        made = recased(self.JOURNEYS, CaseBy("column", column="order"))
        (note,) = made.provenance.notes
        assert note == "Events without order belong to no journey and were left out: 1."

    def test_refuses_a_column_that_was_not_read(self):
        with pytest.raises(CaseByImpossible, match="no column 'odrer'") as caught:
            recased(self.JOURNEYS, CaseBy("column", column="odrer"))
        assert caught.value.hint == "Columns that were read along: order, number."

    @given(PERSONS, st.data())
    def test_equals_gathering_event_by_event(self, journeys, data):
        n = len(journeys.code)
        codes = data.draw(st.lists(st.integers(-1, 2), min_size=n, max_size=n))
        column = Column(codes=np.array(codes, np.int32), values=("x", "y", "z"))
        made = recased(replace(journeys, columns={"c": column}), CaseBy("column", column="c"))
        kept = {i for part in kept_events(journeys) for i in part}
        expected = {}
        for case, name in enumerate(column.values):
            events = [i for i in range(n) if codes[i] == case]
            if events:
                ordered = sorted(events, key=lambda i: (journeys.time[i], i))
                told = [
                    (journeys.events[journeys.code[i]], journeys.time[i])
                    for i in ordered
                    if i in kept
                ]
                expected[name] = told
        assert dict(zip(made.ids, walks_of(made), strict=True)) == expected
