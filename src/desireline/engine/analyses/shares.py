"""Shares with their n and an interval: a share without them is no figure."""

from __future__ import annotations

import math
from dataclasses import dataclass

Z_95 = 1.959963984540054
"""The 97.5th percentile of the standard normal distribution."""


@dataclass(frozen=True)
class Share:
    """`count` of `n`, with the 95 % Wilson interval; None where `n` is 0."""

    n: int
    count: int
    share: float | None
    low: float | None
    high: float | None


def share(count: int, n: int) -> Share:
    """The share that `count` is of `n`, with its 95 % score interval.

    Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
    Journal of the American Statistical Association 22, 1927.
    """
    if n == 0:
        return Share(0, count, None, None, None)
    p, weight = count / n, Z_95 * Z_95 / n
    middle = (p + weight / 2) / (1 + weight)
    half = Z_95 * math.sqrt(p * (1 - p) / n + weight / (4 * n)) / (1 + weight)
    low = 0.0 if count == 0 else max(0.0, middle - half)
    high = 1.0 if count == n else min(1.0, middle + half)
    return Share(n, count, p, low, high)
