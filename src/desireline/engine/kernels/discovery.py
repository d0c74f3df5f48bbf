"""The loops of discovery: three linear passes over the events, counts out.

In all of them an empty `keep_event` or `keep_journey` stands for no filter.
"""

from __future__ import annotations

import numpy as np

from desireline.engine.journeys import F32, F64, I32, I64, Bools, Codes
from desireline.engine.kernels.compiled import kernel

RECENT = 8
"""Events looked back on for a burst."""
LOG_GRAIN, GRAIN = 1 << 20, 1 << 4
LONGEST = 1e9
"""Units above which waits count as so many."""


def count_types(
    offset: I64, code: Codes, keep_event: Bools, keep_journey: Bools, types: int
) -> tuple[I64, I64]:
    """Events, and journeys with at least one of them, for each event type."""
    # Arrays are made outside of the loops: numba takes a second to compile how to make them.
    events, reach = np.zeros(types, np.int64), np.zeros(types, np.int64)
    add_types(offset, code, keep_event, keep_journey, np.full(types, -1), events, reach)
    return events, reach


@kernel
def add_types(
    offset: I64,
    code: Codes,
    keep_event: Bools,
    keep_journey: Bools,
    last_seen: I64,
    events: I64,
    reach: I64,
) -> None:
    """Adds up what `count_types` gives; `last_seen` is -1 for each event type."""
    for j in range(len(offset) - 1):
        if len(keep_journey) > 0 and not keep_journey[j]:
            continue
        for e in range(offset[j], offset[j + 1]):
            if len(keep_event) > 0 and not keep_event[e]:
                continue
            v = code[e]
            events[v] += 1
            if last_seen[v] != j:
                last_seen[v] = j
                reach[v] += 1


@kernel
def count_ways(
    offset: I64,
    code: Codes,
    time: I64,
    value: F32,
    keep_event: Bools,
    keep_journey: Bools,
    slot: I32,
    unit: float,
    burst_us: int,
    counts: I64,
    waits: I64,
    single: F64,
    last: I64,
    recent: I64,
) -> None:
    """Adds what the journeys say about the order of `slot`s to the three tables given.

    `slot[v]` is the row of event type v, or -1 where it is passed over. With k slots:
    `counts` (3, k + 1, k + 1): directly follows (row k: starts; column k: ends; [k, k]: journeys),
    first before first (journeys in which a's first event came before b's; column k: reach), and
    bursts (a before b within `burst_us`, at most RECENT events back). `waits` (2, k, k): sum of
    log(1 + wait) of the followings in grains of 1 / LOG_GRAIN, and of the waits in grains of
    1 / GRAIN, both in `unit`s (seconds): whole numbers, whose sum does not depend on its order.
    `single` (4, k): sum of first-visit ranks, journeys with a return after having left, sum of
    values, events with a value. An empty `value` stands for none. `last` (3, k), all -1, and
    `recent` (2, RECENT) are room to work in.
    """
    k = counts.shape[1] - 1
    last_seen, last_return, seen = last[0], last[1], last[2]
    recent_slot, recent_time = recent[0], recent[1]
    for j in range(len(offset) - 1):
        if len(keep_journey) > 0 and not keep_journey[j]:
            continue
        previous, previous_time, n_seen, n = k, np.int64(0), 0, 0
        for e in range(offset[j], offset[j + 1]):
            if len(keep_event) > 0 and not keep_event[e]:
                continue
            s = slot[code[e]]
            if s < 0:
                continue
            counts[0, previous, s] += 1
            if previous < k:
                wait = max(time[e] - previous_time, 0) / (1e6 * unit)
                waits[0, previous, s] += np.int64(np.log1p(wait) * LOG_GRAIN)
                waits[1, previous, s] += np.int64(min(wait, LONGEST) * GRAIN)
            for back in range(1, min(n, RECENT) + 1):
                at = (n - back) % RECENT
                if time[e] - recent_time[at] > burst_us:
                    break
                counts[2, recent_slot[at], s] += 1
            if last_seen[s] != j:
                for u in range(n_seen):
                    counts[1, seen[u], s] += 1
                counts[1, s, k] += 1
                single[0, s] += n_seen
                last_seen[s] = j
                seen[n_seen] = s
                n_seen += 1
            elif previous != s and last_return[s] != j:
                last_return[s] = j
                single[1, s] += 1
            if len(value) > 0 and not np.isnan(value[e]):
                single[2, s] += value[e]
                single[3, s] += 1
            recent_slot[n % RECENT], recent_time[n % RECENT] = s, time[e]
            n += 1
            previous, previous_time = s, time[e]
        if previous < k:
            counts[0, previous, k] += 1
            counts[0, k, k] += 1


def count_furthest(
    offset: I64, code: Codes, keep_event: Bools, keep_journey: Bools, rank: I32, ranks: int
) -> I64:
    """Journeys by the furthest rank that they came to; `rank[v]` is -1 for what has none."""
    furthest: I64 = np.zeros(ranks, np.int64)
    add_furthest(offset, code, keep_event, keep_journey, rank, furthest)
    return furthest


@kernel
def add_furthest(
    offset: I64, code: Codes, keep_event: Bools, keep_journey: Bools, rank: I32, furthest: I64
) -> None:
    """Adds up what `count_furthest` gives."""
    for j in range(len(offset) - 1):
        if len(keep_journey) > 0 and not keep_journey[j]:
            continue
        far = -1
        for e in range(offset[j], offset[j + 1]):
            if len(keep_event) > 0 and not keep_event[e]:
                continue
            far = max(far, rank[code[e]])
        if far >= 0:
            furthest[far] += 1
