"""Second factors over HTTP."""

from __future__ import annotations

from fastapi import APIRouter, Request

from desireline.kit.permissions import SignedIn
from desireline.modules.team.routes.here import Here
from desireline.modules.team.schemas.signing_in import (
    RecoveryCodes,
    SecondFactorBegun,
    SecondFactorCode,
)
from desireline.modules.team.visiting import visit_of


def add_to(router: APIRouter) -> None:
    """Adds the routes."""
    router.post("/second-factor", summary="Begin a second factor")(begin)
    router.post("/second-factor/confirm", summary="Confirm it with a code")(confirm)
    router.delete("/second-factor", status_code=204, summary="Take it away")(drop)


def begin(caller: SignedIn, team: Here) -> SecondFactorBegun:
    """A secret for an app; it counts once a code of it is confirmed."""
    found = team.second_factors.begin(caller)
    return SecondFactorBegun(secret=found.secret, uri=found.uri, qr_svg=found.qr_svg)


def confirm(
    caller: SignedIn, team: Here, told: SecondFactorCode, request: Request
) -> RecoveryCodes:
    """From now on a code is asked for at sign-in."""
    address = visit_of(request).address
    return RecoveryCodes(recovery_codes=team.second_factors.confirm(caller, told.code, address))


def drop(caller: SignedIn, team: Here, told: SecondFactorCode, request: Request) -> None:
    """Needs a code of the app, or one to recover with."""
    team.second_factors.drop(caller, told.code, visit_of(request).address)
