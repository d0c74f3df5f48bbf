"""Signing in with the account of another provider, over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import RedirectResponse

from desireline.engine.errors import DesirelineError
from desireline.kit.permissions import Anyone, ManagesTeam, Owns
from desireline.kit.problems import code_of
from desireline.modules.team.routes.here import Here
from desireline.modules.team.schemas.programs import KnownProvider, NewProvider, ProviderList
from desireline.modules.team.service.oidc import Coming
from desireline.modules.team.visiting import (
    STATE_COOKIE,
    STATE_SECONDS,
    address_of,
    is_secure,
    let_in,
    visit_of,
)

Name = Annotated[str, Path(max_length=40)]
Said = Annotated[str, Query(max_length=2000)]


def add_to(router: APIRouter) -> None:
    """Adds the routes."""
    router.get("/oidc-providers", summary="List providers of accounts")(list_providers)
    router.post("/oidc-providers", status_code=201, summary="Add a provider of accounts")(add)
    router.delete("/oidc-providers/{name}", status_code=204, summary="Drop a provider")(drop)
    redirects = {"status_code": 303, "response_class": RedirectResponse}
    router.get("/oidc/{name}/start", summary="Go and sign in there", **redirects)(start)  # type: ignore[arg-type]
    router.get("/oidc/{name}/callback", summary="Come back from there", **redirects)(callback)  # type: ignore[arg-type]


def list_providers(caller: ManagesTeam, team: Here) -> ProviderList:
    """Without their secrets."""
    return ProviderList(providers=[KnownProvider.of(one) for one in team.oidc.listed()])


def add(caller: Owns, team: Here, told: NewProvider) -> KnownProvider:
    """Whoever says who somebody is could say that it is an owner: so only owners add one."""
    return KnownProvider.of(team.oidc.add(told.told(), caller))


def drop(caller: ManagesTeam, team: Here, name: Name) -> None:
    """Nobody signs in by it any more; sessions stay."""
    team.oidc.drop(name, caller)


def start(caller: Anyone, team: Here, name: Name, request: Request) -> RedirectResponse:
    """Sends the browser to the provider; where that fails, to sign in, with `?problem=`."""
    back = f"{address_of(request)}/v1/oidc/{name}/callback"
    try:
        leaving = team.oidc.leave(name, back, visit_of(request))
    except DesirelineError as error:
        return _failed(error)
    answer = RedirectResponse(leaving.url, 303)
    answer.set_cookie(
        STATE_COOKIE,
        leaving.state,
        max_age=STATE_SECONDS,
        path="/v1/oidc/",
        httponly=True,
        samesite="lax",
        secure=is_secure(request),
    )
    return answer


def callback(
    caller: Anyone,
    team: Here,
    name: Name,
    request: Request,
    code: Said = "",
    state: Said = "",
) -> RedirectResponse:
    """Sends the browser to the page, signed in; else to sign in, with `?problem=` and its code."""
    coming = Coming(state, request.cookies.get(STATE_COOKIE, ""), code)
    try:
        opened = team.oidc.come(name, coming, visit_of(request))
    except DesirelineError as error:
        return _failed(error)
    answer = RedirectResponse("/", 303)
    let_in(request, answer, opened.token)
    answer.delete_cookie(STATE_COOKIE, path="/v1/oidc/")
    return answer


def _failed(error: DesirelineError) -> RedirectResponse:
    return RedirectResponse(f"/sign-in?problem={code_of(type(error))}", 303)
