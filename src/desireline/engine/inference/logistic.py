"""Logistic regression with a ridge, by Newton's steps; several models of the same rows at once.

What Newton's step costs is the curvature: rows times columns squared. It only says how long a step
is, so models share one as long as steps with it shrink fast, and it is taken anew where they do
not. Where the climb ends does not depend on it: the score is exact in every step.

Source: S. le Cessie, J. C. van Houwelingen, "Ridge estimators in logistic regression", Applied
Statistics 41, 1992; A. Albert, J. A. Anderson, "On the existence of maximum likelihood estimates in
logistic regression models", Biometrika 71, 1984 (why a ridge: separated data have no maximum);
C. T. Kelley, "Iterative Methods for Linear and Nonlinear Equations", SIAM 1995, section 5.4 (the
chord method: one curvature for several steps).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desireline.engine.errors import DesirelineError
from desireline.engine.journeys import F64, I64, Bools

RIDGE = 1.0
STEPS = 50
HALVINGS = 30
CLOSE = 1e-9
"""What a model may still gain of the log-likelihood when it is done. A coefficient that is d
standard errors off costs d^2 / 2, so all of them lie within 0.00005 standard errors."""
SLOW = 0.1
"""A curvature is taken anew where a step leaves more than this share of what was to be gained."""
ROUNDING = 1e-12
"""The share of a log-likelihood that is lost in adding it up: 10,000 rows in double precision."""
RAREST = 1e-6
"""The climb begins at the log odds of all, of a share no nearer to 0 or 1 than this."""
FIRM = 1e-10
"""Added to the curvature, so that it can be inverted where rows say next to nothing."""


class RegressionImpossible(DesirelineError):
    """Observations from which nothing can be fitted."""


@dataclass(frozen=True, eq=False)
class Logistic:
    """Coefficients of the log odds."""

    intercept: float
    slopes: F64

    def chances(self, x: F64) -> F64:
        """The chance of 1 for each row."""
        return expit(self.intercept + x @ self.slopes)


def expit(logit: F64) -> F64:
    """The chance of log odds, without overflow."""
    found: F64 = 0.5 * (1.0 + np.tanh(0.5 * logit))
    return found


def fitted(x: F64, y: F64, *, weight: F64 | None = None, ridge: float = RIDGE) -> Logistic:
    """The coefficients that maximise log-likelihood - ridge / 2 * sum of squared slopes.

    `x` has a row an observation, `y` is 0, 1 or a share between, `weight` counts observations. The
    intercept is not drawn to 0, so columns should be centred, and of like spread as the ridge
    treats them alike. Raises RegressionImpossible without weight.
    """
    held = np.ones(len(y)) if weight is None else weight
    beta = _of_all(x, y[:, None], held[:, None], ridge).climbed()[0][:, 0]
    return Logistic(float(beta[0]), beta[1:])


def crossfitted(x: F64, y: F64, weight: F64, fold: I64, *, ridge: float = RIDGE) -> F64:
    """The chance of 1 for each row and model, of coefficients fitted on the other folds alone.

    `y` and `weight` have a column a model; a row that a model does not count has the weight 0, and
    gets its chance all the same. `fold` says in which part, from 0, each row is. The climb in each
    fold begins where all rows together end, with their curvature. Raises RegressionImpossible.
    """
    whole = _of_all(x, y, weight, ridge)
    beta, inverse = whole.climbed()
    folds = range(int(fold.max(initial=0)) + 1)
    others = np.column_stack([weight * (fold != part)[:, None] for part in folds])
    share = np.maximum(others.sum(axis=0) / np.tile(weight.sum(axis=0), len(folds)), RAREST)
    apart = _Models(
        whole.x,
        np.tile(y, len(folds)),
        others,
        whole.drawn,
        np.tile(beta, len(folds)),
        np.tile(inverse, (len(folds), 1, 1)) / share[:, None, None],
    )
    logit = (whole.x @ apart.climbed()[0]).reshape(len(x), len(folds), y.shape[1])
    return expit(logit[np.arange(len(x)), fold])


def _of_all(x: F64, y: F64, weight: F64, ridge: float) -> _Models:
    total = weight.sum(axis=0)
    if not len(x) or not (total > 0).all():
        raise RegressionImpossible("There is nothing to fit.", hint="Give some observations.")
    share = np.clip((weight * y).sum(axis=0) / total, RAREST, 1 - RAREST)
    start = np.vstack([np.log(share / (1 - share)), np.zeros((x.shape[1], len(share)))])
    drawn = np.append(0.0, np.full(x.shape[1], ridge))
    held = np.column_stack([np.ones(len(x)), x])
    made = _Models(held, y, weight, drawn, start, np.empty((len(share), len(drawn), len(drawn))))
    for model in range(len(share)):
        made.inverse[model] = made.bent(model, np.full(len(x), share[model]))
    return made


@dataclass(frozen=True, eq=False)
class _Place:
    """Where models stand, with a column each."""

    beta: F64
    chance: F64
    value: F64
    """What is maximised, of each model."""
    score: F64
    """How it grows with each coefficient."""


@dataclass(frozen=True, eq=False)
class _Models:
    """Models of the same rows: where they begin, and the inverse curvature of their first step."""

    x: F64
    """(n, k): rows with an intercept."""
    y: F64
    """(n, m)."""
    weight: F64
    """(n, m)."""
    drawn: F64
    """(k,): the ridge of each column."""
    start: F64
    """(k, m)."""
    inverse: F64
    """(m, k, k)."""

    def climbed(self) -> tuple[F64, F64]:
        """The coefficients at the maxima (k, m), and the last inverse curvatures (m, k, k)."""
        here, inverse = self._at(self.start), self.inverse.copy()
        left = np.full(len(inverse), np.inf)
        for _ in range(STEPS):
            step, gain = _steps(inverse, here.score)
            for model in np.flatnonzero((gain > SLOW * left) & (gain > CLOSE)).tolist():
                inverse[model] = self.bent(model, here.chance[:, model])
                one = slice(model, model + 1)
                step[:, one], gain[one] = _steps(inverse[one], here.score[:, one])
            if (gain <= CLOSE).all():
                return here.beta + step, inverse
            here, missed = self._stepped(here, step)
            left = np.where(missed, 0.0, gain)
        return here.beta, inverse

    def bent(self, model: int, chance: F64) -> F64:
        """The inverse curvature of a model where its rows have these chances."""
        counted = np.flatnonzero(self.weight[:, model])
        bend = self.weight[counted, model] * chance[counted] * (1 - chance[counted])
        rows = self.x[counted] * np.sqrt(bend)[:, None]
        found: F64 = np.linalg.inv(rows.T @ rows + np.diag(self.drawn + FIRM))
        return found

    def _at(self, beta: F64) -> _Place:
        logit = self.x @ beta
        rare = np.exp(-np.abs(logit))
        up = logit >= 0
        chance = np.where(up, 1.0, rare) / (1.0 + rare)
        # log(1 + e^logit), which for a large logit is the logit
        whole = np.log(1.0 + rare) + np.where(up, logit, 0.0)
        likely = np.einsum("nm,nm->m", self.weight, self.y * logit - whole)
        score = self.x.T @ (self.weight * (self.y - chance)) - self.drawn[:, None] * beta
        return _Place(beta, chance, likely - 0.5 * self.drawn @ (beta * beta), score)

    def _stepped(self, here: _Place, step: F64) -> tuple[_Place, Bools]:
        """A step on, of each model halved until it loses nothing; and which had to be halved."""
        least = here.value - ROUNDING * np.abs(here.value)
        missed = np.zeros(len(least), np.bool_)
        for _ in range(HALVINGS):
            ahead = self._at(here.beta + step)
            worse = ~(ahead.value >= least)
            if not worse.any():
                return ahead, missed
            missed |= worse
            step = np.where(worse, step / 2, step)
        return here, np.ones_like(missed)


def _steps(inverse: F64, score: F64) -> tuple[F64, F64]:
    """A step of each model (k, m), and what is left to gain where the curvature is right (m,)."""
    step: F64 = np.einsum("mij,jm->im", inverse, score)
    return step, 0.5 * np.einsum("im,im->m", score, step)
