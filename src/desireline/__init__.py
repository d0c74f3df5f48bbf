"""Desireline: customer journey maps that are computed from events, and stay true.

`journeys = read_events("events.csv")`; then a method for each analysis, `discover()` for a draft
map, and `bind(journey_map)` for its figures.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desireline.engine.analyses.funnel_query import Step
    from desireline.engine.casing import CaseBy
    from desireline.engine.errors import DesirelineError
    from desireline.engine.journey_map import JourneyMap
    from desireline.formats.map_yaml import read_map, write_map
    from desireline.formats.page import write_page
    from desireline.library import Journeys, read_events, simulate

__all__ = [
    "CaseBy",
    "DesirelineError",
    "JourneyMap",
    "Journeys",
    "Step",
    "read_events",
    "read_map",
    "simulate",
    "write_map",
    "write_page",
]

# Loaded when first asked for: `desireline --help` takes 0.1 s so, and 1 s with numba and DuckDB.
_HOME = {
    "CaseBy": "desireline.engine.casing",
    "DesirelineError": "desireline.engine.errors",
    "JourneyMap": "desireline.engine.journey_map",
    "Journeys": "desireline.library",
    "Step": "desireline.engine.analyses.funnel_query",
    "read_events": "desireline.library",
    "read_map": "desireline.formats.map_yaml",
    "simulate": "desireline.library",
    "write_map": "desireline.formats.map_yaml",
    "write_page": "desireline.formats.page",
}


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module 'desireline' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return __all__
