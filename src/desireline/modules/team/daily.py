"""What is done once a day: sessions and tries that are over are dropped."""

from __future__ import annotations

from desireline.modules.rooms import Rooms
from desireline.modules.team.service import Team


def forget(rooms: Rooms) -> None:
    """Drops what says nothing any more."""
    team = Team(rooms)
    team.sessions.forget()
    team.attempts.forget()
