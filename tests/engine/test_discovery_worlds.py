"""Discovery against planted truth: thirteen shapes of world, several seeds each."""

from __future__ import annotations

import pytest
from tests.engine.discovery_scores import compared, scored, tau_b
from tests.engine.hard_worlds import KINDS, hard_world

from desireline.engine.discovery import find
from desireline.sim import SHAPES

SEEDS = (1, 2, 11)
UNKNOWABLE = {"any_order"}
"""Its last stage comes in any order, so that nothing tells which of its touchpoints is the goal."""


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("seed", SEEDS)
def test_finds_what_was_planted(shape: str, seed: int) -> None:
    score = scored(shape, seed)
    assert score.tau >= 0.9
    assert score.tau_flat >= 0.9
    assert score.stages_found == score.stages_planted
    assert score.farthest <= 1
    assert score.spurious <= 1
    assert score.missed == 0
    assert score.noise_right == score.noise_planted == score.noise_found
    assert score.outcome or shape in UNKNOWABLE


@pytest.mark.parametrize("kind", KINDS)
def test_finds_what_was_planted_by_other_rules(kind: str) -> None:
    journeys, truth = hard_world(3, kind)
    score = compared(find(journeys), truth)
    assert score.tau >= 0.9
    assert score.farthest <= 1
    assert score.spurious <= 1 or kind == "slow steps within stages"
    assert score.missed == 0
    assert score.noise_right == score.noise_planted == score.noise_found
    assert score.outcome


def test_tau_b_by_pencil() -> None:
    assert tau_b([1, 2, 3], [1, 2, 3]) == 1
    assert tau_b([1, 2, 3], [3, 2, 1]) == -1
    # 6 pairs: 4 agree, one is tied in x only, one in y only.
    assert tau_b([1, 1, 2, 3], [1, 2, 3, 3]) == pytest.approx(4 / 5)
