"""The peers' environments: made by uv from locks with hashes, beside the project's own."""

from __future__ import annotations

import subprocess
import sys
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).parent.parent
LOCKED = ("chdb", "pm4py", "retentioneering")
"""Peers with an environment of their own; DuckDB comes with the project."""


class EnvironmentUnavailable(Exception):
    """A peer's environment cannot be made."""


def python_of(side: str) -> Path:
    """The interpreter in which a side runs; makes its environment the first time.

    Raises EnvironmentUnavailable where the packages cannot be had.
    """
    if side not in LOCKED:
        return Path(sys.executable)
    place = ROOT / f".venv-bench-{side}"
    lock = ROOT / "bench" / "requirements" / f"{side}.lock"
    stamp, wanted = place / "locked", sha256(lock.read_bytes()).hexdigest()
    python = place / "bin" / "python"
    if not stamp.exists() or stamp.read_text() != wanted:
        uv = Path(sys.executable).with_name("uv")
        _do(side, [uv, "venv", "-q", "--clear", "--python", sys.executable, place])
        _do(side, [uv, "pip", "install", "-q", "--python", python, "--require-hashes", "-r", lock])
        stamp.write_text(wanted)
    return python


def _do(side: str, command: list[str | Path]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise EnvironmentUnavailable(
            f"The environment of {side} cannot be made: {done.stderr.strip()} "
            f"Leave the peer out with --without {side}."
        )
