"""The kernel of a plain funnel with a window of which only the counts are asked."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from desireline.engine.journeys import I64, Bools, Codes
from desireline.engine.kernels.compiled import kernel

NEVER = -(2**62)
"""A beginning so long ago that no window (at most half as long) reaches back to it."""
BLOCK = 1 << 15
"""Events looked at together, so that the list of those that matter stays in the cache."""


@kernel
def count_reached(
    offset: I64,
    time: I64,
    label: Codes,
    keep_event: Bools | None,
    keep_journey: Bools | None,
    step_of: NDArray[np.uint8],
    window: int,
    furthest: I64,
) -> None:
    """Adds to `furthest[s]` the journeys whose furthest step is number s, from 1; 0 is none.

    `step_of[label]` is the number of the one step that events of a label are, 0 for none. For each
    step the latest beginning from which it was reached is enough: whatever goes on from an earlier
    one goes on from that as well, with more of the window left.
    """
    n_steps = len(furthest) - 1
    began = np.full(n_steps + 1, NEVER, np.int64)
    mattering = np.empty(BLOCK + 1, np.int64)
    reached, j = 0, 0
    stop = offset[len(offset) - 1]
    for block in range(offset[0], stop, BLOCK):
        n = np.uint64(0)
        for i in range(np.uint64(block), np.uint64(min(block + BLOCK, stop))):
            mattering[n] = i
            kept = keep_event is None or keep_event[i]
            n += np.uint64(step_of[label[i]] != 0 and kept)
        for m in range(n):
            i = mattering[m]
            while i >= offset[j + 1]:
                if keep_journey is None or keep_journey[j]:
                    furthest[reached] += 1
                if reached:
                    began[:] = NEVER
                    reached = 0
                j += 1
            # Without a branch: what step comes next cannot be guessed, and guessing costs more.
            step, now = step_of[label[i]], time[i]
            began[0] = now
            begun = began[step - 1]
            goes_on = now - begun <= window
            began[step] = begun if goes_on else began[step]
            reached = max(reached, step if goes_on else 0)
    while j < len(offset) - 1:
        if keep_journey is None or keep_journey[j]:
            furthest[reached] += 1
        reached = 0
        j += 1
