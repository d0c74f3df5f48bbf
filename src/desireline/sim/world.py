"""A simulated world: a model, a seed, the events of its persons and the truth about them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from desireline.engine.building import EventColumns
from desireline.engine.journeys import F64, I32, I64, Column, Ids
from desireline.sim.model import Model
from desireline.sim.tables import NINTH_DECILE, Tables, channels_of, compiled, facts_of
from desireline.sim.truth import Truth
from desireline.sim.walk import ENDLESS, FULL, Trail, mixed, walk

EVENTS_A_CHUNK = 1_000_000
EVENTS_A_PERSON = 4
"""Room for persons in a chunk: at least as many events each, or the chunk ends early."""


class WalkEndless(RuntimeError):
    """A person of the model walks for ever."""


@dataclass(frozen=True, eq=False)
class World:
    """Persons who walk through a model, and what was planted. The same seed gives the same bytes."""

    model: Model
    truth: Truth
    persons: int
    """Visitors who come by themselves; friends whom they bring come on top."""
    seed: int
    traits: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Columns told by the facts of a person at the end: column name to the facts it shows."""

    def events(self) -> EventColumns:
        """All events in one piece, sorted by person and time."""
        room = max(EVENTS_A_CHUNK, 64 * self.persons)
        parts = list(self._trails(room))
        return self._columns(_joined(parts) if len(parts) > 1 else parts[0])

    def chunks(self, events: int = EVENTS_A_CHUNK) -> Iterator[EventColumns]:
        """The events in pieces of at most about so many, each with whole journeys.

        Ids are those of the whole world, and the pieces one after the other are `events()`.
        """
        return map(self._columns, self._trails(events))

    @cached_property
    def tables(self) -> Tables:
        """The arrays of the model."""
        return compiled(self.model)

    def _trails(self, room: int) -> Iterator[Trail]:
        seed = np.uint64(mixed(np.uint64(self.seed % 2**64)))
        person = 0
        while person < self.persons:
            out = _blank(room)
            stopped = walk(self.tables, out, seed, person, self.persons)
            if out.count[2] == ENDLESS:
                raise WalkEndless(f"Person {stopped} walks for ever. Give her a way to the end.")
            if out.count[2] == FULL and stopped == person:
                room *= 2
                continue
            person = stopped
            yield _sorted(out)

    def _columns(self, trail: Trail) -> EventColumns:
        model, step = self.model, trail.step
        events = model.events()
        actors = ("", *dict.fromkeys(s.actor for s in model.steps))
        code_of = {name: i for i, name in enumerate(events)}
        codes = np.array([code_of.get(s.event, 0) for s in model.steps], np.uint16)
        actor = np.array([actors.index(s.actor) for s in model.steps], np.uint8)
        return EventColumns(
            case=trail.case,
            ids=_ids(trail.number, trail.friend),
            time=trail.time,
            code=codes[step],
            events=events,
            channel=trail.channel,
            channels=channels_of(model),
            actor=actor[step],
            actors=actors,
            value=self._values(trail),
            columns=self._further(trail),
        )

    def _values(self, trail: Trail) -> np.ndarray[tuple[int], np.dtype[np.float32]] | None:
        if not any(s.value for s in self.model.steps):
            return None
        median = np.array([s.value[0] if s.value else np.nan for s in self.model.steps])
        tail = np.array([s.value[1] / s.value[0] if s.value else np.nan for s in self.model.steps])
        spread = np.log(tail) / NINTH_DECILE
        amount = median[trail.step] * np.exp(spread[trail.step] * trail.deviate)
        return np.round(amount, 2).astype(np.float32)

    def _further(self, trail: Trail) -> dict[str, Column]:
        return {}


def _blank(room: int) -> Trail:
    persons = max(room // EVENTS_A_PERSON, 1)
    return Trail(
        case=np.empty(room, np.int32),
        time=np.empty(room, np.int64),
        step=np.empty(room, np.int32),
        channel=np.empty(room, np.uint8),
        deviate=np.empty(room, np.float32),
        number=np.empty(persons, np.int64),
        friend=np.empty(persons, np.int32),
        facts=np.empty(persons, np.int64),
        count=np.zeros(3, np.int64),
    )


def _sorted(out: Trail) -> Trail:
    n, persons = int(out.count[0]), int(out.count[1])
    order = np.lexsort((out.time[:n], out.case[:n]))
    return Trail(
        out.case[order],
        out.time[order],
        out.step[order],
        out.channel[order],
        out.deviate[order],
        out.number[:persons].copy(),
        out.friend[:persons].copy(),
        out.facts[:persons].copy(),
        out.count.copy(),
    )


def _joined(parts: list[Trail]) -> Trail:
    before = np.cumsum([0, *(int(p.count[1]) for p in parts)])
    case = [p.case + np.int32(shift) for p, shift in zip(parts, before, strict=False)]
    rest = [np.concatenate(column) for column in zip(*(p[1:] for p in parts), strict=True)]
    return Trail(np.concatenate(case), *rest)


def _ids(number: I64, friend: I32) -> Ids:
    """Names such as p0000123, and p0000123.1 for the first friend of that family."""
    own = [f"p{n:07d}" for n in number.tolist()]
    return Ids.of([name if f == 0 else f"{name}.{f}" for name, f in zip(own, friend.tolist(), strict=True)])
