"""Opportunities over HTTP."""

from __future__ import annotations

from fastapi import APIRouter, Response

from desireline.kit.permissions import EditsMaps, Reads
from desireline.modules.improve.repository import Row
from desireline.modules.improve.schemas import (
    NewOpportunity,
    Opportunity,
    OpportunityDocument,
    OpportunityList,
    OpportunityMove,
)
from desireline.modules.improve.taking import At, Here, Number, OfMap, Seen


def add_opportunity_routes(router: APIRouter) -> None:
    """Adds the routes of opportunities."""
    one = "/opportunities/{number}"
    router.get("/opportunities", summary="Weak points and opportunities")(list_opportunities)
    router.post("/opportunities", status_code=201, summary="Note a weak point")(note)
    router.get(one, summary="An opportunity")(show_opportunity)
    router.put(one, summary="Change an opportunity")(reword)
    router.put(f"{one}/state", summary="Move an opportunity on the board")(move_opportunity)


def list_opportunities(
    caller: Reads,
    here: Here,
    map: OfMap = "",  # noqa: A002 - its name in the address
    touchpoint: At = "",
) -> OpportunityList:
    """As they were noted, those that were dropped too."""
    rows = here.opportunities.all(map, touchpoint)
    return OpportunityList(opportunities=[Opportunity.of(row) for row in rows])


def note(caller: EditsMaps, here: Here, new: NewOpportunity, response: Response) -> Opportunity:
    """With effort and both values it is an opportunity at once."""
    return _told(here.opportunities.note(new.values(), caller.name), response)


def show_opportunity(caller: Reads, here: Here, number: Number, response: Response) -> Opportunity:
    """With its ETag, which a change names."""
    return _told(here.opportunities.one(number), response)


def reword(
    caller: EditsMaps,
    here: Here,
    number: Number,
    new: OpportunityDocument,
    response: Response,
    seen: Seen,
) -> Opportunity:
    """With If-Match; 409 when somebody else was first."""
    return _told(here.opportunities.reword(number, new.values(), seen, caller.name), response)


def move_opportunity(
    caller: EditsMaps,
    here: Here,
    number: Number,
    wanted: OpportunityMove,
    response: Response,
    seen: Seen,
) -> Opportunity:
    """With If-Match. What was dropped comes back in the same way."""
    return _told(here.opportunities.move(number, wanted.state, seen, caller.name), response)


def _told(row: Row, response: Response) -> Opportunity:
    response.headers["etag"] = f'"{row["revision"]}"'
    return Opportunity.of(row)
