"""The maps over HTTP."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from functools import partial
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Body, Depends, Header, Path, Query, Request, Response
from fastapi.responses import HTMLResponse
from fastapi.sse import EventSourceResponse, ServerSentEvent

from desireline.engine.filters import microseconds_at
from desireline.formats.page import page_of_file
from desireline.kit.permissions import EditsMaps, Publishes, Reads, check
from desireline.modules.answering import Asked
from desireline.modules.appearance.facade import brand_of_pages
from desireline.modules.maps.case_routes import add_case_routes
from desireline.modules.maps.draft_routes import add_draft_routes
from desireline.modules.maps.draft_schemas import Publishing
from desireline.modules.maps.figures import Drawn
from desireline.modules.maps.live import AtHand, follow
from desireline.modules.maps.places import Here, Key
from desireline.modules.maps.schemas import (
    Discover,
    Headline,
    MapList,
    MapState,
    Owning,
    Version,
    VersionList,
)
from desireline.modules.maps.service import Maps
from desireline.modules.maps.template_routes import add_template_routes
from desireline.modules.maps.wire import (
    asked_of_whom,
    body_says,
    document_in,
    document_out,
    documents_say,
    moment_of,
)
from desireline.modules.revisions import revision_seen

Seen = Annotated[int | None, Depends(revision_seen)]
At = Annotated[dt.datetime | None, Depends(moment_of)]


def routes() -> APIRouter:
    """The routes of the maps and their templates."""
    router = APIRouter(prefix="/v1")
    add_template_routes(router)
    router.get("/maps", summary="All maps")(list_maps)
    router.post("/maps", summary="A new map", status_code=201, openapi_extra=body_says())(add_map)
    add_draft_routes(router)
    add_case_routes(router)
    router.post(
        "/maps/discover", summary="A draft of a new map, found in the log", status_code=201
    )(discover)
    one = "/maps/{key}"
    router.get(one, summary="The published document", responses=documents_say())(get_map)
    router.get(f"{one}/versions", summary="The published versions")(list_versions)
    router.get(f"{one}/versions/{{version}}", summary="One of them", responses=documents_say())(
        get_version
    )
    router.get(f"{one}/draft", summary="The draft", responses=documents_say())(get_draft)
    router.put(f"{one}/draft", summary="Keep a draft", openapi_extra=body_says())(put_draft)
    router.post(f"{one}/publish", summary="Make the draft the next version")(publish)
    router.post(f"{one}/archive", summary="Put a map away")(archive)
    router.post(f"{one}/restore", summary="Take a map back")(restore)
    router.put(f"{one}/owner", summary="Who answers for a map")(put_owner)
    router.get(f"{one}/figures", summary="The map file: document and figures")(get_figures)
    router.get(
        f"{one}/page",
        summary="The map as one file that opens anywhere",
        response_class=HTMLResponse,
    )(get_page)
    router.get(
        f"{one}/live", summary="The map file as it changes", response_class=EventSourceResponse
    )(live)
    return router


async def list_maps(
    caller: Reads,
    maps: Here,
    *,
    headline: Annotated[bool, Query(description="With the figures of each at a glance.")] = False,
    archived: Annotated[bool, Query(description="Those that were put away instead.")] = False,
) -> MapList:
    """The one published last first."""
    told: list[MapState] = []
    for one in await asyncio.to_thread(partial(maps.all, archived=archived)):
        asked = headline and one.row.version is not None
        file = await maps.figures.of(one.document) if asked else None
        told.append(MapState.of(one, None if file is None else Headline.of(file.plain)))
    return MapList(maps=told)


async def add_map(caller: EditsMaps, maps: Here, request: Request, response: Response) -> MapState:
    """A draft of it: a template, a file, a copy, or only a name.

    Where its key is taken, it gets one like it; the answer says which.
    """
    found = await asyncio.to_thread(maps.add, await document_in(request), caller)
    response.headers["location"] = f"/v1/maps/{found.row.key}"
    response.headers["etag"] = f'"{found.row.revision}"'
    return MapState.of(found)


def discover(caller: EditsMaps, maps: Here, wanted: Discover, response: Response) -> MapState:
    """Finds stages, touchpoints and outcome in all events; keeps them as a draft.

    To publish it at once needs the permission to publish as well.
    """
    if wanted.publish:
        check(caller, "publish")
    found = maps.discover(
        wanted.name,
        goal=wanted.goal,
        outcome=wanted.outcome,
        touchpoints=wanted.touchpoints,
        by=caller,
    )
    if wanted.publish:
        found = maps.publish(found.row.key, found.row.revision, caller.name)
    response.headers["location"] = f"/v1/maps/{found.row.key}"
    response.headers["etag"] = f'"{found.row.revision}"'
    return MapState.of(found)


def get_map(caller: Reads, maps: Here, key: Key, request: Request, at: At) -> Response:
    """The last published version, or that of a moment; YAML for `Accept: application/yaml`."""
    found = maps.published(key) if at is None else maps.at(key, microseconds_at(at))
    return document_out(request, found)


def list_versions(caller: Reads, maps: Here, key: Key) -> VersionList:
    """The newest first."""
    return VersionList(versions=[Version.of(row) for row in maps.versions(key)])


def get_version(
    caller: Reads,
    maps: Here,
    key: Key,
    version: Annotated[int, Path(ge=1, le=10**9)],
    request: Request,
) -> Response:
    """A published version, as it was."""
    return document_out(request, maps.published(key, version))


def get_draft(caller: Reads, maps: Here, key: Key, request: Request) -> Response:
    """The draft, or the published document that the next one begins from."""
    return document_out(request, maps.draft(key))


async def put_draft(
    caller: EditsMaps, maps: Here, key: Key, request: Request, response: Response, seen: Seen
) -> MapState:
    """Of a new map, or with If-Match of one that is there; 409 when somebody else was first."""
    document = await document_in(request)
    row = await asyncio.to_thread(maps.put_draft, key, document, seen, caller)
    response.headers["etag"] = f'"{row.revision}"'
    return MapState.of(await asyncio.to_thread(maps.draft, key))


def publish(
    caller: Publishes,
    maps: Here,
    key: Key,
    response: Response,
    seen: Seen,
    said: Annotated[Publishing | None, Body()] = None,
) -> MapState:
    """The draft becomes the next version, which never changes again."""
    found = maps.publish(key, seen, caller.name, "" if said is None else said.message)
    response.headers["etag"] = f'"{found.row.revision}"'
    return MapState.of(found)


def archive(caller: EditsMaps, maps: Here, key: Key) -> MapState:
    """It leaves the list with all its versions, and nothing is lost: it can be taken back.

    To put away what is published needs the permission to publish as well.
    """
    if maps.draft(key).row.version is not None:
        check(caller, "publish")
    return MapState.of(maps.archive(key, caller.name))


def restore(caller: EditsMaps, maps: Here, key: Key) -> MapState:
    """As it was when it was put away."""
    return MapState.of(maps.restore(key, caller.name))


def put_owner(caller: EditsMaps, maps: Here, key: Key, told: Owning) -> MapState:
    """A member of the team, or nobody; its versions and its draft stay as they are."""
    return MapState.of(maps.own(key, told.member, caller.name))


async def get_figures(
    caller: Reads,
    maps: Here,
    key: Key,
    asked: Annotated[Asked, Depends(asked_of_whom)],
    request: Request,
    version: Annotated[int | None, Query(ge=1, le=10**9)] = None,
) -> Response:
    """All events up to now, or a part of them. The ETag changes when the figures may have.

    With `at`, the version that was in force then, and the figures as they were known then.
    """
    drawn = await _drawn(maps, key, asked, version)
    # A persona may get another rule while the log stays as it is.
    whom = "" if asked.segment is None else f".{hash(asked.segment) & 0xFFFFFFFF:x}"
    headers = {"etag": f'"{drawn.id}{whom}"', "cache-control": "private, no-cache"}
    if request.headers.get("if-none-match", "") == headers["etag"]:
        return Response(status_code=304, headers=headers)
    return Response(drawn.text, headers=headers, media_type="application/json")


async def get_page(
    caller: Reads,
    maps: Here,
    key: Key,
    asked: Annotated[Asked, Depends(asked_of_whom)],
    request: Request,
    version: Annotated[int | None, Query(ge=1, le=10**9)] = None,
) -> Response:
    """Document and figures as they are now, in a page that asks nobody for anything."""
    drawn = await _drawn(maps, key, asked, version)
    headers = {
        "content-disposition": f"attachment; filename*=UTF-8''{quote(key, safe='')}.html",
        "cache-control": "private, no-store",
    }
    brand = await asyncio.to_thread(brand_of_pages, request.app.state.rooms)
    return HTMLResponse(page_of_file(drawn.text, brand), headers=headers)


async def _drawn(maps: Maps, key: str, asked: Asked, version: int | None) -> Drawn:
    if asked.at is None or version is not None:
        found = await asyncio.to_thread(maps.published, key, version)
    else:
        found = await asyncio.to_thread(maps.at, key, microseconds_at(asked.at))
    return await maps.figures.of(found.document, asked)


async def known(maps: Here, key: Key) -> str:
    """The key of a map that is there: said before a stream begins."""
    await asyncio.to_thread(maps.revision, key)
    return key


async def at_hand(
    after: Annotated[
        str | None, Query(max_length=40, description="Id of the file at hand.")
    ] = None,
    revision: Annotated[
        int | None, Query(ge=0, le=10**9, description="Of the draft at hand.")
    ] = None,
    *,
    figures: Annotated[
        bool, Query(description="Without them, the stream tells of the draft alone.")
    ] = True,
    last_event_id: Annotated[str | None, Header(max_length=40)] = None,
) -> AtHand:
    """What the reader of a stream has already, and what she wants."""
    return AtHand(last_event_id or after, revision, wants_figures=figures)


async def live(
    caller: Reads,
    maps: Here,
    key: Annotated[str, Depends(known)],
    request: Request,
    at_hand: Annotated[AtHand, Depends(at_hand)],
) -> AsyncIterator[ServerSentEvent]:
    """Events `figures` (a map file), `change` (a JSON Patch to it), `draft`, `here` and `pulse`.

    At most about one change a second. A browser that comes back resumes by itself. A map without
    a version has no figures yet, and tells of its draft.
    """
    async for told in follow(maps, request.app.state.rooms, key, at_hand):
        yield told
