"""The difference of two figures with its interval, from the interval of each.

The limits are put together by squaring and adding: where a figure a has the limits (l, u) and b has
(l', u'), a - b has the limits `a - b - sqrt((a - l)^2 + (u' - b)^2)` and
`a - b + sqrt((u - a)^2 + (b - l')^2)`. Over Wilson's limits of shares this is Newcombe's hybrid
score interval (his method 10). Over the order statistics that enclose a quantile it is the method
of variance estimates recovery. The two groups are taken as independent.

Sources: R. G. Newcombe, "Interval estimation for the difference between independent proportions:
comparison of eleven methods", Statistics in Medicine 17, 1998. G. Y. Zou, A. Donner, "Construction
of confidence limits about effect measures: a general approach", Statistics in Medicine 27, 2008.
W. J. Conover, "Practical nonparametric statistics", 3rd edition, 1999, section 3.2 (quantiles).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from desireline.engine.analyses.shares import Z_95
from desireline.engine.journeys import F64, I64

Z_POWER = 0.8416212335729143
"""The 80th percentile of the standard normal distribution."""
WIDEST_Z = 8.0
"""So many standard errors away (p = 1e-15), nobody asks how many more."""
HALVINGS = 40

Limits: TypeAlias = Callable[[float], tuple[float, float]]
"""The lower and upper limit of a figure, so many standard errors away."""


@dataclass(frozen=True)
class Estimate:
    """A figure of one group."""

    n: int
    value: float
    limits: Limits
    alike: float = 1.0
    """So many of the `n` say as much as one independent would: more than 1 by persons who count
    several times."""

    @property
    def independent(self) -> float:
        """How many independent ones would say as much."""
        return self.n / self.alike


@dataclass(frozen=True)
class Apart:
    """How far a figure of the first group lies above that of the second."""

    difference: float
    low: float
    high: float
    p: float
    """The level at which the interval just touches 0."""


def apart(a: Estimate, b: Estimate) -> Apart:
    """The difference a - b with its 95 % interval."""
    low, high = _limits(a, b, Z_95)
    return Apart(a.value - b.value, low, high, _p(a, b))


def of_share(count: int, n: int, independent: float | None = None) -> Estimate:
    """A share with Wilson's limits; `n` is not 0, and all are independent unless said so."""
    p, worth = count / n, independent or n

    def limits(z: float) -> tuple[float, float]:
        weight = z * z / worth
        middle = (p + weight / 2) / (1 + weight)
        half = z * math.sqrt(p * (1 - p) / worth + weight / (4 * worth)) / (1 + weight)
        return max(0.0, min(p, middle - half)), min(1.0, max(p, middle + half))

    return Estimate(n, p, limits, n / worth)


def of_quantile(
    lower: F64, upper: F64, counts: I64, q: float, independent: float | None = None
) -> Estimate:
    """A quantile of values known by buckets: their bounds, and how many lie in each (not all 0).

    Within a bucket values are taken to lie evenly. The limits are those order statistics between
    which the quantile lies, by the normal approximation of the binomial; of fewer independent ones
    as far apart as among them (R. S. Woodruff, "Confidence intervals for medians and other position
    measures", Journal of the American Statistical Association 47, 1952).
    """
    passed = np.concatenate([[0], np.cumsum(counts)]).astype(np.float64)
    n = int(passed[-1])

    def at(rank: float) -> float:
        rank = min(max(rank, 0.0), float(n))
        k = min(int(np.searchsorted(passed, rank, side="left")), len(counts))
        k = max(k - 1, 0)
        part = (rank - passed[k]) / max(counts[k], 1)
        return float(lower[k] + (upper[k] - lower[k]) * min(max(part, 0.0), 1.0))

    def limits(z: float) -> tuple[float, float]:
        half = z * math.sqrt(n * alike * q * (1 - q))
        return at(n * q - half), at(n * q + half)

    alike = n / (independent or n)
    return Estimate(n, at(n * q), limits, alike)


def more_of_shares(a: Estimate, b: Estimate) -> int:
    """How many more must be counted, in both groups together, to show this difference of shares.

    They come in the proportion of the groups as they are, and as many from each person. 5 % both
    sides, in 80 % of all trials; 0 where there are enough, or no difference. Source: J. L. Fleiss,
    B. Levin, M. C. Paik,
    "Statistical methods for rates and proportions", 3rd edition, 2003, section 4.3.
    """
    p, q, ratio = a.value, b.value, b.independent / a.independent
    if p == q:
        return 0
    pooled = (p + ratio * q) / (1 + ratio)
    null = Z_95 * math.sqrt((1 + 1 / ratio) * pooled * (1 - pooled))
    shown = Z_POWER * math.sqrt(p * (1 - p) + q * (1 - q) / ratio)
    needed = math.ceil(((null + shown) / (p - q)) ** 2)
    return max(0, math.ceil(needed * (a.alike + ratio * b.alike)) - a.n - b.n)


def more_of_quantiles(a: Estimate, b: Estimate, found: Apart) -> int:
    """The same for quantiles: the width of an interval falls with the root of the number."""
    if not found.difference or math.isinf(found.difference):
        return 0
    half = (found.high - found.low) / 2 / Z_95
    factor = ((Z_95 + Z_POWER) * half / found.difference) ** 2
    return max(0, math.ceil((a.n + b.n) * factor) - a.n - b.n)


def at_once(p: list[float]) -> list[float]:
    """The levels at which each of several differences still counts as found.

    Calling those up to 0.05 found, at most 5 % of what is called so are none, on average.

    Source: Y. Benjamini, Y. Hochberg, "Controlling the false discovery rate: a practical and
    powerful approach to multiple testing", Journal of the Royal Statistical Society B 57, 1995.
    """
    if not p:
        return []
    given = np.array(p, np.float64)
    order = np.argsort(given, kind="stable")
    scaled = given[order] * len(p) / np.arange(1, len(p) + 1)
    falling = np.minimum.accumulate(scaled[::-1])[::-1]
    adjusted = np.empty(len(p), np.float64)
    adjusted[order] = np.clip(falling, given[order], 1.0)
    return [float(q) for q in adjusted]


def _limits(a: Estimate, b: Estimate, z: float) -> tuple[float, float]:
    (a_low, a_high), (b_low, b_high) = a.limits(z), b.limits(z)
    difference = a.value - b.value
    return (
        difference - math.hypot(a.value - a_low, b_high - b.value),
        difference + math.hypot(a_high - a.value, b.value - b_low),
    )


def _p(a: Estimate, b: Estimate) -> float:
    """By halving: the limits move apart as z grows."""
    near, far = 0.0, WIDEST_Z
    for _ in range(HALVINGS):
        z = (near + far) / 2
        low, high = _limits(a, b, z)
        near, far = (near, z) if low <= 0 <= high else (z, far)
    return math.erfc(far / math.sqrt(2))
