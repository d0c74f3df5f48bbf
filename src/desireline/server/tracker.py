"""The browser tracker, `/t.js`: one script that pages of others load from here."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib import resources

from fastapi import Response

from desireline.engine.errors import DesirelineError

SCRIPT = resources.files("desireline") / "static" / "t.js"
"""The built tracker that comes with the package."""
FRESH_SECONDS = 3600
"""A browser asks once an hour whether it is still the same, so that an upgrade is soon out."""
STALE_SECONDS = 7 * 86_400
"""For so long it may use what it has while it asks."""


class TrackerMissing(DesirelineError):
    """The tracker has not been built, so there is nothing to load."""

    status = 404


@dataclass(frozen=True)
class Script:
    """The tracker as it is sent."""

    plain: bytes
    packed: bytes
    tag: str


def script_for(asked: Mapping[str, str]) -> Response:
    """The script, or 304 where a browser of these headers has it. Raises TrackerMissing."""
    found = _built()
    headers = {
        "access-control-allow-origin": "*",
        "cache-control": f"public, max-age={FRESH_SECONDS}, stale-while-revalidate={STALE_SECONDS}",
        "cross-origin-resource-policy": "cross-origin",
        "etag": found.tag,
        "vary": "accept-encoding",
    }
    if found.tag in asked.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    body = found.plain
    if "gzip" in asked.get("accept-encoding", ""):
        body = found.packed
        headers["content-encoding"] = "gzip"
    return Response(body, headers=headers, media_type="text/javascript")


@cache
def _built() -> Script:
    try:
        plain = SCRIPT.read_bytes()
    except FileNotFoundError:
        raise TrackerMissing("The tracker has not been built.", hint="Run make setup.") from None
    # Weak: packed and plain are two spellings of the same script.
    return Script(plain, gzip.compress(plain, 9), f'W/"{sha256(plain).hexdigest()[:16]}"')
