"""How many reach each step of a funnel, and nothing else."""

from __future__ import annotations

import numpy as np

from desireline.engine.analyses.funnel_attempts import attempts_of, labels_of, step_bits
from desireline.engine.analyses.funnel_query import Query
from desireline.engine.analyses.funnel_sums import passed_and_ended
from desireline.engine.journeys import I64, Bools, Codes, Journeys
from desireline.engine.kernels.funnel_counts import NEVER, count_reached
from desireline.engine.kernels.funnel_in_order import count_in_order
from desireline.engine.rules.matching import clock_of, microseconds


def reached_and_dropped(journeys: Journeys, query: Query) -> tuple[I64, I64]:
    """By step: the attempts that pass it, and those that end there without converting."""
    if query.is_plain:
        label, fits = labels_of(journeys, [step.rule for step in query.steps])
        if query.is_in_order:
            return _of_furthest(_in_order(journeys, label, fits))
        if (fits.sum(axis=1) <= 1).all():
            return _of_furthest(_within_window(journeys, query, label, fits))
    return passed_and_ended(attempts_of(journeys, query), query)


def _in_order(journeys: Journeys, label: Codes, fits: Bools) -> I64:
    """How many journeys have each step as their furthest; first those that have none."""
    furthest: I64 = np.zeros(fits.shape[1] + 1, np.int64)
    kept = journeys.keep_event, journeys.keep_journey
    count_in_order(journeys.offset, label, *kept, step_bits(fits), furthest)
    return furthest


def _within_window(journeys: Journeys, query: Query, label: Codes, fits: Bools) -> I64:
    """The same, where the whole way must lie within a window and each label fits one step."""
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
    return furthest


def _of_furthest(furthest: I64) -> tuple[I64, I64]:
    """By step: who passed it, and who ended there; nobody ends at the last, which converts."""
    ended = furthest[1:].copy()
    ended[-1] = 0
    return np.cumsum(furthest[:0:-1])[::-1], ended
