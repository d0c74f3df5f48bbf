"""Kernels of rules that look back over the journey."""

from __future__ import annotations

import numpy as np

from desireline.engine.journeys import I64, Bools
from desireline.engine.kernels.compiled import kernel

NEVER = np.iinfo(np.int64).min


@kernel
def sequence_ends(
    offset: I64, time: I64, step: Bools, without: Bools, within: I64, window: int, out: Bools
) -> None:
    """Marks in `out` each event that completes the steps.

    `step[i, s]` and `without[i, s]` are bools of the events `offset[0] : offset[-1]`; `within[s]`
    and `window` are microseconds. For each step it is enough to know the latest event that reached
    it: a later one leaves less time and fewer events in between, and it began no earlier.
    """
    base, n_steps = offset[0], step.shape[1]
    last = np.empty(n_steps, np.int64)  # time of the latest event that reached the step
    begun = np.empty(n_steps, np.int64)  # latest time at which a sequence that did so began
    for j in range(len(offset) - 1):
        last[:] = NEVER
        for i in range(offset[j] - base, offset[j + 1] - base):
            now = time[base + i]
            for s in range(n_steps - 1, 0, -1):
                open_before = step[i, s] and last[s - 1] != NEVER
                in_time = open_before and now - last[s - 1] <= within[s]
                if in_time and now - begun[s - 1] <= window:
                    last[s] = now
                    begun[s] = begun[s - 1]
                    if s == n_steps - 1:
                        out[base + i] = True
                if without[i, s]:
                    last[s - 1] = NEVER
            if step[i, 0]:
                last[0] = now
                begun[0] = now
                if n_steps == 1:
                    out[base + i] = True


@kernel
def count_reached(
    offset: I64, time: I64, match: Bools, low: int, high: int, window: int, out: Bools
) -> None:
    """Marks in `out` each matching event that is the `low`th to `high`th within `window`."""
    base = offset[0]
    for j in range(len(offset) - 1):
        first = offset[j] - base  # oldest event that may still count
        n = 0
        for i in range(offset[j] - base, offset[j + 1] - base):
            if not match[i]:
                continue
            n += 1
            while time[base + i] - time[base + first] > window:
                n -= match[first]
                first += 1
            if low <= n <= high:
                out[base + i] = True


@kernel
def standing_clock(offset: I64, time: I64, out: I64) -> None:
    """The time of each event, or of the latest before it in its journey where time runs back."""
    for j in range(len(offset) - 1):
        now = NEVER
        for i in range(offset[j], offset[j + 1]):
            now = max(now, time[i])
            out[i] = now
