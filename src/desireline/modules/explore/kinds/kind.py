"""What an analysis is over HTTP: its question, its answer, and which figure of it is meant."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from pydantic import BaseModel

from desireline.engine import behind
from desireline.engine.analyses.analysis import Analysis
from desireline.engine.scope import Scope
from desireline.modules.explore.documents import Document, Question
from desireline.modules.explore.reading import Reading

WARM_MAP = {"key": "warm"}
"""The map of questions that only make kernels ready."""


class CellDocument(Protocol):
    """The address of a figure that the engine understands too."""

    def cell(self) -> behind.Cell:
        """The engine's form of it."""
        ...


@dataclass(frozen=True)
class Kind:
    """One analysis."""

    question: type[Question]
    cell: type[Document]
    """A `CellDocument`."""
    result: type[BaseModel]
    """The shape of the answer's `result`; it describes what the engine's result holds."""
    analysis: Analysis[Any, Any, Any]
    query: Callable[[Reading, Any], Any]
    """What the engine is asked."""
    says: str
    """A summary for the form of the API."""
    more: str
    examples: Callable[[Sequence[str]], Sequence[dict[str, Any]]]
    """Questions that make its kernels ready, of a log with these event types."""
    shaped: Callable[[Any, Any], Any] | None = None
    """The result as the answer holds it, by the result and the question; None is its fields."""
    over: Callable[[Scope], Scope] | None = None
    """Which part of the log it looks at, by the scope that the question names."""
    tells_itself: bool = False
    """Whether the analysis itself tells journeys in the words of the map, and looks at the rest."""

    @property
    def name(self) -> str:
        """As it is called on the wire."""
        name: str = self.question.model_fields["analysis"].default
        return name


def rule_of(event: str) -> dict[str, Any]:
    """The rule that an event is of this type."""
    return {"type": "event", "in": [event]}
