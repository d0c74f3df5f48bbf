"""Each command does what its help says, on the events of a simulated shop."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from tests.cli.conftest import Desireline

from desireline.formats.map_yaml import read_map, write_map

FUNNEL = ("--step", "product_viewed", "--step", "product_added", "--step", "order_completed")


class TestMap:
    def test_writes_page_data_and_document(
        self, desireline: Desireline, shop_csv: Path, tmp_path: Path
    ) -> None:
        answer = desireline("map", shop_csv, "--out", tmp_path / "m", "--name", "Shop")
        assert answer.code == 0, answer.err
        data = json.loads((tmp_path / "m" / "map.json").read_text())
        assert data["map"]["name"] == "Shop"
        assert data["map"] == read_map(tmp_path / "m" / "map.yaml").to_dict()
        touchpoints = [t["key"] for s in data["map"]["stages"] for t in s["touchpoints"]]
        assert [t["key"] for t in data["figures"]["touchpoints"]] == touchpoints
        assert "order_completed" in str(data["map"]["goal"]["outcome"])
        assert (tmp_path / "m" / "map.html").stat().st_size > 100_000

    def test_an_edited_map_answers_over_all_history(
        self, desireline: Desireline, shop_csv: Path, tmp_path: Path
    ) -> None:
        desireline("map", shop_csv, "--out", tmp_path / "draft")
        draft = read_map(tmp_path / "draft" / "map.yaml")
        kept = draft.stages[0].touchpoints[0]
        edited = type(draft)(key=draft.key, name="Edited", stages=draft.stages[:1])
        write_map(edited, tmp_path / "edited.yaml")
        answer = desireline(
            "map", shop_csv, "--map", tmp_path / "edited.yaml", "--out", tmp_path / "edited"
        )
        assert answer.code == 0, answer.err
        before, after = (
            json.loads((tmp_path / name / "map.json").read_text())["figures"]
            for name in ("draft", "edited")
        )
        assert len(after["stages"]) == 1
        reached = [
            next(t for t in f["touchpoints"] if t["key"] == kept.key) for f in (before, after)
        ]
        assert reached[0]["journeys"] == reached[1]["journeys"] > 0

    def test_a_draft_without_a_touchpoint_says_which_columns_to_look_at(
        self, desireline: Desireline, tmp_path: Path
    ) -> None:
        rows = "".join(f"{i // 3},e{i},2026-01-01\n" for i in range(90))
        (tmp_path / "ids.csv").write_text("case_id,event,time\n" + rows)
        answer = desireline("map", tmp_path / "ids.csv", "--out", tmp_path / "m")
        assert answer.code == 0, answer.err
        said = " ".join(answer.err.split())
        assert "in the journeys by case_id: each is too rare" in said
        assert "--case" in said
        assert "--event" in said


WALKS = """person,event,time
a,view,2026-01-01
a,cart,2026-01-02
a,coupon,2026-01-02T01:00:00
a,order,2026-01-03
b,view,2026-01-01
b,cart,2026-01-02
b,support,2026-01-02T03:00:00
b,order,2026-01-03
c,view,2026-01-01
c,cart,2026-01-02
c,order,2026-01-09
"""


def _written(folder: Path, text: str) -> Path:
    path = folder / "events.csv"
    path.write_text(text)
    return path


class TestAnalyse:
    @pytest.mark.parametrize(
        ("kind", "options"),
        [
            ("transitions", ()),
            ("variants", ("--top", 5)),
            ("funnel", FUNNEL),
            ("paths", ("--anchor", "order_completed")),
            ("touchpoints", ()),
            ("positions", ()),
            ("retention", ("--begins", "order_completed", "--breakdown", "channel")),
        ],
    )
    def test_prints_json_csv_and_a_table(
        self, desireline: Desireline, shop_csv: Path, kind: str, options: tuple[object, ...]
    ) -> None:
        printed = {
            shape: desireline("analyse", kind, shop_csv, *options, "--format", shape)
            for shape in ("json", "csv", "table")
        }
        assert all(answer.code == 0 for answer in printed.values()), printed
        assert isinstance(json.loads(printed["json"].out), dict)
        header, *rows = list(csv.reader(io.StringIO(printed["csv"].out)))
        assert rows
        assert all(len(row) == len(header) for row in rows)
        assert len(printed["table"].out.splitlines()) > len(rows)

    def test_funnel_falls(self, desireline: Desireline, shop_csv: Path) -> None:
        answer = desireline(
            "analyse", "funnel", shop_csv, *FUNNEL, "--window", "7d", "--format", "csv"
        )
        reached = [int(row["reached"]) for row in csv.DictReader(io.StringIO(answer.out))]
        assert reached == sorted(reached, reverse=True)
        assert reached[-1] > 0

    @pytest.mark.parametrize(
        ("limits", "orders"),
        [
            ((), 3),
            (("--within", "3=2d"), 2),
            (("--without", "3=support"), 2),
            (("--within", "3=2d", "--without", "3=support"), 1),
        ],
    )
    def test_a_step_may_be_limited(
        self, desireline: Desireline, tmp_path: Path, limits: tuple[str, ...], orders: int
    ) -> None:
        answer = desireline(
            *("analyse", "funnel", _written(tmp_path, WALKS), "--format", "csv"),
            *("--step", "view", "--step", "cart", "--step", "order", *limits),
        )
        reached = [int(row["reached"]) for row in csv.DictReader(io.StringIO(answer.out))]
        assert reached == [3, 3, orders]

    def test_an_optional_step_may_be_missing(self, desireline: Desireline, tmp_path: Path) -> None:
        path = _written(tmp_path, WALKS)
        steps = ("--step", "cart", "--step", "coupon", "--step", "order", "--optional", "2")
        answer = desireline("analyse", "funnel", path, *steps, "--format", "csv")
        reached = [int(row["reached"]) for row in csv.DictReader(io.StringIO(answer.out))]
        assert reached == [3, 1, 3]

    @pytest.mark.parametrize(
        ("option", "told", "said"),
        [("--optional", "4", "no step 4"), ("--within", "2d", "names no step")],
    )
    def test_a_step_that_is_not_there_is_named(
        self, desireline: Desireline, tmp_path: Path, option: str, told: str, said: str
    ) -> None:
        path = _written(tmp_path, WALKS)
        answer = desireline("analyse", "funnel", path, "--step", "cart", option, told)
        assert answer.code == 2
        assert said in answer.err

    def test_sessions(self, desireline: Desireline, shop_csv: Path) -> None:
        cases = [
            json.loads(
                desireline(
                    *("analyse", "transitions", shop_csv, "--format", "json", "--case-by", by)
                ).out
            )["cases"]
            for by in ("person", "session:30min", "session:5min")
        ]
        assert cases == sorted(cases)
        assert cases[0] < cases[1]


class TestSimulate:
    def test_the_same_seed_gives_the_same_events(
        self, desireline: Desireline, tmp_path: Path
    ) -> None:
        for name in ("a.csv", "b.csv"):
            answer = desireline("simulate", "--persons", 100, "--seed", 5, "--out", tmp_path / name)
            assert answer.code == 0, answer.err
        assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()

    def test_truth_says_what_was_planted(self, desireline: Desireline, tmp_path: Path) -> None:
        truth = tmp_path / "truth.json"
        desireline("simulate", "--persons", 100, "--out", tmp_path / "s.jsonl", "--truth", truth)
        planted = json.loads(truth.read_text())
        assert len(planted["reasons"]) == 2
        assert planted["fixes"][0]["deployed"]


class TestDoctor:
    def test_says_what_it_found(self, desireline: Desireline) -> None:
        answer = desireline("doctor")
        assert answer.out.count("\n") >= 6
        assert "Python" in answer.out


class TestBots:
    """An access log with two people and a bot, told apart by the name that the bot gives."""

    LOG = "".join(
        f'{address} - - [01/Mar/2026:10:00:00 +0000] "GET / HTTP/1.1" 200 12 "-" "{agent}"\n'
        for address, agent in (
            ("83.0.0.1", "Mozilla/5.0 (X11) Chrome/120"),
            ("83.0.1.1", "Mozilla/5.0 (X11) Firefox/121"),
            ("66.249.66.1", "Mozilla/5.0 (compatible; Googlebot/2.1)"),
        )
    )

    def test_in_out_or_alone(self, desireline: Desireline, tmp_path: Path) -> None:
        path = tmp_path / "access.log"
        path.write_text(self.LOG)

        def persons(*words: str) -> int:
            told = desireline("analyse", "variants", path, *words, "--format", "json")
            assert told.code == 0, told.err
            return int(json.loads(told.out)["cases"])

        assert persons() == persons("--bots", "with") == 3
        assert persons("--bots", "without") == 2
        assert persons("--bots", "only") == 1
        assert persons("--bots", "without", "--case-by", "session:30min") == 2

    def test_a_file_without_marks_says_so(self, desireline: Desireline, shop_csv: Path) -> None:
        answer = desireline("analyse", "variants", shop_csv, "--bots", "without")
        assert answer.code != 0
        assert "no human being's" in answer.err
        assert "Leave --bots out" in answer.err
