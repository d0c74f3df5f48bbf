"""Tests of chances and waits against what was planted; seeds are fixed, so they never flicker."""

from __future__ import annotations

import math

import numpy as np

SURE = 4.0
"""Standard deviations: one false alarm in 16,000."""


def assert_chance(happened: np.ndarray, planted: float) -> None:
    """The share of those to whom it happened is the planted one, within the binomial error."""
    n = len(happened)
    assert n > 100
    error = math.sqrt(planted * (1 - planted) / n)
    assert abs(happened.mean() - planted) < SURE * error, (happened.mean(), planted, n)


def assert_log_normal(seconds: np.ndarray, p50: float, p90: float) -> None:
    """The waits come from the planted distribution (Kolmogorov-Smirnov, one in 10,000)."""
    n = len(seconds)
    assert n > 100
    spread = math.log(p90 / p50) / 1.2815515655446004
    z = (np.log(np.sort(seconds)) - math.log(p50)) / spread
    expected = np.array([0.5 * (1 + math.erf(x / math.sqrt(2))) for x in z.tolist()])
    gap = np.maximum(np.arange(1, n + 1) / n - expected, expected - np.arange(n) / n).max()
    assert gap * math.sqrt(n) < 2.23, (gap, n, np.median(seconds), p50)
