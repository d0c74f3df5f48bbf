"""The first question after a start takes no longer than the next: kernels are made ready behind it.

Each kind of question is asked of the first journeys of every part, so that the kernels meet the
types of arrays that they will get. That takes a moment where the machine code is kept from before,
and half a minute where it has to be made.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from desireline.engine import names_seen
from desireline.engine.analyses.analysis import Analysis
from desireline.engine.errors import DesirelineError
from desireline.engine.journey_map import JourneyMap
from desireline.engine.journey_map.parts import Goal, Stage, Touchpoint
from desireline.engine.journeys import Journeys
from desireline.engine.rules import Event
from desireline.modules.explore.asking import made
from desireline.modules.explore.kinds import KINDS, AnyQuestion
from desireline.modules.explore.kinds.kind import WARM_MAP, rule_of
from desireline.modules.rooms import Rooms

FEW = 5_000
"""Events of a part that are looked at."""
_QUESTION: TypeAdapter[AnyQuestion] = TypeAdapter(AnyQuestion)


@dataclass(frozen=True)
class OfFew:
    """An analysis of the first journeys of each shard."""

    analysis: Analysis[Any, Any, Any]

    def partial(self, journeys: Journeys, query: Any) -> Any:
        """What the first journeys contribute."""
        while journeys.n_events > FEW and len(journeys) > 1:
            journeys = journeys.shards(64)[0]
        return self.analysis.partial(journeys, query)

    def merge(self, a: Any, b: Any) -> Any:
        """Two shards together."""
        return self.analysis.merge(a, b)

    def again(self, partial: Any, query: Any) -> Any:
        """The query of a second look, where the analysis takes one."""
        again = getattr(self.analysis, "again", None)
        return again(partial, query) if again else None

    def finish(self, partial: Any, query: Any) -> Any:
        """The answer, which nobody reads."""
        return self.analysis.finish(partial, query)


def warm(rooms: Rooms, ending: threading.Event) -> int:
    """Asks each kind of question of a few journeys; how many could be asked until the end."""
    answers = rooms.asked()
    names = answers.ask(names_seen, names_seen.Query())[0]
    events, channels = tuple(names.events), tuple(names.channels)
    asked = 0
    for document in documents(events[:3] or ("none",), channels[:1]):
        if ending.is_set():
            break
        question = _QUESTION.validate_python(document)
        with suppress(DesirelineError):  # such journeys cannot be asked that, so nobody will
            wanted = made(question, lambda _: _small_map(events[:3]), frozenset(events))
            answers.ask(OfFew(wanted.analysis), wanted.query, wanted.columns)
            asked += 1
    return asked


def documents(events: tuple[str, ...], channels: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """One question of each kind, of all journeys and of some."""
    first, last = events[0], events[-1]
    narrowed = {"filter": {"channels": list(channels)}, "segment": _pattern(first, last)}
    for kind in KINDS:
        for example in kind.examples(events):
            question = {"analysis": kind.name, **example}
            yield question
            yield {**question, **narrowed}
    yield {"analysis": "touchpoints", "sessions": {"gap_seconds": 1800.0}}
    steps = {"steps": [{"rule": rule_of(event)} for event in events]}
    of_steps = {"analysis": "funnel", **steps}
    yield {"analysis": "compare", "of": of_steps, "a": {"segment": rule_of(last)}}


def _pattern(first: str, last: str) -> dict[str, Any]:
    one = [{"type": "one", "in": [name]} for name in (first, last)]
    return {"type": "pattern", "tree": {"type": "then", "parts": one}}


def _small_map(names: tuple[str, ...]) -> JourneyMap:
    """A map with all that a plan can have."""
    points = tuple(Touchpoint(key=f"t{n}", name="T", rule=Event((e,))) for n, e in enumerate(names))
    stages = (
        Stage(key="one", name="S", touchpoints=points[:1]),
        Stage(key="two", name="S", touchpoints=points[1:], any_order=True),
    )
    return JourneyMap(
        key=WARM_MAP["key"], name="W", stages=stages, goal=Goal(outcome=Event(names[-1:]))
    )
