"""What the figures say, in a sentence or two for the map, each stage and each touchpoint."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from desireline.engine import numbers
from desireline.engine.analyses.shares import Share, share
from desireline.engine.analyses.waits import Wait
from desireline.engine.journey_map import JourneyMap
from desireline.engine.living_map.figures import StageFigures, TouchpointFigures
from desireline.engine.living_map.words import (
    CASES,
    NUMBERS,
    Names,
    PlaceShare,
    Sentence,
    Value,
    sentence,
)
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
        """What the journeys are, a key of PEOPLE: persons are cases where the log says cases."""
        kind: str = self.journey_map.case_by.kind
        column = self.case_column.lower()
        if kind == "person" and (column in NUMBERS or any(word in column for word in CASES)):
            kind = "column"
        return kind

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
        return same[0] if same else in_words(rule)


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
        yield sentence(stage.key, "stays", n=stage.duration.n, **_times(stage.duration))


def _of_map(telling: Telling) -> Iterator[Sentence]:
    if not any(t.journeys for t in telling.touchpoints):
        yield sentence(None, "map_empty")
        return
    yield _outcome_of_map(telling)
    yield from _exits_of_map(telling)
    stale = [telling.names[t.key] for t in telling.touchpoints if t.evidence == "stale"]
    unseen = [telling.names[t.key] for t in telling.touchpoints if not t.journeys]
    for template, names in (("map_stale", stale), ("map_unseen", unseen)):
        if names:
            yield sentence(None, template, places=_some(names))


def _outcome_of_map(telling: Telling) -> Sentence:
    common: dict[str, Value] = {"n": telling.journeys, "people": telling.people}
    goal = telling.goal
    if goal is None:
        came = sum(t.starts for t in telling.touchpoints)
        return sentence(None, "map_reach", share=share(came, telling.journeys), **common)
    common["goal"] = goal
    more = numbers.more_needed(telling.base)
    if more:
        return sentence(None, "map_outcome_few", count=telling.base.count, more=more, **common)
    return sentence(None, "map_outcome", share=telling.base, **common)


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
            yield sentence(None, "map_exit_few", people=telling.people, more=more)
        return
    values: dict[str, Value] = {"n": total, "place": telling.names[ranked[0]], "share": top}
    if not known:
        yield sentence(None, "map_end", **values)
        return
    others = tuple(PlaceShare(telling.names[key], ended[key] / total) for key in ranked[1:3])
    yield sentence(None, "map_exit" if others else "map_exit_one", others=others, **values)


def _of_touchpoint(
    telling: Telling, t: TouchpointFigures, *, before_goal: bool
) -> Iterator[Sentence]:
    yield _reach_and_exit(telling, t, "touchpoint", before_goal=before_goal)
    if not t.journeys or numbers.more_needed(t.reach):
        return
    yield _next(telling, t)
    if telling.goal is not None and before_goal and _differ(t.outcome, t.outcome_base):
        yield sentence(t.key, "outcome", n=t.outcome.n, share=t.outcome, base=t.outcome_base)


def _differ(a: Share, b: Share) -> bool:
    """Whether two shares are far enough apart to speak of it: their intervals do not overlap."""
    if numbers.more_needed(a) or a.low is None or a.high is None:
        return False
    return b.low is not None and b.high is not None and (a.low > b.high or a.high < b.low)


def _reach_and_exit(
    telling: Telling, part: TouchpointFigures | StageFigures, noun: str, *, before_goal: bool
) -> Sentence:
    if not part.journeys:
        return sentence(part.key, f"unseen_{noun}")
    values: dict[str, Value] = {
        "n": part.reach.n,
        "people": telling.people,
        "count": part.reach.count,
        "came": part.exit.n,
        "share": part.reach,
        "exit": part.exit,
    }
    for template, figure in (("reach_few", part.reach), ("reach_exit_few", part.exit)):
        more = numbers.more_needed(figure)
        if more and (before_goal or figure is part.reach):
            return sentence(part.key, template, more=more, **values)
    told = "reach_exit" if telling.goal is None else "reach_exit_goal"
    return sentence(part.key, told if before_goal else "reach", **values)


def _next(telling: Telling, t: TouchpointFigures) -> Sentence:
    first = share(t.next[0].count, t.visits)
    more = numbers.more_needed(first)
    if more:
        return sentence(t.key, "next_few", more=more)
    values: dict[str, Value] = {"visits": t.visits, "share": first}
    following = t.next[0].key
    if following is None:
        return sentence(t.key, "next_end", **values)
    values["next"] = telling.names[following]
    if not _told(t.wait_after):
        return sentence(t.key, "next_only", **values)
    return sentence(t.key, "next", **values, **_times(t.wait_after))


def _told(wait: Wait) -> bool:
    return wait.n >= LEAST_WAITS and wait.p50 is not None and wait.p90 is not None


def _times(wait: Wait) -> dict[str, Value]:
    return {"p50": wait.p50 or 0.0, "p90": wait.p90 or 0.0}


def _some(names: list[str]) -> Names:
    return Names(tuple(names[:MOST_NAMED]), max(0, len(names) - MOST_NAMED))
