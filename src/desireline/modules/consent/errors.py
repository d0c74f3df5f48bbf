"""What can be wrong with consents."""

from __future__ import annotations

from desireline.engine.errors import DesirelineError


class PurposeUnknown(DesirelineError):
    """There is no purpose of this name."""

    status = 404


class PurposeTaken(DesirelineError):
    """There is a purpose of this name already."""

    status = 409


class PurposeUnfit(DesirelineError):
    """A purpose, or a channel, cannot be called so."""


class ConsentTextUnknown(DesirelineError):
    """There is no text of this version and language for the purpose."""

    status = 404


class ConsentTextTaken(DesirelineError):
    """There is another text of this version and language already; versions are never changed."""

    status = 409


class ConsentTimeUnfit(DesirelineError):
    """A decision cannot have been made at this time."""
