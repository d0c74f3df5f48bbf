"""The newest events of the log, as they come: read behind a position, from all servers alike."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from desireline.log.envelope import Event
from desireline.log.following import batches
from desireline.log.segments.rows import event_of, names_of
from desireline.log.tables import event, log_state
from desireline.modules.collect.seen import Seen, list_seen
from desireline.modules.rooms import Rooms

LOOK_BACK = 20_000
"""Events before the tail that are looked through for the last ones of a source or type."""


@dataclass(frozen=True)
class Wanted:
    """Which events are looked at; without anything, all."""

    sources: tuple[str, ...] = ()
    types: tuple[str, ...] = ()

    def has(self, source: str, type_: str) -> bool:
        """Whether an event of these is wanted."""
        return (not self.sources or source in self.sources) and (
            not self.types or type_ in self.types
        )

    @property
    def clauses(self) -> list[ColumnElement[bool]]:
        """The same for the database."""
        told = ((event.c.source, self.sources), (event.c.type, self.types))
        return [column.in_(names) for column, names in told if names]


@dataclass(frozen=True)
class Arrived:
    """The newest events in their order, how many before them are left out, and how far it reads."""

    events: list[tuple[int, Event]]
    left_out: int
    position: int


class Arrivals:
    """Reads what is new. Any thread may ask."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms

    def after(self, position: int, wanted: Wanted, most: int) -> Arrived:
        """What came behind a position; of many the newest `most`."""
        with self._rooms.db.reading() as look:
            upto, begins = _ends(look)
            if position >= upto:
                return Arrived([], 0, upto)
            if begins is not None and begins <= position + 1:
                behind = [event.c.position > position, *wanted.clauses]
                rows, n = _newest(look, behind, most)
                return Arrived(_named(look, rows), n - len(rows), upto)
        return self._from_segments(position, wanted, most)  # sealed since the last look

    def last(self, wanted: Wanted, most: int) -> Arrived:
        """The last ones; where few of them are wanted, of the last `LOOK_BACK` before the tail."""
        with self._rooms.db.reading() as look:
            upto, begins = _ends(look)
            begins = upto + 1 if begins is None else begins
            rows, _ = _newest(look, wanted.clauses, most)
            if len(rows) == most or begins <= 1:
                return Arrived(_named(look, rows), 0, upto)
        found = self._from_segments(max(begins - 1 - LOOK_BACK, 0), wanted, most)
        return Arrived(found.events, 0, found.position)

    def sources(self) -> list[Seen]:
        """What each source has brought, by name."""
        with self._rooms.db.reading() as look:
            return list_seen(look)

    def _from_segments(self, position: int, wanted: Wanted, most: int) -> Arrived:
        newest: deque[Mapping[str, Any]] = deque(maxlen=most)
        n = 0
        for batch in batches(self._rooms.reader, position):
            for one in batch.events:
                if wanted.has(one.source, one.type):
                    newest.append(one._asdict())
                    n += 1
            position = batch.position
        with self._rooms.db.reading() as look:
            return Arrived(_named(look, newest), n - len(newest), position)


def _ends(look: Connection) -> tuple[int, int | None]:
    """The last position of the log, and the first one of the tail."""
    upto = look.execute(select(log_state.c.position)).scalar_one()
    return upto, look.execute(select(func.min(event.c.position))).scalar_one()


def _newest(
    look: Connection, clauses: Iterable[ColumnElement[bool]], most: int
) -> tuple[list[dict[str, Any]], int]:
    """The newest rows of the tail in their order, and how many there are in all."""
    clauses = tuple(clauses)
    found = select(event).where(*clauses).order_by(event.c.position.desc()).limit(most)
    rows = [dict[str, Any](**row) for row in look.execute(found).mappings()]
    rows.reverse()
    if len(rows) < most:
        return rows, len(rows)
    counted = select(func.count()).select_from(event).where(*clauses)
    return rows, look.execute(counted).scalar_one()


def _named(look: Connection, rows: Iterable[Mapping[str, Any]]) -> list[tuple[int, Event]]:
    rows = list(rows)
    names = names_of(look, sorted({row["subject"] for row in rows}))
    return [(row["position"], event_of(row, names.get(row["subject"]))) for row in rows]
