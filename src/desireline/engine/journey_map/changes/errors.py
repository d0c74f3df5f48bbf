"""Why a change cannot be made to the map as it stands."""

from __future__ import annotations

from desireline.engine.journey_map.errors import MapInvalid


class PartMissing(MapInvalid):
    """The change speaks of a part that the map does not have, or has no more."""


class FieldUnknown(MapInvalid):
    """The change sets a field that such a part does not have, or that cannot be set."""


class ChangeUnreadable(MapInvalid):
    """Data that is no change, or holds what cannot stand in its place."""


class MapKeyFixed(MapInvalid):
    """The whole document is replaced by one with another key, which is another map."""


class MergedIntoItself(MapInvalid):
    """A part would be merged into itself."""
