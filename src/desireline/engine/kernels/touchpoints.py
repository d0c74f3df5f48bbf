"""What happens at each touchpoint: one scan over journeys whose codes are touchpoints."""

from __future__ import annotations

import numpy as np

from desireline.engine.journeys import I64, Bools, Codes
from desireline.engine.kernels.compiled import kernel
from desireline.engine.kernels.waits import BUCKETS, LOW_BITS, bucket_of

JOURNEYS, STAY_LOW, STAY_HIGH, PERSONS, EXITS, LOOPS, WITH_OUTCOME, VALUES = range(8)
"""Columns of the figures. The first three are the total of the stays, as `Waits` takes it."""

SEEN, FIRST, LAST, TIMES, CODE = range(5)
"""Columns of the working room: of the journey that was last seen at a code, its number + 1, first
and last event and visits here; and, by row, the codes where the journey has been."""

OUTSIDE = 2**32 - 1


@kernel
def visit_touchpoints(
    offset: I64,
    code: Codes,
    time: I64,
    keep_event: Bools,
    keep_journey: Bools,
    outcome: I64,
    figures: I64,
    period: I64,
    stay: I64,
    visit: I64,
) -> tuple[int, int]:
    """Adds up the figures of each code; returns how many journeys have the outcome, and stays.

    `outcome[j]` is the last event of journey j with the outcome, -1 for none. `figures` has a row
    for each code, with the columns above, of which PERSONS and VALUES are left as they are.
    `period[code]` is (first, last) time. `stay` lists the stays (from the first to the last event
    at a code within a journey) as `code * BUCKETS + bucket`, at most one an event. `visit` is room
    to work in: zeros, a row for each code, columns as above.
    """
    # Unsigned numbers of rows are not looked at for being negative: 93 instead of 124 ms.
    reached = stays = 0
    for j in range(len(offset) - 1):
        if not keep_journey[j]:
            continue
        n_been = 0
        before = np.uint64(OUTSIDE)
        for i in range(offset[j], offset[j + 1]):
            if not keep_event[i]:
                continue
            here = np.uint64(code[i])
            if visit[here, SEEN] != j + 1:
                visit[here, SEEN] = j + 1
                visit[here, FIRST] = i
                visit[here, TIMES] = 0
                visit[n_been, CODE] = here
                n_been += 1
            visit[here, TIMES] += here != before
            visit[here, LAST] = i
            before = here
            period[here, 0] = min(period[here, 0], time[i])
            period[here, 1] = max(period[here, 1], time[i])
        if n_been == 0:
            continue
        reached += outcome[j] >= 0
        figures[before, EXITS] += outcome[j] < 0
        for k in range(n_been):
            here = np.uint64(visit[k, CODE])
            first = visit[here, FIRST]
            wait = max(0, time[visit[here, LAST]] - time[first])
            figures[here, JOURNEYS] += 1
            figures[here, STAY_LOW] += wait & LOW_BITS
            figures[here, STAY_HIGH] += wait >> 32
            figures[here, LOOPS] += visit[here, TIMES] > 1
            figures[here, WITH_OUTCOME] += outcome[j] >= first
            stay[stays] = visit[k, CODE] * BUCKETS + bucket_of(wait)
            stays += 1
    return reached, stays
