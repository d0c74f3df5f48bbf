"""The command line as a stranger uses it: words in, text and an exit code out."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from desireline.cli.app import main
from desireline.engine.building import EventColumns
from desireline.formats.writing import write_events
from desireline.sim import shop


@dataclass(frozen=True)
class Answer:
    """What a command gave."""

    code: int
    out: str
    err: str


Desireline = Callable[..., Answer]


@pytest.fixture
def desireline(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Desireline:
    """Runs the command with these words, in this process."""

    def run(*words: object) -> Answer:
        monkeypatch.setattr(sys, "argv", ["desireline", *(str(w) for w in words)])
        code = 0
        try:
            main()
        except SystemExit as stop:
            code = int(stop.code or 0)
        printed = capsys.readouterr()
        return Answer(code, printed.out, printed.err)

    return run


@pytest.fixture(scope="session")
def shop_csv(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The events of a small simulated shop."""
    path = tmp_path_factory.mktemp("shop") / "shop.csv"
    events: EventColumns = shop(persons=400, seed=3).events()
    write_events([events], path)
    return path
