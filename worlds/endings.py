"""Endings: are curves as wide as they say, and are the reasons found those that were planted?"""

from __future__ import annotations

from collections import Counter

from desireline.engine import endings
from desireline.engine.compute.threads import run
from desireline.engine.endings import Endings
from desireline.sim.planted.endings import KINDS, PlantedReasons, planted_hazards, planted_reasons
from worlds.study import FIRST_SEED, Bar, Told, share

ABOUT = """
**Curves.** In each world 600 persons come once a day until they close their account, renew, or stay
away, each with a chance a day of its own (1 to 5 %); the log ends while many are still there. About
10, 24 and 35 days after they joined the cumulative incidence of each of the three ends is held
against its true value.

**Reasons.** In each world 4,000 customers walk five steps. Eight acts of the company stand at drawn
steps: answers that may lack or come late, failures, offers. Two to four of them move people to
leave (12 to 25 points more), the others do nothing; worlds without any reason come on top. A reason
counts as found where the act that was planted is named at false discovery rate 5 %, whatever comes
first; every other reason is false.
"""
DAYS = (10, 24, 35)


def endings_study(worlds: int) -> Told:
    """The study over so many worlds of each of the three designs."""
    seeds = range(FIRST_SEED, FIRST_SEED + worlds)
    held, asked, by_kind = coverage(seeds)
    found, first, false, planted, told = 0, 0, 0, 0, 0
    kinds: Counter[str] = Counter()
    of_kind: Counter[str] = Counter()
    for seed in seeds:
        world = planted_reasons(seed)
        names = named(run(endings, world.journeys, world.query))
        acts = [slot.act for slot in world.reasons]
        planted, told = planted + len(acts), told + len(names)
        found += sum(act in names for act in acts)
        first += sum(act in names[: len(acts)] for act in acts)
        false += sum(name not in acts for name in names)
        for slot in world.reasons:
            of_kind[slot.kind] += 1
            kinds[slot.kind] += slot.act in names
    null = sum(bool(found_in(planted_reasons(seed, null=True))) for seed in seeds)
    return Told(
        title="Why they leave",
        about=ABOUT,
        bars=[
            Bar(
                "95 % intervals of the incidence hold the truth in 93 to 97 %",
                share(held, asked),
                0.93 <= held / asked <= 0.97,
            ),
            Bar(
                "planted reasons found among the first k, of k planted: at least 90 %",
                share(first, planted),
                first >= 0.9 * planted,
            ),
            Bar(
                "planted reasons found: at least 90 %",
                share(found, planted),
                found >= 0.9 * planted,
            ),
            Bar("false reasons: at most 5 %", share(false, told), false <= 0.05 * told),
            Bar(
                "worlds without reasons in which one is told (5 % are expected): at most 10 %",
                share(null, worlds),
                null <= 0.1 * worlds,
            ),
        ],
        table=[
            ("kind of reason, kind of end", "found, held"),
            *((kind, share(kinds[kind], of_kind[kind])) for kind in KINDS),
            *((kind, share(*by_kind[kind])) for kind in sorted(by_kind)),
        ],
    )


def coverage(seeds: range) -> tuple[int, int, dict[str, tuple[int, int]]]:
    """How many intervals hold the truth, of how many; and by kind of end."""
    by_kind: dict[str, tuple[int, int]] = {}
    for seed in seeds:
        world = planted_hazards(seed)
        found = run(endings, world.journeys, world.query)
        place = next(p for p in found.places if p.key == "joined")
        for curve in place.curves:
            for day in DAYS:
                point = curve.at(day)
                truth = world.incidence(curve.kind, point.day)
                held, asked = by_kind.get(curve.kind, (0, 0))
                by_kind[curve.kind] = held + (point.low <= truth <= point.high), asked + 1
    return (
        sum(held for held, _ in by_kind.values()),
        sum(asked for _, asked in by_kind.values()),
        by_kind,
    )


def found_in(world: PlantedReasons) -> tuple[str, ...]:
    """The acts that a world's reasons name."""
    return named(run(endings, world.journeys, world.query))


def named(found: Endings) -> tuple[str, ...]:
    """The acts of the reasons found, the gravest first, each once."""
    return tuple(dict.fromkeys(reason.act for reason in found.found))
