"""An application behind the real door, on a thread of this process, and raw sockets to it."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from fastapi import FastAPI
from starlette.requests import Request

from desireline.server.gate import Gate
from desireline.server.limits import DoorLimits
from desireline.server.listening import listen
from desireline.server.running import run
from desireline.settings import Settings, read_settings

LOOPBACK = "127.0.0.1"


def settings_for(folder: object, **told: object) -> Settings:
    """Settings of a workspace in `folder`, on a free port."""
    return read_settings({}, data_dir=folder, port=0, **told)


def echo_app() -> FastAPI:
    """Answers with the size of what it was sent."""
    app = FastAPI()

    @app.post("/size")
    async def size(request: Request) -> int:
        return len(await request.body())

    @app.get("/")
    async def hello() -> str:
        return "hello"

    return app


@contextmanager
def served(app: FastAPI, limits: DoorLimits, folder: object) -> Iterator[tuple[int, Gate]]:
    """The port of a running server, and its gate."""
    bound = listen(settings_for(folder))
    port = bound.getsockname()[1]
    gate = Gate(limits)
    servers: list[object] = []
    thread = threading.Thread(target=run, args=(app, bound, gate, lambda: None, servers.append))
    thread.start()
    try:
        wait_until(lambda: bool(servers) and servers[0].started)  # type: ignore[attr-defined]
        yield port, gate
    finally:
        servers[0].should_exit = True  # type: ignore[attr-defined]
        thread.join(20)
        assert not thread.is_alive()


def wait_until(holds: object, seconds: float = 20.0) -> None:
    """Returns when it holds; fails when that takes too long."""
    end = time.monotonic() + seconds
    while not holds():  # type: ignore[operator]
        assert time.monotonic() < end, "it did not come to hold in time"
        time.sleep(0.01)


@contextmanager
def connected(port: int, said: bytes = b"") -> Iterator[socket.socket]:
    """A raw connection that has said something."""
    with socket.create_connection((LOOPBACK, port), timeout=20) as line:
        if said:
            line.sendall(said)
        yield line


def heard(line: socket.socket) -> bytes:
    """Everything until the server closes."""
    found = b""
    try:
        while part := line.recv(65536):
            found += part
    except ConnectionResetError:
        pass
    return found


GET = b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"


def post(size: int, body: bytes = b"") -> bytes:
    """A request that announces so many bytes and sends some."""
    head = f"POST /size HTTP/1.1\r\nHost: localhost\r\nContent-Length: {size}\r\n\r\n"
    return head.encode() + body
