"""Filters: masks, never copies; one after the other they are the intersection."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.factories import journeys_of, kept_events, shards_at, some_journeys

from desireline.engine.filters import Filter, FilterImpossible, filtered, microseconds_at
from desireline.engine.rules.builders import event, value

MOMENTS = st.none() | st.integers(0, 5 * 10**9)
RULES = st.sampled_from([None, event("a", "b"), ~event("c"), value("ge", 1.0)])


@st.composite
def filters(draw: st.DrawFn, whole: bool | None = None) -> Filter:
    start = draw(MOMENTS)
    stop = draw(MOMENTS)
    if start is not None and stop is not None and stop <= start:
        stop = start + 10**9
    whole = draw(st.booleans()) if whole is None else whole
    return Filter(start=start, stop=stop, rule=draw(RULES), whole_journeys=whole)


def fits_slowly(journeys, wanted, i) -> bool:
    time, name = int(journeys.time[i]), journeys.events[int(journeys.code[i])]
    after = wanted.start is None or time >= wanted.start
    before = wanted.stop is None or time < wanted.stop
    if wanted.rule is None:
        told = True
    elif wanted.rule == event("a", "b"):
        told = name in "ab"
    elif wanted.rule == ~event("c"):
        told = name != "c"
    else:
        told = journeys.value is not None and bool(journeys.value[i] >= 1.0)
    return after and before and told


class TestFilter:
    @given(some_journeys(), filters())
    def test_equals_asking_event_by_event(self, journeys, wanted):
        expected = []
        for kept in kept_events(journeys):
            fitting = [i for i in kept if fits_slowly(journeys, wanted, i)]
            expected.append(kept if wanted.whole_journeys and fitting else fitting)
        made = filtered(journeys, wanted)
        assert kept_events(made) == expected
        assert made.mask.journey.tolist() == [bool(kept) for kept in expected]
        assert made.time is journeys.time
        assert made.code is journeys.code

    @given(some_journeys(), filters(whole=False), filters(whole=False))
    def test_two_filters_are_the_intersection_in_any_order(self, journeys, a, b):
        one = [set(kept) for kept in kept_events(filtered(journeys, a))]
        other = [set(kept) for kept in kept_events(filtered(journeys, b))]
        both = [sorted(x & y) for x, y in zip(one, other, strict=True)]
        assert kept_events(filtered(filtered(journeys, a), b)) == both
        assert kept_events(filtered(filtered(journeys, b), a)) == both

    @given(some_journeys(), filters(), st.integers(0, 7))
    def test_shards_together_are_the_whole(self, journeys, wanted, cut):
        parts = [filtered(shard, wanted) for shard in shards_at(journeys, [cut])]
        together = [kept for part in parts for kept in kept_events(part)]
        assert together == kept_events(filtered(journeys, wanted))

    def test_by_channel_and_segment(self):
        journeys = journeys_of(
            [[("a", 0), ("b", 1)], [("a", 0)]], channels=[["web", "shop"], ["web"]]
        )
        assert kept_events(filtered(journeys, Filter(channels=("web",)))) == [[0], [2]]
        segment = np.array([False, True])
        assert kept_events(filtered(journeys, Filter(journeys=segment))) == [[], [2]]

    def test_moments_are_exact(self):
        at = dt.datetime(9999, 12, 31, 23, 59, 59, 999_999)  # noqa: DTZ001 - no zone means UTC
        assert microseconds_at(at) == 253_402_300_799_999_999
        warsaw = dt.timezone(dt.timedelta(hours=1))
        assert microseconds_at(dt.datetime(1970, 1, 1, 1, tzinfo=warsaw)) == 0

    def test_refuses_what_contradicts_itself(self):
        journeys = journeys_of([[("a", 0)]])
        at = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
        with pytest.raises(FilterImpossible, match="stops at 2024-01-01T00:00:00Z") as caught:
            filtered(journeys, Filter(start=at, stop=at))
        assert "Exchange" in caught.value.hint
        with pytest.raises(FilterImpossible, match="2 entries, but there are 1 journeys"):
            filtered(journeys, Filter(journeys=np.ones(2, np.bool_)))
