"""Loops that take whole journeys out of parts, and settle the order of equal times."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from desireline.engine.journeys import I64
from desireline.engine.kernels.building import sort_stable
from desireline.engine.kernels.compiled import kernel


@kernel
def copy_stretches(
    source: NDArray[Any], begin: I64, length: I64, place: I64, out: NDArray[Any]
) -> None:
    """Copies `length[k]` entries from `source[begin[k]:]` to `out[place[k]:]`, for each k."""
    for k in range(len(begin)):
        # Unsigned places need no look whether they are negative: 2.5 instead of 18 ms for 2 M.
        here, there = np.uint64(begin[k]), np.uint64(place[k])
        for i in range(np.uint64(length[k])):
            out[there + i] = source[here + i]


@kernel
def in_sequence(case: I64, time: I64, position: I64) -> bool:
    """Whether events rise by case, then time, then position."""
    for i in range(1, len(case)):
        if case[i] < case[i - 1]:
            return False
        if case[i] == case[i - 1]:
            if time[i] < time[i - 1]:
                return False
            if time[i] == time[i - 1] and position[i] < position[i - 1]:
                return False
    return True


@kernel
def settle_ties(offset: I64, order: I64, time: I64, position: I64, spare: I64) -> None:
    """Sorts `order` (events by case, then time) by position where times are equal.

    `spare` has room for the longest case.
    """
    for c in range(len(offset) - 1):
        start = offset[c]
        settled = True
        for i in range(offset[c] + 1, offset[c + 1] + 1):
            if i < offset[c + 1] and time[order[i]] == time[order[i - 1]]:
                settled = settled and position[order[i]] >= position[order[i - 1]]
                continue
            if not settled:
                sort_stable(order, start, i, position, spare)
            start = i
            settled = True
