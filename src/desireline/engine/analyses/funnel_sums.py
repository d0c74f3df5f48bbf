"""What the attempts of a funnel add up to: who passed, how long it took, what came instead."""

from __future__ import annotations

from collections import Counter

import numpy as np

from desireline.engine.analyses.funnel_attempts import Attempts
from desireline.engine.analyses.funnel_query import Query
from desireline.engine.analyses.waits import Waits
from desireline.engine.journeys import I64, Journeys
from desireline.engine.kernels.funnel import I16, list_waits
from desireline.engine.kernels.waits import BUCKETS, LOW_BITS, buckets_of
from desireline.engine.rules.matching import clock_of, microseconds


def passed_and_ended(attempts: Attempts, query: Query) -> tuple[I64, I64]:
    """By step: the attempts that pass it, and those that end there without converting."""
    level = attempts.level
    ended = np.bincount(level[level >= 0], minlength=len(query.steps))
    passed = np.cumsum(ended[::-1])[::-1].copy()
    for s, step in enumerate(query.steps):
        if step.optional:
            passed[s] -= np.count_nonzero((level > s) & (attempts.chain[:, s] < 0))
    ended[query.last_required :] = 0
    return passed, ended


def waits_and_instead(
    journeys: Journeys, query: Query, attempts: Attempts
) -> tuple[Waits, tuple[Counter[str | None], ...]]:
    """How long attempts took, and what those who dropped out did next, by step.

    Series 0 of the waits is from the first step to the one that converts, series s to step s from
    the one before. What came next is counted within the window; None is nothing.
    """
    level, last, nothing = attempts.level, query.last_required, len(journeys.events)
    most = len(level) + int(np.maximum(level, 0).sum())
    series, wait = np.empty(most, np.int16), np.empty(most, np.int64)
    following = np.full(len(level), nothing)
    listed = list_waits(
        attempts.start,
        clock_of(journeys),
        journeys.code,
        level,
        attempts.chain,
        attempts.after,
        last,
        microseconds(query.window_seconds),
        series,
        wait,
        following,
    )
    ended = (level >= 0) & (level < last)
    shape = len(query.steps), nothing + 1
    cell = level[ended].astype(np.int64) * shape[1] + following[ended]
    table = np.bincount(cell, minlength=shape[0] * shape[1]).reshape(shape)
    names = (*journeys.events, None)
    instead = tuple(_named(row, names) for row in table)
    return _waits(series[:listed], wait[:listed], len(query.steps)), instead


def _waits(series: I16, wait: I64, n_steps: int) -> Waits:
    total, histogram = np.zeros((n_steps, 3), np.int64), np.zeros((n_steps, BUCKETS), np.uint32)
    for s in range(n_steps):
        own = wait[series == s]
        total[s] = len(own), (own & LOW_BITS).sum(), (own >> 32).sum()
        histogram[s] = np.bincount(buckets_of(own), minlength=BUCKETS)
    return Waits.of_tables(total, histogram)


def _named(counts: I64, names: tuple[str | None, ...]) -> Counter[str | None]:
    found: Counter[str | None] = Counter()
    for at in np.flatnonzero(counts):
        found[names[at]] += int(counts[at])
    return found
