"""Who stands behind a figure: every number is a door to the journeys that it counts."""

from desireline.engine.behind.cells import (
    Cell,
    CellUnknown,
    ConformanceCell,
    EndingsCell,
    FunnelCell,
    MomentCell,
    PainCell,
    PathCell,
    PersonaCell,
    PositionCell,
    RetentionCell,
    TouchpointCell,
    TransitionCell,
    VariantCell,
)
from desireline.engine.behind.persons import Behind, BehindQuery, Persons

__all__ = [
    "Behind",
    "BehindQuery",
    "Cell",
    "CellUnknown",
    "ConformanceCell",
    "EndingsCell",
    "FunnelCell",
    "MomentCell",
    "PainCell",
    "PathCell",
    "PersonaCell",
    "Persons",
    "PositionCell",
    "RetentionCell",
    "TouchpointCell",
    "TransitionCell",
    "VariantCell",
]
