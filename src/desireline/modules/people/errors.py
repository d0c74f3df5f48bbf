"""What can be wrong with a question about a person."""

from __future__ import annotations

from desireline.engine.errors import DesirelineError


class PersonUnknown(DesirelineError):
    """Nobody in the log has this number or identifier."""

    status = 404


class PersonUnnamed(DesirelineError):
    """The text is neither a number nor an identifier with its kind."""


class SearchUnfit(DesirelineError):
    """Nothing can be searched for by this text."""


class FilterUnknown(DesirelineError):
    """A timeline cannot be filtered by this."""


class PageTurned(DesirelineError):
    """The mark where a page should begin is none that was given out."""
