"""The rows of an import that were set aside: the failed events that it has left."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection, func, select

from desireline.formats.log_files import formula_defused
from desireline.kit.database import Database
from desireline.log.importing.failing import CODE, SOURCE
from desireline.log.tables import failed_event
from desireline.modules.imports.repository import FileRow

AT_ONCE = 500
HEADER = ("id", "reason", "type", "at", "identifiers", "properties", "row")
FIELDS = HEADER[2:6]


@dataclass(frozen=True, slots=True)
class SetAside:
    """One row."""

    id: int
    reason: str
    body: bytes

    @property
    def event(self) -> Any:
        """The event that it would be; a body that was cut is its text."""
        try:
            return msgspec.json.decode(self.body)
        except msgspec.DecodeError:
            return self.body.decode(errors="replace")


def count_rows(connection: Connection, row: FileRow) -> int:
    """How many are kept whole."""
    query = select(func.count()).select_from(failed_event).where(*_of(row))
    return int(connection.execute(query).scalar_one())


def list_rows(connection: Connection, row: FileRow, after: int = 0) -> list[SetAside]:
    """Those behind an id, in the order of the file."""
    c = failed_event.c
    query = select(c.id, c.reason, c.body).where(*_of(row), c.id > after).order_by(c.id)
    return [SetAside(*found) for found in connection.execute(query.limit(AT_ONCE))]


def as_csv(db: Database, row: FileRow) -> Iterator[str]:
    """All of them as CSV, in which no cell is a formula."""
    yield _line(HEADER)
    last = 0
    while True:
        with db.reading() as look:
            found = list_rows(look, row, last)
        if not found:
            return
        yield "".join(map(_cells, found))
        last = found[-1].id


def _of(row: FileRow) -> tuple[Any, ...]:
    report = msgspec.json.decode(row.report) if row.report else {}
    c = failed_event.c
    begun = c.received_at == report.get("run_started_at", -1)
    return c.source == SOURCE, c.code == CODE, begun


def _cells(aside: SetAside) -> str:
    event = aside.event
    held = event if isinstance(event, dict) else {}
    told = [_text(held.get(name)) for name in FIELDS]
    rest = {name: value for name, value in held.items() if name not in FIELDS} if held else event
    return _line((str(aside.id), aside.reason, *told, _text(rest or None)))


def _text(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def _line(cells: tuple[str, ...]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow([formula_defused(cell) for cell in cells])
    return line.getvalue()
