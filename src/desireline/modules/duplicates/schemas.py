"""The wire shapes of duplicates."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from pydantic import BaseModel, ConfigDict, Field

from desireline.engine.analyses.times import iso
from desireline.modules.duplicates.matching.explaining import Explanation
from desireline.modules.duplicates.repository import Run, Suggestion, Wanted
from desireline.modules.people.facade import Trait

State = Literal["open", "accepted", "rejected"]


class Question(BaseModel):
    """Which suggestions are asked for."""

    model_config = ConfigDict(extra="forbid")

    state: State = "open"
    least: Annotated[float, Field(ge=0, le=1, description="Least probability.")] = 0.0
    person: Annotated[str, Field(max_length=300, description="17, or email:ann@shop.example")] = ""
    after: Annotated[int | None, Field(ge=1, le=2**53, description="`next` of a page.")] = None
    limit: Annotated[int, Field(ge=1, le=100)] = 20

    def wanted(self) -> Wanted:
        """As the queue takes it."""
        return Wanted(self.state, self.least, (), self.after, self.limit)


class FieldAgreement(BaseModel):
    """How the two agree in one field."""

    field: str
    level: Annotated[str, Field(description="same, close, similar or different.")]
    bits: Annotated[float, Field(description="What it adds to the odds; each bit doubles them.")]
    words: str


class Side(BaseModel):
    """One of the two."""

    person: int
    traits: dict[str, Any]


class KnownSuggestion(BaseModel):
    """Two persons who may be one, and why."""

    id: int
    probability: float
    sentence: str
    fields: list[FieldAgreement]
    a: Side
    b: Side
    state: State
    found_at: str
    decided_at: str | None
    decided_by: str | None

    @classmethod
    def of(cls, one: Suggestion, a: dict[str, Trait], b: dict[str, Trait]) -> KnownSuggestion:
        """The wire shape."""
        why = msgspec.json.decode(one.explanation, type=Explanation)
        return cls.model_validate(
            {
                "id": one.id,
                "probability": one.probability,
                "sentence": why.sentence,
                "fields": [msgspec.structs.asdict(field) for field in why.fields],
                "a": _side(one.a, a),
                "b": _side(one.b, b),
                "state": one.state,
                "found_at": iso(one.found_at),
                "decided_at": None if one.decided_at is None else iso(one.decided_at),
                "decided_by": one.decided_by or None,
            }
        )


class SuggestionList(BaseModel):
    """Suggestions, the most probable first."""

    counts: Annotated[dict[str, int], Field(description="How many are in each state.")]
    suggestions: list[KnownSuggestion]
    next: Annotated[int | None, Field(description="For `after`; none: there are no more.")]


class NewRun(BaseModel):
    """A search that is asked for."""

    model_config = ConfigDict(extra="forbid")

    method: Annotated[str, Field(description="`own`, or `splink` where it is installed.")] = "own"


class AskedRun(BaseModel):
    """A search that the worker will do."""

    id: int


class KnownRun(BaseModel):
    """A search, and what it found."""

    id: int
    method: str
    asked_at: str
    asked_by: str
    ended_at: Annotated[str | None, Field(description="None: it is not done yet.")]
    problem: str
    persons: Annotated[int, Field(description="Of whom enough is known.")]
    compared: Annotated[int, Field(description="Pairs.")]
    suggested: int
    new: int
    gone: Annotated[int, Field(description="Open suggestions that were not found again.")]

    @classmethod
    def of(cls, run: Run) -> KnownRun:
        """The wire shape."""
        values = {name: getattr(run, name) for name in cls.model_fields}
        ended = None if run.ended_at is None else iso(run.ended_at)
        return cls.model_validate(values | {"asked_at": iso(run.asked_at), "ended_at": ended})


class RunList(BaseModel):
    """The last searches, newest first."""

    runs: list[KnownRun]


def _side(person: int, traits: dict[str, Trait]) -> dict[str, Any]:
    return {"person": person, "traits": {name: one.value for name, one in traits.items()}}
