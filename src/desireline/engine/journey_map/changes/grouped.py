"""Changes that are made of others: what hangs on a part goes with it, and comes back with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeAlias

import msgspec

from desireline.engine.journey_map.changes.converting import converted
from desireline.engine.journey_map.changes.errors import MergedIntoItself
from desireline.engine.journey_map.changes.merging import either, told_together
from desireline.engine.journey_map.changes.places import Place
from desireline.engine.journey_map.changes.shelves import STAGES, TOUCHPOINTS, Shelf, shelf_of
from desireline.engine.journey_map.changes.single import (
    At,
    Base,
    Change,
    Move,
    Replace,
    Set,
    SetCell,
)
from desireline.engine.journey_map.document import JourneyMap
from desireline.engine.journey_map.parts import NO_EVENT, Stage, Touchpoint


class Add(Base, frozen=True, kw_only=True, tag="add"):
    """A new part. `at` counts from 0; without it, the end. A touchpoint names its stage."""

    part: str
    value: dict[str, Any]
    at: At | None = None
    stage: str | None = None

    def apply(self, document: JourneyMap) -> JourneyMap:
        """The map with the part."""
        shelf = shelf_of(self.part)
        return shelf.put(document, self._value(shelf), self.at, self.stage)

    def inverse(self, document: JourneyMap) -> Change:  # noqa: ARG002 - the protocol's
        """Removes it again."""
        return Remove(part=self.part, key=self._key)

    def touched(self, document: JourneyMap) -> frozenset[Place]:  # noqa: ARG002 - the protocol's
        """The part, and the touchpoints that a stage brings along."""
        value = self._value(shelf_of(self.part))
        inner = value.touchpoints if isinstance(value, Stage) else ()
        return frozenset({(self.part, self._key), *(("touchpoint", t.key) for t in inner)})

    @property
    def _key(self) -> str:
        return str(self.value.get(shelf_of(self.part).key, ""))

    def _value(self, shelf: Shelf) -> Any:
        return converted(self.value, shelf.type, f"the new {shelf.name}")


class Remove(Base, frozen=True, kw_only=True, tag="remove"):
    """A part goes, with what hangs on it: the touchpoints of a stage, cells of a touchpoint."""

    part: str
    key: str

    def apply(self, document: JourneyMap) -> JourneyMap:
        """The map without it."""
        shelf_of(self.part).find(document, self.key)
        for step in self._loosening(document):
            document = step.apply(document)
        return shelf_of(self.part).take(document, self.key)

    def inverse(self, document: JourneyMap) -> Change:
        """Adds it again, and what hung on it."""
        steps, bare = _undoing(document, self._loosening(document))
        found = shelf_of(self.part).find(bare, self.key)
        value = msgspec.to_builtins(found.value)
        add = Add(part=self.part, value=value, at=found.at, stage=found.stage)
        return together((add, *steps))

    def touched(self, document: JourneyMap) -> frozenset[Place]:
        """The part, and every place that spoke of it."""
        own: Place = (self.part, self.key)
        return frozenset({own}).union(*(s.touched(document) for s in self._loosening(document)))

    def _loosening(self, document: JourneyMap) -> list[Change]:
        """What must be done before nothing refers to the part any more."""
        value = shelf_of(self.part).find(document, self.key).value
        return list(LOOSENING.get(type(value), _nothing)(document, value))


class Steps(Base, frozen=True, kw_only=True):
    """A change that is several others in a row."""

    def steps(self, document: JourneyMap) -> Iterable[Change]:
        """The others, as the map stands before them."""
        raise NotImplementedError

    def apply(self, document: JourneyMap) -> JourneyMap:
        """The map after the last of them."""
        for step in self.steps(document):
            document = step.apply(document)
        return document

    def inverse(self, document: JourneyMap) -> Change:
        """What undoes them, the last first."""
        return together(_undoing(document, self.steps(document))[0])

    def touched(self, document: JourneyMap) -> frozenset[Place]:
        """The places of all of them."""
        found: frozenset[Place] = frozenset()
        for step in self.steps(document):
            found |= step.touched(document)
            document = step.apply(document)
        return found


class All(Steps, frozen=True, kw_only=True, tag="all"):
    """Several changes as one: all of them or none. `label` says what they are together."""

    changes: tuple[MapChange, ...]
    label: str = ""

    def steps(self, document: JourneyMap) -> Iterable[Change]:  # noqa: ARG002 - the protocol's
        """They themselves."""
        return self.changes


class SplitStage(Steps, frozen=True, kw_only=True, tag="split_stage"):
    """The touchpoints of a stage from the place `at` on become a stage of their own after it."""

    key: str
    at: At
    new_key: str
    new_name: str

    def steps(self, document: JourneyMap) -> Iterator[Change]:
        """A new stage, and touchpoints that move there."""
        found = STAGES.find(document, self.key)
        stage = {"key": self.new_key, "name": self.new_name}
        yield Add(part="stage", value=stage, at=found.at + 1)
        for touchpoint in found.value.touchpoints[self.at :]:
            yield Move(part="touchpoint", key=touchpoint.key, stage=self.new_key)


class MergeStages(Steps, frozen=True, kw_only=True, tag="merge_stages"):
    """The touchpoints of a stage go to the end of another, and the stage goes."""

    key: str
    into: str

    def steps(self, document: JourneyMap) -> Iterator[Change]:
        """Touchpoints that move, and the empty stage that is removed."""
        _check_two(self.key, self.into)
        STAGES.find(document, self.into)
        for touchpoint in STAGES.find(document, self.key).value.touchpoints:
            yield Move(part="touchpoint", key=touchpoint.key, stage=self.into)
        yield Remove(part="stage", key=self.key)


class SplitTouchpoint(Steps, frozen=True, kw_only=True, tag="split_touchpoint"):
    """A touchpoint becomes two: the new one stands after it, and the old one may get a new rule."""

    key: str
    value: dict[str, Any]
    rule: dict[str, Any] | None = None

    def steps(self, document: JourneyMap) -> Iterator[Change]:
        """The new touchpoint, and the rule."""
        found = TOUCHPOINTS.find(document, self.key)
        yield Add(part="touchpoint", value=self.value, at=found.at + 1, stage=found.stage)
        if self.rule is not None:
            yield Set(part="touchpoint", key=self.key, field="rule", value=self.rule)


class MergeTouchpoints(Steps, frozen=True, kw_only=True, tag="merge_touchpoints"):
    """A touchpoint goes up in another: its rule and cells are joined to the other's."""

    key: str
    into: str

    def steps(self, document: JourneyMap) -> Iterator[Change]:
        """A wider rule, fuller cells, alternatives that refer to the other, and the removal."""
        _check_two(self.key, self.into)
        gone = TOUCHPOINTS.find(document, self.key).value
        kept = TOUCHPOINTS.find(document, self.into).value
        rule = msgspec.to_builtins(either(kept.rule, gone.rule))
        yield Set(part="touchpoint", key=self.into, field="rule", value=rule)
        yield from self._alternatives(document, kept)
        yield from self._cells(document)
        yield Remove(part="touchpoint", key=self.key)

    def _alternatives(self, document: JourneyMap, kept: Touchpoint) -> Iterator[Change]:
        main = kept.alternative_to
        if main == self.key:
            yield Set(part="touchpoint", key=self.into, field="alternative_to", value=None)
            main = None
        for other in document.touchpoints:
            if other.alternative_to == self.key and other.key != self.into:
                value = main or self.into
                yield Set(part="touchpoint", key=other.key, field="alternative_to", value=value)

    def _cells(self, document: JourneyMap) -> Iterator[Change]:
        for lane in document.lanes:
            gone = lane.cells.get(self.key)
            if gone is not None:
                cell = msgspec.to_builtins(told_together(lane.cells.get(self.into), gone))
                yield SetCell(lane=lane.key, touchpoint=self.into, cell=cell)


class GrowNote(Steps, frozen=True, kw_only=True, tag="grow_note"):
    """A sticky note becomes a touchpoint that is no event yet: its first line is the name."""

    key: str
    touchpoint: str
    stage: str
    at: At | None = None

    def steps(self, document: JourneyMap) -> Iterator[Change]:
        """The touchpoint, and the note that goes."""
        note = shelf_of("note").find(document, self.key).value
        name, _, description = note.text.partition("\n")
        value = {
            "key": self.touchpoint,
            "name": name,
            "rule": msgspec.to_builtins(NO_EVENT),
            "description": description,
        }
        yield Add(part="touchpoint", value=value, at=self.at, stage=self.stage)
        yield Remove(part="note", key=self.key)


MapChange: TypeAlias = (
    Add
    | Remove
    | Move
    | Set
    | SetCell
    | Replace
    | SplitStage
    | MergeStages
    | SplitTouchpoint
    | MergeTouchpoints
    | GrowNote
    | All
)
"""The closed set."""


def _check_two(key: str, into: str) -> None:
    if key == into:
        raise MergedIntoItself(
            f"{key!r} would be merged into itself.", place=(key,), hint="Name another part."
        )


def together(changes: tuple[Any, ...]) -> Change:
    """The changes as one; a single one as it is."""
    return changes[0] if len(changes) == 1 else All(changes=changes)


def _undoing(
    document: JourneyMap, steps: Iterable[Change]
) -> tuple[tuple[Change, ...], JourneyMap]:
    """What undoes the steps, last first, and the map after them."""
    back: list[Change] = []
    for step in steps:
        back.append(step.inverse(document))
        document = step.apply(document)
    return tuple(reversed(back)), document


def _nothing(_: JourneyMap, __: Any) -> Iterator[Change]:
    yield from ()


def _from_stage(_: JourneyMap, stage: Stage) -> Iterator[Change]:
    for touchpoint in stage.touchpoints:
        yield Remove(part="touchpoint", key=touchpoint.key)


def _from_touchpoint(document: JourneyMap, touchpoint: Touchpoint) -> Iterator[Change]:
    for lane in document.lanes:
        if touchpoint.key in lane.cells:
            yield SetCell(lane=lane.key, touchpoint=touchpoint.key)
    for other in document.touchpoints:
        if other.alternative_to == touchpoint.key:
            yield Set(part="touchpoint", key=other.key, field="alternative_to", value=None)


LOOSENING: Mapping[type, Callable[[JourneyMap, Any], Iterator[Change]]] = {
    Stage: _from_stage,
    Touchpoint: _from_touchpoint,
}
"""What hangs on a part, by its type: the changes that loosen it."""
