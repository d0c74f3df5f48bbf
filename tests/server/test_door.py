"""R-LIMIT: slow, huge and half-open requests, against the real door on a real socket."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.responses import StreamingResponse
from tests.server.serving import (
    GET,
    LOOPBACK,
    connected,
    echo_app,
    heard,
    post,
    served,
    wait_until,
)

from desireline.server.gate import Gate, network_of
from desireline.server.limits import DoorLimits

QUICK = DoorLimits(
    head_seconds=0.5,
    head_bytes=2_000,
    body_bytes=100_000,
    body_grace_seconds=0.5,
    body_rate=1_000,
    all_bodies_bytes=150_000,
    linger_seconds=0.2,
    connections=50,
    connections_per_address=50,
    drain_seconds=2,
)


@pytest.fixture
def door(tmp_path: Path) -> Iterator[tuple[int, Gate]]:
    with served(echo_app(), QUICK, tmp_path) as found:
        yield found


class TestHead:
    def test_a_whole_request_is_answered(self, door: tuple[int, Gate]) -> None:
        with connected(door[0], GET) as line:
            assert heard(line).endswith(b'"hello"')

    def test_a_silent_connection_is_closed(self, door: tuple[int, Gate]) -> None:
        with connected(door[0]) as line:
            assert heard(line) == b""
        assert door[1].refused["silent"] == 1

    def test_a_slow_head_is_told_so(self, door: tuple[int, Gate]) -> None:
        with connected(door[0], GET[:20]) as line:
            assert heard(line).startswith(b"HTTP/1.1 408 ")
        assert door[1].refused["head_too_slow"] == 1

    def test_a_further_head_has_its_own_deadline(self, door: tuple[int, Gate]) -> None:
        kept = GET.replace(b"close", b"keep-alive")
        with connected(door[0], kept) as line:
            assert line.recv(65536).startswith(b"HTTP/1.1 200 ")
            time.sleep(0.6)
            line.sendall(kept[:10])
            assert heard(line).startswith(b"HTTP/1.1 408 ")

    @pytest.mark.parametrize("parts", [1, 7])
    def test_a_huge_head_is_refused(self, door: tuple[int, Gate], parts: int) -> None:
        field = b"X-Long: " + b"y" * 5_000 + b"\r\n\r\n"
        said = GET[:-2] + field
        with connected(door[0]) as line:
            for at in range(0, len(said), len(said) // parts + 1):
                line.sendall(said[at : at + len(said) // parts + 1])
                time.sleep(0.01)
            assert heard(line).startswith(b"HTTP/1.1 431 ")

    def test_a_head_without_end_is_refused(self, door: tuple[int, Gate]) -> None:
        with connected(door[0], b"GET /" + b"a" * 3_000) as line:
            assert heard(line).startswith(b"HTTP/1.1 431 ")

    def test_what_is_huge_and_not_http_is_refused_once(self, door: tuple[int, Gate]) -> None:
        said = GET[:-2] + b"X-Odd: " + b"\x01" * (QUICK.head_bytes * 2) + b"\r\n\r\n"
        with connected(door[0], said) as line:
            assert heard(line).startswith(b"HTTP/1.1 400 ")
        assert sum(door[1].refused.values()) == 1

    def test_what_is_not_http_is_told_so(self, door: tuple[int, Gate]) -> None:
        with connected(door[0], b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03") as line:
            found = heard(line)
        assert found.startswith(b"HTTP/1.1 400 ")
        assert b"application/problem+json" in found


class TestBody:
    def test_a_body_that_is_too_large_is_refused_unread(self, door: tuple[int, Gate]) -> None:
        with connected(door[0], post(100_001)) as line:
            assert heard(line).startswith(b"HTTP/1.1 413 ")

    def test_a_body_whose_size_was_not_said_is_counted(self, door: tuple[int, Gate]) -> None:
        head = b"POST /size HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
        chunk = b"8000\r\n" + b"x" * 0x8000 + b"\r\n"
        with connected(door[0], head + chunk * 4) as line:
            assert heard(line).startswith(b"HTTP/1.1 413 ")

    def test_a_byte_now_and_then_is_too_slow(self, door: tuple[int, Gate]) -> None:
        with connected(door[0], post(1_000)) as line:
            line.settimeout(0.1)
            found = b""
            for _ in range(100):
                try:
                    line.sendall(b"x")
                    found = line.recv(65536)
                except TimeoutError:
                    continue
                break
        assert found.startswith(b"HTTP/1.1 408 ")
        assert door[1].refused["body_too_slow"] == 1

    def test_bodies_together_stay_in_their_memory(self, door: tuple[int, Gate]) -> None:
        with ExitStack() as stack:
            for _ in range(2):
                line = stack.enter_context(connected(door[0], post(100_000, b"x" * 60_000)))
            wait_until(lambda: door[1].body_bytes > 100_000)
            line = stack.enter_context(connected(door[0], post(100_000, b"x" * 60_000)))
            found = heard(line)
        assert found.startswith(b"HTTP/1.1 503 ")
        assert b"retry-after: " in found
        wait_until(lambda: door[1].body_bytes == 0)


class TestCrowd:
    def test_half_open_connections_give_way_to_those_that_ask(self, door: tuple[int, Gate]) -> None:
        with ExitStack() as stack:
            for _ in range(QUICK.connections + 30):
                stack.enter_context(connected(door[0], b"GET / HT"))
            with connected(door[0], GET) as line:
                assert heard(line).endswith(b'"hello"')
            assert len(door[1].open) <= QUICK.connections

    def test_a_client_that_reads_nothing_is_let_go(self, tmp_path: Path) -> None:
        app = echo_app()

        @app.get("/endless")
        async def endless() -> StreamingResponse:
            async def parts() -> AsyncIterator[bytes]:
                while True:
                    yield b"x" * 65536
                    await asyncio.sleep(0)

            return StreamingResponse(parts())

        with served(app, replace(QUICK, stall_seconds=0.3), tmp_path) as (port, gate):
            line = socket.create_connection((LOOPBACK, port), timeout=20)
            line.sendall(b"GET /endless HTTP/1.1\r\nHost: localhost\r\n\r\n")
            wait_until(lambda: gate.refused["stalled"] == 1)
            wait_until(lambda: not gate.open)
            line.close()


class TestGate:
    def test_an_address_has_its_own_limit(self) -> None:
        gate = Gate(DoorLimits(connections=100, connections_per_address=2))
        first, second, third = (_Visitor("192.0.2.1") for _ in range(3))
        assert all(gate.admit(v) for v in (first, second))
        gate.asks(second)
        assert gate.admit(third)
        assert first.gone
        assert not second.gone

    def test_busy_connections_never_give_way(self) -> None:
        gate = Gate(DoorLimits(connections=2))
        busy = [_Visitor("192.0.2.1"), _Visitor("192.0.2.2")]
        for visitor in busy:
            assert gate.admit(visitor)
            gate.asks(visitor)
        assert not gate.admit(_Visitor("192.0.2.3"))
        gate.waits(busy[0])
        assert gate.admit(_Visitor("192.0.2.4"))
        assert [v.gone for v in busy] == [True, False]

    def test_a_network_of_ipv6_is_one_address(self) -> None:
        assert network_of("2001:db8:1:2::5") == network_of("2001:db8:1:2:ffff::")
        assert network_of("2001:db8:1:2::5") != network_of("2001:db8:1:3::5")
        assert network_of("::ffff:192.0.2.7") == "192.0.2.7"


class _Visitor:
    def __init__(self, address: str) -> None:
        self.address = address
        self.gone = False

    def give_way(self) -> None:
        self.gone = True
