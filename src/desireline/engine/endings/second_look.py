"""The second look: who left where, with what was suspected and without it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from desireline.engine.endings.first_look import counted, previous_own
from desireline.engine.endings.query import Query
from desireline.engine.endings.settled import Settled
from desireline.engine.endings.spells import Spells, spells_of
from desireline.engine.endings.states import Flow, flow_of
from desireline.engine.endings.units import Leaving, leaving_of, units_of
from desireline.engine.endings.walks import Walks
from desireline.engine.inference.describing import MOST_VALUES
from desireline.engine.journeys import I32, I64
from desireline.engine.rules.matching import holds_for_journey

UNKNOWN = ""


class Stratum(NamedTuple):
    """Like persons: those who stand at the same place, came to it so, and came by it first."""

    previous: int
    channel: str


class Driver(NamedTuple):
    """Something known of a person when she comes to a stage."""

    stage: int
    kind: str
    """`passed`, `channel`, `slow`, or `property`."""
    name: str
    """The touchpoint, channel or property."""
    value: str


@dataclass(frozen=True, eq=False)
class Second:
    """What a shard contributes. Each count has a row (n, left)."""

    by_suspicion: Counter[tuple[int, Stratum, bool, bool]]
    """Persons by suspicion, stratum, whether it concerns them, and whether they left."""
    by_property: Counter[tuple[int, str, str, bool, bool]]
    """The same by property and value."""
    by_stage: Counter[tuple[int, bool]]
    by_driver: Counter[tuple[Driver, bool]]
    last_places: Counter[tuple[int, bool]]
    """Ends by the touchpoint at which they begin, and whether an event says so."""
    spells: Spells
    flow: Flow

    def merged(self, other: Second) -> Second:
        """Two shards together."""
        mine, theirs = vars(self), vars(other)
        added = {k: mine[k] + theirs[k] for k in mine if k not in ("spells", "flow")}
        return Second(
            spells=self.spells.merged(other.spells), flow=self.flow.merged(other.flow), **added
        )


def second_look(walks: Walks, query: Query, settled: Settled) -> Second:
    """What a shard contributes."""
    leaving, firsts = leaving_of(walks, settled), walks.firsts()
    look = _Look(walks, query, settled, leaving, firsts)
    by_suspicion, by_property = look.suspected()
    by_stage, by_driver = look.driven()
    return Second(
        by_suspicion=by_suspicion,
        by_property=by_property,
        by_stage=by_stage,
        by_driver=by_driver,
        last_places=look.last_places(),
        spells=spells_of(walks, query.journey_map, settled, firsts),
        flow=flow_of(walks, query.calendar, settled),
    )


class _Look:
    def __init__(
        self,
        walks: Walks,
        query: Query,
        settled: Settled,
        leaving: Leaving,
        firsts: tuple[I64, I64],
    ) -> None:
        self.walks, self.query, self.settled = walks, query, settled
        self.leaving, self.firsts = leaving, firsts
        self.previous = previous_own(walks)
        log, first = walks.log, np.minimum(walks.begins[:-1], max(len(walks.at) - 1, 0))
        self.channels = log.channels
        self.channel = np.zeros(walks.n, np.int64)
        if log.channel is not None and len(walks.at):
            self.channel = log.channel[walks.at[first]].astype(np.int64)
        self.properties = dict(_properties(walks, query))

    def suspected(
        self,
    ) -> tuple[Counter[tuple[int, Stratum, bool, bool]], Counter[tuple[int, str, str, bool, bool]]]:
        """By suspicion: who is concerned and who left, in strata and by property."""
        strata: Counter[tuple[int, Stratum, bool, bool]] = Counter()
        properties: Counter[tuple[int, str, str, bool, bool]] = Counter()
        wide = len(self.channels)
        for number, suspicion in enumerate(self.settled.suspicions):
            units = units_of(self.walks, suspicion, self.firsts)
            seen = self.leaving.seen[units.row]
            row, concerned = units.row[seen], units.concerned[seen]
            two = concerned * 2 + self.leaving.left[row]
            journey = self.walks.journey[row]
            stratum = (self.previous[row] + 1) * wide + self.channel[journey]
            for key, n in counted(stratum * 4 + two).items():
                where, how = divmod(key, 4)
                like = Stratum(where // wide - 1, self.channels[where % wide])
                strata[number, like, how >= 2, how % 2 == 1] += n
            for name, (codes, values) in self.properties.items():
                for key, n in counted(codes[journey] * 4 + two).items():
                    value, how = divmod(key, 4)
                    properties[number, name, values[value], how >= 2, how % 2 == 1] += n
        return strata, properties

    def driven(self) -> tuple[Counter[tuple[int, bool]], Counter[tuple[Driver, bool]]]:
        """By stage: who left soon after coming to it, by what was known of them then."""
        stages: Counter[tuple[int, bool]] = Counter()
        drivers: Counter[tuple[Driver, bool]] = Counter()
        for stage, rows in stage_rows(self.walks, self.query):
            row = rows[self.leaving.seen[rows]]
            left = self.leaving.left[row]
            for key, n in counted(left.astype(np.int64)).items():
                stages[stage, key == 1] += n
            for kind, name, codes, values in self._known(row):
                for key, n in counted(codes * 2 + left).items():
                    value, gone = divmod(key, 2)
                    drivers[Driver(stage, kind, name, values[value]), gone == 1] += n
        return stages, drivers

    def _known(self, row: I64) -> Iterator[tuple[str, str, I64, tuple[str, ...]]]:
        journey = self.walks.journey[row]
        for number, name in enumerate(self.walks.names):
            had = self.walks.came[journey, number] < row
            if had.any():
                yield "passed", name, had.astype(np.int64), ("no", "yes")
        if self.walks.log.channel is not None:
            yield "channel", "", self.channel[journey], self.channels
        for name, (codes, values) in self.properties.items():
            yield "property", name, codes[journey], values

    def last_places(self) -> Counter[tuple[int, bool]]:
        """Where journeys ended that have ended: the last touchpoint before, and how it is known."""
        walks, found = self.walks, Counter[tuple[int, bool]]()
        gone = self.leaving.ended[self.leaving.ended >= 0]
        said = walks.ends.get("churn", np.zeros(len(walks.journey), np.bool_))[gone]
        place = np.where(said, self.previous[gone], walks.code[gone])
        for key, many in counted((place + 1) * 2 + said).items():
            found[key // 2 - 1, key % 2 == 1] += many
        return found


def stage_rows(walks: Walks, query: Query) -> Iterator[tuple[int, I64]]:
    """The rows at which journeys come to each stage for the first time."""
    number = {
        t.key: s for s, stage in enumerate(query.journey_map.stages) for t in stage.touchpoints
    }
    stage_of = np.array([*(number[name] for name in walks.names), -1], np.int64)[walks.code]
    for stage in range(len(query.journey_map.stages)):
        at = np.flatnonzero(stage_of == stage)
        yield stage, at[np.unique(walks.journey[at], return_index=True)[1]]


def _properties(walks: Walks, query: Query) -> Iterator[tuple[str, tuple[I64, tuple[str, ...]]]]:
    """What kind of customer it is, by journey: properties at its first row, traits, personas."""
    log = walks.log
    for name, column in log.traits.items():
        if column.codes is not None and len(column.values) <= MOST_VALUES:
            yield name, _entries(column.codes, column.values)
    for name, column in log.columns.items():
        if column.codes is None or len(column.values) > MOST_VALUES or name in log.traits:
            continue
        codes, values = column.codes[walks.at], column.values
        known = np.flatnonzero(codes >= 0)
        first = known[np.unique(walks.journey[known], return_index=True)[1]]
        of = np.full(walks.n, -1, np.int64)
        of[walks.journey[first]] = codes[first]
        yield name, _entries(of, values)
    personas = [p for p in query.journey_map.personas if p.rule is not None]
    if personas:
        of = np.full(walks.n, -1, np.int64)
        for number, persona in reversed(list(enumerate(personas))):
            assert persona.rule is not None  # noqa: S101
            of[holds_for_journey(log, persona.rule)] = number
        yield "persona", _entries(of, tuple(p.name for p in personas))


def _entries(codes: I64 | I32, values: tuple[str, ...]) -> tuple[I64, tuple[str, ...]]:
    """Codes from 0, the unknown ones last."""
    return np.where(codes < 0, len(values), codes).astype(np.int64), (*values, UNKNOWN)
