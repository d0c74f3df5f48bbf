"""Errors as the one shape that faces show: RFC 9457, with a code and a hint."""

from __future__ import annotations

import re
from typing import TypedDict

from desireline.engine.errors import DesirelineError

MALFORMED = 422
"""The status of an error whose class names none."""
OUR_FAULT = 500
MEDIA_TYPE = "application/problem+json"


class Problem(TypedDict):
    """A problem as JSON. `type` is an address of its own for each `code`, and stays the same.

    `detail` and `hint` are English. `values` are what a sentence in another language needs.
    """

    type: str
    title: str
    status: int
    detail: str
    hint: str
    code: str
    values: dict[str, str | int]


def problem(error: BaseException) -> Problem:
    """What an error says, and nothing about the inside where it was not meant.

    An error raised on purpose (DesirelineError) has as its `status` the class attribute of that
    name, 422 without one. Any other is 500, with a sentence that is the same for all: what it says
    may hold data or paths, and belongs into the server's own log.
    """
    if not isinstance(error, DesirelineError):
        return _shaped(
            "unexpected_error",
            OUR_FAULT,
            "Something went wrong inside Desireline.",
            "Try again. If it stays, report what the log of the server says about it.",
        )
    status = getattr(error, "status", MALFORMED)
    told = _shaped(code_of(type(error)), int(status), str(error), error.hint)
    return {**told, "values": error.values}


def code_of(kind: type[DesirelineError]) -> str:
    """The name of an error for programs: `MapVersionStale` is `map_version_stale`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", kind.__name__).lower()


def _shaped(code: str, status: int, detail: str, hint: str) -> Problem:
    return {
        "type": f"/problems/{code}",
        "title": code.replace("_", " ").capitalize(),
        "status": status,
        "detail": detail,
        "hint": hint,
        "code": code,
        "values": {},
    }
