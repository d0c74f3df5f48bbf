"""Reading the columns of Journeys once: nothing that looks at them can be faster."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numba import njit

from desireline.engine.journeys import I64, Codes, Journeys


@njit(nogil=True, cache=True)
def _sum(offset: I64, time: I64, code: Codes) -> np.int64:
    total = np.int64(0)
    for i in range(len(time)):
        total += time[i] + code[i]
    for j in range(len(offset)):
        total += offset[j]
    return total


def read_columns(journeys: Journeys, threads: int) -> int:
    """The sum of all times, codes and offsets (it wraps around), a shard a thread."""
    n, persons = journeys.n_events, len(journeys.offset)
    parts = [
        (
            journeys.offset[persons * k // threads : persons * (k + 1) // threads],
            journeys.time[n * k // threads : n * (k + 1) // threads],
            journeys.code[n * k // threads : n * (k + 1) // threads],
        )
        for k in range(threads)
    ]
    with ThreadPoolExecutor(threads) as pool:
        return sum(pool.map(lambda part: int(_sum(*part)), parts))
