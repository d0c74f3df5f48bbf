"""What is spoken of, and whether it is there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Table

from desireline.engine.errors import DesirelineError
from desireline.modules.discussion.errors import (
    CommentMissing,
    NominationMissing,
    PlaceUnknown,
    TaskMissing,
)
from desireline.modules.discussion.repository import Row
from desireline.modules.discussion.tables import comment, nomination, task
from desireline.modules.maps.facade import draft_map
from desireline.modules.rooms import Rooms

MISSING: Mapping[str, type[DesirelineError]] = {
    comment.name: CommentMissing,
    task.name: TaskMissing,
    nomination.name: NominationMissing,
}


@dataclass(frozen=True)
class Place:
    """What is spoken of: a map, a stage, a touchpoint, a lane, or with both of these a cell."""

    map: str
    touchpoint: str = ""
    lane: str = ""
    stage: str = ""

    @classmethod
    def of(cls, said: Row) -> Place:
        """Where a comment stands, and with it the replies to it."""
        return cls(said["map"], said["touchpoint"], said["lane"], said["stage"])


def check_place(rooms: Rooms, place: Place) -> None:
    """Nothing where the draft has such a place: what is said of nothing is lost.

    Raises MapUnknown, PlaceUnknown.
    """
    document = draft_map(rooms, place.map)
    sought = (
        ("stage", place.stage, {stage.key for stage in document.stages}),
        ("touchpoint", place.touchpoint, {touchpoint.key for touchpoint in document.touchpoints}),
        ("lane", place.lane, {lane.key for lane in document.lanes}),
    )
    for noun, key, known in sought:
        if key and key not in known:
            raise PlaceUnknown(
                f"The map {place.map!r} has no {noun} {key!r}.",
                hint="It may have been removed meanwhile: look at the map as it is now.",
            )


def there(table: Table, ident: int, row: Row | None) -> Row:
    """The row. Raises what the table is without it: CommentMissing, TaskMissing, ..."""
    if row is None:
        noun = table.name.removeprefix("map_")
        raise MISSING[table.name](f"There is no {noun} {ident}.", hint="It may have been deleted.")
    return row
