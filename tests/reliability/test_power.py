"""R-POWER: what was acknowledged survives a power cut; and the test can tell when it does not."""

from __future__ import annotations

import random
import shutil
import time
from pathlib import Path

from pysqlite3 import dbapi2 as sqlite3
from tests.promises import Report
from tests.reliability.conftest import NewService
from tests.reliability.disks import Disk, needs_root
from tests.reliability.ledger import Ledger, ids_on_disk, load
from tests.reliability.test_kill import SEALS_OFTEN

CARELESS = ("-m", "tests.reliability.careless")
"""The same server with SQLite's `synchronous=NORMAL`."""


@needs_root
class TestPower:
    def test_r_power(
        self, tmp_path: Path, at_length: bool, report: Report, new_service: NewService
    ) -> None:
        cuts = 30 if at_length else 3
        lost, acknowledged = after_power_cuts(tmp_path, cuts, new_service, ("-m", "desireline"))
        report("R-POWER", f"{cuts} cuts, {acknowledged:,} acknowledged, {lost} lost")
        assert acknowledged
        assert lost == 0

    def test_r_power_finds_a_careless_server(self, tmp_path: Path, new_service: NewService) -> None:
        lost, _ = after_power_cuts(tmp_path, 3, new_service, CARELESS)
        assert lost > 0


def after_power_cuts(
    tmp_path: Path, cuts: int, new_service: NewService, program: tuple[str, ...]
) -> tuple[int, int]:
    """How many acknowledged events were lost in all cuts, of how many."""
    chance, disk, lost = random.Random(7), Disk(tmp_path / "machine", megabytes=400), 0
    ledger = Ledger()
    with disk.mounted() as folder:
        server = new_service(folder / "data", env=SEALS_OFTEN, program=program)
        server.start()
        with load(server.address, ledger):
            for cut in range(cuts):
                time.sleep(chance.uniform(0.1, 0.8))
                server.pause()
                promised = set(ledger.acknowledged)
                with disk.after_power_cut(cut) as found:
                    copy = tmp_path / "found"
                    shutil.copytree(found / "data", copy)
                    lost += len(promised - _surviving(copy))
                    shutil.rmtree(copy)
                server.go_on()
        server.kill()
    return lost, len(ledger.acknowledged)


def _surviving(data: Path) -> set[str]:
    """The ids that are there; none where not even the tables are."""
    try:
        return set(ids_on_disk(data))
    except sqlite3.OperationalError:
        return set()
