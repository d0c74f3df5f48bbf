"""A map with its figures, computed once for many askers."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict, deque
from dataclasses import dataclass, field
from typing import Any

import msgspec

from desireline.engine.journey_map import JourneyMap
from desireline.kit.quick_turns import quick_turns
from desireline.modules.answering import ALL, Answers, Asked
from desireline.modules.maps.patching import changes
from desireline.modules.rooms import Rooms

KEPT = 8
"""Map files that are kept, of any map, version, position and filter."""
STREAMED = 3
"""Last map files of a map, from which a stream can send what changed."""
LEAST_SECONDS = 0.5
"""Between two map files of a stream."""
SHARE = 0.25
"""Part of one processor that a stream may take: slow maps move less often."""
WORTH = 0.5
"""A change larger than this part of the whole is sent as the whole."""


@dataclass(frozen=True, eq=False)
class Drawn:
    """A map file: the document with its figures at one position of the log."""

    version: int
    position: int
    seconds: float
    """How long it took."""
    plain: dict[str, Any]
    text: str
    """The same as JSON."""
    made: float
    changed: dict[str, str | None] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """Which file this is: `3.1042` is version 3 at position 1042."""
        return f"{self.version}.{self.position}"


class Figures:
    """Draws map files over the newest snapshot of the index. Lives on one event loop."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms
        self._kept: OrderedDict[tuple[Any, ...], Drawn] = OrderedDict()
        self._under_way: dict[tuple[Any, ...], asyncio.Task[Drawn]] = {}
        self._streamed: dict[str, deque[Drawn]] = {}

    async def of(self, document: JourneyMap, asked: Asked = ALL) -> Drawn:
        """The map file of a published version. Raises CaseByImpossible and what rules raise."""
        answers = self._rooms.asked()
        key = (document.key, document.version, answers.position, answers.columns, asked)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        if key not in self._under_way:
            work = asyncio.to_thread(_draw, answers, document, asked)
            self._under_way[key] = asyncio.create_task(work)
            self._under_way[key].add_done_callback(lambda _: self._under_way.pop(key, None))
        drawn = await asyncio.shield(self._under_way[key])
        self._kept[key] = drawn
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return drawn

    async def streamed(self, document: JourneyMap) -> Drawn:
        """The same for streams: at most about twice a second, for all of them together."""
        last = self._streamed.setdefault(document.key, deque(maxlen=STREAMED))
        fresh = last and last[-1].version == document.version
        if fresh and time.monotonic() - last[-1].made < _pause(last[-1]):
            return last[-1]
        drawn = await self.of(document)
        if not last or last[-1].id != drawn.id:
            last.append(drawn)
        return last[-1]

    async def change(self, key: str, before: str, drawn: Drawn) -> str | None:
        """The JSON Patch from the file `before` to `drawn`; None where the whole is better."""
        if before not in drawn.changed:
            known = {d.id: d for d in self._streamed.get(key, ())}
            old = known.get(before)
            drawn.changed[before] = await asyncio.to_thread(_patch, old, drawn) if old else None
        return drawn.changed[before]


def _pause(drawn: Drawn) -> float:
    return max(LEAST_SECONDS, drawn.seconds / SHARE)


def _draw(answers: Answers, document: JourneyMap, asked: Asked) -> Drawn:
    begun = time.monotonic()
    with quick_turns():
        living, position = answers.living_map(document, asked)
    plain = living.to_dict()
    text = msgspec.json.encode(plain).decode()
    now = time.monotonic()
    return Drawn(document.version, position, now - begun, plain, text, now)


def _patch(old: Drawn, new: Drawn) -> str | None:
    found = msgspec.json.encode(list(changes(old.plain, new.plain))).decode()
    return found if len(found) < WORTH * len(new.text) else None
