"""Why they leave, and when they come back.

How long a silence means that somebody is gone is read from the map's own rhythm (`rhythm`). From
each touchpoint and stage the ends compete with one another (`spells`, `inference.incidence`). What
the company did, did late or left undone is held against leaving, among like persons and all at once
(`settled` says what is suspected, `reasons` what is found). Three looks: the first settles the
silence and what is suspected, the second counts, the third says of whom who left a reason is known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from desireline.engine.endings import one_person
from desireline.engine.endings.explaining import explained
from desireline.engine.endings.first_look import First, first_look
from desireline.engine.endings.one_person import Ending, Met, PersonQuery
from desireline.engine.endings.query import End, EndKind, Query
from desireline.engine.endings.reasons import graver, tested
from desireline.engine.endings.result import Difference, Driver, Endings, Reason
from desireline.engine.endings.second_look import Second, second_look
from desireline.engine.endings.settled import ReasonKind, Settled, Suspicion, settled
from desireline.engine.endings.standing import Concern, Counted, Silence, concerned, in_state
from desireline.engine.endings.states import State
from desireline.engine.endings.telling import told
from desireline.engine.endings.walks import walks_of
from desireline.engine.journeys import Journeys
from desireline.engine.telling import Words

__all__ = [
    "Concern",
    "Counted",
    "Difference",
    "Driver",
    "End",
    "EndKind",
    "Ending",
    "Endings",
    "Met",
    "Partial",
    "PersonQuery",
    "Query",
    "Reason",
    "ReasonKind",
    "Settled",
    "Silence",
    "State",
    "Suspicion",
    "again",
    "brings_together",
    "concerned",
    "finish",
    "gather",
    "in_state",
    "merge",
    "one_person",
    "partial",
]


@dataclass(frozen=True, eq=False)
class Partial:
    """What a shard contributes to each look."""

    first: First | None = None
    second: Second | None = None
    explained: Counter[int] | None = None


def partial(journeys: Journeys, query: Query) -> Partial:
    """What one shard contributes. Raises what telling in the words of a map raises."""
    walks = walks_of(journeys, query)
    if query.settled is None:
        return Partial(first=first_look(walks))
    if query.settled.found is None:
        return Partial(second=second_look(walks, query, query.settled))
    return Partial(explained=explained(walks, query.settled))


def merge(a: Partial, b: Partial) -> Partial:
    """Two shards together, or two looks."""
    return Partial(
        first=a.first.merged(b.first) if a.first and b.first else a.first or b.first,
        second=a.second.merged(b.second) if a.second and b.second else a.second or b.second,
        explained=a.explained + b.explained
        if a.explained is not None and b.explained is not None
        else a.explained
        if b.explained is None
        else b.explained,
    )


def again(partial: Partial, query: Query) -> Query | None:
    """The query of the next look: with what is settled, then with what was found; then None."""
    if query.settled is None:
        assert partial.first is not None  # noqa: S101 - the first look made it
        return replace(query, settled=settled(partial.first, query))
    if query.settled.found is None:
        assert partial.second is not None  # noqa: S101 - the second look made it
        found = graver(tested(partial.second), query.settled)
        return replace(query, settled=replace(query.settled, found=found))
    return None


def finish(partial: Partial, query: Query) -> Endings:
    """The answer."""
    assert partial.first is not None  # noqa: S101 - `again` brought all three looks
    assert partial.second is not None  # noqa: S101
    assert partial.explained is not None  # noqa: S101
    assert query.settled is not None  # noqa: S101
    return told(partial.first, partial.second, partial.explained, query.settled, query)


def gather(parts: Sequence[Journeys], query: Query) -> tuple[list[Journeys], Query]:
    """The parts, joined where a journey of the map may be of several persons.

    Raises CaseByImpossible, PartsUnjoinable.
    """
    gathered, words = (query.words or Words.of(query.journey_map)).gather(parts)
    return gathered, replace(query, words=words)


def brings_together(query: Query) -> bool:
    """Whether a journey of the map may be of several persons."""
    return (query.words or Words.of(query.journey_map)).brings_together
