"""Where every open journey stands: one scan over journeys."""

from __future__ import annotations

from desireline.engine.journeys import I64, Bools, Codes
from desireline.engine.kernels.compiled import kernel

ENDED = -1
"""In place of a code: the journey has ended, or has not begun."""


@kernel
def find_positions(
    offset: I64,
    code: Codes,
    time: I64,
    keep_event: Bools,
    keep_journey: Bools,
    outcome: Bools,
    closed: Bools,
    as_of: int,
    position: I64,
    since: I64,
) -> None:
    """For each journey the code where it stands at `as_of`, and since when (microseconds).

    `position` is ENDED for a journey without events, with the outcome, or closed by an event that
    no other follows. `outcome` and `closed` count whatever the filter leaves. Since when is the
    first event of the last run of events of equal code.
    """
    for j in range(len(offset) - 1):
        position[j] = ENDED
        if not keep_journey[j]:
            continue
        reached = False
        for i in range(offset[j], offset[j + 1]):
            if time[i] > as_of:
                continue
            reached |= outcome[i]
            if keep_event[i] and code[i] != position[j]:
                position[j] = code[i]
                since[j] = time[i]
            if closed[i]:
                position[j] = ENDED
        if reached:
            position[j] = ENDED
