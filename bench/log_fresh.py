"""How long after it was sent an event is in the figures of a map: asked for, and followed.

`python -m bench.log_fresh` prints seconds as JSON. A server holds the simulated shop; one sender
sends single events at a steady rate, one reader asks for the figures again and again, and one
follows their stream, as the page does. A map file says up to which position of the log it reaches.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from threading import Event, Thread
from typing import Any

from bench.log_server import ADDRESS

PATIENCE_SECONDS = 120
PAUSE_SECONDS = 0.05
"""Between two questions of the reader."""
TYPES = ("product_viewed", "cart_filled", "order_completed")


@dataclass
class Reader:
    """Which position of the log was in the figures at which moment; both rise."""

    moments: list[float] = field(default_factory=list)
    positions: list[int] = field(default_factory=list)
    last: str = ""

    def saw(self, file: str, begun: float) -> None:
        """A map file's id, `version.position`; `begun` is when the answer began to be looked at."""
        self.last = file
        self.moments.append(begun)
        self.positions.append(int(file.strip('"').rpartition(".")[2]))

    def seconds_until(self, position: int, sent: float) -> float:
        """From the sending of an event to the first file that has it."""
        return self.moments[bisect_left(self.positions, position)] - sent


@dataclass
class Sent:
    """The events of a run: when each was sent, and the position that it was given."""

    moments: list[float] = field(default_factory=list)
    positions: list[int] = field(default_factory=list)


def measure(persons: int = 20_000, events: int = 3_000, a_second: float = 100.0) -> dict[str, Any]:
    """Seconds from sending to seeing, at p50, p95 and p99, by asking and by following."""
    asked, followed, sent = Reader(), Reader(), Sent()
    with tempfile.TemporaryDirectory(prefix="bench-fresh-") as folder:
        _fill(Path(folder), persons)
        with _served(Path(folder) / "data") as port:
            key, held = _discovered(port)
            with _reading(port, key, asked, followed):
                _send(port, sent, events, a_second)
                wait_until(lambda: _reach(asked) >= sent.positions[-1])
                wait_until(lambda: _reach(followed) >= sent.positions[-1])
    return {
        "events_before": held,
        "events": events,
        "sent_a_second": (events - 1) / (sent.moments[-1] - sent.moments[0]),
        "asked": percentiles(sent, asked),
        "followed": percentiles(sent, followed),
    }


def _fill(folder: Path, persons: int) -> None:
    shop = folder / "shop.parquet"
    _run("simulate", "--persons", str(persons), "--out", str(shop))
    _run("import", str(shop), "--data", str(folder / "data"))


def _run(*words: str) -> None:
    subprocess.run([sys.executable, "-m", "desireline", *words], check=True, capture_output=True)


@contextmanager
def _served(data: Path) -> Iterator[int]:
    """The port of a server that is ready."""
    command = [sys.executable, "-m", "desireline", "serve", "--data", str(data), "--port", "0"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, text=True, **pipes) as server:  # type: ignore[call-overload]
        try:
            found = ADDRESS.search(server.stdout.readline())
            assert found is not None
            port = int(found[0].rpartition(":")[2])
            wait_until(lambda: _ask(port, "GET", "/ready")[0] == 200)
            yield port
        finally:
            server.terminate()


def _discovered(port: int) -> tuple[str, int]:
    """The key of a map of all that is there, published, and how many events those are."""
    wanted = {"name": "Shop", "publish": True}
    status, body = _ask(port, "POST", "/v1/maps/discover", wanted)
    assert status == 201, body
    return str(body["key"]), int(_ask(port, "GET", "/v1/counts")[1]["stored"])


@contextmanager
def _reading(port: int, key: str, asked: Reader, followed: Reader) -> Iterator[None]:
    done, stream = Event(), HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    readers = [
        Thread(target=_keep_asking, args=(port, key, asked, done)),
        Thread(target=follow, args=(stream, key, followed, done)),
    ]
    for reader in readers:
        reader.start()
    try:
        wait_until(lambda: bool(asked.positions and followed.positions))
        yield
    finally:
        done.set()  # the stream has a pulse every five seconds, at which it is heard
        for reader in readers:
            reader.join()
        stream.close()


def _keep_asking(port: int, key: str, reader: Reader, done: Event) -> None:
    line = HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    while not done.is_set():
        line.request("GET", f"/v1/maps/{key}/figures", headers={"If-None-Match": reader.last})
        answer = line.getresponse()
        answer.read()
        if answer.status == 200:
            reader.saw(answer.headers["etag"], time.perf_counter())
        done.wait(PAUSE_SECONDS)
    line.close()


def follow(line: HTTPConnection, key: str, reader: Reader, done: Event) -> None:
    """Follows the stream of a map until `done`, which is seen at the next pulse."""
    line.request("GET", f"/v1/maps/{key}/live")
    answer = line.getresponse()
    while not done.is_set() and (text := answer.readline()):
        name, _, value = text.decode().partition(": ")
        if name == "id":  # the last line of a file or change: all of it is here
            reader.saw(value.strip(), time.perf_counter())


def _send(port: int, sent: Sent, events: int, a_second: float) -> None:
    line = HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    begun = time.perf_counter()
    for n in range(events):
        time.sleep(max(begun + n / a_second - time.perf_counter(), 0))
        event = {"id": f"fresh-{n}", "type": TYPES[n % 3], "user_id": f"fresh-{n // 3}"}
        sent.moments.append(time.perf_counter())
        line.request("POST", "/v1/events", json.dumps(event))
        told = json.loads(line.getresponse().read())
        sent.positions.append(told["events"][0]["position"])
    line.close()


def _ask(port: int, method: str, path: str, body: Any = None) -> tuple[int, Any]:
    line = HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    text = None if body is None else json.dumps(body)
    line.request(method, path, text, {"Content-Type": "application/json"})
    answer = line.getresponse()
    found = json.loads(answer.read())
    line.close()
    return answer.status, found


def _reach(reader: Reader) -> int:
    return reader.positions[-1]


def wait_until(holds: Any) -> None:
    """Returns when it holds. Raises TimeoutError."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError("The server did not come so far in two minutes.")
        time.sleep(0.05)


def percentiles(sent: Sent, reader: Reader) -> dict[str, float]:
    """A position that comes later never counts as seen with an earlier file."""
    waits = sorted(map(reader.seconds_until, sent.positions, sent.moments))
    return {f"p{p}": waits[_at(waits, p)] for p in (50, 95, 99)} | {"files": len(reader.positions)}


def _at(values: Sequence[float], percent: int) -> int:
    return min(len(values) * percent // 100, len(values) - 1)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--persons", type=int, default=20_000)
    parser.add_argument("--events", type=int, default=3_000)
    parser.add_argument("--a-second", type=float, default=100.0)
    told = vars(parser.parse_args())
    print(json.dumps(measure(**told), indent=1))
