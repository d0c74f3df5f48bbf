"""The addresses of other people's clients, built from the tables of the protocols."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated, TypeAlias

from fastapi import APIRouter, Depends, Request, Response

from desireline.kit.permissions import Sends
from desireline.modules.collect.protocols import PROTOCOLS
from desireline.modules.collect.protocols.protocol import Call, Given, Page, Protocol, Route
from desireline.modules.collect.routes import body_of
from desireline.modules.collect.service import Collector
from desireline.modules.module import service_of

Here = Annotated[Collector, Depends(service_of("collect"))]
Answering: TypeAlias = Callable[..., Awaitable[Response]]


def add_protocols(router: APIRouter) -> None:
    """Adds them all. Their forms are not ours to publish, so they are not in our OpenAPI."""
    for protocol in PROTOCOLS:
        for route in protocol.routes:
            _add(router, route.path, route.methods, taking(protocol, route))
        for page in protocol.pages:
            _add(router, page.path, page.methods, telling(page))


def taking(protocol: Protocol, route: Route) -> Answering:
    """What takes events in at an address."""

    async def take(caller: Sends, collector: Here, request: Request) -> Response:
        visitor = collector.visitor(request)
        call = Call(
            body=await body_of(request, collector.body_bytes),
            query=request.scope["query_string"].decode("latin-1"),
            key=request.path_params.get("key", "") or visitor.key,
            form=route.form,
        )
        return _response(await collector.take_as(protocol, route, call, visitor))

    return take


def telling(page: Page) -> Answering:
    """What tells a client its settings, if its write key is known."""

    async def tell(caller: Sends, collector: Here, request: Request) -> Response:
        key = (
            request.path_params.get("key", "")
            or request.query_params.get("writeKey", "")
            or collector.visitor(request).key
        )
        if page.needs_key:
            await collector.source_of(key)
        return _response(page.answer(key, str(request.base_url).rstrip("/")))

    return tell


def _add(router: APIRouter, path: str, methods: tuple[str, ...], answering: Answering) -> None:
    router.add_api_route(
        path, answering, methods=list(methods), include_in_schema=False, response_class=Response
    )


def _response(given: Given) -> Response:
    return Response(given.body, given.status, media_type=given.media_type)
