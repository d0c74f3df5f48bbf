"""How alike two values are, in four levels; one way to compare for each sort of field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz
from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.process import cpdist

from desireline.engine.journeys import I64, U8, Bools
from desireline.modules.duplicates.matching.fields import Sort
from desireline.modules.duplicates.matching.records import MISSING, Column, Texts

Rows = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Side:
    """One side of pairs of values that differ: their column, and where each stands in it."""

    column: Column
    codes: NDArray[np.int32]

    @property
    def texts(self) -> Texts:
        """The values themselves."""
        return self.column.values[self.codes]

    def each(self, say: Callable[[str], int]) -> I64:
        """What `say` says of each value; it is asked once for every distinct one."""
        values = self.column.values
        return np.fromiter(map(say, values), np.int64, len(values))[self.codes]

    def at(self, places: NDArray[Any]) -> Side:
        """Some of them."""
        return Side(self.column, self.codes[places])


Judge = Callable[[Side, Side], tuple[Bools, Bools]]
"""Of pairs of values that differ: which are close, which are at least similar."""


class Level(IntEnum):
    """How two values agree. The order is that of strength."""

    UNSAID = 0
    """One of the two says nothing."""
    DIFFERENT = 1
    SIMILAR = 2
    CLOSE = 3
    """One slip apart, as a typing error leaves it."""
    SAME = 4


LEVELS = len(Level)
THREADS = 2
SIMILAR_NAMES = 0.86
SIMILAR_WORDS = 85.0


def levels_of(left: Column, right: Column, a: Rows, b: Rows) -> U8:
    """The level of each pair: `left` in row `a[i]` beside `right` in row `b[i]`.

    The two columns are mostly the same one; they are two where values may have been exchanged.
    """
    codes_a, codes_b = left.codes[a], right.codes[b]
    said = (codes_a != MISSING) & (codes_b != MISSING)
    found: U8 = np.where(said, Level.DIFFERENT, Level.UNSAID).astype(np.uint8)
    places = np.flatnonzero(said)
    sides = Side(left, codes_a[places]), Side(right, codes_b[places])
    if len(left.values) * len(right.values) < len(places):
        found[places] = _by_value(*sides)
    elif len(places):
        found[places] = _judged(*sides)
    return found


def _by_value(left: Side, right: Side) -> U8:
    """The levels where there are fewer pairs of values than of records."""
    number = left.codes.astype(np.int64) * len(right.column.values) + right.codes
    distinct, which = np.unique(number, return_inverse=True)
    codes = np.divmod(distinct, len(right.column.values))
    levels = _judged(
        *(Side(s.column, c.astype(np.int32)) for s, c in zip((left, right), codes, strict=True))
    )
    return levels[which]


def _judged(left: Side, right: Side) -> U8:
    found: U8 = np.full(len(left.codes), Level.SAME, np.uint8)
    if left.column is right.column:
        differ = np.flatnonzero(left.codes != right.codes)
    else:
        differ = np.flatnonzero(left.texts != right.texts)
    close, similar = JUDGES[left.column.field.sort](left.at(differ), right.at(differ))
    found[differ] = np.where(close, Level.CLOSE, np.where(similar, Level.SIMILAR, Level.DIFFERENT))
    return found


def slips(a: Side, b: Side, most: int) -> U8:
    """Letters typed wrong, left out, added or exchanged; `most + 1` where it is more.

    Source: optimal string alignment, Damerau 1964.
    """
    apart: U8 = cpdist(
        a.texts, b.texts, scorer=OSA.distance, score_cutoff=most, dtype=np.uint8, workers=THREADS
    )
    return apart


def _winkler(a: Side, b: Side) -> Bools:
    """Whether Jaro's similarity, with Winkler's weight for a common beginning (1990), is high."""
    return _alike(a, b, JaroWinkler.similarity, SIMILAR_NAMES)


def _words(a: Side, b: Side) -> Bools:
    """Whether they have mostly the same words, in any order."""
    return _alike(a, b, fuzz.token_set_ratio, SIMILAR_WORDS)


def _alike(a: Side, b: Side, scorer: Any, least: float) -> Bools:
    if not len(a.codes):
        return np.zeros(0, np.bool_)
    found = cpdist(
        a.texts, b.texts, scorer=scorer, score_cutoff=least, dtype=np.float32, workers=THREADS
    )
    return np.asarray(found > 0)


def _on_some(some: Bools, test: Callable[[Side, Side], Bools], a: Side, b: Side) -> Bools:
    """The test where `some` holds, and false elsewhere."""
    places = np.flatnonzero(some)
    found = np.zeros(len(some), np.bool_)
    if len(places):
        found[places] = test(a.at(places), b.at(places))
    return found


def _shorter(a: Side, b: Side) -> I64:
    return np.minimum(a.each(len), b.each(len))


def _close_words(a: Side, b: Side) -> Bools:
    """One slip in three letters or more, two in eight."""
    apart, shorter = slips(a, b, 2), _shorter(a, b)
    close: Bools = ((apart <= 1) & (shorter >= 3)) | ((apart <= 2) & (shorter >= 8))
    return close


def _names(a: Side, b: Side) -> tuple[Bools, Bools]:
    """Similar are also a name and its beginning (`j`, `rob`), and two names and one of them."""
    close = _close_words(a, b)
    begins = _on_some(~close & (a.each(_first) == b.each(_first)), _begins, a, b)
    several = (a.each(_spaces) > 0) | (b.each(_spaces) > 0)
    similar = _on_some(~close, _winkler, a, b) | _on_some(several, _words, a, b)
    return close, similar | begins


def _first(text: str) -> int:
    return ord(text[0])


def _spaces(text: str) -> int:
    return text.count(" ")


def _begins(a: Side, b: Side) -> Bools:
    pairs = zip(a.texts, b.texts, strict=True)
    return np.fromiter((x.startswith(y) or y.startswith(x) for x, y in pairs), bool, len(a.codes))


def _places(a: Side, b: Side) -> tuple[Bools, Bools]:
    close = _close_words(a, b)
    return close, _on_some(~close, _winkler, a, b)


def _lines(a: Side, b: Side) -> tuple[Bools, Bools]:
    """Similar: alike in letters, and mostly the same words."""
    close, similar = _places(a, b)
    return close, _on_some(similar, _words, a, b)


def _emails(a: Side, b: Side) -> tuple[Bools, Bools]:
    """Close: two slips. Similar: the same before the @, or four slips."""
    apart = slips(a, b, 4)
    return apart <= 2, (apart <= 4) | (a.each(_local) == b.each(_local))


def _local(text: str) -> int:
    """A number for what stands before the @; one of its own where that is too short to tell."""
    local = text.partition("@")[0]
    return hash(local if len(local) >= 4 else text)


def _phones(a: Side, b: Side) -> tuple[Bools, Bools]:
    """Close: one slip, or the same end of seven digits."""
    apart = slips(a, b, 2)
    ends = a.each(lambda text: hash(text[-7:])) == b.each(lambda text: hash(text[-7:]))
    return (apart <= 1) | ends, apart <= 2


def _dates(a: Side, b: Side) -> tuple[Bools, Bools]:
    """Close: one slip, or day and month exchanged. Similar: two slips, or one part of three."""
    apart = slips(a, b, 2)
    turned = a.each(hash) == b.each(lambda text: hash(text[:4] + text[6:8] + text[4:6]))
    parts = sum(
        (a.each(part) == b.each(part)).astype(np.uint8)
        for part in (lambda t: hash(t[:4]), lambda t: hash(t[4:6]), lambda t: hash(t[6:8]))
    )
    return (apart <= 1) | turned, (apart <= 2) | np.asarray(parts == 2)


def _codes(a: Side, b: Side) -> tuple[Bools, Bools]:
    apart, shorter = slips(a, b, 2), _shorter(a, b)
    return (apart <= 1) & (shorter >= 3), (apart <= 2) & (shorter >= 4)


JUDGES: Mapping[Sort, Judge] = {
    "name": _names,
    "place": _places,
    "line": _lines,
    "firm": _lines,
    "email": _emails,
    "phone": _phones,
    "date": _dates,
    "code": _codes,
    "number": _codes,
}
