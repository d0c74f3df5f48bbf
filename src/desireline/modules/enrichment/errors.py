"""What can be wrong with enrichment."""

from __future__ import annotations

from desireline.engine.errors import DesirelineError


class DerivedFieldMissing(DesirelineError):
    """There is no such field that is derived."""

    status = 404


class DerivedFieldOn(DesirelineError):
    """What is on is derived again and again, so its values cannot be withdrawn for good."""

    status = 409


class SourceKindUnknown(DesirelineError):
    """Nothing follows from values of this kind."""
