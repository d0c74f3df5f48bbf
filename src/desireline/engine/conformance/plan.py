"""The map as a model of how a journey may go."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desireline.engine.journey_map import JourneyMap
from desireline.engine.journey_map.parts import Stage, Touchpoint
from desireline.engine.journeys import F64, I64, MICROSECONDS, Bools

Slot = tuple[Touchpoint, ...]
"""Touchpoints of which a journey takes one: the first, or an alternative to it."""


@dataclass(frozen=True, eq=False)
class Plan:
    """Blocks of slots of touchpoints, as arrays.

    Stages come one after the other. A stage in order is a block for each of its slots, a stage in
    any order is one block. `touchpoints` stand in the order of their slots, alternatives behind the
    touchpoint that they stand for. As a process tree: a sequence of blocks; a block is the parallel
    of its slots; a slot the exclusive choice of its alternatives, and of nothing where optional; a
    repeatable touchpoint a loop.
    """

    touchpoints: tuple[Touchpoint, ...]
    place: I64
    """For each touchpoint in the map's order, where it stands among `touchpoints`."""
    slot_of: I64
    repeatable: Bools
    required: Bools
    """One a slot, as `block_of`."""
    block_of: I64
    begins: I64
    """The first slot of each block, and the number of slots."""
    earliest: F64
    """Microseconds after the touchpoint before, -inf without a bound; one a touchpoint."""
    latest: F64
    any_order: bool
    """Whether a block has several slots."""

    @property
    def shortest(self) -> int:
        """Events of the shortest journey that follows the plan."""
        return int(self.required.sum())


def plan_of(journey_map: JourneyMap) -> Plan:
    """The model that a map is."""
    blocks = [block for stage in journey_map.stages for block in _blocks(stage, journey_map)]
    slots = [slot for block in blocks for slot in block]
    touchpoints = [t for slot in slots for t in slot]
    at = {t.key: number for number, t in enumerate(touchpoints)}
    sizes = [len(block) for block in blocks]
    return Plan(
        touchpoints=tuple(touchpoints),
        place=np.array([at[t.key] for t in journey_map.touchpoints], np.int64),
        slot_of=np.repeat(np.arange(len(slots)), [len(slot) for slot in slots]).astype(np.int64),
        repeatable=np.array([t.repeatable for t in touchpoints], np.bool_),
        required=np.array([not slot[0].optional for slot in slots], np.bool_),
        block_of=np.repeat(np.arange(len(blocks)), sizes).astype(np.int64),
        begins=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        earliest=_bounds([t.not_before_seconds for t in touchpoints], -np.inf),
        latest=_bounds([t.not_after_seconds for t in touchpoints], np.inf),
        any_order=any(size > 1 for size in sizes),
    )


def _blocks(stage: Stage, journey_map: JourneyMap) -> list[list[Slot]]:
    slots = [
        (t, *(a for a in journey_map.touchpoints if a.alternative_to == t.key))
        for t in stage.touchpoints
        if t.alternative_to is None
    ]
    if stage.any_order:
        return [slots] if slots else []
    return [[slot] for slot in slots]


def _bounds(seconds: list[float | None], none: float) -> F64:
    return np.array([none if s is None else s * MICROSECONDS for s in seconds], np.float64)
