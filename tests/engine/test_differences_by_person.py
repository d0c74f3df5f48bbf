"""Two groups of visits: differences by person, against statsmodels and the planted truth."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from itertools import pairwise
from typing import TypeAlias

import numpy as np
import pytest
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint
from tests.engine.factories import journeys_of, random_journeys
from tests.engine.test_shares_by_person import clustered, worth_of

from desireline.engine.analyses import (
    funnel,
    paths,
    positions,
    retention,
    touchpoints,
    transitions,
    variants,
)
from desireline.engine.casing import CaseBy
from desireline.engine.compute.threads import over, run
from desireline.engine.differences import Compared, ComparedQuery, Comparison
from desireline.engine.journeys import Journeys
from desireline.engine.rules import Channel, Event, Not, Rule
from desireline.engine.saying import in_words
from desireline.engine.scope import Asked, Scope

GAP = 1_000.0
VISITS = CaseBy("session", gap_seconds=GAP)
Visit: TypeAlias = tuple[str, ...]
Told: TypeAlias = list[tuple[bool, int]]
"""Whether one is such, and whose."""
WEB = Channel(("web",))


def visited(persons: list[list[Visit]], web: int) -> Journeys:
    """Persons with visits of a few events each; the first `web` came by web, the others by app."""
    walks = [
        [(name, 10 * GAP * v + i) for v, visit in enumerate(visits) for i, name in enumerate(visit)]
        for visits in persons
    ]
    channels = [["web" if j < web else "app"] * len(w) for j, w in enumerate(walks)]
    return journeys_of(walks, channels=channels)


def asked(analysis: str, journeys: Journeys, query: object) -> Comparison:
    compared: Compared[object] = Compared(analysis)
    found: Comparison = run(compared, journeys, of_visits(query, VISITS))
    return found


def of_visits(query: object, visits: CaseBy) -> ComparedQuery[object]:
    web, others = (Asked(query, Scope(segment=rule, case_by=visits)) for rule in (WEB, Not(WEB)))
    return ComparedQuery(web, others, most=10_000)


def persons_with_habits(seed: int, persons: int = 40) -> list[list[Visit]]:
    """Visits of a b, a c, b a b and others; who does what is a habit of each."""
    rng = np.random.default_rng(seed)
    ways: list[Visit] = [("a", "b"), ("a", "c"), ("b", "a", "b"), ("c",), ("a", "b", "c", "a")]
    return [
        [ways[w] for w in rng.choice(len(ways), rng.integers(1, 9), p=rng.dirichlet([0.4] * 5))]
        for _ in range(persons)
    ]


PERSONS = persons_with_habits(1)
LOG = visited(PERSONS, 20)
SIDES = (range(20), range(20, 40))


def told_by(visits: list[tuple[Visit, int]], figure: str, of: dict[str, object]) -> Told:
    """By hand: of which visits the figure is a share, and which are such."""
    name = str(of.get("event"))
    step: object = (of.get("from"), of.get("to"))
    came = [(visit, who) for visit, who in visits if name in visit]
    near = next_to("a", visits, figure)
    told: dict[str, Callable[[], Told]] = {
        "share": lambda: [(" > ".join(visit) == of["variant"], who) for visit, who in visits],
        "reach": lambda: [(name in visit, who) for visit, who in visits],
        "exit": lambda: [(visit[-1] == name and "c" not in visit, who) for visit, who in came],
        "loop": lambda: [(visit.count(name) > 1, who) for visit, who in came],
        "outcome": lambda: [("c" in visit[visit.index(name) :], who) for visit, who in came],
        "journeys_with_step": lambda: [
            (step in list(pairwise((None, *visit, None))), who) for visit, who in visits
        ],
        "stands_at": lambda: [(visit[-1] == name, who) for visit, who in visits],
        "followed_by": lambda: [(here == name, who) for here, who in near],
        "preceded_by": lambda: [(here == name, who) for here, who in near],
    }
    return told[figure]()


def next_to(
    anchor: str, visits: list[tuple[Visit, int]], figure: str
) -> list[tuple[Hashable, int]]:
    step = 1 if figure == "followed_by" else -1
    found: list[tuple[Hashable, int]] = []
    for visit, who in visits:
        padded = (None, *visit, None)
        found += [(padded[i + step], who) for i, name in enumerate(padded) if name == anchor]
    return found


A, B, C = (Event((name,)) for name in "abc")
BY_HAND = {
    "variants": variants.Query(),
    "touchpoints": touchpoints.Query(outcome=C),
    "transitions": transitions.Query(journeys=True),
    "positions": positions.Query(),
    "paths": paths.Query("a", depth=2, every=True),
}


@pytest.mark.parametrize("analysis", BY_HAND)
def test_differences_are_those_of_clusters(analysis: str) -> None:
    """Each interval: Newcombe's by statsmodels, of as many as its clustered variance is worth."""
    found = asked(analysis, LOG, BY_HAND[analysis])
    shares = [one for one in found.differences if one.unit == "share"]
    assert len(shares) >= 3
    for one in shares:
        sums = []
        for side, persons in zip((one.a, one.b), SIDES, strict=True):
            visits = [(visit, who) for who in persons for visit in PERSONS[who]]
            told = told_by(visits, one.figure, dict(one.of))
            assert (side.count, side.n) == (sum(such for such, _ in told), len(told)), one
            whose = [who for _, who in told]
            low, high = clustered([such for such, _ in told], whose)
            assert (side.low, side.high) == pytest.approx((low, high), abs=1e-9)
            worth = worth_of([such for such, _ in told], whose)
            sums += [side.value * worth, worth]
        low, high = confint_proportions_2indep(*sums, compare="diff", method="newcomb")
        assert (one.low, one.high) == pytest.approx((low, high), abs=1e-9)


def steps(*rules: Rule) -> tuple[funnel.Step, ...]:
    return tuple(funnel.Step(rule) for rule in rules)


@pytest.mark.parametrize("count_by", ["journey", "entry"])
def test_a_funnel_by_person(count_by: str) -> None:
    """The share of the first and that of the step before, by visits and by entries of a visit."""
    query = funnel.Query(steps(A, B, C), count_by=count_by)  # type: ignore[arg-type]
    found = asked("funnel", LOG, query)
    told = {(d.figure, d.of["step"]): d for d in found.differences if d.unit == "share"}
    for (figure, step), one in told.items():
        for side, persons in zip((one.a, one.b), SIDES, strict=True):
            reached = [
                (level, who)
                for who in persons
                for visit in PERSONS[who]
                for level in levels(visit, every=count_by == "entry")
            ]
            before = 0 if figure == "share_of_first" else int(str(step)) - 1
            rows = [(level >= int(str(step)), who) for level, who in reached if level >= before]
            assert (side.count, side.n) == (sum(such for such, _ in rows), len(rows))
            low, high = clustered([such for such, _ in rows], [who for _, who in rows])
            assert (side.low, side.high) == pytest.approx((low, high), abs=1e-9)


def levels(visit: Visit, *, every: bool) -> list[int]:
    """How far each entry gets from a by b to c; or the best of all."""
    found = []
    for i in (i for i, name in enumerate(visit) if name == "a"):
        rest, level = visit[i + 1 :], 0
        for name in "bc":
            if name not in rest:
                break
            rest, level = rest[rest.index(name) + 1 :], level + 1
        found.append(level)
    return found if every else [max(found)] if found else []


QUERIES: dict[str, object] = {
    **BY_HAND,
    "funnel": funnel.Query(steps(A, B, C), count_by="entry"),
    "retention": retention.Query(period="day", periods=2),
}


@pytest.mark.parametrize("analysis", QUERIES)
def test_shards_give_the_same_differences(analysis: str) -> None:
    journeys = random_journeys(11, n_journeys=200, mean_length=6)
    first, second, *_ = (Event((name,)) for name in journeys.events)
    query = {
        "touchpoints": touchpoints.Query(outcome=second),
        "positions": positions.Query(outcome=second),
        "paths": paths.Query(journeys.events[0], depth=2, every=True),
        "funnel": funnel.Query(steps(first, second), count_by="entry"),
    }.get(analysis, QUERIES[analysis])
    both = of_visits(query, CaseBy("session", gap_seconds=40.0))
    compared: Compared[object] = Compared(analysis)
    whole = run(compared, journeys, both)
    assert whole.compared > 0
    assert over(compared, journeys.shards(5), both).to_dict() == whole.to_dict()


def test_the_interval_holds_the_planted_difference_and_that_of_visits_does_not() -> None:
    """Persons convert by habit, 50 % in one group and 40 % in the other, at 1 to 12 visits each."""
    rng, worlds, held, plain = np.random.default_rng(3), 200, 0, 0
    for _ in range(worlds):
        persons: list[list[Visit]] = []
        for a, b in ((2.0, 2.0), (1.6, 2.4)):
            habits = rng.beta(a / 4, b / 4, 40)
            persons += [
                [("a", "b") if rng.random() < habit else ("a",) for _ in range(often)]
                for habit, often in zip(habits, rng.integers(1, 13, 40), strict=True)
            ]
        found = asked("funnel", visited(persons, 40), funnel.Query(steps(A, B)))
        (one,) = (d for d in found.differences if d.unit == "share")
        held += one.low <= 0.1 <= one.high
        half = 1.96 * np.sqrt(sum(s.value * (1 - s.value) / s.n for s in (one.a, one.b)))
        plain += abs(one.difference - 0.1) <= half
    assert 0.91 <= held / worlds <= 0.98
    assert plain / worlds < 0.75


def test_who_comes_often_is_no_proof() -> None:
    """Six regulars of the web make 240 visits; taken for so many, the difference would be sure."""
    buys: Visit = ("a", "b")
    looks: Visit = ("a",)
    persons = [[buys] * 40] * 5 + [[looks] * 40] + [[looks]] * 12 + [[buys]] * 8
    found = asked("funnel", visited(persons, 6), funnel.Query(steps(A, B)))
    (one,) = (d for d in found.differences if d.unit == "share")
    assert (one.a.n, one.a.count, one.b.n) == (240, 200, 20)
    assert one.verdict == "too_few"
    assert (one.a.low, one.a.high) == pytest.approx(
        proportion_confint(5, 6, method="wilson"), abs=1e-9
    )
    assert one.more > 240
    assert f"{one.more:,} more are needed" in " ".join(m.text for m in in_words(found))


def test_waits_of_one_person_make_medians_less_sure() -> None:
    """A median of 400 waits of 4 persons is as sure as one of 4; nobody's visits are hidden."""
    rng = np.random.default_rng(4)
    walks = [
        [(name, 10 * GAP * v + t) for v in range(100) for name, t in (("a", 0), ("b", 9 + 30 * j))]
        for j in rng.permutation(8)
    ]
    journeys = journeys_of(walks, channels=[["web" if j < 4 else "app"] * 200 for j in range(8)])
    for analysis, query, figure in (
        ("funnel", funnel.Query(steps(A, B)), "time_from_previous_p50"),
        ("transitions", transitions.Query(journeys=True), "wait_p50"),
    ):
        found = asked(analysis, journeys, query)
        (one,) = (
            d
            for d in found.differences
            if d.figure == figure and d.of.get("from", "a") == "a" and d.of.get("to", "b") == "b"
        )
        assert (one.a.n, one.b.n) == (400, 400)
        assert one.a.high - one.a.low >= 30
        assert one.verdict == "too_few"
