"""How many visits, and how long, until an effect of some size would be seen."""

from __future__ import annotations

import math
from dataclasses import dataclass

from desireline.engine.analyses.shares import Z_95
from desireline.engine.differences.intervals import Z_POWER, Estimate, more_of_shares
from desireline.engine.effects.query import DAY_SECONDS, Query
from desireline.engine.effects.result import Effect

HUNDRED = 100
"""In the proportion of so many the two sides come."""


@dataclass(frozen=True)
class Plan:
    """What it takes to see a difference in 80 % of all cases, if it is there."""

    n: int
    """Visits after the change, of both sides."""
    days: float | None
    """Until they have come and their time is over; None where nobody comes."""


def planned(found: Effect, query: Query, difference: float, share: float = 0.5) -> Plan | None:
    """The plan for a difference, where a lot reaches `share`; None where nobody has come.

    Of a rate, `difference` is of the rate; of values and times it is a share of what they are now.
    Both are those of all who have come so far, as they come now.
    """
    now = figure_now(found)
    if now is None:
        return None
    needed = (
        visits(now, difference, share)
        if found.kind == "rate"
        else visits_of_means(abs(now) * difference, found.deviation, share)
    )
    if needed is None:
        return None
    if not found.visits_a_day:
        return Plan(needed, None)
    window = query.metric.within_seconds / DAY_SECONDS
    return Plan(needed, needed / found.visits_a_day + window)


def figure_now(found: Effect) -> float | None:
    """The figure of all who have come so far; None of nobody."""
    sides = (found.reached, found.compared)
    parts = [(s.n_before, s.before) for s in sides] + [(s.n_after, s.after) for s in sides]
    n = sum(m for m, _ in parts)
    return sum(m * (mean or 0.0) for m, mean in parts) / n if n else None


def visits_of_means(difference: float, deviation: float, share: float = 0.5) -> int | None:
    """Visits of both sides that show a difference of means: 5 % both sides, 80 % power.

    None where no number of them does: nothing differs.
    """
    if not (difference and deviation):
        return None
    one = min(max(share, 1 / HUNDRED), 1 - 1 / HUNDRED)
    reach = (Z_95 + Z_POWER) * deviation / difference
    return math.ceil(reach**2 * (1 / one + 1 / (1 - one)))


def visits(rate: float, difference: float, share: float = 0.5) -> int:
    """Visits of both sides that show a difference from this rate: 5 % both sides, 80 % power."""
    changed = min(max(rate + difference, 0.0), 1.0)
    one = min(max(round(share * HUNDRED), 1), HUNDRED - 1)
    sides = [Estimate(one, changed, _none), Estimate(HUNDRED - one, rate, _none)]
    return more_of_shares(sides[0], sides[1]) + HUNDRED


def _none(_: float) -> tuple[float, float]:
    return -math.inf, math.inf
