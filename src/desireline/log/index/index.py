"""The index: follows the log by position, and hands out snapshots of all journeys."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
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
from desireline.log.index.sharing import ALL, Share
from desireline.log.index.snapshot import Shower, Snapshot
from desireline.log.index.updating import News, updated
from desireline.log.segments.catalogue import Catalogue, Segment
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

    `columns` names the properties that events carry along; `with_columns` changes them. `share` is
    whose journeys it has: of every reading it keeps only these, segment by segment.
    """

    def __init__(
        self,
        db: Database,
        store: SegmentStore,
        clock: Clock,
        columns: Sequence[str] = (),
        sizes: Sizes = DEFAULT_SIZES,
        share: Share = ALL,
    ) -> None:
        self._db, self._store, self._clock = db, store, clock
        self._sizes, self._share = sizes, share
        self._refreshing = Lock()
        self._reader, self._shower = LogReader(store, ()), Shower()
        with self._refreshing:
            wanted = tuple(dict.fromkeys(columns))
            self._snapshot = self._tried(partial(self._built, wanted))

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
            self._snapshot = self._tried(partial(self._built, self._snapshot.columns))
            return self._snapshot.position

    def with_columns(self, columns: Sequence[str]) -> int:
        """As `rebuild`, with these properties as well; nothing is done if all are there.

        Costs the reading of the whole log, and some 0.2 s a million events and property, while
        readers go on with the last snapshot and refreshes wait.
        """
        with self._refreshing:
            held = self._snapshot.columns
            wanted = tuple(dict.fromkeys((*held, *columns)))
            if wanted != held:
                self._snapshot = self._tried(partial(self._built, wanted))
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

    def _built(self, columns: tuple[str, ...]) -> Snapshot:
        reader = LogReader(self._store, columns)
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
        pieces = [
            self._mine(rows, people)
            for some in self._at_once(catalogue.segments)
            for rows in reader.of_segments(some)
        ]
        pieces.append(self._mine(reader.of_tail(tail), people))
        return state, Layers.of(pieces, len(reader.words.types.names), self._sizes), people

    def _at_once(self, segments: Sequence[Segment]) -> Iterator[Sequence[Segment]]:
        """All of them, for speed; where most of each is not kept, one by one."""
        yield from [segments] if self._share.is_all else ([segment] for segment in segments)

    def _mine(self, rows: Rows, people: People) -> Rows:
        """The events of the persons that are in the share, with persons instead of subjects."""
        told = with_persons(rows, people.of_subjects(rows.person))
        return told if self._share.is_all else told.taken(self._share.has(told.person))

    def _refreshed(self) -> Snapshot:
        last, as_of = self._snapshot, self._clock.now()
        with self._db.reading() as tx:
            state = State.read(tx)
            if state == last.state:
                return replace(last, as_of=as_of)
            if state.erasures == last.state.erasures:
                return self._moved_on(tx, state, as_of)
        return self._built(last.columns)

    def _moved_on(self, tx: Connection, state: State, as_of: int) -> Snapshot:
        last = self._snapshot
        circle = self._circle(tx, state)
        people = last.people.with_circle(circle)
        rows = self._mine(self._new_rows(tx, state), people)
        n_types = len(self._reader.words.types.names)
        layers, moved = updated(
            last.layers,
            News(last.people, circle, rows, n_types, self._share),
            lambda subjects: self._rows_of(tx, subjects, people),
        )
        return self._shown(layers.tidied(n_types) if moved else layers, people, state, as_of)

    def _circle(self, tx: Connection, state: State) -> Circle:
        before = self._snapshot.state.links
        ends = changed_since(tx, before) if state.links != before else np.zeros(0, np.int64)
        return circle_around(tx, ends)

    def _new_rows(self, tx: Connection, state: State) -> Rows:
        last = self._snapshot.state
        later: list[Segment] = []
        if state.catalogue != last.catalogue:
            later = [s for s in Catalogue.read(tx).segments if s.last_position > last.position]
        pieces = self._reader.of_segments(later, last.position)
        tail = self._reader.tail_columns(tx, last.position)
        return Rows.behind([*pieces, self._reader.of_tail(tail)])

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
            columns=tuple(words.properties),
        )
