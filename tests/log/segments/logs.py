"""A log to seal, merge and erase in: events by the thousand, straight into the tail."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import insert, select, update
from tests.databases import ready

from desireline.kit.clock import SetClock
from desireline.kit.database import Database
from desireline.log.counting import add_counts
from desireline.log.following import batches
from desireline.log.segments.folder import FolderStore
from desireline.log.segments.reading import LogReader
from desireline.log.tables import event, log_state, subject

NOW = 1_767_225_600_000_000
DAY = 86_400_000_000
COLUMNS = [c.name for c in event.columns]


class WatchedStore(FolderStore):
    """A folder that lets a test do something between making a segment and listing it."""

    after_put: Callable[[], None] | None = None

    def put(self, path: Path, name: str) -> None:
        """Does it once."""
        super().put(path, name)
        work, self.after_put = self.after_put, None
        if work is not None:
            work()


@dataclass
class Log:
    """A log in a folder, and the clock that it goes by."""

    db: Database
    store: Any
    clock: SetClock

    def everything(self) -> list[dict[str, Any]]:
        """Each row of the log by position; an empty text is none."""
        return self.behind(0)

    def behind(self, position: int) -> list[dict[str, Any]]:
        """The rows behind a position."""
        with LogReader(self.db, self.store) as reader:
            found = [one._asdict() for batch in batches(reader, position) for one in batch.events]
        return blank_as_none(found)

    def tail(self) -> list[dict[str, Any]]:
        """The rows of the tail by position."""
        with self.db.reading() as look:
            found = look.execute(select(event).order_by(event.c.position))
            return [dict(row) for row in found.mappings()]

    def listed(self) -> list[str]:
        """The files that the catalogue lists."""
        with LogReader(self.db, self.store) as reader:
            return [s.file for s in reader.catalogue().segments]


def new_log(url: str, folder: Path) -> Log:
    """An empty log, its segments in a folder."""
    return Log(ready(url), WatchedStore(folder / "segments"), SetClock(NOW))


def made_up(count: int, first: int = 1, subjects: int = 20, seed: int = 1) -> list[dict[str, Any]]:
    """Rows of events at random, of every shape that the tail can hold."""
    random = Random(seed * 1000 + first)
    return [_row(random, first + i, subjects) for i in range(count)]


def put(log: Log, rows: list[dict[str, Any]]) -> None:
    """Appends rows, with a row for each of their subjects."""
    with log.db.transaction() as tx:
        tx.execute(insert(event), rows)
        tx.execute(update(log_state).values(position=rows[-1]["position"]))
        add_counts(tx, {"stored": len(rows)})
        known = set(tx.execute(select(subject.c.id)).scalars())
        new = {row["subject"] for row in rows} - known
        named = [{"id": n, "kind": "user_id", "value": f"user-{n}"} for n in sorted(new)]
        if named:
            tx.execute(insert(subject), named)


def blank_as_none(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of the tail as `Log.everything` gives them: an empty text is none."""
    return [{name: None if cell == "" else cell for name, cell in row.items()} for row in rows]


def _row(random: Random, position: int, subjects: int) -> dict[str, Any]:
    bought = random.random() < 0.3
    return {
        "position": position,
        "id_hi": random.randrange(-(2**63), 2**63),
        "id_lo": random.randrange(-(2**63), 2**63),
        "subject": random.randrange(1, subjects + 1),
        "at": NOW + random.randrange(30) * DAY + random.choice([0, 1, 999_999]),
        "received_at": NOW + position,
        "type": random.choice(["product_viewed", "order_completed", "größe gewählt", 'a"b\\c\td']),
        "kind": random.choice(["track", "page"]),
        "channel": random.choice(["", "web", "email"]),
        "direction": "inbound",
        "actor": random.choice(["person", "employee"]),
        "value": random.choice([0.0, 0.1, 1e300, -3.5, random.random()]) if bought else None,
        "currency": "EUR" if bought else None,
        "identifiers": random.choice([None, '{"email":"a@example.com"}']),
        "properties": random.choice([None, json.dumps({"campaign": random.choice("xyz"), "n": 1})]),
        "context": None,
        "source": "api",
    }
