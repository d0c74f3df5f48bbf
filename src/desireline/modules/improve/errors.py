"""What can be wrong with opportunities, improvements and hypotheses."""

from __future__ import annotations

from desireline.engine.errors import DesirelineError


class OpportunityMissing(DesirelineError):
    """There is no such opportunity."""

    status = 404


class ImprovementMissing(DesirelineError):
    """There is no such improvement."""

    status = 404


class HypothesisMissing(DesirelineError):
    """There is no such hypothesis."""

    status = 404


class BoardStale(DesirelineError):
    """Somebody else has changed it since it was read."""

    status = 409


class ImprovementUndeployed(DesirelineError):
    """Before an improvement is deployed it has no effect, and no day from which to measure."""

    status = 409


class OpportunityUnscored(DesirelineError):
    """An opportunity says what it costs and what it is worth."""

    status = 409


class ReachNotRandom(DesirelineError):
    """Only an improvement that reaches a random share has arms."""

    status = 409


class OpportunityMisplaced(DesirelineError):
    """The map has no such touchpoint."""


class MeasureIncomplete(DesirelineError):
    """The improvement does not say yet what it shall change, for whom."""

    status = 409


class IdentifierAnybodys(DesirelineError):
    """The identifier is one that many have, or none."""
