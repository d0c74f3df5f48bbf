"""Effects that are known: a published experiment, and the fix that was planted in the shop."""

from __future__ import annotations

import datetime as dt

import numpy as np
import polars as pl
import pytest
from tests.cli.shared_data import DATA

import desireline as dl
from desireline.engine import effects
from desireline.engine.building import EventColumns, build
from desireline.engine.compute.threads import run
from desireline.engine.effects import Effect, Metric, Query
from desireline.engine.journeys import Column, Ids, Journeys
from desireline.engine.rules.ast import Event, Property
from desireline.sim.cat_fountain import chances
from desireline.sim.cat_fountain.calendar import FIX_DEPLOYED

DAY = 86_400_000_000
ARMS = ("No E-Mail", "Mens E-Mail", "Womens E-Mail")


@pytest.fixture(scope="module")
def mailing() -> Journeys:
    """Each customer is drawn into an arm on day 0, and visits or buys on day 1 if she did."""
    path = DATA / "hillstrom_email" / "customers.parquet"
    if not path.is_file():
        pytest.skip(f"{path} is not here; the public data lie beside the project, not in it")
    table = pl.read_parquet(path)
    n = len(table)
    every = np.arange(n)
    spend = table["spend"].to_numpy()
    visited, bought = (table[name].to_numpy() == 1 for name in ("visit", "conversion"))
    parts = [(every, 0), (every[visited], 1), (every[bought], 2)]
    case = np.concatenate([who for who, _ in parts])
    code = np.concatenate([np.full(len(who), code) for who, code in parts])
    arm = np.array([ARMS.index(name) for name in table["segment"]], np.int32)
    value = np.where(code == 2, spend[case], np.nan)
    return build(
        EventColumns(
            case=case.astype(np.int32),
            ids=Ids(integers=every.astype(np.int64)),
            time=np.where(code == 0, 0, DAY).astype(np.int64),
            code=code.astype(np.uint16),
            events=("drawn", "visited", "bought"),
            value=value.astype(np.float32),
            columns={"arm": Column(codes=arm[case], values=ARMS)},
        )
    )


def _lift(mailing: Journeys, arm: str, event: str, kind: str = "rate") -> Effect:
    query = Query(
        Event(("drawn",)),
        Metric(Event((event,)), kind=kind, within_seconds=14 * 86_400),  # type: ignore[arg-type]
        deployed=0,
        reached=Property("arm", "eq", arm),
        compared=Property("arm", "eq", ARMS[0]),
        by_chance=True,
        share=0.5,
        until=15 * DAY,
    )
    return run(effects, mailing, query)


@pytest.mark.data
class TestHillstrom:
    """Lifts as told in the data's README, from the entries to the contest of 2008."""

    @pytest.mark.parametrize(
        ("arm", "event", "kind", "lift", "exact"),
        [
            ("Mens E-Mail", "visited", "rate", 0.0766, 0.00005),
            ("Womens E-Mail", "visited", "rate", 0.0452, 0.00005),
            ("Mens E-Mail", "bought", "rate", 0.0068, 0.00005),
            ("Womens E-Mail", "bought", "rate", 0.0031, 0.00005),
            ("Mens E-Mail", "bought", "value", 0.770, 0.0005),
            ("Womens E-Mail", "bought", "value", 0.424, 0.0005),
        ],
    )
    def test_the_published_lifts_come_out(
        self, mailing: Journeys, arm: str, event: str, kind: str, lift: float, exact: float
    ) -> None:
        found = _lift(mailing, arm, event, kind)
        assert found.design == "randomised"
        assert found.estimate == pytest.approx(lift, abs=exact)
        assert found.low is not None
        assert found.low > 0
        assert found.n == found.reached.n_after + found.compared.n_after
        assert found.check("shares").passed  # type: ignore[union-attr]

    def test_the_visits_hold_however_often_one_looks(self, mailing: Journeys) -> None:
        assert _lift(mailing, "Mens E-Mail", "visited").verdict == "helped"


class TestShop:
    """Replies within 4 h in the north: 21.2 points more of those who write stay.

    Two of five who leave close their account; the others just stay away. So accounts are closed by
    8.5 points less often, and that is what the log can show.
    """

    def test_the_fix_is_measured_with_the_truth_inside(self) -> None:
        shop = dl.simulate(persons=50_000, seed=7)
        closes = Metric(Event(("account_closed",)), within_seconds=30 * 86_400, good="less")
        deployed = FIX_DEPLOYED.astype("datetime64[us]").item().replace(tzinfo=dt.UTC)
        found = shop.effect("email_received", closes, deployed, Property("region", "eq", "north"))
        assert (found.verdict, found.design) == ("helped", "difference_in_differences")
        assert all(check.passed for check in found.checks)
        stays = chances.STAYS_AFTER - chances.STAYS_BEFORE
        assert found.low is not None
        assert found.high is not None
        assert found.low <= -chances.CLOSES_ACCOUNT * stays <= found.high
        # told of all who leave: the truth of 21.2 points is inside as well
        assert -found.high / chances.CLOSES_ACCOUNT <= stays <= -found.low / chances.CLOSES_ACCOUNT
        nothing = shop.effect("call_made", closes, deployed, Property("region", "eq", "north"))
        assert nothing.verdict == "undecided"
