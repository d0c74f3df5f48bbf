"""Events over HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.sse import EventSourceResponse, ServerSentEvent

from desireline.kit.permissions import Reads, Sends
from desireline.modules.beats import BEAT_SECONDS, beat
from desireline.modules.bodies import EncodingUnknown, read_body
from desireline.modules.collect.protocols import segment
from desireline.modules.collect.protocols.protocol import Given
from desireline.modules.collect.schemas import Counts, Verdicts
from desireline.modules.collect.service import Collector
from desireline.modules.module import service_of

JSON = (b"content-type", b"application/json")
Here = Annotated[Collector, Depends(service_of("collect"))]
BREATH_SECONDS = 0.2
ENCODINGS = ("", "identity", "gzip")
_EXAMPLE = {"type": "order_completed", "user_id": "u1", "value": 39.9, "currency": "EUR"}
_EVENT = {"type": "object", "description": "docs/schemas/event.schema.json", "example": _EXAMPLE}


def routes() -> APIRouter:
    """The routes of the collector."""
    router = APIRouter()
    told: dict[str, Any] = {
        "response_model": Verdicts,
        "responses": {
            400: {"description": "The body holds no events that could be told apart."},
            413: {"description": "The body is too large, as sent or inflated."},
            503: {"description": "The database is away; send the same again."},
            507: {"description": "The disk is full; send the same again."},
        },
    }
    one_or_many = {"anyOf": [_EVENT, {"type": "array", "items": _EVENT}]}
    many = {"type": "object", "properties": {"batch": {"type": "array", "items": _EVENT}}}
    router.post(
        "/v1/events", summary="Take one event or a list", **told, openapi_extra=_body(one_or_many)
    )(take)
    router.post("/v1/batch", summary="Take a batch", **told, openapi_extra=_body(many))(take_batch)
    router.get(
        "/v1/live", summary="How fast events come, as they come", response_class=EventSourceResponse
    )(live)
    router.get("/v1/counts", summary="What became of all events ever")(counts)
    return router


class Verdicted(Response):
    """JSON that is encoded already, made in a fifth of the time: nothing is to be found out."""

    def __init__(self, body: bytes) -> None:
        self.status_code, self.body, self.background = 200, body, None
        self.raw_headers = [(b"content-length", b"%d" % len(body)), JSON]


async def take(caller: Sends, collector: Here, request: Request) -> Response:
    """200 with a verdict for each event, also when all of them failed: all of them were taken.

    Stored means on disk. The body is JSON whatever its content type says, and may be gzip. The
    caller brings a write key, or may add events without one.
    """
    body = await body_of(request, collector.body_bytes)
    return _told(await collector.take(body, caller, collector.visitor(request)))


async def take_batch(caller: Sends, collector: Here, request: Request) -> Response:
    """As `/v1/events`, and Segment's and RudderStack's clients are answered as they expect."""
    body = await body_of(request, collector.body_bytes)
    visitor = collector.visitor(request)
    return _told(await collector.take(body, caller, visitor, speaks=segment.BATCH))


async def body_of(request: Request, most_bytes: int) -> bytes:
    """The body as sent. Raises EncodingUnknown and BodyTooLarge."""
    headers = request.scope["headers"]
    encoding = next((v.decode("latin-1") for n, v in headers if n == b"content-encoding"), "")
    if encoding and encoding.strip().lower() not in ENCODINGS:
        raise EncodingUnknown(
            f"The body is packed as {encoding[:40]!r}.", hint="Send it plain, or as gzip."
        )
    return await read_body(request, most_bytes)


def _told(answer: bytes | Given) -> Response:
    if isinstance(answer, Given):
        return Response(answer.body, answer.status, media_type=answer.media_type)
    return Verdicted(answer)


async def live(caller: Reads, request: Request) -> AsyncIterator[ServerSentEvent]:
    """Events `pulse`: the position of the log, and how many events the last minute brought."""
    pulse = request.app.state.rooms.pulse
    while not pulse.closed:
        position = pulse.position
        yield beat(request.app.state.rooms)
        await asyncio.sleep(BREATH_SECONDS)
        await pulse.beyond(position, BEAT_SECONDS)


def counts(caller: Reads, collector: Here) -> Counts:
    """Counted in the transactions that store the events, so nothing is ever missing."""
    return Counts(**collector.counts())


def _body(schema: dict[str, Any]) -> dict[str, Any]:
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}
