"""Rules, maps and filters of a question, read once; what it speaks of is remembered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from desireline.engine.casing import CaseBy
from desireline.engine.filters import Filter, microseconds_at
from desireline.engine.journey_map import JourneyMap
from desireline.engine.rules import (
    Actor,
    AllOf,
    Channel,
    Event,
    Property,
    Rule,
    from_dict,
    parse,
)
from desireline.engine.rules.tree import One
from desireline.engine.scope import Scope
from desireline.engine.telling import PERSONS, Words
from desireline.modules.answering import Asked
from desireline.modules.explore.documents import (
    ColumnIs,
    FilterDocument,
    MapNamed,
    Question,
    RuleDocument,
    Sessions,
)
from desireline.modules.explore.errors import QuestionImpossible

Maps = Callable[[MapNamed], JourneyMap]


@dataclass
class Reading:
    """Reads one question."""

    maps: Maps
    events: frozenset[str]
    """The types of events that the log has."""
    read: list[Rule] = field(default_factory=list)
    """The rules that speak of the log's own names, as far as they were read."""
    in_words: bool = False
    """Events are the touchpoints of a map."""

    def rule(self, document: RuleDocument | None) -> Rule | None:
        """A rule about events of the log. Raises PatternUnreadable, RuleUnreadable."""
        if document is None:
            return None
        rule = self._rule(document)
        self.read.append(rule)
        return rule

    def inner(self, document: RuleDocument | None) -> Rule | None:
        """A rule about events as they are told: of the log, or touchpoints."""
        if document is None or not self.in_words:
            return self.rule(document)
        return self._rule(document)

    def _rule(self, document: RuleDocument) -> Rule:
        if not isinstance(document, str):
            return from_dict(document)
        if document in self.events:
            return Event((document,))
        pattern = parse(document)
        tree, bound = pattern.tree, pattern.from_start or pattern.to_end
        if isinstance(tree, One) and not tree.negated and not bound:
            return Event(tree.names)  # one look-up a type; a pattern is followed event by event
        return pattern

    def scope(self, question: Question, *, tells_itself: bool = False) -> Scope:
        """Which part of the log is asked about, in whose words. Raises QuestionImpossible.

        Where the analysis `tells_itself` in the words of the map, events stay as the log has them.
        """
        told = None if question.map is None else self.map_of(question.map)
        words = None if told is None or tells_itself else Words.of(told)
        visits = question.sessions
        if visits is not None and told is not None:
            raise QuestionImpossible(
                "A map says itself what makes one of its journeys.",
                hint="Leave out `sessions`, or the map.",
                case="sessions",
            )
        self.in_words = words is not None
        return Scope(
            segment=self._segment(question.segment),
            wanted=self._filter(question.filter),
            words=words,
            case_by=_case_by(visits, told),
        )

    def map_of(self, named: MapNamed) -> JourneyMap:
        """The map of that name. Raises what looking for it raises."""
        return self.maps(named)

    def _segment(self, document: RuleDocument | list[RuleDocument] | None) -> Rule | None:
        if not isinstance(document, list):
            return self.rule(document)
        rules = [rule for one in document if (rule := self.rule(one)) is not None]
        return AllOf(tuple(rules)) if len(rules) > 1 else rules[0]

    def _filter(self, document: FilterDocument) -> Filter:
        rule = self.rule(document.rule)
        by_whom = Asked(bots=document.bots).filter.rule
        if by_whom is not None:
            rule = by_whom if rule is None else AllOf((rule, by_whom))
        return Filter(
            start=moment(document.start),
            stop=moment(document.stop),
            rule=rule,
            channels=tuple(document.channels),
            whole_journeys=document.whole_journeys,
        )


def _case_by(visits: Sessions | None, told: JourneyMap | None) -> CaseBy:
    """What makes a journey, where no words say it."""
    if visits is not None:
        return CaseBy("session", gap_seconds=visits.gap_seconds)
    return PERSONS if told is None else told.case_by


def moment(given: dt.datetime | None) -> dt.datetime | None:
    """The moment; one without a zone is in UTC."""
    return given if given is None or given.tzinfo else given.replace(tzinfo=dt.UTC)


def last_moment(part: FilterDocument) -> int | None:
    """Microseconds since 1970 of the last moment that is looked at, if the filter has one."""
    stop = moment(part.stop)
    return None if stop is None else microseconds_at(stop) - 1


def of_column(column: ColumnIs) -> Rule:
    """The rule that a property, or channel or actor, has a value."""
    roles: Mapping[str, type[Channel | Actor]] = {"channel": Channel, "actor": Actor}
    if column.name in roles:
        return roles[column.name]((str(column.value),))
    return Property(column.name, "eq", column.value)
