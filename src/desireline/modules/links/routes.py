"""Links over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from desireline.kit.permissions import EditsPersons, ReadsPersons
from desireline.modules.links.schemas import (
    Changed,
    Decided,
    Joined,
    KnownLink,
    LinkList,
    RefusedList,
    Verifying,
)
from desireline.modules.links.service import Links
from desireline.modules.module import service_of
from desireline.modules.people.facade import PersonInPath

Here = Annotated[Links, Depends(service_of("links"))]


def routes() -> APIRouter:
    """The routes of links."""
    router = APIRouter(prefix="/v1")
    router.post("/links", summary="Say that two identifiers are one person")(merge)
    router.post("/links/withdraw", summary="Say that they are not")(unmerge)
    router.get("/links/refused", summary="Links that join nobody")(list_refused)
    router.post("/links/verify", summary="Say that an identifier is the person's own")(verify)
    router.get("/persons/{person}/links", summary="The links of a person")(list_links)
    return router


def merge(caller: EditsPersons, links: Here, told: Decided) -> Joined:
    """A confirmed link. Both timelines tell of it, and it can be taken back."""
    return Joined.of(links.merge(told.first, told.second, told.because, caller.name))


def unmerge(caller: EditsPersons, links: Here, told: Decided) -> Joined:
    """Takes the link between the two back; both histories are as they would be without it."""
    return Joined.of(links.unmerge(told.first, told.second, told.because, caller.name))


def verify(caller: EditsPersons, links: Here, told: Verifying) -> Changed:
    """Two verified addresses, or numbers, never become one person in silence."""
    by = caller.name
    return Changed(changed=links.verify(told.identifier, verified=told.verified, by=by))


def list_refused(
    caller: ReadsPersons,
    links: Here,
    before: Annotated[int | None, Query(ge=1, description="The `next` of a page.")] = None,
    most: Annotated[int, Query(ge=1, le=1_000)] = 100,
) -> RefusedList:
    """They would make one person of two: a human may confirm them, or withdraw them."""
    found, total = links.refused(before, most)
    more = found[-1].row.id if len(found) == most else None
    return RefusedList(links=[KnownLink.of(one) for one in found], total=total, next=more)


def list_links(caller: ReadsPersons, links: Here, person: PersonInPath) -> LinkList:
    """With their evidence; also those that join nobody, and those that were withdrawn."""
    return LinkList(links=[KnownLink.of(one) for one in links.links_of(person)])
