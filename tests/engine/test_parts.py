"""Parts of journeys and layers of them, against plain lists."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from desireline.engine.journeys import Journeys
from desireline.engine.kernels.parts import copy_stretches, in_sequence, settle_ties
from desireline.engine.layers import Layers, Part, Sizes
from desireline.engine.parts import Rows, parts_of, rows_of, woven

Event = tuple[int, int, int]
"""Person, time, code; its place in a list is its position."""
events = st.lists(st.tuples(st.integers(1, 9), st.integers(0, 4), st.integers(0, 3)), max_size=40)
Walks = dict[int, list[tuple[int, int]]]
FEW = Sizes(part=10, small=3, share=0.5)


def rows(told: list[Event], first: int = 1) -> Rows:
    """Rows at the positions from `first` on; the other columns follow from the code."""
    columns = np.array(told, np.int64).reshape(-1, 3)
    code = columns[:, 2]
    return Rows(
        person=columns[:, 0],
        time=columns[:, 1],
        position=np.arange(first, first + len(told)),
        code=code.astype(np.uint16),
        channel=code.astype(np.uint8),
        actor=(code + 1).astype(np.uint8),
        value=(code / 2).astype(np.float32),
        columns={"plan": (code - 1).astype(np.int32)},
    )


def walks(told: list[Event]) -> Walks:
    """Time and code of each person's events in sequence, the slow way."""
    found: Walks = defaultdict(list)
    for person, time, code in sorted(told, key=lambda event: event[1]):
        found[person].append((time, code))
    return dict(found)


def walks_in(journeys: Journeys, kept: NDArray[np.bool_] | None = None) -> Walks:
    """The same from a part; all columns must have moved alike, and persons must rise."""
    persons: Any = journeys.ids.integers
    assert np.all(np.diff(persons) > 0)
    found: Walks = {}
    for j, person in enumerate(persons.tolist()):
        if kept is None or kept[j]:
            here = slice(journeys.offset[j], journeys.offset[j + 1])
            found[person] = list(
                zip(journeys.time[here].tolist(), journeys.code[here].tolist(), strict=True)
            )
    code: Any = journeys.code.astype(np.int64)
    held: Any = journeys.columns["plan"].codes
    for array, of_code in (
        (journeys.channel, code),
        (journeys.actor, code + 1),
        (journeys.value, code / 2),
        (held, code - 1),
    ):
        assert np.array_equal(array, of_code)
    return found


def walks_of(layers: Layers) -> Walks:
    """What is in force; fails if a person is so twice."""
    found: Walks = {}
    for part in layers.parts:
        here = walks_in(part.journeys, part.kept)
        assert not found.keys() & here.keys()
        assert part.n_events == sum(map(len, here.values()))
        found |= here
    assert layers.n_events == sum(map(len, found.values()))
    return found


class TestPartsOf:
    @given(events, st.integers(1, 50))
    def test_cut_by_person(self, told: list[Event], part_events: int) -> None:
        made = parts_of([rows(told)], 4, part_events)
        found: Walks = {}
        for part in made:
            found |= walks_in(part)
        assert found == walks(told)
        assert list(found) == sorted(found)
        longest = max(map(len, found.values()), default=0)
        assert all(part.n_events < part_events + longest for part in made)

    @given(events, st.integers(0, 40), st.integers(1, 50))
    def test_pieces_are_as_one(self, told: list[Event], cut: int, part_events: int) -> None:
        every = rows(told)
        pieces = [every.taken(slice(0, cut)), every.taken(slice(cut, None))]
        assert [walks_in(p) for p in parts_of(pieces, 4, part_events)] == [
            walks_in(p) for p in parts_of([every], 4, part_events)
        ]

    @given(events)
    def test_order_of_arrival_does_not_matter(self, told: list[Event]) -> None:
        mixed = rows(told)
        mixed = mixed.taken(np.random.default_rng(len(told)).permutation(len(told)))
        assert [walks_in(p) for p in parts_of([mixed], 4, 99)] == [
            walks_in(p) for p in parts_of([rows(told)], 4, 99)
        ]

    def test_persons_of_any_number(self) -> None:
        told = [(2**40, 2, 1), (7, 1, 2), (2**40, 1, 3)]
        (part,) = parts_of([rows(told)], 4, 99)
        assert walks_in(part) == walks(told)

    def test_a_part_holds_no_memory_but_its_own(self) -> None:
        first, *_ = parts_of([rows([(p, 0, 0) for p in range(100)])], 4, 10)
        assert first.time.base is None
        assert len(first.time) == 10

    def test_many_types_take_four_bytes(self) -> None:
        (part,) = parts_of([rows([(1, 0, 3)])], 70_000, 9)
        assert part.code.dtype == np.uint32


class TestTake:
    @given(events, st.sets(st.integers(1, 9)))
    def test_rows_of_some_journeys(self, told: list[Event], wanted: set[int]) -> None:
        for part in parts_of([rows(told)], 4, 99):
            persons: Any = part.ids.integers
            which = np.flatnonzero(np.isin(persons, list(wanted)))
            taken = rows_of(part, which, persons[which])
            (again,) = parts_of([taken], 4, 99) or [None]
            assert (walks_in(again) if again else {}) == {
                p: w for p, w in walks(told).items() if p in wanted
            }

    @given(events, st.sets(st.integers(1, 9)))
    def test_woven_parts_are_one(self, told: list[Event], odd: set[int]) -> None:
        sides = [[e for e in told if (e[0] in odd) == side] for side in (True, False)]
        parts = [part for side in sides for part in parts_of([rows(side)], 4, 7)]
        if parts:
            made = woven(parts, [np.arange(len(part)) for part in parts], 4)
            assert walks_in(made) == walks(told)


class TestLayers:
    @given(st.lists(events, min_size=1, max_size=8), st.booleans())
    def test_grow_by_what_is_new(self, told: list[list[Event]], tidy: bool) -> None:
        layers = Layers.of([rows(told[0])], 4, FEW)
        every = list(told[0])
        for new in told[1:]:
            persons = np.unique(np.array([person for person, *_ in new], np.int64))
            held = layers.rows_of(persons, persons)
            fresh = rows(new, first=len(every) + 1)
            before, was = layers, walks_of(layers)
            pieces = [fresh] if held is None else [held, fresh]
            layers = layers.without(persons).with_rows(pieces, 4)
            layers = layers.tidied(4) if tidy else layers
            every += new
            assert walks_of(layers) == walks(every)
            assert walks_of(before) == was

    @given(st.lists(events, min_size=1, max_size=12))
    def test_tidied_they_are_few_and_in_order(self, told: list[list[Event]]) -> None:
        layers = Layers.of([rows([])], 4, FEW)
        for i, new in enumerate(told):
            moved = [(person + 10 * i, time, code) for person, time, code in new]
            layers = layers.with_rows([rows(moved)], 4).tidied(4)
            sizes = [part.n_events for part in layers.overlay]
            assert not layers.overgrown
            assert all(a > 2 * b for a, b in pairwise(sizes) if a > FEW.small)
            persons = [p.persons[p.in_force()] for p in layers.base]
            assert np.all(np.diff(np.concatenate([[0], *persons])) > 0)
            assert all(p.n_events <= 2 * FEW.part + 40 for p in layers.base)

    def test_work_follows_from_what_is_new(self) -> None:
        """Of 400 persons 40 move; parts of the others are the same objects."""
        layers = Layers.of([rows([(p, t, 0) for p in range(400) for t in range(5)])], 4, Sizes(100))
        moved = np.arange(40)
        held = layers.rows_of(moved, moved)
        assert held is not None
        after = layers.without(moved).with_rows([held], 4).tidied(4)
        same = {id(p) for p in layers.base} & {id(p) for p in after.base}
        assert len(same) == len(layers.base) - 2

    def test_a_hidden_journey_is_not_found(self) -> None:
        (journeys,) = parts_of([rows([(3, 0, 0), (5, 0, 0), (9, 0, 0)])], 4, 9)
        part = Part(journeys).without(np.array([1]))
        which, who = part.found(np.array([1, 3, 5, 9, 11]))
        assert (which.tolist(), who.tolist()) == ([0, 2], [1, 3])
        assert part.in_force().tolist() == [0, 2]


class TestKernels:
    @pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.uint32, np.uint64])
    def test_copy_stretches(self, dtype: Any) -> None:
        source = np.arange(10, dtype=dtype)
        out = np.zeros(6, dtype)
        begin, length, place = np.array([[7, 0, 4], [2, 0, 3], [0, 2, 3]])
        copy_stretches(source, begin, length, place, out)
        assert out.tolist() == [7, 8, 0, 4, 5, 6]

    @given(events)
    def test_in_sequence(self, told: list[Event]) -> None:
        keys = list(told)
        columns = np.array(keys, np.int64).reshape(-1, 3)
        case, time, position = (np.ascontiguousarray(c) for c in columns.T)
        assert in_sequence(case, time, position) == (keys == sorted(keys))

    @given(events)
    def test_settle_ties(self, told: list[Event]) -> None:
        """By person and time already; the third column is the position here."""
        keys = sorted(told, key=lambda key: key[:2])
        columns = np.array(keys, np.int64).reshape(-1, 3)
        case, time, position = (np.ascontiguousarray(c) for c in columns.T)
        offset = np.searchsorted(case, np.arange(11))
        order = np.arange(len(keys))
        settle_ties(offset, order, time, position, np.empty(len(keys), np.int64))
        assert [keys[i] for i in order] == sorted(keys)
