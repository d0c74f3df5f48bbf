"""Every error as one shape, RFC 9457: what happened, where, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import msgspec
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DBAPIError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import Scope

from desireline.engine.errors import DesirelineError
from desireline.kit.problems import MEDIA_TYPE, problem
from desireline.server import web_app
from desireline.server.logs import FACTS, LOGGER

RETRY_SECONDS = 2
PROGRAMS = ("/v1/", "/app/")
"""Addresses below these are asked by programs, whatever they say that they read."""
MOST_SHOWN = 200
"""Characters of an address that a sentence repeats."""
AGAIN = (429, 503, 507)
"""The same request may go well a little later."""
_HINTS = {
    404: "GET /openapi.json lists what there is.",
    405: "The header Allow names the methods of this address.",
}


class RequestRefused(DesirelineError):
    """The request cannot be answered at this address."""

    status = 400

    def __init__(self, sentence: str, *, hint: str = "", headers: Mapping[str, str] | None = None):
        super().__init__(sentence, hint=hint)
        self.headers = dict(headers or {})


class AddressUnknown(RequestRefused):
    """There is nothing at this address."""

    status = 404


class MethodUnknown(RequestRefused):
    """There is something at this address, and not with this method."""

    status = 405


_PLAIN: dict[int, tuple[type[RequestRefused], str]] = {
    404: (AddressUnknown, "There is nothing at {path}."),
    405: (MethodUnknown, "{asked} is an address that takes other methods."),
}


class RequestUnfit(DesirelineError):
    """A part of the request is not of the form that its route takes."""


class DatabaseAway(DesirelineError):
    """The database does not answer, so nothing can be said or stored."""

    status = 503


def problem_response(error: BaseException, scope: Scope, **more: Any) -> Response:
    """The answer for an error."""
    told = problem(error)
    status = told["status"]
    request_id = scope.get("state", {}).get("request_id", "")
    headers = dict(getattr(error, "headers", {}))
    if status in AGAIN:
        headers.setdefault("retry-after", str(RETRY_SECONDS))
    if status == HTTPStatus.UNAUTHORIZED:
        headers["www-authenticate"] = 'Bearer realm="desireline"'
    body = msgspec.json.encode({**told, "request_id": request_id, **more})
    return Response(body, status, headers, MEDIA_TYPE)


def tell_problems(app: FastAPI) -> None:
    """Makes every error of the application leave as a problem, and none as a traceback."""

    async def answer(request: Request, error: Exception) -> Response:
        return answer_to(error, request)

    for kind in (DesirelineError, RequestValidationError, HTTPException, DBAPIError, Exception):
        app.add_exception_handler(kind, answer)


def answer_to(error: Exception, request: Request) -> Response:
    """The answer for whatever a route has raised."""
    if isinstance(error, DesirelineError):
        return problem_response(error, request.scope, **getattr(error, "more", {}))
    if isinstance(error, RequestValidationError):
        return _unfit(error, request)
    if isinstance(error, HTTPException):
        if error.status_code == HTTPStatus.NOT_FOUND and _is_reader(request):
            return web_app.nowhere(request.headers)
        return problem_response(_refused(error, request), request.scope)
    _log(error, request)
    if isinstance(error, DBAPIError):
        error = DatabaseAway(
            "The database does not answer at the moment.", hint="Try again in a few seconds."
        )
    return problem_response(error, request.scope)


def _is_reader(request: Request) -> bool:
    """Whether a person has typed or followed this address, rather than a program asked it."""
    path = request.scope["path"]
    reads = request.method == "GET" and "text/html" in request.headers.get("accept", "")
    return reads and not path.startswith(PROGRAMS) and web_app.is_built()


def _unfit(error: RequestValidationError, request: Request) -> Response:
    wrong = error.errors()
    parts = [{"place": ".".join(map(str, e["loc"])), "says": e["msg"]} for e in wrong]
    first = f"{parts[0]['place']}: {parts[0]['says']}." if parts else "The form is unfit."
    hint = "GET /openapi.json has the form of every request."
    found = RequestUnfit(first, hint=hint, **(_values_of(wrong[0]) if wrong else {}))
    return problem_response(found, request.scope, parts=parts)


def _values_of(wrong: Mapping[str, Any]) -> dict[str, str | int]:
    """Which rule of the form is broken, where, and the bound that it sets."""
    place = ".".join(str(part) for part in wrong["loc"][1:])
    values: dict[str, str | int] = {"case": wrong["type"], "place": place or "-"}
    bounds = {"least": ("min_length", "ge"), "most": ("max_length", "le")}
    told = wrong.get("ctx", {})
    found = {name: told[key] for name, keys in bounds.items() for key in keys if key in told}
    return values | found


def _refused(error: HTTPException, request: Request) -> RequestRefused:
    """What the framework refuses by itself: mostly an address that is none."""
    path = request.scope["path"][:MOST_SHOWN]
    asked = f"{request.method} {path}"
    kind, says = _PLAIN.get(error.status_code, (RequestRefused, "{asked} is refused: {phrase}."))
    sentence = says.format(
        asked=asked, path=path, phrase=HTTPStatus(error.status_code).phrase.lower()
    )
    return kind(sentence, hint=_HINTS.get(error.status_code, ""), headers=error.headers)


def _log(error: Exception, request: Request) -> None:
    LOGGER.error(
        "request failed",
        exc_info=error,
        extra={FACTS: {"request_id": request.scope.get("state", {}).get("request_id", "")}},
    )
