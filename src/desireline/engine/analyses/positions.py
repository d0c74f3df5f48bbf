"""Positions: where every open journey stands, and since when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from desireline.engine.analyses.flags import kept, spelled_out
from desireline.engine.analyses.result import Result
from desireline.engine.analyses.times import iso
from desireline.engine.analyses.waits import Wait, Waits
from desireline.engine.journeys import I64, Bools, Ids, Journeys
from desireline.engine.kernels.positions import ENDED, find_positions

LATEST = np.iinfo(np.int64).max


@dataclass(frozen=True, eq=False)
class Query:
    """When to look, and what ends a journey. Both arrays have one bool an event of the arrays."""

    outcome: Bools | None = None
    """A journey with a True up to `as_of` has the outcome and is not open."""
    closed: Bools | None = None
    """A True closes the journey, until a further event of it opens it again."""
    as_of: int | None = None
    """Microseconds since 1970: later events do not count. None: the last time there is."""


@dataclass(frozen=True, eq=False)
class Partial:
    """The open journeys of a shard, one entry for each: who, where, since when."""

    events: tuple[str, ...]
    ids: Ids
    last_time: int | None
    person: I64
    """Index into `ids`."""
    session: I64
    """Number of the journey among those of its person, from 1; 0 where journeys are persons."""
    position: I64
    since: I64


@dataclass(frozen=True)
class Position:
    """A touchpoint (or event type) where open journeys stand."""

    event: str
    open: int
    open_since: Wait
    """Seconds since they came there (the first event of their last visit)."""


@dataclass(frozen=True)
class OpenJourney:
    """An open journey: its name, where it stands, and since when (ISO 8601)."""

    id: str
    event: str
    since: str


@dataclass(frozen=True, eq=False)
class Positions(Result):
    """Where open journeys stand: the most frequented place first, then by name."""

    as_of: str | None
    open: int
    positions: tuple[Position, ...]
    partial: Partial

    @cached_property
    def by_event(self) -> dict[str, Position]:
        """The positions by event name; a place where nobody stands is missing."""
        return {position.event: position for position in self.positions}

    def journeys(self, limit: int = 100, event: str | None = None) -> Iterator[OpenJourney]:
        """At most `limit` open journeys (at `event`, if given), those that stand longest first."""
        part = self.partial
        here = np.arange(len(part.since))
        if event is not None:
            here = np.flatnonzero(part.position == part.events.index(event))
        longest = here[np.lexsort((part.session[here], part.person[here], part.since[here]))]
        for i in longest[:limit].tolist():
            number = f"#{part.session[i]}" if part.session[i] else ""
            name = part.ids[int(part.person[i])] + number
            yield OpenJourney(name, part.events[part.position[i]], iso(int(part.since[i])))

    def to_dict(self) -> dict[str, Any]:
        """Everything but the journeys one by one."""
        return {
            "as_of": self.as_of,
            "open": self.open,
            "positions": [
                {"event": p.event, "open": p.open, "open_since_seconds": _seconds(p.open_since)}
                for p in self.positions
            ],
        }

    def rows(self) -> list[dict[str, Any]]:
        """One row a place."""
        return [
            {
                "event": p.event,
                "open": p.open,
                **{f"open_since_{k}_seconds": v for k, v in _seconds(p.open_since).items()},
            }
            for p in self.positions
        ]


def _seconds(wait: Wait) -> dict[str, float | None]:
    return {"mean": wait.mean, "p50": wait.p50, "p90": wait.p90}


def partial(journeys: Journeys, query: Query) -> Partial:
    """What one shard contributes."""
    mask = kept(journeys)
    position, since = np.full(len(journeys), ENDED, np.int64), np.zeros(len(journeys), np.int64)
    find_positions(
        journeys.offset,
        journeys.code,
        journeys.time,
        mask.event,
        mask.journey,
        spelled_out(query.outcome, journeys),
        spelled_out(query.closed, journeys),
        LATEST if query.as_of is None else query.as_of,
        position,
        since,
    )
    open_ones = np.flatnonzero(position != ENDED)
    return Partial(
        journeys.events,
        journeys.ids,
        journeys.period[1] if journeys.period else None,
        *_names(journeys, open_ones),
        position[open_ones],
        since[open_ones],
    )


def _names(journeys: Journeys, which: I64) -> tuple[I64, I64]:
    """Index into `ids`, and number among the person's sessions, of some journeys."""
    if journeys.person is None:
        return which + journeys.first, np.zeros(len(which), np.int64)
    person = journeys.person.astype(np.int64)
    begins = np.diff(person, prepend=-1) != 0
    start = np.maximum.accumulate(np.where(begins, np.arange(len(person)), 0))[which]
    return person[which], which - start + 1 + np.where(start == 0, journeys.earlier, 0)


def merge(a: Partial, b: Partial) -> Partial:
    """Two shards together."""
    times = [t for t in (a.last_time, b.last_time) if t is not None]
    return Partial(
        a.events,
        a.ids,
        max(times, default=None),
        np.concatenate([a.person, b.person]),
        np.concatenate([a.session, b.session]),
        np.concatenate([a.position, b.position]),
        np.concatenate([a.since, b.since]),
    )


def finish(partial: Partial, query: Query) -> Positions:
    """The answer."""
    as_of = partial.last_time if query.as_of is None else query.as_of
    if as_of is None:
        return Positions(None, 0, (), partial)
    waits = Waits.of(partial.position, as_of - partial.since)
    told = [Position(partial.events[code], wait.n, wait) for code, wait in waits.figures.items()]
    told.sort(key=lambda p: (-p.open, p.event))
    return Positions(iso(as_of), len(partial.since), tuple(told), partial)
