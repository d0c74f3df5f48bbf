"""What names a person without being theirs: failed events, work to do, messages that leave.

These rows hold whatever somebody sent or is to be sent, so no column says whose they are: they are
looked through for the identifiers of the person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Column, Connection, Table, delete, select

from desireline.kit.tables import job, outbox
from desireline.log.segments.mentioning import Mentions
from desireline.log.tables import failed_event

ROWS_AT_ONCE = 1_000
LOOKED_THROUGH: Mapping[Table, tuple[str, ...]] = {
    failed_event: ("reason", "body"),
    job: ("key", "payload", "recipient", "last_error"),
    outbox: ("key", "payload", "recipient", "last_error"),
}
"""The tables and their columns in which somebody may be named; `id` is the key of each."""


@dataclass(frozen=True)
class Naming:
    """The rows that name somebody, by table, and how far each table was looked through."""

    numbers: Mapping[str, tuple[int, ...]]
    last: Mapping[str, int]

    def delete(self, tx: Connection) -> None:
        """Takes the rows away."""
        for table in LOOKED_THROUGH:
            numbers = self.numbers[str(table.name)]
            for start in range(0, len(numbers), ROWS_AT_ONCE):
                some = table.c.id.in_(numbers[start : start + ROWS_AT_ONCE])
                tx.execute(delete(table).where(some))


def naming(
    look: Connection, names: Iterable[tuple[str, str]], before: Naming | None = None
) -> Naming:
    """The rows that name one of the identifiers; with `before` it goes on where that ended."""
    mentions = Mentions(names)
    numbers, last = {}, {}
    for table, columns in LOOKED_THROUGH.items():
        name = str(table.name)
        known, after = (before.numbers[name], before.last[name]) if before else ((), 0)
        found, last[name] = _found(look, table, columns, (mentions, after))
        numbers[name] = (*known, *found)
    return Naming(numbers, last)


def _found(
    look: Connection, table: Table, columns: tuple[str, ...], asked: tuple[Mentions, int]
) -> tuple[list[int], int]:
    """The rows behind an id that name somebody, and the last id looked at."""
    mentions, last = asked
    key: Column[int] = table.c.id
    wanted = select(key, *(table.c[name] for name in columns)).order_by(key).limit(ROWS_AT_ONCE)
    found: list[int] = []
    while rows := look.execute(wanted.where(key > last)).all():
        found += [number for number, *cells in rows if mentions.are_in(_bytes(cells))]
        last = rows[-1][0]
    return found, last


def _bytes(cells: Iterable[str | bytes | None]) -> bytes:
    held = (cell.encode() if isinstance(cell, str) else cell or b"" for cell in cells)
    return b"\n".join(bytes(cell) for cell in held)
