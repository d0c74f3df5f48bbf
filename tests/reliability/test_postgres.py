"""R-PG: two servers, two workers, one PostgreSQL that is restarted in mid-load, segments on S3."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from tests.databases import postgres_server
from tests.promises import Report
from tests.reliability.conftest import NewService
from tests.reliability.ledger import Ledger, counted, key_of, load, pairs_in
from tests.reliability.object_storage import storage
from tests.reliability.service import Service
from tests.reliability.test_kill import SEALS_OFTEN

from desireline.kit.workspace import open_workspace
from desireline.log.opening import open_store
from desireline.settings import read_settings


class TestPostgres:
    def test_r_pg(
        self, tmp_path: Path, cluster: dict[str, str], report: Report, new_service: NewService
    ) -> None:
        ledger = Ledger()
        servers = [
            new_service(tmp_path / f"s{i}", "--role", "server", env=cluster) for i in range(2)
        ]
        workers = [
            new_service(tmp_path / f"w{i}", "--role", "worker", env=cluster) for i in range(2)
        ]
        for server in servers:
            server.start()
        for worker in workers:
            worker.start_worker()
        key = key_of(servers[0].address)
        with load(servers[0].address, ledger), load(servers[1].address, ledger):
            time.sleep(3)
            began = time.monotonic()
            self.postgres.stop("immediate")
            self.postgres.start()
            back = max(_accepting(server, key, began) for server in servers)
            time.sleep(3)
        for server in (*servers, *workers):
            server.stop()
        there, sealed = _ids_in(tmp_path / "look", cluster)
        lost = ledger.acknowledged - there.keys()
        doubled = [event for event, times in there.items() if times > 1]
        report(
            "R-PG",
            f"{len(ledger.acknowledged):,} acknowledged by two servers, {sealed:,} sealed on S3 by"
            f" two workers, {len(lost)} lost, {len(doubled)} doubled, back {back:.1f} s after"
            " PostgreSQL was stopped",
        )
        assert sealed
        assert not lost
        assert not doubled

    @pytest.fixture
    def cluster(self) -> Iterator[dict[str, str]]:
        """The settings of a workspace on a PostgreSQL of its own and an S3 server of its own."""
        with postgres_server() as self.postgres, storage("log") as told:
            yield (
                SEALS_OFTEN
                | told
                | {
                    "DESIRELINE_DATABASE_URL": self.postgres.new_database(),
                }
            )


def _accepting(server: Service, key: str, began: float) -> float:
    """Seconds until the server takes an event again."""
    ledger = Ledger()
    with load(server.address, ledger, senders=1, batch=1, key=key):
        for _ in range(300):
            if ledger.acknowledged:
                return time.monotonic() - began
            time.sleep(0.1)
    raise AssertionError(f"no event taken: {server.told}")


def _ids_in(folder: Path, cluster: dict[str, str]) -> tuple[Counter[str], int]:
    """The id of every event, read past our own code, and how many of them are in segments."""
    told = read_settings({"DESIRELINE_DATA_DIR": str(folder)} | cluster)
    with (
        open_workspace(told, exclusive=False, create=False) as workspace,
        workspace.database.reading() as look,
    ):
        waiting = [tuple(row) for row in look.execute(text("SELECT id_hi, id_lo FROM event"))]
        listed = list(look.execute(text("SELECT file, sha256 FROM segment")))
        store = open_store(workspace)
        sealed = [pair for s in listed for pair in pairs_in(store.local(s.file, s.sha256))]
    return counted(waiting + sealed), len(sealed)
