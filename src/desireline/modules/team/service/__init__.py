"""The team as its routes and commands ask for it."""

from __future__ import annotations

from desireline.kit.permissions import Caller
from desireline.modules.rooms import Rooms
from desireline.modules.team.attempts import Attempts
from desireline.modules.team.office import Office
from desireline.modules.team.service.departments import Departments
from desireline.modules.team.service.front import Front
from desireline.modules.team.service.invitations import Invitations
from desireline.modules.team.service.keys import Keys
from desireline.modules.team.service.members import Members
from desireline.modules.team.service.oidc import Oidc
from desireline.modules.team.service.passkeys import Passkeys
from desireline.modules.team.service.second_factors import SecondFactors
from desireline.modules.team.service.sessions import Sessions


class Team:
    """What the routes ask, by its parts; and what the door asks of every request."""

    def __init__(self, rooms: Rooms) -> None:
        office = Office(rooms.db, rooms.clock, rooms.workspace.settings)
        self.office = office
        self.attempts = Attempts(office.db, office.clock)
        self.departments = Departments(office)
        self.members = Members(office)
        self.sessions = Sessions(office)
        self.invitations = Invitations(office)
        self.keys = Keys(office)
        self.second_factors = SecondFactors(office, self.attempts)
        self.front = Front(
            office, self.attempts, self.sessions, self.second_factors, self.invitations
        )
        self.passkeys = Passkeys(office, self.attempts, self.sessions)
        self.oidc = Oidc(office, self.attempts, self.sessions, self.invitations)

    def has_owner(self) -> bool:
        """Whether somebody owns the workspace."""
        return self.members.has_owner()

    def by_session(self, shown: str) -> Caller | None:
        """The member whose session this is."""
        return self.sessions.caller_of(shown)

    def by_key(self, shown: str) -> Caller | None:
        """The program whose API key this is."""
        return self.keys.caller_of(shown)
