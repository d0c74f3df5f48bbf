"""The web application: its index for every address that is a page, and the parts it loads."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

import msgspec
from fastapi import Response

from desireline.engine.errors import DesirelineError

BUILT = resources.files("desireline") / "static" / "app"
"""The built application that comes with the package."""
INDEX = "index.html"
MANIFEST = "manifest.webmanifest"
WORKER = "worker.js"
"""The service worker, which may look after all addresses of the server."""
NAMED_BY_CONTENT = "assets/"
"""Files whose names change with their content, so that they are kept for good."""
FOREVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "public, no-cache"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self';"
    " img-src 'self' data: blob:; connect-src 'self'; manifest-src 'self'; worker-src 'self';"
    " base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""Scripts from here alone. Styles also from inside the page: widths and places are set there."""
THE_PAGE = {"x-desireline-page": "1"}
"""By this the service worker knows what it may keep for when there is no network."""
_KINDS = {
    "css": "text/css; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "png": "image/png",
    "svg": "image/svg+xml",
    "webmanifest": "application/manifest+json",
    "woff2": "font/woff2",
}
_PACKED_ALREADY = ("png", "woff2")


class ApplicationMissing(DesirelineError):
    """The web application has not been built, so there is nothing to show."""

    status = 503


class PartUnknown(DesirelineError):
    """The application has no part of this name: a page from before an upgrade may ask for it."""

    status = 404


@dataclass(frozen=True)
class Part:
    """A file of the application, ready to be sent."""

    kind: str
    plain: bytes
    packed: bytes
    tag: str


def index(asked: Mapping[str, str]) -> Response:
    """The page around everything. It is never kept, so an upgrade shows at the next load.

    Raises ApplicationMissing.
    """
    part = _parts().get(INDEX)
    if part is None:
        raise _missing()
    headers = {"content-security-policy": POLICY, "cache-control": "no-store", **THE_PAGE}
    return _sent(part, asked, headers)


def nowhere(asked: Mapping[str, str]) -> Response:
    """The page at an address that is none: 404, and it says so to whoever reads it."""
    answer = index(asked)
    answer.status_code = 404
    return answer


def is_built() -> bool:
    """Whether there is an application to show."""
    return INDEX in _parts()


def part(name: str, asked: Mapping[str, str]) -> Response:
    """A file that the application loads, or 304. Raises PartUnknown."""
    found = _parts().get(name)
    if found is None or name == INDEX:
        raise PartUnknown(
            f"The application has no part {name[:100]!r}.", hint="Load the page again."
        )
    headers = {"cache-control": FOREVER if name.startswith(NAMED_BY_CONTENT) else ASK_AGAIN}
    if name == WORKER:
        headers |= {"service-worker-allowed": "/", "content-security-policy": POLICY}
    if found.tag in asked.get("if-none-match", ""):
        return Response(status_code=304, headers=headers | {"etag": found.tag})
    return _sent(found, asked, headers | {"etag": found.tag})


def manifest() -> dict[str, Any]:
    """The product's own manifest. Raises ApplicationMissing."""
    found = _parts().get(MANIFEST)
    if found is None:
        raise _missing()
    return dict(msgspec.json.decode(found.plain))


def _missing() -> ApplicationMissing:
    return ApplicationMissing("The built application is not there.", hint="Build it: make setup")


def _sent(part: Part, asked: Mapping[str, str], headers: dict[str, str]) -> Response:
    headers["vary"] = "accept-encoding"
    body = part.plain
    if part.packed and "gzip" in asked.get("accept-encoding", ""):
        body = part.packed
        headers["content-encoding"] = "gzip"
    return Response(body, headers=headers, media_type=part.kind)


@cache
def _parts() -> dict[str, Part]:
    """All files by name, read once: 2 MB. What is not among them cannot be asked for."""
    return dict(_files(BUILT, "")) if BUILT.is_dir() else {}


def _files(folder: Traversable, before: str) -> list[tuple[str, Part]]:
    found: list[tuple[str, Part]] = []
    for file in folder.iterdir():
        if file.is_dir():
            found += _files(file, f"{before}{file.name}/")
        else:
            found.append((f"{before}{file.name}", _part(file)))
    return found


def _part(file: Traversable) -> Part:
    ending = file.name.rpartition(".")[2]
    plain = file.read_bytes()
    packed = b"" if ending in _PACKED_ALREADY else gzip.compress(plain, 9)
    tag = f'"{sha256(plain).hexdigest()[:20]}"'
    return Part(_KINDS.get(ending, "application/octet-stream"), plain, packed, tag)
