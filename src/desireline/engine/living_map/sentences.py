"""What the figures say, in a sentence or two for the map, each stage and each touchpoint."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from desireline.engine.analyses.shares import Share, share
from desireline.engine.analyses.waits import Wait
from desireline.engine.journey_map import JourneyMap
from desireline.engine.living_map import numbers
from desireline.engine.living_map.figures import StageFigures, TouchpointFigures
from desireline.engine.living_map.words import CASES, NUMBERS, PEOPLE, Sentence, fragment, listed
from desireline.engine.rules import in_words
from desireline.engine.rules.names import names_in

MOST_NAMED = 5
LEAST_WAITS = 10
"""Waits below which no median is told."""


@dataclass(frozen=True)
class Telling:
    """The figures that sentences speak of."""

    journey_map: JourneyMap
    base: Share
    journeys: int
    touchpoints: tuple[TouchpointFigures, ...]
    stages: tuple[StageFigures, ...]

    case_column: str
    """What the log calls the column that names its journeys; empty where nobody said."""

    @property
    def people(self) -> str:
        """What the journeys are called: persons are cases where the log speaks of cases."""
        kind = self.journey_map.case_by.kind
        column = self.case_column.lower()
        if kind == "person" and (column in NUMBERS or any(word in column for word in CASES)):
            kind = "column"
        return PEOPLE[kind]

    @cached_property
    def goal_at(self) -> int:
        """The place of the first touchpoint that the outcome speaks of; past the end without."""
        outcome = self.journey_map.goal.outcome
        named = set() if outcome is None else set(names_in(outcome))
        places = self.journey_map.touchpoints
        found = (i for i, t in enumerate(places) if named & set(names_in(t.rule)))
        return next(found, len(places))

    @property
    def names(self) -> dict[str, str]:
        """Names of touchpoints by key."""
        return {t.key: t.name for t in self.journey_map.touchpoints}

    @property
    def goal(self) -> str | None:
        """The outcome in words: the touchpoint that is the same rule, or the rule itself."""
        rule = self.journey_map.goal.outcome
        if rule is None:
            return None
        same = [t.name for t in self.journey_map.touchpoints if t.rule == rule]
        return fragment("goal_event", name=same[0] if same else in_words(rule))


def sentences(telling: Telling) -> Iterator[Sentence]:
    """All sentences: of the map, then of each stage and of each touchpoint in order.

    Where a stage and a touchpoint share a key, a sentence about it is about the touchpoint.
    """
    yield from _of_map(telling)
    passed = 0
    for place, stage in enumerate(telling.stages):
        before_goal = passed < telling.goal_at
        passed += len(telling.journey_map.stages[place].touchpoints)
        if stage.key not in telling.names:
            yield from _of_stage(telling, stage, before_goal=before_goal)
    for place, touchpoint in enumerate(telling.touchpoints):
        yield from _of_touchpoint(telling, touchpoint, before_goal=place < telling.goal_at)


def _of_stage(telling: Telling, stage: StageFigures, *, before_goal: bool) -> Iterator[Sentence]:
    yield _reach_and_exit(telling, stage, "stage", before_goal=before_goal)
    if _told(stage.duration) and stage.duration.p50:
        n = numbers.count(stage.duration.n)
        yield Sentence(stage.key, "stays", {"n": n, **_times(stage.duration)})


def _of_map(telling: Telling) -> Iterator[Sentence]:
    if not any(t.journeys for t in telling.touchpoints):
        yield Sentence(None, "map_empty")
        return
    yield _outcome_of_map(telling)
    yield from _exits_of_map(telling)
    stale = [telling.names[t.key] for t in telling.touchpoints if t.evidence == "stale"]
    unseen = [telling.names[t.key] for t in telling.touchpoints if not t.journeys]
    for template, names in (("map_stale", stale), ("map_unseen", unseen)):
        if names:
            yield Sentence(None, template, {"places": _some(names)})


def _outcome_of_map(telling: Telling) -> Sentence:
    common = {"n": numbers.count(telling.journeys), "people": telling.people}
    goal = telling.goal
    if goal is None:
        came = sum(t.starts for t in telling.touchpoints)
        shown = numbers.with_interval(share(came, telling.journeys))
        return Sentence(None, "map_reach", {**common, "share": shown})
    more = numbers.more_needed(telling.base)
    if more:
        few = {"count": numbers.count(telling.base.count), "more": numbers.count(more)}
        return Sentence(None, "map_outcome_few", {**common, "goal": goal, **few})
    shown = numbers.with_interval(telling.base)
    return Sentence(None, "map_outcome", {**common, "goal": goal, "share": shown})


def _exits_of_map(telling: Telling) -> Iterator[Sentence]:
    """Where journeys that never reach the outcome end; without an outcome, where all end."""
    known = telling.goal is not None
    ended = {t.key: t.exit.count if known else t.ends for t in telling.touchpoints}
    total = sum(ended.values())
    if not total:
        return
    ranked = sorted((key for key in ended if ended[key]), key=lambda key: -ended[key])
    top = share(ended[ranked[0]], total)
    more = numbers.more_needed(top)
    if more:
        if known:
            parameters = {"people": telling.people, "more": numbers.count(more)}
            yield Sentence(None, "map_exit_few", parameters)
        return
    parameters = {
        "n": numbers.count(total),
        "place": telling.names[ranked[0]],
        "share": numbers.with_interval(top),
    }
    if not known:
        yield Sentence(None, "map_end", parameters)
        return
    others = [
        fragment("place_share", place=telling.names[key], share=numbers.percent(ended[key] / total))
        for key in ranked[1:3]
    ]
    template = "map_exit" if others else "map_exit_one"
    yield Sentence(None, template, {**parameters, "others": listed(others)})


def _of_touchpoint(
    telling: Telling, t: TouchpointFigures, *, before_goal: bool
) -> Iterator[Sentence]:
    yield _reach_and_exit(telling, t, "touchpoint", before_goal=before_goal)
    if not t.journeys or numbers.more_needed(t.reach):
        return
    yield _next(telling, t)
    if telling.goal is not None and before_goal and _differ(t.outcome, t.outcome_base):
        parameters = {
            "n": numbers.count(t.outcome.n),
            "share": numbers.with_interval(t.outcome),
            "base": numbers.with_interval(t.outcome_base),
        }
        yield Sentence(t.key, "outcome", parameters)


def _differ(a: Share, b: Share) -> bool:
    """Whether two shares are far enough apart to speak of it: their intervals do not overlap."""
    if numbers.more_needed(a) or a.low is None or a.high is None:
        return False
    return b.low is not None and b.high is not None and (a.low > b.high or a.high < b.low)


def _reach_and_exit(
    telling: Telling, part: TouchpointFigures | StageFigures, noun: str, *, before_goal: bool
) -> Sentence:
    if not part.journeys:
        return Sentence(part.key, f"unseen_{noun}")
    parameters = {
        "n": numbers.count(part.reach.n),
        "people": telling.people,
        "count": numbers.count(part.reach.count),
        "came": numbers.count(part.exit.n),
        "share": numbers.with_interval(part.reach),
        "exit": numbers.with_interval(part.exit),
        "no_further": fragment("no_further" if telling.goal is None else "no_further_goal"),
    }
    figures = {"reach_few": part.reach, "reach_exit_few": part.exit}
    for template, figure in figures.items():
        more = numbers.more_needed(figure)
        if more and (before_goal or figure is part.reach):
            return Sentence(part.key, template, {**parameters, "more": numbers.count(more)})
    return Sentence(part.key, "reach_exit" if before_goal else "reach", parameters)


def _next(telling: Telling, t: TouchpointFigures) -> Sentence:
    first = share(t.next[0].count, t.visits)
    parameters = {"visits": numbers.count(t.visits), "share": numbers.with_interval(first)}
    more = numbers.more_needed(first)
    if more:
        return Sentence(t.key, "next_few", {"more": numbers.count(more)})
    following = t.next[0].key
    if following is None:
        return Sentence(t.key, "next_end", parameters)
    named = {**parameters, "next": telling.names[following]}
    if not _told(t.wait_after):
        return Sentence(t.key, "next_only", named)
    return Sentence(t.key, "next", {**named, **_times(t.wait_after)})


def _told(wait: Wait) -> bool:
    return wait.n >= LEAST_WAITS and wait.p50 is not None and wait.p90 is not None


def _times(wait: Wait) -> dict[str, str]:
    return {"p50": numbers.duration(wait.p50 or 0.0), "p90": numbers.duration(wait.p90 or 0.0)}


def _some(names: list[str]) -> str:
    shown = names[:MOST_NAMED]
    if len(names) > MOST_NAMED:
        shown = [*shown, fragment("more_places", n=numbers.count(len(names) - MOST_NAMED))]
    return listed(shown)
