"""Who is signed in, and where."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, Request, Response

from desireline.kit.permissions import Known, SignedIn
from desireline.modules.team.routes.here import Here, Number, told_of, told_of_caller
from desireline.modules.team.schemas.members import OwnChange, SessionTold
from desireline.modules.team.schemas.signing_in import KnownSession, SessionList, SessionsEnded
from desireline.modules.team.visiting import let_out, visit_of


def add_to(router: APIRouter) -> None:
    """Adds the routes."""
    router.get("/session", summary="Who am I, and what may I do?")(session)
    router.patch("/session/member", summary="Change my name, language or password")(change)
    router.delete("/session", status_code=204, summary="Sign out")(sign_out)
    router.get("/sessions", summary="Where am I signed in?")(list_sessions)
    router.delete("/sessions", summary="Sign out everywhere else")(end_others)
    router.delete("/sessions/{number}", status_code=204, summary="End one session")(end)


def session(caller: Known, team: Here) -> SessionTold:
    """Also of a program, and of whoever sits at a machine that nobody owns yet."""
    return told_of_caller(team, caller)


async def change(caller: SignedIn, team: Here, told: OwnChange, request: Request) -> SessionTold:
    """A new password needs the old one, and ends all other sessions."""
    number = caller.member or 0
    if told.password is not None:
        visit = visit_of(request)
        await team.front.change_password(caller, told.old_password, told.password, visit)
    await asyncio.to_thread(team.members.rename, number, told.name, told.locale, caller)
    return await asyncio.to_thread(told_of, team, number)


def sign_out(caller: Known, team: Here, response: Response) -> None:
    """The session is over, here and for whoever copied it."""
    team.front.end(caller)
    let_out(response)


def list_sessions(caller: SignedIn, team: Here) -> SessionList:
    """My own, the last used first."""
    rows = team.sessions.listed(caller.member or 0)
    return SessionList(sessions=[KnownSession.of(row, caller.session) for row in rows])


def end_others(caller: SignedIn, team: Here) -> SessionsEnded:
    """All of mine but the one that asks."""
    return SessionsEnded(ended=team.sessions.end_others(caller))


def end(caller: SignedIn, team: Here, number: Number) -> None:
    """One of mine."""
    team.sessions.end(caller, number)
