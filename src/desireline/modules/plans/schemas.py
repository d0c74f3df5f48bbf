"""The wire shapes of plans."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from desireline.engine.analyses.times import iso
from desireline.modules.plans.repository import PlanRow

Step = Literal["customer", "goal", "data", "draft", "study", "act", "done"]
Way = Literal["", "sample", "file", "site", "template"]
Method = Literal["data", "interviews", "survey", "observation", "front_line", "other"]
Short = Annotated[str, Field(max_length=200)]
Long = Annotated[str, Field(max_length=2_000)]
Key = Annotated[str, Field(max_length=100)]


class Worker(BaseModel):
    """Somebody who works on the map."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(min_length=1, max_length=200)]
    part: Annotated[Short, Field(description="What she does in it.")] = ""


class Inquiry(BaseModel):
    """Something that is to be found out, and what came of it."""

    model_config = ConfigDict(extra="forbid")

    question: Annotated[str, Field(min_length=1, max_length=500)]
    method: Annotated[Method, Field(description="How it is found out.")] = "data"
    who: Annotated[Short, Field(description="Who finds it out.")] = ""
    until: dt.date | None = None
    found: Annotated[Long, Field(description="The answer; empty as long as there is none.")] = ""


class PlanDocument(BaseModel):
    """The research behind a map: goal, target group and needs, team, study, map, change.

    What is done then, by whom, until when, are the tasks of the map.
    """

    model_config = ConfigDict(extra="forbid")

    step: Annotated[Step, Field(description="Where whoever makes it stands.")] = "customer"
    customer: Annotated[Short, Field(description="Whose journey it is, in words.")] = ""
    persona: Annotated[Key | None, Field(description="Key of a persona; none is everybody.")] = None
    needs: Annotated[Long, Field(description="What the target group needs.")] = ""
    goal: Annotated[Long, Field(description="What the customer wants to reach.")] = ""
    company_goal: Annotated[Long, Field(description="What the company wants to reach.")] = ""
    outcome: Annotated[Short | None, Field(description="Type of event that is success.")] = None
    team: Annotated[list[Worker], Field(max_length=50)] = []
    study: Annotated[
        list[Inquiry], Field(max_length=50, description="What is to be found out, and how.")
    ] = []
    change: Annotated[
        Long, Field(description="What shall be different by it, and by what one will see that.")
    ] = ""
    way: Annotated[Way, Field(description="Where the data come from.")] = ""
    import_number: Annotated[int | None, Field(ge=1, le=2**53)] = None
    source: Annotated[Key | None, Field(description="Name of the site's source.")] = None
    template: Key | None = None
    map: Annotated[Key | None, Field(description="Key of the map, once there is one.")] = None


class Plan(PlanDocument):
    """A plan as it is kept."""

    id: int
    revision: Annotated[int, Field(description="Send it as If-Match to change the plan.")]
    made_at: str
    changed_at: str
    changed_by: str

    @classmethod
    def of(cls, row: PlanRow) -> Plan:
        """The wire shape of a row."""
        told = PlanDocument.model_validate_json(row.document)
        return cls(
            **told.model_dump(),
            id=row.id,
            revision=row.revision,
            made_at=iso(row.made_at),
            changed_at=iso(row.changed_at),
            changed_by=row.changed_by,
        )


class PlanList(BaseModel):
    """Plans, the one changed last first."""

    plans: list[Plan]
