"""Scans that only a living map needs: visits and where journeys stand, and a fair sample."""

from __future__ import annotations

import numpy as np

from desireline.engine.journeys import I32, I64, Bools, Codes
from desireline.engine.kernels.compiled import kernel

JOURNEYS, WITH_OUTCOME, PERSONS, EVENTS = range(4)
"""Places of the totals."""
POSITION, SINCE, LAST = range(3)
"""Columns of where each journey stands."""
NOWHERE = -1
"""In place of a position: the journey never came to the map, or has the outcome."""


@kernel
def mark_visits(
    offset: I64,
    code: Codes,
    time: I64,
    in_log: Bools,
    keep_event: Bools,
    keep_journey: Bools,
    outcome: Bools,
    person: I32,
    first: int,
    width: int,
    begins: Bools,
    by_span: I64,
    stands: I64,
    totals: I64,
    period: I64,
) -> None:
    """Marks where visits begin, and counts what the log and the map hold of these journeys.

    `in_log` are the events that the log has for the map, `keep_event` those of them that are a
    touchpoint (`code`). `begins` is True at the first event of each run of equal codes;
    `by_span[code, span]` counts the events in each span of `width` microseconds from `first` on.
    `stands[journey]` is the code of its last visit, since when, and its last event (microseconds);
    NOWHERE for one that never came or has an event with the `outcome`. `totals` counts journeys
    with an event in the log, those of them with the outcome, their persons (`person` may be empty;
    the journeys of one stand side by side), and events; `period` is their first and last time.
    """
    before = np.int64(-1)
    for j in range(len(offset) - 1):
        stands[j, POSITION] = NOWHERE
        if not keep_journey[j]:
            continue
        last = np.int64(-1)
        reached = False
        n = np.int64(0)
        for i in range(offset[j], offset[j + 1]):
            reached |= outcome[i]
            if in_log[i]:
                n += 1
                period[0] = min(period[0], time[i])
                period[1] = max(period[1], time[i])
            if keep_event[i]:
                if last < 0 or code[i] != code[last]:
                    begins[i] = True
                    stands[j, SINCE] = time[i]
                by_span[code[i], (time[i] - first) // width] += 1
                last = np.int64(i)
        if n == 0:
            continue
        totals[EVENTS] += n
        totals[JOURNEYS] += 1
        totals[WITH_OUTCOME] += reached
        owner = np.int64(person[j] if len(person) else j)
        totals[PERSONS] += owner != before
        before = owner
        if last >= 0 and not reached:
            stands[j, POSITION] = code[last]
            stands[j, LAST] = time[last]


@kernel
def choose_journeys(
    offset: I64,
    code: Codes,
    begins: Bools,
    keep_journey: Bools,
    key: I64,
    least: I64,
    chosen: I64,
) -> None:
    """For each code the journeys with the least keys among those that visit it.

    `key` has one number a journey. A row of `least` are the least of them, in order, and of
    `chosen` the numbers of the journeys (-1: none).
    """
    most = least.shape[1]
    for j in range(len(offset) - 1):
        if not keep_journey[j]:
            continue
        for i in range(offset[j], offset[j + 1]):
            here, at = code[i], most - 1
            if not begins[i] or (chosen[here, at] >= 0 and key[j] >= least[here, at]):
                continue
            while at > 0 and (chosen[here, at - 1] < 0 or least[here, at - 1] > key[j]):
                at -= 1
            if at > 0 and chosen[here, at - 1] == j:
                continue
            for k in range(most - 1, at, -1):
                least[here, k] = least[here, k - 1]
                chosen[here, k] = chosen[here, k - 1]
            least[here, at] = key[j]
            chosen[here, at] = j
