"""The acceptance story: a shop of which everything is known, and what is said of it unaided."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

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
SHOPS = 10
"""A shop takes minutes; it is not one more of a hundred worlds, but the story itself."""
REASONS = {("unanswered", "email_received"), ("no_offer", "product_added")}
"""Why people leave the shop: kinds and places of the two that are planted as such."""
ABOUT = f"""
The story of the cat-fountain shop ([simulation.md](simulation.md)): {PERSONS:,} visitors, {SHOPS}
seeds. The map is discovered in the events, and nobody has edited it but that a manager
has nominated two touchpoints. Asked of it is why people leave, whether those two decide its goal,
and what the replies within four hours have changed in the north: two of five who leave close their
account, and so many fewer are closed. How much refutes a moment was settled with the first five
seeds in sight (ADR 29), the others were looked at afterwards.
"""


@dataclass(frozen=True)
class Heard:
    """What the program says of one shop."""

    seed: int
    reasons: tuple[tuple[str, str], ...]
    """Kind and place, the gravest first."""
    verdicts: tuple[tuple[str, str], ...]
    """Of the nominated touchpoints."""
    fix: tuple[float, float, float]
    """Accounts closed, with the interval, in shares of those who write."""

    @property
    def fix_holds(self) -> bool:
        """Whether the truth is inside, and none is not."""
        _, low, high = self.fix
        truth = -chances.CLOSES_ACCOUNT * (chances.STAYS_AFTER - chances.STAYS_BEFORE)
        return low <= truth <= high < 0


def story_study(worlds: int) -> Told:
    """The study; of shops there are at most ten, however many worlds are asked for."""
    heard = [listen(FIRST_SEED + n) for n in range(min(worlds, SHOPS))]
    named = sum(set(one.reasons[:2]) == REASONS for one in heard)
    refuted = sum(dict(one.verdicts)["parcel_opened"] == "refuted" for one in heard)
    confirmed = sum(dict(one.verdicts)["chat_answered"] == "confirmed" for one in heard)
    held = sum(one.fix_holds for one in heard)
    n = len(heard)
    return Told(
        title="The acceptance story",
        about=ABOUT,
        bars=[
            Bar("the two planted reasons come first, in every shop", share(named, n), named == n),
            Bar("the false moment of truth is refuted", share(refuted, n), refuted == n),
            Bar("the true one is confirmed", share(confirmed, n), confirmed == n),
            Bar("the fix is measured, with the truth inside", share(held, n), held == n),
        ],
        table=[
            ("seed", "reasons, the gravest first", "nominated", "accounts closed by the fix"),
            *map(_row, heard),
        ],
    )


def listen(seed: int) -> Heard:
    """What is said of the shop of a seed."""
    log, truth = dl.simulate(persons=PERSONS, seed=seed), shop(1).truth
    found = log.discover(name="Shop").journey_map
    closes = Metric(Event(("account_closed",)), within_seconds=30 * 86_400, good="less")
    deployed = FIX_DEPLOYED.astype("datetime64[us]").item().replace(tzinfo=dt.UTC)
    fix = log.effect("email_received", closes, deployed, Property("region", "eq", "north"))
    if fix.estimate is None or fix.low is None or fix.high is None:
        raise AssertionError(f"the fix was not measured in the shop of seed {seed}")
    return Heard(
        seed,
        tuple(dict.fromkeys(map(_place, log.endings(found).found))),
        tuple((one.touchpoint, _verdict(log, found, one)) for one in truth.moments),
        (fix.estimate, fix.low, fix.high),
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
    value, low, high = (f"{100 * part:+.1f}" for part in one.fix)
    return (
        f"{one.seed:,}",
        "; ".join(f"{kind} after {place}" for kind, place in one.reasons[:4]),
        "; ".join(f"{place} {verdict}" for place, verdict in one.verdicts),
        f"{value} points ({low} to {high})",
    )
