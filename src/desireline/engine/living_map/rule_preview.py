"""What a rule would catch: how many events of how many persons, since when, which, and whose.

It is asked again and again while somebody edits a rule, so it counts and looks no further.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desireline.engine.analyses.result import Result
from desireline.engine.analyses.times import iso
from desireline.engine.journeys import Bools, Journeys
from desireline.engine.rules.ast import Rule
from desireline.engine.rules.matching import matches

EXAMPLES = 5


@dataclass(frozen=True)
class Query:
    """A rule, and the rules of the other touchpoints of its map, in the map's order."""

    rule: Rule
    names: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    """One for each name."""
    place: int = 0
    """How many of them stand before the rule on the map, and so take events from it."""


@dataclass(frozen=True)
class Example:
    """One event that the rule catches."""

    at: str
    person: str
    event: str
    channel: str


@dataclass(frozen=True)
class Overlap:
    """Events that the rule of another touchpoint catches too."""

    touchpoint: str
    events: int
    goes_there: bool
    """The other stands first on the map, so these events are its."""


@dataclass(frozen=True)
class RulePreview(Result):
    """What a rule would catch."""

    events: int
    left: int
    """Events that no touchpoint before it takes."""
    persons: int
    first_at: str | None
    last_at: str | None
    examples: tuple[Example, ...]
    """The newest, of different persons."""
    overlap: tuple[Overlap, ...]

    def rows(self) -> list[dict[str, object]]:
        """The examples."""
        return [
            {"at": e.at, "person": e.person, "event": e.event, "channel": e.channel}
            for e in self.examples
        ]


@dataclass(frozen=True)
class Partial:
    """What a shard contributes."""

    events: int = 0
    left: int = 0
    persons: int = 0
    first: int | None = None
    last: int | None = None
    newest: tuple[tuple[int, str, str, str], ...] = ()
    """Time, person, event type, channel: the newest event of a person, the newest persons."""
    overlap: tuple[int, ...] = ()


def partial(journeys: Journeys, query: Query) -> Partial:
    """What one shard contributes. Raises what the rules raise."""
    own = journeys.trimmed()
    caught = matches(own, query.rule)
    at = np.flatnonzero(caught)
    others = [matches(own, rule) & caught for rule in query.rules]
    taken: Bools = np.zeros(len(caught), np.bool_)
    for other in others[: query.place]:
        taken |= other
    overlap = tuple(int(other.sum()) for other in others)
    if not len(at):
        return Partial(overlap=overlap)
    walks = np.searchsorted(own.offset, at, "right") - 1
    persons = walks if own.person is None else own.person[walks]
    return Partial(
        events=len(at),
        left=len(at) - int(taken.sum()),
        persons=len(np.unique(persons)),
        first=int(own.time[at].min()),
        last=int(own.time[at].max()),
        newest=_newest(own, at, walks),
        overlap=overlap,
    )


def merge(a: Partial, b: Partial) -> Partial:
    """Two shards together."""
    return Partial(
        events=a.events + b.events,
        left=a.left + b.left,
        persons=a.persons + b.persons,
        first=min((t for t in (a.first, b.first) if t is not None), default=None),
        last=max((t for t in (a.last, b.last) if t is not None), default=None),
        newest=tuple(heapq.nlargest(EXAMPLES, (*a.newest, *b.newest))),
        overlap=tuple(x + y for x, y in zip(a.overlap, b.overlap, strict=True)),
    )


def finish(partial: Partial, query: Query) -> RulePreview:
    """The answer."""
    return RulePreview(
        events=partial.events,
        left=partial.left,
        persons=partial.persons,
        first_at=None if partial.first is None else iso(partial.first),
        last_at=None if partial.last is None else iso(partial.last),
        examples=tuple(
            Example(iso(time), person, event, channel)
            for time, person, event, channel in partial.newest
        ),
        overlap=tuple(
            Overlap(name, events, at < query.place)
            for at, (name, events) in enumerate(zip(query.names, partial.overlap, strict=True))
            if events
        ),
    )


def _newest(
    own: Journeys, at: NDArray[np.intp], walks: NDArray[np.intp]
) -> tuple[tuple[int, str, str, str], ...]:
    """The last event caught in a walk, of the walks where it is newest."""
    last = np.flatnonzero(np.append(walks[1:] != walks[:-1], np.True_))
    ends, owners = at[last], walks[last]
    times = own.time[ends]
    few = np.flatnonzero(times >= np.sort(times)[-min(EXAMPLES, len(times))])
    found = (
        (
            int(times[n]),
            own.ids[own.person_index(int(owners[n]))],
            own.events[int(own.code[ends[n]])],
            "" if own.channel is None else own.channels[int(own.channel[ends[n]])],
        )
        for n in few
    )
    return tuple(heapq.nlargest(EXAMPLES, found))
