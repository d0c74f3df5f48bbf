"""R-KILL, R-TERM: what was acknowledged is there, once, whatever ends the server."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest
from tests.reliability.conftest import NewService, Report
from tests.reliability.ledger import Ledger, ids_on_disk, load

SEALS_OFTEN = {"DESIRELINE_SEAL_ROWS": "500", "DESIRELINE_SEAL_SECONDS": "1"}
"""So that kills meet the sealing of segments too."""


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


@pytest.fixture
def kills(at_length: bool) -> int:
    """40 in `make reliability`; a few where all tests run."""
    return 40 if at_length else 3
