"""Kernels that say what did not fit, once ways are aligned with a plan."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from desireline.engine.journeys import F64, I64, U8, Bools, Codes
from desireline.engine.kernels.compiled import kernel

FITS, AD_HOC, OUT_OF_ORDER, REPEATED, WRONG_BRANCH, MISSING, FAILED, LATE, EARLY = range(9)
"""Kinds of deviations; an event that fits may still have failed, or come late or early."""
COLUMNS = 6
JOURNEY, KIND, WHAT, AFTER, AT, LEFT = range(COLUMNS)
"""A row: the journey, the kind, what it is of (a touchpoint, or an event type behind them), the
touchpoint that was passed last (-1 at the start), at which of the kept events (the next one where
something is missing; -1 if none came), and whether the journey had ended before its place."""
I8 = NDArray[np.int8]


@kernel
def classify(
    offset: I64,
    label: Codes,
    slot_of: I64,
    repeatable: Bools,
    slots: int,
    fitted: U8,
    kinds: U8,
    missing: Bools,
) -> None:
    """For each way the kind of each of its events, and which slots nothing was meant for.

    `missing` has a row a way and a column a slot. A slot whose touchpoint came at another place is
    not missing: that event is out of order.
    """
    chosen = np.empty(slots, np.int64)
    moved = np.empty(slots, np.int64)
    for j in range(len(offset) - 1):
        chosen[:] = -1
        moved[:] = -1
        for i in range(offset[j], offset[j + 1]):
            if fitted[i]:
                chosen[slot_of[label[i]]] = label[i]
        for i in range(offset[j], offset[j + 1]):
            t: Any = np.int64(label[i])
            if t >= len(slot_of):
                kinds[i] = AD_HOC
                continue
            s = slot_of[t]
            if fitted[i]:
                kinds[i] = FITS
            elif chosen[s] >= 0 and chosen[s] != t:
                kinds[i] = WRONG_BRANCH
            elif chosen[s] == t:
                kinds[i] = OUT_OF_ORDER if repeatable[t] else REPEATED
            elif moved[s] >= 0 and moved[s] != t:
                kinds[i] = WRONG_BRANCH
            else:
                kinds[i] = REPEATED if moved[s] == t and not repeatable[t] else OUT_OF_ORDER
                moved[s] = t
        for s in range(slots):
            missing[j, s] = chosen[s] < 0 and moved[s] < 0


@kernel
def tell(
    offset: I64,
    code: Codes,
    time: I64,
    failed: Bools,
    way_of: I64,
    way_offset: I64,
    label: Codes,
    kinds: U8,
    missing: Bools,
    slot_of: I64,
    required: Bools,
    block_of: I64,
    earliest: F64,
    latest: F64,
    stands: Bools,
    beyond: Bools,
    rows: I64,
) -> int:
    """Writes a row for each deviation of each journey, and returns how many there are.

    With no room in `rows` it only counts. `code`, `time` and `failed` have an entry a kept event;
    journeys whose `way_of` is below 0 are passed over. `stands` has a row a journey: whether it
    passed each block (from column 1; column 0: it began); `beyond`: whether it passed a later one.
    """
    touchpoints, slots, n = len(slot_of), len(required), 0
    first = np.full(slots, -1, np.int64)
    for number in range(touchpoints - 1, -1, -1):
        first[slot_of[number]] = number
    place = np.empty(slots, np.int64)
    before = np.empty(slots, np.int64)
    write = len(rows) > 0
    for j in range(len(offset) - 1):
        way = way_of[j]
        if way < 0:
            continue
        start, away = offset[j], way_offset[way] - offset[j]
        after: Any = -1
        passed: Any = 0
        last: Any = -1
        place[:] = -1
        stands[j, 0] = True
        for i in range(start, offset[j + 1]):
            t: Any = np.int64(label[i + away])
            kind = int(kinds[i + away])
            if kind != FITS:
                what = t if t < touchpoints else touchpoints + np.int64(code[i])
                if write:
                    put(rows, n, j, kind, what, after, i, 0)
                n += 1
                continue
            new = after < 0 or slot_of[after] != slot_of[t]
            if failed[i]:
                if write:
                    put(rows, n, j, FAILED, t, after, i, 0)
                n += 1
            if after >= 0 and new:
                wait = time[i] - passed
                if wait > latest[t] or wait < earliest[t]:
                    if write:
                        put(rows, n, j, LATE if wait > latest[t] else EARLY, t, after, i, 0)
                    n += 1
            b = block_of[slot_of[t]]
            if new:
                for s in range(slots):
                    if place[s] < 0 and block_of[s] < b:
                        place[s], before[s] = i, after
            stands[j, b + 1] = True
            after, passed, last = t, time[i], b
        for s in range(slots):
            if block_of[s] < last:
                beyond[j, block_of[s]] = True
            if missing[way, s] and required[s]:
                left = place[s] < 0
                if write:
                    put(
                        rows, n, j, MISSING, first[s], after if left else before[s],
                        int(place[s]), 1 if left else 0,
                    )  # fmt: skip
                n += 1
    return n


@kernel
def put(
    rows: I64, n: int, journey: int, kind: int, what: Any, after: Any, at: int, left: int
) -> None:
    """Writes a row."""
    rows[n, JOURNEY] = journey
    rows[n, KIND] = kind
    rows[n, WHAT] = what
    rows[n, AFTER] = after
    rows[n, AT] = at
    rows[n, LEFT] = left
