"""Doubly robust effects against a table worked out by hand, and where nothing can be compared."""

from __future__ import annotations

import numpy as np
import pytest

from desireline.engine.inference.doubly_robust import FOLDS, doubly_robust
from desireline.engine.inference.sensitivity import bias_of, e_value


def _strata(seed: int = 0) -> tuple[np.ndarray, ...]:
    """Two strata: half of the one go and 40 % against 30 % succeed; of the other one in ten."""
    dice = np.random.default_rng(seed)
    stratum = np.repeat([0, 1], 10_000)
    went = dice.random(20_000) < np.where(stratum == 0, 0.5, 0.1)
    came = dice.random(20_000) < np.where(stratum == 0, 0.3, 0.6) + 0.1 * went
    x = ((stratum - stratum.mean()) / stratum.std())[:, None]
    return x, went, came, np.arange(20_000) % FOLDS


def test_is_the_mean_of_the_strata_not_the_raw_difference() -> None:
    x, went, came, fold = _strata()
    found = doubly_robust(x, went, came, fold, ("stratum",))
    assert found is not None
    raw = came[went].mean() - came[~went].mean()
    exact = np.mean(
        [came[s & went].mean() - came[s & ~went].mean() for s in (x[:, 0] < 0, x[:, 0] > 0)]
    )
    assert raw < 0.03
    assert found.difference == pytest.approx(exact, abs=0.003)
    assert found.low < 0.1 < found.high
    assert found.comparable


def test_of_those_who_always_go_nobody_is_left_to_compare() -> None:
    x, went, came, fold = _strata()
    always = went | (x[:, 0] > 0)
    found = doubly_robust(x, always, came, fold)
    assert found is not None
    assert found.left_out == 10_000


def test_too_few_are_not_estimated() -> None:
    x, went, came, fold = (column[:30] for column in _strata())
    assert doubly_robust(x, went, came, fold) is None


def test_e_values_as_published() -> None:
    """VanderWeele and Ding 2017: a risk ratio of 3.9 has the E-value 7.26, its limit 1.8 3.0."""
    assert e_value(3.9) == pytest.approx(7.26, abs=0.01)
    assert e_value(1.8) == pytest.approx(3.0, abs=0.001)
    assert e_value(0.8) == 1.0
    assert bias_of(e_value(2.5)) == pytest.approx(2.5)


def test_what_is_the_same_for_all_is_balanced() -> None:
    """Adding up what is constant leaves crumbs, which are no difference between the sides."""
    x, went, came, fold = _strata()
    constant = np.full(len(went), 0.1)
    found = doubly_robust(np.column_stack([x, constant]), went, came, fold, ("stratum", "same"))
    assert found is not None
    assert found.strongest == "stratum"
    assert found.imbalance < 0.01
