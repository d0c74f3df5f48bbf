"""Failed events over HTTP: why, what came, and once more."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from desireline.engine.analyses.times import iso
from desireline.engine.errors import DesirelineError
from desireline.kit.permissions import ManagesSources
from desireline.log.failed import FailedEvent, Reason, Which
from desireline.log.rejecting import MOST_KEPT
from desireline.modules.bodies import read_body
from desireline.modules.collect.failures import MOST_REPLAYED
from desireline.modules.collect.schemas import NotStored, Verdicts
from desireline.modules.collect.service import Collector
from desireline.modules.collect.verdicts import answer_of
from desireline.modules.module import service_of

Here = Annotated[Collector, Depends(service_of("collect"))]
MOST_NUMBER = 2**63 - 1
Number = Annotated[int, Path(ge=1, le=MOST_NUMBER, description="The failed event's id.")]


class PeriodUnreadable(DesirelineError):
    """A moment of a period is none."""


class Failure(BaseModel):
    """What could not be stored, why, and what came."""

    id: int
    received_at: str
    source: str
    code: str
    reason: Annotated[str, Field(description="What is wrong, and what to do about it.")]
    body: Annotated[str, Field(description="As text; bytes that are no UTF-8 as \\xNN.")]
    replayed_at: str | None

    @classmethod
    def of(cls, event: FailedEvent) -> Failure:
        """The wire shape."""
        return cls(
            id=event.id,
            received_at=iso(event.received_at),
            source=event.source,
            code=event.code,
            reason=event.reason,
            body=event.body.decode("utf-8", "backslashreplace"),
            replayed_at=None if event.replayed_at is None else iso(event.replayed_at),
        )


class OneFailure(Failure):
    """The same of one event, and more about it."""

    protocol: Annotated[str, Field(description="In which it came: `own`, `segment`, ...")]
    readable: Annotated[str, Field(description="The body in lines, where it is JSON; else as is.")]


class FailureList(BaseModel):
    """Failed events, newest first."""

    failed: list[Failure]
    waiting: Annotated[int, Field(description="How many there are of them in all.")]


class FailureReason(BaseModel):
    """How many events of a source failed for one reason."""

    source: str
    code: str
    events: int
    last_at: str
    reason: Annotated[str, Field(description="What was said of the last one.")]

    @classmethod
    def of(cls, found: Reason) -> FailureReason:
        """The wire shape."""
        return cls(
            source=found.source,
            code=found.code,
            events=found.events,
            last_at=iso(found.last_at),
            reason=found.reason,
        )


class FailureReasons(BaseModel):
    """The most frequent first."""

    reasons: list[FailureReason]


class ReplayMany(BaseModel):
    """Which failed events are taken in again: named ones, or all of a source or code."""

    model_config = ConfigDict(extra="forbid")

    ids: Annotated[list[int] | None, Field(max_length=MOST_REPLAYED)] = None
    source: str | None = None
    code: str | None = None
    upto: Annotated[
        int | None, Field(ge=0, le=MOST_NUMBER, description="As the answer before said.")
    ] = None


class ReplayedMany(BaseModel):
    """What became of them."""

    received: int
    stored: int
    duplicate: int
    failed: int
    again: Annotated[list[NotStored], Field(description="Those that failed again.")]
    left: Annotated[int, Field(description="How many are still to be replayed: ask again.")]
    upto: Annotated[int, Field(description="To be said when asking again.")]


async def which(
    source: Annotated[str | None, Query(description="Only of this source.")] = None,
    code: Annotated[str | None, Query(description="Only for this reason.")] = None,
    since: Annotated[str | None, Query(description="First moment, ISO 8601.")] = None,
    until: Annotated[str | None, Query(description="First moment that is out again.")] = None,
    replayed: Annotated[bool, Query(description="Those that were replayed, too.")] = False,  # noqa: FBT002
) -> Which:
    """Which failed events are meant. PeriodUnreadable."""
    return Which(source, code, _moment("since", since), _moment("until", until), replayed)


Meant = Annotated[Which, Depends(which)]


def add_failures(router: APIRouter) -> None:
    """Adds the routes."""
    path = "/v1/events/failed"
    router.get(path, summary="Events that could not be stored")(list_failed)
    router.get(f"{path}/reasons", summary="Why, and how often")(list_reasons)
    router.post(f"{path}/replay", summary="Take many of them in again")(replay_many)
    router.get(f"{path}/{{number}}", summary="One of them")(get_failed)
    router.post(
        f"{path}/{{number}}/replay",
        summary="Take one in again, as it came or mended",
        response_model=Verdicts,
        openapi_extra={"requestBody": {"required": False, "content": {"application/json": {}}}},
    )(replay)


def list_failed(
    caller: ManagesSources,
    collector: Here,
    meant: Meant,
    before: Annotated[int | None, Query(ge=1, le=MOST_NUMBER, description="An id.")] = None,
    most: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> FailureList:
    """Newest first, with the bytes as they came: they may hold anything about anybody."""
    found, waiting = collector.failures.listed(meant, before, most)
    return FailureList(failed=[Failure.of(event) for event in found], waiting=waiting)


def list_reasons(caller: ManagesSources, collector: Here, meant: Meant) -> FailureReasons:
    """How many failed for each reason, by source."""
    found = collector.failures.reasons(meant)
    return FailureReasons(reasons=[FailureReason.of(one) for one in found])


def get_failed(caller: ManagesSources, collector: Here, number: Number) -> OneFailure:
    """With its body in lines that can be read, and edited for a replay."""
    found, form = collector.failures.one(number)
    return OneFailure(
        **Failure.of(found).model_dump(),
        protocol="own" if form is None else form.protocol.name,
        readable=readable(found.body),
    )


async def body_of(request: Request) -> bytes | None:
    """What is to be read instead of what came; None where nothing is sent."""
    return await read_body(request, MOST_KEPT) or None


def replay(
    caller: ManagesSources,
    collector: Here,
    number: Number,
    body: Annotated[bytes | None, Depends(body_of)],
) -> Response:
    """The verdicts of now, for when the reason is gone. Nothing is stored twice by it.

    A body is read instead of what came, in the protocol in which that came; what came is kept.
    """
    answer = answer_of(collector.failures.replay(number, caller.name, body))
    return Response(msgspec.json.encode(answer), media_type="application/json")


def replay_many(caller: ManagesSources, collector: Here, asked: ReplayMany) -> ReplayedMany:
    """The oldest first, at most 200 a call. Without ids, a source or a code: all that wait."""
    meant = Which(asked.source, asked.code)
    found = collector.failures.replay_many(meant, caller.name, asked.ids, asked.upto)
    counts = found.counts
    return ReplayedMany(
        received=counts.total(),
        stored=counts["stored"],
        duplicate=counts["duplicate"],
        failed=counts["failed"],
        again=[NotStored(**msgspec.structs.asdict(one)) for one in found.failed],
        left=found.left,
        upto=found.upto,
    )


def readable(body: bytes) -> str:
    """JSON in lines; anything else as it is."""
    text = body.decode("utf-8", "backslashreplace")
    try:
        found: Any = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return json.dumps(found, indent=2, ensure_ascii=False)


def _moment(name: str, text: str | None) -> int | None:
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise PeriodUnreadable(
            f"{name} is {text[:40]!r}, which is no moment.",
            hint="Write 2026-01-31 or 2026-01-31T12:00:00Z.",
        ) from None
    found = found if found.tzinfo else found.replace(tzinfo=UTC)
    return int(found.timestamp()) * 1_000_000 + found.microsecond
