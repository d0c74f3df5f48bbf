"""Emotions from marks: by a pencil, against statsmodels, and whatever the shards are."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.factories import journeys_of
from tests.engine.maps import map_of, stage

from desireline.engine.journeys import Column, Journeys
from desireline.engine.living_map import bind
from desireline.engine.living_map.figures import Emotion
from desireline.engine.marks import scale_of

MAP = map_of(stage("buy", "chat", "order"), stage("after", "survey"))


def marked(walks: list[list[tuple[str, float, float | None]]], name: str = "score") -> Journeys:
    """Journeys of events with a mark or none."""
    found = journeys_of([[(event, at) for event, at, _ in walk] for walk in walks])
    marks = [mark for walk in walks for _, _, mark in walk]
    numbers = np.array([np.nan if mark is None else mark for mark in marks])
    return replace(found, columns={name: Column(numbers=numbers)})


def felt(*parts: Journeys) -> dict[str, Emotion | None]:
    """By touchpoint."""
    return {t.key: t.emotion for t in bind(MAP, list(parts)).figures.touchpoints}


def test_stars_by_pencil() -> None:
    walks = [
        [("chat", 0, 1.0), ("order", 1, None), ("survey", 2, 5.0)],
        [("survey", 0, 4.0), ("ping", 1, 1.0)],
        [("survey", 0, 3.0)],
    ]
    found = felt(marked(walks, "stars"))
    assert found["order"] is None
    assert found["chat"] == Emotion(n=1, mean=-2.0, low=None, high=None)
    survey = found["survey"]
    assert survey is not None
    assert (survey.n, survey.mean) == (3, 1.0)
    half = 4.302652729911275 / np.sqrt(3)  # t of two degrees of freedom, a deviation of 1
    assert (survey.low, survey.high) == (pytest.approx(1 - half), 2.0)


def test_one_name_may_stand_for_two_scales() -> None:
    walks = [
        [("chat", 0.0, float(stars)), ("survey", 1.0, float(mark))]
        for stars, mark in ((5, 10), (4, 9), (3, 0), (4, 9))
    ]
    found = felt(marked(walks))
    chat, survey = found["chat"], found["survey"]
    assert chat is not None
    assert survey is not None
    assert (chat.mean, survey.mean) == (pytest.approx(1.0), pytest.approx(0.8))


def test_the_interval_is_that_of_clusters() -> None:
    random = np.random.default_rng(5)
    walks, marks, who = [], [], []
    for person in range(60):
        liking, times = random.normal(6, 2), int(random.integers(1, 5))
        given_ = np.clip(np.round(random.normal(liking, 1, times)), 0, 10)
        walks.append([("survey", float(at), float(mark)) for at, mark in enumerate(given_)])
        marks += given_.tolist()
        who += [person] * times
    assert {0.0, 10.0} & set(marks)
    found = felt(marked(walks))["survey"]
    fit = sm.OLS(np.array(marks) / 2.5 - 2, np.ones(len(marks))).fit(
        cov_type="cluster", cov_kwds={"groups": np.array(who)}, use_t=True
    )
    low, high = fit.conf_int()[0]
    assert found is not None
    assert found.n == len(marks)
    assert found.mean == pytest.approx(fit.params[0])
    assert (found.low, found.high) == (pytest.approx(low), pytest.approx(high))


MARKS = st.none() | st.integers(0, 5).map(float)
STEPS = st.tuples(st.sampled_from(["chat", "order", "survey", "ping"]), MARKS)


@given(walks=st.lists(st.lists(STEPS, min_size=1, max_size=4), min_size=2, max_size=6))
def test_shards_tell_the_same_as_the_whole(walks: list[list[tuple[str, float | None]]]) -> None:
    timed = [[(event, float(at), mark) for at, (event, mark) in enumerate(w)] for w in walks]
    whole, parts = felt(marked(timed)), felt(marked(timed[:1]), marked(timed[1:]))
    assert whole.keys() == parts.keys()
    for key, one in whole.items():
        other = parts[key]
        assert (one is None) == (other is None)
        if one is not None and other is not None:
            assert one.n == other.n
            assert one.mean == pytest.approx(other.mean)
            assert one.low == (None if other.low is None else pytest.approx(other.low, abs=1e-9))
            assert one.low is None or -2 <= one.low <= one.mean <= (one.high or 2.0) <= 2


@pytest.mark.parametrize("amounts", [[0.873, 0.12], [1500.0, 20.0], [7.0, 7.0], [-40.0, 3.0]])
def test_what_is_no_mark_is_no_feeling(amounts: list[float]) -> None:
    walks = [[("survey", 0.0, amount)] for amount in amounts]
    assert set(felt(marked(walks)).values()) == {None}


def test_scales() -> None:
    ends = {(0, 1): (0, 1), (1, 3): (1, 3), (2, 5): (1, 5), (0, 4): (0, 5), (1, 7): (0, 10)}
    ends |= {(20, 95): (0, 100), (-1, 1): (-2, 2)}
    assert {given_: scale_of(*given_) for given_ in ends} == ends
    assert scale_of(0, 101) is None
