"""Imports and mappings over HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from fastapi.responses import StreamingResponse
from fastapi.sse import EventSourceResponse, ServerSentEvent

from desireline.formats.mapping import Mapping, mapping_from
from desireline.kit.permissions import ImportsData, Reads
from desireline.modules.imports.live import follow
from desireline.modules.imports.mappings import document_of
from desireline.modules.imports.repository import MOST_LISTED, FileRow
from desireline.modules.imports.schemas import (
    Aside,
    AsideRow,
    ImportList,
    ImportState,
    MappingList,
    MappingState,
    NewMapping,
    Report,
    SuggestionTold,
    Told,
    Wish,
)
from desireline.modules.imports.service import Imports
from desireline.modules.imports.set_aside import as_csv, count_rows, list_rows
from desireline.modules.module import service_of

Here = Annotated[Imports, Depends(service_of("imports"))]
Ident = Annotated[int, Path(ge=1, le=2**53, description="The number of the import.")]
Name = Annotated[str, Path(max_length=64, description="The mapping's name.")]
FIRST = 100
CSV = "text/csv; charset=utf-8"


def routes() -> APIRouter:
    """The routes of imports and mappings."""
    router = APIRouter()
    every, one = "/v1/imports", "/v1/imports/{ident}"
    router.get(every, summary="List the imports")(list_imports)
    router.post(every, status_code=201, summary="Upload a file", openapi_extra=_body())(upload)
    router.post(f"{every}/sample", status_code=202, summary="Simulate a shop, and import it")(
        bring_sample
    )
    router.get(one, summary="An import, and how far it is")(get_import)
    router.post(f"{one}/preview", summary="What the file means, and its first events")(preview)
    router.post(f"{one}/start", status_code=202, summary="Start the import")(start)
    router.post(f"{one}/cancel", summary="Cancel it")(cancel)
    router.get(
        f"{one}/live", summary="The import as it goes on", response_class=EventSourceResponse
    )(live)
    router.get(f"{one}/set-aside", summary="What was set aside, and why")(set_aside)
    router.get(f"{one}/set-aside.csv", summary="All of it as CSV", responses=_csv())(set_aside_csv)
    router.get("/v1/mappings", summary="List the saved mappings")(list_mappings)
    router.get("/v1/mappings/{name}", summary="A saved mapping")(get_mapping)
    router.put("/v1/mappings/{name}", summary="Save a mapping")(put_mapping)
    return router


def list_imports(
    caller: Reads,
    imports: Here,
    before: Annotated[int | None, Query(ge=1, description="Those below this number.")] = None,
) -> ImportList:
    """The newest first, at most 200 at once."""
    rows = imports.listed(before)
    more = rows[-1].id if len(rows) == MOST_LISTED else None
    return ImportList(imports=[ImportState.of(row) for row in rows], next=more)


async def upload(
    caller: ImportsData,
    imports: Here,
    request: Request,
    response: Response,
    wish: Annotated[Wish, Query()],
) -> ImportState:
    """The body is the file itself, or a form with the file in it. It waits to be started.

    The file is kept till its import is done, at most a day.
    """
    kept = await imports.receive(request)
    row = await asyncio.to_thread(imports.keep, kept, caller.name)
    if wish.start or wish.saved:
        row = await asyncio.to_thread(_started, imports, row.id, Told(saved=wish.saved))
    response.headers["location"] = f"/v1/imports/{row.id}"
    return ImportState.of(row, await asyncio.to_thread(imports.before, row))


def bring_sample(caller: ImportsData, imports: Here) -> ImportState:
    """5,000 visitors of a made-up shop, for whoever wants to look around; 409 where events are."""
    return ImportState.of(imports.bring_sample(caller.name))


def _started(imports: Imports, ident: int, told: Told) -> FileRow:
    return imports.start(ident, _told(imports, told))


def get_import(caller: Reads, imports: Here, ident: Ident) -> ImportState:
    """Its state, how far it is, and at the end what became of the rows."""
    row = imports.get(ident)
    return ImportState.of(row, imports.before(row))


def preview(caller: ImportsData, imports: Here, ident: Ident, told: Told) -> SuggestionTold:
    """What the file means as it is told, or what is suggested; nothing is stored."""
    return SuggestionTold.of(imports.look(ident, _told(imports, told)))


def start(caller: ImportsData, imports: Here, ident: Ident, told: Told) -> ImportState:
    """With the mapping that is told, or with what is suggested. A failed import may start again."""
    return ImportState.of(imports.start(ident, _told(imports, told)))


def cancel(caller: ImportsData, imports: Here, ident: Ident) -> ImportState:
    """What is stored by then stays stored; the file is deleted."""
    return ImportState.of(imports.cancel(ident))


async def known(imports: Here, ident: Ident) -> int:
    """The number of an import that is there: said before a stream begins."""
    await asyncio.to_thread(imports.get, ident)
    return ident


async def live(
    caller: Reads, imports: Here, ident: Annotated[int, Depends(known)]
) -> AsyncIterator[ServerSentEvent]:
    """Events `import` (its state) and `pulse`; the stream ends with the import."""
    async for told in follow(imports, ident):
        yield told


def set_aside(caller: ImportsData, imports: Here, ident: Ident) -> Aside:
    """How many rows for each reason, and the first of them whole."""
    row = imports.get(ident)
    report = ImportState.of(row).report
    with imports.rooms.db.reading() as look:
        kept, rows = count_rows(look, row), list_rows(look, row)[:FIRST]
    told = [AsideRow(id=one.id, reason=one.reason, event=one.event) for one in rows]
    return Aside(reasons=_reasons(report), kept=kept, rows=told)


def set_aside_csv(caller: ImportsData, imports: Here, ident: Ident) -> StreamingResponse:
    """Every row that is kept; a text that a spreadsheet would compute gets an apostrophe."""
    row = imports.get(ident)
    named = {"content-disposition": f'attachment; filename="set-aside-{ident}.csv"'}
    return StreamingResponse(as_csv(imports.rooms.db, row), media_type=CSV, headers=named)


def list_mappings(caller: Reads, imports: Here) -> MappingList:
    """The last version of each, by name."""
    rows = imports.book.listed()
    return MappingList(mappings=[MappingState.of(row, document_of(row)) for row in rows])


def get_mapping(
    caller: Reads,
    imports: Here,
    name: Name,
    version: Annotated[int | None, Query(ge=1, description="The last one, if not told.")] = None,
) -> MappingState:
    """A version of it."""
    return MappingState.of(*imports.book.get(name, version))


def put_mapping(caller: ImportsData, imports: Here, name: Name, new: NewMapping) -> MappingState:
    """Each change is a version; files with the same columns get it suggested."""
    mapping = mapping_from(new.mapping)
    return MappingState.of(imports.book.save(name, mapping, new.signature, caller.name), mapping)


def _told(imports: Imports, told: Told) -> Mapping | None:
    if told.mapping is not None:
        return mapping_from(told.mapping)
    return None if told.saved is None else imports.book.get(told.saved)[1]


def _reasons(report: Report | None) -> dict[str, int]:
    return {} if report is None else report.reasons


def _csv() -> dict[int | str, dict[str, object]]:
    content: dict[str, object] = {CSV: {"schema": {"type": "string"}}}
    return {200: {"description": "The rows.", "content": content}}


def _body() -> dict[str, object]:
    file = {"schema": {"type": "string", "format": "binary"}}
    form = {"schema": {"type": "object", "properties": {"file": file["schema"]}}}
    content = {"application/octet-stream": file, "multipart/form-data": form}
    return {"requestBody": {"required": True, "content": content}}
