"""Reading the log: the tail and all segments as one, at one moment."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Any, Self, TypeAlias

from sqlalchemy import Connection, select

from desireline.engine.journeys import I64
from desireline.formats.duck import Duck
from desireline.formats.segment_files import read_first, read_numbers
from desireline.kit.database import Database
from desireline.log.envelope import Event
from desireline.log.segments.catalogue import Catalogue, Segment
from desireline.log.segments.errors import SegmentDamaged, SegmentMissing, readable
from desireline.log.segments.rows import event_of, names_of, tail_rows
from desireline.log.segments.scanning import Logged, Window, window_of
from desireline.log.segments.store import SegmentStore
from desireline.log.tables import log_state

TRIES = 3
ALWAYS_TEXT = ("type", "kind", "channel", "direction", "actor", "source")
_Found: TypeAlias = tuple[dict[int, tuple[str, str]], list[dict[str, Any]]]
"""The names of subjects, and rows of their events."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some events in their order, and where to go on: None where no more come."""

    events: list[Event]
    after: tuple[int, int] | None


class LogReader:
    """Questions to the log, from any thread. Each answer is the log at one moment.

    It keeps a DuckDB open, with the footers of the segments in memory: 100 events of one person
    are found at once then.
    """

    def __init__(self, db: Database, store: SegmentStore) -> None:
        self._db, self._store = db, store
        self._duck = Duck(remember_files=True)
        self._known: Catalogue | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of its DuckDB."""
        self._duck.close()

    def catalogue(self) -> Catalogue:
        """The segments of the log, now."""
        with self._db.reading() as look:
            return self._catalogue(look)

    def window(self, after: int, kinds: Collection[str] = ()) -> Window | None:
        """The next events behind a position, by position; None where there are none.

        `kinds` are those that are wanted (`identify`, ...); none: all. Raises SegmentMissing; while
        it is read SegmentDamaged: a file may be gone since, then ask again.
        """
        with self._db.reading() as look:
            if look.execute(select(log_state.c.position)).scalar_one() <= after:
                return None
            place = (self._store, self._duck)
            return window_of(look, self._catalogue(look), place, after, kinds)

    def events_of(
        self,
        subjects: Sequence[int],
        limit: int = 100,
        after: tuple[int, int] | None = None,
    ) -> list[Event]:
        """The first events of some subjects, by time and position.

        `after` is where the page before ended. Raises SegmentMissing, SegmentDamaged.
        """
        return self.page_of(subjects, limit, after).events

    def page_of(
        self,
        subjects: Sequence[int],
        limit: int = 100,
        after: tuple[int, int] | None = None,
    ) -> Page:
        """The same events, and where the next page begins."""
        if not subjects or limit < 1:
            return Page([], None)
        names, rows = self._patiently(subjects, limit + 1, after, newest_first=False)
        page = rows[:limit]
        last = (page[-1]["at"], page[-1]["position"]) if len(rows) > limit else None
        return Page([event_of(row, names.get(row["subject"])) for row in page], last)

    def history_of(
        self,
        subjects: Sequence[int],
        limit: int,
        after: tuple[int, int] | None = None,
        *,
        newest_first: bool = False,
    ) -> list[Logged]:
        """The same events as the log holds them, in either direction.

        `after` is time and position of the event behind which to begin, in that direction.
        """
        if not subjects or limit < 1:
            return []
        _, rows = self._patiently(subjects, limit, after, newest_first=newest_first)
        return [Logged(**row | {n: row[n] or "" for n in ALWAYS_TEXT}) for row in rows]

    def ids_of(self, segment: Segment) -> tuple[I64, I64]:
        """`id_hi` and `id_lo` of every event of a segment, erased ones included."""
        with readable(segment):
            path = self._store.local(segment.file, segment.sha256)
            ids = read_numbers(self._duck, path, ("id_hi", "id_lo"))
        return ids["id_hi"], ids["id_lo"]

    def _patiently(
        self,
        subjects: Sequence[int],
        limit: int,
        after: tuple[int, int] | None,
        *,
        newest_first: bool,
    ) -> _Found:
        for _ in range(TRIES - 1):
            with suppress(SegmentMissing, SegmentDamaged):  # gone since, maybe while it was read
                return self._rows(subjects, limit, after, newest_first=newest_first)
        return self._rows(subjects, limit, after, newest_first=newest_first)

    def _rows(
        self,
        subjects: Sequence[int],
        limit: int,
        after: tuple[int, int] | None,
        *,
        newest_first: bool,
    ) -> _Found:
        with self._db.reading() as look:
            catalogue = self._catalogue(look)
            names = names_of(look, subjects)
            rows = tail_rows(look, subjects, limit, after, newest_first=newest_first)
        held = catalogue.holding(subjects)
        files = [(self._store.local(s.file, s.sha256), s.first_position) for s in held]
        if files:
            with readable(*held):
                rows += read_first(
                    self._duck, files, subjects, limit, after, newest_first=newest_first
                )
        rows.sort(key=lambda row: (row["at"], row["position"]), reverse=newest_first)
        return names, rows[:limit]

    def _catalogue(self, look: Connection) -> Catalogue:
        """Read anew only where something changed: a large log has thousands of segments."""
        known, state = self._known, look.execute(select(log_state)).one()
        if known is None or known.version != state.catalogue:
            known = Catalogue.read(look)
        self._known = replace(known, position=state.position, erasures=state.erasures)
        return self._known
