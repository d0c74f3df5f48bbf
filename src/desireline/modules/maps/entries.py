"""What happened to a draft, one entry a revision, and changes that meet those of others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from desireline.engine.analyses.times import iso
from desireline.engine.journey_map import JourneyMap, MapInvalid
from desireline.engine.journey_map.changes import (
    Change,
    ChangeUnreadable,
    FieldUnknown,
    Place,
    meeting,
)


@dataclass(frozen=True)
class Entry:
    """Changes that were taken in one go. Each change of a draft or a version makes a revision."""

    revision: int
    by: str
    session: str
    at: int
    changes: tuple[dict[str, Any], ...] = ()
    touched: frozenset[Place] = frozenset()
    version: int | None = None
    """The version that was published here."""


@dataclass(frozen=True)
class Conflict:
    """A change that cannot be taken: at which place, who wrote there, and what is the matter."""

    index: int
    """Which of the changes that were sent."""
    place: Place
    by: str
    says: str


@dataclass
class Rebased:
    """Changes put on top of the map as it is now."""

    document: JourneyMap
    touched: frozenset[Place] = frozenset()
    conflicts: list[Conflict] = field(default_factory=list)


def told(entry: Entry) -> dict[str, Any]:
    """The entry as streams and answers tell it."""
    return {
        "revision": entry.revision,
        "by": entry.by,
        "session": entry.session,
        "at": iso(entry.at),
        "changes": list(entry.changes),
        "version": entry.version,
    }


def rebased(document: JourneyMap, changes: Sequence[Change], others: Sequence[Entry]) -> Rebased:
    """The document after the changes that meet none of the others'; the rest are conflicts.

    Raises MapInvalid for a change that cannot be made where nobody else changed anything.
    """
    now = Rebased(document)
    for index, change in enumerate(changes):
        try:
            places = change.touched(now.document)
            met = _met(places, others)
            if met is None:
                after = change.apply(now.document)
        except MapInvalid as error:
            if not others or isinstance(error, ChangeUnreadable | FieldUnknown):
                raise
            place = tuple(str(step) for step in error.place)
            now.conflicts.append(Conflict(index, place, _last(others), str(error)))
            continue
        if met is not None:
            place, entry = met
            says = f"{entry.by} has changed {' '.join(place) or 'the whole map'} meanwhile."
            now.conflicts.append(Conflict(index, place, entry.by, says))
            continue
        now.document, now.touched = after, now.touched | places
    return now


def _met(places: frozenset[Place], others: Sequence[Entry]) -> tuple[Place, Entry] | None:
    for entry in reversed(others):
        place = meeting(places, entry.touched)
        if place is not None:
            return place, entry
    return None


def _last(others: Sequence[Entry]) -> str:
    return others[-1].by
