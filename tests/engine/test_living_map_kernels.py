"""The scans of the living map, each beside a slow and obvious way to the same answer."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.factories import kept_events, random_journeys, random_mask, some_journeys

from desireline.engine.analyses.flags import kept
from desireline.engine.journeys import Journeys
from desireline.engine.kernels.living_map import choose_journeys, mark_visits
from desireline.engine.living_map.samples import _step


def slow_marks(
    journeys: Journeys, as_of: int, first: int, width: int, patience: list[float]
) -> tuple[list[int], list[int], dict[tuple[int, int], int]]:
    """Events where visits begin, events where journeys lapse, and events by (code, span)."""
    begins, lapsed, by_span = [], [], dict[tuple[int, int], int]()
    for events in kept_events(journeys):
        codes = [int(journeys.code[i]) for i in events]
        begins += [i for k, i in enumerate(events) if k == 0 or codes[k] != codes[k - 1]]
        if events and as_of - int(journeys.time[events[-1]]) > patience[codes[-1]]:
            lapsed.append(events[-1])
        for i, code in zip(events, codes, strict=True):
            at = code, (int(journeys.time[i]) - first) // width
            by_span[at] = by_span.get(at, 0) + 1
    return begins, lapsed, by_span


class TestMarkVisits:
    @settings(max_examples=60)
    @given(some_journeys(in_order=False), st.lists(st.floats(0, 1e13), min_size=4, max_size=4))
    def test_marks_what_the_slow_way_marks(self, journeys: Journeys, patience: list[float]) -> None:
        first, as_of = journeys.period or (0, 0)
        width = (as_of - first) // 16 + 1
        n, mask = len(journeys.time), kept(journeys)
        begins, lapsed = np.zeros(n, np.bool_), np.zeros(n, np.bool_)
        by_span = np.zeros((4, 16), np.int64)
        mark_visits(
            journeys.offset,
            journeys.code,
            journeys.time,
            mask.event,
            mask.journey,
            as_of,
            first,
            width,
            np.array(patience),
            begins,
            lapsed,
            by_span,
        )
        slow = slow_marks(journeys, as_of, first, width, patience)
        assert np.flatnonzero(begins).tolist() == slow[0]
        assert np.flatnonzero(lapsed).tolist() == slow[1]
        assert {(int(c), int(s)): int(by_span[c, s]) for c, s in np.argwhere(by_span)} == slow[2]


def slow_choice(journeys: Journeys, step: int, quota: list[int], most: int) -> list[int]:
    """The journeys that still have a code that is wanted, in the order of the steps."""
    left, chosen, events = list(quota), list[int](), kept_events(journeys)
    for k in range(len(journeys)):
        j = k * step % len(journeys)
        codes = [int(journeys.code[i]) for i in events[j]]
        if len(chosen) < most and any(left[code] > 0 for code in codes):
            chosen.append(j)
            for code in codes:
                left[code] -= 1
    return chosen


class TestChooseJourneys:
    @settings(max_examples=40)
    @given(st.integers(0, 50), st.integers(1, 30), st.integers(1, 60))
    def test_chooses_what_the_slow_way_chooses(self, seed: int, each: int, most: int) -> None:
        journeys = random_mask(random_journeys(seed, n_journeys=40, mean_length=3.0), seed)
        mask, step = kept(journeys), _step(len(journeys))
        quota = np.full(6, each, np.int64)
        chosen = np.empty(most, np.int64)
        found = choose_journeys(
            journeys.offset,
            journeys.code,
            mask.event,
            mask.journey,
            step,
            6 * each,
            quota,
            chosen,
        )
        assert chosen[:found].tolist() == slow_choice(journeys, step, [each] * 6, most)

    @given(st.integers(1, 10_000))
    def test_steps_come_to_every_journey(self, n: int) -> None:
        assert math.gcd(_step(n), n) == 1
