"""Durable appends: requests of 100 events, decoded, deduplicated, on disk before the answer.

`measure()` gives plain data; `python -m bench.log_append` prints it.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from random import Random
from uuid import UUID

from bench.machine import load_average
from desireline.kit.clock import SystemClock
from desireline.kit.database import Database
from desireline.kit.garbage import look_seldom
from desireline.kit.migrating import upgrade
from desireline.log.appending.appender import Appender
from desireline.log.appending.committing import Batch
from desireline.log.appending.dedup import IdSets, no_segments
from desireline.log.decoding import decode
from desireline.log.drafting import Arrival
from desireline.modules.collect.verdicts import encoded
from desireline.modules.collect.waiting import Waiting

EVENTS = 300_000
"""Six seconds: of 100,000 the first commits are a third, in which all persons are new."""
BATCH = 100
CALLERS = 32
"""Requests under way at once, as of an HTTP server under load. One committer serves them all."""
PERSONS = 20_000
FLOOR_SECONDS = 2.0
TYPES = ("page_viewed", "product_viewed", "product_added", "order_completed")
BARS = {"sqlite": 30_000, "postgresql": 50_000}
"""Events a second at least."""


@dataclass(frozen=True, slots=True)
class Appends:
    """What one database did."""

    events_a_second: float
    commits_a_second: float
    events_a_commit: float
    milliseconds_p50: float
    """From the bytes of a request to its verdicts."""
    milliseconds_p99: float
    cpu_microseconds_an_event: float
    """Of this process, all threads; PostgreSQL's own processes not counted."""
    load_before: float


def measure(events: int = EVENTS, callers: int = CALLERS) -> dict[str, object]:
    """Both databases, and the floor under both: how often the disk confirms a write of 4 KB."""
    look_seldom()
    bodies = list(_bodies(events // BATCH))
    told: dict[str, object] = {"events": events, "batch": BATCH, "callers": callers}
    with tempfile.TemporaryDirectory(prefix="bench-append-") as folder:
        told["fsyncs_a_second"] = _floor(Path(folder) / "floor")
        with _sqlite(Path(folder)) as db:
            told["sqlite"] = asdict(_appends(db, bodies, callers))
        with _postgresql() as db:
            told["postgresql"] = asdict(_appends(db, bodies, callers))
        told["fsyncs_a_second_after"] = _floor(Path(folder) / "floor")
    return told


def _appends(db: Database, bodies: list[bytes], callers: int) -> Appends:
    load = load_average()
    clock = SystemClock()
    appender = Appender(db, IdSets(no_segments), clock)
    commits = _counted(appender)
    _send(appender, clock, bodies[: len(bodies) // 10], callers)  # connections, caches
    commits.clear()
    cpu, start = time.process_time(), time.perf_counter()
    waits = _send(appender, clock, bodies[len(bodies) // 10 :], callers)
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    appender.close()
    events = sum(commits)
    return Appends(
        events_a_second=events / seconds,
        commits_a_second=len(commits) / seconds,
        events_a_commit=events / len(commits),
        milliseconds_p50=waits[len(waits) // 2] * 1e3,
        milliseconds_p99=waits[len(waits) * 99 // 100] * 1e3,
        cpu_microseconds_an_event=cpu / events * 1e6,
        load_before=load,
    )


def _send(appender: Appender, clock: SystemClock, bodies: list[bytes], callers: int) -> list[float]:
    """How long each request took, in ascending order. Everything has to be stored.

    As the server does it: one loop for all callers, who wait for the appender to decode and commit.
    """
    left = iter(bodies)
    waiting = Waiting(appender)

    async def caller() -> list[float]:
        waits = []
        for body in left:
            start = time.perf_counter()
            read = partial(decode, body, Arrival.by(clock))
            if f'"stored":{BATCH},'.encode() not in await waiting.told(read, encoded, "bench"):
                raise AssertionError("an event was not stored")
            waits.append(time.perf_counter() - start)
        return waits

    async def all_callers() -> list[list[float]]:
        return await asyncio.gather(*(caller() for _ in range(callers)))

    with asyncio.Runner() as runner:
        return sorted(chain.from_iterable(runner.run(all_callers())))


def _counted(appender: Appender) -> list[int]:
    """Gets the size of each commit that the appender makes from now on."""
    sizes: list[int] = []
    commit: Callable[..., object] = appender._transaction  # noqa: SLF001

    def counted(batch: Batch) -> object:
        sizes.append(len(batch.what))
        return commit(batch)

    appender._transaction = counted  # type: ignore[assignment,method-assign]  # noqa: SLF001
    return sizes


def _bodies(n: int) -> Iterator[bytes]:
    """Requests as a shop's web page sends them, 300 bytes an event, with random UUIDs."""
    random = Random(11)
    for _ in range(n):
        events = [
            {
                "id": str(UUID(int=random.getrandbits(128), version=4)),
                "type": random.choice(TYPES),
                "at": f"2025-03-{random.randrange(1, 31):02d}T12:34:56.789Z",
                "user_id": f"customer-{random.randrange(PERSONS)}",
                "channel": "web",
                "properties": {"product": f"fountain-{random.randrange(40)}", "price": 39.9},
                "context": {"page": "/shop/fountains/white", "referrer": "https://search.example"},
            }
            for _ in range(BATCH)
        ]
        yield json.dumps({"events": events}).encode()


def _floor(path: Path) -> float:
    """Writes of 4 KB, each made durable before the next, a second."""
    with path.open("w+b", buffering=0) as file:
        page, n, start = os.urandom(4096), 0, time.perf_counter()
        while time.perf_counter() - start < FLOOR_SECONDS:
            file.write(page)
            os.fdatasync(file.fileno())
            n += 1
        return n / (time.perf_counter() - start)


@contextmanager
def _sqlite(folder: Path) -> Iterator[Database]:
    with _ready(f"sqlite:///{folder}/log.db") as db:
        yield db


@contextmanager
def _postgresql() -> Iterator[Database]:
    from tests.databases import postgres_server  # noqa: PLC0415 - only this part needs a server

    with postgres_server() as server, _ready(server.new_database()) as db:
        yield db


@contextmanager
def _ready(url: str) -> Iterator[Database]:
    db = Database(url)
    upgrade(db)
    try:
        yield db
    finally:
        db.close()


if __name__ == "__main__":
    print(json.dumps(measure(*map(int, sys.argv[1:])), indent=1))
