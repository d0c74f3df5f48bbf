"""The scans of the living map, each beside a slow and obvious way to the same answer."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.factories import kept_events, random_journeys, random_mask, some_journeys

from desireline.engine.analyses.flags import kept
from desireline.engine.journeys import Ids, Journeys
from desireline.engine.kernels.living_map import NOWHERE, choose_journeys, mark_visits
from desireline.engine.living_map.samples import keys_of
from desireline.engine.name_hashes import hashes_of


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


class TestChooseJourneys:
    @settings(max_examples=40, deadline=None)
    @given(st.integers(0, 50), st.integers(1, 30))
    def test_chooses_what_the_slow_way_chooses(self, seed: int, most: int) -> None:
        journeys = random_mask(random_journeys(seed, n_journeys=40, mean_length=3.0), seed)
        mask, n_codes = kept(journeys), len(journeys.events)
        key = np.random.default_rng(seed).permutation(1000)[:40].astype(np.int64)
        least = np.zeros((n_codes, most), np.int64)
        chosen = np.full((n_codes, most), -1, np.int64)
        choose_journeys(
            journeys.offset, journeys.code, mask.event, mask.journey, key, least, chosen
        )
        visits = [{int(journeys.code[i]) for i in events} for events in kept_events(journeys)]
        for code in range(n_codes):
            here = sorted((int(key[j]), j) for j, codes in enumerate(visits) if code in codes)
            assert [j for j in chosen[code].tolist() if j >= 0] == [j for _, j in here[:most]]
            assert least[code, : len(here)].tolist() == [k for k, _ in here[:most]]


NUMBERS = st.integers(-(2**63), 2**63 - 1) | st.integers(-20, 20)
ODD = ["", "-", "007", "-0", "1e3", "7 ", "\u0661", "9" * 20, "9223372036854775808", "żółw"]


class TestNameHashes:
    @given(st.lists(NUMBERS, max_size=20))
    def test_are_the_same_for_a_number_and_its_text(self, numbers: list[int]) -> None:
        of_numbers = hashes_of(Ids(integers=np.array(numbers, np.int64)), 0, len(numbers))
        of_texts = hashes_of(Ids.of([str(n) for n in numbers]), 0, len(numbers))
        assert of_numbers.tolist() == of_texts.tolist()

    @given(st.lists(st.text(max_size=30) | st.sampled_from(ODD) | NUMBERS.map(str), max_size=20))
    def test_follow_from_the_name_alone(self, names: list[str]) -> None:
        together = hashes_of(Ids.of(names), 0, len(names)).tolist()
        alone = [int(hashes_of(Ids.of([name]), 0, 1)[0]) for name in names]
        assert together == alone
        assert (
            hashes_of(Ids.of(names), len(names) // 2, len(names)).tolist()
            == alone[len(names) // 2 :]
        )
        assert len(set(together)) == len(set(names))

    def test_differ_and_are_spread(self) -> None:
        for names in ([f"person {i}" for i in range(70_000)], [str(i) for i in range(70_000)]):
            hashed = hashes_of(Ids.of(names), 0, len(names))
            assert len(np.unique(hashed)) == len(names)
            bits = (hashed[:, None] >> np.arange(64, dtype=np.uint64)) & np.uint64(1)
            assert np.abs(bits.mean(axis=0) - 0.5).max() < 0.01

    def test_differ_from_session_to_session(self) -> None:
        one = random_journeys(1, n_journeys=6)
        keys = keys_of(replace(one, person=np.array([0, 0, 0, 1, 2, 2], np.int32)))
        assert len(set(keys.tolist())) == 6
        later = replace(one, person=np.array([0, 0, 1, 2, 2, 2], np.int32), earlier=1)
        assert keys_of(later)[:2].tolist() == keys[1:3].tolist()
