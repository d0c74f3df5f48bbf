"""What a stranger tries: odd words, odd files, other terminals."""

from __future__ import annotations

import csv
import io
import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.conftest import Desireline
from tests.web.browsing import built_page

HEADER = "case_id,activity,timestamp"
GOOD = f"{HEADER}\na,start,2024-01-01T08:00:00Z\na,end,2024-01-01T09:00:00Z\nb,start,2024-01-02\n"


def written(path: Path, text: str = GOOD) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


class TestSayings:
    def test_nothing_but_sentences_where_there_is_no_terminal(
        self, desireline: Desireline, tmp_path: Path
    ) -> None:
        answer = desireline("map", written(tmp_path / "e.csv"), "--out", tmp_path / "out")
        assert answer.code == 0
        assert all(line.strip() for line in answer.err.splitlines()), answer.err
        assert "\x1b" not in answer.err

    def test_a_row_set_aside_is_named_by_line_column_and_value(
        self, desireline: Desireline, tmp_path: Path
    ) -> None:
        path = written(tmp_path / "e.csv", GOOD + "b,start,soon\n")
        lines = desireline("analyse", "variants", path).err.splitlines()
        assert "Set aside 1 row that could not be read:" in lines
        assert "  line 5, column timestamp: 'soon': it is not a time" in lines

    def test_a_line_that_is_no_row_is_named_without_a_column(
        self, desireline: Desireline, tmp_path: Path
    ) -> None:
        path = written(tmp_path / "e.csv", GOOD + "b,start\n")
        lines = desireline("analyse", "variants", path).err.splitlines()
        assert "  line 5: 'b,start': it has 2 fields where the header has 3" in lines

    def test_times_of_which_some_have_no_zone(self, desireline: Desireline, tmp_path: Path) -> None:
        times = ("2024-01-01T08:00:00Z", "2024-01-02 08:00:00", "2024-01-03T08:00:00+02:00")
        rows = "".join(f"a,x,{time}\n" for time in times)
        answer = desireline("analyse", "variants", written(tmp_path / "e.csv", f"{HEADER}\n{rows}"))
        assert "Some times of timestamp have no time zone; they were read as UTC." in answer.err

    def test_negative_waits_are_counted(self, desireline: Desireline, tmp_path: Path) -> None:
        text = f"{HEADER},step\na,start,2024-01-02,1\na,end,2024-01-01,2\n"
        answer = desireline(
            "analyse", "transitions", written(tmp_path / "e.csv", text), "--order", "step"
        )
        assert "By the order told, 1 wait was negative; below zero counts as 0." in answer.err

    def test_journeys_of_a_number_are_cases(self, desireline: Desireline, tmp_path: Path) -> None:
        path = written(tmp_path / "e.csv", GOOD.replace("case_id", "number"))
        assert "people" not in desireline("map", path, "--out", tmp_path / "out").err

    def test_events_that_belong_to_no_journey_are_counted(
        self, desireline: Desireline, tmp_path: Path
    ) -> None:
        rows = "a,start,2024-01-01,\na,pay,2024-01-02,7\na,send,2024-01-03,7\n"
        path = written(tmp_path / "e.csv", f"{HEADER},order\n{rows}")
        note = "Events without order belong to no journey and were left out: 1."
        by_order, out = ("--case-by", "column:order"), tmp_path / "out"
        assert note in desireline("analyse", "variants", path, *by_order).err.splitlines()
        assert note in desireline("map", path, *by_order, "--out", out).err.splitlines()
        again = desireline("map", path, "--map", out / "map.yaml", "--out", out)
        assert note in again.err.splitlines()


class TestShapes:
    def test_of_transitions(self, desireline: Desireline, tmp_path: Path) -> None:
        path = written(tmp_path / "e.csv")
        found = json.loads(desireline("analyse", "transitions", path, "--format", "json").out)
        assert (found["cases"], found["events"]) == (2, 3)
        waited = {"mean": 3600.0, "p50": 3600.0, "p90": 3600.0}
        step = {"from": "start", "to": "end", "count": 1, "share": 1.0, "wait_seconds": waited}
        assert found["transitions"] == [step]
        assert found["starts"] == {"start": 2}
        assert found["ends"] == {"end": 1, "start": 1}

    def test_of_variants(self, desireline: Desireline, tmp_path: Path) -> None:
        path = written(tmp_path / "e.csv")
        found = json.loads(desireline("analyse", "variants", path, "--format", "json").out)
        assert found["cases"] == 2
        assert {"count": 1, "events": ["start", "end"]} in found["variants"]

    def test_numbers_and_times_decide_as_what_they_are(
        self, desireline: Desireline, tmp_path: Path
    ) -> None:
        rows = ["a,z,2024-01-03,2024-01-01,10", "a,y,2024-01-02,2024-01-01,9"]
        rows += ["a,x,2024-01-01,2023-12-31T23:59:00Z,11"]
        path = written(tmp_path / "e.csv", "\n".join([f"{HEADER},changed,step", *rows, ""]))
        answer = desireline(
            *("analyse", "variants", path, "--order", "changed,step", "--format", "json")
        )
        assert json.loads(answer.out)["variants"][0]["events"] == ["x", "y", "z"]

    def test_a_breakdown_names_a_role_or_a_column(
        self, desireline: Desireline, tmp_path: Path
    ) -> None:
        text = f"{HEADER},via,x\na,start,2024-01-01,web,1\na,end,2024-01-02,web,1\n"
        path = written(tmp_path / "e.csv", text)
        steps = ("--step", "start", "--step", "end", "--channel", "via", "--format", "json")
        for name, value in (("channel", "web"), ("via", "web"), ("x", "1")):
            answer = desireline("analyse", "funnel", path, *steps, "--breakdown", name)
            assert answer.code == 0, answer.err
            assert [g["value"] for g in json.loads(answer.out)["groups"]] == [value]
        answer = desireline("analyse", "funnel", path, "--step", "start", "--breakdown", "actor")
        assert answer.code == 2
        assert "actor" in answer.err

    def test_text_stays_text_in_every_form(self, desireline: Desireline, tmp_path: Path) -> None:
        names = ["[red]cart[/red]", "=1+1", "</script>", "line\nbreak", "🛒"]
        rows = [f'a,"{name}",2024-01-0{day}' for day, name in enumerate(names, start=1)]
        path = written(tmp_path / "e.csv", "\n".join([HEADER, *rows, ""]))
        found = desireline("analyse", "transitions", path, "--format", "csv")
        listed = list(csv.DictReader(io.StringIO(found.out)))
        assert {row["from"] for row in listed} | {listed[-1]["to"]} <= set(names)
        assert "[red]cart[/red]" in desireline("analyse", "transitions", path).out
        out = tmp_path / "out"
        assert desireline("map", path, "--out", out).code == 0
        empty = built_page()
        assert empty is not None
        ends = empty.read_text(encoding="utf-8").count("</script>")
        assert (out / "map.html").read_text(encoding="utf-8").count("</script>") == ends


class TestRecordsInRecords:
    def test_are_columns_with_dots(self, desireline: Desireline, tmp_path: Path) -> None:
        records = [
            {
                "user": {"id": "u1", "tier": {"name": "gold"}},
                "event": "start",
                "time": "2024-01-01",
            },
            {"user": {"id": "u1"}, "event": "end", "time": "2024-01-02", "a/b": {"c~d": 2}},
        ]
        text = "".join(json.dumps(record) + "\n" for record in records)
        path = written(tmp_path / "e.jsonl", text)
        answer = desireline("analyse", "variants", path, "--format", "json")
        assert "(case = user.id, event = event" in answer.err
        assert json.loads(answer.out)["variants"][0]["events"] == ["start", "end"]
        steps = ("--step", "start", "--breakdown", "user.tier.name", "--value", "a/b.c~d")
        groups = desireline("analyse", "funnel", path, *steps, "--format", "json")
        assert json.loads(groups.out)["groups"][0]["value"] == "gold"

    def test_where_some_are_none(self, desireline: Desireline, tmp_path: Path) -> None:
        text = (
            '{"case": {"id": 1}, "event": "a", "time": 0}\n{"case": 2, "event": "b", "time": 1}\n'
        )
        answer = desireline("analyse", "variants", written(tmp_path / "e.jsonl", text))
        assert answer.code == 0
        assert "case was taken as case; case.id would fit too." in answer.err


class TestPlaces:
    def test_with_spaces_and_signs(self, desireline: Desireline, tmp_path: Path) -> None:
        path = written(tmp_path / "my data" / "ünï [1]*.csv")
        out = tmp_path / "my maps" / "ünï [1]"
        assert desireline("map", path, "--out", out).code == 0
        assert {p.name for p in out.iterdir()} == {"map.html", "map.json", "map.yaml"}

    def test_an_out_that_is_a_file(self, desireline: Desireline, tmp_path: Path) -> None:
        path = written(tmp_path / "e.csv")
        answer = desireline("map", path, "--out", path)
        assert answer.code == 2
        assert "Hint: " in answer.err
        assert path.read_text() == GOOD

    def test_a_truth_that_cannot_be_written(self, desireline: Desireline, tmp_path: Path) -> None:
        out = tmp_path / "shop.csv"
        answer = desireline("simulate", "--persons", 5, "--out", out, "--truth", tmp_path)
        assert answer.code == 2
        assert "cannot be written" in answer.err
        assert "Hint: " in answer.err

    def test_where_the_system_refuses(
        self, desireline: Desireline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
        answer = desireline("analyse", "variants", written(tmp_path / "e.csv"))
        assert answer.code == 2
        assert "nowhere" in answer.err
        assert "Hint: " in answer.err

    @pytest.mark.parametrize("name", ["-", "/dev/null"])
    def test_a_stream_is_no_file(self, desireline: Desireline, name: str) -> None:
        answer = desireline("analyse", "variants", name)
        assert answer.code == 2
        assert "stream" in answer.err
        assert "Write it to a file first" in answer.err


@pytest.mark.parametrize(
    ("words", "word"),
    [
        (("variants", "--top", "-1"), "--top"),
        (("paths", "--anchor", "start", "--depth", "0"), "--depth"),
        (("paths", "--anchor", "start", "--top", "x"), "--top"),
        (("paths", "--anchor", "strat"), "Did you mean 'start'?"),
        (("funnel", "--step", "start", "--window", "-1d"), "-1d"),
        (("funnel", "--step", "start", "--breakdown", "nope"), "nope"),
        (("funnel",), "--step"),
        (("variants", "--case-by", "session:999999999999999d"), "gap"),
        (("touchpoints", "--map", "nope.yaml"), "nope.yaml"),
        (("transitions", "--format", "xml"), "xml"),
    ],
)
def test_a_word_that_does_not_fit_is_named(
    words: tuple[str, ...], word: str, desireline: Desireline, tmp_path: Path
) -> None:
    kind, *options = words
    answer = desireline("analyse", kind, written(tmp_path / "e.csv"), *options)
    assert answer.code == 2
    assert word in answer.err
    assert answer.out == ""
    assert "Traceback" not in answer.err


@pytest.mark.parametrize("words", [("simulate", "--persons", "0"), ("demo", "--port", "70000")])
def test_a_number_out_of_range_is_named(words: tuple[str, ...], desireline: Desireline) -> None:
    answer = desireline(*words)
    assert answer.code == 2
    assert words[1] in answer.err


class TestProcess:
    def test_a_reader_that_goes_away_is_no_error(self, tmp_path: Path) -> None:
        rows = "".join(f"c{n},event {n},2024-01-01\n" for n in range(20_000))
        path = written(tmp_path / "e.csv", f"{HEADER}\n{rows}")
        words = [sys.executable, "-m", "desireline", "analyse", "variants", str(path)]
        with subprocess.Popen(
            [*words, "--format", "csv"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as running:
            assert running.stdout is not None
            assert running.stderr is not None
            assert running.stdout.readline() == "count,events,n,share,low,high,coverage\n"
            running.stdout.close()
            said = running.stderr.read()
        assert "Error" not in said
        assert "Traceback" not in said
        assert "ignored" not in said

    def test_ctrl_c_stops_and_leaves_no_half_file(self, tmp_path: Path) -> None:
        out = tmp_path / "shop.csv"
        words = [sys.executable, "-m", "desireline", "simulate", "--persons", "2000000"]
        with subprocess.Popen(
            [*words, "--out", str(out)], stderr=subprocess.PIPE, text=True, cwd=tmp_path
        ) as running:
            with pytest.raises(subprocess.TimeoutExpired):
                running.wait(3)
            running.send_signal(signal.SIGINT)
            _, said = running.communicate()
        assert running.returncode == 130
        assert said.strip() == "Stopped."
        assert list(tmp_path.iterdir()) == []
