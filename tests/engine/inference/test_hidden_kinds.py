"""The effect at once, where a hidden kind chooses and succeeds: planted, with and without one."""

from __future__ import annotations

import numpy as np
import pytest

from desireline.engine.inference.hidden_kinds import Likelihood, Rounds, at_once
from desireline.engine.inference.logistic import expit


def _rounds(effect: float, seed: int, persons: int = 8_000) -> Rounds:
    dice = np.random.default_rng(seed)
    kind = dice.random(persons) < 0.4
    did = dice.random(persons) < np.where(kind, 0.85, 0.35)
    went, outcome = (np.full((persons, 6), -1, np.int64) for _ in range(2))
    there = np.ones(persons, np.bool_)
    for number in range(6):
        works = did & (number == 0)
        comes = dice.random(persons) < expit(np.where(kind, 0.3, -1.3) + effect * works)
        went[there, number], outcome[there, number] = works[there], comes[there]
        there &= comes
    return Rounds(went, outcome, np.ones((persons, 6)))


def _cut_short(rounds: Rounds, seed: int) -> Rounds:
    """The same, half of all rounds followed for half of the time: what comes later is not seen."""
    dice = np.random.default_rng(seed)
    followed = np.where(dice.random(rounds.went.shape) < 0.5, 1.0, 0.5)
    missed = (rounds.outcome == 1) & (dice.random(rounds.went.shape) > followed)
    outcome = np.where(missed, 0, rounds.outcome)
    behind = np.cumsum(missed, axis=1) - missed > 0
    outcome, went = (np.where(behind, -1, part) for part in (outcome, rounds.went))
    return Rounds(went, outcome, followed)


@pytest.mark.parametrize("short", [False, True])
@pytest.mark.parametrize(("effect", "seed"), [(0.0, 1), (0.0, 2), (0.8, 1), (0.8, 2)])
def test_the_planted_effect_is_inside(effect: float, seed: int, *, short: bool) -> None:
    rounds = _rounds(effect, seed)
    found = at_once(_cut_short(rounds, seed) if short else rounds)
    assert found is not None
    truth = 0.4 * (expit(np.array(0.3 + effect)) - expit(np.array(0.3)))
    truth += 0.6 * (expit(np.array(-1.3 + effect)) - expit(np.array(-1.3)))
    assert found.low - 0.01 <= truth <= found.high + 0.01
    assert found.low < found.least < found.difference < found.most < found.high
    assert found.later_did > found.later_not


def test_few_who_come_again_say_nothing() -> None:
    assert at_once(_rounds(0.0, 1, persons=200)) is None


def test_rounds_stand_by_person_in_order() -> None:
    person = np.array([1, 1, 2])
    went, outcome = np.array([True, False, False]), np.array([False, True, True])
    made = Rounds.of(person, went, outcome, np.array([1.0, 0.52, 1.0]))
    assert made.followed[:, :2].tolist() == [[1.0, 0.5], [1.0, 1.0]]
    assert made.whole[:, :2].tolist() == [[True, False], [True, False]]
    assert made.went[:, :3].tolist() == [[1, 0, -1], [0, -1, -1]]
    assert made.outcome[:, :3].tolist() == [[0, 1, -1], [1, -1, -1]]


def test_the_gradient_is_that_of_the_likelihood() -> None:
    likelihood = Likelihood.of(_cut_short(_rounds(0.5, 3, persons=500), 3))
    at = np.array([0.3, -1.0, 0.2, 0.1, -0.8, 0.7])
    _, turned = likelihood.lost(at)
    for place in range(len(at)):
        step = np.zeros(len(at))
        step[place] = 1e-5
        slope = (likelihood.lost(at + step)[0] - likelihood.lost(at - step)[0]) / 2e-5
        assert turned[place] == pytest.approx(slope, rel=1e-4, abs=1e-2)
