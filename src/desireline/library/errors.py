"""What can be wrong with what is asked of the library."""

from __future__ import annotations

from desireline.engine.errors import DesirelineError


class NameUnknown(DesirelineError):
    """A rule that was typed in speaks of something that the journeys do not have."""


class OptionUnknown(DesirelineError):
    """A method was given an option that it does not have."""


class NotARule(DesirelineError):
    """Something else stands where a rule belongs."""


class SimulationImpossible(DesirelineError):
    """A shop that cannot be simulated."""


class NotAMap(DesirelineError):
    """Something else stands where a journey map belongs."""
