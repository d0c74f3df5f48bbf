"""Passkeys over HTTP."""

from __future__ import annotations

import asyncio
from typing import Any

from fastapi import APIRouter, Request, Response

from desireline.kit.permissions import Anyone, SignedIn
from desireline.modules.team.routes.here import Here, Number, entered
from desireline.modules.team.schemas.members import SessionTold
from desireline.modules.team.schemas.signing_in import (
    KnownPasskey,
    PasskeyList,
    PasskeyMade,
    PasskeyShown,
)
from desireline.modules.team.visiting import site_of, visit_of


def add_to(router: APIRouter) -> None:
    """Adds the routes."""
    router.get("/passkeys", summary="List my passkeys")(list_passkeys)
    router.post("/passkeys/begin", summary="Begin a new passkey")(begin)
    router.post("/passkeys", status_code=201, summary="Keep the passkey that was made")(add)
    router.delete("/passkeys/{number}", status_code=204, summary="Drop a passkey")(drop)
    router.post("/session/passkey/begin", summary="Begin to sign in by passkey")(begin_signing_in)
    router.post("/session/passkey", summary="Sign in by passkey")(sign_in)


def list_passkeys(caller: SignedIn, team: Here) -> PasskeyList:
    """Oldest first."""
    return PasskeyList(passkeys=[KnownPasskey.of(row) for row in team.passkeys.listed(caller)])


def begin(caller: SignedIn, team: Here, request: Request) -> dict[str, Any]:
    """For `PublicKeyCredential.parseCreationOptionsFromJSON`."""
    return team.passkeys.begin_adding(caller, site_of(request))


def add(caller: SignedIn, team: Here, told: PasskeyMade, request: Request) -> KnownPasskey:
    """Takes what `PublicKeyCredential.toJSON` gives."""
    row = team.passkeys.add(caller, told.name, told.credential, site_of(request))
    return KnownPasskey.of(row)


def drop(caller: SignedIn, team: Here, number: Number) -> None:
    """It opens nothing any more."""
    team.passkeys.drop(caller, number)


def begin_signing_in(caller: Anyone, team: Here, request: Request) -> dict[str, Any]:
    """For `PublicKeyCredential.parseRequestOptionsFromJSON`."""
    return team.passkeys.begin_signing_in(site_of(request), visit_of(request))


async def sign_in(
    caller: Anyone, team: Here, told: PasskeyShown, request: Request, response: Response
) -> SessionTold:
    """A passkey is both factors: the device has asked for a finger, a face or a PIN."""
    opened = await asyncio.to_thread(
        team.passkeys.sign_in, told.credential, site_of(request), visit_of(request)
    )
    return await entered(team, opened, request, response)
