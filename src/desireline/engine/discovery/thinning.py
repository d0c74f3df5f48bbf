"""From a draft with every touchpoint to one that fits on a map; what goes is listed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desireline.engine.discovery import lexicon, naming
from desireline.engine.discovery.draft import Draft, FoundTouchpoint, LeftOutType

OPTIONAL = 0.9
"""A touchpoint is optional if fewer of those who came to its place or further have it."""
OF_EACH_STAGE = 3
"""Touchpoints of each stage that stay in any case."""


def thinned(draft: Draft, most: int) -> Draft:
    """The draft with at most so many touchpoints (but some for each stage, and the outcome).

    Alternatives become one touchpoint first. If there are still too many, the least worth goes:
    worth is reach times the share of those who came so far, so that the end of the way, which few
    see, is not the first to go; names that speak of a goal count double.
    """
    if len(draft.touchpoints) <= most:
        return draft
    joined = _joined(draft.touchpoints)
    goal = set(draft.outcome.events) if draft.outcome else set()
    kept = _kept(joined, goal, most)
    out = [t for i, t in enumerate(joined) if i not in kept]
    left = [
        crowded(event, t.journeys, t.count if i == 0 else 0)
        for t in out
        for i, event in enumerate(t.events)
    ]
    return replace(
        draft,
        touchpoints=tuple(t for i, t in enumerate(joined) if i in kept),
        left_out=(*draft.left_out, *left),
        mapped_events=draft.mapped_events - sum(t.count for t in out),
    )


def crowded(event: str, journeys: int, count: int) -> LeftOutType:
    """An event type for which there is no room."""
    reason = f"Left out for room: {journeys:,} journeys; the map shows what tells more."
    return LeftOutType(event, "crowded", reason, journeys, count)


def _joined(touchpoints: Sequence[FoundTouchpoint]) -> list[FoundTouchpoint]:
    """The touchpoints with alternatives as one."""
    groups: dict[int, list[FoundTouchpoint]] = {}
    for i, t in enumerate(touchpoints):
        groups.setdefault(i if t.alternative_to is None else t.alternative_to, []).append(t)
    return [_one(found) for found in groups.values()]


def _one(found: list[FoundTouchpoint]) -> FoundTouchpoint:
    """One touchpoint for several that stand for each other; hardly a journey has two of them."""
    if len(found) == 1:
        return found[0]
    events = tuple(event for t in found for event in t.events)
    passed = min(sum(t.passed for t in found), 1.0)
    return replace(
        max(found, key=lambda t: t.journeys),
        name=naming.touchpoint_name(events),
        events=events,
        journeys=sum(t.journeys for t in found),
        reach=min(sum(t.reach for t in found), 1.0),
        count=sum(t.count for t in found),
        passed=passed,
        optional=passed < OPTIONAL,
        repeatable=any(t.repeatable for t in found),
        alternative_to=None,
        reason=f"{len(found)} alternatives in one place. {found[0].reason}",
    )


def _kept(touchpoints: list[FoundTouchpoint], goal: set[str], most: int) -> set[int]:
    """The indexes of the touchpoints that stay."""

    def worth(i: int) -> float:
        t = touchpoints[i]
        return t.journeys * t.passed * (2 if any(map(lexicon.reaches, t.events)) else 1)

    rank = sorted(range(len(touchpoints)), key=lambda i: (-worth(i), i))
    must = {i for i, t in enumerate(touchpoints) if goal & set(t.events)}
    for stage in {t.stage for t in touchpoints}:
        must |= set([i for i in rank if touchpoints[i].stage == stage][:OF_EACH_STAGE])
    spare = [i for i in rank if i not in must]
    return must | set(spare[: max(most - len(must), 0)])
