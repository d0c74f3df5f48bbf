"""Weighted least squares, with covariances that do not take the errors for independent and equal.

Sources: H. White, "A heteroskedasticity-consistent covariance matrix estimator", Econometrica 48,
1980, with the correction of J. G. MacKinnon, H. White, Journal of Econometrics 29, 1985 (HC1).
W. K. Newey, K. D. West, "A simple, positive semi-definite, heteroskedasticity and autocorrelation
consistent covariance matrix", Econometrica 55, 1987. K.-Y. Liang, S. L. Zeger, "Longitudinal data
analysis using generalized linear models", Biometrika 73, 1986 (clusters).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desireline.engine.journeys import F64, I64


@dataclass(frozen=True, eq=False)
class Fit:
    """A fitted regression of n observations on k columns."""

    design: F64
    """(n, k)."""
    weights: F64
    """(n,): inverse variances, up to a factor."""
    coefficients: F64
    """(k,)."""
    residuals: F64
    """(n,): as observed, without weights."""
    bread: F64
    """(k, k): the inverse of the weighted cross product of the columns."""

    @property
    def scores(self) -> F64:
        """(n, k): what each observation adds to the slope of the fit."""
        found: F64 = self.design * (self.weights * self.residuals)[:, None]
        return found


def fitted(design: F64, y: F64, weights: F64 | None = None) -> Fit:
    """The least-squares fit; the columns of `design` must not depend on each other."""
    w = np.ones(len(y)) if weights is None else weights
    bread = np.linalg.inv((design * w[:, None]).T @ design).astype(np.float64)
    coefficients = bread @ (design.T @ (w * y))
    residuals: F64 = y - design @ coefficients
    return Fit(design, w, coefficients, residuals, bread)


def classic(fit: Fit) -> F64:
    """The covariance of the coefficients where errors are independent, as large as weights say."""
    n, k = fit.design.shape
    found: F64 = fit.bread * float(fit.weights @ fit.residuals**2) / (n - k)
    return found


def hc1(fit: Fit) -> F64:
    """The covariance where errors are independent and of any size."""
    n, k = fit.design.shape
    found: F64 = _sandwich(fit, fit.scores.T @ fit.scores) * n / (n - k)
    return found


def clustered(fit: Fit, cluster: I64) -> F64:
    """The covariance where errors of one cluster (numbers from 0) may go together."""
    n, k = fit.design.shape
    groups = int(cluster.max()) + 1
    sums = np.zeros((groups, k))
    np.add.at(sums, cluster, fit.scores)
    wide = groups / (groups - 1) * (n - 1) / (n - k)
    found: F64 = _sandwich(fit, sums.T @ sums) * wide
    return found


def newey_west(fit: Fit, lags: int) -> F64:
    """The covariance where errors up to so many observations apart may go together."""
    scores = fit.scores
    meat = scores.T @ scores
    for lag in range(1, min(lags, len(scores) - 1) + 1):
        both = scores[lag:].T @ scores[:-lag]
        meat += (1 - lag / (lags + 1)) * (both + both.T)
    return _sandwich(fit, meat)


def _sandwich(fit: Fit, meat: F64) -> F64:
    found: F64 = fit.bread @ meat @ fit.bread
    return found
