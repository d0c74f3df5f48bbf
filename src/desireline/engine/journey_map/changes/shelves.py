"""Where each kind of part stands in the document, and how one is put there, taken and found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol, TypeVar

import msgspec

from desireline.engine.journey_map.changes.errors import PartMissing
from desireline.engine.journey_map.document import JourneyMap
from desireline.engine.journey_map.errors import KeyRepeated
from desireline.engine.journey_map.lanes import Lane
from desireline.engine.journey_map.parts import (
    Actor,
    LeftOut,
    Note,
    Persona,
    Stage,
    Touchpoint,
)

T = TypeVar("T")
Held = dict[str, tuple[Touchpoint, ...]]
"""Touchpoints by stage."""


class Standing(NamedTuple):
    """A part and where it stands."""

    value: Any
    at: int
    stage: str | None = None


class Shelf(Protocol):
    """Parts of one kind in a document."""

    @property
    def type(self) -> type[msgspec.Struct]:
        """What a part is made of."""
        ...

    @property
    def name(self) -> str:
        """What the part is called in a change."""
        ...

    @property
    def key(self) -> str:
        """The field that names the part."""
        ...

    @property
    def fixed(self) -> frozenset[str]:
        """Fields that cannot be set: its key, and those that hold parts of their own."""
        ...

    def find(self, document: JourneyMap, key: str) -> Standing:
        """The part of this key. Raises PartMissing."""
        ...

    def put(
        self, document: JourneyMap, value: Any, at: int | None, stage: str | None
    ) -> JourneyMap:
        """The document with the part at this place; beyond the end is the end."""
        ...

    def take(self, document: JourneyMap, key: str) -> JourneyMap:
        """The document without the part."""
        ...

    def swap(self, document: JourneyMap, key: str, value: Any) -> JourneyMap:
        """The document with another part in its place."""
        ...

    def shift(
        self, document: JourneyMap, key: str, at: int | None, stage: str | None
    ) -> JourneyMap:
        """The document with the part at another place."""
        ...


@dataclass(frozen=True)
class TopShelf:
    """Parts that stand in a list of the document itself."""

    name: str
    type: type[msgspec.Struct]
    field: str
    key: str = "key"
    holds: frozenset[str] = frozenset()

    @property
    def fixed(self) -> frozenset[str]:
        """The key, and fields that hold parts of their own."""
        return self.holds | {self.key}

    def find(self, document: JourneyMap, key: str) -> Standing:
        """The part of this key. Raises PartMissing."""
        for at, value in enumerate(self._list(document)):
            if getattr(value, self.key) == key:
                return Standing(value, at)
        raise missing(self.name, key)

    def put(self, document: JourneyMap, value: Any, at: int | None, _: str | None) -> JourneyMap:
        """The document with the part at this place. Raises KeyRepeated."""
        held = self._list(document)
        key = getattr(value, self.key)
        if any(getattr(other, self.key) == key for other in held):
            raise KeyRepeated(
                f"The map has a {self.name} {key!r} already.",
                place=(self.name, key),
                hint="Give the new one another key.",
            )
        return self._with(document, inserted(held, value, at))

    def take(self, document: JourneyMap, key: str) -> JourneyMap:
        """The document without the part."""
        return self._with(document, without(self._list(document), self.find(document, key).at))

    def swap(self, document: JourneyMap, key: str, value: Any) -> JourneyMap:
        """The document with another part in its place."""
        found = self._list(document)
        at = self.find(document, key).at
        return self._with(document, (*found[:at], value, *found[at + 1 :]))

    def shift(self, document: JourneyMap, key: str, at: int | None, _: str | None) -> JourneyMap:
        """The document with the part at another place."""
        found = self.find(document, key)
        rest = without(self._list(document), found.at)
        return self._with(document, inserted(rest, found.value, at))

    def _list(self, document: JourneyMap) -> tuple[Any, ...]:
        found: tuple[Any, ...] = getattr(document, self.field)
        return found

    def _with(self, document: JourneyMap, values: tuple[Any, ...]) -> JourneyMap:
        return msgspec.structs.replace(document, **{self.field: values})


@dataclass(frozen=True)
class TouchpointShelf:
    """Touchpoints stand in their stages."""

    name: str = "touchpoint"
    type: type[msgspec.Struct] = Touchpoint
    key: str = "key"
    fixed: frozenset[str] = frozenset({"key"})

    def find(self, document: JourneyMap, key: str) -> Standing:
        """The touchpoint of this key, and its stage. Raises PartMissing."""
        for stage in document.stages:
            for at, value in enumerate(stage.touchpoints):
                if value.key == key:
                    return Standing(value, at, stage.key)
        raise missing(self.name, key)

    def put(
        self, document: JourneyMap, value: Any, at: int | None, stage: str | None
    ) -> JourneyMap:
        """The document with the touchpoint in the stage. Raises PartMissing without the stage."""
        return _with_stages(document, _put(_by_key(document), value, at, stage or ""))

    def take(self, document: JourneyMap, key: str) -> JourneyMap:
        """The document without the touchpoint."""
        return _with_stages(document, _take(_by_key(document), self.find(document, key)))

    def swap(self, document: JourneyMap, key: str, value: Any) -> JourneyMap:
        """The document with another touchpoint in its place."""
        found = self.find(document, key)
        rest = _take(_by_key(document), found)
        return _with_stages(document, _put(rest, value, found.at, found.stage or ""))

    def shift(
        self, document: JourneyMap, key: str, at: int | None, stage: str | None
    ) -> JourneyMap:
        """The document with the touchpoint at another place. Raises PartMissing."""
        found = self.find(document, key)
        rest = _take(_by_key(document), found)
        return _with_stages(document, _put(rest, found.value, at, stage or found.stage or ""))


STAGES = TopShelf("stage", Stage, "stages", holds=frozenset({"touchpoints"}))
LANES = TopShelf("lane", Lane, "lanes", holds=frozenset({"cells"}))
TOUCHPOINTS = TouchpointShelf()
SHELVES: Mapping[str, Shelf] = {
    "stage": STAGES,
    "touchpoint": TOUCHPOINTS,
    "lane": LANES,
    "persona": TopShelf("persona", Persona, "personas"),
    "actor": TopShelf("actor", Actor, "actors"),
    "note": TopShelf("note", Note, "notes"),
    "left_out": TopShelf("left_out", LeftOut, "left_out", key="event"),
}


def shelf_of(part: str) -> Shelf:
    """The shelf of a kind of part. Raises PartMissing for a kind that maps do not have."""
    if part not in SHELVES:
        raise missing("part", part)
    return SHELVES[part]


def missing(part: str, key: str) -> PartMissing:
    """The error for a part that is not there."""
    return PartMissing(
        f"The map has no {part.replace('_', ' ')} {key!r}.",
        place=(part, key),
        hint="It may have been removed meanwhile: look at the map as it is now.",
    )


def inserted(held: tuple[T, ...], value: T, at: int | None) -> tuple[T, ...]:
    """The list with the value at the place; beyond the end, or None, is the end."""
    place = len(held) if at is None else at
    return (*held[:place], value, *held[place:])


def without(held: tuple[T, ...], at: int) -> tuple[T, ...]:
    """The list without the value at the place."""
    return (*held[:at], *held[at + 1 :])


def _by_key(document: JourneyMap) -> Held:
    return {stage.key: stage.touchpoints for stage in document.stages}


def _put(held: Held, value: Touchpoint, at: int | None, stage: str) -> Held:
    if stage not in held:
        raise missing("stage", stage)
    return held | {stage: inserted(held[stage], value, at)}


def _take(held: Held, found: Standing) -> Held:
    stage = found.stage or ""
    return held | {stage: without(held[stage], found.at)}


def _with_stages(document: JourneyMap, held: Held) -> JourneyMap:
    """All stages at once: a touchpoint on its way from one to another is never off the map."""
    stages = tuple(
        msgspec.structs.replace(stage, touchpoints=held[stage.key]) for stage in document.stages
    )
    return msgspec.structs.replace(document, stages=stages)
