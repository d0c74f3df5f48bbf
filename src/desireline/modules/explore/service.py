"""Answers to questions, computed once for many askers, and the persons behind their figures."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Literal, get_args

from desireline.engine import names_seen
from desireline.engine.analyses.result import Result
from desireline.engine.behind import Behind, BehindQuery, Cell, Persons
from desireline.engine.compute.threads import processors
from desireline.engine.differences import ComparedQuery
from desireline.engine.journey_map import JourneyMap
from desireline.engine.names_seen import Names
from desireline.engine.rules import Rule
from desireline.engine.rules.names import Kind, UnknownName, unknown_among
from desireline.engine.saying import Message, in_words, said
from desireline.modules.bodies import ClientGone
from desireline.modules.explore.asking import Made, made
from desireline.modules.explore.documents import MapNamed
from desireline.modules.explore.kinds import AnyQuestion
from desireline.modules.explore.kinds.compare import names_of
from desireline.modules.explore.periods import as_of
from desireline.modules.explore.versions import of_version
from desireline.modules.explore.writing import WRITERS, Form, Told
from desireline.modules.maps.facade import published_map, published_version
from desireline.modules.rooms import Rooms

KEPT = 256
"""Answers that are kept, for the position that they were given at."""
LATELY = 300 * 1_000_000
"""Microseconds for which an answer is taken again where it need not be of this moment."""
KEPT_LATELY = 16
KINDS: tuple[Kind, ...] = get_args(Kind)
Gone = Callable[[], Awaitable[bool]]


class Explorer:
    """Asks the index or the cluster. Its coroutines live on one event loop."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms
        self._kept: OrderedDict[tuple[int, Form, str], bytes] = OrderedDict()
        self._lately: OrderedDict[str, tuple[int, Result]] = OrderedDict()
        self._turn = asyncio.Semaphore(processors())

    async def answer(self, question: AnyQuestion, form: Form, gone: Gone) -> bytes:
        """The answer as JSON or CSV. A question whose asker has gone before its turn is not asked.

        Raises ClientGone, and what `told` raises.
        """
        question = await asyncio.to_thread(of_version, self._dated(question), self._version)
        document = question.model_dump_json()
        if (known := self._known(form, document)) is not None:
            return known
        async with self._turn:
            if (known := self._known(form, document)) is not None:
                return known
            if await gone():
                raise ClientGone("The client has left.")
            told, text = await asyncio.to_thread(self._written, question, form)
        self._kept[told.position, form, document] = text
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return text

    def _known(self, form: Form, document: str) -> bytes | None:
        key = (self._rooms.asked().position, form, document)
        if key in self._kept:
            self._kept.move_to_end(key)
        return self._kept.get(key)

    def _written(self, question: AnyQuestion, form: Form) -> tuple[Told, bytes]:
        told = self.told(question)
        return told, WRITERS[form](told, question)

    def told(self, question: AnyQuestion) -> Told:
        """The answer. Raises what `made` raises, and what the analysis raises."""
        question = self._dated(question)
        asked, known = self._made(question)
        result, position = self._rooms.asked().ask(asked.analysis, asked.query, asked.columns)
        odd = [_said(one) for one in _unknown(asked, known)]
        return Told(position, result, (*odd, *in_words(result, names_of(question))))

    def behind(
        self, question: AnyQuestion, cell: Cell, side: Literal["a", "b"], limit: int, after: int
    ) -> Persons:
        """The persons whom a cell of the answer counts, by number. Raises CellUnknown."""
        asked = self.made(question)
        query = asked.query
        if isinstance(query, ComparedQuery):
            query = query.a if side == "a" else query.b
        behind: Behind[Any] = Behind()
        page = BehindQuery(query, cell, limit, after)
        return self._rooms.asked().ask(behind, page, asked.columns)[0]

    def names(self, column: str | None = None, *, counted: bool = True) -> Names:
        """What the log speaks of, and how often; with a column, its values too."""
        query = names_seen.Query(column, counted)
        columns = () if column is None else (column,)
        return self._rooms.asked().ask(names_seen, query, columns)[0]

    def lately(self, question: AnyQuestion) -> Result:
        """The answer, at most five minutes old. Raises what `told` raises."""
        document, now = question.model_dump_json(), self._rooms.clock.now()
        at, known = self._lately.get(document, (0, None))
        if known is not None and now - at <= LATELY:
            return known
        result = self.told(question).result
        self._lately[document] = now, result
        self._lately.move_to_end(document)
        while len(self._lately) > KEPT_LATELY:
            self._lately.popitem(last=False)
        return result

    def ask(self, made: Made) -> Any:
        """The engine's answer to what was made. Raises what the analysis raises."""
        return self._rooms.asked().ask(made.analysis, made.query, made.columns)[0]

    def made(self, question: AnyQuestion) -> Made:
        """What the engine is asked. Raises what `asking.made` raises."""
        return self._made(self._dated(question))[0]

    def _dated(self, question: AnyQuestion) -> AnyQuestion:
        return as_of(question, dt.datetime.fromtimestamp(self._rooms.clock.now() / 1e6, dt.UTC))

    def _made(self, question: AnyQuestion) -> tuple[Made, Names]:
        known = self.names(counted=False)
        return made(question, self._map, frozenset(known.events)), known

    def _version(self, key: str) -> int | None:
        return published_version(self._rooms, key)

    def _map(self, named: MapNamed) -> JourneyMap:
        return published_map(self._rooms, named.key, named.version)


def _unknown(asked: Made, known: Names) -> list[UnknownName]:
    """Names that nothing in the log has; a property that was not read may still be there."""
    there = {
        "event": tuple(known.events),
        "channel": tuple(known.channels),
        "actor": tuple(known.actors),
    }
    found = [one for rule in asked.rules for one in _unknown_in(rule, there)]
    return list(dict.fromkeys(found))


def _unknown_in(rule: Rule, there: Mapping[Any, tuple[str, ...]]) -> list[UnknownName]:
    every = {kind: there.get(kind, ()) for kind in KINDS}
    return [one for one in unknown_among(rule, every) if one.kind in there]


def _said(one: UnknownName) -> Message:
    if not one.close:
        return said("unknown_name", name=one.name)
    return said("unknown_name_close", name=one.name, close=one.close[0])
