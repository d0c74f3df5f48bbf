"""Random maps as plans, random ways through and beside them, and the same as process trees."""

from __future__ import annotations

from random import Random

from desireline.engine.journey_map import JourneyMap
from desireline.engine.journey_map.parts import Goal, Stage, Touchpoint
from desireline.engine.rules.ast import Event

STRANGER = "stranger"


def random_map(random: Random) -> JourneyMap:
    """One to four stages of up to four touchpoints, with all that a plan can say of order."""
    stages, n = [], 0
    for number in range(random.randint(1, 4)):
        made: list[Touchpoint] = []
        for _ in range(random.randint(1, 4)):
            mains = [t.key for t in made if t.alternative_to is None]
            made.append(
                Touchpoint(
                    key=f"t{n}",
                    name=f"T{n}",
                    rule=Event((f"t{n}",)),
                    optional=random.random() < 0.35,
                    repeatable=random.random() < 0.35,
                    alternative_to=random.choice(mains)
                    if mains and random.random() < 0.3
                    else None,
                )
            )
            n += 1
        stages.append(
            Stage(
                key=f"s{number}",
                name=f"S{number}",
                touchpoints=tuple(made),
                any_order=random.random() < 0.4,
            )
        )
    return JourneyMap(key="m", name="M", stages=tuple(stages), goal=Goal(outcome=Event(("won",))))


def slots_of(stage: Stage) -> list[list[Touchpoint]]:
    """Touchpoints that stand for each other, together."""
    return [
        [t, *(a for a in stage.touchpoints if a.alternative_to == t.key)]
        for t in stage.touchpoints
        if t.alternative_to is None
    ]


def random_run(random: Random, journey_map: JourneyMap) -> list[str]:
    """A way that the plan allows."""
    run = []
    for stage in journey_map.stages:
        pieces = []
        for slot in slots_of(stage):
            if slot[0].optional and random.random() < 0.4:
                continue
            chosen = random.choice(slot)
            times = 1 + (int(random.expovariate(1)) if chosen.repeatable else 0)
            pieces.append([chosen.key] * times)
        run += _shuffled(random, pieces) if stage.any_order else [k for p in pieces for k in p]
    return run


def _shuffled(random: Random, pieces: list[list[str]]) -> list[str]:
    """The pieces in any order, each of them kept in its own."""
    turns = [n for n, piece in enumerate(pieces) for _ in piece]
    random.shuffle(turns)
    left = [iter(piece) for piece in pieces]
    return [next(left[turn]) for turn in turns]


def random_way(random: Random, journey_map: JourneyMap) -> list[str]:
    """A run of the plan in which something was left out, moved, doubled or added; never empty."""
    way = random_run(random, journey_map)
    names = [*(t.key for t in journey_map.touchpoints), STRANGER]
    for _ in range(random.randint(0, 4)):
        at, turn = random.randint(0, len(way)), random.random()
        if turn < 0.35 and way:
            way.pop(at % len(way))
        elif turn < 0.65 and way:
            way.insert(at, way.pop(random.randrange(len(way))))
        else:
            way.insert(at, random.choice(names))
    return way or [random.choice(names)]


def tree_of(journey_map: JourneyMap) -> str:
    """The plan as a process tree, in the notation that pm4py reads."""
    return _node("->", [_stage(stage) for stage in journey_map.stages])


def _stage(stage: Stage) -> str:
    slots = []
    for slot in slots_of(stage):
        leaves = [f"*( '{t.key}', tau )" if t.repeatable else f"'{t.key}'" for t in slot]
        slots.append(_node("X", [*leaves, "tau"] if slot[0].optional else leaves))
    return _node("+" if stage.any_order else "->", slots)


def _node(operator: str, children: list[str]) -> str:
    return children[0] if len(children) == 1 else f"{operator}( {', '.join(children)} )"
