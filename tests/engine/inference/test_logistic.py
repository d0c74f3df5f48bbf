"""Logistic regression: its own equations, and what scikit-learn answers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression

from desireline.engine.inference.logistic import RegressionImpossible, expit, fitted


def _drawn(seed: int, n: int = 400, k: int = 3) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    dice = np.random.default_rng(seed)
    x = dice.normal(size=(n, k))
    y = (dice.random(n) < expit(-0.5 + x @ np.linspace(-1, 1, k))).astype(np.float64)
    return x, y, dice.integers(1, 4, n).astype(np.float64)


@given(seed=st.integers(0, 10_000), ridge=st.floats(0.01, 100))
@settings(max_examples=25, deadline=None)
def test_the_score_is_zero_at_the_answer(seed: int, ridge: float) -> None:
    x, y, weight = _drawn(seed)
    found = fitted(x, y, weight=weight, ridge=ridge)
    left = weight * (y - found.chances(x))
    assert abs(left.sum()) < 1e-3
    assert np.abs(x.T @ left - ridge * found.slopes).max() < 1e-3


def test_agrees_with_scikit_learn() -> None:
    x, y, weight = _drawn(7)
    theirs = LogisticRegression(C=1 / 2.5, tol=1e-10, max_iter=1000)
    theirs.fit(x, y, sample_weight=weight)
    ours = fitted(x, y, weight=weight, ridge=2.5)
    assert np.allclose(ours.slopes, theirs.coef_[0], atol=1e-5)
    assert ours.intercept == pytest.approx(theirs.intercept_[0], abs=1e-5)


def test_weights_count_observations() -> None:
    x, y, weight = _drawn(3)
    times = weight.astype(np.int64)
    spelled = fitted(np.repeat(x, times, axis=0), np.repeat(y, times))
    assert np.allclose(fitted(x, y, weight=weight).slopes, spelled.slopes, atol=1e-6)


def test_separated_data_have_an_answer() -> None:
    x = np.array([[-1.0], [-2.0], [1.0], [2.0]])
    found = fitted(x, np.array([0.0, 0.0, 1.0, 1.0]))
    assert 0 < found.slopes[0] < 5


def test_nothing_is_not_fitted() -> None:
    with pytest.raises(RegressionImpossible):
        fitted(np.empty((0, 2)), np.empty(0))
