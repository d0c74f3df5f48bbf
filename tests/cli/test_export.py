"""`desireline export` as a stranger meets it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.conftest import Desireline

from desireline.formats.log_writing import AS


@pytest.fixture
def data(desireline: Desireline, shop_csv: Path, tmp_path: Path) -> Path:
    """A workspace with the shop in it."""
    answer = desireline("import", shop_csv, "--data", tmp_path / "data")
    assert answer.code == 0, answer.err
    return tmp_path / "data"


class TestExport:
    @pytest.mark.parametrize("form", ["parquet", "jsonl.gz", "csv"])
    def test_goes_round(
        self, desireline: Desireline, data: Path, tmp_path: Path, form: str
    ) -> None:
        first, second = tmp_path / f"first.{form}", tmp_path / "second.jsonl"
        answer = desireline("export", first, "--data", data)
        assert answer.code == 0, answer.err
        assert answer.out.startswith("Wrote ")
        stored = desireline("import", first, "--data", tmp_path / "again").out
        assert " 0 duplicate + 0 failed" in stored
        assert " 0 stored " in desireline("import", first, "--data", data).out
        desireline("export", second, "--data", tmp_path / "again")
        desireline("export", tmp_path / "right.jsonl", "--data", data)
        assert sorted(second.read_text().splitlines()) == sorted(
            (tmp_path / "right.jsonl").read_text().splitlines()
        )

    @pytest.mark.parametrize("form", list(AS))
    def test_every_form_by_its_name_gives_the_same_journeys(
        self, desireline: Desireline, data: Path, tmp_path: Path, form: str
    ) -> None:
        path, again = tmp_path / "all.out", ("--data", tmp_path / "again")
        assert desireline("export", path, "--as", form, "--data", data).code == 0
        named = path.rename(tmp_path / f"all{AS[form]}")
        assert " 0 duplicate + 0 failed" in desireline("import", named, *again).out
        right, found = tmp_path / "right.csv", tmp_path / "found.csv"
        desireline("export", right, "--data", data)
        desireline("export", found, *again)
        assert sorted(found.read_text().splitlines()) == sorted(right.read_text().splitlines())
        told = [desireline("analyse", "transitions", file).out for file in (right, found)]
        assert told[0] == told[1] != ""

    def test_since_until_and_type(self, desireline: Desireline, data: Path, tmp_path: Path) -> None:
        out = tmp_path / "some.csv"
        words = ("--since", "2025-09-01", "--until", "2025-10-01T00:00:00Z", "--data", data)
        desireline("export", out, "--type", "order_completed", "--type", "ad_seen", *words)
        lines = out.read_text().splitlines()
        assert len(lines) > 5
        assert {line.split(",")[1] for line in lines[1:]} == {"order_completed", "ad_seen"}
        assert all(line.split(",")[3].startswith("2025-09-") for line in lines[1:])

    def test_refuses_in_a_sentence(
        self, desireline: Desireline, data: Path, tmp_path: Path
    ) -> None:
        answer = desireline("export", tmp_path / "a.csv", "--since", "soon", "--data", data)
        assert (answer.code, "no time" in answer.err) == (2, True)
        answer = desireline("export", tmp_path / "a.xlsx", "--data", data)
        assert (answer.code, "does not end in a format" in answer.err) == (2, True)
        answer = desireline("export", tmp_path / "a.csv", "--data", tmp_path / "nowhere")
        assert (answer.code, "There is no workspace" in answer.err) == (2, True)
