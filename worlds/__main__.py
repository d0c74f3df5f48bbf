"""Runs the studies and writes their sections of docs/worlds.md: `python -m worlds [STUDY ...]`.

`--worlds` says over how many worlds (of each design), at least 100 in what is published.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from worlds.conformance import conformance_study
from worlds.effects import effects_study
from worlds.endings import endings_study
from worlds.moments import moments_study
from worlds.pains import pains_study
from worlds.story import story_study
from worlds.study import Told, in_words
from worlds.values import values_study

PAGE = Path(__file__).parents[1] / "docs" / "worlds.md"
STUDIES: Mapping[str, Callable[[int], Told]] = {
    "conformance": conformance_study,
    "effects": effects_study,
    "endings": endings_study,
    "moments": moments_study,
    "pains": pains_study,
    "story": story_study,
    "values": values_study,
}
"""Each takes the number of worlds."""


def main(arguments: Sequence[str] | None = None) -> int:
    """0 where every bar is met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("studies", nargs="*", help=f"of {', '.join(STUDIES)}; all if none is named")
    parser.add_argument("--worlds", type=int, default=100)
    given = parser.parse_args(arguments)
    unknown = [name for name in given.studies if name not in STUDIES]
    if unknown:
        parser.error(f"there is no study {unknown[0]!r}; there are {', '.join(STUDIES)}")
    met = True
    for name in given.studies or STUDIES:
        began = time.perf_counter()
        told = STUDIES[name](given.worlds)
        write(name, in_words(told))
        for bar in told.bars:
            print(f"{name}: {bar.asked}: {bar.found}{'  NOT MET' if bar.met is False else ''}")
        print(f"{name}: {time.perf_counter() - began:.0f} s")
        met = met and all(bar.met is not False for bar in told.bars)
    return 0 if met else 1


def write(name: str, section: str) -> None:
    """Puts a section between its marks, the others stay; a new one comes last."""
    page, begins, ends = PAGE.read_text(), f"<!-- {name} -->", f"<!-- /{name} -->"
    if begins not in page:
        page = f"{page.rstrip()}\n\n{begins}\n{ends}\n"
    before, _, rest = page.partition(begins)
    after = rest.partition(ends)[2]
    PAGE.write_text(f"{before}{begins}\n\n{section}\n\n{ends}{after}")


if __name__ == "__main__":
    sys.exit(main())
