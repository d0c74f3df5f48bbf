"""Values of changes as the parts and fields that they stand for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, get_type_hints

import msgspec

from desireline.engine.journey_map.changes.errors import ChangeUnreadable
from desireline.engine.journey_map.changes.shelves import shelf_of
from desireline.engine.journey_map.document import JourneyMap

MAP_FIELDS = ("name", "kind", "goal", "case_by", "scope", "parent")
"""What can be set of the map itself."""


def converted(value: Any, wanted: Any, what: str) -> Any:
    """The value as that type. Raises ChangeUnreadable."""
    try:
        return msgspec.convert(value, wanted)
    except msgspec.ValidationError as error:
        raise ChangeUnreadable(
            f"{what} is not fit: {error}.", hint="See docs/maps.md for what may stand there."
        ) from None
    except RecursionError:
        raise ChangeUnreadable(
            f"{what} is nested too deep to be read.", hint="Rules within rules need few levels."
        ) from None


@cache
def fields_of(part: str) -> Mapping[str, Any]:
    """The fields of a kind of part that can be set, with their types."""
    shelf = shelf_of(part)
    hints = get_type_hints(shelf.type, include_extras=True)
    names = (f.name for f in msgspec.structs.fields(shelf.type))
    return {name: hints[name] for name in names if name not in shelf.fixed}


@cache
def map_fields() -> Mapping[str, Any]:
    """The fields of the map itself that can be set, with their types."""
    hints = get_type_hints(JourneyMap, include_extras=True)
    return {name: hints[name] for name in MAP_FIELDS}
