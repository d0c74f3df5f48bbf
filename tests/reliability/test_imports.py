"""R-IMPORT: an upload is imported once, whatever kills the server; a full disk refuses uploads."""

from __future__ import annotations

import random
import time
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import text
from tests.promises import Report
from tests.reliability.conftest import NewService
from tests.reliability.disks import needs_root, small_disk
from tests.reliability.ledger import counted, pairs_in
from tests.reliability.test_kill import run

from desireline.kit.database import Database

ENDED = ("done", "failed", "cancelled", "expired")
PATIENCE_SECONDS = 200
CLAIM_OVER = text("UPDATE job SET due_at = 0 WHERE state = 'claimed'")
"""What a minute does: the claim of a worker that is dead runs out."""


def _ids(data: Path, db: Database) -> Counter[str]:
    """The id of each event, read past our own code, and how often it is there."""
    with db.reading() as look:
        pairs = [tuple(row) for row in look.execute(text("SELECT id_hi, id_lo FROM event"))]
        files = look.execute(text("SELECT file FROM segment")).scalars().all()
    for name in files:
        pairs += pairs_in(data / "segments" / name)
    return counted(pairs)


def _state(client: httpx.Client, ident: int) -> dict[str, Any]:
    return dict(client.get(f"/v1/imports/{ident}").json())


class TestKilled:
    def test_r_import(
        self,
        tmp_path: Path,
        database_url: str,
        at_length: bool,
        report: Report,
        new_service: NewService,
    ) -> None:
        """Kills from the upload to the end; what is there is what an import in peace gives."""
        chance, kills = random.Random(11), 6 if at_length else 3
        shop = tmp_path / "shop.csv"
        run("simulate", "--persons", "260000" if at_length else "6000", "--out", shop)
        server = new_service(tmp_path / "data", env={"DESIRELINE_DATABASE_URL": database_url})
        server.start()
        with httpx.Client(base_url=server.address, timeout=120) as client:
            asked = {"name": shop.name, "start": True}
            ident = client.post("/v1/imports", params=asked, content=shop.read_bytes()).json()["id"]
            midway, seen = 0, list[str]()
            for _ in range(kills):
                time.sleep(chance.uniform(0.0, 6.0 if at_length else 1.5))
                told = _state(client, ident)
                midway += told["state"] not in ENDED
                seen.append(_doing(told))
                server.kill()
                with closing(Database(database_url)) as db, db.transaction() as tx:
                    tx.execute(CLAIM_OVER)
                server.start()
            told = _ended(client, ident)
            counts = client.get("/v1/counts").json()
            left = list((server.data / "uploads").iterdir())
        server.stop()
        with closing(Database(database_url)) as db:
            there = _ids(server.data, db)
        run("import", shop, "--data", tmp_path / "peace")
        with closing(Database(f"sqlite:///{tmp_path}/peace/desireline.db")) as db:
            expected = _ids(tmp_path / "peace", db)
        doubled = sum(times > 1 for times in there.values())
        lost = len(expected - there)
        kind = database_url.partition(":")[0]
        report(
            "R-IMPORT",
            f"{kind}: killed {midway} times before its end (while {', '.join(seen)}),"
            f" {len(expected):,} events, {lost} lost, {doubled} doubled",
        )
        assert told["state"] == "done", told
        assert midway
        assert there == expected
        assert counts["received"] == counts["stored"] + counts["duplicate"] + counts["failed"]
        assert counts["stored"] == len(expected)
        assert left == []


def _doing(told: dict[str, Any]) -> str:
    at = told.get("progress") or {}
    return str(at.get("stage") or told["state"]).lower()


def _ended(client: httpx.Client, ident: int) -> dict[str, Any]:
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        told = _state(client, ident)
        if told["state"] in ENDED:
            return told
        time.sleep(0.2)
    raise AssertionError(f"it never ended: {_state(client, ident)}")


@needs_root
class TestFullDisk:
    def test_r_import_full_disk(
        self, tmp_path: Path, report: Report, new_service: NewService
    ) -> None:
        """Announced or not, a file that has no room is refused with 507, and leaves no byte."""
        piece = b"user_id,event,time\n" + b"ann,seen,2026-01-01\n" * 50_000
        with small_disk(tmp_path / "small", 160) as disk:
            server = new_service(disk.at / "data")
            server.start()
            with httpx.Client(base_url=server.address, timeout=60) as client:
                announced = client.post("/v1/imports?name=a.csv", content=piece * 80)
                streamed = client.post("/v1/imports?name=b.csv", content=iter([piece] * 200))
                after = list((server.data / "uploads").iterdir())
                event = {"type": "seen", "user_id": "bob"}
                taken = client.post("/v1/events", json=event).status_code
                disk.enlarge(400)
                again = client.post("/v1/imports?name=c.csv", content=piece)
            server.stop()
        said = [answer.json().get("code") for answer in (announced, streamed)]
        report(
            "R-IMPORT",
            f"full disk: {announced.status_code} where the size is told, {streamed.status_code}"
            f" in mid-stream, {len(after)} files left, events {taken},"
            f" {again.status_code} after enlarging",
        )
        assert (announced.status_code, streamed.status_code) == (507, 507), said
        assert said == ["upload_unwritable"] * 2
        assert after == []
        assert taken == 200
        assert again.status_code == 201
