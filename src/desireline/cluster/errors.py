"""What can be wrong with a cluster."""

from __future__ import annotations

from desireline.engine.errors import DesirelineError


class ClusterAddressUnreadable(DesirelineError):
    """A text is not the address of a cluster."""


class RayMissing(DesirelineError):
    """A cluster was asked for, and Ray is not installed."""


class ClusterUnavailable(DesirelineError):
    """The cluster cannot be reached, or a part of the log on it cannot be asked."""

    status = 503


class QuestionTooLarge(DesirelineError):
    """A question needs all persons on one machine, and they do not fit there."""
