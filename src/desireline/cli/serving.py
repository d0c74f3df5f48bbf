"""Serves a workspace: opens it, starts its staff, answers requests, and ends in good order."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from desireline.kit.access import Doors
from desireline.kit.garbage import all_to_stay
from desireline.kit.workspace import Workspace, open_workspace
from desireline.log.opening import check_segments, finish_promised
from desireline.modules.rooms import Rooms
from desireline.registry import MODULES
from desireline.server.app import behind_the_door, furnish, make_app
from desireline.server.limits import DoorLimits
from desireline.server.listening import PortTaken, address_of, is_loopback, listen
from desireline.server.logs import write_logs
from desireline.server.running import run
from desireline.settings import Settings
from desireline.worker.staff import Staff

STAFF_SECONDS = 1.5
"""How long the staff may take to end; what it does is whole or not at all."""
LOOK_SECONDS = 0.2
"""How often a worker looks whether it was told to end."""

Ready = Callable[[str, Rooms], None]
"""Is told the address when requests are answered."""


def serve(settings: Settings, ready: Ready) -> None:
    """Serves until SIGTERM or Ctrl-C. Raises what opening, listening and reading raise."""
    write_logs(settings.log_level)
    with all_to_stay():
        app = make_app(MODULES)
    rooms = Rooms.of(_opened(settings))
    try:
        bound = listen(settings)
    except PortTaken:
        rooms.close()
        raise
    furnish(app, MODULES, rooms, Doors(settings.token, is_local=is_loopback(settings.host)))
    asgi, gate = behind_the_door(app, DoorLimits.of(settings.limits))
    with staffed(rooms, settings):
        run(asgi, bound, gate, rooms.begin_to_close, lambda _: ready(address_of(bound), rooms))


def _opened(settings: Settings) -> Workspace:
    checks = [check_segments, finish_promised]
    return open_workspace(settings, exclusive=True, create=True, checks=checks)


def work(settings: Settings, ready: Callable[[], None]) -> None:
    """Does the work behind the routes, without any, until SIGTERM or Ctrl-C."""
    write_logs(settings.log_level)
    rooms = Rooms.of(_opened(settings))
    told: list[int] = []

    def stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - what signal calls
        told.append(number)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    with staffed(rooms, settings):
        ready()
        while not told:  # an Event that a signal sets just as its waiting begins would hang
            time.sleep(LOOK_SECONDS)


@contextmanager
def staffed(rooms: Rooms, settings: Settings) -> Iterator[None]:
    """The staff works meanwhile; at the end everything that waits is answered and let go of."""
    staff = Staff(rooms, MODULES, settings.role)
    staff.start()
    try:
        yield
    finally:
        late = staff.stop(STAFF_SECONDS)
        if late:  # a thread in the middle of a query would wait for the connection to close
            threading.Timer(STAFF_SECONDS, os._exit, (0,)).start()
        rooms.close()
