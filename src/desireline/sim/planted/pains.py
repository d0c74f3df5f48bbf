"""Worlds in which some signals at some touchpoints make people leave, and the others do not.

Every world has all signals: people wait long, come back, take ways round, change the channel, do
things again, write and get no answer, meet failures, give low marks, say bad things and are not
offered what others are, each at several places and as often as the seed says. By which channel
somebody comes moves both: how often she meets signals, and how readily she leaves. Only what is
planted makes anybody leave because of it, there and then.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from random import Random

import numpy as np

from desireline.engine.building import EventColumns, build
from desireline.engine.journey_map import JourneyMap
from desireline.engine.journey_map.parts import Goal, Stage, Touchpoint
from desireline.engine.journeys import MICROSECONDS, Column, Ids, Journeys
from desireline.engine.pains import Signal
from desireline.engine.rules.ast import Event

BEGINS = 1_767_225_600
"""2026-01-01, in seconds since 1970; everybody comes within the 300 days after it."""
DAY, HOUR = 86_400.0, 3_600.0
PLACES = 12
WON, FAILURE = "won", "step_failed"
CHANNELS = ("", "web", "app", "e-mail")
ACTORS = ("", "person", "employee")
GOOD, BAD = ("this went well", "all clear, thanks"), ("terrible, I am angry", "so slow and broken")
MANY = 3
"""Pains of a world that has any."""


@dataclass(frozen=True)
class Place:
    """A touchpoint: how many leave it anyway, which signals are met there, and how often."""

    leaves: float
    rates: Mapping[Signal, float] = field(default_factory=dict)
    company: bool = False
    message: bool = False
    answer: bool = False
    offered: bool = False


@dataclass(frozen=True, eq=False)
class PlantedPains:
    """A world, its map, and what hurts in it."""

    journeys: Journeys
    journey_map: JourneyMap
    pains: frozenset[tuple[Signal, str]]
    """Signals and the keys of touchpoints."""


def planted_pains(seed: int, persons: int = 4_000, *, null: bool = False) -> PlantedPains:
    """The world of a seed; with `null` nothing hurts in it."""
    dice = Random(f"pains {seed}")  # noqa: S311 - a world, no secret
    places = _places(dice)
    planted = {} if null else _planted(dice, places)
    for signal, number in planted:
        if signal == "exit":
            worse = places[number].leaves + dice.uniform(0.25, 0.4)
            places[number] = replace(places[number], leaves=worse)
    walk = _Walk(dice, places, planted)
    return PlantedPains(
        journeys=_built([walk.journey() for _ in range(persons)]),
        journey_map=_map(),
        pains=frozenset((signal, _name(number)) for signal, number in planted),
    )


def _name(number: int) -> str:
    return f"p{number:02}"


def _map() -> JourneyMap:
    points = [
        Touchpoint(key=name, name=name, rule=Event((name,)), optional=True)
        for name in map(_name, range(PLACES))
    ]
    stages = tuple(
        Stage(key=f"s{n}", name=f"S{n}", touchpoints=tuple(points[4 * n : 4 * n + 4]))
        for n in range(PLACES // 4)
    )
    return JourneyMap(key="world", name="World", stages=stages, goal=Goal(outcome=Event((WON,))))


def _places(dice: Random) -> list[Place]:
    """A message and its answer, an offer, three that the company does, and the customer's own."""
    kinds = [*range(1, PLACES - 1)]
    message = dice.choice(kinds[1:-2])
    left = [n for n in kinds if n not in (message, message + 1)]
    offered = dice.choice([n for n in left if n < PLACES - 2])
    company = dice.sample([n for n in left if n != offered], 3)
    made = []
    for number in range(PLACES):
        rates = dict(_rates(dice, number))
        if number in company:
            rates["wait"] = 0.2
        if number == message:
            rates = {"unanswered": dice.uniform(0.1, 0.3)}
        if number == offered:
            rates = {"skipped": dice.uniform(0.35, 0.6)}
        if number == message + 1:
            rates = {}
        made.append(
            Place(
                leaves=0.05 * np.exp(dice.gauss(0, 0.35)),
                rates=rates,
                company=number in company,
                message=number == message,
                answer=number == message + 1,
                offered=number == offered,
            )
        )
    return made


def _rates(dice: Random, number: int) -> Iterator[tuple[Signal, float]]:
    signals: tuple[Signal, ...] = ("repeated", "switch", "error", "low_score", "negative_words")
    for signal in signals:
        if dice.random() < 0.5 and (number or signal != "switch"):
            yield signal, dice.uniform(0.06, 0.2)
    if number >= 2:
        yield "loop", dice.uniform(0.0, 0.15)
    if number >= 3:
        yield "detour", dice.uniform(0.0, 0.12)


def _planted(dice: Random, places: list[Place]) -> dict[tuple[Signal, int], float]:
    """Which signals hurt where, and how many of those who meet them leave for it."""
    met: list[tuple[Signal, int]] = [
        (signal, number)
        for number, place in enumerate(places)
        for signal, rate in place.rates.items()
        if rate >= 0.05
        and number < PLACES - 1
        # From a message nobody comes back, and while she writes nobody leaves: she waits.
        and not (signal == "loop" and places[number + 1].message)
    ]
    met += [("exit", n) for n in range(1, PLACES - 1) if not places[n].message]
    chosen: dict[tuple[Signal, int], float] = {}
    while len(chosen) < MANY:
        signal = dice.choice(sorted({signal for signal, _ in met}))
        place = dice.choice([number for s, number in met if s == signal])
        if place not in {number for _, number in chosen}:
            chosen[signal, place] = dice.uniform(0.25, 0.45)
    return chosen


@dataclass
class _Row:
    """An event."""

    name: str
    at: float
    channel: int
    actor: int
    score: float = np.nan
    text: str = ""


@dataclass
class _Seen:
    """The events of one journey."""

    rows: list[_Row] = field(default_factory=list)


class _Walk:
    def __init__(
        self, dice: Random, places: list[Place], planted: dict[tuple[Signal, int], float]
    ) -> None:
        self.dice, self.places, self.planted = dice, places, planted

    def journey(self) -> _Seen:
        """One person's events."""
        dice, seen = self.dice, _Seen()
        self.home = 1 if dice.random() < 0.5 else 2
        self.more = 1.5 if self.home == 1 else 0.75
        """People of the web meet more signals, and leave more readily."""
        self.now, self.channel = BEGINS + dice.random() * 300 * DAY, self.home
        self.visited, self.wandered, self.lacks = set[int](), False, -1
        number = 0
        while number < PLACES:
            if not self._comes(seen, number):
                return seen
            number = self._next(seen, number)
            if number < 0:
                return seen
        self._event(seen, WON, 1)
        return seen

    def _meets(self, signal: Signal, number: int) -> bool:
        return self.dice.random() < self.places[number].rates.get(signal, 0.0) * self.more

    def _hurts(self, signal: Signal, number: int) -> bool:
        return self.dice.random() < self.planted.get((signal, number), 0.0)

    def _comes(self, seen: _Seen, number: int, *, again: bool = False) -> bool:
        """Visits a place; False where the person leaves there."""
        place = self.places[number]
        if place.offered and number not in self.visited and self._meets("skipped", number):
            self.lacks = number
            return True
        wait = self.dice.lognormvariate(0, 0.4) * HOUR
        if number in self.visited:
            self._event(seen, _name(number), 2 if place.company else 1, wait)
            self.wandered = True
            return not ((again and self._hurts("loop", number)) or self._leaves(place))
        wait, hurt = self._arrives(number, wait)
        score, text = np.nan, ""
        if "low_score" in place.rates:
            low = self._meets("low_score", number)
            score, hurt = (1.0 if low else 4.0), hurt or (low and self._hurts("low_score", number))
        if "negative_words" in place.rates:
            bad = self._meets("negative_words", number)
            text = self.dice.choice(BAD if bad else GOOD)
            hurt = hurt or (bad and self._hurts("negative_words", number))
        staff = place.company or place.answer or place.offered
        self._event(seen, _name(number), 2 if staff else 1, wait)
        row = seen.rows[-1]
        row.score, row.text = score, text
        if place.message or place.answer:
            row.channel = CHANNELS.index("e-mail")
        self.visited.add(number)
        if self._meets("repeated", number):
            self._event(seen, _name(number), 1, HOUR / 10)
            hurt = hurt or self._hurts("repeated", number)
        if self._meets("error", number):
            self._event(seen, FAILURE, 1, HOUR / 10)
            hurt = hurt or self._hurts("error", number)
        # The company answers whether the customer stays or not: she leaves after that.
        return place.message or not (hurt or self._leaves(place))

    def _arrives(self, number: int, wait: float) -> tuple[float, bool]:
        """How long she waited for a place that is new to her, and whether coming to it hurts."""
        hurt = False
        if self._meets("wait", number):
            wait, hurt = wait * 8, self._hurts("wait", number)
        if self._meets("switch", number):
            self.channel, hurt = 3 - self.channel, hurt or self._hurts("switch", number)
        hurt = hurt or (self.wandered and self._hurts("detour", number))
        self.wandered = False
        if self.lacks >= 0 and not self.places[number].message:
            hurt, self.lacks = hurt or self._hurts("skipped", self.lacks), -1
        return wait, hurt

    def _leaves(self, place: Place) -> bool:
        return self.dice.random() < place.leaves * self.more

    def _next(self, seen: _Seen, number: int) -> int:
        """The next place; -1 where the person leaves before it."""
        place = self.places[number]
        if place.message:
            if not self._meets("unanswered", number):
                return number + 1
            gone = self._hurts("unanswered", number) or self._leaves(self.places[number + 1])
            return -1 if gone else number + 2
        came_along = {number - 1, number} <= self.visited
        if number > 1 and came_along and self._meets("loop", number - 1):
            # Back by one, and from there on again.
            return number if self._comes(seen, number - 1, again=True) else -1
        round_about = (
            number + 1 < PLACES and number - 2 in self.visited and self._meets("detour", number + 1)
        )
        stays = not round_about or self._comes(seen, number - 2, again=True)
        return number + 1 if stays else -1

    def _event(self, seen: _Seen, name: str, actor: int, wait: float = HOUR / 10) -> None:
        self.now += wait
        seen.rows.append(_Row(name, self.now, self.channel, actor))


def _built(walks: list[_Seen]) -> Journeys:
    names = (*map(_name, range(PLACES)), WON, FAILURE)
    code_of = {name: code for code, name in enumerate(names)}
    rows = [row for walk in walks for row in walk.rows]
    said = ("", *GOOD, *BAD)
    texts = np.array([said.index(row.text) - 1 for row in rows], np.int32)
    return build(
        EventColumns(
            case=np.repeat(np.arange(len(walks)), [len(walk.rows) for walk in walks]),
            ids=Ids.of([str(number) for number in range(len(walks))]),
            time=np.array([round(row.at * MICROSECONDS) for row in rows], np.int64),
            code=np.array([code_of[row.name] for row in rows], np.uint16),
            events=names,
            channel=np.array([row.channel for row in rows], np.uint8),
            channels=CHANNELS,
            actor=np.array([row.actor for row in rows], np.uint8),
            actors=ACTORS,
            columns={
                "score": Column(numbers=np.array([row.score for row in rows], np.float64)),
                "text": Column(codes=texts, values=said[1:]),
            },
        )
    )
