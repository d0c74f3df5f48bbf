"""Adding up two sorted lists of keys with counts: what merging the work of two shards comes to."""

from __future__ import annotations

import numpy as np

from desireline.engine.journeys import I64, Bools
from desireline.engine.kernels.compiled import kernel


@kernel
def add_sorted(key_a: I64, count_a: I64, key_b: I64, count_b: I64, key: I64, count: I64) -> int:
    """Writes the keys of both lists to `key` and their sums to `count`; returns how many keys.

    Keys are sorted and distinct, below 2^63 - 1, and have a row of counts each. `key` and `count`
    have room for both lists; `count` is all 0.
    """
    last = np.iinfo(np.int64).max
    a = b = n = 0
    while a < len(key_a) or b < len(key_b):
        next_a = key_a[a] if a < len(key_a) else last
        next_b = key_b[b] if b < len(key_b) else last
        key[n] = min(next_a, next_b)
        if next_a <= next_b:
            for c in range(count.shape[1]):
                count[n, c] += count_a[a, c]
            a += 1
        if next_b <= next_a:
            for c in range(count.shape[1]):
                count[n, c] += count_b[b, c]
            b += 1
        n += 1
    return n


@kernel
def add_rows(key: I64, count: I64, table: I64, there: Bools) -> None:
    """Adds each row of counts to the row of `table` that its key names, and marks it as there."""
    for i in range(len(key)):
        there[key[i]] = True
        for c in range(count.shape[1]):
            table[key[i], c] += count[i, c]
