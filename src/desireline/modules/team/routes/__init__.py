"""The team over HTTP."""

from __future__ import annotations

from fastapi import APIRouter

from desireline.modules.team.routes import (
    departments,
    door,
    invitations,
    keys,
    members,
    oidc,
    passkeys,
    second_factors,
    sessions,
)


def routes() -> APIRouter:
    """The routes of the team."""
    router = APIRouter(prefix="/v1")
    parts = (door, sessions, members, invitations, departments, second_factors, passkeys, oidc)
    for part in (*parts, keys):
        part.add_to(router)
    return router
