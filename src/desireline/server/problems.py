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
from desireline.kit.permissions import NotSignedIn
from desireline.kit.problems import MEDIA_TYPE, problem
from desireline.server.logs import FACTS, LOGGER
from desireline.server.sign_in import sign_in_page

RETRY_SECONDS = 2
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


_PLAIN: dict[int, type[RequestRefused]] = {404: AddressUnknown, 405: MethodUnknown}


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

    @app.exception_handler(DesirelineError)
    async def known(request: Request, error: DesirelineError) -> Response:
        if isinstance(error, NotSignedIn) and "text/html" in request.headers.get("accept", ""):
            return sign_in_page()
        return problem_response(error, request.scope)

    @app.exception_handler(RequestValidationError)
    async def unfit(request: Request, error: RequestValidationError) -> Response:
        parts = [{"place": ".".join(map(str, e["loc"])), "says": e["msg"]} for e in error.errors()]
        first = f"{parts[0]['place']}: {parts[0]['says']}." if parts else "The form is unfit."
        found = RequestUnfit(first, hint="GET /openapi.json has the form of every request.")
        return problem_response(found, request.scope, parts=parts)

    @app.exception_handler(HTTPException)
    async def plain(request: Request, error: HTTPException) -> Response:
        found = _PLAIN.get(error.status_code, RequestRefused)(
            f"{request.method} {HTTPStatus(error.status_code).phrase.lower()}.",
            hint=_HINTS.get(error.status_code, ""),
            headers=error.headers,
        )
        return problem_response(found, request.scope)

    @app.exception_handler(DBAPIError)
    async def away(request: Request, error: DBAPIError) -> Response:
        _log(error, request)
        found = DatabaseAway(
            "The database does not answer at the moment.", hint="Try again in a few seconds."
        )
        return problem_response(found, request.scope)

    @app.exception_handler(Exception)
    async def unexpected(request: Request, error: Exception) -> Response:
        _log(error, request)
        return problem_response(error, request.scope)


def _log(error: Exception, request: Request) -> None:
    LOGGER.error(
        "request failed",
        exc_info=error,
        extra={FACTS: {"request_id": request.scope.get("state", {}).get("request_id", "")}},
    )
