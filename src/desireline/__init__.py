"""Desireline: customer journey maps that are computed from events, and stay true.

`journeys = read_events("events.csv")`; then a method for each analysis, `discover()` for a draft
map, and `bind(journey_map)` for its figures.
"""

from desireline.engine.analyses.funnel import Step
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
