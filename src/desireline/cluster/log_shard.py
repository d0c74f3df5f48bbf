"""A shard of the persons of a log: loaded from its segments, refreshed from its tail.

As `log.index` for all persons, but of every reading only the persons of the shard are kept, so that
an actor holds its share and no more. Who is whom is known for all persons that were ever linked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import gettempdir
from threading import Lock

import numpy as np
from sqlalchemy import Connection

from desireline.engine.journeys import F64, I64, Journeys
from desireline.engine.layers import DEFAULT_SIZES, Layers, Sizes
from desireline.engine.parts import Rows
from desireline.kit.database import Database
from desireline.log.identity.people import (
    People,
    changed_since,
    circle_around,
    every_circle,
)
from desireline.log.index.reading import LogReader, State, with_persons
from desireline.log.index.snapshot import Shower
from desireline.log.segments.catalogue import Catalogue
from desireline.log.segments.errors import SegmentDamaged, SegmentMissing
from desireline.log.segments.store import SegmentStore

TRIES = 5
"""How often a reading is begun anew because segments were replaced while it ran."""


@dataclass(frozen=True)
class LogLoader:
    """Where a log is, for actors on any machine: a `Loader`.

    The database must be one that all of them reach, PostgreSQL, and the segments on object storage
    or a shared disk; all machines being one, SQLite and a folder do.
    """

    database_url: str
    segments_url: str
    options: Mapping[str, str] = field(default_factory=dict)
    """Of object storage, as `SegmentStore.at` takes them."""
    columns: tuple[str, ...] = ()
    """Properties that events carry along."""
    cache: str = ""
    """The folder for local copies from object storage; the temporary one where empty."""

    def __call__(self, shard: int, of: int) -> LogShard:
        """The persons whose number divided by `of` leaves `shard`."""
        cache = Path(self.cache or gettempdir()) / f"desireline-shard-{shard}-of-{of}"
        store = SegmentStore.at(self.segments_url, cache=cache, options=self.options)
        return LogShard(Database(self.database_url), store, self.columns, Share(shard, of))


@dataclass(frozen=True, slots=True)
class Share:
    """Which persons a shard has."""

    shard: int
    of: int

    def of_rows(self, rows: Rows, people: People) -> Rows:
        """The events of its persons, with persons instead of subjects."""
        told = with_persons(rows, people.of_subjects(rows.person))
        return told if self.of == 1 else told.taken(told.person % self.of == self.shard)


@dataclass(frozen=True, eq=False)
class _Held:
    state: State
    people: People
    layers: Layers


class LogShard:
    """The journeys of one shard in memory; it is `Held`. Any thread may use it."""

    def __init__(
        self,
        db: Database,
        store: SegmentStore,
        columns: Sequence[str],
        share: Share,
        sizes: Sizes = DEFAULT_SIZES,
    ) -> None:
        """Reads the whole log once, segment by segment."""
        self._db, self._store, self._columns = db, store, tuple(dict.fromkeys(columns))
        self._share, self._sizes = share, sizes
        self._refreshing = Lock()
        self._reader, self._shower = LogReader(store, self._columns), Shower()
        self._held = self._tried(self._built)
        self._parts = self._shown()

    def parts(self) -> tuple[Journeys, ...]:
        """All journeys of the shard, each person in force in one part."""
        return self._parts

    def refresh(self) -> int:
        """Takes in what is new; the position of the log up to which `parts` now reach."""
        with self._refreshing:
            held = self._tried(self._refreshed)
            if held is not self._held:
                self._held = held
                self._parts = self._shown()
            return held.state.position

    def close(self) -> None:
        """Lets go of what reads the log; the parts stay readable."""
        self._reader.close()
        self._db.close()

    def _tried(self, read: Callable[[], _Held]) -> _Held:
        """Compaction and erasure take away files that a reading may be at; then it begins anew."""
        for _ in range(TRIES - 1):
            before = self._catalogue_version()
            try:
                return read()
            except (SegmentMissing, SegmentDamaged):
                if self._catalogue_version() == before:
                    raise
        return read()

    def _catalogue_version(self) -> int:
        with self._db.reading() as tx:
            return State.read(tx).catalogue

    def _built(self) -> _Held:
        reader = LogReader(self._store, self._columns)
        try:
            with self._db.reading() as tx:
                state, catalogue = State.read(tx), Catalogue.read(tx)
                tail = reader.tail_columns(tx, 0)
                people = People.of(every_circle(tx))
            pieces = [
                self._share.of_rows(rows, people)
                for segment in catalogue.segments
                for rows in reader.of_segments([segment])
            ]
            pieces.append(self._share.of_rows(reader.of_tail(tail), people))
            n_types = len(reader.words.types.names)
            layers = Layers.of(pieces, n_types, self._sizes)
        except BaseException:
            reader.close()
            raise
        self._reader.close()
        self._reader, self._shower = reader, Shower()
        return _Held(state, people, layers)

    def _refreshed(self) -> _Held:
        last = self._held
        with self._db.reading() as tx:
            state = State.read(tx)
            if state == last.state:
                return last
            if state.erasures == last.state.erasures:
                return self._moved_on(tx, state)
        return self._built()

    def _moved_on(self, tx: Connection, state: State) -> _Held:
        """New events join those of their persons; whoever a link may concern is read again."""
        last, ends = self._held, np.zeros(0, np.int64)
        if state.links != last.state.links:
            ends = changed_since(tx, last.state.links)
        circle = circle_around(tx, ends)
        people = last.people.with_circle(circle)
        concerned = np.union1d(last.people.of_subjects(circle.subjects), circle.persons)
        mine = circle.persons % self._share.of == self._share.shard
        pieces = [self._rows_of(tx, circle.subjects[mine], people)] if mine.any() else []
        new = self._share.of_rows(self._new_rows(tx), people)
        fresh = new.taken(~np.isin(new.person, concerned))
        pieces.append(fresh)
        moved = np.unique(fresh.person)
        held = last.layers.rows_of(moved, moved)
        if held is not None:
            pieces.append(held)
        n_types = len(self._reader.words.types.names)
        layers = last.layers.without(np.union1d(concerned, moved))
        if any(len(rows) for rows in pieces):
            layers = layers.with_rows(pieces, n_types)
        return _Held(state, people, layers.tidied(n_types))

    def _new_rows(self, tx: Connection) -> Rows:
        after = self._held.state.position
        later = [s for s in Catalogue.read(tx).segments if s.last_position > after]
        tail = self._reader.tail_columns(tx, after)
        return Rows.behind([*self._reader.of_segments(later, after), self._reader.of_tail(tail)])

    def _rows_of(self, tx: Connection, subjects: I64, people: People) -> Rows:
        some = [int(s) for s in subjects]
        holding = Catalogue.read(tx).holding(some)
        tail = self._reader.of_tail(self._reader.tail_of(tx, some))
        rows = Rows.behind([*self._reader.of_segments(holding, subjects=some), tail])
        return with_persons(rows, people.of_subjects(rows.person))

    def _shown(self) -> tuple[Journeys, ...]:
        words = self._reader.words
        numbers: dict[str, F64 | None] = {
            name: known.numeric(self._reader.duck) for name, known in words.properties.items()
        }
        return tuple(self._shower.shown(self._held.layers, words, numbers))
