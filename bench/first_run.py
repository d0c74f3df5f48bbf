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
VISITORS = 2_000
"""Of the simulated shop: a story that a map can be drawn of, so that every kernel is needed."""


def measure() -> dict[str, object]:
    """Seconds of the first run with an empty cache, of the next one, and of what lies between."""
    first, later = [], []
    with tempfile.TemporaryDirectory(prefix="bench-first-") as folder:
        place = Path(folder)
        events = place / "shop.parquet"
        _run("simulate", "--persons", str(VISITORS), "--out", str(events), cache=place / "own")
        for repeat in range(REPEATS):
            command = ("map", str(events), "--out", str(place / "out"))
            cache = place / f"cache-{repeat}"
            first.append(_run(*command, cache=cache))
            later.append(_run(*command, cache=cache))
    between = [a - b for a, b in zip(first, later, strict=True)]
    return {
        "first": Times.of(first).plain(),
        "later": Times.of(later).plain(),
        "compiling": Times.of(between).plain(),
    }


def _run(*command: str, cache: Path) -> float:
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "desireline", *command],
        env={**os.environ, "NUMBA_CACHE_DIR": str(cache)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    seconds = time.perf_counter() - start
    if done.returncode:
        raise SideFailed(f"`desireline {' '.join(command)}` failed: {done.stderr[-2000:]}")
    return seconds
