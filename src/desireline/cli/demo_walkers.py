"""Keeps the demo's visitors walking: sends what they do over HTTP, as any program would."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from threading import Event, Thread
from typing import Any, TypeVar

import httpx
import numpy as np

from desireline.cli.demo_shop import Shop

NAME = "Cat-fountain shop"
BEAT_SECONDS = 0.5
START_SECONDS = 120.0
ANSWER_SECONDS = 60.0
"""For one answer of the server."""
DISCOVERY_SECONDS = 600.0
"""For the map. Asked again while the first one is still being found, there would be two."""
LASTING_SECONDS = 90.0
"""Without an answer: so long the visitors ask again and say nothing."""
AGAIN_SECONDS = 1.0
MICROSECOND = 1_000_000
MOST = 500
"""Events of one batch."""
LATE = "The server is busy: what the visitors do arrives late, and none of it is lost."
T = TypeVar("T")


class Walkers:
    """A thread that is a client of the server like any other."""

    def __init__(self, shop: Shop, speed: float, tell: Callable[[str], None]) -> None:
        self._shop = shop
        self._speed = speed
        self._tell = tell
        self._stopped = Event()
        self._late = False

    def start(self, address: str, at_map: Callable[[str], None]) -> None:
        """Publishes the map if there is none, tells its address, then sends events."""
        Thread(target=self._walk, args=(address, at_map), name="walkers", daemon=True).start()

    def stop(self) -> None:
        """Nothing new is sent from now on."""
        self._stopped.set()

    def _walk(self, address: str, at_map: Callable[[str], None]) -> None:
        try:
            with httpx.Client(base_url=address, timeout=ANSWER_SECONDS, trust_env=False) as client:
                key = self._patiently(lambda: self._map(client))
                # Asked for here, so that the first look need not wait.
                as_of = _microseconds(self._patiently(lambda: _as_of(client, key)))
                at_map(f"{address}/maps/{key}")
                self._send(client, as_of)
        except httpx.HTTPError as error:
            if not self._stopped.is_set():
                self._tell(f"The visitors stopped: {error}.")

    def _patiently(self, ask: Callable[[], T]) -> T:
        """What it gives, asked again while the server is busy; says once if that lasts.

        Each ask is one that may be said twice: an event that came already is known by its id.
        """
        begun = time.monotonic()
        while True:
            try:
                return ask()
            except httpx.HTTPError as error:
                if not _is_busy(error) or self._stopped.wait(AGAIN_SECONDS):
                    raise
            if not self._late and time.monotonic() - begun >= LASTING_SECONDS:
                self._late = True
                self._tell(LATE)

    def _map(self, client: httpx.Client) -> str:
        """The key of the published map; where there is none, one is found and published."""
        end = time.monotonic() + START_SECONDS
        while client.get("/ready").status_code != httpx.codes.OK and time.monotonic() < end:
            if self._stopped.wait(0.1):
                raise httpx.TransportError("stopped")
        for found in client.get("/v1/maps").raise_for_status().json()["maps"]:
            if found["version"] is not None:
                return str(found["key"])
        asked = {"name": NAME, "publish": True}
        made = client.post("/v1/maps/discover", json=asked, timeout=DISCOVERY_SECONDS)
        return str(made.raise_for_status().json()["key"])

    def _send(self, client: httpx.Client, after: int) -> None:
        """The simulated time runs from `after` on, faster than the clock by `speed`."""
        begun, start = time.monotonic(), max(after, self._shop.cut)
        waiting = self._shop.later(after)
        upcoming = next(waiting, None)
        while upcoming is not None and not self._stopped.wait(BEAT_SECONDS):
            now = start + (time.monotonic() - begun) * self._speed * MICROSECOND
            batch: list[dict[str, Any]] = []
            while upcoming is not None and upcoming[0] <= now and len(batch) < MOST:
                batch.append(upcoming[1])
                upcoming = next(waiting, None)
            if batch:
                self._patiently(partial(_send_batch, client, batch))
        if upcoming is None:
            self._tell("The simulated year is over; the map stays as it is.")


def _send_batch(client: httpx.Client, batch: list[dict[str, Any]]) -> None:
    client.post("/v1/batch", json={"batch": batch}).raise_for_status()


def _is_busy(error: httpx.HTTPError) -> bool:
    """No answer in time, or one that says: not now."""
    if isinstance(error, httpx.HTTPStatusError):
        status = error.response.status_code
        return status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR
    return isinstance(error, httpx.TransportError)


def _as_of(client: httpx.Client, key: str) -> str:
    figures = client.get(f"/v1/maps/{key}/figures").raise_for_status().json()["figures"]
    return str(figures["as_of"])


def _microseconds(iso: str) -> int:
    return int(np.datetime64(iso.removesuffix("Z"), "us").astype(np.int64))
