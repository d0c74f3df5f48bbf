"""What a caller may do. Every route names its permission in its signature; one without is no route.

    def list_maps(caller: Reads, ...): ...

Who the caller is, `kit.access` finds out. What each role may is in `kit.roles`; docs/permissions.md
shows both for every route.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import Annotated, Literal, Protocol

from fastapi import Depends, Request

from desireline.engine.errors import DesirelineError

Permission = Literal[
    "collect",
    "read",
    "read_persons",
    "comment",
    "edit_maps",
    "publish",
    "edit_persons",
    "describe_data",
    "import_data",
    "manage_sources",
    "manage_team",
    "set_look",
    "privacy",
    "audit",
    "operate",
    "own",
]
SAYS: dict[Permission, str] = {
    "collect": "Add events without a write key.",
    "read": "See maps, figures, and answers about many persons.",
    "read_persons": "See single persons, their events and what is known of them.",
    "comment": "Comment, vote, nominate, take tasks.",
    "edit_maps": "Change drafts of maps, and what belongs to them.",
    "publish": "Publish a map.",
    "edit_persons": "Change what is known of persons and accounts; merge; enter consents.",
    "describe_data": "Say what types of events and fields of persons are.",
    "import_data": "Bring events from files.",
    "manage_sources": "Make write keys, see what failed, switch enrichment.",
    "manage_team": "Invite, change and remove members, departments, API keys, ways to sign in.",
    "set_look": "Choose the name, the colour and the logo of the workspace.",
    "privacy": "Give out, erase and anonymise persons; say for how long what is kept.",
    "audit": "See what people with access did.",
    "operate": "See how the server is, and its counters.",
    "own": "Make and unmake owners; add providers that say who somebody is.",
}
PERMISSIONS: tuple[Permission, ...] = tuple(SAYS)
EVERYTHING = frozenset(PERMISSIONS)
FOREIGN = "page_of_another_site"
"""In the state of a request that a page of another site has made a browser send."""


class NotSignedIn(DesirelineError):
    """The request shows nobody whom we know."""

    status = 401


class NotAllowed(DesirelineError):
    """The caller is known and may not do this."""

    status = 403


@dataclass(frozen=True)
class Caller:
    """Who asks, and what she may.

    `name` is what drafts and the audit log say of her. `member` and `session` are numbers of the
    team; None for programs, and for whoever sits at the machine before there is a team.
    """

    name: str
    may: frozenset[Permission]
    member: int | None = None
    session: int | None = None


NOBODY = Caller("anyone", frozenset())
HERE = Caller("this machine", EVERYTHING)


def check(caller: Caller, permission: Permission) -> None:
    """Raises NotAllowed; for routes of which a part needs more than the whole."""
    if permission not in caller.may:
        raise NotAllowed(
            f"This needs the permission {permission!r}, which {caller.name} has not.",
            hint="Ask somebody who manages the team.",
        )


class Access(Protocol):
    """Who finds out who asks: `kit.access` for a server."""

    async def caller_of(self, request: Request) -> Caller:
        """Who asks. Raises NotSignedIn."""
        ...


@dataclass(frozen=True)
class NeedsKnown:
    """A dependency that lets everybody through whom we know; what she sees is about herself.

    It is async although it often waits for nothing: others go to a thread, which costs 0.1 ms.
    """

    async def __call__(self, request: Request) -> Caller:
        """The caller. Raises NotSignedIn."""
        access: Access = request.app.state.access
        return await access.caller_of(request)


@dataclass(frozen=True)
class Needs(NeedsKnown):
    """A dependency that lets a request through when its caller has the permission."""

    permission: Permission

    async def __call__(self, request: Request) -> Caller:
        """The caller. Raises NotSignedIn and NotAllowed."""
        caller = await super().__call__(request)
        check(caller, self.permission)
        return caller


@dataclass(frozen=True)
class NeedsMember(NeedsKnown):
    """A dependency that lets members of the team through, each to what is her own."""

    async def __call__(self, request: Request) -> Caller:
        """The caller. Raises NotSignedIn and NotAllowed."""
        caller = await super().__call__(request)
        if caller.member is None:
            raise NotAllowed(
                f"This is for members of the team, and {caller.name} is none.",
                hint="Sign in with an account of your own.",
                case="member",
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

    So the route itself asks whose key it is. Its caller is who the request says, and nobody where
    it says nothing, or where a page of another site has sent it: such a page may bring a write
    key, and nothing that a browser adds by itself counts for it.
    """

    async def __call__(self, request: Request) -> Caller:  # type: ignore[override]
        """The caller, or NOBODY."""
        if request.scope.get("state", {}).get(FOREIGN):
            return NOBODY
        access: Access = request.app.state.access
        with suppress(NotSignedIn):
            return await access.caller_of(request)
        return NOBODY


Collects = Annotated[Caller, Depends(Needs("collect"))]
Reads = Annotated[Caller, Depends(Needs("read"))]
ReadsPersons = Annotated[Caller, Depends(Needs("read_persons"))]
Comments = Annotated[Caller, Depends(Needs("comment"))]
EditsMaps = Annotated[Caller, Depends(Needs("edit_maps"))]
Publishes = Annotated[Caller, Depends(Needs("publish"))]
EditsPersons = Annotated[Caller, Depends(Needs("edit_persons"))]
DescribesData = Annotated[Caller, Depends(Needs("describe_data"))]
ImportsData = Annotated[Caller, Depends(Needs("import_data"))]
ManagesSources = Annotated[Caller, Depends(Needs("manage_sources"))]
ManagesTeam = Annotated[Caller, Depends(Needs("manage_team"))]
SetsLook = Annotated[Caller, Depends(Needs("set_look"))]
KeepsPrivacy = Annotated[Caller, Depends(Needs("privacy"))]
Audits = Annotated[Caller, Depends(Needs("audit"))]
Operates = Annotated[Caller, Depends(Needs("operate"))]
Owns = Annotated[Caller, Depends(Needs("own"))]
Known = Annotated[Caller, Depends(NeedsKnown())]
SignedIn = Annotated[Caller, Depends(NeedsMember())]
Sends = Annotated[Caller, Depends(NeedsWriteKey())]
Anyone = Annotated[Caller, Depends(NeedsNothing())]
