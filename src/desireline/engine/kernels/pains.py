"""One scan over journeys: a row for each first visit of a touchpoint, and where one came back."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from desireline.engine.journeys import I64, U8, Bools, Codes
from desireline.engine.kernels.compiled import kernel, part

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
touchpoints were visited before, `number` 1 of the first visit and 2 of the first to which one came
back from a touchpoint that was new later, `had` whether the outcome had come, `reaches`
whether it comes within the time that follows, `lives_on` whether the customer acts within it but
after the horizon, `ends` whether the journey ends at this touchpoint without the outcome."""

AGAIN, DETOUR, SWITCHED, FAILED, ANSWERED, CHOSE = 1, 2, 4, 8, 16, 32
"""Flags: done again at once; came by a way round; by another channel than the last one that leads
here; something failed before the next touchpoint; an answer came before the next visit here; was
before on some channel that leads here."""


class Marks(NamedTuple):
    """What is known of each event of the arrays."""

    counts: Bools
    """It is some touchpoint's, and in view."""
    channel: U8
    leads: Bools
    """By (touchpoint, channel): one comes there by it."""
    outcome: Bools
    own: Bools
    """The customer does it."""
    failed: Bools
    """The event of a touchpoint says that it failed."""
    failure: Bools
    """Its very type is a failure."""


@part
def last_used(used: I64, leads: Bools, arrives: int) -> int:
    """The channel that was used last among those that lead here and the one of arrival; -1: none.

    `used` is by channel the event at which it was used last.
    """
    found, latest = -1, -1
    for channel in range(len(used)):
        if used[channel] > latest and (leads[channel] or channel == arrives):
            found, latest = channel, used[channel]
    return found


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
    """Writes rows for the first visit of each touchpoint and the first return to it; how many.

    `answers[t, r]`: r is an answer to t. `rows` has room for each event. `horizon` and `follows`
    are microseconds from the visit. A visit is a run of events at one touchpoint; failures in it
    that are no touchpoint do not end it.
    """
    n, kinds = 0, len(answers)
    rank, returned = np.zeros(kinds, np.int64), np.zeros(kinds, np.bool_)
    asks, used = np.zeros(kinds, np.int64), np.zeros(marks.leads.shape[1], np.int64)
    answering = np.zeros(kinds, np.bool_)
    for t in range(kinds):
        answering |= answers[t]
    for j in range(len(offset) - 1):
        if not keep_journey[j]:
            continue
        rank[:], returned[:], used[:], asks[:] = 0, False, -1, -1
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
                used[marks.channel[i]] = i
                continue
            if answering[here]:
                for t in range(kinds):
                    if answers[t, here] and asks[t] >= 0:
                        rows[asks[t]].flags |= ANSWERED
            row, asks[here] = -1, -1
            fresh = rank[here] == 0
            if fresh or (not returned[here] and rank[before] > rank[here]):
                returned[here] = not fresh
                row = n
                n += 1
                rows[row].journey, rows[row].at, rows[row].touchpoint = j, i, here
                rows[row].wait = -1 if last < 0 else max(0, time[i] - time[last])
                rows[row].came_from, rows[row].new_from = before, new_from
                rows[row].seen, rows[row].number = seen, 1 if fresh else 2
                rows[row].flags, rows[row].had = 0, first_outcome <= i
                on = last_used(used, marks.leads[here], marks.channel[i])
                if on >= 0:
                    rows[row].flags |= CHOSE
                    if on != marks.channel[i]:
                        rows[row].flags |= SWITCHED
                if wandered:
                    rows[row].flags |= DETOUR
                if marks.failed[i]:
                    rows[row].flags |= FAILED
            if fresh:
                seen += 1
                rank[here], asks[here] = seen, row
                new_from, wandered = here, False
            else:
                wandered = True
            before, last = here, i
            used[marks.channel[i]] = i
        looked, listened, outcome, later = offset[j + 1], offset[j + 1], -1, -1
        for row in range(n - 1, first_row - 1, -1):
            here, at = np.int64(rows[row].touchpoint), rows[row].at
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
    `seen` leaves the optional one out: who had it has by that not come further.
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
                    rows[n].seen -= been[other]
                    n += 1
            furthest = max(furthest, here)
            been[here] = True
        start = stop
    return n


@kernel
def count_meetings(
    visits: Any, may: Bools, which: I64, has: Bools, met_at: I64, table: I64
) -> None:
    """Adds up in `table` by stratum, two columns a suspect: who meets it at a visit or later.

    `may` says of each visit whether it counts, `which` its stratum, `has` whether it has the
    signal.
    `met_at` is by (journey, suspect) the event, -1 where it is not met; the first column of a
    suspect counts visits without the signal, the second those with it.
    """
    for v in range(len(visits)):
        journey, at = visits[v].journey, visits[v].at
        for suspect in range(met_at.shape[1] if may[v] else 0):
            if met_at[journey, suspect] >= at:
                table[which[v], 2 * suspect + has[v]] += 1
