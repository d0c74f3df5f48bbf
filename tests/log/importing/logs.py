"""A log to import into: a folder with files, and everything that the log holds, as plain rows."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Mapped
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select
from tests.log.segments.logs import Log as Segments
from tests.log.segments.logs import new_log

from desireline.formats.mapping import Mapping
from desireline.kit.ids import from_halves
from desireline.log.counting import read_counts
from desireline.log.importing import HowToImport, ImportReport, Log, import_events
from desireline.log.importing.importer import Progress
from desireline.log.tables import identity_link, subject

Row = dict[str, Any]


@dataclass
class ImportLog:
    """A log, and the files beside it."""

    segments: Segments
    folder: Path

    def take(
        self,
        path: Path,
        read: Mapping | None = None,
        progress: Progress | None = None,
        **how: Any,
    ) -> ImportReport:
        """Imports a file."""
        told = HowToImport(read or Mapping(), "s", **how)
        return import_events(self.log, path, told, progress)

    @property
    def log(self) -> Log:
        return Log(self.segments.db, self.segments.store, self.segments.clock)

    def events(self) -> list[Row]:
        """All events by position, with ids as text, subjects by name, and JSON unpacked."""
        with self.segments.db.reading() as look:
            found = look.execute(select(subject))
            names = {row.id: {row.kind: row.value} for row in found}
        return [_event(row, names) for row in self.segments.everything()]

    def counts(self) -> tuple[int, int, int, int]:
        """received, stored, duplicate, failed."""
        with self.segments.db.reading() as look:
            read = read_counts(look)
        return read["received"], read["stored"], read["duplicate"], read["failed"]

    def links(self) -> set[tuple[str, str, str]]:
        """Values of the identifiers of each link, and its evidence."""
        with self.segments.db.reading() as look:
            value = {row.id: row.value for row in look.execute(select(subject))}
            rows = look.execute(select(identity_link)).all()
        return {(*sorted((value[row.a], value[row.b])), row.evidence) for row in rows}


def import_log(url: str, folder: Path) -> ImportLog:
    """An empty log, its segments in a folder."""
    return ImportLog(new_log(url, folder), folder)


def _event(row: Row, names: Mapped[int, dict[str, str]]) -> Row:
    plain = {name: cell for name, cell in row.items() if name not in ("id_hi", "id_lo", "subject")}
    plain["id"] = str(from_halves(row["id_hi"], row["id_lo"]))
    for name in ("identifiers", "properties", "context"):
        plain[name] = json.loads(row[name]) if row[name] else {}
    plain["identifiers"] = names[row["subject"]] | plain["identifiers"]
    return plain


def without(rows: Iterable[Row], *names: str) -> list[Row]:
    """The rows without some columns, in an order that hangs on nothing else."""
    left = [{k: v for k, v in row.items() if k not in names} for row in rows]
    return sorted(left, key=lambda row: json.dumps(row, sort_keys=True, default=str))


def write_csv(path: Path, rows: Sequence[Mapped[str, Any]]) -> Path:
    """A CSV file of rows; None is an empty cell."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_jsonl(path: Path, rows: Sequence[Mapped[str, Any]]) -> Path:
    """The same as JSON lines."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def walks(count: int, persons: int = 7, first: int = 0) -> list[Row]:
    """Rows of walks with ties, repeats and holes, in the order of time."""
    types = ("page_viewed", "cart_filled", "größe gewählt", "order_completed")
    return [
        {
            "user_id": f"u{(first + i) * 3 % persons}",
            "event": types[(first + i) % 5 % 4],
            "time": f"2026-01-{1 + (first + i) // 40:02} 10:{(first + i) // 2 % 60:02}:00",
            "channel": ("web", "app", None)[i % 3],
            "value": 19.99 if i % 4 == 3 else None,
            "campaign": ("spring", "autumn", None, "NA")[i % 4],
            "count": i % 3,
        }
        for i in range(count)
    ]
