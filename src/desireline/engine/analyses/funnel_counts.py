"""How many reach each step of a funnel, and nothing else."""

from __future__ import annotations

import numpy as np

from desireline.engine.analyses.funnel_attempts import attempts_of, labels_of
from desireline.engine.analyses.funnel_query import Query
from desireline.engine.journeys import I64, Bools, Codes, Journeys
from desireline.engine.kernels.funnel_counts import NEVER, count_reached
from desireline.engine.rules.matching import clock_of, microseconds


def reached_and_dropped(journeys: Journeys, query: Query) -> tuple[I64, I64]:
    """By step: the attempts that pass it, and those that end there without converting."""
    if query.is_plain:
        label, fits = labels_of(journeys, [step.rule for step in query.steps])
        if (fits.sum(axis=1) <= 1).all():
            return _plain(journeys, query, label, fits)
    attempts = attempts_of(journeys, query)
    entered, steps = attempts.level >= 0, range(len(query.steps))
    passed = attempts.chain[entered] >= 0
    passed &= np.arange(len(steps)) <= attempts.level[entered, None]
    ended = np.bincount(attempts.level[entered], minlength=len(steps))
    ended[query.last_required :] = 0
    return passed.sum(axis=0), ended


def _plain(journeys: Journeys, query: Query, label: Codes, fits: Bools) -> tuple[I64, I64]:
    step_of = np.where(fits, np.arange(1, fits.shape[1] + 1), 0).max(axis=1).astype(np.uint8)
    furthest: I64 = np.zeros(fits.shape[1] + 1, np.int64)
    count_reached(
        journeys.offset,
        clock_of(journeys),
        label,
        journeys.keep_event,
        journeys.keep_journey,
        step_of,
        min(microseconds(query.window_seconds), -NEVER // 2),
        furthest,
    )
    reached = np.cumsum(furthest[:0:-1])[::-1]
    dropped = furthest[1:].copy()
    dropped[-1] = 0
    return reached, dropped
