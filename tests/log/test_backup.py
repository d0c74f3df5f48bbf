"""B-BACKUP, B-FENCE: a backup taken under load is one moment, and restores into either database."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select
from tests.databases import PostgresServer, new_workspace
from tests.log.factories import appending, numbered

import desireline.registry  # noqa: F401 - the tables of all modules
from desireline.kit.database import metadata
from desireline.kit.outbox import Outbox, thaw
from desireline.kit.workspace import Workspace
from desireline.log.appending.dedup import IdSets
from desireline.log.backup import (
    Backup,
    BackupDamaged,
    BackupImpossible,
    BackupUnreadable,
    WorkspaceNotEmpty,
    back_up,
    restore,
)
from desireline.log.opening import open_store
from desireline.log.segments.reading import LogReader
from desireline.log.segments.sealing import seal
from desireline.log.tables import event, log_state, segment, subject
from desireline.settings import read_settings


def quiet(stage: str, share: float) -> None:
    """Tells nobody."""


def opened(folder: Path, url: str | None) -> Workspace:
    told = {"DESIRELINE_DATA_DIR": str(folder)}
    if url is not None:
        told["DESIRELINE_DATABASE_URL"] = url
    return new_workspace(read_settings(told))


@pytest.fixture
def there(tmp_path: Path, database_url: str) -> Iterator[Workspace]:
    """A workspace with events in segments and in the tail, and a message to be sent."""
    url = None if database_url.startswith("sqlite") else database_url
    with opened(tmp_path / "there", url) as workspace:
        store = open_store(workspace)
        with appending(workspace.database) as appender:
            appender.append(numbered(range(300), properties={"n": "ż\u2028"}), "api")
            seal(workspace.database, store, workspace.clock)
            appender.append(numbered(range(300, 350)), "api")
        yield workspace


@pytest.fixture
def other(tmp_path: Path, there: Workspace, postgres: PostgresServer) -> Iterator[Workspace]:
    """An empty workspace on the other kind of database."""
    url = postgres.new_database() if there.database.is_sqlite else None
    with opened(tmp_path / "other", url) as workspace:
        yield workspace


OWN = {"backup_place", "restored_from"}
"""What a workspace knows of its own backups; a restored one begins anew."""


def rows(workspace: Workspace) -> dict[str, int]:
    with workspace.database.reading() as look:
        return {
            name: look.scalar(select(func.count()).select_from(table)) or 0
            for name, table in metadata.tables.items()
            if name not in OWN
        }


def events(workspace: Workspace) -> list[object]:
    with (
        workspace.database.reading() as look,
        LogReader(workspace.database, open_store(workspace)) as reader,
    ):
        subjects = list(look.scalars(select(subject.c.id)))
        return list(reader.events_of(subjects, limit=1_000))


class TestBackup:
    def test_restores_into_the_other_database(
        self, there: Workspace, other: Workspace, tmp_path: Path
    ) -> None:
        made = back_up(there, open_store(there), tmp_path / "backup", quiet)
        assert Backup.read(tmp_path / "backup") == made
        restore(tmp_path / "backup", other, open_store(other), quiet)
        assert rows(other) == rows(there)
        assert len(events(there)) == 350
        assert events(other) == events(there)
        assert other.id != there.id

    def test_goes_on_where_it_stopped(
        self, there: Workspace, other: Workspace, tmp_path: Path
    ) -> None:
        back_up(there, open_store(there), tmp_path / "backup", quiet)
        restore(tmp_path / "backup", other, open_store(other), quiet)
        with LogReader(other.database, open_store(other)) as reader:
            ids = IdSets(reader.ids_of)
            with appending(other.database, ids) as appender:
                verdicts = appender.append(numbered(range(290, 360)), "api")
        assert [v.verdict for v in verdicts] == ["duplicate"] * 60 + ["stored"] * 10

    def test_is_one_moment_although_events_arrive(self, there: Workspace, tmp_path: Path) -> None:
        stop = threading.Event()
        store = open_store(there)

        def keep_sending() -> None:
            number = 1_000
            with appending(there.database) as appender:
                while not stop.is_set():
                    appender.append(numbered(range(number, number + 20)), "api")
                    seal(there.database, store, there.clock)
                    number += 20

        sender = threading.Thread(target=keep_sending)
        sender.start()
        try:
            backups = [back_up(there, store, tmp_path / f"b{i}", quiet) for i in range(3)]
        finally:
            stop.set()
            sender.join()
        for i, made in enumerate(backups):
            with opened(tmp_path / f"restored{i}", None) as copy:
                restore(tmp_path / f"b{i}", copy, open_store(copy), quiet)
                with copy.database.reading() as look:
                    sealed = look.scalar(select(func.coalesce(func.sum(segment.c.rows), 0)))
                    waiting = look.scalar(select(func.count()).select_from(event))
                    assert sealed is not None
                    assert waiting is not None
                    assert int(sealed) + waiting == made.position
                    assert look.scalar(select(log_state.c.position)) == made.position

    def test_b_fence_nothing_leaves_a_restored_workspace(
        self, there: Workspace, other: Workspace, tmp_path: Path
    ) -> None:
        with there.database.transaction() as tx:
            Outbox(there.database, there.clock).intend(tx, "mail", "k", "ann@example.org")
        back_up(there, open_store(there), tmp_path / "backup", quiet)
        restore(tmp_path / "backup", other, open_store(other), quiet)
        waiting = Outbox(other.database, other.clock)
        assert waiting.claim("worker") == []
        with other.database.transaction() as tx:
            thaw(tx)
        assert [work.recipient for work in waiting.claim("worker")] == ["ann@example.org"]


class TestRefuse:
    def test_a_damaged_file_is_named_and_nothing_is_written(
        self, there: Workspace, other: Workspace, tmp_path: Path
    ) -> None:
        back_up(there, open_store(there), tmp_path / "backup", quiet)
        damaged = next((tmp_path / "backup" / "segments").glob("*.parquet"))
        copy = bytearray(damaged.read_bytes())
        copy[100] ^= 1
        damaged.unlink()  # it may be the log's own file under a second name
        damaged.write_bytes(copy)
        with pytest.raises(BackupDamaged, match=damaged.name):
            restore(tmp_path / "backup", other, open_store(other), quiet)
        assert rows(other)["event"] == rows(other)["segment"] == 0

    def test_a_workspace_with_events_is_left_alone(self, there: Workspace, tmp_path: Path) -> None:
        back_up(there, open_store(there), tmp_path / "backup", quiet)
        before = rows(there)
        with pytest.raises(WorkspaceNotEmpty, match="350 events"):
            restore(tmp_path / "backup", there, open_store(there), quiet)
        assert rows(there) == before

    def test_a_folder_that_is_there_is_not_written_over(
        self, there: Workspace, tmp_path: Path
    ) -> None:
        with pytest.raises(BackupImpossible, match="already"):
            back_up(there, open_store(there), tmp_path, quiet)

    @pytest.mark.parametrize("content", [None, b"{", b'{"format": "desireline.backup/9"}'])
    def test_what_is_no_backup(
        self, there: Workspace, tmp_path: Path, content: bytes | None
    ) -> None:
        folder = tmp_path / "other"
        folder.mkdir()
        if content is not None:
            (folder / "backup.json").write_bytes(content)
        with pytest.raises(BackupUnreadable) as caught:
            restore(folder, there, open_store(there), quiet)
        assert caught.value.hint
