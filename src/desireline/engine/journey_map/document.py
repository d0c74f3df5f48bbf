"""JourneyMap: the map as a pure, versioned document. It stores rules, never numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, Literal

import msgspec
from msgspec import Struct, field

from desireline.engine.journey_map import checks
from desireline.engine.journey_map.case_by import CaseBy
from desireline.engine.journey_map.lanes import Lane
from desireline.engine.journey_map.parts import (
    Actor,
    Goal,
    LeftOut,
    MapKind,
    Note,
    Parent,
    Persona,
    Scope,
    Stage,
    Touchpoint,
)
from desireline.engine.rules.names import columns_of

FORMAT: Final = "desireline.map/1"
"""The format that this program writes and reads."""


class JourneyMap(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A journey map: goal, stages with their touchpoints in order, lanes, and what makes a journey.

    A map that exists is sound: making one that breaks a law (a repeated key, a cell for an unknown
    touchpoint, a cell that its lane does not take, reversed bounds) raises a `MapInvalid`.
    """

    format: Literal["desireline.map/1"] = FORMAT
    key: str
    name: str
    version: int = 1
    kind: MapKind = "as_is"
    goal: Goal = field(default_factory=Goal)
    case_by: CaseBy = field(default_factory=CaseBy)
    personas: tuple[Persona, ...] = ()
    stages: tuple[Stage, ...] = ()
    lanes: tuple[Lane, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    scope: Scope = "life_cycle"
    """All of a customer's life with the company, or the way to one task done."""
    parent: Parent | None = None
    actors: tuple[Actor, ...] = ()
    notes: tuple[Note, ...] = ()

    def __post_init__(self) -> None:
        checks.check_keys("map", [((), self.key)])
        checks.check_version(self.version)
        checks.check_case_by(self.case_by)
        checks.check_parts("persona", "personas", self.personas)
        checks.check_parts("actor", "actors", self.actors)
        checks.check_parts("note", "notes", self.notes)
        checks.check_stages(self.stages)
        checks.check_lanes(self.lanes, self.stages)
        checks.check_left_out(self.left_out)

    @property
    def touchpoints(self) -> tuple[Touchpoint, ...]:
        """All touchpoints in the map's order."""
        return tuple(t for stage in self.stages for t in stage.touchpoints)

    def stage_of(self, touchpoint: str) -> Stage:
        """The stage that holds the touchpoint of this key. Raises KeyError without one."""
        for stage in self.stages:
            if any(t.key == touchpoint for t in stage.touchpoints):
                return stage
        raise KeyError(touchpoint)

    def columns_needed(self) -> frozenset[str]:
        """The property columns that a reader must keep so that every rule can be answered."""
        rules = [t.rule for t in self.touchpoints]
        rules += [t.failed_when for t in self.touchpoints if t.failed_when is not None]
        rules += [p.rule for p in self.personas if p.rule is not None]
        if self.goal.outcome is not None:
            rules.append(self.goal.outcome)
        named = (columns_of(rule) for rule in rules)
        case = () if self.case_by.column is None else (self.case_by.column,)
        return frozenset(case).union(*named)

    def to_dict(self) -> dict[str, Any]:
        """The whole document as plain data for JSON, every field named (`types.ts` JourneyMap)."""
        plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(self))
        return plain

    def with_touchpoint(self, key: str, **changes: Any) -> JourneyMap:
        """A new map in which the touchpoint of this key has other fields. Raises KeyError."""
        self.stage_of(key)
        return msgspec.structs.replace(self, stages=tuple(_changed(self.stages, key, changes)))


def _changed(stages: tuple[Stage, ...], key: str, changes: dict[str, Any]) -> Iterator[Stage]:
    for stage in stages:
        touchpoints = (
            msgspec.structs.replace(t, **changes) if t.key == key else t for t in stage.touchpoints
        )
        yield msgspec.structs.replace(stage, touchpoints=tuple(touchpoints))
