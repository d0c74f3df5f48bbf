"""Questions over HTTP on a log of millions of events: how long an answer takes, warm.

`python -m bench.explore --events 5000000` makes the log once (as `bench.log_index` does), starts a
server, and asks every analysis: first once (which is told by itself: kernels that were
not warm would show there), then so often, each time a little differently so that no answer is one
that was kept. Times are those that a client on the same machine sees, in milliseconds; `cpu` are
those of the server's processors together, which other work on the machine does not change.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from typing import Any

from bench.log_http import _processor_seconds
from bench.log_index import CACHE, fill
from bench.log_server import ADDRESS, PATIENCE_SECONDS
from bench.machine import load_average
from bench.plan import STEPS
from desireline.kit.workspace import open_workspace
from desireline.log.opening import open_store
from desireline.settings import read_settings

ROUNDS = 9
WARM_SECONDS = 10
"""After which nothing gets warm behind it any more."""
WEB = {"filter": {"channels": ["web"]}}
SEGMENT = {"segment": "event_03 ~> event_07"}


def questions(turn: int) -> dict[str, tuple[str, dict[str, Any]]]:
    """By name the analysis and what it is asked; another turn asks another question."""
    never = f"never_{turn}"
    outcome = {"type": "event", "in": [STEPS[-1], never]}
    steps = [{"rule": {"type": "event", "in": [name, never]}, "name": name} for name in STEPS]
    funnel = {"steps": steps, "window_seconds": 7 * 86_400}
    return {
        "transitions": ("transitions", {"outcome": outcome}),
        "transitions, rare ones": ("transitions", {"outcome": outcome, "rarity": True}),
        "variants": ("variants", {"outcome": outcome}),
        "funnel": ("funnel", funnel),
        "funnel by channel": ("funnel", {**funnel, "by": "channel"}),
        "funnel, of one channel": ("funnel", {**funnel, **WEB}),
        "funnel, of a segment": ("funnel", {**funnel, **SEGMENT}),
        "paths": ("paths", {"anchor": {"type": "event", "in": [STEPS[0], never]}}),
        "touchpoints": ("touchpoints", {"outcome": outcome}),
        "touchpoints, of one channel": ("touchpoints", {"outcome": outcome, **WEB}),
        "positions": ("positions", {"outcome": outcome}),
        "retention by week": ("retention", {"back": outcome}),
        "retention by day": ("retention", {"back": outcome, "period": "day", "periods": 30}),
        "compare funnels": (
            "compare",
            {
                "of": {"analysis": "funnel", **funnel},
                "a": {"column": {"name": "channel", "value": "web"}},
            },
        ),
    }


def measure(events: int, cache: Path = CACHE) -> dict[str, Any]:
    """Milliseconds of the first answer and of the median one, by question."""
    told: dict[str, Any] = {"events": events, "load_before": load_average(), "answers": {}}
    with _served(_workspace(events, cache)) as (port, process):
        line = HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
        _until_read(line, told)
        for name in questions(0):
            first = _asked(line, *questions(0)[name])[0]
            cpu = _processor_seconds(process)
            times = [_asked(line, *questions(turn)[name]) for turn in range(1, ROUNDS + 1)]
            cpu = (_processor_seconds(process) - cpu) / ROUNDS * 1000
            told["answers"][name] = {
                "first": round(first, 1),
                "median": round(median(t for t, _ in times), 1),
                "least": round(min(t for t, _ in times), 1),
                "cpu": round(cpu, 1),
                "bytes": times[-1][1],
            }
    told["load_after"] = load_average()
    return told


def _workspace(events: int, cache: Path) -> Path:
    """A workspace with so many events, made now unless the cache holds it."""
    folder = cache / f"explore-{events}"
    if not (folder / "done").exists():
        shutil.rmtree(folder, ignore_errors=True)
        settings = read_settings({}, data_dir=folder / "data")
        with open_workspace(settings, exclusive=True, create=True) as workspace:
            fill(workspace.database, open_store(workspace), events)
        (folder / "done").touch()
    return folder / "data"


def _asked(line: HTTPConnection, analysis: str, question: dict[str, Any]) -> tuple[float, int]:
    body = json.dumps(question)
    begin = time.perf_counter()
    line.request("POST", f"/v1/explore/{analysis}", body, {"content-type": "application/json"})
    answer = line.getresponse()
    text = answer.read()
    took = (time.perf_counter() - begin) * 1000
    assert answer.status == 200, text[:500]
    return took, len(text)


def _until_read(line: HTTPConnection, told: dict[str, Any]) -> None:
    """Until the log has been read, and a while for what gets warm behind it."""
    begin = time.perf_counter()
    while True:
        line.request("POST", "/v1/explore/check", "{}", {"content-type": "application/json"})
        answer = line.getresponse()
        answer.read()
        if answer.status == 200:
            break
        time.sleep(0.1)
    told["seconds_until_it_answers"] = round(time.perf_counter() - begin, 1)
    time.sleep(WARM_SECONDS)


@contextmanager
def _served(folder: Path) -> Iterator[tuple[int, int]]:
    command = [sys.executable, "-m", "desireline", "serve", "--data", str(folder), "--port", "0"]
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, text=True, **pipes) as server:
        try:
            assert server.stdout is not None
            found = ADDRESS.search(server.stdout.readline())
            assert found is not None
            yield int(found[0].rpartition(":")[2]), server.pid
        finally:
            server.terminate()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=5_000_000)
    print(json.dumps(measure(parser.parse_args().events), indent=1))
