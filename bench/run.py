"""The run: which sides are asked what, and what is noted down."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from bench import data, first_run, log_rows, machine, map_rows
from bench.answers import AnswersDiffer, ExactWaits, same_counts, same_pairs
from bench.drawn_map import counted_rows
from bench.environments import python_of
from bench.log_http import need_wrk
from bench.plan import FILES, FULL, ONLY_FIRST_SIZE, PEERS, THREADS, WORKS, Work, names
from bench.race import alone, fastest_way, grown, race
from bench.sides import Side

SECTIONS = (
    *(work.key for work in WORKS),
    "touchpoints",
    "floor",
    "growth",
    "reading",
    "first_run",
    "log",
    "map",
)
MAPS = ("touchpoints", "touchpoints_mixed")
GROWING = {
    "ours": ("transitions", "quantiles", "funnel", "touchpoints"),
    "ours_files": ("parquet_log",),
}
"""Works whose cost is followed from the first to the second size."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a run is to do."""

    cache: Path
    sizes: Sequence[int] = FULL
    sections: Sequence[str] = SECTIONS
    peers: Sequence[str] = tuple(PEERS)

    @property
    def complete(self) -> bool:
        """Whether this is the whole benchmark."""
        asked = (tuple(self.sizes), set(self.sections), set(self.peers))
        return asked == (FULL, set(SECTIONS), set(PEERS))


@dataclass
class Noted:
    """What a run found out: plain data, from which alone the report is written."""

    wanted: Wanted
    told: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def begin(cls, wanted: Wanted) -> Noted:
        """With the place, the time and the conditions."""
        return cls(
            wanted,
            {
                "complete": wanted.complete,
                "began": datetime.now(UTC).isoformat(timespec="minutes"),
                "command": " ".join(["python -m bench", *sys.argv[1:]]),
                "machine": machine.describe(),
                "load_before": machine.load_average(),
                "sizes": list(wanted.sizes),
                "threads": THREADS,
                "versions": {},
                "races": [],
                "growth": [],
                "reading": [],
                "peaks": [],
            },
        )

    def wants(self, section: str) -> bool:
        """Whether a section was asked for."""
        return section in self.wanted.sections


def bench(wanted: Wanted, say: Callable[[str], None]) -> dict[str, Any]:
    """Everything that was asked for, as plain data. Raises AnswersDiffer, SideFailed."""
    noted = Noted.begin(wanted)
    begin = time.perf_counter()
    for peer in wanted.peers:
        python_of(peer)  # now, so that what cannot be had is missed before an hour has passed
    if noted.wants("log"):
        need_wrk()  # for the same reason
    if noted.wants("first_run"):
        say("first run of `desireline map`")
        noted.told["first_run"] = first_run.measure()
    _reading(noted, say)
    for size in wanted.sizes:
        say(f"{size:,} events")
        made = data.ensure(wanted.cache, size, csv=size == wanted.sizes[0])
        with Side("ours", made.folder, THREADS) as ours:
            noted.told["versions"].update(ours.ready["versions"])
            _against_peers(noted, made, ours, say)
            _ours_alone(noted, made, ours, say)
            peak = ours.memory()["peak"]
            noted.told["peaks"].append({"size": size, "peak_bytes": peak})
    _growth(noted, say)
    if noted.wants("log"):
        noted.told["log"] = log_rows.measure(say)
    if noted.wants("map"):
        noted.told["map"] = map_rows.measure(say)
    noted.told["minutes"] = (time.perf_counter() - begin) / 60
    noted.told["load_after"] = machine.load_average()
    return noted.told


def _against_peers(noted: Noted, made: data.Made, ours: Side, say: Callable[[str], None]) -> None:
    works = [work for work in WORKS if noted.wants(work.key) and work.key in ours.works]
    first = made.size == noted.wanted.sizes[0]
    for peer in noted.wanted.peers:
        asked = [work for work in works if peer in work.bars]
        if not asked or (peer in ONLY_FIRST_SIZE and not first):
            continue
        with Side(peer, made.folder, THREADS) as other:
            noted.told["versions"].update(other.ready["versions"])
            judge = Judge(made, ours)
            for work in asked:
                say(f"  {work.title}: {PEERS[peer]}")
                noted.told["races"].append(_race(judge, work, ours, other))
            noted.told["races"][-1]["peak_bytes"] = other.memory()["peak"]


def _race(judge: Judge, work: Work, ours: Side, other: Side) -> dict[str, Any]:
    way, tried = fastest_way(other, work.key)
    agreement = judge.compare(work.key, other, way)
    return {
        "work": work.key,
        "title": work.title,
        "size": judge.made.size,
        "peer": other.name,
        "bar": work.bars[other.name],
        "way": other.works[work.key][way],
        "tried": tried,
        "agreement": agreement,
        **race(ours, work.key, other, work.key, way),
    }


@dataclass
class Judge:
    """Compares answers; the exact waits are made once, when a quantile is judged."""

    made: data.Made
    ours: Side

    def compare(self, work: str, other: Side, way: int) -> dict[str, Any]:
        """How well the sides agree. Raises AnswersDiffer where they do not."""
        who = f"{work} ({other.name}, {other.works[work][way]})"
        mine, theirs = self.ours.answer(work), other.answer(work, way)
        if work.startswith("funnel"):
            return same_counts(who, mine, theirs)
        agreement = same_pairs(who, mine, theirs)
        if work == "quantiles":
            stated = self.ours.ready["facts"]["wait_error"]
            agreement["our_quantile_error"] = self._waits.relative_error("ours", mine, stated)
            agreement["stated_quantile_error"] = stated
            agreement["their_rank_error"] = self._waits.rank_error(who, theirs)
        return agreement

    @cached_property
    def _waits(self) -> ExactWaits:
        person, time, code = (
            np.load(self.made.arrays / f"{name}.npy") for name in ("person", "time", "code")
        )
        return ExactWaits.from_arrays(person, time, code, names())


def _ours_alone(noted: Noted, made: data.Made, ours: Side, say: Callable[[str], None]) -> None:
    if made.size != noted.wanted.sizes[0]:
        return
    if noted.wants("touchpoints"):
        noted.told["touchpoints"] = [_figures(made, ours, work, say) for work in MAPS]
    if noted.wants("floor"):
        say("  reading the columns once")
        found = race(ours, "floor", ours, "transitions")
        noted.told["floor"] = {"size": made.size, **found}


def _figures(made: data.Made, ours: Side, work: str, say: Callable[[str], None]) -> dict[str, Any]:
    say(f"  {work}")
    right = counted_rows(made.arrays, mixed=work == "touchpoints_mixed")
    found = [tuple(row) for row in ours.answer(work)]
    if found != right:
        raise AnswersDiffer(f"{work}: counted the slow way it is {right}, we say {found}.")
    return {"work": work, "size": made.size, **alone(ours, work).plain()}


def _growth(noted: Noted, say: Callable[[str], None]) -> None:
    if not noted.wants("growth") or len(noted.wanted.sizes) < 2:
        return
    small, large = (data.ensure(noted.wanted.cache, s, csv=False) for s in noted.wanted.sizes[:2])
    for side, works in GROWING.items():
        with (
            Side(side, small.folder, THREADS) as few,
            Side(side, large.folder, THREADS) as many,
        ):
            for work in works:
                say(f"growth of {work}")
                found = race(few, work, many, work) if side == "ours" else grown(few, many, work)
                row = {"work": work, "factor": large.size / small.size, **found}
                noted.told["growth"].append(row)


def _reading(noted: Noted, say: Callable[[str], None]) -> None:
    if not noted.wants("reading"):
        return
    made = data.ensure(noted.wanted.cache, noted.wanted.sizes[0], csv=True)
    with Side("ours", made.folder, THREADS) as ours:
        right = ours.answer("transitions")
    for work in FILES:
        say(f"reading {FILES[work]}")
        with Side("ours_files", made.folder, THREADS) as side:
            side.seconds(work, warm=0)
            peak = side.memory()["peak"]
            times = alone(side, work, times=5).plain()
            told = side.answer(work)
        same_pairs(FILES[work], right, told.pop("pairs"))
        row = {"work": work, "size": made.size, "peak_bytes": peak, **told, **times}
        noted.told["reading"].append(row)
