"""From a document to a question of the engine: its rules read, its map found, its scope made."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from desireline.engine.analyses.analysis import Analysis
from desireline.engine.differences import Compared, ComparedQuery
from desireline.engine.journey_map import JourneyMap
from desireline.engine.rules import AllOf, Not, Rule
from desireline.engine.scope import Asked, Scoped, needs
from desireline.modules.explore.documents import GroupDocument, MapNamed, Question
from desireline.modules.explore.errors import QuestionImpossible
from desireline.modules.explore.kinds import KIND_OF, AnyQuestion
from desireline.modules.explore.kinds.compare import CompareQuestion
from desireline.modules.explore.reading import Maps, Reading, moment, of_column


@dataclass(frozen=True)
class Made:
    """A question of the engine."""

    analysis: Analysis[Any, Any, Any]
    query: Any
    columns: frozenset[str]
    """Properties that must have been read for it."""
    rules: tuple[Rule, ...]
    """Its rules in the log's own words, so that names that nobody knows can be told."""


def made(question: AnyQuestion, maps: Maps, events: frozenset[str]) -> Made:
    """What the engine is asked. `events` are the types that the log has.

    Raises PatternUnreadable, RuleUnreadable, QuestionImpossible, and what queries and maps raise.
    """
    reading = Reading(maps, events)
    if isinstance(question, CompareQuestion):
        a, b = _groups(reading, question)
        columns = columns_of(a) | columns_of(b)
        analysis: Analysis[Any, Any, Any] = Compared(question.of.analysis)
        return Made(analysis, ComparedQuery(a, b, question.most), columns, tuple(reading.read))
    asked = asked_of(reading, question)
    return Made(
        Scoped(KIND_OF[type(question)].analysis), asked, columns_of(asked), tuple(reading.read)
    )


def columns_in(question: AnyQuestion) -> frozenset[str]:
    """The properties that its own rules ask for; those of a map's rules are the map's to tell."""
    of = question.of if isinstance(question, CompareQuestion) else question
    plain: Any = of.model_copy(update={"map": None})
    if KIND_OF[type(of)].tells_itself:
        return needs(Reading(_no_map, frozenset()).scope(plain))
    if isinstance(question, CompareQuestion):
        groups = {
            name: None if group is None else group.model_copy(update={"version": None})
            for name, group in (("a", question.a), ("b", question.b))
        }
        plain = question.model_copy(update={"of": plain, **groups})
    return made(plain, _no_map, frozenset()).columns


def _no_map(named: MapNamed) -> JourneyMap:
    raise AssertionError(named)


def asked_of(reading: Reading, question: Question) -> Asked[Any]:
    """The engine's query with its scope; an outcome of its own goes before that of the map."""
    kind = KIND_OF[type(question)]
    scope = reading.scope(question, tells_itself=kind.tells_itself)
    query = kind.query(reading, question)
    if scope.words is not None and hasattr(query, "outcome"):
        outcome = query.outcome or scope.words.outcome
        scope = replace(scope, words=replace(scope.words, outcome=outcome))
        query = replace(query, outcome=outcome)
    return Asked(query, scope if kind.over is None else kind.over(scope))


def columns_of(asked: Asked[Any]) -> frozenset[str]:
    """The properties that must be read, so that the question can be answered."""
    query, steps = asked.query, getattr(asked.query, "steps", ())
    rules = [getattr(query, n, None) for n in ("outcome", "closed", "begins", "back", "anchor")]
    rules += [rule for step in steps for rule in (step.rule, step.without)]
    by = getattr(query, "by", None)
    named = frozenset(() if by in (None, "channel", "actor") else (by,))
    named |= frozenset(getattr(query, "knows", ()))
    journey_map = getattr(query, "journey_map", None)
    of_map = frozenset[str]() if journey_map is None else journey_map.columns_needed()
    read_along = (*getattr(query, "scores", ()), *getattr(query, "texts", ()))
    return needs(asked.scope, *rules) | named | of_map | frozenset(read_along)


def _groups(reading: Reading, question: CompareQuestion) -> tuple[Asked[Any], Asked[Any]]:
    of, a, b = question.of, question.a, question.b
    who = _persons(reading, a)
    first = _narrowed(asked_of(reading, _of_group(of, a)), who)
    if b is not None:
        return first, _narrowed(asked_of(reading, _of_group(of, b)), _persons(reading, b))
    if who is None or a.channels or a.start or a.stop or a.version:
        raise QuestionImpossible(
            "Who the second group is follows from the first only where a segment or a column"
            " alone makes it.",
            hint='Say the second group too: "b": {"channels": ["web"]}.',
            case="second_group",
        )
    return first, _narrowed(asked_of(reading, of), Not(who))


def _of_group(question: Question, group: GroupDocument) -> Question:
    """The question, narrowed by the period, the channels and the version of a group."""
    part, named = question.filter, question.map
    changes: dict[str, Any] = {
        "start": _one_of(max, part.start, group.start),
        "stop": _one_of(min, part.stop, group.stop),
        "channels": group.channels or part.channels,
    }
    if group.version is not None:
        if named is None:
            raise QuestionImpossible(
                f"Version {group.version} of which map?",
                hint='Give the question a map: "map": {"key": "shop"}.',
                case="map",
            )
        named = MapNamed(key=named.key, version=group.version)
    narrowed = part.model_copy(update=changes)
    return question.model_copy(update={"filter": narrowed, "map": named})


def _one_of(choose: Any, *given: dt.datetime | None) -> dt.datetime | None:
    found = [moment(one) for one in given if one is not None]
    chosen: dt.datetime | None = choose(found, default=None)
    return chosen


def _persons(reading: Reading, group: GroupDocument) -> Rule | None:
    """Who is in the group, where its persons make it."""
    column = None if group.column is None else of_column(group.column)
    rules = [rule for rule in (reading.rule(group.segment), column) if rule is not None]
    return AllOf(tuple(rules)) if len(rules) > 1 else next(iter(rules), None)


def _narrowed(asked: Asked[Any], who: Rule | None) -> Asked[Any]:
    if who is None:
        return asked
    segment = asked.scope.segment
    both = who if segment is None else AllOf((segment, who))
    return replace(asked, scope=replace(asked.scope, segment=both))
