"""Least squares and their covariances equal statsmodels; noise is rarely taken for a change."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm

from desireline.engine.inference.least_squares import (
    classic,
    clustered,
    fitted,
    hc1,
    newey_west,
)
from desireline.engine.inference.over_time import coefficient
from desireline.engine.journeys import F64, I64


def _data(seed: int) -> tuple[F64, F64, F64, I64]:
    dice = np.random.default_rng(seed)
    n = 40
    design = np.column_stack([np.ones(n), np.arange(n) / n, dice.random(n) < 0.5]).astype(float)
    y = design @ np.array([1.0, -2.0, 0.5]) + dice.standard_normal(n) * (1 + design[:, 1])
    return design, y, dice.uniform(0.5, 2, n), np.arange(n) // 5


@pytest.mark.parametrize("seed", range(3))
def test_equals_statsmodels(seed: int) -> None:
    design, y, weights, cluster = _data(seed)
    fit = fitted(design, y, weights)
    model = sm.WLS(y, design, weights=weights)
    told = model.fit()
    np.testing.assert_allclose(fit.coefficients, told.params, rtol=1e-9)
    np.testing.assert_allclose(classic(fit), told.cov_params(), rtol=1e-9)
    for mine, kind, options in (
        (hc1(fit), "HC1", {}),
        (newey_west(fit, 3), "HAC", {"maxlags": 3}),
        (clustered(fit, cluster), "cluster", {"groups": cluster}),
    ):
        theirs = model.fit(cov_type=kind, cov_kwds=options or None).cov_params()
        np.testing.assert_allclose(mine, theirs, rtol=1e-9)


@pytest.mark.parametrize("memory", [0.0, 0.4])
def test_short_series_of_noise_find_nothing_more_than_once_in_twenty(memory: float) -> None:
    dice = np.random.default_rng(11)
    design = np.column_stack([np.ones(24), np.arange(24) >= 14]).astype(float)
    found = 0
    for _ in range(120):
        noise = dice.standard_normal(24)
        for week in range(1, 24):
            noise[week] = memory * noise[week - 1] + np.sqrt(1 - memory**2) * noise[week]
        one = coefficient(design, noise, np.ones(24), 1)
        assert one.low <= one.value <= one.high
        assert (one.low > 0 or one.high < 0) == (one.p <= 0.05)
        found += one.p <= 0.05
    assert found <= 14  # 6 are expected; with the normal distribution it is twice to thrice that


def test_a_step_is_found_as_large_as_it_is() -> None:
    dice = np.random.default_rng(5)
    design = np.column_stack([np.ones(40), np.arange(40) >= 20]).astype(float)
    one = coefficient(design, 3.0 * design[:, 1] + dice.standard_normal(40), np.ones(40), 1)
    assert one.low < 3.0 < one.high
    assert one.low > 0
