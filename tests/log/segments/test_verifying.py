"""A log that is whole is found whole, and each kind of damage is named."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, update
from tests.log.segments.logs import Log, made_up, put

from desireline.log.counting import COUNTERS
from desireline.log.segments.sealing import seal
from desireline.log.segments.verifying import verify
from desireline.log.tables import event, log_state, segment, subject


@pytest.fixture
def whole(log: Log) -> Log:
    """Two segments and a tail."""
    put(log, made_up(300))
    seal(log.db, log.store, log.clock, upto=200, rows=100)
    return log


def first_file(log: Log) -> Path:
    return log.store.folder / log.listed()[0]


def cut(log: Log) -> None:
    """A segment loses its end."""
    path = first_file(log)
    path.write_bytes(path.read_bytes()[:-100])


def flip(log: Log) -> None:
    """One bit of a segment falls over, in the middle of a column."""
    held = bytearray(first_file(log).read_bytes())
    held[200] ^= 1
    first_file(log).write_bytes(held)


def swap(log: Log) -> None:
    """A file is another, and a good one."""
    a, b = (log.store.folder / name for name in log.listed())
    a.write_bytes(b.read_bytes())


def lose_a_row(log: Log) -> None:
    with log.db.transaction() as tx:
        tx.execute(delete(event).where(event.c.position == 250))


def keep_a_row(log: Log) -> None:
    """A row that was sealed is in the tail again."""
    with log.db.transaction() as tx:
        tx.execute(insert(event), made_up(1, 200))


def repeat_an_id(log: Log) -> None:
    sealed = made_up(1)[0]
    with log.db.transaction() as tx:
        row = update(event).where(event.c.position == 300)
        tx.execute(row.values(id_hi=sealed["id_hi"], id_lo=sealed["id_lo"]))


def lose_a_subject(log: Log) -> None:
    with log.db.transaction() as tx:
        tx.execute(delete(subject).where(subject.c.id == 7))


def go_back(log: Log) -> None:
    """The database is of an earlier moment than the files."""
    with log.db.transaction() as tx:
        counted = dict.fromkeys(COUNTERS, 150)
        tx.execute(update(log_state).values(position=150, **counted))


def list_wrong(log: Log) -> None:
    with log.db.transaction() as tx:
        tx.execute(update(segment).where(segment.c.number == 1).values(rows=99, last_at=1))


def miscount(log: Log) -> None:
    with log.db.transaction() as tx:
        tx.execute(update(log_state).values(received=1))


def leave_a_file(log: Log) -> None:
    (log.store.folder / f"00000009-{'a' * 16}.parquet").write_bytes(b"stray")


DAMAGES: list[tuple[Callable[[Log], None], str]] = [
    (lambda log: first_file(log).unlink(), "is listed but not there"),
    (cut, "has the SHA-256"),
    (flip, "has the SHA-256"),
    (swap, "has the SHA-256"),
    (lose_a_row, "1 positions have no event: 250"),
    (keep_a_row, "The tail holds positions that are there already: 200"),
    (repeat_an_id, "Ids are there more than once: "),
    (lose_a_subject, "subjects that have no row: 7"),
    (go_back, "behind the last position, 150"),
    (list_wrong, "has rows 100, and is listed with 99"),
    (miscount, "1 events were received, and 300 have a verdict"),
    (leave_a_file, "1 files lie with the segments and are not listed: 00000009-a"),
]


class TestVerify:
    def test_a_whole_log_has_no_findings(self, whole: Log) -> None:
        assert verify(whole.db, whole.store) == []

    def test_an_empty_log_has_none(self, log: Log) -> None:
        assert verify(log.db, log.store) == []

    @pytest.mark.parametrize(("damage", "sentence"), DAMAGES)
    def test_damage_is_named(
        self, whole: Log, damage: Callable[[Log], None], sentence: str
    ) -> None:
        damage(whole)
        found = verify(whole.db, whole.store)
        assert any(re.search(sentence, f.sentence) for f in found), found
        assert all(f.hint for f in found)

    def test_tells_how_far_it_is(self, whole: Log) -> None:
        told: list[tuple[int, int]] = []
        verify(whole.db, whole.store, lambda done, of: told.append((done, of)))
        assert told == [(1, 2), (2, 2)]
