"""Empirical Bayes: what many like figures say of each of them, so that few cases do not shout.

Sources: C. N. Morris, "Parametric empirical Bayes inference: theory and applications", Journal of
the American Statistical Association 78, 1983. R. DerSimonian, N. Laird, "Meta-analysis in clinical
trials", Controlled Clinical Trials 7, 1986 (the spread between, by moments). J. C. Kleinman,
"Proportions with extraneous variance: single and independent samples", Journal of the American
Statistical Association 68, 1973 (the beta prior, by moments).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from desireline.engine.journeys import F64, I64

LEAST_STRENGTH, MOST_STRENGTH = 2.0, 1e6
"""A prior of a share is worth at least and at most so many cases."""
ALONE = 1e-9
"""What is left of the weights where one figure has all of them: nothing lies between it and it."""
EXACT = 1e-12
"""No standard error is smaller, so that what is known for sure has a weight that can be added."""


@dataclass(frozen=True)
class SharePrior:
    """What a share is before it is looked at: worth `strength` cases with the share `mean`."""

    mean: float
    strength: float

    def shrunk(self, count: float, n: float) -> float:
        """The share that `count` of `n` speaks for."""
        return (count + self.mean * self.strength) / (n + self.strength)


def share_prior(count: I64, n: I64) -> SharePrior:
    """The prior that like shares are drawn from, by moments; a flat one of fewer than three."""
    used = n > 0
    count, n = count[used], n[used]
    if len(n) < 3:
        return SharePrior(float(count.sum() / n.sum()) if len(n) else 0.5, LEAST_STRENGTH)
    shares, weight = count / n, n / n.sum()
    mean = float(weight @ shares)
    if not 0 < mean < 1:
        return SharePrior(mean, LEAST_STRENGTH)
    seen = float(weight @ (shares - mean) ** 2)
    chance = float(weight @ (mean * (1 - mean) / n))
    between = (seen - chance) / max(1 - float(weight @ weight), ALONE)
    strength = mean * (1 - mean) / between - 1 if between > 0 else MOST_STRENGTH
    return SharePrior(mean, float(np.clip(strength, LEAST_STRENGTH, MOST_STRENGTH)))


def spread_between(estimates: F64, errors: F64) -> float:
    """The standard deviation of what is estimated, beyond what the errors explain; 0 or more.

    `errors` are the standard errors. The estimates are taken to lie around 0.
    """
    if not len(estimates):
        return 0.0
    weight = 1 / np.maximum(errors, EXACT) ** 2
    beyond = float(weight @ estimates**2) - len(estimates)
    return math.sqrt(max(0.0, beyond / float(weight.sum())))


def shrunk(estimate: float, error: float, spread: float) -> float:
    """An estimate drawn towards 0: by its error, and by how far like ones lie from 0."""
    whole = spread**2 + error**2
    return estimate * spread**2 / whole if whole else estimate
