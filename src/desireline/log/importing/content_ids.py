"""Ids of events that bring none: a hash of all that a row says, and its number among equal rows.

The same row has the same id in every file, so a file that comes twice, or comes grown, adds only
what is new. The hash of a row is the sum of two independent 64-bit hashes of each of its parts, so
the order of columns does not matter; 80 bits of it are kept (birthday bound: one false duplicate
expected at 10^12 events). Nothing here may ever change: a test holds some ids.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from desireline.engine.journeys import I64, Bools

U64 = NDArray[np.uint64]

AT = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD1B54A32D192ED03))
VALUE = (np.uint64(0x8CB92BA72F3D8DD7), np.uint64(0xABC98388FB8FAC03))
REPEATED = np.uint64(0xA0761D6478BD642F)
LOW_BITS = np.uint64((1 << 12) - 1)
VERSION_8 = np.uint64(8 << 12)
VARIANT = np.uint64(1 << 63)


@dataclass(frozen=True, slots=True)
class Hashes:
    """Two independent hashes of the same things, one entry each."""

    hi: U64
    lo: U64

    def __add__(self, other: Hashes) -> Hashes:
        return Hashes(self.hi + other.hi, self.lo + other.lo)

    def at(self, places: NDArray[np.integer]) -> Hashes:
        """The hashes at places; nothing (0) where the place is -1."""
        return Hashes(_at(self.hi, places), _at(self.lo, places))


def hashes_of_names(role: str, names: Iterable[str]) -> Hashes:
    """Of texts, each in its role, so that a channel `web` is not an actor `web`."""
    who = role.encode()[:16]
    digests = b"".join(blake2b(n.encode(), digest_size=16, person=who).digest() for n in names)
    both = np.frombuffer(digests, "<u8").reshape(-1, 2)
    return Hashes(both[:, 0].copy(), both[:, 1].copy())


def hashes_of_times(at: I64) -> Hashes:
    """Of times."""
    bits = at.view(np.uint64)
    return Hashes(mixed(bits ^ AT[0]), mixed(bits ^ AT[1]))


def hashes_of_values(value: NDArray[np.float64]) -> Hashes:
    """Of amounts; nothing (0) where there is none, and one zero for both."""
    bits = (value + 0.0).view(np.uint64)
    there = ~np.isnan(value)
    return Hashes(*(np.where(there, mixed(bits ^ salt), np.uint64(0)) for salt in VALUE))


def numbers_among_equals(hashes: Hashes, may_repeat: Bools) -> U64:
    """For each row how many rows before it are equal to it; only `may_repeat` is looked at."""
    numbers = np.zeros(len(hashes.lo), np.uint64)
    rows = np.flatnonzero(may_repeat)
    if len(rows) == 0:
        return numbers
    hi, lo = hashes.hi[rows], hashes.lo[rows]
    order = np.lexsort((hi, lo))
    hi, lo = hi[order], lo[order]
    begins = np.ones(len(rows), np.bool_)
    begins[1:] = (lo[1:] != lo[:-1]) | (hi[1:] != hi[:-1])
    starts = np.flatnonzero(begins)
    numbers[rows[order]] = np.arange(len(rows)) - np.repeat(starts, np.diff([*starts, len(rows)]))
    return numbers


def content_ids(hashes: Hashes, numbers: U64) -> tuple[I64, I64]:
    """Halves of a UUID of version 8: 18 bits of the hash above, 62 below, all else constant.

    The few bits above keep a segment small: random bits cannot be compressed.
    """
    low = mixed(hashes.lo + numbers * REPEATED)
    high = mixed(hashes.hi ^ low)
    few = mixed(low + (high << np.uint64(32) | high >> np.uint64(32))) >> np.uint64(46)
    id_hi = (few >> np.uint64(12) << np.uint64(16)) | VERSION_8 | (few & LOW_BITS)
    id_lo = high >> np.uint64(2) | VARIANT
    return id_hi.view(np.int64), id_lo.view(np.int64)


def mixed(bits: U64) -> U64:
    """Every bit of the answer hangs on every bit of the question, one to one.

    The finaliser of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014; Stafford's variant 13).
    """
    bits = (bits ^ bits >> np.uint64(30)) * np.uint64(0xBF58476D1CE4E5B9)
    bits = (bits ^ bits >> np.uint64(27)) * np.uint64(0x94D049BB133111EB)
    spread: U64 = bits ^ bits >> np.uint64(31)
    return spread


def _at(array: U64, places: NDArray[np.integer]) -> U64:
    if len(array) == 0:
        return np.zeros(len(places), np.uint64)
    if len(places) and places.min() >= 0:
        found: U64 = array[places]
        return found
    return np.where(places < 0, np.uint64(0), array[np.maximum(places, 0)])
