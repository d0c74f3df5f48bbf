"""Variants: a case worked out by hand, ties, and a hash that collides for real."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from tests.engine.factories import journeys_of, pencil

from desireline.engine.analyses import variants
from desireline.engine.compute.threads import run
from desireline.engine.journeys import Ids, Journeys
from desireline.engine.kernels.variants import _MULTIPLIER, _SHIFT, group_sequences, hash_sequences

WALKS = ["vco", "s", "vc", "vco", "vc", "b", "vco"]


def test_hand_worked_case() -> None:
    journeys = journeys_of([[(step, float(t)) for t, step in enumerate(w)] for w in WALKS])
    outcome = journeys.code == journeys.code_of["o"]
    result = run(variants, journeys, variants.Query(outcome=outcome))
    assert result.to_dict() == {
        "cases": 7,
        "distinct": 4,
        "variants": [
            {"count": 3, "events": ["v", "c", "o"], "with_outcome": 3},
            {"count": 2, "events": ["v", "c"], "with_outcome": 0},
            {"count": 1, "events": ["b"], "with_outcome": 0},
            {"count": 1, "events": ["s"], "with_outcome": 0},
        ],
        "coverage": [3 / 7, 5 / 7, 6 / 7, 1.0],
    }


def test_top_breaks_ties_by_names_and_counts_the_rest() -> None:
    result = run(variants, pencil(), variants.Query(top=2))
    assert [v.events for v in result.variants] == [("support",), ("visit", "cart")]
    assert (result.cases, result.distinct) == (6, 6)
    assert result.rows()[1]["events"] == "visit > cart"


def test_ties_follow_names_not_codes() -> None:
    walks = [[("b", 0.0)], [("a", 0.0)], [("a", 0.0), ("b", 1.0)]]
    result = run(variants, journeys_of(walks, events=("b", "a")), variants.Query())
    assert [v.events for v in result.variants] == [("a",), ("a", "b"), ("b",)]


def test_sequences_of_equal_hash_stay_apart() -> None:
    one, other = colliding_sequences()
    code = np.array([one, other, one], np.uint32).reshape(-1)
    offset, table = np.array([0, 3, 6, 9, 9], np.int64), np.full(8, -1, np.int32)
    first, group_of = np.empty((2, 4), np.int64)
    hashes = np.empty(4, np.uint64)
    hash_sequences(offset, code, hashes)
    assert hashes[0] == hashes[1]
    assert group_sequences(offset, code, hashes, table, first, group_of) == 2
    assert group_of.tolist() == [0, 1, 0, -1]


def colliding_sequences() -> tuple[list[int], list[int]]:
    """Two sequences of three codes with one hash: prefixes whose hashes agree in the upper half."""
    hashed = step(step(np.arange(1, 400_001, dtype=np.uint64)) ^ np.uint64(1))
    order = np.argsort(hashed >> np.uint64(32))
    upper = (hashed >> np.uint64(32))[order]
    a, b = (int(order[np.flatnonzero(upper[1:] == upper[:-1])[0] + k]) for k in (0, 1))
    x = 12_345
    y = ((x + 1) ^ int(hashed[a] ^ hashed[b])) - 1
    last = np.array([int(hashed[a]) ^ (x + 1), int(hashed[b]) ^ (y + 1)], np.uint64)
    assert a != b
    assert step(last)[0] == step(last)[1]
    return [a, 0, x], [b, 0, y]


def step(mixed: NDArray[np.uint64]) -> NDArray[np.uint64]:
    product = mixed * _MULTIPLIER
    return product ^ (product >> _SHIFT)


def test_very_long_journeys() -> None:
    n = 500_000
    code = np.tile((np.arange(n) % 7).astype(np.uint16), 3)
    code[-1] = 0
    journeys = Journeys(
        offset=np.array([0, n, 2 * n, 3 * n], np.int64),
        time=np.arange(3 * n, dtype=np.int64),
        code=code,
        events=tuple("abcdefg"),
        ids=Ids.of(["1", "2", "3"]),
    )
    result = run(variants, journeys, variants.Query(), threads=2)
    assert [variant.count for variant in result.variants] == [2, 1]
