"""What the routes of the team share."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import Depends, Path, Request, Response

from desireline.kit.access import Doors
from desireline.kit.permissions import EVERYTHING, PERMISSIONS, Caller
from desireline.kit.roles import MAY
from desireline.modules.module import service_of
from desireline.modules.team.granting import role_of
from desireline.modules.team.schemas.members import SessionTold, TeamMember
from desireline.modules.team.service import Team
from desireline.modules.team.service.sessions import Opened
from desireline.modules.team.visiting import let_in

Here = Annotated[Team, Depends(service_of("team"))]
Number = Annotated[int, Path(ge=1, le=2**53)]


async def entered(team: Team, opened: Opened, request: Request, response: Response) -> SessionTold:
    """The session that has just begun, and its cookie."""
    let_in(request, response, opened.token)
    doors: Doors = request.app.state.access
    await asyncio.to_thread(doors.look)
    return await asyncio.to_thread(told_of, team, opened.member)


def told_of(team: Team, member: int) -> SessionTold:
    """A member, and what she may."""
    found = team.members.one(member)
    may = MAY[role_of(found.row.role)]
    return SessionTold(
        member=TeamMember.of(found), permissions=[p for p in PERMISSIONS if p in may]
    )


def told_of_caller(team: Team, caller: Caller) -> SessionTold:
    """The caller, whoever she is."""
    if caller.member is not None:
        return told_of(team, caller.member)
    may = caller.may & EVERYTHING
    return SessionTold(member=None, permissions=[p for p in PERMISSIONS if p in may])
