"""Which journeys a question is about, and in whose words: a segment, a filter, a map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar, get_args

from desireline.engine.analyses.analysis import Analysis
from desireline.engine.analyses.result import Result
from desireline.engine.casing import CaseBy, recased
from desireline.engine.filters import Filter, filtered
from desireline.engine.joining import joined
from desireline.engine.journeys import Journeys
from desireline.engine.rules.ast import Rule
from desireline.engine.rules.matching import holds_for_journey
from desireline.engine.rules.names import columns_of
from desireline.engine.telling import PERSONS, Words

Q = TypeVar("Q")
P = TypeVar("P")
R = TypeVar("R", bound=Result)


@dataclass(frozen=True)
class Scope:
    """The part that is asked about; without anything, all of it in the words of the log."""

    segment: Rule | None = None
    """Only persons for whom this holds, over all that is known of them, filter or not."""
    wanted: Filter = field(default_factory=Filter)
    words: Words | None = None
    """How journeys are told apart and events are named, where not by the log itself."""
    case_by: CaseBy = PERSONS
    """What makes a journey, where no words say it."""

    def part(self, journeys: Journeys) -> Journeys:
        """The persons and events that are asked about, still in the log's words."""
        if self.segment is None and not self._filters:
            return journeys
        own = journeys.trimmed()  # a filter costs a shard its own events only
        held = None if self.segment is None else holds_for_journey(own, self.segment)
        return filtered(own, replace(self.wanted, journeys=held))

    @property
    def _filters(self) -> bool:
        wanted = self.wanted
        asked = (wanted.start, wanted.stop, wanted.rule)
        return any(one is not None for one in asked) or bool(wanted.channels)

    def told(self, journeys: Journeys, query: Q) -> tuple[Journeys, Q]:
        """The journeys to ask, and the query with the outcome as one bool an event."""
        return self.told_of(self.part(journeys), query)

    def told_of(self, part: Journeys, query: Q) -> tuple[Journeys, Q]:
        """The same, where `part` is at hand already."""
        if self.words is None:
            return recased(part, self.case_by), query
        told = self.words.tell(part)
        if self.words.outcome is not None and hasattr(query, "outcome"):
            query = replace(query, outcome=told.outcome)  # type: ignore[type-var]
        return told.journeys, query


@dataclass(frozen=True)
class Asked(Generic[Q]):
    """A question, and what it is about."""

    query: Q
    scope: Scope = field(default_factory=Scope)


@dataclass(frozen=True)
class Scoped(Generic[Q, P, R]):
    """An analysis over a part of the journeys; it is an Analysis itself."""

    analysis: Analysis[Q, P, R]

    def partial(self, journeys: Journeys, asked: Asked[Q]) -> P:
        """What one shard contributes."""
        return self.analysis.partial(*asked.scope.told(journeys, asked.query))

    def merge(self, a: P, b: P) -> P:
        """Two shards together."""
        return self.analysis.merge(a, b)

    def again(self, partial: P, asked: Asked[Q]) -> Asked[Q] | None:
        """The query of a second look, where the analysis takes one."""
        again = getattr(self.analysis, "again", None)
        further = again(partial, asked.query) if again else None
        return None if further is None else replace(asked, query=further)

    def brings_together(self, asked: Asked[Q]) -> bool:
        """Whether a journey may be of several persons."""
        return brings_together(asked.scope)

    def gather(self, parts: Sequence[Journeys], asked: Asked[Q]) -> tuple[list[Journeys], Asked[Q]]:
        """The parts as the words need them."""
        gathered, scope = gather(parts, asked.scope)
        return gathered, replace(asked, scope=scope)

    def finish(self, partial: P, asked: Asked[Q]) -> R:
        """The answer."""
        return self.analysis.finish(partial, asked.query)


def brings_together(scope: Scope) -> bool:
    """Whether a journey of this scope may be of several persons."""
    return (scope.case_by if scope.words is None else scope.words.case_by).kind == "column"


def gather(parts: Sequence[Journeys], scope: Scope) -> tuple[list[Journeys], Scope]:
    """Parts that can be asked one by one, and the scope in which they are then asked.

    Raises CaseByImpossible, PartsUnjoinable.
    """
    if not brings_together(scope):
        return list(parts), scope
    chosen = [scope.part(part) for part in parts]
    if scope.words is None:
        return [recased(joined(chosen), scope.case_by)], Scope()
    gathered, words = scope.words.gather(chosen)
    return gathered, Scope(words=words)


def needs(scope: Scope, *rules: object) -> frozenset[str]:
    """The properties that the scope and further rules ask for."""
    words = () if scope.words is None else (*scope.words.rules, scope.words.outcome)
    every = (scope.segment, scope.wanted.rule, *words, *rules)
    case_by = scope.case_by if scope.words is None else scope.words.case_by
    named = frozenset(() if case_by.column is None else (case_by.column,))
    return named.union(*(columns_of(rule) for rule in every if isinstance(rule, get_args(Rule))))
