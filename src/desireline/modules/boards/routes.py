"""What is kept of exploring, over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response

from desireline.kit.permissions import Caller, Comments, Reads, check
from desireline.modules.boards.repository import Kept, TargetRow
from desireline.modules.boards.schemas import (
    Aim,
    AlertList,
    DashboardList,
    DashboardState,
    KeptDashboard,
    KeptQuestion,
    KnownAlert,
    KnownTarget,
    NewDashboard,
    NewQuestion,
    NewTarget,
    QuestionList,
    SeenUpTo,
    TargetList,
    tiles_of,
)
from desireline.modules.boards.service import Boards
from desireline.modules.boards.tables import dashboard, question, target
from desireline.modules.module import service_of
from desireline.modules.revisions import revision_seen

Here = Annotated[Boards, Depends(service_of("boards"))]
Seen = Annotated[int | None, Depends(revision_seen)]
Number = Annotated[int, Path(ge=1, le=2**53)]


def routes() -> APIRouter:
    """The routes of questions, dashboards, targets and alerts that are kept."""
    router = APIRouter(prefix="/v1")
    one = "/questions/{number}"
    router.get("/questions", summary="List kept questions")(list_questions)
    router.post("/questions", status_code=201, summary="Keep a question")(keep_question)
    router.get(one, summary="Show a kept question")(show_question)
    router.put(one, summary="Change a kept question")(change_question)
    router.delete(one, status_code=204, summary="Delete a kept question")(drop_question)
    one = "/dashboards/{number}"
    router.get("/dashboards", summary="List dashboards")(list_dashboards)
    router.post("/dashboards", status_code=201, summary="Make a dashboard")(make_dashboard)
    router.get(one, summary="Show a dashboard with its questions")(show_dashboard)
    router.put(one, summary="Change a dashboard")(change_dashboard)
    router.delete(one, status_code=204, summary="Delete a dashboard")(drop_dashboard)
    one = "/targets/{number}"
    router.get("/targets", summary="List targets, and whether they are met")(list_targets)
    router.post("/targets", status_code=201, summary="Set a target")(set_target)
    router.get(one, summary="Show a target")(show_target)
    router.put(one, summary="Change a target")(change_target)
    router.delete(one, status_code=204, summary="Delete a target")(drop_target)
    router.get("/alerts", summary="List alerts")(list_alerts)
    router.post("/alerts/seen", status_code=204, summary="Alerts were seen")(see_alerts)
    router.post("/alerts/{number}/seen", status_code=204, summary="An alert was seen")(see_alert)
    return router


def list_questions(caller: Reads, boards: Here) -> QuestionList:
    """By name."""
    return QuestionList(questions=[KeptQuestion.of(row) for row in boards.all(question)])


def keep_question(
    caller: Comments, boards: Here, new: NewQuestion, response: Response
) -> KeptQuestion:
    """Under a name."""
    return _question(boards.keep(question, new.said(), caller.name), response)


def show_question(caller: Reads, boards: Here, number: Number, response: Response) -> KeptQuestion:
    """With who keeps it."""
    return _question(boards.get(question, number), response)


def change_question(
    caller: Comments, boards: Here, number: Number, new: NewQuestion, response: Response, seen: Seen
) -> KeptQuestion:
    """With If-Match; 409 when somebody else was first. Its targets are looked at anew."""
    _check(caller, boards.get(question, number))
    row = boards.change(question, number, new.said(), seen, caller.name)
    return _question(row, response)


def drop_question(caller: Comments, boards: Here, number: Number) -> None:
    """Its targets and their alerts go with it; tiles that show it stay empty."""
    _check(caller, boards.get(question, number))
    boards.drop(question, number)


def list_dashboards(caller: Reads, boards: Here) -> DashboardList:
    """By name, without their tiles."""
    return DashboardList(dashboards=[DashboardState.of(row) for row in boards.all(dashboard)])


def make_dashboard(
    caller: Comments, boards: Here, new: NewDashboard, response: Response
) -> KeptDashboard:
    """With its tiles."""
    return _dashboard(boards, boards.keep(dashboard, new.said(), caller.name), response)


def show_dashboard(
    caller: Reads, boards: Here, number: Number, response: Response
) -> KeptDashboard:
    """Each tile with its question and the targets of that."""
    return _dashboard(boards, boards.get(dashboard, number), response)


def change_dashboard(
    caller: Comments,
    boards: Here,
    number: Number,
    new: NewDashboard,
    response: Response,
    seen: Seen,
) -> KeptDashboard:
    """With If-Match; 409 when somebody else was first."""
    _check(caller, boards.get(dashboard, number))
    row = boards.change(dashboard, number, new.said(), seen, caller.name)
    return _dashboard(boards, row, response)


def drop_dashboard(caller: Comments, boards: Here, number: Number) -> None:
    """The questions that it shows stay."""
    _check(caller, boards.get(dashboard, number))
    boards.drop(dashboard, number)


def list_targets(
    caller: Reads,
    boards: Here,
    question: Annotated[int | None, Query(ge=1, le=2**53, description="Of one question.")] = None,
) -> TargetList:
    """By number."""
    return TargetList(targets=[KnownTarget.of(row) for row in boards.targets(question)])


def set_target(caller: Comments, boards: Here, new: NewTarget, response: Response) -> KnownTarget:
    """It is looked at within half a minute, and whenever new events have come."""
    return _target(boards.set_target(new.question, new.said(), caller.name), response)


def show_target(caller: Reads, boards: Here, number: Number, response: Response) -> KnownTarget:
    """With where its figure stood last."""
    return _target(boards.target(number), response)


def change_target(
    caller: Comments, boards: Here, number: Number, aim: Aim, response: Response, seen: Seen
) -> KnownTarget:
    """With If-Match; with another figure or threshold it is looked at anew."""
    _check(caller, boards.target(number))
    return _target(boards.change_target(number, aim.said(), seen), response)


def drop_target(caller: Comments, boards: Here, number: Number) -> None:
    """Its alerts go with it."""
    _check(caller, boards.target(number))
    boards.drop(target, number)


def list_alerts(
    caller: Reads,
    boards: Here,
    unseen: Annotated[bool, Query(description="Only those that nobody has seen.")] = False,  # noqa: FBT002
    before: Annotated[int | None, Query(ge=1, le=2**53, description="`next` of a page.")] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> AlertList:
    """The newest first, each in words."""
    found = boards.alerts(unseen=unseen, before=before, limit=limit + 1)
    more = found[limit - 1][0].id if len(found) > limit else None
    alerts = [KnownAlert.of(*one) for one in found[:limit]]
    return AlertList(alerts=alerts, unseen=boards.unseen(), next=more)


def see_alerts(caller: Comments, boards: Here, wanted: SeenUpTo) -> None:
    """Those that came later stay unseen."""
    boards.see_all(wanted.up_to, caller.name)


def see_alert(caller: Comments, boards: Here, number: Number) -> None:
    """Who saw it first stays."""
    boards.see(number, caller.name)


def _check(caller: Caller, row: Kept | TargetRow) -> None:
    """What others keep is changed by who may change maps. Raises NotAllowed."""
    if row.owner != caller.name:
        check(caller, "edit_maps")


def _question(row: Kept, response: Response) -> KeptQuestion:
    response.headers["etag"] = f'"{row.version}"'
    return KeptQuestion.of(row)


def _dashboard(boards: Boards, row: Kept, response: Response) -> KeptDashboard:
    response.headers["etag"] = f'"{row.version}"'
    shown = boards.some(question, [t.question for t in tiles_of(row) if t.question is not None])
    targets = {number: boards.targets(number) for number in shown}
    return KeptDashboard.of(row, shown, targets)


def _target(row: TargetRow, response: Response) -> KnownTarget:
    response.headers["etag"] = f'"{row.version}"'
    return KnownTarget.of(row)
