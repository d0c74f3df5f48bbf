"""Poison, full disks, databases that go away: answers stay true, and it goes on by itself."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Event as Signal
from threading import Thread
from time import sleep

import msgspec
import psycopg
import pytest
from sqlalchemy import exc, insert, select
from tests.databases import PostgresServer, postgres_server, ready
from tests.log.factories import (
    appending,
    assert_consistent,
    counts,
    drafts,
    numbered,
    sent,
    tail,
    told,
)

from desireline.kit.database import Database
from desireline.log.appending.appender import Appender
from desireline.log.drafting import COLUMNS, Draft
from desireline.log.envelope import Failed
from desireline.log.failed import list_failed
from desireline.log.refusals import DiskFull, LogUnavailable, trouble_of
from desireline.log.rejecting import Reject
from desireline.log.tables import log_state, subject


def spoiled(column: str, value: object) -> Draft:
    """A draft that no decoder makes: the database refuses it."""
    (good,) = drafts(sent(id=f"bad {column}"))
    assert isinstance(good, Draft)
    columns = list(good.columns)
    columns[COLUMNS.index(column)] = value  # type: ignore[call-overload]
    return msgspec.structs.replace(good, columns=tuple(columns))


def nameless() -> Draft:
    (good,) = drafts(sent(id="bad name"))
    assert isinstance(good, Draft)
    return msgspec.structs.replace(good, names=(("user_id", "\ud800"),))


POISON = {
    "a time beyond 64 bits": spoiled("at", 2**70),
    "half a character": spoiled("type", "a\ud800"),
    "half a character in a name": nameless(),
    "too few columns": msgspec.structs.replace(spoiled("at", 0), columns=(1, 2)),
}


class TestPoison:
    """R-POISON: one event that breaks a stage, among many good ones."""

    @pytest.mark.parametrize("name", POISON)
    def test_fails_alone(self, log: Database, name: str) -> None:
        bad = POISON[name]
        items = [*numbered(range(300)), bad, *numbered(range(300, 500)), *numbered(range(10))]
        with appending(log) as appender:
            verdicts = appender.append(items, "api", "segment/track/0")
        assert told(verdicts) == [
            *["stored"] * 300, "failed", *["stored"] * 200, *["duplicate"] * 10,
        ]  # fmt: skip
        with log.reading() as look:
            (failed,) = list_failed(look)
            names = {row.value for row in look.execute(select(subject))}
        assert failed.code == "refused_by_database"
        assert failed.reason.startswith("The database refuses the event: ")
        assert failed.body == bytes(bad.body)
        assert failed.form == "segment/track/0"
        assert names == {"ann"}
        assert_consistent(log)

    def test_does_not_hurt_ten_thousand_from_many_callers(self, log: Database) -> None:
        calls = [numbered(range(n * 100, n * 100 + 100)) for n in range(100)]
        for n, bad in enumerate(POISON.values()):
            calls[n * 13].insert(n * 7, bad)
        with appending(log) as appender, ThreadPoolExecutor(16) as pool:
            verdicts = list(pool.map(lambda call: told(appender.append(call, "api")), calls))
        for n, call in enumerate(calls):
            expected = ["failed" if one in POISON.values() else "stored" for one in call]
            assert verdicts[n] == expected
        assert counts(log) == {
            "received": 10_000 + len(POISON), "stored": 10_000, "duplicate": 0,
            "failed": len(POISON),
        }  # fmt: skip
        assert_consistent(log)

    def test_may_be_in_the_reason_itself(self, log: Database) -> None:
        bad = Reject("any", "It holds \0 and \ud800.", "", b"\0\xff")
        with appending(log) as appender:
            (verdict,) = appender.append([bad], "a\0b\ud800")
        assert isinstance(verdict, Failed)
        with log.reading() as look:
            (failed,) = list_failed(look)
        assert failed.reason == "It holds \ufffd and ?."
        assert failed.body == b"\0\xff"

    def test_of_the_door_itself_fails_too(self, log: Database) -> None:
        with appending(log) as appender:
            assert told(appender.append(numbered([1]), "a\ud800")) == ["failed"]


class TestFullDisk:
    def test_is_told_to_all_and_ends_by_itself(self, tmp_path: object) -> None:
        db = ready(f"sqlite:///{tmp_path}/log.db")
        with appending(db) as appender:
            appender.append(numbered(range(10)), "api")
            limit(db, 400)
            big = numbered(range(10, 3000), properties={"p": "x" * 1000})
            with log_held(db):
                first = appender.submit(lambda: numbered([0]), "api")
                while appender.waiting:  # until the committer holds it, and waits itself
                    sleep(0.001)
                futures = [
                    appender.submit(partial(list, some), "api") for some in (numbered([5]), big)
                ]
            assert told(first.result()) == ["duplicate"]
            for future in futures:
                with pytest.raises(DiskFull) as full:
                    future.result()
                assert full.value.status == 507
                assert full.value.hint
            assert len(tail(db)) == 10
            assert told(appender.append(numbered([5, 11]), "api")) == ["duplicate", "stored"]
            limit(db, 1_000_000)
            assert told(appender.append(big, "api")).count("stored") == len(big) - 1
        assert_consistent(db)
        db.close()

    def test_does_not_stop_a_small_batch(self, tmp_path: object) -> None:
        """Filled to the last page, event by event: each is stored, or its caller is told."""
        db = ready(f"sqlite:///{tmp_path}/log.db")
        stored = []
        with appending(db) as appender:
            limit(db, 120)
            for n in range(300):
                try:
                    big = numbered([n], properties={"p": "x" * 2000})
                    assert told(appender.append(big, "api")) == ["stored"]
                    stored.append(n)
                except DiskFull:
                    pass
        assert len(tail(db)) == len(stored) < 300
        assert_consistent(db)
        db.close()


def limit(db: Database, pages: int) -> None:
    """From here on SQLite says that the disk is full, as it does when it is."""
    with db.transaction() as tx:
        tx.exec_driver_sql(f"PRAGMA max_page_count={pages}")


class log_held:  # noqa: N801 - reads as a statement
    """While this is open, nobody can commit."""

    def __init__(self, db: Database) -> None:
        self._transaction = db.transaction()

    def __enter__(self) -> None:
        self._transaction.__enter__()

    def __exit__(self, *_: object) -> None:
        self._transaction.__exit__(None, None, None)


@pytest.fixture
def own_server() -> Iterator[PostgresServer]:
    with postgres_server() as server:
        yield server


class TestPostgresAway:
    def test_is_told_and_ends_by_itself(self, own_server: PostgresServer) -> None:
        db = ready(own_server.new_database())
        with appending(db) as appender:
            appender.append(numbered(range(10)), "api")
            own_server.stop("immediate")
            with pytest.raises(LogUnavailable) as away:
                appender.append(numbered([10]), "api")
            assert away.value.status == 503
            own_server.start()
            assert told(appender.append(numbered([9, 10]), "api")) == ["duplicate", "stored"]
        assert_consistent(db)
        db.close()

    def test_in_mid_load_loses_and_doubles_nothing(self, own_server: PostgresServer) -> None:
        """R-PG: whoever got an error sends again, as a client does that does not know."""
        db = ready(own_server.new_database())
        done = Signal()
        with appending(db) as appender:
            senders = [Thread(target=send_on, args=(appender, k, done)) for k in range(4)]
            for sender in senders:
                sender.start()
            for mode in ("immediate", "fast"):
                sleep(0.7)
                own_server.stop(mode)
                own_server.start()
            sleep(0.7)
            done.set()
            for sender in senders:
                sender.join()
        ledger = {f"{k}/{n}" for k in range(4) for n in range(LEDGER[k])}
        with db.reading() as look:
            from_db = {row["context"] for row in tail(db)}
            assert look is not None
        assert {f'{{"message_id":"{id_}"}}' for id_ in ledger} == from_db
        assert len(tail(db)) == len(ledger) > 0
        assert_consistent(db)
        db.close()


LEDGER: dict[int, int] = {}
"""How many events each sender got an answer for: all of these, and no others, are to be there."""


def send_on(appender: Appender, k: int, done: Signal) -> None:
    n = 0
    while not done.is_set():
        batch = drafts(*[sent(id=f"{k}/{n + i}") for i in range(20)])
        while True:
            try:
                verdicts = told(appender.append(batch, "api"))
                break
            except LogUnavailable:
                sleep(0.02)
        assert set(verdicts) <= {"stored", "duplicate"}
        n += 20
    LEDGER[k] = n


NOTHING_YET = {"one": 1, "position": 0, "catalogue": 0, "erasures": 0, "links": 0}


class TestDatabaseAway:
    def test_without_its_one_row_is_not_a_log(self, log: Database) -> None:
        with appending(log) as appender:
            with log.transaction() as tx:
                tx.exec_driver_sql("DELETE FROM log_state")
            with pytest.raises(LogUnavailable, match="log_state"):
                appender.append(numbered([1]), "api")
            with log.transaction() as tx:
                tx.execute(insert(log_state).values(NOTHING_YET))
            assert told(appender.append(numbered([1]), "api")) == ["stored"]

    def test_without_a_table_is_away_and_not_the_events_fault(self, log: Database) -> None:
        with appending(log) as appender:
            with log.transaction() as tx:
                tx.exec_driver_sql("ALTER TABLE event RENAME TO elsewhere")
            with pytest.raises(LogUnavailable):
                appender.append(numbered(range(3)), "api")
            with log.transaction() as tx:
                tx.exec_driver_sql("ALTER TABLE elsewhere RENAME TO event")
            assert told(appender.append(numbered(range(3)), "api")) == ["stored"] * 3
        assert_consistent(log)


class TestTroubleOf:
    @pytest.mark.parametrize(
        ("error", "trouble"),
        [
            (psycopg.errors.DiskFull(), "full"),
            (psycopg.errors.DeadlockDetected(), "again"),
            (psycopg.errors.SerializationFailure(), "again"),
            (psycopg.errors.UniqueViolation(), "again"),
            (psycopg.errors.AdminShutdown(), "away"),
            (psycopg.errors.TooManyConnections(), "away"),
            (psycopg.errors.ReadOnlySqlTransaction(), "away"),
            (psycopg.OperationalError("connection refused"), "away"),
            (psycopg.errors.NumericValueOutOfRange(), "poison"),
            (psycopg.errors.ProgramLimitExceeded(), "poison"),
            (psycopg.DataError("NUL"), "poison"),
            (exc.OperationalError("", {}, psycopg.errors.DiskFull()), "full"),
            (exc.TimeoutError(), "away"),
            (OverflowError(), "poison"),
        ],
        ids=lambda one: type(one).__name__ if isinstance(one, Exception) else one,
    )
    def test_tells_whose_it_is(self, error: Exception, trouble: str) -> None:
        assert trouble_of(error) == trouble
