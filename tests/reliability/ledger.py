"""Senders that keep a ledger, outside of the server, of every event that it has acknowledged."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Lock, Thread
from uuid import UUID, uuid4

import duckdb
import httpx
from pysqlite3 import dbapi2 as sqlite3

TYPES = ("page_viewed", "product_added", "order_completed", "call_made")


class Ledger:
    """What was sent, what came back, and with which verdict."""

    def __init__(self) -> None:
        self.acknowledged: set[str] = set()
        self.verdicts: Counter[str] = Counter()
        self.refusals: Counter[int] = Counter()
        self.slowest_refusal = 0.0
        self._guard = Lock()

    def acknowledge(self, verdicts: list[dict[str, str]]) -> None:
        """Writes down what the server has promised to keep."""
        with self._guard:
            for verdict in verdicts:
                self.verdicts[verdict["verdict"]] += 1
                self.acknowledged.add(verdict["id"])

    def refuse(self, status: int, seconds: float) -> None:
        """Writes down that the server has promised nothing."""
        with self._guard:
            self.refusals[status] += 1
            self.slowest_refusal = max(self.slowest_refusal, seconds)


@contextmanager
def load(
    address: str, ledger: Ledger, *, senders: int = 4, batch: int = 20, key: str = ""
) -> Iterator[None]:
    """Senders at work. What was not acknowledged they send again, as real clients do.

    Without a write key they are given one of their own.
    """
    done = Event()
    told = (address, key or key_of(address), ledger, batch, done)
    threads = [Thread(target=_send, args=(*told, n)) for n in range(senders)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        done.set()
        for thread in threads:
            thread.join()


def events(count: int, sender: int = 0) -> list[dict[str, object]]:
    """New events of a few persons, with identifiers that link them."""
    now = datetime.now(UTC).isoformat()
    return [
        {
            "id": str(uuid4()),
            "type": TYPES[i % len(TYPES)],
            "user_id": f"u{sender}-{i % 7}",
            "anonymous_id": f"browser-{uuid4().hex[:2]}-of-u{sender}-{i % 7}",
            "at": now,
            "properties": {"n": i, "text": "Größe 7 ł"},
        }
        for i in range(count)
    ]


def key_of(address: str) -> str:
    """The write key of a new source, of which the server hears by this."""
    told = {"name": f"load-{uuid4().hex[:12]}"}
    answer = httpx.post(f"{address}/v1/sources", json=told, timeout=30)
    answer.raise_for_status()
    return str(answer.json()["write_key"])


def _send(address: str, key: str, ledger: Ledger, batch: int, done: Event, sender: int) -> None:
    waiting: list[dict[str, object]] | None = None
    headers = {"x-write-key": key}
    with httpx.Client(base_url=address, headers=headers, timeout=30) as client:
        while waiting is not None or not done.is_set():
            waiting = waiting or events(batch, sender)
            if _taken(client, ledger, waiting):
                waiting = None
            elif done.is_set():
                return
            else:
                time.sleep(0.05)


def _taken(client: httpx.Client, ledger: Ledger, sent: list[dict[str, object]]) -> bool:
    """Whether the server has promised to keep them."""
    began = time.monotonic()
    try:
        answer = client.post("/v1/events", json=sent)
    except httpx.TransportError:
        return False
    if answer.status_code != 200:
        ledger.refuse(answer.status_code, time.monotonic() - began)
        return False
    ledger.acknowledge(answer.json()["events"])
    return True


def ids_on_disk(data: Path) -> Counter[str]:
    """The id of every event in a folder, read past our own code, and how often it is there."""
    with closing(sqlite3.connect(f"file:{data}/desireline.db?mode=ro", uri=True)) as db:
        pairs = db.execute("SELECT id_hi, id_lo FROM event").fetchall()
        files = [row[0] for row in db.execute("SELECT file FROM segment")]
    for name in files:
        pairs += pairs_in(data / "segments" / name)
    return counted(pairs)


def pairs_in(segment: Path) -> list[tuple[int, int]]:
    """The two halves of each id in a segment."""
    asked = "SELECT id_hi, id_lo FROM read_parquet($1)"
    with duckdb.connect() as duck:
        return duck.execute(asked, [str(segment)]).fetchall()


def counted(pairs: list[tuple[int, int]]) -> Counter[str]:
    """How often each id is there."""
    low = 2**64
    return Counter(str(UUID(int=(hi % low) << 64 | lo % low)) for hi, lo in pairs)
