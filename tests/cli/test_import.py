"""`desireline import` as a stranger meets it."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.cli.conftest import Desireline

from desireline.kit.workspace import open_workspace
from desireline.log.counting import read_counts
from desireline.settings import read_settings

ROWS = "case,event,time,price\na,order,2026-01-01,9.5\na,,2026-01-02,1\nb,order,2026-01-03,2\n"


def counts(folder: Path) -> dict[str, int]:
    settings = read_settings({}, data_dir=folder)
    with (
        open_workspace(settings, exclusive=False, create=False) as workspace,
        workspace.database.reading() as look,
    ):
        return read_counts(look)


@pytest.fixture
def events(tmp_path: Path) -> Path:
    path = tmp_path / "events.csv"
    path.write_text(ROWS)
    return path


class TestImport:
    def test_says_what_it_read_and_what_became_of_it(
        self, desireline: Desireline, events: Path, tmp_path: Path
    ) -> None:
        answer = desireline("import", events, "--data", tmp_path / "data")
        assert answer.code == 0, answer.err
        assert answer.out == (
            "Imported events.csv: 3 received = 2 stored + 0 duplicate + 1 failed.\n"
        )
        assert "Read 3 rows of events.csv (case = case, event = event, time = time" in answer.err
        assert "line 3, column event: '': it is empty" in answer.err
        assert "kept as failed events" in answer.err

    def test_the_same_file_twice_adds_nothing(
        self, desireline: Desireline, events: Path, tmp_path: Path
    ) -> None:
        desireline("import", events, "--data", tmp_path / "data")
        answer = desireline("import", events, "--data", tmp_path / "data")
        assert "3 received = 0 stored + 2 duplicate + 1 failed." in answer.out
        assert "was imported before" in answer.err
        told = counts(tmp_path / "data")
        assert told == {"received": 6, "stored": 2, "duplicate": 2, "failed": 2}

    def test_takes_several_files(
        self, desireline: Desireline, events: Path, tmp_path: Path
    ) -> None:
        grown = tmp_path / "grown.csv"
        grown.write_text(ROWS + "c,order,2026-01-04,3\n")
        answer = desireline("import", events, grown, "--data", tmp_path / "data")
        assert answer.out.splitlines()[1].endswith(
            "4 received = 1 stored + 2 duplicate + 1 failed."
        )

    def test_takes_the_options_of_a_map(self, desireline: Desireline, tmp_path: Path) -> None:
        path = tmp_path / "odd.txt"
        path.write_bytes("wer;was;wann;nr\nä@x.de;kauf;03.04.2026;m-1\n".encode("cp1252"))
        answer = desireline(
            *("import", path, "--case", "wer", "--event", "was", "--time", "wann"),
            *("--time-format", "%d.%m.%Y", "--delimiter", ";", "--encoding", "cp1252"),
            *("--identifier", "email", "--id", "nr", "--columns", "none"),
            *("--data", tmp_path / "data"),
        )
        assert answer.code == 0, answer.err
        out = tmp_path / "out.jsonl"
        desireline("export", out, "--data", tmp_path / "data")
        assert '"at":"2026-04-03T00:00:00.000000Z"' in out.read_text()
        assert '"identifiers":{"email":"ä@x.de"}' in out.read_text()
        assert '"context":{"message_id":"m-1"}' in out.read_text()

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (("nothing.csv",), "There is no file nothing.csv."),
            (("{events}", "--case", "nobody"), "has no column 'nobody'"),
            (("{events}", "--identifier", "User"), "no kind of identifier"),
        ],
    )
    def test_refuses_in_a_sentence(
        self,
        desireline: Desireline,
        events: Path,
        tmp_path: Path,
        words: tuple[str, ...],
        said: str,
    ) -> None:
        told = [word.format(events=events) for word in words]
        answer = desireline("import", *told, "--data", tmp_path / "data")
        assert answer.code == 2
        assert said in answer.err
        assert counts(tmp_path / "data")["received"] == 0

    def test_makes_no_workspace_among_other_files(
        self, desireline: Desireline, events: Path
    ) -> None:
        answer = desireline("import", events, "--data", events.parent)
        assert answer.code == 2
        assert "is no workspace, and not empty" in answer.err


def test_killed_and_called_again_it_ends_as_if_nothing_had_happened(tmp_path: Path) -> None:
    """A real process, and a signal whenever it comes."""
    simulate = [sys.executable, "-m", "desireline", "simulate", "--persons", "3000"]
    subprocess.run([*simulate, "--out", "shop.parquet"], cwd=tmp_path, check=True)
    command = [sys.executable, "-m", "desireline", "import", "shop.parquet", "--data", "data"]
    for patience in (2.0, 3.0, 4.0):
        process = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.DEVNULL)
        time.sleep(patience)
        process.send_signal(signal.SIGKILL)
        process.wait()
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    received = int(done.stdout.split("shop.parquet: ")[1].split(" ")[0].replace(",", ""))
    verify = [sys.executable, "-m", "desireline", "verify", "--data", "data"]
    told = counts(tmp_path / "data")
    assert told["stored"] == received > 25_000
    checked = subprocess.run(verify, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr


class TestMapping:
    def test_is_shown_and_nothing_is_stored(
        self, desireline: Desireline, events: Path, tmp_path: Path
    ) -> None:
        answer = desireline("import", events, "--show-mapping", "--data", tmp_path / "data")
        assert answer.code == 0, answer.err
        assert "# event: event, by its usual name\n" in answer.out
        assert "\nwho:\n  user_id: case\n" in answer.out
        assert '# {"type":"order","at":"2026-01-01T00:00:00Z"' in answer.out
        assert "# Set aside: line 3, column event" in answer.out
        assert counts(tmp_path / "data")["received"] == 0
        shown = tmp_path / "shown.yaml"
        shown.write_text(answer.out)
        again = desireline("import", events, "--mapping", shown, "--data", tmp_path / "data")
        assert "2 stored" in again.out

    def test_is_kept_and_used_for_the_same_columns(
        self, desireline: Desireline, tmp_path: Path
    ) -> None:
        data = ("--data", tmp_path / "data")
        first, second = tmp_path / "first.csv", tmp_path / "second.csv"
        first.write_text("wer,was,wann\na,x,2026-01-01\n")
        second.write_text("wer,was,wann\nb,y,2026-01-02\n")
        told = ("--case", "wer", "--event", "was", "--time", "wann")
        kept = desireline("import", first, *told, "--save-mapping", "german", *data)
        assert "The mapping 'german' is kept, version 1." in kept.err
        answer = desireline("import", second, *data)
        assert "'german', version 1, was saved for a file with the same columns" in answer.err
        assert "1 stored" in answer.out
        named = desireline("import", second, "--mapping", "german", *data)
        assert "1 duplicate" in named.out
        without = desireline("import", second, "--mapping", "none", *data)
        assert without.code == 2
        assert "no column with a usual name" in without.err
        assert "There is no mapping 'nobody'" in (
            desireline("import", second, "--mapping", "nobody", *data).err
        )

    def test_in_a_file_serves_the_map_too(self, desireline: Desireline, tmp_path: Path) -> None:
        path, mapping = tmp_path / "e.csv", tmp_path / "m.yaml"
        path.write_text("wer,was,wann\na,x,2026-01-01\na,y,2026-01-02\na,z,2026-01-03\n")
        told = ("--case", "wer", "--event", "was", "--time", "wann")
        data = ("--data", tmp_path / "data")
        desireline("import", path, *told, "--save-mapping", mapping, *data)
        mapping.write_text(mapping.read_text() + "types:\n  z: null\n")
        answer = desireline("analyse", "transitions", path, "--mapping", mapping)
        assert answer.code == 0, answer.err
        assert "Left out 1 event of types that the mapping leaves out: z." in answer.err
        assert "x" in answer.out
        assert "z" not in answer.out.split()
