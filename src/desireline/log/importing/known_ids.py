"""Which ids the log has already, for many events at a time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from sqlalchemy import Connection

from desireline.engine.journeys import I64, Bools
from desireline.log.appending.dedup import IdSets, IdsOf, fingerprints
from desireline.log.appending.tail import ids_after
from desireline.log.segments.catalogue import Catalogue, Segment

Halves = tuple[I64, I64]
"""`id_hi` and `id_lo` of many events."""
NONE: Halves = (np.empty(0, np.int64), np.empty(0, np.int64))


@dataclass(frozen=True, slots=True)
class Look:
    """How far the log was looked at."""

    position: int
    files: frozenset[str]
    erasures: int


class KnownIds:
    """The ids of the log as far as it was looked at: `look` takes in what is new in it.

    `look` and `held` are for one thread; `came` may be asked by another at the same time. An id
    that was seen once stays known while the import runs. With `unlike` the ids of an import are
    unlike each other, so those of its own segments are not looked at.
    """

    def __init__(self, ids_of: IdsOf, *, unlike: bool) -> None:
        self._read, self._unlike = ids_of, unlike
        self._ids = IdSets(self._ids_of)
        self._own: set[str] = set()

    def look(self, connection: Connection) -> Look:
        """Takes in segments and events of the tail that were not there at the last look."""
        catalogue = Catalogue.read(connection)
        self._ids.learn(connection, catalogue.position)
        files = frozenset(s.file for s in catalogue.segments)
        return Look(catalogue.position, files, catalogue.erasures)

    def held(self, hi: I64, lo: I64) -> Bools:
        """For each id whether the log had it at the last look."""
        return self._ids.mask(hi, lo)

    def came(self, tx: Connection, since: Look, ids: Halves, own: str) -> bool:
        """Whether one of the ids came in since a look, in whatever way, or a subject was erased.

        `tx` has just listed `own`, the segment of these very ids, and lets nobody else append.
        """
        catalogue = Catalogue.read(tx)
        there = [ids_after(tx, since.position)]
        others = (s for s in catalogue.segments if s.file != own and s.file not in since.files)
        there += [self._ids_of(segment) for segment in others]
        self._own.add(own)
        if catalogue.erasures != since.erasures:
            return True  # a subject of these events may have no row any more
        return any(bool(_among(*ids, some).any()) for some in there)

    def _ids_of(self, segment: Segment) -> Halves:
        if self._unlike and segment.file in self._own:
            return NONE
        return self._read(segment)


def _among(hi: I64, lo: I64, some: Halves) -> Bools:
    found = np.zeros(len(hi), np.bool_)
    if len(some[0]) == 0:
        return found
    hits = np.flatnonzero(np.isin(fingerprints(hi, lo), fingerprints(*some)))
    if len(hits):
        known = set(zip(some[0].tolist(), some[1].tolist(), strict=True))
        found[hits] = [(int(hi[i]), int(lo[i])) in known for i in hits]
    return found
