"""The door: what it looks like from outside, and the ways through it that need nobody's leave."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from fastapi import APIRouter, Request, Response

from desireline.kit.access import Doors
from desireline.kit.permissions import Anyone, NotSignedIn
from desireline.modules.team.routes.here import Here, entered
from desireline.modules.team.schemas.members import SessionTold
from desireline.modules.team.schemas.signing_in import Door, FirstOwner, SignIn, WayIn
from desireline.modules.team.service.front import Newcomer
from desireline.modules.team.visiting import site_of, visit_of


def add_to(router: APIRouter) -> None:
    """Adds the routes."""
    router.get("/door", summary="What somebody meets who comes here")(door)
    router.post("/first-owner", summary="Own the workspace, by the link that was printed")(found)
    router.post("/session", summary="Sign in")(sign_in)


async def door(caller: Anyone, team: Here, request: Request) -> Door:
    """Asks nobody anything: the page shows what fits."""
    doors: Doors = request.app.state.access
    signed_in = False
    with suppress(NotSignedIn):
        await doors.caller_of(request)
        signed_in = not doors.is_open
    has_owner, providers = await asyncio.to_thread(lambda: (team.has_owner(), team.oidc.listed()))
    return Door(
        first_owner_needed=not has_owner,
        signed_in=signed_in,
        open=doors.is_open,
        sign_in_with=[WayIn(name=one.name, label=one.label) for one in providers],
        passkeys=site_of(request).takes_passkeys,
    )


async def found(
    caller: Anyone, team: Here, told: FirstOwner, request: Request, response: Response
) -> SessionTold:
    """Signs in as well. With the address of a member, that member has a new password by it."""
    new = Newcomer(told.token, told.name, told.password, told.email)
    opened = await team.front.found(new, visit_of(request))
    return await entered(team, opened, request, response)


async def sign_in(
    caller: Anyone, team: Here, told: SignIn, request: Request, response: Response
) -> SessionTold:
    """Answers `second_factor_needed` (401) where the password is right and the code is missing."""
    opened = await team.front.sign_in(told.email, told.password, told.code, visit_of(request))
    return await entered(team, opened, request, response)
