"""Worlds in which it is known why customers leave, and when: reasons among decoys, and hazards.

`planted_reasons`: a way of steps, each with acts of the company behind or before it: answers that
may lack or come late, failures, offers. Some of them move people to leave, the others (decoys) do
nothing. `planted_hazards`: persons who come once a day until they close their account, renew, or
stay away, each with a known chance a day.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

import numpy as np

from desireline.engine.building import EventColumns, build
from desireline.engine.endings import Query
from desireline.engine.journey_map import JourneyMap
from desireline.engine.journey_map.parts import Goal, Stage, Touchpoint, default_name
from desireline.engine.journeys import F64, I64, MICROSECONDS, Bools, Ids, Journeys
from desireline.engine.rules.ast import Event

Dice = np.random.Generator
Kind: TypeAlias = Literal["unanswered", "late", "went_wrong", "no_offer"]
KINDS: tuple[Kind, ...] = ("unanswered", "late", "went_wrong", "no_offer")
BEGINS = int(np.datetime64("2025-01-01").astype("datetime64[us]").astype(np.int64))
HOUR = 3_600 * MICROSECONDS
DAY = 24 * HOUR
ARRIVE_DAYS = 240
LOG_DAYS = 400
STEPS = 5
BASE = 0.08
CLOSES = 0.4
OWN, COMPANY = 1, 2
Places: TypeAlias = tuple[I64, I64]
"""Persons, and when they are there."""


@dataclass(frozen=True)
class Slot:
    """Something that the company does at a step, and what its failing does."""

    kind: Kind
    step: int
    act: str
    effect: float
    """What it adds to the chance to leave there; 0 for a decoy."""


@dataclass(frozen=True, eq=False)
class PlantedReasons:
    """A world, the question to it, and why they leave."""

    journeys: Journeys
    query: Query
    slots: tuple[Slot, ...]

    @property
    def reasons(self) -> tuple[Slot, ...]:
        """Those that move people."""
        return tuple(slot for slot in self.slots if slot.effect)


@dataclass(eq=False)
class _Log:
    """Events as they are written."""

    person: list[I64] = field(default_factory=list)
    time: list[I64] = field(default_factory=list)
    code: list[I64] = field(default_factory=list)
    actor: list[I64] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    def write(self, name: str, person: I64, time: I64, actor: int) -> None:
        """An event of each of these persons."""
        if name not in self.names:
            self.names.append(name)
        self.person.append(person)
        self.time.append(time)
        self.code.append(np.full(len(person), self.names.index(name)))
        self.actor.append(np.full(len(person), actor))

    def journeys(self, n: int) -> Journeys:
        """What is seen of them."""
        person, time, code, actor = (
            np.concatenate(column) for column in (self.person, self.time, self.code, self.actor)
        )
        seen = time < BEGINS + LOG_DAYS * DAY
        return build(
            EventColumns(
                case=person[seen],
                ids=Ids(integers=np.arange(n)),
                time=time[seen],
                code=code[seen].astype(np.uint16),
                events=tuple(self.names),
                actor=actor[seen].astype(np.uint8),
                actors=("", "person", "company"),
            )
        )


def planted_reasons(seed: int, persons: int = 4_000, *, null: bool = False) -> PlantedReasons:
    """The world of a seed; with `null` nobody leaves for a reason of the company's."""
    dice = np.random.Generator(np.random.PCG64([seed, 44]))
    slots = _slots(dice, null=null)
    log, here = _Log(), np.arange(persons)
    now = BEGINS + dice.integers(0, ARRIVE_DAYS * DAY, persons)
    offers = {s.act: dice.random(persons) < 0.5 for s in slots if s.kind == "no_offer"}
    for step in range(STEPS):
        log.write(f"step_{step}", here, now, OWN)
        leaves = np.full(len(here), BASE)
        until = now.copy()
        for slot in (s for s in slots if s.step == step and s.kind != "no_offer"):
            harmed, came = _happens(log, dice, slot, here, now)
            leaves += slot.effect * harmed
            until = np.maximum(until, came)
        for slot in (s for s in slots if s.kind == "no_offer"):
            _offer(log, dice, slot, offers[slot.act], step, (here, until))
            if slot.step == step:
                leaves += slot.effect * ~offers[slot.act][here]
        gone = dice.random(len(here)) < leaves
        closes = gone & (dice.random(len(here)) < CLOSES)
        log.write("account_closed", here[closes], until[closes] + DAY, OWN)
        here, now = here[~gone], until[~gone] + dice.integers(DAY, 4 * DAY, int((~gone).sum()))
    _stay(log, dice, here, now)
    keys = [[f"step_{step}", *(s.act for s in slots if s.step == step)] for step in range(STEPS)]
    keys[-1] += ["used", "account_closed"]
    return PlantedReasons(log.journeys(persons), Query(_map(keys)), slots)


def _slots(dice: Dice, *, null: bool) -> tuple[Slot, ...]:
    """Eight acts at drawn steps, of which two to four move people; names say nothing."""
    kinds = [*KINDS, *dice.choice(KINDS, 4)]
    moving = set() if null else set(dice.permutation(8)[: dice.integers(2, 5)].tolist())
    places = dice.permutation([(kind, step) for kind in range(2) for step in range(STEPS)])
    return tuple(
        Slot(
            kind=kind,
            step=max(int(step), 2) if kind == "no_offer" else int(step),
            act=f"act_{number}",
            effect=float(dice.uniform(0.12, 0.25)) if number in moving else 0.0,
        )
        for number, (kind, (_, step)) in enumerate(zip(kinds, places[:8], strict=True))
    )


def _happens(log: _Log, dice: Dice, slot: Slot, here: I64, now: I64) -> tuple[F64, I64]:
    """Writes the act; whom its failing concerns, and when it came (`now` where it did not)."""
    n = len(here)
    comes = dice.random(n) < {"unanswered": 0.75, "late": 0.95, "went_wrong": 0.12}[slot.kind]
    wait = np.rint(dice.lognormal(np.log(3), 0.4, n) * HOUR).astype(np.int64)
    slow = (dice.random(n) < 0.25) & (slot.kind == "late")
    wait = np.where(slow, wait + 20 * HOUR, wait)
    log.write(slot.act, here[comes], (now + wait)[comes], COMPANY)
    harmed = {"unanswered": ~comes, "late": comes & slow, "went_wrong": comes}[slot.kind]
    return harmed.astype(np.float64), np.where(comes, now + wait, now)


def _offer(log: _Log, dice: Dice, slot: Slot, had: Bools, step: int, places: Places) -> None:
    """Writes an offer that is to be had before a later step: after one of two steps, by lot."""
    here, now = places
    if slot.step - 2 <= step < slot.step:
        first = (here * 2_654_435_761 + slot.step) % 1_000 < 500
        mine = had[here] & (first == (step == slot.step - 2))
        wait = dice.integers(1, 12, int(mine.sum())) * HOUR
        log.write(slot.act, here[mine], now[mine] + wait, COMPANY)


def _stay(log: _Log, dice: Dice, here: I64, now: I64) -> None:
    """Who is through comes back every few days, until she loses interest."""
    many = dice.geometric(1 / 12, len(here))
    who = np.repeat(np.arange(len(here)), many)
    gap = dice.integers(2 * DAY, 8 * DAY, len(who))
    passed = np.cumsum(gap)
    before = np.concatenate([[0], passed])[np.cumsum(many) - many]
    log.write("used", here[who], now[who] + passed - before[who], OWN)


def _map(stages: list[list[str]], outcome: str | None = None) -> JourneyMap:
    return JourneyMap(
        key="planted",
        name="Planted",
        goal=Goal(outcome=None if outcome is None else Event((outcome,))),
        stages=tuple(
            Stage(
                key=f"stage_{number}",
                name=f"Stage {number}",
                touchpoints=tuple(
                    Touchpoint(key=key, name=default_name(key), rule=Event((key,))) for key in keys
                ),
            )
            for number, keys in enumerate(stages)
        ),
    )


@dataclass(frozen=True, eq=False)
class PlantedHazards:
    """A world of chances a day, and the question to it."""

    journeys: Journeys
    query: Query
    churn: float
    renewal: float
    lapse: float
    """The chance a day to have been there for the last time."""
    silence_days: int

    def incidence(self, kind: str, days: float) -> float:
        """The chance that this comes within so many days, and nothing else before."""
        chance = {"churn": self.churn, "renewal": self.renewal, "lapse": self.lapse}[kind]
        every = self.churn + self.renewal + self.lapse
        passed = np.floor(days + 1e-9) - (self.silence_days if kind == "lapse" else 0)
        return float(chance * (1 - (1 - every) ** max(passed, 0)) / every)


def planted_hazards(seed: int, persons: int = 600) -> PlantedHazards:
    """The world of a seed."""
    dice = np.random.Generator(np.random.PCG64([seed, 45]))
    churn, renewal, lapse = (float(p) for p in dice.uniform(0.01, 0.05, 3))
    silence, log = 21, _Log()
    began = BEGINS + dice.integers(0, 60 * DAY, persons)
    day = dice.geometric(churn + renewal + lapse, persons)
    shares = np.array([churn, renewal, lapse]) / (churn + renewal + lapse)
    how = dice.choice(3, persons, p=shares)
    log.write("joined", np.arange(persons), began, OWN)
    visits = np.where(how == 2, day, day - 1)
    who = np.repeat(np.arange(persons), visits)
    number = np.arange(len(who)) - np.repeat(np.cumsum(visits) - visits, visits) + 1
    log.write("used", who, began[who] + number * DAY, OWN)
    for kind, name in enumerate(("account_closed", "contract_renewed")):
        ends = np.flatnonzero(how == kind)
        log.write(name, ends, (began + day * DAY)[ends], OWN)
    journeys = _until(log, persons, BEGINS + 90 * DAY)
    keys = [["joined", "used", "contract_renewed", "account_closed"]]
    return PlantedHazards(
        journeys, Query(_map(keys), silence_days=silence), churn, renewal, lapse, silence
    )


def _until(log: _Log, persons: int, end: int) -> Journeys:
    """The log cut off at a moment, so that many have not come to an end yet."""
    for column in range(len(log.time)):
        seen = log.time[column] <= end
        for held in (log.person, log.code, log.actor, log.time):
            held[column] = held[column][seen]
    return log.journeys(persons)
