"""What can be wrong with a request about somebody's data."""

from __future__ import annotations

from desireline.engine.errors import DesirelineError


class PeriodUnfit(DesirelineError):
    """A period of retention is none, or of nothing that is kept for a period."""
