"""`desireline events` and `desireline failed`, beside a log that a program has filled."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.cli.conftest import Desireline

from desireline.kit.workspace import open_workspace
from desireline.log.appending.appender import Appender
from desireline.log.appending.dedup import IdSets
from desireline.log.decoding import Limits, decode
from desireline.log.drafting import Arrival
from desireline.log.opening import open_store
from desireline.log.segments.reading import LogReader
from desireline.settings import read_settings

SENT = (
    {"type": "page_viewed", "user_id": "ann", "at": "2026-03-01T10:00:00Z"},
    {"type": "order_completed", "user_id": "ann", "value": 39.9, "currency": "EUR"},
    {"type": "page_viewed", "anonymous_id": "a1", "properties": {"path": "/" + "x" * 200}},
)
WRONG = ({"type": "order_completed", "properties": {"price": 3}}, {"user_id": "bob"})


def fill(folder: Path, source: str, *events: dict[str, object]) -> None:
    """Appends events as the server would."""
    settings = read_settings({}, data_dir=folder)
    with open_workspace(settings, exclusive=False, create=True) as workspace:
        reader = LogReader(workspace.database, open_store(workspace))
        appender = Appender(workspace.database, IdSets(reader.ids_of), workspace.clock)
        arrival = Arrival.by(workspace.clock)
        appender.append(decode(json.dumps(events).encode(), arrival, Limits()), source)
        appender.close()
        reader.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three events of `shop`, one of `till`, and two that failed."""
    fill(tmp_path / "w", "shop", *SENT, *WRONG)
    fill(tmp_path / "w", "till", SENT[0])
    return tmp_path / "w"


class TestEvents:
    def test_prints_a_line_for_each_the_newest_last(
        self, desireline: Desireline, folder: Path
    ) -> None:
        lines = desireline("events", "--data", folder).out.splitlines()
        assert len(lines) == 4
        first, second, third, last = lines
        assert re.match(r" +1  2026-03-01T10:00:00Z  shop  page_viewed  user_id:ann", first)
        assert "order_completed  user_id:ann  39.9 EUR" in second
        assert third.endswith("...")
        assert "  till  " in last

    def test_filters_and_count(self, desireline: Desireline, folder: Path) -> None:
        def shown(*words: object) -> list[str]:
            return desireline("events", "--data", folder, *words).out.splitlines()

        assert len(shown("--source", "shop")) == 3
        assert len(shown("--source", "shop", "--source", "till")) == 4
        assert len(shown("--type", "page_viewed", "--source", "shop")) == 2
        assert [line.split()[0] for line in shown("--last", 2)] == ["3", "4"]
        assert shown("--last", 0) == []
        assert shown("--type", "nothing_such") == []

    def test_json_is_whole(self, desireline: Desireline, folder: Path) -> None:
        told = desireline("events", "--json", "--data", folder).out.splitlines()
        events = [json.loads(line) for line in told]
        assert [one["position"] for one in events] == [1, 2, 3, 4]
        assert events[2]["properties"] == SENT[2]["properties"]
        assert (events[1]["value"], events[1]["currency"]) == (39.9, "EUR")
        assert events[0]["at"] == "2026-03-01T10:00:00Z"

    def test_without_a_workspace_it_says_so(self, desireline: Desireline, tmp_path: Path) -> None:
        answer = desireline("events", "--data", tmp_path / "none")
        assert answer.code != 0
        assert "none" in answer.err

    def test_follows_those_that_come_till_it_is_stopped(self, folder: Path) -> None:
        command = [sys.executable, "-m", "desireline", "events", "--follow", "--last", "1"]
        with subprocess.Popen(
            [*command, "--type", "late", "--data", str(folder)], stdout=subprocess.PIPE, text=True
        ) as running:
            time.sleep(1)
            fill(folder, "shop", {"type": "late", "user_id": "eve"}, SENT[0])
            assert running.stdout is not None
            assert "late  user_id:eve" in running.stdout.readline()
            running.send_signal(signal.SIGTERM)
            assert running.stdout.read() == ""


class TestFailed:
    def test_reasons(self, desireline: Desireline, folder: Path) -> None:
        out = desireline("failed", "reasons", "--data", folder).out
        assert "       1  shop  identifier_missing  last " in out
        assert "       1  shop  type_missing  last " in out
        assert "The event names nobody." in out
        none = desireline("failed", "reasons", "--source", "till", "--data", folder).out
        assert none == "No event waits to be replayed.\n"

    def test_list_says_what_it_left_out(self, desireline: Desireline, folder: Path) -> None:
        lines = desireline("failed", "list", "--most", 1, "--data", folder).out.splitlines()
        assert len(lines) == 2
        assert "  type_missing  " in lines[0]  # the newest first
        assert lines[1] == "1 more: --most shows more of them."
        named = desireline("failed", "list", "--code", "identifier_missing", "--data", folder).out
        assert len(named.splitlines()) == 1

    def test_show_gives_what_came(self, desireline: Desireline, folder: Path) -> None:
        out = desireline("failed", "show", 1, "--data", folder).out
        head, reason, *body = out.splitlines()
        assert head.startswith("shop, ")
        assert head.endswith(", in our own form: identifier_missing")
        assert "names nobody" in reason
        assert json.loads("\n".join(body)) == WRONG[0]
        missing = desireline("failed", "show", 99, "--data", folder)
        assert missing.code != 0
        assert "99" in missing.err

    def test_replay_as_it_came_fails_again_and_mended_it_is_stored(
        self, desireline: Desireline, folder: Path, tmp_path: Path
    ) -> None:
        again = desireline("failed", "replay", 1, "--data", folder)
        assert "failed again as" in again.out
        file = tmp_path / "mended.json"
        file.write_text(json.dumps(WRONG[0] | {"user_id": "bob"}))
        number = int(re.findall(r"as (\d+)", again.out)[0])
        stored = desireline("failed", "replay", number, "--body", file, "--data", folder)
        assert stored.out == "stored\n"
        last = desireline("events", "--last", 1, "--data", folder).out
        assert "order_completed  user_id:bob" in last
        counts = desireline("failed", "list", "--data", folder).out
        assert len(counts.splitlines()) == 1

    def test_replay_of_all_is_counted(self, desireline: Desireline, folder: Path) -> None:
        out = desireline("failed", "replay", "--all", "--data", folder).out
        assert out.splitlines()[-1] == "0 stored, 0 duplicate, 2 failed again."

    @pytest.mark.parametrize("words", [(), ("1", "--all"), ("--all", "--body", __file__)])
    def test_what_is_meant_has_to_be_said(
        self, desireline: Desireline, folder: Path, words: tuple[str, ...]
    ) -> None:
        answer = desireline("failed", "replay", *words, "--data", folder)
        assert answer.code == 2
        assert "Name one failed event, or say --all" in answer.err
