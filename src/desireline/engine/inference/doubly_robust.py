"""The effect of one thing on a chance, all that is known being equal: doubly robust.

Augmented inverse propensity weighting with cross-fitting: who it happens to and what follows are
both modelled, each on other journeys than those it is used for, and the answer is right if either
model is. Where one of the two hardly ever occurs, nothing can be compared; those are left out, and
counted.

Sources: J. M. Robins, A. Rotnitzky, L. P. Zhao, "Estimation of regression coefficients when some
regressors are not always observed", JASA 89, 1994; V. Chernozhukov and others, "Double/debiased
machine learning for treatment and structural parameters", Econometrics Journal 21, 2018; R. K.
Crump and others, "Dealing with limited overlap in estimation of average treatment effects",
Biometrika 96, 2009; P. C. Austin, "Balance diagnostics ...", Statistics in Medicine 28, 2009.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from desireline.engine.analyses.shares import Z_95
from desireline.engine.inference.logistic import crossfitted
from desireline.engine.journeys import F64, I64, Bools

FOLDS = 3
EDGE = 0.02
"""Chances below this, or above 1 - this, leave nobody to compare with."""
LEAST = 20
"""Journeys on each side, and with and without the outcome, below which nothing is estimated."""
TINY = 1e-4
"""Chances are taken to be no smaller, so that they have a ratio; and a column that spreads less, in
deviations over all, is the same for all: what is left of it is rounding."""
SHARPEST = 1e-12
"""No standard error is smaller: where all are alike, a difference is sure, and not without a p."""
IMBALANCE = 0.1
"""What is usually taken as balanced, in standard deviations."""
CHANCE = 2.5
"""So many standard errors more, the worst of some dozens of columns is apart by chance."""
A_COLUMN = 10
"""Journeys of the rarer side or outcome that a column needs to be held equal."""
FEWEST_COLUMNS = 5


@dataclass(frozen=True)
class Doubly:
    """The chance of the outcome with and without, as if all had come both ways."""

    n: int
    went: int
    """How many of them had it."""
    with_it: float
    without: float
    difference: float
    low: float
    high: float
    p: float
    ratio: float
    """The larger chance by the smaller."""
    ratio_near: float
    """The limit of its interval that is nearer to 1, or beyond."""
    left_out: int
    """Journeys that had next to no chance of either: nobody is like them."""
    worth_with: float
    worth_without: float
    """So many journeys would say as much without weights (effective sample size)."""
    imbalance: float
    """Largest standardised mean difference of what is known, after weighting."""
    strongest: str
    """What is known in which they still differ most."""

    @property
    def comparable(self) -> bool:
        """Whether enough journeys of both kinds are alike."""
        rarer = min(self.worth_with, self.worth_without)
        noise = CHANCE * math.sqrt(1 / self.worth_with + 1 / self.worth_without)
        balanced = self.imbalance <= IMBALANCE + noise
        return rarer >= 2 * LEAST and self.left_out <= self.n and balanced


def doubly_robust(
    x: F64, went: Bools, outcome: Bools, fold: I64, names: tuple[str, ...] = ()
) -> Doubly | None:
    """The effect of `went` on `outcome` given the columns `x`; None where there are too few.

    `x` is of like spread in each column. `fold` puts each row into one of FOLDS parts at random. Of
    more columns than the journeys allow, those are held equal that go most with either.
    """
    if not _enough(went, outcome, fold):
        return None
    columns = _telling(x, went, outcome)
    x, names = x[:, columns], tuple(names[c] for c in columns) if names else ()
    a, y = went.astype(np.float64), outcome.astype(np.float64)
    chance, yes, no = crossfitted(
        x, np.column_stack([a, y, y]), np.column_stack([np.ones(len(a)), a, 1 - a]), fold
    ).T
    kept = (chance > EDGE) & (chance < 1 - EDGE)
    if not _enough(went[kept], outcome[kept], None):
        return None
    weight = np.where(went, 1 / chance, 1 / (1 - chance))[kept]
    one = yes[kept] + went[kept] * weight * (y[kept] - yes[kept])
    other = no[kept] + ~went[kept] * weight * (y[kept] - no[kept])
    imbalance, strongest = _imbalance(x[kept], went[kept], weight, names)
    return _told(
        one, other, went[kept], weight, (len(went) - int(kept.sum()), imbalance, strongest)
    )


def _telling(x: F64, went: Bools, outcome: Bools) -> I64:
    rarest = min(int(side.sum()) for side in (went, ~went, outcome, ~outcome))
    most = max(FEWEST_COLUMNS, rarest // A_COLUMN)
    if x.shape[1] <= most:
        return np.arange(x.shape[1])
    sides = [(side - side.mean()) / max(side.std(), TINY) for side in (went, outcome)]
    goes_with = np.abs(np.column_stack([x.T @ side for side in sides])).max(axis=1)
    found: I64 = np.sort(np.argsort(-goes_with, kind="stable")[:most])
    return found


def _enough(went: Bools, outcome: Bools, fold: I64 | None) -> bool:
    counts = [int(side.sum()) for side in (went, ~went, outcome, ~outcome)]
    if min(counts, default=0) < LEAST:
        return False
    if fold is None:
        return True
    return all((side & (fold != k)).any() for side in (went, ~went) for k in range(FOLDS))


def _told(one: F64, other: F64, went: Bools, weight: F64, left: tuple[int, float, str]) -> Doubly:
    n = len(one)
    a, b = (min(max(float(v.mean()), TINY), 1.0) for v in (one, other))
    effect = one - other
    difference, error = float(effect.mean()), float(effect.std(ddof=1)) / math.sqrt(n)
    relative = float((one / a - other / b).std(ddof=1)) / math.sqrt(n)
    ratio = abs(math.log(a / b))
    left_out, imbalance, strongest = left
    return Doubly(
        n=n,
        went=int(went.sum()),
        with_it=a,
        without=b,
        difference=difference,
        low=difference - Z_95 * error,
        high=difference + Z_95 * error,
        p=math.erfc(abs(difference) / max(error, SHARPEST) / math.sqrt(2)),
        ratio=math.exp(ratio),
        ratio_near=math.exp(ratio - Z_95 * relative),
        left_out=left_out,
        worth_with=_worth(weight[went]),
        worth_without=_worth(weight[~went]),
        imbalance=imbalance,
        strongest=strongest,
    )


def _worth(weight: F64) -> float:
    """Kish's effective sample size."""
    return float(weight.sum() ** 2 / (weight**2).sum())


def _imbalance(x: F64, went: Bools, weight: F64, names: tuple[str, ...]) -> tuple[float, str]:
    if not x.shape[1]:
        return 0.0, ""
    sides = [(weight * s) @ x / weight[s].sum() for s in (went, ~went)]
    spread = np.sqrt((_variance(x, went) + _variance(x, ~went)) / 2)
    apart = np.abs(sides[0] - sides[1]) / np.where(spread > TINY, spread, 1.0)
    worst = int(apart.argmax())
    return float(apart[worst]), names[worst] if names else ""


def _variance(x: F64, which: Bools) -> F64:
    n = which.sum()
    found: F64 = np.maximum(which @ (x * x) / n - (which @ x / n) ** 2, 0.0)
    return found
