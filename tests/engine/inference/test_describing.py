"""What is known at a place: against a slow loop, and nothing of what comes later."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.factories import journeys_of

from desireline.engine.inference.describing import Known, known_at, together
from desireline.engine.journeys import Column, Journeys, Mask

WALKS = [
    [("seen", 0.0), ("asked", 60.0), ("seen", 90.0), ("bought", 7200.0), ("seen", 9000.0)],
    [("asked", 10.0)],
    [("bought", 5.0), ("asked", 6.0)],
]
CHANNELS = [["web", "chat", "web", "web", "app"], ["chat"], ["app", "chat"]]


def _journeys() -> Journeys:
    made = journeys_of(WALKS, channels=CHANNELS)
    score = np.full(8, np.nan)
    score[[1, 2]] = 4.0, 9.0
    source = Column(
        codes=np.array([0, -1, -1, -1, -1, -1, 1, -1], np.int32), values=("ad", "friend")
    )
    return replace(made, columns={"score": Column(numbers=score), "source": source})


def _value(known: Known, name: str) -> list[float]:
    return np.round(known.values[:, known.names.index(name)], 6).tolist()


def test_tells_what_came_before_and_not_what_comes() -> None:
    made = _journeys()
    bought = made.code == made.code_of["bought"]
    known = known_at(made, np.array([4, 5, 2, 7]), outcome=bought)
    assert _value(known, "events so far") == np.round(np.log1p([4, 0, 2, 1]), 6).tolist()
    assert _value(known, "time since the start") == np.round(np.log1p([9000, 0, 90, 1]), 6).tolist()
    assert _value(known, "time since the last") == np.round(np.log1p([1800, 0, 30, 1]), 6).tolist()
    assert _value(known, "outcomes so far") == np.round(np.log1p([1, 0, 0, 1]), 6).tolist()
    assert _value(known, "passed seen") == np.round(np.log1p([2, 0, 1, 0]), 6).tolist()
    assert _value(known, "mean score") == [6.5, 0.0, 4.0, 0.0]
    assert _value(known, "has a score") == [1.0, 0.0, 1.0, 0.0]
    assert _value(known, "channel app") == [1.0, 0.0, 0.0, 0.0]
    assert _value(known, "first channel app") == [0.0, 0.0, 0.0, 1.0]
    assert _value(known, "source ad") == [1.0, 0.0, 1.0, 0.0]
    assert _value(known, "source friend") == [0.0, 0.0, 0.0, 1.0]


def test_a_mask_hides_events() -> None:
    made = _journeys()
    shown = replace(made, mask=Mask(made.code != made.code_of["seen"], np.ones(3, np.bool_)))
    known = known_at(shown, np.array([3]))
    assert _value(known, "passed asked") == np.round([np.log1p(1)], 6).tolist()
    assert _value(known, "passed seen") == [0.0]
    assert _value(known, "events so far") == np.round([np.log1p(1)], 6).tolist()


@given(seed=st.integers(0, 1000), cut=st.integers(1, 5))
@settings(max_examples=20, deadline=None)
def test_later_events_change_nothing(seed: int, cut: int) -> None:
    dice = np.random.default_rng(seed)
    walk = [(str(dice.choice(["a", "b"])), float(t)) for t in np.cumsum(dice.integers(1, 99, 6))]
    whole, cut_off = (journeys_of([w], events=("a", "b")) for w in (walk, walk[: cut + 1]))
    at = np.array([cut])
    assert known_at(whole, at).values.tolist() == known_at(cut_off, at).values.tolist()


def test_parts_together_are_the_whole_by_name() -> None:
    made = _journeys()
    at = np.array([0, 2, 5, 7])
    parts = [known_at(made, at[:2]), known_at(made, at[2:], passed=False)]
    whole, both = known_at(made, at), together(parts)
    assert both.names == whole.names
    apart = [n for n, name in enumerate(whole.names) if not name.startswith("passed ")]
    assert both.values[:, apart].tolist() == whole.values[:, apart].tolist()


def test_only_columns_that_tell_something_are_kept() -> None:
    known = Known(("same", "often", "once"), np.array([[1.0, i % 2, i == 0] for i in range(40)]))
    assert known.telling().names == ("often",)
    assert np.allclose(known.telling().scaled().std(axis=0), 1.0)
