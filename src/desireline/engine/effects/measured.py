"""What a design finds, before it is told."""

from __future__ import annotations

import math
from dataclasses import dataclass

from desireline.engine.analyses.shares import Z_95
from desireline.engine.differences.intervals import Z_POWER
from desireline.engine.effects.result import Check, Point, Refusal, Weight

DOUBTFUL = 0.01
"""Below this p, a check fails: each one fails a sound comparison once in a hundred times."""


@dataclass(frozen=True)
class Refused:
    """There is nothing to compare with, or too little of it."""

    refusal: Refusal
    more: int = 0
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True)
class Measured:
    """An estimate with its 95 % interval, and what speaks for it."""

    estimate: float
    low: float
    high: float
    p: float
    checks: tuple[Check, ...] = ()
    series: tuple[Point, ...] = ()
    weights: tuple[Weight, ...] = ()
    any_time: tuple[float, float] | None = None
    variance_kept: float | None = None
    period_days: int = 1

    @property
    def decides(self) -> tuple[float, float]:
        """The interval by which the verdict is given."""
        return self.any_time or (self.low, self.high)


def more_needed(measured: Measured, n: int) -> int:
    """How many more comings would show an effect of this size in 80 % of all cases; 0: no end.

    The width of an interval falls with the root of the number.
    """
    low, high = measured.decides
    if low > 0 or high < 0 or not measured.estimate:
        return 0
    half = (high - low) / 2
    reach = half * (1 + Z_POWER / Z_95) / abs(measured.estimate)
    return max(1, math.ceil(n * (reach**2 - 1)))
