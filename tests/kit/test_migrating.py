"""Migrations: they give exactly the tables declared, whole or not at all."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from threading import Barrier, Thread

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from scripts.new_migration import import_tables
from sqlalchemy import (
    Connection,
    MetaData,
    Table,
    column,
    delete,
    func,
    insert,
    inspect,
    select,
    table,
    text,
)

from desireline.kit.database import Database, RowsOrphaned, metadata
from desireline.kit.migrating import (
    SCRIPTS,
    VERSION_TABLE,
    DatabaseForeign,
    DatabaseNewer,
    is_current,
    newest,
    upgrade,
)
from desireline.modules.collect.failed_forms import form_of

HERE = Path(__file__).parent
TWO = HERE / "two_scripts"

NAMED = ("id", "kind", "value")
LINKED = ("a", "b", "at")


def scripts_up_to(revision: str, folder: Path) -> Path:
    """The scripts as an earlier version had them."""
    later = [p.name for p in (SCRIPTS / "versions").glob("*.py") if p.name[:13] > revision]
    return shutil.copytree(SCRIPTS, folder / "scripts", ignore=shutil.ignore_patterns(*later))


def rows(connection: Connection, name: str) -> list[dict[str, object]]:
    found = Table(name, MetaData(), autoload_with=connection)
    return [dict(row) for row in connection.execute(select(found)).mappings()]


class TestUpgrade:
    def test_gives_exactly_the_tables_declared(self, db: Database) -> None:
        import_tables()
        options = {
            "version_table": VERSION_TABLE,
            "compare_type": True,
            "compare_server_default": not db.is_sqlite,  # it takes '' there for another ''
        }
        with db.reading() as look:
            context = MigrationContext.configure(look, opts=options)
            assert compare_metadata(context, metadata) == []

    def test_makes_the_rows_that_tables_begin_with(self, db: Database) -> None:
        with db.reading() as look:
            assert rows(look, "log_state") == [
                {"one": 1, "position": 0, "catalogue": 0, "erasures": 0, "links": 0}
                | {"received": 0, "stored": 0, "duplicate": 0, "failed": 0}
            ]
            assert rows(look, "workspace_state") == [
                {"one": 1, "id": "", "frozen_at": None, "frozen_why": ""}
            ]

    def test_says_whether_it_did_anything(self, empty_url: str) -> None:
        db = Database(empty_url)
        assert not is_current(db)
        assert upgrade(db)
        assert is_current(db)
        assert not upgrade(db)
        db.close()

    def test_rebuilds_a_table_without_losing_what_refers_to_it(self, empty_url: str) -> None:
        db = Database(empty_url)
        upgrade(db, TWO)
        with db.reading() as look:
            assert rows(look, "shelf") == [{"id": 1, "name": "poems"}]
            assert look.scalar(select(func.count()).select_from(table("book"))) == 1000
        db.close()

    def test_keeps_subjects_and_never_gives_a_number_twice(
        self, empty_url: str, tmp_path: Path
    ) -> None:
        db = Database(empty_url)
        upgrade(db, scripts_up_to("20261122_0102", tmp_path))
        subject, link = (
            table("subject", *map(column, NAMED)),
            table("identity_link", *map(column, LINKED)),
        )
        with db.transaction() as tx:
            tx.execute(insert(subject), [{"kind": "email", "value": v} for v in "abc"])
            tx.execute(insert(link).values(a=1, b=3, at=0))
        assert upgrade(db)
        with db.transaction() as tx:
            assert [row["value"] for row in rows(tx, "subject")] == ["a", "b", "c"]
            assert len(rows(tx, "identity_link")) == 1
            tx.execute(delete(subject).where(subject.c.id == 3))
            assert rows(tx, "identity_link") == []
            tx.execute(insert(subject).values(kind="email", value="d"))
            assert {row["value"]: row["id"] for row in rows(tx, "subject")} == {
                "a": 1,
                "b": 2,
                "d": 4,
            }
        db.close()

    def test_keeps_how_failed_events_are_read(self, empty_url: str, tmp_path: Path) -> None:
        db = Database(empty_url)
        upgrade(db, scripts_up_to("20261122_0752", tmp_path))
        failed = table("failed_event", *map(column, ("received_at", "source", "body")))
        form = table("failed_form", *map(column, ("failed_id", "protocol", "form", "skew")))
        with db.transaction() as tx:
            tx.execute(insert(failed), [{"received_at": 1, "source": "s", "body": b"x"}] * 3)
            told = [(1, "segment", "track", -5), (3, "own", "", 70)]
            names = ("failed_id", "protocol", "form", "skew")
            tx.execute(insert(form), [dict(zip(names, one, strict=True)) for one in told])
        assert upgrade(db)
        with db.reading() as look:
            kept = [
                form for _, form in sorted((r["id"], r["form"]) for r in rows(look, "failed_event"))
            ]
        assert kept == ["segment/track/-5", "", "own//70"]
        assert [form_of(one) and form_of(one)[1:] for one in kept] == [  # type: ignore[index]
            ("track", -5), None, ("", 70),
        ]  # fmt: skip
        db.close()

    def test_is_done_once_by_many_who_start_at_once(self, empty_url: str) -> None:
        databases = [Database(empty_url) for _ in range(4)]
        together = Barrier(4)
        done: list[bool] = []

        def start(db: Database) -> None:
            together.wait()
            done.append(upgrade(db))

        threads = [Thread(target=start, args=(db,)) for db in databases]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(done) == 4
        with databases[0].reading() as look:
            assert len(rows(look, "log_state")) == 1
        for db in databases:
            db.close()


class TestScripts:
    def test_are_one_line_named_by_time(self) -> None:
        scripts = ScriptDirectory(str(SCRIPTS))
        assert len(scripts.get_heads()) == 1
        line = [script.revision for script in scripts.walk_revisions()]
        assert line == sorted(line, reverse=True)
        for script in scripts.walk_revisions():
            assert Path(script.path).name.startswith(f"{script.revision}_")


class TestRefuse:
    def test_a_later_version(self, empty_url: str) -> None:
        db = Database(empty_url)
        upgrade(db)
        with db.transaction() as tx:
            at = table(VERSION_TABLE, column("version_num"))
            tx.execute(at.update().values(version_num="29991231_2359"))
        for ask in (upgrade, is_current):
            with pytest.raises(DatabaseNewer, match="stands at 29991231_2359") as caught:
                ask(db)
            assert str(newest()) in str(caught.value)
            assert "restore a backup" in caught.value.hint
        db.close()

    def test_a_database_of_somebody_else(self, empty_url: str) -> None:
        db = Database(empty_url)
        with db.transaction() as tx:
            tx.execute(text("CREATE TABLE wp_users (id INTEGER)"))
        with pytest.raises(DatabaseForeign, match="wp_users"):
            upgrade(db)
        with db.reading() as look:
            assert inspect(look).get_table_names() == ["wp_users"]
        db.close()

    def test_to_leave_rows_that_refer_to_nothing(self, tmp_path: Path) -> None:
        db = Database(f"sqlite:///{tmp_path}/desireline.db")
        upgrade(db, TWO)
        with pytest.raises(RowsOrphaned, match="table book"), db.changing_schema() as tx:
            tx.execute(text("DELETE FROM shelf"))
        with db.transaction() as tx:  # as it was, and foreign keys are watched again
            assert rows(tx, "shelf")
            tx.execute(text("DELETE FROM shelf"))
            assert rows(tx, "book") == []
        db.close()


class TestBMig:
    """B-MIG: killed half-way, a migration leaves what was before, and the next start completes."""

    def test_the_first_script(self, many_urls: list[str]) -> None:
        for url, killed in self._killed(many_urls, SCRIPTS, step=40):
            db = Database(url)
            with db.reading() as look:
                assert inspect(look).get_table_names() == [] or not killed
            assert upgrade(db) == killed
            with db.reading() as look:
                assert len(rows(look, "log_state")) == 1
                assert set(metadata.tables) <= set(inspect(look).get_table_names())
            db.close()

    def test_a_script_that_rebuilds_a_table(self, many_urls: list[str]) -> None:
        for url, killed in self._killed(many_urls, TWO, step=4):
            db = Database(url)
            assert upgrade(db, TWO) == killed
            with db.reading() as look:
                assert rows(look, "shelf") == [{"id": 1, "name": "poems"}]
                assert len(rows(look, "book")) == 1000
            db.close()

    def _killed(self, urls: list[str], scripts: Path, step: int) -> list[tuple[str, bool]]:
        pairs = [word for n, url in enumerate(urls) for word in (str(n * step), url)]
        command = [sys.executable, "-m", "tests.kit.killed_at", str(scripts), *pairs]
        root = HERE.parent.parent
        done = subprocess.run(command, cwd=root, check=False, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        killed = [line == "1" for line in done.stdout.split()]
        assert killed[0], "the first statement was reached"
        assert not killed[-1], "the last one is behind the end, so every place was tried"
        return list(zip(urls, killed, strict=True))
