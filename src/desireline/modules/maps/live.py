"""The stream of a map: its figures, what is done to its draft, and who is there."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from typing import Any

import msgspec
from fastapi.sse import ServerSentEvent

from desireline.engine.analyses.times import iso
from desireline.modules.beats import BEAT_SECONDS, beat
from desireline.modules.maps.entries import told
from desireline.modules.maps.errors import DraftRevisionUnknown, MapUnpublished
from desireline.modules.maps.figures import LEAST_SECONDS
from desireline.modules.maps.service import Maps
from desireline.modules.rooms import Rooms


@dataclass
class AtHand:
    """What the reader of a stream has."""

    file: str | None = None
    """Id of the map file."""
    revision: int | None = None
    """Of the draft; None: she has not read it."""
    here: list[dict[str, Any]] = field(default_factory=list)
    wants_figures: bool = True


async def follow(
    maps: Maps, rooms: Rooms, key: str, at_hand: AtHand
) -> AsyncIterator[ServerSentEvent]:
    """The events, until the server stops.

    `figures` (a map file), `change` (a JSON Patch to it), `draft` (what was done to it), `here`
    (everyone at it) and `pulse`. Each file and change bears the id of what it leads to.
    """
    pulse = rooms.pulse
    yield beat(rooms)
    while not pulse.closed:
        position, news = pulse.position, pulse.news
        for event in await asyncio.to_thread(_of_draft, maps, key, at_hand):
            yield event
        figures, drawn_to = await _figures(maps, key, at_hand)
        if figures is not None:
            yield figures
        yield beat(rooms)
        await _pause(rooms)
        if pulse.news == news:
            await pulse.beyond(max(position, drawn_to), BEAT_SECONDS)


async def _figures(maps: Maps, key: str, at_hand: AtHand) -> tuple[ServerSentEvent | None, int]:
    """The map file or what changed of it, if anything, and up to which position it reaches."""
    if not at_hand.wants_figures:
        return None, 0
    try:
        found = await asyncio.to_thread(maps.published, key)
    except MapUnpublished:
        return None, 0
    drawn = await maps.figures.streamed(found.document)
    if drawn.id == at_hand.file:
        return None, drawn.position
    patch = await maps.figures.change(key, at_hand.file, drawn) if at_hand.file else None
    at_hand.file = drawn.id
    text, event = (drawn.text, "figures") if patch is None else (patch, "change")
    return ServerSentEvent(raw_data=text, event=event, id=drawn.id), drawn.position


def _of_draft(maps: Maps, key: str, at_hand: AtHand) -> list[ServerSentEvent]:
    return [*_entries(maps, key, at_hand), *_present(maps, key, at_hand)]


def _entries(maps: Maps, key: str, at_hand: AtHand) -> Iterator[ServerSentEvent]:
    """What was done since; without entries where these are not known: the draft is read anew."""
    revision, known = maps.revision(key), at_hand.revision
    if revision == known:
        return
    try:
        entries = [] if known is None else [told(e) for e in maps.drafts.since(key, known)]
    except DraftRevisionUnknown:
        entries = []
    at_hand.revision = revision
    yield _event("draft", {"revision": revision, "entries": entries})


def _present(maps: Maps, key: str, at_hand: AtHand) -> Iterator[ServerSentEvent]:
    people = maps.drafts.present(key)
    here = [{"session": p.session, "by": p.by, "place": p.place} for p in people]
    if here != at_hand.here:
        at_hand.here = here
        seen = [one | {"seen_at": iso(p.seen_at)} for one, p in zip(here, people, strict=True)]
        yield _event("here", {"here": seen})


def _event(name: str, data: dict[str, Any]) -> ServerSentEvent:
    return ServerSentEvent(raw_data=msgspec.json.encode(data).decode(), event=name)


async def _pause(rooms: Rooms) -> None:
    """A breath between two changes, cut short when the server stops."""
    until = asyncio.get_running_loop().time() + LEAST_SECONDS
    while not rooms.pulse.closed and (left := until - asyncio.get_running_loop().time()) > 0:
        await asyncio.sleep(min(left, 0.2))
