"""Moments of truth over simulated worlds: coverage, false confirmations, and hidden traits."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from desireline.engine import moments
from desireline.engine.compute.threads import run
from desireline.engine.moments import Effect, Query
from desireline.sim.planted.moments import PATIENCE_DAYS, Opening, Planted, world
from worlds.study import Bar, Told, share

FIRST_SEED = 50_000
"""The study's own seeds: no method has met any of them before it was done."""
PERSONS = 3_000
LARGE = 12_000
"""Customers where the same people are needed in other rounds."""
LARGE_WORLDS = 10
"""Large worlds of each kind, for each hundred of the others."""


@dataclass
class _Seen:
    """What came out, counted."""

    inside: Counter[bool] = field(default_factory=Counter)
    verdicts: dict[str, Counter[str]] = field(default_factory=dict)

    def add(self, planted: Planted, opening: Opening, persons: int) -> None:
        """The touchpoints of one world."""
        query = Query(planted.journey_map, horizon_days=PATIENCE_DAYS)
        found = run(moments, planted.journeys, query, threads=1)
        for name, truth in planted.effects.items():
            moment = found.of(name)
            effect = None if moment is None else moment.effect
            if effect is None or effect.quality != "happened":
                self._count(_what(name, truth, opening, persons), "nothing to compare")
                continue
            if name not in planted.hidden:
                self.inside[effect.low <= truth <= effect.high] += 1
            self._count(_what(name, truth, opening, persons), _verdict(effect))

    def _count(self, what: str, verdict: str) -> None:
        self.verdicts.setdefault(what, Counter())[verdict] += 1


def _verdict(effect: Effect) -> str:
    return effect.verdict


def _what(name: str, truth: float, opening: Opening, persons: int) -> str:
    if name == "tried":
        return "no effect, a hidden trait chooses, once"
    if name == "opened":
        does = {"nothing": "no effect", "at_once": "an effect", "lasting": "a lasting effect"}
        return f"{does[opening]}, a hidden trait chooses, in rounds, {persons:,} customers"
    return "an effect, staff choose" if truth else "no effect, staff choose"


def moments_study(worlds: int) -> Told:
    """The study over so many worlds, and a tenth as many large ones of each kind of opening."""
    seen = _Seen()
    for seed in range(FIRST_SEED, FIRST_SEED + worlds):
        seen.add(world(seed, PERSONS), "nothing", PERSONS)
    openings: tuple[Opening, ...] = ("nothing", "at_once", "lasting")
    for opening in openings:
        for seed in range(FIRST_SEED, FIRST_SEED + worlds * LARGE_WORLDS // 100):
            planted = world(seed + 10_000, LARGE, opening=opening)
            seen.add(planted, opening, LARGE)
    return Told(
        title="Moments of truth",
        about=_ABOUT.format(
            first=FIRST_SEED,
            worlds=worlds,
            large=worlds * LARGE_WORLDS // 100,
            persons=PERSONS,
            n=LARGE,
        ),
        bars=_bars(seen),
        table=_table(seen),
    )


_ABOUT = """
`desireline.sim.planted.moments`: {worlds} worlds of {persons:,} customers, and {large} of {n:,} for
each of three kinds of opening. At four desks staff answer or not, by channel and source, from which
the outcome hangs too; two answers do something. One offer is taken up by a trait that nobody
records, from which the outcome hangs. Parcels come after each order; who has another hidden trait
opens the first one and buys again, and opening does nothing, or something for the next order, or
the same for all that follow. Counted is how often the 95 % interval of an answer's effect holds the
true one, and what is said of each touchpoint. A lasting effect cannot be told from a trait of the
same people: how often it is wrongly refuted stands in the first row. Seeds from {first:,}.
"""


def _bars(seen: _Seen) -> list[Bar]:
    n = seen.inside.total()
    covered = seen.inside[True] / max(n, 1)
    false = {what: c for what, c in seen.verdicts.items() if what.startswith("no effect")}
    confirmed = sum(c["confirmed"] for c in false.values())
    every = sum(c.total() for c in false.values())
    return [
        Bar(
            "coverage of the 95 % interval between 93 and 97 %",
            share(seen.inside[True], n),
            0.93 <= covered <= 0.97,
        ),
        Bar("false confirmations at most 5 %", share(confirmed, every), confirmed <= 0.05 * every),
    ]


def _table(seen: _Seen) -> list[list[str]]:
    names = ("confirmed", "refuted", "undecided", "nothing to compare")
    rows = [["planted", "touchpoints", *names]]
    for what, counts in sorted(seen.verdicts.items()):
        rows.append([what, f"{counts.total():,}", *(f"{counts[name]:,}" for name in names)])
    return rows
