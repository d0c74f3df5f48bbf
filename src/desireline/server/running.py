"""The event loop: accepts, serves, and when told to stop finishes what is under way."""

from __future__ import annotations

import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from starlette.types import ASGIApp
from uvicorn import Config, Server

from desireline.server.gate import Gate
from desireline.server.protocol import LimitedProtocol


class DrainingServer(Server):
    """Ends with the exit code 0 after SIGTERM and SIGINT; uvicorn would die of them in the end."""

    def __init__(self, config: Config, closing: Callable[[], None]) -> None:
        super().__init__(config)
        self._closing = closing

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Accepts nobody any more, and lets those finish who were let in."""
        self._closing()
        await super().shutdown(sockets)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Signals are ours while the server runs, and are not raised again afterwards."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        wanted = (signal.SIGINT, signal.SIGTERM)
        before = {number: signal.signal(number, self.handle_exit) for number in wanted}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def run(
    app: ASGIApp,
    bound: socket.socket,
    gate: Gate,
    closing: Callable[[], None],
    made: Callable[[Server], None],
) -> None:
    """Serves until a signal. `closing` is called when the end begins: streams end by it.

    `made` gets the server before it starts: who sets its `should_exit` ends it without a signal.
    """
    limits = gate.limits
    protocol: Any = partial(LimitedProtocol, gate)
    config = Config(
        app,
        http=protocol,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=limits.idle_seconds,
        timeout_graceful_shutdown=limits.drain_seconds,
        backlog=2048,
    )
    server = DrainingServer(config, closing)
    made(server)
    server.run(sockets=[bound])
