"""A file brings nobody back who was erased, in whatever form it comes again."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select
from tests.byte_scan import found_in
from tests.log.importing.logs import ImportLog

from desireline.formats.mapping import Mapping
from desireline.log.identity.people import subjects_of
from desireline.log.naming.subjects import find_numbers
from desireline.log.segments.erasing import erase
from desireline.log.tables import failed_event, subject

GONE = "kanarienvogel@example.org"
HEAD = "person,event,time"
ROWS = (
    f"{GONE},seen,2025-03-01T10:00:00Z",
    f"{GONE},bought,2025-03-01T11:00:00Z",
    "bob,seen,2025-03-02",
)


def _file(log: ImportLog, name: str, head: str, *rows: str) -> Path:
    path = log.folder / name
    path.write_text("\n".join((head, *rows)) + "\n")
    return path


def _erase(log: ImportLog) -> None:
    db, store, clock = log.segments.db, log.segments.store, log.segments.clock
    with db.reading() as look:
        (number,) = find_numbers(look, [("user_id", GONE)]).values()
        numbers = subjects_of(look, number)
    erase(db, store, clock, numbers)


@pytest.fixture
def erased(log: ImportLog) -> ImportLog:
    """A log from which somebody was erased who had come with a file."""
    log.take(_file(log, "first.csv", HEAD, *ROWS))
    _erase(log)
    (log.folder / "first.csv").unlink()
    return log


def _values(log: ImportLog) -> list[str]:
    with log.segments.db.reading() as look:
        return list(look.execute(select(subject.c.value)).scalars())


class TestAddresses:
    def test_columns_of_addresses_are_cut(self, log: ImportLog) -> None:
        rows = ("ann,seen,2025-03-01,203.0.113.77,1.2.3.4", "bob,?,not a time,203.0.113.77,1.2.3.4")
        assert log.take(_file(log, "ips.csv", HEAD + ",client_ip,version", *rows)).failed == 1
        (log.folder / "ips.csv").unlink()
        assert log.events()[0]["properties"] == {"client_ip": "203.0.113.0", "version": "1.2.3.4"}
        assert found_in(log.folder, log.segments.db, ["203.0.113.77"]) == []

    def test_records_within_records_are_cut(self, log: ImportLog) -> None:
        path = log.folder / "ips.jsonl"
        path.write_text(
            '{"user_id":"ann","event":"x","time":"2025-01-01","device":{"ip":"203.0.113.77"}}\n'
        )
        assert log.take(path).stored == 1
        path.unlink()
        assert found_in(log.folder, log.segments.db, ["203.0.113.77"]) == []


class TestErased:
    def test_the_same_rows_are_duplicates(self, erased: ImportLog) -> None:
        done = erased.take(_file(erased, "again.csv", HEAD, *ROWS, "carl,seen,2025-03-03"))
        assert (done.stored, done.duplicate, done.failed, done.erased) == (1, 3, 0, 0)
        assert _values(erased) == ["bob", "carl"]

    @pytest.mark.parametrize("size", [1, 100])
    def test_other_rows_of_then_are_refused(self, erased: ImportLog, size: int) -> None:
        rows = (*(f"{row},x" for row in ROWS), f"{GONE},left,2025-04-01,y")
        path = _file(erased, "other.csv", HEAD + ",note", *rows)
        done = erased.take(path, events_a_chunk=size)
        assert (done.rows, done.stored, done.failed, done.erased) == (4, 1, 3, 3)
        assert _values(erased) == ["bob"]
        received, stored, duplicate, failed = erased.counts()
        assert received == stored + duplicate + failed
        path.unlink()
        assert found_in(erased.folder, erased.segments.db, [GONE]) == []

    def test_what_happens_later_is_of_somebody_new(self, erased: ImportLog) -> None:
        erased.segments.clock.move(7 * 86_400_000_000)
        rows = (f"{GONE},back,2026-01-05T00:00:00Z", f"{GONE},seen,2025-01-05T00:00:00Z")
        done = erased.take(_file(erased, "later.csv", HEAD, *rows))
        assert (done.stored, done.erased) == (1, 1)
        assert sorted(_values(erased)) == ["bob", GONE]

    def test_rows_that_cannot_be_read_are_not_kept(self, erased: ImportLog) -> None:
        path = _file(erased, "bad.csv", HEAD, f"{GONE},seen,not a time", "bob,seen,nor this", *ROWS)
        done = erased.take(path, Mapping())
        assert done.failed == 2
        with erased.segments.db.reading() as look:
            (body,) = look.execute(select(failed_event.c.body)).scalars()
        assert b"bob" in body

    def test_any_of_several_identifiers_counts(self, erased: ImportLog) -> None:
        path = erased.folder / "s.jsonl"
        path.write_text(
            f'{{"user_id": "unheard", "email": "a@x.org", "event": "x", "time": "2025-01-01"}}\n'
            f'{{"user_id": "{GONE}", "email": "b@x.org", "event": "x", "time": "2025-01-01"}}\n'
        )
        done = erased.take(path, Mapping(who={"user_id": "user_id", "email": "email"}))
        assert (done.stored, done.erased) == (1, 1)
