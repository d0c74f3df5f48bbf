"""Directly-follows pairs: linear scans over journeys."""

from __future__ import annotations

import numpy as np

from desireline.engine.journeys import I32, I64, Bools, Codes
from desireline.engine.kernels.building import U64
from desireline.engine.kernels.compiled import kernel, part
from desireline.engine.kernels.waits import U32, bucket_of

MOST = np.iinfo(np.int64).max
BLOCK = 2_048
"""Journeys of which events and ends are looked at in turn, while they are near the processor."""


@kernel
def first_kept(keep_event: Bools | None, start: int, stop: int) -> int:
    """The first position from `start` that a filter leaves; `stop` where it leaves none."""
    if keep_event is not None:
        while start < stop and not keep_event[start]:
            start += 1
    return start


@kernel
def count_pairs(
    offset: I64,
    code: Codes,
    time: I64,
    keep_event: Bools | None,
    keep_journey: Bools | None,
    table: U64,
    starts: I64,
    ends: I64,
    slot: I32,
    histogram: U32 | None,
) -> int:
    """Adds up pairs and their waits, for small vocabularies; returns how many waits are negative.

    `table[3 * (from * n + to):]` is (count, sum, overflows) of the waits in microseconds: the sum
    modulo 2^64, and how often it went beyond. `starts` and `ends` count journeys by first and last
    code. With a `histogram`, `histogram[slot[from * n + to]]` counts the pair's waits by bucket.
    """
    # Unsigned, flat, and negative waits without a branch: 21 instead of 29 ms for 5 M events. With
    # two columns to add to, where halves of a sum would be three in all: 13 instead of 16 ms.
    n_types, one, two = np.uint64(len(starts)), np.uint64(1), np.uint64(2)
    negative = 0
    for j in range(len(offset) - 1):
        if keep_journey is not None and not keep_journey[j]:
            continue
        stop = offset[j + 1]
        start = first_kept(keep_event, offset[j], stop)
        if start == stop:
            continue
        before = np.uint64(code[start])
        left = time[start]
        starts[before] += 1
        for i in range(np.uint64(start + 1), np.uint64(stop)):
            if keep_event is not None and not keep_event[i]:
                continue
            here = np.uint64(code[i])
            wait = time[i] - left
            negative += wait < 0
            wait = max(wait, 0)
            pair = before * n_types + here
            row = pair * np.uint64(3)
            table[row] += one
            table[row + one] += np.uint64(wait)
            if table[row + one] < np.uint64(wait):
                table[row + two] += one
            if histogram is not None:
                histogram[slot[pair], np.uint64(bucket_of(wait))] += np.uint32(1)
            before = here
            left = time[i]
        ends[before] += 1
    return negative


@kernel
def count_every_pair(
    offset: I64, code: Codes, time: I64, table: U64, other: U64, starts: I64, ends: I64
) -> bool:
    """Adds up all pairs and their waits, where no filter leaves anything out.

    `table[2 * (from * n + to):]` and `other` together are (count, sum) of the waits modulo 2^64.
    False where that is not the whole truth: a wait is negative, or all may go beyond 2^63.
    """
    negative, spans = np.uint64(0), 0.0
    for j in range(0, len(offset) - 1, BLOCK):
        some = offset[j : j + BLOCK + 1]
        negative += _in_a_row(some[0], some[-1], code, time, len(starts), table, other)
        below, span = _take_off_ends(some, code, time, table, starts, ends)
        negative -= below
        spans += span
    return negative == np.uint64(0) and spans < MOST


@part
def _in_a_row(
    first: int, last: int, code: Codes, time: I64, n: int, table: U64, other: U64
) -> np.uint64:
    """Adds up the pairs of all events of journeys that follow each other; how many are negative."""
    # Two places of the log at once, each with a table of its own, and no look at where journeys
    # end: 1.4 instead of 2.1 ns an event.
    n_types, one, two, sign = np.uint64(n), np.uint64(1), np.uint64(2), np.uint64(63)
    begin, pairs, negative = np.uint64(first), np.uint64(max(last - first - 1, 0)), np.uint64(0)
    if pairs == np.uint64(0):
        return negative
    half = pairs // two
    a, b = np.uint64(code[begin]), np.uint64(code[begin + half])
    left, gone = time[begin], time[begin + half]
    for i in range(begin + one, begin + half + one):
        here, there = np.uint64(code[i]), np.uint64(code[i + half])
        now, then = time[i], time[i + half]
        wait, late = np.uint64(now - left), np.uint64(then - gone)
        negative += (wait >> sign) + (late >> sign)
        row, far = (a * n_types + here) * two, (b * n_types + there) * two
        table[row] += one
        table[row + one] += wait
        other[far] += one
        other[far + one] += late
        a, b, left, gone = here, there, now, then
    if pairs % two == one:
        late = np.uint64(time[begin + pairs] - gone)
        negative += late >> sign
        far = (b * n_types + np.uint64(code[begin + pairs])) * two
        other[far] += one
        other[far + one] += late
    return negative


@part
def _take_off_ends(
    offset: I64, code: Codes, time: I64, table: U64, starts: I64, ends: I64
) -> tuple[np.uint64, float]:
    """Takes off the pairs across the ends of journeys: how many were negative, and all spans."""
    n_types, one, two, sign = np.uint64(len(starts)), np.uint64(1), np.uint64(2), np.uint64(63)
    negative, spans = np.uint64(0), 0.0
    for j in range(len(offset) - 1):
        start, stop = offset[j], offset[j + 1]
        if start == stop:
            continue
        starts[code[start]] += 1
        ends[code[stop - 1]] += 1
        spans += time[stop - 1] - time[start]
        if start > offset[0]:
            wait = np.uint64(time[start] - time[start - 1])
            negative += wait >> sign
            row = (np.uint64(code[start - 1]) * n_types + np.uint64(code[start])) * two
            table[row] -= one
            table[row + one] -= wait
    return negative, spans


@kernel
def list_pairs(
    offset: I64,
    code: Codes,
    time: I64,
    keep_event: Bools | None,
    keep_journey: Bools | None,
    pair: I64,
    wait: I64,
    starts: I64,
    ends: I64,
) -> int:
    """Lists each pair (`from * n + to`) and its wait, for any vocabulary; returns how many.

    `pair` and `wait` have room for one entry an event. A wait may be negative.
    """
    n_types = len(starts)
    n = 0
    for j in range(len(offset) - 1):
        if keep_journey is not None and not keep_journey[j]:
            continue
        stop = offset[j + 1]
        start = first_kept(keep_event, offset[j], stop)
        if start == stop:
            continue
        before = np.int64(code[start])
        left = time[start]
        starts[before] += 1
        for i in range(start + 1, stop):
            if keep_event is not None and not keep_event[i]:
                continue
            here = np.int64(code[i])
            pair[n] = before * n_types + here
            wait[n] = time[i] - left
            n += 1
            before = here
            left = time[i]
        ends[before] += 1
    return n


@kernel
def count_journeys(
    offset: I64,
    code: Codes,
    keep_event: Bools | None,
    keep_journey: Bools | None,
    outcome: Bools,
    outside: int,
    table: I64,
) -> None:
    """Counts the journeys that walk each step, and those of them that have the outcome.

    `outcome` has one bool an event of the arrays (whatever the filter leaves). With n types,
    `table[from * (n + 1) + to]` is (journey that walked it last, journeys, with outcome); `from`
    is n (`outside`) where a journey starts and `to` is n where it ends.
    """
    side = outside + 1
    for j in range(len(offset) - 1):
        if keep_journey is not None and not keep_journey[j]:
            continue
        reached = np.int64(0)
        for i in range(offset[j], offset[j + 1]):
            reached |= outcome[i]
        before = np.int64(outside)
        for i in range(first_kept(keep_event, offset[j], offset[j + 1]), offset[j + 1]):
            if keep_event is not None and not keep_event[i]:
                continue
            here = np.int64(code[i])
            _walk(table, before * side + here, j, reached)
            before = here
        if before != outside:
            _walk(table, before * side + outside, j, reached)


@kernel
def _walk(table: I64, step: int | np.int64, j: int, reached: int | np.int64) -> None:
    if table[step, 0] != j + 1:
        table[step, 0] = j + 1
        table[step, 1] += 1
        table[step, 2] += reached


@kernel
def rarest_steps(
    offset: I64,
    code: Codes,
    keep_event: Bools | None,
    keep_journey: Bools | None,
    outside: int,
    count: I64,
    rarest: I64,
) -> None:
    """For each journey the count of its rarest step; `rarest` is left as it is where it has none.

    `count[from * (n + 1) + to]` is how often each step was walked in all, start and end included.
    """
    side = outside + 1
    for j in range(len(offset) - 1):
        if keep_journey is not None and not keep_journey[j]:
            continue
        before = np.int64(outside)
        least = MOST
        for i in range(first_kept(keep_event, offset[j], offset[j + 1]), offset[j + 1]):
            if keep_event is not None and not keep_event[i]:
                continue
            here = np.int64(code[i])
            least = min(least, count[before * side + here])
            before = here
        if before != outside:
            rarest[j] = min(least, count[before * side + outside])
