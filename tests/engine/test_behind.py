"""The persons behind a figure are as many as the figure says, for every figure of an answer."""

from __future__ import annotations

import datetime as dt
import pickle
from collections.abc import Iterator
from functools import reduce
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.factories import random_journeys, random_mask

from desireline.engine import persona_shares
from desireline.engine.analyses import (
    ANALYSES,
    funnel,
    paths,
    positions,
    retention,
    touchpoints,
    transitions,
    variants,
)
from desireline.engine.behind import (
    Behind,
    BehindQuery,
    Cell,
    CellUnknown,
    FunnelCell,
    PathCell,
    PersonaCell,
    PositionCell,
    RetentionCell,
    TouchpointCell,
    TransitionCell,
    VariantCell,
)
from desireline.engine.casing import CaseBy
from desireline.engine.compute.threads import over, run
from desireline.engine.filters import Filter
from desireline.engine.journeys import Journeys
from desireline.engine.rules import Event
from desireline.engine.scope import Asked, Scope, Scoped

Figures = Iterator[tuple[Cell, int]]
STEPS = tuple(funnel.Step(Event((f"type {i}",))) for i in range(3))


def _personas(found: persona_shares.PersonaShares) -> Figures:
    yield PersonaCell(None), found.nobody.count
    yield from ((PersonaCell(p.name), p.share.count) for p in found.personas)
    yield from ((PersonaCell(o.a, o.b), o.persons) for o in found.overlaps)


def _transitions(found: transitions.Transitions) -> Figures:
    for step in (*found.transitions, *found.starts, *found.ends):
        yield TransitionCell(step.source, step.target), step.journeys or 0


def _variants(found: variants.Variants) -> Figures:
    for one in found.variants:
        yield VariantCell(one.events), one.count


def _funnel(found: funnel.Funnel) -> Figures:
    for place, step in enumerate(found.steps):
        yield FunnelCell(place), step.reached
        yield FunnelCell(place, "dropped"), step.dropped
    for group in found.groups:
        for place, n in enumerate(group.reached):
            yield FunnelCell(place, of_group=True, group=group.value), n


def _paths(found: paths.Paths) -> Figures:
    yield from _nodes("after", found.after, ())
    yield from _nodes("before", found.before, ())


def _nodes(side: Any, node: paths.Node, way: tuple[str | None, ...]) -> Figures:
    yield PathCell(side, way), node.count
    for child in node.children:
        yield from _nodes(side, child, (*way, child.event))


def _touchpoints(found: touchpoints.Touchpoints) -> Figures:
    for one in found.touchpoints:
        yield TouchpointCell(one.event), one.journeys
        yield TouchpointCell(one.event, "exit"), one.exit.count
        yield TouchpointCell(one.event, "loop"), one.loop.count
        yield TouchpointCell(one.event, "starts"), one.starts
        yield TouchpointCell(one.event, "ends"), one.ends
        if one.outcome is not None:
            yield TouchpointCell(one.event, "outcome"), one.outcome.count


def _positions(found: positions.Positions) -> Figures:
    yield PositionCell(), found.open
    for one in found.positions:
        yield PositionCell(one.event), one.open


def _retention(found: retention.Retention) -> Figures:
    for cohort in found.cohorts:
        day = dt.date.fromisoformat(cohort.begins_on)
        yield RetentionCell(day), cohort.n
        for cell in cohort.cells:
            yield RetentionCell(day, cell.period), cell.count
            yield RetentionCell(day, cell.period, returned=False), cell.n - cell.count
    for group in found.groups:
        yield RetentionCell(of_group=True, group=group.value), group.n


CASES: dict[str, tuple[Any, Any]] = {
    "transitions": (transitions.Query(journeys=True), _transitions),
    "variants": (variants.Query(), _variants),
    "funnel": (funnel.Query(STEPS, by="channel"), _funnel),
    "paths": (paths.Query("type 0", depth=2, top=100), _paths),
    "touchpoints": (touchpoints.Query(outcome=Event(("type 3",))), _touchpoints),
    "positions": (positions.Query(outcome=Event(("type 4",))), _positions),
    "retention": (retention.Query(period="month", by="channel"), _retention),
    "personas": (
        persona_shares.Query(("a", "b", "c"), tuple(Event((f"type {i}",)) for i in (0, 1, 4))),
        _personas,
    ),
}
ASKABLE = {**ANALYSES, "personas": persona_shares}
SCOPES = {
    "all": Scope(),
    "some": Scope(segment=Event(("type 1",)), wanted=Filter(channels=("web", "store"))),
}


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("analysis", CASES)
def test_are_as_many_as_the_figure_says(analysis: str, scope: str) -> None:
    journeys = random_mask(random_journeys(21, n_journeys=60, mean_length=4), 5, share=0.9)
    query, figures = CASES[analysis]
    asked = Asked(query, SCOPES[scope])
    cells = list(figures(run(Scoped(ASKABLE[analysis]), journeys, asked)))
    assert len(cells) > 5
    for cell, n in cells:
        page = BehindQuery(asked, cell, limit=10_000)
        found = run(Behind[Any](), journeys, page)
        assert found.n == len(found.persons) == n, cell
        assert over(Behind[Any](), journeys.shards(3), page) == found


@given(limit=st.integers(1, 30))
@settings(max_examples=20, deadline=None)
def test_pages_are_all_persons_once_in_order(limit: int) -> None:
    journeys = random_journeys(22, n_journeys=80)
    cell = TouchpointCell("type 1")
    asked = Asked(touchpoints.Query())
    after, told = -1, []
    while True:
        found = over(Behind[Any](), journeys.shards(3), BehindQuery(asked, cell, limit, after))
        told += found.persons
        if not found.more:
            break
        after = found.persons[-1]
    assert told == sorted(set(told))
    assert len(told) == found.n


def test_a_person_of_several_visits_is_one() -> None:
    journeys = random_journeys(23, n_journeys=40)
    scope = Scope(case_by=CaseBy("session", gap_seconds=60.0))
    asked = Asked(touchpoints.Query(), scope)
    found = run(Behind[Any](), journeys, BehindQuery(asked, TouchpointCell("type 0"), 1000))
    told = run(Scoped(touchpoints), journeys, asked).by_event["type 0"]
    assert told.journeys > told.persons == found.n


@pytest.mark.parametrize(
    ("analysis", "cell"),
    [
        ("funnel", FunnelCell(3)),
        ("paths", PathCell("after", ("type 0",) * 3)),
        ("retention", RetentionCell(period=99)),
    ],
)
def test_refuses_a_cell_that_the_answer_has_not(analysis: str, cell: Cell) -> None:
    journeys: Journeys = random_journeys(24, n_journeys=5)
    with pytest.raises(CellUnknown, match="The answer has no"):
        run(Behind[Any](), journeys, BehindQuery(Asked(CASES[analysis][0]), cell))


def test_a_name_that_nobody_knows_has_nobody_behind_it() -> None:
    journeys = random_journeys(25, n_journeys=20)
    for cell in (TransitionCell("x", "type 0"), VariantCell(("x",)), TouchpointCell("x")):
        page = BehindQuery(Asked(touchpoints.Query()), cell)
        assert run(Behind[Any](), journeys, page).persons == ()


@pytest.mark.parametrize("analysis", CASES)
def test_what_goes_to_other_processes_can_be_pickled(analysis: str) -> None:
    journeys = random_journeys(26, n_journeys=30)
    query, figures = CASES[analysis]
    asked = Asked(query, SCOPES["some"])
    scoped: Scoped[Any, Any, Any] = Scoped(ASKABLE[analysis])
    wanted = pickle.loads(pickle.dumps(asked))
    partials = [pickle.loads(pickle.dumps(scoped.partial(s, wanted))) for s in journeys.shards(2)]
    found = scoped.finish(reduce(scoped.merge, partials), wanted)
    assert found.to_dict() == run(scoped, journeys, asked).to_dict()
    cell, n = next(figures(found))
    page = pickle.loads(pickle.dumps(BehindQuery(asked, cell)))
    assert run(Behind[Any](), journeys, page).n == n
