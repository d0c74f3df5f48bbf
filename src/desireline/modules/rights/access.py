"""Access: everything about one person, part by part, each row as it can be written down."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import msgspec
from sqlalchemy import Connection, Table

from desireline.engine.analyses.times import iso
from desireline.kit.database import Database
from desireline.log.envelope import Event
from desireline.log.segments.mentioned import mentions_of
from desireline.log.segments.naming import LOOKED_THROUGH, naming
from desireline.log.segments.reading import LogReader
from desireline.log.segments.store import SegmentStore
from desireline.modules.audit.facade import AuditBook
from desireline.modules.rights.holding import personal_tables, rows_about, rows_numbered
from desireline.modules.rights.who import Who

EVENTS_AT_ONCE = 1_000
MOST_ENTRIES = 10_000
EVENT_COLUMNS = Event.__struct_fields__
MOMENTS = ("at", "received_at")


Rows: TypeAlias = Callable[[], Iterator[Mapping[str, Any]]]


@dataclass(frozen=True)
class Part:
    """One part of what is held: its name, its columns, and its rows when they are asked for."""

    name: str
    columns: tuple[str, ...]
    rows: Rows


def parts_about(db: Database, store: SegmentStore, look: Connection, who: Who) -> Iterator[Part]:
    """All parts, those of the log first. `look` is the one moment of all tables.

    `identifier`, `event`, `mention` (events of others that name this person: only the name), a part
    for each table that refers to a subject, those that were looked through for the person's
    identifiers (`failed_event`, `job`, `outbox`), and `audit_entry`.
    """
    yield Part("identifier", ("subject", "kind", "value"), lambda: _identifiers(who))
    yield Part("event", EVENT_COLUMNS, lambda: _events(db, store, who))
    columns = ("position", "at", "type", "identifiers")
    yield Part("mention", columns, lambda: _mentions(db, store, who))
    for table in personal_tables():
        yield _of_table(look, table, who)
    named = naming(look, who.names)
    for table in LOOKED_THROUGH:
        yield _of_named(look, table, named.numbers[str(table.name)])
    yield Part(
        "audit_entry",
        ("number", "at", "who", "what", "about", "details"),
        lambda: _entries(db, who),
    )


def _identifiers(who: Who) -> Iterator[Mapping[str, Any]]:
    for number, (kind, value) in zip(who.subjects, who.names, strict=True):
        yield {"subject": number, "kind": kind, "value": value}


def _events(db: Database, store: SegmentStore, who: Who) -> Iterator[Mapping[str, Any]]:
    with LogReader(db, store) as reader:
        page = reader.page_of(who.subjects, EVENTS_AT_ONCE)
        while True:
            for one in page.events:
                yield msgspec.structs.asdict(one) | {m: iso(getattr(one, m)) for m in MOMENTS}
            if page.after is None:
                return
            page = reader.page_of(who.subjects, EVENTS_AT_ONCE, page.after)


def _mentions(db: Database, store: SegmentStore, who: Who) -> Iterator[Mapping[str, Any]]:
    for one in mentions_of(db, store, who.subjects, who.names):
        yield {
            "position": one.position,
            "at": iso(one.at),
            "type": one.type,
            "identifiers": one.identifiers,
        }


def _of_table(look: Connection, table: Table, who: Who) -> Part:
    columns = tuple(str(column.name) for column in table.columns)
    return Part(
        str(table.name), columns, lambda: _plain(table, rows_about(look, table, who.subjects))
    )


def _of_named(look: Connection, table: Table, numbers: tuple[int, ...]) -> Part:
    columns = tuple(str(column.name) for column in table.columns)
    return Part(
        str(table.name), columns, lambda: _plain(table, rows_numbered(look, table, numbers))
    )


def _entries(db: Database, who: Who) -> Iterator[Mapping[str, Any]]:
    book = AuditBook(db)
    for number in who.subjects:
        for kind in ("person", "subject"):
            for entry in book.listed({"about": f"{kind}:{number}"}, most=MOST_ENTRIES):
                told = msgspec.structs.asdict(entry) | {"at": iso(entry.at)}
                del told["previous"], told["hash"]
                yield told


def _plain(table: Table, rows: Iterator[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Rows with moments as ISO 8601 and bytes as text, or as base64 where they are none."""
    moments = {str(c.name) for c in table.columns if c.name == "at" or str(c.name).endswith("_at")}
    for row in rows:
        yield {name: _cell(name, cell, moments) for name, cell in row.items()}


def _cell(name: str, cell: Any, moments: set[str]) -> Any:
    if isinstance(cell, bytes | memoryview):
        held = bytes(cell)
        try:
            return held.decode()
        except UnicodeDecodeError:
            return "base64:" + b64encode(held).decode()
    return iso(cell) if name in moments and isinstance(cell, int) else cell
