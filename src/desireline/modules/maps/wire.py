"""Documents and revisions as they come and go over HTTP."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated

import msgspec
from fastapi import Header, Query, Request, Response

from desireline.engine.errors import DesirelineError
from desireline.engine.journey_map import JourneyMap, from_dict
from desireline.formats import map_yaml
from desireline.modules.answering import Asked
from desireline.modules.bodies import read_body
from desireline.modules.maps.errors import MapUnsaid
from desireline.modules.maps.service import Found

MOST_BYTES = 1_000_000
YAML = "application/yaml"
_TAG = re.compile(r'(?:W/)?"?(\d{1,9})"?')


class RevisionUnreadable(DesirelineError):
    """If-Match holds no revision."""


class PeriodUnreadable(DesirelineError):
    """A moment is none, or the period ends before it begins."""


async def document_in(request: Request) -> JourneyMap:
    """The map in a request's body, JSON or YAML. MapUnsaid, MapInvalid, MapFileUnreadable."""
    body = await read_body(request, MOST_BYTES)
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise MapUnsaid(
            f"The body is not UTF-8: byte {error.start} is unfit.", hint="Send UTF-8."
        ) from None
    if "yaml" in request.headers.get("content-type", ""):
        return map_yaml.loads(text, "the body")
    try:
        return from_dict(msgspec.json.decode(text))
    except (msgspec.DecodeError, RecursionError) as error:
        raise MapUnsaid(
            f"The body is not JSON: {error}.",
            hint="Send the document as JSON, or as YAML with Content-Type: application/yaml.",
        ) from None


def document_out(request: Request, found: Found) -> Response:
    """The document, as YAML for those who ask for it, else as JSON."""
    headers = {"etag": f'"{found.row.revision}"', "vary": "accept"}
    if "yaml" in request.headers.get("accept", ""):
        return Response(map_yaml.dumps(found.document), headers=headers, media_type=YAML)
    body = msgspec.json.encode(found.document)
    return Response(body, headers=headers, media_type="application/json")


async def revision_seen(
    if_match: Annotated[
        str | None, Header(description="The ETag that GET gave: the revision you changed.")
    ] = None,
) -> int | None:
    """The revision that a change was made from. RevisionUnreadable."""
    if if_match is None:
        return None
    found = _TAG.fullmatch(if_match.strip())
    if found is None:
        raise RevisionUnreadable(
            f"If-Match is {if_match[:40]!r}, which is no revision.",
            hint='Send the ETag as it came: If-Match: "3".',
        )
    return int(found[1])


async def asked_for(
    start: Annotated[str | None, Query(description="First moment, ISO 8601.")] = None,
    stop: Annotated[str | None, Query(description="First moment that is out again.")] = None,
    channel: Annotated[list[str] | None, Query(description="Only these channels.")] = None,
) -> Asked:
    """The part of the log that is asked about. PeriodUnreadable."""
    asked = Asked(_moment("start", start), _moment("stop", stop), tuple(sorted(channel or ())))
    if asked.start and asked.stop and asked.start >= asked.stop:
        raise PeriodUnreadable(
            f"The period from {start} ends at {stop}, before it begins.", hint="Swap the two."
        )
    return asked


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
