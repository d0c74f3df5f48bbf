"""Members over HTTP."""

from __future__ import annotations

from fastapi import APIRouter

from desireline.kit.permissions import ManagesTeam, Reads
from desireline.modules.team.routes.here import Here, Number
from desireline.modules.team.schemas.members import MemberChange, TeamMember, TeamMembers


def add_to(router: APIRouter) -> None:
    """Adds the routes."""
    router.get("/members", summary="List the members")(list_members)
    router.patch("/members/{number}", summary="Change role, departments, access")(change)
    router.delete("/members/{number}", status_code=204, summary="Remove a member")(remove)


def list_members(caller: Reads, team: Here) -> TeamMembers:
    """All, by name: colleagues see each other."""
    return TeamMembers(members=[TeamMember.of(one) for one in team.members.listed()])


def change(caller: ManagesTeam, team: Here, number: Number, told: MemberChange) -> TeamMember:
    """Nobody gives or takes more than she has; one owner stays."""
    return TeamMember.of(team.members.change(number, told.told(), caller))


def remove(caller: ManagesTeam, team: Here, number: Number) -> None:
    """Her sessions end; what she wrote keeps her name."""
    team.members.remove(number, caller)
