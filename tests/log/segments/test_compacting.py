"""Many segments become few, and the log stays as it was."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.log.segments.logs import Log, blank_as_none, made_up, put

from desireline.kit.clock import SystemClock
from desireline.log.segments.catalogue import Segment
from desireline.log.segments.compacting import compact
from desireline.log.segments.errors import SegmentMissing
from desireline.log.segments.reading import LogReader
from desireline.log.segments.runs import FAN, LEAST_ROWS, runs_of, to_merge
from desireline.log.segments.sealing import seal
from desireline.log.segments.sweeping import HOUR, sweep


def sealed(log: Log, count: int, rows: int, subjects: int = 50) -> list[dict[str, object]]:
    """Seals so many segments of so many rows; gives all rows."""
    everything = made_up(count * rows, subjects=subjects)
    put(log, everything)
    for last in range(rows, count * rows + 1, rows):
        log.clock.move(1)
        seal(log.db, log.store, log.clock, upto=last)
    return blank_as_none(everything)


class TestCompact:
    def test_keeps_every_cell_of_every_row(self, log: Log) -> None:
        rows = sealed(log, FAN, 200)
        compact(log.db, log.store, log.clock)
        assert len(log.listed()) == 1
        assert log.everything() == rows

    def test_fewer_than_four_runs_stay(self, log: Log) -> None:
        sealed(log, FAN - 1, 50)
        assert compact(log.db, log.store, log.clock) == []
        assert len(log.listed()) == FAN - 1

    def test_large_segments_have_subjects_of_their_own(self, log: Log) -> None:
        rows = sealed(log, 5, 400)
        made = compact(log.db, log.store, log.clock, rows=250)
        assert len(made) > 1
        files_of_subject = Counter(n for s in made for n in set(subjects_in(log, s)))
        assert set(files_of_subject.values()) == {1}
        assert len(runs_of(made)) == 1
        assert log.everything() == rows

    def test_fully_leaves_one_run(self, log: Log) -> None:
        rows = sealed(log, 2, 100)
        compact(log.db, log.store, log.clock, fully=True)
        assert len(log.listed()) == 1
        assert compact(log.db, log.store, log.clock, fully=True) == []
        assert log.everything() == rows

    def test_a_reader_at_the_old_files_reads_on(self, log: Log) -> None:
        rows = sealed(log, FAN, 100)
        with LogReader(log.db, log.store) as reader:
            window = reader.window(0)
            assert window is not None
            seen = [next(window.events).position]
            compact(log.db, log.store, log.clock)
            sweep(log.db, log.store, SystemClock())
            seen += [one.position for one in window.events]
        assert seen == [row["position"] for row in rows]

    def test_a_person_is_found_while_old_files_go(self, log: Log) -> None:
        sealed(log, FAN, 100)
        with LogReader(log.db, log.store) as reader:
            before = reader.events_of([7], 1000)
            compact(log.db, log.store, log.clock)
            for name in log.store.names().keys() - set(log.listed()):
                log.store.delete(name)
            assert reader.events_of([7], 1000) == before


class TestSweep:
    def test_takes_merged_files_after_an_hour(self, log: Log) -> None:
        rows = sealed(log, FAN, 50)
        old = log.listed()
        compact(log.db, log.store, log.clock)
        now = SystemClock()
        assert sweep(log.db, log.store, now) == []
        assert sorted(sweep(log.db, log.store, now, older_than=-HOUR)) == sorted(old)
        assert log.everything() == rows

    def test_takes_work_that_was_given_up(self, log: Log) -> None:
        folder = log.store.staging / "work-given-up"
        folder.mkdir()
        (folder / "0.parquet").write_bytes(b"half")
        later = SystemClock().now() + 25 * HOUR
        log.clock.move(later - log.clock.now())
        assert sweep(log.db, log.store, log.clock) == ["work-given-up"]
        assert list(log.store.staging.iterdir()) == []

    def test_leaves_what_is_none_of_ours(self, log: Log) -> None:
        foreign = Path(log.store.folder / "notes.txt")
        foreign.write_text("mine")
        assert sweep(log.db, log.store, SystemClock(), older_than=-HOUR) == []
        assert foreign.exists()

    def test_a_listed_file_that_is_gone_is_named(self, log: Log) -> None:
        sealed(log, 1, 10)
        log.store.delete(log.listed()[0])
        with pytest.raises(SegmentMissing, match=log.listed()[0]) as problem:
            log.everything()
        assert problem.value.hint


def subjects_in(log: Log, segment: Segment) -> list[int]:
    """The subjects of a segment, one for each event."""
    held = range(segment.first_subject, segment.last_subject + 1)
    return [row["subject"] for row in log.everything() if row["subject"] in held]


def run(number: int, rows: int, made_at: int, subjects: tuple[int, int] = (1, 9)) -> Segment:
    """A listed segment, as far as merging looks at it."""
    first, last = subjects
    return Segment(number, "", "", 0, rows, 1, 1, first, last, 0, 0, made_at)


segments = st.lists(
    st.builds(
        lambda rows, made_at, a, b: run(0, rows, made_at, (min(a, b), max(a, b))),
        st.integers(1, 10_000_000),
        st.integers(1, 5),
        st.integers(1, 100),
        st.integers(1, 100),
    ),
    max_size=40,
)


class TestRuns:
    @given(segments)
    def test_hold_each_segment_once_and_each_subject_once(self, listed: list[Segment]) -> None:
        runs = runs_of(listed)
        assert sorted(map(id, (s for r in runs for s in r))) == sorted(map(id, listed))
        for one in runs:
            for before, behind in pairwise(one):
                assert before.last_subject < behind.first_subject

    def test_the_chunks_of_an_import_are_one_run(self) -> None:
        chunks = [run(i, 2_000_000, i, (10 * i, 10 * i + 9)) for i in range(20)]
        small = [run(20 + i, 1000, 20 + i, (1000 * i, 1000 * i)) for i in range(FAN)]
        assert runs_of(chunks) == [chunks]
        assert to_merge(runs_of([*chunks, *small])) == small

    def test_a_run_is_not_torn_by_a_small_one(self) -> None:
        large = [run(1, 900_000, 1, (1, 100)), run(2, 900_000, 1, (101, 200))]
        assert runs_of([*large, run(3, 300_000, 2, (1, 5))])[0] == large

    @given(segments)
    def test_merging_goes_on_until_few_are_left(self, listed: list[Segment]) -> None:
        runs = runs_of(listed)
        for _ in range(100):
            chosen = to_merge(runs)
            if not chosen:
                break
            rows = sum(s.rows for s in chosen)
            kept = [r for r in runs if r[0] not in chosen]
            runs = [*kept, [run(0, rows, 99)]]
        sizes = Counter(
            max(0, (sum(s.rows for s in r) // LEAST_ROWS).bit_length() - 1) // 2 for r in runs
        )
        assert all(count < FAN for count in sizes.values())
