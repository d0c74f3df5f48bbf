"""Plans over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response

from desireline.kit.permissions import EditsMaps, Reads
from desireline.modules.module import service_of
from desireline.modules.plans.repository import PlanRow
from desireline.modules.plans.schemas import Plan, PlanDocument, PlanList
from desireline.modules.plans.service import Plans
from desireline.modules.revisions import revision_seen

Here = Annotated[Plans, Depends(service_of("plans"))]
Number = Annotated[int, Path(ge=1, le=2**53)]
Seen = Annotated[int | None, Depends(revision_seen)]
OfMap = Annotated[str, Query(max_length=100, description="Only of this map.")]


def routes() -> APIRouter:
    """The routes of plans."""
    router = APIRouter(prefix="/v1/plans")
    router.get("", summary="How maps come to be made")(list_plans)
    router.post("", status_code=201, summary="Begin a plan")(begin)
    router.get("/{number}", summary="A plan")(show)
    router.put("/{number}", summary="Change a plan")(change)
    router.delete("/{number}", status_code=204, summary="Delete a plan")(drop)
    return router


def list_plans(
    caller: Reads,
    here: Here,
    map: OfMap = "",  # noqa: A002 - its name in the address
) -> PlanList:
    """The one changed last first."""
    return PlanList(plans=[Plan.of(row) for row in here.all(map)])


def begin(caller: EditsMaps, here: Here, new: PlanDocument, response: Response) -> Plan:
    """Anything may be left empty."""
    return _told(here.begin(new.map or "", new.model_dump_json(), caller.name), response)


def show(caller: Reads, here: Here, number: Number, response: Response) -> Plan:
    """With its ETag, which a change names."""
    return _told(here.one(number), response)


def change(
    caller: EditsMaps,
    here: Here,
    number: Number,
    new: PlanDocument,
    response: Response,
    seen: Seen,
) -> Plan:
    """With If-Match; 409 when somebody else was first."""
    told = (new.map or "", new.model_dump_json())
    return _told(here.change(number, told, seen, caller.name), response)


def drop(caller: EditsMaps, here: Here, number: Number) -> None:
    """Its map stays."""
    here.drop(number)


def _told(row: PlanRow, response: Response) -> Plan:
    response.headers["etag"] = f'"{row.revision}"'
    return Plan.of(row)
