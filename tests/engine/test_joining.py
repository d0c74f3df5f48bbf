"""Joining parts: one Journeys that says what all of them said."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.factories import journeys_of, kept_events, random_journeys, some_journeys
from tests.engine.parting import copied, cut_at, overlaid

from desireline.engine.joining import PartsUnjoinable, joined
from desireline.engine.journeys import Column, Ids, Journeys, Mask, Provenance


def told(journeys: Journeys) -> list[tuple]:
    """Everything about the journeys in sight, in words, by the name of their persons."""
    rows = []
    for j, events in enumerate(kept_events(journeys)):
        hidden = journeys.mask is not None and not journeys.mask.journey[j]
        if not hidden:
            name = journeys.ids[journeys.person_index(j)]
            traits = [_entry(c, j) for _, c in sorted(journeys.traits.items())]
            rows.append((name, [_event(journeys, i) for i in events], traits))
    return sorted(rows, key=lambda row: row[0])


def _event(journeys: Journeys, i: int) -> tuple:
    value = None if journeys.value is None else float(journeys.value[i])
    return (
        journeys.events[journeys.code[i]],
        int(journeys.time[i]),
        "" if journeys.channel is None else journeys.channels[journeys.channel[i]],
        "" if journeys.actor is None else journeys.actors[journeys.actor[i]],
        None if value is None or np.isnan(value) else value,
        [_entry(c, i) for _, c in sorted(journeys.columns.items())],
    )


def _entry(column: Column, at: int) -> object:
    if column.codes is None:
        return None if np.isnan(column.numbers[at]) else float(column.numbers[at])
    return None if column.codes[at] < 0 else column.values[column.codes[at]]


@st.composite
def rich(draw: st.DrawFn) -> Journeys:
    """Any few journeys with everything that journeys can have."""
    journeys = draw(some_journeys())
    n, rng = len(journeys.time), np.random.default_rng(draw(st.integers(0, 99)))
    return replace(
        journeys,
        channel=rng.integers(0, 3, n).astype(np.uint8),
        channels=("", "web", "store"),
        actor=rng.integers(0, 2, n).astype(np.uint8),
        actors=("", "clerk"),
        columns={
            "size": Column(codes=rng.integers(-1, 2, n).astype(np.int32), values=("S", "L")),
            "price": Column(numbers=np.where(rng.random(n) < 0.5, np.nan, rng.random(n))),
        },
        traits={"tier": Column(numbers=rng.random(len(journeys)))},
    )


class TestJoined:
    @given(rich(), st.lists(st.integers(0, 8), max_size=3), st.booleans())
    def test_says_what_the_parts_say(self, journeys: Journeys, cuts: list[int], apart: bool):
        made = cut_at(journeys, cuts)
        if apart:
            made = [copied(part, i) for i, part in enumerate(made)]
        whole = joined(made)
        assert told(whole) == told(journeys)
        assert len(whole.time) == whole.n_events
        assert whole.offset[0] == 0

    @given(rich(), st.data())
    def test_leaves_out_what_an_overlay_takes_the_place_of(self, journeys, data):
        n = len(journeys.ids)
        hidden = np.array(data.draw(st.lists(st.booleans(), min_size=n, max_size=n)), np.bool_)
        whole = joined(overlaid(journeys, hidden, 1))
        assert told(whole) == told(journeys)
        if journeys.mask is None:
            assert whole.mask is None
            assert len(whole) == len(journeys)

    def test_gives_a_part_alone_back_and_none_as_nobody(self):
        alone = random_journeys(1, n_journeys=3)
        assert joined([alone]) is alone
        assert len(joined([])) == joined([]).n_events == 0

    def test_drops_hidden_journeys_also_of_a_part_alone(self):
        journeys = journeys_of([[("a", 0)], [("b", 1), ("b", 2)]], ids=["ann", "bob"])
        mask = Mask(np.array([False, True, True]), np.array([False, True]))
        whole = joined([replace(journeys, mask=mask)])
        assert (list(whole.ids), whole.offset.tolist(), whole.mask) == (["bob"], [0, 2], None)

    def test_keeps_what_is_hidden_within_a_journey(self):
        journeys = journeys_of([[("a", 0), ("b", 1)]])
        mask = Mask(np.array([False, True]), np.array([True]))
        whole = joined([replace(journeys, mask=mask), replace(journeys, ids=Ids.of(["x"]))])
        assert whole.mask.event.tolist() == [False, True, True, True]

    def test_names_persons_by_numbers_and_by_text(self):
        numbers = replace(random_journeys(1, n_journeys=2), ids=Ids(integers=np.array([7, -5])))
        text = replace(random_journeys(2, n_journeys=2), ids=Ids.of(["żuk", ""]))
        assert list(joined([numbers, text]).ids) == ["7", "-5", "żuk", ""]
        assert joined([numbers, numbers]).ids.integers.tolist() == [7, -5, 7, -5]

    def test_turns_numbers_beside_text_into_text(self):
        one = journeys_of([[("a", 0), ("a", 1)]])
        numbers = replace(one, columns={"size": Column(numbers=np.array([5.0, np.nan]))})
        codes = np.array([0, -1], np.int32)
        text = replace(one, columns={"size": Column(codes=codes, values=("XL",))})
        column = joined([numbers, text, one]).columns["size"]
        assert [_entry(column, i) for i in range(6)] == ["5", None, "XL", None, None, None]

    def test_widens_codes_where_the_vocabulary_needs_it(self):
        many = journeys_of([[("e", 0)]], events=["e", *(f"x{i}" for i in range(2**16 - 2))])
        more = journeys_of([[("late", 0)]], events=["late", "later"])
        whole = joined([many, more])
        assert whole.code.dtype == np.uint32
        assert [w[1][0][0] for w in told(whole)] == ["e", "late"]

    def test_says_once_where_parts_of_one_source_come_from(self):
        come = Provenance(source="a.csv", rows=9, set_aside=2, notes=("one",))
        parts = [replace(p, provenance=come) for p in random_journeys(1, n_journeys=4).shards(2)]
        assert joined(parts).provenance is come
        other = replace(parts[1], provenance=Provenance("b.csv", 5, set_aside=1, notes=("one",)))
        both = joined([other, *parts]).provenance
        assert (both.source, both.rows, both.set_aside) == ("a.csv, b.csv", 14, 3)
        assert both.notes == ("one",)

    def test_refuses_more_channels_than_a_byte_numbers(self):
        one = journeys_of([[("a", 0)]], channels=[["web"]])
        names = ("", *(f"c{i}" for i in range(255)))
        with pytest.raises(PartsUnjoinable, match="257 channels, and at most 256") as caught:
            joined([replace(one, channels=names), one])
        assert "property" in caught.value.hint
