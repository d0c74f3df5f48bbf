"""Funnels: how many get through ordered steps, how long it takes, and what others do instead.

An *attempt* begins at an event at which the first step holds (an entry) and takes the further steps
in order, each at a later event of the journey; other events may lie in between, unless `strict`.
Events of equal time stand in the sequence of the journey, so the one after the other is later; one
event never stands for two steps of an attempt. A step must come at most its `within_seconds` after
the step before it in the attempt, and at most the funnel's `window_seconds` after the entry, both
limits included. An event strictly between the two at which the step's `without` holds ends the way.
Optional steps may be left out, so the step before it in the attempt is then an earlier one. With
`strict`, the next event must be the step.

Counted by journey: a journey's level is the furthest step that any of its attempts reaches. One
attempt counts for it: the first that reaches that step, and, counted back from there, the latest
event that fits as the step before, and so on. (Where that event may stand for either of two steps,
the one with which the attempt begins later.) Counted by entry: each entry is an attempt of its own;
it gets as far as it can, and there as soon as it can. `reached` of a step counts the attempts that
pass it; of a step that is not optional, these are all whose level is this step or a later one.

Levels by journey equal those of ClickHouse's `windowFunnel(window)` where times differ.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from desireline.engine.analyses.breakdown import check_choice, choices_of
from desireline.engine.analyses.funnel_attempts import attempts_of
from desireline.engine.analyses.funnel_counts import reached_and_dropped
from desireline.engine.analyses.funnel_groups import (
    Group,
    Groups,
    folded,
    groups_of,
    merged,
)
from desireline.engine.analyses.funnel_query import FunnelImpossible, Query, Step
from desireline.engine.analyses.funnel_sums import passed_and_ended, waits_and_instead
from desireline.engine.analyses.result import Result
from desireline.engine.analyses.shares import Share, share
from desireline.engine.analyses.waits import WAIT_ERROR, Wait, Waits
from desireline.engine.journeys import I64, Journeys
from desireline.engine.vocabulary import extended

__all__ = [
    "Funnel",
    "FunnelGroup",
    "FunnelImpossible",
    "FunnelStep",
    "Instead",
    "Partial",
    "Query",
    "Step",
    "finish",
    "merge",
    "partial",
]


@dataclass(frozen=True, eq=False)
class Partial:
    """What a shard contributes."""

    journeys: int
    """Journeys that a filter leaves."""
    reached: I64
    """By step: attempts that passed it."""
    dropped: I64
    """By step: attempts that ended there without converting."""
    waits: Waits
    """Series 0: from the first step to the one that converts; series s: to step s."""
    instead: tuple[Counter[str | None], ...]
    """By step: the next event of those who dropped out."""
    groups: Groups
    choices: tuple[str, ...]
    """What the shard can be broken down by."""


@dataclass(frozen=True)
class Instead:
    """What people did next who went no further: an event type, or None, nothing more."""

    name: str | None
    count: int


@dataclass(frozen=True)
class FunnelStep:
    """One step: how many reached it, how long it took, and what the others did instead."""

    name: str
    optional: bool
    reached: int
    share_of_first: Share
    share_of_previous: Share
    """Of those who reached the step before it that is not optional."""
    time_from_previous: Wait
    dropped: int
    """Attempts that went no further than this step and did not convert."""
    instead: tuple[Instead, ...]
    """The next events of those who dropped out here, within the window, most frequent first."""


@dataclass(frozen=True)
class FunnelGroup:
    """The funnel of those with one value at the first step; value None: unknown."""

    value: str | None
    reached: tuple[int, ...]
    converted: Share
    time_to_convert: Wait
    rest: bool = False
    """This is not one value but all that are not listed."""


@dataclass(frozen=True)
class Funnel(Result):
    """The answer. Counts are of journeys, or of entries, as `count_by` says."""

    count_by: str
    journeys: int
    steps: tuple[FunnelStep, ...]
    converted: Share
    """Of those who entered: those who reached the last step that is not optional."""
    time_to_convert: Wait
    groups: tuple[FunnelGroup, ...]
    wait_error: float = WAIT_ERROR

    def rows(self) -> list[dict[str, Any]]:
        """One row a step."""
        return [
            {
                "step": step.name,
                "reached": step.reached,
                "share_of_first": step.share_of_first.share,
                "share_of_previous": step.share_of_previous.share,
                "low": step.share_of_previous.low,
                "high": step.share_of_previous.high,
                "dropped": step.dropped,
                "mean_seconds": step.time_from_previous.mean,
                "p50_seconds": step.time_from_previous.p50,
                "p90_seconds": step.time_from_previous.p90,
            }
            for step in self.steps
        ]


def partial(journeys: Journeys, query: Query) -> Partial:
    """What one shard contributes."""
    if query.counts_only:
        return _counted(journeys, query)
    attempts = attempts_of(journeys, query)
    return Partial(
        _kept(journeys),
        *passed_and_ended(attempts, query),
        *waits_and_instead(journeys, query, attempts),
        groups_of(journeys, query, attempts),
        choices_of(journeys),
    )


def _counted(journeys: Journeys, query: Query) -> Partial:
    """A shard's contribution to counts alone."""
    reached, dropped = reached_and_dropped(journeys, query)
    waits, instead = Waits.empty(), (Counter[str | None](),) * len(query.steps)
    return Partial(_kept(journeys), reached, dropped, waits, instead, {}, choices_of(journeys))


def _kept(journeys: Journeys) -> int:
    kept = journeys.keep_journey
    return len(journeys) if kept is None else int(kept.sum())


def merge(a: Partial, b: Partial) -> Partial:
    """The contribution of two shards together."""
    return Partial(
        a.journeys + b.journeys,
        a.reached + b.reached,
        a.dropped + b.dropped,
        a.waits.merge(b.waits),
        tuple(x + y for x, y in zip(a.instead, b.instead, strict=True)),
        merged(a.groups, b.groups),
        extended((a.choices, b.choices)),
    )


def finish(partial: Partial, query: Query) -> Funnel:
    """The funnel. Raises FunnelImpossible for an unknown breakdown."""
    if not query.counts_only:
        check_choice(query.by, partial.choices, "the funnel", FunnelImpossible)
    listed, rest = folded(partial.groups, query.most_groups)
    groups = [_group(value, group, query) for value, group in listed]
    if rest is not None:
        groups.append(_group(None, rest, query, rest=True))
    return Funnel(
        count_by=query.count_by,
        journeys=partial.journeys,
        steps=tuple(_step(s, partial, query) for s in range(len(query.steps))),
        converted=_converted(partial.reached, query),
        time_to_convert=partial.waits.of_series(0),
        groups=tuple(groups),
    )


def _step(s: int, partial: Partial, query: Query) -> FunnelStep:
    reached = partial.reached.tolist()
    ranked = sorted(partial.instead[s].items(), key=lambda e: (-e[1], e[0] is None, e[0] or ""))
    return FunnelStep(
        name=query.steps[s].told,
        optional=query.steps[s].optional,
        reached=reached[s],
        share_of_first=share(reached[s], reached[0]),
        share_of_previous=share(reached[s], reached[query.required_before[s]]),
        time_from_previous=partial.waits.of_series(s) if s else Wait(),
        dropped=int(partial.dropped[s]),
        instead=tuple(Instead(name, count) for name, count in ranked[: query.most_instead]),
    )


def _group(value: str | None, group: Group, query: Query, *, rest: bool = False) -> FunnelGroup:
    return FunnelGroup(
        value=value,
        reached=tuple(group.reached.tolist()),
        converted=_converted(group.reached, query),
        time_to_convert=group.waits.of_series(0),
        rest=rest,
    )


def _converted(reached: I64, query: Query) -> Share:
    return share(int(reached[query.last_required]), int(reached[0]))
