"""The door to discovery: a draft map as a document, and the explanation beside it."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from desireline.engine.casing import CaseBy
from desireline.engine.discovery.draft import Draft, FoundTouchpoint
from desireline.engine.discovery.finding import find
from desireline.engine.errors import DesirelineError
from desireline.engine.joining import joined
from desireline.engine.journey_map import Goal, JourneyMap, LeftOut, Stage, Touchpoint, default_name
from desireline.engine.journeys import I64, U8, Journeys
from desireline.engine.rules import Event

MESSAGES = frozenset(
    {"email", "e-mail", "mail", "phone", "call", "chat", "sms", "post", "letter", "social"}
    | {"push", "messenger", "whatsapp"}
)
"""Channels whose touchpoints are communication; the others are action."""
MOST_LEFT_OUT = 1000
"""Event types that the document lists as left out; the explanation has all of them."""
MAIN = 0.5
"""Share of a touchpoint's events that a channel or an actor must have to be named."""


class OutcomeUnknown(DesirelineError):
    """The outcome that was asked for is no event type of these journeys."""


@dataclass(frozen=True)
class Discovery:
    """A draft map, and why it is as it is."""

    journey_map: JourneyMap
    explanation: Draft
    """For each event type: touchpoint, merged, noise or rare, with the numbers; the strength of
    each stage boundary; why the outcome; the share of the log that contradicts the order."""


def discover(
    journeys: Journeys | Sequence[Journeys],
    *,
    name: str = "Discovered journey",
    goal: str | None = None,
    outcome: str | None = None,
    touchpoints: int = 40,
    case_by: CaseBy | None = None,
) -> Discovery:
    """A draft map of the journeys, with at most so many touchpoints, and the explanation.

    `outcome` names the event type that is the goal; without it the draft says which it takes.
    `case_by` is what the journeys were made by, for the document: persons, unless told. The same
    events give the same draft, whatever the order of journeys, as one Journeys or as parts (which
    are joined). docs/discovery.md has the method. Raises OutcomeUnknown, PartsUnjoinable.
    """
    if not isinstance(journeys, Journeys):
        journeys = joined(journeys)
    if outcome is not None and outcome not in journeys.events:
        near = difflib.get_close_matches(outcome, journeys.events, 3)
        raise OutcomeUnknown(
            f"There is no event type {outcome!r} to be the outcome.",
            hint=f"Did you mean {' or '.join(map(repr, near))}?" if near else "",
        )
    draft = find(journeys, touchpoints)
    reached = (outcome,) if outcome else (draft.outcome.events if draft.outcome else ())
    document = JourneyMap(
        key=_slug(name) or "journey",
        name=name,
        goal=Goal(
            statement=goal if goal is not None else _goal(reached),
            outcome=Event(names=reached) if reached else None,
        ),
        case_by=case_by or CaseBy(),
        stages=_stages(journeys, draft),
        left_out=_left_out(draft),
    )
    return Discovery(document, draft)


def _goal(reached: tuple[str, ...]) -> str:
    return " or ".join(map(default_name, reached))


def _left_out(draft: Draft) -> tuple[LeftOut, ...]:
    shown = [LeftOut(event=t.event, reason=t.reason) for t in draft.left_out[:MOST_LEFT_OUT]]
    more = len(draft.left_out) - len(shown)
    if more:
        shown.append(LeftOut(event="...", reason=f"And {more:,} more event types."))
    return tuple(shown)


def _stages(journeys: Journeys, draft: Draft) -> tuple[Stage, ...]:
    names = [t.name for t in draft.touchpoints]
    both = _keys(names + [stage.name for stage in draft.stages])
    keys, stage_keys = both[: len(names)], both[len(names) :]
    channel = _main(journeys, journeys.channel, journeys.channels, draft)
    actor = _main(journeys, journeys.actor, journeys.actors, draft)
    return tuple(
        Stage(
            key=stage_keys[s],
            name=stage.name,
            touchpoints=tuple(
                _touchpoint(t, keys, i, channel[i], actor[i])
                for i, t in enumerate(draft.touchpoints)
                if t.stage == s
            ),
        )
        for s, stage in enumerate(draft.stages)
    )


def _touchpoint(
    found: FoundTouchpoint, keys: list[str], at: int, channel: str | None, actor: str | None
) -> Touchpoint:
    return Touchpoint(
        key=keys[at],
        name=found.name,
        kind="communication" if (channel or "").casefold() in MESSAGES else "action",
        rule=Event(names=found.events),
        channel=channel,
        initiator=actor,
        optional=found.optional,
        repeatable=found.repeatable,
        alternative_to=None if found.alternative_to is None else keys[found.alternative_to],
        description=found.reason,
    )


def _main(
    journeys: Journeys, codes: U8 | None, names: tuple[str, ...], draft: Draft
) -> list[str | None]:
    """For each touchpoint the name that at least half of its events have; None without one."""
    if codes is None:
        return [None] * len(draft.touchpoints)
    part = slice(int(journeys.offset[0]), int(journeys.offset[-1]))
    pairs = journeys.code[part].astype(np.int64) * len(names) + codes[part]
    if journeys.keep_event is not None:
        pairs = pairs[journeys.keep_event[part]]
    size = len(journeys.events) * len(names)
    table: I64 = np.bincount(pairs, minlength=size).reshape(-1, len(names))
    found: list[str | None] = []
    for t in draft.touchpoints:
        counts = table[[journeys.code_of[event] for event in t.events]].sum(axis=0)
        best = int(counts.argmax())
        clear = names[best] and counts[best] >= MAIN * counts.sum()
        found.append(names[best] if clear else None)
    return found


def _keys(names: list[str]) -> list[str]:
    """Distinct keys made of names, in their order."""
    keys: list[str] = []
    for at, name in enumerate(names):
        key = wanted = _slug(name) or f"step_{at + 1}"
        number = 2
        while key in keys:
            key, number = f"{wanted}_{number}", number + 1
        keys.append(key)
    return keys


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKC", name).casefold()
    return re.sub(r"[^\w]+", "_", plain).strip("_")[:80]
