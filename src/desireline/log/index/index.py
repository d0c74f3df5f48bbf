"""The index: follows the log by position, and hands out snapshots of all journeys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from threading import Lock
from types import TracebackType
from typing import Self

import numpy as np
from sqlalchemy import Connection

from desireline.engine.journeys import F64, I64
from desireline.engine.layers import DEFAULT_SIZES, Layers, Sizes
from desireline.engine.parts import Rows
from desireline.kit.clock import Clock
from desireline.kit.database import Database
from desireline.log.identity.people import (
    Circle,
    People,
    changed_since,
    circle_around,
    every_circle,
)
from desireline.log.index.reading import LogReader, State, with_persons
from desireline.log.index.snapshot import Shower, Snapshot
from desireline.log.index.updating import News, updated
from desireline.log.segments.catalogue import Catalogue
from desireline.log.segments.errors import SegmentDamaged, SegmentMissing
from desireline.log.segments.store import SegmentStore

TRIES = 5
"""How often a reading is begun anew because segments were replaced while it ran."""


class Index:
    """All journeys of the log in memory, sorted by person, time and position.

    It is built from the log when it is made, and `refresh` brings it up to date at a cost that
    follows from what is new. It keeps nothing of its own: without it, or made anew, the answers
    are the same. Any thread may take a `snapshot`; refreshes wait for each other, readers for
    nobody.

    `columns` names the properties that events carry along; `with_columns` changes them.
    """

    def __init__(
        self,
        db: Database,
        store: SegmentStore,
        clock: Clock,
        columns: Sequence[str] = (),
        sizes: Sizes = DEFAULT_SIZES,
    ) -> None:
        self._db, self._store, self._clock = db, store, clock
        self._sizes = sizes
        self._refreshing = Lock()
        self._columns = tuple(dict.fromkeys(columns))
        self._reader = LogReader(store, self._columns)
        self._shower = Shower()
        with self._refreshing:
            self._snapshot = self._tried(self._built)

    def snapshot(self) -> Snapshot:
        """The latest state; it stays as it is, however long one keeps it."""
        return self._snapshot

    def refresh(self) -> int:
        """The position of the log up to which a snapshot taken from now on reaches.

        Raises what the database or the segments raise; the last snapshot then stays.
        """
        with self._refreshing:
            self._snapshot = self._tried(self._refreshed)
            return self._snapshot.position

    def rebuild(self) -> int:
        """As `refresh`, but from nothing: the whole log is read, as at a start."""
        with self._refreshing:
            self._snapshot = self._tried(self._built)
            return self._snapshot.position

    def with_columns(self, columns: Sequence[str]) -> int:
        """As `rebuild`, with these properties as well; nothing is done if all are there.

        Costs the reading of the whole log: some 0.3 s for each million events and property, while
        readers go on with the last snapshot and refreshes wait.
        """
        with self._refreshing:
            wanted = tuple(dict.fromkeys((*self._columns, *columns)))
            if wanted != self._columns:
                self._columns = wanted
                self._snapshot = self._tried(self._built)
            return self._snapshot.position

    def lag(self) -> int:
        """How many events the log has that a snapshot taken now has not."""
        with self._db.reading() as tx:
            return State.read(tx).position - self._snapshot.position

    def close(self) -> None:
        """Lets go of what reads segments; the last snapshot stays readable."""
        with self._refreshing:
            self._reader.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def _tried(self, read: Callable[[], Snapshot]) -> Snapshot:
        """Compaction and erasure take away files that a reading may be at; then it begins anew."""
        for _ in range(TRIES - 1):
            before = self._state()
            try:
                return read()
            except (SegmentMissing, SegmentDamaged):
                if self._state().catalogue == before.catalogue:
                    raise
        return read()

    def _state(self) -> State:
        with self._db.reading() as tx:
            return State.read(tx)

    def _built(self) -> Snapshot:
        reader = LogReader(self._store, self._columns)
        try:
            as_of, (state, layers, people) = self._clock.now(), self._read_whole(reader)
        except BaseException:
            reader.close()
            raise
        self._reader.close()
        self._reader, self._shower = reader, Shower()
        return self._shown(layers, people, state, as_of)

    def _read_whole(self, reader: LogReader) -> tuple[State, Layers, People]:
        with self._db.reading() as tx:
            state, catalogue = State.read(tx), Catalogue.read(tx)
            tail = reader.tail_columns(tx, 0)
            people = People.of(every_circle(tx))
        found = [*reader.of_segments(catalogue.segments), reader.of_tail(tail)]
        pieces = [with_persons(rows, people.of_subjects(rows.person)) for rows in found]
        del found
        return state, Layers.of(pieces, len(reader.words.types.names), self._sizes), people

    def _refreshed(self) -> Snapshot:
        last, as_of = self._snapshot, self._clock.now()
        with self._db.reading() as tx:
            state = State.read(tx)
            if state == last.state:
                return replace(last, as_of=as_of)
            if state.erasures == last.state.erasures:
                circle = self._circle(tx, state)
                people = last.people.with_circle(circle)
                rows = self._new_rows(tx)
                rows = with_persons(rows, people.of_subjects(rows.person))
                news = News(last.people, circle, rows, len(self._reader.words.types.names))

                def read_again(subjects: I64) -> Rows:
                    return self._rows_of(tx, subjects, people)

                layers, moved = updated(last.layers, news, read_again)
        if state.erasures != last.state.erasures:
            return self._built()
        if moved:
            layers = layers.tidied(len(self._reader.words.types.names))
        return self._shown(layers, people, state, as_of)

    def _circle(self, tx: Connection, state: State) -> Circle:
        before = self._snapshot.state.links
        ends = changed_since(tx, before) if state.links != before else np.zeros(0, np.int64)
        return circle_around(tx, ends)

    def _new_rows(self, tx: Connection) -> Rows:
        after = self._snapshot.position
        later = [s for s in Catalogue.read(tx).segments if s.last_position > after]
        tail = self._reader.tail_columns(tx, after)
        return Rows.behind([*self._reader.of_segments(later, after), self._reader.of_tail(tail)])

    def _rows_of(self, tx: Connection, subjects: I64, people: People) -> Rows:
        some = [int(s) for s in subjects]
        holding = [
            s
            for s in Catalogue.read(tx).segments
            if np.any((subjects >= s.first_subject) & (subjects <= s.last_subject))
        ]
        tail = self._reader.of_tail(self._reader.tail_of(tx, some))
        rows = Rows.behind([*self._reader.of_segments(holding, subjects=some), tail])
        return with_persons(rows, people.of_subjects(rows.person))

    def _shown(self, layers: Layers, people: People, state: State, as_of: int) -> Snapshot:
        words = self._reader.words
        numbers: dict[str, F64 | None] = {
            name: known.numeric(self._reader.duck) for name, known in words.properties.items()
        }
        return Snapshot(
            parts=tuple(self._shower.shown(layers, words, numbers)),
            layers=layers,
            people=people,
            state=state,
            as_of=as_of,
            events=words.types.names,
            channels=words.channels.names,
            actors=words.actors.names,
            columns=self._columns,
        )
