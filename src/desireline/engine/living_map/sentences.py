"""What the figures say, in a sentence or two for the map, each stage and each touchpoint."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from desireline.engine.analyses.shares import Share, share
from desireline.engine.analyses.waits import Wait
from desireline.engine.journey_map import JourneyMap
from desireline.engine.living_map import numbers
from desireline.engine.living_map.figures import StageFigures, TouchpointFigures
from desireline.engine.living_map.words import PEOPLE, Sentence, fragment, listed
from desireline.engine.rules import in_words

MOST_NAMED = 5
LEAST_WAITS = 10
"""Waits below which no median is told."""


@dataclass(frozen=True, slots=True)
class Telling:
    """The figures that sentences speak of."""

    journey_map: JourneyMap
    base: Share
    journeys: int
    touchpoints: tuple[TouchpointFigures, ...]
    stages: tuple[StageFigures, ...]

    @property
    def people(self) -> str:
        """What the journeys are called."""
        return PEOPLE[self.journey_map.case_by.kind]

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
    """All sentences: of the map, then of each stage and of each touchpoint in order."""
    yield from _of_map(telling)
    for stage in telling.stages:
        yield _reach_and_exit(telling, stage, "stage")
        if _told(stage.duration) and stage.duration.p50:
            yield Sentence(
                stage.key,
                "stays",
                {"n": numbers.count(stage.duration.n), **_times(stage.duration)},
            )
    for touchpoint in telling.touchpoints:
        yield from _of_touchpoint(telling, touchpoint)


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


def _of_touchpoint(telling: Telling, t: TouchpointFigures) -> Iterator[Sentence]:
    yield _reach_and_exit(telling, t, "touchpoint")
    if not t.journeys or numbers.more_needed(t.reach):
        return
    yield _next(telling, t)
    if telling.goal is not None and not numbers.more_needed(t.outcome):
        parameters = {
            "n": numbers.count(t.outcome.n),
            "share": numbers.with_interval(t.outcome),
            "base": numbers.with_interval(t.outcome_base),
        }
        yield Sentence(t.key, "outcome", parameters)


def _reach_and_exit(
    telling: Telling, part: TouchpointFigures | StageFigures, noun: str
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
    for template, figure in (("reach_few", part.reach), ("reach_exit_few", part.exit)):
        more = numbers.more_needed(figure)
        if more:
            return Sentence(part.key, template, {**parameters, "more": numbers.count(more)})
    return Sentence(part.key, "reach_exit", parameters)


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
