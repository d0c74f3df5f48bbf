"""A log in a folder, loaded by actors: each file holds some events of some persons."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from desireline.engine.building import EventColumns, build
from desireline.engine.errors import DesirelineError
from desireline.engine.journeys import Column, Ids, Journeys

TYPES = tuple("abcd")


def write_events(folder: Path, seed: int, n: int, persons: int) -> None:
    """A further file of `n` random events."""
    rng = np.random.default_rng(seed)
    person = rng.integers(0, persons, n)
    at = np.sort(rng.integers(0, 10**13, n))
    code = rng.choice(4, n, p=[0.4, 0.3, 0.2, 0.1])
    order = rng.integers(-1, persons // 2, n)
    unfinished = folder / f"{seed}.unfinished"
    with unfinished.open("wb") as file:
        np.savez(file, person=person, time=at, code=code, order=order)
    unfinished.rename(folder / f"{seed}.npz")


@dataclass
class FolderShard:
    """The persons of one shard, each file as a part... made anew from all files at a refresh."""

    folder: Path
    shard: int
    of: int
    held: tuple[Journeys, ...] = ()

    def parts(self) -> Sequence[Journeys]:
        return self.held

    def refresh(self) -> int:
        files = sorted(self.folder.glob("*.npz"))
        self.held = tuple(read(files, self.shard, self.of)) if files else ()
        return len(files)


def read(files: Sequence[Path], shard: int, of: int) -> list[Journeys]:
    """The persons of a shard in two parts."""
    loaded = [dict(np.load(file)) for file in files]
    columns = {name: np.concatenate([one[name] for one in loaded]) for name in loaded[0]}
    made = []
    for half in range(2):
        mine = (columns["person"] % of == shard) & (columns["person"] // of % 2 == half)
        persons, case = np.unique(columns["person"][mine], return_inverse=True)
        made.append(
            build(
                EventColumns(
                    case=case.astype(np.int32),
                    ids=Ids(integers=persons),
                    time=columns["time"][mine],
                    code=columns["code"][mine].astype(np.uint16),
                    events=TYPES,
                    columns={"order": _texts(columns["order"][mine])},
                )
            )
        )
    return made


def _texts(order: Any) -> Any:
    values = tuple(f"o{i}" for i in range(int(order.max(initial=0)) + 1))
    return Column(codes=order.astype(np.int32), values=values)


@dataclass(frozen=True)
class FolderLoader:
    folder: Path

    def __call__(self, shard: int, of: int) -> FolderShard:
        return FolderShard(self.folder, shard, of)


class LogUnreadable(DesirelineError):
    """What a loader may say."""

    def __init__(self, place: str, *, why: str) -> None:
        super().__init__(f"The log at {place} cannot be read: {why}.", hint="Look at it.")


@dataclass(frozen=True)
class FailingLoader:
    def __call__(self, shard: int, of: int) -> FolderShard:
        raise LogUnreadable("s3://log", why=f"no such bucket for {shard} of {of}")


@dataclass(frozen=True)
class Waiting:
    """An analysis that takes its time at one look: until a file says that it may go on."""

    analysis: Any
    folder: Path
    waits: Any = None
    """At which queries; None: at each."""

    def partial(self, journeys: Journeys, query: Any) -> Any:
        if self.waits is None or self.waits(query):
            (self.folder / f"looking-{time.monotonic_ns()}").touch()
            until = time.monotonic() + 60
            while not (self.folder / "go").exists() and time.monotonic() < until:
                time.sleep(0.02)
        return self.analysis.partial(journeys, query)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or name == "analysis":
            raise AttributeError(name)
        return getattr(self.analysis, name)
