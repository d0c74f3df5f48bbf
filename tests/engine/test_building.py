"""Building journeys against sorting them with Python's own sort."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.engine.arranging import MANY, Arrangement
from desireline.engine.building import EventColumns, JourneysTooMany, build, sequence_key
from desireline.engine.journeys import Column, Ids, Journeys
from desireline.engine.kernels.building import arrange, number_integers, number_keys

ABSENT = -(2**63)
EVENTS = st.lists(
    st.tuples(st.integers(0, 6), st.integers(-3, 3), st.integers(0, 4)), min_size=1, max_size=80
)


def columns_of(rows, order=()):
    case, time, code = (np.array(x) for x in zip(*rows, strict=True))
    return EventColumns(
        case=case.astype(np.int32),
        ids=Ids.of([f"p{i}" for i in range(7)]),
        time=time.astype(np.int64),
        code=code.astype(np.uint16),
        events=tuple("abcde"),
        value=np.arange(len(rows), dtype=np.float32),
        columns={"n": Column(numbers=np.arange(len(rows), dtype=np.float64))},
        order=order,
    )


def walks(journeys: Journeys):
    """Who walked what, with the place in the file that `value` remembers."""
    assert journeys.value is not None
    return {
        journeys.journey_id(j): [int(v) for v in journeys.value[a:b]]
        for j, (a, b) in enumerate(zip(journeys.offset, journeys.offset[1:], strict=False))
    }


class TestBuild:
    @given(EVENTS)
    def test_equals_a_stable_sort_by_case_and_time(self, rows):
        expected = {
            f"p{c}": sorted(
                (i for i, row in enumerate(rows) if row[0] == c), key=lambda i: rows[i][1]
            )
            for c in sorted({row[0] for row in rows})
        }
        journeys = build(columns_of(rows))
        assert walks(journeys) == expected
        assert journeys.ordered_by_time
        for j, (a, b) in enumerate(zip(journeys.offset, journeys.offset[1:], strict=False)):
            places = expected[journeys.journey_id(j)]
            assert journeys.time[a:b].tolist() == [rows[i][1] for i in places]
            assert journeys.code[a:b].tolist() == [rows[i][2] for i in places]
            assert journeys.columns["n"].numbers[a:b].tolist() == places

    @given(EVENTS, st.data())
    def test_columns_that_decide_the_sequence(self, rows, data):
        first = data.draw(st.lists(st.integers(0, 3), min_size=len(rows), max_size=len(rows)))
        second = data.draw(
            st.lists(st.sampled_from([0.5, -1.0, 2.0]), min_size=len(rows), max_size=len(rows))
        )
        order = (np.array(first, np.int64), np.array(second))
        expected = {
            f"p{c}": sorted(
                (i for i, row in enumerate(rows) if row[0] == c),
                key=lambda i: (first[i], second[i]),
            )
            for c in sorted({row[0] for row in rows})
        }
        journeys = build(columns_of(rows, order))
        assert walks(journeys) == expected
        times = [[rows[i][1] for i in places] for places in expected.values()]
        assert journeys.ordered_by_time == all(t == sorted(t) for t in times)

    def test_what_is_in_sequence_is_not_copied(self):
        columns = columns_of([(0, 1, 0), (0, 1, 1), (1, 0, 2)])
        journeys = build(columns)
        assert journeys.time is columns.time
        assert journeys.value is columns.value

    def test_an_id_without_events_has_no_journey(self):
        columns = columns_of([(5, 1, 0), (2, 1, 1)])
        journeys = build(columns)
        assert list(journeys.ids) == ["p2", "p5"]
        assert journeys.offset.tolist() == [0, 1, 2]

    def test_one_person_with_a_million_events_in_disorder(self):
        n = 1_000_000
        time = np.random.default_rng(1).integers(0, 1000, n)
        columns = EventColumns(
            case=np.zeros(n, np.int32),
            ids=Ids.of(["p"]),
            time=time,
            code=np.zeros(n, np.uint16),
            events=("e",),
            value=np.arange(n, dtype=np.float32),
        )
        journeys = build(columns)
        assert journeys.value is not None
        assert np.array_equal(journeys.value, np.argsort(time, kind="stable").astype(np.float32))

    def test_more_events_than_the_cache_holds(self):
        n = MANY + 12_345
        rng = np.random.default_rng(2)
        case = (rng.integers(0, 300, n) ** 2).astype(np.int32)  # gaps, and some much longer
        time = rng.integers(0, 1000, n)  # many are equal
        columns = EventColumns(
            case=case,
            ids=Ids(integers=np.arange(100_000)),
            time=time,
            code=(np.arange(n) % 7).astype(np.uint16),
            events=tuple("abcdefg"),
            channel=(np.arange(n) % 3).astype(np.uint8),
            channels=("", "web", "app"),
            value=np.arange(n, dtype=np.float32),
            columns={"n": Column(codes=np.arange(n, dtype=np.int32))},
        )
        journeys = build(columns)
        order = np.lexsort((time, case))
        assert np.array_equal(journeys.columns["n"].codes, order)
        assert np.array_equal(journeys.value, order.astype(np.float32))
        assert np.array_equal(journeys.time, time[order])
        assert np.array_equal(journeys.code, order % 7)
        assert np.array_equal(journeys.channel, order % 3)
        walked = np.unique(case)
        assert np.array_equal(journeys.ids.integers, walked)
        assert np.array_equal(journeys.offset[:-1], np.searchsorted(case[order], walked))

    @pytest.mark.parametrize(("types", "width"), [(65_535, 2), (65_536, 4)])
    def test_codes_are_as_narrow_as_the_vocabulary_allows(self, types, width):
        columns = EventColumns(
            case=np.zeros(1, np.int32),
            ids=Ids.of(["p"]),
            time=np.zeros(1, np.int64),
            code=np.zeros(1, np.uint32),
            events=tuple(str(i) for i in range(types)),
        )
        assert build(columns).code.itemsize == width

    def test_no_event_at_all(self):
        columns = EventColumns(
            case=np.zeros(0, np.int32),
            ids=Ids.of([]),
            time=np.zeros(0, np.int64),
            code=np.zeros(0, np.uint16),
            events=(),
        )
        journeys = build(columns)
        assert len(journeys) == 0
        assert journeys.n_events == 0


class TestKernels:
    @given(st.lists(st.integers(0, 2**64 - 1) | st.integers(0, 9), max_size=200))
    def test_numbers_by_first_appearance(self, keys):
        numbers, first = number_keys(np.array(keys, np.uint64))
        seen: dict[int, int] = {}
        assert numbers.tolist() == [seen.setdefault(k, len(seen)) for k in keys]
        assert first.tolist() == [keys.index(k) for k in seen]

    @given(
        st.lists(st.integers(-3, 12) | st.sampled_from([ABSENT, ABSENT + 1, 2**63 - 1]))
        | st.lists(st.integers(2**63 - 9, 2**63 - 1) | st.just(ABSENT))
        | st.lists(st.integers(ABSENT, ABSENT + 9))
    )
    def test_whole_numbers_are_numbered_alike_however_far_apart_they_lie(self, keys):
        numbers, first = number_integers(np.array(keys, np.int64), ABSENT)
        seen: dict[int, int] = {}
        assert numbers.tolist() == [seen.setdefault(k, len(seen)) for k in keys]
        assert first.tolist() == [keys.index(k) for k in seen]

    def test_keys_that_fall_upon_one_another(self):
        clash = np.arange(200, dtype=np.uint64) * np.uint64(pow(0x9E3779B97F4A7C15, -1, 2**64))
        keys = np.random.default_rng(3).choice(clash, 5000)
        numbers, first = number_keys(keys)
        assert np.array_equal(keys[first][numbers], keys)
        assert np.array_equal(first, np.sort(np.unique(keys, return_index=True)[1]))

    def test_numbering_outgrows_its_table(self):
        keys = np.arange(10_000, dtype=np.uint64) << np.uint64(40)
        numbers, first = number_keys(np.concatenate([keys, keys]))
        assert numbers.tolist() == list(range(10_000)) * 2
        assert first.tolist() == list(range(10_000))

    @given(st.lists(st.tuples(st.integers(0, 2), st.integers(-50, 50)), max_size=300))
    def test_arrange_equals_lexsort(self, rows):
        case = np.array([r[0] for r in rows], np.int32)
        key = np.array([r[1] for r in rows], np.int64)
        offset, order = arrange(case, key, 3)
        expected = np.lexsort((key, case))
        assert offset.tolist() == [int((case < c).sum()) for c in range(4)]
        if order is None:
            assert expected.tolist() == list(range(len(rows)))
        else:
            assert order.tolist() == expected.tolist()

    @given(
        st.lists(st.tuples(st.integers(0, 1500), st.integers(-3, 3)), min_size=1, max_size=300),
        st.integers(1501, 5000),
    )
    def test_by_stretches_as_without_them(self, rows, n_cases):
        case = np.array([r[0] for r in rows], np.int32)
        key = np.array([r[1] for r in rows], np.int64)
        near = Arrangement.of(case, key, n_cases, many=len(rows) + 1)
        far = Arrangement.of(case, key, n_cases, many=0)
        assert far.offset.tolist() == near.offset.tolist()
        expected = np.lexsort((key, case))
        assert near.key.tolist() == far.key.tolist() == key[expected].tolist()
        for kind in (np.uint8, np.uint16, np.float32, np.int32, np.int64, np.float64):
            column = np.arange(len(rows)).astype(kind)
            moved = far.moved(column)
            assert moved.dtype == kind
            assert moved.tolist() == near.moved(column).tolist() == column[expected].tolist()

    @given(st.lists(st.tuples(st.integers(0, 3), st.floats(-2, 2)), min_size=2, max_size=50))
    def test_sequence_key_sorts_like_the_columns(self, rows):
        first = np.array([r[0] for r in rows], np.int64)
        second = np.array([r[1] for r in rows])
        key = sequence_key((first, second))
        assert np.argsort(key, kind="stable").tolist() == np.lexsort((second, first)).tolist()


def test_more_cases_than_can_be_numbered():
    columns = columns_of([(0, 1, 0)])
    many = replace(columns, ids=Ids(integers=np.broadcast_to(np.int64(0), (2**31,))))
    with pytest.raises(JourneysTooMany, match="2,147,483,648 persons or cases"):
        build(many)
