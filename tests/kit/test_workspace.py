"""Opening a workspace: made whole, shared or held, and refused in a sentence."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from desireline.engine.errors import DesirelineError
from desireline.kit.clock import SetClock
from desireline.kit.database import Database
from desireline.kit.migrating import DatabaseNewer, is_current
from desireline.kit.workspace import (
    DatabaseUnreachable,
    FolderOccupied,
    FolderReadOnly,
    OwnerDiffers,
    Workspace,
    WorkspaceDamaged,
    WorkspaceHalf,
    WorkspaceInUse,
    WorkspaceMissing,
    WorkspaceNewer,
    open_workspace,
)
from desireline.settings import Settings, read_settings

ROOT = Path(__file__).parent.parent.parent
NOBODY = 65534
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can be another user")


def settings_of(folder: Path, url: str | None = None) -> Settings:
    return read_settings({}, data_dir=folder, database_url=url)


@pytest.fixture
def settings(tmp_path: Path, empty_url: str) -> Settings:
    """A folder that is not there yet; the database within it, or on PostgreSQL."""
    sqlite = empty_url.startswith("sqlite")
    return settings_of(tmp_path / "data", None if sqlite else empty_url)


@pytest.fixture
def sqlite(tmp_path: Path) -> Settings:
    """A workspace on SQLite, made and closed."""
    made = settings_of(tmp_path / "data")
    open_workspace(made, exclusive=True, create=True).close()
    return made


def state_of(folder: Path) -> dict[str, bytes]:
    """Every file and what is in it."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def refused(settings: Settings, kind: type[DesirelineError], words: str) -> DesirelineError:
    """The error with which opening is refused, and nothing written meanwhile."""
    before = state_of(settings.data_dir)
    with pytest.raises(kind, match=words) as caught:
        open_workspace(settings, exclusive=True, create=True)
    assert caught.value.hint
    assert str(settings.data_dir) in f"{caught.value} {caught.value.hint}"
    assert state_of(settings.data_dir) == before
    return caught.value


class TestMake:
    def test_gives_a_folder_and_tables(self, settings: Settings) -> None:
        clock = SetClock(1_700_000_000_000_000)
        with open_workspace(settings, exclusive=True, create=True, clock=clock) as workspace:
            assert workspace.clock is clock
            assert is_current(workspace.database)
            marker = json.loads((settings.data_dir / "workspace.json").read_text())
            assert marker == {"format": 1, "id": workspace.id, "complete": True}
            assert workspace.data_dir == settings.data_dir
            assert workspace.data_dir.stat().st_mode & 0o777 == 0o700

    def test_is_done_once(self, settings: Settings) -> None:
        with open_workspace(settings, exclusive=True, create=True) as first:
            ident = first.id
        with open_workspace(settings, exclusive=True, create=True) as second:
            assert second.id == ident

    def test_is_not_done_unless_asked(self, settings: Settings) -> None:
        with pytest.raises(WorkspaceMissing, match=str(settings.data_dir)) as caught:
            open_workspace(settings, exclusive=False, create=False)
        assert "DESIRELINE_DATA_DIR" in caught.value.hint
        assert not settings.data_dir.exists()

    def test_leaves_only_what_belongs_there(self, sqlite: Settings) -> None:
        assert {p.name for p in sqlite.data_dir.iterdir()} == {
            "desireline.db",
            "lock",
            "workspace.json",
        }

    def test_happens_in_a_mounted_folder(self, tmp_path: Path) -> None:
        (tmp_path / "lost+found").mkdir()
        (tmp_path / ".DS_Store").touch()
        open_workspace(settings_of(tmp_path), exclusive=True, create=True).close()

    def test_lets_nobody_else_read(self, tmp_path: Path) -> None:
        tmp_path.chmod(0o755)
        with open_workspace(settings_of(tmp_path), exclusive=True, create=True) as workspace:
            with workspace.database.transaction() as tx:
                tx.execute(text("UPDATE log_state SET one = one"))
            for name in ("desireline.db", "desireline.db-wal", "lock"):
                assert (tmp_path / name).stat().st_mode & 0o077 == 0, name

    def test_killed_anywhere_is_completed(self, tmp_path: Path) -> None:
        """B-MIG for the folder: killed at each write to the disk, the next start goes on."""
        command = [sys.executable, "-m", "tests.kit.killed_making", str(tmp_path)]
        done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        assert int(done.stdout) >= 8
        for last in range(int(done.stdout) + 1):
            told = settings_of(tmp_path / str(last))
            with open_workspace(told, exclusive=True, create=True) as workspace:
                assert is_current(workspace.database)
            open_workspace(told, exclusive=False, create=False).close()


class TestShare:
    def test_two_servers_on_sqlite_refuse(self, sqlite: Settings) -> None:
        with open_workspace(sqlite, exclusive=True, create=True):
            with pytest.raises(WorkspaceInUse) as caught:
                open_workspace(sqlite, exclusive=True, create=True)
            assert f"{sqlite.data_dir} is in use by process {os.getpid()}." in str(caught.value)
        open_workspace(sqlite, exclusive=True, create=True).close()

    def test_another_process_names_itself(self, sqlite: Settings) -> None:
        with served(sqlite) as server:
            with pytest.raises(WorkspaceInUse, match=f"by process {server.pid}"):
                open_workspace(sqlite, exclusive=True, create=True)
            server.kill()
            server.wait()
            open_workspace(sqlite, exclusive=True, create=True).close()

    def test_commands_that_read_share(self, sqlite: Settings) -> None:
        with (
            open_workspace(sqlite, exclusive=True, create=True) as server,
            open_workspace(sqlite, exclusive=False, create=False) as reader,
            open_workspace(sqlite, exclusive=False, create=False) as other,
        ):
            assert server.id == reader.id == other.id

    def test_several_servers_on_postgresql(self, postgres: object, tmp_path: Path) -> None:
        url = postgres.new_database()  # type: ignore[attr-defined]
        here, there = (settings_of(tmp_path / name, url) for name in ("here", "there"))
        with (
            open_workspace(here, exclusive=True, create=True) as one,
            open_workspace(here, exclusive=True, create=True) as two,
            open_workspace(there, exclusive=False, create=False) as elsewhere,
        ):
            assert one.id == two.id == elsewhere.id

    def test_many_make_the_same_one(self, settings: Settings) -> None:
        command = [sys.executable, "-m", "tests.kit.serving", str(settings.data_dir)]
        environ = {**os.environ, "DESIRELINE_DATABASE_URL": settings.database_url}
        many = [
            subprocess.Popen(
                [*command, "shared"], cwd=ROOT, env=environ, stdin=subprocess.PIPE, stdout=-1
            )
            for _ in range(3)
        ]
        said = [process.communicate(b"\n")[0] for process in many]
        assert [process.returncode for process in many] == [0, 0, 0]
        assert len(set(said)) == 1
        assert said[0]


class TestRefuse:
    def test_a_newer_format(self, sqlite: Settings) -> None:
        marker = sqlite.data_dir / "workspace.json"
        marker.write_text('{"format": 2, "ident": {"new": "shape"}}')
        error = refused(sqlite, WorkspaceNewer, "format 2, and this version knows formats up to 1")
        assert "Install that version" in error.hint

    def test_a_newer_database(self, sqlite: Settings) -> None:
        db = Database(sqlite.database_url)
        with db.transaction() as tx:
            tx.execute(text("UPDATE desireline_version SET version_num = '29991231_2359'"))
        db.close()
        with pytest.raises(DatabaseNewer, match="29991231_2359"):
            open_workspace(sqlite, exclusive=True, create=True)
        open_after = json.loads((sqlite.data_dir / "workspace.json").read_text())
        assert open_after["complete"]

    def test_a_damaged_marker(self, sqlite: Settings) -> None:
        (sqlite.data_dir / "workspace.json").write_text('{"format": 1, "id')
        refused(sqlite, WorkspaceDamaged, "workspace.json is no description")

    def test_a_database_without_its_marker(self, sqlite: Settings) -> None:
        (sqlite.data_dir / "workspace.json").unlink()
        refused(sqlite, WorkspaceHalf, "desireline.db is there, and workspace.json is not")

    def test_a_marker_without_its_database(self, sqlite: Settings) -> None:
        (sqlite.data_dir / "desireline.db").unlink()
        refused(sqlite, WorkspaceHalf, "workspace.json is there, and the database")

    @pytest.mark.parametrize("kept", [1, 99, 4096, 20_000])
    def test_half_a_database(self, sqlite: Settings, kept: int) -> None:
        os.truncate(sqlite.data_dir / "desireline.db", kept)
        refused(sqlite, WorkspaceDamaged, "cut off" if kept >= 100 else "no SQLite database")

    def test_a_database_that_is_none(self, sqlite: Settings) -> None:
        (sqlite.data_dir / "desireline.db").write_text("Dear diary, " * 1000)
        refused(sqlite, WorkspaceDamaged, "no SQLite database")

    def test_a_database_scribbled_over(self, sqlite: Settings) -> None:
        file = sqlite.data_dir / "desireline.db"
        content = file.read_bytes()
        file.write_bytes(content[:100] + os.urandom(len(content) - 100))
        with pytest.raises(WorkspaceDamaged, match="cannot be read"):
            open_workspace(sqlite, exclusive=True, create=True)

    def test_the_database_of_another_workspace(self, sqlite: Settings, tmp_path: Path) -> None:
        other = settings_of(tmp_path / "other")
        open_workspace(other, exclusive=True, create=True).close()
        shutil.copy(other.data_dir / "desireline.db", sqlite.data_dir / "desireline.db")
        with pytest.raises(WorkspaceHalf, match="its database belongs to the workspace"):
            open_workspace(sqlite, exclusive=True, create=True)

    def test_an_empty_database_where_a_full_one_was(self, postgres: object, tmp_path: Path) -> None:
        urls = [postgres.new_database() for _ in range(2)]  # type: ignore[attr-defined]
        open_workspace(settings_of(tmp_path, urls[0]), exclusive=True, create=True).close()
        with pytest.raises(WorkspaceHalf, match="its database has no tables"):
            open_workspace(settings_of(tmp_path, urls[1]), exclusive=True, create=True)

    def test_a_database_that_does_not_run(self, tmp_path: Path) -> None:
        url = f"postgresql://ann:s3cr3t@/x?host={tmp_path}"
        with pytest.raises(DatabaseUnreachable, match="postgresql://ann:") as caught:
            open_workspace(settings_of(tmp_path / "data", url), exclusive=True, create=True)
        assert "s3cr3t" not in str(caught.value)

    def test_a_file_in_the_way(self, tmp_path: Path) -> None:
        (tmp_path / "data").write_text("mine")
        for folder in (tmp_path / "data", tmp_path / "data" / "below"):
            with pytest.raises(FolderOccupied, match=f"{tmp_path}/data is a file") as caught:
                open_workspace(settings_of(folder), exclusive=True, create=True)
            assert "DESIRELINE_DATA_DIR" in caught.value.hint
        assert (tmp_path / "data").read_text() == "mine"

    def test_a_link_that_leads_nowhere(self, tmp_path: Path) -> None:
        (tmp_path / "data").symlink_to(tmp_path / "gone")
        refused(settings_of(tmp_path / "data"), FolderOccupied, "a link that leads nowhere")

    def test_a_folder_that_cannot_be_made(self, tmp_path: Path) -> None:
        with pytest.raises(FolderReadOnly, match="cannot be made: File name too long"):
            open_workspace(settings_of(tmp_path / ("x" * 300)), exclusive=True, create=True)

    def test_a_folder_of_something_else(self, tmp_path: Path) -> None:
        (tmp_path / "thesis.tex").touch()
        refused(settings_of(tmp_path), FolderOccupied, "not empty: it holds thesis.tex")

    @as_root
    def test_the_workspace_of_another_user(self, sqlite: Settings) -> None:
        os.chown(sqlite.data_dir / "workspace.json", NOBODY, -1)
        error = refused(sqlite, OwnerDiffers, "is nobody's, and this process runs as root")
        assert "sudo -u nobody" in error.hint

    @as_root
    def test_a_folder_without_the_right_to_write(self) -> None:
        folder = Path(tempfile.mkdtemp(prefix="dl-ws-"))
        folder.chmod(0o755)
        os.seteuid(NOBODY)
        try:
            for place in (folder, folder / "below"):
                with pytest.raises(FolderReadOnly, match="nobody may not write to the folder"):
                    open_workspace(settings_of(place), exclusive=True, create=True)
        finally:
            os.seteuid(0)
            shutil.rmtree(folder)

    @as_root
    def test_a_disk_that_is_read_only(self, sqlite: Settings) -> None:
        with read_only(sqlite.data_dir):
            refused(sqlite, FolderReadOnly, "mounted read-only")

    def test_what_another_room_finds_wrong(self, sqlite: Settings) -> None:
        def segments_are_there(workspace: Workspace) -> None:
            raise WorkspaceHalf(f"{workspace.data_dir} lacks its segments.", hint="Copy them.")

        with pytest.raises(WorkspaceHalf, match="lacks its segments"):
            open_workspace(sqlite, exclusive=True, create=True, checks=[segments_are_there])
        open_workspace(sqlite, exclusive=True, create=True).close()  # the lock is free again


class TestAdopt:
    def test_makes_rows_from_elsewhere_this_workspaces(self, settings: Settings) -> None:
        with open_workspace(settings, exclusive=True, create=True) as workspace:
            ident = workspace.id
            with workspace.database.transaction() as tx:
                tx.execute(text("UPDATE workspace_state SET id = 'from elsewhere'"))
                workspace.adopt(tx)
        with open_workspace(settings, exclusive=True, create=False) as again:
            assert again.id == ident


@contextmanager
def served(settings: Settings) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the workspace until it is told to stop."""
    command = [sys.executable, "-m", "tests.kit.serving", str(settings.data_dir), "held"]
    with subprocess.Popen(command, cwd=ROOT, stdin=-1, stdout=-1, text=True) as process:
        assert process.stdout
        assert process.stdout.readline()
        yield process
        process.kill()


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """The folder mounted over itself so that nobody can write."""
    for words in (["--bind", str(folder), str(folder)], ["-o", "remount,ro,bind", str(folder)]):
        done = subprocess.run(["mount", *words], check=False, capture_output=True, text=True)
        if done.returncode:
            pytest.skip(f"this machine lets nobody mount: {done.stderr.strip()}")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)
