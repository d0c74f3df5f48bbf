"""The benchmark itself: made events, equal answers, and a report that wants proof."""

import copy
import re

import numpy as np
import pytest
from bench import data, map_rows
from bench.answers import AnswersDiffer, ExactWaits, same_counts, same_pairs
from bench.drawn_map import DrawnMap, counted_rows, told_rows
from bench.environments import LOCKED, ROOT
from bench.ours import from_arrays
from bench.plan import WORKS
from bench.race import Times
from bench.report import report
from bench.run import Wanted, bench

SIZE = 20_000


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    return tmp_path_factory.mktemp("bench")


@pytest.fixture(scope="module")
def told(cache):
    wanted = Wanted(cache, (SIZE,), tuple(work.key for work in WORKS), ("duckdb",))
    return bench(wanted, say=lambda _: None)


class TestMake:
    def test_gives_as_many_events_as_asked(self):
        assert {len(column) for column in data.make(SIZE).values()} == {SIZE}

    def test_is_exact_by_seed(self):
        one, same, other = data.make(SIZE), data.make(SIZE), data.make(SIZE, seed=1)
        assert all(np.array_equal(one[k], same[k], equal_nan=k == "value") for k in one)
        assert not np.array_equal(one["time"], other["time"])

    def test_has_no_equal_times_and_no_odd_ones(self):
        made = data.make(SIZE)
        within = made["person"][1:] == made["person"][:-1]
        assert np.diff(made["time"])[within].min() > 0
        assert not (made["time"] % 2).any()

    def test_keeps_persons_together_and_skews_types(self):
        made = data.make(SIZE)
        assert (np.diff(made["person"]) >= 0).all()
        often = np.bincount(made["code"], minlength=40)
        assert often[0] > 5 * often[20] > 0


class TestCompare:
    def test_finds_a_count_that_differs(self):
        with pytest.raises(AnswersDiffer, match="was counted 3 times by us and 4 times"):
            same_pairs("x", [["a", "b", 3, 1.0]], [["a", "b", 4, 1.0]])

    def test_finds_a_transition_that_is_missing(self):
        with pytest.raises(AnswersDiffer, match="one side only"):
            same_pairs("x", [["a", "b", 3, 1.0]], [])

    def test_finds_a_mean_that_differs(self):
        with pytest.raises(AnswersDiffer, match="takes"):
            same_pairs("x", [["a", "b", 3, 1.0]], [["a", "b", 3, 1.0 + 1e-8]])

    def test_lets_rounding_pass_and_says_how_much(self):
        agreement = same_pairs("x", [["a", "b", 3, 1.0]], [["a", "b", 3, 1.0 + 1e-12]])
        assert agreement["worst_mean_error"] == pytest.approx(1e-12, rel=1e-3)

    def test_finds_a_step_that_differs(self):
        with pytest.raises(AnswersDiffer):
            same_counts("x", [3, 2], [3, 1])

    def test_judges_quantiles_by_the_exact_waits(self):
        person = np.array([1] * 6)
        code = np.array([0, 1, 0, 1, 0, 1], np.uint16)
        time = np.array([0, 10, 20, 40, 50, 80]) * 1_000_000
        waits = ExactWaits.from_arrays(person, time, code, ["a", "b"])
        assert waits.of["a", "b"].tolist() == [10, 20, 30]
        assert waits.of["b", "a"].tolist() == [10, 10]
        right = [["a", "b", 3, 20.0, 20.0, 28.0]]
        assert waits.relative_error("x", right, 0.01) == 0
        with pytest.raises(AnswersDiffer, match="off"):
            waits.relative_error("x", [["a", "b", 3, 20.0, 25.0, 28.0]], 0.01)
        assert waits.rank_error("x", right) == 0

    def test_judges_quantiles_by_their_rank(self):
        waits = ExactWaits({("a", "b"): np.arange(101.0)})
        assert waits.rank_error("x", [["a", "b", 101, 50.0, 50.5, 91.0]]) == 0
        assert 0 < waits.rank_error("x", [["a", "b", 101, 50.0, 53.0, 90.0]]) < 0.02
        with pytest.raises(AnswersDiffer, match="rank"):
            waits.rank_error("x", [["a", "b", 101, 50.0, 50.0, 85.0]])


class TestBench:
    def test_finds_our_answers_equal_to_duckdb(self, told):
        raced = {one["work"]: one["agreement"] for one in told["races"]}
        assert set(raced) == {
            *("transitions", "transitions_trusting", "quantiles", "funnel", "funnel_told")
        }
        assert (
            raced["quantiles"]["our_quantile_error"] <= raced["quantiles"]["stated_quantile_error"]
        )
        reached = raced["funnel"]["counts"]
        assert reached == sorted(reached, reverse=True)
        assert reached[-1] > 0

    @pytest.mark.parametrize("mixed", [False, True])
    def test_counts_touchpoints_as_the_slow_way_does(self, cache, mixed):
        made = data.ensure(cache, SIZE, csv=False)
        found = DrawnMap.of(mixed=mixed).figures(from_arrays(made.arrays), threads=2)
        assert told_rows(found) == counted_rows(made.arrays, mixed=mixed)


class TestReport:
    def test_says_in_words_what_is_met_and_what_is_not(self, told):
        changed = copy.deepcopy(told)
        asked = [one for one in changed["races"] if one["bar"] is not None]
        for one, factor in zip(asked, (0.5, 1.0, 2.0), strict=True):
            one["ratio"] = Times.of([one["bar"] * factor]).plain()
        page = report(changed)
        assert "2 of 3 bars are met" in page
        assert page.count("**not met**") == 1
        assert f"- {changed['races'][0]['title']}: 15 x DuckDB SQL, at least 30 x is asked." in page

    def test_judges_what_is_asked_of_a_map(self):
        slow = {"transitions": {"median": 20.0}, "retention": {"median": 700.0}}
        told = {
            "conformance": {
                "journeys": 200_000,
                "events": 2_000_000,
                "ways": 9_000,
                "pm4py_ways": 200,
                "seconds": {"median": 1.2, "least": 1.1, "most": 1.3},
                "times_the_rate": 49.0,
            },
            "explore": {"events": 5_000_000, "answers": slow},
        }
        found = list(map_rows.rows(told))
        assert [fine for *_, fine in found] == [True, False, False]
        assert "retention" in found[2][1]

    def test_refuses_times_without_equal_answers(self, told):
        changed = copy.deepcopy(told)
        changed["races"][0]["agreement"] = None
        with pytest.raises(AnswersDiffer, match="were not found equal"):
            report(changed)


class TestLocks:
    @pytest.mark.parametrize("peer", LOCKED)
    def test_name_no_host_and_pin_by_hash(self, peer):
        lock = (ROOT / "bench" / "requirements" / f"{peer}.lock").read_text()
        assert "://" not in lock
        assert "torch" not in lock
        pinned = re.findall(r"^[\w.-]+==\S+.*$", lock, re.MULTILINE)
        assert pinned
        assert all(line.endswith("\\") for line in pinned)  # a hash follows
