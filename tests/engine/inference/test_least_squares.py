"""Least squares and their covariances equal statsmodels; noise is rarely taken for a change."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm
from scipy.special import ndtr

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


class TestKnownVariances:
    """The limits where the noise of each period is known but for what comes on top."""

    DESIGN = np.column_stack([np.ones(26), np.arange(26) >= 15]).astype(float)

    @pytest.mark.parametrize("on_top", [0.0, 0.5])
    def test_the_truth_is_inside_as_often_as_is_said(self, on_top: float) -> None:
        """The estimate does not depend on the residuals, so coverage given them is exact."""
        dice = np.random.default_rng(23)
        known = dice.uniform(0.5, 2, 26)
        covers, near = [], []
        for _ in range(100):
            noise = np.sqrt(known * (1 + on_top)) * dice.standard_normal(26)
            one = coefficient(self.DESIGN, noise, 1 / known, 1, known=True)
            fit = fitted(self.DESIGN, noise, 1 / known)
            reach = (one.high - one.value) / np.sqrt(fit.bread[1, 1] * (1 + on_top))
            covers.append(2 * float(ndtr(reach)) - 1)
            near.append(fit.residuals**2 @ (1 / known) < 24)
        assert 0.94 <= np.mean(covers) <= 0.975
        if not on_top:  # also where the periods agree better than such noise does
            assert 0.93 <= np.mean(np.array(covers)[near]) <= 0.97

    def test_periods_that_agree_by_chance_are_not_believed(self) -> None:
        one = coefficient(self.DESIGN, self.DESIGN[:, 1], np.full(26, 4.0), 1, known=True)
        plain = 0.5 * np.sqrt(1 / 15 + 1 / 11)
        assert one.error == pytest.approx(plain)
        assert 1.7 * plain < one.high - one.value < 2.1 * plain

    def test_much_more_noise_than_is_known_speaks_for_itself(self) -> None:
        noise = np.random.default_rng(3).standard_normal(26)
        knowing, not_knowing = (
            coefficient(self.DESIGN, noise, np.full(26, 1e6), 1, known=known)
            for known in (True, False)
        )
        assert knowing.error == not_knowing.error
        assert knowing.high == pytest.approx(not_knowing.high, rel=0.1)
