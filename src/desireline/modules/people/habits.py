"""When and where a person is reached best: preferred channel and hours, with n and interval."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from desireline.engine.analyses.shares import share
from desireline.modules.people.happenings import Happening
from desireline.modules.people.zones import Zone

SECOND = 1_000_000
UTC = Zone("UTC", "workspace")
LEAST = 5
"""Fewer events than this show no preference."""


@dataclass(frozen=True, slots=True)
class Habit:
    """One channel or part of the day, and how much of what a person did falls on it."""

    name: str
    n: int
    of: int
    share: float
    low: float
    high: float
    """The interval of 95 % (Wilson) around the share."""


@dataclass(frozen=True, slots=True)
class Habits:
    """What a person does where and when; the most frequent first."""

    channels: list[Habit]
    """Of the events that name one."""
    hours: list[Habit]
    """Hours of the day in `zone`: `09`."""
    preferred_channel: str
    """Empty where the events are too few, or two channels cannot be told apart."""
    preferred_hours: str
    """The three hours in a row with the most: `18-21`; empty where the events are too few."""
    zone: Zone
    """Whose clock the hours are of, and what says that it is the person's."""


def habits_of(events: Iterable[Happening], zone: Zone = UTC) -> Habits:
    """The habits of a person; only what came from the person counts, not what we sent."""
    clock = zone.info
    channels: Counter[str] = Counter()
    hours: Counter[int] = Counter()
    for one in events:
        if one.is_own:
            if one.row.channel:
                channels[one.row.channel] += 1
            hours[datetime.fromtimestamp(one.row.at // SECOND, clock).hour] += 1
    by_channel = _habits(dict(channels.items()))
    by_hour = _habits({f"{hour:02d}": n for hour, n in hours.items()})
    return Habits(by_channel, by_hour, _preferred(by_channel), _best_hours(hours), zone)


def _habits(counts: dict[str, int]) -> list[Habit]:
    of = sum(counts.values())
    found = []
    for name, n in sorted(counts.items(), key=lambda one: (-one[1], one[0])):
        told = share(n, of)
        low, high = round(told.low or 0.0, 3), round(told.high or 0.0, 3)
        found.append(Habit(name, n, of, round(n / of, 3), low, high))
    return found


def _preferred(channels: list[Habit]) -> str:
    """The first, where its interval lies above the share of the second."""
    if not channels or channels[0].of < LEAST:
        return ""
    stands_out = len(channels) == 1 or channels[0].low > channels[1].share
    return channels[0].name if stands_out else ""


def _best_hours(hours: Counter[int]) -> str:
    if hours.total() < LEAST:
        return ""
    best = max(range(24), key=lambda h: (sum(hours[(h + i) % 24] for i in range(3)), hours[h]))
    return f"{best:02d}-{(best + 3) % 24:02d}"
