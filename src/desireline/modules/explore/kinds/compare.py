"""Comparisons, over HTTP: the same question about two groups."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from desireline.engine.saying import of_difference
from desireline.modules.explore.documents import Document, GroupDocument
from desireline.modules.explore.kinds.questions import ComparableQuestion
from desireline.modules.explore.kinds.shapes import Message, Value

A, B = "A", "B"
OTHERS = "all others"


class CompareQuestion(Document):
    """The same question about two groups, and the differences of their figures."""

    analysis: Literal["compare"] = "compare"
    of: ComparableQuestion
    a: GroupDocument
    b: Annotated[
        GroupDocument | None,
        Field(description="Without: all others, where segment and column make the first group."),
    ] = None
    most: Annotated[int, Field(ge=1, le=2_000)] = 200


class ComparedSide(BaseModel):
    """A figure of one group, with its 95 % interval."""

    n: int
    count: int | None
    value: float
    low: float
    high: float


class Difference(BaseModel):
    """a - b with its 95 % interval."""

    figure: str
    of: dict[str, Value]
    unit: Literal["share", "seconds"]
    a: ComparedSide
    b: ComparedSide
    difference: float
    low: float
    high: float
    p: float
    q: Annotated[float, Field(description="p among all compared (Benjamini-Hochberg).")]
    verdict: Literal["higher", "lower", "too_few", "alike"]
    more: Annotated[int, Field(description="Journeys still needed, where there are too few.")]
    words: Message


class ComparisonResult(BaseModel):
    """Those most surely there first."""

    analysis: str
    name_a: str
    name_b: str
    persons_a: int
    persons_b: int
    in_both: int
    compared: int
    found: int
    differences: list[Difference]


def names_of(question: Document) -> tuple[str, str]:
    """What the groups of a comparison are called."""
    if not isinstance(question, CompareQuestion):
        return A, B
    other = OTHERS if question.b is None else question.b.name or B
    return question.a.name or A, other


def shaped(found: Any, question: CompareQuestion) -> dict[str, Any]:
    """A `Comparison` as the answer holds it."""
    names = names_of(question)
    told = [{**vars(one), "words": of_difference(one, names)} for one in found.differences]
    return {**vars(found), "name_a": names[0], "name_b": names[1], "differences": told}
