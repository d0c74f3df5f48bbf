"""The audit log in the database."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from sqlalchemy import Connection, insert, select, update

from desireline.modules.audit.entries import Entry, Head
from desireline.modules.audit.tables import audit_entry, audit_head

AT_ONCE = 1_000


def get_head(connection: Connection) -> Head:
    """The end of the chain; 0 and nothing where there is no entry yet."""
    row = connection.execute(select(audit_head.c.number, audit_head.c.hash)).first()
    return Head() if row is None else Head(*row)


def add_entry(tx: Connection, entry: Entry) -> None:
    """One more entry, which becomes the head."""
    tx.execute(insert(audit_entry).values(msgspec.structs.asdict(entry)))
    head = {"number": entry.number, "hash": entry.hash}
    if tx.execute(update(audit_head).values(head)).rowcount == 0:
        tx.execute(insert(audit_head).values(head | {"one": 1}))


def list_entries(
    connection: Connection, wanted: dict[str, str], before: int | None, most: int
) -> list[Entry]:
    """Entries, newest first, whose columns equal those wanted; numbers below `before`."""
    query = select(audit_entry).order_by(audit_entry.c.number.desc()).limit(most)
    for column, value in wanted.items():
        query = query.where(audit_entry.c[column] == value)
    if before is not None:
        query = query.where(audit_entry.c.number < before)
    return [Entry(**row) for row in connection.execute(query).mappings()]


def stream_entries(connection: Connection) -> Iterator[Entry]:
    """All entries by number, whatever the numbers are."""
    last: int | None = None
    while True:
        query = select(audit_entry).order_by(audit_entry.c.number).limit(AT_ONCE)
        if last is not None:
            query = query.where(audit_entry.c.number > last)
        found = [Entry(**row) for row in connection.execute(query).mappings()]
        yield from found
        if len(found) < AT_ONCE:
            return
        last = found[-1].number
