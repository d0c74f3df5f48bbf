"""Logistic regression: its own equations, and what scikit-learn answers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression

from desireline.engine.inference.logistic import (
    RegressionImpossible,
    crossfitted,
    expit,
    fitted,
)


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


def test_each_fold_is_told_by_the_others() -> None:
    """As if each model were fitted alone on the rows of the other folds that it counts."""
    x, y, weight = _drawn(11, n=600, k=6)
    fold, side = np.arange(600) % 3, x[:, 0] > 0.3
    weights = np.column_stack([weight, weight * side])
    found = crossfitted(x, np.column_stack([y, y]), weights, fold)
    for part in range(3):
        there, here = fold != part, fold == part
        for model in range(2):
            alone = fitted(x[there], y[there], weight=weights[there, model])
            assert np.allclose(found[here, model], alone.chances(x[here]), atol=1e-5)


def test_a_column_that_is_there_in_one_fold_only_does_no_harm() -> None:
    x, y, weight = _drawn(5, n=300)
    fold = np.arange(300) % 3
    rare = np.zeros(300)
    rare[[0, 3, 6]] = 10.0
    found = crossfitted(np.column_stack([x, rare]), y[:, None], weight[:, None], fold)
    alone = fitted(x[fold != 0], y[fold != 0], weight=weight[fold != 0])
    assert np.allclose(found[fold == 0, 0], alone.chances(x[fold == 0]), atol=1e-5)


def test_steps_that_go_too_far_are_halved() -> None:
    """Curvature is least where the climb begins: whole steps would leave for good."""
    x = np.append(np.zeros(2000), np.full(20, 30.0))[:, None]
    y = np.append(np.zeros(2000), np.ones(20))
    y[:20] = 1.0
    found = fitted(x, y, ridge=1e-3)
    left = y - found.chances(x)
    assert abs(left.sum()) < 1e-4
    assert abs(float(x[:, 0] @ left) - 1e-3 * found.slopes[0]) < 1e-4
