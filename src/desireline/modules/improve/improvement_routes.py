"""Improvements over HTTP."""

from __future__ import annotations

from fastapi import APIRouter, Response

from desireline.kit.permissions import Collects, EditsMaps, Reads
from desireline.modules.improve.effect_shapes import (
    AssignedArm,
    MeasuredEffect,
    NeededToSee,
    WhoAsks,
)
from desireline.modules.improve.repository import Row
from desireline.modules.improve.schemas import (
    ChangedImprovement,
    Improvement,
    ImprovementList,
    ImprovementMove,
    NewImprovement,
)
from desireline.modules.improve.taking import At, Here, Number, OfMap, Seen


def add_improvement_routes(router: APIRouter) -> None:
    """Adds the routes of improvements."""
    one = "/improvements/{number}"
    router.get("/improvements", summary="What is done about opportunities")(list_improvements)
    router.post("/improvements", status_code=201, summary="Plan an improvement")(plan)
    router.get(one, summary="An improvement")(show_improvement)
    router.put(one, summary="Change an improvement")(replan)
    router.put(f"{one}/state", summary="Move an improvement on the board")(move_improvement)
    router.get(f"{one}/effect", summary="What an improvement has changed")(show_effect)
    router.get(f"{one}/needed", summary="How many must come to see its effect")(show_needed)
    router.post(f"{one}/arm", summary="Whether somebody gets an improvement")(assign_arm)


def list_improvements(
    caller: Reads,
    here: Here,
    map: OfMap = "",  # noqa: A002 - its name in the address
    touchpoint: At = "",
) -> ImprovementList:
    """As they were planned, those that were dropped too."""
    rows = here.improvements.all(map, touchpoint)
    return ImprovementList(improvements=[Improvement.of(row) for row in rows])


def plan(caller: EditsMaps, here: Here, new: NewImprovement, response: Response) -> Improvement:
    """Of an opportunity; a title is enough."""
    made = here.improvements.plan(new.opportunity, new.values(), caller.name)
    return _told(made, response)


def show_improvement(caller: Reads, here: Here, number: Number, response: Response) -> Improvement:
    """With its ETag, which a change names."""
    return _told(here.improvements.one(number), response)


def replan(
    caller: EditsMaps,
    here: Here,
    number: Number,
    new: ChangedImprovement,
    response: Response,
    seen: Seen,
) -> Improvement:
    """With If-Match; 409 when somebody else was first."""
    return _told(here.improvements.replan(number, new.values(), seen, caller.name), response)


def move_improvement(
    caller: EditsMaps,
    here: Here,
    number: Number,
    wanted: ImprovementMove,
    response: Response,
    seen: Seen,
) -> Improvement:
    """With If-Match. What goes to `deployed` is deployed now, or at the moment that is named."""
    return _told(here.improvements.move(number, wanted.to(), seen, caller.name), response)


def show_effect(caller: Reads, here: Here, number: Number) -> MeasuredEffect:
    """Measured in the way that fits what is there, with its checks; or why it cannot be."""
    return MeasuredEffect.of(here.measuring.effect(here.improvements.one(number)))


def show_needed(caller: Reads, here: Here, number: Number) -> NeededToSee:
    """From how many come now, and how many of them reach what is measured."""
    return NeededToSee.of(here.measuring.needed(here.improvements.one(number)))


def assign_arm(caller: Collects, here: Here, number: Number, who: WhoAsks) -> AssignedArm:
    """Of an improvement for a random share. The same identifier always gets the same.

    Once it is deployed, the first answer for somebody is an event of hers, `arm_assigned`.
    """
    return AssignedArm.model_validate(here.arms.assign(number, who.kind, who.value))


def _told(row: Row, response: Response) -> Improvement:
    response.headers["etag"] = f'"{row["revision"]}"'
    return Improvement.of(row)
