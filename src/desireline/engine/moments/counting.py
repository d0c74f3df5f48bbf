"""What a shard contributes, in two looks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from desireline.engine.filters import Filter, filtered
from desireline.engine.journeys import Bools, Journeys
from desireline.engine.moments.choosing import contrasts_of
from desireline.engine.moments.first_look import Looked, Stream, looked
from desireline.engine.moments.query import Contrast, Query
from desireline.engine.moments.units import Units, standing_well, units_of


@dataclass(frozen=True, eq=False)
class Partial:
    """What was seen at first, and the units of each contrast after the second look."""

    seen: Looked = field(default_factory=Looked)
    units: dict[Contrast, Units] = field(default_factory=dict)


def partial(journeys: Journeys, query: Query) -> Partial:
    """What one shard contributes. Raises what telling in the words of a map raises."""
    stream = stream_of(journeys, query)
    if query.contrasts is None:
        return Partial(seen=looked(stream, query))
    return Partial(units={c: units_of(stream, query, c) for c in query.contrasts})


def merge(a: Partial, b: Partial) -> Partial:
    """Two shards, or two looks, together."""
    units = dict(a.units)
    for contrast, found in b.units.items():
        units[contrast] = units[contrast].merged(found) if contrast in units else found
    return Partial(a.seen.merged(b.seen), units)


def again(partial: Partial, query: Query) -> Query | None:
    """The query of the second look: which contrasts the touchpoints have."""
    if query.contrasts is not None:
        return None
    return replace(query, contrasts=contrasts_of(partial.seen, query), ends=partial.seen.ends)


def stream_of(journeys: Journeys, query: Query) -> Stream:
    """The journeys of a shard in the words of the map, one event after the other."""
    own = journeys.trimmed()
    shown = own if query.as_of is None else filtered(own, Filter(stop=query.as_of + 1))
    return Stream.of(query.told.tell(shown))


def standing(journeys: Journeys, query: Query, contrast: Contrast, *, went: bool) -> Bools:
    """One bool for each journey that the map makes of a shard: for it the touchpoint went so.

    Those that could not be followed for long enough count too.
    """
    return standing_well(stream_of(journeys, query), query, contrast, went=went)


def gather(parts: Sequence[Journeys], query: Query) -> tuple[list[Journeys], Query]:
    """The parts, joined where a journey of the map may be of several persons.

    Raises CaseByImpossible, PartsUnjoinable.
    """
    gathered, words = query.told.gather(parts)
    return gathered, replace(query, words=words)


def brings_together(query: Query) -> bool:
    """Whether a journey of the map may be of several persons."""
    return query.told.brings_together
