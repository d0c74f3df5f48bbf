"""The journey map as a pure document: what a company believes its customers' way to be."""

from desireline.engine.journey_map.case_by import CaseBy
from desireline.engine.journey_map.conflicts import GoalConflict, goal_conflicts
from desireline.engine.journey_map.document import FORMAT, JourneyMap
from desireline.engine.journey_map.errors import MapInvalid
from desireline.engine.journey_map.lanes import (
    LANE_KINDS,
    Cell,
    Evidence,
    Lane,
    LaneForm,
    LaneKind,
    lane_kinds,
)
from desireline.engine.journey_map.parts import (
    NO_EVENT,
    Actor,
    DepartmentGoal,
    Goal,
    LeftOut,
    MomentOfTruth,
    Note,
    Parent,
    Persona,
    Stage,
    Touchpoint,
    default_name,
)
from desireline.engine.journey_map.reading import from_dict
from desireline.engine.journey_map.schema import allowed, schema

__all__ = [
    "FORMAT",
    "LANE_KINDS",
    "NO_EVENT",
    "Actor",
    "CaseBy",
    "Cell",
    "DepartmentGoal",
    "Evidence",
    "Goal",
    "GoalConflict",
    "JourneyMap",
    "Lane",
    "LaneForm",
    "LaneKind",
    "LeftOut",
    "MapInvalid",
    "MomentOfTruth",
    "Note",
    "Parent",
    "Persona",
    "Stage",
    "Touchpoint",
    "allowed",
    "default_name",
    "from_dict",
    "goal_conflicts",
    "lane_kinds",
    "schema",
]
