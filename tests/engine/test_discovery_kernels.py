"""The kernels of discovery equal their oracles, whole and in shards."""

from __future__ import annotations

from functools import reduce

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine import discovery_oracle as oracle
from tests.engine.factories import random_journeys, random_mask, shards_at, some_journeys

from desireline.engine.discovery import ways
from desireline.engine.discovery.ways import Slots
from desireline.engine.journeys import Journeys


def check(journeys: Journeys, slots: Slots, cuts: list[int]) -> None:
    shards = shards_at(journeys, cuts) if cuts else [journeys]
    tables = reduce(ways.merge, [ways.partial(s, slots) for s in shards])
    found = ways.finish(tables, slots)
    right = oracle.ways_counted(journeys, slots.of_type, slots.count, slots.unit, slots.burst_us)
    k, waits = slots.count, tables[4]
    follows, firsts, bursts = (np.array(table) for table in right[0])
    assert tables[0].tolist() == follows.tolist()
    assert found.before.tolist() == firsts[:k, :k].tolist()
    assert found.reach.tolist() == firsts[:k, k].tolist()
    assert found.bursts.tolist() == bursts[:k, :k].tolist()
    assert found.journeys == follows[k, k]
    # A grain is a millionth: the compiler may round a logarithm in its last bit otherwise.
    assert np.abs(waits - np.array(right[1]).reshape(waits.shape)).max(initial=0) <= len(
        journeys.time
    )
    single = np.array([found.first_rank, found.value_sum, found.value_count])
    assert single == pytest.approx(np.array(right[2]).reshape(single.shape))
    rank = slots.of_type
    parts = [ways.furthest(s, rank, slots.count) for s in shards]
    assert sum(parts).tolist() == oracle.furthest_counted(journeys, rank, slots.count)
    seen = [ways.census(s) for s in shards]
    right_types = oracle.types_counted(journeys)
    assert sum(events for events, _ in seen).tolist() == right_types[0]
    assert sum(reach for _, reach in seen).tolist() == right_types[1]


@given(journeys=some_journeys(), data=st.data())
@settings(max_examples=80, deadline=None)
def test_equal_their_oracles(journeys: Journeys, data: st.DataObject) -> None:
    k = data.draw(st.integers(1, 4))
    drawn = st.lists(st.integers(-1, k - 1), min_size=4, max_size=4)
    of_type = np.array(data.draw(drawn), np.int64)
    unit = data.draw(st.sampled_from([0.01, 1.0, 3600.0]))
    cuts = data.draw(st.lists(st.integers(0, max(len(journeys), 1)), max_size=3))
    check(journeys, Slots(of_type, k, unit), cuts)


@pytest.mark.parametrize("masked", [False, True])
def test_equal_their_oracles_on_random_journeys(masked: bool) -> None:
    journeys = random_journeys(3)
    journeys = random_mask(journeys, 4) if masked else journeys
    of_type = np.array([0, 1, 1, -1, 2, 3], np.int64)
    check(journeys, Slots(of_type, 4, 60.0), [50, 120])
