"""Waits: quantiles keep their stated error, merging loses nothing; shares carry an interval."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.comparisons import close_enough

from desireline.engine.analyses.shares import share
from desireline.engine.analyses.tally import Tally
from desireline.engine.analyses.waits import WAIT_ERROR, Wait, Waits
from desireline.engine.kernels.waits import BUCKETS, bucket_of, bucket_seconds, buckets_of

AGES = 9_998 * 31_556_952 * 10**6
some_waits = st.lists(
    st.tuples(st.integers(0, 3), st.one_of(st.integers(0, 100), st.integers(0, AGES))), min_size=1
)


def test_every_bucket_keeps_the_error() -> None:
    for octave in range(1, 63):
        for wait in (2**octave - 1, 2**octave, 2**octave + 2**octave // 16, 3 * 2**octave // 2):
            told = bucket_seconds()[bucket_of(wait)] * 1e6
            assert abs(told - wait) <= wait * WAIT_ERROR
    assert bucket_seconds()[bucket_of(0)] == 0.0
    assert bucket_of(2**63 - 1) == BUCKETS - 1


def test_buckets_of_an_array_are_those_of_its_entries() -> None:
    waits = np.array([0, 1, 2, 3, 999, 10**6, 10**12, AGES, 2**63 - 1], np.int64)
    assert buckets_of(waits).tolist() == [bucket_of(int(wait)) for wait in waits]


@given(some_waits)
def test_quantiles_are_within_the_error_and_means_exact(waits: list[tuple[int, int]]) -> None:
    series, wait = (np.array(part, np.int64) for part in zip(*waits, strict=True))
    sketch = Waits.of(series, wait)
    for one in sketch.series.tolist():
        close_enough(sketch.of_series(one), [w for s, w in waits if s == one])


@given(some_waits, st.integers(0, 20))
def test_merging_parts_gives_the_whole(waits: list[tuple[int, int]], cut: int) -> None:
    def sketch(part: list[tuple[int, int]]) -> Waits:
        columns = np.array(part, np.int64).reshape(-1, 2).T
        return Waits.of(columns[0], columns[1])

    whole, a, b = sketch(waits), sketch(waits[:cut]), sketch(waits[cut:])
    for merged in (a.merge(b), b.merge(a)):
        assert merged.figures == whole.figures


def test_regrouping_adds_series_up() -> None:
    waits = Waits.of(np.array([4, 5, 9]), np.array([1_000_000, 3_000_000, 7_000_000]))
    regrouped = waits.regrouped(np.array([2, 2, -1]))
    assert regrouped.figures == Waits.of(np.array([2, 2]), np.array([1, 3]) * 1_000_000).figures


def test_without_waits_or_without_quantiles_there_is_no_figure() -> None:
    assert Waits.empty().of_series(3) == Wait(0, None, None, None)
    plain = Waits.of(np.array([1]), np.array([2_000_000]), quantiles=False)
    assert plain.of_series(1) == Wait(1, 2.0, None, None)


@given(st.lists(st.integers(0, 9)), st.lists(st.integers(0, 9)))
def test_adding_sorted_lists_is_adding_counters(a: list[int], b: list[int]) -> None:
    one, other, both = (Tally.of(np.array(keys, np.int64)) for keys in (a, b, a + b))
    merged = one.merge(other)
    assert merged.key.tolist() == both.key.tolist()
    assert merged.count.tolist() == both.count.tolist()


def test_a_tally_knows_the_keys_it_lacks() -> None:
    tally = Tally.of(np.array([3, 3, 8]))
    assert tally.at(np.array([1, 3, 8, 9])).tolist() == [[0], [2], [1], [0]]
    assert Tally.empty(2).at(np.array([1])).tolist() == [[0, 0]]


@pytest.mark.parametrize(
    ("count", "n", "low", "high"),
    # Newcombe, "Two-sided confidence intervals for the single proportion", 1998, table I, method 3.
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_interval_as_published(count: int, n: int, low: float, high: float) -> None:
    told = share(count, n)
    assert (round(told.low or 0.0, 4), round(told.high or 0.0, 4)) == (low, high)
    assert told.share == count / n


def test_share_of_nothing_and_of_all() -> None:
    assert (share(0, 0).share, share(0, 0).low, share(0, 0).high) == (None, None, None)
    assert share(5, 5).high == 1.0
