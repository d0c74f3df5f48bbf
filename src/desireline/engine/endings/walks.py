"""The journeys of a shard as a flat table of the events that count here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import get_args

import numpy as np

from desireline.engine.endings.naming import named
from desireline.engine.endings.query import EndKind, Query
from desireline.engine.filters import Filter, filtered
from desireline.engine.journey_map import JourneyMap
from desireline.engine.journeys import I64, Bools, Journeys
from desireline.engine.rules.ast import Event, Rule
from desireline.engine.rules.matching import matches
from desireline.engine.telling import Words

UNMAPPED = -1
CUSTOMERS = ("", "person")
"""Actors who are the customer herself; all others are the company or work for it."""


@dataclass(frozen=True, eq=False)
class Walks:
    """One row an event that a touchpoint means or that ends something, journey by journey."""

    log: Journeys
    """As the map makes them, in the log's words."""
    names: tuple[str, ...]
    """The touchpoints by key."""
    journey: I64
    code: I64
    """The touchpoint, or `UNMAPPED`."""
    time: I64
    own: Bools
    """Whether the customer acted."""
    at: I64
    """The place of each event in the arrays of the log."""
    begins: I64
    """Where each journey begins among the rows, and the number of rows."""
    ends: Mapping[EndKind, Bools]
    """At which rows something of a kind happens."""
    elsewhere: Bools

    @property
    def n(self) -> int:
        """How many journeys."""
        return len(self.begins) - 1

    @property
    def stop(self) -> I64:
        """For each row, the first row of the next journey."""
        found: I64 = self.begins[self.journey + 1]
        return found

    def next_marked(self, marked: Bools) -> I64:
        """For each row the first marked row at it or behind it in its journey; else len(rows)."""
        n = len(self.journey)
        places = np.flatnonzero(marked)
        found = np.append(places, n)[np.searchsorted(places, np.arange(n))]
        return np.where(found < self.stop, found, n)

    def last_marked(self, marked: Bools) -> I64:
        """For each row the last marked row before it in its journey; -1 without one."""
        n = len(self.journey)
        at = np.where(marked, np.arange(n), -1)
        before = np.concatenate([np.full(1, -1), np.maximum.accumulate(at)])[:n]
        return np.where(before >= self.begins[self.journey], before, -1)

    @cached_property
    def came(self) -> I64:
        """For each journey and touchpoint the row of the first time; behind all rows: never."""
        return self._first_rows(self.code >= 0)

    @cached_property
    def was_served(self) -> I64:
        """The same of acts of the company."""
        return self._first_rows((self.code >= 0) & ~self.own)

    def _first_rows(self, which: Bools) -> I64:
        found = np.full((self.n, len(self.names)), len(self.journey), np.int64)
        row = np.flatnonzero(which)[::-1]
        found[self.journey[row], self.code[row]] = row
        return found

    def firsts(self) -> tuple[I64, I64]:
        """The rows at which a journey comes to a touchpoint for the first time, and for which."""
        row = np.sort(self.came[self.came < len(self.journey)])
        return row, self.code[row]


def walks_of(journeys: Journeys, query: Query) -> Walks:
    """The rows of a shard. Raises what telling in the words of a map raises."""
    words = query.words or Words.of(query.journey_map)
    own = journeys.trimmed()
    told = words.tell(own if query.as_of is None else filtered(own, Filter(stop=query.as_of + 1)))
    log, mapped = told.log, told.journeys
    assert mapped.mask is not None  # noqa: S101 - telling sets it
    ends = {kind: _where(log, rule) for kind, rule in ends_of(log, query).items()}
    elsewhere = _where(log, query.elsewhere or Event(_names(log.events, "elsewhere")))
    counts = mapped.mask.event | elsewhere
    for held in ends.values():
        counts = counts | held
    if log.mask is not None:
        counts &= log.mask.event
    counts &= np.repeat(mapped.mask.journey, np.diff(log.offset))
    at = np.flatnonzero(counts)
    owner = np.repeat(np.arange(len(log)), np.diff(log.offset))[at]
    code = np.where(mapped.mask.event[at], mapped.code[at].astype(np.int64), UNMAPPED)
    return Walks(
        log=log,
        names=tuple(t.key for t in query.journey_map.touchpoints),
        journey=owner.astype(np.int64),
        code=code,
        time=log.time[at],
        own=_own(log, at, code, query.journey_map),
        at=at,
        begins=np.searchsorted(owner, np.arange(len(log) + 1)).astype(np.int64),
        ends={kind: held[at] for kind, held in ends.items()},
        elsewhere=elsewhere[at],
    )


def ends_of(log: Journeys, query: Query) -> dict[EndKind, Rule]:
    """The rule of each kind of end: as given, else as names suggest, and the map's outcome."""
    if query.ends is not None:
        found: dict[EndKind, Rule] = {}
        for end in query.ends:
            found[end.kind] = found[end.kind] | end.rule if end.kind in found else end.rule
        return found
    kinds = [kind for kind in get_args(EndKind) if kind not in ("lapse", "outcome")]
    guessed = {kind: _names(log.events, kind) for kind in kinds}
    found = {kind: Event(names) for kind, names in guessed.items() if names}
    if query.journey_map.goal.outcome is not None:
        found["outcome"] = query.journey_map.goal.outcome
    return found


def _names(events: tuple[str, ...], kind: EndKind | str) -> tuple[str, ...]:
    return named(events, kind)  # type: ignore[arg-type]


def _where(log: Journeys, rule: Rule) -> Bools:
    return matches(log, rule)


def _own(log: Journeys, at: I64, code: I64, journey_map: JourneyMap) -> Bools:
    """Whether the customer acted: by the actor of the event, else by who begins the touchpoint."""
    persons = {*CUSTOMERS, *(a.key for a in journey_map.actors if a.kind == "person")}
    if log.actor is not None:
        acts = np.array([name in persons for name in log.actors], np.bool_)
        return acts[log.actor[at]].astype(np.bool_)
    begins = [(t.initiator or "") in persons for t in journey_map.touchpoints]
    found: Bools = np.array([*begins, True], np.bool_)[code]
    return found
