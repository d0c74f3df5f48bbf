"""The demo's shop: a simulated year that ended just now, cut into its history and its last days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from desireline.engine.building import EventColumns
from desireline.engine.journeys import I64, Bools, Column
from desireline.sim import recent_shop

DAY = 86_400 * 1_000_000
LIVE = 14 * DAY
"""The end of the year, which is sent event by event: visitors walk on from where they are."""
EVENING = 17 * DAY // 24
"""The hour at which the live part begins: the busiest ones of a day follow."""
COUNTED = 4
"""Digits after the point that an amount of money keeps."""


@dataclass(frozen=True)
class Shop:
    """The last days of a simulated year that was moved by whole weeks to end before now."""

    events: EventColumns
    cut: int
    """Microseconds: what is earlier is history."""

    @classmethod
    def simulated(cls, persons: int, seed: int, now: int) -> tuple[Shop, EventColumns]:
        """The shop with so many visitors, and its history."""
        moved = recent_shop(persons, seed, now)
        last = int(moved.time.max()) if len(moved.time) else now
        cut = (last - LIVE) // DAY * DAY + EVENING
        early = moved.time < cut
        return cls(chosen(moved, ~early), cut), chosen(moved, early)

    def later(self, after: int) -> Iterator[tuple[int, dict[str, Any]]]:
        """What comes after that moment, by time: the moment, and the event as sent."""
        late = np.flatnonzero(self.events.time > after)
        order: I64 = late[np.argsort(self.events.time[late], kind="stable")]
        for place in order.tolist():
            yield int(self.events.time[place]), _sent(self.events, place)


def chosen(events: EventColumns, keep: Bools) -> EventColumns:
    """Some of the events, in their order."""
    return replace(
        events,
        case=events.case[keep],
        time=events.time[keep],
        code=events.code[keep],
        channel=None if events.channel is None else events.channel[keep],
        actor=None if events.actor is None else events.actor[keep],
        value=None if events.value is None else events.value[keep],
        columns={name: _part(column, keep) for name, column in events.columns.items()},
    )


def _part(column: Column, keep: Bools) -> Column:
    if column.numbers is not None:
        return Column(numbers=column.numbers[keep])
    assert column.codes is not None  # noqa: S101 - a column has one of the two
    return Column(codes=column.codes[keep], values=column.values)


def _sent(events: EventColumns, place: int) -> dict[str, Any]:
    """An event as a program sends it to the collector."""
    person = events.ids[int(events.case[place])]
    moment = int(events.time[place])
    found: dict[str, Any] = {
        "id": f"demo-{person}-{moment}-{int(events.code[place])}",
        "type": events.events[int(events.code[place])],
        "user_id": person,
        "at": f"{np.datetime64(moment, 'us')}Z",
    }
    if events.channel is not None and (channel := events.channels[int(events.channel[place])]):
        found["channel"] = channel
    if events.actor is not None and (actor := events.actors[int(events.actor[place])]):
        found["actor"] = actor
    if events.value is not None and not np.isnan(events.value[place]):
        found["value"] = round(float(events.value[place]), COUNTED)
    values = {name: _value(column, place) for name, column in events.columns.items()}
    told = {name: value for name, value in values.items() if value is not None}
    return found | ({"properties": told} if told else {})


def _value(column: Column, place: int) -> str | float | None:
    if column.codes is not None:
        code = int(column.codes[place])
        return None if code < 0 else column.values[code]
    number = float(column.numbers[place]) if column.numbers is not None else np.nan
    return None if np.isnan(number) else number
