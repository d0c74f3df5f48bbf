"""How many visits, and how long, until an effect of some size would be seen."""

from __future__ import annotations

import math
from dataclasses import dataclass

from desireline.engine.differences.intervals import Estimate, more_of_shares
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
    """The plan for a difference of a rate, where a lot reaches `share`; None without a rate.

    The rate is that of all who have come so far, as they come now.
    """
    sides = (found.reached, found.compared)
    n = sum(side.n_before + side.n_after for side in sides)
    if found.kind != "rate" or not n:
        return None
    parts = [(s.n_before, s.before) for s in sides] + [(s.n_after, s.after) for s in sides]
    rate = sum(m * (mean or 0.0) for m, mean in parts) / n
    needed = visits(rate, difference, share)
    if not found.visits_a_day:
        return Plan(needed, None)
    window = query.metric.within_seconds / DAY_SECONDS
    return Plan(needed, needed / found.visits_a_day + window)


def visits(rate: float, difference: float, share: float = 0.5) -> int:
    """Visits of both sides that show a difference from this rate: 5 % both sides, 80 % power."""
    changed = min(max(rate + difference, 0.0), 1.0)
    one = min(max(round(share * HUNDRED), 1), HUNDRED - 1)
    sides = [Estimate(one, changed, _none), Estimate(HUNDRED - one, rate, _none)]
    return more_of_shares(sides[0], sides[1]) + HUNDRED


def _none(_: float) -> tuple[float, float]:
    return -math.inf, math.inf
