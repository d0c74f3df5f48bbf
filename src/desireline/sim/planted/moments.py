"""Worlds whose touchpoints decide, or only seem to: planted effects, open and hidden reasons.

A customer comes to one desk after the other. At each she asks; staff answer or not, more often by
some channels and sources, from which the outcome hangs too. What an answer adds to the chance of
buying is planted. At one place it is she who chooses, and a trait that nobody records makes her
choose and buy. After each purchase a parcel comes; the first one may be opened in the app, and who
opens buys again more often: for the trait, or because opening does it, as the world says.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

import numpy as np

from desireline.engine.building import EventColumns, build
from desireline.engine.inference.logistic import expit
from desireline.engine.journey_map import JourneyMap
from desireline.engine.journey_map.parts import Goal, MomentOfTruth, Stage, Touchpoint
from desireline.engine.journeys import F64, I64, MICROSECONDS, Bools, Column, Ids, Journeys
from desireline.engine.rules.ast import Event

Opening: TypeAlias = Literal["nothing", "at_once", "lasting"]
DESKS = 4
ROUNDS = 12
MINUTE, DAY = 60 * MICROSECONDS, 86_400 * MICROSECONDS
BEGINS = 1_735_689_600 * MICROSECONDS
PATIENCE_DAYS = 60.0
"""Whoever buys does so within this time."""
CHANNELS = ("", "web", "app", "phone")
SOURCES = ("ad", "search", "friend")
ACTORS = ("", "person", "employee")
MANY = 200_000
"""Customers over whom the true effects are means."""


@dataclass(frozen=True, eq=False)
class Planted:
    """A world and what is true in it."""

    journeys: Journeys
    journey_map: JourneyMap
    effects: dict[str, float]
    """What each touchpoint adds to the chance of the outcome, all else equal."""
    hidden: frozenset[str]
    """Touchpoints at which a hidden trait chooses: no comparison can be true there."""


@dataclass(frozen=True, eq=False)
class _Chances:
    """The tables of a world."""

    base: float
    answered: F64
    """Log odds of an answer at each desk: level, by channel, by source."""
    adds: F64
    """What an answer adds to the log odds of buying."""
    buys: F64
    """What channel and source add."""
    trait: tuple[float, float]
    """What the hidden trait adds to choosing and to buying."""
    again: tuple[float, float]
    """The chance to buy again, without the trait and with it."""
    opens: tuple[float, float]
    opening: float
    lasting: bool


@dataclass(eq=False)
class _Events:
    """Events as they are written."""

    person: list[I64] = field(default_factory=list)
    time: list[I64] = field(default_factory=list)
    code: list[I64] = field(default_factory=list)
    paid: list[F64] = field(default_factory=list)

    def write(self, person: I64, time: I64, code: int, paid: float = np.nan) -> None:
        """One event for each of the persons."""
        self.person.append(person)
        self.time.append(time)
        self.code.append(np.full(len(person), code))
        self.paid.append(np.full(len(person), paid))


def world(
    seed: int, persons: int = 3000, *, effects: bool = True, opening: Opening = "nothing"
) -> Planted:
    """A world of a seed. Without `effects` no answer does anything.

    `opening` says what opening the first parcel does: nothing, something for the next purchase, or
    the same for all that follow.
    """
    dice = np.random.default_rng([seed, 2])
    chances = _drawn(dice, effects=effects, opening=opening)
    truth = _truth(chances, np.random.default_rng([seed, 3]))
    return Planted(
        journeys=_journeys(chances, persons, dice),
        journey_map=_map(),
        effects=truth,
        hidden=frozenset({"tried", "opened"}),
    )


def _drawn(dice: np.random.Generator, *, effects: bool, opening: Opening) -> _Chances:
    answered = np.column_stack([dice.uniform(-0.3, 0.8, DESKS), dice.uniform(-1, 1, (DESKS, 4))])
    adds = dice.uniform(0.4, 1.0, DESKS) * (np.arange(DESKS) % 2) * effects
    return _Chances(
        base=float(dice.uniform(-1.4, -0.4)),
        answered=answered,
        adds=adds,
        buys=dice.uniform(-0.7, 0.7, 4),
        trait=(float(dice.uniform(0.8, 2.0)), float(dice.uniform(0.5, 1.0))),
        again=(float(dice.uniform(0.15, 0.3)), float(dice.uniform(0.5, 0.7))),
        opens=(float(dice.uniform(0.2, 0.4)), float(dice.uniform(0.7, 0.9))),
        opening=0.0 if opening == "nothing" else 1.0,
        lasting=opening == "lasting",
    )


@dataclass(frozen=True, eq=False)
class _Walk:
    """Customers, what they went through, and their log odds of buying."""

    kind: F64
    """One-hot: the channels but the first, then the sources but the first (4 columns)."""
    trait: Bools
    asks: list[Bools]
    answers: list[Bools]
    tries: Bools
    logit: F64
    channel: I64
    source: I64


def _walked(chances: _Chances, n: int, dice: np.random.Generator) -> _Walk:
    channel, source = dice.integers(1, len(CHANNELS), n), dice.integers(0, len(SOURCES), n)
    columns = [channel == 2, channel == 3, source == 1, source == 2]
    kind = np.column_stack(columns).astype(np.float64)
    trait = dice.random(n) < 0.4
    logit = chances.base + kind @ chances.buys + trait * chances.trait[1]
    asks, answers = [], []
    for desk in range(DESKS):
        asking = dice.random(n) < 0.85
        level: F64 = chances.answered[desk, 0] + kind @ chances.answered[desk, 1:]
        answered = asking & (dice.random(n) < expit(level))
        logit = logit + chances.adds[desk] * answered
        asks.append(asking)
        answers.append(answered)
    tries = dice.random(n) < expit(np.where(trait, chances.trait[0], 0.0) - 0.8)
    return _Walk(kind, trait, asks, answers, tries, logit, channel, source)


def _truth(chances: _Chances, dice: np.random.Generator) -> dict[str, float]:
    walk = _walked(chances, MANY, dice)
    found = {"tried": 0.0}
    for desk in range(DESKS):
        asks, had = walk.asks[desk], walk.answers[desk]
        without = walk.logit - chances.adds[desk] * had
        added = expit(without + chances.adds[desk]) - expit(without)
        found[f"answer_{desk}"] = float(added[asks].mean())
    again = np.array(chances.again)
    odds = np.log(again / (1 - again))
    bought = expit(walk.logit)
    share = float((bought * walk.trait).sum() / bought.sum())
    gains = expit(odds + chances.opening) - again
    found["opened"] = float((1 - share) * gains[0] + share * gains[1])
    return found


EVENTS = (
    *("came", *(f"ask_{k}" for k in range(DESKS)), *(f"answer_{k}" for k in range(DESKS))),
    *("offered", "tried", "bought", "delivered", "opened", "ended"),
)


def _journeys(chances: _Chances, n: int, dice: np.random.Generator) -> Journeys:
    walk = _walked(chances, n, dice)
    code = {name: at for at, name in enumerate(EVENTS)}
    events, every = _Events(), np.arange(n)
    time = BEGINS + (dice.random(n) * 100 * DAY).astype(np.int64)
    events.write(every, time, code["came"])
    for desk in range(DESKS):
        time = time + (dice.uniform(0.2, 1.0, n) * DAY).astype(np.int64)
        asks, answers = walk.asks[desk], walk.answers[desk]
        events.write(every[asks], time[asks], code[f"ask_{desk}"])
        events.write(every[answers], time[answers] + 5 * MINUTE, code[f"answer_{desk}"])
    time = time + DAY // 2
    events.write(every, time, code["offered"])
    events.write(every[walk.tries], time[walk.tries] + 5 * MINUTE, code["tried"])
    buys = dice.random(n) < expit(walk.logit)
    _rounds(chances, walk.trait, (every[buys], time[buys]), events, dice)
    events.write(np.array([n]), np.array([BEGINS + 700 * DAY]), code["ended"])
    return _built(events, walk, n)


def _rounds(
    chances: _Chances,
    trait: Bools,
    buyers: tuple[I64, I64],
    events: _Events,
    dice: np.random.Generator,
) -> None:
    person, time = buyers
    again = np.array(chances.again)
    odds = np.log(again / (1 - again))
    opened = np.zeros(0, np.bool_)
    for number in range(ROUNDS):
        time = time + (dice.uniform(1, 40, len(person)) * DAY).astype(np.int64)
        events.write(person, time, EVENTS.index("bought"), 50.0)
        time = time + 2 * DAY
        events.write(person, time, EVENTS.index("delivered"))
        theirs = trait[person].astype(np.int64)
        if number == 0:
            opened = dice.random(len(person)) < np.array(chances.opens)[theirs]
            events.write(person[opened], time[opened] + 5 * MINUTE, EVENTS.index("opened"))
        works = opened if number == 0 or chances.lasting else np.zeros(len(person), np.bool_)
        goes = dice.random(len(person)) < expit(odds[theirs] + chances.opening * works)
        person, time, opened = person[goes], time[goes], opened[goes]


def _built(events: _Events, walk: _Walk, n: int) -> Journeys:
    person, time = np.concatenate(events.person), np.concatenate(events.time)
    code, paid = np.concatenate(events.code), np.concatenate(events.paid)
    order = np.lexsort((time, person))
    person, code = person[order], code[order]
    staff = np.array([name.startswith("answer_") for name in EVENTS])[code]
    source = np.append(walk.source, 0)[person]
    columns = EventColumns(
        case=person.astype(np.int32),
        ids=Ids.of([f"p{k}" for k in range(n + 1)]),
        time=time[order],
        code=code.astype(np.uint16),
        events=EVENTS,
        channel=np.append(walk.channel, 1)[person].astype(np.uint8),
        channels=CHANNELS,
        actor=np.where(staff, 2, 1).astype(np.uint8),
        actors=ACTORS,
        value=paid[order].astype(np.float32),
        columns={"source": Column(codes=source.astype(np.int32), values=SOURCES)},
    )
    return build(columns)


def _map() -> JourneyMap:
    optional = {"tried", "opened", *(f"answer_{k}" for k in range(DESKS))}
    desks = [name for k in range(DESKS) for name in (f"ask_{k}", f"answer_{k}")]
    order = ("came", *desks, "offered", "tried", "bought", "delivered", "opened")
    nominated = {"tried", "opened", "answer_0", "answer_1"}
    touchpoints = tuple(
        Touchpoint(
            key=name,
            name=name,
            rule=Event(names=(name,)),
            optional=name in optional,
            moment_of_truth=MomentOfTruth() if name in nominated else None,
        )
        for name in order
    )
    return JourneyMap(
        key="desks",
        name="Desks",
        goal=Goal(outcome=Event(names=("bought",))),
        stages=(Stage(key="all", name="All", touchpoints=touchpoints),),
    )
