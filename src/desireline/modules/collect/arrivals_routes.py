"""The newest events over HTTP: the last ones, and those that come."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends, Header, Query, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import BaseModel, Field

from desireline.engine.analyses.times import iso
from desireline.kit.permissions import ManagesSources
from desireline.log.envelope import Event
from desireline.modules.beats import BEAT_SECONDS, beat
from desireline.modules.collect.arrivals import Arrived, Wanted
from desireline.modules.collect.service import Collector
from desireline.modules.module import service_of

Here = Annotated[Collector, Depends(service_of("collect"))]
MOST_A_SECOND = 50
"""Events that a stream tells of in a second; of more the newest, and how many are left out."""
BREATH_SECONDS = 1.0
MOST = 500


class ArrivedEvent(BaseModel):
    """An event as the log holds it."""

    position: int
    id: str
    type: str
    kind: str
    at: str
    received_at: str
    source: str
    channel: str
    identifiers: dict[str, str]
    value: float | None
    currency: str | None
    properties: dict[str, Any]
    context: dict[str, Any]

    @classmethod
    def of(cls, position: int, event: Event) -> ArrivedEvent:
        """The wire shape."""
        return cls(
            position=position,
            id=event.id,
            type=event.type,
            kind=event.kind,
            at=iso(event.at),
            received_at=iso(event.received_at),
            source=event.source,
            channel=event.channel,
            identifiers=event.identifiers,
            value=event.value,
            currency=event.currency,
            properties=event.properties,
            context=event.context,
        )


class Arrivals(BaseModel):
    """Events in the order in which they came."""

    events: list[ArrivedEvent]
    left_out: Annotated[int, Field(description="Earlier ones that are not told of.")]
    position: Annotated[int, Field(description="How far the log is read with them.")]

    @classmethod
    def of(cls, found: Arrived) -> Arrivals:
        """The wire shape."""
        events = [ArrivedEvent.of(*one) for one in found.events]
        return cls(events=events, left_out=found.left_out, position=found.position)


class SeenSource(BaseModel):
    """What a source has brought."""

    source: str
    events: int
    first_at: str | None
    last_at: Annotated[str | None, Field(description="When the log took its last event.")]
    failed: Annotated[int, Field(description="Events that failed and wait to be replayed.")]


class SeenSources(BaseModel):
    """By name, also doors that are no source of a write key: api, import."""

    sources: list[SeenSource]


async def wanted(
    source: Annotated[list[str] | None, Query(description="Only of these sources.")] = None,
    type: Annotated[list[str] | None, Query(description="Only of these types.")] = None,  # noqa: A002 - the name in the address
) -> Wanted:
    """Which events are looked at."""
    return Wanted(tuple(source or ()), tuple(type or ()))


def add_arrivals(router: APIRouter) -> None:
    """Adds the routes."""
    router.get("/v1/events/sources", summary="What each source has brought")(sources)
    router.get("/v1/events/recent", summary="The last events that came")(recent)
    router.get(
        "/v1/events/live", summary="Events as they come", response_class=EventSourceResponse
    )(live)


def recent(
    caller: ManagesSources,
    collector: Here,
    which: Annotated[Wanted, Depends(wanted)],
    most: Annotated[int, Query(ge=1, le=MOST)] = 50,
) -> Arrivals:
    """With everything they say: they may hold anything about anybody."""
    return Arrivals.of(collector.arrivals.last(which, most))


def sources(caller: ManagesSources, collector: Here) -> SeenSources:
    """A moment behind the log."""
    told = [
        SeenSource(
            source=one.source,
            events=one.events,
            first_at=None if one.first_at is None else iso(one.first_at),
            last_at=None if one.last_at is None else iso(one.last_at),
            failed=one.failed,
        )
        for one in collector.arrivals.sources()
    ]
    return SeenSources(sources=told)


async def live(
    caller: ManagesSources,
    collector: Here,
    which: Annotated[Wanted, Depends(wanted)],
    request: Request,
    after: Annotated[
        int | None, Query(ge=0, le=2**63 - 1, description="A position; from now on, if left out.")
    ] = None,
    last_event_id: Annotated[str | None, Header(max_length=20)] = None,
) -> AsyncIterator[ServerSentEvent]:
    """Events `events` (at most 50 a second, and how many are left out) and `pulse`.

    They are read from the log, so each of several servers shows what came by any of them. A browser
    that comes back goes on where it was.
    """
    rooms = request.app.state.rooms
    pulse = rooms.pulse
    if last_event_id is not None and last_event_id.isascii() and last_event_id.isdigit():
        after = int(last_event_id)
    at = pulse.position if after is None else after
    yield beat(rooms)
    while not pulse.closed:
        seen = pulse.position
        found = await asyncio.to_thread(collector.arrivals.after, at, which, MOST_A_SECOND)
        at = found.position
        if found.events:
            text = msgspec.json.encode(Arrivals.of(found).model_dump()).decode()
            yield ServerSentEvent(raw_data=text, event="events", id=str(at))
        else:
            yield beat(rooms)
        await _breath(pulse)
        await pulse.beyond(seen, BEAT_SECONDS)


async def _breath(pulse: Any) -> None:
    """A second, cut short when the server stops."""
    until = asyncio.get_running_loop().time() + BREATH_SECONDS
    while not pulse.closed and (left := until - asyncio.get_running_loop().time()) > 0:
        await asyncio.sleep(min(left, 0.2))
