"""What the answer of each analysis says, in a few sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from desireline.engine.analyses import funnel, paths, positions, retention, touchpoints
from desireline.engine.analyses.result import Result
from desireline.engine.analyses.shares import Share, share
from desireline.engine.analyses.transitions import Transitions
from desireline.engine.analyses.variants import Variants
from desireline.engine.conformance.result import Conformance
from desireline.engine.differences import Comparison
from desireline.engine.effects.result import Effect
from desireline.engine.endings.result import Endings
from desireline.engine.hypotheses.result import Hypothesis
from desireline.engine.moments.result import Moments
from desireline.engine.numbers import more_needed
from desireline.engine.pains import Pains
from desireline.engine.saying.message import Message, said
from desireline.engine.saying.of_comparisons import of_comparison
from desireline.engine.saying.of_conformance import of_conformance
from desireline.engine.saying.of_effects import of_effect, of_hypothesis
from desireline.engine.saying.of_endings import of_endings
from desireline.engine.saying.of_moments import of_moments
from desireline.engine.saying.of_pains import of_pains

LEAST_WAITS = 10
"""Waits below which no quantile is told."""
ARROW = " > "


def in_words(result: Result, names: tuple[str, str] = ("A", "B")) -> list[Message]:
    """The sentences of an answer; `names` are those of the groups of a comparison."""
    if isinstance(result, Comparison):
        return list(of_comparison(result, names))
    return list(SAYS[type(result)](result)) or [said("nothing")]


def _shares(told: Share) -> dict[str, Any]:
    return {"n": told.n, "share": told.share, "low": told.low, "high": told.high}


def _finding(key: str, told: Share, **values: Any) -> Message:
    """The finding; where its interval is too wide to be one, how many more are needed."""
    more = more_needed(told)
    if more:
        return said("too_few", n=told.n, count=told.count, more=more)
    return said(key, **_shares(told), **values)


def of_transitions(found: Transitions) -> Iterator[Message]:
    """The most frequent step, where journeys end, and negative waits."""
    if found.transitions:
        one = found.transitions[0]
        of_source = one.among or share(one.count, round(one.count / one.share))
        values: dict[str, Any] = {"cases": found.cases, "events": found.n_events}
        values |= {"from": one.source, "to": one.target, "count": one.count}
        yield _finding("transitions.most", of_source, **values)
    if found.ends:
        last = found.ends[0]
        told = last.among or share(last.count, found.cases)
        yield _finding("transitions.ends", told, event=last.source)
    if found.negative_waits:
        yield said("transitions.negative", count=found.negative_waits)


def of_variants(found: Variants) -> Iterator[Message]:
    """The most frequent way, and how many journeys the told ones are."""
    if not found.variants:
        return
    first, last = found.variants[0], found.variants[-1]
    way = ARROW.join(first.events)
    told = Share(found.cases, first.count, first.share, first.low, first.high)
    yield _finding("variants.first", told, distinct=found.distinct, events=way)
    yield said("variants.coverage", told=len(found.variants), coverage=last.coverage)


def of_funnel(found: funnel.Funnel) -> Iterator[Message]:
    """How many convert, where most are lost and what they did instead, how long it took."""
    converted, names = found.converted, [step.name for step in found.steps]
    if not converted.n:
        return
    last = next(s.name for s in reversed(found.steps) if not s.optional)
    ends = {"first": names[0], "last": last, **_shares(converted)}
    more = more_needed(converted)
    if more:
        yield said("funnel.few", **ends, count=converted.count, more=more)
    else:
        yield said("funnel.converted", **ends)
    yield from _of_weakest(found)
    took = found.time_to_convert
    if took.n >= LEAST_WAITS:
        yield said("funnel.time", n=took.n, p50=took.p50, p90=took.p90)
    yield said("funnel.young")


def _of_weakest(found: funnel.Funnel) -> Iterator[Message]:
    lost = [
        (one.share_of_previous.n - one.share_of_previous.count, place)
        for place, one in enumerate(found.steps)
        if place and not one.optional
    ]
    if not lost or not max(lost)[0]:
        return
    place = max(lost)[1]
    step = found.steps[place]
    if more_needed(step.share_of_previous):
        return
    yield said("funnel.weakest", step=step.name, **_shares(step.share_of_previous))
    instead = found.steps[place - 1].instead
    if instead and instead[0].name is None:
        yield said("funnel.nothing", step=step.name, count=instead[0].count)
    elif instead:
        event = {"event": instead[0].name, "count": instead[0].count}
        yield said("funnel.instead", step=step.name, **event)


def of_paths(found: paths.Paths) -> Iterator[Message]:
    """What comes next most often, and what came before."""
    for side, root in (("after", found.after), ("before", found.before)):
        first = max(root.children, key=lambda child: child.count, default=None)
        if first is None:
            continue
        told = Share(found.anchors, first.count, first.share, first.low, first.high)
        if first.kind == "event":
            yield _finding(f"paths.{side}", told, event=first.event)
        elif first.kind == "end" and side == "after":
            yield _finding("paths.end", told)


def of_touchpoints(found: touchpoints.Touchpoints) -> Iterator[Message]:
    """Where most come, where most are lost, and where most come back."""
    walked = [one for one in found.touchpoints if one.journeys]
    if not walked:
        return
    yield _finding("touchpoints.reach", walked[0].reach, event=walked[0].event)
    leaves = max(walked, key=lambda one: one.exit.count)
    if leaves.exit.count and not more_needed(leaves.exit):
        yield said("touchpoints.exit", event=leaves.event, **_shares(leaves.exit))
    sure = [one for one in walked if not more_needed(one.loop)]
    loops = max(sure, key=lambda one: one.loop.share or 0.0, default=None)
    if loops is not None and loops.loop.count:
        yield said("touchpoints.loop", event=loops.event, **_shares(loops.loop))


def of_positions(found: positions.Positions) -> Iterator[Message]:
    """Where most stand, and where they stand longest."""
    if not found.positions:
        return
    most = found.positions[0]
    yield _finding("positions.most", most.share, event=most.event, count=most.open)
    enough = [one for one in found.positions if one.open >= LEAST_WAITS]
    longest = max(enough, key=lambda one: one.open_since.p50 or 0.0, default=None)
    if longest is not None:
        n, p50 = longest.open, longest.open_since.p50
        yield said("positions.longest", event=longest.event, n=n, p50=p50)


def of_retention(found: retention.Retention) -> Iterator[Message]:
    """How many come back in the first period and in the last that is over; what is not known."""
    if not found.n:
        return
    key = "retention.rolling" if found.kind == "on_or_after" else "retention.first"
    over = [cell for cell in found.cells if cell.state == "over" and cell.period]
    for cell in dict.fromkeys((*over[:1], *over[-1:])):
        yield _finding(key, share(cell.count, cell.n), period=found.period, k=cell.period)
    unripe = sum(cell.state != "over" for one in found.cohorts for cell in one.cells)
    if unripe:
        yield said("retention.unripe", cells=unripe, period=found.period)
    if found.kind == "on_or_after":
        yield said("retention.longer", period=found.period)
    yield said("retention.begins")


SAYS: Mapping[type, Callable[[Any], Iterator[Message]]] = {
    Transitions: of_transitions,
    Variants: of_variants,
    funnel.Funnel: of_funnel,
    paths.Paths: of_paths,
    touchpoints.Touchpoints: of_touchpoints,
    positions.Positions: of_positions,
    retention.Retention: of_retention,
    Conformance: of_conformance,
    Endings: of_endings,
    Effect: of_effect,
    Hypothesis: of_hypothesis,
    Moments: of_moments,
    Pains: of_pains,
}
"""Who tells the answer of which analysis."""
