"""HTTP as uvicorn speaks it, with deadlines and sizes that uvicorn does not have."""

from __future__ import annotations

from asyncio import AbstractEventLoop, TimerHandle, Transport
from typing import Any

import httptools
from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from desireline.server.gate import Gate, network_of
from desireline.server.lane import POST, Lane
from desireline.server.limits import STREAMED
from desireline.server.refusals import (
    BODIES_FULL,
    BODY_SLOW,
    BODY_TOO_LARGE,
    CROWDED,
    HEAD_SLOW,
    HEAD_TOO_LARGE,
    UNREADABLE,
    Refusal,
)
from desireline.server.same_head import SameHead
from desireline.server.short_cycle import ShortCycle, in_one_piece

CHECK_SECONDS = 1.0
"""How often the rate of a body is looked at."""


class LimitedProtocol(HttpToolsProtocol):
    """One connection. What it may not do ends it, with an answer where the client can read one.

    uvicorn waits for slow heads for ever, and reads bodies of any size at any rate.
    """

    def __init__(
        self,
        gate: Gate,
        *,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self.gate = gate
        self._lane = config.app if isinstance(config.app, Lane) else None
        self._data = b""
        """What has just come, where a request begins with it."""
        self._head: SameHead | None = None
        self.address = ""
        self._limits = gate.limits
        self._refusal: Refusal | None = None
        self._head_timer: TimerHandle | None = None
        self._head_bytes = self._fields_bytes = 0
        self._in_head, self._begun = True, False
        self._body_timer: TimerHandle | None = None
        self._body_begun = 0.0
        self._body_bytes = 0
        self._streamed = False
        self._held_bytes = 0
        self._stall_timer: TimerHandle | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """A client has connected: it is let in or refused, and its head's deadline begins."""
        super().connection_made(transport)
        self.address = network_of(self.client[0]) if self.client else ""
        if not self.gate.admit(self):
            self._refuse(CROWDED)
            return
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is gone, for whatever reason."""
        self.gate.leaves(self)
        self._release_body()
        for timer in (self._head_timer, self._body_timer, self._stall_timer):
            _cancel(timer)
        self._head_timer = self._body_timer = self._stall_timer = None
        super().connection_lost(exc)

    def give_way(self) -> None:
        """Closes the connection, because another needs its place."""
        if not self.transport.is_closing():
            self.transport.close()

    def data_received(self, data: bytes) -> None:
        """Bytes of a request. After a refusal they are thrown away."""
        if self._refusal is not None or self.transport.is_closing():
            return
        if self._is_between():
            if self._head is not None and self._takes_again(self._head, data):
                return
            self._data = data
        if self._in_head:
            self._head_bytes += len(data)
        super().data_received(data)
        self._data = b""
        too_large = self._in_head and self._head_bytes > self._limits.head_bytes
        if too_large and self._refusal is None:  # what cannot be read was refused just now
            self._refuse(HEAD_TOO_LARGE)

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - uvicorn's own words
        """The answer to what cannot be read as HTTP, or to what a callback here refused."""
        self._refuse(self._refusal or UNREADABLE)

    # What the parser found.

    def on_message_begin(self) -> None:
        """The first byte of a request."""
        super().on_message_begin()
        self._begun, self._fields_bytes = True, 0
        if self._head_timer is None:
            self._await_head()

    def on_url(self, url: bytes) -> None:
        """A part of the address."""
        self._count_head(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """One header field."""
        self._count_head(len(name) + len(value))
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """The head is whole: its size is checked before any route hears of it."""
        self._in_head = self._begun = False
        _cancel(self._head_timer)
        self._head_timer = None
        self._streamed = self.url.partition(b"?")[0] == STREAMED
        if not self._streamed and _announced(self.headers) > self._limits.body_bytes:
            self._stop(BODY_TOO_LARGE)  # of a file the route says it better
        self.gate.asks(self)
        self._body_begun, self._body_bytes = self.loop.time(), 0
        if not self._goes_short():
            super().on_headers_complete()
        self._body_timer = self.loop.call_later(self._limits.body_grace_seconds, self._check_rate)

    def on_body(self, body: bytes) -> None:
        """A part of the body."""
        self._body_bytes += len(body)
        if not self._streamed:
            self._held_bytes += len(body)
            self.gate.body_bytes += len(body)
        limits = self._limits
        if self._body_bytes > (limits.upload_bytes if self._streamed else limits.body_bytes):
            self._stop(BODY_TOO_LARGE)
        if self.gate.body_bytes > self._limits.all_bodies_bytes:
            self._stop(BODIES_FULL)
        if isinstance(self.cycle, ShortCycle):
            self.cycle.body += body
        else:
            super().on_body(body)

    def on_message_complete(self) -> None:
        """The request is whole."""
        _cancel(self._body_timer)
        self._body_timer = None
        self._in_head, self._head_bytes = True, 0
        super().on_message_complete()
        if isinstance(self.cycle, ShortCycle):
            self._begin_short(self.cycle)

    def on_response_complete(self) -> None:
        """The request has been answered; the connection waits for the next one."""
        self._release_body()
        if not self.pipeline:
            self.gate.waits(self)
        super().on_response_complete()

    # The short way: see `lane`. uvicorn's own way to an answer costs as much as all of it.

    def _goes_short(self) -> bool:
        """Takes the request out of uvicorn's hands, if it is one of those that go the short way."""
        if (
            self._lane is None
            or not self._lane.has(self.url)
            or self.parser.get_method() != POST.encode()
            or self.parser.get_http_version() != "1.1"
            or self.expect_100_continue
        ):
            return False
        self.scope["method"] = POST
        self.scope["path"] = self.url.decode("ascii")
        self.scope["raw_path"], self.scope["query_string"] = self.url, b""
        before: Any = self.cycle
        scope: Any = self.scope
        cycle: Any = ShortCycle(self._lane, scope, keep_alive=self.parser.should_keep_alive())
        self.cycle = cycle
        self._head = SameHead.of(self._data, scope) if cycle.keep_alive else None
        self._data = b""  # what follows in it is another request
        if before is None or before.response_complete:
            cycle.has_turn = True
        else:  # its client has not waited for the answer before
            self.flow.pause_reading()
            self.pipeline.appendleft((cycle, self.app))
        return True

    def _is_between(self) -> bool:
        """Whether all that came is read and answered."""
        cycle: Any = self.cycle
        idle = self._in_head and not self._begun
        return idle and self._head_bytes == 0 and (cycle is None or cycle.response_complete)

    def _takes_again(self, head: SameHead, data: bytes) -> bool:
        """Takes a whole request that begins with the last head, where no limit is in its way."""
        body, limits, lane = head.body_in(data), self._limits, self._lane
        if body is None or lane is None or len(body) > limits.body_bytes:
            return False
        if self.gate.body_bytes + len(body) > limits.all_bodies_bytes:
            return False
        self._unset_keepalive_if_required()
        self.gate.asks(self)
        self._held_bytes += len(body)
        self.gate.body_bytes += len(body)
        cycle = ShortCycle(lane, head.scope_of(body, self.app_state.copy()), keep_alive=True)
        cycle.body, cycle.more_body, cycle.has_turn = body, False, True
        self.cycle = cycle  # type: ignore[assignment]
        self._begin_short(cycle)
        return True

    def _start_asgi_task(self, cycle: Any, app: Any) -> None:
        """What came before the request is answered: now it is its turn."""
        if isinstance(cycle, ShortCycle):
            cycle.has_turn = True
            self._begin_short(cycle)
        else:
            super()._start_asgi_task(cycle, app)

    def _begin_short(self, cycle: ShortCycle) -> None:
        if cycle.has_turn and not cycle.more_body:
            task = self.loop.create_task(self._answer_short(cycle))
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)

    async def _answer_short(self, cycle: ShortCycle) -> None:
        told = await cycle.lane.answer(cycle.scope, bytes(cycle.body))
        if self.flow.write_paused:
            await self.flow.drain()
        cycle.response_started = cycle.response_complete = True
        if cycle.disconnected or self.transport.is_closing():
            return
        always = self.server_state.default_headers
        self.transport.write(in_one_piece(told, always, keep_alive=cycle.keep_alive))
        if not cycle.keep_alive:
            self.transport.close()
        self.on_response_complete()

    # A client that does not read.

    def pause_writing(self) -> None:
        """The client reads more slowly than the answer comes."""
        super().pause_writing()
        _cancel(self._stall_timer)
        self._stall_timer = self.loop.call_later(self._limits.stall_seconds, self._stalled)

    def resume_writing(self) -> None:
        """The client has read on."""
        super().resume_writing()
        _cancel(self._stall_timer)
        self._stall_timer = None

    def _stalled(self) -> None:
        self.gate.refused["stalled"] += 1
        self.transport.abort()

    def _await_head(self) -> None:
        self._in_head = True
        self._head_timer = self.loop.call_later(self._limits.head_seconds, self._head_overdue)

    def _head_overdue(self) -> None:
        self._head_timer = None
        if self._begun:
            self._refuse(HEAD_SLOW)
        else:
            self.gate.refused["silent"] += 1
            self.transport.close()

    def _count_head(self, size: int) -> None:
        self._fields_bytes += size
        if self._fields_bytes > self._limits.head_bytes:
            self._stop(HEAD_TOO_LARGE)

    def _check_rate(self) -> None:
        """A body that we do not read ourselves at the moment is not slow."""
        seconds = self.loop.time() - self._body_begun
        if not self.flow.read_paused and self._body_bytes < seconds * self._limits.body_rate:
            self._body_timer = None
            self._refuse(BODY_SLOW)
        else:
            self._body_timer = self.loop.call_later(CHECK_SECONDS, self._check_rate)

    def _release_body(self) -> None:
        self.gate.body_bytes -= self._held_bytes
        self._held_bytes = 0

    def _stop(self, refusal: Refusal) -> None:
        """Ends the parsing from inside a callback; the parser then asks for the answer."""
        self._refusal = refusal
        raise httptools.HttpParserError(refusal.code)

    def _refuse(self, refusal: Refusal) -> None:
        """Answers, unless an answer is on its way, and closes; the rest of the bytes is ignored."""
        self._refusal = refusal
        self.gate.refused[refusal.code] += 1
        if self.transport.is_closing():
            return
        cycle = self.cycle
        if cycle is None or cycle.response_complete or not cycle.response_started:
            self.transport.write(refusal.response)
        if cycle is not None and not cycle.response_complete:
            cycle.disconnected = True
            cycle.message_event.set()
        self._linger()

    def _linger(self) -> None:
        """Takes in what is still being sent.

        Closing at once would reset the connection, and a client that is sending never reads the
        answer then.
        """
        _cancel(self._head_timer)
        self.flow.resume_reading()
        self.transport.write_eof()
        self._head_timer = self.loop.call_later(self._limits.linger_seconds, self.transport.close)


def _announced(headers: list[tuple[bytes, bytes]]) -> int:
    """The body's size by its header; 0 where none is given."""
    for name, value in headers:
        if name == b"content-length" and value.isdigit():
            return int(value[:20])
    return 0


def _cancel(timer: TimerHandle | None) -> None:
    if timer is not None:
        timer.cancel()
