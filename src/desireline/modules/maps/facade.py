"""What other modules may ask of maps: a document of theirs."""

from __future__ import annotations

from collections.abc import Sequence

from desireline.engine.journey_map import JourneyMap
from desireline.engine.journey_map.changes import Change
from desireline.modules.maps.drafts import Sent
from desireline.modules.maps.service import Maps
from desireline.modules.rooms import Rooms


def draft_map(rooms: Rooms, key: str) -> JourneyMap:
    """A map as it is being drawn; where nobody draws, its published version. MapUnknown."""
    return Maps(rooms).draft(key).document


def published_map(rooms: Rooms, key: str, version: int | None = None) -> JourneyMap:
    """A published version of a map, the last without a number. MapUnknown, MapUnpublished."""
    return Maps(rooms).published(key, version).document


def published_version(rooms: Rooms, key: str) -> int | None:
    """The number of the version that is published now, None where there is none. MapUnknown."""
    return Maps(rooms).version(key)


def change_draft(rooms: Rooms, key: str, changes: Sequence[Change], by: str) -> None:
    """Changes the draft as it stands now, as an editor would. MapUnknown, ChangesConflict."""
    maps = Maps(rooms)
    maps.drafts.change(key, Sent(maps.revision(key), tuple(changes), "", by))
