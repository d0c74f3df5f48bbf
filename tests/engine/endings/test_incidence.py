"""Competing risks against lifelines, and against what is known without it."""

from __future__ import annotations

import numpy as np
import pytest
from lifelines import AalenJohansenFitter, KaplanMeierFitter, NelsonAalenFitter
from lifelines.datasets import load_lung, load_waltons

from desireline.engine.inference.incidence import incidences


def _waltons() -> tuple[np.ndarray, np.ndarray]:
    """Days to the death of flies; the two strains are taken as two causes. No time has both."""
    data = load_waltons()
    strain = (data["group"] == "miR-137").to_numpy()
    kind = np.where(data["E"].to_numpy() == 1, strain, -1).astype(np.int64)
    time = data["T"].to_numpy() * 1_000_000 + np.arange(len(data)) * 10
    return time.astype(np.int64), kind


@pytest.mark.parametrize("cause", [0, 1])
def test_is_what_lifelines_says(cause: int) -> None:
    time, kind = _waltons()
    oracle = AalenJohansenFitter().fit(time / 1e6, kind + 1, event_of_interest=cause + 1)
    mine = incidences(time, kind, 2)[cause]
    told = oracle.cumulative_density_.iloc[:, 0]
    theirs = told.reindex(mine.time / 1e6, method="ffill").to_numpy()
    np.testing.assert_allclose(mine.share, theirs, rtol=1e-9)
    variance = oracle.variance_.reindex(mine.time / 1e6, method="ffill").to_numpy()
    # At the last time everybody is gone: there theirs divides by 0.
    inner = slice(1, -1)
    np.testing.assert_allclose(mine.variance[inner], variance[inner], rtol=1e-6, atol=1e-12)
    limits = oracle.confidence_interval_.reindex(mine.time / 1e6, method="ffill").to_numpy()
    there = slice(int(np.flatnonzero(mine.share > 0)[0]), -1)
    np.testing.assert_allclose(mine.high[there], limits[there].max(axis=1), rtol=1e-6)
    np.testing.assert_allclose(mine.low[there], limits[there].min(axis=1), rtol=1e-6)


def test_one_cause_alone_is_kaplan_meier_ties_and_all() -> None:
    data = load_lung()
    time, died = data["time"].to_numpy().astype(np.int64), data["status"].to_numpy() == 1
    mine = incidences(time, np.where(died, 0, -1), 1)[0]
    km = KaplanMeierFitter().fit(time, died)
    stays = km.survival_function_.iloc[:, 0].reindex(mine.time, method="ffill").to_numpy()
    np.testing.assert_allclose(1 - mine.share, stays, rtol=1e-12)
    hazard = NelsonAalenFitter(nelson_aalen_smoothing=False).fit(time, died)
    theirs = hazard.cumulative_hazard_.iloc[:, 0].reindex(mine.time, method="ffill").to_numpy()
    np.testing.assert_allclose(mine.hazard, theirs, rtol=1e-12)


def test_without_censoring_it_is_the_share() -> None:
    time = np.array([1, 2, 2, 3, 4, 4, 4, 9], np.int64)
    kind = np.array([0, 1, 0, 1, 0, 0, 1, 0], np.int64)
    one, other = incidences(time, kind, 2)
    assert one.share[-1] == pytest.approx(5 / 8)
    assert other.share[one.at(4)] == pytest.approx(3 / 8)
    assert one.variance[-1] == pytest.approx(5 / 8 * 3 / 8 / 8)
    assert one.at(0) == -1
