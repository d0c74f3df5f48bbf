"""Differences of two groups: published intervals, coverage by simulation, several at once."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.factories import journeys_of, random_journeys

from desireline.engine.analyses import (
    funnel,
    paths,
    positions,
    retention,
    touchpoints,
    transitions,
    variants,
)
from desireline.engine.analyses.waits import Waits
from desireline.engine.compute.threads import over, run
from desireline.engine.differences import Compared, ComparedQuery, ComparisonImpossible
from desireline.engine.differences.intervals import (
    Estimate,
    apart,
    at_once,
    more_of_shares,
    of_quantile,
    of_share,
)
from desireline.engine.filters import Filter
from desireline.engine.journeys import I64, Journeys
from desireline.engine.kernels.waits import BUCKETS, bucket_bounds, buckets_of
from desireline.engine.rules import Channel, Event, Not
from desireline.engine.saying import in_words
from desireline.engine.scope import Asked, Scope

NEWCOMBE = [
    ((56, 70), (48, 80), 0.0524, 0.3339),
    ((9, 10), (3, 10), 0.1705, 0.8090),
    ((6, 7), (2, 7), 0.0582, 0.8062),
    ((5, 56), (0, 29), -0.0381, 0.1926),
    ((0, 10), (0, 20), -0.1611, 0.2775),
    ((0, 10), (0, 10), -0.2775, 0.2775),
    ((10, 10), (0, 20), 0.6791, 1.0000),
    ((10, 10), (0, 10), 0.6075, 1.0000),
]
"""R. G. Newcombe, Statistics in Medicine 17 (1998), table II: the eight examples, method 10."""


@pytest.mark.parametrize(("a", "b", "low", "high"), NEWCOMBE)
def test_shares_as_newcombe_printed_them(
    a: tuple[int, int], b: tuple[int, int], low: float, high: float
) -> None:
    found = apart(of_share(*a), of_share(*b))
    assert found.difference == pytest.approx(a[0] / a[1] - b[0] / b[1])
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)
    assert (found.p < 0.05) == (low > 0 or high < 0)


@pytest.mark.parametrize(
    ("p", "q", "each"), [(0.60, 0.70, 356), (0.25, 0.40, 152), (0.10, 0.20, 199), (0.5, 0.65, 170)]
)
def test_samples_as_fleiss_counts_them(p: float, q: float, each: int) -> None:
    """Without the correction for continuity, two-sided 5 %, power 80 %, per group."""
    few = 20
    a, b = of_share(round(few * p), few), of_share(round(few * q), few)
    assert more_of_shares(a, b) == 2 * each - 2 * few


def test_several_at_once_as_benjamini_and_hochberg() -> None:
    """The fifteen levels of their example (1995, section 3.2): four are found at 0.05."""
    levels = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344]
    levels += [0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000]
    adjusted = at_once(levels)
    assert sum(q <= 0.05 for q in adjusted) == 4
    assert adjusted[:4] == pytest.approx([0.0015, 0.003, 0.0095, 0.035625])
    assert adjusted == sorted(adjusted)
    assert at_once([]) == []
    assert at_once([0.2]) == [0.2]


@given(levels=st.lists(st.floats(0, 1), min_size=1, max_size=30), data=st.data())
@settings(max_examples=60, deadline=None)
def test_adjusting_keeps_the_order(levels: list[float], data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(levels))))
    adjusted = at_once(levels)
    assert all(q >= p for p, q in zip(levels, adjusted, strict=True))
    assert at_once([levels[i] for i in order]) == [adjusted[i] for i in order]


@given(
    a=st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    b=st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
)
@settings(max_examples=100, deadline=None)
def test_the_other_way_round_is_the_negative(a: tuple[int, int], b: tuple[int, int]) -> None:
    one, other = apart(of_share(*a), of_share(*b)), apart(of_share(*b), of_share(*a))
    assert (one.low, one.high) == pytest.approx((-other.high, -other.low), abs=1e-12)
    assert one.p == pytest.approx(other.p)
    assert -1 <= one.low <= one.difference <= one.high <= 1


class TestCoverage:
    """Of many samples of known truth, 93 to 97 % of the intervals hold it."""

    TRIALS = 2_000

    @pytest.mark.parametrize(
        ("p", "q", "n", "m"), [(0.3, 0.25, 200, 300), (0.05, 0.08, 400, 400), (0.6, 0.5, 60, 40)]
    )
    def test_of_shares(self, p: float, q: float, n: int, m: int) -> None:
        rng = np.random.default_rng(5)
        drawn = zip(rng.binomial(n, p, self.TRIALS), rng.binomial(m, q, self.TRIALS), strict=True)
        found = [apart(of_share(int(x), n), of_share(int(y), m)) for x, y in drawn]
        held = sum(one.low <= p - q <= one.high for one in found) / self.TRIALS
        assert 0.93 <= held <= 0.97

    @pytest.mark.parametrize(
        ("quantile", "n", "m"), [(0.5, 80, 120), (0.5, 800, 500), (0.9, 400, 300)]
    )
    def test_of_quantiles_of_waits(self, quantile: float, n: int, m: int) -> None:
        rng = np.random.default_rng(6)
        scale = {0.5: 1.0, 0.9: np.exp(1.2815515655446004)}[quantile]
        truth = 3600.0 * scale - 3000.0 * scale
        held = 0
        for _ in range(self.TRIALS // 2):
            a = _waits(rng.lognormal(np.log(3600), 1.0, n), quantile)
            b = _waits(rng.lognormal(np.log(3000), 1.0, m), quantile)
            found = apart(a, b)
            held += found.low <= truth <= found.high
        share = held / (self.TRIALS // 2)
        assert 0.93 <= share <= 0.975


def _waits(seconds: np.ndarray, quantile: float) -> Estimate:  # type: ignore[type-arg]
    wait: I64 = (seconds * 1e6).astype(np.int64)
    histogram = np.bincount(buckets_of(wait), minlength=BUCKETS)
    return of_quantile(*bucket_bounds(), histogram, quantile)


def test_a_quantile_is_that_of_the_sketch() -> None:
    seconds = np.random.default_rng(7).lognormal(8, 1, 5_000)
    told = Waits.of(np.zeros(5_000, np.int64), (seconds * 1e6).astype(np.int64)).of_series(0)
    for q, other in ((0.5, told.p50), (0.9, told.p90)):
        found = _waits(seconds, q)
        assert found.value == pytest.approx(np.quantile(seconds, q), rel=1 / 32)
        assert found.value == pytest.approx(other, rel=1 / 16)
        low, high = found.limits(1.96)
        assert low < found.value < high


def _in_channels(journeys: Journeys, query: object) -> ComparedQuery[object]:
    web = Asked(query, Scope(segment=Channel(("web",))))
    return ComparedQuery(web, Asked(query, Scope(segment=Not(Channel(("web",))))))


QUERIES = {
    "funnel": funnel.Query(tuple(funnel.Step(Event((f"type {i}",))) for i in range(3))),
    "touchpoints": touchpoints.Query(outcome=Event(("type 2",))),
    "transitions": transitions.Query(journeys=True),
    "variants": variants.Query(top=10),
    "retention": retention.Query(period="month", periods=3),
    "positions": positions.Query(),
    "paths": paths.Query("type 1", depth=1),
}


class TestCompare:
    @pytest.mark.parametrize("analysis", QUERIES)
    def test_is_the_analysis_of_each_group(self, analysis: str) -> None:
        journeys = random_journeys(11, n_journeys=300, mean_length=4)
        query = _in_channels(journeys, QUERIES[analysis])
        compared: Compared[object] = Compared(analysis)
        found = run(compared, journeys, query)
        assert found.compared == len(found.differences) > 0
        assert found.persons_a + found.persons_b == sum(np.diff(journeys.offset) > 0)
        assert found.in_both == 0
        assert over(compared, journeys.shards(4), query).to_dict() == found.to_dict()
        assert all(d.low <= d.difference <= d.high for d in found.differences)
        assert in_words(found)[0].key in ("compare.found", "compare.none")

    def test_finds_what_was_planted(self) -> None:
        walks = [[("a", 0.0), ("b", 60.0)] if j % 10 < (7 if j < 500 else 3) else [("a", 0.0)]
                 for j in range(1000)]  # fmt: skip
        channels = [["web" if j < 500 else "app"] * len(w) for j, w in enumerate(walks)]
        journeys = journeys_of(walks, channels=channels)
        steps = (funnel.Step(Event(("a",))), funnel.Step(Event(("b",))))
        found = run(Compared("funnel"), journeys, _in_channels(journeys, funnel.Query(steps)))
        first = found.differences[0]
        assert (first.figure, first.verdict, first.a.count, first.b.count) == (
            "share_of_first", "higher", 350, 150,
        )  # fmt: skip
        assert first.low < 0.4 < first.high
        told = in_words(found, ("web", "app"))[1].text
        assert "70 % in web (n = 500), 30 % in app (n = 500)" in told
        assert "higher by +40 points" in told

    def test_says_how_many_more_are_needed(self) -> None:
        walks = [[("a", 0.0), ("b", 60.0)] if j % 20 < (7 if j < 40 else 5) else [("a", 0.0)]
                 for j in range(80)]  # fmt: skip
        channels = [["web" if j < 40 else "app"] * len(w) for j, w in enumerate(walks)]
        journeys = journeys_of(walks, channels=channels)
        steps = (funnel.Step(Event(("a",))), funnel.Step(Event(("b",))))
        found = run(Compared("funnel"), journeys, _in_channels(journeys, funnel.Query(steps)))
        (share,) = (d for d in found.differences if d.unit == "share")
        assert share.verdict == "too_few"
        assert share.more > 0
        assert f"{share.more:,} more are needed" in " ".join(m.text for m in in_words(found))

    def test_tells_who_is_in_both(self) -> None:
        journeys = random_journeys(12)
        query = variants.Query(top=5)
        groups = [Asked(query, Scope(wanted=Filter(channels=(c,)))) for c in ("web", "store")]
        found = run(Compared("variants"), journeys, ComparedQuery(*groups))
        assert 0 < found.in_both <= min(found.persons_a, found.persons_b)
        assert in_words(found)[-1].key == "compare.overlap"

    def test_refuses_what_has_nothing_to_compare(self) -> None:
        with pytest.raises(ComparisonImpossible, match="not compared by 'conformance'"):
            Compared("conformance")

    def test_what_comes_next_and_where_who_stands(self) -> None:
        walks = [[("a", 0.0), ("b" if j % 10 < (8 if j < 100 else 4) else "c", 60.0)]
                 for j in range(200)]  # fmt: skip
        channels = [["web" if j < 100 else "app"] * 2 for j in range(200)]
        journeys = journeys_of(walks, channels=channels)
        for analysis, query, figure in (
            ("paths", paths.Query("a", depth=1), "followed_by"),
            ("positions", positions.Query(), "stands_at"),
        ):
            found = run(Compared(analysis), journeys, _in_channels(journeys, query))
            told = {d.of["event"]: d for d in found.differences if d.figure == figure}
            assert (told["b"].a.count, told["b"].a.n, told["b"].b.count) == (80, 100, 40)
            assert (told["b"].verdict, told["c"].verdict) == ("higher", "lower")
