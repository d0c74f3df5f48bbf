"""A coefficient of a regression over time, with an interval that holds in short series too.

The variance is Newey and West's. In series of a few dozen periods its ratio to the estimate is not
normal, so the limits come from what the same ratio does in series of the same length, design and
weights, made of noise that goes together from period to period as the residuals do (a parametric
bootstrap of the studentised coefficient; that noise has a memory of one period, whose strength is
corrected for the bias that a fit brings).

Where the variance of each period is known but for what periods have of their own, as that of a
share of so many is, noise is never less than it. The standard error is then the larger of both, and
so it is in the series of like noise: the limits are those of the ratio that is used. That noise is
the known, which has no memory, and what may come on top, which has all of it; how much that is is
drawn for each series from what the residuals say, and is 0 at least.

Sources: `least_squares`. P. Hall, "The bootstrap and Edgeworth expansion", 1992, section 3.10 (the
bootstrap-t). G. E. P. Box, G. C. Tiao, "Bayesian inference in statistical analysis", 1973 (the size
of noise given its residuals; parts of a variance, none below 0). M. G. Kendall, "Note on bias in
the estimation of autocorrelation", Biometrika 41, 1954. N. M. Kiefer, T. J. Vogelsang, "A new
asymptotic theory for heteroskedasticity-autocorrelation robust tests", Econometric Theory 21, 2005
(why not the normal distribution).
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
    """The standard error: Newey and West's, or that of the known variances if it is larger."""
    memory: float
    """How far one period's noise goes over into the next, from 0 to 1."""


def coefficient(
    design: F64, y: F64, weights: F64, place: int, *, known: bool = False
) -> Coefficient:
    """The coefficient of column `place`; weights are inverse variances, up to a factor.

    `known`: they are the inverse variances themselves, and noise is no less than they say.
    """
    fit, lags = fitted(design, y, weights), lags_of(len(y))
    memory = memory_of(fit)
    value = float(fit.coefficients[place])
    least = math.sqrt(float(fit.bread[place, place])) if known else 0.0
    error = max(math.sqrt(max(float(newey_west(fit, lags)[place, place]), 0.0)), least)
    noise = noise_beside(fit, memory) if known else noise_like(fit, memory)
    ratios = _ratios(fit, noise, place, least)
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
    dice = np.random.default_rng(len(fit.weights))
    found: F64 = _remembering(_memories(dice, fit, memory), dice, fit) / np.sqrt(fit.weights)
    return found


def noise_beside(fit: Fit, memory: float) -> F64:
    """(draws, n): series of noise of variance 1 / weights, and of what may come on top of it.

    Of the noise of a series the part on top is `1 - 1 / size`, so its memory is that much stronger.
    """
    n, k = fit.design.shape
    dice = np.random.default_rng(n)
    left = float(fit.weights @ fit.residuals**2)
    size = np.maximum(left / dice.chisquare(n - k, DRAWS), 1.0)
    memories = _memories(dice, fit, memory) / np.maximum(1 - 1 / size, NOISELESS)
    top = _remembering(np.clip(memories, -MOST_MEMORY, MOST_MEMORY), dice, fit)
    drawn = dice.standard_normal((DRAWS, n)) + np.sqrt(size - 1)[:, None] * top
    found: F64 = drawn / np.sqrt(fit.weights)
    return found


def _memories(dice: np.random.Generator, fit: Fit, memory: float) -> F64:
    """(draws,): memories within the error of one that was estimated."""
    error = math.sqrt((1 - memory**2) / len(fit.weights))
    drawn = memory + error * dice.standard_normal(DRAWS)
    found: F64 = np.clip(drawn, -MOST_MEMORY, MOST_MEMORY)
    return found


def _remembering(memories: F64, dice: np.random.Generator, fit: Fit) -> F64:
    """(draws, n): series of variance 1, each with its memory."""
    drawn: F64 = dice.standard_normal((DRAWS, len(fit.weights)))
    fresh = np.sqrt(1 - memories**2)
    for at in range(1, drawn.shape[1]):
        drawn[:, at] = memories * drawn[:, at - 1] + fresh * drawn[:, at]
    return drawn


def _ratios(fit: Fit, noise: F64, place: int, least: float) -> F64:
    """How far the coefficient of each series lies from 0, in its own standard errors."""
    lags = lags_of(noise.shape[1])
    row = (fit.design @ fit.bread[place]) * fit.weights
    coefficients = noise @ (fit.design * fit.weights[:, None]) @ fit.bread
    parts = (noise - coefficients @ fit.design.T) * row
    variance = (parts**2).sum(axis=1)
    for lag in range(1, min(lags, parts.shape[1] - 1) + 1):
        variance += 2 * (1 - lag / (lags + 1)) * (parts[:, lag:] * parts[:, :-lag]).sum(axis=1)
    found: F64 = np.abs(noise @ row) / np.sqrt(np.maximum(variance, max(NOISELESS, least**2)))
    return found
