"""What can be wrong with what is said about a map."""

from __future__ import annotations

from desireline.engine.errors import DesirelineError


class CommentMissing(DesirelineError):
    """There is no such comment."""

    status = 404


class TaskMissing(DesirelineError):
    """There is no such task."""

    status = 404


class NominationMissing(DesirelineError):
    """There is no such nomination."""

    status = 404


class CommentOfAnother(DesirelineError):
    """Only who wrote a comment changes its words or takes it back."""

    status = 403


class PlaceUnknown(DesirelineError):
    """The map has no such stage, touchpoint or lane."""
