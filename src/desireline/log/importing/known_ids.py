"""Which ids the log has already, for many events at a time."""

from __future__ import annotations

import numpy as np
from sqlalchemy import Connection, select

from desireline.engine.journeys import I64, Bools
from desireline.log.dedup import IdSets, IdsOf, fingerprints
from desireline.log.segments.catalogue import Catalogue, Segment
from desireline.log.tables import event

Halves = tuple[I64, I64]
"""`id_hi` and `id_lo` of many events."""


class KnownIds:
    """The ids of the log as far as it was looked at: `look` takes in what is new in it.

    An id that was seen once stays known while the import runs.
    """

    def __init__(self, ids_of: IdsOf) -> None:
        self._read = ids_of
        self._segments = IdSets(self._ids_of)
        self._listed: frozenset[str] = frozenset()
        self._own: dict[str, Halves] = {}
        self._tail: list[Halves] = []
        self._position = 0

    def look(self, connection: Connection) -> None:
        """Takes in segments and events of the tail that were not there at the last look."""
        catalogue = Catalogue.read(connection)
        hi, lo = self._new_in_tail(connection)
        if len(hi):
            self._tail.append((hi, lo))
        self._position = catalogue.position
        self._segments.refresh(connection, catalogue.version)
        self._listed = frozenset(s.file for s in catalogue.segments)

    def held(self, hi: I64, lo: I64) -> Bools:
        """For each id whether the log had it at the last look."""
        found = self._segments.mask(hi, lo)
        for tail in self._tail:
            found |= _among(hi, lo, tail)
        return found

    def came(self, tx: Connection, hi: I64, lo: I64, first: int) -> bool:
        """Whether one of the ids came in since the last look, in whatever way.

        `tx` has just listed the segment of these very ids, whose first position is `first`, and
        lets nobody else append.
        """
        there = [self._new_in_tail(tx)]
        for segment in Catalogue.read(tx).segments:
            if segment.first_position == first:
                self._own[segment.file] = hi, lo
            elif segment.file not in self._listed:
                there.append(self._read(segment))
        return any(bool(_among(hi, lo, ids).any()) for ids in there)

    def _new_in_tail(self, connection: Connection) -> Halves:
        tail = select(event.c.id_hi, event.c.id_lo).where(event.c.position > self._position)
        rows = np.array([tuple(row) for row in connection.execute(tail)], np.int64).reshape(-1, 2)
        return rows[:, 0], rows[:, 1]

    def _ids_of(self, segment: Segment) -> Halves:
        """Of a segment that we wrote ourselves, without reading it again."""
        return self._own.pop(segment.file, None) or self._read(segment)


def _among(hi: I64, lo: I64, some: Halves) -> Bools:
    found = np.zeros(len(hi), np.bool_)
    if len(some[0]) == 0:
        return found
    hits = np.flatnonzero(np.isin(fingerprints(hi, lo), fingerprints(*some)))
    if len(hits):
        known = set(zip(some[0].tolist(), some[1].tolist(), strict=True))
        found[hits] = [(int(hi[i]), int(lo[i])) in known for i in hits]
    return found
