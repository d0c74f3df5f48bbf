"""Takes events in, and answers when they are on disk."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

import msgspec
from fastapi import Request

from desireline.kit.durations import Durations
from desireline.kit.permissions import Caller, NotSignedIn
from desireline.log.appending.appender import Read
from desireline.log.counting import read_counts
from desireline.log.decoding import Limits, decode
from desireline.log.drafting import Arrival, Draft
from desireline.log.rejecting import Reject
from desireline.modules.bodies import GZIP, unpacked
from desireline.modules.collect.arrivals import Arrivals
from desireline.modules.collect.clocks import skew
from desireline.modules.collect.cookieless import Cookieless
from desireline.modules.collect.failed_forms import form_said
from desireline.modules.collect.failures import Failures
from desireline.modules.collect.placing import NOWHERE
from desireline.modules.collect.protocols import own, segment
from desireline.modules.collect.protocols.protocol import Call, Given, Protocol, Route, Told
from desireline.modules.collect.signals import is_refused, without_opted_out
from desireline.modules.collect.translating import Reading, translated
from desireline.modules.collect.verdicts import counted, encoded
from desireline.modules.collect.visitors import Visitor
from desireline.modules.collect.waiting import Tell, Waiting
from desireline.modules.consent.facade import TrackingGate
from desireline.modules.enrichment.facade import Origins
from desireline.modules.rooms import Rooms
from desireline.modules.sources.facade import Doorkeeper, Source

SOURCE = "api"
"""What comes without a write key, from who may add events without one."""
SMALL_BYTES = 65_536
"""A body up to this size, some 200 events, is decoded in 2 ms, by the appender itself; a larger one
on a thread of its own, so that others need not wait for it."""
FEW_BYTES = 4_096
"""A body of so few events waits for a moment for others: see `waiting`."""
DECODERS = 2
SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)

T = TypeVar("T")


class Collector:
    """The door to the log for programs and pages that send events."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms
        settings = rooms.workspace.settings
        told = settings.limits
        self._proxies = settings.trusted_proxies
        self._keeps_addresses = settings.ip_addresses == "whole"
        self._country = settings.country
        self.body_bytes = told.body_bytes
        self._limits = Limits(body=told.body_bytes, event=told.event_bytes)
        self.failures = Failures(rooms, self._limits)
        self.arrivals = Arrivals(rooms)
        self._decoders = ThreadPoolExecutor(DECODERS, thread_name_prefix="decoder")
        self._doorkeeper = Doorkeeper(rooms.db, rooms.clock)
        rooms.closing.append(self._doorkeeper.close)
        self._cookieless = Cookieless(rooms.clock)
        self._gate = TrackingGate(rooms.db, rooms.clock)
        self._origins = Origins(rooms.db, settings.datacenters)
        rooms.closing.append(self._origins.close)
        self._waiting = Waiting(rooms.appender)
        self._seconds = Durations(
            "desireline_append_seconds",
            "Time from a whole body to events that are on disk.",
            SECONDS,
        )
        self.collectors = (self._seconds,)
        """What the metrics of the server show as well."""

    async def take(
        self, body: bytes, caller: Caller, visitor: Visitor, *, speaks: Route | None = None
    ) -> bytes | Given:
        """The answer as JSON, with a verdict for each event, when all are durable.

        With `speaks`, a body of Segment's is answered as its clients expect. Raises BodyTooLarge,
        BodyUnpackable, BodyNotEvents, NotSignedIn, what write keys raise, and DiskFull or
        LogUnavailable when nothing can be stored now.
        """
        begun = time.perf_counter()
        body = await self._unpacked(body)
        if speaks is not None and own.is_segment(body, is_basic=visitor.is_basic):
            call = Call(body, key=visitor.key)
            return await self._take_as(segment.PROTOCOL, speaks, call, visitor)
        if own.has_key(body):
            told = own.open_body(Call(body, key=visitor.key))
            source = await self._source(told.key, caller)
            reading = self._reading(own.PROTOCOL, told, visitor, source)
            answer = await self._take_told(body, told, reading, encoded, source)
        else:
            source = await self._source(visitor.key, caller)
            arrival = self._arrival()
            if visitor.is_browser or visitor.is_marked:
                reading = self._reading(own.PROTOCOL, Told([], visitor.key), visitor, source)
                arrival = msgspec.structs.replace(arrival, amend=reading.amend)
            read = partial(decode, body, arrival, self._limits)
            answer = await self._store(read, encoded, len(body), source, visitor)
        self._seconds.observe(time.perf_counter() - begun)
        return answer

    async def take_as(
        self, protocol: Protocol, route: Route, call: Call, visitor: Visitor
    ) -> Given:
        """What the protocol's client expects to hear, when all events are durable.

        What failed is kept, and its client is not told: it could do nothing about it. Raises as
        `take`; a write key is always needed.
        """
        body = await self._unpacked(call.body)
        return await self._take_as(
            protocol, route, msgspec.structs.replace(call, body=body), visitor
        )

    def visitor(self, request: Request) -> Visitor:
        """Who sends, by the headers of a request; of a head that is said again, as before."""
        known: dict[str, Visitor] = request.scope.get("head", {})
        if "visitor" not in known:
            known["visitor"] = Visitor.of(request, self._proxies)
        return known["visitor"]

    async def source_of(self, key: str) -> Source:
        """The source of a write key. Raises WriteKeyUnknown and SourceOff."""
        return await self._doorkeeper.source_of(key)

    def counts(self) -> dict[str, int]:
        """How many events ever came, and what became of them."""
        with self._rooms.db.reading() as connection:
            return read_counts(connection)

    async def _take_as(
        self, protocol: Protocol, route: Route, call: Call, visitor: Visitor
    ) -> Given:
        begun = time.perf_counter()
        told = route.open(call)
        source = await self._doorkeeper.source_of(told.key)
        reading = self._reading(protocol, told, visitor, source, route.form)
        body = call.body or call.query.encode()
        came, failed = await self._take_told(body, told, reading, counted, source)
        self._seconds.observe(time.perf_counter() - begun)
        return route.answer(call, came, failed)

    async def _take_told(
        self, body: bytes, told: Told, reading: Reading, tell: Tell[T], source: Source | None
    ) -> T:
        read = partial(translated, told, body, reading, self._arrival())
        form = form_said(reading)
        return await self._store(read, tell, len(body), source, reading.visitor, form)

    async def _store(
        self,
        read: Read,
        tell: Tell[T],
        size: int,
        source: Source | None,
        visitor: Visitor,
        form: str = "",
    ) -> T:
        has_quota = source is not None and source.quota is not None
        if has_quota or size > SMALL_BYTES:
            items = await self._away(size, read)
            read = partial(_same, items)
            if source is not None:
                await self._doorkeeper.admit(source, len(items))
        if is_refused(source, visitor):
            read = partial(without_opted_out, read)
        elif source is not None and source.asks_consent:
            await self._gate.refresh()
            read = partial(self._gate.sifted, read)
        name = SOURCE if source is None else source.name
        return await self._waiting.told(read, tell, name, form, is_small=size <= FEW_BYTES)

    async def _source(self, key: str, caller: Caller) -> Source | None:
        """Whose key it is; None for a caller without one who may send all the same."""
        if key:
            return await self._doorkeeper.source_of(key)
        if "collect" in caller.may:
            return None
        raise NotSignedIn(
            "This needs a write key, or the permission to add events.",
            hint="Send the header Authorization: Bearer <key or token>; docs/collecting.md shows"
            " where clients put it.",
        )

    def _reading(
        self,
        protocol: Protocol,
        told: Told,
        visitor: Visitor,
        source: Source | None,
        form: str = "",
    ) -> Reading:
        slow = skew(told.sent_at, self._rooms.clock.now())
        stranger = None
        if source is not None and protocol.has_strangers and visitor.is_browser:
            seen = (source.name, visitor.address, visitor.user_agent)
            stranger = partial(self._cookieless.id_of, *seen)
        near = NOWHERE
        if visitor.is_browser and not visitor.refuses:
            near = self._origins.of(visitor.address)
        return Reading(protocol, form, slow, visitor, self._limits, stranger, self._origins, near)

    async def _unpacked(self, body: bytes) -> bytes:
        if not body.startswith(GZIP):
            return body
        return await self._away(len(body), unpacked, body, self.body_bytes)

    async def _away(self, size: int, work: Callable[..., T], *args: Any) -> T:
        """Done at once where it is little; else on a thread, and others are served meanwhile."""
        if size <= SMALL_BYTES:
            return work(*args)
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._decoders, partial(work, *args))

    def _arrival(self) -> Arrival:
        return Arrival.by(
            self._rooms.clock, keeps_addresses=self._keeps_addresses, country=self._country
        )


def _same(items: Sequence[Draft | Reject]) -> Sequence[Draft | Reject]:
    return items
