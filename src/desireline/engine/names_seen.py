"""What the journeys speak of: event types, channels, actors, properties and their values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from desireline.engine.analyses.result import Result
from desireline.engine.journeys import Column, Journeys


@dataclass(frozen=True)
class Query:
    """What to look at besides the names."""

    column: str | None = None
    """A property whose values are told."""
    counted: bool = False
    """How often each name occurs, in events."""


@dataclass(frozen=True)
class Names(Result):
    """Names with the number of their events, 0 where they were not counted."""

    events: Mapping[str, int]
    channels: Mapping[str, int]
    actors: Mapping[str, int]
    columns: tuple[str, ...]
    """Properties that have been read."""
    values: Mapping[str, int] = field(default_factory=dict)
    """Of the property that was asked for."""

    def rows(self) -> list[dict[str, Any]]:
        """One row an event type."""
        return [{"event": name, "events": n} for name, n in self.events.items()]


def partial(journeys: Journeys, query: Query) -> Names:
    """What one shard knows."""
    own = journeys.trimmed()
    column = own.columns.get(query.column or "")
    return Names(
        _counted(own, own.code, own.events, query),
        _counted(own, own.channel, own.channels, query),
        _counted(own, own.actor, own.actors, query),
        tuple(own.columns),
        {} if column is None else _values(column),
    )


def merge(a: Names, b: Names) -> Names:
    """Two shards together."""
    return Names(
        _added(a.events, b.events),
        _added(a.channels, b.channels),
        _added(a.actors, b.actors),
        tuple(dict.fromkeys((*a.columns, *b.columns))),
        _added(a.values, b.values),
    )


def finish(partial: Names, query: Query) -> Names:  # noqa: ARG001 - the shape of an analysis
    """The names."""
    return partial


def _added(a: Mapping[str, int], b: Mapping[str, int]) -> dict[str, int]:
    both = Counter(a)
    both.update(b)
    return dict(both)


def _counted(own: Journeys, codes: Any, names: tuple[str, ...], query: Query) -> dict[str, int]:
    """Events in force by name; what a mask hides is in force in another part."""
    if not query.counted or codes is None:
        return {name: 0 for name in names if name}
    if own.mask is not None:
        codes = codes[np.repeat(own.mask.journey, np.diff(own.offset)) & own.mask.event]
    counts = np.bincount(codes, minlength=len(names)).tolist()
    return {name: n for name, n in zip(names, counts, strict=True) if name}


def _values(column: Column) -> dict[str, int]:
    if column.numbers is not None:
        values, counts = np.unique(column.numbers, return_counts=True)
        told = zip(values.tolist(), counts.tolist(), strict=True)
        return {f"{value:.15g}": n for value, n in told if value == value}  # noqa: PLR0124 - NaN
    assert column.codes is not None  # noqa: S101 - a Column holds one of the two
    counts = np.bincount(column.codes + 1, minlength=len(column.values) + 1)[1:]
    return {name: n for name, n in zip(column.values, counts.tolist(), strict=True) if n}
