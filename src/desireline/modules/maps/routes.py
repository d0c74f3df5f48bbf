"""The maps over HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Path, Query, Request, Response
from fastapi.sse import EventSourceResponse, ServerSentEvent

from desireline.kit.permissions import Edits, Reads
from desireline.modules.answering import Asked
from desireline.modules.maps.live import follow
from desireline.modules.maps.schemas import (
    Discover,
    MapList,
    MapState,
    Version,
    VersionList,
)
from desireline.modules.maps.service import Maps
from desireline.modules.maps.wire import (
    MOST_BYTES,
    YAML,
    asked_for,
    document_in,
    document_out,
    revision_seen,
)
from desireline.modules.module import service_of

Here = Annotated[Maps, Depends(service_of("maps"))]
Key = Annotated[str, Path(max_length=100, description="The map's key.")]
Seen = Annotated[int | None, Depends(revision_seen)]
_DOCUMENT = {"type": "object", "description": "docs/schemas/journey_map.schema.json"}


def routes() -> APIRouter:
    """The routes of the maps."""
    router = APIRouter(prefix="/v1/maps")
    router.get("", summary="All maps")(list_maps)
    router.post("/discover", summary="A draft of a new map, found in the log", status_code=201)(
        discover
    )
    one = "/{key}"
    router.get(one, summary="The published document", responses=_documents())(get_map)
    router.get(f"{one}/versions", summary="The published versions")(list_versions)
    router.get(f"{one}/versions/{{version}}", summary="One of them", responses=_documents())(
        get_version
    )
    router.get(f"{one}/draft", summary="The draft", responses=_documents())(get_draft)
    router.put(f"{one}/draft", summary="Keep a draft", openapi_extra=_body())(put_draft)
    router.post(f"{one}/publish", summary="Make the draft the next version")(publish)
    router.get(f"{one}/figures", summary="The map file: document and figures")(get_figures)
    router.get(
        f"{one}/live", summary="The map file as it changes", response_class=EventSourceResponse
    )(live)
    return router


def list_maps(caller: Reads, maps: Here) -> MapList:
    """The one published last first."""
    return MapList(maps=[MapState.of(found) for found in maps.all()])


def discover(caller: Edits, maps: Here, wanted: Discover, response: Response) -> MapState:
    """Finds stages, touchpoints and outcome in all events; keeps them as a draft."""
    found = maps.discover(
        wanted.name, outcome=wanted.outcome, touchpoints=wanted.touchpoints, by=caller.name
    )
    if wanted.publish:
        found = maps.publish(found.row.key, found.row.revision, caller.name)
    response.headers["location"] = f"/v1/maps/{found.row.key}"
    response.headers["etag"] = f'"{found.row.revision}"'
    return MapState.of(found)


def get_map(caller: Reads, maps: Here, key: Key, request: Request) -> Response:
    """The last published version; YAML for `Accept: application/yaml`."""
    return document_out(request, maps.published(key))


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
    caller: Edits, maps: Here, key: Key, request: Request, response: Response, seen: Seen
) -> MapState:
    """Of a new map, or with If-Match of one that is there; 409 when somebody else was first."""
    document = await document_in(request)
    row = await asyncio.to_thread(maps.put_draft, key, document, seen, caller.name)
    response.headers["etag"] = f'"{row.revision}"'
    return MapState.of(await asyncio.to_thread(maps.draft, key))


def publish(caller: Edits, maps: Here, key: Key, response: Response, seen: Seen) -> MapState:
    """The draft becomes the next version, which never changes again."""
    found = maps.publish(key, seen, caller.name)
    response.headers["etag"] = f'"{found.row.revision}"'
    return MapState.of(found)


async def get_figures(
    caller: Reads,
    maps: Here,
    key: Key,
    asked: Annotated[Asked, Depends(asked_for)],
    request: Request,
    version: Annotated[int | None, Query(ge=1, le=10**9)] = None,
) -> Response:
    """All events up to now, or a part of them. The ETag changes when the figures may have."""
    found = await asyncio.to_thread(maps.published, key, version)
    drawn = await maps.figures.of(found.document, asked)
    headers = {"etag": f'"{drawn.id}"', "cache-control": "private, no-cache"}
    if request.headers.get("if-none-match", "") == headers["etag"]:
        return Response(status_code=304, headers=headers)
    return Response(drawn.text, headers=headers, media_type="application/json")


async def published(maps: Here, key: Key) -> str:
    """The key of a map that has a version: said before a stream begins."""
    await asyncio.to_thread(maps.published, key)
    return key


async def live(
    caller: Reads,
    maps: Here,
    key: Annotated[str, Depends(published)],
    request: Request,
    after: Annotated[
        str | None, Query(max_length=40, description="Id of the file at hand.")
    ] = None,
    last_event_id: Annotated[str | None, Header(max_length=40)] = None,
) -> AsyncIterator[ServerSentEvent]:
    """Events `figures` (a map file), `change` (a JSON Patch to it) and `pulse`.

    At most about one change a second. A browser that comes back resumes by itself.
    """
    async for told in follow(maps, request.app.state.rooms, key, last_event_id or after):
        yield told


def _documents() -> dict[int | str, dict[str, object]]:
    content = {"application/json": {"schema": _DOCUMENT}, YAML: {"schema": {"type": "string"}}}
    return {200: {"description": "The document.", "content": content}}


def _body() -> dict[str, object]:
    content = {"application/json": {"schema": _DOCUMENT}, YAML: {"schema": {"type": "string"}}}
    says = f"The document, at most {MOST_BYTES // 1_000_000} MB."
    return {"requestBody": {"required": True, "description": says, "content": content}}
