"""Names for what was found: touchpoints, stages, and the sentences that say why."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from desireline.engine.discovery import lexicon
from desireline.engine.discovery.draft import FoundStage, FoundTouchpoint
from desireline.engine.discovery.stages import SHORT, Cuts
from desireline.engine.journey_map import default_name
from desireline.engine.journeys import F64

SPEAKS = 0.5
"""Share of the touchpoints whose names must speak for a default stage, for these to be used."""
TELLING = 0.25
"""A touchpoint tells a stage if it has this share of the journeys of the most common one there."""
BY_NAMES = "There are too few touchpoints for the numbers to tell: the names decided."
LONGEST = 60
"""Characters of a name made of several."""


def touchpoint_name(events: Sequence[str]) -> str:
    """The name of a touchpoint: that of its event type, or of the first of several."""
    first = default_name(events[0])
    if len(events) == 1:
        return first
    both = " + ".join(default_name(event) for event in events)
    return both if len(both) <= LONGEST else f"{first} + {len(events) - 1} more"


def why(
    events: Sequence[str], dependence: float, agreement: float, *, mixed: bool, twin: bool
) -> str:
    """The sentence that says why these event types are a touchpoint at this place."""
    parts = [f"Its place on the way explains {dependence:.0%} of when it comes"]
    parts.append(f"{agreement:.0%} of its pairs agree with the order")
    if len(events) > 1:
        parts.append(f"{len(events)} event types are one act or stand for each other")
    if twin:
        parts.append("it stands for another touchpoint in the same place")
    if mixed:
        parts.append("it and its neighbours come in any order")
    return "; ".join(parts) + "."


def named_stages(
    touchpoints: Sequence[FoundTouchpoint], evidence: Cuts | None, begins: list[int]
) -> tuple[FoundStage, ...]:
    """The stages with their names, and how strongly the beginning of each stands out."""
    if not touchpoints:
        return ()
    members = [[t for t in touchpoints if t.stage == s] for s in range(len(begins) + 1)]
    names = _names(members)
    if evidence is None or not begins:
        return (FoundStage(names[0]),)
    edges = [0, *begins, len(evidence.score) + 1]
    later = [_strength(evidence, edges, s, names[s]) for s in range(1, len(names))]
    return (FoundStage(names[0]), *later)


def _strength(evidence: Cuts, edges: list[int], stage: int, name: str) -> FoundStage:
    """How the cut before a stage differs from the cuts within the stages on both sides."""
    at = edges[stage] - 1
    beside = [c for c in range(edges[stage - 1], edges[stage + 1] - 1) if c != at]
    beside = beside or [c for c in range(len(evidence.score)) if c + 1 not in edges]

    def above(values: F64) -> float:
        return float(values[at] - (values[beside].mean() if beside else values.mean()))

    wait, leave, stay = (above(v) for v in (evidence.wait, evidence.leave, evidence.stay))
    longer, more, fewer = (float(np.exp(v)) for v in (wait, leave, stay))
    strength = wait + leave + stay
    reason = (
        f"Against the steps within the stages beside it, the wait before it is {longer:.2g} times "
        f"as long, {more:.2g} times as many leave, and {fewer:.2g} times fewer come back."
    )
    if len(evidence.score) + 1 < SHORT:
        reason = BY_NAMES
    return FoundStage(name, longer, more, fewer, strength, reason)


def _names(members: list[list[FoundTouchpoint]]) -> list[str]:
    own = [_telling(found) for found in members]
    default = _default(members)
    names = [d or o for d, o in zip(default, own, strict=True)]
    seen: dict[str, int] = {}
    for i, name in enumerate(names):
        seen[name] = seen.get(name, 0) + 1
        if seen[name] > 1:
            names[i] = f"{name} ({seen[name]})"
    return names


def _telling(found: list[FoundTouchpoint]) -> str:
    """First to last of the touchpoints that many come to."""
    most = max(t.journeys for t in found)
    telling = [default_name(t.events[0]) for t in found if t.journeys >= TELLING * most]
    first, last = telling[0], telling[-1]
    return first if first == last else f"{first} to {last}"


def _default(members: list[list[FoundTouchpoint]]) -> list[str | None]:
    """A default stage for each stage whose names speak for it, in the default order; else None.

    The choice, rising from stage to stage, that most touchpoints speak for; nothing where fewer
    than half of all touchpoints speak at all, or all for one default stage.
    """
    votes = np.zeros((len(members), len(lexicon.STAGES)))
    for s, found in enumerate(members):
        for t in found:
            spoken = [v for e in t.events if (v := lexicon.stage_of(e)) is not None]
            if spoken:
                votes[s, max(spoken)] += 1
    silent: list[str | None] = [None] * len(members)
    total = sum(len(found) for found in members)
    if votes.sum() < SPEAKS * total or (votes.sum(axis=0) > 0).sum() < 2:
        return silent
    size = min(len(members), len(lexicon.STAGES))
    best, chosen = -1.0, silent
    for which in combinations(range(len(members)), size):
        for labels in combinations(range(len(lexicon.STAGES)), size):
            score = sum(votes[s, v] for s, v in zip(which, labels, strict=True))
            if score > best:
                best = score
                chosen = silent.copy()
                for s, v in zip(which, labels, strict=True):
                    chosen[s] = lexicon.STAGES[v] if votes[s, v] > 0 else None
    return chosen
