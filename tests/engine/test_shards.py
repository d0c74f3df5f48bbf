"""Every analysis equals its oracle, whole and in shards, masked or not, merged in any order."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import reduce
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.comparisons import COMPARISONS, Comparison
from tests.engine.factories import random_journeys, random_mask, shards_at, some_journeys

from desireline.engine.analyses import ANALYSES
from desireline.engine.compute.threads import over, run
from desireline.engine.journeys import Journeys

each = pytest.mark.parametrize("comparison", COMPARISONS, ids=lambda c: c.name)


@each
@given(journeys=some_journeys(), in_order=st.booleans(), data=st.data())
@settings(max_examples=60, deadline=None)
def test_equals_its_oracle_however_cut(
    comparison: Comparison, journeys: Journeys, in_order: bool, data: st.DataObject
) -> None:
    if not in_order:
        journeys = data.draw(some_journeys(in_order=False))
    cuts = data.draw(st.lists(st.integers(0, max(len(journeys), 1)), max_size=4))
    comparison.run(journeys)
    comparison.run(journeys, shards_at(journeys, cuts))


@each
@pytest.mark.parametrize("seed", [1, 2])
def test_equals_its_oracle_on_random_journeys(comparison: Comparison, seed: int) -> None:
    journeys = random_journeys(seed)
    comparison.run(journeys)
    comparison.run(random_mask(journeys, seed), random_mask(journeys, seed).shards(3))


@each
@given(order=st.permutations(range(4)), data=st.data())
@settings(max_examples=15, deadline=None)
def test_shards_merge_in_any_order(
    comparison: Comparison, order: list[int], data: st.DataObject
) -> None:
    journeys = data.draw(some_journeys())
    analysis = ANALYSES[comparison.name.split()[0]]
    query = comparison.query(journeys)
    if getattr(query, "rarity", False):
        whole = analysis.partial(journeys, query)
        query = analysis.again(whole, query)  # type: ignore[attr-defined]
    shards = journeys.shards(4)  # intervals by person need the sessions of one in one shard
    partials = [analysis.partial(shards[i % len(shards)], query) for i in order if i < len(shards)]
    left = reduce(analysis.merge, partials)
    right = reduce(lambda a, b: analysis.merge(b, a), reversed(partials))
    whole_result = analysis.finish(analysis.partial(journeys, query), query)
    assert analysis.finish(left, query).to_dict() == whole_result.to_dict()
    assert analysis.finish(right, query).to_dict() == whole_result.to_dict()


@each
def test_gives_the_same_whatever_the_threads(comparison: Comparison) -> None:
    journeys = random_journeys(3, n_journeys=40)
    analysis, query = ANALYSES[comparison.name.split()[0]], comparison.query(journeys)
    told = [run(analysis, journeys, query, threads).to_dict() for threads in (0, 1, 2, 5)]
    assert told[1:] == told[:-1]
    assert over(analysis, shards_at(journeys, range(40)), query).to_dict() == told[0]


@each
def test_takes_journeys_without_events(comparison: Comparison) -> None:
    few = random_journeys(4, n_journeys=3)
    comparison.run(few.between(0, 0))
    comparison.run(random_journeys(4, n_journeys=3, mean_length=0.0))


def test_kernels_are_plain_python_underneath() -> None:
    program = (
        "from tests.engine.comparisons import COMPARISONS\n"
        "from tests.engine.factories import random_journeys, random_mask\n"
        "few = random_journeys(5, n_journeys=12)\n"
        "for comparison in COMPARISONS:\n"
        "    comparison.run(few)\n"
        "    comparison.run(random_mask(few, 6), random_mask(few, 6).shards(2))\n"
        "print('compared', len(COMPARISONS))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "NUMBA_DISABLE_JIT": "1"},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == f"compared {len(COMPARISONS)}\n", done.stderr
