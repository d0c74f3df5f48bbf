"""The library: what `import desireline as dl` gives. The command line uses it too."""

from desireline.library.errors import (
    NameUnknown,
    NotAMap,
    NotARule,
    OptionUnknown,
    SimulationImpossible,
)
from desireline.library.journeys import Journeys
from desireline.library.sources import read_events, simulate

__all__ = [
    "Journeys",
    "NameUnknown",
    "NotAMap",
    "NotARule",
    "OptionUnknown",
    "SimulationImpossible",
    "read_events",
    "simulate",
]
