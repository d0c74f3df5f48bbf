"""Retention by pencil: cohorts, clocks that are changed, periods that are not over, groups."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.factories import journeys_of, random_journeys, some_journeys

from desireline.engine.analyses import retention
from desireline.engine.analyses.retention import Query, Retention, RetentionImpossible
from desireline.engine.calendar import Calendar, PeriodsImpossible
from desireline.engine.compute.threads import over, run
from desireline.engine.journeys import Column, Journeys
from desireline.engine.rules import Event


def _at(text: str) -> float:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC).timestamp()


def _walks(*walks: str) -> Journeys:
    """Walks such as "a 2026-01-05, b 2026-01-06T10"."""
    steps = [[step.split() for step in walk.split(", ")] for walk in walks]
    return journeys_of([[(name, _at(when)) for name, when in walk] for walk in steps])


def _shares(found: Retention) -> list[tuple[str, list[tuple[str, int, int]]]]:
    return [
        (c.begins_on, [(cell.state, cell.count, cell.n) for cell in c.cells]) for c in found.cohorts
    ]


def test_counts_by_pencil() -> None:
    journeys = _walks(
        "a 2026-01-05, a 2026-01-06, a 2026-01-13",  # weeks 0, 0, 1
        "a 2026-01-11, a 2026-01-19",  # weeks 0, 2
        "a 2026-01-12",  # week 1
        "a 2026-01-25T23:59:59",  # week 2, the last moment of it
    )
    found = run(retention, journeys, Query(period="week", periods=2))
    assert _shares(found) == [
        ("2026-01-05", [("over", 1, 2), ("over", 1, 2), ("running", 1, 2)]),
        ("2026-01-12", [("over", 0, 1), ("running", 0, 1), ("ahead", 0, 1)]),
        ("2026-01-19", [("running", 0, 1), ("ahead", 0, 1), ("ahead", 0, 1)]),
    ]
    assert [(c.state, c.count, c.n) for c in found.cells] == [
        ("over", 1, 3),
        ("over", 1, 2),
        ("running", 1, 4),
    ]
    assert all((cell.share is None) == (cell.state != "over") for cell in found.cells)
    rolling = run(retention, journeys, Query(period="week", periods=2, kind="on_or_after"))
    assert [cell.count for cell in rolling.cohorts[0].cells] == [2, 2, 1]


def test_a_period_is_over_when_its_last_microsecond_is() -> None:
    journeys = _walks("a 2026-01-05")
    end = round(_at("2026-01-12") * 1e6)
    for as_of, state in ((end - 2, "running"), (end - 1, "over")):
        found = run(retention, journeys, Query(as_of=as_of, periods=1))
        assert found.cohorts[0].cells[0].state == state


def test_who_was_there_before_is_no_newcomer() -> None:
    journeys = _walks("a 2026-01-05, a 2026-02-02", "a 2026-02-03, a 2026-02-04")
    since = round(_at("2026-02-01") * 1e6)
    found = run(retention, journeys, Query(since=since))
    assert [(c.begins_on, c.n) for c in found.cohorts] == [("2026-02-02", 1)]


def test_begins_and_comes_back_by_rules() -> None:
    journeys = _walks("a 2026-01-05, b 2026-01-06, a 2026-01-07, b 2026-01-08", "a 2026-01-05")
    query = Query(Event(("b",)), Event(("a",)), period="day", periods=2)
    found = run(retention, journeys, query)
    assert _shares(found) == [("2026-01-06", [("over", 0, 1), ("over", 1, 1), ("running", 0, 1)])]


class TestCalendar:
    def test_days_are_23_and_25_hours_long_where_clocks_are_changed(self) -> None:
        berlin = Calendar("day", "Europe/Berlin")
        _, bound = berlin.bounds(
            round(_at("2026-03-28T12:00") * 1e6), round(_at("2026-03-30T12:00") * 1e6)
        )
        assert (np.diff(bound) / 3.6e9).tolist() == [24, 23]
        _, bound = berlin.bounds(
            round(_at("2026-10-24T12:00") * 1e6), round(_at("2026-10-26T12:00") * 1e6)
        )
        assert (np.diff(bound) / 3.6e9).tolist() == [24, 25]

    def test_a_midnight_that_never_was_is_the_moment_after(self) -> None:
        beirut = Calendar("day", "Asia/Beirut")  # at 0:00 of 2026-03-29 it is 1:00
        begin = beirut.begin(beirut.number_of_day(dt.date(2026, 3, 29)))
        assert begin == round(_at("2026-03-28T22:00") * 1e6)

    @given(
        time=st.integers(-(10**15), 4 * 10**15),
        period=st.sampled_from(["day", "week", "month"]),
        zone=st.sampled_from(["UTC", "Asia/Kathmandu", "America/Sao_Paulo", "Pacific/Apia"]),
    )
    @settings(max_examples=200, deadline=None)
    def test_every_moment_lies_in_its_period(self, time: int, period: str, zone: str) -> None:
        calendar = Calendar(period, zone)  # type: ignore[arg-type]
        number = calendar.number(time)
        assert calendar.begin(number) <= time < calendar.begin(number + 1)
        assert calendar.number_of_day(calendar.first_day(number)) == number

    def test_refuses_what_it_cannot_tell_apart(self) -> None:
        with pytest.raises(PeriodsImpossible, match="no time zone 'Europe/Berlni'"):
            Calendar("day", "Europe/Berlni")
        with pytest.raises(PeriodsImpossible, match="no period"):
            Calendar("year")  # type: ignore[arg-type]
        with pytest.raises(PeriodsImpossible, match="73,051 days"):
            Calendar("day").bounds(0, 200 * 365_250 * 864 * 10**8 // 1000)


class TestGroups:
    def test_add_up_to_all(self) -> None:
        journeys = random_journeys(8, n_journeys=500)
        found = run(retention, journeys, Query(period="month", by="channel", most_groups=2))
        assert [g.rest for g in found.groups] == [False, False, True]
        assert sum(g.n for g in found.groups) == found.n

    def test_are_merged_by_their_values(self) -> None:
        journeys = random_journeys(9, n_journeys=60)
        shards = [
            replace(shard, channels=names)
            for shard, names in zip(
                journeys.shards(2), (("", "web", "store"), ("", "app", "web")), strict=True
            )
        ]
        query = Query(period="month", by="channel")
        found = over(retention, shards, query)
        other = over(retention, shards[::-1], query)
        assert found.to_dict() == other.to_dict()
        assert {g.value for g in found.groups} <= {None, "web", "store", "app"}

    def test_of_a_column_of_numbers(self) -> None:
        journeys = _walks("a 2026-01-05", "a 2026-01-05", "a 2026-01-05")
        numbers = Column(numbers=np.array([1.0, 2.0, np.nan]))
        found = run(retention, replace(journeys, columns={"size": numbers}), Query(by="size"))
        assert {(g.value, g.n) for g in found.groups} == {("1", 1), ("2", 1), (None, 1)}

    def test_refuses_what_is_not_there(self) -> None:
        with pytest.raises(RetentionImpossible, match="break retention down by"):
            run(retention, _walks("a 2026-01-05"), Query(by="plan"))


@given(journeys=some_journeys(), periods=st.integers(1, 6))
@settings(max_examples=60, deadline=None)
def test_rolling_falls_and_is_never_below_on(journeys: Journeys, periods: int) -> None:
    on = run(retention, journeys, Query(period="day", periods=periods))
    rolling = run(retention, journeys, Query(period="day", periods=periods, kind="on_or_after"))
    for a, b in zip(on.cohorts, rolling.cohorts, strict=True):
        counts = [cell.count for cell in b.cells]
        assert counts == sorted(counts, reverse=True)
        assert all(x.count <= y.count <= a.n for x, y in zip(a.cells, b.cells, strict=True))


@pytest.mark.parametrize("odd", [{"kind": "at"}, {"periods": 0}, {"periods": 1.5}])
def test_refuses_what_cannot_be_asked(odd: dict[str, object]) -> None:
    with pytest.raises(RetentionImpossible):
        Query(**odd)  # type: ignore[arg-type]
