"""Who comes back in which period: two scans over journeys."""

from __future__ import annotations

from desireline.engine.journeys import I64, Bools
from desireline.engine.kernels.compiled import kernel

NEVER = -1
"""In place of an event: the journey never began."""


@kernel
def find_entries(
    offset: I64, keep_event: Bools, keep_journey: Bools, begins: Bools, entry: I64
) -> None:
    """For each journey its first event at which `begins` holds; NEVER without one."""
    for j in range(len(offset) - 1):
        entry[j] = NEVER
        if not keep_journey[j]:
            continue
        for i in range(offset[j], offset[j + 1]):
            if begins[i] and keep_event[i]:
                entry[j] = i
                break


@kernel
def count_returns(
    offset: I64,
    time: I64,
    keep_event: Bools,
    back: Bools,
    entry: I64,
    cohort: I64,
    row: I64,
    bound: I64,
    as_of: int,
    rolling: bool,  # noqa: FBT001 - kernels take plain arguments
    table: I64,
) -> None:
    """Adds to `table[row[j], k]` the journeys with a return in the k-th period after their entry's.

    A return is an event at which `back` holds, behind `entry[j]` in the journey and not later than
    `as_of`. `bound` are the beginnings of the periods, sorted, and `cohort[j]` is the place of the
    entry's among them; the last column of `table` is the last period that is asked for. A row of -1
    leaves a journey out. With `rolling` a journey counts in every period up to that of its last
    return, whether or not that is among the columns.
    """
    last_column = table.shape[1] - 1
    for j in range(len(offset) - 1):
        if row[j] < 0:
            continue
        period = cohort[j]
        counted = -1
        for i in range(entry[j] + 1, offset[j + 1]):
            if time[i] > as_of:
                break
            if not (back[i] and keep_event[i]):
                continue
            while period + 1 < len(bound) and bound[period + 1] <= time[i]:
                period += 1
            k = period - cohort[j]
            if rolling:
                for column in range(counted + 1, min(k, last_column) + 1):
                    table[row[j], column] += 1
                counted = max(counted, min(k, last_column))
            elif k > last_column:
                break
            elif k != counted:
                table[row[j], k] += 1
                counted = k
