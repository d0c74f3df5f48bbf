"""The front door: the first owner, invited people, members with their passwords."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row

from desireline.kit.permissions import EVERYTHING, Caller
from desireline.kit.roles import MAY
from desireline.log.naming.emails import spelled
from desireline.modules.team.attempts import Attempts
from desireline.modules.team.errors import PasswordWrong, SignInWrong
from desireline.modules.team.granting import role_of
from desireline.modules.team.names import email_of
from desireline.modules.team.office import Office
from desireline.modules.team.passwords import check_password
from desireline.modules.team.repository import departments, members, sessions
from desireline.modules.team.service.invitations import Invitations
from desireline.modules.team.service.members import NewMember, add_member, there
from desireline.modules.team.service.second_factors import SecondFactors
from desireline.modules.team.service.sessions import Opened, Sessions, Visit


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What somebody says who has a link. `email` is that of the invitation, where it is one."""

    token: str
    name: str
    password: str
    email: str = ""


class Front:
    """Lets people in by passwords. Lives on one event loop."""

    def __init__(
        self,
        office: Office,
        attempts: Attempts,
        sessions: Sessions,
        second_factors: SecondFactors,
        invitations: Invitations,
    ) -> None:
        self._office = office
        self._attempts = attempts
        self._sessions = sessions
        self._second_factors = second_factors
        self._invitations = invitations

    async def found(self, new: Newcomer, visit: Visit) -> Opened:
        """A session of whoever opened the link of the server; she owns the workspace.

        Where the address is a member's already, it is she who had locked herself out: she has this
        password, no second factor and no other session. LinkUsedUp, PasswordUnfit, EmailUnfit.
        """
        return await self._join(new, visit, for_owner=True)

    async def accept(self, new: Newcomer, visit: Visit) -> Opened:
        """A session of whoever was invited, and is a member now. LinkUsedUp, PasswordUnfit."""
        return await self._join(new, visit, for_owner=False)

    async def sign_in(self, email: str, password: str, code: str, visit: Visit) -> Opened:
        """A session. SignInWrong, SecondFactorNeeded, SecondFactorWrong, AttemptsTooMany.

        Neither answer nor time tells whether the address is a member's.
        """
        account = spelled(email.strip())  # counted also where it is none
        await asyncio.to_thread(self._attempts.take, visit.address, account)
        row = await asyncio.to_thread(self._row_of, account)
        right = await self._office.passwords.is_right(password, row.password if row else "")
        if row is None or not right or row.off_at is not None:
            raise SignInWrong(
                "Address or password is wrong.",
                hint="Look for typing errors. Whoever manages the team can invite you anew.",
            )
        opened = await asyncio.to_thread(self._open, row, code, visit)
        await asyncio.to_thread(self._attempts.give_back, visit.address, account)
        return opened

    async def change_password(self, by: Caller, old: str, new: str, visit: Visit) -> None:
        """Another password; all other sessions of the member end. PasswordWrong, PasswordUnfit."""
        row = await asyncio.to_thread(self._own_row, by)
        check_password(new, email=row.email, name=row.name)
        if row.password:  # who came by a provider had none
            await asyncio.to_thread(self._attempts.take, visit.address, row.email_key)
            if not await self._office.passwords.is_right(old, row.password):
                raise PasswordWrong("The old password is another.", hint="Look for typing errors.")
            await asyncio.to_thread(self._attempts.give_back, visit.address, row.email_key)
        kept = await self._office.passwords.hashed(new)
        await asyncio.to_thread(self._put_password, by, row.id, kept)

    def end(self, by: Caller) -> None:
        """Ends the session by which the caller asks."""
        if by.member is not None and by.session is not None:
            with self._office.db.transaction() as tx:
                sessions.drop_session(tx, by.member, by.session)

    async def _join(self, new: Newcomer, visit: Visit, *, for_owner: bool) -> Opened:
        await asyncio.to_thread(self._attempts.take, visit.address)
        check_password(new.password, email=new.email, name=new.name)
        kept = await self._office.passwords.hashed(new.password)
        opened = await asyncio.to_thread(self._joined, new, kept, visit, for_owner)
        await asyncio.to_thread(self._attempts.give_back, visit.address)
        return opened

    def _joined(self, new: Newcomer, kept: str, visit: Visit, for_owner: bool) -> Opened:  # noqa: FBT001 - it goes through a thread
        with self._office.db.transaction() as tx:
            link = self._invitations.use(tx, new.token, for_owner=for_owner)
            email = email_of(new.email) if for_owner else link.email
            row = members.get_by_email(tx, email) if for_owner else None
            if row is not None:
                number = self._let_in_again(tx, row, kept)
            else:
                told = NewMember(new.name, email, link.role, kept)
                number = add_member(tx, told, self._office.clock.now())
                departments.put_departments(tx, number, self._invitations.departments_of(tx, link))
            who = Caller(there(tx, number).name, EVERYTHING)
            what = "owner_let_in_again" if row is not None else "member_joined"
            said = {"role": link.role, "invitation": link.id}
            self._office.note(tx, who, what, f"member:{number}", said)
            return self._sessions.open(tx, number, visit, "link")

    def _let_in_again(self, tx: Connection, row: Row[Any], kept: str) -> int:
        members.drop_ways_in(tx, row.id)
        again = {"password": kept, "role": "owner", "off_at": None, "totp": "", "totp_since": None}
        members.change_member(tx, row.id, again)
        return int(row.id)

    def _open(self, row: Row[Any], code: str, visit: Visit) -> Opened:
        with self._office.db.transaction() as tx:
            self._second_factors.check(tx, row, code)
            opened = self._sessions.open(tx, row.id, visit, "password")
            who = Caller(row.name, MAY[role_of(row.role)], row.id)
            self._office.note(tx, who, "signed_in", f"member:{row.id}", {"how": "password"})
        return opened

    def _put_password(self, by: Caller, number: int, kept: str) -> None:
        with self._office.db.transaction() as tx:
            members.change_member(tx, number, {"password": kept})
            sessions.drop_others(tx, number, by.session)
            self._office.note(tx, by, "password_changed", f"member:{number}")

    def _row_of(self, account: str) -> Row[Any] | None:
        with self._office.db.reading() as look:
            return members.get_by_email(look, account)

    def _own_row(self, by: Caller) -> Row[Any]:
        with self._office.db.reading() as look:
            return there(look, by.member or 0)
