"""What can be wrong with a question about an effect."""

from __future__ import annotations

from desireline.engine.errors import DesirelineError


class EffectImpossible(DesirelineError):
    """A question about an effect contradicts itself or does not fit the journeys."""
