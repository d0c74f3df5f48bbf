"""What has happened in a journey by the time it comes to a place: one pass over the events."""

from __future__ import annotations

import numpy as np

from desireline.engine.journeys import F64, I64, Bools, Codes
from desireline.engine.kernels.compiled import kernel

EVENTS, SINCE_START, SINCE_LAST, OUTCOMES, SCORES, SCORED = range(6)
"""Columns of `past`: events, microseconds since the first and the last of them, outcomes, the sum
of scores and how many there are. -1 for a time where nothing came before."""


@kernel
def gather_past(
    offset: I64,
    code: Codes,
    time: I64,
    keep: Bools,
    outcome: Bools,
    score: F64,
    at: I64,
    journey: I64,
    past: F64,
    passed: F64,
    first: I64,
) -> None:
    """Writes for each place what the journey's kept events before it come to.

    `at` are places in the arrays in ascending order, `journey` says whose. `passed` has a column
    a code and is how often it came before; `first` is the first kept event, or the place itself.
    """
    counts = np.zeros(passed.shape[1], np.float64)
    events = outcomes = scored = 0
    scores = 0.0
    begin, before, i, mine = -1, -1, 0, -1
    for row in range(len(at)):
        if journey[row] != mine:
            mine = journey[row]
            i = offset[mine]
            counts[:] = 0.0
            events = outcomes = scored = 0
            scores = 0.0
            begin = before = -1
        while i < at[row]:
            if keep[i]:
                counts[code[i]] += 1.0
                events += 1
                outcomes += outcome[i]
                if not np.isnan(score[i]):
                    scores += score[i]
                    scored += 1
                if begin < 0:
                    begin = i
                before = i
            i += 1
        past[row, EVENTS] = events
        past[row, SINCE_START] = time[at[row]] - time[begin] if begin >= 0 else -1.0
        past[row, SINCE_LAST] = time[at[row]] - time[before] if before >= 0 else -1.0
        past[row, OUTCOMES] = outcomes
        past[row, SCORES] = scores
        past[row, SCORED] = scored
        passed[row] = counts
        first[row] = begin if begin >= 0 else at[row]
