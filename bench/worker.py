"""One side in a process of its own: reads orders from stdin, answers on stdout, a JSON line each.

Runs in the peer's environment, so it needs nothing but Python.
Usage: `python -m bench.worker SIDE FOLDER THREADS`.
"""

from __future__ import annotations

import importlib
import json
import os
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from typing import Any


@dataclass(frozen=True, slots=True)
class Way:
    """One formulation of a work: `run` is timed, `answer` brings its result into plain form."""

    name: str
    run: Callable[[], Any]
    answer: Callable[[Any], Any]


SIDES = {
    "ours": "bench.ours",
    "ours_files": "bench.ours_files",
    "duckdb": "bench.peers.duckdb_sql",
    "chdb": "bench.peers.chdb_sql",
    "pm4py": "bench.peers.pm4py_dfg",
    "retentioneering": "bench.peers.retentioneering_tools",
}


class Side:
    """A side whose data is loaded. Its module has `load(folder, threads)` and `VERSIONS`."""

    def __init__(self, module: Any, folder: Path, threads: int) -> None:
        start = time.perf_counter()
        self.ways: dict[str, list[Way]] = module.load(folder, threads)
        self.ready = {
            "seconds": time.perf_counter() - start,
            "works": {work: [way.name for way in ways] for work, ways in self.ways.items()},
            "versions": module.VERSIONS,
            "facts": getattr(module, "FACTS", {}),
        }

    def run(self, work: str, way: int, warm: int, times: int) -> dict[str, Any]:
        """Seconds of `times` runs, by the clock and worked, after `warm` runs not timed."""
        call = self.ways[work][way].run
        for _ in range(warm):
            call()
        timed = [_timed(call) for _ in range(times)]
        return {"seconds": [wall for wall, _ in timed], "worked": [own for _, own in timed]}

    def answer(self, work: str, way: int) -> dict[str, Any]:
        """The result in plain form."""
        chosen = self.ways[work][way]
        return {"answer": chosen.answer(chosen.run())}

    def memory(self) -> dict[str, Any]:
        """The most bytes this process ever held, and what it holds now; None where Linux is not."""
        return {"peak": _status("VmHWM"), "now": _status("VmRSS")}


def _status(field: str) -> int | None:
    # Not getrusage: its maximum is inherited from the process that started this one.
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    found = [line.split()[1] for line in lines if line.startswith(f"{field}:")]
    return int(found[0]) * 1024 if found else None


def _timed(call: Callable[[], Any]) -> tuple[float, float]:
    """Seconds by the clock, and of processors in this program, the system's own left out."""
    start, before = time.perf_counter(), getrusage(RUSAGE_SELF).ru_utime
    held = call()
    seconds, worked = time.perf_counter() - start, getrusage(RUSAGE_SELF).ru_utime - before
    del held  # its release is not part of the work
    return seconds, worked


def _stay_on(threads: int) -> None:
    """So that libraries which ask for every processor get no more than the others."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:threads])


def _refuse(_socket: socket.socket, address: Any) -> None:
    raise ConnectionRefusedError(f"The benchmark opens no connection, also not to {address}.")


def main() -> None:
    """Loads the side named by the first argument and obeys until stdin ends."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # peers print banners
    side, folder, threads = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    socket.socket.connect = _refuse  # type: ignore[method-assign, assignment]
    _stay_on(threads)
    loaded = Side(importlib.import_module(SIDES[side]), folder, threads)
    print(json.dumps(loaded.ready), file=answers, flush=True)
    for line in sys.stdin:
        order = json.loads(line)
        reply = getattr(loaded, order.pop("do"))(**order)
        print(json.dumps(reply), file=answers, flush=True)


if __name__ == "__main__":
    main()
