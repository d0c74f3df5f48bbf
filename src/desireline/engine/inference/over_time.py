"""A coefficient of a regression over time, with an interval that holds in short series too.

The variance is Newey and West's. In series of a few dozen periods its ratio to the estimate is not
normal, so the limits come from what the same ratio does in series of the same length, design and
weights, made of noise that goes together from period to period as the residuals do (a parametric
bootstrap of the studentised coefficient; that noise has a memory of one period, whose strength is
corrected for the bias that a fit brings).

Sources: `least_squares`. P. Hall, "The bootstrap and Edgeworth expansion", 1992, section 3.10 (the
bootstrap-t). M. G. Kendall, "Note on bias in the estimation of autocorrelation", Biometrika 41,
1954. N. M. Kiefer, T. J. Vogelsang, "A new asymptotic theory for heteroskedasticity-autocorrelation
robust tests", Econometric Theory 21, 2005 (why not the normal distribution).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from desireline.engine.inference.least_squares import Fit, fitted, newey_west
from desireline.engine.journeys import F64

DRAWS = 1999
MOST_MEMORY = 0.9
NOISELESS = 1e-300
"""A variance is no smaller, so that a series without noise has a ratio: as large as can be."""


@dataclass(frozen=True)
class Coefficient:
    """An estimate with its 95 % interval, and how often noise alone gives as much."""

    value: float
    low: float
    high: float
    p: float
    error: float
    """The standard error of Newey and West."""
    memory: float
    """How far one period's noise goes over into the next, from 0 to 1."""


def coefficient(design: F64, y: F64, weights: F64, place: int) -> Coefficient:
    """The coefficient of column `place`; weights are inverse variances, up to a factor."""
    fit, lags = fitted(design, y, weights), lags_of(len(y))
    memory = memory_of(fit)
    value = float(fit.coefficients[place])
    error = math.sqrt(max(float(newey_west(fit, lags)[place, place]), 0.0))
    ratios = _ratios(fit, noise_like(fit, memory), lags, place)
    reach = float(np.quantile(ratios, 0.95)) * error
    more = int((ratios >= abs(value) / error).sum()) if error > 0 else 0
    p = (1 + more) / (1 + DRAWS) if error > 0 or value else 1.0
    return Coefficient(value, value - reach, value + reach, p, error, memory)


def lags_of(n: int) -> int:
    """How many periods apart noise is taken to go together (J. H. Stock, M. W. Watson)."""
    return max(1, int(0.75 * float(n) ** (1 / 3)))


def memory_of(fit: Fit) -> float:
    """The correlation of the noise of neighbouring periods, from 0 to `MOST_MEMORY`."""
    noise = fit.residuals * np.sqrt(fit.weights)
    n, k = fit.design.shape
    size = float(noise @ noise)
    if size == 0.0 or n <= k + 3:
        return 0.0
    seen = float(noise[1:] @ noise[:-1]) / size
    corrected = float((seen + k / n) / (1 - (k + 2) / n))
    return min(max(corrected, 0.0), MOST_MEMORY)


def noise_like(fit: Fit, memory: float) -> F64:
    """(draws, n): series of noise of variance 1 / weights, each with a memory that may be the true.

    The memory of a short series is known badly, so each draw takes one within its error.
    """
    n = len(fit.weights)
    dice = np.random.default_rng(n)
    error = math.sqrt((1 - memory**2) / n)
    memories = np.clip(memory + error * dice.standard_normal(DRAWS), -MOST_MEMORY, MOST_MEMORY)
    drawn = dice.standard_normal((DRAWS, n))
    fresh = np.sqrt(1 - memories**2)
    for at in range(1, n):
        drawn[:, at] = memories * drawn[:, at - 1] + fresh * drawn[:, at]
    found: F64 = drawn / np.sqrt(fit.weights)
    return found


def _ratios(fit: Fit, noise: F64, lags: int, place: int) -> F64:
    """How far the coefficient of each series lies from 0, in its own standard errors."""
    row = (fit.design @ fit.bread[place]) * fit.weights
    coefficients = noise @ (fit.design * fit.weights[:, None]) @ fit.bread
    parts = (noise - coefficients @ fit.design.T) * row
    variance = (parts**2).sum(axis=1)
    for lag in range(1, min(lags, parts.shape[1] - 1) + 1):
        variance += 2 * (1 - lag / (lags + 1)) * (parts[:, lag:] * parts[:, :-lag]).sum(axis=1)
    found: F64 = np.abs(noise @ row) / np.sqrt(np.maximum(variance, NOISELESS))
    return found
