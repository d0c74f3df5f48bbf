"""What can be wrong with plans."""

from __future__ import annotations

from desireline.engine.errors import DesirelineError


class PlanMissing(DesirelineError):
    """There is no such plan."""

    status = 404


class PlanStale(DesirelineError):
    """Somebody else has changed the plan since it was read."""

    status = 409
