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


@dataclass(frozen=True)
class ByPerson:
    """How unevenly persons contribute to a share: c of the m that one has are counted."""

    square: int
    """The sum over persons of c * c."""
    cross: int
    """Of c * m."""
    base: int
    """Of m * m."""


def share(count: int, n: int) -> Share:
    """The share that `count` is of `n`, with its 95 % score interval.

    Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
    Journal of the American Statistical Association 22, 1927.
    """
    return _scored(count, n, n)


def share_by_person(count: int, n: int, by: ByPerson) -> Share:
    """The same where one person is counted several times: persons are drawn, not what they do."""
    return _scored(count, n, independent_of(count, n, by))


def independent_of(count: int, n: int, by: ByPerson) -> float:
    """How many independent ones say as much of a share as these `n` do, of whom some are one.

    The variance of the ratio is that of its linear form, summed by person, and so much more as it
    falls short where a few persons weigh most. As many independent ones would give that variance:
    at most `n`, at least as many as if each did alike every time.

    Sources: W. G. Cochran, "Sampling techniques", 3rd edition, 1977, section 3.12 (ratios). E. L.
    Korn, B. I. Graubard, "Confidence intervals for proportions with small expected number of
    positive counts estimated from survey data", Survey Methodology 24, 1998 (independent ones).
    R. M. Bell, D. F. McCaffrey, "Bias reduction in standard errors for linear regression with
    multi-stage samples", Survey Methodology 28, 2002 (what it falls short by).
    """
    alike = alike_of(n, by.base)
    if count in {0, n} or by.base >= n * n:
        return alike
    p = count / n
    squares = max(0.0, by.square - 2 * p * by.cross + p * p * by.base)
    variance = squares / (n * n) * alike / (alike - 1)
    independent = p * (1 - p) / variance if variance else n
    return min(n, max(alike, independent))


def share_at_least(count: int, n: int, base: int) -> Share:
    """The same as if each person did alike every time: no interval of this share is wider.

    `base` is the sum over persons of the square of how often each stands in `n`.

    Source: L. Kish, "Survey sampling", 1965, section 11.7 (unequal weights).
    """
    return _scored(count, n, alike_of(n, base))


def alike_of(n: int, base: int) -> float:
    """How many independent ones say as much as `n` do where each person does alike every time."""
    return n * n / base if base else n


def _scored(count: int, n: int, independent: float) -> Share:
    if n == 0:
        return Share(0, count, None, None, None)
    p, weight = count / n, Z_95 * Z_95 / independent
    middle = (p + weight / 2) / (1 + weight)
    half = Z_95 * math.sqrt(p * (1 - p) / independent + weight / (4 * independent)) / (1 + weight)
    low = 0.0 if count == 0 else max(0.0, middle - half)
    high = 1.0 if count == n else min(1.0, middle + half)
    return Share(n, count, p, low, high)
