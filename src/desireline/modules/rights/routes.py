"""Requests about persons' data over HTTP."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query
from fastapi.responses import StreamingResponse

from desireline.kit.permissions import KeepsPrivacy
from desireline.modules.module import service_of
from desireline.modules.rights.periods import Period
from desireline.modules.rights.schemas import Gone, Keeping, Outcome, PeriodOf, Periods
from desireline.modules.rights.service import Rights

Here = Annotated[Rights, Depends(service_of("rights"))]
MEDIA_TYPES = {"json": "application/json", "csv": "application/zip"}
ENDS = {"json": "json", "csv": "zip"}


def routes() -> APIRouter:
    """The routes of rights."""
    router = APIRouter(prefix="/v1")
    person = "/persons/{person}"
    router.post(
        f"{person}/access", summary="Everything about a person", response_class=StreamingResponse
    )(access)
    router.post(f"{person}/erase", summary="Erase a person")(erase)
    router.post(f"{person}/anonymise", summary="Make a person's events nobody's")(anonymise)
    router.get("/retention", summary="For how long what is kept")(list_periods)
    router.put("/retention", status_code=204, summary="Set a period")(set_period)
    router.delete("/retention", status_code=204, summary="Lift a period")(lift_period)
    router.get("/retention/outdated", summary="What would go today")(outdated)
    router.post("/retention/apply", summary="Let go what was kept long enough")(apply)
    return router


def access(
    caller: KeepsPrivacy,
    rights: Here,
    person: str,
    form: Annotated[Literal["json", "csv"], Query(alias="format")] = "json",
) -> StreamingResponse:
    """JSON: one document. CSV: a zip with a file for each part. The audit log says who asked."""
    pieces = rights.access(person, caller.name, form)
    told = {"content-disposition": f'attachment; filename="person.{ENDS[form]}"'}
    return StreamingResponse(pieces, media_type=MEDIA_TYPES[form], headers=told)


def erase(caller: KeepsPrivacy, rights: Here, person: str) -> Gone:
    """Cannot be undone. What comes late of the time before is refused from then on."""
    return Gone.of(*rights.erase(person, caller.name))


def anonymise(
    caller: KeepsPrivacy, rights: Here, person: str, keeping: Keeping | None = None
) -> Gone:
    """Cannot be undone. Every count stays as it is."""
    keeps = keeping.keeps if keeping else ()
    return Gone.of(*rights.anonymise(person, caller.name, keeps))


def list_periods(caller: KeepsPrivacy, rights: Here) -> Periods:
    """What is not listed is kept for ever."""
    return Periods(periods=[PeriodOf.of(one) for one in rights.periods()])


def set_period(caller: KeepsPrivacy, rights: Here, period: PeriodOf) -> None:
    """Applied once a day, and by `/v1/retention/apply`."""
    rights.set_period(Period(period.what, period.type, period.months), caller.name)


def lift_period(
    caller: KeepsPrivacy,
    rights: Here,
    what: Annotated[Literal["event", "failed_event"], Query()] = "event",
    type: Annotated[str, Query(max_length=200)] = "",  # noqa: A002 - the name on the wire
) -> None:
    """It is kept for ever from now on, or as long as all others."""
    rights.lift_period(what, type, caller.name)


def outdated(caller: KeepsPrivacy, rights: Here) -> Outcome:
    """Nothing is changed."""
    return Outcome.of(rights.count_outdated())


def apply(caller: KeepsPrivacy, rights: Here) -> Outcome:
    """What is done once a day anyway."""
    return Outcome.of(rights.apply_periods(caller.name))
