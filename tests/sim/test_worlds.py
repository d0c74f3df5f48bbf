"""The worlds hold what their truth says."""

from __future__ import annotations

import json

import numpy as np
import pytest

from desireline.sim import SHAPES, Truth, World, world
from desireline.sim.worlds import ShapeUnknown


def names(made: World) -> tuple[np.ndarray, np.ndarray]:
    """Case and event name of each event that is no noise, in order."""
    events = made.events()
    name = np.array(events.events)[events.code]
    kept = ~np.isin(name, made.truth.noise)
    return events.case[kept], name[kept]


@pytest.mark.parametrize("shape", SHAPES)
class TestEveryShape:
    def test_same_seed_gives_same_bytes(self, shape: str) -> None:
        one, two = world(3, shape, 200).events(), world(3, shape, 200).events()
        assert one.time.tobytes() == two.time.tobytes()
        assert one.code.tobytes() == two.code.tobytes()
        assert one.events == two.events

    def test_another_seed_gives_another_world(self, shape: str) -> None:
        one, two = world(3, shape, 200).events(), world(4, shape, 200).events()
        assert one.time.tobytes() != two.time.tobytes()

    def test_every_event_type_is_a_touchpoint_or_noise(self, shape: str) -> None:
        made = world(5, shape, 2000)
        truth = made.truth
        assert set(made.events().events) == {*truth.order, *truth.noise}
        assert len(truth.order) == len(set(truth.order))
        assert set(truth.outcomes) <= set(truth.order)
        seen = np.unique(made.events().code)
        assert len(seen) == len(made.events().events)

    def test_vocabulary_is_not_in_the_canonical_order(self, shape: str) -> None:
        made = world(6, shape, 100)
        listed = [name for name in made.events().events if name in made.truth.order]
        assert listed != list(made.truth.order)
        assert sorted(listed) != list(made.truth.order)

    def test_ranks_and_stages_only_rise(self, shape: str) -> None:
        truth = world(7, shape, 100).truth
        ranks = [touchpoint.rank for touchpoint in truth.touchpoints]
        stages = [touchpoint.stage for touchpoint in truth.touchpoints]
        assert ranks == sorted(ranks)
        assert stages == sorted(stages)
        assert len(truth.boundaries) == len(truth.stages) - 1

    def test_nobody_goes_back_over_a_stage(self, shape: str) -> None:
        made = world(8, shape, 500)
        stage_of = {t.name: t.stage for t in made.truth.touchpoints}
        case, name = names(made)
        stage = np.array([stage_of[n] for n in name.tolist()])
        same = case[1:] == case[:-1]
        assert (np.diff(stage)[same] >= 0).all()

    def test_alternatives_share_a_rank(self, shape: str) -> None:
        truth = world(9, shape, 100).truth
        rank_of = {t.name: t.rank for t in truth.touchpoints}
        for group in truth.alternatives:
            assert len({rank_of[name] for name in group}) == 1

    def test_what_is_not_optional_is_on_every_way_to_the_outcome(self, shape: str) -> None:
        made = world(10, shape, 500)
        case, name = names(made)
        last = made.truth.members(len(made.truth.stages) - 1)
        walked = [set(part) for part in np.split(name, np.flatnonzero(np.diff(case)) + 1)]
        through = [walk for walk in walked if walk & set(last[-1:])]
        earlier = [t for t in made.truth.touchpoints if not t.optional and t.name not in last]
        assert through
        assert all(t.name in walk for walk in through for t in earlier)

    def test_what_is_not_repeatable_comes_once(self, shape: str) -> None:
        made = world(11, shape, 500)
        case, name = names(made)
        once = {t.name for t in made.truth.touchpoints if not t.repeatable}
        pairs = [pair for pair in zip(case.tolist(), name.tolist(), strict=True) if pair[1] in once]
        assert len(pairs) == len(set(pairs))

    def test_waits_between_stages_are_longer_than_within(self, shape: str) -> None:
        made = world(12, shape, 800)
        events = made.events()
        stage_of = {t.name: t.stage for t in made.truth.touchpoints}
        stage = np.array([stage_of.get(name, -1) for name in events.events])[events.code]
        kept = stage >= 0
        case, time, stage = events.case[kept], events.time[kept], stage[kept]
        same, wait = case[1:] == case[:-1], np.diff(time)
        for s in range(len(made.truth.stages) - 1):
            within = wait[same & (stage[1:] == s) & (stage[:-1] == s)]
            on = wait[same & (stage[1:] == s + 1) & (stage[:-1] == s)]
            assert np.median(on) > np.median(within)


class TestPlainOrder:
    def test_linear_world_is_walked_in_its_order(self) -> None:
        made = world(1, "linear", 300)
        place = {name: i for i, name in enumerate(made.truth.order)}
        case, name = names(made)
        step = np.diff([place[n] for n in name.tolist()])
        assert (step[case[1:] == case[:-1]] == 1).all()

    def test_noise_of_the_noisy_world_is_two_events_of_five(self) -> None:
        made = world(2, "noisy", 2000)
        events = made.events()
        noise = np.isin(np.array(events.events)[events.code], made.truth.noise)
        assert abs(noise.mean() - 0.4) < 0.01

    def test_most_leave_the_early_exits_world_in_its_first_stage(self) -> None:
        made = world(2, "early_exits", 2000)
        case, name = names(made)
        on = np.isin(name, made.truth.members(1))
        assert 0.18 < len(np.unique(case[on])) / 2000 < 0.27

    def test_two_outcomes_exclude_each_other(self) -> None:
        made = world(2, "two_outcomes", 2000)
        case, name = names(made)
        won, lost = (set(case[name == outcome].tolist()) for outcome in made.truth.outcomes)
        assert won
        assert lost
        assert not won & lost

    def test_any_order_world_has_every_order(self) -> None:
        made = world(2, "any_order", 2000)
        group = made.truth.any_order[0]
        case, name = names(made)
        first = {}
        for c, n in zip(case.tolist(), name.tolist(), strict=True):
            if n in group:
                first.setdefault(c, n)
        shares = np.unique(list(first.values()), return_counts=True)[1] / len(first)
        assert len(shares) == len(group)
        assert abs(shares - 1 / len(group)).max() < 0.06

    def test_tiny_world_has_300_journeys(self) -> None:
        assert len(world(2, "tiny").events().ids) == 300


class TestAsk:
    def test_seed_picks_a_shape(self) -> None:
        assert [world(seed).truth.shape for seed in range(len(SHAPES))] == list(SHAPES)

    def test_names_are_words_or_codes(self) -> None:
        assert all(name.isalpha() for name in world(0, "linear").truth.order)
        assert all(name[0] == "e" and name[1:].isdigit() for name in world(1, "linear").truth.order)

    def test_unknown_shape_names_the_known_ones(self) -> None:
        with pytest.raises(ShapeUnknown, match="'spiral'") as caught:
            world(1, "spiral")
        assert "subscription" in caught.value.hint

    @pytest.mark.parametrize("shape", ["linear", "branches", "any_order"])
    def test_truth_lives_through_json(self, shape: str) -> None:
        truth = world(5, shape, 100).truth
        assert Truth.from_dict(json.loads(json.dumps(truth.to_dict()))) == truth
