"""What the attempts of a funnel add up to: who passed, how long it took, what came instead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np

from desireline.engine.analyses.funnel_attempts import Attempts
from desireline.engine.analyses.funnel_query import Query
from desireline.engine.analyses.waits import Waits
from desireline.engine.journeys import I64, Journeys
from desireline.engine.kernels.waits import BUCKETS, LOW_BITS, U32, buckets_of
from desireline.engine.rules.matching import clock_of, microseconds


def passed_and_ended(attempts: Attempts, query: Query) -> tuple[I64, I64]:
    """By step: the attempts that pass it, and those that end there without converting."""
    n_steps = len(query.steps)
    passed = np.array([len(rows) for rows in _passing(attempts, n_steps)], np.int64)
    ended = np.bincount(attempts.level[attempts.level >= 0], minlength=n_steps)
    ended[query.last_required :] = 0
    return passed, ended


def waits_of(journeys: Journeys, query: Query, attempts: Attempts) -> Waits:
    """Series 0: from the first step to the one that converts; series s: to s from that before."""
    clock, n_steps = clock_of(journeys), len(query.steps)
    total, histogram = np.zeros((n_steps, 3), np.int64), np.zeros((n_steps, BUCKETS), np.uint32)
    entered, before = np.zeros((2, len(attempts.level)), np.int64)
    for s, rows in enumerate(_passing(attempts, n_steps)):
        now = clock[attempts.at(s, rows)]
        if s == 0:
            entered[rows] = now
        else:
            _add(now - before[rows], total[s], histogram[s])
        if s == query.last_required > 0:
            _add(now - entered[rows], total[0], histogram[0])
        before[rows] = now
    return Waits.of_tables(total, histogram)


def _add(waits: I64, total: I64, histogram: U32) -> None:
    """Writes the figures of a series of waits to its row of the tables."""
    total[:] = len(waits), (waits & LOW_BITS).sum(), (waits >> 32).sum()
    histogram[:] = np.bincount(buckets_of(waits), minlength=BUCKETS)


def instead_of(
    journeys: Journeys, query: Query, attempts: Attempts
) -> tuple[Counter[str | None], ...]:
    """By step: the next event, within the window, of those who dropped out there; None: nothing."""
    ended = np.flatnonzero((attempts.level >= 0) & (attempts.level < query.last_required))
    shape = len(query.steps), len(journeys.events) + 1
    cell = attempts.level[ended] * shape[1] + _next_codes(journeys, query, attempts, ended)
    table = np.bincount(cell, minlength=shape[0] * shape[1]).reshape(shape)
    return tuple(_named(row, (*journeys.events, None)) for row in table)


def _next_codes(journeys: Journeys, query: Query, attempts: Attempts, ended: I64) -> I64:
    """What some attempts did next within the window, by code; the number of codes for nothing."""
    clock, code = clock_of(journeys), np.full(len(ended), len(journeys.events))
    going_on = np.flatnonzero(attempts.after[ended] >= 0)
    rows = ended[going_on]
    at = attempts.start[rows] + attempts.after[rows]
    wait = clock[at] - clock[attempts.at(attempts.level[rows], rows)]
    in_time = wait <= microseconds(query.window_seconds)
    code[going_on[in_time]] = journeys.code[at[in_time]]
    return code


def _passing(attempts: Attempts, n_steps: int) -> Iterator[I64]:
    """For each step the attempts that pass it."""
    rows = np.flatnonzero(attempts.level >= 0)
    for s in range(n_steps):
        rows = rows[attempts.level[rows] >= s]
        yield rows[attempts.chain[rows, s] >= 0]


def _named(counts: I64, names: tuple[str | None, ...]) -> Counter[str | None]:
    found: Counter[str | None] = Counter()
    for at in np.flatnonzero(counts):
        found[names[at]] += int(counts[at])
    return found
