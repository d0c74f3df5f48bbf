"""`desireline serve` as a process of its own, and a client for it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from desireline.settings import variable

PATIENCE_SECONDS = 60.0
TRIED_FAST = 64
"""KiB for a password: at full cost the tests of the team took half a second of two processors for
each sign-in."""
Json = dict[str, Any]


@dataclass
class Running:
    """A server that answers."""

    address: str
    process: subprocess.Popen[str]
    log: Path
    """What it writes to standard error."""
    client: httpx.Client

    def lines(self) -> list[Json]:
        """Its log so far."""
        text = self.log.read_text()
        return [json.loads(line) for line in text.splitlines() if line.startswith("{")]

    def terminated(self) -> tuple[int, float]:
        """The exit code after SIGTERM, and the seconds it took."""
        begun = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(PATIENCE_SECONDS)
        return code, time.monotonic() - begun


@contextmanager
def running(folder: Path, *words: str, **environ: str) -> Iterator[Running]:
    """A server on a free port with the workspace in `folder`."""
    with tempfile.TemporaryDirectory() as scratch:
        log = Path(scratch) / "log"
        process = started(folder, log, *words, **environ)
        try:
            address = _address(process, log)
            with new_client(address) as client:
                yield Running(address, process, log, client)
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()
            assert process.stdout is not None
            process.stdout.close()


def new_client(address: str, **headers: str) -> httpx.Client:
    """A client of one server, without certificates: to read those takes 20 ms of a processor."""
    return httpx.Client(
        base_url=address,
        headers=headers,
        timeout=PATIENCE_SECONDS,
        trust_env=False,
        verify=False,
    )


def started(folder: Path, log: Path, *words: str, **environ: str) -> subprocess.Popen[str]:
    """The process, which may not answer yet."""
    fast = {variable("password_kibibytes"): str(TRIED_FAST)}
    command = [sys.executable, "-m", "desireline", "serve", "--data", str(folder), "--port", "0"]
    with log.open("w") as errors:
        return subprocess.Popen(
            [*command, *words],
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            env={**fast, **os.environ, **environ},
        )


def ready(client: httpx.Client) -> Json:
    """What `/ready` says once it is."""
    end = time.monotonic() + PATIENCE_SECONDS
    while True:
        answer = client.get("/ready")
        if answer.status_code == 200:
            return dict(answer.json())
        assert time.monotonic() < end, answer.text
        time.sleep(0.05)


def caught_up(client: httpx.Client) -> None:
    """Returns as soon as every event that was taken is in the answers."""
    until(lambda: not client.get("/ready").json()["lags"][0]["events"])


def until(holds: Any, seconds: float = PATIENCE_SECONDS) -> Any:
    """What `holds` gives as soon as it is true."""
    end, pause = time.monotonic() + seconds, 0.001
    while not (found := holds()):
        assert time.monotonic() < end, "it did not come to hold in time"
        time.sleep(pause)
        pause = min(pause * 1.5, 0.05)
    return found


def walks(persons: int, begin: int = 0) -> list[Json]:
    """Events of a small shop: everyone looks, half fill a cart, half of those order."""
    found = []
    for person in range(begin, begin + persons):
        types = ["page_viewed", "cart_filled", "order_completed"][
            : 1 + person % 2 + person % 4 // 3
        ]
        for step, kind in enumerate(types):
            at = f"2026-03-{1 + person % 28:02d}T{10 + step}:00:00Z"
            event = {"id": f"{person}-{step}", "type": kind, "user_id": f"u{person}", "at": at}
            found.append(event | {"channel": "web", "properties": {"plan": f"p{person % 3}"}})
    return found


def _address(process: subprocess.Popen[str], log: Path) -> str:
    assert process.stdout is not None
    line = process.stdout.readline()
    assert "http://" in line, line + log.read_text()
    return line.split()[3]
