"""Competing risks: the chance that by a time something has happened, and not another thing before.

Exact over the times that are given, ties and all; who has not come to an end yet is censored.

Sources: O. O. Aalen, S. Johansen, "An empirical transition matrix for non-homogeneous Markov chains
based on censored observations", Scandinavian Journal of Statistics 5, 1978 (the estimate).
E. Marubini, M. G. Valsecchi, "Analysing survival data from clinical trials and observational
studies", 1995, chapter 10 (its variance by the delta method). W. Nelson, "Theory and applications
of hazard plotting for censored failure data", Technometrics 14, 1972; O. O. Aalen, "Nonparametric
inference for a family of counting processes", Annals of Statistics 6, 1978 (cumulative hazards).
The interval lies on the scale of log(-log), so it stays between 0 and 1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desireline.engine.analyses.shares import Z_95
from desireline.engine.journeys import F64, I64

WIDEST = 30.0
"""On the scale of log(-log): beyond it the limits are 0 and 1 to the last digit."""


@dataclass(frozen=True, eq=False)
class Incidence:
    """Step functions of one cause; each value holds from its time to the next."""

    time: I64
    """When something happened, ascending; before the first, all is 0."""
    share: F64
    variance: F64
    low: F64
    high: F64
    hazard: F64
    """Cumulative, of this cause alone."""
    hazard_variance: F64
    events: I64
    at_risk: I64

    def at(self, moment: int) -> int:
        """The place of the step that holds at a moment; -1 before the first."""
        return int(np.searchsorted(self.time, moment, side="right")) - 1


def incidences(length: I64, kind: I64, kinds: int) -> tuple[Incidence, ...]:
    """The cumulative incidence of each kind of end (0, 1, ...); a negative kind is censored.

    Who is censored at a time was still at risk at it.
    """
    time, place = np.unique(length[kind >= 0], return_inverse=True)
    n = len(length) - np.searchsorted(np.sort(length), time, side="left").astype(np.int64)
    each = np.zeros((kinds, len(time)), np.int64)
    np.add.at(each, (kind[kind >= 0], place), 1)
    every = each.sum(axis=0)
    stays = np.cumprod(1 - every / np.maximum(n, 1))
    before = np.append(1.0, stays)[: len(time)]
    return tuple(_incidence(time, mine, every, n, before) for mine in each)


def _incidence(time: I64, mine: I64, every: I64, n: I64, before: F64) -> Incidence:
    size = np.maximum(n, 1).astype(np.float64)
    share = np.cumsum(before * mine / size)
    variance = _variance(share, mine, every, size, before)
    low, high = _limits(share, variance)
    return Incidence(
        time=time,
        share=share,
        variance=variance,
        low=low,
        high=high,
        hazard=np.cumsum(mine / size),
        hazard_variance=np.cumsum(mine / size**2),
        events=mine,
        at_risk=n,
    )


def _variance(share: F64, mine: I64, every: I64, size: F64, before: F64) -> F64:
    """The sum over times j up to t of (F_t - F_j)^2 a_j + b_j - 2 (F_t - F_j) c_j, by its parts."""
    left = size * (size - every)
    a = np.divide(every, left, out=np.zeros_like(size), where=left > 0)
    b = before**2 * mine * (size - mine) / size**3
    c = before * mine / size**2
    squares = share**2 * np.cumsum(a) - 2 * share * np.cumsum(share * a) + np.cumsum(share**2 * a)
    crossed = share * np.cumsum(c) - np.cumsum(share * c)
    found: F64 = np.maximum(squares + np.cumsum(b) - 2 * crossed, 0.0)
    return found


def _limits(share: F64, variance: F64) -> tuple[F64, F64]:
    inside = (share > 0) & (share < 1)
    safe = np.where(inside, share, 0.5)
    power = np.exp(np.minimum(Z_95 * np.sqrt(variance) / (safe * -np.log(safe)), WIDEST))
    low: F64 = safe**power
    high: F64 = safe ** (1 / power)
    return np.where(inside, low, share), np.where(inside, high, share)
