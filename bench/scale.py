"""The constants of docs/scale.md: what an event costs in memory, to load, to ask, to send.

`python -m bench.scale FOLDER` takes a workspace into which `desireline import` has put events, and
prints the constants of one machine. With `--ray` it starts a Ray cluster of three nodes on this
machine and asks the same question of 1, 2 and 4 shards. Seconds of processors are counted, not of
the clock, so that other work on the machine changes little; only `--ray` tells the clock.
"""

from __future__ import annotations

import argparse
import os
import pickle
import time
import tracemalloc
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial, reduce
from pathlib import Path
from typing import Any, TypeVar

from desireline.cluster import LogLoader, connect
from desireline.cluster.log_shard import LogShard
from desireline.engine.analyses import funnel, transitions, variants
from desireline.engine.compute.threads import run
from desireline.engine.discovery import discover
from desireline.engine.journey_map import JourneyMap
from desireline.engine.journeys import Journeys
from desireline.engine.living_map import question

T = TypeVar("T")
NODES = 3
ASKED = 5
"""How often a question is asked; the best is told."""


@dataclass(frozen=True)
class Workspace:
    """A log on this machine."""

    folder: Path

    @property
    def loader(self) -> LogLoader:
        """For actors."""
        place = self.folder.absolute()
        return LogLoader(f"sqlite:///{place / 'desireline.db'}", f"file://{place / 'segments'}")

    def shard(self, number: int, of: int) -> LogShard:
        """A shard in this process."""
        return self.loader(number, of)

    @property
    def bytes(self) -> tuple[int, int]:
        """Of the segments, and of the database."""
        segments = sum(f.stat().st_size for f in (self.folder / "segments").glob("*.parquet"))
        return segments, (self.folder / "desireline.db").stat().st_size


def main() -> None:
    """Prints the constants."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--ray", action="store_true")
    told = parser.parse_args()
    workspace = Workspace(told.folder)
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    shard, seconds = _measured(lambda: workspace.shard(0, 1))
    parts = shard.parts()
    drawn = discover(parts).journey_map
    if told.ray:
        _cluster(workspace, drawn, parts)
    else:
        _bytes(workspace, parts)
        _loading(workspace, parts, seconds)
        _asking(drawn, parts)
        _room(drawn, parts)
        _sending(workspace, drawn)


def _measured(work: Callable[[], T]) -> tuple[T, float]:
    """What came of it, and the seconds of processors that it took."""
    begin = time.process_time()
    made = work()
    return made, time.process_time() - begin


def _n(parts: Sequence[Journeys]) -> tuple[int, int]:
    return sum(p.n_events for p in parts), sum(len(p) for p in parts)


def _bytes(workspace: Workspace, parts: Sequence[Journeys]) -> None:
    n, persons = _n(parts)
    segments, database = workspace.bytes
    held = sum(p.nbytes for p in parts)
    print(f"events {n:,}, persons {persons:,}")
    print(f"bytes an event: {held / n:.1f} in memory, {segments / n:.1f} in segments,"
          f" {database / n:.1f} in the database")  # fmt: skip


def _loading(workspace: Workspace, parts: Sequence[Journeys], whole: float) -> None:
    n, _ = _n(parts)
    shard, quarter = _measured(lambda: workspace.shard(0, 4))
    shard.close()
    print(
        f"loading, ns of a processor an event of the log: {1e9 * whole / n:.0f} for a shard of 1, "
        f"{1e9 * quarter / n:.0f} for a shard of 4 (which reads all and keeps a quarter)"
    )


def _asking(drawn: JourneyMap, parts: Sequence[Journeys]) -> None:
    n, _ = _n(parts)
    steps = tuple(funnel.Step(t.rule) for t in drawn.touchpoints[:4])
    asked: dict[str, tuple[Any, Any]] = {
        f"living map of {len(drawn.touchpoints)} touchpoints": (question, question.Query(drawn)),
        "transitions": (transitions, transitions.Query()),
        "variants": (variants, variants.Query(top=50)),
        "funnel of 4 steps": (funnel, funnel.Query(steps)),
    }
    for name, (analysis, query) in asked.items():
        times = [
            _measured(lambda a=analysis, q=query: run(a, parts, q, 1))[1] for _ in range(ASKED)
        ]
        print(f"{name}: {1e9 * min(times) / n:.0f} ns of a processor an event")


def _room(drawn: JourneyMap, parts: Sequence[Journeys]) -> None:
    """Bytes that a question takes while it is answered, on one thread and on four."""
    n, _ = _n(parts)
    for threads in (1, 4):
        tracemalloc.start()
        run(question, parts, question.Query(drawn), threads)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        print(f"room for the living map on {threads} threads: {peak / n:.0f} bytes an event")


def _sending(workspace: Workspace, drawn: JourneyMap) -> None:
    """What shards send, and what it costs to put it together."""
    for of in (8, 4, 2):
        shards = [workspace.shard(number, of) for number in range(2)]
        n, persons = _n(shards[0].parts())
        sent, merging, last = _looks([shard.parts() for shard in shards], question.Query(drawn))
        assert last.first is not None
        walked = len(last.first.variants.total)
        print(
            f"a shard of {n:,} events and {persons:,} persons sends "
            f"{' + '.join(f'{size / 1e3:,.0f}' for size in sent)} kB; merging two takes "
            f"{1e3 * merging:.0f} ms, to {walked:,} variants of "
            f"{len(pickle.dumps(last.first.variants)) / 1e3:,.0f} kB"
        )
        for shard in shards:
            shard.close()


def _looks(
    shards: Sequence[Sequence[Journeys]], query: question.Query
) -> tuple[list[int], float, question.Partial]:
    """Bytes that a shard sends at each look, seconds of merging, and all of it together."""
    sent, merging, together = [], 0.0, question.Partial()
    further: question.Query | None = query
    while further is not None:
        partials = [
            reduce(question.merge, [question.partial(part, further) for part in parts])
            for parts in shards
        ]
        sent.append(len(pickle.dumps(partials[0])))
        merged, seconds = _measured(partial(reduce, question.merge, partials))
        together, merging = question.merge(together, merged), merging + seconds
        further = question.again(together, further)
    return sent, merging, together


@dataclass(frozen=True)
class Timed:
    """The living map, where each shard also tells how long its processor worked at it."""

    def partial(self, journeys: Journeys, query: question.Query) -> Any:
        """What the shard contributes, and its seconds."""
        begin = time.thread_time()
        found = question.partial(journeys, query)
        return found, {f"{os.getpid()} {time.time_ns()}": (os.getpid(), time.thread_time() - begin)}

    def merge(self, a: Any, b: Any) -> Any:
        """Both together."""
        return question.merge(a[0], b[0]), a[1] | b[1]

    def again(self, found: Any, query: question.Query) -> question.Query | None:
        """The next look."""
        return question.again(found[0], query)

    def finish(self, found: Any, query: question.Query) -> Any:  # noqa: ARG002
        """Seconds of each shard."""
        seconds: Counter[int] = Counter()
        for shard, took in found[1].values():
            seconds[shard] += took
        return sorted(seconds.values())


def _cluster(workspace: Workspace, drawn: JourneyMap, parts: Sequence[Journeys]) -> None:
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    import ray  # noqa: PLC0415 - an extra
    from ray.cluster_utils import Cluster  # noqa: PLC0415

    node = {"num_cpus": 2, "object_store_memory": 200 * 2**20, "include_dashboard": False}
    cluster = Cluster(initialize_head=True, head_node_args=node)
    for _ in range(NODES - 1):
        cluster.add_node(**node)
    ray.init(address=cluster.address, log_to_driver=False, configure_logging=False)
    query = question.Query(drawn)
    here = run(question, parts, query).to_dict()
    try:
        for shards in (1, 2, 4):
            begin = time.perf_counter()
            compute = connect(f"ray://auto?shards={shards}", workspace.loader)
            loaded = time.perf_counter() - begin
            assert compute.ask(question, query).to_dict() == here, "answers differ"
            living = min(_clock(partial(compute.ask, question, query)))
            call = min(_clock(compute.states))
            worked = min((compute.ask(Timed(), query) for _ in range(ASKED)), key=max)
            held = max(state.events for state in compute.states())
            print(
                f"{shards} shards of {held:,} events at most: loaded in {loaded:.1f} s, equal "
                f"answer, living map in {living:.2f} s, of which the busiest shard worked "
                f"{max(worked):.2f} s and all together {sum(worked):.2f} s, "
                f"a call to all in {1e3 * call:.1f} ms, "
                f"load of the machine {os.getloadavg()[0]:.1f}"
            )
            compute.close()
    finally:
        ray.shutdown()
        cluster.shutdown()


def _clock(ask: Callable[[], object]) -> list[float]:
    times = []
    for _ in range(ASKED):
        begin = time.perf_counter()
        ask()
        times.append(time.perf_counter() - begin)
    return times


if __name__ == "__main__":
    main()
