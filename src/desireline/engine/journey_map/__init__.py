"""The journey map as a pure document: what a company believes its customers' way to be."""

from desireline.engine.journey_map.case_by import CaseBy
from desireline.engine.journey_map.document import FORMAT, JourneyMap
from desireline.engine.journey_map.errors import MapInvalid
from desireline.engine.journey_map.parts import (
    Cell,
    Evidence,
    Goal,
    Lane,
    LaneKind,
    LeftOut,
    Persona,
    Stage,
    Touchpoint,
    default_name,
)
from desireline.engine.journey_map.reading import from_dict
from desireline.engine.journey_map.schema import allowed, schema

__all__ = [
    "FORMAT",
    "CaseBy",
    "Cell",
    "Evidence",
    "Goal",
    "JourneyMap",
    "Lane",
    "LaneKind",
    "LeftOut",
    "MapInvalid",
    "Persona",
    "Stage",
    "Touchpoint",
    "allowed",
    "default_name",
    "from_dict",
    "schema",
]
