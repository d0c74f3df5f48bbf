"""What a caller may do. Every route names its permission in its signature; one without is no route.

    def list_maps(caller: Reads, ...): ...

Until members and roles are there, one token from the settings grants everything; without a token
everything is open, and the server listens to this machine alone.
"""

from __future__ import annotations

import hmac
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated, Literal

from fastapi import Depends, Request

from desireline.engine.errors import DesirelineError

Permission = Literal["collect", "read", "edit", "operate"]
PERMISSIONS: tuple[Permission, ...] = ("collect", "read", "edit", "operate")
FOREIGN = "page_of_another_site"
"""In the state of a request that a page of another site has made a browser send."""
COOKIE = "desireline_page"
"""What a browser shows in place of the token, which a page cannot send along by itself."""


class NotSignedIn(DesirelineError):
    """The request brings no token, or a wrong one."""

    status = 401


class NotAllowed(DesirelineError):
    """The caller is known and may not do this."""

    status = 403


@dataclass(frozen=True)
class Caller:
    """Who asks, and what she may."""

    name: str
    may: frozenset[Permission]


EVERYTHING = frozenset(PERMISSIONS)
NOBODY = Caller("anyone", frozenset())


class Access:
    """Who is let in by which token."""

    def __init__(self, token: str = "") -> None:
        self._token = token.encode()

    @property
    def is_open(self) -> bool:
        """No token is asked for."""
        return not self._token

    def caller_of(self, request: Request) -> Caller:
        """Who asks. Raises NotSignedIn."""
        if self.is_open:
            return Caller("this machine", EVERYTHING)
        kind, _, shown = request.headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer" and hmac.compare_digest(shown.strip().encode(), self._token):
            return Caller("token", EVERYTHING)
        if hmac.compare_digest(request.cookies.get(COOKIE, "").encode(), self.cookie().encode()):
            return Caller("page", EVERYTHING)
        raise NotSignedIn(
            "This needs the workspace's token.",
            hint="Send the header Authorization: Bearer <token>; in a browser, open / first.",
        )

    def is_token(self, shown: str) -> bool:
        """Whether this is the token."""
        return not self.is_open and hmac.compare_digest(shown.strip().encode(), self._token)

    def cookie(self) -> str:
        """What the browser of somebody who showed the token keeps; a new token ends it."""
        return hmac.new(self._token, b"desireline page", sha256).hexdigest()


@dataclass(frozen=True)
class Needs:
    """A dependency that lets a request through when its caller has the permission.

    It is async although it waits for nothing: others are sent to a thread, which costs 0.1 ms.
    """

    permission: Permission

    async def __call__(self, request: Request) -> Caller:
        """The caller. Raises NotSignedIn and NotAllowed."""
        access: Access = request.app.state.access
        caller = access.caller_of(request)
        if self.permission not in caller.may:
            raise NotAllowed(
                f"This needs the permission {self.permission!r}, which {caller.name} has not.",
                hint="Ask somebody who manages the workspace.",
            )
        return caller


@dataclass(frozen=True)
class NeedsNothing:
    """A dependency for the few routes that are open to all: is it alive, and the way in."""

    async def __call__(self) -> Caller:
        """Nobody in particular."""
        return NOBODY


@dataclass(frozen=True)
class NeedsWriteKey(NeedsNothing):
    """A dependency for routes that a write key opens, which mostly stands in the body.

    So the route itself asks whose key it is. Its caller is who the token says, and nobody where
    there is none, or where a page of another site has sent the request: such a page may bring a
    write key, and nothing that a browser adds by itself counts for it.
    """

    async def __call__(self, request: Request) -> Caller:  # type: ignore[override]
        """The caller, or NOBODY."""
        if request.scope.get("state", {}).get(FOREIGN):
            return NOBODY
        access: Access = request.app.state.access
        with suppress(NotSignedIn):
            return access.caller_of(request)
        return NOBODY


Collects = Annotated[Caller, Depends(Needs("collect"))]
Reads = Annotated[Caller, Depends(Needs("read"))]
Edits = Annotated[Caller, Depends(Needs("edit"))]
Operates = Annotated[Caller, Depends(Needs("operate"))]
Sends = Annotated[Caller, Depends(NeedsWriteKey())]
Anyone = Annotated[Caller, Depends(NeedsNothing())]
