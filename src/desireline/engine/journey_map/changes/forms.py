"""What the browser must know of the parts of a map to change them by the same rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from desireline.engine.journey_map.case_by import CaseBy
from desireline.engine.journey_map.changes.converting import fields_of, map_fields
from desireline.engine.journey_map.changes.shelves import SHELVES
from desireline.engine.journey_map.lanes import Cell
from desireline.engine.journey_map.parts import DepartmentGoal, Goal, MomentOfTruth, Parent

INNER: Mapping[str, type[msgspec.Struct]] = {
    "goal": Goal,
    "case_by": CaseBy,
    "parent": Parent,
    "moment_of_truth": MomentOfTruth,
    "goals": DepartmentGoal,
    "cells": Cell,
}
"""Fields that hold parts of parts: one, a list of them, or a mapping to them."""


def part_forms() -> dict[str, Any]:
    """Of each kind of part: its key, the fields that can be set, and what is not said."""
    parts = {
        name: {
            "key": shelf.key,
            "fields": list(fields_of(name)),
            "defaults": defaults_of(shelf.type),
        }
        for name, shelf in SHELVES.items()
    }
    inner = {name: defaults_of(kind) for name, kind in INNER.items()}
    return {"map": list(map_fields()), "parts": parts, "inner": inner}


def defaults_of(kind: type[msgspec.Struct]) -> dict[str, Any]:
    """The fields that such a part has when nothing is said of them."""
    found = {}
    for field in msgspec.structs.fields(kind):
        if field.default_factory is not msgspec.NODEFAULT:
            found[field.encode_name] = field.default_factory()
        elif field.default not in (msgspec.NODEFAULT, msgspec.UNSET):
            found[field.encode_name] = field.default
    plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(found))
    return plain
