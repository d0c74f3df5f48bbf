"""What others may ask of the team: who is in it, and the link for its first owner."""

from __future__ import annotations

from sqlalchemy import Connection

from desireline.modules.rooms import Rooms
from desireline.modules.team.office import AT_THE_MACHINE, Office
from desireline.modules.team.repository import members
from desireline.modules.team.service.invitations import Invitations
from desireline.modules.team.service.members import Change, Member, Members

__all__ = [
    "AT_THE_MACHINE",
    "Change",
    "Invitations",
    "Member",
    "Members",
    "Office",
    "first_owner_link",
    "join_link",
    "member_names",
    "welcome_link",
]


def first_owner_link(rooms: Rooms, address: str) -> str | None:
    """A new link for whoever will own the workspace; None where somebody does."""
    office = Office(rooms.db, rooms.clock, rooms.workspace.settings)
    if Members(office).has_owner():
        return None
    at = rooms.workspace.settings.public_url or address
    return welcome_link(at, Invitations(office).owner_token())


def member_names(look: Connection) -> dict[int, str]:
    """What the members are called, by number; without those who were removed."""
    return members.names_of(look)


def welcome_link(address: str, token: str) -> str:
    """The link for an owner."""
    return f"{address.rstrip('/')}/welcome?token={token}"


def join_link(address: str, token: str) -> str:
    """The link for somebody who was invited."""
    return f"{address.rstrip('/')}/join?token={token}"
