"""Journeys told in the words of a map, shard by shard: the way to every question about touchpoints.

A question over event types takes journeys as they are. One over touchpoints first says what makes
a journey, up to when it is looked at, and which rule names which event: these are its `Words`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from desireline.engine.analyses.analysis import Analysis
from desireline.engine.analyses.result import Result
from desireline.engine.casing import CaseBy, recased
from desireline.engine.filters import Filter, filtered
from desireline.engine.joining import joined
from desireline.engine.journey_map import JourneyMap
from desireline.engine.journeys import Bools, Journeys
from desireline.engine.labelling import outcome_events, relabelled
from desireline.engine.rules.ast import Rule

Q = TypeVar("Q")
P = TypeVar("P")
R = TypeVar("R", bound=Result)

PERSONS = CaseBy()


@dataclass(frozen=True)
class Told:
    """The journeys of a shard, in the log's words and in those of a map."""

    log: Journeys
    """As `case_by` makes them, with the log's own events, up to the moment."""
    journeys: Journeys
    """The same with touchpoints as events; all else is masked out."""
    outcome: Bools | None
    """One bool an event of their arrays: the outcome is reached here."""


@dataclass(frozen=True)
class Words:
    """How to tell journeys: what makes one, until when, which rule names an event, the outcome."""

    rules: tuple[Rule, ...]
    names: tuple[str, ...]
    """One for each rule; an event is named after the first rule that holds at it."""
    outcome: Rule | None = None
    case_by: CaseBy = PERSONS
    stop: int | None = None
    """The first moment (microseconds since 1970) that is not looked at."""

    @classmethod
    def of(cls, journey_map: JourneyMap) -> Words:
        """The words of a map: its touchpoints by key."""
        found = journey_map.touchpoints
        return cls(
            rules=tuple(t.rule for t in found),
            names=tuple(t.key for t in found),
            outcome=journey_map.goal.outcome,
            case_by=journey_map.case_by,
        )

    def tell(self, journeys: Journeys) -> Told:
        """The journeys of a shard, over no more of its arrays than it covers.

        Raises CaseByImpossible, LabelsImpossible, and what the rules raise.
        """
        cased = recased(journeys.trimmed(), self.case_by)
        if self.stop is not None:
            cased = filtered(cased, Filter(stop=self.stop))
        told = relabelled(cased, self.rules, self.names)
        return Told(cased, told, outcome_events(cased, self.outcome))

    @property
    def brings_together(self) -> bool:
        """Whether a journey may be of several persons."""
        return self.case_by.kind == "column"

    def gather(self, parts: Sequence[Journeys]) -> tuple[list[Journeys], Words]:
        """The parts, joined and cased already where a journey may be of several persons.

        Raises CaseByImpossible, PartsUnjoinable.
        """
        if not self.brings_together:
            return list(parts), self
        return [recased(joined(parts), self.case_by)], replace(self, case_by=PERSONS)


@dataclass(frozen=True)
class ToldQuery(Generic[Q]):
    """A question over touchpoints; the outcome of its own query, if it has one, is the words'."""

    words: Words
    query: Q


@dataclass(frozen=True)
class InWords(Generic[Q, P, R]):
    """An analysis over touchpoints instead of event types; it is an Analysis itself."""

    analysis: Analysis[Q, P, R]

    def partial(self, journeys: Journeys, asked: ToldQuery[Q]) -> P:
        """What one shard contributes, told in the words of the map."""
        told = asked.words.tell(journeys)
        query = asked.query
        if hasattr(query, "outcome"):
            query = replace(query, outcome=told.outcome)  # type: ignore[type-var]
        return self.analysis.partial(told.journeys, query)

    def merge(self, a: P, b: P) -> P:
        """Two shards together."""
        return self.analysis.merge(a, b)

    def again(self, partial: P, asked: ToldQuery[Q]) -> ToldQuery[Q] | None:
        """The query of a second look, where the analysis takes one."""
        again = getattr(self.analysis, "again", None)
        further = again(partial, asked.query) if again else None
        return None if further is None else ToldQuery(asked.words, further)

    def brings_together(self, asked: ToldQuery[Q]) -> bool:
        """Whether a journey may be of several persons."""
        return asked.words.brings_together

    def gather(
        self, parts: Sequence[Journeys], asked: ToldQuery[Q]
    ) -> tuple[list[Journeys], ToldQuery[Q]]:
        """The parts as the words need them."""
        gathered, words = asked.words.gather(parts)
        return gathered, ToldQuery(words, asked.query)

    def finish(self, partial: P, asked: ToldQuery[Q]) -> R:
        """The answer."""
        query = asked.query
        if hasattr(query, "outcome"):
            query = replace(query, outcome=asked.words.outcome)  # type: ignore[type-var]
        return self.analysis.finish(partial, query)
