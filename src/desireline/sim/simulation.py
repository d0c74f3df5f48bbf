"""A simulated world: a model, a seed, the events of its persons and the truth about them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from desireline.engine.building import EventColumns, build
from desireline.engine.errors import DesirelineError
from desireline.engine.journeys import F32, I64, Bools, Column, Ids, Journeys
from desireline.sim.model import Model
from desireline.sim.tables import NINTH_DECILE, Records, Tables, channels_of, compiled, facts_of
from desireline.sim.truth import Truth
from desireline.sim.walk import ENDLESS, EVENT, FULL, PERSON, Trail, mixed, walk

EVENTS_A_CHUNK = 1 << 18
EVENTS_A_PERSON = 4
"""Room for persons in a chunk: one for so many events, or the chunk ends early."""
EVENTS_EXPECTED = 12
"""Room for all events in one piece, in events a person; more only costs a further piece."""
STATUS = 3
"""Where `Trail.written` holds the status."""


class WalkEndless(DesirelineError):
    """A person of the model walks for ever."""


@dataclass(frozen=True, eq=False)
class World:
    """Persons who walk through a model, and what was planted; the same seed, the same bytes."""

    model: Model
    truth: Truth
    persons: int
    """Visitors who come by themselves; friends whom they bring come on top."""
    seed: int
    further: Callable[[Trail], Mapping[str, Column]] | None = None
    """Makes further columns of the events."""

    def events(self) -> EventColumns:
        """All events in one piece, sorted by person and time."""
        room = max(EVENTS_A_CHUNK, EVENTS_EXPECTED * self.persons)
        parts = list(self._trails(room)) or [_blank(0)]
        return self._columns(_joined(parts) if len(parts) > 1 else parts[0])

    def chunks(
        self, events: int = EVENTS_A_CHUNK, progress: Callable[[float], None] | None = None
    ) -> Iterator[EventColumns]:
        """The events in pieces of at most so many, each with whole journeys.

        A family with more events than that is a piece of its own. Ids are those of the whole world,
        and the pieces one after the other are `events()`. `progress` is told the share (0..1) of
        the persons after each piece.
        """
        for trail in self._trails(max(events, 1)):
            yield self._columns(trail)
            if progress:
                progress((int(trail.persons["number"][-1]) + 1) / self.persons)

    def journeys(self) -> Journeys:
        """All journeys in the columnar form that analyses read."""
        return build(self.events())

    def holds(self, fact: str) -> Bools:
        """For each person of the whole world whether a fact holds at the end of her journey.

        The options of the traits are facts ("cat owner", "north", "devoted", ...). KeyError where
        the model knows no such fact.
        """
        held: Bools = self._facts >> facts_of(self.model).bit[fact] & 1 == 1
        return held

    @cached_property
    def _facts(self) -> I64:
        parts = [trail.persons["facts"] for trail in self._trails(EVENTS_A_CHUNK)]
        return np.concatenate([np.empty(0, np.int64), *parts])

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
            if out.written[STATUS] == ENDLESS:
                raise WalkEndless(
                    f"Person {stopped} walks for ever.", hint="Give her an edge to the end."
                )
            if out.written[STATUS] == FULL and stopped == person:
                room *= 2
                continue
            person = stopped
            yield _sorted(out)

    def _columns(self, trail: Trail) -> EventColumns:
        model, step = self.model, trail.events["step"]
        events = model.events()
        actors = ("", *dict.fromkeys(s.actor for s in model.steps if s.event))
        code = [events.index(s.event) if s.event else 0 for s in model.steps]
        actor = [actors.index(s.actor) if s.event else 0 for s in model.steps]
        return EventColumns(
            case=trail.events["case"].copy(),
            ids=_ids(trail.persons),
            time=trail.events["time"].copy(),
            code=np.array(code, np.uint16)[step],
            events=events,
            channel=trail.events["channel"].copy(),
            channels=channels_of(model),
            actor=np.array(actor, np.uint8)[step],
            actors=actors,
            value=amounts(model, trail),
            columns=self.further(trail) if self.further else {},
        )


def amounts(model: Model, trail: Trail) -> F32 | None:
    """The amount of each event, NaN where it has none; None in a model without amounts."""
    if not any(step.value for step in model.steps):
        return None
    shapes = np.array([step.value or (np.nan, np.nan) for step in model.steps], np.float64)
    spread = np.log(shapes[:, 1] / shapes[:, 0]) / NINTH_DECILE
    step = trail.events["step"]
    amount: F32 = (shapes[step, 0] * np.exp(spread[step] * trail.events["z"])).astype(np.float32)
    return np.round(_repaid(model, trail, amount), 2)


def _repaid(model: Model, trail: Trail, amount: F32) -> F32:
    """The amounts; where a step repays, it is the person's last amount of what it repays."""
    step, case = trail.events["step"], trail.events["case"]
    for names in {s.repays for s in model.steps if s.repays}:
        paid = np.array([s.event in names for s in model.steps])[step]
        last = np.maximum.accumulate(np.where(paid, np.arange(len(step)), 0))
        repays = np.array([s.repays == names for s in model.steps])[step] & (case == case[last])
        amount = np.where(repays, amount[last], amount)
    return amount


def _blank(room: int) -> Trail:
    persons = min(room, max(room // EVENTS_A_PERSON, 1))
    return Trail(np.empty(room, EVENT), np.empty(persons, PERSON), np.zeros(4, np.int64))


def _sorted(out: Trail) -> Trail:
    events, persons = out.events[: out.written[0]], out.persons[: out.written[1]]
    order = np.lexsort((events["time"], events["case"]))
    return Trail(events[order], persons.copy(), out.written)


def _joined(parts: list[Trail]) -> Trail:
    before = 0
    for part in parts:
        part.events["case"] += before
        before += len(part.persons)
    events = np.concatenate([part.events for part in parts])
    return Trail(events, np.concatenate([part.persons for part in parts]), parts[-1].written)


def _ids(persons: Records) -> Ids:
    """Names such as p0000123, and p0000123.1 for the first friend of that family."""
    pairs = zip(persons["number"].tolist(), persons["friend"].tolist(), strict=True)
    return Ids.of([f"p{n:07d}.{f}" if f else f"p{n:07d}" for n, f in pairs])
