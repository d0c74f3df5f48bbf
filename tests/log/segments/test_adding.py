"""Finished files become segments in one transaction, with the positions that are next."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Connection, select
from tests.log.segments.logs import COLUMNS, Log, blank_as_none, made_up, put

from desireline.formats.duck import Duck
from desireline.formats.segment_files import SegmentFile, load_rows, write_segment
from desireline.kit.clock import SystemClock
from desireline.log.counting import COUNTERS, add_counts
from desireline.log.segments.adding import add_segments
from desireline.log.segments.sealing import seal
from desireline.log.segments.sweeping import sweep
from desireline.log.segments.tail import columns_of
from desireline.log.segments.verifying import verify
from desireline.log.tables import event, log_state


def file_of(log: Log, first: int, last: int) -> SegmentFile:
    """A finished file with the events that stand in the tail from one position to another."""
    with log.db.reading() as look, Duck() as duck:
        relation = load_rows(duck, COLUMNS, columns_of(look, COLUMNS, first, last), first)
        return write_segment(duck, relation, log.store.staging / f"{first}.parquet")


@pytest.fixture
def files(log: Log) -> list[SegmentFile]:
    """Two files of 30 and 20 events that the log does not hold, beside 50 that it does."""
    put(log, made_up(50, 51))
    files = [file_of(log, 51, 80), file_of(log, 81, 100)]
    with log.db.transaction() as tx:
        tx.execute(event.delete())
        tx.execute(log_state.update().values(position=0, **dict.fromkeys(COUNTERS, 0)))
    put(log, made_up(50))
    return files


def moved(rows: list[dict[str, Any]], by: int) -> list[dict[str, Any]]:
    return [row | {"position": row["position"] + by} for row in rows]


class TestAddSegments:
    def test_files_take_the_next_positions_in_their_order(
        self, log: Log, files: list[SegmentFile]
    ) -> None:
        expected = log.everything() + blank_as_none(made_up(50, 51))
        assert add_segments(log.db, log.store, files[:1], log.clock, counted(30)) == 51
        assert add_segments(log.db, log.store, files[1:], log.clock, counted(20)) == 81
        assert log.everything() == expected
        assert verify(log.db, log.store) == []

    def test_several_at_once_follow_each_other(self, log: Log, files: list[SegmentFile]) -> None:
        expected = log.everything() + blank_as_none(made_up(50, 51))
        assert add_segments(log.db, log.store, files, log.clock, counted(50)) == 51
        assert log.everything() == expected
        seal(log.db, log.store, log.clock)
        assert verify(log.db, log.store) == []

    def test_what_is_raised_undoes_all(self, log: Log, files: list[SegmentFile]) -> None:
        before = log.everything()

        def refuse(tx: Connection, first: int) -> None:
            raise LookupError(first)

        with pytest.raises(LookupError, match="51"):
            add_segments(log.db, log.store, files, log.clock, refuse)
        assert log.everything() == before
        assert log.listed() == []
        with log.db.reading() as look:
            state = look.execute(select(log_state)).one()
        assert (state.position, state.catalogue) == (50, 0)
        assert len(sweep(log.db, log.store, SystemClock(), older_than=None)) == 2
        assert log.store.names() == {}


def counted(rows: int) -> Any:
    return lambda tx, _: add_counts(tx, {"stored": rows})
