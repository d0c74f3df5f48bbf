"""Two groups compared within strata: those with something, and like ones without it.

The rate of the others is weighted as if they stood where the first stand, so the difference is that
of those who have it (the effect on the exposed, standardised directly). Strata in which only one
group is seen say nothing and are left out.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from desireline.engine.differences.intervals import Apart, Estimate, apart, of_share
from desireline.engine.journeys import F64, I64


@dataclass(frozen=True)
class Matched:
    """The two groups, how many the others are, and how far they are apart."""

    one: Estimate
    other: Estimate
    like: int
    found: Apart


def matched(n: I64, good: I64, others: I64, others_good: I64) -> Matched | None:
    """The groups over strata: how many have it, for how many of them it ends well, and the others.

    None where no stratum has both.
    """
    both = (n > 0) & (others > 0)
    n, good, others, others_good = n[both], good[both], others[both], others_good[both]
    if not len(n):
        return None
    weight = weights(n)
    rate = min(1.0, float(weight @ (others_good / others)))
    one = of_share(int(good.sum()), int(n.sum()))
    other = weighted_share(rate, 1 / float(weight @ (weight / others)))
    return Matched(one, other, int(others.sum()), apart(one, other))


def weights(n: I64) -> F64:
    """What each stratum with so many that have it counts for."""
    found: F64 = n / n.sum()
    return found


def moved(share: Estimate, by: float, error: float) -> Estimate:
    """A share that is higher by something of its own standard error, within 0 and 1."""
    if not by and not error:
        return share
    value = min(1.0, max(0.0, share.value + by))

    def limits(z: float) -> tuple[float, float]:
        low, high = share.limits(z)
        down, up = (
            math.hypot(share.value - low, z * error),
            math.hypot(high - share.value, z * error),
        )
        return max(0.0, value - down), min(1.0, value + up)

    return Estimate(share.n, value, limits)


def weighted_share(rate: float, n: float) -> Estimate:
    """A weighted share with Wilson's limits for the number of journeys that it is worth.

    That number is 1 / sum of w^2 / n over strata of weight w (L. Kish, "Survey sampling", 1965).
    """

    def limits(z: float) -> tuple[float, float]:
        weight = z * z / n
        middle = (rate + weight / 2) / (1 + weight)
        half = z * math.sqrt(rate * (1 - rate) / n + weight / (4 * n)) / (1 + weight)
        return max(0.0, min(rate, middle - half)), min(1.0, max(rate, middle + half))

    return Estimate(max(1, round(n)), rate, limits)
