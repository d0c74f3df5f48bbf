"""The pages: the newest map, a map by its key, the way in where a token is asked for.

And the tracker, for pages of others.
"""

from __future__ import annotations

import asyncio
import gzip
import shlex
from urllib.parse import parse_qs

from fastapi import APIRouter, Request, Response
from starlette.responses import HTMLResponse, RedirectResponse

from desireline.formats.page import Live, live_page, policy_of
from desireline.kit.permissions import COOKIE, Access, Anyone, Operates, Reads
from desireline.modules.bodies import read_body
from desireline.modules.maps.service import Maps
from desireline.server.sign_in import sign_in_page
from desireline.server.tracker import script_for

MOST_FORM_BYTES = 4_096
WRONG_SECONDS = 0.5
"""How long a wrong token is thought about: guessing is slow then."""
PACKING = 4
"""Level of gzip: 1.9 MB become 0.5 in 35 ms; the levels above cost more than they save."""
YEAR_SECONDS = 365 * 24 * 3600


def routes() -> APIRouter:
    """The routes of the pages; they are for people and stand in no form of the API."""
    router = APIRouter(include_in_schema=False)
    router.get("/")(home)
    router.get("/maps/{key}")(map_page)
    router.get("/sources")(sources_page)
    router.post("/sign-in")(sign_in)
    router.api_route("/t.js", methods=["GET", "HEAD"])(tracker)
    return router


async def home(caller: Reads, request: Request) -> Response:
    """The map that was published last; before the first one, what to do next."""
    maps: Maps = request.app.state.services["maps"]
    found = await asyncio.to_thread(maps.all)
    published = [one.row.key for one in found if one.row.version is not None]
    if published:
        return RedirectResponse(f"/maps/{published[0]}", 307)
    address = str(request.base_url).rstrip("/")
    access: Access = request.app.state.access
    folder = shlex.quote(str(request.app.state.rooms.data_dir)) if access.is_open else ""
    live = Live(stream="/v1/live", welcome=address, data=folder)
    page = await asyncio.to_thread(live_page, "", live)
    return await _html(request, page)


async def map_page(caller: Reads, request: Request, key: str) -> Response:
    """A map with its figures of this moment, which follows the log from here on."""
    maps: Maps = request.app.state.services["maps"]
    found = await asyncio.to_thread(maps.published, key)
    drawn = await maps.figures.of(found.document)
    live = Live(stream=f"/v1/maps/{key}/live", after=drawn.id)
    page = await asyncio.to_thread(live_page, drawn.text, live)
    return await _html(request, page)


async def sources_page(caller: Operates, request: Request) -> Response:
    """Who sends, what comes in, and what could not be stored."""
    address = str(request.base_url).rstrip("/")
    live = Live(stream="/v1/events/live", welcome=address, page="sources")
    return await _html(request, await asyncio.to_thread(live_page, "", live))


async def sign_in(caller: Anyone, request: Request) -> Response:
    """Takes the token that a person typed, and lets her browser in from now on."""
    access: Access = request.app.state.access
    form = parse_qs((await read_body(request, MOST_FORM_BYTES)).decode("utf-8", "replace"))
    if not access.is_token("".join(form.get("token", [""])[:1])):
        await asyncio.sleep(WRONG_SECONDS)
        return sign_in_page(wrong=True)
    answer = RedirectResponse("/", 303)
    answer.set_cookie(
        COOKIE,
        access.cookie(),
        max_age=YEAR_SECONDS,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return answer


async def tracker(caller: Anyone, request: Request) -> Response:
    """The browser tracker."""
    return script_for(request.headers)


async def _html(request: Request, page: str) -> Response:
    headers = {"content-security-policy": policy_of(page), "vary": "accept-encoding"}
    body = page.encode()
    if "gzip" in request.headers.get("accept-encoding", ""):
        body = await asyncio.to_thread(gzip.compress, body, PACKING)
        headers["content-encoding"] = "gzip"
    return HTMLResponse(body, headers=headers)
