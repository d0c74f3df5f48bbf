"""The first look: who acts where, what follows what, how long and how silent journeys are."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from desireline.engine.endings.query import EndKind
from desireline.engine.endings.walks import Walks
from desireline.engine.inference.describing import SCORE
from desireline.engine.journeys import F64, I64, MICROSECONDS, Bools
from desireline.engine.kernels.waits import buckets_of

DAY = 86_400 * MICROSECONDS
START = -1
"""In place of a touchpoint: nothing came before."""


@dataclass(frozen=True, eq=False)
class First:
    """What a shard contributes; touchpoints by number, in the map's order."""

    journeys: int
    first: int | None
    last: int | None
    """When the first and the last event are, in microseconds."""
    returned: Counter[tuple[int, int]]
    """Gaps between days on which a customer acted, by the touchpoint before and length in days."""
    last_days: Counter[tuple[int, int]]
    """Journeys by the last own touchpoint and its day (since 1970)."""
    own: Counter[int]
    """Events of a touchpoint at which the customer acted."""
    company: Counter[int]
    """Events of a touchpoint at which the company acted."""
    reached: Counter[int]
    """Journeys that came to a touchpoint."""
    customers: Counter[int]
    """Of these, journeys that had the map's outcome before."""
    after: Counter[tuple[int, int]]
    """Events of the company by touchpoint and by the last own touchpoint before it."""
    answered: Counter[tuple[int, int]]
    """Journeys that came to an own touchpoint (first) and later to another (second)."""
    before: Counter[tuple[int, int]]
    """Journeys that came to a touchpoint (second) and before to one of the company (first)."""
    waits: Counter[tuple[int, int, int]]
    """From the first time at a touchpoint to the first time after it at another, by bucket."""
    scores: Counter[tuple[int, float]]
    """Marks given at the first time at a touchpoint."""
    kinds: Counter[EndKind]
    """Events of each kind of end."""
    elsewhere: Counter[int]
    """Events that say that somebody went elsewhere, by the last own touchpoint before."""

    def merged(self, other: First) -> First:
        """Two shards together."""
        mine, theirs = vars(self), vars(other)
        summed = {name: mine[name] + theirs[name] for name in mine if name not in ("first", "last")}
        firsts = [one.first for one in (self, other) if one.first is not None]
        lasts = [one.last for one in (self, other) if one.last is not None]
        return First(first=min(firsts, default=None), last=max(lasts, default=None), **summed)


def first_look(walks: Walks) -> First:
    """What a shard contributes."""
    row, code = walks.firsts()
    returned, last_days = _gaps(walks)
    mapped = walks.code >= 0
    previous = previous_own(walks)
    theirs = mapped & ~walks.own
    answered, waits = _pairs(walks, row, code)
    covered = walks.time
    return First(
        journeys=int((np.diff(walks.begins) > 0).sum()),
        first=int(covered.min()) if len(covered) else None,
        last=int(covered.max()) if len(covered) else None,
        returned=returned,
        last_days=last_days,
        own=counted(walks.code[mapped & walks.own]),
        company=counted(walks.code[theirs]),
        reached=counted(code),
        customers=counted(code[_had_outcome(walks)[row]]),
        after=_twos(walks.code[theirs], previous[theirs], len(walks.names)),
        answered=answered,
        before=_before(walks, row, code),
        waits=waits,
        scores=_scores(walks, row, code),
        kinds=Counter({kind: int(n) for kind, held in walks.ends.items() if (n := held.sum())}),
        elsewhere=counted(previous[walks.elsewhere]),
    )


def previous_own(walks: Walks) -> I64:
    """For each row the touchpoint at which the customer acted last before it; else `START`."""
    place = walks.last_marked(walks.own & (walks.code >= 0))
    return np.where(place >= 0, walks.code[place], START)


def counted(keys: I64) -> Counter[int]:
    """How often each number occurs."""
    found, n = np.unique(keys, return_counts=True)
    return Counter(dict(zip(found.tolist(), n.tolist(), strict=True)))


def _had_outcome(walks: Walks) -> Bools:
    """At which rows the outcome has come before; without an outcome, at all of them."""
    reached = walks.ends.get("outcome")
    if reached is None:
        return np.ones(len(walks.journey), np.bool_)
    found: Bools = walks.last_marked(reached) >= 0
    return found


def _twos(one: I64, other: I64, n: int) -> Counter[tuple[int, int]]:
    found = counted(one * (n + 1) + other + 1)
    return Counter({(key // (n + 1), key % (n + 1) - 1): many for key, many in found.items()})


def _gaps(walks: Walks) -> tuple[Counter[tuple[int, int]], Counter[tuple[int, int]]]:
    own = walks.own & (walks.code >= 0)
    code, day, journey = walks.code[own], walks.time[own] // DAY, walks.journey[own]
    if not len(day):
        return Counter(), Counter()
    same = journey[1:] == journey[:-1]
    gap, last = np.diff(day), np.append(~same, [True])
    came = same & (gap > 0)
    return _sorted_by(code[:-1][came], gap[came]), _sorted_by(code[last], day[last])


def _sorted_by(code: I64, day: I64) -> Counter[tuple[int, int]]:
    found, n = np.unique(np.stack([code, day]), axis=1, return_counts=True)
    return Counter(dict(zip(map(tuple, found.T.tolist()), n.tolist(), strict=True)))


def _pairs(
    walks: Walks, row: I64, code: I64
) -> tuple[Counter[tuple[int, int]], Counter[tuple[int, int, int]]]:
    """From own touchpoints to what the company did after them."""
    answered: Counter[tuple[int, int]] = Counter()
    waits: Counter[tuple[int, int, int]] = Counter()
    for act in np.unique(walks.code[(walks.code >= 0) & ~walks.own]).tolist():
        following = walks.next_marked((walks.code == act) & ~walks.own)
        starts = row[walks.own[row] & (code != act)]
        got = starts[following[starts] < len(walks.journey)]
        for place, many in counted(walks.code[got]).items():
            answered[place, act] += many
        wait = np.maximum(walks.time[following[got]] - walks.time[got], 0)
        keys = walks.code[got] * 4096 + buckets_of(wait)
        for key, many in counted(keys).items():
            waits[key // 4096, act, key % 4096] += many
    return answered, waits


def _before(walks: Walks, row: I64, code: I64) -> Counter[tuple[int, int]]:
    found: Counter[tuple[int, int]] = Counter()
    for act in np.flatnonzero((walks.was_served < len(walks.journey)).any(axis=0)).tolist():
        had = walks.was_served[walks.journey[row], act] < row
        for place, many in counted(code[had & (code != act)]).items():
            found[act, place] += many
    return found


def _scores(walks: Walks, row: I64, code: I64) -> Counter[tuple[int, float]]:
    marks = marks_of(walks)
    if marks is None:
        return Counter()
    given: Bools = ~np.isnan(marks[row])
    found: Counter[tuple[int, float]] = Counter()
    for place, mark in zip(code[given].tolist(), marks[row][given].tolist(), strict=True):
        found[place, mark] += 1
    return found


def marks_of(walks: Walks) -> F64 | None:
    """The mark that each row gives, NaN without one; None where the log has no marks."""
    held = walks.log.columns.get(SCORE)
    return None if held is None or held.numbers is None else held.numbers[walks.at]
