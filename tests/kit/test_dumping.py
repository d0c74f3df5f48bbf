"""What a table holds survives a dump, also from one database into the other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import insert, select
from tests.databases import PostgresServer

from desireline.kit.database import Database, metadata
from desireline.kit.dumping import DumpUnreadable, dump_table, load_table
from desireline.log.tables import failed_event, log_state, subject

BODIES = [b"", b"\x00\xff{", '{"Größe": "7"}'.encode()]


@pytest.fixture
def db(empty_url: str) -> Iterator[Database]:
    with closing(Database(empty_url)) as db:
        fill(db)
        yield db


@pytest.fixture
def other(db: Database, tmp_path: Path, postgres: PostgresServer) -> Iterator[Database]:
    url = postgres.new_database() if db.is_sqlite else f"sqlite:///{tmp_path}/other.db"
    with closing(Database(url)) as other:
        metadata.create_all(other.engine)
        yield other


def fill(db: Database) -> None:
    metadata.create_all(db.engine)
    with db.transaction() as tx:
        tx.execute(
            insert(failed_event),
            [
                {"received_at": -5 + i, "body": b, "code": "c", "reason": "ż\n'", "source": ""}
                for i, b in enumerate(BODIES)
            ],
        )
        tx.execute(insert(subject), [{"kind": "user_id", "value": f"u{i}"} for i in range(12_000)])


class TestDump:
    def test_every_row_survives_the_way_into_the_other_database(
        self, db: Database, other: Database, tmp_path: Path
    ) -> None:
        for table, count in ((failed_event, 3), (subject, 12_000), (log_state, 0)):
            path = tmp_path / table.name
            with db.reading() as reading:
                assert dump_table(reading, table, path) == count
                there = reading.execute(select(table).order_by(*table.primary_key)).all()
            with other.transaction() as tx:
                assert load_table(tx, table, path) == count
            with other.reading() as reading:
                assert reading.execute(select(table).order_by(*table.primary_key)).all() == there
        with other.transaction() as tx:
            made = insert(subject).values(kind="email", value="a@b").returning(subject.c.id)
            assert tx.execute(made).scalar() == 12_001

    def test_a_torn_dump_changes_nothing(self, db: Database, tmp_path: Path) -> None:
        path = tmp_path / "dump"
        with db.reading() as reading:
            dump_table(reading, subject, path)
        path.write_bytes(path.read_bytes()[:-500])
        with pytest.raises(DumpUnreadable, match="dump, after row"), db.transaction() as tx:
            load_table(tx, subject, path)
        with db.reading() as reading:
            assert len(reading.execute(select(subject)).all()) == 12_000

    def test_a_dump_of_another_table_is_refused(self, db: Database, tmp_path: Path) -> None:
        path = tmp_path / "dump"
        with db.reading() as reading:
            dump_table(reading, subject, path)
        with pytest.raises(DumpUnreadable, match="not failed_event"), db.transaction() as tx:
            load_table(tx, failed_event, path)
