"""What a shard contributes to the second look: visits with and without each signal, by strata."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from desireline.engine.analyses.tally import Tally
from desireline.engine.analyses.times import iso
from desireline.engine.journeys import I64, Bools, Journeys
from desireline.engine.name_hashes import keys_of
from desireline.engine.pains.query import Query, Settled
from desireline.engine.pains.signals import SIGNALS, Signal
from desireline.engine.pains.visits import Met, Rows, Visits, told_until, visits_of
from desireline.engine.vocabulary import Names, in_common, places

FAR = 4
"""How far a journey has come: 0, 1, 2 to 3, 4 and more touchpoints."""
QUOTES = 3
"""Verbatims of a pain."""
WITHOUT, WITHOUT_GOOD, WITH, WITH_GOOD = range(4)
"""Columns of counts: visits without the signal, those of them that end well, and with it."""
_BITS = np.array([0, 1, 2, 2, *[3] * 12], np.int64)


@dataclass(frozen=True, order=True)
class Verbatim:
    """What somebody said at a touchpoint or after it; those with the least keys are told."""

    key: tuple[bool, int, str]
    text: str
    at: str
    touchpoint: int | None
    """Where it was said; None: at no touchpoint of the map."""


@dataclass(frozen=True, eq=False)
class Counts:
    """Visits by strata. A stratum is (touchpoint, origin, first channel, channel, far, had)."""

    channels: Names
    strata: dict[Signal, Tally]
    exits: Tally
    """By touchpoint * channels + channel, before the outcome: visits, journeys that end there,
    journeys that reach the outcome."""
    months: Counter[tuple[Signal, int, int]]
    """Visits with the signal by touchpoint and period."""
    quotes: dict[tuple[Signal, int], tuple[Verbatim, ...]]
    cases: int

    def merged(self, other: Counts, n: int) -> Counts:
        """Both together, of a map with so many touchpoints."""
        names = in_common(self.channels, other.channels)
        a, b = self._recoded(names, n), other._recoded(names, n)
        quotes = dict(a.quotes)
        for what, found in b.quotes.items():
            quotes[what] = tuple(sorted((*quotes.get(what, ()), *found))[:QUOTES])
        return Counts(
            names,
            {signal: a.strata[signal].merge(b.strata[signal]) for signal in a.strata},
            a.exits.merge(b.exits),
            a.months + b.months,
            quotes,
            a.cases + b.cases,
        )

    def _recoded(self, names: Names, n: int) -> Counts:
        if names == self.channels:
            return self
        place, old = places(self.channels, names), Keys(n, len(self.channels))
        new, strata = Keys(n, len(names)), dict[Signal, Tally]()
        for signal, tally in self.strata.items():
            t, origin, enters, channel, far, had = old.apart(tally.key)
            key = new.of(t, origin, place[enters], place[channel], far, had)
            strata[signal] = tally.regrouped(key)
        t, channel = np.divmod(self.exits.key, len(self.channels))
        exits = self.exits.regrouped(t * len(names) + place[channel])
        return replace(self, channels=names, strata=strata, exits=exits)


@dataclass(frozen=True)
class Keys:
    """Strata as numbers."""

    touchpoints: int
    channels: int

    def of(self, *stratum: I64 | int) -> I64:
        """The number of (touchpoint, origin, first channel, channel, far, had)."""
        t, origin, enters, channel, far, had = stratum
        key: Any = (t * (self.touchpoints + 1) + origin + 1) * self.channels + enters
        found: I64 = ((key * self.channels + channel) * FAR + far) * 2 + had
        return found

    def apart(self, key: I64) -> tuple[I64, I64, I64, I64, I64, I64]:
        """The other way round."""
        key, had = np.divmod(key, 2)
        key, far = np.divmod(key, FAR)
        key, channel = np.divmod(key, self.channels)
        key, enters = np.divmod(key, self.channels)
        t, origin = np.divmod(key, self.touchpoints + 1)
        return t, origin - 1, enters, channel, far, had


def count(journeys: Journeys, query: Query, known: Settled) -> Counts:
    """What one shard contributes."""
    found = visits_of(told_until(journeys, query), query, known)
    return _Counting(found, query).counts()


class _Counting:
    def __init__(self, found: Visits, query: Query) -> None:
        self.found, self.query = found, query
        self.log = found.told.log
        self.channel = self._channels()
        self.keys = Keys(len(query.journey_map.touchpoints), len(self.log.channels))
        n = len(self.log.time)
        first = np.minimum(self.log.offset[:-1], max(n - 1, 0))
        self.enters = self.channel[first] if n else np.zeros(len(self.log), np.int64)

    def _channels(self) -> I64:
        held = self.log.channel
        return np.zeros(len(self.log.time), np.int64) if held is None else held.astype(np.int64)

    def counts(self) -> Counts:
        walked = self.found.told.journeys
        assert walked.mask is not None  # noqa: S101 - telling sets it
        first = self.found.first
        quotes: dict[tuple[Signal, int], tuple[Verbatim, ...]] = {}
        months: Counter[tuple[Signal, int, int]] = Counter()
        for signal, met in self.found.met.items():
            rows = met.rows[met.has]
            months.update(self._months(signal, rows))
            quotes |= self._quotes(signal, rows)
        exits = first[~first["had"]]
        gone = exits[exits["ends"]]
        months.update(self._months("exit", gone))
        quotes |= self._quotes("exit", gone)
        return Counts(
            channels=self.log.channels,
            strata={s: self._strata(s, met) for s, met in self.found.met.items()},
            exits=self._exits(exits),
            months=months,
            quotes=quotes,
            cases=len(np.unique(first["journey"])),
        )

    def _strata(self, signal: Signal, met: Met) -> Tally:
        if signal == "switch":
            return self._of_switches(met)
        if met.may is not None:
            return self._of_first(met.has, met.may)
        keys = self._keys(met.rows, met.origin, apart=signal != "loop")
        distinct, which = np.unique(keys, return_inverse=True)
        return Tally(distinct, _cells(which, len(distinct), met.has, _ends_well(met.rows)))

    def _keys(
        self, rows: Rows, origin: I64, *, apart: bool = True, channel: I64 | None = None
    ) -> I64:
        far = _BITS[np.minimum(rows["seen"], len(_BITS) - 1)]
        return self.keys.of(
            rows["touchpoint"].astype(np.int64), origin, self.enters[rows["journey"]],
            self.channel[rows["at"]] if channel is None else channel, far if apart else 0,
            rows["had"].astype(np.int64),
        )  # fmt: skip

    def _of_switches(self, met: Met) -> Tally:
        """Like ones began by the same channel: the channel they are on now is what is asked."""
        may = slice(None) if met.may is None else met.may
        rows, enters = met.rows[may], self.enters[met.rows["journey"][may]]
        keys = self._keys(rows, met.origin[may], channel=enters)
        distinct, which = np.unique(keys, return_inverse=True)
        return Tally(distinct, _cells(which, len(distinct), met.has[may], _ends_well(rows)))

    @cached_property
    def _first(self) -> tuple[I64, I64, Bools]:
        """Of the first visits: the distinct strata, which one each is in, how each ends."""
        rows = self.found.first
        keys = self._keys(rows, rows["came_from"].astype(np.int64))
        distinct, which = np.unique(keys, return_inverse=True)
        return distinct, which, _ends_well(rows)

    def _of_first(self, has: Bools, may: Bools) -> Tally:
        distinct, which, good = self._first
        if not may.all():
            which, has, good = which[may], has[may], good[may]
        table = _cells(which, len(distinct), has, good)
        seen = table[:, WITHOUT] + table[:, WITH] > 0
        return Tally(distinct[seen], table[seen])

    def _exits(self, rows: Rows) -> Tally:
        keys = rows["touchpoint"].astype(np.int64) * len(self.log.channels)
        keys += self.channel[rows["at"]]
        ones = np.ones(len(rows), np.int64)
        return Tally.of(keys, np.column_stack([ones, rows["ends"], rows["reaches"]]))

    def _months(self, signal: Signal, rows: Rows) -> Counter[tuple[Signal, int, int]]:
        if not len(rows):
            return Counter()
        time = self.log.time[rows["at"]]
        one, begins = self.query.calendar.bounds(int(time.min()), int(time.max()))
        period = np.searchsorted(begins, time, side="right") - 1
        keys, times = np.unique(
            rows["touchpoint"].astype(np.int64) * len(begins) + period, return_counts=True
        )
        found: Counter[tuple[Signal, int, int]] = Counter()
        for key, n in zip(keys.tolist(), times.tolist(), strict=True):
            t, p = divmod(key, len(begins))
            found[signal, t, one + p] = n
        return found

    def _quotes(self, signal: Signal, rows: Rows) -> dict[tuple[Signal, int], tuple[Verbatim, ...]]:
        """What those who met the signal say next, there or later: something bad comes first."""
        spoken = self.found.text_at
        if not len(spoken) or not len(rows):
            return {}
        at = np.searchsorted(spoken, rows["at"])
        inside = np.minimum(at, len(spoken) - 1)
        speaks = (at < len(spoken)) & (spoken[inside] < self.log.offset[rows["journey"] + 1])
        rows, at = rows[speaks], at[speaks]
        rank, good = self._hashes[rows["journey"]], ~self.found.negative[at]
        order = np.lexsort((rank, good, rows["touchpoint"]))
        found: dict[tuple[Signal, int], list[Verbatim]] = {}
        taken = np.concatenate(
            [o[:QUOTES] for o in np.split(order, _breaks(rows["touchpoint"][order]))]
        )
        for k in taken.tolist():
            quote = self._verbatim(int(at[k]), (bool(good[k]), int(rank[k])))
            found.setdefault((signal, int(rows["touchpoint"][k])), []).append(quote)
        return {what: tuple(sorted(quotes)) for what, quotes in found.items()}

    @cached_property
    def _hashes(self) -> I64:
        return keys_of(self.log)

    def _verbatim(self, number: int, rank: tuple[bool, int]) -> Verbatim:
        at, text = int(self.found.text_at[number]), self.found.texts[int(self.found.said[number])]
        walked = self.found.told.journeys
        assert walked.mask is not None  # noqa: S101 - telling sets it
        place = int(walked.code[at]) if walked.mask.event[at] else None
        return Verbatim((*rank, text), text, iso(int(self.log.time[at])), place)


def _breaks(sorted_codes: I64) -> I64:
    return np.flatnonzero(np.diff(sorted_codes)) + 1


def _ends_well(rows: Rows) -> Bools:
    good: Bools = np.where(rows["had"], rows["lives_on"], rows["reaches"])
    return good


def _cells(which: I64, n: int, has: Bools, good: Bools) -> I64:
    """Columns of counts for each of n strata."""
    cell = 4 * which + 2 * has + good
    times = np.bincount(cell, minlength=4 * n).reshape(-1, 4)
    well = times[:, 1], times[:, 3]
    return np.column_stack([times[:, 0] + well[0], well[0], times[:, 2] + well[1], well[1]])


JUDGED: tuple[Signal, ...] = tuple(signal for signal in SIGNALS if signal != "exit")
"""Signals that are compared with like visits without them."""
