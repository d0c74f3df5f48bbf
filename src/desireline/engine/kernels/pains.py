"""One scan over journeys: a row for each first and second visit of a touchpoint, what it met."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from desireline.engine.journeys import I64, U8, Bools, Codes
from desireline.engine.kernels.compiled import kernel

ROW = np.dtype(
    [
        ("journey", np.int64),
        ("at", np.int64),
        ("wait", np.int64),
        ("touchpoint", np.int16),
        ("came_from", np.int16),
        ("new_from", np.int16),
        ("seen", np.int16),
        ("number", np.uint8),
        ("flags", np.uint8),
        ("had", np.bool_),
        ("reaches", np.bool_),
        ("lives_on", np.bool_),
        ("ends", np.bool_),
    ]
)
"""`at` is the first event of the visit, `wait` the microseconds since the event before (-1: none),
`came_from` the touchpoint before, `new_from` the last one that was new (-1: none), `seen` how many
touchpoints were visited before, `number` 1 or 2, `had` whether the outcome had come, `reaches`
whether it comes within the time that follows, `lives_on` whether the customer acts within it but
after the horizon, `ends` whether the journey ends at this touchpoint without the outcome."""

AGAIN, DETOUR, SWITCHED, FAILED, ANSWERED = 1, 2, 4, 8, 16
"""Flags: done again at once; came by a way round; by another channel than before; something failed
before the next touchpoint; an answer came before the next visit here."""


class Marks(NamedTuple):
    """What is known of each event of the arrays."""

    counts: Bools
    """It is some touchpoint's, and in view."""
    channel: U8
    outcome: Bools
    own: Bools
    """The customer does it."""
    failed: Bools
    """The event of a touchpoint says that it failed."""
    failure: Bools
    """Its very type is a failure."""


@kernel
def tell_visits(
    offset: I64,
    code: Codes,
    time: I64,
    keep_journey: Bools,
    marks: Marks,
    answers: Bools,
    horizon: int,
    follows: int,
    rows: Any,
) -> int:
    """Writes a row for the first and second visit of each touchpoint by each journey; how many.

    `answers[t, r]`: r is an answer to t. `rows` has room for each event. `horizon` and `follows`
    are microseconds from the visit. A visit is a run of events at one touchpoint; failures in it
    that are no touchpoint do not end it.
    """
    n, kinds = 0, len(answers)
    times, coming = np.zeros(kinds, np.int64), np.zeros(kinds, np.int64)
    for j in range(len(offset) - 1):
        if not keep_journey[j]:
            continue
        times[:] = 0
        first_row, before, new_from, seen, wandered = n, np.int64(-1), np.int64(-1), 0, False
        last, first_outcome, last_outcome = -1, offset[j + 1], -1
        row = -1
        for i in range(offset[j], offset[j + 1]):
            if marks.outcome[i]:
                first_outcome, last_outcome = min(first_outcome, i), i
            if row >= 0 and marks.failure[i] and i > rows[row].at:
                rows[row].flags |= FAILED
            if not marks.counts[i]:
                continue
            here = np.int64(code[i])
            if here == before:
                if row >= 0:
                    rows[row].flags |= AGAIN
                    if marks.failed[i]:
                        rows[row].flags |= FAILED
                last = i
                continue
            times[here] += 1
            row = -1
            if times[here] <= 2:
                row = n
                n += 1
                rows[row].journey, rows[row].at, rows[row].touchpoint = j, i, here
                rows[row].wait = -1 if last < 0 else max(0, time[i] - time[last])
                rows[row].came_from, rows[row].new_from = before, new_from
                rows[row].seen, rows[row].number = seen, times[here]
                rows[row].flags, rows[row].had = 0, first_outcome <= i
                if last >= 0 and marks.channel[last] != marks.channel[i]:
                    rows[row].flags |= SWITCHED
                if wandered:
                    rows[row].flags |= DETOUR
                if marks.failed[i]:
                    rows[row].flags |= FAILED
            if times[here] == 1:
                seen += 1
                new_from, wandered = here, False
            else:
                wandered = True
            before, last = here, i
        coming[:] = offset[j + 1]
        looked, listened, outcome, later = offset[j + 1], offset[j + 1], -1, -1
        for row in range(n - 1, first_row - 1, -1):
            here, at = np.int64(rows[row].touchpoint), rows[row].at
            for other in range(kinds):
                if answers[here, other] and coming[other] < coming[here]:
                    rows[row].flags |= ANSWERED
            coming[here] = at
            while looked - 1 > at:
                looked -= 1
                if marks.outcome[looked]:
                    outcome = looked
            while listened - 1 > at and time[listened - 1] > time[at] + horizon:
                listened -= 1
                if marks.own[listened]:
                    later = listened
            rows[row].reaches = outcome >= 0 and time[outcome] <= time[at] + follows
            rows[row].lives_on = later >= 0 and time[later] <= time[at] + follows
            rows[row].ends = here == before and last_outcome < 0
    return n


@kernel
def tell_skips(visits: Any, optional: Bools, rows: Any) -> int:
    """Writes a row for each optional touchpoint that a journey could have had; how many.

    `visits` are first visits, journey by journey and in order. The row stands at the first visit of
    a touchpoint behind the optional one (`came_from`), with `number` 2 where that had not come.
    """
    n, kinds = 0, len(optional)
    been = np.zeros(kinds, np.bool_)
    start = 0
    while start < len(visits):
        stop = start
        while stop < len(visits) and visits[stop].journey == visits[start].journey:
            stop += 1
        been[:] = False
        furthest = np.int64(0)
        for v in range(start, stop):
            here = np.int64(visits[v].touchpoint)
            for other in range(furthest, here):
                if optional[other]:
                    rows[n] = visits[v]
                    rows[n].touchpoint, rows[n].came_from = other, here
                    rows[n].number = 1 if been[other] else 2
                    n += 1
            furthest = max(furthest, here)
            been[here] = True
        start = stop
    return n
