"""Journeys that follow a plan, and the same with one deviation of a known kind planted in some."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from desireline.engine.conformance.result import DeviationKind
from desireline.engine.journey_map import JourneyMap
from desireline.engine.journey_map.parts import Goal, Stage, Touchpoint
from desireline.engine.rules.ast import Event

Walk = list[tuple[str, float]]
Changed = tuple[Walk, tuple[DeviationKind, str]] | None
"""A walk with one deviation, and which; None where this kind finds no place in it."""
STRANGER = "went_elsewhere"
HOUR = 3600.0
LATEST, EARLIEST = 10 * HOUR, 0.2 * HOUR


@dataclass(frozen=True)
class Planted:
    """Walks, and for each what was planted in it: the kind and the touchpoint or event type."""

    walks: list[Walk]
    truth: list[tuple[DeviationKind, str] | None]


def plan_map(random: Random) -> JourneyMap:
    """Three to five stages of required touchpoints, some optional, with branches between them."""
    stages, n = [], 0
    for number in range(random.randint(3, 5)):
        made = []
        for _ in range(random.randint(2, 3)):
            made.append(_touchpoint(random, n))
            n += 1
        branch = _touchpoint(random, n, alternative_to=made[0].key)
        n += 1
        made.append(branch)
        any_order = random.random() < 0.3
        stages.append(
            Stage(key=f"s{number}", name="S", touchpoints=tuple(made), any_order=any_order)
        )
    return JourneyMap(key="m", name="M", stages=tuple(stages), goal=Goal(outcome=Event(("won",))))


def _touchpoint(random: Random, n: int, alternative_to: str | None = None) -> Touchpoint:
    return Touchpoint(
        key=f"t{n}",
        name=f"T{n}",
        rule=Event((f"t{n}", f"t{n}_failed")),
        failed_when=Event((f"t{n}_failed",)),
        optional=alternative_to is None and random.random() < 0.2,
        repeatable=random.random() < 0.2,
        alternative_to=alternative_to,
        not_before_seconds=EARLIEST,
        not_after_seconds=LATEST,
    )


def planted(random: Random, journey_map: JourneyMap, n: int, share: float = 0.4) -> Planted:
    """So many walks, a share of them with one deviation."""
    walks, truth = [], []
    for _ in range(n):
        way = _run(random, journey_map)
        found = _with_one(random, journey_map, way) if random.random() < share else None
        walks.append(way if found is None else found[0])
        truth.append(None if found is None else found[1])
    return Planted(walks, truth)


def _run(random: Random, journey_map: JourneyMap) -> Walk:
    """A walk that fits: steps of one to eight hours."""
    way: Walk = []
    at = 0.0
    for stage in journey_map.stages:
        mains = [t for t in stage.touchpoints if t.alternative_to is None]
        if stage.any_order:
            random.shuffle(mains)
        for main in mains:
            if main.optional and random.random() < 0.3:
                continue
            others = [t for t in stage.touchpoints if t.alternative_to == main.key]
            chosen = random.choice([main, *others])
            for _ in range(random.randint(1, 3) if chosen.repeatable else 1):
                at += random.uniform(1, 8) * HOUR
                way.append((chosen.key, at))
    return way


def _with_one(random: Random, journey_map: JourneyMap, way: Walk) -> Changed:
    return random.choice(PLANTED)(random, journey_map, way)


def _stage_of(journey_map: JourneyMap, key: str) -> int:
    return next(
        n for n, s in enumerate(journey_map.stages) if any(t.key == key for t in s.touchpoints)
    )


def _single(journey_map: JourneyMap, way: Walk) -> list[int]:
    """Places of events of touchpoints that are required, happen once, and are no branch."""
    by_key = {t.key: t for t in journey_map.touchpoints}
    return [
        i
        for i, (key, _) in enumerate(way)
        if not by_key[_main(journey_map, key)].optional and not by_key[key].repeatable
    ]


def _main(journey_map: JourneyMap, key: str) -> str:
    return next(t.alternative_to or t.key for t in journey_map.touchpoints if t.key == key)


def _retimed(way: list[str]) -> Walk:
    return [(key, HOUR * (1 + 4 * i)) for i, key in enumerate(way)]


def _missing(random: Random, journey_map: JourneyMap, way: Walk) -> Changed:
    last = _stage_of(journey_map, way[-1][0])
    places = [i for i in _single(journey_map, way) if _stage_of(journey_map, way[i][0]) < last]
    if not places:
        return None
    at = random.choice(places)
    left = _retimed([key for i, (key, _) in enumerate(way) if i != at])
    return left, ("missing", _main(journey_map, way[at][0]))


def _ad_hoc(random: Random, journey_map: JourneyMap, way: Walk) -> Changed:
    keys = [key for key, _ in way]
    keys.insert(random.randint(0, len(keys)), STRANGER)
    return _retimed(keys), ("ad_hoc", STRANGER)


def _out_of_order(random: Random, journey_map: JourneyMap, way: Walk) -> Changed:
    """Moved over at least two required touchpoints of other stages, so that it is clear which."""
    places = _single(journey_map, way)
    random.shuffle(places)
    for at in places:
        stage = _stage_of(journey_map, way[at][0])
        beyond = [i for i in _single(journey_map, way) if _stage_of(journey_map, way[i][0]) > stage]
        if len(beyond) >= 3:
            keys = [key for key, _ in way]
            moved = keys.pop(at)
            keys.insert(beyond[2], moved)
            return _retimed(keys), ("out_of_order", moved)
    return None


def _repeated(random: Random, journey_map: JourneyMap, way: Walk) -> Changed:
    places = _single(journey_map, way)
    if not places:
        return None
    at = random.choice(places)
    keys = [key for key, _ in way]
    keys.insert(random.randint(at + 1, len(keys)), keys[at])
    return _retimed(keys), ("repeated", way[at][0])


def _wrong_branch(random: Random, journey_map: JourneyMap, way: Walk) -> Changed:
    """The other branch too, behind two required touchpoints, so that it is clear which."""
    single = _single(journey_map, way)
    for at in random.sample(single, len(single)):
        main = _main(journey_map, way[at][0])
        slot = [t for t in journey_map.touchpoints if main in (t.key, t.alternative_to)]
        others = [t.key for t in slot if t.key != way[at][0] and not t.repeatable]
        stage = _stage_of(journey_map, main)
        later = [i for i in single if _stage_of(journey_map, way[i][0]) > stage]
        if others and len(later) >= 2:
            keys = [key for key, _ in way]
            other = random.choice(others)
            keys.insert(later[1] + 1, other)
            return _retimed(keys), ("wrong_branch", other)
    return None


def _failed(random: Random, journey_map: JourneyMap, way: Walk) -> Changed:
    at = random.randrange(len(way))
    key, time = way[at]
    return [*way[:at], (f"{key}_failed", time), *way[at + 1 :]], ("failed", key)


def _late(random: Random, journey_map: JourneyMap, way: Walk) -> Changed:
    return _moved(random, way, "late", LATEST + HOUR)


def _early(random: Random, journey_map: JourneyMap, way: Walk) -> Changed:
    return _moved(random, way, "early", EARLIEST / 2)


def _moved(random: Random, way: Walk, kind: DeviationKind, wait: float) -> Changed:
    places = [i for i in range(1, len(way)) if way[i][0] != way[i - 1][0]]
    if not places:
        return None
    at = random.choice(places)
    shift = wait - (way[at][1] - way[at - 1][1])
    return [(k, t + shift if i >= at else t) for i, (k, t) in enumerate(way)], (kind, way[at][0])


PLANTED = (_missing, _ad_hoc, _out_of_order, _repeated, _wrong_branch, _failed, _late, _early)
