"""R-DUP after sealing: the log knows an id wherever its event lies."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from threading import Event as Signal
from threading import Thread
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.log.factories import NOW, appending, counts, numbered, tail, told

from desireline.kit.clock import SetClock
from desireline.kit.database import Database
from desireline.log.appending import dedup
from desireline.log.appending.appender import Appender
from desireline.log.appending.dedup import GOLDEN, IdSets, no_segments
from desireline.log.envelope import Stored
from desireline.log.event_ids import ids_of
from desireline.log.following import batches
from desireline.log.segments.catalogue import Segment
from desireline.log.segments.compacting import compact
from desireline.log.segments.folder import FolderStore
from desireline.log.segments.reading import LogReader
from desireline.log.segments.sealing import seal

CLOCK = SetClock(NOW)


class TestDuplicatesOfSealedEvents:
    def test_are_found_after_sealing_merging_and_a_restart(
        self, log: Database, tmp_path: Path
    ) -> None:
        store = FolderStore(tmp_path / "segments")
        with LogReader(log, store) as reader:
            with appending(log, IdSets(reader.ids_of)) as appender:
                for begin in range(0, 300, 100):
                    appender.append(numbered(range(begin, begin + 100)), "api")
                    seal(log, store, CLOCK)
                    assert tail(log) == []
                    again = told(appender.append(numbered(range(begin, begin + 110)), "api"))
                    assert again == ["duplicate"] * 100 + ["stored"] * 10
                compact(log, store, CLOCK, fully=True)
                assert set(told(appender.append(numbered(range(310)), "api"))) == {"duplicate"}
            with appending(log, IdSets(reader.ids_of)) as appender:
                verdicts = appender.append(numbered(range(312)), "api")
        assert told(verdicts) == ["duplicate"] * 310 + ["stored"] * 2
        assert [v.position for v in verdicts if isinstance(v, Stored)] == [311, 312]
        n = counts(log)
        assert (n["stored"], n["received"]) == (312, 300 + 330 + 310 + 312)

    def test_are_found_while_somebody_seals(self, log: Database, tmp_path: Path) -> None:
        store = FolderStore(tmp_path / "segments")
        done = Signal()
        positions: dict[str, list[int]] = {}

        def sender(appender: Appender, k: int) -> None:
            for n in range(25):
                batch = numbered(range(n * 10, n * 10 + 30))
                for verdict in appender.append(batch, f"sender {k}"):
                    if isinstance(verdict, Stored):
                        positions.setdefault(verdict.id, []).append(verdict.position)

        def sealer() -> None:
            while not done.wait(0.05):
                seal(log, store, CLOCK)

        with LogReader(log, store) as reader, appending(log, IdSets(reader.ids_of)) as appender:
            threads = [Thread(target=sender, args=(appender, k)) for k in range(3)]
            sealing = Thread(target=sealer)
            for thread in [*threads, sealing]:
                thread.start()
            for thread in threads:
                thread.join()
            done.set()
            sealing.join()
            seal(log, store, CLOCK)
            scanned = [one.position for batch in batches(reader, 0) for one in batch.events]
        assert sorted(p for [p] in positions.values()) == list(range(1, 271))
        assert scanned == list(range(1, 271))


HALVES = st.integers(-(2**63), 2**63 - 1)
# A few values of each half, so that ids often share one half, and fingerprints collide by design.
PAIRS = st.tuples(st.sampled_from([0, 1, -1, 2**63 - 1]) | HALVES, st.sampled_from([0, 7]) | HALVES)


def id_sets(shelves: list[list[tuple[int, int]]]) -> IdSets:
    """The ids of these segments, taken in one after the other; every third lies in the tail yet."""
    ids = IdSets(no_segments)
    for number, shelf in enumerate(shelves, 1):
        if number % 3:
            columns = np.array(shelf, dtype=np.int64).reshape(-1, 2)
            ids._take([(columns[:, 0], columns[:, 1])])
        else:
            ids.keep(joined(shelf), number)
    return ids


def joined(pairs: Iterable[tuple[int, int]]) -> list[bytes]:
    """Ids of pairs of halves."""
    columns = np.array(list(pairs), dtype=np.int64).reshape(-1, 2)
    return ids_of(columns[:, 0], columns[:, 1])


class TestIdSets:
    @given(
        shelves=st.lists(st.lists(PAIRS, max_size=8), max_size=4), asked=st.lists(PAIRS, max_size=8)
    )
    def test_know_exactly_what_is_there(
        self, shelves: list[list[tuple[int, int]]], asked: list[tuple[int, int]]
    ) -> None:
        there = {pair for shelf in shelves for pair in shelf}
        asked = asked + list(there)[:4]
        assert id_sets(shelves).known(joined(asked)) == set(joined(there & set(asked)))

    def test_compare_both_halves_where_fingerprints_are_equal(self) -> None:
        others = [(n, 5 ^ (n * int(GOLDEN) % 2**64)) for n in range(1, 4)]
        alike = [(hi, lo - 2**64 if lo >= 2**63 else lo) for hi, lo in others]
        there = [(0, 5), alike[0]]
        assert id_sets([there]).known(joined([(0, 5), *alike])) == set(joined(there))

    def test_lie_in_few_runs(self) -> None:
        ids = id_sets([[(n, k) for k in range(50)] for n in range(40)])
        assert len(ids._runs) <= 6
        assert len(ids.known(joined((n, 0) for n in range(60)))) == 40

    def test_are_read_once_and_only_where_they_were_not_appended_here(
        self, log: Database, tmp_path: Path
    ) -> None:
        store = FolderStore(tmp_path / "segments")
        read: list[str] = []
        with LogReader(log, store) as reader:

            def noted(segment: Segment) -> tuple[Any, Any]:
                read.append(segment.file)
                return reader.ids_of(segment)

            with appending(log, IdSets(noted)) as here, appending(log, IdSets(noted)) as there:
                for n in range(3):
                    here.append(numbered(range(n * 50, n * 50 + 50)), "api")
                    seal(log, store, CLOCK)
                    assert set(told(here.append(numbered(range(n * 50 + 50)), "api"))) == {
                        "duplicate"
                    }
                assert read == []
                assert set(told(there.append(numbered(range(150)), "api"))) == {"duplicate"}
                assert len(read) == 3
                compact(log, store, CLOCK, fully=True)
                verdicts = told(there.append(numbered(range(151)), "api"))
                assert verdicts == ["duplicate"] * 150 + ["stored"]
                assert told(here.append(numbered([0, 150]), "api")) == ["duplicate"] * 2
                seal(log, store, CLOCK)
                assert told(there.append(numbered([0, 150]), "api")) == ["duplicate"] * 2
        assert len(read) == 3

    def test_many_that_were_appended_here_become_runs(
        self, log: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(dedup, "MOST_RECENT", 20)
        ids = IdSets(no_segments)
        with appending(log, ids) as appender:
            for n in range(0, 90, 15):
                assert told(appender.append(numbered(range(n, n + 15)), "api")) == ["stored"] * 15
            assert ids._runs
            assert set(told(appender.append(numbered(range(90)), "api"))) == {"duplicate"}
