"""The sides as the benchmark sees them: a process each, which loads once and runs when told."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from bench.environments import ROOT, python_of

QUIET = {
    "DO_NOT_TRACK": "1",
    "RETENTIONEERING_NO_TRACK": "1",
    "POSTHOG_DISABLED": "1",
    "PYTHONWARNINGS": "ignore",
}


class SideFailed(Exception):
    """A side's process ended instead of answering."""


class Side:
    """A running side. Use as a context manager; the process ends with it."""

    def __init__(self, name: str, folder: Path, threads: int) -> None:
        self.name = name
        self._home = tempfile.TemporaryDirectory(prefix="bench-home-")
        self._errors = Path(self._home.name) / "errors"
        interpreter = str(python_of(name))
        command = [interpreter, "-m", "bench.worker", name, str(folder.resolve()), str(threads)]
        with self._errors.open("w") as errors:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                cwd=ROOT,
                env=_environment(self._home.name, threads),
            )
        self.ready = self._read()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._home.cleanup()

    @property
    def works(self) -> dict[str, list[str]]:
        """The names of the formulations of each work."""
        works: dict[str, list[str]] = self.ready["works"]
        return works

    def seconds(self, work: str, way: int = 0, *, warm: int = 1, times: int = 1) -> list[float]:
        """How long each of some runs took, after some that are not counted."""
        told: list[float] = self._ask(do="run", work=work, way=way, warm=warm, times=times)[
            "seconds"
        ]
        return told

    def worked(self, work: str, *, times: int) -> tuple[list[float], list[float]]:
        """As `seconds`, with those that processors worked in the program itself."""
        told = self._ask(do="run", work=work, way=0, warm=1, times=times)
        return told["seconds"], told["worked"]

    def answer(self, work: str, way: int = 0) -> Any:
        """The result of a work in plain form."""
        return self._ask(do="answer", work=work, way=way)["answer"]

    def memory(self) -> dict[str, int | None]:
        """Bytes: the most that the process ever held (`peak`), and what it holds `now`."""
        return self._ask(do="memory")

    def _ask(self, **order: Any) -> dict[str, Any]:
        assert self._process.stdin is not None
        print(json.dumps(order), file=self._process.stdin, flush=True)
        return self._read()

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            self._process.wait()
            raise SideFailed(f"{self.name} ended: {self._errors.read_text()[-2000:]}")
        told: dict[str, Any] = json.loads(line)
        return told


def _environment(home: str, threads: int) -> dict[str, str]:
    limits = {name: str(threads) for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")}
    # A peer writes its settings into a home that is gone afterwards; ours keeps numba's cache.
    return {**os.environ, **QUIET, **limits, "HOME": home, "MPLCONFIGDIR": home}
