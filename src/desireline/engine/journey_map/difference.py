"""What two documents differ in: parts added, removed, changed and moved, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import Any, Literal, NamedTuple

import msgspec
from msgspec import Struct

from desireline.engine.journey_map.document import JourneyMap

HEAD = ("name", "kind", "goal", "case_by", "scope", "parent")
"""Fields of the map itself that are compared."""
HOLDS = frozenset({"touchpoints", "cells"})
"""Fields that hold parts, which are compared by themselves."""
What = Literal["added", "removed", "changed", "moved"]


class FieldDifference(Struct, frozen=True, kw_only=True):
    """A field that both have, with another value."""

    field: str
    before: Any
    after: Any


class PartDifference(Struct, frozen=True, kw_only=True):
    """A part that only one of the two has, or that is not the same in both.

    `part` is `map`, `stage`, `touchpoint`, `lane`, `cell`, `persona`, `actor`, `note` or
    `left_out`. A cell has the key of its lane, and its touchpoint.
    """

    part: str
    key: str
    name: str
    what: What
    touchpoint: str | None = None
    fields: tuple[FieldDifference, ...] = ()


class _Part(NamedTuple):
    """A part, the group in which its order counts, and its place there."""

    value: Struct
    group: str = ""


def difference(before: JourneyMap, after: JourneyMap) -> tuple[PartDifference, ...]:
    """Every difference, in the order of the later document; what was removed comes last."""
    return (
        *_head(before, after),
        *_parts("stage", _stages(before), _stages(after)),
        *_parts("touchpoint", _touchpoints(before), _touchpoints(after)),
        *_parts("lane", _list(before.lanes), _list(after.lanes)),
        *_cells(before, after),
        *_parts("persona", _list(before.personas), _list(after.personas)),
        *_parts("actor", _list(before.actors), _list(after.actors)),
        *_parts("note", _list(before.notes), _list(after.notes)),
        *_parts(
            "left_out",
            {left.event: _Part(left) for left in before.left_out},
            {left.event: _Part(left) for left in after.left_out},
        ),
    )


def _head(before: JourneyMap, after: JourneyMap) -> Iterator[PartDifference]:
    fields = tuple(f for f in _fields(before, after) if f.field in HEAD)
    if fields:
        yield PartDifference(part="map", key="", name=after.name, what="changed", fields=fields)


def _stages(document: JourneyMap) -> dict[str, _Part]:
    return _list(document.stages)


def _touchpoints(document: JourneyMap) -> dict[str, _Part]:
    return {t.key: _Part(t, stage.key) for stage in document.stages for t in stage.touchpoints}


def _list(parts: tuple[Any, ...]) -> dict[str, _Part]:
    return {part.key: _Part(part) for part in parts}


def _parts(
    part: str, before: Mapping[str, _Part], after: Mapping[str, _Part]
) -> Iterator[PartDifference]:
    moved = _moved(before, after)
    for key, found in after.items():
        name = _name(found.value, key)
        if key not in before:
            yield PartDifference(part=part, key=key, name=name, what="added")
            continue
        old = before[key]
        fields = tuple(_fields(old.value, found.value))
        if key in moved:
            yield PartDifference(
                part=part, key=key, name=name, what="moved", fields=_group(old, found)
            )
        if fields:
            yield PartDifference(part=part, key=key, name=name, what="changed", fields=fields)
    for key, found in before.items():
        if key not in after:
            name = _name(found.value, key)
            yield PartDifference(part=part, key=key, name=name, what="removed")


def _moved(before: Mapping[str, _Part], after: Mapping[str, _Part]) -> set[str]:
    """Those that stand in another group, or elsewhere among those that both have."""
    old = [(key, part.group) for key, part in before.items() if key in after]
    new = [(key, part.group) for key, part in after.items() if key in before]
    kept = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    stayed = {new[at][0] for block in kept for at in range(block.b, block.b + block.size)}
    return {key for key, _ in new} - stayed


def _group(old: _Part, new: _Part) -> tuple[FieldDifference, ...]:
    if old.group == new.group:
        return ()
    return (FieldDifference(field="stage", before=old.group, after=new.group),)


def _cells(before: JourneyMap, after: JourneyMap) -> Iterator[PartDifference]:
    old = {lane.key: lane.cells for lane in before.lanes}
    new = {lane.key: lane.cells for lane in after.lanes}
    names = {t.key: t.name for t in (*before.touchpoints, *after.touchpoints)}
    for lane in dict.fromkeys((*new, *old)):
        was, now = old.get(lane, {}), new.get(lane, {})
        for touchpoint in dict.fromkeys((*now, *was)):
            found = _cell(was.get(touchpoint), now.get(touchpoint))
            if found is not None:
                what, fields = found
                yield PartDifference(
                    part="cell",
                    key=lane,
                    name=names.get(touchpoint, touchpoint),
                    touchpoint=touchpoint,
                    what=what,
                    fields=fields,
                )


def _cell(
    was: Struct | None, now: Struct | None
) -> tuple[What, tuple[FieldDifference, ...]] | None:
    if was == now:
        return None
    if was is None or now is None:
        only = now if was is None else was
        text = str(getattr(only, "text", ""))
        before, after = (None, text) if was is None else (text, None)
        told = (FieldDifference(field="text", before=before, after=after),)
        return ("added" if was is None else "removed"), told
    return "changed", tuple(_fields(was, now))


def _fields(before: Struct, after: Struct) -> Iterator[FieldDifference]:
    old, new = msgspec.to_builtins(before), msgspec.to_builtins(after)
    for field in dict.fromkeys((*old, *new)):
        if field not in HOLDS and old.get(field) != new.get(field):
            yield FieldDifference(field=field, before=old.get(field), after=new.get(field))


def _name(value: Struct, key: str) -> str:
    return str(getattr(value, "name", None) or key)
