"""A way as a document: one touchpoint a stop, the days, what was done, what was said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from desireline.engine.journey_map import JourneyMap, from_dict
from desireline.engine.journey_map.parts import default_name
from desireline.modules.maps.case_study.happened import Stop
from desireline.modules.people.facade import Mask

NO_RULE = {"type": "any", "rules": []}
"""A case study is one person's way: its touchpoints catch nobody else's events."""
WRITTEN = frozenset(("name", "text", "statement", "source", "channel", "owner", "description"))
"""Fields of the document that hold words of the log or of another map."""


@dataclass(frozen=True)
class Words:
    """What the document says by itself, in the language of whoever makes it."""

    name: str = "Case study"
    called: str = "A customer"
    day: str = "Day {day}"
    times: str = "{n} times"
    about: str = "about {amount}"
    when: str = "When"
    did: str = "What happened"
    said: str = "In their words"
    felt: str = "How it felt"
    pain: str = "Pain"


def document_of(
    key: str, words: Words, stops: Sequence[Stop], source: JourneyMap | None, mask: Mask
) -> JourneyMap:
    """The map of a way; whatever is known of the person is taken out of every word of it."""
    plain: dict[str, Any] = {
        "format": "desireline.map/1",
        "key": key,
        "name": words.name,
        "kind": "as_is",
        "scope": "task",
        "goal": {"statement": "" if source is None else source.goal.statement},
        "personas": [{"key": "who", "name": words.called}],
        "stages": list(_stages(words, stops, source)),
        "lanes": list(_lanes(words, stops)),
    }
    return from_dict(_masked(plain, mask))


def _stages(
    words: Words, stops: Sequence[Stop], source: JourneyMap | None
) -> Iterator[dict[str, Any]]:
    """Those of the map, as often as the way comes to them; else the days."""
    numbered = list(enumerate(stops, 1))

    def stage_of(one: tuple[int, Stop]) -> str:
        stop = one[1]
        if source is None:
            return words.day.replace("{day}", str(stop.day))
        return source.stage_of(stop.name).name

    for number, (name, some) in enumerate(groupby(numbered, stage_of), 1):
        touchpoints = [_touchpoint(at, stop, source) for at, stop in some]
        yield {"key": f"part_{number}", "name": name, "touchpoints": touchpoints}


def _touchpoint(at: int, stop: Stop, source: JourneyMap | None) -> dict[str, Any]:
    told: dict[str, Any] = {"kind": "action", "name": default_name(stop.name)}
    if source is not None:
        found = next(t for t in source.touchpoints if t.key == stop.name)
        told = {"kind": found.kind, "name": found.name, "owner": found.owner}
    return {"key": _key(at), "rule": NO_RULE, "channel": stop.channel or None, **told}


def _lanes(words: Words, stops: Sequence[Stop]) -> Iterator[dict[str, Any]]:
    """Days, deeds and quotes; empty lanes for what only people can say: feelings and pains."""
    cells: dict[str, dict[str, Any]] = {"when": {}, "did": {}, "said": {}}
    for at, stop in enumerate(stops, 1):
        cells["when"][_key(at)] = _cell(words.day.replace("{day}", str(stop.day)))
        if did := _did(words, stop):
            cells["did"][_key(at)] = _cell(did)
        if stop.quotes:
            source = ", ".join(dict.fromkeys(default_name(q.type) for q in stop.quotes))
            said = _cell("\n".join(q.text for q in stop.quotes))
            cells["said"][_key(at)] = said | {"source": source}
    kinds = (("when", "text", words.when), ("did", "do", words.did), ("said", "quote", words.said))
    for key, kind, name in kinds:
        yield {"key": key, "kind": kind, "name": name, "cells": cells[key]}
    yield {"key": "felt", "kind": "emotion", "name": words.felt}
    yield {"key": "pain", "kind": "pain", "name": words.pain}


def _did(words: Words, stop: Stop) -> str:
    told = [words.times.replace("{n}", str(stop.events))] if stop.events > 1 else []
    told += [
        words.about.replace("{amount}", f"{amount:.12g} {currency}".strip())
        for amount, currency in stop.amounts
        if amount
    ]
    return ", ".join(told)


def _cell(text: str) -> dict[str, Any]:
    return {"text": text, "evidence": "reported", "n": 1}


def _key(at: int) -> str:
    return f"step_{at}"


def _masked(part: Any, mask: Mask, field: str = "") -> Any:
    if isinstance(part, dict):
        return {name: _masked(value, mask, name) for name, value in part.items()}
    if isinstance(part, list):
        return [_masked(one, mask, field) for one in part]
    return mask.known(part) if isinstance(part, str) and field in WRITTEN else part
