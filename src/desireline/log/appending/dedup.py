"""Each id counts once: the ids of the whole log, in memory, sixteen bytes an event."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from threading import RLock
from typing import NamedTuple, TypeAlias

import numpy as np
from sqlalchemy import Connection

from desireline.engine.journeys import I64, Bools
from desireline.log.appending.tail import ids_after
from desireline.log.event_ids import Id, halves, ids_of
from desireline.log.refusals import LogUnavailable
from desireline.log.segments.catalogue import Catalogue, Segment

IdsOf: TypeAlias = Callable[[Segment], tuple[I64, I64]]
"""Gives `id_hi` and `id_lo` of all events of a segment, in any order but the same in both."""

GOLDEN = np.int64(-7046029254386353131)
"""2^64 / golden ratio, odd: times this, different numbers stay different."""
GROWTH = 2
"""A run is merged into the one before it that is not this many times as long."""

AT_ONCE = 4_000_000
"""Ids sorted at once: more take more memory for a moment, fewer are merged more often."""
MOST_RECENT = 50_000
"""Ids that wait in a set, 100 bytes each, before they are sorted into a run."""


class SegmentIdsUnreadable(LogUnavailable):
    """A segment's file is missing, damaged, or away."""


class Run(NamedTuple):
    """Ids in the order of their fingerprints; of each the fingerprint and the upper half."""

    prints: I64
    high: I64


class IdSets:
    """The ids of all events up to `position`, erased ones included: nothing is ever taken out.

    Whoever appends holds the row of `log_state`, so the events that came since the last look are
    those with higher positions: they are read, and then every duplicate is known before anything
    is inserted, without an index in the database. (With one on the ids an append to SQLite took
    twice the time: random ids touch a page each, and each page goes through the write-ahead log.)

    The ids lie in a set of recent ones and in few sorted runs, each at least twice as long as the
    next, so that a look costs a few binary searches. Sealing, merging and erasing segments moves
    ids from file to file; what is known is not read again.
    """

    def __init__(self, ids_of: IdsOf) -> None:
        self._ids_of = ids_of
        self._guard = RLock()
        self._runs: tuple[Run, ...] = ()
        self._recent: set[Id] = set()
        self.position = 0
        """The ids of all events up to here are known."""

    def learn(self, tx: Connection, position: int) -> None:
        """Takes in what the log has up to `position`, its last one. Raises LogUnavailable.

        `tx` must see nothing that is not committed: for what it wrote itself there is `seen_by`.
        """
        with self._guard:
            if position < self.position:  # a database that has lost its last commits
                self._runs, self._recent, self.position = (), set(), 0
            if position > self.position:
                self._take(self._after(tx, position))
                self.position = position

    def keep(self, ids: Iterable[Id], position: int) -> None:
        """Takes in the ids of a commit that followed `learn` and led to `position`."""
        with self._guard:
            self._recent.update(ids)
            self.position = position
            if len(self._recent) > MOST_RECENT:
                self._runs = _with(self._runs, _run(*halves(self._recent))[0])
                self._recent = set()

    def known(self, ids: Collection[Id]) -> set[Id]:
        """Those ids that an event up to `position` has."""
        with self._guard:
            found = self._recent.intersection(ids)
            if not ids or not self._runs:
                return found
            among = np.flatnonzero(self._among_runs(*halves(ids)))
        if not len(among):
            return found
        wanted = list(ids)
        return found.union([wanted[i] for i in among])

    def seen_by(self, tx: Connection, ids: Iterable[Id], position: int) -> set[Id]:
        """Those ids that an event up to `position` has, as `tx` sees it; nothing is learned.

        For a transaction that has written events itself, and may yet be undone.
        """
        wanted = set(ids)
        with self._guard:
            found = self.known(wanted)
            if position > self.position:
                for hi, lo in self._after(tx, position):
                    found |= wanted.intersection(ids_of(hi, lo))
        return found

    def mask(self, id_hi: I64, id_lo: I64) -> Bools:
        """Which of these ids an event up to `position` has."""
        with self._guard:
            found = self._among_runs(id_hi, id_lo)
            if self._recent:
                wanted, order = _run(id_hi, id_lo)
                found[order] |= _among(wanted, _run(*halves(self._recent))[0])
        return found

    def _among_runs(self, id_hi: I64, id_lo: I64) -> Bools:
        found = np.zeros(len(id_hi), dtype=np.bool_)
        if not self._runs:
            return found
        wanted, order = _run(id_hi, id_lo)  # neighbours look in neighbouring places of the runs
        for run in self._runs:
            found[order] |= _among(wanted, run)
        return found

    def _after(self, tx: Connection, position: int) -> Iterator[tuple[I64, I64]]:
        """The ids of the events after those that are known; also of erased ones."""
        tail = ids_after(tx, self.position)
        if len(tail[0]) < position - self.position:
            for segment in Catalogue.read(tx).segments:
                if segment.last_position > self.position:
                    yield self._new_in(segment)
        yield tail

    def _take(self, found: Iterable[tuple[I64, I64]]) -> None:
        """Sorts ids in that do not share any with each other, many at a time."""
        read: list[tuple[I64, I64]] = []
        runs = self._runs
        for ids in found:
            read.append(ids)
            if sum(len(hi) for hi, _ in read) >= AT_ONCE:
                runs, read = _with(runs, _sorted(read)), []
        self._runs = _with(runs, _sorted(read)) if read else runs

    def _new_in(self, segment: Segment) -> tuple[I64, I64]:
        hi, lo = self._read(segment)
        if segment.first_position > self.position:
            return hi, lo
        new = ~self.mask(hi, lo)
        return hi[new], lo[new]

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


def _sorted(read: Sequence[tuple[I64, I64]]) -> Run:
    hi, lo = (np.concatenate(half) for half in zip(*read, strict=True))
    return _run(hi, lo)[0]


def _with(runs: tuple[Run, ...], new: Run) -> tuple[Run, ...]:
    if not len(new.prints):
        return runs
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
