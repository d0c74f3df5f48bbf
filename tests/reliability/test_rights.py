"""A person is erased from a server at work: whoever follows it forgets, and no byte is left."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import httpx
from tests.byte_scan import found_in
from tests.promises import Report
from tests.reliability.conftest import NewService

CANARY = "kanarienvogel"
EMAIL = f"{CANARY}@example.org"
OTHERS, MORE = 2_000, 50_000
PATIENCE_SECONDS = 20


def _events(count: int, **whose: Any) -> list[dict[str, Any]]:
    told = {"type": "seen", "properties": {"name": CANARY if "email" in whose else "x"}}
    return [{**told, "user_id": f"u{n % 997}", **whose} for n in range(count)]


def _send(client: httpx.Client, events: list[dict[str, Any]]) -> None:
    for begin in range(0, len(events), 1_000):
        client.post("/v1/events", json=events[begin : begin + 1_000]).raise_for_status()


def _settled(client: httpx.Client) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end and client.get("/ready").json()["lags"][0]["events"]:
        time.sleep(0.05)


class TestErased:
    def test_p_erase_from_a_server_at_work(
        self, tmp_path: Path, new_service: NewService, report: Report, at_length: bool
    ) -> None:
        env = {"DESIRELINE_SEAL_ROWS": "1500", "DESIRELINE_SEAL_SECONDS": "1"}
        service = new_service(tmp_path / "w", env=env)
        service.start()
        with httpx.Client(base_url=service.address, timeout=60, trust_env=False) as client:
            _send(client, _events(MORE if at_length else OTHERS))
            _send(client, _events(10, user_id=CANARY, email=EMAIL))
            client.post("/v1/events", json={"type": "", "email": EMAIL})
            _settled(client)
            assert found_in(tmp_path / "w", None, [CANARY])
            begun = time.monotonic()
            answer = client.post(f"/v1/persons/{EMAIL}/erase").raise_for_status()
            took = time.monotonic() - begun
            assert answer.json()["events"] == 10
            _settled(client)
            forgotten = time.monotonic() - begun - took
            assert found_in(tmp_path / "w", None, [CANARY, EMAIL]) == []
            old = {"type": "late", "email": EMAIL, "at": "2020-01-01"}
            assert client.post("/v1/events", json=old).json()["failed"] == 1
            assert found_in(tmp_path / "w", None, [CANARY, EMAIL]) == []
        service.stop()
        assert found_in(tmp_path / "w", None, [CANARY, EMAIL]) == []
        events = (MORE if at_length else OTHERS) + 10
        report("P-ERASE", f"{events:,} events: erased in {took:.2f} s, forgotten {forgotten:.2f} s")
