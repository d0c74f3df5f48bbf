"""Is the server alive, is it ready and if not why, and what it has counted."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from prometheus_client import CONTENT_TYPE_LATEST
from pydantic import BaseModel, Field
from starlette.responses import JSONResponse

from desireline.kit.permissions import Anyone, Operates
from desireline.server.condition import look

NOT_READY = 503


class Alive(BaseModel):
    """The process answers."""

    status: str = "alive"


class Why(BaseModel):
    """One thing that is wrong."""

    part: Annotated[str, Field(description="database, disk, index or worker")]
    says: str
    hint: str


class Behind(BaseModel):
    """What a stage has not taken in yet."""

    stage: str
    events: int
    seconds: float


class Ready(BaseModel):
    """Whether requests can be served, and if not why."""

    ready: bool
    reasons: list[Why]
    lags: list[Behind]


def routes() -> APIRouter:
    """The routes for those who run the server."""
    router = APIRouter()
    router.get("/health", summary="Is the process alive?")(health)
    router.get(
        "/ready",
        summary="Can requests be served, and if not why?",
        response_model=Ready,
        responses={NOT_READY: {"model": Ready}},
    )(ready)
    router.get("/metrics", summary="Counters for Prometheus", response_class=Response)(metrics)
    router.get("/openapi.json", include_in_schema=False)(openapi)
    return router


async def health(caller: Anyone) -> Alive:
    """Answers as long as the event loop turns; asks nothing else of anybody."""
    return Alive()


async def ready(caller: Anyone, request: Request) -> JSONResponse:
    """200 when ready, else 503, with the reasons."""
    rooms = request.app.state.rooms
    found = await run_in_threadpool(look, rooms, rooms.clock)
    told = Ready(
        ready=not found.reasons,
        reasons=[Why(part=r.part, says=r.says, hint=r.hint) for r in found.reasons],
        lags=[
            Behind(stage=lag.stage, events=lag.events, seconds=lag.seconds) for lag in found.lags
        ],
    )
    return JSONResponse(told.model_dump(), 200 if told.ready else NOT_READY)


async def metrics(caller: Operates, request: Request) -> Response:
    """Everything that is counted, as Prometheus reads it."""
    text = await run_in_threadpool(request.app.state.metrics.text)
    return Response(text, media_type=CONTENT_TYPE_LATEST)


async def openapi(caller: Anyone, request: Request) -> dict[str, Any]:
    """The form of every request and answer."""
    form: dict[str, Any] = request.app.openapi()
    return form
