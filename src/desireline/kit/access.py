"""Who asks: a member by a session, a program by a key, the holder of the token, or this machine.

While there is no team yet and the server listens to its own machine alone, everything is open.
Once somebody owns the workspace, everybody signs in.
"""

from __future__ import annotations

import asyncio
import hmac
import time
from hashlib import sha256
from typing import Protocol

from fastapi import Request

from desireline.kit.permissions import EVERYTHING, HERE, Caller, NotSignedIn

PAGE_COOKIE = "desireline_page"
"""What a browser shows in place of the token, which a page cannot send along by itself."""
SESSION_COOKIE = "desireline_session"
"""What a browser shows of a member who has signed in."""
KEY_PREFIX = "dk_"
"""How API keys begin."""
FRESH_SECONDS = 1.0
"""For so long a process may not know that a team was founded by way of another process."""


class Team(Protocol):
    """Who is known: the module `team`. Any thread may ask."""

    def has_owner(self) -> bool:
        """Whether somebody owns the workspace."""
        ...

    def by_session(self, shown: str) -> Caller | None:
        """The member whose session this is."""
        ...

    def by_key(self, shown: str) -> Caller | None:
        """The program whose API key this is."""
        ...


class Nobody:
    """A team that nobody is in."""

    def has_owner(self) -> bool:
        """It has none."""
        return False

    def by_session(self, shown: str) -> Caller | None:  # noqa: ARG002 - a Team
        """Nobody's."""
        return None

    def by_key(self, shown: str) -> Caller | None:  # noqa: ARG002 - a Team
        """Nobody's."""
        return None


class Doors:
    """Who is let in by what.

    `token` opens everything, if there is one. `is_local`: only this machine reaches the server.
    """

    def __init__(self, token: str = "", *, is_local: bool = True) -> None:
        self._token = token.encode()
        self._may_be_open = is_local and not token
        self._team: Team = Nobody()
        self._looked_at = float("-inf")

    def know(self, team: Team) -> None:
        """Whom to ask from now on."""
        self._team = team
        self.look()

    def look(self) -> None:
        """Sees whether somebody owns the workspace by now, and closes the doors if so."""
        if self._may_be_open:
            self._looked_at = time.monotonic()
            self._may_be_open = not self._team.has_owner()

    @property
    def is_open(self) -> bool:
        """Nobody is asked who she is."""
        return self._may_be_open

    async def caller_of(self, request: Request) -> Caller:
        """Who asks. Raises NotSignedIn."""
        if self._may_be_open and time.monotonic() - self._looked_at > FRESH_SECONDS:
            await asyncio.to_thread(self.look)
        if self.is_open:
            return HERE
        found = await self._known(request)
        if found is None:
            raise NotSignedIn(
                "Nobody is signed in, or not any more.",
                hint="Sign in; a program sends the header Authorization: Bearer <key or token>.",
            )
        return found

    async def _known(self, request: Request) -> Caller | None:
        kind, _, shown = request.headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer":
            if self.is_token(shown):
                return Caller("token", EVERYTHING)
            if not shown.strip().startswith(KEY_PREFIX):
                return None  # mostly a write key, and the route asks whose
            return await asyncio.to_thread(self._team.by_key, shown.strip())
        session = request.cookies.get(SESSION_COOKIE, "")
        if session:
            member = await asyncio.to_thread(self._team.by_session, session)
            if member is not None:
                return member
        if self._is_page(request.cookies.get(PAGE_COOKIE, "")):
            return Caller("page", EVERYTHING)
        return None

    def is_token(self, shown: str) -> bool:
        """Whether this is the token."""
        return bool(self._token) and hmac.compare_digest(shown.strip().encode(), self._token)

    def page_cookie(self) -> str:
        """What the browser of somebody who showed the token keeps; a new token ends it."""
        return hmac.new(self._token, b"desireline page", sha256).hexdigest()

    def _is_page(self, shown: str) -> bool:
        return bool(self._token) and hmac.compare_digest(
            shown.encode(), self.page_cookie().encode()
        )
