"""Hypotheses over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from desireline.engine.hypotheses import needed
from desireline.kit.permissions import EditsMaps, Reads
from desireline.modules.improve.hypothesis_shapes import (
    HypothesisList,
    HypothesisMove,
    KeptHypothesis,
    NeededToDecide,
    Standing,
    StatedHypothesis,
)
from desireline.modules.improve.repository import Row
from desireline.modules.improve.taking import Here, Number, OfMap, Seen

Share = Annotated[float, Query(gt=0, lt=1)]


def add_hypothesis_routes(router: APIRouter) -> None:
    """Adds the routes of hypotheses."""
    one = "/hypotheses/{number}"
    router.get("/hypotheses", summary="Claims, and the numbers that would refute them")(
        list_hypotheses
    )
    router.post("/hypotheses", status_code=201, summary="State a claim")(state)
    router.get("/hypotheses/needed", summary="How many decide a claim")(show_how_many)
    router.get(one, summary="A claim")(show_hypothesis)
    router.put(one, summary="Change a claim")(restate)
    router.put(f"{one}/state", summary="Put a claim away, or take it out")(move_hypothesis)
    router.get(f"{one}/standing", summary="What the log says of a claim")(show_standing)


def list_hypotheses(
    caller: Reads,
    here: Here,
    map: OfMap = "",  # noqa: A002 - its name in the address
) -> HypothesisList:
    """As they were stated, those that were put away too."""
    return HypothesisList(hypotheses=[KeptHypothesis.of(row) for row in here.hypotheses.all(map)])


def state(
    caller: EditsMaps, here: Here, new: StatedHypothesis, response: Response
) -> KeptHypothesis:
    """What comes from now on speaks for it or against it."""
    return _told(here.hypotheses.state(new.values(), caller.name), response)


def show_how_many(caller: Reads, number: Share, margin: Share = 0.05) -> NeededToDecide:
    """In 80 % of all cases, if the truth is off by the margin; mostly it is decided earlier."""
    return NeededToDecide(needed=needed(number, margin))


def show_hypothesis(
    caller: Reads, here: Here, number: Number, response: Response
) -> KeptHypothesis:
    """With its ETag, which a change names."""
    return _told(here.hypotheses.one(number), response)


def restate(
    caller: EditsMaps,
    here: Here,
    number: Number,
    new: StatedHypothesis,
    response: Response,
    seen: Seen,
) -> KeptHypothesis:
    """With If-Match. Where it claims something else it begins anew."""
    return _told(here.hypotheses.restate(number, new.values(), seen, caller.name), response)


def move_hypothesis(
    caller: EditsMaps,
    here: Here,
    number: Number,
    wanted: HypothesisMove,
    response: Response,
    seen: Seen,
) -> KeptHypothesis:
    """With If-Match. What was put away comes back in the same way."""
    return _told(here.hypotheses.move(number, wanted.state, seen, caller.name), response)


def show_standing(caller: Reads, here: Here, number: Number) -> Standing:
    """With limits that hold however often one looks."""
    return Standing.of(here.hypotheses.standing(here.hypotheses.one(number)))


def _told(row: Row, response: Response) -> KeptHypothesis:
    response.headers["etag"] = f'"{row["revision"]}"'
    return KeptHypothesis.of(row)
