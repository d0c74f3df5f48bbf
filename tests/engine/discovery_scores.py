"""How well a draft agrees with what was planted: order, stage boundaries, noise, outcome."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from desireline.engine.building import build
from desireline.engine.discovery import Draft, find
from desireline.sim import Truth, world


def tau_b(x: Sequence[float], y: Sequence[float]) -> float:
    """Kendall's rank correlation with ties (Kendall 1945); 1 for fewer than two that differ."""
    agree = disagree = only_x = only_y = 0
    for i, j in combinations(range(len(x)), 2):
        a, b = x[i] - x[j], y[i] - y[j]
        agree += a * b > 0
        disagree += a * b < 0
        only_x += a != 0 and b == 0
        only_y += a == 0 and b != 0
    both = agree + disagree
    scale = ((both + only_x) * (both + only_y)) ** 0.5
    return (agree - disagree) / scale if scale else 1.0


@dataclass(frozen=True)
class Score:
    """One draft against one truth."""

    shape: str
    seed: int
    tau: float
    """Over places: what shares a place is tied."""
    tau_flat: float
    """Over the order in which the document lists the touchpoints, without ties."""
    stages_planted: int
    stages_found: int
    farthest: int
    """Touchpoints between a planted boundary and the nearest found, at worst."""
    spurious: int
    """The same from each found boundary to the nearest planted."""
    missed: int
    """Touchpoints that are not in the draft."""
    noise_planted: int
    noise_found: int
    noise_right: int
    outcome: bool
    """Whether every event type of the outcome is a planted one."""


def scored(shape: str, seed: int) -> Score:
    """The score of discovery on the world of a shape and seed."""
    made = world(seed, shape)
    return compared(find(build(made.events())), made.truth, shape, seed)


def compared(draft: Draft, truth: Truth, shape: str = "", seed: int = 0) -> Score:
    """The score of a draft."""
    rank = {t.name: t.rank for t in truth.touchpoints}
    stage = {t.name: t.stage for t in truth.touchpoints}
    place = draft.place_of
    planted = [name for name in truth.order if name in place]
    listed = [name for name in draft.order if name in rank]
    right = _boundaries(planted, stage)
    found = _boundaries(listed, draft.stage_of)
    return Score(
        shape=shape,
        seed=seed,
        tau=tau_b([rank[n] for n in planted], [place[n] for n in planted]),
        tau_flat=tau_b([rank[n] for n in listed], range(len(listed))),
        stages_planted=len(truth.stages),
        stages_found=len(draft.stages),
        farthest=_farthest(right, found),
        spurious=_farthest(found, right),
        missed=len(truth.order) - len(planted),
        noise_planted=len(truth.noise),
        noise_found=len(draft.noise),
        noise_right=len(set(draft.noise) & set(truth.noise)),
        outcome=draft.outcome is not None and set(draft.outcome.events) <= set(truth.outcomes),
    )


def _boundaries(names: Sequence[str], stage: dict[str, int]) -> list[int]:
    """Positions at which the stage changes."""
    return [i for i in range(1, len(names)) if stage[names[i]] != stage[names[i - 1]]]


def _farthest(these: list[int], those: list[int]) -> int:
    """The distance from the worst of these to the nearest of those; 99 if there is none."""
    return max((min((abs(a - b) for b in those), default=99) for a in these), default=0)
