"""The wire shapes of comments, tasks, votes and nominations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Annotated, Any, Literal

import msgspec
from pydantic import BaseModel, ConfigDict, Field, model_validator

from desireline.engine.analyses.times import iso
from desireline.engine.filters import microseconds_at
from desireline.modules.discussion.nominating import Nominated, Pain
from desireline.modules.discussion.places import Place
from desireline.modules.discussion.repository import Row

Text = Annotated[str, Field(min_length=1, max_length=5_000)]
Mentions = Annotated[
    list[Annotated[str, Field(max_length=64)]],
    Field(max_length=50, description="Members, by number."),
]
Score = Annotated[int, Field(ge=1, le=5, description="From 1, little, to 5, much.")]
Name = Annotated[str, Field(max_length=200)]


class Placed(BaseModel):
    """What may name its place on the map; where it names none, it is about the map."""

    model_config = ConfigDict(extra="forbid")

    stage: Annotated[Name, Field(description="Named alone: a stage has no cells.")] = ""
    touchpoint: Name = ""

    @model_validator(mode="after")
    def _stands_at_one_place(self) -> Placed:
        beside = self.model_dump(include={"touchpoint", "lane"}, exclude_defaults=True)
        if self.stage and beside:
            raise ValueError(
                f"beside the stage {self.stage!r}, leave out the {' and the '.join(beside)}"
            )
        return self


class NewComment(Placed):
    """Words about a map; about a stage, a touchpoint, a lane or a cell where these are named."""

    text: Text
    lane: Name = ""
    mentions: Mentions = []
    reply_to: Annotated[int | None, Field(ge=1, le=2**53)] = None


class CommentChange(BaseModel):
    """Other words, or that it is settled."""

    model_config = ConfigDict(extra="forbid")

    text: Text | None = None
    mentions: Mentions = []
    resolved: bool | None = None


class Comment(BaseModel):
    """What somebody said."""

    id: int
    map: str
    stage: str
    touchpoint: str
    lane: str
    reply_to: int | None
    author: str
    text: str
    mentions: list[str]
    made_at: str
    edited_at: str | None
    resolved_at: str | None
    resolved_by: str

    @classmethod
    def of(cls, row: Row) -> Comment:
        """The wire shape of a row."""
        return cls(**_timed(row) | {"mentions": msgspec.json.decode(row["mentions"] or "[]")})


class CommentList(BaseModel):
    """Comments, the oldest first."""

    comments: list[Comment]


class NewTask(Placed):
    """What somebody shall do."""

    text: Text
    assignee: Annotated[str, Field(max_length=64, description="A member, by number.")] = ""
    due: dt.date | None = None

    def values(self) -> dict[str, Any]:
        """As it is kept."""
        return {"text": self.text, "assignee": self.assignee, "due_at": _end_of(self.due)}


class TaskChange(BaseModel):
    """What is to be different; what is not named stays."""

    model_config = ConfigDict(extra="forbid")

    text: Text | None = None
    assignee: Annotated[str | None, Field(max_length=64)] = None
    due: dt.date | None = None
    done: bool | None = None

    def values(self) -> dict[str, Any]:
        """As it is kept."""
        said = self.model_dump(include={"text", "assignee"}, exclude_none=True)
        return said | ({"due_at": _end_of(self.due)} if "due" in self.model_fields_set else {})


class Task(BaseModel):
    """What somebody shall do."""

    id: int
    map: str
    stage: str
    touchpoint: str
    text: str
    assignee: str
    author: str
    made_at: str
    due_at: str | None
    done_at: str | None
    done_by: str

    @classmethod
    def of(cls, row: Row) -> Task:
        """The wire shape of a row."""
        return cls(**_timed(row))


class TaskList(BaseModel):
    """Tasks, what is due first, first."""

    tasks: list[Task]


class Vote(BaseModel):
    """How important a touchpoint is, to whom."""

    model_config = ConfigDict(extra="forbid")

    to_customer: Score
    to_company: Score
    department: Name = ""


class OwnVote(Vote):
    """What one has voted oneself."""

    touchpoint: str


class Tally(BaseModel):
    """What a department says of a touchpoint: how many voted, and the means."""

    touchpoint: str
    department: Annotated[str, Field(description="Empty: those who named none.")]
    n: int
    to_customer: float
    to_company: float


class VoteList(BaseModel):
    """All votes of a map by touchpoint and department, and one's own."""

    tallies: list[Tally]
    own: list[OwnVote]

    @classmethod
    def of(cls, counted: Iterable[Row], own: Iterable[Row]) -> VoteList:
        """The wire shape of counts."""
        return cls(
            tallies=[
                Tally(
                    touchpoint=row["touchpoint"],
                    department=row["department"],
                    n=row["n"],
                    to_customer=float(row["to_customer"]) / row["n"],
                    to_company=float(row["to_company"]) / row["n"],
                )
                for row in counted
            ],
            own=[OwnVote(**{name: row[name] for name in OwnVote.model_fields}) for row in own],
        )


class NewNomination(BaseModel):
    """A pain point that somebody at the front line knows. Words are enough."""

    model_config = ConfigDict(extra="forbid")

    text: Text
    map: Annotated[str | None, Field(max_length=100)] = None
    touchpoint: Name = ""
    department: Name = ""
    times_a_week: Annotated[int | None, Field(ge=0, le=10**6)] = None

    def values(self) -> dict[str, Any]:
        """As it is kept."""
        return self.model_dump(include={"text", "times_a_week"})


class Agreement(BaseModel):
    """For which department somebody says that she knows it too."""

    model_config = ConfigDict(extra="forbid")

    department: Name = ""


class TakenUp(BaseModel):
    """Where on a map a pain point belongs, and how it is put there."""

    model_config = ConfigDict(extra="forbid")

    map: Annotated[str, Field(min_length=1, max_length=100)]
    touchpoint: Annotated[str, Field(min_length=1, max_length=200)]
    text: Annotated[str, Field(max_length=5_000, description="Else the words as they came.")] = ""
    strength: Score | None = None
    lane_name: Annotated[
        str, Field(min_length=1, max_length=200, description="Of a map without a lane of pains.")
    ] = "Pain"
    answer: Annotated[str, Field(max_length=5_000)] = ""

    def pain(self) -> Pain:
        """The same as the service takes it."""
        words = self.model_dump(exclude={"map", "touchpoint"})
        return Pain(Place(self.map, self.touchpoint), **words)


class Voices(BaseModel):
    """How many of a department know it."""

    department: Annotated[str, Field(description="Empty: those who named none.")]
    n: int


class NominationAnswer(BaseModel):
    """What becomes of a nomination."""

    model_config = ConfigDict(extra="forbid")

    status: Literal["open", "taken", "declined"]
    answer: Annotated[str, Field(max_length=5_000)] = ""


class Nomination(BaseModel):
    """A nominated pain point, and what became of it."""

    id: int
    map: str | None
    touchpoint: str
    department: str
    text: str
    times_a_week: int | None
    author: str
    made_at: str
    status: str
    answer: str
    answered_by: str
    answered_at: str | None
    votes: Annotated[list[Voices], Field(description="Who knows it too; the most first.")]
    own: Annotated[bool, Field(description="Whether the caller is one of them.")]

    @classmethod
    def of(cls, found: Nominated) -> Nomination:
        """The wire shape."""
        votes = [Voices(department=department, n=n) for department, n in found.votes]
        return cls(**_timed(found.row), votes=votes, own=found.own)


class NominationList(BaseModel):
    """Nominations, the newest first."""

    nominations: list[Nomination]


def _timed(row: Row) -> dict[str, Any]:
    """The row with its moments as text."""
    return {
        name: iso(value) if name.endswith("_at") and value is not None else value
        for name, value in row.items()
    }


def _end_of(day: dt.date | None) -> int | None:
    if day is None:
        return None
    return microseconds_at(dt.datetime.combine(day, dt.time(23, 59, 59), dt.UTC))
