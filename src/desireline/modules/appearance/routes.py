"""The look over HTTP. Everybody sees it: it stands on the page where one signs in."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from starlette.responses import RedirectResponse

from desireline.kit.permissions import Anyone, SetsLook
from desireline.modules.appearance.colours import accent_of
from desireline.modules.appearance.errors import PictureMissing
from desireline.modules.appearance.pictures import MOST_BYTES
from desireline.modules.appearance.schemas import (
    AppearanceTold,
    NewAppearance,
    PictureTold,
    SchemesTold,
)
from desireline.modules.appearance.service import Appearances, What
from desireline.modules.appearance.stylesheet import stylesheet_of
from desireline.modules.bodies import read_body
from desireline.modules.module import service_of
from desireline.modules.revisions import revision_seen

Here = Annotated[Appearances, Depends(service_of("appearance"))]
Seen = Annotated[int | None, Depends(revision_seen)]
Wanted = Annotated[What, Path(description="logo or favicon")]
OWN_ICON = "/app/icon.svg"
ASK_AGAIN = "public, no-cache"
HARMLESS = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""Policy of a picture that somebody opens by itself: nothing in it runs."""
MOST_READ = 10 * MOST_BYTES
"""Read at all; what is too large for a picture is then refused in words of its own."""


def routes() -> APIRouter:
    """The routes of the look."""
    router = APIRouter(prefix="/v1/appearance")
    router.get("", summary="How the workspace looks")(show)
    router.put("", summary="Choose name and colour")(choose)
    router.get("/shades", summary="How a colour would be shown")(show_shades)
    router.get("/look.css", summary="The look as a stylesheet", responses=_css())(stylesheet)
    one = "/{what}"
    router.get(one, summary="A picture", responses=_pictures())(show_picture)
    router.put(one, summary="Give a picture", openapi_extra=_body())(give)
    router.delete(one, status_code=204, summary="Take a picture back")(take_back)
    return router


def show(caller: Anyone, here: Here, response: Response) -> AppearanceTold:
    """Name, colour and addresses of pictures; empty where the product's own are used."""
    told = AppearanceTold.of(*here.look())
    response.headers["etag"] = f'"{told.revision}"'
    return told


def choose(caller: SetsLook, here: Here, new: NewAppearance, seen: Seen) -> AppearanceTold:
    """With If-Match; 409 when somebody else was first."""
    here.choose(new.name, new.accent, seen, caller)
    return AppearanceTold.of(*here.look())


def show_shades(
    caller: Anyone, accent: Annotated[str, Query(max_length=40, description="#rrggbb")]
) -> SchemesTold:
    """In both schemes, moved where it could not be read; nothing is kept."""
    return SchemesTold.of(accent_of(accent))


def stylesheet(caller: Anyone, here: Here, request: Request) -> Response:
    """The tokens that follow the accent; asked for by every page, and mostly 304."""
    look, _ = here.look()
    headers = {"etag": f'"{look.revision}"', "cache-control": ASK_AGAIN}
    if headers["etag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(stylesheet_of(look.accent), headers=headers, media_type="text/css")


def show_picture(caller: Anyone, here: Here, what: Wanted, request: Request) -> Response:
    """As it was given; for a favicon that nobody gave, the product's own."""
    try:
        found = here.picture(what)
    except PictureMissing:
        if what == "logo":
            raise
        return RedirectResponse(OWN_ICON, 307, {"cache-control": ASK_AGAIN})
    headers = {
        "etag": f'"{found.tag}"',
        "cache-control": ASK_AGAIN,
        "content-security-policy": HARMLESS,
    }
    if headers["etag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(found.data, headers=headers, media_type=found.kind)


async def give(caller: SetsLook, here: Here, what: Wanted, request: Request) -> PictureTold:
    """The body is the picture: PNG or SVG, at most 100,000 bytes."""
    data = await read_body(request, MOST_READ)
    return PictureTold.of(await asyncio.to_thread(here.give, what, data, caller))


def take_back(caller: SetsLook, here: Here, what: Wanted) -> None:
    """The product's own is shown again."""
    here.take_back(what, caller)


def _css() -> dict[int | str, dict[str, object]]:
    return {200: {"description": "CSS.", "content": {"text/css": {"schema": {"type": "string"}}}}}


def _pictures() -> dict[int | str, dict[str, object]]:
    file = {"schema": {"type": "string", "format": "binary"}}
    content: dict[str, object] = {"image/png": file, "image/svg+xml": file}
    return {200: {"description": "The picture.", "content": content}}


def _body() -> dict[str, object]:
    file = {"schema": {"type": "string", "format": "binary"}}
    return {"requestBody": {"required": True, "content": {"application/octet-stream": file}}}
