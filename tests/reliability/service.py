"""A server of its own for a test: started as people start it, killed as machines do."""

from __future__ import annotations

import os
import random
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from threading import Thread

import httpx

ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
WORKING = re.compile(r"Working on")
PATIENCE_SECONDS = 60
LASTING_PORTS = range(20_000, 32_000)
"""Below those that the kernel gives to whoever asks for any port or calls somebody: while a server
of ours was down for a moment, another test could get its port, and the server could not return."""


def _lasting_port() -> int:
    """A free one."""
    while True:
        port = random.choice(LASTING_PORTS)
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port


class Service:
    """`desireline serve` on a folder, with the port of its first start kept for the later ones."""

    def __init__(
        self,
        data: Path,
        *words: str,
        env: Mapping[str, str] | None = None,
        program: tuple[str, ...] = ("-m", "desireline"),
    ) -> None:
        self.data = data
        self.words = words
        self.env = {**os.environ, "NO_COLOR": "1", **(env or {})}
        self.program = program
        self.address = ""
        self.said: list[str] = []
        self.listener: Thread | None = None
        self.process: subprocess.Popen[str] | None = None

    def start(self, path: str = "/ready") -> float:
        """Seconds until this path says 200; `/ready` says so when it takes events."""
        port = self.address.rpartition(":")[2] or str(_lasting_port())
        began = time.monotonic()
        self._run("--port", port)
        self.address = self._wait_for(ADDRESS)
        self._wait_for_200(path)
        return time.monotonic() - began

    def start_worker(self) -> None:
        """Returns when it says that it works; it has no address."""
        self._run()
        self._wait_for(WORKING)

    def _wait_for_200(self, path: str) -> None:
        answer = None
        end = time.monotonic() + PATIENCE_SECONDS
        with httpx.Client(timeout=5) as client:
            while time.monotonic() < end:
                with suppress(httpx.TransportError):
                    answer = client.get(self.address + path)
                    if answer.status_code == 200:
                        return
                time.sleep(0.05)
        raise AssertionError(f"not well: {answer and answer.text}\n{self.told}")

    def pause(self) -> None:
        """Stops it where it stands."""
        assert self.process is not None
        self.process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """Ends a pause."""
        assert self.process is not None
        self.process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        """SIGKILL: no word of farewell."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def stop(self) -> float:
        """Seconds from SIGTERM to the end, which must be a good one."""
        assert self.process is not None
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(PATIENCE_SECONDS)
        assert code == 0, f"exit code {code}\n{self.told}"
        return time.monotonic() - began

    def end(self) -> None:
        """Ends it if it still runs; for tests that failed."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            self.kill()
        if self.listener is not None:
            self.listener.join()

    @property
    def told(self) -> str:
        """What it printed."""
        return "".join(self.said[-100:])

    def _run(self, *words: str) -> None:
        command = [*self.program, "serve", "--data", str(self.data), *words, *self.words]
        self.process = subprocess.Popen(
            [sys.executable, *command],
            env=self.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        stream = self.process.stdout
        assert stream is not None

        def read() -> None:
            with stream:
                self.said.extend(stream)

        self.said.clear()
        self.listener = Thread(target=read, daemon=True)
        self.listener.start()

    def _wait_for(self, said: re.Pattern[str]) -> str:
        for _ in range(PATIENCE_SECONDS * 50):
            found = said.search("".join(self.said))
            if found:
                return found[0]
            assert self.process is not None
            assert self.process.poll() is None, f"it ended: {self.told}"
            time.sleep(0.02)
        raise AssertionError(f"it never said {said.pattern}: {self.told}")
