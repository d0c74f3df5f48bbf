"""Members, departments and invitations on the wire."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Row

from desireline.engine.analyses.times import iso
from desireline.kit.permissions import Permission
from desireline.kit.roles import Role
from desireline.modules.team.service.members import Change, Member

Number = Annotated[int, Field(ge=1, le=2**53)]
Text = Annotated[str, Field(max_length=500)]
Locale = Literal["en", "pl", "ru", "ro"]


class Strict(BaseModel):
    """What is sent to us; a name that we do not know is refused."""

    model_config = ConfigDict(extra="forbid")


class DepartmentName(BaseModel):
    """A department, by number and name."""

    id: int
    name: str


class TeamMember(BaseModel):
    """Somebody with access."""

    id: int
    name: str
    email: str
    role: Role
    departments: list[DepartmentName]
    locale: str
    two_factor: Annotated[bool, Field(description="Signs in with a second factor.")]
    passkeys: int
    active: Annotated[bool, Field(description="May sign in.")]
    made_at: str
    seen_at: str | None

    @classmethod
    def of(cls, found: Member) -> TeamMember:
        """The wire shape."""
        row = found.row
        return cls(
            id=row.id,
            name=row.name,
            email=row.email,
            role=row.role,
            departments=[
                DepartmentName(id=number, name=name) for number, name in found.departments
            ],
            locale=row.locale,
            two_factor=found.two_factor,
            passkeys=row.passkeys,
            active=row.off_at is None,
            made_at=iso(row.made_at),
            seen_at=None if row.seen_at is None else iso(row.seen_at),
        )


class TeamMembers(BaseModel):
    """All members, by name."""

    members: list[TeamMember]


class MemberChange(Strict):
    """What is to change of a member."""

    role: Role | None = None
    departments: Annotated[list[Number] | None, Field(max_length=200)] = None
    active: bool | None = None

    def told(self) -> Change:
        """As the service takes it."""
        return Change(self.role, self.departments, self.active)


class OwnChange(Strict):
    """What a member changes of herself."""

    name: Text | None = None
    locale: Locale | None = None
    password: Text | None = None
    old_password: Text = ""


class SessionTold(BaseModel):
    """Who is signed in, and what she may."""

    member: Annotated[
        TeamMember | None,
        Field(description="None for programs, and at a machine that nobody owns yet."),
    ]
    permissions: list[Permission]


class DepartmentTold(Strict):
    """A department to make, or its new name."""

    name: Text


class KnownDepartment(DepartmentName):
    """A part of the company."""

    members: int
    made_at: str

    @classmethod
    def of(cls, row: Row[Any]) -> KnownDepartment:
        """The wire shape."""
        return cls(id=row.id, name=row.name, members=row.members, made_at=iso(row.made_at))


class DepartmentList(BaseModel):
    """All departments, by name."""

    departments: list[KnownDepartment]


class NewInvitation(Strict):
    """Whom to invite, as what."""

    email: Text
    role: Role
    departments: Annotated[list[Number], Field(max_length=200)] = []


class KnownInvitation(BaseModel):
    """An invitation that nobody has accepted yet."""

    id: int
    email: str
    role: Role
    departments: list[int]
    made_by: str
    made_at: str
    until_at: str

    @classmethod
    def of(cls, row: Row[Any], **more: Any) -> Self:
        """The wire shape."""
        return cls(
            id=row.id,
            email=row.email,
            role=row.role,
            departments=json.loads(row.departments),
            made_by=row.made_by,
            made_at=iso(row.made_at),
            until_at=iso(row.until_at),
            **more,
        )


class MadeInvitation(KnownInvitation):
    """An invitation with its link, which is shown this once."""

    link: str


class InvitationList(BaseModel):
    """Invitations, newest first."""

    invitations: list[KnownInvitation]
