"""The wire shapes of opportunities and improvements."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

import msgspec
from pydantic import BaseModel, Field

from desireline.engine.analyses.times import iso
from desireline.engine.filters import microseconds_at
from desireline.modules.explore.facade import Document, Name
from desireline.modules.improve.documents import ImprovementDocument, Title, Words
from desireline.modules.improve.improving import State as ImprovementState
from desireline.modules.improve.opportunities import State as OpportunityState
from desireline.modules.improve.repository import Row

Score = Annotated[int, Field(ge=1, le=5)]
Key = Annotated[str, Field(min_length=1, max_length=100)]
FoundBy = Literal["hand", "pain", "deviation", "nomination", "moment", "ending"]
Finding = Annotated[dict[Name, str | float | None], Field(max_length=8)]


class OpportunityDocument(Document):
    """A weak point, and what doing something about it costs and is worth, from 1 to 5."""

    touchpoint: Name = ""
    title: Title
    words: Words = ""
    effort: Score | None = None
    customer_value: Score | None = None
    business_value: Score | None = None

    def values(self) -> dict[str, Any]:
        """As it is kept."""
        return self.model_dump()


class NewOpportunity(OpportunityDocument):
    """A weak point that was found."""

    map: Key
    found_by: FoundBy = "hand"
    found_in: Annotated[
        Finding,
        Field(default_factory=dict, description="Which finding: `kind` and `name` of a deviation."),
    ]

    def values(self) -> dict[str, Any]:
        """As it is kept."""
        found_in = msgspec.json.encode(self.found_in).decode()
        return {**super().values(), "found_in": found_in}


class Opportunity(OpportunityDocument):
    """An opportunity as it is kept."""

    id: int
    map: str
    found_by: FoundBy
    found_in: Finding
    state: OpportunityState
    priority: Annotated[
        float | None,
        Field(description="Mean of both values over the effort; 1 where all are alike."),
    ]
    revision: Annotated[int, Field(description="Send it as If-Match to change it.")]
    made_by: str
    made_at: str
    changed_by: str
    changed_at: str

    @classmethod
    def of(cls, row: Row) -> Opportunity:
        """The wire shape of a row."""
        found_in = msgspec.json.decode(row["found_in"])
        return cls(**timed(row), found_in=found_in, priority=priority(row))


def priority(row: Row) -> float | None:
    """What is gained for each point of effort; None before all three are known."""
    customer, business, effort = (
        row[name] for name in ("customer_value", "business_value", "effort")
    )
    if customer is None or business is None or effort is None:
        return None
    return float((customer + business) / 2 / effort)


class OpportunityList(BaseModel):
    """Opportunities as they were noted."""

    opportunities: list[Opportunity]


class OpportunityMove(Document):
    """Where an opportunity goes on the board."""

    state: OpportunityState


class ChangedImprovement(ImprovementDocument):
    """An improvement, and until when it shall be done."""

    due: dt.date | None = None

    def values(self) -> dict[str, Any]:
        """As it is kept."""
        due = None if self.due is None else _end_of(self.due)
        return {"document": self.model_dump_json(exclude={"due"}), "due_at": due}


class NewImprovement(ChangedImprovement):
    """What is done about an opportunity."""

    opportunity: Annotated[int, Field(ge=1, le=2**53)]

    def values(self) -> dict[str, Any]:
        """As it is kept."""
        document = self.model_dump_json(exclude={"due", "opportunity"})
        return {**super().values(), "document": document}


class Improvement(ImprovementDocument):
    """An improvement as it is kept."""

    id: int
    opportunity: int
    map: str
    touchpoint: str
    state: ImprovementState
    due_at: str | None
    deployed_at: str | None
    revision: Annotated[int, Field(description="Send it as If-Match to change it.")]
    made_by: str
    made_at: str
    changed_by: str
    changed_at: str

    @classmethod
    def of(cls, row: Row) -> Improvement:
        """The wire shape of a row."""
        told = ImprovementDocument.model_validate_json(row["document"])
        return cls(**timed(row), **told.model_dump())


class ImprovementList(BaseModel):
    """Improvements as they were planned."""

    improvements: list[Improvement]


class ImprovementMove(Document):
    """Where an improvement goes on the board; without a moment it is deployed now."""

    state: ImprovementState
    deployed_at: dt.datetime | None = None

    def to(self) -> tuple[ImprovementState, int | None]:
        """The same as the service takes it."""
        at = self.deployed_at
        if at is None:
            return self.state, None
        return self.state, microseconds_at(at if at.tzinfo else at.replace(tzinfo=dt.UTC))


NOT_TOLD = ("document", "found_in", "salt")


def timed(row: Row) -> dict[str, Any]:
    """A row with its moments as text, without what is told in another shape."""
    return {
        name: iso(value) if name.endswith("_at") and value is not None else value
        for name, value in row.items()
        if name not in NOT_TOLD
    }


def _end_of(day: dt.date) -> int:
    return microseconds_at(dt.datetime.combine(day, dt.time(23, 59, 59), dt.UTC))
