"""Pain points that the front line nominates, over HTTP."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query

from desireline.kit.permissions import Caller, Comments, EditsMaps, Reads
from desireline.modules.discussion.nominating import Voter
from desireline.modules.discussion.places import Place
from desireline.modules.discussion.schemas import (
    Agreement,
    NewNomination,
    Nomination,
    NominationAnswer,
    NominationList,
    TakenUp,
)
from desireline.modules.discussion.voters import Here, voter_of

Number = Annotated[int, Path(ge=1, le=2**53)]


def add_nomination_routes(router: APIRouter) -> None:
    """Adds the routes of nominations."""
    one = "/nominations/{number}"
    router.get("/nominations", summary="Pain points that were nominated")(list_nominations)
    router.post("/nominations", status_code=201, summary="Nominate a pain point")(nominate)
    router.patch(one, summary="Take one up, or decline it")(answer)
    router.post(f"{one}/take-up", summary="Make it a pain on the draft of a map")(take_up)
    router.put(f"{one}/vote", summary="Say that you know it too")(agree)
    router.delete(f"{one}/vote", summary="Take that back")(take_back)


def list_nominations(
    caller: Reads,
    here: Here,
    map: Annotated[str, Query(max_length=100, description="Only of this map.")] = "",  # noqa: A002 - its name in the address
    status: Annotated[Literal["", "open", "taken", "declined"], Query()] = "",
    *,
    mine: Annotated[bool, Query(description="Only one's own.")] = False,
) -> NominationList:
    """The newest first, with how many of each department know it."""
    asked = {"map": map, "status": status, "author": caller.name if mine else ""}
    found = here.nominations.all(asked, voter_of(caller))
    return NominationList(nominations=[Nomination.of(one) for one in found])


def nominate(caller: Comments, here: Here, said: NewNomination) -> Nomination:
    """Words are enough; map and touchpoint may be found later."""
    place = None if said.map is None else Place(said.map, said.touchpoint)
    by = _who(caller, said.department)
    return Nomination.of(here.nominations.nominate(place, by, said.values()))


def answer(caller: EditsMaps, here: Here, number: Number, said: NominationAnswer) -> Nomination:
    """Who nominated it reads the answer."""
    found = here.nominations.answer(number, _who(caller), said.status, said.answer)
    return Nomination.of(found)


def take_up(caller: EditsMaps, here: Here, number: Number, wanted: TakenUp) -> Nomination:
    """A cell in the lane of pains, with those who know it as its n; a change like any other."""
    return Nomination.of(here.nominations.take_up(number, _who(caller), wanted.pain()))


def agree(
    caller: Comments, here: Here, number: Number, said: Agreement | None = None
) -> Nomination:
    """One voice each, counted by department."""
    department = "" if said is None else said.department
    return Nomination.of(here.nominations.agree(number, _who(caller, department)))


def take_back(caller: Comments, here: Here, number: Number) -> Nomination:
    """As if one had not said so."""
    return Nomination.of(here.nominations.take_back(number, voter_of(caller)))


def _who(caller: Caller, department: str = "") -> Voter:
    return Voter(voter_of(caller), caller.name, department)
