"""How far staff and data agree: the order of votes beside the order of effects.

Source: C. Spearman, "The proof and measurement of association between two things", American Journal
of Psychology 15, 1904; D. G. Bonett, T. A. Wright, "Sample size requirements for estimating
Pearson, Kendall and Spearman correlations", Psychometrika 65, 2000 (the interval).
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from desireline.engine.analyses.shares import Z_95
from desireline.engine.journeys import F64
from desireline.engine.moments.query import Vote
from desireline.engine.moments.result import Agreement

LEAST = 4
"""Touchpoints below which no order is compared."""
MOST_RANK = 0.999
"""Fisher's transformation of a perfect order has no end; this one rounds to it."""


def agreements(votes: tuple[Vote, ...], effects: Mapping[str, float]) -> tuple[Agreement, ...]:
    """Of all together, then by department; `effects` are by touchpoint."""
    known = [vote for vote in votes if vote.touchpoint in effects]
    if not known:
        return ()
    departments = sorted({vote.department for vote in known if vote.department})
    by = [None, *departments]
    return tuple(_agreement(name, known, effects) for name in by)


def mean_votes(votes: tuple[Vote, ...]) -> dict[str, tuple[float, float, int]]:
    """By touchpoint: what it is worth to the customer and to the company, and how many voted."""
    found: dict[str, tuple[float, float, int]] = {}
    for vote in votes:
        customer, company, n = found.get(vote.touchpoint, (0.0, 0.0, 0))
        found[vote.touchpoint] = (
            customer + vote.n * vote.to_customer,
            company + vote.n * vote.to_company,
            n + vote.n,
        )
    return {name: (a / n, b / n, n) for name, (a, b, n) in found.items() if n}


def _agreement(
    department: str | None, votes: list[Vote], effects: Mapping[str, float]
) -> Agreement:
    held = tuple(vote for vote in votes if department in (None, vote.department))
    means = mean_votes(held)
    names = sorted(means)
    said = np.array([(means[name][0] + means[name][1]) / 2 for name in names])
    found = np.array([effects[name] for name in names])
    rank = _spearman(said, found)
    if rank is None:
        return Agreement(department, len(names), None, None, None)
    low, high = _interval(rank, len(names))
    return Agreement(department, len(names), rank, low, high)


def _spearman(a: F64, b: F64) -> float | None:
    if len(a) < LEAST:
        return None
    one, other = _ranks(a), _ranks(b)
    spread = one.std() * other.std()
    if spread == 0:
        return None
    return float(((one - one.mean()) * (other - other.mean())).mean() / spread)


def _ranks(values: F64) -> F64:
    """From 1; those alike share the mean of their places."""
    below = (values[None, :] < values[:, None]).sum(axis=1)
    alike = (values[None, :] == values[:, None]).sum(axis=1)
    found: F64 = below + (alike + 1) / 2
    return found


def _interval(rank: float, n: int) -> tuple[float, float]:
    """By Fisher's transformation, with the variance (1 + r^2 / 2) / (n - 3)."""
    bound = min(max(rank, -MOST_RANK), MOST_RANK)
    half = Z_95 * math.sqrt((1 + bound * bound / 2) / (n - 3))
    return math.tanh(math.atanh(bound) - half), math.tanh(math.atanh(bound) + half)
