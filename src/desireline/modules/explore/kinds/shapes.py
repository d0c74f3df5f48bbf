"""What the answers of several analyses have in common."""

from __future__ import annotations

from typing import Annotated, Generic, TypeVar

from pydantic import BaseModel, Field

from desireline.modules.explore.documents import Name

R = TypeVar("R")
Value = str | int | float | None
Event = Annotated[Name | None, Field(description="null: outside of the journey.")]
Group = Annotated[Name | None, Field(description="Only this group; null is the unknown.")]


class Message(BaseModel):
    """A sentence: a key and its numbers for translation, and the sentence in English."""

    key: str
    values: dict[str, Value]
    text: str


class Answer(BaseModel, Generic[R]):
    """An answer, up to which position of the log it reaches, and what it says in words."""

    analysis: str
    position: int
    words: list[Message]
    result: R


class Share(BaseModel):
    """A share with its 95 % interval (Wilson); null where `n` is 0."""

    n: int
    count: int
    share: float | None
    low: float | None
    high: float | None


class Wait(BaseModel):
    """Seconds."""

    n: int
    mean: float | None
    p50: float | None
    p90: float | None


class Seconds(BaseModel):
    """Seconds."""

    mean: float | None
    p50: float | None
    p90: float | None
