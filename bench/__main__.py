"""`python -m bench`: measures, compares, writes docs/benchmarks.md."""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

from bench.answers import AnswersDiffer
from bench.environments import ROOT, EnvironmentUnavailable
from bench.plan import FULL, PEERS
from bench.report import report
from bench.run import SECTIONS, Wanted, bench
from bench.sides import SideFailed

CACHE = ROOT / ".bench"
PAGE = ROOT / "docs" / "benchmarks.md"


def main() -> int:
    """Runs what the arguments ask for. Only the whole benchmark writes docs/benchmarks.md."""
    wanted = _wanted()
    if wanted is None:
        return _write(json.loads((CACHE / "results.json").read_text()))
    begin = time.perf_counter()
    try:
        told = bench(wanted, lambda words: _say(f"{time.perf_counter() - begin:6.0f} s  {words}"))
    except (AnswersDiffer, EnvironmentUnavailable, SideFailed) as error:
        _say(f"{type(error).__name__}: {error}")
        return 1
    results = wanted.cache / ("results.json" if wanted.complete else "results-partial.json")
    results.write_text(json.dumps(told, indent=1))
    return _write(told)


def _write(told: dict[str, Any]) -> int:
    page = report(told)
    if told["complete"]:
        PAGE.write_text(page)
        _say(f"Wrote {PAGE.relative_to(ROOT)}")
    else:
        sys.stdout.write(page)
    return 0


def _wanted() -> Wanted | None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    add = parser.add_argument
    add("--size", type=int, nargs="+", default=list(FULL), metavar="EVENTS", help="sizes to run")
    add("--only", nargs="+", choices=SECTIONS, default=list(SECTIONS), help="what to measure")
    add("--without", nargs="+", choices=list(PEERS), default=[], help="peers to leave out")
    add("--cache", type=Path, default=CACHE, help="where the made events are kept")
    add("--rewrite", action="store_true", help="write the page from the last full run again")
    told = parser.parse_args()
    if told.rewrite:
        return None
    peers = tuple(peer for peer in PEERS if peer not in told.without)
    return Wanted(told.cache, tuple(told.size), tuple(told.only), peers)


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
