"""What can be wrong with suggestions of duplicates."""

from __future__ import annotations

from desireline.engine.errors import DesirelineError


class SuggestionMissing(DesirelineError):
    """There is no suggestion of this number."""

    status = 404


class SuggestionSettled(DesirelineError):
    """Somebody has decided about the suggestion already."""

    status = 409


class RunMissing(DesirelineError):
    """There is no search of this number."""

    status = 404


class MethodUnknown(DesirelineError):
    """Records are not compared in this way."""
