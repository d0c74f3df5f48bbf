"""Logistic regression with a ridge, by Newton's steps.

Source: S. le Cessie, J. C. van Houwelingen, "Ridge estimators in logistic regression", Applied
Statistics 41, 1992; A. Albert, J. A. Anderson, "On the existence of maximum likelihood estimates in
logistic regression models", Biometrika 71, 1984 (why a ridge: separated data have no maximum).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desireline.engine.errors import DesirelineError
from desireline.engine.journeys import F64

RIDGE = 1.0
STEPS = 50
HALVINGS = 30
CLOSE = 1e-10
"""What a step may still gain of the log-likelihood, an observation, before it is the last."""


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
    if not float(held.sum()) > 0:
        raise RegressionImpossible("There is nothing to fit.", hint="Give some observations.")
    drawn = np.append(0.0, np.full(x.shape[1], ridge))
    problem = _Problem(np.column_stack([np.ones(len(y)), x]), y, held, drawn)
    beta = problem.solved()
    return Logistic(float(beta[0]), beta[1:])


@dataclass(frozen=True, eq=False)
class _Problem:
    """What is maximised: rows with an intercept, outcomes, weights, ridge."""

    x: F64
    y: F64
    weight: F64
    drawn: F64

    def solved(self) -> F64:
        """The maximum, from the log odds of all."""
        total = float(self.weight.sum())
        share = min(max(float(self.weight @ self.y) / total, 1e-6), 1 - 1e-6)
        beta = np.append(np.log(share / (1 - share)), np.zeros(self.x.shape[1] - 1))
        value = self._value(beta)
        for _ in range(STEPS):
            beta, gained = self._climbed(beta, value)
            value += gained
            if gained <= CLOSE * total:
                break
        return beta

    def _value(self, beta: F64) -> float:
        logit = self.x @ beta
        likely = self.weight @ (self.y * logit - np.logaddexp(0.0, logit))
        return float(likely - 0.5 * self.drawn @ (beta * beta))

    def _climbed(self, beta: F64, value: float) -> tuple[F64, float]:
        """One step of Newton, halved until it gains; and what it gains."""
        step = self._step(beta)
        for _ in range(HALVINGS):
            gained = self._value(beta + step) - value
            if gained >= 0:
                return beta + step, gained
            step = step / 2
        return beta, 0.0

    def _step(self, beta: F64) -> F64:
        chance = expit(self.x @ beta)
        gradient = self.x.T @ (self.weight * (self.y - chance)) - self.drawn * beta
        curved = self.weight * chance * (1 - chance)
        hessian = (self.x * curved[:, None]).T @ self.x + np.diag(self.drawn + CLOSE)
        found: F64 = np.linalg.solve(hessian, gradient).astype(np.float64)
        return found
