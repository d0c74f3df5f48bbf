"""The short way for events: the routes that take write keys, without the framework around them.

A framework that finds the route among all, solves its dependencies and stacks what every answer
needs takes four times as long as reading the event and storing it. Here one look into a table finds
the route, and what the layers around it do is done once. The routes are the same: whatever is not
in the table, such as an address with a key in it, goes through the framework and is answered alike.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from fastapi import FastAPI, Request, Response
from fastapi.routing import APIRoute
from starlette.types import Message, Receive, Scope, Send

from desireline.server.crossing import allowed
from desireline.server.headers import ALWAYS
from desireline.server.observing import Observing, number_of
from desireline.server.origins import Origins
from desireline.server.problems import answer_to, problem_response

POST = "POST"
BAD = 400
"""From this status on a request has its line in the log; thousands a second that went well would
fill a disk, and the metrics count them."""

RawHeaders = list[tuple[bytes, bytes]]
Told: TypeAlias = tuple[int, RawHeaders, bytes]


@dataclass(frozen=True)
class Way:
    """A route: its endpoint, and what its parameters are made of."""

    path: str
    endpoint: Callable[..., Awaitable[Response]]
    needs: tuple[tuple[str, Callable[[Request], Awaitable[Any]]], ...]
    """By name of the parameter: what is asked with the request."""
    request: str
    """The name of the parameter that is the request itself."""

    @classmethod
    def of(cls, route: APIRoute) -> Way | None:
        """The way of a route; None where more than its dependencies and the request is needed."""
        told = route.dependant
        plain = not (told.path_params or told.query_params or told.body_params)
        if not plain or POST not in (route.methods or ()) or told.request_param_name is None:
            return None
        needs = tuple((str(one.name), one.call) for one in told.dependencies if one.call)
        return cls(route.path, route.endpoint, needs, told.request_param_name)

    async def answer(self, request: Request) -> Response:
        """What the route answers. Raises what it raises."""
        told = {name: await ask(request) for name, ask in self.needs}
        return await self.endpoint(**told, **{self.request: request})


class Lane:
    """Answers what is sent to its ways; hands on everything else."""

    def __init__(
        self, app: FastAPI, ways: Mapping[str, Way], origins: Origins, around: Observing
    ) -> None:
        self._app = app
        self._ways = ways
        self._urls = frozenset(path.encode() for path in ways)
        self._origins = origins
        self._around = around

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        way = self._ways.get(scope["path"]) if scope["type"] == "http" else None
        if way is None or scope["method"] != POST:
            await self._around(scope, receive, send)
            return
        status, headers, body = await self._told(way, scope, receive)
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    def has(self, url: bytes) -> bool:
        """Whether a POST to this address, as it stands in the request's first line, goes here."""
        return url in self._urls

    async def answer(self, scope: Scope, body: bytes) -> Told:
        """The answer to a POST whose body is there: status, headers, body."""

        async def whole() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        scope["body"] = body
        return await self._told(self._ways[scope["path"]], scope, whole)

    async def _told(self, way: Way, scope: Scope, receive: Receive) -> Told:
        begun = time.perf_counter()
        scope["app"] = self._app
        state = scope.setdefault("state", {})
        number = state["request_id"] = number_of(scope)
        answer = await self._answer(way, Request(scope, receive))
        origin = next((value for name, value in scope["headers"] if name == b"origin"), b"")
        headers = [
            *answer.raw_headers,
            (b"x-request-id", number.encode()),
            *_around(answer, origin),
        ]
        body = bytes(answer.body)
        seen = {"status": answer.status_code, "bytes_out": len(body)}
        usual = logging.DEBUG if answer.status_code < BAD else logging.INFO
        self._around.note(scope, way.path, seen, time.perf_counter() - begun, usual)
        return answer.status_code, headers, body

    async def _answer(self, way: Way, request: Request) -> Response:
        try:
            wrong = self._origins.wrong(request.scope)
            if wrong is not None:
                return problem_response(wrong, request.scope)
            return await way.answer(request)
        except Exception as error:  # noqa: BLE001 - every error leaves as an answer, as in the framework
            return answer_to(error, request)


def ways_of(routes: list[APIRoute]) -> dict[str, Way]:
    """The ways of those routes that have one, by path."""
    return {way.path: way for route in routes if (way := Way.of(route)) is not None}


def _around(answer: Response, origin: bytes) -> RawHeaders:
    """The headers that the layers of the framework add."""
    if not origin and answer.status_code == 200 and len(answer.raw_headers) == PLAIN:
        return _PLAIN
    told = {**ALWAYS, **allowed(origin.decode("latin-1"))}
    own = {name for name, _ in answer.raw_headers}
    pairs = ((name.encode(), value.encode("latin-1")) for name, value in told.items())
    return [(name, value) for name, value in pairs if name not in own]


PLAIN = 2
"""Headers of an answer that says only its length and its type."""
_PLAIN = [(n.encode(), v.encode()) for n, v in {**ALWAYS, **allowed("")}.items()]
