"""Kernel that cuts journeys into sessions."""

from __future__ import annotations

from desireline.engine.journeys import I32, I64
from desireline.engine.kernels.compiled import kernel


@kernel
def cut(offset: I64, time: I64, gap: int, start: I64, journey: I32) -> int:
    """How many sessions there are: runs of a journey's events without a wait longer than `gap`.

    Writes the first event of each into `start` and its journey into `journey`, which have room for
    one a event. Microseconds.
    """
    n = 0
    for j in range(len(offset) - 1):
        for i in range(offset[j], offset[j + 1]):
            if i == offset[j] or time[i] - time[i - 1] > gap:
                start[n] = i
                journey[n] = j
                n += 1
    return n
