"""Positions: where every open journey stands, and since when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

import numpy as np

from desireline.engine.analyses.flags import Flags, kept, spelled_out
from desireline.engine.analyses.listing import Listing
from desireline.engine.analyses.result import Result
from desireline.engine.analyses.shares import Share, share
from desireline.engine.analyses.times import iso
from desireline.engine.analyses.waits import Wait, Waits
from desireline.engine.journeys import I64, Journeys
from desireline.engine.kernels.positions import ENDED, find_positions
from desireline.engine.vocabulary import in_common, places

LATEST = np.iinfo(np.int64).max


@dataclass(frozen=True, eq=False)
class Query:
    """When to look, and what ends a journey."""

    outcome: Flags = None
    """A journey with such an event up to `as_of` has the outcome and is not open."""
    closed: Flags = None
    """Such an event closes the journey, until a further event of it opens it again."""
    as_of: int | None = None
    """Microseconds since 1970: later events do not count. None: the last time there is."""


@dataclass(frozen=True, eq=False)
class Partial:
    """The open journeys of a shard, one entry for each: who, where, since when."""

    events: tuple[str, ...]
    last_time: int | None
    names: Listing
    position: I64
    since: I64


@dataclass(frozen=True)
class Position:
    """A touchpoint (or event type) where open journeys stand."""

    event: str
    open: int
    share: Share
    """Of all open journeys."""
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
        """At most `limit` open journeys (at `event`, if given), those that stand longest first.

        Those that stand equally long come by name.
        """
        part = self.partial
        here = np.arange(len(part.since))
        if event is not None:
            here = np.flatnonzero(part.position == part.events.index(event))
        if 0 < limit < len(here):
            latest = np.partition(part.since[here], limit - 1)[limit - 1]
            here = here[part.since[here] <= latest]
        longest = sorted(here.tolist(), key=lambda i: (int(part.since[i]), part.names.order(i)))
        for i in longest[:limit]:
            event_here = part.events[part.position[i]]
            yield OpenJourney(part.names[i], event_here, iso(int(part.since[i])))

    def to_dict(self) -> dict[str, Any]:
        """Everything but the journeys one by one."""
        return {
            "as_of": self.as_of,
            "open": self.open,
            "positions": [
                {
                    "event": p.event,
                    "open": p.open,
                    "share": asdict(p.share),
                    "open_since_seconds": _seconds(p.open_since),
                }
                for p in self.positions
            ],
        }

    def rows(self) -> list[dict[str, Any]]:
        """One row a place."""
        return [
            {
                "event": p.event,
                "open": p.open,
                "n": p.share.n,
                "share": p.share.share,
                "low": p.share.low,
                "high": p.share.high,
                **{f"open_since_{k}_seconds": v for k, v in _seconds(p.open_since).items()},
            }
            for p in self.positions
        ]


def _seconds(wait: Wait) -> dict[str, float | None]:
    return {"mean": wait.mean, "p50": wait.p50, "p90": wait.p90}


def stands(journeys: Journeys, query: Query) -> tuple[I64, I64]:
    """For each journey the code where it stands (ENDED: it is not open), and since when."""
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
    return position, since


def partial(journeys: Journeys, query: Query) -> Partial:
    """What one shard contributes."""
    position, since = stands(journeys, query)
    open_ones = np.flatnonzero(position != ENDED)
    return Partial(
        journeys.events,
        journeys.period[1] if journeys.period else None,
        Listing.of(journeys, open_ones),
        position[open_ones],
        since[open_ones],
    )


def merge(a: Partial, b: Partial) -> Partial:
    """Two shards together."""
    names = in_common(a.events, b.events)
    times = [t for t in (a.last_time, b.last_time) if t is not None]
    place = [places(p.events, names)[p.position] for p in (a, b)]
    return Partial(
        names,
        max(times, default=None),
        a.names.merge(b.names),
        np.concatenate(place),
        np.concatenate([a.since, b.since]),
    )


def finish(partial: Partial, query: Query) -> Positions:
    """The answer."""
    as_of = partial.last_time if query.as_of is None else query.as_of
    if as_of is None:
        return Positions(None, 0, (), partial)
    waits = Waits.of(partial.position, as_of - partial.since)
    n = len(partial.since)
    told = [
        Position(partial.events[code], wait.n, share(wait.n, n), wait)
        for code, wait in waits.figures.items()
    ]
    told.sort(key=lambda p: (-p.open, p.event))
    return Positions(iso(as_of), n, tuple(told), partial)
