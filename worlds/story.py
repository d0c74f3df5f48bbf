"""The acceptance story: a shop of which everything is known, and what is said of it unaided."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
from scipy.stats import binom

import desireline as dl
from desireline.engine.effects import Metric
from desireline.engine.endings import Reason
from desireline.engine.journey_map import JourneyMap
from desireline.engine.journey_map.parts import MomentOfTruth, Stage
from desireline.engine.rules.ast import Event, Property
from desireline.sim.cat_fountain import chances, shop
from desireline.sim.cat_fountain.calendar import FIX_DEPLOYED
from desireline.sim.truth import PlantedMoment
from worlds.study import FIRST_SEED, Bar, Told, share

PERSONS = 50_000
SHOPS = 40
"""Each of them takes a quarter of a minute."""
FIRST_SHOP = FIRST_SEED + 1_000
"""The limits of effects and moments were settled with shops of earlier seeds in sight."""
LEAST_HELD = int(binom.ppf(0.05, SHOPS, 0.95))
"""An interval of 95 % holds the truth in fewer shops than these in one study of twenty."""
REASONS = {("unanswered", "email_received"), ("no_offer", "product_added")}
"""Why people leave the shop: kinds and places of the two that are planted as such."""
ABOUT = f"""
The story of the cat-fountain shop ([simulation.md](simulation.md)): {PERSONS:,} visitors, {SHOPS}
seeds that nobody had looked at when the bars were written. The map is discovered in the events, and
nobody has edited it but that a manager has nominated two touchpoints. Asked of it is why people
leave, whether those two decide its goal, and what the replies within four hours have changed in the
north: two of five who leave close their account, and so many fewer are closed. The interval of the
fix is one of 95 %, so one shop of twenty may lie outside: asked is that no more do than an exact
binomial test at 5 % allows, and a shop where the program refuses counts among them.
"""


@dataclass(frozen=True)
class Heard:
    """What the program says of one shop."""

    seed: int
    reasons: tuple[tuple[str, str], ...]
    """Kind and place, the gravest first."""
    verdicts: tuple[tuple[str, str], ...]
    """Of the nominated touchpoints."""
    fix: tuple[float, float, float] | None
    """Accounts closed, with the interval, in shares of those who write; None where it is refused,
    as in one of a hundred shops whose north and south drift apart by chance.
    """

    @property
    def fix_holds(self) -> bool:
        """Whether the truth is inside, and none is not."""
        if self.fix is None:
            return False
        _, low, high = self.fix
        truth = -chances.CLOSES_ACCOUNT * (chances.STAYS_AFTER - chances.STAYS_BEFORE)
        return low <= truth <= high < 0


def story_study(worlds: int) -> Told:
    """The study; of shops there are at most forty, however many worlds are asked for."""
    heard = [listen(FIRST_SHOP + n) for n in range(min(worlds, SHOPS))]
    n = len(heard)
    named = sum(set(one.reasons[:2]) == REASONS for one in heard)
    false = [dict(one.verdicts)["parcel_opened"] for one in heard]
    true = [dict(one.verdicts)["chat_answered"] for one in heard]
    held = sum(one.fix_holds for one in heard)
    return Told(
        title="The acceptance story",
        about=ABOUT,
        bars=[
            _most("the two planted reasons come first, in 95 % of shops", named, n, 0.95),
            _most("the false moment of truth is refuted in 95 %", false.count("refuted"), n, 0.95),
            Bar(
                "and confirmed in none",
                share(false.count("confirmed"), n),
                "confirmed" not in false,
            ),
            _most("the true one is confirmed in 95 %", true.count("confirmed"), n, 0.95),
            Bar("and refuted in none", share(true.count("refuted"), n), "refuted" not in true),
            _most(
                f"the fix is measured, with the truth inside and none outside, in {LEAST_HELD}",
                held,
                n,
                LEAST_HELD / SHOPS,
            ),
        ],
        table=[
            ("seed", "reasons, the gravest first", "nominated", "accounts closed by the fix"),
            *map(_row, heard),
        ],
    )


def _most(asked: str, count: int, n: int, least: float) -> Bar:
    return Bar(asked, share(count, n), count >= least * n)


def listen(seed: int) -> Heard:
    """What is said of the shop of a seed."""
    log, truth = dl.simulate(persons=PERSONS, seed=seed), shop(1).truth
    found = log.discover(name="Shop").journey_map
    closes = Metric(Event(("account_closed",)), within_seconds=30 * 86_400, good="less")
    deployed = FIX_DEPLOYED.astype("datetime64[us]").item().replace(tzinfo=dt.UTC)
    fix = log.effect("email_received", closes, deployed, Property("region", "eq", "north"))
    measured = None
    if fix.estimate is not None and fix.low is not None and fix.high is not None:
        measured = (fix.estimate, fix.low, fix.high)
    return Heard(
        seed,
        tuple(dict.fromkeys(map(_place, log.endings(found).found))),
        tuple((one.touchpoint, _verdict(log, found, one)) for one in truth.moments),
        measured,
    )


def _place(reason: Reason) -> tuple[str, str]:
    return reason.kind, reason.place


def _verdict(log: dl.Journeys, found: JourneyMap, moment: PlantedMoment) -> str:
    told = log.moments(_nominated(found, moment.touchpoint))
    one = told.of(moment.touchpoint)
    return "not on the map" if one is None else one.verdict


def _nominated(found: JourneyMap, key: str) -> JourneyMap:
    def stage(one: Stage) -> Stage:
        points = tuple(
            msgspec.structs.replace(point, moment_of_truth=MomentOfTruth(to_company=5))
            if point.key == key
            else point
            for point in one.touchpoints
        )
        return msgspec.structs.replace(one, touchpoints=points)

    return msgspec.structs.replace(found, stages=tuple(map(stage, found.stages)))


def _row(one: Heard) -> Sequence[str]:
    fix = "refused"
    if one.fix is not None:
        value, low, high = (f"{100 * part:+.1f}" for part in one.fix)
        fix = f"{value} points ({low} to {high})"
    return (
        f"{one.seed:,}",
        "; ".join(f"{kind} after {place}" for kind, place in one.reasons[:4]),
        "; ".join(f"{place} {verdict}" for place, verdict in one.verdicts),
        fix,
    )
