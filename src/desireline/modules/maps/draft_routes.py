"""Drafts over HTTP: changes by several people at once, previews, and who is there."""

from __future__ import annotations

import asyncio
from typing import Annotated

import msgspec
from fastapi import APIRouter, Depends, Query, Request, Response

from desireline.engine.journey_map.changes import change_from_dict
from desireline.engine.rules import reading as rules
from desireline.kit.permissions import EditsMaps, Reads, ReadsPersons
from desireline.modules.maps.draft_repository import Presence
from desireline.modules.maps.draft_schemas import (
    BeingHere,
    DifferenceFound,
    DraftEntries,
    Present,
    PresentList,
    RuleAsked,
    RulePreviewed,
    SentChanges,
)
from desireline.modules.maps.drafts import Sent
from desireline.modules.maps.places import Here, Key
from desireline.modules.maps.service import Side
from desireline.modules.maps.wire import body_says, document_in

DRAFT = "draft"
"""In place of the number of a version: the draft."""
NAMED = r"^(\d{1,9}|draft)$"


def add_draft_routes(router: APIRouter) -> None:
    """Adds the routes of drafts."""
    router.post("/maps/rule-preview", summary="What a rule would catch")(preview_rule)
    router.post("/maps/preview", summary="The map file of a document", openapi_extra=body_says())(
        preview_map
    )
    draft = "/maps/{key}/draft"
    router.get(f"{draft}/changes", summary="What was done to the draft")(list_changes)
    router.post(f"{draft}/changes", summary="Change the draft")(change_draft)
    router.get(f"{draft}/here", summary="Who is at the draft")(list_present)
    router.post(f"{draft}/here", summary="Say that you are at the draft")(be_here)
    router.get("/maps/{key}/difference", summary="What two versions, or two maps, differ in")(
        show_difference
    )


def list_changes(
    caller: Reads, maps: Here, key: Key, after: Annotated[int, Query(ge=0, le=10**9)]
) -> DraftEntries:
    """After a revision, the oldest first; 409 where they are not all known."""
    return DraftEntries.of(maps.drafts.since(key, after), after)


def change_draft(caller: EditsMaps, maps: Here, key: Key, sent: SentChanges) -> DraftEntries:
    """All changes or none. Those of others since the base come first in the answer.

    409 where a change writes a place that somebody else has written since; the problem then has
    `since` and `conflicts`.
    """
    changes = tuple(change_from_dict(change) for change in sent.changes)
    made = Sent(sent.base_revision, changes, sent.session, caller.name)
    return DraftEntries.of(maps.drafts.change(key, made), sent.base_revision)


def list_present(caller: Reads, maps: Here, key: Key) -> PresentList:
    """Who was heard of within half a minute."""
    return PresentList(here=[Present.of(found) for found in maps.drafts.present(key)])


def be_here(caller: Reads, maps: Here, key: Key, said: BeingHere, request: Request) -> PresentList:
    """Said again every 10 seconds; answers with everyone who is there."""
    now = request.app.state.rooms.clock.now()
    who = Presence(said.session, caller.name, said.place, now)
    found = maps.drafts.here(key, who, leaves=said.leaves)
    return PresentList(here=[Present.of(one) for one in found])


def preview_rule(caller: ReadsPersons, maps: Here, asked: RuleAsked) -> RulePreviewed:
    """Counted over all events, with examples and what it shares with other touchpoints."""
    document = None if asked.map is None else maps.draft(asked.map).document
    rule = rules.from_dict(asked.rule)
    found, position = maps.previews.rule(rule, document, asked.touchpoint)
    return RulePreviewed.model_validate(found.to_dict() | {"position": position})


async def preview_map(caller: Reads, maps: Here, request: Request) -> Response:
    """Document and figures, as of now; nothing is kept."""
    document = await document_in(request)
    shown = await asyncio.to_thread(maps.previews.map, document)
    return Response(shown.text, media_type="application/json")


class Sides:
    """The two sides of a comparison, from the address."""

    def __init__(
        self,
        key: Key,
        before: Annotated[
            str | None, Query(alias="from", pattern=NAMED, description="A version, or draft.")
        ] = None,
        after: Annotated[
            str | None, Query(alias="to", pattern=NAMED, description="A version, or draft.")
        ] = None,
        other: Annotated[
            str | None, Query(max_length=100, description="Another map, compared with this one.")
        ] = None,
    ) -> None:
        self.before = _side(key, before)
        self.after = _side(other or key, after)


def show_difference(
    caller: Reads, maps: Here, sides: Annotated[Sides, Depends(Sides)]
) -> DifferenceFound:
    """From one version to another, or to another map; the last version without a number."""
    found = maps.difference(sides.before, sides.after)
    return DifferenceFound.model_validate({"differences": msgspec.to_builtins(found)})


def _side(key: str, named: str | None) -> Side:
    if named == DRAFT:
        return Side(key, draft=True)
    return Side(key, None if named is None else int(named))
