"""Serves one folder on loopback: enough for a demo, out of reach for other machines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread

from desireline.engine.errors import DesirelineError

LOOPBACK = "127.0.0.1"


class PortTaken(DesirelineError):
    """Another program listens on the port."""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        """Says nothing for each request."""


@contextmanager
def serve_folder(folder: Path, port: int) -> Iterator[tuple[str, Callable[[], None]]]:
    """The address, and a function that waits until Ctrl-C. Raises PortTaken."""
    try:
        server = ThreadingHTTPServer((LOOPBACK, port), partial(_Quiet, directory=str(folder)))
    except OSError as error:
        raise PortTaken(
            f"Port {port} on {LOOPBACK} cannot be used: {error.strerror}.",
            hint="Stop the program that uses it, or choose another: --port 0 takes a free one.",
        ) from error
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://{LOOPBACK}:{server.server_port}", _wait_for_interrupt
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _wait_for_interrupt() -> None:
    try:
        Event().wait()
    except KeyboardInterrupt:
        return
