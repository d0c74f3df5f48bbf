"""Are the pains that are found those that were planted; is nothing found where nothing hurts?"""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field

from desireline.engine import pains
from desireline.engine.compute.threads import run
from desireline.engine.pains import Signal
from desireline.sim.planted.pains import planted_pains
from worlds.study import FIRST_SEED, Bar, Told, share

FIRST = 5
PERSONS = 4_000
PROCESSES = 2


@dataclass
class Tally:
    """What was planted and found over worlds."""

    planted: Counter[Signal] = field(default_factory=Counter)
    among_first: Counter[Signal] = field(default_factory=Counter)
    found: Counter[Signal] = field(default_factory=Counter)
    wrong: Counter[Signal] = field(default_factory=Counter)
    worlds_with_wrong: int = 0

    def add(self, seed: int, *, null: bool) -> None:
        """One world more."""
        world = planted_pains(seed, PERSONS, null=null)
        told = run(pains, world.journeys, pains.Query(world.journey_map), 1)
        found = [(pain.signal, pain.touchpoint) for pain in told.pains]
        wrong = [one for one in found if one not in world.pains]
        self.planted.update(signal for signal, _ in world.pains)
        self.among_first.update(one[0] for one in found[:FIRST] if one in world.pains)
        self.found.update(signal for signal, _ in found)
        self.wrong.update(signal for signal, _ in wrong)
        self.worlds_with_wrong += bool(wrong)

    def take(self, other: Tally) -> None:
        """The worlds of another."""
        for mine, theirs in (
            (self.planted, other.planted),
            (self.among_first, other.among_first),
            (self.found, other.found),
            (self.wrong, other.wrong),
        ):
            mine.update(theirs)
        self.worlds_with_wrong += other.worlds_with_wrong


def world_and_null(seed: int) -> tuple[Tally, Tally]:
    """The world of a seed with pains, and the one without."""
    planted, null = Tally(), Tally()
    planted.add(seed, null=False)
    null.add(seed, null=True)
    return planted, null


def pains_study(worlds: int) -> Told:
    """Over so many worlds with three pains each, and as many in which nothing hurts."""
    planted, null = Tally(), Tally()
    with ProcessPoolExecutor(PROCESSES) as pool:
        for one, other in pool.map(world_and_null, range(FIRST_SEED, FIRST_SEED + worlds)):
            planted.take(one)
            null.take(other)
    n, hit = planted.planted.total(), planted.among_first.total()
    found, wrong = planted.found.total(), planted.wrong.total()
    rows = [("signal", "planted", "among the first five", "found", "of these wrong")]
    rows += [
        (s, str(planted.planted[s]), share(planted.among_first[s], planted.planted[s]),
         str(planted.found[s]), str(planted.wrong[s]))
        for s in pains.SIGNALS
    ]  # fmt: skip
    return Told(
        title="Pain points",
        about=f"{worlds} worlds of {PERSONS:,} persons with three pains each, and {worlds} in which"
        " nothing hurts. All of them have every signal at many of twelve touchpoints, as often as"
        " the seed says, and two channels that move both how often signals are met and how readily"
        " people leave. A planted pain makes 25 to 45 of 100 who meet it leave there and then."
        " Wrong is everything that is called a pain and was not planted, also that more leave a"
        " place at which another pain makes them leave.",
        bars=[
            Bar("recall in the first five at least 90 %", share(hit, n), hit >= 0.9 * n),
            Bar("false discoveries at most 10 %", share(wrong, found), wrong <= 0.1 * found),
            Bar(
                "worlds without pain with a finding at most 5 %, and what chance adds to that",
                share(null.worlds_with_wrong, worlds),
                null.worlds_with_wrong <= 0.05 * worlds + 2 * (0.05 * 0.95 * worlds) ** 0.5,
            ),
        ],
        table=rows,
    )
