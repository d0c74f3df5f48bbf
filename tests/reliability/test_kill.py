"""R-KILL, R-TERM: what was acknowledged is there, once, whatever ends the server."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.promises import Report
from tests.reliability.conftest import NewService
from tests.reliability.ledger import Ledger, ids_on_disk, load

SEALS_OFTEN = {"DESIRELINE_SEAL_ROWS": "500", "DESIRELINE_SEAL_SECONDS": "1"}
"""So that kills meet the sealing of segments too."""

RECOVERY_SECONDS = 2.0
"""For a million events, beyond what an empty log takes."""


class TestKill:
    def test_r_kill(
        self, tmp_path: Path, kills: int, report: Report, new_service: NewService
    ) -> None:
        chance, ledger = random.Random(7), Ledger()
        server = new_service(tmp_path / "data", env=SEALS_OFTEN)
        slowest = server.start()
        with load(server.address, ledger):
            for _ in range(kills):
                time.sleep(chance.uniform(0.1, 1.0))
                server.kill()
                slowest = max(slowest, server.start())
            time.sleep(0.5)
        server.stop()
        there = ids_on_disk(server.data)
        lost = ledger.acknowledged - there.keys()
        doubled = [event for event, times in there.items() if times > 1]
        report(
            "R-KILL",
            f"{kills} kills, {len(ledger.acknowledged):,} acknowledged, {len(lost)} lost,"
            f" {len(doubled)} doubled, slowest start {slowest:.1f} s",
        )
        assert ledger.acknowledged
        assert not lost
        assert not doubled

    def test_r_kill_starts_with_a_million_events(
        self, tmp_path: Path, at_length: bool, report: Report, new_service: NewService
    ) -> None:
        """What a start costs for the log, beside what it costs to start at all."""
        data, shop = tmp_path / "data", tmp_path / "shop.parquet"
        run("simulate", "--persons", "105000" if at_length else "1000", "--out", shop)
        run("import", shop, "--data", data)
        empty, full = new_service(tmp_path / "empty"), new_service(data)
        of_nothing, of_all = empty.start(), []
        for _ in range(3):
            of_all.append(full.start())
            with load(full.address, Ledger()):
                time.sleep(0.5)
            full.kill()
        held = sum(ids_on_disk(data).values())
        slowest = max(of_all)
        report(
            "R-KILL",
            f"killed with {held:,} events, ready {slowest:.1f} s after the command; with none"
            f" {of_nothing:.1f} s",
        )
        assert held > 5_000
        if at_length:
            assert slowest - of_nothing <= RECOVERY_SECONDS

    def test_r_term(self, tmp_path: Path, report: Report, new_service: NewService) -> None:
        ledger, server = Ledger(), new_service(tmp_path / "data", env=SEALS_OFTEN)
        server.start()
        with load(server.address, ledger):
            time.sleep(2)
            took = server.stop()
            server.start()
        server.stop()
        there = ids_on_disk(server.data)
        lost = ledger.acknowledged - there.keys()
        report("R-TERM", f"ended after {took:.1f} s, {len(lost)} of {len(there):,} lost")
        assert not lost
        assert max(there.values()) == 1
        assert took <= 10


def run(*words: object) -> None:
    """A command of ours, which must go well."""
    command = [sys.executable, "-m", "desireline", *map(str, words)]
    subprocess.run(command, check=True, capture_output=True)


@pytest.fixture
def kills(at_length: bool) -> int:
    """40 in `make reliability`; a few where all tests run."""
    return 40 if at_length else 3
