"""What is said about maps, over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query

from desireline.kit.permissions import Comments, Reads
from desireline.modules.discussion.nomination_routes import add_nomination_routes
from desireline.modules.discussion.places import Place
from desireline.modules.discussion.schemas import (
    Comment,
    CommentChange,
    CommentList,
    NewComment,
    NewTask,
    Task,
    TaskChange,
    TaskList,
    Vote,
    VoteList,
)
from desireline.modules.discussion.voters import Here, voter_of

Key = Annotated[str, Path(max_length=100, description="The map's key.")]
Number = Annotated[int, Path(ge=1, le=2**53)]
Point = Annotated[str, Path(max_length=200, description="Key of a touchpoint.")]
OfPoint = Annotated[str, Query(max_length=200, description="Only of this touchpoint.")]
OfStage = Annotated[str, Query(max_length=200, description="Only of this stage.")]
OfMap = Annotated[str, Query(max_length=100, description="Only of this map.")]
Open = Annotated[bool, Query(description="Only what is not settled yet.")]


def routes() -> APIRouter:
    """The routes of comments, tasks, votes and nominations."""
    router = APIRouter(prefix="/v1")
    of_map = "/maps/{key}"
    router.get(f"{of_map}/comments", summary="What is said about a map")(list_comments)
    router.post(f"{of_map}/comments", status_code=201, summary="Say something")(say)
    router.patch("/comments/{number}", summary="Reword or settle a comment")(change_comment)
    router.delete("/comments/{number}", status_code=204, summary="Take a comment back")(withdraw)
    router.get("/tasks", summary="What somebody shall do")(list_tasks)
    router.post(f"{of_map}/tasks", status_code=201, summary="A new task")(assign)
    router.patch("/tasks/{number}", summary="Change a task, or say that it is done")(change_task)
    router.get(f"{of_map}/votes", summary="How important touchpoints are")(list_votes)
    vote_at = f"{of_map}/votes/{{touchpoint}}"
    router.put(vote_at, summary="Vote on a touchpoint")(vote)
    router.delete(vote_at, summary="Take a vote back")(take_back_vote)
    add_nomination_routes(router)
    return router


def list_comments(
    caller: Reads,
    here: Here,
    key: Key,
    touchpoint: OfPoint = "",
    stage: OfStage = "",
    *,
    unresolved: Open = False,
) -> CommentList:
    """The oldest first."""
    found = here.comments(Place(key, touchpoint, stage=stage), unresolved=unresolved)
    return CommentList(comments=[Comment.of(row) for row in found])


def say(caller: Comments, here: Here, key: Key, said: NewComment) -> Comment:
    """About the map, a stage, a touchpoint, a lane or a cell; a reply is where its comment is."""
    place = Place(key, said.touchpoint, said.lane, said.stage)
    return Comment.of(here.say(place, caller.name, said.text, said.mentions, said.reply_to))


def change_comment(caller: Comments, here: Here, number: Number, wanted: CommentChange) -> Comment:
    """Words are changed by who wrote them; anybody who may comment settles."""
    row = None
    if wanted.text is not None:
        row = here.reword(number, caller.name, wanted.text, wanted.mentions)
    if wanted.resolved is not None or row is None:
        row = here.resolve(number, caller.name, resolved=bool(wanted.resolved))
    return Comment.of(row)


def withdraw(caller: Comments, here: Here, number: Number) -> None:
    """With the replies to it; only who wrote it can."""
    here.withdraw(number, caller.name)


def list_tasks(
    caller: Reads,
    here: Here,
    map: OfMap = "",  # noqa: A002 - its name in the address
    assignee: Annotated[str, Query(max_length=64, description="Only of this member.")] = "",
    *,
    undone: Open = False,
) -> TaskList:
    """What is due first, first."""
    found = here.tasks(key=map, assignee=assignee, undone=undone)
    return TaskList(tasks=[Task.of(row) for row in found])


def assign(caller: Comments, here: Here, key: Key, wanted: NewTask) -> Task:
    """For somebody, about the map, a stage or a touchpoint."""
    place = Place(key, wanted.touchpoint, stage=wanted.stage)
    return Task.of(here.assign(place, caller.name, wanted.values()))


def change_task(caller: Comments, here: Here, number: Number, wanted: TaskChange) -> Task:
    """What is not named stays."""
    return Task.of(here.change_task(number, caller.name, wanted.values(), wanted.done))


def list_votes(caller: Reads, here: Here, key: Key) -> VoteList:
    """By touchpoint and department, and one's own."""
    return VoteList.of(*here.votes(key, voter_of(caller)))


def vote(caller: Comments, here: Here, key: Key, touchpoint: Point, said: Vote) -> VoteList:
    """One vote each; a new one takes the place of the old one."""
    scores = (said.to_customer, said.to_company)
    here.vote(Place(key, touchpoint), voter_of(caller), said.department, scores)
    return VoteList.of(*here.votes(key, voter_of(caller)))


def take_back_vote(caller: Comments, here: Here, key: Key, touchpoint: Point) -> VoteList:
    """As if one had not voted."""
    here.take_back_vote(Place(key, touchpoint), voter_of(caller))
    return VoteList.of(*here.votes(key, voter_of(caller)))
