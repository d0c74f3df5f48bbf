"""The wire shapes around questions: persons behind a figure, and the pattern field."""

from __future__ import annotations

from typing import Annotated, Generic, Literal, TypeVar

from pydantic import BaseModel, Field

from desireline.modules.explore.documents import Document, Name
from desireline.modules.explore.kinds.compare import CompareQuestion
from desireline.modules.explore.kinds.questions import ComparableCell

Q = TypeVar("Q")
C = TypeVar("C")


class PersonsWanted(Document, Generic[Q, C]):
    """A question, a figure of its answer, and the page that is wanted."""

    query: Q
    cell: C
    limit: Annotated[int, Field(ge=1, le=1_000)] = 100
    after: Annotated[int, Field(ge=-1, description="`next` of the page before.")] = -1


class ComparedPersonsWanted(PersonsWanted[CompareQuestion, ComparableCell]):
    """The same of one group of a comparison."""

    side: Literal["a", "b"]


class PersonPage(BaseModel):
    """Persons by number; each is at /v1/persons/{number}."""

    n: Annotated[int, Field(description="All persons behind the figure.")]
    persons: list[int]
    next: Annotated[int | None, Field(description="Send it as `after`; null at the end.")]


class Check(Document):
    """What stands in a field, and where the cursor is."""

    text: Annotated[str, Field(max_length=10_000)] = ""
    at: Annotated[int | None, Field(ge=0, description="The cursor; else the end.")] = None
    field: Annotated[
        Literal["pattern", "event", "channel", "actor", "column", "value"],
        Field(description="What is being typed."),
    ] = "pattern"
    column: Annotated[Name | None, Field(description="Whose values, for `value`.")] = None
    limit: Annotated[int, Field(ge=1, le=100)] = 12


class Completion(BaseModel):
    """What may stand at the cursor."""

    text: Annotated[str, Field(description="What to write, quoted where it must be.")]
    label: str
    kind: Literal["event", "channel", "actor", "column", "value", "sign"]
    events: Annotated[int | None, Field(description="How many events have it.")] = None


class Mistake(BaseModel):
    """Why a pattern cannot be read."""

    at: Annotated[int, Field(description="Index of the character.")]
    problem: str
    expected: str
    hint: str
    values: Annotated[
        dict[str, str | int], Field(description="For the sentence in another language.")
    ] = {}


class Checked(BaseModel):
    """What a pattern means, or why it means nothing; and what may be written at the cursor."""

    ok: bool
    rule: Annotated[dict[str, object] | None, Field(description="As a question takes it.")] = None
    words: Annotated[str | None, Field(description="The rule in English.")] = None
    error: Mistake | None = None
    start: Annotated[int, Field(description="A completion replaces the text from here ...")]
    stop: Annotated[int, Field(description="... up to here.")]
    completions: list[Completion]
