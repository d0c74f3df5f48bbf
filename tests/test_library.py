"""The library as `import desireline as dl` gives it: every method, and what misuse is told."""

from __future__ import annotations

import datetime as dt
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest

import desireline as dl

COLUMNS: dict[str, list[Any]] = {
    "customer": ["ann", "ann", "ann", "bob", "bob", "cid"],
    "event": ["visit", "cart", "order", "visit", "order", "visit"],
    "time": [
        *("2026-03-01T10:00:00Z", "2026-03-01T10:05:00Z", "2026-03-02T10:05:00Z"),
        *("2026-03-01T11:00:00Z", "2026-03-09T11:00:00Z", "2026-03-03T12:00:00Z"),
    ],
    "channel": ["web", "web", "app", "web", "store", "app"],
    "amount": [None, 20.0, 20.0, None, 35.5, None],
    "order_id": [None, "o1", "o1", None, "o2", None],
}


def read(**options: Any) -> dl.Journeys:
    return dl.read_events(COLUMNS, case="customer", **options)


@pytest.fixture(scope="module")
def journeys() -> dl.Journeys:
    return read(columns=["order_id"])


@pytest.fixture(scope="module")
def shop() -> dl.Journeys:
    return dl.simulate(persons=400, seed=3)


class TestReading:
    @pytest.mark.parametrize("make", [dict, pd.DataFrame, pl.DataFrame], ids=lambda m: m.__name__)
    def test_takes_mappings_and_frames(self, make: Callable[[Any], Any]) -> None:
        found = dl.read_events(make(COLUMNS), case="customer").transitions().to_dict()
        assert found == read().transitions().to_dict()

    @pytest.mark.parametrize("kind", [str, Path])
    def test_takes_a_path(self, kind: Callable[[Any], Any], tmp_path: Path) -> None:
        path = tmp_path / "my log ü.csv"
        pl.DataFrame(COLUMNS).write_csv(path)
        found = dl.read_events(kind(path), case="customer")
        assert found.variants().to_dict() == read().variants().to_dict()
        assert found.provenance.columns["value"] == "amount"

    def test_takes_the_numbers_of_columns_without_a_name(self) -> None:
        frame = pd.DataFrame([["ann", "visit", "2026-03-01T10:00:00Z"]])
        assert dl.read_events(frame, case=0, event=1, time=2).events == ("visit",)  # type: ignore[arg-type]

    def test_takes_one_further_column_by_its_name_alone(self) -> None:
        assert list(read(columns="order_id").columns) == ["order_id"]

    def test_an_order_decides_and_negative_waits_count_as_none(self) -> None:
        placed = COLUMNS | {"step": ["9", "10", "8", "1", "2", "1"]}
        found = dl.read_events(placed, case="customer", order="step").transitions()
        assert found.to_dict()["negative_waits"] == 1
        pair = next(t for t in found.rows() if t["from"] == "order")
        assert (pair["to"], pair["wait_mean_seconds"]) == ("visit", 0.0)


class TestShowing:
    def test_tells_what_it_holds_and_not_its_arrays(self, journeys: dl.Journeys) -> None:
        shown = repr(journeys)
        assert "3 with 6 events of 3 types (visit, cart, order), 2026-03-01 to 2026-03-09" in shown
        assert "array" not in shown

    def test_tells_what_a_filter_leaves(self, journeys: dl.Journeys) -> None:
        assert "2 with 2 events" in repr(journeys.where("order"))

    def test_is_escaped_in_a_notebook(self) -> None:
        odd = dl.read_events(COLUMNS | {"event": ["<b>x</b>"] * 6}, case="customer")
        for html in (odd._repr_html_(), odd.transitions()._repr_html_()):
            assert "<b>x" not in html
            assert "&lt;b&gt;x" in html

    def test_every_result_goes_elsewhere(self, shop: dl.Journeys) -> None:
        draft = shop.discover()
        for result in (
            shop.transitions(),
            shop.variants(top=5),
            shop.funnel(["product_viewed", "order_completed"]),
            shop.paths("order_completed"),
            shop.touchpoints(draft),
            shop.positions(draft, as_of=dt.datetime(2026, 1, 1)),  # noqa: DTZ001
            shop.bind(draft),
        ):
            rows = result.rows()
            assert rows
            assert list(result.to_pandas().columns) == list(rows[0])
            assert result.to_polars().height == len(rows)
            assert result._repr_html_().startswith("<table>")
            assert isinstance(result.to_dict(), dict)


class TestAnalyses:
    def test_transitions(self, journeys: dl.Journeys) -> None:
        found = journeys.transitions().to_dict()
        assert (found["cases"], found["events"]) == (3, 6)
        counts = {(t["from"], t["to"]): t["count"] for t in found["transitions"]}
        assert counts == {("visit", "cart"): 1, ("visit", "order"): 1, ("cart", "order"): 1}
        assert found["starts"] == {"visit": 3}
        assert found["ends"] == {"order": 2, "visit": 1}

    def test_variants(self, journeys: dl.Journeys) -> None:
        found = journeys.variants(top=2).to_dict()
        assert found["cases"] == 3
        assert [v["count"] for v in found["variants"]] == [1, 1]

    def test_funnel_options(self, journeys: dl.Journeys) -> None:
        def reached(*steps: Any, **options: Any) -> list[int]:
            return [row["reached"] for row in journeys.funnel(steps, **options).rows()]

        assert reached("visit", "order") == [3, 2]
        assert reached("visit", "order", window_seconds=2 * 86_400) == [3, 1]
        assert reached("visit", "order", strict=True) == [3, 1]
        assert reached("visit", dl.Step("order", within_seconds=2 * 86_400)) == [3, 1]
        assert reached("visit", dl.Step("order", without="cart")) == [3, 1]
        assert reached("visit", dl.Step("cart", optional=True), "order") == [3, 1, 2]
        assert reached("visit -> cart", {"type": "event", "in": ["order"]}) == [1, 1]
        assert reached("visit", "order", count_by="entry") == [3, 2]

    def test_a_step_keeps_the_name_of_its_event(self, journeys: dl.Journeys) -> None:
        found = journeys.funnel([dl.Step("visit"), dl.Step("order", name="Bought")])
        assert [row["step"] for row in found.rows()] == ["visit", "Bought"]

    def test_funnel_by_channel(self, journeys: dl.Journeys) -> None:
        groups = journeys.funnel(["visit", "order"], by="channel").to_dict()["groups"]
        assert {g["value"]: g["reached"] for g in groups} == {"web": (2, 2), "app": (1, 0)}

    def test_paths(self, journeys: dl.Journeys) -> None:
        found = journeys.paths("visit", depth=1)
        assert {n.name: n.count for n in found.after.children} == {"cart": 1, "order": 1, "end": 1}

    def test_a_moment_without_a_zone_is_in_utc(
        self, shop: dl.Journeys, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        draft, moment = shop.discover(), dt.datetime(2026, 1, 10, 12)  # noqa: DTZ001
        zoned = shop.positions(draft, as_of=moment.replace(tzinfo=dt.UTC)).to_dict()
        monkeypatch.setenv("TZ", "Pacific/Kiritimati")
        assert shop.positions(draft, as_of=moment).to_dict() == zoned

    def test_a_draft_is_taken_for_its_map(self, shop: dl.Journeys) -> None:
        draft = shop.discover()
        assert shop.bind(draft).to_dict() == shop.bind(draft.journey_map).to_dict()


class TestOtherJourneys:
    def test_by_session(self, journeys: dl.Journeys) -> None:
        half_hour = journeys.by_session()
        assert len(half_hour) == 5
        assert len(journeys.by_session(1800)) == 5
        assert half_hour.transitions().to_dict()["cases"] == 5

    def test_by_column(self, journeys: dl.Journeys) -> None:
        orders = journeys.by(dl.CaseBy(kind="column", column="order_id"))
        assert orders.variants().to_dict()["cases"] == 2
        assert "3" in orders.provenance.notes[-1]


class TestFilters:
    def test_compose(self, journeys: dl.Journeys) -> None:
        web = journeys.where(channels="web")
        march_first = web.where(stop=dt.datetime(2026, 3, 1, 10, 30, tzinfo=dt.UTC))
        assert web.n_kept == (2, 3)
        assert march_first.n_kept == (1, 2)
        assert journeys.n_kept == (3, 6)

    def test_may_come_in_any_order(self, shop: dl.Journeys) -> None:
        start = dt.datetime(2025, 10, 1, tzinfo=dt.UTC)
        one = shop.where(channels=["web"]).where(start=start)
        other = shop.where(start=start).where(channels=["web"])
        both = shop.where(channels=["web"], start=start)
        answers = [j.transitions().to_dict() for j in (one, other, both)]
        assert answers[0] == answers[1] == answers[2]

    def test_whole_journeys(self, journeys: dl.Journeys) -> None:
        assert journeys.where("cart", whole_journeys=True).n_kept == (1, 3)

    def test_a_segment(self, journeys: dl.Journeys) -> None:
        assert journeys.where(journeys=np.array([True, False, True])).n_kept == (2, 4)
        assert journeys.where(journeys=[True, False, True]).n_kept == (2, 4)  # type: ignore[arg-type]

    def test_copy_no_events(self, shop: dl.Journeys) -> None:
        chosen = shop.where(channels=["web"]).by_session()
        for name in ("time", "code", "channel", "value"):
            assert np.shares_memory(getattr(chosen, name), getattr(shop, name))

    def test_take_a_few_bytes_an_event(self, shop: dl.Journeys) -> None:
        shop.where(channels=["web"])
        tracemalloc.start()
        kept = shop.where(channels=["web"])
        held, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert kept.mask is not None
        assert held < 2 * shop.n_events + 2 * len(shop) + 20_000

    def test_may_leave_nothing(self, journeys: dl.Journeys) -> None:
        nothing = journeys.where("cart").where("order")
        assert nothing.transitions().rows() == []
        assert nothing.variants().to_dict()["cases"] == 0
        assert nothing.funnel(["visit"]).rows()[0]["reached"] == 0
        assert nothing.bind(nothing.discover()).rows() == []


NAIVE = dt.datetime(2026, 3, 1)  # noqa: DTZ001

MISUSE: dict[str, tuple[Callable[[dl.Journeys], Any], str]] = {
    "an anchor that is no event": (lambda j: j.paths("ordr"), "ordr"),
    "an anchor that is no name": (lambda j: j.paths(3), "3"),
    "no depth": (lambda j: j.paths("order", depth=0), "0 steps"),
    "a negative top": (lambda j: j.paths("order", top=-1), "-1"),
    "an endless gap": (lambda j: j.paths("order", max_gap_seconds=float("inf")), "inf"),
    "an option of paths": (lambda j: j.paths("order", dept=2), "dept"),
    "no steps": (lambda j: j.funnel([]), "not 0"),
    "a step that is no event": (lambda j: j.funnel(["visit", "ordr"]), "ordr"),
    "a step that is no rule": (lambda j: j.funnel(["visit", 3]), "3"),
    "a step around no rule": (lambda j: j.funnel([dl.Step(None)]), "None"),  # type: ignore[arg-type]
    "a pattern": (lambda j: j.funnel(["visit -> ("]), "character"),
    "a rule as data": (lambda j: j.funnel([{"type": "moon"}]), "moon"),
    "an option of the funnel": (lambda j: j.funnel(["visit"], window=3), "window"),
    "a window in words": (lambda j: j.funnel(["visit"], window_seconds="7d"), "7d"),
    "a window without end": (lambda j: j.funnel(["visit"], window_seconds=1e30), "1e+30"),
    "what to count": (lambda j: j.funnel(["visit"], count_by="person"), "person"),
    "a breakdown by nothing": (lambda j: j.funnel(["visit"], by="campaign"), "campaign"),
    "a breakdown by a number": (lambda j: j.funnel(["visit"], by=3), "3"),
    "variants below none": (lambda j: j.variants(top=-1), "-1"),
    "a channel": (lambda j: j.where(channels=["wep"]), "wep"),
    "a moment in words": (lambda j: j.where(start="2026-03-01"), "2026-03-01"),  # type: ignore[arg-type]
    "a stop before the start": (lambda j: j.where(start=NAIVE, stop=NAIVE), "2026-03-01"),
    "a segment of others": (lambda j: j.where(journeys=np.ones(2, bool)), "2 entries"),
    "a segment of numbers": (lambda j: j.where(journeys=np.arange(3)), "bools"),
    "a rule for a filter": (lambda j: j.where("ordr"), "ordr"),
    "a case notion as text": (lambda j: j.by("person"), "person"),  # type: ignore[arg-type]
    "a case notion": (lambda j: j.by(dl.CaseBy(kind="order")), "order"),  # type: ignore[arg-type]
    "a column to make cases by": (lambda j: j.by(dl.CaseBy(kind="column", column="x")), "'x'"),
    "no gap": (lambda j: j.by_session(0), "above 0"),
    "a gap in words": (lambda j: j.by_session("30min"), "30min"),  # type: ignore[arg-type]
    "sessions of sessions": (lambda j: j.by_session().by_session(), "already"),
    "no map": (lambda j: j.bind(None), "NoneType"),  # type: ignore[arg-type]
    "a path for a map": (lambda j: j.touchpoints("map.yaml"), "str"),  # type: ignore[arg-type]
    "an outcome": (lambda j: j.discover(outcome="ordr"), "ordr"),
    "a shop of none": (lambda _: dl.simulate(persons=-1), "-1"),
    "a series": (lambda _: dl.read_events(pd.Series([1])), "Series"),
    "records": (lambda _: dl.read_events([{"case": 1}]), "list"),
    "columns of different length": (
        lambda _: dl.read_events({"case": ["a"], "event": ["x", "y"], "time": [1]}),
        "'event' 2",
    ),
    "a column": (lambda _: read(columns=["campaign"]), "campaign"),
}


@pytest.mark.parametrize("what", MISUSE)
def test_misuse_is_told_in_a_sentence_with_a_hint(what: str, journeys: dl.Journeys) -> None:
    use, word = MISUSE[what]
    with pytest.raises(dl.DesirelineError) as told:
        use(journeys)
    assert word in str(told.value)
    assert told.value.hint
