"""What a shard contributes to the second look: visits with and without each signal, by strata."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from desireline.engine.analyses.tally import Tally
from desireline.engine.analyses.times import iso
from desireline.engine.journeys import I64, Journeys
from desireline.engine.name_hashes import keys_of
from desireline.engine.pains.query import Query, Settled
from desireline.engine.pains.signals import SIGNALS, Signal
from desireline.engine.pains.strata import Keys, Sorted, Sorting
from desireline.engine.pains.visits import Met, Rows, Visits, told_until, visits_of
from desireline.engine.vocabulary import Names, in_common, places

QUOTES = 3
"""Verbatims of a pain."""
WITHOUT, WITHOUT_GOOD, WITH, WITH_GOOD = range(4)
"""Columns of counts: visits without the signal, those of them that end well, and with it."""


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
        strata = {
            signal: tally.regrouped(old.recoded(tally.key, place, len(names)))
            for signal, tally in self.strata.items()
        }
        t, channel = np.divmod(self.exits.key, len(self.channels))
        exits = self.exits.regrouped(t * len(names) + place[channel])
        return replace(self, channels=names, strata=strata, exits=exits)


def count(journeys: Journeys, query: Query, known: Settled) -> Counts:
    """What one shard contributes."""
    found = visits_of(told_until(journeys, query), query, known)
    return _Counting(found, query).counts()


class _Counting:
    def __init__(self, found: Visits, query: Query) -> None:
        self.found, self.query, self.log = found, query, found.told.log
        self.sorting = Sorting(found, len(query.journey_map.touchpoints))

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
            cases=int(np.count_nonzero(np.diff(first["journey"], prepend=-1))),
        )

    def _strata(self, signal: Signal, met: Met) -> Tally:
        visits = self.sorting.of(signal, met)
        table = _cells(visits)
        seen = table[:, WITHOUT] + table[:, WITH] > 0
        return Tally(visits.strata[seen], table[seen])

    def _exits(self, rows: Rows) -> Tally:
        keys = rows["touchpoint"].astype(np.int64) * len(self.log.channels)
        keys += self.sorting.channel[rows["at"]]
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


def _cells(visits: Sorted) -> I64:
    """Columns of counts for each stratum."""
    cell, n = 4 * visits.which + 2 * visits.has + visits.good, len(visits.strata)
    if not visits.may.all():
        cell = cell[visits.may]
    times = np.bincount(cell, minlength=4 * n).reshape(-1, 4)
    well = times[:, 1], times[:, 3]
    return np.column_stack([times[:, 0] + well[0], well[0], times[:, 2] + well[1], well[1]])


JUDGED: tuple[Signal, ...] = tuple(signal for signal in SIGNALS if signal != "exit")
"""Signals that are compared with like visits without them."""
