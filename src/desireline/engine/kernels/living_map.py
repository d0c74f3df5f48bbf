"""Scans that only a living map needs: visits and where journeys stand, and a fair sample."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from desireline.engine.journeys import I32, I64, U8, Bools, Codes
from desireline.engine.kernels.compiled import kernel, part

U64 = NDArray[np.uint64]

JOURNEYS, WITH_OUTCOME, PERSONS, EVENTS = range(4)
"""Places of the totals."""
POSITION, SINCE, LAST = range(3)
"""Columns of where each journey stands."""
NOWHERE = -1
"""In place of a position: the journey never came to the map, or has the outcome."""

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FIRST_MIX, _SECOND_MIX = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_LARGEST = np.uint64(2**63 - 1)
_MINUS, _ZERO, _NINE, _TEN = np.uint8(45), np.uint8(48), np.uint8(57), np.uint64(10)


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


@part
def mixed(number: np.uint64) -> np.uint64:
    """A number that looks random and is always the same.

    Source: G. L. Steele, D. Lea, C. H. Flood, "Fast splittable pseudorandom number generators",
    OOPSLA 2014 (the finishing step of SplitMix64).
    """
    number = (number ^ (number >> np.uint64(30))) * _FIRST_MIX
    number = (number ^ (number >> np.uint64(27))) * _SECOND_MIX
    return number ^ (number >> np.uint64(31))


@part
def name_hash(blob: U8, start: int, stop: int) -> np.uint64:
    """The hash of a name in UTF-8: one that is a whole number has that of the number."""
    at = start
    negative = stop > start and blob[start] == _MINUS
    at += negative
    digits = stop - at
    whole = 0 < digits <= 19 and (blob[at] != _ZERO or (digits == 1 and not negative))
    number = np.uint64(0)
    for i in range(at, stop):
        whole = whole and _ZERO <= blob[i] <= _NINE
        if whole:
            number = number * _TEN + np.uint64(blob[i] - _ZERO)
    if whole and number <= _LARGEST + np.uint64(negative):
        return mixed(~number + np.uint64(1) if negative else number)
    hashed = _GOLDEN ^ np.uint64(stop - start)
    for i in range(start, stop):
        hashed = (hashed ^ np.uint64(blob[i])) * _GOLDEN
        hashed ^= hashed >> np.uint64(29)
    return mixed(hashed)


@kernel
def choose_journeys(
    offset: I64,
    code: Codes,
    begins: Bools,
    keep_journey: Bools,
    person: I32,
    earlier: int,
    integers: I64,
    blob: U8,
    start: I64,
    least: I64,
    chosen: I64,
) -> None:
    """For each code the journeys with the least hashes of their names among those that visit it.

    A row of `least` are the hashes, in order, and of `chosen` the numbers of the journeys (-1:
    none). `person` says whose each journey is, or is empty; `earlier` is how many journeys the
    first person had before. Names stand in `integers`, or else in `blob` from `start` on.
    """
    most = least.shape[1]
    session = earlier
    for j in range(len(offset) - 1):
        owner = np.int64(person[j]) if len(person) else np.int64(j)
        if len(person):
            session = session + 1 if j == 0 or person[j] == person[j - 1] else 1
        if not keep_journey[j]:
            continue
        if len(integers):
            hashed = mixed(np.uint64(integers[owner]))
        else:
            hashed = name_hash(blob, start[owner], start[owner + 1])
        if len(person):
            hashed = mixed(hashed ^ (np.uint64(session) * _GOLDEN))
        key = np.int64(hashed >> np.uint64(1))
        for i in range(offset[j], offset[j + 1]):
            if not begins[i] or (chosen[code[i], most - 1] >= 0 and key >= least[code[i], -1]):
                continue
            here, at = code[i], most - 1
            while at > 0 and (chosen[here, at - 1] < 0 or least[here, at - 1] > key):
                at -= 1
            if at > 0 and chosen[here, at - 1] == j:
                continue
            for k in range(most - 1, at, -1):
                least[here, k] = least[here, k - 1]
                chosen[here, k] = chosen[here, k - 1]
            least[here, at] = key
            chosen[here, at] = j
