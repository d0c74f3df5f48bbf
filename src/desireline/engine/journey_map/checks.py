"""The laws of a journey map. Each check raises the first breach, with its place and value."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from msgspec import UNSET

from desireline.engine.journey_map.case_by import CaseBy
from desireline.engine.journey_map.errors import (
    AlternativeUnfit,
    BoundsReversed,
    CaseByIncomplete,
    CellUnfit,
    KeyRepeated,
    KeyUnfit,
    Place,
    TouchpointUnknown,
    place_text,
)
from desireline.engine.journey_map.lanes import LANE_KINDS, Cell, Lane, strange_fields
from desireline.engine.journey_map.parts import (
    Actor,
    LeftOut,
    Note,
    Persona,
    Stage,
    Touchpoint,
)

KEY_LENGTH = 200
"""Longest key, in characters: keys stand in addresses and file names."""

Placed = tuple[Place, Touchpoint]


def check_stages(stages: Sequence[Stage]) -> None:
    """Stages have distinct keys; touchpoints are checked too."""
    check_keys("stage", ((("stages", i), s.key) for i, s in enumerate(stages)))
    placed = list(placed_touchpoints(stages))
    check_keys("touchpoint", ((place, t.key) for place, t in placed))
    by_key = {t.key: t for _, t in placed}
    for place, touchpoint in placed:
        _check_alternative(place, touchpoint, by_key)
        _check_bounds(place, touchpoint)


def check_lanes(lanes: Sequence[Lane], stages: Sequence[Stage]) -> None:
    """Lanes have distinct keys, and cells only for touchpoints of the map, fit for their kind."""
    check_keys("lane", ((("lanes", i), lane.key) for i, lane in enumerate(lanes)))
    known = {t.key for _, t in placed_touchpoints(stages)}
    for i, lane in enumerate(lanes):
        for key, cell in lane.cells.items():
            place = ("lanes", i, "cells", key)
            if key not in known:
                raise TouchpointUnknown(
                    f"Lane {lane.key!r} has a cell for touchpoint {key!r}, "
                    "which is not on the map.",
                    place=place,
                    hint=_nearest(key, known),
                )
            _check_cell(place, lane, cell)


def check_version(version: int) -> None:
    """Versions count from 1."""
    if version < 1:
        raise BoundsReversed(
            f"version is {version}.", place=("version",), hint="Versions count from 1."
        )


def check_parts(noun: str, field: str, parts: Sequence[Persona | Actor | Note]) -> None:
    """Parts of one kind have distinct keys."""
    check_keys(noun, (((field, i), part.key) for i, part in enumerate(parts)))


def check_left_out(left_out: Sequence[LeftOut]) -> None:
    """Each event type is left out once."""
    first: dict[str, int] = {}
    for i, left in enumerate(left_out):
        if left.event in first:
            raise KeyRepeated(
                f"The event type {left.event!r} is left out twice: left_out[{first[left.event]}] "
                f"and left_out[{i}].",
                place=("left_out", i, "event"),
                hint="Keep one of them.",
            )
        first[left.event] = i


def check_case_by(case_by: CaseBy) -> None:
    """A column where one is needed, a gap above 0 where one is needed, and neither elsewhere."""
    gap = case_by.gap_seconds
    if (case_by.kind == "column") != (case_by.column is not None):
        raise CaseByIncomplete(
            f"case_by is {case_by.kind!r} with column {case_by.column!r}.",
            place=("case_by",),
            hint="kind 'column' needs the name of a column; the other kinds take none.",
        )
    if (case_by.kind == "session") != (gap is not None) or not (gap is None or _positive(gap)):
        raise CaseByIncomplete(
            f"case_by is {case_by.kind!r} with gap_seconds {gap!r}.",
            place=("case_by",),
            hint="kind 'session' needs gap_seconds above 0 (1800 is usual); other kinds take none.",
        )


def check_keys(noun: str, keys: Iterable[tuple[Place, str]]) -> None:
    """Keys of one kind are fit to be keys, and distinct."""
    seen: dict[str, Place] = {}
    for place, key in keys:
        if not key or len(key) > KEY_LENGTH or any(c.isspace() for c in key):
            raise KeyUnfit(
                f"{place_text(place)} has the key {key[:KEY_LENGTH]!r}.",
                place=(*place, "key"),
                hint=f"A key has 1 to {KEY_LENGTH} characters and no blanks: 'cart_viewed'.",
            )
        if key in seen:
            raise KeyRepeated(
                f"The {noun} key {key!r} stands twice: {place_text(seen[key])} and "
                f"{place_text(place)}.",
                place=(*place, "key"),
                hint="Give one of them another key.",
            )
        seen[key] = place


def placed_touchpoints(stages: Sequence[Stage]) -> Iterable[Placed]:
    """Every touchpoint in the map's order, each with its place."""
    for i, stage in enumerate(stages):
        for j, touchpoint in enumerate(stage.touchpoints):
            yield ("stages", i, "touchpoints", j), touchpoint


def _check_cell(place: Place, lane: Lane, cell: Cell) -> None:
    if cell.n is not None and cell.n < 0:
        raise BoundsReversed(
            f"{place_text(place)}.n is {cell.n}; a number of people cannot be negative.",
            place=(*place, "n"),
            hint="Give the number of people behind the cell, or leave n out.",
        )
    form = LANE_KINDS[lane.kind]
    strange = strange_fields(cell, form)
    if strange:
        raise CellUnfit(
            f"{place_text(place)} has {strange[0]!r}, which a lane of kind {lane.kind!r} does"
            " not take.",
            place=(*place, strange[0]),
            hint="It takes: " + ", ".join(("text", "evidence", "n", *form.takes)) + ".",
        )
    low, high, value = form.lowest, form.highest, cell.value
    if value is not UNSET and not (
        math.isfinite(value) and (low is None or value >= low) and (high is None or value <= high)
    ):
        raise CellUnfit(
            f"{place_text(place)}.value is {value}.",
            place=(*place, "value"),
            hint="Give a number."
            if low is None
            else f"In a lane of kind {lane.kind!r} it goes from {low:g} to {high:g}.",
        )


def _check_alternative(place: Place, touchpoint: Touchpoint, by_key: dict[str, Touchpoint]) -> None:
    other = touchpoint.alternative_to
    if other is None:
        return
    place = (*place, "alternative_to")
    if other not in by_key:
        raise TouchpointUnknown(
            f"{place_text(place)}: touchpoint {touchpoint.key!r} is an alternative to {other!r}, "
            "which is not on the map.",
            place=place,
            hint=_nearest(other, set(by_key) - {touchpoint.key}),
        )
    if other == touchpoint.key or by_key[other].alternative_to is not None:
        raise AlternativeUnfit(
            f"{place_text(place)}: touchpoint {touchpoint.key!r} is an alternative to {other!r}, "
            + ("which is itself." if other == touchpoint.key else "which is one already."),
            place=place,
            hint="Name the main touchpoint, the one that is no alternative to another.",
        )


def _check_bounds(place: Place, touchpoint: Touchpoint) -> None:
    low, high = touchpoint.not_before_seconds, touchpoint.not_after_seconds
    for name, bound in (("not_before_seconds", low), ("not_after_seconds", high)):
        if bound is not None and not (math.isfinite(bound) and bound >= 0):
            raise BoundsReversed(
                f"{place_text((*place, name))} is {bound}.",
                place=(*place, name),
                hint="A time bound is a number of seconds from 0 up.",
            )
    if low is not None and high is not None and low > high:
        raise BoundsReversed(
            f"Touchpoint {touchpoint.key!r} ({place_text(place)}) may not come before {low:g} "
            f"seconds and not after {high:g} seconds.",
            place=place,
            hint="not_before_seconds must not be above not_after_seconds.",
        )


def _positive(number: float) -> bool:
    return math.isfinite(number) and number > 0


def _nearest(key: str, known: set[str]) -> str:
    import difflib  # noqa: PLC0415 - only needed to word an error

    near = difflib.get_close_matches(key, sorted(known), 1)
    if near:
        return f"Did you mean {near[0]!r}?"
    return "The map has: " + (", ".join(sorted(known)[:10]) or "no touchpoint") + "."
