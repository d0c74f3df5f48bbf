"""What can be wrong with what is kept."""

from __future__ import annotations

from desireline.engine.errors import DesirelineError


class QuestionUnknown(DesirelineError):
    """Nobody has kept a question of this number."""

    status = 404


class DashboardUnknown(DesirelineError):
    """There is no dashboard of this number."""

    status = 404


class TargetUnknown(DesirelineError):
    """There is no target of this number."""

    status = 404


class AlertUnknown(DesirelineError):
    """There is no alert of this number."""

    status = 404


class VersionStale(DesirelineError):
    """Somebody else has changed it since it was read."""

    status = 409


class VersionUnnamed(DesirelineError):
    """A change does not say which state it was made from."""

    status = 428


class FigureUnknown(DesirelineError):
    """An answer has no number at this address."""


class QuestionOutdated(DesirelineError):
    """A question was kept in a form that is not known any more."""
