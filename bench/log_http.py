"""Events over HTTP, by wrk on loopback: a server as people start it, durable before it answers.

`measure()` gives plain data; `python -m bench.log_http` prints it. Each run has a workspace of its
own with a write key, and events that nobody has sent before (`http_load.lua`): pages, products,
orders and sign-ins of 20,000 persons, some 600 bytes each. Validation, identity and deduplication
are on. Beside it stands what the disk confirms in the same run. Of the batches it is also asked how
long after it was sent an event is in the figures of a map.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from threading import Event, Thread
from typing import Any, TypeAlias

from bench.environments import EnvironmentUnavailable
from bench.log_append import _floor as floor
from bench.log_fresh import PATIENCE_SECONDS, Reader, Sent, follow, percentiles, wait_until
from bench.log_server import ADDRESS
from bench.machine import load_average

SCRIPT = Path(__file__).with_name("http_load.lua")
KEY = re.compile(r"wk_[0-9a-f]{32}")
SINGLE = {"batch": 1, "connections": 64}
BATCHES = {"batch": 100, "connections": 12}
WARM_SECONDS = 3
NO_WRK = "wrk is not installed: apt-get install wrk. Events over HTTP are not measured without it."
PROBE_SECONDS = 0.1
"""Between two events whose way into the figures is timed."""
Environment: TypeAlias = Callable[[], Mapping[str, str]]
"""Makes an empty database; tells a server by which variables it finds it."""


class WrkMissing(EnvironmentUnavailable):
    """The program that sends is not there."""


@dataclass(frozen=True)
class Served:
    """A running server."""

    address: str
    key: str
    process: int

    @property
    def port(self) -> int:
        """Its port."""
        return int(self.address.rpartition(":")[2])


def measure(seconds: int = 20) -> dict[str, Any]:
    """Single events and batches on both databases. Raises WrkMissing."""
    need_wrk()
    told: dict[str, Any] = {"seconds": seconds, "load_before": load_average()}
    with tempfile.TemporaryDirectory(prefix="bench-http-") as folder:
        told["fsyncs_a_second"] = floor(Path(folder) / "floor")
        told["sqlite"] = _database(Path(folder) / "sqlite", dict, seconds)
        with _postgresql() as environment:
            told["postgresql"] = _database(Path(folder) / "postgresql", environment, seconds)
        told["fsyncs_a_second_after"] = floor(Path(folder) / "floor")
    return told


def need_wrk() -> None:
    """Raises WrkMissing."""
    if shutil.which("wrk") is None:
        raise WrkMissing(NO_WRK)


def _database(folder: Path, environment: Environment, seconds: int) -> dict[str, Any]:
    """Both loads, each on a server and a database of its own."""
    with served(folder / "single", environment()) as server:
        single = load(server, SINGLE["batch"], SINGLE["connections"], seconds)
    with served(folder / "batches", environment()) as server:
        key = _first_map(server)
        with _watched(server, key) as fresh:
            batches = load(server, BATCHES["batch"], BATCHES["connections"], seconds)
        batches["fresh"] = fresh
    return {"single": single, "batches": batches}


def load(
    server: Served, batch: int, connections: int, seconds: int, run: int = 1
) -> dict[str, Any]:
    """What wrk saw, and what the log holds of it; all of it has to be stored.

    `run` and the number after it make the ids: another load of the same server needs others.
    """
    _wrk(server, batch, connections, WARM_SECONDS, run)
    before, cpu = _counts(server), _processor_seconds(server.process)
    found = _wrk(server, batch, connections, seconds, run + 1)
    cpu = _processor_seconds(server.process) - cpu
    after = _counts(server)
    if found["refused"] or after["failed"] or after["duplicate"]:
        raise AssertionError(f"not everything was stored: {found}, {after}")
    told = found["requests"] * batch
    if after["stored"] - before["stored"] < told:
        raise AssertionError(f"{told} were acknowledged, and not all are stored: {before}, {after}")
    return {
        "batch": batch,
        "connections": connections,
        "requests_a_second": found["requests"] / found["seconds"],
        "events_a_second": told / found["seconds"],
        "milliseconds_p50": found["p50"],
        "milliseconds_p99": found["p99"],
        "cpu_microseconds_an_event": cpu / told * 1e6,
    }


def _wrk(server: Served, batch: int, connections: int, seconds: int, run: int) -> dict[str, Any]:
    many = ["-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s"]
    words = ["wrk", *many, "-s", str(SCRIPT), server.address, "--", str(batch), server.key]
    done = subprocess.run([*words, str(run)], capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout.partition("FOUND ")[2].splitlines()[0]))


@contextmanager
def served(data: Path, environment: Mapping[str, str]) -> Iterator[Served]:
    """A server of an empty workspace, ready, with the key that it has made."""
    data.parent.mkdir(parents=True, exist_ok=True)
    words = [sys.executable, "-m", "desireline"]
    environ = {**os.environ, **environment}
    place = ["--data", str(data)]
    made = subprocess.run(
        [*words, "source", "add", f"load-{data.name}", *place],
        env=environ, capture_output=True, text=True, check=True,
    )  # fmt: skip
    command = [*words, "serve", *place, "--port", "0"]
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, text=True, env=environ, **pipes) as process:
        try:
            assert process.stdout is not None
            found, key = ADDRESS.search(process.stdout.readline()), KEY.search(made.stdout)
            assert found is not None
            assert key is not None
            server = Served(found[0], key[0], process.pid)
            wait_until(lambda: _status(server, "/ready") == 200)
            yield server
        finally:
            process.terminate()


def _first_map(server: Served) -> str:
    """The key of a map over the first events."""
    _wrk(server, BATCHES["batch"], 2, WARM_SECONDS, run=9)
    assert _counts(server)["stored"] > 0
    wait_until(lambda: _ask(server, "GET", "/ready")["lags"][0]["events"] == 0)
    wanted = {"name": "Shop", "publish": True}
    made = _ask(server, "POST", "/v1/maps/discover", wanted)
    assert "key" in made, made
    return str(made["key"])


@contextmanager
def _watched(server: Served, key: str) -> Iterator[dict[str, float]]:
    """Fills in, at its end, how long a probe took from sending into the figures of the map."""
    told: dict[str, float] = {}
    reader, sent, enough, done = Reader(), Sent(), Event(), Event()
    line = HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE_SECONDS)
    follower = Thread(target=follow, args=(line, key, reader, done))
    prober = Thread(target=_probe, args=(server, sent, enough))
    follower.start()
    wait_until(lambda: bool(reader.positions))
    prober.start()
    try:
        yield told
        enough.set()
        prober.join()
        wait_until(lambda: reader.positions[-1] >= sent.positions[-1])
        told.update(percentiles(sent, reader), probes=len(sent.positions))
    finally:
        enough.set()
        done.set()
        follower.join()
        line.close()


def _probe(server: Served, sent: Sent, enough: Event) -> None:
    """One event after the other beside the load; what waits for its answer is not sent twice."""
    line = HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE_SECONDS)
    headers = {"Content-Type": "application/json", "X-Write-Key": server.key}
    while not enough.wait(PROBE_SECONDS):
        n = len(sent.moments)
        event = {"id": f"probe-{n}", "type": "product_viewed", "user_id": f"probe-{n // 3}"}
        sent.moments.append(time.perf_counter())
        line.request("POST", "/v1/events", json.dumps(event), headers)
        answer = json.loads(line.getresponse().read())
        sent.positions.append(answer["events"][0]["position"])
    line.close()


@contextmanager
def _postgresql() -> Iterator[Environment]:
    from tests.databases import postgres_server  # noqa: PLC0415 - only this part needs a server

    with postgres_server() as server:
        yield lambda: {"DESIRELINE_DATABASE_URL": server.new_database()}


def _counts(server: Served) -> dict[str, int]:
    return dict(_ask(server, "GET", "/v1/counts"))


def _status(server: Served, path: str) -> int:
    line = HTTPConnection("127.0.0.1", server.port, timeout=60)
    line.request("GET", path)
    status = line.getresponse().status
    line.close()
    return status


def _ask(server: Served, method: str, path: str, body: Any = None) -> Any:
    line = HTTPConnection("127.0.0.1", server.port, timeout=60)
    text = None if body is None else json.dumps(body)
    line.request(method, path, text, {"Content-Type": "application/json"})
    found = json.loads(line.getresponse().read())
    line.close()
    return found


def _processor_seconds(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=20)
    try:
        print(json.dumps(measure(**vars(parser.parse_args())), indent=1))
    except WrkMissing as missing:
        sys.exit(str(missing))
