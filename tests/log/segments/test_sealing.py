"""The tail becomes segments, and nothing of it is lost, doubled or changed."""

from __future__ import annotations

import sys
from pathlib import Path
from subprocess import PIPE, Popen

import pytest
from sqlalchemy import select, text
from tests.databases import PostgresServer
from tests.log.segments.logs import Log, blank_as_none, made_up, new_log, put

from desireline.formats.duck import Duck
from desireline.formats.segment_files import sha256_of
from desireline.log.segments import sealing
from desireline.log.segments.errors import TailChanged
from desireline.log.segments.folder import FolderStore
from desireline.log.segments.sealing import seal
from desireline.log.segments.verifying import verify
from desireline.log.tables import event, log_state


class TestSeal:
    def test_keeps_every_cell_of_every_row(self, log: Log) -> None:
        rows = made_up(500)
        put(log, rows)
        seal(log.db, log.store, log.clock)
        assert log.tail() == []
        assert log.everything() == blank_as_none(rows)

    def test_an_empty_tail_makes_no_segment(self, log: Log) -> None:
        assert seal(log.db, log.store, log.clock) == []
        assert log.listed() == []

    def test_the_catalogue_tells_what_the_file_holds(self, log: Log) -> None:
        put(log, made_up(300))
        rows = made_up(200, 301)
        put(log, rows)
        _, second = seal(log.db, log.store, log.clock, rows=300)
        path = log.store.local(second.file, second.sha256)
        assert (second.rows, second.first_position, second.last_position) == (200, 301, 500)
        assert second.first_subject == min(r["subject"] for r in rows)
        assert second.last_subject == max(r["subject"] for r in rows)
        assert second.first_at == min(r["at"] for r in rows)
        assert second.last_at == max(r["at"] for r in rows)
        assert second.sha256 == sha256_of(path)
        assert second.bytes == path.stat().st_size
        assert second.file == f"00000002-{second.sha256[:16]}.parquet"
        assert second.made_at == log.clock.now()

    def test_stops_at_the_position_told(self, log: Log) -> None:
        rows = made_up(100)
        put(log, rows)
        seal(log.db, log.store, log.clock, upto=60)
        assert [row["position"] for row in log.tail()] == list(range(61, 101))
        assert log.everything() == blank_as_none(rows)

    def test_counts_the_version_of_the_catalogue_up(self, log: Log) -> None:
        put(log, made_up(100))
        seal(log.db, log.store, log.clock, rows=40)
        with log.db.reading() as look:
            assert look.execute(select(log_state.c.catalogue)).scalar_one() == 3

    def test_leaves_nothing_in_the_staging_folder(self, log: Log) -> None:
        put(log, made_up(100))
        seal(log.db, log.store, log.clock)
        assert list(log.store.staging.iterdir()) == []

    def test_events_that_arrive_meanwhile_stay_in_the_tail(self, log: Log) -> None:
        rows = made_up(400)
        put(log, rows[:300])
        log.store.after_put = lambda: put(log, rows[300:])
        seal(log.db, log.store, log.clock, upto=300)
        assert [row["position"] for row in log.tail()] == list(range(301, 401))
        assert log.everything() == blank_as_none(rows)

    def test_rows_erased_meanwhile_are_not_brought_back(self, log: Log) -> None:
        put(log, made_up(100))

        def erase() -> None:
            with log.db.transaction() as tx:
                tx.execute(event.update().where(event.c.position == 5).values(subject=0))
                tx.execute(log_state.update().values(erasures=1))

        log.store.after_put = erase
        with pytest.raises(TailChanged):
            seal(log.db, log.store, log.clock)
        assert len(log.tail()) == 100
        assert log.listed() == []

    def test_a_quicker_worker_undoes_the_slower(self, log: Log) -> None:
        """Where the lock was lost with its connection, two seal the same rows at once."""
        rows = made_up(100)
        put(log, rows)
        other = FolderStore(log.store.folder)

        def seal_as_well() -> None:
            with Duck() as duck:
                sealing._seal_once(log.db, other, duck, log.clock, (None, 100))

        log.store.after_put = seal_as_well
        with pytest.raises(TailChanged):
            seal(log.db, log.store, log.clock)
        assert log.everything() == blank_as_none(rows)
        assert len(log.listed()) == 1

    def test_a_lost_lock_loses_nothing(self, postgres: PostgresServer, tmp_path: Path) -> None:
        log = new_log(postgres.new_database(), tmp_path)
        rows = made_up(100)
        put(log, rows)

        def lose_the_lock() -> None:
            of_lock = text(
                "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
            )
            with log.db.transaction() as tx:
                assert tx.execute(of_lock).scalars().all() == [True]

        log.store.after_put = lose_the_lock
        seal(log.db, log.store, log.clock)
        assert log.tail() == []
        assert log.everything() == blank_as_none(rows)
        log.db.close()

    def test_workers_in_two_processes_seal_each_row_once(
        self, postgres: PostgresServer, tmp_path: Path
    ) -> None:
        url = postgres.new_database()
        log = new_log(url, tmp_path)
        rows = made_up(1000)
        put(log, rows)
        command = [sys.executable, "-m", "tests.log.segments.sealing_worker"]
        workers = [
            Popen([*command, url, str(log.store.folder)], stdin=PIPE, stdout=PIPE, text=True)
            for _ in range(2)
        ]
        for worker in workers:
            assert worker.stdout is not None
            assert worker.stdout.readline() == "ready\n"
        said = [worker.communicate("go\n", timeout=120)[0] for worker in workers]
        spans = sorted(tuple(map(int, line.split())) for text in said for line in text.splitlines())
        assert spans == [(first, first + 49) for first in range(1, 1001, 50)]
        assert log.everything() == blank_as_none(rows)
        assert [f for f in verify(log.db, log.store) if "are not listed" not in f.sentence] == []
        log.db.close()
