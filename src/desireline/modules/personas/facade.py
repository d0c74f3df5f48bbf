"""What other modules may ask of personas: which persons one means."""

from __future__ import annotations

from desireline.engine.rules import Rule
from desireline.modules.personas.service import Personas
from desireline.modules.rooms import Rooms


def rule_of(rooms: Rooms, key: str) -> Rule:
    """The rule of a persona. Raises PersonaMissing, PersonasUnbound where it has none."""
    return Personas(rooms).rule(key)
