"""Each id counts once: the ids of all segments, in memory, sixteen bytes an event."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from threading import RLock
from typing import NamedTuple, TypeAlias

import numpy as np
from sqlalchemy import Connection, func, select

from desireline.engine.journeys import I64, Bools
from desireline.log.event_ids import Halves
from desireline.log.refusals import LogUnavailable
from desireline.log.segments.catalogue import Catalogue, Segment
from desireline.log.tables import event

IdsOf: TypeAlias = Callable[[Segment], tuple[I64, I64]]
"""Gives `id_hi` and `id_lo` of all events of a segment, in any order but the same in both."""

GOLDEN = np.int64(-7046029254386353131)
"""2^64 / golden ratio, odd: times this, different numbers stay different."""
GROWTH = 2
"""A run is merged into the one before it that is not this many times as long."""

AT_ONCE = 4_000_000
"""Ids sorted at once: more take more memory for a moment, fewer are merged more often."""


class SegmentIdsUnreadable(LogUnavailable):
    """A segment's file is missing, damaged, or away."""


class Run(NamedTuple):
    """Ids in the order of their fingerprints; of each the fingerprint and the upper half."""

    prints: I64
    high: I64


class IdSets:
    """The ids of all events in segments, erased ones included: nothing is ever taken out.

    They lie in few sorted runs, each at least twice as long as the next, so that a look costs a few
    binary searches whatever the number of segments. Merging and erasing segments moves ids
    from file to file; files that can hold only known ids are not read again.
    """

    def __init__(self, ids_of: IdsOf) -> None:
        self._ids_of = ids_of
        self._guard = RLock()
        self._runs: tuple[Run, ...] = ()
        self._files: frozenset[str] = frozenset()
        self._sealed = 0
        """Up to here each position was in a segment at the last refresh, and its id is known."""
        self._last = 0
        self.version = -1
        """The catalogue that is known (`log_state.catalogue`)."""

    def refresh(self, tx: Connection, version: int) -> None:
        """Takes in the segments that the catalogue of `version` lists. Raises LogUnavailable."""
        with self._guard:
            if version == self.version:
                return
            catalogue = Catalogue.read(tx)
            self._take(
                [
                    one
                    for one in catalogue.segments
                    if one.file not in self._files and one.last_position > self._sealed
                ]
            )
            first_in_tail = tx.execute(select(func.min(event.c.position))).scalar_one()
            self._files = frozenset(one.file for one in catalogue.segments)
            self._sealed = (first_in_tail or catalogue.position + 1) - 1
            self.version = version

    def known(self, ids: Iterable[Halves]) -> set[Halves]:
        """Those ids that an event in a segment has."""
        wanted = list(ids)
        if not wanted or not self._runs:
            return set()
        pairs = np.array(wanted, dtype=np.int64).reshape(-1, 2)
        found = self.mask(pairs[:, 0], pairs[:, 1])
        return {wanted[i] for i in np.flatnonzero(found)}

    def mask(self, id_hi: I64, id_lo: I64) -> Bools:
        """Which of these ids an event in a segment has."""
        wanted, order = _run(id_hi, id_lo)  # neighbours look in neighbouring places of the runs
        found = np.zeros(len(id_hi), dtype=np.bool_)
        for run in self._runs:
            found[order] |= _among(wanted, run)
        return found

    def _take(self, segments: Sequence[Segment]) -> None:
        """Reads the ids of segments that are listed together, so that they share none.

        Of what an earlier catalogue may have had in other files, only the rest is kept.
        """
        before = self._last
        read: list[tuple[I64, I64]] = []
        for number, one in enumerate(segments, 1):
            hi, lo = self._read(one)
            if one.first_position <= before:
                new = ~self.mask(hi, lo)
                hi, lo = hi[new], lo[new]
            read.append((hi, lo))
            if number == len(segments) or sum(len(hi) for hi, _ in read) >= AT_ONCE:
                halves = (np.concatenate(columns) for columns in zip(*read, strict=True))
                self._runs = _with(self._runs, _run(*halves)[0])
                read = []
            self._last = max(self._last, one.last_position)

    def _read(self, segment: Segment) -> tuple[I64, I64]:
        try:
            return self._ids_of(segment)
        except Exception as error:
            raise SegmentIdsUnreadable(
                f"The ids of the segment {segment.file} cannot be read: {error}.",
                hint="Without them nobody can tell what is a duplicate. `desireline verify` says"
                " which files are missing or damaged.",
            ) from error


def no_segments(_: Segment) -> tuple[I64, I64]:
    """No ids: for a log that has no segments."""
    return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)


def fingerprints(id_hi: I64, id_lo: I64) -> I64:
    """64 bits of each id; two ids share them hardly ever.

    Of both halves, because UUIDs of version 1 from one machine all share their lower half.
    """
    return id_lo ^ (id_hi * GOLDEN)


def _run(id_hi: I64, id_lo: I64) -> tuple[Run, I64]:
    """Ids as a run, and where each of it stood before."""
    prints = fingerprints(id_hi, id_lo)
    order = np.argsort(prints)
    return Run(prints[order], id_hi[order]), order


def _with(runs: tuple[Run, ...], new: Run) -> tuple[Run, ...]:
    kept = list(runs)
    while kept and len(kept[-1].prints) < GROWTH * len(new.prints):
        new = _merged(kept.pop(), new)
    return (*kept, new)


def _merged(a: Run, b: Run) -> Run:
    """36 ns an id; numpy's `insert`, once for each column, takes four times as long."""
    of_b = np.searchsorted(a.prints, b.prints) + np.arange(len(b.prints))
    free = np.ones(len(a.prints) + len(b.prints), dtype=np.bool_)
    free[of_b] = False
    of_a = np.flatnonzero(free)
    merged = Run(np.empty(len(free), dtype=np.int64), np.empty(len(free), dtype=np.int64))
    for column, from_a, from_b in zip(merged, a, b, strict=True):
        column[of_a] = from_a
        column[of_b] = from_b
    return merged


def _among(wanted: Run, run: Run) -> Bools:
    """Which of the wanted ids a run has. Same fingerprint and same upper half is the same id."""
    if not len(run.prints):
        return np.zeros(len(wanted.prints), dtype=np.bool_)
    place = np.searchsorted(run.prints, wanted.prints)
    place[place == len(run.prints)] = 0
    alike = run.prints[place] == wanted.prints
    same: Bools = alike & (run.high[place] == wanted.high)
    for i in np.flatnonzero(alike & ~same):  # other ids have this fingerprint, too
        end = np.searchsorted(run.prints, wanted.prints[i], side="right")
        same[i] = bool(np.any(run.high[place[i] : end] == wanted.high[i]))
    return same
