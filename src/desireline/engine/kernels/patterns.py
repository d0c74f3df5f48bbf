"""Kernels that run a path pattern over journeys."""

from __future__ import annotations

import numpy as np

from desireline.engine.journeys import I32, I64, Bools
from desireline.engine.kernels.compiled import kernel

NEVER = np.iinfo(np.int64).min


@kernel
def walked(
    offset: I64,
    letter: I32,
    table: I32,
    accepts: Bools,
    end_only: bool,  # noqa: FBT001 - a kernel's arguments stand in line
    out: Bools,
) -> None:
    """Marks in `out` each event at which the automaton `table[state, letter]` accepts.

    `letter[i]` is the class of the event (-1: masked out, passed over), for the events
    `offset[0] : offset[-1]`. State 0 begins. With `end_only`, only a journey's last event counts.
    """
    base = offset[0]
    for j in range(len(offset) - 1):
        state, last = 0, -1
        for i in range(offset[j] - base, offset[j + 1] - base):
            if letter[i] < 0:
                continue
            state = table[state, letter[i]]
            last = i
            if not end_only:
                out[base + i] = accepts[state]
        if end_only and last >= 0:
            out[base + last] = accepts[state]


@kernel
def walked_within(
    offset: I64,
    time: I64,
    letter: I32,
    fits: Bools,
    before_start: I32,
    before: I32,
    begins: Bools,
    ends: Bools,
    from_start: bool,  # noqa: FBT001 - a kernel's arguments stand in line
    window: int,
    end_only: bool,  # noqa: FBT001
    out: Bools,
) -> None:
    """Marks in `out` each event that completes a walk of at most `window` microseconds.

    Places are the letters of the pattern (Glushkov's automaton): `fits[place, letter]`, and
    `before[before_start[p] : before_start[p + 1]]` are the places that may stand directly before
    place p. Of all walks that stand at a place, only the one that began latest can matter: each
    goes on in the same ways, and it has the most time left.
    """
    base, n = offset[0], len(begins)
    begun = np.empty(n, np.int64)
    moved = np.empty(n, np.int64)
    for j in range(len(offset) - 1):
        begun[:] = NEVER
        last, done, fresh = -1, False, True
        for i in range(offset[j] - base, offset[j + 1] - base):
            if letter[i] < 0:
                continue
            now = time[base + i]
            done = False
            for p in range(n):
                moved[p] = NEVER
                if not fits[p, letter[i]]:
                    continue
                if begins[p] and (fresh or not from_start):
                    moved[p] = now
                else:
                    for k in range(before_start[p], before_start[p + 1]):
                        moved[p] = max(moved[p], begun[before[k]])
                done |= ends[p] and moved[p] != NEVER and now - moved[p] <= window
            begun, moved = moved, begun
            last, fresh = i, False
            if not end_only:
                out[base + i] = done
        if end_only and last >= 0:
            out[base + last] = done
