"""All clients against one running server: what each sent, and what the log holds of it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.clients.clients import CLIENTS, Client, run_page, run_program
from tests.server.processes import Running, ready, running
from tests.web.browsing import chromium

COUNT = 40
"""Events that each client sends."""


@dataclass
class Outcome:
    """What became of one client's events."""

    client: Client
    version: str
    sent: int
    events: list[dict[str, Any]]
    """Those in the log."""
    failed: int
    complaints: list[str]

    @property
    def lost(self) -> int:
        """Sent, and neither in the log nor among what failed."""
        return max(self.sent - len(self.events) - self.failed, 0)

    @property
    def duplicated(self) -> int:
        """In the log more often than sent."""
        return max(len(self.events) + self.failed - self.sent, 0)


def try_all(folder: Path) -> list[Outcome]:
    """One outcome for each client."""
    with running(folder) as server:
        ready(server.client)
        complaints = _send_all(server)
        listed = server.client.get("/v1/events/failed").json()["failed"]
        failed = Counter(f["source"] for f in listed)
        server.terminated()
    events = _exported(folder)
    return [
        Outcome(
            client,
            client.version(),
            COUNT,
            [event for event in events if event["source"] == client.source],
            failed[client.source],
            complaints[client.source],
        )
        for client in CLIENTS
    ]


def _send_all(server: Running) -> dict[str, list[str]]:
    """What pages complained about, by source. Programs run beside the browser."""
    keys = {
        client: server.client.post("/v1/sources", json={"name": client.source}).json()["write_key"]
        for client in CLIENTS
    }
    complaints: dict[str, list[str]] = {client.source: [] for client in CLIENTS}
    programs = [client for client in CLIENTS if client.place != "browser"]
    with ThreadPoolExecutor(2) as pool, chromium() as browser:
        done = [pool.submit(run_program, c, server.address, keys[c], COUNT) for c in programs]
        for client in CLIENTS:
            if client not in programs:
                told = (server.address, keys[client], COUNT)
                complaints[client.source] = run_page(client, browser, *told)
        for one in done:
            one.result()
    return complaints


def _exported(folder: Path) -> list[dict[str, Any]]:
    file = folder.parent / "all.jsonl"
    words = ["export", str(file), "--data", str(folder)]
    subprocess.run([sys.executable, "-m", "desireline", *words], check=True, capture_output=True)
    return [json.loads(line) for line in file.read_text().splitlines()]
