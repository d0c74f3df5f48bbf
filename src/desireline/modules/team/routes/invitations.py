"""Invitations over HTTP."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from desireline.kit.permissions import Anyone, ManagesTeam
from desireline.modules.team.routes.here import Here, Number, entered
from desireline.modules.team.schemas.members import (
    InvitationList,
    KnownInvitation,
    MadeInvitation,
    NewInvitation,
    SessionTold,
)
from desireline.modules.team.schemas.signing_in import Acceptance
from desireline.modules.team.service.front import Newcomer
from desireline.modules.team.visiting import address_of, visit_of


def add_to(router: APIRouter) -> None:
    """Adds the routes."""
    router.get("/invitations", summary="List invitations that nobody accepted yet")(list_all)
    router.post("/invitations", status_code=201, summary="Invite somebody")(invite)
    router.delete("/invitations/{number}", status_code=204, summary="Take one back")(drop)
    router.post("/invitations/accept", summary="Become a member, by a link")(accept)


def list_all(caller: ManagesTeam, team: Here) -> InvitationList:
    """Newest first; without the links, which are kept as hashes."""
    rows = team.invitations.listed()
    return InvitationList(invitations=[KnownInvitation.of(row) for row in rows])


def invite(
    caller: ManagesTeam, team: Here, told: NewInvitation, request: Request
) -> MadeInvitation:
    """The link is shown this once: give it to the person yourself. An older one ends."""
    row, token = team.invitations.invite(told.email, told.role, told.departments, caller)
    link = f"{address_of(request)}/join?token={token}"
    return MadeInvitation.of(row, link=link)


def drop(caller: ManagesTeam, team: Here, number: Number) -> None:
    """Its link leads nowhere any more."""
    team.invitations.drop(number, caller)


async def accept(
    caller: Anyone, team: Here, told: Acceptance, request: Request, response: Response
) -> SessionTold:
    """Signs in as well."""
    new = Newcomer(told.token, told.name, told.password)
    opened = await team.front.accept(new, visit_of(request))
    return await entered(team, opened, request, response)
