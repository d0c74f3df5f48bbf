"""Changes that need no other: move a part, set a field or a cell, replace the whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Protocol

import msgspec
from msgspec import Meta, Struct

from desireline.engine.journey_map.changes.converting import converted, fields_of, map_fields
from desireline.engine.journey_map.changes.errors import FieldUnknown, MapKeyFixed
from desireline.engine.journey_map.changes.places import Place
from desireline.engine.journey_map.changes.shelves import LANES, TOUCHPOINTS, Shelf, shelf_of
from desireline.engine.journey_map.document import JourneyMap
from desireline.engine.journey_map.lanes import Cell
from desireline.engine.journey_map.reading import from_dict

At = Annotated[int, Meta(ge=0)]


class Change(Protocol):
    """One thing that an editor does to a map."""

    def apply(self, document: JourneyMap) -> JourneyMap:
        """The map after it. Raises MapInvalid where the map as it stands does not allow it."""
        ...

    def inverse(self, document: JourneyMap) -> Change:
        """What leads back to `document` from the map after the change."""
        ...

    def touched(self, document: JourneyMap) -> frozenset[Place]:
        """The places of the map that it writes."""
        ...


class Base(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True,
    tag_field="type",
):  # fmt: skip
    """What all changes share: their form."""


class Move(Base, frozen=True, kw_only=True, tag="move"):
    """A part goes to another place: `at` is where it then stands. Touchpoints may change stage."""

    part: str
    key: str
    at: At | None = None
    stage: str | None = None

    def apply(self, document: JourneyMap) -> JourneyMap:
        """The map with the part there."""
        return shelf_of(self.part).shift(document, self.key, self.at, self.stage)

    def inverse(self, document: JourneyMap) -> Change:
        """Moves it back."""
        found = shelf_of(self.part).find(document, self.key)
        return Move(part=self.part, key=self.key, at=found.at, stage=found.stage)

    def touched(self, document: JourneyMap) -> frozenset[Place]:  # noqa: ARG002 - the protocol's
        """Its place."""
        return frozenset({(self.part, self.key, "at")})


class Set(Base, frozen=True, kw_only=True, tag="set"):
    """One field of a part, or of the map itself (`part` is `map`, without a key)."""

    part: str
    field: str
    value: Any
    key: str = ""

    def apply(self, document: JourneyMap) -> JourneyMap:
        """The map with the field so."""
        holder, old, fields = self._holder(document)
        value = converted(self.value, fields[self.field], f"{self.field} of the {self.part}")
        new = msgspec.structs.replace(old, **{self.field: value})
        return new if holder is None else holder.swap(document, self.key, new)

    def inverse(self, document: JourneyMap) -> Change:
        """Sets it as it was."""
        _, old, _ = self._holder(document)
        was = msgspec.to_builtins(getattr(old, self.field))
        return Set(part=self.part, key=self.key, field=self.field, value=was)

    def touched(self, document: JourneyMap) -> frozenset[Place]:  # noqa: ARG002 - the protocol's
        """The field."""
        return frozenset({(self.part, *((self.key,) if self.key else ()), self.field)})

    def _holder(self, document: JourneyMap) -> tuple[Shelf | None, Any, Mapping[str, Any]]:
        if self.part == "map":
            holder, old, fields = None, document, map_fields()
        else:
            holder = shelf_of(self.part)
            old, fields = holder.find(document, self.key).value, fields_of(self.part)
        if self.field not in fields:
            raise FieldUnknown(
                f"A {self.part} has no field {self.field!r} that can be set.",
                place=(self.part, self.key, self.field),
                hint="It has: " + ", ".join(fields) + ".",
            )
        return holder, old, fields


class SetCell(Base, frozen=True, kw_only=True, tag="set_cell"):
    """One square of a lane; without a cell it is emptied."""

    lane: str
    touchpoint: str
    cell: dict[str, Any] | None = None

    def apply(self, document: JourneyMap) -> JourneyMap:
        """The map with the cell so."""
        lane = LANES.find(document, self.lane).value
        TOUCHPOINTS.find(document, self.touchpoint)
        cells = {key: cell for key, cell in lane.cells.items() if key != self.touchpoint}
        if self.cell is not None:
            cells[self.touchpoint] = converted(self.cell, Cell, "the cell")
        return LANES.swap(document, self.lane, msgspec.structs.replace(lane, cells=cells))

    def inverse(self, document: JourneyMap) -> Change:
        """The cell that stood there, or none."""
        was = LANES.find(document, self.lane).value.cells.get(self.touchpoint)
        plain = None if was is None else msgspec.to_builtins(was)
        return SetCell(lane=self.lane, touchpoint=self.touchpoint, cell=plain)

    def touched(self, document: JourneyMap) -> frozenset[Place]:  # noqa: ARG002 - the protocol's
        """The cell."""
        return frozenset({("lane", self.lane, "cells", self.touchpoint)})


class Replace(Base, frozen=True, kw_only=True, tag="replace"):
    """The whole document: a file read in, a template, an older version."""

    document: dict[str, Any]

    def apply(self, document: JourneyMap) -> JourneyMap:
        """The other document. Raises MapKeyFixed."""
        new = from_dict(self.document)
        if new.key != document.key:
            raise MapKeyFixed(
                f"The document is the map {new.key!r}, not {document.key!r}.",
                place=("key",),
                hint="Give it the key of this map, or make a new map of it.",
            )
        return new

    def inverse(self, document: JourneyMap) -> Change:
        """The document as it was."""
        return Replace(document=document.to_dict())

    def touched(self, document: JourneyMap) -> frozenset[Place]:  # noqa: ARG002 - the protocol's
        """All of the map."""
        return frozenset({()})
