"""Events out of the log, as rows for journeys: from segments by DuckDB, from the tail as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, func, select

from desireline.engine.journeys import I32, I64, U8
from desireline.engine.parts import Rows
from desireline.formats.columns.text import Coded
from desireline.formats.duck import Duck
from desireline.formats.segment_columns import (
    OWN_COLUMNS,
    Arrays,
    held_in,
    names_in,
    read_events,
    read_property_codes,
    segment_relation,
    slices,
    texts_of_properties,
)
from desireline.log.envelope import NO_STEPS
from desireline.log.index.vocabulary import MOST_NAMES, PropertyVocabulary, Vocabulary
from desireline.log.segments.catalogue import Segment
from desireline.log.segments.errors import readable
from desireline.log.segments.store import SegmentStore
from desireline.log.segments.tail import columns_of
from desireline.log.tables import event, log_state

READERS = 4
"""Threads: DuckDB decodes on all processors, but hands each answer over on one."""
CHUNK = 10_000
"""Subjects in one statement: SQLite takes 32,766 values."""

TYPES: dict[str, Any] = {
    "subject": list[int],
    "at": list[int],
    "position": list[int],
    "value": list[float | None],
    "type": list[str],
    "channel": list[str],
    "actor": list[str],
    "direction": list[str],
    "source": list[str],
    "properties": list[str | None],
    "context": list[str | None],
}
"""The columns of the tail that are read, as msgspec decodes the arrays that the database writes."""

Columns = dict[str, list[Any]]
Read = tuple[Arrays, dict[str, Coded]]
"""What a segment holds: its columns, and the properties that are wanted."""


@dataclass(frozen=True, slots=True)
class State:
    """How far the log is, and the versions of what else an index depends on."""

    position: int
    catalogue: int
    erasures: int
    links: int

    @classmethod
    def read(cls, tx: Connection) -> State:
        """The state that a transaction sees."""
        of = log_state.c
        return cls(*tx.execute(select(of.position, of.catalogue, of.erasures, of.links)).one())


class Words:
    """The vocabularies of one index."""

    def __init__(self, properties: Sequence[str]) -> None:
        self.types = Vocabulary()
        self.channels = Vocabulary(("",), MOST_NAMES)
        self.actors = Vocabulary(("",), MOST_NAMES)
        self.properties = {name: PropertyVocabulary() for name in properties}

    @property
    def by_column(self) -> dict[str, Vocabulary]:
        """The vocabulary of each column of the log that is text."""
        return {"type": self.types, "channel": self.channels, "actor": self.actors}


class LogReader:
    """Reads events of the log as rows; a row's `person` is its subject, for others to translate."""

    def __init__(self, store: SegmentStore, properties: Sequence[str]) -> None:
        self.words = Words(properties)
        self.duck = Duck(remember_files=True)
        self._store = store

    def close(self) -> None:
        """Lets go of DuckDB."""
        self.duck.close()

    def of_segments(
        self, segments: Sequence[Segment], after: int = 0, subjects: Sequence[int] = ()
    ) -> list[Rows]:
        """The events of segments: those of positions above `after`, or those of some subjects."""
        with readable(*segments):
            sources = [(self._relation(s, after, subjects), s) for s in segments]
            parts = [part for r, s in sources for part in _in_slices(r, s)]
            first = [s.first_position for r, s in sources for _ in _in_slices(r, s)]
            read = self._read_all(parts)
        return [self._rows(*found, position) for found, position in zip(read, first, strict=True)]

    def _read_all(self, relations: Sequence[str]) -> list[Read]:
        """Most segments know the same names, so those of the first are taken for all of them.

        Where another turns up, its segment is read again.
        """
        if not self.words.types.names:
            self._learn(relations[:1])
        with ThreadPoolExecutor(READERS) as pool:
            read = list(pool.map(self._read, relations))
            again = [i for i, (found, _) in enumerate(read) if self._has_unknown(found)]
            self._learn([relations[i] for i in again])
            anew = pool.map(self._read, [relations[i] for i in again])
            for i, found in zip(again, anew, strict=True):
                read[i] = found
        return read

    def _learn(self, relations: Sequence[str]) -> None:
        for column, words in self.words.by_column.items():
            words.numbers(names_in(self.duck, relations, column))

    def _has_unknown(self, found: Arrays) -> bool:
        known = self.words.by_column.items()
        return any(bool((found[column] == len(words.names)).any()) for column, words in known)

    def _relation(self, segment: Segment, after: int, subjects: Sequence[int]) -> str:
        path = self._store.local(segment.file, segment.sha256)
        above = after - segment.first_position if after >= segment.first_position else None
        return segment_relation(path, above_place=above, subjects=subjects)

    def _read(self, relation: str) -> Read:
        names = {column: words.names for column, words in self.words.by_column.items()}
        wanted = self.words.properties
        coded = {name: read_property_codes(self.duck, relation, name) for name in wanted}
        return read_events(self.duck, relation, names), coded

    def _rows(self, found: Arrays, coded: dict[str, Coded], first_position: int) -> Rows:
        position = found["place"]
        position += first_position
        rows = Rows(
            person=found["subject"],
            time=found["at"],
            position=position,
            code=found["type"],
            channel=_in_a_byte(found["channel"], len(self.words.channels.names)),
            actor=_in_a_byte(found["actor"], len(self.words.actors.names)),
            value=found["value"],
            columns={n: _translated(c, self.words.properties[n]) for n, c in coded.items()},
        )
        return self._steps(rows)

    def of_tail(self, columns: Columns) -> Rows:
        """The events of the tail that `tail_columns` or `tail_of` fetched."""
        rows = Rows(
            person=np.array(columns["subject"], np.int64),
            time=np.array(columns["at"], np.int64),
            position=np.array(columns["position"], np.int64),
            code=self.words.types.numbers(columns["type"]).astype(np.uint32),
            channel=self.words.channels.numbers(columns["channel"]).astype(np.uint8),
            actor=self.words.actors.numbers(columns["actor"]).astype(np.uint8),
            value=np.array(columns["value"], np.float64).astype(np.float32),
            columns={
                name: self.words.properties[name].codes(texts)
                for name, texts in texts_of_properties(
                    self.duck, columns, tuple(self.words.properties)
                ).items()
            },
        )
        return self._steps(rows)

    def _steps(self, rows: Rows) -> Rows:
        """Without the events that are no steps of a journey; mostly there are none."""
        known = self.words.types.names
        away = [known.index(name) for name in NO_STEPS if name in known]
        if not away or not (unwanted := np.isin(rows.code, away)).any():
            return rows
        return rows.taken(~unwanted)

    def tail_columns(self, tx: Connection, after: int) -> Columns:
        """What the tail holds above a position."""
        names = self._tail_names()
        found: Columns = {name: [] for name in names}
        span = select(func.min(event.c.position), func.max(event.c.position))
        first, last = tx.execute(span.where(event.c.position > after)).one()
        for piece in columns_of(tx, names, first, last) if first is not None else ():
            for name, text in zip(names, piece, strict=True):
                found[name] += msgspec.json.decode(text, type=TYPES[name])
        return _without_erased(found)

    def tail_of(self, tx: Connection, subjects: Sequence[int]) -> Columns:
        """What the tail holds of some subjects."""
        names = self._tail_names()
        wanted = select(*(event.c[name] for name in names))
        rows: list[Any] = []
        for start in range(0, len(subjects), CHUNK):
            these = [int(s) for s in subjects[start : start + CHUNK]]
            rows += tx.execute(wanted.where(event.c.subject.in_(these)))
        columns = list(zip(*rows, strict=True)) or [()] * len(names)
        return {name: list(column) for name, column in zip(names, columns, strict=True)}

    def _tail_names(self) -> list[str]:
        unread = {"properties", "context", *OWN_COLUMNS.values()} - {
            held_in(name) for name in self.words.properties
        }
        return [name for name in TYPES if name not in unread]


def _in_slices(relation: str, segment: Segment) -> Iterator[str]:
    return slices(relation, segment.first_subject, segment.last_subject, segment.rows)


def _in_a_byte(codes: NDArray[Any], n_known: int) -> U8:
    """The last code + 1 stands for a name without a number, which is the unknown."""
    unknown = codes == n_known
    return np.where(unknown, 0, codes).astype(np.uint8) if unknown.any() else codes.astype(np.uint8)


def _translated(coded: Coded, words: PropertyVocabulary) -> I32:
    numbers = words.numbers([str(name) for name in coded.names.tolist()])
    return np.append(numbers, -1).astype(np.int32)[coded.codes]


def _without_erased(columns: Columns) -> Columns:
    """Events of erased subjects keep their positions, and have no subject."""
    if min(columns["subject"], default=1) > 0:
        return columns
    kept = [i for i, subject in enumerate(columns["subject"]) if subject > 0]
    return {name: [column[i] for i in kept] for name, column in columns.items()}


def with_persons(rows: Rows, persons: I64) -> Rows:
    """The same events with `persons` instead of subjects."""
    return replace(rows, person=persons)
