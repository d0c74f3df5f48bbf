"""Documents and revisions as they come and go over HTTP."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Annotated

import msgspec
from fastapi import Depends, Query, Request, Response

from desireline.engine.errors import DesirelineError
from desireline.engine.journey_map import JourneyMap
from desireline.formats import map_cjml, map_csv, map_json, map_yaml
from desireline.modules.answering import Asked, Bots
from desireline.modules.bodies import read_body
from desireline.modules.maps.errors import MapUnsaid
from desireline.modules.maps.service import Found
from desireline.modules.personas.facade import rule_of

MOST_BYTES = 1_000_000
YAML = "application/yaml"
BOTS = "What is marked as a bot's, prefetched, or from a data centre: with it, without, or only it."
CJML = "application/xml"
DOCUMENT = {"type": "object", "description": "docs/schemas/journey_map.schema.json"}


class PeriodUnreadable(DesirelineError):
    """A moment is none, or the period ends before it begins."""


READERS: Mapping[str, Callable[[str], JourneyMap]] = {
    "yaml": lambda text: map_yaml.loads(text, "the body"),
    "xml": map_cjml.loads,
}
"""Forms of a document beside JSON, by a word of the media type."""
WRITERS: Mapping[str, tuple[Callable[[JourneyMap], str], str]] = {
    "yaml": (map_yaml.dumps, YAML),
    "xml": (map_cjml.dumps, CJML),
    "csv": (map_csv.dumps, "text/csv"),
}


async def document_in(request: Request) -> JourneyMap:
    """The map in a request's body, JSON (a map file too), YAML or CJML.

    Raises MapUnsaid, and what readers raise.
    """
    body = await read_body(request, MOST_BYTES)
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise MapUnsaid(
            f"The body is not UTF-8: byte {error.start} is unfit.", hint="Send UTF-8."
        ) from None
    form = request.headers.get("content-type", "")
    for word, read in READERS.items():
        if word in form:
            return read(text)
    try:
        return map_json.loads(text)
    except (msgspec.DecodeError, RecursionError) as error:
        raise MapUnsaid(
            f"The body is not JSON: {error}.",
            hint="Send the document as JSON, or as YAML with Content-Type: application/yaml.",
            mark=map_json.mark_of(str(error), text),
        ) from None


def body_says() -> dict[str, object]:
    """What a description says of a body that is a document."""
    text = {"schema": {"type": "string"}}
    content = {"application/json": {"schema": DOCUMENT}, YAML: text, CJML: text}
    says = f"The document, at most {MOST_BYTES // 1_000_000} MB."
    return {"requestBody": {"required": True, "description": says, "content": content}}


def documents_say() -> dict[int | str, dict[str, object]]:
    """What a description says of an answer that is a document."""
    content = {"application/json": {"schema": DOCUMENT}, YAML: {"schema": {"type": "string"}}}
    return {200: {"description": "The document.", "content": content}}


def document_out(request: Request, found: Found) -> Response:
    """The document as YAML, CJML or CSV for those who ask for it, else as JSON."""
    headers = {"etag": f'"{found.row.revision}"', "vary": "accept"}
    return document_written(request, found.document, headers)


def document_written(request: Request, document: JourneyMap, headers: dict[str, str]) -> Response:
    """The same of a document that nobody keeps."""
    wanted = request.headers.get("accept", "")
    for word, (write, media_type) in WRITERS.items():
        if word in wanted and "html" not in wanted:
            return Response(write(document), headers=headers, media_type=media_type)
    body = msgspec.json.encode(document)
    return Response(body, headers=headers, media_type="application/json")


async def moment_of(
    at: Annotated[
        str | None, Query(description="A moment, or a day, of which the end is meant. ISO 8601.")
    ] = None,
) -> dt.datetime | None:
    """The moment that is looked back to; of a day, its end. PeriodUnreadable."""
    found = _moment("at", at)
    if found is None or at is None or len(at) > len("2026-01-31"):
        return found
    return found + dt.timedelta(days=1, microseconds=-1)


async def asked_for(
    start: Annotated[str | None, Query(description="First moment, ISO 8601.")] = None,
    stop: Annotated[str | None, Query(description="First moment that is out again.")] = None,
    channel: Annotated[list[str] | None, Query(description="Only these channels.")] = None,
    bots: Annotated[Bots, Query(description=BOTS)] = "with",
    at: Annotated[dt.datetime | None, Depends(moment_of)] = None,
) -> Asked:
    """The part of the log that is asked about. PeriodUnreadable."""
    channels = tuple(sorted(channel or ()))
    asked = Asked(_moment("start", start), _moment("stop", stop), channels, bots, at)
    if asked.start and asked.stop and asked.start >= asked.stop:
        raise PeriodUnreadable(
            f"The period from {start} ends at {stop}, before it begins.", hint="Swap the two."
        )
    return asked


async def asked_of_whom(
    request: Request,
    asked: Annotated[Asked, Depends(asked_for)],
    persona: Annotated[
        str | None, Query(max_length=100, description="Only persons whom this persona describes.")
    ] = None,
) -> Asked:
    """The same of the persons of a persona. PersonaMissing, PersonasUnbound."""
    if persona is None:
        return asked
    rule = await asyncio.to_thread(rule_of, request.app.state.rooms, persona)
    return replace(asked, segment=rule)


def _moment(name: str, text: str | None) -> dt.datetime | None:
    if text is None:
        return None
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError:
        raise PeriodUnreadable(
            f"{name} is {text[:40]!r}, which is no moment.",
            hint="Write 2026-01-31 or 2026-01-31T12:00:00Z.",
        ) from None
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)
