"""Sentences that a shop owner understands: templates with values, so that they translate.

A sentence carries its n and its interval in the same breath. Where the interval is wider than
`numbers.WIDEST`, it says how many more journeys are needed instead of a finding. How a value is
written stands behind its colon; `engine.saying.message` says which there are, and to these come
`people`, `names` and `shares`.
"""

from __future__ import annotations

import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from desireline.engine import numbers
from desireline.engine.analyses.shares import Share
from desireline.engine.saying.message import WRITTEN, Writers, in_english

TEMPLATES: Mapping[str, str] = {
    # the whole map
    "map_empty": "No event in the log is a touchpoint of this map yet.",
    "map_outcome": "Of {n:count} {people:people}, {share:share} reached the goal, “{goal}”.",
    "map_outcome_few": "Too few {people:people} to say how many reach the goal, “{goal}”: "
    "{count:count} of {n:count} did so far; {more:count} more are needed.",
    "map_reach": "Of {n:count} {people:people}, {share:share} came to a touchpoint of this map.",
    "map_exit": "Of the {n:count} on the map that did not, the largest part went no further than "
    "{place}: {share:share}; followed by {others:shares}.",
    "map_exit_one": "Of the {n:count} on the map that did not, the largest part went no further "
    "than {place}: {share:share}.",
    "map_exit_few": "Too few {people:people} on the map did not reach it to say where they leave: "
    "{more:count} more are needed.",
    "map_end": "The largest part of the {n:count} on the map ends at {place}: {share:share}.",
    "map_stale": "Silent for longer than their rhythm explains: {places:names}.",
    "map_unseen": "On the map, but not in the log: {places:names}.",
    # one touchpoint or stage
    "unseen_touchpoint": "No event in the log is this touchpoint yet.",
    "unseen_stage": "No event in the log belongs to this stage yet.",
    "reach_few": "Too few {people:people} to say how many come here: {count:count} of {n:count} "
    "did; {more:count} more are needed.",
    "reach": "Of {n:count} {people:people}, {share:share} came here.",
    "reach_exit": "Of {n:count} {people:people}, {share:share} came here; of these {came:count}, "
    "{exit:share} went no further.",
    "reach_exit_goal": "Of {n:count} {people:people}, {share:share} came here; of these "
    "{came:count}, {exit:share} went no further and did not reach the goal.",
    "reach_exit_few": "Of {n:count} {people:people}, {share:share} came here; too few of them to "
    "say how many go no further: {more:count} more are needed.",
    "next": "Most often {next} comes next: after {share:share} of {visits:count} visits. Whatever "
    "comes next, half of it comes within {p50:duration}, nine tenths within {p90:duration}.",
    "next_only": "Most often {next} comes next: after {share:share} of {visits:count} visits.",
    "next_end": "Most often nothing more comes: after {share:share} of {visits:count} visits.",
    "next_few": "Too few visits to say what comes next: {more:count} more are needed.",
    "outcome": "Of the {n:count} that came here, {share:share} reached the goal here or later, "
    "against {base:share} of all.",
    "stays": "Half of the {n:count} that came to this stage went through it within {p50:duration}, "
    "nine tenths within {p90:duration}.",
}
PEOPLE: Mapping[str, str] = {"person": "people", "session": "sessions", "column": "cases"}
"""What the journeys of a map are called in English, by its `case_by`."""
CASES = ("case", "order", "incident", "ticket", "request", "application", "process", "trace")
"""Words in the name of the log's case column that tell that its journeys are not persons."""
NUMBERS = ("number", "no", "nr", "id", "key")
"""Names of a case column that tell nothing of persons: a ticket has a number, too."""


@dataclass(frozen=True)
class Names:
    """Names in a row, the first of them, and how many more there are."""

    names: tuple[str, ...]
    more: int = 0


@dataclass(frozen=True)
class PlaceShare:
    """A touchpoint's name, and its share of something told before."""

    place: str
    share: float


Value: TypeAlias = str | int | float | Share | Names | tuple[PlaceShare, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A template's name with its values; `about` is a touchpoint's or stage's key, or None."""

    about: str | None
    template: str
    values: Mapping[str, Value] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The sentence in English."""
        return in_english(TEMPLATES[self.template], self.values, _WRITTEN)


def sentence(about: str | None, template: str, **values: Value) -> Sentence:
    """The sentence with those of the values that it tells."""
    wanted = {name for _, name, _, _ in string.Formatter().parse(TEMPLATES[template])}
    return Sentence(about, template, {k: v for k, v in values.items() if k in wanted})


def listed(words: Sequence[str]) -> str:
    """Words in a row: `Cart, Payment and Delivery`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def _names(value: Names) -> str:
    more = [f"{numbers.count(value.more)} more"] if value.more else []
    return listed([*value.names, *more])


def _shares(value: tuple[PlaceShare, ...]) -> str:
    return listed([f"{one.place} ({numbers.percent(one.share)} %)" for one in value])


_WRITTEN: Writers = {
    **WRITTEN,
    "people": lambda kind: PEOPLE[kind],
    "names": _names,
    "shares": _shares,
}
