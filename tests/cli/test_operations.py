"""The operator's commands, as an operator meets them: doctor, backup, restore, outgoing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlalchemy import update
from tests.cli.conftest import Desireline
from tests.databases import new_workspace
from tests.log.factories import appending, numbered

from desireline.kit.workspace import Workspace
from desireline.log.opening import open_store
from desireline.log.segments.sealing import seal
from desireline.log.tables import event, log_state
from desireline.settings import read_settings


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a workspace with a segment and a tail."""
    with opened(tmp_path / "data") as workspace, appending(workspace.database) as appender:
        appender.append(numbered(range(40)), "api")
        seal(workspace.database, open_store(workspace), workspace.clock)
        appender.append(numbered(range(40, 50)), "api")
        with workspace.database.transaction() as tx:
            tx.execute(update(event).values(received_at=workspace.clock.now()))
    return tmp_path / "data"


def opened(folder: Path) -> Workspace:
    settings = read_settings({"DESIRELINE_DATA_DIR": str(folder)})
    return new_workspace(settings)


class TestDoctor:
    def test_says_what_is_there(self, desireline: Desireline, folder: Path) -> None:
        answer = desireline("doctor", "--data", folder)
        assert answer.code == 0, answer.out
        for said in (
            "ok   Database: SQLite 3.5",
            "ok   Segments: 1 with 40 events",
            "ok   Events: 50 received, 50 stored, 0 duplicate, 0 failed",
            "ok   Worker: 10 events wait",
            "ok   Outgoing: may leave",
        ):
            assert said in answer.out

    def test_names_a_segment_that_is_missing(self, desireline: Desireline, folder: Path) -> None:
        (lost,) = (folder / "segments").glob("*.parquet")
        lost.unlink()
        answer = desireline("doctor", "--data", folder)
        assert answer.code == 1
        assert f"1 missing, the first {lost.name}" in answer.out

    def test_finds_a_worker_that_is_gone_a_wrong_clock_and_wrong_sums(
        self, desireline: Desireline, folder: Path
    ) -> None:
        day = 86_400 * 1_000_000
        with opened(folder) as workspace, workspace.database.transaction() as tx:
            now = workspace.clock.now()
            tx.execute(update(event).where(event.c.position == 41).values(received_at=now - day))
            tx.execute(update(event).where(event.c.position == 42).values(received_at=now + day))
            tx.execute(update(log_state).values(stored=7))
        answer = desireline("doctor", "--data", folder)
        assert answer.code == 1
        bad = [line.split(":")[0] for line in answer.out.splitlines() if line.startswith("BAD")]
        assert bad == ["BAD  Events", "BAD  Worker", "BAD  Clock"]

    def test_says_why_a_folder_is_no_workspace(self, desireline: Desireline, folder: Path) -> None:
        (folder / "workspace.json").unlink()
        answer = desireline("doctor", "--data", folder)
        assert answer.code == 1
        assert "BAD  Workspace" in answer.out


class TestVerify:
    def test_all_is_well(self, desireline: Desireline, folder: Path) -> None:
        answer = desireline("verify", "--data", folder)
        assert answer.out.startswith(
            "All well: 50 events, 40 of them in 1 segments, each with its hash.\n"
            "The audit log is whole. Its head, to be kept elsewhere: 0:"
        )

    def test_a_changed_byte_is_found(self, desireline: Desireline, folder: Path) -> None:
        (segment,) = (folder / "segments").glob("*.parquet")
        content = bytearray(segment.read_bytes())
        content[200] ^= 1
        segment.write_bytes(content)
        answer = desireline("verify", "--data", folder)
        assert answer.code == 1
        assert answer.out.startswith("BAD")
        assert segment.name in answer.out


class TestBackup:
    def test_there_and_back(self, desireline: Desireline, folder: Path, tmp_path: Path) -> None:
        taken = desireline("backup", tmp_path / "copy", "--data", folder)
        assert taken.code == 0, taken.err
        assert "holds 50 events" in taken.out
        shutil.rmtree(folder)
        back = desireline("restore", tmp_path / "copy", "--data", folder)
        assert back.code == 0, back.err
        assert "holds 50 events again" in back.out
        assert "Erased again, as after the backup: 0 identifiers, 0 events." in back.out
        assert "frozen: restored from a backup" in desireline("doctor", "--data", folder).out
        assert desireline("outgoing", "thaw", "--data", folder).code == 0
        assert desireline("outgoing", "status", "--data", folder).out == "Messages may leave.\n"

    def test_a_backup_alone_is_restored_only_where_somebody_says_so(
        self, desireline: Desireline, folder: Path, tmp_path: Path
    ) -> None:
        desireline("backup", tmp_path / "copy", "--data", folder)
        assert "ok   Erasures: 0, known" in desireline("doctor", "--data", folder).out
        (book,) = tmp_path.glob("erasures-*.json")
        book.rename(tmp_path / "elsewhere.json")
        alone = desireline("restore", tmp_path / "copy", "--data", tmp_path / "new")
        assert alone.code == 2
        assert f"{book.name} does not lie beside" in alone.err
        assert not (tmp_path / "new").exists()
        for n, words in enumerate(
            [("--erasures", tmp_path / "elsewhere.json"), ("--without-erasures",)]
        ):
            new = tmp_path / f"new{n}"
            assert desireline("restore", tmp_path / "copy", "--data", new, *words).code == 0

    def test_what_is_no_backup_makes_no_workspace(
        self, desireline: Desireline, tmp_path: Path
    ) -> None:
        answer = desireline("restore", tmp_path, "--data", tmp_path / "new")
        assert answer.code == 2
        assert "has no backup.json" in answer.err
        assert not (tmp_path / "new").exists()

    def test_a_workspace_that_is_not_there(self, desireline: Desireline, tmp_path: Path) -> None:
        answer = desireline("backup", tmp_path / "copy", "--data", tmp_path / "none")
        assert answer.code == 2
        assert "There is no workspace" in answer.err
        assert not (tmp_path / "none").exists()


class TestServe:
    def test_a_folder_copied_in_part_is_refused(self, desireline: Desireline, folder: Path) -> None:
        (lost,) = (folder / "segments").glob("*.parquet")
        lost.unlink()
        answer = desireline("serve", "--data", folder, "--port", "0")
        assert answer.code == 2
        assert f"1 of 1 segments of the log are not in file://{folder}/segments" in answer.err
        assert lost.name in answer.err
