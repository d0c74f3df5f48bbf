"""Each id counts once: the ids of all segments, in memory, eight bytes an event."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable
from threading import RLock
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from desireline.log.event_ids import Halves
from desireline.log.refusals import LogUnavailable
from desireline.log.segments.catalogue import Catalogue, Segment

I64: TypeAlias = NDArray[np.int64]
IdsOf: TypeAlias = Callable[[Segment], tuple[I64, I64]]
"""Gives `id_hi` and `id_lo` of all events of a segment, in any order but the same in both."""

GOLDEN = np.int64(-7046029254386353131)
"""2^64 / golden ratio, odd: times this, different numbers stay different."""
MOST_WHOLE = 8_000_000
"""Ids kept with both halves, of the segments in which something was found last."""


class SegmentIdsUnreadable(LogUnavailable):
    """A segment's file is missing, damaged, or away."""


class IdSets:
    """The ids of all events in segments.

    Of each id a fingerprint of 64 bits is kept, sorted; where one is found, both halves are
    compared with those in the segment's file, so the answer is exact. The fingerprint is made of
    both halves because UUIDs of version 1 from one machine all share their lower half.
    """

    def __init__(self, ids_of: IdsOf) -> None:
        self._ids_of = ids_of
        self._guard = RLock()
        self._prints: dict[str, I64] = {}
        self._listed: dict[str, Segment] = {}
        self._whole: OrderedDict[str, tuple[I64, I64]] = OrderedDict()
        self.version = -1
        """The catalogue that is known (`log_state.catalogue`)."""

    def refresh(self, tx: Connection, version: int) -> None:
        """Takes in the segments that the catalogue of `version` lists, and forgets the others."""
        if version == self.version:
            return
        with self._guard:
            listed = {s.file: s for s in Catalogue.read(tx).segments}
            for one in listed.values():
                self.load(one)
            self._prints = {file: self._prints[file] for file in listed}
            self._listed = listed
            for file in set(self._whole) - set(listed):
                del self._whole[file]
            self.version = version

    def load(self, segment: Segment) -> None:
        """Takes in a segment before it is listed, so that nobody waits for it afterwards."""
        if segment.file not in self._prints:
            prints = np.sort(fingerprints(*self._read(segment)))
            with self._guard:
                self._prints[segment.file] = prints

    def known(self, ids: Iterable[Halves]) -> set[Halves]:
        """Those ids that an event in a segment has."""
        wanted = list(ids)
        if not wanted or not self._listed:
            return set()
        pairs = np.array(wanted, dtype=np.int64).reshape(-1, 2)
        found = self.mask(pairs[:, 0], pairs[:, 1])
        return {wanted[i] for i in np.flatnonzero(found)}

    def mask(self, id_hi: I64, id_lo: I64) -> NDArray[np.bool_]:
        """Which of these ids an event in a segment has."""
        with self._guard:
            found = np.zeros(len(id_hi), dtype=np.bool_)
            prints = fingerprints(id_hi, id_lo)
            order = np.argsort(prints)  # neighbours look in neighbouring places of a large array
            ascending = prints[order]
            for file in self._listed:
                hits = order[_among(ascending, self._prints[file])]
                if len(hits):
                    found[hits] |= self._exactly(file, id_hi[hits], id_lo[hits])
            return found

    def _exactly(self, file: str, id_hi: I64, id_lo: I64) -> NDArray[np.bool_]:
        hi, lo = self._both_halves(file)
        sorted_prints = self._prints[file]
        wanted = fingerprints(id_hi, id_lo)
        begin = np.searchsorted(sorted_prints, wanted, side="left")
        end = np.searchsorted(sorted_prints, wanted, side="right")
        return np.array(
            [
                bool(np.any((hi[a:b] == h) & (lo[a:b] == o)))
                for a, b, h, o in zip(begin, end, id_hi, id_lo, strict=True)
            ],
            dtype=np.bool_,
        )

    def _read(self, segment: Segment) -> tuple[I64, I64]:
        try:
            return self._ids_of(segment)
        except Exception as error:
            raise SegmentIdsUnreadable(
                f"The ids of the segment {segment.file} cannot be read: {error}.",
                hint="Without them nobody can tell what is a duplicate. `desireline verify` says"
                " which files are missing or damaged.",
            ) from error

    def _both_halves(self, file: str) -> tuple[I64, I64]:
        """Both halves of a segment's ids, in the order of their fingerprints."""
        if file not in self._whole:
            hi, lo = self._read(self._listed[file])
            order = np.argsort(fingerprints(hi, lo))
            self._whole[file] = hi[order], lo[order]
        self._whole.move_to_end(file)
        while len(self._whole) > 1 and sum(len(h) for h, _ in self._whole.values()) > MOST_WHOLE:
            self._whole.popitem(last=False)
        return self._whole[file]


def no_segments(_: Segment) -> tuple[I64, I64]:
    """No ids: for a log that has no segments."""
    return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)


def fingerprints(id_hi: I64, id_lo: I64) -> I64:
    """64 bits of each id; two ids share them hardly ever."""
    return id_lo ^ (id_hi * GOLDEN)


def _among(wanted: I64, ascending: I64) -> NDArray[np.bool_]:
    place = np.searchsorted(ascending, wanted)
    place[place == len(ascending)] = 0
    return ascending[place] == wanted if len(ascending) else np.zeros(len(wanted), dtype=np.bool_)
