"""A whole server on a thread of this process, on either database, for tests of the routes."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
from fastapi import FastAPI
from tests.databases import new_workspace
from tests.server.processes import TRIED_FAST, new_client, until
from uvicorn import Server

from desireline.kit.access import Doors
from desireline.kit.clock import Clock
from desireline.modules.rooms import Rooms
from desireline.registry import MODULES
from desireline.server.app import behind_the_door, furnish, make_app
from desireline.server.limits import DoorLimits
from desireline.server.listening import address_of, listen
from desireline.server.running import run
from desireline.settings import Settings, read_settings
from desireline.worker.staff import Staff

FREE: list[FastAPI] = []
"""Applications that no house uses: of a workspace they know what `furnish` gives, and to make one
takes a tenth of a second."""


@dataclass
class House:
    """A running server, and what is inside it."""

    client: httpx.Client
    rooms: Rooms

    def send(self, events: list[dict[str, object]]) -> None:
        """Stores events, and waits until answers know them."""
        self.client.post("/v1/batch", json={"batch": events}).raise_for_status()
        self.settle()

    def settle(self) -> None:
        """Returns when answers know all that is in the log."""
        until(lambda: self.rooms.pulse.position == self.rooms.appender.position)


@contextmanager
def house(
    folder: Path,
    database_url: str,
    clock: Clock | None = None,
    settings: Settings | None = None,
) -> Iterator[House]:
    """A server with a new workspace, by a clock or settings of its own where they are given."""
    told = settings or read_settings({}, data_dir=folder, database_url=database_url)
    settings = replace(told, port=0, seal_seconds=1, password_kibibytes=TRIED_FAST)
    rooms = Rooms.of(new_workspace(settings, clock))
    app = FREE.pop() if FREE else make_app(MODULES)
    furnish(app, MODULES, rooms, Doors(settings.token))
    asgi, gate = behind_the_door(app, DoorLimits.of(settings.limits))
    staff = Staff(rooms, MODULES, "server")
    staff.start()
    bound = listen(settings)
    servers: list[Server] = []
    args = (asgi, bound, gate, rooms.begin_to_close, servers.append)
    thread = threading.Thread(target=run, args=args)
    address = address_of(bound)
    thread.start()
    try:
        until(lambda: servers and servers[0].started)
        until(lambda: rooms.pulse.position >= 0)
        with new_client(address) as client:
            yield House(client, rooms)
    finally:
        servers[0].should_exit = True
        thread.join(20)
        staff.stop(5)
        rooms.close()
        FREE.append(app)
