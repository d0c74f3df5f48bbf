"""New, active, at risk, lapsed, won back, lost: where persons stand, month by month."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

import numpy as np

from desireline.engine.calendar import Calendar
from desireline.engine.endings.query import MOST_MONTHS
from desireline.engine.endings.settled import Settled
from desireline.engine.endings.walks import Walks
from desireline.engine.journeys import I64, Bools

State: TypeAlias = Literal["new", "active", "at_risk", "lapsed", "won_back", "churned"]
STATES: tuple[State, ...] = get_args(State)
NEW, ACTIVE, AT_RISK, LAPSED, WON_BACK, CHURNED = range(len(STATES))
NOT_YET = -1


@dataclass(frozen=True, eq=False)
class Flow:
    """Persons by state now, and from the end of one month to the end of the next."""

    now: Counter[int]
    months: Counter[tuple[int, int]]
    """By number of the month, as it ends, and state."""
    moves: Counter[tuple[int, int, int]]
    """By number of the month, the state before (`NOT_YET`: none), and the state as it ends."""

    def merged(self, other: Flow) -> Flow:
        """Two shards together."""
        return Flow(self.now + other.now, self.months + other.months, self.moves + other.moves)


def flow_of(walks: Walks, calendar: Calendar, settled: Settled) -> Flow:
    """The states of a shard now and at the ends of the last months."""
    now = states_at(walks, settled, settled.as_of)
    months: Counter[tuple[int, int]] = Counter()
    moves: Counter[tuple[int, int, int]] = Counter()
    one, last = calendar.number(settled.first), calendar.number(settled.as_of)
    before = None
    for month in range(max(one, last - MOST_MONTHS), last + 1):
        at = min(calendar.begin(month + 1) - 1, settled.as_of)
        after = now if at == settled.as_of else states_at(walks, settled, at)
        was = np.full_like(after, NOT_YET) if before is None else before
        for key, n in _counts((was + 1) * len(STATES) + after, after != NOT_YET).items():
            frm, to = divmod(key, len(STATES))
            months[month, to] += n
            if before is not None:
                moves[month, frm - 1, to] += n
        before = after
    return Flow(_counts(now, now != NOT_YET), months, moves)


def states_at(walks: Walks, settled: Settled, moment: int) -> I64:
    """The number of the state of each journey at a moment; `NOT_YET` before its first sign."""
    n = len(walks.journey)
    found = np.full(walks.n, NOT_YET, np.int64)
    churn = walks.ends.get("churn", np.zeros(n, np.bool_))
    sign = np.flatnonzero(walks.own | churn)
    sign = sign[walks.time[sign] <= moment]
    if not len(sign):
        return found
    journey = walks.journey[sign]
    fresh = np.append([True], journey[1:] != journey[:-1])
    first = np.flatnonzero(fresh)
    last = np.append(first[1:], len(sign)) - 1
    gap = np.append([0], np.diff(walks.time[sign]))
    silence, risk = settled.silence(walks.code[sign]), settled.risk(walks.code[sign])
    gone = np.append([False], churn[sign[:-1]] | (gap[1:] > silence[:-1]))
    back = np.maximum.accumulate(np.where(gone & ~fresh, np.arange(len(sign)), -1))[last]
    returned = back >= first
    silent = moment - walks.time[sign[last]]
    age = moment - walks.time[sign[first]]
    since = moment - walks.time[sign[np.where(returned, back, 0)]]
    found[journey[first]] = np.select(
        [
            churn[sign[last]],
            silent > silence[last],
            silent > risk[last],
            returned & (since <= silence[last]),
            age <= risk[last],
        ],
        [CHURNED, LAPSED, AT_RISK, WON_BACK, NEW],
        ACTIVE,
    )
    return found


def _counts(keys: I64, which: Bools) -> Counter[int]:
    found, n = np.unique(keys[which], return_counts=True)
    return Counter(dict(zip(found.tolist(), n.tolist(), strict=True)))
