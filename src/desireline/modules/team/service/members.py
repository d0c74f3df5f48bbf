"""Members: who they are, what role they have, whether they may sign in."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row

from desireline.kit.permissions import Caller
from desireline.modules.team.errors import (
    DepartmentUnknown,
    LastOwner,
    MemberThere,
    MemberUnknown,
)
from desireline.modules.team.granting import check_role, role_of
from desireline.modules.team.names import email_of, name_key, name_of
from desireline.modules.team.office import Office
from desireline.modules.team.repository import departments, members, sessions

_GONE: dict[str, Any] = {
    "email": "",
    "email_key": None,
    "name_key": None,
    "password": "",
    "totp": "",
    "totp_since": None,
}


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody with access."""

    row: Row[Any]
    departments: list[tuple[int, str]]
    """Number and name."""

    @property
    def two_factor(self) -> bool:
        """Whether she signs in with a second factor."""
        return self.row.totp_since is not None


@dataclass(frozen=True, slots=True)
class Change:
    """What is to change of a member; None: not that."""

    role: str | None = None
    departments: list[int] | None = None
    active: bool | None = None


class Members:
    """The members of a workspace, for the command line and the server alike."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def has_owner(self) -> bool:
        """Whether somebody owns the workspace."""
        with self._office.db.reading() as look:
            return members.has_owner(look)

    def listed(self) -> list[Member]:
        """All, by name."""
        with self._office.db.reading() as look:
            its = departments.departments_of(look)
            return [Member(row, its.get(row.id, [])) for row in members.list_members(look)]

    def one(self, number: int) -> Member:
        """One of them. MemberUnknown."""
        found = next((one for one in self.listed() if one.row.id == number), None)
        if found is None:
            raise _unknown(number)
        return found

    def number_of(self, email: str) -> int:
        """The number of the member with this address. MemberUnknown, EmailUnfit."""
        with self._office.db.reading() as look:
            row = members.get_by_email(look, email_of(email))
        if row is None:
            raise _unknown(email)
        return int(row.id)

    def change(self, number: int, told: Change, by: Caller) -> Member:
        """Changes role, departments, and whether the member may sign in.

        MemberUnknown, RoleUnknown, DepartmentUnknown, GrantTooWide, LastOwner.
        """
        with self._office.db.transaction() as tx:
            members.count_owners(tx)
            row = there(tx, number)
            check_role(by, row.role)
            if told.role is not None and told.role != row.role:
                self._set_role(tx, row, told.role, by)
            if told.departments is not None:
                put_departments(tx, number, told.departments)
                said = {"departments": sorted(told.departments)}
                self._office.note(tx, by, "member_departments_set", f"member:{number}", said)
            if told.active is not None and told.active != (row.off_at is None):
                self._switch(tx, number, by, on=told.active)
            keep_an_owner(tx)
        return self.one(number)

    def remove(self, number: int, by: Caller) -> None:
        """The member is gone; what she wrote keeps her name. MemberUnknown, LastOwner."""
        with self._office.db.transaction() as tx:
            members.count_owners(tx)
            row = there(tx, number)
            check_role(by, row.role)
            members.drop_ways_in(tx, number)
            departments.put_departments(tx, number, [])
            members.change_member(tx, number, _GONE | {"removed_at": self._office.clock.now()})
            keep_an_owner(tx)
            self._office.note(tx, by, "member_removed", f"member:{number}")

    def rename(self, number: int, name: str | None, locale: str | None, by: Caller) -> None:
        """What a member says of herself. MemberNameUnfit, MemberThere."""
        with self._office.db.transaction() as tx:
            row = there(tx, number)
            if locale is not None:
                members.change_member(tx, number, {"locale": locale})
            if name is not None and name_of(name) != row.name:
                change = _named(tx, name, number)
                members.change_member(tx, number, change)
                self._office.note(tx, by, "member_renamed", f"member:{number}")

    def _set_role(self, tx: Connection, row: Row[Any], role: str, by: Caller) -> None:
        check_role(by, role)
        members.change_member(tx, row.id, {"role": role_of(role)})
        said = {"before": row.role, "role": role}
        self._office.note(tx, by, "member_role_changed", f"member:{row.id}", said)

    def _switch(self, tx: Connection, number: int, by: Caller, *, on: bool) -> None:
        members.change_member(tx, number, {"off_at": None if on else self._office.clock.now()})
        if not on:
            sessions.drop_others(tx, number)
        what = "member_let_in_again" if on else "member_shut_out"
        self._office.note(tx, by, what, f"member:{number}")


def there(tx: Connection, number: int) -> Row[Any]:
    """The member of that number. MemberUnknown."""
    row = members.get_member(tx, number)
    if row is None:
        raise _unknown(number)
    return row


def keep_an_owner(tx: Connection) -> None:
    """Raises LastOwner where nobody would own the workspace after this transaction."""
    if members.count_owners(tx) == 0:
        raise LastOwner(
            "This is the last owner, and somebody has to own the workspace.",
            hint="Make somebody else an owner first.",
        )


def put_departments(tx: Connection, member: int, wanted: list[int]) -> None:
    """A member is in these and no others. DepartmentUnknown."""
    check_departments(tx, wanted)
    departments.put_departments(tx, member, wanted)


def check_departments(tx: Connection, wanted: list[int]) -> None:
    """Raises DepartmentUnknown."""
    missing = set(wanted) - {row.id for row in departments.list_departments(tx)}
    if missing:
        raise DepartmentUnknown(
            f"There is no department {min(missing)}.", hint="GET /v1/departments lists them."
        )


@dataclass(frozen=True, slots=True)
class NewMember:
    """Somebody who becomes a member. `password` is its hash, empty where she signs in otherwise."""

    name: str
    email: str
    role: str
    password: str = ""
    locale: str = "en"


def add_member(tx: Connection, new: NewMember, at: int) -> int:
    """The number of a new member. MemberNameUnfit, EmailUnfit, MemberThere."""
    email = email_of(new.email)
    if members.get_by_email(tx, email) is not None:
        raise MemberThere(f"{email} is a member already.", hint="Sign in, or take another address.")
    values = _named(tx, new.name) | {"email": email, "email_key": email, "role": new.role}
    values |= {"password": new.password, "locale": new.locale, "made_at": at}
    return members.add_member(tx, values | {"handle": secrets.token_hex(16)})


def _named(tx: Connection, name: str, number: int | None = None) -> dict[str, Any]:
    said = name_of(name)
    key = name_key(said)
    if members.has_name(tx, key) not in (None, number):
        raise MemberThere(
            f"There is a member called {said} already.",
            hint="Add what tells the two apart: the audit log and comments go by names.",
            case="name",
        )
    return {"name": said, "name_key": key}


def _unknown(who: int | str) -> MemberUnknown:
    return MemberUnknown(f"There is no member {who}.", hint="desireline team list shows all.")
