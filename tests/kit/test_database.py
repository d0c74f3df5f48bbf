"""The database: transactions are whole, durable and fair; looks are of one moment."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, insert, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from desireline.kit import database as room
from desireline.kit.database import (
    Database,
    DatabaseUnknown,
    SqliteTooOld,
    sqlite_file,
    without_password,
)
from desireline.kit.fair_lock import FairLock

ROOT = Path(__file__).parent.parent.parent
counter = Table("counter", MetaData(), Column("n", Integer, nullable=False))


@pytest.fixture
def counting(db: Database) -> Database:
    counter.create(db.engine)
    with db.transaction() as tx:
        tx.execute(insert(counter).values(n=0))
    return db


def count(db: Database) -> int:
    with db.reading() as look:
        return int(look.scalar(select(counter.c.n)) or 0)


def count_up(db: Database, times: int) -> None:
    """Reads, then writes what it read and one more: what a lost update would show."""
    for _ in range(times):
        with db.transaction() as tx:
            n = tx.scalar(select(counter.c.n).with_for_update())
            tx.execute(update(counter).values(n=n + 1))


class TestTransaction:
    def test_is_kept_at_its_end(self, counting: Database, database_url: str) -> None:
        count_up(counting, 3)
        another = Database(database_url)
        assert count(another) == 3
        another.close()

    def test_is_undone_by_an_error(self, counting: Database) -> None:
        def fail() -> None:
            with counting.transaction() as tx:
                tx.execute(update(counter).values(n=7))
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            fail()
        assert count(counting) == 0
        count_up(counting, 1)
        assert count(counting) == 1

    def test_the_next_is_well_after_one_that_cannot_commit(self, db: Database) -> None:
        with db.changing_schema() as tx:
            tx.execute(text("CREATE TABLE a (id INTEGER PRIMARY KEY)"))
            tx.execute(
                text("CREATE TABLE b (a INTEGER REFERENCES a (id) DEFERRABLE INITIALLY DEFERRED)")
            )

        def orphan() -> None:
            with db.transaction() as tx:
                tx.execute(text("INSERT INTO b VALUES (1)"))

        for _ in range(3):
            with pytest.raises(IntegrityError):
                orphan()
        with db.transaction() as tx:
            tx.execute(text("INSERT INTO a VALUES (1)"))
            tx.execute(text("INSERT INTO b VALUES (1)"))

    def test_threads_lose_no_update(self, counting: Database) -> None:
        threads = [Thread(target=count_up, args=(counting, 10)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert count(counting) == 40

    def test_processes_lose_no_update(self, counting: Database, database_url: str) -> None:
        command = [sys.executable, "-m", "tests.kit.counting_up", database_url]
        many = [subprocess.Popen(command, cwd=ROOT, stderr=-1) for _ in range(2)]
        count_up(counting, 20)
        for process in many:
            assert process.wait() == 0, process.communicate()[1].decode()
            process.communicate()
        assert count(counting) == 60

    def test_on_sqlite_is_on_disk_when_it_ends(self, tmp_path: Path) -> None:
        db = Database(f"sqlite:///{tmp_path}/desireline.db")
        for opened in (db.transaction, db.reading, db.changing_schema):
            with opened() as connection:
                said = {
                    name: connection.scalar(text(f"PRAGMA {name}"))
                    for name in ("journal_mode", "synchronous", "secure_delete")
                }
            assert said == {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1}
        db.close()


class TestReading:
    def test_sees_one_moment(self, counting: Database) -> None:
        with counting.reading() as look:
            assert look.scalar(select(counter.c.n)) == 0
            count_up(counting, 1)
            assert look.scalar(select(counter.c.n)) == 0
        assert count(counting) == 1

    def test_does_not_wait_for_who_writes(self, counting: Database) -> None:
        with counting.transaction() as tx:
            tx.execute(update(counter).values(n=5))
            assert count(counting) == 0
        assert count(counting) == 5

    def test_changes_nothing(self, counting: Database) -> None:
        def write() -> None:
            with counting.reading() as look:
                look.execute(update(counter).values(n=5))

        if counting.is_sqlite:
            write()
        else:
            with pytest.raises(DBAPIError):
                write()
        assert count(counting) == 0


class TestFairLock:
    def test_serves_in_the_order_of_coming(self) -> None:
        lock, order = FairLock(), []

        def come(number: int) -> None:
            with lock:
                order.append(number)

        with lock:
            threads = []
            for number in range(20):
                threads.append(Thread(target=come, args=(number,)))
                threads[-1].start()
                while len(lock._waiting) <= number:
                    time.sleep(0.001)
        for thread in threads:
            thread.join()
        assert order == list(range(20))

    def test_a_busy_writer_starves_nobody(self) -> None:
        lock, over, turns = FairLock(), Event(), {"busy": 0, "other": 0}

        def work(name: str) -> None:
            while not over.is_set():
                with lock:
                    turns[name] += 1
                    time.sleep(0.0005)

        threads = [Thread(target=work, args=(name,)) for name in turns]
        for thread in threads:
            thread.start()
        while sum(turns.values()) < 100:
            time.sleep(0.005)
        over.set()
        for thread in threads:
            thread.join()
        assert min(turns.values()) > 20

    def test_is_free_again_after_an_error(self) -> None:
        lock = FairLock()
        with pytest.raises(ZeroDivisionError), lock:
            _ = 1 / 0
        with lock:
            pass


class TestUrl:
    @pytest.mark.parametrize(
        "url", ["", "shop.db", "mysql://ann:s3cr3t@db/x", "sqlite://", "sqlite:///", "postgresql"]
    )
    def test_refuses_what_it_does_not_know(self, url: str) -> None:
        with pytest.raises(DatabaseUnknown) as caught:
            Database(url)
        assert "s3cr3t" not in str(caught.value)
        assert "sqlite:////" in caught.value.hint

    def test_names_the_file(self) -> None:
        assert sqlite_file("sqlite:////data/a b.db") == Path("/data/a b.db")
        assert sqlite_file("postgresql://ann@db/x") is None

    def test_hides_the_password(self) -> None:
        assert without_password("postgresql://ann:s3cr3t@db/x") == "postgresql://ann:***@db/x"

    def test_refuses_an_old_sqlite(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(room, "LEAST_SQLITE", (99, 0, 0))
        with pytest.raises(SqliteTooOld, match=r"older than 99\.0\.0"):
            Database(f"sqlite:///{tmp_path}/desireline.db")
        assert list(tmp_path.iterdir()) == []
