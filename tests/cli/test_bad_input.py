"""Bad input ends with exit code 2, a sentence that names place and value, a hint, and no files."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from tests.cli.conftest import Desireline

GOOD = b"case_id,activity,timestamp\na,start,2024-01-01T08:00:00Z\na,end,2024-01-01T09:00:00Z\n"

BAD: dict[str, tuple[str, bytes, tuple[str, ...]]] = {
    "nothing in it": ("e.csv", b"", ("empty",)),
    "a header only": ("e.csv", b"case_id,activity,timestamp\n", ("e.csv",)),
    "no case column": ("e.csv", b"foo,activity,timestamp\n1,a,2024-01-01\n", ("--case", "foo")),
    "no time": ("e.csv", b"case_id,activity,x\n1,a,2\n", ("--time",)),
    "times that are none": (
        "e.csv",
        b"case_id,activity,timestamp\n1,a,yesterday\n1,b,soon\n",
        ("timestamp", "yesterday"),
    ),
    "wrong encoding": (
        "e.csv",
        "case_id,activity,timestamp\n1,Schlüssel,2024-01-01\n".encode("cp1252"),
        ("--encoding",),
    ),
    "a truncated gzip": ("e.csv.gz", gzip.compress(GOOD * 50)[:-20], ("e.csv.gz",)),
    "a truncated Parquet": ("e.parquet", b"PAR1" + b"\0" * 40, ("e.parquet",)),
    "an unknown kind of file": ("e.xyz", GOOD, ("e.xyz",)),
    "XES that is cut off": ("e.xes", b"<log><trace><event>", ("e.xes",)),
}


@pytest.mark.parametrize("what", BAD)
def test_is_said_in_a_sentence_and_nothing_is_written(
    what: str, desireline: Desireline, tmp_path: Path
) -> None:
    name, content, words = BAD[what]
    (tmp_path / name).write_bytes(content)
    answer = desireline("map", tmp_path / name, "--out", tmp_path / "out")
    assert answer.code == 2, answer
    assert sum(line.startswith("Error: ") for line in answer.err.splitlines()) == 1
    assert "Hint: " in answer.err
    assert "Traceback" not in answer.err
    assert all(word in answer.err for word in words), answer.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (("--case-by", "moon"), "moon"),
        (("--case-by", "session:soon"), "soon"),
        (("--case-by", "column:nope"), "nope"),
        (("--case", "nope"), "nope"),
        (("--order", "nope"), "nope"),
        (("--map", "missing.yaml"), "missing.yaml"),
    ],
)
def test_an_option_that_does_not_fit_is_named(
    options: tuple[str, ...], word: str, desireline: Desireline, tmp_path: Path
) -> None:
    (tmp_path / "e.csv").write_bytes(GOOD)
    answer = desireline("map", tmp_path / "e.csv", *options, "--out", tmp_path / "out")
    assert answer.code == 2
    assert word in answer.err
    assert "Hint: " in answer.err
    assert not (tmp_path / "out").exists()


def test_an_unknown_step_is_named_with_what_there_is(
    desireline: Desireline, tmp_path: Path
) -> None:
    (tmp_path / "e.csv").write_bytes(GOOD)
    answer = desireline(
        "analyse", "funnel", tmp_path / "e.csv", "--step", "start", "--step", "ende"
    )
    assert answer.code == 2
    assert "ende" in answer.err
    assert "end" in answer.err.split("Hint: ")[1]


def test_rows_that_cannot_be_read_are_counted_and_listed(
    desireline: Desireline, tmp_path: Path
) -> None:
    rows = GOOD + b"b,start,not a time\n,start,2024-01-01\nb,start,0001-01-01\n"
    (tmp_path / "e.csv").write_bytes(rows)
    answer = desireline("analyse", "transitions", tmp_path / "e.csv", "--format", "json")
    assert answer.code == 0
    assert "Set aside 3 rows" in answer.err
    assert "not a time" in answer.err
    assert "0001-01-01" in answer.err
