"""A server of its own for a test: started as people start it, killed as machines do."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from threading import Thread

import httpx

ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
PATIENCE_SECONDS = 60


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

    def start(self) -> float:
        """Seconds until it is ready to take events."""
        port = self.address.rpartition(":")[2] or "0"
        began = time.monotonic()
        self.process = subprocess.Popen(
            [
                sys.executable,
                *self.program,
                "serve",
                "--data",
                str(self.data),
                "--port",
                port,
                *list(self.words),
            ],
            env=self.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._listen()
        self._wait_for_address()
        self.wait_ready()
        return time.monotonic() - began

    def wait_ready(self) -> None:
        """Returns when `/ready` says 200."""
        answer = None
        for _ in range(PATIENCE_SECONDS * 50):
            try:
                answer = httpx.get(f"{self.address}/ready", timeout=5)
                if answer.status_code == 200:
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.02)
        raise AssertionError(f"not ready: {answer and answer.text}\n{self.told}")

    def kill(self) -> None:
        """SIGKILL: no word of farewell."""
        self.process.kill()
        self.process.wait()

    def stop(self) -> float:
        """Seconds from SIGTERM to the end, which must be a good one."""
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(PATIENCE_SECONDS)
        assert code == 0, f"exit code {code}\n{self.told}"
        return time.monotonic() - began

    @property
    def told(self) -> str:
        """What it printed."""
        return "".join(self.said[-100:])

    def _listen(self) -> None:
        stream = self.process.stdout
        assert stream is not None

        def read() -> None:
            with stream:
                self.said.extend(stream)

        self.said.clear()
        Thread(target=read, daemon=True).start()

    def _wait_for_address(self) -> None:
        for _ in range(PATIENCE_SECONDS * 50):
            found = ADDRESS.search("".join(self.said))
            if found:
                self.address = found[0]
                return
            assert self.process.poll() is None, f"it ended: {self.told}"
            time.sleep(0.02)
        raise AssertionError(f"no address: {self.told}")
