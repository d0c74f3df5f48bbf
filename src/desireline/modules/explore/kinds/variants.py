"""Variants, over HTTP: the distinct ways that are walked."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from desireline.engine import behind
from desireline.engine.analyses import variants
from desireline.modules.explore.documents import Document, Name, Question, RuleDocument
from desireline.modules.explore.kinds.kind import Kind, rule_of
from desireline.modules.explore.kinds.shapes import Share
from desireline.modules.explore.reading import Reading


class VariantsQuestion(Question):
    """The distinct ways that are walked."""

    analysis: Literal["variants"] = "variants"
    outcome: RuleDocument | None = None
    top: Annotated[int, Field(ge=0, le=5_000)] = 50


class VariantCell(Document):
    """Journeys that are this sequence."""

    events: Annotated[list[Name], Field(min_length=1, max_length=10_000)]

    def cell(self) -> behind.Cell:
        """The engine's form of it."""
        return behind.VariantCell(tuple(self.events))


class Variant(BaseModel):
    """A way that is walked."""

    count: int
    share: float
    low: float
    high: float
    coverage: float
    events: list[str]
    with_outcome: int | None = None
    outcome: Annotated[Share | None, Field(description="The share of these with it.")] = None


class VariantsResult(BaseModel):
    """The most frequent first."""

    cases: int
    distinct: int
    variants: list[Variant]


def _query(reading: Reading, asked: VariantsQuestion) -> Any:
    return variants.Query(top=asked.top, outcome=reading.rule(asked.outcome))


VARIANTS = Kind(
    question=VariantsQuestion,
    cell=VariantCell,
    result=VariantsResult,
    analysis=variants,
    query=_query,
    says="The distinct ways that are walked",
    more="The most frequent first, with their coverage.",
    examples=lambda events: [{"outcome": rule_of(events[-1])}],
)
