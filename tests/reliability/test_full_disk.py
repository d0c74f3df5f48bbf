"""R-ENOSPC: a full disk loses nothing, is said at once, and is over when there is room again."""

from __future__ import annotations

import time
from pathlib import Path

import httpx
from tests.promises import Report
from tests.reliability.conftest import NewService
from tests.reliability.disks import needs_root, small_disk
from tests.reliability.ledger import Ledger, events, ids_on_disk, load


@needs_root
class TestFullDisk:
    def test_r_enospc(self, tmp_path: Path, report: Report, new_service: NewService) -> None:
        ledger = Ledger()
        with small_disk(tmp_path / "small", 16) as disk:
            server = new_service(disk.at / "data")
            server.start(path="/health")
            with load(server.address, ledger, batch=200):
                _wait(lambda: sum(ledger.refusals.values()) >= 10)
            refused = dict(ledger.refusals)
            slowest = ledger.slowest_refusal
            assert httpx.get(f"{server.address}/v1/counts", timeout=5).status_code == 200
            assert httpx.get(f"{server.address}/health", timeout=5).status_code == 200
            disk.enlarge(64)
            again = _first_accepted(server.address, ledger)
            server.stop()
            there = ids_on_disk(server.data)
        lost = ledger.acknowledged - there.keys()
        report(
            "R-ENOSPC",
            f"{len(ledger.acknowledged):,} acknowledged, {len(lost)} lost, refused with"
            f" {refused} within {slowest:.2f} s, took events again {again:.1f} s after enlarging",
        )
        assert not lost
        assert max(there.values()) == 1
        assert set(refused) <= {503, 507}


def _first_accepted(address: str, ledger: Ledger) -> float:
    began = time.monotonic()

    def accepted() -> bool:
        answer = httpx.post(f"{address}/v1/events", json=events(5), timeout=30)
        if answer.status_code == 200:
            ledger.acknowledge(answer.json()["events"])
        return answer.status_code == 200

    _wait(accepted)
    return time.monotonic() - began


def _wait(until: object) -> None:
    assert callable(until)
    for _ in range(600):
        if until():
            return
        time.sleep(0.1)
    raise AssertionError("waited a minute in vain")
