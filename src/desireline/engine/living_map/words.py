"""Sentences that a shop owner understands: templates with parameters, so that they translate.

A sentence carries its n and its interval in the same breath. Where the interval is wider than
`numbers.WIDEST`, it says how many more journeys are needed instead of a finding.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

TEMPLATES: Mapping[str, str] = {
    # the whole map
    "map_empty": "No event in the log is a touchpoint of this map yet.",
    "map_outcome": "Of {n} {people}, {share} reached the goal, {goal}.",
    "map_outcome_few": "Too few {people} to say how many reach the goal, {goal}: {count} of {n} "
    "did so far; {more} more are needed.",
    "map_reach": "Of {n} {people}, {share} came to a touchpoint of this map.",
    "map_exit": "Of the {n} on the map that did not, the largest part went no further than "
    "{place}: {share}; followed by {others}.",
    "map_exit_one": "Of the {n} on the map that did not, the largest part went no further than "
    "{place}: {share}.",
    "map_exit_few": "Too few {people} on the map did not reach it to say where they leave: "
    "{more} more are needed.",
    "map_end": "The largest part of the {n} on the map ends at {place}: {share}.",
    "map_stale": "Silent for longer than their rhythm explains: {places}.",
    "map_unseen": "On the map, but not in the log: {places}.",
    # one touchpoint or stage
    "unseen_touchpoint": "No event in the log is this touchpoint yet.",
    "unseen_stage": "No event in the log belongs to this stage yet.",
    "reach_few": "Too few {people} to say how many come here: {count} of {n} did; "
    "{more} more are needed.",
    "reach": "Of {n} {people}, {share} came here.",
    "reach_exit": "Of {n} {people}, {share} came here; of these {came}, {exit} {no_further}.",
    "reach_exit_few": "Of {n} {people}, {share} came here; too few of them to say how many go no "
    "further: {more} more are needed.",
    "next": "Most often {next} comes next: after {share} of {visits} visits. Whatever comes next, "
    "half of it comes within {p50}, nine tenths within {p90}.",
    "next_only": "Most often {next} comes next: after {share} of {visits} visits.",
    "next_end": "Most often nothing more comes: after {share} of {visits} visits.",
    "next_few": "Too few visits to say what comes next: {more} more are needed.",
    "outcome": "Of the {n} that came here, {share} reached the goal here or later, against "
    "{base} of all.",
    "stays": "Half of the {n} that came to this stage went through it within {p50}, nine tenths "
    "within {p90}.",
    # fragments
    "no_further_goal": "went no further and did not reach the goal",
    "no_further": "went no further",
    "goal_event": "“{name}”",
    "place_share": "{place} ({share} %)",
    "more_places": "{n} more",
    "and": "{first} and {last}",
}
PEOPLE: Mapping[str, str] = {"person": "people", "session": "sessions", "column": "cases"}
"""What the journeys of a map are called, by its `case_by`."""
CASES = ("case", "order", "incident", "ticket", "request", "application", "process", "trace")
"""Words in the name of the log's case column that tell that its journeys are not persons."""
NUMBERS = ("number", "no", "nr", "id", "key")
"""Names of a case column that tell nothing of persons: a ticket has a number, too."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A template's name with its parameters; `about` is a touchpoint's or stage's key, or None."""

    about: str | None
    template: str
    parameters: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The sentence in English."""
        text = fragment(self.template, **self.parameters)
        return text[:1].upper() + text[1:]


def fragment(template: str, **parameters: str) -> str:
    """A template filled in."""
    return TEMPLATES[template].format(**parameters)


def listed(words: list[str]) -> str:
    """Words in a row: `Cart, Payment and Delivery`."""
    if len(words) < 2:
        return "".join(words)
    return fragment("and", first=", ".join(words[:-1]), last=words[-1])
