"""What the first run of `desireline map` costs more than later ones: the kernels are compiled."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.environments import ROOT
from bench.race import Times
from bench.sides import SideFailed

REPEATS = 3


def measure(events: Path) -> dict[str, object]:
    """Seconds of the first run with an empty cache, of the next one, and of what lies between."""
    first, later = [], []
    for _ in range(REPEATS):
        with tempfile.TemporaryDirectory(prefix="bench-first-") as place:
            first.append(_run(events, Path(place)))
            later.append(_run(events, Path(place)))
    between = [a - b for a, b in zip(first, later, strict=True)]
    return {
        "first": Times.of(first).plain(),
        "later": Times.of(later).plain(),
        "compiling": Times.of(between).plain(),
    }


def _run(events: Path, place: Path) -> float:
    command = [sys.executable, "-m", "desireline", "map", str(events), "--case", "person"]
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(place / "cache")}
    start = time.perf_counter()
    done = subprocess.run(
        [*command, "--out", str(place / "out")],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    seconds = time.perf_counter() - start
    if done.returncode:
        raise SideFailed(f"`desireline map` failed: {done.stderr[-2000:]}")
    return seconds
