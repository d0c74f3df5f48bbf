"""One person's walk in the words of a map: each of her events, and the touchpoint that it is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desireline.engine.analyses.result import Result
from desireline.engine.filters import Filter, filtered
from desireline.engine.journeys import Journeys
from desireline.engine.labelling import relabelled
from desireline.engine.rules.ast import Rule


@dataclass(frozen=True)
class Query:
    """Who, by her number, and the rules of touchpoints with their names."""

    person: int
    rules: tuple[Rule, ...]
    names: tuple[str, ...]


@dataclass(frozen=True)
class Step:
    """An event."""

    at: int
    """Microseconds since 1970."""
    event: str
    touchpoint: str | None
    """None where no rule holds at it."""


@dataclass(frozen=True)
class Walk(Result):
    """All of her events, in their order."""

    steps: tuple[Step, ...]

    def rows(self) -> list[dict[str, object]]:
        """A row an event."""
        return [{"at": s.at, "event": s.event, "touchpoint": s.touchpoint} for s in self.steps]


def partial(journeys: Journeys, query: Query) -> tuple[Step, ...]:
    """Her events, where she is in this shard; none elsewhere. Raises what the rules raise."""
    numbers = journeys.ids.integers
    if numbers is None:
        return ()
    mine = numbers[journeys.first : journeys.first + len(journeys)] == query.person
    if not mine.any():
        return ()
    at = int(np.flatnonzero(mine)[0])
    log = filtered(journeys, Filter(journeys=mine))
    told = relabelled(log, query.rules, query.names)
    assert told.mask is not None  # noqa: S101 - relabelled masks
    span = range(int(journeys.offset[at]), int(journeys.offset[at + 1]))
    return tuple(
        Step(
            at=int(log.time[i]),
            event=log.events[int(log.code[i])],
            touchpoint=query.names[int(told.code[i])] if told.mask.event[i] else None,
        )
        for i in span
    )


def merge(a: tuple[Step, ...], b: tuple[Step, ...]) -> tuple[Step, ...]:
    """A person is in one shard only."""
    return a or b


def finish(partial: tuple[Step, ...], query: Query) -> Walk:  # noqa: ARG001 - the protocol's
    """The walk."""
    return Walk(partial)
