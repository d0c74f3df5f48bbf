"""The pages: the application at every address of it, and the way in for whoever has the token.

And the tracker, for pages of others.
"""

from __future__ import annotations

import asyncio
from urllib.parse import parse_qs

import msgspec
from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from desireline.kit.access import PAGE_COOKIE, Doors
from desireline.kit.permissions import Anyone
from desireline.modules.appearance.facade import manifest_of
from desireline.modules.bodies import read_body
from desireline.server import web_app
from desireline.server.tracker import script_for

MOST_FORM_BYTES = 4_096
WRONG_SECONDS = 0.5
"""How long a wrong token is thought about: guessing is slow then."""
YEAR_SECONDS = 365 * 24 * 3600
PAGES = (
    "/",
    "/cases/new",
    "/maps",
    "/maps/new",
    "/maps/{key}",
    "/maps/{key}/notes",
    "/maps/{key}/versions",
    "/maps/{key}/desire-lines",
    "/maps/{key}/pains",
    "/maps/{key}/endings",
    "/maps/{key}/improvements",
    "/maps/{key}/moments",
    "/maps/{key}/edit",
    "/explore",
    "/explore/{analysis}",
    "/hypotheses",
    "/nominate",
    "/dashboards",
    "/dashboards/{number}",
    "/people",
    "/people/{person:path}",
    "/personas",
    "/personas/{key}",
    "/sources",
    "/data",
    "/data/{number}",
    "/settings",
    "/settings/{part}",
    "/start",
    "/tasks",
    "/sign-in",
    "/welcome",
    "/join",
)
"""Addresses that the application draws. Others stay unknown, so that a slip is heard of."""


def routes() -> APIRouter:
    """The routes of the pages; they are for people and stand in no form of the API."""
    router = APIRouter(include_in_schema=False)
    for path in PAGES:
        router.get(path)(page)
    router.get("/app/{name:path}")(part)
    router.get("/manifest.webmanifest")(manifest)
    router.post("/sign-in")(sign_in)
    router.api_route("/t.js", methods=["GET", "HEAD"])(tracker)
    return router


async def page(caller: Anyone, request: Request) -> Response:
    """The application; which page of it, the address says. It holds no data, and asks for it."""
    return await asyncio.to_thread(web_app.index, request.headers)


async def part(caller: Anyone, request: Request, name: str) -> Response:
    """What the application loads: the same for everyone, without any data."""
    return await asyncio.to_thread(web_app.part, name, request.headers)


def manifest(caller: Anyone, request: Request) -> Response:
    """What browsers install the application by: name and icon are the workspace's own."""
    found, tag = manifest_of(request.app.state.rooms, web_app.manifest())
    headers = {"etag": tag, "cache-control": web_app.ASK_AGAIN}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(
        msgspec.json.encode(found), headers=headers, media_type="application/manifest+json"
    )


async def sign_in(caller: Anyone, request: Request) -> Response:
    """Takes the token that a person typed, and lets her browser in from now on."""
    access: Doors = request.app.state.access
    form = parse_qs((await read_body(request, MOST_FORM_BYTES)).decode("utf-8", "replace"))
    if not access.is_token("".join(form.get("token", [""])[:1])):
        await asyncio.sleep(WRONG_SECONDS)
        return RedirectResponse("/sign-in?wrong=true", 303)
    answer = RedirectResponse("/", 303)
    answer.set_cookie(
        PAGE_COOKIE,
        access.page_cookie(),
        max_age=YEAR_SECONDS,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return answer


async def tracker(caller: Anyone, request: Request) -> Response:
    """The browser tracker."""
    return script_for(request.headers)
