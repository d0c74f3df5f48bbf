"""R-DUP, R-BAD, R-POISON, R-LOAD through the real door: HTTP, write keys, identity, a real disk."""

from __future__ import annotations

import gzip
import random
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from bench.log_http import NO_WRK, Served, load
from tests.log.bad_events import BAD, with_property
from tests.promises import Report
from tests.reliability.conftest import NewService
from tests.reliability.ledger import ids_on_disk, key_of
from tests.reliability.service import Service

BOMB = gzip.compress(b" " * 50_000_000)
BODIES = (
    *(with_property(value) for _, value in BAD.values()),
    *(b"", b"\xff\xfe", b"[", b"null", b"{}", b"[[[]]]", b"[{}, 1, null]", b'{"events": 1}'),
    *(gzip.compress(b"[]")[:-3], b"\x1f\x8b", BOMB),
)
DOUBLED = 0.3
GOOD = 10_000
AT_ONCE = 100
AT_THE_DOOR, SENDERS = 64, 12
"""Connections that send single events, and batches."""
SHARED = 2
"""So many times as many are taken together as one by one, at least."""
PATIENCE = 20
"""So many times the mean wait the slowest hundredth may take."""


class TestDuplicates:
    def test_r_dup_through_the_door(
        self, tmp_path: Path, at_length: bool, report: Report, new_service: NewService
    ) -> None:
        """Three in ten are sent twice: in the same batch, by two at once, and after a restart."""
        chance, server = random.Random(11), new_service(tmp_path / "data")
        server.start()
        key = key_of(server.address)
        events = [_event(n) for n in range(GOOD if at_length else 1_000)]
        again = chance.sample(events, int(len(events) * DOUBLED))
        sent = events + again
        chance.shuffle(sent)
        batches = [sent[i : i + AT_ONCE] for i in range(0, len(sent), AT_ONCE)]
        with ThreadPoolExecutor(4) as senders:
            told = list(senders.map(lambda batch: _post(server, key, batch), batches))
        stored, duplicate = (sum(one[name] for one in told) for name in ("stored", "duplicate"))
        assert (stored, duplicate) == (len(events), len(again))
        server.kill()
        server.start()
        late = [_post(server, key, batch) for batch in batches[:5]]
        server.stop()
        there = ids_on_disk(server.data)
        report(
            "R-DUP",
            f"over HTTP {stored + duplicate:,} sent by four at once, {stored:,} stored,"
            f" {duplicate:,} duplicate; {sum(one['duplicate'] for one in late)} of"
            f" {sum(map(len, batches[:5]))} duplicate after SIGKILL",
        )
        assert all(one["stored"] == 0 for one in late)
        assert there == dict.fromkeys((str(event["id"]) for event in events), 1)


class TestBad:
    def test_r_bad_through_the_door(
        self, tmp_path: Path, report: Report, new_service: NewService
    ) -> None:
        """Whatever a body is: an answer, never 5xx, and the sum stays right."""
        server = new_service(tmp_path / "data")
        server.start()
        key, statuses = key_of(server.address), []
        with httpx.Client(base_url=server.address, timeout=30) as client:
            for body in BODIES:
                answer = client.post("/v1/events", content=body, headers={"x-write-key": key})
                statuses.append(answer.status_code)
                assert answer.status_code in (200, 400, 413), (body[:80], answer.text)
            counts = client.get("/v1/counts").json()
            waiting = client.get("/v1/events/failed?most=1").json()["waiting"]
        server.stop()
        report("R-BAD", f"{len(BODIES)} bodies over HTTP, {counts['failed']} kept, none 5xx")
        assert counts["received"] == counts["stored"] + counts["duplicate"] + counts["failed"]
        assert waiting == counts["failed"] > 0


class TestPoison:
    def test_r_poison_through_the_door(
        self, tmp_path: Path, at_length: bool, report: Report, new_service: NewService
    ) -> None:
        """One that names nobody, one with a name twice, one of no time, one nested too deep."""
        server = new_service(tmp_path / "data")
        server.start()
        key = key_of(server.address)
        good = [_event(n) for n in range(GOOD if at_length else 1_000)]
        deep: Any = 1
        for _ in range(80):
            deep = [deep]
        poison = [
            {"type": "seen"},
            {"type": "seen", "user_id": "ann", "at": "never"},
            {"type": "seen", "user_id": "ann", "properties": {"deep": deep}},
            {"type": "seen", "user_id": "ann\0"},
        ]
        mixed = list(good)
        for n, one in enumerate(poison):
            mixed.insert(len(good) // 5 * (n + 1), one)
        batches = [mixed[i : i + AT_ONCE] for i in range(0, len(mixed), AT_ONCE)]
        told = [_post(server, key, batch) for batch in batches]
        reasons = httpx.get(f"{server.address}/v1/events/failed/reasons").json()["reasons"]
        server.stop()
        codes = sorted(reason["code"] for reason in reasons)
        report("R-POISON", f"over HTTP {len(poison)} among {len(good):,}: kept as {codes}")
        assert sum(one["stored"] for one in told) == len(good)
        assert sum(reason["events"] for reason in reasons) == len(poison)
        assert len(ids_on_disk(server.data)) == len(good)


class TestLoad:
    @pytest.mark.skipif(shutil.which("wrk") is None, reason=NO_WRK)
    def test_r_load(
        self, tmp_path: Path, at_length: bool, report: Report, new_service: NewService
    ) -> None:
        """All that wrk was told is stored, is stored, once; and many together cost less than each.

        How many a second that is depends on the machine, and is measured by `make bench`. What one
        run can say of itself: commits are shared by those who wait for them, the cost of a request
        is shared by the events of a batch, and nobody waits out of all proportion.
        """
        server = new_service(tmp_path / "data")
        server.start()
        assert server.process is not None
        served = Served(server.address, key_of(server.address), server.process.pid)
        seconds = 120 if at_length else 2
        alone = load(served, 1, 1, seconds // 2)
        single = load(served, 1, AT_THE_DOOR, seconds, run=3)
        batches = load(served, AT_ONCE, SENDERS, seconds, run=5)
        counts = httpx.get(f"{server.address}/v1/counts").json()
        server.stop()
        for found in (alone, single, batches):
            report(
                "R-LOAD",
                f"batches of {found['batch']} on {found['connections']}:"
                f" {found['requests_a_second']:,.0f} requests and"
                f" {found['events_a_second']:,.0f} events a second, p99"
                f" {found['milliseconds_p99']:.0f} ms",
            )
        there = ids_on_disk(server.data)  # what was under way at the end may be there as well
        assert len(there) >= counts["stored"] > 0
        assert max(there.values()) == 1
        assert counts["failed"] == 0
        assert single["requests_a_second"] > SHARED * alone["requests_a_second"]
        assert batches["events_a_second"] > SHARED * single["events_a_second"]
        if at_length:  # a second in which the machine does something else counts little then
            for found in (single, batches):
                mean = 1_000 * found["connections"] / found["requests_a_second"]
                assert found["milliseconds_p99"] < PATIENCE * mean


def _event(n: int) -> dict[str, object]:
    """An event that links three identifiers of a person."""
    person = n % 97
    return {
        "id": str(uuid4()),
        "type": "page_viewed",
        "anonymous_id": f"browser-{n % 211}-of-{person}",
        "user_id": f"customer-{person}",
        "properties": {"n": n},
    }


def _post(server: Service, key: str, events: list[dict[str, Any]]) -> dict[str, int]:
    headers = {"x-write-key": key}
    answer = httpx.post(f"{server.address}/v1/events", json=events, headers=headers, timeout=60)
    answer.raise_for_status()
    found: dict[str, int] = answer.json()
    return found
