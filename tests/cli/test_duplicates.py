"""`desireline duplicates` and `accounts`, as a person types them."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.cli.shared_data import DATA

from desireline.cli.accounts_command import command as accounts
from desireline.cli.duplicates_command import command as duplicates
from desireline.cli.import_command import command as import_command
from desireline.cli.records_file import ColumnUnknown, FieldUntold

ROWS = """first_name,surname,email,city,who
Anna,Nowak,anna@shop.example,Lodz,1
Ana,Nowak,anna@shop.example,Lodz,1
Piotr,Kowal,p.kowal@mail.example,Gdansk,2
Jan,Lis,lis@post.example,Sopot,
Ewa,Lis,ewa@post.example,Gdynia,
"""


def run(command: object, *args: str) -> str:
    done = CliRunner().invoke(command, args, catch_exceptions=False)  # type: ignore[arg-type]
    assert done.exit_code == 0, done.output
    return str(done.output)


@pytest.fixture
def rows(tmp_path: Path) -> str:
    path = tmp_path / "rows.csv"
    path.write_text(ROWS)
    return str(path)


class TestFiles:
    def test_pairs_are_shown_with_reasons(self, rows: str) -> None:
        shown = run(duplicates, "find", rows, "--threshold", "0.5")
        assert "rows 1 and 2" in shown
        assert "Same family name, e-mail and town; given name differs by one letter." in shown
        assert "1 pairs of 5 rows" in shown

    def test_scores_against_a_truth(self, rows: str) -> None:
        """Rows of whom the truth says nothing are nobody's duplicates."""
        shown = run(duplicates, "find", rows, "--truth", "who", "--threshold", "0.5")
        assert "1 true pairs among 5 rows; 1 suggested, 1 of them right." in shown
        assert "precision 1.0000  recall 1.0000" in shown

    def test_columns_are_named_and_left_out(self, rows: str) -> None:
        shown = run(duplicates, "find", rows, "--column", "region=city", "--without", "email")
        assert "(region)" in shown
        assert "email" not in shown
        with pytest.raises(ColumnUnknown):
            run(duplicates, "find", rows, "--column", "region=town")
        with pytest.raises(FieldUntold):
            run(duplicates, "find", rows, "--column", "city")

    @pytest.mark.data
    def test_febrl_4_as_the_guide_says(self) -> None:
        paths = [DATA / "febrl" / f"dataset4{part}.parquet" for part in "ab"]
        if not paths[0].is_file():
            pytest.skip(f"{paths[0]} is not here; the public data lie beside the project")
        truth = ("--truth", "rec_id", "--truth-part", "rec-([0-9]+)")
        shown = run(duplicates, "find", *map(str, paths), *truth)
        assert "5,000 true pairs among 10,000 rows" in shown
        assert float(shown.split("at recall 0.9: ")[1]) >= 0.98


def test_a_workspace_without_duplicates_and_with_an_account(tmp_path: Path) -> None:
    events = tmp_path / "events.csv"
    events.write_text("user_id,event,time\nanna,seen,2026-01-01\nben,seen,2026-01-02\n")
    data = ("--data", str(tmp_path / "w"))
    run(import_command, str(events), *data)
    assert "0 suggestions" in run(duplicates, "find", *data)
    assert "0 open, 0 accepted, 0 rejected." in run(duplicates, "list", *data)
    assert "acme  Acme  company, 0 members" in run(accounts, "add", "acme", "--name", "Acme", *data)
    joined = run(accounts, "join", "key:acme", "user_id:anna", "--role", "buyer", *data)
    assert joined == "It is membership 1.\n"
    assert "as buyer since" in run(accounts, "show", "key:acme", *data)
    assert run(accounts, "leave", "key:acme", "1", *data).startswith("It has ended")
    assert "1  acme  Acme  company, 0 members" in run(accounts, "list", *data)
    assert run(accounts, "suggest", *data) == ""
