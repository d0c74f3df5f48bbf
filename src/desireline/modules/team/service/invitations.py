"""Invitations: a link by which somebody becomes a member, once."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, Row

from desireline.kit.permissions import Caller
from desireline.modules.audit.facade import SERVER
from desireline.modules.team.drawn import drawn, hashed
from desireline.modules.team.errors import InvitationUnknown, LinkUsedUp, MemberThere
from desireline.modules.team.granting import check_role
from desireline.modules.team.names import email_of
from desireline.modules.team.office import Office
from desireline.modules.team.repository import departments, invitations, members
from desireline.modules.team.service.members import check_departments

HOUR = 3_600_000_000
OWNER_HOURS = 24
"""How long the link holds that the server prints."""
INVITED_HOURS = 7 * 24


class Invitations:
    """The invitations of a workspace."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def listed(self) -> list[Row[Any]]:
        """Those that nobody has accepted yet, newest first; also those whose time is over."""
        with self._office.db.reading() as look:
            return invitations.list_invitations(look)

    def invite(self, email: str, role: str, wanted: list[int], by: Caller) -> tuple[Row[Any], str]:
        """The invitation and its token, which is shown this once; an older one is over.

        EmailUnfit, RoleUnknown, GrantTooWide, MemberThere, DepartmentUnknown.
        """
        check_role(by, role)
        address, token = email_of(email), drawn()
        with self._office.db.transaction() as tx:
            if members.get_by_email(tx, address) is not None:
                raise MemberThere(f"{address} is a member already.", hint="Nothing is to be done.")
            check_departments(tx, wanted)
            said = {"email": address, "role": role, "departments": json.dumps(wanted)}
            number = invitations.add_invitation(tx, self._new(token, by, INVITED_HOURS) | said)
            self._office.note(tx, by, "member_invited", f"invitation:{number}", {"role": role})
            row = invitations.get_invitation(tx, number)
        assert row is not None  # noqa: S101 - it was added a moment ago
        return row, token

    def owner_token(self, by: Caller | None = None) -> str:
        """The token of a link by which one person owns the workspace, whoever opens it first."""
        token = drawn()
        maker = by or Caller(SERVER, frozenset())
        with self._office.db.transaction() as tx:
            said = {"email": "", "role": "owner", "departments": "[]"}
            number = invitations.add_invitation(tx, self._new(token, maker, OWNER_HOURS) | said)
            self._office.note(tx, maker, "owner_link_made", f"invitation:{number}")
        return token

    def drop(self, number: int, by: Caller) -> None:
        """Takes one back. InvitationUnknown."""
        with self._office.db.transaction() as tx:
            row = invitations.get_invitation(tx, number)
            if row is None:
                raise InvitationUnknown(
                    f"There is no invitation {number}.", hint="It may have been accepted."
                )
            check_role(by, row.role)
            invitations.drop_invitation(tx, number)
            self._office.note(tx, by, "invitation_taken_back", f"invitation:{number}")

    def use(self, tx: Connection, token: str, *, for_owner: bool) -> Row[Any]:
        """The invitation of a token, which is used from now on. LinkUsedUp."""
        row = invitations.use_invitation(tx, hashed(token), self._office.clock.now())
        if row is None or (row.email == "") != for_owner:
            raise LinkUsedUp(
                "This link was used before, has ended, or is not whole.",
                hint="Ask whoever sent it for a new one; on the server: desireline team link.",
            )
        return row

    def for_address(self, tx: Connection, email: str) -> Row[Any] | None:
        """One that waits for an address."""
        return invitations.invitation_for(tx, email, self._office.clock.now())

    def departments_of(self, tx: Connection, row: Row[Any]) -> list[int]:
        """Those of its departments that are still there."""
        there = {one.id for one in departments.list_departments(tx)}
        return [number for number in json.loads(row.departments) if number in there]

    def _new(self, token: str, by: Caller, hours: int) -> dict[str, Any]:
        now = self._office.clock.now()
        values = {"token_hash": hashed(token), "made_by": by.name, "made_at": now}
        return values | {"until_at": now + hours * HOUR}
