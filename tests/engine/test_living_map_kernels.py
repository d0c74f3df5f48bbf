"""The scans of the living map, each beside a slow and obvious way to the same answer."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.factories import kept_events, random_journeys, random_mask, some_journeys

from desireline.engine.analyses.flags import kept
from desireline.engine.journeys import Ids, Journeys, Mask
from desireline.engine.kernels.living_map import NOWHERE, choose_journeys, mark_visits
from desireline.engine.living_map.samples import _names


def slow_marks(
    journeys: Journeys, first: int, width: int, labelled: list[bool], outcome: list[bool]
) -> dict[str, object]:
    """What `mark_visits` marks and counts, event by event."""
    begins, stands, by_span = [], [], dict[tuple[int, int], int]()
    in_log = kept_events(journeys)
    for events in in_log:
        told = [i for i in events if labelled[i]]
        codes = [int(journeys.code[i]) for i in told]
        fresh = [i for k, i in enumerate(told) if k == 0 or codes[k] != codes[k - 1]]
        begins += fresh
        for i in told:
            at = int(journeys.code[i]), (int(journeys.time[i]) - first) // width
            by_span[at] = by_span.get(at, 0) + 1
        times = [int(journeys.time[i]) for i in (*fresh[-1:], *told[-1:])]
        reached = any(outcome[i] for i in events)
        stands.append((codes[-1], *times) if told and not reached else None)
    walked = [j for j, events in enumerate(in_log) if events]
    every = [i for events in in_log for i in events]
    times = [int(journeys.time[i]) for i in every]
    return {
        "begins": begins,
        "stands": stands,
        "by_span": by_span,
        "totals": [
            len(walked),
            sum(any(outcome[i] for i in in_log[j]) for j in walked),
            len({journeys.person_index(j) for j in walked}),
            len(every),
        ],
        "period": [min(times, default=None), max(times, default=None)],
    }


class TestMarkVisits:
    @settings(max_examples=60)
    @given(some_journeys(in_order=False), st.data())
    def test_marks_what_the_slow_way_marks(self, journeys: Journeys, data: st.DataObject) -> None:
        first, last = journeys.period or (0, 0)
        width = (last - first) // 16 + 1
        n, mask = len(journeys.time), kept(journeys)
        bools = st.lists(st.booleans(), min_size=n, max_size=n)
        labelled, reached = data.draw(bools), data.draw(bools)
        in_sight = mask.event & np.repeat(mask.journey, np.diff(journeys.offset))
        begins, stands = np.zeros(n, np.bool_), np.zeros((len(journeys), 3), np.int64)
        by_span, totals = np.zeros((4, 16), np.int64), np.zeros(4, np.int64)
        period = np.array([2**62, -(2**62)], np.int64)
        mark_visits(
            journeys.offset,
            journeys.code,
            journeys.time,
            mask.event,
            mask.event & np.array(labelled, np.bool_),
            mask.journey,
            in_sight & np.array(reached, np.bool_),
            np.empty(0, np.int32) if journeys.person is None else journeys.person,
            first,
            width,
            begins,
            by_span,
            stands,
            totals,
            period,
        )
        slow = slow_marks(journeys, first, width, labelled, reached)
        assert np.flatnonzero(begins).tolist() == slow["begins"]
        told = [None if row[0] == NOWHERE else tuple(row) for row in stands.tolist()]
        assert told == slow["stands"]
        counted = {(int(c), int(s)): int(by_span[c, s]) for c, s in np.argwhere(by_span)}
        assert counted == slow["by_span"]
        assert totals.tolist() == slow["totals"]
        assert totals[3] == 0 or period.tolist() == slow["period"]


def least_and_chosen(journeys: Journeys, most: int) -> tuple[list[list[int]], list[list[int]]]:
    mask, n_codes = kept(journeys), len(journeys.events)
    least = np.zeros((n_codes, most), np.int64)
    chosen = np.full((n_codes, most), -1, np.int64)
    choose_journeys(
        journeys.offset,
        journeys.code,
        mask.event,
        mask.journey,
        *_names(journeys),
        least,
        chosen,
    )
    return least.tolist(), chosen.tolist()


def hash_of(journeys: Journeys, j: int) -> int:
    """The hash of one journey: it is alone in the choice, so it is chosen."""
    event, journey = np.zeros(len(journeys.code), np.bool_), np.zeros(len(journeys), np.bool_)
    event[journeys.offset[j] : journeys.offset[j + 1]] = True
    journey[j] = True
    least, chosen = least_and_chosen(replace(journeys, mask=Mask(event, journey)), 1)
    return next(key[0] for key, who in zip(least, chosen, strict=True) if who[0] == j)


class TestChooseJourneys:
    @settings(max_examples=40, deadline=None)
    @given(st.integers(0, 50), st.integers(1, 30), st.booleans())
    def test_chooses_what_the_slow_way_chooses(self, seed: int, most: int, sessions: bool) -> None:
        journeys = random_mask(random_journeys(seed, n_journeys=40, mean_length=3.0), seed)
        if sessions:
            journeys = replace(journeys, person=np.arange(40, dtype=np.int32) // 3)
        visits = [{int(journeys.code[i]) for i in events} for events in kept_events(journeys)]
        hashes = {j: hash_of(journeys, j) for j, codes in enumerate(visits) if codes}
        least, chosen = least_and_chosen(journeys, most)
        for code in range(len(journeys.events)):
            here = sorted((hashes[j], j) for j, codes in enumerate(visits) if code in codes)[:most]
            assert [j for j in chosen[code] if j >= 0] == [j for _, j in here]
            assert least[code][: len(here)] == [key for key, _ in here]

    def test_hashes_of_many_names_differ_and_are_spread(self) -> None:
        journeys = random_journeys(1, n_journeys=500, n_types=1, mean_length=20.0)
        for ids in (journeys.ids, Ids.of([f"person {i}" for i in range(500)])):
            hashes = [key for key in least_and_chosen(replace(journeys, ids=ids), 500)[0][0] if key]
            assert len(set(hashes)) == len(hashes) > 490
            assert 0.4 < np.mean(hashes) / 2**63 < 0.6

    @pytest.mark.parametrize(
        "number", [0, 7, -7, 10, 123456789, 10**18, 2**63 - 1, -(2**63), -(2**63) + 1]
    )
    def test_a_number_hashes_alike_as_number_and_as_text(self, number: int) -> None:
        one = random_journeys(2, n_journeys=1)
        as_number = replace(one, ids=Ids(integers=np.array([number], np.int64)))
        as_text = replace(one, ids=Ids.of([str(number)]))
        assert least_and_chosen(as_number, 1) == least_and_chosen(as_text, 1)

    @pytest.mark.parametrize(
        "name",
        ["007", "-0", "", "-", "9223372036854775808", "1e3", "7 ", "\u0661", "9" * 20],
    )
    def test_what_is_no_plain_number_is_text(self, name: str) -> None:
        one = random_journeys(2, n_journeys=1)
        numbers = [0, 7, 2**63 - 1, -(2**63), 1000]
        alike = [Ids(integers=np.array([number], np.int64)) for number in numbers]
        hashes = [hash_of(replace(one, ids=ids), 0) for ids in (*alike, Ids.of([name]))]
        assert len(set(hashes)) == len(hashes)
