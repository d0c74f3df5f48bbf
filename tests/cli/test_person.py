"""`desireline person`: a profile and a timeline for reading, and as data."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from desireline.cli.app import cli
from desireline.engine.errors import DesirelineError
from desireline.modules.people.errors import FilterUnknown, PersonUnknown

EVENTS: list[dict[str, object]] = [
    *(
        {
            "type": "page",
            "messageId": f"p{n}",
            "anonymousId": "a-1",
            "timestamp": f"2026-03-01T18:{n:02}:00Z",
            "properties": {"path": f"/cats/{n}", "category": "Cats"},
        }
        for n in range(6)
    ),
    {
        "type": "identify",
        "messageId": "i1",
        "anonymousId": "a-1",
        "userId": "4711",
        "timestamp": "2026-03-02T09:00:00Z",
        "traits": {"email": "ann@example.com", "name": "Ann [bold]Miller"},
    },
    {
        "type": "track",
        "event": "Order Completed",
        "messageId": "o1",
        "userId": "4711",
        "timestamp": "2026-03-04T19:00:00Z",
        "properties": {
            "total": 39.9,
            "currency": "EUR",
            "attachments": [{"name": "invoice-1.pdf", "bytes": 48_213}],
        },
    },
]


def desireline(*words: str) -> str:
    done = CliRunner().invoke(cli, list(words), catch_exceptions=True)
    if isinstance(done.exception, DesirelineError):
        raise done.exception
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("COLUMNS", "110")
    file = tmp_path / "events.jsonl"
    file.write_text("".join(json.dumps(one) + "\n" for one in EVENTS))
    desireline("import", str(file), "--data", str(tmp_path / "w"))
    return str(tmp_path / "w")


def test_prints_the_profile(folder: str) -> None:
    printed = desireline("person", "email:ann@example.com", "--data", folder)
    assert printed.startswith("Person ")
    assert "Ann [bold]Miller  stated, import  2026-03-02 09:00  100 %" in printed
    assert "cats   100 %  6  1       viewed 6" in printed
    assert "Ordered less refunded: 39.90 EUR" in printed


def test_prints_the_timeline(folder: str) -> None:
    printed = desireline("person", "user_id:4711", "--timeline", "--oldest", "--data", folder)
    lines = [line for line in printed.splitlines() if line.startswith("2026-03")]
    assert "visit, 6 looks, 5 minutes" in lines[0]
    assert "identified" in lines[1]
    assert "39.90 EUR; [invoice-1.pdf, 48,213 bytes]" in printed
    assert "evidence: identify" in printed
    unfolded = desireline("person", "user_id:4711", "--timeline", "--unfold", "--data", folder)
    assert unfolded.count("page viewed") == 6


def test_narrow_terminals_lose_nothing(folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    printed = desireline("person", "user_id:4711", "--timeline", "--data", folder)
    assert max(map(len, printed.splitlines())) <= 60
    assert "invoice-1.pdf" in "".join(printed.split())


def test_pages_go_on_where_the_last_one_ended(folder: str) -> None:
    found, after = [], []
    while True:
        words = (
            "person",
            "user_id:4711",
            "--timeline",
            "--limit",
            "2",
            "--json",
            "--data",
            folder,
            *after,
        )
        page = json.loads(desireline(*words))
        found += page["entries"]
        if page["next"] is None:
            break
        after = ["--after", page["next"]]
    whole = json.loads(
        desireline("person", "user_id:4711", "--timeline", "--json", "--data", folder)
    )
    assert found == whole["entries"]


def test_searches(folder: str) -> None:
    assert "Ann [bold]Miller" in desireline("person", "ann", "--search", "--data", folder)
    assert "Nobody" in desireline("person", "%", "--search", "--data", folder)


def test_says_what_is_wrong(folder: str) -> None:
    with pytest.raises(PersonUnknown):
        desireline("person", "email:bob@example.com", "--data", folder)
    with pytest.raises(FilterUnknown, match="--start"):
        desireline("person", "user_id:4711", "--timeline", "--start", "x", "--data", folder)
